/* SPDX-License-Identifier: Apache-2.0
 *
 * What events tell, and what acts set. */
#include "unit/interpreter/case.h"

#include <assert.h>
#include <string.h>

typedef struct news {
    int fields[FIELDS_MAX];
    int count;
} news;

static void news_add(news *n, int field)
{
    for (int i = 0; i < n->count; i++) {
        if (n->fields[i] == field) {
            return;
        }
    }
    n->fields[n->count++] = field;
}

/* Whether it holds something else now. */
static bool field_put(plain_case *c, int field, value told, gj_text quoted)
{
    value was = c->fields[field];
    gj_text was_quoted = c->quoted[field];
    c->fields[field] = told;
    c->quoted[field] = quoted;
    if (told.kind == V_UNKNOWN || was.kind == V_UNKNOWN) {
        return told.kind != was.kind || !gjb_text_equal(quoted, was_quoted);
    }
    return !value_is(value_equal(told, was), true);
}

static void parameters_forget(plain_case *c)
{
    for (int i = 0; i < c->p->field_count; i++) {
        if (c->p->fields[i].action != NO) {
            c->fields[i] = value_unknown();
            c->quoted[i] = (gj_text){NULL, 0};
        }
    }
}

void plain_data_open(plain_case *c)
{
    facts f = plain_facts(c, 0);
    for (int i = 0; i < c->p->field_count; i++) {
        const gjc_node *preset = gjc_node_find(c->p->fields[i].node, GJC_DEFAULT);
        if (preset != NULL && c->p->fields[i].kept_by == NO) {
            c->fields[i] = expression_value(&f, gjc_node_find_expr(preset), c->p->fields[i].type);
        }
    }
}

static void datum_take(plain_case *c, const gj_datum *datum, news *n)
{
    for (int i = 0; i < c->p->field_count; i++) {
        const plain_field *field = &c->p->fields[i];
        gj_text quoted;
        if ((field->action != NO && field->action != c->action) ||
            (field->node->kind == GJC_JUDGEMENT && !plain_judges(c->p, c->action, field)) ||
            !plain_answers(&field->label, datum->key)) {
            continue;
        }
        value told = value_told(c->p, field->type, datum, c->arena, &quoted);
        c->told[i] = told;
        if (field_put(c, i, told, quoted) && field->action == NO) {
            news_add(n, i);
        }
    }
}

void plain_data_take(plain_case *c, bool opening)
{
    news n = {.count = 0};
    parameters_forget(c);
    memset(c->told, 0, sizeof c->told);
    for (size_t i = 0; i < c->event->data_count; i++) {
        if (c->event->data[i].kind != GJ_DATUM_NULL) {
            datum_take(c, &c->event->data[i], &n);
        }
    }
    for (int i = 0; opening && i < c->p->field_count; i++) {
        if (c->p->fields[i].kept_by == NO &&
            gjc_node_find(c->p->fields[i].node, GJC_DEFAULT) != NULL) {
            news_add(&n, i);
        }
    }
    plain_limits_hear_fields(c, n.fields, n.count);
}

void plain_data_deem(plain_case *c, const plain_limit *of, const plain_effect *e)
{
    news n = {.count = 0};
    const gjc_node *payload = gjc_node_find(gjc_node_find(e->node, GJC_DEEMED), GJC_PAYLOAD);
    const gjc_node *pair = gjc_node_find(payload, GJC_PAIR);
    for (; pair != NULL; pair = gjc_node_find_next(pair)) {
        int field = plain_find_field(c->p, e->action, gjc_node_name(pair));
        const gjc_node *expr = gjc_node_find_expr(pair);
        facts f = plain_facts(c, of->region);
        f.action = e->action;
        value v = expression_value(&f, expr, c->p->fields[field].type);
        c->told[field] = v;
        if (c->p->fields[field].action != NO) {
            c->fields[field] = v;
            continue;
        }
        if (v.kind == V_UNKNOWN) {
            reading why = {{expr, NULL}, expr,     of->region,
                           e->action,    of->name, c->p->fields[field].label.name,
                           NULL};
            plain_missing_note(c, &why, of->region);
        }
        if (field_put(c, field, v, (gj_text){NULL, 0})) {
            news_add(&n, field);
        }
    }
    plain_limits_hear_fields(c, n.fields, n.count);
}

void plain_data_set(plain_case *c, const plain_on *on, int region)
{
    news n = {.count = 0};
    const gjc_node *set = gjc_node_find(on->node, GJC_SET);
    for (; set != NULL; set = gjc_node_find_next(set)) {
        int field = plain_find_field(c->p, NO, gjc_node_name(set));
        const gjc_node *expr = gjc_node_find_expr(set);
        facts f = plain_facts(c, c->p->stages[on->stage].region);
        f.action = on->action;
        value v = expression_value(&f, expr, c->p->fields[field].type);
        if (v.kind == V_UNKNOWN) {
            reading of = {{expr, NULL},
                          expr,
                          f.region,
                          on->action,
                          c->p->actions[on->action].label.name,
                          c->p->fields[field].label.name,
                          NULL};
            plain_missing_note(c, &of, region);
        }
        if (field_put(c, field, v, (gj_text){NULL, 0})) {
            news_add(&n, field);
        }
    }
    plain_limits_hear_fields(c, n.fields, n.count);
}
