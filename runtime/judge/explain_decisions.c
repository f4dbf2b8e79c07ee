/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows of decision tables that decided: a sentence, and as data. */
#include "judge/decisions.h"
#include "judge/finding.h"
#include "judge/phrase.h"

static void say(gjb_buffer *out, const char *words)
{
    gjb_buffer_add_string(out, words);
}

static void row_explain(const gj_table_row *row, gj_lang lang, gjb_buffer *out)
{
    bool zh = lang == GJ_ZH;
    gjb_buffer_add_format(out, zh ? "第%u行（" : "row %u (", row->row);
    if (row->is_else) {
        say(out, zh ? "否则" : "else");
    } else {
        gjr_phrase_print_quoted(out, lang, row->cells);
    }
    say(out, zh ? "）得出" : ") gives ");
    gjr_phrase_print_quoted(out, lang, row->value);
    if (row->basis_count > 0) {
        say(out, zh ? "，依据" : ", on ");
        gjr_citation_print(out, lang, row->basis, row->basis_count);
    }
}

/* Whether it is of the same table as the one before. */
static bool goes_on(const gj_table_row *rows, size_t i)
{
    return i > 0 && rows[i].table.bytes == rows[i - 1].table.bytes;
}

void gjr_decisions_explain(const gj_table_row *rows, size_t count, gj_lang lang, gjb_buffer *out)
{
    bool zh = lang == GJ_ZH;
    for (size_t i = 0; i < count; i++) {
        if (goes_on(rows, i)) {
            say(out, zh ? "；" : "; ");
        } else {
            say(out, zh ? (i > 0 ? "。决策表" : "决策表")
                        : (i > 0 ? ". Of the table " : " Of the table "));
            gjr_phrase_print_quoted(out, lang, rows[i].title);
            say(out, zh ? "：" : ", ");
        }
        row_explain(&rows[i], lang, out);
    }
    say(out, count == 0 ? "" : zh ? "。" : ".");
}

/* ---- as data ---- */

static void text_print(gjb_buffer *out, const char *key, gj_text text)
{
    say(out, key);
    gjb_buffer_add_json(out, text);
}

static void row_print(const gj_table_row *row, gjb_buffer *out)
{
    text_print(out, "{\"table\":", row->table);
    text_print(out, ",\"title\":", row->title);
    gjb_buffer_add_format(out, ",\"row\":%u", row->row);
    if (row->is_else) {
        say(out, ",\"else\":true");
    } else {
        text_print(out, ",\"when\":", row->cells);
    }
    text_print(out, ",\"gives\":", row->value);
    if (row->basis_count > 0) {
        gjr_finding_print_basis(out, row->basis, row->basis_count);
    }
    text_print(out, ",\"source\":{\"file\":", row->file);
    gjb_buffer_add_format(out, ",\"line\":%u}}", row->line);
}

void gjr_decisions_print(const gj_table_row *rows, size_t count, gjb_buffer *out)
{
    for (size_t i = 0; i < count; i++) {
        say(out, i == 0 ? ",\"rows\":[" : ",");
        row_print(&rows[i], out);
    }
    say(out, count > 0 ? "]" : "");
}
