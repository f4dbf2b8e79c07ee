/* SPDX-License-Identifier: Apache-2.0
 *
 * Calendars from source to file: that both languages give the same bytes, how one calendar lies
 * over another, and each mistake at its place, in both languages. */
#include "calendar_source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const char OFFICE[] = "module m\n"
                             "calendar office {\n"
                             "  zone \"Asia/Shanghai\"\n"
                             "  week sun, mon..thu\n"
                             "  hours 08:30-12:00, 13:30-24:00\n"
                             "  published through 2026-12-31\n"
                             "  year 2026 {\n"
                             "    holiday \"元旦\" 2026-01-01\n"
                             "    off \"元旦\" 2026-01-02..2026-01-03, 2026-01-05\n"
                             "    on 2026-01-09\n"
                             "  }\n"
                             "}\n"
                             "calendar branch refines office {\n"
                             "  week mon..fri\n"
                             "  year 2026 {\n"
                             "    on \"值班\" 2026-01-05\n"
                             "    off \"检修\" 2026-01-06\n"
                             "  }\n"
                             "}\n";

static const char OFFICE_ZH[] = "模块 m\n"
                                "日历 office {\n"
                                "  时区 \"Asia/Shanghai\"\n"
                                "  每周 周日、周一 至 周四\n"
                                "  办公时间 08:30 至 12:00、13:30 至 24:00\n"
                                "  已公布至 2026年12月31日\n"
                                "  年度 2026 {\n"
                                "    节假日 \"元旦\" 2026年1月1日\n"
                                "    放假 \"元旦\" 2026年1月2日 至 2026年1月3日、2026年1月5日\n"
                                "    上班 2026年1月9日\n"
                                "  }\n"
                                "}\n";

static void source_emit(const char *text, const char *name, gjb_buffer *out, gjb_buffer *said)
{
    calendar_source source;
    gjb_buffer_init(out, NULL);
    gjb_buffer_init(said, NULL);
    assert_int_equal(calendar_source_init(&source, gjb_text_of("m.gj"), gjb_text_of(text)), GJ_OK);
    assert_int_equal(calendar_source_emit(&source, name, out), GJ_OK);
    for (const gjc_diag *diag = source.diags.first; diag != NULL; diag = diag->next) {
        gjb_buffer_add_format(said, "%s ", gjc_diag_code_name(diag->code));
    }
    gjb_buffer_add_byte(said, '\0');
    gjb_buffer words;
    gjb_buffer_init(&words, NULL);
    for (int lang = GJ_EN; lang <= GJ_ZH; lang++) {
        gjc_diag_list_print(&source.diags, &source.sources, (gjc_diag_style){(gj_lang)lang, false},
                            &words);
    }
    gjb_buffer_add_byte(&words, '\0');
    for (const char *place = "{0}\0{1}\0{2}\0"; *place != '\0'; place += 4) {
        assert_null(strstr(words.bytes, place)); /* each was filled */
    }
    gjb_buffer_deinit(&words);
    calendar_source_deinit(&source);
}

static gj_calendar *source_load(const char *text, const char *name)
{
    gjb_buffer file, said;
    gj_calendar *calendar;
    gj_refusal why;
    source_emit(text, name, &file, &said);
    assert_string_equal(said.bytes, "");
    assert_int_equal(gj_calendar_load(NULL, file.bytes, file.size, &calendar, &why), GJ_OK);
    gjb_buffer_deinit(&file);
    gjb_buffer_deinit(&said);
    return calendar;
}

static gj_day january(int32_t day)
{
    return gjr_civil_day((gjr_civil){2026, 1, 1}) + day - 1;
}

static void what_is_written_is_said(void **state)
{
    (void)state;
    gj_calendar *office = source_load(OFFICE, "office");
    const gjr_calendar_plan *plan = gjr_calendar_get_plan(office);
    assert_int_equal(plan->week, 0x4F); /* Sunday to Thursday */
    assert_int_equal(plan->hours_count, 2);
    assert_int_equal(plan->hours[1].from_minute, 810);
    assert_int_equal(plan->hours[1].to_minute, 1440);
    assert_int_equal(plan->row_count, 5);
    assert_true(gjb_text_equal_string(plan->source, "m"));
    assert_true(gjb_text_equal_string(plan->zone.name, "Asia/Shanghai"));
    assert_int_equal(gjr_calendar_offset(office, january(1) * GJR_MS_PER_DAY), 28800);
    assert_int_equal(gjr_calendar_class(office, january(1)), GJR_DAY_HOLIDAY);
    assert_int_equal(gjr_calendar_class(office, january(5)), GJR_DAY_OFF);
    assert_int_equal(gjr_calendar_class(office, january(9)), GJR_DAY_ON);
    assert_int_equal(gjr_calendar_class(office, january(10)), GJR_DAY_WEEKEND);
    gj_calendar_destroy(office);
}

static void one_lies_over_another(void **state)
{
    (void)state;
    gj_calendar *branch = source_load(OFFICE, "branch");
    const gjr_calendar_plan *plan = gjr_calendar_get_plan(branch);
    assert_true(gjb_text_equal_string(plan->name, "branch"));
    assert_int_equal(plan->week, 0x1F);
    assert_int_equal(plan->hours_count, 2);
    assert_int_equal(plan->published_through, january(365));
    assert_int_equal(plan->row_count, 6);
    assert_int_equal(gjr_calendar_class(branch, january(1)), GJR_DAY_HOLIDAY);
    assert_int_equal(gjr_calendar_class(branch, january(5)), GJR_DAY_ON);
    assert_true(gjb_text_equal_string(gjr_calendar_day_name(branch, january(5)), "值班"));
    assert_int_equal(gjr_calendar_class(branch, january(6)), GJR_DAY_OFF);
    gj_calendar_destroy(branch);
}

static void both_languages_are_one(void **state)
{
    (void)state;
    gjb_buffer en, zh, said;
    source_emit(OFFICE, "office", &en, &said);
    gjb_buffer_deinit(&said);
    source_emit(OFFICE_ZH, "office", &zh, &said);
    assert_string_equal(said.bytes, "");
    assert_int_equal(en.size, zh.size);
    assert_memory_equal(en.bytes, zh.bytes, en.size);
    gjb_buffer_deinit(&said);
    gjb_buffer_deinit(&en);
    gjb_buffer_deinit(&zh);
}

/* What a file prints compiles to that file. */
static void print_goes_round(const char *text, const char *name)
{
    gjb_buffer file, again, printed, said;
    source_emit(text, name, &file, &said);
    gjb_buffer_deinit(&said);
    gj_calendar *calendar = source_load(text, name);
    gjb_buffer_init(&printed, NULL);
    gjr_calendar_print(calendar, &printed);
    gjb_buffer_add_byte(&printed, '\0');
    source_emit(printed.bytes, name, &again, &said);
    assert_null(strchr(said.bytes, 'E')); /* a refined day may be worked anyway: W0801 */
    assert_int_equal(again.size, file.size);
    assert_memory_equal(again.bytes, file.bytes, file.size);
    gj_calendar_destroy(calendar);
    gjb_buffer_deinit(&file);
    gjb_buffer_deinit(&again);
    gjb_buffer_deinit(&printed);
    gjb_buffer_deinit(&said);
}

static void what_is_printed_compiles(void **state)
{
    (void)state;
    print_goes_round(OFFICE, "office");
    print_goes_round(OFFICE, "branch");
}

#define AROUND(clauses) "calendar c {\nzone \"Asia/Shanghai\"\nweek mon..fri\n" clauses "\n}\n"
#define YEAR(days)      AROUND("year 2026 {\n" days "\n}")

static void each_mistake_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *codes;
    } mistakes[] = {
        {"calendar c {\nzone \"Asia/Shanghai\"\n}\n", "E0801 "},
        {"calendar c {\nweek mon..fri\n}\n", "E0801 "},
        {"calendar c {\nzone \"Asia/Peking\"\nweek mon\n}\n", "E0802 "},
        {"calendar c {\nzone \"../../../etc/passwd\"\nweek mon\n}\n", "E0802 "},
        {AROUND("zone \"Europe/Paris\""), "E0804 "},
        {AROUND("week sat\nhours 08:00-09:00\nhours 10:00-11:00"), "E0804 E0804 "},
        {YEAR("off 2025-12-31"), "E0805 "},
        {YEAR("off 2026-12-31..2027-01-01"), "E0805 "},
        {YEAR("off 2026-01-01\non 2026-01-01"), "E0806 "},
        {YEAR("holiday 2026-01-01, 2026-01-01..2026-01-03"), "E0806 "},
        {YEAR("off 2026-01-03..2026-01-01"), "E0223 "},
        {AROUND("year 1969 {\noff 1969-12-31\n}"), "E0808 "},
        {AROUND("published through 2200-01-01"), "E0808 "},
        {AROUND("hours 09:00-12:00, 11:59-17:00"), "E0809 "},
        {AROUND("hours 12:00-12:00"), "E0809 "},
        {AROUND("hours 01:00-02:00, 02:00-03:00, 03:00-04:00, 04:00-05:00, 05:00-06:00, "
                "06:00-07:00, 07:00-08:00, 08:00-09:00, 09:00-10:00"),
         "E0809 "},
        {YEAR("off \"a\tb\" 2026-01-01"), "E0810 "},
        {"calendar c refines c {\n}\n", "E0811 "},
        {"calendar c refines d {\n}\ncalendar d refines c {\n}\n", "E0811 "},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        gjb_buffer file, said;
        source_emit(mistakes[i].text, "c", &file, &said);
        if (strcmp(said.bytes, mistakes[i].codes) != 0) {
            fail_msg("%s: %s", mistakes[i].text, said.bytes);
        }
        gjb_buffer_deinit(&file);
        gjb_buffer_deinit(&said);
    }
}

/* A name of 256 bytes is too long for a file; one of 255 is not. */
static void a_name_has_an_end(void **state)
{
    (void)state;
    for (int size = 255; size <= 256; size++) {
        char name[257] = "", text[400];
        gjb_buffer file, said;
        memset(name, 'n', (size_t)size);
        snprintf(text, sizeof text, "calendar %s {\nzone \"Asia/Shanghai\"\nweek mon\n}\n", name);
        source_emit(text, name, &file, &said);
        assert_string_equal(said.bytes, size == 255 ? "" : "E0810 ");
        assert_int_equal(file.size > 0, size == 255);
        gjb_buffer_deinit(&file);
        gjb_buffer_deinit(&said);
    }
}

/* A file of the tz database that is no zone. */
static void a_zone_that_cannot_be_read(void **state)
{
    (void)state;
    gjb_buffer file, said;
    source_emit("calendar c {\nzone \"leapseconds\"\nweek mon\n}\n", "c", &file, &said);
    assert_true(strcmp(said.bytes, "E0803 ") == 0 || strcmp(said.bytes, "E0802 ") == 0);
    gjb_buffer_deinit(&file);
    gjb_buffer_deinit(&said);
}

static void a_needless_on_is_only_warned_of(void **state)
{
    (void)state;
    gjb_buffer file, said;
    source_emit(YEAR("on 2026-03-02..2026-03-04"), "c", &file, &said);
    assert_string_equal(said.bytes, "W0801 ");
    assert_true(file.size > 0);
    gjb_buffer_deinit(&file);
    gjb_buffer_deinit(&said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_said),
        cmocka_unit_test(one_lies_over_another),
        cmocka_unit_test(both_languages_are_one),
        cmocka_unit_test(what_is_printed_compiles),
        cmocka_unit_test(each_mistake_is_named),
        cmocka_unit_test(a_name_has_an_end),
        cmocka_unit_test(a_zone_that_cannot_be_read),
        cmocka_unit_test(a_needless_on_is_only_warned_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
