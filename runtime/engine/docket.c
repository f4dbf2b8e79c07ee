/* SPDX-License-Identifier: Apache-2.0
 *
 * The docket of guiju.h, as far as it takes events in: cases in memory, each a list of records that
 * may come in any order. An event that cannot be kept is said to be so, with its reason; nothing is
 * dropped in silence. */
#include "engine/docket.h"

#include "base/text.h"
#include "engine/inspection.h"
#include "engine/past.h"
#include "judge/answers_file.h"
#include "judge/names.h"

#include <assert.h>
#include <string.h>

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
    gjr_roll_init(&docket->roll, judge->allocator);
    gjr_links_init(&docket->links, judge->allocator);
    gjr_answers_init(&docket->answers, judge->allocator);
    gjb_buffer_init(&docket->made_id, judge->allocator);
    return GJ_OK;
}

void gj_docket_destroy(gj_docket *docket)
{
    if (docket == NULL) {
        return;
    }
    const gj_allocator *allocator = docket->judge->allocator;
    for (size_t i = 0; i < docket->past_count; i++) {
        gj_docket_destroy(docket->past[i].docket);
    }
    gjb_alloc_destroy(allocator, docket->past, docket->past_count, sizeof *docket->past);
    gjb_buffer_deinit(&docket->made_id);
    gjr_answers_deinit(&docket->answers);
    gjr_links_deinit(&docket->links);
    gjr_roll_deinit(&docket->roll);
    gjr_records_deinit(&docket->records);
    gjb_alloc_destroy(allocator, docket, 1, sizeof *docket);
}

gj_status gj_docket_answers_write(const gj_docket *docket, const gj_writer *out)
{
    if (docket == NULL || out == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    gjb_buffer bytes;
    gjb_buffer_init(&bytes, docket->judge->allocator);
    gjr_answers_write(&docket->answers, docket->judge, &bytes);
    gj_status status = gjb_buffer_write(&bytes, out);
    gjb_buffer_deinit(&bytes);
    return status;
}

gj_status gj_docket_answers_read(gj_docket *docket, const void *bytes, size_t size)
{
    return docket == NULL ? GJ_BAD_ARGUMENT
                          : gjr_answers_read(&docket->answers, docket->judge,
                                             (gj_text){(const char *)bytes, size});
}

const gj_problem *gj_docket_problem(const gj_docket *docket)
{
    return &docket->problem;
}

size_t gj_docket_case_count(const gj_docket *docket)
{
    return docket->roll.index.count;
}

gj_text gj_docket_case_id(const gj_docket *docket, size_t index)
{
    return index < docket->roll.index.count ? docket->roll.cases[index].id : (gj_text){NULL, 0};
}

/* The latest `at` of what stands: what was corrected no longer says when anything happened. */
static gj_instant last_settle(gj_docket *docket)
{
    gj_instant last = INT64_MIN;
    for (size_t i = 0; i < docket->roll.index.count; i++) {
        gjr_links_settle(&docket->links, &docket->records, docket->roll.cases[i].links);
    }
    for (uint32_t i = 0; i < docket->records.keys.count; i++) {
        uint32_t content = gjr_links_turn(&docket->links, &docket->records, i).content;
        if (content != GJB_INDEX_NONE) {
            gj_instant at = gjr_records_get(&docket->records, content)->at;
            last = at > last ? at : last;
        }
    }
    return last;
}

gj_instant gj_docket_last_instant(gj_docket *docket)
{
    if (docket->links.keys.count == 0) {
        return docket->last;
    }
    if (!docket->last_is_settled) {
        docket->last_standing = last_settle(docket);
        docket->last_is_settled = true;
    }
    return docket->last_standing;
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

/* Whether the event can be kept at all; if not, the problem says why. */
static bool event_check(gj_docket *docket, const gj_event *event)
{
    gjr_fault fault;
    bool passes = gjr_inspect(docket->judge, event, &fault);
    if (!passes) {
        problem_set(docket, fault.code, event, fault.field, fault.text);
    }
    return passes;
}

/* An event is kept whatever it tells of documents; the first one that there is not is reported. */
static void documents_check(gj_docket *docket, const gj_event *event)
{
    gj_text unknown = gjr_inspect_documents(docket->judge, event);
    if (gjb_text_is_present(unknown)) {
        problem_set(docket, GJ_PROBLEM_DOCUMENT, event, "documents", unknown);
    }
}

/* Its place among what corrects and is corrected, where there is any of that. */
static gj_status link_keep(gj_docket *docket, const gj_event *told, uint32_t record)
{
    if (docket->links.keys.count == 0 && !gjr_event_is_link(told)) {
        return GJ_OK;
    }
    docket->last_is_settled = false;
    return gjr_links_add(&docket->links, &docket->records, &docket->roll, told, record);
}

static gj_status event_keep(gj_docket *docket, const gjr_arrival *arrival, uint32_t of,
                            uint32_t *record)
{
    const gj_event *told = arrival->told;
    if (gjr_event_is_link(told) && gjr_links_reserve(&docket->links) != GJ_OK) {
        return GJ_NO_MEMORY;
    }
    of = of == GJB_INDEX_NONE ? gjr_roll_reserve(&docket->roll, told->case_id) : of;
    gj_status status = of == GJB_INDEX_NONE
                           ? GJ_NO_MEMORY
                           : gjr_records_add(&docket->records, arrival, of, record);
    if (status == GJ_OK) {
        gj_instant at = gjr_records_get(&docket->records, *record)->at;
        gjr_roll_add(&docket->roll, of, arrival->case_hash, &docket->records, *record);
        docket->last = at > docket->last ? at : docket->last;
        status = link_keep(docket, told, *record);
    }
    return status;
}

/* Adds the id of an event that has none: its case and how many came before. */
static void id_make(gj_docket *docket, uint32_t of, gj_text case_id)
{
    gjb_buffer *id = &docket->made_id;
    gjb_buffer_add_text(id, case_id);
    gjb_buffer_add_byte(id, '#');
    gjb_buffer_add_int(id, of == GJB_INDEX_NONE ? 1 : (int64_t)docket->roll.cases[of].count + 1);
}

/* Who did what, and the keys by which its case and itself are looked for. */
static gj_status event_meet(gj_docket *docket, const gj_event *event, gjr_arrival *arrival)
{
    gj_status status = gjr_records_meet(&docket->records, event, arrival);
    arrival->case_hash = gjr_roll_hash(event->case_id);
    gjb_index_fetch(&docket->roll.index, arrival->case_hash);
    if (status == GJ_OK && event->id.size > 0) {
        gjr_records_name(&docket->records, arrival, event->id);
    }
    return status;
}

static gj_status event_add(gj_docket *docket, gjr_arrival *arrival, gj_added *added,
                           uint32_t *record)
{
    const gj_event *event = arrival->told;
    uint32_t of = gjr_roll_find(&docket->roll, event->case_id, arrival->case_hash);
    if (event->id.size == 0) {
        gjb_buffer_reset(&docket->made_id);
        id_make(docket, of, event->case_id);
        if (docket->made_id.failed) {
            return GJ_NO_MEMORY;
        }
        gjr_records_name(&docket->records, arrival, gjb_buffer_text(&docket->made_id));
    }
    uint32_t before = gjr_records_find(&docket->records, arrival);
    if (before == GJB_INDEX_NONE) {
        *added = GJ_ADDED;
        documents_check(docket, event);
        return event_keep(docket, arrival, of, record);
    }
    if (gjr_records_agree(&docket->records, before, arrival, of) &&
        gjr_links_agree(&docket->links, &docket->records, before, event)) {
        *added = GJ_ADDED_AGAIN;
    } else {
        problem_set(docket, GJ_PROBLEM_CONFLICT, event, "id", arrival->id);
    }
    return GJ_OK;
}

static bool event_is_whole(const gj_event *event)
{
    return gjb_text_is_present(event->source) && event->at.present;
}

static gj_status own_take(gj_docket *docket, const gj_event *event, gj_added *added,
                          uint32_t *record)
{
    *added = GJ_NOT_ADDED;
    docket->problem = (gj_problem){.code = GJ_PROBLEM_NONE};
    if (!event_check(docket, event)) {
        return GJ_OK;
    }
    gjr_arrival arrival;
    gj_event whole;
    if (!event_is_whole(event)) {
        whole = *event;
        whole.source = gjb_text_is_present(event->source) ? event->source : gjb_text_of("");
        whole.at.present = true; /* of a retraction, to which nothing comes by time */
        event = &whole;
    }
    gj_status status = event_meet(docket, event, &arrival);
    return status == GJ_OK ? event_add(docket, &arrival, added, record) : status;
}

/* The same under the same number in each version before; whether it can be kept hangs on none. */
gj_status gjr_docket_take(gj_docket *docket, const gj_event *event, gj_added *added,
                          uint32_t *record)
{
    gj_status status = own_take(docket, event, added, record);
    for (size_t i = 0; status == GJ_OK && *added == GJ_ADDED && i < docket->past_count; i++) {
        gj_added there;
        uint32_t same = GJB_INDEX_NONE;
        status = own_take(docket->past[i].docket, event, &there, &same);
        assert(status != GJ_OK || (there == GJ_ADDED && same == *record));
    }
    return status;
}

gj_status gj_docket_add(gj_docket *docket, const gj_event *event, gj_added *added)
{
    uint32_t record;
    return docket == NULL || event == NULL || added == NULL
               ? GJ_BAD_ARGUMENT
               : gjr_docket_take(docket, event, added, &record);
}

/* ---- taking several in ----
 *
 * A million events lie in memory, not in the processor's cache, and what one touches hangs on what
 * another look finds: its case's place in the index, the case, the last record of that. So of
 * several events each of these is asked for before any is waited for. */

enum { ARRIVALS_AT_ONCE = 16 };

/* Each that can be kept as it is and in this version alone; of the others `told` is NULL. */
static gj_status arrivals_meet(gj_docket *docket, const gj_event *events, size_t count,
                               gjr_arrival *arrivals)
{
    gj_status status = GJ_OK;
    for (size_t i = 0; status == GJ_OK && i < count; i++) {
        gjr_fault fault;
        arrivals[i].told = NULL;
        if (docket->past_count == 0 && event_is_whole(&events[i]) &&
            gjr_inspect(docket->judge, &events[i], &fault)) {
            status = event_meet(docket, &events[i], &arrivals[i]);
        }
    }
    return status;
}

static void arrivals_fetch(const gj_docket *docket, const gjr_arrival *arrivals, size_t count)
{
    const gjr_roll *roll = &docket->roll;
    uint32_t likely[ARRIVALS_AT_ONCE];
    for (size_t i = 0; i < count; i++) {
        likely[i] =
            arrivals[i].told != NULL ? gjr_roll_guess(roll, arrivals[i].case_hash) : GJB_INDEX_NONE;
        if (likely[i] != GJB_INDEX_NONE) {
            __builtin_prefetch(&roll->cases[likely[i]], 1);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (likely[i] != GJB_INDEX_NONE) {
            const gjr_roll_case *of = &roll->cases[likely[i]];
            __builtin_prefetch(of->id.bytes);
            __builtin_prefetch(&gjr_records_get(&docket->records, of->last)->next, 1);
        }
    }
}

static gj_status arrival_take(gj_docket *docket, const gj_event *event, gjr_arrival *arrival,
                              gj_added *added)
{
    uint32_t record;
    if (arrival->told == NULL) {
        return gjr_docket_take(docket, event, added, &record);
    }
    *added = GJ_NOT_ADDED;
    docket->problem = (gj_problem){.code = GJ_PROBLEM_NONE};
    return event_add(docket, arrival, added, &record);
}

/* At most ARRIVALS_AT_ONCE. */
static gj_status some_add(gj_docket *docket, const gj_event *events, size_t count, size_t first,
                          void *payload, gj_on_added *on_added)
{
    gjr_arrival arrivals[ARRIVALS_AT_ONCE];
    gj_status status = arrivals_meet(docket, events + first, count, arrivals);
    if (status == GJ_OK) {
        arrivals_fetch(docket, arrivals, count);
    }
    for (size_t i = 0; status == GJ_OK && i < count; i++) {
        gj_added added;
        status = arrival_take(docket, &events[first + i], &arrivals[i], &added);
        if (status == GJ_OK) {
            on_added(payload, first + i, added, &docket->problem);
        }
    }
    return status;
}

gj_status gj_docket_add_all(gj_docket *docket, const gj_event *events, size_t count, void *payload,
                            gj_on_added *on_added)
{
    if (docket == NULL || (events == NULL && count > 0) || on_added == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    gj_status status = GJ_OK;
    for (size_t i = 0; status == GJ_OK && i < count; i += ARRIVALS_AT_ONCE) {
        size_t some = count - i < ARRIVALS_AT_ONCE ? count - i : ARRIVALS_AT_ONCE;
        status = some_add(docket, events, some, i, payload, on_added);
    }
    return status;
}
