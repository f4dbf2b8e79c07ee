/* SPDX-License-Identifier: Apache-2.0
 *
 * gjr_calendar_print: a calendar as text, in the language it is written in: what a file says can be
 * read beside the notice it was made from, and, compiled again with the same zone rules, gives the
 * same bytes. Neighbouring days of one class and name are one line; what is worked out, the
 * revision and how many days of a year are worked, stands in comments. */
#include "base/text.h"
#include "time/calendar.h"
#include "time/stamp.h"

static void head_print(const gjr_calendar_plan *plan, gjb_buffer *out)
{
    gjb_buffer_add_string(out, "# ");
    gjb_buffer_add_text(out, plan->revision);
    gjb_buffer_add_byte(out, '\n');
    if (gjb_text_is_present(plan->source)) {
        gjb_buffer_add_string(out, "module ");
        gjb_buffer_add_text(out, plan->source);
        gjb_buffer_add_string(out, "\n\n");
    }
    gjb_buffer_add_string(out, "calendar ");
    gjb_buffer_add_text(out, plan->name);
    gjb_buffer_add_string(out, " {\n");
}

static void zone_print(const gjr_zone *zone, gjb_buffer *out)
{
    gjb_buffer_add_string(out, "  zone \"");
    gjb_buffer_add_text(out, zone->name);
    gjb_buffer_add_format(out, "\"  # %zu rows", zone->row_count);
    if (zone->row_count > 1) {
        const gjr_zone_row *last = &zone->rows[zone->row_count - 1];
        gjb_buffer_add_string(out, ", the last from ");
        gjr_stamp_print_instant(last->from_s * GJR_MS_PER_SECOND, last->offset_s, out);
    }
    gjb_buffer_add_byte(out, '\n');
}

static void week_print(uint8_t week, gjb_buffer *out)
{
    static const char *const names[7] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    const char *separator = " ";
    gjb_buffer_add_string(out, "  week");
    for (unsigned day = 0; day < 7; day++) {
        if ((week >> day & 1) != 0) {
            gjb_buffer_add_format(out, "%s%s", separator, names[day]);
            separator = ", ";
        }
    }
    gjb_buffer_add_byte(out, '\n');
}

static void hours_print(const gjr_calendar_plan *plan, gjb_buffer *out)
{
    for (size_t i = 0; i < plan->hours_count; i++) {
        unsigned from = plan->hours[i].from_minute, to = plan->hours[i].to_minute;
        gjb_buffer_add_format(out, "%s%02u:%02u-%02u:%02u", i == 0 ? "  hours " : ", ", from / 60,
                              from % 60, to / 60, to % 60);
    }
    gjb_buffer_add_string(out, plan->hours_count > 0 ? "\n" : "");
}

static void year_print(const gj_calendar *calendar, int32_t year, gjb_buffer *out)
{
    gj_day first = gjr_civil_day((gjr_civil){year, 1, 1});
    gj_day last = gjr_civil_day((gjr_civil){year, 12, 31});
    int64_t worked = gjr_calendar_workdays_between(calendar, first - 1, last);
    gjb_buffer_add_format(out, "\n  year %04d {  # ", year);
    gjb_buffer_add_int(out, worked);
    gjb_buffer_add_string(out, " working days\n");
}

static bool rows_join(const gjr_calendar_row *row, const gjr_calendar_row *next, int32_t year)
{
    return next->day == row->day + 1 && next->class == row->class &&
           gjb_text_equal(next->name, row->name) && gjr_civil_of_day(next->day).year == year;
}

static void span_print(const gjr_calendar_row *first, const gjr_calendar_row *last, gjb_buffer *out)
{
    const char *word = first->class == GJR_DAY_HOLIDAY ? "holiday "
                       : first->class == GJR_DAY_OFF   ? "off     "
                                                       : "on      ";
    gjb_buffer_add_format(out, "    %s", word);
    if (gjb_text_is_present(first->name)) {
        gjb_buffer_add_byte(out, '"');
        gjb_buffer_add_text(out, first->name);
        gjb_buffer_add_string(out, "\" ");
    }
    gjr_stamp_print_day(first->day, out);
    if (last != first) {
        gjb_buffer_add_string(out, "..");
        gjr_stamp_print_day(last->day, out);
    }
    gjb_buffer_add_byte(out, '\n');
}

static void rows_print(const gj_calendar *calendar, gjb_buffer *out)
{
    const gjr_calendar_plan *plan = gjr_calendar_get_plan(calendar);
    int32_t year = 0;
    for (size_t i = 0; i < plan->row_count; i++) {
        const gjr_calendar_row *first = &plan->rows[i];
        int32_t its_year = gjr_civil_of_day(first->day).year;
        if (its_year != year) {
            gjb_buffer_add_string(out, year != 0 ? "  }\n" : "");
            year = its_year;
            year_print(calendar, year, out);
        }
        while (i + 1 < plan->row_count && rows_join(&plan->rows[i], &plan->rows[i + 1], year)) {
            i++;
        }
        span_print(first, &plan->rows[i], out);
    }
    gjb_buffer_add_string(out, year != 0 ? "  }\n" : "");
}

void gjr_calendar_print(const gj_calendar *calendar, gjb_buffer *out)
{
    const gjr_calendar_plan *plan = gjr_calendar_get_plan(calendar);
    head_print(plan, out);
    zone_print(&plan->zone, out);
    week_print(plan->week, out);
    hours_print(plan, out);
    if (plan->published_through != GJ_NO_DAY) {
        gjb_buffer_add_string(out, "  published through ");
        gjr_stamp_print_day(plan->published_through, out);
        gjb_buffer_add_byte(out, '\n');
    }
    rows_print(calendar, out);
    gjb_buffer_add_string(out, "}\n");
}

gj_status gj_calendar_dump(const gj_calendar *calendar, const gj_writer *out)
{
    if (calendar == NULL || out == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    gjb_buffer buffer;
    gjb_buffer_init(&buffer, NULL);
    gjr_calendar_print(calendar, &buffer);
    gj_status status = gjb_buffer_write(&buffer, out);
    gjb_buffer_deinit(&buffer);
    return status;
}
