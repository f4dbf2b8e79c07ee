/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes are either refused with a claim or run within limits, with the machine behind the
 * loader. An input that begins with the magic is a file; its hashes are made right before it is
 * loaded, since no fuzzer guesses them. Any other is a list of edits of the sample image, 8 bytes
 * each: section u8, zero u8, word u16, new value u32; so a mutation of the input is one of the
 * image's meaning. */
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

/* Sections that lie outside the file keep their wrong hashes. */
static void refresh_all(gjb_buffer *file)
{
    if (file->size < sizeof(gjr_header) + GJR_SECTION_COUNT * sizeof(gjr_section)) {
        return;
    }
    ((gjr_header *)(void *)file->bytes)->file_size = file->size;
    for (uint32_t kind = 1; kind <= GJR_SECTION_COUNT; kind++) {
        const gjr_section *section = sample_section(file, kind);
        if (section->offset <= file->size && section->size <= file->size - section->offset) {
            sample_refresh(file, kind);
        }
    }
}

static void edit(gjb_buffer *file, const uint8_t *edit)
{
    const gjr_section *section = sample_section(file, 1u + edit[0] % GJR_SECTION_COUNT);
    uint32_t word_count = (uint32_t)(section->size / sizeof(uint32_t));
    uint32_t word = (uint32_t)edit[2] | (uint32_t)edit[3] << 8;
    if (word_count > 0) {
        memcpy(file->bytes + section->offset + word % word_count * sizeof(uint32_t), edit + 4,
               sizeof(uint32_t));
    }
}

static void write_edited(gjb_buffer *file, const uint8_t *edits, size_t size)
{
    gjr_writer w;
    gjr_writer_init(&w, NULL);
    sample_write(&w);
    if (gjr_writer_finish(&w, file) != GJ_OK) {
        abort();
    }
    gjr_writer_deinit(&w);
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
