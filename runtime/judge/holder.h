/* SPDX-License-Identifier: Apache-2.0
 *
 * Who holds a case while it stands in a stage: the post by which the stage says it is held, else
 * the posts that may do what is to be done there. */
#ifndef GJR_HOLDER_H
#define GJR_HOLDER_H

#include "base/arena.h"
#include "image/layout.h"

typedef struct gjr_holders {
    const uint32_t *posts; /* each once, in the order of the clauses that name them */
    size_t count;
} gjr_holders;

/* Of a stage with branches also by what is done in these. False when memory ends. */
bool gjr_holders_find(const gjr_rows *rows, uint32_t stage, gjb_arena *arena, gjr_holders *found);

#endif
