/* SPDX-License-Identifier: Apache-2.0
 *
 * Random limits, and what the law does when they run out. See region.h. */
#include "unit/interpreter/region.h"

#include <string.h>

static int pick(writing *w, int count)
{
    return chance_pick(&w->chance, count);
}

static void say(writing *w, const char *text)
{
    gjb_buffer_add_string(w->out, text);
}

static const char *one_of(writing *w, const names *of)
{
    return of->items[pick(w, of->count)];
}

/* The action that it is, or -1. */
static int trigger_say(writing *w, const region *r)
{
    static const struct {
        int field;
        const char *name;
    } dates[] = {{6, "filed"}, {7, "posted"}, {8, "answered"}, {9, "opened"}};
    int date = pick(w, 4), kind = pick(w, 7), action = -1;
    const region *of = r->outer != NULL && pick(w, 4) == 0 ? r->outer : r;
    if (kind == 0 || kind == 1) {
        say(w, kind == 0 ? "entering " : "leaving ");
        region_stage_say(w, of, pick(w, of->stage_count));
    } else if (kind < 4 && w->fields[dates[date].field]) {
        say(w, dates[date].name);
    } else if (pick(w, 8) == 0) {
        say(w, "inquire");
    } else {
        action = pick(w, w->actions.count);
        say(w, w->actions.items[action]);
    }
    return action;
}

void trigger_when_say(writing *w, int action)
{
    if (pick(w, 4) == 0) {
        w->parameters = action < 0 ? 0 : w->action_parameters[action];
        say(w, " when ");
        write_condition(w, 2);
        w->parameters = 0;
    }
}

static void triggers_say(writing *w, const region *r, bool conditions)
{
    for (int count = pick(w, 3) == 0 ? 2 : 1, i = 0; i < count; i++) {
        say(w, i > 0 ? " or " : "");
        int action = trigger_say(w, r);
        if (conditions) {
            trigger_when_say(w, action);
        }
    }
}

unit unit_pick(writing *w)
{
    static const unit units[] = {
        {"days", 9, true, true},      {"hours", 60, false, false},
        {"months", 2, true, true},    {"minutes", 900, false, false},
        {"years", 1, true, true},     {"workdays", 9, false, true},
        {"workdays", 9, false, true}, {"workhours", 30, false, false},
    };
    unit of = units[pick(w, w->calendar ? 8 : 5)];
    of.closes = of.closes && w->calendar;
    return of;
}

static void ladder_say(writing *w, bool by_date)
{
    static const char *const severities[] = {"notice", "yellow", "red"};
    for (int more = pick(w, 5); more > 1; more--) {
        const char *severity = severities[pick(w, 3)];
        unit of = unit_pick(w);
        int kind = pick(w, 5);
        switch (kind == 1 && by_date ? 3 : kind) {
        case 0:
            gjb_buffer_add_format(w->out, "    %s before %d %s\n", severity, 1 + pick(w, of.most),
                                  of.name);
            break;
        case 1:
            gjb_buffer_add_format(w->out, "    %s at %d%%\n", severity, 1 + pick(w, 100));
            break;
        case 2:
            gjb_buffer_add_format(w->out, "    %s overdue %d %s\n", severity, 1 + pick(w, of.most),
                                  of.name);
            break;
        default:
            gjb_buffer_add_format(w->out, "    %s overdue\n", severity);
        }
    }
}

static void word_say(writing *w, const char *word)
{
    gjb_buffer_add_format(w->out, "    %s\n", word);
}

static void rolls_say(writing *w, bool rolls, bool closes)
{
    if (rolls && pick(w, 3) == 0) {
        word_say(w, pick(w, 2) == 0 ? "rolls" : "does not roll");
    }
    if (closes && pick(w, 4) == 0) {
        word_say(w, "ends at close of business");
    }
}

/* By a date that is a field, or a time; false where there is none. */
static bool due_by_say(writing *w)
{
    if (w->fields[6] && pick(w, 2) == 0) {
        word_say(w, "by filed");
        rolls_say(w, true, w->calendar);
        return true;
    }
    if (w->fields[9]) {
        word_say(w, "by opened");
    }
    return w->fields[9];
}

/* What a limit has beside its length. */
typedef struct span_said {
    bool ladder;  /* something makes it late */
    bool by_date; /* of which there are no shares */
    bool turns;   /* it may be stopped and extended */
    unit of;
} span_said;

/* At most, at least, both, or by a date. */
static span_said span_say(writing *w)
{
    unit of = unit_pick(w), least = unit_pick(w);
    int amount = 1 + pick(w, of.most), kind = pick(w, 8);
    span_said said = {.ladder = true, .of = of};
    if (kind == 0) {
        gjb_buffer_add_format(w->out, "    at least %d %s\n", amount, of.name);
        rolls_say(w, of.rolls, false);
        return (span_said){.of = of};
    }
    if (kind == 1) {
        gjb_buffer_add_format(w->out, "    from %d %s to %d %s\n", 1 + pick(w, amount), of.name,
                              amount, of.name);
    } else if (kind == 2 && strcmp(of.name, least.name) != 0) {
        gjb_buffer_add_format(w->out, "    within %d %s\n    at least %d %s\n", amount, of.name,
                              1 + pick(w, least.most), least.name);
        of.rolls = of.rolls || least.rolls;
    } else if (kind == 3 && due_by_say(w)) {
        return (span_said){.ladder = true, .by_date = true, .of = of};
    } else if (pick(w, 3) == 0) {
        said.turns = pick(w, 2) == 0;
        write_lengths(w, of.name, of.most);
    } else {
        said.turns = true;
        gjb_buffer_add_format(w->out, "    within %d %s\n", amount, of.name);
    }
    rolls_say(w, of.rolls, of.closes);
    return said;
}

static void backward_say(writing *w, const region *r)
{
    unit of = unit_pick(w);
    say(w, "    to ");
    triggers_say(w, r, true);
    gjb_buffer_add_format(w->out, "\n    %s %d %s before ", pick(w, 2) == 0 ? "at least" : "within",
                          1 + pick(w, of.most), of.name);
    (void)trigger_say(w, r);
    say(w, "\n");
}

/* ---- what the law does ---- */

static void deemed_say(writing *w)
{
    static const char *const as_of[] = {"", " as of start", " as of expiry"};
    int action = pick(w, w->actions.count);
    unsigned taken = 0;
    w->parameters = w->action_parameters[action];
    gjb_buffer_add_format(w->out, " deemed %s", w->actions.items[action]);
    if (pick(w, 2) == 0) {
        size_t before = w->out->size;
        say(w, " { ");
        if (write_telling(w, &taken)) {
            say(w, " }");
        } else {
            w->out->size = before;
        }
    }
    say(w, as_of[pick(w, 3)]);
    w->parameters = 0;
}

/* Where the case goes, what counts as done, or both. */
static void effect_say(writing *w, const region *r, bool when)
{
    int kind = pick(w, 4);
    if (kind > 0) {
        const region *to = r;
        while (to->outer != NULL && pick(w, 4) == 0) {
            to = to->outer;
        }
        say(w, " -> ");
        region_stage_say(w, to, pick(w, 3) > 0 ? to->stage_count - 1 : pick(w, to->stage_count));
    }
    if (when) {
        say(w, " when ");
        write_condition(w, 2);
    }
    if (kind != 1) {
        deemed_say(w);
    }
    write_basis(w);
    say(w, "\n");
}

static void expiries_say(writing *w, const region *r)
{
    int more = pick(w, 3);
    if (pick(w, 3) > 0) {
        return;
    }
    for (; more > 0; more--) {
        say(w, "    expires");
        effect_say(w, r, true);
    }
    say(w, "    expires");
    effect_say(w, r, pick(w, 4) == 0);
}

void after_say(writing *w, const region *r)
{
    unit of = unit_pick(w);
    gjb_buffer_add_format(w->out, "    after %d %s from ", 1 + pick(w, of.most), of.name);
    triggers_say(w, r, true);
    effect_say(w, r, pick(w, 3) == 0);
}

/* ---- a limit ---- */

static void length_say(writing *w, const region *r, const int *actions, int count)
{
    span_said said = span_say(w);
    if (said.turns) {
        turns_say(w, r, &said.of, actions, count);
    }
    if (said.ladder) {
        ladder_say(w, said.by_date);
        expiries_say(w, r);
    }
}

/* What may tell a key: a parameter, a field, or either; -1: there is none. */
typedef struct key {
    const char *name;
    int parameter, field;
} key;

static bool tells_key(const writing *w, const key *of, int action)
{
    return (of->parameter >= 0 && (w->action_parameters[action] >> of->parameter & 1) != 0) ||
           (of->field >= 0 && w->fields[of->field]);
}

static void keyed_acts_say(writing *w, const int *actions, int count)
{
    for (int more = pick(w, 3) == 0 ? 2 : 1, i = 0; i < more; i++) {
        int action = actions[pick(w, count)];
        gjb_buffer_add_format(w->out, "%s%s", i > 0 ? " or " : "", w->actions.items[action]);
        trigger_when_say(w, action);
    }
}

/* A limit that keeps a clock a key; false, and nothing, where no act tells one. */
static bool keyed_say(writing *w, const region *r)
{
    static const key keys[] = {{"people", 0, 3}, {"reason", 1, -1},  {"on_day", 3, -1},
                               {"sort", 4, 13},  {"remark", -1, 11}, {"owner", -1, 12},
                               {"filed", -1, 6}};
    const key *of = &keys[pick(w, 7)];
    int actions[NAMES_MAX], count = 0;
    for (int i = 0; i < w->actions.count; i++) {
        if (tells_key(w, of, i)) {
            actions[count++] = i;
        }
    }
    if (count == 0) {
        return false;
    }
    bool back = pick(w, 6) == 0;
    say(w, back ? "    to " : "    from ");
    keyed_acts_say(w, actions, count);
    if (back) {
        unit length = unit_pick(w);
        gjb_buffer_add_format(w->out, "\n    %s %d %s before %s\n",
                              pick(w, 2) == 0 ? "at least" : "within", 1 + pick(w, length.most),
                              length.name, w->actions.items[actions[pick(w, count)]]);
    } else {
        say(w, " to ");
        keyed_acts_say(w, actions, count);
        say(w, "\n");
        length_say(w, r, actions, count);
    }
    gjb_buffer_add_format(w->out, "    per %s at most %d open\n", of->name, 1 + pick(w, 3));
    return true;
}

void limit_say(writing *w, const region *r, const char *name)
{
    static const char *const kinds[] = {"", "", " statutory", " promised"};
    gjb_buffer_add_format(w->out, "  limit %s%s%s {\n", name, pick(w, 2) == 0 ? " \"时限\"" : "",
                          kinds[pick(w, 4)]);
    if (pick(w, 4) == 0 && keyed_say(w, r)) {
        /* it is said */
    } else if (pick(w, 6) == 0) {
        backward_say(w, r);
    } else {
        say(w, "    from ");
        triggers_say(w, r, true);
        say(w, " to ");
        triggers_say(w, r, true);
        say(w, "\n");
        length_say(w, r, NULL, 0);
    }
    if (w->exchange && pick(w, 2) == 0) {
        say(w, "    calendar exchange\n");
    }
    if (pick(w, 4) == 0) {
        say(w, "    duty holder\n");
    } else if (pick(w, 3) == 0) {
        gjb_buffer_add_format(w->out, "    duty %s\n", one_of(w, &w->posts));
    }
    if (w->law && pick(w, 3) == 0) {
        say(w, "    basis rules.2\n");
    }
    say(w, "  }\n");
}
