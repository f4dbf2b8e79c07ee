/* SPDX-License-Identifier: Apache-2.0
 *
 * See fields.h. */
#include "feed/fields.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const struct {
    const char *name;
    size_t size;
    gjr_field_kind kind;
    size_t offset;
} fields[] = {
#define TEXT      GJR_FIELD_TEXT
#define STAMP     GJR_FIELD_STAMP
#define SEQ       GJR_FIELD_NUMBER
#define DATA      GJR_FIELD_DATUMS
#define DOCUMENTS GJR_FIELD_TEXTS
#define ENVELOPE  GJR_FIELD_ENVELOPE
#define GJR_FIELD(NAME, name, kind, member)                                                        \
    {name, sizeof(name) - 1, kind, offsetof(gj_event, member)},
#include "feed/fields.def"
#undef GJR_FIELD
};

static size_t slot_of(const char *name, size_t size)
{
    size_t first = (unsigned char)name[0], last = (unsigned char)name[size - 1];
    return (size + first * 14 + last) % GJR_FIELD_SLOTS; /* no two of ours meet */
}

/* Comparing with a constant size is a few loads, where memcmp would be a call. */
static bool field_is(gjr_field field, gj_text name)
{
    switch (field) {
#define GJR_FIELD(NAME, told, kind, member)                                                        \
    case GJR_FIELD_##NAME:                                                                         \
        return name.size == sizeof(told) - 1 && memcmp(name.bytes, told, sizeof(told) - 1) == 0;
#include "feed/fields.def"
#undef GJR_FIELD
    case GJR_FIELD_COUNT:
        break;
    }
    return false;
}

gjr_field gjr_fields_find(const gjr_fields *found, gj_text name)
{
    if (name.size == 0) {
        return GJR_FIELD_NONE;
    }
    size_t slot = slot_of(name.bytes, name.size);
    while (found->slots[slot] != GJR_FIELD_NONE) {
        gjr_field field = (gjr_field)found->slots[slot];
        if (field_is(field, name)) {
            return field;
        }
        slot = (slot + 1) % GJR_FIELD_SLOTS;
    }
    return GJR_FIELD_NONE;
}

gjr_field_kind gjr_field_kind_of(gjr_field field)
{
    assert(field < GJR_FIELD_COUNT);
    return fields[field].kind;
}

const char *gjr_field_name(gjr_field field)
{
    assert(field < GJR_FIELD_COUNT);
    return fields[field].name;
}

size_t gjr_field_offset(gjr_field field)
{
    assert(field < GJR_FIELD_COUNT);
    return fields[field].offset;
}

void gjr_fields_init(gjr_fields *made)
{
    memset(made->slots, GJR_FIELD_NONE, sizeof made->slots);
    for (unsigned field = 0; field < GJR_FIELD_COUNT; field++) {
        size_t slot = slot_of(fields[field].name, fields[field].size);
        while (made->slots[slot] != GJR_FIELD_NONE) {
            slot = (slot + 1) % GJR_FIELD_SLOTS;
        }
        made->slots[slot] = (uint8_t)field;
    }
}
