/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes are either refused with a claim or run within limits: dumped, their code run, cases
 * judged by them, with the machine's oracle behind every step. An input is a file; where it begins
 * as one its hashes are made right as well, since no fuzzer guesses them. Inputs are changed by
 * what their parts are, so most mutants come past the hashes; one that is no image at all becomes
 * the sample. */
#include "unit/exercise.h"
#include "unit/mutator.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t size_max, unsigned seed);
/* libFuzzer's own; not there where inputs are only replayed. */
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t size_max) __attribute__((weak));

static void load(const void *bytes, size_t size)
{
    gj_image *image = NULL;
    gj_refusal why;
    gj_status status = gj_image_load(NULL, bytes, size, &image, &why);
    if ((status == GJ_OK) != (image != NULL) || (status == GJ_OK) != (why.claim == 0)) {
        abort();
    }
    if (image != NULL) {
        exercise(image, NULL, 0);
    }
    gj_image_destroy(image);
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
    mutant_seal(&file);
    load(file.bytes, file.size);
    gjb_buffer_deinit(&file);
    return 0;
}

/* The sample's procedure names no calendar, so that cases are judged without one. */
static void write_sample(gjb_buffer *file)
{
    gjr_writer w;
    gjr_writer_init(&w, NULL);
    sample_write(&w);
    gjr_writer_get_procedure(&w, 0)->calendar = GJR_NONE;
    w.tables[GJR_TABLE_calendar_name].size = 0;
    for (uint32_t i = 0; i < gjr_writer_limit_count(&w); i++) {
        gjr_writer_get_limit(&w, i)->calendar = GJR_NONE;
    }
    gjr_writer_get_limit(&w, 0)->unit = GJR_UNIT_HOURS;
    if (gjr_writer_finish(&w, file) != GJ_OK) {
        abort();
    }
    gjr_writer_deinit(&w);
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t size_max, unsigned seed)
{
    gjb_buffer file;
    gjb_buffer_init(&file, NULL);
    bool made = mutant_make(bytes, size, seed, &file);
    if (!made && seed % 8 == 0) {
        gjb_buffer_reset(&file);
        write_sample(&file);
        made = true;
    }
    if (made && file.size <= size_max) {
        memcpy(bytes, file.bytes, file.size);
        size = file.size;
    } else if (LLVMFuzzerMutate != NULL) {
        size = LLVMFuzzerMutate(bytes, size, size_max);
    }
    gjb_buffer_deinit(&file);
    return size;
}
