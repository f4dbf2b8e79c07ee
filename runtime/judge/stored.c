/* SPDX-License-Identifier: Apache-2.0
 *
 * See stored.h. Recursion follows the shape, whose depth the image's verifier has bounded. */
#include "judge/stored.h"

#include "base/text.h"

/* Two words a part of a record. */
enum { PRESENCE, WORD, PART_WORDS };

static const gjr_shape text_shape = {GJR_TYPE_TEXT, GJR_TYPE_NOTHING, GJR_NONE, GJR_NONE};

static uint64_t *words_add(gjr_case *judged, size_t count, gjr_span *span)
{
    return (uint64_t *)(void *)gjr_case_add_bytes(judged, count * sizeof(uint64_t), &span->begin);
}

static const uint64_t *words_of(const gjr_case *judged, gjr_span span)
{
    const unsigned char *tail = gjr_case_part(judged, judged->judge->layout.tail);
    return (const uint64_t *)(const void *)(tail + span.begin);
}

static const gjr_rows *rows_of(const gjr_case *judged)
{
    return judged->judge->rows;
}

/* Of the told text that stands for a part of the wrong type. */
static bool is_wrong(const gjr_value *part)
{
    return !part->known && part->as.text.bytes != NULL;
}

/* ---- room ---- */

static size_t record_room(const gjr_rows *rows, gjr_shape shape, const gjr_value *value)
{
    uint32_t count;
    const gjr_part *parts = gjr_shape_parts(rows, shape, &count);
    size_t size = (size_t)count * PART_WORDS * sizeof(uint64_t);
    for (uint32_t i = 0; i < count; i++) {
        const gjr_value *part = &value->as.list.items[i];
        if (part->known) {
            size += gjr_stored_room(rows, GJR_SHAPE_OF(&parts[i]), part);
        } else if (is_wrong(part)) {
            size += gjr_stored_room(rows, text_shape, part);
        }
    }
    return size;
}

size_t gjr_stored_room(const gjr_rows *rows, gjr_shape shape, const gjr_value *value)
{
    if (gjr_type_is_textual(shape.type)) {
        return (value->as.text.size + 7) & ~(size_t)7;
    }
    if (shape.type == GJR_TYPE_RECORD) {
        return record_room(rows, shape, value);
    }
    if (shape.type != GJR_TYPE_LIST) {
        return 0;
    }
    size_t size = value->as.list.count * sizeof(uint64_t);
    for (size_t i = 0; i < value->as.list.count; i++) {
        size += gjr_stored_room(rows, gjr_shape_element(shape), &value->as.list.items[i]);
    }
    return size;
}

/* ---- adding ---- */

static uint64_t list_add(gjr_case *judged, gjr_shape element, const gjr_value *value)
{
    gjr_span span = {0, (uint32_t)value->as.list.count};
    uint64_t *words = span.size > 0 ? words_add(judged, span.size, &span) : NULL;
    for (uint32_t i = 0; i < span.size; i++) {
        words[i] = gjr_stored_add(judged, element, &value->as.list.items[i]);
    }
    return gjr_span_pack(span);
}

static uint64_t record_add(gjr_case *judged, gjr_shape shape, const gjr_value *value)
{
    gjr_span span = {0, 0};
    const gjr_part *parts = gjr_shape_parts(rows_of(judged), shape, &span.size);
    uint64_t *words = words_add(judged, (size_t)span.size * PART_WORDS, &span);
    for (uint32_t i = 0; i < span.size; i++, words += PART_WORDS) {
        const gjr_value *part = &value->as.list.items[i];
        words[PRESENCE] = part->known ? GJR_PRESENT : is_wrong(part) ? GJR_WRONG : GJR_MISSING;
        words[WORD] = part->known      ? gjr_stored_add(judged, GJR_SHAPE_OF(&parts[i]), part)
                      : is_wrong(part) ? gjr_stored_add(judged, text_shape, part)
                                       : 0;
    }
    return gjr_span_pack(span);
}

uint64_t gjr_stored_add(gjr_case *judged, gjr_shape shape, const gjr_value *value)
{
    if (gjr_type_is_textual(shape.type)) {
        return gjr_span_pack(gjr_case_add_text(judged, value->as.text));
    }
    if (shape.type == GJR_TYPE_LIST) {
        return list_add(judged, gjr_shape_element(shape), value);
    }
    return shape.type == GJR_TYPE_RECORD ? record_add(judged, shape, value)
                                         : (uint64_t)value->as.number;
}

/* ---- reading ---- */

/* The shape under which a part's word is to be read; false where it has none. */
static bool part_shape(const gjr_part *part, uint64_t presence, gjr_shape *shape)
{
    *shape = presence == GJR_PRESENT ? GJR_SHAPE_OF(part) : text_shape;
    return presence != GJR_MISSING;
}

static void record_value(const gjr_case *judged, gjr_shape shape, gjr_span span, gjb_arena *arena,
                         gjr_value *items)
{
    uint32_t count;
    const gjr_part *parts = gjr_shape_parts(rows_of(judged), shape, &count);
    const uint64_t *words = words_of(judged, span);
    for (uint32_t i = 0; i < count; i++, words += PART_WORDS) {
        gjr_shape inner;
        if (part_shape(&parts[i], words[PRESENCE], &inner)) {
            items[i] = gjr_stored_value(judged, inner, words[WORD], arena);
            items[i].known = items[i].known && words[PRESENCE] == GJR_PRESENT;
        }
    }
}

static void list_value(const gjr_case *judged, gjr_shape element, gjr_span span, gjb_arena *arena,
                       gjr_value *items)
{
    const uint64_t *words = words_of(judged, span);
    for (uint32_t i = 0; i < span.size; i++) {
        items[i] = gjr_stored_value(judged, element, words[i], arena);
    }
}

gjr_value gjr_stored_value(const gjr_case *judged, gjr_shape shape, uint64_t word, gjb_arena *arena)
{
    gjr_value value = {.known = true};
    gjr_span span = gjr_span_unpack(word);
    if (gjr_type_is_textual(shape.type)) {
        value.as.text = gjr_case_text(judged, span);
        return value;
    }
    if (shape.type != GJR_TYPE_LIST && shape.type != GJR_TYPE_RECORD) {
        value.as.number = (int64_t)word;
        return value;
    }
    gjr_value *items = gjb_arena_make(arena, span.size, sizeof *items);
    if (items == NULL) {
        return (gjr_value){.known = false};
    }
    if (shape.type == GJR_TYPE_LIST) {
        list_value(judged, gjr_shape_element(shape), span, arena, items);
    } else {
        record_value(judged, shape, span, arena, items);
    }
    value.as.list.items = items;
    value.as.list.count = span.size;
    return value;
}

/* ---- comparing ---- */

static bool list_holds(const gjr_case *judged, gjr_shape element, gjr_span span,
                       const gjr_value *value)
{
    const uint64_t *words = words_of(judged, span);
    bool same = span.size == value->as.list.count;
    for (uint32_t i = 0; same && i < span.size; i++) {
        same = gjr_stored_holds(judged, element, words[i], &value->as.list.items[i]);
    }
    return same;
}

static bool record_holds(const gjr_case *judged, gjr_shape shape, gjr_span span,
                         const gjr_value *value)
{
    uint32_t count;
    const gjr_part *parts = gjr_shape_parts(rows_of(judged), shape, &count);
    const uint64_t *words = words_of(judged, span);
    bool same = true;
    for (uint32_t i = 0; same && i < count; i++, words += PART_WORDS) {
        same = words[PRESENCE] == GJR_PRESENT &&
               gjr_stored_holds(judged, GJR_SHAPE_OF(&parts[i]), words[WORD],
                                &value->as.list.items[i]);
    }
    return same;
}

bool gjr_stored_holds(const gjr_case *judged, gjr_shape shape, uint64_t word,
                      const gjr_value *value)
{
    gjr_span span = gjr_span_unpack(word);
    if (!value->known) {
        return false;
    }
    if (gjr_type_is_textual(shape.type)) {
        return gjb_text_equal(gjr_case_text(judged, span), value->as.text);
    }
    if (shape.type == GJR_TYPE_LIST) {
        return list_holds(judged, gjr_shape_element(shape), span, value);
    }
    return shape.type == GJR_TYPE_RECORD ? record_holds(judged, shape, span, value)
                                         : word == (uint64_t)value->as.number;
}

/* ---- making room ---- */

static size_t record_size(const gjr_case *judged, gjr_shape shape, gjr_span span)
{
    uint32_t count;
    const gjr_part *parts = gjr_shape_parts(rows_of(judged), shape, &count);
    const uint64_t *words = words_of(judged, span);
    size_t size = (size_t)count * PART_WORDS * sizeof *words;
    for (uint32_t i = 0; i < count; i++, words += PART_WORDS) {
        gjr_shape inner;
        if (part_shape(&parts[i], words[PRESENCE], &inner)) {
            size += gjr_stored_size(judged, inner, words[WORD]);
        }
    }
    return size;
}

size_t gjr_stored_size(const gjr_case *judged, gjr_shape shape, uint64_t word)
{
    gjr_span span = gjr_span_unpack(word);
    if (gjr_type_is_textual(shape.type)) {
        return (span.size + (size_t)7) & ~(size_t)7;
    }
    if (shape.type == GJR_TYPE_RECORD) {
        return record_size(judged, shape, span);
    }
    if (shape.type != GJR_TYPE_LIST) {
        return 0;
    }
    size_t size = (size_t)span.size * sizeof(uint64_t);
    for (uint32_t i = 0; i < span.size; i++) {
        size += gjr_stored_size(judged, gjr_shape_element(shape), words_of(judged, span)[i]);
    }
    return size;
}

static uint64_t list_move(const gjr_case *from, gjr_case *to, gjr_shape element, gjr_span span)
{
    gjr_span moved = {0, span.size};
    const uint64_t *old = words_of(from, span);
    uint64_t *words = span.size > 0 ? words_add(to, span.size, &moved) : NULL;
    for (uint32_t i = 0; i < span.size; i++) {
        words[i] = gjr_stored_move(from, to, element, old[i]);
    }
    return gjr_span_pack(moved);
}

static uint64_t record_move(const gjr_case *from, gjr_case *to, gjr_shape shape, gjr_span span)
{
    gjr_span moved = {0, 0};
    const gjr_part *parts = gjr_shape_parts(rows_of(from), shape, &moved.size);
    const uint64_t *old = words_of(from, span);
    uint64_t *words = words_add(to, (size_t)moved.size * PART_WORDS, &moved);
    for (uint32_t i = 0; i < moved.size; i++, words += PART_WORDS, old += PART_WORDS) {
        gjr_shape inner;
        words[PRESENCE] = old[PRESENCE];
        words[WORD] = part_shape(&parts[i], old[PRESENCE], &inner)
                          ? gjr_stored_move(from, to, inner, old[WORD])
                          : 0;
    }
    return gjr_span_pack(moved);
}

uint64_t gjr_stored_move(const gjr_case *from, gjr_case *to, gjr_shape shape, uint64_t word)
{
    gjr_span span = gjr_span_unpack(word);
    if (gjr_type_is_textual(shape.type)) {
        return gjr_span_pack(gjr_case_add_text(to, gjr_case_text(from, span)));
    }
    if (shape.type == GJR_TYPE_LIST) {
        return list_move(from, to, gjr_shape_element(shape), span);
    }
    return shape.type == GJR_TYPE_RECORD ? record_move(from, to, shape, span) : word;
}
