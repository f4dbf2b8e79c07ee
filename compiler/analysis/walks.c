/* SPDX-License-Identifier: Apache-2.0
 *
 * See walks.h. The search goes deep first with a stack of its own, since a walk is as long as there
 * are stages. */
#include "analysis/walks.h"

#include <string.h>

/* The law takes the case from a stage of the region to another one. */
typedef struct law_edge {
    uint32_t from; /* GJC_NO_INDEX: wherever it stands */
    gjc_happening happening;
} law_edge;

typedef struct search {
    const gjc_graph *graph;
    const gjc_limit *limit;
    gjb_arena *arena;
    gjc_walks *walks;
    gjc_happening *trail; /* what has happened up to the stage at hand */
    uint32_t *edges;      /* of each place of the trail: the next edge to try from where it leads */
    bool *is_on;          /* by stage: on the trail */
    law_edge *law_edges;
    uint32_t law_count;
    uint32_t steps;
    bool failed;
} search;

bool gjc_happening_is(const gjc_happening *one, const gjc_trigger *triggers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t what = triggers[i].kind == GJR_TRIGGER_ACTION     ? one->action
                        : triggers[i].kind == GJR_TRIGGER_ENTERING ? one->entered
                        : triggers[i].kind == GJR_TRIGGER_LEAVING  ? one->left
                                                                   : GJC_NO_INDEX;
        if (what != GJC_NO_INDEX && what == triggers[i].target)
            return true;
    }
    return false;
}

static bool is_end(const search *s, const gjc_happening *one)
{
    return gjc_happening_is(one, s->limit->to, s->limit->to_count);
}

/* The trail up to `count` places is a walk. */
static void walk_add(search *s, uint32_t count)
{
    gjc_happening *items = gjb_arena_make(s->arena, count, sizeof *items);
    if (items == NULL || s->walks->count == GJC_WALKS_MAX) {
        s->failed = true;
        return;
    }
    memcpy(items, s->trail, count * sizeof *items);
    s->walks->items[s->walks->count] = (gjc_walk){items, count, s->walks->count};
    s->walks->count++;
}

static gjc_happening happening_of(const gjc_graph *graph, const gjc_edge *edge)
{
    const gjc_model *model = graph->model;
    return (gjc_happening){
        .action = edge->transition == GJC_NO_INDEX ? GJC_NO_INDEX
                                                   : model->transitions[edge->transition].action,
        .left = edge->from,
        .entered = edge->to,
        .as_of_start = false,
    };
}

/* What leads on from a stage next, from the place *next on among its edges and those of the law. */
static bool edge_take(const search *s, uint32_t stage, uint32_t *next, gjc_happening *one)
{
    const gjc_graph *graph = s->graph;
    uint32_t end = graph->first_edges[stage + 1];
    if (*next < end) {
        *one = happening_of(graph, &graph->edges[(*next)++]);
        return true;
    }
    while (*next - end < s->law_count) {
        const law_edge *edge = &s->law_edges[(*next)++ - end];
        bool stands = edge->from == stage || edge->from == GJC_NO_INDEX;
        if (stands && !graph->model->stages[stage].is_final) {
            *one = edge->happening;
            one->left = stage;
            return true;
        }
    }
    return false;
}

/* An act of the stage that ends the limit and leads nowhere: it may come as soon as the case stands
 * there. */
static bool ends_in(const search *s, uint32_t stage, gjc_happening *end)
{
    const gjc_model *model = s->graph->model;
    const gjc_stage *row = &model->stages[stage];
    for (uint32_t i = 0; i < row->transition_count; i++) {
        const gjc_transition *t = &model->transitions[row->first_transition + i];
        *end = (gjc_happening){t->action, GJC_NO_INDEX, GJC_NO_INDEX, false};
        if (t->target == GJC_NO_INDEX && is_end(s, end))
            return true;
    }
    return false;
}

/* The trail has come to a stage: whether it goes on from there. A case that is closed or leaves the
 * region before the limit ends makes no walk. */
static bool goes_on(search *s, uint32_t stage, uint32_t count)
{
    gjc_happening end, on;
    uint32_t first = s->graph->first_edges[stage];
    if (ends_in(s, stage, &end)) {
        s->trail[count] = end;
        walk_add(s, count + 1);
        return false;
    }
    return edge_take(s, stage, &first, &on);
}

/* From the trail's first happening on, which leads to a stage. */
static void trail_follow(search *s, uint32_t from)
{
    const gjc_graph *graph = s->graph;
    uint32_t count = 1, stage = from;
    s->is_on[stage] = true;
    if (!goes_on(s, stage, count)) {
        s->is_on[stage] = false;
        return;
    }
    s->edges[0] = graph->first_edges[stage];
    while (count > 0 && !s->failed) {
        gjc_happening next;
        if (!edge_take(s, stage, &s->edges[count - 1], &next)) {
            s->is_on[stage] = false;
            count--;
            stage = count > 0 ? s->trail[count].left : stage;
            continue;
        }
        if (++s->steps > GJC_WALKS_STEPS_MAX) {
            s->failed = true;
            return;
        }
        s->trail[count] = next;
        if (is_end(s, &next)) {
            walk_add(s, count + 1);
        } else if (!s->is_on[next.entered] && goes_on(s, next.entered, count + 1)) {
            s->is_on[next.entered] = true;
            s->edges[count++] = graph->first_edges[next.entered];
            stage = next.entered;
        }
    }
    memset(s->is_on, 0, graph->model->stage_count * sizeof *s->is_on);
}

static void start_from(search *s, gjc_happening first, uint32_t stage)
{
    s->trail[0] = first;
    if (is_end(s, &first))
        s->failed = true; /* it is over at once */
    else
        trail_follow(s, stage);
}

/* Every act, and every edge, that starts it in its region. */
static void starts_follow(search *s)
{
    const gjc_graph *graph = s->graph;
    const gjc_model *model = graph->model;
    const gjc_limit *limit = s->limit;
    const gjc_region *region = &model->regions[limit->region];
    uint32_t end = region->first_stage + region->stage_count;
    for (uint32_t stage = region->first_stage; stage < end && !s->failed; stage++) {
        gjc_happening one;
        for (uint32_t i = graph->first_edges[stage]; edge_take(s, stage, &i, &one);) {
            if (graph->is_reached[stage] && gjc_happening_is(&one, limit->from, limit->from_count))
                start_from(s, one, one.entered);
        }
        const gjc_stage *row = &model->stages[stage];
        for (uint32_t i = 0; i < row->transition_count; i++) {
            const gjc_transition *t = &model->transitions[row->first_transition + i];
            one = (gjc_happening){t->action, GJC_NO_INDEX, GJC_NO_INDEX, false};
            if (t->target == GJC_NO_INDEX && graph->is_reached[stage] &&
                gjc_happening_is(&one, limit->from, limit->from_count))
                start_from(s, one, stage);
        }
    }
    if (!s->failed &&
        gjc_happening_is(&(gjc_happening){GJC_NO_INDEX, GJC_NO_INDEX, region->initial, false},
                         limit->from, limit->from_count))
        start_from(s, (gjc_happening){GJC_NO_INDEX, GJC_NO_INDEX, region->initial, false},
                   region->initial);
}

/* An act or a stage of the region itself. */
static bool is_on_walks(const gjc_model *model, const gjc_limit *limit, const gjc_trigger *trigger)
{
    if (trigger->kind == GJR_TRIGGER_FIELD)
        return false;
    if (trigger->kind != GJR_TRIGGER_ACTION)
        return model->stages[trigger->target].region == limit->region;
    bool any = false;
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        if (t->action == trigger->target && model->stages[t->stage].region != limit->region)
            return false;
        any = any || t->action == trigger->target;
    }
    return any;
}

static bool are_on_walks(const gjc_model *model, const gjc_limit *limit,
                         const gjc_trigger *triggers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!is_on_walks(model, limit, &triggers[i]))
            return false;
    return count > 0;
}

/* Where the case stands in the region while it stands in an inner one. */
static uint32_t stage_around(const gjc_model *model, uint32_t region, uint32_t inner)
{
    while (model->regions[inner].outer != region)
        inner = model->regions[inner].outer;
    return model->regions[inner].parent;
}

/* What the law does as other limits run out, as edges of the region; false where it may start or
 * end the limit without one. */
static bool law_edges_find(search *s)
{
    const gjc_graph *graph = s->graph;
    const gjc_model *model = graph->model;
    const gjc_limit *limit = s->limit;
    s->law_edges = gjb_arena_make(s->arena, graph->consequence_count, sizeof *s->law_edges);
    for (uint32_t i = 0; s->law_edges != NULL && i < graph->consequence_count; i++) {
        const gjc_consequence *of = &graph->consequences[i];
        const gjc_effect *effect = of->effect;
        uint32_t region = of->limit->region;
        gjc_happening deemed = {effect->action, GJC_NO_INDEX, GJC_NO_INDEX, effect->as_of_start};
        bool leads =
            effect->target != GJC_NO_INDEX && model->stages[effect->target].region == limit->region;
        if (of->limit->node == limit->node)
            continue; /* then it is late */
        if (leads) {
            deemed.entered = effect->target;
            s->law_edges[s->law_count++] = (law_edge){
                region != limit->region ? stage_around(model, limit->region, region)
                                        : effect->stage,
                deemed,
            };
        } else if (is_end(s, &deemed) ||
                   gjc_happening_is(&deemed, limit->from, limit->from_count)) {
            return false;
        }
    }
    return s->law_edges != NULL || graph->consequence_count == 0;
}

bool gjc_walks_find(const gjc_graph *graph, const gjc_limit *limit, gjb_arena *arena,
                    gjc_walks *walks)
{
    const gjc_model *model = graph->model;
    *walks = (gjc_walks){.count = 0};
    if (!are_on_walks(model, limit, limit->from, limit->from_count) ||
        !are_on_walks(model, limit, limit->to, limit->to_count))
        return false;
    search s = {.graph = graph, .limit = limit, .arena = arena, .walks = walks};
    size_t places = (size_t)model->stage_count + 2;
    s.trail = gjb_arena_make(arena, places, sizeof *s.trail);
    s.edges = gjb_arena_make(arena, places, sizeof *s.edges);
    s.is_on = gjb_arena_make(arena, model->stage_count, sizeof *s.is_on);
    if (s.trail == NULL || s.edges == NULL || s.is_on == NULL)
        return false;
    if (!law_edges_find(&s))
        return false;
    starts_follow(&s);
    return !s.failed && walks->count > 0;
}

/* ---- before ---- */

enum { LIMIT_RUNS = 1, WHOLE_RUNS = 2, RUNS_COUNT = 4 };

/* Where a case may stand in the region of the whole, and what may run then. */
typedef struct history {
    const search *edges;
    const gjc_limit *limit, *whole;
    const gjc_happening *first; /* of the walk */
    gjc_walks_way way, whole_way;
    bool *is_known;  /* by stage and by what runs */
    uint32_t *queue; /* of these */
    uint32_t count;
    bool is_found;
} history;

static bool runs_behind(const gjc_limit *limit, gjc_walks_way way, bool runs,
                        const gjc_happening *one)
{
    bool ends = way == GJC_WALKS_ONCE && gjc_happening_is(one, limit->to, limit->to_count);
    return (runs && !ends) || gjc_happening_is(one, limit->from, limit->from_count);
}

static void history_add(history *h, uint32_t stage, uint32_t runs, const gjc_happening *one)
{
    bool runs_on =
        (runs & LIMIT_RUNS) != 0 &&
        (h->way == GJC_WALKS_EACH || !gjc_happening_is(one, h->limit->to, h->limit->to_count));
    bool whole_runs_on = (runs & WHOLE_RUNS) != 0 && h->whole_way == GJC_WALKS_ONCE &&
                         !gjc_happening_is(one, h->whole->to, h->whole->to_count);
    bool begins = one->action == h->first->action && one->left == h->first->left &&
                  one->entered == h->first->entered;
    h->is_found = h->is_found || (runs_on && !whole_runs_on && begins);
    uint32_t behind =
        (runs_behind(h->limit, h->way, (runs & LIMIT_RUNS) != 0, one) ? LIMIT_RUNS : 0) |
        (runs_behind(h->whole, h->whole_way, (runs & WHOLE_RUNS) != 0, one) ? WHOLE_RUNS : 0);
    uint32_t place = stage * RUNS_COUNT + behind;
    if (!h->is_known[place]) {
        h->is_known[place] = true;
        h->queue[h->count++] = place;
    }
}

static void history_follow(history *h)
{
    const gjc_graph *graph = h->edges->graph;
    const gjc_model *model = graph->model;
    for (uint32_t i = 0; i < h->count && !h->is_found; i++) {
        uint32_t stage = h->queue[i] / RUNS_COUNT, runs = h->queue[i] % RUNS_COUNT;
        const gjc_stage *row = &model->stages[stage];
        gjc_happening one;
        for (uint32_t next = graph->first_edges[stage]; edge_take(h->edges, stage, &next, &one);)
            history_add(h, one.entered, runs, &one);
        for (uint32_t j = 0; j < row->transition_count; j++) {
            const gjc_transition *t = &model->transitions[row->first_transition + j];
            one = (gjc_happening){t->action, GJC_NO_INDEX, GJC_NO_INDEX, false};
            if (t->target == GJC_NO_INDEX)
                history_add(h, stage, runs, &one);
        }
    }
}

bool gjc_walks_may_run_before(const gjc_graph *graph, const gjc_limit *limit, gjc_walks_way way,
                              const gjc_limit *whole, gjc_walks_way whole_way, const gjc_walk *walk,
                              gjb_arena *arena)
{
    const gjc_model *model = graph->model;
    gjc_limit any = *limit;
    any.node = NULL; /* what the law does as it runs out itself is not left out */
    search s = {.graph = graph, .limit = &any, .arena = arena};
    size_t places = (size_t)model->stage_count * RUNS_COUNT;
    history h = {
        .edges = &s,
        .limit = limit,
        .whole = whole,
        .first = &walk->items[0],
        .way = way,
        .whole_way = whole_way,
        .is_known = gjb_arena_make(arena, places, sizeof *h.is_known),
        .queue = gjb_arena_make(arena, places, sizeof *h.queue),
    };
    uint32_t initial = model->regions[whole->region].initial;
    if (limit->region != whole->region || initial == GJC_NO_INDEX || h.is_known == NULL ||
        h.queue == NULL || !are_on_walks(model, limit, limit->from, limit->from_count) ||
        !law_edges_find(&s))
        return true;
    const gjc_happening first = {GJC_NO_INDEX, GJC_NO_INDEX, initial, false};
    history_add(&h, initial, 0, &first);
    history_follow(&h);
    return h.is_found;
}
