/* SPDX-License-Identifier: Apache-2.0
 *
 * See changes.h. */
#include "time/changes.h"

#include "base/text.h"

/* ---- day by day ---- */

static gj_day_change change_of(const gj_calendar *was, const gj_calendar *is, gj_day day)
{
    return (gj_day_change){
        .from = day,
        .to = day,
        .was = (gj_day_class)gjr_calendar_class(was, day),
        .is = (gj_day_class)gjr_calendar_class(is, day),
        .name_was = gjr_calendar_day_name(was, day),
        .name_is = gjr_calendar_day_name(is, day),
    };
}

static bool is_none(const gj_day_change *change)
{
    return change->was == change->is && gjb_text_equal(change->name_was, change->name_is);
}

static bool is_alike(const gj_day_change *a, const gj_day_change *b)
{
    return a->was == b->was && a->is == b->is && gjb_text_equal(a->name_was, b->name_was) &&
           gjb_text_equal(a->name_is, b->name_is);
}

gj_status gj_calendar_changes(const gj_calendar *was, const gj_calendar *is, void *payload,
                              bool (*on_change)(void *payload, const gj_day_change *change))
{
    if (was == NULL || is == NULL || on_change == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    bool goes_on = true;
    for (gj_day day = GJR_CALENDAR_DAY_FIRST; day <= GJR_CALENDAR_DAY_LAST && goes_on; day++) {
        gj_day_change change = change_of(was, is, day);
        if (is_none(&change)) {
            continue;
        }
        for (; day < GJR_CALENDAR_DAY_LAST; day++) {
            gj_day_change next = change_of(was, is, day + 1);
            if (!is_alike(&change, &next)) {
                break;
            }
        }
        change.to = day;
        goes_on = on_change(payload, &change);
    }
    return GJ_OK;
}

/* ---- all of them ---- */

static bool count_one(void *payload, const gj_day_change *change)
{
    (void)change;
    ++*(size_t *)payload;
    return true;
}

static bool keep_one(void *payload, const gj_day_change *change)
{
    gjr_changes *changes = payload;
    changes->items[changes->count++] = *change;
    return true;
}

static bool hours_differ(const gjr_calendar_plan *a, const gjr_calendar_plan *b)
{
    bool differ = a->week != b->week || a->hours_count != b->hours_count;
    for (size_t i = 0; !differ && i < a->hours_count; i++) {
        differ = a->hours[i].from_minute != b->hours[i].from_minute ||
                 a->hours[i].to_minute != b->hours[i].to_minute;
    }
    return differ;
}

/* Where nothing is said all is certain. */
static gj_day first_open(gj_day published, gj_day other)
{
    gj_day least = published == GJ_NO_DAY                    ? other
                   : other == GJ_NO_DAY || published < other ? published
                                                             : other;
    return least == GJ_NO_DAY ? GJ_NO_DAY : least + 1;
}

gj_status gjr_changes_find(const gj_calendar *was, const gj_calendar *is, gjb_arena *arena,
                           gjr_changes *changes)
{
    size_t count = 0;
    *changes = (gjr_changes){.was = was, .is = is, .open_from = GJ_NO_DAY};
    if (was == NULL || is == NULL || was == is) {
        return GJ_OK;
    }
    const gjr_calendar_plan *old = gjr_calendar_get_plan(was), *new = gjr_calendar_get_plan(is);
    (void)gj_calendar_changes(was, is, &count, count_one);
    changes->items = gjb_arena_make(arena, count + 1, sizeof *changes->items);
    if (changes->items == NULL) {
        return GJ_NO_MEMORY;
    }
    (void)gj_calendar_changes(was, is, changes, keep_one);
    changes->hours = hours_differ(old, new);
    if (count > 0 || old->published_through != new->published_through) {
        changes->open_from = first_open(old->published_through, new->published_through);
    }
    return GJ_OK;
}

/* The first that does not end before the day. */
static size_t find(const gjr_changes *changes, gj_day day)
{
    size_t low = 0, high = changes->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (changes->items[middle].to < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool gjr_changes_touch(const gjr_changes *changes, gj_day from, gj_day to)
{
    size_t first = find(changes, from);
    return changes->hours || (changes->open_from != GJ_NO_DAY && to >= changes->open_from) ||
           (first < changes->count && changes->items[first].from <= to);
}

static bool is_worked(gj_day_class class)
{
    return class == GJ_DAY_WORKING || class == GJ_DAY_ON;
}

static bool counts_otherwise(const gj_day_change *change)
{
    return is_worked(change->was) != is_worked(change->is);
}

/* Where any is counted otherwise, those alone matter. */
static size_t keep_weighty(gj_day_change *days, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (counts_otherwise(&days[i])) {
            days[kept++] = days[i];
        }
    }
    return kept > 0 ? kept : count;
}

gj_day_change *gjr_changes_within(const gjr_changes *changes, gj_day from, gj_day to,
                                  gjb_arena *arena, size_t *count)
{
    size_t first = find(changes, from), end = first;
    *count = 0;
    while (end < changes->count && changes->items[end].from <= to) {
        end++;
    }
    gj_day_change *days = end > first ? gjb_arena_make(arena, end - first, sizeof *days) : NULL;
    if (days == NULL) {
        return NULL;
    }
    for (size_t i = first; i < end; i++) {
        gj_day_change *day = &days[(*count)++];
        *day = changes->items[i];
        day->from = day->from < from ? from : day->from;
        day->to = day->to > to ? to : day->to;
    }
    *count = keep_weighty(days, *count);
    return days;
}
