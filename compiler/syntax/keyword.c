/* SPDX-License-Identifier: Apache-2.0
 *
 * See keyword.h. */
#include "syntax/keyword.h"
#include "base/text.h"
#include "syntax/make.h"

#include "guiju.tab.h"
#include <assert.h>
#include <string.h>

static const gjc_keyword_row rows[] = {
#define GJC_KEYWORD(TOKEN, value, en, zh, class)                                                   \
    {GJC_TOK_##TOKEN, value, {en, zh}, GJC_KEYWORD_##class},
#include "keywords.def"
#undef GJC_KEYWORD
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

size_t gjc_keyword_row_count(void)
{
    return ROW_COUNT;
}

const gjc_keyword_row *gjc_keyword_row_get(size_t index)
{
    assert(index < ROW_COUNT);
    return &rows[index];
}

/* Cuts the next spelling off a list separated by `;`. */
static bool spelling_next(const char **list, gj_text *spelling)
{
    if (**list == '\0') {
        return false;
    }
    size_t size = strcspn(*list, ";");
    *spelling = (gj_text){*list, size};
    *list += size;
    if (**list == ';') {
        (*list)++;
    }
    return true;
}

static size_t spelling_count(void)
{
    size_t count = 0;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        for (size_t lang = 0; lang < 2; lang++) {
            const char *list = rows[i].spellings[lang];
            gj_text spelling;
            while (spelling_next(&list, &spelling)) {
                count++;
            }
        }
    }
    return count;
}

static size_t word_count(gj_text spelling, size_t *first_size)
{
    size_t count = 1;
    *first_size = spelling.size;
    for (size_t i = spelling.size; i > 0; i--) {
        if (spelling.bytes[i - 1] == ' ') {
            *first_size = i - 1;
            count++;
        }
    }
    assert(count <= GJC_KEYWORD_WORDS_MAX && spelling.size <= GJC_KEYWORD_SIZE_MAX);
    return count;
}

static bool keyword_add(gjc_keywords *keywords, const gjc_keyword_row *row, gj_text spelling)
{
    uint32_t index = (uint32_t)keywords->count++;
    keywords->keywords[index] = (gjc_keyword){.row = row};
    bool added;
    uint32_t *first = gjb_map_add(&keywords->by_spelling, spelling, index, &added);
    if (first == NULL) {
        return false;
    }
    if (!added) {
        gjc_keyword *last = &keywords->keywords[*first];
        while (last->next != NULL) {
            last = &keywords->keywords[last->next - keywords->keywords];
        }
        last->next = &keywords->keywords[index];
    }
    size_t first_size;
    uint32_t words = (uint32_t)word_count(spelling, &first_size);
    uint32_t *most =
        gjb_map_add(&keywords->word_counts, gjb_text_slice(spelling, 0, first_size), words, &added);
    if (most != NULL && *most < words) {
        *most = words;
    }
    return most != NULL;
}

gj_status gjc_keywords_init(gjc_keywords *keywords, gjb_arena *arena)
{
    *keywords = (gjc_keywords){.count = 0};
    gjb_map_init(&keywords->by_spelling, arena->allocator, 0);
    gjb_map_init(&keywords->word_counts, arena->allocator, 0);
    keywords->keywords = gjb_arena_make(arena, spelling_count(), sizeof *keywords->keywords);
    if (keywords->keywords == NULL) {
        return GJ_NO_MEMORY;
    }
    for (size_t i = 0; i < ROW_COUNT; i++) {
        for (size_t lang = 0; lang < 2; lang++) {
            const char *list = rows[i].spellings[lang];
            gj_text spelling;
            while (spelling_next(&list, &spelling)) {
                if (!keyword_add(keywords, &rows[i], spelling)) {
                    return GJ_NO_MEMORY;
                }
            }
        }
    }
    return GJ_OK;
}

void gjc_keywords_deinit(gjc_keywords *keywords)
{
    gjb_map_deinit(&keywords->by_spelling);
    gjb_map_deinit(&keywords->word_counts);
}

const gjc_keyword *gjc_keyword_find(const gjc_keywords *keywords, gj_text spelling)
{
    const uint32_t *index = gjb_map_find(&keywords->by_spelling, spelling);
    return index != NULL ? &keywords->keywords[*index] : NULL;
}

size_t gjc_keyword_words(const gjc_keywords *keywords, gj_text first_word)
{
    const uint32_t *most = gjb_map_find(&keywords->word_counts, first_word);
    return most != NULL ? *most : 0;
}

gj_text gjc_keyword_row_spelling(const gjc_keyword_row *row, gj_lang lang)
{
    const char *list = row->spellings[lang];
    gj_text spelling = {0};
    return spelling_next(&list, &spelling) ? spelling : (gj_text){0};
}

gj_text gjc_keyword_spelling(int token, gj_lang lang)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].token == token && rows[i].spellings[lang][0] != '\0') {
            return gjc_keyword_row_spelling(&rows[i], lang);
        }
    }
    return (gj_text){0};
}

static bool row_spells(const gjc_keyword_row *row, gj_text text)
{
    for (size_t lang = 0; lang < 2; lang++) {
        const char *list = row->spellings[lang];
        gj_text spelling;
        while (spelling_next(&list, &spelling)) {
            if (gjb_text_equal(spelling, text)) {
                return true;
            }
        }
    }
    return false;
}

bool gjc_keyword_spells(int token, gj_text text)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].token == token && row_spells(&rows[i], text)) {
            return true;
        }
    }
    return false;
}

bool gjc_keyword_is(gj_text text)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (row_spells(&rows[i], text)) {
            return true;
        }
    }
    return false;
}
