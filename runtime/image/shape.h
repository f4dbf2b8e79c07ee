/* SPDX-License-Identifier: Apache-2.0
 *
 * What a field, a part of a record or a register holds, as the image says it in four columns.
 * Values carry no type; whoever must know one brings its shape along. */
#ifndef GJR_SHAPE_H
#define GJR_SHAPE_H

#include "image/layout.h"

typedef struct gjr_shape {
    uint32_t type;
    uint32_t element;     /* of a list; else GJR_TYPE_NOTHING */
    uint32_t enumeration; /* of an enum, or a list of one; else GJR_NONE */
    uint32_t record;      /* of a record, or a list of one; else GJR_NONE */
} gjr_shape;

/* What a register holds that was not written. */
static const gjr_shape gjr_shape_nothing = {GJR_TYPE_NOTHING, GJR_TYPE_NOTHING, GJR_NONE, GJR_NONE};

/* Of any row that has the four columns. */
#define GJR_SHAPE_OF(row)                                                                          \
    ((gjr_shape){(row)->type, (row)->element, (row)->enumeration, (row)->record})

/* Of one that has all but the last, and is no record. */
#define GJR_SHAPE_PLAIN(row)                                                                       \
    ((gjr_shape){(row)->type, (row)->element, (row)->enumeration, GJR_NONE})

static inline gjr_shape gjr_shape_element(gjr_shape list)
{
    return (gjr_shape){list.element, GJR_TYPE_NOTHING, list.enumeration, list.record};
}

static inline bool gjr_shape_equal(gjr_shape a, gjr_shape b)
{
    return a.type == b.type && a.element == b.element && a.enumeration == b.enumeration &&
           a.record == b.record;
}

/* What a constant or a result may be. */
static inline bool gjr_type_is_scalar(uint32_t type)
{
    return type != GJR_TYPE_NOTHING && type != GJR_TYPE_LIST && type != GJR_TYPE_RECORD;
}

static inline bool gjr_type_is_textual(uint32_t type)
{
    return type == GJR_TYPE_TEXT || type == GJR_TYPE_OFFICER;
}

/* The parts of a record, and how many. */
static inline const gjr_part *gjr_shape_parts(const gjr_rows *rows, gjr_shape shape,
                                              uint32_t *count)
{
    const gjr_record_type *record = &rows->record_types[shape.record];
    *count = record->parts_count;
    return &rows->parts[record->parts_first];
}

#endif
