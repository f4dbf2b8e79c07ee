/* SPDX-License-Identifier: Apache-2.0
 *
 * See clause.h; here what looks beyond one case (watches, cards, scorecards) and scenarios. */
#include "format/clause.h"

#include "syntax/make.h"

#include "guiju.tab.h"

static void codes_or_severity(gjc_line *line, const gjc_node *node)
{
    const gjc_node *severity = gjc_node_find(node, GJC_SEVERITY);
    const gjc_node *code = gjc_node_find(node, GJC_CODE);
    if (severity != NULL)
        gjc_word_severity(line, severity->value);
    else if (code != NULL)
        gjc_word_code(line, code);
}

/* ---- watches ---- */

static void watch_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *severity = gjc_node_find(node, GJC_SEVERITY);
    gjc_word(line, GJC_TOK_WATCH);
    gjc_name_of(line, node);
    gjc_title(line, node);
    if (severity != NULL)
        gjc_word_severity(line, severity->value);
    gjc_basis_loose(line, node);
}

static void over_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_OVER);
    gjc_paths(line, gjc_node_find(node, GJC_ACTS_PATHS));
    gjc_word_as(line, GJC_TOK_IN, "见于");
    gjc_paths(line, gjc_node_find(node, GJC_IN));
    gjc_when_beside(line, node);
}

/* A line of its own, where 时 would lead to nothing. */
static void when_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_WHEN);
    gjc_expression(line, node->first);
}

/* ---- cards and scorecards ---- */

static void cards_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_CARDS);
    gjc_name_of(line, node);
    gjc_title(line, node);
    gjc_word(line, GJC_TOK_FOR);
    gjc_paths(line, gjc_node_find(node, GJC_FOR));
}

static void card_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *overdue = gjc_node_find(node, GJC_OVERDUE);
    gjc_word_code(line, gjc_node_find(node, GJC_CODE));
    if (gjc_node_find(node, GJC_STATUTORY) != NULL)
        gjc_word(line, GJC_TOK_STATUTORY);
    else if (gjc_node_find(node, GJC_PROMISED) != NULL)
        gjc_word(line, GJC_TOK_PROMISED);
    gjc_name_of(line, node);
    gjc_word_severity(line, gjc_node_find(node, GJC_SEVERITY)->value);
    if (overdue != NULL)
        gjc_overdue_words(line, overdue->first);
}

/* A key is a field's name, or the keyword for departments or posts, which the tree has as a name.
 */
static void score_keys_add(gjc_line *line, const gjc_node *per)
{
    for (const gjc_node *key = per->first; key != NULL; key = key->next) {
        int kind = gjc_sheet_token(line->sheet, gjc_sheet_first(line->sheet, key))->kind;
        if (key != per->first)
            gjc_line_comma(line);
        if (kind == GJC_TOK_DEPARTMENT || kind == GJC_TOK_POST)
            gjc_word(line, kind);
        else
            gjc_line_name(line, key);
    }
}

static void scorecard_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_SCORECARD);
    gjc_name_of(line, node);
    gjc_title(line, node);
    gjc_word(line, GJC_TOK_PER);
    score_keys_add(line, gjc_node_find(node, GJC_SCORE_PER));
    gjc_word_valued(line, GJC_TOK_PERIOD, node->value);
}

static void score_start_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_START);
    gjc_counted(line, gjc_node_find_expr(node), NULL);
}

/* minus 2 at most 20 · 扣 2分 最多 20分 */
static void points_add(gjc_line *line, const gjc_node *node)
{
    const gjc_node *cap = gjc_node_find(node, GJC_SCORE_CAP);
    gjc_word(line, node->value < 0 ? GJC_TOK_MINUS : GJC_TOK_PLUS);
    gjc_counted(line, gjc_node_find(node, GJC_EXPR_NUMBER), "分");
    if (cap != NULL) {
        gjc_loose(line, GJC_TOK_AT_MOST);
        gjc_counted(line, cap->first, "分");
    }
}

static void score_each_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_EACH);
    codes_or_severity(line, node);
    points_add(line, node);
}

static void score_when_print(gjc_line *line, const gjc_node *node)
{
    gjc_when_words(line, gjc_node_find(node, GJC_WHEN));
    points_add(line, node);
}

static void grade_add(gjc_line *line, const gjc_node *grade)
{
    const gjc_node *from = gjc_node_find(grade, GJC_EXPR_NUMBER);
    gjc_name_of(line, grade);
    if (from == NULL) {
        gjc_word(line, GJC_TOK_BELOW);
        return;
    }
    if (line->lang == GJ_EN)
        gjc_word(line, GJC_TOK_FROM);
    gjc_counted(line, from, NULL);
    if (line->lang == GJ_ZH) {
        gjc_line_glue(line);
        gjc_word(line, GJC_TOK_FROM_GRADE);
    }
}

/* Those that stand on one line are several nodes. */
static void grades_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_GRADE);
    grade_add(line, node);
    for (node = node->next; node != NULL && node->kind == GJC_GRADE; node = node->next) {
        if (gjc_sheet_before(line->sheet, node, 1) != ',')
            break;
        gjc_line_comma(line);
        grade_add(line, node);
    }
}

static void handle_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_HANDLE);
    codes_or_severity(line, node);
    gjc_word(line, GJC_TOK_BY);
    gjc_path(line, gjc_node_find(node, GJC_PATH));
}

/* ---- scenarios ---- */

static void scenario_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_SCENARIO);
    gjc_text_of(line, gjc_node_find(node, GJC_TITLE));
    gjc_word(line, GJC_TOK_FOR);
    gjc_paths(line, gjc_node_find(node, GJC_FOR));
}

static void step_clock_print(gjc_line *line, const gjc_node *node)
{
    gjc_moment(line, node->first);
}

/* The text among the node's tokens, as it was written. */
static void string_within(gjc_line *line, const gjc_node *node)
{
    size_t after = gjc_sheet_after(line->sheet, node);
    for (size_t i = gjc_sheet_first(line->sheet, node); i < after; i++) {
        const gjc_token *token = gjc_sheet_token(line->sheet, i);
        if (token->kind == GJC_TOK_STRING)
            gjc_line_add(line, gjc_sheet_text(line->sheet, token->span));
    }
}

static void by_actor_add(gjc_line *line, const gjc_node *node)
{
    const gjc_node *actor = gjc_node_find(gjc_node_find(node, GJC_BY), GJC_ACTOR);
    if (actor == NULL)
        return;
    gjc_word(line, GJC_TOK_BY);
    gjc_post_of(line, actor);
    if (actor->text.bytes != NULL) {
        gjc_line_glue(line);
        gjc_line_open(line, "(");
        string_within(line, actor);
        gjc_line_close(line, ")");
    }
}

static void act_parts(gjc_line *line, const gjc_node *node)
{
    const gjc_node *payload = gjc_node_find(node, GJC_PAYLOAD);
    const gjc_node *with = gjc_node_find(node, GJC_WITH);
    const gjc_node *in = gjc_node_find(node, GJC_IN);
    const gjc_node *recorded = gjc_node_find(node, GJC_RECORDED);
    const gjc_node *label = gjc_node_find(node, GJC_LABEL);
    if (payload != NULL)
        gjc_payload(line, payload);
    if (with != NULL) {
        gjc_word(line, GJC_TOK_WITH);
        gjc_names(line, with);
    }
    if (in != NULL) {
        gjc_word_as(line, GJC_TOK_IN, "见于");
        gjc_path(line, in->first);
    }
    if (recorded != NULL) {
        gjc_word(line, GJC_TOK_RECORDED);
        gjc_moment(line, recorded->first);
    }
    if (label != NULL) {
        gjc_word(line, GJC_TOK_AS);
        gjc_name_of(line, label);
    }
}

static void moment_of(gjc_line *line, const gjc_node *node)
{
    const gjc_node *moment = gjc_node_find(node, GJC_MOMENT);
    if (moment != NULL)
        gjc_moment(line, moment);
}

static void act_add(gjc_line *line, const gjc_node *node)
{
    if (line->lang == GJ_ZH)
        by_actor_add(line, node);
    gjc_name_of(line, node);
    if (line->lang == GJ_EN)
        by_actor_add(line, node);
    act_parts(line, node);
}

static void step_act_print(gjc_line *line, const gjc_node *node)
{
    moment_of(line, node);
    act_add(line, node);
}

static void step_try_print(gjc_line *line, const gjc_node *node)
{
    moment_of(line, node);
    gjc_word(line, GJC_TOK_TRY);
    if (node->value != GJC_TRY_ACT) {
        gjc_word(line, node->value == GJC_TRY_CORRECT ? GJC_TOK_CORRECT : GJC_TOK_RETRACT);
        gjc_name_of(line, node);
        act_parts(line, node);
    } else {
        act_add(line, node);
    }
}

static void step_correct_print(gjc_line *line, const gjc_node *node)
{
    moment_of(line, node);
    gjc_word(line, GJC_TOK_CORRECT);
    gjc_name_of(line, node);
    act_parts(line, node);
}

static void step_retract_print(gjc_line *line, const gjc_node *node)
{
    moment_of(line, node);
    gjc_word(line, GJC_TOK_RETRACT);
    gjc_name_of(line, node);
}

static void expect_stage_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_EXPECT);
    gjc_word(line, GJC_TOK_STAGE);
    gjc_name_of(line, node);
}

static void expect_finding_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *path = gjc_node_find(node, GJC_PATH);
    const gjc_node *severity = gjc_node_find(node, GJC_SEVERITY);
    gjc_word(line, GJC_TOK_EXPECT);
    gjc_word_code(line, gjc_node_find(node, GJC_CODE));
    if (path != NULL)
        gjc_path(line, path);
    if (node->text.bytes != NULL) {
        gjc_word(line, GJC_TOK_FOR);
        string_within(line, node);
    }
    if (severity != NULL)
        gjc_word_severity(line, severity->value);
}

static void expect_none_print(gjc_line *line, const gjc_node *node)
{
    (void)node;
    gjc_word(line, GJC_TOK_EXPECT);
    gjc_word(line, GJC_TOK_NO_DEVIATIONS);
}

static void expect_due_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *date = gjc_node_find(node, GJC_EXPR_DATE);
    gjc_word(line, GJC_TOK_EXPECT);
    gjc_word(line, GJC_TOK_DUE);
    gjc_path(line, gjc_node_find(node, GJC_PATH));
    if (date != NULL)
        gjc_date(line, date->value);
    else
        moment_of(line, node);
}

static void expect_refused_print(gjc_line *line, const gjc_node *node)
{
    (void)node;
    gjc_word(line, GJC_TOK_EXPECT);
    gjc_word(line, GJC_TOK_REFUSED);
}

gjc_printer *gjc_beyond_printer(gjc_kind kind)
{
    static gjc_printer *const printers[GJC_KIND_COUNT] = {
        [GJC_WATCH] = watch_print,
        [GJC_OVER] = over_print,
        [GJC_WHEN] = when_print,
        [GJC_CARDS] = cards_print,
        [GJC_CARD] = card_print,
        [GJC_SCORECARD] = scorecard_print,
        [GJC_SCORE_START] = score_start_print,
        [GJC_SCORE_EACH] = score_each_print,
        [GJC_SCORE_WHEN] = score_when_print,
        [GJC_GRADE] = grades_print,
        [GJC_HANDLE] = handle_print,
        [GJC_SCENARIO] = scenario_print,
        [GJC_STEP_CLOCK] = step_clock_print,
        [GJC_STEP_ACT] = step_act_print,
        [GJC_STEP_TRY] = step_try_print,
        [GJC_STEP_CORRECT] = step_correct_print,
        [GJC_STEP_RETRACT] = step_retract_print,
        [GJC_EXPECT_STAGE] = expect_stage_print,
        [GJC_EXPECT_FINDING] = expect_finding_print,
        [GJC_EXPECT_NONE] = expect_none_print,
        [GJC_EXPECT_DUE] = expect_due_print,
        [GJC_EXPECT_REFUSED] = expect_refused_print,
    };
    return printers[kind];
}
