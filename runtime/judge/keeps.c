/* SPDX-License-Identifier: Apache-2.0
 *
 * See keeps.h. */
#include "judge/keeps.h"

#include "image/image.h"
#include "judge/data.h"
#include "judge/stored.h"

enum { PRESENCE, WORD, WORDS };

typedef struct kept {
    const gjr_keep *rows;
    uint32_t count;
} kept;

static kept kept_of(const gjr_case *judged, uint32_t relation)
{
    const gjr_rows *rows = judged->judge->rows;
    const gjr_relation *row = &rows->relations[relation];
    return (kept){rows->keeps + row->keeps_first, row->keeps_count};
}

static gjr_shape shape_of(const gjr_case *judged, const gjr_keep *keep)
{
    return GJR_SHAPE_OF(&judged->judge->rows->fields[keep->as]);
}

static uint64_t *words_of(const gjr_case *judged, uint64_t item)
{
    unsigned char *tail = gjr_case_part(judged, judged->judge->layout.tail);
    return (uint64_t *)(void *)(tail + gjr_span_unpack(item).begin);
}

static size_t words_size(uint32_t count)
{
    return count * (size_t)WORDS * sizeof(uint64_t);
}

static uint64_t *words_add(gjr_case *judged, uint32_t count, uint64_t *item)
{
    gjr_span span = {0, count};
    unsigned char *bytes = gjr_case_add_bytes(judged, words_size(count), &span.begin);
    *item = gjr_span_pack(span);
    return (uint64_t *)(void *)bytes;
}

/* ---- taking ---- */

/* None is longer than what a field holds or may be set to. */
size_t gjr_keeps_room(const gjr_sitting *step, uint32_t relation)
{
    uint32_t count = kept_of(step->judged, relation).count;
    return count == 0 ? 0 : words_size(count) + gjr_data_set_size(step, count);
}

static gjr_value value_of(gjr_sitting *step, uint32_t field)
{
    return field < step->judge->own_field_count ? gjr_case_field(step->judged, field, &step->arena)
                                                : step->fields[field];
}

/* The values, borrowed, and the room that they take; NULL when memory ends. */
static gjr_value *values_make(gjr_sitting *step, kept of, size_t *size)
{
    gjr_value *values = gjb_arena_make(&step->arena, of.count, sizeof *values);
    *size = words_size(of.count);
    for (uint32_t i = 0; values != NULL && i < of.count; i++) {
        values[i] = value_of(step, of.rows[i].field);
        *size += values[i].known ? gjr_stored_room(step->judge->rows,
                                                   shape_of(step->judged, &of.rows[i]), &values[i])
                                 : 0;
    }
    return values;
}

void gjr_keeps_take(gjr_sitting *step, uint32_t relation, gjr_recall *recall)
{
    kept of = kept_of(step->judged, relation);
    size_t size;
    if (of.count == 0) {
        return;
    }
    const gjr_value *values = values_make(step, of, &size);
    if (values == NULL || step->judged->capacity - gjr_case_size(step->judged) < size) {
        step->no_memory = true;
        return;
    }
    uint64_t *words = words_add(step->judged, of.count, &recall->item);
    for (uint32_t i = 0; i < of.count; i++, words += WORDS) {
        words[PRESENCE] = values[i].known ? GJR_PRESENT : GJR_MISSING;
        words[WORD] =
            values[i].known
                ? gjr_stored_add(step->judged, shape_of(step->judged, &of.rows[i]), &values[i])
                : 0;
    }
    recall->flags |= GJR_RECALL_KEEPS;
}

/* ---- reading ---- */

void gjr_keeps_show(gjr_sitting *step, uint32_t relation, const gjr_recall *recall)
{
    kept of = kept_of(step->judged, relation);
    bool any = (recall->flags & GJR_RECALL_KEEPS) != 0;
    const uint64_t *words = any ? words_of(step->judged, recall->item) : NULL;
    for (uint32_t i = 0; any && i < of.count; i++, words += WORDS) {
        if (words[PRESENCE] == GJR_PRESENT) {
            step->fields[of.rows[i].as] = gjr_stored_value(
                step->judged, shape_of(step->judged, &of.rows[i]), words[WORD], &step->arena);
        }
    }
}

void gjr_keeps_hide(gjr_sitting *step, uint32_t relation)
{
    kept of = kept_of(step->judged, relation);
    for (uint32_t i = 0; i < of.count; i++) {
        step->fields[of.rows[i].as] = (gjr_value){.known = false};
    }
}

/* ---- making room ---- */

size_t gjr_keeps_size(const gjr_case *judged, uint32_t relation, uint64_t item)
{
    kept of = kept_of(judged, relation);
    const uint64_t *words = words_of(judged, item);
    size_t size = words_size(of.count);
    for (uint32_t i = 0; i < of.count; i++, words += WORDS) {
        size += words[PRESENCE] == GJR_PRESENT
                    ? gjr_stored_size(judged, shape_of(judged, &of.rows[i]), words[WORD])
                    : 0;
    }
    return size;
}

uint64_t gjr_keeps_move(const gjr_case *from, gjr_case *to, uint32_t relation, uint64_t item)
{
    kept of = kept_of(from, relation);
    const uint64_t *old = words_of(from, item);
    uint64_t moved, *words = words_add(to, of.count, &moved);
    for (uint32_t i = 0; i < of.count; i++, words += WORDS, old += WORDS) {
        words[PRESENCE] = old[PRESENCE];
        words[WORD] = old[PRESENCE] == GJR_PRESENT
                          ? gjr_stored_move(from, to, shape_of(from, &of.rows[i]), old[WORD])
                          : 0;
    }
    return moved;
}
