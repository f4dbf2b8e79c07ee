/* SPDX-License-Identifier: Apache-2.0
 *
 * See event.h. A value is taken only where it is certainly what the field's type means: a number
 * that is finer than a ten-thousandth, a date that is none, one text where a list belongs are all
 * of the wrong type, and quoted. A null tells nothing, so the field stays as it was. */
#include "judge/event.h"

#include "base/text.h"
#include "time/stamp.h"
#include "value/decimal.h"

typedef struct binder {
    const gj_judge *judge;
    gjb_arena *arena;
    const gjr_keeper *keeper;
    bool no_memory;
} binder;

static gj_text text_copy(binder *with, gj_text text)
{
    gj_text copy = gjb_arena_text(with->arena, text);
    with->no_memory |= gjb_text_is_present(text) && !gjb_text_is_present(copy);
    return copy;
}

static gj_text text_keep(binder *with, gj_text text)
{
    if (with->keeper == NULL || !gjb_text_is_present(text)) {
        return text_copy(with, text);
    }
    gj_text kept = with->keeper->keep(with->keeper->payload, text);
    with->no_memory |= !gjb_text_is_present(kept);
    return kept;
}

/* ---- values ---- */

static bool is_text(const gj_datum *datum)
{
    return datum->kind == GJ_DATUM_TEXT && gjb_text_is_present(datum->text);
}

static bool take_number(const gj_datum *datum, int64_t *number)
{
    return (datum->kind == GJ_DATUM_NUMBER || is_text(datum)) &&
           gjr_decimal_parse(datum->text, number);
}

static bool take_bool(const gj_datum *datum, int64_t *truth)
{
    static const char *const words[][2] = {{"false", "true"}, {"否", "是"}, {"假", "真"}};
    if (datum->kind == GJ_DATUM_BOOL) {
        *truth = datum->truth;
        return true;
    }
    for (size_t i = 0; is_text(datum) && i < sizeof words / sizeof *words; i++) {
        for (int said = 0; said < 2; said++) {
            if (gjb_text_equal_string(datum->text, words[i][said])) {
                *truth = said;
                return true;
            }
        }
    }
    return false;
}

static bool take_stamp(const gj_datum *datum, gj_stamp *stamp)
{
    return is_text(datum) && gj_stamp_parse(datum->text, stamp);
}

/* A time with an offset counts as its day on the calendar's wall, any other as the day it says. */
static bool take_date(const gj_judge *judge, const gj_datum *datum, int64_t *day)
{
    gj_stamp stamp;
    if (!take_stamp(datum, &stamp)) {
        return false;
    }
    int64_t ms;
    *day = stamp.zoned
               ? gjr_calendar_day_of(judge->calendar, gjr_calendar_instant(judge->calendar, &stamp))
               : gjr_civil_of_wall(stamp.wall_ms, &ms);
    return true;
}

static bool take_time(const gj_judge *judge, const gj_datum *datum, int64_t *instant)
{
    gj_stamp stamp;
    if (!take_stamp(datum, &stamp)) {
        return false;
    }
    *instant = gjr_calendar_instant(judge->calendar, &stamp);
    return true;
}

static bool take_member(const gj_judge *judge, uint32_t enumeration, const gj_datum *datum,
                        int64_t *ordinal)
{
    uint32_t found =
        is_text(datum) ? gjr_judge_find_member(judge, enumeration, datum->text) : GJR_NONE;
    *ordinal = found;
    return found != GJR_NONE;
}

static bool take_text(binder *with, const gj_datum *datum, bool number_too, gj_text *text)
{
    bool number = number_too && datum->kind == GJ_DATUM_NUMBER && datum->text.bytes != NULL;
    if (!is_text(datum) && !number) {
        return false;
    }
    *text = text_copy(with, datum->text);
    return true;
}

/* A value that is no list. */
static bool take_scalar(binder *with, gjr_type type, uint32_t enumeration, const gj_datum *datum,
                        gjr_value *value)
{
    switch (type) {
    case GJR_TYPE_BOOL:
        return take_bool(datum, &value->as.number);
    case GJR_TYPE_NUMBER:
    case GJR_TYPE_MONEY:
        return take_number(datum, &value->as.number);
    case GJR_TYPE_DATE:
        return take_date(with->judge, datum, &value->as.number);
    case GJR_TYPE_TIME:
        return take_time(with->judge, datum, &value->as.number);
    case GJR_TYPE_TEXT:
        return take_text(with, datum, false, &value->as.text);
    case GJR_TYPE_OFFICER: /* many systems number their officers */
        return take_text(with, datum, true, &value->as.text);
    case GJR_TYPE_ENUM:
        return take_member(with->judge, enumeration, datum, &value->as.number);
    case GJR_TYPE_NOTHING:
    case GJR_TYPE_LIST:
    case GJR_TYPE_COUNT:
        break;
    }
    return false;
}

static bool take_list(binder *with, const gjr_field *field, const gj_datum *datum, gjr_value *value)
{
    if (datum->kind != GJ_DATUM_LIST || datum->item_count > GJR_LIST_ITEMS_MAX) {
        return false;
    }
    gjr_value *items = gjb_arena_make(with->arena, datum->item_count, sizeof *items);
    if (items == NULL) {
        with->no_memory = true;
        return false;
    }
    for (size_t i = 0; i < datum->item_count; i++) {
        items[i].known = take_scalar(with, (gjr_type)field->element, field->enumeration,
                                     &datum->items[i], &items[i]);
        if (!items[i].known) {
            return false;
        }
    }
    value->as.list.items = items;
    value->as.list.count = datum->item_count;
    return true;
}

/* What stood there: a value's own text, or for a list the first that is not a list's item. */
static gj_text quoted_of(const gj_datum *datum)
{
    switch (datum->kind) {
    case GJ_DATUM_BOOL:
        return gjb_text_of(datum->truth ? "true" : "false");
    case GJ_DATUM_LIST:
        return gjb_text_of("[…]");
    case GJ_DATUM_NULL:
    case GJ_DATUM_NUMBER:
    case GJ_DATUM_TEXT:
    case GJ_DATUM_OBJECT:
        break;
    }
    return gjb_text_is_present(datum->text) ? datum->text : gjb_text_of("");
}

/* Cut before the character that would not fit. */
static gj_text quoted_cut(gj_text text)
{
    size_t end = 0;
    while (end < text.size) {
        size_t size = gjb_text_character_size(text, end);
        size = size == 0 ? 1 : size;
        if (end + size > GJR_QUOTED_SIZE_MAX) {
            break;
        }
        end += size;
    }
    return gjb_text_slice(text, 0, end);
}

static void told_take(binder *with, uint32_t field, const gj_datum *datum, gjr_told *told)
{
    const gjr_field *row = &with->judge->rows->fields[field];
    *told = (gjr_told){.field = field};
    gjr_value value = {0};
    told->value.known = false;
    if ((gjr_type)row->type == GJR_TYPE_LIST) {
        value.known = take_list(with, row, datum, &value);
    } else {
        value.known = take_scalar(with, (gjr_type)row->type, row->enumeration, datum, &value);
    }
    told->value = value;
    if (!value.known) {
        told->quoted = text_copy(with, quoted_cut(quoted_of(datum)));
    }
}

/* ---- events ---- */

static void data_take(binder *with, const gj_event *from, gjr_event *event)
{
    gjr_told *told = gjb_arena_make(with->arena, from->data_count, sizeof *told);
    if (told == NULL) {
        with->no_memory = true;
        return;
    }
    for (size_t i = 0; i < from->data_count; i++) {
        uint32_t field = gjr_judge_find_field(with->judge, from->data[i].key);
        if (field != GJR_NONE && from->data[i].kind != GJ_DATUM_NULL) {
            told_take(with, field, &from->data[i], &told[event->told_count++]);
        }
    }
    event->told = told;
}

static void documents_take(binder *with, const gj_event *from, gjr_event *event)
{
    uint32_t *documents = gjb_arena_make(with->arena, from->document_count, sizeof *documents);
    if (documents == NULL) {
        with->no_memory = true;
        return;
    }
    for (size_t i = 0; i < from->document_count; i++) {
        uint32_t document = gjr_judge_find_document(with->judge, from->documents[i]);
        if (document != GJR_NONE) {
            documents[event->document_count++] = document;
        }
    }
    event->documents = documents;
}

static void times_take(const gj_judge *judge, const gj_event *from, gjr_event *event)
{
    event->at = gjr_calendar_instant(judge->calendar, &from->at);
    event->recorded = from->recorded.present && !from->recorded.unreadable
                          ? gjr_calendar_instant(judge->calendar, &from->recorded)
                          : event->at;
    event->at_offset_s =
        from->at.zoned ? from->at.offset_s : gjr_calendar_offset(judge->calendar, event->at);
    event->day = gjr_calendar_day_of(judge->calendar, event->at);
}

gj_status gjr_event_make(const gj_judge *judge, const gj_event *told, gjb_arena *arena,
                         const gjr_keeper *keeper, gjr_event *event)
{
    binder with = {judge, arena, keeper, false};
    *event = (gjr_event){.seq = told->seq, .line = told->line};
    times_take(judge, told, event);
    event->action = gjr_judge_find_action(judge, told->action);
    event->post = gjr_judge_find_post(judge, told->post, told->department);
    event->department = gjr_judge_find_department(judge, told->department);
    event->id = text_copy(&with, told->id);
    event->source = text_keep(&with, told->source);
    event->action_text = text_keep(&with, told->action);
    event->post_text = text_keep(&with, told->post);
    event->officer = text_keep(&with, told->officer);
    event->office = text_keep(&with, told->office);
    event->department_text = text_keep(&with, told->department);
    event->branch = text_keep(&with, told->branch);
    if (told->data_count > 0) {
        data_take(&with, told, event);
    }
    if (told->document_count > 0) {
        documents_take(&with, told, event);
    }
    return with.no_memory ? GJ_NO_MEMORY : GJ_OK;
}
