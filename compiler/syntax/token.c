/* SPDX-License-Identifier: Apache-2.0
 *
 * See token.h. */
#include "syntax/token.h"
#include "syntax/make.h"

#include "guiju.tab.h"

typedef struct token_name {
    int kind;
    const char *name;
} token_name;

/* Tokens that are not keywords; those have the English spelling of their first row. */
static const token_name names[] = {
    {GJC_TOK_NL, "newline"},
    {GJC_TOK_NAME, "name"},
    {GJC_TOK_STRING, "text"},
    {GJC_TOK_NUMBER, "number"},
    {GJC_TOK_MONEY, "money"},
    {GJC_TOK_PERCENT, "percentage"},
    {GJC_TOK_DATE, "date"},
    {GJC_TOK_TIME, "time"},
    {GJC_TOK_DATETIME, "datetime"},
    {GJC_TOK_CITATION, "citation"},
    {GJC_TOK_ARTICLE_NUMBER, "article-number"},
    {GJC_TOK_ANYTHING, "_"},
    {0, "end"},
};

static const char *const keyword_names[] = {
#define GJC_KEYWORD(TOKEN, value, en, zh, class) #TOKEN,
#include "keywords.def"
#undef GJC_KEYWORD
};

static const int keyword_kinds[] = {
#define GJC_KEYWORD(TOKEN, value, en, zh, class) GJC_TOK_##TOKEN,
#include "keywords.def"
#undef GJC_KEYWORD
};

const char *gjc_token_kind_name(int kind)
{
    static const char marks[][2] = {",", ":", ".", "(", ")", "{", "}",
                                    "[", "]", "+", "-", "*", "/"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].kind == kind) {
            return names[i].name;
        }
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (marks[i][0] == kind) {
            return marks[i];
        }
    }
    for (size_t i = 0; i < sizeof keyword_kinds / sizeof *keyword_kinds; i++) {
        if (keyword_kinds[i] == kind) {
            return keyword_names[i];
        }
    }
    return "?";
}

void gjc_token_print(const gjc_token *token, const gjc_sources *sources, gjb_buffer *out)
{
    const gjc_source *source = gjc_sources_get(sources, token->span.source);
    gjc_position position = gjc_source_position(source, token->span.begin);
    gjb_buffer_add_format(out, "%u:%u %s", position.line, position.column,
                          gjc_token_kind_name(token->kind));
    if (token->kind != GJC_TOK_NL && token->span.end > token->span.begin) {
        gjb_buffer_add_byte(out, ' ');
        gjb_buffer_add_text(out, gjc_sources_text(sources, token->span));
    }
    gjb_buffer_add_byte(out, '\n');
}
