/* SPDX-License-Identifier: Apache-2.0
 *
 * See draft.h. */
#include "feed/draft.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

enum { CAPACITY_FIRST = 16 };

void gjr_draft_init(gjr_draft *draft, const gj_allocator *allocator, gj_problem *problem)
{
    *draft = (gjr_draft){.allocator = allocator, .problem = problem};
    gjb_map_init(&draft->keys, allocator, 0x67756A69u);
    gjr_fields_init(&draft->fields);
}

void gjr_draft_deinit(gjr_draft *draft)
{
    const gj_allocator *allocator = draft->allocator;
    gjb_alloc_destroy(allocator, draft->data, draft->data_capacity, sizeof *draft->data);
    gjb_alloc_destroy(allocator, draft->items, draft->item_capacity, sizeof *draft->items);
    gjb_alloc_destroy(allocator, draft->nest, draft->nest_capacity, sizeof *draft->nest);
    gjb_alloc_destroy(allocator, draft->documents, draft->document_capacity,
                      sizeof *draft->documents);
    gjb_map_deinit(&draft->keys);
    *draft = (gjr_draft){.allocator = allocator};
}

void gjr_draft_start(gjr_draft *draft, uint64_t line)
{
    draft->event = (gj_event){.line = line, .seq = line};
    draft->data_count = draft->item_count = draft->document_count = draft->nest_count = 0;
    draft->seen = 0;
    if (draft->keys.count > 0) {
        gjb_map_deinit(&draft->keys);
    }
}

/* ---- fields --------------------------------------------------------------------------------- */

static gj_status draft_refuse(gjr_draft *draft, gj_problem_code code, gjr_field field, gj_text text)
{
    gjr_problem_set(draft->problem, code, draft->event.line, text, NULL);
    draft->problem->field = gjb_text_of(gjr_field_name(field));
    return GJ_MALFORMED;
}

static bool seq_read(gj_text text, uint64_t *seq)
{
    uint64_t number = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned digit = (unsigned)(unsigned char)text.bytes[i] - '0';
        if (digit > 9 || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, digit, &number)) {
            return false;
        }
    }
    *seq = number;
    return text.size > 0;
}

gj_status gjr_draft_add(gjr_draft *draft, gjr_field field, gj_text value)
{
    char *member = (char *)&draft->event + gjr_field_offset(field);
    switch (gjr_field_kind_of(field)) {
    case GJR_FIELD_TEXT:
        memcpy(member, &value, sizeof value);
        return GJ_OK;
    case GJR_FIELD_STAMP: {
        gj_stamp *stamp = (void *)member;
        return gj_stamp_parse(value, stamp) ? GJ_OK
                                            : draft_refuse(draft, GJ_PROBLEM_TIME, field, value);
    }
    case GJR_FIELD_NUMBER:
        if (!seq_read(value, &draft->event.seq)) {
            return draft_refuse(draft, GJ_PROBLEM_TYPE, field, value);
        }
        return GJ_OK;
    case GJR_FIELD_DATUMS:
    case GJR_FIELD_TEXTS:
    case GJR_FIELD_ENVELOPE:
        break;
    }
    return draft_refuse(draft, GJ_PROBLEM_TYPE, field, value);
}

/* ---- arrays --------------------------------------------------------------------------------- */

/* The array with room for one more, or NULL and the old one untouched. */
static void *array_reserve(gjr_draft *draft, void *array, size_t count, size_t *capacity,
                           size_t size)
{
    if (count < *capacity) {
        return array;
    }
    size_t more = *capacity == 0 ? CAPACITY_FIRST : *capacity * 2;
    void *grown = gjb_alloc_resize(draft->allocator, array, *capacity, more, size);
    if (grown != NULL) {
        *capacity = more;
    }
    return grown;
}

static uint64_t key_bit(gj_text key)
{
    size_t last = key.size > 0 ? (unsigned char)key.bytes[key.size - 1] : 0;
    size_t first = key.size > 0 ? (unsigned char)key.bytes[0] : 0;
    return UINT64_C(1) << ((key.size * 7 + first * 3 + last) % 64);
}

/* Beyond a few keys a map finds them: an event with a million keys costs a million steps. */
static bool keys_map(gjr_draft *draft, size_t from)
{
    for (size_t i = from; i < draft->data_count; i++) {
        bool added;
        if (gjb_map_add(&draft->keys, draft->data[i].key, (uint32_t)i, &added) == NULL) {
            return false;
        }
    }
    return true;
}

static bool keys_note(gjr_draft *draft)
{
    return draft->data_count <= GJR_DRAFT_KEYS_COMPARED_MAX ||
           keys_map(draft, draft->keys.count == 0 ? 0 : draft->data_count - 1);
}

bool gjr_draft_rekey(gjr_draft *draft)
{
    if (draft->keys.count == 0) {
        return true;
    }
    gjb_map_deinit(&draft->keys);
    return keys_map(draft, 0);
}

gj_datum *gjr_draft_find_datum(gjr_draft *draft, gj_text key)
{
    if ((draft->seen & key_bit(key)) == 0) {
        return NULL;
    }
    if (draft->keys.count > 0) {
        const uint32_t *index = gjb_map_find(&draft->keys, key);
        return index != NULL ? &draft->data[*index] : NULL;
    }
    for (size_t i = 0; i < draft->data_count; i++) {
        if (gjb_text_equal(draft->data[i].key, key)) {
            return &draft->data[i];
        }
    }
    return NULL;
}

gj_datum *gjr_draft_append_datum(gjr_draft *draft, gj_text key)
{
    gj_datum *data =
        array_reserve(draft, draft->data, draft->data_count, &draft->data_capacity, sizeof *data);
    if (data == NULL) {
        return NULL;
    }
    draft->data = data;
    gj_datum *datum = &data[draft->data_count++];
    *datum = (gj_datum){.key = key};
    return datum;
}

gj_datum *gjr_draft_add_datum(gjr_draft *draft, gj_text key)
{
    gj_datum *datum = gjr_draft_find_datum(draft, key);
    if (datum != NULL) {
        *datum = (gj_datum){.key = datum->key};
        return datum;
    }
    return gjr_draft_add_new_datum(draft, key);
}

gj_datum *gjr_draft_add_new_datum(gjr_draft *draft, gj_text key)
{
    gj_datum *datum = gjr_draft_append_datum(draft, key);
    if (datum == NULL || !keys_note(draft)) {
        return NULL;
    }
    draft->seen |= key_bit(key);
    return datum;
}

gj_datum *gjr_draft_add_item(gjr_draft *draft)
{
    gj_datum *items =
        array_reserve(draft, draft->items, draft->item_count, &draft->item_capacity, sizeof *items);
    if (items == NULL) {
        return NULL;
    }
    draft->items = items;
    items[draft->item_count] = (gj_datum){0};
    return &items[draft->item_count++];
}

bool gjr_draft_add_nested(gjr_draft *draft, const gj_datum *datum)
{
    gj_datum *nest =
        array_reserve(draft, draft->nest, draft->nest_count, &draft->nest_capacity, sizeof *nest);
    if (nest == NULL) {
        return false;
    }
    draft->nest = nest;
    nest[draft->nest_count++] = *datum;
    return true;
}

bool gjr_draft_close(gjr_draft *draft, size_t base, gj_datum *container)
{
    container->item_count = draft->nest_count - base;
    if (container->kind == GJ_DATUM_OBJECT) {
        gj_datum *source = container->item_count > 0 ? gjr_draft_add_item(draft) : NULL;
        if (source == NULL) {
            return container->item_count == 0;
        }
        source->text = container->text;
    }
    container->text = (gj_text){NULL, draft->item_count};
    for (size_t i = base; i < draft->nest_count; i++) {
        gj_datum *item = gjr_draft_add_item(draft);
        if (item == NULL) {
            return false;
        }
        *item = draft->nest[i];
    }
    draft->nest_count = base;
    return true;
}

gj_status gjr_draft_add_document(gjr_draft *draft, gj_text name)
{
    gj_text *documents = array_reserve(draft, draft->documents, draft->document_count,
                                       &draft->document_capacity, sizeof *documents);
    if (documents == NULL) {
        return GJ_NO_MEMORY;
    }
    draft->documents = documents;
    documents[draft->document_count++] = name;
    return GJ_OK;
}

/* ---- the end -------------------------------------------------------------------------------- */

static void items_place(const gjr_draft *draft, gj_datum *data, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool list = data[i].kind == GJ_DATUM_LIST;
        if (list || (data[i].kind == GJ_DATUM_OBJECT && data[i].item_count > 0)) {
            data[i].items = draft->items + data[i].text.size;
            data[i].text = list ? (gj_text){0} : data[i].items[-1].text;
        }
    }
}

gj_status gjr_draft_finish(gjr_draft *draft, gj_text source)
{
    gj_event *event = &draft->event;
    if (event->case_id.size == 0) {
        return draft_refuse(draft, GJ_PROBLEM_FIELD, GJR_FIELD_CASE, (gj_text){0});
    }
    bool retracts = event->retracts.size > 0; /* what it says beside that may be left out */
    if (event->action.size == 0 && !retracts) {
        return draft_refuse(draft, GJ_PROBLEM_FIELD, GJR_FIELD_ACTION, (gj_text){0});
    }
    if (!event->at.present && !retracts) {
        return draft_refuse(draft, GJ_PROBLEM_FIELD, GJR_FIELD_AT, (gj_text){0});
    }
    if (event->source.size == 0) {
        event->source = source;
    }
    if (draft->item_count > 0) {
        items_place(draft, draft->data, draft->data_count);
        items_place(draft, draft->items, draft->item_count);
    }
    event->data = draft->data;
    event->data_count = draft->data_count;
    event->documents = draft->documents;
    event->document_count = draft->document_count;
    return GJ_OK;
}
