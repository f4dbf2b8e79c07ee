/* SPDX-License-Identifier: Apache-2.0
 *
 * Finding what a name means in a procedure that has been read. See plain.h. */
#include "unit/interpreter/plain.h"

#include <assert.h>
#include <string.h>

bool plain_answers(const plain_label *label, gj_text called)
{
    if (called.bytes == NULL) {
        return false;
    }
    bool answers = gjb_text_equal(label->name, called) || gjb_text_equal(label->title, called);
    for (const gjc_node *a = gjc_node_find(label->node, GJC_ALIAS); a != NULL;
         a = gjc_node_find_next(a)) {
        answers = answers || gjb_text_equal(a->text, called);
    }
    return answers;
}

bool plain_is_spelt(gj_text word, const char *spellings)
{
    for (const char *at = spellings; *at != '\0';) {
        size_t size = strcspn(at, ";");
        if (word.size == size && memcmp(word.bytes, at, size) == 0) {
            return true;
        }
        at += size + (at[size] == ';');
    }
    return false;
}

/* ---- regions and names ---- */

bool plain_is_within(const plain *p, int region, int outer)
{
    while (region != outer && region > 0) {
        region = p->regions[region].outer;
    }
    return region == outer;
}

bool plain_region_has(const plain *p, int region, int action)
{
    for (int i = 0; i < p->on_count; i++) {
        if (p->ons[i].action == action && p->stages[p->ons[i].stage].region == region) {
            return true;
        }
    }
    return false;
}

bool plain_region_holds(const plain *p, int region, int action)
{
    for (int i = 0; i < p->on_count; i++) {
        if (p->ons[i].action == action &&
            plain_is_within(p, p->stages[p->ons[i].stage].region, region)) {
            return true;
        }
    }
    return false;
}

int plain_heard_in(const plain *p, int region, int action)
{
    while (region != 0 && !plain_region_holds(p, region, action)) {
        region = p->regions[region].outer;
    }
    return region;
}

bool plain_is_heard(const plain *p, int region, int action, int done_in)
{
    int own = plain_heard_in(p, region, action);
    return own == 0 || done_in == NO || plain_is_within(p, done_in, own);
}

const gjc_node *plain_when(const gjc_node *clause)
{
    return gjc_node_find_expr(gjc_node_find(clause, GJC_WHEN));
}

bool plain_is_listed(const gjc_node *among, gj_text name)
{
    const gjc_node *one = gjc_node_find(among, GJC_NAME);
    while (one != NULL && !gjb_text_equal(one->text, name)) {
        one = gjc_node_find_next(one);
    }
    return one != NULL;
}

int plain_find_action(const plain *p, gj_text name)
{
    for (int i = 0; i < p->action_count; i++) {
        if (gjb_text_equal(p->actions[i].label.name, name)) {
            return i;
        }
    }
    return NO;
}

bool plain_judges(const plain *p, int action, const plain_field *field)
{
    return action != NO && p->actions[action].label.node == field->node;
}

gjc_kind plain_power_kind(const plain_power *power)
{
    return power->node->kind == GJC_JUDGEMENT ? GJC_MAY : power->node->kind;
}

int plain_find_field(const plain *p, int action, gj_text name)
{
    for (int own = action == NO ? 1 : 0; own < 2; own++) {
        for (int i = 0; i < p->field_count; i++) {
            if (p->fields[i].action == (own == 0 ? action : NO) &&
                gjb_text_equal(p->fields[i].label.name, name)) {
                return i;
            }
        }
    }
    return NO;
}

int plain_find_limit(const plain *p, int region, gj_text name)
{
    for (int at = region;; at = p->regions[at].outer) {
        for (int i = 0; i < p->limit_count; i++) {
            if (p->limits[i].region == at && gjb_text_equal(p->limits[i].name, name)) {
                return i;
            }
        }
        if (at == 0) {
            break;
        }
    }
    for (int i = 0; i < p->limit_count; i++) {
        if (plain_is_within(p, p->limits[i].region, region) &&
            gjb_text_equal(p->limits[i].name, name)) {
            return i;
        }
    }
    return NO;
}

/* ---- types ---- */

static plain_type type_list_of(plain_type element)
{
    return (plain_type){T_LIST, element.base, element.node};
}

static const gjc_node *declared_type(const plain *p, gj_text name)
{
    const gjc_node *node = gjc_node_find(p->file, GJC_TYPE);
    while (node != NULL && !gjb_text_equal(gjc_node_name(node), name)) {
        node = gjc_node_find_next(node);
    }
    return node;
}

plain_type plain_type_read(const plain *p, const gjc_node *type)
{
    static const struct {
        base_type base;
        const char *spellings;
    } built_in[] = {{T_BOOL, "bool;是否"},   {T_NUMBER, "number;数值"},
                    {T_MONEY, "money;金额"}, {T_DATE, "date;日期"},
                    {T_TIME, "time;时刻"},   {T_DURATION, "duration;时长"},
                    {T_TEXT, "text;文本"},   {T_OFFICER, "officer;工作人员"}};
    if (type->kind == GJC_TYPE_ONE_OF) {
        return (plain_type){T_CHOICE, T_NONE, type};
    }
    if (type->kind == GJC_TYPE_LIST) {
        return type_list_of(plain_type_read(p, gjc_node_find_type(type)));
    }
    gj_text name = gjc_node_find(type, GJC_PATH)->text;
    const gjc_node *declared = declared_type(p, name);
    if (declared != NULL) {
        const gjc_node *is = gjc_node_find_type(declared);
        return is != NULL ? plain_type_read(p, is) : (plain_type){T_RECORD, T_NONE, declared};
    }
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++) {
        if (plain_is_spelt(name, built_in[i].spellings)) {
            return (plain_type){built_in[i].base, T_NONE, NULL};
        }
    }
    assert(false && "a type of that name");
    return (plain_type){T_NONE, T_NONE, NULL};
}
