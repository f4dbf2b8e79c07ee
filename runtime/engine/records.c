/* SPDX-License-Identifier: Apache-2.0
 *
 * See records.h. */
#include "engine/records.h"

#include "base/text.h"

#include <string.h>

enum { CAPACITY_FIRST = 16 };

static const uint64_t key_seed = UINT64_C(0x73717561);

void gjr_records_init(gjr_records *records, const gj_judge *judge)
{
    *records = (gjr_records){.judge = judge};
    gjr_deeds_init(&records->deeds, judge);
    gjb_arena_init(&records->texts, judge->allocator);
    gjb_arena_init(&records->extras, judge->allocator);
    gjb_index_init(&records->keys, judge->allocator);
}

void gjr_records_deinit(gjr_records *records)
{
    gjb_alloc_destroy(records->judge->allocator, records->items, records->capacity,
                      sizeof *records->items);
    gjr_deeds_deinit(&records->deeds);
    gjb_arena_deinit(&records->texts);
    gjb_arena_deinit(&records->extras);
    gjb_index_deinit(&records->keys);
}

/* ---- meeting one ---- */

static gj_text id_of(const gjr_record *record)
{
    return (gj_text){record->id, record->id_size};
}

uint64_t gjr_records_hash(uint32_t source, gj_text id)
{
    return gjb_text_hash(id, key_seed + source);
}

static uint32_t source_of(const gjr_records *records, uint32_t deed)
{
    return gjr_deeds_get(&records->deeds, deed)->source;
}

gj_status gjr_records_meet(gjr_records *records, const gj_event *told, gjr_arrival *arrival)
{
    *arrival = (gjr_arrival){.told = told, .deed = gjr_deeds_take(&records->deeds, told)};
    return arrival->deed != GJB_INDEX_NONE ? GJ_OK : GJ_NO_MEMORY;
}

void gjr_records_name(const gjr_records *records, gjr_arrival *arrival, gj_text id)
{
    arrival->id = id;
    arrival->hash = gjr_records_hash(source_of(records, arrival->deed), id);
    gjb_index_fetch(&records->keys, arrival->hash);
}

static uint32_t seek(const gjr_records *records, uint64_t hash, uint32_t source, gj_text id)
{
    uint32_t item;
    gjb_index_probe probe = gjb_index_begin(&records->keys, hash);
    while ((item = gjb_index_next(&records->keys, &probe)) != GJB_INDEX_NONE) {
        const gjr_record *record = &records->items[item];
        if (gjb_text_equal(id_of(record), id) && source_of(records, record->deed) == source) {
            return item;
        }
    }
    return GJB_INDEX_NONE;
}

uint32_t gjr_records_find(const gjr_records *records, const gjr_arrival *arrival)
{
    return seek(records, arrival->hash, source_of(records, arrival->deed), arrival->id);
}

uint32_t gjr_records_seek(const gjr_records *records, uint32_t source, gj_text id)
{
    return seek(records, gjr_records_hash(source, id), source, id);
}

static gj_instant recorded_of(const gjr_record *record)
{
    return record->extra != NULL ? record->extra->recorded : record->at;
}

bool gjr_records_agree(const gjr_records *records, uint32_t item, const gjr_arrival *arrival,
                       uint32_t of)
{
    const gjr_record *record = &records->items[item];
    gjr_content content = gjr_content_of(arrival->told), none = {{0, 0}};
    gjr_event timed;
    size_t row = records->zone_row;
    gjr_event_take_times(records->judge, arrival->told, &row, &timed);
    return record->of == of && record->at == timed.at && recorded_of(record) == timed.recorded &&
           gjr_deeds_agree(&records->deeds, record->deed, arrival->deed) &&
           gjr_content_equal(&content, record->extra != NULL ? &record->extra->content : &none);
}

/* ---- keeping one ---- */

static gj_status items_reserve(gjr_records *records)
{
    if (!gjb_index_reserve(&records->keys)) {
        return GJ_NO_MEMORY;
    }
    if (records->keys.count < records->capacity) {
        return GJ_OK;
    }
    if (records->keys.count >= GJB_INDEX_NONE - 1) {
        return GJ_OVER_LIMIT;
    }
    size_t more =
        records->capacity == 0 ? CAPACITY_FIRST : records->capacity + records->capacity / 2;
    gjr_record *items = gjb_alloc_resize(records->judge->allocator, records->items,
                                         records->capacity, more, sizeof *items);
    if (items == NULL) {
        return GJ_NO_MEMORY;
    }
    records->items = items;
    records->capacity = more;
    return GJ_OK;
}

static gj_status extra_make(gjr_records *records, const gj_event *told, gjr_event *event,
                            const gjr_extra **made)
{
    *made = NULL;
    if (told->data_count == 0 && told->document_count == 0 && event->recorded == event->at) {
        return GJ_OK;
    }
    gjr_extra *extra = gjb_arena_make(&records->extras, 1, sizeof *extra);
    if (extra == NULL) {
        return GJ_NO_MEMORY;
    }
    event->told = NULL;
    event->documents = NULL;
    event->told_count = event->document_count = 0;
    gj_status status = gjr_event_take_data(records->judge, told, &records->extras, event);
    *extra = (gjr_extra){
        .recorded = event->recorded,
        .content = gjr_content_of(told),
        .told = event->told,
        .documents = event->documents,
        .told_count = event->told_count,
        .document_count = event->document_count,
    };
    *made = extra;
    return status;
}

gj_status gjr_records_add(gjr_records *records, const gjr_arrival *arrival, uint32_t of,
                          uint32_t *added)
{
    const gj_event *told = arrival->told;
    gj_status status = arrival->id.size > UINT32_MAX ? GJ_OVER_LIMIT : items_reserve(records);
    if (status != GJ_OK) {
        return status;
    }
    gjr_event event; /* of which no more is needed than what is set here */
    event.action = gjr_deeds_get(&records->deeds, arrival->deed)->action;
    gjr_event_take_times(records->judge, told, &records->zone_row, &event);
    const gjr_extra *extra;
    status = extra_make(records, told, &event, &extra);
    gj_text id = gjb_arena_text(&records->texts, arrival->id);
    if (status != GJ_OK || !gjb_text_is_present(id)) {
        return GJ_NO_MEMORY;
    }
    *added = (uint32_t)records->keys.count;
    records->items[*added] = (gjr_record){
        .at = event.at,
        .seq = told->seq,
        .line = told->line,
        .id = id.bytes,
        .id_size = (uint32_t)id.size,
        .deed = arrival->deed,
        .of = of,
        .next = GJB_INDEX_NONE,
        .at_offset_s = event.at_offset_s,
        .day = event.day,
        .extra = extra,
    };
    gjb_index_add(&records->keys, arrival->hash);
    return GJ_OK;
}

/* ---- taking one out ---- */

void gjr_records_event(const gjr_records *records, uint32_t item, gjr_event *event)
{
    const gjr_record *record = &records->items[item];
    const gjr_deed *deed = gjr_deeds_get(&records->deeds, record->deed);
    const gjr_extra *extra = record->extra;
    event->at = record->at;
    event->recorded = recorded_of(record);
    event->at_offset_s = record->at_offset_s;
    event->day = record->day;
    event->action = deed->action;
    event->post = deed->post;
    event->department = deed->department;
    event->told_count = extra != NULL ? extra->told_count : 0;
    event->document_count = extra != NULL ? extra->document_count : 0;
    event->seq = record->seq;
    event->line = record->line;
    event->id = id_of(record);
    event->source = deed->source_text;
    event->action_text = deed->action_text;
    event->post_text = deed->post_text;
    event->officer = deed->officer;
    event->office = deed->office;
    event->department_text = deed->department_text;
    event->branch = deed->branch;
    event->told = extra != NULL ? extra->told : NULL;
    event->documents = extra != NULL ? extra->documents : NULL;
}

void gjr_records_event_of(const gjr_records *records, uint32_t root, uint32_t item,
                          gjr_event *event)
{
    gjr_records_event(records, item, event);
    if (root != item) {
        event->recorded = recorded_of(&records->items[root]);
        event->seq = records->items[root].seq;
        event->id = id_of(&records->items[root]);
        event->source = gjr_deeds_get(&records->deeds, records->items[root].deed)->source_text;
    }
}

int gjr_records_compare(const gjr_records *records, uint32_t left, uint32_t right)
{
    const gjr_record *a = &records->items[left], *b = &records->items[right];
    if (a->at != b->at) {
        return a->at < b->at ? -1 : 1;
    }
    if (recorded_of(a) != recorded_of(b)) {
        return recorded_of(a) < recorded_of(b) ? -1 : 1;
    }
    return gjr_records_compare_places(records, left, right);
}

int gjr_records_compare_places(const gjr_records *records, uint32_t left, uint32_t right)
{
    const gjr_record *a = &records->items[left], *b = &records->items[right];
    int source = gjb_text_compare(gjr_deeds_get(&records->deeds, a->deed)->source_text,
                                  gjr_deeds_get(&records->deeds, b->deed)->source_text);
    if (source != 0) {
        return source;
    }
    if (a->seq != b->seq) {
        return a->seq < b->seq ? -1 : 1;
    }
    return gjb_text_compare(id_of(a), id_of(b));
}
