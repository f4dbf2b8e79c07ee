/* SPDX-License-Identifier: Apache-2.0
 *
 * A loaded image, for the rest of the runtime: of each procedure the verified rows of each table.
 * Whoever holds them looks up and never checks; docs/BYTECODE.md says what may be relied on. */
#ifndef GJR_IMAGE_H
#define GJR_IMAGE_H

#include "base/hash.h"
#include "base/map.h"
#include "image/layout.h"

/* One procedure of a loaded image. */
typedef struct gjr_image_unit {
    gjr_rows rows;
    const uint8_t *identity; /* GJB_HASH_SIZE bytes, in the file */
    char identity_hex[2 * GJB_HASH_SIZE + 1];
} gjr_image_unit;

struct gj_image {
    const gj_allocator *allocator;
    uint8_t *bytes; /* the file */
    size_t size;
    gjr_image_unit *units;
    uint32_t unit_count;
    gjb_map names; /* name and title of each procedure → its index */
    char identity_hex[2 * GJB_HASH_SIZE + 1];
};

/* The rows of the procedure of that index. Borrowed until the image is destroyed. */
const gjr_rows *gjr_image_rows(const gj_image *image, size_t index);

/* A string, borrowed from the image; absent for GJR_NONE. */
static inline gj_text gjr_rows_text(const gjr_rows *rows, uint32_t string)
{
    if (string == GJR_NONE) {
        return (gj_text){NULL, 0};
    }
    uint32_t begin = rows->string_offsets[string];
    return (gj_text){rows->string_bytes + begin, rows->string_offsets[string + 1] - begin};
}

/* The decision table in which the row stands. */
const gjr_decision *gjr_rows_decision(const gjr_rows *rows, uint32_t decision_row);

/* Whether a region is `outer` or runs inside it; rows of outer regions come first. */
static inline bool gjr_rows_is_within(const gjr_rows *rows, uint32_t region, uint32_t outer)
{
    while (region > outer) {
        region = rows->stages[rows->regions[region].parent].region;
    }
    return region == outer;
}

/* What an action means in a stage. */
static inline const gjr_cell *gjr_rows_cell(const gjr_rows *rows, uint32_t stage, uint32_t action)
{
    return &rows->cells[(size_t)stage * rows->action_count + action];
}

/* What tells the key of such an act, among those rows; NULL where nothing does. */
static inline const gjr_key_field *gjr_rows_key_among(const gjr_rows *rows, uint32_t first,
                                                      uint32_t count, uint32_t action)
{
    uint32_t low = first, end = first + count, high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rows->key_fields[middle].action < action) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < end && rows->key_fields[low].action == action ? &rows->key_fields[low] : NULL;
}

/* The same, to a limit that keeps a clock a key. */
static inline const gjr_key_field *gjr_rows_key(const gjr_rows *rows, const gjr_limit *limit,
                                                uint32_t action)
{
    return gjr_rows_key_among(rows, limit->keys_first, limit->keys_count, action);
}

/* The same, to a rule that stands for each key by itself. */
static inline const gjr_key_field *
gjr_rows_relation_key(const gjr_rows *rows, const gjr_relation *relation, uint32_t action)
{
    return gjr_rows_key_among(rows, relation->keys_first, relation->keys_count, action);
}

#endif
