/* SPDX-License-Identifier: Apache-2.0
 *
 * Who held the case, and each limit's part of it, as lines: how long by the clock, and how much of
 * what is counted. */
#ifndef PLAIN_HOLDINGS_H
#define PLAIN_HOLDINGS_H

#include "unit/interpreter/readings.h"

void holdings_of_judge(readings *r, const gj_case_result *result);
void holdings_of_plain(readings *r, const plain_case *c);

#endif
