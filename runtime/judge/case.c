/* SPDX-License-Identifier: Apache-2.0
 *
 * See case.h. A field's 64 bits are its number, or the span of its text or list; the items of a
 * list are such words too. Making room copies what is still named into new bytes, so nothing ever
 * has to be freed in the tail. */
#include "judge/case.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

enum { ROOM_SIZE_FIRST = 128 };

static uint64_t span_pack(gjr_span span)
{
    return (uint64_t)span.size << 32 | span.begin;
}

static gjr_span span_unpack(uint64_t word)
{
    return (gjr_span){(uint32_t)word, (uint32_t)(word >> 32)};
}

static bool is_texty(uint32_t type)
{
    return type == GJR_TYPE_TEXT || type == GJR_TYPE_OFFICER;
}

static uint32_t round_up(uint32_t size)
{
    return (size + 7) & ~UINT32_C(7);
}

/* ---- life ---- */

void gjr_case_reset(gjr_case *judged, gj_text id)
{
    const gj_judge *judge = judged->judge;
    judged->id = id;
    memset(judged->bytes, 0, judge->layout.tail);
    gjr_state *state = gjr_case_state(judged);
    memcpy(state->image, judge->identity, sizeof state->image);
    state->clock = INT64_MIN;
    state->look_at = GJ_NEVER;
    state->closed_at = GJ_NEVER;
    for (uint32_t i = 0; i < judge->rows->region_count; i++) {
        gjr_case_regions(judged)[i].stage = judge->rows->regions[i].initial;
    }
}

gj_status gjr_case_init(gjr_case *judged, const gj_judge *judge, gj_text id)
{
    *judged = (gjr_case){.judge = judge, .capacity = judge->layout.tail + ROOM_SIZE_FIRST};
    judged->bytes = gjb_alloc_create(judge->allocator, judged->capacity, 1);
    if (judged->bytes == NULL) {
        judged->capacity = 0;
        return GJ_NO_MEMORY;
    }
    gjr_case_reset(judged, id);
    return GJ_OK;
}

void gjr_case_deinit(gjr_case *judged)
{
    if (judged->bytes != NULL) {
        gjb_alloc_destroy(judged->judge->allocator, judged->bytes, judged->capacity, 1);
    }
    *judged = (gjr_case){.judge = judged->judge};
}

size_t gjr_case_size(const gjr_case *judged)
{
    return (size_t)judged->judge->layout.tail + gjr_case_state(judged)->tail_size;
}

/* ---- the tail ---- */

/* Where the next bytes go: at a multiple of 8. */
static unsigned char *tail_add(gjr_case *judged, size_t size, uint32_t *begin)
{
    gjr_state *state = gjr_case_state(judged);
    unsigned char *at = gjr_case_part(judged, judged->judge->layout.tail);
    *begin = state->tail_size;
    assert(gjr_case_size(judged) + round_up((uint32_t)size) <= judged->capacity);
    state->tail_size += round_up((uint32_t)size);
    return at + *begin;
}

gjr_span gjr_case_add_text(gjr_case *judged, gj_text text)
{
    gjr_span span = {0, (uint32_t)text.size};
    if (text.size == 0) {
        return span;
    }
    unsigned char *to = tail_add(judged, text.size, &span.begin);
    memset(to, 0, round_up(span.size));
    memcpy(to, text.bytes, text.size);
    return span;
}

static gjr_span list_add(gjr_case *judged, const gjr_value *items, size_t count, bool texts)
{
    gjr_span span = {0, (uint32_t)count};
    if (count == 0) {
        return span;
    }
    uint64_t *words = (uint64_t *)(void *)tail_add(judged, count * sizeof *words, &span.begin);
    for (size_t i = 0; i < count; i++) {
        words[i] = texts ? span_pack(gjr_case_add_text(judged, items[i].as.text))
                         : (uint64_t)items[i].as.number;
    }
    return span;
}

static const uint64_t *list_words(const gjr_case *judged, gjr_span span)
{
    const unsigned char *tail = gjr_case_part(judged, judged->judge->layout.tail);
    return (const uint64_t *)(const void *)(tail + span.begin);
}

/* ---- making room ---- */

/* From the old bytes to the new ones. */
static gjr_span text_move(const gjr_case *from, gjr_case *to, gjr_span span)
{
    return gjr_case_add_text(to, gjr_case_text(from, span));
}

static gjr_span list_move(const gjr_case *from, gjr_case *to, gjr_span span, bool texts)
{
    gjr_span moved = {0, span.size};
    if (span.size == 0) {
        return moved;
    }
    const uint64_t *old = list_words(from, span);
    uint64_t *words = (uint64_t *)(void *)tail_add(to, span.size * sizeof *words, &moved.begin);
    for (uint32_t i = 0; i < span.size; i++) {
        words[i] = texts ? span_pack(text_move(from, to, span_unpack(old[i]))) : old[i];
    }
    return moved;
}

static void field_move(const gjr_case *from, gjr_case *to, uint32_t field)
{
    const gjr_field *row = &from->judge->rows->fields[field];
    uint64_t *word = &gjr_case_values(to)[field];
    uint8_t presence = gjr_case_presence(from)[field];
    if (presence == GJR_WRONG || (presence == GJR_PRESENT && is_texty(row->type))) {
        *word = span_pack(text_move(from, to, span_unpack(*word)));
    } else if (presence == GJR_PRESENT && row->type == GJR_TYPE_LIST) {
        *word = span_pack(list_move(from, to, span_unpack(*word), is_texty(row->element)));
    }
}

static void limit_move(const gjr_case *from, gjr_case *to, uint32_t limit)
{
    gjr_limit_slot *slot = gjr_case_limit(to, limit);
    bool runs = (slot->flags & GJR_LIMIT_RUNNING) != 0;
    slot->source = runs ? text_move(from, to, slot->source) : (gjr_span){0, 0};
    slot->id = runs ? text_move(from, to, slot->id) : (gjr_span){0, 0};
}

static size_t text_size(gjr_span span)
{
    return round_up(span.size);
}

static size_t field_size(const gjr_case *judged, uint32_t field)
{
    const gjr_field *row = &judged->judge->rows->fields[field];
    gjr_span span = span_unpack(gjr_case_values(judged)[field]);
    uint8_t presence = gjr_case_presence(judged)[field];
    if (presence == GJR_WRONG || (presence == GJR_PRESENT && is_texty(row->type))) {
        return text_size(span);
    }
    if (presence != GJR_PRESENT || row->type != GJR_TYPE_LIST) {
        return 0;
    }
    size_t size = (size_t)span.size * sizeof(uint64_t);
    for (uint32_t i = 0; is_texty(row->element) && i < span.size; i++) {
        size += text_size(span_unpack(list_words(judged, span)[i]));
    }
    return size;
}

/* What is still named. */
static size_t live_size(const gjr_case *judged)
{
    size_t size = 0;
    for (uint32_t i = 0; i < judged->judge->rows->field_count; i++) {
        size += field_size(judged, i);
    }
    for (uint32_t i = 0; i < judged->judge->rows->limit_count; i++) {
        const gjr_limit_slot *slot = gjr_case_limit(judged, i);
        size += (slot->flags & GJR_LIMIT_RUNNING) != 0
                    ? text_size(slot->source) + text_size(slot->id)
                    : 0;
    }
    return size;
}

static void case_move(const gjr_case *from, gjr_case *to)
{
    memcpy(to->bytes, from->bytes, from->judge->layout.tail);
    gjr_case_state(to)->tail_size = 0;
    for (uint32_t i = 0; i < from->judge->rows->field_count; i++) {
        field_move(from, to, i);
    }
    for (uint32_t i = 0; i < from->judge->rows->limit_count; i++) {
        limit_move(from, to, i);
    }
}

gj_status gjr_case_make_room(gjr_case *judged, size_t size)
{
    if (judged->capacity - gjr_case_size(judged) >= size) {
        return GJ_OK;
    }
    const gj_judge *judge = judged->judge;
    size_t tail = live_size(judged);
    if (size > GJR_CASE_SIZE_MAX || tail > GJR_CASE_SIZE_MAX ||
        judge->layout.tail + 2 * (tail + size) > GJR_CASE_SIZE_MAX) {
        return GJ_OVER_LIMIT;
    }
    gjr_case to = *judged;
    to.capacity = judge->layout.tail + (uint32_t)(2 * (tail + size)) + ROOM_SIZE_FIRST;
    to.bytes = gjb_alloc_create(judge->allocator, to.capacity, 1);
    if (to.bytes == NULL) {
        return GJ_NO_MEMORY;
    }
    case_move(judged, &to);
    gjb_alloc_destroy(judge->allocator, judged->bytes, judged->capacity, 1);
    *judged = to;
    return GJ_OK;
}

/* ---- fields ---- */

static size_t list_size(const gjr_field *row, const gjr_value *value)
{
    size_t size = value->as.list.count * sizeof(uint64_t);
    for (size_t i = 0; is_texty(row->element) && i < value->as.list.count; i++) {
        size += round_up((uint32_t)value->as.list.items[i].as.text.size);
    }
    return size;
}

size_t gjr_told_size(const gj_judge *judge, const gjr_told *told)
{
    const gjr_field *row = &judge->rows->fields[told->field];
    if (!told->value.known) {
        return round_up((uint32_t)told->quoted.size);
    }
    if (is_texty(row->type)) {
        return round_up((uint32_t)told->value.as.text.size);
    }
    return row->type == GJR_TYPE_LIST ? list_size(row, &told->value) : 0;
}

/* Whether the field holds that already; lists are not compared. */
static bool holds(const gjr_case *judged, const gjr_field *row, const gjr_told *told)
{
    uint64_t word = gjr_case_values(judged)[told->field];
    uint8_t presence = gjr_case_presence(judged)[told->field];
    if (!told->value.known) {
        gj_text old = gjr_case_text(judged, span_unpack(word));
        return presence == GJR_WRONG && gjb_text_equal(old, told->quoted);
    }
    if (presence != GJR_PRESENT || row->type == GJR_TYPE_LIST) {
        return false;
    }
    if (is_texty(row->type)) {
        return gjb_text_equal(gjr_case_text(judged, span_unpack(word)), told->value.as.text);
    }
    return word == (uint64_t)told->value.as.number;
}

static uint64_t word_add(gjr_case *judged, const gjr_field *row, const gjr_value *value)
{
    if (is_texty(row->type)) {
        return span_pack(gjr_case_add_text(judged, value->as.text));
    }
    if (row->type == GJR_TYPE_LIST) {
        return span_pack(
            list_add(judged, value->as.list.items, value->as.list.count, is_texty(row->element)));
    }
    return (uint64_t)value->as.number;
}

bool gjr_case_add_told(gjr_case *judged, const gjr_told *told)
{
    const gjr_field *row = &judged->judge->rows->fields[told->field];
    if (holds(judged, row, told)) {
        return false;
    }
    uint64_t *word = &gjr_case_values(judged)[told->field];
    uint8_t *presence = &gjr_case_presence(judged)[told->field];
    *word = told->value.known ? word_add(judged, row, &told->value)
                              : span_pack(gjr_case_add_text(judged, told->quoted));
    *presence = told->value.known ? GJR_PRESENT : GJR_WRONG;
    return true;
}

gj_text gjr_case_quoted(const gjr_case *judged, uint32_t field)
{
    if (gjr_case_presence(judged)[field] != GJR_WRONG) {
        return (gj_text){NULL, 0};
    }
    return gjr_case_text(judged, span_unpack(gjr_case_values(judged)[field]));
}

static gjr_value list_of(const gjr_case *judged, const gjr_field *row, gjr_span span,
                         gjb_arena *arena)
{
    gjr_value *items = gjb_arena_make(arena, span.size, sizeof *items);
    if (items == NULL) {
        return (gjr_value){.known = false};
    }
    const uint64_t *words = list_words(judged, span);
    for (uint32_t i = 0; i < span.size; i++) {
        items[i].known = true;
        if (is_texty(row->element)) {
            items[i].as.text = gjr_case_text(judged, span_unpack(words[i]));
        } else {
            items[i].as.number = (int64_t)words[i];
        }
    }
    gjr_value list = {.known = true};
    list.as.list.items = items;
    list.as.list.count = span.size;
    return list;
}

gjr_value gjr_case_field(const gjr_case *judged, uint32_t field, gjb_arena *arena)
{
    const gjr_field *row = &judged->judge->rows->fields[field];
    uint64_t word = gjr_case_values(judged)[field];
    gjr_value value = {.known = gjr_case_presence(judged)[field] == GJR_PRESENT};
    if (!value.known) {
        return value;
    }
    if (row->type == GJR_TYPE_LIST) {
        return list_of(judged, row, span_unpack(word), arena);
    }
    if (is_texty(row->type)) {
        value.as.text = gjr_case_text(judged, span_unpack(word));
    } else {
        value.as.number = (int64_t)word;
    }
    return value;
}
