/* SPDX-License-Identifier: Apache-2.0
 *
 * What the readers of the three formats share: one window, one draft, one problem. A reader is two
 * functions; the feed picks it once by the file's first bytes. */
#ifndef GJR_FEED_FEED_H
#define GJR_FEED_FEED_H

#include "base/buffer.h"
#include "feed/draft.h"
#include "feed/window.h"

typedef struct gjr_reader {
    gj_status (*next)(gj_feed *feed, const gj_event **event);
    void (*close)(gj_feed *feed);
} gjr_reader;

struct gj_feed {
    const gj_allocator *allocator;
    gjr_window window;
    gjr_draft draft;
    gj_problem problem;
    gjb_buffer source_name;
    gj_text source; /* what stands for a missing one */
    uint64_t line;  /* of the line or element last looked at */
    const gjr_reader *reader;
    void *state; /* the reader's own */
    bool end_told;
    struct gjr_ahead *ahead; /* the reader is its thread's; or NULL (ahead.h) */
};

/* Each makes feed->state; GJ_OK or GJ_NO_MEMORY. */
gj_status gjr_jsonl_open(gj_feed *feed);
gj_status gjr_csv_open(gj_feed *feed);
gj_status gjr_xes_open(gj_feed *feed);

/* As gj_feed_open, from any source; takes ownership of it, also where it fails. */
gj_status gjr_feed_open_source(const gj_feed_options *options, gjr_source source, gj_feed **feed);

/* Notes a problem at feed->line; GJ_MALFORMED. */
gj_status gjr_feed_refuse(gj_feed *feed, gj_problem_code code, gj_text text, const char *note);
/* What the end of the input means: a cut or corrupt file is told once, then GJ_DONE; or GJ_IO. */
gj_status gjr_feed_finish(gj_feed *feed);

#endif
