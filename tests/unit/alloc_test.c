/* SPDX-License-Identifier: Apache-2.0
 *
 * The default allocator's blocks, small and large: what they hold stays while they grow, shrink and
 * change from one kind to the other. */
#include "base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static unsigned char byte_at(size_t at)
{
    return (unsigned char)(at * 31 + at / 4096 * 7);
}

static void fill(unsigned char *block, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        block[i] = byte_at(i);
    }
}

static void check(const unsigned char *block, size_t size)
{
    size_t at = 0;
    while (at < size && block[at] == byte_at(at)) {
        at++;
    }
    assert_int_equal(at, size);
}

static void contents_stay(void **state)
{
    (void)state;
    static const size_t sizes[] = {
        1,        100,     4u << 10, (4u << 20) - 1, 4u << 20, (4u << 20) + 1, (6u << 20) - 1,
        6u << 20, 9000001, 40000000, 5000000,        4u << 20, (4u << 20) - 1, 70,
        8000000,  3,
    };
    const gj_allocator *allocator = gjb_alloc_default();
    unsigned char *block = NULL;
    size_t size = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        block = gjb_alloc_resize(allocator, block, size, sizes[i], 1);
        assert_non_null(block);
        check(block, size < sizes[i] ? size : sizes[i]);
        fill(block, size < sizes[i] ? size : sizes[i], sizes[i]);
        size = sizes[i];
    }
    gjb_alloc_destroy(allocator, block, size, 1);
}

static void new_blocks_are_zero(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 5000, 4u << 20, 11000000};
    const gj_allocator *allocator = gjb_alloc_default();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        unsigned char *block = gjb_alloc_create(allocator, sizes[i], 1);
        assert_non_null(block);
        for (size_t at = 0; at < sizes[i]; at++) {
            assert_int_equal(block[at], 0);
        }
        gjb_alloc_destroy(allocator, block, sizes[i], 1);
    }
}

static void too_much_is_refused(void **state)
{
    (void)state;
    const gj_allocator *allocator = gjb_alloc_default();
    unsigned char *block = gjb_alloc_create(allocator, 5u << 20, 1);
    assert_non_null(block);
    fill(block, 0, 5u << 20);
    assert_null(gjb_alloc_resize(allocator, block, 5u << 20, SIZE_MAX, 1));
    assert_null(gjb_alloc_resize(allocator, block, 5u << 20, SIZE_MAX / 2, 1));
    check(block, 5u << 20);
    gjb_alloc_destroy(allocator, block, 5u << 20, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contents_stay),
        cmocka_unit_test(new_blocks_are_zero),
        cmocka_unit_test(too_much_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
