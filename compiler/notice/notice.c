/* SPDX-License-Identifier: Apache-2.0
 *
 * See notice.h. */
#include "notice/notice.h"
#include "base/text.h"
#include "notice/festivals.h"
#include "notice/item.h"

#include <string.h>

enum { ITEM_NAME_SIZE_MAX = 120 };

static gjc_scan scan_of(const gjc_sources *sources, uint32_t index, size_t begin, size_t end)
{
    return (gjc_scan){gjc_sources_get(sources, index)->text, index, begin, end};
}

static size_t text_size(const gjc_sources *sources, uint32_t index)
{
    return gjc_sources_get(sources, index)->text.size;
}

/* ---- the title ---- */

/* The year in words like "2024年部分节假日": four digits and 年, without a month behind. */
static bool year_take(gjc_scan *scan, int32_t *year)
{
    gjc_scan look = *scan;
    int32_t month;
    size_t begin = look.at;
    if (!gjc_scan_number(&look, year)) {
        gjc_scan_step(scan);
        return false;
    }
    bool whole = look.at - begin >= 4 && gjc_scan_word(&look, "年");
    *scan = look;
    gjc_scan_blanks(&look);
    bool dated = gjc_scan_number(&look, &month);
    return whole && !dated && *year >= GJR_CALENDAR_YEAR_FIRST && *year <= GJR_CALENDAR_YEAR_LAST;
}

static bool year_find(gjc_scan scan, int32_t *year)
{
    while (scan.at < scan.end) {
        if (year_take(&scan, year)) {
            return true;
        }
    }
    return false;
}

/* From 关于 through the 通知 behind it; nothing where there is none. */
static gjc_span title_find(const gjc_sources *sources, uint32_t index)
{
    gjc_scan scan = scan_of(sources, index, 0, text_size(sources, index));
    size_t begin = gjc_scan_find(&scan, "关于");
    if (begin == SIZE_MAX) {
        return (gjc_span){index, 0, 0};
    }
    scan.at = begin;
    scan.end = scan.end - begin > 400 ? begin + 400 : scan.end;
    size_t end = gjc_scan_find(&scan, "通知");
    size_t size = strlen("通知");
    return (gjc_span){index, (uint32_t)begin,
                      end == SIZE_MAX ? (uint32_t)begin : (uint32_t)(end + size)};
}

static bool span_has(const gjc_sources *sources, gjc_span span, const char *word)
{
    gjc_scan scan = scan_of(sources, span.source, span.begin, span.end);
    return gjc_scan_find(&scan, word) != SIZE_MAX;
}

static gjc_notice_kind kind_find(const gjc_sources *sources, gjc_span title)
{
    if (span_has(sources, title, "调整") || span_has(sources, title, "延长")) {
        return GJC_NOTICE_AMENDS;
    }
    bool partial = title.end > title.begin && !span_has(sources, title, "部分节假日");
    return partial ? GJC_NOTICE_PARTIAL : GJC_NOTICE_COMPLETE;
}

bool gjc_notice_head_read(const gjc_sources *sources, uint32_t index, int32_t year,
                          gjc_diag_list *diags, gjc_notice_source *source)
{
    gjc_span title = title_find(sources, index);
    size_t size = text_size(sources, index);
    bool found = year_find(scan_of(sources, index, title.begin, title.end), &source->year) ||
                 year_find(scan_of(sources, index, title.end, size), &source->year);
    source->index = index;
    source->title = title;
    source->kind = kind_find(sources, title);
    if (!found) {
        source->year = year;
    }
    if (source->year == 0) {
        gjc_diag_add(diags, GJC_E0814, title, gjc_arg_none(), gjc_arg_none());
    }
    return source->year != 0;
}

/* ---- items ---- */

/* What is arranged, where the items do not say: the festival of the title, or what stands between
 * 关于 and 放假. */
static gj_text title_name(const gjc_sources *sources, gjc_span title)
{
    static const char *const ends[] = {"调休放假", "放假", "假期", "安排", "的通知", "调休"};
    gj_text text = gjc_sources_text(sources, title);
    size_t at;
    const char *festival = gjc_festival_named(text, &at);
    if (festival != NULL) {
        return gjb_text_of(festival);
    }
    gjc_scan scan = scan_of(sources, title.source, title.begin, title.end);
    gjc_scan_word(&scan, "关于");
    size_t begin = scan.at, end = SIZE_MAX;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t found = gjc_scan_find(&scan, ends[i]);
        end = found < end ? found : end;
    }
    bool found = end != SIZE_MAX && end > begin;
    return found ? gjc_facts_name(gjb_text_slice(scan.text, begin, end)) : (gj_text){0};
}

static bool is_line_begin(const gjc_scan *scan)
{
    static const char *const before[] = {"\n", " ", "\t", "\u3000", "。", "；", ";"};
    bool begins = scan->at == 0;
    for (size_t i = 0; !begins && i < sizeof before / sizeof *before; i++) {
        size_t size = strlen(before[i]);
        begins =
            scan->at >= size && memcmp(scan->text.bytes + scan->at - size, before[i], size) == 0;
    }
    return begins;
}

/* "二、", "（二）", "2."; or the dash that stands for one. Taken. */
static bool marker_take(gjc_scan *scan)
{
    static const char *const numerals[] = {"一", "二", "三", "四", "五",
                                           "六", "七", "八", "九", "十"};
    static const char *const behind[] = {"、", "．", "）", ")"};
    gjc_scan look = *scan;
    if (gjc_scan_word(&look, "——")) {
        *scan = look;
        return true;
    }
    if (!gjc_scan_word(&look, "（")) {
        gjc_scan_word(&look, "(");
    }
    size_t count = 0;
    while (gjc_scan_any(&look, numerals, 10) != SIZE_MAX) {
        count++;
    }
    if (count == 0 || gjc_scan_any(&look, behind, 4) == SIZE_MAX) {
        return false;
    }
    *scan = look;
    return true;
}

/* The next marker from here on, not taken; the end where there is none. */
static size_t marker_find(const gjc_scan *from)
{
    gjc_scan scan = *from;
    while (scan.at < scan.end) {
        size_t begin = scan.at;
        if (is_line_begin(&scan) && marker_take(&scan)) {
            return begin;
        }
        scan.at = begin;
        gjc_scan_step(&scan);
    }
    return scan.end;
}

/* Where an item ends before the next begins: at an empty line, or at the closing sentences. */
static size_t item_end(const gjc_scan *item)
{
    static const char *const closing[] = {"\n\n", "节假日期间", "国务院办公厅", "鼓励单位"};
    size_t end = item->end;
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++) {
        size_t found = gjc_scan_find(item, closing[i]);
        end = found < end ? found : end;
    }
    return end;
}

/* "春节：": taken, without quotes around it; absent where the item begins otherwise. */
static gj_text name_take(gjc_scan *scan)
{
    static const char *const quotes[] = {"“", "”", "\"", "「", "」"};
    gjc_scan look = *scan;
    gjc_scan_blanks(&look);
    gjc_scan_any(&look, quotes, 5);
    size_t begin = look.at, end = begin;
    while (look.at < look.end && look.at - begin < ITEM_NAME_SIZE_MAX) {
        end = look.at;
        gjc_scan_any(&look, quotes, 5);
        if (gjc_scan_word(&look, "：") || gjc_scan_word(&look, ":")) {
            *scan = look;
            return end > begin ? gjb_text_slice(scan->text, begin, end) : (gj_text){0};
        }
        if (gjc_scan_sees(&look, "，") || gjc_scan_sees(&look, "。") ||
            gjc_scan_sees(&look, "\n")) {
            break;
        }
        gjc_scan_step(&look);
    }
    return (gj_text){0};
}

/* 五一 is 劳动节; a name that is a festival's own stays, and so does that of several. */
static gj_text name_settle(gj_text name)
{
    static const char *const short_names[] = {"五一", "十一", "新年"};
    size_t at;
    for (size_t i = 0; i < 3; i++) {
        if (gjb_text_equal_string(name, short_names[i])) {
            return gjb_text_of(gjc_festival_named(name, &at));
        }
    }
    return gjc_facts_name(name);
}

static size_t item_read(gjc_facts *facts, const gjc_notice_source *source, gjc_scan scan,
                        gj_text name, bool is_prose)
{
    gjc_item item = {
        .facts = facts,
        .source = source,
        .scan = scan,
        .name = name,
        .is_prose = is_prose,
        .anchor = GJ_NO_DAY,
    };
    gjc_item_read(&item);
    return item.said;
}

static size_t items_read(gjc_facts *facts, const gjc_notice_source *source, gj_text title)
{
    gjc_scan scan = scan_of(facts->sources, source->index, source->title.end,
                            text_size(facts->sources, source->index));
    size_t said = 0, begin = marker_find(&scan);
    while (begin < scan.end) {
        scan.at = begin;
        marker_take(&scan);
        gjc_scan item = scan;
        item.end = marker_find(&scan);
        begin = item.end;
        gj_text name = name_settle(name_take(&item));
        item.end = item_end(&item);
        said += item_read(facts, source, item, gjb_text_is_present(name) ? name : title, false);
    }
    return said;
}

void gjc_notice_read(gjc_facts *facts, const gjc_notice_source *source)
{
    gj_text title = title_name(facts->sources, source->title);
    size_t errors_before = facts->diags->error_count;
    if (source->kind == GJC_NOTICE_AMENDS && span_has(facts->sources, source->title, "调整")) {
        gjc_facts_withdraw(facts, source->year, title);
    }
    size_t said = items_read(facts, source, title);
    if (said == 0 && facts->diags->error_count == errors_before) {
        gjc_scan all = scan_of(facts->sources, source->index, source->title.end,
                               text_size(facts->sources, source->index));
        said = item_read(facts, source, all, title, true);
    }
    gjc_facts_settle(facts, source);
    if (said == 0 && facts->diags->error_count == errors_before) {
        gjc_diag_add(facts->diags, GJC_E0815, source->title, gjc_arg_none(), gjc_arg_none());
    }
}
