/* SPDX-License-Identifier: Apache-2.0
 *
 * What corrects or retracts another and means nothing, told as problems. Each is only known for
 * certain once all is told, since what it names may come after it. */
#include "base/text.h"
#include "engine/docket.h"

static gj_problem problem_of(const gj_docket *docket, const gjr_link *link, gj_problem_code code)
{
    return (gj_problem){
        .code = code,
        .line = gjr_records_get(&docket->records, link->record)->line,
        .field = gjb_text_of(link->kind == GJR_LINK_CORRECTS ? "corrects" : "retracts"),
        .text = gjr_links_get(&docket->links, link->target)->id,
    };
}

bool gjr_unmet_find(const gj_docket *docket, uint32_t record, gj_problem *problem)
{
    uint32_t item = gjr_links_find(&docket->links, &docket->records, record);
    if (item == GJB_INDEX_NONE || gjr_links_get(&docket->links, item)->target == GJB_INDEX_NONE) {
        return false;
    }
    const gjr_link *link = gjr_links_get(&docket->links, item);
    gj_problem_code code = gjr_links_check(&docket->links, &docket->records, &item);
    *problem = problem_of(docket, link, code);
    if (code != GJ_PROBLEM_NONE) {
        uint32_t named = gjr_links_get(&docket->links, item)->target;
        problem->text = gjr_links_get(&docket->links, named)->id;
    }
    return code != GJ_PROBLEM_NONE;
}

gj_status gj_docket_report_unmet(gj_docket *docket, void *payload,
                                 bool (*on_problem)(void *payload, const gj_problem *problem))
{
    if (docket == NULL || on_problem == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    bool goes_on = docket->links.keys.count > 0;
    for (uint32_t i = 0; i < docket->records.keys.count && goes_on; i++) {
        gj_problem problem;
        if (gjr_unmet_find(docket, i, &problem)) {
            goes_on = on_problem(payload, &problem);
        }
    }
    return GJ_OK;
}
