/* SPDX-License-Identifier: Apache-2.0
 *
 * One step of a case: time comes to an event, the event is taken in, everything about it is judged,
 * and the case moves or stays. A step is a function of the judge, the state's bytes and the event;
 * what it needs meanwhile lies in a gjr_sitting that is used again from step to step and whose
 * contents do not matter between them.
 *
 *     gjr_sitting_init(&step, judge);
 *     status = gjr_case_step(&step, &judged, &event);        step.raised, step.raised_count
 *     status = gjr_case_step_time(&step, &judged, now);      what time alone raises
 *     gjr_sitting_deinit(&step);
 *
 * The order of things within a step, which the meaning rests on:
 *
 *     1. the first event opens the case: defaults, then the initial stage is entered
 *     2. time passes up to and including `at`: limits fall due, told end dates come
 *     3. the event's documents and data are taken; date fields start and end limits
 *     4. the act goes to a region (route.h), and the cell of (stage, action) says what it means
 *        there; a skip passes the stages left out
 *     5. the act is judged: condition, count, powers, documents, rules. Nothing of this changes a
 *        thing
 *     6. the act is done: its clause sets fields, which start and end limits; what an act left out
 *        has started may end on a date told before; then limits hear of the act, of leaving and of
 *        entering, in this order, each time ends before starts; a final stage closes the case
 *
 * While time passes the law may act by itself (law.h), in its place among what falls due; where a
 * date that the act sets has a limit run out, after the act. */
#ifndef GJR_STEP_H
#define GJR_STEP_H

#include "judge/answers.h"
#include "judge/case.h"
#include "judge/raised.h"

/* What cases have come to, a byte each, for whoever wants to know: a stage entered, an action done,
 * a limit started, a rule asked; and of a rule whether data was missing for it. */
enum { GJR_TOUCHED_ASKED = 1, GJR_TOUCHED_UNDECIDED = 2 };
typedef struct gjr_touched {
    uint8_t *stages, *actions, *limits, *rules;
} gjr_touched;

/* What the law did in a step. */
typedef struct gjr_deemed {
    uint32_t effect; /* row */
    gj_instant at, as_of;
    uint32_t stage_after; /* where the region that it moved stands then, or the limit's */
    bool behind_act;      /* after the act of the event at hand; else before it */
} gjr_deemed;

typedef struct gjr_sitting {
    const gj_judge *judge;
    gjb_arena arena; /* dies with the next step */
    gjr_case *judged;
    const gjr_event *event; /* NULL while time alone passes */
    gj_instant as_of;       /* limits take what happens as of then: the event's instant */
    gj_instant been;        /* up to where time has passed; the law may act behind that */
    uint32_t region;        /* to which the act goes; what is noted stands there */
    uint32_t heard_in;      /* the same, or GJR_NONE where every region hears of it */
    gjr_facts facts;
    gjr_value *fields;      /* scratch for facts, field_count; parameters are there for one act */
    uint32_t parameters_of; /* the action whose parameters are there, or GJR_NONE */
    gjr_raised *raised;
    gjr_deemed *deemed; /* in their order */
    size_t raised_capacity, deemed_capacity;
    size_t raised_count, deemed_count;
    gjr_native_answer *failures; /* of natives, those not yet noted; NULL: none in this step */
    bool has_failures;
    bool key_added; /* to the case's tail */
    bool no_memory;
    uint32_t *news; /* fields with listeners that have a new value, each once */
    size_t news_count;
    size_t room;    /* that the event at hand may need in the tail */
    bool law_waits; /* until the event's act is done */
    bool act_done;
    bool by_law;                 /* the event at hand stands for what the law does */
    size_t raised_since;         /* what was raised from here on belongs to the event at hand */
    uint32_t key;                /* the event's, once it is in the case's tail */
    struct gjr_begun *begun;     /* what began in this step, the latest first */
    const gjr_touched *touched;  /* where that is marked, or NULL; judging does not depend on it */
    struct gjr_trace *trace;     /* likewise (trace.h) */
    struct gjr_custody *custody; /* likewise (custody.h) */
    struct gjr_lacks *lacks;     /* likewise (lacks.h) */
    gjr_answers *answers;        /* what natives have answered; NULL: each is asked each time */
} gjr_sitting;

gj_status gjr_sitting_init(gjr_sitting *step, const gj_judge *judge);
void gjr_sitting_deinit(gjr_sitting *step);

/* The event must not lie before the case's clock by the order that cases are judged in; where its
 * instant does, it is judged at the clock. What was raised is borrowed until the next step. */
gj_status gjr_case_step(gjr_sitting *step, gjr_case *judged, const gjr_event *event);
/* The same of a case whose bytes are known to lie there: what holds them need not be waited for. */
gj_status gjr_case_step_at(gjr_sitting *step, gjr_case *judged, unsigned char *bytes,
                           const gjr_event *event);
/* Time comes to `now`, inclusive. */
gj_status gjr_case_step_time(gjr_sitting *step, gjr_case *judged, gj_instant now);
/* Time comes to the next instant, up to `now`, at which a limit may have something to say. False:
 * there is none, or *status says what fails. */
bool gjr_case_step_next(gjr_sitting *step, gjr_case *judged, gj_instant now, gj_status *status);
/* Notes every limit that is overdue again, counted up to the clock. */
gj_status gjr_case_step_count(gjr_sitting *step, gjr_case *judged);

/* ---- for the parts of a step ---- */

/* Nothing is raised yet; the event is NULL where time alone passes. */
void gjr_sitting_begin(gjr_sitting *step, gjr_case *judged, const gjr_event *event);

/* A new note about the event at hand, its ordinal and stages set, or NULL when memory ends. */
gjr_raised *gjr_sitting_add(gjr_sitting *step, gj_code code, gj_subject_kind subject,
                            uint32_t index);
/* As gjr_sitting_add, under an ordinal that was given out before. */
gjr_raised *gjr_sitting_add_again(gjr_sitting *step, gj_code code, uint32_t ordinal);
void gjr_sitting_add_deemed(gjr_sitting *step, const gjr_deemed *deemed);
/* Where it stands: in that region, or the nearest around it that runs. */
void gjr_sitting_place(gjr_sitting *step, gjr_raised *raised, uint32_t region);
/* The event that found it is through: where the case stands after it. */
void gjr_sitting_settle(const gjr_sitting *step, gjr_raised *raised);
/* A clock begins by the event at hand, is stopped or extended: how often that event has done so
 * before, by the code under which it would be found. What is found later is told apart by it. */
uint32_t gjr_sitting_begin_again(gjr_sitting *step, gj_code code, uint32_t clock);
/* Whether a note of the step is of the event at hand: not what the law found before it, nor what
 * time told of an act that was not followed. */
static inline bool gjr_sitting_is_at_hand(const gjr_raised *raised)
{
    return raised->law.limit == GJR_NONE &&
           (raised->by_event || raised->relation.first.present == 0);
}
/* Whether what happened in the region (GJR_NONE: everywhere) is the listener's. */
static inline bool gjr_sitting_hears(const gjr_sitting *step, const gjr_listener *listener,
                                     uint32_t region)
{
    return listener->region == 0 || region == GJR_NONE ||
           gjr_rows_is_within(step->judge->rows, region, listener->region);
}

#endif
