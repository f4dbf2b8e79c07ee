/* SPDX-License-Identifier: Apache-2.0
 *
 * What is ahead: a breadth-first search over single acts from where the case stands, over the whole
 * standing of a region, nothing worked out beforehand. Ways without return edges go before others,
 * the shortest before longer ones. Where no branches are involved the first found, in the order of
 * declaration, is the way. Of equally short ways among branches any may be named: the one that the
 * judge names is taken, if it is one. */
#include "unit/interpreter/case.h"

#include "unit/interpreter/graph.h"

#include <assert.h>
#include <string.h>

enum { NODES_MAX = 60000, SLOTS = 1 << 17 };

typedef struct place {
    standing standing;
    uint64_t returns; /* stages entered over return edges of the region */
    bool crossed;     /* an edge of the region itself */
    int parent, on, length;
} place;

typedef struct search {
    plain_case *c;
    int region;
    bool named; /* to the branch that the event names */
    bool returning, must_cross;
} search;

static place places[NODES_MAX];
static int slots[SLOTS];
static int place_count;

/* ---- single acts ---- */

/* The place after the act; false where the act goes over a return edge that may not be taken. */
static bool place_after(const search *s, const place *from, int on, place *to)
{
    const plain *p = s->c->p;
    passage way = {.count = 0};
    int left = NO;
    *to = *from;
    standing_go(p, &to->standing, p->ons[on].target, &way);
    for (int i = 0; i < way.count; i++) {
        int stage = way.items[i].of;
        if (way.items[i].kind == PASSED_LEFT && p->stages[stage].region == s->region) {
            left = stage;
        } else if (way.items[i].kind == PASSED_ENTERED && p->stages[stage].region == s->region) {
            to->crossed = true;
            if (p->returns[left][stage]) {
                to->returns |= UINT64_C(1) << stage;
            }
        }
    }
    to->length++;
    return s->returning || to->returns == 0;
}

static bool may_act(const search *s, const standing *at, const plain_on *on)
{
    const plain *p = s->c->p;
    int region = p->stages[on->stage].region;
    return on->target != NO && at->at[region] == on->stage && at->status[region] == RUNNING &&
           plain_is_within(p, region, s->region) &&
           plain_is_within(p, p->stages[on->target].region, s->region);
}

/* ---- arriving ---- */

/* A return edge may be taken unless the action was done since its target was last entered. */
static bool returns_hold(const search *s, const place *at, int region)
{
    int done = s->c->region_done[region][s->c->action];
    for (int i = 0; i < s->c->p->stage_count; i++) {
        if ((at->returns >> i & 1) != 0 && done != 0 && s->c->entered[i] < done) {
            return false;
        }
    }
    return true;
}

/* Where the action is expected now, inner regions first; NO: nowhere. */
static int arrived(const search *s, const place *at)
{
    const plain *p = s->c->p;
    int found = NO;
    if (at->length == 0 || (s->must_cross && !at->crossed)) {
        return NO;
    }
    for (int i = 0; i < p->region_count; i++) {
        if (plain_is_within(p, i, s->region) &&
            standing_expects(p, &at->standing, i, s->c->action) && returns_hold(s, at, i) &&
            (!s->named || plain_is_called(s->c, i)) &&
            (found == NO || p->regions[i].depth > p->regions[found].depth)) {
            found = i;
        }
    }
    return found;
}

/* ---- the search ---- */

static uint64_t place_hash(const place *at)
{
    uint64_t hash = at->returns * 2 + at->crossed;
    for (int i = 0; i < REGIONS_MAX; i++) {
        hash = (hash ^ (uint64_t)(at->standing.at[i] + 2) ^ (uint64_t)at->standing.status[i] << 8) *
               UINT64_C(0x9E3779B97F4A7C15);
    }
    return hash >> 40;
}

static bool place_is(const place *a, const place *b)
{
    return a->returns == b->returns && a->crossed == b->crossed &&
           memcmp(&a->standing, &b->standing, sizeof a->standing) == 0;
}

static void place_add(const place *at)
{
    uint64_t slot = place_hash(at) % SLOTS;
    for (; slots[slot] != 0; slot = (slot + 1) % SLOTS) {
        if (place_is(&places[slots[slot] - 1], at)) {
            return;
        }
    }
    assert(place_count < NODES_MAX);
    places[place_count++] = *at;
    slots[slot] = place_count;
}

static void places_clear(void)
{
    for (int i = 0; i < place_count; i++) {
        uint64_t slot = place_hash(&places[i]) % SLOTS;
        for (; slots[slot] != 0; slot = (slot + 1) % SLOTS) {
            slots[slot] = 0;
        }
    }
    place_count = 0;
}

static void way_take(const search *s, int index, route *out)
{
    out->way_count = places[index].length;
    out->way_region = arrived(s, &places[index]);
    out->returns = places[index].returns != 0;
    for (int i = index; places[i].parent != NO; i = places[i].parent) {
        assert(places[i].length <= WAY_MAX);
        out->way[places[i].length - 1] = places[i].on;
    }
}

static bool walk(const search *s, route *out)
{
    places_clear();
    place begin = {.standing = s->c->standing, .parent = NO, .on = NO};
    place_add(&begin);
    for (int i = 0; i < place_count; i++) {
        if (arrived(s, &places[i]) != NO) {
            way_take(s, i, out);
            return true;
        }
        for (int j = 0; j < s->c->p->on_count && places[i].length < WAY_MAX; j++) {
            place to;
            if (may_act(s, &places[i].standing, &s->c->p->ons[j]) &&
                place_after(s, &places[i], j, &to)) {
                to.parent = i;
                to.on = j;
                place_add(&to);
            }
        }
    }
    return false;
}

/* ---- the way that the judge names ---- */

static gj_text branch_text(const plain_case *c, int region)
{
    gj_text path = {NULL, 0};
    for (; region != 0; region = c->p->regions[region].outer) {
        gj_text name = c->p->regions[region].label.name;
        char *bytes = gjb_arena_make(c->arena, name.size + path.size + 1, 1);
        memcpy(bytes, name.bytes, name.size);
        if (path.size > 0) {
            bytes[name.size] = '/';
            memcpy(bytes + name.size + 1, path.bytes, path.size);
        }
        path = (gj_text){bytes, name.size + (path.size > 0 ? path.size + 1 : 0)};
    }
    return path;
}

static bool is_in_branch(const plain_case *c, int region, gj_text branch)
{
    return region == 0 ? branch.size == 0 : gjb_text_equal(branch_text(c, region), branch);
}

/* The clause is the act that is said to be left out. */
static bool is_said(const plain_case *c, const plain_on *on, const gj_left_out *said)
{
    return gjb_text_equal(c->p->actions[on->action].label.name, said->action) &&
           gjb_text_equal(c->p->stages[on->stage].name, said->stage) &&
           is_in_branch(c, c->p->stages[on->stage].region, said->branch);
}

/* Takes what is said act by act; clauses that differ in their target alone are tried in turn. */
static bool follow(const search *s, const gj_finding *said, const place *at, route *out)
{
    const plain *p = s->c->p;
    if (at->length == (int)said->left_out_count) {
        out->way_region = NO;
        for (int i = 0; i < p->region_count; i++) {
            if (plain_is_within(p, i, s->region) && is_in_branch(s->c, i, said->branch_expected) &&
                standing_expects(p, &at->standing, i, s->c->action) && returns_hold(s, at, i) &&
                (!s->named || plain_is_called(s->c, i))) {
                out->way_region = i;
            }
        }
        return out->way_region != NO && (at->crossed || !s->must_cross);
    }
    for (int i = 0; i < p->on_count; i++) {
        place to;
        if (is_said(s->c, &p->ons[i], &said->left_out[at->length]) &&
            may_act(s, &at->standing, &p->ons[i]) && place_after(s, at, i, &to)) {
            out->way[at->length] = i;
            if (follow(s, said, &to, out)) {
                return true;
            }
        }
    }
    return false;
}

/* What the judge said of this event; NULL where it found no act left out. */
static const gj_finding *said_of(const plain_case *c, int region)
{
    for (size_t i = 0; i < c->hint.count; i++) {
        const gj_finding *f = &c->hint.findings[i];
        if (f->code == GJ_SKIPPED_STEP && gjb_text_equal(f->event, c->event->id) &&
            gjb_text_equal(f->source_id, c->event->source) && is_in_branch(c, region, f->branch)) {
            return f;
        }
    }
    return NULL;
}

static bool has_branches(const plain *p, int region)
{
    for (int i = 1; i < p->region_count; i++) {
        if (i != region && plain_is_within(p, i, region)) {
            return true;
        }
    }
    return false;
}

static void said_take(const search *s, route *out)
{
    const gj_finding *said = said_of(s->c, s->region);
    route followed = *out;
    place begin = {.standing = s->c->standing, .parent = NO, .on = NO};
    if (said != NULL && (int)said->left_out_count == out->way_count &&
        follow(s, said, &begin, &followed)) {
        *out = followed;
    }
}

/* ---- the whole ---- */

/* Within a branch that runs now the action is a matter of that branch. */
static bool is_in_running(const plain_case *c, int region)
{
    for (int i = 1; i < c->p->region_count; i++) {
        if (c->p->regions[i].parent == c->standing.at[region] &&
            plain_region_holds(c->p, i, c->action)) {
            return true;
        }
    }
    return false;
}

bool plain_search(plain_case *c, int region, route *out)
{
    search s = {.c = c, .region = region, .must_cross = is_in_running(c, region)};
    for (int i = has_branches(c->p, region) ? 0 : 2; i < 4; i++) {
        s.named = i < 2;
        s.returning = i % 2 != 0;
        if (!walk(&s, out)) {
            continue;
        }
        if (has_branches(c->p, region)) {
            said_take(&s, out);
        }
        return true;
    }
    return false;
}
