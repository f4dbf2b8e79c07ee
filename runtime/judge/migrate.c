/* SPDX-License-Identifier: Apache-2.0
 *
 * See migrate.h. The new state is filled part by part; then each clock that runs is read by the new
 * version, and time comes to the instant, so that what is due by now falls due. */
#include "judge/migrate_parts.h"

#include "image/shape.h"
#include "judge/course.h"
#include "judge/crews.h"
#include "judge/custody.h"
#include "judge/data.h"
#include "judge/keeps.h"
#include "judge/limits.h"
#include "judge/recalls.h"
#include "judge/regions.h"
#include "judge/stored.h"

#include <string.h>

/* ---- what is told and done ---- */

static void field_move(gjr_moving *with, uint32_t field)
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
            presence == GJR_PRESENT ? GJR_SHAPE_OF(&gjr_moving_was(with)->fields[field]) : text;
        uint64_t word =
            gjr_stored_move(with->from, with->to, shape, gjr_case_values(with->from)[field]);
        gjr_case_values(with->to)[to] = word;
    }
}

static void documents_move(gjr_moving *with)
{
    for (uint32_t i = 0; i < gjr_moving_was(with)->document_count; i++) {
        if (with->by->documents[i] != GJR_NONE && gjr_case_has_document(with->from, i)) {
            gjr_case_add_document(with->to, with->by->documents[i]);
        }
    }
}

static void crew_move(gjr_moving *with, uint32_t action, uint32_t to)
{
    const gjr_crew *crew = gjr_crew_get(with->from, action);
    gjr_crew *moved = gjr_crew_get(with->to, to);
    if (moved == NULL) {
        return;
    }
    if (crew == NULL) { /* nobody asked who did it */
        for (uint32_t i = 0; i < gjr_moving_was(with)->place_count; i++) {
            bool done = gjr_moving_was(with)->places[i].action == action &&
                        *gjr_case_times(with->from, i) > 0;
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

static void acts_move(gjr_moving *with)
{
    const gjr_done *done = gjr_case_done(with->from);
    gjr_done *done_to = gjr_case_done(with->to);
    const uint8_t *deemed = deemed_of(with->from);
    uint8_t *deemed_to = deemed_of(with->to);
    for (uint32_t i = 0; i < gjr_moving_was(with)->action_count; i++) {
        uint32_t to = with->by->actions[i];
        if (to == GJR_NONE) {
            continue;
        }
        if (done != NULL && done_to != NULL) {
            done_to[to] = done[i];
        }
        if (deemed != NULL && deemed_to != NULL) {
            deemed_to[gjr_moving_is(with)->place_count + to] =
                deemed[gjr_moving_was(with)->place_count + i];
        }
        crew_move(with, i, to);
    }
    for (uint32_t i = 0; i < gjr_moving_was(with)->place_count; i++) {
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

static void head_move(gjr_moving *with)
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

static void regions_move(gjr_moving *with)
{
    const gjr_region_slot *from = gjr_case_regions(with->from);
    gjr_region_slot *to = gjr_case_regions(with->to);
    for (uint32_t i = 0; i < gjr_moving_was(with)->region_count; i++) {
        to[with->by->regions[i]] =
            (gjr_region_slot){(uint16_t)with->by->stages[from[i].stage], from[i].status};
    }
    for (uint32_t i = 0; i < gjr_moving_was(with)->stage_count; i++) {
        const uint32_t *entered = gjr_case_entered(with->from, i);
        uint32_t *entered_to = gjr_case_entered(with->to, with->by->stages[i]);
        if (entered != NULL && entered_to != NULL && *entered > *entered_to) {
            *entered_to = *entered;
        }
    }
}

/* ---- what rules remember ---- */

static void recall_move(gjr_moving *with, uint32_t relation, uint32_t to, uint32_t i)
{
    gjr_recall *recall = gjr_recall_get(with->to, to, i);
    const gjr_relation *was = &gjr_moving_was(with)->relations[relation];
    const gjr_relation *is = &gjr_moving_is(with)->relations[to];
    *recall = *gjr_recall_get(with->from, relation, i);
    recall->role = is->roles_first + (recall->role - was->roles_first);
    recall->post = recall->post == GJR_NONE ? GJR_NONE : with->by->posts[recall->post];
    recall->key = gjr_case_move_key(with->from, with->to, recall->key);
    recall->officer = gjr_case_add_text(with->to, gjr_case_text(with->from, recall->officer));
    if ((recall->flags & GJR_RECALL_KEYED) != 0) {
        const gjr_field *key =
            &gjr_moving_was(with)->fields[gjr_moving_was(with)->key_fields[was->keys_first].field];
        recall->item = gjr_stored_move(with->from, with->to, GJR_SHAPE_OF(key), recall->item);
    }
    if ((recall->flags & GJR_RECALL_KEEPS) != 0) {
        recall->item = gjr_keeps_move(with->from, with->to, relation, recall->item);
    }
}

static void register_move(gjr_moving *with, uint32_t relation, uint32_t to)
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

static void recalls_move(gjr_moving *with)
{
    for (uint32_t i = gjr_recall_next(with->from, 0); i != GJR_NONE;
         i = gjr_recall_next(with->from, i + 1)) {
        if (with->by->relations[i] != GJR_NONE) {
            register_move(with, i, with->by->relations[i]);
        }
    }
}

/* ---- all of it ---- */

/* Keys that more than one thing names are written once for each. */
static size_t room_of(const gjr_moving *with)
{
    const gjr_case_layout *layout = &with->is->judge->layout;
    size_t turn = sizeof(gjr_turn) + sizeof(gjr_key);
    return gjr_case_live_size(with->from) + (size_t)layout->clock_count * 32 +
           (size_t)layout->crew_count * 2 * GJR_CREW_MAX * sizeof(gjr_span) +
           (size_t)layout->turns_max * turn;
}

static gj_status state_fill(gjr_moving *with)
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
    gjr_moving_move_clocks(with);
    recalls_move(with);
    return GJ_OK;
}

/* Who held it before, by the names of the new version. */
static void custody_move(const gjr_moving *with)
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
    gjr_moving with = {by, was, is, from, to, at};
    gjr_sitting_begin(was, from, NULL);
    gjr_case_reset(to);
    gjr_sitting_begin(is, to, NULL);
    if (gjr_case_is_new(from)) {
        return GJ_OK;
    }
    gjr_moving_leave(&with);
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
    gjr_moving_read_clocks(&with);
    gjr_case_state(to)->look_at = at;
    gjr_limits_look(is, at);
    return was->no_memory || is->no_memory || was->arena.failed || is->arena.failed ? GJ_NO_MEMORY
                                                                                    : GJ_OK;
}
