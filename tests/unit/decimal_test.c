/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact decimals: what is read and what is refused, and the operations against 128-bit integers. */
#include "base/text.h"
#include "value/decimal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

__extension__ typedef __int128 wide;

static void numbers_that_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t scaled;
        const char *printed;
    } read[] = {
        {"0", 0, "0"},
        {"-0", 0, "0"},
        {"000", 0, "0"},
        {"0e99999", 0, "0"},
        {"0.00000000000000000000000000", 0, "0"},
        {"1", 10000, "1"},
        {"+1", 10000, "1"},
        {"-12.50", -125000, "-12.5"},
        {"0.0001", 1, "0.0001"},
        {"-0.0305", -305, "-0.0305"},
        {"1e3", 10000000, "1000"},
        {"1E+3", 10000000, "1000"},
        {"2.5E-3", 25, "0.0025"},
        {"100000e-9", 1, "0.0001"},
        {"1.50000000000000000000000000", 15000, "1.5"},
        {"100000000000000000000000000e-26", 10000, "1"},
        {"0.00000000000000000001e20", 10000, "1"},
        {"0000000000000000000000000000004", 40000, "4"},
        {"4000000", 40000000000, "4000000"},
        {"922337203685477.5807", INT64_MAX, "922337203685477.5807"},
        {"-922337203685477.5808", INT64_MIN, "-922337203685477.5808"},
    };
    for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
        gjr_decimal number;
        char text[GJR_DECIMAL_SIZE_MAX];
        if (!gjr_decimal_parse(gjb_text_of(read[i].text), &number)) {
            fail_msg("%s is not read", read[i].text);
        }
        assert_int_equal(number, read[i].scaled);
        assert_int_equal(gjr_decimal_format(number, text), strlen(read[i].printed));
        assert_string_equal(text, read[i].printed);
    }
}

static void numbers_that_are_not(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "",
        "-",
        "+",
        ".",
        ".5",
        "5.",
        "1.e3",
        "--1",
        "1-",
        "1 ",
        " 1",
        "0x10",
        "1e",
        "1e+",
        "e3",
        "NaN",
        "1,000",
        "1_000",
        "1.2.3",
        "1e3.5",
        "１",
        "1e-5",
        "1e16",
        "0.00001",
        "1.23456",
        "922337203685477.5808",
        "-922337203685477.5809",
        "99999999999999999999",
        "1e100001",
        "1e-100001",
        "1e99999999999999999999",
    };
    gjr_decimal number = 42;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        if (gjr_decimal_parse(gjb_text_of(odd[i]), &number)) {
            fail_msg("%s is read", odd[i]);
        }
    }
    assert_false(gjr_decimal_parse((gj_text){0}, &number));
    assert_int_equal(number, 42);
}

/* Numbers of every size, the extremes often. */
static int64_t random_take(uint64_t *seed)
{
    static const int64_t edges[] = {0, 1, -1, 10000, -10000, INT64_MAX, INT64_MIN, 9999, 3};
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint64_t bits = *seed ^ *seed >> 29;
    if (bits % 8 == 0) {
        return edges[bits / 8 % (sizeof edges / sizeof *edges)];
    }
    return (int64_t)(*seed) >> (bits >> 3) % 60;
}

static bool fits(wide value)
{
    return value >= INT64_MIN && value <= INT64_MAX;
}

static void operations_are_exact(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 500000; i++) {
        int64_t a = random_take(&seed), b = random_take(&seed), out = 0;
        assert_int_equal(gjr_decimal_add(a, b, &out), fits((wide)a + b));
        assert_true(!fits((wide)a + b) || out == a + b);
        assert_int_equal(gjr_decimal_subtract(a, b, &out), fits((wide)a - b));
        assert_true(!fits((wide)a - b) || out == a - b);
        if (gjr_decimal_multiply(a, b, &out)) {
            assert_true((wide)out * 10000 == (wide)a * b);
        } else {
            assert_true((wide)a * b % 10000 != 0 || !fits((wide)a * b / 10000));
        }
        assert_int_equal(gjr_decimal_negate(a, &out), a != INT64_MIN);
        assert_int_equal(gjr_decimal_compare(a, b), a < b ? -1 : a > b);
    }
}

/* What is left has b's sign, is smaller than b, and differs from a by whole steps of b. */
static void modulo_is_what_is_left(void **state)
{
    (void)state;
    uint64_t seed = 7;
    gjr_decimal rest;
    for (int i = 0; i < 200000; i++) {
        int64_t a = random_take(&seed), b = random_take(&seed);
        assert_int_equal(gjr_decimal_modulo(a, b, &rest), b != 0);
        if (b != 0) {
            assert_true(((wide)a - rest) % b == 0);
            assert_true(b > 0 ? rest >= 0 && rest < b : rest <= 0 && rest > b);
        }
    }
}

static void text_goes_round(void **state)
{
    (void)state;
    uint64_t seed = 99;
    for (int i = 0; i < 200000; i++) {
        char text[GJR_DECIMAL_SIZE_MAX];
        gjr_decimal number = random_take(&seed), again;
        size_t size = gjr_decimal_format(number, text);
        assert_true(gjr_decimal_parse((gj_text){text, size}, &again));
        assert_int_equal(again, number);
    }
}

static void whole_numbers(void **state)
{
    (void)state;
    int64_t number;
    assert_true(gjr_decimal_of_int(-20, &number) && number == -200000);
    assert_false(gjr_decimal_of_int(INT64_C(922337203685478), &number));
    assert_true(gjr_decimal_to_int(-200000, &number) && number == -20);
    assert_false(gjr_decimal_to_int(-200001, &number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_that_are_read), cmocka_unit_test(numbers_that_are_not),
        cmocka_unit_test(operations_are_exact),  cmocka_unit_test(modulo_is_what_is_left),
        cmocka_unit_test(text_goes_round),       cmocka_unit_test(whole_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
