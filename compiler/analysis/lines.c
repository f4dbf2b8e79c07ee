/* SPDX-License-Identifier: Apache-2.0
 *
 * See lines.h. Recursion follows the expression, whose depth the parser has bounded. */
#include "analysis/lines.h"

#include "value/decimal.h"

#include <string.h>

enum { MS_PER_DAY = 24 * 60 * 60 * 1000 };

/* Beyond it a sum is left out, so that two of them can be multiplied and added. */
static const gjc_wide wide_max = (gjc_wide)1 << 62;

static bool is_wide(gjc_wide number)
{
    return number > wide_max || number < -wide_max;
}

/* ---- sums ---- */

/* A line whose multiples, and number, are to be divided by `parts`. */
typedef struct sum {
    gjc_line line;
    gjc_wide parts;
    bool failed;
} sum;

static size_t variable_get(gjc_lines *lines, const gjc_expr *expr)
{
    size_t i = 0;
    while (i < lines->variable_count && !gjc_expr_is_same(lines->variables[i], expr))
        i++;
    if (i < lines->variable_count || i == GJC_LINES_VARIABLES_MAX)
        return i;
    lines->variables[lines->variable_count++] = expr;
    if (gjc_expr_is_count(expr) && lines->count < GJC_LINES_MAX) { /* never below 0 */
        gjc_line *line = &lines->items[lines->count++];
        memset(line, 0, sizeof *line);
        line->times[i] = -1;
    }
    return i;
}

static sum sum_of_number(gjc_wide number)
{
    sum made = {.parts = 1};
    made.line.plus = number;
    return made;
}

static sum sum_of_variable(gjc_lines *lines, const gjc_expr *expr)
{
    sum made = {.parts = 1};
    size_t i = variable_get(lines, expr);
    made.failed = i == GJC_LINES_VARIABLES_MAX;
    if (!made.failed)
        made.line.times[i] = gjc_expr_is_count(expr) ? GJR_DECIMAL_SCALE : 1;
    return made;
}

static void sum_scale(sum *of, gjc_wide by)
{
    for (size_t i = 0; i <= GJC_LINES_VARIABLES_MAX; i++) {
        gjc_wide *number = i < GJC_LINES_VARIABLES_MAX ? &of->line.times[i] : &of->line.plus;
        of->failed = of->failed || __builtin_mul_overflow(*number, by, number) || is_wide(*number);
    }
}

/* a + by · b. */
static sum sum_add(sum a, sum b, int by)
{
    gjc_wide parts = a.parts;
    if (a.parts != b.parts) {
        sum_scale(&a, b.parts);
        sum_scale(&b, parts);
        a.failed =
            a.failed || __builtin_mul_overflow(a.parts, b.parts, &a.parts) || is_wide(a.parts);
    }
    for (size_t i = 0; i < GJC_LINES_VARIABLES_MAX; i++)
        a.line.times[i] += by * b.line.times[i];
    a.line.plus += by * b.line.plus;
    a.failed = a.failed || b.failed;
    return a;
}

static sum sum_of(gjc_lines *lines, const gjc_expr *expr);

/* Of a product with a constant, which is so many ten-thousandths. */
static sum product_of(gjc_lines *lines, const gjc_expr *expr)
{
    bool first = expr->a->op == GJR_OP_CONSTANT;
    if (!first && expr->b->op != GJR_OP_CONSTANT)
        return sum_of_variable(lines, expr);
    const gjc_expr *constant = first ? expr->a : expr->b, *of = first ? expr->b : expr->a;
    sum made = sum_of(lines, of);
    sum_scale(&made, constant->value);
    made.failed = made.failed ||
                  __builtin_mul_overflow(made.parts, GJR_DECIMAL_SCALE, &made.parts) ||
                  is_wide(made.parts);
    return made;
}

/* In days, of a length of time that is in milliseconds. */
static sum shifted_of(gjc_lines *lines, const gjc_expr *expr)
{
    sum by = sum_of(lines, expr->b);
    by.failed =
        by.failed || __builtin_mul_overflow(by.parts, MS_PER_DAY, &by.parts) || is_wide(by.parts);
    return sum_add(sum_of(lines, expr->a), by, 1);
}

static sum sum_of(gjc_lines *lines, const gjc_expr *expr)
{
    sum made;
    switch ((int)expr->op) {
    case GJR_OP_CONSTANT:
        return sum_of_number(expr->value);
    case GJR_OP_ADD:
        return sum_add(sum_of(lines, expr->a), sum_of(lines, expr->b), 1);
    case GJR_OP_SUBTRACT:
        return sum_add(sum_of(lines, expr->a), sum_of(lines, expr->b), -1);
    case GJR_OP_NEGATE:
        return sum_add(sum_of_number(0), sum_of(lines, expr->a), -1);
    case GJR_OP_SCALE:
        return product_of(lines, expr);
    case GJR_OP_DATE_ADD:
        return shifted_of(lines, expr);
    case GJR_OP_TIME_ADD:
        return sum_add(sum_of(lines, expr->a), sum_of(lines, expr->b), 1);
    case GJR_OP_DATE_BETWEEN:
    case GJR_OP_TIME_BETWEEN:
        made = sum_add(sum_of(lines, expr->a), sum_of(lines, expr->b), -1);
        sum_scale(&made, expr->op == GJR_OP_DATE_BETWEEN ? MS_PER_DAY : 1);
        return made;
    default:
        return sum_of_variable(lines, expr);
    }
}

/* ---- lines ---- */

static gjc_wide common_of(gjc_wide a, gjc_wide b)
{
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    while (b != 0) {
        gjc_wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The least whole number that is not less. */
static gjc_wide ceiling(gjc_wide number, gjc_wide by)
{
    return number / by + (number % by > 0 ? 1 : 0);
}

/* Divided by what its multiples have in common: the number is rounded up, since the rest of the sum
 * is whole. */
static void line_reduce(gjc_line *line)
{
    gjc_wide common = 0;
    for (size_t i = 0; i < GJC_LINES_VARIABLES_MAX; i++)
        common = common_of(common, line->times[i]);
    if (common <= 1)
        return;
    for (size_t i = 0; i < GJC_LINES_VARIABLES_MAX; i++)
        line->times[i] /= common;
    line->plus = ceiling(line->plus, common);
}

static void line_add(gjc_lines *lines, const gjc_line *line)
{
    if (lines->count == GJC_LINES_MAX) {
        lines->is_partial = true;
        return;
    }
    gjc_line *added = &lines->items[lines->count++];
    *added = *line;
    line_reduce(added);
}

/* by · sum + least is at most 0. */
static void sum_add_line(gjc_lines *lines, const sum *of, int by, int least)
{
    gjc_line line = of->line;
    for (size_t i = 0; i < GJC_LINES_VARIABLES_MAX; i++)
        line.times[i] *= by;
    line.plus = by * line.plus + least;
    line_add(lines, &line);
}

bool gjc_lines_take(const gjc_expr *comparison)
{
    if (comparison->op != GJR_OP_EQUAL && comparison->op != GJR_OP_LESS &&
        comparison->op != GJR_OP_LESS_EQUAL)
        return false;
    switch ((int)comparison->a->type.base) {
    case GJR_TYPE_NUMBER:
    case GJR_TYPE_MONEY:
    case GJR_TYPE_DATE:
    case GJR_TYPE_TIME:
    case GJR_TYPE_DURATION:
        return true;
    default:
        return false;
    }
}

bool gjc_lines_relate(const gjc_expr *comparison)
{
    gjc_lines lines;
    if (!gjc_lines_take(comparison))
        return false;
    gjc_lines_init(&lines);
    sum all = sum_add(sum_of(&lines, comparison->a), sum_of(&lines, comparison->b), -1);
    const gjc_expr *only = lines.variable_count == 1 ? lines.variables[0] : NULL;
    return !all.failed && lines.variable_count > 0 &&
           !(gjc_expr_is_same(only, comparison->a) || gjc_expr_is_same(only, comparison->b));
}

void gjc_lines_init(gjc_lines *lines)
{
    lines->variable_count = 0;
    lines->count = 0;
    lines->is_partial = false;
}

void gjc_lines_add(gjc_lines *lines, const gjc_expr *comparison, bool holds, gjc_side_of side)
{
    sum all = sum_add(sum_of(lines, comparison->a), sum_of(lines, comparison->b), -1);
    if (all.failed) {
        lines->is_partial = true;
    } else if (comparison->op == GJR_OP_LESS) {
        sum_add_line(lines, &all, holds ? 1 : -1, holds ? 1 : 0);
    } else if (comparison->op == GJR_OP_LESS_EQUAL) {
        sum_add_line(lines, &all, holds ? 1 : -1, holds ? 0 : 1);
    } else if (holds) {
        sum_add_line(lines, &all, 1, 0);
        sum_add_line(lines, &all, -1, 0);
    } else {
        sum_add_line(lines, &all, side == GJC_BELOW ? 1 : -1, 1);
    }
}

/* ---- eliminating ---- */

/* How many lines come of it. */
static size_t cost_of(const gjc_lines *lines, size_t variable)
{
    size_t above = 0, below = 0;
    for (size_t i = 0; i < lines->count; i++) {
        above += lines->items[i].times[variable] > 0 ? 1 : 0;
        below += lines->items[i].times[variable] < 0 ? 1 : 0;
    }
    return above * below;
}

/* The variable goes where one line bounds it from above and the other from below. */
static void pair_add(gjc_lines *to, const gjc_line *above, const gjc_line *below, size_t variable)
{
    gjc_line line;
    gjc_wide a = above->times[variable], b = -below->times[variable];
    bool is_large = false;
    for (size_t i = 0; i <= GJC_LINES_VARIABLES_MAX; i++) {
        bool plus = i == GJC_LINES_VARIABLES_MAX;
        gjc_wide one, other, *both = plus ? &line.plus : &line.times[i];
        is_large |= __builtin_mul_overflow(plus ? above->plus : above->times[i], b, &one);
        is_large |= __builtin_mul_overflow(plus ? below->plus : below->times[i], a, &other);
        is_large |= __builtin_add_overflow(one, other, both);
        is_large |= is_wide(*both);
    }
    if (is_large)
        to->is_partial = true;
    else
        line_add(to, &line);
}

static void eliminate(const gjc_lines *from, size_t variable, gjc_lines *to)
{
    to->variable_count = from->variable_count;
    to->count = 0;
    to->is_partial = from->is_partial;
    for (size_t i = 0; i < from->count; i++) {
        const gjc_line *line = &from->items[i];
        if (line->times[variable] == 0)
            line_add(to, line);
        for (size_t j = 0; line->times[variable] > 0 && j < from->count; j++)
            if (from->items[j].times[variable] < 0)
                pair_add(to, line, &from->items[j], variable);
    }
}

/* One that says of itself that it cannot be. */
static bool has_never(const gjc_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        const gjc_line *line = &lines->items[i];
        bool bare = true;
        for (size_t j = 0; j < lines->variable_count; j++)
            bare = bare && line->times[j] == 0;
        if (bare && line->plus > 0)
            return true;
    }
    return false;
}

/* The one not yet gone whose going costs least. */
static size_t variable_pick(const gjc_lines *lines, const bool *gone)
{
    size_t best = 0, least = SIZE_MAX;
    for (size_t i = 0; i < lines->variable_count; i++) {
        size_t cost = gone[i] ? SIZE_MAX : cost_of(lines, i);
        if (!gone[i] && cost < least) {
            best = i;
            least = cost;
        }
    }
    return best;
}

/* ---- numbers for it ---- */

/* A whole number of the unit that people write, where one lies between, and near 0. */
static gjc_wide number_pick(gjc_wide least, gjc_wide most)
{
    gjc_wide near = least > 0 ? least : most < 0 ? most : 0;
    gjc_wide whole = near - near % GJR_DECIMAL_SCALE;
    whole += near > 0 && whole < near ? GJR_DECIMAL_SCALE : 0;
    whole -= near < 0 && whole > near ? GJR_DECIMAL_SCALE : 0;
    return whole >= least && whole <= most ? whole : near;
}

/* What the lines leave for one variable, where those that went after it have their numbers. */
static bool value_find(const gjc_lines *lines, size_t variable, const bool *has, int64_t *values)
{
    gjc_wide least = -wide_max, most = wide_max;
    for (size_t i = 0; i < lines->count; i++) {
        const gjc_line *line = &lines->items[i];
        gjc_wide times = line->times[variable], rest = line->plus, part;
        for (size_t j = 0; j < lines->variable_count; j++) {
            if (has[j] && (__builtin_mul_overflow(line->times[j], (gjc_wide)values[j], &part) ||
                           __builtin_add_overflow(rest, part, &rest)))
                return false;
        }
        if (times > 0) { /* at most -rest / times */
            gjc_wide bound = -ceiling(rest, times);
            most = bound < most ? bound : most;
        } else if (times < 0) {
            gjc_wide bound = ceiling(rest, -times);
            least = bound > least ? bound : least;
        }
    }
    gjc_wide picked = number_pick(least, most);
    values[variable] = (int64_t)picked;
    return least <= most && picked <= INT64_MAX / 4 && picked >= INT64_MIN / 4;
}

static bool solve(const gjc_lines *lines, bool *gone, int64_t *values, bool *has)
{
    size_t left = 0;
    if (has_never(lines))
        return false;
    for (size_t i = 0; i < lines->variable_count; i++)
        left += gone[i] ? 0 : 1;
    if (left == 0)
        return true;
    gjc_lines rest;
    size_t variable = variable_pick(lines, gone);
    eliminate(lines, variable, &rest);
    gone[variable] = true;
    if (!solve(&rest, gone, values, has))
        return false;
    bool found = values == NULL || value_find(lines, variable, has, values);
    has[variable] = true;
    return found;
}

bool gjc_lines_may_meet(const gjc_lines *lines)
{
    bool gone[GJC_LINES_VARIABLES_MAX] = {false}, has[GJC_LINES_VARIABLES_MAX] = {false};
    return solve(lines, gone, NULL, has);
}

bool gjc_lines_find(const gjc_lines *lines, int64_t values[GJC_LINES_VARIABLES_MAX])
{
    bool gone[GJC_LINES_VARIABLES_MAX] = {false}, has[GJC_LINES_VARIABLES_MAX] = {false};
    return !lines->is_partial && solve(lines, gone, values, has);
}
