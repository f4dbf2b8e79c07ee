/* SPDX-License-Identifier: Apache-2.0
 *
 * See bundle.h. */
#include "image/bundle.h"

#include "base/hash.h"

#include <assert.h>
#include <string.h>

gjr_bundle gjr_bundle_begin(gjb_buffer *file, uint32_t unit_count)
{
    const gjr_header header = {.format = 0};
    const gjr_unit_entry entry = {.section_count = 0};
    assert(file->size == 0);
    gjb_buffer_add(file, &header, sizeof header);
    for (uint32_t i = 0; i < unit_count; i++) {
        gjb_buffer_add(file, &entry, sizeof entry);
    }
    return (gjr_bundle){.file = file, .unit_count = unit_count};
}

gj_status gjr_bundle_add(gjr_bundle *bundle, const gjr_writer *writer)
{
    assert(bundle->added_count < bundle->unit_count);
    size_t begin = bundle->file->size;
    gj_status status = gjr_writer_write_unit(writer, bundle->file);
    if (status != GJ_OK) {
        return status;
    }
    gjr_unit_entry entry = {
        .section_count = GJR_SECTION_COUNT, .offset = begin, .size = bundle->file->size - begin};
    gjb_hash_of(bundle->file->bytes + begin, GJR_SECTION_COUNT * sizeof(gjr_section),
                entry.identity);
    memcpy(bundle->file->bytes + sizeof(gjr_header) + bundle->added_count++ * sizeof entry, &entry,
           sizeof entry);
    return GJ_OK;
}

gj_status gjr_bundle_finish(gjr_bundle *bundle)
{
    gjb_buffer *file = bundle->file;
    assert(bundle->added_count == bundle->unit_count);
    if (file->failed) {
        return GJ_NO_MEMORY;
    }
    gjr_header header = {
        .format = GJR_IMAGE_FORMAT, .unit_count = bundle->unit_count, .file_size = file->size};
    memcpy(header.magic, GJR_IMAGE_MAGIC, sizeof header.magic);
    gjb_hash_of(file->bytes + sizeof header, bundle->unit_count * sizeof(gjr_unit_entry),
                header.identity);
    memcpy(file->bytes, &header, sizeof header);
    return GJ_OK;
}
