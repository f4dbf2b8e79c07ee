/* SPDX-License-Identifier: Apache-2.0
 *
 * See words.h; here keywords, names and texts. */
#include "format/words.h"

#include "base/text.h"
#include "syntax/keyword.h"
#include "syntax/make.h"

#include "guiju.tab.h"

/* ---- keywords ---- */

static void spelt_add(gjc_line *line, const char *fixed, gj_text found)
{
    if (fixed != NULL)
        gjc_line_add_string(line, fixed);
    else
        gjc_line_add(line, found);
}

/* A word that one language lacks keeps the other's. */
static gj_text spelling_of(int token, gj_lang lang)
{
    static const char marks[][2] = {"+", "-", "*"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i][0] == token)
            return gjb_text_of(marks[i]);
    gj_text spelling = gjc_keyword_spelling(token, lang);
    return spelling.size > 0 ? spelling
                             : gjc_keyword_spelling(token, lang == GJ_ZH ? GJ_EN : GJ_ZH);
}

void gjc_word_as(gjc_line *line, int token, const char *zh)
{
    spelt_add(line, line->lang == GJ_ZH ? zh : NULL, spelling_of(token, line->lang));
}

void gjc_word(gjc_line *line, int token)
{
    gjc_word_as(line, token, NULL);
}

void gjc_word_valued(gjc_line *line, int token, int64_t value)
{
    for (size_t i = 0; i < gjc_keyword_row_count(); i++) {
        const gjc_keyword_row *row = gjc_keyword_row_get(i);
        if (row->token == token && row->value == value) {
            gjc_line_add(line, gjc_keyword_row_spelling(row, line->lang));
            return;
        }
    }
}

void gjc_part_as(gjc_line *line, int token, const char *zh)
{
    if (line->lang == GJ_ZH) {
        gjc_line_glue(line);
        gjc_line_add_string(line, "，");
        gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_PART);
    } else {
        gjc_line_may_break(line, token == GJC_TOK_ARROW ? GJC_BREAK_HERE : GJC_BREAK_COMMA,
                           GJC_RANK_PART);
    }
    gjc_word_as(line, token, zh);
}

void gjc_part(gjc_line *line, int token)
{
    gjc_part_as(line, token, NULL);
}

void gjc_loose(gjc_line *line, int token)
{
    gjc_line_may_break(line, GJC_BREAK_COMMA, GJC_RANK_PART);
    gjc_word(line, token);
}

void gjc_word_code(gjc_line *line, const gjc_node *code)
{
    for (size_t i = 0; i < gjc_keyword_row_count(); i++) {
        const gjc_keyword_row *row = gjc_keyword_row_get(i);
        bool is_code = row->token == GJC_TOK_CODE || row->token == GJC_TOK_HYPHEN_CODE;
        if (is_code && gjb_text_equal(gjc_keyword_row_spelling(row, GJ_EN), code->text)) {
            gjc_line_add(line, gjc_keyword_row_spelling(row, line->lang));
            return;
        }
    }
}

void gjc_word_severity(gjc_line *line, int64_t severity)
{
    gjc_word(line, severity == GJ_RED      ? GJC_TOK_RED
                   : severity == GJ_YELLOW ? GJC_TOK_YELLOW
                                           : GJC_TOK_NOTICE);
}

/* ---- names ---- */

void gjc_name_of(gjc_line *line, const gjc_node *node)
{
    const gjc_node *name = gjc_node_find(node, GJC_NAME);
    if (name != NULL)
        gjc_line_name(line, name);
}

void gjc_path(gjc_line *line, const gjc_node *path)
{
    for (const gjc_node *name = path->first; name != NULL; name = name->next) {
        if (name != path->first) {
            gjc_line_glue(line);
            gjc_line_add_string(line, ".");
            gjc_line_glue(line);
        }
        gjc_line_name(line, name);
    }
}

void gjc_paths(gjc_line *line, const gjc_node *node)
{
    const gjc_node *first = gjc_node_find(node, GJC_PATH);
    for (const gjc_node *path = first; path != NULL; path = gjc_node_find_next(path)) {
        if (path != first)
            gjc_line_comma(line);
        gjc_path(line, path);
    }
}

static const gjc_node *called_next(const gjc_node *node)
{
    while (node != NULL && node->kind != GJC_NAME && node->kind != GJC_PATH)
        node = node->next;
    return node;
}

static void called_add(gjc_line *line, const gjc_node *called)
{
    if (called->kind == GJC_PATH)
        gjc_path(line, called);
    else
        gjc_line_name(line, called);
}

void gjc_post_of(gjc_line *line, const gjc_node *node)
{
    const gjc_node *called = called_next(node->first);
    if (called != NULL)
        called_add(line, called);
}

static void names_add(gjc_line *line, const gjc_node *node, bool joined)
{
    const gjc_node *first = called_next(node->first);
    for (const gjc_node *name = first; name != NULL; name = called_next(name->next)) {
        bool last = called_next(name->next) == NULL;
        if (name != first && last && joined && line->lang == GJ_ZH) {
            gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_LIST);
            gjc_word_as(line, GJC_TOK_AND, "和");
        } else if (name != first) {
            gjc_line_comma(line);
        }
        called_add(line, name);
    }
}

void gjc_names(gjc_line *line, const gjc_node *node)
{
    names_add(line, node, false);
}

void gjc_names_joined(gjc_line *line, const gjc_node *node)
{
    names_add(line, node, true);
}

/* ---- texts ---- */

void gjc_text_of(gjc_line *line, const gjc_node *node)
{
    gjc_line_add(line, gjc_sheet_text(line->sheet, node->span));
}

void gjc_title(gjc_line *line, const gjc_node *node)
{
    const gjc_node *title = gjc_node_find(node, GJC_TITLE);
    if (title == NULL)
        return;
    gjc_line_column(line, 1);
    if (gjc_sheet_before(line->sheet, title, 1) == GJC_TOK_TITLE)
        gjc_word(line, GJC_TOK_TITLE);
    gjc_text_of(line, title);
}

void gjc_aliases(gjc_line *line, const gjc_node *node)
{
    const gjc_node *first = gjc_node_find(node, GJC_ALIAS);
    if (first != NULL)
        gjc_word(line, GJC_TOK_ALIAS);
    for (const gjc_node *alias = first; alias != NULL; alias = gjc_node_find_next(alias)) {
        if (alias != first)
            gjc_line_comma(line);
        gjc_text_of(line, alias);
    }
}
