/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes → a verified image. The bytes are copied to where they may be read as words; the file's
 * frame is proved here (claims 1 to 6 and 81 to 84), each unit by gjr_verify_unit. Whatever
 * happens, the memory taken is a small multiple of the bytes given, and no byte outside them is
 * read. */
#include "image/image.h"
#include "image/verify.h"

#include <stddef.h>
#include <string.h>

static const gjr_header *header_of(const gj_image *image)
{
    return (const gjr_header *)(const void *)image->bytes;
}

static const gjr_unit_entry *unit_of(const gj_image *image, uint32_t index)
{
    return (const gjr_unit_entry *)(const void *)(image->bytes + sizeof(gjr_header)) + index;
}

static gj_status refuse(gj_refusal *why, gjr_claim claim, const char *section, size_t offset)
{
    *why = (gj_refusal){.claim = (uint16_t)claim,
                        .section = section,
                        .unit = UINT32_MAX,
                        .row = UINT32_MAX,
                        .field = UINT32_MAX,
                        .offset = offset};
    return GJ_REFUSED;
}

/* ---- the header ---- */

#define REFUSE_HEADER(why, CLAIM, field)                                                           \
    refuse(why, GJR_CLAIM_##CLAIM, "header", offsetof(gjr_header, field))

static gj_status verify_header(const gj_image *image, gj_refusal *why)
{
    if (image->size < sizeof(gjr_header)) {
        return refuse(why, GJR_CLAIM_FILE_WHOLE, "header", image->size);
    }
    const gjr_header *header = header_of(image);
    if (memcmp(header->magic, GJR_IMAGE_MAGIC, sizeof header->magic) != 0) {
        return REFUSE_HEADER(why, MAGIC, magic);
    }
    if (header->format != GJR_IMAGE_FORMAT) {
        return REFUSE_HEADER(why, FORMAT, format);
    }
    if (header->unit_count == 0) {
        return REFUSE_HEADER(why, UNIT_COUNT, unit_count);
    }
    size_t table_size = header->unit_count * sizeof(gjr_unit_entry);
    if (image->size - sizeof(gjr_header) < table_size) {
        return refuse(why, GJR_CLAIM_FILE_WHOLE, "units", image->size);
    }
    if (header->file_size != image->size) {
        return REFUSE_HEADER(why, FILE_SIZE, file_size);
    }
    uint8_t digest[GJB_HASH_SIZE];
    gjb_hash_of(unit_of(image, 0), table_size, digest);
    if (memcmp(digest, header->identity, sizeof digest) != 0) {
        return REFUSE_HEADER(why, IDENTITY, identity);
    }
    return GJ_OK;
}

/* ---- the units ---- */

/* The unit begins at `begin`, where the one before left off. */
static gj_status verify_place(const gj_image *image, uint32_t index, size_t begin, gj_refusal *why)
{
    const gjr_unit_entry *unit = unit_of(image, index);
    size_t entry = sizeof(gjr_header) + index * sizeof *unit;
    const size_t table_size = GJR_SECTION_COUNT * sizeof(gjr_section);
    bool last = index + 1 == header_of(image)->unit_count;
    if (unit->section_count != GJR_SECTION_COUNT) {
        return refuse(why, GJR_CLAIM_SECTION_COUNT, "units", entry);
    }
    if (unit->zero != 0 || unit->offset != begin || unit->size > image->size - begin ||
        unit->size < table_size || (last && begin + unit->size != image->size)) {
        return refuse(why, GJR_CLAIM_UNIT_PLACE, "units", entry);
    }
    uint8_t digest[GJB_HASH_SIZE];
    gjb_hash_of(image->bytes + begin, table_size, digest);
    if (memcmp(digest, unit->identity, sizeof digest) != 0) {
        return refuse(why, GJR_CLAIM_UNIT_IDENTITY, "units",
                      entry + offsetof(gjr_unit_entry, identity));
    }
    return GJ_OK;
}

static gj_status load_unit(gj_image *image, uint32_t index, gj_refusal *why)
{
    const gjr_unit_entry *from = unit_of(image, index);
    gjr_image_unit *unit = &image->units[index];
    gj_status status = gjr_verify_unit(image->allocator, image->bytes + from->offset,
                                       (size_t)from->size, &unit->rows, why);
    if (status == GJ_REFUSED) {
        why->offset += from->offset;
        why->unit = image->unit_count > 1 ? index : UINT32_MAX;
    }
    unit->identity = from->identity;
    gjb_hash_hex(from->identity, GJB_HASH_SIZE, unit->identity_hex);
    return status;
}

/* A unit's size is a multiple of 8, which its last section proves: the next begins aligned. */
static gj_status load_units(gj_image *image, gj_refusal *why)
{
    size_t begin = sizeof(gjr_header) + image->unit_count * sizeof(gjr_unit_entry);
    gj_status status = GJ_OK;
    for (uint32_t i = 0; i < image->unit_count && status == GJ_OK; i++) {
        status = verify_place(image, i, begin, why);
        if (status == GJ_OK) {
            status = load_unit(image, i, why);
            begin += (size_t)unit_of(image, i)->size;
        }
    }
    return status;
}

/* ---- names ---- */

/* GJ_REFUSED where another procedure answers to the name. */
static gj_status name_add(gj_image *image, gj_text name, uint32_t index)
{
    bool added = false;
    const uint32_t *owner = gjb_map_add(&image->names, name, index, &added);
    return owner == NULL ? GJ_NO_MEMORY : added || *owner == index ? GJ_OK : GJ_REFUSED;
}

static gj_status load_names(gj_image *image, gj_refusal *why)
{
    for (uint32_t i = 0; i < image->unit_count; i++) {
        gj_status status = name_add(image, gj_image_procedure_name(image, i), i);
        if (status == GJ_OK) {
            status = name_add(image, gj_image_procedure_title(image, i), i);
        }
        if (status == GJ_REFUSED) {
            refuse(why, GJR_CLAIM_PROCEDURE_NAMES, "procedure", (size_t)unit_of(image, i)->offset);
            why->unit = i;
        }
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}

/* ---- the whole ---- */

static gj_status load(gj_image *image, gj_refusal *why)
{
    gj_status status = verify_header(image, why);
    if (status != GJ_OK) {
        return status;
    }
    gjb_hash_hex(header_of(image)->identity, GJB_HASH_SIZE, image->identity_hex);
    uint32_t count = header_of(image)->unit_count;
    image->units = gjb_alloc_create(image->allocator, count, sizeof *image->units);
    if (image->units == NULL) {
        return GJ_NO_MEMORY;
    }
    image->unit_count = count;
    status = load_units(image, why);
    return status == GJ_OK ? load_names(image, why) : status;
}

gj_status gj_image_load(const gj_allocator *allocator, const void *bytes, size_t size,
                        gj_image **image, gj_refusal *why)
{
    gj_refusal ignored;
    why = why != NULL ? why : &ignored;
    *why = (gj_refusal){
        .claim = GJR_CLAIM_NONE, .unit = UINT32_MAX, .row = UINT32_MAX, .field = UINT32_MAX};
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
    gjb_map_init(&made->names, allocator, 0x70726F63u);
    made->bytes = size > 0 ? gjb_alloc_resize(allocator, NULL, 0, size, 1) : NULL;
    gj_status status = size > 0 && made->bytes == NULL ? GJ_NO_MEMORY : GJ_OK;
    if (status == GJ_OK) {
        if (size > 0) {
            memcpy(made->bytes, bytes, size);
        }
        status = load(made, why);
    }
    if (status != GJ_OK) {
        gj_image_destroy(made);
        return status;
    }
    *image = made;
    return GJ_OK;
}

void gj_image_destroy(gj_image *image)
{
    if (image == NULL) {
        return;
    }
    const gj_allocator *allocator = image->allocator;
    gjb_map_deinit(&image->names);
    gjb_alloc_destroy(allocator, image->units, image->unit_count, sizeof *image->units);
    gjb_alloc_destroy(allocator, image->bytes, image->size, 1);
    gjb_alloc_destroy(allocator, image, 1, sizeof *image);
}
