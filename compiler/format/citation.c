/* SPDX-License-Identifier: Apache-2.0
 *
 * See words.h; here citations. `licensing.42.1` and 《行政许可法》第四十二条第一款 are one article
 * where the file's own modules say so, and then each language has its own form. Where they do not,
 * or where the other form would say less (第十二条第四项 has no paragraph, and 12.4 means one), the
 * citation stays as it was written. */
#include "format/words.h"

#include "base/text.h"
#include "syntax/literal.h"
#include "syntax/make.h"

#include "guiju.tab.h"
#include <string.h>

enum { LEVELS = 4, LEVEL_MAX = 9999 };

/* Article, inserted article, paragraph, item, subitem, out of "42-1.2". */
typedef struct article {
    int numbers[LEVELS];
    int inserted; /* 之一; 0: none */
    size_t count;
} article;

static bool number_read(gj_text text, size_t *at, int *number)
{
    size_t begin = *at;
    *number = 0;
    for (; *at < text.size && text.bytes[*at] >= '0' && text.bytes[*at] <= '9'; (*at)++) {
        *number = *number * 10 + (text.bytes[*at] - '0');
        if (*number > LEVEL_MAX)
            return false;
    }
    return *at > begin && *number > 0 && text.bytes[begin] != '0';
}

/* False where Chinese has no words for it. */
static bool article_read(gj_text text, article *read)
{
    size_t at = 0;
    *read = (article){.count = 0};
    do {
        at += read->count > 0; /* the dot */
        if (read->count == LEVELS || !number_read(text, &at, &read->numbers[read->count++]))
            return false;
        if (read->count == 1 && at < text.size && text.bytes[at] == '-') {
            at++;
            if (!number_read(text, &at, &read->inserted))
                return false;
        }
    } while (at < text.size && text.bytes[at] == '.');
    return at == text.size;
}

static void numeral_print(int number, gjb_buffer *out)
{
    static const char *const digits[] = {"零", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    static const char *const powers[] = {"千", "百", "十", ""};
    bool started = false, gap = false;
    for (int power = 1000, place = 0; power > 0; power /= 10, place++) {
        int digit = number / power % 10;
        gap = gap || (started && digit == 0);
        if (digit == 0)
            continue;
        if (gap)
            gjb_buffer_add_string(out, digits[0]);
        bool is_ten = power == 10 && digit == 1 && !started; /* 十二, but 一百一十二 */
        gjb_buffer_add_string(out, is_ten ? "" : digits[digit]);
        gjb_buffer_add_string(out, powers[place]);
        started = true;
        gap = false;
    }
}

static void article_print(const article *read, gjb_buffer *out)
{
    static const char *const levels[] = {"条", "款", "项", "目"};
    for (size_t i = 0; i < read->count; i++) {
        gjb_buffer_add_string(out, "第");
        numeral_print(read->numbers[i], out);
        gjb_buffer_add_string(out, levels[i]);
        if (i == 0 && read->inserted > 0) {
            gjb_buffer_add_string(out, "之");
            numeral_print(read->inserted, out);
        }
    }
}

static gj_text kept(gjc_line *line, const gjb_buffer *out)
{
    gj_text text = gjb_arena_text(line->sheet->arena, gjb_buffer_text(out));
    line->sheet->out_of_memory = line->sheet->out_of_memory || text.bytes == NULL || out->failed;
    return text;
}

static bool contains(gj_text text, const char *word)
{
    return memmem(text.bytes, text.size, word, strlen(word)) != NULL;
}

/* Whether 条 款 项 目 stand in the words without a gap: only then are digits as good. */
static bool is_without_gap(gj_text words)
{
    static const char *const levels[] = {"款", "项", "目"};
    bool missing = false;
    const char *article_end = memmem(words.bytes, words.size, "条", strlen("条"));
    if (article_end == NULL)
        return true; /* digits */
    size_t at = (size_t)(article_end - words.bytes);
    gj_text rest = gjb_text_slice(words, at, words.size);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        bool there = contains(rest, levels[i]);
        if (there && missing)
            return false;
        missing = missing || !there;
    }
    return true;
}

/* The part of a citation's words that names the article: behind 》. */
static gj_text article_words(gj_text words)
{
    static const char close[] = "》";
    const char *end = memmem(words.bytes, words.size, close, sizeof close - 1);
    if (end == NULL)
        return words;
    return gjb_text_slice(words, (size_t)(end - words.bytes) + sizeof close - 1, words.size);
}

/* The article in the line's form, absent where it must stay as it is. */
static gj_text article_made(gjc_line *line, const gjc_node *citation)
{
    gj_text words = article_words(gjc_sheet_text(line->sheet, citation->span));
    article read;
    if (!gjb_text_is_present(citation->text) || !is_without_gap(words) ||
        !article_read(citation->text, &read))
        return (gj_text){0};
    if (line->lang == GJ_EN)
        return citation->text;
    gjb_buffer out;
    gjb_buffer_init(&out, line->sheet->arena->allocator);
    article_print(&read, &out);
    gj_text made = kept(line, &out);
    gjb_buffer_deinit(&out);
    return made;
}

void gjc_article(gjc_line *line, const gjc_node *citation)
{
    gj_text made = article_made(line, citation);
    gjc_line_add(line, made.bytes != NULL ? made : gjc_sheet_text(line->sheet, citation->span));
}

/* ---- a basis ---- */

static bool law_find(const gjc_line *line, const gjc_node *citation, gjc_format_law *law)
{
    const gjc_format_laws *laws = line->sheet->laws;
    return laws != NULL && citation->first != NULL && laws->find(laws->payload, citation, law);
}

static void titled_add(gjc_line *line, gj_text title, gj_text article_text)
{
    gjb_buffer out;
    gjb_buffer_init(&out, line->sheet->arena->allocator);
    gjb_buffer_add_string(&out, "《");
    gjb_buffer_add_text(&out, title);
    gjb_buffer_add_string(&out, "》");
    gjb_buffer_add_text(&out, article_text);
    gjc_line_add(line, kept(line, &out));
    gjb_buffer_deinit(&out);
}

static void dotted_add(gjc_line *line, gj_text name, gj_text article_text)
{
    gjb_buffer out;
    gjb_buffer_init(&out, line->sheet->arena->allocator);
    gjb_buffer_add_text(&out, name);
    gjb_buffer_add_byte(&out, '.');
    gjb_buffer_add_text(&out, article_text);
    gjc_line_add(line, kept(line, &out));
    gjb_buffer_deinit(&out);
}

/* As it was written: a word, or the path of a whole law. */
static void written_add(gjc_line *line, const gjc_node *citation)
{
    size_t first = gjc_sheet_first(line->sheet, citation);
    size_t after = gjc_sheet_after(line->sheet, citation);
    for (size_t i = first; i < after; i++) {
        const gjc_token *token = gjc_sheet_token(line->sheet, i);
        if (token->kind == GJC_TOK_NAME) {
            gjc_node name = {.kind = GJC_NAME, .span = token->span, .text = token->text};
            gjc_line_name(line, &name);
        } else {
            gjc_line_add(line, gjc_sheet_text(line->sheet, token->span));
        }
        gjc_line_glue(line);
    }
    line->glued = false;
}

/* *before is the law cited before in this clause, if it is known. */
static void citation_add(gjc_line *line, const gjc_node *citation, const void **before)
{
    gjc_format_law law = {0};
    bool known = law_find(line, citation, &law);
    gj_text made = known ? article_made(line, citation) : (gj_text){0};
    bool same = known && *before == law.identity;
    gj_text words = gjc_sheet_text(line->sheet, citation->span);
    bool is_path =
        words.size > 0 && memchr(words.bytes, '.', words.size) != NULL && !contains(words, "》");
    *before = known ? law.identity : NULL;
    if (made.bytes == NULL)
        written_add(line, citation);
    else if (line->lang == GJ_ZH && same)
        gjc_line_add(line, made);
    else if (line->lang == GJ_ZH && gjb_text_is_present(law.title))
        titled_add(line, law.title, made);
    else if (line->lang == GJ_EN && !is_path && gjb_text_is_present(law.name))
        dotted_add(line, law.name, made);
    else
        written_add(line, citation);
}

void gjc_citations(gjc_line *line, const gjc_node *basis)
{
    const void *before = NULL;
    const gjc_node *citation = gjc_node_find(basis, GJC_CITATION);
    for (; citation != NULL; citation = gjc_node_find_next(citation)) {
        if (citation != basis->first)
            gjc_line_comma(line);
        citation_add(line, citation, &before);
    }
}
