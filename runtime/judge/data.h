/* SPDX-License-Identifier: Apache-2.0
 *
 * How the case comes by its data: defaults when it opens, what an event tells, what an act sets.
 * Whatever the way, a date field with a new value starts and ends limits. */
#ifndef GJR_DATA_H
#define GJR_DATA_H

#include "judge/step.h"

/* Sets presets, where the case opens. */
void gjr_data_take_presets(gjr_sitting *step);
/* Before each step: what the last event told of its act alone is forgotten. */
void gjr_data_forget_parameters(gjr_sitting *step);
/* The event's data; there must be room in the tail. */
void gjr_data_take(gjr_sitting *step, bool opening);
/* What the clause sets, in order. A value that is unknown makes its field missing, and is noted.
 * There must be room in the tail. */
void gjr_data_set(gjr_sitting *step, uint32_t transition);
/* What the deemed act of the effect tells, parameters of it too; likewise. */
void gjr_data_deem(gjr_sitting *step, uint32_t limit, uint32_t effect);
/* The room that an act whose clauses set `count` texts at most may need for it: bytes. */
size_t gjr_data_set_size(const gjr_sitting *step, uint32_t count);

#endif
