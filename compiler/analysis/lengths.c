/* SPDX-License-Identifier: Apache-2.0
 *
 * See lengths.h. */
#include "analysis/lengths.h"

#include "base/buffer.h"
#include "base/text.h"
#include "time/count.h"

enum {
    STARTS_MAX = 2 * 366,
    WITHOUT_CALENDAR = GJR_CALENDAR_DAY_FIRST + 40 * 366 /* any day does */
};

void gjc_length_starts(const gj_calendar *calendar, gj_day *first, gj_day *last)
{
    gj_day through =
        calendar == NULL ? GJ_NO_DAY : gjr_calendar_get_plan(calendar)->published_through;
    *first = *last = WITHOUT_CALENDAR;
    if (through != GJ_NO_DAY) {
        *last = through - 366; /* so that what starts then ends in published days */
        *first = *last - STARTS_MAX;
    }
}

static gj_instant due_of(const gj_calendar *calendar, const gjc_limit *limit, uint64_t budget,
                         gj_instant start)
{
    gjr_term term = {.unit = (gj_unit)limit->unit,
                     .budget = budget > GJR_BUDGET_MAX ? GJR_BUDGET_MAX : (uint32_t)budget,
                     .rolls = limit->rolls && calendar != NULL,
                     .at_close = limit->at_close};
    return gjr_count_due_at(calendar, term, start);
}

gj_instant gjc_length_plain(const gj_calendar *calendar, const gjc_limit *limit, gj_instant start)
{
    return due_of(calendar, limit, limit->budget, start);
}

gj_instant gjc_length_longest(const gj_calendar *calendar, const gjc_limit *limit, gj_instant start)
{
    uint64_t budget = limit->budget;
    for (uint32_t i = 0; i < limit->extension_count; i++)
        budget += (uint64_t)limit->extensions[i].amount * limit->extensions[i].times_max;
    return due_of(calendar, limit, budget, start);
}

gjc_arg gjc_length_words(gjc_diag_list *diags, uint32_t amount, gj_unit unit)
{
    static const char *const units[GJ_UNIT_COUNT][2] = {
        [GJ_WORKDAYS] = {" working days", "个工作日"},
        [GJ_DAYS] = {" days", "日"},
        [GJ_HOURS] = {" hours", "小时"},
        [GJ_MINUTES] = {" minutes", "分钟"},
        [GJ_MONTHS] = {" months", "个月"},
        [GJ_YEARS] = {" years", "年"},
        [GJ_WORKHOURS] = {" office hours", "工时"},
    };
    gjc_arg words;
    for (int lang = 0; lang < 2; lang++) {
        gjb_buffer text;
        gjb_buffer_init(&text, diags->arena->allocator);
        gjb_buffer_add_int(&text, amount);
        gjb_buffer_add_string(&text, units[unit][lang]);
        *(lang == GJ_ZH ? &words.zh : &words.en) =
            gjb_arena_text(diags->arena, gjb_buffer_text(&text));
        diags->out_of_memory = diags->out_of_memory || text.failed;
        gjb_buffer_deinit(&text);
    }
    return words;
}
