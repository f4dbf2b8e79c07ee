/* SPDX-License-Identifier: Apache-2.0
 *
 * Where an act goes: to the branch that the event names, else its department's, else its post's,
 * else to any that has the action. */
#include "unit/interpreter/case.h"

enum { BY_BRANCH, BY_DEPARTMENT, BY_POST, BY_NOTHING };

static int department_told(const plain_case *c)
{
    for (int i = 0; i < c->p->department_count; i++) {
        if (plain_answers(&c->p->departments[i].label, c->event->department)) {
            return i;
        }
    }
    return NO;
}

static int post_in(const plain_case *c, gj_text name, int department)
{
    for (int i = 0; i < c->p->post_count; i++) {
        if ((department == NO || c->p->posts[i].department == department) &&
            plain_answers(&c->p->posts[i].label, name)) {
            return i;
        }
    }
    return NO;
}

/* The post of the department told, else the first so called; NO: a stranger, or none told. */
int plain_post_told(const plain_case *c)
{
    int department = department_told(c);
    int post = department == NO ? NO : post_in(c, c->event->post, department);
    return post != NO ? post : post_in(c, c->event->post, NO);
}

plain_who_acted plain_who_told(const plain_case *c)
{
    static const gj_text absent = {NULL, 0};
    if (c->event == NULL) {
        return (plain_who_acted){NO, absent, absent, absent, absent};
    }
    int department = department_told(c);
    return (plain_who_acted){plain_post_told(c), c->event->post,
                             department != NO ? c->p->departments[department].label.name
                                              : c->event->department,
                             c->event->officer, c->event->office};
}

/* ---- names ---- */

bool plain_is_called(const plain_case *c, int region)
{
    for (; region != 0; region = c->p->regions[region].outer) {
        if (plain_answers(&c->p->regions[region].label, c->event->branch)) {
            return true;
        }
    }
    return false;
}

static bool is_of(const plain_case *c, int region, int department)
{
    for (; region != 0 && department != NO; region = c->p->regions[region].outer) {
        if (c->p->regions[region].department == department) {
            return true;
        }
    }
    return false;
}

/* A clause of a stage of the region, or the post's own block, lets it do the action. */
static bool grants(const plain_case *c, int region, int post)
{
    for (int i = 0; i < c->p->on_count; i++) {
        const plain_on *on = &c->p->ons[i];
        for (int j = 0; on->action == c->action && c->p->stages[on->stage].region == region &&
                        j < on->post_count;
             j++) {
            if (on->posts[j] == post) {
                return true;
            }
        }
    }
    for (int i = 0; i < c->p->power_count; i++) {
        const plain_power *power = &c->p->powers[i];
        if (plain_power_kind(power) == GJC_MAY && power->action == c->action &&
            power->post == post &&
            plain_is_within(c->p, region, plain_heard_in(c->p, power->region, c->action))) {
            return true;
        }
    }
    return false;
}

static bool is_named(const plain_case *c, int region, int level)
{
    int post = plain_post_told(c);
    switch (level) {
    case BY_BRANCH:
        return plain_is_called(c, region);
    case BY_DEPARTMENT:
        return is_of(c, region, department_told(c));
    case BY_POST:
        return post != NO &&
               (is_of(c, region, c->p->posts[post].department) || grants(c, region, post));
    default:
        return true;
    }
}

/* ---- the choice ---- */

static bool is_candidate(const plain_case *c, int region, int level)
{
    return c->standing.at[region] != NO &&
           (region == 0 || !c->p->actions[c->action].staged ||
            plain_region_holds(c->p, region, c->action)) &&
           is_named(c, region, level);
}

/* Regions one after another, inner ones first, then as declared; NO after the last. */
static int region_after(const plain_case *c, int region)
{
    const plain_region *regions = c->p->regions;
    int depth = 0;
    for (int i = 0; region == NO && i < c->p->region_count; i++) {
        depth = regions[i].depth > depth ? regions[i].depth : depth;
    }
    depth = region == NO ? depth : regions[region].depth;
    for (int i = region + 1; i < c->p->region_count; i++) {
        if (regions[i].depth == depth) {
            return i;
        }
    }
    for (depth--; depth >= 0; depth--) {
        for (int i = 0; i < c->p->region_count; i++) {
            if (regions[i].depth == depth) {
                return i;
            }
        }
    }
    return NO;
}

static int first_candidate(const plain_case *c, int level)
{
    int region = region_after(c, NO);
    while (region != NO && !is_candidate(c, region, level)) {
        region = region_after(c, region);
    }
    return region;
}

/* The action belongs to a branch inside that ended without finishing. */
static bool has_ended(const plain_case *c, int region)
{
    for (int i = 1; i < c->p->region_count; i++) {
        if (i == region || !plain_is_within(c->p, i, region) ||
            !plain_region_has(c->p, i, c->action)) {
            continue;
        }
        for (int at = i; at != region && at != 0; at = c->p->regions[at].outer) {
            if (c->standing.status[at] == ENDED) {
                return true;
            }
        }
    }
    return false;
}

static bool expected_find(const plain_case *c, int level, route *r)
{
    for (int i = region_after(c, NO); i != NO; i = region_after(c, i)) {
        if (is_candidate(c, i, level) && standing_expects(c->p, &c->standing, i, c->action)) {
            *r = (route){.bearing = HERE, .region = i};
            return true;
        }
    }
    return false;
}

static bool ahead_find(plain_case *c, int level, route *r)
{
    bool found = false;
    for (int i = region_after(c, NO); i != NO; i = region_after(c, i)) {
        route offered = {.bearing = AHEAD, .region = i};
        if (!is_candidate(c, i, level) || c->standing.status[i] != RUNNING ||
            !plain_search(c, i, &offered)) {
            continue;
        }
        if (!found || offered.way_count < r->way_count) {
            *r = offered;
        }
        found = true;
    }
    return found;
}

static route free_route(const plain_case *c)
{
    route r = {.bearing = FREE, .region = NO};
    for (int level = BY_BRANCH; level < BY_NOTHING; level++) {
        for (int i = region_after(c, NO); i != NO; i = region_after(c, i)) {
            if (is_candidate(c, i, level) && c->standing.status[i] == RUNNING) {
                r.region = i;
                return r;
            }
        }
    }
    return r;
}

route plain_route(plain_case *c)
{
    route r = {.bearing = CLOSED, .region = 0};
    int level = BY_BRANCH;
    if (c->standing.status[0] == DONE) {
        return r;
    }
    if (!c->p->actions[c->action].staged) {
        return free_route(c);
    }
    while (first_candidate(c, level) == NO) {
        level++;
    }
    if (expected_find(c, level, &r)) {
        return r;
    }
    if (ahead_find(c, level, &r)) {
        r.bearing = r.returns && has_ended(c, r.region) ? RECORDED : AHEAD;
        return r;
    }
    r = (route){.bearing = BEHIND, .region = first_candidate(c, level)};
    if (has_ended(c, r.region)) {
        r.bearing = RECORDED;
    } else if (c->standing.status[r.region] == DONE) {
        r.bearing = CLOSED;
    }
    return r;
}
