/* SPDX-License-Identifier: Apache-2.0
 *
 * See wire.h. */
#include "native/wire.h"

#include "base/text.h"
#include "native/signature.h"
#include "time/civil.h"

#include <string.h>

/* ---- what is a value ---- */

static bool number_is_valid(gj_scalar scalar, int64_t number)
{
    const int64_t day_ms = 24 * 60 * 60 * INT64_C(1000);
    switch (scalar) {
    case GJ_SCALAR_BOOL:
        return number == 0 || number == 1;
    case GJ_SCALAR_DATE:
        return GJR_DAY_MIN <= number && number <= GJR_DAY_MAX;
    case GJ_SCALAR_TIME: /* a day more on both sides, for zones, as claim 51 has it */
        return (GJR_DAY_MIN - 1) * day_ms <= number && number <= (GJR_DAY_MAX + 2) * day_ms;
    case GJ_SCALAR_NUMBER:
    case GJ_SCALAR_MONEY:
    case GJ_SCALAR_DURATION:
        return number != INT64_MIN; /* which stands for what was never written */
    case GJ_SCALAR_TEXT:
    case GJ_SCALAR_OFFICER:
    case GJ_SCALAR_COUNT:
        break;
    }
    return false;
}

static bool text_is_valid(gj_text text)
{
    return text.bytes != NULL && text.size <= GJ_NATIVE_BYTES_MAX &&
           memchr(text.bytes, '\0', text.size) == NULL &&
           gjb_text_invalid_offset(text) == text.size;
}

static bool scalar_is_valid(gj_scalar scalar, const gj_native_value *value)
{
    return gjr_scalar_is_text(scalar) ? text_is_valid(value->text)
                                      : number_is_valid(scalar, value->number);
}

bool gjr_native_value_is_valid(gj_native_type type, const gj_native_value *value)
{
    if (!type.is_list) {
        return scalar_is_valid(type.scalar, value);
    }
    bool valid = value->item_count <= GJ_NATIVE_ITEMS_MAX &&
                 (value->items != NULL || value->item_count == 0);
    for (size_t i = 0; valid && i < value->item_count; i++) {
        valid = scalar_is_valid(type.scalar, &value->items[i]);
    }
    return valid;
}

/* ---- writing ---- */

void gjr_wire_begin(gjb_buffer *frame, uint32_t serial, gjr_wire_kind kind)
{
    gjb_buffer_reset(frame);
    gjb_buffer_add_u32(frame, 0);
    gjb_buffer_add_u32(frame, serial);
    gjb_buffer_add_u32(frame, kind);
}

bool gjr_wire_end(gjb_buffer *frame)
{
    if (frame->failed || frame->size > GJR_WIRE_FRAME_MAX) {
        return false;
    }
    for (size_t i = 0; i < 4; i++) {
        frame->bytes[i] = (char)(frame->size >> (8 * i) & 0xFF);
    }
    return true;
}

void gjr_wire_put_number(gjb_buffer *frame, int64_t number)
{
    gjb_buffer_add_u32(frame, (uint32_t)((uint64_t)number & UINT32_MAX));
    gjb_buffer_add_u32(frame, (uint32_t)((uint64_t)number >> 32));
}

void gjr_wire_put_text(gjb_buffer *frame, gj_text text)
{
    gjb_buffer_add_u32(frame, (uint32_t)text.size);
    gjb_buffer_add(frame, text.bytes, text.size);
}

void gjr_wire_put_type(gjb_buffer *frame, gj_native_type type)
{
    gjb_buffer_add_u32(frame, (uint32_t)type.scalar | (type.is_list ? 0x100u : 0));
}

static void scalar_put(gjb_buffer *frame, gj_scalar scalar, const gj_native_value *value)
{
    if (gjr_scalar_is_text(scalar)) {
        gjr_wire_put_text(frame, value->text);
    } else {
        gjr_wire_put_number(frame, value->number);
    }
}

void gjr_wire_put_value(gjb_buffer *frame, gj_native_type type, const gj_native_value *value)
{
    if (!type.is_list) {
        scalar_put(frame, type.scalar, value);
        return;
    }
    gjb_buffer_add_u32(frame, (uint32_t)value->item_count);
    for (size_t i = 0; i < value->item_count; i++) {
        scalar_put(frame, type.scalar, &value->items[i]);
    }
}

/* ---- reading ---- */

static size_t left(const gjr_wire *wire)
{
    return (size_t)(wire->end - wire->at);
}

bool gjr_wire_take_word(gjr_wire *wire, uint32_t *word)
{
    if (left(wire) < 4) {
        return false;
    }
    *word = 0;
    for (unsigned i = 0; i < 4; i++) {
        *word |= (uint32_t)wire->at[i] << (8 * i);
    }
    wire->at += 4;
    return true;
}

bool gjr_wire_take_number(gjr_wire *wire, int64_t *number)
{
    uint32_t low, high;
    if (!gjr_wire_take_word(wire, &low) || !gjr_wire_take_word(wire, &high)) {
        return false;
    }
    *number = (int64_t)((uint64_t)high << 32 | low);
    return true;
}

bool gjr_wire_take_bytes(gjr_wire *wire, gj_text *bytes)
{
    uint32_t size;
    if (!gjr_wire_take_word(wire, &size) || size > left(wire)) {
        return false;
    }
    *bytes = (gj_text){(const char *)wire->at, size};
    wire->at += size;
    return true;
}

bool gjr_wire_take_type(gjr_wire *wire, gj_native_type *type)
{
    uint32_t word;
    if (!gjr_wire_take_word(wire, &word) || (word & 0xFF) >= GJ_SCALAR_COUNT ||
        (word & ~0x1FFu) != 0) {
        return false;
    }
    *type = (gj_native_type){(gj_scalar)(word & 0xFF), (word & 0x100) != 0};
    return true;
}

static bool scalar_take(gjr_wire *wire, gj_scalar scalar, gj_native_value *value)
{
    *value = (gj_native_value){0};
    bool read = gjr_scalar_is_text(scalar) ? gjr_wire_take_bytes(wire, &value->text)
                                           : gjr_wire_take_number(wire, &value->number);
    return read && scalar_is_valid(scalar, value);
}

bool gjr_wire_take_value(gjr_wire *wire, gj_native_type type, gjb_arena *arena,
                         gj_native_value *value)
{
    uint32_t count;
    if (!type.is_list) {
        return scalar_take(wire, type.scalar, value);
    }
    if (!gjr_wire_take_word(wire, &count) || count > GJ_NATIVE_ITEMS_MAX ||
        count > left(wire) / 4) {
        return false;
    }
    gj_native_value *items = gjb_arena_make(arena, count, sizeof *items);
    bool taken = items != NULL;
    for (uint32_t i = 0; taken && i < count; i++) {
        taken = scalar_take(wire, type.scalar, &items[i]);
    }
    *value = (gj_native_value){.items = items, .item_count = count};
    return taken;
}
