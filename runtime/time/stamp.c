/* SPDX-License-Identifier: Apache-2.0
 *
 * See stamp.h. Reading is a walk with a cursor: each part either takes its bytes or the whole stamp
 * is unreadable. */
#include "time/stamp.h"

#include <stdio.h>
#include <string.h>

enum { FRACTION_DIGITS_MAX = 9, OFFSET_HOURS_MAX = 18 };

typedef struct cursor {
    const char *at, *end;
} cursor;

static bool byte_take(cursor *from, char byte)
{
    if (from->at == from->end || *from->at != byte) {
        return false;
    }
    from->at++;
    return true;
}

static bool pair_take(cursor *from, int32_t max, int32_t *number)
{
    if (from->end - from->at < 2) {
        return false;
    }
    int tens = from->at[0] - '0', ones = from->at[1] - '0';
    if (tens < 0 || tens > 9 || ones < 0 || ones > 9) {
        return false;
    }
    from->at += 2;
    *number = tens * 10 + ones;
    return *number <= max;
}

/* Digits after the point, cut off after milliseconds. */
static bool fraction_take(cursor *from, int64_t *ms)
{
    int64_t weight = 100;
    const char *first = from->at;
    *ms = 0;
    while (from->at < from->end && *from->at >= '0' && *from->at <= '9') {
        *ms += (*from->at - '0') * weight;
        weight /= 10;
        from->at++;
    }
    return from->at > first && from->at - first <= FRACTION_DIGITS_MAX;
}

/* HH:MM[:SS[.fraction]], up to 24:00:00.000. */
static bool time_take(cursor *from, int64_t *ms_of_day)
{
    int32_t hour, minute, second = 0;
    int64_t ms = 0;
    if (!pair_take(from, 24, &hour) || !byte_take(from, ':') || !pair_take(from, 59, &minute)) {
        return false;
    }
    if (byte_take(from, ':')) {
        if (!pair_take(from, 59, &second)) {
            return false;
        }
        if ((byte_take(from, '.') || byte_take(from, ',')) && !fraction_take(from, &ms)) {
            return false;
        }
    }
    *ms_of_day = ((hour * INT64_C(60) + minute) * 60 + second) * GJR_MS_PER_SECOND + ms;
    return *ms_of_day <= GJR_MS_PER_DAY;
}

/* Z, +08:00 or +0800. */
static bool offset_take(cursor *from, int32_t *offset_s)
{
    *offset_s = 0;
    if (byte_take(from, 'Z') || byte_take(from, 'z')) {
        return true;
    }
    bool west = byte_take(from, '-');
    int32_t hours, minutes;
    if ((!west && !byte_take(from, '+')) || !pair_take(from, OFFSET_HOURS_MAX, &hours)) {
        return false;
    }
    byte_take(from, ':');
    if (!pair_take(from, 59, &minutes)) {
        return false;
    }
    *offset_s = (hours * 60 + minutes) * 60 * (west ? -1 : 1);
    return true;
}

static bool stamp_take(cursor *from, gj_stamp *stamp)
{
    gj_day day;
    if (from->end - from->at < 10 || !gjr_civil_parse((gj_text){from->at, 10}, &day)) {
        return false;
    }
    from->at += 10;
    stamp->wall_ms = day * GJR_MS_PER_DAY;
    if (from->at == from->end) {
        return true;
    }
    int64_t ms_of_day;
    if ((!byte_take(from, 'T') && !byte_take(from, 't') && !byte_take(from, ' ')) ||
        !time_take(from, &ms_of_day)) {
        return false;
    }
    stamp->wall_ms += ms_of_day;
    if (from->at == from->end) {
        return true;
    }
    stamp->zoned = true;
    return offset_take(from, &stamp->offset_s) && from->at == from->end;
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

/* Eight bytes less the eight of a form in which a digit is written 0, if every one is a digit where
 * that is written and the very byte elsewhere; *wrong where not. */
__attribute__((always_inline)) static inline uint64_t form_take(const char *bytes,
                                                                const char form[8], bool *wrong)
{
    const uint64_t tops = UINT64_C(0x8080808080808080);
    uint64_t word, wanted, room = 0;
    memcpy(&word, bytes, sizeof word);
    memcpy(&wanted, form, sizeof wanted);
    word ^= wanted;
    /* A byte that is more than it may be, 9 or 0, overflows into its top bit. Unrolled, this is a
     * constant. */
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++) {
        room |= (uint64_t)(form[i] == '0' ? 0x80 - 10 : 0x80 - 1) << (8 * i);
    }
    *wrong |= ((word | (word + room)) & tops) != 0;
    return word;
}

/* The number of the two digits at `at` of a form taken. */
static int32_t pair_of(uint64_t digits, int at)
{
    return (int32_t)((digits >> (8 * at) & 0xFF) * 10 + (digits >> (8 * at + 8) & 0xFF));
}

enum { FIXED_SIZE = 19, MILLISECONDS_SIZE = 4, OFFSET_SIZE = 6 };

/* The form that machines write, 2024-02-05T09:12:00[.250]+08:00, without a walk. False: it is
 * another, or wrong, and nothing is said of it. */
static bool fixed_take(gj_text text, gj_stamp *stamp)
{
    const char *at = text.bytes;
    bool wrong = false, fraction = text.size == FIXED_SIZE + MILLISECONDS_SIZE + OFFSET_SIZE;
    if (text.size != FIXED_SIZE + OFFSET_SIZE && !fraction) {
        return false;
    }
    const char *offset = at + text.size - OFFSET_SIZE;
    uint64_t date = form_take(at, "0000-00-", &wrong);
    uint64_t hours = form_take(at + 8, "00T00:00", &wrong);
    uint64_t time = form_take(at + 11, "00:00:00", &wrong);
    bool west = *offset == '-';
    uint64_t away = west ? form_take(offset - 2, "00-00:00", &wrong)
                         : form_take(offset - 2, "00+00:00", &wrong);
    int32_t ms = 0;
    if (fraction) {
        uint64_t part = form_take(at + 15, "0:00.000", &wrong);
        ms = (int32_t)(part >> 40 & 0xFF) * 100 + pair_of(part, 6);
    }
    gjr_civil civil = {.year = pair_of(date, 0) * 100 + pair_of(date, 2),
                       .month = pair_of(date, 5),
                       .day = pair_of(hours, 0)};
    int32_t hour = pair_of(time, 0), minute = pair_of(time, 3), second = pair_of(time, 6);
    int32_t away_hours = pair_of(away, 3), away_minutes = pair_of(away, 6);
    if (wrong || hour > 23 || minute > 59 || second > 59 || away_hours > OFFSET_HOURS_MAX ||
        away_minutes > 59 || !gjr_civil_is_valid(civil)) {
        return false;
    }
    int64_t ms_of_day = ((hour * INT64_C(60) + minute) * 60 + second) * GJR_MS_PER_SECOND + ms;
    *stamp = (gj_stamp){
        .wall_ms = gjr_civil_day(civil) * GJR_MS_PER_DAY + ms_of_day,
        .offset_s = (away_hours * 60 + away_minutes) * 60 * (west ? -1 : 1),
        .present = true,
        .zoned = true,
        .written = text,
    };
    return true;
}

#else

static bool fixed_take(gj_text text, gj_stamp *stamp)
{
    (void)text, (void)stamp;
    return false;
}

#endif

bool gj_stamp_parse(gj_text text, gj_stamp *stamp)
{
    if (text.bytes != NULL && fixed_take(text, stamp)) {
        return true;
    }
    *stamp = (gj_stamp){.present = text.bytes != NULL, .written = text};
    if (!stamp->present) {
        return false;
    }
    cursor from = {text.bytes, text.bytes + text.size};
    if (!stamp_take(&from, stamp)) {
        *stamp = (gj_stamp){.present = true, .unreadable = true, .written = text};
        return false;
    }
    return true;
}

bool gjr_stamp_has_time(gj_text text)
{
    return text.size > 10;
}

/* Copies what fits, always with a NUL where there is room for one. */
static size_t text_copy(const char *text, size_t size, char *buffer, size_t capacity)
{
    if (capacity == 0) {
        return 0;
    }
    size_t copied = size < capacity ? size : capacity - 1;
    memcpy(buffer, text, copied);
    buffer[copied] = '\0';
    return copied;
}

/* Two digits behind a mark; without printf, since every event that is kept is told so. */
static char *pair_add(char *to, char mark, int number)
{
    to[0] = mark;
    to[1] = (char)('0' + number / 10 % 10);
    to[2] = (char)('0' + number % 10);
    return to + 3;
}

size_t gj_day_format(gj_day day, char *buffer, size_t size)
{
    char text[16];
    gjr_civil civil = gjr_civil_of_day(gjr_civil_clamp(day));
    for (int i = 3, year = civil.year; i >= 0; i--, year /= 10) {
        text[i] = (char)('0' + year % 10);
    }
    char *to = pair_add(pair_add(text + 4, '-', civil.month), '-', civil.day);
    return text_copy(text, (size_t)(to - text), buffer, size);
}

/* The wall at an offset, brought into the years that can be written. */
static int64_t wall_of(gj_instant instant, int32_t offset_s)
{
    const int64_t least = GJR_DAY_MIN * GJR_MS_PER_DAY;
    const int64_t most = (GJR_DAY_MAX + INT64_C(1)) * GJR_MS_PER_DAY - 1;
    int64_t wall;
    if (__builtin_add_overflow(instant, offset_s * GJR_MS_PER_SECOND, &wall)) {
        return instant < 0 ? least : most;
    }
    return wall < least ? least : wall > most ? most : wall;
}

size_t gj_instant_format(gj_instant instant, int32_t offset_s, char *buffer, size_t size)
{
    char text[80];
    int64_t ms;
    gj_day day = gjr_civil_of_wall(wall_of(instant, offset_s), &ms);
    char *to = text + gj_day_format(day, text, sizeof text);
    int seconds = (int)(ms / GJR_MS_PER_SECOND), thousandths = (int)(ms % GJR_MS_PER_SECOND);
    int away_s = offset_s < 0 ? -offset_s : offset_s;
    to = pair_add(to, 'T', seconds / 3600);
    to = pair_add(to, ':', seconds / 60 % 60);
    to = pair_add(to, ':', seconds % 60);
    if (thousandths != 0) {
        to = pair_add(to, '.', thousandths / 10);
        *to++ = (char)('0' + thousandths % 10);
    }
    to = pair_add(to, offset_s < 0 ? '-' : '+', away_s / 3600);
    to = pair_add(to, ':', away_s / 60 % 60);
    *to = '\0';
    return text_copy(text, (size_t)(to - text), buffer, size);
}

void gjr_stamp_print_day(gj_day day, gjb_buffer *out)
{
    char text[16];
    gjb_buffer_add(out, text, gj_day_format(day, text, sizeof text));
}

void gjr_stamp_print_instant(gj_instant instant, int32_t offset_s, gjb_buffer *out)
{
    char text[40];
    gjb_buffer_add(out, text, gj_instant_format(instant, offset_s, text, sizeof text));
}
