/* SPDX-License-Identifier: Apache-2.0
 *
 * See image_write.h. A table's buffer holds its rows as they will stand in the file, so finishing
 * is concatenation and hashing. */
#include "image/image_write.h"

#include "base/hash.h"
#include "image/bundle.h"

#include <string.h>

void gjr_writer_init(gjr_writer *writer, const gj_allocator *allocator)
{
    *writer = (gjr_writer){.allocator = gjb_alloc_or_default(allocator)};
    gjb_buffer_init(&writer->string_bytes, writer->allocator);
    gjb_buffer_init(&writer->string_ends, writer->allocator);
    for (size_t i = 0; i < GJR_TABLE_END; i++) {
        gjb_buffer_init(&writer->tables[i], writer->allocator);
    }
}

void gjr_writer_deinit(gjr_writer *writer)
{
    gjb_buffer_deinit(&writer->string_bytes);
    gjb_buffer_deinit(&writer->string_ends);
    for (size_t i = 0; i < GJR_TABLE_END; i++) {
        gjb_buffer_deinit(&writer->tables[i]);
    }
}

static uint32_t row_count(const gjb_buffer *table, size_t row_size)
{
    return (uint32_t)(table->size / row_size);
}

/* The index of the new row, or GJR_NONE. */
static uint32_t add_row(gjr_writer *writer, gjb_buffer *table, const void *row, size_t row_size)
{
    uint32_t index = row_count(table, row_size);
    if (index >= GJR_ROWS_MAX) {
        writer->over_limit = true;
        return GJR_NONE;
    }
    gjb_buffer_add(table, row, row_size);
    return table->failed ? GJR_NONE : index;
}

static void *get_row(gjb_buffer *table, uint32_t index, size_t row_size)
{
    size_t begin = (size_t)index * row_size;
    return begin + row_size <= table->size ? table->bytes + begin : NULL;
}

uint32_t gjr_writer_add_text(gjr_writer *writer, gj_text text)
{
    if (text.bytes == NULL) {
        return GJR_NONE;
    }
    if (text.size > UINT32_MAX - writer->string_bytes.size) {
        writer->over_limit = true;
        return GJR_NONE;
    }
    gjb_buffer_add_text(&writer->string_bytes, text);
    uint32_t end = (uint32_t)writer->string_bytes.size;
    return add_row(writer, &writer->string_ends, &end, sizeof end);
}

#define TABLE(name, number)                                                                        \
    uint32_t gjr_writer_add_##name(gjr_writer *writer, const gjr_##name *row)                      \
    {                                                                                              \
        return add_row(writer, &writer->tables[number], row, sizeof *row);                         \
    }                                                                                              \
    gjr_##name *gjr_writer_get_##name(gjr_writer *writer, uint32_t index)                          \
    {                                                                                              \
        return get_row(&writer->tables[number], index, sizeof(gjr_##name));                        \
    }                                                                                              \
    uint32_t gjr_writer_##name##_count(const gjr_writer *writer)                                   \
    {                                                                                              \
        return row_count(&writer->tables[number], sizeof(gjr_##name));                             \
    }
#define END(name)
#include "image/records_ignore.def"
#include "image/records.def"

static gj_status status_of(const gjr_writer *writer)
{
    bool failed = writer->string_bytes.failed || writer->string_ends.failed;
    for (size_t i = 0; i < GJR_TABLE_END; i++) {
        failed = failed || writer->tables[i].failed;
    }
    return failed ? GJ_NO_MEMORY : writer->over_limit ? GJ_OVER_LIMIT : GJ_OK;
}

static void add_padding(gjb_buffer *bytes)
{
    while (!bytes->failed && bytes->size % GJR_SECTION_ALIGNMENT != 0) {
        gjb_buffer_add_byte(bytes, '\0');
    }
}

static void add_strings(const gjr_writer *writer, gjb_buffer *bytes)
{
    gjb_buffer_add_u32(bytes, row_count(&writer->string_ends, sizeof(uint32_t)));
    gjb_buffer_add_u32(bytes, 0);
    gjb_buffer_add_text(bytes, gjb_buffer_text(&writer->string_ends));
    gjb_buffer_add_text(bytes, gjb_buffer_text(&writer->string_bytes));
}

/* Appends one section's bytes and fills in its entry; the unit begins at `unit`. */
static void add_section(const gjr_writer *writer, uint32_t kind, size_t unit, gjb_buffer *bytes,
                        gjr_section *section)
{
    size_t begin = bytes->size;
    if (kind == GJR_SECTION_STRINGS) {
        add_strings(writer, bytes);
    } else {
        gjb_buffer_add_text(bytes, gjb_buffer_text(&writer->tables[kind]));
    }
    if (bytes->failed) {
        return;
    }
    *section = (gjr_section){.kind = kind, .offset = begin - unit, .size = bytes->size - begin};
    gjb_hash_of(bytes->bytes + begin, (size_t)section->size, section->digest);
    add_padding(bytes);
}

gj_status gjr_writer_write_unit(const gjr_writer *writer, gjb_buffer *bytes)
{
    gj_status status = status_of(writer);
    if (status != GJ_OK) {
        return status;
    }
    size_t unit = bytes->size;
    gjr_section sections[GJR_SECTION_COUNT] = {{0}};
    gjb_buffer_add(bytes, sections, sizeof sections);
    for (uint32_t i = 0; i < GJR_SECTION_COUNT; i++) {
        add_section(writer, i + 1, unit, bytes, &sections[i]);
    }
    if (bytes->failed) {
        return GJ_NO_MEMORY;
    }
    memcpy(bytes->bytes + unit, sections, sizeof sections);
    return GJ_OK;
}

gj_status gjr_writer_finish(const gjr_writer *writer, gjb_buffer *bytes)
{
    gjr_bundle bundle = gjr_bundle_begin(bytes, 1);
    gj_status status = gjr_bundle_add(&bundle, writer);
    return status == GJ_OK ? gjr_bundle_finish(&bundle) : status;
}
