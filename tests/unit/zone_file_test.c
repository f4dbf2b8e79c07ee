/* SPDX-License-Identifier: Apache-2.0
 *
 * Zones from the machine's files, through 2199: against the C library's own reading of the same
 * files at random instants and around every change, and rules and files that cannot be read. */
#include "base/text.h"
#include "sema/zone_file.h"
#include "sema/zone_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

static const int64_t END_S = INT64_C(7258118400); /* 2200-01-01 */

static int32_t libc_offset(int64_t second)
{
    time_t when = (time_t)second;
    struct tm wall;
    assert_non_null(localtime_r(&when, &wall));
    return (int32_t)wall.tm_gmtoff;
}

static void offset_compare(const gjr_zone *zone, const char *name, int64_t second)
{
    int32_t ours = gjr_zone_offset(zone, second * 1000);
    if (second >= 0 && second < END_S && ours != libc_offset(second)) {
        fail_msg("%s at %lld: %d, not %d", name, (long long)second, ours, libc_offset(second));
    }
}

static void zones_agree_with_libc(void **state)
{
    (void)state;
    static const char *const names[] = {
        "Asia/Shanghai",       "Asia/Urumqi",       "Asia/Hong_Kong",    "Europe/Amsterdam",
        "Europe/Dublin",       "Europe/London",     "America/New_York",  "America/Nuuk",
        "Australia/Lord_Howe", "Africa/Casablanca", "Africa/Cairo",      "Pacific/Apia",
        "Antarctica/Troll",    "Asia/Gaza",         "America/Sao_Paulo", "Pacific/Kiritimati",
        "Asia/Kathmandu",      "Etc/UTC",           "Pacific/Kwajalein", "America/Santiago",
    };
    gjb_arena arena;
    gjb_arena_init(&arena, NULL);
    uint64_t seed = 8;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        gjr_zone zone;
        if (gjc_zone_file_load(gjb_text_of(names[i]), &arena, &zone) == GJ_IO) {
            print_message("%s: not installed\n", names[i]);
            continue;
        }
        setenv("TZ", names[i], 1);
        tzset();
        for (int k = 0; k < 3000; k++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            offset_compare(&zone, names[i], (int64_t)((seed >> 20) % (uint64_t)END_S));
        }
        for (size_t row = 1; row < zone.row_count; row++) {
            offset_compare(&zone, names[i], zone.rows[row].from_s - 1);
            offset_compare(&zone, names[i], zone.rows[row].from_s);
        }
    }
    gjb_arena_deinit(&arena);
}

static void names_that_are_no_zones(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",
        "Asia",
        "Asia/Peking2",
        "../zoneinfo/Asia/Shanghai",
        "/etc/passwd",
        "Asia//Shanghai",
        "Asia/Shanghai/",
        "Asia/Shang hai",
        "tzdata.zi",
        ".",
    };
    gjb_arena arena;
    gjb_arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        gjr_zone zone;
        assert_int_not_equal(gjc_zone_file_load(gjb_text_of(names[i]), &arena, &zone), GJ_OK);
    }
    gjb_arena_deinit(&arena);
}

static void rules_are_read(void **state)
{
    (void)state;
    gjc_zone_rule rule;
    assert_true(gjc_zone_rule_parse(gjb_text_of("CST-8"), &rule));
    assert_int_equal(rule.standard_s, 28800);
    assert_false(rule.changes);
    assert_true(gjc_zone_rule_parse(gjb_text_of("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"), &rule));
    assert_int_equal(rule.summer_s, 39600);
    assert_true(gjc_zone_rule_parse(gjb_text_of("AAA0BBB,J60/0,364/-167:30:15"), &rule));
    assert_int_equal(rule.summer_s, 3600);
    assert_int_equal(gjc_zone_rule_to_summer(&rule, 2024), 1709251200); /* 2024-03-01 */
    assert_int_equal(gjc_zone_rule_to_summer(&rule, 2023), 1677628800); /* 2023-03-01 */
    static const char *const odd[] = {
        "",
        "CST",
        "CS-8",
        "CST-25",
        "CST-8:60",
        "CST-8x",
        "CET-1CEST",
        "CET-1CEST,M3",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M13.5.0,M10.5.0",
        "<+08-8",
        "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,J0,J5",
        "CET-1CEST,366,1",
        "CET-1CEST,M3.5.0/168,M10.5.0",
        "CET-1CEST,M3.5.0,M10.5.0,",
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        if (gjc_zone_rule_parse(gjb_text_of(odd[i]), &rule)) {
            fail_msg("%s is read", odd[i]);
        }
    }
}

/* Cut or altered anywhere, a file gives a sound zone or none. */
static void altered_files(void **state)
{
    (void)state;
    FILE *file = fopen("/usr/share/zoneinfo/Europe/Amsterdam", "rb");
    if (file == NULL) {
        skip();
    }
    static uint8_t bytes[65536];
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    gjb_arena arena;
    gjb_arena_init(&arena, NULL);
    gjr_zone zone;
    for (size_t cut = 0; cut < size; cut++) {
        uint8_t *exact = malloc(cut > 0 ? cut : 1);
        memcpy(exact, bytes, cut);
        assert_int_equal(gjc_zone_file_read(exact, cut, &arena, &zone), GJ_MALFORMED);
        free(exact);
    }
    for (size_t at = 0; at < size; at++) {
        gjb_arena_reset(&arena);
        bytes[at] ^= 0xFF;
        if (gjc_zone_file_read(bytes, size, &arena, &zone) == GJ_OK) {
            assert_int_equal(gjr_zone_check(&zone), SIZE_MAX);
        }
        bytes[at] ^= 0xFF;
    }
    gjb_arena_deinit(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones_agree_with_libc),
        cmocka_unit_test(names_that_are_no_zones),
        cmocka_unit_test(rules_are_read),
        cmocka_unit_test(altered_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
