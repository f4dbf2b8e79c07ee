/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV with a header (RFC 4180). A column whose name is a field of fields.def is that field, any
 * other is data; `documents` are separated by ; or 、. A cell that is empty is missing. CSV has no
 * types: a cell of data that reads as a JSON number or as true or false is one, anything else is
 * text, and all keep what was written.
 *
 * A quoted cell may hold newlines, so one quote too many can swallow the rest of a file. Where a
 * record turns out malformed, or is never closed, only its first line is given up: up to where it
 * was noticed the following lines are then read as one record each, and no byte more than twice. */
#include "base/text.h"
#include "feed/feed.h"

#include <string.h>

enum { COLUMN_COUNT_MAX = 4096 };

typedef struct column {
    gjr_field field; /* GJR_FIELD_NONE: data */
    gj_text key;     /* into the header's copy */
} column;

typedef struct csv {
    column *columns;
    size_t column_count;
    gj_text *cells; /* COLUMN_COUNT_MAX of the header's record, later column_count */
    size_t cell_count, cell_capacity;
    char *header;
    size_t header_size;
    uint64_t next_line;
    uint64_t singly_until; /* before this offset a record is a line */
    bool dead;             /* the header is unusable */
} csv;

typedef struct record {
    size_t size, taken; /* without and with its newline */
    bool quotes;
} record;

/* ---- where a record ends ----------------------------------------------------------------------
 */

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
static gj_status record_refuse(gj_feed *feed, csv *reader, const scan *state, scan_result result)
{
    gjr_window *window = &feed->window;
    size_t left = window->end - window->begin;
    bool cut = result == SCAN_OPEN && window->input.end != GJR_INPUT_OPEN;
    uint64_t noticed = window->offset + (state->at < left ? state->at : left);
    if (noticed > reader->singly_until) {
        reader->singly_until = noticed;
    }
    gj_text line = first_line(window);
    gj_status status = gjr_feed_refuse(feed, cut ? GJ_PROBLEM_TRUNCATED : GJ_PROBLEM_SYNTAX, line,
                                       result == SCAN_OPEN ? gjr_note(GJR_NOTE_QUOTE_OPEN)
                                                           : gjr_note(GJR_NOTE_QUOTE_STRAY));
    gjr_window_take(window, line.size);
    reader->next_line++;
    return status;
}

/* The next record; its bytes stay in the window until it is taken. */
static gj_status record_next(gj_feed *feed, csv *reader, record *found)
{
    gjr_window *window = &feed->window;
    scan state = {0};
    feed->line = reader->next_line;
    scan_result result = record_scan(feed, window->offset < reader->singly_until, &state);
    switch (result) {
    case SCAN_RECORD:
        break;
    case SCAN_BAD:
    case SCAN_OPEN:
        return record_refuse(feed, reader, &state, result);
    case SCAN_LONG:
        gjr_feed_refuse(feed, GJ_PROBLEM_TOO_LONG, (gj_text){0}, gjr_note(GJR_NOTE_LONG_LINE));
        gjr_window_drop_line(window);
        reader->next_line++;
        return GJ_MALFORMED;
    case SCAN_ENDED:
        return GJ_DONE;
    case SCAN_FAILED:
        return state.failure;
    }
    const char *bytes = window->bytes + window->begin;
    size_t left = window->end - window->begin;
    bool closed = state.at < left;
    *found = (record){state.at, state.at + (closed ? 1 : 0), state.quotes};
    for (const char *at = bytes;
         state.quotes && (at = memchr(at, '\n', found->size - (size_t)(at - bytes))) != NULL;
         at++) {
        reader->next_line++;
    }
    reader->next_line++;
    if (found->size > 0 && bytes[found->size - 1] == '\r') {
        found->size--;
    }
    return GJ_OK;
}

/* ---- cells ---------------------------------------------------------------------------------- */

static gj_status cell_add(gj_feed *feed, csv *reader, gj_text cell)
{
    if (reader->cell_count == reader->cell_capacity) {
        size_t more = reader->cell_capacity == 0 ? 32 : reader->cell_capacity * 2;
        if (more > COLUMN_COUNT_MAX) {
            return gjr_feed_refuse(feed, GJ_PROBLEM_TOO_LONG, cell, gjr_note(GJR_NOTE_CELL_COUNT));
        }
        gj_text *cells = gjb_alloc_resize(feed->allocator, reader->cells, reader->cell_capacity,
                                          more, sizeof *cells);
        if (cells == NULL) {
            return GJ_NO_MEMORY;
        }
        reader->cells = cells;
        reader->cell_capacity = more;
    }
    reader->cells[reader->cell_count++] = cell;
    return GJ_OK;
}

/* Takes the doubled quotes out, in place; *size becomes the bytes read with both quotes. */
static gj_text cell_unquote(char *bytes, size_t *size)
{
    size_t from = 1, to = 0;
    for (;;) {
        const char *quote = memchr(bytes + from, '"', *size - from);
        size_t run = quote != NULL ? (size_t)(quote - bytes) - from : *size - from;
        memmove(bytes + to, bytes + from, run);
        to += run;
        from += run + 1;
        if (quote == NULL || from >= *size || bytes[from] != '"') {
            break;
        }
        bytes[to++] = '"';
        from++;
    }
    *size = from < *size ? from : *size;
    return (gj_text){bytes, to};
}

static gj_status record_split(gj_feed *feed, csv *reader, const record *found)
{
    char *bytes = feed->window.bytes + feed->window.begin;
    reader->cell_count = 0;
    for (size_t at = 0;;) {
        size_t size = found->size - at;
        gj_text cell;
        if (size > 0 && bytes[at] == '"') {
            cell = cell_unquote(bytes + at, &size);
        } else {
            const char *comma = memchr(bytes + at, ',', size);
            size = comma != NULL ? (size_t)(comma - bytes) - at : size;
            cell = (gj_text){bytes + at, size};
        }
        gj_status status = cell_add(feed, reader, cell);
        at += size + 1;
        if (status != GJ_OK || at > found->size) {
            return status;
        }
    }
}

static gj_status record_check(gj_feed *feed, gj_text text)
{
    size_t invalid = gjb_text_invalid_offset(text);
    if (invalid < text.size) {
        gjr_feed_refuse(feed, GJ_PROBLEM_UTF8, gjb_text_slice(text, invalid, text.size), NULL);
        feed->problem.offset = invalid;
        return GJ_MALFORMED;
    }
    return text.size > 0 && memchr(text.bytes, '\0', text.size) != NULL
               ? gjr_feed_refuse(feed, GJ_PROBLEM_SYNTAX, text, gjr_note(GJR_NOTE_NUL_BYTE))
               : GJ_OK;
}

/* The cells of the next record that is not blank. They stay where they are until *taken bytes are
 * taken from the window. */
static gj_status cells_next(gj_feed *feed, csv *reader, size_t *taken)
{
    record found = {0};
    gj_status status;
    *taken = 0;
    do {
        gjr_window_take(&feed->window, *taken);
        *taken = 0;
        status = record_next(feed, reader, &found);
        if (status != GJ_OK) {
            return status;
        }
        *taken = found.taken;
    } while (found.size == 0);
    gj_text text = {feed->window.bytes + feed->window.begin, found.size};
    status = record_check(feed, text);
    return status == GJ_OK ? record_split(feed, reader, &found) : status;
}

/* ---- the header -------------------------------------------------------------------------------
 */

static gj_text trimmed(gj_text text)
{
    for (; text.size > 0 && text.bytes[0] == ' '; text.size--) {
        text.bytes++;
    }
    while (text.size > 0 && text.bytes[text.size - 1] == ' ') {
        text.size--;
    }
    return text;
}

static gj_status columns_make(gj_feed *feed, csv *reader)
{
    reader->column_count = reader->cell_count;
    reader->columns = gjb_alloc_create(feed->allocator, reader->column_count, sizeof(column));
    for (size_t i = 0; i < reader->column_count; i++) {
        reader->header_size += reader->cells[i].size;
    }
    reader->header_size++;
    reader->header = gjb_alloc_create(feed->allocator, reader->header_size, 1);
    if (reader->columns == NULL || reader->header == NULL) {
        return GJ_NO_MEMORY;
    }
    char *to = reader->header;
    for (size_t i = 0; i < reader->column_count; i++) {
        gj_text name = trimmed(reader->cells[i]);
        memcpy(to, name.bytes, name.size);
        gjr_field field = gjr_field_find(&feed->draft, name);
        bool data = field == GJR_FIELD_DATA || field == GJR_FIELD_SPECVERSION;
        reader->columns[i] = (column){data ? GJR_FIELD_NONE : field, {to, name.size}};
        to += name.size;
    }
    return GJ_OK;
}

static gj_status columns_check(gj_feed *feed, const csv *reader)
{
    static const gjr_field required[] = {GJR_FIELD_CASE, GJR_FIELD_ACTION, GJR_FIELD_AT};
    for (size_t r = 0; r < sizeof required / sizeof required[0]; r++) {
        bool there = false;
        for (size_t i = 0; i < reader->column_count; i++) {
            there |= reader->columns[i].field == required[r];
        }
        if (!there) {
            gjr_feed_refuse(feed, GJ_PROBLEM_FIELD, (gj_text){0}, gjr_note(GJR_NOTE_NO_COLUMN));
            feed->problem.field = gjb_text_of(gjr_field_name(required[r]));
            return GJ_MALFORMED;
        }
    }
    return GJ_OK;
}

/* GJ_MALFORMED: without a header nothing can be read, so the feed ends. */
static gj_status header_read(gj_feed *feed, csv *reader)
{
    size_t taken;
    gj_status status = cells_next(feed, reader, &taken);
    if (status == GJ_OK) {
        status = columns_make(feed, reader);
    }
    if (status == GJ_OK) {
        gjr_window_take(&feed->window, taken);
        status = columns_check(feed, reader);
    }
    reader->dead = status == GJ_MALFORMED;
    return status;
}

/* ---- events --------------------------------------------------------------------------------- */

/* The bytes of the separator at the front of the text: ; or 、 or ；; 0: none. */
static size_t separator_size(gj_text text)
{
    if (text.bytes[0] == ';') {
        return 1;
    }
    bool wide = text.size >= 3 && ((unsigned char)text.bytes[0] | 0x0C) == 0xEF;
    return wide && (memcmp(text.bytes, "、", 3) == 0 || memcmp(text.bytes, "；", 3) == 0) ? 3 : 0;
}

static gj_status documents_split(gj_feed *feed, gj_text cell)
{
    for (size_t begin = 0, at = 0; at <= cell.size;) {
        size_t gap = at < cell.size ? separator_size(gjb_text_slice(cell, at, cell.size)) : 1;
        if (gap == 0) {
            at++;
            continue;
        }
        gj_text name = trimmed(gjb_text_slice(cell, begin, at));
        if (name.size > 0 && gjr_draft_add_document(&feed->draft, name) != GJ_OK) {
            return GJ_NO_MEMORY;
        }
        at += gap;
        begin = at;
    }
    return GJ_OK;
}

static gj_status datum_add(gj_feed *feed, gj_text key, gj_text cell)
{
    gj_datum *datum = gjr_draft_add_datum(&feed->draft, key);
    if (datum == NULL) {
        return GJ_NO_MEMORY;
    }
    datum->text = cell;
    datum->truth = gjb_text_equal_string(cell, "true");
    bool truth = datum->truth || gjb_text_equal_string(cell, "false");
    datum->kind = truth                      ? GJ_DATUM_BOOL
                  : gjr_text_is_number(cell) ? GJ_DATUM_NUMBER
                                             : GJ_DATUM_TEXT;
    return GJ_OK;
}

static gj_status cells_read(gj_feed *feed, const csv *reader)
{
    gjr_draft_start(&feed->draft, feed->line);
    if (reader->cell_count > reader->column_count) {
        return gjr_feed_refuse(feed, GJ_PROBLEM_SYNTAX, reader->cells[reader->column_count],
                               gjr_note(GJR_NOTE_CELL_EXTRA));
    }
    for (size_t i = 0; i < reader->cell_count; i++) {
        gj_text cell = reader->cells[i];
        if (cell.size == 0) {
            continue;
        }
        gjr_field field = reader->columns[i].field;
        gj_status status = field == GJR_FIELD_NONE ? datum_add(feed, reader->columns[i].key, cell)
                           : field == GJR_FIELD_DOCUMENTS
                               ? documents_split(feed, cell)
                               : gjr_draft_add(&feed->draft, field, cell);
        if (status != GJ_OK) {
            return status;
        }
    }
    return gjr_draft_finish(&feed->draft, feed->source);
}

static gj_status csv_next(gj_feed *feed, const gj_event **event)
{
    csv *reader = feed->state;
    if (reader->dead) {
        return GJ_DONE;
    }
    gj_status status = GJ_OK;
    size_t taken = 0;
    if (reader->columns == NULL) {
        status = header_read(feed, reader);
    }
    if (status == GJ_OK) {
        status = cells_next(feed, reader, &taken);
    }
    if (status == GJ_DONE) {
        return gjr_feed_finish(feed);
    }
    if (status == GJ_OK) {
        status = cells_read(feed, reader);
    }
    /* The bytes stay where they are until the window is filled again, at the next call. */
    gjr_window_take(&feed->window, taken);
    *event = &feed->draft.event;
    return status;
}

static void csv_close(gj_feed *feed)
{
    csv *reader = feed->state;
    gjb_alloc_destroy(feed->allocator, reader->cells, reader->cell_capacity, sizeof(gj_text));
    gjb_alloc_destroy(feed->allocator, reader->columns, reader->column_count, sizeof(column));
    gjb_alloc_destroy(feed->allocator, reader->header, reader->header_size, 1);
    gjb_alloc_destroy(feed->allocator, reader, 1, sizeof *reader);
}

static const gjr_reader csv_reader = {csv_next, csv_close};

gj_status gjr_csv_open(gj_feed *feed)
{
    csv *reader = gjb_alloc_create(feed->allocator, 1, sizeof *reader);
    if (reader == NULL) {
        return GJ_NO_MEMORY;
    }
    reader->next_line = 1;
    feed->state = reader;
    feed->reader = &csv_reader;
    return GJ_OK;
}
