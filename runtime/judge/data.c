/* SPDX-License-Identifier: Apache-2.0
 *
 * See data.h. */
#include "judge/data.h"

#include "base/text.h"
#include "image/image.h"
#include "judge/conditions.h"
#include "judge/lengths.h"
#include "judge/limits.h"

/* The field has a new value: kept where somebody listens. */
static void news_add(gjr_sitting *step, uint32_t field)
{
    if (!gjr_audience_has_limits(&step->judge->plan.fields[field]) &&
        step->judge->plan.bys[field] == 0 && step->judge->plan.measuring_fields[field] == 0) {
        return;
    }
    for (size_t i = 0; i < step->news_count; i++) {
        if (step->news[i] == field) {
            return;
        }
    }
    step->news[step->news_count++] = field;
}

/* When the field's date is; GJ_NEVER where none is known. */
static gj_instant instant_of(const gjr_sitting *step, uint32_t field)
{
    gj_instant at = GJ_NEVER;
    return gjr_limits_field_instant(step->judged, field, &at) ? at : GJ_NEVER;
}

/* The earliest first: of several that start one limit, that one does. */
static void news_sort(gjr_sitting *step)
{
    for (size_t i = 1; i < step->news_count; i++) {
        uint32_t field = step->news[i];
        gj_instant at = instant_of(step, field);
        size_t to = i;
        for (; to > 0 && instant_of(step, step->news[to - 1]) > at; to--) {
            step->news[to] = step->news[to - 1];
        }
        step->news[to] = field;
    }
}

/* Starts first, so that a span whose two dates come together is a span. */
static void news_tell(gjr_sitting *step)
{
    bool measures = false;
    news_sort(step);
    for (size_t i = 0; i < step->news_count; i++) {
        if (step->judge->plan.bys[step->news[i]] != 0) {
            gjr_limits_hear_by(step, step->news[i]);
        }
        measures |= step->judge->plan.measuring_fields[step->news[i]] != 0;
    }
    if (measures) {
        gjr_lengths_hear_fields(step, step->news, step->news_count);
    }
    for (int ends = 0; ends < 2; ends++) {
        for (size_t i = 0; i < step->news_count; i++) {
            const gjr_audience *audience = &step->judge->plan.fields[step->news[i]];
            gjr_heard heard = {GJ_NEVER, GJR_NONE, true, false};
            bool known = gjr_limits_field_instant(step->judged, step->news[i], &heard.at);
            if (ends != 0) {
                gjr_limits_end(step, audience, &heard);
            } else if (known) {
                gjr_limits_start(step, audience, &heard);
            }
        }
    }
    step->news_count = 0;
}

void gjr_data_forget_parameters(gjr_sitting *step)
{
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
    bool presets = opening && step->judge->plan.has_presets;
    step->parameters_of = event->action;
    for (uint32_t i = 0; i < event->told_count; i++) {
        if (step->judge->plan.plain_fields[event->told[i].field] != 0 &&
            event->told[i].value.known) {
            gjr_case_values(step->judged)[event->told[i].field] =
                (uint64_t)event->told[i].value.as.number;
            gjr_case_presence(step->judged)[event->told[i].field] = GJR_PRESENT;
        } else if (event->told[i].field >= step->judge->own_field_count) {
            step->fields[event->told[i].field] = event->told[i].value;
        } else if (gjr_case_add_told(step->judged, &event->told[i])) {
            news_add(step, event->told[i].field);
        }
    }
    for (uint32_t i = 0; presets && i < step->judge->own_field_count; i++) {
        if (rows->fields[i].preset != GJR_NONE) {
            news_add(step, i);
        }
    }
    news_tell(step);
}

/* ---- what the act sets ---- */

/* Each text set is as long as some text of the case, the event or the image. */
size_t gjr_data_set_size(const gjr_sitting *step, uint32_t count)
{
    const gjr_event *event = step->event;
    size_t most = gjr_case_field_size_max(step->judged), own = step->judge->plan.constant_size_max;
    most = own > most ? own : most;
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
    const gjr_transition *row = &rows->transitions[transition];
    gjr_clause by = gjr_clause_of_transition(step, transition);
    for (uint32_t i = row->sets_first; i < row->sets_first + row->sets_count; i++) {
        if (field_set(step, &rows->assignments[i], &by)) {
            news_add(step, rows->assignments[i].field);
        }
    }
    news_tell(step);
}

void gjr_data_deem(gjr_sitting *step, uint32_t limit, uint32_t effect)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_effect *row = &rows->effects[effect];
    gjr_clause by = {row->position, row->basis_first, row->basis_count, GJ_SUBJECT_LIMIT, limit};
    for (uint32_t i = row->sets_first; i < row->sets_first + row->sets_count; i++) {
        const gjr_assignment *set = &rows->assignments[i];
        if (set->field >= step->judge->own_field_count) {
            step->fields[set->field] = gjr_condition_value(step, set->value);
        } else if (field_set(step, set, &by)) {
            news_add(step, set->field);
        }
    }
    news_tell(step);
}

/* ---- presets ---- */

void gjr_data_take_presets(gjr_sitting *step)
{
    const gjr_rows *rows = step->judge->rows;
    for (uint32_t i = 0; step->judge->plan.has_presets && i < step->judge->own_field_count; i++) {
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
