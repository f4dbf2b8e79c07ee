/* SPDX-License-Identifier: Apache-2.0
 *
 * Random functions and calls of them: each may call those before it. See random.h. */
#include "unit/interpreter/written.h"

#include <stdio.h>

static const char *const type_names[WANTS] = {
    [BOOL] = "bool", [NUMBER] = "number",   [MONEY] = "money", [DATE] = "date",
    [TIME] = "time", [LENGTH] = "duration", [TEXT] = "text",   [OFFICER] = "officer",
    [KIND] = "kind", [BID] = "bid"};

static void say(writing *w, const char *text)
{
    gjb_buffer_add_string(w->out, text);
}

static int pick(writing *w, int count)
{
    return chance_pick(&w->chance, count);
}

/* ---- lists ---- */

bool written_list(writing *w, want of, int depth)
{
    if (depth > 0 && pick(w, 5) == 0 && written_call(w, of, true, depth)) {
        return true;
    }
    return written_name(w, of, true);
}

/* ---- calls ---- */

static bool argument(writing *w, const local_name *given, int depth)
{
    if (given->list) {
        return written_list(w, given->of, depth - 1);
    }
    if (given->of == BID) {
        return written_name(w, BID, false);
    }
    written_value(w, given->of, depth - 1);
    return true;
}

static bool call_say(writing *w, want of, bool list, bool collects, int depth)
{
    const written_function *fitting[FUNCTIONS_MAX + TABLES_MAX], *called;
    size_t before = w->out->size;
    int count = 0;
    for (int i = 0; i < w->function_count; i++) {
        if (w->functions[i].of == of && w->functions[i].list == list &&
            w->functions[i].collects == collects) {
            fitting[count++] = &w->functions[i];
        }
    }
    if (count == 0) {
        return false;
    }
    called = fitting[pick(w, count)];
    gjb_buffer_add_format(w->out, "%s(", called->name);
    for (int i = 0; i < called->given_count; i++) {
        say(w, i > 0 ? ", " : "");
        if (!argument(w, &called->given[i], depth)) {
            w->out->size = before;
            return false;
        }
    }
    say(w, ")");
    return true;
}

bool written_call(writing *w, want of, bool list, int depth)
{
    return call_say(w, of, list, false, depth);
}

bool written_asked(writing *w, want of, int depth)
{
    bool rows = depth > 0 && pick(w, 3) == 0 && call_say(w, of, true, true, depth);
    return rows || written_list(w, of, depth);
}

/* ---- functions ---- */

void written_type(writing *w, want of, bool list)
{
    gjb_buffer_add_format(w->out, "%s%s", list ? "list of " : "", type_names[of]);
}

static void given_say(writing *w, written_function *f)
{
    static const want often[] = {BOOL, NUMBER, MONEY, DATE, KIND, BID};
    f->given_count = pick(w, GIVEN_MAX + 1);
    say(w, " (");
    for (int i = 0; i < f->given_count; i++) {
        local_name *given = &f->given[i];
        snprintf(given->name, sizeof given->name, "given_%d", i);
        given->list = pick(w, 3) == 0;
        given->of = pick(w, 3) == 0 ? (want)pick(w, WANTS) : often[pick(w, 6)];
        if (f->list && i == 0) { /* what it may give */
            given->list = true;
            given->of = f->of;
        } else if (i == 0 && pick(w, 2) == 0) {
            given->list = false;
            given->of = f->of;
        }
        gjb_buffer_add_format(w->out, "%s%s%s: ", i > 0 ? ", " : "", given->name,
                              pick(w, 4) == 0 ? " \"所给\"" : "");
        written_type(w, given->of, given->list);
    }
    say(w, ") -> ");
}

static bool given_name(writing *w, const written_function *f)
{
    return f->list ? written_list(w, f->of, 1) : written_name(w, BID, false);
}

/* What it gives: of lists and bids there is nothing but what it was given. */
static void given_back(writing *w, const written_function *f)
{
    bool either = pick(w, 3) == 0;
    if (!f->list && f->of != BID) {
        written_value(w, f->of, 2);
        return;
    }
    say(w, either ? "(" : "");
    given_name(w, f);
    if (either) {
        say(w, " else ");
        given_name(w, f);
        say(w, ")");
    }
}

static void body_say(writing *w, const written_function *f)
{
    if (pick(w, 2) == 0) {
        say(w, " = ");
        given_back(w, f);
        say(w, "\n");
        return;
    }
    say(w, " {\n");
    for (int i = 1 + pick(w, 3); i > 0; i--) {
        say(w, "  when ");
        write_condition(w, 2);
        say(w, " : ");
        given_back(w, f);
        say(w, "\n");
    }
    say(w, "  else ");
    given_back(w, f);
    say(w, "\n}\n");
}

static void function_say(writing *w, int number)
{
    written_function *f = &w->functions[number];
    f->list = pick(w, 5) == 0;
    f->of = pick(w, 2) == 0 ? (want)pick(w, NUMBER + 1) : (want)pick(w, WANTS);
    snprintf(f->name, sizeof f->name, "work_%d", number);
    gjb_buffer_add_format(w->out, "function %s%s", f->name, pick(w, 3) == 0 ? " \"函数\"" : "");
    given_say(w, f);
    written_type(w, f->of, f->list);
    for (int i = 0; i < f->given_count; i++) {
        w->locals[w->local_count++] = f->given[i];
    }
    body_say(w, f);
    w->local_count = 0;
}

void write_functions(writing *w)
{
    int count = kind_is_refused(GJC_FUNCTION) ? 0 : pick(w, FUNCTIONS_MAX + 1);
    w->in_function = true;
    for (int i = w->function_count, last = i + count; i < last; i++) {
        size_t before = w->out->size;
        function_say(w, i);
        const written_function *f = &w->functions[i];
        if ((f->list || f->of == BID) &&
            (f->given_count == 0 || f->given[0].of != f->of || f->given[0].list != f->list)) {
            w->out->size = before; /* it has nothing to give */
            last--;
            i--;
            continue;
        }
        w->function_count++;
    }
    w->in_function = false;
}
