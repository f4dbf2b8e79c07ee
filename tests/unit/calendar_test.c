/* SPDX-License-Identifier: Apache-2.0
 *
 * The calendar file: each claim of docs/CALENDAR.md is broken once in a file that is otherwise
 * good, and the refusal names that claim; no truncated or altered file loads. Then what a loaded
 * calendar answers, at the edges of its tables too, and that memory may end anywhere. */
#include "base/hash.h"
#include "base/text.h"
#include "time/calendar_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum {
    D2026 = 20454,
    HEADER = 76,
    HOURS_AT = HEADER,
    ZONE_AT = HOURS_AT + 8,
    ROWS_AT = ZONE_AT + 24
};
enum { TEXTS_AT = ROWS_AT + 3 * 16 };

static const gjr_zone_row ZONE_ROWS[] = {{-1325491905, 28800}, {-1300000000, 32400}};

static gjr_calendar_plan plan_of(gjr_calendar_row rows[3])
{
    rows[0] = (gjr_calendar_row){D2026, GJR_DAY_HOLIDAY, gjb_text_of("元旦")};
    rows[1] = (gjr_calendar_row){D2026 + 1, GJR_DAY_OFF, gjb_text_of("元旦")};
    rows[2] = (gjr_calendar_row){D2026 + 3, GJR_DAY_ON, {0}};
    return (gjr_calendar_plan){
        .name = gjb_text_of("office"),
        .source = gjb_text_of("test.office"),
        .zone = {gjb_text_of("Asia/Shanghai"), ZONE_ROWS, 2},
        .week = 0x1F,
        .hours = {{510, 720}, {810, 1050}},
        .hours_count = 2,
        .published_through = D2026 + 364,
        .rows = rows,
        .row_count = 3,
    };
}

static void file_make(gjb_buffer *out)
{
    gjr_calendar_row rows[3];
    gjr_calendar_plan plan = plan_of(rows);
    gjb_buffer_init(out, NULL);
    gjr_calendar_file_emit(&plan, out);
    assert_false(out->failed);
}

static void word_put(gjb_buffer *file, size_t at, uint32_t word)
{
    for (size_t i = 0; i < 4; i++) {
        file->bytes[at + i] = (char)(word >> 8 * i & 0xFF);
    }
}

static void hash_put(gjb_buffer *file)
{
    gjb_hash_of(file->bytes, file->size - GJB_HASH_SIZE,
                (uint8_t *)file->bytes + file->size - GJB_HASH_SIZE);
}

static uint16_t claim_of(const gjb_buffer *file, size_t size)
{
    gj_calendar *calendar = NULL;
    gj_refusal why;
    void *exact = malloc(size > 0 ? size : 1); /* so that a read past the end is seen */
    memcpy(exact, file->bytes, size);
    gj_status status = gj_calendar_load(NULL, exact, size, &calendar, &why);
    free(exact);
    assert_int_equal(status, why.claim == 0 ? GJ_OK : GJ_REFUSED);
    assert_int_equal(calendar != NULL, status == GJ_OK);
    gj_calendar_destroy(calendar);
    return why.claim;
}

static void each_claim_is_checked(void **state)
{
    (void)state;
    static const struct {
        gjr_calendar_claim claim;
        size_t at;
        uint32_t word;
    } breaks[] = {
        {GJR_CLAIM_CALENDAR_MAGIC, 0, 0x434A4788},
        {GJR_CLAIM_CALENDAR_VERSION, 8, 2},
        {GJR_CLAIM_CALENDAR_VERSION, 64, 1},
        {GJR_CLAIM_CALENDAR_LENGTH, 12, 100},
        {GJR_CLAIM_CALENDAR_LENGTH, 24, 3},
        {GJR_CLAIM_CALENDAR_LENGTH, 32, 0xFFFFFFFF},
        {GJR_CLAIM_CALENDAR_LENGTH, 36, 0xFFFFFFF0},
        {GJR_CLAIM_CALENDAR_TEXT_BOUNDS, 40, 0xFFFFFFFF},
        {GJR_CLAIM_CALENDAR_TEXT_BOUNDS, 44, 1000},
        {GJR_CLAIM_CALENDAR_TEXT_BOUNDS, ROWS_AT + 16 + 12, 0x80000000},
        {GJR_CLAIM_CALENDAR_TEXT_UTF8, TEXTS_AT, 0x69660A6F},
        {GJR_CLAIM_CALENDAR_TEXT_UTF8, TEXTS_AT, 0x696666FF},
        {GJR_CLAIM_CALENDAR_NAME, 44, 0},
        {GJR_CLAIM_CALENDAR_WEEK, 16, 0},
        {GJR_CLAIM_CALENDAR_WEEK, 16, 0x9F},
        {GJR_CLAIM_CALENDAR_PUBLISHED, 20, 84006},
        {GJR_CLAIM_CALENDAR_PUBLISHED, 20, 0xFFFFFFFF},
        {GJR_CLAIM_CALENDAR_HOURS, HOURS_AT, 600 << 16 | 600},
        {GJR_CLAIM_CALENDAR_HOURS, HOURS_AT + 4, 900 << 16 | 719},
        {GJR_CLAIM_CALENDAR_HOURS, HOURS_AT + 4, 1441 << 16 | 900},
        {GJR_CLAIM_CALENDAR_ZONE_ROWS, ZONE_AT + 8, 93601},
        {GJR_CLAIM_CALENDAR_ZONE_ROWS, ZONE_AT + 16, 0x80000000},
        {GJR_CLAIM_CALENDAR_ROW_DAY, ROWS_AT, 84006},
        {GJR_CLAIM_CALENDAR_ROW_DAY, ROWS_AT, 0xFFFFFFFF},
        {GJR_CLAIM_CALENDAR_ROW_ORDER, ROWS_AT, D2026 + 2},
        {GJR_CLAIM_CALENDAR_ROW_ORDER, ROWS_AT + 16, D2026},
        {GJR_CLAIM_CALENDAR_ROW_CLASS, ROWS_AT + 4, GJR_DAY_WORKING},
        {GJR_CLAIM_CALENDAR_ROW_CLASS, ROWS_AT + 4, 5},
    };
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        gjb_buffer file;
        file_make(&file);
        word_put(&file, breaks[i].at, breaks[i].word);
        hash_put(&file);
        if (claim_of(&file, file.size) != breaks[i].claim) {
            fail_msg("break %zu: claim %u, not %d", i, claim_of(&file, file.size), breaks[i].claim);
        }
        gjb_buffer_deinit(&file);
    }
}

/* The claims that no single word breaks. */
static void the_other_claims(void **state)
{
    (void)state;
    gjb_buffer file;
    file_make(&file);
    assert_int_equal(claim_of(&file, file.size), 0);
    assert_int_equal(claim_of(&file, 0), GJR_CLAIM_CALENDAR_SIZE);
    file.bytes[file.size - 1] ^= 1;
    assert_int_equal(claim_of(&file, file.size), GJR_CLAIM_CALENDAR_HASH);
    gjb_buffer_deinit(&file);

    gjr_calendar_row rows[3];
    gjr_calendar_plan plan = plan_of(rows);
    plan.zone.row_count = 0;
    gjb_buffer_init(&file, NULL);
    gjr_calendar_file_emit(&plan, &file);
    assert_int_equal(claim_of(&file, file.size), GJR_CLAIM_CALENDAR_ZONE_COUNT);
    gjb_buffer_deinit(&file);
}

static void every_claim_has_words(void **state)
{
    (void)state;
    int count = 0;
    for (uint16_t claim = 1; claim < 1000; claim++) {
        const char *en = gjr_calendar_claim_text(claim, GJ_EN);
        const char *zh = gjr_calendar_claim_text(claim, GJ_ZH);
        assert_int_equal(en == NULL, zh == NULL);
        count += en != NULL ? 1 : 0;
    }
    assert_int_equal(count, GJR_CLAIM_CALENDAR_ROW_CLASS - GJR_CLAIM_CALENDAR_SIZE + 1);
}

static void no_altered_file_loads(void **state)
{
    (void)state;
    gjb_buffer file;
    file_make(&file);
    for (size_t size = 0; size < file.size; size++) {
        assert_int_not_equal(claim_of(&file, size), 0);
    }
    for (size_t bit = 0; bit < file.size * 8; bit++) {
        file.bytes[bit / 8] = (char)(file.bytes[bit / 8] ^ 1 << bit % 8);
        assert_int_not_equal(claim_of(&file, file.size), 0);
        file.bytes[bit / 8] = (char)(file.bytes[bit / 8] ^ 1 << bit % 8);
    }
    gjb_buffer_deinit(&file);
}

static void what_it_answers(void **state)
{
    (void)state;
    gjb_buffer file, text;
    gj_calendar *calendar;
    gj_refusal why;
    file_make(&file);
    assert_int_equal(gj_calendar_load(NULL, file.bytes, file.size, &calendar, &why), GJ_OK);
    assert_true(gjb_text_equal_string(gj_calendar_name(calendar), "office"));
    gj_text revision = gj_calendar_revision(calendar);
    assert_int_equal(revision.size, strlen("office@2026-12-31/") + 12);
    assert_memory_equal(revision.bytes, "office@2026-12-31/", 18);
    assert_int_equal(gjr_calendar_class(calendar, D2026), GJR_DAY_HOLIDAY);
    assert_int_equal(gjr_calendar_class(calendar, D2026 + 1), GJR_DAY_OFF);
    assert_int_equal(gjr_calendar_class(calendar, D2026 + 2), GJR_DAY_WEEKEND);
    assert_int_equal(gjr_calendar_class(calendar, D2026 + 3), GJR_DAY_ON);
    assert_int_equal(gjr_calendar_class(calendar, D2026 + 4), GJR_DAY_WORKING);
    assert_true(gjb_text_equal_string(gjr_calendar_day_name(calendar, D2026 + 1), "元旦"));
    assert_false(gjb_text_is_present(gjr_calendar_day_name(calendar, D2026 + 3)));
    assert_int_equal(gjr_calendar_next_workday(calendar, D2026), D2026 + 3);
    assert_false(gjr_calendar_is_unpublished(calendar, D2026 + 364));
    assert_true(gjr_calendar_is_unpublished(calendar, D2026 + 365));
    gjb_buffer_init(&text, NULL);
    gjr_calendar_print(calendar, &text);
    gjb_buffer_add_byte(&text, '\0');
    assert_non_null(strstr(text.bytes, "hours 08:30-12:00, 13:30-17:30"));
    assert_non_null(strstr(text.bytes, "  year 2026 {  # 260 working days\n"));
    assert_non_null(strstr(text.bytes, "    holiday \"元旦\" 2026-01-01\n"));
    gjb_buffer_deinit(&text);
    gj_calendar_destroy(calendar);
    gjb_buffer_deinit(&file);
}

/* Ranks run on past both ends of the tables: the next working day of every day near them is the one
 * that looking day by day finds, and adding n comes back by counting. */
static void the_edges_join(void **state)
{
    (void)state;
    gjr_calendar_row rows[3];
    gjr_calendar_plan plan = plan_of(rows);
    for (uint8_t week = 1; week < 0x80; week++) {
        gj_calendar *calendar;
        plan.week = week;
        assert_int_equal(gjr_calendar_create(NULL, &plan, &calendar), GJ_OK);
        static const gj_day near[] = {0, GJR_CALENDAR_DAY_LAST, D2026, 3000000 - 70000};
        for (size_t i = 0; i < 4; i++) {
            for (gj_day day = near[i] - 20; day < near[i] + 20; day++) {
                gj_day next = day + 1;
                while (!gjr_calendar_is_workday(calendar, next)) {
                    next++;
                }
                assert_int_equal(gjr_calendar_workday_add(calendar, day, 1), next);
                gj_day far = gjr_calendar_workday_add(calendar, day, 40);
                assert_int_equal(gjr_calendar_workdays_between(calendar, day, far), 40);
            }
        }
        gj_calendar_destroy(calendar);
    }
}

static void no_calendar_is_utc_and_all_days(void **state)
{
    (void)state;
    assert_true(gjr_calendar_is_workday(NULL, D2026 + 2));
    assert_int_equal(gjr_calendar_workday_add(NULL, -100, 350), 250);
    assert_int_equal(gjr_calendar_workdays_between(NULL, -100, 250), 350);
    assert_int_equal(gjr_calendar_day_end(NULL, 0), GJR_MS_PER_DAY);
    assert_int_equal(gjr_calendar_day_of(NULL, -1), -1);
    assert_int_equal(gjr_calendar_workday_add(NULL, 0, UINT32_MAX), GJR_DAY_MAX);
    assert_int_equal(gjr_calendar_day_end(NULL, GJR_DAY_MAX), GJ_NEVER);
    assert_int_equal(gjr_calendar_offset(NULL, 5), 0);
}

/* ---- memory that ends ---- */

typedef struct budget {
    size_t left;
} budget;

static void *budget_resize(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    budget *of = payload;
    (void)old_size;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    if (of->left == 0) {
        return NULL;
    }
    of->left--;
    return realloc(pointer, new_size);
}

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    gjb_buffer file;
    file_make(&file);
    gj_status status = GJ_NO_MEMORY;
    size_t allowed = 0;
    for (; status == GJ_NO_MEMORY && allowed < 100; allowed++) {
        budget of = {allowed};
        gj_allocator allocator = {&of, budget_resize};
        gj_calendar *calendar;
        gj_refusal why;
        status = gj_calendar_load(&allocator, file.bytes, file.size, &calendar, &why);
        assert_int_equal(calendar != NULL, status == GJ_OK);
        gj_calendar_destroy(calendar);
    }
    assert_int_equal(status, GJ_OK);
    assert_true(allowed > 3);
    gjb_buffer_deinit(&file);
}

/* A calendar asks its zone only where the wall has not stood still for long; the answers are those
 * of the zone, near every change and far away. */
static void the_wall_is_the_zones(void **state)
{
    static const gjr_zone_row shanghai[] = {{-1325491905, 28800},
                                            {515527200, 32400},
                                            {527014800, 28800},
                                            {671997600, 32400},
                                            {684694800, 28800}};
    static const gjr_zone_row late[] = {
        {-86400, -36000}, {7200000000, -32400}, {7226000000, 50400}};
    static const gjr_zone_row one[] = {{900000000, -43200}};
    static const gjr_zone_row far[] = {{0, 3600}, {INT64_C(1) << 51, -93600}};
    const gjr_zone zones[] = {{gjb_text_of("a"), NULL, 0},
                              {gjb_text_of("b"), shanghai, 5},
                              {gjb_text_of("c"), late, 3},
                              {gjb_text_of("d"), one, 1},
                              {gjb_text_of("e"), far, 2}};
    (void)state;
    for (size_t z = 0; z < sizeof zones / sizeof *zones; z++) {
        gjr_calendar_row rows[3];
        gjr_calendar_plan plan = plan_of(rows);
        plan.zone = zones[z];
        gj_calendar *calendar;
        assert_int_equal(gjr_calendar_create(NULL, &plan, &calendar), GJ_OK);
        gj_instant ends[] = {INT64_MIN, INT64_MAX, 0, GJR_DAY_MAX * GJR_MS_PER_DAY,
                             GJR_DAY_MIN * GJR_MS_PER_DAY};
        size_t end_count = sizeof ends / sizeof *ends;
        for (size_t i = 0; i < end_count + zones[z].row_count; i++) {
            gj_instant near =
                i < end_count ? ends[i] : zones[z].rows[i - end_count].from_s * GJR_MS_PER_SECOND;
            for (int64_t hour = -24 * 6; hour <= 24 * 6; hour++) {
                gj_instant instant;
                int64_t ms_of_day;
                if (__builtin_add_overflow(near, hour * GJR_MS_PER_HOUR + hour % 3, &instant)) {
                    continue;
                }
                gj_day day = gjr_civil_of_wall(gjr_zone_wall(&zones[z], instant), &ms_of_day);
                assert_int_equal(gjr_calendar_day_of(calendar, instant), day);
                assert_int_equal(gjr_calendar_offset(calendar, instant),
                                 gjr_zone_offset(&zones[z], instant));
                assert_int_equal(gjr_calendar_day_start(calendar, day),
                                 gjr_zone_day_start(&zones[z], day));
            }
        }
        gj_calendar_destroy(calendar);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_claim_is_checked),
        cmocka_unit_test(the_other_claims),
        cmocka_unit_test(every_claim_has_words),
        cmocka_unit_test(no_altered_file_loads),
        cmocka_unit_test(what_it_answers),
        cmocka_unit_test(the_edges_join),
        cmocka_unit_test(no_calendar_is_utc_and_all_days),
        cmocka_unit_test(the_wall_is_the_zones),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
