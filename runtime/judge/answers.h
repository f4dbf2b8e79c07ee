/* SPDX-License-Identifier: Apache-2.0
 *
 * What natives have answered. An impure one is asked once about an event, with the same arguments,
 * and its answer, or its failure, is part of that event's record from then on: whenever the case is
 * judged anew it is taken from here. A pure one's is kept too, by its arguments alone, so that it
 * is asked once and a failure does not come and go. */
#ifndef GJR_ANSWERS_H
#define GJR_ANSWERS_H

#include "base/buffer.h"
#include "base/map.h"
#include "native/natives.h"

typedef struct gjr_answer {
    gj_text key;
    gjr_native_answer how;
    gj_native_value value; /* where it is known */
} gjr_answer;

typedef struct gjr_answers {
    gjb_arena arena; /* keys and values */
    gjb_map numbers; /* of the items, by key */
    gjr_answer *items;
    size_t count, capacity;
    gjb_buffer key; /* at hand */
} gjr_answers;

void gjr_answers_init(gjr_answers *answers, const gj_allocator *allocator);
void gjr_answers_deinit(gjr_answers *answers);
/* By the key at hand; borrowed until the next is added, or NULL. */
const gjr_answer *gjr_answers_find(const gjr_answers *answers);
/* A new one under the key at hand, which is not there, for the caller to fill in: its value in the
 * arena. NULL when memory ends. */
gjr_answer *gjr_answers_add(gjr_answers *answers);

#endif
