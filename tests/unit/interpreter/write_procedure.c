/* SPDX-License-Identifier: Apache-2.0
 *
 * Random procedures. Of each region the stages stand in a row, and from each an act leads to the
 * next; whatever else there is comes on top. See random.h. */
#include "unit/interpreter/region.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH_MAX = 2 };

static int pick(writing *w, int count)
{
    return chance_pick(&w->chance, count);
}

static void say(writing *w, const char *text)
{
    gjb_buffer_add_string(w->out, text);
}

static const char *name_add(names *to, const char *name)
{
    assert(to->count < NAMES_MAX);
    snprintf(to->items[to->count], NAME_SIZE, "%s", name);
    return to->items[to->count++];
}

static const char *one_of(writing *w, const names *of)
{
    return of->items[pick(w, of->count)];
}

/* ---- who acts ---- */

static void write_people(writing *w)
{
    say(w, "department amr \"市场局\" alias \"市监\" {\n  post window \"受理窗口\" alias \"窗口\"\n"
           "  post chief \"审批岗\"\n}\n"
           "department fire \"消防\" {\n  post chief \"审批岗\"\n  post inspector\n}\n"
           "party bidder \"投标人\"\n");
    name_add(&w->posts, "window");
    name_add(&w->posts, "amr.chief");
    name_add(&w->posts, "fire.chief");
    name_add(&w->posts, "inspector");
    name_add(&w->posts, "bidder");
    name_add(&w->posts, "applicant");
}

static void write_law(writing *w)
{
    w->law = pick(w, 2) == 0;
    w->uses = pick(w, 8) == 0;
    say(w, w->uses ? "use std.law.licensing as lic\n" : "");
    say(w, w->law ? "law rules \"办事规则\" effective 2020-01-01 {\n  article 2 \"程序\"\n"
                    "  article 3.1 days are workdays up to 10\n  article 7 repealed 2090-01-01 "
                    "days are workdays for 2, 3\n"
                    "}\n"
                  : "");
}

/* ---- what stands before the stages ---- */

static void write_actions(writing *w)
{
    static const char *const free[] = {"remind", "halt", "resume", "prolong", "tell"};
    char name[NAME_SIZE];
    for (int i = 0, count = 3 + pick(w, 5); i < count; i++) {
        snprintf(name, sizeof name, "act_%d", i);
        name_add(&w->actions, name);
    }
    w->staged_count = w->actions.count;
    for (int i = 0; i < 5; i++) { /* in no stage; most are told where a limit speaks of them */
        name_add(&w->actions, free[i]);
    }
}

/* Some actions are declared, with what they are also called and what an event tells of one act. */
static void write_declared_actions(writing *w)
{
    int shared = pick(w, 3) == 0 ? 1 << pick(w, PARAMETERS) : 0; /* which a limit may be kept by */
    for (int i = 0; i < w->actions.count; i++) {
        w->action_parameters[i] = 0;
        if (shared != 0 || pick(w, 3) == 0) {
            w->action_parameters[i] = (pick(w, 2) == 0 ? pick(w, 32) : 0) | shared;
            gjb_buffer_add_format(w->out, "  action %s", w->actions.items[i]);
            if (pick(w, 2) == 0) {
                gjb_buffer_add_format(w->out, " \"行为%d\" alias \"又名%d\"", i, i);
            }
            write_parameters(w, w->action_parameters[i]);
            say(w, "\n");
        }
    }
}

static void write_judgement(writing *w)
{
    static const char *const judges[] = {"window", "window, amr.chief", "applicant"};
    if (w->judges) {
        gjb_buffer_add_format(w->out, "  judgement sound%s by %s",
                              pick(w, 2) == 0 ? " \"属实\"" : "", judges[pick(w, 3)]);
        write_basis(w);
        say(w, "\n");
    }
}

static void write_documents(writing *w)
{
    static const char *const lines[] = {"form \"申请书\" required", "map \"平面图\" required when ",
                                        "letter optional", "photo"};
    static const char *const called[] = {"form", "map", "letter", "photo"};
    if (pick(w, 4) == 0) {
        return;
    }
    say(w, "  documents {\n");
    for (int i = 0; i < 4; i++) {
        if (i > 0 && pick(w, 3) == 0) {
            continue;
        }
        gjb_buffer_add_format(w->out, "    %s", lines[i]);
        if (i == 1) {
            write_condition(w, 2);
        }
        write_basis(w);
        say(w, "\n");
        name_add(&w->documents, called[i]);
    }
    say(w, "  }\n");
}

/* ---- stages ---- */

void region_stage_say(writing *w, const region *r, int stage)
{
    gjb_buffer_add_format(w->out, "%s%d", r->prefix, stage);
}

static void by_say(writing *w)
{
    if (pick(w, 3) == 0) {
        return;
    }
    gjb_buffer_add_format(w->out, " by %s", one_of(w, &w->posts));
    if (pick(w, 3) == 0) {
        gjb_buffer_add_format(w->out, ", %s", one_of(w, &w->posts));
    }
}

static void needs_say(writing *w)
{
    if (w->documents.count == 0 || pick(w, 4) > 0) {
        return;
    }
    if (pick(w, 2) == 0) {
        say(w, " needs documents");
        return;
    }
    int first = pick(w, w->documents.count);
    gjb_buffer_add_format(w->out, " needs %s", w->documents.items[first]);
    if (first + 1 < w->documents.count && pick(w, 2) == 0) {
        gjb_buffer_add_format(w->out, ", %s", w->documents.items[first + 1]);
    }
}

static void target_say(writing *w, const region *r, int next)
{
    if (next >= 0) {
        say(w, " -> ");
        region_stage_say(w, r, next);
        return;
    }
    if (pick(w, 3) == 0) {
        return;
    }
    const region *to = r;
    while (to->outer != NULL && pick(w, 4) == 0) {
        to = to->outer;
    }
    say(w, " -> ");
    region_stage_say(w, to, pick(w, to->stage_count));
}

/* `on ACTION …`; next < 0: to anywhere, or nowhere. */
static void on_say(writing *w, const region *r, int action, bool when, int next)
{
    unsigned taken = 0;
    w->parameters = w->action_parameters[action];
    gjb_buffer_add_format(w->out, "    on %s", w->actions.items[action]);
    by_say(w);
    if (when) {
        say(w, " when ");
        write_condition(w, 2);
    }
    target_say(w, r, next);
    needs_say(w);
    if (pick(w, 8) == 0) {
        say(w, pick(w, 2) == 0 ? " once" : " at most 2 times");
    }
    for (int sets = pick(w, 6) == 0 ? 1 + pick(w, 2) : 0; sets > 0; sets--) {
        size_t before = w->out->size;
        say(w, " set ");
        if (!write_setting(w, &taken)) {
            w->out->size = before;
        }
    }
    write_basis(w);
    say(w, "\n");
    w->parameters = 0;
}

static int action_pick(writing *w, const region *r)
{
    return pick(w, 6) == 0 ? pick(w, w->staged_count)
                           : r->actions_first + pick(w, r->actions_count);
}

static void stage_ons(writing *w, const region *r, int stage)
{
    bool used[NAMES_MAX] = {false};
    int leads = action_pick(w, r);
    used[leads] = true;
    if (pick(w, 4) == 0) { /* one act, two clauses */
        on_say(w, r, leads, true, -1);
    }
    on_say(w, r, leads, pick(w, 4) == 0, stage + 1);
    for (int more = pick(w, 3); more > 0; more--) {
        int action = action_pick(w, r);
        if (!used[action]) {
            used[action] = true;
            on_say(w, r, action, pick(w, 4) == 0, -1);
        }
    }
}

static void region_say(writing *w, region *r);

static void parallel_say(writing *w, const region *r, int stage)
{
    static const char *const modes[] = {"", " all", " any", " 1", " 2"};
    int count = 2 + pick(w, 2);
    gjb_buffer_add_format(w->out, "    parallel%s {\n", modes[pick(w, 5)]);
    bool shared = pick(w, 3) == 0;
    for (int i = 0; i < count; i++) {
        int number = w->region_count++;
        region branch = {.outer = r, .depth = r->depth + 1, .number = number};
        snprintf(branch.prefix, sizeof branch.prefix, "%c%d_", 'b' + r->depth,
                 shared ? number - i : number);
        bool same = pick(w, 3) == 0;
        branch.actions_first = same ? r->actions_first : pick(w, w->staged_count);
        branch.actions_count = w->staged_count - branch.actions_first;
        branch.actions_count = branch.actions_count > 3 ? 3 : branch.actions_count;
        gjb_buffer_add_format(w->out, "    branch side_%d%s%s {\n", number,
                              pick(w, 3) == 0 ? " \"并行\"" : "",
                              pick(w, 3) > 0    ? ""
                              : pick(w, 2) == 0 ? " of amr"
                                                : " of fire");
        region_say(w, &branch);
        say(w, "    }\n");
    }
    say(w, "    } -> ");
    region_stage_say(w, r, stage + 1);
    say(w, "\n");
}

static void stage_head(writing *w, const region *r, int stage)
{
    say(w, "  stage ");
    region_stage_say(w, r, stage);
    if (pick(w, 3) == 0) {
        gjb_buffer_add_format(w->out, " \"环节%d\"", stage);
    }
    say(w, stage == 0 ? " initial" : "");
    if (stage + 1 == r->stage_count) {
        say(w, pick(w, 4) == 0 ? " final void\n" : " final\n");
        return;
    }
    bool within = pick(w, 5) == 0;
    if (within) {
        unit of = unit_pick(w);
        gjb_buffer_add_format(w->out, " within %d %s", 1 + pick(w, of.most), of.name);
    }
    if (pick(w, 6) == 0) {
        gjb_buffer_add_format(w->out, " held by %s", one_of(w, &w->posts));
    }
    say(w, " {\n");
    if (!within && pick(w, 5) == 0) {
        after_say(w, r);
    }
}

static void region_say(writing *w, region *r)
{
    char name[NAME_SIZE];
    r->stage_count = 2 + pick(w, r->depth == 0 ? 4 : 2);
    int parallel = w->branches && r->depth < DEPTH_MAX && (r->depth == 0 || pick(w, 4) == 0)
                       ? pick(w, r->stage_count - 1)
                       : -1;
    int own = pick(w, 3), limits_before = w->limits.count;
    for (int i = 0; i < own; i++) { /* conditions may speak of limits further down */
        snprintf(name, sizeof name, "term_%d_%d", r->number, i);
        name_add(&w->limits, name);
    }
    for (int i = 0; i < r->stage_count; i++) {
        stage_head(w, r, i);
        if (i + 1 == r->stage_count) {
            break;
        }
        if (i == parallel) {
            parallel_say(w, r, i);
        }
        if (i != parallel || pick(w, 2) == 0) {
            stage_ons(w, r, i);
        }
        say(w, "  }\n");
    }
    for (int i = 0; i < own; i++) {
        snprintf(name, sizeof name, "%s", w->limits.items[limits_before + i]);
        limit_say(w, r, name);
    }
    if (!kind_is_refused(GJC_POST_DUTIES) && pick(w, 2) == 0) {
        write_powers(w);
    }
    for (int i = pick(w, 3); i > 0; i--) {
        snprintf(name, sizeof name, "norm_%d_%d", r->number, i);
        write_rule(w, name);
    }
    if (r->depth > 0) { /* outside they could be meant no more */
        w->limits.count = limits_before;
    }
}

void write_procedure(uint64_t seed, gjb_buffer *out)
{
    static writing w;
    memset(&w, 0, sizeof w);
    w.chance.state = seed;
    w.out = out;
    w.calendar = pick(&w, 5) > 0;
    w.branches = pick(&w, 2) == 0;
    w.judges = !kind_is_refused(GJC_JUDGEMENT) && pick(&w, 3) == 0;
    say(&w, "module gen.p\n");
    write_law(&w);
    if (w.calendar) {
        write_calendars(&w);
    }
    write_people(&w);
    write_types(&w);
    bool tables_first = chance_one_in(&w.chance, 2);
    if (tables_first) {
        write_tables(&w);
    }
    write_functions(&w);
    if (!tables_first) {
        write_tables(&w);
    }
    write_actions(&w);
    say(&w, "procedure p \"流程\" {\n  version 3 effective 2024-01-01\n");
    say(&w, w.calendar ? "  calendar office\n" : "");
    say(&w, w.law ? "  basis rules.2\n" : "");
    write_fields(&w);
    write_declared_actions(&w);
    write_judgement(&w);
    write_documents(&w);
    region root = {.prefix = "s", .actions_first = 0, .actions_count = w.staged_count};
    w.region_count = 1;
    region_say(&w, &root);
    say(&w, "}\n");
}
