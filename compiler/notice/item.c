/* SPDX-License-Identifier: Apache-2.0
 *
 * See item.h. */
#include "notice/item.h"
#include "base/text.h"
#include "notice/festivals.h"

static gjc_diag *report(gjc_item *item, gjc_diag_code code, gjc_span span, gjc_arg first,
                        gjc_arg second)
{
    return gjc_diag_add(item->facts->diags, code, span, first, second);
}

static gjc_arg span_words(gjc_item *item, gjc_span span)
{
    return gjc_arg_text(gjc_sources_text(item->facts->sources, span));
}

/* ---- days ---- */

/* The year in which the day lies nearest to the item's first; the notice's for the first. */
static int32_t year_nearest(const gjc_item *item, const gjc_written_day *written)
{
    int32_t best = item->source->year, middle = best;
    int64_t distance = INT64_MAX;
    if (item->anchor == GJ_NO_DAY) {
        return best;
    }
    middle = gjr_civil_of_day(item->anchor).year;
    for (int32_t year = middle - 1; year <= middle + 1; year++) {
        gjr_civil civil = {year, written->month, written->day};
        if (gjr_civil_is_valid(civil)) {
            int64_t gap = (int64_t)gjr_civil_day(civil) - item->anchor;
            gap = gap < 0 ? -gap : gap;
            best = gap < distance ? year : best;
            distance = gap < distance ? gap : distance;
        }
    }
    return best;
}

/* False, and reported, where there is no such day, or it is none of this notice's. */
static bool day_resolve(gjc_item *item, const gjc_written_day *written, gj_day *day)
{
    int32_t year = written->year > 0 ? written->year : year_nearest(item, written);
    gjr_civil civil = {year, written->month, written->day};
    if (!gjr_civil_is_valid(civil)) {
        report(item, GJC_E0816, written->span, span_words(item, written->span), gjc_arg_none());
        return false;
    }
    *day = gjr_civil_day(civil);
    if (!gjc_facts_is_near(item->facts, item->source, *day, written->span)) {
        return false;
    }
    item->month = written->month;
    item->anchor = item->anchor == GJ_NO_DAY ? *day : item->anchor;
    return true;
}

static gjc_arg weekday_words(size_t weekday)
{
    static const char *const en[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                     "Friday", "Saturday", "Sunday"};
    static const char *const zh[] = {"星期一", "星期二", "星期三", "星期四",
                                     "星期五", "星期六", "星期日"};
    return gjc_arg_words(en[weekday], zh[weekday]);
}

static void bracket_check(gjc_item *item, gj_day day, gjc_span span)
{
    size_t said = gjc_scan_bracket(&item->scan), is = (size_t)gjr_civil_weekday(day);
    if (said <= GJR_SUNDAY && said != is) {
        gjc_diag *diag =
            report(item, GJC_E0817, span, gjc_diag_day(item->facts->diags, day), weekday_words(is));
        diag->args[2] = weekday_words(said);
    }
}

static void pending_add(gjc_item *item, gj_day from, gj_day to, gjc_span span)
{
    if (to < from) {
        report(item, GJC_E0223, span, gjc_diag_day(item->facts->diags, from),
               gjc_diag_day(item->facts->diags, to));
    } else if (to - from >= GJC_HOLIDAY_DAYS_MAX || item->pending_count == GJC_PENDING_MAX) {
        report(item, GJC_E0823, span, gjc_diag_number(item->facts->diags, (int64_t)to - from + 1),
               gjc_diag_number(item->facts->diags, GJC_HOLIDAY_DAYS_MAX));
    } else {
        item->pending[item->pending_count++] = (gjc_pending){from, to, span};
    }
}

/* A day that has to stand here, behind 至. */
static bool second_read(gjc_item *item, gj_day *day, gjc_written_day *written)
{
    gjc_scan_result result = gjc_scan_day(&item->scan, item->month, written);
    if (result != GJC_SCAN_DAY) {
        report(item, GJC_E0816, written->span, span_words(item, written->span), gjc_arg_none());
    }
    return result == GJC_SCAN_DAY && day_resolve(item, written, day);
}

static bool is_at_digit(const gjc_scan *scan)
{
    gjc_scan look = *scan;
    int32_t number;
    bool sees = scan->at < scan->end;
    return sees && ((scan->text.bytes[scan->at] >= '0' && scan->text.bytes[scan->at] <= '9') ||
                    gjc_scan_number(&look, &number));
}

/* Behind a first day: 至 and the last one, where a number follows it. False where that is none. */
static bool last_read(gjc_item *item, gj_day *to, gjc_span *span)
{
    gjc_scan back = item->scan;
    gjc_written_day last;
    if (!gjc_scan_through(&item->scan) || !is_at_digit(&item->scan)) {
        item->scan = back;
        return true;
    }
    if (!second_read(item, to, &last)) {
        return false;
    }
    span->end = last.span.end;
    bracket_check(item, *to, last.span);
    return true;
}

/* A date, or from one through another. */
static void days_read(gjc_item *item)
{
    gjc_written_day first;
    gjc_scan_result result = gjc_scan_day(&item->scan, item->month, &first);
    gj_day from;
    if (result == GJC_SCAN_BROKEN) {
        report(item, GJC_E0816, first.span, span_words(item, first.span), gjc_arg_none());
    }
    if (result != GJC_SCAN_DAY || !day_resolve(item, &first, &from)) {
        return;
    }
    gj_day to = from;
    gjc_span span = first.span;
    bracket_check(item, from, first.span);
    if (last_read(item, &to, &span)) {
        pending_add(item, from, to, span);
    }
}

/* ---- what becomes of them ---- */

static void range_say(gjc_item *item, const gjc_pending *range, gjr_day_class class)
{
    const gjc_facts *facts = item->facts;
    if (!facts->out_of_memory && facts->by_day[range->from] == NULL) {
        gjc_facts_note_year(item->facts, item->source, range->from, range->span);
    }
    for (gj_day day = range->from; day <= range->to; day++) {
        bool is_festival = class == GJR_DAY_OFF && gjc_festival_of(day) != NULL;
        gjc_facts_say(item->facts, item->source, day, is_festival ? GJR_DAY_HOLIDAY : class,
                      item->name, range->span);
        item->said++;
    }
    item->off += class != GJR_DAY_ON ? range->to - range->from + 1 : 0;
}

static void needless_check(gjc_item *item, const gjc_pending *range)
{
    const gjc_facts *facts = item->facts;
    bool by_week = (facts->week >> gjr_civil_weekday(range->from) & 1) != 0;
    if (by_week && !facts->out_of_memory && facts->by_day[range->from] == NULL) {
        report(item, GJC_W0801, range->span, gjc_diag_day(item->facts->diags, range->from),
               gjc_arg_none());
    }
}

static bool is_in_tables(const gjc_pending *range)
{
    return range->from >= GJR_CALENDAR_DAY_FIRST && range->to <= GJR_CALENDAR_DAY_LAST;
}

static void pending_say(gjc_item *item, gjr_day_class class)
{
    for (size_t i = 0; i < item->pending_count; i++) {
        const gjc_pending *range = &item->pending[i];
        if (!is_in_tables(range)) {
            report(item, GJC_E0808, range->span, gjc_diag_day(item->facts->diags, range->from),
                   gjc_arg_none());
            continue;
        }
        if (class == GJR_DAY_ON) {
            needless_check(item, range);
        }
        range_say(item, range, class);
    }
    item->pending_count = 0;
}

/* 为法定节假日: said once more of days that are off. */
static void pending_honour(gjc_item *item)
{
    int32_t off = item->off;
    pending_say(item, GJR_DAY_HOLIDAY);
    item->off = off;
}

static void count_check(gjc_item *item, size_t begin)
{
    int32_t count;
    gjc_scan look = item->scan;
    if (!gjc_scan_count(&look, &count)) {
        return;
    }
    gjc_scan_blanks(&look);
    if (!gjc_scan_word(&look, "天")) {
        return;
    }
    item->scan = look;
    if (item->off > 0 && count != item->off) {
        report(item, GJC_E0818, gjc_scan_span(&item->scan, begin),
               gjc_diag_number(item->facts->diags, item->off),
               gjc_diag_number(item->facts->diags, count));
    }
}

/* 延长春节假期至2月2日: from the day after the last that is off. */
static void extension_read(gjc_item *item)
{
    gjc_written_day written;
    gj_day to, last = gjc_facts_last_off(item->facts, item->source->year, item->name);
    if (!second_read(item, &to, &written)) {
        return;
    }
    bracket_check(item, to, written.span);
    if (last == GJ_NO_DAY || last >= to) {
        report(item, GJC_E0822, written.span, gjc_arg_text(item->name),
               gjc_diag_number(item->facts->diags, item->source->year));
        return;
    }
    pending_add(item, last + 1, to, written.span);
    pending_say(item, GJR_DAY_OFF);
}

/* ---- the words ---- */

static void sentence_end(gjc_item *item)
{
    bool heeded = !item->is_moved && !item->is_prose;
    for (size_t i = 0; heeded && i < item->pending_count; i++) {
        gjc_span span = item->pending[i].span;
        report(item, GJC_E0824, span, span_words(item, span), gjc_arg_none());
    }
    item->pending_count = 0;
    item->rest_count = 0;
    item->is_moved = false;
    item->off = 0;
}

static bool is_off_word(gjc_item *item)
{
    static const char *const words[] = {"放假调休", "调休放假", "放假", "补休", "调休"};
    size_t begin = item->scan.at;
    if (gjc_scan_any(&item->scan, words, 5) == SIZE_MAX) {
        return false;
    }
    pending_say(item, GJR_DAY_OFF);
    count_check(item, begin);
    return true;
}

/* The days before it are days of rest: 照常公休, or 公休日 that are moved. */
static bool is_rest_word(gjc_item *item)
{
    static const char *const words[] = {"照常公休", "公休"};
    if (gjc_scan_any(&item->scan, words, 2) == SIZE_MAX) {
        return false;
    }
    for (item->rest_count = 0; item->rest_count < item->pending_count; item->rest_count++) {
        item->rest[item->rest_count] = item->pending[item->rest_count];
    }
    item->pending_count = 0;
    return true;
}

static bool is_off(const gjc_item *item, gj_day day)
{
    const gjc_facts *facts = item->facts;
    bool known = !facts->out_of_memory && day >= GJR_CALENDAR_DAY_FIRST &&
                 day <= GJR_CALENDAR_DAY_LAST && facts->by_day[day] != NULL;
    return known && facts->by_day[day]->class != GJR_DAY_ON;
}

/* What was a day of rest is worked, unless it is a holiday: its rest alone is moved then. */
static bool is_moving_word(gjc_item *item)
{
    static const char *const words[] = {"调至", "调到"};
    if (gjc_scan_any(&item->scan, words, 2) == SIZE_MAX) {
        return false;
    }
    item->pending_count = 0;
    for (size_t i = 0; i < item->rest_count; i++) {
        if (!is_off(item, item->rest[i].from)) {
            item->pending[item->pending_count++] = item->rest[i];
        }
    }
    pending_say(item, GJR_DAY_ON);
    item->rest_count = 0;
    item->is_moved = true;
    return true;
}

static bool is_let_go_word(gjc_item *item)
{
    static const char *const words[] = {"起正常上班", "起上班", "不放假", "休息"};
    if (gjc_scan_any(&item->scan, words, 4) == SIZE_MAX) {
        return is_rest_word(item) || is_moving_word(item);
    }
    item->pending_count = 0;
    return true;
}

static bool is_other_word(gjc_item *item)
{
    static const char *const statutory[] = {"法定节假日", "法定假日", "法定节日"};
    size_t begin = item->scan.at;
    if (gjc_scan_word(&item->scan, "上班")) {
        pending_say(item, GJR_DAY_ON);
    } else if (gjc_scan_any(&item->scan, statutory, 3) != SIZE_MAX) {
        pending_honour(item);
    } else if (gjc_scan_word(&item->scan, "共")) {
        count_check(item, begin);
    } else if (gjc_scan_word(&item->scan, "延长")) {
        item->extends = true;
    } else {
        return false;
    }
    return true;
}

static bool is_mark(gjc_item *item)
{
    static const char *const ends[] = {"。", "；", ";"};
    static const char *const commas[] = {"，", ","};
    if (gjc_scan_any(&item->scan, ends, 3) != SIZE_MAX) {
        sentence_end(item);
        return true;
    }
    if (gjc_scan_any(&item->scan, commas, 2) == SIZE_MAX) {
        return false;
    }
    item->pending_count = item->is_moved ? 0 : item->pending_count;
    item->rest_count = 0;
    item->is_moved = false;
    return true;
}

static bool is_at_bracket(gjc_item *item)
{
    size_t begin = item->scan.at;
    gjc_scan_bracket(&item->scan);
    return item->scan.at != begin;
}

void gjc_item_read(gjc_item *item)
{
    while (item->scan.at < item->scan.end) {
        if (is_at_digit(&item->scan)) {
            days_read(item);
        } else if (item->extends && item->pending_count == 0 && gjc_scan_word(&item->scan, "至")) {
            extension_read(item);
        } else if (!is_off_word(item) && !is_let_go_word(item) && !is_other_word(item) &&
                   !is_mark(item) && !is_at_bracket(item)) {
            gjc_scan_step(&item->scan);
        }
    }
    sentence_end(item);
}
