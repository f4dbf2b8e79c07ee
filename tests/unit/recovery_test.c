/* SPDX-License-Identifier: Apache-2.0
 *
 * The recovery table against the rule's own words, over thousands of small random graphs. The
 * oracle shares no code and no idea with the compiler: a stage dominates another when removing it
 * cuts the other off, and ways are compared by writing down, for every length, stage and set of
 * return targets, the first walk in declaration order, without dropping any. */
#include "analysis/recovery.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { STAGES_MAX = 5, EDGES_MAX = 9, LENGTH_MAX = 20, SETS = 1 << STAGES_MAX, GRAPHS = 2000 };

typedef struct small {
    int stages, edges, actions;
    int from[EDGES_MAX], to[EDGES_MAX], action[EDGES_MAX]; /* to -1: stays; sorted by from */
    bool returns[EDGES_MAX];
} small;

typedef struct walk {
    bool there;
    int steps[LENGTH_MAX];
} walk;

static uint32_t random_state = 20240205;

static int random_below(int n)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (int)((random_state >> 8) % (uint32_t)n);
}

/* ---- the graph and its model ---- */

/* The last stage is final; nothing leaves it. */
static small graph_random(void)
{
    small g = {.stages = 2 + random_below(STAGES_MAX - 1), .actions = 1 + random_below(4)};
    for (int stage = 0; stage < g.stages - 1; stage++) {
        int here = 1 + random_below(3);
        for (int i = 0; i < here && g.edges < EDGES_MAX; i++) {
            g.from[g.edges] = stage;
            g.to[g.edges] = random_below(g.stages + 1) - 1;
            g.action[g.edges++] = random_below(g.actions);
        }
    }
    return g;
}

static gjc_model model_of(const small *g, gjb_arena *arena)
{
    gjc_model model;
    gjc_model_init(&model, arena);
    model.initial = 0;
    *gjc_model_add_region(&model) =
        (gjc_region){.parent = GJC_NO_INDEX, .stage_count = (uint32_t)g->stages};
    for (int i = 0; i < g->actions; i++)
        gjc_model_add_action(&model);
    for (int i = 0; i < g->stages; i++) {
        gjc_stage *stage = gjc_model_add_stage(&model);
        stage->is_final = i == g->stages - 1;
        stage->join = GJC_NO_INDEX;
        stage->first_transition = model.transition_count;
        for (int j = 0; j < g->edges; j++) {
            if (g->from[j] != i)
                continue;
            gjc_transition *t = gjc_model_add_transition(&model);
            t->span.begin = model.transition_count;
            t->stage = (uint32_t)i;
            t->action = (uint32_t)g->action[j];
            t->target = g->to[j] < 0 ? GJC_NO_INDEX : (uint32_t)g->to[j];
            model.actions[g->action[j]].is_staged = true;
            stage->transition_count++;
        }
    }
    return model;
}

/* ---- the oracle ---- */

static bool reaches(const small *g, int without, int goal)
{
    bool seen[STAGES_MAX] = {0};
    if (without == 0)
        return false;
    seen[0] = true;
    for (int round = 0; round < g->stages; round++)
        for (int i = 0; i < g->edges; i++)
            if (g->to[i] >= 0 && g->to[i] != without && seen[g->from[i]])
                seen[g->to[i]] = true;
    return seen[goal];
}

static void returns_find(small *g)
{
    for (int i = 0; i < g->edges; i++) {
        int to = g->to[i], from = g->from[i];
        g->returns[i] = to >= 0 && reaches(g, -1, from) && (to == from || !reaches(g, to, from));
    }
}

static walk walks[LENGTH_MAX + 1][STAGES_MAX][SETS];

static bool is_before(const walk *a, const walk *b, int length)
{
    int i = 0;
    while (i < length && a->steps[i] == b->steps[i])
        i++;
    return i < length && a->steps[i] < b->steps[i];
}

static void walks_find(const small *g, int start)
{
    memset(walks, 0, sizeof walks);
    walks[0][start][0].there = true;
    for (int length = 0; length < LENGTH_MAX; length++)
        for (int stage = 0; stage < g->stages; stage++)
            for (int set = 0; set < SETS; set++) {
                if (!walks[length][stage][set].there)
                    continue;
                for (int i = 0; i < g->edges; i++) {
                    if (g->from[i] != stage || g->to[i] < 0)
                        continue;
                    int next_set = set | (g->returns[i] ? 1 << g->to[i] : 0);
                    walk next = walks[length][stage][set];
                    next.steps[length] = i;
                    walk *known = &walks[length + 1][g->to[i]][next_set];
                    if (!known->there || is_before(&next, known, length + 1))
                        *known = next;
                }
            }
}

static bool has_action(const small *g, int stage, int action)
{
    for (int i = 0; i < g->edges; i++)
        if (g->from[i] == stage && g->action[i] == action)
            return true;
    return false;
}

typedef struct way {
    int length, stage, set;
    walk walk;
} way;

/* Every way that no other makes needless, in order of length and then of declaration. */
static int ways_choose(const small *g, int action, way *out)
{
    int count = 0;
    for (int length = 1; length <= LENGTH_MAX; length++) {
        int before = count;
        for (int set = 0; set < SETS; set++)
            for (int stage = 0; stage < g->stages; stage++) {
                const walk *w = &walks[length][stage][set];
                if (!w->there || !has_action(g, stage, action))
                    continue;
                bool needless = false;
                for (int i = 0; i < count && !needless; i++)
                    needless = (out[i].set & ~set) == 0 && !(i >= before && out[i].set == set &&
                                                             is_before(w, &out[i].walk, length));
                if (needless)
                    continue;
                int kept =
                    before; /* drop what this one makes needless among its equals in length */
                for (int i = before; i < count; i++)
                    if ((set & ~out[i].set) != 0)
                        out[kept++] = out[i];
                count = kept;
                int at = count++;
                while (at > before && is_before(w, &out[at - 1].walk, length)) {
                    out[at] = out[at - 1];
                    at--;
                }
                out[at] = (way){length, stage, set, *w};
            }
    }
    for (int i = 0; i < count; i++)
        if (out[i].set == 0) {
            out[0] = out[i];
            return 1;
        }
    return count;
}

/* ---- comparing ---- */

static void cell_compare(const small *g, int stage, int action, const gjc_cell *cell)
{
    static way ways[LENGTH_MAX * SETS];
    if (stage == g->stages - 1) {
        assert_int_equal(cell->meaning, GJR_MEANING_CLOSED);
        return;
    }
    if (has_action(g, stage, action)) {
        assert_int_equal(cell->meaning, GJR_MEANING_HERE);
        return;
    }
    bool staged = false;
    for (int i = 0; i < g->edges; i++)
        staged = staged || g->action[i] == action;
    if (!staged) {
        assert_int_equal(cell->meaning, GJR_MEANING_FREE);
        return;
    }
    int count = ways_choose(g, action, ways);
    assert_int_equal(cell->meaning, count > 0 ? GJR_MEANING_AHEAD : GJR_MEANING_BEHIND);
    assert_int_equal(cell->recovery_count, count);
    for (int i = 0; i < count; i++) {
        const gjc_recovery *r = &cell->recoveries[i];
        assert_int_equal(r->stage, ways[i].stage);
        assert_int_equal(r->left_out_count, ways[i].length);
        for (int j = 0; j < ways[i].length; j++)
            assert_int_equal(r->left_out[j], ways[i].walk.steps[j]);
        int set = 0;
        for (uint32_t j = 0; j < r->return_count; j++)
            set |= 1 << r->returns[j];
        assert_int_equal(set, ways[i].set);
    }
}

static void random_graphs_agree(void **state)
{
    (void)state;
    gjb_arena arena;
    gjb_arena_init(&arena, gjb_alloc_default());
    for (int n = 0; n < GRAPHS; n++) {
        small g = graph_random();
        returns_find(&g);
        gjc_model model = model_of(&g, &arena);
        gjc_graph graph;
        gjc_recovery_table table;
        assert_int_equal(gjc_graph_init(&graph, &model, &arena), GJ_OK);
        for (uint32_t i = 0; i < graph.first_edges[g.stages]; i++)
            assert_int_equal(graph.edges[i].is_return, g.returns[graph.edges[i].transition]);
        assert_int_equal(gjc_recovery_find(&graph, &arena, &table), GJ_OK);
        for (int stage = 0; stage < g.stages; stage++) {
            walks_find(&g, stage);
            for (int action = 0; action < g.actions; action++)
                cell_compare(&g, stage, action, &table.cells[stage * g.actions + action]);
        }
        gjb_arena_reset(&arena);
    }
    gjb_arena_deinit(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_graphs_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
