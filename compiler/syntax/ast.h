/* SPDX-License-Identifier: Apache-2.0
 *
 * The tree: one kind of node for everything, made in an arena. ast.def lists every kind and, in its
 * comment, what it holds; read that first. Uniform nodes keep the grammar to one call an action,
 * give printing, comparing and formatting for nothing, and let a pass ask for "the WITHIN of this"
 * instead of walking a structure a kind. Nothing in a tree is checked: names, types and what is
 * supported are the next floor's. */
#ifndef GJC_AST_H
#define GJC_AST_H

#include "base/buffer.h"
#include "syntax/source.h"

typedef enum gjc_kind {
#define GJC_NODE(KIND, name, class) GJC_##KIND,
#include "syntax/ast.def"
#undef GJC_NODE
    GJC_KIND_COUNT
} gjc_kind;

typedef enum gjc_class {
    GJC_CLASS_FILE,
    GJC_CLASS_DECL,
    GJC_CLASS_CLAUSE,
    GJC_CLASS_PART,
    GJC_CLASS_TYPE,
    GJC_CLASS_EXPR,
    GJC_CLASS_LEAF,
} gjc_class;

typedef enum gjc_unit {
    GJC_WORKDAYS,
    GJC_DAYS,
    GJC_HOURS_UNIT,
    GJC_MINUTES,
    GJC_MONTHS,
    GJC_YEARS,
    GJC_WORKHOURS,
    GJC_UNIT_COUNT
} gjc_unit;

typedef enum gjc_hit { GJC_HIT_UNIQUE, GJC_HIT_FIRST, GJC_HIT_COLLECT } gjc_hit;
typedef enum gjc_bound { GJC_BOUND_AT_MOST, GJC_BOUND_AT_LEAST, GJC_BOUND_EXACTLY } gjc_bound;
typedef enum gjc_tried { GJC_TRY_ACT, GJC_TRY_CORRECT, GJC_TRY_RETRACT } gjc_tried;
typedef enum gjc_period { GJC_MONTHLY, GJC_QUARTERLY, GJC_YEARLY } gjc_period;

#define GJC_NO_OFFSET INT64_MIN
/* A decimal literal is held as an integer number of these. */
enum { GJC_DECIMAL_SCALE = 10000 };

/* No tree is deeper, so a pass may recurse over one. */
enum { GJC_TREE_DEPTH_MAX = 1000 };

typedef struct gjc_node {
    gjc_kind kind;
    gjc_span span;  /* from its first to its last word */
    uint32_t depth; /* of the tree below it: 0 for a leaf; at most GJC_TREE_DEPTH_MAX */
    gj_text text;   /* borrowed from the arena */
    int64_t value, value2;
    struct gjc_node *first, *last; /* children */
    struct gjc_node *next;         /* sibling */
} gjc_node;

const char *gjc_kind_name(gjc_kind kind);
gjc_class gjc_kind_class(gjc_kind kind);
/* "workdays"; Chinese: 工作日. */
const char *gjc_unit_name(gjc_unit unit, gj_lang lang);

/* NULL when memory ends. */
gjc_node *gjc_node_make(gjb_arena *arena, gjc_kind kind, gjc_span span);
/* At the end of the children; the parent's span grows. */
void gjc_node_add(gjc_node *parent, gjc_node *child);

/* The first child of the kind, or NULL. A NULL node has no children. */
gjc_node *gjc_node_find(const gjc_node *node, gjc_kind kind);
/* The next sibling of the same kind, or NULL. */
gjc_node *gjc_node_find_next(const gjc_node *node);
/* The first child of the class EXPR (TYPE), or NULL. */
gjc_node *gjc_node_find_expr(const gjc_node *node);
gjc_node *gjc_node_find_type(const gjc_node *node);
/* The next sibling of the class EXPR, or NULL. */
gjc_node *gjc_node_find_next_expr(const gjc_node *node);
size_t gjc_node_count(const gjc_node *node, gjc_kind kind);
size_t gjc_node_child_count(const gjc_node *node);
/* The text of its NAME (of its TITLE); absent where it has none. */
gj_text gjc_node_name(const gjc_node *node);
gj_text gjc_node_title(const gjc_node *node);
/* Where its NAME stands; its own span where it has none. */
gjc_span gjc_node_name_span(const gjc_node *node);

/* The tree, one node a line, children indented: `kind "text" value line:column-line:column`.
 * Without sources no positions are printed. */
void gjc_node_print(const gjc_node *node, const gjc_sources *sources, gjb_buffer *out);
/* Kinds and values alone, without names, texts and positions: equal for a file and its twin in the
 * other language. */
void gjc_node_print_shape(const gjc_node *node, gjb_buffer *out);

#endif
