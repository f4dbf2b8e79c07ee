/* SPDX-License-Identifier: Apache-2.0
 *
 * The docket of guiju.h, as far as it takes events in: cases in memory, each a list of records that
 * may come in any order. An event that cannot be kept is said to be so, with its reason; nothing is
 * dropped in silence. */
#include "engine/docket.h"

#include "base/text.h"
#include "judge/names.h"

#include <assert.h>
#include <string.h>

enum { CASES_FIRST = 64, EVENTS_FIRST = 8, OFFSET_MAX_S = 93600 };

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
        gjb_alloc_destroy(allocator, docket->cases, docket->case_capacity, sizeof(gjr_docket_case));
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
    size_t size = text.size < sizeof docket->problem_text ? text.size : sizeof docket->problem_text;
    if (size > 0) {
        memcpy(docket->problem_text, text.bytes, size);
    }
    if (size < text.size) { /* cut inside a character, perhaps */
        size = gjb_text_invalid_offset((gj_text){docket->problem_text, size});
    }
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
    bool offset =
        !stamp->zoned || (stamp->offset_s >= -OFFSET_MAX_S && stamp->offset_s <= OFFSET_MAX_S);
    return !stamp->unreadable && offset && stamp->wall_ms >= least && stamp->wall_ms <= most;
}

static bool procedure_is_ours(const gj_judge *judge, gj_text name)
{
    return name.size == 0 || gjb_text_equal(name, gjr_judge_text(judge, judge->procedure->name)) ||
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
    } else if (event->corrects.size > 0) {
        problem_set(docket, GJ_PROBLEM_UNSUPPORTED, event, "corrects", event->corrects);
    } else if (event->retracts.size > 0) {
        problem_set(docket, GJ_PROBLEM_UNSUPPORTED, event, "retracts", event->retracts);
    } else {
        return true;
    }
    return false;
}

static bool cases_grow(gj_docket *docket)
{
    size_t capacity = docket->case_capacity == 0 ? CASES_FIRST : docket->case_capacity * 2;
    gjr_docket_case *cases = gjb_alloc_resize(docket->judge->allocator, docket->cases,
                                              docket->case_capacity, capacity, sizeof *cases);
    if (cases == NULL) {
        return false;
    }
    docket->cases = cases;
    docket->case_capacity = capacity;
    return true;
}

static bool events_grow(gj_docket *docket, gjr_docket_case *of)
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

static gjr_docket_case *case_find(gj_docket *docket, gj_text id)
{
    const uint32_t *index = gjb_map_find(&docket->ids, id);
    return index == NULL ? NULL : &docket->cases[*index];
}

/* A case with room for its first event. */
static gjr_docket_case *case_add(gj_docket *docket, gj_text id)
{
    if (docket->case_count == docket->case_capacity && !cases_grow(docket)) {
        return NULL;
    }
    assert(docket->cases != NULL);
    gjr_docket_case *added = &docket->cases[docket->case_count];
    *added = (gjr_docket_case){.id = gjb_arena_text(&docket->records.arena, id), .sorted = true};
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

/* An event is kept whatever it tells of documents; the first one that there is not is reported.
 * Where the procedure speaks of none, nothing can depend on them. */
static void documents_check(gj_docket *docket, const gj_event *event)
{
    size_t count = docket->judge->rows->document_count == 0 ? 0 : event->document_count;
    for (size_t i = 0; i < count; i++) {
        if (gjr_judge_find_document(docket->judge, event->documents[i]) == GJR_NONE) {
            problem_set(docket, GJ_PROBLEM_DOCUMENT, event, "documents", event->documents[i]);
            return;
        }
    }
}

static gj_status event_keep(gj_docket *docket, const gj_event *event)
{
    gjr_docket_case *of = case_find(docket, event->case_id);
    if (of != NULL && of->count == of->capacity && !events_grow(docket, of)) {
        return GJ_NO_MEMORY;
    }
    of = of == NULL ? case_add(docket, event->case_id) : of;
    gjr_record *record;
    gj_status status =
        of == NULL ? GJ_NO_MEMORY : gjr_records_add(&docket->records, event, &record);
    if (status != GJ_OK) {
        return status;
    }
    of->sorted = of->sorted &&
                 (of->count == 0 || gjr_record_compare(of->records[of->count - 1], record) < 0);
    of->records[of->count++] = record;
    docket->last = record->event.at > docket->last ? record->event.at : docket->last;
    return GJ_OK;
}

static gj_status event_add(gj_docket *docket, const gj_event *event, gj_added *added)
{
    const gjr_record *before = gjr_records_find(&docket->records, event->source, event->id);
    if (before == NULL) {
        *added = GJ_ADDED;
        documents_check(docket, event);
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
    const gjr_docket_case *of = case_find(docket, whole.case_id);
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
