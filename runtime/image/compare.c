/* SPDX-License-Identifier: Apache-2.0
 *
 * What differs between two versions of a procedure, for whoever decides whether the newer may come
 * into force. Items are matched by name; of two that match, each aspect is compared by its content,
 * and told in words where that differs. What the aspects are stands in compare_items.c. */
#include "base/text.h"
#include "image/compare_items.h"
#include "image/content.h"

#include <string.h>

enum { CONTENT_WAS, CONTENT_IS, WORDS_WAS, WORDS_IS, KEY, TITLE, EACH, BUFFER_COUNT };

typedef struct comparing {
    gjr_view was, is; /* they say into WORDS_WAS and WORDS_IS */
    gjb_buffer buffers[BUFFER_COUNT];
    void *payload;
    bool (*on_difference)(void *payload, const gj_difference *difference);
    bool goes_on;
} comparing;

static gj_text text_or_none(const gjb_buffer *buffer)
{
    gj_text text = gjb_buffer_text(buffer);
    return text.size > 0 ? text : (gj_text){NULL, 0};
}

static gj_text title_make(comparing *with, const gjr_rows *rows, const gjr_item *item, uint32_t row)
{
    gjr_view v = {.rows = rows, .lang = GJ_ZH, .out = &with->buffers[TITLE]};
    gjb_buffer_reset(v.out);
    gjr_say_name(&v, item->table, row);
    return text_or_none(v.out);
}

static void tell(comparing *with, gj_difference difference)
{
    with->goes_on = with->goes_on && with->on_difference(with->payload, &difference);
}

/* ---- columns ---- */

/* What the aspect covers of a column: a mask, 0 for nothing. */
static uint32_t covered_mask(const gjr_aspect *aspect, const char *column)
{
    for (size_t i = 0; i < GJR_ASPECT_COLUMNS_MAX && aspect->columns[i].name != NULL; i++) {
        if (strcmp(aspect->columns[i].name, column) == 0) {
            return aspect->columns[i].mask != 0 ? aspect->columns[i].mask : UINT32_MAX;
        }
    }
    return 0;
}

/* What no aspect covers of it. By its name and branch it is matched. */
static uint32_t other_mask(const gjr_item *item, const gjr_column *column)
{
    if (strcmp(column->name, "name") == 0 || strcmp(column->name, "region") == 0 ||
        (item->table == GJR_TABLE_region && strcmp(column->name, "parent") == 0) ||
        gjr_content_is_derived(item->table, column)) {
        return 0;
    }
    uint32_t mask = 0;
    for (size_t i = 0; i < GJR_ASPECTS_MAX && item->aspects[i].name != NULL; i++) {
        mask |= covered_mask(&item->aspects[i], column->name);
    }
    return column->kind == GJR_COLUMN_FLAGS ? ~mask & column->bound : ~mask;
}

/* With no aspect, of what none covers. */
static void content_make(gjb_buffer *into, const gjr_item *item, const gjr_aspect *aspect,
                         const gjr_rows *rows, uint32_t row)
{
    const gjr_schema *schema = gjr_schema_get(item->table);
    gjb_buffer_reset(into);
    for (size_t i = 0; i < schema->column_count; i++) {
        uint32_t mask = aspect != NULL ? covered_mask(aspect, schema->columns[i].name)
                                       : other_mask(item, &schema->columns[i]);
        if (mask != 0) {
            gjr_content_add_column(rows, item->table, row, i, mask, into);
        }
    }
    if (aspect != NULL && aspect->add != NULL) {
        aspect->add(rows, row, into);
    }
}

/* ---- lists ---- */

/* The range that an aspect covers row by row, and the table of its rows. */
static const uint32_t *list_find(const gjr_rows *rows, const gjr_item *item,
                                 const gjr_aspect *aspect, uint32_t row, uint32_t *table)
{
    const gjr_schema *schema = gjr_schema_get(item->table);
    gjr_words all = gjr_rows_words(rows, item->table);
    const uint32_t *words = all.words + row * all.row_words;
    size_t i = 0;
    while (strcmp(schema->columns[i].name, aspect->columns[0].name) != 0) {
        words += gjr_column_words(&schema->columns[i++]);
    }
    *table = schema->columns[i].bound;
    return words;
}

/* A line a row: no content has a line break. */
static void lines_make(gjb_buffer *into, const gjr_rows *rows, uint32_t table,
                       const uint32_t *range)
{
    gjb_buffer_reset(into);
    gjb_buffer_add_byte(into, '\n');
    for (uint32_t i = 0; i < range[1]; i++) {
        gjr_content_add_row(rows, table, range[0] + i, into);
        gjb_buffer_add_byte(into, '\n');
    }
}

static bool text_has(gj_text text, gj_text part)
{
    for (size_t i = 0; i + part.size <= text.size; i++) {
        if (memcmp(text.bytes + i, part.bytes, part.size) == 0) {
            return true;
        }
    }
    return false;
}

/* Says of a list those rows that the other, by lines, has not; whether there are such. */
static bool list_say(comparing *with, const gjr_view *v, const gjr_aspect *aspect, uint32_t table,
                     const uint32_t *range, const gjb_buffer *others)
{
    gjb_buffer *line = &with->buffers[EACH];
    uint32_t told = 0;
    for (uint32_t i = 0; i < range[1]; i++) {
        gjb_buffer_reset(line);
        gjb_buffer_add_byte(line, '\n');
        gjr_content_add_row(v->rows, table, range[0] + i, line);
        gjb_buffer_add_byte(line, '\n');
        if (text_has(gjb_buffer_text(others), gjb_buffer_text(line))) {
            continue;
        }
        gjr_say(v, told > 0 ? "; " : "", told > 0 ? "；" : "");
        aspect->say_each(v, range[0] + i);
        told++;
    }
    return told > 0;
}

static bool list_differs(comparing *with, const gjr_item *item, const gjr_aspect *aspect,
                         uint32_t was, uint32_t is)
{
    uint32_t table = 0;
    const uint32_t *before = list_find(with->was.rows, item, aspect, was, &table);
    const uint32_t *after = list_find(with->is.rows, item, aspect, is, &table);
    lines_make(&with->buffers[CONTENT_WAS], with->was.rows, table, before);
    lines_make(&with->buffers[CONTENT_IS], with->is.rows, table, after);
    bool fewer = list_say(with, &with->was, aspect, table, before, &with->buffers[CONTENT_IS]);
    bool more = list_say(with, &with->is, aspect, table, after, &with->buffers[CONTENT_WAS]);
    return fewer || more;
}

/* ---- aspects ---- */

/* Leaves the words of both where it differs. */
static bool aspect_differs(comparing *with, const gjr_item *item, const gjr_aspect *aspect,
                           uint32_t was, uint32_t is)
{
    gjb_buffer_reset(with->was.out);
    gjb_buffer_reset(with->is.out);
    if (aspect != NULL && aspect->say_each != NULL) {
        return list_differs(with, item, aspect, was, is);
    }
    if (aspect != NULL && aspect->say == NULL) {
        return false;
    }
    content_make(&with->buffers[CONTENT_WAS], item, aspect, with->was.rows, was);
    content_make(&with->buffers[CONTENT_IS], item, aspect, with->is.rows, is);
    if (gjb_text_equal(gjb_buffer_text(&with->buffers[CONTENT_WAS]),
                       gjb_buffer_text(&with->buffers[CONTENT_IS]))) {
        return false;
    }
    if (aspect != NULL) {
        aspect->say(&with->was, was);
        aspect->say(&with->is, is);
    }
    return true;
}

static void aspect_tell(comparing *with, const gjr_item *item, const char *aspect, uint32_t is)
{
    tell(with, (gj_difference){.kind = GJ_DIFFERS_CHANGED,
                               .item = item->name,
                               .aspect = aspect,
                               .name = gjb_buffer_text(&with->buffers[KEY]),
                               .title = title_make(with, with->is.rows, item, is),
                               .was = text_or_none(with->was.out),
                               .is = text_or_none(with->is.out)});
}

static void aspects_compare(comparing *with, const gjr_item *item, uint32_t was, uint32_t is)
{
    for (size_t i = 0; i < GJR_ASPECTS_MAX && item->aspects[i].name != NULL; i++) {
        if (aspect_differs(with, item, &item->aspects[i], was, is)) {
            aspect_tell(with, item, item->aspects[i].name, is);
        }
    }
    if (aspect_differs(with, item, NULL, was, is)) {
        aspect_tell(with, item, "other", is);
    }
}

/* ---- items ---- */

/* By which two of them are one; a unit is one procedure, whatever its name is. */
static void key_make(gjb_buffer *into, const gjr_rows *rows, const gjr_item *item, uint32_t row)
{
    gjb_buffer_reset(into);
    gjr_content_add_name(rows, item->table, row, into);
}

static uint32_t row_find(comparing *with, const gjr_rows *rows, const gjr_item *item)
{
    gjb_buffer *key = &with->buffers[EACH];
    uint32_t count = gjr_rows_words(rows, item->table).row_count;
    for (uint32_t i = 0; i < count; i++) {
        key_make(key, rows, item, i);
        if ((item->is_item == NULL || item->is_item(rows, i)) &&
            gjb_text_equal(gjb_buffer_text(key), gjb_buffer_text(&with->buffers[KEY]))) {
            return i;
        }
    }
    return GJR_NONE;
}

static void alone_tell(comparing *with, const gjr_item *item, const gjr_rows *rows, uint32_t row,
                       gj_differs kind)
{
    if (item->is_told == NULL || item->is_told(rows, row)) {
        tell(with, (gj_difference){.kind = kind,
                                   .item = item->name,
                                   .name = gjb_buffer_text(&with->buffers[KEY]),
                                   .title = title_make(with, rows, item, row)});
    }
}

/* Those of one that the other has not; of those that both have, in the newer, what differs. */
static void items_compare(comparing *with, const gjr_item *item, bool from_new)
{
    const gjr_rows *here = from_new ? with->is.rows : with->was.rows;
    const gjr_rows *there = from_new ? with->was.rows : with->is.rows;
    uint32_t count = gjr_rows_words(here, item->table).row_count;
    for (uint32_t i = 0; i < count && with->goes_on; i++) {
        if (item->is_item != NULL && !item->is_item(here, i)) {
            continue;
        }
        key_make(&with->buffers[KEY], here, item, i);
        uint32_t other = item->table == GJR_TABLE_procedure ? 0 : row_find(with, there, item);
        if (other == GJR_NONE) {
            alone_tell(with, item, here, i, from_new ? GJ_DIFFERS_ADDED : GJ_DIFFERS_REMOVED);
        } else if (from_new) {
            aspects_compare(with, item, other, i);
        }
    }
}

gj_status gj_image_compare(const gj_image *was, size_t was_index, const gj_image *is,
                           size_t is_index, gj_lang lang, void *payload,
                           bool (*on_difference)(void *payload, const gj_difference *difference))
{
    if (was == NULL || is == NULL || on_difference == NULL || was_index >= was->unit_count ||
        is_index >= is->unit_count) {
        return GJ_BAD_ARGUMENT;
    }
    comparing with = {.payload = payload, .on_difference = on_difference, .goes_on = true};
    with.was = (gjr_view){gjr_image_rows(was, was_index), lang, &with.buffers[WORDS_WAS]};
    with.is = (gjr_view){gjr_image_rows(is, is_index), lang, &with.buffers[WORDS_IS]};
    bool failed = false;
    for (size_t i = 0; i < BUFFER_COUNT; i++) {
        gjb_buffer_init(&with.buffers[i], is->allocator);
    }
    for (size_t i = 0; i < gjr_item_count; i++) {
        items_compare(&with, &gjr_items[i], false);
        items_compare(&with, &gjr_items[i], true);
    }
    for (size_t i = 0; i < BUFFER_COUNT; i++) {
        failed = failed || with.buffers[i].failed;
        gjb_buffer_deinit(&with.buffers[i]);
    }
    return failed ? GJ_NO_MEMORY : GJ_OK;
}
