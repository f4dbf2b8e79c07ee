/* SPDX-License-Identifier: Apache-2.0
 *
 * The rule at the end of a TZif file, in the manner of POSIX's TZ variable: "CST-8" where the
 * offset never changes again, "CET-1CEST,M3.5.0,M10.5.0/3" where it changes twice a year. */
#ifndef GJC_ZONE_RULE_H
#define GJC_ZONE_RULE_H

#include <guiju/guiju.h>

typedef enum gjc_zone_date_kind {
    GJC_ZONE_MONTH_WEEK, /* Mm.w.d: the w-th such weekday of a month, 5 the last */
    GJC_ZONE_JULIAN,     /* Jn: 1..365, February 29 never counted */
    GJC_ZONE_ORDINAL,    /* n: 0..365 */
} gjc_zone_date_kind;

typedef struct gjc_zone_date {
    gjc_zone_date_kind kind;
    int32_t month, week, weekday; /* weekday: 0 Sunday */
    int32_t day;
    int32_t time_s; /* on the wall before the change; -167 to 167 hours */
} gjc_zone_date;

typedef struct gjc_zone_rule {
    int32_t standard_s, summer_s; /* east of UTC */
    bool changes;                 /* the dates hold */
    gjc_zone_date to_summer, to_standard;
} gjc_zone_rule;

/* Reads the whole text. */
bool gjc_zone_rule_parse(gj_text text, gjc_zone_rule *rule);
/* The instants of a year's two changes, in seconds. */
int64_t gjc_zone_rule_to_summer(const gjc_zone_rule *rule, int32_t year);
int64_t gjc_zone_rule_to_standard(const gjc_zone_rule *rule, int32_t year);

#endif
