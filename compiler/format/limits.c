/* SPDX-License-Identifier: Apache-2.0
 *
 * See clause.h; here the clauses of a limit. FROM, TO and WITHIN may stand on one line, and then
 * the three nodes make one clause: the first finds the others behind it, on its own line. */
#include "format/clause.h"

#include "syntax/make.h"

#include "guiju.tab.h"

static void limit_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_LIMIT);
    gjc_name_of(line, node);
    gjc_title(line, node);
    if (gjc_node_find(node, GJC_STATUTORY) != NULL)
        gjc_word(line, GJC_TOK_STATUTORY);
    else if (gjc_node_find(node, GJC_PROMISED) != NULL)
        gjc_word(line, GJC_TOK_PROMISED);
}

static const gjc_node *duration_of(const gjc_node *node)
{
    return gjc_node_find(node, GJC_DURATION);
}

static const gjc_node *trigger_of(const gjc_node *node)
{
    return gjc_node_find(node, GJC_TRIGGER);
}

/* `when E basis B` in English; in Chinese the basis, the condition having gone before. */
static void condition_last(gjc_line *line, const gjc_node *node)
{
    gjc_when_last(line, node);
    gjc_basis_part(line, node);
}

/* The same where Chinese too has the condition at the end. */
static void condition_part(gjc_line *line, const gjc_node *node)
{
    gjc_when_part(line, node);
    gjc_basis_part(line, node);
}

/* ---- from, to and within, on one line or several ---- */

/* The sibling of the kind on the same line: no newline token stands between the two. */
static const gjc_node *beside(const gjc_line *line, const gjc_node *node, gjc_kind kind)
{
    const gjc_node *next = node->next;
    if (next == NULL || next->kind != kind)
        return NULL;
    for (size_t i = gjc_sheet_first(line->sheet, next); i > 0; i--) {
        const gjc_token *token = gjc_sheet_token(line->sheet, i - 1);
        if (token->span.begin < node->span.end)
            break;
        if (token->kind == GJC_TOK_NL)
            return NULL;
    }
    return next;
}

static bool has_condition(const gjc_node *node)
{
    const gjc_node *trigger = trigger_of(node);
    for (; trigger != NULL; trigger = gjc_node_find_next(trigger))
        if (gjc_node_find(trigger, GJC_WHEN) != NULL)
            return true;
    return false;
}

static void from_words(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_FROM);
    gjc_triggers(line, node);
    if (line->lang == GJ_ZH)
        gjc_word(line, GJC_TOK_SINCE);
}

static void to_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_TO);
    gjc_triggers(line, node);
    if (line->lang == GJ_ZH)
        gjc_word(line, GJC_TOK_UNTIL_END);
}

/* 自 A 起 D内 应当 B 或 C */
static void duty_line_add(gjc_line *line, const gjc_node *from, const gjc_node *to,
                          const gjc_node *within)
{
    gjc_when_first(line, within);
    from_words(line, from);
    gjc_duration(line, duration_of(within));
    gjc_after_duration(line, duration_of(within), "内");
    gjc_word(line, GJC_TOK_MUST);
    gjc_triggers(line, to);
    gjc_basis_part(line, within);
}

/* from A to B within D; and 自 A 起 至 B 止，限 D内 where B has a condition, which 应当 cannot
 * take. */
static void span_line_add(gjc_line *line, const gjc_node *from, const gjc_node *to,
                          const gjc_node *within)
{
    from_words(line, from);
    to_print(line, to);
    if (within == NULL)
        return;
    gjc_part(line, GJC_TOK_WITHIN);
    gjc_duration(line, duration_of(within));
    if (line->lang == GJ_ZH)
        gjc_after_duration(line, duration_of(within), "内");
    condition_part(line, within);
}

static void from_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *to = beside(line, node, GJC_TO);
    const gjc_node *within = to != NULL ? beside(line, to, GJC_WITHIN) : NULL;
    if (to == NULL)
        from_words(line, node);
    else if (within != NULL && line->lang == GJ_ZH && !has_condition(to))
        duty_line_add(line, node, to, within);
    else
        span_line_add(line, node, to, within);
}

static void within_print(gjc_line *line, const gjc_node *node)
{
    gjc_when_first(line, node);
    gjc_within_words(line, node);
    condition_last(line, node);
}

/* ---- other spans ---- */

/* from D to D · 限 D 至 D */
static void within_range_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *least = duration_of(node);
    gjc_word(line, line->lang == GJ_ZH ? GJC_TOK_WITHIN : GJC_TOK_FROM);
    gjc_duration(line, least);
    gjc_word(line, GJC_TOK_TO);
    gjc_duration(line, gjc_node_find_next(least));
    condition_part(line, node);
}

static void at_least_print(gjc_line *line, const gjc_node *node)
{
    gjc_when_first(line, node);
    gjc_word(line, GJC_TOK_AT_LEAST);
    gjc_duration(line, duration_of(node));
    condition_last(line, node);
}

void gjc_at_least_before_words(gjc_line *line, const gjc_node *node)
{
    if (line->lang == GJ_ZH) {
        gjc_word(line, GJC_TOK_PLACE);
        gjc_trigger(line, trigger_of(node));
    }
    gjc_word(line, GJC_TOK_AT_LEAST);
    gjc_duration(line, duration_of(node));
    if (line->lang == GJ_ZH) {
        gjc_after_duration(line, duration_of(node), "前");
    } else {
        gjc_word(line, GJC_TOK_BEFORE);
        gjc_trigger(line, trigger_of(node));
    }
}

void gjc_within_before_words(gjc_line *line, const gjc_node *node)
{
    if (line->lang == GJ_ZH) {
        gjc_word(line, GJC_TOK_PLACE);
        gjc_trigger(line, trigger_of(node));
        gjc_word(line, GJC_TOK_BEFORE);
        gjc_duration(line, duration_of(node));
        gjc_after_duration(line, duration_of(node), "内");
    } else {
        gjc_word(line, GJC_TOK_WITHIN);
        gjc_duration(line, duration_of(node));
        gjc_word(line, GJC_TOK_BEFORE);
        gjc_trigger(line, trigger_of(node));
    }
}

void gjc_by_date_words(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, line->lang == GJ_ZH ? GJC_TOK_UNTIL_BY : GJC_TOK_BY);
    gjc_path(line, gjc_node_find(node, GJC_PATH));
}

static void at_least_before_print(gjc_line *line, const gjc_node *node)
{
    gjc_when_first(line, node);
    gjc_at_least_before_words(line, node);
    condition_last(line, node);
}

static void within_before_print(gjc_line *line, const gjc_node *node)
{
    gjc_when_first(line, node);
    gjc_within_before_words(line, node);
    condition_last(line, node);
}

static void by_date_print(gjc_line *line, const gjc_node *node)
{
    gjc_by_date_words(line, node);
    condition_part(line, node);
}

/* ---- what changes a span ---- */

/* `at most D`, and `notified by N within D` · 并应当 D内 N */
static void grant_parts(gjc_line *line, const gjc_node *node)
{
    const gjc_node *most = gjc_node_find(node, GJC_AT_MOST_FOR);
    const gjc_node *notified = gjc_node_find(node, GJC_NOTIFIED);
    const gjc_node *duration = duration_of(notified);
    gjc_at_most_times_part(line, node);
    if (most != NULL) {
        gjc_part(line, GJC_TOK_AT_MOST);
        gjc_duration(line, duration_of(most));
    }
    if (notified != NULL) {
        gjc_part(line, GJC_TOK_NOTIFIED);
        if (duration != NULL && line->lang == GJ_ZH) {
            gjc_duration(line, duration);
            gjc_after_duration(line, duration, "内");
        }
        gjc_name_of(line, notified);
        if (duration != NULL && line->lang == GJ_EN) {
            gjc_part(line, GJC_TOK_WITHIN);
            gjc_duration(line, duration);
        }
    }
    gjc_basis_part(line, node);
}

/* extended D by A · 经 A 可以延长 D */
static void extended_print(gjc_line *line, const gjc_node *node)
{
    gjc_when_first(line, node);
    if (line->lang == GJ_ZH) {
        gjc_word(line, GJC_TOK_VIA);
        gjc_triggers(line, node);
        gjc_word(line, GJC_TOK_EXTENDED);
        gjc_duration(line, duration_of(node));
    } else {
        gjc_word(line, GJC_TOK_EXTENDED);
        gjc_duration(line, duration_of(node));
        gjc_part(line, GJC_TOK_BY);
        gjc_triggers(line, node);
    }
    gjc_when_last(line, node);
    grant_parts(line, node);
}

/* Stages, joined by the words that were written. */
static void stops_add(gjc_line *line, const gjc_node *node)
{
    const gjc_node *first = gjc_node_find(node, GJC_PATH);
    for (const gjc_node *path = first; path != NULL; path = gjc_node_find_next(path)) {
        int joint = path != first ? gjc_sheet_before(line->sheet, path, 1) : 0;
        if (joint == GJC_TOK_AND || joint == GJC_TOK_OR) {
            gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_LIST);
            gjc_word(line, joint);
        } else if (joint != 0) {
            gjc_line_comma(line);
        }
        gjc_path(line, path);
    }
}

static void not_counting_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *from = gjc_node_find(node, GJC_FROM);
    const gjc_node *to = gjc_node_find(node, GJC_TO);
    if (from == NULL)
        gjc_when_first(line, node);
    gjc_word(line, GJC_TOK_NOT_COUNTING);
    if (from != NULL && to != NULL) {
        gjc_word(line, GJC_TOK_FROM);
        gjc_triggers(line, from);
        gjc_word(line, GJC_TOK_TO);
        gjc_triggers(line, to);
    } else {
        stops_add(line, node);
    }
    if (line->lang == GJ_ZH)
        gjc_word(line, GJC_TOK_TAKEN);
    if (from != NULL)
        gjc_when_part(line, node);
    else
        gjc_when_last(line, node);
    grant_parts(line, node);
}

/* restarts by A · 自 A 起 重新计算 */
static void restarts_print(gjc_line *line, const gjc_node *node)
{
    if (line->lang == GJ_ZH) {
        from_words(line, node);
        gjc_word(line, GJC_TOK_RESTARTS);
    } else {
        gjc_word(line, GJC_TOK_RESTARTS);
        gjc_triggers(line, node);
    }
}

static void per_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *most = gjc_node_find(node, GJC_AT_MOST_OPEN);
    gjc_word(line, GJC_TOK_PER);
    gjc_paths(line, node);
    if (most == NULL)
        return;
    gjc_loose(line, GJC_TOK_AT_MOST);
    gjc_whole(line, most->value);
    if (line->lang == GJ_ZH) {
        gjc_line_glue(line);
        gjc_line_add_string(line, "件");
    }
    gjc_word(line, GJC_TOK_OPEN);
}

/* ---- the ladder ---- */

static void rung_before_print(gjc_line *line, const gjc_node *node)
{
    gjc_word_severity(line, node->value);
    gjc_word_as(line, GJC_TOK_BEFORE, "到期前");
    gjc_duration(line, duration_of(node));
}

static void rung_at_print(gjc_line *line, const gjc_node *node)
{
    gjc_word_severity(line, node->value);
    gjc_word(line, GJC_TOK_AT);
    gjc_percent(line, node->value2);
}

void gjc_overdue_words(gjc_line *line, const gjc_node *duration)
{
    gjc_word_as(line, GJC_TOK_OVERDUE, duration != NULL ? "逾期超过" : NULL);
    if (duration != NULL)
        gjc_duration(line, duration);
}

static void rung_overdue_print(gjc_line *line, const gjc_node *node)
{
    gjc_word_severity(line, node->value);
    gjc_overdue_words(line, duration_of(node));
}

/* ---- single words ---- */

static void expires_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_EXPIRES);
    gjc_law_parts(line, node);
}

static void duty_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_DUTY);
    gjc_duty_words(line, node);
}

static void close_of_business_print(gjc_line *line, const gjc_node *node)
{
    (void)node;
    gjc_word(line, GJC_TOK_CLOSE_OF_BUSINESS);
}

static void rolls_print(gjc_line *line, const gjc_node *node)
{
    (void)node;
    gjc_word(line, GJC_TOK_ROLLS);
}

static void does_not_roll_print(gjc_line *line, const gjc_node *node)
{
    (void)node;
    gjc_word(line, GJC_TOK_DOES_NOT_ROLL);
}

gjc_printer *gjc_limit_printer(gjc_kind kind)
{
    static gjc_printer *const printers[GJC_KIND_COUNT] = {
        [GJC_LIMIT] = limit_print,
        [GJC_FROM] = from_print,
        [GJC_TO] = to_print,
        [GJC_WITHIN] = within_print,
        [GJC_WITHIN_RANGE] = within_range_print,
        [GJC_AT_LEAST] = at_least_print,
        [GJC_AT_LEAST_BEFORE] = at_least_before_print,
        [GJC_WITHIN_BEFORE] = within_before_print,
        [GJC_BY_DATE] = by_date_print,
        [GJC_EXTENDED] = extended_print,
        [GJC_NOT_COUNTING] = not_counting_print,
        [GJC_RESTARTS] = restarts_print,
        [GJC_PER] = per_print,
        [GJC_RUNG_BEFORE] = rung_before_print,
        [GJC_RUNG_AT] = rung_at_print,
        [GJC_RUNG_OVERDUE] = rung_overdue_print,
        [GJC_EXPIRES] = expires_print,
        [GJC_DUTY] = duty_print,
        [GJC_CLOSE_OF_BUSINESS] = close_of_business_print,
        [GJC_ROLLS] = rolls_print,
        [GJC_DOES_NOT_ROLL] = does_not_roll_print,
    };
    return printers[kind];
}
