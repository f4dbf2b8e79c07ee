/* SPDX-License-Identifier: Apache-2.0
 *
 * Random expressions, of every type, over a fixed catalogue of fields of which a procedure has
 * some. See random.h. */
#include "unit/interpreter/random.h"

#include <stdarg.h>
#include <string.h>

typedef enum want { BOOL, NUMBER, MONEY, DATE, TIME, LENGTH, TEXT, OFFICER, KIND, BID, WANTS } want;

static const struct field {
    const char *name, *title, *type, *preset;
    want of;
    bool list;
} catalogue[] = {
    {"flag", "甲否", "bool", "false", BOOL, false},
    {"open_to_all", NULL, "bool", NULL, BOOL, false},
    {"area", "面积", "number", "40.5", NUMBER, false},
    {"people", "人数", "number", NULL, NUMBER, false},
    {"fee", "收费", "money", "0", MONEY, false},
    {"deposit", NULL, "money", "3万元", MONEY, false},
    {"filed", "申请日", "date", NULL, DATE, false},
    {"posted", "公示日", "date", "2024-02-05", DATE, false},
    {"answered", NULL, "date", NULL, DATE, false},
    {"opened", "开标时刻", "time", NULL, TIME, false},
    {"spent", "用时", "duration", "36 hours", LENGTH, false},
    {"remark", "备注", "text", NULL, TEXT, false},
    {"owner", "经办人", "officer", "\"u1\"", OFFICER, false},
    {"sort", "类别", "kind", NULL, KIND, false},
    {"other_sort", NULL, "kind", "beta", KIND, false},
    {"plan", "预案", "bid", NULL, BID, false},
    {"offer", NULL, "bid", NULL, BID, false},
    {"scores", "评分", "list of number", NULL, NUMBER, true},
    {"prices", NULL, "list of money", NULL, MONEY, true},
    {"hearings", "听证日", "list of date", NULL, DATE, true},
    {"notes", NULL, "list of text", NULL, TEXT, true},
    {"inspectors", "核查人员", "people_list", NULL, OFFICER, true},
    {"sorts", NULL, "list of kind", NULL, KIND, true},
    {"bids", "各家", "list of bid", NULL, BID, true},
    {"waits", NULL, "list of duration", NULL, LENGTH, true},
    {"turns", NULL, "list of time", NULL, TIME, true},
};
enum { CATALOGUE = sizeof catalogue / sizeof *catalogue };

/* What an action may have as parameters; the first and the last hide fields of their names. */
static const struct parameter {
    const char *name, *title, *type;
    want of;
} parameters[] = {
    {"people", "到场人数", "number", NUMBER},
    {"reason", "理由", "text", TEXT},
    {"urgent", NULL, "bool", BOOL},
    {"on_day", "日子", "date", DATE},
    {"sort", NULL, "kind", KIND},
};
enum { PARAMETERS = sizeof parameters / sizeof *parameters };

static void say(writing *w, const char *text)
{
    gjb_buffer_add_string(w->out, text);
}

static int pick(writing *w, int count)
{
    return chance_pick(&w->chance, count);
}

/* ---- declarations ---- */

void write_types(writing *w)
{
    say(w, "type kind \"种类\" = one of { alpha \"甲类\", beta, gamma \"丙类\" }\n"
           "type people_list = list of officer\n"
           "type site {\n  size : number\n  sort : kind\n}\n"
           "type bid {\n  price \"报价\" : money\n  by_day : date\n  maker : officer\n"
           "  place : site\n  tags \"标签\" : list of text\n}\n");
}

void write_fields(writing *w)
{
    say(w, "  data {\n");
    for (int i = 0; i < CATALOGUE; i++) {
        const struct field *f = &catalogue[i];
        w->fields[i] = pick(w, 3) > 0;
        if (!w->fields[i]) {
            continue;
        }
        gjb_buffer_add_format(w->out, "    %s ", f->name);
        if (f->title != NULL) {
            gjb_buffer_add_format(w->out, "\"%s\" ", f->title);
        }
        gjb_buffer_add_format(w->out, ": %s%s", f->type, pick(w, 3) == 0 ? " optional" : "");
        if (f->preset != NULL && pick(w, 2) == 0) {
            gjb_buffer_add_format(w->out, " = %s", f->preset);
        }
        say(w, "\n");
    }
    say(w, "  }\n");
}

void write_parameters(writing *w, int which)
{
    const char *between = "(";
    for (int i = 0; i < PARAMETERS; i++) {
        const struct parameter *p = &parameters[i];
        if ((which >> i & 1) == 0) {
            continue;
        }
        gjb_buffer_add_format(w->out, "%s%s", between, p->name);
        if (p->title != NULL) {
            gjb_buffer_add_format(w->out, " \"%s\"", p->title);
        }
        gjb_buffer_add_format(w->out, " : %s%s", p->type, pick(w, 3) == 0 ? " optional" : "");
        between = ", ";
    }
    say(w, which != 0 ? ")" : "");
}

/* ---- names that there are ---- */

static bool is_hidden(const writing *w, const char *name)
{
    for (int i = 0; i < PARAMETERS; i++) {
        if ((w->parameters >> i & 1) != 0 && strcmp(parameters[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* A field or parameter of the type; NULL where there is none. */
static const char *name_of(writing *w, want of, bool list)
{
    const char *found[CATALOGUE + PARAMETERS];
    int count = 0;
    for (int i = 0; i < CATALOGUE; i++) {
        if (w->fields[i] && catalogue[i].of == of && catalogue[i].list == list &&
            !is_hidden(w, catalogue[i].name)) {
            found[count++] = catalogue[i].name;
        }
    }
    for (int i = 0; i < PARAMETERS; i++) {
        if ((w->parameters >> i & 1) != 0 && parameters[i].of == of && !list) {
            found[count++] = parameters[i].name;
        }
    }
    return count == 0 ? NULL : found[pick(w, count)];
}

static bool say_name(writing *w, want of, bool list)
{
    const char *name = name_of(w, of, list);
    say(w, name != NULL ? name : "");
    return name != NULL;
}

static bool say_one(writing *w, const names *of)
{
    say(w, of->count > 0 ? of->items[pick(w, of->count)] : "");
    return of->count > 0;
}

/* ---- values of every type ---- */

static void write_value(writing *w, want of, int depth);

static void between(writing *w, const char *open, want a, const char *middle, want b, int depth)
{
    say(w, open);
    write_value(w, a, depth - 1);
    say(w, middle);
    write_value(w, b, depth - 1);
    say(w, ")");
}

static void literal(writing *w, want of)
{
    static const char *const literals[WANTS][5] = {
        [BOOL] = {"true", "false", "true", "false", "true"},
        [NUMBER] = {"0", "2", "3.5", "40%", "1_000"},
        [MONEY] = {"0 CNY", "20 CNY", "3万元", "400万元", "1_000 CNY"},
        [DATE] = {"2024-02-05", "2024-02-29", "2024-03-31", "2024-01-01", "2024-02-18"},
        [TIME] = {"2024-02-05T09:00+08:00", "2024-03-31T01:00Z", "2024-02-20T12:30+01:00",
                  "2024-02-09T23:59+08:00", "2024-03-01T00:00Z"},
        [LENGTH] = {"3 days", "36 hours", "90 minutes", "1 day", "0.5 days"},
        [TEXT] = {"\"x\"", "\"加急\"", "\"\"", "\"y\"", "\"x\""},
        [OFFICER] = {"\"u1\"", "\"u2\"", "\"u3\"", "\"u1\"", "\"u2\""},
        [KIND] = {"alpha", "beta", "gamma", "alpha", "beta"},
    };
    say(w, literals[of][pick(w, 5)]);
}

static void number(writing *w, int depth)
{
    switch (pick(w, depth > 0 ? 11 : 2)) {
    case 0:
        literal(w, NUMBER);
        return;
    case 1:
        if (!say_name(w, NUMBER, false)) {
            literal(w, NUMBER);
        }
        return;
    case 2:
        between(w, "(", NUMBER, " + ", NUMBER, depth);
        return;
    case 3:
        between(w, "(", NUMBER, " - ", NUMBER, depth);
        return;
    case 4:
        between(w, "(", NUMBER, " * ", NUMBER, depth);
        return;
    case 5:
        between(w, "(", NUMBER, " mod ", NUMBER, depth);
        return;
    case 6:
        say(w, "(-");
        literal(w, NUMBER);
        say(w, ")");
        return;
    case 7:
        between(w, "(", NUMBER, " else ", NUMBER, depth);
        return;
    case 8:
        say(w, "times(");
        say_one(w, &w->actions);
        say(w, ")");
        return;
    case 9:
        if (w->fields[15]) {
            say(w, "plan.place.size");
            return;
        }
        literal(w, NUMBER);
        return;
    default: {
        static const want lists[] = {NUMBER, MONEY, DATE, TEXT, OFFICER, KIND, BID, LENGTH, TIME};
        const char *name = name_of(w, lists[pick(w, 9)], true);
        if (name == NULL) {
            literal(w, NUMBER);
            return;
        }
        gjb_buffer_add_format(w->out, "%s(%s)", pick(w, 2) == 0 ? "count" : "distinct", name);
    }
    }
}

/* sum, least or greatest of a list; false where there is none of the type. */
static bool folded(writing *w, want of, bool sums)
{
    const char *name = name_of(w, of, true);
    if (name == NULL) {
        return false;
    }
    int which = pick(w, sums ? 3 : 2);
    gjb_buffer_add_format(w->out, "%s(%s)", which == 0 ? "max" : which == 1 ? "min" : "sum", name);
    return true;
}

static void money(writing *w, int depth)
{
    switch (pick(w, depth > 0 ? 7 : 2)) {
    case 2:
        between(w, "(", MONEY, " + ", MONEY, depth);
        return;
    case 3:
        between(w, "(", MONEY, " * ", NUMBER, depth);
        return;
    case 4:
        between(w, "(", MONEY, " else ", MONEY, depth);
        return;
    case 5:
        if (folded(w, MONEY, true)) {
            return;
        }
        break;
    case 6:
        if (w->fields[16]) {
            say(w, pick(w, 2) == 0 ? "offer.price" : "(offer.price else 5 CNY)");
            return;
        }
        break;
    case 1:
        if (say_name(w, MONEY, false)) {
            return;
        }
        break;
    default:
        break;
    }
    literal(w, MONEY);
}

static void shift(writing *w, int depth)
{
    static const char *const units[] = {"months", "years", "workdays", "days", "hours"};
    say(w, "(");
    write_value(w, DATE, depth - 1);
    say(w, pick(w, 2) == 0 ? " + " : " - ");
    int unit = pick(w, 4);
    unit = unit == 2 && !w->calendar ? 0 : unit;
    if (pick(w, 4) == 0) {
        say(w, "(");
        write_value(w, NUMBER, depth - 1);
        say(w, ") ");
    } else {
        gjb_buffer_add_format(w->out, "%d ", 1 + pick(w, 4));
    }
    gjb_buffer_add_format(w->out, "%s)", units[unit]);
}

static void date(writing *w, int depth)
{
    switch (pick(w, depth > 0 ? 9 : 3)) {
    case 1:
        say(w, "today");
        return;
    case 2:
        if (say_name(w, DATE, false)) {
            return;
        }
        break;
    case 3:
        say(w, "date(");
        say_one(w, &w->actions);
        say(w, ")");
        return;
    case 4:
        if (w->limits.count > 0) {
            say(w, "due(");
            say_one(w, &w->limits);
            say(w, ")");
            return;
        }
        break;
    case 5:
    case 6:
        shift(w, depth);
        return;
    case 7:
        if (folded(w, DATE, false)) {
            return;
        }
        break;
    case 8:
        between(w, "(", DATE, " else ", DATE, depth);
        return;
    default:
        break;
    }
    literal(w, DATE);
}

static void time_of(writing *w, int depth)
{
    switch (pick(w, depth > 0 ? 5 : 2)) {
    case 0:
        say(w, "at");
        return;
    case 1:
        if (say_name(w, TIME, false)) {
            return;
        }
        break;
    case 2:
        between(w, "(", TIME, pick(w, 2) == 0 ? " + " : " - ", LENGTH, depth);
        return;
    case 3:
        if (folded(w, TIME, false)) {
            return;
        }
        break;
    default:
        break;
    }
    literal(w, TIME);
}

static void length(writing *w, int depth)
{
    switch (pick(w, depth > 0 ? 8 : 2)) {
    case 1:
        if (say_name(w, LENGTH, false)) {
            return;
        }
        break;
    case 2:
        between(w, "(", DATE, " - ", DATE, depth);
        return;
    case 3:
        between(w, "(", TIME, " - ", TIME, depth);
        return;
    case 4:
        between(w, "(", LENGTH, " + ", LENGTH, depth);
        return;
    case 5:
        between(w, "(", LENGTH, " * ", NUMBER, depth);
        return;
    case 6:
        say(w, "(");
        write_value(w, NUMBER, depth - 1);
        say(w, pick(w, 2) == 0 ? ") hours" : ") days");
        return;
    case 7:
        if (folded(w, LENGTH, true)) {
            return;
        }
        break;
    default:
        break;
    }
    literal(w, LENGTH);
}

static void write_value(writing *w, want of, int depth)
{
    switch (of) {
    case NUMBER:
        number(w, depth);
        return;
    case MONEY:
        money(w, depth);
        return;
    case DATE:
        date(w, depth);
        return;
    case TIME:
        time_of(w, depth);
        return;
    case LENGTH:
        length(w, depth);
        return;
    case BOOL:
        write_condition(w, depth);
        return;
    case TEXT:
    case OFFICER:
    case KIND:
    case BID:
    case WANTS:
        break;
    }
    if (pick(w, 3) == 0 || !say_name(w, of, false)) {
        literal(w, of);
    }
}

/* ---- conditions ---- */

static void ordered(writing *w, int depth)
{
    static const char *const relations[] = {" < ", " <= ", " > ", " >= ", " is ", " is not "};
    static const want types[] = {NUMBER, NUMBER, MONEY, DATE, TIME, LENGTH};
    want of = types[pick(w, 6)];
    between(w, "(", of, relations[pick(w, 6)], of, depth);
}

/* A field of a type that is not ordered, beside a value of it. */
static void plain_field_is(writing *w)
{
    static const want types[] = {TEXT, OFFICER, KIND};
    want of = types[pick(w, 3)];
    const char *name = name_of(w, of, false);
    if (name == NULL) {
        say(w, "true");
        return;
    }
    switch (pick(w, 5)) {
    case 0:
        gjb_buffer_add_format(w->out, "(%s in [", name);
        literal(w, of);
        say(w, ", ");
        literal(w, of);
        say(w, "])");
        return;
    case 1:
        gjb_buffer_add_format(w->out, "((%s else ", name);
        literal(w, of);
        say(w, ") is ");
        break;
    default:
        gjb_buffer_add_format(w->out, "(%s %s ", name, pick(w, 2) == 0 ? "is" : "is not");
        break;
    }
    literal(w, of);
    say(w, ")");
}

static void in_list(writing *w, int depth)
{
    static const want types[] = {NUMBER, MONEY, DATE, TEXT, OFFICER, KIND, LENGTH, TIME};
    want of = types[pick(w, 8)];
    const char *list = name_of(w, of, true);
    if (list == NULL) {
        ordered(w, depth);
        return;
    }
    say(w, "(");
    write_value(w, of, depth - 1);
    gjb_buffer_add_format(w->out, " in %s)", list);
}

static void records(writing *w)
{
    if (!w->fields[15] || !w->fields[16]) {
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
        write_value(w, TIME, depth - 1);
        say(w, pick(w, 2) == 0 ? " >= 09:00)" : " < 17:30)");
        return;
    }
    static const char *const units[] = {"2 months", "1 years", "5 workdays"};
    between(w, "(", DATE, " - ", DATE, depth);
    w->out->size--; /* the bracket closes after the rest */
    gjb_buffer_add_format(w->out, "%s%s)",
                          pick(w, 2) == 0 ? " > " : " <= ", units[pick(w, w->calendar ? 3 : 2)]);
}

static void of_past(writing *w)
{
    if (w->limits.count > 0 && pick(w, 2) == 0) {
        say(w, "running(");
        say_one(w, &w->limits);
    } else {
        say(w, "done(");
        say_one(w, &w->actions);
    }
    say(w, ")");
}

void write_condition(writing *w, int depth)
{
    switch (pick(w, depth > 0 ? 14 : 3)) {
    case 0:
        if (!say_name(w, BOOL, false)) {
            plain_field_is(w);
        }
        return;
    case 1:
    case 2:
        plain_field_is(w);
        return;
    case 3:
        between(w, "(", BOOL, " and ", BOOL, depth);
        return;
    case 4:
        between(w, "(", BOOL, " or ", BOOL, depth);
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
        between(w, "(", BOOL, " else ", BOOL, depth);
        return;
    default:
        ordered(w, depth);
    }
}

bool write_setting(writing *w, unsigned *taken)
{
    for (int tries = 0; tries < 20; tries++) {
        int i = pick(w, CATALOGUE);
        const struct field *f = &catalogue[i];
        if (!w->fields[i] || f->list || f->of == BID || (*taken >> i & 1u) != 0) {
            continue;
        }
        *taken |= 1u << i;
        gjb_buffer_add_format(w->out, "%s = ", f->name);
        write_value(w, f->of, 2);
        return true;
    }
    return false;
}
