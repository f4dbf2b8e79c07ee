/* SPDX-License-Identifier: Apache-2.0
 *
 * See lengths.h. */
#include "judge/lengths.h"

#include "image/image.h"
#include "image/opcode.h"
#include "judge/conditions.h"
#include "judge/decisions.h"
#include "judge/ladder.h"
#include "judge/law.h"
#include "judge/limits.h"
#include "judge/trace.h"
#include "value/decimal.h"

#include <string.h>

static const gjr_length *length_row(const gjr_sitting *step, uint32_t length)
{
    return &step->judge->rows->lengths[length];
}

/* ---- reading ---- */

/* So many units as the line says now; 0 where that is no length, which is noted. */
static uint32_t amount_of(gjr_sitting *step, uint32_t clock, uint32_t length)
{
    const gjr_length *row = length_row(step, length);
    if (row->value == GJR_NONE) {
        return row->amount;
    }
    gjr_value value = gjr_condition_value(step, row->value);
    int64_t whole = value.known ? value.as.number / GJR_DECIMAL_SCALE : 0;
    bool is_length = value.known && value.as.number % GJR_DECIMAL_SCALE == 0 && whole >= 1 &&
                     whole <= GJR_BUDGET_MAX;
    if (!is_length) {
        gjr_condition_note_no_length(step, clock, length, value.known);
    }
    return is_length ? (uint32_t)whole : 0;
}

/* What holds now, in the order of the lines. */
static gjr_measured read(gjr_sitting *step, uint32_t clock, gj_instant at)
{
    const gjr_limit *row = gjr_ladder_limit(step, clock);
    gjr_measured read = {.at = at, .length = GJR_NONE};
    uint32_t end = row->lengths_first + row->lengths_count;
    for (uint32_t i = row->lengths_first; read.length == GJR_NONE && i < end; i++) {
        if (gjr_condition_of_length(step, clock, i)) {
            read.length = i;
            read.budget = amount_of(step, clock, i);
        }
    }
    return read;
}

/* With the rows of decision tables by which it has come to what it is. */
static void take(gjr_sitting *step, uint32_t clock, const gjr_measured *read, gjr_trigger cause)
{
    uint64_t *decided = gjr_case_decided(step->judged, clock);
    *gjr_case_measured(step->judged, clock) = *read;
    if (decided != NULL) {
        memset(decided, 0, step->judge->layout.decided_words * sizeof *decided);
        gjr_decisions_keep(step, gjr_ladder_limit(step, clock), read->length, decided);
    }
    gjr_trace_add(step, (gjr_mark){.kind = GJR_MARK_MEASURED,
                                   .limit = clock,
                                   .at = read->at,
                                   .cause = cause,
                                   .number = read->budget,
                                   .row = read->length});
}

void gjr_lengths_begin(gjr_sitting *step, uint32_t clock, gj_instant at)
{
    if (gjr_case_measured(step->judged, clock) != NULL) {
        gjr_measured now = read(step, clock, at);
        take(step, clock, &now,
             step->judge->rows->triggers[gjr_case_limit(step->judged, clock)->trigger]);
    }
}

/* ---- hearing ---- */

static bool reads_field(const gjr_rows *rows, uint32_t expression, uint32_t field)
{
    const gjr_expression *row = expression == GJR_NONE ? NULL : &rows->expressions[expression];
    for (uint32_t i = 0; row != NULL && i < row->fields_count; i++) {
        if (rows->field_refs[row->fields_first + i].field == field) {
            return true;
        }
    }
    return false;
}

static bool reads_act(const gjr_rows *rows, uint32_t expression, uint32_t action)
{
    const gjr_expression *row = expression == GJR_NONE ? NULL : &rows->expressions[expression];
    for (uint32_t i = 0; row != NULL && i < row->code_count; i++) {
        const gjr_instruction *one = &rows->instructions[row->code_first + i];
        unsigned op = gjr_word_op(one->word);
        if (one->immediate == action && gjr_opcode_row_get(op)->immediate == GJR_IMMEDIATE_ACTION) {
            return true;
        }
    }
    return false;
}

typedef bool reads(const gjr_rows *rows, uint32_t expression, uint32_t what);

static bool limit_reads(const gjr_sitting *step, uint32_t clock, reads *reads_one, uint32_t what)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_limit *row = gjr_ladder_limit(step, clock);
    for (uint32_t i = row->lengths_first; i < row->lengths_first + row->lengths_count; i++) {
        if (reads_one(rows, rows->lengths[i].when, what) ||
            reads_one(rows, rows->lengths[i].value, what)) {
            return true;
        }
    }
    return false;
}

/* One that is late, or has run out, is so by the length that stood then. */
static void read_again(gjr_sitting *step, uint32_t clock, gjr_trigger cause)
{
    if (gjr_limits_is_over(step, clock)) {
        return;
    }
    gjr_ladder_keep_warned(step, clock);
    gjr_measured now = read(step, clock, step->as_of);
    const gjr_measured *was = gjr_case_measured(step->judged, clock);
    if (now.length != was->length || now.budget != was->budget) {
        take(step, clock, &now, cause);
        gjr_limits_move(step, clock);
    }
}

/* What changed, of one kind. */
typedef struct changes {
    gjr_trigger_kind kind;
    reads *reads_one;
    const uint32_t *items;
    size_t count;
} changes;

/* Once, whatever of it the limit reads. */
static void clock_hear(gjr_sitting *step, uint32_t clock, const changes *heard)
{
    for (size_t i = 0; i < heard->count; i++) {
        if (limit_reads(step, clock, heard->reads_one, heard->items[i])) {
            read_again(step, clock, gjr_cause(heard->kind, heard->items[i]));
            return;
        }
    }
}

static void hear(gjr_sitting *step, const changes *heard)
{
    for (uint32_t i = 0; i < step->judge->layout.clock_count; i++) {
        uint32_t clock = step->judge->layout.clocks[i];
        bool runs = (gjr_case_limit(step->judged, clock)->flags & GJR_LIMIT_RUNNING) != 0;
        if (runs && gjr_case_measured(step->judged, clock) != NULL) {
            clock_hear(step, clock, heard);
        }
    }
}

void gjr_lengths_hear_fields(gjr_sitting *step, const uint32_t *fields, size_t count)
{
    hear(step, &(changes){GJR_TRIGGER_FIELD, reads_field, fields, count});
}

void gjr_lengths_hear_act(gjr_sitting *step, uint32_t action)
{
    hear(step, &(changes){GJR_TRIGGER_ACTION, reads_act, &action, 1});
}
