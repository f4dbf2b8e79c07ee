/* SPDX-License-Identifier: Apache-2.0
 *
 * Random conditions, and what acts set. See random.h. */
#include "unit/interpreter/written.h"

static void say(writing *w, const char *text)
{
    gjb_buffer_add_string(w->out, text);
}

static int pick(writing *w, int count)
{
    return chance_pick(&w->chance, count);
}

static void ordered(writing *w, int depth)
{
    static const char *const relations[] = {" < ", " <= ", " > ", " >= ", " is ", " is not "};
    static const want types[] = {NUMBER, NUMBER, MONEY, DATE, TIME, LENGTH};
    want of = types[pick(w, 6)];
    written_between(w, "(", of, relations[pick(w, 6)], of, depth);
}

/* A field of a type that is not ordered, beside a value of it. */
static void plain_field_is(writing *w)
{
    static const want types[] = {TEXT, OFFICER, KIND};
    want of = types[pick(w, 3)];
    const char *name = written_find(w, of, false);
    if (name == NULL) {
        say(w, "true");
        return;
    }
    switch (pick(w, 5)) {
    case 0:
        gjb_buffer_add_format(w->out, "(%s in [", name);
        written_literal(w, of);
        say(w, ", ");
        written_literal(w, of);
        say(w, "])");
        return;
    case 1:
        gjb_buffer_add_format(w->out, "((%s else ", name);
        written_literal(w, of);
        say(w, ") is ");
        break;
    default:
        gjb_buffer_add_format(w->out, "(%s %s ", name, pick(w, 2) == 0 ? "is" : "is not");
        break;
    }
    written_literal(w, of);
    say(w, ")");
}

static void in_list(writing *w, int depth)
{
    static const want types[] = {NUMBER, MONEY, DATE, TEXT, OFFICER, KIND, LENGTH, TIME};
    want of = types[pick(w, 8)];
    size_t before = w->out->size;
    say(w, "(");
    written_value(w, of, depth - 1);
    say(w, " in ");
    if (!written_asked(w, of, depth)) {
        w->out->size = before;
        ordered(w, depth);
        return;
    }
    say(w, ")");
}

static void records(writing *w)
{
    if (w->in_function || !w->fields[15] || !w->fields[16]) {
        say(w, "false");
        return;
    }
    switch (pick(w, 4)) {
    case 0:
        say(w, "(plan is offer)");
        return;
    case 1:
        say(w, w->fields[23] ? "(offer in bids)" : "(plan is not offer)");
        return;
    case 2:
        say(w, "(plan.place is offer.place)");
        return;
    default:
        say(w, "(offer.place.sort is beta and count(plan.tags) >= 1)");
    }
}

/* What only comparing gives a meaning to. */
static void beside(writing *w, int depth)
{
    if (pick(w, 2) == 0) {
        say(w, "(");
        written_value(w, TIME, depth - 1);
        say(w, pick(w, 2) == 0 ? " >= 09:00)" : " < 17:30)");
        return;
    }
    static const char *const units[] = {"2 months", "1 years", "5 workdays"};
    written_between(w, "(", DATE, " - ", DATE, depth);
    w->out->size--; /* the bracket closes after the rest */
    gjb_buffer_add_format(w->out, "%s%s)", pick(w, 2) == 0 ? " > " : " <= ",
                          units[pick(w, w->calendar && !w->in_function ? 3 : 2)]);
}

static void of_past(writing *w)
{
    if (w->in_function) {
        say(w, "true");
        return;
    }
    if (!w->lasting && w->limits.count > 0 && pick(w, 2) == 0) {
        say(w, "running(");
        written_one(w, &w->limits);
    } else {
        say(w, "done(");
        written_one(w, &w->actions);
    }
    say(w, ")");
}

void write_condition(writing *w, int depth)
{
    if (depth > 0 && pick(w, 8) == 0 && written_call(w, BOOL, false, depth)) {
        return;
    }
    if (depth > 1 && !kind_is_refused(GJC_EXPR_BIND) && pick(w, 7) == 0 && written_walk(w, depth)) {
        return;
    }
    switch (pick(w, depth > 0 ? 14 : 3)) {
    case 0:
        if (!written_name(w, BOOL, false)) {
            plain_field_is(w);
        }
        return;
    case 1:
    case 2:
        plain_field_is(w);
        return;
    case 3:
        written_between(w, "(", BOOL, " and ", BOOL, depth);
        return;
    case 4:
        written_between(w, "(", BOOL, " or ", BOOL, depth);
        return;
    case 5:
        say(w, "(not ");
        write_condition(w, depth - 1);
        say(w, ")");
        return;
    case 6:
        in_list(w, depth);
        return;
    case 7:
        records(w);
        return;
    case 8:
        beside(w, depth);
        return;
    case 9:
        of_past(w);
        return;
    case 10:
        written_between(w, "(", BOOL, " else ", BOOL, depth);
        return;
    default:
        ordered(w, depth);
    }
}

/* A field or, where they are in sight, a parameter that is none of those taken, and its value. */
static bool write_value_of(writing *w, unsigned *taken, const char *between)
{
    for (int tries = 0; tries < 20; tries++) {
        int i = pick(w, CATALOGUE);
        const catalogue_field *f = &catalogue[i];
        if (!w->fields[i] || f->list || f->of == BID || (*taken >> i & 1u) != 0) {
            continue;
        }
        *taken |= 1u << i;
        gjb_buffer_add_format(w->out, "%s%s", f->name, between);
        written_value(w, f->of, 2);
        return true;
    }
    return false;
}

bool write_setting(writing *w, unsigned *taken)
{
    return write_value_of(w, taken, " = ");
}

bool write_telling(writing *w, unsigned *taken)
{
    return write_value_of(w, taken, ": ");
}
