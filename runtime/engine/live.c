/* SPDX-License-Identifier: Apache-2.0
 *
 * The live docket of guiju.h, as far as it takes events in. What is told is kept by a docket
 * (docket.h), so whether an event is good, new, or names another is decided in one place; here
 * stands beside it, of each case, the state that all of it has come to and what was found. */
#include "engine/hands.h"
#include "engine/live.h"

#include "engine/standing.h"
#include "judge/finding.h"
#include "judge/hand.h"

enum { CASES_FIRST = 64, NOTES_FIRST = 2 };

/* ---- life ---- */

static gj_status parts_init(gj_live *live, const gj_judge *judge)
{
    gj_status status = gj_docket_create(judge, &live->docket);
    gjb_arena_init(&live->arena, judge->allocator);
    gjr_cases_init(&live->cases, judge);
    gjr_agenda_init(&live->agenda, judge->allocator, true);
    gjr_agenda_init(&live->ahead, judge->allocator, false);
    status = status == GJ_OK ? gjr_sitting_init(&live->step, judge) : status;
    if (status == GJ_OK) {
        live->step.answers = &live->docket->answers;
    }
    return status;
}

gj_status gj_live_create(const gj_judge *judge, const gj_live_options *options, gj_live **made)
{
    if (judge == NULL || made == NULL || (options != NULL && options->size < sizeof *options)) {
        return GJ_BAD_ARGUMENT;
    }
    gj_live *live = gjb_alloc_create(judge->allocator, 1, sizeof *live);
    *made = NULL;
    if (live == NULL) {
        return GJ_NO_MEMORY;
    }
    live->now = INT64_MIN;
    live->options = options != NULL ? *options : (gj_live_options){.size = sizeof *options};
    live->cases.judge = judge;
    gj_status status = parts_init(live, judge);
    if (status != GJ_OK) {
        gj_live_destroy(live);
        return status;
    }
    *made = live;
    return GJ_OK;
}

gj_status gj_live_answers_write(const gj_live *live, const gj_writer *out)
{
    return live == NULL ? GJ_BAD_ARGUMENT : gj_docket_answers_write(live->docket, out);
}

gj_status gj_live_answers_read(gj_live *live, const void *bytes, size_t size)
{
    return live == NULL ? GJ_BAD_ARGUMENT : gj_docket_answers_read(live->docket, bytes, size);
}

void gjr_live_case_deinit(const gj_live *live, gjr_live_case *item)
{
    const gj_allocator *allocator = live->cases.judge->allocator;
    for (uint32_t i = 0; i < item->note_count; i++) {
        gjr_note_destroy(allocator, item->notes[i]->before);
        gjr_note_destroy(allocator, item->notes[i]);
    }
    gjb_alloc_destroy(allocator, item->notes, item->note_capacity, sizeof *item->notes);
}

void gj_live_destroy(gj_live *live)
{
    if (live == NULL) {
        return;
    }
    const gj_allocator *allocator = live->cases.judge->allocator;
    for (uint32_t i = 0; i < live->cases.count; i++) {
        gjr_live_case_deinit(live, &live->items[i]);
    }
    gjr_cases_deinit(&live->cases);
    gjb_alloc_destroy(allocator, live->items, live->capacity, sizeof *live->items);
    gjb_alloc_destroy(allocator, live->due, live->due_capacity, sizeof *live->due);
    gjr_agenda_deinit(&live->agenda);
    gjr_agenda_deinit(&live->ahead);
    gjr_sitting_deinit(&live->step);
    gjb_arena_deinit(&live->arena);
    gj_docket_destroy(live->docket);
    gjb_alloc_destroy(allocator, live, 1, sizeof *live);
}

const gj_problem *gj_live_problem(const gj_live *live)
{
    return &live->problem;
}

gj_instant gj_live_now(const gj_live *live)
{
    return live->now;
}

gj_instant gj_live_next(const gj_live *live)
{
    gj_instant limit = gjr_agenda_next(&live->agenda), told = gjr_agenda_next(&live->ahead);
    return limit < told ? limit : told;
}

size_t gj_live_case_count(const gj_live *live)
{
    return gj_docket_case_count(live->docket);
}

size_t gj_live_case_find(const gj_live *live, gj_text id)
{
    uint32_t of = gjr_roll_find(&live->docket->roll, id, gjr_roll_hash(id));
    return of == GJB_INDEX_NONE ? GJ_NO_INDEX : of;
}

gj_text gj_live_case_id(const gj_live *live, size_t index)
{
    return gj_docket_case_id(live->docket, index);
}

gj_instant gj_live_last_instant(gj_live *live)
{
    return gj_docket_last_instant(live->docket);
}

gj_status gj_live_report_unmet(gj_live *live, void *payload,
                               bool (*on_problem)(void *payload, const gj_problem *problem))
{
    return live == NULL ? GJ_BAD_ARGUMENT
                        : gj_docket_report_unmet(live->docket, payload, on_problem);
}

/* ---- notes ---- */

static bool notes_grow(gj_live *live, gjr_live_case *item)
{
    uint32_t more = item->note_capacity == 0 ? NOTES_FIRST : item->note_capacity * 2;
    gjr_note **notes = gjb_alloc_resize(live->cases.judge->allocator, item->notes,
                                        item->note_capacity, more, sizeof *notes);
    if (notes == NULL) {
        return false;
    }
    item->notes = notes;
    item->note_capacity = more;
    return true;
}

/* The latest of its ordinal; what was there before it and has been told stays until this is. */
static void note_replace(gj_live *live, gjr_live_case *item, gjr_note *note)
{
    gjr_note *before = item->notes[note->raised.ordinal];
    if (before->fresh) {
        note->before = before->before;
        gjr_note_destroy(live->cases.judge->allocator, before);
    } else {
        note->before = before;
    }
    item->notes[note->raised.ordinal] = note;
}

gj_status gjr_live_hands(gj_live *live, uint32_t of, const gjr_past *past, gjr_raised *raised,
                         size_t count)
{
    gjr_history history = {NULL, 0};
    const gj_docket *docket = past != NULL ? past->docket : live->docket;
    gj_status status = GJ_OK;
    for (size_t i = 0; i < count && status == GJ_OK; i++) {
        if (!gjr_hand_is_asked(&raised[i])) {
            continue;
        }
        if (history.turns == NULL) {
            status = gjr_history_make(live->docket, of, &live->arena, &history);
        }
        const gjr_hands hands = {docket, past != NULL ? docket->judge : live->cases.judge,
                                 history.turns, NULL, history.count};
        status = status == GJ_OK ? gjr_hands_find(&hands, &live->arena, &raised[i]) : status;
    }
    return status;
}

gj_status gjr_live_keep_of(gj_live *live, uint32_t of, const gjr_sitting *step,
                           const gjr_past *past, gjr_turn turn)
{
    gjr_live_case *item = &live->items[of];
    if (gjr_live_hands(live, of, past, step->raised, step->raised_count) != GJ_OK) {
        return GJ_NO_MEMORY;
    }
    for (size_t i = 0; i < step->raised_count; i++) {
        const gjr_raised *raised = &step->raised[i];
        if (raised->ordinal == item->note_capacity && !notes_grow(live, item)) {
            return GJ_NO_MEMORY;
        }
        gjr_note *note = gjr_note_create(live->cases.judge->allocator, raised, turn);
        if (note == NULL) {
            return GJ_NO_MEMORY;
        }
        note->past = past;
        if (raised->ordinal == item->note_count) {
            item->notes[item->note_count++] = note;
        } else {
            note_replace(live, item, note);
        }
    }
    return GJ_OK;
}

gj_status gjr_live_keep(gj_live *live, uint32_t of, gjr_turn turn)
{
    return gjr_live_keep_of(live, of, &live->step, NULL, turn);
}

/* ---- steps ---- */

gj_status gjr_live_step_time(gj_live *live, uint32_t of, const gjr_cause *cause)
{
    gjr_case *judged = gjr_cases_get(&live->cases, of);
    gj_status status = GJ_OK;
    while (status == GJ_OK && gjr_case_step_next(&live->step, judged, live->now, &status)) {
        status = gjr_live_keep(live, of, gjr_no_turn);
        status = status == GJ_OK && cause != NULL ? gjr_live_tell_fresh(live, of, *cause) : status;
    }
    gjr_agenda_put(&live->agenda, of, gjr_case_state(judged)->look_at);
    return status;
}

gj_status gjr_live_step(gj_live *live, uint32_t of, gjr_turn turn, gjr_cause cause)
{
    gjr_event event;
    gjr_turn_event(&live->docket->records, &turn, &event);
    gj_status status = gjr_cases_step(&live->cases, &live->step, of, &event);
    status = status == GJ_OK ? gjr_live_keep(live, of, turn) : status;
    live->items[of].last = turn.root;
    status = status == GJ_OK ? gjr_live_tell_fresh(live, of, cause) : status;
    return status == GJ_OK ? gjr_live_step_time(live, of, &cause) : status;
}

/* ---- taking an event in ---- */

static bool items_grow(gj_live *live)
{
    if (live->cases.count < live->capacity) {
        return true;
    }
    size_t more = live->capacity == 0 ? CASES_FIRST : live->capacity * 2;
    gjr_live_case *items = gjb_alloc_resize(live->cases.judge->allocator, live->items,
                                            live->capacity, more, sizeof *items);
    if (items == NULL) {
        return false;
    }
    live->items = items;
    live->capacity = more;
    return true;
}

/* As many cases as the docket has. */
static gj_status cases_make(gj_live *live)
{
    gj_status status = GJ_OK;
    while (status == GJ_OK && live->cases.count < live->docket->roll.index.count) {
        uint32_t index;
        status = items_grow(live) ? gjr_agenda_reserve(&live->agenda) : GJ_NO_MEMORY;
        status = status == GJ_OK ? gjr_cases_add(&live->cases, &index) : status;
        if (status == GJ_OK) {
            live->items[index] = (gjr_live_case){.last = GJB_INDEX_NONE};
        }
    }
    return status;
}

static gjr_cause cause_of(const gj_live *live, uint32_t record, bool in_order)
{
    uint32_t item = gjr_links_find(&live->docket->links, &live->docket->records, record);
    gjr_link_kind kind =
        item == GJB_INDEX_NONE ? GJR_LINK_NAMED : gjr_links_get(&live->docket->links, item)->kind;
    return (gjr_cause){kind == GJR_LINK_CORRECTS   ? GJ_CAUSE_CORRECTION
                       : kind == GJR_LINK_RETRACTS ? GJ_CAUSE_RETRACTION
                       : in_order                  ? GJ_CAUSE_EVENT
                                                   : GJ_CAUSE_LATE_EVENT,
                       record, NULL};
}

/* What stands of a root before and after what was told. Where nothing was corrected in the case,
 * the root is what was told. False where it means nothing. */
static bool outlook_find(gj_live *live, uint32_t of, uint32_t record, gjr_outlook *outlook)
{
    gj_docket *docket = live->docket;
    outlook->before = (gjr_turn){record, GJB_INDEX_NONE};
    outlook->after = (gjr_turn){record, record};
    if (docket->roll.cases[of].links == GJB_INDEX_NONE) {
        return true;
    }
    uint32_t item = gjr_links_find(&docket->links, &docket->records, record);
    if (item != GJB_INDEX_NONE) {
        uint32_t root = gjr_links_top(&docket->links, item);
        const gjr_link *link = gjr_links_get(&docket->links, root);
        outlook->before.root = link->record;
        outlook->before.content =
            link->record == record || link->retracted ? GJB_INDEX_NONE : link->content;
        gjr_links_settle(&docket->links, &docket->records, docket->roll.cases[of].links);
        if (gjr_links_get(&docket->links, item)->problem != GJ_PROBLEM_NONE) {
            return false;
        }
        outlook->after = gjr_links_turn(&docket->links, &docket->records, link->record);
    }
    return true;
}

/* Whether it comes after all that the case has taken in. */
static bool is_in_order(const gj_live *live, uint32_t of, const gjr_turn *turn)
{
    uint32_t last = live->items[of].last;
    const gj_docket *docket = live->docket;
    gj_instant at = gjr_live_at(live, turn->content);
    if (at < gjr_case_state(gjr_cases_get(&live->cases, of))->clock ||
        at <= gjr_docket_past_until(docket)) {
        return false;
    }
    if (last == GJB_INDEX_NONE) {
        return true;
    }
    gjr_turn before = gjr_links_turn(&docket->links, &docket->records, last);
    return gjr_history_compare(&docket->records, &before, turn) < 0;
}

static gj_status hear(gj_live *live, uint32_t of, uint32_t record)
{
    gjr_outlook outlook;
    if (!outlook_find(live, of, record, &outlook) ||
        outlook.before.content == outlook.after.content) {
        return GJ_OK; /* the same stands as before */
    }
    bool was = outlook.before.content != GJB_INDEX_NONE;
    bool was_ahead = was && gjr_live_at(live, outlook.before.content) > live->now;
    bool is = outlook.after.content != GJB_INDEX_NONE;
    bool is_ahead = is && gjr_live_at(live, outlook.after.content) > live->now;
    if (is_ahead) {
        if (gjr_agenda_reserve(&live->ahead) != GJ_OK) {
            return GJ_NO_MEMORY;
        }
        gjr_agenda_put(&live->ahead, outlook.after.root, gjr_live_at(live, outlook.after.content));
    }
    if (!was && is && !is_ahead && is_in_order(live, of, &outlook.after)) {
        return gjr_live_step(live, of, outlook.after, cause_of(live, record, true));
    }
    bool judged = (was && !was_ahead) || (is && !is_ahead);
    outlook.before.content = was_ahead ? outlook.before.content : GJB_INDEX_NONE;
    outlook.after.content = is_ahead ? outlook.after.content : GJB_INDEX_NONE;
    return judged ? gjr_live_anew(live, of, outlook, cause_of(live, record, false))
                  : gjr_live_look_ahead(live, of, outlook, cause_of(live, record, true));
}

/* Whether what it names lets it mean something. */
static void link_check(gj_live *live, uint32_t record)
{
    gj_problem problem;
    if (gjr_unmet_find(live->docket, record, &problem)) {
        live->problem = problem;
    }
}

gj_status gj_live_add(gj_live *live, const gj_event *event, gj_added *added)
{
    uint32_t record = GJB_INDEX_NONE;
    if (live == NULL || event == NULL || added == NULL || live->is_broken) {
        return GJ_BAD_ARGUMENT;
    }
    live->has_stopped = false;
    gjb_arena_reset(&live->arena);
    gj_status status = gjr_docket_take(live->docket, event, added, &record);
    live->problem = *gj_docket_problem(live->docket);
    if (status == GJ_OK && *added == GJ_ADDED) {
        status = cases_make(live);
        status = status == GJ_OK
                     ? hear(live, gjr_records_get(&live->docket->records, record)->of, record)
                     : status;
        link_check(live, record);
    }
    live->is_broken = status != GJ_OK;
    return status;
}

gj_status gj_live_add_all(gj_live *live, const gj_event *events, size_t count, gj_added *added)
{
    gj_status status = live == NULL || (events == NULL && count > 0) ? GJ_BAD_ARGUMENT : GJ_OK;
    for (size_t i = 0; i < count && status == GJ_OK; i++) {
        gj_added one;
        status = gj_live_add(live, &events[i], &one);
        if (added != NULL) {
            added[i] = one;
        }
    }
    return status;
}

/* ---- all at once ---- */

gj_status gjr_live_settle(gj_live *live, gj_instant now)
{
    gj_status status = GJ_OK;
    live->now = now > live->now ? now : live->now;
    while (gjr_agenda_next(&live->ahead) <= live->now &&
           gjr_agenda_next(&live->ahead) != GJ_NEVER) {
        (void)gjr_agenda_take(&live->ahead);
    }
    for (uint32_t i = 0; status == GJ_OK && i < live->cases.count; i++) {
        gjb_arena_reset(&live->arena);
        status = gjr_live_judge_history(live, i);
    }
    live->is_broken = status != GJ_OK;
    return status;
}
