/* SPDX-License-Identifier: Apache-2.0
 *
 * Who holds a case, and who held it when a limit's finding came to what it stands by. */
#include "unit/interpreter/case.h"

static bool runs(const plain_case *c, int region)
{
    for (; region != 0; region = c->p->regions[region].outer) {
        if (c->seen[c->p->regions[region].outer] != c->p->regions[region].parent) {
            return false;
        }
    }
    return true;
}

int plain_stage_seen(const plain_case *c, int region)
{
    while (!runs(c, region)) {
        region = c->p->regions[region].outer;
    }
    return c->seen[region];
}

static void holder_add(plain_holders *held, int post)
{
    for (int i = 0; i < held->count; i++) {
        if (held->posts[i] == post) {
            return;
        }
    }
    held->posts[held->count++] = post;
}

plain_holders plain_holders_of(const plain *p, int stage)
{
    plain_holders held = {.count = 0};
    if (p->stages[stage].holder != NO) {
        holder_add(&held, p->stages[stage].holder);
        return held;
    }
    for (int i = 0; i < p->on_count; i++) {
        const plain_on *on = &p->ons[i];
        int region = p->stages[on->stage].region, at = on->stage;
        while (at != stage && p->stages[at].region != 0) {
            at = p->regions[p->stages[at].region].parent;
        }
        for (int j = 0; at == stage && j < on->post_count; j++) {
            holder_add(&held, on->posts[j]);
        }
        for (int j = 0; at == stage && j < p->power_count; j++) {
            const plain_power *power = &p->powers[j];
            if (plain_power_kind(power) == GJC_MAY && power->action == on->action &&
                plain_is_heard(p, power->region, on->action, region)) {
                holder_add(&held, power->post);
            }
        }
    }
    return held;
}

void plain_held_note(plain_case *c, int limit, int64_t now)
{
    span *s = &c->running[limit];
    const plain_limit *of = &c->p->limits[s->limit];
    bool again = now < s->noted; /* the law may act where time has been already */
    s->noted = again ? s->noted : now;
    if (plain_limit_rung_reached(c, s, true, s->noted) == NO) {
        s->rung[true] = NO; /* if it was late, that was withdrawn */
    }
    for (int late = 0; late < 2; late++) {
        int rung = plain_limit_rung_reached(c, s, late != 0, now);
        bool is_new = !again || s->rung[late] == NO;         /* what was hidden is found only now */
        if (is_new && rung != NO && rung != s->rung[late]) { /* as severe, but before it, too */
            s->rung[late] = rung;
            s->held_in[late] = plain_stage_seen(c, of->region);
        }
    }
}

/* The one that acted, if it is one of them; else the only one. */
static plain_who_acted who_holds(const plain_holders *held, plain_who_acted acted)
{
    for (int i = 0; i < held->count; i++) {
        if (held->posts[i] == acted.post) {
            return acted;
        }
    }
    return (plain_who_acted){.post = held->count == 1 ? held->posts[0] : NO};
}

void plain_held_take(plain_case *c, plain_found *f, int stage)
{
    f->held_in = stage == NO ? plain_stage_seen(c, c->p->limits[f->span.limit].region) : stage;
    f->holders = plain_holders_of(c->p, f->held_in);
    f->who = who_holds(&f->holders, f->who);
}
