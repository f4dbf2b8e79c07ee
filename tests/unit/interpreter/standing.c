/* SPDX-License-Identifier: Apache-2.0
 *
 * See standing.h. Recursion is as deep as branches are nested. */
#include "unit/interpreter/standing.h"

#include <assert.h>

static void note(passage *way, passed_kind kind, int of)
{
    assert(way->count < PASSED_MAX);
    way->items[way->count++] = (passed){kind, of};
}

static bool is_branch_of(const plain *p, int region, int stage)
{
    return p->regions[region].parent == stage;
}

/* Branches that have not finished end; none of them runs any more. */
static void leave(const plain *p, standing *s, int region, passage *way)
{
    int stage = s->at[region];
    for (int i = 0; i < p->region_count; i++) {
        if (!is_branch_of(p, i, stage)) {
            continue;
        }
        if (s->status[i] == RUNNING) {
            leave(p, s, i, way);
            s->status[i] = ENDED;
            note(way, PASSED_ENDED, i);
        }
        s->at[i] = NO;
    }
    note(way, PASSED_LEFT, stage);
}

static void enter(const plain *p, standing *s, int stage, passage *way);

/* A branch begins anew, and what lies in it is as if it had never begun. */
static void begin(const plain *p, standing *s, int branch, passage *way)
{
    for (int i = 0; i < p->region_count; i++) {
        if (plain_is_within(p, i, branch)) {
            s->status[i] = IDLE;
            s->at[i] = NO;
        }
    }
    enter(p, s, p->regions[branch].initial, way);
}

static void enter(const plain *p, standing *s, int stage, passage *way)
{
    int region = p->stages[stage].region;
    s->at[region] = (int8_t)stage;
    s->status[region] = RUNNING;
    note(way, PASSED_ENTERED, stage);
    if (p->stages[stage].final) {
        s->status[region] = DONE;
        note(way, PASSED_DONE, region);
    }
    for (int i = 0; i < p->region_count; i++) {
        if (is_branch_of(p, i, stage)) {
            begin(p, s, i, way);
        }
    }
}

void standing_open(const plain *p, standing *s, passage *way)
{
    for (int i = 0; i < REGIONS_MAX; i++) {
        s->at[i] = NO;
        s->status[i] = IDLE;
    }
    enter(p, s, p->regions[0].initial, way);
}

static bool is_joined(const plain *p, const standing *s, int stage)
{
    int done = 0;
    for (int i = 0; i < p->region_count; i++) {
        done += is_branch_of(p, i, stage) && s->status[i] == DONE;
    }
    return done >= p->stages[stage].need;
}

void standing_go(const plain *p, standing *s, int target, passage *way)
{
    int region = p->stages[target].region;
    leave(p, s, region, way);
    enter(p, s, target, way);
    while (region != 0 && s->status[region] == DONE) {
        int parent = p->regions[region].parent;
        if (!is_joined(p, s, parent)) {
            return;
        }
        region = p->stages[parent].region;
        leave(p, s, region, way);
        enter(p, s, p->stages[parent].join, way);
    }
}

bool standing_expects(const plain *p, const standing *s, int region, int action)
{
    for (int i = 0; s->status[region] == RUNNING && i < p->on_count; i++) {
        if (p->ons[i].stage == s->at[region] && p->ons[i].action == action) {
            return true;
        }
    }
    return false;
}
