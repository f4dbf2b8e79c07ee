/* SPDX-License-Identifier: Apache-2.0
 *
 * `per PARAMETER at most N open`: a limit that keeps a clock a key, as one for each objection. What
 * an act says under that name is its key, so everything that starts, ends, stops or changes such a
 * limit is an act that says it, but for the stages in which all its clocks stop. */
#ifndef GJC_KEYS_H
#define GJC_KEYS_H

#include "sema/sema.h"

/* Of a limit whose other clauses are resolved. */
void gjc_keys_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit);
/* Of a rule whose roles are resolved: what begins and what ends what it bars tells a key. */
void gjc_keys_resolve_rule(gjc_sema *sema, const gjc_node *node, gjc_rule *rule);
/* What tells the key of such an act by that name, as gjc_model_get_field counts it: the action's
 * parameter, else the case's field; or GJC_NO_INDEX. */
uint32_t gjc_keys_find(const gjc_model *model, gj_text per, gjc_type type, uint32_t action);

#endif
