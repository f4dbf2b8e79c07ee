/* SPDX-License-Identifier: Apache-2.0
 *
 * See moments.h. */
#include "sema/moments.h"

#include "base/text.h"
#include "sema/expressions.h"
#include "sema/operations.h"
#include "sema/refusals.h"
#include "sema/types.h"
#include "time/civil.h"

/* ---- lengths ---- */

/* Milliseconds of a fixed one; 0 of any other. */
static int64_t unit_length(gjc_unit unit)
{
    switch (unit) {
    case GJC_DAYS:
        return GJR_MS_PER_DAY;
    case GJC_HOURS_UNIT:
        return GJR_MS_PER_HOUR;
    case GJC_MINUTES:
        return GJR_MS_PER_HOUR / 60;
    case GJC_WORKDAYS:
    case GJC_MONTHS:
    case GJC_YEARS:
    case GJC_WORKHOURS:
    case GJC_UNIT_COUNT:
        break;
    }
    return 0;
}

static bool is_unfixed(const gjc_node *node)
{
    return node != NULL && node->kind == GJC_DURATION && unit_length((gjc_unit)node->value) == 0;
}

static gjc_expr *number_of(gjc_sema *sema, const gjc_node *duration)
{
    const gjc_node *number = gjc_node_find_expr(duration);
    return number == NULL ? NULL : gjc_expr_resolve(sema, number, gjc_type_of(GJR_TYPE_NUMBER));
}

gjc_expr *gjc_moments_duration(gjc_sema *sema, const gjc_node *node)
{
    gjc_unit unit = (gjc_unit)node->value;
    int64_t length = unit_length(unit), whole;
    if (length == 0) {
        gjc_diag_add(sema->diags, GJC_E0419, node->span,
                     gjc_arg_words(gjc_unit_name(unit, GJ_EN), gjc_unit_name(unit, GJ_ZH)),
                     gjc_arg_none());
        return NULL;
    }
    const gjc_node *number = gjc_node_find_expr(node);
    if (number != NULL && number->kind == GJC_EXPR_NUMBER &&
        !__builtin_mul_overflow(number->value, length, &whole) && whole % GJC_DECIMAL_SCALE == 0)
        return gjc_expr_make_constant(sema, GJR_TYPE_DURATION, whole / GJC_DECIMAL_SCALE,
                                      node->span);
    gjc_expr *count = number_of(sema, node);
    if (count == NULL)
        return NULL;
    gjc_expr *one = gjc_expr_make_constant(sema, GJR_TYPE_DURATION, length, node->span);
    return gjc_expr_make_operation(sema, GJR_OP_SCALE, gjc_type_of(GJR_TYPE_DURATION), node->span,
                                   one, count);
}

/* ---- shifting a date ---- */

static const gjc_node *left_of(const gjc_node *node)
{
    return gjc_node_find_expr(node);
}

static const gjc_node *right_of(const gjc_node *node)
{
    const gjc_node *left = left_of(node);
    return left == NULL ? NULL : gjc_node_find_next_expr(left);
}

bool gjc_moments_is_shift(const gjc_node *node)
{
    return is_unfixed(right_of(node)) || (node->kind == GJC_EXPR_ADD && is_unfixed(left_of(node)));
}

static gjc_expr *months_of(gjc_sema *sema, gjc_expr *years)
{
    gjc_expr *twelve =
        gjc_expr_make_constant(sema, GJR_TYPE_NUMBER, 12 * GJC_DECIMAL_SCALE, years->span);
    return twelve == NULL ? NULL
                          : gjc_expr_make_operation(sema, GJR_OP_SCALE, years->type, years->span,
                                                    years, twelve);
}

/* The date so many units on, or back. */
static gjc_expr *shifted(gjc_sema *sema, const gjc_node *duration, gjc_expr *date, bool back,
                         gjc_span span)
{
    gjc_unit unit = (gjc_unit)duration->value;
    gjc_expr *count = number_of(sema, duration);
    if (unit == GJC_WORKHOURS) {
        gjc_refusals_add(sema, GJC_UNSUPPORTED_SHIFT_WORKHOURS, duration->span);
        return NULL;
    }
    if (unit == GJC_WORKDAYS && !gjb_text_is_present(sema->model->calendar)) {
        gjc_diag_add(sema->diags, GJC_E0604, duration->span, gjc_arg_none(), gjc_arg_none());
        return NULL;
    }
    if (count != NULL && unit == GJC_YEARS)
        count = months_of(sema, count);
    if (count != NULL && back)
        count = gjc_expr_make_operation(sema, GJR_OP_NEGATE, count->type, count->span, count, NULL);
    if (count == NULL || date == NULL)
        return NULL;
    return gjc_expr_make_operation(sema,
                                   unit == GJC_WORKDAYS ? GJR_OP_WORKDAYS_ADD : GJR_OP_MONTHS_ADD,
                                   gjc_type_of(GJR_TYPE_DATE), span, date, count);
}

gjc_expr *gjc_moments_shift(gjc_sema *sema, const gjc_node *node)
{
    const gjc_node *left = left_of(node), *right = right_of(node);
    bool swapped = !is_unfixed(right);
    gjc_expr *date = gjc_expr_resolve(sema, swapped ? right : left, gjc_type_of(GJR_TYPE_DATE));
    return shifted(sema, swapped ? left : right, date, node->kind == GJC_EXPR_SUBTRACT, node->span);
}

/* ---- calculating ---- */

static bool is_moment(const gjc_expr *expr)
{
    return expr->type.base == GJR_TYPE_DATE || expr->type.base == GJR_TYPE_TIME;
}

bool gjc_moments_are_calculated(const gjc_expr *a, const gjc_expr *b)
{
    return is_moment(a) || is_moment(b);
}

gjc_expr *gjc_moments_calculate(gjc_sema *sema, const gjc_node *node, gjc_expr *a, gjc_expr *b)
{
    bool minus = node->kind == GJC_EXPR_SUBTRACT;
    const gjc_type length = gjc_type_of(GJR_TYPE_DURATION);
    if (minus && is_moment(a) && gjc_type_equal(a->type, b->type))
        return gjc_expr_make_operation(
            sema, a->type.base == GJR_TYPE_DATE ? GJR_OP_DATE_BETWEEN : GJR_OP_TIME_BETWEEN, length,
            node->span, a, b);
    bool swapped = !minus && is_moment(b);
    gjc_expr *moment = swapped ? b : a, *by = swapped ? a : b;
    if (!is_moment(moment) || !gjc_type_equal(by->type, length)) {
        gjc_diag_add(sema->diags, GJC_E0404, node->span, gjc_type_words(sema, a->type),
                     gjc_type_words(sema, b->type));
        return NULL;
    }
    if (minus)
        by = gjc_expr_make_operation(sema, GJR_OP_NEGATE, length, by->span, by, NULL);
    if (by == NULL)
        return NULL;
    return gjc_expr_make_operation(
        sema, moment->type.base == GJR_TYPE_DATE ? GJR_OP_DATE_ADD : GJR_OP_TIME_ADD, moment->type,
        node->span, moment, by);
}

/* ---- comparing ---- */

static bool is_special(const gjc_node *node)
{
    return node != NULL && (node->kind == GJC_EXPR_TIME || is_unfixed(node));
}

bool gjc_moments_are_compared(const gjc_node *node)
{
    return is_special(left_of(node)) != is_special(right_of(node));
}

/* `x - y` beside `n months` is x beside y + n months. */
static bool difference_compare(gjc_sema *sema, const gjc_node *difference, const gjc_node *duration,
                               gjc_expr **x, gjc_expr **shift)
{
    if (difference->kind != GJC_EXPR_SUBTRACT || gjc_moments_is_shift(difference)) {
        gjc_moments_duration(sema, duration); /* says why not */
        return false;
    }
    const gjc_type date = gjc_type_of(GJR_TYPE_DATE);
    *x = gjc_expr_resolve(sema, left_of(difference), date);
    gjc_expr *y = gjc_expr_resolve(sema, right_of(difference), date);
    gjc_span span = {difference->span.source, difference->span.begin, duration->span.end};
    *shift = shifted(sema, duration, y, false, span);
    return *x != NULL && *shift != NULL;
}

static bool clock_compare(gjc_sema *sema, const gjc_node *instant, const gjc_node *time,
                          gjc_expr **clock, gjc_expr **wanted)
{
    const gjc_type length = gjc_type_of(GJR_TYPE_DURATION);
    gjc_expr *at = gjc_expr_resolve(sema, instant, gjc_type_of(GJR_TYPE_TIME));
    *wanted = gjc_expr_make_constant(sema, GJR_TYPE_DURATION, time->value * GJR_MS_PER_SECOND,
                                     time->span);
    *clock = gjc_expr_make_operation(sema, GJR_OP_CLOCK, length, instant->span, at, NULL);
    return *clock != NULL && *wanted != NULL;
}

bool gjc_moments_compare(gjc_sema *sema, const gjc_node *node, gjc_expr **a, gjc_expr **b)
{
    const gjc_node *left = left_of(node), *right = right_of(node);
    bool swapped = is_special(left);
    const gjc_node *special = swapped ? left : right, *plain = swapped ? right : left;
    gjc_expr **first = swapped ? b : a, **second = swapped ? a : b;
    return special->kind == GJC_EXPR_TIME ? clock_compare(sema, plain, special, first, second)
                                          : difference_compare(sema, plain, special, first, second);
}
