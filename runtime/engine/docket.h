/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside a docket, for its two halves: docket.c takes events in, hearing.c judges them. */
#ifndef GJR_DOCKET_H
#define GJR_DOCKET_H

#include "base/buffer.h"
#include "engine/roll.h"

enum { GJR_PROBLEM_TEXT_SIZE_MAX = 120 }; /* of what stood there, as a problem shows it */

struct gj_docket {
    const gj_judge *judge;
    gjr_records records;
    gjr_roll roll;
    gj_instant last;    /* the latest `at` */
    gjb_buffer made_id; /* of an event that has none */
    gj_problem problem;
    char problem_text[GJR_PROBLEM_TEXT_SIZE_MAX];
};

#endif
