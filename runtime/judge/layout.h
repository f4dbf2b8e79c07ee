/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the parts of a case's flat state begin, in bytes; laid out once from the image. What every
 * step touches stands first, and what the procedure can never ask for has no place: when a stage
 * was entered and an act done matters to return edges alone, how often and on which day an act was
 * done at all to expressions, rules that count and branches, a told end to limits that a date ends,
 * a told due to limits that are due by a date, a length to those whose length hangs on the case
 * (and by which rows of decision tables they have it, where they ask any), a warning to limits that
 * warn, a course to those that may be stopped, extended or begun anew or change their length, where
 * the case stood to those for which its holder answers, officers to actions of which an expression
 * asks how many did them (crews.h), deemed acts to procedures in which the law does something by
 * itself, and registers to rules that relate acts (recalls.h).
 *
 * A limit has one clock. One that is kept per key has as many more as may be open at a time; its
 * first never runs, but follows the stages that stop all of them, for those that start later.
 * Clocks are numbered so that a limit's first has the limit's own number, and all further ones come
 * behind them: whoever holds a clock's number finds the limit by gjr_layout_limit, and what is kept
 * of clocks is found by the clock's number.
 */
#ifndef GJR_JUDGE_LAYOUT_H
#define GJR_JUDGE_LAYOUT_H

#include "base/arena.h"
#include "image/layout.h"

typedef struct gjr_case_layout {
    uint32_t places;    /* u32 a place: how often the action was done there */
    uint32_t limits;    /* gjr_limit_slot a clock */
    uint32_t values;    /* u64 a field of the case */
    uint32_t presence;  /* u8 a field of the case: gjr_presence */
    uint32_t documents; /* a bit a document */
    uint32_t done;      /* gjr_done an action, or GJR_NONE */
    uint32_t done_at;   /* u32 a place: the moment it was last done, or 0; or GJR_NONE */
    uint32_t entered;   /* u32 a stage that has one: the moment it was last entered */
    uint32_t ends;      /* gj_instant a clock that has one: a date told on which it ends */
    uint32_t soons;     /* u32 a clock that has one: the ordinal of its due-soon finding */
    uint32_t courses;   /* gjr_course a clock that has one */
    uint32_t bys;       /* gj_instant a clock that has one: the date told by which it is due */
    uint32_t warneds;   /* so many gjr_warned a clock that has them: one a rung */
    uint32_t warned_rungs;
    uint32_t measureds; /* gjr_measured a clock that has one: its length as it was read last */
    uint32_t decideds;  /* so many u64 each of them: by which landmarks that reading came */
    uint32_t decided_words;
    uint32_t helds;       /* gjr_holding a clock that has one: where the case stood */
    uint32_t items;       /* u64 a clock that has one: the key by which it is kept, as a field's */
    uint32_t deemed;      /* u8 a place, then u8 an action: deemed, not acknowledged; or GJR_NONE */
    uint32_t law_acts;    /* u32: how often the law acted since the last event; or GJR_NONE */
    uint32_t crews;       /* gjr_crew an action that has one: the officers who did it */
    uint32_t registers;   /* gjr_register a rule that relates acts */
    uint32_t remembering; /* a bit each of them: something is remembered; whole u64 */
    uint32_t image;       /* the first bytes of the unit's identity */
    uint32_t tail;        /* texts and lists; also the size of what is fixed */

    const uint32_t *entered_of;  /* a stage: which of `entered` is its, or GJR_NONE */
    const uint32_t *end_of;      /* a clock: which of `ends` is its, or GJR_NONE */
    const uint32_t *soon_of;     /* a clock: which of `soons` is its, or GJR_NONE */
    const uint32_t *course_of;   /* a clock: which of `courses` is its, or GJR_NONE */
    const uint32_t *by_of;       /* a clock: which of `bys` is its, or GJR_NONE */
    const uint32_t *warned_of;   /* a clock: which of `warneds` are its, or GJR_NONE */
    const uint32_t *measured_of; /* a clock: which of `measureds` is its, or GJR_NONE */
    const uint32_t *held_of;     /* a clock: which of `helds` is its, or GJR_NONE */
    const uint32_t *item_of;     /* a clock: which of `items` is its, or GJR_NONE */
    const uint32_t *crew_of;     /* an action: which of `crews` is its, or GJR_NONE */
    uint32_t crew_count;

    uint32_t clock_count;
    const uint32_t *clocks;   /* all, by limit */
    const uint32_t *limit_of; /* a clock: its limit */
    const uint32_t *further;  /* a limit: its second clock, where it has more than one */
    uint64_t recalls_max;     /* that rules remember at a time, all together */
    uint64_t turns_max;       /* that one event begins: of every clause, in every clock */
    uint32_t keyed_count;     /* limits that are kept per key */
} gjr_case_layout;

/* How many clocks the limit has, and the i-th of them. */
static inline uint32_t gjr_layout_clocks(const gjr_limit *limit)
{
    return 1 + limit->open_max;
}
static inline uint32_t gjr_layout_clock(const gjr_case_layout *layout, uint32_t limit, uint32_t i)
{
    return i == 0 ? limit : layout->further[limit] + i - 1;
}
/* The limit whose clock it is. */
static inline uint32_t gjr_layout_limit(const gjr_case_layout *layout, uint32_t clock)
{
    return layout->limit_of[clock];
}

/* How many landmarks the lines of a limit's lengths have: of each its condition, then its value. */
static inline uint32_t gjr_layout_landmarks(const gjr_rows *rows, const gjr_limit *limit)
{
    uint32_t count = 0;
    for (uint32_t i = limit->lengths_first; i < limit->lengths_first + limit->lengths_count; i++) {
        const gjr_length *line = &rows->lengths[i];
        count += line->when != GJR_NONE ? rows->expressions[line->when].landmarks_count : 0;
        count += line->value != GJR_NONE ? rows->expressions[line->value].landmarks_count : 0;
    }
    return count;
}

/* How many acts the relation's rule remembers at a time: of what precedes under a condition one
 * more, of which that is not known. */
uint32_t gjr_layout_held(const gjr_rows *rows, uint32_t relation);

/* GJ_OVER_LIMIT where a case would be too large. What it holds is the arena's. */
gj_status gjr_layout_make(const gjr_rows *rows, uint32_t own_field_count, gjb_arena *arena,
                          gjr_case_layout *layout);

#endif
