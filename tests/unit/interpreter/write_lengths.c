/* SPDX-License-Identifier: Apache-2.0
 *
 * Random lines of `within`, of which the case decides. See random.h. */
#include "unit/interpreter/written.h"

#include <string.h>

static void say(writing *w, const char *text)
{
    gjb_buffer_add_string(w->out, text);
}

static int pick(writing *w, int count)
{
    return chance_pick(&w->chance, count);
}

/* How many of the unit the case tells: a field, or a calculation. */
static void told_length_say(writing *w, const char *unit, int most)
{
    bool far = strcmp(unit, "months") == 0 || strcmp(unit, "years") == 0;
    if (w->fields[3] && !far && pick(w, 2) == 0) {
        gjb_buffer_add_format(w->out, "people %s", unit);
        return;
    }
    say(w, "(");
    if (w->fields[3] && !far && pick(w, 3) > 0) {
        say(w, "people + ");
    }
    gjb_buffer_add_format(w->out, "%d + ((", 1 + pick(w, most));
    written_value(w, NUMBER, 1);
    gjb_buffer_add_format(w->out, ") mod 3)%s) %s", far ? " * 0" : "", unit);
}

/* One of several lines, or the only one. */
static void within_say(writing *w, const char *unit, int most, bool when)
{
    say(w, "    within ");
    if (pick(w, 3) == 0) {
        told_length_say(w, unit, most);
    } else {
        gjb_buffer_add_format(w->out, "%d %s", 1 + pick(w, most), unit);
    }
    if (when) {
        say(w, " when ");
        write_condition(w, 2);
    }
    write_basis(w);
    say(w, "\n");
}

/* Lines of which the case decides. */
void write_lengths(writing *w, const char *unit, int most)
{
    w->lasting = true;
    for (int more = pick(w, 3); more > 0; more--) {
        within_say(w, unit, most, true);
    }
    within_say(w, unit, most, pick(w, 3) == 0);
    w->lasting = false;
}
