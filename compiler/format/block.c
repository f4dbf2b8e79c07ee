/* SPDX-License-Identifier: Apache-2.0
 *
 * See sheet.h; here the sheet as a whole: blocks, their clauses one under another, blank lines and
 * comments. Which nodes make one clause is told by the newline tokens. Each comment has one home:
 * the end of the line it stood at the end of, else a line above the clause that it stood in or
 * above. What stands on one line and what does not is decided for both languages at once, so that
 * writing a file in the other language and back is the same as writing it once. Blocks nest at most
 * GJC_DEPTH_MAX deep, so this recurses. */
#include "format/clause.h"

#include "syntax/make.h"

#include "guiju.tab.h"
#include <assert.h>
#include <string.h>

/* More bytes of source are no line. */
enum { ONE_LINE_MAX = 1000 };

typedef struct block {
    gjc_clause *clauses;
    size_t count;
    size_t indent;
} block;

/* ---- which clauses there are ---- */

static size_t clause_end(const gjc_sheet *sheet, size_t begin, size_t end)
{
    size_t at = begin;
    while (at < end && gjc_sheet_token(sheet, at)->kind != GJC_TOK_NL) {
        size_t partner = sheet->record->partners[at];
        at = partner > at ? partner + 1 : at + 1;
    }
    return at < end ? at : end;
}

static bool has_body(const gjc_node *node)
{
    if (node->kind == GJC_TYPE)
        return gjc_node_find_type(node) == NULL;
    if (node->kind == GJC_FUNCTION)
        return gjc_node_find_expr(node) == NULL;
    return gjc_kind_has_block(node->kind);
}

static void braces_find(const gjc_sheet *sheet, gjc_clause *clause)
{
    if (!has_body(clause->node))
        return;
    for (size_t i = clause->end; i > clause->begin; i--)
        if (gjc_sheet_token(sheet, i - 1)->kind == '}') {
            clause->close = i - 1;
            clause->open = sheet->record->partners[i - 1];
            return;
        }
}

static bool has_block(const gjc_clause *clause)
{
    return clause->close > clause->open;
}

/* The clauses of the tokens from begin to end, whose nodes are among those from `first` on. */
static void clauses_gather(gjc_sheet *sheet, const gjc_node *first, size_t begin, size_t end,
                           block *found)
{
    size_t count = 0;
    for (size_t at = begin; at < end; at = clause_end(sheet, at, end) + 1)
        count++;
    found->count = 0;
    found->clauses = gjb_arena_make(sheet->arena, count, sizeof *found->clauses);
    if (found->clauses == NULL) {
        sheet->out_of_memory = true;
        return;
    }
    const gjc_node *node = first;
    for (size_t at = begin; at < end;) {
        gjc_clause clause = {.begin = at, .end = clause_end(sheet, at, end)};
        uint32_t from = gjc_sheet_token(sheet, clause.begin)->span.begin;
        uint32_t to = gjc_sheet_token(sheet, clause.end)->span.begin;
        while (node != NULL && node->span.begin < from)
            node = node->next;
        for (clause.node = node; node != NULL && node->span.begin < to; node = node->next)
            clause.count++;
        assert(clause.count > 0);
        braces_find(sheet, &clause);
        found->clauses[found->count++] = clause;
        at = clause.end + 1;
    }
}

static void inner_gather(gjc_sheet *sheet, const gjc_clause *clause, block *inner)
{
    clauses_gather(sheet, clause->node->first, clause->open + 1, clause->close, inner);
}

/* ---- a block on one line ---- */

static bool is_empty(const gjc_sheet *sheet, const gjc_clause *clause)
{
    return clause->close == clause->open + 1 &&
           !gjc_sheet_has_comment(sheet, gjc_sheet_token(sheet, clause->open)->span.end,
                                  gjc_sheet_token(sheet, clause->close)->span.begin);
}

static void whole_add(gjc_line *line, const gjc_clause *clause)
{
    gjc_clause_print(line, clause);
    if (!has_block(clause))
        return;
    gjc_line_add_string(line, "{");
    line->is_whole = true;
    if (is_empty(line->sheet, clause)) {
        gjc_line_glue(line);
    } else {
        block inner;
        inner_gather(line->sheet, clause, &inner);
        for (size_t i = 0; i < inner.count; i++)
            whole_add(line, &inner.clauses[i]);
    }
    gjc_line_add_string(line, "}");
    gjc_clause_print_tail(line, clause);
}

static bool fits(gjc_sheet *sheet, const gjc_clause *clause, size_t indent, gj_lang lang)
{
    gjc_line line;
    gjc_line_init(&line, sheet, lang);
    line.is_measured = true;
    whole_add(&line, clause);
    return gjc_line_width(&line) + indent * GJC_INDENT <= GJC_COLUMNS_MAX;
}

/* Whether it stays on one line: it stood on one, so it holds at most one clause, and it fits. */
static bool is_on_one_line(gjc_sheet *sheet, const gjc_clause *clause, size_t indent)
{
    if (!has_block(clause) || is_empty(sheet, clause))
        return true;
    uint32_t begin = gjc_sheet_token(sheet, clause->begin)->span.begin;
    uint32_t end = gjc_sheet_token(sheet, clause->end)->span.begin;
    return end - begin <= ONE_LINE_MAX && !gjc_sheet_has_newline(sheet, begin, end) &&
           !gjc_sheet_has_comment(sheet, begin, end) && fits(sheet, clause, indent, GJ_EN) &&
           fits(sheet, clause, indent, GJ_ZH);
}

/* ---- blank lines and comments ---- */

static void indent_print(gjc_sheet *sheet, size_t indent)
{
    for (size_t i = 0; i < indent * GJC_INDENT; i++)
        gjb_buffer_add_byte(&sheet->out, ' ');
}

static bool has_blank_before(const gjc_sheet *sheet, uint32_t byte)
{
    size_t newlines = 0;
    for (; byte > 0 && strchr(" \t\r\f\n", sheet->source->text.bytes[byte - 1]) != NULL; byte--)
        newlines += sheet->source->text.bytes[byte - 1] == '\n';
    return newlines > 1;
}

/* Unless it would be the block's first line. */
static void blank_print(gjc_sheet *sheet, uint32_t before)
{
    if (!sheet->is_fresh && has_blank_before(sheet, before))
        gjb_buffer_add_byte(&sheet->out, '\n');
}

static void comment_print(gjc_sheet *sheet, size_t index, size_t indent)
{
    indent_print(sheet, indent);
    gjb_buffer_add_text(&sheet->out, gjc_sheet_comment(sheet, index));
    gjb_buffer_add_byte(&sheet->out, '\n');
    sheet->said[index] = true;
    sheet->is_fresh = false;
}

/* The next comment not written yet that begins before the byte; comment_count: none does. */
static size_t comment_next(gjc_sheet *sheet, uint32_t before)
{
    const gjc_record *record = sheet->record;
    while (sheet->comment < record->comment_count && sheet->said[sheet->comment])
        sheet->comment++;
    for (size_t i = sheet->comment; i < record->comment_count; i++) {
        if (record->comments[i].begin >= before)
            break;
        if (!sheet->said[i])
            return i;
    }
    return record->comment_count;
}

/* Those above, with the blank lines between them. */
static void comments_print(gjc_sheet *sheet, uint32_t before, size_t indent)
{
    size_t index;
    while ((index = comment_next(sheet, before)) < sheet->record->comment_count) {
        blank_print(sheet, sheet->record->comments[index].begin);
        comment_print(sheet, index, indent);
    }
}

/* What stood above the clause, then what stood inside it up to the byte `end`. */
static void above_print(gjc_sheet *sheet, const gjc_clause *clause, uint32_t end, size_t indent)
{
    uint32_t begin = gjc_sheet_token(sheet, clause->begin)->span.begin;
    size_t index;
    comments_print(sheet, begin, indent);
    blank_print(sheet, begin);
    while ((index = comment_next(sheet, end)) < sheet->record->comment_count)
        comment_print(sheet, index, indent);
}

/* The comment at the end of the line, and the newline. */
static void line_end_print(gjc_sheet *sheet, uint32_t end)
{
    const gjc_record *record = sheet->record;
    size_t index = gjc_sheet_comment_at(sheet, end);
    if (index < record->comment_count && !sheet->said[index]) {
        gjc_span comment = record->comments[index];
        size_t next = gjc_record_token_at(record, end);
        bool first = next == record->token_count || record->tokens[next].span.begin > comment.begin;
        if (first && !gjc_sheet_has_newline(sheet, end, comment.begin)) {
            gjb_buffer_add_string(&sheet->out, "  ");
            gjb_buffer_add_text(&sheet->out, gjc_sheet_comment(sheet, index));
            sheet->said[index] = true;
        }
    }
    gjb_buffer_add_byte(&sheet->out, '\n');
    sheet->is_fresh = false;
}

/* ---- clauses under one another ---- */

static void clauses_print(gjc_sheet *sheet, const block *b);

static void line_print(gjc_sheet *sheet, const gjc_line *line, const gjc_clause *clause,
                       size_t indent)
{
    uint32_t end = gjc_sheet_token(sheet, clause->end)->span.begin;
    above_print(sheet, clause, end, indent);
    gjc_line_print(line, indent);
    line_end_print(sheet, end);
}

static void block_print(gjc_sheet *sheet, const gjc_clause *clause, size_t indent)
{
    uint32_t open = gjc_sheet_token(sheet, clause->open)->span.end;
    uint32_t close = gjc_sheet_token(sheet, clause->close)->span.begin;
    uint32_t end = gjc_sheet_token(sheet, clause->end)->span.begin;
    block inner = {.indent = indent + 1};
    gjc_line head, tail;
    gjc_line_init(&head, sheet, sheet->lang);
    gjc_clause_print(&head, clause);
    gjc_line_add_string(&head, "{");
    above_print(sheet, clause, open, indent);
    gjc_line_print(&head, indent);
    line_end_print(sheet, open);
    sheet->is_fresh = true;
    inner_gather(sheet, clause, &inner);
    clauses_print(sheet, &inner);
    comments_print(sheet, close < end ? end : close, indent + 1);
    gjc_line_init(&tail, sheet, sheet->lang);
    gjc_line_add_string(&tail, "}");
    gjc_clause_print_tail(&tail, clause);
    gjc_line_print(&tail, indent);
    line_end_print(sheet, end);
}

/* Exceptions of a calendar stand in columns together, and so does `else` with a table's rows. */
static gjc_kind family_of(gjc_kind kind)
{
    return kind == GJC_OFF || kind == GJC_ON_DAYS ? GJC_HOLIDAY
           : kind == GJC_ELSE_ARM                 ? GJC_ROW
                                                  : kind;
}

/* Whether a blank line parts a clause from the one before, above the comments between or below. */
static bool is_apart(const gjc_sheet *sheet, const gjc_clause *before, const gjc_clause *clause)
{
    uint32_t end = gjc_sheet_token(sheet, before->end)->span.begin;
    uint32_t begin = gjc_sheet_token(sheet, clause->begin)->span.begin;
    const gjc_record *record = sheet->record;
    size_t i = gjc_sheet_comment_at(sheet, end);
    for (; i < record->comment_count && record->comments[i].begin < begin; i++)
        if (has_blank_before(sheet, record->comments[i].begin))
            return true;
    return has_blank_before(sheet, begin);
}

/* How many clauses from `begin` on are of one kind, on one line each, and without a blank line. */
static size_t run_size(gjc_sheet *sheet, const block *b, size_t begin)
{
    size_t end = begin;
    for (; end < b->count; end++) {
        const gjc_clause *clause = &b->clauses[end];
        bool joins = end == begin ||
                     (family_of(clause->node->kind) == family_of(b->clauses[begin].node->kind) &&
                      !is_apart(sheet, clause - 1, clause));
        if (!joins || !is_on_one_line(sheet, clause, b->indent))
            break;
    }
    return end - begin;
}

static void run_print(gjc_sheet *sheet, const gjc_clause *clauses, size_t count, size_t indent)
{
    gjc_line *lines = gjb_arena_make(sheet->arena, count, sizeof *lines);
    gjc_line **pointers = gjb_arena_make(sheet->arena, count, sizeof *pointers);
    if (lines == NULL || pointers == NULL) {
        sheet->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        gjc_line_init(&lines[i], sheet, sheet->lang);
        whole_add(&lines[i], &clauses[i]);
        pointers[i] = &lines[i];
    }
    gjc_lines_align(pointers, count);
    for (size_t i = 0; i < count; i++)
        line_print(sheet, &lines[i], &clauses[i], indent);
}

static void clauses_print(gjc_sheet *sheet, const block *b)
{
    for (size_t i = 0; i < b->count;) {
        size_t run = run_size(sheet, b, i);
        if (run > 0)
            run_print(sheet, &b->clauses[i], run, b->indent);
        else
            block_print(sheet, &b->clauses[i], b->indent);
        i += run > 0 ? run : 1;
    }
}

void gjc_sheet_print(gjc_sheet *sheet, const gjc_node *file)
{
    size_t end = sheet->record->token_count;
    while (end > 0 && gjc_sheet_token(sheet, end - 1)->kind == 0)
        end--;
    block whole = {.indent = 0};
    sheet->is_fresh = true;
    clauses_gather(sheet, file->first, 0, end, &whole);
    clauses_print(sheet, &whole);
    comments_print(sheet, UINT32_MAX, 0);
}
