/* SPDX-License-Identifier: Apache-2.0
 *
 * XES (IEEE 1849) as docs/LANGUAGE.md maps it: elements in, events and problems out, into a queue.
 * A trace is a case, its attributes are the data of its first event.
 *
 *     log               ignored: extension, global, classifier, attributes
 *       trace           attributes: case, data of the opening event
 *         event         attributes: fields and data
 *           list, container
 *                       attributes: items
 *
 * Everything else, and whatever is nested in an attribute, is passed over by counting (`skipped`).
 * Trace attributes that follow the trace's first event come too late. */
#ifndef GJR_FEED_XES_LOG_H
#define GJR_FEED_XES_LOG_H

#include "feed/xes_part.h"
#include "feed/xes_queue.h"
#include "feed/xes_texts.h"
#include "feed/xml.h"

typedef enum gjr_xes_level {
    GJR_XES_OUTSIDE,
    GJR_XES_LOG,
    GJR_XES_TRACE,
    GJR_XES_EVENT,
    GJR_XES_LIST,
} gjr_xes_level;

typedef struct gjr_xes_log {
    gjr_xml *xml;
    gj_text source;
    uint64_t base_line; /* of the document's first byte, less one */
    size_t good;        /* offset in the document behind which all has been told */
    gjr_xes_texts texts;
    gjr_xes_queue queue;

    gjr_xes_level level, outer; /* outer: of a list */
    uint32_t skipped;           /* open elements that are passed over */
    uint32_t list_depth;

    gjr_draft trace_draft;
    gjb_arena trace_arena;
    gj_problem trace_problem;
    gjr_xes_part trace;
    bool trace_open, opened; /* opened: its first event is in the queue */
    gj_text case_id;
    gj_text case_kept; /* as the events of this piece have it, or absent */

    gjr_xes_part event;
    gj_text role, group;
    bool incomplete;    /* a lifecycle other than complete */
    gj_problem refused; /* why the event is not one */
    uint64_t ordinal;   /* events begun so far */
} gjr_xes_log;

/* The event's draft is the feed's, and the source stands for a missing one. */
gj_status gjr_xes_log_init(gjr_xes_log *log, const gj_allocator *allocator, gjr_draft *draft,
                           gj_text source);
void gjr_xes_log_deinit(gjr_xes_log *log);
/* A document begins behind `line` lines: the file's (OUTSIDE), or one with what follows in the LOG
 * or in the TRACE that is open. */
bool gjr_xes_log_begin(gjr_xes_log *log, uint64_t line, gjr_xes_level inside);
void gjr_xes_log_tell(gjr_xes_log *log, const gj_problem *problem);
/* The piece goes; and with it, where `queue` too, all that is in the queue. */
void gjr_xes_log_settle(gjr_xes_log *log, bool queue);

#endif
