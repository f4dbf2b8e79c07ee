/* SPDX-License-Identifier: Apache-2.0
 *
 * See zone_rule.h. POSIX counts offsets west of UTC; they are turned round as they are read. */
#include "sema/zone_rule.h"
#include "time/civil.h"

enum { HOUR_S = 3600, DAY_S = 86400, OFFSET_HOURS_MAX = 24, TIME_HOURS_MAX = 167 };

typedef struct cursor {
    const char *at, *end;
} cursor;

static bool byte_take(cursor *from, char byte)
{
    if (from->at == from->end || *from->at != byte) {
        return false;
    }
    from->at++;
    return true;
}

static bool is_letter(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* "CET", "<+08>": what it is called does not matter here. */
static bool name_take(cursor *from)
{
    const char *first = from->at;
    if (byte_take(from, '<')) {
        while (from->at < from->end && *from->at != '>') {
            from->at++;
        }
        return byte_take(from, '>');
    }
    while (from->at < from->end && is_letter(*from->at)) {
        from->at++;
    }
    return from->at - first >= 3;
}

static bool number_take(cursor *from, int32_t min, int32_t max, int32_t *number)
{
    const char *first = from->at;
    *number = 0;
    while (from->at < from->end && is_digit(*from->at) && from->at - first < 4) {
        *number = *number * 10 + (*from->at++ - '0');
    }
    return from->at > first && *number >= min && *number <= max;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool time_take(cursor *from, int32_t hours_max, int32_t *seconds)
{
    int32_t hours, minutes = 0, rest = 0;
    bool negative = byte_take(from, '-');
    if (!negative) {
        byte_take(from, '+');
    }
    if (!number_take(from, 0, hours_max, &hours) ||
        (byte_take(from, ':') && (!number_take(from, 0, 59, &minutes) ||
                                  (byte_take(from, ':') && !number_take(from, 0, 59, &rest))))) {
        return false;
    }
    *seconds = (hours * HOUR_S + minutes * 60 + rest) * (negative ? -1 : 1);
    return true;
}

static bool offset_take(cursor *from, int32_t *east_s)
{
    int32_t west_s;
    bool taken = time_take(from, OFFSET_HOURS_MAX, &west_s);
    *east_s = taken ? -west_s : 0;
    return taken;
}

static bool day_take(cursor *from, gjc_zone_date *date)
{
    if (byte_take(from, 'M')) {
        date->kind = GJC_ZONE_MONTH_WEEK;
        return number_take(from, 1, 12, &date->month) && byte_take(from, '.') &&
               number_take(from, 1, 5, &date->week) && byte_take(from, '.') &&
               number_take(from, 0, 6, &date->weekday);
    }
    if (byte_take(from, 'J')) {
        date->kind = GJC_ZONE_JULIAN;
        return number_take(from, 1, 365, &date->day);
    }
    date->kind = GJC_ZONE_ORDINAL;
    return number_take(from, 0, 365, &date->day);
}

static bool date_take(cursor *from, gjc_zone_date *date)
{
    date->time_s = 2 * HOUR_S;
    return byte_take(from, ',') && day_take(from, date) &&
           (!byte_take(from, '/') || time_take(from, TIME_HOURS_MAX, &date->time_s));
}

bool gjc_zone_rule_parse(gj_text text, gjc_zone_rule *rule)
{
    cursor from = {text.bytes, text.bytes + text.size};
    *rule = (gjc_zone_rule){0};
    if (!name_take(&from) || !offset_take(&from, &rule->standard_s)) {
        return false;
    }
    if (from.at == from.end) {
        return true;
    }
    rule->changes = true;
    rule->summer_s = rule->standard_s + HOUR_S;
    if (!name_take(&from)) {
        return false;
    }
    if (from.at < from.end && *from.at != ',' && !offset_take(&from, &rule->summer_s)) {
        return false;
    }
    return date_take(&from, &rule->to_summer) && date_take(&from, &rule->to_standard) &&
           from.at == from.end;
}

/* ---- a year's dates ---- */

static gj_day month_week_day(const gjc_zone_date *date, int32_t year)
{
    gj_day first = gjr_civil_day((gjr_civil){year, date->month, 1});
    int32_t next_month = date->month % 12 + 1, next_year = year + date->month / 12;
    gj_day end = gjr_civil_day((gjr_civil){next_year, next_month, 1});
    int32_t wanted = (date->weekday + 6) % 7; /* Monday is 0 here */
    int32_t ahead = (wanted - (int32_t)gjr_civil_weekday(first) + 7) % 7;
    gj_day day = first + ahead + (date->week - 1) * 7;
    return day < end ? day : day - 7;
}

static gj_day date_day(const gjc_zone_date *date, int32_t year)
{
    gj_day first = gjr_civil_day((gjr_civil){year, 1, 1});
    gj_day march = gjr_civil_day((gjr_civil){year, 3, 1});
    switch (date->kind) {
    case GJC_ZONE_MONTH_WEEK:
        return month_week_day(date, year);
    case GJC_ZONE_JULIAN:
        return date->day < 60 ? first + date->day - 1 : march + date->day - 60;
    case GJC_ZONE_ORDINAL:
        return first + date->day;
    }
    return first;
}

static int64_t date_instant(const gjc_zone_date *date, int32_t year, int32_t offset_s)
{
    return (int64_t)date_day(date, year) * DAY_S + date->time_s - offset_s;
}

int64_t gjc_zone_rule_to_summer(const gjc_zone_rule *rule, int32_t year)
{
    return date_instant(&rule->to_summer, year, rule->standard_s);
}

int64_t gjc_zone_rule_to_standard(const gjc_zone_rule *rule, int32_t year)
{
    return date_instant(&rule->to_standard, year, rule->summer_s);
}
