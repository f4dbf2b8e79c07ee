/* SPDX-License-Identifier: Apache-2.0
 *
 * See csv_record.h. */
#include "feed/csv_record.h"

#include <string.h>

typedef enum scan_result {
    SCAN_RECORD,
    SCAN_BAD,
    SCAN_LONG,
    SCAN_OPEN,
    SCAN_ENDED,
    SCAN_FAILED
} scan_result;

typedef struct scan {
    size_t at; /* from the window's begin */
    bool quoted, quotes;
    gj_status failure;
} scan;

/* More bytes behind the window's end: true; else why not. */
static bool scan_fill(gj_feed *feed, scan *state, scan_result *result)
{
    size_t left = feed->window.end - feed->window.begin;
    state->failure = gjr_window_fill(&feed->window);
    if (state->failure == GJ_OK) {
        return true;
    }
    if (state->failure == GJ_OVER_LIMIT) {
        *result = state->quoted ? SCAN_OPEN : SCAN_LONG;
    } else if (state->failure == GJ_DONE) {
        bool whole = feed->window.input.end == GJR_INPUT_ENDED;
        *result = left == 0 || !whole ? SCAN_ENDED : state->quoted ? SCAN_OPEN : SCAN_RECORD;
    } else {
        *result = SCAN_FAILED;
    }
    return false;
}

/* Inside quotes, up to the closing one. False: more bytes are wanted. */
static bool scan_quoted(gj_text left, bool ended, bool single, scan *state, bool *bad)
{
    const char *from = left.bytes + state->at;
    const char *quote = memchr(from, '"', left.size - state->at);
    size_t until = quote != NULL ? (size_t)(quote - left.bytes) : left.size;
    if (single && memchr(from, '\n', until - state->at) != NULL) {
        *bad = true;
        return true;
    }
    state->at = until;
    if (quote == NULL || (until + 1 == left.size && !ended)) {
        return false;
    }
    if (until + 1 < left.size && quote[1] == '"') {
        state->at += 2;
        return true;
    }
    state->at += 1;
    state->quoted = false;
    *bad = state->at < left.size && memchr(",\r\n", left.bytes[state->at], 3) == NULL;
    return true;
}

/* Outside quotes, up to the newline or an opening quote. True at the newline. */
static bool scan_plain(gj_text left, scan *state)
{
    const char *from = left.bytes + state->at;
    const char *newline = memchr(from, '\n', left.size - state->at);
    size_t until = newline != NULL ? (size_t)(newline - left.bytes) : left.size;
    const char *quote = memchr(from, '"', until - state->at);
    if (quote == NULL) {
        state->at = until;
        return newline != NULL;
    }
    size_t at = (size_t)(quote - left.bytes);
    state->quoted = at == 0 || left.bytes[at - 1] == ',';
    state->quotes |= state->quoted;
    state->at = at + 1;
    return false;
}

static scan_result record_scan(gj_feed *feed, bool single, scan *state)
{
    bool ended = false;
    for (;;) {
        gj_text left = {feed->window.bytes + feed->window.begin,
                        feed->window.end - feed->window.begin};
        bool more = state->at >= left.size;
        if (!more && !state->quoted) {
            if (scan_plain(left, state)) {
                return SCAN_RECORD;
            }
            more = state->at >= left.size;
        } else if (!more) {
            bool bad = false;
            more = !scan_quoted(left, ended, single, state, &bad);
            if (bad) {
                return SCAN_BAD;
            }
        }
        scan_result result = SCAN_RECORD;
        if (more && ended) {
            return state->quoted ? SCAN_OPEN : SCAN_RECORD;
        }
        if (more && !scan_fill(feed, state, &result)) {
            if (state->failure != GJ_DONE || result == SCAN_ENDED) {
                return result;
            }
            ended = true;
        }
    }
}

/* The window's first line, filling as far as it takes, with its newline where it has one. */
static gj_text first_line(gjr_window *window)
{
    for (size_t searched = 0;;) {
        const char *bytes = window->bytes + window->begin;
        size_t left = window->end - window->begin;
        const char *newline = memchr(bytes + searched, '\n', left - searched);
        if (newline != NULL) {
            return (gj_text){bytes, (size_t)(newline - bytes) + 1};
        }
        searched = left;
        if (gjr_window_fill(window) != GJ_OK) {
            return (gj_text){window->bytes + window->begin, left};
        }
    }
}

/* Gives up the first line of a record that went wrong. */
static gj_status record_refuse(gj_feed *feed, gjr_csv_place *place, const scan *state,
                               scan_result result)
{
    gjr_window *window = &feed->window;
    size_t left = window->end - window->begin;
    bool cut = result == SCAN_OPEN && window->input.end != GJR_INPUT_OPEN;
    place->was_open = place->was_open || result == SCAN_OPEN;
    uint64_t noticed = window->offset + (state->at < left ? state->at : left);
    if (noticed > place->singly_until) {
        place->singly_until = noticed;
    }
    gj_text line = first_line(window);
    gj_status status = gjr_feed_refuse(feed, cut ? GJ_PROBLEM_TRUNCATED : GJ_PROBLEM_SYNTAX, line,
                                       result == SCAN_OPEN ? gjr_note(GJR_NOTE_QUOTE_OPEN)
                                                           : gjr_note(GJR_NOTE_QUOTE_STRAY));
    gjr_window_take(window, line.size);
    place->next_line++;
    return status;
}

gj_status gjr_csv_record_next(gj_feed *feed, gjr_csv_place *place, gjr_csv_record *found)
{
    gjr_window *window = &feed->window;
    scan state = {0};
    feed->line = place->next_line;
    scan_result result = record_scan(feed, window->offset < place->singly_until, &state);
    switch (result) {
    case SCAN_RECORD:
        break;
    case SCAN_BAD:
    case SCAN_OPEN:
        return record_refuse(feed, place, &state, result);
    case SCAN_LONG:
        gjr_feed_refuse(feed, GJ_PROBLEM_TOO_LONG, (gj_text){0}, gjr_note(GJR_NOTE_LONG_LINE));
        gjr_window_drop_line(window);
        place->next_line++;
        return GJ_MALFORMED;
    case SCAN_ENDED:
        return GJ_DONE;
    case SCAN_FAILED:
        return state.failure;
    }
    const char *bytes = window->bytes + window->begin;
    size_t left = window->end - window->begin;
    bool closed = state.at < left;
    *found = (gjr_csv_record){state.at, state.at + (closed ? 1 : 0), state.quotes};
    for (const char *at = bytes;
         state.quotes && (at = memchr(at, '\n', found->size - (size_t)(at - bytes))) != NULL;
         at++) {
        place->next_line++;
    }
    place->next_line++;
    if (found->size > 0 && bytes[found->size - 1] == '\r') {
        found->size--;
    }
    return GJ_OK;
}
