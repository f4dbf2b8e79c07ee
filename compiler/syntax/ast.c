/* SPDX-License-Identifier: Apache-2.0
 *
 * See ast.h. */
#include "syntax/ast.h"

#include <assert.h>

const char *gjc_kind_name(gjc_kind kind)
{
    static const char *const names[] = {
#define GJC_NODE(KIND, name, class) name,
#include "syntax/ast.def"
#undef GJC_NODE
    };
    assert(kind < GJC_KIND_COUNT);
    return names[kind];
}

gjc_class gjc_kind_class(gjc_kind kind)
{
    static const unsigned char classes[] = {
#define GJC_NODE(KIND, name, class) GJC_CLASS_##class,
#include "syntax/ast.def"
#undef GJC_NODE
    };
    assert(kind < GJC_KIND_COUNT);
    return (gjc_class)classes[kind];
}

const char *gjc_unit_name(gjc_unit unit, gj_lang lang)
{
    static const char *const names[][2] = {
        {"workdays", "工作日"}, {"days", "日"},  {"hours", "小时"},     {"minutes", "分钟"},
        {"months", "个月"},     {"years", "年"}, {"workhours", "工时"},
    };
    assert(unit < GJC_UNIT_COUNT);
    return names[unit][lang];
}

gjc_node *gjc_node_make(gjb_arena *arena, gjc_kind kind, gjc_span span)
{
    gjc_node *node = gjb_arena_make(arena, 1, sizeof *node);
    if (node != NULL) {
        node->kind = kind;
        node->span = span;
    }
    return node;
}

void gjc_node_add(gjc_node *parent, gjc_node *child)
{
    if (parent == NULL || child == NULL) {
        return;
    }
    child->next = NULL;
    if (parent->last != NULL) {
        parent->last->next = child;
    } else {
        parent->first = child;
    }
    parent->last = child;
    parent->span = gjc_span_join(parent->span, child->span);
    if (parent->depth <= child->depth) {
        parent->depth = child->depth + 1;
    }
}

static gjc_node *first_of_kind(gjc_node *node, gjc_kind kind)
{
    while (node != NULL && node->kind != kind) {
        node = node->next;
    }
    return node;
}

static gjc_node *first_of_class(gjc_node *node, gjc_class class)
{
    while (node != NULL && gjc_kind_class(node->kind) != class) {
        node = node->next;
    }
    return node;
}

gjc_node *gjc_node_find(const gjc_node *node, gjc_kind kind)
{
    return node != NULL ? first_of_kind(node->first, kind) : NULL;
}

gjc_node *gjc_node_find_next(const gjc_node *node)
{
    return node != NULL ? first_of_kind(node->next, node->kind) : NULL;
}

gjc_node *gjc_node_find_expr(const gjc_node *node)
{
    return node != NULL ? first_of_class(node->first, GJC_CLASS_EXPR) : NULL;
}

gjc_node *gjc_node_find_type(const gjc_node *node)
{
    return node != NULL ? first_of_class(node->first, GJC_CLASS_TYPE) : NULL;
}

gjc_node *gjc_node_find_next_expr(const gjc_node *node)
{
    return node != NULL ? first_of_class(node->next, GJC_CLASS_EXPR) : NULL;
}

size_t gjc_node_count(const gjc_node *node, gjc_kind kind)
{
    size_t count = 0;
    for (const gjc_node *child = gjc_node_find(node, kind); child != NULL;
         child = gjc_node_find_next(child)) {
        count++;
    }
    return count;
}

size_t gjc_node_child_count(const gjc_node *node)
{
    size_t count = 0;
    for (const gjc_node *child = node != NULL ? node->first : NULL; child != NULL;
         child = child->next) {
        count++;
    }
    return count;
}

gj_text gjc_node_name(const gjc_node *node)
{
    const gjc_node *name = gjc_node_find(node, GJC_NAME);
    return name != NULL ? name->text : (gj_text){0};
}

gj_text gjc_node_title(const gjc_node *node)
{
    const gjc_node *title = gjc_node_find(node, GJC_TITLE);
    return title != NULL ? title->text : (gj_text){0};
}

gjc_span gjc_node_name_span(const gjc_node *node)
{
    const gjc_node *name = gjc_node_find(node, GJC_NAME);
    return name != NULL ? name->span : node->span;
}
