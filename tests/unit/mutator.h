/* SPDX-License-Identifier: Apache-2.0
 *
 * Mutants of images that mean something. A few things of an image (mutant.h) are changed by what
 * they are (an index, a range, a choice, a row, an instruction, a jump, a merge), and it is put
 * together with its hashes made right; so a mutant comes past the hashes to the claims that it
 * breaks, or breaks none and runs. Other changes are of the finished file: its header, its tables
 * of units and sections, bytes between. The same seed gives the same mutant. */
#ifndef MUTATOR_H
#define MUTATOR_H

#include "unit/mutant.h"

#include "image/opcode.h"
#include "image/schema.h"

/* ---- rows ------------------------------------------------------------------------------- */

static size_t mutant_rows(const gjr_writer *w, uint32_t table)
{
    return w->tables[table].size / gjr_schema_get(table)->row_size;
}

static uint32_t *mutant_row(gjr_writer *w, uint32_t table, size_t row)
{
    return (uint32_t *)(void *)(w->tables[table].bytes + row * gjr_schema_get(table)->row_size);
}

/* A table that has rows, by chance; 0 where there is none. */
static uint32_t mutant_table(mutant *m, const gjr_writer *w)
{
    for (int tries = 0; tries < 64; tries++) {
        uint32_t table = 2 + mutant_below(m, GJR_TABLE_END - 2);
        if (mutant_rows(w, table) > 0) {
            return table;
        }
    }
    return 0;
}

/* A word that is almost right. */
static uint32_t mutant_word(mutant *m, uint32_t word)
{
    switch (mutant_below(m, 6)) {
    case 0:
        return word + 1;
    case 1:
        return word - 1;
    case 2:
        return GJR_NONE;
    case 3:
        return word ^ 1u << mutant_below(m, 32);
    case 4:
        return mutant_below(m, 16);
    default:
        return (uint32_t)mutant_random(m);
    }
}

/* What the column might hold as well; seldom what it cannot. */
static void mutant_column(mutant *m, const gjr_writer *w, const gjr_column *column, uint32_t *words)
{
    bool wild = mutant_below(m, 8) == 0;
    size_t strings = w->string_ends.size / sizeof(uint32_t);
    switch (wild ? GJR_COLUMN_WORD : column->kind) {
    case GJR_COLUMN_TEXT:
    case GJR_COLUMN_TEXT_OR_NONE:
        words[0] = mutant_below(m, strings + 1);
        break;
    case GJR_COLUMN_REF_OR_NONE:
        words[0] =
            mutant_below(m, 4) == 0 ? GJR_NONE : mutant_below(m, mutant_rows(w, column->bound) + 1);
        break;
    case GJR_COLUMN_REF:
        words[0] = mutant_below(m, mutant_rows(w, column->bound) + 1);
        break;
    case GJR_COLUMN_RANGE:
        words[mutant_below(m, 2)] += mutant_below(m, 2) == 0 ? 1u : UINT32_MAX;
        break;
    case GJR_COLUMN_CHOICE:
        words[0] = mutant_below(m, (uint64_t)column->bound + 1);
        break;
    case GJR_COLUMN_FLAGS:
        words[0] ^= 1u << mutant_below(m, 3);
        break;
    case GJR_COLUMN_WORD:
        words[0] = mutant_word(m, words[0]);
        break;
    }
}

static void mutant_change_column(mutant *m, gjr_writer *w)
{
    uint32_t table = mutant_table(m, w);
    if (table == 0) {
        return;
    }
    const gjr_schema *schema = gjr_schema_get(table);
    uint32_t *words = mutant_row(w, table, mutant_below(m, mutant_rows(w, table)));
    size_t chosen = mutant_below(m, schema->column_count);
    for (size_t i = 0; i < chosen; i++) {
        words += gjr_column_words(&schema->columns[i]);
    }
    mutant_column(m, w, &schema->columns[chosen], words);
}

/* Two rows change places, or one is copied over the other. */
static void mutant_swap_rows(mutant *m, gjr_writer *w)
{
    uint32_t kept[64];
    uint32_t table = mutant_table(m, w);
    size_t size = table == 0 ? 0 : gjr_schema_get(table)->row_size;
    if (table == 0 || size > sizeof kept) {
        return;
    }
    uint32_t *a = mutant_row(w, table, mutant_below(m, mutant_rows(w, table)));
    uint32_t *b = mutant_row(w, table, mutant_below(m, mutant_rows(w, table)));
    memcpy(kept, a, size);
    memmove(a, b, size);
    if (mutant_below(m, 2) == 0) {
        memcpy(b, kept, size);
    }
}

/* A row more at the end, or one less. */
static void mutant_resize(mutant *m, gjr_writer *w)
{
    uint32_t kept[64];
    uint32_t table = mutant_table(m, w);
    size_t size = table == 0 ? 0 : gjr_schema_get(table)->row_size;
    if (table == 0 || size > sizeof kept) {
        return;
    }
    if (mutant_below(m, 2) == 0) {
        w->tables[table].size -= size;
    } else {
        memcpy(kept, mutant_row(w, table, mutant_below(m, mutant_rows(w, table))), size);
        gjb_buffer_add(&w->tables[table], kept, size);
    }
}

static void mutant_change_string(mutant *m, gjr_writer *w)
{
    gjb_buffer *ends = &w->string_ends, *bytes = &w->string_bytes;
    if (mutant_below(m, 2) == 0 && bytes->size > 0) {
        bytes->bytes[mutant_below(m, bytes->size)] ^= (char)(1 << mutant_below(m, 8));
    } else if (ends->size > 0) {
        uint32_t *words = (uint32_t *)(void *)ends->bytes;
        uint32_t *end = &words[mutant_below(m, ends->size / sizeof *words)];
        *end = mutant_word(m, *end);
    }
}

/* ---- code ------------------------------------------------------------------------------- */

/* An instruction, by chance; NULL where there is none. Its expression, where it is whole. */
static gjr_instruction *mutant_instruction(mutant *m, gjr_writer *w, gjr_expression *of)
{
    size_t count = mutant_rows(w, GJR_TABLE_instruction);
    size_t expressions = mutant_rows(w, GJR_TABLE_expression);
    if (count == 0 || expressions == 0) {
        return NULL;
    }
    memcpy(of, mutant_row(w, GJR_TABLE_expression, mutant_below(m, expressions)), sizeof *of);
    uint64_t at = (uint64_t)of->code_first + mutant_below(m, of->code_count);
    return (gjr_instruction *)(void *)mutant_row(w, GJR_TABLE_instruction, (size_t)(at % count));
}

/* Another opcode that takes as many operands. */
static unsigned mutant_opcode(mutant *m, unsigned op)
{
    const gjr_opcode_row *row = op < GJR_OPCODE_COUNT ? gjr_opcode_row_get(op) : NULL;
    for (int tries = 0; tries < 64; tries++) {
        unsigned other = mutant_below(m, GJR_OPCODE_COUNT);
        const gjr_opcode_row *to = gjr_opcode_row_get(other);
        if (row != NULL && (row->a == GJR_KIND_NOTHING) == (to->a == GJR_KIND_NOTHING) &&
            (row->b == GJR_KIND_NOTHING) == (to->b == GJR_KIND_NOTHING) &&
            (row->immediate == GJR_IMMEDIATE_NOTHING) == (to->immediate == GJR_IMMEDIATE_NOTHING)) {
            return other;
        }
    }
    return mutant_below(m, GJR_OPCODE_COUNT);
}

static uint32_t mutant_immediate(mutant *m, const gjr_writer *w, gjr_immediate kind, uint32_t now,
                                 const gjr_expression *of)
{
    switch (kind) {
    case GJR_IMMEDIATE_CONSTANT:
        return mutant_below(m, mutant_rows(w, GJR_TABLE_constant));
    case GJR_IMMEDIATE_FIELD:
        return mutant_below(m, mutant_rows(w, GJR_TABLE_field));
    case GJR_IMMEDIATE_ACTION:
        return mutant_below(m, mutant_rows(w, GJR_TABLE_action));
    case GJR_IMMEDIATE_LIMIT:
        return mutant_below(m, mutant_rows(w, GJR_TABLE_limit));
    case GJR_IMMEDIATE_NATIVE:
        return mutant_below(m, mutant_rows(w, GJR_TABLE_native));
    case GJR_IMMEDIATE_RECORD_A:
        return mutant_below(m, mutant_rows(w, GJR_TABLE_record_type));
    case GJR_IMMEDIATE_PART:
        return mutant_below(m, 8);
    case GJR_IMMEDIATE_AHEAD:
    case GJR_IMMEDIATE_BACK:
        return mutant_below(m, 2) == 0 ? mutant_below(m, of->code_count)
                                       : now + mutant_below(m, 5) - 2;
    case GJR_IMMEDIATE_NOTHING:
        break;
    }
    return mutant_word(m, now);
}

static void mutant_change_code(mutant *m, gjr_writer *w)
{
    gjr_expression of;
    gjr_instruction *row = mutant_instruction(m, w, &of);
    if (row == NULL) {
        return;
    }
    unsigned op = gjr_word_op(row->word), shift = 8 + 8 * mutant_below(m, 3);
    uint32_t kept = mutant_below(m, of.register_count + (mutant_below(m, 8) == 0));
    switch (mutant_below(m, 3)) {
    case 0:
        row->word = (row->word & ~255u) | mutant_opcode(m, op);
        break;
    case 1:
        row->word = (row->word & ~(255u << shift)) | (kept & 255u) << shift;
        break;
    default:
        row->immediate = mutant_immediate(
            m, w, op < GJR_OPCODE_COUNT ? gjr_opcode_row_get(op)->immediate : GJR_IMMEDIATE_NOTHING,
            row->immediate, &of);
        break;
    }
}

/* Where the registers of two places in the code are told of: a merge moves, or forgets the last of
 * its registers, or what it tells of one is another's. */
static void mutant_change_merge(mutant *m, gjr_writer *w)
{
    size_t merges = mutant_rows(w, GJR_TABLE_merge), helds = mutant_rows(w, GJR_TABLE_held);
    if (merges == 0 || helds == 0) {
        return;
    }
    gjr_merge *merge = (gjr_merge *)(void *)mutant_row(w, GJR_TABLE_merge, mutant_below(m, merges));
    gjr_held *held = (gjr_held *)(void *)mutant_row(w, GJR_TABLE_held, mutant_below(m, helds));
    gjr_held *other = (gjr_held *)(void *)mutant_row(w, GJR_TABLE_held, mutant_below(m, helds));
    switch (mutant_below(m, 4)) {
    case 0:
        merge->at += mutant_below(m, 5) - 2;
        break;
    case 1:
        merge->held_count -= merge->held_count > 0;
        break;
    case 2:
        held->index = other->index;
        break;
    default:
        *other =
            (gjr_held){other->index, held->type, held->element, held->enumeration, held->record};
        break;
    }
}

/* A landmark moves, or looks at another register. */
static void mutant_change_landmark(mutant *m, gjr_writer *w)
{
    size_t landmarks = mutant_rows(w, GJR_TABLE_landmark);
    if (landmarks == 0) {
        return;
    }
    gjr_landmark *landmark =
        (gjr_landmark *)(void *)mutant_row(w, GJR_TABLE_landmark, mutant_below(m, landmarks));
    uint32_t *words[] = {&landmark->at, &landmark->holds, &landmark->told};
    *words[mutant_below(m, 3)] += mutant_below(m, 5) - 2;
}

/* One change of one unit, by what it is. */
static inline void mutant_change(mutant *m)
{
    gjr_writer *w = &m->units[mutant_below(m, m->unit_count)];
    switch (mutant_below(m, 11)) {
    case 10:
        mutant_change_landmark(m, w);
        break;
    case 0:
        mutant_swap_rows(m, w);
        break;
    case 1:
        mutant_resize(m, w);
        break;
    case 2:
        mutant_change_string(m, w);
        break;
    case 3:
    case 4:
        mutant_change_merge(m, w);
        break;
    case 5:
    case 6:
        mutant_change_code(m, w);
        break;
    default:
        mutant_change_column(m, w);
        break;
    }
}

/* ---- the file itself -------------------------------------------------------------------- */

/* One change of a word of the header, the unit table or a section table; or of where the file ends;
 * or of any byte. With the hashes right again but for one in four. */
static inline void mutant_change_file(mutant *m, gjb_buffer *file)
{
    size_t tables = sizeof(gjr_header) + m->unit_count * sizeof(gjr_unit_entry) +
                    GJR_SECTION_COUNT * sizeof(gjr_section);
    uint32_t what = mutant_below(m, 8);
    if (what == 0) {
        file->size = mutant_below(m, file->size + 1);
    } else if (what == 1) {
        gjb_buffer_add(file, "\0\0\0\0\0\0\0\0", 8);
    } else if (what == 2) {
        file->bytes[mutant_below(m, file->size)] ^= (char)(1 << mutant_below(m, 8));
    } else {
        uint32_t *words = (uint32_t *)(void *)file->bytes;
        uint32_t *word = &words[mutant_below(m, tables / sizeof *words)];
        *word = mutant_word(m, *word);
    }
    if (mutant_below(m, 4) != 0) {
        mutant_seal(file);
    }
}

/* From the image, from 1 to 3 changes; false where it cannot be taken apart. */
static inline bool mutant_make(const uint8_t *bytes, size_t size, uint64_t seed, gjb_buffer *file)
{
    mutant m;
    bool whole = mutant_init(&m, bytes, size, seed);
    if (whole) {
        bool of_file = mutant_below(&m, 16) == 0;
        for (uint32_t changes = 1 + mutant_below(&m, 3); !of_file && changes > 0; changes--) {
            mutant_change(&m);
        }
        whole = mutant_write(&m, file);
        if (whole && of_file) {
            mutant_change_file(&m, file);
        }
    }
    mutant_deinit(&m);
    return whole;
}

#endif
