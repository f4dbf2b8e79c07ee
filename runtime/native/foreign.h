/* SPDX-License-Identifier: Apache-2.0
 *
 * Calling a C function whose types are known only when the program runs, through libffi: the one
 * file that knows it. The form of such a function is in <guiju/guiju.h>, "natives". It is used by
 * the helper, and by a host whose manifest has a library run in its own process. */
#ifndef GJR_FOREIGN_H
#define GJR_FOREIGN_H

#include "base/arena.h"

typedef struct gjr_foreign gjr_foreign;

/* How a call went. */
typedef struct gjr_native_answer {
    bool known;                /* there is a result; else, without failure, nobody can say */
    gj_native_failure failure; /* or GJ_NATIVE_FAILURE_NONE */
    int64_t number;            /* of the failure */
} gjr_native_answer;

/* Made in the arena; NULL when memory ends. The signature must outlive it. */
gjr_foreign *gjr_foreign_make(const gj_native_signature *signature, void (*function)(void),
                              gjb_arena *arena);
/* The arguments are values of their types. What comes back is one of the result's type, made in the
 * arena. */
gjr_native_answer gjr_foreign_call(const gjr_foreign *foreign, const gj_native_value *arguments,
                                   gjb_arena *arena, gj_native_value *result);
/* What a function's returning that number means; `result` is what it gave, by its type. */
gjr_native_answer gjr_native_answer_of(int32_t returned, gj_native_type type,
                                       const gj_native_value *result);

#endif
