/* SPDX-License-Identifier: Apache-2.0
 *
 * See spans.h. */
#include "sema/spans.h"

#include "base/text.h"
#include "sema/citations.h"
#include "sema/durations.h"
#include "sema/withins.h"

/* ---- which clause says it ---- */

/* How long at most, at least, or both. */
static bool is_most(gjc_kind kind)
{
    return kind == GJC_WITHIN || kind == GJC_WITHIN_RANGE || kind == GJC_BY_DATE;
}

static bool is_least(gjc_kind kind)
{
    return kind == GJC_AT_LEAST || kind == GJC_WITHIN_RANGE;
}

static bool is_backward(gjc_kind kind)
{
    return kind == GJC_AT_LEAST_BEFORE || kind == GJC_WITHIN_BEFORE;
}

/* The first child of such a kind after `after`, or of all. */
static const gjc_node *clause_find(const gjc_node *in, const gjc_node *after,
                                   bool (*is)(gjc_kind kind))
{
    const gjc_node *node = after == NULL ? in->first : after->next;
    while (node != NULL && !is(node->kind))
        node = node->next;
    return node;
}

bool gjc_spans_say(const gjc_node *limit)
{
    return clause_find(limit, NULL, is_most) != NULL ||
           clause_find(limit, NULL, is_least) != NULL ||
           clause_find(limit, NULL, is_backward) != NULL;
}

const gjc_node *gjc_spans_backward(const gjc_node *limit)
{
    return clause_find(limit, NULL, is_backward);
}

/* The only one of such a kind; another is reported, unless both are lines of `within`. */
static const gjc_node *clause_take(gjc_sema *sema, const gjc_node *node, bool (*is)(gjc_kind kind))
{
    const gjc_node *first = clause_find(node, NULL, is);
    const gjc_node *next = first == NULL ? NULL : clause_find(node, first, is);
    for (; next != NULL; next = clause_find(node, next, is))
        if (first->kind != GJC_WITHIN || next->kind != GJC_WITHIN)
            gjc_diag_add(sema->diags, GJC_E0613, next->span, gjc_arg_none(), gjc_arg_none());
    return first;
}

/* ---- lengths ---- */

static const gjc_node *duration_of(const gjc_node *clause)
{
    return gjc_node_find(clause, GJC_DURATION);
}

static void most_take(gjc_sema *sema, const gjc_node *node, const gjc_node *duration,
                      gjc_limit *limit)
{
    if (gjc_durations_are_told(duration)) {
        gjc_withins_resolve_only(sema, duration, limit);
        return;
    }
    gjc_length length = gjc_durations_length(sema, duration);
    limit->unit = length.unit;
    limit->budget = length.amount;
    limit->budget_span = duration->span;
    gjc_citations_check_unit(sema, node, duration);
}

static void least_take(gjc_sema *sema, const gjc_node *node, const gjc_node *duration,
                       gjc_limit *limit)
{
    gjc_length length = gjc_durations_length(sema, duration);
    limit->least_unit = length.unit;
    limit->least = length.amount;
    gjc_citations_check_unit(sema, node, duration);
}

/* A date field: it includes that day. A time field: that instant. */
static void by_take(gjc_sema *sema, const gjc_node *clause, gjc_limit *limit)
{
    const gjc_model *model = sema->model;
    const gjc_node *path = gjc_node_find(clause, GJC_PATH);
    gjc_labels fields = GJC_LABELS(model->fields, model->field_count);
    uint32_t field =
        gjc_sema_find(sema, fields, path->text, path->span, gjc_arg_words("field", "数据项"));
    limit->budget_span = path->span;
    if (field == GJC_NO_INDEX || model->fields[field].type.base == GJR_TYPE_NOTHING)
        return;
    gjr_type type = model->fields[field].type.base;
    if (type != GJR_TYPE_DATE && type != GJR_TYPE_TIME) {
        gjc_diag_add(sema->diags, GJC_E0606, path->span, gjc_arg_text(path->text), gjc_arg_none());
        return;
    }
    limit->by = field;
    limit->unit = type == GJR_TYPE_DATE ? GJR_UNIT_DAYS : GJR_UNIT_HOURS;
}

static void range_check(gjc_sema *sema, const gjc_node *clause, const gjc_limit *limit)
{
    bool longer = limit->budget > 0 && limit->least > limit->budget;
    for (uint32_t i = 0; i < limit->within_count; i++)
        longer |= limit->withins[i].amount > 0 && limit->least > limit->withins[i].amount;
    if (limit->least_unit == limit->unit && longer)
        gjc_diag_add(sema->diags, GJC_E0616, clause->span, gjc_arg_none(), gjc_arg_none());
}

static void range_take(gjc_sema *sema, const gjc_node *node, const gjc_node *clause,
                       gjc_limit *limit)
{
    const gjc_node *least = duration_of(clause);
    const gjc_node *most = least == NULL ? NULL : gjc_node_find_next(least);
    if (most == NULL)
        return;
    least_take(sema, node, least, limit);
    most_take(sema, node, most, limit);
    range_check(sema, clause, limit);
}

static void backward_take(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    const gjc_node *clause = clause_take(sema, node, is_backward);
    const gjc_node *other = clause_find(node, NULL, is_most);
    other = other != NULL ? other : clause_find(node, NULL, is_least);
    if (other != NULL)
        gjc_diag_add(sema->diags, GJC_E0613, other->span, gjc_arg_none(), gjc_arg_none());
    limit->is_backward = true;
    limit->is_open = clause->kind == GJC_AT_LEAST_BEFORE;
    if (limit->is_open)
        least_take(sema, node, duration_of(clause), limit);
    else
        most_take(sema, node, duration_of(clause), limit);
    limit->unit = limit->is_open ? limit->least_unit : limit->unit;
    limit->budget_span = clause->span;
}

static void forward_take(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    const gjc_node *most = clause_take(sema, node, is_most);
    const gjc_node *least = clause_take(sema, node, is_least);
    if (most != NULL && most->kind == GJC_WITHIN_RANGE) {
        range_take(sema, node, most, limit);
        return;
    }
    if (most != NULL && most->kind == GJC_BY_DATE)
        by_take(sema, most, limit);
    else if (most != NULL && node->kind == GJC_LIMIT)
        gjc_withins_resolve(sema, node, limit);
    else if (most != NULL && duration_of(most) != NULL)
        most_take(sema, node, duration_of(most), limit);
    if (least != NULL && least->kind == GJC_AT_LEAST) {
        least_take(sema, node, duration_of(least), limit);
        range_check(sema, least, limit);
    }
    limit->is_open = most == NULL && least != NULL;
    if (limit->is_open) {
        limit->unit = limit->least_unit;
        limit->budget_span = least->span;
    }
}

/* ---- how its last day ends ---- */

static bool is_calendar_days(gjr_unit unit)
{
    return unit == GJR_UNIT_DAYS || unit == GJR_UNIT_MONTHS || unit == GJR_UNIT_YEARS;
}

/* A length in days rolls unless it is said not to; a minimum and a date only where it is said. */
static void rolls_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    const gjc_node *rolls = gjc_node_find(node, GJC_ROLLS);
    const gjc_node *stays = gjc_node_find(node, GJC_DOES_NOT_ROLL);
    if (rolls != NULL && stays != NULL)
        gjc_diag_add(sema->diags, GJC_E0607, stays->span,
                     gjc_arg_words("rolls or does not roll", "遇休顺延或遇休不顺延"),
                     gjc_arg_none());
    const gjc_node *said = rolls != NULL ? rolls : stays;
    bool most = !limit->is_open && is_calendar_days(limit->unit);
    bool least = limit->least > 0 && is_calendar_days(limit->least_unit);
    if (said != NULL && (limit->is_backward || (!most && !least)))
        gjc_diag_add(sema->diags, GJC_E0608, said->span, gjc_arg_none(), gjc_arg_none());
    if (limit->is_backward)
        return;
    bool has_calendar = gjb_text_is_present(sema->model->calendar);
    limit->least_rolls = least && rolls != NULL && has_calendar;
    limit->rolls = most && (limit->by != GJC_NO_INDEX ? rolls != NULL : stays == NULL);
    if (limit->rolls && !has_calendar && (gjc_limit_has_length(limit) || limit->by != GJC_NO_INDEX))
        gjc_diag_add(sema->diags, GJC_W0602, limit->budget_span, gjc_arg_none(), gjc_arg_none());
    limit->rolls = limit->rolls && has_calendar;
}

/* Of a limit that ends with a day. */
static void close_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    const gjc_node *close =
        gjc_sema_find_only(sema, node, GJC_CLOSE_OF_BUSINESS,
                           gjc_arg_words("ends at close of business", "下班时届满"));
    if (close == NULL)
        return;
    bool days = is_calendar_days(limit->unit) || limit->unit == GJR_UNIT_WORKDAYS;
    if (!days || limit->is_open || limit->is_backward)
        gjc_diag_add(sema->diags, GJC_E0612, close->span, gjc_arg_none(), gjc_arg_none());
    else if (!gjb_text_is_present(sema->model->calendar))
        gjc_diag_add(sema->diags, GJC_E0604, close->span, gjc_arg_none(), gjc_arg_none());
    else
        limit->at_close = true;
    gjc_durations_check_hours(sema, close->span);
}

/* Only how long at most may hang on the case. */
static void conditions_check(gjc_sema *sema, const gjc_node *limit)
{
    for (const gjc_node *node = limit->first; node != NULL; node = node->next) {
        bool says = is_most(node->kind) || is_least(node->kind) || is_backward(node->kind);
        const gjc_node *when = says ? gjc_node_find(node, GJC_WHEN) : NULL;
        if (when != NULL && node->kind != GJC_WITHIN)
            gjc_diag_add(sema->diags, GJC_E0653, when->span, gjc_arg_none(), gjc_arg_none());
    }
}

void gjc_spans_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    if (!gjc_spans_say(node))
        return;
    if (gjc_spans_is_backward(node))
        backward_take(sema, node, limit);
    else
        forward_take(sema, node, limit);
    conditions_check(sema, node);
    rolls_resolve(sema, node, limit);
    close_resolve(sema, node, limit);
}

void gjc_spans_resolve_after(gjc_sema *sema, const gjc_node *after, gjc_limit *limit)
{
    const gjc_node *duration = duration_of(after);
    if (duration == NULL)
        return;
    most_take(sema, after, duration, limit);
    rolls_resolve(sema, after, limit);
}
