/* SPDX-License-Identifier: Apache-2.0
 *
 * What a live docket tells of its findings as they come, change and go. */
#include "engine/live.h"
#include "judge/finding.h"

gj_status gjr_live_finding(gj_live *live, uint32_t of, const gjr_note *note, gj_finding *finding)
{
    gjr_event event;
    bool by_event = note->turn.root != GJB_INDEX_NONE;
    const gj_docket *docket = note->past != NULL ? note->past->docket : live->docket;
    if (by_event) {
        gjr_turn_event(&docket->records, &note->turn, &event);
    }
    return gjr_finding_make(docket->judge, live->docket->roll.cases[of].id, &note->raised,
                            by_event ? &event : NULL, &live->arena, finding);
}

/* Where the case stands, or would begin. */
static uint32_t stage_of(const gj_live *live, uint32_t of)
{
    const gjr_case *judged = gjr_cases_get(&live->cases, of);
    return gjr_case_is_new(judged) ? live->cases.judge->rows->regions[0].initial
                                   : gjr_case_stage(judged);
}

gj_status gjr_live_future(gj_live *live, uint32_t of, gjr_turn turn, gj_finding *finding)
{
    gjr_event event;
    gjr_turn_event(&live->docket->records, &turn, &event);
    gjr_raised raised = {
        .code = GJ_FUTURE,
        .severity = GJ_NOTICE,
        .subject = GJ_SUBJECT_ACTION,
        .subject_index = event.action,
        .stage = stage_of(live, of),
        .stage_after = stage_of(live, of),
        .transition = GJR_NONE,
        .condition = GJR_NONE,
        .sets = GJR_NONE,
        .law = {.limit = GJR_NONE, .effect = GJR_NONE},
        .at = event.at,
        .by_event = true,
    };
    return gjr_finding_make(live->cases.judge, live->docket->roll.cases[of].id, &raised, &event,
                            &live->arena, finding);
}

static void cause_take(const gj_live *live, gjr_cause cause, gj_revision *revision)
{
    const gjr_records *records = &live->docket->records;
    revision->cause = cause.kind;
    if (cause.record != GJB_INDEX_NONE) {
        const gjr_record *record = gjr_records_get(records, cause.record);
        revision->cause_id = gjr_records_id(records, cause.record);
        revision->cause_source = gjr_deeds_get(&records->deeds, record->deed)->source_text;
        revision->cause_line = record->line;
    }
}

void gjr_live_tell(gj_live *live, gj_change change, const gj_finding *before,
                   const gj_finding *after, gjr_cause cause)
{
    if (live->options.on_revision == NULL || live->has_stopped) {
        return;
    }
    gj_finding gone;
    gj_revision revision = {.change = change, .finding = after, .now = live->now};
    if (change == GJ_FINDING_WITHDRAWN) {
        gone = *before;
        gone.status = GJ_WITHDRAWN;
        revision.finding = &gone;
    } else if (change == GJ_FINDING_CHANGED) {
        revision.before = before;
    }
    cause_take(live, cause, &revision);
    if (cause.recount != NULL) {
        revision.recounted = gjr_recount_of(cause.recount, before, after, &live->arena);
    }
    live->has_stopped = !live->options.on_revision(live->options.payload, &revision);
}

static bool stands(const gjr_note *note)
{
    return note != NULL && note->raised.status != GJ_WITHDRAWN;
}

static gj_status fresh_tell(gj_live *live, uint32_t of, const gjr_note *note, gjr_cause cause)
{
    bool was = stands(note->before), is = stands(note);
    gj_finding before, after;
    gj_status status = was ? gjr_live_finding(live, of, note->before, &before) : GJ_OK;
    status = is && status == GJ_OK ? gjr_live_finding(live, of, note, &after) : status;
    if (status == GJ_OK && (was || is)) {
        gjr_live_tell(live,
                      !was  ? GJ_FINDING_ADDED
                      : !is ? GJ_FINDING_WITHDRAWN
                            : GJ_FINDING_CHANGED,
                      &before, &after, cause);
    }
    return status;
}

gj_status gjr_live_tell_fresh(gj_live *live, uint32_t of, gjr_cause cause)
{
    gj_status status = GJ_OK;
    for (size_t i = 0; i < live->step.raised_count && status == GJ_OK; i++) {
        gjr_note *note = live->items[of].notes[live->step.raised[i].ordinal];
        if (note->fresh && live->options.on_revision != NULL) {
            status = fresh_tell(live, of, note, cause);
        }
        gjr_note_settle(live->cases.judge->allocator, note);
    }
    return status;
}
