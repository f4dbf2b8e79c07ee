/* SPDX-License-Identifier: Apache-2.0
 *
 * See cells.h. */
#include "sema/cells.h"

#include "base/text.h"
#include "sema/expressions.h"
#include "sema/operations.h"
#include "sema/types.h"
#include "time/civil.h"
#include "value/decimal.h"

#include <string.h>

/* ---- columns ---- */

static gjc_interval everything(const gjc_model *model, gjc_type type)
{
    switch ((int)type.base) {
    case GJR_TYPE_BOOL:
        return (gjc_interval){0, 1};
    case GJR_TYPE_ENUM:
        return (gjc_interval){0, (int64_t)model->enumerations[type.enumeration].member_count - 1};
    case GJR_TYPE_DATE:
        return (gjc_interval){GJR_DAY_MIN, GJR_DAY_MAX};
    case GJR_TYPE_TEXT:
    case GJR_TYPE_OFFICER:
        return (gjc_interval){0, INT64_MAX};
    case GJR_TYPE_NUMBER:
    case GJR_TYPE_MONEY:
    case GJR_TYPE_TIME:
    case GJR_TYPE_DURATION:
        return (gjc_interval){INT64_MIN, INT64_MAX};
    default: /* lists and records, of which no value is written out */
        return (gjc_interval){0, 0};
    }
}

void gjc_table_column_init(gjc_sema *sema, gjc_table_column *column, const gjc_binder *parameter)
{
    const gjc_model *model = sema->model;
    gjc_type type = parameter->type;
    *column =
        (gjc_table_column){.label = parameter->label, .type = type, .all = everything(model, type)};
    if (type.base == GJR_TYPE_ENUM)
        column->choices = model->enumerations[type.enumeration].members;
}

static bool texts_grow(gjc_sema *sema, gjc_table_column *column)
{
    uint32_t capacity = column->text_capacity == 0 ? 8 : column->text_capacity * 2;
    gj_text *texts = gjc_sema_make(sema, capacity, sizeof *texts);
    if (texts == NULL)
        return false;
    if (column->text_count > 0)
        memcpy(texts, column->texts, column->text_count * sizeof *texts);
    column->texts = texts;
    column->text_capacity = capacity;
    return true;
}

static int64_t text_number(gjc_sema *sema, gjc_table_column *column, gj_text text)
{
    for (uint32_t i = 0; i < column->text_count; i++)
        if (gjb_text_equal(column->texts[i], text))
            return i;
    if (column->text_count == column->text_capacity && !texts_grow(sema, column))
        return 0;
    ((gj_text *)column->texts)[column->text_count] = text;
    return column->text_count++;
}

/* ---- values written out ---- */

/* Of numbers in the machine's own way. Recursion is bounded by GJC_TREE_DEPTH_MAX. */
static bool number_find(const gjc_expr *expr, int64_t *number)
{
    int64_t a, b = 0;
    if (expr->form != GJC_FORM_OPERATION)
        return false;
    if (expr->op == GJR_OP_CONSTANT) {
        *number = expr->value;
        return true;
    }
    if (expr->a == NULL || !number_find(expr->a, &a) ||
        (expr->b != NULL && !number_find(expr->b, &b)))
        return false;
    switch ((int)expr->op) {
    case GJR_OP_NEGATE:
        return gjr_decimal_negate(a, number);
    case GJR_OP_ADD:
        return gjr_decimal_add(a, b, number);
    case GJR_OP_SUBTRACT:
        return gjr_decimal_subtract(a, b, number);
    case GJR_OP_SCALE:
        return gjr_decimal_multiply(a, b, number);
    default:
        return false;
    }
}

/* A value of a cell: as a number, and as it stands in the test. */
typedef struct written {
    int64_t number;
    gjc_expr *constant;
} written;

/* Recursion is bounded by GJC_TREE_DEPTH_MAX. */
static bool speaks_of_parameter(const gjc_sema *sema, const gjc_node *node)
{
    const gjc_node *name = node->kind == GJC_EXPR_PATH ? gjc_node_find(node, GJC_NAME) : NULL;
    gj_text first = name != NULL ? name->text : node->text;
    if (node->kind == GJC_EXPR_PATH && gjc_binder_find(sema, first) != NULL)
        return true;
    for (const gjc_node *child = node->first; child != NULL; child = child->next)
        if (speaks_of_parameter(sema, child))
            return true;
    return false;
}

static bool is_choice(const gjc_table_column *column, const gjc_node *node)
{
    gjc_labels choices = {column->choices, (uint32_t)column->all.high + 1, sizeof(gjc_label)};
    return column->choices != NULL && node->kind == GJC_EXPR_PATH &&
           gjc_labels_find(choices, node->text) != GJC_NO_INDEX;
}

/* Parameters are out of sight, so that a choice of the same name is not hidden by one. */
static gjc_expr *written_resolve(gjc_sema *sema, const gjc_node *node,
                                 const gjc_table_column *column)
{
    const gjc_binder *bound = sema->binder;
    sema->binder = NULL;
    gjc_expr *expr = gjc_expr_resolve(sema, node, column->type);
    sema->binder = bound;
    return expr;
}

static bool value_read(gjc_sema *sema, const gjc_node *node, gjc_table_column *column,
                       written *value)
{
    bool is_written = is_choice(column, node) || !speaks_of_parameter(sema, node);
    gjc_expr *expr = is_written ? written_resolve(sema, node, column) : NULL;
    if (is_written && expr == NULL)
        return false;
    if (!is_written || !number_find(expr, &value->number)) {
        gjc_diag_add(sema->diags, GJC_E0441, node->span, gjc_arg_none(), gjc_arg_none());
        return false;
    }
    value->constant = expr;
    if (expr->type.base == GJR_TYPE_TEXT || expr->type.base == GJR_TYPE_OFFICER)
        value->number = text_number(sema, column, expr->text);
    else if (expr->op != GJR_OP_CONSTANT)
        value->constant = gjc_expr_make_constant(sema, expr->type.base, value->number, expr->span);
    return value->constant != NULL;
}

/* ---- sets ---- */

static gjc_interval *intervals_make(gjc_sema *sema, gjc_table_cell *cell, uint32_t count)
{
    gjc_interval *values = gjc_sema_make(sema, count, sizeof *values);
    cell->values = values;
    cell->value_count = values != NULL ? count : 0;
    return values;
}

/* Those from `low` to `high`; none where these are the wrong way round. */
static bool interval_put(gjc_sema *sema, gjc_table_cell *cell, int64_t low, int64_t high)
{
    gjc_interval *values = intervals_make(sema, cell, low <= high ? 1 : 0);
    if (values == NULL)
        return false;
    if (low <= high)
        values[0] = (gjc_interval){low, high};
    return true;
}

/* All of the column but the value. */
static bool others_put(gjc_sema *sema, gjc_table_cell *cell, gjc_interval all, int64_t value)
{
    gjc_interval *values = intervals_make(sema, cell, 2);
    uint32_t count = 0;
    if (values == NULL)
        return false;
    if (value > all.low)
        values[count++] = (gjc_interval){all.low, value - 1};
    if (value < all.high)
        values[count++] = (gjc_interval){value + 1, all.high};
    cell->value_count = count;
    return true;
}

/* ---- tests ---- */

typedef struct reading {
    gjc_sema *sema;
    gjc_table_column *column;
    const gjc_binder *parameter;
    gjc_table_cell *cell;
    gjc_span span;
} reading;

static gjc_expr *parameter_read(const reading *r)
{
    return gjc_binder_read(r->sema, r->parameter, r->span);
}

static gjc_expr *test_make(const reading *r, gjr_opcode op, gjc_expr *a, gjc_expr *b)
{
    return gjc_expr_make_operation(r->sema, op, gjc_type_of(GJR_TYPE_BOOL), r->span, a, b);
}

static bool is_ordered(const reading *r, const gjc_expr *value)
{
    if (gjc_type_is_ordered(r->column->type))
        return true;
    gjc_expr_incomparable(r->sema, r->span, value, value);
    return false;
}

static bool value_cell_read(const reading *r, const gjc_node *node, gjc_expr **test)
{
    written v;
    if (!value_read(r->sema, node, r->column, &v))
        return false;
    *test = test_make(r, GJR_OP_EQUAL, parameter_read(r), v.constant);
    return interval_put(r->sema, r->cell, v.number, v.number);
}

static bool not_cell_read(const reading *r, const gjc_node *node, gjc_expr **test)
{
    written v;
    if (!value_read(r->sema, node, r->column, &v))
        return false;
    *test = gjc_expr_make_not(r->sema, test_make(r, GJR_OP_EQUAL, parameter_read(r), v.constant),
                              r->span);
    return others_put(r->sema, r->cell, r->column->all, v.number);
}

static bool order_cell_read(const reading *r, gjc_kind relation, const gjc_node *node,
                            gjc_expr **test)
{
    written v;
    const gjc_interval all = r->column->all;
    if (!value_read(r->sema, node, r->column, &v) || !is_ordered(r, v.constant))
        return false;
    gjc_expr *x = parameter_read(r);
    bool is_less = relation == GJC_EXPR_LESS || relation == GJC_EXPR_LESS_EQUAL;
    bool is_open = relation == GJC_EXPR_LESS || relation == GJC_EXPR_GREATER;
    *test = test_make(r, is_open ? GJR_OP_LESS : GJR_OP_LESS_EQUAL, is_less ? x : v.constant,
                      is_less ? v.constant : x);
    if (is_open && v.number == (is_less ? all.low : all.high))
        return interval_put(r->sema, r->cell, 1, 0);
    return is_less ? interval_put(r->sema, r->cell, all.low, v.number - is_open)
                   : interval_put(r->sema, r->cell, v.number + is_open, all.high);
}

static bool relation_cell_read(const reading *r, const gjc_node *node, gjc_expr **test)
{
    const gjc_node *value = gjc_node_find_expr(node);
    gjc_kind relation = (gjc_kind)node->value;
    if (value == NULL)
        return false;
    return relation == GJC_EXPR_IS       ? value_cell_read(r, value, test)
           : relation == GJC_EXPR_IS_NOT ? not_cell_read(r, value, test)
                                         : order_cell_read(r, relation, value, test);
}

static bool range_cell_read(const reading *r, const gjc_node *node, gjc_expr **test)
{
    written low, high;
    const gjc_node *first = gjc_node_find_expr(node);
    const gjc_node *second = first == NULL ? NULL : gjc_node_find_next_expr(first);
    if (second == NULL || !value_read(r->sema, first, r->column, &low) ||
        !value_read(r->sema, second, r->column, &high) || !is_ordered(r, low.constant))
        return false;
    *test =
        test_make(r, GJR_OP_AND, test_make(r, GJR_OP_LESS_EQUAL, low.constant, parameter_read(r)),
                  test_make(r, GJR_OP_LESS_EQUAL, parameter_read(r), high.constant));
    return interval_put(r->sema, r->cell, low.number, high.number);
}

/* Into a set that is in order; what it has already says nothing. Returns the count. */
static uint32_t number_insert(gjc_interval *values, uint32_t count, int64_t number)
{
    uint32_t at = 0;
    while (at < count && values[at].low < number)
        at++;
    if (at < count && values[at].low == number)
        return count;
    memmove(&values[at + 1], &values[at], (count - at) * sizeof *values);
    values[at] = (gjc_interval){number, number};
    return count + 1;
}

static bool in_cell_read(const reading *r, const gjc_node *node, gjc_expr **test)
{
    const gjc_node *list = gjc_node_find_expr(node);
    if (list == NULL || list->kind != GJC_EXPR_LIST) {
        gjc_diag_add(r->sema->diags, GJC_E0441, r->span, gjc_arg_none(), gjc_arg_none());
        return false;
    }
    size_t count = gjc_node_child_count(list), made = 0;
    gjc_interval *values = intervals_make(r->sema, r->cell, (uint32_t)count);
    gjc_expr **tests = gjc_sema_make(r->sema, count, sizeof *tests);
    bool good = values != NULL && tests != NULL;
    r->cell->value_count = 0;
    for (const gjc_node *item = gjc_node_find_expr(list); item != NULL && values != NULL;
         item = gjc_node_find_next_expr(item)) {
        written v;
        if (!value_read(r->sema, item, r->column, &v)) {
            good = false;
            continue;
        }
        tests[made++] = test_make(r, GJR_OP_EQUAL, parameter_read(r), v.constant);
        r->cell->value_count = number_insert(values, r->cell->value_count, v.number);
    }
    *test = gjc_expr_make_joined(r->sema, GJR_OP_OR, tests, good ? made : 0, r->span);
    return good;
}

/* ---- any ---- */

static bool any_read(const reading *r, const gjc_node *node, gjc_expr **test)
{
    switch ((int)node->kind) {
    case GJC_CELL_ANY:
        return interval_put(r->sema, r->cell, r->column->all.low, r->column->all.high);
    case GJC_CELL_RELATION:
        return relation_cell_read(r, node, test);
    case GJC_CELL_RANGE:
        return range_cell_read(r, node, test);
    case GJC_CELL_IN:
        return in_cell_read(r, node, test);
    case GJC_CELL_NOT:
        return not_cell_read(r, gjc_node_find_expr(node), test);
    default:
        return value_cell_read(r, node, test);
    }
}

/* Nothing fits: of a range whose ends were meant the other way round, that is the fix. */
static void empty_add(const reading *r, const gjc_node *node)
{
    gjc_sema *sema = r->sema;
    gj_text source = gjc_sources_get(sema->modules->sources, r->span.source)->text;
    gjc_diag *diag = gjc_diag_add(sema->diags, GJC_W0402, r->span, gjc_arg_none(), gjc_arg_none());
    if (node->kind != GJC_CELL_RANGE)
        return;
    gjc_span low = gjc_node_find_expr(node)->span;
    gjc_span high = gjc_node_find_next_expr(gjc_node_find_expr(node))->span;
    gjc_diag_edit_add(sema->diags, diag, low, gjb_text_slice(source, high.begin, high.end));
    gjc_diag_edit_add(sema->diags, diag, high, gjb_text_slice(source, low.begin, low.end));
}

bool gjc_table_cell_read(gjc_sema *sema, const gjc_node *node, gjc_table_column *column,
                         const gjc_binder *parameter, gjc_table_cell *cell, gjc_expr **test)
{
    reading r = {sema, column, parameter, cell, node->span};
    *cell = (gjc_table_cell){.span = node->span};
    *test = NULL;
    if (column->type.base == GJR_TYPE_NOTHING || !any_read(&r, node, test))
        return false;
    if (cell->value_count == 0 && !sema->out_of_memory)
        empty_add(&r, node);
    return node->kind == GJC_CELL_ANY || *test != NULL;
}
