/* SPDX-License-Identifier: Apache-2.0
 *
 * A small valid image, written by hand with the writer: every table has rows, so that a test can
 * break any of them. And a run: whatever was loaded is dumped and all its code is run.
 *
 *     application --apply--> review --accept--> decision --approve--> closed
 *                              ^--------send_back---'          pay is free
 *     in review runs the branch fire: looking --look--> looked, looking --refuse--> closed */
#ifndef SAMPLE_IMAGE_H
#define SAMPLE_IMAGE_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/text.h"
#include "image/bundle.h"
#include "image/image.h"
#include "image/image_write.h"
#include "image/opcode.h"
#include "image/schema.h"
#include "image/shape.h"
#include "image/verify.h"
#include "vm/vm.h"

#include <stdlib.h>
#include <string.h>

enum { APPLY, ACCEPT, APPROVE, SEND_BACK, PAY, LOOK, REFUSE, ACTIONS };
enum { APPLICATION, REVIEW, DECISION, CLOSED, LOOKING, LOOKED };
enum {
    KIND,
    AREA,
    INSPECTORS,
    FEE,
    DEADLINE,
    KINDS,
    NOTE,
    PLAN,
    OFFER,
    BIDS,
    SOUND, /* which the act of PAY judges */
    AMOUNT,
    PAYER,
    FIRST_NOTE, /* which the rule `told` keeps of the act of APPLY */
    SAMPLE_FIELDS
};
enum { SEEN, PLACE }; /* natives: whether a text was seen by these officers, where this is */
enum { SITE, BID };   /* record types: a bid has a site */
enum { SITE_AREA, SITE_KIND };
enum { BID_BY, BID_PRICE, BID_SITE };
enum { INITIAL, ZERO, TWO, TRUE, DAY, INSTANT, WORD, HUNDRED };
enum {
    KIND_IS_INITIAL,
    PRESET_KIND,
    PRESET_FEE,
    TWO_INSPECTORS,
    FEE_IS_DUE,
    PLAN_IS_DUE,
    OFFER_IS_PLAN,
    IS_SEEN,
    KINDS_OF_BIDS,
    AREA_TOLD
};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static uint32_t text(gjr_writer *w, const char *string)
{
    return gjr_writer_add_text(w, gjb_text_of(string));
}

static void sample_code(gjr_writer *w, uint32_t type, uint32_t enumeration,
                        const gjr_instruction *code, size_t size)
{
    gjr_expression row = {.code_first = gjr_writer_instruction_count(w),
                          .code_count = (uint32_t)size,
                          .register_count = 4,
                          .type = type,
                          .enumeration = enumeration,
                          .fields_first = gjr_writer_field_ref_count(w)};
    for (size_t i = 0; i < size; i++) {
        gjr_writer_add_instruction(w, &code[i]);
        if (gjr_word_op(code[i].word) == GJR_OP_FIELD) { /* none is read twice */
            gjr_writer_add_field_ref(w, &(gjr_field_ref){code[i].immediate});
            row.fields_count++;
        }
    }
    gjr_writer_add_expression(w, &row);
}

#define CODE(type, enumeration, ...)                                                               \
    do {                                                                                           \
        const gjr_instruction code_[] = {__VA_ARGS__};                                             \
        sample_code(w, type, enumeration, code_, COUNT_OF(code_));                                 \
    } while (0)
#define I(op, d, a, b, immediate) gjr_instruction_of(GJR_OP_##op, d, a, b, immediate)

/* A merge of the last expression: the first so many registers are held. */
static void sample_merge(gjr_writer *w, uint32_t at, uint32_t held_count)
{
    static const gjr_held held[] = {
        {0, GJR_TYPE_BOOL, 0, GJR_NONE, GJR_NONE},
        {1, GJR_TYPE_LIST, GJR_TYPE_RECORD, GJR_NONE, BID},
        {2, GJR_TYPE_RECORD, 0, GJR_NONE, BID},
        {3, GJR_TYPE_LIST, GJR_TYPE_ENUM, 0, GJR_NONE},
    };
    gjr_merge row = {at, gjr_writer_held_count(w), held_count};
    for (uint32_t i = 0; i < held_count; i++) {
        gjr_writer_add_held(w, &held[i]);
    }
    gjr_writer_add_merge(w, &row);
    gjr_writer_get_expression(w, gjr_writer_expression_count(w) - 1)->merges_count++;
}

/* Each kind of each bid: a loop in a loop, and two ways through it. */
static void sample_loops(gjr_writer *w)
{
    CODE(GJR_TYPE_BOOL, GJR_NONE, I(CONSTANT, 0, 0, 0, TRUE), I(FIELD, 1, 0, 0, BIDS),
         I(EACH, 2, 1, 0, 15), I(FIELD, 3, 0, 0, KINDS), I(EACH, 4, 3, 0, 12),
         I(PART, 5, 2, 0, BID_SITE), I(PART, 5, 5, 0, SITE_KIND), I(EQUAL, 5, 5, 4, 0),
         I(JUMP_IF, 0, 5, 0, 10), I(JUMP, 0, 0, 0, 11), I(NOT, 0, 0, 0, 0), I(AGAIN, 0, 0, 0, 4),
         I(PART, 3, 2, 0, BID_PRICE), I(KNOWN, 3, 3, 0, 0), I(AGAIN, 0, 0, 0, 2),
         I(KNOWN, 1, 1, 0, 0), I(WHERE, 0, 0, 1, 0), I(RETURN, 0, 0, 0, 0));
    gjr_expression *row = gjr_writer_get_expression(w, KINDS_OF_BIDS);
    row->register_count = 6;
    row->loops = 2;
    sample_merge(w, 2, 2);
    sample_merge(w, 4, 4);
    sample_merge(w, 10, 4);
    sample_merge(w, 11, 4);
    sample_merge(w, 12, 3);
    sample_merge(w, 15, 2);
}

static void sample_expressions(gjr_writer *w)
{
    CODE(GJR_TYPE_BOOL, GJR_NONE, I(FIELD, 0, 0, 0, KIND), I(CONSTANT, 1, 0, 0, INITIAL),
         I(EQUAL, 2, 0, 1, 0), I(RETURN, 0, 2, 0, 0));
    CODE(GJR_TYPE_ENUM, 0, I(CONSTANT, 0, 0, 0, INITIAL), I(RETURN, 0, 0, 0, 0));
    CODE(GJR_TYPE_MONEY, GJR_NONE, I(CONSTANT, 0, 0, 0, ZERO), I(RETURN, 0, 0, 0, 0));
    CODE(GJR_TYPE_BOOL, GJR_NONE, I(FIELD, 0, 0, 0, INSPECTORS), I(COUNT, 1, 0, 0, 0),
         I(CONSTANT, 2, 0, 0, TWO), I(LESS_EQUAL, 3, 2, 1, 0), I(RETURN, 0, 3, 0, 0));
    CODE(GJR_TYPE_BOOL, GJR_NONE, I(CONSTANT, 0, 0, 0, ZERO), I(FIELD, 1, 0, 0, FEE),
         I(LESS, 2, 0, 1, 0), I(RETURN, 0, 2, 0, 0));
    CODE(GJR_TYPE_BOOL, GJR_NONE, I(FIELD, 0, 0, 0, AREA), I(CONSTANT, 1, 0, 0, HUNDRED),
         I(ELSE, 0, 0, 1, 0), I(TIMES, 1, 0, 0, ACCEPT), I(LESS, 0, 1, 0, 0),
         I(FIELD, 1, 0, 0, KIND), I(FIELD, 2, 0, 0, KINDS), I(IN, 1, 1, 2, 0), I(AND, 0, 0, 1, 0),
         I(RUNNING, 1, 0, 0, 1), I(OR, 0, 0, 1, 0), I(NOT, 0, 0, 0, 0), I(RETURN, 0, 0, 0, 0));
    CODE(GJR_TYPE_BOOL, GJR_NONE, I(FIELD, 0, 0, 0, OFFER), I(FIELD, 1, 0, 0, PLAN),
         I(EQUAL_RECORD, 2, 0, 1, BID), I(FIELD, 1, 0, 0, BIDS), I(IN_RECORD, 1, 0, 1, BID),
         I(OR, 2, 2, 1, 0), I(PART, 0, 0, 0, BID_SITE), I(PART, 0, 0, 0, SITE_AREA),
         I(CONSTANT, 1, 0, 0, HUNDRED), I(LESS, 0, 0, 1, 0), I(AND, 0, 0, 2, 0),
         I(RETURN, 0, 0, 0, 0));
    CODE(GJR_TYPE_BOOL, GJR_NONE, I(CONSTANT, 0, 0, 0, WORD), I(FIELD, 1, 0, 0, INSPECTORS),
         I(CALL, 2, 0, 0, SEEN), I(CALL, 0, 0, 0, PLACE), I(CONSTANT, 1, 0, 0, WORD),
         I(EQUAL_TEXT, 0, 0, 1, 0), I(OR, 2, 2, 0, 0), I(RETURN, 0, 2, 0, 0));
    sample_loops(w);
    CODE(GJR_TYPE_NUMBER, GJR_NONE, I(FIELD, 0, 0, 0, AREA), I(RETURN, 0, 0, 0, 0));
}

/* What the plan's being due hangs on is said to be a table of two rows and `else`. */
static void sample_decisions(gjr_writer *w)
{
    gjr_writer_add_decision(w, &(gjr_decision){text(w, "charged"), text(w, "收费"), 0, 2});
    gjr_writer_add_decision(w, &(gjr_decision){text(w, "free"), text(w, "免收"), 2, 1});
    gjr_writer_add_decision_row(
        w, &(gjr_decision_row){.cells = text(w, "> 100"), .value = text(w, "true")});
    for (int i = 0; i < 2; i++) {
        gjr_writer_add_decision_row(
            w, &(gjr_decision_row){.cells = GJR_NONE, .value = text(w, "false"), .basis_count = 1});
    }
    gjr_writer_add_landmark(w, &(gjr_landmark){5, 0, 0, 0});
    gjr_writer_add_landmark(w, &(gjr_landmark){8, 0, 1, 1});
    gjr_writer_add_landmark(w, &(gjr_landmark){8, 1, 1, 2});
    gjr_writer_get_expression(w, PLAN_IS_DUE)->landmarks_count = 3;
}

static void sample_natives(gjr_writer *w)
{
    gjr_native seen = {.name = text(w, "seen"),
                       .title = text(w, "已见"),
                       .library = text(w, "lib"),
                       .parameters_count = 2,
                       .type = GJR_TYPE_BOOL,
                       .enumeration = GJR_NONE};
    gjr_native place = {.name = text(w, "place"),
                        .title = text(w, "地点"),
                        .library = text(w, "lib"),
                        .parameters_first = 2,
                        .type = GJR_TYPE_TEXT,
                        .enumeration = GJR_NONE,
                        .flags = GJR_NATIVE_PURE};
    gjr_writer_add_native_parameter(
        w, &(gjr_native_parameter){GJR_TYPE_TEXT, GJR_TYPE_NOTHING, GJR_NONE});
    gjr_writer_add_native_parameter(
        w, &(gjr_native_parameter){GJR_TYPE_LIST, GJR_TYPE_OFFICER, GJR_NONE});
    gjr_writer_add_native(w, &seen);
    gjr_writer_add_native(w, &place);
}

/* How cases of two versions before go on. */
static void sample_migrations(gjr_writer *w)
{
    gjr_writer_add_stage_migration(w, &(gjr_stage_migration){text(w, "read"), 1});
    gjr_writer_add_stage_migration(w, &(gjr_stage_migration){text(w, "read again"), 1});
    gjr_writer_add_limit_migration(w,
                                   &(gjr_limit_migration){text(w, "long"), 0, GJR_MIGRATION_ANEW});
    gjr_writer_add_limit_migration(
        w, &(gjr_limit_migration){text(w, "short"), GJR_NONE, GJR_MIGRATION_ENDS});
    gjr_writer_add_migration(w, &(gjr_migration){1, 0, 2, 0, 2, 0});
    gjr_writer_add_migration(w, &(gjr_migration){2, 2, 0, 2, 0, 0});
}

static void sample_records(gjr_writer *w)
{
    const gjr_part parts[] = {
        {text(w, "area"), text(w, "面积"), GJR_TYPE_NUMBER, 0, GJR_NONE, GJR_NONE},
        {text(w, "kind"), text(w, "类型"), GJR_TYPE_ENUM, 0, 0, GJR_NONE},
        {text(w, "by"), text(w, "投标人"), GJR_TYPE_TEXT, 0, GJR_NONE, GJR_NONE},
        {text(w, "price"), text(w, "报价"), GJR_TYPE_MONEY, 0, GJR_NONE, GJR_NONE},
        {text(w, "site"), text(w, "场所"), GJR_TYPE_RECORD, 0, GJR_NONE, SITE},
    };
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        gjr_writer_add_part(w, &parts[i]);
    }
    gjr_writer_add_record_type(w, &(gjr_record_type){text(w, "site"), text(w, "场所"), 0, 2});
    gjr_writer_add_record_type(w, &(gjr_record_type){text(w, "bid"), text(w, "投标"), 2, 3});
}

static void sample_constant(gjr_writer *w, gjr_type type, int64_t value)
{
    gjr_constant row = {type, type == GJR_TYPE_ENUM ? 0 : GJR_NONE, (uint32_t)value,
                        (uint32_t)((uint64_t)value >> 32)};
    gjr_writer_add_constant(w, &row);
}

static void sample_constants(gjr_writer *w)
{
    sample_constant(w, GJR_TYPE_ENUM, 0);
    sample_constant(w, GJR_TYPE_MONEY, 0);
    sample_constant(w, GJR_TYPE_NUMBER, 20000);
    sample_constant(w, GJR_TYPE_BOOL, 1);
    sample_constant(w, GJR_TYPE_DATE, -1);
    sample_constant(w, GJR_TYPE_TIME, INT64_C(1700000000000));
    sample_constant(w, GJR_TYPE_TEXT, text(w, "加急"));
    sample_constant(w, GJR_TYPE_NUMBER, 1000000);
}

static void sample_field(gjr_writer *w, const char *name, gjr_type type, gjr_type element,
                         uint32_t preset)
{
    bool is_enum = type == GJR_TYPE_ENUM || element == GJR_TYPE_ENUM;
    bool is_record = type == GJR_TYPE_RECORD || element == GJR_TYPE_RECORD;
    gjr_field row = {.name = text(w, name),
                     .title = text(w, name),
                     .type = type,
                     .element = element,
                     .enumeration = is_enum ? 0 : GJR_NONE,
                     .record = is_record ? BID : GJR_NONE,
                     .preset = preset,
                     .judged_by = GJR_NONE};
    gjr_writer_add_field(w, &row);
}

static void sample_data(gjr_writer *w)
{
    gjr_writer_add_member(w, &(gjr_member){text(w, "initial"), text(w, "首次")});
    gjr_writer_add_member(w, &(gjr_member){text(w, "change"), text(w, "变更")});
    gjr_writer_add_enumeration(w, &(gjr_enumeration){0, 2});
    sample_field(w, "kind", GJR_TYPE_ENUM, 0, PRESET_KIND);
    sample_field(w, "area", GJR_TYPE_NUMBER, 0, GJR_NONE);
    sample_field(w, "inspectors", GJR_TYPE_LIST, GJR_TYPE_OFFICER, GJR_NONE);
    sample_field(w, "fee", GJR_TYPE_MONEY, 0, PRESET_FEE);
    sample_field(w, "deadline", GJR_TYPE_DATE, 0, GJR_NONE);
    sample_field(w, "kinds", GJR_TYPE_LIST, GJR_TYPE_ENUM, GJR_NONE);
    sample_field(w, "note", GJR_TYPE_TEXT, 0, GJR_NONE);
    sample_field(w, "plan", GJR_TYPE_RECORD, 0, GJR_NONE);
    sample_field(w, "offer", GJR_TYPE_RECORD, 0, GJR_NONE);
    sample_field(w, "bids", GJR_TYPE_LIST, GJR_TYPE_RECORD, GJR_NONE);
    sample_field(w, "sound", GJR_TYPE_BOOL, 0, GJR_NONE);
    gjr_writer_get_field(w, SOUND)->judged_by = PAY;
    sample_field(w, "amount", GJR_TYPE_MONEY, 0, GJR_NONE);
    sample_field(w, "payer", GJR_TYPE_TEXT, 0, GJR_NONE);
    sample_field(w, "first.note", GJR_TYPE_TEXT, 0, GJR_NONE);
    gjr_writer_get_field(w, FIRST_NOTE)->flags = GJR_FIELD_PARAMETER | GJR_FIELD_KEPT;
    gjr_writer_get_field(w, AREA)->flags = GJR_FIELD_OPTIONAL;
    gjr_writer_get_field(w, AMOUNT)->flags = GJR_FIELD_PARAMETER;
    gjr_writer_get_field(w, PAYER)->flags = GJR_FIELD_PARAMETER | GJR_FIELD_OPTIONAL;
    gjr_document form = {.name = text(w, "form"),
                         .title = text(w, "申请书"),
                         .need = GJR_NEED_REQUIRED,
                         .when = GJR_NONE};
    gjr_document plan = {.name = text(w, "plan"),
                         .title = text(w, "平面图"),
                         .need = GJR_NEED_WHEN,
                         .when = PLAN_IS_DUE,
                         .basis_count = 1};
    gjr_writer_add_document(w, &form);
    gjr_writer_add_document(w, &plan);
}

static void sample_people(gjr_writer *w)
{
    gjr_writer_add_department(w, &(gjr_department){text(w, "office"), text(w, "窗口")});
    gjr_writer_add_post(w, &(gjr_post){text(w, "clerk"), text(w, "受理岗"), 0, 0});
    gjr_writer_add_post(w, &(gjr_post){text(w, "chief"), text(w, "审批岗"), 0, 0});
    gjr_writer_add_post(
        w, &(gjr_post){text(w, "applicant"), text(w, "申请人"), GJR_NONE, GJR_POST_PARTY});
    gjr_writer_add_other_name(w, &(gjr_other_name){GJR_ALIAS_ACTION, ACCEPT, text(w, "收件")});
    gjr_writer_add_other_name(w, &(gjr_other_name){GJR_ALIAS_POST, 2, text(w, "citizen")});
    gjr_writer_add_other_name(w, &(gjr_other_name){GJR_ALIAS_DEPARTMENT, 0, text(w, "hall")});
}

static void sample_stages(gjr_writer *w)
{
    static const char *const actions[] = {"apply", "accept", "approve", "send_back",
                                          "pay",   "look",   "refuse"};
    static const char *const stages[] = {"application", "review",  "decision",
                                         "closed",      "looking", "looked"};
    static const uint32_t firsts[] = {0, 1, 2, 5, 5, 7}, counts[] = {1, 1, 3, 0, 2, 0};
    for (uint32_t i = 0; i < COUNT_OF(actions); i++) {
        gjr_action row = {.name = text(w, actions[i]),
                          .title = text(w, actions[i]),
                          .flags = i == PAY ? GJR_ACTION_FREE : GJR_ACTION_STAGED};
        if (i == ACCEPT || i == PAY) {
            row.parameters_first = i == ACCEPT ? AMOUNT : PAYER;
            row.parameters_count = 1;
        }
        gjr_writer_add_action(w, &row);
    }
    for (uint32_t i = 0; i < COUNT_OF(stages); i++) {
        gjr_stage row = {.name = text(w, stages[i]),
                         .title = text(w, stages[i]),
                         .region = i < LOOKING ? 0 : 1,
                         .flags = i == CLOSED || i == LOOKED ? GJR_STAGE_FINAL : 0,
                         .holder = i == APPLICATION ? 2 : GJR_NONE,
                         .transitions_first = firsts[i],
                         .transitions_count = counts[i],
                         .join = GJR_NONE};
        gjr_writer_add_stage(w, &row);
    }
    gjr_stage *review = gjr_writer_get_stage(w, REVIEW);
    review->branches_first = 1, review->branches_count = 1;
    review->need = 1, review->join = DECISION, review->exits_count = 3;
}

static void sample_way(gjr_writer *w, uint32_t transition)
{
    gjr_way row = {gjr_writer_step_count(w), transition == GJR_NONE ? 0 : 1};
    if (transition != GJR_NONE) {
        gjr_writer_add_step(w, &(gjr_step){transition});
    }
    gjr_writer_add_way(w, &row);
}

static void sample_regions(gjr_writer *w)
{
    gjr_region whole = {.name = text(w, "permit"),
                        .title = text(w, "许可"),
                        .parent = GJR_NONE,
                        .department = GJR_NONE,
                        .initial = APPLICATION,
                        .stages_count = 4};
    gjr_region fire = {.name = text(w, "fire"),
                       .title = text(w, "消防"),
                       .parent = REVIEW,
                       .department = 0,
                       .initial = LOOKING,
                       .stages_first = 4,
                       .stages_count = 2,
                       .goals_count = 2,
                       .ways_count = 4};
    gjr_writer_add_region(w, &whole);
    gjr_writer_add_region(w, &fire);
    gjr_writer_add_exit(w, &(gjr_exit){GJR_EXIT_ACT, DECISION, 1, GJR_NONE, 0});
    gjr_writer_add_exit(w, &(gjr_exit){GJR_EXIT_JOIN, DECISION, GJR_NONE, GJR_NONE, 0});
    gjr_writer_add_exit(w, &(gjr_exit){GJR_EXIT_LEAVE, CLOSED, 6, 1, 0});
    gjr_writer_add_goal(w, &(gjr_goal){1, GJR_NONE, GJR_NONE});
    gjr_writer_add_goal(w, &(gjr_goal){1, 6, GJR_NONE});
    sample_way(w, 5);
    sample_way(w, 6);
    sample_way(w, GJR_NONE);
    sample_way(w, GJR_NONE);
    for (uint32_t i = APPLY; i < ACTIONS; i++) {
        if (i != PAY) {
            gjr_writer_add_place(w, &(gjr_place){i < PAY ? 0 : 1, i});
        }
    }
}

static void sample_transition(gjr_writer *w, uint32_t stage, uint32_t action, uint32_t target,
                              uint32_t when)
{
    gjr_transition row = {.stage = stage,
                          .action = action,
                          .target = target,
                          .when = when,
                          .posts_first = gjr_writer_post_ref_count(w),
                          .basis_count = 1};
    gjr_writer_add_transition(w, &row);
}

static void sample_transitions(gjr_writer *w)
{
    sample_transition(w, APPLICATION, APPLY, REVIEW, GJR_NONE);
    sample_transition(w, REVIEW, ACCEPT, DECISION, GJR_NONE);
    sample_transition(w, DECISION, APPROVE, CLOSED, KIND_IS_INITIAL);
    sample_transition(w, DECISION, APPROVE, CLOSED, GJR_NONE);
    sample_transition(w, DECISION, SEND_BACK, REVIEW, GJR_NONE);
    sample_transition(w, LOOKING, LOOK, LOOKED, GJR_NONE);
    sample_transition(w, LOOKING, REFUSE, CLOSED, GJR_NONE);
    gjr_writer_add_post_ref(w, &(gjr_post_ref){0});
    gjr_writer_add_document_ref(w, &(gjr_document_ref){1});
    gjr_transition *accept = gjr_writer_get_transition(w, 1);
    accept->posts_first = 0, accept->posts_count = 1;
    accept->needs = GJR_NEEDS_LISTED, accept->documents_count = 1, accept->times_max = 1;
    accept->sets_count = 1;
    gjr_writer_add_assignment(w, &(gjr_assignment){FEE, PRESET_FEE});
    gjr_writer_get_transition(w, 2)->needs = GJR_NEEDS_ALL;
}

static void sample_cell(gjr_writer *w, gjr_meaning meaning, uint32_t first, uint32_t count)
{
    uint32_t action = gjr_writer_cell_count(w) % ACTIONS;
    bool fire = gjr_writer_cell_count(w) / ACTIONS >= LOOKING;
    gjr_cell row = {.meaning = meaning, .place = GJR_NONE};
    if (action != PAY && fire == (action > PAY)) {
        row.place = action < PAY ? action : action - 1;
    }
    if (meaning == GJR_MEANING_HERE) {
        row.here_first = first, row.here_count = count;
    } else if (meaning == GJR_MEANING_AHEAD) {
        row.recoveries_first = first, row.recoveries_count = count;
    }
    gjr_writer_add_cell(w, &row);
}

static void sample_recovery(gjr_writer *w, uint32_t stage, uint32_t first_step, uint32_t count)
{
    gjr_recovery row = {
        .stage = stage, .left_out_first = gjr_writer_step_count(w), .left_out_count = count};
    for (uint32_t i = 0; i < count; i++) {
        gjr_writer_add_step(w, &(gjr_step){first_step + i});
    }
    gjr_writer_add_recovery(w, &row);
}

static void sample_cells(gjr_writer *w)
{
    static const struct {
        gjr_meaning meaning;
        uint32_t first, count;
    } cells[] = {
        /* application */
        {GJR_MEANING_HERE, 0, 1},
        {GJR_MEANING_AHEAD, 0, 1},
        {GJR_MEANING_AHEAD, 1, 1},
        {GJR_MEANING_AHEAD, 2, 1},
        {GJR_MEANING_FREE, 0, 0},
        {GJR_MEANING_AHEAD, 3, 1},
        {GJR_MEANING_AHEAD, 4, 1},
        /* review */
        {GJR_MEANING_BEHIND, 0, 0},
        {GJR_MEANING_HERE, 1, 1},
        {GJR_MEANING_AHEAD, 5, 1},
        {GJR_MEANING_AHEAD, 6, 1},
        {GJR_MEANING_FREE, 0, 0},
        {GJR_MEANING_AHEAD, 7, 1},
        {GJR_MEANING_AHEAD, 8, 1},
        /* decision */
        {GJR_MEANING_BEHIND, 0, 0},
        {GJR_MEANING_AHEAD, 9, 1},
        {GJR_MEANING_HERE, 2, 2},
        {GJR_MEANING_HERE, 4, 1},
        {GJR_MEANING_FREE, 0, 0},
        {GJR_MEANING_AHEAD, 10, 1},
        {GJR_MEANING_AHEAD, 11, 1},
    };
    static const gjr_meaning looking[ACTIONS] = {
        GJR_MEANING_ELSEWHERE, GJR_MEANING_ELSEWHERE, GJR_MEANING_ELSEWHERE, GJR_MEANING_ELSEWHERE,
        GJR_MEANING_FREE,      GJR_MEANING_HERE,      GJR_MEANING_HERE};
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        sample_cell(w, cells[i].meaning, cells[i].first, cells[i].count);
    }
    for (int i = 0; i < ACTIONS; i++) {
        sample_cell(w, GJR_MEANING_CLOSED, 0, 0);
    }
    for (uint32_t i = 0; i < ACTIONS; i++) {
        sample_cell(w, looking[i], i, 1);
    }
    for (int i = 0; i < ACTIONS; i++) {
        sample_cell(w, GJR_MEANING_CLOSED, 0, 0);
    }
    sample_recovery(w, REVIEW, 0, 1);
    sample_recovery(w, DECISION, 0, 2);
    sample_recovery(w, DECISION, 0, 2);
    sample_recovery(w, LOOKING, 0, 1);
    sample_recovery(w, LOOKING, 0, 1);
    sample_recovery(w, DECISION, 1, 1);
    sample_recovery(w, DECISION, 1, 1);
    sample_recovery(w, LOOKING, 0, 0);
    sample_recovery(w, LOOKING, 0, 0);
    sample_recovery(w, REVIEW, 4, 1);
    sample_recovery(w, LOOKING, 4, 1);
    sample_recovery(w, LOOKING, 4, 1);
    for (uint32_t i = 0; i < 3; i++) {
        gjr_writer_add_stage_ref(w, &(gjr_stage_ref){REVIEW});
        gjr_writer_get_recovery(w, 9 + i)->returns_first = i;
        gjr_writer_get_recovery(w, 9 + i)->returns_count = 1;
    }
}

/* Subscriptions in the order of their owners. */
static void sample_limits(gjr_writer *w)
{
    static const gjr_trigger triggers[] = {
        {GJR_TRIGGER_ACTION, ACCEPT, GJR_NONE},
        {GJR_TRIGGER_ACTION, APPROVE, GJR_NONE},
        {GJR_TRIGGER_ENTERING, REVIEW, GJR_NONE},
        {GJR_TRIGGER_LEAVING, DECISION, GJR_NONE},
        {GJR_TRIGGER_FIELD, DEADLINE, GJR_NONE},
        /* of the stop, the extension and what begins the first limit anew */
        {GJR_TRIGGER_ENTERING, DECISION, GJR_NONE},
        {GJR_TRIGGER_LEAVING, REVIEW, GJR_NONE},
        {GJR_TRIGGER_ACTION, LOOK, GJR_NONE},
        {GJR_TRIGGER_ACTION, LOOK, GJR_NONE},
        {GJR_TRIGGER_ACTION, LOOK, GJR_NONE},
        {GJR_TRIGGER_ACTION, LOOK, GJR_NONE},
    };
    static const gjr_rung rungs[] = {
        {GJR_RUNG_OVERDUE, 0, GJR_UNIT_WORKDAYS, GJR_SEVERITY_YELLOW},
        {GJR_RUNG_BEFORE, 3, GJR_UNIT_WORKDAYS, GJR_SEVERITY_NOTICE},
        {GJR_RUNG_SHARE, 9000, GJR_UNIT_WORKDAYS, GJR_SEVERITY_YELLOW},
        {GJR_RUNG_OVERDUE, 5, GJR_UNIT_DAYS, GJR_SEVERITY_RED},
    };
    static const gjr_subscription subscriptions[] = {
        {GJR_SUBSCRIPTION_LIMIT_FROM, 0, 0},    {GJR_SUBSCRIPTION_RULE, 0, 0},
        {GJR_SUBSCRIPTION_LIMIT_TO, 0, 0},      {GJR_SUBSCRIPTION_RULE, 1, 0},
        {GJR_SUBSCRIPTION_LIMIT_FROM, 1, 0},    {GJR_SUBSCRIPTION_LIMIT_TO, 1, 0},
        {GJR_SUBSCRIPTION_LIMIT_TO, 1, 0},      {GJR_SUBSCRIPTION_STOP_FROM, 0, 0},
        {GJR_SUBSCRIPTION_STOP_TO, 0, 0},       {GJR_SUBSCRIPTION_STOP_NOTICE, 0, 0},
        {GJR_SUBSCRIPTION_EXTENSION_BY, 0, 0},  {GJR_SUBSCRIPTION_EXTENSION_NOTICE, 0, 0},
        {GJR_SUBSCRIPTION_LIMIT_RESTART, 0, 0},
    };
    for (size_t i = 0; i < COUNT_OF(triggers); i++) {
        gjr_writer_add_trigger(w, &triggers[i]);
    }
    for (size_t i = 0; i < COUNT_OF(rungs); i++) {
        gjr_writer_add_rung(w, &rungs[i]);
    }
    for (size_t i = 0; i < COUNT_OF(subscriptions); i++) {
        gjr_writer_add_subscription(w, &subscriptions[i]);
    }
    gjr_action *accept = gjr_writer_get_action(w, ACCEPT);
    accept->subscriptions_first = 0, accept->subscriptions_count = 2;
    gjr_action *approve = gjr_writer_get_action(w, APPROVE);
    approve->subscriptions_first = 2, approve->subscriptions_count = 1;
    gjr_action *pay = gjr_writer_get_action(w, PAY);
    pay->subscriptions_first = 3, pay->subscriptions_count = 1;
    gjr_stage *review = gjr_writer_get_stage(w, REVIEW);
    review->entering_first = 4, review->entering_count = 1;
    gjr_stage *decision = gjr_writer_get_stage(w, DECISION);
    decision->leaving_first = 5, decision->leaving_count = 1;
    gjr_field *deadline = gjr_writer_get_field(w, DEADLINE);
    deadline->subscriptions_first = 6, deadline->subscriptions_count = 1;
    decision->entering_first = 7, decision->entering_count = 1;
    review->leaving_first = 8, review->leaving_count = 1;
    gjr_action *look = gjr_writer_get_action(w, LOOK);
    look->subscriptions_first = 9, look->subscriptions_count = 4;
    gjr_limit decide = {.name = text(w, "decide"),
                        .title = text(w, "作出决定"),
                        .from_first = 0,
                        .from_count = 1,
                        .to_first = 1,
                        .to_count = 1,
                        .budget = 20,
                        .unit = GJR_UNIT_WORKDAYS,
                        .rungs_first = 0,
                        .rungs_count = 1,
                        .duty = 1,
                        .basis_count = 1,
                        .stops_count = 1,
                        .extensions_count = 1,
                        .restarts_first = 10,
                        .restarts_count = 1,
                        .by = GJR_NONE,
                        .keys_count = 3,
                        .open_max = 2};
    gjr_limit whole = {.name = text(w, "whole"),
                       .title = text(w, "全程"),
                       .from_first = 2,
                       .from_count = 1,
                       .to_first = 3,
                       .to_count = 2,
                       .unit = GJR_UNIT_DAYS,
                       .rungs_first = 1,
                       .rungs_count = 3,
                       .duty = GJR_NONE,
                       .by = GJR_NONE,
                       .effects_count = 1,
                       .lengths_count = 2};
    gjr_writer_add_length(w,
                          &(gjr_length){.when = KIND_IS_INITIAL, .amount = 56, .value = GJR_NONE});
    gjr_writer_add_length(w, &(gjr_length){.when = GJR_NONE, .value = AREA_TOLD, .basis_count = 1});
    gjr_stop stop = {.from_first = 5,
                     .from_count = 1,
                     .to_first = 6,
                     .to_count = 1,
                     .when = KIND_IS_INITIAL,
                     .granted = 30,
                     .granted_unit = GJR_UNIT_DAYS,
                     .notices_first = 7,
                     .notices_count = 1,
                     .notice_within = 2,
                     .notice_unit = GJR_UNIT_WORKDAYS,
                     .basis_count = 1};
    gjr_extension extension = {.amount = 10,
                               .by_first = 8,
                               .by_count = 1,
                               .when = GJR_NONE,
                               .times_max = 1,
                               .notices_first = 9,
                               .notices_count = 1};
    gjr_writer_add_key_field(w, &(gjr_key_field){ACCEPT, NOTE});
    gjr_writer_add_key_field(w, &(gjr_key_field){APPROVE, NOTE});
    gjr_writer_add_key_field(w, &(gjr_key_field){LOOK, NOTE});
    gjr_effect effect = {.stage = GJR_NONE,
                         .target = CLOSED,
                         .action = APPROVE,
                         .when = KIND_IS_INITIAL,
                         .flags = GJR_EFFECT_AS_OF_START,
                         .sets_first = gjr_writer_assignment_count(w),
                         .sets_count = 1,
                         .basis_count = 1};
    gjr_writer_add_assignment(w, &(gjr_assignment){FEE, PRESET_FEE});
    gjr_writer_add_effect(w, &effect);
    gjr_writer_add_stop(w, &stop);
    gjr_writer_add_extension(w, &extension);
    gjr_writer_add_limit(w, &decide);
    gjr_writer_add_limit(w, &whole);
}

static void sample_rules(gjr_writer *w)
{
    gjr_rule two = {.name = text(w, "two"),
                    .title = text(w, "两人核查"),
                    .kind = GJR_RULE_REQUIRE,
                    .condition = TWO_INSPECTORS,
                    .counted = GJR_NONE,
                    .duty = GJR_NONE,
                    .exceptions_count = 1,
                    .severity = GJR_SEVERITY_RED,
                    .basis_count = 1};
    gjr_rule no_fee = {.name = text(w, "no_fee"),
                       .title = text(w, "不得收费"),
                       .kind = GJR_RULE_NEVER,
                       .condition = FEE_IS_DUE,
                       .counted = GJR_NONE,
                       .duty = GJR_NONE,
                       .exceptions_first = 1,
                       .severity = GJR_SEVERITY_YELLOW};
    gjr_rule looked = {.name = text(w, "looked"),
                       .title = text(w, "查看"),
                       .kind = GJR_RULE_AT_LEAST,
                       .condition = GJR_NONE,
                       .counted = LOOK,
                       .times = 1,
                       .duty = GJR_NONE,
                       .counted_in = 1,
                       .region = 1,
                       .exceptions_first = 1,
                       .exceptions_count = 1};
    gjr_writer_add_exception(w, &(gjr_exception){KIND_IS_INITIAL, 0, 1, 0});
    gjr_writer_add_exception(w, &(gjr_exception){IS_SEEN, 0, 0, 0});
    gjr_writer_add_power(w, &(gjr_power){GJR_POWER_MAY, 1, KIND_IS_INITIAL, 0, 0, 1, 0});
    gjr_writer_add_power(w, &(gjr_power){GJR_POWER_NEVER, 0, GJR_NONE, 0, 0, 0, 0});
    gjr_writer_get_action(w, APPROVE)->powers_count = 1;
    gjr_writer_get_action(w, PAY)->powers_first = 1;
    gjr_writer_get_action(w, PAY)->powers_count = 1;
    gjr_writer_add_rule(w, &two);
    gjr_writer_add_rule(w, &no_fee);
    gjr_writer_add_rule(w, &looked);
}

/* Rules 3 and 4. */
static void sample_relations(gjr_writer *w)
{
    static const gjr_role roles[] = {
        {GJR_ROLE_FIRST, APPLY, KIND_IS_INITIAL, GJR_NONE},
        {GJR_ROLE_SECOND, REFUSE, GJR_NONE, GJR_NONE},
        {GJR_ROLE_FIRST, SEND_BACK, GJR_NONE, GJR_NONE},
        {GJR_ROLE_BARRED, REFUSE, GJR_NONE, GJR_NONE},
    };
    static const struct {
        uint32_t action, role;
    } heard[] = {{APPLY, 0}, {SEND_BACK, 2}, {REFUSE, 1}, {REFUSE, 3}};
    gjr_rule told = {.name = text(w, "told"),
                     .title = text(w, "告知"),
                     .kind = GJR_RULE_FOLLOWED,
                     .condition = GJR_NONE,
                     .counted = GJR_NONE,
                     .duty = GJR_NONE,
                     .exceptions_first = 2};
    gjr_rule barred = told;
    barred.name = text(w, "barred");
    barred.title = text(w, "不得拒绝");
    barred.kind = GJR_RULE_AFTER_NEVER;
    gjr_relation follows = {.rule = 3,
                            .roles_count = 2,
                            .length = 5,
                            .unit = GJR_UNIT_WORKDAYS,
                            .held_max = 4,
                            .keeps_count = 1};
    gjr_relation bars = {.rule = 4,
                         .roles_first = 2,
                         .roles_count = 2,
                         .held_max = 2,
                         .keys_first = gjr_writer_key_field_count(w),
                         .keys_count = 1};
    for (size_t i = 0; i < COUNT_OF(roles); i++) {
        gjr_writer_add_role(w, &roles[i]);
    }
    for (size_t i = 0; i < COUNT_OF(heard); i++) {
        gjr_action *action = gjr_writer_get_action(w, heard[i].action);
        if (action->subscriptions_count == 0) {
            action->subscriptions_first = gjr_writer_subscription_count(w);
        }
        action->subscriptions_count++;
        gjr_writer_add_subscription(w,
                                    &(gjr_subscription){GJR_SUBSCRIPTION_ROLE, heard[i].role, 0});
    }
    gjr_writer_add_key_field(w, &(gjr_key_field){SEND_BACK, NOTE});
    gjr_writer_add_rule(w, &told);
    gjr_writer_add_rule(w, &barred);
    gjr_writer_add_keep(w, &(gjr_keep){NOTE, FIRST_NOTE});
    gjr_writer_add_relation(w, &follows);
    gjr_writer_add_relation(w, &bars);
}

static inline void sample_write(gjr_writer *w)
{
    gjr_procedure procedure = {.name = text(w, "permit"),
                               .title = text(w, "许可"),
                               .version = 3,
                               .effective_day = 19692,
                               .basis_count = 1};
    gjr_writer_add_calendar_name(w, &(gjr_calendar_name){text(w, "cn")});
    gjr_writer_add_procedure(w, &procedure);
    gjr_citation law = {text(w, "licensing"), text(w, "行政许可法"), text(w, "42.1"), GJR_NONE};
    gjr_writer_add_citation(w, &law);
    gjr_writer_add_position(w, &(gjr_position){text(w, "permit.gj"), 3, 1});
    sample_data(w);
    sample_people(w);
    sample_stages(w);
    sample_transitions(w);
    sample_cells(w);
    sample_regions(w);
    sample_limits(w);
    sample_rules(w);
    sample_relations(w);
    sample_constants(w);
    sample_expressions(w);
    sample_migrations(w);
    sample_records(w);
    sample_natives(w);
    sample_decisions(w);
}

/* The sample, and it again under another name: a file of two units. */
static inline gj_status sample_write_two(const char *name, const char *title, gjb_buffer *file)
{
    gjr_bundle bundle = gjr_bundle_begin(file, 2);
    gj_status status = GJ_OK;
    for (int i = 0; i < 2 && status == GJ_OK; i++) {
        gjr_writer w;
        gjr_writer_init(&w, NULL);
        sample_write(&w);
        if (i == 1) {
            gjr_writer_get_procedure(&w, 0)->name = text(&w, name);
            gjr_writer_get_procedure(&w, 0)->title = text(&w, title);
        }
        status = gjr_bundle_add(&bundle, &w);
        gjr_writer_deinit(&w);
    }
    return status == GJ_OK ? gjr_bundle_finish(&bundle) : status;
}

/* ---- files of one unit ------------------------------------------------------------------ */

static inline gjr_unit_entry *sample_unit(gjb_buffer *file)
{
    return (gjr_unit_entry *)(void *)(file->bytes + sizeof(gjr_header));
}

enum { SAMPLE_UNIT = sizeof(gjr_header) + sizeof(gjr_unit_entry) }; /* where it begins */

static inline gjr_section *sample_section(gjb_buffer *file, uint32_t kind)
{
    return (gjr_section *)(void *)(file->bytes + SAMPLE_UNIT) + (kind - 1);
}

/* A section's bytes. */
static inline char *sample_bytes(gjb_buffer *file, uint32_t kind)
{
    return file->bytes + SAMPLE_UNIT + sample_section(file, kind)->offset;
}

/* Makes the image's identity right again, after the unit table was changed. */
static inline void sample_refresh_file(gjb_buffer *file)
{
    gjr_header *header = (gjr_header *)(void *)file->bytes;
    gjb_hash_of(sample_unit(file), sizeof(gjr_unit_entry), header->identity);
}

/* And the unit's, after the section table was. */
static inline void sample_refresh_unit(gjb_buffer *file)
{
    gjb_hash_of(sample_section(file, 1), GJR_SECTION_COUNT * sizeof(gjr_section),
                sample_unit(file)->identity);
    sample_refresh_file(file);
}

/* And a section's hash, after its bytes were. */
static inline void sample_refresh(gjb_buffer *file, uint32_t kind)
{
    gjr_section *section = sample_section(file, kind);
    gjb_hash_of(sample_bytes(file, kind), (size_t)section->size, section->digest);
    sample_refresh_unit(file);
}

/* ---- running whatever was loaded -------------------------------------------------------- */

static bool sample_runs(void *payload, uint32_t limit, gj_day *due)
{
    (void)payload;
    *due = limit % 2 == 0 ? 20000 : GJ_NO_DAY;
    return limit % 3 != 1;
}

static gj_day sample_workday(void *payload, gj_day day, int32_t n)
{
    (void)payload;
    return n % 7 == 3 ? GJ_NO_DAY : day + n;
}

static int64_t sample_clock(void *payload, gj_instant instant)
{
    (void)payload;
    return (instant % 86400000 + 86400000) % 86400000;
}

/* A value of the shape, made up from the seed; every third is not known. */
static gjr_value sample_value(const gjr_rows *rows, gjr_shape shape, uint32_t seed,
                              gjb_arena *arena)
{
    gjr_value value = {.known = seed % 3 != 0};
    uint32_t count = 2;
    const gjr_part *parts = NULL;
    if (gjr_type_is_textual(shape.type)) {
        value.as.text = gjb_text_of(seed % 2 == 0 ? "u1" : "加急");
        return value;
    }
    if (shape.type == GJR_TYPE_RECORD) {
        parts = gjr_shape_parts(rows, shape, &count);
    } else if (shape.type != GJR_TYPE_LIST) {
        uint32_t members =
            shape.type == GJR_TYPE_ENUM ? rows->enumerations[shape.enumeration].members_count : 0;
        value.known = value.known && (shape.type != GJR_TYPE_ENUM || members > 0);
        value.as.number = shape.type == GJR_TYPE_BOOL   ? seed % 2
                          : shape.type == GJR_TYPE_ENUM ? seed % (members + !members)
                                                        : (int64_t)seed * 10000;
        return value;
    }
    gjr_value *items = gjb_arena_make(arena, count, sizeof *items);
    for (uint32_t i = 0; items != NULL && i < count; i++) {
        items[i] =
            sample_value(rows, parts != NULL ? GJR_SHAPE_OF(&parts[i]) : gjr_shape_element(shape),
                         seed + i + 1, arena);
    }
    value.known = items != NULL;
    value.as.list.items = items;
    value.as.list.count = count;
    return value;
}

/* What it likes, of the type that it says; the payload is the rows. */
static gjr_value sample_call(void *payload, uint32_t native, const gjr_value *arguments)
{
    const gjr_rows *rows = payload;
    const gjr_native *row = &rows->natives[native];
    uint32_t seed = row->parameters_count > 0 ? arguments[0].known + 1u : 1;
    return row->type == GJR_TYPE_LIST ? (gjr_value){.known = false}
                                      : sample_value(rows, GJR_SHAPE_PLAIN(row), seed, NULL);
}

static bool sample_swallow(void *payload, const char *bytes, size_t size)
{
    *(size_t *)payload += size + (size_t)(unsigned char)bytes[size - 1];
    return true;
}

static inline uint32_t sample_officers(void *payload, uint32_t action)
{
    (void)payload;
    return action % 3 == 0 ? GJR_OFFICERS_UNKNOWN : action;
}

static inline void sample_run_rows(const gjr_rows *rows)
{
    gjb_arena arena;
    gjb_arena_init(&arena, NULL);
    gjr_value *fields = gjb_arena_make(&arena, rows->field_count, sizeof *fields);
    gjr_done *done = gjb_arena_make(&arena, rows->action_count, sizeof *done);
    for (uint32_t i = 0; i < rows->field_count; i++) {
        fields[i] = sample_value(rows, GJR_SHAPE_OF(&rows->fields[i]), i + 1, &arena);
    }
    gjr_facts facts = {.fields = fields,
                       .actions = done,
                       .at = 1,
                       .today = 20000,
                       .limit_runs = sample_runs,
                       .officers = sample_officers,
                       .workday_add = sample_workday,
                       .payload = (void *)(uintptr_t)rows,
                       .clock = sample_clock,
                       .call = sample_call};
    for (uint32_t i = 0; i < rows->expression_count; i++) {
        gjr_vm_run(rows, i, &facts);
    }
    gjb_arena_deinit(&arena);
}

/* Dumps it and runs every expression on made-up facts: what a verified image must survive. */
static inline void sample_run(const gj_image *image)
{
    size_t sum = 0;
    for (size_t i = 0; i < gj_image_procedure_count(image); i++) {
        sample_run_rows(gjr_image_rows(image, i));
    }
    gj_image_dump(image, &(gj_writer){&sum, sample_swallow});
}

#endif
