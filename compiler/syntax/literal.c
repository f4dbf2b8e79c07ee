/* SPDX-License-Identifier: Apache-2.0
 *
 * See literal.h. */
#include "syntax/literal.h"
#include "base/text.h"
#include "syntax/ast.h"
#include "time/civil.h"

#include <string.h>

enum { FRACTION_DIGITS = 4 };

static bool starts_with(gj_text text, size_t at, const char *word)
{
    size_t size = strlen(word);
    return text.size - at >= size && memcmp(text.bytes + at, word, size) == 0;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool multiply_add(int64_t *value, int64_t by, int64_t plus)
{
    return !__builtin_mul_overflow(*value, by, value) &&
           !__builtin_add_overflow(*value, plus, value);
}

/* 万 and 亿 at the end, as a power of ten. */
static size_t suffix_exponent(gj_text text)
{
    if (text.size >= 6 && starts_with(text, text.size - 6, "万亿")) {
        return 12;
    }
    if (text.size >= 3 && starts_with(text, text.size - 3, "万")) {
        return 4;
    }
    return text.size >= 3 && starts_with(text, text.size - 3, "亿") ? 8 : 0;
}

/* Digits with at most one point, the value taken times 10^exponent. */
static gjc_literal_result decimal_read(gj_text text, size_t exponent, int64_t *value)
{
    size_t left = exponent; /* powers of ten still to come */
    bool fraction = false;
    *value = 0;
    for (size_t at = 0; at < text.size; at++) {
        char byte = text.bytes[at];
        if (byte == '.') {
            fraction = true;
        } else if (is_digit(byte)) {
            if (fraction && left == 0) {
                if (byte != '0') {
                    return GJC_LITERAL_TOO_FINE;
                }
                continue;
            }
            left -= fraction;
            if (!multiply_add(value, 10, byte - '0')) {
                return GJC_LITERAL_TOO_LARGE;
            }
        } else if (byte != '_') {
            return GJC_LITERAL_OK; /* the suffix */
        }
    }
    return GJC_LITERAL_OK;
}

static size_t fraction_digits(gj_text text, size_t limit)
{
    const char *point = memchr(text.bytes, '.', text.size);
    size_t count = 0;
    for (const char *at = point; at != NULL && at + 1 < text.bytes + text.size; at++) {
        if (!is_digit(at[1])) {
            break;
        }
        count++;
    }
    return count < limit ? count : limit;
}

static gjc_literal_result scaled_read(gj_text text, size_t exponent, int64_t *value)
{
    gjc_literal_result result = decimal_read(text, exponent, value);
    size_t rest = exponent - fraction_digits(text, exponent);
    for (; result == GJC_LITERAL_OK && rest > 0; rest--) {
        if (!multiply_add(value, 10, 0)) {
            result = GJC_LITERAL_TOO_LARGE;
        }
    }
    return result;
}

gjc_literal_result gjc_literal_number(gj_text text, int64_t *value)
{
    return scaled_read(text, FRACTION_DIGITS + suffix_exponent(text), value);
}

gjc_literal_result gjc_literal_percent(gj_text text, int64_t *value)
{
    size_t sign = text.bytes[text.size - 1] == '%' ? 1 : strlen("％");
    gj_text number = gjb_text_slice(text, 0, text.size - sign);
    return scaled_read(number, FRACTION_DIGITS - 2 + suffix_exponent(number), value);
}

/* ---- Chinese numerals ---- */

typedef struct numeral {
    uint32_t character;
    int64_t value; /* from 10 on it multiplies what stands before it */
} numeral;

static const numeral numerals[] = {
    {0x96F6, 0},          /* 零 */ {0x3007, 0},         /* 〇 */ {0x4E00, 1},
    /* 一 */ {0x4E8C, 2}, /* 二 */
    {0x4E24, 2},          /* 两 */ {0x4E09, 3},         /* 三 */ {0x56DB, 4},
    /* 四 */ {0x4E94, 5}, /* 五 */
    {0x516D, 6},          /* 六 */ {0x4E03, 7},         /* 七 */ {0x516B, 8},
    /* 八 */ {0x4E5D, 9},                                                        /* 九 */
    {0x5341, 10},         /* 十 */ {0x767E, 100},       /* 百 */ {0x5343, 1000}, /* 千 */
    {0x4E07, 10000},      /* 万 */ {0x4EBF, 100000000},                          /* 亿 */
};

enum { NUMERAL_SIZE = 3 }; /* bytes of each */

static const numeral *numeral_at(gj_text text, size_t at)
{
    if ((text.bytes[at] & 0x80) == 0) {
        return NULL;
    }
    uint32_t character = gjb_text_character(text, at);
    for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++) {
        if (numerals[i].character == character) {
            return &numerals[i];
        }
    }
    return NULL;
}

size_t gjc_literal_numeral_size(gj_text text)
{
    size_t at = 0;
    const numeral *found;
    while (at < text.size && (found = numeral_at(text, at)) != NULL) {
        if (at == 0 && found->value >= 10000) {
            break;
        }
        at += NUMERAL_SIZE;
    }
    return at;
}

/* total holds what 万 and 亿 have closed, section what 十 百 千 have, digit what stands open. */
gjc_literal_result gjc_literal_numeral(gj_text text, int64_t *number)
{
    int64_t total = 0, section = 0, digit = 0;
    bool open = false, plain = true; /* plain: 二〇二四, digit by digit */
    for (size_t at = 0; at < text.size;) {
        const numeral *found = numeral_at(text, at);
        if (found == NULL) {
            return GJC_LITERAL_WRONG;
        }
        at += NUMERAL_SIZE;
        bool fits = true;
        if (found->value < 10) {
            fits = !open || !plain || multiply_add(&digit, 10, found->value);
            digit = open && plain ? digit : found->value;
            open = true;
            if (!fits) {
                return GJC_LITERAL_TOO_LARGE;
            }
            continue;
        }
        plain = false;
        if (found->value < 10000) {
            int64_t many = open ? digit : 1;
            fits = multiply_add(&many, found->value, section);
            section = many;
        } else {
            int64_t many = section + (open ? digit : 0) + (found->value > 10000 ? total : 0);
            int64_t kept = found->value > 10000 ? 0 : total;
            fits = multiply_add(&many, found->value, kept);
            total = many;
            section = 0;
        }
        open = false;
        digit = 0;
        if (!fits || total > INT64_MAX / 2 || section > INT64_MAX / 2) {
            return GJC_LITERAL_TOO_LARGE;
        }
    }
    *number = total + section + digit;
    return GJC_LITERAL_OK;
}

/* ---- dates and times ---- */

enum { YEAR_MIN = 1000, YEAR_MAX = 9999 }; /* of one written out: 三年两月一日 is no date */

/* Digits from *at on, past what is no digit. */
static int64_t digits_next(gj_text text, size_t *at)
{
    int64_t value = 0;
    while (*at < text.size && !is_digit(text.bytes[*at])) {
        (*at)++;
    }
    for (; *at < text.size && is_digit(text.bytes[*at]); (*at)++) {
        if (value < 1000000) {
            value = value * 10 + (text.bytes[*at] - '0');
        }
    }
    return value;
}

/* The number at *at, in digits or as a numeral, and past it; 0 where none stands there. */
static int64_t part_read(gj_text text, size_t *at)
{
    gj_text rest = gjb_text_slice(text, *at, text.size);
    size_t size = gjc_literal_numeral_size(rest);
    int64_t number = 0;
    if (size == 0) {
        return rest.size > 0 && is_digit(rest.bytes[0]) ? digits_next(text, at) : 0;
    }
    *at += size;
    bool fits = gjc_literal_numeral(gjb_text_slice(rest, 0, size), &number) == GJC_LITERAL_OK;
    return fits && number <= YEAR_MAX ? number : 0;
}

size_t gjc_literal_date_size(gj_text text)
{
    static const char *const marks[] = {"年", "月", "日"};
    size_t at = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        int64_t number = part_read(text, &at);
        if (number < (i == 0 ? YEAR_MIN : 1) || !starts_with(text, at, marks[i])) {
            return 0;
        }
        at += strlen(marks[i]);
    }
    return at;
}

/* Past what is between the parts of a date: a hyphen, 年, 月. */
static int64_t part_next(gj_text text, size_t *at)
{
    int64_t number = part_read(text, at);
    *at += *at < text.size ? gjb_text_character_size(text, *at) : 0;
    return number;
}

gjc_literal_result gjc_literal_date(gj_text text, int64_t *day)
{
    size_t at = 0;
    gjr_civil civil;
    civil.year = (int32_t)part_next(text, &at);
    civil.month = (int32_t)part_next(text, &at);
    civil.day = (int32_t)part_next(text, &at);
    if (!gjr_civil_is_valid(civil)) {
        return GJC_LITERAL_WRONG;
    }
    *day = gjr_civil_day(civil);
    return GJC_LITERAL_OK;
}

gjc_literal_result gjc_literal_time(gj_text text, int64_t *seconds)
{
    size_t at = 0;
    int64_t hour = digits_next(text, &at);
    int64_t minute = digits_next(text, &at);
    int64_t second = digits_next(text, &at);
    *seconds = hour * 3600 + minute * 60 + second;
    bool valid = minute < 60 && second < 60 && *seconds <= 86400;
    return valid ? GJC_LITERAL_OK : GJC_LITERAL_WRONG;
}

/* The milliseconds of a fraction that begins at the point, if one does; *at moves past it. */
static int64_t fraction_read(gj_text text, size_t *at)
{
    int64_t ms = 0, weight = 100;
    if (*at < text.size && text.bytes[*at] == '.') {
        for ((*at)++; *at < text.size && is_digit(text.bytes[*at]); (*at)++) {
            ms += weight * (text.bytes[*at] - '0');
            weight /= 10;
        }
    }
    return ms;
}

gjc_literal_result gjc_literal_moment(gj_text text, int64_t *wall_ms, int64_t *offset_s)
{
    const char *clock = memchr(text.bytes, 'T', text.size);
    size_t split = (size_t)(clock - text.bytes);
    size_t end = split + 1;
    while (end < text.size && text.bytes[end] != '.' && text.bytes[end] != 'Z' &&
           text.bytes[end] != '+' && text.bytes[end] != '-') {
        end++;
    }
    int64_t day, seconds;
    if (gjc_literal_date(gjb_text_slice(text, 0, split), &day) != GJC_LITERAL_OK ||
        gjc_literal_time(gjb_text_slice(text, split + 1, end), &seconds) != GJC_LITERAL_OK) {
        return GJC_LITERAL_WRONG;
    }
    *wall_ms = day * GJR_MS_PER_DAY + seconds * GJR_MS_PER_SECOND + fraction_read(text, &end);
    *offset_s = end == text.size ? GJC_NO_OFFSET : 0;
    if (end < text.size && text.bytes[end] != 'Z') {
        int64_t sign = text.bytes[end] == '-' ? -1 : 1;
        gj_text zone = gjb_text_slice(text, end + 1, text.size);
        int64_t hours = (zone.bytes[0] - '0') * 10 + (zone.bytes[1] - '0');
        int64_t minutes =
            (zone.bytes[zone.size - 2] - '0') * 10 + (zone.bytes[zone.size - 1] - '0');
        *offset_s = sign * (hours * 3600 + minutes * 60);
        return hours <= 14 && minutes < 60 ? GJC_LITERAL_OK : GJC_LITERAL_WRONG;
    }
    return GJC_LITERAL_OK;
}

/* ---- articles ---- */

/* 第四十二条之一第二款第（三）项: a numeral after 第 is a level, one after 之 an inserted article.
 */
gj_text gjc_literal_article(gjb_arena *arena, gj_text text)
{
    if (text.size > 0 && is_digit(text.bytes[0])) {
        return gjb_arena_text(arena, text);
    }
    gjb_buffer out;
    gjb_buffer_init(&out, arena->allocator);
    bool inserted = false;
    for (size_t at = 0; at < text.size;) {
        gj_text rest = gjb_text_slice(text, at, text.size);
        size_t size = gjc_literal_numeral_size(rest);
        size_t begin = at;
        int64_t number = 0;
        if (size > 0) {
            gjc_literal_numeral(gjb_text_slice(rest, 0, size), &number);
            at += size;
        } else if (is_digit(text.bytes[at])) {
            number = digits_next(text, &at);
        } else {
            inserted = inserted || starts_with(text, at, "之");
            at += gjb_text_character_size(text, at);
            continue;
        }
        if (begin > 0 && out.size > 0) {
            gjb_buffer_add_byte(&out, inserted ? '-' : '.');
        }
        inserted = false;
        gjb_buffer_add_int(&out, number);
    }
    gj_text made = out.failed ? (gj_text){0} : gjb_arena_text(arena, gjb_buffer_text(&out));
    gjb_buffer_deinit(&out);
    return made;
}
