/* SPDX-License-Identifier: Apache-2.0
 *
 * See reader.h. */
#include "syntax/reader.h"
#include "base/text.h"
#include "syntax/brace.h"
#include "syntax/make.h"
#include "syntax/slip.h"

#include "guiju.tab.h"
#include <assert.h>
#include <string.h>

gj_status gjc_reader_init(gjc_reader *reader, gjb_arena *arena, const gjc_sources *sources,
                          uint32_t source, const gjc_keywords *keywords)
{
    gjc_record *record = reader->lexer.record;
    reader->sources = sources;
    reader->last = reader->before_last = (gjc_token){.kind = 0};
    reader->clause_begin = 0;
    reader->bracket_count = 0;
    reader->newline_due = reader->close_due = reader->unclosed = reader->stopped = false;
    reader->supplied = NULL;
    reader->astray = reader->astray_open = (gjc_span){.end = 0};
    gj_status status =
        gjc_lexer_init(&reader->lexer, arena, gjc_sources_get(sources, source), source, keywords);
    reader->lexer.diags = reader->diags;
    reader->lexer.record = record;
    return status;
}

static gjc_span span_between(const gjc_reader *reader, uint32_t begin, uint32_t end)
{
    return (gjc_span){reader->lexer.source_index, begin, end};
}

static gjc_token token_of(const gjc_reader *reader, int kind, const gjc_raw *raw)
{
    return (gjc_token){.kind = kind,
                       .span = span_between(reader, raw->begin, raw->end),
                       .value = raw->value,
                       .value2 = raw->value2};
}

static void pieces_drop(gjc_reader *reader, size_t count)
{
    for (; count > 0; count--) {
        gjc_lexer_step(&reader->lexer);
    }
}

/* ---- keywords ---- */

/* Words from `ahead` on joined by single spaces: as many as `count`, or 0 where fewer stand there.
 */
static gj_text words_join(gjc_reader *reader, size_t ahead, size_t count, char *bytes)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, ahead + i);
        if (raw->kind != GJC_RAW_WORD || size + raw->text.size + 1 > GJC_KEYWORD_SIZE_MAX) {
            return (gj_text){0};
        }
        if (i > 0) {
            bytes[size++] = ' ';
        }
        memcpy(bytes + size, raw->text.bytes, raw->text.size);
        size += raw->text.size;
    }
    return (gj_text){bytes, size};
}

/* The rows spelt by `count` words at `ahead`, or by the operator there. */
static const gjc_keyword *keyword_at(gjc_reader *reader, size_t ahead, size_t count)
{
    const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, ahead);
    if (count == 1) {
        bool spelt = raw->kind == GJC_RAW_WORD || raw->kind == GJC_RAW_OPERATOR;
        return spelt ? gjc_keyword_find(reader->lexer.keywords, raw->text) : NULL;
    }
    char bytes[GJC_KEYWORD_SIZE_MAX];
    gj_text joined = words_join(reader, ahead, count, bytes);
    return joined.bytes != NULL ? gjc_keyword_find(reader->lexer.keywords, joined) : NULL;
}

static size_t words_most(gjc_reader *reader, size_t ahead)
{
    const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, ahead);
    if (raw->kind == GJC_RAW_OPERATOR) {
        return 1;
    }
    return raw->kind == GJC_RAW_WORD ? gjc_keyword_words(reader->lexer.keywords, raw->text) : 0;
}

/* The row the parser can take, else the reserved one, else NULL. A single reserved row needs no
 * asking. */
static const gjc_keyword_row *row_choose(gjc_reader *reader, const gjc_keyword *keyword)
{
    if (keyword->next == NULL && keyword->row->class != GJC_KEYWORD_C) {
        return keyword->row;
    }
    const gjc_keyword_row *reserved = NULL;
    for (; keyword != NULL; keyword = keyword->next) {
        if (gjc_parser_accepts(reader->parser, keyword->row->token)) {
            return keyword->row;
        }
        if (keyword->row->class != GJC_KEYWORD_C) {
            reserved = keyword->row;
        }
    }
    return reserved;
}

static gjc_token keyword_take(gjc_reader *reader, const gjc_keyword_row *row, size_t pieces)
{
    gjc_token token = token_of(reader, row->token, gjc_lexer_peek(&reader->lexer, 0));
    token.span.end = gjc_lexer_peek(&reader->lexer, pieces - 1)->end;
    token.value = row->value;
    if (row->token == GJC_TOK_CODE || row->token == GJC_TOK_HYPHEN_CODE) {
        token.text = gjc_keyword_row_spelling(row, GJ_EN);
    }
    pieces_drop(reader, pieces);
    return token;
}

/* `skipped-step` is three pieces: a code where one can stand, a subtraction elsewhere. */
static bool code_take(gjc_reader *reader, gjc_token *token)
{
    char bytes[GJC_KEYWORD_SIZE_MAX];
    for (size_t count = 5; count >= 3; count -= 2) {
        size_t size = 0;
        for (size_t i = 0; i < count; i++) {
            const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, i);
            bool fits = i % 2 == 0 ? raw->kind == GJC_RAW_WORD
                                   : raw->kind == GJC_RAW_MARK && raw->mark == '-';
            if (!fits || (i > 0 && !raw->glued) || size + raw->text.size > sizeof bytes) {
                size = 0;
                break;
            }
            memcpy(bytes + size, raw->text.bytes, raw->text.size);
            size += raw->text.size;
        }
        const gjc_keyword *keyword =
            size > 0 ? gjc_keyword_find(reader->lexer.keywords, (gj_text){bytes, size}) : NULL;
        if (keyword != NULL && gjc_parser_accepts(reader->parser, keyword->row->token)) {
            *token = keyword_take(reader, keyword->row, count);
            return true;
        }
    }
    return false;
}

static gjc_token name_take(gjc_reader *reader, size_t pieces, uint32_t end)
{
    const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, 0);
    gjc_token token = token_of(reader, GJC_TOK_NAME, raw);
    token.value = token.value2 = 0;
    token.span.end = end;
    token.text =
        raw->kind == GJC_RAW_QUOTED ? raw->text : gjc_sources_text(reader->sources, token.span);
    pieces_drop(reader, pieces);
    return token;
}

static bool is_hyphened(gjc_reader *reader)
{
    const gjc_raw *next = gjc_lexer_peek(&reader->lexer, 1);
    return next->kind == GJC_RAW_MARK && next->mark == '-' && next->glued;
}

/* Whether a keyword of so many words would swallow one that is expected to be a name. */
static bool swallows_name(gjc_reader *reader, size_t words)
{
    gjc_expected_names *names = reader->names;
    if (names == NULL || words < 2 || names->next == names->count) {
        return false;
    }
    gjc_expected_name *name = &names->items[names->next];
    for (size_t i = 1; i < words; i++) {
        if (gjc_lexer_peek(&reader->lexer, i)->begin == name->begin) {
            name->misread = true;
            return true;
        }
    }
    return false;
}

/* The keyword that begins here and how many words it takes; NULL where the word is a name. */
static const gjc_keyword_row *keyword_choose(gjc_reader *reader, size_t *words)
{
    const gjc_keyword *contextual = NULL;
    for (size_t count = words_most(reader, 0); count > 0; count--) {
        const gjc_keyword *keyword = keyword_at(reader, 0, count);
        const gjc_keyword_row *row = keyword != NULL ? row_choose(reader, keyword) : NULL;
        if (row != NULL && !swallows_name(reader, count)) {
            *words = count;
            return row;
        }
        contextual = keyword != NULL && count == 1 ? keyword : contextual;
    }
    /* Where no name can stand either, the mistake is better told of the keyword. */
    *words = 1;
    bool is_name = contextual == NULL || gjc_parser_accepts(reader->parser, GJC_TOK_NAME);
    return is_name ? NULL : contextual->row;
}

static gjc_token word_take(gjc_reader *reader)
{
    const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, 0);
    uint32_t end = raw->end;
    gjc_token token;
    if (reader->last.kind == '.') {
        return name_take(reader, 1, end);
    }
    if (gjb_text_equal_string(raw->text, "_") &&
        gjc_parser_accepts(reader->parser, GJC_TOK_ANYTHING)) {
        token = token_of(reader, GJC_TOK_ANYTHING, raw);
        pieces_drop(reader, 1);
        return token;
    }
    if (is_hyphened(reader) && code_take(reader, &token)) {
        return token;
    }
    size_t words;
    const gjc_keyword_row *row = keyword_choose(reader, &words);
    return row != NULL ? keyword_take(reader, row, words) : name_take(reader, 1, end);
}

/* ---- numbers ---- */

static bool compares(int kind)
{
    return kind == GJC_TOK_GE || kind == GJC_TOK_LE || kind == GJC_TOK_GT || kind == GJC_TOK_LT ||
           kind == GJC_TOK_EQ || kind == GJC_TOK_NE || kind == GJC_TOK_IS || kind == GJC_TOK_IS_NOT;
}

/* 超过 100以上. The 以上 alone is too much where 不少于 says the same. */
static void and_more_check(gjc_reader *reader, const gjc_raw *raw)
{
    static const char and_more[] = "以上";
    size_t size = strlen(and_more);
    gj_text text = gjb_text_slice(reader->lexer.source->text, raw->begin, raw->end);
    if (!compares(reader->last.kind) || text.size <= size ||
        memcmp(text.bytes + text.size - size, and_more, size) != 0) {
        return;
    }
    gjc_diag *diag =
        gjc_diag_add(reader->diags, GJC_E0228, span_between(reader, raw->begin, raw->end),
                     gjc_arg_text(text), gjc_arg_none());
    gjc_span extra = span_between(reader, raw->end - (uint32_t)size, raw->end);
    gjc_diag_edit_add(reader->diags, diag, extra, gjb_text_of(""));
    diag->is_certain = reader->last.kind == GJC_TOK_GE;
}

/* Whether a run in Chinese numerals stands where only a name can. */
static bool is_name_alone(const gjc_reader *reader, const gjc_raw *raw)
{
    int kind = raw->kind == GJC_RAW_DATE ? GJC_TOK_DATE : GJC_TOK_NUMBER;
    return raw->run_end > 0 && !gjc_parser_accepts(reader->parser, kind) &&
           gjc_parser_accepts(reader->parser, GJC_TOK_NAME);
}

static gjc_token number_take(gjc_reader *reader)
{
    const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, 0);
    if (is_name_alone(reader, raw)) {
        return name_take(reader, raw->pieces + 1u, raw->run_end);
    }
    and_more_check(reader, raw);
    const gjc_raw *next = gjc_lexer_peek(&reader->lexer, 1);
    bool money = next->kind == GJC_RAW_WORD && (gjb_text_equal_string(next->text, "CNY") ||
                                                gjb_text_equal_string(next->text, "元"));
    gjc_token token =
        token_of(reader, money ? GJC_TOK_MONEY : GJC_TOK_NUMBER, gjc_lexer_peek(&reader->lexer, 0));
    if (money) {
        token.span.end = next->end;
    }
    pieces_drop(reader, money ? 2 : 1);
    return token;
}

static gjc_token plain_take(gjc_reader *reader, int kind)
{
    gjc_token token = token_of(reader, kind, gjc_lexer_peek(&reader->lexer, 0));
    if (kind == GJC_TOK_STRING) {
        token.text = gjc_lexer_peek(&reader->lexer, 0)->text;
    }
    pieces_drop(reader, 1);
    return token;
}

/* ---- names that are expected ---- */

static bool is_counter(gjc_reader *reader)
{
    const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, 0);
    return raw->glued && gjb_text_equal_string(raw->text, "次") &&
           !gjc_parser_accepts(reader->parser, GJC_TOK_TIMES);
}

/* Whether what stands here is read as a name that ends there. */
static bool is_read_as_name(gjc_reader *reader, uint32_t end)
{
    const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, 0);
    if (raw->kind == GJC_RAW_NUMBER || raw->kind == GJC_RAW_DATE) {
        return raw->run_end == end && is_name_alone(reader, raw);
    }
    if (raw->kind != GJC_RAW_WORD || raw->end != end || is_counter(reader)) {
        return false;
    }
    if (reader->last.kind == '.') {
        return true;
    }
    bool anything = gjb_text_equal_string(raw->text, "_") &&
                    gjc_parser_accepts(reader->parser, GJC_TOK_ANYTHING);
    size_t words;
    return !anything && keyword_choose(reader, &words) == NULL;
}

/* Takes a name as one whatever it would have been read as, and says so. */
static bool expected_take(gjc_reader *reader, gjc_token *token)
{
    gjc_expected_names *names = reader->names;
    uint32_t begin = gjc_lexer_peek(&reader->lexer, 0)->begin;
    while (names->next < names->count && names->items[names->next].begin < begin) {
        names->next++;
    }
    if (names->next == names->count || names->items[names->next].begin != begin) {
        return false;
    }
    gjc_expected_name *name = &names->items[names->next++];
    name->misread = name->misread || !is_read_as_name(reader, name->end);
    *token = (gjc_token){.kind = GJC_TOK_NAME, .span = span_between(reader, begin, name->end)};
    token->text = gjc_sources_text(reader->sources, token->span);
    for (const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, 0);
         raw->kind != GJC_RAW_END && raw->begin < name->end;
         raw = gjc_lexer_peek(&reader->lexer, 0)) {
        pieces_drop(reader, 1);
    }
    return true;
}

/* ---- brackets ---- */

static size_t block_count(const gjc_reader *reader)
{
    size_t count = 0;
    for (size_t i = 0; i < reader->bracket_count; i++) {
        count += reader->brackets[i].mark == '{';
    }
    return count;
}

const gjc_bracket *gjc_reader_block(const gjc_reader *reader)
{
    for (size_t i = reader->bracket_count; i > 0; i--) {
        if (reader->brackets[i - 1].mark == '{') {
            return &reader->brackets[i - 1];
        }
    }
    return NULL;
}

static bool is_inside_parentheses(const gjc_reader *reader)
{
    return reader->bracket_count > 0 && reader->brackets[reader->bracket_count - 1].mark != '{';
}

static void parentheses_drop(gjc_reader *reader)
{
    while (is_inside_parentheses(reader)) {
        reader->bracket_count--;
    }
}

static void bracket_push(gjc_reader *reader, char mark, gjc_span span)
{
    if (reader->bracket_count == GJC_DEPTH_MAX) {
        gjc_diag_add(reader->diags, GJC_E0230, span, gjc_arg_none(), gjc_arg_none());
        reader->stopped = true;
        return;
    }
    reader->brackets[reader->bracket_count++] = (gjc_bracket){mark, span};
}

/* ---- newlines and punctuation ---- */

static bool is_operator(int kind)
{
    static const int operators[] = {
        ',',           '+',
        '-',           '*',
        '/',           ':',
        '.',           GJC_TOK_AND,
        GJC_TOK_OR,    GJC_TOK_NOT,
        GJC_TOK_IS,    GJC_TOK_IS_NOT,
        GJC_TOK_IN,    GJC_TOK_EQ,
        GJC_TOK_NE,    GJC_TOK_GE,
        GJC_TOK_LE,    GJC_TOK_GT,
        GJC_TOK_LT,    GJC_TOK_ELSE,
        GJC_TOK_ARROW, GJC_TOK_DOTDOT,
        GJC_TOK_MOD,
    };
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (operators[i] == kind) {
            return true;
        }
    }
    return false;
}

/* and, or and -> at a line's beginning go on with the line before. */
static bool is_continuation(gjc_reader *reader, size_t ahead)
{
    const gjc_keyword *keyword = keyword_at(reader, ahead, 1);
    int token = keyword != NULL ? keyword->row->token : 0;
    return token == GJC_TOK_AND || token == GJC_TOK_OR || token == GJC_TOK_ARROW;
}

static bool ends_clause(gjc_reader *reader)
{
    int last = reader->last.kind;
    return last != 0 && last != GJC_TOK_NL && last != '{' && !is_inside_parentheses(reader) &&
           !is_operator(last) && !is_continuation(reader, 1);
}

/* A comma before a J word, newlines between them or not. */
static bool is_mere_comma(gjc_reader *reader)
{
    size_t ahead = gjc_lexer_peek(&reader->lexer, 1)->kind == GJC_RAW_NEWLINE ? 2 : 1;
    for (size_t count = words_most(reader, ahead); count > 0; count--) {
        const gjc_keyword *keyword = keyword_at(reader, ahead, count);
        if (keyword == NULL) {
            continue;
        }
        for (; keyword != NULL; keyword = keyword->next) {
            if (keyword->row->class == GJC_KEYWORD_J) {
                pieces_drop(reader, ahead);
                return true;
            }
        }
        return false;
    }
    return false;
}

/* ---- tokens ---- */

/* Stands right after the last word, where one would look for what is missing. */
static gjc_token newline_make(gjc_reader *reader)
{
    uint32_t at = reader->last.span.end;
    return (gjc_token){.kind = GJC_TOK_NL, .span = span_between(reader, at, at)};
}

/* A stop inside a line: before a J word it was meant as a comma, else as the end of a clause, and
 * either way the text is read so. True where it ends a clause. */
static bool inner_stop_take(gjc_reader *reader, gjc_token *token)
{
    const gjc_raw *stop = gjc_lexer_peek(&reader->lexer, 0);
    gjc_diag *diag =
        gjc_diag_add(reader->diags, GJC_E0110, span_between(reader, stop->begin, stop->end),
                     gjc_arg_text(stop->text), gjc_arg_none());
    bool ends = reader->last.kind != GJC_TOK_NL && reader->last.kind != '{' &&
                !is_inside_parentheses(reader);
    bool wide = (stop->text.bytes[0] & 0x80) != 0;
    if (is_mere_comma(reader)) {
        gjc_diag_edit_add(reader->diags, diag, diag->span, gjb_text_of(wide ? "，" : ","));
        diag->is_certain = true;
        return false;
    }
    gjc_diag_edit_add(reader->diags, diag, diag->span, gjb_text_of("\n"));
    *token = newline_make(reader);
    pieces_drop(reader, 1);
    return ends;
}

static bool stop_take(gjc_reader *reader, gjc_token *token)
{
    const gjc_raw *next = gjc_lexer_peek(&reader->lexer, 1);
    bool at_end = next->kind == GJC_RAW_NEWLINE || next->kind == GJC_RAW_END ||
                  (next->kind == GJC_RAW_MARK && next->mark == '}');
    if (!at_end)
        return inner_stop_take(reader, token);
    pieces_drop(reader, 1);
    return false;
}

/* `}` closes a block: a clause before it is ended first, and one that closes nothing is dropped. */
static bool close_take(gjc_reader *reader, gjc_token *token)
{
    parentheses_drop(reader);
    if (reader->bracket_count == 0) {
        const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, 0);
        gjc_diag_add(reader->diags, GJC_E0208, span_between(reader, raw->begin, raw->end),
                     gjc_arg_none(), gjc_arg_none());
        pieces_drop(reader, 1);
        return false;
    }
    if (reader->last.kind != GJC_TOK_NL && reader->last.kind != '{') {
        *token = newline_make(reader);
        return true;
    }
    reader->bracket_count--;
    *token = plain_take(reader, '}');
    gjc_brace_watch(reader, &reader->brackets[reader->bracket_count], token->span);
    return true;
}

/* 【 and 】 around a block are read as the braces they were meant for. */
static char book_mark(gjc_reader *reader, char mark)
{
    const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, 0);
    bool opens = mark == '[' && gjc_parser_accepts(reader->parser, '{') &&
                 !gjc_parser_accepts(reader->parser, '[');
    bool closes = mark == ']' && reader->bracket_count > 0 && !is_inside_parentheses(reader);
    const gjc_slip *slip = opens || closes ? gjc_slip_find_word(raw->text) : NULL;
    if (slip == NULL) {
        return mark;
    }
    gjc_diag *diag =
        gjc_diag_add(reader->diags, GJC_E0211, span_between(reader, raw->begin, raw->end),
                     gjc_arg_text(raw->text), gjc_arg_words(slip->en, slip->zh));
    gjc_diag_edit_add(reader->diags, diag, diag->span, gjb_text_of(slip->replacement));
    diag->is_certain = slip->is_certain;
    return slip->replacement[0];
}

static bool mark_take(gjc_reader *reader, gjc_token *token)
{
    char mark = gjc_lexer_peek(&reader->lexer, 0)->mark;
    if (mark == '}') {
        return close_take(reader, token);
    }
    if (mark == ',' && is_mere_comma(reader)) {
        return false;
    }
    mark = book_mark(reader, mark);
    if (mark == '}') {
        return close_take(reader, token);
    }
    *token = plain_take(reader, mark);
    if (mark == '(' || mark == '[' || mark == '{') {
        bracket_push(reader, mark, token->span);
    } else if ((mark == ')' || mark == ']') && is_inside_parentheses(reader)) {
        reader->bracket_count--;
    }
    return true;
}

static gjc_token operator_take(gjc_reader *reader)
{
    const gjc_keyword *keyword = keyword_at(reader, 0, 1);
    return keyword != NULL ? keyword_take(reader, keyword->row, 1)
                           : plain_take(reader, GJC_TOK_DOTDOT); /* …… */
}

/* At the end of the text: the clause is ended, then every block that is open. */
static gjc_token end_take(gjc_reader *reader)
{
    parentheses_drop(reader);
    gjc_token token = newline_make(reader);
    int last = reader->last.kind;
    if (last != GJC_TOK_NL && last != '{' && last != 0) {
        return token;
    }
    if (reader->bracket_count == 0) {
        token.kind = 0;
        return token;
    }
    const gjc_bracket *open = &reader->brackets[--reader->bracket_count];
    if (!reader->unclosed) {
        gjc_diag *diag =
            gjc_diag_add(reader->diags, GJC_E0207, open->span, gjc_arg_none(), gjc_arg_none());
        gjc_brace_note(reader, diag, open, token.span.begin, token.span);
        reader->unclosed = true;
    }
    token.kind = '}';
    return token;
}

/* One piece: true where it makes a token. */
static bool piece_take(gjc_reader *reader, gjc_token *token)
{
    const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, 0);
    if (reader->names != NULL && raw->kind != GJC_RAW_NEWLINE && expected_take(reader, token)) {
        return true;
    }
    switch (raw->kind) {
    case GJC_RAW_END:
        *token = end_take(reader);
        return true;
    case GJC_RAW_NEWLINE: {
        bool ends = ends_clause(reader);
        *token = newline_make(reader);
        pieces_drop(reader, 1);
        return ends;
    }
    case GJC_RAW_STOP:
        return stop_take(reader, token);
    case GJC_RAW_WORD:
        if (is_counter(reader)) {
            pieces_drop(reader, 1); /* a counter that says nothing more */
            return false;
        }
        if (!gjc_brace_take_missing(reader, token)) {
            *token = word_take(reader);
        }
        return true;
    case GJC_RAW_QUOTED:
        *token = name_take(reader, 1, raw->end);
        return true;
    case GJC_RAW_NUMBER:
        *token = number_take(reader);
        return true;
    case GJC_RAW_STRING:
        *token = plain_take(reader, GJC_TOK_STRING);
        return true;
    case GJC_RAW_MONEY:
        *token = plain_take(reader, GJC_TOK_MONEY);
        return true;
    case GJC_RAW_PERCENT:
        *token = plain_take(reader, GJC_TOK_PERCENT);
        return true;
    case GJC_RAW_DATE:
        *token = is_name_alone(reader, raw) ? name_take(reader, raw->pieces + 1u, raw->run_end)
                                            : plain_take(reader, GJC_TOK_DATE);
        return true;
    case GJC_RAW_TIME:
        *token = plain_take(reader, GJC_TOK_TIME);
        return true;
    case GJC_RAW_MOMENT:
        *token = plain_take(reader, GJC_TOK_DATETIME);
        return true;
    case GJC_RAW_CITATION:
        *token = plain_take(reader, GJC_TOK_CITATION);
        return true;
    case GJC_RAW_ARTICLE:
        *token = plain_take(reader, GJC_TOK_ARTICLE_NUMBER);
        return true;
    case GJC_RAW_MARK:
        return mark_take(reader, token);
    case GJC_RAW_OPERATOR:
        *token = operator_take(reader);
        return true;
    case GJC_RAW_UNCLOSED_STRING:
    case GJC_RAW_UNCLOSED_NAME:
    case GJC_RAW_UNCLOSED_TITLE:
    case GJC_RAW_TWIN_STRING:
    case GJC_RAW_STRANGE:
        break;
    }
    assert(false && "the lexer hands out no mistakes");
    return false;
}

gjc_token gjc_reader_next(gjc_reader *reader)
{
    gjc_token token = newline_make(reader);
    token.kind = 0;
    if (reader->newline_due) {
        reader->newline_due = false;
        token = newline_make(reader);
    } else if (reader->close_due) {
        reader->close_due = false;
        token = newline_make(reader);
        token.kind = '}';
    } else {
        while (!reader->stopped && !piece_take(reader, &token)) {
        }
    }
    if (reader->last.kind == GJC_TOK_NL || reader->last.kind == 0) {
        reader->clause_begin = token.span.begin;
    }
    reader->before_last = reader->last;
    reader->last = token;
    return token;
}

/* ---- after a mistake ---- */

/* One piece of what is left out; false where the clause ends before it. */
static bool piece_skip(gjc_reader *reader, size_t wanted)
{
    const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, 0);
    bool at_level = block_count(reader) <= wanted;
    if (raw->kind == GJC_RAW_END || (raw->kind == GJC_RAW_NEWLINE && at_level)) {
        return false;
    }
    if (raw->kind == GJC_RAW_MARK && raw->mark == '}') {
        if (at_level) {
            return false;
        }
        parentheses_drop(reader);
        reader->bracket_count--;
    } else if (raw->kind == GJC_RAW_MARK && raw->mark == '{') {
        parentheses_drop(reader);
        bracket_push(reader, '{', span_between(reader, raw->begin, raw->end));
    }
    pieces_drop(reader, 1);
    return !reader->stopped;
}

void gjc_reader_skip(gjc_reader *reader, size_t wanted)
{
    parentheses_drop(reader);
    reader->newline_due = true;
    if (reader->last.kind == '}' && block_count(reader) < wanted) {
        bracket_push(reader, '{', reader->last.span);
        reader->bracket_count--; /* closed again at once, by the `}` that is given back */
        reader->close_due = true;
        return;
    }
    while (piece_skip(reader, wanted)) {
    }
}
