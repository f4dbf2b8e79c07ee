/* SPDX-License-Identifier: Apache-2.0
 *
 * See clause.h; here a post's duties and the rules. Of the words for AFTER, BEFORE and their like
 * Chinese takes another in a rule (在 A 之后) than in a limit (逾5日). */
#include "format/clause.h"

#include "syntax/make.h"

#include "guiju.tab.h"

static void duration_inside(gjc_line *line, const gjc_node *node)
{
    const gjc_node *duration = gjc_node_find(node, GJC_DURATION);
    gjc_duration(line, duration);
    gjc_after_duration(line, duration, "内");
}

/* ---- a post's clauses ---- */

static void power_add(gjc_line *line, const gjc_node *node, int token)
{
    gjc_when_first(line, node);
    gjc_word(line, token);
    gjc_name_of(line, node);
    gjc_when_last(line, node);
    gjc_basis_part(line, node);
}

static void may_print(gjc_line *line, const gjc_node *node)
{
    power_add(line, node, GJC_TOK_MAY);
}

static void never_print(gjc_line *line, const gjc_node *node)
{
    power_add(line, node, GJC_TOK_NEVER);
}

/* The place or day before which it must be done; false where it is not said so. */
static bool must_before(gjc_line *line, const gjc_node *node)
{
    const gjc_node *date = gjc_node_find(node, GJC_BY_DATE);
    const gjc_node *least = gjc_node_find(node, GJC_AT_LEAST_BEFORE);
    const gjc_node *within = gjc_node_find(node, GJC_WITHIN_BEFORE);
    if (date != NULL)
        gjc_by_date_words(line, date);
    else if (least != NULL)
        gjc_at_least_before_words(line, least);
    else if (within != NULL)
        gjc_within_before_words(line, within);
    return date != NULL || least != NULL || within != NULL;
}

static void must_print_en(gjc_line *line, const gjc_node *node)
{
    const gjc_node *from = gjc_node_find(node, GJC_FROM);
    const gjc_node *within = gjc_node_find(node, GJC_WITHIN);
    gjc_word(line, GJC_TOK_MUST);
    gjc_name_of(line, node);
    must_before(line, node);
    if (from != NULL && within != NULL) {
        gjc_part(line, GJC_TOK_WITHIN);
        gjc_duration(line, gjc_node_find(within, GJC_DURATION));
        gjc_word(line, GJC_TOK_FROM);
        gjc_triggers(line, from);
    }
    gjc_when_last(line, node);
    gjc_basis_part(line, node);
}

static void must_print_zh(gjc_line *line, const gjc_node *node)
{
    const gjc_node *from = gjc_node_find(node, GJC_FROM);
    const gjc_node *within = gjc_node_find(node, GJC_WITHIN);
    bool placed = gjc_node_find(node, GJC_BY_DATE) != NULL ||
                  gjc_node_find(node, GJC_AT_LEAST_BEFORE) != NULL ||
                  gjc_node_find(node, GJC_WITHIN_BEFORE) != NULL;
    if (!placed)
        gjc_when_first(line, node);
    must_before(line, node);
    gjc_word(line, GJC_TOK_MUST);
    if (from != NULL && within != NULL) {
        gjc_word(line, GJC_TOK_FROM);
        gjc_triggers(line, from);
        gjc_word(line, GJC_TOK_SINCE);
        duration_inside(line, within);
    }
    gjc_name_of(line, node);
    if (placed)
        gjc_when_part(line, node);
    gjc_basis_part(line, node);
}

static void must_print(gjc_line *line, const gjc_node *node)
{
    if (line->lang == GJ_ZH)
        must_print_zh(line, node);
    else
        must_print_en(line, node);
}

/* ---- a rule's head, and its exceptions ---- */

static void rule_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *severity = gjc_node_find(node, GJC_SEVERITY);
    gjc_word(line, GJC_TOK_RULE);
    gjc_name_of(line, node);
    gjc_title(line, node);
    if (severity != NULL)
        gjc_word_severity(line, severity->value);
    gjc_basis_loose(line, node);
}

static void except_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_EXCEPT);
    gjc_when_words(line, gjc_node_find(node, GJC_WHEN));
    gjc_basis_part(line, node);
}

/* ---- rules ---- */

static void acts_add(gjc_line *line, const gjc_node *node)
{
    gjc_names_joined(line, gjc_node_find(node, GJC_ACTS));
}

/* on A require F when E · 当 E 时 办理 A 应当满足 F */
static void rule_require_print(gjc_line *line, const gjc_node *node)
{
    gjc_when_first(line, node);
    gjc_word(line, GJC_TOK_ON);
    gjc_name_of(line, node);
    gjc_word(line, GJC_TOK_REQUIRE);
    gjc_expression(line, gjc_node_find_expr(node));
    gjc_when_last(line, node);
}

static void rule_never_print(gjc_line *line, const gjc_node *node)
{
    gjc_when_first(line, node);
    gjc_word(line, GJC_TOK_NEVER);
    acts_add(line, node);
    gjc_when_last(line, node);
}

/* after A never C until D per F · 在 A 之后 D 之前 不得 C 按 F */
static void rule_after_never_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *from = gjc_node_find(node, GJC_FROM);
    const gjc_node *until = gjc_node_find(node, GJC_UNTIL);
    if (line->lang == GJ_ZH) {
        gjc_word_as(line, GJC_TOK_PLACE, "在");
        gjc_triggers(line, from);
        gjc_word_as(line, GJC_TOK_AFTER, "之后");
        if (until != NULL) {
            gjc_triggers(line, until);
            gjc_word_as(line, GJC_TOK_BEFORE, "之前");
        }
    } else {
        gjc_word(line, GJC_TOK_AFTER);
        gjc_triggers(line, from);
    }
    gjc_word(line, GJC_TOK_NEVER);
    acts_add(line, node);
    if (until != NULL && line->lang == GJ_EN) {
        gjc_word(line, GJC_TOK_UNTIL);
        gjc_triggers(line, until);
    }
    gjc_per_words(line, node);
}

/* between A and B never C · 在 A 和 B 之间 不得 C */
static void rule_between_never_print(gjc_line *line, const gjc_node *node)
{
    gjc_word_as(line, line->lang == GJ_ZH ? GJC_TOK_PLACE : GJC_TOK_BETWEEN, "在");
    gjc_triggers(line, gjc_node_find(node, GJC_FROM));
    gjc_word_as(line, GJC_TOK_AND, "和");
    gjc_triggers(line, gjc_node_find(node, GJC_TO));
    if (line->lang == GJ_ZH)
        gjc_word(line, GJC_TOK_IN_BETWEEN);
    gjc_word(line, GJC_TOK_NEVER);
    acts_add(line, node);
    gjc_per_words(line, node);
}

static void rule_not_both_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_NOT_BOTH);
    acts_add(line, node);
}

static void act_add(gjc_line *line, const gjc_node *act)
{
    gjc_name_of(line, act);
    gjc_when_beside(line, act);
}

/* every A followed by B within D · 每次 A 之后 D内 应当 B */
static void rule_followed_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *every = gjc_node_find(node, GJC_ACT);
    const gjc_node *within = gjc_node_find(node, GJC_WITHIN);
    gjc_word(line, GJC_TOK_EVERY);
    act_add(line, every);
    if (within != NULL && line->lang == GJ_ZH) {
        gjc_word_as(line, GJC_TOK_AFTER, "之后");
        duration_inside(line, within);
        gjc_word(line, GJC_TOK_MUST);
    } else {
        gjc_loose(line, GJC_TOK_FOLLOWED);
    }
    act_add(line, gjc_node_find_next(every));
    if (within != NULL && line->lang == GJ_EN) {
        gjc_part(line, GJC_TOK_WITHIN);
        gjc_duration(line, gjc_node_find(within, GJC_DURATION));
    }
}

/* every B preceded by A within D, at least D before */
static void preceded_add(gjc_line *line, const gjc_node *node)
{
    const gjc_node *within = gjc_node_find(node, GJC_WITHIN);
    const gjc_node *least = gjc_node_find(node, GJC_AT_LEAST);
    gjc_loose(line, GJC_TOK_PRECEDED);
    act_add(line, gjc_node_find_next(gjc_node_find(node, GJC_ACT)));
    if (within != NULL) {
        gjc_part(line, GJC_TOK_WITHIN);
        gjc_duration(line, gjc_node_find(within, GJC_DURATION));
        if (line->lang == GJ_ZH)
            gjc_after_duration(line, gjc_node_find(within, GJC_DURATION), "内");
    } else if (least != NULL) {
        gjc_word(line, GJC_TOK_AT_LEAST);
        gjc_duration(line, gjc_node_find(least, GJC_DURATION));
        gjc_word(line, GJC_TOK_BEFORE);
    }
}

/* 每次 B 之前 至少 D 应当 A, which has no place for a condition of A. */
static void rule_preceded_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *every = gjc_node_find(node, GJC_ACT);
    const gjc_node *other = gjc_node_find_next(every);
    const gjc_node *within = gjc_node_find(node, GJC_WITHIN);
    const gjc_node *least = gjc_node_find(node, GJC_AT_LEAST);
    bool conditional = gjc_node_find(other, GJC_WHEN) != NULL;
    gjc_word(line, GJC_TOK_EVERY);
    act_add(line, every);
    if (line->lang == GJ_EN || conditional || (within == NULL && least == NULL)) {
        preceded_add(line, node);
        return;
    }
    gjc_word_as(line, GJC_TOK_BEFORE, "之前");
    if (within != NULL) {
        duration_inside(line, within);
    } else {
        gjc_word(line, GJC_TOK_AT_LEAST);
        gjc_duration(line, gjc_node_find(least, GJC_DURATION));
    }
    gjc_word(line, GJC_TOK_MUST);
    gjc_name_of(line, other);
}

static void rule_count_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_COUNT);
    gjc_name_of(line, node);
    gjc_word(line, node->value == GJC_BOUND_AT_MOST    ? GJC_TOK_AT_MOST
                   : node->value == GJC_BOUND_AT_LEAST ? GJC_TOK_AT_LEAST
                                                       : GJC_TOK_EXACTLY);
    gjc_times(line, node->value2);
    gjc_per_words(line, node);
}

/* separate A, B by officers · A 和 B 不得由同一人办理 */
static void officers_add(gjc_line *line, const gjc_node *node, int en, int zh)
{
    if (line->lang == GJ_EN)
        gjc_word(line, en);
    acts_add(line, node);
    gjc_word(line, line->lang == GJ_ZH ? zh : GJC_TOK_BY_OFFICERS);
}

static void rule_separate_print(gjc_line *line, const gjc_node *node)
{
    officers_add(line, node, GJC_TOK_SEPARATE, GJC_TOK_SEPARATE_ZH);
}

/* separate posts P, Q by officers · 岗位 P 和 Q 不得由同一人担任 */
static void rule_separate_posts_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *by = gjc_node_find(node, GJC_BY);
    if (line->lang == GJ_ZH) {
        gjc_word(line, GJC_TOK_POST);
        gjc_names_joined(line, by);
        gjc_word(line, GJC_TOK_SEPARATE_POSTS_ZH);
        return;
    }
    gjc_word(line, GJC_TOK_SEPARATE);
    gjc_word(line, GJC_TOK_POSTS);
    gjc_names(line, by);
    gjc_word(line, GJC_TOK_BY_OFFICERS);
}

static void rule_join_print(gjc_line *line, const gjc_node *node)
{
    officers_add(line, node, GJC_TOK_JOIN, GJC_TOK_JOIN_ZH);
}

gjc_printer *gjc_rule_printer(gjc_kind kind)
{
    static gjc_printer *const printers[GJC_KIND_COUNT] = {
        [GJC_MAY] = may_print,
        [GJC_MUST] = must_print,
        [GJC_NEVER] = never_print,
        [GJC_RULE] = rule_print,
        [GJC_EXCEPT] = except_print,
        [GJC_RULE_REQUIRE] = rule_require_print,
        [GJC_RULE_NEVER] = rule_never_print,
        [GJC_RULE_AFTER_NEVER] = rule_after_never_print,
        [GJC_RULE_BETWEEN_NEVER] = rule_between_never_print,
        [GJC_RULE_NOT_BOTH] = rule_not_both_print,
        [GJC_RULE_FOLLOWED] = rule_followed_print,
        [GJC_RULE_PRECEDED] = rule_preceded_print,
        [GJC_RULE_COUNT] = rule_count_print,
        [GJC_RULE_SEPARATE] = rule_separate_print,
        [GJC_RULE_JOIN] = rule_join_print,
        [GJC_RULE_SEPARATE_POSTS] = rule_separate_posts_print,
    };
    return printers[kind];
}
