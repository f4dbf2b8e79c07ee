/* SPDX-License-Identifier: Apache-2.0
 *
 * See format.h. */
#include "format/format.h"

#include "base/text.h"
#include "format/compare.h"
#include "format/sheet.h"
#include "syntax/keyword.h"
#include "syntax/make.h"
#include "syntax/parse.h"
#include "syntax/unicode.h"

#include "guiju.tab.h"

/* ---- which language a file is in ---- */

static bool is_keyword(int kind)
{
    for (size_t i = 0; i < gjc_keyword_row_count(); i++)
        if (gjc_keyword_row_get(i)->token == kind)
            return true;
    return false;
}

/* 1: an English keyword, -1: a Chinese one, 0: a mark or no keyword. */
static int token_lang(const gjc_token *token, gj_text text)
{
    gj_text word = gjb_text_slice(text, token->span.begin, token->span.end);
    if (word.size == 0 || !gjc_unicode_is_start(gjb_text_character(word, 0)) ||
        !is_keyword(token->kind))
        return 0;
    return (word.bytes[0] & 0x80) != 0 ? -1 : 1;
}

/* The language of most of its keywords; of as many in both, that of the first. */
static gj_lang lang_of(const gjc_record *record, gj_text text)
{
    long balance = 0;
    int first = 0;
    for (size_t i = 0; i < record->token_count; i++) {
        int lang = token_lang(&record->tokens[i], text);
        first = first == 0 ? lang : first;
        balance += lang;
    }
    return balance < 0 || (balance == 0 && first < 0) ? GJ_ZH : GJ_EN;
}

/* ---- writing, and reading what was written ---- */

/* A text of ours, read beside the sources: its diagnostics are nobody's. */
typedef struct reading {
    gjc_sources sources;
    gjc_diag_list diags;
    uint32_t source;
} reading;

static gj_status reading_open(reading *r, gjb_arena *arena, gj_text text)
{
    gjc_sources_init(&r->sources, arena);
    gjc_diag_list_init(&r->diags, arena);
    return gjc_sources_add(&r->sources, gjb_text_of("formatted"), text, &r->diags, &r->source);
}

static gj_status sheet_write(gjc_sheet *sheet, const gjc_node *file)
{
    gjb_buffer_reset(&sheet->out);
    sheet->name_count = 0;
    sheet->comment = 0;
    for (size_t i = 0; i < sheet->record->comment_count; i++)
        sheet->said[i] = false;
    gjc_sheet_print(sheet, file);
    return sheet->out_of_memory || sheet->out.failed ? GJ_NO_MEMORY : GJ_OK;
}

/* Which names would be read as something else where they now stand; *any: some would. */
static gj_status quotes_find(gjc_sheet *sheet, bool *any)
{
    reading r;
    gj_status status = reading_open(&r, sheet->arena, gjb_buffer_text(&sheet->out));
    gjc_expected_names names = {.items = sheet->names, .count = sheet->name_count};
    *any = false;
    if (status == GJ_OK)
        status = gjc_parse_names(&r.sources, r.source, sheet->arena, &names);
    for (size_t i = 0; status == GJ_OK && i < names.count; i++)
        if (names.items[i].misread) {
            sheet->quoted[sheet->name_tokens[i]] = true;
            *any = true;
        }
    return status;
}

static gj_status sheet_write_quoted(gjc_sheet *sheet, const gjc_node *file)
{
    bool any;
    gj_status status = sheet_write(sheet, file);
    if (status == GJ_OK)
        status = quotes_find(sheet, &any);
    return status == GJ_OK && any ? sheet_write(sheet, file) : status;
}

/* Our own mistake must not cost the writer his file. */
static gj_status sheet_check(const gjc_sheet *sheet, const gjc_node *file)
{
    reading r;
    gjc_node *again = NULL;
    gj_status status = reading_open(&r, sheet->arena, gjb_buffer_text(&sheet->out));
    if (status == GJ_OK)
        status = gjc_parse(&r.sources, r.source, sheet->arena, &r.diags, &again);
    if (status != GJ_OK)
        return status;
    bool same = r.diags.error_count == 0 && gjc_trees_compare(file, again, sheet->laws) == NULL;
    return same ? GJ_OK : GJ_REFUSED;
}

static gj_status sheet_init(gjc_sheet *sheet, gjb_arena *arena, const gjc_record *record)
{
    sheet->arena = arena;
    sheet->record = record;
    gjb_buffer_init(&sheet->out, arena->allocator);
    sheet->quoted = gjb_arena_make(arena, record->token_count + 1, sizeof *sheet->quoted);
    sheet->said = gjb_arena_make(arena, record->comment_count + 1, sizeof *sheet->said);
    return sheet->quoted != NULL && sheet->said != NULL ? GJ_OK : GJ_NO_MEMORY;
}

gj_status gjc_format(const gjc_sources *sources, uint32_t source, const gjc_format_options *options,
                     gjb_arena *arena, gjc_diag_list *diags, gjb_buffer *out)
{
    gjc_record record;
    gjc_node *file = NULL;
    gjc_sheet sheet = {.source = gjc_sources_get(sources, source), .laws = options->laws};
    gjc_record_init(&record, arena);
    gj_status status = gjc_parse_recorded(sources, source, arena, diags, &record, &file);
    if (status != GJ_OK || diags->error_count > 0)
        return status;
    status = sheet_init(&sheet, arena, &record);
    sheet.lang = options->keeps_lang ? lang_of(&record, sheet.source->text) : options->lang;
    if (status == GJ_OK)
        status = sheet_write_quoted(&sheet, file);
    if (status == GJ_OK)
        status = sheet_check(&sheet, file);
    if (status == GJ_OK)
        gjb_buffer_add_text(out, gjb_buffer_text(&sheet.out));
    gjb_buffer_deinit(&sheet.out);
    return status == GJ_OK && (out->failed || diags->out_of_memory) ? GJ_NO_MEMORY : status;
}
