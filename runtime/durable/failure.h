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

enum { GJR_FAILURE_SIZE = 400 };

typedef struct gjr_failure {
    char said[2][GJR_FAILURE_SIZE]; /* by gj_lang; cut between characters */
} gjr_failure;

/* The details may be the same in both languages, or absent where the sentence has none. */
void gjr_failure_set(gjr_failure *failure, gjr_failure_kind kind, const char *en, const char *zh);
/* Copied, cut between characters and NUL-terminated. size > 0. */
void gjr_failure_get(const gjr_failure *failure, gj_lang lang, char *text, size_t size);

#endif
