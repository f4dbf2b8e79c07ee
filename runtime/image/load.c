/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes → a verified image. The bytes are copied to where they may be read as words, the file's
 * frame is proved here (claims 1 to 12), then gjr_verify proves what stands in it. Whatever
 * happens, the memory taken is a small multiple of the bytes given, and no byte outside them is
 * read. */
#include "image/image.h"
#include "base/hash.h"
#include "image/schema.h"
#include "image/verify.h"

#include <stddef.h>
#include <string.h>

struct gj_image {
    const gj_allocator *allocator;
    uint8_t *bytes;
    size_t size;
    gjr_rows rows;
    char identity[2 * GJB_HASH_SIZE + 1];
};

static const gjr_header *header_of(const gj_image *image)
{
    return (const gjr_header *)(const void *)image->bytes;
}

static const gjr_section *sections_of(const gj_image *image)
{
    return (const gjr_section *)(const void *)(image->bytes + sizeof(gjr_header));
}

static gj_status refuse(gj_refusal *why, gjr_claim claim, const char *section, size_t offset)
{
    *why = (gj_refusal){.claim = (uint16_t)claim,
                        .section = section,
                        .row = UINT32_MAX,
                        .field = UINT32_MAX,
                        .offset = offset};
    return GJ_REFUSED;
}

#define REFUSE_HEADER(why, CLAIM, field)                                                           \
    refuse(why, GJR_CLAIM_##CLAIM, "header", offsetof(gjr_header, field))

static gj_status verify_header(const gj_image *image, gj_refusal *why)
{
    if (image->size < sizeof(gjr_header) + GJR_SECTION_COUNT * sizeof(gjr_section)) {
        return refuse(why, GJR_CLAIM_FILE_WHOLE, "header", image->size);
    }
    const gjr_header *header = header_of(image);
    if (memcmp(header->magic, GJR_IMAGE_MAGIC, sizeof header->magic) != 0) {
        return REFUSE_HEADER(why, MAGIC, magic);
    }
    if (header->format != GJR_IMAGE_FORMAT) {
        return REFUSE_HEADER(why, FORMAT, format);
    }
    if (header->section_count != GJR_SECTION_COUNT) {
        return REFUSE_HEADER(why, SECTION_COUNT, section_count);
    }
    if (header->file_size != image->size) {
        return REFUSE_HEADER(why, FILE_SIZE, file_size);
    }
    uint8_t digest[GJB_HASH_SIZE];
    gjb_hash_of(sections_of(image), GJR_SECTION_COUNT * sizeof(gjr_section), digest);
    if (memcmp(digest, header->identity, sizeof digest) != 0) {
        return REFUSE_HEADER(why, IDENTITY, identity);
    }
    return GJ_OK;
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
static gj_status verify_section(const gj_image *image, uint32_t index, size_t begin, size_t *end,
                                gj_refusal *why)
{
    const gjr_section *section = &sections_of(image)[index];
    size_t entry = sizeof(gjr_header) + index * sizeof *section;
    if (section->kind != index + 1 || section->zero != 0) {
        return refuse(why, GJR_CLAIM_SECTION_KIND, "sections", entry);
    }
    const char *name = gjr_section_name(section->kind);
    if (section->offset != begin || section->size > image->size - begin) {
        return refuse(why, GJR_CLAIM_SECTION_PLACE, name, entry);
    }
    size_t size = (size_t)section->size;
    *end = aligned(begin + size);
    bool last = index + 1 == GJR_SECTION_COUNT;
    if ((last ? *end != image->size : *end > image->size) ||
        !is_zero(image->bytes, begin + size, *end)) {
        return refuse(why, GJR_CLAIM_PADDING, name, begin + size);
    }
    uint8_t digest[GJB_HASH_SIZE];
    gjb_hash_of(image->bytes + begin, size, digest);
    if (memcmp(digest, section->digest, sizeof digest) != 0) {
        return refuse(why, GJR_CLAIM_SECTION_HASH, name, begin);
    }
    return GJ_OK;
}

static gj_status verify_sections(const gj_image *image, gj_refusal *why)
{
    size_t begin = sizeof(gjr_header) + GJR_SECTION_COUNT * sizeof(gjr_section);
    for (uint32_t i = 0; i < GJR_SECTION_COUNT; i++) {
        gj_status status = verify_section(image, i, begin, &begin, why);
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

static gj_status verify_row_counts(const gj_image *image, gj_refusal *why)
{
    for (uint32_t table = GJR_SECTION_STRINGS + 1; table < GJR_TABLE_END; table++) {
        const gjr_section *section = &sections_of(image)[table - 1];
        const gjr_schema *schema = gjr_schema_get(table);
        if (section->size % schema->row_size != 0) {
            return refuse(why, GJR_CLAIM_ROW_SIZE, schema->name, (size_t)section->offset);
        }
        if (section->size / schema->row_size > row_count_max(table)) {
            return refuse(why, GJR_CLAIM_ROW_COUNT, schema->name, (size_t)section->offset);
        }
    }
    return GJ_OK;
}

static void set_rows(gj_image *image)
{
    gjr_rows *rows = &image->rows;
    const gjr_section *sections = sections_of(image);
#define TABLE(name, number)                                                                        \
    rows->name##s =                                                                                \
        (const gjr_##name *)(const void *)(image->bytes + sections[number - 1].offset);            \
    rows->name##_count = (uint32_t)(sections[number - 1].size / sizeof(gjr_##name));
#define END(name)
#include "image/records_ignore.def"
#include "image/records.def"
}

static gj_status verify_contents(gj_image *image, gj_refusal *why)
{
    gjr_verifier verifier = {
        .rows = &image->rows, .sections = sections_of(image), .bytes = image->bytes, .why = why};
    set_rows(image);
    gj_status status = gjr_verify_strings(&verifier, &image->rows);
    if (status == GJ_OK) {
        gjb_arena_init(&verifier.arena, image->allocator);
        status = gjr_verify(&verifier);
        gjb_arena_deinit(&verifier.arena);
    }
    return status;
}

static gj_status verify_image(gj_image *image, gj_refusal *why)
{
    gj_status status = verify_header(image, why);
    if (status == GJ_OK) {
        status = verify_sections(image, why);
    }
    if (status == GJ_OK) {
        status = verify_row_counts(image, why);
    }
    if (status == GJ_OK) {
        status = verify_contents(image, why);
    }
    return status;
}

gj_status gj_image_load(const gj_allocator *allocator, const void *bytes, size_t size,
                        gj_image **image, gj_refusal *why)
{
    gj_refusal ignored;
    why = why != NULL ? why : &ignored;
    *why = (gj_refusal){.claim = GJR_CLAIM_NONE, .row = UINT32_MAX, .field = UINT32_MAX};
    if (image == NULL || (bytes == NULL && size > 0)) {
        return GJ_BAD_ARGUMENT;
    }
    *image = NULL;
    allocator = gjb_alloc_or_default(allocator);
    gj_image *made = gjb_alloc_create(allocator, 1, sizeof *made);
    if (made == NULL) {
        return GJ_NO_MEMORY;
    }
    made->allocator = allocator;
    made->size = size;
    made->bytes = size > 0 ? gjb_alloc_create(allocator, size, 1) : NULL;
    gj_status status = size > 0 && made->bytes == NULL ? GJ_NO_MEMORY : GJ_OK;
    if (status == GJ_OK) {
        if (size > 0) {
            memcpy(made->bytes, bytes, size);
        }
        status = verify_image(made, why);
    }
    if (status != GJ_OK) {
        gj_image_destroy(made);
        return status;
    }
    gjb_hash_hex(header_of(made)->identity, GJB_HASH_SIZE, made->identity);
    *image = made;
    return GJ_OK;
}

void gj_image_destroy(gj_image *image)
{
    if (image == NULL) {
        return;
    }
    const gj_allocator *allocator = image->allocator;
    gjb_alloc_destroy(allocator, image->bytes, image->size, 1);
    gjb_alloc_destroy(allocator, image, 1, sizeof *image);
}

const gjr_rows *gjr_image_rows(const gj_image *image)
{
    return &image->rows;
}

gj_text gj_image_procedure(const gj_image *image)
{
    return gjr_rows_text(&image->rows, image->rows.procedures[0].name);
}

gj_text gj_image_title(const gj_image *image)
{
    return gjr_rows_text(&image->rows, image->rows.procedures[0].title);
}

uint32_t gj_image_version(const gj_image *image)
{
    return image->rows.procedures[0].version;
}

gj_text gj_image_calendar(const gj_image *image)
{
    return gjr_rows_text(&image->rows, image->rows.procedures[0].calendar);
}

const char *gj_image_identity(const gj_image *image)
{
    return image->identity;
}
