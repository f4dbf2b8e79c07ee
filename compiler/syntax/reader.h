/* SPDX-License-Identifier: Apache-2.0
 *
 * Pieces to tokens: which newline ends a clause, which comma is mere punctuation, which word is a
 * keyword. The last depends on what the parser can take, so the reader asks it; everything else it
 * decides from a few pieces ahead and from the brackets it is inside. */
#ifndef GJC_READER_H
#define GJC_READER_H

#include "syntax/lexer.h"
#include "syntax/parse.h"
#include "syntax/token.h"

struct gjc_yypstate;

typedef struct gjc_bracket {
    char mark; /* ( [ { */
    gjc_span span;
} gjc_bracket;

typedef struct gjc_reader {
    gjc_lexer lexer;
    const gjc_sources *sources;
    gjc_diag_list *diags;
    struct gjc_yypstate *parser; /* whom to ask */
    gjc_expected_names *names;   /* to check against, or NULL */
    gjc_token last, before_last; /* handed out; kind 0 before the first */
    uint32_t clause_begin;       /* byte where the clause being read begins */
    gjc_bracket brackets[GJC_DEPTH_MAX];
    size_t bracket_count;
    bool newline_due;   /* the next token is a newline, whatever stands there */
    bool close_due;     /* and then a `}` that the parser threw away */
    bool unclosed;      /* a missing } has been reported */
    gjc_diag *supplied; /* where a `}` was supplied last, what was said of it; NULL: nowhere */
    gjc_span astray;    /* the first } that stands left of its block, which is astray_open's; see */
    gjc_span astray_open; /* brace.h; end 0: none */
    bool stopped;         /* nested too deeply: the rest is not read */
} gjc_reader;

/* Sets the parts that are not given by the caller; the lexer is inited. */
gj_status gjc_reader_init(gjc_reader *reader, gjb_arena *arena, const gjc_sources *sources,
                          uint32_t source, const gjc_keywords *keywords);
/* The next token; kind 0 at the end. */
gjc_token gjc_reader_next(gjc_reader *reader);
/* After a mistake: drops what is left of the clause, so that the parser, which is now inside
 * `block_count` blocks and wants a newline, goes on with the clause after it. */
void gjc_reader_skip(gjc_reader *reader, size_t block_count);
/* The innermost `{` not closed yet, or NULL. */
const gjc_bracket *gjc_reader_block(const gjc_reader *reader);

/* Defined in guiju.y. */
bool gjc_parser_accepts(struct gjc_yypstate *parser, int token);
size_t gjc_parser_block_count(const struct gjc_yypstate *parser);

#endif
