/* SPDX-License-Identifier: Apache-2.0
 *
 * The tree as text, for `dump --ast` and for goldens. One node a line, children indented by two; a
 * tree is at most GJC_TREE_DEPTH_MAX deep, so the printer recurses. */
#include "syntax/ast.h"

static void place_print(const gjc_node *node, const gjc_sources *sources, gjb_buffer *out)
{
    const gjc_source *source = gjc_sources_get(sources, node->span.source);
    gjc_position begin = gjc_source_position(source, node->span.begin);
    gjc_position end = gjc_source_position(source, node->span.end);
    gjb_buffer_add_format(out, " %u:%u-%u:%u", begin.line, begin.column, end.line, end.column);
}

static void value_print(const gjc_node *node, gjb_buffer *out)
{
    if (node->value != 0 || node->value2 != 0) {
        gjb_buffer_add_byte(out, ' ');
        gjb_buffer_add_int(out, node->value);
    }
    if (node->value2 == GJC_NO_OFFSET) {
        gjb_buffer_add_string(out, " -");
    } else if (node->value2 != 0) {
        gjb_buffer_add_byte(out, ' ');
        gjb_buffer_add_int(out, node->value2);
    }
}

static void indent_print(size_t depth, gjb_buffer *out)
{
    for (size_t i = 0; i < depth; i++) {
        gjb_buffer_add_string(out, "  ");
    }
}

static void tree_print(const gjc_node *node, const gjc_sources *sources, size_t depth,
                       gjb_buffer *out)
{
    indent_print(depth, out);
    gjb_buffer_add_string(out, gjc_kind_name(node->kind));
    if (node->text.bytes != NULL) {
        gjb_buffer_add_byte(out, ' ');
        gjb_buffer_add_json(out, node->text);
    }
    value_print(node, out);
    if (sources != NULL) {
        place_print(node, sources, out);
    }
    gjb_buffer_add_byte(out, '\n');
    for (const gjc_node *child = node->first; child != NULL; child = child->next) {
        tree_print(child, sources, depth + 1, out);
    }
}

void gjc_node_print(const gjc_node *node, const gjc_sources *sources, gjb_buffer *out)
{
    tree_print(node, sources, 0, out);
}

static void shape_print(const gjc_node *node, size_t depth, gjb_buffer *out)
{
    indent_print(depth, out);
    gjb_buffer_add_string(out, gjc_kind_name(node->kind));
    value_print(node, out);
    gjb_buffer_add_byte(out, '\n');
    for (const gjc_node *child = node->first; child != NULL; child = child->next) {
        shape_print(child, depth + 1, out);
    }
}

void gjc_node_print_shape(const gjc_node *node, gjb_buffer *out)
{
    shape_print(node, 0, out);
}
