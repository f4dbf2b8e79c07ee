/* SPDX-License-Identifier: Apache-2.0
 *
 * See pairs.h. */
#include "unit/interpreter/pairs.h"

#include "unit/interpreter/days.h"

#include <assert.h>
#include <string.h>

static const gj_text absent = {NULL, 0};

/* Of several actions that may be judged none lends its parameters to an exception. */
static int judged_action(const plain_case *c, const plain_rule *rule)
{
    bool one =
        plain_rule_is(rule, GJC_RULE_PRECEDED) ||
        (plain_rule_acts(rule) != NULL && gjc_node_count(plain_rule_acts(rule), GJC_NAME) == 1);
    return one ? c->action : NO;
}

/* ---- every A followed by B ---- */

int64_t plain_follow_due(const plain_case *c, const plain_rule *rule, int64_t since)
{
    int due_day;
    span of = {.limit = rule->clock, .since = since, .by = INT64_MAX};
    of.budget = rule->clock == NO ? 0 : c->p->limits[rule->clock].budget;
    return rule->clock == NO ? INT64_MAX : plain_limit_late(c, &of, &due_day);
}

/* Those that may do the act answer: of several the one that did. */
static void who_take(const plain_case *c, const plain_rule *rule, plain_found *f)
{
    const plain *p = c->p;
    const gjc_node *second = gjc_node_find_next(gjc_node_find(rule->says, GJC_ACT));
    int action = plain_find_action(p, gjc_node_name(second)), count = 0, only = NO;
    bool acted = false;
    f->acted = f->event != NULL ? f->who.post : NO;
    for (int i = 0; i < p->post_count; i++) {
        bool may = false;
        for (int j = 0; j < p->power_count; j++) {
            may = may || (p->powers[j].node->kind == GJC_MAY && p->powers[j].action == action &&
                          p->powers[j].post == i);
        }
        for (int j = 0; j < p->on_count; j++) {
            for (int k = 0; p->ons[j].action == action && k < p->ons[j].post_count; k++) {
                may = may || p->ons[j].posts[k] == i;
            }
        }
        if (may) {
            only = i;
            f->holders.posts[count++] = i;
        }
        acted = acted || (may && f->event != NULL && f->who.post == i);
    }
    f->holders.count = count;
    if (count > 0 && !acted) {
        f->who = (plain_who_acted){.post = count == 1 ? only : NO};
    }
}

static void miss(plain_case *c, const plain_rule *rule, plain_done *first, int64_t at)
{
    plain_found *found =
        first->unsure ? NULL : plain_trace_break(c, rule, GJ_NOT_DONE, NO, rule->region);
    first->gone = found == NULL;
    if (found == NULL) {
        return;
    }
    first->found = (int)(found - c->found);
    plain_trace_name(c, found, first, rule);
    found->rule = rule;
    found->until = at;
    who_take(c, rule, found);
}

/* Whether the act at hand is one that follows that act, of which the condition may speak. */
static value follows(plain_case *c, const plain_rule *rule, const plain_done *first,
                     const gjc_node *when, int region, bool lacks[LACKS_MAX])
{
    for (int i = 0; i < rule->kept_count; i++) {
        c->fields[rule->kept[i]] = first->kept[i];
    }
    value holds = plain_trace_asks(c, rule, when, region, lacks);
    for (int i = 0; i < rule->kept_count; i++) {
        c->fields[rule->kept[i]] = value_unknown();
    }
    return holds;
}

/* Something was missing for it. */
static void doubt_add(plain_case *c, const plain_rule *rule, int of, int64_t due,
                      const bool lacks[LACKS_MAX])
{
    plain_doubt doubt = {.rule = rule, .of = of, .due = due};
    memcpy(doubt.lacks, lacks, sizeof doubt.lacks);
    assert(c->doubt_count < DOUBTS_MAX);
    c->doubts[c->doubt_count++] = doubt;
}

static void doubts_end(plain_case *c, const plain_rule *rule, const plain_done *first)
{
    for (int i = 0; i < c->doubt_count; i++) {
        plain_doubt *doubt = &c->doubts[i];
        doubt->rule = doubt->rule == rule && doubt->of == first->number ? NULL : doubt->rule;
    }
}

/* It may be: in time, and then nothing is found of that act. */
static void may_follow(plain_case *c, const plain_rule *rule, plain_done *first,
                       const bool lacks[LACKS_MAX])
{
    int64_t due = plain_follow_due(c, rule, first->at);
    doubt_add(c, rule, first->number, due, lacks);
    if (first->found == NO) {
        first->unsure = first->unsure || c->as_of < due;
    } else if (c->as_of < due && due != INT64_MAX) {
        c->found[first->found].status = GJ_WITHDRAWN;
        c->found[first->found].until = c->as_of;
        first->gone = true;
    }
}

/* The latest act is a B. */
void plain_pairs_follow(plain_case *c, const plain_rule *rule, const gjc_node *when, int region)
{
    plain_trace *trace = plain_trace_of(c, rule);
    for (int i = 0; i < trace->count; i++) {
        plain_done *first = &trace->acts[i];
        bool lacks[LACKS_MAX];
        if (first->role != ROLE_FIRST || first->gone) {
            continue;
        }
        value holds = follows(c, rule, first, when, region, lacks);
        if (holds.kind == V_UNKNOWN) {
            may_follow(c, rule, first, lacks);
        }
        if (!value_is(holds, true)) {
            continue;
        }
        int64_t due = plain_follow_due(c, rule, first->at);
        first->gone = true;
        doubts_end(c, rule, first);
        if (first->found == NO) {
            continue;
        }
        plain_found *found = &c->found[first->found];
        found->status = c->as_of < due && due != INT64_MAX ? GJ_WITHDRAWN : GJ_CLOSED;
        found->until = c->as_of;
        found->event = c->event;
        found->who = c->event == NULL ? (plain_who_acted){.post = NO} : plain_who_told(c);
        who_take(c, rule, found);
    }
}

/* A time is said by when it has to follow. */
static bool is_timed(const plain_rule *rule)
{
    return plain_rule_is(rule, GJC_RULE_FOLLOWED) && rule->clock != NO;
}

int64_t plain_follow_next(const plain_case *c)
{
    int64_t next = INT64_MAX;
    for (int i = 0; i < c->p->rule_count; i++) {
        for (int j = 0; is_timed(&c->p->rules[i]) && j < c->traces[i].count; j++) {
            const plain_done *first = &c->traces[i].acts[j];
            bool open = first->role == ROLE_FIRST && !first->gone && first->found == NO;
            int64_t due = open ? plain_follow_due(c, &c->p->rules[i], first->at) : INT64_MAX;
            next = due < next ? due : next;
        }
    }
    return next;
}

/* By nobody and about no event. */
static void miss_by_time(plain_case *c, const plain_rule *rule, plain_done *first, int64_t at)
{
    const gj_event *event = c->event;
    int64_t was_at = c->at;
    int action = c->action, first_found = c->first_found;
    c->event = NULL;
    c->at = at;
    c->action = NO;
    c->first_found = c->found_count;
    miss(c, rule, first, at);
    for (int i = c->first_found; i < c->found_count; i++) {
        plain_found *found = &c->found[i];
        found->by_time = true;
        found->has_first = found->has_first || found->field == NO;
        found->first_at = first->at;
    }
    c->event = event;
    c->at = was_at;
    c->action = action;
    c->first_found = first_found;
}

void plain_follow_reach(plain_case *c, int64_t at)
{
    for (int i = 0; i < c->p->rule_count; i++) {
        const plain_rule *rule = &c->p->rules[i];
        for (int j = 0; is_timed(rule) && j < c->traces[i].count; j++) {
            plain_done *first = &c->traces[i].acts[j];
            if (first->role == ROLE_FIRST && !first->gone && first->found == NO &&
                plain_follow_due(c, rule, first->at) <= at) {
                miss_by_time(c, rule, first, at);
            }
        }
    }
}

void plain_follow_end(plain_case *c, int region)
{
    for (int i = 0; i < c->p->rule_count; i++) {
        const plain_rule *rule = &c->p->rules[i];
        bool asked =
            plain_rule_is(rule, GJC_RULE_FOLLOWED) && rule->clock == NO && rule->region == region;
        for (int j = 0; asked && j < c->traces[i].count; j++) {
            plain_done *first = &c->traces[i].acts[j];
            if (first->role == ROLE_FIRST && !first->gone && first->found == NO) {
                miss(c, rule, first, c->at);
            }
        }
    }
    for (int i = 0; i < c->doubt_count; i++) { /* none of them is followed any more */
        plain_doubt *doubt = &c->doubts[i];
        if (doubt->rule == NULL || doubt->rule->region != region || doubt->rule->clock != NO) {
            continue;
        }
        for (int j = 0; j < LACKS_MAX; j++) {
            bool *lacks = &c->lacks[doubt->rule - c->p->rules][j];
            *lacks = *lacks || doubt->lacks[j];
        }
        doubt->rule = NULL;
    }
}

void plain_follow_close(plain_case *c, int region)
{
    for (int i = 0; i < c->p->rule_count; i++) {
        for (int j = 0; j < c->traces[i].count; j++) {
            plain_done *first = &c->traces[i].acts[j];
            bool open = plain_rule_is(&c->p->rules[i], GJC_RULE_FOLLOWED) && first->found == NO;
            first->gone =
                first->gone || (open && plain_is_within(c->p, c->p->rules[i].region, region));
        }
    }
    for (int i = 0; i < c->doubt_count; i++) {
        plain_doubt *doubt = &c->doubts[i];
        bool ends = doubt->rule != NULL && c->at < doubt->due &&
                    plain_is_within(c->p, doubt->rule->region, region);
        doubt->rule = ends ? NULL : doubt->rule;
    }
}

/* What is still missed is counted to the end. */
void plain_follow_count(plain_case *c)
{
    int64_t until = c->closed_at < c->clock ? c->closed_at : c->clock;
    for (int i = 0; i < c->p->rule_count; i++) {
        for (int j = 0; is_timed(&c->p->rules[i]) && j < c->traces[i].count; j++) {
            const plain_done *first = &c->traces[i].acts[j];
            if (first->role == ROLE_FIRST && !first->gone && first->found != NO) {
                int64_t due = plain_follow_due(c, &c->p->rules[i], first->at);
                c->found[first->found].until = until < due ? due : until;
            }
        }
    }
}

/* Whether it has to be followed; where that cannot be told, what was missing stands by itself. */
bool plain_pairs_is_first(plain_case *c, const plain_rule *rule, const gjc_node *when, int region)
{
    bool lacks[LACKS_MAX];
    value holds = plain_trace_asks(c, rule, when, region, lacks);
    if (holds.kind == V_UNKNOWN) {
        doubt_add(c, rule, NO, plain_follow_due(c, rule, c->as_of), lacks);
    }
    return value_is(holds, true);
}

void plain_pairs_end_doubts(plain_case *c, const plain_rule *rule, const gjc_node *when)
{
    facts f = plain_facts(c, rule->region);
    f.action = c->action;
    f.kept_by = rule; /* nothing was kept of those, so what it says of them is unknown */
    bool counted = value_is(expression_truth(&f, when), true);
    for (int i = 0; i < c->doubt_count && counted; i++) {
        plain_doubt *doubt = &c->doubts[i];
        bool in_time = doubt->due == INT64_MAX || c->as_of < doubt->due;
        doubt->rule = doubt->rule == rule && in_time ? NULL : doubt->rule;
    }
}

bool plain_rule_lacks(const plain_case *c, const plain_rule *rule, int what)
{
    bool lacks = c->lacks[rule - c->p->rules][what];
    for (int i = 0; i < c->doubt_count; i++) {
        lacks = lacks || (c->doubts[i].rule == rule && c->doubts[i].lacks[what]);
    }
    return lacks;
}

/* ---- every B preceded by A ---- */

void plain_pairs_keep_precedent(plain_case *c, const plain_rule *rule, const gjc_node *when,
                                int region)
{
    bool lacks[LACKS_MAX];
    value holds = plain_trace_asks(c, rule, when, region, lacks);
    if (!value_is(holds, false)) {
        plain_done *done = plain_trace_add(c, rule, ROLE_FIRST);
        done->unsure = holds.kind == V_UNKNOWN;
        memcpy(done->lacks, lacks, sizeof done->lacks);
    }
}

/* Where it is decided by an act that may be none for the rule, by what was missing of that. */
static void precede_unsure(plain_case *c, const plain_rule *rule, const plain_done *first,
                           int region)
{
    facts f = plain_facts(c, rule->region);
    f.action = judged_action(c, rule);
    bool excused = plain_rule_is_excused(c, &f, rule, region);
    for (int i = 0; i < LACKS_MAX && !excused; i++) {
        bool *lacks = &c->lacks[rule - c->p->rules][i];
        *lacks = *lacks || first->lacks[i];
    }
}

/* Some A lies on the right side. */
void plain_pairs_precede(plain_case *c, const plain_rule *rule, int region)
{
    const plain_trace *trace = plain_trace_of(c, rule);
    bool least = gjc_node_find(rule->says, GJC_AT_LEAST) != NULL, may = false;
    const plain_done *told = NULL, *unsure = NULL;
    for (int i = 0; i < trace->count; i++) {
        const plain_done *first = &trace->acts[i];
        int64_t edge;
        span of = {.limit = rule->clock, .since = first->at, .by = INT64_MAX};
        of.budget = rule->clock == NO ? 0 : c->p->limits[rule->clock].budget;
        if (first->gone || first->role != ROLE_FIRST) {
            continue;
        }
        const plain_done **decides = first->unsure ? &unsure : &told;
        bool tells =
            *decides == NULL || (least ? first->at < (*decides)->at : first->at >= (*decides)->at);
        bool does = rule->clock == NO || plain_limit_back(c, &of, c->at, &edge) <= 0;
        if (does && !first->unsure) {
            return;
        }
        *decides = tells ? first : *decides;
        may = may || does;
    }
    if (may) {
        precede_unsure(c, rule, unsure, region);
        return;
    }
    plain_trace_name(c, plain_trace_break(c, rule, GJ_RULE, judged_action(c, rule), region), told,
                     rule);
}

/* ---- what is barred ---- */

static bool is_same_key(const plain_done *a, value key)
{
    return key.kind == V_UNKNOWN || a->key.kind == V_UNKNOWN ||
           value_is(value_equal(a->key, key), true);
}

/* It was begun, of the key or of any, and no end of it has come since: the first such act. */
plain_done *plain_pairs_begun(plain_case *c, const plain_rule *rule, value key)
{
    plain_trace *trace = plain_trace_of(c, rule);
    for (int i = 0; i < trace->count; i++) {
        plain_done *first = &trace->acts[i];
        if (first->role == ROLE_FIRST && !first->gone && is_same_key(first, key)) {
            return first;
        }
    }
    return NULL;
}

void plain_pairs_bar(plain_case *c, const plain_rule *rule, int region)
{
    const plain_done *first = plain_pairs_begun(c, rule, plain_trace_key(c, rule));
    if (first != NULL) {
        plain_trace_name(c,
                         plain_trace_break(c, rule, GJ_FORBIDDEN, judged_action(c, rule), region),
                         first, rule);
    }
}

/* The first of those that go on which began after the one of that number. */
static const plain_done *begun_after(plain_case *c, const plain_rule *rule, value key, int number)
{
    const plain_trace *trace = plain_trace_of(c, rule);
    for (int i = 0; i < trace->count; i++) {
        const plain_done *first = &trace->acts[i];
        if (first->role == ROLE_FIRST && !first->gone && first->number > number &&
            is_same_key(first, key)) {
            return first;
        }
    }
    return NULL;
}

/* Done while something goes on, and no exception holds: it is remembered of each. */
void plain_pairs_keep_barred(plain_case *c, const plain_rule *rule, int region)
{
    facts f = plain_facts(c, rule->region);
    f.action = judged_action(c, rule);
    value key = plain_trace_key(c, rule);
    const plain_done *first = begun_after(c, rule, key, NO);
    bool binds = first != NULL && plain_rule_binds(c, &f, rule, region);
    while (binds && first != NULL) {
        int number = first->number;
        plain_done *done = plain_trace_remember(c, rule, ROLE_BARRED, region);
        if (done != NULL) {
            done->partner = number;
        }
        first = begun_after(c, rule, key, number);
    }
}

/* Its end has come, and with it all that was done since it was begun. */
static void between(plain_case *c, const plain_rule *rule, const plain_done *first, int region)
{
    plain_trace *trace = plain_trace_of(c, rule);
    for (int i = 0; i < trace->count; i++) {
        plain_done *done = &trace->acts[i];
        if (done->role != ROLE_BARRED || done->gone || done->partner != first->number) {
            continue;
        }
        plain_found *found =
            plain_found_add(c, GJ_FORBIDDEN, (gj_severity)rule->severity, region, rule->name);
        found->broken = rule;
        found->event = done->event;
        found->who = done->who;
        plain_trace_name(c, found, first, rule);
        done->gone = true;
    }
}

/* What goes on of that key has come to its end. */
void plain_pairs_end(plain_case *c, const plain_rule *rule, int region)
{
    if (!plain_trace_tells_key(c, rule, region)) {
        return;
    }
    plain_done *first = plain_pairs_begun(c, rule, plain_trace_key(c, rule));
    if (first != NULL && plain_rule_is(rule, GJC_RULE_BETWEEN_NEVER)) {
        between(c, rule, first, region);
    }
    if (first != NULL) {
        first->gone = true;
    }
}

/* ---- among equals ---- */

/* Whether an act done before is the same to a rule among equals as the one at hand. */
static bool is_alike(const plain_case *c, const plain_rule *rule, const plain_done *done)
{
    return plain_rule_is(rule, GJC_RULE_SEPARATE_POSTS)
               ? c->event != NULL && done->who.post == plain_who_told(c).post
               : done->action == c->action;
}

void plain_pairs_equal(plain_case *c, const plain_rule *rule, int region)
{
    const plain_trace *trace = plain_trace_of(c, rule);
    bool both = plain_rule_is(rule, GJC_RULE_NOT_BOTH), apart = !plain_rule_is(rule, GJC_RULE_JOIN);
    if (!both && c->event->officer.size == 0) {
        facts f = plain_facts(c, rule->region);
        if (plain_rule_is_excused(c, &f, rule, region)) {
            return;
        }
        plain_lack(c, rule, LACKS_OFFICER);
        if (!plain_is_noted(c, NO, rule->name)) {
            plain_found_add(c, GJ_MISSING_DATA, GJ_NOTICE, region, rule->name);
        }
        return;
    }
    for (int i = 0; i < trace->count; i++) {
        const plain_done *done = &trace->acts[i];
        bool same = gjb_text_equal(done->officer, c->event->officer);
        bool clashes = both || (done->officer.size > 0 && (apart ? same : !same));
        if (!done->gone && !is_alike(c, rule, done) && clashes) {
            gj_code code = both ? GJ_FORBIDDEN : apart ? GJ_SEPARATION : GJ_RULE;
            plain_trace_name(c, plain_trace_break(c, rule, code, NO, region), done, rule);
            return;
        }
    }
}

/* Once for each action and officer. */
void plain_pairs_keep_equal(plain_case *c, const plain_rule *rule, int region)
{
    const plain_trace *trace = plain_trace_of(c, rule);
    gj_text officer = c->event == NULL ? absent : c->event->officer;
    if (officer.size == 0 && !plain_rule_is(rule, GJC_RULE_NOT_BOTH)) {
        return; /* nobody's */
    }
    for (int i = 0; i < trace->count; i++) {
        const plain_done *done = &trace->acts[i];
        if (!done->gone && is_alike(c, rule, done) && gjb_text_equal(done->officer, officer)) {
            return;
        }
    }
    (void)plain_trace_remember(c, rule, ROLE_ONE_OF, region);
}
