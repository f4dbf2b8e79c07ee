/* SPDX-License-Identifier: Apache-2.0
 *
 * See bundle.h. */
#include "image/bundle.h"

#include "base/hash.h"

#include <string.h>

void gjr_bundle_init(gjr_bundle *bundle, const gj_allocator *allocator)
{
    gjb_buffer_init(&bundle->table, allocator);
    gjb_buffer_init(&bundle->units, allocator);
}

void gjr_bundle_deinit(gjr_bundle *bundle)
{
    gjb_buffer_deinit(&bundle->table);
    gjb_buffer_deinit(&bundle->units);
}

gj_status gjr_bundle_add(gjr_bundle *bundle, const gjr_writer *writer)
{
    size_t begin = bundle->units.size;
    gj_status status = gjr_writer_write_unit(writer, &bundle->units);
    if (status != GJ_OK) {
        return status;
    }
    gjr_unit_entry unit = {
        .section_count = GJR_SECTION_COUNT, .offset = begin, .size = bundle->units.size - begin};
    gjb_hash_of(bundle->units.bytes + begin, GJR_SECTION_COUNT * sizeof(gjr_section),
                unit.identity);
    gjb_buffer_add(&bundle->table, &unit, sizeof unit);
    return bundle->table.failed ? GJ_NO_MEMORY : GJ_OK;
}

/* The table as it stands in the file, its units behind it. */
static void add_table(const gjr_bundle *bundle, gjb_buffer *bytes)
{
    size_t first = sizeof(gjr_header) + bundle->table.size;
    for (size_t at = 0; at < bundle->table.size; at += sizeof(gjr_unit_entry)) {
        gjr_unit_entry unit;
        memcpy(&unit, bundle->table.bytes + at, sizeof unit);
        unit.offset += first;
        gjb_buffer_add(bytes, &unit, sizeof unit);
    }
}

gj_status gjr_bundle_finish(const gjr_bundle *bundle, gjb_buffer *bytes)
{
    gjr_header header = {
        .format = GJR_IMAGE_FORMAT,
        .unit_count = (uint32_t)(bundle->table.size / sizeof(gjr_unit_entry)),
        .file_size = sizeof header + bundle->table.size + bundle->units.size,
    };
    memcpy(header.magic, GJR_IMAGE_MAGIC, sizeof header.magic);
    gjb_buffer_add(bytes, &header, sizeof header);
    add_table(bundle, bytes);
    gjb_buffer_add_text(bytes, gjb_buffer_text(&bundle->units));
    if (bytes->failed) {
        return GJ_NO_MEMORY;
    }
    gjb_hash_of(bytes->bytes + sizeof header, bundle->table.size, header.identity);
    memcpy(bytes->bytes, &header, sizeof header);
    return GJ_OK;
}
