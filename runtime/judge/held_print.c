/* SPDX-License-Identifier: Apache-2.0
 *
 * Who held a case as JSON objects, the keys of docs/LANGUAGE.md, "Who holds a case". */
#include "base/text.h"
#include "judge/held.h"
#include "time/stamp.h"
#include "value/duration.h"

static void key(gjb_buffer *out, const char *name)
{
    if (out->size > 0 && out->bytes[out->size - 1] != '{') {
        gjb_buffer_add_byte(out, ',');
    }
    gjb_buffer_add_json(out, gjb_text_of(name));
    gjb_buffer_add_byte(out, ':');
}

static void text(gjb_buffer *out, const char *name, gj_text value)
{
    if (value.size > 0) {
        key(out, name);
        gjb_buffer_add_json(out, value);
    }
}

static void flag_if(gjb_buffer *out, const char *name, bool value)
{
    if (value) {
        key(out, name);
        gjb_buffer_add_string(out, "true");
    }
}

static void instant(gjb_buffer *out, const char *name, gj_instant value, int32_t offset_s)
{
    key(out, name);
    gjb_buffer_add_byte(out, '"');
    gjr_stamp_print_instant(value, offset_s, out);
    gjb_buffer_add_byte(out, '"');
}

static void duration(gjb_buffer *out, const char *name, uint64_t value)
{
    key(out, name);
    gjb_buffer_add_byte(out, '"');
    gjr_duration_print((int64_t)value, out);
    gjb_buffer_add_byte(out, '"');
}

static void holder(gjb_buffer *out, const gj_holder *of)
{
    flag_if(out, "by_law", of->by_law);
    text(out, "post", of->post);
    flag_if(out, "party", of->is_party);
    text(out, "department", of->department);
    text(out, "office", of->office);
    text(out, "officer", of->officer);
    if (of->by_law || gjb_text_is_present(of->post)) {
        return;
    }
    key(out, "holders");
    gjb_buffer_add_byte(out, '[');
    for (size_t i = 0; i < of->post_count; i++) {
        gjb_buffer_add_string(out, i > 0 ? "," : "");
        gjb_buffer_add_json(out, of->posts[i]);
    }
    gjb_buffer_add_byte(out, ']');
}

static void amount(gjb_buffer *out, gj_unit unit, bool is_counted, uint64_t value)
{
    if (!is_counted) {
        return;
    }
    if (gjr_count_is_time(unit)) {
        duration(out, "counted", value);
        return;
    }
    key(out, unit == GJ_WORKDAYS ? "workdays" : "days");
    gjb_buffer_add_format(out, "%llu", (unsigned long long)value);
}

void gjr_holding_print(const gj_holding *holding, gjb_buffer *out)
{
    gjb_buffer_add_byte(out, '{');
    instant(out, "from", holding->from, holding->from_offset_s);
    instant(out, "to", holding->to, holding->to_offset_s);
    text(out, "stage", holding->stage);
    holder(out, &holding->holder);
    duration(out, "elapsed", (uint64_t)(holding->to - holding->from));
    amount(out, holding->unit, holding->is_counted, holding->amount);
    gjb_buffer_add_byte(out, '}');
}

void gjr_held_print(const gj_held *held, gjb_buffer *out)
{
    gjb_buffer_add_byte(out, '{');
    holder(out, &held->holder);
    duration(out, "elapsed", held->elapsed_ms);
    amount(out, held->unit, held->is_counted, held->amount);
    gjb_buffer_add_byte(out, '}');
}

gj_status gj_holding_print(const gj_holding *holding, const gj_writer *writer)
{
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    gjr_holding_print(holding, &out);
    gj_status status = gjb_buffer_write(&out, writer);
    gjb_buffer_deinit(&out);
    return status;
}

gj_status gj_held_print(const gj_held *held, const gj_writer *writer)
{
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    gjr_held_print(held, &out);
    gj_status status = gjb_buffer_write(&out, writer);
    gjb_buffer_deinit(&out);
    return status;
}
