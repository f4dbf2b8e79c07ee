/* SPDX-License-Identifier: Apache-2.0
 *
 * See make.h; here what holds for every kind of node, in make_clause.c what is particular. */
#include "syntax/make.h"
#include "base/text.h"

enum { WHOLE_MAX = 1000000 };

void gjc_make_span(gjc_span *whole, const gjc_span *parts, int count)
{
    if (count > 0) {
        *whole = (gjc_span){parts[1].source, parts[1].begin, parts[count].end};
    } else {
        *whole = (gjc_span){parts[0].source, parts[0].end, parts[0].end};
    }
}

/* The only message bison words itself is that its stack is full. */
void gjc_make_exhausted(gjc_builder *builder, gjc_span where, const char *message)
{
    (void)message;
    builder->exhausted = true;
    gjc_diag_add(builder->diags, GJC_E0230, where, gjc_arg_none(), gjc_arg_none());
}

static gjc_node *node_make(gjc_builder *builder, gjc_kind kind, gjc_span where)
{
    gjc_node *node = gjc_node_make(builder->arena, kind, where);
    if (node == NULL) {
        builder->out_of_memory = true;
    }
    return node;
}

/* A part, or the items of a group. */
static void part_add(gjc_node *node, gjc_node *part)
{
    if (part == NULL || part->kind != GJC_GROUP) {
        gjc_node_add(node, part);
        return;
    }
    for (gjc_node *item = part->first; item != NULL;) {
        gjc_node *next = item->next;
        gjc_node_add(node, item);
        item = next;
    }
}

gjc_node *gjc_make(gjc_builder *builder, gjc_kind kind, gjc_span where, gjc_node *const *nodes,
                   size_t count)
{
    gjc_node *node = node_make(builder, kind, where);
    for (size_t i = 0; i < count; i++) {
        part_add(node, nodes[i]);
    }
    return node;
}

/* ---- order ---- */

/* Takes the run of `size` children that begins at *from, leaving *from after it. */
static gjc_node *run_take(gjc_node **from, size_t size)
{
    gjc_node *first = *from, *last = NULL;
    while (*from != NULL && size > 0) {
        last = *from;
        *from = last->next;
        size--;
    }
    if (last != NULL) {
        last->next = NULL;
    }
    return first;
}

static gjc_node **runs_merge(gjc_node **end, gjc_node *a, gjc_node *b)
{
    while (a != NULL || b != NULL) {
        gjc_node **least = b == NULL || (a != NULL && a->kind <= b->kind) ? &a : &b;
        *end = *least;
        end = &(*least)->next;
        *least = (*least)->next;
    }
    *end = NULL;
    return end;
}

/* Children in the order of kinds, equal ones as they stood: merging runs of 1, 2, 4 …, since how
 * many there are is the writer's choice. */
static void children_sort(gjc_node *node)
{
    for (size_t size = 1;; size *= 2) {
        gjc_node *rest = node->first, **end = &node->first;
        size_t runs = 0;
        while (rest != NULL) {
            gjc_node *a = run_take(&rest, size);
            gjc_node *b = run_take(&rest, size);
            end = runs_merge(end, a, b);
            runs++;
        }
        if (runs <= 1) {
            break;
        }
    }
    node->last = node->first;
    while (node->last != NULL && node->last->next != NULL) {
        node->last = node->last->next;
    }
}

static bool may_repeat(gjc_kind kind)
{
    return kind == GJC_SET || kind == GJC_TRIGGER || kind == GJC_PATH || kind == GJC_DAY_SPAN ||
           kind == GJC_NAME || kind == GJC_ALIAS || kind == GJC_BROKEN;
}

static void repeats_report(gjc_builder *builder, const gjc_node *node)
{
    for (const gjc_node *child = node->first; child != NULL; child = child->next) {
        if (child->next != NULL && child->next->kind == child->kind && !may_repeat(child->kind)) {
            gjc_diag *diag =
                gjc_diag_add(builder->diags, GJC_E0210, child->next->span,
                             gjc_arg_text(gjc_sources_text(builder->sources, child->next->span)),
                             gjc_arg_none());
            gjc_diag_note_add(builder->diags, diag, child->span,
                              gjc_arg_words("first said here", "先写于此"));
        }
    }
}

gjc_node *gjc_make_sorted(gjc_builder *builder, gjc_kind kind, gjc_span where,
                          gjc_node *const *nodes, size_t count)
{
    gjc_node *node = gjc_make(builder, kind, where, nodes, count);
    if (node != NULL) {
        children_sort(node);
        repeats_report(builder, node);
    }
    return node;
}

gjc_node *gjc_make_join(gjc_builder *builder, gjc_node *node, gjc_node *part)
{
    if (node != NULL && part != NULL) {
        part_add(node, part);
        children_sort(node);
        repeats_report(builder, node);
    }
    return node;
}

/* ---- leaves and lists ---- */

gjc_node *gjc_make_leaf(gjc_builder *builder, gjc_kind kind, gjc_token token)
{
    gjc_node *node = node_make(builder, kind, token.span);
    if (node != NULL) {
        node->text = token.text;
        node->value = token.value;
        node->value2 = token.value2;
    }
    return node;
}

gjc_node *gjc_make_named(gjc_builder *builder, gjc_span where, const char *name)
{
    gjc_node *node = node_make(builder, GJC_NAME, where);
    if (node != NULL) {
        node->text = gjb_text_of(name);
    }
    return node;
}

gjc_node *gjc_make_value(gjc_builder *builder, gjc_kind kind, gjc_span where, int64_t value,
                         gjc_node *const *nodes, size_t count)
{
    gjc_node *node = gjc_make(builder, kind, where, nodes, count);
    if (node != NULL) {
        node->value = value;
    }
    return node;
}

gjc_node *gjc_make_texted(gjc_builder *builder, gjc_kind kind, gjc_span where, gjc_token text,
                          gjc_node *node)
{
    gjc_node *made = gjc_make(builder, kind, where, &node, 1);
    if (made != NULL) {
        made->text = text.text;
    }
    return made;
}

gjc_node *gjc_make_range(gjc_builder *builder, gjc_kind kind, gjc_span where, gjc_token from,
                         gjc_token to)
{
    gjc_node *node = node_make(builder, kind, where);
    if (node != NULL) {
        node->value = from.value;
        node->value2 = to.value;
        if (from.value > to.value) {
            gjc_diag_add(builder->diags, GJC_E0223, where,
                         gjc_arg_text(gjc_sources_text(builder->sources, from.span)),
                         gjc_arg_text(gjc_sources_text(builder->sources, to.span)));
        }
    }
    return node;
}

gjc_node *gjc_make_group(gjc_builder *builder, gjc_node *list, gjc_node *item)
{
    if (item == NULL) {
        return list;
    }
    if (list == NULL) {
        list = node_make(builder, GJC_GROUP, item->span);
    }
    if (list != NULL) {
        part_add(list, item);
    }
    return list;
}

gjc_node *gjc_make_as(gjc_builder *builder, gjc_node *node, gjc_kind kind)
{
    (void)builder;
    if (node != NULL) {
        node->value = node->kind == GJC_STEP_CORRECT   ? GJC_TRY_CORRECT
                      : node->kind == GJC_STEP_RETRACT ? GJC_TRY_RETRACT
                                                       : node->value;
        node->kind = kind;
    }
    return node;
}

gjc_node *gjc_make_operation(gjc_builder *builder, gjc_kind kind, gjc_span where,
                             gjc_node *const *nodes, size_t count)
{
    gjc_node *node = gjc_make(builder, kind, where, nodes, count);
    if (node != NULL && node->depth > GJC_EXPRESSION_DEPTH_MAX) {
        gjc_diag_add(builder->diags, GJC_E0231, where,
                     gjc_diag_number(builder->diags, GJC_EXPRESSION_DEPTH_MAX), gjc_arg_none());
        return node_make(builder, GJC_BROKEN, where);
    }
    return node;
}

int64_t gjc_make_whole(gjc_builder *builder, gjc_token number)
{
    if (number.value % GJC_DECIMAL_SCALE != 0 || number.value / GJC_DECIMAL_SCALE > WHOLE_MAX) {
        gjc_diag_add(builder->diags, GJC_E0224, number.span,
                     gjc_arg_text(gjc_sources_text(builder->sources, number.span)),
                     gjc_diag_number(builder->diags, WHOLE_MAX));
        return 0;
    }
    return number.value / GJC_DECIMAL_SCALE;
}
