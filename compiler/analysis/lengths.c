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

/* The last day that they all have published; GJ_NO_DAY where one says nothing of it. */
static gj_day published_by_all(const gjc_calendars *calendars)
{
    gj_day through = calendars->count > 0 ? GJR_DAY_MAX : GJ_NO_DAY;
    for (uint32_t i = 0; i < calendars->count; i++) {
        gj_day day = calendars->items[i] == NULL
                         ? GJ_NO_DAY
                         : gjr_calendar_get_plan(calendars->items[i])->published_through;
        through = day < through ? day : through;
    }
    return through;
}

void gjc_length_starts(const gjc_calendars *calendars, gj_day *first, gj_day *last)
{
    gj_day through = published_by_all(calendars);
    *first = *last = WITHOUT_CALENDAR;
    if (through != GJ_NO_DAY) {
        *last = through - 366; /* so that what starts then ends in published days */
        *first = *last - STARTS_MAX;
    }
}

static gj_instant due_of(const gjc_calendars *calendars, const gjc_limit *limit, uint64_t budget,
                         gj_instant start)
{
    const gj_calendar *calendar = gjc_calendars_of(calendars, limit);
    gjr_term term = {.unit = (gj_unit)limit->unit,
                     .budget = budget > GJR_BUDGET_MAX ? GJR_BUDGET_MAX : (uint32_t)budget,
                     .rolls = limit->rolls && calendar != NULL,
                     .at_close = limit->at_close};
    return gjr_count_due_at(calendar, term, start);
}

gj_instant gjc_length_plain(const gjc_calendars *calendars, const gjc_limit *limit,
                            gj_instant start)
{
    return due_of(calendars, limit, limit->budget, start);
}

gj_instant gjc_length_longest(const gjc_calendars *calendars, const gjc_limit *limit,
                              gj_instant start)
{
    uint64_t budget = limit->budget;
    for (uint32_t i = 0; i < limit->extension_count; i++)
        budget += (uint64_t)limit->extensions[i].amount * limit->extensions[i].times_max;
    return due_of(calendars, limit, budget, start);
}

gjc_limit gjc_length_by_line(const gjc_limit *limit, const gjc_within *line)
{
    gjc_limit one = *limit;
    one.budget = line->amount;
    one.budget_span = line->span;
    one.withins = NULL;
    one.within_count = 0;
    return one;
}

static gjc_limit extreme_of(const gjc_limit *limit, bool greatest)
{
    const gjc_within *found = limit->withins;
    for (uint32_t i = 0; i < limit->within_count; i++) {
        const gjc_within *line = &limit->withins[i];
        bool beyond = greatest ? line->amount > found->amount : line->amount < found->amount;
        if (line->value != NULL) /* its amount is 0 */
            return gjc_length_by_line(limit, line);
        found = beyond ? line : found;
    }
    return limit->within_count == 0 ? *limit : gjc_length_by_line(limit, found);
}

gjc_limit gjc_length_shortest(const gjc_limit *limit)
{
    return extreme_of(limit, false);
}

gjc_limit gjc_length_greatest(const gjc_limit *limit)
{
    return extreme_of(limit, true);
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
