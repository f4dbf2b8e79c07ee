/* SPDX-License-Identifier: Apache-2.0
 *
 * Days, by walking them one by one; and where the clock on the wall stands. */
#ifndef PLAIN_DAYS_H
#define PLAIN_DAYS_H

#include "unit/interpreter/plain.h"

enum { DAY_FIRST = -719162, DAY_LAST = 2932896 }; /* 0001-01-01 and 9999-12-31 */

typedef struct plain_date {
    int year, month, day;
} plain_date;

void plain_calendar_read(plain_calendar *c, const gjc_node *file, gj_text name);

plain_date plain_date_of(int day);
/* INT32_MIN where there is no such date. */
int plain_day_number(plain_date date);
bool plain_day_is_worked(const plain_calendar *c, int day);
/* 'h' a holiday, 'o' off, 'w' a weekend, '+' worked though the week has it closed, ' ' an ordinary
 * working day; and under which name. */
char plain_day_kind(const plain_calendar *c, int day, gj_text *name);
bool plain_day_by_week(const plain_calendar *c, int day);
/* The n-th working day after it; before it where n is negative. */
int plain_workday_add(const plain_calendar *c, int day, int64_t n);
/* Working days in (after, through]. */
int64_t plain_workdays_count(const plain_calendar *c, int after, int through);

int64_t plain_offset_ms(const plain_calendar *c, int64_t instant);
int plain_day_of(const plain_calendar *c, int64_t instant);
/* When the day begins. */
int64_t plain_day_start(const plain_calendar *c, int day);
/* The instant of a reading of the wall. */
int64_t plain_instant(const plain_calendar *c, const gj_stamp *stamp);
/* "2024-02-05", with a time of day and an offset or without. */
bool plain_stamp_read(gj_text text, gj_stamp *stamp);

#endif
