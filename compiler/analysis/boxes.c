/* SPDX-License-Identifier: Apache-2.0
 *
 * See boxes.h. Recursion is as deep as there are columns, GJC_BOX_COLUMNS_MAX. */
#include "analysis/boxes.h"

#include <string.h>

/* ---- sides ---- */

static bool side_meet(gjc_side a, gjc_side b, gjc_interval *common)
{
    for (uint32_t i = 0, j = 0; i < a.count && j < b.count;) {
        const gjc_interval *x = &a.intervals[i], *y = &b.intervals[j];
        int64_t low = x->low > y->low ? x->low : y->low;
        int64_t high = x->high < y->high ? x->high : y->high;
        if (low <= high) {
            *common = (gjc_interval){low, high};
            return true;
        }
        if (x->high < y->high)
            i++;
        else
            j++;
    }
    return false;
}

static bool side_has(gjc_side side, int64_t number)
{
    for (uint32_t i = 0; i < side.count && side.intervals[i].low <= number; i++)
        if (number <= side.intervals[i].high)
            return true;
    return false;
}

/* Whether every number of `inner` is in `outer`. Touching intervals of `outer` count as one. */
static bool side_covers(gjc_side outer, gjc_side inner)
{
    for (uint32_t i = 0; i < inner.count; i++) {
        int64_t next = inner.intervals[i].low;
        bool done = false;
        for (uint32_t j = 0; j < outer.count && !done; j++) {
            if (outer.intervals[j].low > next)
                return false;
            if (outer.intervals[j].high < next)
                continue;
            done = outer.intervals[j].high >= inner.intervals[i].high;
            next = done ? next : outer.intervals[j].high + 1;
        }
        if (!done)
            return false;
    }
    return true;
}

bool gjc_boxes_meet(const gjc_box *a, const gjc_box *b, uint32_t column_count, gjc_spot *spot)
{
    for (uint32_t c = 0; c < column_count; c++)
        if (!side_meet(a->sides[c], b->sides[c], &spot->sides[c]))
            return false;
    return true;
}

/* ---- which boxes are in question ---- */

enum { WORDS = (GJC_BOXES_MAX + 63) / 64, PROVED_MAX = 32 };

typedef struct boxes_set {
    uint64_t words[WORDS];
} boxes_set;

static void set_add(boxes_set *set, uint32_t box)
{
    set->words[box / 64] |= UINT64_C(1) << (box % 64);
}

static bool set_has(const boxes_set *set, uint32_t box)
{
    return (set->words[box / 64] >> (box % 64) & 1) != 0;
}

static bool set_is_empty(const boxes_set *set)
{
    uint64_t any = 0;
    for (size_t i = 0; i < WORDS; i++)
        any |= set->words[i];
    return any == 0;
}

static bool set_is_within(const boxes_set *inner, const boxes_set *outer)
{
    for (size_t i = 0; i < WORDS; i++)
        if ((inner->words[i] & ~outer->words[i]) != 0)
            return false;
    return true;
}

/* ---- looking for what is left out ---- */

/* Sets of boxes that leave nothing out from a column on: the last ones found. */
typedef struct proved {
    boxes_set sets[PROVED_MAX];
    uint32_t count; /* ever put in */
} proved;

typedef struct search {
    const gjc_box *whole, *boxes;
    uint32_t count, column_count;
    proved *proved;  /* by column */
    int64_t *begins; /* by column, room for the first numbers of its intervals */
    size_t begins_max;
    uint64_t *work;
    gjc_spot *spot;
} search;

static bool is_proved(const search *s, uint32_t column, const boxes_set *among)
{
    const proved *p = &s->proved[column];
    uint32_t kept = p->count < PROVED_MAX ? p->count : PROVED_MAX;
    for (uint32_t i = 0; i < kept; i++)
        if (set_is_within(&p->sets[i], among))
            return true;
    return false;
}

static void proved_put(search *s, uint32_t column, const boxes_set *among)
{
    proved *p = &s->proved[column];
    p->sets[p->count++ % PROVED_MAX] = *among;
}

/* One of the boxes has all of the whole's columns from this one on. */
static bool one_covers(search *s, uint32_t column, const boxes_set *among)
{
    for (uint32_t i = 0; i < s->count; i++) {
        bool covers = set_has(among, i);
        for (uint32_t c = column; covers && c < s->column_count; c++, ++*s->work)
            covers = side_covers(s->boxes[i].sides[c], s->whole->sides[c]);
        if (covers)
            return true;
    }
    return false;
}

static void begin_add(int64_t *begins, size_t *count, gjc_interval within, int64_t begin)
{
    if (begin < within.low || begin > within.high)
        return;
    size_t at = *count;
    while (at > 0 && begins[at - 1] > begin)
        at--;
    if (at > 0 && begins[at - 1] == begin)
        return;
    memmove(&begins[at + 1], &begins[at], (*count - at) * sizeof *begins);
    begins[at] = begin;
    ++*count;
}

/* Where the boxes in question begin and end inside the interval, in order. */
static size_t begins_find(search *s, uint32_t column, const boxes_set *among, gjc_interval within,
                          int64_t *begins)
{
    size_t count = 0;
    begin_add(begins, &count, within, within.low);
    for (uint32_t i = 0; i < s->count; i++) {
        gjc_side side = set_has(among, i) ? s->boxes[i].sides[column] : (gjc_side){NULL, 0};
        for (uint32_t k = 0; k < side.count; k++, ++*s->work) {
            begin_add(begins, &count, within, side.intervals[k].low);
            if (side.intervals[k].high < INT64_MAX)
                begin_add(begins, &count, within, side.intervals[k].high + 1);
        }
    }
    return count;
}

static boxes_set fitting(search *s, uint32_t column, const boxes_set *among, int64_t number)
{
    boxes_set fit = {{0}};
    for (uint32_t i = 0; i < s->count; i++)
        if (set_has(among, i) && side_has(s->boxes[i].sides[column], number))
            set_add(&fit, i);
    *s->work += s->count;
    return fit;
}

static gjc_found look(search *s, uint32_t column, const boxes_set *among);

static gjc_found interval_look(search *s, uint32_t column, const boxes_set *among,
                               gjc_interval within)
{
    int64_t *begins = &s->begins[column * s->begins_max];
    size_t count = begins_find(s, column, among, within, begins);
    for (size_t i = 0; i < count; i++) {
        boxes_set fit = fitting(s, column, among, begins[i]);
        gjc_found found = look(s, column + 1, &fit);
        if (found == GJC_FOUND)
            s->spot->sides[column] =
                (gjc_interval){begins[i], i + 1 < count ? begins[i + 1] - 1 : within.high};
        if (found != GJC_FOUND_NONE)
            return found;
    }
    return GJC_FOUND_NONE;
}

/* From the column on, where these boxes fit the columns before it. */
static gjc_found look(search *s, uint32_t column, const boxes_set *among)
{
    if (*s->work > GJC_BOXES_WORK_MAX)
        return GJC_NOT_DECIDED;
    if (set_is_empty(among)) {
        for (uint32_t c = column; c < s->column_count; c++)
            s->spot->sides[c] = s->whole->sides[c].intervals[0];
        return GJC_FOUND;
    }
    if (column == s->column_count || is_proved(s, column, among))
        return GJC_FOUND_NONE;
    if (!one_covers(s, column, among)) {
        gjc_side side = s->whole->sides[column];
        for (uint32_t i = 0; i < side.count; i++) {
            gjc_found found = interval_look(s, column, among, side.intervals[i]);
            if (found != GJC_FOUND_NONE)
                return found;
        }
    }
    proved_put(s, column, among);
    return GJC_FOUND_NONE;
}

static size_t begins_count(const search *s)
{
    size_t most = 0;
    for (uint32_t c = 0; c < s->column_count; c++) {
        size_t count = 1;
        for (uint32_t i = 0; i < s->count; i++)
            count += (size_t)s->boxes[i].sides[c].count * 2;
        most = count > most ? count : most;
    }
    return most;
}

gjc_found gjc_boxes_find_left_out(gjc_boxes_asking *asking, const gjc_box *whole,
                                  const gjc_box *boxes, uint32_t count, gjc_spot *spot)
{
    search s = {.whole = whole,
                .boxes = boxes,
                .count = count,
                .column_count = asking->column_count,
                .work = &asking->work,
                .spot = spot};
    boxes_set all = {{0}};
    for (uint32_t c = 0; c < s.column_count; c++)
        if (whole->sides[c].count == 0)
            return GJC_FOUND_NONE; /* it has no points */
    for (uint32_t i = 0; i < count; i++)
        set_add(&all, i);
    s.begins_max = begins_count(&s);
    s.proved = gjb_arena_make(asking->arena, s.column_count, sizeof *s.proved);
    s.begins = gjb_arena_make(asking->arena, s.column_count * s.begins_max, sizeof *s.begins);
    return s.proved == NULL || s.begins == NULL ? GJC_NOT_DECIDED : look(&s, 0, &all);
}
