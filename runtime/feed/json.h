/* SPDX-License-Identifier: Apache-2.0
 *
 * One line of JSON, marked by marks.h, read into a draft. Texts are borrowed from the line where
 * they stand as written; those with escapes are written out into the reader's own buffer. Numbers
 * keep their text. What stands in `data` is read whole, however it is nested. A CloudEvents
 * envelope (it has `specversion`) is recognised: our event is its `data`, and its id, source, time,
 * type and subject stand for id, source, at, action and case where the event leaves them out. A key
 * told twice: the last one wins. Unknown keys are ignored.
 */
#ifndef GJR_FEED_JSON_H
#define GJR_FEED_JSON_H

#include "base/buffer.h"
#include "feed/draft.h"

enum { GJR_JSON_DEPTH_MAX = 64 };

typedef struct gjr_json {
    const char *bytes;    /* what the marks are offsets of */
    const uint32_t *mark; /* the next one */
    uint32_t end;         /* of the line */
    bool escapes;         /* the line has a backslash somewhere */
    bool envelope;        /* this line, or the one before, is a CloudEvents envelope */
    bool envelope_seen;   /* `specversion` was met in this line */
    uint64_t line;
    gjr_draft *draft;
    gjb_buffer unescaped; /* never grows within a line, so that texts stay where they are */
} gjr_json;

void gjr_json_init(gjr_json *json, const gj_allocator *allocator, gjr_draft *draft);
void gjr_json_deinit(gjr_json *json);
/* Reads the line [begin, end) whose marks begin at json->mark; the draft is not finished yet. On
 * return json->mark may stand anywhere in the line. */
gj_status gjr_json_read(gjr_json *json, size_t begin, size_t end);

#endif
