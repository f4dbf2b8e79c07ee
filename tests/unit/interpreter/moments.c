/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates, instants and lengths of time: what they add up to. See operators.h. */
#include "unit/interpreter/operators.h"

#include "unit/interpreter/days.h"

static int64_t unit_ms(gjc_unit unit)
{
    return unit == GJC_DAYS         ? MS_PER_DAY
           : unit == GJC_HOURS_UNIT ? MS_PER_HOUR
           : unit == GJC_MINUTES    ? 60000
                                    : 0;
}

bool expression_is_unfixed(const gjc_node *expr)
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
value value_shifted(const facts *f, value date, const gjc_node *duration, int sign)
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

value duration_value(const facts *f, const gjc_node *expr)
{
    value count = expression_value(f, left_of(expr), type_is(T_NUMBER));
    return value_multiplied(value_number(unit_ms((gjc_unit)expr->value)), count);
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
    return dated ? value_of_exact(sum) : value_unknown();
}

value sum_value(const facts *f, const gjc_node *expr, plain_type wanted)
{
    const gjc_node *left = left_of(expr), *right = right_of(expr);
    int sign = expr->kind == GJC_EXPR_SUBTRACT ? -1 : 1;
    if (expression_is_unfixed(right)) {
        return value_shifted(f, expression_value(f, left, type_is(T_DATE)), right, sign);
    }
    if (expression_is_unfixed(left)) {
        return value_shifted(f, expression_value(f, right, type_is(T_DATE)), left, sign);
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
    return value_of_exact(((__int128)a.number + (__int128)sign * b.number) * scale);
}
