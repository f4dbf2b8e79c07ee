/* SPDX-License-Identifier: Apache-2.0
 *
 * See samples.h. Recursion follows the expression, whose depth the parser has bounded. */
#include "analysis/samples.h"

#include "analysis/apart.h"
#include "analysis/lines.h"
#include "value/decimal.h"

enum {
    TERMS_MAX = 16,
    VALUES_MAX = 32,
    COMBINATIONS_MAX = 4096,
    SIZE_MAX_TRIED = 256,
    LINES_WORK = 1 << 10, /* for one combination, about */
};

typedef struct term {
    const gjc_expr *expr;
    int64_t values[VALUES_MAX];
    size_t count, chosen;
} term;

typedef struct trial {
    gjc_sampler *sampler;
    term terms[TERMS_MAX];
    size_t count;
    bool is_linear;  /* comparisons of amounts are terms of their own, and asked of together */
    bool is_exact;   /* every term is a field that can be shown: all of them vary freely */
    bool is_too_big; /* nothing can be said */
} trial;

/* ---- terms ---- */

static term *term_find(trial *t, const gjc_expr *expr)
{
    for (size_t i = 0; i < t->count; i++)
        if (gjc_expr_is_same(t->terms[i].expr, expr))
            return &t->terms[i];
    return NULL;
}

static void value_add(trial *t, term *of, int64_t value)
{
    for (size_t i = 0; i < of->count; i++)
        if (of->values[i] == value)
            return;
    if (of->count == VALUES_MAX)
        t->is_too_big = true;
    else
        of->values[of->count++] = value;
}

/* Of instants and days no example is shown. */
static bool can_be_shown(gjc_type type)
{
    return type.base != GJR_TYPE_DATE && type.base != GJR_TYPE_TIME && type.base != GJR_TYPE_TEXT &&
           type.base != GJR_TYPE_OFFICER && type.base != GJR_TYPE_LIST;
}

static bool is_line(const trial *t, const gjc_expr *expr)
{
    return t->is_linear && gjc_lines_take(expr);
}

/* That one is as large as another, which it may also miss from below or from above. */
static bool has_sides(const trial *t, const gjc_expr *expr)
{
    return is_line(t, expr) && expr->op == GJR_OP_EQUAL;
}

static term *term_get(trial *t, const gjc_expr *expr)
{
    term *known = term_find(t, expr);
    if (known != NULL)
        return known;
    if (t->count == TERMS_MAX) {
        t->is_too_big = true;
        return NULL;
    }
    known = &t->terms[t->count++];
    *known = (term){.expr = expr};
    t->is_exact =
        t->is_exact && (is_line(t, expr) || (expr->op == GJR_OP_FIELD && can_be_shown(expr->type)));
    if (has_sides(t, expr)) {
        value_add(t, known, GJC_EQUAL);
        value_add(t, known, GJC_BELOW);
        value_add(t, known, GJC_ABOVE);
    } else if (expr->type.base == GJR_TYPE_BOOL) {
        value_add(t, known, 1);
        value_add(t, known, 0);
    } else if (expr->type.base == GJR_TYPE_ENUM) {
        uint32_t members = t->sampler->model->enumerations[expr->type.enumeration].member_count;
        for (uint32_t i = 0; i < members; i++)
            value_add(t, known, i);
    }
    return known;
}

/* The constant and its neighbours; whole numbers first, which read better in an example. Far-off
 * constants have no neighbours that could overflow. */
static void neighbours_add(trial *t, const gjc_expr *expr, int64_t constant)
{
    term *of = term_get(t, expr);
    bool scaled = expr->type.base == GJR_TYPE_NUMBER || expr->type.base == GJR_TYPE_MONEY;
    int64_t steps[] = {0, scaled ? GJR_DECIMAL_SCALE : 1, scaled ? -GJR_DECIMAL_SCALE : -1, 1, -1};
    if (of == NULL || expr->type.base == GJR_TYPE_ENUM || expr->type.base == GJR_TYPE_BOOL)
        return;
    if (constant > INT64_MAX / 2 || constant < INT64_MIN / 2) {
        t->is_too_big = true;
        return;
    }
    int64_t base = gjc_expr_is_count(expr) ? constant - constant % GJR_DECIMAL_SCALE : constant;
    for (size_t i = 0; i < (gjc_expr_is_count(expr) ? 3 : sizeof steps / sizeof *steps); i++)
        if (!gjc_expr_is_count(expr) || base + steps[i] >= 0)
            value_add(t, of, base + steps[i]);
}

static bool is_tried(const gjc_expr *expr)
{
    switch ((int)expr->type.base) {
    case GJR_TYPE_NUMBER:
    case GJR_TYPE_MONEY:
    case GJR_TYPE_DATE:
    case GJR_TYPE_TIME:
    case GJR_TYPE_BOOL:
    case GJR_TYPE_ENUM:
        return true;
    default:
        return false;
    }
}

static bool is_comparison(const gjc_expr *expr)
{
    return expr->op == GJR_OP_EQUAL || expr->op == GJR_OP_LESS || expr->op == GJR_OP_LESS_EQUAL;
}

/* A comparison of a term with a constant, or of two constants. */
static bool is_understood(const trial *t, const gjc_expr *expr)
{
    return is_comparison(expr) && !is_line(t, expr) && is_tried(expr->a) &&
           (expr->a->op == GJR_OP_CONSTANT || expr->b->op == GJR_OP_CONSTANT);
}

static void gather(trial *t, const gjc_expr *expr)
{
    if (expr->op == GJR_OP_AND || expr->op == GJR_OP_OR || expr->op == GJR_OP_NOT) {
        gather(t, expr->a);
        if (expr->b != NULL)
            gather(t, expr->b);
    } else if (is_understood(t, expr)) {
        const gjc_expr *constant = expr->a->op == GJR_OP_CONSTANT ? expr->a : expr->b;
        const gjc_expr *other = constant == expr->a ? expr->b : expr->a;
        if (other->op != GJR_OP_CONSTANT)
            neighbours_add(t, other, constant->value);
    } else if (expr->op != GJR_OP_CONSTANT) {
        term_get(t, expr); /* a fact of its own */
    }
}

/* Whether some comparison in it is of more than a single thing and a constant. */
static bool relates(const gjc_expr *expr)
{
    if (expr->op == GJR_OP_AND || expr->op == GJR_OP_OR || expr->op == GJR_OP_NOT)
        return relates(expr->a) || (expr->b != NULL && relates(expr->b));
    return gjc_lines_relate(expr);
}

/* ---- trying ---- */

static int64_t value_of(trial *t, const gjc_expr *expr)
{
    if (expr->op == GJR_OP_CONSTANT)
        return expr->value;
    const term *known = term_find(t, expr);
    return known == NULL ? 0 : known->values[known->chosen];
}

static bool holds(trial *t, const gjc_expr *expr)
{
    t->sampler->work++;
    switch ((int)expr->op) {
    case GJR_OP_AND:
        return holds(t, expr->a) && holds(t, expr->b);
    case GJR_OP_OR:
        return holds(t, expr->a) || holds(t, expr->b);
    case GJR_OP_NOT:
        return !holds(t, expr->a);
    default:
        break;
    }
    if (has_sides(t, expr))
        return value_of(t, expr) == GJC_EQUAL;
    if (!is_understood(t, expr))
        return value_of(t, expr) != 0;
    int64_t a = value_of(t, expr->a), b = value_of(t, expr->b);
    return expr->op == GJR_OP_EQUAL ? a == b : expr->op == GJR_OP_LESS ? a < b : a <= b;
}

static void trial_init(trial *t, gjc_sampler *sampler, const gjc_expr *a, const gjc_expr *b)
{
    *t = (trial){.sampler = sampler, .is_exact = true};
    t->is_too_big = a->size > SIZE_MAX_TRIED || (b != NULL && b->size > SIZE_MAX_TRIED) ||
                    sampler->work > GJC_SAMPLES_WORK_MAX;
    if (t->is_too_big)
        return;
    t->is_linear = relates(a) || (b != NULL && relates(b));
    gather(t, a);
    if (b != NULL)
        gather(t, b);
    size_t combinations = 1;
    for (size_t i = 0; i < t->count && !t->is_too_big; i++) {
        combinations *= t->terms[i].count;
        t->is_too_big = t->terms[i].count == 0 || combinations > COMBINATIONS_MAX;
    }
}

/* The next combination; false behind the last. */
static bool trial_step(trial *t)
{
    for (size_t i = 0; i < t->count; i++) {
        if (++t->terms[i].chosen < t->terms[i].count)
            return true;
        t->terms[i].chosen = 0;
    }
    return false;
}

/* Whether the term holds as it is chosen. */
static bool is_chosen(const trial *t, const term *of)
{
    int64_t value = of->values[of->chosen];
    return has_sides(t, of->expr) ? value == GJC_EQUAL : value != 0;
}

/* The days between the same two dates, the other way round where they stand so. */
static bool apart_as(const gjc_apart *of, gjc_apart *other)
{
    if (gjc_expr_is_same(of->date, other->from) && gjc_expr_is_same(of->from, other->date)) {
        *other = (gjc_apart){of->date, of->from, -other->most, -other->least};
        return true;
    }
    return gjc_expr_is_same(of->date, other->date) && gjc_expr_is_same(of->from, other->from);
}

/* Whether what the chosen answers say of the days between two dates can be so. */
static bool days_meet(const trial *t)
{
    for (size_t i = 0; i < t->count; i++) {
        gjc_apart all, one;
        const term *of = &t->terms[i];
        if (!gjc_apart_of(of->expr, is_chosen(t, of), &all))
            continue;
        for (size_t j = i + 1; j < t->count; j++) {
            const term *with = &t->terms[j];
            if (!gjc_apart_of(with->expr, is_chosen(t, with), &one) || !apart_as(&all, &one))
                continue;
            all.least = one.least > all.least ? one.least : all.least;
            all.most = one.most < all.most ? one.most : all.most;
        }
        if (all.least > all.most)
            return false;
    }
    return true;
}

/* What the chosen answers say of amounts. */
static void lines_make(const trial *t, gjc_lines *lines)
{
    gjc_lines_init(lines);
    for (size_t i = 0; i < t->count; i++) {
        const term *of = &t->terms[i];
        if (is_line(t, of->expr))
            gjc_lines_add(lines, of->expr, is_chosen(t, of), (gjc_side_of)of->values[of->chosen]);
    }
}

static bool lines_meet(trial *t)
{
    gjc_lines lines;
    if (!t->is_linear)
        return true;
    t->sampler->work += LINES_WORK;
    lines_make(t, &lines);
    return gjc_lines_may_meet(&lines);
}

/* Whether some combination gives the two answers; it is left chosen. */
static bool trial_find(trial *t, const gjc_expr *a, bool answer_a, const gjc_expr *b, bool answer_b)
{
    do {
        if (holds(t, a) == answer_a && (b == NULL || holds(t, b) == answer_b) && days_meet(t) &&
            lines_meet(t))
            return true;
    } while (trial_step(t));
    return false;
}

bool gjc_sample_is_never(gjc_sampler *sampler, const gjc_expr *condition)
{
    trial t;
    trial_init(&t, sampler, condition, NULL);
    return !t.is_too_big && !trial_find(&t, condition, true, NULL, true);
}

bool gjc_sample_implies(gjc_sampler *sampler, const gjc_expr *a, const gjc_expr *b)
{
    trial t;
    trial_init(&t, sampler, a, b);
    return !t.is_too_big && !trial_find(&t, a, true, b, false);
}

/* ---- an example ---- */

static void value_print(const gjc_model *model, const gjc_expr *expr, int64_t value,
                        gjb_buffer *out)
{
    switch ((int)expr->type.base) {
    case GJR_TYPE_ENUM:
        gjb_buffer_add_text(
            out, model->enumerations[expr->type.enumeration].members[(size_t)value].name);
        break;
    case GJR_TYPE_BOOL:
        gjb_buffer_add_string(out, value != 0 ? "true" : "false");
        break;
    default:
        gjr_decimal_print(value, out);
        break;
    }
}

static void field_print(const gjc_model *model, const gjc_expr *field, int64_t value,
                        gjb_buffer *out)
{
    gjb_buffer_add_string(out, out->size > 0 ? ", " : "");
    gjb_buffer_add_text(out, gjc_model_get_field(model, field->target)->label.name);
    gjb_buffer_add_byte(out, ' ');
    value_print(model, field, value, out);
}

/* Numbers for the amounts that the chosen answers are about; false where none were found, or not
 * all are fields that can be shown. */
static bool amounts_print(const trial *t, gjb_buffer *example)
{
    gjc_lines lines;
    int64_t values[GJC_LINES_VARIABLES_MAX];
    lines_make(t, &lines);
    if (!gjc_lines_find(&lines, values))
        return false;
    for (size_t i = 0; i < lines.variable_count; i++)
        if (lines.variables[i]->op != GJR_OP_FIELD || !can_be_shown(lines.variables[i]->type))
            return false;
    for (size_t i = 0; i < lines.variable_count; i++)
        field_print(t->sampler->model, lines.variables[i], values[i], example);
    return true;
}

bool gjc_sample_find_both(gjc_sampler *sampler, const gjc_expr *a, const gjc_expr *b,
                          gjb_buffer *example)
{
    trial t;
    trial_init(&t, sampler, a, b);
    if (t.is_too_big || !t.is_exact || !trial_find(&t, a, true, b, true))
        return false;
    if (t.is_linear && !amounts_print(&t, example))
        return false;
    for (size_t i = 0; i < t.count; i++) {
        const term *of = &t.terms[i];
        if (!is_line(&t, of->expr))
            field_print(sampler->model, of->expr, of->values[of->chosen], example);
    }
    return true;
}
