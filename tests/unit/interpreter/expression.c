/* SPDX-License-Identifier: Apache-2.0
 *
 * See expression.h. What an operator means hangs on the types of its operands, which are asked for
 * anew each time. Recursion is as deep as the tree. */
#include "unit/interpreter/expression.h"

#include "unit/interpreter/days.h"
#include "unit/interpreter/functions.h"
#include "unit/interpreter/operators.h"

static const plain_type any = {T_NONE, T_NONE, NULL};

/* ---- numbers ---- */

value value_of_exact(__int128 exact)
{
    return exact < INT64_MIN || exact > INT64_MAX ? value_unknown() : value_number((int64_t)exact);
}

/* Both are times 10000, or the first is a length. */
value value_multiplied(value a, value b)
{
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN) {
        return value_unknown();
    }
    __int128 exact = (__int128)a.number * b.number;
    return exact % 10000 != 0 ? value_unknown() : value_of_exact(exact / 10000);
}

/* The rest has the sign of the divisor. */
static value value_modulo(value a, value b)
{
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN || b.number == 0) {
        return value_unknown();
    }
    __int128 rest = (__int128)a.number % b.number;
    return value_of_exact(rest != 0 && (rest < 0) != (b.number < 0) ? rest + b.number : rest);
}

/* ---- calls ---- */

static value case_call_value(const facts *f, const gjc_node *expr, call what)
{
    const gjc_node *of = left_of(expr);
    int day = 0;
    if (what == DUE || what == RUNNING) {
        bool runs = f->due(f->payload, plain_find_limit(f->p, f->region, of->text), &day);
        bool told = runs && day != INT32_MIN;
        return what == RUNNING ? value_number(runs) : told ? value_number(day) : value_unknown();
    }
    int action = plain_find_action(f->p, of->text), times = f->times[action];
    if (what == OFFICERS) {
        int officers = f->officers[action];
        return officers == NO ? value_unknown() : value_number(officers * INT64_C(10000));
    }
    return what == TIMES  ? value_number(times * INT64_C(10000))
           : what == DONE ? value_number(times > 0)
           : times > 0    ? value_number(f->last_day[action])
                          : value_unknown();
}

static value call_value(const facts *f, const gjc_node *expr)
{
    const gjc_node *function = function_of(f->p, expr);
    if (function != NULL) {
        return function_value(f, expr, function);
    }
    call what = call_of(f, expr);
    return what < TIMES || what > RUNNING ? list_call_value(f, expr, what)
                                          : case_call_value(f, expr, what);
}

/* ---- everything ---- */

static value path_value(const facts *f, const gjc_node *expr, plain_type wanted)
{
    bool single = gjc_node_child_count(expr) <= 1;
    if (single && type_has_choice(wanted, expr->text)) {
        return value_text(expr->text);
    }
    const bound *item = path_bound(f, expr);
    int field = item != NULL ? NO : path_field(f, expr);
    if (field == NO && item == NULL) {
        return plain_is_spelt(expr->text, "at;办理时刻")
                   ? value_number(f->at)
                   : value_number(plain_day_of(&f->p->calendar, f->at));
    }
    value found = item != NULL ? item->item : f->fields[field];
    plain_type type = item != NULL ? item->type : f->p->fields[field].type;
    const gjc_node *name = path_part(f, expr);
    for (; name != NULL; name = gjc_node_find_next(name)) {
        size_t index;
        const gjc_node *part = value_part(type.node, name->text, &index);
        type = plain_type_read(f->p, gjc_node_find_type(part));
        found = found.kind == V_UNKNOWN ? found : found.items[index];
    }
    return found;
}

static value logic_value(const facts *f, const gjc_node *expr)
{
    bool deciding = expr->kind == GJC_EXPR_OR;
    value a = expression_value(f, left_of(expr), type_is(T_BOOL));
    value b = expression_value(f, right_of(expr), type_is(T_BOOL));
    if (value_is(a, deciding) || value_is(b, deciding)) {
        return value_number(deciding);
    }
    return a.kind == V_UNKNOWN || b.kind == V_UNKNOWN ? value_unknown() : value_number(!deciding);
}

static value else_value(const facts *f, const gjc_node *expr, plain_type wanted)
{
    const gjc_node *left = left_of(expr), *right = right_of(expr);
    plain_type type = wanted.base != T_NONE ? wanted : type_of(f, left);
    type = type.base != T_NONE ? type : type_of(f, right);
    value a = expression_value(f, left, type);
    return a.kind != V_UNKNOWN ? a : expression_value(f, right, type);
}

value expression_value(const facts *f, const gjc_node *expr, plain_type wanted)
{
    value a;
    switch ((int)expr->kind) {
    case GJC_EXPR_NUMBER:
    case GJC_EXPR_PERCENT:
    case GJC_EXPR_MONEY:
    case GJC_EXPR_DATE:
    case GJC_EXPR_BOOL:
        return value_number(expr->value);
    case GJC_EXPR_MOMENT:
        return value_number(expr->value - expr->value2 * 1000);
    case GJC_EXPR_STRING:
        return value_text(expr->text.bytes != NULL ? expr->text : gjb_text_of(""));
    case GJC_DURATION:
        return duration_value(f, expr);
    case GJC_EXPR_PATH:
        return path_value(f, expr, wanted);
    case GJC_EXPR_CALL:
        return call_value(f, expr);
    case GJC_EXPR_AND:
    case GJC_EXPR_OR:
        return logic_value(f, expr);
    case GJC_EXPR_NOT:
        a = expression_value(f, left_of(expr), type_is(T_BOOL));
        return a.kind == V_UNKNOWN ? a : value_number(!a.number);
    case GJC_EXPR_IN:
        return in_value(f, expr);
    case GJC_EXPR_ADD:
    case GJC_EXPR_SUBTRACT:
        return sum_value(f, expr, wanted);
    case GJC_EXPR_MULTIPLY:
        return value_multiplied(expression_value(f, left_of(expr), any),
                                expression_value(f, right_of(expr), any));
    case GJC_EXPR_MODULO:
        return value_modulo(expression_value(f, left_of(expr), any),
                            expression_value(f, right_of(expr), any));
    case GJC_EXPR_ELSE:
        return else_value(f, expr, wanted);
    case GJC_EXPR_NEGATE:
        a = expression_value(f, left_of(expr), wanted);
        return a.kind == V_UNKNOWN ? a : value_of_exact(-(__int128)a.number);
    default:
        return comparison_value(f, expr);
    }
}

value expression_truth(const facts *f, const gjc_node *expr)
{
    return expr == NULL ? value_number(true) : expression_value(f, expr, type_is(T_BOOL));
}
