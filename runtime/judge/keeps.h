/* SPDX-License-Identifier: Apache-2.0
 *
 * What a rule keeps of the act that has to be followed, for the condition of what follows: values
 * as they stood when it was done, in the tail, two words each. The condition reads them as fields
 * of their own. */
#ifndef GJR_KEEPS_H
#define GJR_KEEPS_H

#include "judge/recalls.h"
#include "judge/step.h"

/* Bytes of the tail that they take at most, of one act. */
size_t gjr_keeps_room(const gjr_sitting *step, uint32_t relation);
/* The act at hand is remembered: what is kept of it. */
void gjr_keeps_take(gjr_sitting *step, uint32_t relation, gjr_recall *recall);
/* What is kept of the recall is what conditions read, until it is hidden. */
void gjr_keeps_show(gjr_sitting *step, uint32_t relation, const gjr_recall *recall);
void gjr_keeps_hide(gjr_sitting *step, uint32_t relation);

/* Bytes in the tail that a recall's item names, and its way into other bytes. */
size_t gjr_keeps_size(const gjr_case *judged, uint32_t relation, uint64_t item);
uint64_t gjr_keeps_move(const gjr_case *from, gjr_case *to, uint32_t relation, uint64_t item);

#endif
