/* SPDX-License-Identifier: Apache-2.0
 *
 * Walking a notice's text: words, numbers and dates as people type and copy them, in digits of
 * either width, with brackets and dashes of either, with blanks anywhere. Every step either
 * advances or is refused, so no text keeps a reader. */
#ifndef GJC_NOTICE_SCAN_H
#define GJC_NOTICE_SCAN_H

#include "syntax/source.h"
#include "time/civil.h"

typedef struct gjc_scan {
    gj_text text;
    uint32_t source;
    size_t at, end;
} gjc_scan;

/* Whether the word stands here; taken where it does. */
bool gjc_scan_word(gjc_scan *scan, const char *word);
bool gjc_scan_sees(const gjc_scan *scan, const char *word);
/* The first of the words that stands here, longest first in their list, taken; SIZE_MAX: none. */
size_t gjc_scan_any(gjc_scan *scan, const char *const *words, size_t count);
/* Blanks, line ends among them. */
void gjc_scan_blanks(gjc_scan *scan);
/* One character. */
void gjc_scan_step(gjc_scan *scan);
/* A whole number of at most four digits; false, and nothing taken, where none stands here. */
bool gjc_scan_number(gjc_scan *scan, int32_t *number);
/* 三, or a number. */
bool gjc_scan_count(gjc_scan *scan, int32_t *number);
/* 至, 到 or any dash, taken. */
bool gjc_scan_through(gjc_scan *scan);
/* Where the word first stands from here on; SIZE_MAX: nowhere. */
size_t gjc_scan_find(const gjc_scan *scan, const char *word);
gjc_span gjc_scan_span(const gjc_scan *scan, size_t begin);

/* A day as it is written; what is left out is 0. */
typedef struct gjc_written_day {
    int32_t year, month, day;
    gjc_span span;
} gjc_written_day;

typedef enum gjc_scan_result {
    GJC_SCAN_NONE, /* no date: something was taken all the same */
    GJC_SCAN_DAY,
    GJC_SCAN_BROKEN, /* it begins as a date and is none */
} gjc_scan_result;

/* At a digit. A day alone needs the month that was named before (0: none was). */
gjc_scan_result gjc_scan_day(gjc_scan *scan, int32_t month_before, gjc_written_day *day);
/* A bracket right here is taken whole; the day of the week in it (SIZE_MAX: none). */
size_t gjc_scan_bracket(gjc_scan *scan);

#endif
