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
    if (!kind_is_refused(GJC_RULE_COUNT) && pick(w, 3) == 0) {
        static const char *const bounds[] = {"at most", "at least", "exactly"};
        int which = pick(w, 3);
        at_the_end = which > 0;
        gjb_buffer_add_format(w->out, "count %s %s %d times", w->actions.items[action],
                              bounds[which], 1 + pick(w, 3));
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
        write_basis(w);
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
