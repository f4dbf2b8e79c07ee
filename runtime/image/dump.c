/* SPDX-License-Identifier: Apache-2.0
 *
 * An image as text: every table, row by row, in the columns of records.def, and under each
 * expression its code in the mnemonics of opcodes.def. Beside every index stands what it points at.
 * The text is stable: tests keep it.
 *
 *     stage 4
 *       0 name="filed" title="收件" flags=0 holder=- transitions=1+2 entering=0+0 ... */
#include "base/buffer.h"
#include "image/image.h"
#include "image/opcode.h"
#include "image/schema.h"
#include "image/shape.h"
#include "image/steps.h"
#include "value/decimal.h"

#include <assert.h>

typedef struct dump {
    const gjr_rows *rows;
    gjb_buffer out;
} image_dump;

static void print_string(image_dump *dump, uint32_t string)
{
    if (string == GJR_NONE) {
        gjb_buffer_add_byte(&dump->out, '-');
    } else {
        gjb_buffer_add_json(&dump->out, gjr_rows_text(dump->rows, string));
    }
}

/* An index, and the name of its row where rows of that table have one. */
static void print_index(image_dump *dump, uint32_t table, uint32_t row)
{
    if (row == GJR_NONE) {
        gjb_buffer_add_byte(&dump->out, '-');
        return;
    }
    gjb_buffer_add_int(&dump->out, row);
    if (gjr_schema_get(table)->columns[0].kind == GJR_COLUMN_TEXT) {
        gjr_words words = gjr_rows_words(dump->rows, table);
        gjb_buffer_add_byte(&dump->out, ' ');
        print_string(dump, words.words[row * words.row_words]);
    }
}

static void print_column(image_dump *dump, const gjr_column *column, const uint32_t *words)
{
    gjb_buffer_add_format(&dump->out, " %s=", column->name);
    switch (column->kind) {
    case GJR_COLUMN_TEXT:
    case GJR_COLUMN_TEXT_OR_NONE:
        print_string(dump, words[0]);
        break;
    case GJR_COLUMN_REF:
    case GJR_COLUMN_REF_OR_NONE:
        print_index(dump, column->bound, words[0]);
        break;
    case GJR_COLUMN_RANGE:
        gjb_buffer_add_format(&dump->out, "%u+%u", words[0], words[1]);
        break;
    case GJR_COLUMN_CHOICE:
        gjb_buffer_add_string(&dump->out, column->names[words[0]]);
        break;
    case GJR_COLUMN_FLAGS:
    case GJR_COLUMN_WORD:
        gjb_buffer_add_int(&dump->out, words[0]);
        break;
    }
}

/* ---- what a plain word means ------------------------------------------------------------ */

static void print_constant(image_dump *dump, uint32_t index)
{
    const gjr_constant *constant = &dump->rows->constants[index];
    int64_t value = gjr_constant_value(constant);
    char text[40];
    gjb_buffer_add_format(&dump->out, "%s ", gjr_type_name(constant->type));
    switch ((gjr_type)constant->type) {
    case GJR_TYPE_BOOL:
        gjb_buffer_add_string(&dump->out, value != 0 ? "true" : "false");
        return;
    case GJR_TYPE_NUMBER:
    case GJR_TYPE_MONEY:
        gjr_decimal_print(value, &dump->out);
        return;
    case GJR_TYPE_DATE:
        gj_day_format((gj_day)value, text, sizeof text);
        gjb_buffer_add_string(&dump->out, text);
        return;
    case GJR_TYPE_TIME:
        gj_instant_format(value, 0, text, sizeof text);
        gjb_buffer_add_string(&dump->out, text);
        return;
    case GJR_TYPE_DURATION:
        gjb_buffer_add_format(&dump->out, "%lld ms", (long long)value);
        return;
    case GJR_TYPE_TEXT:
    case GJR_TYPE_OFFICER:
        print_string(dump, constant->low);
        return;
    case GJR_TYPE_ENUM:
        print_index(dump, GJR_TABLE_member,
                    dump->rows->enumerations[constant->enumeration].members_first + constant->low);
        return;
    case GJR_TYPE_NOTHING:
    case GJR_TYPE_LIST:
    case GJR_TYPE_RECORD:
    case GJR_TYPE_COUNT:
        break;
    }
    assert(false && "no constant has this type");
}

static void print_meaning(image_dump *dump, uint32_t table, uint32_t row)
{
    const gjr_rows *rows = dump->rows;
    if (table == GJR_TABLE_other_name) {
        gjb_buffer_add_string(&dump->out, "  # ");
        print_index(dump, gjr_other_name_table(&rows->other_names[row]),
                    rows->other_names[row].target);
    } else if (table == GJR_TABLE_trigger) {
        gjb_buffer_add_string(&dump->out, "  # ");
        print_index(dump, gjr_trigger_table(&rows->triggers[row]), rows->triggers[row].target);
    } else if (table == GJR_TABLE_subscription) {
        gjb_buffer_add_string(&dump->out, "  # ");
        print_index(dump, gjr_subscription_table(&rows->subscriptions[row]),
                    rows->subscriptions[row].target);
    } else if (table == GJR_TABLE_constant) {
        gjb_buffer_add_string(&dump->out, "  # ");
        print_constant(dump, row);
    } else if (table == GJR_TABLE_cell) {
        gjb_buffer_add_string(&dump->out, "  # ");
        print_index(dump, GJR_TABLE_stage, row / rows->action_count);
        gjb_buffer_add_string(&dump->out, ", ");
        print_index(dump, GJR_TABLE_action, row % rows->action_count);
    } else if (table == GJR_TABLE_limit && rows->limits[row].open_max > 0) {
        gjb_buffer_add_format(&dump->out, "  # a clock a key, at most %u open",
                              rows->limits[row].open_max);
    } else if (table == GJR_TABLE_landmark) {
        uint32_t decided = rows->landmarks[row].row;
        const gjr_decision *decision = gjr_rows_decision(rows, decided);
        gjb_buffer_add_string(&dump->out, "  # ");
        print_string(dump, decision->name);
        gjb_buffer_add_format(&dump->out, ", row %u", decided - decision->rows_first + 1);
    } else if (table == GJR_TABLE_expression) {
        uint64_t steps = gjr_steps_max(rows, &rows->expressions[row]);
        gjb_buffer_add_format(&dump->out, "  # at most %llu step%s", (unsigned long long)steps,
                              steps == 1 ? "" : "s");
    }
}

/* ---- code
 * ------------------------------------------------------------------------------------------ */

static void print_immediate(image_dump *dump, gjr_immediate kind, uint32_t immediate)
{
    switch (kind) {
    case GJR_IMMEDIATE_NOTHING:
        return;
    case GJR_IMMEDIATE_CONSTANT:
        gjb_buffer_add_byte(&dump->out, ' ');
        print_constant(dump, immediate);
        return;
    case GJR_IMMEDIATE_FIELD:
    case GJR_IMMEDIATE_ACTION:
    case GJR_IMMEDIATE_LIMIT:
    case GJR_IMMEDIATE_NATIVE:
        gjb_buffer_add_byte(&dump->out, ' ');
        print_index(dump,
                    kind == GJR_IMMEDIATE_FIELD    ? GJR_TABLE_field
                    : kind == GJR_IMMEDIATE_ACTION ? GJR_TABLE_action
                    : kind == GJR_IMMEDIATE_NATIVE ? GJR_TABLE_native
                                                   : GJR_TABLE_limit,
                    immediate);
        return;
    case GJR_IMMEDIATE_RECORD_A:
        gjb_buffer_add_byte(&dump->out, ' ');
        print_index(dump, GJR_TABLE_record_type, immediate);
        return;
    case GJR_IMMEDIATE_PART:
        gjb_buffer_add_format(&dump->out, " .%u", immediate);
        return;
    case GJR_IMMEDIATE_AHEAD:
    case GJR_IMMEDIATE_BACK:
        gjb_buffer_add_format(&dump->out, " @%u", immediate);
        return;
    }
}

static void print_instruction(image_dump *dump, uint32_t index)
{
    const gjr_instruction *row = &dump->rows->instructions[index];
    const gjr_opcode_row *op = gjr_opcode_row_get(gjr_word_op(row->word));
    gjb_buffer_add_format(&dump->out, "      %-13s", op->mnemonic);
    if (op->result != GJR_KIND_NOTHING) {
        gjb_buffer_add_format(&dump->out, " r%u", gjr_word_d(row->word));
    }
    if (op->a != GJR_KIND_NOTHING) {
        gjb_buffer_add_format(&dump->out, " r%u", gjr_word_a(row->word));
    }
    if (op->b != GJR_KIND_NOTHING) {
        gjb_buffer_add_format(&dump->out, " r%u", gjr_word_b(row->word));
    }
    print_immediate(dump, op->immediate, row->immediate);
    gjb_buffer_add_byte(&dump->out, '\n');
}

/* "list of enum 0": as a register's type stands at a merge. */
static void print_shape(image_dump *dump, gjr_shape shape)
{
    if (shape.type == GJR_TYPE_LIST) {
        gjb_buffer_add_string(&dump->out, "list of ");
        shape = gjr_shape_element(shape);
    }
    gjb_buffer_add_string(&dump->out, gjr_type_name(shape.type));
    if (shape.type == GJR_TYPE_ENUM) {
        gjb_buffer_add_format(&dump->out, " %u", shape.enumeration);
    } else if (shape.type == GJR_TYPE_RECORD) {
        gjb_buffer_add_byte(&dump->out, ' ');
        print_index(dump, GJR_TABLE_record_type, shape.record);
    }
}

/*     @7: r0 bool, r1 list of number */
static void print_merge(image_dump *dump, const gjr_merge *merge)
{
    gjb_buffer_add_format(&dump->out, "    @%u:", merge->at);
    for (uint32_t i = 0; i < merge->held_count; i++) {
        const gjr_held *held = &dump->rows->helds[merge->held_first + i];
        gjb_buffer_add_format(&dump->out, "%s r%u ", i > 0 ? "," : "", held->index);
        print_shape(dump, GJR_SHAPE_OF(held));
    }
    gjb_buffer_add_byte(&dump->out, '\n');
}

static void print_code(image_dump *dump, uint32_t expression)
{
    const gjr_expression *row = &dump->rows->expressions[expression];
    const gjr_merge *merge = &dump->rows->merges[row->merges_first];
    const gjr_merge *end = merge + row->merges_count;
    for (uint32_t i = 0; i < row->code_count; i++) {
        if (merge < end && merge->at == i) {
            print_merge(dump, merge++);
        }
        print_instruction(dump, row->code_first + i);
    }
}

/* ---- tables
 * ---------------------------------------------------------------------------------------- */

static void print_row(image_dump *dump, uint32_t table, uint32_t row)
{
    const gjr_schema *schema = gjr_schema_get(table);
    gjr_words words = gjr_rows_words(dump->rows, table);
    const uint32_t *word = words.words + row * words.row_words;
    gjb_buffer_add_format(&dump->out, "  %u", row);
    for (size_t i = 0; i < schema->column_count; i++) {
        print_column(dump, &schema->columns[i], word);
        word += gjr_column_words(&schema->columns[i]);
    }
    print_meaning(dump, table, row);
    gjb_buffer_add_byte(&dump->out, '\n');
    if (table == GJR_TABLE_expression) {
        print_code(dump, row);
    }
}

/* Instructions and merges are printed with their expressions. */
static bool is_code(uint32_t table)
{
    return table == GJR_TABLE_instruction || table == GJR_TABLE_merge || table == GJR_TABLE_held;
}

static void print_table(image_dump *dump, uint32_t table)
{
    uint32_t row_count = gjr_rows_words(dump->rows, table).row_count;
    gjb_buffer_add_format(&dump->out, "%s %u\n", gjr_schema_get(table)->name, row_count);
    for (uint32_t row = 0; !is_code(table) && row < row_count; row++) {
        print_row(dump, table, row);
    }
}

/* Written table by table, so that a large one is not held whole. */
static gj_status dump_unit(image_dump *dump, const gj_image *image, size_t index,
                           const gj_writer *out)
{
    dump->rows = gjr_image_rows(image, index);
    gjb_buffer_add_format(&dump->out, "unit %zu identity %s\nstrings %u\n", index,
                          gj_image_procedure_identity(image, index), dump->rows->string_count);
    gj_status status = GJ_OK;
    for (uint32_t table = GJR_SECTION_STRINGS + 1; table < GJR_TABLE_END && status == GJ_OK;
         table++) {
        print_table(dump, table);
        status = gjb_buffer_write(&dump->out, out);
        gjb_buffer_reset(&dump->out);
    }
    return status;
}

/* Those from `first` up to `end`. */
static gj_status dump_units(const gj_image *image, size_t first, size_t end, const gj_writer *out)
{
    image_dump dump = {0};
    gj_status status = GJ_OK;
    gjb_buffer_init(&dump.out, NULL);
    gjb_buffer_add_format(&dump.out, "image format %d identity %s\nunits %u\n", GJR_IMAGE_FORMAT,
                          gj_image_identity(image), image->unit_count);
    for (size_t i = first; i < end && status == GJ_OK; i++) {
        gjb_buffer_add_byte(&dump.out, '\n');
        status = dump_unit(&dump, image, i, out);
    }
    gjb_buffer_deinit(&dump.out);
    return status;
}

gj_status gj_image_dump(const gj_image *image, const gj_writer *out)
{
    if (image == NULL || out == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    return dump_units(image, 0, image->unit_count, out);
}

gj_status gj_image_dump_procedure(const gj_image *image, size_t index, const gj_writer *out)
{
    if (image == NULL || out == NULL || index >= image->unit_count) {
        return GJ_BAD_ARGUMENT;
    }
    return dump_units(image, index, index + 1, out);
}
