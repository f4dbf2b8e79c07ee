/* SPDX-License-Identifier: Apache-2.0
 *
 * See migrate_parts.h; here the limits of a case that migrates. What stopped or extended one is
 * told to the new version again, which settles it by its own days. */
#include "base/text.h"
#include "image/image.h"
#include "judge/clocks.h"
#include "judge/course.h"
#include "judge/ladder.h"
#include "judge/lengths.h"
#include "judge/limits.h"
#include "judge/migrate_parts.h"
#include "judge/regions.h"
#include "judge/stored.h"
#include "judge/trace.h"

#include <string.h>

/* ---- clocks ---- */

static bool runs(const gjr_case *judged, uint32_t clock)
{
    return (gjr_case_limit(judged, clock)->flags & GJR_LIMIT_RUNNING) != 0;
}

/* That of the event which started it, and of this version: another run of the limit. */
static uint32_t key_make_anew(gjr_moving *with, uint32_t key)
{
    char id[160];
    gj_text was = gjr_case_key_id(with->from, key);
    size_t size = gjb_text_cut(was, sizeof id - 16);
    memcpy(id, was.bytes, size);
    id[size++] = '@';
    uint32_t version = with->is->judge->procedure->version;
    char digits[12];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + version % 10);
        version /= 10;
    } while (version > 0);
    while (count > 0) {
        id[size++] = digits[--count];
    }
    return gjr_case_add_key(with->to, gjr_case_key_source(with->from, key), (gj_text){id, size});
}

static bool is_open(const gjr_turn *turn)
{
    return (turn->flags & GJR_TURN_EXTENDS) == 0 && turn->until == GJ_NEVER;
}

static uint32_t clause_move(const gjr_moving *with, const gjr_turn *turn)
{
    return (turn->flags & GJR_TURN_EXTENDS) != 0 ? with->by->extensions[turn->clause]
                                                 : with->by->stops[turn->clause];
}

/* The one of the new version's triggers that is the same, or the first. */
static uint32_t trigger_move(const gjr_moving *with, uint32_t trigger, uint32_t first,
                             uint32_t count)
{
    const gjr_trigger *was = &gjr_moving_was(with)->triggers[trigger];
    for (uint32_t i = first; i < first + count; i++) {
        const gjr_trigger *row = &gjr_moving_is(with)->triggers[i];
        bool same = row->kind == was->kind;
        switch ((gjr_trigger_kind)was->kind) {
        case GJR_TRIGGER_ACTION:
            same = same && with->by->actions[was->target] == row->target;
            break;
        case GJR_TRIGGER_ENTERING:
        case GJR_TRIGGER_LEAVING:
            same = same && with->by->stages[was->target] == row->target;
            break;
        case GJR_TRIGGER_FIELD:
            same = same && with->by->fields[was->target] == row->target;
            break;
        case GJR_TRIGGER_COUNT:
            break;
        }
        if (same) {
            return i;
        }
    }
    return first;
}

static uint32_t turn_trigger_move(const gjr_moving *with, const gjr_turn *turn, uint32_t clause)
{
    if (gjr_turn_is_stop(turn)) {
        const gjr_stop *stop = &gjr_moving_is(with)->stops[clause];
        return trigger_move(with, turn->trigger, stop->from_first, stop->from_count);
    }
    const gjr_extension *extension = &gjr_moving_is(with)->extensions[clause];
    return trigger_move(with, turn->trigger, extension->by_first, extension->by_count);
}

/* Those of a list that are wanted, the first first, so that of turns that began together the one
 * that stood first does. */
static void turns_move(gjr_moving *with, uint32_t to, uint32_t latest, bool open_alone)
{
    uint32_t count = 0;
    for (const gjr_turn *i = gjr_course_turn(with->from, latest); i != NULL;
         i = gjr_course_turn(with->from, i->before)) {
        count++;
    }
    while (count-- > 0) {
        const gjr_turn *turn = gjr_course_turn(with->from, latest);
        for (uint32_t i = 0; i < count; i++) {
            turn = gjr_course_turn(with->from, turn->before);
        }
        uint32_t clause = clause_move(with, turn);
        if (clause == GJR_NONE || (open_alone && !is_open(turn))) {
            continue;
        }
        gjr_turn moved = *turn;
        moved.clause = clause;
        moved.trigger = turn_trigger_move(with, turn, clause);
        gjr_course_keys_move(with->from, with->to, &moved);
        moved.flags &= ~(uint32_t)GJR_TURN_SETTLED;
        (void)gjr_course_add(with->to, to, &moved);
    }
}

/* What stops or extends it goes on, and is counted anew from its start. */
static void course_move(gjr_moving *with, uint32_t clock, uint32_t to, bool open_alone)
{
    const gjr_course *course = gjr_case_course(with->from, clock);
    gjr_course *moved = gjr_case_course(with->to, to);
    if (moved == NULL) {
        return;
    }
    *moved = (gjr_course){.since = gjr_case_limit(with->to, to)->since, .doubt = GJ_NEVER};
    if (course == NULL) {
        return;
    }
    turns_move(with, to, course->past, open_alone);
    turns_move(with, to, course->live, open_alone);
    moved = gjr_case_course(with->to, to);
    if (!open_alone) {
        moved->doubt = course->doubt;
        moved->asked = course->asked;
    }
    const gjr_limit *was = gjr_case_limit_row(with->from, clock);
    const gjr_limit *is = gjr_case_limit_row(with->to, to);
    for (uint32_t i = 0; i < was->stops_count; i++) {
        uint32_t stop = with->by->stops[was->stops_first + i];
        moved->told[0] |=
            stop == GJR_NONE ? 0 : (course->told[0] >> i & 1) << (stop - is->stops_first);
    }
    for (uint32_t i = 0; !open_alone && i < was->extensions_count; i++) {
        uint32_t extension = with->by->extensions[was->extensions_first + i];
        moved->told[1] |= extension == GJR_NONE
                              ? 0
                              : (course->told[1] >> i & 1) << (extension - is->extensions_first);
    }
}

static bool has_rung(const gjr_moving *with, const gjr_limit *is, bool late)
{
    for (uint32_t i = is->rungs_first; i < is->rungs_first + is->rungs_count; i++) {
        if (gjr_rung_is_late(&gjr_moving_is(with)->rungs[i]) == late) {
            return true;
        }
    }
    return false;
}

/* A finding is known by the limit's name: under another name it is another. */
static bool keeps_name(const gjr_moving *with, uint32_t limit, uint32_t to)
{
    return gjb_text_equal(
        gjr_rows_text(gjr_moving_was(with), gjr_moving_was(with)->limits[limit].name),
        gjr_rows_text(gjr_moving_is(with), gjr_moving_is(with)->limits[to].name));
}

/* The same run of the limit, with what it has found. */
static void run_keep(gjr_moving *with, uint32_t clock, uint32_t to)
{
    const gjr_limit_slot *from = gjr_case_limit(with->from, clock);
    const gjr_limit *is = gjr_case_limit_row(with->to, to);
    gjr_limit_slot slot = *from;
    slot.flags &= (UINT32_C(1) << GJR_LIMIT_REACHED_SHIFT) - 1;
    if (!keeps_name(with, gjr_layout_limit(&with->from->judge->layout, clock),
                    gjr_layout_limit(&with->to->judge->layout, to))) {
        slot.flags &= ~(uint32_t)(GJR_LIMIT_LATE | GJR_LIMIT_WITHDRAWN | GJR_LIMIT_SOON);
    }
    slot.flags &=
        has_rung(with, is, true) ? ~UINT32_C(0) : ~(uint32_t)(GJR_LIMIT_LATE | GJR_LIMIT_WITHDRAWN);
    slot.flags &= has_rung(with, is, false) ? ~UINT32_C(0) : ~(uint32_t)GJR_LIMIT_SOON;
    slot.key = gjr_case_move_key(with->from, with->to, from->key);
    slot.trigger = trigger_move(with, from->trigger, is->from_first, is->from_count);
    *gjr_case_limit(with->to, to) = slot;
    const uint32_t *soon = gjr_case_soon(with->from, clock);
    if (soon != NULL && gjr_case_soon(with->to, to) != NULL) {
        *gjr_case_soon(with->to, to) = *soon;
    }
    const gjr_holding *held = gjr_case_held(with->from, clock);
    gjr_holding *held_to = gjr_case_held(with->to, to);
    uint32_t region = gjr_regions_running(with->to, is->region);
    uint32_t stage = gjr_case_regions(with->to)[region].stage;
    if (held_to != NULL) {
        held_to->soon =
            held == NULL || held->soon == GJR_NONE ? stage : with->by->stages[held->soon];
        held_to->late =
            held == NULL || held->late == GJR_NONE ? stage : with->by->stages[held->late];
    }
}

static void run_begin(gjr_moving *with, uint32_t clock, uint32_t to)
{
    const gjr_limit_slot *from = gjr_case_limit(with->from, clock);
    const gjr_limit *is = gjr_case_limit_row(with->to, to);
    *gjr_case_limit(with->to, to) = (gjr_limit_slot){
        .since = with->at,
        .key = key_make_anew(with, from->key),
        .trigger = trigger_move(with, from->trigger, is->from_first, is->from_count),
        .flags = GJR_LIMIT_RUNNING,
    };
}

/* The rows that the earlier version's tables decided by are none of this one's. */
static void decided_forget(const gjr_case *judged, uint32_t clock)
{
    uint64_t *decided = gjr_case_decided(judged, clock);
    if (decided != NULL) {
        memset(decided, 0, judged->judge->layout.decided_words * sizeof *decided);
    }
}

static void clock_move(gjr_moving *with, uint32_t clock, uint32_t to, bool anew)
{
    uint64_t *item = gjr_case_item(with->to, to);
    bool running = runs(with->from, clock);
    if (running && item != NULL) {
        *item = gjr_stored_move(with->from, with->to, gjr_stored_item_shape(with->from, clock),
                                *gjr_case_item(with->from, clock));
    }
    if (running && anew) {
        run_begin(with, clock, to);
    } else if (running) {
        run_keep(with, clock, to);
    }
    course_move(with, clock, to, anew || !running);
    gj_instant *by = gjr_case_by(with->to, to);
    if (running && by != NULL) {
        *by = GJ_NEVER;
    }
    gjr_ladder_begin(with->to, to);
    const gjr_measured *measured = gjr_case_measured(with->from, clock);
    gjr_measured *measured_to = gjr_case_measured(with->to, to);
    if (measured_to != NULL) {
        *measured_to = (gjr_measured){.length = GJR_NONE};
        decided_forget(with->to, to);
        if (running && measured != NULL && measured->length != GJR_NONE) {
            *measured_to =
                (gjr_measured){measured->at, with->by->lengths[measured->length], measured->budget};
        }
    }
}

/* ---- stops that the new version alone has ---- */

static bool stands_in(const gjr_moving *with, uint32_t stage)
{
    uint32_t region = gjr_moving_is(with)->stages[stage].region;
    return gjr_regions_run(with->to, region) && gjr_case_regions(with->to)[region].stage == stage;
}

/* What begins with a stage in which the case stands already: its trigger, or GJR_NONE. */
static uint32_t on_by(const gjr_moving *with, const gjr_stop *stop)
{
    for (uint32_t i = stop->from_first; i < stop->from_first + stop->from_count; i++) {
        const gjr_trigger *trigger = &gjr_moving_is(with)->triggers[i];
        if (trigger->kind == GJR_TRIGGER_ENTERING && stands_in(with, trigger->target)) {
            return i;
        }
    }
    return GJR_NONE;
}

static bool has_predecessor(const gjr_moving *with, uint32_t stop)
{
    for (uint32_t i = 0; i < gjr_moving_was(with)->stop_count; i++) {
        if (with->by->stops[i] == stop) {
            return true;
        }
    }
    return false;
}

static void stops_begin(gjr_moving *with)
{
    const gj_text none = {"", 0};
    for (uint32_t i = 0; i < gjr_moving_is(with)->stop_count; i++) {
        const gjr_stop *row = &gjr_moving_is(with)->stops[i];
        const gjr_limit *limit = &gjr_moving_is(with)->limits[row->limit];
        uint32_t trigger = on_by(with, row);
        if (row->when != GJR_NONE || row->notices_count > 0 || has_predecessor(with, i) ||
            trigger == GJR_NONE) {
            continue;
        }
        for (uint32_t j = 0; j < gjr_layout_clocks(limit); j++) {
            uint32_t clock = gjr_layout_clock(&with->to->judge->layout, row->limit, j);
            if (j > 0 && !runs(with->to, clock)) {
                continue;
            }
            gjr_turn turn = {.opened = with->at,
                             .since = with->at,
                             .until = GJ_NEVER,
                             .clause = i,
                             .trigger = trigger,
                             .key = gjr_case_add_key(with->to, none, none)};
            (void)gjr_course_add(with->to, clock, &turn);
        }
    }
}

void gjr_moving_move_clocks(gjr_moving *with)
{
    for (uint32_t i = 0; i < gjr_moving_was(with)->limit_count; i++) {
        uint32_t to = with->by->limits[i];
        uint32_t clocks = gjr_layout_clocks(&gjr_moving_was(with)->limits[i]);
        for (uint32_t j = 0; to != GJR_NONE && j < clocks; j++) {
            clock_move(with, gjr_layout_clock(&with->from->judge->layout, i, j),
                       gjr_layout_clock(&with->to->judge->layout, to, j),
                       with->by->ways[i] == GJR_MIGRATION_ANEW);
        }
    }
    stops_begin(with);
}

/* ---- what runs is read by the new version ---- */

static gj_text text_keep(gjr_moving *with, gj_text text)
{
    gj_text kept = text.size == 0 ? text : gjb_arena_text(&with->is->trace->texts, text);
    with->is->no_memory |= text.size > 0 && kept.bytes == NULL;
    return kept;
}

static void mark_put(gjr_moving *with, const gjr_mark *mark, gj_text source, gj_text id)
{
    gjr_mark *kept = gjr_trace_put(with->is, mark);
    if (kept != NULL) {
        kept->source = text_keep(with, source);
        kept->id = text_keep(with, id);
    }
}

/* What began and measured the run, as if the new version had seen it. */
static void start_trace(gjr_moving *with, uint32_t clock)
{
    const gjr_limit_slot *slot = gjr_case_limit(with->to, clock);
    gjr_mark mark = {.kind = GJR_MARK_STARTED,
                     .limit = clock,
                     .at = slot->since,
                     .cause = gjr_moving_is(with)->triggers[slot->trigger],
                     .number = (slot->flags & GJR_LIMIT_START_NOT_RECORDED) != 0 ? 1 : 0,
                     .in_passing = true};
    if (gjr_case_item(with->to, clock) != NULL) {
        mark.key = gjr_clocks_key(with->is, clock);
        mark.key.text = text_keep(with, mark.key.text);
    }
    mark_put(with, &mark, gjr_case_key_source(with->to, slot->key),
             gjr_case_key_id(with->to, slot->key));
    const gjr_measured *measured = gjr_case_measured(with->to, clock);
    if (measured != NULL && measured->length != GJR_NONE) {
        gjr_trace_add(with->is, (gjr_mark){.kind = GJR_MARK_MEASURED,
                                           .limit = clock,
                                           .at = measured->at,
                                           .cause = mark.cause,
                                           .number = measured->budget,
                                           .row = measured->length});
    }
}

static gjr_mark turn_mark(const gjr_moving *with, uint32_t clock, const gjr_raised_taken *turn)
{
    const gjr_stop *stop = &gjr_moving_is(with)->stops[turn->clause];
    const gjr_extension *extension = &gjr_moving_is(with)->extensions[turn->clause];
    return (gjr_mark){
        .kind = turn->extends ? GJR_MARK_EXTENDED : GJR_MARK_STOPPED,
        .limit = clock,
        .at = turn->from,
        .cause = gjr_moving_is(with)->triggers[turn->trigger],
        .number = turn->extends ? extension->amount : turn->to,
        .in_passing = true,
        .row = turn->clause,
        .began = turn->from,
        .position = turn->extends ? extension->position : stop->position,
        .basis_first = turn->extends ? extension->basis_first : stop->basis_first,
        .basis_count = turn->extends ? extension->basis_count : stop->basis_count,
    };
}

static void turns_trace(gjr_moving *with, uint32_t clock)
{
    uint32_t count;
    const gjr_raised_taken *taken = gjr_course_taken(with->to, clock, &with->is->arena, &count);
    for (uint32_t i = 0; taken != NULL && i < count; i++) {
        gjr_mark mark = turn_mark(with, clock, &taken[i]);
        mark_put(with, &mark, taken[i].source, taken[i].id);
        if (!taken[i].extends && taken[i].to <= with->at) {
            mark.kind = GJR_MARK_RESUMED;
            mark.at = taken[i].to;
            mark.number = 0;
            mark_put(with, &mark, taken[i].source, taken[i].id);
        }
    }
}

static void clock_read(gjr_moving *with, uint32_t clock)
{
    const gjr_measured *measured = gjr_case_measured(with->to, clock);
    bool turns = gjr_case_course(with->to, clock) != NULL;
    if (with->is->trace != NULL) {
        start_trace(with, clock);
    }
    if (measured != NULL && measured->length == GJR_NONE) {
        gjr_lengths_begin(with->is, clock, with->at);
    }
    if (turns) {
        gjr_course_settle(with->to, clock);
    }
    if (turns && with->is->trace != NULL) {
        turns_trace(with, clock);
    }
    gjr_limits_carry(with->is, clock, with->at);
    gjr_ladder_carry(with->is, clock);
}

void gjr_moving_read_clocks(gjr_moving *with)
{
    const gjr_case_layout *layout = &with->to->judge->layout;
    for (uint32_t i = 0; i < layout->clock_count; i++) {
        if (runs(with->to, layout->clocks[i])) {
            clock_read(with, layout->clocks[i]);
        }
    }
}

/* ---- what ends with the old version ---- */

/* What it found of the clock is closed, as far as the new version has no more to say of it. */
static void findings_leave(gjr_moving *with, uint32_t limit, uint32_t clock)
{
    uint32_t to = with->by->limits[limit];
    bool kept = with->by->ways[limit] == GJR_MIGRATION_KEPT && to != GJR_NONE &&
                keeps_name(with, limit, to);
    for (int late = 0; late < 2; late++) {
        if (!kept || !has_rung(with, &gjr_moving_is(with)->limits[to], late != 0)) {
            gjr_ladder_leave(with->was, clock, late != 0, with->at);
        }
    }
}

void gjr_moving_leave(gjr_moving *with)
{
    for (uint32_t i = 0; i < gjr_moving_was(with)->limit_count; i++) {
        for (uint32_t j = 0; j < gjr_layout_clocks(&gjr_moving_was(with)->limits[i]); j++) {
            uint32_t clock = gjr_layout_clock(&with->from->judge->layout, i, j);
            if (runs(with->from, clock)) {
                findings_leave(with, i, clock);
            }
        }
    }
}
