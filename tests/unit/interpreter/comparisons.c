/* SPDX-License-Identifier: Apache-2.0
 *
 * Comparing. See operators.h. */
#include "unit/interpreter/operators.h"

#include "unit/interpreter/days.h"
#include "unit/interpreter/functions.h"

static const plain_type any = {T_NONE, T_NONE, NULL};

static value sides_compare(gjc_kind kind, value a, value b)
{
    if (kind == GJC_EXPR_IS || kind == GJC_EXPR_IS_NOT) {
        value same = value_equal(a, b);
        return same.kind == V_UNKNOWN || kind == GJC_EXPR_IS ? same : value_number(!same.number);
    }
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN) {
        return value_unknown();
    }
    switch ((int)kind) {
    case GJC_EXPR_LESS:
        return value_number(a.number < b.number);
    case GJC_EXPR_LESS_EQUAL:
        return value_number(a.number <= b.number);
    case GJC_EXPR_GREATER:
        return value_number(a.number > b.number);
    default:
        return value_number(a.number >= b.number);
    }
}

/* The time of day that the wall's clock shows. */
static value clock_value(const facts *f, value instant)
{
    if (instant.kind == V_UNKNOWN) {
        return instant;
    }
    int64_t wall = instant.number + plain_offset_ms(&f->p->calendar, instant.number);
    int64_t clock = wall % MS_PER_DAY;
    return value_number(clock < 0 ? clock + MS_PER_DAY : clock);
}

/* One side of a comparison whose other side is 09:00, or so many months, working days, years. */
static value side_beside(const facts *f, const gjc_node *side, const gjc_node *other)
{
    if (other->kind == GJC_EXPR_TIME) {
        return clock_value(f, expression_value(f, side, type_is(T_TIME)));
    }
    return expression_value(f, left_of(side), type_is(T_DATE));
}

/* That other side: `x - y` beside 5 months is x beside y + 5 months. */
static value special_side(const facts *f, const gjc_node *special, const gjc_node *side)
{
    if (special->kind == GJC_EXPR_TIME) {
        return value_number(special->value * 1000);
    }
    return value_shifted(f, expression_value(f, right_of(side), type_is(T_DATE)), special, 1);
}

/* ---- shares ---- */

static bool is_share(const facts *f, const gjc_node *expr)
{
    return expr->kind == GJC_EXPR_CALL && function_of(f->p, expr) == NULL &&
           call_of(f, expr) == SHARE;
}

/* A share beside a number, both as so many ten-thousandths of an item: a third has no exact value.
 * Of no items it is unknown. */
static value share_compare(const facts *f, const gjc_node *expr, bool share_first)
{
    const gjc_node *share = share_first ? left_of(expr) : right_of(expr);
    value number =
        expression_value(f, share_first ? right_of(expr) : left_of(expr), type_is(T_NUMBER));
    size_t holding, all;
    if (!share_counts(f, share, &holding, &all) || all == 0 || number.kind == V_UNKNOWN) {
        return value_unknown();
    }
    __int128 held = (__int128)holding * 10000, asked = (__int128)number.number * (__int128)all;
    int order = (held > asked) - (held < asked);
    return sides_compare(expr->kind, value_number(share_first ? order : -order), value_number(0));
}

/* ---- everything ---- */

value comparison_value(const facts *f, const gjc_node *expr)
{
    const gjc_node *left = left_of(expr), *right = right_of(expr);
    if (is_share(f, left) || is_share(f, right)) {
        return share_compare(f, expr, is_share(f, left));
    }
    bool left_special = left->kind == GJC_EXPR_TIME || expression_is_unfixed(left);
    bool right_special = right->kind == GJC_EXPR_TIME || expression_is_unfixed(right);
    if (left_special != right_special) {
        value a = left_special ? special_side(f, left, right) : side_beside(f, left, right);
        value b = left_special ? side_beside(f, right, left) : special_side(f, right, left);
        return sides_compare(expr->kind, a, b);
    }
    plain_type own = type_of(f, left), type = own.base == T_NONE ? type_of(f, right) : own;
    return sides_compare(expr->kind, expression_value(f, left, own.base == T_NONE ? type : any),
                         expression_value(f, right, type));
}
