/* SPDX-License-Identifier: Apache-2.0
 *
 * What is made of lists, and of something of each of their items. See operators.h. */
#include "unit/interpreter/operators.h"

#include <assert.h>

static const plain_type any = {T_NONE, T_NONE, NULL};

static value in_items(value x, const value *items, size_t count)
{
    bool unknown = false;
    for (size_t i = 0; i < count; i++) {
        value same = value_equal(x, items[i]);
        if (value_is(same, true)) {
            return same;
        }
        unknown = unknown || same.kind == V_UNKNOWN;
    }
    return unknown ? value_unknown() : value_number(false);
}

value in_value(const facts *f, const gjc_node *expr)
{
    const gjc_node *left = left_of(expr), *list = right_of(expr);
    if (list->kind != GJC_EXPR_LIST) {
        value items = expression_value(f, list, any);
        value x = expression_value(f, left, type_element(type_of(f, list)));
        return items.kind == V_UNKNOWN ? items : in_items(x, items.items, items.count);
    }
    plain_type type = type_of(f, left);
    value x = expression_value(f, left, any);
    value found = value_number(false);
    const gjc_node *item = gjc_node_find_expr(list);
    for (; item != NULL && !value_is(found, true); item = gjc_node_find_next_expr(item)) {
        value same = value_equal(x, expression_value(f, item, type));
        found = value_is(same, false) ? found : same;
    }
    return found;
}

static bool all_known(value list)
{
    for (size_t i = 0; i < list.count; i++) {
        if (list.items[i].kind == V_UNKNOWN) {
            return false;
        }
    }
    return list.kind != V_UNKNOWN;
}

static value distinct_count(value list)
{
    int64_t count = 0;
    for (size_t i = 0; i < list.count; i++) {
        value before = in_items(list.items[i], list.items, i);
        if (before.kind == V_UNKNOWN) {
            return before;
        }
        count += value_is(before, false);
    }
    return value_number(count * 10000);
}

static value list_call(call what, value list)
{
    if (list.kind == V_UNKNOWN || what == COUNT) {
        return list.kind == V_UNKNOWN ? list : value_number((int64_t)list.count * 10000);
    }
    if (!all_known(list)) {
        return value_unknown();
    }
    if (what == DISTINCT) {
        return distinct_count(list);
    }
    if (what != SUM && list.count == 0) {
        return value_unknown();
    }
    value result = what == SUM ? value_number(0) : list.items[0];
    for (size_t i = 0; i < list.count && result.kind != V_UNKNOWN; i++) {
        int64_t item = list.items[i].number;
        if (what == SUM) {
            result = value_of_exact((__int128)result.number + item);
        } else if (what == MAX ? item > result.number : item < result.number) {
            result = value_number(item);
        }
    }
    return result;
}

/* Whether one item holds (or all do): true or false as soon as one decides. */
static value items_decide(value items, bool deciding)
{
    value found = items.kind == V_UNKNOWN ? items : value_number(!deciding);
    for (size_t i = 0; i < items.count; i++) {
        if (value_is(items.items[i], deciding)) {
            return items.items[i];
        }
        found = items.items[i].kind == V_UNKNOWN ? items.items[i] : found;
    }
    return found;
}

/* What E is of each item. */
static value bind_values(const facts *f, const gjc_node *bind)
{
    value list = expression_value(f, left_of(bind), any);
    value *items = gjb_arena_make(f->arena, list.count, sizeof *items);
    assert(items != NULL);
    for (size_t i = 0; i < list.count; i++) {
        bound own;
        facts inside = bind_facts(f, bind, list.items[i], &own);
        items[i] = expression_value(&inside, right_of(bind), any);
    }
    list.items = items;
    return list;
}

/* Of how many E holds. */
static value holding_count(value items)
{
    int64_t count = 0;
    for (size_t i = 0; i < items.count; i++) {
        count += value_is(items.items[i], true);
    }
    return all_known(items) ? value_number(count * 10000) : value_unknown();
}

value list_call_value(const facts *f, const gjc_node *expr, call what)
{
    const gjc_node *of = left_of(expr);
    bool walks = of->kind == GJC_EXPR_BIND;
    value items = walks ? bind_values(f, of) : expression_value(f, of, any);
    if (what == SOME || what == ALL) {
        return items_decide(items, what == SOME);
    }
    return walks && what == COUNT ? holding_count(items) : list_call(what, items);
}

bool share_counts(const facts *f, const gjc_node *expr, size_t *holding, size_t *all)
{
    const gjc_node *of = left_of(expr);
    value items = of->kind == GJC_EXPR_BIND ? bind_values(f, of) : expression_value(f, of, any);
    *holding = 0;
    *all = items.count;
    for (size_t i = 0; i < items.count; i++) {
        *holding += value_is(items.items[i], true);
    }
    return all_known(items);
}
