/* SPDX-License-Identifier: Apache-2.0
 *
 * std.calendar.cn, compiled, day by day: 2007-01-01 to 2026-12-31 as one string, W for a working
 * day and C for a closed one, has the hash kept here. `--days` prints the string instead, for the
 * check against the notices' own data in tests/tools/calendar_cn_test.py, which is where the hash
 * comes from. */
#include "base/hash.h"
#include "calendar_source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const char DIGEST[] = "bc8cb85a4776177fddd084bd7b5d477058ba47ba4f68f427310bafc2f38188f9";

enum { TEXT_SIZE_MAX = 1 << 16 };

/* NULL where the file cannot be read or has mistakes, which are printed. */
static gj_calendar *cn_load(void)
{
    static char text[TEXT_SIZE_MAX];
    const char *root = getenv("GUIJU_ROOT");
    char path[4096];
    snprintf(path, sizeof path, "%s/stdlib/calendar/cn.gj", root != NULL ? root : ".");
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    size_t size = fread(text, 1, sizeof text, file);
    fclose(file);
    calendar_source source;
    gjb_buffer bytes;
    gj_calendar *calendar = NULL;
    gj_refusal why;
    gjb_buffer_init(&bytes, NULL);
    if (calendar_source_init(&source, gjb_text_of(path), (gj_text){text, size}) == GJ_OK) {
        calendar_source_emit(&source, "cn", &bytes);
    }
    gjb_buffer said;
    gjb_buffer_init(&said, NULL);
    gjc_diag_list_print(&source.diags, &source.sources, (gjc_diag_style){GJ_EN, false}, &said);
    if (said.size > 0) {
        fwrite(said.bytes, 1, said.size, stderr);
    }
    if (source.diags.count == 0) {
        gj_calendar_load(NULL, bytes.bytes, bytes.size, &calendar, &why);
    }
    gjb_buffer_deinit(&said);
    gjb_buffer_deinit(&bytes);
    calendar_source_deinit(&source);
    return calendar;
}

static gj_day day_of(int32_t year, int32_t month, int32_t day)
{
    return gjr_civil_day((gjr_civil){year, month, day});
}

static void days_add(const gj_calendar *calendar, gjb_buffer *out)
{
    for (gj_day day = day_of(2007, 1, 1); day <= day_of(2026, 12, 31); day++) {
        gjb_buffer_add_byte(out, gjr_calendar_is_workday(calendar, day) ? 'W' : 'C');
    }
}

static void the_days_are_as_announced(void **state)
{
    const gj_calendar *calendar = *state;
    uint8_t digest[GJB_HASH_SIZE];
    char hex[2 * GJB_HASH_SIZE + 1];
    gjb_buffer days;
    gjb_buffer_init(&days, NULL);
    days_add(calendar, &days);
    assert_int_equal(days.size, 7305);
    gjb_hash_of(days.bytes, days.size, digest);
    gjb_hash_hex(digest, sizeof digest, hex);
    assert_string_equal(hex, DIGEST);
    gjb_buffer_deinit(&days);
}

/* T-16. The number of statutory days is what the measures of their time say. */
static void the_statutory_days_are_counted(void **state)
{
    const gj_calendar *calendar = *state;
    for (int32_t year = 2007; year <= 2026; year++) {
        int count = 0, expected = year == 2007 ? 10 : year >= 2025 ? 13 : 11;
        for (gj_day day = day_of(year, 1, 1); day <= day_of(year, 12, 31); day++) {
            count += gjr_calendar_class(calendar, day) == GJR_DAY_HOLIDAY ? 1 : 0;
        }
        /* Mid-Autumn on a National Day is one day for two: 2009 and 2020. */
        assert_int_equal(count, expected - (year == 2009 || year == 2020 ? 1 : 0));
    }
    assert_int_equal(gjr_calendar_class(calendar, day_of(2015, 9, 3)), GJR_DAY_OFF);
    assert_int_equal(gjr_calendar_class(calendar, day_of(2024, 2, 9)), GJR_DAY_WORKING);
    assert_int_equal(gjr_calendar_class(calendar, day_of(2026, 2, 16)), GJR_DAY_HOLIDAY);
}

/* T-16: the statutory days of 2026 by name, thirteen; that of 清明 falls on a Sunday, and a Monday
 * is given for it. */
static void the_statutory_days_of_2026(void **state)
{
    const gj_calendar *calendar = *state;
    static const struct {
        const char *name;
        int32_t month, first, last;
    } days[] = {{"元旦", 1, 1, 1},   {"春节", 2, 16, 19},   {"清明节", 4, 5, 5},
                {"劳动节", 5, 1, 2}, {"端午节", 6, 19, 19}, {"中秋节", 9, 25, 25},
                {"国庆节", 10, 1, 3}};
    int count = 0;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        for (int32_t day = days[i].first; day <= days[i].last; day++, count++) {
            gj_day date = day_of(2026, days[i].month, day);
            assert_int_equal(gjr_calendar_class(calendar, date), GJR_DAY_HOLIDAY);
            assert_true(
                gjb_text_equal(gjr_calendar_day_name(calendar, date), gjb_text_of(days[i].name)));
        }
    }
    assert_int_equal(count, 13);
    assert_int_equal(gjr_civil_weekday(day_of(2026, 4, 5)), GJR_SUNDAY);
    assert_int_equal(gjr_calendar_class(calendar, day_of(2026, 4, 6)), GJR_DAY_OFF);
}

/* T-17: the notice of 2026 as it was published; every other day goes by the week. */
static void the_notice_of_2026(void **state)
{
    const gj_calendar *calendar = *state;
    static const int32_t closed[][3] = {{1, 1, 3},   {2, 15, 23}, {4, 4, 6}, {5, 1, 5},
                                        {6, 19, 21}, {9, 25, 27}, {10, 1, 7}};
    static const int32_t worked[][2] = {{1, 4}, {2, 14}, {2, 28}, {5, 9}, {9, 20}, {10, 10}};
    gj_day first = day_of(2026, 1, 1);
    bool expected[365];
    int workdays = 0;
    for (int i = 0; i < 365; i++) {
        expected[i] = gjr_civil_weekday(first + i) < GJR_SATURDAY;
    }
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
        for (int32_t day = closed[i][1]; day <= closed[i][2]; day++) {
            expected[day_of(2026, closed[i][0], day) - first] = false;
        }
    }
    for (size_t i = 0; i < sizeof worked / sizeof *worked; i++) {
        expected[day_of(2026, worked[i][0], worked[i][1]) - first] = true;
    }
    for (int i = 0; i < 365; i++) {
        assert_int_equal(gjr_calendar_is_workday(calendar, first + i), expected[i]);
        workdays += expected[i] ? 1 : 0;
    }
    assert_int_equal(workdays, 248);
}

static void nothing_is_known_of_2027(void **state)
{
    const gj_calendar *calendar = *state;
    for (gj_day day = day_of(2027, 1, 1); day <= day_of(2027, 12, 31); day++) {
        assert_true(gjr_calendar_is_unpublished(calendar, day));
        assert_int_equal(gjr_calendar_class(calendar, day),
                         gjr_civil_weekday(day) < GJR_SATURDAY ? GJR_DAY_WORKING : GJR_DAY_WEEKEND);
    }
}

static int days_print(const gj_calendar *calendar)
{
    gjb_buffer days;
    gjb_buffer_init(&days, NULL);
    days_add(calendar, &days);
    fwrite(days.bytes, 1, days.size, stdout);
    gjb_buffer_deinit(&days);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_days_are_as_announced),
        cmocka_unit_test(the_statutory_days_are_counted),
        cmocka_unit_test(the_statutory_days_of_2026),
        cmocka_unit_test(the_notice_of_2026),
        cmocka_unit_test(nothing_is_known_of_2027),
    };
    gj_calendar *calendar = cn_load();
    if (calendar == NULL) {
        fputs("stdlib/calendar/cn.gj does not compile\n", stderr);
        return 1;
    }
    struct CMUnitTest with[sizeof tests / sizeof *tests];
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        with[i] = tests[i];
        with[i].initial_state = calendar;
    }
    int status = argc > 1 && strcmp(argv[1], "--days") == 0
                     ? days_print(calendar)
                     : cmocka_run_group_tests(with, NULL, NULL);
    gj_calendar_destroy(calendar);
    return status;
}
