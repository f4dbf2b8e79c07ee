/* SPDX-License-Identifier: Apache-2.0
 *
 * Random values of every type, over a fixed catalogue of fields of which a procedure has
 * some. See random.h. */
#include "unit/interpreter/written.h"

#include <stdio.h>
#include <string.h>

static void say(writing *w, const char *text)
{
    gjb_buffer_add_string(w->out, text);
}

static int pick(writing *w, int count)
{
    return chance_pick(&w->chance, count);
}

/* ---- names that there are ---- */

static bool is_hidden(int by, const char *name)
{
    for (int i = 0; i < PARAMETERS; i++) {
        if ((by >> i & 1) != 0 && strcmp(parameters[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* `first.NAME`, each in a place of its own. */
static const char *first_of(int place, const char *name)
{
    static char texts[CATALOGUE + PARAMETERS][48];
    snprintf(texts[place], sizeof texts[place], "first.%s", name);
    return texts[place];
}

static int firsts_find(const writing *w, want of, bool list, const char **found)
{
    int count = 0;
    for (int i = 0; i < CATALOGUE; i++) {
        if (w->fields[i] && catalogue[i].of == of && catalogue[i].list == list &&
            !is_hidden(w->first_parameters, catalogue[i].name)) {
            found[count++] = first_of(i, catalogue[i].name);
        }
    }
    for (int i = 0; i < PARAMETERS; i++) {
        if ((w->first_parameters >> i & 1) != 0 && parameters[i].of == of && !list) {
            found[count++] = first_of(CATALOGUE + i, parameters[i].name);
        }
    }
    return count;
}

/* A field or parameter of the type; NULL where there is none. */
const char *written_find(writing *w, want of, bool list)
{
    const char *found[2 * (CATALOGUE + PARAMETERS) + LOCALS_MAX + 1];
    int count = 0;
    if (w->judges && !w->in_function && of == BOOL && !list) {
        found[count++] = "sound";
    }
    for (int i = 0; i < w->local_count; i++) {
        if (w->locals[i].of == of && w->locals[i].list == list) {
            found[count++] = w->locals[i].name;
        }
    }
    for (int i = 0; i < CATALOGUE; i++) {
        if (!w->in_function && w->fields[i] && catalogue[i].of == of && catalogue[i].list == list &&
            !is_hidden(w->parameters, catalogue[i].name)) {
            found[count++] = catalogue[i].name;
        }
    }
    for (int i = 0; i < PARAMETERS; i++) {
        if ((w->parameters >> i & 1) != 0 && parameters[i].of == of && !list) {
            found[count++] = parameters[i].name;
        }
    }
    if (w->asks_first && !w->in_function) {
        count += firsts_find(w, of, list, found + count);
    }
    return count == 0 ? NULL : found[pick(w, count)];
}

bool written_name(writing *w, want of, bool list)
{
    const char *name = written_find(w, of, list);
    say(w, name != NULL ? name : "");
    return name != NULL;
}

bool written_one(writing *w, const names *of)
{
    say(w, of->count > 0 ? of->items[pick(w, of->count)] : "");
    return of->count > 0;
}

/* ---- values of every type ---- */

void written_between(writing *w, const char *open, want a, const char *middle, want b, int depth)
{
    say(w, open);
    written_value(w, a, depth - 1);
    say(w, middle);
    written_value(w, b, depth - 1);
    say(w, ")");
}

void written_literal(writing *w, want of)
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

static void times_of(writing *w)
{
    if (w->in_function) {
        written_literal(w, NUMBER);
        return;
    }
    say(w, pick(w, 2) == 0 ? "times(" : "officers(");
    written_one(w, &w->actions);
    say(w, ")");
}

/* A field of some bid; false where there is none. */
static bool written_part(writing *w, const char *part)
{
    const char *bid = written_find(w, BID, false);
    if (bid != NULL) {
        gjb_buffer_add_format(w->out, "%s.%s", bid, part);
    }
    return bid != NULL;
}

/* `FUNCTION(LIST)`; false, and nothing, where there is no list of the type. */
static bool of_list(writing *w, const char *function, want of, int depth)
{
    size_t before = w->out->size;
    gjb_buffer_add_format(w->out, "%s(", function);
    if (!written_asked(w, of, depth)) {
        w->out->size = before;
        return false;
    }
    say(w, ")");
    return true;
}

static void counted(writing *w, int depth)
{
    static const want lists[] = {NUMBER, MONEY, DATE, TEXT, OFFICER, KIND, BID, LENGTH, TIME};
    if (!of_list(w, pick(w, 2) == 0 ? "count" : "distinct", lists[pick(w, 9)], depth)) {
        written_literal(w, NUMBER);
    }
}

static void number(writing *w, int depth)
{
    switch (pick(w, depth > 0 ? 11 : 2)) {
    case 0:
        written_literal(w, NUMBER);
        return;
    case 1:
        if (!written_name(w, NUMBER, false)) {
            written_literal(w, NUMBER);
        }
        return;
    case 2:
        written_between(w, "(", NUMBER, " + ", NUMBER, depth);
        return;
    case 3:
        written_between(w, "(", NUMBER, " - ", NUMBER, depth);
        return;
    case 4:
        written_between(w, "(", NUMBER, " * ", NUMBER, depth);
        return;
    case 5:
        written_between(w, "(", NUMBER, " mod ", NUMBER, depth);
        return;
    case 6:
        say(w, "(-");
        written_literal(w, NUMBER);
        say(w, ")");
        return;
    case 7:
        written_between(w, "(", NUMBER, " else ", NUMBER, depth);
        return;
    case 8:
        times_of(w);
        return;
    case 9:
        if (!written_part(w, "place.size")) {
            written_literal(w, NUMBER);
        }
        return;
    default:
        counted(w, depth);
    }
}

/* sum, least or greatest of a list; false where there is none of the type. */
static bool folded(writing *w, want of, bool sums, int depth)
{
    static const char *const folds[] = {"max", "min", "sum"};
    return of_list(w, folds[pick(w, sums ? 3 : 2)], of, depth);
}

static void money(writing *w, int depth)
{
    switch (pick(w, depth > 0 ? 7 : 2)) {
    case 2:
        written_between(w, "(", MONEY, " + ", MONEY, depth);
        return;
    case 3:
        written_between(w, "(", MONEY, " * ", NUMBER, depth);
        return;
    case 4:
        written_between(w, "(", MONEY, " else ", MONEY, depth);
        return;
    case 5:
        if (folded(w, MONEY, true, depth)) {
            return;
        }
        break;
    case 6:
        if (pick(w, 2) == 0) {
            say(w, "(");
            say(w, written_part(w, "price") ? " else 5 CNY)" : "20 CNY)");
            return;
        }
        if (written_part(w, "price")) {
            return;
        }
        break;
    case 1:
        if (written_name(w, MONEY, false)) {
            return;
        }
        break;
    default:
        break;
    }
    written_literal(w, MONEY);
}

static void shift(writing *w, int depth)
{
    static const char *const units[] = {"months", "years", "workdays", "days", "hours"};
    say(w, "(");
    written_value(w, DATE, depth - 1);
    say(w, pick(w, 2) == 0 ? " + " : " - ");
    int unit = pick(w, 4);
    unit = unit == 2 && (!w->calendar || w->in_function) ? 0 : unit;
    if (pick(w, 4) == 0) {
        say(w, "(");
        written_value(w, NUMBER, depth - 1);
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
        say(w, w->in_function || w->lasting ? "2024-02-20" : "today");
        return;
    case 2:
        if (written_name(w, DATE, false)) {
            return;
        }
        break;
    case 3:
        if (!w->in_function) {
            say(w, "date(");
            written_one(w, &w->actions);
            say(w, ")");
            return;
        }
        break;
    case 4:
        if (!w->in_function && !w->lasting && w->limits.count > 0) {
            say(w, "due(");
            written_one(w, &w->limits);
            say(w, ")");
            return;
        }
        break;
    case 5:
    case 6:
        shift(w, depth);
        return;
    case 7:
        if (folded(w, DATE, false, depth)) {
            return;
        }
        break;
    case 8:
        written_between(w, "(", DATE, " else ", DATE, depth);
        return;
    default:
        break;
    }
    written_literal(w, DATE);
}

static void time_of(writing *w, int depth)
{
    switch (pick(w, depth > 0 ? 5 : 2)) {
    case 0:
        if (!w->in_function && !w->lasting) {
            say(w, "at");
            return;
        }
        break;
    case 1:
        if (written_name(w, TIME, false)) {
            return;
        }
        break;
    case 2:
        written_between(w, "(", TIME, pick(w, 2) == 0 ? " + " : " - ", LENGTH, depth);
        return;
    case 3:
        if (folded(w, TIME, false, depth)) {
            return;
        }
        break;
    default:
        break;
    }
    written_literal(w, TIME);
}

static void length(writing *w, int depth)
{
    switch (pick(w, depth > 0 ? 8 : 2)) {
    case 1:
        if (written_name(w, LENGTH, false)) {
            return;
        }
        break;
    case 2:
        written_between(w, "(", DATE, " - ", DATE, depth);
        return;
    case 3:
        written_between(w, "(", TIME, " - ", TIME, depth);
        return;
    case 4:
        written_between(w, "(", LENGTH, " + ", LENGTH, depth);
        return;
    case 5:
        written_between(w, "(", LENGTH, " * ", NUMBER, depth);
        return;
    case 6:
        say(w, "(");
        written_value(w, NUMBER, depth - 1);
        say(w, pick(w, 2) == 0 ? ") hours" : ") days");
        return;
    case 7:
        if (folded(w, LENGTH, true, depth)) {
            return;
        }
        break;
    default:
        break;
    }
    written_literal(w, LENGTH);
}

void written_value(writing *w, want of, int depth)
{
    if (depth > 0 && pick(w, 8) == 0 && written_call(w, of, false, depth)) {
        return;
    }
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
    if (pick(w, 3) == 0 || !written_name(w, of, false)) {
        written_literal(w, of);
    }
}
