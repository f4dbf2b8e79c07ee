/* SPDX-License-Identifier: Apache-2.0
 *
 * Random procedures and random cases, judged twice: by the judge, and by the plain interpreter
 * below, which reads the sketch itself. It shares no code with the judge and works differently:
 * paths are sought anew at each event instead of looked up, and limits are a list of spans that is
 * gone through once at the end instead of fired as time passes. With GUIJU_PROVE=1 it goes on for
 * longer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "judge/finding.h"
#include "judge/step.h"
#include "unit/judge_sketch.h"

enum { EVENTS_MAX = 14, LINES_MAX = 256, LINE_SIZE = 96, SPANS_MAX = 128 };
enum { FLAG_A, FLAG_B };
#define HOUR INT64_C(3600000)
#define DAY  (24 * HOUR)

static uint64_t seed;

static int pick(int count)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((seed >> 33) % (uint64_t)count);
}

/* ---- lines: findings as sorted texts ---- */

typedef struct lines {
    char items[LINES_MAX][LINE_SIZE];
    int count;
} lines;

static void line_add(lines *to, const char *code, const char *subject, int event, const char *more)
{
    assert(to->count < LINES_MAX);
    snprintf(to->items[to->count++], LINE_SIZE, "%s %s e%d %s", code, subject, event, more);
}

static int line_compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void lines_sort(lines *of)
{
    qsort(of->items, (size_t)of->count, LINE_SIZE, line_compare);
}

/* ---- what is told ---- */

typedef struct told_event {
    int64_t at;
    int action;  /* NO: unknown */
    int post;    /* NO: none told; -2: a stranger */
    int flag[2]; /* -1 not told, 0, 1, 2 wrong type */
    unsigned documents;
} told_event;

/* ---- the plain interpreter ---- */

typedef struct span {
    int limit, start_event;
    int64_t since, end; /* -1: none yet */
    bool unrecorded;
    bool dropped;
} span;

typedef struct plain {
    const sketch *of;
    lines *out;
    int stage, moment;
    int done[SKETCH_MAX], done_at[SKETCH_MAX], entered[SKETCH_MAX];
    int flag[2];
    unsigned documents;
    int64_t closed_at; /* -1 open */
    span spans[SPANS_MAX];
    int span_count;
    int number; /* of the event */
    const told_event *event;
    bool noted[4]; /* missing-data of this event: flags a and b */
} plain;

static int64_t due_of(const plain *p, const span *s)
{
    return (s->since / DAY + p->of->limits[s->limit].budget + 1) * DAY;
}

static void trigger(plain *p, gjr_trigger_kind kind, int target, bool recorded)
{
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < p->of->limit_count; i++) {
            const sketch_limit *limit = &p->of->limits[i];
            bool starts = false, ends = false;
            for (int j = 0; j < limit->from_count; j++) {
                starts |= limit->from[j].kind == kind && limit->from[j].target == target;
            }
            for (int j = 0; j < limit->to_count; j++) {
                ends |= limit->to[j].kind == kind && limit->to[j].target == target;
            }
            span *running = NULL;
            for (int j = 0; j < p->span_count; j++) {
                if (p->spans[j].limit == i && p->spans[j].end < 0 && !p->spans[j].dropped) {
                    running = &p->spans[j];
                }
            }
            bool act_left_out = kind == GJR_TRIGGER_ACTION && !recorded;
            if (pass == 0 && ends && running != NULL && !act_left_out) {
                running->end = p->event->at;
            }
            if (pass == 1 && starts && running == NULL && p->closed_at < 0) {
                assert(p->span_count < SPANS_MAX);
                p->spans[p->span_count++] =
                    (span){i, p->number, p->event->at, -1, !recorded, false};
            }
        }
    }
}

static void enter(plain *p, int stage, bool recorded)
{
    p->stage = stage;
    p->entered[stage] = ++p->moment;
    trigger(p, GJR_TRIGGER_ENTERING, stage, recorded);
    if (p->of->final[stage]) {
        p->closed_at = p->event->at;
        for (int i = 0; i < p->span_count; i++) {
            if (p->spans[i].end < 0 && due_of(p, &p->spans[i]) > p->event->at) {
                p->spans[i].dropped = true;
            }
        }
    }
}

/* -1 false, 0 unknown, 1 true; notes what is missing. */
static int holds(plain *p, sketch_when when, bool note)
{
    if (when.test == ALWAYS) {
        return 1;
    }
    if (p->flag[when.of] == 0 || p->flag[when.of] == 1) {
        return p->flag[when.of] == 1 ? 1 : -1;
    }
    if (note && !p->noted[when.of]) {
        p->noted[when.of] = true;
        line_add(p->out, "missing-data", p->of->fields[when.of].name, p->number, "open");
    }
    return 0;
}

static bool edge_is_open(const plain *p, const sketch_edge *edge, int action, bool forward)
{
    if (!sketch_returns(p->of, edge)) {
        return true;
    }
    return !forward && (p->done[action] == 0 || p->entered[edge->target] > p->done_at[action]);
}

static bool seek(const plain *p, int action, int stage, int left, bool forward, unsigned seen,
                 int *path, int count)
{
    if (left == 0) {
        path[count] = NO;
        return sketch_has(p->of, stage, action);
    }
    for (int i = 0; i < p->of->edge_count; i++) {
        const sketch_edge *edge = &p->of->edges[i];
        if (edge->stage == stage && edge->target != NO && (seen >> edge->target & 1) == 0 &&
            edge_is_open(p, edge, action, forward)) {
            path[count] = i;
            if (seek(p, action, edge->target, left - 1, forward, seen | 1u << edge->target, path,
                     count + 1)) {
                return true;
            }
        }
    }
    return false;
}

static bool find_path(const plain *p, int action, int *path)
{
    for (int forward = 1; forward >= 0; forward--) {
        for (int left = 1; left < p->of->stage_count; left++) {
            if (seek(p, action, p->stage, left, forward != 0, 1u << p->stage, path, 0)) {
                return true;
            }
        }
    }
    return false;
}

static const sketch_edge *choose(plain *p, int action)
{
    const sketch_edge *unknown = NULL, *first = NULL;
    for (int i = 0; i < p->of->edge_count; i++) {
        const sketch_edge *edge = &p->of->edges[i];
        if (edge->stage != p->stage || edge->action != action) {
            continue;
        }
        first = first == NULL ? edge : first;
        int truth = holds(p, edge->when, true);
        if (truth == 1) {
            return edge;
        }
        unknown = truth == 0 && unknown == NULL ? edge : unknown;
    }
    if (unknown == NULL) {
        line_add(p->out, "condition-unmet", p->of->actions[action], p->number, "open");
    }
    return unknown != NULL ? unknown : first;
}

static void check_documents(plain *p, const sketch_edge *edge)
{
    const char *missing = NULL;
    for (int i = 0; i < p->of->document_count; i++) {
        const sketch_document *document = &p->of->documents[i];
        bool there = (p->documents >> i & 1) != 0;
        bool asked = edge->needs == GJR_NEEDS_ALL ||
                     (edge->needs == GJR_NEEDS_LISTED && (edge->documents >> i & 1) != 0);
        if (!asked || there) {
            continue;
        }
        bool required = document->need == GJR_NEED_REQUIRED ||
                        (document->need == GJR_NEED_OPTIONAL && edge->needs == GJR_NEEDS_LISTED) ||
                        (document->need == GJR_NEED_WHEN && holds(p, document->when, true) == 1);
        if (required && missing == NULL) {
            missing = document->name;
        }
    }
    if (missing != NULL) {
        line_add(p->out, "missing-document", missing, p->number, "open");
    }
}

static void check_edge(plain *p, const sketch_edge *edge)
{
    if (edge->post != NO && p->event->post != edge->post) {
        const char *who = p->event->post == NO   ? "post"
                          : p->event->post == -2 ? "stranger"
                                                 : p->of->posts[p->event->post];
        line_add(p->out, p->event->post == NO ? "missing-data" : "unauthorised", who, p->number,
                 "open");
    }
    if (edge->times_max > 0 && p->done[edge->action] >= edge->times_max) {
        line_add(p->out, "repeated", p->of->actions[edge->action], p->number, "open");
    }
    check_documents(p, edge);
}

/* The edge that is taken, or NULL. */
static const sketch_edge *order(plain *p, int action)
{
    const char *name = p->of->actions[action];
    bool staged = false;
    for (int i = 0; i < p->of->edge_count; i++) {
        staged |= p->of->edges[i].action == action;
    }
    if (p->of->final[p->stage]) {
        line_add(p->out, "after-close", name, p->number, "open");
        return NULL;
    }
    if (!staged) {
        return NULL;
    }
    if (!sketch_has(p->of, p->stage, action)) {
        int path[SKETCH_MAX];
        if (!find_path(p, action, path)) {
            line_add(p->out, p->done[action] > 0 ? "repeated" : "out-of-order", name, p->number,
                     "open");
            return NULL;
        }
        line_add(p->out, "skipped-step", name, p->number, "open");
        for (int i = 0; path[i] != NO; i++) {
            const sketch_edge *edge = &p->of->edges[path[i]];
            trigger(p, GJR_TRIGGER_ACTION, edge->action, false);
            trigger(p, GJR_TRIGGER_LEAVING, p->stage, false);
            enter(p, edge->target, false);
        }
    }
    const sketch_edge *edge = choose(p, action);
    check_edge(p, edge);
    return edge;
}

static void plain_event(plain *p, const told_event *event, int number)
{
    p->event = event;
    p->number = number;
    memset(p->noted, 0, sizeof p->noted);
    p->documents |= event->documents;
    if (number == 0) {
        enter(p, 0, true);
    }
    for (int i = 0; i < 2; i++) {
        p->flag[i] = event->flag[i] >= 0 ? event->flag[i] : p->flag[i];
    }
    if (event->action == NO) {
        line_add(p->out, "unknown-action", "dance", number, "open");
        return;
    }
    const sketch_edge *edge = order(p, event->action);
    for (int i = 0; i < p->of->rule_count; i++) {
        const sketch_rule *rule = &p->of->rules[i];
        if (rule->action != event->action) {
            continue;
        }
        int truth = holds(p, rule->when, true);
        if (truth == (rule->kind == GJR_RULE_NEVER ? 1 : -1)) {
            line_add(p->out, rule->kind == GJR_RULE_NEVER ? "forbidden" : "rule", rule->name,
                     number, "open");
        }
    }
    p->done[event->action]++;
    p->done_at[event->action] = ++p->moment;
    trigger(p, GJR_TRIGGER_ACTION, event->action, true);
    if (edge != NULL && edge->target != NO) {
        trigger(p, GJR_TRIGGER_LEAVING, p->stage, true);
        enter(p, edge->target, true);
    }
}

static void plain_limits(plain *p, int64_t until)
{
    for (int i = 0; i < p->span_count; i++) {
        const span *s = &p->spans[i];
        int64_t to = s->end >= 0 ? s->end : p->closed_at >= 0 ? p->closed_at : until;
        if (s->dropped || to < due_of(p, s)) {
            continue;
        }
        int64_t over = to / DAY - (due_of(p, s) / DAY - 1);
        char more[48];
        snprintf(more, sizeof more, "%s %d%s", s->end >= 0 ? "closed" : "open",
                 over < 1 ? 1 : (int)over, s->unrecorded ? " unrecorded" : "");
        line_add(p->out, "late", p->of->limits[s->limit].name, s->start_event, more);
    }
}

/* ---- random procedures and cases ---- */

static sketch_when random_when(void)
{
    return pick(3) == 0 ? (sketch_when){IS_TRUE, pick(2)} : (sketch_when){ALWAYS, 0};
}

static sketch_trigger random_trigger(const sketch *of)
{
    static const gjr_trigger_kind kinds[] = {GJR_TRIGGER_ACTION, GJR_TRIGGER_ACTION,
                                             GJR_TRIGGER_ENTERING, GJR_TRIGGER_LEAVING};
    gjr_trigger_kind kind = kinds[pick(4)];
    return (sketch_trigger){kind,
                            pick(kind == GJR_TRIGGER_ACTION ? of->action_count : of->stage_count)};
}

static void random_sketch(sketch *of)
{
    static const char *const stages[] = {"s0", "s1", "s2", "s3", "s4", "s5"};
    static const char *const actions[] = {"a0", "a1", "a2", "a3", "a4", "a5", "a6"};
    static const char *const limits[] = {"l0", "l1", "l2"}, *const rules[] = {"r0", "r1"};
    *of = (sketch){
        .stage_count = 2 + pick(5),
        .action_count = 2 + pick(6),
        .post_count = 2,
        .posts = {"p0", "p1"},
        .limit_count = pick(4),
        .rule_count = pick(3),
        .field_count = 2,
        .document_count = 3,
        .fields = {{"a", "甲", GJR_TYPE_BOOL, 0, false}, {"b", "乙", GJR_TYPE_BOOL, 0, false}},
        .documents = {{"d0", "d0", GJR_NEED_REQUIRED, {0}},
                      {"d1", "d1", GJR_NEED_WHEN, {IS_TRUE, FLAG_A}},
                      {"d2", "d2", GJR_NEED_OPTIONAL, {0}}}};
    for (int i = 0; i < of->stage_count; i++) {
        of->stages[i] = stages[i];
    }
    for (int i = 0; i < of->action_count; i++) {
        of->actions[i] = actions[i];
    }
    of->final[of->stage_count - 1] = pick(4) != 0;
    int wanted = of->stage_count + pick(8);
    for (int i = 0; i < wanted; i++) {
        int stage = pick(of->stage_count);
        if (of->final[stage]) {
            continue;
        }
        sketch_edge *edge = &of->edges[of->edge_count++];
        int target = pick(4) == 0   ? NO
                     : pick(3) == 0 ? pick(of->stage_count)
                                    : (stage + 1) % of->stage_count;
        *edge = (sketch_edge){stage,
                              pick(of->action_count),
                              target,
                              pick(3) - 1,
                              random_when(),
                              pick(4) == 0 ? 1 + pick(2) : 0,
                              GJR_NEEDS_NOTHING,
                              0};
        if (pick(3) == 0) {
            edge->needs = pick(2) == 0 ? GJR_NEEDS_ALL : GJR_NEEDS_LISTED;
            edge->documents = 1u + (unsigned)pick(7);
        }
    }
    for (int i = 0; i < of->limit_count; i++) {
        sketch_limit *limit = &of->limits[i];
        *limit = (sketch_limit){.name = limits[i],
                                .from_count = 1,
                                .to_count = 1,
                                .budget = 1 + pick(9),
                                .unit = GJR_UNIT_DAYS,
                                .severity = GJR_SEVERITY_YELLOW,
                                .duty = NO};
        limit->from[0] = random_trigger(of);
        limit->to[0] = random_trigger(of);
    }
    for (int i = 0; i < of->rule_count; i++) {
        bool never = pick(2) == 0;
        of->rules[i] = (sketch_rule){
            rules[i], never ? GJR_RULE_NEVER : GJR_RULE_REQUIRE, pick(of->action_count),
            never && pick(2) == 0 ? (sketch_when){ALWAYS, 0} : (sketch_when){IS_TRUE, pick(2)},
            GJR_SEVERITY_RED};
    }
}

static void random_events(const sketch *of, told_event *events, int count)
{
    int64_t at = INT64_C(1704067200000) + pick(24) * HOUR;
    for (int i = 0; i < count; i++) {
        at += pick(3) == 0 ? 0 : pick(5) == 0 ? pick(12) * DAY : pick(40) * HOUR;
        events[i] = (told_event){.at = at,
                                 .action = pick(12) == 0 ? NO : pick(of->action_count),
                                 .post = pick(5) == 0 ? pick(2) == 0 ? NO : -2 : pick(2),
                                 .flag = {pick(3) == 0 ? pick(3) : -1, pick(3) == 0 ? pick(3) : -1},
                                 .documents = pick(3) == 0 ? (unsigned)pick(8) : 0};
    }
}

/* ---- the judge's answer ---- */

typedef struct spoken {
    char id[16], at[40];
    gj_datum data[2];
    gj_text documents[3];
    gj_event event;
} spoken;

static void speak(const sketch *of, const told_event *told, int number, spoken *to)
{
    static const char *const names[] = {"d0", "d1", "d2"};
    snprintf(to->id, sizeof to->id, "e%d", number);
    gj_instant_format(told->at, 0, to->at, sizeof to->at);
    to->event = event_of(to->id, to->at, told->action == NO ? "dance" : of->actions[told->action],
                         told->post == NO   ? NULL
                         : told->post == -2 ? "stranger"
                                            : of->posts[told->post]);
    to->event.seq = (uint64_t)number;
    to->event.data = to->data;
    to->event.documents = to->documents;
    for (int i = 0; i < 2; i++) {
        if (told->flag[i] >= 0) {
            gj_datum *datum = &to->data[to->event.data_count++];
            bool wrong = told->flag[i] == 2;
            *datum = datum_of(of->fields[i].name, wrong ? GJ_DATUM_NUMBER : GJ_DATUM_BOOL, "17");
            datum->truth = told->flag[i] == 1;
        }
    }
    for (int i = 0; i < 3; i++) {
        if ((told->documents >> i & 1) != 0) {
            to->documents[to->event.document_count++] = gjb_text_of(names[i]);
        }
    }
}

typedef struct answer {
    lines said;
    char ids[LINES_MAX][33];
    int id_count;
} answer;

static void finding_say(answer *to, const gj_finding *f, const gjr_raised *raised)
{
    char subject[32], event[32], more[48];
    snprintf(subject, sizeof subject, "%.*s", (int)f->subject.size, f->subject.bytes);
    gj_text key = raised != NULL && f->code == GJ_LATE ? raised->limit.id : f->event;
    snprintf(event, sizeof event, "%.*s", (int)key.size, key.bytes == NULL ? "" : key.bytes);
    snprintf(more, sizeof more, "%s", f->status == GJ_CLOSED ? "closed" : "open");
    if (f->code == GJ_LATE) {
        snprintf(more, sizeof more, "%s %d%s", f->status == GJ_CLOSED ? "closed" : "open",
                 (int)f->over_amount, f->counted.start_not_recorded ? " unrecorded" : "");
    }
    line_add(&to->said, gj_code_name(f->code), subject, event[0] == 'e' ? atoi(event + 1) : 0,
             more);
    memcpy(to->ids[to->id_count++], f->id, sizeof f->id);
}

static bool take_ids(void *payload, const gj_case_result *result)
{
    answer *to = payload;
    for (size_t i = 0; i < result->finding_count; i++) {
        memcpy(to->ids[to->id_count++], result->findings[i].id, 33);
    }
    return true;
}

/* Judged step by step, time coming to odd instants between, the state moved as bytes. */
static void judge_stepwise(const gj_judge *judge, const spoken *events, int count, int64_t until,
                           answer *to)
{
    static gjr_raised notes[LINES_MAX];
    static gj_finding findings[LINES_MAX];
    gjb_arena arena;
    gjb_arena_init(&arena, NULL);
    gjr_sitting step;
    gjr_case judged, moved;
    assert_int_equal(gjr_sitting_init(&step, judge), GJ_OK);
    assert_int_equal(gjr_case_init(&judged, judge), GJ_OK);
    int note_count = 0;
    for (int i = 0; i <= count + 1; i++) {
        gjr_event event = {0};
        if (i < count) {
            assert_int_equal(gjr_event_make(judge, &events[i].event, &arena, &event), GJ_OK);
            int64_t between = event.at - pick(30) * HOUR;
            gj_status status = i > 0 ? gjr_case_step_time(&step, &judged, between) : GJ_OK;
            assert_int_equal(status, GJ_OK);
        }
        for (int half = 0; half < 2; half++) {
            for (size_t j = 0; (half == 1 || (i > 0 && i < count)) && j < step.raised_count; j++) {
                gjr_raised raised = step.raised[j];
                raised.limit.id = gjb_arena_text(&arena, raised.limit.id);
                assert_int_equal(gjr_finding_make(judge, gjb_text_of("case-1"), &raised,
                                                  half == 0 || i >= count ? NULL : &event, &arena,
                                                  &findings[raised.ordinal]),
                                 GJ_OK);
                notes[raised.ordinal] = raised;
                note_count =
                    (int)raised.ordinal + 1 > note_count ? (int)raised.ordinal + 1 : note_count;
            }
            if (half == 1) {
                break;
            }
            gj_status status = i < count    ? gjr_case_step(&step, &judged, &event)
                               : i == count ? gjr_case_step_time(&step, &judged, until)
                                            : gjr_case_step_count(&step, &judged);
            assert_int_equal(status, GJ_OK);
        }
        assert_int_equal(gjr_case_init(&moved, judge), GJ_OK);
        assert_int_equal(gjr_case_make_room(&moved, gjr_case_size(&judged)), GJ_OK);
        memcpy(moved.bytes, judged.bytes, gjr_case_size(&judged));
        gjr_case_deinit(&judged);
        judged = moved;
    }
    for (int i = 0; i < note_count; i++) {
        finding_say(to, &findings[i], &notes[i]);
    }
    gjr_case_deinit(&judged);
    gjr_sitting_deinit(&step);
    gjb_arena_deinit(&arena);
}

static void judge_docket(const gj_judge *judge, const spoken *events, int count, int64_t until,
                         answer *to)
{
    gj_docket *docket;
    gj_added added;
    int order[EVENTS_MAX];
    assert_int_equal(gj_docket_create(judge, &docket), GJ_OK);
    for (int i = 0; i < count; i++) {
        int other = pick(i + 1);
        order[i] = other == i ? i : order[other];
        order[other] = i;
    }
    for (int i = 0; i < count; i++) {
        assert_int_equal(gj_docket_add(docket, &events[order[i]].event, &added), GJ_OK);
        assert_int_equal(added, GJ_ADDED);
    }
    gj_docket_judging judging = {
        .size = sizeof judging, .until = until, .payload = to, .on_case = take_ids};
    assert_int_equal(gj_docket_judge(docket, &judging), GJ_OK);
    gj_docket_destroy(docket);
}

static void fail_with(const lines *expected, const lines *said, uint64_t at_seed)
{
    for (int i = 0; i < expected->count; i++) {
        fprintf(stderr, "  interpreter: %s\n", expected->items[i]);
    }
    for (int i = 0; i < said->count; i++) {
        fprintf(stderr, "  judge:       %s\n", said->items[i]);
    }
    fail_msg("seed %llu", (unsigned long long)at_seed);
}

static void one_case(const sketch *of, const gj_judge *judge)
{
    static told_event events[EVENTS_MAX];
    static spoken spoken_events[EVENTS_MAX];
    static lines expected;
    static answer said, shuffled;
    uint64_t at_seed = seed;
    int count = 1 + pick(EVENTS_MAX);
    random_events(of, events, count);
    int64_t until = events[count - 1].at + pick(20) * DAY;
    expected.count = said.said.count = said.id_count = shuffled.id_count = 0;
    plain p = {.of = of, .out = &expected, .flag = {-1, -1}, .closed_at = -1};
    memset(spoken_events, 0, sizeof spoken_events);
    for (int i = 0; i < count; i++) {
        plain_event(&p, &events[i], i);
        speak(of, &events[i], i, &spoken_events[i]);
    }
    plain_limits(&p, until);
    judge_stepwise(judge, spoken_events, count, until, &said);
    lines_sort(&expected);
    lines_sort(&said.said);
    bool same = expected.count == said.said.count;
    for (int i = 0; same && i < expected.count; i++) {
        same = strcmp(expected.items[i], said.said.items[i]) == 0;
    }
    if (!same) {
        fail_with(&expected, &said.said, at_seed);
    }
    judge_docket(judge, spoken_events, count, until, &shuffled);
    assert_int_equal(shuffled.id_count, said.id_count);
    for (int i = 0; i < said.id_count; i++) {
        assert_string_equal(said.ids[i], shuffled.ids[i]);
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(said.ids[i], said.ids[j]);
        }
    }
}

static void random_cases(void **state)
{
    (void)state;
    int procedures = getenv("GUIJU_PROVE") != NULL ? 6000 : 400;
    for (int i = 0; i < procedures; i++) {
        seed = 20240205u + (uint64_t)i * 7919u;
        static sketch of;
        random_sketch(&of);
        gj_image *image = sketch_image(&of);
        gj_judge *judge = sketch_judge(image, NULL);
        for (int j = 0; j < 12; j++) {
            one_case(&of, judge);
        }
        gj_judge_destroy(judge);
        gj_image_destroy(image);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
