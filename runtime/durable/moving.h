/* SPDX-License-Identifier: Apache-2.0
 *
 * Cases that migrate: a version is deployed that says how those of an earlier one go on in it.
 * Open cases are moved in the transaction that writes the deployment down; one that is closed is
 * moved once something is told of it, and stays as it was until then. That a case came to a version
 * follows from the deployments alone, so whoever judges it anew moves it at the same instant. */
#ifndef GJR_MOVING_H
#define GJR_MOVING_H

#include "durable/engine.h"

struct gjr_desk;
struct gjr_case_file;

/* Works out how cases of the versions that there are go on by the rules, which are not in force
 * yet. GJ_REFUSED, and the engine says what has no place in them, and which case is the first that
 * has it. */
gj_status gjr_moving_prepare(gj_engine *engine, gjr_rule_set *rules);
/* Whether cases of the one migrate to the other, as it was prepared. */
bool gjr_moving_is_from(const gjr_rule_set *was, const gjr_rule_set *rules);
const gjr_succession *gjr_moving_succession(const gjr_rule_set *was, const gjr_rule_set *rules);
/* How cases of that version, which are judged by that judge, would go on in one that is not
 * deployed; *moves is false where it does not say so. GJ_REFUSED, and the engine says what has no
 * place in it. The caller deinits what moves. */
gj_status gjr_moving_suppose(gj_engine *engine, const gjr_rule_set *was, const gj_judge *judged_by,
                             const gj_judge *is, gjr_succession *by, bool *moves);
/* Moves all open cases that migrate to the rules, within a transaction that has begun. */
gj_status gjr_moving_move(gj_engine *engine, gjr_rule_set *rules, gjr_chain *chain);

/* Gives a docket by the rules all versions through which such a case has come to them. */
gj_status gjr_rule_set_add_past(gj_engine *engine, gjr_rule_set *opened, const gjr_rule_set *now,
                                gj_docket *docket);

/* Moves one. */
void gjr_desk_move(struct gjr_desk *desk, struct gjr_case_file *file, gjr_rule_set *to,
                   const gjr_succession *by);

#endif
