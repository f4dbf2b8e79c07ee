/* SPDX-License-Identifier: Apache-2.0
 *
 * One item of a notice, "二、春节：2月10日至17日放假调休，共8天。…": its days gather until a word
 * says what becomes of them. Off: 放假, 补休, 调休; worked: 上班. Days that are only spoken of
 * (照常公休, 调至, 起正常上班, 休息) are let go; days of which nothing is said are a mistake, since
 * otherwise a misprint would be a day lost. What stands in brackets is a remark, but its day of the
 * week has to be the date's. */
#ifndef GJC_NOTICE_ITEM_H
#define GJC_NOTICE_ITEM_H

#include "notice/facts.h"
#include "notice/scan.h"

enum { GJC_PENDING_MAX = 32, GJC_HOLIDAY_DAYS_MAX = 60 };

typedef struct gjc_pending {
    gj_day from, to;
    gjc_span span;
} gjc_pending;

typedef struct gjc_item {
    gjc_facts *facts;
    const gjc_notice_source *source;
    gjc_scan scan; /* over the item */
    gj_text name;  /* of the occasion */
    bool is_prose; /* not numbered: sentences that arrange nothing may name dates */
    size_t said;   /* days that it arranged */
    gj_day anchor; /* the item's first day, or GJ_NO_DAY */
    int32_t month; /* named last, 0: none */
    bool is_moved; /* behind 调至, up to the comma */
    bool extends;  /* 延长 … 至 */
    int32_t off;   /* days off of this sentence */
    gjc_pending pending[GJC_PENDING_MAX];
    size_t pending_count;
    gjc_pending rest[GJC_PENDING_MAX]; /* days of rest that are about to be moved: 公休日调至 */
    size_t rest_count;
} gjc_item;

/* Reads it to its end. */
void gjc_item_read(gjc_item *item);

#endif
