/* SPDX-License-Identifier: Apache-2.0
 *
 * See data.h. */
#include "judge/data.h"

#include "base/text.h"
#include "image/image.h"
#include "judge/conditions.h"
#include "judge/limits.h"

/* Fields with subscribers that have a new value. */
typedef struct news {
    uint32_t *fields;
    size_t count;
} news;

static void news_add(gjr_sitting *step, news *changed, uint32_t field)
{
    if (step->judge->rows->fields[field].subscriptions_count == 0) {
        return;
    }
    for (size_t i = 0; i < changed->count; i++) {
        if (changed->fields[i] == field) {
            return;
        }
    }
    changed->fields[changed->count++] = field;
}

/* Starts first, so that a span whose two dates come together is a span. */
static void news_tell(gjr_sitting *step, const news *changed)
{
    for (int ends = 0; ends < 2; ends++) {
        for (size_t i = 0; i < changed->count; i++) {
            const gjr_field *row = &step->judge->rows->fields[changed->fields[i]];
            gjr_heard heard = {GJR_TRIGGER_FIELD, changed->fields[i], GJ_NEVER, GJR_NONE, false};
            bool known = gjr_limits_field_instant(step->judged, heard.target, &heard.at);
            if (ends != 0) {
                gjr_limits_add_ends(step, row->subscriptions_first, row->subscriptions_count,
                                    &heard);
            } else if (known) {
                gjr_limits_add_starts(step, row->subscriptions_first, row->subscriptions_count,
                                      &heard);
            }
        }
    }
}

void gjr_data_forget_parameters(gjr_sitting *step)
{
    if (step->parameters_of == GJR_NONE) {
        return;
    }
    const gjr_action *row = &step->judge->rows->actions[step->parameters_of];
    for (uint32_t i = 0; i < row->parameters_count; i++) {
        step->fields[row->parameters_first + i] = (gjr_value){.known = false};
    }
    step->parameters_of = GJR_NONE;
}

void gjr_data_take(gjr_sitting *step, bool opening)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_event *event = step->event;
    if (event->told_count == 0 && !opening) {
        return;
    }
    size_t most = (size_t)event->told_count + (opening ? rows->field_count : 0);
    news changed = {gjb_arena_make(&step->arena, most, sizeof(uint32_t)), 0};
    if (changed.fields == NULL) {
        step->no_memory = true;
        return;
    }
    step->parameters_of = event->action;
    for (uint32_t i = 0; i < event->told_count; i++) {
        if (event->told[i].field >= step->judge->own_field_count) {
            step->fields[event->told[i].field] = event->told[i].value;
        } else if (gjr_case_add_told(step->judged, &event->told[i])) {
            news_add(step, &changed, event->told[i].field);
        }
    }
    for (uint32_t i = 0; opening && i < step->judge->own_field_count; i++) {
        if (rows->fields[i].preset != GJR_NONE) {
            news_add(step, &changed, i);
        }
    }
    news_tell(step, &changed);
    gjr_limits_step_time(step, gjr_case_state(step->judged)->clock);
}

/* ---- what the act sets ---- */

/* Each text set is as long as some text of the case, the event or the image. */
size_t gjr_data_set_size(const gjr_sitting *step)
{
    const gjr_event *event = step->event;
    uint32_t count = event->action == GJR_NONE ? 0 : step->judge->texts_set[event->action];
    if (count == 0) {
        return 0;
    }
    size_t most = gjr_case_field_size_max(step->judged);
    most = step->judge->constant_size_max > most ? step->judge->constant_size_max : most;
    for (uint32_t i = 0; i < event->told_count; i++) {
        size_t size = gjr_told_size(step->judge, &event->told[i]);
        most = size > most ? size : most;
    }
    return count * (most + 8);
}

/* Whether the field has another value than before. */
static bool field_set(gjr_sitting *step, const gjr_assignment *row, const gjr_clause *by)
{
    gjr_told told = {.field = row->field, .value = gjr_condition_value(step, row->value)};
    if (!told.value.known) {
        gjr_condition_note_unknown(step, row->value, by, row->field);
        return gjr_case_clear_field(step->judged, row->field);
    }
    return gjr_case_add_told(step->judged, &told);
}

void gjr_data_set(gjr_sitting *step, uint32_t transition)
{
    const gjr_rows *rows = step->judge->rows;
    if (transition == GJR_NONE || rows->transitions[transition].sets_count == 0) {
        return;
    }
    const gjr_transition *row = &rows->transitions[transition];
    gjr_clause by = gjr_clause_of_transition(step, transition);
    news changed = {gjb_arena_make(&step->arena, row->sets_count, sizeof(uint32_t)), 0};
    if (changed.fields == NULL) {
        step->no_memory = true;
        return;
    }
    for (uint32_t i = row->sets_first; i < row->sets_first + row->sets_count; i++) {
        if (field_set(step, &rows->assignments[i], &by)) {
            news_add(step, &changed, rows->assignments[i].field);
        }
    }
    news_tell(step, &changed);
    gjr_limits_step_time(step, gjr_case_state(step->judged)->clock);
}

/* ---- presets ---- */

void gjr_data_take_presets(gjr_sitting *step)
{
    const gjr_rows *rows = step->judge->rows;
    for (uint32_t i = 0; i < step->judge->own_field_count; i++) {
        if (rows->fields[i].preset == GJR_NONE) {
            continue;
        }
        gjr_told told = {.field = i, .value = gjr_condition_value(step, rows->fields[i].preset)};
        if (!told.value.known) {
            continue;
        }
        /* The value may lie in the very bytes that are moved to make room. */
        if (rows->fields[i].type == GJR_TYPE_TEXT || rows->fields[i].type == GJR_TYPE_OFFICER) {
            told.value.as.text = gjb_arena_text(&step->arena, told.value.as.text);
            step->no_memory |= told.value.as.text.bytes == NULL;
        }
        if (step->no_memory ||
            gjr_case_make_room(step->judged, gjr_told_size(step->judge, &told)) != GJ_OK) {
            step->no_memory = true;
            return;
        }
        step->facts.actions = gjr_case_done(step->judged);
        (void)gjr_case_add_told(step->judged, &told);
    }
}
