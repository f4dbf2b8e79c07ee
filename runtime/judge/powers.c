/* SPDX-License-Identifier: Apache-2.0
 *
 * See powers.h. */
#include "judge/powers.h"

#include "base/text.h"
#include "image/image.h"
#include "judge/conditions.h"
#include "judge/decisions.h"
#include "judge/names.h"
#include "judge/values.h"

/* ---- who acted ---- */

static bool is_told(const gjr_sitting *step)
{
    return step->event->post != GJR_NONE || step->event->post_text.size > 0;
}

/* Whether the post told may be this one. */
static bool is_meant(const gjr_sitting *step, uint32_t post)
{
    const gjr_event *event = step->event;
    bool any_department = !gjb_text_is_present(event->department_text);
    return post == event->post ||
           (any_department && gjr_judge_post_is_called(step->judge, post, event->post_text));
}

static void note_not_told(gjr_sitting *step, const gjr_clause *by, uint32_t transition)
{
    if (gjr_condition_is_noted(step, GJ_SUBJECT_POST, GJR_SUBJECT_TOLD)) {
        return;
    }
    gjr_raised *raised =
        gjr_clause_note(step, GJ_MISSING_DATA, GJ_SUBJECT_POST, GJR_SUBJECT_TOLD, by);
    if (raised != NULL) {
        raised->transition = transition;
    }
}

/* ---- what the blocks say of the action ---- */

typedef struct block {
    const gjr_action *action;
    gjr_power_kind kind;
} block;

/* The next of its rows from `index` on, or GJR_NONE. */
static uint32_t row_find(const gjr_sitting *step, const block *of, uint32_t index)
{
    const gjr_rows *rows = step->judge->rows;
    uint32_t end = of->action->powers_first + of->action->powers_count;
    for (; index < end; index++) {
        const gjr_power *row = &rows->powers[index];
        if (row->kind == of->kind && (row->region == 0 || step->heard_in == GJR_NONE ||
                                      gjr_rows_is_within(rows, step->heard_in, row->region))) {
            return index;
        }
    }
    return GJR_NONE;
}

static uint32_t row_first(const gjr_sitting *step, const block *of)
{
    return row_find(step, of, of->action->powers_first);
}

/* Of rows about the post that acted: one whose condition holds, else one of which that cannot be
 * said, else one whose condition does not hold; GJR_NONE where there are none. */
static uint32_t row_decide(gjr_sitting *step, const block *of, uint32_t post, gjr_truth *truth)
{
    uint32_t best = GJR_NONE;
    *truth = GJR_TRUTH_FALSE;
    for (uint32_t i = row_first(step, of); i != GJR_NONE; i = row_find(step, of, i + 1)) {
        const gjr_power *row = &step->judge->rows->powers[i];
        if (row->post != post) {
            continue;
        }
        gjr_truth holds = gjr_condition_truth(step, row->when);
        if (holds == GJR_TRUTH_TRUE) {
            *truth = holds;
            return i;
        }
        if (best == GJR_NONE || (holds == GJR_TRUTH_UNKNOWN && *truth == GJR_TRUTH_FALSE)) {
            best = i;
            *truth = holds;
        }
    }
    return best;
}

/* ---- grants ---- */

typedef struct verdict {
    gjr_truth truth;
    uint32_t power; /* the row that decides, or GJR_NONE: the stage's clause */
} verdict;

static bool is_in_clause(const gjr_sitting *step, uint32_t transition, uint32_t post)
{
    const gjr_transition *row = &step->judge->rows->transitions[transition];
    for (uint32_t i = row->posts_first; i < row->posts_first + row->posts_count; i++) {
        if (step->judge->rows->post_refs[i].post == post) {
            return true;
        }
    }
    return false;
}

/* What it says of a post that may be meant; the best of several is kept. */
static void verdict_take(gjr_sitting *step, const block *may, uint32_t transition, uint32_t post,
                         verdict *best)
{
    if (best->truth == GJR_TRUTH_TRUE || !is_meant(step, post)) {
        return;
    }
    gjr_truth truth;
    uint32_t power = row_decide(step, may, post, &truth);
    if (power == GJR_NONE) {
        best->truth = transition != GJR_NONE && is_in_clause(step, transition, post)
                          ? GJR_TRUTH_TRUE
                          : best->truth;
    } else if (best->power == GJR_NONE || truth == GJR_TRUTH_TRUE ||
               (truth == GJR_TRUTH_UNKNOWN && best->truth == GJR_TRUTH_FALSE)) {
        *best = (verdict){truth, power};
    }
}

static verdict grant_find(gjr_sitting *step, const block *may, uint32_t transition)
{
    const gjr_rows *rows = step->judge->rows;
    verdict best = {GJR_TRUTH_FALSE, GJR_NONE};
    for (uint32_t i = row_first(step, may); i != GJR_NONE; i = row_find(step, may, i + 1)) {
        verdict_take(step, may, transition, rows->powers[i].post, &best);
    }
    if (transition == GJR_NONE) {
        return best;
    }
    const gjr_transition *row = &rows->transitions[transition];
    for (uint32_t i = row->posts_first; i < row->posts_first + row->posts_count; i++) {
        verdict_take(step, may, transition, rows->post_refs[i].post, &best);
    }
    return best;
}

static void note_unauthorised(gjr_sitting *step, const gjr_clause *by, uint32_t transition,
                              uint32_t power)
{
    gjr_raised *raised =
        gjr_clause_note(step, GJ_UNAUTHORISED, GJ_SUBJECT_POST, step->event->post, by);
    if (raised == NULL) {
        return;
    }
    raised->transition = transition;
    if (power != GJR_NONE) {
        gjr_values_take(step, step->judge->rows->powers[power].when, raised);
        gjr_decisions_take(step, step->judge->rows->powers[power].when, raised);
    }
}

void gjr_powers_check_grant(gjr_sitting *step, uint32_t action, uint32_t transition)
{
    const gjr_rows *rows = step->judge->rows;
    const block may = {&rows->actions[action], GJR_POWER_MAY};
    if (may.action->powers_count == 0 && transition != GJR_NONE &&
        is_in_clause(step, transition, step->event->post)) {
        return; /* as most are */
    }
    bool by_clause = transition != GJR_NONE && rows->transitions[transition].posts_count > 0;
    uint32_t first = row_first(step, &may);
    if (!by_clause && first == GJR_NONE) {
        return; /* open to all */
    }
    gjr_clause by =
        by_clause ? gjr_clause_of_transition(step, transition) : gjr_clause_of_power(step, first);
    if (!is_told(step)) {
        note_not_told(step, &by, transition);
        return;
    }
    verdict found = grant_find(step, &may, transition);
    if (found.power != GJR_NONE) {
        by = gjr_clause_of_power(step, found.power);
    }
    if (found.truth == GJR_TRUTH_UNKNOWN) {
        gjr_condition_note_unknown(step, rows->powers[found.power].when, &by, GJR_NONE);
    } else if (found.truth == GJR_TRUTH_FALSE) {
        note_unauthorised(step, &by, transition, found.power);
    }
}

/* ---- prohibitions ---- */

/* A post that was not told cannot be said to be another one, unless none is forbidden it now. */
static void never_ask(gjr_sitting *step, const block *never)
{
    for (uint32_t i = row_first(step, never); i != GJR_NONE; i = row_find(step, never, i + 1)) {
        if (gjr_condition_truth(step, step->judge->rows->powers[i].when) != GJR_TRUTH_FALSE) {
            gjr_clause by = gjr_clause_of_power(step, i);
            note_not_told(step, &by, GJR_NONE);
            return;
        }
    }
}

/* Of each post that may be meant; GJR_TRUTH_FALSE where one of them is free to act. */
static verdict never_find(gjr_sitting *step, const block *never)
{
    verdict found = {GJR_TRUTH_FALSE, GJR_NONE};
    for (uint32_t post = 0; post < step->judge->rows->post_count; post++) {
        if (!is_meant(step, post)) {
            continue;
        }
        gjr_truth truth;
        uint32_t power = row_decide(step, never, post, &truth);
        if (truth == GJR_TRUTH_FALSE) {
            return (verdict){GJR_TRUTH_FALSE, GJR_NONE};
        }
        if (found.power == GJR_NONE ||
            (truth == GJR_TRUTH_UNKNOWN && found.truth == GJR_TRUTH_TRUE)) {
            found = (verdict){truth, power};
        }
    }
    return found;
}

void gjr_powers_check_never(gjr_sitting *step, uint32_t action)
{
    const gjr_rows *rows = step->judge->rows;
    const block never = {&rows->actions[action], GJR_POWER_NEVER};
    if (never.action->powers_count == 0 || row_first(step, &never) == GJR_NONE) {
        return;
    }
    if (!is_told(step)) {
        never_ask(step, &never);
        return;
    }
    verdict found = never_find(step, &never);
    if (found.power == GJR_NONE) {
        return;
    }
    gjr_clause by = gjr_clause_of_power(step, found.power);
    if (found.truth == GJR_TRUTH_UNKNOWN) {
        gjr_condition_note_unknown(step, rows->powers[found.power].when, &by, GJR_NONE);
        return;
    }
    gjr_raised *raised = gjr_clause_note(step, GJ_FORBIDDEN, GJ_SUBJECT_POST, by.index, &by);
    if (raised != NULL) {
        gjr_values_take(step, rows->powers[found.power].when, raised);
        gjr_decisions_take(step, rows->powers[found.power].when, raised);
    }
}
