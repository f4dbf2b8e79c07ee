/* SPDX-License-Identifier: Apache-2.0
 *
 * What corrects or retracts another and means nothing, told as problems. Each is only known for
 * certain once all is told, since what it names may come after it. */
#include "base/text.h"
#include "engine/docket.h"

bool gjr_unmet_find(const gj_docket *docket, uint32_t record, gj_problem *problem)
{
    uint32_t item = gjr_links_find(&docket->links, &docket->records, record);
    if (item == GJB_INDEX_NONE || gjr_links_get(&docket->links, item)->target == GJB_INDEX_NONE) {
        return false;
    }
    const gjr_link *link = gjr_links_get(&docket->links, item);
    const gjr_link *culprit = gjr_links_get(&docket->links, link->culprit);
    *problem = (gj_problem){
        .code = link->problem,
        .line = gjr_records_get(&docket->records, record)->line,
        .field = gjb_text_of(link->kind == GJR_LINK_CORRECTS ? "corrects" : "retracts"),
        .text = gjr_links_get(&docket->links, culprit->target)->id,
    };
    return link->problem != GJ_PROBLEM_NONE;
}

static void all_settle(gj_docket *docket)
{
    for (size_t i = 0; i < docket->roll.index.count; i++) {
        gjr_links_settle(&docket->links, &docket->records, docket->roll.cases[i].links);
    }
}

gj_status gj_docket_report_unmet(gj_docket *docket, void *payload,
                                 bool (*on_problem)(void *payload, const gj_problem *problem))
{
    if (docket == NULL || on_problem == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    bool goes_on = docket->links.keys.count > 0;
    if (goes_on) {
        all_settle(docket);
    }
    for (uint32_t i = 0; i < docket->records.keys.count && goes_on; i++) {
        gj_problem problem;
        if (gjr_unmet_find(docket, i, &problem)) {
            goes_on = on_problem(payload, &problem);
        }
    }
    return GJ_OK;
}
