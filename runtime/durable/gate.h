/* SPDX-License-Identifier: Apache-2.0
 *
 * A gate: a case at which acts are tried. Each trial tells the case's history to a live docket of
 * its own, in silence, brings it to the clock and tells it the act aloud: as the engine itself does
 * where it judges a case anew (anew.c), so what it hears is what would be found; and nothing of it
 * is kept. */
#ifndef GJR_GATE_H
#define GJR_GATE_H

#include "durable/engine.h"

typedef struct gjr_gate {
    gjr_asked asked;
    gjr_rule_set *rules; /* of the case; of one that is not there, those in force */
    gj_text case_id;
    gjb_buffer history;
    gj_instant now;
} gjr_gate;

/* GJ_UNKNOWN: no such procedure; what failed is noted. Deinit in either case. */
gj_status gjr_gate_init(gjr_gate *gate, gj_engine *engine, gj_text procedure, gj_text case_id);
void gjr_gate_deinit(gjr_gate *gate);
bool gjr_gate_has_case(const gjr_gate *gate);

/* Who hears what a trial changes, and how the case stands after it; either may be NULL. Returns
 * false to hear no more. */
typedef struct gjr_trial {
    void *payload;
    bool (*on_revision)(void *payload, const gj_revision *revision);
    bool (*on_case)(void *payload, const gj_case_result *result);
    gj_receipt *receipt; /* or NULL */
} gjr_trial;
/* The event NULL: nothing but the case as it stands. */
gj_status gjr_gate_try(gjr_gate *gate, const gj_event *event, const gjr_trial *trial);

/* An act of the case that happens now, told without an id. */
gj_event gjr_gate_act(const gjr_gate *gate, uint32_t action, uint32_t post);
/* An instant as it is told. */
gj_stamp gjr_gate_stamp(const gjr_gate *gate, gj_instant at);

#endif
