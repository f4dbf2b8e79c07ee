/* SPDX-License-Identifier: Apache-2.0
 *
 * Two images that mean the same: every section of every unit has the same bytes, but for the
 * strings and the positions. cmocka.h must be included before. */
#ifndef TWIN_IMAGES_H
#define TWIN_IMAGES_H

#include "image/layout.h"

#include <string.h>

static inline void twin_units_check(const char *a, const char *b)
{
    for (uint32_t kind = 1; kind <= GJR_SECTION_COUNT; kind++) {
        gjr_section sa, sb;
        memcpy(&sa, a + (kind - 1) * sizeof sa, sizeof sa);
        memcpy(&sb, b + (kind - 1) * sizeof sb, sizeof sb);
        assert_int_equal(sa.kind, kind);
        if (kind == GJR_SECTION_STRINGS || kind == GJR_TABLE_position)
            continue;
        assert_int_equal(sa.size, sb.size);
        assert_memory_equal(a + sa.offset, b + sb.offset, sa.size);
    }
}

static inline void twin_images_check(gj_text a, gj_text b)
{
    gjr_header ha, hb;
    memcpy(&ha, a.bytes, sizeof ha);
    memcpy(&hb, b.bytes, sizeof hb);
    assert_true(ha.unit_count > 0 && ha.unit_count == hb.unit_count);
    for (uint32_t i = 0; i < ha.unit_count; i++) {
        gjr_unit_entry ua, ub;
        memcpy(&ua, a.bytes + sizeof ha + i * sizeof ua, sizeof ua);
        memcpy(&ub, b.bytes + sizeof hb + i * sizeof ub, sizeof ub);
        twin_units_check(a.bytes + ua.offset, b.bytes + ub.offset);
    }
}

#endif
