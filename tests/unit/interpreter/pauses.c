/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting with stops. See turns.h. */
#include "unit/interpreter/turns.h"

#include "unit/interpreter/lengths.h"

int plain_turns_budget(int budget, const plain_limit *of, const plain_turns *turns)
{
    for (int i = 0; i < turns->grant_count; i++) {
        const plain_grant *grant = &turns->grants[i];
        const plain_extension *clause = &of->extensions[grant->clause];
        bool at_once = clause->notice.within.amount > 0;
        budget += !grant->voided && (!grant->awaited || at_once) ? clause->amount : 0;
    }
    return budget;
}

static int64_t pause_end(const plain_pause *pause)
{
    return pause->granted < pause->until ? pause->granted : pause->until;
}

/* ---- days ---- */

static bool is_over(const plain_pause *pause, int64_t end)
{
    return pause->since < end && pause_end(pause) >= end;
}

static bool is_void(const plain_counting *with, const plain_pause *pause)
{
    return pause->voided || pause->since >= with->due;
}

static int64_t end_of(const plain_counting *with, int day)
{
    return plain_day_end(with->of->calendar, day, with->of->at_close);
}

bool plain_day_is_stopped(const plain_counting *with, int day)
{
    for (int i = 0; i < with->turns->pause_count; i++) {
        const plain_pause *pause = &with->turns->pauses[i];
        if (!is_void(with, pause) && is_over(pause, end_of(with, day))) {
            return true;
        }
    }
    return false;
}

bool plain_day_is_held(const plain_counting *with, int day)
{
    for (int i = 0; i < with->turns->pause_count; i++) {
        const plain_pause *pause = &with->turns->pauses[i];
        if (!is_void(with, pause) && is_over(pause, end_of(with, day)) &&
            pause_end(pause) == INT64_MAX) {
            return true;
        }
    }
    return false;
}

static bool counts(const plain_counting *with, gjc_unit unit, int day)
{
    return !plain_day_is_stopped(with, day) &&
           (unit != GJC_WORKDAYS || plain_day_is_worked(with->of->calendar, day));
}

int plain_counted_day(const plain_counting *with, gjc_unit unit, int count)
{
    int day = plain_day_of(with->of->calendar, with->since);
    while (count > 0) {
        if (plain_day_is_held(with, ++day)) {
            return INT32_MAX;
        }
        count -= counts(with, unit, day) ? 1 : 0;
    }
    return day;
}

int64_t plain_counted_days(const plain_counting *with, gjc_unit unit, int through)
{
    int64_t count = 0;
    for (int day = plain_day_of(with->of->calendar, with->since) + 1; day <= through; day++) {
        count += counts(with, unit, day) ? 1 : 0;
    }
    return count;
}

/* ---- time ---- */

/* Until when nothing counts, or the same instant. */
static int64_t pause_past(const plain_counting *with, int64_t now)
{
    for (int i = 0; i < with->turns->pause_count; i++) {
        const plain_pause *pause = &with->turns->pauses[i];
        if (!is_void(with, pause) && pause->since <= now && now < pause_end(pause)) {
            return pause_end(pause);
        }
    }
    return now;
}

bool plain_moment_is_stopped(const plain_counting *with, int64_t at)
{
    return pause_past(with, at) > at;
}

/* When something next stops it, or the end. */
static int64_t pause_next(const plain_counting *with, int64_t now, int64_t end)
{
    for (int i = 0; i < with->turns->pause_count; i++) {
        const plain_pause *pause = &with->turns->pauses[i];
        bool sooner = !is_void(with, pause) && pause->since > now && pause->since < end &&
                      pause_end(pause) > pause->since;
        end = sooner ? pause->since : end;
    }
    return end;
}

int64_t plain_counted_instant(const plain_counting *with, int64_t ms)
{
    const plain_calendar *calendar = with->of->calendar;
    for (int64_t now = with->since;;) {
        int64_t on = pause_past(with, now);
        if (on == INT64_MAX) {
            return INT64_MAX;
        }
        if (on > now) {
            now = on;
            continue;
        }
        int64_t next = pause_next(with, now, INT64_MAX);
        int64_t between =
            next == INT64_MAX ? INT64_MAX : plain_time_between(calendar, with->of->unit, now, next);
        if (ms <= between) {
            return plain_time_shift(calendar, with->of->unit, now, ms);
        }
        ms -= between;
        now = next;
    }
}

int64_t plain_counted_time(const plain_counting *with, gjc_unit unit, int64_t until)
{
    int64_t sum = 0;
    for (int64_t now = with->since; now < until;) {
        int64_t on = pause_past(with, now);
        if (on > now) {
            now = on;
            continue;
        }
        int64_t next = pause_next(with, now, until);
        sum += plain_time_between(with->of->calendar, unit, now, next);
        now = next;
    }
    return sum;
}
