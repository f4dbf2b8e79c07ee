/* SPDX-License-Identifier: Apache-2.0
 *
 * Other revisions of calendars. Which cases the changed days can touch is told from what each
 * knows of days (judge/reach.h); those are judged anew from their history as after a correction
 * (anew.c), all others stand as they are. */
#include "engine/recount.h"

#include "base/hash.h"
#include "base/text.h"
#include "engine/live.h"

#include <string.h>

/* ---- whether it may be put in place ---- */

static bool walls_are_equal(const gj_calendar *a, const gj_calendar *b)
{
    return a == b ||
           (a != NULL && b != NULL &&
            gjr_zone_equal(&gjr_calendar_get_plan(a)->zone, &gjr_calendar_get_plan(b)->zone));
}

bool gjr_live_may_recount(const gj_judge *was, const gj_judge *is)
{
    const gj_allocator *old = was->allocator, *new = is->allocator;
    return memcmp(was->identity, is->identity, GJB_HASH_SIZE) == 0 && old->resize == new->resize &&
           old->payload == new->payload &&walls_are_equal(was->calendar, is->calendar);
}

/* ---- why ---- */

static gj_day published_of(const gj_calendar *calendar)
{
    return calendar == NULL ? GJ_NO_DAY : gjr_calendar_get_plan(calendar)->published_through;
}

/* The calendar whose change is the reason: that by which the limit is counted, where it has
 * changed; of what no limit says, or of one that stands otherwise for what another has found, the
 * first that has changed between the days. */
static const gjr_changes *changes_of(const gjr_recount *recount, gj_text revision, gj_day from,
                                     gj_day to)
{
    const gjr_changes *found = NULL;
    for (uint32_t i = 0; i < recount->change_count; i++) {
        const gjr_changes *one = &recount->changes[i];
        if (!gjr_changes_touch(one, from, to)) {
            continue;
        }
        bool counts =
            (one->was != NULL && gjb_text_equal(gj_calendar_revision(one->was), revision)) ||
            (one->is != NULL && gjb_text_equal(gj_calendar_revision(one->is), revision));
        found = counts || found == NULL ? one : found;
    }
    return found == NULL ? &recount->changes[0] : found;
}

static const gj_recounted *recounted_make(const gjr_changes *changes, gj_day from, gj_day to,
                                          gjb_arena *arena)
{
    gj_recounted *recounted = gjb_arena_make(arena, 1, sizeof *recounted);
    if (recounted == NULL) {
        return NULL;
    }
    *recounted = (gj_recounted){
        .published_was = published_of(changes->was),
        .published_is = published_of(changes->is),
        .hours = changes->hours,
    };
    if (changes->was != NULL && changes->is != NULL) {
        recounted->was = gj_calendar_revision(changes->was);
        recounted->is = gj_calendar_revision(changes->is);
    }
    recounted->days = gjr_changes_within(changes, from, to, arena, &recounted->day_count);
    return recounted;
}

static void day_take(gj_day day, gjr_extent *extent)
{
    if (day != GJ_NO_DAY) {
        extent->first = day < extent->first ? day : extent->first;
        extent->last = day > extent->last ? day : extent->last;
    }
}

/* The days between which a limit was counted. */
static void counted_take(const gj_judge *judge, const gj_finding *finding, gjr_extent *extent)
{
    if (finding == NULL || !finding->has_due) {
        return;
    }
    const gj_counted *counted = &finding->counted;
    day_take(counted->start_day, extent);
    day_take(counted->due_day, extent);
    day_take(counted->due_earliest, extent);
    day_take(counted->due_latest, extent);
    day_take(counted->raw_due_day, extent);
    if (counted->until != GJ_NEVER) {
        day_take(gjr_calendar_day_of(judge->calendar, counted->until), extent);
    }
}

const gj_recounted *gjr_recount_of(const gjr_recount *recount, const gj_finding *before,
                                   const gj_finding *after, gjb_arena *arena)
{
    gjr_extent extent = gjr_extent_empty;
    counted_take(recount->was, before, &extent);
    counted_take(recount->is, after, &extent);
    extent = extent.first > extent.last ? recount->at_hand : extent;
    gj_text revision = after != NULL ? after->counted.calendar : before->counted.calendar;
    return recounted_make(changes_of(recount, revision, extent.first, extent.last), extent.first,
                          extent.last, arena);
}

/* ---- when limits fall due ---- */

static bool is_same_limit(const gj_limit_note *a, const gj_limit_note *b)
{
    return a->since == b->since && gjb_text_equal(a->limit, b->limit) &&
           gjb_text_equal(a->key, b->key) && gjb_text_equal(a->branch, b->branch);
}

static const gj_limit_note *limit_find(const gj_case_result *in, const gj_limit_note *like)
{
    for (size_t i = 0; i < in->limit_count; i++) {
        if (is_same_limit(&in->limits[i], like)) {
            return &in->limits[i];
        }
    }
    return NULL;
}

static bool is_due_alike(const gj_limit_note *a, const gj_limit_note *b)
{
    return a->due == b->due && a->due_earliest == b->due_earliest &&
           a->due_latest == b->due_latest && a->due_open == b->due_open;
}

static bool due_tell(gj_live *live, const gjr_recount *recount, gj_text case_id,
                     const gj_limit_note *before, const gj_limit_note *after)
{
    const gj_judge *judge = recount->is;
    gjr_extent extent = gjr_extent_empty;
    day_take(gjr_calendar_day_of(judge->calendar, before->since), &extent);
    day_take(before->due_latest, &extent);
    day_take(after->due_latest, &extent);
    const gj_recounted *recounted =
        recounted_make(changes_of(recount, after->calendar, extent.first, extent.last),
                       extent.first, extent.last, &live->arena);
    gj_due_revision revision = {
        .case_id = case_id,
        .before = before,
        .after = after,
        .now = live->now,
        .now_offset_s = gjr_calendar_offset(judge->calendar, live->now),
        .recounted = recounted,
    };
    const gj_recounting *recounting = recount->recounting;
    live->has_stopped = recounted != NULL && !recounting->on_due(recounting->payload, &revision);
    return recounted != NULL;
}

gj_status gjr_recount_tell_due(gj_live *live, const gjr_recount *recount,
                               const gj_case_result *before, const gj_case_result *after)
{
    bool made = true;
    for (size_t i = 0; made && i < after->limit_count && !live->has_stopped; i++) {
        const gj_limit_note *is = &after->limits[i], *was = limit_find(before, is);
        if (was != NULL && !is_due_alike(was, is)) {
            made = due_tell(live, recount, after->case_id, was, is);
        }
    }
    return made ? GJ_OK : GJ_NO_MEMORY;
}

/* ---- every case ---- */

void gjr_live_put_judge(gj_live *live, const gj_judge *judge)
{
    live->docket->judge = judge;
    live->docket->records.judge = judge;
    live->docket->records.deeds.judge = judge;
    live->cases.judge = judge;
    live->step.judge = judge;
}

/* What the case has taken in up to the clock. */
static gj_status extent_find(gj_live *live, uint32_t of, gjr_extent *extent)
{
    const gjr_records *records = &live->docket->records;
    gjr_history history;
    gj_status status = gjr_history_make(live->docket, of, &live->arena, &history);
    *extent = gjr_extent_empty;
    for (size_t i = 0; status == GJ_OK && i < history.count &&
                       gjr_turn_at(records, &history.turns[i]) <= live->now;
         i++) {
        gjr_event event;
        gjr_turn_event(records, &history.turns[i], &event);
        gjr_extent_add(extent, live->cases.judge, &event);
    }
    return status;
}

/* The days that it can have looked at, and those that it would look at now. */
static void reach_find(gjr_recount *recount, gjr_extent extent)
{
    gjr_extent was = gjr_reach_from(&recount->reach_was, recount->was, extent);
    gjr_extent is = gjr_reach_from(&recount->reach_is, recount->is, extent);
    recount->at_hand.first = was.first < is.first ? was.first : is.first;
    recount->at_hand.last = was.last > is.last ? was.last : is.last;
}

/* Whether the case at hand can have looked at a day that has changed. */
static bool is_touched(const gjr_recount *recount)
{
    bool touched = false;
    for (uint32_t i = 0; !touched && i < recount->change_count; i++) {
        touched =
            gjr_changes_touch(&recount->changes[i], recount->at_hand.first, recount->at_hand.last);
    }
    return touched;
}

static gj_status case_recount(gj_live *live, uint32_t of, gjr_recount *recount)
{
    const gjr_outlook nothing = {gjr_no_turn, gjr_no_turn};
    gjr_extent extent;
    gjb_arena_reset(&live->arena);
    gjr_live_put_judge(live, recount->was);
    gj_status status = extent_find(live, of, &extent);
    if (status == GJ_OK && extent.events > 0) {
        reach_find(recount, extent);
        if (is_touched(recount)) {
            gjr_cause cause = {GJ_CAUSE_CALENDAR, GJB_INDEX_NONE, recount};
            status = gjr_live_anew(live, of, nothing, cause);
        }
    }
    gjr_cases_get(&live->cases, of)->judge = recount->is;
    return status;
}

static gj_status changes_find(gjr_recount *recount)
{
    uint32_t count = recount->is->rows->calendar_name_count;
    gj_status status = GJ_OK;
    recount->change_count = count > 0 ? count : 1;
    for (uint32_t i = 0; i < recount->change_count && status == GJ_OK; i++) {
        status = gjr_changes_find(recount->was->calendars[i].calendar,
                                  recount->is->calendars[i].calendar, &recount->arena,
                                  &recount->changes[i]);
    }
    return status;
}

static gj_status all_recount(gj_live *live, gjr_recount *recount)
{
    gj_status status = changes_find(recount);
    recount->reach_was = gjr_reach_of(recount->was);
    recount->reach_is = gjr_reach_of(recount->is);
    for (uint32_t i = 0; i < live->cases.count && status == GJ_OK; i++) {
        status = case_recount(live, i, recount);
    }
    gjr_live_put_judge(live, recount->is);
    return status;
}

gj_status gj_live_calendar(gj_live *live, const gj_judge *judge, const gj_recounting *recounting)
{
    if (live == NULL || judge == NULL || live->is_broken ||
        (recounting != NULL && recounting->size < sizeof *recounting) ||
        live->cases.judge->rows != judge->rows || !gjr_live_may_recount(live->cases.judge, judge)) {
        return GJ_BAD_ARGUMENT;
    }
    return gjr_live_recount(live, judge, recounting);
}

gj_status gjr_live_recount(gj_live *live, const gj_judge *judge, const gj_recounting *recounting)
{
    gjr_recount recount = {.was = live->cases.judge, .is = judge, .recounting = recounting};
    gjb_arena_init(&recount.arena, judge->allocator);
    live->has_stopped = false;
    gj_status status = all_recount(live, &recount);
    gjb_arena_deinit(&recount.arena);
    live->is_broken = status != GJ_OK;
    return status;
}
