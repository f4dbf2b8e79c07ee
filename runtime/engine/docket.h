/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside a docket, for its two halves: docket.c takes events in, hearing.c judges them. */
#ifndef GJR_DOCKET_H
#define GJR_DOCKET_H

#include "base/buffer.h"
#include "engine/links.h"
#include "judge/answers.h"

enum { GJR_PROBLEM_TEXT_SIZE_MAX = 120 }; /* of what stood there, as a problem shows it */

struct gj_docket {
    const gj_judge *judge;
    gjr_records records;
    gjr_roll roll;
    gjr_links links;
    gjr_answers answers;      /* of natives */
    gj_instant last;          /* the latest `at` of what was told */
    gj_instant last_standing; /* of what stands, where something was corrected */
    bool last_is_settled;
    gjb_buffer made_id;    /* of an event that has none */
    struct gjr_past *past; /* versions before this one (past.h), the first first */
    size_t past_count;
    gj_problem problem;
    char problem_text[GJR_PROBLEM_TEXT_SIZE_MAX];
};

/* As gj_docket_add; *record is the new one where it was added. */
gj_status gjr_docket_take(gj_docket *docket, const gj_event *event, gj_added *added,
                          uint32_t *record);

/* Whether the record names another and means nothing, and why; what hangs on another that means
 * nothing has that one's reason. */
bool gjr_unmet_find(const gj_docket *docket, uint32_t record, gj_problem *problem);

#endif
