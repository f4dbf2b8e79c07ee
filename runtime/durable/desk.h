/* SPDX-License-Identifier: Apache-2.0
 *
 * A desk: one transaction while it goes on, with the cases that it has to do with. */
#ifndef GJR_DESK_H
#define GJR_DESK_H

#include "base/map.h"
#include "durable/book.h"

typedef struct gjr_desk {
    gj_engine *engine;
    gjr_store *store;
    gjr_book book;
    int64_t cases_last;   /* likewise, the highest number of a case */
    gjr_chain chain;      /* likewise, of the audit */
    gj_instant now;       /* the clock, as it will be when this is committed */
    gj_instant judged_to; /* where it stood when cases that are not fetched yet were judged last */
    bool is_recounting;   /* as the engine's, once this is committed */
    gj_instant follow_to; /* how far it goes with the events; INT64_MIN: it does not */
    gjb_arena keys;       /* of the files, for as long as the transaction lasts */
    gjb_arena told;       /* of the event at hand */
    gjb_map numbers;      /* of the files, by case and procedure */
    gjr_case_file **files;
    size_t count, capacity;
    int64_t conflict_count;
    gjr_case_file *changed; /* the latest of those that are to be written, and how many: */
    size_t changed_count;
    gjb_buffer line; /* the event at hand, as JSON */
    gjb_buffer history;
} gjr_desk;

/* ---- desk.c ---- */

/* Of a transaction that has begun. */
void gjr_desk_init(gjr_desk *desk, gj_engine *engine);
void gjr_desk_deinit(gjr_desk *desk);
/* What is changed is written, and every file is put away: what was fetched is gone. */
void gjr_desk_clear(gjr_desk *desk);

/* The file of a case of that number; NULL where something failed. */
gjr_case_file *gjr_desk_fetch(gjr_desk *desk, int64_t number);
/* The file of a case of that procedure; where there is none, and it is to be made, a new one, of
 * the rules given. NULL where there is none, or something failed. */
gjr_case_file *gjr_desk_find(gjr_desk *desk, const gjr_rule_set *rules, gj_text id, bool makes);

/* It is to be written. */
void gjr_desk_note_changed(gjr_desk *desk, gjr_case_file *file);

/* ---- hearing ---- */

/* The event comes after all that the case has taken in, and not ahead of the clock: judged on the
 * state as it stands (step.c). False: it is to be judged anew. */
bool gjr_desk_step(gjr_desk *desk, gjr_case_file *file, const gj_event *told);
/* Writes down what the last step by the file's rules has found; `before`: so many findings there
 * were. */
void gjr_desk_note_step(gjr_desk *desk, gjr_case_file *file, const gjr_event *event,
                        uint32_t before, const gjr_book_cause *cause);
/* What the case's limits have to say up to the clock. */
void gjr_desk_step_time(gjr_desk *desk, gjr_case_file *file);

/* What judging anew is for. */
typedef struct gjr_anew {
    const gj_event *told;  /* a new event; or NULL */
    gj_instant was;        /* where the clock stood up to which it was judged before */
    gjr_rule_set *recount; /* by its calendars it is counted from now on, and judged no further than
                            * it was; or NULL */
} gjr_anew;
/* Judges the case from its history (anew.c), in which the new event is not yet. What means nothing
 * of that event is *problem. */
void gjr_desk_anew(gjr_desk *desk, gjr_case_file *file, gjr_anew what, gj_problem_code *problem);

#endif
