/* SPDX-License-Identifier: Apache-2.0
 *
 * Who held the case, by asking at moment after moment: where the case stood then, and who went on
 * with it next. Days are walked, and each asked for at its end. */
#include "unit/interpreter/holdings.h"

#include "base/text.h"
#include "unit/interpreter/days.h"
#include "unit/interpreter/lengths.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WHO_SIZE = 300, SUMS_MAX = 512 };
#define SHOWN(text) (int)(text).size, (text).bytes != NULL ? (text).bytes : ""

/* ---- what happens ---- */

static void *room_for(plain_case *c, void *items, int count, int *room, size_t size)
{
    if (count < *room) {
        return items;
    }
    *room = *room == 0 ? 16 : *room * 2;
    char *grown = gjb_arena_make(c->arena, (size_t)*room, size);
    assert(grown != NULL);
    if (count > 0) {
        memcpy(grown, items, (size_t)count * size);
    }
    return grown;
}

static void passing_add(plain_case *c, int region, bool is_act)
{
    c->passings = room_for(c, c->passings, c->passing_count, &c->passing_room, sizeof *c->passings);
    int64_t before = c->passing_count == 0 ? INT64_MIN : c->passings[c->passing_count - 1].at;
    plain_passing *passing = &c->passings[c->passing_count++];
    *passing =
        (plain_passing){.at = c->at > before ? c->at : before, .region = region, .is_act = is_act};
    if (is_act) {
        passing->who = plain_who_told(c);
    }
    memcpy(passing->seen, c->seen, sizeof passing->seen);
}

void plain_passing_stage(plain_case *c, int region)
{
    passing_add(c, region, false);
}

void plain_passing_act(plain_case *c, int region)
{
    passing_add(c, region, true);
}

void plain_past_add(plain_case *c, int clock, int64_t until)
{
    c->past = room_for(c, c->past, c->past_count, &c->past_room, sizeof *c->past);
    c->past[c->past_count++] = (plain_past){c->running[clock], until, INT64_MAX};
}

/* ---- who ---- */

static int stage_of(const plain_case *c, const int8_t *seen, int region)
{
    for (int at = region; at != 0; at = c->p->regions[at].outer) {
        if (seen[c->p->regions[at].outer] != c->p->regions[at].parent) {
            region = c->p->regions[at].outer;
        }
    }
    return seen[region];
}

static bool is_among(const plain_holders *held, int post)
{
    for (int i = 0; i < held->count; i++) {
        if (held->posts[i] == post) {
            return true;
        }
    }
    return false;
}

static void actor_write(const plain *p, int post, gj_text officer, gj_text office, char *out)
{
    int department = p->posts[post].department;
    gj_text of = department == NO ? (gj_text){"", 0} : p->departments[department].label.name;
    snprintf(out, WHO_SIZE, "%.*s.%.*s/%.*s/%.*s", SHOWN(of), SHOWN(p->posts[post].label.name),
             SHOWN(officer), SHOWN(office));
}

static int name_compare(const void *a, const void *b)
{
    const gj_text *x = a, *y = b;
    int order = memcmp(x->bytes, y->bytes, x->size < y->size ? x->size : y->size);
    return order != 0 ? order : (x->size > y->size) - (x->size < y->size);
}

/* In whatever order they stand in the clauses. */
static void names_write(gj_text *names, size_t count, char *out)
{
    int size = snprintf(out, WHO_SIZE, "of");
    qsort(names, count, sizeof *names, name_compare);
    for (size_t i = 0; i < count && size < WHO_SIZE; i++) {
        size += snprintf(out + size, (size_t)(WHO_SIZE - size), " %.*s", SHOWN(names[i]));
    }
}

/* In the region just then. */
static void who_write(const plain_case *c, int region, int64_t at, char *out)
{
    int next = 0;
    plain_holders held = {.count = 0};
    while (next < c->passing_count && c->passings[next].at <= at) {
        next++;
    }
    if (next > 0) {
        held = plain_holders_of(c->p, stage_of(c, c->passings[next - 1].seen, region));
    }
    for (int i = next; next > 0 && i < c->passing_count; i++) {
        const plain_passing *passing = &c->passings[i];
        if (!passing->is_act && plain_is_within(c->p, region, passing->region)) {
            break;
        }
        bool heard = passing->is_act &&
                     (passing->region == NO || plain_is_within(c->p, passing->region, region));
        if (heard && is_among(&held, passing->who.post)) {
            actor_write(c->p, passing->who.post, passing->who.officer, passing->who.office, out);
            return;
        }
    }
    if (held.count == 1) {
        actor_write(c->p, held.posts[0], (gj_text){"", 0}, (gj_text){"", 0}, out);
        return;
    }
    gj_text names[POSTS_MAX];
    for (int i = 0; i < held.count; i++) {
        names[i] = c->p->posts[held.posts[i]].label.name;
    }
    names_write(names, (size_t)held.count, out);
}

/* ---- sums ---- */

typedef struct sum {
    char who[WHO_SIZE];
    int64_t elapsed, amount;
} sum;
typedef struct sums {
    sum items[SUMS_MAX];
    int count;
} sums;

static sum *sum_of(sums *to, const char *who)
{
    for (int i = 0; i < to->count; i++) {
        if (strcmp(to->items[i].who, who) == 0) {
            return &to->items[i];
        }
    }
    assert(to->count < SUMS_MAX);
    sum *made = &to->items[to->count++];
    *made = (sum){.elapsed = 0};
    snprintf(made->who, sizeof made->who, "%s", who);
    return made;
}

static void sums_write(readings *r, const char *of, const sums *from)
{
    for (int i = 0; i < from->count; i++) {
        readings_add(r, "held in %s: %s for %lld, %lld", of, from->items[i].who,
                     (long long)from->items[i].elapsed, (long long)from->items[i].amount);
    }
}

/* ---- one span ---- */

/* Whose moment it is may change at any of these. */
typedef struct edges {
    int64_t *items;
    int count, room;
} edges;

static void edge_add(edges *to, int64_t at)
{
    if (to->count == to->room) {
        to->room = to->room == 0 ? 64 : to->room * 2;
        to->items = realloc(to->items, (size_t)to->room * sizeof *to->items);
        assert(to->items != NULL);
    }
    to->items[to->count++] = at;
}

static int edge_compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* `of` NULL: of the case, for which every limit counts. */
typedef struct stretch {
    const plain_case *c;
    const plain_past *of;
    const plain_past *all; /* every run of every limit */
    int all_count, region;
    int64_t since, until;
    const plain_calendar *calendar;
    gjc_unit unit;
    bool at_close, is_counted, short_day;
} stretch;

static bool is_stopped(const stretch *with, const plain_past *of, int64_t at)
{
    plain_counting counting = plain_limit_counting(with->c, &of->span);
    counting.due = of->due;
    return plain_moment_is_stopped(&counting, at);
}

static bool is_stopped_day(const stretch *with, int day)
{
    plain_counting counting = plain_limit_counting(with->c, &with->of->span);
    counting.due = with->of->due;
    return plain_day_is_stopped(&counting, day);
}

/* Of the case: something runs that has to be done in time, and all of that is stopped. */
static bool is_law(const stretch *with, int64_t at)
{
    int runs = 0, stopped = 0;
    for (int i = 0; with->of == NULL && i < with->all_count; i++) {
        const plain_past *of = &with->all[i];
        const plain_limit *limit = &with->c->p->limits[of->span.limit];
        if (!limit->open && limit->back == 0 && of->span.since <= at && at < of->until) {
            runs++;
            stopped += is_stopped(with, of, at) ? 1 : 0;
        }
    }
    return with->of != NULL ? is_stopped(with, with->of, at) : stopped > 0 && stopped == runs;
}

static void whose_write(const stretch *with, int64_t at, bool law, char *out)
{
    if (law) {
        snprintf(out, WHO_SIZE, "law");
        return;
    }
    who_write(with->c, with->region, at, out);
}

static void edges_of(const plain_past *of, edges *to)
{
    edge_add(to, of->span.since);
    edge_add(to, of->until);
    for (int i = 0; i < of->span.turns.pause_count; i++) {
        const plain_pause *pause = &of->span.turns.pauses[i];
        edge_add(to, pause->since);
        edge_add(to, pause->until);
        edge_add(to, pause->granted);
    }
}

static void edges_make(const stretch *with, edges *to)
{
    edge_add(to, with->since);
    edge_add(to, with->until);
    for (int i = 0; i < with->c->passing_count; i++) {
        int64_t at = with->c->passings[i].at;
        if (with->since < at && at < with->until) {
            edge_add(to, at);
        }
    }
    if (with->of != NULL) {
        edges_of(with->of, to);
    }
    for (int i = 0; with->of == NULL && i < with->all_count; i++) {
        edges_of(&with->all[i], to);
    }
    qsort(to->items, (size_t)to->count, sizeof *to->items, edge_compare);
}

static void days_sum(const stretch *with, sums *to)
{
    char who[WHO_SIZE];
    int through = plain_day_of(with->calendar, with->until) - (with->short_day ? 1 : 0);
    for (int day = plain_day_of(with->calendar, with->since) + 1; day <= through; day++) {
        int64_t end = plain_day_end(with->calendar, day, with->at_close);
        bool last = with->of != NULL && end > with->until; /* stopped at its end, if at all */
        end = end < with->until ? end : with->until;
        if (with->unit != GJC_WORKDAYS || plain_day_is_worked(with->calendar, day)) {
            bool law = last ? is_stopped_day(with, day) : is_law(with, end - 1);
            whose_write(with, end - 1, law, who);
            sum_of(to, who)->amount++;
        }
    }
}

static void stretch_sum(const stretch *with, sums *to)
{
    edges at = {.items = NULL};
    char who[WHO_SIZE];
    to->count = 0;
    if (with->since >= with->until) {
        return;
    }
    edges_make(with, &at);
    for (int i = 0; i + 1 < at.count; i++) {
        int64_t from = at.items[i], end = at.items[i + 1];
        if (from < with->since || end > with->until || from == end) {
            continue;
        }
        whose_write(with, from, is_law(with, from), who);
        sum *of = sum_of(to, who);
        of->elapsed += end - from;
        of->amount += with->is_counted && plain_unit_is_time(with->unit)
                          ? plain_time_between(with->calendar, with->unit, from, end)
                          : 0;
    }
    if (with->is_counted && !plain_unit_is_time(with->unit) && to->count > 0) {
        days_sum(with, to);
    }
    free(at.items);
}

/* ---- all ---- */

static void branch_write(const plain *p, int region, char *out, size_t size)
{
    out[0] = '\0';
    if (region != 0) {
        branch_write(p, p->regions[region].outer, out, size);
        size_t begin = strlen(out);
        snprintf(out + begin, size - begin, "%s%.*s", begin > 0 ? "/" : "",
                 SHOWN(p->regions[region].label.name));
    }
}

/* Also of what runs still. The caller frees it. */
static plain_past *all_make(const plain_case *c, int *count)
{
    plain_past *all = malloc((size_t)(c->past_count + CLOCKS_MAX) * sizeof *all);
    assert(all != NULL);
    if (c->past_count > 0) {
        memcpy(all, c->past, (size_t)c->past_count * sizeof *all);
    }
    *count = c->past_count;
    for (int i = 0; i < CLOCKS_MAX; i++) {
        if (c->runs[i]) {
            bool told = c->running[i].told_end != INT64_MAX;
            int64_t until = c->closed_at < c->clock && !told ? c->closed_at : c->clock;
            all[(*count)++] = (plain_past){c->running[i], until, INT64_MAX};
        }
    }
    for (int i = 0; i < *count; i++) {
        int day;
        all[i].due = plain_limit_due(c, &all[i].span, &day);
    }
    return all;
}

static void limit_write(readings *r, const stretch *of_case, const plain_past *of)
{
    static sums found;
    const plain_case *c = of_case->c;
    const plain_limit *limit = &c->p->limits[of->span.limit];
    bool least = limit->open && limit->back == 0;
    stretch with = *of_case;
    char name[LINE_SIZE / 2], key[100], branch[200];
    with.of = of;
    with.region = limit->region;
    with.since = of->span.since;
    with.until = of->until;
    with.calendar = limit->calendar;
    with.unit = least ? limit->least_unit : limit->unit;
    with.at_close = limit->at_close;
    with.is_counted = true;
    with.short_day = limit->back != 0;
    plain_key_write(c, &of->span, key, sizeof key);
    branch_write(c->p, limit->region, branch, sizeof branch);
    snprintf(name, sizeof name, "%.*s for %s of %s, %lld to %lld", SHOWN(limit->name), key, branch,
             (long long)with.since, (long long)with.until);
    stretch_sum(&with, &found);
    sums_write(r, name, &found);
}

void holdings_of_plain(readings *r, const plain_case *c)
{
    static sums found;
    int count;
    if (c->passing_count == 0) {
        return;
    }
    plain_past *all = all_make(c, &count);
    stretch with = {
        .c = c,
        .all = all,
        .all_count = count,
        .since = c->passings[0].at,
        .until = c->closed_at < c->clock ? c->closed_at : c->clock,
        .calendar = &c->p->calendar,
        .unit = GJC_WORKDAYS,
        .is_counted = c->p->calendar.present,
    };
    stretch_sum(&with, &found);
    sums_write(r, "the case", &found);
    for (int i = 0; i < count; i++) {
        limit_write(r, &with, &all[i]);
    }
    free(all);
}

/* ---- the judge's ---- */

static void holder_write(const gj_holder *holder, char *out)
{
    if (holder->by_law) {
        snprintf(out, WHO_SIZE, "law");
    } else if (holder->post.size > 0) {
        snprintf(out, WHO_SIZE, "%.*s.%.*s/%.*s/%.*s", SHOWN(holder->department),
                 SHOWN(holder->post), SHOWN(holder->officer), SHOWN(holder->office));
    } else {
        gj_text names[POSTS_MAX];
        assert(holder->post_count <= POSTS_MAX);
        for (size_t i = 0; i < holder->post_count; i++) {
            names[i] = holder->posts[i];
        }
        names_write(names, holder->post_count, out);
    }
}

static void held_write(readings *r, const char *of, const gj_held *held, size_t count)
{
    static sums found; /* two posts may have one name */
    found.count = 0;
    for (size_t i = 0; i < count; i++) {
        char who[WHO_SIZE];
        holder_write(&held[i].holder, who);
        sum *to = sum_of(&found, who);
        to->elapsed += (int64_t)held[i].elapsed_ms;
        to->amount += (int64_t)held[i].amount;
    }
    sums_write(r, of, &found);
}

void holdings_of_judge(readings *r, const gj_case_result *result)
{
    held_write(r, "the case", result->held, result->held_count);
    for (size_t i = 0; i < result->account_count; i++) {
        const gj_account *account = &result->accounts[i];
        char name[LINE_SIZE / 2];
        snprintf(name, sizeof name, "%.*s for %.*s of %.*s, %lld to %lld", SHOWN(account->limit),
                 SHOWN(account->key), SHOWN(account->branch), (long long)account->start,
                 (long long)account->until);
        held_write(r, name, account->held, account->held_count);
    }
}
