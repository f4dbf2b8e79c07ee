/* SPDX-License-Identifier: Apache-2.0
 *
 * What failed last, as a sentence in both languages (failures.def). It is made when it happens,
 * since what it speaks of may be gone when somebody asks. */
#ifndef GJR_FAILURE_H
#define GJR_FAILURE_H

#include <guiju/guiju.h>

typedef enum gjr_failure_kind {
#define GJR_FAILURE(NAME, en, zh) GJR_FAILURE_##NAME,
#include "durable/failures.def"
#undef GJR_FAILURE
} gjr_failure_kind;

/* What is damaged, for gjr_store_fail_damaged: in both languages, %s being the record's name. */
#define GJR_DAMAGE_FINDING "the finding \"%s\" is none that can be", "异常“%s”的内容不可能出现"
#define GJR_DAMAGE_RULES                                                                           \
    "the rule set by which the case \"%s\" is judged is not there", "办件“%s”所依的规则集不存在"
#define GJR_DAMAGE_TEXT   "what is kept of \"%s\" is no JSON", "“%s”的记录不是 JSON"
#define GJR_DAMAGE_EVENTS "the events of the case \"%s\" cannot be read", "办件“%s”的事件无法读取"
#define GJR_DAMAGE_ANSWERS                                                                         \
    "what natives answered in the case \"%s\" cannot be read", "办件“%s”的外接答复无法读取"
#define GJR_DAMAGE_DEPLOYMENT                                                                      \
    "deployment %s, its image or a calendar of it is not there", "第%"                            \
                                                                 "s次部署、其映像或者日历不存在"

#define GJR_DAMAGE_SEAL                                                                            \
    "the name or version of an envelope of the procedure \"%s\" is another than was signed",       \
        "流程“%s”的封套名称或者版本与所签署的不符"
#define GJR_DAMAGE_CLOCK "the clock stands at a time that cannot be", "时钟所示时刻不可能出现"

enum { GJR_FAILURE_SIZE = 400 };

typedef struct gjr_failure {
    char said[2][GJR_FAILURE_SIZE]; /* by gj_lang; cut between characters */
} gjr_failure;

/* The details may be the same in both languages, or absent where the sentence has none. */
void gjr_failure_set(gjr_failure *failure, gjr_failure_kind kind, const char *en, const char *zh);
/* A sentence of somebody else's, in which %s is the detail. */
void gjr_failure_make(gjr_failure *failure, const char *en, const char *zh, const char *detail);
/* Copied, cut between characters and NUL-terminated. size > 0. */
void gjr_failure_get(const gjr_failure *failure, gj_lang lang, char *text, size_t size);

#endif
