/* SPDX-License-Identifier: Apache-2.0
 *
 * See clocks.h. Clocks of one limit are few: a key is sought by looking at each. */
#include "judge/clocks.h"

#include "base/text.h"
#include "image/image.h"
#include "judge/conditions.h"
#include "judge/course.h"
#include "judge/stored.h"

static const gjr_limit *limit_row(const gjr_sitting *step, uint32_t limit)
{
    return &step->judge->rows->limits[limit];
}

/* The i-th of those that are kept by a key: the first clock is not. */
static uint32_t clock_of(const gjr_sitting *step, uint32_t limit, uint32_t i)
{
    return gjr_layout_clock(&step->judge->layout, limit, i + 1);
}

static bool is_running(const gjr_case *judged, uint32_t clock)
{
    return (gjr_case_limit(judged, clock)->flags & GJR_LIMIT_RUNNING) != 0;
}

/* ---- what the event tells ---- */

static bool is_textual(const gjr_sitting *step, uint32_t limit)
{
    const gjr_rows *rows = step->judge->rows;
    uint32_t field = rows->key_fields[limit_row(step, limit)->keys_first].field;
    return gjr_type_is_textual(rows->fields[field].type);
}

/* The value that the event at hand tells as its key; not known where it tells none, or an empty
 * text. */
static gjr_value told_of(const gjr_sitting *step, uint32_t limit)
{
    const gjr_key_field *key =
        gjr_rows_key(step->judge->rows, limit_row(step, limit), step->event->action);
    gjr_value value = {.known = false};
    for (uint32_t i = 0; key != NULL && i < step->event->told_count; i++) {
        if (step->event->told[i].field == key->field) {
            value = step->event->told[i].value;
        }
    }
    if (value.known && is_textual(step, limit) && value.as.text.size == 0) {
        value.known = false;
    }
    return value;
}

gjr_raised_key gjr_clocks_told(const gjr_sitting *step, uint32_t limit)
{
    gjr_value value = told_of(step, limit);
    gjr_raised_key key = {.present = value.known ? 1 : 0};
    if (value.known && is_textual(step, limit)) {
        key.text = value.as.text;
    } else if (value.known) {
        key.number = value.as.number;
    }
    return key;
}

/* ---- whose a clock is ---- */

static gjr_raised_key key_of(const gjr_sitting *step, uint32_t limit, uint32_t clock)
{
    uint64_t word = *gjr_case_item(step->judged, clock);
    gjr_raised_key key = {.present = 1};
    if (is_textual(step, limit)) {
        key.text = gjr_case_text(step->judged, gjr_span_unpack(word));
    } else {
        key.number = (int64_t)word;
    }
    return key;
}

static bool is_same(const gjr_raised_key *a, const gjr_raised_key *b)
{
    return a->number == b->number && a->text.size == b->text.size &&
           gjb_text_equal(a->text, b->text);
}

uint32_t gjr_clocks_find(const gjr_sitting *step, uint32_t limit)
{
    if (!gjr_clocks_are_keyed(step, limit)) {
        return limit;
    }
    gjr_raised_key told = gjr_clocks_told(step, limit);
    for (uint32_t i = 0; told.present != 0 && i < limit_row(step, limit)->open_max; i++) {
        uint32_t clock = clock_of(step, limit, i);
        if (is_running(step->judged, clock)) {
            gjr_raised_key key = key_of(step, limit, clock);
            if (is_same(&key, &told)) {
                return clock;
            }
        }
    }
    return GJR_NONE;
}

bool gjr_clocks_run(const gjr_case *judged, uint32_t limit)
{
    const gjr_case_layout *layout = &judged->judge->layout;
    uint32_t count = gjr_layout_clocks(&judged->judge->rows->limits[limit]);
    for (uint32_t i = 0; i < count; i++) {
        if (is_running(judged, gjr_layout_clock(layout, limit, i))) {
            return true;
        }
    }
    return false;
}

/* ---- what is amiss with a key ---- */

static void note_untold(gjr_sitting *step, uint32_t limit, uint32_t trigger)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_limit *row = limit_row(step, limit);
    const gjr_key_field *key = gjr_rows_key(rows, row, step->event->action);
    key = key != NULL ? key : gjr_rows_key(rows, row, rows->triggers[trigger].target);
    gjr_condition_note_key_unknown(step, key->field, limit);
}

/* One event may come to the limit by several of its triggers; what the law does is another. */
static bool is_noted_full(const gjr_sitting *step, uint32_t limit)
{
    for (size_t i = step->raised_since; i < step->raised_count; i++) {
        const gjr_raised *raised = &step->raised[i];
        if (raised->code == GJ_TOO_MANY_OPEN && raised->law.limit == GJR_NONE &&
            raised->subject == GJ_SUBJECT_LIMIT && raised->subject_index == limit) {
            return true;
        }
    }
    return false;
}

static void note_full(gjr_sitting *step, uint32_t limit)
{
    const gjr_limit *row = limit_row(step, limit);
    if (is_noted_full(step, limit)) {
        return;
    }
    gjr_raised *raised = gjr_sitting_add(step, GJ_TOO_MANY_OPEN, GJ_SUBJECT_LIMIT, limit);
    if (raised == NULL) {
        return;
    }
    raised->position = row->position;
    raised->basis_first = row->basis_first;
    raised->basis_count = row->basis_count;
    raised->times_allowed = row->open_max;
    raised->key = gjr_clocks_told(step, limit);
    raised->is_underway = true;
    gjr_sitting_place(step, raised, row->region);
}

void gjr_clocks_check_told(gjr_sitting *step, uint32_t limit, uint32_t trigger)
{
    if (gjr_clocks_are_keyed(step, limit) && !told_of(step, limit).known &&
        gjr_clocks_run(step->judged, limit)) {
        note_untold(step, limit, trigger);
    }
}

/* ---- taking and freeing ---- */

uint32_t gjr_clocks_take(gjr_sitting *step, uint32_t limit, uint32_t trigger)
{
    gjr_value told = told_of(step, limit);
    if (!told.known) {
        note_untold(step, limit, trigger);
        return GJR_NONE;
    }
    for (uint32_t i = 0; i < limit_row(step, limit)->open_max; i++) {
        uint32_t clock = clock_of(step, limit, i);
        if (!is_running(step->judged, clock)) {
            *gjr_case_item(step->judged, clock) =
                gjr_stored_add(step->judged, gjr_stored_item_shape(step->judged, clock), &told);
            return clock;
        }
    }
    note_full(step, limit);
    return GJR_NONE;
}

void gjr_clocks_free(gjr_sitting *step, uint32_t clock)
{
    uint64_t *item = gjr_case_item(step->judged, clock);
    gjr_case_limit(step->judged, clock)->flags = 0;
    if (item != NULL) {
        *item = 0;
    }
}

gjr_raised_key gjr_clocks_key(const gjr_sitting *step, uint32_t clock)
{
    bool kept = gjr_case_item(step->judged, clock) != NULL;
    return kept ? key_of(step, gjr_layout_limit(&step->judge->layout, clock), clock)
                : (gjr_raised_key){.present = 0};
}

void gjr_clocks_name(const gjr_sitting *step, uint32_t clock, gjr_raised *raised)
{
    raised->subject = GJ_SUBJECT_LIMIT;
    raised->subject_index = gjr_layout_limit(&step->judge->layout, clock);
    raised->key = gjr_clocks_key(step, clock);
}
