/* SPDX-License-Identifier: Apache-2.0
 *
 * See content.h. It ends: what a row owns never owns it back, and what it merely points at is only
 * named. */
#include "image/content.h"

#include "image/opcode.h"

#include <string.h>

/* ---- what is not content ---- */

/* Worked out from the graph or from who refers to what; or nothing but a place in the source. */
static bool table_is_derived(uint32_t table)
{
    static const gjr_table derived[] = {
        GJR_TABLE_position, GJR_TABLE_subscription, GJR_TABLE_cell,      GJR_TABLE_recovery,
        GJR_TABLE_step,     GJR_TABLE_stage_ref,    GJR_TABLE_exit,      GJR_TABLE_goal,
        GJR_TABLE_way,      GJR_TABLE_place,        GJR_TABLE_field_ref, GJR_TABLE_merge,
        GJR_TABLE_held};
    for (size_t i = 0; i < sizeof derived / sizeof *derived; i++) {
        if (derived[i] == table) {
            return true;
        }
    }
    return false;
}

/* A row's owner, where it points back at it; and what its code decides. */
static const struct column_of {
    gjr_table table;
    const char *name;
} implied[] = {
    {GJR_TABLE_stop, "limit"},
    {GJR_TABLE_extension, "limit"},
    {GJR_TABLE_transition, "stage"},
    {GJR_TABLE_relation, "rule"},
    {GJR_TABLE_relation, "held_max"},
    {GJR_TABLE_region, "stages"},
    {GJR_TABLE_action, "flags"},
    {GJR_TABLE_limit, "calendar"}, /* the procedure's, if it does not say another */
    {GJR_TABLE_length, "basis"},   /* the limit's own with it; told there */
    {GJR_TABLE_expression, "register_count"},
    {GJR_TABLE_expression, "loops"},
    {GJR_TABLE_expression, "enumeration"},
    {GJR_TABLE_expression, "text"},
    {GJR_TABLE_decision_row, "cells"}, /* the code of what asks it */
    {GJR_TABLE_decision_row, "value"},
};

bool gjr_content_is_derived(uint32_t table, const gjr_column *column)
{
    bool points = column->kind == GJR_COLUMN_REF || column->kind == GJR_COLUMN_REF_OR_NONE ||
                  column->kind == GJR_COLUMN_RANGE;
    if (points && table_is_derived(column->bound)) {
        return true;
    }
    for (size_t i = 0; i < sizeof implied / sizeof *implied; i++) {
        if (implied[i].table == table && strcmp(implied[i].name, column->name) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- names ---- */

static uint32_t region_of(const gjr_rows *rows, uint32_t table, uint32_t row)
{
    return table == GJR_TABLE_stage   ? rows->stages[row].region
           : table == GJR_TABLE_limit ? rows->limits[row].region
           : table == GJR_TABLE_rule  ? rows->rules[row].region
                                      : 0;
}

void gjr_content_add_name(const gjr_rows *rows, uint32_t table, uint32_t row, gjb_buffer *out)
{
    uint32_t region = region_of(rows, table, row);
    if (region > 0) {
        gjb_buffer_add_text(out, gjr_rows_text(rows, rows->regions[region].name));
        gjb_buffer_add_byte(out, '/');
    }
    gjr_words words = gjr_rows_words(rows, table);
    gjb_buffer_add_text(out, gjr_rows_text(rows, words.words[row * words.row_words]));
}

/* Has a name of its own, so that others may point at it by that. */
static bool is_named(uint32_t table)
{
    return gjr_schema_get(table)->columns[0].kind == GJR_COLUMN_TEXT &&
           strcmp(gjr_schema_get(table)->columns[0].name, "name") == 0;
}

/* ---- code ---- */

static void constant_add(const gjr_rows *rows, uint32_t index, gjb_buffer *out)
{
    const gjr_constant *constant = &rows->constants[index];
    gjb_buffer_add_format(out, "%u ", constant->type);
    if (constant->type == GJR_TYPE_TEXT || constant->type == GJR_TYPE_OFFICER) {
        gjb_buffer_add_json(out, gjr_rows_text(rows, constant->low));
    } else if (constant->type == GJR_TYPE_ENUM) {
        uint32_t first = rows->enumerations[constant->enumeration].members_first;
        gjb_buffer_add_json(out, gjr_rows_text(rows, rows->members[first + constant->low].name));
    } else {
        gjb_buffer_add_int(out, gjr_constant_value(constant));
    }
}

static void instruction_add(const gjr_rows *rows, uint32_t index, gjb_buffer *out)
{
    const gjr_instruction *row = &rows->instructions[index];
    gjr_immediate kind = gjr_opcode_row_get(gjr_word_op(row->word))->immediate;
    gjb_buffer_add_format(out, "%x ", row->word);
    switch (kind) {
    case GJR_IMMEDIATE_CONSTANT:
        constant_add(rows, row->immediate, out);
        break;
    case GJR_IMMEDIATE_FIELD:
        gjr_content_add_name(rows, GJR_TABLE_field, row->immediate, out);
        break;
    case GJR_IMMEDIATE_ACTION:
        gjr_content_add_name(rows, GJR_TABLE_action, row->immediate, out);
        break;
    case GJR_IMMEDIATE_LIMIT:
        gjr_content_add_name(rows, GJR_TABLE_limit, row->immediate, out);
        break;
    case GJR_IMMEDIATE_NATIVE:
        gjr_content_add_name(rows, GJR_TABLE_native, row->immediate, out);
        break;
    case GJR_IMMEDIATE_RECORD_A:
        gjr_content_add_name(rows, GJR_TABLE_record_type, row->immediate, out);
        break;
    case GJR_IMMEDIATE_NOTHING:
    case GJR_IMMEDIATE_PART:
    case GJR_IMMEDIATE_AHEAD:
    case GJR_IMMEDIATE_BACK:
        gjb_buffer_add_int(out, row->immediate);
        break;
    }
    gjb_buffer_add_byte(out, ';');
}

/* ---- columns ---- */

static void target_add(const gjr_rows *rows, uint32_t table, uint32_t row, gjb_buffer *out)
{
    if (row == GJR_NONE) {
        gjb_buffer_add_byte(out, '-');
    } else if (is_named(table)) {
        gjr_content_add_name(rows, table, row, out);
    } else {
        gjr_content_add_row(rows, table, row, out);
    }
}

/* Branches have rows of their own to be told by; the fields of an act are told with it. */
static void range_add(const gjr_rows *rows, uint32_t table, const uint32_t *words, gjb_buffer *out)
{
    for (uint32_t i = 0; i < words[1]; i++) {
        if (table == GJR_TABLE_region) {
            gjr_content_add_name(rows, table, words[0] + i, out);
            gjb_buffer_add_byte(out, ',');
        } else if (table == GJR_TABLE_instruction) {
            instruction_add(rows, words[0] + i, out);
        } else {
            gjr_content_add_row(rows, table, words[0] + i, out);
        }
    }
}

/* The words of a column of a row. */
static const uint32_t *column_words(const gjr_rows *rows, uint32_t table, uint32_t row,
                                    size_t column)
{
    gjr_words all = gjr_rows_words(rows, table);
    const uint32_t *words = all.words + row * all.row_words;
    for (size_t i = 0; i < column; i++) {
        words += gjr_column_words(&gjr_schema_get(table)->columns[i]);
    }
    return words;
}

void gjr_content_add_column(const gjr_rows *rows, uint32_t table, uint32_t row, size_t column,
                            uint32_t mask, gjb_buffer *out)
{
    const gjr_column *of = &gjr_schema_get(table)->columns[column];
    const uint32_t *words = column_words(rows, table, row, column);
    gjb_buffer_add_byte(out, '|');
    switch (of->kind) {
    case GJR_COLUMN_TEXT:
    case GJR_COLUMN_TEXT_OR_NONE:
        gjb_buffer_add_json(out, gjr_rows_text(rows, words[0]));
        break;
    case GJR_COLUMN_REF:
    case GJR_COLUMN_REF_OR_NONE:
        target_add(rows, of->bound, words[0], out);
        break;
    case GJR_COLUMN_RANGE:
        range_add(rows, of->bound, words, out);
        break;
    case GJR_COLUMN_CHOICE:
    case GJR_COLUMN_FLAGS:
        gjb_buffer_add_int(out, words[0] & mask);
        break;
    case GJR_COLUMN_WORD:
        if (table == GJR_TABLE_trigger) {
            target_add(rows, gjr_trigger_table(&rows->triggers[row]), words[0], out);
        } else {
            gjb_buffer_add_int(out, words[0]);
        }
        break;
    }
}

void gjr_content_add_row(const gjr_rows *rows, uint32_t table, uint32_t row, gjb_buffer *out)
{
    const gjr_schema *schema = gjr_schema_get(table);
    gjb_buffer_add_byte(out, '{');
    for (size_t i = 0; i < schema->column_count; i++) {
        if (!gjr_content_is_derived(table, &schema->columns[i])) {
            gjr_content_add_column(rows, table, row, i, UINT32_MAX, out);
        }
    }
    gjb_buffer_add_byte(out, '}');
}
