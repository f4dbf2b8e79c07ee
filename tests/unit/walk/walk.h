/* SPDX-License-Identifier: Apache-2.0
 *
 * How a limit is counted, by walking: day by day, and where a time of day matters minute by minute.
 * Written from the articles (民法典 201–203: the day of the start does not count; a month or a year
 * ends on the day of the same number, or the month's last; a closed last day moves; a day ends at
 * 24:00, or when the office closes) and from docs/LANGUAGE.md, "Counting", for what the articles
 * leave to whoever writes the limit. It shares no code with what counts in the product.
 *
 * Deeds are told in order; between them the clock goes on by itself. */
#ifndef WALK_WALK_H
#define WALK_WALK_H

#include "unit/walk/limit.h"

enum { TURNS_MAX = 24, FOUND_MAX = 24, RUNS_MAX = 18 };

/* A stop of a run, from the act that began it to the act that ended it, or NEVER. */
typedef struct walked_stop {
    int clause;
    int64_t opened, since, until;
    int64_t granted; /* when what was granted is over */
    int64_t notice_due;
    bool awaited, voided;
    int found; /* which finding says so; -1: none */
} walked_stop;

typedef struct walked_extension {
    int64_t opened, notice_due; /* NEVER: before the limit is due */
    bool awaited, voided;
} walked_extension;

typedef enum found_kind { FOUND_LATE, FOUND_STOP, FOUND_EXTENSION } found_kind;

typedef struct walked_finding {
    found_kind kind;
    bool closed;
    int64_t opened; /* when the limit started, or the stop or the extension was told */
    int64_t due;    /* late: of the limit */
    int64_t over;   /* by how much, in the limit's unit, of months and years in days */
} walked_finding;

/* One start of the limit, as it stood when it ended or at the end. */
typedef struct walked_run {
    int64_t start, due; /* NEVER: nobody knows */
    int due_day;
    bool ended;
} walked_run;

typedef struct walk {
    const walked_days *days;
    const stated_limit *limit;
    int64_t now;
    bool runs, late;
    bool lost; /* the years do not reach as far */
    int64_t start;
    int told;    /* what its length hangs on, as it was told last */
    int length;  /* of the run */
    int64_t due; /* of the limit as it runs; NEVER: it is stopped, nobody knows till when */
    int due_day; /* of a limit in days */
    walked_stop stops[TURNS_MAX];
    int stop_count;
    walked_extension extensions[TURNS_MAX];
    int extension_count;
    bool told_stop[STOPS_MAX], told_extension; /* notice given beforehand */
    int64_t voided; /* when a notice was over last that had not come, told of or not; or 0 */
    walked_finding found[FOUND_MAX];
    int found_count;
    walked_run runs_made[RUNS_MAX];
    int run_count;
} walk;

void walk_begin(walk *of, const walked_days *days, const stated_limit *limit);
void walk_do(walk *of, deed_kind deed, int amount, int64_t at);
/* The clock comes to then; what runs, runs on. */
void walk_end(walk *of, int64_t at);

/* For who makes up cases: when something next happens by itself; NEVER. */
int64_t walk_next(const walk *of);

#endif
