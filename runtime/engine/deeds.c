/* SPDX-License-Identifier: Apache-2.0
 *
 * See deeds.h. */
#include "engine/deeds.h"

#include "base/text.h"

#include <string.h>

enum { CAPACITY_FIRST = 64, TEXTS = 7 };

static const uint64_t seed = UINT64_C(0x7A68692D73687564);

void gjr_deeds_init(gjr_deeds *deeds, const gj_judge *judge)
{
    *deeds = (gjr_deeds){.judge = judge};
    gjb_arena_init(&deeds->arena, judge->allocator);
    gjb_index_init(&deeds->text_index, judge->allocator);
    gjb_index_init(&deeds->index, judge->allocator);
}

void gjr_deeds_deinit(gjr_deeds *deeds)
{
    const gj_allocator *allocator = deeds->judge->allocator;
    gjb_alloc_destroy(allocator, deeds->texts, deeds->text_capacity, sizeof *deeds->texts);
    gjb_alloc_destroy(allocator, deeds->items, deeds->capacity, sizeof *deeds->items);
    gjb_index_deinit(&deeds->text_index);
    gjb_index_deinit(&deeds->index);
    gjb_arena_deinit(&deeds->arena);
}

/* Room for one more in an array that its index counts. */
static void *reserve(const gjr_deeds *deeds, gjb_index *index, void *array, size_t *capacity,
                     size_t size)
{
    if (!gjb_index_reserve(index)) {
        return NULL;
    }
    if (index->count < *capacity) {
        return array;
    }
    size_t more = *capacity == 0 ? CAPACITY_FIRST : *capacity * 2;
    void *grown = gjb_alloc_resize(deeds->judge->allocator, array, *capacity, more, size);
    *capacity = grown == NULL ? *capacity : more;
    return grown;
}

/* ---- texts, each once ---- */

uint32_t gjr_deeds_take_text(gjr_deeds *deeds, gj_text text)
{
    uint64_t hash = gjb_text_hash(text, seed);
    gjb_index_probe probe = gjb_index_begin(&deeds->text_index, hash);
    uint32_t item;
    while ((item = gjb_index_next(&deeds->text_index, &probe)) != GJB_INDEX_NONE) {
        if (gjb_text_equal(deeds->texts[item], text)) {
            return item;
        }
    }
    gj_text *texts = reserve(deeds, &deeds->text_index, deeds->texts, &deeds->text_capacity,
                             sizeof *deeds->texts);
    if (texts == NULL) {
        return GJB_INDEX_NONE;
    }
    deeds->texts = texts;
    gj_text *kept = &texts[deeds->text_index.count];
    *kept = gjb_arena_text(&deeds->arena, text);
    return gjb_text_is_present(*kept) ? gjb_index_add(&deeds->text_index, hash) : GJB_INDEX_NONE;
}

/* False when memory ends. */
static bool text_take(gjr_deeds *deeds, gj_text told, gj_text *kept)
{
    uint32_t item = gjb_text_is_present(told) ? gjr_deeds_take_text(deeds, told) : GJB_INDEX_NONE;
    *kept = item != GJB_INDEX_NONE ? deeds->texts[item] : (gj_text){0};
    return gjb_text_is_present(told) == gjb_text_is_present(*kept);
}

/* ---- deeds ---- */

/* Of most texts that differ the last bytes do. */
static uint64_t last_bytes(gj_text text)
{
    uint64_t word = 0;
    if (text.size >= sizeof word) {
        memcpy(&word, text.bytes + text.size - sizeof word, sizeof word);
    } else {
        for (size_t i = 0; i < text.size; i++) {
            word = word << 8 | (unsigned char)text.bytes[i];
        }
    }
    return word + text.size;
}

/* A few clerks do most of what is done, so a deed is looked for first where a glance at who and
 * what leads. A glance that fools us costs no more than a look into the index. */
static size_t glance_at(const gj_event *told)
{
    uint64_t seen = last_bytes(told->action) * 3 + last_bytes(told->officer) * 5 +
                    last_bytes(told->post) * 7 + told->branch.size;
    return gjb_mix(seen, GJB_MIX_FIRST) % GJR_DEEDS_RECENT;
}

/* The texts are hashed each for itself, since the processor can do these at once. */
static uint64_t hash_of(const gj_event *told)
{
    const gj_text texts[TEXTS] = {told->source, told->action,     told->post,  told->officer,
                                  told->office, told->department, told->branch};
    uint64_t sum = 0;
    for (uint64_t i = 0; i < TEXTS; i++) {
        if (texts[i].size > 0) {
            sum += gjb_text_hash(texts[i], seed + i);
        }
    }
    return gjb_mix(sum ^ GJB_MIX_FIRST, GJB_MIX_SECOND);
}

static bool is_told(const gjr_deed *deed, const gj_event *told)
{
    return gjb_text_equal(deed->action_text, told->action) &&
           gjb_text_equal(deed->officer, told->officer) &&
           gjb_text_equal(deed->post_text, told->post) &&
           gjb_text_equal(deed->source_text, told->source) &&
           gjb_text_equal(deed->office, told->office) &&
           gjb_text_equal(deed->department_text, told->department) &&
           gjb_text_equal(deed->branch, told->branch);
}

static bool deed_make(gjr_deeds *deeds, const gj_event *told, gjr_deed *deed)
{
    gjr_event named = {0};
    gjr_event_take_names(deeds->judge, told, &named);
    deed->action = named.action;
    deed->post = named.post;
    deed->department = named.department;
    deed->source = gjr_deeds_take_text(deeds, told->source);
    if (deed->source == GJB_INDEX_NONE) {
        return false;
    }
    deed->source_text = deeds->texts[deed->source];
    return text_take(deeds, told->action, &deed->action_text) &&
           text_take(deeds, told->post, &deed->post_text) &&
           text_take(deeds, told->officer, &deed->officer) &&
           text_take(deeds, told->office, &deed->office) &&
           text_take(deeds, told->department, &deed->department_text) &&
           text_take(deeds, told->branch, &deed->branch);
}

static uint32_t deed_find(gjr_deeds *deeds, const gj_event *told)
{
    uint64_t hash = hash_of(told);
    gjb_index_probe probe = gjb_index_begin(&deeds->index, hash);
    uint32_t item;
    while ((item = gjb_index_next(&deeds->index, &probe)) != GJB_INDEX_NONE) {
        const gjr_deed *deed = &deeds->items[item];
        if (deed->hash == hash && is_told(deed, told)) {
            return item;
        }
    }
    gjr_deed *items =
        reserve(deeds, &deeds->index, deeds->items, &deeds->capacity, sizeof *deeds->items);
    if (items == NULL) {
        return GJB_INDEX_NONE;
    }
    deeds->items = items;
    gjr_deed *made = &items[deeds->index.count];
    *made = (gjr_deed){.hash = hash};
    return deed_make(deeds, told, made) ? gjb_index_add(&deeds->index, hash) : GJB_INDEX_NONE;
}

uint32_t gjr_deeds_take(gjr_deeds *deeds, const gj_event *told)
{
    uint32_t *recent = &deeds->recent[glance_at(told)];
    if (*recent < deeds->index.count && is_told(&deeds->items[*recent], told)) {
        return *recent;
    }
    uint32_t found = deed_find(deeds, told);
    *recent = found != GJB_INDEX_NONE ? found : *recent;
    return found;
}

static bool texts_agree(gj_text a, gj_text b)
{
    return (a.size == 0 && b.size == 0) || gjb_text_equal(a, b);
}

bool gjr_deeds_agree(const gjr_deeds *deeds, uint32_t a, uint32_t b)
{
    const gjr_deed *one = &deeds->items[a], *other = &deeds->items[b];
    return a == b ||
           (texts_agree(one->action_text, other->action_text) &&
            texts_agree(one->post_text, other->post_text) &&
            texts_agree(one->officer, other->officer) && texts_agree(one->office, other->office) &&
            texts_agree(one->department_text, other->department_text) &&
            texts_agree(one->branch, other->branch));
}
