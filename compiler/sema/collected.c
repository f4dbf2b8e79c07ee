/* SPDX-License-Identifier: Apache-2.0
 *
 * See collected.h. */
#include "sema/collected.h"

#include "sema/operations.h"
#include "sema/tables.h"
#include "sema/types.h"

bool gjc_collected_find(gjc_sema *sema, const gjc_node *node, gjc_collected_call *found)
{
    bool ambiguous = false;
    const gjc_node *path =
        node != NULL && node->kind == GJC_EXPR_CALL ? gjc_node_find(node, GJC_PATH) : NULL;
    gjc_declared *table = path == NULL ? NULL : gjc_functions_find(sema, path, &ambiguous);
    if (table == NULL || table->node->kind != GJC_TABLE)
        return false;
    const gjc_function *function = gjc_functions_get(sema, table);
    if (function == NULL || !function->collects)
        return false;
    *found = (gjc_collected_call){node, table, function->result};
    return true;
}

/* Of one row: whether it holds, and what it gives. */
typedef struct items {
    gjc_sema *sema;
    gjc_span span;
    gjc_fold fold;
    uint32_t count;
    gjc_expr **whens, **values;
    const gjc_table *table;
    uint32_t told; /* the binder of whether it is known of all rows whether they hold */
} items;

static gjc_expr *operation(const items *i, gjr_opcode op, gjc_expr *a, gjc_expr *b)
{
    gjc_type type =
        op == GJR_OP_TALLY ? gjc_type_of(GJR_TYPE_NUMBER)
        : op == GJR_OP_ADD || op == GJR_OP_WHERE || op == GJR_OP_GREATER || op == GJR_OP_LESSER
            ? (a != NULL ? a->type : gjc_type_of(GJR_TYPE_NOTHING))
            : gjc_type_of(GJR_TYPE_BOOL);
    bool is_unary = op == GJR_OP_TALLY || op == GJR_OP_NOT || op == GJR_OP_KNOWN;
    return a == NULL || (b == NULL && !is_unary)
               ? NULL
               : gjc_expr_make_operation(i->sema, op, type, i->span, a, b);
}

/* All rows' parts, each made by `part`, with the operation between them from the first on. */
static gjc_expr *chain(const items *i, gjr_opcode op, gjc_expr *(*part)(const items *, uint32_t))
{
    gjc_expr *whole = part(i, 0);
    for (uint32_t k = 1; k < i->count; k++)
        whole = operation(i, op, whole, part(i, k));
    return whole;
}

static gjc_expr *joined(const items *i, gjr_opcode op, gjc_expr *(*part)(const items *, uint32_t))
{
    gjc_expr **parts = gjc_sema_make(i->sema, i->count, sizeof(gjc_expr *));
    for (uint32_t k = 0; parts != NULL && k < i->count; k++)
        parts[k] = part(i, k);
    return parts == NULL ? NULL : gjc_expr_make_joined(i->sema, op, parts, i->count, i->span);
}

/* ---- parts of a row ---- */

/* Whether the row holds, once, where that decides. */
static gjc_expr *deciding(const items *i, uint32_t k)
{
    gjc_expr *when = i->whens[k] == NULL ? NULL : gjc_sema_make(i->sema, 1, sizeof *when);
    if (when == NULL)
        return NULL;
    *when = *i->whens[k];
    when->table = i->table;
    when->row = k;
    when->told = i->told;
    return when;
}

static gjc_expr *holding_part(const items *i, uint32_t k)
{
    return operation(i, GJR_OP_AND, deciding(i, k), i->values[k]);
}

static gjc_expr *implied_part(const items *i, uint32_t k)
{
    return operation(i, GJR_OP_OR, operation(i, GJR_OP_NOT, deciding(i, k), NULL), i->values[k]);
}

static gjc_expr *counted_part(const items *i, uint32_t k)
{
    return operation(i, GJR_OP_TALLY, holding_part(i, k), NULL);
}

static gjc_expr *added_part(const items *i, uint32_t k)
{
    if (i->values[k] == NULL)
        return NULL;
    gjc_expr *nothing =
        gjc_expr_make_constant(i->sema, i->values[k]->type.base, 0, i->values[k]->span);
    return gjc_expr_make_choice(i->sema, i->span, deciding(i, k), i->values[k], nothing);
}

static gjc_expr *given_part(const items *i, uint32_t k)
{
    return operation(i, GJR_OP_WHERE, i->values[k], deciding(i, k));
}

/* It does not hold, or what it gives is known. */
static gjc_expr *known_part(const items *i, uint32_t k)
{
    return operation(i, GJR_OP_OR, operation(i, GJR_OP_NOT, i->whens[k], NULL),
                     operation(i, GJR_OP_KNOWN, i->values[k], NULL));
}

static gjc_expr *told_part(const items *i, uint32_t k)
{
    return operation(i, GJR_OP_KNOWN, i->whens[k], NULL);
}

/* It holds, and no row after it that does gives the same. */
static gjc_expr *last_part(const items *i, uint32_t k)
{
    gjc_expr *again = gjc_expr_make_constant(i->sema, GJR_TYPE_BOOL, 0, i->span);
    for (uint32_t j = k + 1; j < i->count; j++) {
        gjc_expr *same = operation(i, GJR_OP_EQUAL, i->values[k], i->values[j]);
        again = operation(i, GJR_OP_OR, again, operation(i, GJR_OP_AND, i->whens[j], same));
    }
    gjc_expr *not_again = operation(i, GJR_OP_NOT, again, NULL);
    return operation(i, GJR_OP_TALLY, operation(i, GJR_OP_AND, deciding(i, k), not_again), NULL);
}

/* ---- the whole ---- */

static gjc_expr *fold_make(const items *i)
{
    switch (i->fold) {
    case GJC_FOLD_SOME:
        return joined(i, GJR_OP_OR, holding_part);
    case GJC_FOLD_ALL:
        return joined(i, GJR_OP_AND, implied_part);
    case GJC_FOLD_COUNT:
        return chain(i, GJR_OP_ADD, counted_part);
    case GJC_FOLD_SUM:
        return chain(i, GJR_OP_ADD, added_part);
    case GJC_FOLD_MAX:
    case GJC_FOLD_MIN:
        return operation(
            i, GJR_OP_WHERE,
            chain(i, i->fold == GJC_FOLD_MAX ? GJR_OP_GREATER : GJR_OP_LESSER, given_part),
            joined(i, GJR_OP_AND, known_part));
    case GJC_FOLD_DISTINCT:
        break;
    }
    return operation(i, GJR_OP_WHERE, chain(i, GJR_OP_ADD, last_part),
                     joined(i, GJR_OP_AND, known_part));
}

static bool is_identity(const gjc_expr *body, uint32_t binder)
{
    return body->form == GJC_FORM_BOUND && body->target == binder;
}

gjc_expr *gjc_collected_fold(gjc_sema *sema, const gjc_collected_call *called, gjc_fold fold,
                             gjc_expr *body, uint32_t binder, gjc_span span)
{
    const gjc_function *function = called->table->function;
    if (body == NULL || function == NULL || function->rows == NULL)
        return NULL;
    items i = {.sema = sema,
               .span = span,
               .fold = fold,
               .count = function->row_count,
               .table = function->table,
               .told = sema->model->binder_count++};
    i.whens = gjc_sema_make(sema, i.count, sizeof(gjc_expr *));
    i.values = gjc_sema_make(sema, i.count, sizeof(gjc_expr *));
    if (i.whens == NULL || i.values == NULL)
        return NULL;
    for (uint32_t k = 0; k < i.count; k++) {
        gjc_expr *value = function->rows[k].value;
        i.whens[k] = function->rows[k].when;
        i.values[k] = is_identity(body, binder) ? value
                      : !gjc_binder_is_read(body, binder)
                          ? body /* whatever the row gives */
                          : gjc_expr_make_let(sema, body->span, value, body, binder);
    }
    const gjc_binder told = {.type = gjc_type_of(GJR_TYPE_BOOL), .number = i.told};
    gjc_expr *whole =
        operation(&i, GJR_OP_WHERE, fold_make(&i), gjc_binder_read(sema, &told, span));
    if (whole != NULL)
        whole =
            gjc_expr_make_let(sema, span, joined(&i, GJR_OP_AND, told_part), whole, told.number);
    whole = whole == NULL ? NULL : gjc_functions_put(sema, called->call, called->table, whole);
    if (whole != NULL)
        whole->span = span;
    return whole;
}

gjc_expr *gjc_collected_whole(gjc_sema *sema, const gjc_collected_call *called, gjc_fold fold,
                              gjc_span span)
{
    gjc_binder each = {.type = called->type, .number = sema->model->binder_count++};
    gjc_expr *body = fold == GJC_FOLD_COUNT
                         ? gjc_expr_make_constant(sema, GJR_TYPE_BOOL, true, span)
                         : gjc_binder_read(sema, &each, span);
    return gjc_collected_fold(sema, called, fold, body, each.number, span);
}
