/* SPDX-License-Identifier: Apache-2.0
 *
 * Any order of arrival: random cases of random procedures, with corrections, retractions and what
 * means nothing among their events, are told to a live docket in a random order, its clock going on
 * in between; half of the time the calendar is an older one (arrival/older.h) until somewhere on
 * the way. However they came, what stands at the end is to the letter what a docket finds that was
 * told the same in order and judges every case from its history by the newer calendar; and whoever
 * did nothing but follow what the live docket told of its findings, and of when limits fall due,
 * holds the same ones.
 *
 * A failure prints its seed. GUIJU_ARRIVAL_SEED=N takes that one procedure alone,
 * GUIJU_ARRIVAL_FROM=N those from there on; GUIJU_PROVE=1 tries a million orders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "judge/finding.h"
#include "unit/arrival/dues.h"
#include "unit/arrival/older.h"
#include "unit/interpreter/days.h"
#include "unit/interpreter/subject.h"
#include "unit/refused_kinds.h"

enum {
    PROCEDURES = 15,
    ORDERS = 20,
    PROVED_PROCEDURES = 2000,
    PROVED_ORDERS = 500,
    CASES = 3,
    FEW = 5, /* events of a case, in the short logs of which most are when proving */
    TOLD_MAX = CASES * EVENTS_MAX * 4,
    SAME = 10, /* orders of one log */
    FINDINGS_MAX = 16384,
    ID_SIZE = 33,
};

/* ---- what is told ---- */

typedef struct log {
    gj_event events[TOLD_MAX];
    int count;
    int64_t until;
} log;

typedef struct narrator {
    const subject *subject;
    chance *chance;
    gjb_arena *arena;
    log *log;
    bool is_short;
} narrator;

static int pick(narrator *n, int count)
{
    return chance_pick(n->chance, count);
}

static gj_text name_make(narrator *n, const char *kind, int number)
{
    char name[24];
    snprintf(name, sizeof name, "%s%d", kind, number);
    return gjb_arena_text(n->arena, gjb_text_of(name));
}

static gj_event *tell(narrator *n, const gj_event *event)
{
    assert_true(n->log->count < TOLD_MAX);
    gj_event *told = &n->log->events[n->log->count];
    *told = *event;
    told->id = name_make(n, "t", n->log->count++);
    return told;
}

/* Something that names another event of the log, or one that is never told. */
static void name(narrator *n, gj_event *told, const gj_event *named, bool retracts)
{
    gj_text id = pick(n, 20) == 0 ? gjb_text_of("never") : named->id;
    bool same = gjb_text_equal(told->source, named->source);
    if (retracts) {
        told->retracts = id;
        told->retracts_source = same ? (gj_text){0} : named->source;
    } else {
        told->corrects = id;
        told->corrects_source = same ? (gj_text){0} : named->source;
    }
}

/* What was told wrongly: now and then another act, or at another time. */
static void distort(narrator *n, gj_event *told, const gj_event *other)
{
    told->data = other->data;
    told->data_count = other->data_count;
    told->action = pick(n, 2) == 0 ? other->action : told->action;
    told->at.wall_ms += pick(n, 3) == 0 ? (pick(n, 60) - 20) * MS_PER_DAY : 0;
}

/* A correction of the event told last, and perhaps another of it or of that; or what takes one of
 * them back. */
static void amend(narrator *n, const gj_event *right)
{
    int named = n->log->count - 1;
    for (int depth = pick(n, 4); depth > 0; depth--) {
        gj_event wrong = *right;
        bool retracts = pick(n, 3) == 0;
        wrong.recorded = pick(n, 2) == 0 ? right->at : right->recorded;
        if (pick(n, 2) == 0) {
            distort(n, &wrong, &n->log->events[pick(n, n->log->count)]);
            wrong.recorded.wall_ms += pick(n, 5) * MS_PER_DAY;
        }
        gj_event *told = tell(n, &wrong);
        name(n, told, &n->log->events[named], retracts);
        if (pick(n, 2) == 0) {
            named = n->log->count - 1;
        }
    }
}

/* Names across cases, and a circle. */
static void confuse(narrator *n)
{
    log *l = n->log;
    gj_event *one = &l->events[pick(n, l->count)], *other = &l->events[pick(n, l->count)];
    bool free = one->corrects.size + one->retracts.size + other->corrects.size == 0;
    if (one != other && free && other->retracts.size == 0) {
        name(n, one, other, pick(n, 2) == 0);
        if (pick(n, 3) == 0) {
            name(n, other, one, pick(n, 2) == 0);
        }
    }
}

static void log_tell(narrator *n)
{
    static told_case told;
    n->log->count = 0;
    n->log->until = INT64_MIN;
    for (int i = 0; i < (n->is_short ? 2 : CASES); i++) {
        tell_case(&n->subject->plain, n->chance, n->arena, &told);
        for (int j = 0; j < told.count && (j < FEW || !n->is_short); j++) {
            gj_event right = told.events[j], first = right;
            int64_t at = plain_instant(&n->subject->plain.calendar, &right.at);
            n->log->until = at > n->log->until ? at : n->log->until;
            first.case_id = right.case_id = name_make(n, "c", i);
            if (n->log->count > 0 && pick(n, 6) == 0) {
                distort(n, &first, &n->log->events[pick(n, n->log->count)]);
            }
            tell(n, &first);
            if (pick(n, 4) == 0) {
                amend(n, &right);
            }
        }
    }
    n->log->until += (pick(n, 60) - 20) * MS_PER_DAY;
    for (int i = pick(n, 3); i > 0; i--) {
        confuse(n);
    }
}

/* ---- what is found ---- */

typedef struct found {
    char id[ID_SIZE];
    gj_finding_status status;
    gj_severity severity;
    gj_text content; /* absent of what was only followed */
    bool is_double;  /* there was another of this id, and which of them went cannot be told */
} found;

typedef struct account {
    gjb_arena *arena;
    found items[FINDINGS_MAX];
    int count;
    gj_text stages[CASES * 2]; /* of the cases, in the order of their ids */
    int stage_count;
    bool wrong; /* what was told does not follow from what was told before */
} account;

static gj_text printed(gjb_arena *arena, const gj_finding *finding)
{
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    gjr_finding_print(finding, GJ_ZH, &out);
    gj_text text = gjb_arena_text(arena, gjb_buffer_text(&out));
    gjb_buffer_deinit(&out);
    return text;
}

/* The finding as it was held, if need be another of its id: there may be two of what the law
 * lacked. */
static found *account_find(account *a, const gj_finding *as)
{
    found *nearest = NULL;
    for (int i = 0; i < a->count; i++) {
        found *item = &a->items[i];
        if (memcmp(item->id, as->id, ID_SIZE) == 0) {
            bool same = item->status == as->status && item->severity == as->severity;
            nearest = nearest == NULL || same ? item : nearest;
        }
    }
    return nearest;
}

/* It may be found twice under one identity: what the law lacked when it ran out. */
static bool is_of_law(const gj_finding *finding)
{
    return finding->by_law && finding->code == GJ_MISSING_DATA;
}

static void account_add(account *a, const gj_finding *finding, gj_text content)
{
    assert_true(a->count < FINDINGS_MAX);
    found *item = &a->items[a->count++];
    *item = (found){.status = finding->status, .severity = finding->severity, .content = content};
    memcpy(item->id, finding->id, ID_SIZE);
}

static bool case_note(void *payload, const gj_case_result *result)
{
    account *a = payload;
    for (size_t i = 0; i < result->finding_count; i++) {
        account_add(a, &result->findings[i],
                    result->findings[i].code == GJ_FUTURE
                        ? (gj_text){0}
                        : printed(a->arena, &result->findings[i]));
    }
    if (result->event_count > 0) {
        gjb_buffer words;
        gjb_buffer_init(&words, NULL);
        gjb_buffer_add_text(&words, result->case_id);
        gjb_buffer_add_format(&words, " %zu %lld %lld ", result->event_count,
                              (long long)result->first_at, (long long)result->last_at);
        gjb_buffer_add_text(&words, result->stage);
        for (size_t i = 0; i < result->limit_count; i++) {
            gjb_buffer_add_format(&words, " %lld", (long long)result->limits[i].due);
        }
        a->stages[a->stage_count++] = gjb_arena_text(a->arena, gjb_buffer_text(&words));
        gjb_buffer_deinit(&words);
    }
    return true;
}

static int found_compare(const void *a, const void *b)
{
    const found *left = a, *right = b;
    int order = memcmp(left->id, right->id, ID_SIZE);
    return order != 0 ? order : gjb_text_compare(left->content, right->content);
}

static int text_compare(const void *a, const void *b)
{
    return gjb_text_compare(*(const gj_text *)a, *(const gj_text *)b);
}

static void account_sort(account *a)
{
    qsort(a->items, (size_t)a->count, sizeof *a->items, found_compare);
    qsort(a->stages, (size_t)a->stage_count, sizeof *a->stages, text_compare);
}

/* The one of the docket has nothing of what lies ahead. */
static bool accounts_agree(const account *docket, const account *live, const char **how)
{
    int at = 0;
    *how = "findings";
    for (int i = 0; i < live->count; i++) {
        if (live->items[i].content.bytes == NULL) {
            continue;
        }
        if (at == docket->count ||
            !gjb_text_equal(docket->items[at].content, live->items[i].content)) {
            return false;
        }
        at++;
    }
    if (at < docket->count) {
        return false;
    }
    *how = "stages, events or limits";
    for (int i = 0; i < live->stage_count && live->stage_count == docket->stage_count; i++) {
        if (!gjb_text_equal(docket->stages[i], live->stages[i])) {
            return false;
        }
    }
    return live->stage_count == docket->stage_count;
}

/* ---- following ---- */

static bool follow(void *payload, const gj_revision *revision)
{
    account *a = payload;
    const gj_finding *before = revision->before != NULL ? revision->before : revision->finding;
    found *held = account_find(a, before);
    bool was = held != NULL;
    switch (revision->change) {
    case GJ_FINDING_ADDED:
        a->wrong = a->wrong || (was && !is_of_law(revision->finding)) ||
                   revision->finding->status == GJ_WITHDRAWN;
        account_add(a, revision->finding, (gj_text){0});
        if (was) {
            held->is_double = a->items[a->count - 1].is_double = true;
        }
        break;
    case GJ_FINDING_CHANGED:
        a->wrong = a->wrong || !was ||
                   (!is_of_law(before) &&
                    (before->status != held->status || before->severity != held->severity));
        if (was) {
            held->status = revision->finding->status;
            held->severity = revision->finding->severity;
        }
        break;
    case GJ_FINDING_WITHDRAWN:
        a->wrong = a->wrong || !was || revision->finding->status != GJ_WITHDRAWN;
        if (was) {
            *held = a->items[--a->count];
        }
        break;
    }
    bool by_calendar = revision->cause == GJ_CAUSE_CALENDAR;
    a->wrong =
        a->wrong || by_calendar != (revision->recounted != NULL) ||
        (revision->cause == GJ_CAUSE_TIME || by_calendar) != (revision->cause_id.bytes == NULL);
    return true;
}

static bool followed_agrees(const account *followed, const account *seen)
{
    bool agrees = !followed->wrong && followed->count == seen->count;
    for (int i = 0; agrees && i < seen->count; i++) {
        const found *a = &followed->items[i], *b = &seen->items[i];
        agrees = memcmp(a->id, b->id, ID_SIZE) == 0 &&
                 (a->is_double || (a->status == b->status && a->severity == b->severity));
    }
    return agrees;
}

/* ---- another calendar ---- */

static void calendar_change(narrator *n, gj_live *live, account *followed)
{
    bool follows = dues_follow(live, n->subject->judge, n->arena);
    followed->wrong = followed->wrong || !follows;
}

/* ---- both ways ---- */

static uint64_t seed_at_hand;

static void sure(gj_status status)
{
    if (status != GJ_OK) {
        printf("GUIJU_ARRIVAL_SEED=%llu: status %d\n", (unsigned long long)seed_at_hand, status);
    }
    assert_int_equal(status, GJ_OK);
}

static void docket_judge(const narrator *n, account *to)
{
    gj_docket *docket;
    gj_docket_judging judging = {.size = sizeof judging,
                                 .until = n->log->until,
                                 .with_state = true,
                                 .payload = to,
                                 .on_case = case_note};
    sure(gj_docket_create(n->subject->judge, &docket));
    for (int i = 0; i < n->log->count; i++) {
        gj_added added;
        sure(gj_docket_add(docket, &n->log->events[i], &added));
    }
    sure(gj_docket_judge(docket, &judging));
    gj_docket_destroy(docket);
}

/* A random order; now and then nearly the order of time. */
static void order_make(narrator *n, int *order)
{
    int count = n->log->count, reach = pick(n, 3) == 0 ? 3 : count;
    for (int i = 0; i < count; i++) {
        order[i] = i;
    }
    for (int i = 0; i < count; i++) {
        int left = count - i < reach ? count - i : reach;
        int other = i + pick(n, left), kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
}

static void clock_move(narrator *n, gj_live *live, const gj_event *event)
{
    int64_t at = plain_instant(&n->subject->plain.calendar, &event->at);
    int64_t to = pick(n, 3) == 0 ? at : at + (pick(n, 30) - 15) * MS_PER_DAY;
    sure(gj_live_advance(live, to < n->log->until ? to : n->log->until));
}

static void live_follow(narrator *n, account *followed, account *seen)
{
    static int order[TOLD_MAX];
    gj_live *live;
    older before;
    const gj_live_options options = {sizeof options, followed, follow};
    older_open(&before, n->subject, n->chance);
    int change_at = pick(n, 2) == 0 ? pick(n, n->log->count + 2) : -1;
    sure(gj_live_create(change_at >= 0 ? before.judge : n->subject->judge, &options, &live));
    order_make(n, order);
    int calm = pick(n, 4);
    for (int i = 0; i < n->log->count; i++) {
        if (i == change_at) {
            calendar_change(n, live, followed);
        }
        gj_added added;
        const gj_event *event = &n->log->events[order[i]];
        if (pick(n, 1 + calm * 3) == 0) {
            clock_move(n, live, event);
        }
        sure(gj_live_add(live, event, &added));
    }
    if (change_at == n->log->count) {
        calendar_change(n, live, followed);
    }
    sure(gj_live_advance(live, n->log->until));
    if (change_at > n->log->count) {
        calendar_change(n, live, followed);
    }
    assert_true(gj_live_next(live) > n->log->until);
    for (size_t i = 0; i < gj_live_case_count(live); i++) {
        sure(gj_live_see(live, i, seen, case_note));
    }
    gj_live_destroy(live);
    older_close(&before);
}

/* Whether it is wrong. */
static bool order_try(narrator *n, const account *docket, uint64_t seed, int number)
{
    static account followed, seen;
    const char *how;
    followed.arena = seen.arena = n->arena;
    followed.count = seen.count = seen.stage_count = 0;
    followed.wrong = false;
    live_follow(n, &followed, &seen);
    account_sort(&seen);
    account_sort(&followed);
    bool agrees = accounts_agree(docket, &seen, &how);
    if (agrees && !followed_agrees(&followed, &seen)) {
        agrees = false;
        how = followed.wrong ? "a change that does not follow" : "findings followed";
    }
    if (!agrees) {
        printf("GUIJU_ARRIVAL_SEED=%llu, order %d: %s differ\n", (unsigned long long)seed, number,
               how);
    }
    return !agrees;
}

static int procedure_try(const subject *s, uint64_t seed, int orders)
{
    static log told;
    chance c = {.state = seed ^ UINT64_C(0xA881BA1)};
    seed_at_hand = seed;
    gjb_arena arena;
    gjb_arena_init(&arena, NULL);
    static account docket;
    bool prove = getenv("GUIJU_PROVE") != NULL;
    narrator n = {.subject = s, .chance = &c, .arena = &arena, .log = &told};
    int wrong = 0;
    for (int i = 0; i < orders && wrong == 0; i++) {
        if (i % SAME == 0) { /* the same log in several orders */
            gjb_arena_reset(&arena);
            n.is_short = prove && i / SAME % 8 != 0;
            log_tell(&n);
            docket = (account){.arena = &arena};
            docket_judge(&n, &docket);
            account_sort(&docket);
        }
        wrong += order_try(&n, &docket, seed, i);
    }
    gjb_arena_deinit(&arena);
    return wrong;
}

static void every_order_comes_to_the_same(void **state)
{
    (void)state;
    static subject s;
    const char *only = getenv("GUIJU_ARRIVAL_SEED");
    bool prove = getenv("GUIJU_PROVE") != NULL;
    int procedures = only != NULL ? 1 : prove ? PROVED_PROCEDURES : PROCEDURES;
    int orders = prove ? PROVED_ORDERS : ORDERS, valid = 0, wrong = 0;
    const char *from = only != NULL ? only : getenv("GUIJU_ARRIVAL_FROM");
    for (uint64_t seed = from != NULL ? strtoull(from, NULL, 10) : 1; valid < procedures; seed++) {
        if (subject_open(&s, seed)) {
            valid++;
            wrong += procedure_try(&s, seed, orders);
        }
        subject_close(&s);
    }
    printf("%d procedures, %d orders each, %d go wrong\n", valid, orders, wrong);
    assert_int_equal(wrong, 0);
}

/* Of a procedure in which an event begins a stop twice there once was no room for the second. */
static void what_went_wrong_before_goes_right(void **state)
{
    (void)state;
    static subject s;
    assert_true(subject_open(&s, 2389));
    assert_int_equal(procedure_try(&s, 2389, ORDERS), 0);
    subject_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_went_wrong_before_goes_right),
                                       cmocka_unit_test(every_order_comes_to_the_same)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
