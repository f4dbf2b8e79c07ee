/* SPDX-License-Identifier: Apache-2.0
 *
 * See scan.h. */
#include "notice/scan.h"
#include "base/text.h"

#include <string.h>

enum { BRACKET_SIZE_MAX = 200 };

bool gjc_scan_sees(const gjc_scan *scan, const char *word)
{
    size_t size = strlen(word);
    return size <= scan->end - scan->at && memcmp(scan->text.bytes + scan->at, word, size) == 0;
}

bool gjc_scan_word(gjc_scan *scan, const char *word)
{
    bool sees = gjc_scan_sees(scan, word);
    scan->at += sees ? strlen(word) : 0;
    return sees;
}

size_t gjc_scan_any(gjc_scan *scan, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (gjc_scan_word(scan, words[i])) {
            return i;
        }
    }
    return SIZE_MAX;
}

void gjc_scan_step(gjc_scan *scan)
{
    size_t size = scan->at < scan->end ? gjb_text_character_size(scan->text, scan->at) : 0;
    scan->at += size > 0 && size <= scan->end - scan->at ? size : scan->end > scan->at ? 1 : 0;
}

void gjc_scan_blanks(gjc_scan *scan)
{
    static const char *const blanks[] = {" ", "\n", "\t", "\r", "\u3000", "\u00a0"};
    while (gjc_scan_any(scan, blanks, sizeof blanks / sizeof *blanks) != SIZE_MAX) {
    }
}

/* 0–9 in either width; SIZE_MAX where no digit stands here. */
static size_t digit_take(gjc_scan *scan)
{
    static const char *const narrow[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    static const char *const wide[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
    size_t digit = gjc_scan_any(scan, narrow, 10);
    return digit != SIZE_MAX ? digit : gjc_scan_any(scan, wide, 10);
}

bool gjc_scan_number(gjc_scan *scan, int32_t *number)
{
    size_t begin = scan->at, digits = 0;
    *number = 0;
    for (size_t digit; (digit = digit_take(scan)) != SIZE_MAX; digits++) {
        if (digits == 4) {
            scan->at = begin;
            return false;
        }
        *number = *number * 10 + (int32_t)digit;
    }
    return digits > 0;
}

bool gjc_scan_count(gjc_scan *scan, int32_t *number)
{
    static const char *const words[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    gjc_scan_blanks(scan);
    if (gjc_scan_number(scan, number)) {
        return true;
    }
    size_t word = gjc_scan_any(scan, words, 10);
    *number = (int32_t)word + 1;
    return word != SIZE_MAX;
}

bool gjc_scan_through(gjc_scan *scan)
{
    static const char *const marks[] = {"至", "到", "-", "—", "–", "―", "－", "～", "~", "─"};
    enum { COUNT = sizeof marks / sizeof *marks };
    gjc_scan look = *scan;
    gjc_scan_blanks(&look);
    if (gjc_scan_any(&look, marks, COUNT) == SIZE_MAX) {
        return false;
    }
    while (gjc_scan_any(&look, marks + 2, COUNT - 2) != SIZE_MAX) {
    }
    gjc_scan_blanks(&look);
    *scan = look;
    return true;
}

size_t gjc_scan_find(const gjc_scan *scan, const char *word)
{
    gjc_scan look = *scan;
    for (; look.at < look.end; look.at++) {
        if (gjc_scan_sees(&look, word)) {
            return look.at;
        }
    }
    return SIZE_MAX;
}

gjc_span gjc_scan_span(const gjc_scan *scan, size_t begin)
{
    return (gjc_span){scan->source, (uint32_t)begin, (uint32_t)scan->at};
}

/* ---- dates ---- */

static bool unit_take(gjc_scan *scan, const char *unit, const char *other)
{
    gjc_scan look = *scan;
    gjc_scan_blanks(&look);
    bool taken = gjc_scan_word(&look, unit) || (other != NULL && gjc_scan_word(&look, other));
    if (taken) {
        *scan = look;
    }
    return taken;
}

/* The day's number and its 日, which "1-3日" leaves out before a dash. */
static gjc_scan_result day_take(gjc_scan *scan, gjc_written_day *day)
{
    gjc_scan_blanks(scan);
    if (!gjc_scan_number(scan, &day->day)) {
        return GJC_SCAN_NONE;
    }
    gjc_scan look = *scan;
    int32_t next;
    if (unit_take(scan, "日", "号") || (gjc_scan_through(&look) && gjc_scan_number(&look, &next))) {
        return GJC_SCAN_DAY;
    }
    return GJC_SCAN_BROKEN;
}

static gjc_scan_result month_take(gjc_scan *scan, gjc_written_day *day)
{
    gjc_scan_blanks(scan);
    if (!gjc_scan_number(scan, &day->month)) {
        return GJC_SCAN_NONE; /* "2024年元旦" */
    }
    return unit_take(scan, "月", NULL) ? day_take(scan, day) : GJC_SCAN_BROKEN;
}

gjc_scan_result gjc_scan_day(gjc_scan *scan, int32_t month_before, gjc_written_day *day)
{
    size_t begin = scan->at;
    int32_t number;
    gjc_scan_result result = GJC_SCAN_NONE;
    *day = (gjc_written_day){0};
    if (!gjc_scan_number(scan, &number)) {
        while (digit_take(scan) != SIZE_MAX) {
        }
        return GJC_SCAN_NONE;
    }
    gjc_scan look = *scan;
    int32_t next;
    if (unit_take(scan, "年", NULL)) {
        day->year = number;
        result = month_take(scan, day);
    } else if (unit_take(scan, "月", NULL)) {
        day->month = number;
        result = day_take(scan, day);
    } else if (month_before > 0 && (unit_take(scan, "日", "号") ||
                                    (gjc_scan_through(&look) && gjc_scan_number(&look, &next) &&
                                     unit_take(&look, "日", "号")))) {
        *day = (gjc_written_day){.month = month_before, .day = number};
        result = GJC_SCAN_DAY;
    }
    day->span = gjc_scan_span(scan, begin);
    return result;
}

/* ---- brackets ---- */

static size_t weekday_take(gjc_scan *scan)
{
    static const char *const weeks[] = {"星期", "礼拜", "周"};
    static const char *const days[] = {"一", "二", "三", "四", "五", "六", "日", "天"};
    if (gjc_scan_any(scan, weeks, 3) == SIZE_MAX) {
        return SIZE_MAX;
    }
    size_t day = gjc_scan_any(scan, days, 8);
    return day == 7 ? GJR_SUNDAY : day;
}

size_t gjc_scan_bracket(gjc_scan *scan)
{
    static const char *const opening[] = {"（", "(", "〔", "[", "【"};
    static const char *const closing[] = {"）", ")", "〕", "]", "】"};
    gjc_scan look = *scan;
    size_t weekday = SIZE_MAX;
    gjc_scan_blanks(&look);
    if (gjc_scan_any(&look, opening, 5) == SIZE_MAX) {
        return SIZE_MAX;
    }
    size_t begin = look.at;
    while (look.at < look.end && look.at - begin < BRACKET_SIZE_MAX) {
        if (gjc_scan_any(&look, closing, 5) != SIZE_MAX) {
            *scan = look;
            return weekday;
        }
        size_t found = weekday_take(&look);
        weekday = found != SIZE_MAX ? found : weekday;
        if (found == SIZE_MAX) {
            gjc_scan_step(&look);
        }
    }
    scan->at = begin; /* never closed: what follows is read as it stands */
    return SIZE_MAX;
}
