/* SPDX-License-Identifier: Apache-2.0
 *
 * Random rules and what posts may do and must never do. See random.h. */
#include "unit/interpreter/random.h"

static int pick(writing *w, int count)
{
    return chance_pick(&w->chance, count);
}

static void say(writing *w, const char *text)
{
    gjb_buffer_add_string(w->out, text);
}

void write_basis(writing *w)
{
    if (w->law && pick(w, 4) == 0) {
        static const char *const cited[] = {"rules.3.1", "《办事规则》第二条, rules.7", "lic.42.1"};
        gjb_buffer_add_format(w->out, " basis %s", cited[pick(w, w->uses ? 3 : 2)]);
    }
}

/* ---- rules that relate acts ---- */

static const char *action_pick(writing *w)
{
    return w->actions.items[pick(w, w->actions.count)];
}

/* `A [when E]`, a new action each time, which it gives. */
static int act_say(writing *w)
{
    int action = pick(w, w->actions.count);
    say(w, w->actions.items[action]);
    if (pick(w, 4) == 0) {
        w->parameters = w->action_parameters[action];
        say(w, " when ");
        write_condition(w, 2);
        w->parameters = 0;
    }
    return action;
}

/* Of working days and office hours where there is a calendar. */
static void length_say(writing *w)
{
    static const char *const units[] = {"days",  "hours",    "minutes",  "months",
                                        "years", "workdays", "workhours"};
    static const int most[] = {12, 60, 300, 2, 1, 8, 40};
    int unit = pick(w, w->calendar ? 7 : 5);
    gjb_buffer_add_format(w->out, "%d %s", 1 + pick(w, most[unit]), units[unit]);
}

/* An action, which tells the key where there is one. */
static void point_say(writing *w, int key)
{
    int action = pick(w, w->actions.count);
    for (int tries = 0; key >= 0 && tries < 200 && (w->action_parameters[action] >> key & 1) == 0;
         tries++) {
        action = pick(w, w->actions.count);
    }
    say(w, w->actions.items[action]);
}

/* `A or B`. */
static void points_say(writing *w, int key)
{
    for (int more = pick(w, 3) == 0 ? 2 : 1, i = 0; i < more; i++) {
        say(w, i > 0 ? " or " : "");
        point_say(w, key);
    }
}

/* A parameter that some action has, or -1: the first and the last hide fields. */
static int key_pick(writing *w)
{
    int key = pick(w, 2) == 0 ? 1 : 3;
    for (int i = 0; i < w->actions.count; i++) {
        if ((w->action_parameters[i] >> key & 1) != 0) {
            return pick(w, 2) == 0 ? key : -1;
        }
    }
    return -1;
}

static void names_say(writing *w, int least)
{
    int first = pick(w, w->actions.count);
    int count = least + pick(w, 2);
    count = count < w->actions.count ? count : w->actions.count;
    for (int i = 0; i < count; i++) {
        gjb_buffer_add_format(w->out, "%s%s", i > 0 ? ", " : "",
                              w->actions.items[(first + i) % w->actions.count]);
    }
}

static void key_say(writing *w, int key)
{
    if (key >= 0) {
        gjb_buffer_add_format(w->out, " per %s", key == 1 ? "reason" : "on_day");
    }
}

/* Whether an exception may stand behind it. */
static bool relation_say(writing *w)
{
    int kind = pick(w, 8), key = kind == 2 || kind == 3 ? key_pick(w) : -1;
    bool timed = pick(w, 3) > 0;
    switch (kind) {
    case 0:
        say(w, "every ");
        w->first_parameters = w->action_parameters[act_say(w)];
        say(w, " followed by ");
        w->asks_first = pick(w, 2) == 0;
        (void)act_say(w);
        w->asks_first = false;
        say(w, timed ? " within " : "");
        if (timed) {
            length_say(w);
        }
        return timed;
    case 1:
        gjb_buffer_add_format(w->out, "every %s preceded by ", action_pick(w));
        (void)act_say(w);
        if (timed) {
            bool least = pick(w, 2) == 0;
            say(w, least ? " at least " : " within ");
            length_say(w);
            say(w, least ? " before" : "");
        }
        return true;
    case 2:
        say(w, "after ");
        points_say(w, key);
        say(w, " never ");
        names_say(w, 1);
        if (timed) {
            say(w, " until ");
            points_say(w, key);
        }
        key_say(w, key);
        return true;
    case 3:
        say(w, "between ");
        points_say(w, key);
        say(w, " and ");
        points_say(w, key);
        say(w, " never ");
        names_say(w, 1);
        key_say(w, key);
        return true;
    case 4:
        say(w, "not both ");
        names_say(w, 2);
        return true;
    case 7: {
        int one = pick(w, w->posts.count), other = (one + 1 + pick(w, 3)) % w->posts.count;
        gjb_buffer_add_format(w->out, "separate posts %s, %s by officers", w->posts.items[one],
                              w->posts.items[other]);
        return true;
    }
    default:
        say(w, kind == 5 ? "separate " : "join ");
        names_say(w, 2);
        say(w, " by officers");
        return true;
    }
}

void write_rule(writing *w, const char *name)
{
    static const char *const cards[] = {"", " notice", " yellow", " red"};
    int action = pick(w, w->actions.count), other = pick(w, w->actions.count);
    bool at_the_end = false; /* where the missing data of an exception belong is not said */
    bool several = pick(w, 4) == 0 && action != other;
    gjb_buffer_add_format(w->out, "  rule %s%s%s", name, pick(w, 2) == 0 ? " \"规则\"" : "",
                          cards[pick(w, 4)]);
    write_basis(w);
    say(w, " {\n    ");
    w->parameters = several ? 0 : w->action_parameters[action];
    if (w->actions.count > 1 && pick(w, 2) == 0) {
        w->parameters = 0;
        at_the_end = !relation_say(w);
    } else if (!kind_is_refused(GJC_RULE_COUNT) && pick(w, 3) == 0) {
        static const char *const bounds[] = {"at most", "at least", "exactly"};
        int which = pick(w, 3), key = pick(w, 2) == 0 ? key_pick(w) : -1;
        at_the_end = which > 0;
        say(w, "count ");
        point_say(w, key);
        gjb_buffer_add_format(w->out, " %s %d times", bounds[which], 1 + pick(w, 3));
        key_say(w, key);
        w->parameters = 0;
    } else if (pick(w, 2) == 0) {
        w->parameters = w->action_parameters[action];
        gjb_buffer_add_format(w->out, "on %s require ", w->actions.items[action]);
        write_condition(w, 3);
        if (pick(w, 2) == 0) {
            say(w, " when ");
            write_condition(w, 2);
        }
    } else {
        gjb_buffer_add_format(w->out, "never %s", w->actions.items[action]);
        if (several) {
            gjb_buffer_add_format(w->out, ", %s", w->actions.items[other]);
        }
        if (pick(w, 5) > 0) {
            say(w, " when ");
            write_condition(w, 3);
        }
    }
    for (int i = kind_is_refused(GJC_EXCEPT) || at_the_end || pick(w, 2) == 0 ? 0 : 1 + pick(w, 2);
         i > 0; i--) {
        say(w, "\n    except when ");
        write_condition(w, 2);
        if (i == 1) { /* two on different articles must not meet */
            write_basis(w);
        }
    }
    w->parameters = 0;
    say(w, "\n  }\n");
}

static void when_say(writing *w, int one_in)
{
    if (pick(w, one_in) == 0) {
        say(w, " when ");
        write_condition(w, 2);
    }
}

/* In a time from an act, or before one; by a date; or at all. */
static void duty_say(writing *w)
{
    int length = 1 + pick(w, 6), act = pick(w, w->actions.count);
    const char *unit = pick(w, 3) == 0                  ? "hours"
                       : w->calendar && pick(w, 2) == 0 ? "workdays"
                                                        : "days";
    const char *awaited = w->actions.items[act];
    gjb_buffer_add_format(w->out, "    must %s", w->actions.items[pick(w, w->actions.count)]);
    w->parameters = w->action_parameters[act];
    switch (pick(w, 5)) {
    case 0:
        gjb_buffer_add_format(w->out, " %s %d %s before %s",
                              pick(w, 2) == 0 ? "at least" : "within", length, unit, awaited);
        when_say(w, 2);
        break;
    case 1:
        w->parameters = 0;
        when_say(w, 2);
        break;
    case 2:
        if (w->fields[6] || w->fields[9]) {
            gjb_buffer_add_format(w->out, " by %s", w->fields[6] ? "filed" : "opened");
            break;
        }
        /* fall through */
    case 3:
        gjb_buffer_add_format(w->out, " within %d %s from %s or %s", length, unit, awaited,
                              w->actions.items[pick(w, w->actions.count)]);
        w->parameters = 0;
        when_say(w, 2);
        break;
    default:
        gjb_buffer_add_format(w->out, " within %d %s from %s", length, unit, awaited);
        when_say(w, 2);
    }
    w->parameters = 0;
    write_basis(w);
    say(w, "\n");
}

void write_powers(writing *w)
{
    gjb_buffer_add_format(w->out, "  post %s {\n", w->posts.items[pick(w, w->posts.count)]);
    for (int i = 1 + pick(w, 3); i > 0; i--) {
        if (pick(w, 3) == 0) {
            duty_say(w);
            continue;
        }
        int action = pick(w, w->actions.count);
        gjb_buffer_add_format(w->out, "    %s %s", pick(w, 3) > 0 ? "may" : "never",
                              w->actions.items[action]);
        w->parameters = w->action_parameters[action];
        if (pick(w, 3) > 0) {
            say(w, " when ");
            write_condition(w, 2);
        }
        write_basis(w);
        say(w, "\n");
    }
    w->parameters = 0;
    say(w, "  }\n");
}
