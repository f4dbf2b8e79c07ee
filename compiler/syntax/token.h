/* SPDX-License-Identifier: Apache-2.0
 *
 * A token as the parser takes it: guiju.y's number, where it stands, and its value already read. */
#ifndef GJC_TOKEN_H
#define GJC_TOKEN_H

#include "base/buffer.h"
#include "syntax/source.h"

typedef struct gjc_token {
    int kind; /* GJC_TOK_…, or the character itself for a mark; 0 at the end */
    gjc_span span;
    gj_text text; /* of names, strings and codes; absent otherwise */
    int64_t value, value2;
} gjc_token;

/* "NAME", "'{'": as guiju.y calls it. */
const char *gjc_token_kind_name(int kind);
/* `3:5 NAME apply`, and a newline. */
void gjc_token_print(const gjc_token *token, const gjc_sources *sources, gjb_buffer *out);

#endif
