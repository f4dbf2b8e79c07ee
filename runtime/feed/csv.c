/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV with a header (RFC 4180). A column whose name is a field of fields.def is that field, any
 * other is data; `documents` are separated by ; or 、. A cell that is empty is missing. CSV has no
 * types: a cell of data that reads as a JSON number or as true or false is one, anything else is
 * text, and all keep what was written. */
#include "base/text.h"
#include "feed/number.h"
#include "feed/csv_cells.h"

#include <string.h>

typedef struct column {
    gjr_field field; /* GJR_FIELD_NONE: data */
    bool is_text;
    size_t offset; /* in a gj_event, of a text */
    gj_text key;   /* into the header's copy */
} column;

typedef struct csv {
    gjr_csv_cells cells;
    column *columns;
    size_t column_count;
    bool keys_differ; /* no two columns of data have one name */
    char *header;
    size_t header_size;
    bool is_part; /* columns and header are those of the whole */
    bool dead;    /* the header is unusable */
} csv;

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

/* Whether an earlier column of data has the name of this one. */
static bool key_is_column(const csv *reader, size_t column_index)
{
    const column *columns = reader->columns;
    for (size_t i = 0; i < column_index; i++) {
        if (columns[i].field == GJR_FIELD_NONE &&
            gjb_text_equal(columns[i].key, columns[column_index].key)) {
            return true;
        }
    }
    return false;
}

static gj_status columns_make(gj_feed *feed, csv *reader)
{
    reader->column_count = reader->cells.count;
    reader->columns = gjb_alloc_create(feed->allocator, reader->column_count, sizeof(column));
    for (size_t i = 0; i < reader->column_count; i++) {
        reader->header_size += reader->cells.items[i].size;
    }
    reader->header_size++;
    reader->header = gjb_alloc_create(feed->allocator, reader->header_size, 1);
    if (reader->columns == NULL || reader->header == NULL) {
        return GJ_NO_MEMORY;
    }
    char *to = reader->header;
    reader->keys_differ = true;
    for (size_t i = 0; i < reader->column_count; i++) {
        gj_text name = trimmed(reader->cells.items[i]);
        memcpy(to, name.bytes, name.size);
        gjr_field field = gjr_fields_find(&feed->draft.fields, name);
        bool data = field == GJR_FIELD_DATA || field == GJR_FIELD_SPECVERSION;
        field = data ? GJR_FIELD_NONE : field;
        bool text = field != GJR_FIELD_NONE && gjr_field_kind_of(field) == GJR_FIELD_TEXT;
        reader->columns[i] = (column){
            .field = field,
            .is_text = text,
            .offset = text ? gjr_field_offset(field) : 0,
            .key = {to, name.size},
        };
        reader->keys_differ =
            reader->keys_differ && !(field == GJR_FIELD_NONE && key_is_column(reader, i));
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
    gj_status status = gjr_csv_cells_next(feed, &reader->cells, &taken);
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

static gj_status datum_add(gj_feed *feed, const csv *reader, gj_text key, gj_text cell)
{
    gj_datum *datum = reader->keys_differ ? gjr_draft_append_datum(&feed->draft, key)
                                          : gjr_draft_add_datum(&feed->draft, key);
    if (datum == NULL) {
        return GJ_NO_MEMORY;
    }
    datum->text = cell;
    datum->truth = cell.size == 4 && memcmp(cell.bytes, "true", 4) == 0;
    bool truth = datum->truth || (cell.size == 5 && memcmp(cell.bytes, "false", 5) == 0);
    datum->kind = truth                      ? GJ_DATUM_BOOL
                  : gjr_text_is_number(cell) ? GJ_DATUM_NUMBER
                                             : GJ_DATUM_TEXT;
    return GJ_OK;
}

static gj_status cells_read(gj_feed *feed, const csv *reader)
{
    gjr_draft_start(&feed->draft, feed->line);
    if (reader->cells.count > reader->column_count) {
        return gjr_feed_refuse(feed, GJ_PROBLEM_SYNTAX, reader->cells.items[reader->column_count],
                               gjr_note(GJR_NOTE_CELL_EXTRA));
    }
    for (size_t i = 0; i < reader->cells.count; i++) {
        gj_text cell = reader->cells.items[i];
        if (cell.size == 0) {
            continue;
        }
        const column *of = &reader->columns[i];
        if (of->is_text) {
            memcpy((char *)&feed->draft.event + of->offset, &cell, sizeof cell);
            continue;
        }
        gj_status status = of->field == GJR_FIELD_NONE ? datum_add(feed, reader, of->key, cell)
                           : of->field == GJR_FIELD_DOCUMENTS
                               ? documents_split(feed, cell)
                               : gjr_draft_add(&feed->draft, of->field, cell);
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
        status = gjr_csv_cells_next(feed, &reader->cells, &taken);
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
    gjr_csv_cells_deinit(&reader->cells, feed->allocator);
    if (!reader->is_part) {
        gjb_alloc_destroy(feed->allocator, reader->columns, reader->column_count, sizeof(column));
        gjb_alloc_destroy(feed->allocator, reader->header, reader->header_size, 1);
    }
    gjb_alloc_destroy(feed->allocator, reader, 1, sizeof *reader);
}

/* ---- parts ---- */

static size_t quote_count(const char *bytes, size_t size)
{
    size_t count = 0;
    for (const char *at = bytes, *end = bytes + size;
         (at = memchr(at, '"', (size_t)(end - at))) != NULL; at++) {
        count++;
    }
    return count;
}

/* Behind the last newline that seems to lie outside quotes. */
static size_t csv_cut(gj_text bytes)
{
    size_t size = bytes.size, quotes = quote_count(bytes.bytes, bytes.size);
    for (;;) {
        const char *newline = memrchr(bytes.bytes, '\n', size);
        if (newline == NULL) {
            return 0;
        }
        size_t before = (size_t)(newline - bytes.bytes);
        quotes -= quote_count(newline, size - before);
        if (quotes % 2 == 0) {
            return before + 1;
        }
        size = before;
    }
}

static gj_status csv_open_part(gj_feed *feed, const gj_feed *of, gj_text *lasting)
{
    const csv *whole = of->state;
    gj_status status = whole->dead || whole->columns == NULL ? GJ_REFUSED : gjr_csv_open(feed);
    if (status != GJ_OK) {
        return status;
    }
    csv *reader = feed->state;
    reader->columns = whole->columns;
    reader->column_count = whole->column_count;
    reader->keys_differ = whole->keys_differ;
    reader->header = whole->header;
    reader->header_size = whole->header_size;
    reader->is_part = true;
    *lasting = (gj_text){whole->header, whole->header_size};
    return GJ_OK;
}

static void csv_begin_part(gj_feed *feed, const gjr_part *part)
{
    csv *reader = feed->state;
    reader->cells.place = (gjr_csv_place){.next_line = part->lines + 1};
}

static bool csv_end_part(const gj_feed *feed, gjr_part *next)
{
    const csv *reader = feed->state;
    const gjr_csv_place *place = &reader->cells.place;
    *next = (gjr_part){.lines = place->next_line - 1};
    return !place->was_open && place->singly_until <= feed->window.offset;
}

static const gjr_reader csv_reader = {
    .next = csv_next,
    .close = csv_close,
    .cut = csv_cut,
    .open_part = csv_open_part,
    .begin_part = csv_begin_part,
    .end_part = csv_end_part,
    .has_head = true,
};

gj_status gjr_csv_open(gj_feed *feed)
{
    csv *reader = gjb_alloc_create(feed->allocator, 1, sizeof *reader);
    if (reader == NULL) {
        return GJ_NO_MEMORY;
    }
    gjr_csv_cells_init(&reader->cells, feed->allocator);
    feed->state = reader;
    feed->reader = &csv_reader;
    return GJ_OK;
}
