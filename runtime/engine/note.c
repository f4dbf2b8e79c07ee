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

/* What the note points to; its own fields lead there in the block. */
static void pack(packer *to, const gjr_raised *raised, gjr_raised *kept)
{
    *kept = *raised;
    kept->missing = put(to, raised->missing, raised->missing_count, sizeof *raised->missing);
    kept->left_out = put(to, raised->left_out, raised->left_out_count, sizeof *raised->left_out);
    kept->present = put(to, raised->present, raised->present_count, sizeof *raised->present);
    kept->quoted = text_put(to, raised->quoted);
    kept->limit.source = text_put(to, raised->limit.source);
    kept->limit.id = text_put(to, raised->limit.id);
    kept->values = values_put(to, raised);
}

gjr_note *gjr_note_create(const gj_allocator *allocator, const gjr_raised *raised, gjr_turn turn)
{
    gjr_raised counted;
    packer to = {NULL, sizeof(gjr_note)};
    pack(&to, raised, &counted);
    gjr_note *note = gjb_alloc_create(allocator, to.size, 1);
    if (note == NULL) {
        return NULL;
    }
    *note = (gjr_note){.turn = turn, .size = to.size, .fresh = true};
    to = (packer){(unsigned char *)note, sizeof *note};
    pack(&to, raised, &note->raised);
    return note;
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
