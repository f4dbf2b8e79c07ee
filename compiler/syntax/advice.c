/* SPDX-License-Identifier: Apache-2.0
 *
 * See advice.h. */
#include "syntax/advice.h"
#include "base/text.h"
#include "syntax/expect.h"
#include "syntax/spelling.h"

#include "guiju.tab.h"
#include <string.h>

static gj_text text_of(const gjc_builder *builder, gjc_token token)
{
    return gjc_sources_text(builder->sources, token.span);
}

static gj_text made_text(gjc_builder *builder, gjb_buffer *words)
{
    gj_text made =
        words->failed ? (gj_text){0} : gjb_arena_text(builder->arena, gjb_buffer_text(words));
    builder->out_of_memory = builder->out_of_memory || made.bytes == NULL;
    gjb_buffer_deinit(words);
    return made;
}

static bool ends_with(gj_text text, const char *end)
{
    size_t size = strlen(end);
    return text.size > size && memcmp(text.bytes + text.size - size, end, size) == 0;
}

static bool begins_clause(const gjc_reader *reader)
{
    return reader->before_last.kind == GJC_TOK_NL || reader->before_last.kind == '{';
}

/* 20个工作日内, alone on its line: a limit's length wants its word. */
static bool within_advise(gjc_builder *builder, const gjc_reader *reader, gjc_diag *diag,
                          gjc_token found)
{
    if (found.kind != GJC_TOK_NUMBER || !begins_clause(reader) ||
        !gjc_expect_has(builder, GJC_TOK_WITHIN)) {
        return false;
    }
    const gjc_source *source = reader->lexer.source;
    gj_text line = gjc_source_line(source, gjc_source_position(source, found.span.begin).line);
    bool wide = false;
    for (size_t i = 0; i < line.size; i++) {
        wide = wide || (line.bytes[i] & 0x80) != 0;
    }
    gjc_span before = {found.span.source, found.span.begin, found.span.begin};
    diag->hint = gjc_arg_words("a limit's length begins with `within`, or 限",
                               "期限之前写“限”，如 限 20个工作日内");
    gjc_diag_edit_add(builder->diags, diag, before, gjb_text_of(wide ? "限 " : "within "));
    diag->is_certain = true;
    return true;
}

/* 面积 100以上: 以上 is no comparison here, and includes its number. */
static bool comparison_advise(gjc_builder *builder, gjc_diag *diag, gjc_token found)
{
    gj_text text = text_of(builder, found);
    if (found.kind != GJC_TOK_NUMBER || !gjc_expect_has(builder, GJC_TOK_GE) ||
        !ends_with(text, "以上")) {
        return false;
    }
    gjb_buffer words;
    gjb_buffer_init(&words, builder->arena->allocator);
    gjb_buffer_add_string(&words, "不少于 ");
    gjb_buffer_add_text(&words, gjb_text_slice(text, 0, text.size - strlen("以上")));
    diag->hint = gjc_arg_words("a comparison stands before its number: 不少于 100, or >= 100",
                               "比较写在数字之前：“以上”包括本数，写作“不少于”");
    gjc_diag_edit_add(builder->diags, diag, found.span, made_text(builder, &words));
    diag->is_certain = true;
    return true;
}

/* 《…》42.1: behind a title the article is written out. Arabic numerals will do. */
static bool article_advise(gjc_builder *builder, const gjc_reader *reader, gjc_diag *diag,
                           gjc_token found)
{
    static const char *const levels[] = {"条", "款", "项"};
    gj_text number = text_of(builder, found), title = text_of(builder, reader->before_last);
    if ((found.kind != GJC_TOK_NUMBER && found.kind != GJC_TOK_ARTICLE_NUMBER) ||
        reader->before_last.kind != GJC_TOK_CITATION || !ends_with(title, "》")) {
        return false;
    }
    gjb_buffer words;
    gjb_buffer_init(&words, builder->arena->allocator);
    size_t level = 0;
    gjb_buffer_add_string(&words, "第");
    for (size_t i = 0; i < number.size; i++) {
        char c = number.bytes[i];
        if (c >= '0' && c <= '9') {
            gjb_buffer_add_byte(&words, c);
        } else if (c != '.' || ++level == sizeof levels / sizeof *levels) {
            gjb_buffer_deinit(&words);
            return false;
        } else {
            gjb_buffer_add_format(&words, "%s第", levels[level - 1]);
        }
    }
    gjb_buffer_add_string(&words, levels[level]);
    diag->hint =
        gjc_arg_words("behind a title the article is written out, or cite the law by name: "
                      "licensing.42.1",
                      "书名号之后写明条、款、项，如 第四十二条第一款");
    gjc_diag_edit_add(builder->diags, diag, found.span, made_text(builder, &words));
    diag->is_certain = true;
    return true;
}

/* 沿用 cn as a clause of a calendar. */
static bool refines_advise(gjc_builder *builder, gjc_diag *diag, gjc_token found)
{
    if (found.kind != GJC_TOK_REFINES || !gjc_expect_has(builder, GJC_TOK_ZONE)) {
        return false;
    }
    diag->hint = gjc_arg_words("what a calendar refines stands behind its name, before the brace: "
                               "calendar desk refines cn {",
                               "沿用何日历写在名称之后、“{”之前，如 日历 本局 沿用 cn {");
    return true;
}

/* ---- the nearest word that could stand there ---- */

static void spellings_add(gjc_spelling *spelling, const char *spellings)
{
    while (spellings != NULL && *spellings != '\0') {
        size_t size = strcspn(spellings, ";");
        gjc_spelling_add(spelling, (gj_text){spellings, size});
        spellings += spellings[size] == ';' ? size + 1 : size;
    }
}

static void keyword_suggest(gjc_builder *builder, gjc_diag *diag, gjc_token found)
{
    gjc_spelling spelling;
    if (found.kind != GJC_TOK_NAME) {
        return;
    }
    gjc_spelling_init(&spelling, found.text);
    for (size_t i = 0; i < gjc_keyword_row_count(); i++) {
        const gjc_keyword_row *row = gjc_keyword_row_get(i);
        if (gjc_expect_has(builder, row->token)) {
            spellings_add(&spelling, row->spellings[GJ_EN]);
            spellings_add(&spelling, row->spellings[GJ_ZH]);
        }
    }
    gjc_diag_suggest(diag, spelling.best);
}

void gjc_advice_add(gjc_builder *builder, gjc_reader *reader, gjc_diag *diag, gjc_token found)
{
    if (!within_advise(builder, reader, diag, found) && !comparison_advise(builder, diag, found) &&
        !article_advise(builder, reader, diag, found) && !refines_advise(builder, diag, found)) {
        keyword_suggest(builder, diag, found);
    }
}
