/* SPDX-License-Identifier: Apache-2.0
 *
 * A source written anew: the same tree, in one language's spellings, word order and punctuation.
 *
 *     tree, tokens, comments ──clauses──▶ lines of atoms ──layout──▶ text ──parse──▶ the same tree?
 *
 * The text is made from the tree, so the order of words falls out of it; from the tokens comes what
 * the tree leaves open (which parentheses stood there, `=` or `is`, where a clause's line ends).
 * Nothing is believed: the text made is read again, once to see which names need quotes where they
 * now stand, once more to see that the tree is the one it was made from. */
#ifndef GJC_FORMAT_H
#define GJC_FORMAT_H

#include "syntax/ast.h"
#include "syntax/diag.h"

/* A law as a citation of this file may call it. */
typedef struct gjc_format_law {
    const void *identity; /* equal for two citations of one law */
    gj_text name;         /* what `name.42.1` calls it; absent where another law is called so */
    gj_text title;        /* what 《title》 calls it; absent likewise */
} gjc_format_law;

/* How citations are known for the same: by the laws of the modules that the file uses. */
typedef struct gjc_format_laws {
    void *payload;
    /* False where the law of this CITATION is not known. */
    bool (*find)(void *payload, const gjc_node *citation, gjc_format_law *law);
} gjc_format_laws;

typedef struct gjc_format_options {
    const gjc_format_laws *laws; /* NULL: no citation changes its form */
    bool keeps_lang;             /* the language that most of its keywords are in */
    gj_lang lang;                /* else this one */
} gjc_format_options;

/* Parses the source and writes it anew. GJ_OK also where the source has mistakes: they are in
 * diags, and nothing is written. GJ_REFUSED: the text made is not the same tree, which is our own
 * mistake; nothing is written. */
gj_status gjc_format(const gjc_sources *sources, uint32_t source, const gjc_format_options *options,
                     gjb_arena *arena, gjc_diag_list *diags, gjb_buffer *out);

#endif
