/* SPDX-License-Identifier: Apache-2.0
 *
 * Civil dates and stamps: every day of the years 1 to 9999 against a walk that knows only how long
 * months are, and the forms of a stamp that are read, and those that are not. */
#include "base/text.h"
#include "time/civil.h"
#include "time/stamp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static int month_length(int year, int month)
{
    switch (month) {
    case 2:
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    case 4:
    case 6:
    case 9:
    case 11:
        return 30;
    default:
        return 31;
    }
}

static void every_day_walks(void **state)
{
    (void)state;
    gj_day day = GJR_DAY_MIN;
    int weekday = GJR_MONDAY; /* 0001-01-01 */
    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int of_month = 1; of_month <= month_length(year, month); of_month++) {
                gjr_civil civil = gjr_civil_of_day(day);
                if (civil.year != year || civil.month != month || civil.day != of_month ||
                    gjr_civil_day(civil) != day || (int)gjr_civil_weekday(day) != weekday) {
                    fail_msg("%d-%d-%d is not day %d", year, month, of_month, day);
                }
                day++;
                weekday = (weekday + 1) % 7;
            }
        }
    }
    assert_int_equal(day, GJR_DAY_MAX + 1);
    assert_int_equal(gjr_civil_day((gjr_civil){1970, 1, 1}), 0);
}

static void dates_that_are_none(void **state)
{
    (void)state;
    static const char *const none[] = {"",           "2024-02-30",  "2023-02-29", "2024-13-01",
                                       "2024-00-10", "2024-01-00",  "0000-01-01", "2024-2-05",
                                       "2024/02/05", " 2024-02-05", "2024-02-0x", "20240205",
                                       "2024-02-05 "};
    gj_day day;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_false(gjr_civil_parse(gjb_text_of(none[i]), &day));
    }
    assert_false(gjr_civil_parse((gj_text){0}, &day));
    assert_true(gjr_civil_parse(gjb_text_of("2024-02-29"), &day));
    assert_int_equal(day, 19782);
    assert_int_equal(gjr_civil_weekday(INT32_MIN + 5), gjr_civil_weekday(INT32_MIN + 12));
    assert_int_equal(gjr_civil_weekday(-1), GJR_WEDNESDAY);
}

static void stamps_that_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t wall_ms;
        bool zoned;
        int32_t offset_s;
    } read[] = {
        {"1970-01-01", 0, false, 0},
        {"1970-01-02T00:00", 86400000, false, 0},
        {"1970-01-01 24:00", 86400000, false, 0},
        {"1970-01-01T09:12:03", 33123000, false, 0},
        {"1970-01-01T09:12:03.25", 33123250, false, 0},
        {"1970-01-01T09:12:03,250", 33123250, false, 0},
        {"1970-01-01T00:00:00.000999999", 0, false, 0},
        {"1970-01-01T00:00:00.9999", 999, false, 0},
        {"1969-12-31T23:59:59.999Z", -1, true, 0},
        {"1970-01-01T08:00:00+08:00", 28800000, true, 28800},
        {"1970-01-01T08:00+0800", 28800000, true, 28800},
        {"1970-01-01t08:00:00.5-03:30", 28800500, true, -12600},
        {"9999-12-31T23:59:59Z", INT64_C(253402300799000), true, 0},
    };
    for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
        gj_stamp stamp;
        assert_true(gj_stamp_parse(gjb_text_of(read[i].text), &stamp));
        assert_true(stamp.present && !stamp.unreadable);
        assert_int_equal(stamp.wall_ms, read[i].wall_ms);
        assert_int_equal(stamp.zoned, read[i].zoned);
        assert_int_equal(stamp.offset_s, read[i].offset_s);
    }
}

static void stamps_that_are_not(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "",
        "yesterday",
        "2024-02-05T",
        "2024-02-05T9:00",
        "2024-02-05T09",
        "2024-02-05T09:60",
        "2024-02-05T25:00",
        "2024-02-05T24:00:01",
        "2024-02-05T24:01",
        "2024-02-05T09:00:60",
        "2024-02-05T09:00:00.",
        "2024-02-05T09:00:00.1234567890",
        "2024-02-05T09:00.5",
        "2024-02-05T09:00:00+8",
        "2024-02-05T09:00:00+08",
        "2024-02-05T09:00:00+08:0",
        "2024-02-05T09:00:00+19:00",
        "2024-02-05T09:00:00+08:60",
        "2024-02-05T09:00:00Zx",
        "2024-02-05T09:00:00 +08:00",
        "2024-02-05  09:00",
        "2024-02-05Z",
        "2024-02-30T09:00:00",
        "0000-02-03T09:00:00",
        "12024-02-05",
        "1707123600",
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        gj_stamp stamp;
        assert_false(gj_stamp_parse(gjb_text_of(odd[i]), &stamp));
        assert_true(stamp.present && stamp.unreadable && !stamp.zoned);
        assert_true(gjb_text_equal_string(stamp.written, odd[i]));
    }
    gj_stamp stamp;
    assert_false(gj_stamp_parse((gj_text){0}, &stamp));
    assert_false(stamp.present);
}

/* The form that machines write is read at once, any other by a walk, and a small t makes it
 * another: with any byte at any place both must say the same. */
static void both_ways_of_reading_agree(void **state)
{
    (void)state;
    static const char *const forms[] = {"2024-02-29T23:59:59+08:00",
                                        "1999-12-31T19:08:07.250-03:30"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t size = strlen(forms[i]);
        for (size_t at = 0; at < size * 256; at++) {
            char at_once[40], walked[40];
            gj_stamp one, other;
            memcpy(at_once, forms[i], size);
            at_once[at / 256] = (char)(at % 256);
            memcpy(walked, at_once, size);
            walked[10] = walked[10] == 'T' ? 't' : walked[10];
            bool read = gj_stamp_parse((gj_text){at_once, size}, &one);
            assert_int_equal(gj_stamp_parse((gj_text){walked, size}, &other), read);
            assert_int_equal(one.wall_ms, other.wall_ms);
            assert_int_equal(one.offset_s, other.offset_s);
            assert_int_equal(one.zoned, other.zoned);
        }
    }
}

static void instants_are_written(void **state)
{
    (void)state;
    char text[40];
    assert_int_equal(gj_instant_format(INT64_C(1707095523000), 28800, text, sizeof text), 25);
    assert_string_equal(text, "2024-02-05T09:12:03+08:00");
    gj_instant_format(-1, -12600, text, sizeof text);
    assert_string_equal(text, "1969-12-31T20:29:59.999-03:30");
    gj_instant_format(GJ_NEVER, 28800, text, sizeof text);
    assert_string_equal(text, "9999-12-31T23:59:59.999+08:00");
    gj_instant_format(INT64_MIN, -28800, text, sizeof text);
    assert_string_equal(text, "0001-01-01T00:00:00-08:00");
    assert_int_equal(gj_day_format(19758, text, 16), 10);
    assert_string_equal(text, "2024-02-05");
    assert_int_equal(gj_day_format(19758, text, 5), 4);
    assert_string_equal(text, "2024");
    gj_day_format(GJ_NO_DAY, text, sizeof text);
    assert_string_equal(text, "0001-01-01");
}

/* What is written reads back to the same instant. */
static void written_reads_back(void **state)
{
    (void)state;
    uint64_t seed = 20240205;
    for (int i = 0; i < 100000; i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        gj_instant instant = (gj_instant)(seed >> 8) % INT64_C(250000000000000) - 60000000000000;
        int32_t offset_s = ((int32_t)(seed % 113) - 56) * 900;
        char text[40];
        gj_stamp stamp;
        size_t size = gj_instant_format(instant, offset_s, text, sizeof text);
        assert_true(gj_stamp_parse((gj_text){text, size}, &stamp));
        assert_int_equal(stamp.wall_ms - stamp.offset_s * INT64_C(1000), instant);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_walks),
        cmocka_unit_test(dates_that_are_none),
        cmocka_unit_test(stamps_that_are_read),
        cmocka_unit_test(stamps_that_are_not),
        cmocka_unit_test(both_ways_of_reading_agree),
        cmocka_unit_test(instants_are_written),
        cmocka_unit_test(written_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
