/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may act: what a stage's clause grants, and what a post's block grants, restricts, forbids. */
#include "unit/interpreter/case.h"

static const gj_text absent = {NULL, 0};

/* The post told may be this one: told without its department it is each of that name. */
static bool may_be(const plain_case *c, int post)
{
    const plain_post *row = &c->p->posts[post];
    return post == plain_post_told(c) ||
           (c->event->department.bytes == NULL && row->department != NO &&
            plain_answers(&row->label, c->event->post));
}

static bool is_told(const plain_case *c)
{
    return c->event->post.size > 0;
}

static void not_told_note(plain_case *c, int region)
{
    gj_text post = gjb_text_of("post");
    if (!plain_is_noted(c, NO, post)) {
        plain_found_add(c, GJ_MISSING_DATA, GJ_NOTICE, region, post);
    }
}

/* ---- what the blocks say ---- */

/* Whether a line of a block is about this act, done there. */
static bool is_about(const plain_case *c, const plain_power *power, gjc_kind kind, int heard_in)
{
    return plain_power_kind(power) == kind && power->action == c->action &&
           plain_is_heard(c->p, power->region, c->action, heard_in);
}

static bool says_anything(const plain_case *c, gjc_kind kind, int heard_in)
{
    for (int i = 0; i < c->p->power_count; i++) {
        if (is_about(c, &c->p->powers[i], kind, heard_in)) {
            return true;
        }
    }
    return false;
}

static value line_truth(plain_case *c, const plain_power *power)
{
    facts f = plain_facts(c, power->region);
    f.action = c->action;
    return expression_truth(&f, plain_when(power->node));
}

/* Of the lines about one post: one that holds, else one of which that cannot be said, else one that
 * does not; NULL where there is none. */
static const plain_power *line_decide(plain_case *c, gjc_kind kind, int post, int heard_in,
                                      value *truth)
{
    const plain_power *best = NULL;
    *truth = value_number(false);
    for (int i = 0; i < c->p->power_count; i++) {
        const plain_power *power = &c->p->powers[i];
        if (power->post != post || !is_about(c, power, kind, heard_in)) {
            continue;
        }
        value holds = line_truth(c, power);
        bool surer = holds.kind == V_UNKNOWN && value_is(*truth, false);
        if (best == NULL || value_is(holds, true) || surer) {
            best = power;
            *truth = holds;
        }
        if (value_is(holds, true)) {
            break;
        }
    }
    return best;
}

static void line_note(plain_case *c, const plain_power *power, int region)
{
    const gjc_node *when = plain_when(power->node);
    reading of = {{when, NULL}, when, power->region, c->action, c->p->posts[power->post].label.name,
                  absent,       NULL};
    plain_missing_note(c, &of, region);
}

/* ---- grants ---- */

static bool is_in_clause(const plain_on *on, int post)
{
    for (int i = 0; on != NULL && i < on->post_count; i++) {
        if (on->posts[i] == post) {
            return true;
        }
    }
    return false;
}

typedef struct verdict {
    value truth;
    const plain_power *line; /* that decides; NULL: none does */
} verdict;

/* A post that may be meant: a line about it decides, else the clause. Of two lines that leave it
 * open the earlier one is told. */
static void post_ask(plain_case *c, const plain_on *on, int post, int heard_in, verdict *best)
{
    value truth;
    if (value_is(best->truth, true) || !may_be(c, post)) {
        return;
    }
    const plain_power *line = line_decide(c, GJC_MAY, post, heard_in, &truth);
    if (line == NULL) {
        best->truth = is_in_clause(on, post) ? value_number(true) : best->truth;
    } else if (best->line == NULL || value_is(truth, true) ||
               (truth.kind == V_UNKNOWN && value_is(best->truth, false))) {
        *best = (verdict){truth, line};
    }
}

static verdict grant_find(plain_case *c, const plain_on *on, int heard_in)
{
    verdict best = {value_number(false), NULL};
    for (int i = 0; i < c->p->power_count; i++) {
        if (is_about(c, &c->p->powers[i], GJC_MAY, heard_in)) {
            post_ask(c, on, c->p->powers[i].post, heard_in, &best);
        }
    }
    for (int i = 0; on != NULL && i < on->post_count; i++) {
        post_ask(c, on, on->posts[i], heard_in, &best);
    }
    return best;
}

void plain_grants_check(plain_case *c, const plain_on *on, int region, int heard_in)
{
    bool by_clause = on != NULL && on->post_count > 0;
    if (!by_clause && !says_anything(c, GJC_MAY, heard_in)) {
        return; /* open to all */
    }
    if (!is_told(c)) {
        not_told_note(c, region);
        return;
    }
    verdict found = grant_find(c, on, heard_in);
    if (found.truth.kind == V_UNKNOWN) {
        line_note(c, found.line, region);
    } else if (value_is(found.truth, false)) {
        int told = plain_post_told(c);
        plain_found *f =
            plain_found_add(c, GJ_UNAUTHORISED, GJ_YELLOW, region,
                            told == NO ? c->event->post : c->p->posts[told].label.name);
        f->condition = found.line == NULL ? NULL : plain_when(found.line->node);
    }
}

/* ---- prohibitions ---- */

/* A post that was not told may be one that is forbidden it. */
static void never_ask(plain_case *c, int region, int heard_in)
{
    for (int i = 0; i < c->p->power_count; i++) {
        if (is_about(c, &c->p->powers[i], GJC_NEVER, heard_in) &&
            !value_is(line_truth(c, &c->p->powers[i]), false)) {
            not_told_note(c, region);
            return;
        }
    }
}

/* What forbids it to each post that may be meant; NULL where one is free to act. */
static verdict never_find(plain_case *c, int heard_in)
{
    verdict found = {value_number(false), NULL};
    for (int post = 0; post < c->p->post_count; post++) {
        value truth;
        if (!may_be(c, post)) {
            continue;
        }
        const plain_power *line = line_decide(c, GJC_NEVER, post, heard_in, &truth);
        if (value_is(truth, false)) {
            return (verdict){truth, NULL};
        }
        if (found.line == NULL || (truth.kind == V_UNKNOWN && value_is(found.truth, true))) {
            found = (verdict){truth, line};
        }
    }
    return found;
}

void plain_nevers_check(plain_case *c, int region, int heard_in)
{
    if (!says_anything(c, GJC_NEVER, heard_in)) {
        return;
    }
    if (!is_told(c)) {
        never_ask(c, region, heard_in);
        return;
    }
    verdict found = never_find(c, heard_in);
    if (found.line == NULL) {
        return;
    }
    if (found.truth.kind == V_UNKNOWN) {
        line_note(c, found.line, region);
        return;
    }
    plain_found *f = plain_found_add(c, GJ_FORBIDDEN, GJ_YELLOW, region,
                                     c->p->posts[found.line->post].label.name);
    f->condition = plain_when(found.line->node);
}
