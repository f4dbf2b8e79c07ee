/* SPDX-License-Identifier: Apache-2.0
 *
 * See note.h. What is to be kept is laid out twice by the same walk: first to see how much it is,
 * then into the block. */
#include "engine/note.h"

#include "base/text.h"

typedef struct packer {
    unsigned char *block; /* NULL: only counted */
    size_t size;
} packer;

static void *put(packer *to, const void *from, size_t count, size_t size)
{
    size_t begin = to->size, bytes = count * size;
    to->size += (bytes + 7) & ~(size_t)7;
    if (to->block == NULL) {
        return NULL;
    }
    if (bytes > 0) {
        memcpy(to->block + begin, from, bytes);
    }
    return to->block + begin;
}

static gj_text text_put(packer *to, gj_text text)
{
    return gjb_text_is_present(text) ? (gj_text){put(to, text.bytes, text.size, 1), text.size}
                                     : text;
}

static const gj_text *items_put(packer *to, const gjr_raised_value *value)
{
    gj_text *items = put(to, value->items, value->item_count, sizeof *items);
    for (size_t i = 0; i < value->item_count; i++) {
        gj_text item = text_put(to, value->items[i]);
        if (items != NULL) {
            items[i] = item;
        }
    }
    return items;
}

static const gjr_raised_value *values_put(packer *to, const gjr_raised *raised)
{
    gjr_raised_value *values = put(to, raised->values, raised->value_count, sizeof *values);
    for (uint32_t i = 0; i < raised->value_count; i++) {
        const gj_text *items = items_put(to, &raised->values[i]);
        if (values != NULL) {
            values[i].items = items;
        }
    }
    return values;
}

static const gjr_raised_taken *turns_put(packer *to, const gjr_raised_limit *limit)
{
    gjr_raised_taken *turns = put(to, limit->turns, limit->turn_count, sizeof *turns);
    for (uint32_t i = 0; i < limit->turn_count; i++) {
        gj_text source = text_put(to, limit->turns[i].source);
        gj_text id = text_put(to, limit->turns[i].id);
        if (turns != NULL) {
            turns[i].source = source;
            turns[i].id = id;
        }
    }
    return turns;
}

static void act_put(packer *to, const gjr_raised_act *act, gjr_raised_act *kept)
{
    kept->source = text_put(to, act->source);
    kept->id = text_put(to, act->id);
    kept->officer = text_put(to, act->officer);
    kept->office = text_put(to, act->office);
}

/* What the note points to; its own fields lead there in the block. */
static void pack(packer *to, const gjr_raised *raised, gjr_raised *kept)
{
    memcpy(kept, raised, sizeof *kept); /* with what lies between its fields */
    kept->missing = put(to, raised->missing, raised->missing_count, sizeof *raised->missing);
    kept->left_out = put(to, raised->left_out, raised->left_out_count, sizeof *raised->left_out);
    kept->present = put(to, raised->present, raised->present_count, sizeof *raised->present);
    kept->decided = put(to, raised->decided, raised->decided_count, sizeof *raised->decided);
    kept->quoted = text_put(to, raised->quoted);
    kept->key.text = text_put(to, raised->key.text);
    kept->limit.source = text_put(to, raised->limit.source);
    kept->limit.id = text_put(to, raised->limit.id);
    kept->limit.turns = turns_put(to, &raised->limit);
    kept->turn.source = text_put(to, raised->turn.source);
    kept->turn.id = text_put(to, raised->turn.id);
    kept->turn.taker_source = text_put(to, raised->turn.taker_source);
    kept->turn.taker_id = text_put(to, raised->turn.taker_id);
    act_put(to, &raised->relation.first, &kept->relation.first);
    act_put(to, &raised->relation.judged, &kept->relation.judged);
    act_put(to, &raised->hand, &kept->hand);
    kept->law.source = text_put(to, raised->law.source);
    kept->law.id = text_put(to, raised->law.id);
    kept->values = values_put(to, raised);
}

size_t gjr_note_extent(const gjr_raised *raised)
{
    gjr_raised counted;
    packer to = {NULL, 0};
    pack(&to, raised, &counted);
    return to.size;
}

gjr_raised gjr_note_copy(const gjr_raised *raised, void *block)
{
    gjr_raised kept;
    packer to = {block, 0};
    pack(&to, raised, &kept);
    return kept;
}

gjr_note *gjr_note_create(const gj_allocator *allocator, const gjr_raised *raised, gjr_turn turn)
{
    size_t size = sizeof(gjr_note) + gjr_note_extent(raised);
    gjr_note *note = gjb_alloc_create(allocator, size, 1);
    if (note != NULL) {
        *note = (gjr_note){.turn = turn, .size = size, .fresh = true};
        note->raised = gjr_note_copy(raised, note + 1);
    }
    return note;
}

/* ---- comparing ---- */

static void act_bare(gjr_raised_act *act)
{
    act->source.bytes = act->id.bytes = act->officer.bytes = act->office.bytes = NULL;
}

/* What it is without what it points to. */
static gjr_raised bare(const gjr_raised *raised)
{
    gjr_raised only;
    memcpy(&only, raised, sizeof only);
    only.ordinal = 0;
    only.missing = only.left_out = only.present = only.decided = NULL;
    only.quoted.bytes = only.limit.source.bytes = only.limit.id.bytes = NULL;
    only.key.text.bytes = NULL;
    only.turn.source.bytes = only.turn.id.bytes = NULL;
    only.turn.taker_source.bytes = only.turn.taker_id.bytes = NULL;
    act_bare(&only.relation.first);
    act_bare(&only.relation.judged);
    act_bare(&only.hand);
    only.law.source.bytes = only.law.id.bytes = NULL;
    only.limit.turns = NULL;
    only.values = NULL;
    return only;
}

static bool indices_equal(const uint32_t *a, const uint32_t *b, uint32_t count)
{
    return count == 0 || memcmp(a, b, count * sizeof *a) == 0;
}

static bool values_equal(const gjr_raised *a, const gjr_raised *b)
{
    for (uint32_t i = 0; i < a->value_count; i++) {
        const gjr_raised_value *left = &a->values[i], *right = &b->values[i];
        bool equal = left->field == right->field && left->known == right->known &&
                     left->item_count == right->item_count;
        for (size_t j = 0; equal && j < left->item_count; j++) {
            equal = gjb_text_equal(left->items[j], right->items[j]);
        }
        if (!equal) {
            return false;
        }
    }
    return true;
}

static bool turns_equal(const gjr_raised_limit *a, const gjr_raised_limit *b)
{
    for (uint32_t i = 0; i < a->turn_count; i++) {
        const gjr_raised_taken *left = &a->turns[i], *right = &b->turns[i];
        if (left->clause != right->clause || left->trigger != right->trigger ||
            left->extends != right->extends || left->from != right->from || left->to != right->to ||
            !gjb_text_equal(left->source, right->source) || !gjb_text_equal(left->id, right->id)) {
            return false;
        }
    }
    return true;
}

static bool acts_equal(const gjr_raised_act *a, const gjr_raised_act *b)
{
    return gjb_text_equal(a->source, b->source) && gjb_text_equal(a->id, b->id) &&
           gjb_text_equal(a->officer, b->officer) && gjb_text_equal(a->office, b->office);
}

bool gjr_note_equal(const gjr_note *a, const gjr_note *b)
{
    const gjr_raised *left = &a->raised, *right = &b->raised;
    gjr_raised left_bare = bare(left), right_bare = bare(right);
    /* Other bytes between the fields make it false, which may mean nothing.
     * NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
    bool bare_equal = memcmp(&left_bare, &right_bare, sizeof left_bare) == 0;
    return bare_equal && a->past == b->past && a->turn.root == b->turn.root &&
           a->turn.content == b->turn.content &&
           indices_equal(left->missing, right->missing, left->missing_count) &&
           indices_equal(left->left_out, right->left_out, left->left_out_count) &&
           indices_equal(left->present, right->present, left->present_count) &&
           indices_equal(left->decided, right->decided, left->decided_count) &&
           gjb_text_equal(left->quoted, right->quoted) &&
           gjb_text_equal(left->key.text, right->key.text) &&
           gjb_text_equal(left->limit.source, right->limit.source) &&
           gjb_text_equal(left->limit.id, right->limit.id) &&
           gjb_text_equal(left->turn.source, right->turn.source) &&
           gjb_text_equal(left->turn.id, right->turn.id) &&
           gjb_text_equal(left->turn.taker_source, right->turn.taker_source) &&
           gjb_text_equal(left->turn.taker_id, right->turn.taker_id) &&
           acts_equal(&left->relation.first, &right->relation.first) &&
           acts_equal(&left->relation.judged, &right->relation.judged) &&
           acts_equal(&left->hand, &right->hand) &&
           gjb_text_equal(left->law.source, right->law.source) &&
           gjb_text_equal(left->law.id, right->law.id) &&
           turns_equal(&left->limit, &right->limit) && values_equal(left, right);
}

void gjr_note_destroy(const gj_allocator *allocator, gjr_note *note)
{
    if (note != NULL) {
        gjb_alloc_destroy(allocator, note, note->size, 1);
    }
}

void gjr_note_settle(const gj_allocator *allocator, gjr_note *note)
{
    gjr_note_destroy(allocator, note->before);
    note->before = NULL;
    note->fresh = false;
}
