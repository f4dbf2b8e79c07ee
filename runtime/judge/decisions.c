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
