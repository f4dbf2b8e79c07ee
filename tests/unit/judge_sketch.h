/* SPDX-License-Identifier: Apache-2.0
 *
 * A procedure in a few lines of C: a sketch is written down, an image is made of it as the compiler
 * would make it, and cases are judged against that. The recovery table is worked out here by
 * looking at every path, so the judge is tested without the compiler. */
#ifndef JUDGE_SKETCH_H
#define JUDGE_SKETCH_H

#include "base/buffer.h"
#include "base/text.h"
#include "image/image.h"
#include "image/image_write.h"
#include "time/calendar.h"

#include <assert.h>
#include <guiju/guiju.h>
#include <stdio.h>
#include <string.h>

enum { SKETCH_MAX = 16, SKETCH_EDGES_MAX = 48, NO = -1 };

/* Conditions: none, or one of these over the field `of`. */
typedef enum sketch_test {
    ALWAYS,
    IS_TRUE,
    ABOVE_ZERO,
    AT_LEAST_TWO,
    ABOVE_ZERO_OR_NONE,
} sketch_test;
typedef struct sketch_when {
    sketch_test test;
    int of;
} sketch_when;

typedef struct sketch_edge {
    int stage, action, target; /* target NO: stays */
    int post;                  /* NO: open to all */
    sketch_when when;
    int times_max;
    gjr_needs needs;
    unsigned documents; /* a bit each, when listed */
} sketch_edge;

typedef struct sketch_trigger {
    gjr_trigger_kind kind;
    int target; /* NO ends the list */
} sketch_trigger;

typedef struct sketch_limit {
    const char *name;
    sketch_trigger from[3], to[3];
    int from_count, to_count;
    int budget;
    gjr_unit unit;
    bool rolls;
    gjr_severity severity;
    int duty;
} sketch_limit;

typedef struct sketch_field {
    const char *name, *title;
    gjr_type type, element;
    bool zero_by_default; /* numbers and money only */
} sketch_field;

typedef struct sketch_document {
    const char *name, *title;
    gjr_need need;
    sketch_when when;
} sketch_document;

typedef struct sketch_rule {
    const char *name;
    gjr_rule_kind kind;
    int action;
    sketch_when when;
    gjr_severity severity;
    int times;          /* of a rule that counts */
    sketch_when except; /* ALWAYS: none */
} sketch_rule;

static inline bool sketch_counts(const sketch_rule *rule)
{
    return rule->kind != GJR_RULE_REQUIRE && rule->kind != GJR_RULE_NEVER;
}

typedef struct sketch {
    const char *name; /* and title; NULL: "permit" */
    const char *calendar;
    int stage_count, action_count, post_count, edge_count;
    const char *stages[SKETCH_MAX];
    bool final[SKETCH_MAX], is_void[SKETCH_MAX];
    const char *actions[SKETCH_MAX];
    const char *posts[SKETCH_MAX];
    sketch_edge edges[SKETCH_EDGES_MAX];
    int limit_count, field_count, document_count, rule_count;
    sketch_limit limits[SKETCH_MAX];
    sketch_field fields[SKETCH_MAX];
    sketch_document documents[SKETCH_MAX];
    sketch_rule rules[SKETCH_MAX];
} sketch;

/* ---- the graph, by looking at every path ---- */

/* Whether `from` reaches `to` without passing `without`. */
static inline bool sketch_reaches(const sketch *of, int from, int to, int without)
{
    bool seen[SKETCH_MAX] = {false};
    if (from == without) {
        return false;
    }
    seen[from] = true;
    for (int round = 0; round < of->stage_count; round++) {
        for (int i = 0; i < of->edge_count; i++) {
            const sketch_edge *edge = &of->edges[i];
            if (edge->target != NO && seen[edge->stage] && edge->target != without) {
                seen[edge->target] = true;
            }
        }
    }
    return seen[to];
}

/* An edge to a stage that dominates its source. */
static inline bool sketch_returns(const sketch *of, const sketch_edge *edge)
{
    return edge->target != NO && sketch_reaches(of, 0, edge->stage, NO) &&
           (edge->target == edge->stage || !sketch_reaches(of, 0, edge->stage, edge->target));
}

static inline bool sketch_has(const sketch *of, int stage, int action)
{
    for (int i = 0; i < of->edge_count; i++) {
        if (of->edges[i].stage == stage && of->edges[i].action == action) {
            return true;
        }
    }
    return false;
}

/* ---- writing the image ---- */

static inline uint32_t sketch_text(gjr_writer *w, const char *string)
{
    return gjr_writer_add_text(w, gjb_text_of(string));
}

static inline uint32_t sketch_code(gjr_writer *w, gjr_type type, int field,
                                   const gjr_instruction *code, uint32_t count)
{
    gjr_expression row = {.code_first = gjr_writer_instruction_count(w),
                          .code_count = count,
                          .register_count = 3,
                          .type = type,
                          .enumeration = GJR_NONE,
                          .fields_first = gjr_writer_field_ref_count(w)};
    for (uint32_t i = 0; i < count; i++) {
        gjr_writer_add_instruction(w, &code[i]);
    }
    if (field != NO) {
        gjr_writer_add_field_ref(w, &(gjr_field_ref){(uint32_t)field});
        row.fields_count = 1;
    }
    return gjr_writer_add_expression(w, &row);
}

#define I(op, d, a, b, immediate) gjr_instruction_of(GJR_OP_##op, d, a, b, immediate)
#define CODE(type, field, ...)                                                                     \
    sketch_code(w, type, field, (const gjr_instruction[]){__VA_ARGS__},                            \
                sizeof((const gjr_instruction[]){__VA_ARGS__}) / sizeof(gjr_instruction))

/* Constants: 0 is money 0, 1 is number 2, 2 is number 0. */
static inline uint32_t sketch_when_add(gjr_writer *w, const sketch *of, sketch_when when)
{
    uint32_t f = (uint32_t)when.of;
    uint32_t zero = when.test >= ABOVE_ZERO && of->fields[f].type == GJR_TYPE_NUMBER ? 2 : 0;
    switch (when.test) {
    case ALWAYS:
        return GJR_NONE;
    case IS_TRUE:
        return CODE(GJR_TYPE_BOOL, when.of, I(FIELD, 0, 0, 0, f), I(RETURN, 0, 0, 0, 0));
    case ABOVE_ZERO:
        return CODE(GJR_TYPE_BOOL, when.of, I(CONSTANT, 0, 0, 0, zero), I(FIELD, 1, 0, 0, f),
                    I(LESS, 2, 0, 1, 0), I(RETURN, 0, 2, 0, 0));
    case AT_LEAST_TWO:
        return CODE(GJR_TYPE_BOOL, when.of, I(FIELD, 0, 0, 0, f), I(COUNT, 1, 0, 0, 0),
                    I(CONSTANT, 0, 0, 0, 1), I(LESS_EQUAL, 2, 0, 1, 0), I(RETURN, 0, 2, 0, 0));
    case ABOVE_ZERO_OR_NONE:
        return CODE(GJR_TYPE_BOOL, when.of, I(FIELD, 0, 0, 0, f), I(CONSTANT, 1, 0, 0, zero),
                    I(ELSE, 0, 0, 1, 0), I(LESS, 2, 1, 0, 0), I(RETURN, 0, 2, 0, 0));
    }
    return GJR_NONE;
}

static inline uint32_t sketch_position(gjr_writer *w, uint32_t line)
{
    return gjr_writer_add_position(w, &(gjr_position){sketch_text(w, "sketch.gj"), line, 3});
}

static inline void sketch_data(gjr_writer *w, const sketch *of)
{
    for (int i = 0; i < 3; i++) {
        gjr_constant row = {i == 0 ? GJR_TYPE_MONEY : GJR_TYPE_NUMBER, GJR_NONE,
                            i == 1 ? 20000u : 0u, 0};
        gjr_writer_add_constant(w, &row);
    }
    gjr_writer_add_member(w, &(gjr_member){sketch_text(w, "first"), sketch_text(w, "首次")});
    gjr_writer_add_member(w, &(gjr_member){sketch_text(w, "renewal"), sketch_text(w, "延续")});
    gjr_writer_add_enumeration(w, &(gjr_enumeration){0, 2});
    for (int i = 0; i < of->field_count; i++) {
        const sketch_field *field = &of->fields[i];
        uint32_t preset = GJR_NONE;
        if (field->zero_by_default) {
            preset =
                CODE(field->type, NO, I(CONSTANT, 0, 0, 0, field->type == GJR_TYPE_MONEY ? 0 : 2),
                     I(RETURN, 0, 0, 0, 0));
        }
        bool is_enum = field->type == GJR_TYPE_ENUM || field->element == GJR_TYPE_ENUM;
        gjr_writer_add_field(w, &(gjr_field){.name = sketch_text(w, field->name),
                                             .title = sketch_text(w, field->title),
                                             .type = field->type,
                                             .element = field->element,
                                             .enumeration = is_enum ? 0 : GJR_NONE,
                                             .record = GJR_NONE,
                                             .preset = preset,
                                             .judged_by = GJR_NONE,
                                             .position = sketch_position(w, 10)});
    }
    for (int i = 0; i < of->document_count; i++) {
        const sketch_document *document = &of->documents[i];
        gjr_writer_add_document(w, &(gjr_document){.name = sketch_text(w, document->name),
                                                   .title = sketch_text(w, document->title),
                                                   .need = document->need,
                                                   .when = sketch_when_add(w, of, document->when),
                                                   .position = sketch_position(w, 20)});
    }
}

static inline uint32_t sketch_edge_add(gjr_writer *w, const sketch *of, const sketch_edge *edge)
{
    gjr_transition row = {.stage = (uint32_t)edge->stage,
                          .action = (uint32_t)edge->action,
                          .target = edge->target == NO ? GJR_NONE : (uint32_t)edge->target,
                          .posts_first = gjr_writer_post_ref_count(w),
                          .when = sketch_when_add(w, of, edge->when),
                          .needs = edge->needs,
                          .documents_first = gjr_writer_document_ref_count(w),
                          .times_max = (uint32_t)edge->times_max,
                          .basis_count = 1,
                          .position = sketch_position(w, 30 + (uint32_t)(edge - of->edges))};
    if (edge->post != NO) {
        gjr_writer_add_post_ref(w, &(gjr_post_ref){(uint32_t)edge->post});
        row.posts_count = 1;
    }
    for (int i = 0; edge->needs == GJR_NEEDS_LISTED && i < of->document_count; i++) {
        if ((edge->documents >> i & 1) != 0) {
            gjr_writer_add_document_ref(w, &(gjr_document_ref){(uint32_t)i});
            row.documents_count++;
        }
    }
    return gjr_writer_add_transition(w, &row);
}

/* The row of each edge of the sketch. */
typedef struct sketch_rows {
    uint32_t edges[SKETCH_EDGES_MAX];
} sketch_rows;

/* One way round while it is being sought. */
typedef struct sketch_path {
    int edges[SKETCH_MAX];
    int count;
} sketch_path;

typedef struct sketch_search {
    gjr_writer *w;
    const sketch *of;
    const sketch_rows *rows;
    int action;
    unsigned seen_returns[64]; /* sets of return targets for which a way is known */
    int seen_count;
} sketch_search;

static inline bool sketch_path_seen(sketch_search *search, unsigned set)
{
    for (int i = 0; i < search->seen_count; i++) {
        if (search->seen_returns[i] == set) {
            return true;
        }
    }
    if (search->seen_count < 64) {
        search->seen_returns[search->seen_count++] = set;
    }
    return false;
}

static inline void sketch_recovery_add(sketch_search *search, const sketch_path *path, int stage,
                                       bool forward)
{
    gjr_writer *w = search->w;
    unsigned set = 0;
    for (int i = 0; i < path->count; i++) {
        const sketch_edge *edge = &search->of->edges[path->edges[i]];
        set |= sketch_returns(search->of, edge) ? 1u << edge->target : 0u;
    }
    if (forward != (set == 0) || sketch_path_seen(search, set)) {
        return;
    }
    gjr_recovery row = {.stage = (uint32_t)stage,
                        .left_out_first = gjr_writer_step_count(w),
                        .left_out_count = (uint32_t)path->count,
                        .returns_first = gjr_writer_stage_ref_count(w)};
    for (int i = 0; i < path->count; i++) {
        gjr_writer_add_step(w, &(gjr_step){search->rows->edges[path->edges[i]]});
    }
    for (int i = 0; i < search->of->stage_count; i++) {
        if ((set >> i & 1) != 0) {
            gjr_writer_add_stage_ref(w, &(gjr_stage_ref){(uint32_t)i});
            row.returns_count++;
        }
    }
    gjr_writer_add_recovery(w, &row);
}

/* Every path of that many edges from a stage, by declaration. Simple: no stage twice. */
static inline void sketch_walk(sketch_search *search, sketch_path *path, int stage, unsigned seen,
                               int left, bool forward)
{
    if (left == 0) {
        if (sketch_has(search->of, stage, search->action)) {
            sketch_recovery_add(search, path, stage, forward);
        }
        return;
    }
    if (sketch_has(search->of, stage, search->action)) {
        return; /* a shorter one ended here */
    }
    for (int i = 0; i < search->of->edge_count; i++) {
        const sketch_edge *edge = &search->of->edges[i];
        if (edge->stage != stage || edge->target == NO || (seen >> edge->target & 1) != 0) {
            continue;
        }
        path->edges[path->count++] = i;
        sketch_walk(search, path, edge->target, seen | 1u << edge->target, left - 1, forward);
        path->count--;
    }
}

/* Each action that some stage has, in order. */
static inline void sketch_places(gjr_writer *w, const sketch *of)
{
    for (int action = 0; action < of->action_count; action++) {
        bool staged = false;
        for (int i = 0; i < of->edge_count; i++) {
            staged = staged || of->edges[i].action == action;
        }
        if (staged) {
            gjr_writer_add_place(w, &(gjr_place){0, (uint32_t)action});
        }
    }
}

static inline uint32_t sketch_place(gjr_writer *w, int action)
{
    for (uint32_t i = 0; i < gjr_writer_place_count(w); i++) {
        if (gjr_writer_get_place(w, i)->action == (uint32_t)action) {
            return i;
        }
    }
    return GJR_NONE;
}

static inline void sketch_cell(gjr_writer *w, const sketch *of, const sketch_rows *rows, int stage,
                               int action)
{
    gjr_cell row = {.recoveries_first = gjr_writer_recovery_count(w),
                    .place = sketch_place(w, action)};
    bool staged = false;
    for (int i = 0; i < of->edge_count; i++) {
        staged = staged || of->edges[i].action == action;
        if (of->edges[i].stage == stage && of->edges[i].action == action) {
            row.here_first = row.here_count == 0 ? rows->edges[i] : row.here_first;
            row.here_count++;
        }
    }
    if (of->final[stage]) {
        row.meaning = GJR_MEANING_CLOSED;
    } else if (row.here_count > 0) {
        row.meaning = GJR_MEANING_HERE;
    } else if (!staged) {
        row.meaning = GJR_MEANING_FREE;
    } else {
        sketch_search search = {.w = w, .of = of, .rows = rows, .action = action};
        sketch_path path = {.count = 0};
        for (int forward = 1; forward >= 0; forward--) {
            for (int length = 1; length < of->stage_count; length++) {
                sketch_walk(&search, &path, stage, 1u << stage, length, forward != 0);
            }
        }
        row.recoveries_count = gjr_writer_recovery_count(w) - row.recoveries_first;
        row.meaning = row.recoveries_count > 0 ? GJR_MEANING_AHEAD : GJR_MEANING_BEHIND;
    }
    gjr_writer_add_cell(w, &row);
}

static inline uint32_t sketch_subscribe(gjr_writer *w, const sketch *of, gjr_trigger_kind kind,
                                        int target, uint32_t *count)
{
    uint32_t first = gjr_writer_subscription_count(w);
    for (int i = 0; i < of->limit_count; i++) {
        const sketch_limit *limit = &of->limits[i];
        for (int j = 0; j < limit->from_count; j++) {
            if (limit->from[j].kind == kind && limit->from[j].target == target) {
                gjr_writer_add_subscription(
                    w, &(gjr_subscription){GJR_SUBSCRIPTION_LIMIT_FROM, (uint32_t)i, 0});
            }
        }
        for (int j = 0; j < limit->to_count; j++) {
            if (limit->to[j].kind == kind && limit->to[j].target == target) {
                gjr_writer_add_subscription(
                    w, &(gjr_subscription){GJR_SUBSCRIPTION_LIMIT_TO, (uint32_t)i, 0});
            }
        }
    }
    for (int i = 0; kind == GJR_TRIGGER_ACTION && i < of->rule_count; i++) {
        if (of->rules[i].action == target && of->rules[i].kind != GJR_RULE_AT_LEAST) {
            gjr_writer_add_subscription(w,
                                        &(gjr_subscription){GJR_SUBSCRIPTION_RULE, (uint32_t)i, 0});
        }
    }
    *count = gjr_writer_subscription_count(w) - first;
    return first;
}

static inline void sketch_people(gjr_writer *w, const sketch *of)
{
    gjr_writer_add_department(w, &(gjr_department){sketch_text(w, "bureau"), sketch_text(w, "局")});
    for (int i = 0; i < of->post_count; i++) {
        gjr_writer_add_post(
            w, &(gjr_post){sketch_text(w, of->posts[i]), sketch_text(w, of->posts[i]), 0, 0});
    }
}

static inline void sketch_stages(gjr_writer *w, const sketch *of, sketch_rows *rows)
{
    for (int i = 0; i < of->action_count; i++) {
        bool staged = false;
        for (int e = 0; e < of->edge_count; e++) {
            staged = staged || of->edges[e].action == i;
        }
        gjr_action row = {.name = sketch_text(w, of->actions[i]),
                          .title = sketch_text(w, of->actions[i]),
                          .flags = staged ? GJR_ACTION_STAGED : GJR_ACTION_FREE};
        row.subscriptions_first =
            sketch_subscribe(w, of, GJR_TRIGGER_ACTION, i, &row.subscriptions_count);
        gjr_writer_add_action(w, &row);
    }
    for (int s = 0; s < of->stage_count; s++) {
        gjr_stage row = {.name = sketch_text(w, of->stages[s]),
                         .title = sketch_text(w, of->stages[s]),
                         .flags = (of->final[s] ? GJR_STAGE_FINAL : 0u) |
                                  (of->is_void[s] ? GJR_STAGE_VOID : 0u),
                         .holder = GJR_NONE,
                         .join = GJR_NONE,
                         .transitions_first = gjr_writer_transition_count(w),
                         .position = sketch_position(w, 25)};
        for (int a = 0; a < of->action_count; a++) {
            for (int e = 0; e < of->edge_count; e++) {
                if (of->edges[e].stage == s && of->edges[e].action == a) {
                    rows->edges[e] = sketch_edge_add(w, of, &of->edges[e]);
                    row.transitions_count++;
                }
            }
        }
        row.entering_first = sketch_subscribe(w, of, GJR_TRIGGER_ENTERING, s, &row.entering_count);
        row.leaving_first = sketch_subscribe(w, of, GJR_TRIGGER_LEAVING, s, &row.leaving_count);
        gjr_writer_add_stage(w, &row);
    }
}

static inline uint32_t sketch_triggers(gjr_writer *w, const sketch_trigger *triggers, int count)
{
    uint32_t first = gjr_writer_trigger_count(w);
    for (int i = 0; i < count; i++) {
        gjr_writer_add_trigger(
            w, &(gjr_trigger){triggers[i].kind, (uint32_t)triggers[i].target, GJR_NONE});
    }
    return first;
}

static inline void sketch_limits(gjr_writer *w, const sketch *of)
{
    for (int i = 0; i < of->limit_count; i++) {
        const sketch_limit *limit = &of->limits[i];
        gjr_limit row = {.by = GJR_NONE,
                         .calendar = of->calendar == NULL ? GJR_NONE : 0,
                         .name = sketch_text(w, limit->name),
                         .title = sketch_text(w, limit->name),
                         .from_count = (uint32_t)limit->from_count,
                         .to_count = (uint32_t)limit->to_count,
                         .budget = (uint32_t)limit->budget,
                         .unit = limit->unit,
                         .flags = limit->rolls ? GJR_LIMIT_ROLLS : 0,
                         .rungs_first = gjr_writer_rung_count(w),
                         .rungs_count = 1,
                         .duty = limit->duty == NO ? GJR_NONE : (uint32_t)limit->duty,
                         .basis_count = 1,
                         .position = sketch_position(w, 61)};
        row.from_first = sketch_triggers(w, limit->from, limit->from_count);
        row.to_first = sketch_triggers(w, limit->to, limit->to_count);
        gjr_writer_add_rung(w, &(gjr_rung){GJR_RUNG_OVERDUE, 0, 0, limit->severity});
        gjr_writer_add_limit(w, &row);
    }
    for (int i = 0; i < of->rule_count; i++) {
        const sketch_rule *rule = &of->rules[i];
        gjr_rule row = {.name = sketch_text(w, rule->name),
                        .title = sketch_text(w, rule->name),
                        .kind = rule->kind,
                        .condition = sketch_when_add(w, of, rule->when),
                        .counted = sketch_counts(rule) ? (uint32_t)rule->action : GJR_NONE,
                        .duty = GJR_NONE,
                        .times = (uint32_t)rule->times,
                        .exceptions_first = gjr_writer_exception_count(w),
                        .severity = rule->severity,
                        .position = sketch_position(w, 80)};
        if (rule->except.test != ALWAYS) {
            gjr_writer_add_exception(
                w, &(gjr_exception){.condition = sketch_when_add(w, of, rule->except),
                                    .position = sketch_position(w, 81)});
            row.exceptions_count = 1;
        }
        gjr_writer_add_rule(w, &row);
    }
    for (int i = 0; i < of->field_count; i++) {
        uint32_t count;
        uint32_t first = sketch_subscribe(w, of, GJR_TRIGGER_FIELD, i, &count);
        gjr_field *field = gjr_writer_get_field(w, (uint32_t)i);
        field->subscriptions_first = first;
        field->subscriptions_count = count;
    }
}

/* The image of the sketch; its bytes are what the compiler would have written. */
static inline gj_image *sketch_image(const sketch *of)
{
    gjr_writer writer, *w = &writer;
    gjr_writer_init(w, NULL);
    sketch_rows rows;
    gjr_procedure procedure = {.name = sketch_text(w, of->name != NULL ? of->name : "permit"),
                               .title = sketch_text(w, of->name != NULL ? of->name : "许可"),
                               .version = 3,
                               .effective_day = GJR_NONE,
                               .calendar = of->calendar == NULL ? GJR_NONE : 0,
                               .position = sketch_position(w, 1)};
    gjr_writer_add_procedure(w, &procedure);
    if (of->calendar != NULL) {
        gjr_writer_add_calendar_name(w, &(gjr_calendar_name){sketch_text(w, of->calendar)});
    }
    gjr_writer_add_citation(w, &(gjr_citation){sketch_text(w, "licensing"),
                                               sketch_text(w, "行政许可法"), sketch_text(w, "42.1"),
                                               GJR_NONE});
    sketch_data(w, of);
    sketch_people(w, of);
    sketch_stages(w, of, &rows);
    sketch_limits(w, of);
    sketch_places(w, of);
    gjr_writer_add_region(w, &(gjr_region){.name = sketch_text(w, "permit"),
                                           .title = sketch_text(w, "许可"),
                                           .parent = GJR_NONE,
                                           .department = GJR_NONE,
                                           .stages_count = (uint32_t)of->stage_count});
    for (int s = 0; s < of->stage_count; s++) {
        for (int a = 0; a < of->action_count; a++) {
            sketch_cell(w, of, &rows, s, a);
        }
    }
    gjb_buffer bytes;
    gjb_buffer_init(&bytes, NULL);
    gj_status status = gjr_writer_finish(w, &bytes);
    assert(status == GJ_OK);
    gj_image *image = NULL;
    gj_refusal why = {0};
    status = gj_image_load(NULL, bytes.bytes, bytes.size, &image, &why);
    if (status != GJ_OK) {
        fprintf(stderr, "refused: claim %u, %s row %u field %u\n", why.claim, why.section, why.row,
                why.field);
    }
    assert(status == GJ_OK && image != NULL);
    gjb_buffer_deinit(&bytes);
    gjr_writer_deinit(w);
    return image;
}

#undef I
#undef CODE

static inline gj_judge *sketch_judge(const gj_image *image, const gj_calendar *calendar)
{
    gj_judge_options options = {.size = sizeof options,
                                .image = image,
                                .calendars = &calendar,
                                .calendar_count = calendar != NULL ? 1 : 0};
    gj_judge *judge = NULL;
    gj_status status = gj_judge_create(&options, &judge);
    assert(status == GJ_OK);
    (void)status;
    return judge;
}

/* ---- events in few words ---- */

static inline gj_stamp stamp_of(const char *string)
{
    gj_stamp stamp = {0};
    bool read = gj_stamp_parse(gjb_text_of(string), &stamp);
    assert(read);
    (void)read;
    return stamp;
}

static inline gj_event event_of(const char *id, const char *at, const char *action,
                                const char *post)
{
    return (gj_event){.id = gjb_text_of(id),
                      .source = gjb_text_of("test"),
                      .case_id = gjb_text_of("case-1"),
                      .action = gjb_text_of(action),
                      .post = gjb_text_of(post),
                      .at = stamp_of(at)};
}

static inline gj_datum datum_of(const char *key, gj_datum_kind kind, const char *value)
{
    return (gj_datum){.key = gjb_text_of(key), .kind = kind, .text = gjb_text_of(value)};
}

#endif
