/* SPDX-License-Identifier: Apache-2.0
 *
 * See related.h. */
#include "judge/related.h"

#include "image/image.h"
#include "judge/counted.h"
#include "judge/follow.h"
#include "time/backward.h"
#include "time/range.h"

typedef struct maker {
    const gj_judge *judge;
    const gjr_relation *row;
    const gjr_raised *raised;
    gjb_arena *arena;
    gj_finding *to;
    bool no_memory;
} maker;

const gjr_raised_act *gjr_related_key(const gjr_raised *raised)
{
    const gjr_raised_relation *relation = &raised->relation;
    if (relation->judged.present != 0) {
        return &relation->judged;
    }
    bool by_first = raised->code == GJ_NOT_DONE || !raised->by_event;
    return relation->first.present != 0 && by_first ? &relation->first : NULL;
}

static gj_text text_of(const maker *with, uint32_t string)
{
    return gjr_judge_text(with->judge, string);
}

static uint32_t kind_of(const maker *with)
{
    return with->judge->rows->rules[with->row->rule].kind;
}

static gj_relation relation_of(uint32_t kind)
{
    static const gj_relation relations[GJR_RULE_COUNT] = {
        [GJR_RULE_FOLLOWED] = GJ_FOLLOWED_BY,
        [GJR_RULE_PRECEDED] = GJ_PRECEDED_BY,
        [GJR_RULE_AFTER_NEVER] = GJ_AFTER_NEVER,
        [GJR_RULE_BETWEEN_NEVER] = GJ_BETWEEN_NEVER,
        [GJR_RULE_NOT_BOTH] = GJ_NOT_BOTH,
        [GJR_RULE_SEPARATE] = GJ_SEPARATE,
        [GJR_RULE_JOIN] = GJ_JOIN,
        [GJR_RULE_SEPARATE_POSTS] = GJ_SEPARATE_POSTS,
    };
    return relations[kind];
}

/* ---- acts ---- */

gj_other_act gjr_related_act(const gj_judge *judge, const gjr_raised_act *from)
{
    const gjr_rows *rows = judge->rows;
    if (from->present == 0) {
        return (gj_other_act){.present = false};
    }
    gj_other_act made = {
        .present = true,
        .action = gjr_judge_text(judge, rows->actions[from->action].name),
        .action_title = gjr_judge_text(judge, rows->actions[from->action].title),
        .event = from->id,
        .source_id = from->source,
        .at = from->at,
        .at_offset_s = from->offset_s,
        .officer = from->officer,
        .office = from->office,
    };
    if (from->post != GJR_NONE) {
        made.post = gjr_judge_text(judge, rows->posts[from->post].name);
        made.post_title = gjr_judge_text(judge, rows->posts[from->post].title);
    }
    return made;
}

/* The finding is about an act that was done before; the event at hand decided it. */
static void judged_take(maker *with, const gjr_event *event)
{
    gj_finding *to = with->to;
    const gjr_rows *rows = with->judge->rows;
    gj_other_act judged = gjr_related_act(with->judge, &with->raised->relation.judged);
    if (!judged.present) {
        return;
    }
    if (event != NULL) {
        to->second = (gj_other_act){
            .present = true,
            .action = to->action,
            .action_title = to->action_title,
            .event = to->event,
            .source_id = to->source_id,
            .at = to->at,
            .at_offset_s = to->at_offset_s,
            .post = to->post,
            .post_title = to->post_title,
            .officer = to->officer,
        };
    }
    to->action = judged.action;
    to->action_title = judged.action_title;
    to->event = judged.event;
    to->source_id = judged.source_id;
    to->at = judged.at;
    to->at_offset_s = judged.at_offset_s;
    to->post = judged.post;
    to->post_title = judged.post_title;
    to->officer = judged.officer;
    to->office = to->department = (gj_text){NULL, 0};
    uint32_t post = with->raised->relation.judged.post;
    if (post != GJR_NONE && rows->posts[post].department != GJR_NONE) {
        to->department = text_of(with, rows->departments[rows->posts[post].department].name);
    }
}

/* ---- what was to come, and who may do it ---- */

static bool is_awaited(const maker *with, const gjr_role *role)
{
    uint32_t kind = kind_of(with);
    return kind == GJR_RULE_PRECEDED ? role->kind == GJR_ROLE_FIRST : role->kind == GJR_ROLE_SECOND;
}

static void awaited_take(maker *with)
{
    const gjr_rows *rows = with->judge->rows;
    gj_text *titles = gjb_arena_make(with->arena, with->row->roles_count, sizeof *titles);
    with->no_memory |= titles == NULL;
    for (uint32_t i = 0; titles != NULL && i < with->row->roles_count; i++) {
        const gjr_role *role = &rows->roles[with->row->roles_first + i];
        if (is_awaited(with, role)) {
            titles[with->to->awaited_count++] = text_of(with, rows->actions[role->action].title);
        }
    }
    with->to->awaited = titles;
}

/* Whether a stage's clause or a block lets the post do what was to come. */
static bool may_do(const maker *with, uint32_t post)
{
    const gjr_rows *rows = with->judge->rows;
    for (uint32_t i = 0; i < with->row->roles_count; i++) {
        const gjr_role *role = &rows->roles[with->row->roles_first + i];
        const gjr_action *action = &rows->actions[role->action];
        if (!is_awaited(with, role)) {
            continue;
        }
        for (uint32_t j = 0; j < action->powers_count; j++) {
            const gjr_power *power = &rows->powers[action->powers_first + j];
            if (power->kind == GJR_POWER_MAY && power->post == post) {
                return true;
            }
        }
        for (uint32_t j = 0; j < rows->transition_count; j++) {
            const gjr_transition *row = &rows->transitions[j];
            for (uint32_t k = 0; row->action == role->action && k < row->posts_count; k++) {
                if (rows->post_refs[row->posts_first + k].post == post) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* The only one that may; GJR_NONE: there is none, or several. */
static uint32_t only_post(const maker *with)
{
    uint32_t only = GJR_NONE;
    for (uint32_t i = 0; i < with->judge->rows->post_count; i++) {
        if (may_do(with, i)) {
            if (only != GJR_NONE) {
                return GJR_NONE;
            }
            only = i;
        }
    }
    return only;
}

/* They answer: of several the one that acted, where it is among them. */
static void posts_take(maker *with, const gjr_event *event)
{
    const gjr_rows *rows = with->judge->rows;
    gj_finding *to = with->to;
    gj_text *titles = gjb_arena_make(with->arena, rows->post_count, sizeof *titles);
    uint32_t only = GJR_NONE;
    bool acted = false;
    with->no_memory |= titles == NULL;
    for (uint32_t i = 0; titles != NULL && i < rows->post_count; i++) {
        if (may_do(with, i)) {
            titles[to->posts_granted_count++] = text_of(with, rows->posts[i].title);
            only = i;
            acted = acted || (event != NULL && event->post == i);
        }
    }
    to->posts_granted = titles;
    if (acted || to->posts_granted_count == 0) {
        return;
    }
    to->post = to->post_title = to->department = to->officer = to->office = (gj_text){NULL, 0};
    if (to->posts_granted_count == 1) {
        to->post = text_of(with, rows->posts[only].name);
        to->post_title = text_of(with, rows->posts[only].title);
        uint32_t department = rows->posts[only].department;
        to->department = department == GJR_NONE ? to->department
                                                : text_of(with, rows->departments[department].name);
    }
}

/* ---- time ---- */

/* What is the same of every count. */
static void counted_take(maker *with, gj_span span, const gjr_count *count, gj_instant until)
{
    const gj_calendar *calendar = with->judge->calendar;
    const gjr_raised_act *first = &with->raised->relation.first;
    gj_unit unit = (gj_unit)with->row->unit;
    gj_counted *counted = &with->to->counted;
    *counted = (gj_counted){
        .span = span,
        .unit = unit,
        .start = first->at,
        .start_day = gjr_calendar_day_of(calendar, first->at),
        .budget = with->row->length,
        .elapsed = gjr_count_elapsed(calendar, unit, first->at, until),
        .until = until,
        .due = count->due,
        .due_day = count->due_day,
        .due_by_week = count->due_day,
        .due_earliest = count->due_day,
        .due_latest = count->due_day,
        .raw_due_day = count->raw_due_day,
        .due_offset_s = gjr_calendar_offset(calendar, count->due),
        .in_time = gjr_count_is_time(unit),
        .beyond_published = count->beyond_published,
        .start_kind = GJ_START_ACT,
        .start_subject = text_of(with, with->judge->rows->actions[first->action].title),
    };
    if (calendar != NULL) {
        counted->calendar = gj_calendar_revision(calendar);
    }
    with->to->has_due = true;
    with->to->over_unit = gjr_count_over_unit(unit);
}

static void due_take(maker *with)
{
    const gj_calendar *calendar = with->judge->calendar;
    gj_instant since = with->raised->relation.first.at, until = with->raised->relation.until;
    gjr_term term = {.unit = (gj_unit)with->row->unit,
                     .budget = with->row->length,
                     .rolls = (with->row->flags & GJR_RELATION_ROLLS) != 0};
    gjr_count week = gjr_count_due(calendar, term, since);
    gjr_range range = gjr_count_range_of(calendar, term, &week);
    gjr_count count = week.beyond_published ? gjr_count_latest(calendar, term, &week) : week;
    counted_take(with, GJ_SPAN_WITHIN, &count, until);
    gj_counted *counted = &with->to->counted;
    counted->due_by_week = week.due_day;
    counted->due_earliest = range.open ? range.earliest : count.due_day;
    counted->due_latest = range.open ? range.latest : count.due_day;
    with->to->over_amount = gjr_count_over(calendar, term.unit, &count, until);
    with->no_memory |= !gjr_counted_take_days(calendar, gjr_calendar_day_of(calendar, until),
                                              with->arena, counted);
}

/* Of what precedes: the last day or instant on the right side, or the first. */
static void back_take(maker *with)
{
    const gj_calendar *calendar = with->judge->calendar;
    bool within = (with->row->flags & GJR_RELATION_LEAST) == 0;
    gj_unit unit = (gj_unit)with->row->unit;
    gjr_back back = gjr_count_back(calendar, unit, with->row->length, within,
                                   with->raised->relation.first.at, with->to->at);
    bool time = gjr_count_is_time(unit);
    gj_day day = time ? gjr_calendar_day_of(calendar, back.instant) : back.day;
    gjr_count count = {
        .raw_due_day = day,
        .due_day = day,
        .due = time     ? back.instant
               : within ? gjr_calendar_day_start(calendar, day)
                        : gjr_calendar_day_end(calendar, day),
    };
    counted_take(with, within ? GJ_SPAN_WITHIN_BEFORE : GJ_SPAN_AT_LEAST_BEFORE, &count,
                 with->to->at);
    with->to->counted.end_kind = GJ_START_ACT;
    with->to->counted.end_subject = with->to->action_title;
    with->to->over_amount = back.amount;
}

static const gjr_relation *relation_find(const gjr_rows *rows, uint32_t rule)
{
    for (uint32_t i = 0; i < rows->relation_count; i++) {
        if (rows->relations[i].rule == rule) {
            return &rows->relations[i];
        }
    }
    return NULL;
}

void gjr_related_ask(const gj_judge *judge, const gjr_raised *raised, gjr_hand_question *question)
{
    const gjr_relation *row = relation_find(judge->rows, raised->subject_index);
    if (row == NULL || raised->relation.first.present == 0) {
        return;
    }
    const maker with = {judge, row, raised, NULL, NULL, false};
    question->from = raised->relation.first.at;
    question->until = gjr_follow_due(judge, row, question->from);
    if (question->until != GJ_NEVER && question->until <= raised->relation.until) {
        question->post = only_post(&with);
        question->region = judge->rows->rules[row->rule].region;
    }
}

bool gjr_related_take(const gj_judge *judge, const gjr_raised *raised, const gjr_event *event,
                      gjb_arena *arena, gj_finding *to)
{
    maker with = {judge, relation_find(judge->rows, raised->subject_index), raised, arena, to,
                  false};
    if (with.row == NULL) {
        return true;
    }
    to->relation = relation_of(kind_of(&with));
    to->first = gjr_related_act(judge, &raised->relation.first);
    awaited_take(&with);
    judged_take(&with, event);
    bool timed = with.row->length > 0 && to->first.present;
    if (raised->code == GJ_NOT_DONE) {
        posts_take(&with, event);
        if (timed) {
            due_take(&with);
        }
    } else if (raised->code == GJ_RULE && timed) {
        back_take(&with);
    }
    return !with.no_memory;
}
