/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON lines. All whole lines of the window are marked at once, which is what makes it fast; then
 * each is read by json.c. Where marking a window fails (one line of it holds something that is no
 * JSON text at all) its lines are marked one by one, so that the bad one is told and the others are
 * read: no byte is marked more than twice. */
#include "base/text.h"
#include "feed/feed.h"
#include "feed/json.h"
#include "feed/marks.h"

#include <string.h>

typedef struct jsonl {
    gjr_marks *marks;
    gjr_json json;
    const uint32_t *mark; /* of the next line; offsets count from `base` */
    const char *base;     /* where the marked bytes begin */
    size_t marked;        /* how many they are */
    size_t at;            /* the next line, from `base` */
    const char *escape;   /* the first backslash at or behind `at`, or the end */
    bool singly;          /* mark each line on its own */
    bool skipping;        /* inside a line longer than the limit */
} jsonl;

static gj_status marks_status(gjr_marks_result result)
{
    return result == GJR_MARKS_NO_MEMORY ? GJ_NO_MEMORY : GJ_OK;
}

static void escape_find(jsonl *reader)
{
    const char *from = reader->base + reader->at;
    size_t left = reader->marked - reader->at;
    const char *found = left > 0 ? memchr(from, '\\', left) : NULL;
    reader->escape = found != NULL ? found : reader->base + reader->marked;
}

/* Marks the window's whole lines, or at the file's end what is left. */
static gj_status lines_mark(gj_feed *feed, jsonl *reader, size_t size)
{
    reader->base = feed->window.bytes + feed->window.begin;
    reader->marked = size;
    reader->at = 0;
    escape_find(reader);
    gjr_marks_result result = gjr_marks_find(reader->marks, reader->base, size, &reader->mark);
    reader->singly = result != GJR_MARKS_OK;
    return marks_status(result);
}

/* Takes what was read from the window and brings more whole lines into it. */
static gj_status lines_fill(gj_feed *feed, jsonl *reader)
{
    gjr_window *window = &feed->window;
    gjr_window_take(window, reader->at);
    reader->at = reader->marked = 0;
    size_t searched = 0;
    for (;;) {
        size_t left = window->end - window->begin;
        const char *from = window->bytes + window->begin;
        const char *newline =
            left > searched ? memrchr(from + searched, '\n', left - searched) : NULL;
        if (newline != NULL) {
            return lines_mark(feed, reader, (size_t)(newline - from) + 1);
        }
        searched = left;
        gj_status status = gjr_window_fill(window);
        if (status == GJ_OVER_LIMIT) {
            feed->line++;
            reader->skipping = true;
            return gjr_feed_refuse(feed, GJ_PROBLEM_TOO_LONG, (gj_text){from, left},
                                   gjr_note(GJR_NOTE_LONG_LINE));
        }
        if (status == GJ_DONE) {
            bool whole = window->input.end == GJR_INPUT_ENDED;
            return left > 0 && whole ? lines_mark(feed, reader, left) : GJ_DONE;
        }
        if (status != GJ_OK) {
            return status;
        }
    }
}

static bool line_is_blank(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (memchr(" \t\r", bytes[i], 3) == NULL) {
            return false;
        }
    }
    return true;
}

/* A line that is not even text; and the last one, cut. The offset is in the line. */
static gj_status refuse_line(gj_feed *feed, gjr_marks_result result, gj_text line)
{
    if (result == GJR_MARKS_NO_MEMORY) {
        return GJ_NO_MEMORY;
    }
    if (result == GJR_MARKS_UTF8) {
        size_t at = gjb_text_invalid_offset(line);
        gj_status status =
            gjr_feed_refuse(feed, GJ_PROBLEM_UTF8, gjb_text_slice(line, at, line.size), NULL);
        feed->problem.offset = at;
        return status;
    }
    gj_status status = gjr_feed_refuse(feed, GJ_PROBLEM_SYNTAX, line, gjr_note(GJR_NOTE_NOT_TEXT));
    feed->problem.offset = 0;
    return status;
}

static gj_status line_read(gj_feed *feed, jsonl *reader, size_t size)
{
    gjr_json *json = &reader->json;
    const char *bytes = reader->base + reader->at;
    if (reader->escape < bytes) {
        escape_find(reader);
    }
    json->escapes = reader->escape < bytes + size;
    json->line = feed->line;
    if (!reader->singly) {
        json->bytes = reader->base;
        json->mark = reader->mark;
        gj_status status = gjr_json_read(json, reader->at, reader->at + size);
        const uint32_t *mark = json->mark;
        while (*mark < reader->at + size) {
            mark++;
        }
        reader->mark = mark;
        return status;
    }
    json->bytes = bytes;
    gjr_marks_result result = gjr_marks_find(reader->marks, bytes, size, &json->mark);
    if (result != GJR_MARKS_OK) {
        return refuse_line(feed, result, (gj_text){bytes, size});
    }
    return gjr_json_read(json, 0, size);
}

/* The next line that is not blank. *closed: a newline ended it. */
static gj_status line_next(gj_feed *feed, jsonl *reader, size_t *size, bool *closed)
{
    for (;;) {
        if (reader->at == reader->marked) {
            gj_status status = lines_fill(feed, reader);
            if (status != GJ_OK) {
                return status;
            }
        }
        const char *bytes = reader->base + reader->at;
        size_t left = reader->marked - reader->at;
        const char *newline = memchr(bytes, '\n', left);
        *closed = newline != NULL;
        *size = *closed ? (size_t)(newline - bytes) : left;
        feed->line++;
        if (!line_is_blank(bytes, *size)) {
            return GJ_OK;
        }
        reader->at += *size + (*closed ? 1 : 0);
    }
}

static gj_status jsonl_next(gj_feed *feed, const gj_event **event)
{
    jsonl *reader = feed->state;
    if (reader->skipping) {
        reader->skipping = false;
        gj_status status = gjr_window_drop_line(&feed->window);
        if (status != GJ_OK && status != GJ_DONE) {
            return status;
        }
    }
    size_t size;
    bool closed;
    gj_status status = line_next(feed, reader, &size, &closed);
    if (status == GJ_DONE) {
        return gjr_feed_finish(feed);
    }
    if (status != GJ_OK) {
        return status;
    }
    status = line_read(feed, reader, size);
    if (status == GJ_OK) {
        status = gjr_draft_finish(&feed->draft, feed->source);
    }
    if (status == GJ_MALFORMED) {
        feed->problem.offset += feed->window.offset + reader->at;
    }
    if (status == GJ_MALFORMED && !closed && feed->problem.code == GJ_PROBLEM_SYNTAX) {
        feed->problem.code = GJ_PROBLEM_TRUNCATED;
    }
    reader->at += size + (closed ? 1 : 0);
    *event = &feed->draft.event;
    return status;
}

static void jsonl_close(gj_feed *feed)
{
    jsonl *reader = feed->state;
    gjr_json_deinit(&reader->json);
    gjr_marks_destroy(reader->marks);
    gjb_alloc_destroy(feed->allocator, reader, 1, sizeof *reader);
}

/* ---- parts ---- */

static size_t jsonl_cut(gj_text bytes)
{
    const char *newline = memrchr(bytes.bytes, '\n', bytes.size);
    return newline != NULL ? (size_t)(newline - bytes.bytes) + 1 : 0;
}

static gj_status jsonl_open_part(gj_feed *feed, const gj_feed *of, gj_text *lasting)
{
    (void)of, (void)lasting;
    return gjr_jsonl_open(feed);
}

static void jsonl_begin_part(gj_feed *feed, const gjr_part *part)
{
    jsonl *reader = feed->state;
    reader->at = reader->marked = 0;
    feed->line = part->lines;
}

/* A newline ends a line, whatever is in it. */
static bool jsonl_end_part(const gj_feed *feed, gjr_part *next)
{
    *next = (gjr_part){.lines = feed->line};
    return true;
}

static const gjr_reader jsonl_reader = {
    .next = jsonl_next,
    .close = jsonl_close,
    .cut = jsonl_cut,
    .open_part = jsonl_open_part,
    .begin_part = jsonl_begin_part,
    .end_part = jsonl_end_part,
};

gj_status gjr_jsonl_open(gj_feed *feed)
{
    jsonl *reader = gjb_alloc_create(feed->allocator, 1, sizeof *reader);
    if (reader == NULL) {
        return GJ_NO_MEMORY;
    }
    gjr_json_init(&reader->json, feed->allocator, &feed->draft);
    feed->state = reader;
    feed->reader = &jsonl_reader;
    reader->marks = gjr_marks_create();
    return reader->marks != NULL ? GJ_OK : GJ_NO_MEMORY;
}
