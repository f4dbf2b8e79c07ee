/* SPDX-License-Identifier: Apache-2.0
 *
 * What is worked out of an image once, so that a step looks less up: above all who must hear of
 * what. An audience is a run of listeners, first the limits that end, then those that start, then
 * the rules, then what changes how limits run, then the rules that relate the act to others, each
 * in the order of declaration; most are empty, which is known at a glance. */
#ifndef GJR_PLAN_H
#define GJR_PLAN_H

#include "base/arena.h"
#include "image/layout.h"
#include "judge/layout.h"

/* A limit is plain where all there is to it is that it runs from its start to its end, in one
 * clock: nothing stops, extends or restarts it, no date is told by which it is due or on which it
 * ends, it has no minimum, and the law does nothing when it runs out.
 *
 * A limit, rule or relation that hears of what was done in its region; of region 0: wherever. */
typedef struct gjr_listener {
    uint32_t target;
    uint32_t region;
    uint32_t trigger; /* of the limit: which of its triggers this is */
    uint32_t kind;    /* gjr_subscription_kind */
    uint32_t clause;  /* of a turn: row of the stops or extensions; of a relation: of the roles */
    bool is_plain;    /* the limit is plain, and the trigger has no condition */
} gjr_listener;

typedef struct gjr_audience {
    uint32_t first;                             /* of the plan's listeners */
    uint32_t ends, starts, rules, turns, roles; /* how many of each, one behind the other */
} gjr_audience;

static inline bool gjr_audience_has_limits(const gjr_audience *audience)
{
    return audience->ends + audience->starts + audience->turns > 0;
}

/* What happens when a stage is left, or entered, but that the case then stands elsewhere since a
 * moment. */
enum { GJR_STAGE_LEFT_HEARD = 1, GJR_STAGE_ENTERED_HEARD = 2 };

/* What an act does where nothing is asked of it but who acts and how often: the first clause of the
 * cell has no condition, documents or sets, no power and no rule speaks of the act, and nothing
 * hears of the stages that are left and entered. In a procedure without branches, in which the law
 * does nothing by itself. */
typedef struct gjr_straight {
    uint64_t posts;  /* who may, a bit each, or GJR_STRAIGHT_ANYONE */
    uint32_t target; /* stage; GJR_NONE: the case stays */
    uint32_t place;
    uint32_t times_max; /* done so often there, it may be done no more; UINT32_MAX: however often;
                         * 0: the cell is not of this kind */
} gjr_straight;

/* What is known of an action wherever its cell is straight. */
enum {
    GJR_STRAIGHT_SOMEWHERE = 1, /* some cell is */
    GJR_STRAIGHT_HEARD = 2,     /* limits hear of it */
    GJR_STRAIGHT_PLAINLY = 4,   /* those that do are plain, and only start or end by it; and nothing
                                 * that it may put into the case is longer than the event's key */
};

/* A post beyond those that have a bit is let by what lets anyone, whose last bit is set. No choice
 * is made here that hangs on the cell: which it is may be known late (straight.c). */
enum { GJR_STRAIGHT_POSTS_MAX = 63 };
#define GJR_STRAIGHT_ANYONE UINT64_MAX
static inline bool gjr_straight_lets(const gjr_straight *cell, uint32_t post)
{
    uint32_t bit = post < GJR_STRAIGHT_POSTS_MAX ? post : GJR_STRAIGHT_POSTS_MAX;
    return (cell->posts >> bit & 1) != 0;
}

typedef struct gjr_plan {
    const gjr_listener *listeners;
    const gjr_audience *actions;            /* of each */
    const gjr_audience *entering, *leaving; /* of each stage */
    const gjr_audience *fields;             /* of each */
    const uint8_t *bys;                     /* of each field: whether a limit is due by it */
    /* Of each field, and each action: whether some limit's length hangs on it. */
    const uint8_t *measuring_fields, *measuring_acts;
    const uint8_t *stages;             /* of each: whether anything but itself hears of it */
    const uint32_t *texts_set;         /* an action: most texts that one of its clauses sets */
    uint32_t constant_size_max;        /* of the texts in the image's expressions */
    const uint32_t *first_transitions; /* an action: its first transition anywhere, or GJR_NONE */
    const uint32_t *inner_first;       /* the regions, the deepest first, else as declared */
    const uint32_t
        *bare_fields; /* an expression that is but a field of the case: that, or GJR_NONE */
    const gjr_straight *straights; /* of each cell */
    const uint8_t *straight_acts;  /* of each: GJR_STRAIGHT_… */
    const uint8_t *plain_fields;   /* of each: a word of the case, and nobody hears of its value */
    const uint32_t *workdays; /* of each limit: how many there are to its only rung, its due, where
                               * it is plain; else 0 */
    bool has_presets;         /* some field of the case has a default */
    bool opens_straight;      /* nothing happens when a case opens but that it stands somewhere */
} gjr_plan;

/* Of the audience, the relations in which the act has a role. */
static inline const gjr_listener *gjr_audience_roles(const gjr_plan *plan,
                                                     const gjr_audience *audience)
{
    return &plan->listeners[audience->first + audience->ends + audience->starts + audience->rules +
                            audience->turns];
}

/* Of the audience, what changes how limits run. */
static inline const gjr_listener *gjr_audience_turns(const gjr_plan *plan,
                                                     const gjr_audience *audience)
{
    return &plan->listeners[audience->first + audience->ends + audience->starts + audience->rules];
}

/* All of it is the arena's; false when memory ends. */
bool gjr_plan_make(const gjr_rows *rows, const gjr_case_layout *layout, gjb_arena *arena,
                   gjr_plan *plan);

#endif
