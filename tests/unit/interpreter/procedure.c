/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading a procedure's tree: who is named where. See plain.h. */
#include "unit/interpreter/plain.h"

#include "unit/interpreter/duties.h"
#include "unit/interpreter/graph.h"
#include "unit/interpreter/days.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define ADD(p, table, most)                                                                        \
    (assert((p)->table##_count < (most)), &(p)->table##s[(p)->table##_count++])

static plain_label label_of(const gjc_node *node)
{
    gj_text name = gjc_node_name(node), title = gjc_node_title(node);
    return (plain_label){name, title.bytes != NULL ? title : name, node};
}

/* A stage under its name: in the region, else around it, else inside it. */
static int stage_find(const plain *p, int region, gj_text name)
{
    for (int at = region;; at = p->regions[at].outer) {
        for (int i = 0; i < p->stage_count; i++) {
            if (p->stages[i].region == at && gjb_text_equal(p->stages[i].name, name)) {
                return i;
            }
        }
        if (at == 0) {
            break;
        }
    }
    for (int i = 0; i < p->stage_count; i++) {
        if (plain_is_within(p, p->stages[i].region, region) &&
            gjb_text_equal(p->stages[i].name, name)) {
            return i;
        }
    }
    assert(false && "a stage of that name");
    return NO;
}

/* ---- who acts ---- */

static void posts_read(plain *p)
{
    bool applicant = false;
    for (const gjc_node *node = p->file->first; node != NULL; node = node->next) {
        if (node->kind == GJC_PARTY) {
            *ADD(p, post, POSTS_MAX) = (plain_post){label_of(node), NO};
        }
        if (node->kind != GJC_DEPARTMENT) {
            continue;
        }
        *ADD(p, department, DEPARTMENTS_MAX) = (plain_department){label_of(node)};
        const gjc_node *post = gjc_node_find(node, GJC_POST);
        for (; post != NULL; post = gjc_node_find_next(post)) {
            *ADD(p, post, POSTS_MAX) = (plain_post){label_of(post), p->department_count - 1};
        }
    }
    for (int i = 0; i < p->post_count; i++) {
        applicant = applicant || plain_is_spelt(p->posts[i].label.name, "applicant;申请人");
    }
    if (!applicant) {
        *ADD(p, post, POSTS_MAX) =
            (plain_post){{gjb_text_of("applicant"), gjb_text_of("申请人"), NULL}, NO};
    }
}

/* "window" or "amr.window". */
static int post_find(const plain *p, gj_text path)
{
    size_t dot = 0;
    while (dot < path.size && path.bytes[dot] != '.') {
        dot++;
    }
    gj_text own = dot < path.size ? gjb_text_slice(path, dot + 1, path.size) : path;
    for (int i = 0; i < p->post_count; i++) {
        const plain_post *post = &p->posts[i];
        bool called = gjb_text_equal(post->label.name, own) ||
                      (post->label.node == NULL && plain_is_spelt(own, "applicant;申请人"));
        if (called &&
            (dot == path.size ||
             (post->department != NO && gjb_text_equal(p->departments[post->department].label.name,
                                                       gjb_text_slice(path, 0, dot))))) {
            return i;
        }
    }
    assert(false && "a post of that name");
    return NO;
}

/* ---- stages and branches ---- */

static bool region_add(plain *p, const gjc_node *node, int parent)
{
    plain_region *region = ADD(p, region, REGIONS_MAX);
    *region = (plain_region){
        .label = label_of(node), .node = node, .parent = parent, .initial = NO, .department = NO};
    if (parent != NO) {
        region->outer = p->stages[parent].region;
        region->depth = p->regions[region->outer].depth + 1;
    }
    const gjc_node *of = gjc_node_find(gjc_node_find(node, GJC_OF), GJC_PATH);
    for (int i = 0; of != NULL && i < p->department_count; i++) {
        if (gjb_text_equal(p->departments[i].label.name, of->text)) {
            region->department = i;
        }
    }
    return true;
}

/* Regions are their own queue, so those of one depth follow each other as they are declared. */
static void stages_read(plain *p)
{
    region_add(p, p->node, NO);
    for (int i = 0; i < p->region_count; i++) {
        const gjc_node *node = gjc_node_find(p->regions[i].node, GJC_STAGE);
        for (; node != NULL; node = gjc_node_find_next(node)) {
            int index = p->stage_count;
            *ADD(p, stage, STAGES_MAX) = (plain_stage){
                .name = gjc_node_name(node),
                .node = node,
                .region = i,
                .final = gjc_node_find(node, GJC_FINAL) != NULL ||
                         gjc_node_find(node, GJC_FINAL_VOID) != NULL,
                .join = NO,
                .holder = NO,
            };
            const gjc_node *held = gjc_node_find(node, GJC_HELD_BY);
            if (held != NULL) {
                p->stages[index].holder = post_find(p, held->first->text);
            }
            if (gjc_node_find(node, GJC_INITIAL) != NULL) {
                p->regions[i].initial = index;
            }
            const gjc_node *branch = gjc_node_find(gjc_node_find(node, GJC_PARALLEL), GJC_BRANCH);
            for (; branch != NULL; branch = gjc_node_find_next(branch)) {
                region_add(p, branch, index);
            }
        }
    }
}

static void joins_read(plain *p)
{
    for (int i = 0; i < p->stage_count; i++) {
        plain_stage *stage = &p->stages[i];
        const gjc_node *parallel = gjc_node_find(stage->node, GJC_PARALLEL);
        if (parallel == NULL) {
            continue;
        }
        const gjc_node *number = gjc_node_find(parallel, GJC_EXPR_NUMBER);
        stage->need = gjc_node_find(parallel, GJC_ANY) != NULL ? 1
                      : number != NULL ? (int)(number->value / GJC_DECIMAL_SCALE)
                                       : (int)gjc_node_count(parallel, GJC_BRANCH);
        stage->join =
            stage_find(p, stage->region, gjc_node_name(gjc_node_find(parallel, GJC_GOTO)));
    }
}

/* ---- actions ---- */

static int action_get(plain *p, gj_text name)
{
    int action = plain_find_action(p, name);
    if (action == NO) {
        action = p->action_count;
        *ADD(p, action, ACTIONS_MAX) = (plain_action){{name, name, NULL}, false};
    }
    return action;
}

static void actions_declare(plain *p)
{
    for (int i = 0; i < p->region_count; i++) {
        const gjc_node *node = gjc_node_find(p->regions[i].node, GJC_ACTION);
        for (; node != NULL; node = gjc_node_find_next(node)) {
            int action = p->action_count;
            *ADD(p, action, ACTIONS_MAX) = (plain_action){label_of(node), false};
            const gjc_node *own = gjc_node_find(node, GJC_PARAMETER);
            for (; own != NULL; own = gjc_node_find_next(own)) {
                *ADD(p, field, FIELDS_MAX) =
                    (plain_field){label_of(own),
                                  own,
                                  plain_type_read(p, gjc_node_find_type(own)),
                                  action,
                                  NO,
                                  NO,
                                  ""};
            }
        }
    }
}

static void ons_read(plain *p)
{
    for (int i = 0; i < p->stage_count; i++) {
        const gjc_node *node = gjc_node_find(p->stages[i].node, GJC_ON);
        for (; node != NULL; node = gjc_node_find_next(node)) {
            const gjc_node *to = gjc_node_find(node, GJC_GOTO);
            plain_on *on = ADD(p, on, ONS_MAX);
            *on = (plain_on){
                .node = node,
                .stage = i,
                .action = action_get(p, gjc_node_name(node)),
                .target = to == NULL ? NO : stage_find(p, p->stages[i].region, gjc_node_name(to)),
            };
            p->actions[on->action].staged = true;
            const gjc_node *by = gjc_node_find(node, GJC_BY);
            for (const gjc_node *post = by == NULL ? NULL : by->first; post != NULL;
                 post = post->next) {
                on->posts[on->post_count++] = post_find(p, post->text);
            }
        }
    }
}

/* Every action that a limit, a rule or a condition speaks of is known. */
static void actions_used(plain *p, const gjc_node *node)
{
    if (node->kind == GJC_RULE_REQUIRE || node->kind == GJC_RULE_COUNT || node->kind == GJC_MAY ||
        node->kind == GJC_NEVER || node->kind == GJC_MUST || node->kind == GJC_NOTIFIED) {
        action_get(p, gjc_node_name(node));
    }
    for (const gjc_node *child = node->first; child != NULL; child = child->next) {
        if (node->kind == GJC_ACTS) {
            action_get(p, child->text);
        }
        if (node->kind == GJC_TRIGGER && child->kind == GJC_PATH &&
            plain_find_field(p, NO, child->text) == NO) {
            action_get(p, child->text);
        }
        actions_used(p, child);
    }
    const gjc_node *called = node->kind == GJC_EXPR_CALL ? gjc_node_find(node, GJC_PATH) : NULL;
    const gjc_node *of = called == NULL ? NULL : gjc_node_find(node, GJC_EXPR_PATH);
    if (of != NULL && plain_find_field(p, NO, of->text) == NO &&
        plain_is_spelt(called->text, "times;次数;officers;办理人数;done;已办;date;日期;办理日期")) {
        action_get(p, of->text);
    }
}

/* ---- data, documents, limits, rules ---- */

static void data_read(plain *p)
{
    for (const gjc_node *block = p->node->first; block != NULL; block = block->next) {
        const gjc_node *node = block->kind == GJC_DATA        ? gjc_node_find(block, GJC_FIELD)
                               : block->kind == GJC_DOCUMENTS ? gjc_node_find(block, GJC_DOCUMENT)
                                                              : NULL;
        for (; node != NULL; node = gjc_node_find_next(node)) {
            if (node->kind == GJC_FIELD) {
                *ADD(p, field, FIELDS_MAX) =
                    (plain_field){label_of(node),
                                  node,
                                  plain_type_read(p, gjc_node_find_type(node)),
                                  NO,
                                  NO,
                                  NO,
                                  ""};
            } else {
                *ADD(p, document, DOCUMENTS_MAX) = (plain_document){label_of(node), node};
            }
        }
    }
}

/* A judgement is a truth of the case, and an act. */
static void judgements_read(plain *p)
{
    for (int i = 0; i < p->region_count; i++) {
        const gjc_node *node = gjc_node_find(p->regions[i].node, GJC_JUDGEMENT);
        for (; node != NULL; node = gjc_node_find_next(node)) {
            *ADD(p, field, FIELDS_MAX) =
                (plain_field){label_of(node), node, {T_BOOL, T_NONE, NULL}, NO, NO, NO, ""};
            *ADD(p, action, ACTIONS_MAX) = (plain_action){label_of(node), false};
        }
    }
}

/* Who judges may. */
static void judges_read(plain *p, const gjc_node *node, int region)
{
    const gjc_node *post = gjc_node_find(node, GJC_BY)->first;
    for (; post != NULL; post = post->next) {
        *ADD(p, power, POWERS_MAX) = (plain_power){
            node, post_find(p, post->text), plain_find_action(p, gjc_node_name(node)), region};
    }
}

static plain_trigger trigger_read(plain *p, const gjc_node *node, int region)
{
    const gjc_node *entering = gjc_node_find(node, GJC_ENTERING);
    const gjc_node *leaving = gjc_node_find(node, GJC_LEAVING);
    const gjc_node *path = gjc_node_find(node, GJC_PATH);
    if (path == NULL) {
        const gjc_node *stage = entering != NULL ? entering : leaving;
        return (plain_trigger){entering != NULL ? ON_ENTERING : ON_LEAVING,
                               stage_find(p, region, gjc_node_name(stage)), plain_when(node)};
    }
    int action = plain_find_action(p, path->text);
    return action != NO
               ? (plain_trigger){ON_ACT, action, plain_when(node)}
               : (plain_trigger){ON_FIELD, plain_find_field(p, NO, path->text), plain_when(node)};
}

/* What stands there without a condition too comes anyway. */
static int triggers_settle(plain_trigger *triggers, int count)
{
    plain_trigger all[TRIGGERS_MAX];
    memcpy(all, triggers, (size_t)count * sizeof *all);
    int kept = 0;
    for (int i = 0; i < count; i++) {
        bool anyway = false;
        for (int j = 0; j < (all[i].when == NULL ? i : count); j++) {
            anyway = anyway || (all[j].when == NULL && all[j].kind == all[i].kind &&
                                all[j].target == all[i].target);
        }
        if (!anyway) {
            triggers[kept++] = all[i];
        }
    }
    return kept;
}

static int triggers_read(plain *p, const gjc_node *clause, int region, plain_trigger *out)
{
    int count = 0;
    const gjc_node *node = gjc_node_find(clause, GJC_TRIGGER);
    for (; node != NULL; node = gjc_node_find_next(node)) {
        assert(count < TRIGGERS_MAX);
        out[count++] = trigger_read(p, node, region);
    }
    return triggers_settle(out, count);
}

/* Where it says nothing of being overdue, that is yellow. */
static void ladder_read(plain_limit *limit, const gjc_node *node)
{
    bool overdue = false;
    for (const gjc_node *part = node->first; part != NULL; part = part->next) {
        bool share = part->kind == GJC_RUNG_AT;
        if (part->kind != GJC_RUNG_BEFORE && part->kind != GJC_RUNG_OVERDUE && !share) {
            continue;
        }
        const gjc_node *length = gjc_node_find(part, GJC_DURATION);
        assert(limit->rung_count + 1 < RUNGS_MAX);
        limit->rungs[limit->rung_count++] = (plain_rung){
            .kind = part->kind,
            .amount = share ? (int)part->value2
                      : length == NULL
                          ? 0
                          : (int)(gjc_node_find_expr(length)->value / GJC_DECIMAL_SCALE),
            .severity = (int)part->value,
            .unit = length == NULL ? GJC_DAYS : (gjc_unit)length->value,
        };
        overdue = overdue || part->kind == GJC_RUNG_OVERDUE;
    }
    if (!overdue) {
        limit->rungs[limit->rung_count++] = (plain_rung){GJC_RUNG_OVERDUE, 0, GJ_YELLOW, GJC_DAYS};
    }
}

/* 0 where the case has to tell it. */
static int amount_read(const gjc_node *duration)
{
    const gjc_node *number = gjc_node_find_expr(duration);
    return number->kind == GJC_EXPR_NUMBER ? (int)(number->value / GJC_DECIMAL_SCALE) : 0;
}

static bool is_days(gjc_unit unit)
{
    return unit == GJC_DAYS || unit == GJC_MONTHS || unit == GJC_YEARS;
}

/* How long at most, at least, or by when. */
static void span_read(plain *p, plain_limit *limit, const gjc_node *node)
{
    const gjc_node *range = gjc_node_find(node, GJC_WITHIN_RANGE);
    const gjc_node *most = gjc_node_find(gjc_node_find(node, GJC_WITHIN), GJC_DURATION);
    const gjc_node *least = gjc_node_find(gjc_node_find(node, GJC_AT_LEAST), GJC_DURATION);
    const gjc_node *by = gjc_node_find(gjc_node_find(node, GJC_BY_DATE), GJC_PATH);
    if (range != NULL) {
        least = gjc_node_find(range, GJC_DURATION);
        most = gjc_node_find_next(least);
    }
    limit->back = gjc_node_find(node, GJC_AT_LEAST_BEFORE) != NULL ? GJC_AT_LEAST_BEFORE
                  : gjc_node_find(node, GJC_WITHIN_BEFORE) != NULL ? GJC_WITHIN_BEFORE
                                                                   : 0;
    if (limit->back != 0) {
        const gjc_node *length = gjc_node_find(gjc_node_find(node, limit->back), GJC_DURATION);
        limit->budget = amount_read(length);
        limit->unit = (gjc_unit)length->value;
        limit->open = true;
        return;
    }
    limit->open = most == NULL && by == NULL;
    if (least != NULL) {
        limit->least = amount_read(least);
        limit->least_unit = (gjc_unit)least->value;
        limit->unit = limit->least_unit;
    }
    if (most != NULL) {
        limit->budget = amount_read(most);
        limit->unit = (gjc_unit)most->value;
    }
    if (by != NULL) {
        limit->by = plain_find_field(p, NO, by->text);
        limit->unit = p->fields[limit->by].type.base == T_DATE ? GJC_DAYS : GJC_HOURS_UNIT;
    }
}

static void rolls_read(const plain *p, plain_limit *limit, const gjc_node *node)
{
    bool says = gjc_node_find(node, GJC_ROLLS) != NULL;
    bool denies = gjc_node_find(node, GJC_DOES_NOT_ROLL) != NULL;
    limit->at_close = gjc_node_find(node, GJC_CLOSE_OF_BUSINESS) != NULL;
    limit->rolls = p->calendar.present && is_days(limit->unit) && !limit->open &&
                   (limit->by == NO ? !denies : says);
    limit->least_rolls = p->calendar.present && is_days(limit->least_unit) && says;
}

/* By which a limit counts: its own, else the procedure's. */
static const plain_calendar *calendar_read(plain *p, const gjc_node *limit)
{
    const gjc_node *uses = gjc_node_find(limit, GJC_USES_CALENDAR);
    gj_text name = uses == NULL ? p->calendar.name : gjc_node_find(uses, GJC_PATH)->text;
    if (gjb_text_equal(name, p->calendar.name)) {
        return &p->calendar;
    }
    for (int i = 0; i < p->other_count; i++) {
        if (gjb_text_equal(name, p->others[i].name)) {
            return &p->others[i];
        }
    }
    plain_calendar *other = ADD(p, other, OTHER_CALENDARS_MAX);
    plain_calendar_read(other, p->file, name);
    return other;
}

static void effect_read(plain *p, plain_limit *limit, const gjc_node *node, int stage)
{
    const gjc_node *to = gjc_node_find(node, GJC_GOTO), *deemed = gjc_node_find(node, GJC_DEEMED);
    assert(limit->effect_count < EFFECTS_MAX);
    limit->effects[limit->effect_count++] = (plain_effect){
        .node = node,
        .stage = stage,
        .target = to == NULL ? NO : stage_find(p, limit->region, gjc_node_name(to)),
        .action = deemed == NULL ? NO : plain_find_action(p, gjc_node_name(deemed)),
        .as_of_start = gjc_node_find(deemed, GJC_AS_OF_START) != NULL,
    };
}

static plain_length length_read(const gjc_node *of)
{
    const gjc_node *duration = gjc_node_find(of, GJC_DURATION);
    return duration == NULL ? (plain_length){0, GJC_DAYS}
                            : (plain_length){amount_read(duration), (gjc_unit)duration->value};
}

static plain_notice notice_read(const plain *p, const gjc_node *clause)
{
    const gjc_node *notified = gjc_node_find(clause, GJC_NOTIFIED);
    return notified == NULL ? (plain_notice){NO, {0, GJC_DAYS}}
                            : (plain_notice){plain_find_action(p, gjc_node_name(notified)),
                                             length_read(notified)};
}

static plain_stop *stop_add(plain *p, plain_limit *limit, const gjc_node *node)
{
    plain_stop *stop = ADD(limit, stop, STOPS_MAX);
    *stop = (plain_stop){.node = node,
                         .most = length_read(gjc_node_find(node, GJC_AT_MOST_FOR)),
                         .notice = notice_read(p, node)};
    return stop;
}

static void stop_read(plain *p, plain_limit *limit, const gjc_node *node)
{
    const gjc_node *from = gjc_node_find(node, GJC_FROM), *to = gjc_node_find(node, GJC_TO);
    const gjc_node *path = gjc_node_find(node, GJC_PATH);
    for (; path != NULL; path = gjc_node_find_next(path)) {
        plain_stop *stop = stop_add(p, limit, node);
        int stage = stage_find(p, limit->region, path->text);
        stop->is_stage = true;
        stop->from[stop->from_count++] = (plain_trigger){ON_ENTERING, stage, NULL};
        stop->to[stop->to_count++] = (plain_trigger){ON_LEAVING, stage, NULL};
    }
    if (from != NULL) {
        plain_stop *stop = stop_add(p, limit, node);
        stop->from_count = triggers_read(p, from, limit->region, stop->from);
        stop->to_count = triggers_read(p, to, limit->region, stop->to);
    }
}

static void extension_read(plain *p, plain_limit *limit, const gjc_node *node)
{
    const gjc_node *times = gjc_node_find(node, GJC_AT_MOST_TIMES);
    plain_extension *extension = ADD(limit, extension, EXTENSIONS_MAX);
    *extension = (plain_extension){.node = node,
                                   .amount = length_read(node).amount,
                                   .times = times == NULL ? 1 : (int)times->value,
                                   .notice = notice_read(p, node)};
    extension->by_count = triggers_read(p, node, limit->region, extension->by);
}

/* What makes it longer, and what begins it anew. */
static void turns_read(plain *p, plain_limit *limit, const gjc_node *node)
{
    for (const gjc_node *clause = node->first; clause != NULL; clause = clause->next) {
        if (clause->kind == GJC_NOT_COUNTING) {
            stop_read(p, limit, clause);
        } else if (clause->kind == GJC_EXTENDED) {
            extension_read(p, limit, clause);
        } else if (clause->kind == GJC_RESTARTS) {
            limit->restart_count = triggers_read(p, clause, limit->region, limit->restarts);
        }
    }
}

/* From what starts it to leaving the stage, its holder's where nobody else is said. */
static void after_read(plain *p, const gjc_node *node, const gjc_node *after, int region)
{
    plain_limit *limit = ADD(p, limit, LIMITS_MAX);
    *limit = (plain_limit){.name = gjc_node_name(node), .node = after, .region = region, .by = NO};
    limit->calendar = &p->calendar;
    const gjc_node *length = gjc_node_find(after, GJC_DURATION);
    const gjc_node *holder = gjc_node_find(node, GJC_HELD_BY);
    const gjc_node *duty = gjc_node_find(after, GJC_DUTY);
    limit->budget = amount_read(length);
    limit->unit = (gjc_unit)length->value;
    rolls_read(p, limit, after);
    int stage = stage_find(p, region, limit->name);
    limit->from_count = triggers_read(p, gjc_node_find(after, GJC_FROM), region, limit->from);
    limit->to[0] = (plain_trigger){ON_LEAVING, stage, NULL};
    limit->to_count = 1;
    limit->of_holder = gjc_node_find(duty, GJC_HOLDER) != NULL;
    limit->duty = limit->of_holder ? NO
                  : duty != NULL   ? post_find(p, duty->first->text)
                  : holder != NULL ? post_find(p, holder->first->text)
                                   : NO;
    ladder_read(limit, after);
    effect_read(p, limit, after, stage);
}

/* From entering it to leaving it, its holder's. */
static void stage_limit_read(plain *p, plain_limit *limit, const gjc_node *node, int region)
{
    int stage = stage_find(p, region, limit->name);
    const gjc_node *holder = gjc_node_find(node, GJC_HELD_BY);
    limit->from[0] = (plain_trigger){ON_ENTERING, stage, NULL};
    limit->to[0] = (plain_trigger){ON_LEAVING, stage, NULL};
    limit->from_count = limit->to_count = 1;
    limit->duty = holder == NULL ? NO : post_find(p, holder->first->text);
    ladder_read(limit, node);
}

static void limit_read(plain *p, const gjc_node *node, int region)
{
    plain_limit *limit = ADD(p, limit, LIMITS_MAX);
    *limit = (plain_limit){.name = gjc_node_name(node), .node = node, .region = region, .by = NO};
    limit->kind = gjc_node_find(node, GJC_STATUTORY) != NULL  ? GJ_LIMIT_STATUTORY
                  : gjc_node_find(node, GJC_PROMISED) != NULL ? GJ_LIMIT_PROMISED
                                                              : GJ_LIMIT_PLAIN;
    limit->calendar = calendar_read(p, node);
    span_read(p, limit, node);
    rolls_read(p, limit, node);
    if (node->kind == GJC_STAGE) {
        stage_limit_read(p, limit, node, region);
        return;
    }
    const gjc_node *duty = gjc_node_find(node, GJC_DUTY);
    const gjc_node *from = gjc_node_find(node, GJC_FROM), *to = gjc_node_find(node, GJC_TO);
    limit->from_count = triggers_read(p, limit->back != 0 ? to : from, region, limit->from);
    limit->to_count = triggers_read(p, limit->back != 0 ? gjc_node_find(node, limit->back) : to,
                                    region, limit->to);
    if (!limit->open) {
        ladder_read(limit, node);
    }
    const gjc_node *per = gjc_node_find(node, GJC_PER);
    if (per != NULL) {
        limit->per = gjc_node_find(per, GJC_PATH)->text;
        limit->open_max = (int)gjc_node_find(per, GJC_AT_MOST_OPEN)->value;
    }
    const gjc_node *line = gjc_node_find(node, GJC_EXPIRES);
    for (; line != NULL; line = gjc_node_find_next(line)) {
        effect_read(p, limit, line, NO);
        duty = duty == NULL ? gjc_node_find(line, GJC_DUTY) : duty;
    }
    limit->of_holder = gjc_node_find(duty, GJC_HOLDER) != NULL;
    limit->duty = duty == NULL || limit->of_holder ? NO : post_find(p, duty->first->text);
    turns_read(p, limit, node);
}

/* The time that a rule says is counted as a limit's is. */
static int rule_clock_read(plain *p, const gjc_node *says)
{
    const gjc_node *within = gjc_node_find(says, GJC_WITHIN);
    const gjc_node *least = gjc_node_find(says, GJC_AT_LEAST);
    bool follows = says->kind == GJC_RULE_FOLLOWED, precedes = says->kind == GJC_RULE_PRECEDED;
    if ((!follows && !precedes) || (within == NULL && least == NULL)) {
        return NO;
    }
    const gjc_node *duration = gjc_node_find(within != NULL ? within : least, GJC_DURATION);
    int clock = LIMITS_MAX - 1 - p->rule_count;
    plain_limit *limit = &p->limits[clock];
    *limit = (plain_limit){.by = NO, .duty = NO, .calendar = &p->calendar};
    limit->unit = limit->least_unit = (gjc_unit)duration->value;
    limit->budget = (int)(gjc_node_find_expr(duration)->value / GJC_DECIMAL_SCALE);
    limit->back = follows ? 0 : within != NULL ? GJC_WITHIN_BEFORE : GJC_AT_LEAST_BEFORE;
    limit->rolls =
        follows && p->calendar.present &&
        (limit->unit == GJC_DAYS || limit->unit == GJC_MONTHS || limit->unit == GJC_YEARS);
    limit->rungs[0] = (plain_rung){.kind = GJC_RUNG_OVERDUE};
    limit->rung_count = 1;
    assert(clock >= p->limit_count);
    return clock;
}

static void kept_add(plain *p, int rule, int action, gj_text name)
{
    int of = plain_find_field(p, action, name);
    plain_rule *to = &p->rules[rule];
    for (int i = 0; i < to->kept_count; i++) {
        if (p->fields[to->kept[i]].kept_of == of) {
            return;
        }
    }
    assert(to->kept_count < KEPT_MAX && of != NO);
    to->kept[to->kept_count++] = p->field_count;
    plain_field *kept = ADD(p, field, FIELDS_MAX);
    *kept = p->fields[of];
    kept->action = ACTIONS_MAX;
    kept->kept_by = rule;
    kept->kept_of = of;
    int size =
        snprintf(kept->kept_name, sizeof kept->kept_name, "first.%.*s", (int)name.size, name.bytes);
    assert(size > 0 && (size_t)size < sizeof kept->kept_name);
    kept->label.name = (gj_text){kept->kept_name, (size_t)size};
}

/* Every `first.NAME` below the node. */
static void kept_read(plain *p, int rule, int action, const gjc_node *node)
{
    const gjc_node *name = node->kind == GJC_EXPR_PATH ? gjc_node_find(node, GJC_NAME) : NULL;
    if (name != NULL && plain_is_spelt(name->text, "first;前件") &&
        gjc_node_find_next(name) != NULL) {
        kept_add(p, rule, action, gjc_node_find_next(name)->text);
    }
    for (const gjc_node *child = node->first; child != NULL; child = child->next) {
        kept_read(p, rule, action, child);
    }
}

static void followed_read(plain *p, int rule)
{
    const gjc_node *act = gjc_node_find(p->rules[rule].says, GJC_ACT);
    const gjc_node *when = plain_when(gjc_node_find_next(act));
    if (when != NULL) {
        kept_read(p, rule, plain_find_action(p, gjc_node_name(act)), when);
    }
}

static void rule_read(plain *p, const gjc_node *node, int region)
{
    const gjc_node *severity = gjc_node_find(node, GJC_SEVERITY);
    const gjc_node *says = gjc_node_find(node, GJC_RULE_REQUIRE);
    says = says != NULL ? says : gjc_node_find(node, GJC_RULE_NEVER);
    static const gjc_kind related[] = {
        GJC_RULE_COUNT,       GJC_RULE_FOLLOWED,      GJC_RULE_PRECEDED,
        GJC_RULE_AFTER_NEVER, GJC_RULE_BETWEEN_NEVER, GJC_RULE_NOT_BOTH,
        GJC_RULE_SEPARATE,    GJC_RULE_JOIN,          GJC_RULE_SEPARATE_POSTS};
    for (size_t i = 0; says == NULL && i < sizeof related / sizeof *related; i++) {
        says = gjc_node_find(node, related[i]);
    }
    assert(says != NULL);
    int clock = rule_clock_read(p, says);
    plain_rule *rule = ADD(p, rule, RULES_MAX);
    *rule = (plain_rule){
        .name = gjc_node_name(node),
        .node = node,
        .says = says,
        .region = region,
        .severity = severity == NULL ? GJ_YELLOW : (int)severity->value,
        .duty = NO,
        .awaited = NO,
        .clock = clock,
    };
    const gjc_node *by = gjc_node_find(says, GJC_BY);
    for (const gjc_node *post = by == NULL ? NULL : by->first; post != NULL; post = post->next) {
        rule->posts[rule->post_count++] = post_find(p, post->text);
    }
    if (says->kind == GJC_RULE_FOLLOWED) {
        followed_read(p, (int)(rule - p->rules));
    }
}

/* Its condition is read when it begins to run, or when what it is counted back from comes. */
static void duty_read(plain *p, const gjc_node *must, int post, int region)
{
    plain_limit *limit = ADD(p, limit, LIMITS_MAX);
    p->limit_count--; /* not there while its name is sought */
    *limit = plain_duty_limit(p, must, post, region);
    p->limit_count++;
    span_read(p, limit, must);
    rolls_read(p, limit, must);
    const gjc_node *from = gjc_node_find(must, GJC_FROM);
    plain_trigger *read = limit->back != 0 ? limit->to : limit->from;
    int *count = limit->back != 0 ? &limit->to_count : &limit->from_count;
    if (limit->back != 0 || from != NULL) {
        *count = triggers_read(p, limit->back != 0 ? gjc_node_find(must, limit->back) : from,
                               region, read);
    }
    for (int i = 0; i < *count; i++) {
        read[i].when = plain_when(must);
    }
    if (!limit->open) {
        ladder_read(limit, must);
    }
}

static void powers_read(plain *p, const gjc_node *block, int region)
{
    int post = NO;
    for (const gjc_node *node = block->first; node != NULL; node = node->next) {
        if (node->kind == GJC_NAME || node->kind == GJC_PATH) {
            post = post_find(p, node->text);
        } else if (node->kind == GJC_MUST) {
            if (plain_duty_is_dated(node)) {
                duty_read(p, node, post, region);
            }
        } else {
            *ADD(p, power, POWERS_MAX) =
                (plain_power){node, post, plain_find_action(p, gjc_node_name(node)), region};
        }
    }
}

static void clauses_read(plain *p)
{
    for (int i = 0; i < p->region_count; i++) {
        for (const gjc_node *node = p->regions[i].node->first; node != NULL; node = node->next) {
            bool timed = node->kind == GJC_STAGE && gjc_node_find(node, GJC_WITHIN) != NULL;
            const gjc_node *after = node->kind == GJC_STAGE ? gjc_node_find(node, GJC_AFTER) : NULL;
            if (node->kind == GJC_LIMIT || timed) {
                limit_read(p, node, i);
            } else if (after != NULL) {
                after_read(p, node, after, i);
            } else if (node->kind == GJC_RULE) {
                rule_read(p, node, i);
            } else if (node->kind == GJC_POST_DUTIES) {
                powers_read(p, node, i);
            }
        }
    }
    for (int i = 0; i < p->region_count; i++) {
        const gjc_node *judgement = gjc_node_find(p->regions[i].node, GJC_JUDGEMENT);
        for (; judgement != NULL; judgement = gjc_node_find_next(judgement)) {
            judges_read(p, judgement, i);
        }
    }
    for (int i = 0; i < p->region_count; i++) {
        const gjc_node *block = gjc_node_find(p->regions[i].node, GJC_POST_DUTIES);
        for (; block != NULL; block = gjc_node_find_next(block)) {
            plain_duty_rules_read(p, block, post_find(p, block->first->text), i);
        }
    }
}

void plain_read(plain *p, const gjc_sources *sources, const gjc_node *file)
{
    memset(p, 0, sizeof *p);
    p->sources = sources;
    p->file = file;
    p->node = gjc_node_find(file, GJC_PROCEDURE);
    p->name = gjc_node_name(p->node);
    const gjc_node *uses = gjc_node_find(p->node, GJC_USES_CALENDAR);
    if (uses != NULL) {
        plain_calendar_read(&p->calendar, file, gjc_node_find(uses, GJC_PATH)->text);
    }
    posts_read(p);
    stages_read(p);
    joins_read(p);
    data_read(p);
    judgements_read(p);
    actions_declare(p);
    ons_read(p);
    actions_used(p, p->node);
    clauses_read(p);
    plain_returns_find(p);
}
