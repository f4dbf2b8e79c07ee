/* SPDX-License-Identifier: Apache-2.0
 *
 * See values.h. */
#include "judge/values.h"

#include "image/image.h"
#include "value/decimal.h"

static gj_text kept(gjr_sitting *step, gj_text text)
{
    gj_text copy = gjb_arena_text(&step->arena, text);
    step->no_memory |= copy.bytes == NULL;
    return copy;
}

static gj_text decimal_text(gjr_sitting *step, int64_t value)
{
    gjb_buffer digits;
    gjb_buffer_init(&digits, step->judge->allocator);
    gjr_decimal_print(value, &digits);
    step->no_memory |= digits.failed;
    gj_text text = kept(step, gjb_buffer_text(&digits));
    gjb_buffer_deinit(&digits);
    return text;
}

static gj_text member_text(const gjr_sitting *step, uint32_t enumeration, int64_t ordinal)
{
    const gjr_rows *rows = step->judge->rows;
    uint32_t member = rows->enumerations[enumeration].members_first + (uint32_t)ordinal;
    return gjr_rows_text(rows, rows->members[member].title);
}

static gj_text scalar_text(gjr_sitting *step, gjr_type type, uint32_t enumeration,
                           const gjr_value *value)
{
    char digits[40];
    switch (type) {
    case GJR_TYPE_BOOL:
        return (gj_text){value->as.number != 0 ? "true" : "false", value->as.number != 0 ? 4 : 5};
    case GJR_TYPE_NUMBER:
    case GJR_TYPE_MONEY:
        return decimal_text(step, value->as.number);
    case GJR_TYPE_DATE:
        return kept(step, (gj_text){digits, gj_day_format((gj_day)value->as.number, digits,
                                                          sizeof digits)});
    case GJR_TYPE_TIME: {
        int32_t offset_s = gj_judge_offset(step->judge, value->as.number);
        return kept(step, (gj_text){digits, gj_instant_format(value->as.number, offset_s, digits,
                                                              sizeof digits)});
    }
    case GJR_TYPE_TEXT:
    case GJR_TYPE_OFFICER:
        return kept(step, value->as.text);
    case GJR_TYPE_ENUM:
        return member_text(step, enumeration, value->as.number);
    case GJR_TYPE_NOTHING:
    case GJR_TYPE_LIST:
    case GJR_TYPE_COUNT:
        break;
    }
    return (gj_text){NULL, 0};
}

static void items_take(gjr_sitting *step, gjr_raised_value *taken)
{
    const gjr_field *row = &step->judge->rows->fields[taken->field];
    const gjr_value *value = &step->fields[taken->field];
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
            items[i] = scalar_text(step, (gjr_type)(list ? row->element : row->type),
                                   row->enumeration, item);
        }
    }
    taken->items = items;
    taken->item_count = count;
}

void gjr_values_take(gjr_sitting *step, uint32_t expression, gjr_raised *raised)
{
    if (expression == GJR_NONE) {
        return;
    }
    const gjr_rows *rows = step->judge->rows;
    const gjr_expression *row = &rows->expressions[expression];
    gjr_raised_value *values = gjb_arena_make(&step->arena, row->fields_count, sizeof *values);
    if (values == NULL) {
        step->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < row->fields_count; i++) {
        values[i].field = rows->field_refs[row->fields_first + i].field;
        values[i].known = step->fields[values[i].field].known;
        if (values[i].known) {
            items_take(step, &values[i]);
        }
    }
    raised->condition = expression;
    raised->values = values;
    raised->value_count = row->fields_count;
}
