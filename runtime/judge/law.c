/* SPDX-License-Identifier: Apache-2.0
 *
 * See law.h. While the law acts an event of its own is the one at hand, without a person, and every
 * other part of a step does with it what it does with those that were told. */
#include "judge/law.h"

#include "base/hash.h"
#include "base/text.h"
#include "image/image.h"
#include "image/shape.h"
#include "judge/act.h"
#include "judge/clocks.h"
#include "judge/conditions.h"
#include "judge/course.h"
#include "judge/data.h"
#include "judge/ladder.h"
#include "judge/limits.h"
#include "judge/regions.h"
#include "judge/relations.h"
#include "judge/trace.h"

/* What the sitting was about before the law acted. */
typedef struct interrupted {
    const gjr_event *event;
    gj_instant as_of, at;
    gj_day today;
    uint32_t region, heard_in;
    size_t raised_since;
    uint32_t key; /* of that event in the tail, where it is there; it moves with the bytes */
    bool key_added;
    const unsigned char *bytes;
} interrupted;

static const gjr_rows *rows_of(const gjr_sitting *step)
{
    return step->judge->rows;
}

/* Of which limit the clock is. */
static uint32_t row_of(const gjr_sitting *step, uint32_t clock)
{
    return gjr_layout_limit(&step->judge->layout, clock);
}

static uint32_t *acts_of(const gjr_sitting *step)
{
    return gjr_case_part(step->judged, step->judge->layout.law_acts);
}

/* By place, and behind them by action for those that no stage has. */
static uint8_t *deemed_of(const gjr_sitting *step, uint32_t place, uint32_t action)
{
    uint8_t *all = gjr_case_part(step->judged, step->judge->layout.deemed);
    return &all[place != GJR_NONE ? place : rows_of(step)->place_count + action];
}

/* ---- when ---- */

gj_instant gjr_law_due(const gjr_sitting *step, uint32_t limit)
{
    static const gjr_rung due = {.kind = GJR_RUNG_OVERDUE, .unit = GJR_UNIT_WORKDAYS};
    gjr_pace pace = gjr_ladder_pace(step, limit);
    return gjr_terms_rung(step->judge, gjr_ladder_limit(step, limit), &pace, &due);
}

gj_instant gjr_law_next(const gjr_sitting *step, uint32_t limit)
{
    bool asked = (gjr_case_limit(step->judged, limit)->flags & GJR_LIMIT_EXPIRED) != 0;
    bool any = gjr_ladder_limit(step, limit)->effects_count > 0;
    return any && !asked ? gjr_law_due(step, limit) : GJ_NEVER;
}

/* ---- the event that stands for it ---- */

/* Known by its clause and by what started the limit. */
static gj_text id_make(gjr_sitting *step, uint32_t limit)
{
    const gjr_limit_slot *slot = gjr_case_limit(step->judged, limit);
    gj_text pieces[] = {gjr_judge_text(step->judge, gjr_ladder_limit(step, limit)->name),
                        gjr_case_key_source(step->judged, slot->key),
                        gjr_case_key_id(step->judged, slot->key)};
    uint8_t digest[GJB_HASH_SIZE];
    gjb_hash hash;
    gjb_hash_init(&hash);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        gjb_hash_add_piece(&hash, pieces[i].bytes, pieces[i].size);
    }
    gjr_limit_again_add(&hash, gjr_limit_again(slot));
    gjb_hash_finish(&hash, digest);
    char *hex = gjb_arena_make(&step->arena, 33, 1);
    if (hex == NULL) {
        step->no_memory = true;
        return (gj_text){NULL, 0};
    }
    gjb_hash_hex(digest, 16, hex);
    return (gj_text){hex, 32};
}

static gjr_event event_make(gjr_sitting *step, uint32_t limit, gj_instant at)
{
    const gj_calendar *calendar = step->judge->calendar;
    gj_text source = gjr_case_key_source(step->judged, gjr_case_limit(step->judged, limit)->key);
    return (gjr_event){
        .at = at,
        .day = gjr_calendar_day_of(calendar, at),
        .action = GJR_NONE,
        .post = GJR_NONE,
        .department = GJR_NONE,
        .id = id_make(step, limit),
        .source = gjb_arena_text(&step->arena, source),
        .recorded = at,
    };
}

static interrupted begin(gjr_sitting *step, const gjr_event *event, uint32_t region)
{
    interrupted was = {
        .event = step->event,
        .as_of = step->as_of,
        .at = step->facts.at,
        .today = step->facts.today,
        .region = step->region,
        .heard_in = step->heard_in,
        .raised_since = step->raised_since,
        .key = step->key,
        .key_added = step->key_added,
        .bytes = step->judged->bytes,
    };
    step->event = event;
    step->by_law = true;
    step->raised_since = step->raised_count;
    step->as_of = event->at;
    step->facts.at = event->at;
    step->facts.today = event->day;
    step->region = region;
    step->heard_in = GJR_NONE;
    step->key_added = false;
    return was;
}

/* All that was found meanwhile was found by the law. */
static void end(gjr_sitting *step, const interrupted *was, const gjr_raised_law *law)
{
    for (size_t i = step->raised_since; i < step->raised_count; i++) {
        bool ran_out = step->raised[i].law.ran_out;
        step->raised[i].by_event = false;
        step->raised[i].law = *law;
        step->raised[i].law.ran_out = ran_out;
        gjr_sitting_settle(step, &step->raised[i]);
    }
    step->event = was->event;
    step->by_law = false;
    step->raised_since = was->raised_since;
    step->as_of = was->as_of;
    step->facts.at = was->at;
    step->facts.today = was->today;
    step->region = was->region;
    step->heard_in = was->heard_in;
    step->key = was->key;
    step->key_added = was->key_added && was->bytes == step->judged->bytes;
}

/* ---- room ---- */

static void text_keep(gjr_sitting *step, gj_text *text)
{
    if (gjb_text_is_present(*text)) {
        *text = gjb_arena_text(&step->arena, *text);
        step->no_memory |= text->bytes == NULL;
    }
}

/* Texts that notes borrow from the case, before its bytes are moved. */
static void raised_keep(gjr_sitting *step)
{
    for (size_t i = 0; i < step->raised_count; i++) {
        gjr_raised *raised = &step->raised[i];
        text_keep(step, &raised->key.text);
        text_keep(step, &raised->quoted);
        text_keep(step, &raised->limit.source);
        text_keep(step, &raised->limit.id);
        text_keep(step, &raised->turn.source);
        text_keep(step, &raised->turn.id);
        text_keep(step, &raised->turn.taker_source);
        text_keep(step, &raised->turn.taker_id);
        gjr_raised_taken *turns =
            gjb_arena_make(&step->arena, raised->limit.turn_count, sizeof *turns);
        if (turns == NULL) {
            step->no_memory = true;
            return;
        }
        for (uint32_t j = 0; j < raised->limit.turn_count; j++) {
            turns[j] = raised->limit.turns[j];
            text_keep(step, &turns[j].source);
            text_keep(step, &turns[j].id);
        }
        raised->limit.turns = turns;
    }
}

/* For what the deemed act may put into the tail, and still for what the event at hand may. */
static bool room_make(gjr_sitting *step, const gjr_effect *effect, size_t key_size)
{
    if (effect->action != GJR_NONE) {
        step->room += gjr_relations_room_more(step, effect->action);
    }
    size_t size = step->room + gjr_key_size(step->event->source, step->event->id) +
                  gjr_course_room(step->judge) + gjr_data_set_size(step, effect->sets_count) +
                  step->judge->layout.keyed_count * (gjr_data_set_size(step, 1) + key_size);
    if (effect->action != GJR_NONE) {
        size += gjr_relations_room(step, effect->action, gjr_data_set_size(step, 1) + key_size);
    }
    gjr_case *judged = step->judged;
    if (judged->capacity - gjr_case_size(judged) < size) {
        raised_keep(step);
        step->no_memory |= step->no_memory || gjr_case_move(judged, size) != GJ_OK;
    }
    step->facts.actions = gjr_case_done(judged);
    return !step->no_memory;
}

/* ---- what it does ---- */

/* Whether the case stands where the effect may hold. */
static bool stands(const gjr_sitting *step, uint32_t region, const gjr_effect *effect)
{
    const gjr_region_slot *slot = &gjr_case_regions(step->judged)[region];
    return slot->status == GJR_REGION_RUNNING && gjr_regions_run(step->judged, region) &&
           (effect->stage == GJR_NONE || effect->stage == slot->stage);
}

/* The first effect whose condition holds, or GJR_NONE. */
static uint32_t effect_find(gjr_sitting *step, uint32_t limit)
{
    const gjr_limit *row = gjr_ladder_limit(step, limit);
    for (uint32_t i = row->effects_first; i < row->effects_first + row->effects_count; i++) {
        if (stands(step, row->region, &rows_of(step)->effects[i]) &&
            gjr_condition_of_effect(step, row_of(step, limit), i)) {
            return i;
        }
    }
    return GJR_NONE;
}

/* The region around that has the act in one of its stages, or GJR_NONE. */
static uint32_t place_find(const gjr_sitting *step, uint32_t region, uint32_t action)
{
    const gjr_rows *rows = rows_of(step);
    for (uint32_t around = region;; around = rows->stages[rows->regions[around].parent].region) {
        for (uint32_t i = 0; i < rows->place_count; i++) {
            if (rows->places[i].region == around && rows->places[i].action == action) {
                return i;
            }
        }
        if (around == 0) {
            return GJR_NONE;
        }
    }
}

/* It may be the act of the event at hand. */
static gjr_value *parameters_keep(gjr_sitting *step, uint32_t action)
{
    const gjr_action *row = &rows_of(step)->actions[action];
    gjr_value *kept = gjb_arena_make(&step->arena, row->parameters_count, sizeof *kept);
    step->no_memory |= kept == NULL;
    for (uint32_t i = 0; kept != NULL && i < row->parameters_count; i++) {
        kept[i] = step->fields[row->parameters_first + i];
        step->fields[row->parameters_first + i] = (gjr_value){.known = false};
    }
    return kept;
}

static void parameters_restore(gjr_sitting *step, uint32_t action, const gjr_value *kept)
{
    const gjr_action *row = &rows_of(step)->actions[action];
    for (uint32_t i = 0; i < row->parameters_count; i++) {
        step->fields[row->parameters_first + i] = kept[i];
    }
}

/* What the deemed act tells: of a limit that keeps a clock a key, the key of its clock too. */
static void tell(gjr_sitting *step, uint32_t limit, uint32_t effect, const gjr_raised_key *key,
                 gjr_event *event)
{
    const gjr_rows *rows = rows_of(step);
    const gjr_effect *row = &rows->effects[effect];
    const gjr_key_field *its =
        key->present == 0 ? NULL : gjr_rows_key(rows, gjr_ladder_limit(step, limit), row->action);
    gjr_told *told = gjb_arena_make(&step->arena, row->sets_count + 1, sizeof *told);
    if (told == NULL) {
        step->no_memory = true;
        return;
    }
    if (its != NULL) {
        gjr_value value = {.known = true};
        if (gjr_type_is_textual(rows->fields[its->field].type)) {
            value.as.text = key->text;
        } else {
            value.as.number = key->number;
        }
        told[event->told_count++] = (gjr_told){.field = its->field, .value = value};
        if (its->field >= step->judge->own_field_count) {
            step->fields[its->field] = value;
        }
    }
    for (uint32_t i = row->sets_first; i < row->sets_first + row->sets_count; i++) {
        const gjr_assignment *set = &rows->assignments[i];
        gjr_value value = gjr_condition_value(step, set->value);
        if (value.known && gjr_type_is_textual(rows->fields[set->field].type)) {
            text_keep(step, &value.as.text);
        }
        told[event->told_count++] = (gjr_told){.field = set->field, .value = value};
    }
    event->told = told;
}

/* It counts as done, where the limit is and that has it. */
static void deem(gjr_sitting *step, uint32_t limit, uint32_t effect, const gjr_raised_key *key,
                 gjr_event *event)
{
    const gjr_effect *row = &rows_of(step)->effects[effect];
    gjr_value *kept = parameters_keep(step, row->action);
    if (kept == NULL) {
        return;
    }
    event->action = row->action;
    tell(step, limit, effect, key, event);
    gjr_data_deem(step, row_of(step, limit), effect);
    uint32_t place = place_find(step, gjr_ladder_limit(step, limit)->region, row->action);
    if (place != GJR_NONE) {
        step->region = step->heard_in = rows_of(step)->places[place].region;
    }
    *deemed_of(step, place, row->action) = 1;
    gjr_act_hear(step, row->action, gjr_calendar_day_of(step->judge->calendar, step->as_of));
    parameters_restore(step, row->action, kept);
}

/* The limit ends there, and what was found of it with it. */
static void run_out(gjr_sitting *step, uint32_t limit, uint32_t effect)
{
    size_t first = step->raised_count;
    gjr_mark mark = {.kind = GJR_MARK_LAW,
                     .limit = limit,
                     .at = step->event->at,
                     .cause = GJR_CAUSE_TIME,
                     .number = step->as_of,
                     .in_passing = true,
                     .row = effect};
    gjr_limits_run_out(step, limit, &mark);
    for (size_t i = first; i < step->raised_count; i++) {
        step->raised[i].law.ran_out = true;
    }
}

static void deemed_add(gjr_sitting *step, uint32_t limit, uint32_t effect)
{
    uint32_t target = rows_of(step)->effects[effect].target;
    uint32_t region = target != GJR_NONE ? rows_of(step)->stages[target].region
                                         : gjr_ladder_limit(step, limit)->region;
    region = gjr_regions_running(step->judged, region);
    gjr_sitting_add_deemed(
        step, &(gjr_deemed){.effect = effect,
                            .at = step->event->at,
                            .as_of = step->as_of,
                            .stage_after = gjr_case_regions(step->judged)[region].stage,
                            .behind_act = step->act_done});
}

static void effect_take(gjr_sitting *step, uint32_t limit, uint32_t effect, gjr_event *event)
{
    const gjr_effect *row = &rows_of(step)->effects[effect];
    gj_instant since = gjr_case_limit(step->judged, limit)->since;
    if ((row->flags & GJR_EFFECT_AS_OF_START) != 0 && since < step->as_of) {
        step->as_of = since; /* which may lie behind the date by which the limit is due */
    }
    ++*acts_of(step);
    gjr_raised_key key = gjr_clocks_key(step, limit);
    text_keep(step, &key.text);
    run_out(step, limit, effect);
    if (row->action != GJR_NONE) {
        deem(step, limit, effect, &key, event);
    }
    if (row->target != GJR_NONE) {
        gjr_regions_go(step, row->target, true);
    }
    deemed_add(step, limit, effect);
}

static void asked_mark(const gjr_sitting *step, uint32_t limit, gj_instant at)
{
    gjr_course *course = gjr_case_course(step->judged, limit);
    gjr_case_limit(step->judged, limit)->flags |= GJR_LIMIT_EXPIRED;
    if (course != NULL) {
        course->asked = at;
    }
}

void gjr_law_leave(gjr_sitting *step, uint32_t limit, gj_instant at)
{
    if (gjr_law_next(step, limit) != GJ_NEVER) {
        asked_mark(step, limit, at);
    }
}

void gjr_law_take(gjr_sitting *step, uint32_t limit, gj_instant at)
{
    asked_mark(step, limit, at);
    if (*acts_of(step) >= GJR_LAW_ACTS_MAX) {
        return;
    }
    gjr_event event = event_make(step, limit, at);
    if (!gjb_text_is_present(event.id) || event.source.bytes == NULL) {
        step->no_memory = true;
        return;
    }
    interrupted was = begin(step, &event, gjr_ladder_limit(step, limit)->region);
    gjr_raised_law law = {
        .limit = row_of(step, limit), .at = at, .source = event.source, .id = event.id};
    law.effect = effect_find(step, limit);
    if (law.effect != GJR_NONE && room_make(step, &rows_of(step)->effects[law.effect],
                                            gjr_clocks_key(step, limit).text.size)) {
        effect_take(step, limit, law.effect, &event);
        law.as_of = step->as_of;
    }
    end(step, &was, &law);
}

/* ---- what comes after it ---- */

static bool is_deemed_by_any(const gjr_rows *rows, uint32_t action)
{
    for (uint32_t i = 0; i < rows->effect_count; i++) {
        if (rows->effects[i].action == action) {
            return true;
        }
    }
    return false;
}

/* The mark of a deemed act in the region of the route, around it or inside, or NULL. */
static uint8_t *mark_find(const gjr_sitting *step, uint32_t region, uint32_t action)
{
    const gjr_rows *rows = rows_of(step);
    uint8_t *free = deemed_of(step, GJR_NONE, action);
    if (*free != 0) {
        return free;
    }
    for (uint32_t i = 0; i < rows->place_count; i++) {
        uint32_t at = rows->places[i].region;
        bool near = region == GJR_NONE || gjr_rows_is_within(rows, at, region) ||
                    gjr_rows_is_within(rows, region, at);
        if (rows->places[i].action == action && near && *deemed_of(step, i, action) != 0) {
            return deemed_of(step, i, action);
        }
    }
    return NULL;
}

bool gjr_law_is_acknowledged(gjr_sitting *step, uint32_t action)
{
    if (!is_deemed_by_any(rows_of(step), action)) {
        return false;
    }
    gjr_route route = gjr_route_find(step, action);
    uint8_t *deemed = mark_find(step, route.region, action);
    if (deemed == NULL) {
        return false;
    }
    *deemed = 0;
    return route.bearing != GJR_BEARING_HERE;
}
