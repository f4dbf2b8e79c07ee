/* SPDX-License-Identifier: Apache-2.0
 *
 * See clause.h; here the clauses of a procedure, of its stages and of a migration. */
#include "format/clause.h"

#include "syntax/make.h"

#include "guiju.tab.h"

/* ---- a procedure's own clauses ---- */

static void version_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *effective = gjc_node_find(node, GJC_EFFECTIVE);
    gjc_word(line, GJC_TOK_VERSION);
    gjc_whole(line, node->value);
    if (effective != NULL)
        gjc_effective(line, effective);
}

static void uses_calendar_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_CALENDAR);
    gjc_path(line, node->first);
}

static void basis_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_BASIS);
    gjc_citations(line, node);
}

static void include_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_INCLUDE);
    gjc_path(line, node->first);
    gjc_arguments(line, node);
}

static void data_print(gjc_line *line, const gjc_node *node)
{
    (void)node;
    gjc_word(line, GJC_TOK_DATA);
}

static void documents_print(gjc_line *line, const gjc_node *node)
{
    (void)node;
    gjc_word(line, GJC_TOK_DOCUMENTS);
}

static void document_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *required = gjc_node_find(node, GJC_REQUIRED);
    gjc_name_of(line, node);
    gjc_title(line, node);
    gjc_line_column(line, 2);
    if (gjc_node_find(node, GJC_OPTIONAL) != NULL)
        gjc_word_as(line, GJC_TOK_OPTIONAL, "选交");
    if (required != NULL) {
        gjc_when_first(line, required);
        gjc_word(line, GJC_TOK_REQUIRED);
        gjc_when_last(line, required);
    }
    gjc_basis_part(line, node);
    gjc_line_column(line, 0);
}

/* `pay ()` is `pay` in the tree. */
static bool has_parentheses(const gjc_line *line, const gjc_node *node)
{
    size_t last = gjc_sheet_after(line->sheet, node);
    do
        last--;
    while (gjc_sheet_token(line->sheet, last)->kind == GJC_TOK_NL);
    return gjc_sheet_token(line->sheet, last)->kind == ')';
}

static void action_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_ACTION);
    gjc_name_of(line, node);
    gjc_title(line, node);
    gjc_aliases(line, node);
    if (has_parentheses(line, node))
        gjc_parameters(line, node);
}

static void judgement_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_JUDGEMENT);
    gjc_name_of(line, node);
    gjc_title(line, node);
    gjc_loose(line, GJC_TOK_BY);
    gjc_names(line, gjc_node_find(node, GJC_BY));
    gjc_basis_part(line, node);
}

static void post_duties_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_POST);
    gjc_post_of(line, node);
}

/* ---- migration ---- */

static void migrates_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_MIGRATES);
    gjc_whole(line, node->value);
}

static void arrow_add(gjc_line *line, const gjc_node *node)
{
    gjc_name_of(line, node);
    gjc_word_as(line, GJC_TOK_ARROW, "→");
    gjc_line_name(line, gjc_node_find_next(gjc_node_find(node, GJC_NAME)));
}

static void migrate_stage_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_STAGE);
    arrow_add(line, node);
}

static void migrate_limit_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_LIMIT);
    arrow_add(line, node);
    if (gjc_node_find(node, GJC_ANEW) != NULL)
        gjc_word(line, GJC_TOK_ANEW);
    else if (gjc_node_find(node, GJC_KEPT) != NULL)
        gjc_word(line, GJC_TOK_KEPT);
}

static void migrate_limit_ends_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_LIMIT);
    gjc_name_of(line, node);
    gjc_word(line, GJC_TOK_ENDS);
}

/* ---- a stage ---- */

static void stage_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *held = gjc_node_find(node, GJC_HELD_BY);
    const gjc_node *within = gjc_node_find(node, GJC_WITHIN);
    gjc_word(line, GJC_TOK_STAGE);
    gjc_name_of(line, node);
    gjc_title(line, node);
    gjc_line_column(line, 2);
    if (gjc_node_find(node, GJC_INITIAL) != NULL) {
        gjc_word(line, GJC_TOK_INITIAL);
    } else if (gjc_node_find(node, GJC_FINAL) != NULL) {
        gjc_word(line, GJC_TOK_FINAL);
    } else if (gjc_node_find(node, GJC_FINAL_VOID) != NULL) {
        gjc_word(line, GJC_TOK_FINAL);
        gjc_word(line, GJC_TOK_VOID);
    }
    if (held != NULL) {
        gjc_word(line, GJC_TOK_HELD);
        gjc_post_of(line, held);
    }
    if (within != NULL)
        gjc_within_words(line, within);
}

static void needs_part(gjc_line *line, const gjc_node *node)
{
    const gjc_node *needs = gjc_node_find(node, GJC_NEEDS);
    if (needs == NULL)
        return;
    gjc_part(line, GJC_TOK_NEEDS);
    if (gjc_node_find(needs, GJC_ALL_DOCUMENTS) != NULL)
        gjc_word(line, GJC_TOK_DOCUMENTS);
    else
        gjc_names(line, needs);
}

static void sets_part(gjc_line *line, const gjc_node *node)
{
    const gjc_node *set = gjc_node_find(node, GJC_SET);
    for (; set != NULL; set = gjc_node_find_next(set)) {
        gjc_part(line, GJC_TOK_SET);
        gjc_name_of(line, set);
        gjc_word(line, GJC_TOK_EQ);
        gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_REST);
        gjc_expression(line, set->last);
    }
}

/* on A by P, Q · 由 P 和 Q A */
static void acting_add(gjc_line *line, const gjc_node *node)
{
    const gjc_node *by = gjc_node_find(node, GJC_BY);
    if (line->lang == GJ_ZH && by != NULL) {
        gjc_word(line, GJC_TOK_BY);
        gjc_names_joined(line, by);
        gjc_name_of(line, node);
        return;
    }
    gjc_word(line, GJC_TOK_ON);
    gjc_name_of(line, node);
    if (by != NULL) {
        gjc_line_column(line, 1);
        gjc_part(line, GJC_TOK_BY);
        gjc_names_joined(line, by);
    }
}

static void on_print(gjc_line *line, const gjc_node *node)
{
    gjc_when_first(line, node);
    acting_add(line, node);
    gjc_goto_part(line, node);
    gjc_when_last(line, node);
    needs_part(line, node);
    gjc_at_most_times_part(line, node);
    sets_part(line, node);
    gjc_basis_part(line, node);
}

/* after D from A -> S · 自 A 起 逾D 未办，转 S */
static void after_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *duration = gjc_node_find(node, GJC_DURATION);
    const gjc_node *from = gjc_node_find(node, GJC_FROM);
    if (line->lang == GJ_ZH) {
        gjc_word(line, GJC_TOK_FROM);
        gjc_triggers(line, from);
        gjc_word(line, GJC_TOK_SINCE);
        gjc_word(line, GJC_TOK_AFTER);
        if (duration->first->kind == GJC_EXPR_NUMBER)
            gjc_line_glue(line);
        gjc_duration(line, duration);
        gjc_word(line, GJC_TOK_UNDONE);
    } else {
        gjc_word(line, GJC_TOK_AFTER);
        gjc_duration(line, duration);
        gjc_word(line, GJC_TOK_FROM);
        gjc_triggers(line, from);
    }
    gjc_law_parts(line, node);
}

/* ---- parallel stages ---- */

static void parallel_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *number = gjc_node_find(node, GJC_EXPR_NUMBER);
    size_t first = gjc_sheet_first(line->sheet, node);
    gjc_word(line, GJC_TOK_PARALLEL);
    if (gjc_node_find(node, GJC_ANY) != NULL)
        gjc_word(line, GJC_TOK_ANY);
    else if (number != NULL)
        gjc_number(line, number);
    else if (gjc_sheet_token(line->sheet, first + 1)->kind == GJC_TOK_ALL)
        gjc_word(line, GJC_TOK_ALL);
}

static void branch_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *of = gjc_node_find(node, GJC_OF);
    gjc_word(line, GJC_TOK_BRANCH);
    gjc_name_of(line, node);
    gjc_title(line, node);
    if (of != NULL) {
        gjc_word(line, GJC_TOK_OF);
        gjc_path(line, of->first);
    }
}

gjc_printer *gjc_stage_printer(gjc_kind kind)
{
    static gjc_printer *const printers[GJC_KIND_COUNT] = {
        [GJC_VERSION] = version_print,
        [GJC_USES_CALENDAR] = uses_calendar_print,
        [GJC_BASIS] = basis_print,
        [GJC_INCLUDE] = include_print,
        [GJC_DATA] = data_print,
        [GJC_DOCUMENTS] = documents_print,
        [GJC_DOCUMENT] = document_print,
        [GJC_ACTION] = action_print,
        [GJC_JUDGEMENT] = judgement_print,
        [GJC_POST_DUTIES] = post_duties_print,
        [GJC_MIGRATES] = migrates_print,
        [GJC_MIGRATE_STAGE] = migrate_stage_print,
        [GJC_MIGRATE_LIMIT] = migrate_limit_print,
        [GJC_MIGRATE_LIMIT_ENDS] = migrate_limit_ends_print,
        [GJC_STAGE] = stage_print,
        [GJC_ON] = on_print,
        [GJC_AFTER] = after_print,
        [GJC_PARALLEL] = parallel_print,
        [GJC_BRANCH] = branch_print,
    };
    return printers[kind];
}
