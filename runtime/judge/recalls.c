/* SPDX-License-Identifier: Apache-2.0
 *
 * See recalls.h. */
#include "judge/recalls.h"

#include "base/text.h"
#include "judge/stored.h"

static const gjr_relation *relation_row(const gjr_case *judged, uint32_t relation)
{
    return &judged->judge->rows->relations[relation];
}

gjr_recall *gjr_recall_find_free(const gjr_case *judged, uint32_t relation)
{
    for (uint32_t i = 0; i < relation_row(judged, relation)->held_max; i++) {
        gjr_recall *recall = gjr_recall_get(judged, relation, i);
        if ((recall->flags & GJR_RECALL_USED) == 0) {
            return recall;
        }
    }
    return NULL;
}

void gjr_recall_free(gjr_recall *recall)
{
    *recall = (gjr_recall){.flags = 0};
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
    return size;
}

size_t gjr_recalls_size(const gjr_case *judged)
{
    size_t size = 0;
    for (uint32_t i = 0; i < judged->judge->rows->relation_count; i++) {
        for (uint32_t j = 0; j < relation_row(judged, i)->held_max; j++) {
            const gjr_recall *recall = gjr_recall_get(judged, i, j);
            size += (recall->flags & GJR_RECALL_USED) != 0 ? recall_size(judged, i, recall) : 0;
        }
    }
    return size;
}

static void recall_move(const gjr_case *from, gjr_case *to, uint32_t relation, gjr_recall *recall)
{
    recall->key = gjr_case_add_key(to, gjr_case_key_source(from, recall->key),
                                   gjr_case_key_id(from, recall->key));
    recall->officer = gjr_case_add_text(to, gjr_case_text(from, recall->officer));
    if ((recall->flags & GJR_RECALL_KEYED) != 0) {
        recall->item = gjr_stored_move(from, to, key_shape(from, relation), recall->item);
    }
}

void gjr_recalls_move(const gjr_case *from, gjr_case *to)
{
    for (uint32_t i = 0; i < from->judge->rows->relation_count; i++) {
        for (uint32_t j = 0; j < relation_row(from, i)->held_max; j++) {
            gjr_recall *recall = gjr_recall_get(to, i, j);
            if ((recall->flags & GJR_RECALL_USED) != 0) {
                recall_move(from, to, i, recall);
            }
        }
    }
}
