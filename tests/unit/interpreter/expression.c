/* SPDX-License-Identifier: Apache-2.0
 *
 * See expression.h. What an operator means hangs on the types of its operands, which are asked for
 * anew each time. Recursion is as deep as the tree. */
#include "unit/interpreter/expression.h"

#include "unit/interpreter/days.h"
#include "unit/interpreter/types.h"

#include <assert.h>
#include <string.h>

static const plain_type any = {T_NONE, T_NONE, NULL};

/* ---- numbers ---- */

static value number_of(__int128 exact)
{
    return exact < INT64_MIN || exact > INT64_MAX ? value_unknown() : value_number((int64_t)exact);
}

/* Both are times 10000, or the first is a length. */
static value multiplied(value a, value b)
{
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN) {
        return value_unknown();
    }
    __int128 exact = (__int128)a.number * b.number;
    return exact % 10000 != 0 ? value_unknown() : number_of(exact / 10000);
}

/* The rest has the sign of the divisor. */
static value modulo(value a, value b)
{
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN || b.number == 0) {
        return value_unknown();
    }
    __int128 rest = (__int128)a.number % b.number;
    return number_of(rest != 0 && (rest < 0) != (b.number < 0) ? rest + b.number : rest);
}

/* ---- moments ---- */

static int64_t unit_ms(gjc_unit unit)
{
    return unit == GJC_DAYS         ? MS_PER_DAY
           : unit == GJC_HOURS_UNIT ? MS_PER_HOUR
           : unit == GJC_MINUTES    ? 60000
                                    : 0;
}

static bool is_unfixed(const gjc_node *expr)
{
    return expr->kind == GJC_DURATION && unit_ms((gjc_unit)expr->value) == 0;
}

static value date_checked(int64_t day)
{
    return day < DAY_FIRST || day > DAY_LAST ? value_unknown() : value_number(day);
}

static value months_add(int day, int64_t months)
{
    plain_date date = plain_date_of(day);
    int64_t month = date.year * INT64_C(12) + date.month - 1 + months;
    if (month < 12 || month >= 120000) {
        return value_unknown();
    }
    date.year = (int)(month / 12);
    date.month = (int)(month % 12) + 1;
    while (plain_day_number(date) == INT32_MIN) {
        date.day--;
    }
    return value_number(plain_day_number(date));
}

/* A date so many working days, months or years on; only whole numbers of them shift. */
static value shifted(const facts *f, value date, const gjc_node *duration, int sign)
{
    value count = expression_value(f, left_of(duration), type_is(T_NUMBER));
    if (date.kind == V_UNKNOWN || count.kind == V_UNKNOWN) {
        return value_unknown();
    }
    __int128 scaled = (__int128)count.number * sign * (duration->value == GJC_YEARS ? 12 : 1);
    if (scaled % 10000 != 0) {
        return value_unknown();
    }
    int64_t whole = (int64_t)(scaled / 10000);
    bool workdays = duration->value == GJC_WORKDAYS;
    if (whole > (workdays ? 1 << 20 : 120000) || whole < -(workdays ? 1 << 20 : 120000)) {
        return value_unknown();
    }
    return workdays ? date_checked(plain_workday_add(&f->p->calendar, (int)date.number, whole))
                    : months_add((int)date.number, whole);
}

static value duration_value(const facts *f, const gjc_node *expr)
{
    value count = expression_value(f, left_of(expr), type_is(T_NUMBER));
    return multiplied(value_number(unit_ms((gjc_unit)expr->value)), count);
}

static value moment_add(plain_type type, value moment, value length, int sign)
{
    if (moment.kind == V_UNKNOWN || length.kind == V_UNKNOWN) {
        return value_unknown();
    }
    if (type.base == T_DATE) {
        return length.number % MS_PER_DAY != 0
                   ? value_unknown()
                   : date_checked(moment.number + sign * (length.number / MS_PER_DAY));
    }
    __int128 sum = (__int128)moment.number + (__int128)sign * length.number;
    bool dated = sum >= DAY_FIRST * MS_PER_DAY && sum < (DAY_LAST + INT64_C(1)) * MS_PER_DAY;
    return dated ? number_of(sum) : value_unknown();
}

static value sum_value(const facts *f, const gjc_node *expr, plain_type wanted)
{
    const gjc_node *left = left_of(expr), *right = right_of(expr);
    int sign = expr->kind == GJC_EXPR_SUBTRACT ? -1 : 1;
    if (is_unfixed(right)) {
        return shifted(f, expression_value(f, left, type_is(T_DATE)), right, sign);
    }
    if (is_unfixed(left)) {
        return shifted(f, expression_value(f, right, type_is(T_DATE)), left, sign);
    }
    plain_type left_type = type_of(f, left), right_type = type_of(f, right);
    value a = expression_value(f, left, wanted), b = expression_value(f, right, wanted);
    bool a_moment = left_type.base == T_DATE || left_type.base == T_TIME;
    bool b_moment = right_type.base == T_DATE || right_type.base == T_TIME;
    if (a_moment && !b_moment) {
        return moment_add(left_type, a, b, sign);
    }
    if (b_moment && !a_moment) {
        return moment_add(right_type, b, a, sign);
    }
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN) {
        return value_unknown();
    }
    int64_t scale = left_type.base == T_DATE ? MS_PER_DAY : 1;
    return number_of(((__int128)a.number + (__int128)sign * b.number) * scale);
}

/* ---- comparing ---- */

static value sides_compare(gjc_kind kind, value a, value b)
{
    if (kind == GJC_EXPR_IS || kind == GJC_EXPR_IS_NOT) {
        value same = value_equal(a, b);
        return same.kind == V_UNKNOWN || kind == GJC_EXPR_IS ? same : value_number(!same.number);
    }
    if (a.kind == V_UNKNOWN || b.kind == V_UNKNOWN) {
        return value_unknown();
    }
    switch ((int)kind) {
    case GJC_EXPR_LESS:
        return value_number(a.number < b.number);
    case GJC_EXPR_LESS_EQUAL:
        return value_number(a.number <= b.number);
    case GJC_EXPR_GREATER:
        return value_number(a.number > b.number);
    default:
        return value_number(a.number >= b.number);
    }
}

/* The time of day that the wall's clock shows. */
static value clock_value(const facts *f, value instant)
{
    if (instant.kind == V_UNKNOWN) {
        return instant;
    }
    int64_t wall = instant.number + plain_offset_ms(&f->p->calendar, instant.number);
    int64_t clock = wall % MS_PER_DAY;
    return value_number(clock < 0 ? clock + MS_PER_DAY : clock);
}

/* One side of a comparison whose other side is 09:00, or so many months, working days, years. */
static value side_beside(const facts *f, const gjc_node *side, const gjc_node *other)
{
    if (other->kind == GJC_EXPR_TIME) {
        return clock_value(f, expression_value(f, side, type_is(T_TIME)));
    }
    return expression_value(f, left_of(side), type_is(T_DATE));
}

/* That other side: `x - y` beside 5 months is x beside y + 5 months. */
static value special_side(const facts *f, const gjc_node *special, const gjc_node *side)
{
    if (special->kind == GJC_EXPR_TIME) {
        return value_number(special->value * 1000);
    }
    return shifted(f, expression_value(f, right_of(side), type_is(T_DATE)), special, 1);
}

static value comparison_value(const facts *f, const gjc_node *expr)
{
    const gjc_node *left = left_of(expr), *right = right_of(expr);
    bool left_special = left->kind == GJC_EXPR_TIME || is_unfixed(left);
    bool right_special = right->kind == GJC_EXPR_TIME || is_unfixed(right);
    if (left_special != right_special) {
        value a = left_special ? special_side(f, left, right) : side_beside(f, left, right);
        value b = left_special ? side_beside(f, right, left) : special_side(f, right, left);
        return sides_compare(expr->kind, a, b);
    }
    plain_type own = type_of(f, left), type = own.base == T_NONE ? type_of(f, right) : own;
    return sides_compare(expr->kind, expression_value(f, left, own.base == T_NONE ? type : any),
                         expression_value(f, right, type));
}

/* ---- lists ---- */

static value in_items(value x, const value *items, size_t count)
{
    bool unknown = false;
    for (size_t i = 0; i < count; i++) {
        value same = value_equal(x, items[i]);
        if (value_is(same, true)) {
            return same;
        }
        unknown = unknown || same.kind == V_UNKNOWN;
    }
    return unknown ? value_unknown() : value_number(false);
}

static value in_value(const facts *f, const gjc_node *expr)
{
    const gjc_node *left = left_of(expr), *list = right_of(expr);
    if (list->kind != GJC_EXPR_LIST) {
        value items = expression_value(f, list, any);
        value x = expression_value(f, left, type_element(type_of(f, list)));
        return items.kind == V_UNKNOWN ? items : in_items(x, items.items, items.count);
    }
    plain_type type = type_of(f, left);
    value x = expression_value(f, left, any);
    value found = value_number(false);
    const gjc_node *item = gjc_node_find_expr(list);
    for (; item != NULL && !value_is(found, true); item = gjc_node_find_next_expr(item)) {
        value same = value_equal(x, expression_value(f, item, type));
        found = value_is(same, false) ? found : same;
    }
    return found;
}

static bool all_known(value list)
{
    for (size_t i = 0; i < list.count; i++) {
        if (list.items[i].kind == V_UNKNOWN) {
            return false;
        }
    }
    return list.kind != V_UNKNOWN;
}

static value distinct_count(value list)
{
    int64_t count = 0;
    for (size_t i = 0; i < list.count; i++) {
        value before = in_items(list.items[i], list.items, i);
        if (before.kind == V_UNKNOWN) {
            return before;
        }
        count += value_is(before, false);
    }
    return value_number(count * 10000);
}

static value list_call(call what, value list)
{
    if (list.kind == V_UNKNOWN || what == COUNT) {
        return list.kind == V_UNKNOWN ? list : value_number((int64_t)list.count * 10000);
    }
    if (!all_known(list)) {
        return value_unknown();
    }
    if (what == DISTINCT) {
        return distinct_count(list);
    }
    if (what != SUM && list.count == 0) {
        return value_unknown();
    }
    value result = what == SUM ? value_number(0) : list.items[0];
    for (size_t i = 0; i < list.count && result.kind != V_UNKNOWN; i++) {
        int64_t item = list.items[i].number;
        if (what == SUM) {
            result = number_of((__int128)result.number + item);
        } else if (what == MAX ? item > result.number : item < result.number) {
            result = value_number(item);
        }
    }
    return result;
}

/* Whether one item holds (or all do): true or false as soon as one decides. */
static value items_decide(value items, bool deciding)
{
    value found = items.kind == V_UNKNOWN ? items : value_number(!deciding);
    for (size_t i = 0; i < items.count; i++) {
        if (value_is(items.items[i], deciding)) {
            return items.items[i];
        }
        found = items.items[i].kind == V_UNKNOWN ? items.items[i] : found;
    }
    return found;
}

/* What E is of each item. */
static value bind_values(const facts *f, const gjc_node *bind)
{
    value list = expression_value(f, left_of(bind), any);
    value *items = gjb_arena_make(f->arena, list.count, sizeof *items);
    assert(items != NULL);
    for (size_t i = 0; i < list.count; i++) {
        bound own;
        facts inside = bind_facts(f, bind, list.items[i], &own);
        items[i] = expression_value(&inside, right_of(bind), any);
    }
    list.items = items;
    return list;
}

/* Of how many E holds. */
static value holding_count(value items)
{
    int64_t count = 0;
    for (size_t i = 0; i < items.count; i++) {
        count += value_is(items.items[i], true);
    }
    return all_known(items) ? value_number(count * 10000) : value_unknown();
}

static value call_value(const facts *f, const gjc_node *expr)
{
    const gjc_node *of = left_of(expr);
    call what = call_of(f, expr);
    bool walks = of->kind == GJC_EXPR_BIND;
    if (what == SOME || what == ALL) {
        return items_decide(walks ? bind_values(f, of) : expression_value(f, of, any),
                            what == SOME);
    }
    if (walks) {
        return what == COUNT ? holding_count(bind_values(f, of))
                             : list_call(what, bind_values(f, of));
    }
    if (what < TIMES) {
        return list_call(what, expression_value(f, of, any));
    }
    int day = 0;
    if (what == DUE || what == RUNNING) {
        bool runs = f->due(f->payload, plain_find_limit(f->p, f->region, of->text), &day);
        return what == RUNNING ? value_number(runs) : runs ? value_number(day) : value_unknown();
    }
    int action = plain_find_action(f->p, of->text), times = f->times[action];
    return what == TIMES  ? value_number(times * INT64_C(10000))
           : what == DONE ? value_number(times > 0)
           : times > 0    ? value_number(f->last_day[action])
                          : value_unknown();
}

/* ---- everything ---- */

static value path_value(const facts *f, const gjc_node *expr, plain_type wanted)
{
    bool single = gjc_node_child_count(expr) <= 1;
    if (single && type_has_choice(wanted, expr->text)) {
        return value_text(expr->text);
    }
    const bound *item = path_bound(f, expr);
    int field = item != NULL ? NO : path_field(f, expr);
    if (field == NO && item == NULL) {
        return plain_is_spelt(expr->text, "at;办理时刻")
                   ? value_number(f->at)
                   : value_number(plain_day_of(&f->p->calendar, f->at));
    }
    value found = item != NULL ? item->item : f->fields[field];
    plain_type type = item != NULL ? item->type : f->p->fields[field].type;
    const gjc_node *name = gjc_node_find_next(gjc_node_find(expr, GJC_NAME));
    for (; name != NULL; name = gjc_node_find_next(name)) {
        size_t index;
        const gjc_node *part = value_part(type.node, name->text, &index);
        type = plain_type_read(f->p, gjc_node_find_type(part));
        found = found.kind == V_UNKNOWN ? found : found.items[index];
    }
    return found;
}

static value logic_value(const facts *f, const gjc_node *expr)
{
    bool deciding = expr->kind == GJC_EXPR_OR;
    value a = expression_value(f, left_of(expr), type_is(T_BOOL));
    value b = expression_value(f, right_of(expr), type_is(T_BOOL));
    if (value_is(a, deciding) || value_is(b, deciding)) {
        return value_number(deciding);
    }
    return a.kind == V_UNKNOWN || b.kind == V_UNKNOWN ? value_unknown() : value_number(!deciding);
}

static value else_value(const facts *f, const gjc_node *expr, plain_type wanted)
{
    const gjc_node *left = left_of(expr), *right = right_of(expr);
    plain_type type = wanted.base != T_NONE ? wanted : type_of(f, left);
    type = type.base != T_NONE ? type : type_of(f, right);
    value a = expression_value(f, left, type);
    return a.kind != V_UNKNOWN ? a : expression_value(f, right, type);
}

value expression_value(const facts *f, const gjc_node *expr, plain_type wanted)
{
    value a;
    switch ((int)expr->kind) {
    case GJC_EXPR_NUMBER:
    case GJC_EXPR_PERCENT:
    case GJC_EXPR_MONEY:
    case GJC_EXPR_DATE:
    case GJC_EXPR_BOOL:
        return value_number(expr->value);
    case GJC_EXPR_MOMENT:
        return value_number(expr->value - expr->value2 * 1000);
    case GJC_EXPR_STRING:
        return value_text(expr->text.bytes != NULL ? expr->text : gjb_text_of(""));
    case GJC_DURATION:
        return duration_value(f, expr);
    case GJC_EXPR_PATH:
        return path_value(f, expr, wanted);
    case GJC_EXPR_CALL:
        return call_value(f, expr);
    case GJC_EXPR_AND:
    case GJC_EXPR_OR:
        return logic_value(f, expr);
    case GJC_EXPR_NOT:
        a = expression_value(f, left_of(expr), type_is(T_BOOL));
        return a.kind == V_UNKNOWN ? a : value_number(!a.number);
    case GJC_EXPR_IN:
        return in_value(f, expr);
    case GJC_EXPR_ADD:
    case GJC_EXPR_SUBTRACT:
        return sum_value(f, expr, wanted);
    case GJC_EXPR_MULTIPLY:
        return multiplied(expression_value(f, left_of(expr), any),
                          expression_value(f, right_of(expr), any));
    case GJC_EXPR_MODULO:
        return modulo(expression_value(f, left_of(expr), any),
                      expression_value(f, right_of(expr), any));
    case GJC_EXPR_ELSE:
        return else_value(f, expr, wanted);
    case GJC_EXPR_NEGATE:
        a = expression_value(f, left_of(expr), wanted);
        return a.kind == V_UNKNOWN ? a : number_of(-(__int128)a.number);
    default:
        return comparison_value(f, expr);
    }
}

value expression_truth(const facts *f, const gjc_node *expr)
{
    return expr == NULL ? value_number(true) : expression_value(f, expr, type_is(T_BOOL));
}

/* A field that stands alone before `else` is not missed. */
void expression_missing(const facts *f, const gjc_node *expr, bool *missing)
{
    if (expr->kind == GJC_EXPR_PATH) {
        int field = path_bound(f, expr) != NULL ? NO : path_field(f, expr);
        if (field != NO && f->fields[field].kind == V_UNKNOWN) {
            missing[field] = true;
        }
        return;
    }
    if (expr->kind == GJC_EXPR_BIND) {
        bound own;
        facts inside = bind_facts(f, expr, value_unknown(), &own);
        expression_missing(f, left_of(expr), missing);
        expression_missing(&inside, right_of(expr), missing);
        return;
    }
    const gjc_node *guarded = expr->kind == GJC_EXPR_ELSE ? left_of(expr) : NULL;
    bool alone =
        guarded != NULL && guarded->kind == GJC_EXPR_PATH && gjc_node_child_count(guarded) <= 1;
    for (const gjc_node *child = expr->first; child != NULL; child = child->next) {
        if (gjc_kind_class(child->kind) == GJC_CLASS_EXPR && !(alone && child == guarded)) {
            expression_missing(f, child, missing);
        }
    }
}
