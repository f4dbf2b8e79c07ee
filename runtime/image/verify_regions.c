/* SPDX-License-Identifier: Apache-2.0
 *
 * Regions: that branches, the stages that run them, and the ways out of both know each other. What
 * the ways do is walked by verify_walk.c. */
#include "image/image.h"
#include "image/verify.h"
#include "image/verify_walk.h"

static bool has_branches(const gjr_stage *stage)
{
    return stage->branches_count > 0;
}

/* ---- the tree --------------------------------------------------------------------------- */

static gj_status verify_tree(const gjr_verifier *verifier, uint8_t *depths)
{
    const gjr_rows *rows = verifier->rows;
    if (rows->region_count == 0) {
        return GJR_REFUSE(verifier, REGION_TREE, region, 0, parent);
    }
    for (uint32_t i = 0; i < rows->region_count; i++) {
        uint32_t parent = rows->regions[i].parent;
        bool outermost = i == 0;
        bool good = outermost == (parent == GJR_NONE);
        if (good && !outermost) {
            uint32_t outer = rows->stages[parent].region;
            good = outer < i && depths[outer] + 1 < GJR_NESTING_MAX;
            depths[i] = good ? (uint8_t)(depths[outer] + 1) : 0;
        }
        if (!good) {
            return GJR_REFUSE(verifier, REGION_TREE, region, i, parent);
        }
    }
    return GJ_OK;
}

/* Every stage has one region, so once each range holds only its region's own, no two overlap, and
 * if together they are as many as there are, none is left out. Likewise for branches. */
static gj_status verify_stages(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    uint64_t total = 0;
    for (uint32_t i = 0; i < rows->region_count; i++) {
        const gjr_region *region = &rows->regions[i];
        bool own = region->stages_count > 0;
        for (uint32_t s = 0; own && s < region->stages_count; s++) {
            own = rows->stages[region->stages_first + s].region == i;
        }
        total += region->stages_count;
        if (!own || (i + 1 == rows->region_count && total != rows->stage_count)) {
            return GJR_REFUSE(verifier, REGION_STAGES, region, i, stages_first);
        }
    }
    return GJ_OK;
}

static gj_status verify_initials(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->region_count; i++) {
        const gjr_stage *initial = &rows->stages[rows->regions[i].initial];
        if (initial->region != i || (i > 0 && (initial->flags & GJR_STAGE_FINAL) != 0)) {
            return GJR_REFUSE(verifier, REGION_INITIAL, region, i, initial);
        }
    }
    return GJ_OK;
}

static gj_status verify_branches(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    uint64_t total = 1;
    for (uint32_t i = 0; i < rows->stage_count; i++) {
        const gjr_stage *stage = &rows->stages[i];
        bool own = true;
        for (uint32_t b = 0; own && b < stage->branches_count; b++) {
            own = rows->regions[stage->branches_first + b].parent == i;
        }
        total += stage->branches_count;
        if (!own || (i + 1 == rows->stage_count && total != rows->region_count)) {
            return GJR_REFUSE(verifier, BRANCHES, stage, i, branches_first);
        }
    }
    return GJ_OK;
}

static gj_status verify_joins(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->stage_count; i++) {
        const gjr_stage *stage = &rows->stages[i];
        bool joins = has_branches(stage);
        bool good = joins == (stage->join != GJR_NONE) && joins == (stage->need > 0) &&
                    stage->need <= stage->branches_count &&
                    (!joins || (stage->flags & GJR_STAGE_FINAL) == 0);
        if (!good || (joins && rows->stages[stage->join].region != stage->region)) {
            return GJR_REFUSE(verifier, JOIN, stage, i, join);
        }
    }
    return GJ_OK;
}

static gj_status verify_targets(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->transition_count; i++) {
        const gjr_transition *transition = &rows->transitions[i];
        if (transition->target != GJR_NONE &&
            !gjr_rows_is_within(rows, rows->stages[transition->stage].region,
                                rows->stages[transition->target].region)) {
            return GJR_REFUSE(verifier, TARGET_REGION, transition, i, target);
        }
    }
    return GJ_OK;
}

/* ---- goals and exits -------------------------------------------------------------------- */

/* The transition stands inside the region and leads out of it. */
static bool leaves(const gjr_rows *rows, uint32_t transition, uint32_t region)
{
    const gjr_transition *row = &rows->transitions[transition];
    return row->target != GJR_NONE &&
           gjr_rows_is_within(rows, rows->stages[row->stage].region, region) &&
           !gjr_rows_is_within(rows, rows->stages[row->target].region, region);
}

static bool is_inner_goal(const gjr_rows *rows, const gjr_goal *goal)
{
    uint32_t stands = rows->stages[rows->transitions[goal->transition].stage].region;
    if (goal->inner == GJR_NONE) {
        return stands == goal->region;
    }
    const gjr_goal *inner = &rows->goals[goal->inner];
    uint32_t parent = rows->regions[inner->region].parent;
    return inner->transition == goal->transition && parent != GJR_NONE &&
           rows->stages[parent].region == goal->region &&
           gjr_rows_is_within(rows, stands, inner->region);
}

static bool is_goal(const gjr_rows *rows, uint32_t index, uint32_t region, bool first)
{
    const gjr_goal *goal = &rows->goals[index];
    if (goal->region != region || first != (goal->transition == GJR_NONE)) {
        return false;
    }
    return first ? goal->inner == GJR_NONE
                 : leaves(rows, goal->transition, region) && is_inner_goal(rows, goal);
}

static gj_status verify_goals(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->region_count; i++) {
        const gjr_region *region = &rows->regions[i];
        bool good = (i > 0) == (region->goals_count > 0);
        for (uint32_t g = 0; good && g < region->goals_count; g++) {
            good = is_goal(rows, region->goals_first + g, i, g == 0);
        }
        if (!good) {
            return GJR_REFUSE(verifier, GOALS, region, i, goals_first);
        }
    }
    return GJ_OK;
}

static bool is_exit(const gjr_rows *rows, const gjr_exit *exit, uint32_t stage)
{
    const gjr_stage *from = &rows->stages[stage];
    if (rows->stages[exit->target].region != from->region ||
        (exit->kind == GJR_EXIT_JOIN) != (exit->transition == GJR_NONE) ||
        (exit->kind == GJR_EXIT_LEAVE) != (exit->goal != GJR_NONE)) {
        return false;
    }
    switch ((gjr_exit_kind)exit->kind) {
    case GJR_EXIT_JOIN:
        return exit->target == from->join;
    case GJR_EXIT_ACT:
        return rows->transitions[exit->transition].stage == stage &&
               rows->transitions[exit->transition].target == exit->target;
    case GJR_EXIT_LEAVE:
        return rows->transitions[exit->transition].target == exit->target &&
               rows->goals[exit->goal].transition == exit->transition &&
               rows->regions[rows->goals[exit->goal].region].parent == stage;
    case GJR_EXIT_COUNT:
        break;
    }
    return false;
}

static gj_status verify_exits(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->stage_count; i++) {
        const gjr_stage *stage = &rows->stages[i];
        bool good = has_branches(stage) == (stage->exits_count > 0);
        for (uint32_t e = 0; good && e < stage->exits_count; e++) {
            good = is_exit(rows, &rows->exits[stage->exits_first + e], i);
        }
        if (!good) {
            return GJR_REFUSE(verifier, EXITS, stage, i, exits_first);
        }
    }
    return GJ_OK;
}

/* ---- ways ------------------------------------------------------------------------------- */

static gj_status verify_way(gjr_walk *walk, const gjr_verifier *verifier, uint32_t region,
                            uint32_t row)
{
    const gjr_rows *rows = verifier->rows;
    const gjr_region *of = &rows->regions[region];
    const gjr_way *way = &rows->ways[of->ways_first + row];
    const gjr_goal *goal = &rows->goals[of->goals_first + row % of->goals_count];
    uint32_t from = of->stages_first + row / of->goals_count;
    if (way->steps_count == 0 ||
        gjr_walk_reaches(walk, from, way->steps_first, way->steps_count, goal->transition)) {
        return GJ_OK;
    }
    return GJR_REFUSE(verifier, WAY, way, of->ways_first + row, steps_first);
}

static gj_status verify_ways(gjr_walk *walk, const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    gj_status status = GJ_OK;
    for (uint32_t i = 0; status == GJ_OK && i < rows->region_count; i++) {
        const gjr_region *region = &rows->regions[i];
        if (region->ways_count != (uint64_t)region->stages_count * region->goals_count) {
            return GJR_REFUSE(verifier, WAY_COUNT, region, i, ways_first);
        }
        for (uint32_t w = 0; status == GJ_OK && w < region->ways_count; w++) {
            status = verify_way(walk, verifier, i, w);
        }
    }
    return status;
}

/* ---- places ----------------------------------------------------------------------------- */

static gj_status verify_places(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 1; i < rows->place_count; i++) {
        const gjr_place *a = &rows->places[i - 1], *b = &rows->places[i];
        if (a->region > b->region || (a->region == b->region && a->action >= b->action)) {
            return GJR_REFUSE(verifier, PLACE_ORDER, place, i, action);
        }
    }
    return GJ_OK;
}

gj_status gjr_verify_regions(gjr_verifier *verifier)
{
    static gj_status (*const parts[])(const gjr_verifier *) = {
        verify_stages,  verify_initials, verify_branches, verify_joins,
        verify_targets, verify_goals,    verify_exits,    verify_places,
    };
    uint8_t *depths = gjb_arena_make(&verifier->arena, verifier->rows->region_count, 1);
    gjr_walk walk;
    if (depths == NULL || gjr_walk_init(&walk, verifier->rows, &verifier->arena) != GJ_OK) {
        return GJ_NO_MEMORY;
    }
    gj_status status = verify_tree(verifier, depths);
    for (size_t i = 0; status == GJ_OK && i < sizeof parts / sizeof *parts; i++) {
        status = parts[i](verifier);
    }
    return status == GJ_OK ? verify_ways(&walk, verifier) : status;
}
