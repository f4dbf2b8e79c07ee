/* SPDX-License-Identifier: Apache-2.0
 *
 * See table_example.h. */
#include "analysis/table_example.h"

#include "time/civil.h"
#include "time/stamp.h"
#include "value/decimal.h"
#include "value/duration.h"

/* ---- a number that reads well ---- */

/* The nearest to an end of the interval that is so many whole steps, the coarsest that there is. */
static int64_t rounded(gjc_interval within, const int64_t *steps, size_t count)
{
    if (within.low == INT64_MIN && within.high == INT64_MAX)
        return 0;
    for (size_t i = 0; i < count; i++) {
        bool from_low = within.low > INT64_MIN;
        int64_t end = from_low ? within.low : within.high, rest = end % steps[i];
        if (rest == 0)
            return end;
        int64_t down = rest < 0 ? rest + steps[i] : rest; /* what is above the step below */
        int64_t move = from_low ? steps[i] - down : -down, number;
        if (!__builtin_add_overflow(end, move, &number) && number >= within.low &&
            number <= within.high)
            return number;
    }
    return within.low > INT64_MIN ? within.low : within.high;
}

static int64_t decimal_of(gjc_interval within)
{
    static const int64_t steps[] = {GJR_DECIMAL_SCALE, GJR_DECIMAL_SCALE / 2, 1000, 100, 10, 1};
    return rounded(within, steps, sizeof steps / sizeof *steps);
}

static int64_t duration_of(gjc_interval within)
{
    static const int64_t steps[] = {GJR_MS_PER_DAY, GJR_MS_PER_HOUR, 60 * GJR_MS_PER_SECOND,
                                    GJR_MS_PER_SECOND, 1};
    return rounded(within, steps, sizeof steps / sizeof *steps);
}

static int64_t date_of(gjc_interval within)
{
    return within.low > GJR_DAY_MIN ? within.low : within.high;
}

/* Within the years that can be written. */
static int64_t instant_of(gjc_interval within)
{
    const int64_t least = GJR_DAY_MIN * GJR_MS_PER_DAY,
                  most = (GJR_DAY_MAX + 1) * GJR_MS_PER_DAY - 1;
    int64_t instant = within.low > INT64_MIN ? within.low : within.high;
    return instant < least ? least : instant > most ? most : instant;
}

/* ---- printing ---- */

static void text_print(const gjc_table_column *column, int64_t number, gj_lang lang,
                       gjb_buffer *out)
{
    if (number >= column->text_count) {
        gjb_buffer_add_string(out, lang == GJ_ZH ? "其他文字" : "any other text");
        return;
    }
    gjb_buffer_add_string(out, lang == GJ_ZH ? "“" : "\"");
    gjb_buffer_add_text(out, column->texts[number]);
    gjb_buffer_add_string(out, lang == GJ_ZH ? "”" : "\"");
}

static void day_print(gj_day day, gj_lang lang, gjb_buffer *out)
{
    gjr_civil civil = gjr_civil_of_day(day);
    if (lang == GJ_ZH)
        gjb_buffer_add_format(out, "%d年%d月%d日", civil.year, civil.month, civil.day);
    else
        gjr_stamp_print_day(day, out);
}

static void truth_print(bool truth, gj_lang lang, gjb_buffer *out)
{
    gjb_buffer_add_string(out, lang == GJ_ZH ? (truth ? "真" : "假") : truth ? "true" : "false");
}

static void value_print(const gjc_table_column *column, gjc_interval within, gj_lang lang,
                        gjb_buffer *out)
{
    enum { EAST_S = 28800 };
    switch ((int)column->type.base) {
    case GJR_TYPE_BOOL:
        truth_print(within.low != 0, lang, out);
        break;
    case GJR_TYPE_ENUM:
        gjb_buffer_add_text(out, column->choices[within.low].name);
        break;
    case GJR_TYPE_TEXT:
    case GJR_TYPE_OFFICER:
        text_print(column, within.low, lang, out);
        break;
    case GJR_TYPE_DATE:
        day_print((gj_day)date_of(within), lang, out);
        break;
    case GJR_TYPE_TIME:
        gjr_stamp_print_instant(instant_of(within), EAST_S, out);
        break;
    case GJR_TYPE_DURATION:
        gjr_duration_print_words(duration_of(within), lang, out);
        break;
    case GJR_TYPE_MONEY:
        gjr_decimal_print(decimal_of(within), out);
        gjb_buffer_add_string(out, lang == GJ_ZH ? "元" : " CNY");
        break;
    case GJR_TYPE_NUMBER:
        gjr_decimal_print(decimal_of(within), out);
        break;
    default: /* of lists and records all values fit */
        gjb_buffer_add_string(out, "…");
        break;
    }
}

static bool is_any(const gjc_table *table, const gjc_spot *spot, uint32_t column)
{
    const gjc_interval *all = &table->columns[column].all, *some = &spot->sides[column];
    return some->low == all->low && some->high == all->high;
}

/* The columns on which it hangs; where it hangs on none, all. */
static gj_text example_print(const gjc_table *table, const gjc_spot *spot, gj_lang lang,
                             gjb_arena *arena)
{
    gjb_buffer out;
    uint32_t shown = 0, any_count = 0;
    gjb_buffer_init(&out, arena->allocator);
    for (uint32_t i = 0; i < table->column_count; i++)
        any_count += is_any(table, spot, i);
    for (uint32_t i = 0; i < table->column_count; i++) {
        const gjc_table_column *column = &table->columns[i];
        if (is_any(table, spot, i) && any_count < table->column_count)
            continue;
        gjb_buffer_add_string(&out, shown++ == 0 ? "" : lang == GJ_ZH ? "、" : ", ");
        gjb_buffer_add_text(&out, column->label.name);
        gjb_buffer_add_string(&out, lang == GJ_ZH ? " 为 " : " = ");
        value_print(column, spot->sides[i], lang, &out);
    }
    gj_text printed = gjb_arena_text(arena, gjb_buffer_text(&out));
    gjb_buffer_deinit(&out);
    return printed;
}

gjc_arg gjc_table_example(const gjc_table *table, const gjc_spot *spot, gjb_arena *arena)
{
    return (gjc_arg){example_print(table, spot, GJ_EN, arena),
                     example_print(table, spot, GJ_ZH, arena)};
}
