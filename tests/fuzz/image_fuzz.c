/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes are either refused with a claim or run within limits, with the machine behind the
 * loader. An input that begins with the magic is a file; its hashes are made right before it is
 * loaded, since no fuzzer guesses them. Any other is a list of edits of an image of two units, 8
 * bytes each: section u8, unit u8, word u16, new value u32; so a mutation of the input is one of
 * the image's meaning. */
#include "unit/sample_image.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void load(const void *bytes, size_t size)
{
    gj_image *image = NULL;
    gj_refusal why;
    gj_status status = gj_image_load(NULL, bytes, size, &image, &why);
    if ((status == GJ_OK) != (image != NULL) || (status == GJ_OK) != (why.claim == 0)) {
        abort();
    }
    if (image != NULL) {
        sample_run(image);
    }
    gj_image_destroy(image);
}

static bool is_inside(uint64_t offset, uint64_t size, uint64_t whole)
{
    return offset <= whole && size <= whole - offset;
}

/* Sections that lie outside their unit keep their wrong hashes. */
static void refresh_sections(char *unit, uint64_t unit_size)
{
    for (uint32_t kind = 1; kind <= GJR_SECTION_COUNT; kind++) {
        gjr_section section;
        char *at = unit + (kind - 1) * sizeof section;
        memcpy(&section, at, sizeof section);
        if (is_inside(section.offset, section.size, unit_size)) {
            gjb_hash_of(unit + section.offset, (size_t)section.size, section.digest);
            memcpy(at, &section, sizeof section);
        }
    }
}

/* So do units that lie outside the file. */
static void refresh_all(gjb_buffer *file)
{
    const size_t sections_size = GJR_SECTION_COUNT * sizeof(gjr_section);
    gjr_header *header = (gjr_header *)(void *)file->bytes;
    if (file->size < sizeof *header ||
        header->unit_count > (file->size - sizeof *header) / sizeof(gjr_unit_entry)) {
        return;
    }
    header->file_size = file->size;
    gjr_unit_entry *units = (gjr_unit_entry *)(void *)(header + 1);
    for (uint32_t i = 0; i < header->unit_count; i++) {
        if (is_inside(units[i].offset, units[i].size, file->size) &&
            units[i].size >= sections_size) {
            char *unit = file->bytes + units[i].offset;
            refresh_sections(unit, units[i].size);
            gjb_hash_of(unit, sections_size, units[i].identity);
        }
    }
    gjb_hash_of(units, header->unit_count * sizeof *units, header->identity);
}

/* In the second unit where the input says so. */
static void edit(gjb_buffer *file, const uint8_t *edit)
{
    char *unit = file->bytes + sample_unit(file)[edit[1] & 1].offset;
    gjr_section section;
    memcpy(&section, unit + edit[0] % GJR_SECTION_COUNT * sizeof section, sizeof section);
    uint32_t word_count = (uint32_t)(section.size / sizeof(uint32_t));
    uint32_t word = (uint32_t)edit[2] | (uint32_t)edit[3] << 8;
    if (word_count > 0) {
        memcpy(unit + section.offset + word % word_count * sizeof(uint32_t), edit + 4,
               sizeof(uint32_t));
    }
}

static void write_edited(gjb_buffer *file, const uint8_t *edits, size_t size)
{
    if (sample_write_two("renewal", "延续", file) != GJ_OK) {
        abort();
    }
    for (size_t at = 0; at + 8 <= size; at += 8) {
        edit(file, edits + at);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    gjb_buffer file;
    gjb_buffer_init(&file, NULL);
    load(bytes, size);
    if (size >= 8 && memcmp(bytes, GJR_IMAGE_MAGIC, 8) == 0) {
        gjb_buffer_add(&file, bytes, size);
    } else {
        write_edited(&file, bytes, size);
    }
    refresh_all(&file);
    load(file.bytes, file.size);
    gjb_buffer_deinit(&file);
    return 0;
}
