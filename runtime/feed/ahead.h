/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading ahead: the file is cut into parts that several threads read at once, each with a reader
 * of its own, while the events before are dealt with. What is told is the same, in the same order,
 * as without; the parts are few and short, so memory stays bounded.
 *
 * Where a part may be cut a reader only guesses by the bytes around (gjr_reader.cut). So a part is
 * told only if its reader came to its end with nothing open. If one did not, what was read of it
 * and behind it is forgotten, and the file is read on as a whole from where that part begins.
 *
 *     status = gjr_ahead_begin(feed, &ahead);
 *     status = gjr_ahead_next(ahead, most, &events, &count);
 *     gjr_ahead_problem, gjr_ahead_offset
 *     gjr_ahead_end(ahead); */
#ifndef GJR_FEED_AHEAD_H
#define GJR_FEED_AHEAD_H

#include "feed/feed.h"

typedef struct gjr_ahead gjr_ahead;

/* GJ_OK or GJ_NO_MEMORY. Where no thread can be had the feed is read as ever. */
gj_status gjr_ahead_begin(gj_feed *feed, gjr_ahead **ahead);
/* As gj_feed_next_all, of `most` events at most, gj_feed_problem and gj_feed_offset. */
gj_status gjr_ahead_next(gjr_ahead *ahead, size_t most, const gj_event **events, size_t *count);
const gj_problem *gjr_ahead_problem(const gjr_ahead *ahead);
uint64_t gjr_ahead_offset(const gjr_ahead *ahead);
/* Waits for the threads. NULL is none. */
void gjr_ahead_end(gjr_ahead *ahead);

#endif
