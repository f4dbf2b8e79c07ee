/* SPDX-License-Identifier: Apache-2.0
 *
 * See route.h. */
#include "judge/route.h"

#include "base/text.h"
#include "image/image.h"
#include "judge/regions.h"

static const gjr_cell *cell_of(const gjr_sitting *step, uint32_t region, uint32_t action)
{
    return gjr_rows_cell(step->judge->rows, gjr_case_regions(step->judged)[region].stage, action);
}

/* Asked of a stage that is not final: in one that is every action means the same. */
static bool has_action(const gjr_sitting *step, uint32_t region, uint32_t action)
{
    const gjr_rows *rows = step->judge->rows;
    return region == 0 || gjr_rows_cell(rows, rows->regions[region].initial, action)->meaning !=
                              GJR_MEANING_ELSEWHERE;
}

/* ---- whose regions ---------------------------------------------------------------------- */

/* What the event says of the region, from the most certain on. */
typedef enum named_by { BY_BRANCH, BY_DEPARTMENT, BY_POST, BY_NOTHING } named_by;

static uint32_t outer_of(const gjr_rows *rows, uint32_t region)
{
    return rows->stages[rows->regions[region].parent].region;
}

/* A branch, or one around it, is the department's. */
static bool is_of(const gjr_sitting *step, uint32_t region, uint32_t department)
{
    const gjr_rows *rows = step->judge->rows;
    for (; region != 0 && department != GJR_NONE; region = outer_of(rows, region)) {
        if (rows->regions[region].department == department) {
            return true;
        }
    }
    return false;
}

static bool is_granted(const gjr_rows *rows, const gjr_transition *row, uint32_t post)
{
    for (uint32_t i = row->posts_first; i < row->posts_first + row->posts_count; i++) {
        if (rows->post_refs[i].post == post) {
            return true;
        }
    }
    return false;
}

/* Whether some stage of the region, or the post's own block, lets the post do the action. */
static bool grants(const gjr_sitting *step, uint32_t region, uint32_t action, uint32_t post)
{
    const gjr_rows *rows = step->judge->rows;
    const gjr_region *row = &rows->regions[region];
    const gjr_action *of = &rows->actions[action];
    for (uint32_t i = of->powers_first; i < of->powers_first + of->powers_count; i++) {
        const gjr_power *power = &rows->powers[i];
        if (power->kind == GJR_POWER_MAY && power->post == post &&
            gjr_rows_is_within(rows, region, power->region)) {
            return true;
        }
    }
    for (uint32_t s = row->stages_first; s < row->stages_first + row->stages_count; s++) {
        const gjr_cell *cell = gjr_rows_cell(rows, s, action);
        for (uint32_t t = cell->here_first; t < cell->here_first + cell->here_count; t++) {
            if (is_granted(rows, &rows->transitions[t], post)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_named(const gjr_sitting *step, uint32_t region, uint32_t action, named_by by)
{
    const gjr_event *event = step->event;
    switch (by) {
    case BY_BRANCH:
        return gjr_regions_is_called(step, region);
    case BY_DEPARTMENT:
        return is_of(step, region, event->department);
    case BY_POST:
        return event->post != GJR_NONE &&
               (is_of(step, region, step->judge->rows->posts[event->post].department) ||
                grants(step, region, action, event->post));
    case BY_NOTHING:
        break;
    }
    return true;
}

/* ---- the choice ------------------------------------------------------------------------- */

typedef struct search {
    gjr_sitting *step;
    uint32_t action;
    named_by by;
} search;

static bool is_candidate(const search *s, uint32_t region)
{
    return gjr_regions_run(s->step->judged, region) && has_action(s->step, region, s->action) &&
           is_named(s->step, region, s->action, s->by);
}

/* Inner regions first: they have the higher depth; see gjr_plan.inner_first. */
static uint32_t region_at(const search *s, uint32_t index)
{
    return s->step->judge->plan.inner_first[index];
}

static uint32_t region_with(const search *s, gjr_meaning meaning)
{
    for (uint32_t i = 0; i < s->step->judge->rows->region_count; i++) {
        uint32_t region = region_at(s, i);
        if (is_candidate(s, region) &&
            cell_of(s->step, region, s->action)->meaning == (uint32_t)meaning) {
            return region;
        }
    }
    return GJR_NONE;
}

static bool ahead_find(const search *s, gjr_route *route)
{
    bool found = false;
    for (uint32_t i = 0; i < s->step->judge->rows->region_count; i++) {
        uint32_t region = region_at(s, i);
        uint32_t meaning = cell_of(s->step, region, s->action)->meaning;
        if ((meaning != GJR_MEANING_AHEAD && meaning != GJR_MEANING_BEHIND) ||
            !is_candidate(s, region)) {
            continue;
        }
        gjr_ahead ahead = gjr_ways_find(s->step, region, s->action);
        if (ahead.stage != GJR_NONE && (!found || ahead.count < route->ahead.count)) {
            *route = (gjr_route){GJR_BEARING_AHEAD, region, ahead};
            found = true;
        }
    }
    return found;
}

/* The branch, or one around it up to the region, ended when enough others had finished. */
static bool has_ended_in(const gjr_sitting *step, uint32_t branch, uint32_t region)
{
    for (; branch > region; branch = outer_of(step->judge->rows, branch)) {
        if (gjr_case_regions(step->judged)[branch].status == GJR_REGION_ENDED) {
            return true;
        }
    }
    return false;
}

/* The action belongs to a branch inside that has so ended. */
static bool has_ended(const gjr_sitting *step, uint32_t region, uint32_t action)
{
    const gjr_rows *rows = step->judge->rows;
    for (uint32_t i = region + 1; i < rows->region_count; i++) {
        if (gjr_rows_cell(rows, rows->regions[i].initial, action)->place != GJR_NONE &&
            gjr_rows_is_within(rows, i, region) && has_ended_in(step, i, region)) {
            return true;
        }
    }
    return false;
}

/* The innermost candidate, GJR_NONE where there is none. */
static uint32_t first_candidate(const search *s)
{
    for (uint32_t i = 0; i < s->step->judge->rows->region_count; i++) {
        if (is_candidate(s, region_at(s, i))) {
            return region_at(s, i);
        }
    }
    return GJR_NONE;
}

static gjr_route choose(const search *s)
{
    uint32_t here = region_with(s, GJR_MEANING_HERE);
    if (here != GJR_NONE) {
        return (gjr_route){GJR_BEARING_HERE, here, {.stage = GJR_NONE}};
    }
    gjr_route route = {GJR_BEARING_BEHIND, GJR_NONE, {.stage = GJR_NONE}};
    if (ahead_find(s, &route)) {
        bool recorded = route.ahead.returns && has_ended(s->step, route.region, s->action);
        route.bearing = recorded ? GJR_BEARING_ENDED : GJR_BEARING_AHEAD;
        return route;
    }
    route.region = first_candidate(s);
    if (has_ended(s->step, route.region, s->action)) {
        route.bearing = GJR_BEARING_ENDED;
    } else if (cell_of(s->step, route.region, s->action)->meaning == GJR_MEANING_CLOSED) {
        route.bearing = GJR_BEARING_CLOSED;
    }
    return route;
}

/* Where the event names a branch, a free act was done there. */
static gjr_route free_route(const search *in)
{
    search s = *in;
    gjr_route route = {GJR_BEARING_FREE, GJR_NONE, {.stage = GJR_NONE}};
    for (s.by = BY_BRANCH; s.by < BY_NOTHING && route.region == GJR_NONE; s.by++) {
        route.region = region_with(&s, GJR_MEANING_FREE);
    }
    return route;
}

gjr_route gjr_route_find(gjr_sitting *step, uint32_t action)
{
    search s = {step, action, BY_NOTHING};
    uint32_t meaning = cell_of(step, 0, action)->meaning;
    if (meaning == GJR_MEANING_CLOSED) {
        return (gjr_route){GJR_BEARING_CLOSED, 0, {.stage = GJR_NONE}};
    }
    if (meaning == GJR_MEANING_FREE) {
        return free_route(&s);
    }
    for (s.by = BY_BRANCH; s.by < BY_NOTHING; s.by++) {
        if (first_candidate(&s) != GJR_NONE) {
            break;
        }
    }
    return choose(&s);
}
