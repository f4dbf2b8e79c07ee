/* SPDX-License-Identifier: Apache-2.0
 *
 * See follow.h. As with limits, due instants are derived when they are needed and never kept. */
#include "judge/follow.h"

#include "image/image.h"
#include "judge/conditions.h"
#include "judge/keeps.h"
#include "judge/lacks.h"
#include "judge/regions.h"
#include "judge/relations.h"
#include "judge/rules.h"
#include "time/range.h"

gj_instant gjr_follow_due(const gj_judge *judge, const gjr_relation *relation, gj_instant since)
{
    if (relation->length == 0) {
        return GJ_NEVER;
    }
    gjr_term term = {.unit = (gj_unit)relation->unit,
                     .budget = relation->length,
                     .rolls = (relation->flags & GJR_RELATION_ROLLS) != 0};
    gjr_count count = gjr_count_due(judge->calendar, term, since);
    return count.beyond_published ? gjr_count_latest(judge->calendar, term, &count).due : count.due;
}

static gj_instant due_of(const gjr_sitting *step, uint32_t relation, const gjr_recall *recall)
{
    return gjr_follow_due(step->judge, gjr_relation_row(step, relation), recall->at);
}

static bool is_open(const gjr_recall *recall)
{
    return (recall->flags & (GJR_RECALL_USED | GJR_RECALL_FOUND)) == GJR_RECALL_USED;
}

/* An act came in time of which it is not known whether it follows. */
static bool is_unsure(const gjr_recall *recall)
{
    return (recall->flags & GJR_RECALL_UNSURE) != 0;
}

static bool is_found(const gjr_recall *recall)
{
    return (recall->flags & GJR_RECALL_FOUND) != 0;
}

static gjr_recall *recall_get(const gjr_sitting *step, uint32_t relation, uint32_t i)
{
    return gjr_recall_get(step->judged, relation, i);
}

static uint32_t count_of(const gjr_sitting *step, uint32_t relation)
{
    return gjr_recall_count(step->judged, relation);
}

/* The next relation that remembers something and misses it when time passes, or GJR_NONE. */
static uint32_t timed_next(const gjr_sitting *step, uint32_t from)
{
    uint32_t found = gjr_recall_next(step->judged, from);
    while (found != GJR_NONE && (gjr_relation_rule(step, found)->kind != GJR_RULE_FOLLOWED ||
                                 gjr_relation_row(step, found)->length == 0)) {
        found = gjr_recall_next(step->judged, found + 1);
    }
    return found;
}

/* ---- findings ---- */

/* What was noted from `first` on was found of that act, by an event or by none. */
static void notes_settle(gjr_sitting *step, size_t first, uint32_t relation,
                         const gjr_recall *recall, gj_instant at, bool by_event)
{
    for (size_t i = first; i < step->raised_count; i++) {
        gjr_raised *raised = &step->raised[i];
        gjr_relation_name(step, relation, recall, raised);
        raised->by_event = by_event;
        raised->at = at;
        raised->relation.until = at;
        gjr_sitting_place(step, raised, gjr_relation_rule(step, relation)->region);
    }
}

/* It did not follow: found, unless an exception holds, and then it is asked for no more; nor where
 * it may have, which is undecided. */
static void miss(gjr_sitting *step, uint32_t relation, gjr_recall *recall, gj_instant at,
                 bool by_event)
{
    size_t first = step->raised_count;
    if (is_unsure(recall)) {
        gjr_recall_free(step->judged, relation, recall);
        return;
    }
    gjr_raised *raised = gjr_rules_note(step, gjr_relation_row(step, relation)->rule, GJ_NOT_DONE);
    if (raised != NULL) {
        recall->finding = raised->ordinal;
        recall->flags |= GJR_RECALL_FOUND;
    }
    notes_settle(step, first, relation, recall, at, by_event);
    if (raised == NULL) {
        gjr_recall_free(step->judged, relation, recall);
    }
}

/* The finding once more. */
static void note_again(gjr_sitting *step, uint32_t relation, const gjr_recall *recall,
                       gj_finding_status status, gj_instant until, bool by_event)
{
    size_t first = step->raised_count;
    gjr_raised *raised = gjr_sitting_add_again(step, GJ_NOT_DONE, recall->finding);
    if (raised == NULL) {
        return;
    }
    uint32_t rule = gjr_relation_row(step, relation)->rule;
    gjr_clause by = gjr_clause_of_rule(step, rule);
    raised->subject = GJ_SUBJECT_RULE;
    raised->subject_index = rule;
    raised->position = by.position;
    raised->basis_first = by.basis_first;
    raised->basis_count = by.basis_count;
    raised->severity = (gj_severity)gjr_relation_rule(step, relation)->severity;
    raised->status = status;
    notes_settle(step, first, relation, recall, until, by_event);
}

/* ---- acts ---- */

bool gjr_follow_may_begin(const gjr_sitting *step, uint32_t relation)
{
    return gjr_case_state(step->judged)->closed_at == GJ_NEVER &&
           !gjr_regions_is_through(step, gjr_relation_rule(step, relation)->region);
}

void gjr_follow_begin(gjr_sitting *step, uint32_t relation, uint32_t role)
{
    gjr_recall *recall = gjr_relation_remember(step, relation, role);
    gjr_state *state = gjr_case_state(step->judged);
    if (recall != NULL) {
        gjr_keeps_take(step, relation, recall);
        gj_instant due = due_of(step, relation, recall);
        state->look_at = due < state->look_at ? due : state->look_at;
    }
}

void gjr_follow_doubt(gjr_sitting *step, uint32_t relation, size_t lacking)
{
    const gjr_relation *row = gjr_relation_row(step, relation);
    gjr_lacks_await(step, lacking, GJR_NONE, gjr_follow_due(step->judge, row, step->as_of));
}

/* Whether an act of which it is not known that it had to be followed is so by now: then nothing
 * hangs on that. */
static void doubts_hear(gjr_sitting *step, uint32_t rule, uint32_t role)
{
    uint32_t when = step->judge->rows->roles[role].when;
    if (gjr_lacks_awaits(step, rule) && gjr_condition_truth(step, when) == GJR_TRUTH_TRUE) {
        gjr_lacks_follow(step, rule, step->as_of);
    }
}

/* The region has come to its end: of rules without a time nothing follows any more. */
static void doubts_check_end(gjr_sitting *step, uint32_t region)
{
    for (size_t i = 0; i < gjr_lacks_count(step); i++) {
        uint32_t rule = step->lacks->items[i].rule;
        if (step->judge->rows->rules[rule].region == region) {
            gjr_lacks_settle(step, rule);
        }
    }
}

/* It is through: what has time left is asked for no more. */
static void doubts_close(gjr_sitting *step, uint32_t region)
{
    const gjr_rows *rows = step->judge->rows;
    for (uint32_t rule = 0; gjr_lacks_count(step) > 0 && rule < rows->rule_count; rule++) {
        if (gjr_lacks_awaits(step, rule) &&
            gjr_rows_is_within(rows, rows->rules[rule].region, region)) {
            gjr_lacks_follow(step, rule, step->event->at);
        }
    }
}

/* It has followed. One that the law deems done as of before it was missed did so in time. */
static void settle(gjr_sitting *step, uint32_t relation, gjr_recall *recall)
{
    gj_instant due = due_of(step, relation, recall);
    if (is_open(recall) && due <= step->as_of) {
        miss(step, relation, recall, due, false);
    }
    if ((recall->flags & GJR_RECALL_USED) == 0) { /* an exception let it be */
        return;
    }
    if (is_found(recall)) {
        bool in_time = step->as_of < due && due != GJ_NEVER;
        note_again(step, relation, recall, in_time ? GJ_WITHDRAWN : GJ_CLOSED, step->as_of,
                   !in_time);
    }
    gjr_lacks_meet(step, gjr_relation_row(step, relation)->rule, recall->moment);
    gjr_recall_free(step->judged, relation, recall);
}

/* It may have followed, for what the rule lacks from there on: where that was in time nothing is
 * found of it, and where it was too late that is certain. */
static void settle_unsure(gjr_sitting *step, uint32_t relation, gjr_recall *recall, size_t lacking)
{
    gj_instant due = due_of(step, relation, recall);
    gjr_lacks_await(step, lacking, recall->moment, due);
    if (is_open(recall) && step->as_of < due) {
        recall->flags |= GJR_RECALL_UNSURE;
    } else if (is_found(recall) && step->as_of < due && due != GJ_NEVER) {
        note_again(step, relation, recall, GJ_WITHDRAWN, step->as_of, false);
        gjr_recall_free(step->judged, relation, recall);
    }
}

void gjr_follow_hear(gjr_sitting *step, uint32_t relation, uint32_t role)
{
    uint32_t rule = gjr_relation_row(step, relation)->rule;
    for (uint32_t i = 0; i < count_of(step, relation); i++) {
        gjr_recall *recall = recall_get(step, relation, i);
        gjr_truth follows = GJR_TRUTH_FALSE;
        size_t lacking = gjr_lacks_count(step);
        if ((recall->flags & GJR_RECALL_USED) != 0) {
            gjr_keeps_show(step, relation, recall);
            follows = gjr_condition_of_role(step, rule, role);
            gjr_keeps_hide(step, relation);
        }
        if (follows == GJR_TRUTH_TRUE) {
            settle(step, relation, recall);
        } else if (follows == GJR_TRUTH_UNKNOWN) {
            settle_unsure(step, relation, recall, lacking);
        }
    }
    doubts_hear(step, rule, role);
}

/* ---- time ---- */

gj_instant gjr_follow_next(const gjr_sitting *step)
{
    gj_instant next = GJ_NEVER;
    for (uint32_t i = timed_next(step, 0); i != GJR_NONE; i = timed_next(step, i + 1)) {
        for (uint32_t j = 0; j < count_of(step, i); j++) {
            const gjr_recall *recall = recall_get(step, i, j);
            gj_instant due = is_open(recall) ? due_of(step, i, recall) : GJ_NEVER;
            next = due < next ? due : next;
        }
    }
    return next;
}

/* What the sitting was about before time came to an instant. */
typedef struct interrupted {
    const gjr_event *event;
    gj_instant at;
    gj_day today;
    size_t raised_since;
} interrupted;

/* Conditions are asked as of that instant, about no event. */
static interrupted begin(gjr_sitting *step, const gjr_event *nobody)
{
    interrupted was = {step->event, step->facts.at, step->facts.today, step->raised_since};
    step->event = nobody;
    step->facts.at = nobody->at;
    step->facts.today = nobody->day;
    step->facts.actions = gjr_case_done(step->judged);
    step->raised_since = step->raised_count;
    return was;
}

static void end(gjr_sitting *step, const interrupted *was)
{
    step->event = was->event;
    step->facts.at = was->at;
    step->facts.today = was->today;
    step->raised_since = was->raised_since;
}

void gjr_follow_reach(gjr_sitting *step, gj_instant at)
{
    gjr_event nobody = {.at = at,
                        .day = gjr_calendar_day_of(step->judge->calendar, at),
                        .action = GJR_NONE,
                        .post = GJR_NONE,
                        .department = GJR_NONE};
    for (uint32_t i = timed_next(step, 0); i != GJR_NONE; i = timed_next(step, i + 1)) {
        for (uint32_t j = 0; j < count_of(step, i); j++) {
            gjr_recall *recall = recall_get(step, i, j);
            if (is_open(recall) && due_of(step, i, recall) <= at) {
                interrupted was = begin(step, &nobody);
                miss(step, i, recall, at, false);
                end(step, &was);
            }
        }
    }
}

/* ---- ends ---- */

void gjr_follow_check_end(gjr_sitting *step, uint32_t region)
{
    for (uint32_t i = gjr_recall_next(step->judged, 0); i != GJR_NONE;
         i = gjr_recall_next(step->judged, i + 1)) {
        const gjr_rule *rule = gjr_relation_rule(step, i);
        bool asked = rule->kind == GJR_RULE_FOLLOWED && rule->region == region &&
                     gjr_relation_row(step, i)->length == 0;
        for (uint32_t j = 0; asked && j < count_of(step, i); j++) {
            gjr_recall *recall = recall_get(step, i, j);
            if (is_open(recall)) {
                miss(step, i, recall, step->event->at, true);
            }
        }
    }
    doubts_check_end(step, region);
}

void gjr_follow_close(gjr_sitting *step, uint32_t region)
{
    const gjr_rows *rows = step->judge->rows;
    for (uint32_t i = gjr_recall_next(step->judged, 0); i != GJR_NONE;
         i = gjr_recall_next(step->judged, i + 1)) {
        const gjr_rule *rule = gjr_relation_rule(step, i);
        bool through =
            rule->kind == GJR_RULE_FOLLOWED && gjr_rows_is_within(rows, rule->region, region);
        for (uint32_t j = 0; through && j < count_of(step, i); j++) {
            gjr_recall *recall = recall_get(step, i, j);
            if (is_open(recall)) {
                gjr_recall_free(step->judged, i, recall);
            }
        }
    }
    doubts_close(step, region);
}

void gjr_follow_count(gjr_sitting *step)
{
    const gjr_state *state = gjr_case_state(step->judged);
    gj_instant until = state->closed_at < state->clock ? state->closed_at : state->clock;
    for (uint32_t i = timed_next(step, 0); i != GJR_NONE; i = timed_next(step, i + 1)) {
        for (uint32_t j = 0; j < count_of(step, i); j++) {
            const gjr_recall *recall = recall_get(step, i, j);
            gj_instant due = is_found(recall) ? due_of(step, i, recall) : 0;
            if (is_found(recall)) {
                note_again(step, i, recall, GJ_OPEN, until < due ? due : until, false);
            }
        }
    }
}
