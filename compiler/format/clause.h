/* SPDX-License-Identifier: Apache-2.0
 *
 * A clause's words in the line's language and in that language's order: one printer a kind of node.
 * What English puts last (`when E`) Chinese often puts first (当 E 时); each printer says both. */
#ifndef GJC_FORMAT_CLAUSE_H
#define GJC_FORMAT_CLAUSE_H

#include "format/words.h"

/* Nodes that stand on one line: nearly always one; `from A to B within D` are three, `grade a from
 * 90, b below` two. */
typedef struct gjc_clause {
    const gjc_node *node;
    size_t count;
    size_t begin, end;  /* its tokens; the one at `end` is its newline */
    size_t open, close; /* the braces of its block, open == close: it has none */
} gjc_clause;

/* All of it, or what stands before its block. */
void gjc_clause_print(gjc_line *line, const gjc_clause *clause);
/* What stands after a block's `}`. */
void gjc_clause_print_tail(gjc_line *line, const gjc_clause *clause);
/* Whether a clause of this kind has a block (or may have one). */
bool gjc_kind_has_block(gjc_kind kind);
/* Whether there is a printer for it: a test holds ast.def against this. */
bool gjc_kind_is_printed(gjc_kind kind);

typedef void gjc_printer(gjc_line *line, const gjc_node *node);
/* NULL where the file has none for the kind. */
gjc_printer *gjc_declaration_printer(gjc_kind kind);
gjc_printer *gjc_stage_printer(gjc_kind kind);
gjc_printer *gjc_limit_printer(gjc_kind kind);
gjc_printer *gjc_rule_printer(gjc_kind kind);
gjc_printer *gjc_beyond_printer(gjc_kind kind);

/* ---- parts that many clauses have ---- */

/* 当 E 时 at the beginning, in Chinese alone; `when E` at the end, in English alone. */
void gjc_when_first(gjc_line *line, const gjc_node *node);
void gjc_when_last(gjc_line *line, const gjc_node *node);
/* The condition as a part of a list of parts, in both. */
void gjc_when_part(gjc_line *line, const gjc_node *node);
/* The condition right after what it holds of, in both: `A when E`. */
void gjc_when_beside(gjc_line *line, const gjc_node *node);
/* 当 E 时 or `when E`, whatever stands around it. */
void gjc_when_words(gjc_line *line, const gjc_node *when);
void gjc_basis_part(gjc_line *line, const gjc_node *node);
/* The basis in a block's head, without `，`. */
void gjc_basis_loose(gjc_line *line, const gjc_node *node);
/* What may set going or end, joined by `or`: the TRIGGERs of a node. */
void gjc_triggers(gjc_line *line, const gjc_node *node);
void gjc_trigger(gjc_line *line, const gjc_node *trigger);
void gjc_goto_part(gjc_line *line, const gjc_node *node);
void gjc_duty_words(gjc_line *line, const gjc_node *duty);
/* `-> S when E deemed A … duty P basis …`. */
void gjc_law_parts(gjc_line *line, const gjc_node *node);
void gjc_at_most_times_part(gjc_line *line, const gjc_node *node);
void gjc_payload(gjc_line *line, const gjc_node *payload);
void gjc_within_words(gjc_line *line, const gjc_node *within);
/* `per F` of a rule. */
void gjc_per_words(gjc_line *line, const gjc_node *node);
void gjc_at_least_before_words(gjc_line *line, const gjc_node *node);
void gjc_within_before_words(gjc_line *line, const gjc_node *node);
void gjc_by_date_words(gjc_line *line, const gjc_node *node);
void gjc_overdue_words(gjc_line *line, const gjc_node *duration);
void gjc_effective(gjc_line *line, const gjc_node *effective);
void gjc_type(gjc_line *line, const gjc_node *type);
void gjc_parameters(gjc_line *line, const gjc_node *node);

/* A list in braces: the CHOICEs or PAIRs of a node, on lines of their own where the writer had it
 * so. */
void gjc_braced(gjc_line *line, const gjc_node *node, gjc_printer *item);

#endif
