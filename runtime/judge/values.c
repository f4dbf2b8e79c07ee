/* SPDX-License-Identifier: Apache-2.0
 *
 * See values.h. */
#include "judge/values.h"

#include "base/text.h"
#include "image/image.h"
#include "image/shape.h"
#include "value/decimal.h"
#include "value/duration.h"

/* A record or a list in one is written out in one line. Recursion follows the shape. */
static void print_value(const gjr_sitting *step, gjr_shape shape, const gjr_value *value,
                        gjb_buffer *out);

static void print_member(const gjr_sitting *step, gjr_shape shape, int64_t ordinal, gjb_buffer *out)
{
    const gjr_rows *rows = step->judge->rows;
    uint32_t member = rows->enumerations[shape.enumeration].members_first + (uint32_t)ordinal;
    gjb_buffer_add_text(out, gjr_rows_text(rows, rows->members[member].title));
}

static void print_time(const gjr_sitting *step, gj_instant instant, gjb_buffer *out)
{
    char digits[40];
    int32_t offset_s = gj_judge_offset(step->judge, instant);
    size_t size = gj_instant_format(instant, offset_s, digits, sizeof digits);
    gjb_buffer_add_text(out, (gj_text){digits, size});
}

static void print_date(gj_day day, gjb_buffer *out)
{
    char digits[40];
    gjb_buffer_add_text(out, (gj_text){digits, gj_day_format(day, digits, sizeof digits)});
}

/* [a, b] */
static void print_list(const gjr_sitting *step, gjr_shape element, const gjr_value *value,
                       gjb_buffer *out)
{
    gjb_buffer_add_byte(out, '[');
    for (size_t i = 0; i < value->as.list.count; i++) {
        gjb_buffer_add_string(out, i == 0 ? "" : ", ");
        print_value(step, element, &value->as.list.items[i], out);
    }
    gjb_buffer_add_byte(out, ']');
}

/* {price: 100, bidder: null} */
static void print_record(const gjr_sitting *step, gjr_shape shape, const gjr_value *value,
                         gjb_buffer *out)
{
    uint32_t count;
    const gjr_part *parts = gjr_shape_parts(step->judge->rows, shape, &count);
    for (uint32_t i = 0; i < count; i++) {
        gjb_buffer_add_string(out, i == 0 ? "{" : ", ");
        gjb_buffer_add_text(out, gjr_judge_text(step->judge, parts[i].name));
        gjb_buffer_add_string(out, ": ");
        print_value(step, GJR_SHAPE_OF(&parts[i]), &value->as.list.items[i], out);
    }
    gjb_buffer_add_byte(out, '}');
}

static void print_value(const gjr_sitting *step, gjr_shape shape, const gjr_value *value,
                        gjb_buffer *out)
{
    if (!value->known) {
        gjb_buffer_add_string(out, "null");
        return;
    }
    switch ((gjr_type)shape.type) {
    case GJR_TYPE_BOOL:
        gjb_buffer_add_string(out, value->as.number != 0 ? "true" : "false");
        return;
    case GJR_TYPE_NUMBER:
    case GJR_TYPE_MONEY:
        gjr_decimal_print(value->as.number, out);
        return;
    case GJR_TYPE_DATE:
        print_date((gj_day)value->as.number, out);
        return;
    case GJR_TYPE_TIME:
        print_time(step, value->as.number, out);
        return;
    case GJR_TYPE_DURATION:
        gjr_duration_print(value->as.number, out);
        return;
    case GJR_TYPE_TEXT:
    case GJR_TYPE_OFFICER:
        gjb_buffer_add_text(out, value->as.text);
        return;
    case GJR_TYPE_ENUM:
        print_member(step, shape, value->as.number, out);
        return;
    case GJR_TYPE_LIST:
        print_list(step, gjr_shape_element(shape), value, out);
        return;
    case GJR_TYPE_RECORD:
        print_record(step, shape, value, out);
        return;
    case GJR_TYPE_NOTHING:
    case GJR_TYPE_COUNT:
        break;
    }
}

static gj_text value_text(gjr_sitting *step, gjr_shape shape, const gjr_value *value)
{
    gjb_buffer out;
    gjb_buffer_init(&out, step->judge->allocator);
    print_value(step, shape, value, &out);
    gj_text written = out.size > 0 ? gjb_buffer_text(&out) : gjb_text_of("");
    gj_text text = gjb_arena_text(&step->arena, written);
    step->no_memory |= out.failed || text.bytes == NULL;
    gjb_buffer_deinit(&out);
    return text;
}

static void items_take(gjr_sitting *step, gjr_raised_value *taken)
{
    const gjr_field *row = &step->judge->rows->fields[taken->field];
    const gjr_value *value = &step->fields[taken->field];
    gjr_shape shape = GJR_SHAPE_OF(row);
    bool list = row->type == GJR_TYPE_LIST;
    size_t count = list ? value->as.list.count : 1;
    gj_text *items = gjb_arena_make(&step->arena, count, sizeof *items);
    if (items == NULL) {
        step->no_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const gjr_value *item = list ? &value->as.list.items[i] : value;
        if (item->known) {
            items[i] = value_text(step, list ? gjr_shape_element(shape) : shape, item);
        }
    }
    taken->items = items;
    taken->item_count = count;
}

static bool is_taken(const gjr_raised *raised, uint32_t field)
{
    for (uint32_t i = 0; i < raised->value_count; i++) {
        if (raised->values[i].field == field) {
            return true;
        }
    }
    return false;
}

void gjr_values_add(gjr_sitting *step, uint32_t expression, gjr_raised *raised)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_expression *row = &rows->expressions[expression];
    size_t most = (size_t)raised->value_count + row->fields_count;
    gjr_raised_value *values = gjb_arena_make(&step->arena, most, sizeof *values);
    if (values == NULL) {
        step->no_memory = true;
        return;
    }
    uint32_t count = raised->value_count;
    for (uint32_t i = 0; i < count; i++) {
        values[i] = raised->values[i];
    }
    for (uint32_t i = 0; i < row->fields_count; i++) {
        uint32_t field = rows->field_refs[row->fields_first + i].field;
        if (is_taken(raised, field)) {
            continue;
        }
        values[count].field = field;
        values[count].known = step->fields[field].known;
        if (values[count].known) {
            items_take(step, &values[count]);
        }
        count++;
    }
    raised->values = values;
    raised->value_count = count;
}

void gjr_values_take(gjr_sitting *step, uint32_t expression, gjr_raised *raised)
{
    if (expression != GJR_NONE) {
        raised->condition = expression;
        gjr_values_add(step, expression, raised);
    }
}
