/* SPDX-License-Identifier: Apache-2.0
 *
 * What the readers of the three formats share: one window, one draft, one problem. A reader is two
 * functions; the feed picks it once by the file's first bytes. */
#ifndef GJR_FEED_FEED_H
#define GJR_FEED_FEED_H

#include "base/buffer.h"
#include "feed/draft.h"
#include "feed/window.h"

/* A part of a file, cut out of it to be read by a reader of its own (ahead.h). */
typedef struct gjr_part {
    uint64_t lines;    /* newlines before it */
    uint64_t numbered; /* events before it, where the reader numbers them */
    bool first, last;  /* nothing is before, behind it */
} gjr_part;

typedef struct gjr_reader {
    gj_status (*next)(gj_feed *feed, const gj_event **event);
    void (*close)(gj_feed *feed);
    /* How many of the bytes, with which a part begins and behind which there are more, seem to be a
     * part; 0: none do. */
    size_t (*cut)(gj_text bytes);
    /* The state of a reader of parts of that feed; *lasting: bytes that its texts may lie in beside
     * the part's. Not GJ_OK: that feed is not read in parts. */
    gj_status (*open_part)(gj_feed *feed, const gj_feed *of, gj_text *lasting);
    /* The window has a part, and nothing was read of it. */
    void (*begin_part)(gj_feed *feed, const gjr_part *part);
    /* Whether nothing is open where the reader has come to; and what a part that begins there has
     * before it. */
    bool (*end_part)(const gj_feed *feed, gjr_part *next);
    bool has_head; /* the first event is read before anything is cut */
    bool numbers;  /* `seq` is the event's number in the file */
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
    size_t part_size;        /* wanted of a part; what cannot be cut so is some times longer */
    struct gjr_ahead *ahead; /* by which it is read in parts; or NULL (ahead.h) */
};

/* Each makes feed->state; GJ_OK or GJ_NO_MEMORY. */
gj_status gjr_jsonl_open(gj_feed *feed);
gj_status gjr_csv_open(gj_feed *feed);
gj_status gjr_xes_open(gj_feed *feed);

/* As gj_feed_open, from any source; takes ownership of it, also where it fails. */
gj_status gjr_feed_open_source(const gj_feed_options *options, gjr_source source, gj_feed **feed);

/* A feed of parts of another, which must outlive it. Its window is filled by gjr_window_cut. */
gj_status gjr_feed_open_part(gj_feed *part, const gj_feed *of, gj_text *lasting);
void gjr_feed_close_part(gj_feed *part);

/* Notes a problem at feed->line; GJ_MALFORMED. */
gj_status gjr_feed_refuse(gj_feed *feed, gj_problem_code code, gj_text text, const char *note);
/* What the end of the input means: a cut or corrupt file is told once, then GJ_DONE; or GJ_IO,
 * which leaves errno. */
gj_status gjr_feed_finish(gj_feed *feed);

#endif
