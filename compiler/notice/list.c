/* SPDX-License-Identifier: Apache-2.0
 *
 * See list.h. A cursor over the text; objects and lists that are passed over are skipped by a count
 * of brackets, so nothing recurses. */
#include "notice/list.h"
#include "base/text.h"
#include "notice/festivals.h"

#include <string.h>

enum { LIST_DEPTH_MAX = 64 };

typedef struct cursor {
    gj_text text;
    uint32_t source;
    size_t at;
    gjc_diag_list *diags;
    bool failed;
} cursor;

typedef struct listed_day {
    gj_text name;
    gj_day day;
    bool has_day, has_class, is_off;
    gjc_span span;
} listed_day;

bool gjc_list_is(gj_text text)
{
    size_t at = 0;
    while (at < text.size && strchr(" \t\r\n", text.bytes[at]) != NULL) {
        at++;
    }
    return at < text.size && text.bytes[at] == '{';
}

static void fail(cursor *c, const char *en, const char *zh)
{
    if (!c->failed) {
        size_t end = c->at < c->text.size ? c->at + 1 : c->at;
        gjc_diag_add(c->diags, GJC_E0821, (gjc_span){c->source, (uint32_t)c->at, (uint32_t)end},
                     gjc_arg_words(en, zh), gjc_arg_none());
    }
    c->failed = true;
}

static char peek(cursor *c)
{
    while (c->at < c->text.size && strchr(" \t\r\n", c->text.bytes[c->at]) != NULL) {
        c->at++;
    }
    return c->at < c->text.size ? c->text.bytes[c->at] : '\0';
}

static bool take(cursor *c, char mark)
{
    bool sees = peek(c) == mark && c->at < c->text.size;
    c->at += sees ? 1 : 0;
    return sees;
}

/* A string without its quotes, as it stands: what a name or date escapes is not read. */
static gj_text string_take(cursor *c)
{
    if (!take(c, '"')) {
        fail(c, "a string", "字符串");
        return (gj_text){0};
    }
    size_t begin = c->at;
    while (c->at < c->text.size && c->text.bytes[c->at] != '"') {
        c->at += c->text.bytes[c->at] == '\\' && c->at + 1 < c->text.size ? 2 : 1;
    }
    gj_text string = gjb_text_slice(c->text, begin, c->at);
    if (!take(c, '"')) {
        fail(c, "a closing quote", "右引号");
    }
    return string.size > 0 ? string : (gj_text){"", 0};
}

static void scalar_pass(cursor *c)
{
    size_t begin = c->at;
    while (c->at < c->text.size && strchr(" \t\r\n,]}:[{\"", c->text.bytes[c->at]) == NULL) {
        c->at++;
    }
    if (c->at == begin) {
        fail(c, "a value", "值");
    }
}

/* Any value, however it is nested. */
static void value_pass(cursor *c)
{
    size_t depth = 0;
    do {
        char mark = peek(c);
        if (mark == '{' || mark == '[') {
            depth++;
            c->at++;
        } else if ((mark == '}' || mark == ']') && depth > 0) {
            depth--;
            c->at++;
        } else if ((mark == ',' || mark == ':') && depth > 0) {
            c->at++;
        } else if (mark == '"') {
            string_take(c);
        } else {
            scalar_pass(c);
        }
        if (depth > LIST_DEPTH_MAX) {
            fail(c, "a value nested less deeply", "嵌套较浅的值");
        }
    } while (depth > 0 && !c->failed);
}

static bool number_take(cursor *c, int32_t *number)
{
    *number = 0;
    for (peek(c); c->at < c->text.size && *number < 100000; c->at++) {
        char digit = c->text.bytes[c->at];
        if (digit < '0' || digit > '9') {
            break;
        }
        *number = *number * 10 + (digit - '0');
    }
    return *number >= GJR_CALENDAR_YEAR_FIRST && *number <= GJR_CALENDAR_YEAR_LAST;
}

static bool bool_take(cursor *c, bool *truth)
{
    gj_text rest = gjb_text_slice(c->text, c->at, c->text.size);
    *truth = rest.size >= 4 && memcmp(rest.bytes, "true", 4) == 0;
    bool is_false = rest.size >= 5 && memcmp(rest.bytes, "false", 5) == 0;
    c->at += *truth ? 4 : is_false ? 5 : 0;
    return *truth || is_false;
}

/* A key and its colon; false at the object's end, which is taken. */
static bool key_take(cursor *c, bool first, gj_text *key)
{
    if (c->failed || take(c, '}')) {
        return false;
    }
    if (!first && !take(c, ',')) {
        fail(c, "a comma", "逗号");
        return false;
    }
    *key = string_take(c);
    if (!c->failed && !take(c, ':')) {
        fail(c, "a colon", "冒号");
    }
    return !c->failed;
}

static void member_take(cursor *c, gj_text key, listed_day *day)
{
    peek(c);
    if (gjb_text_equal_string(key, "name")) {
        day->name = string_take(c);
    } else if (gjb_text_equal_string(key, "date")) {
        size_t begin = c->at + 1;
        day->has_day = gjr_civil_parse(string_take(c), &day->day);
        day->span = (gjc_span){c->source, (uint32_t)begin, (uint32_t)(c->at - (c->at > begin))};
        if (!day->has_day) {
            gjc_diag_add(c->diags, GJC_E0816, day->span,
                         gjc_arg_text(gjb_text_slice(c->text, day->span.begin, day->span.end)),
                         gjc_arg_none());
            c->failed = true;
        }
    } else if (gjb_text_equal_string(key, "isOffDay")) {
        day->has_class = bool_take(c, &day->is_off);
        if (!day->has_class) {
            fail(c, "true or false", "true 或 false");
        }
    } else {
        value_pass(c);
    }
}

static void day_say(gjc_facts *facts, const gjc_notice_source *source, const listed_day *day)
{
    if (!gjc_facts_is_near(facts, source, day->day, day->span)) {
        return;
    }
    gjc_facts_note_year(facts, source, day->day, day->span);
    bool is_festival = day->is_off && gjc_festival_of(day->day) != NULL;
    gjr_day_class class = is_festival ? GJR_DAY_HOLIDAY : day->is_off ? GJR_DAY_OFF : GJR_DAY_ON;
    gjc_facts_say(facts, source, day->day, class, gjc_facts_name(day->name), day->span);
}

static void day_take(cursor *c, gjc_facts *facts, const gjc_notice_source *source)
{
    listed_day day = {.day = 0};
    gj_text key;
    if (!take(c, '{')) {
        fail(c, "an object", "对象");
    }
    for (bool first = true; key_take(c, first, &key); first = false) {
        member_take(c, key, &day);
    }
    if (!c->failed && (!day.has_day || !day.has_class)) {
        fail(c, "a date and isOffDay", "date 和 isOffDay");
    }
    if (!c->failed) {
        day_say(facts, source, &day);
    }
}

static size_t days_take(cursor *c, gjc_facts *facts, const gjc_notice_source *source)
{
    size_t count = 0;
    if (!take(c, '[')) {
        fail(c, "a list", "列表");
    }
    while (!c->failed && !take(c, ']')) {
        if (count > 0 && !take(c, ',')) {
            fail(c, "a comma", "逗号");
            break;
        }
        day_take(c, facts, source);
        count++;
    }
    return count;
}

static cursor cursor_of(const gjc_sources *sources, uint32_t index, gjc_diag_list *diags)
{
    return (cursor){.text = gjc_sources_get(sources, index)->text, .source = index, .diags = diags};
}

bool gjc_list_head_read(const gjc_sources *sources, uint32_t index, gjc_diag_list *diags,
                        gjc_notice_source *source)
{
    cursor c = cursor_of(sources, index, diags);
    gj_text key;
    bool found = false;
    *source = (gjc_notice_source){.kind = GJC_NOTICE_LIST, .index = index};
    source->title = (gjc_span){index, 0, 0};
    take(&c, '{');
    for (bool first = true; !found && key_take(&c, first, &key); first = false) {
        peek(&c);
        size_t begin = c.at;
        if (gjb_text_equal_string(key, "year")) {
            found = number_take(&c, &source->year);
            source->title = (gjc_span){index, (uint32_t)begin, (uint32_t)c.at};
        } else {
            value_pass(&c);
        }
    }
    if (!found && !c.failed) {
        fail(&c, "a year", "年度（year）");
    }
    return found;
}

bool gjc_list_read(gjc_facts *facts, const gjc_notice_source *source)
{
    cursor c = cursor_of(facts->sources, source->index, facts->diags);
    gj_text key;
    size_t count = 0;
    bool found = false;
    take(&c, '{');
    for (bool first = true; key_take(&c, first, &key); first = false) {
        if (gjb_text_equal_string(key, "days")) {
            found = true;
            count += days_take(&c, facts, source);
        } else {
            value_pass(&c);
        }
    }
    if (!c.failed && (!found || peek(&c) != '\0')) {
        fail(&c, found ? "nothing more" : "days", found ? "结尾" : "日期列表（days）");
    }
    return count > 0 || c.failed;
}
