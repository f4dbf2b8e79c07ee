/* SPDX-License-Identifier: Apache-2.0
 *
 * See types.h. Recursion is as deep as the tree. */
#include "unit/interpreter/types.h"

#include "unit/interpreter/functions.h"

#include <assert.h>
#include <string.h>

static const plain_type any = {T_NONE, T_NONE, NULL};

const gjc_node *left_of(const gjc_node *expr)
{
    return gjc_node_find_expr(expr);
}

const gjc_node *right_of(const gjc_node *expr)
{
    return gjc_node_find_next_expr(left_of(expr));
}

/* ---- names ---- */

bool type_has_choice(plain_type type, gj_text name)
{
    const gjc_node *choice = type.base == T_CHOICE ? gjc_node_find(type.node, GJC_CHOICE) : NULL;
    while (choice != NULL && !gjb_text_equal(gjc_node_name(choice), name)) {
        choice = gjc_node_find_next(choice);
    }
    return choice != NULL;
}

static bool is_fact(gj_text name)
{
    return plain_is_spelt(name, "at;办理时刻;today;办理日;当日;今日");
}

const bound *path_bound(const facts *f, const gjc_node *path)
{
    const bound *found = f->bound;
    while (found != NULL && !gjb_text_equal(found->name, gjc_node_name(path))) {
        found = found->outer;
    }
    return found;
}

plain_type bind_type(const facts *f, const gjc_node *bind)
{
    return type_element(type_of(f, left_of(bind)));
}

facts bind_facts(const facts *f, const gjc_node *bind, value item, bound *own)
{
    facts inside = *f;
    *own = (bound){gjc_node_name(bind), bind_type(f, bind), item, NULL, NULL, f->bound};
    inside.bound = own;
    return inside;
}

/* The name behind `first.`; NULL where the path is none of that. */
static const gjc_node *first_name(const facts *f, const gjc_node *path)
{
    const gjc_node *name = gjc_node_find(path, GJC_NAME);
    bool of_first = f->of_case && f->kept_by != NULL && name != NULL &&
                    gjc_node_find_next(name) != NULL && plain_is_spelt(name->text, "first;前件");
    return of_first ? gjc_node_find_next(name) : NULL;
}

int path_field(const facts *f, const gjc_node *path)
{
    const gjc_node *name = first_name(f, path);
    if (name == NULL) {
        return !f->of_case ? NO : plain_find_field(f->p, f->action, gjc_node_name(path));
    }
    for (int i = 0; i < f->kept_by->kept_count; i++) {
        gj_text kept = f->p->fields[f->kept_by->kept[i]].label.name;
        if (gjb_text_equal(gjb_text_slice(kept, strlen("first."), kept.size), name->text)) {
            return f->kept_by->kept[i];
        }
    }
    return NO;
}

const gjc_node *path_part(const facts *f, const gjc_node *path)
{
    const gjc_node *name = first_name(f, path);
    return gjc_node_find_next(name != NULL ? name : gjc_node_find(path, GJC_NAME));
}

call call_of(const facts *f, const gjc_node *expr)
{
    static const char *const names[] = {"count;计数;人数;次数",
                                        "distinct;去重",
                                        "sum;合计",
                                        "max;最大",
                                        "min;最小",
                                        "times;次数",
                                        "officers;办理人数",
                                        "done;已办",
                                        "date;日期;办理日期",
                                        "due;到期日",
                                        "running;计时中",
                                        "some;存在",
                                        "all;均",
                                        "share;占比"};
    gj_text name = gjc_node_find(expr, GJC_PATH)->text;
    const gjc_node *of = left_of(expr);
    bool named = of->kind == GJC_EXPR_PATH && path_field(f, of) == NO && path_bound(f, of) == NULL;
    for (int i = named ? TIMES : COUNT; i <= SHARE; i++) {
        if (plain_is_spelt(name, names[i])) {
            return (call)i;
        }
    }
    assert(false && "a call of that name");
    return COUNT;
}

/* ---- types ---- */

static plain_type path_type(const facts *f, const gjc_node *expr)
{
    const bound *item = path_bound(f, expr);
    int field = item != NULL ? NO : path_field(f, expr);
    if (field == NO && item == NULL) {
        return plain_is_spelt(expr->text, "at;办理时刻") ? type_is(T_TIME)
               : is_fact(expr->text)                     ? type_is(T_DATE)
                                                         : any;
    }
    plain_type type = item != NULL ? item->type : f->p->fields[field].type;
    size_t index;
    const gjc_node *name = path_part(f, expr);
    for (; name != NULL; name = gjc_node_find_next(name)) {
        type = plain_type_read(f->p, gjc_node_find_type(value_part(type.node, name->text, &index)));
    }
    return type;
}

static plain_type call_type(const facts *f, const gjc_node *expr)
{
    const gjc_node *function = function_of(f->p, expr);
    if (function != NULL) {
        return function_type(f->p, function);
    }
    switch (call_of(f, expr)) {
    case SUM:
    case MAX:
    case MIN:
        if (left_of(expr)->kind == GJC_EXPR_BIND) {
            bound own;
            facts inside = bind_facts(f, left_of(expr), value_unknown(), &own);
            return type_of(&inside, right_of(left_of(expr)));
        }
        return type_element(type_of(f, left_of(expr)));
    case COUNT:
    case DISTINCT:
    case TIMES:
    case OFFICERS:
    case SHARE:
        return type_is(T_NUMBER);
    case DATE:
    case DUE:
        return type_is(T_DATE);
    case DONE:
    case RUNNING:
    case SOME:
    case ALL:
        break;
    }
    return type_is(T_BOOL);
}

static plain_type sum_type(const facts *f, const gjc_node *expr)
{
    plain_type a = type_of(f, left_of(expr)), b = type_of(f, right_of(expr));
    bool moments = a.base == T_DATE || a.base == T_TIME;
    if (expr->kind == GJC_EXPR_SUBTRACT && moments && b.base == a.base) {
        return type_is(T_DURATION);
    }
    return b.base == T_DATE || b.base == T_TIME || a.base == T_NONE ? b : a;
}

plain_type type_of(const facts *f, const gjc_node *expr)
{
    plain_type a;
    switch ((int)expr->kind) {
    case GJC_EXPR_NUMBER:
    case GJC_EXPR_PERCENT:
    case GJC_EXPR_MODULO:
        return type_is(T_NUMBER);
    case GJC_EXPR_MONEY:
        return type_is(T_MONEY);
    case GJC_EXPR_DATE:
        return type_is(T_DATE);
    case GJC_EXPR_MOMENT:
        return type_is(T_TIME);
    case GJC_EXPR_STRING:
        return type_is(T_TEXT);
    case GJC_DURATION:
        return type_is(T_DURATION);
    case GJC_EXPR_PATH:
        return path_type(f, expr);
    case GJC_EXPR_CALL:
        return call_type(f, expr);
    case GJC_EXPR_NEGATE:
        return type_of(f, left_of(expr));
    case GJC_EXPR_ADD:
    case GJC_EXPR_SUBTRACT:
        return sum_type(f, expr);
    case GJC_EXPR_MULTIPLY:
        a = type_of(f, left_of(expr));
        return a.base == T_NUMBER ? type_of(f, right_of(expr)) : a;
    case GJC_EXPR_ELSE:
        a = type_of(f, left_of(expr));
        return a.base == T_NONE ? type_of(f, right_of(expr)) : a;
    default:
        return type_is(T_BOOL);
    }
}
