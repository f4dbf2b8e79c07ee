/* SPDX-License-Identifier: Apache-2.0
 *
 * What the law does by itself when a limit runs out: in its place in time among the ends of limits
 * that were told before. */
#include "unit/interpreter/case.h"

#include "unit/interpreter/days.h"

#include <string.h>

enum { LAW_ACTS_MAX = 1000 };

/* When the limit, which runs, runs out; INT64_MAX where the law says nothing of it, or was asked.
 */
int64_t plain_limit_runs_out(const plain_case *c, int limit)
{
    int due_day;
    return c->p->limits[c->running[limit].limit].effect_count == 0 || c->running[limit].asked
               ? INT64_MAX
               : plain_limit_late(c, &c->running[limit], &due_day);
}

/* ---- what it does ---- */

static bool is_near(const plain *p, int a, int b)
{
    return plain_is_within(p, a, b) || plain_is_within(p, b, a);
}

/* Its region stands where it may hold. */
static bool stands(const plain_case *c, int region, const plain_effect *e)
{
    return c->standing.at[region] != NO && c->standing.status[region] == RUNNING &&
           (e->stage == NO || e->stage == c->standing.at[region]);
}

static bool holds(plain_case *c, const plain_limit *of, const plain_effect *e)
{
    const gjc_node *when = plain_when(e->node);
    facts f = plain_facts(c, of->region);
    value truth = expression_truth(&f, when);
    if (truth.kind == V_UNKNOWN) {
        int before = c->found_count;
        reading why = {{when, NULL}, when, of->region, NO, of->name, {NULL, 0}, NULL};
        plain_missing_note(c, &why, of->region);
        for (int i = before; i < c->found_count; i++) {
            c->found[i].underway = true;
        }
    }
    return value_is(truth, true);
}

static const plain_effect *effect_find(plain_case *c, const plain_limit *of)
{
    for (int i = 0; i < of->effect_count; i++) {
        if (stands(c, of->region, &of->effects[i]) && holds(c, of, &of->effects[i])) {
            return &of->effects[i];
        }
    }
    return NULL;
}

/* The nearest region around that has the act, or NO. */
static int home_of(const plain *p, int region, int action)
{
    while (region != 0 && !plain_region_has(p, region, action)) {
        region = p->regions[region].outer;
    }
    return plain_region_has(p, region, action) ? region : NO;
}

/* It counts as done. What it tells of itself alone holds meanwhile: of a limit with keys, of which
 * one it is. */
static void deem(plain_case *c, const span *ran_out, const plain_effect *e)
{
    const plain_limit *of = &c->p->limits[ran_out->limit];
    value fields[FIELDS_MAX], told[FIELDS_MAX];
    gj_text quoted[FIELDS_MAX];
    memcpy(quoted, c->quoted, sizeof quoted);
    memcpy(fields, c->fields, sizeof fields);
    memcpy(told, c->told, sizeof told);
    for (int i = 0; i < c->p->field_count; i++) {
        bool own = c->p->fields[i].action == e->action;
        c->fields[i] = own ? value_unknown() : c->fields[i];
        c->quoted[i] = own ? (gj_text){NULL, 0} : c->quoted[i];
        c->told[i] = value_unknown();
    }
    c->action = e->action;
    plain_clock_tell(c, ran_out);
    plain_data_deem(c, of, e);
    int home = home_of(c->p, of->region, e->action);
    c->deemed[home == NO ? REGIONS_MAX : home][e->action] = true;
    plain_act_hear(c, home == NO ? of->region : home, home);
    for (int i = 0; i < c->p->field_count; i++) {
        bool own = c->p->fields[i].action == e->action;
        c->fields[i] = own ? fields[i] : c->fields[i];
        c->quoted[i] = own ? quoted[i] : c->quoted[i];
        c->told[i] = told[i];
    }
}

static void effect_take(plain_case *c, int limit, const plain_effect *e)
{
    span ran_out = c->running[limit];
    int64_t since = ran_out.since; /* a date may lie behind the one by which it is due */
    c->as_of = e->as_of_start && since < c->at ? since : c->at;
    c->law_acts++;
    plain_limit_run_out(c, limit, c->at);
    if (e->action != NO) {
        deem(c, &ran_out, e);
    }
    if (e->target != NO) {
        passage way = {.count = 0};
        standing_go(c->p, &c->standing, e->target, &way);
        plain_limits_pass(c, &way, true);
    }
}

static void law_take(plain_case *c, int limit, int64_t at)
{
    const plain_limit *of = &c->p->limits[c->running[limit].limit];
    const gj_event *event = c->event;
    int64_t was_at = c->at, was_as_of = c->as_of;
    int action = c->action, first_found = c->first_found;
    c->running[limit].asked = true;
    c->running[limit].asked_at = at;
    if (c->law_acts >= LAW_ACTS_MAX) {
        return;
    }
    c->law_acts_now = true;
    c->event = NULL;
    c->at = c->as_of = at;
    c->first_found = c->found_count;
    const plain_effect *e = effect_find(c, of);
    if (e != NULL) {
        effect_take(c, limit, e);
    }
    for (int i = 0; i < c->first_found; i++) {
        plain_found *f = &c->found[i];
        f->stage_after = f->told_by_law ? plain_stage_at(c, f->region) : f->stage_after;
        f->told_by_law = false;
    }
    for (int i = c->first_found; i < c->found_count; i++) {
        c->found[i].stage_after = plain_stage_at(c, c->found[i].region);
        c->found[i].told_by_law = false;
        c->found[i].by_law = true;
        c->found[i].effect = e;
        c->found[i].as_of = c->as_of;
    }
    c->law_acts_now = false;
    c->event = event;
    c->at = was_at;
    c->as_of = was_as_of;
    c->action = action;
    c->first_found = first_found;
}

/* ---- time ---- */

/* Before the limit's law acts what all have come to is noted; of those declared behind it, and of
 * its further clocks, what they come to at that very instant is noted after. */
static void held_note(plain_case *c, int limit, int64_t at)
{
    for (int i = 0; i < CLOCKS_MAX; i++) {
        if (c->runs[i]) {
            int of = c->running[i].limit, its = c->running[limit].limit;
            bool before = of < its || (of == its && i <= limit);
            plain_held_note(c, i, before ? at : at - 1);
            plain_rungs_keep(c, i, before ? at : at - 1);
        }
    }
}

/* What is void by now was hidden by what is void; the law acts where that ends. */
static void void_note(plain_case *c, int limit, int64_t now)
{
    int64_t out = plain_limit_runs_out(c, limit);
    c->running[limit].noted = INT64_MIN;
    plain_held_note(c, limit, out < now ? out : now);
}

void plain_limits_pass_time(plain_case *c, int64_t now)
{
    while (!c->law_acts_now) {
        int found = NO;
        int64_t earliest = INT64_MAX;
        for (int i = 0; i < CLOCKS_MAX; i++) {
            int64_t out = c->runs[i] ? plain_limit_runs_out(c, i) : INT64_MAX;
            int64_t next = !c->runs[i] ? INT64_MAX : c->running[i].told_end;
            next = out > next ? next : c->law_waits && out != INT64_MAX ? INT64_MAX : out;
            int64_t untold = c->runs[i] ? plain_turns_next(c, i) : INT64_MAX;
            next = untold < next ? untold : next;
            bool first = next < earliest || (next == earliest && found != NO &&
                                             c->running[i].limit < c->running[found].limit);
            found = first ? i : found;
            earliest = next < earliest ? next : earliest;
        }
        int64_t missed = plain_follow_next(c);
        if (missed <= earliest && missed <= now) {
            plain_follow_reach(c, missed);
            continue;
        }
        if (found == NO || earliest > now) {
            break;
        }
        if (plain_turns_next(c, found) == earliest) {
            held_note(c, found, earliest);
            plain_turns_expire(c, found, earliest);
            void_note(c, found, earliest);
        } else if (plain_limit_runs_out(c, found) == earliest) {
            held_note(c, found, earliest);
            law_take(c, found, earliest);
        } else {
            plain_limit_end_by(c, found, earliest, NULL);
        }
    }
    for (int i = 0; i < CLOCKS_MAX && !c->law_acts_now; i++) {
        if (c->runs[i]) {
            int64_t out = c->law_waits ? plain_limit_runs_out(c, i) : INT64_MAX;
            int64_t until = out < now ? out : now; /* nothing comes behind the law that waits */
            plain_held_note(c, i, until);
            plain_rungs_keep(c, i, until);
        }
    }
}

/* ---- what comes after it ---- */

bool plain_is_acknowledged(plain_case *c, const route *r)
{
    bool *deemed = &c->deemed[REGIONS_MAX][c->action];
    for (int i = 0; !*deemed && i < c->p->region_count; i++) {
        if (c->deemed[i][c->action] && (r->region == NO || is_near(c->p, i, r->region))) {
            deemed = &c->deemed[i][c->action];
        }
    }
    bool was = *deemed;
    *deemed = false;
    return was && r->bearing != HERE;
}
