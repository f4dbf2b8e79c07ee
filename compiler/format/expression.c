/* SPDX-License-Identifier: Apache-2.0
 *
 * See words.h; here expressions. Their order is the same in both languages, so only spellings
 * change; and since the tree does not keep parentheses, those that were written are counted in the
 * tokens around each part, and written again. A tree is at most GJC_TREE_DEPTH_MAX deep, so this
 * recurses. */
#include "format/words.h"

#include "syntax/make.h"

#include "guiju.tab.h"

/* ---- parentheses ---- */

static size_t opening_count(const gjc_sheet *sheet, size_t before)
{
    size_t count = 0;
    while (count < before && gjc_sheet_token(sheet, before - 1 - count)->kind == '(')
        count++;
    return count;
}

static size_t closing_count(const gjc_sheet *sheet, size_t after)
{
    size_t count = 0;
    while (gjc_sheet_token(sheet, after + count)->kind == ')')
        count++;
    return count;
}

/* How many pairs stand around it; those of a call are the call's own. */
static size_t pair_count(const gjc_sheet *sheet, const gjc_node *node)
{
    size_t opening = opening_count(sheet, gjc_sheet_first(sheet, node));
    size_t closing = closing_count(sheet, gjc_sheet_after(sheet, node));
    return opening < closing ? opening : closing;
}

static void inner_add(gjc_line *line, const gjc_node *node);

static void wrapped_add(gjc_line *line, const gjc_node *node, size_t pairs)
{
    for (size_t i = 0; i < pairs; i++)
        gjc_line_open(line, "(");
    inner_add(line, node);
    for (size_t i = 0; i < pairs; i++)
        gjc_line_close(line, ")");
}

void gjc_expression(gjc_line *line, const gjc_node *expression)
{
    wrapped_add(line, expression, pair_count(line->sheet, expression));
}

/* ---- operators ---- */

/* The token that joins it to what follows. */
static int operator_after(const gjc_sheet *sheet, const gjc_node *left)
{
    size_t at = gjc_sheet_after(sheet, left);
    while (gjc_sheet_token(sheet, at)->kind == ')')
        at++;
    return gjc_sheet_token(sheet, at)->kind;
}

static void joined_add(gjc_line *line, const gjc_node *node, int token, const char *zh)
{
    gjc_expression(line, node->first);
    gjc_word_as(line, token, zh);
    gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_REST);
    gjc_expression(line, node->last);
}

/* `and` and `or` may begin a line, which reads better than ending one. */
static void logic_add(gjc_line *line, const gjc_node *node, int token, const char *zh)
{
    gjc_expression(line, node->first);
    gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_LOGIC);
    gjc_word_as(line, token, zh);
    gjc_expression(line, node->last);
}

/* `is` and `=` are one in the tree; the writer's choice is kept. */
static void equality_add(gjc_line *line, const gjc_node *node, int word, int mark)
{
    bool is_mark = operator_after(line->sheet, node->first) == mark;
    joined_add(line, node, is_mark ? mark : word, NULL);
}

/* ---- calls and lists ---- */

static void bind_add(gjc_line *line, const gjc_node *bind)
{
    const gjc_node *list = bind->first->next;
    gjc_line_name(line, bind->first);
    gjc_word(line, GJC_TOK_IN);
    gjc_expression(line, list);
    gjc_line_glue(line);
    gjc_line_add_string(line, line->lang == GJ_ZH ? "：" : ":");
    gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_REST);
    gjc_expression(line, list->next);
}

static void list_add(gjc_line *line, const gjc_node *first, bool is_call)
{
    bool alone = is_call && first != NULL && first->next == NULL;
    for (const gjc_node *item = first; item != NULL; item = item->next) {
        if (item != first)
            gjc_line_comma(line);
        size_t pairs = pair_count(line->sheet, item);
        wrapped_add(line, item, alone && pairs > 0 ? pairs - 1 : pairs);
    }
}

void gjc_arguments(gjc_line *line, const gjc_node *node)
{
    gjc_line_glue(line);
    gjc_line_open(line, "(");
    list_add(line, node->first->next, true);
    gjc_line_close(line, ")");
}

static void call_add(gjc_line *line, const gjc_node *call)
{
    gjc_path(line, call->first);
    gjc_arguments(line, call);
}

static void brackets_add(gjc_line *line, const gjc_node *list)
{
    gjc_line_open(line, "[");
    list_add(line, list->first, false);
    gjc_line_close(line, "]");
}

/* ---- one expression, without the parentheses around it ---- */

static void prefix_add(gjc_line *line, const gjc_node *node)
{
    if (node->kind == GJC_EXPR_NOT) {
        gjc_word(line, GJC_TOK_NOT);
    } else {
        gjc_line_add_string(line, "-");
        gjc_line_glue(line);
    }
    gjc_expression(line, node->first);
}

static bool binary_add(gjc_line *line, const gjc_node *node)
{
    static const struct {
        gjc_kind kind;
        int token;
        const char *zh; /* NULL: as keywords.def has it */
    } operators[] = {
        {GJC_EXPR_LESS, GJC_TOK_LT, NULL},
        {GJC_EXPR_LESS_EQUAL, GJC_TOK_LE, NULL},
        {GJC_EXPR_GREATER, GJC_TOK_GT, NULL},
        {GJC_EXPR_GREATER_EQUAL, GJC_TOK_GE, NULL},
        {GJC_EXPR_ADD, '+', NULL},
        {GJC_EXPR_SUBTRACT, '-', NULL},
        {GJC_EXPR_MULTIPLY, '*', NULL},
        {GJC_EXPR_MODULO, GJC_TOK_MOD, NULL},
        {GJC_EXPR_ELSE, GJC_TOK_ELSE, "缺省为"},
        {GJC_EXPR_IN, GJC_TOK_IN, NULL},
    };
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (operators[i].kind == node->kind) {
            joined_add(line, node, operators[i].token, operators[i].zh);
            return true;
        }
    return false;
}

static bool literal_add(gjc_line *line, const gjc_node *node)
{
    if (node->kind == GJC_EXPR_NUMBER)
        gjc_number(line, node);
    else if (node->kind == GJC_EXPR_MONEY)
        gjc_money(line, node);
    else if (node->kind == GJC_EXPR_PERCENT)
        gjc_percent_of(line, node);
    else if (node->kind == GJC_EXPR_DATE)
        gjc_date(line, node->value);
    else if (node->kind == GJC_EXPR_TIME)
        gjc_clock(line, node->value);
    else if (node->kind == GJC_EXPR_MOMENT)
        gjc_moment(line, node);
    else if (node->kind == GJC_EXPR_STRING)
        gjc_text_of(line, node);
    else if (node->kind == GJC_EXPR_BOOL)
        gjc_word(line, node->value != 0 ? GJC_TOK_TRUE : GJC_TOK_FALSE);
    else if (node->kind == GJC_EXPR_CODE)
        gjc_word_code(line, node);
    else
        return false;
    return true;
}

static void inner_add(gjc_line *line, const gjc_node *node)
{
    if (node->kind == GJC_EXPR_OR)
        logic_add(line, node, GJC_TOK_OR, NULL);
    else if (node->kind == GJC_EXPR_AND)
        logic_add(line, node, GJC_TOK_AND, "且");
    else if (node->kind == GJC_EXPR_IS)
        equality_add(line, node, GJC_TOK_IS, GJC_TOK_EQ);
    else if (node->kind == GJC_EXPR_IS_NOT)
        equality_add(line, node, GJC_TOK_IS_NOT, GJC_TOK_NE);
    else if (node->kind == GJC_EXPR_NOT || node->kind == GJC_EXPR_NEGATE)
        prefix_add(line, node);
    else if (node->kind == GJC_EXPR_PATH)
        gjc_path(line, node);
    else if (node->kind == GJC_EXPR_CALL)
        call_add(line, node);
    else if (node->kind == GJC_EXPR_LIST)
        brackets_add(line, node);
    else if (node->kind == GJC_EXPR_BIND)
        bind_add(line, node);
    else if (node->kind == GJC_DURATION)
        gjc_duration(line, node);
    else if (!literal_add(line, node))
        binary_add(line, node);
}
