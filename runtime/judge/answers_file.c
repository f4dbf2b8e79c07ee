/* SPDX-License-Identifier: Apache-2.0
 *
 * See answers_file.h. */
#include "judge/answers_file.h"

#include "judge/natives.h"
#include "native/wire.h"

#include <string.h>

enum { FORMAT = 1, IDENTITY_SIZE = 32 };
static const char magic[] = "GUIJUANS";

/* ---- writing ---- */

/* The first word of a key. */
static uint32_t native_of(gj_text key)
{
    gjr_wire wire = {(const uint8_t *)key.bytes, (const uint8_t *)key.bytes + key.size};
    uint32_t native = 0;
    return gjr_wire_take_word(&wire, &native) ? native : UINT32_MAX;
}

static void answer_write(const gj_judge *judge, gj_text key, const gjr_answer *answer,
                         gjb_buffer *out)
{
    gjr_wire_put_text(out, key);
    gjb_buffer_add_u32(out, answer->how.known);
    gjb_buffer_add_u32(out, answer->how.failure);
    gjr_wire_put_number(out, answer->how.number);
    if (answer->how.known) {
        gjr_wire_put_value(out, gjr_judge_native_result(judge, native_of(key)), &answer->value);
    }
}

void gjr_answers_write(const gjr_answers *answers, const gj_judge *judge, gjb_buffer *out)
{
    gjb_buffer_add(out, magic, sizeof magic - 1);
    gjb_buffer_add_u32(out, FORMAT);
    gjb_buffer_add(out, judge->identity, IDENTITY_SIZE);
    gjb_buffer_add_u32(out, (uint32_t)answers->count);
    for (size_t i = 0; i < answers->count; i++) {
        answer_write(judge, answers->items[i].key, &answers->items[i], out);
    }
}

/* ---- reading ---- */

static bool head_take(gjr_wire *wire, const gj_judge *judge, uint32_t *count)
{
    size_t size = sizeof magic - 1;
    uint32_t format = 0;
    if ((size_t)(wire->end - wire->at) < size || memcmp(wire->at, magic, size) != 0) {
        return false;
    }
    wire->at += size;
    if (!gjr_wire_take_word(wire, &format) || format != FORMAT ||
        (size_t)(wire->end - wire->at) < IDENTITY_SIZE ||
        memcmp(wire->at, judge->identity, IDENTITY_SIZE) != 0) {
        return false;
    }
    wire->at += IDENTITY_SIZE;
    return gjr_wire_take_word(wire, count);
}

static bool value_keep(gj_native_type type, gjb_arena *arena, gj_native_value *value)
{
    gj_native_value *items = gjb_arena_make(arena, value->item_count, sizeof *items);
    if (!type.is_list) {
        value->text = gjb_arena_text(arena, value->text);
        return !arena->failed;
    }
    for (size_t i = 0; items != NULL && i < value->item_count; i++) {
        items[i] = value->items[i];
        items[i].text = gjb_arena_text(arena, value->items[i].text);
    }
    value->items = items;
    return !arena->failed;
}

static bool answer_take(gjr_wire *wire, const gj_judge *judge, gjb_arena *arena, gj_text *key,
                        gjr_answer *answer)
{
    uint32_t known = 0, failure = 0;
    *answer = (gjr_answer){.how = {.known = false}};
    bool taken = gjr_wire_take_bytes(wire, key) && native_of(*key) < judge->rows->native_count &&
                 gjr_wire_take_word(wire, &known) && known <= 1 &&
                 gjr_wire_take_word(wire, &failure) && failure < GJ_NATIVE_FAILURE_COUNT &&
                 (known == 0 || failure == GJ_NATIVE_FAILURE_NONE) &&
                 gjr_wire_take_number(wire, &answer->how.number);
    answer->how.known = known == 1;
    answer->how.failure = (gj_native_failure)failure;
    return taken &&
           (known == 0 || gjr_wire_take_value(wire, gjr_judge_native_result(judge, native_of(*key)),
                                              arena, &answer->value));
}

static gj_status answer_keep(gjr_answers *answers, const gj_judge *judge, gj_text key,
                             gjr_answer answer)
{
    gjb_buffer_reset(&answers->key);
    gjb_buffer_add_text(&answers->key, key);
    if (answers->key.failed) {
        return GJ_NO_MEMORY;
    }
    if (gjr_answers_find(answers) != NULL) {
        return GJ_OK;
    }
    gj_native_type type = gjr_judge_native_result(judge, native_of(key));
    if (answer.how.known && !value_keep(type, &answers->arena, &answer.value)) {
        return GJ_NO_MEMORY;
    }
    gjr_answer *kept = gjr_answers_add(answers);
    if (kept == NULL) {
        return GJ_NO_MEMORY;
    }
    kept->how = answer.how;
    kept->value = answer.value;
    return GJ_OK;
}

gj_status gjr_answers_read(gjr_answers *answers, const gj_judge *judge, gj_text bytes)
{
    gjr_wire wire = {(const uint8_t *)bytes.bytes, (const uint8_t *)bytes.bytes + bytes.size};
    uint32_t count = 0;
    if (bytes.bytes == NULL || !head_take(&wire, judge, &count)) {
        return GJ_REFUSED;
    }
    gj_status status = GJ_OK;
    gjb_arena taken;
    gjb_arena_init(&taken, answers->arena.allocator);
    for (uint32_t i = 0; status == GJ_OK && i < count; i++) {
        gj_text key = {NULL, 0};
        gjr_answer answer;
        gjb_arena_reset(&taken);
        status = answer_take(&wire, judge, &taken, &key, &answer)
                     ? answer_keep(answers, judge, key, answer)
                 : taken.failed ? GJ_NO_MEMORY
                                : GJ_REFUSED;
    }
    gjb_arena_deinit(&taken);
    return status == GJ_OK && !gjr_wire_is_done(&wire) ? GJ_REFUSED : status;
}
