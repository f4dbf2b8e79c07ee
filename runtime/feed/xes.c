/* SPDX-License-Identifier: Apache-2.0
 *
 * The reader of XES: pieces of the file are pushed through XML into a log (xes_log.h). The events
 * that end in a piece wait in its queue, their texts in the piece, which stays in the window until
 * the queue is empty; what is still open then moves on. So memory is bounded by the greatest
 * element. Where the XML is malformed, reading begins anew at the next <event or <trace, in the
 * same trace as before if that had begun. */
#include "feed/feed.h"
#include "feed/xes_log.h"

#include <string.h>

enum { PIECE_SIZE_FIRST = 512, PIECE_SIZE_MAX = 16 * 1024 };

typedef struct xes {
    gj_feed *feed;
    gjr_xes_log log;
    uint64_t piece_line; /* newlines before the window's begin */
    size_t pushed;       /* bytes of this document */
    size_t piece_size;
    bool seeking, dead;
    bool was_refused; /* some document broke */
    bool is_cut;      /* what is read is a part, and more is behind it */
    bool is_whole;    /* and nothing is open at its end */
    char note[sizeof((gjr_xml_failure *)NULL)->note];
} xes;

/* ---- pieces --------------------------------------------------------------------------------- */

static void piece_take(xes *reader, size_t size)
{
    gjr_window *window = &reader->feed->window;
    reader->piece_line += gjr_newlines_count(window->bytes + window->begin, size);
    gjr_window_take(window, size);
}

/* The problem of a document that broke; and whether reading begins anew. Before this piece
 * reader->pushed bytes of the document were pushed; the piece is still in the window. */
static void piece_refuse(xes *reader, size_t size)
{
    gjr_xml_failure failure;
    gjr_xml_failure_of(reader->log.xml, &failure);
    reader->log.texts.no_memory |= failure.no_memory;
    uint64_t document_offset = reader->feed->window.offset - reader->pushed;
    size_t at = failure.offset > reader->log.good ? failure.offset : reader->log.good;
    at = at > reader->pushed ? at - reader->pushed : 0;
    piece_take(reader, at < size ? at : size);
    memcpy(reader->note, failure.note, sizeof reader->note);
    gj_problem problem;
    gjr_problem_set(&problem, failure.code, reader->log.base_line + failure.line, (gj_text){0},
                    reader->note);
    problem.offset = document_offset + failure.offset;
    gjr_xes_log_tell(&reader->log, &problem);
    reader->dead = !failure.anew || reader->log.level == GJR_XES_OUTSIDE;
    reader->seeking = true;
    reader->was_refused = true;
}

/* Where <event or <trace begins, or how much can be dropped. */
static bool element_find(gj_text left, size_t *at)
{
    *at = 0;
    for (;;) {
        const char *found = memchr(left.bytes + *at, '<', left.size - *at);
        if (found == NULL) {
            *at = left.size;
            return false;
        }
        *at = (size_t)(found - left.bytes);
        if (left.size - *at < 7) {
            return false;
        }
        bool name = memcmp(found, "<event", 6) == 0 || memcmp(found, "<trace", 6) == 0;
        if (name && memchr(" \t\r\n>/", found[6], 6) != NULL) {
            return true;
        }
        (*at)++;
    }
}

/* Reads on behind a broken element; true when a new document has begun. */
static bool seek(xes *reader)
{
    gjr_window *window = &reader->feed->window;
    gj_text left = {window->bytes + window->begin, window->end - window->begin};
    size_t at;
    bool found = left.size > 0 && element_find(left, &at);
    if (left.size > 0) {
        piece_take(reader, at);
    }
    if (!found) {
        return false;
    }
    gjr_xes_log *log = &reader->log;
    bool inside = log->trace_open && window->bytes[window->begin + 1] == 'e';
    reader->pushed = 0;
    reader->piece_size = PIECE_SIZE_FIRST;
    reader->seeking = false;
    log->texts.no_memory |=
        !gjr_xes_log_begin(log, reader->piece_line, inside ? GJR_XES_TRACE : GJR_XES_LOG);
    log->good = 1; /* whatever is wrong, its first element is not found again */
    return true;
}

static void piece_push(xes *reader)
{
    gjr_window *window = &reader->feed->window;
    gjr_xes_log *log = &reader->log;
    size_t size = window->end - window->begin;
    size = size < reader->piece_size ? size : reader->piece_size;
    log->texts.piece = (gj_text){window->bytes + window->begin, size};
    if (!gjr_xml_push(log->xml, log->texts.piece.bytes, size)) {
        piece_refuse(reader, size);
        return;
    }
    if (log->queue.count == 0) { /* nothing holds it */
        gjr_xes_log_settle(log, false);
    }
    piece_take(reader, size);
    reader->pushed += size;
    reader->piece_size =
        reader->piece_size * 2 < PIECE_SIZE_MAX ? reader->piece_size * 2 : PIECE_SIZE_MAX;
}

/* As the file would, if it ended here. */
static bool log_close(xes *reader)
{
    static const char end[] = "</log>";
    gjr_xes_log *log = &reader->log;
    return gjr_xml_push(log->xml, end, sizeof end - 1) && gjr_xml_finish(log->xml) &&
           log->level == GJR_XES_OUTSIDE && !gjr_xml_is_recoded(log->xml);
}

/* The file's end: a document that is still open was cut. */
static gj_status input_finish(xes *reader)
{
    gj_feed *feed = reader->feed;
    bool dead = reader->dead || reader->seeking;
    reader->dead = true;
    if (reader->is_cut) {
        reader->is_whole = !reader->was_refused && log_close(reader);
        return GJ_DONE;
    }
    feed->line = reader->piece_line + 1;
    if (dead || feed->window.input.end != GJR_INPUT_ENDED) {
        return gjr_feed_finish(feed);
    }
    bool empty = feed->window.offset == 0;
    if (empty || (gjr_xml_finish(reader->log.xml) && reader->log.level == GJR_XES_OUTSIDE)) {
        return gjr_feed_finish(feed);
    }
    return gjr_feed_refuse(feed, GJ_PROBLEM_TRUNCATED, (gj_text){0},
                           reader->log.level == GJR_XES_OUTSIDE ? NULL
                                                                : gjr_note(GJR_NOTE_LOG_OPEN));
}

/* Brings at least one item into the queue; else the status that ends the call. */
static gj_status queue_fill(xes *reader)
{
    gjr_xes_log *log = &reader->log;
    gjr_xes_log_settle(log, true);
    while (log->queue.count == 0 && !log->texts.no_memory && !reader->dead) {
        gjr_window *window = &reader->feed->window;
        bool wanting = window->begin == window->end || (reader->seeking && !seek(reader));
        if (wanting) {
            gj_status status = gjr_window_fill(window);
            if (status == GJ_DONE) {
                return input_finish(reader);
            }
            if (status != GJ_OK) {
                return status;
            }
        } else if (!log->texts.no_memory) {
            piece_push(reader);
        }
    }
    if (log->texts.no_memory) {
        return GJ_NO_MEMORY;
    }
    return log->queue.count > 0 ? GJ_OK : gjr_feed_finish(reader->feed);
}

static gj_status xes_next(gj_feed *feed, const gj_event **event)
{
    xes *reader = feed->state;
    gjr_xes_queue *queue = &reader->log.queue;
    if (queue->at == queue->count) {
        gj_status status = queue_fill(reader);
        if (status != GJ_OK) {
            return status;
        }
    }
    const gjr_xes_item *next = &queue->items[queue->at++];
    if (next->problem != NULL) {
        feed->problem = *next->problem;
        return GJ_MALFORMED;
    }
    *event = &next->event;
    return GJ_OK;
}

static void xes_close(gj_feed *feed)
{
    xes *reader = feed->state;
    gjr_xes_log_deinit(&reader->log);
    gjb_alloc_destroy(feed->allocator, reader, 1, sizeof *reader);
}

/* ---- parts ----
 *
 * A part ends before a trace, and is read as the content of a log that ends there. It is a part of
 * this one if it is well-formed so. */

static size_t xes_cut(gj_text bytes)
{
    for (size_t end = bytes.size;;) {
        const char *found = memrchr(bytes.bytes, '<', end);
        if (found == NULL || found == bytes.bytes) {
            return 0;
        }
        end = (size_t)(found - bytes.bytes);
        if (bytes.size - end > 6 && memcmp(found, "<trace", 6) == 0 &&
            memchr(" \t\r\n>/", found[6], 6) != NULL) {
            return end;
        }
    }
}

static gj_status xes_open_part(gj_feed *feed, const gj_feed *of, gj_text *lasting)
{
    (void)of, (void)lasting;
    return gjr_xes_open(feed);
}

static void xes_begin_part(gj_feed *feed, const gjr_part *part)
{
    xes *reader = feed->state;
    gjr_xes_log *log = &reader->log;
    reader->piece_line = part->lines;
    reader->pushed = 0;
    reader->piece_size = PIECE_SIZE_MAX;
    reader->seeking = reader->dead = reader->was_refused = reader->is_whole = false;
    reader->is_cut = !part->last;
    gjr_xes_log_settle(log, true);
    log->ordinal = part->numbered;
    log->texts.no_memory |=
        !gjr_xes_log_begin(log, part->lines, part->first ? GJR_XES_OUTSIDE : GJR_XES_LOG);
}

static bool xes_end_part(const gj_feed *feed, gjr_part *next)
{
    const xes *reader = feed->state;
    *next = (gjr_part){.lines = reader->piece_line, .numbered = reader->log.ordinal};
    return reader->is_whole;
}

static const gjr_reader xes_reader = {
    .next = xes_next,
    .close = xes_close,
    .cut = xes_cut,
    .open_part = xes_open_part,
    .begin_part = xes_begin_part,
    .end_part = xes_end_part,
    .numbers = true,
};

gj_status gjr_xes_open(gj_feed *feed)
{
    xes *reader = gjb_alloc_create(feed->allocator, 1, sizeof *reader);
    if (reader == NULL) {
        return GJ_NO_MEMORY;
    }
    reader->feed = feed;
    reader->piece_size = PIECE_SIZE_MAX;
    feed->state = reader;
    feed->reader = &xes_reader;
    return gjr_xes_log_init(&reader->log, feed->allocator, &feed->draft, feed->source);
}
