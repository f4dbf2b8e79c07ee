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
                            uint64_t case_hash, uint32_t *record)
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
        gjr_roll_add(&docket->roll, of, case_hash, &docket->records, *record);
        docket->last = at > docket->last ? at : docket->last;
        status = link_keep(docket, told, *record);
    }
    return status;
}

/* The id of an event that has none: its case and how many came before. */
static gj_text id_make(gj_docket *docket, uint32_t of, gj_text case_id)
{
    gjb_buffer *id = &docket->made_id;
    gjb_buffer_reset(id);
    gjb_buffer_add_text(id, case_id);
    gjb_buffer_add_byte(id, '#');
    gjb_buffer_add_int(id, of == GJB_INDEX_NONE ? 1 : (int64_t)docket->roll.cases[of].count + 1);
    return id->failed ? (gj_text){NULL, 0} : gjb_buffer_text(id);
}

static gj_status event_add(gj_docket *docket, const gj_event *event, gj_added *added,
                           uint32_t *record)
{
    gjr_arrival arrival;
    uint64_t case_hash = gjr_roll_hash(event->case_id);
    gjb_index_fetch(&docket->roll.index, case_hash);
    gj_status status = gjr_records_meet(&docket->records, event, &arrival);
    if (status != GJ_OK) {
        return status;
    }
    bool has_id = event->id.size > 0;
    if (has_id) {
        gjr_records_name(&docket->records, &arrival, event->id);
    }
    uint32_t of = gjr_roll_find(&docket->roll, event->case_id, case_hash);
    if (!has_id) {
        gj_text id = id_make(docket, of, event->case_id);
        if (!gjb_text_is_present(id)) {
            return GJ_NO_MEMORY;
        }
        gjr_records_name(&docket->records, &arrival, id);
    }
    uint32_t before = gjr_records_find(&docket->records, &arrival);
    if (before == GJB_INDEX_NONE) {
        *added = GJ_ADDED;
        documents_check(docket, event);
        return event_keep(docket, &arrival, of, case_hash, record);
    }
    if (gjr_records_agree(&docket->records, before, &arrival, of) &&
        gjr_links_agree(&docket->links, &docket->records, before, event)) {
        *added = GJ_ADDED_AGAIN;
    } else {
        problem_set(docket, GJ_PROBLEM_CONFLICT, event, "id", arrival.id);
    }
    return GJ_OK;
}

static gj_status own_take(gj_docket *docket, const gj_event *event, gj_added *added,
                          uint32_t *record)
{
    *added = GJ_NOT_ADDED;
    docket->problem = (gj_problem){.code = GJ_PROBLEM_NONE};
    if (!event_check(docket, event)) {
        return GJ_OK;
    }
    if (gjb_text_is_present(event->source) && event->at.present) {
        return event_add(docket, event, added, record);
    }
    gj_event whole = *event;
    whole.source = gjb_text_is_present(event->source) ? event->source : gjb_text_of("");
    whole.at.present = true; /* of a retraction, to which nothing comes by time */
    return event_add(docket, &whole, added, record);
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
