/* SPDX-License-Identifier: Apache-2.0
 *
 * See decisions.h. */
#include "judge/decisions.h"

#include "image/image.h"
#include "judge/natives.h"
#include "judge/taken.h"

/* ---- finding them ---- */

static bool is_among(const uint32_t *rows, uint32_t count, uint32_t row)
{
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i] == row) {
            return true;
        }
    }
    return false;
}

/* The landmarks that a run on these facts comes by, a byte each; NULL where memory ends. */
static const uint8_t *passed_make(gjr_sitting *step, uint32_t expression, uint32_t count)
{
    uint8_t *passed = gjb_arena_make(&step->arena, count, 1);
    gjr_facts facts = step->facts;
    facts.call = gjr_sitting_recall;
    step->no_memory |= passed == NULL;
    if (passed != NULL) {
        gjr_vm_retrace(step->judge->rows, expression, &facts, passed);
    }
    return passed;
}

void gjr_decisions_take(gjr_sitting *step, uint32_t expression, gjr_raised *raised)
{
    const gjr_rows *rows = step->judge->rows;
    if (expression == GJR_NONE || rows->expressions[expression].landmarks_count == 0) {
        return;
    }
    const gjr_expression *row = &rows->expressions[expression];
    const uint8_t *passed = passed_make(step, expression, row->landmarks_count);
    size_t most = (size_t)raised->decided_count + row->landmarks_count;
    uint32_t *decided = gjb_arena_make(&step->arena, most, sizeof *decided);
    step->no_memory |= decided == NULL;
    if (passed == NULL || decided == NULL) {
        return;
    }
    uint32_t count = raised->decided_count;
    for (uint32_t i = 0; i < count; i++) {
        decided[i] = raised->decided[i];
    }
    for (uint32_t i = 0; i < row->landmarks_count; i++) {
        uint32_t which = rows->landmarks[row->landmarks_first + i].row;
        if (passed[i] != 0 && !is_among(decided, count, which)) {
            decided[count++] = which;
        }
    }
    raised->decided = decided;
    raised->decided_count = count;
}

/* ---- of lengths ---- */

static uint32_t landmarks_of(const gjr_rows *rows, uint32_t expression)
{
    return expression == GJR_NONE ? 0 : rows->expressions[expression].landmarks_count;
}

/* From bit `first` on. */
static void bits_keep(gjr_sitting *step, uint32_t expression, uint64_t *bits, uint32_t first)
{
    uint32_t count = landmarks_of(step->judge->rows, expression);
    const uint8_t *passed = count > 0 ? passed_make(step, expression, count) : NULL;
    for (uint32_t i = 0; passed != NULL && i < count; i++) {
        bits[(first + i) / 64] |= (uint64_t)passed[i] << ((first + i) % 64);
    }
}

void gjr_decisions_keep(gjr_sitting *step, const gjr_limit *limit, uint32_t length, uint64_t *bits)
{
    const gjr_rows *rows = step->judge->rows;
    uint32_t end = limit->lengths_first + limit->lengths_count, first = 0;
    for (uint32_t i = limit->lengths_first; i < end; i++) {
        const gjr_length *line = &rows->lengths[i];
        if (length == GJR_NONE || i <= length) {
            bits_keep(step, line->when, bits, first);
        }
        first += landmarks_of(rows, line->when);
        if (i == length) {
            bits_keep(step, line->value, bits, first);
        }
        first += landmarks_of(rows, line->value);
    }
}

/* The rows of the set bits, from bit `first` on, beside those that are there. */
static uint32_t bits_read(const gjr_rows *rows, uint32_t expression, const uint64_t *bits,
                          uint32_t first, uint32_t *decided, uint32_t count)
{
    for (uint32_t i = 0; i < landmarks_of(rows, expression); i++) {
        uint32_t at = first + i;
        uint32_t row = rows->landmarks[rows->expressions[expression].landmarks_first + i].row;
        if ((bits[at / 64] >> (at % 64) & 1) != 0 && !is_among(decided, count, row)) {
            decided[count++] = row;
        }
    }
    return count;
}

const uint32_t *gjr_decisions_of_length(const gjr_case *judged, uint32_t clock, gjb_arena *arena,
                                        uint32_t *count)
{
    const gjr_rows *rows = judged->judge->rows;
    const gjr_limit *limit = gjr_case_limit_row(judged, clock);
    const uint64_t *bits = gjr_case_decided(judged, clock);
    *count = 0;
    if (bits == NULL) {
        return NULL;
    }
    uint32_t *decided = gjb_arena_make(arena, gjr_layout_landmarks(rows, limit), sizeof *decided);
    uint32_t end = limit->lengths_first + limit->lengths_count, first = 0;
    for (uint32_t i = limit->lengths_first; decided != NULL && i < end; i++) {
        const gjr_length *line = &rows->lengths[i];
        *count = bits_read(rows, line->when, bits, first, decided, *count);
        first += landmarks_of(rows, line->when);
        *count = bits_read(rows, line->value, bits, first, decided, *count);
        first += landmarks_of(rows, line->value);
    }
    return decided;
}

void gjr_decisions_take_length(gjr_sitting *step, uint32_t clock, gjr_raised *raised)
{
    raised->decided =
        gjr_decisions_of_length(step->judged, clock, &step->arena, &raised->decided_count);
    step->no_memory |= step->arena.failed;
}

/* ---- for people ---- */

static bool row_make(const gj_judge *judge, uint32_t index, gjb_arena *arena, gj_table_row *made)
{
    const gjr_rows *rows = judge->rows;
    const gjr_decision_row *row = &rows->decision_rows[index];
    const gjr_decision *table = gjr_rows_decision(rows, index);
    const gjr_position *position = &rows->positions[row->position];
    *made = (gj_table_row){
        .table = gjr_judge_text(judge, table->name),
        .title = gjr_judge_text(judge, table->title),
        .row = index - table->rows_first + 1,
        .is_else = row->cells == GJR_NONE,
        .cells = gjr_judge_text(judge, row->cells),
        .value = gjr_judge_text(judge, row->value),
        .basis_count = row->basis_count,
        .file = gjr_judge_text(judge, position->file),
        .line = position->line,
    };
    if (row->basis_count > 0) {
        made->basis = gjr_citations_make(judge, row->basis_first, row->basis_count, arena);
    }
    return row->basis_count == 0 || made->basis != NULL;
}

const gj_table_row *gjr_decisions_make(const gj_judge *judge, const uint32_t *rows, uint32_t count,
                                       gjb_arena *arena)
{
    gj_table_row *made = count > 0 ? gjb_arena_make(arena, count, sizeof *made) : NULL;
    for (uint32_t i = 0; made != NULL && i < count; i++) {
        if (!row_make(judge, rows[i], arena, &made[i])) {
            return NULL;
        }
    }
    return made;
}
