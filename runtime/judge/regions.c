/* SPDX-License-Identifier: Apache-2.0
 *
 * See regions.h. Recursion is as deep as regions are nested, which the image's verifier bounds. */
#include "judge/regions.h"

#include "base/text.h"
#include "image/image.h"
#include "judge/follow.h"
#include "judge/limits.h"
#include "judge/relations.h"
#include "judge/rules.h"
#include "judge/turns.h"

static gjr_region_slot *slot_of(const gjr_sitting *step, uint32_t region)
{
    return &gjr_case_regions(step->judged)[region];
}

static const gjr_stage *stage_row(const gjr_sitting *step, uint32_t stage)
{
    return &step->judge->rows->stages[stage];
}

bool gjr_regions_run(const gjr_case *judged, uint32_t region)
{
    const gjr_rows *rows = judged->judge->rows;
    while (region != 0) {
        uint32_t parent = rows->regions[region].parent, outer = rows->stages[parent].region;
        if (gjr_case_regions(judged)[outer].stage != parent) {
            return false;
        }
        region = outer;
    }
    return true;
}

uint32_t gjr_regions_running(const gjr_case *judged, uint32_t region)
{
    const gjr_rows *rows = judged->judge->rows;
    while (!gjr_regions_run(judged, region)) {
        region = rows->stages[rows->regions[region].parent].region;
    }
    return region;
}

/* Limits hear of a stage, wherever they are. */
static void hear(gjr_sitting *step, const gjr_audience *audience, bool recorded)
{
    if (gjr_audience_has_limits(audience)) {
        gjr_heard heard = {step->as_of, GJR_NONE, false, !recorded};
        gjr_limits_end(step, audience, &heard);
        gjr_turns_hear(step, audience, &heard);
        gjr_limits_start(step, audience, &heard);
    }
}

bool gjr_regions_is_through(const gjr_sitting *step, uint32_t region)
{
    const gjr_rows *rows = step->judge->rows;
    for (; region != 0; region = rows->stages[rows->regions[region].parent].region) {
        uint32_t status = gjr_case_regions(step->judged)[region].status;
        if (status == GJR_REGION_DONE || status == GJR_REGION_ENDED) {
            return true;
        }
    }
    return false;
}

bool gjr_regions_is_called(const gjr_sitting *step, uint32_t region)
{
    const gj_judge *judge = step->judge;
    const gjr_rows *rows = judge->rows;
    gj_text name = step->event->branch;
    for (; region != 0; region = rows->stages[rows->regions[region].parent].region) {
        if (gjb_text_is_present(name) &&
            (gjb_text_equal(gjr_judge_text(judge, rows->regions[region].name), name) ||
             gjb_text_equal(gjr_judge_text(judge, rows->regions[region].title), name))) {
            return true;
        }
    }
    return false;
}

/* ---- leaving ---------------------------------------------------------------------------- */

static void stage_end(gjr_sitting *step, uint32_t stage, bool recorded);

static inline void leave(gjr_sitting *step, uint32_t region, bool recorded)
{
    uint32_t stage = slot_of(step, region)->stage;
    if ((step->judge->plan.stages[stage] & GJR_STAGE_LEFT_HEARD) != 0) {
        stage_end(step, stage, recorded);
    }
}

/* Its branches that have not finished end without finding. */
static void stage_end(gjr_sitting *step, uint32_t stage, bool recorded)
{
    const gjr_stage *row = stage_row(step, stage);
    for (uint32_t i = row->branches_first; i < row->branches_first + row->branches_count; i++) {
        if (slot_of(step, i)->status != GJR_REGION_RUNNING) {
            continue;
        }
        leave(step, i, recorded);
        slot_of(step, i)->status = GJR_REGION_ENDED;
        gjr_limits_close(step, i);
        gjr_follow_close(step, i);
    }
    hear(step, &step->judge->plan.leaving[stage], recorded);
}

/* ---- entering --------------------------------------------------------------------------- */

static void finish(gjr_sitting *step, uint32_t region)
{
    slot_of(step, region)->status = GJR_REGION_DONE;
    if (region == 0) {
        gjr_case_state(step->judged)->closed_at = step->event->at;
    }
    gjr_rules_check_end(step, region);
    gjr_limits_close(step, region);
    gjr_follow_close(step, region);
}

/* A branch begins anew, and those inside it as if they had never begun. */
static void branch_forget(gjr_sitting *step, uint32_t branch)
{
    const gjr_rows *rows = step->judge->rows;
    for (uint32_t i = branch; i < rows->region_count; i++) {
        if (gjr_rows_is_within(rows, i, branch)) {
            slot_of(step, i)->status = GJR_REGION_IDLE;
        }
    }
    gjr_relations_forget(step, branch);
}

static void stage_begin(gjr_sitting *step, uint32_t stage, bool recorded);

static inline void enter(gjr_sitting *step, uint32_t stage, bool recorded)
{
    uint32_t region = stage_row(step, stage)->region;
    gjr_regions_stand(step->judged, region, stage);
    gjr_regions_note(step, region, stage);
    if ((step->judge->plan.stages[stage] & GJR_STAGE_ENTERED_HEARD) != 0) {
        stage_begin(step, stage, recorded);
    }
}

static void stage_begin(gjr_sitting *step, uint32_t stage, bool recorded)
{
    const gjr_stage *row = stage_row(step, stage);
    for (uint32_t i = row->branches_first; i < row->branches_first + row->branches_count; i++) {
        branch_forget(step, i);
    }
    hear(step, &step->judge->plan.entering[stage], recorded);
    if ((row->flags & GJR_STAGE_FINAL) != 0) {
        finish(step, row->region);
    }
    for (uint32_t i = row->branches_first; i < row->branches_first + row->branches_count; i++) {
        enter(step, step->judge->rows->regions[i].initial, recorded);
    }
}

void gjr_regions_open(gjr_sitting *step)
{
    enter(step, step->judge->rows->regions[0].initial, true);
}

/* ---- going on --------------------------------------------------------------------------- */

static bool is_joined(const gjr_sitting *step, const gjr_stage *stage)
{
    uint32_t done = 0;
    for (uint32_t i = 0; i < stage->branches_count; i++) {
        done += slot_of(step, stage->branches_first + i)->status == GJR_REGION_DONE ? 1 : 0;
    }
    return done >= stage->need;
}

void gjr_regions_go(gjr_sitting *step, uint32_t target, bool recorded)
{
    const gjr_rows *rows = step->judge->rows;
    uint32_t region = rows->stages[target].region;
    leave(step, region, recorded);
    enter(step, target, recorded);
    while (region != 0 && slot_of(step, region)->status == GJR_REGION_DONE) {
        const gjr_stage *parent = stage_row(step, rows->regions[region].parent);
        if (!is_joined(step, parent)) {
            return;
        }
        region = parent->region;
        leave(step, region, recorded);
        enter(step, parent->join, recorded);
    }
}
