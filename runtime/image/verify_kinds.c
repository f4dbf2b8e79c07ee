/* SPDX-License-Identifier: Apache-2.0
 *
 * See verify_kinds.h. */
#include "image/verify_kinds.h"

static gjr_shape scalar(gjr_type of)
{
    return (gjr_shape){of, GJR_TYPE_NOTHING, GJR_NONE, GJR_NONE};
}

static bool is_amount(uint32_t type)
{
    return type == GJR_TYPE_NUMBER || type == GJR_TYPE_MONEY || type == GJR_TYPE_DURATION;
}

static bool is_ordered(uint32_t type)
{
    return is_amount(type) || type == GJR_TYPE_DATE || type == GJR_TYPE_TIME;
}

static bool is_plain(uint32_t type)
{
    return is_ordered(type) || type == GJR_TYPE_BOOL || type == GJR_TYPE_ENUM;
}

bool gjr_kind_takes(gjr_kind kind, gjr_shape operand, gjr_shape a)
{
    bool list = operand.type == GJR_TYPE_LIST;
    switch (kind) {
    case GJR_KIND_NOTHING:
    case GJR_KIND_ANY:
    case GJR_KIND_ARGUMENTS: /* each by its parameter: verify_code.c's */
        return true;
    case GJR_KIND_BOOL:
        return operand.type == GJR_TYPE_BOOL;
    case GJR_KIND_NUMBER:
        return operand.type == GJR_TYPE_NUMBER;
    case GJR_KIND_DATE:
        return operand.type == GJR_TYPE_DATE;
    case GJR_KIND_TIME:
        return operand.type == GJR_TYPE_TIME;
    case GJR_KIND_DURATION:
        return operand.type == GJR_TYPE_DURATION;
    case GJR_KIND_AMOUNT:
        return is_amount(operand.type);
    case GJR_KIND_ORDERED:
        return is_ordered(operand.type);
    case GJR_KIND_PLAIN:
        return is_plain(operand.type);
    case GJR_KIND_TEXTUAL:
        return gjr_type_is_textual(operand.type);
    case GJR_KIND_RECORD:
        return operand.type == GJR_TYPE_RECORD;
    case GJR_KIND_LIST:
        return list;
    case GJR_KIND_LIST_OF_AMOUNT:
        return list && is_amount(operand.element);
    case GJR_KIND_LIST_OF_ORDERED:
        return list && is_ordered(operand.element);
    case GJR_KIND_LIST_OF_PLAIN:
        return list && is_plain(operand.element);
    case GJR_KIND_LIST_OF_TEXTUAL:
        return list && gjr_type_is_textual(operand.element);
    case GJR_KIND_LIST_OF_RECORD:
        return list && operand.element == GJR_TYPE_RECORD;
    case GJR_KIND_SAME_A:
        return gjr_shape_equal(operand, a);
    case GJR_KIND_LIST_OF_A:
        return list && gjr_shape_equal(gjr_shape_element(operand), a);
    case GJR_KIND_ELEMENT_A:
    case GJR_KIND_CONSTANT_TYPE:
    case GJR_KIND_FIELD_TYPE:
    case GJR_KIND_PART_TYPE:
    case GJR_KIND_NATIVE_TYPE:
        break;
    }
    return false;
}

static gjr_shape constant_shape(const gjr_rows *rows, uint32_t constant)
{
    const gjr_constant *row = &rows->constants[constant];
    return (gjr_shape){row->type, GJR_TYPE_NOTHING, row->enumeration, GJR_NONE};
}

static gjr_shape part_shape(const gjr_rows *rows, gjr_shape record, uint32_t part)
{
    uint32_t count;
    return GJR_SHAPE_OF(&gjr_shape_parts(rows, record, &count)[part]);
}

gjr_shape gjr_kind_result(const gjr_rows *rows, gjr_kind kind, uint32_t immediate, gjr_shape a)
{
    switch (kind) {
    case GJR_KIND_BOOL:
        return scalar(GJR_TYPE_BOOL);
    case GJR_KIND_NUMBER:
        return scalar(GJR_TYPE_NUMBER);
    case GJR_KIND_DATE:
        return scalar(GJR_TYPE_DATE);
    case GJR_KIND_TIME:
        return scalar(GJR_TYPE_TIME);
    case GJR_KIND_SAME_A:
        return a;
    case GJR_KIND_ELEMENT_A:
        return gjr_shape_element(a);
    case GJR_KIND_CONSTANT_TYPE:
        return constant_shape(rows, immediate);
    case GJR_KIND_FIELD_TYPE:
        return GJR_SHAPE_OF(&rows->fields[immediate]);
    case GJR_KIND_PART_TYPE:
        return part_shape(rows, a, immediate);
    case GJR_KIND_NATIVE_TYPE:
        return GJR_SHAPE_PLAIN(&rows->natives[immediate]);
    case GJR_KIND_DURATION:
        return scalar(GJR_TYPE_DURATION);
    case GJR_KIND_NOTHING:
    case GJR_KIND_AMOUNT:
    case GJR_KIND_ORDERED:
    case GJR_KIND_PLAIN:
    case GJR_KIND_TEXTUAL:
    case GJR_KIND_ANY:
    case GJR_KIND_RECORD:
    case GJR_KIND_ARGUMENTS:
    case GJR_KIND_LIST:
    case GJR_KIND_LIST_OF_AMOUNT:
    case GJR_KIND_LIST_OF_ORDERED:
    case GJR_KIND_LIST_OF_PLAIN:
    case GJR_KIND_LIST_OF_TEXTUAL:
    case GJR_KIND_LIST_OF_RECORD:
    case GJR_KIND_LIST_OF_A:
        break;
    }
    return gjr_shape_nothing;
}
