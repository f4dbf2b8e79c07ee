/* SPDX-License-Identifier: Apache-2.0
 *
 * See expect.h. Bison's list of tokens is brought down to what helps: everything that begins an
 * expression is "an expression", all comparisons are "an operator", and what is left is named by
 * the word one would write. */
#include "syntax/expect.h"
#include "base/text.h"
#include "syntax/advice.h"
#include "syntax/brace.h"
#include "syntax/literal.h"
#include "syntax/reserved.h"
#include "syntax/slip.h"
#include "syntax/unicode.h"

#include "guiju.tab.h"
#include <string.h>

enum { EXPECTED_FEW = 6, EXPECTED_MANY = 14 };

typedef struct label {
    int kind;
    const char *en, *zh;
} label;

static const label labels[] = {
    {GJC_TOK_NAME, "a name", "名称"},
    {GJC_TOK_STRING, "a text in quotes", "带引号的文本"},
    {GJC_TOK_NUMBER, "a number", "数字"},
    {GJC_TOK_MONEY, "an amount of money", "金额"},
    {GJC_TOK_PERCENT, "a percentage", "百分数"},
    {GJC_TOK_DATE, "a date", "日期"},
    {GJC_TOK_TIME, "a time of day", "时间"},
    {GJC_TOK_DATETIME, "a date and time", "日期和时间"},
    {GJC_TOK_CITATION, "an article of a law", "法规条文"},
    {GJC_TOK_ARTICLE_NUMBER, "an article's number", "条文编号"},
    {GJC_TOK_DAYNAME, "a day of the week", "星期"},
    {GJC_TOK_UNIT, "a unit of time", "时间单位"},
    {GJC_TOK_CODE, "the code of a finding", "异常类别"},
    {GJC_TOK_PERIOD, "monthly, quarterly or yearly", "按月、按季或按年"},
    {GJC_TOK_NL, "the end of the line", "行尾"},
    {0, "the end of the file", "文件结束"},
};

static const label expression_label = {-1, "an expression", "表达式"};
static const label operator_label = {-1, "an operator", "运算符"};

static const label *label_find(int kind)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (labels[i].kind == kind) {
            return &labels[i];
        }
    }
    return NULL;
}

/* ---- the list ---- */

typedef struct expectation {
    const gjc_builder *builder;
    bool expression, operators; /* whole groups that could stand there */
} expectation;

bool gjc_expect_has(const gjc_builder *builder, int kind)
{
    for (size_t i = 0; i < builder->expected_count; i++) {
        if (builder->expected[i] == kind) {
            return true;
        }
    }
    return false;
}

static bool begins_expression(int kind)
{
    switch (kind) {
    case GJC_TOK_NAME:
    case GJC_TOK_NUMBER:
    case GJC_TOK_MONEY:
    case GJC_TOK_PERCENT:
    case GJC_TOK_DATE:
    case GJC_TOK_DATETIME:
    case GJC_TOK_TIME:
    case GJC_TOK_STRING:
    case GJC_TOK_TRUE:
    case GJC_TOK_FALSE:
    case GJC_TOK_NOT:
    case GJC_TOK_HYPHEN_CODE:
    case '(':
    case '[':
    case '-':
        return true;
    default:
        return false;
    }
}

static bool is_operator(int kind)
{
    switch (kind) {
    case GJC_TOK_GE:
    case GJC_TOK_LE:
    case GJC_TOK_GT:
    case GJC_TOK_LT:
    case GJC_TOK_EQ:
    case GJC_TOK_NE:
    case GJC_TOK_IS:
    case GJC_TOK_IS_NOT:
    case GJC_TOK_IN:
    case GJC_TOK_AND:
    case GJC_TOK_OR:
    case GJC_TOK_MOD:
    case GJC_TOK_ELSE:
    case GJC_TOK_UNIT:
    case '+':
    case '-':
    case '*':
    case '/':
    case '.':
    case '(':
        return true;
    default:
        return false;
    }
}

static bool is_in_group(const expectation *wanted, int kind)
{
    /* HYPHEN_CODE is the code of a finding as CODE is; one label serves. */
    return (wanted->expression && begins_expression(kind)) ||
           (wanted->operators && is_operator(kind)) ||
           (kind == GJC_TOK_HYPHEN_CODE && gjc_expect_has(wanted->builder, GJC_TOK_CODE)) ||
           ((kind == GJC_TOK_ARTICLE_NUMBER || kind == GJC_TOK_CITATION) &&
            gjc_expect_has(wanted->builder, GJC_TOK_NUMBER));
}

static void separator_print(size_t index, bool last, gj_lang lang, gjb_buffer *out)
{
    if (index > 0) {
        const char *comma = lang == GJ_ZH ? "、" : ", ", * or = lang == GJ_ZH ? "或" : " or ";
        gjb_buffer_add_string(out, last ? or : comma);
    }
}

/* The token as one would write it; false where this language has no word for it. */
static bool token_print(int kind, gj_lang lang, gjb_buffer *out)
{
    const label *known = label_find(kind);
    if (known != NULL) {
        gjb_buffer_add_string(out, lang == GJ_ZH ? known->zh : known->en);
        return true;
    }
    char mark[2] = {(char)kind, '\0'};
    gj_text spelling = kind < 128 ? gjb_text_of(mark) : gjc_keyword_spelling(kind, lang);
    if (spelling.bytes == NULL) {
        return false;
    }
    gjb_buffer_add_string(out, lang == GJ_ZH ? "“" : "`");
    gjb_buffer_add_text(out, spelling);
    gjb_buffer_add_string(out, lang == GJ_ZH ? "”" : "`");
    return true;
}

static bool is_listed(const expectation *wanted, int kind, gj_lang lang)
{
    return !is_in_group(wanted, kind) && (label_find(kind) != NULL || kind < 128 ||
                                          gjc_keyword_spelling(kind, lang).bytes != NULL);
}

static size_t listed_count(const expectation *wanted, gj_lang lang)
{
    size_t count = (size_t)wanted->expression + (size_t)wanted->operators;
    for (size_t i = 0; i < wanted->builder->expected_count; i++) {
        count += is_listed(wanted, wanted->builder->expected[i], lang);
    }
    return count;
}

static void list_print(const expectation *wanted, gj_lang lang, gjb_buffer *out)
{
    size_t count = listed_count(wanted, lang), index = 0;
    const label *groups[] = {wanted->expression ? &expression_label : NULL,
                             wanted->operators ? &operator_label : NULL};
    for (size_t i = 0; i < 2; i++) {
        if (groups[i] != NULL) {
            separator_print(index, index + 1 == count, lang, out);
            gjb_buffer_add_string(out, lang == GJ_ZH ? groups[i]->zh : groups[i]->en);
            index++;
        }
    }
    for (size_t i = 0; i < wanted->builder->expected_count; i++) {
        int kind = wanted->builder->expected[i];
        if (!is_listed(wanted, kind, lang)) {
            continue;
        }
        if (index == EXPECTED_MANY) {
            gjb_buffer_add_string(out, lang == GJ_ZH ? "……" : ", …");
            return;
        }
        separator_print(index, index + 1 == count, lang, out);
        token_print(kind, lang, out);
        index++;
    }
}

static gj_text text_keep(gjc_builder *builder, gjb_buffer *words)
{
    gj_text kept =
        words->failed ? (gj_text){0} : gjb_arena_text(builder->arena, gjb_buffer_text(words));
    builder->out_of_memory = builder->out_of_memory || kept.bytes == NULL;
    gjb_buffer_deinit(words);
    return kept;
}

static gj_text list_text(gjc_builder *builder, const expectation *wanted, gj_lang lang)
{
    gjb_buffer words;
    gjb_buffer_init(&words, builder->arena->allocator);
    list_print(wanted, lang, &words);
    return text_keep(builder, &words);
}

/* What stands there: its words between quotes, or what it is where it has none. */
static gj_text found_text(gjc_builder *builder, gjc_token found, gj_lang lang)
{
    gjb_buffer words;
    gjb_buffer_init(&words, builder->arena->allocator);
    const label *known = label_find(found.kind);
    if (found.kind == GJC_TOK_NL || found.kind == 0) {
        gjb_buffer_add_string(&words, lang == GJ_ZH ? known->zh : known->en);
    } else if (found.span.begin == found.span.end) {
        token_print(found.kind, lang, &words);
    } else {
        gjb_buffer_add_string(&words, lang == GJ_ZH ? "“" : "`");
        gjb_buffer_add_text(&words, gjc_sources_text(builder->sources, found.span));
        gjb_buffer_add_string(&words, lang == GJ_ZH ? "”" : "`");
    }
    return text_keep(builder, &words);
}

/* ---- slips with a hint of their own ---- */

/* The word itself, or the one just before it, which could stand there as a name. */
static bool slip_report(gjc_builder *builder, const gjc_reader *reader, gjc_token found)
{
    gjc_token tokens[] = {found, reader->before_last};
    for (size_t i = 0; i < 2; i++) {
        gjc_token token = tokens[i];
        if (token.kind == 0 || token.kind == GJC_TOK_NL || token.span.begin == token.span.end) {
            continue;
        }
        gj_text word = gjc_sources_text(builder->sources, token.span);
        const gjc_slip *known = gjc_slip_find_word(word);
        bool named = token.kind == GJC_TOK_NAME || i == 0 || token.kind == GJC_TOK_OVERDUE;
        if (known != NULL && named) {
            gjc_diag *diag = gjc_diag_add(builder->diags, GJC_E0211, token.span, gjc_arg_text(word),
                                          gjc_arg_words(known->en, known->zh));
            if (known->replacement != NULL) {
                gjc_diag_edit_add(builder->diags, diag, token.span,
                                  gjb_text_of(known->replacement));
                diag->is_certain = known->is_certain;
            }
            return true;
        }
    }
    return false;
}

static bool block_report(gjc_builder *builder, gjc_reader *reader, gjc_token found, gjc_arg words)
{
    const gjc_bracket *open = gjc_reader_block(reader);
    bool begins = reader->before_last.kind == GJC_TOK_NL || reader->before_last.kind == '{';
    if (open == NULL || !begins || !gjc_brace_begins_declaration(found.kind)) {
        return false;
    }
    gjc_diag *diag = gjc_diag_add(builder->diags, GJC_E0209, found.span, words, gjc_arg_none());
    gjc_diag_note_add(builder->diags, diag, open->span,
                      gjc_arg_words("the block begins here", "块自此处开始"));
    if (!reader->unclosed) {
        gjc_brace_note(reader, diag, open, reader->before_last.span.begin, found.span);
    }
    reader->unclosed = true; /* that it is not closed by the end has been said with this */
    return true;
}

static bool reserved_report(gjc_builder *builder, gjc_token found)
{
    return gjc_expect_has(builder, GJC_TOK_NAME) && !gjc_expect_has(builder, GJC_TOK_NUMBER) &&
           gjc_reserved_report(builder, found);
}

/* ---- a space left out ---- */

static bool spells_expected(const gjc_builder *builder, gj_text word)
{
    for (size_t i = 0; i < builder->expected_count; i++) {
        if (gjc_keyword_spells(builder->expected[i], word)) {
            return true;
        }
    }
    return false;
}

/* Where the run's last keyword begins; its size where it ends in none. */
static size_t suffix_begin(gj_text run, size_t from)
{
    for (size_t at = from + 1; at < run.size; at++) {
        if ((run.bytes[at] & 0xC0) != 0x80 && gjc_keyword_is(gjb_text_slice(run, at, run.size))) {
            return at;
        }
    }
    return run.size;
}

/* 自受理起, where 自 could stand and no name can: 自 受理 起. */
static gj_text spaced_text(gjc_builder *builder, gjc_token found)
{
    gj_text run = found.text;
    if (found.kind != GJC_TOK_NAME || run.size == 0 || (run.bytes[0] & 0x80) == 0 ||
        run.size > GJC_KEYWORD_SIZE_MAX) {
        return (gj_text){0};
    }
    for (size_t end = run.size - 1; end > 0; end--) {
        if ((run.bytes[end] & 0xC0) == 0x80 ||
            !spells_expected(builder, gjb_text_slice(run, 0, end))) {
            continue;
        }
        bool numeral = gjc_literal_numeral_size(gjb_text_slice(run, end, run.size)) > 0;
        size_t suffix = numeral ? run.size : suffix_begin(run, end);
        gjb_buffer words;
        gjb_buffer_init(&words, builder->arena->allocator);
        gjb_buffer_add_text(&words, gjb_text_slice(run, 0, end));
        gjb_buffer_add_byte(&words, ' ');
        gjb_buffer_add_text(&words, gjb_text_slice(run, end, suffix));
        if (suffix < run.size) {
            gjb_buffer_add_byte(&words, ' ');
            gjb_buffer_add_text(&words, gjb_text_slice(run, suffix, run.size));
        }
        return text_keep(builder, &words);
    }
    return (gj_text){0};
}

/* Whether the word is a whole run somewhere else in the text, so that it is a name of somebody's.
 */
static bool stands_alone(gj_text text, gj_text word, size_t except)
{
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && gjc_unicode_is_continue(gjb_text_character(text, end))) {
            end += gjb_text_character_size(text, end);
        }
        if (at != except && gjb_text_equal(gjb_text_slice(text, at, end), word)) {
            return true;
        }
        at = end < text.size ? end + gjb_text_character_size(text, end) : end;
    }
    return false;
}

/* The second of the words, which is the name among them. */
static gj_text spaced_name(gj_text spaced)
{
    size_t begin = 0;
    while (begin < spaced.size && spaced.bytes[begin] != ' ') {
        begin++;
    }
    size_t end = begin + 1;
    while (end < spaced.size && spaced.bytes[end] != ' ') {
        end++;
    }
    return gjb_text_slice(spaced, begin + 1, end);
}

static void spaced_report(gjc_builder *builder, gjc_token found, gj_text spaced)
{
    const gjc_source *source = gjc_sources_get(builder->sources, found.span.source);
    gjc_diag *diag = gjc_diag_add(builder->diags, GJC_E0206, found.span, gjc_arg_text(found.text),
                                  gjc_arg_text(spaced));
    gjc_diag_suggest(diag, spaced);
    diag->is_certain = stands_alone(source->text, spaced_name(spaced), found.span.begin);
}

/* 受理，转乙: the comma stands there for the word after it, which is what to speak of. */
static gjc_token spaced_subject(gjc_reader *reader, gjc_token found)
{
    const gjc_raw *next = gjc_lexer_peek(&reader->lexer, 0);
    if (found.kind != ',' || next->kind != GJC_RAW_WORD)
        return found;
    gjc_token word = {.kind = GJC_TOK_NAME, .span = found.span, .text = next->text};
    word.span.begin = next->begin;
    word.span.end = next->end;
    return word;
}

static void plain_report(gjc_builder *builder, gjc_reader *reader, gjc_token found, gjc_arg words)
{
    expectation wanted = {.builder = builder};
    wanted.expression = gjc_expect_has(builder, GJC_TOK_NUMBER) && gjc_expect_has(builder, '(') &&
                        gjc_expect_has(builder, GJC_TOK_STRING);
    wanted.operators = gjc_expect_has(builder, GJC_TOK_GE) && gjc_expect_has(builder, '*');
    gjc_diag_code code = found.kind == GJC_TOK_NL                      ? GJC_E0203
                         : listed_count(&wanted, GJ_EN) > EXPECTED_FEW ? GJC_E0202
                                                                       : GJC_E0201;
    gjc_arg list = {list_text(builder, &wanted, GJ_EN), list_text(builder, &wanted, GJ_ZH)};
    gjc_diag *diag = gjc_diag_add(builder->diags, code, found.span, words, list);
    gjc_advice_add(builder, reader, diag, found);
}

/* What could not be a token was reported, and the clause it stands in seldom parses without it. A
 * newline is placed behind the last token; the line goes on to what is next. */
static bool follows_lexical_mistake(gjc_reader *reader, gjc_token found)
{
    const gjc_lexer *lexer = &reader->lexer;
    uint32_t end =
        found.kind == GJC_TOK_NL ? gjc_lexer_peek(&reader->lexer, 0)->begin : found.span.end;
    return lexer->mistaken && lexer->mistake_at >= reader->clause_begin && lexer->mistake_at <= end;
}

void gjc_expect_report(gjc_builder *builder, gjc_reader *reader, gjc_token found)
{
    if (follows_lexical_mistake(reader, found)) {
        return;
    }
    gjc_arg words = {found_text(builder, found, GJ_EN), found_text(builder, found, GJ_ZH)};
    if (slip_report(builder, reader, found) || block_report(builder, reader, found, words) ||
        reserved_report(builder, found)) {
        return;
    }
    gjc_token subject = spaced_subject(reader, found);
    gj_text spaced = spaced_text(builder, subject);
    if (spaced.bytes != NULL) {
        spaced_report(builder, subject, spaced);
        return;
    }
    plain_report(builder, reader, found, words);
}
