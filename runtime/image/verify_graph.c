/* SPDX-License-Identifier: Apache-2.0
 *
 * The state graph: transitions, cells and recoveries tell the same story. The transitions are the
 * truth, and of each stage they are walked once; the cells of its row are then compared with what
 * was seen. Whether an action without a transition here is ahead or behind is the compiler's word;
 * that what is ahead can be reached as it says is proved. */
#include "image/image.h"
#include "image/verify.h"
#include "image/verify_walk.h"

/* Where the transitions of an action stand in the stage being walked. */
typedef struct group {
    uint32_t stage; /* plus 1; of the last stage that has the action */
    uint32_t first, count;
} action_group;

typedef struct graph_walk {
    gjr_verifier *verifier;
    const gjr_rows *rows;
    action_group *groups; /* an action */
    gjr_walk walk;        /* of recoveries */
} graph_walk;

/* ---- transitions ------------------------------------------------------------------------ */

/* Every transition has one stage, so once each range holds only its stage's own, no two overlap,
 * and if together they are as many as there are, none is left out. */
static gj_status verify_stage_ranges(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    uint64_t total = 0;
    for (uint32_t i = 0; i < rows->stage_count; i++) {
        const gjr_stage *stage = &rows->stages[i];
        bool own = true;
        for (uint32_t t = 0; own && t < stage->transitions_count; t++) {
            own = rows->transitions[stage->transitions_first + t].stage == i;
        }
        total += stage->transitions_count;
        bool all = i + 1 < rows->stage_count || total == rows->transition_count;
        if (!own || !all) {
            return GJR_REFUSE(verifier, STAGE_TRANSITIONS, stage, i, transitions_first);
        }
    }
    return GJ_OK;
}

static gj_status verify_final_stages(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->stage_count; i++) {
        const gjr_stage *stage = &rows->stages[i];
        if ((stage->flags & GJR_STAGE_FINAL) != 0 && stage->transitions_count > 0) {
            return GJR_REFUSE(verifier, FINAL_STAGE, stage, i, flags);
        }
    }
    return GJ_OK;
}

static gj_status find_groups(graph_walk *walk, uint32_t stage)
{
    const gjr_stage *row = &walk->rows->stages[stage];
    for (uint32_t i = 0; i < row->transitions_count; i++) {
        uint32_t transition = row->transitions_first + i;
        action_group *group = &walk->groups[walk->rows->transitions[transition].action];
        if (group->stage != stage + 1) {
            *group = (action_group){stage + 1, transition, 0};
        } else if (group->first + group->count != transition) {
            return GJR_REFUSE(walk->verifier, TRANSITION_GROUPS, transition, transition, action);
        }
        group->count++;
    }
    return GJ_OK;
}

/* After all stages were walked, a group that was seen knows some stage. */
static gj_status verify_staged_actions(const graph_walk *walk)
{
    for (uint32_t i = 0; i < walk->rows->action_count; i++) {
        bool staged = (walk->rows->actions[i].flags & GJR_ACTION_STAGED) != 0;
        if (staged != (walk->groups[i].stage != 0)) {
            return GJR_REFUSE(walk->verifier, ACTION_STAGED, action, i, flags);
        }
    }
    return GJ_OK;
}

/* ---- cells ------------------------------------------------------------------------------ */

static bool means(const graph_walk *walk, uint32_t meaning, uint32_t stage, uint32_t action)
{
    bool final = (walk->rows->stages[stage].flags & GJR_STAGE_FINAL) != 0;
    bool staged = (walk->rows->actions[action].flags & GJR_ACTION_STAGED) != 0;
    bool here = walk->groups[action].stage == stage + 1;
    switch ((gjr_meaning)meaning) {
    case GJR_MEANING_CLOSED:
        return final;
    case GJR_MEANING_HERE:
        return !final && here;
    case GJR_MEANING_AHEAD:
    case GJR_MEANING_BEHIND:
    case GJR_MEANING_ELSEWHERE:
        return !final && !here && staged;
    case GJR_MEANING_FREE:
        return !final && !staged;
    case GJR_MEANING_COUNT:
        break;
    }
    return false;
}

static bool lists_group(const graph_walk *walk, const gjr_cell *cell, uint32_t action)
{
    const action_group *group = &walk->groups[action];
    return cell->meaning == GJR_MEANING_HERE
               ? cell->here_first == group->first && cell->here_count == group->count
               : cell->here_count == 0;
}

/* The place of the region and the action among the places, which are ordered; or GJR_NONE. */
static uint32_t place_find(const gjr_rows *rows, uint32_t region, uint32_t action)
{
    uint32_t low = 0, high = rows->place_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const gjr_place *place = &rows->places[middle];
        if (place->region < region || (place->region == region && place->action < action)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < rows->place_count && rows->places[low].region == region &&
                 rows->places[low].action == action;
    return found ? low : GJR_NONE;
}

static bool has_place(const gjr_rows *rows, const gjr_cell *cell, uint32_t stage, uint32_t action)
{
    return cell->place == place_find(rows, rows->stages[stage].region, action) &&
           (cell->place != GJR_NONE || cell->meaning != GJR_MEANING_HERE);
}

static gj_status verify_cell(const graph_walk *walk, uint32_t stage, uint32_t action)
{
    size_t index = (size_t)stage * walk->rows->action_count + action;
    const gjr_cell *cell = &walk->rows->cells[index];
    if (!means(walk, cell->meaning, stage, action)) {
        return GJR_REFUSE(walk->verifier, CELL_MEANING, cell, index, meaning);
    }
    if (!lists_group(walk, cell, action)) {
        return GJR_REFUSE(walk->verifier, CELL_HERE, cell, index, here_first);
    }
    if (!has_place(walk->rows, cell, stage, action)) {
        return GJR_REFUSE(walk->verifier, CELL_PLACE, cell, index, place);
    }
    bool ahead = cell->meaning == GJR_MEANING_AHEAD, here = cell->meaning == GJR_MEANING_HERE;
    if (cell->recoveries_count > 0 ? !ahead && !here : ahead) {
        return GJR_REFUSE(walk->verifier, CELL_RECOVERIES, cell, index, recoveries_first);
    }
    return GJ_OK;
}

static gj_status verify_cell_row(graph_walk *walk, uint32_t stage)
{
    gj_status status = find_groups(walk, stage);
    for (uint32_t i = 0; status == GJ_OK && i < walk->rows->action_count; i++) {
        status = verify_cell(walk, stage, i);
    }
    return status;
}

/* The flags of actions are compared before the cells are, for these rely on them. */
static gj_status verify_cells(graph_walk *walk)
{
    const gjr_rows *rows = walk->rows;
    gj_status status = GJ_OK;
    for (uint32_t i = 0; status == GJ_OK && i < rows->stage_count; i++) {
        status = find_groups(walk, i);
    }
    if (status == GJ_OK) {
        status = verify_staged_actions(walk);
    }
    if (status == GJ_OK && rows->cell_count != (uint64_t)rows->stage_count * rows->action_count) {
        status = GJR_REFUSE(walk->verifier, CELL_COUNT, cell, rows->cell_count, meaning);
    }
    for (uint32_t i = 0; i < rows->action_count; i++) {
        walk->groups[i] = (action_group){0, 0, 0};
    }
    for (uint32_t i = 0; status == GJ_OK && i < rows->stage_count; i++) {
        status = verify_cell_row(walk, i);
    }
    return status;
}

/* ---- recoveries ------------------------------------------------------------------------- */

static gj_status verify_recovery(graph_walk *walk, uint32_t index, uint32_t stage, uint32_t action)
{
    const gjr_recovery *recovery = &walk->rows->recoverys[index];
    if (gjr_rows_cell(walk->rows, recovery->stage, action)->meaning != GJR_MEANING_HERE) {
        return GJR_REFUSE(walk->verifier, RECOVERY_STAGE, recovery, index, stage);
    }
    if (!gjr_walk_leads(&walk->walk, stage, recovery->left_out_first, recovery->left_out_count,
                        recovery->stage)) {
        return GJR_REFUSE(walk->verifier, RECOVERY_PATH, recovery, index, left_out_first);
    }
    return GJ_OK;
}

static gj_status verify_recoveries(graph_walk *walk)
{
    const gjr_rows *rows = walk->rows;
    gj_status status = GJ_OK;
    for (uint32_t i = 0; status == GJ_OK && i < rows->cell_count; i++) {
        const gjr_cell *cell = &rows->cells[i];
        uint32_t stage = i / rows->action_count, action = i % rows->action_count;
        for (uint32_t r = 0; status == GJ_OK && r < cell->recoveries_count; r++) {
            status = verify_recovery(walk, cell->recoveries_first + r, stage, action);
        }
    }
    return status;
}

gj_status gjr_verify_graph(gjr_verifier *verifier)
{
    graph_walk walk = {.verifier = verifier, .rows = verifier->rows};
    walk.groups =
        gjb_arena_make(&verifier->arena, verifier->rows->action_count, sizeof *walk.groups);
    if (walk.groups == NULL ||
        gjr_walk_init(&walk.walk, verifier->rows, &verifier->arena) != GJ_OK) {
        return GJ_NO_MEMORY;
    }
    gj_status status = verify_stage_ranges(verifier);
    if (status == GJ_OK) {
        status = verify_final_stages(verifier);
    }
    if (status == GJ_OK) {
        status = verify_cells(&walk);
    }
    return status == GJ_OK ? verify_recoveries(&walk) : status;
}
