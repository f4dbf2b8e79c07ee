/* SPDX-License-Identifier: Apache-2.0
 *
 * Events and problems that outlive the reader's next call: copies of their arrays, and of those of
 * their texts that do not lie where they last as long anyhow. */
#ifndef GJR_FEED_KEPT_H
#define GJR_FEED_KEPT_H

#include "base/arena.h"

typedef struct gjr_kept {
    gjb_arena texts;
    gj_text part;       /* the bytes that are read */
    gj_text lasting[2]; /* other bytes that last */
} gjr_kept;

/* False when memory ends. */
bool gjr_kept_event(gjr_kept *kept, gj_event *event);
bool gjr_kept_problem(gjr_kept *kept, gj_problem *problem);

#endif
