/* SPDX-License-Identifier: Apache-2.0
 *
 * How many limits may be running while a case stands in a stage: those with a way from where they
 * start to there on which nothing has ended them. */
#ifndef GJC_RUNNING_H
#define GJC_RUNNING_H

#include "sema/model.h"

/* By stage, in the arena; NULL when memory ends. */
uint32_t *gjc_running_count(const gjc_model *model, gjb_arena *arena);

#endif
