/* SPDX-License-Identifier: Apache-2.0
 *
 * Decision tables as they are written: what the compiler says of gaps, overlaps and rows that are
 * never reached, held against trying values one by one. Random tables over numbers, truths, choices
 * and texts; a number is tried at every value that a cell speaks of and half a step beside it,
 * which is enough where cells speak of whole ones. What an example names must be such a point. */
#include <guiju/compile.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { COLUMNS = 3, ROWS = 7, VALUES = 4, TRIALS = 3000, TEXT_MAX = 4000, MESSAGE_MAX = 4000 };

typedef enum sort { NUMBER, TRUTH, CHOICE, TEXT, SORTS } sort;

/* What is tried: numbers in halves from -1 to 2 * VALUES - 1; of the others the number of a name,
 * the last text being one that no cell has. */
static const int firsts[SORTS] = {-1, 0, 0, 0}, lasts[SORTS] = {2 * VALUES - 1, 1, 2, 2};
static const char *const types[SORTS] = {"number", "bool", "kind", "text"};
static const char *const names[SORTS][3] = {
    {0}, {"false", "true"}, {"a", "b", "c"}, {"\"x\"", "\"y\""}};

typedef enum relation { IS, IS_NOT, LESS, AT_MOST, MORE, AT_LEAST, RANGE, AMONG, ANY } relation;

typedef struct cell {
    relation relation;
    int a, b; /* numbers in halves */
} cell;

typedef struct table {
    int columns, rows;
    sort sorts[COLUMNS];
    cell cells[ROWS][COLUMNS];
    int hit; /* 0 unique, 1 first, 2 collect */
    bool has_else;
} table;

static uint64_t seed = 20260212;

static int draw(int below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int)((seed >> 20) % (uint64_t)below);
}

/* ---- random tables ---- */

static int value_draw(sort s)
{
    return s == NUMBER ? 2 * draw(VALUES) : s == TRUTH ? draw(2) : s == CHOICE ? draw(3) : draw(2);
}

static cell cell_draw(sort s)
{
    static const relation others[] = {IS, IS_NOT, AMONG, ANY, ANY};
    cell c = {s == NUMBER ? (relation)draw(ANY + 1) : others[draw(5)], value_draw(s),
              value_draw(s)};
    if (c.relation == RANGE && c.a > c.b && draw(8) != 0) {
        int high = c.a;
        c.a = c.b;
        c.b = high;
    }
    return c;
}

static void table_draw(table *t)
{
    t->columns = 1 + draw(COLUMNS);
    t->rows = 1 + draw(ROWS);
    t->hit = draw(3);
    t->has_else = draw(3) == 0;
    for (int c = 0; c < t->columns; c++)
        t->sorts[c] = (sort)draw(SORTS);
    for (int r = 0; r < t->rows; r++)
        for (int c = 0; c < t->columns; c++)
            t->cells[r][c] = cell_draw(t->sorts[c]);
}

/* ---- written out: each row on a line of its own, from line FIRST_ROW on ---- */

enum { FIRST_ROW = 3 };

static void add(char *text, const char *more)
{
    assert_true(strlen(text) + strlen(more) < TEXT_MAX);
    strcat(text, more);
}

static void value_add(char *text, sort s, int value)
{
    char number[16];
    snprintf(number, sizeof number, "%d", value / 2);
    add(text, s == NUMBER ? number : names[s][value]);
}

static void cell_add(char *text, sort s, cell c)
{
    static const char *const before[] = {"", "not ", "< ", "<= ", "> ", ">= ", "", "in [", "_"};
    add(text, before[c.relation]);
    if (c.relation == ANY)
        return;
    value_add(text, s, c.a);
    if (c.relation == RANGE || c.relation == AMONG) {
        add(text, c.relation == RANGE ? ".." : ", ");
        value_add(text, s, c.b);
    }
    add(text, c.relation == AMONG ? "]" : "");
}

static void table_write(const table *t, char *text)
{
    static const char *const hits[] = {"", " first", " collect"};
    strcpy(text, "type kind = one of { a, b, c }\ntable t(");
    for (int c = 0; c < t->columns; c++) {
        char parameter[32];
        snprintf(parameter, sizeof parameter, "%sc%d: %s", c > 0 ? ", " : "", c,
                 types[t->sorts[c]]);
        add(text, parameter);
    }
    add(text, ") -> number");
    add(text, hits[t->hit]);
    add(text, " {\n");
    for (int r = 0; r < t->rows; r++) {
        for (int c = 0; c < t->columns; c++) {
            add(text, c > 0 ? ", " : "  ");
            cell_add(text, t->sorts[c], t->cells[r][c]);
        }
        add(text, " -> 1\n");
    }
    add(text, t->has_else ? "  else -> 2\n}\n" : "}\n");
}

/* ---- tried ---- */

static bool fits(cell c, int value)
{
    switch (c.relation) {
    case IS:
        return value == c.a;
    case IS_NOT:
        return value != c.a;
    case LESS:
        return value < c.a;
    case AT_MOST:
        return value <= c.a;
    case MORE:
        return value > c.a;
    case AT_LEAST:
        return value >= c.a;
    case RANGE:
        return c.a <= value && value <= c.b;
    case AMONG:
        return value == c.a || value == c.b;
    case ANY:
        break;
    }
    return true;
}

static bool holds(const table *t, int row, const int *point)
{
    for (int c = 0; c < t->columns; c++)
        if (!fits(t->cells[row][c], point[c]))
            return false;
    return true;
}

static void begin(const table *t, int *point)
{
    for (int c = 0; c < t->columns; c++)
        point[c] = firsts[t->sorts[c]];
}

static bool step(const table *t, int *point)
{
    for (int c = 0; c < t->columns; c++) {
        if (++point[c] <= lasts[t->sorts[c]])
            return true;
        point[c] = firsts[t->sorts[c]];
    }
    return false;
}

/* Of the rows before `rows` none holds. */
static bool is_left_out(const table *t, int rows, const int *point)
{
    for (int r = 0; r < rows; r++)
        if (holds(t, r, point))
            return false;
    return true;
}

typedef struct answers {
    bool gap;
    bool overlaps[ROWS], unreached[ROWS], empty[ROWS][COLUMNS];
} answers;

static void try_all(const table *t, answers *a)
{
    int point[COLUMNS];
    bool held[ROWS] = {false};
    memset(a, 0, sizeof *a);
    for (int r = 0; r < t->rows; r++)
        a->unreached[r] = true;
    begin(t, point);
    do {
        a->gap = a->gap || is_left_out(t, t->rows, point);
        for (int r = 0; r < t->rows; r++) {
            bool first = is_left_out(t, r, point), here = holds(t, r, point);
            held[r] = held[r] || here;
            a->overlaps[r] = a->overlaps[r] || (here && !first);
            a->unreached[r] = a->unreached[r] && !(here && first);
        }
    } while (step(t, point));
    for (int r = 0; r < t->rows; r++) {
        a->unreached[r] = a->unreached[r] && held[r];
        for (int c = 0; c < t->columns; c++)
            a->empty[r][c] =
                t->cells[r][c].relation == RANGE && t->cells[r][c].a > t->cells[r][c].b;
    }
}

/* ---- what the compiler says ---- */

static int count_of(const gj_compilation *c, const char *code, int line)
{
    int count = 0;
    for (size_t i = 0; i < gj_compilation_diagnostic_count(c); i++) {
        gj_diagnostic d = gj_compilation_diagnostic(c, i);
        count += strcmp(d.code, code) == 0 && (int)d.line == line;
    }
    return count;
}

static bool keep(void *payload, const char *bytes, size_t size)
{
    char *message = payload;
    size_t before = strlen(message);
    assert_true(before + size < MESSAGE_MAX);
    memcpy(message + before, bytes, size);
    message[before + size] = '\0';
    return true;
}

static void expect(bool holds_so, const char *code, const table *t, int row)
{
    char text[TEXT_MAX];
    if (holds_so)
        return;
    table_write(t, text);
    print_error("%s of row %d\n%s", code, row, text);
    fail();
}

/* How often it was there to be said. */
static int said_count;

static void count_check(const table *t, const gj_compilation *c, const char *code, int row,
                        int count)
{
    said_count += count;
    expect(count_of(c, code, FIRST_ROW + row) == count, code, t, row);
}

/* The value that the example gives the column, in halves; of one that it leaves out any will do. */
static int example_value(const char *message, sort s, int column)
{
    char name[16];
    snprintf(name, sizeof name, "c%d = ", column);
    const char *at = strstr(message, name);
    if (at == NULL)
        return firsts[s];
    at += strlen(name);
    if (s == NUMBER)
        return (int)(strtod(at, NULL) * 2);
    for (int i = 0; i < 3; i++)
        if (names[s][i] != NULL && strncmp(at, names[s][i], strlen(names[s][i])) == 0)
            return i;
    assert_int_equal(strncmp(at, "any other text", strlen("any other text")), 0);
    return 2;
}

static void example_check(const table *t, const gj_compilation *c, size_t index, int row)
{
    int point[COLUMNS], before = 0;
    char message[MESSAGE_MAX] = "";
    gj_writer writer = {message, keep};
    assert_int_equal(gj_diagnostic_print(c, index, GJ_EN, false, &writer), GJ_OK);
    for (int i = 0; i < t->columns; i++)
        point[i] = example_value(message, t->sorts[i], i);
    for (int r = 0; r < (row < 0 ? t->rows : row); r++)
        before += holds(t, r, point);
    expect(row < 0 ? before == 0 : before > 0 && holds(t, row, point), "the example", t, row);
}

static void examples_check(const table *t, const gj_compilation *c)
{
    for (size_t i = 0; i < gj_compilation_diagnostic_count(c); i++) {
        gj_diagnostic d = gj_compilation_diagnostic(c, i);
        if (strcmp(d.code, "E0442") == 0)
            example_check(t, c, i, -1);
        else if (strcmp(d.code, "E0443") == 0)
            example_check(t, c, i, (int)d.line - FIRST_ROW);
    }
}

static void table_check(const table *t, const gj_compilation *c)
{
    answers a;
    try_all(t, &a);
    count_check(t, c, "E0442", -1, t->hit < 2 && !t->has_else && a.gap);
    count_check(t, c, "W0401", t->rows, t->has_else && !a.gap);
    for (int r = 0; r < t->rows; r++) {
        int empty = 0;
        for (int i = 0; i < t->columns; i++)
            empty += a.empty[r][i];
        count_check(t, c, "W0402", r, empty);
        count_check(t, c, "E0443", r, t->hit == 0 && a.overlaps[r]);
        count_check(t, c, "W0401", r, t->hit == 1 && a.unreached[r]);
    }
    examples_check(t, c);
}

static void tables_are_what_trying_says(void **state)
{
    (void)state;
    for (int trial = 0; trial < TRIALS; trial++) {
        table t;
        char text[TEXT_MAX];
        gj_compilation *c = NULL;
        gj_compile_options options = {.size = sizeof options};
        table_draw(&t);
        table_write(&t, text);
        assert_int_equal(gj_compile_text(&options, "t.gj", (gj_text){text, strlen(text)}, &c),
                         GJ_OK);
        table_check(&t, c);
        gj_compilation_destroy(c);
    }
    assert_true(said_count > TRIALS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_what_trying_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
