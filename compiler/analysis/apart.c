/* SPDX-License-Identifier: Apache-2.0
 *
 * See apart.h. Recursion follows the expression, whose depth the parser has bounded. */
#include "analysis/apart.h"

#include "value/decimal.h"

/* Some days that are compared with a difference: as many at least, and at most. */
typedef struct days {
    int64_t least, most;
} days;

static const days any = {-GJC_APART_ANY, GJC_APART_ANY};

/* ---- constants ---- */

/* As the machine works it out; false where it is none, or too large to matter. */
static bool constant_of(const gjc_expr *expr, int64_t *value)
{
    int64_t a, b;
    if (expr->op == GJR_OP_CONSTANT) {
        *value = expr->value;
        return true;
    }
    if (expr->op == GJR_OP_NEGATE && constant_of(expr->a, &a) && a > -GJC_APART_ANY) {
        *value = -a;
        return true;
    }
    if (expr->op != GJR_OP_SCALE || !constant_of(expr->a, &a) || !constant_of(expr->b, &b) ||
        __builtin_mul_overflow(a, b, &a) || a % GJR_DECIMAL_SCALE != 0)
        return false;
    *value = a / GJR_DECIMAL_SCALE;
    return true;
}

/* Of a length of time, which may end within a day. */
static bool whole_days(const gjc_expr *length, days *found)
{
    const int64_t day_ms = 24 * 60 * 60 * INT64_C(1000);
    int64_t ms;
    if (!constant_of(length, &ms))
        return false;
    int64_t floor = ms / day_ms - (ms % day_ms < 0 ? 1 : 0);
    *found = (days){floor, floor + (ms % day_ms != 0 ? 1 : 0)};
    return true;
}

/* ---- shifts ---- */

static days of_workdays(int64_t count)
{
    return count > 0   ? (days){count, GJC_APART_ANY}
           : count < 0 ? (days){-GJC_APART_ANY, count}
                       : any;
}

static days of_months(int64_t count)
{
    return count >= 0 ? (days){28 * count, 31 * count} : (days){31 * count, 28 * count};
}

/* By how many days it lies behind the date from which it is shifted; false: it is no such. */
static bool shift_of(const gjc_expr *expr, const gjc_expr **from, days *by)
{
    enum { COUNT_MAX = 1000000 };
    int64_t count;
    *from = expr->a;
    if (expr->op == GJR_OP_DATE_ADD)
        return whole_days(expr->b, by);
    if ((expr->op != GJR_OP_WORKDAYS_ADD && expr->op != GJR_OP_MONTHS_ADD) ||
        !constant_of(expr->b, &count) || count % GJR_DECIMAL_SCALE != 0)
        return false;
    count /= GJR_DECIMAL_SCALE;
    if (count > COUNT_MAX || count < -COUNT_MAX)
        return false;
    *by = expr->op == GJR_OP_WORKDAYS_ADD ? of_workdays(count) : of_months(count);
    return true;
}

/* ---- comparisons ---- */

/* Of a comparison of `one` with `other`, a difference of dates on the side of `one`: which, and the
 * days with which it is compared. */
static bool sides_of(const gjc_expr *one, const gjc_expr *other, gjc_apart *found, days *with)
{
    if (one->op == GJR_OP_DATE_BETWEEN) {
        found->date = one->a;
        found->from = one->b;
        return whole_days(other, with);
    }
    if (one->type.base != GJR_TYPE_DATE)
        return false;
    found->date = one;
    return shift_of(other, &found->from, with);
}

/* The difference is less than these days, or not more. */
static void below(gjc_apart *found, days with, bool strictly)
{
    found->least = -GJC_APART_ANY;
    found->most = with.most == GJC_APART_ANY ? GJC_APART_ANY : with.most - (strictly ? 1 : 0);
}

static void above(gjc_apart *found, days with, bool strictly)
{
    found->least = with.least == -GJC_APART_ANY ? -GJC_APART_ANY : with.least + (strictly ? 1 : 0);
    found->most = GJC_APART_ANY;
}

bool gjc_apart_of(const gjc_expr *comparison, bool holds, gjc_apart *found)
{
    bool equal = comparison->op == GJR_OP_EQUAL, less = comparison->op == GJR_OP_LESS;
    days with = any;
    if ((!equal && !less && comparison->op != GJR_OP_LESS_EQUAL) || (equal && !holds))
        return false;
    bool on_left = sides_of(comparison->a, comparison->b, found, &with);
    if (!on_left && !sides_of(comparison->b, comparison->a, found, &with))
        return false;
    bool strictly = less == holds; /* not less is at least */
    if (equal) {
        found->least = with.least;
        found->most = with.most;
    } else if (on_left == holds) {
        below(found, with, strictly);
    } else {
        above(found, with, strictly);
    }
    return true;
}
