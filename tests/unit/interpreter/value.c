/* SPDX-License-Identifier: Apache-2.0
 *
 * See value.h. */
#include "unit/interpreter/value.h"

#include "unit/interpreter/days.h"

#include <assert.h>
#include <string.h>

value value_equal(value a, value b)
{
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN) {
        return value_unknown();
    }
    if (a.kind == V_NUMBER) {
        return value_number(a.number == b.number);
    }
    if (a.kind == V_TEXT) {
        return value_number(gjb_text_equal(a.text, b.text));
    }
    if (a.count != b.count) {
        return value_number(false);
    }
    bool unknown = false;
    for (size_t i = 0; i < a.count; i++) {
        value same = value_equal(a.items[i], b.items[i]);
        if (value_is(same, false)) {
            return same;
        }
        unknown = unknown || same.kind == V_UNKNOWN;
    }
    return unknown ? value_unknown() : value_number(true);
}

const gjc_node *value_part(const gjc_node *record, gj_text name, size_t *index)
{
    *index = 0;
    const gjc_node *field = gjc_node_find(record, GJC_FIELD);
    while (field != NULL && !gjb_text_equal(gjc_node_name(field), name)) {
        field = gjc_node_find_next(field);
        ++*index;
    }
    return field;
}

/* ---- reading what was told ---- */

/* Digits, with a point and a sign or without: as random events tell numbers. */
static bool number_read(gj_text text, int64_t *number)
{
    size_t at = text.size > 0 && text.bytes[0] == '-', first = at, fraction = 0;
    bool point = false;
    *number = 0;
    for (; at < text.size; at++) {
        char c = text.bytes[at];
        if (c == '.' && !point && at > first && at + 1 < text.size) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            if (point && fraction == 4) {
                if (c != '0') {
                    return false;
                }
                continue;
            }
            fraction += point ? 1 : 0;
            if (__builtin_mul_overflow(*number, 10, number) ||
                __builtin_add_overflow(*number, c - '0', number)) {
                return false;
            }
        } else {
            return false;
        }
    }
    for (; fraction < 4; fraction++) {
        if (__builtin_mul_overflow(*number, 10, number)) {
            return false;
        }
    }
    *number = first == 1 ? -*number : *number;
    return at > first;
}

/* "5 days", "36小时", "P1DT12H": one number and unit, or two in the last form. */
static bool duration_read(gj_text text, int64_t *ms)
{
    static const struct {
        const char *units;
        int64_t ms;
    } known[] = {{"days;day;日;天", MS_PER_DAY},
                 {"hours;hour;小时;个小时", MS_PER_HOUR},
                 {"minutes;minute;分钟", 60000}};
    int64_t number = 0;
    size_t at = 0;
    *ms = 0;
    if (text.size > 0 && text.bytes[0] == 'P') {
        for (at = 1; at < text.size; at++) {
            char c = text.bytes[at];
            if (c >= '0' && c <= '9') {
                number = number * 10 + (c - '0');
            } else if (c != 'T') {
                *ms += number * (c == 'D' ? MS_PER_DAY : c == 'H' ? MS_PER_HOUR : 60000);
                number = 0;
            }
        }
        return true;
    }
    for (; at < text.size && text.bytes[at] >= '0' && text.bytes[at] <= '9'; at++) {
        number = number * 10 + (text.bytes[at] - '0');
    }
    if (at == 0) {
        return false;
    }
    while (at < text.size && text.bytes[at] == ' ') {
        at++;
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (plain_is_spelt(gjb_text_slice(text, at, text.size), known[i].units)) {
            *ms = number * known[i].ms;
            return true;
        }
    }
    return false;
}

static value bool_told(const gj_datum *datum)
{
    if (datum->kind == GJ_DATUM_BOOL) {
        return value_number(datum->truth);
    }
    if (datum->kind == GJ_DATUM_TEXT && plain_is_spelt(datum->text, "true;是;真")) {
        return value_number(true);
    }
    return datum->kind == GJ_DATUM_TEXT && plain_is_spelt(datum->text, "false;否;假")
               ? value_number(false)
               : value_unknown();
}

/* A date told with an offset is the day that the wall shows then. */
static value moment_told(const plain *p, base_type base, const gj_datum *datum)
{
    gj_stamp stamp;
    if (datum->kind != GJ_DATUM_TEXT || !plain_stamp_read(datum->text, &stamp)) {
        return value_unknown();
    }
    int64_t instant = plain_instant(&p->calendar, &stamp);
    if (base == T_TIME) {
        return value_number(instant);
    }
    int64_t day = stamp.wall_ms / MS_PER_DAY - (stamp.wall_ms % MS_PER_DAY < 0 ? 1 : 0);
    return value_number(stamp.zoned ? plain_day_of(&p->calendar, instant) : day);
}

static value choice_told(const gjc_node *choices, const gj_datum *datum)
{
    if (datum->kind != GJ_DATUM_TEXT) {
        return value_unknown();
    }
    const gjc_node *choice = gjc_node_find(choices, GJC_CHOICE);
    for (; choice != NULL; choice = gjc_node_find_next(choice)) {
        if (gjb_text_equal(gjc_node_name(choice), datum->text) ||
            gjb_text_equal(gjc_node_title(choice), datum->text)) {
            return value_text(gjc_node_name(choice));
        }
    }
    return value_unknown();
}

static value list_told(const plain *p, plain_type element, const gj_datum *datum, gjb_arena *arena)
{
    gj_text quoted;
    if (datum->kind != GJ_DATUM_LIST) {
        return value_unknown();
    }
    value *items = gjb_arena_make(arena, datum->item_count, sizeof *items);
    assert(items != NULL);
    for (size_t i = 0; i < datum->item_count; i++) {
        items[i] = value_told(p, element, &datum->items[i], arena, &quoted);
        if (items[i].kind == V_UNKNOWN) {
            return value_unknown();
        }
    }
    return (value){.kind = V_ITEMS, .items = items, .count = datum->item_count};
}

static value part_told(const plain *p, const gjc_node *field, const gj_datum *datum,
                       gjb_arena *arena)
{
    gj_text quoted;
    value told = value_unknown();
    for (size_t i = 0; i < datum->item_count; i++) {
        const gj_datum *item = &datum->items[i];
        if (gjb_text_equal(item->key, gjc_node_name(field)) ||
            gjb_text_equal(item->key, gjc_node_title(field))) {
            told = item->kind == GJ_DATUM_NULL
                       ? value_unknown()
                       : value_told(p, plain_type_read(p, gjc_node_find_type(field)), item, arena,
                                    &quoted);
        }
    }
    return told;
}

static value record_told(const plain *p, const gjc_node *record, const gj_datum *datum,
                         gjb_arena *arena)
{
    if (datum->kind != GJ_DATUM_OBJECT) {
        return value_unknown();
    }
    size_t count = gjc_node_count(record, GJC_FIELD), at = 0;
    value *items = gjb_arena_make(arena, count, sizeof *items);
    assert(items != NULL);
    const gjc_node *field = gjc_node_find(record, GJC_FIELD);
    for (; field != NULL; field = gjc_node_find_next(field)) {
        items[at++] = part_told(p, field, datum, arena);
    }
    return (value){.kind = V_ITEMS, .items = items, .count = count};
}

static gj_text quote(const gj_datum *datum)
{
    if (datum->kind == GJ_DATUM_BOOL) {
        return gjb_text_of(datum->truth ? "true" : "false");
    }
    if (datum->kind == GJ_DATUM_LIST || datum->kind == GJ_DATUM_OBJECT) {
        return gjb_text_of(datum->kind == GJ_DATUM_LIST ? "[…]" : "{…}");
    }
    return datum->text;
}

static value scalar_told(const plain *p, plain_type type, const gj_datum *datum)
{
    bool text = datum->kind == GJ_DATUM_TEXT, number = datum->kind == GJ_DATUM_NUMBER;
    int64_t read;
    switch (type.base) {
    case T_BOOL:
        return bool_told(datum);
    case T_NUMBER:
    case T_MONEY:
        return (text || number) && number_read(datum->text, &read) ? value_number(read)
                                                                   : value_unknown();
    case T_DURATION:
        return text && duration_read(datum->text, &read) ? value_number(read) : value_unknown();
    case T_DATE:
    case T_TIME:
        return moment_told(p, type.base, datum);
    case T_TEXT:
        return text ? value_text(datum->text) : value_unknown();
    case T_OFFICER:
        return text || number ? value_text(datum->text) : value_unknown();
    case T_CHOICE:
        return choice_told(type.node, datum);
    case T_LIST:
    case T_RECORD:
    case T_NONE:
        break;
    }
    return value_unknown();
}

value value_told(const plain *p, plain_type type, const gj_datum *datum, gjb_arena *arena,
                 gj_text *quoted)
{
    value told = type.base == T_LIST
                     ? list_told(p, (plain_type){type.element, T_NONE, type.node}, datum, arena)
                 : type.base == T_RECORD ? record_told(p, type.node, datum, arena)
                                         : scalar_told(p, type, datum);
    *quoted = told.kind == V_UNKNOWN ? quote(datum) : (gj_text){NULL, 0};
    return told;
}
