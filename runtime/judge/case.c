/* SPDX-License-Identifier: Apache-2.0
 *
 * See case.h; what a field's 64 bits say is stored.h's. Making room copies what is still named into
 * new bytes, so nothing ever has to be freed in the tail. */
#include "judge/case.h"

#include "base/text.h"
#include "judge/course.h"
#include "judge/crews.h"
#include "judge/recalls.h"
#include "judge/stored.h"

#include <assert.h>
#include <string.h>

enum { ROOM_SIZE_FIRST = 64 };

static const gjr_shape text_shape = {GJR_TYPE_TEXT, GJR_TYPE_NOTHING, GJR_NONE, GJR_NONE};

static uint32_t round_up(uint32_t size)
{
    return (size + 7) & ~UINT32_C(7);
}

/* What a state is of: its unit, and this format. */
static void origin_take(const gj_judge *judge, unsigned char origin[GJR_CASE_IMAGE_SIZE])
{
    memcpy(origin, judge->identity, GJR_CASE_IMAGE_SIZE);
    origin[GJR_CASE_IMAGE_SIZE - 1] ^= GJR_CASE_FORMAT;
}

/* ---- life ---- */

void gjr_case_reset(gjr_case *judged)
{
    const gj_judge *judge = judged->judge;
    memset(judged->bytes, 0, judge->layout.tail);
    origin_take(judge, judged->bytes + judge->layout.image);
    gjr_state *state = gjr_case_state(judged);
    state->clock = INT64_MIN;
    state->look_at = GJ_NEVER;
    state->closed_at = GJ_NEVER;
    for (uint32_t i = 0; i < judge->rows->region_count; i++) {
        state->regions[i].stage = (uint16_t)judge->rows->regions[i].initial;
    }
}

gj_status gjr_case_init(gjr_case *judged, const gj_judge *judge)
{
    *judged = (gjr_case){.judge = judge, .capacity = judge->layout.tail + ROOM_SIZE_FIRST};
    judged->bytes = gjb_alloc_create(judge->allocator, judged->capacity, 1);
    if (judged->bytes == NULL) {
        judged->capacity = 0;
        return GJ_NO_MEMORY;
    }
    gjr_case_reset(judged);
    return GJ_OK;
}

static bool is_state(const gj_judge *judge, gj_text bytes)
{
    gjr_state head;
    unsigned char origin[GJR_CASE_IMAGE_SIZE];
    if (bytes.size < judge->layout.tail || bytes.size > GJR_CASE_SIZE_MAX) {
        return false;
    }
    memcpy(&head, bytes.bytes, sizeof head);
    origin_take(judge, origin);
    return bytes.size - judge->layout.tail == head.tail_size &&
           memcmp(bytes.bytes + judge->layout.image, origin, sizeof origin) == 0;
}

static void bytes_free(const gjr_case *judged)
{
    if (judged->bytes != NULL && !judged->lent) {
        gjb_alloc_destroy(judged->judge->allocator, judged->bytes, judged->capacity, 1);
    }
}

void gjr_case_deinit(gjr_case *judged)
{
    bytes_free(judged);
    *judged = (gjr_case){.judge = judged->judge};
}

gj_status gjr_case_put(gjr_case *judged, gj_text bytes, size_t room)
{
    if (!is_state(judged->judge, bytes)) {
        return GJ_REFUSED;
    }
    size_t capacity = bytes.size + room;
    if (judged->capacity < capacity) {
        unsigned char *made = gjb_alloc_create(judged->judge->allocator, capacity, 1);
        if (made == NULL) {
            return GJ_NO_MEMORY;
        }
        bytes_free(judged);
        *judged = (gjr_case){judged->judge, made, (uint32_t)capacity, false};
    }
    memcpy(judged->bytes, bytes.bytes, bytes.size);
    return GJ_OK;
}

/* ---- the tail ---- */

unsigned char *gjr_case_add_bytes(const gjr_case *judged, size_t size, uint32_t *begin)
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
    unsigned char *to = gjr_case_add_bytes(judged, text.size, &span.begin);
    memset(to, 0, round_up(span.size));
    memcpy(to, text.bytes, text.size);
    return span;
}

/* Most are as short as two words, which may overlap. */
static inline void text_put(unsigned char *to, gj_text text)
{
    uint64_t first, last;
    if (text.size >= sizeof first && text.size <= 2 * sizeof first) {
        memcpy(&first, text.bytes, sizeof first);
        memcpy(&last, text.bytes + text.size - sizeof last, sizeof last);
        memcpy(to, &first, sizeof first);
        memcpy(to + text.size - sizeof last, &last, sizeof last);
    } else if (text.size > 0) {
        memcpy(to, text.bytes, text.size);
    }
}

uint32_t gjr_case_add_key(const gjr_case *judged, gj_text source, gj_text id)
{
    uint32_t begin;
    size_t size = gjr_key_size(source, id);
    unsigned char *to = gjr_case_add_bytes(judged, size, &begin);
    gjr_key row = {(uint32_t)source.size, (uint32_t)id.size};
    memset(to + size - sizeof(uint64_t), 0, sizeof(uint64_t)); /* where the texts may end before */
    memcpy(to, &row, sizeof row);
    text_put(to + sizeof row, source);
    text_put(to + sizeof row + source.size, id);
    return begin;
}

uint32_t gjr_case_move_key(const gjr_case *from, const gjr_case *to, uint32_t key)
{
    return gjr_case_add_key(to, gjr_case_key_source(from, key), gjr_case_key_id(from, key));
}

/* ---- making room ---- */

/* The shape under which a field's word is to be read; false where it names nothing in the tail. */
static bool held_shape(const gjr_case *judged, uint32_t field, gjr_shape *shape)
{
    uint8_t presence = gjr_case_presence(judged)[field];
    *shape =
        presence == GJR_PRESENT ? GJR_SHAPE_OF(&judged->judge->rows->fields[field]) : text_shape;
    return presence != GJR_MISSING;
}

static void field_move(const gjr_case *from, gjr_case *to, uint32_t field)
{
    gjr_shape shape;
    uint64_t *word = &gjr_case_values(to)[field];
    if (held_shape(from, field, &shape)) {
        *word = gjr_stored_move(from, to, shape, *word);
    }
}

static size_t clock_size(const gjr_case *judged, uint32_t clock)
{
    const gjr_limit_slot *slot = gjr_case_limit(judged, clock);
    const uint64_t *item = gjr_case_item(judged, clock);
    size_t size = gjr_case_course(judged, clock) != NULL ? gjr_course_size(judged, clock) : 0;
    if ((slot->flags & GJR_LIMIT_RUNNING) == 0) {
        return size;
    }
    size += item == NULL ? 0 : gjr_stored_size(judged, gjr_stored_item_shape(judged, clock), *item);
    return size +
           gjr_key_size(gjr_case_key_source(judged, slot->key), gjr_case_key_id(judged, slot->key));
}

static void clock_move(const gjr_case *from, gjr_case *to, uint32_t clock)
{
    gjr_limit_slot *slot = gjr_case_limit(to, clock);
    uint64_t *item = gjr_case_item(to, clock);
    if (gjr_case_course(to, clock) != NULL) {
        gjr_course_move(from, to, clock);
    }
    if ((slot->flags & GJR_LIMIT_RUNNING) == 0) {
        slot->key = 0;
        return;
    }
    slot->key = gjr_case_add_key(to, gjr_case_key_source(from, slot->key),
                                 gjr_case_key_id(from, slot->key));
    if (item != NULL) {
        *item = gjr_stored_move(from, to, gjr_stored_item_shape(from, clock), *item);
    }
}

static size_t field_size(const gjr_case *judged, uint32_t field)
{
    gjr_shape shape;
    uint64_t word = gjr_case_values(judged)[field];
    return held_shape(judged, field, &shape) ? gjr_stored_size(judged, shape, word) : 0;
}

size_t gjr_case_live_size(const gjr_case *judged)
{
    size_t size = 0;
    for (uint32_t i = 0; i < judged->judge->own_field_count; i++) {
        size += field_size(judged, i);
    }
    for (uint32_t i = 0; i < judged->judge->layout.clock_count; i++) {
        size += clock_size(judged, i);
    }
    return size + gjr_crews_size(judged) + gjr_recalls_size(judged);
}

static void case_move(const gjr_case *from, gjr_case *to)
{
    memcpy(to->bytes, from->bytes, from->judge->layout.tail);
    gjr_case_state(to)->tail_size = 0;
    for (uint32_t i = 0; i < from->judge->own_field_count; i++) {
        field_move(from, to, i);
    }
    for (uint32_t i = 0; i < from->judge->layout.clock_count; i++) {
        clock_move(from, to, i);
    }
    gjr_crews_move(from, to);
    gjr_recalls_move(from, to);
}

gj_status gjr_case_move(gjr_case *judged, size_t size)
{
    const gj_judge *judge = judged->judge;
    size_t tail = gjr_case_live_size(judged);
    if (size > GJR_CASE_SIZE_MAX || tail > GJR_CASE_SIZE_MAX ||
        judge->layout.tail + 2 * (tail + size) > GJR_CASE_SIZE_MAX) {
        return GJ_OVER_LIMIT;
    }
    gjr_case to = {.judge = judge};
    to.capacity = judge->layout.tail + (uint32_t)(2 * (tail + size)) + ROOM_SIZE_FIRST;
    to.bytes = gjb_alloc_create(judge->allocator, to.capacity, 1);
    if (to.bytes == NULL) {
        return GJ_NO_MEMORY;
    }
    case_move(judged, &to);
    bytes_free(judged);
    *judged = to;
    return GJ_OK;
}

/* ---- fields ---- */

size_t gjr_told_size(const gj_judge *judge, const gjr_told *told)
{
    const gjr_field *row = &judge->rows->fields[told->field];
    if (!told->value.known) {
        return round_up((uint32_t)told->quoted.size);
    }
    return gjr_stored_room(judge->rows, GJR_SHAPE_OF(row), &told->value);
}

/* Whether the field holds that already; lists and records are not compared. */
static bool holds(const gjr_case *judged, const gjr_field *row, const gjr_told *told)
{
    uint64_t word = gjr_case_values(judged)[told->field];
    uint8_t presence = gjr_case_presence(judged)[told->field];
    if (!told->value.known) {
        gj_text old = gjr_case_text(judged, gjr_span_unpack(word));
        return presence == GJR_WRONG && gjb_text_equal(old, told->quoted);
    }
    return presence == GJR_PRESENT &&
           gjr_stored_holds(judged, GJR_SHAPE_OF(row), word, &told->value);
}

bool gjr_case_add_told(gjr_case *judged, const gjr_told *told)
{
    const gjr_field *row = &judged->judge->rows->fields[told->field];
    if (holds(judged, row, told)) {
        return false;
    }
    uint64_t *word = &gjr_case_values(judged)[told->field];
    uint8_t *presence = &gjr_case_presence(judged)[told->field];
    *word = told->value.known ? gjr_stored_add(judged, GJR_SHAPE_OF(row), &told->value)
                              : gjr_span_pack(gjr_case_add_text(judged, told->quoted));
    *presence = told->value.known ? GJR_PRESENT : GJR_WRONG;
    return true;
}

bool gjr_case_clear_field(gjr_case *judged, uint32_t field)
{
    uint8_t *presence = &gjr_case_presence(judged)[field];
    bool held = *presence != GJR_MISSING;
    *presence = GJR_MISSING;
    return held;
}

size_t gjr_case_field_size_max(const gjr_case *judged)
{
    size_t most = 0;
    for (uint32_t i = 0; i < judged->judge->own_field_count; i++) {
        size_t size = field_size(judged, i);
        most = size > most ? size : most;
    }
    return most;
}

gj_text gjr_case_quoted(const gjr_case *judged, uint32_t field)
{
    if (gjr_case_presence(judged)[field] != GJR_WRONG) {
        return (gj_text){NULL, 0};
    }
    return gjr_case_text(judged, gjr_span_unpack(gjr_case_values(judged)[field]));
}

gjr_value gjr_case_field(const gjr_case *judged, uint32_t field, gjb_arena *arena)
{
    if (gjr_case_presence(judged)[field] != GJR_PRESENT) {
        return (gjr_value){.known = false};
    }
    return gjr_stored_value(judged, GJR_SHAPE_OF(&judged->judge->rows->fields[field]),
                            gjr_case_values(judged)[field], arena);
}
