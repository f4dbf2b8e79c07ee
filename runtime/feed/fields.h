/* SPDX-License-Identifier: Apache-2.0
 *
 * The fields of an event by their names, the same for every format: fields.def. */
#ifndef GJR_FEED_FIELDS_H
#define GJR_FEED_FIELDS_H

#include <guiju/guiju.h>

typedef enum gjr_field {
#define GJR_FIELD(NAME, name, kind, member) GJR_FIELD_##NAME,
#include "feed/fields.def"
#undef GJR_FIELD
    GJR_FIELD_COUNT,
    GJR_FIELD_NONE = GJR_FIELD_COUNT,
} gjr_field;

typedef enum gjr_field_kind {
    GJR_FIELD_TEXT,
    GJR_FIELD_STAMP,
    GJR_FIELD_NUMBER,
    GJR_FIELD_DATUMS,
    GJR_FIELD_TEXTS,
    GJR_FIELD_ENVELOPE,
} gjr_field_kind;

enum { GJR_FIELD_SLOTS = 64 };

/* name → field, open addressing; made once a feed. */
typedef struct gjr_fields {
    uint8_t slots[GJR_FIELD_SLOTS];
} gjr_fields;

void gjr_fields_init(gjr_fields *fields);
/* GJR_FIELD_NONE where there is none of that name. */
gjr_field gjr_fields_find(const gjr_fields *fields, gj_text name);

gjr_field_kind gjr_field_kind_of(gjr_field field);
const char *gjr_field_name(gjr_field field);
/* Where it stands in a gj_event. */
size_t gjr_field_offset(gjr_field field);

#endif
