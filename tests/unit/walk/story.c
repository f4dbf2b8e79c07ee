/* SPDX-License-Identifier: Apache-2.0
 *
 * See story.h. */
#include "unit/walk/story.h"

/* On whole minutes, mostly. */
static int64_t moment(chance *c, int64_t at)
{
    return chance_one_in(c, 64) ? at + chance_pick(c, (int)MS_A_MINUTE) : at - at % MS_A_MINUTE;
}

static int64_t nudge(chance *c, int64_t at)
{
    static const int64_t by[] = {0, 0, -1, 1, -MS_A_MINUTE, MS_A_MINUTE};
    return at + by[chance_pick(c, sizeof by / sizeof *by)];
}

/* Of what the limit counts in, about so many steps of its length fit in. */
static int64_t stride(const stated_limit *of, chance *c)
{
    static const int64_t unit_ms[UNIT_COUNT] = {
        34 * MS_AN_HOUR, 24 * MS_AN_HOUR, 30 * 24 * MS_AN_HOUR, 365 * 24 * MS_AN_HOUR,
        MS_AN_HOUR,      MS_A_MINUTE,     4 * MS_AN_HOUR};
    int64_t whole = of->within.amount * unit_ms[of->within.unit];
    return whole * chance_between(c, 1, 100) / 160 + MS_A_MINUTE;
}

static int64_t later(const walk *walked, chance *c)
{
    const walked_days *days = walked->days;
    int64_t now = walked->now, next = walk_next(walked), at = now;
    int day = days_find(days, now);
    switch (chance_pick(c, 10)) {
    case 0:
    case 1:
    case 2:
        at = moment(c, now + chance_between(c, 0, 3 * MINUTES_A_DAY) * MS_A_MINUTE);
        break;
    case 3:
        at = nudge(c, days->at[day + 1].begin + chance_pick(c, 3) * 24 * MS_AN_HOUR);
        break;
    case 4:
        at = nudge(c, days_end(days, day + chance_pick(c, 3), true));
        break;
    case 5:
    case 6:
        at = next != NEVER ? nudge(c, next) : at;
        break;
    case 7:
        at = walked->runs && walked->due != NEVER ? nudge(c, walked->due) : at;
        break;
    default:
        at = moment(c, now + stride(walked->limit, c));
        break;
    }
    return at > now ? at : now;
}

static deed_kind deed_pick(const walk *walked, chance *c)
{
    const stated_limit *of = walked->limit;
    int pick = chance_pick(c, 20);
    if (!walked->runs && walked->run_count > 0 && pick < 10) {
        return DEED_START;
    }
    if (pick == 0) {
        return DEED_END;
    }
    if (pick == 1 && of->restarts) {
        return DEED_RESTART;
    }
    if (pick > 15 && of->length != LENGTH_STATED) {
        return DEED_MEASURE;
    }
    if (pick < 8 && of->extension.amount > 0) {
        return of->extension.notified && chance_one_in(c, 2) ? DEED_EXTENSION_NOTICE : DEED_EXTEND;
    }
    if (of->stop_count == 0 && of->length != LENGTH_STATED) {
        return DEED_MEASURE;
    }
    if (of->stop_count == 0) {
        return of->extension.amount > 0 ? DEED_EXTEND : DEED_START;
    }
    int clause = chance_pick(c, of->stop_count);
    bool open = false;
    for (int i = 0; i < walked->stop_count; i++) {
        open |= walked->stops[i].clause == clause && walked->stops[i].until == NEVER;
    }
    if (of->stops[clause].notified && chance_one_in(c, 3)) {
        return (deed_kind)(DEED_NOTICE + clause);
    }
    if (of->stops[clause].is_stage || !chance_one_in(c, 10)) { /* a stage is left once entered */
        return (deed_kind)((open ? DEED_RESUME : DEED_STOP) + clause);
    }
    return (deed_kind)((open ? DEED_STOP : DEED_RESUME) + clause);
}

/* A number that is told lies about the one that is stated. */
static int amount_pick(const stated_limit *limit, deed_kind deed, chance *c)
{
    int most = limit->within.amount > limit->other ? limit->within.amount : limit->other;
    return deed != DEED_MEASURE                ? 0
           : limit->length == LENGTH_BY_NUMBER ? chance_between(c, 1, most + 1)
                                               : chance_pick(c, 2);
}

static void deed_add(story *of, walk *walked, deed_kind deed, int64_t at, chance *c)
{
    int amount = amount_pick(walked->limit, deed, c);
    of->deeds[of->count++] = (told_deed){deed, amount, at};
    walk_do(walked, deed, amount, at);
}

void story_make(story *of, const walked_days *days, const stated_limit *limit, chance *c,
                walk *walked)
{
    int most = chance_between(c, 1, 4 + 2 * limit->stop_count + (limit->extension.amount > 0));
    bool all = days->announced == DAYS_COUNT;
    int day =
        chance_between(c, all ? 300 : days->announced - 60, all ? 1400 : days->announced + 20);
    int64_t at = moment(c, days->at[day].begin + chance_pick(c, MINUTES_A_DAY) * MS_A_MINUTE);
    of->count = 0;
    walk_begin(walked, days, limit);
    walked->now = at;
    if ((limit->stop_count > 0 || limit->length != LENGTH_STATED) &&
        chance_one_in(c, 5)) { /* before it starts */
        for (int i = chance_between(c, 1, 2); i > 0; i--) {
            deed_kind deed = deed_pick(walked, c);
            if (deed >= DEED_STOP) {
                deed_add(of, walked, deed, at, c);
            }
            at = later(walked, c);
        }
    }
    deed_add(of, walked, DEED_START, at, c);
    while (of->count < most && of->count < DEEDS_MAX && !walked->lost) {
        at = later(walked, c);
        deed_add(of, walked, deed_pick(walked, c), at, c);
    }
    of->until = chance_one_in(c, 4) ? walked->now : later(walked, c);
    walk_end(walked, of->until);
}

void story_walk(const story *of, const walked_days *days, const stated_limit *limit, walk *walked)
{
    walk_begin(walked, days, limit);
    for (int i = 0; i < of->count; i++) {
        walk_do(walked, of->deeds[i].deed, of->deeds[i].amount, of->deeds[i].at);
    }
    walk_end(walked, of->until);
}
