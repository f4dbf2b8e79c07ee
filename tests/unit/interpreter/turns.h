/* SPDX-License-Identifier: Apache-2.0
 *
 * What made a limit longer: its stops and its extensions, and whether notice was given of them; and
 * how is counted with them, by walking. */
#ifndef PLAIN_TURNS_H
#define PLAIN_TURNS_H

#include "unit/interpreter/plain.h"

enum { TURNS_MAX = 48 };

typedef struct plain_pause {
    int clause;
    int64_t opened, since, until; /* until INT64_MAX: it goes on */
    int64_t granted;              /* when what was granted is over; INT64_MAX: nothing is said */
    int64_t notice_due;
    bool awaited, voided;
    int found; /* which finding says that it is void; or NO */
} plain_pause;

typedef struct plain_grant {
    int clause;
    int64_t opened, notice_due; /* INT64_MAX: before the limit is due */
    bool awaited, voided;
} plain_grant;

typedef struct plain_turns {
    plain_pause pauses[TURNS_MAX];
    plain_grant grants[TURNS_MAX];
    int pause_count, grant_count;
    bool told_stop[STOPS_MAX], told_extension[EXTENSIONS_MAX]; /* beforehand */
} plain_turns;

/* A start, how the limit of it counts, and what stops it. */
typedef struct plain_counting {
    const plain_limit *of;
    const plain_turns *turns;
    int64_t since, due; /* due: what stops it from then on does nothing */
} plain_counting;

/* The budget with what was added. */
int plain_turns_budget(int budget, const plain_limit *of, const plain_turns *turns);
bool plain_day_is_stopped(const plain_counting *with, int day);
/* Stopped, and no later day is ever counted. */
bool plain_day_is_held(const plain_counting *with, int day);
/* The instant lies in a stop. */
bool plain_moment_is_stopped(const plain_counting *with, int64_t at);
/* The day on which so many have been counted; INT32_MAX: it is stopped, nobody knows till when. */
int plain_counted_day(const plain_counting *with, gjc_unit unit, int count);
/* When so much time has been counted; INT64_MAX likewise. */
int64_t plain_counted_instant(const plain_counting *with, int64_t ms);
/* How many days, or how much time, have been counted. */
int64_t plain_counted_days(const plain_counting *with, gjc_unit unit, int through);
int64_t plain_counted_time(const plain_counting *with, gjc_unit unit, int64_t until);

#endif
