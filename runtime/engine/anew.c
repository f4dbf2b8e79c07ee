/* SPDX-License-Identifier: Apache-2.0
 *
 * A case judged anew. What was found before and what is found now are held against each other by
 * identity (judge/revise.h), and each difference is told with what was told that made it. */
#include "base/text.h"
#include "engine/live.h"
#include "engine/standing.h"
#include "judge/finding.h"
#include "judge/revise.h"

/* The findings of one side; made in the arena. */
typedef struct side {
    gj_finding *findings;
    const gjr_note **notes; /* of each, or NULL: of what lies ahead */
    gjr_found *found;
    size_t count;
} side;

typedef struct comparison {
    gj_live *live;
    uint32_t of;
    gjr_cause cause;
    side before, after;
    bool has_failed; /* memory has ended */
} comparison;

static gj_status side_init(gj_live *live, side *to, uint32_t note_count)
{
    size_t count = (size_t)note_count + 1;
    to->count = 0;
    to->findings = gjb_arena_make(&live->arena, count, sizeof *to->findings);
    to->notes = gjb_arena_make(&live->arena, count, sizeof *to->notes);
    to->found = gjb_arena_make(&live->arena, count, sizeof *to->found);
    bool made = to->findings != NULL && to->notes != NULL && to->found != NULL;
    return made ? GJ_OK : GJ_NO_MEMORY;
}

/* Takes in the finding that was made last, which stands behind those counted. */
static void side_add(side *to, const gjr_note *note)
{
    to->notes[to->count] = note;
    to->found[to->count] =
        (gjr_found){.id = to->findings[to->count].id, .index = (uint32_t)to->count};
    to->count++;
}

static gj_status notes_add(gj_live *live, uint32_t of, const gjr_live_case *item, side *to)
{
    gj_status status = side_init(live, to, item->note_count);
    for (uint32_t i = 0; i < item->note_count && status == GJ_OK; i++) {
        if (item->notes[i]->raised.status != GJ_WITHDRAWN) {
            status = gjr_live_finding(live, of, item->notes[i], &to->findings[to->count]);
            side_add(to, item->notes[i]);
        }
    }
    return status;
}

static gj_status future_add(gj_live *live, uint32_t of, gjr_turn turn, side *to)
{
    if (turn.content == GJB_INDEX_NONE) {
        return GJ_OK;
    }
    gj_status status = gjr_live_future(live, of, turn, &to->findings[to->count]);
    side_add(to, NULL);
    return status;
}

/* ---- comparing ---- */

/* Two that another calendar counts alike differ in the name of the revision alone. */
static gj_finding without_revision(const gj_finding *finding)
{
    gj_finding bare = *finding;
    bare.counted.calendar = (gj_text){NULL, 0};
    return bare;
}

/* To the letter. */
static bool are_printed_alike(comparison *with, const gj_finding *before, const gj_finding *after)
{
    gjb_buffer left, right;
    gjb_buffer_init(&left, with->live->cases.judge->allocator);
    gjb_buffer_init(&right, with->live->cases.judge->allocator);
    gjr_finding_print(before, GJ_EN, &left);
    gjr_finding_print(after, GJ_EN, &right);
    with->has_failed = with->has_failed || left.failed || right.failed;
    bool alike = gjb_text_equal(gjb_buffer_text(&left), gjb_buffer_text(&right));
    gjb_buffer_deinit(&left);
    gjb_buffer_deinit(&right);
    return alike;
}

/* Of the same note of the same event the same is said. */
static bool is_same(void *payload, uint32_t before, uint32_t after)
{
    comparison *with = payload;
    const gjr_note *left = with->before.notes[before], *right = with->after.notes[after];
    if (with->cause.recount != NULL) { /* the same note may be counted otherwise */
        gj_finding was = without_revision(&with->before.findings[before]);
        gj_finding is = without_revision(&with->after.findings[after]);
        return are_printed_alike(with, &was, &is);
    }
    return (left != NULL && right != NULL && gjr_note_equal(left, right)) ||
           are_printed_alike(with, &with->before.findings[before], &with->after.findings[after]);
}

static bool tell(void *payload, gj_change change, uint32_t before, uint32_t after)
{
    comparison *with = payload;
    if (with->has_failed) {
        return false;
    }
    gjr_live_tell(
        with->live, change, change != GJ_FINDING_ADDED ? &with->before.findings[before] : NULL,
        change != GJ_FINDING_WITHDRAWN ? &with->after.findings[after] : NULL, with->cause);
    return !with->live->has_stopped;
}

static gj_status sides_compare(comparison *with)
{
    gjr_revise(&(gjr_revising){with->before.found, with->after.found, with->before.count,
                               with->after.count, with, is_same, tell});
    return with->has_failed ? GJ_NO_MEMORY : GJ_OK;
}

/* ---- ahead ---- */

/* What is ahead as it was is not spoken of. */
static gjr_outlook outlook_changed(gjr_outlook outlook)
{
    if (outlook.before.content == outlook.after.content) {
        outlook.before.content = outlook.after.content = GJB_INDEX_NONE;
    }
    return outlook;
}

gj_status gjr_live_look_ahead(gj_live *live, uint32_t of, gjr_outlook outlook, gjr_cause cause)
{
    comparison with = {.live = live, .of = of, .cause = cause};
    if (live->options.on_revision == NULL) {
        return GJ_OK;
    }
    outlook = outlook_changed(outlook);
    gj_status status = side_init(live, &with.before, 0);
    status = status == GJ_OK ? side_init(live, &with.after, 0) : status;
    status = status == GJ_OK ? future_add(live, of, outlook.before, &with.before) : status;
    status = status == GJ_OK ? future_add(live, of, outlook.after, &with.after) : status;
    return status == GJ_OK ? sides_compare(&with) : status;
}

/* ---- anew ---- */

/* Time passes from turn to turn alone, and at the end to the clock. */
static gj_status turn_judge(gj_live *live, uint32_t of, gjr_turn turn)
{
    gjr_event event;
    gjr_turn_event(&live->docket->records, &turn, &event);
    gj_status status = gjr_cases_step(&live->cases, &live->step, of, &event);
    live->items[of].last = turn.root;
    return status == GJ_OK ? gjr_live_keep(live, of, turn) : status;
}

typedef struct passing {
    gj_live *live;
    uint32_t of;
} passing;

static gj_status past_step_take(void *payload, const gjr_past_step *step)
{
    passing *with = payload;
    return gjr_live_keep_of(with->live, with->of, step->step, step->past, step->turn);
}

/* What versions before this one judge of it; *judged are so many turns. */
static gj_status past_judge(gj_live *live, uint32_t of, const gjr_history *history, size_t *judged)
{
    passing with = {live, of};
    gjr_passage passage = {.docket = live->docket,
                           .turns = history->turns,
                           .count = history->count,
                           .is = &live->step,
                           .to = gjr_cases_get(&live->cases, of),
                           .payload = &with,
                           .on_step = past_step_take};
    gj_status status = gjr_passage_judge(&passage);
    *judged = passage.judged;
    if (passage.judged > 0) {
        live->items[of].last = history->turns[passage.judged - 1].root;
    }
    return status;
}

gj_status gjr_live_judge_history(gj_live *live, uint32_t of)
{
    gjr_history history;
    size_t first = 0;
    gj_status status = gjr_history_make(live->docket, of, &live->arena, &history);
    gjr_case_reset(gjr_cases_get(&live->cases, of));
    if (status == GJ_OK && live->docket->past_count > 0) {
        status = past_judge(live, of, &history, &first);
    }
    for (size_t i = first; i < history.count && status == GJ_OK &&
                           gjr_turn_at(&live->docket->records, &history.turns[i]) <= live->now;
         i++) {
        status = turn_judge(live, of, history.turns[i]);
    }
    status = status == GJ_OK ? gjr_live_step_time(live, of, NULL) : status;
    gjr_live_case *item = &live->items[of];
    for (uint32_t i = 0; i < item->note_count; i++) {
        gjr_note_settle(live->cases.judge->allocator, item->notes[i]);
    }
    return status;
}

/* The limits that run, where a calendar has changed and anyone wants to know. */
static gj_status limits_take(gj_live *live, uint32_t of, gjr_cause cause, gj_case_result *result)
{
    const gj_recounting *recounting = cause.recount == NULL ? NULL : cause.recount->recounting;
    gjr_case *judged = gjr_cases_get(&live->cases, of);
    *result = (gj_case_result){.case_id = gj_live_case_id(live, of)};
    if (recounting == NULL || recounting->on_due == NULL || gjr_case_is_new(judged)) {
        return GJ_OK;
    }
    live->step.judged = judged;
    return gjr_standing_make(&live->step, judged, &live->arena, result);
}

/* What was found before, and what lay ahead. */
static gj_status before_take(comparison *with, gjr_outlook outlook)
{
    gj_live *live = with->live;
    gj_status status = notes_add(live, with->of, &live->items[with->of], &with->before);
    return status == GJ_OK ? future_add(live, with->of, outlook.before, &with->before) : status;
}

static gj_status after_take(comparison *with, gjr_outlook outlook)
{
    gj_live *live = with->live;
    gj_status status = notes_add(live, with->of, &live->items[with->of], &with->after);
    status = status == GJ_OK ? future_add(live, with->of, outlook.after, &with->after) : status;
    return status == GJ_OK ? sides_compare(with) : status;
}

static gj_status judge_anew(gj_live *live, uint32_t of, gjr_cause cause)
{
    if (cause.recount != NULL) {
        gjr_live_put_judge(live, cause.recount->is);
        gjr_cases_get(&live->cases, of)->judge = cause.recount->is;
    }
    live->items[of] = (gjr_live_case){.last = GJB_INDEX_NONE};
    return gjr_live_judge_history(live, of);
}

gj_status gjr_live_anew(gj_live *live, uint32_t of, gjr_outlook outlook, gjr_cause cause)
{
    comparison with = {.live = live, .of = of, .cause = cause};
    gjr_live_case old = live->items[of];
    gj_case_result was, is;
    bool told = live->options.on_revision != NULL;
    outlook = outlook_changed(outlook);
    gj_status status = limits_take(live, of, cause, &was);
    status = told && status == GJ_OK ? before_take(&with, outlook) : status;
    if (status != GJ_OK) {
        return status;
    }
    status = judge_anew(live, of, cause);
    status = told && status == GJ_OK ? after_take(&with, outlook) : status;
    status = status == GJ_OK ? limits_take(live, of, cause, &is) : status;
    if (status == GJ_OK && cause.recount != NULL) {
        status = gjr_recount_tell_due(live, cause.recount, &was, &is);
    }
    gjr_live_case_deinit(live, &old);
    return status;
}
