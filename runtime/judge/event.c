/* SPDX-License-Identifier: Apache-2.0
 *
 * See event.h. A value is taken only where it is certainly what the field's type means: a number
 * that is finer than a ten-thousandth, a date that is none, one text where a list belongs are all
 * of the wrong type, and quoted. A null tells nothing, so the field stays as it was. */
#include "judge/event.h"

#include "base/text.h"
#include "image/shape.h"
#include "judge/names.h"
#include "time/stamp.h"
#include "value/decimal.h"
#include "value/duration.h"

typedef struct binder {
    const gj_judge *judge;
    gjb_arena *arena;
    uint32_t items_left; /* of the value at hand: of GJR_TOLD_ITEMS_MAX */
    bool no_memory;
} binder;

static bool take_value(binder *with, gjr_shape shape, const gj_datum *datum, gjr_value *value);

static gj_text text_copy(binder *with, gj_text text)
{
    gj_text copy = gjb_arena_text(with->arena, text);
    with->no_memory |= gjb_text_is_present(text) && !gjb_text_is_present(copy);
    return copy;
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

static bool take_duration(const gj_datum *datum, int64_t *duration_ms)
{
    return is_text(datum) && gjr_duration_parse(datum->text, duration_ms);
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

/* What stood there: a value's own text, or for a list the first that is not a list's item. */
static gj_text datum_text(const gj_datum *datum)
{
    switch (datum->kind) {
    case GJ_DATUM_BOOL:
        return gjb_text_of(datum->truth ? "true" : "false");
    case GJ_DATUM_LIST:
        return gjb_text_of("[…]");
    case GJ_DATUM_OBJECT:
        return gjb_text_is_present(datum->text) ? datum->text : gjb_text_of("{…}");
    case GJ_DATUM_NULL:
    case GJ_DATUM_NUMBER:
    case GJ_DATUM_TEXT:
        break;
    }
    return gjb_text_is_present(datum->text) ? datum->text : gjb_text_of("");
}

/* Cut before the character that would not fit. */
static gj_text quoted_of(const gj_datum *datum)
{
    gj_text text = datum_text(datum);
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

/* Room for so many values in one; NULL where they are too many. */
static gjr_value *items_make(binder *with, size_t count)
{
    if (count > with->items_left) {
        return NULL;
    }
    with->items_left -= (uint32_t)count;
    gjr_value *items = gjb_arena_make(with->arena, count, sizeof *items);
    with->no_memory |= items == NULL;
    return items;
}

static bool take_list(binder *with, gjr_shape element, const gj_datum *datum, gjr_value *value)
{
    if (datum->kind != GJ_DATUM_LIST || datum->item_count > GJR_LIST_ITEMS_MAX) {
        return false;
    }
    gjr_value *items = items_make(with, datum->item_count);
    for (size_t i = 0; items != NULL && i < datum->item_count; i++) {
        items[i].known = take_value(with, element, &datum->items[i], &items[i]);
        if (!items[i].known) {
            return false;
        }
    }
    value->as.list.items = items;
    value->as.list.count = datum->item_count;
    return items != NULL;
}

/* The last of that key; NULL where there is none, or a null. */
static const gj_datum *part_find(binder *with, const gjr_part *part, const gj_datum *object)
{
    gj_text name = gjr_judge_text(with->judge, part->name);
    gj_text title = gjr_judge_text(with->judge, part->title);
    for (size_t i = object->item_count; i > 0; i--) {
        const gj_datum *told = &object->items[i - 1];
        if (gjb_text_equal(told->key, name) || gjb_text_equal(told->key, title)) {
            return told->kind != GJ_DATUM_NULL ? told : NULL;
        }
    }
    return NULL;
}

/* A part of the wrong type is missing, and quoted; keys that are no part's are passed over. */
static bool take_record(binder *with, gjr_shape shape, const gj_datum *datum, gjr_value *value)
{
    uint32_t count;
    const gjr_part *parts = gjr_shape_parts(with->judge->rows, shape, &count);
    gjr_value *items = datum->kind == GJ_DATUM_OBJECT ? items_make(with, count) : NULL;
    for (uint32_t i = 0; items != NULL && i < count; i++) {
        const gj_datum *told = part_find(with, &parts[i], datum);
        if (told == NULL) {
            continue;
        }
        gjr_value part = {0};
        part.known = take_value(with, GJR_SHAPE_OF(&parts[i]), told, &part);
        items[i] = part;
        if (!part.known) {
            items[i].as.text = text_copy(with, quoted_of(told));
        }
    }
    value->as.list.items = items;
    value->as.list.count = count;
    return items != NULL;
}

static bool take_value(binder *with, gjr_shape shape, const gj_datum *datum, gjr_value *value)
{
    switch ((gjr_type)shape.type) {
    case GJR_TYPE_BOOL:
        return take_bool(datum, &value->as.number);
    case GJR_TYPE_NUMBER:
    case GJR_TYPE_MONEY:
        return take_number(datum, &value->as.number);
    case GJR_TYPE_DATE:
        return take_date(with->judge, datum, &value->as.number);
    case GJR_TYPE_TIME:
        return take_time(with->judge, datum, &value->as.number);
    case GJR_TYPE_DURATION:
        return take_duration(datum, &value->as.number);
    case GJR_TYPE_TEXT:
        return take_text(with, datum, false, &value->as.text);
    case GJR_TYPE_OFFICER: /* many systems number their officers */
        return take_text(with, datum, true, &value->as.text);
    case GJR_TYPE_ENUM:
        return take_member(with->judge, shape.enumeration, datum, &value->as.number);
    case GJR_TYPE_LIST:
        return take_list(with, gjr_shape_element(shape), datum, value);
    case GJR_TYPE_RECORD:
        return take_record(with, shape, datum, value);
    case GJR_TYPE_NOTHING:
    case GJR_TYPE_COUNT:
        break;
    }
    return false;
}

static void told_take(binder *with, uint32_t field, const gj_datum *datum, gjr_told *told)
{
    const gjr_field *row = &with->judge->rows->fields[field];
    *told = (gjr_told){.field = field};
    gjr_value value = {0};
    told->value.known = false;
    with->items_left = GJR_TOLD_ITEMS_MAX;
    value.known = take_value(with, GJR_SHAPE_OF(row), datum, &value);
    told->value = value;
    if (!value.known) {
        told->quoted = text_copy(with, quoted_of(datum));
    }
}

/* ---- events ---- */

/* A judgement is told by the act that decides it and by no other. */
static bool may_tell(const binder *with, const gjr_event *event, uint32_t field)
{
    uint32_t by = field == GJR_NONE ? GJR_NONE : with->judge->rows->fields[field].judged_by;
    return field != GJR_NONE && (by == GJR_NONE || by == event->action);
}

static void data_take(binder *with, const gj_event *from, gjr_event *event)
{
    /* What is told may be the act's parameter and the case's field of one name. */
    bool both =
        event->action != GJR_NONE && with->judge->rows->actions[event->action].parameters_count > 0;
    gjr_told *told = gjb_arena_make(with->arena, from->data_count, (both ? 2 : 1) * sizeof *told);
    if (told == NULL) {
        with->no_memory = true;
        return;
    }
    for (size_t i = 0; i < from->data_count; i++) {
        const gj_datum *datum = &from->data[i];
        uint32_t fields[] = {
            both ? gjr_judge_find_parameter(with->judge, event->action, datum->key) : GJR_NONE,
            gjr_judge_find_field(with->judge, datum->key),
        };
        for (size_t j = 0; j < sizeof fields / sizeof *fields; j++) {
            if (may_tell(with, event, fields[j]) && datum->kind != GJ_DATUM_NULL) {
                told_take(with, fields[j], datum, &told[event->told_count++]);
            }
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

void gjr_event_take_times(const gj_judge *judge, const gj_event *told, size_t *row,
                          gjr_event *event)
{
    event->at = gjr_calendar_instant(judge->calendar, &told->at);
    event->recorded = told->recorded.present && !told->recorded.unreadable
                          ? gjr_calendar_instant(judge->calendar, &told->recorded)
                          : event->at;
    event->at_offset_s =
        told->at.zoned ? told->at.offset_s : gjr_calendar_offset(judge->calendar, event->at);
    event->day = gjr_calendar_day_near(judge->calendar, event->at, row);
}

void gjr_event_take_names(const gj_judge *judge, const gj_event *told, gjr_event *event)
{
    event->action = gjr_judge_find_action(judge, told->action);
    event->post = gjr_judge_find_post(judge, told->post, told->department);
    event->department = gjr_judge_find_department(judge, told->department);
}

gj_status gjr_event_take_data(const gj_judge *judge, const gj_event *told, gjb_arena *arena,
                              gjr_event *event)
{
    binder with = {.judge = judge, .arena = arena};
    if (told->data_count > 0) {
        data_take(&with, told, event);
    }
    if (told->document_count > 0) {
        documents_take(&with, told, event);
    }
    return with.no_memory ? GJ_NO_MEMORY : GJ_OK;
}

gj_status gjr_event_make(const gj_judge *judge, const gj_event *told, gjb_arena *arena,
                         gjr_event *event)
{
    binder with = {.judge = judge, .arena = arena};
    size_t row = 0;
    *event = (gjr_event){.seq = told->seq, .line = told->line};
    gjr_event_take_times(judge, told, &row, event);
    gjr_event_take_names(judge, told, event);
    event->id = text_copy(&with, told->id);
    event->source = text_copy(&with, told->source);
    event->action_text = text_copy(&with, told->action);
    event->post_text = text_copy(&with, told->post);
    event->officer = text_copy(&with, told->officer);
    event->office = text_copy(&with, told->office);
    event->department_text = text_copy(&with, told->department);
    event->branch = text_copy(&with, told->branch);
    return with.no_memory ? GJ_NO_MEMORY : gjr_event_take_data(judge, told, arena, event);
}
