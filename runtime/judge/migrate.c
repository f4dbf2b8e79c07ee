/* SPDX-License-Identifier: Apache-2.0
 *
 * See migrate.h. The new state is filled part by part; then each clock that runs is read by the new
 * version, and time comes to the instant, so that what is due by now falls due. */
#include "judge/migrate.h"

#include "base/text.h"
#include "image/image.h"
#include "image/shape.h"
#include "judge/clocks.h"
#include "judge/course.h"
#include "judge/crews.h"
#include "judge/custody.h"
#include "judge/data.h"
#include "judge/keeps.h"
#include "judge/ladder.h"
#include "judge/lengths.h"
#include "judge/limits.h"
#include "judge/recalls.h"
#include "judge/regions.h"
#include "judge/stored.h"
#include "judge/trace.h"

#include <string.h>

typedef struct moving {
    const gjr_succession *by;
    gjr_sitting *was, *is;
    gjr_case *from, *to;
    gj_instant at;
} moving;

static const gjr_rows *rows_was(const moving *with)
{
    return with->was->judge->rows;
}

static const gjr_rows *rows_is(const moving *with)
{
    return with->is->judge->rows;
}

/* ---- what is told and done ---- */

static void field_move(moving *with, uint32_t field)
{
    static const gjr_shape text = {GJR_TYPE_TEXT, GJR_TYPE_NOTHING, GJR_NONE, GJR_NONE};
    uint32_t to = with->by->fields[field];
    uint8_t presence = gjr_case_presence(with->from)[field];
    if (to == GJR_NONE) {
        return;
    }
    gjr_case_presence(with->to)[to] = presence;
    if (presence != GJR_MISSING) {
        gjr_shape shape =
            presence == GJR_PRESENT ? GJR_SHAPE_OF(&rows_was(with)->fields[field]) : text;
        uint64_t word =
            gjr_stored_move(with->from, with->to, shape, gjr_case_values(with->from)[field]);
        gjr_case_values(with->to)[to] = word;
    }
}

static void documents_move(moving *with)
{
    for (uint32_t i = 0; i < rows_was(with)->document_count; i++) {
        if (with->by->documents[i] != GJR_NONE && gjr_case_has_document(with->from, i)) {
            gjr_case_add_document(with->to, with->by->documents[i]);
        }
    }
}

static void crew_move(moving *with, uint32_t action, uint32_t to)
{
    const gjr_crew *crew = gjr_crew_get(with->from, action);
    gjr_crew *moved = gjr_crew_get(with->to, to);
    if (moved == NULL) {
        return;
    }
    if (crew == NULL) { /* nobody asked who did it */
        for (uint32_t i = 0; i < rows_was(with)->place_count; i++) {
            bool done =
                rows_was(with)->places[i].action == action && *gjr_case_times(with->from, i) > 0;
            moved->unknown = (uint8_t)(moved->unknown | (done ? GJR_CREW_UNTOLD : 0));
        }
        return;
    }
    moved->unknown = crew->unknown;
    for (uint32_t i = 0; i < crew->used; i++) {
        gjr_span span;
        memcpy(&span,
               (unsigned char *)gjr_case_part(with->from, with->from->judge->layout.tail) +
                   crew->begin + i * sizeof span,
               sizeof span);
        gjr_crew_add(with->to, to, gjr_case_text(with->from, span));
    }
}

static uint8_t *deemed_of(const gjr_case *judged)
{
    uint32_t at = judged->judge->layout.deemed;
    return at == GJR_NONE ? NULL : gjr_case_part(judged, at);
}

static void acts_move(moving *with)
{
    const gjr_done *done = gjr_case_done(with->from);
    gjr_done *done_to = gjr_case_done(with->to);
    const uint8_t *deemed = deemed_of(with->from);
    uint8_t *deemed_to = deemed_of(with->to);
    for (uint32_t i = 0; i < rows_was(with)->action_count; i++) {
        uint32_t to = with->by->actions[i];
        if (to == GJR_NONE) {
            continue;
        }
        if (done != NULL && done_to != NULL) {
            done_to[to] = done[i];
        }
        if (deemed != NULL && deemed_to != NULL) {
            deemed_to[rows_is(with)->place_count + to] = deemed[rows_was(with)->place_count + i];
        }
        crew_move(with, i, to);
    }
    for (uint32_t i = 0; i < rows_was(with)->place_count; i++) {
        uint32_t to = with->by->places[i];
        if (to == GJR_NONE) {
            continue;
        }
        const uint32_t *done_at = gjr_case_done_at(with->from, i);
        uint32_t *done_at_to = gjr_case_done_at(with->to, to);
        *gjr_case_times(with->to, to) = *gjr_case_times(with->from, i);
        if (done_at != NULL && done_at_to != NULL) {
            *done_at_to = *done_at;
        }
        if (deemed != NULL && deemed_to != NULL) {
            deemed_to[to] = deemed[i];
        }
    }
}

/* ---- where it stands ---- */

static void head_move(moving *with)
{
    const gjr_state *from = gjr_case_state(with->from);
    gjr_state *to = gjr_case_state(with->to);
    to->clock = from->clock > with->at ? from->clock : with->at;
    to->closed_at = from->closed_at;
    to->finding_count = from->finding_count;
    to->moment = from->moment;
    uint32_t law = with->from->judge->layout.law_acts, law_to = with->to->judge->layout.law_acts;
    if (law != GJR_NONE && law_to != GJR_NONE) {
        memcpy(gjr_case_part(with->to, law_to), gjr_case_part(with->from, law), sizeof(uint32_t));
    }
}

static void regions_move(moving *with)
{
    const gjr_region_slot *from = gjr_case_regions(with->from);
    gjr_region_slot *to = gjr_case_regions(with->to);
    for (uint32_t i = 0; i < rows_was(with)->region_count; i++) {
        to[with->by->regions[i]] =
            (gjr_region_slot){(uint16_t)with->by->stages[from[i].stage], from[i].status};
    }
    for (uint32_t i = 0; i < rows_was(with)->stage_count; i++) {
        const uint32_t *entered = gjr_case_entered(with->from, i);
        uint32_t *entered_to = gjr_case_entered(with->to, with->by->stages[i]);
        if (entered != NULL && entered_to != NULL && *entered > *entered_to) {
            *entered_to = *entered;
        }
    }
}

/* ---- what rules remember ---- */

static void recall_move(moving *with, uint32_t relation, uint32_t to, uint32_t i)
{
    gjr_recall *recall = gjr_recall_get(with->to, to, i);
    const gjr_relation *was = &rows_was(with)->relations[relation];
    const gjr_relation *is = &rows_is(with)->relations[to];
    *recall = *gjr_recall_get(with->from, relation, i);
    recall->role = is->roles_first + (recall->role - was->roles_first);
    recall->post = recall->post == GJR_NONE ? GJR_NONE : with->by->posts[recall->post];
    recall->key = gjr_case_add_key(with->to, gjr_case_key_source(with->from, recall->key),
                                   gjr_case_key_id(with->from, recall->key));
    recall->officer = gjr_case_add_text(with->to, gjr_case_text(with->from, recall->officer));
    if ((recall->flags & GJR_RECALL_KEYED) != 0) {
        const gjr_field *key =
            &rows_was(with)->fields[rows_was(with)->key_fields[was->keys_first].field];
        recall->item = gjr_stored_move(with->from, with->to, GJR_SHAPE_OF(key), recall->item);
    }
    if ((recall->flags & GJR_RECALL_KEEPS) != 0) {
        recall->item = gjr_keeps_move(with->from, with->to, relation, recall->item);
    }
}

static void register_move(moving *with, uint32_t relation, uint32_t to)
{
    const gjr_register *from = gjr_recall_register(with->from, relation);
    gjr_register *of = gjr_recall_register(with->to, to);
    size_t size = from->capacity * sizeof(gjr_recall);
    uint32_t begin;
    memset(gjr_case_add_bytes(with->to, size, &begin), 0, size);
    *of = (gjr_register){begin, from->used, from->capacity};
    uint64_t *words = gjr_case_part(with->to, with->to->judge->layout.remembering);
    words[to / 64] |= UINT64_C(1) << to % 64;
    for (uint32_t i = 0; i < from->capacity; i++) {
        if ((gjr_recall_get(with->from, relation, i)->flags & GJR_RECALL_USED) != 0) {
            recall_move(with, relation, to, i);
        }
    }
}

static void recalls_move(moving *with)
{
    for (uint32_t i = gjr_recall_next(with->from, 0); i != GJR_NONE;
         i = gjr_recall_next(with->from, i + 1)) {
        if (with->by->relations[i] != GJR_NONE) {
            register_move(with, i, with->by->relations[i]);
        }
    }
}

/* ---- clocks ---- */

static bool runs(const gjr_case *judged, uint32_t clock)
{
    return (gjr_case_limit(judged, clock)->flags & GJR_LIMIT_RUNNING) != 0;
}

static uint32_t key_move(moving *with, uint32_t key)
{
    return gjr_case_add_key(with->to, gjr_case_key_source(with->from, key),
                            gjr_case_key_id(with->from, key));
}

/* That of the event which started it, and of this version: another run of the limit. */
static uint32_t key_make_anew(moving *with, uint32_t key)
{
    char id[160];
    gj_text was = gjr_case_key_id(with->from, key);
    size_t most = sizeof id - 16, size = was.size < most ? was.size : most;
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

static uint32_t clause_move(const moving *with, const gjr_turn *turn)
{
    return (turn->flags & GJR_TURN_EXTENDS) != 0 ? with->by->extensions[turn->clause]
                                                 : with->by->stops[turn->clause];
}

/* Those of a list that are wanted, the first first, so that of turns that began together the one
 * that stood first does. */
static void turns_move(moving *with, uint32_t clock, uint32_t to, uint32_t latest, bool open_alone)
{
    uint32_t count = 0;
    for (const gjr_turn *i = gjr_course_turn(with->from, latest); i != NULL;
         i = gjr_course_turn(with->from, i->before)) {
        count++;
    }
    (void)clock;
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
        moved.key = key_move(with, turn->key);
        moved.flags &= ~(uint32_t)GJR_TURN_SETTLED;
        (void)gjr_course_add(with->to, to, &moved);
    }
}

/* What stops or extends it goes on, and is counted anew from its start. */
static void course_move(moving *with, uint32_t clock, uint32_t to, bool open_alone)
{
    const gjr_course *course = gjr_case_course(with->from, clock);
    gjr_course *moved = gjr_case_course(with->to, to);
    if (moved == NULL) {
        return;
    }
    *moved = (gjr_course){.since = gjr_case_limit(with->to, to)->since};
    if (course == NULL) {
        return;
    }
    turns_move(with, clock, to, course->past, open_alone);
    turns_move(with, clock, to, course->live, open_alone);
    moved = gjr_case_course(with->to, to);
    if (!open_alone) {
        moved->warned = course->warned;
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

/* The trigger of the new limit that is the same, or its first. */
static uint32_t trigger_move(const moving *with, const gjr_limit *is, uint32_t trigger)
{
    const gjr_trigger *was = &rows_was(with)->triggers[trigger];
    for (uint32_t i = is->from_first; i < is->from_first + is->from_count; i++) {
        const gjr_trigger *row = &rows_is(with)->triggers[i];
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
    return is->from_first;
}

static bool has_rung(const moving *with, const gjr_limit *is, bool late)
{
    for (uint32_t i = is->rungs_first; i < is->rungs_first + is->rungs_count; i++) {
        if (gjr_rung_is_late(&rows_is(with)->rungs[i]) == late) {
            return true;
        }
    }
    return false;
}

/* A finding is known by the limit's name: under another name it is another. */
static bool keeps_name(const moving *with, uint32_t limit, uint32_t to)
{
    return gjb_text_equal(gjr_rows_text(rows_was(with), rows_was(with)->limits[limit].name),
                          gjr_rows_text(rows_is(with), rows_is(with)->limits[to].name));
}

/* The same run of the limit, with what it has found. */
static void run_keep(moving *with, uint32_t clock, uint32_t to)
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
    slot.key = key_move(with, from->key);
    slot.trigger = trigger_move(with, is, from->trigger);
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

static void run_begin(moving *with, uint32_t clock, uint32_t to)
{
    const gjr_limit_slot *from = gjr_case_limit(with->from, clock);
    *gjr_case_limit(with->to, to) = (gjr_limit_slot){
        .since = with->at,
        .key = key_make_anew(with, from->key),
        .trigger = trigger_move(with, gjr_case_limit_row(with->to, to), from->trigger),
        .flags = GJR_LIMIT_RUNNING,
    };
}

static void clock_move(moving *with, uint32_t clock, uint32_t to, bool anew)
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
    gjr_by *by = gjr_case_by(with->to, to);
    const gjr_by *was = gjr_case_by(with->from, clock);
    if (running && by != NULL) {
        *by = (gjr_by){.told = GJ_NEVER, .warned = anew || was == NULL ? INT64_MIN : was->warned};
    }
    const gjr_measured *measured = gjr_case_measured(with->from, clock);
    gjr_measured *measured_to = gjr_case_measured(with->to, to);
    if (measured_to != NULL) {
        *measured_to = (gjr_measured){.length = GJR_NONE};
        if (running && measured != NULL && measured->length != GJR_NONE) {
            *measured_to =
                (gjr_measured){measured->at, with->by->lengths[measured->length], measured->budget};
        }
    }
}

static void clocks_move(moving *with)
{
    for (uint32_t i = 0; i < rows_was(with)->limit_count; i++) {
        uint32_t to = with->by->limits[i];
        uint32_t clocks = gjr_layout_clocks(&rows_was(with)->limits[i]);
        for (uint32_t j = 0; to != GJR_NONE && j < clocks; j++) {
            clock_move(with, gjr_layout_clock(&with->from->judge->layout, i, j),
                       gjr_layout_clock(&with->to->judge->layout, to, j),
                       with->by->ways[i] == GJR_MIGRATION_ANEW);
        }
    }
}

/* ---- stops that the new version alone has ---- */

static bool stands_in(const moving *with, uint32_t stage)
{
    uint32_t region = rows_is(with)->stages[stage].region;
    return gjr_regions_run(with->to, region) && gjr_case_regions(with->to)[region].stage == stage;
}

/* What begins with a stage in which the case stands already. */
static bool is_on(const moving *with, const gjr_stop *stop)
{
    for (uint32_t i = stop->from_first; i < stop->from_first + stop->from_count; i++) {
        const gjr_trigger *trigger = &rows_is(with)->triggers[i];
        if (trigger->kind == GJR_TRIGGER_ENTERING && stands_in(with, trigger->target)) {
            return true;
        }
    }
    return false;
}

static bool has_predecessor(const moving *with, uint32_t stop)
{
    for (uint32_t i = 0; i < rows_was(with)->stop_count; i++) {
        if (with->by->stops[i] == stop) {
            return true;
        }
    }
    return false;
}

static void stops_begin(moving *with)
{
    const gj_text none = {"", 0};
    for (uint32_t i = 0; i < rows_is(with)->stop_count; i++) {
        const gjr_stop *row = &rows_is(with)->stops[i];
        const gjr_limit *limit = &rows_is(with)->limits[row->limit];
        if (row->when != GJR_NONE || row->notices_count > 0 || has_predecessor(with, i) ||
            !is_on(with, row)) {
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
                             .key = gjr_case_add_key(with->to, none, none)};
            (void)gjr_course_add(with->to, clock, &turn);
        }
    }
}

/* ---- what runs is read by the new version ---- */

static gj_text text_keep(moving *with, gj_text text)
{
    gj_text kept = text.size == 0 ? text : gjb_arena_text(&with->is->trace->texts, text);
    with->is->no_memory |= text.size > 0 && kept.bytes == NULL;
    return kept;
}

static void mark_put(moving *with, const gjr_mark *mark, gj_text source, gj_text id)
{
    gjr_mark *kept = gjr_trace_put(with->is, mark);
    if (kept != NULL) {
        kept->source = text_keep(with, source);
        kept->id = text_keep(with, id);
    }
}

/* What began and measured the run, as if the new version had seen it. */
static void start_trace(moving *with, uint32_t clock)
{
    const gjr_limit_slot *slot = gjr_case_limit(with->to, clock);
    gjr_mark mark = {.kind = GJR_MARK_STARTED,
                     .limit = clock,
                     .at = slot->since,
                     .cause = rows_is(with)->triggers[slot->trigger],
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

static gjr_mark turn_mark(const moving *with, uint32_t clock, const gjr_raised_taken *turn)
{
    const gjr_stop *stop = &rows_is(with)->stops[turn->clause];
    const gjr_extension *extension = &rows_is(with)->extensions[turn->clause];
    return (gjr_mark){
        .kind = turn->extends ? GJR_MARK_EXTENDED : GJR_MARK_STOPPED,
        .limit = clock,
        .at = turn->from,
        .cause = rows_is(with)->triggers[turn->extends ? extension->by_first : stop->from_first],
        .number = turn->extends ? extension->amount : turn->to,
        .in_passing = true,
        .row = turn->clause,
        .began = turn->from,
        .position = turn->extends ? extension->position : stop->position,
        .basis_first = turn->extends ? extension->basis_first : stop->basis_first,
        .basis_count = turn->extends ? extension->basis_count : stop->basis_count,
    };
}

static void turns_trace(moving *with, uint32_t clock)
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

static void clock_read(moving *with, uint32_t clock)
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

static void clocks_read(moving *with)
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
static void findings_leave(moving *with, uint32_t limit, uint32_t clock)
{
    uint32_t to = with->by->limits[limit];
    bool kept = with->by->ways[limit] == GJR_MIGRATION_KEPT && to != GJR_NONE &&
                keeps_name(with, limit, to);
    for (int late = 0; late < 2; late++) {
        if (!kept || !has_rung(with, &rows_is(with)->limits[to], late != 0)) {
            gjr_ladder_leave(with->was, clock, late != 0, with->at);
        }
    }
}

static void all_leave(moving *with)
{
    for (uint32_t i = 0; i < rows_was(with)->limit_count; i++) {
        for (uint32_t j = 0; j < gjr_layout_clocks(&rows_was(with)->limits[i]); j++) {
            uint32_t clock = gjr_layout_clock(&with->from->judge->layout, i, j);
            if (runs(with->from, clock)) {
                findings_leave(with, i, clock);
            }
        }
    }
}

/* ---- all of it ---- */

/* Keys that more than one thing names are written once for each. */
static size_t room_of(const moving *with)
{
    const gjr_case_layout *layout = &with->is->judge->layout;
    size_t turn = sizeof(gjr_turn) + sizeof(gjr_key);
    return gjr_case_live_size(with->from) + (size_t)layout->clock_count * 32 +
           (size_t)layout->crew_count * 2 * GJR_CREW_MAX * sizeof(gjr_span) +
           (size_t)layout->turns_max * turn;
}

static gj_status state_fill(moving *with)
{
    gjr_data_take_presets(with->is);
    gj_status status =
        with->is->no_memory ? GJ_NO_MEMORY : gjr_case_make_room(with->to, room_of(with));
    if (status != GJ_OK) {
        return status;
    }
    head_move(with);
    for (uint32_t i = 0; i < with->was->judge->own_field_count; i++) {
        field_move(with, i);
    }
    documents_move(with);
    acts_move(with);
    regions_move(with);
    clocks_move(with);
    stops_begin(with);
    recalls_move(with);
    return GJ_OK;
}

/* Who held it before, by the names of the new version. */
static void custody_move(const moving *with)
{
    const gjr_custody *custody = with->was->custody;
    for (size_t i = 0; i < custody->count; i++) {
        gjr_passing passing = custody->items[i];
        passing.region = passing.region == GJR_NONE ? GJR_NONE : with->by->regions[passing.region];
        passing.stage = passing.stage == GJR_NONE ? GJR_NONE : with->by->stages[passing.stage];
        passing.post = passing.post == GJR_NONE ? GJR_NONE : with->by->posts[passing.post];
        gjr_custody_take(with->is, &passing);
    }
}

gj_status gjr_case_migrate(const gjr_succession *by, gjr_sitting *was, gjr_case *from,
                           gjr_sitting *is, gjr_case *to, gj_instant at)
{
    moving with = {by, was, is, from, to, at};
    gjr_sitting_begin(was, from, NULL);
    gjr_case_reset(to);
    gjr_sitting_begin(is, to, NULL);
    if (gjr_case_is_new(from)) {
        return GJ_OK;
    }
    all_leave(&with);
    gj_status status = was->no_memory ? GJ_NO_MEMORY : state_fill(&with);
    if (status != GJ_OK) {
        return status;
    }
    is->facts.actions = gjr_case_done(to);
    is->facts.at = at;
    is->facts.today = gjr_calendar_day_of(is->judge->calendar, at);
    if (is->custody != NULL && was->custody != NULL) {
        custody_move(&with);
    }
    clocks_read(&with);
    gjr_case_state(to)->look_at = at;
    gjr_limits_look(is, at);
    return was->no_memory || is->no_memory || was->arena.failed || is->arena.failed ? GJ_NO_MEMORY
                                                                                    : GJ_OK;
}
