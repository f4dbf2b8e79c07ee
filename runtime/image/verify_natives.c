/* SPDX-License-Identifier: Apache-2.0
 *
 * Natives: what they take and give, and who may call them. What an impure one gives is kept with
 * the event at hand, so only what is judged with an event may ask it. */
#include "base/map.h"
#include "image/image.h"
#include "image/opcode.h"
#include "image/shape.h"
#include "image/verify.h"

static bool crosses(gjr_shape shape)
{
    return shape.type == GJR_TYPE_LIST
               ? gjr_type_is_scalar(shape.element)
               : gjr_type_is_scalar(shape.type) && shape.element == GJR_TYPE_NOTHING;
}

/* Its members are named where there are some. */
static bool is_named(gjr_shape shape)
{
    bool choice = shape.type == GJR_TYPE_ENUM || shape.element == GJR_TYPE_ENUM;
    return choice == (shape.enumeration != GJR_NONE);
}

static gj_status verify_types(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->native_parameter_count; i++) {
        const gjr_native_parameter *row = &rows->native_parameters[i];
        if (!crosses(GJR_SHAPE_PLAIN(row))) {
            return GJR_REFUSE(verifier, NATIVE_TYPE, native_parameter, i, type);
        }
        if (!is_named(GJR_SHAPE_PLAIN(row))) {
            return GJR_REFUSE(verifier, ENUMERATION, native_parameter, i, enumeration);
        }
    }
    for (uint32_t i = 0; i < rows->native_count; i++) {
        if (!crosses(GJR_SHAPE_PLAIN(&rows->natives[i]))) {
            return GJR_REFUSE(verifier, NATIVE_TYPE, native, i, type);
        }
        if (!is_named(GJR_SHAPE_PLAIN(&rows->natives[i]))) {
            return GJR_REFUSE(verifier, ENUMERATION, native, i, enumeration);
        }
        if (rows->natives[i].parameters_count > GJR_NATIVE_PARAMETERS_MAX) {
            return GJR_REFUSE(verifier, NATIVE_PARAMETERS, native, i, parameters_first);
        }
    }
    return GJ_OK;
}

static gj_status verify_once(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    gjb_map names;
    gj_status status = GJ_OK;
    gjb_map_init(&names, verifier->arena.allocator, 0x6E617469u);
    for (uint32_t i = 0; status == GJ_OK && i < rows->native_count; i++) {
        bool added = false;
        if (gjb_map_add(&names, gjr_rows_text(rows, rows->natives[i].name), i, &added) == NULL) {
            status = GJ_NO_MEMORY;
        } else if (!added) {
            status = GJR_REFUSE(verifier, NATIVE_ONCE, native, i, name);
        }
    }
    gjb_map_deinit(&names);
    return status;
}

gj_status gjr_verify_natives(gjr_verifier *verifier)
{
    gj_status status = verify_types(verifier);
    return status == GJ_OK ? verify_once(verifier) : status;
}

/* ---- who calls them ---- */

/* What each expression calls. */
enum { CALLS_IMPURE = 1, CALLS_TEXT = 2 };

static uint8_t calls_of(const gjr_rows *rows, const gjr_expression *expression)
{
    uint8_t calls = 0;
    for (uint32_t i = 0; i < expression->code_count; i++) {
        const gjr_instruction *row = &rows->instructions[expression->code_first + i];
        if (gjr_word_op(row->word) != GJR_OP_CALL) {
            continue;
        }
        const gjr_native *native = &rows->natives[row->immediate];
        bool text = gjr_type_is_textual(native->type) || gjr_type_is_textual(native->element);
        calls |= (native->flags & GJR_NATIVE_PURE) != 0 ? 0 : CALLS_IMPURE;
        calls |= text ? CALLS_TEXT : 0;
    }
    return calls;
}

static bool does(const uint8_t *calls, uint32_t expression, uint8_t what)
{
    return expression != GJR_NONE && (calls[expression] & what) != 0;
}

/* Each row of a table whose column's expression asks an impure native. */
#define VERIFY_EVENT(table, column)                                                                \
    for (uint32_t i = 0; i < rows->table##_count; i++) {                                           \
        if (does(calls, rows->table##s[i].column, CALLS_IMPURE)) {                                 \
            return GJR_REFUSE(verifier, NATIVE_EVENT, table, i, column);                           \
        }                                                                                          \
    }

static gj_status verify_events(const gjr_verifier *verifier, const uint8_t *calls)
{
    const gjr_rows *rows = verifier->rows;
    VERIFY_EVENT(field, preset)
    VERIFY_EVENT(trigger, when)
    VERIFY_EVENT(stop, when)
    VERIFY_EVENT(extension, when)
    VERIFY_EVENT(effect, when)
    VERIFY_EVENT(role, when)
    for (uint32_t i = 0; i < rows->rule_count; i++) {
        const gjr_rule *rule = &rows->rules[i];
        uint32_t end = rule->exceptions_first + rule->exceptions_count;
        for (uint32_t j = rule->exceptions_first; j < end; j++) {
            if (rule->kind >= GJR_RULE_FOLLOWED &&
                does(calls, rows->exceptions[j].condition, CALLS_IMPURE)) {
                return GJR_REFUSE(verifier, NATIVE_EVENT, exception, j, condition);
            }
        }
    }
    for (uint32_t i = 0; i < rows->effect_count; i++) {
        const gjr_effect *effect = &rows->effects[i];
        for (uint32_t j = effect->sets_first; j < effect->sets_first + effect->sets_count; j++) {
            if (does(calls, rows->assignments[j].value, CALLS_IMPURE)) {
                return GJR_REFUSE(verifier, NATIVE_EVENT, assignment, j, value);
            }
        }
    }
    return GJ_OK;
}

static gj_status verify_sets(const gjr_verifier *verifier, const uint8_t *calls)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->assignment_count; i++) {
        const gjr_assignment *row = &rows->assignments[i];
        if (gjr_type_is_textual(rows->fields[row->field].type) &&
            does(calls, row->value, CALLS_TEXT)) {
            return GJR_REFUSE(verifier, NATIVE_SET, assignment, i, value);
        }
    }
    return GJ_OK;
}

gj_status gjr_verify_calls(gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    if (rows->native_count == 0) {
        return GJ_OK;
    }
    uint8_t *calls = gjb_arena_make(&verifier->arena, rows->expression_count, 1);
    if (calls == NULL) {
        return GJ_NO_MEMORY;
    }
    for (uint32_t i = 0; i < rows->expression_count; i++) {
        calls[i] = calls_of(rows, &rows->expressions[i]);
    }
    gj_status status = verify_events(verifier, calls);
    return status == GJ_OK ? verify_sets(verifier, calls) : status;
}
