/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory ends at every call in turn, over every golden and example: each is compiled, drawn, loaded
 * and its events judged, and told to a live docket, with an allocator that fails at the n-th call,
 * for n = 1, 2, … until nothing fails any more. Every time the answer must be GJ_NO_MEMORY, all
 * that was taken given back, and a run with memory enough must find what it always finds. Without
 * GUIJU_PROVE only some n are tried, spread over each run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <guiju/compile.h>
#include <guiju/guiju.h>
#include <unistd.h>

enum { PATH_SIZE = 512, CALENDARS_MAX = 16, TRIES_SAMPLED = 2 };

/* ---- an allocator that fails ----------------------------------------------------------------- */

typedef struct meter {
    size_t call, fail_at; /* fail_at 0: never */
    size_t taken;         /* bytes not given back */
} meter;

static void *metered(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    meter *m = payload;
    if (new_size == 0) {
        free(pointer);
        m->taken -= old_size;
        return NULL;
    }
    if (++m->call == m->fail_at) {
        return NULL;
    }
    void *made = realloc(pointer, new_size);
    if (made != NULL) {
        m->taken = m->taken - old_size + new_size;
    }
    return made;
}

/* ---- one run: from source to findings ---------------------------------------------------------
 */

typedef struct run {
    gj_allocator allocator;
    const char *source, *events, *library;
    gj_compilation *compilation;
    gj_image *image;
    gj_calendar *calendars[CALENDARS_MAX];
    size_t calendar_count;
    gj_judge *judge;
    gj_docket *docket;
    gj_live *live;
    gj_coverage *coverage;
    gj_feed *feed;
    gj_refusal why;
    size_t finding_count;
} run;

static bool count_findings(void *payload, const gj_case_result *result)
{
    run *r = payload;
    r->finding_count += result->finding_count;
    return true;
}

static bool count_revisions(void *payload, const gj_revision *revision)
{
    run *r = payload;
    r->finding_count += revision->change == GJ_FINDING_ADDED ? 1 : 0;
    return true;
}

static bool swallow(void *payload, const char *bytes, size_t size)
{
    (void)payload;
    (void)bytes;
    (void)size;
    return true;
}

/* The machine as a picture, once with a stage that many a golden has. A golden with several
 * procedures, or without that stage, is not drawn. */
static gj_status draw(run *r)
{
    static const char *const stages[] = {NULL, "review"};
    gj_writer nowhere = {NULL, swallow};
    gj_status status = GJ_OK;
    for (size_t i = 0; i < sizeof stages / sizeof *stages && status == GJ_OK; i++) {
        gj_drawing_miss miss;
        gj_drawing drawing = {.size = sizeof drawing,
                              .form = GJ_DRAWING_SVG,
                              .stage = {stages[i], stages[i] == NULL ? 0 : strlen(stages[i])}};
        status = gj_compilation_draw(r->compilation, &drawing, &miss, &nowhere);
        status = status == GJ_UNKNOWN ? GJ_OK : status;
    }
    return status;
}

static gj_status compile(run *r)
{
    gj_compile_options options = {
        .size = sizeof options, .allocator = &r->allocator, .library = r->library};
    gj_status status = gj_compile(&options, &r->source, 1, &r->compilation);
    if (status != GJ_OK) {
        return status;
    }
    size_t count = gj_compilation_calendar_count(r->compilation);
    for (size_t i = 0; status == GJ_OK && i < count && i < CALENDARS_MAX; i++) {
        gj_text bytes = gj_compilation_calendar(r->compilation, i);
        status = gj_calendar_load(&r->allocator, bytes.bytes, bytes.size,
                                  &r->calendars[r->calendar_count], &r->why);
        r->calendar_count += status == GJ_OK ? 1 : 0;
    }
    gj_text bytes = gj_compilation_image(r->compilation);
    if (status != GJ_OK || bytes.size == 0) {
        return status == GJ_OK ? GJ_DONE : status; /* a source with mistakes */
    }
    status = draw(r);
    if (status != GJ_OK) {
        return status;
    }
    return gj_image_load(&r->allocator, bytes.bytes, bytes.size, &r->image, &r->why);
}

static gj_status take_in(run *r)
{
    gj_feed_options options = {
        .size = sizeof options, .allocator = &r->allocator, .path = r->events};
    gj_status status = gj_feed_open(&options, &r->feed);
    const gj_event *event;
    while (status == GJ_OK || status == GJ_MALFORMED) {
        status = gj_feed_next(r->feed, &event);
        gj_added added;
        if (status == GJ_OK) {
            status = gj_docket_add(r->docket, event, &added);
        }
    }
    return status == GJ_DONE ? GJ_OK : status;
}

/* The same events once more, as they are told, the clock going on with them. */
static gj_status follow(run *r)
{
    const gj_live_options options = {sizeof options, r, count_revisions};
    gj_feed_options feed_options = {
        .size = sizeof feed_options, .allocator = &r->allocator, .path = r->events};
    gj_feed_close(r->feed);
    r->feed = NULL;
    gj_status status = gj_live_create(r->judge, &options, &r->live);
    status = status == GJ_OK ? gj_feed_open(&feed_options, &r->feed) : status;
    const gj_event *event;
    while (status == GJ_OK || status == GJ_MALFORMED) {
        status = gj_feed_next(r->feed, &event);
        gj_added added;
        if (status == GJ_OK) {
            status = gj_live_add(r->live, event, &added);
            const gj_stamp *at = event->recorded.present ? &event->recorded : &event->at;
            bool moves = at->present && !at->unreadable && status == GJ_OK;
            status = moves ? gj_live_advance(r->live, gj_judge_instant(r->judge, at)) : status;
        }
    }
    status = status == GJ_DONE ? GJ_OK : status;
    for (size_t i = 0; status == GJ_OK && i < gj_live_case_count(r->live); i++) {
        status = gj_live_see(r->live, i, r, count_findings);
    }
    return status;
}

static gj_status judge(run *r)
{
    gj_judge_options options = {.size = sizeof options,
                                .allocator = &r->allocator,
                                .image = r->image,
                                .procedure = gj_image_procedure_name(r->image, 0),
                                .calendars = (const gj_calendar *const *)r->calendars,
                                .calendar_count = r->calendar_count};
    gj_status status = gj_judge_create(&options, &r->judge);
    if (status == GJ_OK) {
        status = gj_docket_create(r->judge, &r->docket);
    }
    if (status == GJ_OK) {
        status = take_in(r);
    }
    if (status == GJ_OK) {
        status = gj_coverage_create(r->judge, &r->coverage);
    }
    if (status != GJ_OK) {
        return status;
    }
    gj_docket_judging judging = {.size = sizeof judging,
                                 .until = GJ_NEVER,
                                 .with_steps = true,
                                 .with_accounts = true,
                                 .coverage = r->coverage,
                                 .payload = r,
                                 .on_case = count_findings};
    status = gj_docket_judge(r->docket, &judging);
    return status == GJ_OK ? follow(r) : status;
}

static gj_status go(run *r)
{
    gj_status status = compile(r);
    if (status == GJ_OK && r->events != NULL) {
        status = judge(r);
    }
    gj_feed_close(r->feed);
    gj_live_destroy(r->live);
    gj_docket_destroy(r->docket);
    gj_coverage_destroy(r->coverage);
    gj_judge_destroy(r->judge);
    gj_image_destroy(r->image);
    for (size_t i = 0; i < r->calendar_count; i++) {
        gj_calendar_destroy(r->calendars[i]);
    }
    gj_compilation_destroy(r->compilation);
    return status == GJ_DONE ? GJ_OK : status;
}

/* ---- every golden ------------------------------------------------------------------------------
 */

static char root[PATH_SIZE], library[PATH_SIZE];

static gj_status tried(const char *source, const char *events, size_t fail_at, meter *m,
                       size_t *finding_count)
{
    *m = (meter){.fail_at = fail_at};
    run r = {.allocator = {m, metered}, .source = source, .events = events, .library = library};
    gj_status status = go(&r);
    *finding_count = r.finding_count;
    assert_int_equal(m->taken, 0);
    return status;
}

static void golden_try(const char *source, const char *events)
{
    meter m;
    size_t expected, found;
    gj_status whole = tried(source, events, 0, &m, &expected); /* GJ_IO: a module is not there */
    if (whole != GJ_OK && whole != GJ_IO) {
        fail_msg("%s: status %d", source, (int)whole);
    }
    size_t calls = m.call;
    size_t stride =
        getenv("GUIJU_PROVE") != NULL || calls < TRIES_SAMPLED ? 1 : calls / TRIES_SAMPLED;
    for (size_t n = 1; n <= calls; n += stride) {
        gj_status status = tried(source, events, n, &m, &found);
        if (status != GJ_NO_MEMORY) {
            print_error("%s: call %zu of %zu fails and the status is %d\n", source, n, calls,
                        (int)status);
        }
        assert_int_equal(status, GJ_NO_MEMORY);
    }
    assert_int_equal(tried(source, events, 0, &m, &found), whole);
    assert_int_equal(found, expected);
}

static bool ends_with(const char *name, const char *end)
{
    size_t size = strlen(name), end_size = strlen(end);
    return size > end_size && strcmp(name + size - end_size, end) == 0;
}

static int names_compare(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* The sources of a folder, each with the events beside it. */
static size_t folder_try(const char *folder)
{
    struct dirent **names;
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%.200s/%s", root, folder);
    int count = scandir(path, &names, NULL, names_compare);
    size_t done = 0;
    for (int i = 0; i < count; i++) {
        char source[2 * PATH_SIZE], events[2 * PATH_SIZE];
        snprintf(source, sizeof source, "%s/%s", path, names[i]->d_name);
        snprintf(events, sizeof events, "%.*s.jsonl", (int)(strlen(source) - 3), source);
        if (ends_with(names[i]->d_name, ".gj")) {
            golden_try(source, access(events, R_OK) == 0 ? events : NULL);
            done++;
        }
        free(names[i]);
    }
    if (count >= 0) {
        free(names);
    }
    return done;
}

static void test_memory_may_end_at_any_call(void **state)
{
    (void)state;
    static const char *const folders[] = {
        "tests/golden/sema",     "tests/golden/parse",    "tests/golden/judge",
        "tests/golden/refused",  "tests/golden/calendar", "examples/first",
        "examples/food_licence",
    };
    size_t done = 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        done += folder_try(folders[i]);
    }
    print_message("%zu sources\n", done);
    assert_true(done > 50);
}

int main(void)
{
    const char *from = getenv("GUIJU_ROOT");
    snprintf(root, sizeof root, "%s", from != NULL ? from : ".");
    snprintf(library, sizeof library, "%.400s/stdlib", root);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_memory_may_end_at_any_call)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
