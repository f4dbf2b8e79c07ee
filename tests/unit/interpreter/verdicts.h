/* SPDX-License-Identifier: Apache-2.0
 *
 * How each rule stands, and what was missing where that cannot be told, as lines. */
#ifndef PLAIN_VERDICTS_H
#define PLAIN_VERDICTS_H

#include "unit/interpreter/readings.h"

void verdicts_of_judge(readings *r, const gj_case_result *result);
void verdicts_of_plain(readings *r, plain_case *c);

#endif
