/* SPDX-License-Identifier: Apache-2.0
 *
 * What is asked of a case's acts, as small automata: rules that relate, count and forbid acts,
 * duties, and limits, of which this much is asked, that what they wait for comes. A ward has a
 * state of one byte, goes on with each act, and says whether it was broken; time and officers are
 * left open, so it is broken only where it is broken whatever these are. One that stands for each
 * key is that of one of them: an act that tells another is nothing to it. */
#ifndef GJC_WARDS_H
#define GJC_WARDS_H

#include "sema/model.h"

typedef struct gjc_ward {
    const gjc_rule *rule;   /* one of the two */
    const gjc_limit *limit; /* from acts to acts */
    const gjc_label *label;
    uint32_t region; /* a branch, in which alone it hears what is done; or 0: the case */
    gj_text key;     /* it stands for each value of that name; absent: of the case */
    bool is_loose;   /* exceptions or officers may let be what else would break it */
} gjc_ward;

enum {
    GJC_WARD_BROKEN = -1,
    GJC_WARD_TIMES_MAX = 16, /* a rule that counts further is no ward */
};

/* False where it is none: of another kind, of a branch and about acts that are done elsewhere too,
 * or not understood. */
bool gjc_ward_of_rule(const gjc_model *model, const gjc_rule *rule, gjc_ward *ward);
bool gjc_ward_of_limit(const gjc_model *model, const gjc_limit *limit, gjc_ward *ward);

/* Whether the act is anything to it; and then whether a condition may make it nothing. */
bool gjc_ward_hears(const gjc_ward *ward, uint32_t action);
bool gjc_ward_may_pass_over(const gjc_ward *ward, uint32_t action);
/* The state behind the act, or GJC_WARD_BROKEN; what the law deems done breaks nothing. The state
 * at the begin is 0. */
int gjc_ward_step(const gjc_ward *ward, int state, uint32_t action, bool by_law);
/* Whether it asks for nothing that is done after the close. */
bool gjc_ward_ends_with_the_case(const gjc_ward *ward);
/* Whether it is kept where the case ends so. */
bool gjc_ward_ends_well(const gjc_ward *ward, int state);
/* Whether time alone, running on or not, may break it in that state or by that act. */
bool gjc_ward_hangs_on_time(const gjc_ward *ward, int state, uint32_t action);

/* The act at which it begins to ask something, the i-th of them; GJC_NO_INDEX behind the last. One
 * that asks something of every case that ends has none. */
uint32_t gjc_ward_trigger(const gjc_ward *ward, uint32_t i);
/* Whether it wants acts done, and does not only forbid them; whether of every case that ends. */
bool gjc_ward_demands(const gjc_ward *ward);
bool gjc_ward_demands_always(const gjc_ward *ward);

#endif
