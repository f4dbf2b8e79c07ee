/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a case stands: a stage in region 0, and one in every branch that runs. Entering a stage
 * that runs branches begins them all; when enough have finished the case goes on to where they
 * join, and whoever leaves such a stage, from outside or from inside, ends the others without
 * finding. Limits hear of every stage that is left or entered. */
#ifndef GJR_REGIONS_H
#define GJR_REGIONS_H

#include "judge/custody.h"

/* Whether the region has a stage now: region 0, or a branch of a stage that is current. */
bool gjr_regions_run(const gjr_case *judged, uint32_t region);
/* The innermost region around it, or itself, that runs. */
uint32_t gjr_regions_running(const gjr_case *judged, uint32_t region);

/* The event names the branch, or one around it. */
bool gjr_regions_is_called(const gjr_sitting *step, uint32_t region);

/* The region stands in the stage from now on, and that is all: where something may ask, since which
 * moment. */
static inline void gjr_regions_stand(const gjr_case *judged, uint32_t region, uint32_t stage)
{
    gjr_case_regions(judged)[region] = (gjr_region_slot){(uint16_t)stage, GJR_REGION_RUNNING};
    uint32_t moment = ++gjr_case_state(judged)->moment;
    uint32_t *entered = gjr_case_entered(judged, stage);
    if (entered != NULL) {
        *entered = moment;
    }
}
/* And whoever wants to know is told. */
static inline void gjr_regions_note(gjr_sitting *step, uint32_t region, uint32_t stage)
{
    if (step->touched != NULL) {
        step->touched->stages[stage] = 1;
    }
    gjr_custody_note_stage(step, region, stage);
}
/* The case opens. */
void gjr_regions_open(gjr_sitting *step);
/* The case goes to a stage of a region that runs, from where it stands there; `recorded`: by an act
 * that was told, or by the law. */
void gjr_regions_go(gjr_sitting *step, uint32_t target, bool recorded);
/* A branch that ended, or one inside it, starts nothing of its own before it begins again. */
bool gjr_regions_is_through(const gjr_sitting *step, uint32_t region);

#endif
