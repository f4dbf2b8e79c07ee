/* SPDX-License-Identifier: Apache-2.0
 *
 * See make.h. Announcements are taken in the order in which their words weigh: notices that
 * announce, notices that amend, lists of days; within each in the order given. So the order of
 * files on a command line means nothing but for two amendments of one day. */
#include "notice/make.h"
#include "base/text.h"
#include "notice/facts.h"
#include "notice/list.h"
#include "notice/notice.h"
#include "time/stamp.h"

enum { DAY_COUNT = GJR_CALENDAR_DAY_LAST + 1, WEEK_USUAL = 0x1F };

typedef struct maker {
    const gjc_recipe *recipe;
    gjc_facts facts;
    gjc_notice_source sources[GJC_ANNOUNCEMENTS_MAX];
    bool is_known[GJC_ANNOUNCEMENTS_MAX]; /* what the source is */
    size_t count;
    gj_day published;
} maker;

static void heads_read(maker *of)
{
    const gjc_recipe *recipe = of->recipe;
    of->count = recipe->sources->count;
    for (uint32_t i = 0; i < of->count; i++) {
        gj_text text = gjc_sources_get(recipe->sources, i)->text;
        of->is_known[i] = gjc_list_is(text) ? gjc_list_head_read(recipe->sources, i, recipe->diags,
                                                                 &of->sources[i])
                                            : gjc_notice_head_read(recipe->sources, i, recipe->year,
                                                                   recipe->diags, &of->sources[i]);
    }
}

static void year_publish(maker *of, const gjc_notice_source *source)
{
    gj_day end = gjr_civil_day((gjr_civil){source->year, 12, 31});
    bool later = of->published == GJ_NO_DAY || end > of->published;
    of->published = later ? end : of->published;
}

static void source_read(maker *of, const gjc_notice_source *source)
{
    if (source->kind != GJC_NOTICE_LIST) {
        gjc_notice_read(&of->facts, source);
        if (source->kind == GJC_NOTICE_COMPLETE) {
            year_publish(of, source);
        }
    } else if (gjc_list_read(&of->facts, source)) {
        year_publish(of, source);
    } else {
        gjc_diag_add(of->recipe->diags, GJC_W0805, source->title,
                     gjc_diag_number(of->recipe->diags, source->year), gjc_arg_none());
    }
}

static void sources_read(maker *of)
{
    static const gjc_notice_kind order[] = {GJC_NOTICE_COMPLETE, GJC_NOTICE_PARTIAL,
                                            GJC_NOTICE_AMENDS, GJC_NOTICE_LIST};
    for (size_t turn = 0; turn < sizeof order / sizeof *order; turn++) {
        for (size_t i = 0; i < of->count; i++) {
            if (of->is_known[i] && of->sources[i].kind == order[turn]) {
                source_read(of, &of->sources[i]);
            }
        }
    }
}

/* Only what was read without a mistake is worth comparing. */
static void sources_compare(maker *of)
{
    if (of->recipe->diags->error_count > 0) {
        return;
    }
    gjc_facts_compare(&of->facts, of->sources, of->count);
    for (size_t i = 0; i < of->count; i++) {
        if (of->sources[i].kind == GJC_NOTICE_COMPLETE) {
            gjc_facts_festivals(&of->facts, &of->sources[i]);
        }
    }
}

/* ---- writing ---- */

static void week_write(uint8_t week, gjb_buffer *out)
{
    static const char *const names[7] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    const char *separator = "  week ";
    for (unsigned day = 0; day < 7; day++) {
        if ((week >> day & 1) != 0) {
            gjb_buffer_add_format(out, "%s%s", separator, names[day]);
            separator = ", ";
        }
    }
    gjb_buffer_add_byte(out, '\n');
}

static void hours_write(const gjr_calendar_plan *plan, gjb_buffer *out)
{
    for (size_t i = 0; i < plan->hours_count; i++) {
        unsigned from = plan->hours[i].from_minute, to = plan->hours[i].to_minute;
        gjb_buffer_add_format(out, "%s%02u:%02u-%02u:%02u", i == 0 ? "  hours " : ", ", from / 60,
                              from % 60, to / 60, to % 60);
    }
    gjb_buffer_add_string(out, plan->hours_count > 0 ? "\n" : "");
}

static void head_write(const maker *of, gjb_buffer *out)
{
    const gjr_calendar_plan *onto = of->recipe->onto;
    gjb_buffer_add_string(out, "calendar ");
    gjb_buffer_add_text(out, of->recipe->name);
    gjb_buffer_add_string(out, " {\n  zone \"");
    if (onto != NULL) {
        gjb_buffer_add_text(out, onto->zone.name);
    } else {
        gjb_buffer_add_string(out, "Asia/Shanghai");
    }
    gjb_buffer_add_string(out, "\"\n");
    week_write(of->facts.week, out);
    if (onto != NULL) {
        hours_write(onto, out);
    }
    if (of->published != GJ_NO_DAY) {
        gjb_buffer_add_string(out, "  published through ");
        gjr_stamp_print_day(of->published, out);
        gjb_buffer_add_byte(out, '\n');
    }
}

static bool facts_join(const gjc_fact *fact, const gjc_fact *next)
{
    return next != NULL && next->class == fact->class && gjb_text_equal(next->name, fact->name);
}

static void span_write(const gjc_fact *fact, gj_day from, gj_day to, gjb_buffer *out)
{
    const char *word = fact->class == GJR_DAY_HOLIDAY ? "holiday "
                       : fact->class == GJR_DAY_OFF   ? "off     "
                                                      : "on      ";
    gjb_buffer_add_format(out, "    %s", word);
    if (gjb_text_is_present(fact->name)) {
        gjb_buffer_add_byte(out, '"');
        gjb_buffer_add_text(out, fact->name);
        gjb_buffer_add_string(out, "\" ");
    }
    gjr_stamp_print_day(from, out);
    if (to != from) {
        gjb_buffer_add_string(out, "..");
        gjr_stamp_print_day(to, out);
    }
    gjb_buffer_add_byte(out, '\n');
}

static void year_write(const maker *of, int32_t year, gjb_buffer *out)
{
    gj_day day = gjr_civil_day((gjr_civil){year, 1, 1});
    gj_day last = gjr_civil_day((gjr_civil){year, 12, 31});
    bool open = false;
    for (; day <= last; day++) {
        const gjc_fact *fact = of->facts.by_day[day];
        if (fact == NULL) {
            continue;
        }
        if (!open) {
            gjb_buffer_add_format(out, "\n  year %04d {\n", year);
            open = true;
        }
        gj_day from = day;
        while (day < last && facts_join(fact, of->facts.by_day[day + 1])) {
            day++;
        }
        span_write(fact, from, day, out);
    }
    gjb_buffer_add_string(out, open ? "  }\n" : "");
}

static void calendar_write(const maker *of, gjb_buffer *out)
{
    head_write(of, out);
    for (int32_t year = GJR_CALENDAR_YEAR_FIRST; year <= GJR_CALENDAR_YEAR_LAST; year++) {
        year_write(of, year, out);
    }
    gjb_buffer_add_string(out, "}\n");
}

gj_status gjc_calendar_make(const gjc_recipe *recipe, gjb_buffer *out)
{
    const gjr_calendar_plan *onto = recipe->onto;
    if (recipe->sources->count > GJC_ANNOUNCEMENTS_MAX) {
        return GJ_OVER_LIMIT;
    }
    maker *of = gjb_arena_make(recipe->arena, 1, sizeof *of);
    if (of == NULL) {
        return GJ_NO_MEMORY;
    }
    of->recipe = recipe;
    of->published = onto != NULL ? onto->published_through : GJ_NO_DAY;
    gjc_facts_init(&of->facts, recipe->arena, recipe->sources, recipe->diags,
                   onto != NULL ? onto->week : WEEK_USUAL);
    for (size_t i = 0; onto != NULL && i < onto->row_count; i++) {
        gjc_facts_lay(&of->facts, &onto->rows[i]);
    }
    heads_read(of);
    sources_read(of);
    sources_compare(of);
    if (!of->facts.out_of_memory && recipe->diags->error_count == 0) {
        calendar_write(of, out);
    }
    return of->facts.out_of_memory || out->failed ? GJ_NO_MEMORY : GJ_OK;
}
