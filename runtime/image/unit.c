/* SPDX-License-Identifier: Apache-2.0
 *
 * One unit's frame: its section table, the sections, how many rows each has (claims 7 to 12); then
 * gjr_verify proves what stands in them. A unit is verified by itself: nothing here knows where in
 * the file it stands, nor of the others. */
#include "image/verify.h"

#include "base/hash.h"
#include "image/schema.h"

#include <string.h>

/* The unit's bytes, and the table at their front. */
typedef struct frame {
    const uint8_t *bytes;
    size_t size;
    const gjr_section *sections;
    gj_refusal *why;
} frame;

static gj_status refuse(const frame *f, gjr_claim claim, const char *section, size_t offset)
{
    *f->why = (gj_refusal){.claim = (uint16_t)claim,
                           .section = section,
                           .unit = UINT32_MAX,
                           .row = UINT32_MAX,
                           .field = UINT32_MAX,
                           .offset = offset};
    return GJ_REFUSED;
}

static bool is_zero(const uint8_t *bytes, size_t begin, size_t end)
{
    while (begin < end && bytes[begin] == 0) {
        begin++;
    }
    return begin >= end;
}

static size_t aligned(size_t offset)
{
    return (offset + GJR_SECTION_ALIGNMENT - 1) / GJR_SECTION_ALIGNMENT * GJR_SECTION_ALIGNMENT;
}

/* The section begins at `begin`, where the one before left off; *end is where the next begins. */
static gj_status verify_section(const frame *f, uint32_t index, size_t begin, size_t *end)
{
    const gjr_section *section = &f->sections[index];
    size_t entry = index * sizeof *section;
    if (section->kind != index + 1 || section->zero != 0) {
        return refuse(f, GJR_CLAIM_SECTION_KIND, "sections", entry);
    }
    const char *name = gjr_section_name(section->kind);
    if (section->offset != begin || section->size > f->size - begin) {
        return refuse(f, GJR_CLAIM_SECTION_PLACE, name, entry);
    }
    size_t size = (size_t)section->size;
    *end = aligned(begin + size);
    bool last = index + 1 == GJR_SECTION_COUNT;
    if ((last ? *end != f->size : *end > f->size) || !is_zero(f->bytes, begin + size, *end)) {
        return refuse(f, GJR_CLAIM_PADDING, name, begin + size);
    }
    uint8_t digest[GJB_HASH_SIZE];
    gjb_hash_of(f->bytes + begin, size, digest);
    if (memcmp(digest, section->digest, sizeof digest) != 0) {
        return refuse(f, GJR_CLAIM_SECTION_HASH, name, begin);
    }
    return GJ_OK;
}

static gj_status verify_sections(const frame *f)
{
    size_t begin = GJR_SECTION_COUNT * sizeof(gjr_section);
    for (uint32_t i = 0; i < GJR_SECTION_COUNT; i++) {
        gj_status status = verify_section(f, i, begin, &begin);
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}

static size_t row_count_max(uint32_t table)
{
    return table == GJR_TABLE_stage    ? GJR_STAGES_MAX
           : table == GJR_TABLE_action ? GJR_ACTIONS_MAX
                                       : GJR_ROWS_MAX;
}

static gj_status verify_row_counts(const frame *f)
{
    for (uint32_t table = GJR_SECTION_STRINGS + 1; table < GJR_TABLE_END; table++) {
        const gjr_section *section = &f->sections[table - 1];
        const gjr_schema *schema = gjr_schema_get(table);
        if (section->size % schema->row_size != 0) {
            return refuse(f, GJR_CLAIM_ROW_SIZE, schema->name, (size_t)section->offset);
        }
        if (section->size / schema->row_size > row_count_max(table)) {
            return refuse(f, GJR_CLAIM_ROW_COUNT, schema->name, (size_t)section->offset);
        }
    }
    return GJ_OK;
}

static void set_rows(const frame *f, gjr_rows *rows)
{
#define TABLE(name, number)                                                                        \
    rows->name##s = (const gjr_##name *)(const void *)(f->bytes + f->sections[number - 1].offset); \
    rows->name##_count = (uint32_t)(f->sections[number - 1].size / sizeof(gjr_##name));
#define END(name)
#include "image/records_ignore.def"
#include "image/records.def"
}

static gj_status verify_contents(const frame *f, const gj_allocator *allocator, gjr_rows *rows)
{
    gjr_verifier verifier = {
        .rows = rows, .sections = f->sections, .bytes = f->bytes, .why = f->why};
    set_rows(f, rows);
    gj_status status = gjr_verify_strings(&verifier, rows);
    if (status == GJ_OK) {
        gjb_arena_init(&verifier.arena, allocator);
        status = gjr_verify(&verifier);
        gjb_arena_deinit(&verifier.arena);
    }
    return status;
}

gj_status gjr_verify_unit(const gj_allocator *allocator, const uint8_t *bytes, size_t size,
                          gjr_rows *rows, gj_refusal *why)
{
    frame f = {.bytes = bytes,
               .size = size,
               .sections = (const gjr_section *)(const void *)bytes,
               .why = why};
    gj_status status = verify_sections(&f);
    if (status == GJ_OK) {
        status = verify_row_counts(&f);
    }
    return status == GJ_OK ? verify_contents(&f, allocator, rows) : status;
}
