/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules that relate acts, read off their trace: of every rule the acts that were something to it
 * stand in the order in which they were done, and each is held against all before it. Nothing is
 * forgotten but what a branch that begins anew forgets. */
#include "unit/interpreter/case.h"

#include "unit/interpreter/days.h"

#include <assert.h>
#include <string.h>

enum { REMEMBERED_MAX = 32 }; /* acts that are to be followed, at a time */

static const gj_text absent = {NULL, 0};

/* ---- what an act is to a rule ---- */

static const gjc_node *acts_of(const plain_rule *rule)
{
    return gjc_node_find(rule->says, GJC_ACTS);
}

/* Of `A when E or B`, the conditions under which the action stands there; whether it does. */
static bool stands_in(const gjc_node *points, gj_text action, const gjc_node **when)
{
    const gjc_node *one = points == NULL ? NULL : gjc_node_find(points, GJC_TRIGGER);
    for (; one != NULL; one = gjc_node_find_next(one)) {
        if (gjb_text_equal(gjc_node_find(one, GJC_PATH)->text, action)) {
            *when = plain_when(one);
            return true;
        }
    }
    return false;
}

static bool is_act(const gjc_node *act, gj_text action, const gjc_node **when)
{
    *when = plain_when(act);
    return gjb_text_equal(gjc_node_name(act), action);
}

/* Whether the action has the role, and under which condition. */
static bool has_role(const plain_rule *rule, plain_role role, gj_text action, const gjc_node **when)
{
    const gjc_node *says = rule->says, *act = gjc_node_find(says, GJC_ACT);
    *when = NULL;
    switch ((int)says->kind) {
    case GJC_RULE_FOLLOWED:
        return (role == ROLE_FIRST && is_act(act, action, when)) ||
               (role == ROLE_SECOND && is_act(gjc_node_find_next(act), action, when));
    case GJC_RULE_PRECEDED:
        return (role == ROLE_SECOND && is_act(act, action, when)) ||
               (role == ROLE_FIRST && is_act(gjc_node_find_next(act), action, when));
    case GJC_RULE_AFTER_NEVER:
    case GJC_RULE_BETWEEN_NEVER:
        return (role == ROLE_FIRST && stands_in(gjc_node_find(says, GJC_FROM), action, when)) ||
               (role == ROLE_SECOND &&
                stands_in(
                    gjc_node_find(says, says->kind == GJC_RULE_BETWEEN_NEVER ? GJC_TO : GJC_UNTIL),
                    action, when)) ||
               (role == ROLE_BARRED && plain_is_listed(acts_of(rule), action));
    case GJC_RULE_COUNT:
        return role == ROLE_ONE_OF && gjb_text_equal(gjc_node_name(says), action);
    default:
        return role == ROLE_ONE_OF && plain_is_listed(acts_of(rule), action);
    }
}

static bool relates(const plain_rule *rule)
{
    return rule->says->kind != GJC_RULE_REQUIRE && rule->says->kind != GJC_RULE_NEVER &&
           (rule->says->kind != GJC_RULE_COUNT || plain_rule_counts_each(rule)) &&
           rule->says->kind != GJC_MUST;
}

static bool is_kind(const plain_rule *rule, gjc_kind kind)
{
    return rule->says->kind == kind;
}

/* Of a rule that keeps posts apart: whether the act at hand is of one of them, whatever it is. */
static bool is_of_posts(const plain_case *c, const plain_rule *rule)
{
    int post = c->event == NULL ? NO : plain_who_told(c).post;
    for (int i = 0; post != NO && i < rule->post_count; i++) {
        if (rule->posts[i] == post) {
            return true;
        }
    }
    return false;
}

/* Whether an act done before is the same to a rule among equals as the one at hand. */
static bool is_alike(const plain_case *c, const plain_rule *rule, const plain_done *done)
{
    return is_kind(rule, GJC_RULE_SEPARATE_POSTS)
               ? c->event != NULL && done->who.post == plain_who_told(c).post
               : done->action == c->action;
}

/* ---- the trace ---- */

static plain_trace *trace_of(plain_case *c, const plain_rule *rule)
{
    return &c->traces[rule - c->p->rules];
}

static gj_text per_of(const plain_rule *rule)
{
    const gjc_node *per = gjc_node_find(rule->says, GJC_PER);
    return per == NULL ? absent : gjc_node_find(per, GJC_PATH)->text;
}

static bool is_keyed(const plain_rule *rule)
{
    return per_of(rule).size > 0;
}

static int key_field(const plain_case *c, const plain_rule *rule)
{
    return plain_find_field(c->p, c->action, per_of(rule));
}

/* Told with this event, and not before. */
static value key_told(const plain_case *c, const plain_rule *rule)
{
    int field = is_keyed(rule) ? key_field(c, rule) : NO;
    value key = field == NO ? value_unknown() : c->told[field];
    return key.kind == V_TEXT && key.text.size == 0 ? value_unknown() : key;
}

/* The law may have one act counted as done for ever: what counts no more is left out, and so is
 * what says nothing new of what precedes. */
static void trace_shorten(const plain_rule *rule, plain_trace *trace)
{
    int kept = 0;
    for (int i = 0; i < trace->count; i++) {
        bool says_nothing = is_kind(rule, GJC_RULE_PRECEDED) && i > 0 && i + 1 < trace->count;
        if (!trace->acts[i].gone && !says_nothing) {
            trace->acts[kept++] = trace->acts[i];
        }
    }
    trace->count = kept;
    assert(kept < TRACE_MAX);
}

static plain_done *done_add(plain_case *c, const plain_rule *rule, plain_role role)
{
    plain_trace *trace = trace_of(c, rule);
    if (trace->count == TRACE_MAX) {
        trace_shorten(rule, trace);
    }
    plain_done *done = &trace->acts[trace->count++];
    plain_who_acted who = plain_who_told(c);
    *done = (plain_done){.role = role,
                         .action = c->action,
                         .at = c->as_of,
                         .key = key_told(c, rule),
                         .event = c->event,
                         .officer = c->event == NULL ? absent : c->event->officer,
                         .who = {.post = who.post, .officer = who.officer},
                         .found = NO};
    for (int i = 0; role == ROLE_FIRST && i < rule->kept_count; i++) {
        done->kept[i] = c->fields[c->p->fields[rule->kept[i]].kept_of];
    }
    return done;
}

static bool is_same_key(const plain_done *a, value key)
{
    return key.kind == V_UNKNOWN || a->key.kind == V_UNKNOWN ||
           value_is(value_equal(a->key, key), true);
}

/* An act that begins or ends what is barred has to say which key it means. */
static bool tells_key(plain_case *c, const plain_rule *rule, int region)
{
    if (!is_keyed(rule) || key_told(c, rule).kind != V_UNKNOWN) {
        return true;
    }
    int before = c->found_count;
    plain_lack(c, rule, key_field(c, rule));
    plain_missing_field(c, key_field(c, rule), region);
    for (int i = before; i < c->found_count; i++) {
        c->found[i].underway = false;
    }
    return false;
}

/* ---- whether it counts ---- */

static bool counts(plain_case *c, const plain_rule *rule, const gjc_node *when, int region)
{
    facts f = plain_facts(c, rule->region);
    f.action = c->action;
    f.kept_by = rule;
    value holds = expression_truth(&f, when);
    if (holds.kind == V_UNKNOWN) {
        reading of = {{when, NULL}, when, rule->region, c->action, rule->name, absent, rule};
        plain_missing_note(c, &of, region);
    }
    return value_is(holds, true);
}

/* ---- findings ---- */

static plain_found *broken_note(plain_case *c, const plain_rule *rule, gj_code code, int action,
                                int region)
{
    facts f = plain_facts(c, rule->region);
    f.action = action;
    plain_found *found =
        plain_rule_binds(c, &f, rule, region)
            ? plain_found_add(c, code, (gj_severity)rule->severity, region, rule->name)
            : NULL;
    if (found != NULL) {
        found->broken = rule;
    }
    return found;
}

/* Of several actions that may be judged none lends its parameters to an exception. */
static int judged_action(const plain_case *c, const plain_rule *rule)
{
    bool one = is_kind(rule, GJC_RULE_PRECEDED) ||
               (acts_of(rule) != NULL && gjc_node_count(acts_of(rule), GJC_NAME) == 1);
    return one ? c->action : NO;
}

static void first_name(const plain_case *c, plain_found *found, const plain_done *first,
                       const plain_rule *rule)
{
    if (found != NULL && first != NULL) {
        found->has_first = true;
        found->first_at = first->at;
        found->key = value_unknown();
    }
    if (found != NULL && first != NULL && is_keyed(rule)) {
        found->key = first->key;
        found->key_type =
            c->p->fields[plain_find_field(c->p, first->action, per_of(rule))].type.base;
    }
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
    plain_found *found = broken_note(c, rule, GJ_NOT_DONE, NO, rule->region);
    first->gone = found == NULL;
    if (found == NULL) {
        return;
    }
    first->found = (int)(found - c->found);
    first_name(c, found, first, rule);
    found->rule = rule;
    found->until = at;
    who_take(c, rule, found);
}

/* Whether the act at hand is one that follows that act, of which the condition may speak. */
static bool follows(plain_case *c, const plain_rule *rule, const plain_done *first,
                    const gjc_node *when, int region)
{
    for (int i = 0; i < rule->kept_count; i++) {
        c->fields[rule->kept[i]] = first->kept[i];
    }
    bool holds = counts(c, rule, when, region);
    for (int i = 0; i < rule->kept_count; i++) {
        c->fields[rule->kept[i]] = value_unknown();
    }
    return holds;
}

/* The latest act is a B. */
static void followed(plain_case *c, const plain_rule *rule, const gjc_node *when, int region)
{
    plain_trace *trace = trace_of(c, rule);
    for (int i = 0; i < trace->count; i++) {
        plain_done *first = &trace->acts[i];
        if (first->role != ROLE_FIRST || first->gone || !follows(c, rule, first, when, region)) {
            continue;
        }
        int64_t due = plain_follow_due(c, rule, first->at);
        first->gone = true;
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
    return is_kind(rule, GJC_RULE_FOLLOWED) && rule->clock != NO;
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
            is_kind(rule, GJC_RULE_FOLLOWED) && rule->clock == NO && rule->region == region;
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
            bool open = is_kind(&c->p->rules[i], GJC_RULE_FOLLOWED) && first->found == NO;
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

/* ---- every B preceded by A ---- */

/* Some A lies on the right side. */
static void preceded(plain_case *c, const plain_rule *rule, int region)
{
    const plain_trace *trace = trace_of(c, rule);
    bool least = gjc_node_find(rule->says, GJC_AT_LEAST) != NULL;
    const plain_done *told = NULL;
    for (int i = 0; i < trace->count; i++) {
        const plain_done *first = &trace->acts[i];
        int64_t edge;
        span of = {.limit = rule->clock, .since = first->at, .by = INT64_MAX};
        of.budget = rule->clock == NO ? 0 : c->p->limits[rule->clock].budget;
        if (first->gone || first->role != ROLE_FIRST) {
            continue;
        }
        if (rule->clock == NO || plain_limit_back(c, &of, c->at, &edge) <= 0) {
            return;
        }
        told = told == NULL || !least ? first : told;
    }
    first_name(c, broken_note(c, rule, GJ_RULE, judged_action(c, rule), region), told, rule);
}

/* ---- what is barred ---- */

/* It was begun, of the key or of any, and no end of it has come since: the first such act. */
static plain_done *begun_find(plain_case *c, const plain_rule *rule, value key)
{
    plain_trace *trace = trace_of(c, rule);
    for (int i = 0; i < trace->count; i++) {
        plain_done *first = &trace->acts[i];
        if (first->role == ROLE_FIRST && !first->gone && is_same_key(first, key)) {
            return first;
        }
    }
    return NULL;
}

static void after_never(plain_case *c, const plain_rule *rule, int region)
{
    const plain_done *first = begun_find(c, rule, key_told(c, rule));
    if (first != NULL) {
        first_name(c, broken_note(c, rule, GJ_FORBIDDEN, judged_action(c, rule), region), first,
                   rule);
    }
}

/* Done while something goes on, and no exception holds. */
static void meanwhile(plain_case *c, const plain_rule *rule, int region)
{
    facts f = plain_facts(c, rule->region);
    f.action = judged_action(c, rule);
    if (begun_find(c, rule, key_told(c, rule)) != NULL && plain_rule_binds(c, &f, rule, region)) {
        done_add(c, rule, ROLE_BARRED);
    }
}

/* Its end has come: all that was done since it was begun, and is of its key or of none. */
static void between(plain_case *c, const plain_rule *rule, int region)
{
    plain_trace *trace = trace_of(c, rule);
    const plain_done *first = begun_find(c, rule, key_told(c, rule));
    for (int i = first == NULL ? trace->count : (int)(first - trace->acts); i < trace->count; i++) {
        const plain_done *done = &trace->acts[i];
        if (done->role != ROLE_BARRED || done->gone || !is_same_key(first, done->key)) {
            continue;
        }
        plain_found *found =
            plain_found_add(c, GJ_FORBIDDEN, (gj_severity)rule->severity, region, rule->name);
        found->broken = rule;
        found->event = done->event;
        found->who = done->who;
        first_name(c, found, first, rule);
    }
}

/* ---- among equals ---- */

static void equal(plain_case *c, const plain_rule *rule, int region)
{
    const plain_trace *trace = trace_of(c, rule);
    bool both = is_kind(rule, GJC_RULE_NOT_BOTH), apart = !is_kind(rule, GJC_RULE_JOIN);
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
            first_name(c, broken_note(c, rule, code, NO, region), done, rule);
            return;
        }
    }
}

/* ---- count A for each key ---- */

static bool is_of_key(const plain_done *done, value key)
{
    return !done->gone && value_is(value_equal(done->key, key), true);
}

/* How many acts before told that key. */
static int times_of(const plain_trace *trace, value key)
{
    int times = 0;
    for (int i = 0; i < trace->count; i++) {
        times += is_of_key(&trace->acts[i], key) ? 1 : 0;
    }
    return times;
}

static const plain_done *first_of(const plain_trace *trace, value key)
{
    int i = 0;
    while (!is_of_key(&trace->acts[i], key)) {
        i++;
    }
    return &trace->acts[i];
}

static void times_note(plain_case *c, const plain_rule *rule, value key, int times, int region)
{
    plain_found *found =
        plain_found_add(c, GJ_RULE, (gj_severity)rule->severity, region, rule->name);
    found->broken = rule;
    found->times = times;
    found->times_allowed = (int)rule->says->value2;
    first_name(c, found, first_of(trace_of(c, rule), key), rule);
}

static void one_more(plain_case *c, const plain_rule *rule, int region)
{
    value key = key_told(c, rule);
    int times = key.kind == V_UNKNOWN ? 0 : times_of(trace_of(c, rule), key) + 1;
    facts f = plain_facts(c, rule->region);
    if (rule->says->value != GJC_BOUND_AT_LEAST && times > rule->says->value2 &&
        plain_rule_binds(c, &f, rule, region)) {
        times_note(c, rule, key, times, region);
    }
}

static void many_note(plain_case *c, const plain_rule *rule, int region)
{
    plain_found_add(c, GJ_TOO_MANY_OPEN, GJ_NOTICE, region, rule->name);
}

/* No more than so many keys are counted. */
static void tally(plain_case *c, const plain_rule *rule, int region)
{
    const plain_trace *trace = trace_of(c, rule);
    if (!tells_key(c, rule, region)) {
        return;
    }
    value key = key_told(c, rule);
    int keys = 0;
    for (int i = 0; i < trace->count; i++) {
        const plain_done *done = &trace->acts[i];
        keys += !done->gone && first_of(trace, done->key) == done ? 1 : 0;
    }
    if (keys < REMEMBERED_MAX || times_of(trace, key) > 0) {
        done_add(c, rule, ROLE_ONE_OF);
    } else {
        many_note(c, rule, region);
    }
}

/* Whether it is the first of a key of which there are too few. */
static bool has_too_few(const plain_trace *trace, const plain_rule *rule, const plain_done *done)
{
    return rule->says->value != GJC_BOUND_AT_MOST && !done->gone &&
           first_of(trace, done->key) == done && times_of(trace, done->key) < rule->says->value2;
}

bool plain_tally_is_short(const plain_case *c, const plain_rule *rule)
{
    const plain_trace *trace = &c->traces[rule - c->p->rules];
    bool is_short = false;
    for (int i = 0; i < trace->count; i++) {
        is_short = is_short || has_too_few(trace, rule, &trace->acts[i]);
    }
    return is_short;
}

void plain_tally_end(plain_case *c, const plain_rule *rule)
{
    const plain_trace *trace = trace_of(c, rule);
    facts f = plain_facts(c, rule->region);
    if (!plain_tally_is_short(c, rule) || !plain_rule_binds(c, &f, rule, rule->region)) {
        return;
    }
    for (int i = 0; i < trace->count; i++) {
        const plain_done *done = &trace->acts[i];
        if (has_too_few(trace, rule, done)) {
            times_note(c, rule, done->key, times_of(trace, done->key), rule->region);
        }
    }
}

/* ---- an act ---- */

static bool is_heard(const plain_case *c, const plain_rule *rule, int heard_in)
{
    return relates(rule) && plain_is_heard(c->p, rule->region, c->action, heard_in);
}

static void judge(plain_case *c, const plain_rule *rule, plain_role role, const gjc_node *when,
                  int region)
{
    bool bars = is_kind(rule, GJC_RULE_AFTER_NEVER) || is_kind(rule, GJC_RULE_BETWEEN_NEVER);
    if (role == ROLE_FIRST || (role == ROLE_SECOND && !is_kind(rule, GJC_RULE_PRECEDED)) ||
        !counts(c, rule, when, region)) {
        return;
    }
    if (role == ROLE_SECOND) {
        preceded(c, rule, region);
    } else if (is_kind(rule, GJC_RULE_COUNT)) {
        one_more(c, rule, region);
    } else if (role == ROLE_ONE_OF) {
        equal(c, rule, region);
    } else if (bars && is_kind(rule, GJC_RULE_AFTER_NEVER)) {
        after_never(c, rule, region);
    } else {
        meanwhile(c, rule, region);
    }
}

typedef void telling(plain_case *c, const plain_rule *rule, plain_role role, const gjc_node *when,
                     int region);

/* Tells every rule that hears of the act at hand what the act is to it, role by role. */
static void roles_tell(plain_case *c, int region, int heard_in, const plain_role order[3],
                       telling *tell)
{
    gj_text action = c->p->actions[c->action].label.name;
    const gjc_node *when;
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < c->p->rule_count; j++) {
            const plain_rule *rule = &c->p->rules[j];
            bool posts = is_kind(rule, GJC_RULE_SEPARATE_POSTS);
            bool plays = posts ? order[i] == ROLE_ONE_OF && is_of_posts(c, rule)
                               : has_role(rule, order[i], action, &when);
            when = posts ? NULL : when;
            if (is_heard(c, rule, heard_in) && plays) {
                tell(c, rule, order[i], when, region);
            }
        }
    }
}

void plain_relations_check(plain_case *c, int region, int heard_in)
{
    static const plain_role order[] = {ROLE_SECOND, ROLE_BARRED, ROLE_ONE_OF};
    roles_tell(c, region, heard_in, order, judge);
}

bool plain_is_through(const plain_case *c, int region)
{
    bool through = c->closed_at != INT64_MAX;
    for (; region != 0; region = c->p->regions[region].outer) {
        through = through || c->through[region];
    }
    return through;
}

/* What goes on of that key has come to its end. */
static void end_hear(plain_case *c, const plain_rule *rule, int region)
{
    if (!tells_key(c, rule, region)) {
        return;
    }
    plain_done *first = begun_find(c, rule, key_told(c, rule));
    if (first != NULL && is_kind(rule, GJC_RULE_BETWEEN_NEVER)) {
        between(c, rule, region);
    }
    if (first != NULL) {
        first->gone = true;
    }
}

/* It has to be followed, where no more than so many have. */
static void to_follow(plain_case *c, const plain_rule *rule, int region)
{
    const plain_trace *trace = trace_of(c, rule);
    int waiting = 0;
    for (int i = 0; i < trace->count; i++) {
        waiting += trace->acts[i].gone ? 0 : 1;
    }
    if (waiting < REMEMBERED_MAX) {
        done_add(c, rule, ROLE_FIRST);
        return;
    }
    for (int i = c->step_first; i < c->found_count; i++) {
        if (c->found[i].code == GJ_TOO_MANY_OPEN &&
            gjb_text_equal(c->found[i].subject, rule->name)) {
            return;
        }
    }
    plain_found_add(c, GJ_TOO_MANY_OPEN, GJ_NOTICE, region, rule->name);
}

/* Once for each action and officer. */
static void equal_hear(plain_case *c, const plain_rule *rule)
{
    const plain_trace *trace = trace_of(c, rule);
    gj_text officer = c->event == NULL ? absent : c->event->officer;
    for (int i = 0; i < trace->count; i++) {
        const plain_done *done = &trace->acts[i];
        if (!done->gone && is_alike(c, rule, done) && gjb_text_equal(done->officer, officer)) {
            return;
        }
    }
    done_add(c, rule, ROLE_ONE_OF);
}

/* Whether it has to be followed; where that cannot be told, what was missing stands by itself. */
static bool counts_as_first(plain_case *c, const plain_rule *rule, const gjc_node *when, int region)
{
    bool *lacks = c->lacks[rule - c->p->rules], before[LACKS_MAX], any = false;
    memcpy(before, lacks, sizeof before);
    memset(lacks, 0, sizeof before);
    bool does = counts(c, rule, when, region);
    plain_doubt doubt = {.rule = rule, .due = plain_follow_due(c, rule, c->as_of)};
    for (int i = 0; i < LACKS_MAX; i++) {
        doubt.lacks[i] = lacks[i];
        any = any || lacks[i];
    }
    memcpy(lacks, before, sizeof before);
    if (any) {
        assert(c->doubt_count < DOUBTS_MAX);
        c->doubts[c->doubt_count++] = doubt;
    }
    return does;
}

static void doubts_end(plain_case *c, const plain_rule *rule, const gjc_node *when)
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

static void hear(plain_case *c, const plain_rule *rule, plain_role role, const gjc_node *when,
                 int region)
{
    bool follows = is_kind(rule, GJC_RULE_FOLLOWED), precedes = is_kind(rule, GJC_RULE_PRECEDED);
    if (role == ROLE_SECOND && follows) {
        followed(c, rule, when, region);
        doubts_end(c, rule, when);
        return;
    }
    if (role == ROLE_SECOND && precedes) {
        return;
    }
    bool first = role == ROLE_FIRST && follows;
    if (first && plain_is_through(c, rule->region)) {
        return;
    }
    if (first ? !counts_as_first(c, rule, when, region) : !counts(c, rule, when, region)) {
        return;
    }
    if (role == ROLE_SECOND) {
        end_hear(c, rule, region);
    } else if (follows) {
        to_follow(c, rule, region);
    } else if (is_kind(rule, GJC_RULE_COUNT)) {
        tally(c, rule, region);
    } else if (role == ROLE_ONE_OF) {
        equal_hear(c, rule);
    } else if (precedes ||
               (tells_key(c, rule, region) && begun_find(c, rule, key_told(c, rule)) == NULL)) {
        done_add(c, rule, role);
    }
}

void plain_relations_hear(plain_case *c, int region, int heard_in)
{
    static const plain_role order[] = {ROLE_SECOND, ROLE_FIRST, ROLE_ONE_OF};
    roles_tell(c, region, heard_in, order, hear);
}

void plain_relations_forget(plain_case *c, int branch)
{
    for (int i = 0; i < c->p->rule_count; i++) {
        for (int j = 0; c->p->rules[i].region == branch && j < c->traces[i].count; j++) {
            c->traces[i].acts[j].gone =
                c->traces[i].acts[j].gone || c->traces[i].acts[j].found == NO;
        }
    }
}
