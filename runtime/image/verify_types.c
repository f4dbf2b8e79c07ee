/* SPDX-License-Identifier: Apache-2.0
 *
 * What things hold: that every row with a type says it fully, and that records are finite. A
 * record's parts hold only records before it, so one pass knows how deep each is; whoever walks a
 * value afterwards may recurse, since no value is deeper than its type. */
#include "image/shape.h"
#include "image/verify.h"

#include <stddef.h>

/* A row that has a type, and where its columns stand in it. */
typedef struct typed_row {
    gjr_table table;
    uint32_t row;
    gjr_shape shape;
    size_t type, enumeration, record; /* offsets */
} typed_row;

#define TYPED(name, index, its_shape)                                                              \
    {                                                                                              \
        .table = GJR_TABLE_##name, .row = index, .shape = its_shape,                               \
        .type = offsetof(gjr_##name, type), .enumeration = offsetof(gjr_##name, enumeration)       \
    }

static typed_row typed_field(const gjr_rows *rows, uint32_t index)
{
    typed_row row = TYPED(field, index, GJR_SHAPE_OF(&rows->fields[index]));
    row.record = offsetof(gjr_field, record);
    return row;
}

static typed_row typed_part(const gjr_rows *rows, uint32_t index)
{
    typed_row row = TYPED(part, index, GJR_SHAPE_OF(&rows->parts[index]));
    row.record = offsetof(gjr_part, record);
    return row;
}

static typed_row typed_held(const gjr_rows *rows, uint32_t index)
{
    typed_row row = TYPED(held, index, GJR_SHAPE_OF(&rows->helds[index]));
    row.record = offsetof(gjr_held, record);
    return row;
}

/* Constants and results are no lists or records: those are claims 50 and 61. */
static typed_row typed_constant(const gjr_rows *rows, uint32_t index)
{
    const gjr_constant *constant = &rows->constants[index];
    const gjr_shape shape = {constant->type, GJR_TYPE_NOTHING, constant->enumeration, GJR_NONE};
    return (typed_row)TYPED(constant, index, shape);
}

static typed_row typed_expression(const gjr_rows *rows, uint32_t index)
{
    const gjr_expression *expression = &rows->expressions[index];
    const gjr_shape shape = {expression->type, GJR_TYPE_NOTHING, expression->enumeration, GJR_NONE};
    return (typed_row)TYPED(expression, index, shape);
}

static gj_status refuse(const gjr_verifier *verifier, gjr_claim claim, const typed_row *row,
                        size_t offset)
{
    return gjr_verifier_refuse(verifier, claim, row->table, row->row, offset / sizeof(uint32_t));
}

static bool is_item(uint32_t type)
{
    return type != GJR_TYPE_NOTHING && type != GJR_TYPE_LIST;
}

static gj_status verify_held(const gjr_verifier *verifier, typed_row row)
{
    bool list = row.shape.type == GJR_TYPE_LIST;
    bool whole = list ? is_item(row.shape.element)
                      : is_item(row.shape.type) && row.shape.element == GJR_TYPE_NOTHING;
    return whole ? GJ_OK : refuse(verifier, GJR_CLAIM_FIELD_TYPE, &row, row.type);
}

static bool is_of(gjr_shape shape, gjr_type type)
{
    return shape.type == (uint32_t)type || shape.element == (uint32_t)type;
}

static gj_status verify_enumerated(const gjr_verifier *verifier, typed_row row)
{
    bool named = row.shape.enumeration != GJR_NONE;
    return is_of(row.shape, GJR_TYPE_ENUM) == named
               ? GJ_OK
               : refuse(verifier, GJR_CLAIM_ENUMERATION, &row, row.enumeration);
}

static gj_status verify_recorded(const gjr_verifier *verifier, typed_row row)
{
    bool named = row.shape.record != GJR_NONE;
    return is_of(row.shape, GJR_TYPE_RECORD) == named
               ? GJ_OK
               : refuse(verifier, GJR_CLAIM_RECORD, &row, row.record);
}

/* One check of every row of one table. */
static gj_status each(const gjr_verifier *verifier, uint32_t count,
                      typed_row (*get)(const gjr_rows *, uint32_t),
                      gj_status (*verify)(const gjr_verifier *, typed_row))
{
    gj_status status = GJ_OK;
    for (uint32_t i = 0; status == GJ_OK && i < count; i++) {
        status = verify(verifier, get(verifier->rows, i));
    }
    return status;
}

/* ---- records ---------------------------------------------------------------------------- */

/* How deep the record is, from those before it; 0 where it is refused. */
static gj_status verify_record(const gjr_verifier *verifier, uint32_t index, uint8_t *depths)
{
    const gjr_record_type *record = &verifier->rows->record_types[index];
    if (record->parts_count < 1 || record->parts_count > GJR_RECORD_PARTS_MAX) {
        return GJR_REFUSE(verifier, RECORD_PARTS, record_type, index, parts_count);
    }
    depths[index] = 1;
    for (uint32_t i = record->parts_first; i < record->parts_first + record->parts_count; i++) {
        uint32_t inner = verifier->rows->parts[i].record;
        if (inner != GJR_NONE && inner >= index) {
            return GJR_REFUSE(verifier, RECORD_ORDER, part, i, record);
        }
        if (inner != GJR_NONE && depths[inner] >= depths[index]) {
            depths[index] = (uint8_t)(depths[inner] + 1);
        }
    }
    return depths[index] <= GJR_RECORD_DEPTH_MAX
               ? GJ_OK
               : GJR_REFUSE(verifier, RECORD_DEPTH, record_type, index, parts_first);
}

static gj_status verify_records(gjr_verifier *verifier)
{
    uint32_t count = verifier->rows->record_type_count;
    uint8_t *depths = gjb_arena_make(&verifier->arena, count, 1);
    gj_status status = depths == NULL ? GJ_NO_MEMORY : GJ_OK;
    for (uint32_t i = 0; status == GJ_OK && i < count; i++) {
        status = verify_record(verifier, i, depths);
    }
    return status;
}

gj_status gjr_verify_types(gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    const struct {
        uint32_t count;
        typed_row (*get)(const gjr_rows *, uint32_t);
        gj_status (*verify)(const gjr_verifier *, typed_row);
    } checks[] = {
        {rows->field_count, typed_field, verify_held},
        {rows->part_count, typed_part, verify_held},
        {rows->held_count, typed_held, verify_held},
        {rows->field_count, typed_field, verify_enumerated},
        {rows->part_count, typed_part, verify_enumerated},
        {rows->held_count, typed_held, verify_enumerated},
        {rows->constant_count, typed_constant, verify_enumerated},
        {rows->expression_count, typed_expression, verify_enumerated},
        {rows->field_count, typed_field, verify_recorded},
        {rows->part_count, typed_part, verify_recorded},
        {rows->held_count, typed_held, verify_recorded},
    };
    gj_status status = GJ_OK;
    for (size_t i = 0; status == GJ_OK && i < sizeof checks / sizeof *checks; i++) {
        status = each(verifier, checks[i].count, checks[i].get, checks[i].verify);
    }
    return status == GJ_OK ? verify_records(verifier) : status;
}
