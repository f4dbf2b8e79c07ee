/* SPDX-License-Identifier: Apache-2.0
 *
 * See words.h; here what has a value: numbers, money, days, times, durations. Digits stay as they
 * were written, 万 and 亿 among them; Chinese numerals become digits. A counter (两人, 3件) is the
 * writer's own word and stays with its number in either language. */
#include "format/words.h"

#include "base/text.h"
#include "syntax/literal.h"
#include "syntax/make.h"
#include "time/civil.h"

#include "guiju.tab.h"
#include <string.h>

/* ---- numbers ---- */

static gj_text formatted(gjc_line *line, const gjb_buffer *buffer)
{
    gj_text kept = gjb_arena_text(line->sheet->arena, gjb_buffer_text(buffer));
    if (buffer->failed || kept.bytes == NULL) {
        line->sheet->out_of_memory = true;
        return (gj_text){"", 0};
    }
    return kept;
}

/* Adds what has been put together in the buffer, and ends the buffer. */
static void buffer_add(gjc_line *line, gjb_buffer *buffer)
{
    gjc_line_add(line, formatted(line, buffer));
    gjb_buffer_deinit(buffer);
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Bytes of the digits at the text's beginning, with 万 and 亿. */
static size_t digits_size(gj_text text)
{
    static const char *const powers[] = {"万亿", "万", "亿"};
    size_t size = 0;
    while (size < text.size &&
           (is_digit(text.bytes[size]) || text.bytes[size] == '_' || text.bytes[size] == '.'))
        size++;
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
        size_t more = strlen(powers[i]);
        if (text.size - size >= more && memcmp(text.bytes + size, powers[i], more) == 0)
            return size + more;
    }
    return size;
}

/* The number as digits; *rest is what stands behind it: a counter, 元, or nothing. */
static void digits_print(const gjc_sheet *sheet, const gjc_node *node, gjb_buffer *out,
                         gj_text *rest)
{
    gj_text text = gjc_sheet_text(sheet, node->span);
    size_t size = text.size > 0 && is_digit(text.bytes[0]) ? digits_size(text) : 0;
    if (size > 0) {
        gjb_buffer_add_text(out, gjb_text_slice(text, 0, size));
    } else {
        size = gjc_literal_numeral_size(text);
        gjb_buffer_add_int(out, node->value / GJC_DECIMAL_SCALE);
    }
    *rest = gjb_text_slice(text, size, text.size);
}

void gjc_number(gjc_line *line, const gjc_node *number)
{
    gjb_buffer out;
    gj_text counter;
    gjb_buffer_init(&out, line->sheet->arena->allocator);
    digits_print(line->sheet, number, &out, &counter);
    gjb_buffer_add_text(&out, counter);
    buffer_add(line, &out);
}

void gjc_counted(gjc_line *line, const gjc_node *number, const char *zh)
{
    gjb_buffer out;
    gj_text counter;
    gjb_buffer_init(&out, line->sheet->arena->allocator);
    digits_print(line->sheet, number, &out, &counter);
    if (line->lang == GJ_ZH && zh != NULL)
        gjb_buffer_add_string(&out, zh);
    buffer_add(line, &out);
}

void gjc_whole(gjc_line *line, int64_t number)
{
    gjb_buffer out;
    gjb_buffer_init(&out, line->sheet->arena->allocator);
    gjb_buffer_add_int(&out, number);
    buffer_add(line, &out);
}

void gjc_times(gjc_line *line, int64_t number)
{
    gjc_whole(line, number);
    if (line->lang == GJ_ZH)
        gjc_line_glue(line);
    gjc_line_add_string(line, line->lang == GJ_ZH ? "次" : number == 1 ? "time" : "times");
}

void gjc_money(gjc_line *line, const gjc_node *money)
{
    gjb_buffer out;
    gj_text unit;
    gjb_buffer_init(&out, line->sheet->arena->allocator);
    digits_print(line->sheet, money, &out, &unit);
    gjb_buffer_add_string(&out, line->lang == GJ_ZH ? "元" : " CNY");
    buffer_add(line, &out);
}

/* 8000 is 80%. */
void gjc_percent(gjc_line *line, int64_t share)
{
    enum { HUNDREDTH = GJC_DECIMAL_SCALE / 100 };
    gjb_buffer out;
    gjb_buffer_init(&out, line->sheet->arena->allocator);
    gjb_buffer_add_int(&out, share / HUNDREDTH);
    if (share % HUNDREDTH != 0) {
        int fraction = (int)(share % HUNDREDTH);
        gjb_buffer_add_format(&out, fraction % 10 == 0 ? ".%d" : ".%02d",
                              fraction % 10 == 0 ? fraction / 10 : fraction);
    }
    gjb_buffer_add_byte(&out, '%');
    buffer_add(line, &out);
}

void gjc_percent_of(gjc_line *line, const gjc_node *percent)
{
    gj_text text = gjc_sheet_text(line->sheet, percent->span);
    if (!is_digit(text.bytes[0])) {
        gjc_percent(line, percent->value);
        return;
    }
    gjb_buffer out;
    gjb_buffer_init(&out, line->sheet->arena->allocator);
    gjb_buffer_add_text(&out, gjb_text_slice(text, 0, digits_size(text)));
    gjb_buffer_add_byte(&out, '%');
    buffer_add(line, &out);
}

/* ---- days and times ---- */

void gjc_date(gjc_line *line, int64_t day)
{
    gjr_civil civil = gjr_civil_of_day((gj_day)day);
    gjb_buffer out;
    gjb_buffer_init(&out, line->sheet->arena->allocator);
    gjb_buffer_add_format(&out, line->lang == GJ_ZH ? "%04d年%d月%d日" : "%04d-%02d-%02d",
                          (int)civil.year, (int)civil.month, (int)civil.day);
    buffer_add(line, &out);
}

void gjc_clock(gjc_line *line, int64_t seconds)
{
    gjb_buffer out;
    gjb_buffer_init(&out, line->sheet->arena->allocator);
    gjb_buffer_add_format(&out, "%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60));
    if (seconds % 60 != 0)
        gjb_buffer_add_format(&out, ":%02d", (int)(seconds % 60));
    buffer_add(line, &out);
}

/* One word as it was written, but for wide colons. */
static void instant_add(gjc_line *line, const gjc_node *moment)
{
    static const char colon[] = "：";
    gj_text text = gjc_sheet_text(line->sheet, moment->span);
    gjb_buffer out;
    gjb_buffer_init(&out, line->sheet->arena->allocator);
    for (size_t at = 0; at < text.size; at++) {
        bool wide = text.size - at >= sizeof colon - 1 &&
                    memcmp(text.bytes + at, colon, sizeof colon - 1) == 0;
        gjb_buffer_add_byte(&out, wide ? ':' : text.bytes[at]);
        at += wide ? sizeof colon - 2 : 0;
    }
    buffer_add(line, &out);
}

void gjc_moment(gjc_line *line, const gjc_node *moment)
{
    enum { DAY_MS = 86400000 };
    size_t first = gjc_sheet_first(line->sheet, moment);
    if (gjc_sheet_token(line->sheet, first)->kind != GJC_TOK_DATE) {
        instant_add(line, moment);
        return;
    }
    /* By its two words: 24:00 is the day's end, and not the next day's beginning. */
    gjc_date(line, gjc_sheet_token(line->sheet, first)->value);
    gjc_clock(line, gjc_sheet_token(line->sheet, first + 1)->value);
}

/* ---- durations ---- */

static bool is_numbered(const gjc_line *line, const gjc_node *duration)
{
    const gjc_node *amount = gjc_node_find_expr(duration);
    return amount != NULL && amount->kind == GJC_EXPR_NUMBER &&
           gjc_sheet_token(line->sheet, gjc_sheet_after(line->sheet, amount))->kind == GJC_TOK_UNIT;
}

static const char *unit_singular(gjc_unit unit)
{
    static const char *const names[] = {"workday", "day",  "hour",    "minute",
                                        "month",   "year", "workhour"};
    return names[unit];
}

void gjc_duration(gjc_line *line, const gjc_node *duration)
{
    const gjc_node *amount = gjc_node_find_expr(duration);
    gjc_unit unit = (gjc_unit)duration->value;
    if (amount == NULL)
        return;
    bool numbered = is_numbered(line, duration);
    gjc_expression(line, amount);
    if (numbered && line->lang == GJ_ZH)
        gjc_line_glue(line);
    if (line->lang == GJ_ZH)
        gjc_line_add_string(line, numbered && unit == GJC_WORKDAYS ? "个工作日"
                                                                   : gjc_unit_name(unit, GJ_ZH));
    else if (numbered && amount->value == GJC_DECIMAL_SCALE)
        gjc_line_add_string(line, unit_singular(unit));
    else
        gjc_line_add_string(line, gjc_unit_name(unit, GJ_EN));
}

void gjc_after_duration(gjc_line *line, const gjc_node *duration, const char *zh)
{
    if (is_numbered(line, duration))
        gjc_line_glue(line);
    gjc_line_add_string(line, zh);
}
