/* SPDX-License-Identifier: Apache-2.0
 *
 * The lines of a scenario that tell something: acts, and what corrects or retracts one, each as the
 * event that it would be. The telling is a scenario while it is read, with its clock in hand. */
#ifndef GJC_TELLING_H
#define GJC_TELLING_H

#include <guiju/compile.h>

#include "sema/sema.h"

typedef struct gjc_telling {
    gjc_sema *sema;
    gj_scenario_step *steps;
    size_t count;
    gj_stamp clock;                              /* of the lines so far; absent before the first */
    bool has_try, has_expectation, has_timeless; /* a line without any time was reported */
    gj_text title;
    gjc_label *labels;    /* of the acts so far that have one */
    uint32_t *labelled;   /* of each, the line whose words stand for it now */
    gj_text *departments; /* of each line, that of the post that acts */
    uint32_t label_count;
} gjc_telling;

gj_stamp gjc_telling_stamp(const gjc_telling *telling, const gjc_node *moment);
/* Takes the line's time, or the clock's. Only an act that says when it was recorded may lie before;
 * it leaves the clock alone. */
gj_stamp gjc_telling_time(gjc_telling *telling, const gjc_node *line, gj_scenario_step *step);
/* "c" of "a.b.c". */
gj_text gjc_telling_last_name(gj_text path);

void gjc_telling_act(gjc_telling *telling, const gjc_node *act, gj_scenario_step *step);
void gjc_telling_correct(gjc_telling *telling, const gjc_node *line, gj_scenario_step *step);
void gjc_telling_retract(gjc_telling *telling, const gjc_node *line, gj_scenario_step *step);

#endif
