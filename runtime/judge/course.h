/* SPDX-License-Identifier: Apache-2.0
 *
 * The course of a limit that may be stopped, extended or begun anew: what was counted before, and
 * from where on it is counted now. A turn is one stop of it or one extension. What a turn does is
 * settled as soon as nothing that may still come can change it, and then it stands in the course;
 * those that are live (a stop goes on, a notice is waited for) are few, and what is derived from a
 * course goes through these alone. So a limit that was stopped ten times costs as much as another.
 *
 * Whatever takes a limit here takes one of its clocks (layout.h), and so do ladder.h and turns.h.
 *
 * Stops are followed also while the limit does not run: one that began before it is taken when it
 * starts. */
#ifndef GJR_COURSE_H
#define GJR_COURSE_H

#include "judge/case.h"
#include "judge/raised.h"
#include "judge/terms.h"

/* How a turn stands. */
enum {
    GJR_TURN_EXTENDS = 1,
    GJR_TURN_AWAITED = 2,  /* its notice has not come and may still come in time */
    GJR_TURN_VOID = 4,     /* it has no effect: its notice did not come in time */
    GJR_TURN_FOUND = 8,    /* and that was found: `finding` is its ordinal */
    GJR_TURN_SETTLED = 16, /* it stands in the course */
    GJR_TURN_DOUBTED = 32, /* on days that are not announced: its notice came when it may have been
                              too late, or it was granted where one before it may have been void */
    GJR_TURN_FLAGS = 63,
    GJR_TURN_UNSURE = GJR_TURN_AWAITED | GJR_TURN_DOUBTED,
    GJR_TURN_SUPPOSED = 64, /* it is void in what is being worked out alone */
};

/* A stop or an extension that happened, in the tail. */
typedef struct gjr_turn {
    gj_instant opened; /* when it began, or was granted */
    gj_instant since;  /* from when on it works: later where its notice was late */
    gj_instant until;  /* GJ_NEVER: it goes on */
    uint32_t before;   /* the turn that came before it in its list, as the course's `live` */
    uint32_t clause;   /* row of the stops, or of the extensions */
    uint32_t key;      /* in the tail: of the event that began or granted it */
    uint32_t flags;
    uint32_t finding;
    uint32_t again; /* how often that event had begun or granted one of the limit before */
    /* 1 + where in the tail: of the event that began the clock which took it over from what stops
     * them all; `again` is then of that event. 0: it began there. */
    uint32_t taken_by;
    uint32_t trigger; /* row of the triggers: by which of its clause's it began or was granted */
} gjr_turn;

static inline bool gjr_turn_is_stop(const gjr_turn *turn)
{
    return (turn->flags & GJR_TURN_EXTENDS) == 0;
}

typedef struct gjr_course {
    gj_instant since;  /* what is left is counted from here: the start, or later */
    int64_t consumed;  /* before that, as a gjr_term's */
    uint32_t extended; /* added to the budget */
    gj_instant doubt;  /* from when on it may have been due, were what came in doubt too late; or
                          GJ_NEVER */
    gj_instant asked;  /* when the law was asked what follows, where it was */
    uint32_t told[2];  /* stops, and extensions, of which notice was given beforehand: a bit each */
    uint32_t live;     /* the latest turn that is not settled: 1 + where in the tail; 0: none */
    uint32_t past;     /* the latest that is, likewise */
} gjr_course;

static inline gjr_turn *gjr_course_turn(const gjr_case *judged, uint32_t reference)
{
    return reference == 0 ? NULL
                          : gjr_case_part(judged, judged->judge->layout.tail + reference - 1);
}

/* Whether the image lets the limit take turns; its course, or NULL. */
static inline gjr_course *gjr_case_course(const gjr_case *judged, uint32_t limit)
{
    uint32_t of = judged->judge->layout.course_of[limit];
    return of == GJR_NONE ? NULL
                          : (gjr_course *)gjr_case_part(judged, judged->judge->layout.courses) + of;
}

/* Room for as many turns as one event begins. */
static inline size_t gjr_course_room(const gj_judge *judge)
{
    return (size_t)judge->layout.turns_max * sizeof(gjr_turn);
}

/* What its turns take in the tail; and those turns in another case's bytes, which has room, as they
 * are in this one's. */
size_t gjr_course_size(const gjr_case *judged, uint32_t limit);
void gjr_course_move(const gjr_case *from, gjr_case *to, uint32_t limit);

/* The events by which a copy of the turn is known, into the other case's tail. */
void gjr_course_keys_move(const gjr_case *from, gjr_case *to, gjr_turn *turn);

/* A new turn at the head of the course's live ones; there is room. */
gjr_turn *gjr_course_add(gjr_case *judged, uint32_t limit, const gjr_turn *turn);
/* The live turn of the clause that goes on, or NULL. */
gjr_turn *gjr_course_find_open(const gjr_case *judged, uint32_t limit, uint32_t clause);

/* The limit starts, or begins anew, at an instant. */
void gjr_course_begin(gjr_case *judged, uint32_t limit, gj_instant at);
/* It has ended: what stops it goes on, all else is forgotten; of a clock that is kept by a key,
 * all. */
void gjr_course_end(gjr_case *judged, uint32_t limit);
/* The course of the one clock, which is empty, becomes that of what stops the other; there is room.
 * The latest of its turns, or NULL. */
gjr_turn *gjr_course_take_over(gjr_case *judged, uint32_t from, uint32_t to);
/* What can be settled is. */
void gjr_course_settle(gjr_case *judged, uint32_t limit);
/* How far the running limit has come. */
gjr_pace gjr_course_pace(const gjr_case *judged, uint32_t limit);
/* Of the pace by now what it was at an instant, or at the end of that day: by the stops alone that
 * had begun. */
gjr_pace gjr_course_pace_until(const gjr_case *judged, uint32_t limit, const gjr_pace *pace,
                               gj_instant until);
/* How far it had come before it last stopped with less than so much consumed, `used`, of which as
 * much or more is consumed by now: what was used then was so at an instant that lies before that
 * stop. As a gjr_term counts it. */
gjr_pace gjr_course_pace_used(const gjr_case *judged, uint32_t limit, const gjr_pace *pace,
                              int64_t used);

/* What the running limit took so far, in the order in which it began; in the arena, NULL with
 * *count above 0 when memory ends. Texts are borrowed from the case. */
const gjr_raised_taken *gjr_course_taken(const gjr_case *judged, uint32_t limit, gjb_arena *arena,
                                         uint32_t *count);

/* When a stop ceases to work: as soon as what was granted is over. */
gj_instant gjr_course_end_of(const gjr_case *judged, const gjr_turn *turn);

#endif
