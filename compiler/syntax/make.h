/* SPDX-License-Identifier: Apache-2.0
 *
 * What guiju.y's actions call: each makes or completes one node. Absent parts are NULL and skipped;
 * a GROUP among the parts gives its items. When memory ends a maker returns NULL and marks the
 * builder, and since NULL is an absent part, nothing above needs to look. */
#ifndef GJC_MAKE_H
#define GJC_MAKE_H

#include "syntax/ast.h"
#include "syntax/diag.h"
#include "syntax/token.h"

enum {
    GJC_PARSER_STACK = 4000,        /* symbols the parser may hold */
    GJC_EXPECTED_MAX = 256,         /* tokens, more than there are */
    GJC_EXPRESSION_DEPTH_MAX = 250, /* operators inside one another, `a + b + c …` among them */
};

typedef struct gjc_builder {
    gjb_arena *arena;
    const gjc_sources *sources;
    gjc_diag_list *diags;
    gjc_node *file; /* the result */
    bool out_of_memory;
    bool exhausted;    /* nested too deeply for the parser */
    bool syntax_error; /* set by the parser, cleared by whoever reports it */
    int expected[GJC_EXPECTED_MAX];
    size_t expected_count;
} gjc_builder;

void gjc_make_span(gjc_span *whole, const gjc_span *parts, int count);
void gjc_make_exhausted(gjc_builder *builder, gjc_span where, const char *message);

gjc_node *gjc_make(gjc_builder *builder, gjc_kind kind, gjc_span where, gjc_node *const *nodes,
                   size_t count);
/* Its children in the order of ast.def; one that may stand once and stands twice is reported. */
gjc_node *gjc_make_sorted(gjc_builder *builder, gjc_kind kind, gjc_span where,
                          gjc_node *const *nodes, size_t count);
gjc_node *gjc_make_leaf(gjc_builder *builder, gjc_kind kind, gjc_token token);
/* A part of the source given a name of ours. */
gjc_node *gjc_make_named(gjc_builder *builder, gjc_span where, const char *name);
/* An operator; deeper than GJC_EXPRESSION_DEPTH_MAX it is reported and BROKEN. */
gjc_node *gjc_make_operation(gjc_builder *builder, gjc_kind kind, gjc_span where,
                             gjc_node *const *nodes, size_t count);
gjc_node *gjc_make_value(gjc_builder *builder, gjc_kind kind, gjc_span where, int64_t value,
                         gjc_node *const *nodes, size_t count);
/* The span takes the token's text. */
gjc_node *gjc_make_texted(gjc_builder *builder, gjc_kind kind, gjc_span where, gjc_token text,
                          gjc_node *node);
/* value..value2 of the two tokens; one that runs backwards is reported. */
gjc_node *gjc_make_range(gjc_builder *builder, gjc_kind kind, gjc_span where, gjc_token from,
                         gjc_token to);

/* The list with the item at its end; a NULL list begins one. */
gjc_node *gjc_make_group(gjc_builder *builder, gjc_node *list, gjc_node *item);
/* The same node with one more part, sorted in. */
gjc_node *gjc_make_join(gjc_builder *builder, gjc_node *node, gjc_node *part);
gjc_node *gjc_make_as(gjc_builder *builder, gjc_node *node, gjc_kind kind);

/* A number that must be whole and not too large: what it is, or 0 after reporting it. */
int64_t gjc_make_whole(gjc_builder *builder, gjc_token number);

/* ---- particular nodes ---- */
void gjc_make_file(gjc_builder *builder, gjc_span where, gjc_node *declarations);
gjc_node *gjc_make_path(gjc_builder *builder, gjc_span where, gjc_node *path, gjc_node *name);
gjc_node *gjc_make_article(gjc_builder *builder, gjc_span where);
gjc_node *gjc_make_citation(gjc_builder *builder, gjc_span where);
gjc_node *gjc_make_law(gjc_builder *builder, gjc_span where, gjc_node *path);
/* Citations without a law take the one before. */
gjc_node *gjc_make_basis(gjc_builder *builder, gjc_span where, gjc_node *citations);
gjc_node *gjc_make_counts(gjc_builder *builder, gjc_span where, gjc_token said, gjc_token meant,
                          gjc_node *rest);
/* {title, days, title}: a title may stand on either side. */
gjc_node *gjc_make_days(gjc_builder *builder, gjc_kind kind, gjc_span where, gjc_node *const *nodes,
                        size_t count);
gjc_node *gjc_make_arm(gjc_builder *builder, gjc_span where, gjc_node *condition, gjc_node *value);
/* {name, title, flag, head}, and the clauses in their own order. */
gjc_node *gjc_make_stage(gjc_builder *builder, gjc_span where, gjc_node *const *nodes, size_t count,
                         gjc_node *clauses);
gjc_node *gjc_make_once(gjc_builder *builder, gjc_span where);
gjc_node *gjc_make_rung(gjc_builder *builder, gjc_kind kind, gjc_span where, gjc_node *severity,
                        gjc_node *amount);
gjc_node *gjc_make_count(gjc_builder *builder, gjc_span where, gjc_token bound, gjc_token number,
                         gjc_node *const *nodes, size_t count);
gjc_node *gjc_make_moment(gjc_builder *builder, gjc_span where, gjc_token date, gjc_token time);
/* {name, list, body}: the name was read as an expression. */
gjc_node *gjc_make_bind(gjc_builder *builder, gjc_span where, gjc_node *const *nodes, size_t count);
/* Two comparisons that share the operand in the middle: reported, and BROKEN. */
gjc_node *gjc_make_chain(gjc_builder *builder, gjc_span where, gjc_span middle, gjc_token second);
gjc_node *gjc_make_division(gjc_builder *builder, gjc_span where, gjc_node *a, gjc_node *b);

#endif
