/* SPDX-License-Identifier: Apache-2.0
 *
 * See acts.h. */
#include "judge/acts.h"

#include "image/image.h"
#include "judge/conditions.h"
#include "judge/decisions.h"
#include "judge/powers.h"
#include "judge/values.h"

/* ---- transitions ---- */

uint32_t gjr_acts_choose_transition(gjr_sitting *step, uint32_t first, uint32_t count)
{
    uint32_t unknown = GJR_NONE;
    for (uint32_t i = first; i < first + count; i++) {
        uint32_t when = step->judge->rows->transitions[i].when;
        gjr_truth holds = gjr_condition_truth(step, when);
        if (holds == GJR_TRUTH_TRUE) {
            return i;
        }
        if (holds == GJR_TRUTH_UNKNOWN) {
            gjr_clause by = gjr_clause_of_transition(step, i);
            gjr_condition_note_unknown(step, when, &by, GJR_NONE);
            unknown = unknown == GJR_NONE ? i : unknown;
        }
    }
    if (unknown != GJR_NONE) {
        return unknown;
    }
    gjr_clause by = gjr_clause_of_transition(step, first);
    gjr_raised *raised =
        gjr_clause_note(step, GJ_CONDITION_UNMET, GJ_SUBJECT_ACTION, by.index, &by);
    if (raised != NULL) {
        raised->transition = first;
        gjr_values_take(step, step->judge->rows->transitions[first].when, raised);
        gjr_decisions_take(step, step->judge->rows->transitions[first].when, raised);
    }
    return first;
}

static void check_times(gjr_sitting *step, uint32_t transition)
{
    const gjr_transition *row = &step->judge->rows->transitions[transition];
    uint32_t place = gjr_rows_cell(step->judge->rows, row->stage, row->action)->place;
    uint32_t times = *gjr_case_times(step->judged, place);
    if (times < row->times_max) {
        return;
    }
    gjr_clause by = gjr_clause_of_transition(step, transition);
    gjr_raised *raised = gjr_clause_note(step, GJ_REPEATED, GJ_SUBJECT_ACTION, row->action, &by);
    if (raised != NULL) {
        raised->transition = transition;
        raised->times = times + 1;
        raised->times_allowed = row->times_max;
    }
}

/* ---- documents ---- */

/* Required here, unless its own `when` says no. */
static bool is_required(gjr_sitting *step, uint32_t document, bool listed)
{
    const gjr_document *row = &step->judge->rows->documents[document];
    switch ((gjr_need)row->need) {
    case GJR_NEED_OPTIONAL:
        return listed;
    case GJR_NEED_WHEN: {
        gjr_truth holds = gjr_condition_truth(step, row->when);
        if (holds == GJR_TRUTH_UNKNOWN && !gjr_case_has_document(step->judged, document)) {
            gjr_clause by = gjr_clause_of_document(step, document);
            gjr_condition_note_unknown(step, row->when, &by, GJR_NONE);
        }
        return holds == GJR_TRUTH_TRUE;
    }
    case GJR_NEED_REQUIRED:
    case GJR_NEED_COUNT:
        break;
    }
    return true;
}

typedef struct documents {
    uint32_t *missing, *present;
    uint32_t missing_count, present_count;
} documents;

static void document_take(gjr_sitting *step, uint32_t document, bool listed, documents *found)
{
    if (!is_required(step, document, listed)) {
        return;
    }
    if (gjr_case_has_document(step->judged, document)) {
        found->present[found->present_count++] = document;
    } else {
        found->missing[found->missing_count++] = document;
    }
}

static void check_documents(gjr_sitting *step, uint32_t transition)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_transition *row = &rows->transitions[transition];
    bool listed = row->needs == GJR_NEEDS_LISTED;
    uint32_t count = listed ? row->documents_count : rows->document_count;
    documents found = {.missing = gjb_arena_make(&step->arena, count, sizeof(uint32_t)),
                       .present = gjb_arena_make(&step->arena, count, sizeof(uint32_t))};
    if (found.missing == NULL || found.present == NULL) {
        step->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        document_take(step, listed ? rows->document_refs[row->documents_first + i].document : i,
                      listed, &found);
    }
    if (found.missing_count == 0) {
        return;
    }
    gjr_clause by = gjr_clause_of_transition(step, transition);
    gjr_raised *raised =
        gjr_clause_note(step, GJ_MISSING_DOCUMENT, GJ_SUBJECT_DOCUMENT, found.missing[0], &by);
    if (raised != NULL) {
        raised->transition = transition;
        raised->missing = found.missing;
        raised->present = found.present;
        raised->missing_count = found.missing_count;
        raised->present_count = found.present_count;
        for (uint32_t i = 0; i < found.missing_count; i++) {
            gjr_decisions_take(step, rows->documents[found.missing[i]].when, raised);
        }
    }
}

void gjr_acts_check_transition(gjr_sitting *step, uint32_t transition)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_transition *row = &rows->transitions[transition];
    if (row->posts_count > 0 || rows->actions[row->action].powers_count > 0) {
        gjr_powers_check_grant(step, row->action, transition);
    }
    if (row->times_max > 0) {
        check_times(step, transition);
    }
    if (row->needs != GJR_NEEDS_NOTHING) {
        check_documents(step, transition);
    }
}
