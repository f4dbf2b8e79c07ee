/* SPDX-License-Identifier: Apache-2.0
 *
 * Calculating with dates, times and lengths of time. What has no exact answer, such as a date and
 * a half day, has none: the result is unknown. */
#ifndef GJR_MOMENTS_H
#define GJR_MOMENTS_H

#include "vm/vm.h"

/* Operands that must be known. */
gjr_value gjr_moments_date_add(gj_day day, int64_t duration_ms);
gjr_value gjr_moments_date_between(gj_day a, gj_day b);
gjr_value gjr_moments_time_add(gj_instant instant, int64_t duration_ms);
gjr_value gjr_moments_time_between(gj_instant a, gj_instant b);
/* The numbers are decimals. */
gjr_value gjr_moments_workdays_add(const gjr_facts *facts, gj_day day, int64_t number);
gjr_value gjr_moments_months_add(gj_day day, int64_t number);

#endif
