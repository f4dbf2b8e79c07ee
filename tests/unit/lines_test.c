/* SPDX-License-Identifier: Apache-2.0
 *
 * Linear comparisons held against one another: random ones over three things, each of which lies
 * within a few numbers, so that every case can be gone through here. What is said to exclude one
 * another must do so in all of them, what is not must have a case, and the numbers that are given
 * must be one. */
#include "analysis/lines.h"

#include "value/decimal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { FIELDS = 3, NUMBERS = 7, EXPRS_MAX = 200, SYSTEMS = 4000 };

static uint64_t chance = 1;

static int pick(int count)
{
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    return (int)((chance >> 33) % (uint64_t)count);
}

/* ---- expressions ---- */

typedef struct bench {
    gjc_expr exprs[EXPRS_MAX];
    size_t count;
} bench;

static gjc_expr *make(bench *b, gjr_opcode op, gjc_expr *left, gjc_expr *right)
{
    assert_true(b->count < EXPRS_MAX);
    gjc_expr *made = &b->exprs[b->count++];
    *made = (gjc_expr){.form = GJC_FORM_OPERATION,
                       .op = op,
                       .type = {.base = GJR_TYPE_NUMBER},
                       .a = left,
                       .b = right};
    return made;
}

static gjc_expr *number(bench *b, int64_t value)
{
    gjc_expr *made = make(b, GJR_OP_CONSTANT, NULL, NULL);
    made->value = value;
    return made;
}

static gjc_expr *field(bench *b, int which)
{
    gjc_expr *made = make(b, GJR_OP_FIELD, NULL, NULL);
    made->target = (uint32_t)which;
    return made;
}

/* So many times a field, plus another such, or a number. */
static gjc_expr *part(bench *b)
{
    if (pick(3) == 0)
        return number(b, pick(15) - 4);
    gjc_expr *of = field(b, pick(FIELDS));
    return pick(2) == 0 ? of
                        : make(b, GJR_OP_SCALE, of, number(b, (pick(9) - 4) * GJR_DECIMAL_SCALE));
}

static gjc_expr *side(bench *b)
{
    gjc_expr *one = part(b);
    switch (pick(4)) {
    case 0:
        return make(b, GJR_OP_ADD, one, part(b));
    case 1:
        return make(b, GJR_OP_SUBTRACT, one, part(b));
    case 2:
        return make(b, GJR_OP_NEGATE, one, NULL);
    default:
        return one;
    }
}

/* ---- by hand ---- */

static int64_t value_of(const gjc_expr *expr, const int64_t *fields)
{
    switch ((int)expr->op) {
    case GJR_OP_CONSTANT:
        return expr->value;
    case GJR_OP_FIELD:
        return fields[expr->target];
    case GJR_OP_SCALE:
        return value_of(expr->a, fields) * (expr->b->value / GJR_DECIMAL_SCALE);
    case GJR_OP_NEGATE:
        return -value_of(expr->a, fields);
    case GJR_OP_ADD:
        return value_of(expr->a, fields) + value_of(expr->b, fields);
    default:
        return value_of(expr->a, fields) - value_of(expr->b, fields);
    }
}

typedef struct said {
    const gjc_expr *comparison;
    bool holds;
    gjc_side_of which;
} said;

static bool is_so(const said *one, const int64_t *fields)
{
    int64_t a = value_of(one->comparison->a, fields), b = value_of(one->comparison->b, fields);
    if (one->comparison->op == GJR_OP_EQUAL)
        return one->holds ? a == b : one->which == GJC_BELOW ? a < b : a > b;
    return (one->comparison->op == GJR_OP_LESS ? a < b : a <= b) == one->holds;
}

static bool are_so(const said *all, size_t count, const int64_t *fields)
{
    for (size_t i = 0; i < count; i++)
        if (!is_so(&all[i], fields))
            return false;
    return true;
}

static bool some_case(const said *all, size_t count)
{
    for (int64_t at = 0; at < NUMBERS * NUMBERS * NUMBERS; at++) {
        int64_t fields[] = {at % NUMBERS, at / NUMBERS % NUMBERS, at / NUMBERS / NUMBERS};
        if (are_so(all, count, fields))
            return true;
    }
    return false;
}

/* ---- both ---- */

static size_t system_make(bench *b, said *all)
{
    static const gjr_opcode ops[] = {GJR_OP_LESS, GJR_OP_LESS_EQUAL, GJR_OP_EQUAL};
    size_t count = 0;
    b->count = 0;
    for (int i = 0; i < FIELDS; i++) {
        all[count++] = (said){make(b, GJR_OP_LESS, field(b, i), number(b, 0)), false, GJC_BELOW};
        all[count++] =
            (said){make(b, GJR_OP_LESS, field(b, i), number(b, NUMBERS)), true, GJC_BELOW};
    }
    for (int more = 1 + pick(4); more > 0; more--) {
        gjc_expr *left = side(b), *right = side(b);
        all[count++] = (said){make(b, ops[pick(3)], left, right), pick(2) == 0,
                              pick(2) == 0 ? GJC_BELOW : GJC_ABOVE};
    }
    return count;
}

static void amounts_agree_with_every_case(void **state)
{
    (void)state;
    static bench b;
    int none = 0, unsure = 0;
    for (int i = 0; i < SYSTEMS; i++) {
        said all[2 * FIELDS + 4];
        gjc_lines lines;
        int64_t values[GJC_LINES_VARIABLES_MAX], fields[FIELDS] = {0};
        size_t count = system_make(&b, all);
        gjc_lines_init(&lines);
        for (size_t j = 0; j < count; j++)
            gjc_lines_add(&lines, all[j].comparison, all[j].holds, all[j].which);
        bool wanted = some_case(all, count), found = gjc_lines_find(&lines, values);
        bool may = gjc_lines_may_meet(&lines);
        for (size_t j = 0; found && j < lines.variable_count; j++)
            fields[lines.variables[j]->target] = values[j];
        assert_true(may || !wanted);
        assert_true(!found || (wanted && are_so(all, count, fields)));
        none += wanted ? 0 : 1;
        unsure += (wanted ? !found : may) ? 1 : 0;
    }
    assert_in_range(none, SYSTEMS / 10, SYSTEMS - SYSTEMS / 10);
    assert_in_range(unsure, 0, SYSTEMS / 50);
}

static void what_is_too_large_says_nothing(void **state)
{
    (void)state;
    static bench b;
    gjc_lines lines;
    int64_t values[GJC_LINES_VARIABLES_MAX];
    gjc_expr *large = field(&b, 0);
    for (int i = 0; i < 5; i++)
        large = make(&b, GJR_OP_SCALE, large, number(&b, INT64_MAX / 3));
    gjc_lines_init(&lines);
    gjc_lines_add(&lines, make(&b, GJR_OP_LESS, large, number(&b, 0)), true, GJC_BELOW);
    gjc_lines_add(&lines, make(&b, GJR_OP_LESS, field(&b, 0), number(&b, 0)), false, GJC_BELOW);
    assert_true(gjc_lines_may_meet(&lines));
    assert_false(gjc_lines_find(&lines, values));
}

static void several_things_are_related(void **state)
{
    (void)state;
    static bench b;
    gjc_expr *one = field(&b, 0), *twice = make(&b, GJR_OP_SCALE, one, number(&b, 20000));
    assert_false(gjc_lines_relate(make(&b, GJR_OP_LESS, one, number(&b, 5))));
    assert_true(gjc_lines_relate(make(&b, GJR_OP_LESS, one, field(&b, 1))));
    assert_true(gjc_lines_relate(make(&b, GJR_OP_EQUAL, twice, number(&b, 5))));
    assert_false(gjc_lines_relate(make(&b, GJR_OP_AND, one, one)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_agree_with_every_case),
        cmocka_unit_test(what_is_too_large_says_nothing),
        cmocka_unit_test(several_things_are_related),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
