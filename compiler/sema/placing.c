/* SPDX-License-Identifier: Apache-2.0
 *
 * See placing.h. Recursion is bounded by GJC_TREE_DEPTH_MAX. */
#include "sema/placing.h"

#include "base/text.h"

static gjc_span placed_span(const gjc_placing *placing, gjc_span span)
{
    if (span.source == placing->from)
        span.source = placing->source;
    return span;
}

/* The node alone, without what it holds. */
static gjc_node *node_copy(gjc_placing *placing, const gjc_node *node, gjc_kind kind)
{
    if (++*placing->placed > GJC_PLACED_MAX)
        return NULL;
    gjc_node *copy = gjc_node_make(placing->sema->arena, kind, placed_span(placing, node->span));
    if (copy == NULL) {
        placing->sema->out_of_memory = true;
        return NULL;
    }
    copy->text = node->text;
    copy->value = node->value;
    copy->value2 = node->value2;
    return copy;
}

/* What was given stands there as it is, with its own place. */
static gjc_node *given_copy(gjc_placing *placing, const gjc_node *node, gjc_kind kind)
{
    gjc_placing plain = *placing;
    plain.argument_count = 0;
    plain.from = GJC_NO_INDEX;
    gjc_node *copy = node_copy(&plain, node, kind);
    gjc_span own = copy != NULL ? copy->span : (gjc_span){0};
    for (const gjc_node *child = node->first; copy != NULL && child != NULL; child = child->next) {
        gjc_node *inner = given_copy(&plain, child, child->kind);
        if (inner == NULL)
            return NULL;
        gjc_node_add(copy, inner);
        copy->span = own;
    }
    return copy;
}

static const gjc_argument *argument_find(const gjc_placing *placing, gj_text name)
{
    for (size_t i = 0; i < placing->argument_count; i++)
        if (gjb_text_equal(placing->arguments[i].name, name))
            return &placing->arguments[i];
    return NULL;
}

static void misfit_add(gjc_placing *placing, const gjc_argument *argument, gjc_span where)
{
    gjc_diag *diag = gjc_diag_add(placing->sema->diags, GJC_E0312, argument->value->span,
                                  gjc_arg_text(argument->name), gjc_arg_none());
    gjc_diag_note_add(placing->sema->diags, diag, where,
                      gjc_arg_words("it would stand here", "将用于此处"));
    placing->is_wrong = true;
}

/* A name of the template for which another was given: alone, or with its department before it. */
static gjc_node *name_place(gjc_placing *placing, const gjc_argument *argument,
                            const gjc_node *node)
{
    const gjc_node *value = argument->value;
    bool is_path = value->kind == GJC_EXPR_PATH;
    bool is_plain = is_path && gjc_node_child_count(value) <= 1;
    if (!is_path || (node->kind == GJC_NAME && !is_plain && !argument->is_name)) {
        misfit_add(placing, argument, node->span);
        return node_copy(placing, node, node->kind);
    }
    if (node->kind == GJC_NAME && !is_plain)
        return given_copy(placing, value, GJC_PATH);
    gjc_node *copy = given_copy(placing, value, node->kind);
    if (copy != NULL && node->kind == GJC_NAME)
        copy->first = copy->last = NULL;
    return copy;
}

/* `lot.price`, of which the first name was given: it stays at its own place, since it is one word
 * with what follows. */
static gjc_node *path_place(gjc_placing *placing, const gjc_argument *argument,
                            const gjc_node *node)
{
    if (argument->value->kind != GJC_EXPR_PATH) {
        misfit_add(placing, argument, node->span);
        return node_copy(placing, node, node->kind);
    }
    gjc_node *copy = node_copy(placing, node, node->kind);
    gjb_buffer text;
    gjb_buffer_init(&text, placing->sema->arena->allocator);
    gjb_buffer_add_text(&text, argument->value->text);
    for (const gjc_node *name = argument->value->first; copy != NULL && name != NULL;
         name = name->next) {
        gjc_node *inner = node_copy(placing, node->first, GJC_NAME);
        if (inner != NULL) {
            inner->text = name->text;
            gjc_node_add(copy, inner);
        }
    }
    for (const gjc_node *name = node->first->next; copy != NULL && name != NULL;
         name = name->next) {
        gjb_buffer_add_byte(&text, '.');
        gjb_buffer_add_text(&text, name->text);
        gjc_node *inner = node_copy(placing, name, GJC_NAME);
        if (inner != NULL)
            gjc_node_add(copy, inner);
    }
    if (copy != NULL)
        copy->text = gjb_arena_text(placing->sema->arena, gjb_buffer_text(&text));
    placing->sema->out_of_memory |= text.failed;
    gjb_buffer_deinit(&text);
    return copy;
}

static gjc_node *argument_place(gjc_placing *placing, const gjc_node *node)
{
    bool is_path = node->kind == GJC_PATH || node->kind == GJC_EXPR_PATH;
    const gjc_node *name = is_path ? gjc_node_find(node, GJC_NAME) : NULL;
    if (node->kind != GJC_NAME && !is_path)
        return NULL;
    const gjc_argument *argument = argument_find(placing, name != NULL ? name->text : node->text);
    if (argument == NULL)
        return NULL;
    if (is_path && name != NULL && name->next != NULL)
        return path_place(placing, argument, node);
    if (node->kind == GJC_EXPR_PATH)
        return given_copy(placing, argument->value, argument->value->kind);
    return name_place(placing, argument, node);
}

gjc_node *gjc_placing_copy(gjc_placing *placing, const gjc_node *node)
{
    gjc_node *given = argument_place(placing, node);
    if (given != NULL)
        return given;
    gjc_node *copy = node_copy(placing, node, node->kind);
    gjc_span own = copy != NULL ? copy->span : (gjc_span){0};
    for (const gjc_node *child = node->first; copy != NULL && child != NULL; child = child->next) {
        gjc_node *inner = gjc_placing_copy(placing, child);
        if (inner == NULL)
            return NULL;
        gjc_node_add(copy, inner);
        copy->span = own; /* what was given stands elsewhere */
    }
    return copy;
}
