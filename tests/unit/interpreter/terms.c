/* SPDX-License-Identifier: Apache-2.0
 *
 * How long a limit is where that hangs on the case: of its lines the first that holds, read when
 * the limit starts and whenever something that they read is another, until the limit is late. */
#include "unit/interpreter/case.h"

/* What is another than before. */
typedef struct news {
    bool fields[FIELDS_MAX], acts[ACTIONS_MAX];
} news;

/* ---- lines ---- */

/* The next line of the limit: WITHINs, or the AFTER itself, which is the only one. */
static const gjc_node *line_next(const plain_limit *of, const gjc_node *line)
{
    if (of->node->kind == GJC_AFTER) {
        return line == NULL ? of->node : NULL;
    }
    return line == NULL ? gjc_node_find(of->node, GJC_WITHIN) : gjc_node_find_next(line);
}

static const gjc_node *condition_of(const gjc_node *line)
{
    return line->kind == GJC_AFTER ? NULL : plain_when(line);
}

/* How many, where that is no number of the source's. */
static const gjc_node *value_of(const gjc_node *line)
{
    const gjc_node *number = gjc_node_find_expr(gjc_node_find(line, GJC_DURATION));
    return number->kind == GJC_EXPR_NUMBER ? NULL : number;
}

static bool reads_any(plain_case *c, const plain_limit *of, const news *heard)
{
    news found = {.fields = {false}};
    facts f = plain_facts(c, of->region);
    const gjc_node *line = line_next(of, NULL);
    for (; line != NULL; line = line_next(of, line)) {
        if (condition_of(line) != NULL) {
            expression_reads(&f, condition_of(line), found.fields, found.acts);
        }
        if (value_of(line) != NULL) {
            expression_reads(&f, value_of(line), found.fields, found.acts);
        }
    }
    bool any = false;
    for (int i = 0; i < FIELDS_MAX; i++) {
        any = any || (found.fields[i] && heard->fields[i]);
    }
    for (int i = 0; i < ACTIONS_MAX; i++) {
        any = any || (found.acts[i] && heard->acts[i]);
    }
    return any;
}

/* What is missing, or where that is told and is no length, the limit itself. */
static void missing_note(plain_case *c, const plain_limit *of, const gjc_node *expr, bool told)
{
    int before = c->found_count;
    reading why = {{expr, NULL}, expr, of->region, NO, of->name, {NULL, 0}, NULL};
    if (told) {
        plain_misfit_note(c, &why, of->region);
    } else {
        plain_missing_note(c, &why, of->region);
    }
    for (int i = before; i < c->found_count; i++) {
        c->found[i].underway = true;
    }
}

static bool holds(plain_case *c, const plain_limit *of, const gjc_node *line)
{
    const gjc_node *when = condition_of(line);
    facts f = plain_facts(c, of->region);
    value truth = expression_truth(&f, when);
    if (truth.kind == V_UNKNOWN) {
        missing_note(c, of, when, false);
    }
    return value_is(truth, true);
}

/* Whole numbers from 1 up to a century of hours are lengths. */
static int amount_of(plain_case *c, const plain_limit *of, const gjc_node *line)
{
    enum { ONE = 10000, CENTURY_HOURS = 876600 };
    const gjc_node *number = value_of(line);
    if (number == NULL) {
        number = gjc_node_find_expr(gjc_node_find(line, GJC_DURATION));
        return (int)(number->value / ONE);
    }
    facts f = plain_facts(c, of->region);
    value told = expression_value(&f, number, (plain_type){.base = T_NUMBER});
    bool fits = told.kind != V_UNKNOWN && told.number % ONE == 0 && told.number >= ONE &&
                told.number <= (int64_t)CENTURY_HOURS * ONE;
    if (!fits) {
        missing_note(c, of, number, told.kind != V_UNKNOWN);
    }
    return fits ? (int)(told.number / ONE) : 0;
}

/* ---- reading ---- */

bool plain_terms_hang(const plain_limit *of)
{
    bool always = of->open || of->by != NO || of->node == NULL; /* NULL: a rule's own clock */
    const gjc_node *line = always ? NULL : line_next(of, NULL);
    return line != NULL && (condition_of(line) != NULL || value_of(line) != NULL);
}

void plain_terms_read(plain_case *c, int clock)
{
    span *s = &c->running[clock];
    const plain_limit *of = &c->p->limits[s->limit];
    s->budget = of->budget;
    s->line = NULL;
    if (!plain_terms_hang(of)) {
        return;
    }
    s->budget = 0;
    for (const gjc_node *line = line_next(of, NULL); line != NULL; line = line_next(of, line)) {
        if (holds(c, of, line)) {
            s->line = line;
            s->budget = amount_of(c, of, line);
            return;
        }
    }
}

void plain_terms_words(const span *s, const gjc_node *exprs[2])
{
    exprs[0] = s->line == NULL ? NULL : condition_of(s->line);
    exprs[1] = s->line == NULL ? NULL : value_of(s->line);
}

static void read_again(plain_case *c, int clock)
{
    span *s = &c->running[clock];
    if (s->asked || plain_limit_is_late(c, clock, plain_now(c)) || plain_limit_was_late(c, clock) ||
        plain_limit_runs_out(c, clock) <= plain_now(c)) {
        return;
    }
    plain_rungs_keep(c, clock, plain_now(c));
    int budget = s->budget;
    const gjc_node *line = s->line;
    plain_terms_read(c, clock);
    if (budget != s->budget || line != s->line) {
        s->measured = c->as_of;
        s->noted = INT64_MIN;
    }
}

/* In the order in which the limits are declared. */
static void hear(plain_case *c, const news *heard)
{
    for (int limit = 0; limit < c->p->limit_count; limit++) {
        const plain_limit *of = &c->p->limits[limit];
        bool reads = plain_terms_hang(of) && reads_any(c, of, heard);
        for (int i = 0; reads && i < CLOCKS_MAX; i++) {
            if (c->runs[i] && c->running[i].limit == limit) {
                read_again(c, i);
            }
        }
    }
}

void plain_terms_hear_fields(plain_case *c, const int *fields, int count)
{
    news heard = {.fields = {false}};
    for (int i = 0; i < count; i++) {
        heard.fields[fields[i]] = true;
    }
    hear(c, &heard);
}

void plain_terms_hear_act(plain_case *c, int action)
{
    news heard = {.fields = {false}};
    heard.acts[action] = true;
    hear(c, &heard);
    if (!c->law_acts_now) {
        plain_limits_pass_time(c, c->clock);
    }
}
