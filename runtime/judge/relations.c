/* SPDX-License-Identifier: Apache-2.0
 *
 * See relations.h. What a rule remembers is little: it is looked through in the order in which it
 * was taken. */
#include "judge/relations.h"

#include "base/text.h"
#include "image/image.h"
#include "judge/conditions.h"
#include "judge/follow.h"
#include "judge/keeps.h"
#include "judge/lacks.h"
#include "judge/limits.h"
#include "judge/relation_key.h"
#include "judge/rules.h"
#include "judge/tally.h"
#include "time/backward.h"

/* ---- what is remembered ---- */

static bool is_used(const gjr_recall *recall)
{
    return (recall->flags & GJR_RECALL_USED) != 0;
}

static gjr_recall *recall_get(const gjr_sitting *step, uint32_t relation, uint32_t i)
{
    return gjr_recall_get(step->judged, relation, i);
}

static uint32_t count_of(const gjr_sitting *step, uint32_t relation)
{
    return gjr_recall_count(step->judged, relation);
}

/* One event may come to the rule by several of its roles. */
static bool is_noted_full(const gjr_sitting *step, uint32_t rule)
{
    for (size_t i = 0; i < step->raised_count; i++) {
        const gjr_raised *raised = &step->raised[i];
        if (raised->code == GJ_TOO_MANY_OPEN && raised->subject == GJ_SUBJECT_RULE &&
            raised->subject_index == rule) {
            return true;
        }
    }
    return false;
}

static void note_full(gjr_sitting *step, uint32_t relation)
{
    uint32_t rule = gjr_relation_row(step, relation)->rule;
    gjr_clause by = gjr_clause_of_rule(step, rule);
    gjr_lacks_take(step, (gjr_lack){.kind = GJR_LACK_TOO_MANY, .rule = rule, .field = GJR_NONE});
    if (is_noted_full(step, rule)) {
        return;
    }
    gjr_raised *raised = gjr_clause_note(step, GJ_TOO_MANY_OPEN, GJ_SUBJECT_RULE, rule, &by);
    if (raised != NULL) {
        raised->times_allowed = gjr_relation_row(step, relation)->held_max;
    }
}

/* The act at hand, by an officer whose text the case has already; the relation's other recalls may
 * then lie elsewhere. */
static gjr_recall *remember(gjr_sitting *step, uint32_t relation, uint32_t role, gjr_span officer)
{
    if (!gjr_recall_fits(step->judged, relation)) {
        step->no_memory = true;
        return NULL;
    }
    gjr_recall *recall = gjr_recall_take(step->judged, relation);
    if (recall == NULL) {
        note_full(step, relation);
        return NULL;
    }
    uint32_t key = gjr_limits_key(step, step->judged);
    *recall = (gjr_recall){
        .at = step->as_of,
        .officer = officer,
        .key = key,
        .role = role,
        .post = step->event->post,
        .moment = gjr_case_state(step->judged)->moment,
        .flags = GJR_RECALL_USED,
        .offset_s = step->by_law ? gjr_calendar_offset(step->judge->calendar, step->as_of)
                                 : step->event->at_offset_s,
    };
    return recall;
}

gjr_recall *gjr_relation_remember(gjr_sitting *step, uint32_t relation, uint32_t role)
{
    return remember(step, relation, role, gjr_case_add_text(step->judged, step->event->officer));
}

/* How many more of the relation an act in that role may have remembered: of those that go on, each
 * once. */
static uint32_t more_of(const gjr_sitting *step, const gjr_listener *listener)
{
    bool pairs = gjr_relation_rule(step, listener->target)->kind == GJR_RULE_BETWEEN_NEVER &&
                 step->judge->rows->roles[listener->clause].kind == GJR_ROLE_BARRED;
    return pairs ? gjr_recall_register(step->judged, listener->target)->used : 1;
}

/* The roles of one relation stand behind one another. */
size_t gjr_relations_room(const gjr_sitting *step, uint32_t action, size_t key_size)
{
    const gjr_audience *audience = &step->judge->plan.actions[action];
    const gjr_listener *listeners = gjr_audience_roles(&step->judge->plan, audience);
    size_t officer = (step->event->officer.size + 7) & ~(size_t)7;
    size_t size = audience->roles * (officer + key_size);
    uint32_t more = 0;
    for (uint32_t i = 0; i < audience->roles; i++) {
        more += more_of(step, &listeners[i]);
        size += gjr_keeps_room(step, listeners[i].target);
        if (i + 1 == audience->roles || listeners[i + 1].target != listeners[i].target) {
            size += gjr_recall_room(step->judged, listeners[i].target, more);
            more = 0;
        }
    }
    return size;
}

size_t gjr_relations_room_more(const gjr_sitting *step, uint32_t action)
{
    return step->judge->plan.actions[action].roles * (size_t)8 * sizeof(gjr_recall);
}

static void note_failed(gjr_sitting *step, bool made)
{
    step->no_memory |= !made;
}

void gjr_relation_name(gjr_sitting *step, uint32_t relation, const gjr_recall *first,
                       gjr_raised *raised)
{
    if (raised == NULL || first == NULL) {
        return;
    }
    raised->relation.rule = gjr_relation_row(step, relation)->rule;
    note_failed(step,
                gjr_recall_note(step->judged, first, &step->arena, &raised->relation.first) &&
                    gjr_recall_note_key(step->judged, relation, first, &step->arena, &raised->key));
}

/* ---- after A never B; between A and B never C ---- */

/* Whether it is an act that began what concerns the act at hand, and goes on. */
static bool is_begun(const gjr_sitting *step, uint32_t relation, const gjr_recall *recall)
{
    return is_used(recall) && (recall->flags & GJR_RECALL_PAIR) == 0 &&
           gjr_relation_key_may_be(step, relation, recall);
}

/* The first of them that began after that moment; NULL: none. */
static gjr_recall *begun_after(const gjr_sitting *step, uint32_t relation, int64_t moment)
{
    gjr_recall *found = NULL;
    for (uint32_t i = 0; i < count_of(step, relation); i++) {
        gjr_recall *recall = recall_get(step, relation, i);
        if (is_begun(step, relation, recall) && recall->moment > moment &&
            (found == NULL || recall->moment < found->moment)) {
            found = recall;
        }
    }
    return found;
}

static gjr_recall *begun_find(const gjr_sitting *step, uint32_t relation)
{
    return begun_after(step, relation, -1);
}

static uint32_t index_of(const gjr_sitting *step, uint32_t relation, const gjr_recall *recall)
{
    return (uint32_t)(recall - recall_get(step, relation, 0));
}

static void begun_add(gjr_sitting *step, uint32_t relation, uint32_t role)
{
    if (!gjr_relation_key_is_told(step, relation) || begun_find(step, relation) != NULL) {
        return;
    }
    gjr_recall *recall = gjr_relation_remember(step, relation, role);
    if (recall != NULL) {
        gjr_relation_key_keep(step, relation, recall);
    }
}

/* Done while each of these goes on, in the order in which they began: it is found once that has
 * come to its end. They share the officer's text, for which there is room once. */
static void pairs_add(gjr_sitting *step, uint32_t relation, uint32_t role)
{
    uint32_t rule = gjr_relation_row(step, relation)->rule;
    if (begun_find(step, relation) == NULL || !gjr_rules_bind(step, rule)) {
        return;
    }
    gjr_span officer = gjr_case_add_text(step->judged, step->event->officer);
    const gjr_recall *begun;
    for (int64_t moment = -1; (begun = begun_after(step, relation, moment)) != NULL;) {
        gjr_recall of = *begun; /* they may move */
        uint32_t partner = index_of(step, relation, begun);
        gjr_recall *pair = remember(step, relation, role, officer);
        if (pair != NULL) {
            pair->partner = partner;
            pair->item = of.item;
            pair->flags |= GJR_RECALL_PAIR | (of.flags & GJR_RECALL_KEYED);
        }
        moment = of.moment;
    }
}

static void pair_note(gjr_sitting *step, uint32_t relation, const gjr_recall *begun,
                      const gjr_recall *pair)
{
    uint32_t rule = gjr_relation_row(step, relation)->rule;
    gjr_clause by = gjr_clause_of_rule(step, rule);
    gjr_raised *raised = gjr_clause_note(step, GJ_FORBIDDEN, GJ_SUBJECT_RULE, rule, &by);
    if (raised == NULL) {
        return;
    }
    raised->severity = (gj_severity)gjr_relation_rule(step, relation)->severity;
    gjr_relation_name(step, relation, begun, raised);
    note_failed(step, gjr_recall_note(step->judged, pair, &step->arena, &raised->relation.judged));
}

/* What was begun has come to its end, and with it all that was done meanwhile. */
static void begun_end(gjr_sitting *step, uint32_t relation, gjr_recall *begun)
{
    uint32_t index = index_of(step, relation, begun);
    for (uint32_t i = 0; i < count_of(step, relation); i++) {
        gjr_recall *pair = recall_get(step, relation, i);
        if (is_used(pair) && (pair->flags & GJR_RECALL_PAIR) != 0 && pair->partner == index) {
            pair_note(step, relation, begun, pair);
            gjr_recall_free(step->judged, relation, pair);
        }
    }
    gjr_recall_free(step->judged, relation, begun);
}

static void ends_hear(gjr_sitting *step, uint32_t relation)
{
    gjr_recall *begun =
        gjr_relation_key_is_told(step, relation) ? begun_find(step, relation) : NULL;
    if (begun != NULL) {
        begun_end(step, relation, begun);
    }
}

static void barred_judge(gjr_sitting *step, uint32_t relation)
{
    gjr_recall *begun = begun_find(step, relation);
    if (begun != NULL) {
        uint32_t rule = gjr_relation_row(step, relation)->rule;
        gjr_relation_name(step, relation, begun, gjr_rules_note(step, rule, GJ_FORBIDDEN));
    }
}

/* ---- every B preceded by A ---- */

static bool precedes(const gjr_sitting *step, uint32_t relation, const gjr_recall *first)
{
    const gjr_relation *row = gjr_relation_row(step, relation);
    bool within = (row->flags & GJR_RELATION_LEAST) == 0;
    return row->length == 0 || gjr_count_back(step->judge->calendar, (gj_unit)row->unit,
                                              row->length, within, first->at, step->event->at)
                                       .amount == 0;
}

/* The one that is remembered of those that count, or of those that may; or NULL. */
static gjr_recall *precedent_find(const gjr_sitting *step, uint32_t relation, uint32_t unsure)
{
    for (uint32_t i = 0; i < count_of(step, relation); i++) {
        gjr_recall *recall = recall_get(step, relation, i);
        if (is_used(recall) && (recall->flags & GJR_RECALL_UNSURE) == unsure) {
            return recall;
        }
    }
    return NULL;
}

static bool is_preceded(const gjr_sitting *step, uint32_t relation, const gjr_recall *first)
{
    return first != NULL && precedes(step, relation, first);
}

/* Where one that may count would do, it is undecided. */
static void preceded_judge(gjr_sitting *step, uint32_t relation)
{
    uint32_t rule = gjr_relation_row(step, relation)->rule;
    const gjr_recall *first = precedent_find(step, relation, 0),
                     *unsure = precedent_find(step, relation, GJR_RECALL_UNSURE);
    if (is_preceded(step, relation, first)) {
        return;
    }
    if (!is_preceded(step, relation, unsure)) {
        gjr_relation_name(step, relation, first, gjr_rules_note(step, rule, GJ_RULE));
    } else if (!gjr_rules_is_excused(step, rule)) {
        gjr_lacks_rouse(step, rule, unsure->moment);
    }
}

/* Of what precedes by so much at least the first counts, else the last; what the law deems done may
 * have been before what was heard of already. */
static void precedent_hear(gjr_sitting *step, uint32_t relation, uint32_t role, uint32_t unsure)
{
    gjr_recall *first = precedent_find(step, relation, unsure);
    bool least = (gjr_relation_row(step, relation)->flags & GJR_RELATION_LEAST) != 0;
    if (first != NULL && (least ? first->at <= step->as_of : first->at > step->as_of)) {
        return;
    }
    if (first != NULL) {
        gjr_recall_free(step->judged, relation, first);
    }
    first = gjr_relation_remember(step, relation, role);
    if (first != NULL) {
        first->flags |= unsure;
    }
}

/* ---- among equals: not both, separate, join, separate posts ---- */

static bool has_officer(const gjr_sitting *step)
{
    return step->event->officer.size > 0;
}

static bool is_same_officer(const gjr_sitting *step, const gjr_recall *recall)
{
    return gjb_text_equal(gjr_case_text(step->judged, recall->officer), step->event->officer);
}

/* Whether the two are not to stand together, the act at hand being another one's. */
static bool clashes(const gjr_sitting *step, uint32_t relation, const gjr_recall *recall)
{
    uint32_t kind = gjr_relation_rule(step, relation)->kind;
    return kind == GJR_RULE_NOT_BOTH || is_same_officer(step, recall) == (kind != GJR_RULE_JOIN);
}

/* Whether two roles are one to the rule: of one action, or where posts are kept apart of one post.
 */
static bool is_alike(const gjr_sitting *step, uint32_t a, uint32_t b)
{
    const gjr_role *roles = step->judge->rows->roles;
    return a == b || (roles[a].post != GJR_NONE && roles[a].post == roles[b].post);
}

static bool asks_officer(const gjr_sitting *step, uint32_t relation)
{
    return gjr_relation_rule(step, relation)->kind != GJR_RULE_NOT_BOTH;
}

static gj_code code_of(const gjr_sitting *step, uint32_t relation)
{
    uint32_t kind = gjr_relation_rule(step, relation)->kind;
    return kind == GJR_RULE_NOT_BOTH ? GJ_FORBIDDEN
           : kind == GJR_RULE_JOIN   ? GJ_RULE
                                     : GJ_SEPARATION;
}

/* Of those taken before, the first. */
static void equal_judge(gjr_sitting *step, uint32_t relation, uint32_t role)
{
    uint32_t rule = gjr_relation_row(step, relation)->rule;
    if (asks_officer(step, relation) && !has_officer(step)) {
        if (!gjr_rules_is_excused(step, rule)) {
            gjr_condition_note_officer_unknown(step, rule);
        }
        return;
    }
    for (uint32_t i = 0; i < count_of(step, relation); i++) {
        gjr_recall *recall = recall_get(step, relation, i);
        if (is_used(recall) && !is_alike(step, recall->role, role) &&
            clashes(step, relation, recall)) {
            gjr_relation_name(step, relation, recall,
                              gjr_rules_note(step, rule, code_of(step, relation)));
            return;
        }
    }
}

/* Once for each action, or each officer of it. */
static void equal_hear(gjr_sitting *step, uint32_t relation, uint32_t role)
{
    if (asks_officer(step, relation) && !has_officer(step)) {
        return;
    }
    for (uint32_t i = 0; i < count_of(step, relation); i++) {
        gjr_recall *recall = recall_get(step, relation, i);
        if (is_used(recall) && is_alike(step, recall->role, role) &&
            (!asks_officer(step, relation) || is_same_officer(step, recall))) {
            return;
        }
    }
    (void)gjr_relation_remember(step, relation, role);
}

/* ---- an act ---- */

static gjr_truth counting(gjr_sitting *step, const gjr_listener *listener)
{
    uint32_t rule = gjr_relation_row(step, listener->target)->rule;
    uint32_t post = step->judge->rows->roles[listener->clause].post;
    return post == GJR_NONE || post == step->event->post
               ? gjr_condition_of_role(step, rule, listener->clause)
               : GJR_TRUTH_FALSE;
}

static bool counts(gjr_sitting *step, const gjr_listener *listener)
{
    return counting(step, listener) == GJR_TRUTH_TRUE;
}

static void role_judge(gjr_sitting *step, const gjr_listener *listener, gjr_role_kind role)
{
    uint32_t relation = listener->target, kind = gjr_relation_rule(step, relation)->kind;
    gjr_rules_touch(step, gjr_relation_row(step, relation)->rule);
    if (role == GJR_ROLE_BARRED && kind == GJR_RULE_AFTER_NEVER && counts(step, listener)) {
        barred_judge(step, relation);
    } else if (role == GJR_ROLE_BARRED && counts(step, listener)) {
        pairs_add(step, relation, listener->clause);
    } else if (role == GJR_ROLE_SECOND && kind == GJR_RULE_PRECEDED && counts(step, listener)) {
        preceded_judge(step, relation);
    } else if (role == GJR_ROLE_ONE_OF && gjr_rule_counts_each(kind)) {
        gjr_tally_judge(step, relation);
    } else if (role == GJR_ROLE_ONE_OF && counts(step, listener)) {
        equal_judge(step, relation, listener->clause);
    }
}

static void second_hear(gjr_sitting *step, const gjr_listener *listener)
{
    uint32_t relation = listener->target, kind = gjr_relation_rule(step, relation)->kind;
    if (kind == GJR_RULE_FOLLOWED) {
        gjr_follow_hear(step, relation, listener->clause);
    } else if (kind != GJR_RULE_PRECEDED && counts(step, listener)) {
        ends_hear(step, relation);
    }
}

static void first_hear(gjr_sitting *step, const gjr_listener *listener)
{
    uint32_t relation = listener->target, kind = gjr_relation_rule(step, relation)->kind;
    bool follows = kind == GJR_RULE_FOLLOWED;
    size_t lacking = gjr_lacks_count(step);
    if (follows && !gjr_follow_may_begin(step, relation)) {
        return;
    }
    gjr_truth is_first = counting(step, listener);
    if (is_first == GJR_TRUTH_UNKNOWN && follows) {
        gjr_follow_doubt(step, relation, lacking);
    } else if (is_first == GJR_TRUTH_UNKNOWN && kind == GJR_RULE_PRECEDED) {
        precedent_hear(step, relation, listener->clause, GJR_RECALL_UNSURE);
        gjr_lacks_rest(step, lacking, gjr_case_state(step->judged)->moment);
    } else if (is_first != GJR_TRUTH_TRUE) {
        return;
    } else if (follows) {
        gjr_follow_begin(step, relation, listener->clause);
    } else if (kind == GJR_RULE_PRECEDED) {
        precedent_hear(step, relation, listener->clause, 0);
    } else {
        begun_add(step, relation, listener->clause);
    }
}

static void role_hear(gjr_sitting *step, const gjr_listener *listener, gjr_role_kind role)
{
    if (role == GJR_ROLE_SECOND) {
        second_hear(step, listener);
    } else if (role == GJR_ROLE_FIRST) {
        first_hear(step, listener);
    } else if (gjr_rule_counts_each(gjr_relation_rule(step, listener->target)->kind)) {
        gjr_tally_hear(step, listener->target, listener->clause);
    } else if (role == GJR_ROLE_ONE_OF && counts(step, listener)) {
        equal_hear(step, listener->target, listener->clause);
    }
}

/* Those of one kind of role; what an act ends it ends before it begins anything. */
static void roles_tell(gjr_sitting *step, const gjr_audience *audience, gjr_role_kind kind,
                       void (*tell)(gjr_sitting *, const gjr_listener *, gjr_role_kind))
{
    const gjr_listener *listeners = gjr_audience_roles(&step->judge->plan, audience);
    for (uint32_t i = 0; i < audience->roles; i++) {
        if (step->judge->rows->roles[listeners[i].clause].kind == (uint32_t)kind &&
            gjr_sitting_hears(step, &listeners[i], step->heard_in)) {
            tell(step, &listeners[i], kind);
        }
    }
}

void gjr_relations_judge(gjr_sitting *step, const gjr_audience *audience)
{
    for (int kind = 0; kind < GJR_ROLE_COUNT; kind++) {
        roles_tell(step, audience, (gjr_role_kind)kind, role_judge);
    }
}

void gjr_relations_hear(gjr_sitting *step, const gjr_audience *audience)
{
    static const gjr_role_kind order[] = {GJR_ROLE_SECOND, GJR_ROLE_FIRST, GJR_ROLE_ONE_OF};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        roles_tell(step, audience, order[i], role_hear);
    }
}

void gjr_relations_check_end(gjr_sitting *step, uint32_t region)
{
    for (uint32_t i = gjr_recall_next(step->judged, 0); i != GJR_NONE;
         i = gjr_recall_next(step->judged, i + 1)) {
        const gjr_rule *rule = gjr_relation_rule(step, i);
        if (rule->region == region && gjr_rule_counts_each(rule->kind)) {
            gjr_rules_touch(step, gjr_relation_row(step, i)->rule);
            gjr_tally_check_end(step, i);
        }
    }
}

void gjr_relations_forget(gjr_sitting *step, uint32_t branch)
{
    const gjr_rows *rows = step->judge->rows;
    for (uint32_t i = gjr_recall_next(step->judged, 0); i != GJR_NONE;
         i = gjr_recall_next(step->judged, i + 1)) {
        if (!gjr_rows_is_within(rows, gjr_relation_rule(step, i)->region, branch)) {
            continue;
        }
        for (uint32_t j = 0; j < count_of(step, i); j++) {
            gjr_recall *recall = recall_get(step, i, j);
            if ((recall->flags & (GJR_RECALL_USED | GJR_RECALL_FOUND)) == GJR_RECALL_USED) {
                gjr_recall_free(step->judged, i, recall);
            }
        }
    }
}
