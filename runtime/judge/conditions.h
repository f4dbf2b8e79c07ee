/* SPDX-License-Identifier: Apache-2.0
 *
 * Conditions in the judge: three-valued, and a note when one can be neither true nor false. What a
 * condition reads is taken from the case when it is asked and stays in the sitting, so that a
 * finding can quote it. Whoever asks says for which clause. */
#ifndef GJR_CONDITIONS_H
#define GJR_CONDITIONS_H

#include "judge/step.h"

typedef enum gjr_truth { GJR_TRUTH_FALSE, GJR_TRUTH_TRUE, GJR_TRUTH_UNKNOWN } gjr_truth;

/* The clause that asks, for the note. */
typedef struct gjr_clause {
    uint32_t position;
    uint32_t basis_first, basis_count;
    gj_subject_kind subject;
    uint32_t index;
} gjr_clause;

gjr_clause gjr_clause_of_transition(const gjr_sitting *step, uint32_t transition);
gjr_clause gjr_clause_of_rule(const gjr_sitting *step, uint32_t rule);
gjr_clause gjr_clause_of_power(const gjr_sitting *step, uint32_t power);
gjr_clause gjr_clause_of_document(const gjr_sitting *step, uint32_t document);

/* A note that cites the clause, or NULL when memory ends. */
gjr_raised *gjr_clause_note(gjr_sitting *step, gj_code code, gj_subject_kind subject,
                            uint32_t index, const gjr_clause *by);

gjr_value gjr_condition_value(gjr_sitting *step, uint32_t expression);
/* GJR_NONE is true. */
gjr_truth gjr_condition_truth(gjr_sitting *step, uint32_t expression);
/* Whether this event's missing-data about that subject is noted. */
bool gjr_condition_is_noted(const gjr_sitting *step, gj_subject_kind subject, uint32_t index);
/* missing-data, of each field that was missing when the expression came out unknown; where none
 * was, a calculation gave nothing, and the clause itself is named. `sets` is the field that was to
 * have the value, or GJR_NONE. One event names a missing field once, whatever asked for it. */
void gjr_condition_note_unknown(gjr_sitting *step, uint32_t expression, const gjr_clause *by,
                                uint32_t sets);

/* The same of a rule, which lacks what was missing, and nothing is noted. */
void gjr_condition_lack(gjr_sitting *step, uint32_t expression, uint32_t rule);

/* Whether what came counts for the limit by that trigger: what the trigger's condition says now. A
 * note where that cannot be said; then it does not. */
bool gjr_condition_of_trigger(gjr_sitting *step, uint32_t limit, uint32_t trigger);
/* The same of an effect: whether it follows when the limit runs out. */
bool gjr_condition_of_effect(gjr_sitting *step, uint32_t limit, uint32_t effect);
/* Of what stops or extends the limit, as its clause says; a note where that cannot be said. */
gjr_truth gjr_condition_of_turn(gjr_sitting *step, uint32_t limit, uint32_t when,
                                const gjr_clause *by);
/* The same of a role: whether the act counts for its rule, and where that cannot be said. */
gjr_truth gjr_condition_of_role(gjr_sitting *step, uint32_t rule, uint32_t role);
/* missing-data, of the field that was to say which key the act is about, for that rule. */
void gjr_condition_note_rule_key_unknown(gjr_sitting *step, uint32_t field, uint32_t rule);
/* missing-data, of the officer, whom the rule needs. */
void gjr_condition_note_officer_unknown(gjr_sitting *step, uint32_t rule);
/* The same of a length: whether it is how long the limit is. */
bool gjr_condition_of_length(gjr_sitting *step, uint32_t limit, uint32_t length);
/* missing-data, of what was to say how long the limit is: it is not known, or no length. */
void gjr_condition_note_no_length(gjr_sitting *step, uint32_t limit, uint32_t length, bool known);
/* missing-data, of the date by which the limit that ends was due. */
void gjr_condition_note_due_unknown(gjr_sitting *step, uint32_t field, uint32_t limit);
/* Likewise the field that was to say which of the limit's clocks is meant. */
void gjr_condition_note_key_unknown(gjr_sitting *step, uint32_t field, uint32_t limit);

#endif
