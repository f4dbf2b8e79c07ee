/* SPDX-License-Identifier: Apache-2.0
 *
 * See verdicts.h. By docs/LANGUAGE.md, "How a rule stands": of all that a rule asked, one thing
 * found makes it violated, one thing awaited not met yet, one thing that could not be told leaves
 * it undecided, in this order. */
#include "unit/interpreter/verdicts.h"

#define SHOWN(text) (int)(text).size, (text).bytes != NULL ? (text).bytes : ""

/* ---- the judge's ---- */

static gj_text lack_name(const gj_lack *lack)
{
    return lack->field.bytes != NULL ? lack->field
                                     : gjb_text_of(lack->officer    ? "(officer)"
                                                   : lack->too_many ? "(too many)"
                                                                    : "(result)");
}

void verdicts_of_judge(readings *r, const gj_case_result *result)
{
    for (size_t i = 0; i < result->rule_count; i++) {
        const gj_rule_note *note = &result->rules[i];
        readings_add(r, "rule %.*s of %.*s %s, %u waiting, until %lld", SHOWN(note->rule),
                     SHOWN(note->branch), gj_verdict_name(note->verdict), note->waiting,
                     (long long)note->changes_at);
        for (size_t j = 0; j < note->lack_count; j++) {
            readings_add(r, "rule %.*s of %.*s lacks %.*s", SHOWN(note->rule), SHOWN(note->branch),
                         SHOWN(lack_name(&note->lacks[j])));
        }
    }
}

/* ---- as read ---- */

static bool is_broken(const plain_case *c, const plain_rule *rule)
{
    for (int i = 0; i < c->found_count; i++) {
        if (c->found[i].broken == rule && c->found[i].status != GJ_WITHDRAWN) {
            return true;
        }
    }
    return false;
}

static bool is_barred_by(const plain_done *first, const plain_done *done)
{
    return first->role == ROLE_FIRST && !first->gone && done->role == ROLE_BARRED && !done->gone &&
           done->partner == first->number;
}

/* Acts still to be followed, and by when the first; or done while others barred them. */
static int waiting_of(plain_case *c, const plain_rule *rule, int64_t *until, bool lacks[LACKS_MAX])
{
    const plain_trace *trace = &c->traces[rule - c->p->rules];
    int waiting = 0;
    for (int i = 0; i < trace->count; i++) {
        const plain_done *first = &trace->acts[i];
        bool open =
            first->role == ROLE_FIRST && !first->gone && first->found == NO && !first->unsure;
        if (rule->says->kind == GJC_RULE_FOLLOWED && open) {
            int64_t due = plain_follow_due(c, rule, first->at);
            if (!plain_rule_would_bind(c, rule, due == INT64_MAX ? c->clock : due, lacks)) {
                continue;
            }
            *until = due < *until ? due : *until;
            waiting++;
        }
        for (int j = i; rule->says->kind == GJC_RULE_BETWEEN_NEVER && j < trace->count; j++) {
            waiting += is_barred_by(first, &trace->acts[j]) ? 1 : 0;
        }
    }
    return waiting;
}

/* Not to be done so often yet, or at all. */
static bool has_too_few(const plain_case *c, const plain_rule *rule)
{
    int times = plain_rule_times(c, rule);
    if (rule->says->kind == GJC_MUST) {
        return rule->awaited == NO && times == 0;
    }
    if (plain_rule_counts_each(rule)) {
        return plain_tally_is_short(c, rule);
    }
    return rule->says->kind == GJC_RULE_COUNT && rule->says->value != GJC_BOUND_AT_MOST &&
           times < rule->says->value2;
}

/* Nothing that is still to come changes it. */
static bool is_done_with(const plain_rule *rule)
{
    return (rule->says->kind == GJC_MUST && rule->awaited == NO) ||
           (rule->says->kind == GJC_RULE_COUNT && rule->says->value == GJC_BOUND_AT_LEAST &&
            !plain_rule_counts_each(rule));
}

static void verdict_add(readings *r, plain_case *c, const plain_rule *rule, gj_text branch)
{
    bool broken = is_broken(c, rule), ended = plain_is_through(c, rule->region), lacking = false;
    int64_t until = INT64_MAX;
    bool ahead[LACKS_MAX] = {false};
    int waiting = broken || ended ? 0 : waiting_of(c, rule, &until, ahead);
    bool few = !broken && !ended && has_too_few(c, rule);
    bool is_short = few && plain_rule_would_bind(c, rule, c->clock, ahead);
    for (int i = 0; i < LACKS_MAX; i++) {
        gj_text field = i < c->p->field_count ? c->p->fields[i].label.name : (gj_text){NULL, 0};
        field = i == LACKS_OFFICER ? gjb_text_of("(officer)") : field;
        field = i == LACKS_RESULT ? gjb_text_of("(result)") : field;
        field = i == LACKS_TOO_MANY ? gjb_text_of("(too many)") : field;
        bool lacks = plain_rule_lacks(c, rule, i) || ahead[i];
        lacking = lacking || lacks;
        if (lacks) {
            readings_add(r, "rule %.*s of %.*s lacks %.*s", SHOWN(rule->name), SHOWN(branch),
                         SHOWN(field));
        }
    }
    const char *verdict = broken                                  ? "violated"
                          : !ended && (waiting > 0 || is_short)   ? "curable"
                          : lacking                               ? "undecided"
                          : ended || (!few && is_done_with(rule)) ? "holds"
                                                                  : "holds-so-far";
    readings_add(r, "rule %.*s of %.*s %s, %d waiting, until %lld", SHOWN(rule->name),
                 SHOWN(branch), verdict, waiting, (long long)until);
}

void verdicts_of_plain(readings *r, plain_case *c)
{
    for (int i = 0; i < c->p->rule_count; i++) {
        char branch[200] = "";
        readings_branch(c->p, c->p->rules[i].region, branch, sizeof branch);
        verdict_add(r, c, &c->p->rules[i], gjb_text_of(branch));
    }
}
