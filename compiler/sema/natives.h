/* SPDX-License-Identifier: Apache-2.0
 *
 * Declared natives: functions that the deployment grants, with the types that a procedure says they
 * have. They are called as functions are; what an impure one gives is kept with the event at hand,
 * so it may be asked only where there is one. */
#ifndef GJC_NATIVES_H
#define GJC_NATIVES_H

#include "sema/declared.h"

/* The native that the name of a call means where it is read, or NULL; *ambiguous where several
 * could be meant, which is reported. */
gjc_declared *gjc_natives_find(gjc_sema *sema, const gjc_node *path, bool *ambiguous);
/* The call with its arguments. NULL where it is wrong, and then reported. */
gjc_expr *gjc_natives_call(gjc_sema *sema, const gjc_node *call, gjc_declared *native);
/* Every native of every module, so that a mistake in one that nobody calls is told too. */
void gjc_natives_work_out(gjc_sema *sema);
/* NULL, and reported, where the expression asks what may be asked only with an event at hand, and
 * there is none where it stands. */
gjc_expr *gjc_natives_check_place(gjc_sema *sema, gjc_expr *expr, gjc_span span);
/* Likewise where a field of the type would be set to it, and is a text that a native gives. */
gjc_expr *gjc_natives_check_set(gjc_sema *sema, gjc_expr *expr, gjc_type type, gjc_span span);

#endif
