/* SPDX-License-Identifier: Apache-2.0
 *
 * The docket of guiju.h: cases in memory, each a list of records. Judging is a fold over a case's
 * records in their order, so the order in which they came means nothing, and one case's state, one
 * sitting and one arena serve all cases in turn. */
#include "base/text.h"
#include "engine/records.h"
#include "judge/finding.h"
#include "judge/step.h"

#include <stdlib.h>
#include <string.h>

enum { CASES_FIRST = 64, EVENTS_FIRST = 8, PROBLEM_TEXT_SIZE_MAX = 120, OFFSET_MAX_S = 93600 };

typedef struct docket_case {
    gj_text id;
    gjr_record **records;
    size_t count, capacity;
    bool sorted;
} docket_case;

struct gj_docket {
    const gj_judge *judge;
    gjr_records records;
    gjb_map ids; /* case id → index */
    docket_case *cases;
    size_t case_count, case_capacity;
    gj_instant last;
    gj_problem problem;
    char problem_text[PROBLEM_TEXT_SIZE_MAX];
};

/* ---- life ---- */

gj_status gj_docket_create(const gj_judge *judge, gj_docket **made)
{
    if (judge == NULL || made == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    gj_docket *docket = gjb_alloc_create(judge->allocator, 1, sizeof *docket);
    *made = docket;
    if (docket == NULL) {
        return GJ_NO_MEMORY;
    }
    docket->judge = judge;
    docket->last = INT64_MIN;
    gjr_records_init(&docket->records, judge);
    gjb_map_init(&docket->ids, judge->allocator, 0x63617365u);
    return GJ_OK;
}

void gj_docket_destroy(gj_docket *docket)
{
    if (docket == NULL) {
        return;
    }
    const gj_allocator *allocator = docket->judge->allocator;
    for (size_t i = 0; i < docket->case_count; i++) {
        gjb_alloc_destroy(allocator, docket->cases[i].records, docket->cases[i].capacity,
                          sizeof(gjr_record *));
    }
    if (docket->cases != NULL) {
        gjb_alloc_destroy(allocator, docket->cases, docket->case_capacity, sizeof(docket_case));
    }
    gjb_map_deinit(&docket->ids);
    gjr_records_deinit(&docket->records);
    gjb_alloc_destroy(allocator, docket, 1, sizeof *docket);
}

const gj_problem *gj_docket_problem(const gj_docket *docket)
{
    return &docket->problem;
}

size_t gj_docket_case_count(const gj_docket *docket)
{
    return docket->case_count;
}

gj_text gj_docket_case_id(const gj_docket *docket, size_t index)
{
    return index < docket->case_count ? docket->cases[index].id : (gj_text){NULL, 0};
}

gj_instant gj_docket_last_instant(const gj_docket *docket)
{
    return docket->last;
}

/* ---- taking an event in ---- */

/* Keeps what stood there, cut; borrowed by the problem until the next one. */
static void problem_set(gj_docket *docket, gj_problem_code code, const gj_event *event,
                        const char *field, gj_text text)
{
    size_t size = text.size < sizeof docket->problem_text ? text.size
                                                          : sizeof docket->problem_text;
    if (size > 0) {
        memcpy(docket->problem_text, text.bytes, size);
    }
    size = size == text.size ? size : gjb_text_invalid_offset((gj_text){docket->problem_text, size});
    docket->problem = (gj_problem){
        .code = code,
        .line = event->line,
        .field = gjb_text_of(field),
        .text = text.bytes == NULL ? text : (gj_text){docket->problem_text, size},
    };
}

static bool stamp_is_usable(const gj_stamp *stamp)
{
    const int64_t least = GJR_DAY_MIN * GJR_MS_PER_DAY;
    const int64_t most = (GJR_DAY_MAX + INT64_C(1)) * GJR_MS_PER_DAY;
    bool offset = !stamp->zoned || (stamp->offset_s >= -OFFSET_MAX_S &&
                                    stamp->offset_s <= OFFSET_MAX_S);
    return !stamp->unreadable && offset && stamp->wall_ms >= least && stamp->wall_ms <= most;
}

static bool procedure_is_ours(const gj_judge *judge, gj_text name)
{
    return name.size == 0 ||
           gjb_text_equal(name, gjr_judge_text(judge, judge->procedure->name)) ||
           gjb_text_equal(name, gjr_judge_text(judge, judge->procedure->title));
}

/* Whether the event can be kept at all; if not, the problem says why. */
static bool event_check(gj_docket *docket, const gj_event *event)
{
    gj_text none = {NULL, 0};
    if (!procedure_is_ours(docket->judge, event->procedure)) {
        problem_set(docket, GJ_PROBLEM_PROCEDURE, event, "procedure", event->procedure);
    } else if (event->case_id.size == 0) {
        problem_set(docket, GJ_PROBLEM_FIELD, event, "case", none);
    } else if (event->action.size == 0) {
        problem_set(docket, GJ_PROBLEM_FIELD, event, "action", none);
    } else if (!event->at.present && !event->at.unreadable) {
        problem_set(docket, GJ_PROBLEM_FIELD, event, "at", none);
    } else if (!stamp_is_usable(&event->at)) {
        problem_set(docket, GJ_PROBLEM_TIME, event, "at", event->at.written);
    } else if ((event->recorded.present || event->recorded.unreadable) &&
               !stamp_is_usable(&event->recorded)) {
        problem_set(docket, GJ_PROBLEM_TIME, event, "recorded", event->recorded.written);
    } else {
        return true;
    }
    return false;
}

static bool cases_grow(gj_docket *docket)
{
    size_t capacity = docket->case_capacity == 0 ? CASES_FIRST : docket->case_capacity * 2;
    docket_case *cases = gjb_alloc_resize(docket->judge->allocator, docket->cases,
                                          docket->case_capacity, capacity, sizeof *cases);
    if (cases == NULL) {
        return false;
    }
    docket->cases = cases;
    docket->case_capacity = capacity;
    return true;
}

static bool events_grow(gj_docket *docket, docket_case *of)
{
    size_t capacity = of->capacity == 0 ? EVENTS_FIRST : of->capacity * 2;
    gjr_record **records = gjb_alloc_resize(docket->judge->allocator, of->records, of->capacity,
                                            capacity, sizeof *records);
    if (records == NULL) {
        return false;
    }
    of->records = records;
    of->capacity = capacity;
    return true;
}

static docket_case *case_find(gj_docket *docket, gj_text id)
{
    const uint32_t *index = gjb_map_find(&docket->ids, id);
    return index == NULL ? NULL : &docket->cases[*index];
}

/* A case with room for its first event. */
static docket_case *case_add(gj_docket *docket, gj_text id)
{
    if (docket->case_count == docket->case_capacity && !cases_grow(docket)) {
        return NULL;
    }
    docket_case *added = &docket->cases[docket->case_count];
    *added = (docket_case){.id = gjb_arena_text(&docket->records.arena, id), .sorted = true};
    bool is_new;
    if (added->id.bytes == NULL || !events_grow(docket, added)) {
        return NULL;
    }
    if (gjb_map_add(&docket->ids, added->id, (uint32_t)docket->case_count, &is_new) == NULL) {
        gjb_alloc_destroy(docket->judge->allocator, added->records, added->capacity,
                          sizeof(gjr_record *));
        return NULL;
    }
    docket->case_count++;
    return added;
}

static gj_status event_keep(gj_docket *docket, const gj_event *event)
{
    docket_case *of = case_find(docket, event->case_id);
    if (of != NULL && of->count == of->capacity && !events_grow(docket, of)) {
        return GJ_NO_MEMORY;
    }
    of = of == NULL ? case_add(docket, event->case_id) : of;
    gjr_record *record;
    gj_status status = of == NULL ? GJ_NO_MEMORY
                                  : gjr_records_add(&docket->records, event, &record);
    if (status != GJ_OK) {
        return status;
    }
    of->sorted = of->sorted && (of->count == 0 ||
                                gjr_record_compare(of->records[of->count - 1], record) < 0);
    of->records[of->count++] = record;
    docket->last = record->event.at > docket->last ? record->event.at : docket->last;
    return GJ_OK;
}

static gj_status event_add(gj_docket *docket, const gj_event *event, gj_added *added)
{
    const gjr_record *before = gjr_records_find(&docket->records, event->source, event->id);
    if (before == NULL) {
        *added = GJ_ADDED;
        return event_keep(docket, event);
    }
    gjr_content content = gjr_records_content(&docket->records, event);
    if (memcmp(&content, &before->content, sizeof content) == 0) {
        *added = GJ_ADDED_AGAIN;
        return GJ_OK;
    }
    problem_set(docket, GJ_PROBLEM_CONFLICT, event, "id", event->id);
    return GJ_OK;
}

gj_status gj_docket_add(gj_docket *docket, const gj_event *event, gj_added *added)
{
    if (docket == NULL || event == NULL || added == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    *added = GJ_NOT_ADDED;
    docket->problem = (gj_problem){.code = GJ_PROBLEM_NONE};
    if (!event_check(docket, event)) {
        return GJ_OK;
    }
    gj_event whole = *event;
    whole.source = whole.source.bytes == NULL ? gjb_text_of("") : whole.source;
    if (whole.id.size > 0) {
        return event_add(docket, &whole, added);
    }
    const docket_case *of = case_find(docket, whole.case_id);
    gjb_buffer id;
    gjb_buffer_init(&id, docket->judge->allocator);
    gjb_buffer_add_text(&id, whole.case_id);
    gjb_buffer_add_byte(&id, '#');
    gjb_buffer_add_int(&id, of == NULL ? 1 : (int64_t)of->count + 1);
    whole.id = gjb_buffer_text(&id);
    gj_status status = id.failed ? GJ_NO_MEMORY : event_add(docket, &whole, added);
    gjb_buffer_deinit(&id);
    return status;
}

/* ---- judging ---- */

/* A finding's latest state, before it is put together. */
typedef struct kept_note {
    gjr_raised raised;
    const gjr_event *event;
} kept_note;

typedef struct hearing {
    gj_docket *docket;
    const gj_docket_judging *judging;
    gj_instant until;
    gjr_sitting step;
    gjr_case judged;
    gjb_arena arena; /* one case's results */
    kept_note *notes;
    size_t note_count, note_capacity;
    gj_step_note *steps;
    size_t step_count;
    bool stopped;
} hearing;

static int pointers_compare(const void *a, const void *b)
{
    return gjr_record_compare(*(gjr_record *const *)a, *(gjr_record *const *)b);
}

static void case_sort(docket_case *of)
{
    if (!of->sorted) {
        qsort(of->records, of->count, sizeof *of->records, pointers_compare);
        of->sorted = true;
    }
}

static bool notes_grow(hearing *with)
{
    size_t capacity = with->note_capacity == 0 ? 8 : with->note_capacity * 2;
    kept_note *notes = gjb_arena_make(&with->arena, capacity, sizeof *notes);
    if (notes == NULL) {
        return false;
    }
    if (with->note_count > 0) {
        memcpy(notes, with->notes, with->note_count * sizeof *notes);
    }
    with->notes = notes;
    with->note_capacity = capacity;
    return true;
}

static bool indices_keep(hearing *with, const uint32_t **items, uint32_t count)
{
    if (count == 0) {
        return true;
    }
    uint32_t *copy = gjb_arena_make(&with->arena, count, sizeof *copy);
    if (copy != NULL) {
        memcpy(copy, *items, count * sizeof *copy);
    }
    *items = copy;
    return copy != NULL;
}

static bool text_keep(hearing *with, gj_text *text)
{
    bool present = gjb_text_is_present(*text);
    *text = gjb_arena_text(&with->arena, *text);
    return !present || gjb_text_is_present(*text);
}

/* Ordinals are given out one by one, and an update comes after what it updates. */
static bool note_keep(hearing *with, const gjr_raised *raised, const gjr_event *event)
{
    if (raised->ordinal == with->note_capacity && !notes_grow(with)) {
        return false;
    }
    kept_note *note = &with->notes[raised->ordinal];
    *note = (kept_note){*raised, event};
    if (raised->ordinal == with->note_count) {
        with->note_count++;
    }
    return indices_keep(with, &note->raised.missing, raised->missing_count) &&
           indices_keep(with, &note->raised.present, raised->present_count) &&
           text_keep(with, &note->raised.quoted) && text_keep(with, &note->raised.limit.source) &&
           text_keep(with, &note->raised.limit.id);
}

static bool notes_keep(hearing *with, const gjr_event *event)
{
    for (size_t i = 0; i < with->step.raised_count; i++) {
        if (!note_keep(with, &with->step.raised[i], event)) {
            return false;
        }
    }
    return true;
}

static void step_note(hearing *with, const gjr_event *event)
{
    const gjr_rows *rows = with->docket->judge->rows;
    const gjr_stage *stage = &rows->stages[gjr_case_state(&with->judged)->stage];
    gj_step_note *note = &with->steps[with->step_count++];
    *note = (gj_step_note){
        .at = event->at,
        .at_offset_s = event->at_offset_s,
        .event = event->id,
        .action = event->action_text,
        .action_title = event->action_text,
        .post = event->post_text,
        .post_title = event->post_text,
        .officer = event->officer,
        .stage_after = gjr_rows_text(rows, stage->name),
        .stage_after_title = gjr_rows_text(rows, stage->title),
        .line = event->line,
    };
    if (event->action != GJR_NONE) {
        note->action = gjr_rows_text(rows, rows->actions[event->action].name);
        note->action_title = gjr_rows_text(rows, rows->actions[event->action].title);
    }
    if (event->post != GJR_NONE) {
        note->post = gjr_rows_text(rows, rows->posts[event->post].name);
        note->post_title = gjr_rows_text(rows, rows->posts[event->post].title);
    }
    for (size_t i = 0; i < with->step.raised_count; i++) {
        note->finding_count += with->step.raised[i].by_event ? 1 : 0;
    }
}

static gj_status events_step(hearing *with, const docket_case *of, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const gjr_event *event = &of->records[i]->event;
        gj_status status = gjr_case_step(&with->step, &with->judged, event);
        if (status != GJ_OK) {
            return status;
        }
        if (!notes_keep(with, event)) {
            return GJ_NO_MEMORY;
        }
        if (with->steps != NULL) {
            step_note(with, event);
        }
    }
    return GJ_OK;
}

/* Time goes on to the end, and what is still overdue is counted up to it. */
static gj_status time_step(hearing *with)
{
    gj_status status = gjr_case_step_time(&with->step, &with->judged, with->until);
    if (status == GJ_OK && !notes_keep(with, NULL)) {
        return GJ_NO_MEMORY;
    }
    status = status == GJ_OK ? gjr_case_step_count(&with->step, &with->judged) : status;
    return status == GJ_OK && !notes_keep(with, NULL) ? GJ_NO_MEMORY : status;
}

static gj_status findings_make(hearing *with, gj_case_result *result)
{
    gj_finding *findings = gjb_arena_make(&with->arena, with->note_count, sizeof *findings);
    if (findings == NULL) {
        return GJ_NO_MEMORY;
    }
    for (size_t i = 0; i < with->note_count; i++) {
        const kept_note *note = &with->notes[i];
        if (note->raised.status == GJ_WITHDRAWN) {
            continue;
        }
        gj_status status =
            gjr_finding_make(with->docket->judge, result->case_id, &note->raised, note->event,
                             &with->arena, &findings[result->finding_count++]);
        if (status != GJ_OK) {
            return status;
        }
    }
    result->findings = findings;
    return GJ_OK;
}

static gj_status result_make(hearing *with, const docket_case *of, size_t count)
{
    const gjr_rows *rows = with->docket->judge->rows;
    const gjr_state *state = gjr_case_state(&with->judged);
    const gjr_stage *stage = &rows->stages[state->stage];
    gj_case_result result = {
        .case_id = of->id,
        .stage = gjr_rows_text(rows, stage->name),
        .stage_title = gjr_rows_text(rows, stage->title),
        .final = (stage->flags & GJR_STAGE_FINAL) != 0,
        .event_count = count,
        .first_at = of->records[0]->event.at,
        .last_at = of->records[count - 1]->event.at,
        .steps = with->steps,
        .step_count = with->step_count,
    };
    gj_status status = findings_make(with, &result);
    if (status == GJ_OK && !with->judging->on_case(with->judging->payload, &result)) {
        with->stopped = true;
    }
    return status;
}

static gj_status case_judge(hearing *with, docket_case *of)
{
    case_sort(of);
    size_t count = of->count;
    while (count > 0 && of->records[count - 1]->event.at > with->until) {
        count--;
    }
    if (count == 0) {
        return GJ_OK;
    }
    gjb_arena_reset(&with->arena);
    gjr_case_reset(&with->judged, of->id);
    with->notes = NULL;
    with->note_count = with->note_capacity = with->step_count = 0;
    with->steps = NULL;
    if (with->judging->with_steps) {
        with->steps = gjb_arena_make(&with->arena, count, sizeof *with->steps);
        if (with->steps == NULL) {
            return GJ_NO_MEMORY;
        }
    }
    gj_status status = events_step(with, of, count);
    status = status == GJ_OK ? time_step(with) : status;
    return status == GJ_OK ? result_make(with, of, count) : status;
}

static gj_status cases_judge(gj_docket *docket, size_t first, size_t end,
                             const gj_docket_judging *judging)
{
    hearing with = {.docket = docket, .judging = judging, .until = judging->until};
    if (with.until == GJ_NEVER) {
        with.until = docket->last;
    }
    gjb_arena_init(&with.arena, docket->judge->allocator);
    gj_status status = gjr_sitting_init(&with.step, docket->judge);
    status = status == GJ_OK ? gjr_case_init(&with.judged, docket->judge, gjb_text_of("")) : status;
    for (size_t i = first; status == GJ_OK && !with.stopped && i < end; i++) {
        status = case_judge(&with, &docket->cases[i]);
    }
    if (with.judged.judge != NULL) {
        gjr_case_deinit(&with.judged);
    }
    gjr_sitting_deinit(&with.step);
    gjb_arena_deinit(&with.arena);
    return status;
}

static bool judging_is_usable(const gj_docket *docket, const gj_docket_judging *judging)
{
    return docket != NULL && judging != NULL && judging->on_case != NULL &&
           judging->size >= sizeof(gj_docket_judging);
}

gj_status gj_docket_judge(gj_docket *docket, const gj_docket_judging *judging)
{
    return judging_is_usable(docket, judging)
               ? cases_judge(docket, 0, docket->case_count, judging)
               : GJ_BAD_ARGUMENT;
}

gj_status gj_docket_judge_case(gj_docket *docket, size_t index, const gj_docket_judging *judging)
{
    return judging_is_usable(docket, judging) && index < docket->case_count
               ? cases_judge(docket, index, index + 1, judging)
               : GJ_BAD_ARGUMENT;
}
