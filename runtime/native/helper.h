/* SPDX-License-Identifier: Apache-2.0
 *
 * A process that runs the natives of one library: the program `guiju-native` (native/helper/),
 * which has nothing but a socket to its host and the library's bytes. It is begun when it is
 * needed, and ended whenever a call did not come to a good end; the next call begins another. What
 * it says is believed as little as what the library would say. */
#ifndef GJR_HELPER_H
#define GJR_HELPER_H

#include "native/foreign.h"
#include "native/wire.h"

#include <sys/types.h>

/* A function of the library. */
typedef struct gjr_helper_function {
    const gj_native_signature *signature;
    const char *symbol;
} gjr_helper_function;

typedef struct gjr_helper {
    const gj_allocator *allocator;
    const char *program;
    int library; /* descriptor of its bytes */
    uint32_t memory_mb;
    const gjr_helper_function *functions;
    uint32_t function_count;
    /* of the process: */
    pid_t process; /* 0: there is none */
    int socket;
    uint32_t serial; /* of the last frame sent */
    gjb_buffer frame, answer;
} gjr_helper;

/* What is given must outlive it; the fields above "of the process" are the caller's to set. */
void gjr_helper_init(gjr_helper *helper);
void gjr_helper_deinit(gjr_helper *helper);
/* Begins the process where there is none. Where that fails, *problem says why: its texts are
 * borrowed until the next call. */
bool gjr_helper_start(gjr_helper *helper, gj_native_problem *problem);
/* Calls a function. The result is made in the arena. */
gjr_native_answer gjr_helper_call(gjr_helper *helper, uint32_t function, uint32_t timeout_ms,
                                  const gj_native_value *arguments, gjb_arena *arena,
                                  gj_native_value *result);

/* The program that belongs to this library, made in the arena; NULL where none is found. */
const char *gjr_helper_find(gjb_arena *arena);

#endif
