/* SPDX-License-Identifier: Apache-2.0
 *
 * See graph.h. */
#include "unit/interpreter/graph.h"

#include <string.h>

int plain_stage_around(const plain *p, int stage, int region)
{
    while (p->stages[stage].region != region) {
        stage = p->regions[p->stages[stage].region].parent;
    }
    return stage;
}

static void edges_find(const plain *p, bool edges[STAGES_MAX][STAGES_MAX])
{
    for (int i = 0; i < p->on_count; i++) {
        int target = p->ons[i].target;
        if (target != NO) {
            int from = plain_stage_around(p, p->ons[i].stage, p->stages[target].region);
            edges[from][target] = true;
        }
    }
    for (int i = 0; i < p->stage_count; i++) {
        if (p->stages[i].join != NO) {
            edges[i][p->stages[i].join] = true;
        }
    }
}

/* Whether the stage is reached in its region without passing through another. */
static bool is_reached(const plain *p, bool edges[STAGES_MAX][STAGES_MAX], int stage, int without)
{
    bool seen[STAGES_MAX] = {false};
    int initial = p->regions[p->stages[stage].region].initial;
    seen[initial] = initial != without;
    for (bool more = true; more;) {
        more = false;
        for (int from = 0; from < p->stage_count; from++) {
            for (int to = 0; seen[from] && to < p->stage_count; to++) {
                if (edges[from][to] && to != without && !seen[to]) {
                    seen[to] = more = true;
                }
            }
        }
    }
    return seen[stage];
}

void plain_returns_find(plain *p)
{
    static bool edges[STAGES_MAX][STAGES_MAX];
    memset(edges, 0, sizeof edges);
    edges_find(p, edges);
    for (int from = 0; from < p->stage_count; from++) {
        for (int to = 0; to < p->stage_count; to++) {
            p->returns[from][to] = edges[from][to] && is_reached(p, edges, from, NO) &&
                                   (from == to || !is_reached(p, edges, from, to));
        }
    }
}
