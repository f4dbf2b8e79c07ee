/* SPDX-License-Identifier: Apache-2.0
 *
 * See clause.h; here which printer a kind has, and the parts that many clauses share. */
#include "format/clause.h"

#include "syntax/make.h"

#include "guiju.tab.h"

/* ---- printers ---- */

static gjc_printer *printer_of(gjc_kind kind)
{
    gjc_printer *printer = gjc_declaration_printer(kind);
    if (printer == NULL)
        printer = gjc_stage_printer(kind);
    if (printer == NULL)
        printer = gjc_limit_printer(kind);
    if (printer == NULL)
        printer = gjc_rule_printer(kind);
    return printer != NULL ? printer : gjc_beyond_printer(kind);
}

bool gjc_kind_is_printed(gjc_kind kind)
{
    return printer_of(kind) != NULL;
}

bool gjc_kind_has_block(gjc_kind kind)
{
    static const gjc_kind kinds[] = {
        GJC_LAW,      GJC_CALENDAR,       GJC_YEAR,           GJC_DEPARTMENT, GJC_TYPE,
        GJC_FUNCTION, GJC_TABLE,          GJC_TEMPLATE,       GJC_PROCEDURE,  GJC_DATA,
        GJC_LIMIT,    GJC_TEMPLATE_STAGE, GJC_TEMPLATE_LIMIT, GJC_DOCUMENTS,  GJC_STAGE,
        GJC_RULE,     GJC_POST_DUTIES,    GJC_MIGRATES,       GJC_PARALLEL,   GJC_BRANCH,
        GJC_WATCH,    GJC_CARDS,          GJC_SCORECARD,      GJC_SCENARIO,
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

void gjc_clause_print(gjc_line *line, const gjc_clause *clause)
{
    gjc_printer *printer = printer_of(clause->node->kind);
    if (printer != NULL)
        printer(line, clause->node);
}

void gjc_clause_print_tail(gjc_line *line, const gjc_clause *clause)
{
    const gjc_node *target = gjc_node_find(clause->node, GJC_GOTO);
    if (clause->node->kind == GJC_PARALLEL && target != NULL) {
        gjc_word(line, GJC_TOK_ARROW);
        gjc_name_of(line, target);
    }
}

/* ---- conditions ---- */

void gjc_when_words(gjc_line *line, const gjc_node *when)
{
    gjc_word(line, GJC_TOK_WHEN);
    gjc_expression(line, when->first);
    if (line->lang == GJ_ZH)
        gjc_word(line, GJC_TOK_THEN);
}

void gjc_when_first(gjc_line *line, const gjc_node *node)
{
    const gjc_node *when = gjc_node_find(node, GJC_WHEN);
    if (when != NULL && line->lang == GJ_ZH)
        gjc_when_words(line, when);
}

void gjc_when_part(gjc_line *line, const gjc_node *node)
{
    const gjc_node *when = gjc_node_find(node, GJC_WHEN);
    if (when == NULL)
        return;
    gjc_part(line, GJC_TOK_WHEN);
    gjc_expression(line, when->first);
    if (line->lang == GJ_ZH)
        gjc_word(line, GJC_TOK_THEN);
}

void gjc_when_last(gjc_line *line, const gjc_node *node)
{
    if (line->lang == GJ_EN)
        gjc_when_part(line, node);
}

void gjc_when_beside(gjc_line *line, const gjc_node *node)
{
    const gjc_node *when = gjc_node_find(node, GJC_WHEN);
    if (when == NULL)
        return;
    gjc_line_may_break(line, GJC_BREAK_COMMA, GJC_RANK_PART);
    gjc_when_words(line, when);
}

/* ---- other parts ---- */

void gjc_basis_part(gjc_line *line, const gjc_node *node)
{
    const gjc_node *basis = gjc_node_find(node, GJC_BASIS);
    if (basis == NULL)
        return;
    gjc_part(line, GJC_TOK_BASIS);
    gjc_citations(line, basis);
}

void gjc_basis_loose(gjc_line *line, const gjc_node *node)
{
    const gjc_node *basis = gjc_node_find(node, GJC_BASIS);
    if (basis == NULL)
        return;
    gjc_loose(line, GJC_TOK_BASIS);
    gjc_citations(line, basis);
}

static void point_add(gjc_line *line, const gjc_node *trigger)
{
    const gjc_node *entering = gjc_node_find(trigger, GJC_ENTERING);
    const gjc_node *leaving = gjc_node_find(trigger, GJC_LEAVING);
    const gjc_node *path = gjc_node_find(trigger, GJC_PATH);
    if (entering != NULL) {
        gjc_word(line, GJC_TOK_ENTERING);
        gjc_name_of(line, entering);
    } else if (leaving != NULL) {
        gjc_word(line, GJC_TOK_LEAVING);
        gjc_name_of(line, leaving);
    } else if (path != NULL) {
        gjc_path(line, path);
    }
}

void gjc_trigger(gjc_line *line, const gjc_node *trigger)
{
    gjc_when_first(line, trigger);
    point_add(line, trigger);
    const gjc_node *when = gjc_node_find(trigger, GJC_WHEN);
    if (when != NULL && line->lang == GJ_EN)
        gjc_when_words(line, when);
}

void gjc_triggers(gjc_line *line, const gjc_node *node)
{
    const gjc_node *first = gjc_node_find(node, GJC_TRIGGER);
    for (const gjc_node *trigger = first; trigger != NULL; trigger = gjc_node_find_next(trigger)) {
        if (trigger != first) {
            gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_LOGIC);
            gjc_word(line, GJC_TOK_OR);
        }
        gjc_trigger(line, trigger);
    }
}

void gjc_goto_part(gjc_line *line, const gjc_node *node)
{
    const gjc_node *target = gjc_node_find(node, GJC_GOTO);
    if (target == NULL)
        return;
    gjc_part(line, GJC_TOK_ARROW);
    gjc_name_of(line, target);
}

void gjc_duty_words(gjc_line *line, const gjc_node *duty)
{
    if (gjc_node_find(duty, GJC_HOLDER) != NULL)
        gjc_word(line, GJC_TOK_HOLDER);
    else
        gjc_post_of(line, duty);
}

void gjc_at_most_times_part(gjc_line *line, const gjc_node *node)
{
    const gjc_node *times = gjc_node_find(node, GJC_AT_MOST_TIMES);
    if (times == NULL)
        return;
    if (times->value2 == 1) {
        gjc_part(line, GJC_TOK_ONCE);
        return;
    }
    gjc_part(line, GJC_TOK_AT_MOST);
    gjc_times(line, times->value);
}

void gjc_within_words(gjc_line *line, const gjc_node *within)
{
    const gjc_node *duration = gjc_node_find(within, GJC_DURATION);
    if (duration == NULL)
        return;
    gjc_word(line, GJC_TOK_WITHIN);
    gjc_duration(line, duration);
    if (line->lang == GJ_ZH)
        gjc_after_duration(line, duration, "内");
}

void gjc_per_words(gjc_line *line, const gjc_node *node)
{
    const gjc_node *per = gjc_node_find(node, GJC_PER);
    if (per == NULL)
        return;
    gjc_word(line, GJC_TOK_PER);
    gjc_paths(line, per);
}

/* ---- what the law does ---- */

static void as_of_add(gjc_line *line, const gjc_node *deemed)
{
    if (gjc_node_find(deemed, GJC_AS_OF_START) != NULL)
        gjc_word(line, GJC_TOK_AS_START);
    else if (gjc_node_find(deemed, GJC_AS_OF_EXPIRY) != NULL)
        gjc_word(line, GJC_TOK_AS_EXPIRY);
}

static void deemed_part(gjc_line *line, const gjc_node *node)
{
    const gjc_node *deemed = gjc_node_find(node, GJC_DEEMED);
    if (deemed == NULL)
        return;
    const gjc_node *payload = gjc_node_find(deemed, GJC_PAYLOAD);
    gjc_part(line, GJC_TOK_DEEMED);
    if (line->lang == GJ_ZH)
        as_of_add(line, deemed);
    gjc_name_of(line, deemed);
    if (payload != NULL)
        gjc_payload(line, payload);
    if (line->lang == GJ_EN)
        as_of_add(line, deemed);
}

void gjc_law_parts(gjc_line *line, const gjc_node *node)
{
    const gjc_node *duty = gjc_node_find(node, GJC_DUTY);
    gjc_goto_part(line, node);
    gjc_when_part(line, node);
    deemed_part(line, node);
    if (duty != NULL) {
        gjc_part(line, GJC_TOK_DUTY);
        gjc_duty_words(line, duty);
    }
    gjc_basis_part(line, node);
}

/* ---- lists in braces ---- */

/* Comments of the source between two bytes, each on a line of its own at the indent; or the one
 * that stands at the end of the line. */
static void comments_add(gjc_line *line, uint32_t begin, uint32_t end, unsigned indent)
{
    gjc_sheet *sheet = line->sheet;
    for (size_t i = gjc_sheet_comment_at(sheet, begin); i < sheet->record->comment_count; i++) {
        gjc_span comment = sheet->record->comments[i];
        if (comment.begin >= end)
            break;
        if (gjc_sheet_has_newline(sheet, begin, comment.begin))
            gjc_line_must_break(line, indent);
        else
            line->next.padding = 1;
        gjc_line_add(line, gjc_sheet_comment(sheet, i));
        if (!line->is_measured)
            sheet->said[i] = true;
    }
}

static bool is_spread(const gjc_sheet *sheet, size_t open)
{
    uint32_t begin = gjc_sheet_token(sheet, open)->span.end;
    size_t close = sheet->record->partners[open];
    uint32_t first = gjc_sheet_token(sheet, open + 1)->span.begin;
    uint32_t end = gjc_sheet_token(sheet, close)->span.begin;
    return gjc_sheet_has_newline(sheet, begin, first) || gjc_sheet_has_comment(sheet, begin, end);
}

static void spread_add(gjc_line *line, const gjc_node *first, size_t open, gjc_printer *item)
{
    gjc_sheet *sheet = line->sheet;
    uint32_t at = gjc_sheet_token(sheet, open)->span.end;
    for (const gjc_node *node = first; node != NULL; node = node->next) {
        comments_add(line, at, node->span.begin, 1);
        gjc_line_must_break(line, 1);
        item(line, node);
        at = node->span.end;
    }
    comments_add(line, at, gjc_sheet_token(sheet, sheet->record->partners[open])->span.begin, 1);
    gjc_line_must_break(line, 0);
    gjc_line_add_string(line, "}");
}

void gjc_braced(gjc_line *line, const gjc_node *node, gjc_printer *item)
{
    gjc_sheet *sheet = line->sheet;
    size_t open = gjc_sheet_first(sheet, node);
    while (gjc_sheet_token(sheet, open)->kind != '{')
        open++;
    gjc_line_add_string(line, "{");
    if (is_spread(sheet, open)) {
        spread_add(line, node->first, open, item);
        return;
    }
    for (const gjc_node *each = node->first; each != NULL; each = each->next) {
        if (each != node->first)
            gjc_line_comma(line);
        item(line, each);
    }
    if (node->first == NULL)
        gjc_line_glue(line);
    gjc_line_add_string(line, "}");
}

static void pair_print(gjc_line *line, const gjc_node *pair)
{
    gjc_name_of(line, pair);
    gjc_line_glue(line);
    gjc_line_add_string(line, line->lang == GJ_ZH ? "：" : ":");
    gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_REST);
    gjc_expression(line, pair->last);
}

void gjc_payload(gjc_line *line, const gjc_node *payload)
{
    gjc_braced(line, payload, pair_print);
}
