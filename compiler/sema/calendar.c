/* SPDX-License-Identifier: Apache-2.0
 *
 * See calendar.h. Days are declared into a table with one place a day of 1970–2199, so that a day
 * declared twice is found where it happens and the rows come out in order without sorting. */
#include "sema/calendar.h"
#include "sema/calendar_years.h"
#include "sema/zone_file.h"
#include "time/stamp.h"

enum { DAY_COUNT = GJR_CALENDAR_DAY_LAST + 1, MINUTE_S = 60 };

/* What a clause says of a span of days. */
typedef struct saying {
    gjr_day_class class;
    gj_text name;
    gjc_span span;
} saying;

typedef struct builder {
    const gjc_calendar_context *context;
    const gjc_node *calendar;
    const gjr_calendar_plan *refined; /* or NULL */
    gjr_calendar_plan *plan;
    const saying **said; /* [day], NULL: nothing */
    bool out_of_memory;
} builder;

static gjc_diag *report(builder *of, gjc_diag_code code, gjc_span span, gjc_arg first,
                        gjc_arg second)
{
    return gjc_diag_add(of->context->diags, code, span, first, second);
}

static gjc_arg day_words(builder *of, gj_day day)
{
    return gjc_diag_day(of->context->diags, day);
}

static bool text_is_plain(gj_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.bytes[i] < 0x20 || text.bytes[i] == 0x7F) {
            return false;
        }
    }
    return true;
}

/* ---- the clauses that stand once ---- */

/* The clause, or NULL; a second one is a mistake. */
static const gjc_node *clause_find(builder *of, gjc_kind kind, gjc_arg words)
{
    const gjc_node *clause = gjc_node_find(of->calendar, kind);
    const gjc_node *again = clause != NULL ? gjc_node_find_next(clause) : NULL;
    if (again != NULL) {
        gjc_diag *diag = report(of, GJC_E0804, again->span, words, gjc_arg_none());
        gjc_diag_note_add(of->context->diags, diag, clause->span,
                          gjc_arg_words("first said here", "先写于此"));
    }
    return clause;
}

static void zone_check(builder *of)
{
    const gjc_node *zone = clause_find(of, GJC_ZONE, gjc_arg_words("zone", "时区"));
    if (zone == NULL) {
        if (of->refined == NULL) {
            gjc_diag *diag =
                report(of, GJC_E0801, gjc_node_name_span(of->calendar),
                       gjc_arg_text(gjc_node_name(of->calendar)), gjc_arg_words("zone", "时区"));
            diag->hint = gjc_arg_words("write, for example: zone \"Asia/Shanghai\"",
                                       "例如写明：时区 \"Asia/Shanghai\"");
        }
        return;
    }
    gj_status status = gjc_zone_file_load(zone->text, of->context->arena, &of->plan->zone);
    if (status == GJ_NO_MEMORY) {
        of->out_of_memory = true;
    } else if (status != GJ_OK) {
        report(of, status == GJ_IO ? GJC_E0802 : GJC_E0803, zone->span, gjc_arg_text(zone->text),
               gjc_arg_none());
    }
}

static uint8_t weekdays_mask(const gjc_node *weekdays)
{
    uint8_t mask = 0;
    for (int64_t day = weekdays->value; day <= weekdays->value2; day++) {
        mask |= (uint8_t)(1u << (day - 1));
    }
    return mask;
}

static void week_check(builder *of)
{
    const gjc_node *week = clause_find(of, GJC_WEEK, gjc_arg_words("week", "每周"));
    if (week == NULL) {
        if (of->refined == NULL) {
            gjc_diag *diag = report(of, GJC_E0801, gjc_node_name_span(of->calendar),
                                    gjc_arg_text(gjc_node_name(of->calendar)),
                                    gjc_arg_words("week", "每周工作日"));
            diag->hint =
                gjc_arg_words("write, for example: week mon..fri", "例如写明：每周 周一 至 周五");
        }
        return;
    }
    of->plan->week = 0;
    const gjc_node *days = gjc_node_find(week, GJC_WEEKDAYS);
    for (; days != NULL; days = gjc_node_find_next(days)) {
        of->plan->week |= weekdays_mask(days);
    }
}

static bool hours_add(gjr_calendar_plan *plan, const gjc_node *times)
{
    int64_t from = times->value / MINUTE_S, to = times->value2 / MINUTE_S;
    int64_t last = plan->hours_count > 0 ? plan->hours[plan->hours_count - 1].to_minute : 0;
    if (plan->hours_count == GJR_CALENDAR_HOURS_MAX || times->value % MINUTE_S != 0 ||
        times->value2 % MINUTE_S != 0 || from < last || to <= from) {
        return false;
    }
    plan->hours[plan->hours_count++] = (gjr_hours){(uint16_t)from, (uint16_t)to};
    return true;
}

static void hours_check(builder *of)
{
    const gjc_node *hours = clause_find(of, GJC_HOURS, gjc_arg_words("hours", "办公时间"));
    if (hours == NULL) {
        return;
    }
    of->plan->hours_count = 0;
    const gjc_node *times = gjc_node_find(hours, GJC_TIME_SPAN);
    for (; times != NULL; times = gjc_node_find_next(times)) {
        bool backwards = times->value > times->value2; /* reported when it was read */
        if (!backwards && !hours_add(of->plan, times)) {
            report(of, GJC_E0809, times->span, gjc_arg_none(), gjc_arg_none());
            return;
        }
    }
}

static bool day_is_in_tables(int64_t day)
{
    return day >= GJR_CALENDAR_DAY_FIRST && day <= GJR_CALENDAR_DAY_LAST;
}

static void published_check(builder *of)
{
    const gjc_node *published =
        clause_find(of, GJC_PUBLISHED, gjc_arg_words("published through", "已公布至"));
    if (published == NULL) {
        return;
    }
    gj_day through = (gj_day)published->value;
    of->plan->published_through = through;
    if (!day_is_in_tables(through)) {
        report(of, GJC_E0808, published->span, day_words(of, through), gjc_arg_none());
    }
}

/* ---- the days ---- */

static void twice_report(builder *of, gj_day day, gjc_span span)
{
    gjc_diag *diag = report(of, GJC_E0806, span, day_words(of, day), gjc_arg_none());
    gjc_diag_note_add(of->context->diags, diag, of->said[day]->span,
                      gjc_arg_words("first declared here", "先列于此"));
}

static void span_check(builder *of, const gjc_node *year, const gjc_node *clause,
                       const gjc_node *span)
{
    static const gjr_day_class classes[] = {GJR_DAY_HOLIDAY, GJR_DAY_OFF, GJR_DAY_ON};
    gj_day from = (gj_day)span->value, to = (gj_day)span->value2;
    if (from > to) {
        return; /* reported when it was read */
    }
    if (gjr_civil_of_day(from).year != year->value || gjr_civil_of_day(to).year != year->value) {
        bool late = gjr_civil_of_day(from).year == year->value;
        report(of, GJC_E0805, span->span, day_words(of, late ? to : from),
               gjc_diag_number(of->context->diags, year->value));
        return;
    }
    saying *says = gjb_arena_make(of->context->arena, 1, sizeof *says);
    if (says == NULL) {
        of->out_of_memory = true;
        return;
    }
    size_t which = clause->kind == GJC_HOLIDAY ? 0 : clause->kind == GJC_OFF ? 1 : 2;
    *says = (saying){classes[which], gjc_node_title(clause), span->span};
    for (gj_day day = from; day <= to; day++) {
        if (of->said[day] != NULL) {
            twice_report(of, day, span->span);
            return;
        }
        of->said[day] = says;
    }
}

static void year_clause_check(builder *of, const gjc_node *year, const gjc_node *clause)
{
    if (clause->kind != GJC_HOLIDAY && clause->kind != GJC_OFF && clause->kind != GJC_ON_DAYS) {
        return; /* BROKEN: reported when it was read */
    }
    if (!text_is_plain(gjc_node_title(clause))) {
        report(of, GJC_E0810, clause->span, gjc_arg_none(), gjc_arg_none());
    }
    const gjc_node *span = gjc_node_find(clause, GJC_DAY_SPAN);
    for (; span != NULL; span = gjc_node_find_next(span)) {
        span_check(of, year, clause, span);
    }
}

static void years_check(builder *of)
{
    of->said = gjb_arena_make(of->context->arena, DAY_COUNT, sizeof *of->said);
    if (of->said == NULL) {
        of->out_of_memory = true;
        return;
    }
    const gjc_node *year = gjc_node_find(of->calendar, GJC_YEAR);
    for (; year != NULL; year = gjc_node_find_next(year)) {
        if (year->value < GJR_CALENDAR_YEAR_FIRST || year->value > GJR_CALENDAR_YEAR_LAST) {
            report(of, GJC_E0808, year->span, gjc_diag_number(of->context->diags, year->value),
                   gjc_arg_none());
            continue;
        }
        for (const gjc_node *clause = year->first; clause != NULL; clause = clause->next) {
            year_clause_check(of, year, clause);
        }
    }
}

/* ---- the rows ---- */

static size_t said_count(const builder *of)
{
    size_t count = 0;
    for (gj_day day = 0; day < DAY_COUNT; day++) {
        count += of->said[day] != NULL ? 1 : 0;
    }
    return count;
}

/* An `on` that changes nothing is a date gone wrong more often than not. */
static void needless_check(builder *of, gj_day day, const gjr_calendar_row *was)
{
    const saying *says = of->said[day];
    bool first = day == 0 || of->said[day - 1] != says; /* once a span */
    bool closed = was != NULL && was->class != GJR_DAY_ON;
    if (says->class == GJR_DAY_ON && first && !closed &&
        (of->plan->week >> gjr_civil_weekday(day) & 1) != 0) {
        report(of, GJC_W0801, says->span, day_words(of, day), gjc_arg_none());
    }
}

/* Both in order; where both speak of a day, this calendar's word stands. */
static void rows_merge(builder *of)
{
    const gjr_calendar_plan *refined = of->refined;
    size_t old_count = refined != NULL ? refined->row_count : 0, old = 0, count = 0;
    gjr_calendar_row *rows =
        gjb_arena_make(of->context->arena, said_count(of) + old_count, sizeof *rows);
    if (rows == NULL) {
        of->out_of_memory = true;
        return;
    }
    for (gj_day day = 0; day < DAY_COUNT; day++) {
        bool was = old < old_count && refined->rows[old].day == day;
        const saying *says = of->said[day];
        if (says != NULL) {
            needless_check(of, day, was ? &refined->rows[old] : NULL);
            rows[count++] = (gjr_calendar_row){day, says->class, says->name};
        } else if (was) {
            rows[count++] = refined->rows[old];
        }
        old += was ? 1 : 0;
    }
    of->plan->rows = rows;
    of->plan->row_count = count;
}

/* ---- all of it ---- */

static void name_check(builder *of)
{
    gj_text name = gjc_node_name(of->calendar);
    if (name.size == 0 || name.size > GJR_CALENDAR_NAME_SIZE_MAX || !text_is_plain(name)) {
        report(of, GJC_E0810, gjc_node_name_span(of->calendar), gjc_arg_none(), gjc_arg_none());
    }
    of->plan->name = name;
    of->plan->source = of->context->module;
    of->plan->revision = (gj_text){0};
}

gj_status gjc_calendar_check(const gjc_node *calendar, const gjr_calendar_plan *refined,
                             const gjc_calendar_context *context, const gjr_calendar_plan **plan)
{
    static void (*const passes[])(builder *) = {
        name_check, zone_check, week_check, hours_check, published_check, years_check,
    };
    builder of = {.context = context, .calendar = calendar, .refined = refined};
    size_t errors_before = context->diags->error_count;
    *plan = NULL;
    of.plan = gjb_arena_make(context->arena, 1, sizeof *of.plan);
    if (of.plan == NULL) {
        return GJ_NO_MEMORY;
    }
    *of.plan = refined != NULL ? *refined : (gjr_calendar_plan){.published_through = GJ_NO_DAY};
    for (size_t i = 0; i < sizeof passes / sizeof *passes; i++) {
        passes[i](&of);
    }
    if (!of.out_of_memory) {
        rows_merge(&of);
    }
    if (!of.out_of_memory) {
        gjc_calendar_years_check(of.plan, calendar, context);
    }
    if (of.out_of_memory) {
        return GJ_NO_MEMORY;
    }
    if (context->diags->error_count == errors_before) {
        *plan = of.plan;
    }
    return GJ_OK;
}

/* The calendar and all it refines, the last one first of all; 0 where the chain has no end. */
static size_t chain_find(const gjc_node *calendar, const gjc_calendar_context *context,
                         const gjc_node *chain[GJC_REFINES_MAX])
{
    size_t count = 0;
    while (calendar != NULL) {
        const gjc_node *refines = gjc_node_find(calendar, GJC_REFINES);
        chain[count++] = calendar;
        if (refines == NULL) {
            return count;
        }
        calendar = context->find(context->payload, gjc_node_find(refines, GJC_PATH));
        bool again = false;
        for (size_t i = 0; i < count; i++) {
            again = again || chain[i] == calendar;
        }
        if (again || count == GJC_REFINES_MAX) {
            gjc_diag_add(context->diags, GJC_E0811, refines->span,
                         gjc_arg_text(gjc_node_name(chain[0])),
                         gjc_diag_number(context->diags, GJC_REFINES_MAX));
            return 0;
        }
    }
    return 0;
}

gj_status gjc_calendar_resolve(const gjc_node *calendar, const gjc_calendar_context *context,
                               const gjr_calendar_plan **plan)
{
    const gjc_node *chain[GJC_REFINES_MAX];
    gjc_diag_list elsewhere;
    gjc_calendar_context silent = *context;
    size_t count = chain_find(calendar, context, chain);
    gjc_diag_list_init(&elsewhere, context->arena);
    silent.diags = &elsewhere;
    *plan = NULL;
    for (size_t i = count; i-- > 0;) {
        const gjr_calendar_plan *refined = *plan;
        gj_status status = gjc_calendar_check(chain[i], refined, i == 0 ? context : &silent, plan);
        if (status != GJ_OK || *plan == NULL) {
            return status;
        }
    }
    return GJ_OK;
}
