/* SPDX-License-Identifier: Apache-2.0
 *
 * In whose hands a case was when something fell due: the last act of the post that answers, where
 * there is one, from one instant on and before another. */
#ifndef PLAIN_HANDS_H
#define PLAIN_HANDS_H

#include "unit/interpreter/case.h"

/* NULL: there is none, or its officer was not told. */
const plain_told_act *plain_hand(const plain_case *c, const plain_holders *posts, int region,
                                 int64_t from, int64_t until);

#endif
