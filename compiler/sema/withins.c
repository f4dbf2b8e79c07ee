/* SPDX-License-Identifier: Apache-2.0
 *
 * See withins.h. */
#include "sema/withins.h"

#include "sema/citations.h"
#include "sema/durations.h"
#include "sema/expressions.h"
#include "sema/types.h"

/* ---- what a line reads ---- */

/* What is another with every event, or as time goes on. */
static bool is_passing(const gjc_expr *expr)
{
    return expr->form == GJC_FORM_OPERATION &&
           (expr->op == GJR_OP_AT || expr->op == GJR_OP_TODAY || expr->op == GJR_OP_DUE ||
            expr->op == GJR_OP_RUNNING);
}

/* The first such part; recursion is bounded by GJC_EXPR_DEPTH_MAX. */
static const gjc_expr *passing_find(const gjc_expr *expr)
{
    const gjc_expr *parts[] = {expr->a, expr->b, expr->c};
    const gjc_expr *found = is_passing(expr) ? expr : NULL;
    for (size_t i = 0; found == NULL && i < sizeof parts / sizeof *parts; i++)
        found = parts[i] == NULL ? NULL : passing_find(parts[i]);
    return found;
}

static gjc_expr *reading_check(gjc_sema *sema, gjc_expr *expr)
{
    const gjc_expr *passing = expr == NULL ? NULL : passing_find(expr);
    if (passing != NULL)
        gjc_diag_add(sema->diags, GJC_E0655, passing->span, gjc_arg_none(), gjc_arg_none());
    return passing == NULL ? expr : NULL;
}

/* ---- one line ---- */

/* Its unit; what is said of its length goes to `line`. */
static gjr_unit length_take(gjc_sema *sema, const gjc_node *duration, gjc_within *line)
{
    line->span = duration->span;
    if (gjc_durations_are_told(duration)) {
        const gjc_node *number = gjc_node_find_expr(duration);
        gjc_expr *value = gjc_expr_resolve(sema, number, gjc_type_of(GJR_TYPE_NUMBER));
        line->value = reading_check(sema, value);
        return gjc_durations_unit(sema, duration);
    }
    gjc_length length = gjc_durations_length(sema, duration);
    line->amount = length.amount;
    return length.unit;
}

/* The law of the line itself counts, else that of its limit. */
static void unit_check(gjc_sema *sema, const gjc_node *limit, const gjc_node *clause,
                       const gjc_node *duration)
{
    bool own = gjc_node_find(clause, GJC_BASIS) != NULL;
    gjc_citations_check_unit(sema, own ? clause : limit, duration);
}

/* ---- lines together ---- */

/* A line after one that always holds is never come to. */
static void order_check(gjc_sema *sema, const gjc_node *clause, const gjc_node *before)
{
    if (before == NULL || gjc_node_find(before, GJC_WHEN) != NULL)
        return;
    gjc_diag *diag =
        gjc_diag_add(sema->diags, GJC_E0651, clause->span, gjc_arg_none(), gjc_arg_none());
    gjc_diag_note_add(sema->diags, diag, before->span,
                      gjc_arg_words("this line always holds", "此行总能适用"));
}

static void units_check(gjc_sema *sema, const gjc_node *duration, gjr_unit unit,
                        const gjc_limit *limit)
{
    if (unit == limit->unit)
        return;
    gjc_diag *diag =
        gjc_diag_add(sema->diags, GJC_E0650, duration->span, gjc_arg_none(), gjc_arg_none());
    gjc_diag_note_add(sema->diags, diag, limit->budget_span,
                      gjc_arg_words("the first line", "第一行"));
}

/* A line that cannot be read makes the limit have no length, which was reported. */
static bool is_whole(const gjc_node *clause, const gjc_within *line)
{
    bool when = gjc_node_find(clause, GJC_WHEN) != NULL;
    return (line->amount > 0 || line->value != NULL) && when == (line->when != NULL);
}

static void line_add(gjc_sema *sema, const gjc_node *node, const gjc_node *clause, gjc_limit *limit,
                     bool first)
{
    const gjc_node *duration = gjc_node_find(clause, GJC_DURATION);
    if (duration == NULL)
        return;
    gjc_within line = {.amount = 0};
    gjr_unit unit = length_take(sema, duration, &line);
    if (first) {
        limit->unit = unit;
        limit->budget_span = duration->span;
    }
    units_check(sema, duration, unit, limit);
    unit_check(sema, node, clause, duration);
    line.when = reading_check(sema, gjc_expr_resolve_when(sema, clause));
    line.basis = gjc_citations_resolve(sema, clause);
    if (is_whole(clause, &line))
        limit->withins[limit->within_count++] = line;
}

/* One line that always holds and says its number is a budget like any other; its articles, which
 * stand right behind the limit's, are the limit's. */
static void budget_take(gjc_limit *limit)
{
    const gjc_within *only = &limit->withins[0];
    if (limit->within_count != 1 || only->when != NULL || only->value != NULL)
        return;
    limit->budget = only->amount;
    limit->basis.count += only->basis.count;
    limit->within_count = 0;
}

void gjc_withins_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    const gjc_node *clause = gjc_node_find(node, GJC_WITHIN), *before = NULL;
    size_t count = gjc_node_count(node, GJC_WITHIN);
    if (count > GJR_LENGTHS_MAX) {
        gjc_diag_add(sema->diags, GJC_E0652, clause->span,
                     gjc_diag_number(sema->diags, GJR_LENGTHS_MAX), gjc_arg_none());
        return;
    }
    limit->withins = gjc_sema_make(sema, count, sizeof *limit->withins);
    for (; limit->withins != NULL && clause != NULL; clause = gjc_node_find_next(clause)) {
        order_check(sema, clause, before);
        line_add(sema, node, clause, limit, before == NULL);
        before = clause;
    }
    if (count == 1)
        budget_take(limit);
}

void gjc_withins_resolve_only(gjc_sema *sema, const gjc_node *duration, gjc_limit *limit)
{
    gjc_within *line = gjc_sema_make(sema, 1, sizeof *line);
    if (line == NULL)
        return;
    limit->unit = length_take(sema, duration, line);
    limit->budget_span = duration->span;
    limit->withins = line;
    limit->within_count = line->value != NULL ? 1 : 0;
}
