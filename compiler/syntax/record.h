/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parser sees and the tree does not keep: every token as it was taken, and every comment.
 * Who writes a source anew needs them: which parentheses were written, where a clause's line ends,
 * what stood beside it. A compilation records nothing, and pays one look at a pointer for it. */
#ifndef GJC_RECORD_H
#define GJC_RECORD_H

#include "base/arena.h"
#include "syntax/token.h"

typedef struct gjc_record {
    gjb_arena *arena;
    gjc_token *tokens; /* in order; a newline that ends a clause is one of no width */
    size_t token_count, token_capacity;
    gjc_span *comments; /* in order, from their mark to the end of the line */
    size_t comment_count, comment_capacity;
    uint32_t *partners; /* by token: of a bracket, its other half; of others, the token itself */
    bool out_of_memory;
} gjc_record;

void gjc_record_init(gjc_record *record, gjb_arena *arena);
void gjc_record_add_token(gjc_record *record, gjc_token token);
void gjc_record_add_comment(gjc_record *record, gjc_span comment);
/* Finds the partners, once all tokens are there. */
void gjc_record_close(gjc_record *record);

/* The first token that has a width and begins at the byte or after it; token_count: none does. */
size_t gjc_record_token_at(const gjc_record *record, uint32_t byte);

/* A word that is known to be a name, in a text that somebody has written: was it read as one? */
typedef struct gjc_expected_name {
    uint32_t begin, end;
    bool misread; /* the reader would have taken it otherwise: it needs quotes */
} gjc_expected_name;

typedef struct gjc_expected_names {
    gjc_expected_name *items; /* in order of place */
    size_t count;
    size_t next; /* the one not met yet */
} gjc_expected_names;

#endif
