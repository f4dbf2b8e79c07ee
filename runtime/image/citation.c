/* SPDX-License-Identifier: Apache-2.0
 *
 * See citation.h. */
#include "image/citation.h"

#include "base/text.h"

/* 1..9999, as articles are numbered: 十, 四十二, 一百零三. */
static void print_numeral(gjb_buffer *out, unsigned number)
{
    static const char *const digits[] = {"零", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    static const char *const places[] = {"千", "百", "十", ""};
    static const unsigned weights[] = {1000, 100, 10, 1};
    bool begun = false, gap = false;
    for (size_t i = 0; i < 4; i++) {
        unsigned digit = number / weights[i] % 10;
        if (digit == 0) {
            gap = begun;
            continue;
        }
        gjb_buffer_add_string(out, gap ? digits[0] : "");
        if (!(weights[i] == 10 && digit == 1 && !begun)) {
            gjb_buffer_add_string(out, digits[digit]);
        }
        gjb_buffer_add_string(out, places[i]);
        begun = true;
        gap = false;
    }
}

/* The digits at *at, or 0 where none stand there or they are too many for a numeral. */
static unsigned take_number(gj_text text, size_t *at)
{
    unsigned number = 0;
    while (*at < text.size && text.bytes[*at] >= '0' && text.bytes[*at] <= '9') {
        number = number > 9999 ? number : number * 10 + (unsigned)(text.bytes[*at] - '0');
        (*at)++;
    }
    return number > 9999 ? 0 : number;
}

/* "42-1.2.3" is article 42之一, paragraph 2, item 3; false where it is not of that form. */
static bool print_article_zh(gjb_buffer *out, gj_text article)
{
    static const char *const levels[] = {"条", "款", "项", "目"};
    size_t at = 0, level = 0;
    while (at < article.size && level < 4) {
        unsigned number = take_number(article, &at);
        if (number == 0) {
            return false;
        }
        gjb_buffer_add_string(out, "第");
        print_numeral(out, number);
        gjb_buffer_add_string(out, levels[level]);
        while (at < article.size && article.bytes[at] == '-') {
            at++;
            number = take_number(article, &at);
            if (number == 0) {
                return false;
            }
            gjb_buffer_add_string(out, "之");
            print_numeral(out, number);
        }
        if (at < article.size && article.bytes[at] == '.') {
            at++;
        }
        level++;
    }
    return at == article.size;
}

/* "42(1)(4)". */
static void print_article_en(gjb_buffer *out, gj_text article)
{
    bool open = false;
    for (size_t i = 0; i < article.size; i++) {
        if (article.bytes[i] != '.') {
            gjb_buffer_add_byte(out, article.bytes[i]);
            continue;
        }
        gjb_buffer_add_string(out, open ? ")(" : "(");
        open = true;
    }
    gjb_buffer_add_string(out, open ? ")" : "");
}

static void print_article(gjb_buffer *out, gj_lang lang, gj_text article)
{
    size_t size = out->size;
    if (lang == GJ_ZH && print_article_zh(out, article)) {
        return;
    }
    out->size = out->failed ? out->size : size;
    if (lang == GJ_ZH) {
        gjb_buffer_add_text(out, article);
    } else {
        print_article_en(out, article);
    }
}

static void print_law(gjb_buffer *out, gj_lang lang, const gj_citation *citation)
{
    if (lang == GJ_ZH) {
        gjb_buffer_add_string(out, "《");
        gjb_buffer_add_text(out, citation->title);
        gjb_buffer_add_string(out, "》");
        return;
    }
    gjb_buffer_add_text(out, citation->title);
    if (!gjb_text_equal(citation->title, citation->law)) {
        gjb_buffer_add_string(out, " (");
        gjb_buffer_add_text(out, citation->law);
        gjb_buffer_add_string(out, ")");
    }
    gjb_buffer_add_string(out, " art. ");
}

void gjr_citation_print_after(gjb_buffer *out, gj_lang lang, const gj_citation *citation,
                              const gj_citation *before)
{
    if (before == NULL || !gjb_text_equal(citation->law, before->law)) {
        print_law(out, lang, citation);
    }
    print_article(out, lang, citation->article);
}

void gjr_citation_print(gjb_buffer *out, gj_lang lang, const gj_citation *basis, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        gjb_buffer_add_string(out, i == 0 ? "" : lang == GJ_ZH ? "、" : ", ");
        gjr_citation_print_after(out, lang, &basis[i], i > 0 ? &basis[i - 1] : NULL);
    }
}
