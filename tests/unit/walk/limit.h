/* SPDX-License-Identifier: Apache-2.0
 *
 * A limit as an article states it, at random, and the same as a procedure in the language. */
#ifndef WALK_LIMIT_H
#define WALK_LIMIT_H

#include "unit/walk/days.h"

enum { STOPS_MAX = 3 };

typedef enum time_unit {
    WORKDAYS,
    DAYS,
    MONTHS,
    YEARS,
    HOURS,
    MINUTES,
    WORKHOURS,
    UNIT_COUNT
} time_unit;

/* So long; an amount of 0: nothing is said. */
typedef struct time_length {
    int amount;
    time_unit unit;
} time_length;

/* Not counting from an act to another, or a stage. */
typedef struct stop_clause {
    bool is_stage;
    time_length most;
    bool notified;
    time_length notice; /* within which; nothing: by the end of the same day */
} stop_clause;

typedef struct extension_clause {
    int amount; /* 0: there is none */
    int times;
    bool notified;
    time_length notice; /* within which; nothing: before the limit is due */
} extension_clause;

/* What its length hangs on. */
typedef enum length_by {
    LENGTH_STATED,
    LENGTH_BY_NUMBER, /* a number that is told; until then what is stated */
    LENGTH_BY_TRUTH,  /* `other` where a truth is told, else what is stated */
} length_by;

typedef struct stated_limit {
    time_length within;
    length_by length;
    int other; /* another amount */
    bool rolls, says_so;
    bool at_close;
    stop_clause stops[STOPS_MAX]; /* one of them at most a stage */
    int stop_count;
    extension_clause extension;
    bool restarts;
    time_length red; /* a severity, so long after due */
} stated_limit;

/* What is done. Stops are told apart by their place. */
typedef enum deed_kind {
    DEED_START,
    DEED_END,
    DEED_RESTART,
    DEED_EXTEND,
    DEED_EXTENSION_NOTICE,
    DEED_STOP,
    DEED_RESUME = DEED_STOP + STOPS_MAX,
    DEED_NOTICE = DEED_RESUME + STOPS_MAX,
    DEED_MEASURE = DEED_NOTICE + STOPS_MAX, /* tells what its length hangs on */
    DEED_COUNT,
} deed_kind;

/* Of the action in the procedure. */
const char *deed_name(deed_kind deed);

static inline bool unit_is_time(time_unit unit)
{
    return unit >= HOURS;
}

void limit_make(stated_limit *of, const walked_days *days, chance *c);
/* Leaves it a stated length, and to half of the limits stops and extensions of which no notice is
 * due. */
void limit_reduce(stated_limit *of, chance *c);
/* A procedure of that name whose limit `l` it is, appended at `out`; how long the text is. */
size_t limit_write(const stated_limit *of, const char *name, char *out, size_t size);

#endif
