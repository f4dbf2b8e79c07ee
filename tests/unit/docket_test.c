/* SPDX-License-Identifier: Apache-2.0
 *
 * The docket: what is taken in, what is not and why, and that neither the order of arrival nor bad
 * input changes what is found. Identities depend on facts alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/judge_sketch.h"

enum { APPLY, APPROVE, PAY };
enum { NOTE, START, COUNT, WHEN, KIND, NAMES, FLAG };

static const sketch plain_sketch = {
    .stage_count = 2,
    .stages = {"open", "closed"},
    .final = {false, true},
    .action_count = 3,
    .actions = {"apply", "approve", "pay"},
    .post_count = 1,
    .posts = {"clerk"},
    .edge_count = 2,
    .edges = {{0, APPLY, NO, NO, {0}, 1, 0, 0}, {0, APPROVE, 1, NO, {0}, 0, 0, 0}},
    .field_count = 7,
    .fields = {{"note", "备注", GJR_TYPE_TEXT, 0, false},
               {"start", "开始", GJR_TYPE_DATE, 0, false},
               {"count", "数量", GJR_TYPE_NUMBER, 0, false},
               {"when", "时刻", GJR_TYPE_TIME, 0, false},
               {"kind", "类型", GJR_TYPE_ENUM, 0, false},
               {"names", "名单", GJR_TYPE_LIST, GJR_TYPE_TEXT, false},
               {"flag", "是否", GJR_TYPE_BOOL, 0, false}},
    .document_count = 1,
    .documents = {{"form", "申请书", GJR_NEED_OPTIONAL, {0}}},
    .limit_count = 1,
    .limits = {{"whole",
                {{GJR_TRIGGER_FIELD, START}, {GJR_TRIGGER_ACTION, APPLY}},
                {{GJR_TRIGGER_ACTION, APPROVE}},
                2,
                1,
                5,
                GJR_UNIT_DAYS,
                false,
                GJR_SEVERITY_YELLOW,
                NO}},
    .rule_count = 1,
    .rules = {{"positive", GJR_RULE_REQUIRE, PAY, {ABOVE_ZERO, COUNT}, GJR_SEVERITY_RED}},
};

typedef struct world {
    gj_image *image;
    gj_judge *judge;
    gj_docket *docket;
    size_t cases, findings, events, index;
    gj_finding last; /* numbers only */
    char quoted[200];
    char id[33];
} world;

static int world_open(void **state)
{
    world *w = calloc(1, sizeof *w);
    w->image = sketch_image(&plain_sketch);
    w->judge = sketch_judge(w->image, NULL);
    assert_int_equal(gj_docket_create(w->judge, &w->docket), GJ_OK);
    *state = w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    gj_docket_destroy(w->docket);
    gj_judge_destroy(w->judge);
    gj_image_destroy(w->image);
    free(w);
    return 0;
}

static gj_added add(world *w, const gj_event *event)
{
    gj_added added;
    assert_int_equal(gj_docket_add(w->docket, event, &added), GJ_OK);
    return added;
}

static bool discard(void *payload, const char *bytes, size_t size)
{
    (void)payload;
    (void)bytes;
    return size > 0;
}

/* Everything that is found is also explained and printed, whatever it is. */
static bool count(void *payload, const gj_case_result *result)
{
    world *w = payload;
    gj_writer out = {NULL, discard};
    w->cases++;
    w->events += result->event_count;
    w->index = result->case_index;
    w->findings += result->finding_count;
    assert_true(result->step_count == 0 || result->step_count == result->event_count);
    for (size_t i = 0; i < result->finding_count; i++) {
        const gj_finding *f = &result->findings[i];
        assert_int_equal(gj_finding_print(f, GJ_ZH, &out), GJ_OK);
        assert_int_equal(gj_finding_explain(f, GJ_EN, &out), GJ_OK);
        snprintf(w->quoted, sizeof w->quoted, "%.*s", (int)f->quoted.size,
                 f->quoted.bytes == NULL ? "" : f->quoted.bytes);
        memcpy(w->id, f->id, sizeof w->id);
        w->last = *f;
    }
    return true;
}

static void judge(world *w, const char *until)
{
    gj_docket_judging judging = {.size = sizeof judging,
                                 .until = GJ_NEVER,
                                 .with_steps = true,
                                 .payload = w,
                                 .on_case = count};
    if (until != NULL) {
        gj_stamp stamp = stamp_of(until);
        judging.until = gj_judge_instant(w->judge, &stamp);
    }
    w->cases = w->events = w->findings = 0;
    assert_int_equal(gj_docket_judge(w->docket, &judging), GJ_OK);
}

/* ---- what is taken in ---- */

static void seen_again_is_nothing_new(void **state)
{
    world *w = *state;
    gj_datum data[] = {datum_of("note", GJ_DATUM_TEXT, "x"),
                       datum_of("count", GJ_DATUM_NUMBER, "1")};
    gj_datum turned[] = {data[1], data[0]};
    gj_event event = event_of("e1", "2024-01-01T08:00:00+08:00", "apply", NULL);
    event.data = data;
    event.data_count = 2;
    assert_int_equal(add(w, &event), GJ_ADDED);
    event.line = event.seq = 77;
    event.data = turned;
    event.at = stamp_of("2024-01-01T00:00:00Z");
    assert_int_equal(add(w, &event), GJ_ADDED_AGAIN);
    judge(w, NULL);
    assert_int_equal(w->events, 1);
}

static void other_content_is_a_conflict(void **state)
{
    world *w = *state;
    gj_event event = event_of("e1", "2024-01-01", "apply", NULL);
    assert_int_equal(add(w, &event), GJ_ADDED);
    event.officer = gjb_text_of("u1");
    event.line = 9;
    assert_int_equal(add(w, &event), GJ_NOT_ADDED);
    const gj_problem *problem = gj_docket_problem(w->docket);
    assert_int_equal(problem->code, GJ_PROBLEM_CONFLICT);
    assert_int_equal(problem->line, 9);
    assert_true(gjb_text_equal_string(problem->text, "e1"));
    event.source = gjb_text_of("another");
    assert_int_equal(add(w, &event), GJ_ADDED);
    event.case_id = gjb_text_of("case-2"); /* the key is of all cases */
    assert_int_equal(add(w, &event), GJ_NOT_ADDED);
    assert_int_equal(gj_docket_case_count(w->docket), 1);
}

static void what_cannot_be_judged_is_said(void **state)
{
    world *w = *state;
    gj_event good = event_of("e1", "2024-01-01", "apply", NULL), bad;
    bad = good, bad.procedure = gjb_text_of("another");
    assert_int_equal(add(w, &bad), GJ_NOT_ADDED);
    assert_int_equal(gj_docket_problem(w->docket)->code, GJ_PROBLEM_PROCEDURE);
    bad = good, bad.case_id = gjb_text_of("");
    assert_int_equal(add(w, &bad), GJ_NOT_ADDED);
    assert_int_equal(gj_docket_problem(w->docket)->code, GJ_PROBLEM_FIELD);
    bad = good, bad.action = gjb_text_of(NULL);
    assert_int_equal(add(w, &bad), GJ_NOT_ADDED);
    assert_int_equal(gj_docket_problem(w->docket)->code, GJ_PROBLEM_FIELD);
    bad = good, bad.at = (gj_stamp){0};
    assert_int_equal(add(w, &bad), GJ_NOT_ADDED);
    assert_int_equal(gj_docket_problem(w->docket)->code, GJ_PROBLEM_FIELD);
    bad = good, bad.at.wall_ms = INT64_MAX;
    assert_int_equal(add(w, &bad), GJ_NOT_ADDED);
    assert_int_equal(gj_docket_problem(w->docket)->code, GJ_PROBLEM_TIME);
    bad = good, bad.recorded = (gj_stamp){.unreadable = true, .written = gjb_text_of("soon")};
    assert_int_equal(add(w, &bad), GJ_NOT_ADDED);
    assert_int_equal(gj_docket_problem(w->docket)->code, GJ_PROBLEM_TIME);
    assert_int_equal(gj_docket_case_count(w->docket), 0);
    good.procedure = gjb_text_of("许可");
    assert_int_equal(add(w, &good), GJ_ADDED);
    assert_int_equal(gj_docket_problem(w->docket)->code, GJ_PROBLEM_NONE);
}

/* The event is kept and judged; what it tells of is not dropped without a word. */
static void an_unknown_document_is_said(void **state)
{
    world *w = *state;
    gj_text documents[] = {gjb_text_of("申请书"), gjb_text_of("unheard of"),
                           gjb_text_of("nor this")};
    gj_event event = event_of("e1", "2024-01-01", "apply", NULL);
    event.documents = documents;
    event.document_count = 3;
    event.line = 4;
    assert_int_equal(add(w, &event), GJ_ADDED);
    const gj_problem *problem = gj_docket_problem(w->docket);
    assert_int_equal(problem->code, GJ_PROBLEM_DOCUMENT);
    assert_int_equal(problem->line, 4);
    assert_true(gjb_text_equal_string(problem->text, "unheard of"));
    judge(w, NULL);
    assert_int_equal(w->events, 1);
}

static void a_missing_id_is_case_and_ordinal(void **state)
{
    world *w = *state;
    gj_event event = event_of(NULL, "2024-01-01", "dance", NULL);
    assert_int_equal(add(w, &event), GJ_ADDED);
    assert_int_equal(add(w, &event), GJ_ADDED);
    judge(w, NULL);
    assert_int_equal(w->findings, 2);
}

static void until_leaves_out_what_comes_after(void **state)
{
    world *w = *state;
    gj_event event = event_of("e1", "2024-01-01", "apply", NULL);
    add(w, &event);
    event = event_of("e2", "2024-03-01", "approve", NULL);
    add(w, &event);
    event = event_of("e3", "2024-03-01", "apply", NULL);
    event.case_id = gjb_text_of("case-2");
    add(w, &event);
    judge(w, "2024-02-01");
    assert_int_equal(w->cases, 1);
    assert_int_equal(w->events, 1);
    assert_int_equal(w->last.status, GJ_OPEN);
    assert_int_equal(w->last.over_amount, 26); /* 7 January to 1 February */
    judge(w, NULL);
    assert_int_equal(w->cases, 2);
    assert_int_equal(w->last.status, GJ_CLOSED);
}

static void a_case_knows_its_place_behind_one_left_out(void **state)
{
    world *w = *state;
    gj_event event = event_of("e1", "2024-03-01", "apply", NULL);
    add(w, &event);
    event = event_of("e2", "2024-01-01", "apply", NULL);
    event.case_id = gjb_text_of("case-2");
    add(w, &event);
    judge(w, "2024-02-01");
    assert_int_equal(w->cases, 1);
    assert_int_equal(w->index, 1);
}

/* ---- identities ---- */

static void severity_and_budget_are_not_of_the_identity(void **state)
{
    world *w = *state;
    gj_event event = event_of("e1", "2024-01-01", "apply", NULL);
    add(w, &event);
    judge(w, "2024-02-01");
    char before[33];
    memcpy(before, w->id, 33);
    static sketch other;
    other = plain_sketch;
    other.limits[0].budget = 9;
    other.limits[0].severity = GJR_SEVERITY_RED;
    gj_image *image = sketch_image(&other);
    gj_judge *other_judge = sketch_judge(image, NULL);
    gj_docket *docket, *first = w->docket;
    assert_int_equal(gj_docket_create(other_judge, &docket), GJ_OK);
    w->docket = docket;
    event.line = 5;
    event.officer = gjb_text_of("u2");
    add(w, &event);
    judge(w, "2024-02-01");
    assert_int_equal(w->last.severity, GJ_RED);
    assert_int_equal(w->last.over_amount, 22);
    assert_string_equal(w->id, before);
    w->docket = first;
    gj_docket_destroy(docket);
    gj_judge_destroy(other_judge);
    gj_image_destroy(image);
}

/* ---- hostile input ---- */

static void quoted_is_cut_at_a_character(void **state)
{
    world *w = *state;
    char huge[3000];
    for (size_t i = 0; i + 3 <= sizeof huge; i += 3) {
        memcpy(huge + i, "龘", 3);
    }
    gj_datum datum = datum_of("count", GJ_DATUM_TEXT, NULL);
    datum.text = (gj_text){huge, sizeof huge - sizeof huge % 3};
    gj_event event = event_of("e1", "2024-01-01", "pay", NULL);
    event.data = &datum;
    event.data_count = 1;
    add(w, &event);
    judge(w, NULL);
    assert_int_equal(w->last.code, GJ_MISSING_DATA);
    assert_int_equal(strlen(w->quoted), 120);
}

static uint64_t seed = 1;

static size_t pick(size_t count_of)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % count_of;
}

static gj_text wild_text(void)
{
    static const char *const texts[] = {"apply",
                                        "approve",
                                        "pay",
                                        "dance",
                                        "",
                                        "2024-02-30",
                                        "9999-12-31T23:59:59+23:59",
                                        "0001-01-01",
                                        "-1e99999",
                                        "922337203685477.5807",
                                        "1e-9",
                                        "首次",
                                        "true",
                                        "\xff\xfe",
                                        "a\0b",
                                        "clerk",
                                        "bureau.clerk",
                                        ".",
                                        "2024-01-05",
                                        "2024-01-05T10:00",
                                        "12"};
    size_t i = pick(sizeof texts / sizeof *texts + 2);
    static char huge[70000];
    if (i >= sizeof texts / sizeof *texts) {
        memset(huge, 'x', sizeof huge);
        return (gj_text){i % 2 == 0 ? huge : NULL, i % 2 == 0 ? pick(sizeof huge) : 0};
    }
    return (gj_text){texts[i], i == 14 ? 3 : strlen(texts[i])};
}

static gj_datum wild_datum(const gj_datum *items, size_t item_count)
{
    static const char *const keys[] = {"note",  "start", "count", "when",   "kind",
                                       "names", "flag",  "数量",  "nothing"};
    gj_datum datum = {.key = gjb_text_of(keys[pick(9)]),
                      .kind = (gj_datum_kind)pick(6),
                      .truth = pick(2) == 0,
                      .text = wild_text()};
    if (datum.kind == GJ_DATUM_LIST) {
        datum.items = items;
        datum.item_count = item_count;
    }
    return datum;
}

static gj_stamp wild_stamp(void)
{
    gj_stamp stamp = stamp_of("2024-01-05T10:00:00+08:00");
    static const int64_t walls[] = {0, -62135596800000, 253402300799999, INT64_MAX, INT64_MIN};
    stamp.wall_ms = pick(3) == 0 ? walls[pick(5)] : stamp.wall_ms + (int64_t)pick(1000) * 3600000;
    stamp.offset_s = pick(5) == 0 ? (int32_t)(pick(400000)) - 200000 : 0;
    stamp.zoned = pick(2) == 0;
    stamp.present = pick(9) != 0;
    return stamp;
}

static void hostile_events_are_judged_or_refused(void **state)
{
    world *w = *state;
    size_t rounds = getenv("GUIJU_PROVE") != NULL ? 200000 : 4000, added = 0;
    for (size_t i = 0; i < rounds; i++) {
        gj_datum items[4], data[5];
        gj_text documents[] = {wild_text()};
        for (size_t j = 0; j < 4; j++) {
            items[j] = wild_datum(NULL, 0);
        }
        for (size_t j = 0; j < 5; j++) {
            data[j] = wild_datum(items, pick(5));
        }
        gj_event event = {.id = wild_text(),
                          .source = wild_text(),
                          .case_id = wild_text(),
                          .action = wild_text(),
                          .post = wild_text(),
                          .officer = wild_text(),
                          .department = wild_text(),
                          .at = wild_stamp(),
                          .recorded = wild_stamp(),
                          .seq = i,
                          .data = data,
                          .data_count = pick(6),
                          .documents = documents,
                          .document_count = pick(2)};
        added += add(w, &event) == GJ_ADDED;
        if (i % 500 == 499) {
            judge(w, pick(2) == 0 ? NULL : "2024-02-01");
            gj_docket_destroy(w->docket);
            assert_int_equal(gj_docket_create(w->judge, &w->docket), GJ_OK);
        }
    }
    assert_true(added > rounds / 20);
}

/* ---- several at once ---- */

enum { RUN_MAX = 60 };

typedef struct telling {
    gj_docket *docket; /* to which they are added one by one */
    const gj_event *events;
    size_t next;
} telling;

static void told_alike(void *payload, size_t which, gj_added added, const gj_problem *problem)
{
    telling *with = payload;
    gj_added alone;
    assert_int_equal(which, with->next++);
    assert_int_equal(gj_docket_add(with->docket, &with->events[which], &alone), GJ_OK);
    const gj_problem *other = gj_docket_problem(with->docket);
    assert_int_equal(added, alone);
    assert_int_equal(problem->code, other->code);
    assert_int_equal(problem->text.size, other->text.size);
    assert_memory_equal(problem->field.bytes, other->field.bytes, problem->field.size);
}

static gj_text one_of(const char *const *texts, size_t texts_count)
{
    return gjb_text_of(texts[pick(texts_count)]);
}

/* Few ids, cases and sources, so that much is told again, told otherwise, without an id, corrected
 * before it is told, and refused. */
static gj_event some_event(const gj_datum *data)
{
    static const char *const ids[] = {"e1", "e2", "e3", "e4", "c1#1", "c2#2", "", NULL};
    static const char *const cases[] = {"c1", "c2", "c3", "c4", "c5", ""};
    static const char *const actions[] = {"apply", "approve", "pay", "dance", NULL};
    static const char *const sources[] = {"a", "b", NULL};
    gj_event event = event_of("", "2024-01-05T10:00:00+08:00", "apply", NULL);
    event.id = one_of(ids, 8);
    event.case_id = one_of(cases, 6);
    event.action = one_of(actions, 5);
    event.source = one_of(sources, 3);
    event.at.wall_ms += (int64_t)pick(3) * 3600000;
    event.at.present = pick(20) != 0;
    event.data = data;
    event.data_count = pick(2);
    if (pick(6) == 0) {
        *(pick(3) == 0 ? &event.retracts : &event.corrects) = one_of(ids, 6);
    }
    return event;
}

static void several_at_once_are_as_one_by_one(void **state)
{
    world *w = *state;
    const gj_datum data = datum_of("count", GJ_DATUM_NUMBER, "0");
    for (size_t i = 0; i < 300; i++) {
        gj_event events[RUN_MAX];
        telling with = {.events = events};
        size_t run = pick(RUN_MAX + 1);
        assert_int_equal(gj_docket_create(w->judge, &with.docket), GJ_OK);
        for (size_t round = 0; round < 3; round++) {
            for (size_t j = 0; j < run; j++) {
                events[j] = some_event(&data);
            }
            with.next = 0;
            assert_int_equal(gj_docket_add_all(w->docket, events, run, &with, told_alike), GJ_OK);
            assert_int_equal(with.next, run);
        }
        judge(w, NULL);
        size_t findings = w->findings, judged = w->events, cases = w->cases;
        gj_docket_destroy(w->docket);
        w->docket = with.docket;
        judge(w, NULL);
        assert_int_equal(w->findings, findings);
        assert_int_equal(w->events, judged);
        assert_int_equal(w->cases, cases);
        gj_docket_destroy(w->docket);
        assert_int_equal(gj_docket_create(w->judge, &w->docket), GJ_OK);
    }
    assert_int_equal(gj_docket_add_all(w->docket, NULL, 1, w, told_alike), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_docket_add_all(w->docket, NULL, 0, w, told_alike), GJ_OK);
}

/* A judge whose memory ends at the n-th request, at every n. */
typedef struct failing {
    size_t left;
} failing;

static void *failing_resize(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    failing *with = payload;
    (void)old_size;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    if (with->left == 0) {
        return NULL;
    }
    with->left--;
    return realloc(pointer, new_size);
}

static void told_count(void *payload, size_t which, gj_added added, const gj_problem *problem)
{
    (void)which, (void)problem;
    *(size_t *)payload += added == GJ_ADDED;
}

static gj_status whole_life(const gj_image *image, const gj_allocator *allocator, world *w)
{
    gj_judge_options options = {.size = sizeof options, .allocator = allocator, .image = image};
    gj_judge *judge_made = NULL;
    gj_docket *docket = NULL;
    gj_datum data[] = {datum_of("note", GJ_DATUM_TEXT, "long enough to need some room of its own"),
                       datum_of("start", GJ_DATUM_TEXT, "2024-01-01"),
                       datum_of("count", GJ_DATUM_TEXT, "wrong")};
    gj_status status = gj_judge_create(&options, &judge_made);
    status = status == GJ_OK ? gj_docket_create(judge_made, &docket) : status;
    char ids[40][16];
    gj_event events[40];
    size_t told = 0;
    for (size_t i = 0; i < 40; i++) {
        snprintf(ids[i], sizeof ids[i], "e%zu", i);
        events[i] = event_of(ids[i], "2024-01-01", i % 2 == 0 ? "pay" : "apply", NULL);
        events[i].data = data;
        events[i].data_count = 3;
    }
    for (size_t i = 0; status == GJ_OK && i < 20; i++) {
        gj_added added;
        status = gj_docket_add(docket, &events[i], &added);
    }
    status =
        status == GJ_OK ? gj_docket_add_all(docket, events + 20, 20, &told, told_count) : status;
    assert_true(status != GJ_OK || told == 20);
    gj_docket_judging judging = {.size = sizeof judging,
                                 .until = GJ_NEVER,
                                 .with_steps = true,
                                 .payload = w,
                                 .on_case = count};
    status = status == GJ_OK ? gj_docket_judge(docket, &judging) : status;
    gj_docket_destroy(docket);
    gj_judge_destroy(judge_made);
    return status;
}

static void memory_may_end_anywhere(void **state)
{
    world *w = *state;
    gj_status status = GJ_NO_MEMORY;
    size_t at = 0;
    for (; status != GJ_OK && at < 5000; at++) {
        failing with = {at};
        gj_allocator allocator = {&with, failing_resize};
        status = whole_life(w->image, &allocator, w);
        assert_true(status == GJ_OK || status == GJ_NO_MEMORY);
    }
    assert_int_equal(status, GJ_OK);
    assert_true(at > 20);
}

static void a_calendar_must_be_given(void **state)
{
    (void)state;
    static sketch other;
    other = plain_sketch;
    other.calendar = "cn";
    gj_image *image = sketch_image(&other);
    gj_judge_options options = {.size = sizeof options, .image = image};
    gj_judge *made = NULL;
    assert_int_equal(gj_judge_create(&options, &made), GJ_UNBOUND);
    assert_null(made);
    gj_image_destroy(image);
}

/* ---- several procedures ---- */

typedef struct office {
    sketch other;
    gj_image *image;
    gj_judge *judge;
    gj_registry *registry;
} office;

static void office_open(const world *w, office *o)
{
    o->other = plain_sketch;
    o->other.name = "renewal";
    o->image = sketch_image(&o->other);
    o->judge = sketch_judge(o->image, NULL);
    const gj_judge *const judges[] = {w->judge, o->judge};
    assert_int_equal(gj_registry_create(judges, 2, &o->registry), GJ_OK);
}

static void office_close(office *o)
{
    gj_registry_destroy(o->registry);
    gj_judge_destroy(o->judge);
    gj_image_destroy(o->image);
}

static gj_problem_code told(office *o, const char *id, const char *procedure, const char *at)
{
    gj_event event = event_of(id, at, "apply", NULL);
    gj_added added;
    event.procedure = gjb_text_of(procedure);
    assert_int_equal(gj_registry_add(o->registry, &event, &added), GJ_OK);
    gj_problem_code code = gj_registry_problem(o->registry)->code;
    assert_true((code == GJ_PROBLEM_NONE) == (added != GJ_NOT_ADDED));
    return code;
}

static void each_event_goes_to_its_procedure(void **state)
{
    office o;
    office_open(*state, &o);
    gj_docket *first = gj_registry_docket(o.registry, 0), *second;
    second = gj_registry_docket(o.registry, 1);
    assert_true(gj_registry_last_instant(o.registry) == INT64_MIN);
    assert_int_equal(told(&o, "1", "renewal", "2024-01-02"), GJ_PROBLEM_NONE);
    assert_int_equal(gj_docket_case_count(first), 0);
    assert_int_equal(gj_docket_case_count(second), 1);
    assert_int_equal(told(&o, "1", "permit", "2024-01-03"), GJ_PROBLEM_NONE); /* of its own */
    assert_int_equal(gj_docket_case_count(first), 1);
    assert_int_equal(told(&o, "2", "", "2024-01-04"), GJ_PROBLEM_UNASSIGNED);
    assert_int_equal(told(&o, "2", "nothing", "2024-01-04"), GJ_PROBLEM_PROCEDURE);
    assert_int_equal(told(&o, "1", "permit", "2024-01-04"), GJ_PROBLEM_CONFLICT);
    gj_event three[] = {event_of("3", "2024-01-02", "apply", NULL),
                        event_of("4", "2024-01-02", "apply", NULL),
                        event_of("5", "2024-01-02", "apply", NULL)};
    three[0].procedure = three[2].procedure = gjb_text_of("renewal");
    size_t added = 0;
    assert_int_equal(gj_registry_add_all(o.registry, three, 3, &added, told_count), GJ_OK);
    assert_int_equal(added, 2); /* the one in the middle names none */
    assert_true(gj_registry_last_instant(o.registry) == gj_docket_last_instant(first));
    office_close(&o);
}

static void two_of_one_name_have_no_registry(void **state)
{
    const world *w = *state;
    const gj_judge *const judges[] = {w->judge, w->judge};
    gj_registry *registry = NULL;
    assert_int_equal(gj_registry_create(judges, 2, &registry), GJ_BAD_ARGUMENT);
    assert_null(registry);
    assert_int_equal(gj_registry_create(judges, 0, &registry), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_registry_create(judges, 1, &registry), GJ_OK);
    gj_event event = event_of("1", "2024-01-01", "apply", NULL); /* names none: the only one */
    gj_added added;
    assert_int_equal(gj_registry_add(registry, &event, &added), GJ_OK);
    assert_int_equal(added, GJ_ADDED);
    gj_registry_destroy(registry);
}

static void a_judge_is_of_one_procedure(void **state)
{
    const world *w = *state;
    gj_judge_options options = {
        .size = sizeof options, .image = w->image, .procedure = gjb_text_of("nothing")};
    gj_judge *made = NULL;
    assert_int_equal(gj_judge_create(&options, &made), GJ_UNKNOWN);
    assert_null(made);
    options.procedure = gj_image_procedure_title(w->image, 0);
    assert_int_equal(gj_judge_create(&options, &made), GJ_OK);
    gj_judge_destroy(made);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(seen_again_is_nothing_new),
        TEST(other_content_is_a_conflict),
        TEST(what_cannot_be_judged_is_said),
        TEST(an_unknown_document_is_said),
        TEST(a_missing_id_is_case_and_ordinal),
        TEST(until_leaves_out_what_comes_after),
        TEST(a_case_knows_its_place_behind_one_left_out),
        TEST(severity_and_budget_are_not_of_the_identity),
        TEST(quoted_is_cut_at_a_character),
        TEST(several_at_once_are_as_one_by_one),
        TEST(hostile_events_are_judged_or_refused),
        TEST(memory_may_end_anywhere),
        TEST(a_calendar_must_be_given),
        TEST(each_event_goes_to_its_procedure),
        TEST(two_of_one_name_have_no_registry),
        TEST(a_judge_is_of_one_procedure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
