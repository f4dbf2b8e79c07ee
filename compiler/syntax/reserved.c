/* SPDX-License-Identifier: Apache-2.0
 *
 * See reserved.h. */
#include "syntax/reserved.h"
#include "base/text.h"

#include "guiju.tab.h"

static bool is_word(gj_text words)
{
    return words.size > 0 && ((words.bytes[0] & 0x80) != 0 || (words.bytes[0] | 32) >= 'a');
}

static gj_text quoted_text(gjc_builder *builder, gj_text word, const char *open, const char *close)
{
    gjb_buffer words;
    gjb_buffer_init(&words, builder->arena->allocator);
    gjb_buffer_add_string(&words, open);
    gjb_buffer_add_text(&words, word);
    gjb_buffer_add_string(&words, close);
    gj_text kept =
        words.failed ? (gj_text){0} : gjb_arena_text(builder->arena, gjb_buffer_text(&words));
    builder->out_of_memory = builder->out_of_memory || kept.bytes == NULL;
    gjb_buffer_deinit(&words);
    return kept;
}

static gjc_diag *report(gjc_builder *builder, gjc_span span, gj_text word)
{
    gjc_arg words = {quoted_text(builder, word, "`", "`"), quoted_text(builder, word, "“", "”")};
    gjc_diag *diag = gjc_diag_add(builder->diags, GJC_E0205, span, words, gjc_arg_none());
    diag->args[2] = gjc_arg_text(word);
    /* 「转」, `when`: as one would write it as a name. */
    bool wide = (word.bytes[0] & 0x80) != 0;
    gjc_diag_edit_add(builder->diags, diag, span,
                      quoted_text(builder, word, wide ? "「" : "`", wide ? "」" : "`"));
    return diag;
}

bool gjc_reserved_report(gjc_builder *builder, gjc_token found)
{
    gj_text word = gjc_sources_text(builder->sources, found.span);
    if (found.kind < 256 || found.kind == GJC_TOK_NL || !gjc_keyword_is(word) || !is_word(word))
        return false;
    report(builder, found.span, word);
    return true;
}

/* Whether a name could be followed by what is next, whatever kind of clause this is: a mark, a
 * title or a keyword. Before any other word the name itself is what was left out. */
static bool goes_on(gjc_reader *reader)
{
    const gjc_raw *next = gjc_lexer_peek(&reader->lexer, 0);
    if (next->kind == GJC_RAW_WORD)
        return gjc_keyword_find(reader->lexer.keywords, next->text) != NULL;
    if (next->kind == GJC_RAW_MARK)
        return next->mark != '-';
    return next->kind == GJC_RAW_END || next->kind == GJC_RAW_NEWLINE ||
           next->kind == GJC_RAW_OPERATOR || next->kind == GJC_RAW_STOP ||
           next->kind == GJC_RAW_STRING;
}

static bool is_one_word(gj_text words)
{
    for (size_t i = 0; i < words.size; i++)
        if (words.bytes[i] == ' ' || words.bytes[i] == '-')
            return false;
    return is_word(words);
}

void gjc_reserved_take(gjc_builder *builder, gjc_reader *reader, gjc_token *token)
{
    gj_text word = gjc_sources_text(builder->sources, token->span);
    if (token->kind < 256 || token->kind == GJC_TOK_NAME || token->kind == GJC_TOK_NL ||
        !is_one_word(word) || gjc_keyword_find(reader->lexer.keywords, word) == NULL ||
        gjc_parser_accepts(reader->parser, token->kind) ||
        gjc_parser_accepts(reader->parser, GJC_TOK_NUMBER) ||
        !gjc_parser_accepts(reader->parser, GJC_TOK_NAME) || !goes_on(reader))
        return;
    report(builder, token->span, word)->keeps_text = true;
    *token = (gjc_token){.kind = GJC_TOK_NAME, .span = token->span, .text = word};
    reader->last = *token;
}
