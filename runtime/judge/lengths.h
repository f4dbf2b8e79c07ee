/* SPDX-License-Identifier: Apache-2.0
 *
 * How long a limit is that hangs on the case: of its lines the first whose condition holds. It is
 * read when the limit starts and again when a field or an act that it reads changes, until the
 * limit is late by it: from then on what was told before stands. What was read last is kept, since
 * that is a fact of its own; when the limit is due is derived from it like from any other. */
#ifndef GJR_LENGTHS_H
#define GJR_LENGTHS_H

#include "judge/step.h"

/* Reads it for the limit that starts; nothing where its length is always the same. */
void gjr_lengths_begin(gjr_sitting *step, uint32_t clock, gj_instant at);
/* The fields have other values, together. */
void gjr_lengths_hear_fields(gjr_sitting *step, const uint32_t *fields, size_t count);
/* The act has been done, and is counted. */
void gjr_lengths_hear_act(gjr_sitting *step, uint32_t action);

#endif
