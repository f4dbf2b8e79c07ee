/* SPDX-License-Identifier: Apache-2.0
 *
 * See brace.h. */
#include "syntax/brace.h"
#include "base/text.h"

#include "guiju.tab.h"

bool gjc_brace_begins_declaration(int kind)
{
    return kind == GJC_TOK_MODULE || kind == GJC_TOK_USE || kind == GJC_TOK_LAW ||
           kind == GJC_TOK_DEPARTMENT || kind == GJC_TOK_PARTY || kind == GJC_TOK_TYPE ||
           kind == GJC_TOK_FUNCTION || kind == GJC_TOK_TABLE || kind == GJC_TOK_NATIVE ||
           kind == GJC_TOK_TEMPLATE || kind == GJC_TOK_PROCEDURE || kind == GJC_TOK_WATCH ||
           kind == GJC_TOK_CARDS || kind == GJC_TOK_SCORECARD || kind == GJC_TOK_HANDLE ||
           kind == GJC_TOK_SCENARIO || kind == GJC_TOK_CALENDAR;
}

bool gjc_brace_begins_clause(int kind)
{
    return kind == GJC_TOK_STAGE || kind == GJC_TOK_LIMIT || kind == GJC_TOK_RULE ||
           kind == GJC_TOK_POST || kind == GJC_TOK_DATA || kind == GJC_TOK_DOCUMENTS ||
           kind == GJC_TOK_ACTION || kind == GJC_TOK_JUDGEMENT;
}

static uint32_t line_begin(const gjc_source *source, uint32_t byte)
{
    return source->line_begins[gjc_source_position(source, byte).line - 1];
}

/* The blanks at the beginning of the line of a byte. */
static gj_text indent_of(const gjc_source *source, uint32_t byte)
{
    size_t begin = line_begin(source, byte), end = begin;
    gj_text text = source->text;
    while (end < text.size && (text.bytes[end] == ' ' || text.bytes[end] == '\t')) {
        end++;
    }
    return gjb_text_slice(text, begin, end);
}

static bool begins_line(const gjc_source *source, uint32_t byte)
{
    return line_begin(source, byte) + indent_of(source, byte).size == byte;
}

void gjc_brace_watch(gjc_reader *reader, const gjc_bracket *open, gjc_span close)
{
    const gjc_source *source = reader->lexer.source;
    if (reader->astray.end == 0 && begins_line(source, close.begin) &&
        indent_of(source, close.begin).size < indent_of(source, open->span.begin).size) {
        reader->astray = close;
        reader->astray_open = open->span;
    }
}

/* "INDENT}" with a line break before or behind it. */
static void close_insert(const gjc_reader *reader, gjc_diag *diag, gjc_span open, uint32_t at,
                         bool before_line)
{
    gjb_buffer words;
    gjb_buffer_init(&words, reader->diags->arena->allocator);
    gjb_buffer_add_string(&words, before_line ? "" : "\n");
    gjb_buffer_add_text(&words, indent_of(reader->lexer.source, open.begin));
    gjb_buffer_add_string(&words, before_line ? "}\n" : "}");
    gj_text made =
        words.failed ? (gj_text){0} : gjb_arena_text(reader->diags->arena, gjb_buffer_text(&words));
    gjb_buffer_deinit(&words);
    gjc_diag_edit_add(reader->diags, diag, (gjc_span){open.source, at, at}, made);
}

static bool is_left_of(const gjc_reader *reader, const gjc_bracket *open, gjc_span next)
{
    const gjc_source *source = reader->lexer.source;
    return begins_line(source, next.begin) &&
           indent_of(source, next.begin).size <= indent_of(source, open->span.begin).size;
}

void gjc_brace_note(const gjc_reader *reader, gjc_diag *diag, const gjc_bracket *open, uint32_t end,
                    gjc_span next)
{
    const gjc_source *source = reader->lexer.source;
    bool outermost = open == &reader->brackets[0];
    size_t indent = indent_of(source, open->span.begin).size;
    if (reader->astray.end > 0 && reader->astray.begin > open->span.begin) {
        gjc_diag_note_add(
            reader->diags, diag, reader->astray_open,
            gjc_arg_words("this block may be the one that is not closed", "未结束的可能是此块"));
        gjc_diag_note_add(reader->diags, diag, reader->astray,
                          gjc_arg_words("it is closed by this }, which stands further left",
                                        "它由此处的 } 结束，而该 } 更靠左"));
        close_insert(reader, diag, reader->astray_open, line_begin(source, reader->astray.begin),
                     true);
        diag->is_certain = outermost && indent_of(source, reader->astray.begin).size == indent;
        return;
    }
    close_insert(reader, diag, open->span, end, false);
    diag->is_certain = next.begin == next.end ? outermost
                                              : begins_line(source, next.begin) &&
                                                    indent_of(source, next.begin).size == indent;
}

/* ---- what is supplied ---- */

/* Whether the word is meant as the head of a declaration or clause that cannot stand here. Where a
 * name could stand instead, the name behind it tells: a field is never called `stage filed`. */
static bool is_outside(gjc_reader *reader, const gjc_raw *raw)
{
    const gjc_keyword *keyword = gjc_keyword_find(reader->lexer.keywords, raw->text);
    bool begins = false;
    for (; keyword != NULL; keyword = keyword->next) {
        int kind = keyword->row->token;
        if (gjc_parser_accepts(reader->parser, kind)) {
            return false;
        }
        begins = begins || gjc_brace_begins_declaration(kind) || gjc_brace_begins_clause(kind);
    }
    const gjc_raw *next = gjc_lexer_peek(&reader->lexer, 1);
    bool named = next->kind == GJC_RAW_WORD && !gjc_keyword_is(next->text);
    return begins && (named || !gjc_parser_accepts(reader->parser, GJC_TOK_NAME));
}

static gjc_arg quoted_word(gjc_reader *reader, gj_text word)
{
    gjc_arg arg = {.en = word, .zh = word};
    for (gj_lang lang = GJ_EN; lang <= GJ_ZH; lang++) {
        gjb_buffer words;
        gjb_buffer_init(&words, reader->diags->arena->allocator);
        gjb_buffer_add_string(&words, lang == GJ_ZH ? "“" : "`");
        gjb_buffer_add_text(&words, word);
        gjb_buffer_add_string(&words, lang == GJ_ZH ? "”" : "`");
        gj_text made = gjb_arena_text(reader->diags->arena, gjb_buffer_text(&words));
        reader->diags->out_of_memory |= words.failed || made.bytes == NULL;
        *(lang == GJ_ZH ? &arg.zh : &arg.en) = made;
        gjb_buffer_deinit(&words);
    }
    return arg;
}

/* Says that a block is not closed before `next`; of several at one place, once for all. */
static void missing_report(gjc_reader *reader, const gjc_bracket *open, gjc_span next, gj_text word)
{
    gjc_diag *diag = reader->supplied;
    if (diag == NULL || diag->span.begin != next.begin) {
        diag =
            gjc_diag_add(reader->diags, GJC_E0209, next, quoted_word(reader, word), gjc_arg_none());
        diag->is_certain = true;
    }
    bool certain = diag->is_certain;
    gjc_diag_note_add(reader->diags, diag, open->span,
                      gjc_arg_words("the block begins here", "块自此处开始"));
    gjc_brace_note(reader, diag, open, reader->last.span.end, next);
    diag->is_certain = certain && (diag->is_certain || diag == reader->supplied);
    reader->supplied = diag;
}

bool gjc_brace_take_missing(gjc_reader *reader, gjc_token *token)
{
    const gjc_raw *raw = gjc_lexer_peek(&reader->lexer, 0);
    gjc_span span = {reader->lexer.source_index, raw->begin, raw->end};
    if ((reader->last.kind != GJC_TOK_NL && reader->last.kind != '{') ||
        reader->bracket_count == 0 || !is_outside(reader, raw)) {
        return false;
    }
    const gjc_bracket *open = &reader->brackets[reader->bracket_count - 1];
    if (open->mark != '{' || !is_left_of(reader, open, span) ||
        !gjc_parser_accepts(reader->parser, '}')) {
        return false;
    }
    missing_report(reader, open, span, raw->text);
    *token = (gjc_token){.kind = '}', .span = reader->last.span};
    token->span.begin = token->span.end;
    reader->bracket_count--;
    reader->newline_due = true;
    return true;
}
