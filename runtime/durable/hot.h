/* SPDX-License-Identifier: Apache-2.0
 *
 * Hot cases: those at which acts were tried last, each as the store has it. An act that comes next
 * in its case's order is judged on a copy of that, without the store and without the case's
 * history. Whoever commits puts away what was changed, before the commit is acknowledged. */
#ifndef GJR_HOT_H
#define GJR_HOT_H

#include "durable/case_file.h"

/* A copy of a hot case, with what it takes to judge it. */
typedef struct gjr_hot_seat {
    gjr_case_file file;
    gjr_sitting sitting;
    gjb_arena arena; /* of what is told of it */
} gjr_hot_seat;

typedef struct gjr_hot gjr_hot;

/* NULL when memory ends. */
gjr_hot *gjr_hot_create(const gj_allocator *allocator);
/* Before the rule sets go; NULL may be. */
void gjr_hot_destroy(gjr_hot *hot);

/* A copy of the case, whose id is borrowed; NULL: it is not hot, or memory ends. The caller gives
 * it back. */
gjr_hot_seat *gjr_hot_take(gjr_hot *hot, gj_text procedure, gj_text id);
void gjr_hot_give(gjr_hot *hot, gjr_hot_seat *seat);

/* How many commits there were: asked before the case is read that is then kept. */
uint64_t gjr_hot_commits(gjr_hot *hot);
/* Becomes hot as it was read, unless there was a commit since, or it is none that can be judged by
 * its state. Where memory ends it does not. */
void gjr_hot_keep(gjr_hot *hot, uint64_t commits, const gjr_case_file *file);
/* A commit, by which those cases may have changed; and one by which any may. NULL may be. */
void gjr_hot_commit(gjr_hot *hot, gjr_case_file *const *changed, size_t count);
void gjr_hot_clear(gjr_hot *hot);

#endif
