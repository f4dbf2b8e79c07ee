/* SPDX-License-Identifier: Apache-2.0
 *
 * The keys by which a rule that relates acts stands for each by itself (`per`): which one the act
 * at hand tells, and which a recall stands under. */
#ifndef GJR_RELATION_KEY_H
#define GJR_RELATION_KEY_H

#include "judge/recalls.h"
#include "judge/step.h"

/* Whether the rule has no keys, or the act at hand tells one; that it does not is noted. */
bool gjr_relation_key_is_told(gjr_sitting *step, uint32_t relation);
/* Whether the act at hand may be about what the recall stands for: of its key, or of none. */
bool gjr_relation_key_may_be(const gjr_sitting *step, uint32_t relation, const gjr_recall *recall);
/* Whether it tells that key. */
bool gjr_relation_key_is(const gjr_sitting *step, uint32_t relation, const gjr_recall *recall);
/* The recall of the act at hand stands under the key that is told, where the rule has keys. */
void gjr_relation_key_keep(gjr_sitting *step, uint32_t relation, gjr_recall *recall);

#endif
