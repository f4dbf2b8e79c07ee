/* SPDX-License-Identifier: Apache-2.0
 *
 * Budgets of time, seen before any case: a limit that the least periods on every way to its end do
 * not leave room for, steps that add up to more than the whole, a warning before the start, stops
 * and extensions that nobody can make. What has days of
 * several kinds is compared by the calendar, start by start, on the days that it has published. */
#ifndef GJC_BUDGETS_H
#define GJC_BUDGETS_H

#include "analysis/lengths.h"
#include "analysis/graph.h"
#include "syntax/diag.h"

void gjc_budgets_check(const gjc_graph *graph, const gjc_calendars *calendars,
                       gjc_diag_list *diags);

#endif
