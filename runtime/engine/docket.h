/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside a docket, for its two halves: docket.c takes events in, hearing.c judges them. */
#ifndef GJR_DOCKET_H
#define GJR_DOCKET_H

#include "engine/records.h"

enum { GJR_PROBLEM_TEXT_SIZE_MAX = 120 }; /* of what stood there, as a problem shows it */

typedef struct gjr_docket_case {
    gj_text id;
    gjr_record **records;
    size_t count, capacity;
    bool sorted; /* by gjr_record_compare */
} gjr_docket_case;

struct gj_docket {
    const gj_judge *judge;
    gjr_records records;
    gjb_map ids; /* case id → index */
    gjr_docket_case *cases;
    size_t case_count, case_capacity;
    gj_instant last; /* the latest `at` */
    gj_problem problem;
    char problem_text[GJR_PROBLEM_TEXT_SIZE_MAX];
};

#endif
