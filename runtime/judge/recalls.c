/* SPDX-License-Identifier: Apache-2.0
 *
 * See recalls.h. */
#include "judge/recalls.h"

#include "base/text.h"
#include "judge/keeps.h"
#include "judge/stored.h"

#include <string.h>

static const gjr_relation *relation_row(const gjr_case *judged, uint32_t relation)
{
    return &judged->judge->rows->relations[relation];
}

/* ---- which relations remember anything ---- */

enum { WORD_BITS = 64 };

static uint64_t *words(const gjr_case *judged)
{
    return gjr_case_part(judged, judged->judge->layout.remembering);
}

uint32_t gjr_recall_next(const gjr_case *judged, uint32_t relation)
{
    uint32_t count = judged->judge->rows->relation_count;
    for (uint32_t word = relation / WORD_BITS; relation < count; relation = ++word * WORD_BITS) {
        uint64_t left = words(judged)[word] >> (relation % WORD_BITS);
        if (left != 0) {
            return relation + (uint32_t)__builtin_ctzll(left);
        }
    }
    return GJR_NONE;
}

/* ---- taking and freeing ---- */

enum { CAPACITY_FIRST = 2 };

/* Where so many have to find room. */
static uint32_t capacity_for(const gjr_case *judged, uint32_t relation, uint32_t count)
{
    uint32_t most = gjr_layout_held(judged->judge->rows, relation);
    uint32_t capacity = gjr_recall_count(judged, relation);
    while (capacity < count && capacity < most) {
        capacity = capacity == 0 ? CAPACITY_FIRST : 2 * capacity;
        capacity = capacity < most ? capacity : most;
    }
    return capacity;
}

/* They may be taken one by one, and move each time that there is no more room. */
size_t gjr_recall_room(const gjr_case *judged, uint32_t relation, uint32_t count)
{
    const gjr_register *of = gjr_recall_register(judged, relation);
    uint32_t capacity = capacity_for(judged, relation, of->used + count);
    return capacity == of->capacity ? 0 : 2 * capacity * sizeof(gjr_recall);
}

bool gjr_recall_fits(const gjr_case *judged, uint32_t relation)
{
    const gjr_register *of = gjr_recall_register(judged, relation);
    uint32_t capacity = capacity_for(judged, relation, of->used + 1u);
    return capacity == of->capacity ||
           judged->capacity - gjr_case_size(judged) >= capacity * sizeof(gjr_recall);
}

static void grow(gjr_case *judged, uint32_t relation)
{
    gjr_register *of = gjr_recall_register(judged, relation);
    uint32_t capacity = capacity_for(judged, relation, of->capacity + 1u), begin;
    const gjr_recall *from = gjr_recall_get(judged, relation, 0);
    unsigned char *to = gjr_case_add_bytes(judged, capacity * sizeof *from, &begin);
    size_t old = of->capacity * sizeof *from;
    memcpy(to, from, old);
    memset(to + old, 0, capacity * sizeof *from - old);
    of->begin = begin;
    of->capacity = (uint16_t)capacity;
}

gjr_recall *gjr_recall_take(gjr_case *judged, uint32_t relation)
{
    gjr_register *of = gjr_recall_register(judged, relation);
    if (of->used == of->capacity) {
        if (of->used >= gjr_layout_held(judged->judge->rows, relation)) {
            return NULL;
        }
        grow(judged, relation);
    }
    gjr_recall *recall = gjr_recall_get(judged, relation, 0);
    while ((recall->flags & GJR_RECALL_USED) != 0) {
        recall++;
    }
    of->used++;
    recall->flags = GJR_RECALL_USED;
    words(judged)[relation / WORD_BITS] |= UINT64_C(1) << relation % WORD_BITS;
    return recall;
}

void gjr_recall_free(gjr_case *judged, uint32_t relation, gjr_recall *recall)
{
    gjr_register *of = gjr_recall_register(judged, relation);
    *recall = (gjr_recall){.flags = 0};
    if (--of->used == 0) {
        words(judged)[relation / WORD_BITS] &= ~(UINT64_C(1) << relation % WORD_BITS);
    }
}

/* ---- notes ---- */

static bool text_note(gjb_arena *arena, gj_text text, gj_text *to)
{
    *to = text.size == 0 ? (gj_text){NULL, 0} : gjb_arena_text(arena, text);
    return text.size == 0 || to->bytes != NULL;
}

bool gjr_recall_note(const gjr_case *judged, const gjr_recall *recall, gjb_arena *arena,
                     gjr_raised_act *act)
{
    *act = (gjr_raised_act){
        .present = 1,
        .action = judged->judge->rows->roles[recall->role].action,
        .post = recall->post,
        .offset_s = recall->offset_s,
        .at = recall->at,
    };
    return text_note(arena, gjr_case_key_source(judged, recall->key), &act->source) &&
           text_note(arena, gjr_case_key_id(judged, recall->key), &act->id) &&
           text_note(arena, gjr_case_text(judged, recall->officer), &act->officer);
}

/* Of what tells the relation its keys. */
static gjr_shape key_shape(const gjr_case *judged, uint32_t relation)
{
    const gjr_rows *rows = judged->judge->rows;
    uint32_t first = relation_row(judged, relation)->keys_first;
    return GJR_SHAPE_OF(&rows->fields[rows->key_fields[first].field]);
}

bool gjr_recall_note_key(const gjr_case *judged, uint32_t relation, const gjr_recall *recall,
                         gjb_arena *arena, gjr_raised_key *key)
{
    *key = (gjr_raised_key){.present = (recall->flags & GJR_RECALL_KEYED) != 0 ? 1 : 0};
    if (key->present == 0) {
        return true;
    }
    if (!gjr_type_is_textual(key_shape(judged, relation).type)) {
        key->number = (int64_t)recall->item;
        return true;
    }
    return text_note(arena, gjr_case_text(judged, gjr_span_unpack(recall->item)), &key->text);
}

/* ---- making room ---- */

static size_t recall_size(const gjr_case *judged, uint32_t relation, const gjr_recall *recall)
{
    size_t size = gjr_key_size(gjr_case_key_source(judged, recall->key),
                               gjr_case_key_id(judged, recall->key)) +
                  ((recall->officer.size + (size_t)7) & ~(size_t)7);
    if ((recall->flags & GJR_RECALL_KEYED) != 0) {
        size += gjr_stored_size(judged, key_shape(judged, relation), recall->item);
    }
    if ((recall->flags & GJR_RECALL_KEEPS) != 0) {
        size += gjr_keeps_size(judged, relation, recall->item);
    }
    return size;
}

/* As many as there are up to the last that is used. */
static uint32_t reach_of(const gjr_case *judged, uint32_t relation)
{
    uint32_t reach = gjr_recall_count(judged, relation);
    while (reach > 0 &&
           (gjr_recall_get(judged, relation, reach - 1)->flags & GJR_RECALL_USED) == 0) {
        reach--;
    }
    return reach;
}

size_t gjr_recalls_size(const gjr_case *judged)
{
    size_t size = 0;
    for (uint32_t i = gjr_recall_next(judged, 0); i != GJR_NONE;
         i = gjr_recall_next(judged, i + 1)) {
        uint32_t reach = reach_of(judged, i);
        size += reach * sizeof(gjr_recall);
        for (uint32_t j = 0; j < reach; j++) {
            const gjr_recall *recall = gjr_recall_get(judged, i, j);
            size += (recall->flags & GJR_RECALL_USED) != 0 ? recall_size(judged, i, recall) : 0;
        }
    }
    return size;
}

static void recall_move(const gjr_case *from, gjr_case *to, uint32_t relation, gjr_recall *recall)
{
    recall->key = gjr_case_move_key(from, to, recall->key);
    recall->officer = gjr_case_add_text(to, gjr_case_text(from, recall->officer));
    if ((recall->flags & GJR_RECALL_KEYED) != 0) {
        recall->item = gjr_stored_move(from, to, key_shape(from, relation), recall->item);
    }
    if ((recall->flags & GJR_RECALL_KEEPS) != 0) {
        recall->item = gjr_keeps_move(from, to, relation, recall->item);
    }
}

static void register_move(const gjr_case *from, gjr_case *to, uint32_t relation)
{
    gjr_register *of = gjr_recall_register(to, relation);
    uint32_t reach = reach_of(from, relation);
    size_t size = reach * sizeof(gjr_recall);
    memcpy(gjr_case_add_bytes(to, size, &of->begin), gjr_recall_get(from, relation, 0), size);
    of->capacity = (uint16_t)reach;
    for (uint32_t i = 0; i < reach; i++) {
        gjr_recall *recall = gjr_recall_get(to, relation, i);
        if ((recall->flags & GJR_RECALL_USED) != 0) {
            recall_move(from, to, relation, recall);
        }
    }
}

/* A relation of which nothing is remembered any more keeps no place. */
void gjr_recalls_move(const gjr_case *from, gjr_case *to)
{
    memset(gjr_recall_register(to, 0), 0, from->judge->rows->relation_count * sizeof(gjr_register));
    for (uint32_t i = gjr_recall_next(from, 0); i != GJR_NONE; i = gjr_recall_next(from, i + 1)) {
        gjr_recall_register(to, i)->used = gjr_recall_register(from, i)->used;
        register_move(from, to, i);
    }
}
