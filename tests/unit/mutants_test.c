/* SPDX-License-Identifier: Apache-2.0
 *
 * Images of real sources, spoilt: cut off anywhere, a bit flipped anywhere, and changed by what
 * their parts are (mutator.h). Each is refused with a claim, or runs on events with every assertion
 * of the machine's oracle true. How many by which claim is printed. GUIJU_PROVE=1 makes a million
 * mutants. */
#include "unit/sample_image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "unit/exercise.h"
#include "unit/golden_images.h"
#include "unit/mutator.h"

enum { CLAIMS_MAX = 256, SMALL_IMAGES = 5, IMAGES = GOLDEN_IMAGES + 1 };

static gjb_buffer images[IMAGES]; /* the last is the sample, which has rows in every table */
static gj_calendar *calendars[GOLDEN_CALENDARS_MAX];
static size_t calendar_count;

static int images_make(void **state)
{
    (void)state;
    for (size_t i = 0; i < GOLDEN_IMAGES; i++) {
        gjb_buffer_init(&images[i], NULL);
        golden_compile(i, &images[i], calendars, &calendar_count);
    }
    gjb_buffer_init(&images[GOLDEN_IMAGES], NULL);
    return sample_write_two("renewal", "延续", &images[GOLDEN_IMAGES]) == GJ_OK ? 0 : -1;
}

static int images_free(void **state)
{
    (void)state;
    for (size_t i = 0; i < IMAGES; i++) {
        gjb_buffer_deinit(&images[i]);
    }
    for (size_t i = 0; i < calendar_count; i++) {
        gj_calendar_destroy(calendars[i]);
    }
    return 0;
}

/* The claim, or 0 where it was loaded; then it ran. */
static uint32_t claim_of(const void *bytes, size_t size)
{
    gj_image *image = NULL;
    gj_refusal why;
    gj_status status = gj_image_load(NULL, bytes, size, &image, &why);
    assert_true(status == GJ_OK || (status == GJ_REFUSED && why.claim > 0));
    assert_true(why.claim < CLAIMS_MAX);
    if (status == GJ_OK) {
        exercise(image, (const gj_calendar *const *)calendars, calendar_count);
        gj_image_destroy(image);
    }
    return status == GJ_OK ? 0 : why.claim;
}

static void test_every_image_runs(void **state)
{
    (void)state;
    for (size_t i = 0; i < IMAGES; i++) {
        if (claim_of(images[i].bytes, images[i].size) != 0) {
            fail_msg("%s is refused", i < GOLDEN_IMAGES ? golden_sources[i] : "the sample");
        }
    }
}

static void test_every_prefix_is_refused(void **state)
{
    (void)state;
    size_t count = 0;
    for (size_t i = 0; i < IMAGES; i++) {
        for (size_t size = 0; size < images[i].size; size++, count++) {
            assert_int_not_equal(claim_of(images[i].bytes, size), 0);
        }
    }
    print_message("%zu prefixes of %d images were refused\n", count, IMAGES);
}

/* The smallest images, the first `count` of them, as indices. */
static void smallest(size_t *indices, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        indices[i] = SIZE_MAX;
        for (size_t j = 0; j < IMAGES; j++) {
            bool taken = false;
            for (size_t k = 0; k < i; k++) {
                taken = taken || indices[k] == j;
            }
            if (!taken && (indices[i] == SIZE_MAX || images[j].size < images[indices[i]].size)) {
                indices[i] = j;
            }
        }
    }
}

/* No bit stands outside a hash or a check. */
static void test_every_flipped_bit_is_refused(void **state)
{
    (void)state;
    size_t indices[SMALL_IMAGES], count = getenv("GUIJU_PROVE") != NULL ? SMALL_IMAGES : 1,
                                  bits = 0;
    smallest(indices, count);
    for (size_t i = 0; i < count; i++) {
        gjb_buffer *image = &images[indices[i]];
        for (size_t bit = 0; bit < image->size * 8; bit++, bits++) {
            image->bytes[bit / 8] ^= (char)(1 << bit % 8);
            assert_int_not_equal(claim_of(image->bytes, image->size), 0);
            image->bytes[bit / 8] ^= (char)(1 << bit % 8);
        }
    }
    print_message("%zu flipped bits of %zu images were refused\n", bits, count);
}

static void tally_print(const size_t *by_claim, size_t count)
{
    size_t claims = 0;
    for (size_t i = 1; i < CLAIMS_MAX; i++) {
        claims += by_claim[i] > 0;
    }
    print_message("%zu mutants: %zu loaded and run, the others refused by %zu claims:\n", count,
                  by_claim[0], claims);
    for (size_t i = 1, column = 0; i < CLAIMS_MAX; i++) {
        if (by_claim[i] > 0) {
            print_message("%6zu by %-3zu%s", by_claim[i], i, ++column % 6 == 0 ? "\n" : "");
        }
    }
    print_message("\n");
}

static void test_mutants_are_refused_or_run(void **state)
{
    (void)state;
    size_t by_claim[CLAIMS_MAX] = {0}, claims = 0;
    size_t count = getenv("GUIJU_PROVE") != NULL ? 1000000 : 3000;
    gjb_buffer file;
    gjb_buffer_init(&file, NULL);
    for (size_t i = 0; i < count; i++) {
        const gjb_buffer *image = &images[i % IMAGES];
        gjb_buffer_reset(&file);
        assert_true(mutant_make((const uint8_t *)image->bytes, image->size, i + 1, &file));
        by_claim[claim_of(file.bytes, file.size)]++;
    }
    tally_print(by_claim, count);
    for (size_t i = 1; i < CLAIMS_MAX; i++) {
        claims += by_claim[i] > 0;
    }
    assert_in_range(by_claim[0], count / 20, count - count / 4);
    assert_true(claims >= 40);
    gjb_buffer_deinit(&file);
}

/* What it takes apart and puts together again is the same file. */
static void test_a_mutant_without_a_change_is_the_image(void **state)
{
    (void)state;
    gjb_buffer file;
    gjb_buffer_init(&file, NULL);
    for (size_t i = 0; i < IMAGES; i++) {
        mutant m;
        gjb_buffer_reset(&file);
        assert_true(mutant_init(&m, (const uint8_t *)images[i].bytes, images[i].size, 1));
        assert_true(mutant_write(&m, &file));
        assert_int_equal(file.size, images[i].size);
        assert_memory_equal(file.bytes, images[i].bytes, file.size);
        mutant_seal(&file);
        assert_memory_equal(file.bytes, images[i].bytes, file.size);
        mutant_deinit(&m);
    }
    gjb_buffer_deinit(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_image_runs),
        cmocka_unit_test(test_a_mutant_without_a_change_is_the_image),
        cmocka_unit_test(test_every_prefix_is_refused),
        cmocka_unit_test(test_every_flipped_bit_is_refused),
        cmocka_unit_test(test_mutants_are_refused_or_run),
    };
    return cmocka_run_group_tests(tests, images_make, images_free);
}
