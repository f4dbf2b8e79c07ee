/* SPDX-License-Identifier: Apache-2.0
 *
 * See ways.h. What is wanted of a branch is worked out once a step and kept by goal, and what it
 * takes to join once a stage, so nothing is worked out again however stages lie inside one another.
 * Recursion is as deep as regions are nested. */
#include "judge/ways.h"

#include "image/image.h"
#include "judge/regions.h"

#include <string.h>

typedef struct path {
    bool known, found;
    const uint32_t *steps;
    uint32_t count;
} path;

typedef struct finder {
    gjr_sitting *step;
    const gjr_rows *rows;
    bool named;  /* only to where the event's branch is */
    path *goals; /* by goal, from where its branch stands */
    path *joins; /* by stage that runs branches, where it is current */
} finder;

static const gjr_region_slot *slot_of(const finder *f, uint32_t region)
{
    return &gjr_case_regions(f->step->judged)[region];
}

static bool runs_branches(const finder *f, uint32_t stage)
{
    return f->rows->stages[stage].branches_count > 0;
}

/* ---- paths ------------------------------------------------------------------------------ */

static uint32_t *steps_make(finder *f, uint32_t count)
{
    uint32_t *steps = gjb_arena_make(&f->step->arena, count, sizeof *steps);
    f->step->no_memory |= steps == NULL;
    return steps;
}

/* The steps of rows `first` to `first + count` after those of `before`. */
static path path_extend(finder *f, const path *before, uint32_t first, uint32_t count)
{
    path made = {.known = true, .count = before->count + count};
    uint32_t *steps = steps_make(f, made.count);
    if (steps == NULL) {
        return (path){.known = true};
    }
    if (before->count > 0) {
        memcpy(steps, before->steps, before->count * sizeof *steps);
    }
    for (uint32_t i = 0; i < count; i++) {
        steps[before->count + i] = f->rows->steps[first + i].transition;
    }
    made.steps = steps;
    made.found = true;
    return made;
}

static path path_of(finder *f, uint32_t transition)
{
    path made = {.known = true, .count = 1};
    uint32_t *steps = steps_make(f, 1);
    if (steps != NULL) {
        steps[0] = transition;
        made.steps = steps;
        made.found = true;
    }
    return made;
}

/* ---- goals, exits and joins ------------------------------------------------------------- */

static path goal_find(finder *f, uint32_t goal);

/* The branch not taken yet that finishes soonest, the first declared of equals. */
static uint32_t soonest(finder *f, const gjr_stage *stage, const bool *taken)
{
    uint32_t found = GJR_NONE, least = 0;
    for (uint32_t i = 0; i < stage->branches_count; i++) {
        uint32_t branch = stage->branches_first + i;
        if (taken[i] || slot_of(f, branch)->status != GJR_REGION_RUNNING) {
            continue;
        }
        path offered = goal_find(f, f->rows->regions[branch].goals_first);
        if (offered.found && (found == GJR_NONE || offered.count < least)) {
            found = i;
            least = offered.count;
        }
    }
    return found;
}

static uint32_t missing_to_join(const finder *f, const gjr_stage *stage)
{
    uint32_t done = 0;
    for (uint32_t i = 0; i < stage->branches_count; i++) {
        done += slot_of(f, stage->branches_first + i)->status == GJR_REGION_DONE ? 1 : 0;
    }
    return stage->need - done;
}

static path join_make(finder *f, const gjr_stage *stage)
{
    path made = {.known = true};
    bool *taken = gjb_arena_make(&f->step->arena, stage->branches_count, sizeof *taken);
    f->step->no_memory |= taken == NULL;
    for (uint32_t i = missing_to_join(f, stage); taken != NULL && i > 0; i--) {
        uint32_t branch = soonest(f, stage, taken);
        if (branch == GJR_NONE) {
            return made; /* too few can finish */
        }
        taken[branch] = true;
        made.count +=
            goal_find(f, f->rows->regions[stage->branches_first + branch].goals_first).count;
    }
    uint32_t *steps = taken == NULL ? NULL : steps_make(f, made.count), at = 0;
    for (uint32_t i = 0; steps != NULL && i < stage->branches_count; i++) {
        if (taken[i]) {
            path one = goal_find(f, f->rows->regions[stage->branches_first + i].goals_first);
            memcpy(steps + at, one.steps, one.count * sizeof *steps);
            at += one.count;
        }
    }
    made.steps = steps;
    made.found = steps != NULL;
    return made;
}

static path join_find(finder *f, uint32_t stage)
{
    if (!f->joins[stage].known) {
        f->joins[stage] = join_make(f, &f->rows->stages[stage]);
    }
    return f->joins[stage];
}

/* What it takes to go out of the current stage that way. */
static path exit_find(finder *f, uint32_t stage, const gjr_exit *exit)
{
    switch ((gjr_exit_kind)exit->kind) {
    case GJR_EXIT_ACT:
        return path_of(f, exit->transition);
    case GJR_EXIT_JOIN:
        return join_find(f, stage);
    case GJR_EXIT_LEAVE:
        return goal_find(f, exit->goal);
    case GJR_EXIT_COUNT:
        break;
    }
    return (path){.known = true};
}

static const gjr_way *way_of(const finder *f, const gjr_goal *goal, uint32_t index, uint32_t stage)
{
    const gjr_region *region = &f->rows->regions[goal->region];
    return &f->rows
                ->ways[region->ways_first + (stage - region->stages_first) * region->goals_count +
                       (index - region->goals_first)];
}

static void offer(path *best, path offered)
{
    if (offered.found && (!best->found || offered.count < best->count)) {
        *best = offered;
    }
}

/* From a stage whose branches run: through one of them, or over an exit and on from there. */
static path goal_through(finder *f, uint32_t index, uint32_t stage)
{
    const gjr_goal *goal = &f->rows->goals[index];
    const gjr_stage *row = &f->rows->stages[stage];
    path best = {.known = true};
    if (goal->inner != GJR_NONE &&
        f->rows->regions[f->rows->goals[goal->inner].region].parent == stage) {
        offer(&best, goal_find(f, goal->inner));
    }
    for (uint32_t i = row->exits_first; i < row->exits_first + row->exits_count; i++) {
        const gjr_exit *exit = &f->rows->exits[i];
        const gjr_way *rest = way_of(f, goal, index, exit->target);
        path out = exit_find(f, stage, exit);
        bool ends = goal->transition == GJR_NONE &&
                    (f->rows->stages[exit->target].flags & GJR_STAGE_FINAL) != 0;
        if (out.found && (ends || rest->steps_count > 0)) {
            offer(&best, path_extend(f, &out, rest->steps_first, rest->steps_count));
        }
    }
    return best;
}

static path goal_make(finder *f, uint32_t index)
{
    static const path nothing = {.known = true, .found = true};
    const gjr_goal *goal = &f->rows->goals[index];
    const gjr_region_slot *slot = slot_of(f, goal->region);
    if (slot->status != GJR_REGION_RUNNING) {
        return (path){.known = true};
    }
    if (goal->transition != GJR_NONE &&
        f->rows->transitions[goal->transition].stage == slot->stage) {
        return path_of(f, goal->transition);
    }
    if (runs_branches(f, slot->stage)) {
        return goal_through(f, index, slot->stage);
    }
    const gjr_way *way = way_of(f, goal, index, slot->stage);
    return way->steps_count > 0 ? path_extend(f, &nothing, way->steps_first, way->steps_count)
                                : (path){.known = true};
}

static path goal_find(finder *f, uint32_t goal)
{
    if (!f->goals[goal].known) {
        f->goals[goal] = goal_make(f, goal);
    }
    return f->goals[goal];
}

/* ---- what is ahead ---------------------------------------------------------------------- */

/* The latest moment at which the act was done in a region or, where that has not the action, in any
 * inside it; 0: never. */
static uint32_t done_at(const finder *f, uint32_t stage, uint32_t action)
{
    uint32_t place = gjr_rows_cell(f->rows, stage, action)->place;
    const uint32_t *at = place == GJR_NONE ? NULL : gjr_case_done_at(f->step->judged, place);
    return at == NULL ? 0 : *at;
}

/* The return edge may be taken: the act was not done since its target was last entered. */
static bool return_holds(const finder *f, uint32_t target, uint32_t done)
{
    return done == 0 || *gjr_case_entered(f->step->judged, target) >= done;
}

/* Where the event's branch is, if that is asked. */
static bool may_end(const finder *f, uint32_t stage)
{
    return !f->named || gjr_regions_is_called(f->step, f->rows->stages[stage].region);
}

/* A way round whose return edges may all be taken. */
static bool recovery_holds(const finder *f, const gjr_recovery *row, uint32_t action)
{
    if (!may_end(f, row->stage)) {
        return false;
    }
    uint32_t done = done_at(f, row->stage, action);
    for (uint32_t i = 0; i < row->returns_count; i++) {
        if (!return_holds(f, f->rows->stage_refs[row->returns_first + i].stage, done)) {
            return false;
        }
    }
    return true;
}

/* Ways without return edges first, then the shortest, then the first declared. */
static void ahead_offer(gjr_ahead *best, gjr_ahead offered)
{
    if (best->stage == GJR_NONE || (best->returns && !offered.returns) ||
        (best->returns == offered.returns && offered.count < best->count)) {
        *best = offered;
    }
}

static void over_exit(finder *f, const gjr_exit *exit, const path *out, uint32_t action,
                      gjr_ahead *best)
{
    const gjr_cell *cell = gjr_rows_cell(f->rows, exit->target, action);
    bool back = (exit->flags & GJR_EXIT_RETURN) != 0;
    if (cell->meaning == GJR_MEANING_HERE && may_end(f, exit->target) &&
        (!back || return_holds(f, exit->target, done_at(f, exit->target, action)))) {
        ahead_offer(best, (gjr_ahead){exit->target, out->steps, out->count, back});
    }
    for (uint32_t i = cell->recoveries_first; i < cell->recoveries_first + cell->recoveries_count;
         i++) {
        const gjr_recovery *row = &f->rows->recoverys[i];
        bool returns = back || row->returns_count > 0;
        if (!recovery_holds(f, row, action) ||
            (back && !return_holds(f, exit->target, done_at(f, row->stage, action)))) {
            continue;
        }
        path whole = path_extend(f, out, row->left_out_first, row->left_out_count);
        ahead_offer(best, (gjr_ahead){row->stage, whole.steps, whole.count, returns});
    }
}

/* From a stage whose branches run. */
static gjr_ahead through(finder *f, uint32_t stage, uint32_t action)
{
    gjr_ahead best = {.stage = GJR_NONE};
    const gjr_stage *row = &f->rows->stages[stage];
    for (uint32_t i = 0; i < row->exits_count; i++) {
        const gjr_exit *exit = &f->rows->exits[row->exits_first + i];
        path out = exit_find(f, stage, exit);
        if (out.found) {
            over_exit(f, exit, &out, action, &best);
        }
    }
    return best;
}

/* The compiler's ways, the preferred first. */
static gjr_ahead looked_up(finder *f, uint32_t stage, uint32_t action)
{
    static const path nothing = {.known = true, .found = true};
    const gjr_cell *cell = gjr_rows_cell(f->rows, stage, action);
    for (uint32_t i = cell->recoveries_first; i < cell->recoveries_first + cell->recoveries_count;
         i++) {
        const gjr_recovery *row = &f->rows->recoverys[i];
        if (recovery_holds(f, row, action)) {
            path whole = path_extend(f, &nothing, row->left_out_first, row->left_out_count);
            return (gjr_ahead){row->stage, whole.steps, whole.count, row->returns_count > 0};
        }
    }
    return (gjr_ahead){.stage = GJR_NONE};
}

gjr_ahead gjr_ways_find(gjr_sitting *step, uint32_t region, uint32_t action)
{
    const gjr_rows *rows = step->judge->rows;
    uint32_t stage = gjr_case_regions(step->judged)[region].stage;
    bool branches = rows->stages[stage].branches_count > 0;
    finder f = {.step = step, .rows = rows};
    if (branches) {
        f.goals = gjb_arena_make(&step->arena, rows->goal_count, sizeof(path));
        f.joins = gjb_arena_make(&step->arena, rows->stage_count, sizeof(path));
        if (f.goals == NULL || f.joins == NULL) {
            step->no_memory = true;
            return (gjr_ahead){.stage = GJR_NONE};
        }
    }
    gjr_ahead found = {.stage = GJR_NONE};
    for (int named = step->event->branch.size > 0 ? 1 : 0; named >= 0 && found.stage == GJR_NONE;
         named--) {
        f.named = named != 0;
        found = branches ? through(&f, stage, action) : looked_up(&f, stage, action);
    }
    return found;
}
