/* SPDX-License-Identifier: Apache-2.0
 *
 * See duration.h. */
#include "value/duration.h"

#include "base/text.h"
#include "time/civil.h"

#include <string.h>

/* Greatest first: the order in which they are written. */
typedef struct unit {
    int64_t ms;
    char letter; /* in ISO 8601, after T from hours on */
    const char *en, *zh;
    const char *words[5]; /* under which it is told */
} unit;

static const unit units[] = {
    {GJR_MS_PER_DAY, 'D', "day", "日", {"days", "day", "日", "天", NULL}},
    {GJR_MS_PER_HOUR, 'H', "hour", "小时", {"hours", "hour", "个小时", "小时", NULL}},
    {GJR_MS_PER_HOUR / 60, 'M', "minute", "分钟", {"minutes", "minute", "分钟", NULL}},
    {GJR_MS_PER_SECOND, 'S', "second", "秒", {"seconds", "second", "秒", NULL}},
};
enum { UNIT_COUNT = sizeof units / sizeof *units };

/* ---- reading ---- */

static void spaces_skip(gj_text text, size_t *at)
{
    while (*at < text.size && text.bytes[*at] == ' ') {
        (*at)++;
    }
}

static bool number_read(gj_text text, size_t *at, int64_t *number)
{
    size_t begin = *at;
    *number = 0;
    for (; *at < text.size && text.bytes[*at] >= '0' && text.bytes[*at] <= '9'; (*at)++) {
        if (__builtin_mul_overflow(*number, 10, number) ||
            __builtin_add_overflow(*number, text.bytes[*at] - '0', number)) {
            return false;
        }
    }
    return *at > begin;
}

/* Adds so many of the unit. */
static bool part_add(int64_t *sum, int64_t number, const unit *of)
{
    int64_t ms;
    return !__builtin_mul_overflow(number, of->ms, &ms) && !__builtin_add_overflow(*sum, ms, sum);
}

/* What follows P; each letter at most once and in order, and T before the first from hours on. */
static bool iso_read(gj_text text, size_t at, int64_t *sum)
{
    size_t next = 0, begin = at;
    bool clock = false;
    while (at < text.size) {
        if (text.bytes[at] == 'T' && !clock) {
            clock = true;
            next = next == 0 ? 1 : next;
            begin = ++at;
            continue;
        }
        int64_t number;
        if (!number_read(text, &at, &number) || at == text.size) {
            return false;
        }
        while (next < UNIT_COUNT && units[next].letter != text.bytes[at]) {
            next++;
        }
        if (next == UNIT_COUNT || (next > 0) != clock || !part_add(sum, number, &units[next])) {
            return false;
        }
        next++;
        at++;
    }
    return at > begin;
}

static const unit *unit_read(gj_text text, size_t *at)
{
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        for (const char *const *word = units[i].words; *word != NULL; word++) {
            size_t size = strlen(*word);
            if (text.size - *at >= size && memcmp(text.bytes + *at, *word, size) == 0) {
                *at += size;
                return &units[i];
            }
        }
    }
    return NULL;
}

static bool words_read(gj_text text, size_t at, int64_t *sum)
{
    do {
        int64_t number;
        if (!number_read(text, &at, &number)) {
            return false;
        }
        spaces_skip(text, &at);
        const unit *of = unit_read(text, &at);
        if (of == NULL || !part_add(sum, number, of)) {
            return false;
        }
        spaces_skip(text, &at);
    } while (at < text.size);
    return true;
}

bool gjr_duration_parse(gj_text text, int64_t *duration_ms)
{
    bool negative = text.size > 0 && text.bytes[0] == '-';
    size_t at = negative;
    int64_t sum = 0;
    bool iso = at < text.size && text.bytes[at] == 'P';
    if (!(iso ? iso_read(text, at + 1, &sum) : words_read(text, at, &sum))) {
        return false;
    }
    *duration_ms = negative ? -sum : sum;
    return true;
}

/* ---- writing ---- */

static uint64_t magnitude(int64_t duration_ms)
{
    return duration_ms < 0 ? 0 - (uint64_t)duration_ms : (uint64_t)duration_ms;
}

static void milliseconds_print(uint64_t rest, gjb_buffer *out)
{
    if (rest > 0) {
        gjb_buffer_add_format(out, ".%03u", (unsigned)rest);
    }
}

void gjr_duration_print(int64_t duration_ms, gjb_buffer *out)
{
    uint64_t left = magnitude(duration_ms);
    bool clock = false;
    gjb_buffer_add_string(out, duration_ms < 0 ? "-P" : "P");
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        uint64_t ms = (uint64_t)units[i].ms, count = left / ms;
        left %= ms;
        bool last = i + 1 == UNIT_COUNT;
        if (count == 0 && !(last && (left > 0 || duration_ms == 0))) {
            continue;
        }
        gjb_buffer_add_string(out, i > 0 && !clock ? "T" : "");
        clock = clock || i > 0;
        gjb_buffer_add_format(out, "%llu", (unsigned long long)count);
        milliseconds_print(last ? left : 0, out);
        gjb_buffer_add_byte(out, units[i].letter);
    }
}

void gjr_duration_print_words(int64_t duration_ms, gj_lang lang, gjb_buffer *out)
{
    uint64_t left = magnitude(duration_ms);
    bool zh = lang == GJ_ZH, begun = false;
    gjb_buffer_add_string(out, duration_ms >= 0 ? "" : zh ? "负" : "-");
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        uint64_t ms = (uint64_t)units[i].ms, count = left / ms;
        left %= ms;
        bool last = i + 1 == UNIT_COUNT;
        if (count == 0 && !(last && (left > 0 || !begun))) {
            continue;
        }
        gjb_buffer_add_string(out, begun && !zh ? " " : "");
        gjb_buffer_add_format(out, "%llu", (unsigned long long)count);
        milliseconds_print(last ? left : 0, out);
        gjb_buffer_add_string(out, zh ? "" : " ");
        gjb_buffer_add_string(out, zh ? units[i].zh : units[i].en);
        gjb_buffer_add_string(out, !zh && (count != 1 || (last && left > 0)) ? "s" : "");
        begun = true;
    }
}
