/* SPDX-License-Identifier: Apache-2.0
 *
 * An event as one JSON line, by which it can be told again: what a feed reads of the line is the
 * event, whatever format it first came in. */
#ifndef GJR_TOLD_H
#define GJR_TOLD_H

#include "base/buffer.h"

/* The object, without a newline; its keys in one order, absent ones left out. `line` is no part of
 * it. Returns the size of what says who did what and when; behind it come seq, data and documents.
 */
size_t gjr_told_print(const gj_event *event, gjb_buffer *out);
/* A feed of such lines, which must outlive it. GJ_NO_MEMORY. */
gj_status gjr_told_open(const gj_allocator *allocator, gj_text lines, gj_feed **feed);

#endif
