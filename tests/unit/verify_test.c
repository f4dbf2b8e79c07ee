/* SPDX-License-Identifier: Apache-2.0
 *
 * Every claim of claims.def has a rejection: the sample image is broken in one way, its hashes are
 * made right again, and load must name that very claim. The last test misses none. */
#include "unit/sample_image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* B(CLAIM, which, statement on the writer `w`). */
// clang-format off
#define GET(name, index) gjr_writer_get_##name(w, index)
#define ADD_CALENDAR(name)                                                                         \
    gjr_writer_add_calendar_name(                                                                  \
        w, &(gjr_calendar_name){gjr_writer_add_text(w, gjb_text_of(name))})
/* The first limit open, with such a minimum; its rung goes to the second. */
#define OPEN_FIRST(minimum)                                                                        \
    GET(limit, 0)->flags = GJR_LIMIT_OPEN;                                                         \
    GET(limit, 0)->budget = 0;                                                                     \
    GET(limit, 0)->least = (minimum);                                                              \
    GET(limit, 0)->rungs_count = 0;                                                                \
    GET(limit, 1)->rungs_first = 0;                                                                \
    GET(limit, 1)->rungs_count = 4

#define BREAKS                                                                                     \
    B(STRING_OFFSETS, falls, ((uint32_t *)(void *)w->string_ends.bytes)[3] = 0)                    \
    B(STRING_OFFSETS, short_of_end, w->string_bytes.size -= 1)                                     \
    B(STRING_UTF8, invalid, w->string_bytes.bytes[0] = (char)0xff)                                 \
    B(STRING_UTF8, nul, w->string_bytes.bytes[0] = 0)                                              \
    B(STRING_INDEX, plain, GET(procedure, 0)->title = 10000)                                       \
    B(STRING_INDEX, not_none, GET(procedure, 0)->title = GJR_NONE)                                 \
    B(STRING_INDEX, or_none, GET(citation, 0)->heading = 10000)                                    \
    B(ROW_INDEX, plain, GET(region, 0)->initial = 6)                                               \
    B(ROW_INDEX, or_none, GET(post, 0)->department = 1)                                            \
    B(ROW_RANGE, count, GET(limit, 1)->to_count = 9)                                               \
    B(ROW_RANGE, wraps, GET(enumeration, 0)->members_count = UINT32_MAX)                           \
    B(ROW_RANGE, empty_outside, GET(stage, 0)->entering_first = 18)                                \
    B(CHOICE, plain, GET(limit, 0)->unit = GJR_UNIT_COUNT)                                         \
    B(FLAGS, plain, GET(stage, 0)->flags = 4)                                                      \
    B(OWNED_ONCE, step, GET(recovery, 1)->left_out_first = 0)                                      \
    B(OWNED_ONCE, code, GET(expression, 1)->code_first = 0)                                        \
    B(OWNED, member, gjr_writer_add_member(w, &(gjr_member){0, 0}))                                \
    B(OWNED, code, GET(expression, 0)->code_count -= 1)                                            \
    B(FIELD_TYPE, nothing, GET(field, NOTE)->type = GJR_TYPE_NOTHING)                              \
    B(FIELD_TYPE, list_of_nothing, GET(field, INSPECTORS)->element = GJR_TYPE_NOTHING)             \
    B(FIELD_TYPE, list_of_lists, GET(field, INSPECTORS)->element = GJR_TYPE_LIST)                  \
    B(FIELD_TYPE, element_of_scalar, GET(field, NOTE)->element = GJR_TYPE_TEXT)                    \
    B(ENUMERATION, missing, GET(field, KIND)->enumeration = GJR_NONE)                              \
    B(ENUMERATION, missing_of_list, GET(field, KINDS)->enumeration = GJR_NONE)                     \
    B(ENUMERATION, too_much, GET(field, NOTE)->enumeration = 0)                                    \
    B(ENUMERATION, of_constant, GET(constant, INITIAL)->enumeration = GJR_NONE)                    \
    B(ENUMERATION, of_expression, GET(expression, PRESET_KIND)->enumeration = GJR_NONE)            \
    B(CONSTANT_TYPE, nothing, GET(constant, TWO)->type = GJR_TYPE_NOTHING)                         \
    B(CONSTANT_TYPE, list, GET(constant, TWO)->type = GJR_TYPE_LIST)                               \
    B(CONSTANT_VALUE, bool, GET(constant, TRUE)->low = 2)                                          \
    B(CONSTANT_VALUE, ordinal, GET(constant, INITIAL)->low = 2)                                    \
    B(CONSTANT_VALUE, text, GET(constant, WORD)->low = 10000)                                      \
    B(CONSTANT_VALUE, text_high, GET(constant, WORD)->high = 1)                                    \
    B(CONSTANT_VALUE, date, GET(constant, DAY)->low = 0)                                           \
    B(CONSTANT_VALUE, instant, GET(constant, INSTANT)->high = 0x7fffffff)                          \
    B(REGISTER_COUNT, none, GET(expression, 0)->register_count = 0)                                \
    B(REGISTER_COUNT, many, GET(expression, 0)->register_count = 256)                              \
    B(CODE, none, gjr_expression row = *GET(expression, 0);                                        \
      row.code_count = 0; row.fields_count = 0; gjr_writer_add_expression(w, &row))               \
    B(CODE, endless, gjr_expression row = *GET(expression, 0);                                     \
      row.code_first = gjr_writer_instruction_count(w); row.code_count = GJR_CODE_MAX + 1;         \
      for (int i = 0; i <= GJR_CODE_MAX; i++) {                                                    \
          gjr_writer_add_instruction(w, &(gjr_instruction){GJR_OP_TODAY, 0});                      \
      } row.fields_count = 0; gjr_writer_add_expression(w, &row))                                  \
    B(OPCODE, plain, GET(instruction, 0)->word = GJR_OPCODE_COUNT)                                 \
    B(RETURN_LAST, early, *GET(instruction, 2) = I(RETURN, 0, 0, 0, 0))                            \
    B(RETURN_LAST, missing, *GET(instruction, 3) = I(NOT, 0, 2, 0, 0))                             \
    B(UNUSED_ZERO, a, *GET(instruction, 0) = I(FIELD, 0, 1, 0, KIND))                              \
    B(UNUSED_ZERO, b, *GET(instruction, 3) = I(RETURN, 0, 2, 1, 0))                                \
    B(UNUSED_ZERO, d, *GET(instruction, 3) = I(RETURN, 1, 2, 0, 0))                                \
    B(UNUSED_ZERO, immediate, GET(instruction, 3)->immediate = 1)                                  \
    B(REGISTER, d, *GET(instruction, 0) = I(FIELD, 4, 0, 0, KIND))                                 \
    B(REGISTER, a, *GET(instruction, 2) = I(EQUAL, 2, 4, 1, 0))                                    \
    B(REGISTER, b, *GET(instruction, 2) = I(EQUAL, 2, 0, 4, 0))                                    \
    B(IMMEDIATE, field, GET(instruction, 0)->immediate = 70)                                       \
    B(IMMEDIATE, constant, GET(instruction, 1)->immediate = 8)                                     \
    B(IMMEDIATE, action, *GET(instruction, 0) = I(DONE, 0, 0, 0, 7))                               \
    B(IMMEDIATE, limit, *GET(instruction, 0) = I(DUE, 0, 0, 0, 2))                                 \
    B(REGISTER_WRITTEN, a, *GET(instruction, 2) = I(EQUAL, 2, 3, 1, 0))                            \
    B(REGISTER_WRITTEN, b, *GET(instruction, 2) = I(EQUAL, 2, 0, 3, 0))                            \
    B(REGISTER_WRITTEN, not_before, *GET(instruction, 3) = I(RETURN, 0, 3, 0, 0))                  \
    B(OPERAND_TYPE, a, *GET(instruction, 2) = I(LESS, 2, 0, 1, 0))                                 \
    B(OPERAND_TYPE, not_same, GET(instruction, 1)->immediate = TWO)                                \
    B(OPERAND_TYPE, text_as_number, GET(instruction, 0)->immediate = NOTE)                         \
    B(OPERAND_TYPE, not_in_list_of_a, GET(instruction, 23)->immediate = INSPECTORS;                \
      GET(field_ref, 5)->field = INSPECTORS)                                                       \
    B(OPERAND_TYPE, other_enumeration, gjr_writer_add_member(w, &(gjr_member){0, 0});              \
      gjr_writer_add_enumeration(w, &(gjr_enumeration){2, 1});                                     \
      GET(constant, INITIAL)->enumeration = 1)                                                     \
    B(RESULT_TYPE, other, GET(expression, 0)->type = GJR_TYPE_NUMBER)                              \
    B(RESULT_TYPE, list, *GET(instruction, 0) = I(FIELD, 2, 0, 0, INSPECTORS);                     \
      *GET(instruction, 2) = I(COUNT, 0, 2, 0, 0); GET(field_ref, 0)->field = INSPECTORS;          \
      GET(expression, 0)->type = GJR_TYPE_LIST)                                                    \
    B(EXPRESSION_FIELDS, other, GET(field_ref, 0)->field = AREA)                                   \
    B(EXPRESSION_FIELDS, order, GET(field_ref, 4)->field = KINDS;                                  \
      GET(field_ref, 5)->field = KIND)                                                             \
    B(EXPRESSION_FIELDS, too_many, gjr_writer_add_field_ref(w, &(gjr_field_ref){NOTE});            \
      GET(expression, AREA_TOLD)->fields_count += 1)                                                 \
    B(ONE_PROCEDURE, none, w->tables[GJR_TABLE_procedure].size = 0)                                \
    B(ONE_PROCEDURE, two, gjr_writer_add_procedure(w, &(gjr_procedure){0}))                        \
    B(CALENDAR_NAMED, workdays, GET(procedure, 0)->calendar = GJR_NONE)                            \
    B(CALENDAR_NAMED, rolls, GET(procedure, 0)->calendar = GJR_NONE;                               \
      GET(limit, 0)->unit = GJR_UNIT_HOURS; GET(limit, 1)->flags = GJR_LIMIT_ROLLS)                \
    B(PRESET, type, GET(field, FEE)->preset = PRESET_KIND)                                         \
    B(PRESET, reads, GET(field, NOTE)->type = GJR_TYPE_BOOL;                                       \
      GET(field, NOTE)->preset = KIND_IS_INITIAL)                                                  \
    B(CONDITION, transition, GET(transition, 2)->when = PRESET_FEE)                                \
    B(CONDITION, document, GET(document, 1)->when = PRESET_FEE)                                    \
    B(CONDITION, trigger, GET(trigger, 0)->when = PRESET_FEE)                                      \
    B(CONDITION, power, GET(power, 0)->when = PRESET_FEE)                                          \
    B(CONDITION, exception, GET(exception, 0)->condition = PRESET_FEE)                             \
    B(CONDITION, rule, GET(rule, 0)->condition = PRESET_FEE)                                       \
    B(ALIAS_TARGET, action, GET(other_name, 0)->target = 7)                                        \
    B(ALIAS_TARGET, post, GET(other_name, 1)->target = 3)                                          \
    B(ALIAS_TARGET, department, GET(other_name, 2)->target = 1)                                    \
    B(NEED_WHEN, missing, GET(document, 1)->when = GJR_NONE)                                       \
    B(NEED_WHEN, too_much, GET(document, 0)->when = KIND_IS_INITIAL)                               \
    B(NEEDS_LISTED, missing, GET(transition, 0)->needs = GJR_NEEDS_LISTED)                         \
    B(NEEDS_LISTED, too_much, GET(transition, 1)->needs = GJR_NEEDS_ALL)                           \
    B(ASSIGNMENT, type, GET(assignment, 0)->field = AREA)                                          \
    B(EFFECT_SETS, clause, GET(assignment, 0)->field = AMOUNT)                                     \
    B(PARAMETERS, not_last, GET(field, NOTE)->flags = GJR_FIELD_PARAMETER)                         \
    B(PARAMETERS, kept, GET(field, AMOUNT)->flags |= GJR_FIELD_KEPT)                               \
    B(PARAMETERS, not_kept, GET(field, FIRST_NOTE)->flags = GJR_FIELD_PARAMETER)                   \
    B(PARAMETERS, left_out, GET(action, PAY)->parameters_count = 0)                                \
    B(PARAMETERS, twice, GET(action, PAY)->parameters_first = AMOUNT)                              \
    B(PARAMETERS, not_marked, GET(action, ACCEPT)->parameters_first = NOTE)                        \
    B(PARAMETER_PLAIN, preset, GET(field, AMOUNT)->preset = PRESET_FEE)                            \
    B(PARAMETER_PLAIN, subscription, GET(field, PAYER)->type = GJR_TYPE_DATE;                      \
      GET(field, PAYER)->subscriptions_first = GET(field, DEADLINE)->subscriptions_first;          \
      GET(field, PAYER)->subscriptions_count = GET(field, DEADLINE)->subscriptions_count;          \
      GET(field, DEADLINE)->subscriptions_count = 0)                                               \
    B(PARAMETER_COUNT, many, for (int i = 0; i < GJR_PARAMETERS_MAX; i++) {                        \
          gjr_field more = *GET(field, PAYER);                                                     \
          gjr_writer_add_field(w, &more);                                                          \
      } GET(action, PAY)->parameters_count += GJR_PARAMETERS_MAX)                                  \
    B(ASSIGNMENT, enumeration, gjr_writer_add_member(w, &(gjr_member){0, 0});                      \
      gjr_writer_add_enumeration(w, &(gjr_enumeration){2, 1});                                     \
      GET(field, NOTE)->type = GJR_TYPE_ENUM; GET(field, NOTE)->enumeration = 1;                   \
      GET(assignment, 0)->field = NOTE;                                                            \
      GET(assignment, 0)->value = PRESET_KIND)                                                     \
    B(JUDGEMENT, type, GET(field, SOUND)->type = GJR_TYPE_NUMBER)                                  \
    B(JUDGEMENT, preset, GET(field, FEE)->judged_by = PAY)                                         \
    B(JUDGEMENT, parameter, GET(field, AMOUNT)->judged_by = PAY)                                   \
    B(JUDGEMENT, set, GET(field, SOUND)->judged_by = GJR_NONE;                                     \
      GET(field, NOTE)->type = GJR_TYPE_BOOL; GET(field, NOTE)->judged_by = PAY;                   \
      GET(assignment, 0)->field = NOTE; GET(assignment, 0)->value = KIND_IS_INITIAL)               \
    B(RULE_CONDITION, missing, GET(rule, 0)->condition = GJR_NONE)                                 \
    B(RULE_COUNTS, no_action, GET(rule, 2)->counted = GJR_NONE)                                    \
    B(RULE_COUNTS, no_times, GET(rule, 2)->times = 0)                                              \
    B(RULE_COUNTS, condition, GET(rule, 2)->condition = TWO_INSPECTORS)                            \
    B(RULE_COUNTS, too_much, GET(rule, 1)->counted = PAY; GET(rule, 1)->times = 1)                 \
    B(RULE_COUNTS, each, GET(rule, 4)->kind = GJR_RULE_AT_MOST_EACH)                                   \
    B(RULE_COUNTS, times_alone, GET(rule, 0)->times = 1)                                           \
    B(RULE_DUTY, nobody, GET(rule, 2)->kind = GJR_RULE_DONE_AT_END)                                \
    B(RULE_DUTY, somebody, GET(rule, 2)->duty = 0)                                                 \
    B(LIMIT_BUDGET, none, GET(limit, 0)->budget = 0)                                               \
    B(LIMIT_BUDGET, endless, GET(limit, 0)->budget = GJR_BUDGET_MAX + 1)                           \
    B(LIMIT_RUNGS, none, GET(limit, 0)->rungs_count = 0;                                           \
      GET(limit, 1)->rungs_first = 0; GET(limit, 1)->rungs_count = 4)                               \
    B(LIMIT_RUNGS, never_late, GET(rung, 0)->kind = GJR_RUNG_SHARE; GET(rung, 0)->amount = 1)       \
    B(LIMIT_RUNGS, many,                                                                            \
      for (int i = 0; i < GJR_RUNGS_MAX; i++) {                                                     \
          gjr_writer_add_rung(w, &(gjr_rung){.kind = GJR_RUNG_OVERDUE});                            \
      } GET(limit, 1)->rungs_count += GJR_RUNGS_MAX)                                                \
    B(LIMIT_RUNGS, open, GET(limit, 0)->flags = GJR_LIMIT_OPEN; GET(limit, 0)->budget = 0)           \
    B(LIMIT_LEAST, endless, GET(limit, 0)->least = GJR_BUDGET_MAX + 1)                              \
    B(LIMIT_LEAST, open, OPEN_FIRST(0))                                                             \
    B(LIMIT_BY, type, GET(limit, 0)->by = FEE; GET(limit, 0)->budget = 0)                           \
    B(LIMIT_BY, parameter, GET(field, AMOUNT)->type = GJR_TYPE_DATE;                                \
      GET(limit, 0)->by = AMOUNT; GET(limit, 0)->budget = 0)                                        \
    B(LIMIT_BY, share, GET(limit, 1)->by = DEADLINE; GET(limit, 1)->budget = 0)                     \
    B(LIMIT_BY, open, OPEN_FIRST(3); GET(limit, 0)->by = DEADLINE)                                  \
    B(LIMIT_BUDGET, by, GET(limit, 0)->by = DEADLINE)                                               \
    B(LIMIT_BACKWARD, neither, OPEN_FIRST(3);                                                       \
      GET(limit, 0)->flags = GJR_LIMIT_BACKWARD; GET(limit, 0)->budget = 5)                         \
    B(LIMIT_BACKWARD, rolls, OPEN_FIRST(3);                                                         \
      GET(limit, 0)->flags |= GJR_LIMIT_BACKWARD | GJR_LIMIT_ROLLS)                                 \
    B(TURNS_NONE, least, GET(limit, 0)->least = 3)                                                  \
    B(CALENDAR_NAMED, least, GET(procedure, 0)->calendar = GJR_NONE;                                \
      GET(limit, 0)->unit = GJR_UNIT_HOURS; GET(rung, 1)->unit = GJR_UNIT_HOURS;                    \
      GET(limit, 1)->least = 1)                                                                     \
    B(RUNG_AMOUNT, before, GET(rung, 1)->amount = 0)                                                \
    B(RUNG_AMOUNT, share, GET(rung, 2)->amount = GJR_SHARE_WHOLE + 1)                               \
    B(RUNG_AMOUNT, endless, GET(rung, 3)->amount = GJR_BUDGET_MAX + 1)                              \
    B(CALENDAR_NAMED, rung, GET(procedure, 0)->calendar = GJR_NONE;                                 \
      GET(limit, 0)->unit = GJR_UNIT_HOURS)                                                         \
    B(CALENDAR_NAMED, notice, GET(procedure, 0)->calendar = GJR_NONE;                               \
      GET(limit, 0)->unit = GJR_UNIT_HOURS; GET(rung, 1)->kind = GJR_RUNG_OVERDUE;                  \
      GET(rung, 1)->amount = 0; GET(limit, 1)->flags = 0)                                           \
    B(CALENDAR_FIRST, none, GET(procedure, 0)->calendar = GJR_NONE;                                 \
      GET(limit, 0)->unit = GJR_UNIT_HOURS; GET(rung, 1)->unit = GJR_UNIT_HOURS;                    \
      GET(limit, 1)->flags = 0; GET(stop, 0)->notice_within = 0;                                    \
      GET(relation, 0)->length = 0)                                                                 \
    B(CALENDAR_FIRST, not_the_first, ADD_CALENDAR("exchange"); GET(limit, 1)->calendar = 1;         \
      GET(procedure, 0)->calendar = 1)                                                              \
    B(CALENDAR_ONCE, twice, ADD_CALENDAR("cn"); GET(limit, 1)->calendar = 1)                        \
    B(CALENDAR_ONCE, no_limits, ADD_CALENDAR("exchange"))                                           \
    B(CALENDAR_ONCE, many, for (int i = 0; i < GJR_CALENDARS_MAX; i++) {                            \
          char name[] = {(char)('a' + i), 0};                                                       \
          gjr_limit more = *GET(limit, 1);                                                          \
          ADD_CALENDAR(name);                                                                       \
          more.calendar = gjr_writer_calendar_name_count(w) - 1;                                    \
          more.to_count = more.effects_count = more.lengths_count = 0; more.budget = 5;                                \
          more.from_count = more.rungs_count = 1;                                                   \
          more.from_first = gjr_writer_add_trigger(w, &(gjr_trigger){.when = GJR_NONE});            \
          more.rungs_first = gjr_writer_add_rung(w, &(gjr_rung){.kind = GJR_RUNG_OVERDUE});         \
          gjr_writer_add_limit(w, &more);                                                           \
      })                                                                                            \
    B(LIMIT_CALENDAR, none, GET(limit, 1)->calendar = GJR_NONE)                                     \
    B(EFFECT_LIMIT, open, GET(limit, 1)->flags = GJR_LIMIT_OPEN; GET(limit, 1)->budget = 0;         \
      GET(limit, 1)->least = 3; GET(limit, 1)->rungs_count = 0; GET(limit, 0)->rungs_count = 4)     \
    B(EFFECT_LIMIT, many,                                                                           \
      for (int i = 0; i < GJR_EFFECTS_MAX; i++) {                                                   \
          gjr_effect more = *GET(effect, 0);                                                        \
          more.sets_count = 0;                                                                      \
          gjr_writer_add_effect(w, &more);                                                          \
      } GET(limit, 1)->effects_count += GJR_EFFECTS_MAX)                                            \
    B(EFFECT_SAYS, nothing, GET(effect, 0)->target = GET(effect, 0)->action = GJR_NONE)             \
    B(EFFECT_PLACE, stage, GET(effect, 0)->stage = LOOKING)                                         \
    B(EFFECT_PLACE, target, GET(effect, 0)->target = LOOKED)                                        \
    B(EFFECT_SETS, no_act, GET(effect, 0)->action = GJR_NONE)                                       \
    B(EFFECT_SETS, parameter, GET(assignment, 1)->field = AMOUNT)                                   \
    B(CONDITION, effect, GET(effect, 0)->when = PRESET_FEE)                                         \
    B(CONDITION, length, GET(length, 0)->when = PRESET_FEE)                                         \
    B(LIMIT_BUDGET, lengths, GET(limit, 1)->budget = 5)                                             \
    B(LENGTH_LIMIT, by, GET(rung, 2)->kind = GJR_RUNG_BEFORE; GET(limit, 1)->by = DEADLINE)         \
    B(LENGTH_LIMIT, many,                                                                           \
      for (int i = 0; i < GJR_LENGTHS_MAX; i++) {                                                   \
          gjr_length more = *GET(length, 0);                                                        \
          gjr_writer_add_length(w, &more);                                                          \
      } GET(limit, 1)->lengths_count += GJR_LENGTHS_MAX)                                            \
    B(LENGTH_SAYS, none, GET(length, 0)->amount = 0)                                                \
    B(LENGTH_SAYS, endless, GET(length, 0)->amount = GJR_BUDGET_MAX + 1)                            \
    B(LENGTH_SAYS, both, GET(length, 1)->amount = 3)                                                \
    B(LENGTH_SAYS, type, GET(length, 1)->value = PRESET_FEE)                                        \
    B(LENGTH_ORDER, first, GET(length, 0)->when = GJR_NONE)                                         \
    B(LENGTH_READS, running, GET(length, 0)->when = PLAN_IS_DUE)                                    \
    B(LENGTH_READS, parameter, GET(instruction, GET(expression, AREA_TOLD)->code_first)->immediate = AMOUNT; GET(field, AMOUNT)->type = GJR_TYPE_NUMBER; \
      GET(field_ref, GET(expression, AREA_TOLD)->fields_first)->field = AMOUNT)                     \
    B(TURN_LIMIT, stop, GET(stop, 0)->limit = 1)                                                    \
    B(TURN_LIMIT, extension, GET(extension, 0)->limit = 1)                                          \
    B(TURN_LIMIT, many,                                                                             \
      for (int i = 0; i < GJR_TURNS_MAX; i++) {                                                     \
          gjr_extension more = *GET(extension, 0);                                                  \
          more.by_count = more.notices_count = 0;                                                   \
          gjr_writer_add_extension(w, &more);                                                       \
      } GET(limit, 0)->extensions_count += GJR_TURNS_MAX)                                           \
    B(TURN_TRIGGERS, no_end, GET(stop, 0)->to_count = 0; GET(limit, 0)->restarts_first = 6;         \
      GET(limit, 0)->restarts_count = 1; GET(extension, 0)->by_first = 8;                           \
      GET(extension, 0)->by_count = 1; GET(extension, 0)->notices_first = 9;                        \
      GET(extension, 0)->notices_count = 2)                                                         \
    B(TURN_TRIGGERS, date, GET(trigger, 8)->kind = GJR_TRIGGER_FIELD;                               \
      GET(trigger, 8)->target = DEADLINE)                                                           \
    B(TURN_TRIGGERS, stop_when, GET(trigger, 5)->when = KIND_IS_INITIAL)                       \
    B(TURN_TRIGGERS, grant_when, GET(trigger, 7)->when = KIND_IS_INITIAL)                      \
    B(TURN_LENGTH, granted, GET(stop, 0)->granted = GJR_BUDGET_MAX + 1)                             \
    B(TURN_LENGTH, none, GET(extension, 0)->amount = 0)                                             \
    B(TURN_LENGTH, never, GET(extension, 0)->times_max = 0)                                         \
    B(RESTARTS, date, GET(trigger, 10)->kind = GJR_TRIGGER_FIELD;                                   \
      GET(trigger, 10)->target = DEADLINE)                                                          \
    B(CONDITION, stop, GET(stop, 0)->when = PRESET_FEE)                                             \
    B(CONDITION, extension, GET(extension, 0)->when = PRESET_FEE)                                   \
    B(LIMIT_TRIGGERS, no_start, GET(limit, 0)->from_count = 0;                                     \
      GET(limit, 0)->to_first = 0; GET(limit, 0)->to_count = 2)                                    \
    B(LIMIT_TRIGGERS, many,                                                                        \
      for (int i = 0; i < GJR_TRIGGERS_MAX; i++) {                                                 \
          gjr_writer_add_trigger(w, &(gjr_trigger){GJR_TRIGGER_ACTION, PAY, GJR_NONE});            \
      } GET(stop, 0)->from_count = GET(stop, 0)->to_count = GET(stop, 0)->notices_count = 0;       \
      GET(extension, 0)->by_count = GET(extension, 0)->notices_count = 0;                          \
      GET(limit, 0)->restarts_count = 0; GET(limit, 1)->to_count += 6 + GJR_TRIGGERS_MAX)          \
    B(TRIGGER_TARGET, action, GET(trigger, 0)->target = 7)                                         \
    B(TRIGGER_TARGET, stage, GET(trigger, 2)->target = 6)                                          \
    B(TRIGGER_TARGET, field, GET(trigger, 4)->target = 70)                                         \
    B(TRIGGER_FIELD, plain, GET(trigger, 4)->target = FEE)                                         \
    B(SUBSCRIPTION_TARGET, limit, GET(subscription, 0)->target = 2)                                \
    B(SUBSCRIPTION_TARGET, rule, GET(subscription, 1)->target = 5)                                 \
    B(SUBSCRIPTION_TARGET, rule_of_stage, GET(subscription, 4)->kind = GJR_SUBSCRIPTION_RULE)      \
    B(SUBSCRIBED, other_end, GET(subscription, 0)->kind = GJR_SUBSCRIPTION_LIMIT_TO)               \
    B(SUBSCRIBED, other_limit, GET(subscription, 0)->target = 1)                                   \
    B(SUBSCRIBED, twice, *GET(subscription, 1) = *GET(subscription, 0))                            \
    B(TRIGGER_HEARD, action, *GET(subscription, 0) = *GET(subscription, 1))                        \
    B(OPEN_MAX, none, GET(limit, 0)->open_max = 0)                                                 \
    B(OPEN_MAX, many, GET(limit, 0)->open_max = GJR_OPEN_MAX + 1)                                  \
    B(OPEN_MAX, without_keys, GET(limit, 1)->open_max = 1)                                         \
    B(KEY_ORDER, twice, GET(key_field, 1)->action = ACCEPT)                                        \
    B(KEY_ORDER, back, GET(key_field, 2)->action = APPLY)                                          \
    B(KEY_FIELD, amount, GET(key_field, 0)->field = FEE)                                           \
    B(KEY_FIELD, other_type, GET(key_field, 1)->field = AREA)                                      \
    B(KEY_FIELD, other_choice, GET(key_field, 0)->field = KIND)                                    \
    B(KEY_FIELD, of_another, GET(key_field, 1)->field = PAYER)                                     \
    B(KEY_ACTS, start, GET(key_field, 0)->action = APPLY)                                          \
    B(KEY_ACTS, stage, GET(limit, 0)->keys_count = 0; GET(limit, 0)->open_max = 0;                 \
      GET(limit, 1)->keys_count = 3; GET(limit, 1)->open_max = 2)                                  \
    B(KEY_ACTS, stop, GET(trigger, 5)->kind = GJR_TRIGGER_ACTION; GET(trigger, 5)->target = LOOK)  \
    B(KEY_ACTS, grant, GET(trigger, 8)->target = PAY)                                              \
    B(KEY_ACTS, told, GET(trigger, 9)->target = PAY)                                               \
    B(KEY_ACTS, anew, GET(trigger, 10)->target = PAY)                                              \
    B(RELATION_RULE, none, GET(rule, 1)->kind = GJR_RULE_NOT_BOTH; GET(rule, 1)->condition = GJR_NONE) \
    B(RELATION_RULE, other, GET(relation, 0)->rule = 4; GET(relation, 1)->rule = 3)                \
    B(RELATION_RULE, twice, GET(relation, 1)->rule = 3)                                            \
    B(RELATION_RULE, more, gjr_relation row = *GET(relation, 1); row.roles_count = row.keys_count = 0; \
      gjr_writer_add_relation(w, &row))                                                            \
    B(RELATION_ROLES, missing, GET(role, 1)->kind = GJR_ROLE_FIRST)                                \
    B(RELATION_ROLES, strange, GET(role, 3)->kind = GJR_ROLE_ONE_OF)                               \
    B(RELATION_ROLES, equals, GET(rule, 3)->kind = GJR_RULE_SEPARATE)                              \
    B(RELATION_ROLES, post, GET(role, 3)->post = 0)                                                \
    B(RELATION_ROLES, posts, GET(rule, 4)->kind = GJR_RULE_SEPARATE_POSTS;                         \
      GET(role, 2)->kind = GET(role, 3)->kind = GJR_ROLE_ONE_OF)                             \
    B(RELATION_ROLES, counted, GET(rule, 4)->kind = GJR_RULE_AT_MOST_EACH;                         \
      GET(rule, 4)->counted = REFUSE; GET(rule, 4)->times = 1;                                     \
      GET(role, 2)->kind = GET(role, 3)->kind = GJR_ROLE_ONE_OF)                             \
    B(RELATION_ROLES, many,                                                                        \
      for (int i = 0; i < GJR_ROLES_MAX; i++) {                                                    \
          gjr_role more = *GET(role, 3);                                                           \
          gjr_writer_add_role(w, &more);                                                           \
      } GET(relation, 1)->roles_count += GJR_ROLES_MAX)                                            \
    B(RELATION_LENGTH, long, GET(relation, 0)->length = GJR_BUDGET_MAX + 1)                        \
    B(RELATION_LENGTH, barred, GET(relation, 1)->length = 1)                                       \
    B(RELATION_LENGTH, least, GET(relation, 0)->flags = GJR_RELATION_LEAST)                        \
    B(RELATION_LENGTH, rolls, GET(relation, 1)->flags = GJR_RELATION_ROLLS)                        \
    B(RELATION_HELD, none, GET(relation, 0)->held_max = 0)                                         \
    B(RELATION_HELD, many, GET(relation, 1)->held_max = GJR_HELD_MAX + 1)                          \
    B(RELATION_KEYS, followed, GET(relation, 0)->keys_first = 3; GET(relation, 0)->keys_count = 1; \
      GET(relation, 1)->keys_count = 0)                                                            \
    B(RELATION_KEYS, counted, GET(rule, 3)->kind = GJR_RULE_AT_LEAST_EACH;                         \
      GET(rule, 3)->counted = APPLY; GET(rule, 3)->times = 1; GET(role, 0)->kind = GJR_ROLE_ONE_OF;   \
      GET(relation, 0)->roles_count = 1; GET(relation, 0)->length = GET(relation, 0)->flags = 0;   \
      GET(relation, 1)->roles_first = 1; GET(relation, 1)->roles_count = 3)                        \
    B(RELATION_KEYS, amount, GET(key_field, 3)->field = FEE)                                       \
    B(RELATION_KEYS, untold, GET(key_field, 3)->action = APPLY)                                    \
    B(KEEPS, barred, GET(relation, 0)->keeps_count = 0; GET(relation, 1)->keeps_count = 1)         \
    B(KEEPS, other_act, GET(keep, 0)->field = PAYER)                                               \
    B(KEEPS, several_acts, GET(relation, 0)->roles_count = 3; GET(relation, 1)->roles_first = 3;    \
      GET(relation, 1)->roles_count = 1; GET(rule, 4)->kind = GJR_RULE_AT_MOST_EACH;               \
      GET(rule, 4)->counted = REFUSE; GET(rule, 4)->times = 1;                                     \
      GET(role, 3)->kind = GJR_ROLE_ONE_OF; GET(key_field, 3)->action = REFUSE)                    \
    B(KEPT, type, GET(keep, 0)->field = FEE)                                                       \
    B(KEPT, as, GET(keep, 0)->as = PAYER)                                                          \
    B(KEPT, none, gjr_field more = *GET(field, FIRST_NOTE); gjr_writer_add_field(w, &more))        \
    B(MIGRATION_FROM, its_own, GET(migration, 1)->from = 3)                                        \
    B(MIGRATION_FROM, falls, GET(migration, 0)->from = 2)                                          \
    B(MIGRATION_ONCE, stage, GET(stage_migration, 1)->name = GET(stage_migration, 0)->name)        \
    B(MIGRATION_ONCE, limit, GET(limit_migration, 1)->name = GET(limit_migration, 0)->name)        \
    B(MIGRATION_ENDS, somewhere, GET(limit_migration, 1)->to = 0)                                  \
    B(MIGRATION_ENDS, nowhere, GET(limit_migration, 0)->to = GJR_NONE)                             \
    B(DECISION_ROWS, none, gjr_decision more = *GET(decision, 1); more.rows_count = 0;              \
      gjr_writer_add_decision(w, &more))                                                           \
    B(DECISION_ROWS, otherwise_first, GET(decision_row, 0)->cells = GJR_NONE)                      \
    B(LANDMARKS, order, GET(landmark, 0)->at = 9)                                                  \
    B(LANDMARKS, beyond, GET(landmark, 2)->at = 13)                                                \
    B(LANDMARK_TRUTH, holds, GET(landmark, 0)->holds = 1)                                          \
    B(LANDMARK_TRUTH, holds_none, GET(landmark, 0)->holds = 300)                                   \
    B(LANDMARK_TRUTH, told, GET(landmark, 1)->told = 2)                                            \
    B(LANDMARK_TRUTH, told_none, GET(landmark, 1)->told = GJR_NONE)                                \
    B(ROLE_HEARD, by_none, GET(subscription, 13)->kind = GJR_SUBSCRIPTION_RULE)                    \
    B(ROLE_HEARD, by_another, GET(role, 0)->action = LOOK)                                         \
    B(ROLE_HEARD, twice, GET(subscription, 15)->target = 3)                                        \
    B(CONDITION, role, GET(role, 0)->when = PRESET_FEE)                                            \
    B(CALENDAR_NAMED, relation, GET(procedure, 0)->calendar = GJR_NONE;                            \
      for (uint32_t i = 0; i < 2; i++) {                                                           \
          GET(limit, i)->unit = GJR_UNIT_HOURS;                                                    \
          GET(limit, i)->flags = 0;                                                                \
      }                                                                                            \
      for (uint32_t i = 0; i < 4; i++) { GET(rung, i)->unit = GJR_UNIT_HOURS; }                    \
      GET(stop, 0)->notice_unit = GJR_UNIT_HOURS)                                                  \
    B(STAGE_TRANSITIONS, other, GET(stage, REVIEW)->transitions_first = 0)                         \
    B(STAGE_TRANSITIONS, left_out, GET(stage, DECISION)->transitions_count = 2)                    \
    B(TRANSITION_GROUPS, apart, gjr_transition kept = *GET(transition, 3);                         \
      *GET(transition, 3) = *GET(transition, 4); *GET(transition, 4) = kept)                       \
    B(FINAL_STAGE, plain, GET(stage, DECISION)->flags = GJR_STAGE_FINAL)                           \
    B(ACTION_STAGED, not_marked, GET(action, ACCEPT)->flags = GJR_ACTION_FREE)                     \
    B(ACTION_STAGED, marked, GET(action, PAY)->flags = GJR_ACTION_STAGED)                          \
    B(CELL_COUNT, many, gjr_writer_add_cell(w, &(gjr_cell){.meaning = GJR_MEANING_CLOSED}))        \
    B(CELL_COUNT, few, w->tables[GJR_TABLE_cell].size -= sizeof(gjr_cell))                         \
    B(CELL_MEANING, not_here, GET(cell, 7)->meaning = GJR_MEANING_HERE)                            \
    B(CELL_MEANING, here, GET(cell, 0)->meaning = GJR_MEANING_BEHIND)                              \
    B(CELL_MEANING, free, GET(cell, 4)->meaning = GJR_MEANING_BEHIND)                              \
    B(CELL_MEANING, open, GET(cell, 21)->meaning = GJR_MEANING_BEHIND)                             \
    B(CELL_MEANING, closed, GET(cell, 4)->meaning = GJR_MEANING_CLOSED)                            \
    B(CELL_HERE, other, GET(cell, 0)->here_first = 1)                                              \
    B(CELL_HERE, not_all, GET(cell, 16)->here_count = 1)                                           \
    B(CELL_HERE, not_here, GET(cell, 4)->here_count = 1)                                           \
    B(CELL_RECOVERIES, behind, GET(cell, 1)->meaning = GJR_MEANING_BEHIND)                         \
    B(CELL_RECOVERIES, ahead, GET(cell, 7)->meaning = GJR_MEANING_AHEAD)                           \
    B(RECOVERY_STAGE, plain, GET(recovery, 0)->stage = DECISION)                                   \
    B(RECOVERY_PATH, begins, GET(step, 0)->transition = 1)                                         \
    B(RECOVERY_PATH, breaks, GET(step, 2)->transition = 4)                                         \
    B(RECOVERY_PATH, stays, GET(transition, 4)->target = GJR_NONE)                                 \
    B(REGION_TREE, root_inside, GET(region, 0)->parent = REVIEW)                                   \
    B(REGION_TREE, inside_itself, GET(region, 1)->parent = LOOKING)                                \
    B(REGION_TREE, nowhere, GET(region, 1)->parent = GJR_NONE)                                     \
    B(REGION_STAGES, other, GET(stage, LOOKED)->region = 0)                                        \
    B(REGION_INITIAL, other, GET(region, 1)->initial = REVIEW)                                     \
    B(REGION_INITIAL, final, GET(region, 1)->initial = LOOKED)                                     \
    B(BRANCHES, none, GET(stage, REVIEW)->branches_count = 0)                                      \
    B(BRANCHES, other, GET(stage, DECISION)->branches_first = 1;                                   \
      GET(stage, DECISION)->branches_count = 1)                                                    \
    B(JOIN, nowhere, GET(stage, REVIEW)->join = GJR_NONE)                                          \
    B(JOIN, inside, GET(stage, REVIEW)->join = LOOKED)                                             \
    B(JOIN, too_many, GET(stage, REVIEW)->need = 2)                                                \
    B(JOIN, without_branches, GET(stage, DECISION)->join = CLOSED)                                 \
    B(TARGET_REGION, into, GET(transition, 0)->target = LOOKING)                                   \
    B(EXITS, target, GET(exit, 0)->target = CLOSED)                                                \
    B(EXITS, kind, GET(exit, 0)->kind = GJR_EXIT_JOIN)                                             \
    B(EXITS, other_stage, GET(stage, DECISION)->exits_count = 1; GET(stage, REVIEW)->exits_first = 1;\
      GET(stage, REVIEW)->exits_count = 2)                                                         \
    B(EXITS, goal, GET(exit, 2)->goal = 0)                                                         \
    B(GOALS, first, GET(goal, 0)->transition = 6)                                                  \
    B(GOALS, stays, GET(goal, 1)->transition = 5)                                                  \
    B(GOALS, inner, GET(goal, 1)->inner = 0)                                                       \
    B(GOALS, region, GET(goal, 1)->region = 0)                                                     \
    B(WAY_COUNT, many, gjr_writer_add_way(w, &(gjr_way){0, 0}); GET(region, 1)->ways_count = 5)    \
    B(WAY, other_goal, GET(step, 12)->transition = 6)                                              \
    B(WAY, breaks, GET(step, 13)->transition = 1)                                                  \
    B(PLACE_ORDER, twice, GET(place, 1)->action = APPLY)                                           \
    B(CELL_PLACE, other, GET(cell, 0)->place = 1)                                                  \
    B(CELL_PLACE, none, GET(cell, 0)->place = GJR_NONE)                                            \
    B(CELL_PLACE, behind, GET(cell, 7)->place = GJR_NONE)                                          \
    B(FIELD_TYPE, part, GET(part, 0)->type = GJR_TYPE_LIST)                                        \
    B(ENUMERATION, part, GET(part, 1)->enumeration = GJR_NONE)                                     \
    B(RECORD, missing, GET(field, PLAN)->record = GJR_NONE)                                        \
    B(RECORD, too_much, GET(field, AREA)->record = SITE)                                           \
    B(RECORD, part, GET(part, 4)->record = GJR_NONE)                                               \
    B(RECORD_PARTS, none, gjr_writer_add_record_type(w, &(gjr_record_type){0}))                    \
    B(RECORD_PARTS, many,                                                                          \
      for (int i = 0; i < GJR_RECORD_PARTS_MAX; i++) {                                             \
          gjr_writer_add_part(w, &(gjr_part){.type = 1, .enumeration = GJR_NONE, .record = GJR_NONE});                                                   \
      } GET(record_type, BID)->parts_count += GJR_RECORD_PARTS_MAX)                                \
    B(RECORD_ORDER, itself, GET(part, 4)->record = BID)                                            \
    B(RECORD_ORDER, later, gjr_record_type kept = *GET(record_type, SITE);                         \
      *GET(record_type, SITE) = *GET(record_type, BID); *GET(record_type, BID) = kept;             \
      GET(part, 4)->record = BID)                                                                  \
    B(RECORD_DEPTH, deep, records_deep(w))                                                         \
    B(PART, plain, instruction_of(w, GJR_OP_PART)->immediate = 3)                                  \
    B(RECORD_COMPARED, equal, instruction_of(w, GJR_OP_EQUAL_RECORD)->immediate = SITE)            \
    B(RECORD_COMPARED, in, instruction_of(w, GJR_OP_IN_RECORD)->immediate = SITE)                  \
    B(OPERAND_TYPE, part_of_no_record, GET(field, PLAN)->type = GJR_TYPE_NUMBER;                   \
      GET(field, PLAN)->record = GJR_NONE)                                                         \
    B(RESULT_TYPE, record, GET(expression, OFFER_IS_PLAN)->type = GJR_TYPE_RECORD)                \
    B(JUMP, itself, looped(w, 9)->immediate = 9)                                                   \
    B(JUMP, back, looped(w, 9)->immediate = 4)                                                     \
    B(JUMP, out, looped(w, 9)->immediate = 18)                                                     \
    B(JUMP, out_of_list, looped(w, 2)->immediate = 18)                                     \
    B(LOOP, other_again, looped(w, 11)->immediate = 2)                                             \
    B(LOOP, no_again, *looped(w, 11) = I(NOT, 0, 0, 0, 0))                                         \
    B(LOOP, again_alone, GET(expression, 0)->loops = 0; *GET(instruction, 2) = I(AGAIN, 0, 0, 0, 0))\
    B(LOOP, ends_early, looped(w, 4)->immediate = 11)                                              \
    B(LOOP, ends_outside, looped(w, 4)->immediate = 15)                                            \
    B(LOOP_DEPTH, other, GET(expression, KINDS_OF_BIDS)->loops = 1)                                \
    B(LOOP_DEPTH, deep, loops_deep(w))                                                             \
    B(LOOP_LIST, outer, *looped(w, 5) = I(PART, 1, 2, 0, BID_SITE))                                \
    B(LOOP_LIST, its_own, *looped(w, 5) = I(COPY, 3, 2, 0, 0))                                     \
    B(LOOP_LIST, itself, *looped(w, 4) = I(EACH, 3, 3, 0, 12))                                     \
    B(LOOP_LIST, twice, *looped(w, 4) = I(EACH, 4, 1, 0, 12))                                      \
    B(MERGES, order, gjr_merge kept = *GET(merge, 2); *GET(merge, 2) = *GET(merge, 3);             \
      *GET(merge, 3) = kept)                                                                       \
    B(MERGES, twice, GET(merge, 3)->at = 10)                                                       \
    B(MERGES, missing, GET(merge, 2)->at = 9)                                                      \
    B(MERGES, not_jumped_to, looped(w, 8)->immediate = 11; looped(w, 9)->word = 0;                 \
      *looped(w, 9) = I(NOT, 5, 5, 0, 0))                                                          \
    B(MERGES, none, gjr_expression more = *GET(expression, PRESET_FEE);                           \
      more.code_first = gjr_writer_instruction_count(w); more.code_count = 2;                      \
      more.type = GJR_TYPE_DATE;                                                                   \
      gjr_merge merge = {1, gjr_writer_held_count(w), 1};                                          \
      gjr_writer_add_held(w, &(gjr_held){0, GJR_TYPE_DATE, 0, GJR_NONE, GJR_NONE});                \
      more.merges_first = gjr_writer_add_merge(w, &merge);                                         \
      more.merges_count = 1; more.fields_count = 0;                                                \
      gjr_writer_add_instruction(w, &(gjr_instruction){GJR_OP_TODAY, 0});                          \
      gjr_writer_add_instruction(w, &(gjr_instruction){GJR_OP_RETURN, 0});                         \
      gjr_writer_add_expression(w, &more))                                                         \
    B(HELD, outside, GET(held, 1)->index = 6)                                                      \
    B(HELD, order, GET(held, 0)->index = 1; GET(held, 1)->index = 0)                               \
    B(HELD, twice, GET(held, 1)->index = 0)                                                        \
    B(MERGE_TYPE, before, GET(held, 0)->type = GJR_TYPE_NUMBER)                                    \
    B(MERGE_TYPE, enumeration, gjr_writer_add_member(w, &(gjr_member){0, 0});                     \
      gjr_writer_add_enumeration(w, &(gjr_enumeration){2, 1}); GET(held, 5)->enumeration = 1)      \
    B(MERGE_TYPE, jumped, GET(held, 6)->type = GJR_TYPE_NUMBER)                                    \
    B(MERGE_TYPE, not_written, GET(held, 18)->index = 5)                                           \
    B(MERGE_TYPE, again, *looped(w, 13) = I(KNOWN, 2, 3, 0, 0); *looped(w, 3) = I(COPY, 0, 2, 0, 0))\
    B(REACHED, behind_jump, *looped(w, 12) = I(JUMP, 0, 0, 0, 15))                                 \
    B(FIELD_TYPE, held, GET(held, 0)->type = GJR_TYPE_NOTHING)                                     \
    B(ENUMERATION, held, GET(held, 0)->enumeration = 0)                                            \
    B(RECORD, held, GET(held, 1)->record = GJR_NONE)                                               \
    B(NATIVE_TYPE, parameter, GET(native_parameter, 0)->type = GJR_TYPE_RECORD)                    \
    B(ENUMERATION, parameter, GET(native_parameter, 0)->type = GJR_TYPE_ENUM)                      \
    B(ENUMERATION, native, GET(native, SEEN)->enumeration = 0)                                     \
    B(NATIVE_TYPE, result, GET(native, SEEN)->type = GJR_TYPE_LIST)                                \
    B(NATIVE_TYPE, record, GET(native, SEEN)->type = GJR_TYPE_RECORD)                              \
    B(NATIVE_TYPE, scalar_element, GET(native, SEEN)->element = GJR_TYPE_BOOL)                     \
    B(NATIVE_PARAMETERS, many, for (int i = 0; i <= GJR_NATIVE_PARAMETERS_MAX; i++) {              \
          gjr_writer_add_native_parameter(w, &(gjr_native_parameter){GJR_TYPE_BOOL, 0, GJR_NONE}); \
      } GET(native, PLACE)->parameters_count = GJR_NATIVE_PARAMETERS_MAX + 1)                      \
    B(NATIVE_ONCE, twice, GET(native, PLACE)->name = GET(native, SEEN)->name)                      \
    B(NATIVE_EVENT, trigger, GET(trigger, 0)->when = IS_SEEN)                                      \
    B(NATIVE_EVENT, stop, GET(stop, 0)->when = IS_SEEN)                                            \
    B(NATIVE_EVENT, extension, GET(extension, 0)->when = IS_SEEN)                                  \
    B(NATIVE_EVENT, effect, GET(effect, 0)->when = IS_SEEN)                                        \
    B(NATIVE_EVENT, role, GET(role, 0)->when = IS_SEEN)                                            \
    B(NATIVE_EVENT, relation_exception, GET(rule, 2)->exceptions_count = 0;                        \
      GET(rule, 3)->exceptions_first = 1; GET(rule, 3)->exceptions_count = 1)                      \
    B(NATIVE_EVENT, preset, gives(w, GJR_TYPE_TEXT, PLACE);                                        \
      GET(native, PLACE)->flags = 0; GET(field, NOTE)->preset = AREA_TOLD + 1)                 \
    B(NATIVE_EVENT, law_sets, gives(w, GJR_TYPE_MONEY, PLACE); GET(native, PLACE)->flags = 0;      \
      GET(native, PLACE)->type = GJR_TYPE_MONEY; *instruction_after(w, GJR_OP_CALL, 3) =           \
      I(EQUAL_TEXT, 0, 1, 1, 0); GET(assignment, 1)->value = AREA_TOLD + 1)                    \
    B(NATIVE_SET, text, gives(w, GJR_TYPE_TEXT, PLACE); GET(assignment, 0)->field = NOTE;          \
      GET(assignment, 0)->value = AREA_TOLD + 1)                                               \
    B(OPERAND_TYPE, argument, GET(native_parameter, 0)->type = GJR_TYPE_NUMBER)                    \
    B(OPERAND_TYPE, argument_list, GET(native_parameter, 1)->element = GJR_TYPE_TEXT)              \
    B(REGISTER_WRITTEN, argument, *instruction_of(w, GJR_OP_CALL) = I(CALL, 2, 1, 0, SEEN);        \
      GET(native_parameter, 0)->type = GJR_TYPE_LIST;                                              \
      GET(native_parameter, 0)->element = GJR_TYPE_OFFICER)                                        \
    B(REGISTER, argument, *instruction_of(w, GJR_OP_CALL) = I(CALL, 2, 3, 0, SEEN))                \
    B(IMMEDIATE, native, instruction_of(w, GJR_OP_CALL)->immediate = 2)                            \
    B(UNUSED_ZERO, no_arguments, *instruction_after(w, GJR_OP_CALL, 1) = I(CALL, 0, 1, 0, PLACE))  \
    B(REGISTER_WRITTEN, behind_merge, *looped(w, 12) = I(PART, 3, 4, 0, BID_PRICE))

// clang-format on
/* The first instruction of that opcode. */
static gjr_instruction *instruction_of(gjr_writer *w, gjr_opcode op)
{
    uint32_t index = 0;
    while (gjr_word_op(GET(instruction, index)->word) != (unsigned)op) {
        index++;
    }
    return GET(instruction, index);
}

/* So many after it. */
static gjr_instruction *instruction_after(gjr_writer *w, gjr_opcode op, uint32_t count)
{
    return instruction_of(w, op) + count;
}

/* One more expression, of what the native without parameters gives. */
static void gives(gjr_writer *w, gjr_type type, uint32_t native)
{
    CODE(type, GJR_NONE, I(CALL, 0, 0, 0, native), I(RETURN, 0, 0, 0, 0));
}

/* An instruction of the expression with loops. */
static gjr_instruction *looped(gjr_writer *w, uint32_t at)
{
    return GET(instruction, GET(expression, KINDS_OF_BIDS)->code_first + at);
}

/* A loop in a loop in a loop, one too deep; each walks its own copy of a list. */
static void loops_deep(gjr_writer *w)
{
    enum { DEEP = GJR_LOOPS_MAX + 1 };
    gjr_expression row = *GET(expression, KINDS_OF_BIDS);
    row.code_first = gjr_writer_instruction_count(w);
    row.code_count = 3 * DEEP + 2;
    row.register_count = 2 * DEEP;
    row.loops = DEEP;
    row.merges_first = gjr_writer_merge_count(w);
    row.merges_count = 2 * DEEP;
    row.fields_first = gjr_writer_add_field_ref(w, &(gjr_field_ref){KINDS});
    row.fields_count = 1;
    for (uint32_t i = 0; i < DEEP; i++) {
        gjr_merge head = {2 * i + 1, gjr_writer_held_count(w), i + 1};
        for (uint32_t j = 0; j <= i; j++) {
            gjr_writer_add_held(w, &(gjr_held){2 * j, GJR_TYPE_LIST, GJR_TYPE_ENUM, 0, GJR_NONE});
        }
        gjr_instruction field = I(FIELD, 2 * i, 0, 0, KINDS);
        gjr_instruction each = I(EACH, 2 * i + 1, 2 * i, 0, 3 * DEEP - i);
        gjr_writer_add_instruction(w, &field);
        gjr_writer_add_instruction(w, &each);
        gjr_writer_add_merge(w, &head);
    }
    for (uint32_t i = DEEP; i > 0; i--) {
        gjr_merge end = {2 * DEEP + (DEEP - i) + 1, gjr_writer_held_count(w), 0};
        gjr_instruction again = I(AGAIN, 0, 0, 0, 2 * i - 1);
        gjr_writer_add_instruction(w, &again);
        gjr_writer_add_merge(w, &end);
    }
    gjr_instruction last[] = {I(DONE, 0, 0, 0, 0), I(RETURN, 0, 0, 0, 0)};
    gjr_writer_add_instruction(w, &last[0]);
    gjr_writer_add_instruction(w, &last[1]);
    gjr_writer_add_expression(w, &row);
}

/* A record in a record in a record, one too deep. */
static void records_deep(gjr_writer *w)
{
    for (uint32_t i = 0; i < GJR_RECORD_DEPTH_MAX; i++) {
        gjr_part part = {.type = GJR_TYPE_RECORD, .enumeration = GJR_NONE, .record = BID + i};
        gjr_record_type row = {.parts_first = gjr_writer_add_part(w, &part), .parts_count = 1};
        gjr_writer_add_record_type(w, &row);
    }
}

#define B(CLAIM, which, ...)                                                                       \
    static void break_##CLAIM##_##which(gjr_writer *w)                                             \
    {                                                                                              \
        __VA_ARGS__;                                                                               \
    }
BREAKS
#undef B

/* ---- breaking the file itself ----------------------------------------------------------- */

static gjr_header *header_of(gjb_buffer *file)
{
    return (gjr_header *)(void *)file->bytes;
}

static void file_cut(gjb_buffer *file)
{
    file->size = SAMPLE_UNIT - 8;
}
static void file_empty(gjb_buffer *file)
{
    file->size = 0;
}
static void file_magic(gjb_buffer *file)
{
    file->bytes[0] = 'g';
}
static void file_format(gjb_buffer *file)
{
    header_of(file)->format = 1;
}
static void file_count(gjb_buffer *file)
{
    sample_unit(file)->section_count = 27;
    sample_refresh_file(file);
}
static void file_size(gjb_buffer *file)
{
    file->size -= 8;
}
static void file_identity(gjb_buffer *file)
{
    header_of(file)->identity[31] ^= 1;
}
static void file_hash(gjb_buffer *file)
{
    *sample_bytes(file, 5) ^= 1;
}

static void file_kind(gjb_buffer *file)
{
    sample_section(file, 3)->kind = 4;
    sample_refresh_unit(file);
}

static void file_zero(gjb_buffer *file)
{
    sample_section(file, 3)->zero = 1;
    sample_refresh_unit(file);
}

static void file_gap(gjb_buffer *file)
{
    sample_section(file, 3)->offset += 8;
    sample_refresh_unit(file);
}

static void file_outside(gjb_buffer *file)
{
    sample_section(file, 3)->size = UINT64_MAX - 7;
    sample_refresh_unit(file);
}

static void file_padding(gjb_buffer *file)
{
    const gjr_section *last = sample_section(file, GJR_TABLE_position);
    sample_bytes(file, GJR_TABLE_position)[last->size] = 1;
}

static void file_tail(gjb_buffer *file)
{
    gjb_buffer_add(file, "\0\0\0\0\0\0\0", 8);
    header_of(file)->file_size += 8;
    sample_unit(file)->size += 8;
    sample_refresh_file(file);
}

static void file_no_unit(gjb_buffer *file)
{
    header_of(file)->unit_count = 0;
}

static void file_cut_in_table(gjb_buffer *file)
{
    header_of(file)->unit_count = UINT32_MAX;
}

static void unit_changed(gjb_buffer *file)
{
    sample_refresh_file(file);
}

static void unit_zero(gjb_buffer *file)
{
    sample_unit(file)->zero = 1;
    unit_changed(file);
}

static void unit_gap(gjb_buffer *file)
{
    sample_unit(file)->offset += 8;
    sample_unit(file)->size -= 8;
    unit_changed(file);
}

static void unit_outside(gjb_buffer *file)
{
    sample_unit(file)->size += 8;
    unit_changed(file);
}

static void unit_short_of_end(gjb_buffer *file)
{
    sample_unit(file)->size -= 8;
    unit_changed(file);
}

static void unit_without_sections(gjb_buffer *file)
{
    file->size = SAMPLE_UNIT + GJR_SECTION_COUNT * sizeof(gjr_section) - 8;
    header_of(file)->file_size = file->size;
    sample_unit(file)->size = file->size - SAMPLE_UNIT;
    unit_changed(file);
}

static void unit_identity(gjb_buffer *file)
{
    sample_unit(file)->identity[0] ^= 1;
    unit_changed(file);
}

static void two_of(gjb_buffer *file, const char *name, const char *title)
{
    gjb_buffer_reset(file);
    assert_int_equal(sample_write_two(name, title, file), GJ_OK);
}

static void two_of_one_name(gjb_buffer *file)
{
    two_of(file, "permit", "延续");
}

static void two_of_one_title(gjb_buffer *file)
{
    two_of(file, "renewal", "许可");
}

static void name_that_is_a_title(gjb_buffer *file)
{
    two_of(file, "许可", "延续");
}

static void file_row_size(gjb_buffer *file)
{
    sample_section(file, GJR_TABLE_position)->size += 4; /* from the padding */
    sample_refresh(file, GJR_TABLE_position);
}

static void file_string_count(gjb_buffer *file)
{
    memset(sample_bytes(file, GJR_SECTION_STRINGS), 0xff, 4);
    sample_refresh(file, GJR_SECTION_STRINGS);
}

static void many_stages(gjr_writer *w)
{
    for (int i = 0; i < GJR_STAGES_MAX; i++) {
        gjr_writer_add_stage(w, &(gjr_stage){0});
    }
}

typedef struct claim_breakage {
    gjr_claim claim;
    const char *which;
    void (*rows)(gjr_writer *);
    void (*file)(gjb_buffer *);
} claim_breakage;

static const claim_breakage breakages[] = {
    {GJR_CLAIM_FILE_WHOLE, "cut", NULL, file_cut},
    {GJR_CLAIM_FILE_WHOLE, "empty", NULL, file_empty},
    {GJR_CLAIM_MAGIC, "plain", NULL, file_magic},
    {GJR_CLAIM_FORMAT, "next", NULL, file_format},
    {GJR_CLAIM_SECTION_COUNT, "one less", NULL, file_count},
    {GJR_CLAIM_FILE_SIZE, "cut", NULL, file_size},
    {GJR_CLAIM_IDENTITY, "one bit", NULL, file_identity},
    {GJR_CLAIM_SECTION_KIND, "twice", NULL, file_kind},
    {GJR_CLAIM_SECTION_KIND, "not zero", NULL, file_zero},
    {GJR_CLAIM_SECTION_PLACE, "gap", NULL, file_gap},
    {GJR_CLAIM_SECTION_PLACE, "outside", NULL, file_outside},
    {GJR_CLAIM_PADDING, "not zero", NULL, file_padding},
    {GJR_CLAIM_PADDING, "tail", NULL, file_tail},
    {GJR_CLAIM_SECTION_HASH, "one bit", NULL, file_hash},
    {GJR_CLAIM_ROW_SIZE, "plain", NULL, file_row_size},
    {GJR_CLAIM_ROW_COUNT, "stages", many_stages, NULL},
    {GJR_CLAIM_STRING_TABLE, "count", NULL, file_string_count},
    {GJR_CLAIM_FILE_WHOLE, "in the unit table", NULL, file_cut_in_table},
    {GJR_CLAIM_UNIT_COUNT, "none", NULL, file_no_unit},
    {GJR_CLAIM_UNIT_PLACE, "not zero", NULL, unit_zero},
    {GJR_CLAIM_UNIT_PLACE, "gap", NULL, unit_gap},
    {GJR_CLAIM_UNIT_PLACE, "outside", NULL, unit_outside},
    {GJR_CLAIM_UNIT_PLACE, "short of the end", NULL, unit_short_of_end},
    {GJR_CLAIM_UNIT_PLACE, "without sections", NULL, unit_without_sections},
    {GJR_CLAIM_UNIT_IDENTITY, "one bit", NULL, unit_identity},
    {GJR_CLAIM_PROCEDURE_NAMES, "name", NULL, two_of_one_name},
    {GJR_CLAIM_PROCEDURE_NAMES, "title", NULL, two_of_one_title},
    {GJR_CLAIM_PROCEDURE_NAMES, "name and title", NULL, name_that_is_a_title},
#define B(CLAIM, which, ...) {GJR_CLAIM_##CLAIM, #which, break_##CLAIM##_##which, NULL},
    BREAKS
#undef B
};

static bool append(void *payload, const char *bytes, size_t size)
{
    gjb_buffer_add(payload, bytes, size);
    return true;
}

/* The claim that load names, and both languages tell it. */
static uint32_t refused_claim(const claim_breakage *breakage)
{
    gjr_writer w;
    gjb_buffer file, line;
    gj_image *image = NULL;
    gj_refusal why;
    gjr_writer_init(&w, NULL);
    gjb_buffer_init(&file, NULL);
    gjb_buffer_init(&line, NULL);
    sample_write(&w);
    if (breakage->rows != NULL) {
        breakage->rows(&w);
    }
    assert_int_equal(gjr_writer_finish(&w, &file), GJ_OK);
    if (breakage->file != NULL) {
        breakage->file(&file);
    }
    gj_status status = gj_image_load(NULL, file.bytes, file.size, &image, &why);
    assert_true(status == GJ_OK || status == GJ_REFUSED);
    assert_true((status == GJ_REFUSED) == (why.claim != 0));
    if (status == GJ_REFUSED) {
        assert_null(image);
        assert_true(why.offset <= file.size);
        for (gj_lang lang = GJ_EN; lang <= GJ_ZH; lang++) {
            gj_writer out = {&line, append};
            gjb_buffer_reset(&line);
            assert_int_equal(gj_refusal_print(&why, lang, &out), GJ_OK);
            assert_true(line.size > 60 && memchr(line.bytes, '\n', line.size) == NULL);
        }
    }
    gj_image_destroy(image);
    gjb_buffer_deinit(&line);
    gjb_buffer_deinit(&file);
    gjr_writer_deinit(&w);
    return why.claim;
}

/* In Chinese no part of a file is left under its English name. */
static void test_each_section_has_a_chinese_name(void **state)
{
    (void)state;
    gjb_buffer line;
    gjb_buffer_init(&line, NULL);
    for (uint32_t kind = GJR_SECTION_STRINGS; kind < GJR_TABLE_END; kind++) {
        const gj_refusal why = {
            .claim = 1, .section = gjr_section_name(kind), .row = 7, .field = UINT32_MAX};
        gj_writer out = {&line, append};
        gjb_buffer_reset(&line);
        assert_int_equal(gj_refusal_print(&why, GJ_ZH, &out), GJ_OK);
        for (size_t i = 0; i < line.size; i++) {
            assert_false(line.bytes[i] >= 'a' && line.bytes[i] <= 'z');
        }
    }
    gjb_buffer_deinit(&line);
}

static void test_each_breakage_is_refused_by_its_claim(void **state)
{
    (void)state;
    bool all = true;
    for (size_t i = 0; i < COUNT_OF(breakages); i++) {
        uint32_t claim = refused_claim(&breakages[i]);
        if (claim != breakages[i].claim) {
            print_error("claim %d (%s), %s: load says claim %u\n", breakages[i].claim,
                        gjr_claim_text(breakages[i].claim, GJ_EN), breakages[i].which, claim);
            all = false;
        }
    }
    assert_true(all);
}

/* Claims are proved of the second unit too, and the refusal says where in the file it is. */
static void test_a_refusal_tells_the_unit(void **state)
{
    (void)state;
    gjb_buffer file;
    gj_image *image = NULL;
    gj_refusal why;
    gjb_buffer_init(&file, NULL);
    two_of(&file, "renewal", "延续");
    assert_int_equal(gj_image_load(NULL, file.bytes, file.size, &image, &why), GJ_OK);
    gj_image_destroy(image);
    gjr_unit_entry *second = sample_unit(&file) + 1;
    gjr_section *sections = (gjr_section *)(void *)(file.bytes + second->offset);
    gjr_section *limits = &sections[GJR_TABLE_limit - 1];
    gjr_limit *row = (gjr_limit *)(void *)((char *)sections + limits->offset) + 1;
    row->unit = GJR_UNIT_COUNT;
    gjb_hash_of((char *)sections + limits->offset, (size_t)limits->size, limits->digest);
    gjb_hash_of(sections, GJR_SECTION_COUNT * sizeof *sections, second->identity);
    gjb_hash_of(sample_unit(&file), 2 * sizeof *second, header_of(&file)->identity);
    assert_int_equal(gj_image_load(NULL, file.bytes, file.size, &image, &why), GJ_REFUSED);
    assert_int_equal(why.claim, GJR_CLAIM_CHOICE);
    assert_int_equal(why.unit, 1);
    assert_int_equal(why.row, 1);
    assert_ptr_equal(file.bytes + why.offset, &row->unit);
    gjb_buffer_deinit(&file);
}

static void test_the_sample_holds(void **state)
{
    (void)state;
    assert_int_equal(refused_claim(&(claim_breakage){GJR_CLAIM_NONE, "none", NULL, NULL}), 0);
}

static void test_each_claim_has_a_breakage(void **state)
{
    (void)state;
    uint32_t expected = 1;
#define CLAIM(number, NAME, english, chinese)                                                      \
    {                                                                                              \
        bool found = false;                                                                        \
        for (size_t i = 0; i < COUNT_OF(breakages); i++) {                                         \
            found = found || breakages[i].claim == GJR_CLAIM_##NAME;                               \
        }                                                                                          \
        if (!found) {                                                                              \
            fail_msg("no breakage of claim %d, %s", number, #NAME);                                \
        }                                                                                          \
        assert_int_equal(number, expected);                                                        \
        expected = expected == 99 ? 200 : expected + 1; /* between are the calendar file's */      \
    }
#include "image/claims.def"
#undef CLAIM
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_sample_holds),
        cmocka_unit_test(test_a_refusal_tells_the_unit),
        cmocka_unit_test(test_each_section_has_a_chinese_name),
        cmocka_unit_test(test_each_breakage_is_refused_by_its_claim),
        cmocka_unit_test(test_each_claim_has_a_breakage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
