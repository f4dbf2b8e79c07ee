/* SPDX-License-Identifier: Apache-2.0
 *
 * keywords.def as a table to look words up in. A spelling may be several keywords (`hours` the unit
 * and the clause); they are chained in the order of the table, and the reader takes the first that
 * the parser can. */
#ifndef GJC_KEYWORD_H
#define GJC_KEYWORD_H

#include "base/map.h"
#include "syntax/ast.h"

typedef enum gjc_keyword_class { GJC_KEYWORD_C, GJC_KEYWORD_R, GJC_KEYWORD_J } gjc_keyword_class;

typedef struct gjc_keyword_row {
    int token; /* of guiju.y */
    int64_t value;
    const char *spellings[2]; /* by gj_lang, separated by `;` */
    gjc_keyword_class class;
} gjc_keyword_row;

enum { GJC_KEYWORD_WORDS_MAX = 5, GJC_KEYWORD_SIZE_MAX = 64 };

typedef struct gjc_keyword {
    const gjc_keyword_row *row;
    const struct gjc_keyword *next; /* another row with the same spelling, or NULL */
} gjc_keyword;

typedef struct gjc_keywords {
    gjb_map by_spelling; /* to an index in `keywords` */
    gjb_map word_counts; /* first word of a spelling to the most words of one */
    gjc_keyword *keywords;
    size_t count;
} gjc_keywords;

/* Deinit whether or not it succeeds. */
gj_status gjc_keywords_init(gjc_keywords *keywords, gjb_arena *arena);
void gjc_keywords_deinit(gjc_keywords *keywords);

/* The first row spelt so, or NULL. Words are separated by one space. */
const gjc_keyword *gjc_keyword_find(const gjc_keywords *keywords, gj_text spelling);
/* The most words of a keyword that begins with this one; 0: none does. */
size_t gjc_keyword_words(const gjc_keywords *keywords, gj_text first_word);

/* The first spelling in a language, absent where it has none. Of several rows with the token the
 * first that has one. */
gj_text gjc_keyword_spelling(int token, gj_lang lang);
gj_text gjc_keyword_row_spelling(const gjc_keyword_row *row, gj_lang lang);
/* Whether the whole text is a spelling, in any language and class. */
bool gjc_keyword_is(gj_text text);
/* Whether the token can be spelt so. */
bool gjc_keyword_spells(int token, gj_text text);
size_t gjc_keyword_row_count(void);
const gjc_keyword_row *gjc_keyword_row_get(size_t index);

#endif
