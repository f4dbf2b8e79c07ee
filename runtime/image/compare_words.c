/* SPDX-License-Identifier: Apache-2.0
 *
 * See compare_words.h; here the words that clauses of all kinds share. */
#include "image/compare_words.h"

#include "base/text.h"
#include "image/citation.h"
#include "image/schema.h"

void gjr_say(const gjr_view *v, const char *en, const char *zh)
{
    gjb_buffer_add_string(v->out, v->lang == GJ_ZH ? zh : en);
}

void gjr_say_text(const gjr_view *v, uint32_t string)
{
    gjb_buffer_add_text(v->out, gjr_rows_text(v->rows, string));
}

/* Name and title stand first in their rows. */
void gjr_say_name(const gjr_view *v, gjr_table table, uint32_t row)
{
    if (row == GJR_NONE) {
        return;
    }
    gjr_words words = gjr_rows_words(v->rows, table);
    const uint32_t *strings = words.words + row * words.row_words;
    gjr_say_text(v, v->lang == GJ_ZH && strings[1] != GJR_NONE ? strings[1] : strings[0]);
}

void gjr_say_comma(const gjr_view *v, uint32_t index)
{
    gjr_say(v, index > 0 ? ", " : "", index > 0 ? "、" : "");
}

void gjr_say_expression(const gjr_view *v, uint32_t expression)
{
    if (expression != GJR_NONE) {
        gjr_say_text(v, v->rows->expressions[expression].text);
    }
}

void gjr_say_condition(const gjr_view *v, uint32_t expression)
{
    if (expression != GJR_NONE) {
        gjr_say(v, " when ", "，条件为 ");
        gjr_say_expression(v, expression);
    }
}

void gjr_say_amount(const gjr_view *v, uint32_t amount, uint32_t unit)
{
    static const char *const en[GJR_UNIT_COUNT] = {"workday", "day",  "hour",    "minute",
                                                   "month",   "year", "workhour"};
    static const char *const zh[GJR_UNIT_COUNT] = {"个工作日", "日", "小时",      "分钟",
                                                   "个月",     "年", "个工作小时"};
    gjb_buffer_add_int(v->out, amount);
    gjr_say(v, " ", "");
    gjr_say(v, en[unit], zh[unit]);
    gjr_say(v, amount == 1 ? "" : "s", "");
}

void gjr_say_times(const gjr_view *v, uint32_t times)
{
    gjb_buffer_add_int(v->out, times);
    gjr_say(v, times == 1 ? " time" : " times", "次");
}

void gjr_say_severity(const gjr_view *v, uint32_t severity)
{
    static const char *const en[GJR_SEVERITY_COUNT] = {"notice", "yellow", "red"};
    static const char *const zh[GJR_SEVERITY_COUNT] = {"提示", "黄牌", "红牌"};
    gjr_say(v, en[severity], zh[severity]);
}

void gjr_say_triggers(const gjr_view *v, uint32_t first, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const gjr_trigger *trigger = &v->rows->triggers[first + i];
        gjr_say(v, i > 0 ? " or " : "", i > 0 ? "或" : "");
        if (trigger->kind == GJR_TRIGGER_ENTERING || trigger->kind == GJR_TRIGGER_LEAVING) {
            bool enters = trigger->kind == GJR_TRIGGER_ENTERING;
            gjr_say(v, enters ? "entering " : "leaving ", enters ? "进入" : "离开");
        }
        gjr_say_name(v, (gjr_table)gjr_trigger_table(trigger), trigger->target);
        gjr_say_condition(v, trigger->when);
    }
}

/* As findings cite, article by article of one law. */
void gjr_say_basis(const gjr_view *v, uint32_t first, uint32_t count)
{
    gj_text law = {NULL, 0};
    for (uint32_t i = 0; i < count; i++) {
        const gjr_citation *row = &v->rows->citations[first + i];
        gj_citation pair[2] = {{.law = law},
                               {.law = gjr_rows_text(v->rows, row->law),
                                .title = gjr_rows_text(v->rows, row->title),
                                .article = gjr_rows_text(v->rows, row->article)}};
        gjr_say_comma(v, i);
        gjr_citation_print_after(v->out, v->lang, &pair[1], i > 0 ? &pair[0] : NULL);
        law = pair[1].law;
    }
}

void gjr_say_assignments(const gjr_view *v, uint32_t first, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const gjr_assignment *row = &v->rows->assignments[first + i];
        gjr_say_comma(v, i);
        gjr_say_name(v, GJR_TABLE_field, row->field);
        gjr_say(v, " = ", "记为 ");
        gjr_say_expression(v, row->value);
    }
}

/* ---- types ---- */

static void say_choices(const gjr_view *v, uint32_t enumeration)
{
    const gjr_enumeration *row = &v->rows->enumerations[enumeration];
    gjr_say(v, "one of { ", "取值 { ");
    for (uint32_t i = 0; i < row->members_count; i++) {
        const gjr_member *member = &v->rows->members[row->members_first + i];
        gj_text name = gjr_rows_text(v->rows, member->name);
        gj_text title = gjr_rows_text(v->rows, member->title);
        gjr_say_comma(v, i);
        gjb_buffer_add_text(v->out, name);
        if (!gjb_text_equal(name, title)) {
            gjr_say(v, " \"", " “");
            gjb_buffer_add_text(v->out, title);
            gjr_say(v, "\"", "”");
        }
    }
    gjr_say(v, " }", " }");
}

void gjr_say_type(const gjr_view *v, uint32_t type, uint32_t element, uint32_t enumeration,
                  uint32_t record)
{
    static const char *const zh[GJR_TYPE_COUNT] = {
        "", "是否", "数值", "金额", "日期", "时刻", "时长", "文本", "工作人员", "", "", ""};
    if (type == GJR_TYPE_LIST) {
        gjr_say(v, "list of ", "若干 ");
        type = element;
    }
    if (type == GJR_TYPE_ENUM) {
        say_choices(v, enumeration);
    } else if (type == GJR_TYPE_RECORD) {
        gjr_say_name(v, GJR_TABLE_record_type, record);
    } else {
        gjr_say(v, gjr_type_name(type), zh[type]);
    }
}

/* ---- other names ---- */

void gjr_say_aliases(const gjr_view *v, gjr_alias_of of, uint32_t row)
{
    uint32_t told = 0;
    for (uint32_t i = 0; i < v->rows->other_name_count; i++) {
        const gjr_other_name *other = &v->rows->other_names[i];
        if (other->of == (uint32_t)of && other->target == row) {
            gjr_say_comma(v, told++);
            gjr_say_text(v, other->text);
        }
    }
}
