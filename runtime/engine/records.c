/* SPDX-License-Identifier: Apache-2.0
 *
 * See records.h. Contents are compared by 128 bits of two hashes: whoever could make two contents
 * collide would only hide his own contradiction, since the first telling stands either way. Data
 * and documents are summed, so that their order does not matter. */
#include "engine/records.h"

#include "base/text.h"

#include <string.h>

enum { SLOTS_FIRST = 64, KEPT_FIRST = 64, ITEMS_DEPTH_MAX = 8 };

static const uint64_t seeds[2] = {0x72756C65u, 0x73717561u};

void gjr_records_init(gjr_records *records, const gj_judge *judge)
{
    *records = (gjr_records){.judge = judge};
    gjb_arena_init(&records->arena, judge->allocator);
    gjb_map_init(&records->kept, judge->allocator, seeds[0]);
}

void gjr_records_deinit(gjr_records *records)
{
    const gj_allocator *allocator = records->judge->allocator;
    if (records->kept_texts != NULL) {
        gjb_alloc_destroy(allocator, records->kept_texts, records->kept_capacity, sizeof(gj_text));
    }
    if (records->slots != NULL) {
        gjb_alloc_destroy(allocator, records->slots, records->slot_count, sizeof(gjr_record *));
    }
    gjb_map_deinit(&records->kept);
    gjb_arena_deinit(&records->arena);
}

/* ---- texts kept once ---- */

static bool kept_grow(gjr_records *records)
{
    size_t capacity = records->kept_capacity == 0 ? KEPT_FIRST : records->kept_capacity * 2;
    gj_text *texts = gjb_alloc_resize(records->judge->allocator, records->kept_texts,
                                      records->kept_capacity, capacity, sizeof *texts);
    if (texts == NULL) {
        return false;
    }
    records->kept_texts = texts;
    records->kept_capacity = capacity;
    return true;
}

static gj_text keep(void *payload, gj_text text)
{
    gjr_records *records = payload;
    const uint32_t *index = gjb_map_find(&records->kept, text);
    if (index != NULL) {
        return records->kept_texts[*index];
    }
    gj_text copy = gjb_arena_text(&records->arena, text);
    size_t next = records->kept.count;
    bool added;
    if (copy.bytes == NULL || (next == records->kept_capacity && !kept_grow(records)) ||
        gjb_map_add(&records->kept, copy, (uint32_t)next, &added) == NULL) {
        return (gj_text){NULL, 0};
    }
    records->kept_texts[next] = copy;
    return copy;
}

/* ---- contents ---- */

static void text_mix(gjr_content *content, gj_text text)
{
    for (size_t i = 0; i < 2; i++) {
        content->words[i] = gjb_text_hash(text, content->words[i] ^ seeds[i]);
    }
}

static void number_mix(gjr_content *content, int64_t number)
{
    text_mix(content, (gj_text){(const char *)&number, sizeof number});
}

static void content_add(gjr_content *to, const gjr_content *from)
{
    to->words[0] += from->words[0];
    to->words[1] += from->words[1];
}

static void scalar_mix(gjr_content *content, const gj_datum *datum)
{
    number_mix(content, (int64_t)datum->kind);
    number_mix(content, datum->truth);
    text_mix(content, datum->key);
    text_mix(content, datum->text);
    number_mix(content, (int64_t)datum->item_count);
}

/* Lists in lists are walked with a small stack of their own; what lies deeper is not compared. */
static gjr_content datum_content(const gj_datum *datum)
{
    struct {
        const gj_datum *at, *end;
    } stack[ITEMS_DEPTH_MAX];
    gjr_content content = {{0, 0}};
    size_t depth = 1;
    stack[0].at = datum;
    stack[0].end = datum + 1;
    while (depth > 0) {
        if (stack[depth - 1].at == stack[depth - 1].end) {
            depth--;
            continue;
        }
        const gj_datum *next = stack[depth - 1].at++;
        scalar_mix(&content, next);
        if (next->item_count > 0 && depth < ITEMS_DEPTH_MAX) {
            stack[depth].at = next->items;
            stack[depth].end = next->items + next->item_count;
            depth++;
        }
    }
    return content;
}

gjr_content gjr_records_content(const gjr_records *records, const gj_event *event)
{
    const gj_text texts[] = {event->case_id,    event->action, event->officer, event->post,
                             event->department, event->office, event->branch};
    gjr_content content = {{0, 0}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        text_mix(&content, texts[i]);
    }
    const gj_calendar *calendar = records->judge->calendar;
    gj_instant at = gjr_calendar_instant(calendar, &event->at);
    number_mix(&content, at);
    number_mix(&content,
               event->recorded.present ? gjr_calendar_instant(calendar, &event->recorded) : at);
    gjr_content sum = {{0, 0}};
    for (size_t i = 0; i < event->data_count; i++) {
        gjr_content datum = datum_content(&event->data[i]);
        content_add(&sum, &datum);
    }
    for (size_t i = 0; i < event->document_count; i++) {
        gjr_content document = {{1, 1}};
        text_mix(&document, event->documents[i]);
        content_add(&sum, &document);
    }
    number_mix(&content, (int64_t)sum.words[0]);
    number_mix(&content, (int64_t)sum.words[1]);
    return content;
}

/* ---- by key ---- */

static uint64_t key_hash(gj_text source, gj_text id)
{
    return gjb_text_hash(id, gjb_text_hash(source, seeds[1]));
}

static gjr_record **slot_of(gjr_record **slots, size_t slot_count, uint64_t hash, gj_text source,
                            gj_text id)
{
    size_t at = (size_t)hash & (slot_count - 1);
    for (; slots[at] != NULL; at = (at + 1) & (slot_count - 1)) {
        const gjr_record *record = slots[at];
        if (record->key_hash == hash && gjb_text_equal(record->event.id, id) &&
            gjb_text_equal(record->event.source, source)) {
            break;
        }
    }
    return &slots[at];
}

const gjr_record *gjr_records_find(const gjr_records *records, gj_text source, gj_text id)
{
    if (records->slot_count == 0) {
        return NULL;
    }
    return *slot_of(records->slots, records->slot_count, key_hash(source, id), source, id);
}

static bool slots_grow(gjr_records *records)
{
    size_t slot_count = records->slot_count == 0 ? SLOTS_FIRST : records->slot_count * 2;
    const gj_allocator *allocator = records->judge->allocator;
    gjr_record **slots = gjb_alloc_create(allocator, slot_count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < records->slot_count; i++) {
        gjr_record *record = records->slots[i];
        if (record != NULL) {
            *slot_of(slots, slot_count, record->key_hash, record->event.source, record->event.id) =
                record;
        }
    }
    if (records->slots != NULL) {
        gjb_alloc_destroy(allocator, records->slots, records->slot_count, sizeof *slots);
    }
    records->slots = slots;
    records->slot_count = slot_count;
    return true;
}

gj_status gjr_records_add(gjr_records *records, const gj_event *event, gjr_record **added)
{
    if (records->count + 1 > records->slot_count / 4 * 3 && !slots_grow(records)) {
        return GJ_NO_MEMORY;
    }
    gjr_record *record = gjb_arena_make(&records->arena, 1, sizeof *record);
    if (record == NULL) {
        return GJ_NO_MEMORY;
    }
    gjr_keeper keeper = {records, keep};
    gj_status status =
        gjr_event_make(records->judge, event, &records->arena, &keeper, &record->event);
    if (status != GJ_OK) {
        return status;
    }
    record->content = gjr_records_content(records, event);
    record->key_hash = key_hash(record->event.source, record->event.id);
    *slot_of(records->slots, records->slot_count, record->key_hash, record->event.source,
             record->event.id) = record;
    records->count++;
    *added = record;
    return GJ_OK;
}

int gjr_record_compare(const gjr_record *a, const gjr_record *b)
{
    if (a->event.at != b->event.at) {
        return a->event.at < b->event.at ? -1 : 1;
    }
    if (a->event.recorded != b->event.recorded) {
        return a->event.recorded < b->event.recorded ? -1 : 1;
    }
    int source = gjb_text_compare(a->event.source, b->event.source);
    if (source != 0) {
        return source;
    }
    if (a->event.seq != b->event.seq) {
        return a->event.seq < b->event.seq ? -1 : 1;
    }
    return gjb_text_compare(a->event.id, b->event.id);
}
