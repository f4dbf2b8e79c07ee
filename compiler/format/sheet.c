/* SPDX-License-Identifier: Apache-2.0
 *
 * See sheet.h. */
#include "format/sheet.h"

#include "base/text.h"

#include <string.h>

gj_text gjc_sheet_text(const gjc_sheet *sheet, gjc_span span)
{
    return gjb_text_slice(sheet->source->text, span.begin, span.end);
}

const gjc_token *gjc_sheet_token(const gjc_sheet *sheet, size_t index)
{
    static const gjc_token none = {.kind = 0};
    return index < sheet->record->token_count ? &sheet->record->tokens[index] : &none;
}

size_t gjc_sheet_first(const gjc_sheet *sheet, const gjc_node *node)
{
    return gjc_record_token_at(sheet->record, node->span.begin);
}

size_t gjc_sheet_after(const gjc_sheet *sheet, const gjc_node *node)
{
    return gjc_record_token_at(sheet->record, node->span.end);
}

int gjc_sheet_before(const gjc_sheet *sheet, const gjc_node *node, size_t back)
{
    size_t first = gjc_sheet_first(sheet, node);
    return first >= back ? gjc_sheet_token(sheet, first - back)->kind : 0;
}

bool gjc_sheet_has_newline(const gjc_sheet *sheet, uint32_t begin, uint32_t end)
{
    return begin < end && memchr(sheet->source->text.bytes + begin, '\n', end - begin) != NULL;
}

size_t gjc_sheet_comment_at(const gjc_sheet *sheet, uint32_t byte)
{
    const gjc_record *record = sheet->record;
    size_t low = 0, high = record->comment_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (record->comments[middle].begin < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool gjc_sheet_has_comment(const gjc_sheet *sheet, uint32_t begin, uint32_t end)
{
    size_t first = gjc_sheet_comment_at(sheet, begin);
    return first < sheet->record->comment_count && sheet->record->comments[first].begin < end;
}

gj_text gjc_sheet_comment(const gjc_sheet *sheet, size_t index)
{
    gj_text text = gjc_sheet_text(sheet, sheet->record->comments[index]);
    while (text.size > 0 &&
           (text.bytes[text.size - 1] == ' ' || text.bytes[text.size - 1] == '\t' ||
            text.bytes[text.size - 1] == '\r'))
        text.size--;
    return text;
}

static void *widened(gjc_sheet *sheet, const void *items, size_t capacity, size_t size)
{
    void *grown = gjb_arena_make(sheet->arena, capacity, size);
    if (grown == NULL)
        sheet->out_of_memory = true;
    else if (sheet->name_count > 0)
        memcpy(grown, items, sheet->name_count * size);
    return grown;
}

static bool names_grow(gjc_sheet *sheet)
{
    if (sheet->name_count < sheet->name_capacity)
        return true;
    size_t capacity = sheet->name_capacity == 0 ? 64 : sheet->name_capacity * 2;
    gjc_expected_name *names = widened(sheet, sheet->names, capacity, sizeof *names);
    size_t *tokens = widened(sheet, sheet->name_tokens, capacity, sizeof *tokens);
    if (names == NULL || tokens == NULL)
        return false;
    sheet->names = names;
    sheet->name_tokens = tokens;
    sheet->name_capacity = capacity;
    return true;
}

void gjc_sheet_add_name(gjc_sheet *sheet, size_t begin, size_t token)
{
    if (!names_grow(sheet))
        return;
    sheet->name_tokens[sheet->name_count] = token;
    sheet->names[sheet->name_count++] =
        (gjc_expected_name){.begin = (uint32_t)begin, .end = (uint32_t)sheet->out.size};
}
