/* SPDX-License-Identifier: Apache-2.0
 *
 * The life of an event. See case.h. */
#include "unit/interpreter/case.h"

#include "unit/interpreter/days.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

int plain_stage_at(const plain_case *c, int region)
{
    while (c->standing.at[region] == NO) {
        region = c->p->regions[region].outer;
    }
    return c->standing.at[region];
}

plain_found *plain_found_add(plain_case *c, gj_code code, gj_severity severity, int region,
                             gj_text subject)
{
    assert(c->found_count < FOUND_MAX);
    plain_found *f = &c->found[c->found_count++];
    *f = (plain_found){.code = code,
                       .severity = severity,
                       .status = GJ_OPEN,
                       .subject = subject,
                       .field = NO,
                       .region = region,
                       .stage = plain_stage_at(c, region),
                       .stage_after = plain_stage_at(c, region),
                       .event = c->event,
                       .who = plain_who_told(c)};
    return f;
}

facts plain_facts(plain_case *c, int region)
{
    return (facts){.p = c->p,
                   .arena = c->arena,
                   .region = region,
                   .action = NO,
                   .of_case = true,
                   .fields = c->fields,
                   .at = c->at,
                   .times = c->times,
                   .last_day = c->last_day,
                   .officers = c->officers,
                   .untold = c->untold,
                   .due = plain_limit_running,
                   .payload = c};
}

/* ---- missing data ---- */

static bool is_parameter(const plain_case *c, int field)
{
    return field != NO && c->p->fields[field].action != NO;
}

/* A parameter and a field of one name are two; two parameters, of an act and of one that it left
 * out, are one. */
bool plain_is_noted(const plain_case *c, int field, gj_text subject)
{
    for (int i = c->first_found; i < c->found_count; i++) {
        const plain_found *f = &c->found[i];
        bool same = f->field == field || (is_parameter(c, f->field) && is_parameter(c, field));
        if (f->code == GJ_MISSING_DATA && !f->by_law && !f->by_time && same &&
            gjb_text_equal(f->subject, subject)) {
            return true;
        }
    }
    return false;
}

void plain_lack(plain_case *c, const plain_rule *rule, int what)
{
    if (rule != NULL) {
        c->lacks[rule - c->p->rules][what] = true;
    }
}

/* `field` NO: about the clause itself, where nothing was missing but a result, or an officer. */
static void missing_add(plain_case *c, const reading *of, int region, int field)
{
    gj_text subject = field == NO ? of->clause : c->p->fields[field].label.name;
    if (field != NO) {
        plain_lack(c, of->rule, field);
    }
    if (!plain_is_noted(c, field, subject)) {
        plain_found *f = plain_found_add(c, GJ_MISSING_DATA, GJ_NOTICE, region, subject);
        f->field = field;
        f->quoted = field == NO ? (gj_text){NULL, 0} : c->quoted[field];
        f->sets = of->sets;
        f->condition = of->words;
    }
}

void plain_missing_field(plain_case *c, int field, int region)
{
    reading of = {{NULL, NULL}, NULL, region, NO, {NULL, 0}, {NULL, 0}, NULL};
    int before = c->found_count;
    missing_add(c, &of, region, field);
    if (c->found_count > before) {
        c->found[before].underway = true;
    }
}

void plain_missing_note(plain_case *c, const reading *of, int region)
{
    facts f = plain_facts(c, of->clause_region);
    bool missing[MISSES_MAX] = {false}, any = false;
    f.action = of->action;
    f.kept_by = of->rule;
    for (int i = 0; i < 2 && of->exprs[i] != NULL; i++) {
        expression_missing(&f, of->exprs[i], missing);
    }
    for (int i = 0; i < c->p->field_count; i++) {
        if (missing[i]) {
            missing_add(c, of, region, i);
            any = true;
        }
    }
    if (missing[MISSES_OFFICER] || !any) {
        plain_lack(c, of->rule, missing[MISSES_OFFICER] ? LACKS_OFFICER : LACKS_RESULT);
    }
    if (!any) {
        missing_add(c, of, region, NO);
    }
}

void plain_misfit_note(plain_case *c, const reading *of, int region)
{
    plain_lack(c, of->rule, LACKS_RESULT);
    missing_add(c, of, region, NO);
}

/* ---- life ---- */

void plain_case_open(plain_case *c, const plain *p, gjb_arena *arena, plain_hint hint)
{
    memset(c, 0, offsetof(plain_case, found));
    for (int i = 0; i < RULES_MAX; i++) {
        c->traces[i].count = 0;
    }
    c->p = p;
    c->arena = arena;
    c->hint = hint;
    c->closed_at = INT64_MAX;
    c->clock = INT64_MIN;
    plain_limits_open(c);
    for (int i = 0; i < p->region_count; i++) {
        c->seen[i] = (int8_t)p->regions[i].initial;
    }
}

static int action_told(const plain *p, gj_text called)
{
    for (int i = 0; i < p->action_count; i++) {
        if (plain_answers(&p->actions[i].label, called)) {
            return i;
        }
    }
    return NO;
}

static void documents_take(plain_case *c)
{
    for (size_t i = 0; i < c->event->document_count; i++) {
        for (int j = 0; j < c->p->document_count; j++) {
            if (plain_answers(&c->p->documents[j].label, c->event->documents[i])) {
                c->documents[j] = true;
            }
        }
    }
}

static void case_begin(plain_case *c)
{
    passage way = {.count = 0};
    standing_open(c->p, &c->standing, &way);
    plain_limits_pass(c, &way, true);
}

void plain_case_event(plain_case *c, const gj_event *event, int64_t at)
{
    bool opening = !c->opened;
    c->opened = true;
    c->event = event;
    c->at = c->as_of = c->clock = at;
    c->action = action_told(c->p, event->action);
    c->first_found = c->step_first = c->found_count;
    if (c->action != NO) {
        assert(c->act_count < TOLD_ACTS_MAX);
        c->acts[c->act_count++] = (plain_told_act){at, c->action, plain_who_told(c)};
    }
    if (opening) {
        plain_data_open(c);
    }
    plain_limits_pass_time(c, at);
    c->law_acts = 0;
    documents_take(c);
    if (opening) {
        case_begin(c);
    }
    plain_data_take(c, opening);
    plain_act(c);
    for (int i = 0; i < c->found_count; i++) {
        plain_found *f = &c->found[i];
        bool of_it = f->told_again || (i >= c->first_found && !f->by_law && !f->by_time);
        f->stage_after = of_it ? plain_stage_at(c, f->region) : f->stage_after;
        f->told_again = false;
    }
}

void plain_case_close(plain_case *c, int64_t until)
{
    c->event = NULL;
    c->step_first = c->found_count;
    c->clock = until > c->clock ? until : c->clock;
    plain_limits_pass_time(c, c->clock);
    plain_limits_end_open(c);
}
