/* SPDX-License-Identifier: Apache-2.0
 *
 * See feed.h and "events and feeds" in guiju.h. */
#include "feed/feed.h"
#include "base/text.h"
#include "feed/ahead.h"

#include <errno.h>
#include <string.h>

/* Of a part that is read ahead: what is read of it stays in the processor's own cache. */
enum { PART_SIZE = 64 * 1024 };

gj_status gjr_feed_refuse(gj_feed *feed, gj_problem_code code, gj_text text, const char *note)
{
    gjr_problem_set(&feed->problem, code, feed->line, text, note);
    feed->problem.offset = feed->window.offset;
    return GJ_MALFORMED;
}

gj_status gjr_feed_finish(gj_feed *feed)
{
    bool told = feed->end_told;
    feed->end_told = true;
    switch (feed->window.input.end) {
    case GJR_INPUT_OPEN:
    case GJR_INPUT_ENDED:
        return GJ_DONE;
    case GJR_INPUT_CUT:
        return told ? GJ_DONE
                    : gjr_feed_refuse(feed, GJ_PROBLEM_TRUNCATED, (gj_text){0},
                                      gjr_note(GJR_NOTE_GZIP_CUT));
    case GJR_INPUT_CORRUPT:
        return told ? GJ_DONE
                    : gjr_feed_refuse(feed, GJ_PROBLEM_SYNTAX, (gj_text){0},
                                      gjr_note(GJR_NOTE_GZIP_CORRUPT));
    case GJR_INPUT_FAILED:
        errno = feed->window.input.error;
        return GJ_IO;
    case GJR_INPUT_NO_MEMORY:
        return GJ_NO_MEMORY;
    }
    return GJ_DONE;
}

/* ---- opening -------------------------------------------------------------------------------- */

static gj_status source_name_make(gj_feed *feed, const gj_feed_options *options)
{
    const char *name = options->source;
    if (name == NULL && options->path != NULL) {
        const char *slash = strrchr(options->path, '/');
        name = slash != NULL ? slash + 1 : options->path;
    }
    gjb_buffer_add_string(&feed->source_name, name != NULL ? name : "-");
    feed->source = gjb_buffer_text(&feed->source_name);
    return feed->source_name.failed ? GJ_NO_MEMORY : GJ_OK;
}

/* Passes over a byte-order mark and gives the first byte that is not white space, 0 where there is
 * none in the first window. */
static char first_byte(gj_feed *feed)
{
    gjr_window *window = &feed->window;
    size_t at = 0;
    bool fresh = true;
    for (;;) {
        size_t size = window->end - window->begin;
        const char *bytes = window->bytes + window->begin;
        if (fresh && size >= 3) {
            bool mark = memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
            gjr_window_take(window, mark ? 3 : 0);
            size -= mark ? 3 : 0;
            bytes += mark ? 3 : 0;
            fresh = false;
        }
        while (!fresh && at < size && memchr(" \t\r\n", bytes[at], 4) != NULL) {
            at++;
        }
        bool full = size >= GJR_WINDOW_SIZE;
        if ((!fresh && at < size) || full || gjr_window_fill(window) != GJ_OK) {
            return at < size ? bytes[at] : '\0';
        }
    }
}

static gj_feed_format format_of(char first)
{
    switch ((unsigned char)first) {
    case '<':
    case 0xFE: /* UTF-16, which only XML says of itself */
    case 0xFF:
        return GJ_FEED_XES;
    case '{':
    case '[':
        return GJ_FEED_JSONL;
    default:
        return GJ_FEED_CSV;
    }
}

static gj_status reader_open(gj_feed *feed, gj_feed_format format)
{
    char first = first_byte(feed);
    if (feed->window.input.end == GJR_INPUT_FAILED && feed->window.input.taken == 0) {
        errno = feed->window.input.error;
        return GJ_IO;
    }
    switch (format == GJ_FEED_AUTO ? format_of(first) : format) {
    case GJ_FEED_JSONL:
        return gjr_jsonl_open(feed);
    case GJ_FEED_XES:
        return gjr_xes_open(feed);
    case GJ_FEED_CSV:
    case GJ_FEED_AUTO:
        break;
    }
    return gjr_csv_open(feed);
}

gj_status gjr_feed_open_source(const gj_feed_options *options, gjr_source source, gj_feed **feed)
{
    const gj_allocator *allocator = gjb_alloc_or_default(options->allocator);
    gj_feed *made = gjb_alloc_create(allocator, 1, sizeof *made);
    if (made == NULL) {
        if (source.close != NULL) {
            source.close(source.payload);
        }
        return GJ_NO_MEMORY;
    }
    made->allocator = allocator;
    made->part_size = PART_SIZE;
    gjr_draft_init(&made->draft, allocator, &made->problem);
    gjb_buffer_init(&made->source_name, allocator);
    gj_status status = gjr_window_init(&made->window, allocator, source);
    if (status == GJ_OK) {
        status = source_name_make(made, options);
    } else {
        made->window = (gjr_window){.allocator = allocator};
    }
    if (status == GJ_OK) {
        status = reader_open(made, options->format);
    }
    if (status == GJ_OK && options->ahead) {
        status = gjr_ahead_begin(made, &made->ahead);
    }
    if (status != GJ_OK) {
        int why = errno;
        gj_feed_close(made);
        errno = why;
        return status;
    }
    *feed = made;
    return GJ_OK;
}

gj_status gj_feed_open(const gj_feed_options *options, gj_feed **feed)
{
    if (options == NULL || feed == NULL || options->size != sizeof *options ||
        options->path == NULL || (unsigned)options->format > GJ_FEED_CSV) {
        return GJ_BAD_ARGUMENT;
    }
    gjr_source source;
    gj_status status = gjr_source_open(gjb_alloc_or_default(options->allocator), options, &source);
    return status == GJ_OK ? gjr_feed_open_source(options, source, feed) : status;
}

gj_status gjr_feed_open_part(gj_feed *part, const gj_feed *of, gj_text *lasting)
{
    *part = (gj_feed){.allocator = of->allocator, .source = of->source};
    part->window = (gjr_window){.allocator = of->allocator, .input.end = GJR_INPUT_ENDED};
    gjr_draft_init(&part->draft, of->allocator, &part->problem);
    return of->reader->open_part(part, of, lasting);
}

void gjr_feed_close_part(gj_feed *part)
{
    if (part->reader != NULL) {
        part->reader->close(part);
    }
    gjr_window_deinit(&part->window);
    gjr_draft_deinit(&part->draft);
}

void gj_feed_close(gj_feed *feed)
{
    if (feed == NULL) {
        return;
    }
    gjr_ahead_end(feed->ahead);
    gjr_feed_close_part(feed);
    gjb_buffer_deinit(&feed->source_name);
    gjb_alloc_destroy(feed->allocator, feed, 1, sizeof *feed);
}

/* ---- reading -------------------------------------------------------------------------------- */

static gj_status next_of(gj_feed *feed, size_t most, const gj_event **events, size_t *count)
{
    if (feed->ahead != NULL) {
        return gjr_ahead_next(feed->ahead, most, events, count);
    }
    feed->problem = (gj_problem){0};
    *count = 1;
    return feed->reader->next(feed, events);
}

gj_status gj_feed_next(gj_feed *feed, const gj_event **event)
{
    size_t count;
    return feed == NULL || event == NULL ? GJ_BAD_ARGUMENT : next_of(feed, 1, event, &count);
}

gj_status gj_feed_next_all(gj_feed *feed, const gj_event **events, size_t *count)
{
    return feed == NULL || events == NULL || count == NULL ? GJ_BAD_ARGUMENT
                                                           : next_of(feed, SIZE_MAX, events, count);
}

const gj_problem *gj_feed_problem(const gj_feed *feed)
{
    return feed->ahead != NULL ? gjr_ahead_problem(feed->ahead) : &feed->problem;
}

uint64_t gj_feed_offset(const gj_feed *feed)
{
    return feed->ahead != NULL ? gjr_ahead_offset(feed->ahead) : feed->window.input.taken;
}

uint64_t gj_feed_size(const gj_feed *feed)
{
    return feed->window.input.source.size;
}
