/* SPDX-License-Identifier: Apache-2.0
 *
 * From text to a unit: what `guiju dump` prints of one, read back into a writer. So a test changes
 * a line of such a text to get an image, valid or not: nothing here checks what load checks. A word
 * may always be written as it stands in the file, `#4294967295`; what follows an index for the
 * reader, its row's name, is passed over.
 *
 *     TABLE 2                              its rows follow; how many is not looked at
 *       0 name="filed" transitions=1+2 ... columns in the order of records.def
 *         @2: r0 bool, r1 list of enum 0   a merge, and an instruction
 *         each          r2 r1 @9 */
#ifndef ASSEMBLER_H
#define ASSEMBLER_H

#include "base/arena.h"
#include "base/text.h"
#include "image/image_write.h"
#include "image/opcode.h"
#include "image/schema.h"

#include <stdlib.h>
#include <string.h>

/* An instruction whose constant is known by how it prints: constants come after code. */
typedef struct asm_wait {
    uint32_t instruction;
    gj_text constant;
} asm_wait;

enum { ASM_WAITS_MAX = 1 << 16, ASM_CONSTANTS_MAX = 1 << 16 };

typedef struct assembler {
    gjr_writer *w;
    gjb_arena arena;
    const char *at, *end; /* of the line */
    uint32_t table;
    asm_wait *waits;
    gj_text *constants; /* how each prints */
    size_t wait_count, constant_count;
    bool failed;
} assembler;

/* ---- words of a line -------------------------------------------------------------------- */

static void asm_blanks(assembler *a)
{
    while (a->at < a->end && *a->at == ' ') {
        a->at++;
    }
}

/* The string stands there, and is passed over. */
static bool asm_take(assembler *a, const char *string)
{
    size_t size = strlen(string);
    bool there = (size_t)(a->end - a->at) >= size && memcmp(a->at, string, size) == 0;
    a->at += there ? size : 0;
    return there;
}

static void asm_expect(assembler *a, const char *string)
{
    a->failed |= !asm_take(a, string);
}

static uint32_t asm_number(assembler *a)
{
    char *end = NULL;
    asm_take(a, "#");
    unsigned long number = strtoul(a->at, &end, 10);
    a->failed |= end == a->at || end > a->end;
    a->at = end;
    return (uint32_t)number;
}

/* Letters, digits and what names are made of besides. */
static gj_text asm_word(assembler *a)
{
    const char *begin = a->at;
    while (a->at < a->end && strchr(" =,:", *a->at) == NULL) {
        a->at++;
    }
    return (gj_text){begin, (size_t)(a->at - begin)};
}

static void asm_escape(assembler *a, gjb_buffer *out)
{
    static const char from[] = "nrt", to[] = "\n\r\t";
    char digits[5] = {0};
    const char *found = memchr(from, *a->at, 3);
    if (*a->at == 'u' && a->end - a->at > 4) {
        memcpy(digits, a->at + 1, 4);
        gjb_buffer_add_byte(out, (char)strtoul(digits, NULL, 16)); /* controls alone are so told */
        a->at += 4;
    } else {
        gjb_buffer_add_byte(out, found != NULL ? to[found - from] : *a->at);
    }
    a->at++;
}

/* A new string of the unit. */
static uint32_t asm_string(assembler *a)
{
    gjb_buffer text;
    gjb_buffer_init(&text, NULL);
    asm_expect(a, "\"");
    while (a->at < a->end && *a->at != '"') {
        if (asm_take(a, "\\") && a->at < a->end) {
            asm_escape(a, &text);
        } else {
            gjb_buffer_add_byte(&text, *a->at++);
        }
    }
    asm_expect(a, "\"");
    uint32_t index = gjr_writer_add_text(a->w, gjb_buffer_text(&text));
    gjb_buffer_deinit(&text);
    return index;
}

/* An index, and the name of its row, which says nothing new. */
static uint32_t asm_index(assembler *a)
{
    if (asm_take(a, "-")) {
        return GJR_NONE;
    }
    uint32_t index = asm_number(a);
    if (a->end - a->at > 1 && a->at[0] == ' ' && a->at[1] == '"') {
        a->at += 2;
        while (a->at < a->end && *a->at != '"') {
            a->at += *a->at == '\\' ? 2 : 1;
        }
        a->at++;
    }
    return index;
}

static uint32_t asm_choice(assembler *a, const gjr_column *column)
{
    if (*a->at == '#') {
        return asm_number(a);
    }
    gj_text name = asm_word(a);
    for (uint32_t i = 0; i < column->bound; i++) {
        if (gjb_text_equal_string(name, column->names[i])) {
            return i;
        }
    }
    a->failed = true;
    return 0;
}

/* ---- rows ------------------------------------------------------------------------------- */

static void asm_column(assembler *a, const gjr_column *column, uint32_t *words)
{
    switch (column->kind) {
    case GJR_COLUMN_TEXT:
    case GJR_COLUMN_TEXT_OR_NONE:
        words[0] = *a->at == '"' ? asm_string(a) : asm_index(a);
        break;
    case GJR_COLUMN_REF:
    case GJR_COLUMN_REF_OR_NONE:
        words[0] = asm_index(a);
        break;
    case GJR_COLUMN_RANGE:
        words[0] = asm_number(a);
        asm_expect(a, "+");
        words[1] = asm_number(a);
        break;
    case GJR_COLUMN_CHOICE:
        words[0] = asm_choice(a, column);
        break;
    case GJR_COLUMN_FLAGS:
    case GJR_COLUMN_WORD:
        words[0] = asm_number(a);
        break;
    }
}

static void asm_constant(assembler *a, uint32_t *words)
{
    asm_blanks(a);
    asm_expect(a, "# ");
    if (a->constant_count < ASM_CONSTANTS_MAX) {
        a->constants[a->constant_count++] = (gj_text){a->at, (size_t)(a->end - a->at)};
    }
    if (asm_take(a, "text ") || asm_take(a, "officer ")) {
        words[2] = asm_string(a); /* `low`, which tells where the text was */
    }
}

static void asm_row(assembler *a)
{
    enum { WORDS_MAX = 64 };
    uint32_t words[WORDS_MAX] = {0};
    size_t count = 0;
    const gjr_schema *schema = gjr_schema_get(a->table);
    asm_number(a);
    for (size_t i = 0; i < schema->column_count && !a->failed; i++) {
        asm_blanks(a);
        asm_expect(a, schema->columns[i].name);
        asm_expect(a, "=");
        asm_column(a, &schema->columns[i], words + count);
        count += gjr_column_words(&schema->columns[i]);
    }
    if (a->table == GJR_TABLE_constant) {
        asm_constant(a, words);
    }
    gjb_buffer_add(&a->w->tables[a->table], words, count * sizeof *words);
}

/* ---- code ------------------------------------------------------------------------------- */

static unsigned asm_register(assembler *a, gjr_kind kind)
{
    asm_blanks(a);
    bool there = a->end - a->at > 1 && a->at[0] == 'r' && a->at[1] >= '0' && a->at[1] <= '9';
    a->failed |= kind != GJR_KIND_NOTHING && !there;
    a->at += there;
    return there ? asm_number(a) : 0;
}

static uint32_t asm_immediate(assembler *a, gjr_immediate kind)
{
    asm_blanks(a);
    if (a->at == a->end) {
        return 0;
    }
    if (*a->at == '#') {
        return asm_number(a);
    }
    if (kind == GJR_IMMEDIATE_CONSTANT && a->wait_count < ASM_WAITS_MAX) {
        a->waits[a->wait_count++] =
            (asm_wait){gjr_writer_instruction_count(a->w), {a->at, (size_t)(a->end - a->at)}};
        return 0;
    }
    if (!asm_take(a, "@")) {
        asm_take(a, ".");
    }
    return asm_index(a);
}

static void asm_instruction(assembler *a)
{
    gj_text name = asm_word(a);
    unsigned op = 0;
    while (op < GJR_OPCODE_COUNT &&
           !gjb_text_equal_string(name, gjr_opcode_row_get(op)->mnemonic)) {
        op++;
    }
    a->failed |= op == GJR_OPCODE_COUNT;
    if (a->failed) {
        return;
    }
    const gjr_opcode_row *row = gjr_opcode_row_get(op);
    unsigned d = row->result != GJR_KIND_NOTHING ? asm_register(a, row->result) : 0;
    unsigned first = asm_register(a, row->a), second = asm_register(a, row->b);
    gjr_instruction made =
        gjr_instruction_of((gjr_opcode)op, d, first, second, asm_immediate(a, row->immediate));
    gjr_writer_add_instruction(a->w, &made);
}

static uint32_t asm_type(assembler *a)
{
    for (uint32_t i = 0; i < GJR_TYPE_COUNT; i++) {
        size_t size = strlen(gjr_type_name(i));
        const char *after = a->at + size;
        if (asm_take(a, gjr_type_name(i))) {
            return after <= a->end ? i : GJR_TYPE_NOTHING;
        }
    }
    a->failed = true;
    return GJR_TYPE_NOTHING;
}

static gjr_held asm_held(assembler *a)
{
    gjr_held held = {.enumeration = GJR_NONE, .record = GJR_NONE};
    held.index = asm_register(a, GJR_KIND_ANY);
    asm_blanks(a);
    uint32_t *type = &held.type;
    if (asm_take(a, "list of ")) {
        held.type = GJR_TYPE_LIST;
        type = &held.element;
    }
    *type = asm_type(a);
    if (*type == GJR_TYPE_ENUM || *type == GJR_TYPE_RECORD) {
        asm_blanks(a);
        *(*type == GJR_TYPE_ENUM ? &held.enumeration : &held.record) = asm_index(a);
    }
    return held;
}

static void asm_merge(assembler *a)
{
    gjr_merge merge = {.at = asm_number(a), .held_first = gjr_writer_held_count(a->w)};
    asm_expect(a, ":");
    while (a->at < a->end && !a->failed) {
        gjr_held held = asm_held(a);
        gjr_writer_add_held(a->w, &held);
        merge.held_count++;
        asm_take(a, ",");
    }
    gjr_writer_add_merge(a->w, &merge);
}

/* ---- the whole -------------------------------------------------------------------------- */

static void asm_table(assembler *a)
{
    static const char *const heads[] = {"image ", "units ", "unit ", "strings "};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (asm_take(a, heads[i])) {
            return;
        }
    }
    gj_text name = asm_word(a);
    a->table = GJR_SECTION_STRINGS + 1;
    while (a->table < GJR_TABLE_END &&
           !gjb_text_equal_string(name, gjr_schema_get(a->table)->name)) {
        a->table++;
    }
    a->failed |= a->table == GJR_TABLE_END;
}

static void asm_line(assembler *a)
{
    size_t indent = 0;
    while (a->at + indent < a->end && a->at[indent] == ' ') {
        indent++;
    }
    if (a->at + indent == a->end) {
        return;
    }
    a->at += indent;
    if (indent == 0) {
        asm_table(a);
    } else if (asm_take(a, "@")) {
        asm_merge(a);
    } else if (*a->at >= '0' && *a->at <= '9') {
        asm_row(a);
    } else {
        asm_instruction(a);
    }
}

static void asm_constants_find(assembler *a)
{
    for (size_t i = 0; i < a->wait_count; i++) {
        size_t found = 0;
        while (found < a->constant_count &&
               !gjb_text_equal(a->constants[found], a->waits[i].constant)) {
            found++;
        }
        a->failed |= found == a->constant_count;
        gjr_writer_get_instruction(a->w, a->waits[i].instruction)->immediate = (uint32_t)found;
    }
}

/* Reads a unit into an empty writer; NULL, or the line that could not be read, borrowed. */
static inline const char *assemble(gj_text text, gjr_writer *w)
{
    assembler a = {.w = w};
    const char *line = text.bytes, *end = text.bytes + text.size, *wrong = NULL;
    gjb_arena_init(&a.arena, NULL);
    a.waits = gjb_arena_make(&a.arena, ASM_WAITS_MAX, sizeof *a.waits);
    a.constants = gjb_arena_make(&a.arena, ASM_CONSTANTS_MAX, sizeof *a.constants);
    a.failed = a.waits == NULL || a.constants == NULL;
    while (line < end && !a.failed) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        a.at = line;
        a.end = next != NULL ? next : end;
        asm_line(&a);
        wrong = a.failed ? line : NULL;
        line = a.end + 1;
    }
    if (!a.failed) {
        asm_constants_find(&a);
        wrong = a.failed ? text.bytes : NULL;
    }
    gjb_arena_deinit(&a.arena);
    return wrong;
}

#endif
