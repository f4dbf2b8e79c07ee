/* SPDX-License-Identifier: Apache-2.0
 *
 * What a deployment grants: functions of the host, and of libraries, each found by its name. A call
 * goes to the host's function, to the library's helper, or, where the manifest says so, into this
 * process. One call at a time a library. */
#ifndef GJR_NATIVES_H
#define GJR_NATIVES_H

#include "native/foreign.h"

/* Which of the natives a name means, or GJ_NO_INDEX. */
size_t gjr_natives_find(const gj_natives *natives, gj_text name);
/* The one that is granted just as a procedure says, or GJ_NO_INDEX. */
size_t gjr_natives_find_as(const gj_natives *natives, const gj_native_signature *wanted);
/* GJ_UNGRANTED where there is none; then the problem says why. */
gj_status gjr_natives_check_as(gj_natives *natives, const gj_native_signature *wanted);
/* The arguments are values of its parameters' types, and what is known of the result is one of its
 * type, made in the arena. */
gjr_native_answer gjr_natives_call(const gj_natives *natives, size_t index,
                                   const gj_native_value *arguments, gjb_arena *arena,
                                   gj_native_value *result);

#endif
