/* SPDX-License-Identifier: Apache-2.0
 *
 * One writing of a file: what it is made from, and what has been written so far. Everything in this
 * folder takes it, and nothing in it outlives the writing. */
#ifndef GJC_FORMAT_SHEET_H
#define GJC_FORMAT_SHEET_H

#include "format/format.h"
#include "syntax/record.h"

enum {
    GJC_COLUMNS_MAX = 100, /* of a line, where the language lets it be broken */
    GJC_INDENT = 2,        /* columns a block */
};

typedef struct gjc_sheet {
    gjb_arena *arena;
    const gjc_source *source;
    const gjc_record *record;
    const gjc_format_laws *laws;
    gj_lang lang;
    bool *quoted;   /* by token: the name needs quotes where it will stand */
    bool *said;     /* by comment: it has been written */
    size_t comment; /* the comments before this one have all been */
    bool is_fresh;  /* nothing stands in the block yet */
    gjb_buffer out;
    gjc_expected_name *names; /* where in `out` each unquoted name stands */
    size_t *name_tokens;      /* and which token of the source it is */
    size_t name_count, name_capacity;
    bool out_of_memory;
} gjc_sheet;

/* The words of the source that a span covers, and those of a token. */
gj_text gjc_sheet_text(const gjc_sheet *sheet, gjc_span span);
const gjc_token *gjc_sheet_token(const gjc_sheet *sheet, size_t index);
/* The token at which a node begins; the first one after it. */
size_t gjc_sheet_first(const gjc_sheet *sheet, const gjc_node *node);
size_t gjc_sheet_after(const gjc_sheet *sheet, const gjc_node *node);
/* The kind of the token `back` places before the node (1: right before it); 0 where none is. */
int gjc_sheet_before(const gjc_sheet *sheet, const gjc_node *node, size_t back);
/* Whether a newline stands between two bytes. */
bool gjc_sheet_has_newline(const gjc_sheet *sheet, uint32_t begin, uint32_t end);

/* Whether a comment begins between two bytes; the words of one, without the space at their end. */
bool gjc_sheet_has_comment(const gjc_sheet *sheet, uint32_t begin, uint32_t end);
gj_text gjc_sheet_comment(const gjc_sheet *sheet, size_t index);
/* The first comment that begins at the byte or after it; comment_count: none does. */
size_t gjc_sheet_comment_at(const gjc_sheet *sheet, uint32_t byte);

/* Remembers that a name stands in the output from `begin` to its end. */
void gjc_sheet_add_name(gjc_sheet *sheet, size_t begin, size_t token);

/* The whole file into `out`. */
void gjc_sheet_print(gjc_sheet *sheet, const gjc_node *file);

#endif
