/* SPDX-License-Identifier: Apache-2.0
 *
 * What is written, as values: decimals with 万 and 亿, Chinese numerals, dates, times, and articles
 * in either notation. Exact or refused: nothing is rounded. */
#ifndef GJC_LITERAL_H
#define GJC_LITERAL_H

#include "base/arena.h"

typedef enum gjc_literal_result {
    GJC_LITERAL_OK,
    GJC_LITERAL_TOO_LARGE, /* does not fit 64 bits with four fraction digits */
    GJC_LITERAL_TOO_FINE,  /* has a fifth fraction digit */
    GJC_LITERAL_WRONG,     /* no such date, time or number */
} gjc_literal_result;

/* "4_000_000", "2.5", "400万"; the value times 10000. */
gjc_literal_result gjc_literal_number(gj_text text, int64_t *value);
/* "80%": 8000. */
gjc_literal_result gjc_literal_percent(gj_text text, int64_t *value);
/* "二十", "两", "一百零五", "三万"; the number itself. */
gjc_literal_result gjc_literal_numeral(gj_text text, int64_t *number);
/* Bytes of the longest numeral at the text's beginning; 0: none. */
size_t gjc_literal_numeral_size(gj_text text);
/* "2024-02-05", "2024年2月5日". */
/* Bytes of 二〇二四年三月一日 at the text's beginning, in numerals, digits or both; 0: none. */
size_t gjc_literal_date_size(gj_text text);
gjc_literal_result gjc_literal_date(gj_text text, int64_t *day);
/* "09:00", "9:30", "24:00"; seconds of the day. */
gjc_literal_result gjc_literal_time(gj_text text, int64_t *seconds);
/* "2024-02-05T09:00+08:00": milliseconds on the wall, seconds east or GJC_NO_OFFSET. */
gjc_literal_result gjc_literal_moment(gj_text text, int64_t *wall_ms, int64_t *offset_s);

/* "第四十二条之一第二款" and "42-1.2" to "42-1.2"; made in the arena, absent when memory ends. */
gj_text gjc_literal_article(gjb_arena *arena, gj_text text);

#endif
