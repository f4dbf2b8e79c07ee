/* SPDX-License-Identifier: Apache-2.0
 *
 * A case while a transaction has to do with it: its state as the store has it, and what becomes of
 * it. It is written back once, however much came. */
#ifndef GJR_CASE_FILE_H
#define GJR_CASE_FILE_H

#include "durable/engine.h"
#include "judge/answers.h"
#include "judge/case.h"

/* What events are judged in the order of: (at, recorded, source, seq, id). */
typedef struct gjr_rank {
    gj_instant at, recorded;
    uint64_t seq;
    gj_text source, id;
} gjr_rank;
int gjr_rank_compare(const gjr_rank *a, const gjr_rank *b);

typedef struct gjr_case_file {
    const gj_allocator *allocator;
    int64_t number;
    gjr_rule_set *rules;  /* by which it is judged, */
    gjr_rule_set *opened; /* and under which it opened */
    gj_text id;
    gjr_case judged;
    bool has_state;  /* false: it is to be judged anew before anything else */
    bool is_linked;  /* some event of it corrects or retracts another, or was named */
    bool is_changed; /* it is to be written, and stands in the desk's list of those: */
    struct gjr_case_file *changed_before;
    gjb_buffer last; /* the rank of the event judged last, as bytes; empty: none */
    gjr_answers answers;
    int64_t latest; /* its event that was told last; 0: none */
    bool is_new;    /* the store has no row of it */
    struct {        /* of the row that it has, what stands in indexes */
        gj_instant look_at;
        int64_t deployment;
    } kept;
} gjr_case_file;

/* Takes a row of CASE_BY_ID or CASE_BY_NUMBER. GJ_NO_MEMORY; GJ_IO: what natives have
 * answered cannot be read. */
gj_status gjr_case_file_init(gjr_case_file *file, const gj_engine *engine, gjr_rule_set *rules,
                             gjr_rule_set *opened, gjr_statement *row);
/* A new one, under a number that the store gave. */
gj_status gjr_case_file_init_new(gjr_case_file *file, const gj_allocator *allocator,
                                 gjr_rule_set *rules, int64_t number);
/* The state of another of the same rules, and what was judged last of it. False: memory ends. */
bool gjr_case_file_copy(gjr_case_file *to, const gjr_case_file *from);
/* Of the same unit with other calendars: the state is the same bytes. */
gj_status gjr_case_file_rebind(gjr_case_file *file, gjr_rule_set *rules);
void gjr_case_file_deinit(gjr_case_file *file);
/* Where it is changed. */
void gjr_case_file_write(gjr_case_file *file, gjr_store *store);

/* The rank of the event judged last; false: there is none. Borrowed until it changes. */
bool gjr_case_file_last(const gjr_case_file *file, gjr_rank *last);
void gjr_case_file_take_last(gjr_case_file *file, const gjr_rank *last);
gjr_rank gjr_rank_of(const gjr_event *event);
/* Whether the event comes after all that the case has taken in, and not ahead of the clock. */
bool gjr_case_file_is_next(const gjr_case_file *file, const gjr_event *event, gj_instant now);
/* It came to its version then: what happened up to there is not in order any more. */
void gjr_case_file_take_move(gjr_case_file *file, gj_instant at);
/* What natives answered has a place here; NULL where the procedure asks none. */
gjr_answers *gjr_case_file_answers(gjr_case_file *file);

#endif
