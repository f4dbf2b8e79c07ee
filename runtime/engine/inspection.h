/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether an event can be kept at all, by itself and whatever was told before: it names its case
 * and its act, its times can be read, and it is of this procedure. */
#ifndef GJR_INSPECTION_H
#define GJR_INSPECTION_H

#include "judge/judge.h"

/* Why it cannot: what of the event, and what stood there, borrowed from it. */
typedef struct gjr_fault {
    gj_problem_code code;
    const char *field;
    gj_text text;
} gjr_fault;

/* False: see the fault. */
bool gjr_inspect(const gj_judge *judge, const gj_event *event, gjr_fault *fault);
/* The first document that it tells of and the procedure has not, borrowed from it; absent: there is
 * none. Where the procedure speaks of none, nothing can depend on them. */
gj_text gjr_inspect_documents(const gj_judge *judge, const gj_event *event);

#endif
