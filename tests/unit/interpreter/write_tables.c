/* SPDX-License-Identifier: Apache-2.0
 *
 * Random decision tables; each is called as a function is. See random.h. */
#include "unit/interpreter/written.h"

#include <stdio.h>

static void say(writing *w, const char *text)
{
    gjb_buffer_add_string(w->out, text);
}

static int pick(writing *w, int count)
{
    return chance_pick(&w->chance, count);
}

/* ---- cells ---- */

/* Three values of each type that has an order, from the least on; of the others, that differ. */
static const char *const apart[WANTS][3] = {
    [BOOL] = {"true", "false", NULL},
    [NUMBER] = {"0", "2", "3.5"},
    [MONEY] = {"0", "20 CNY", "3万元"},
    [DATE] = {"2024-02-05", "2024-02-18", "2024-02-29"},
    [TIME] = {"2024-02-05T09:00+08:00", "2024-02-20T12:30+01:00", "2024-03-31T01:00Z"},
    [LENGTH] = {"90 minutes", "36 hours", "3 days"},
    [TEXT] = {"\"x\"", "\"y\"", "\"加急\""},
    [OFFICER] = {"\"u1\"", "\"u2\"", "\"u3\""},
    [KIND] = {"alpha", "beta", "gamma"},
};

static bool is_ordered(const local_name *column)
{
    return !column->list && column->of >= NUMBER && column->of <= LENGTH;
}

static bool has_cells(const local_name *column)
{
    return !column->list && column->of != BID;
}

static void list_cell(writing *w, want of)
{
    say(w, "in [");
    for (int i = 1 + pick(w, 3); i > 0; i--) {
        written_literal(w, of);
        say(w, i > 1 ? ", " : "]");
    }
}

static void cell_say(writing *w, const local_name *column)
{
    static const char *const relations[] = {"< ", "<= ", "> ", ">= ", "= ", "!= "};
    int how = has_cells(column) ? pick(w, is_ordered(column) ? 8 : 5) : 0;
    if (how == 0) {
        say(w, "_");
    } else if (how == 1) {
        list_cell(w, column->of);
    } else if (how == 2) {
        say(w, "not ");
        written_literal(w, column->of);
    } else if (how == 5) {
        int low = pick(w, 3);
        gjb_buffer_add_format(w->out, "%s..%s", apart[column->of][low],
                              apart[column->of][low + pick(w, 3 - low)]);
    } else {
        say(w,
            how < 5 ? (pick(w, 2) == 0 ? "" : relations[4 + pick(w, 2)]) : relations[pick(w, 6)]);
        written_literal(w, column->of);
    }
}

/* ---- rows ---- */

static void value_say(writing *w, const written_function *f)
{
    say(w, " -> ");
    written_value(w, f->of, 1 + pick(w, 2));
    say(w, "\n");
}

static void row_say(writing *w, const written_function *f)
{
    say(w, "  ");
    for (int i = 0; i < f->given_count; i++) {
        say(w, i > 0 ? ", " : "");
        cell_say(w, &f->given[i]);
    }
    value_say(w, f);
}

static void else_say(writing *w, const written_function *f)
{
    say(w, "  else");
    value_say(w, f);
}

/* The first column parts the rows; where it leaves nothing out, the others do not look. */
static void parted_row_say(writing *w, const written_function *f, const char *cell, bool whole)
{
    gjb_buffer_add_format(w->out, "  %s", cell);
    for (int i = 1; i < f->given_count; i++) {
        say(w, ", ");
        if (whole) {
            say(w, "_");
        } else {
            cell_say(w, &f->given[i]);
        }
    }
    value_say(w, f);
}

static void parted_rows_say(writing *w, const written_function *f)
{
    const char *const *values = apart[f->given[0].of];
    char low[64], middle[80], high[64];
    bool whole = pick(w, 2) == 0;
    if (is_ordered(&f->given[0]) && pick(w, 2) == 0) {
        snprintf(low, sizeof low, "< %s", values[0]);
        snprintf(middle, sizeof middle, "%s..%s", values[0], values[1]);
        snprintf(high, sizeof high, "> %s", values[1]);
        parted_row_say(w, f, low, whole);
        parted_row_say(w, f, high, whole);
        parted_row_say(w, f, middle, whole);
        if (!whole) {
            else_say(w, f);
        }
        return;
    }
    for (int i = 0; i < 3 && values[i] != NULL; i++) {
        parted_row_say(w, f, values[i], false);
    }
    else_say(w, f);
}

static void rows_say(writing *w, const written_function *f, bool collects)
{
    for (int i = 1 + pick(w, 4); i > 0; i--) {
        row_say(w, f);
    }
    if (!collects || pick(w, 3) == 0) {
        else_say(w, f);
    }
}

/* ---- tables ---- */

static void columns_say(writing *w, written_function *f)
{
    static const want often[] = {BOOL, NUMBER, MONEY, DATE, KIND, TEXT};
    f->given_count = 1 + pick(w, GIVEN_MAX);
    say(w, "(");
    for (int i = 0; i < f->given_count; i++) {
        local_name *column = &f->given[i];
        snprintf(column->name, sizeof column->name, "column_%d", i);
        column->list = i > 0 && pick(w, 6) == 0;
        column->of = i > 0 && pick(w, 3) == 0 ? (want)pick(w, WANTS) : often[pick(w, 6)];
        gjb_buffer_add_format(w->out, "%s%s: ", i > 0 ? ", " : "", column->name);
        written_type(w, column->of, column->list);
        w->locals[w->local_count++] = *column;
    }
    say(w, ") -> ");
}

static void table_say(writing *w, written_function *f, int number)
{
    static const char *const hits[] = {"", " unique", " first", " collect"};
    int hit = pick(w, 4);
    f->collects = hit == 3;
    f->list = f->collects;
    f->of = (want)pick(w, BID);
    snprintf(f->name, sizeof f->name, "table_%d", number);
    gjb_buffer_add_format(w->out, "table %s%s ", f->name, pick(w, 3) == 0 ? " \"表\"" : "");
    columns_say(w, f);
    written_type(w, f->of, false);
    gjb_buffer_add_format(w->out, "%s {\n", hits[hit]);
    if (hit < 2) {
        parted_rows_say(w, f);
    } else {
        rows_say(w, f, f->collects);
    }
    say(w, "}\n");
    w->local_count = 0;
}

void write_tables(writing *w)
{
    int count = kind_is_refused(GJC_TABLE) ? 0 : pick(w, TABLES_MAX + 1);
    w->in_function = true;
    for (int i = 0; i < count; i++) {
        table_say(w, &w->functions[w->function_count], i);
        w->function_count++;
    }
    w->in_function = false;
}
