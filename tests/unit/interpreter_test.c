/* SPDX-License-Identifier: Apache-2.0
 *
 * Random procedures that use every construct the compiler takes, and random cases of them, judged
 * twice: compiled, by the judge; and by the plain interpreter in interpreter/, which walks the
 * syntax tree and shares no code with what compiles, counts or judges. Every finding must be the
 * same to its instants and days, and so must be where the case ends up. The accounts of the limits,
 * which go day by day, must come to what the findings say.
 *
 * A failure prints its seed, the source, the events and both readings, after dropping events one by
 * one for as long as it fails. GUIJU_INTERPRETER_SEED=N takes that one procedure alone,
 * GUIJU_INTERPRETER_COUNT=M so many from there on; GUIJU_PROVE=1 makes a million cases.
 * GUIJU_INTERPRETER_FILE=NAME takes the procedure NAME.gj and the one case of it in NAME.jsonl
 * alone, so that what a failure prints can be cut down; what was lies in interpreter/settled/. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/interpreter/accounts.h"
#include "unit/interpreter/days.h"
#include "unit/interpreter/readings.h"
#include "unit/interpreter/subject.h"
#include "unit/refused_kinds.h"

enum { ACTS_TOLD_MAX = 4 * EVENTS_MAX };
enum { CASES = 40, PROCEDURES = 25, PROVED_CASES = 250, PROVED_PROCEDURES = 4000 };

/* ---- one case, twice ---- */

typedef struct comparison {
    const subject *subject;
    const told_case *told;
    const gj_event *as_read; /* of a scenario; NULL: as told */
    int as_read_count;       /* with what was corrected and retracted */
    gjb_arena *arena;
    readings judged, plain;
    char buffer[200];
    bool overflows;          /* the plain interpreter keeps no more, and says nothing of it */
    const char *unexplained; /* in it; NULL: the accounts of the limits agree with the findings */
} comparison;

static bool on_case(void *payload, const gj_case_result *result)
{
    comparison *with = payload;
    static plain_case c;
    plain_case_open(&c, &with->subject->plain, with->arena,
                    (plain_hint){result->findings, result->finding_count});
    int64_t last = INT64_MIN;
    for (int i = 0; i < with->told->count; i++) {
        const gj_event *event = &with->told->events[i];
        int64_t at = plain_instant(&with->subject->plain.calendar, &event->at);
        if (at <= with->told->until) { /* what is told for later is left out */
            plain_case_event(&c, event, at);
            last = at;
        }
    }
    plain_case_close(&c, with->told->until == INT64_MAX ? last : with->told->until);
    with->overflows = c.overflows;
    readings_of_judge(&with->judged, result);
    readings_of_plain(&with->plain, &c);
    with->unexplained = accounts_disagreement(result, with->buffer, sizeof with->buffer);
    return true;
}

/* Events are handed over from the last to the first, or as they come. */
static void case_judge(comparison *with)
{
    gj_docket *docket;
    gj_added added;
    const told_case *told = with->told;
    gj_docket_judging judging = {.size = sizeof judging,
                                 .until = told->until,
                                 .with_state = true,
                                 .with_accounts = true,
                                 .payload = with,
                                 .on_case = on_case};
    with->overflows = false;
    with->unexplained = NULL;
    with->judged.count = with->plain.count = 0; /* all events may lie after the end */
    assert_int_equal(gj_docket_create(with->subject->judge, &docket), GJ_OK);
    int count = with->as_read != NULL ? with->as_read_count : told->count;
    for (int i = 0; i < count; i++) {
        int which = count % 2 == 0 ? i : count - 1 - i;
        gj_event event = with->as_read != NULL ? with->as_read[which] : told->events[which];
        event.case_id = gjb_text_of("c");
        assert_int_equal(gj_docket_add(docket, &event, &added), GJ_OK);
        assert_int_equal(added, GJ_ADDED);
    }
    assert_int_equal(gj_docket_judge(docket, &judging), GJ_OK);
    gj_docket_destroy(docket);
}

static int overflowing; /* cases */

static bool agrees(comparison *with)
{
    case_judge(with);
    overflowing += with->overflows ? 1 : 0;
    return with->overflows ||
           (with->unexplained == NULL && readings_equal(&with->judged, &with->plain));
}

/* Drops events one by one for as long as the rest still disagrees. */
static void shrink(comparison *with, told_case *small)
{
    *small = *with->told;
    for (bool smaller = true; smaller;) {
        smaller = false;
        for (int i = 0; i < small->count && small->count > 1; i++) {
            told_case tried = *small;
            memmove(&tried.events[i], &tried.events[i + 1],
                    (size_t)(tried.count - i - 1) * sizeof *tried.events);
            tried.count--;
            with->told = &tried;
            if (!agrees(with)) {
                *small = tried;
                smaller = true;
                i--;
            }
        }
    }
    with->told = small;
    (void)agrees(with);
}

static void disagreement_print(comparison *with, uint64_t seed, int number)
{
    static told_case small;
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    shrink(with, &small);
    gjb_buffer_add_format(&out, "GUIJU_INTERPRETER_SEED=%llu, case %d\n", (unsigned long long)seed,
                          number);
    gjb_buffer_add_format(&out, "\n# up to %lld\n", (long long)small.until);
    gjb_buffer_add_text(&out, gjb_buffer_text(&with->subject->source));
    for (int i = 0; i < small.count; i++) {
        event_print(with->subject->judge, &small.events[i], &out);
    }
    readings_print_differing(&with->judged, &with->plain, &out);
    gjb_buffer_add_string(&out, with->unexplained == NULL ? "" : with->unexplained);
    printf("%.*s\n", (int)out.size, out.bytes);
    gjb_buffer_deinit(&out);
}

/* ---- a case told as a scenario ---- */

/* Its acts, as the compiler reads them. */
static int acts_read(const gj_compilation *compilation, gj_event *acts)
{
    gj_scenario scenario = gj_compilation_scenario(compilation, 0);
    int count = 0;
    for (size_t i = 0; i < scenario.step_count; i++) {
        if (scenario.steps[i].kind == GJ_STEP_ACT) {
            assert_true(count < ACTS_TOLD_MAX);
            acts[count++] = scenario.steps[i].event;
        }
    }
    return count;
}

static void scenario_print(const comparison *with, const gjb_buffer *source, uint64_t seed)
{
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    gjb_buffer_add_format(&out, "GUIJU_INTERPRETER_SEED=%llu, told as a scenario\n\n",
                          (unsigned long long)seed);
    gjb_buffer_add_text(&out, gjb_buffer_text(source));
    readings_print_differing(&with->judged, &with->plain, &out);
    gjb_buffer_add_string(&out, with->unexplained == NULL ? "" : with->unexplained);
    printf("%.*s\n", (int)out.size, out.bytes);
    gjb_buffer_deinit(&out);
}

static void scenario_mark(const gjb_buffer *source)
{
    gjb_arena arena;
    gjc_sources sources;
    gjc_diag_list diags;
    gjc_node *file;
    uint32_t index;
    gjb_arena_init(&arena, NULL);
    gjc_sources_init(&sources, &arena);
    gjc_diag_list_init(&diags, &arena);
    assert_int_equal(
        gjc_sources_add(&sources, gjb_text_of("gen/p.gj"), gjb_buffer_text(source), &diags, &index),
        GJ_OK);
    assert_int_equal(gjc_parse(&sources, index, &arena, &diags, &file), GJ_OK);
    kinds_mark(file);
    gjb_arena_deinit(&arena);
}

/* Whether it disagrees: the plain interpreter takes the events from which the scenario was written,
 * the judge those that the compiler reads in it. */
static int scenario_compare(const subject *s, chance *c, gjb_arena *arena, uint64_t seed)
{
    static told_case told;
    static comparison with;
    gj_event acts[ACTS_TOLD_MAX];
    gjb_buffer source;
    gj_compilation *compilation = NULL;
    gjb_buffer_init(&source, NULL);
    gjb_arena_reset(arena);
    gjb_buffer_add_text(&source, gjb_buffer_text(&s->source));
    tell_case(&s->plain, c, arena, &told);
    int lines = write_scenario(&s->plain, c, arena, &told, &source);
    if (seed % 2 == 0) {
        subject_translate(&source);
    }
    scenario_mark(&source);
    assert_int_equal(
        gj_compile_text(subject_options(), "gen/p.gj", gjb_buffer_text(&source), &compilation),
        GJ_OK);
    subject_print_mistakes(compilation, seed);
    with = (comparison){.subject = s, .told = &told, .as_read = acts, .arena = arena};
    with.as_read_count = acts_read(compilation, acts);
    bool wrong =
        gj_compilation_error_count(compilation) > 0 || with.as_read_count > lines || !agrees(&with);
    if (wrong) {
        scenario_print(&with, &source, seed);
    }
    gj_compilation_destroy(compilation);
    gjb_buffer_deinit(&source);
    return wrong;
}

/* How many cases disagree. */
static int cases_compare(const subject *s, uint64_t seed, int cases)
{
    chance c = {.state = seed ^ UINT64_C(0x5DEECE66D)};
    gjb_arena arena;
    int wrong = 0;
    gjb_arena_init(&arena, NULL);
    for (int i = 0; i < cases && wrong == 0; i++) {
        static told_case told;
        static comparison with;
        gjb_arena_reset(&arena);
        tell_case(&s->plain, &c, &arena, &told);
        with.subject = s;
        with.told = &told;
        with.arena = &arena;
        if (!agrees(&with)) {
            disagreement_print(&with, seed, i);
            wrong++;
        }
    }
    wrong += wrong == 0 ? scenario_compare(s, &c, &arena, seed) : 0;
    gjb_arena_deinit(&arena);
    return wrong;
}

/* ---- one case of a procedure in files ---- */

/* False: there are no more. What it tells lives as long as the feed, which the caller closes. */
static bool event_read(const char *path, int which, gj_feed **feed, gj_event *to)
{
    const gj_event *event = NULL;
    gj_feed_options options = {.size = sizeof options, .path = path, .format = GJ_FEED_JSONL};
    gj_status status = GJ_OK;
    assert_int_equal(gj_feed_open(&options, feed), GJ_OK);
    for (int i = 0; i <= which && status == GJ_OK; i++) {
        status = gj_feed_next(*feed, &event);
    }
    assert_true(status == GJ_OK || status == GJ_DONE);
    *to = status == GJ_OK ? *event : (gj_event){0};
    return status == GJ_OK;
}

/* The procedure may begin by saying up to which instant, in milliseconds. */
static int64_t until_read(const gjb_buffer *source)
{
    long long until;
    char line[40] = "";
    memcpy(line, source->bytes, source->size < sizeof line ? source->size : sizeof line - 1);
    return sscanf(line, "# up to %lld", &until) == 1 ? until : INT64_MAX;
}

static bool file_agrees(const char *name)
{
    static subject s;
    static told_case told;
    static comparison with;
    char path[4096];
    gj_feed *feeds[EVENTS_MAX + 1]; /* each has one event of its own */
    gjb_arena arena;
    gjb_buffer out;
    gjb_arena_init(&arena, NULL);
    gjb_buffer_init(&out, NULL);
    snprintf(path, sizeof path, "%s.gj", name);
    assert_true(subject_open_file(&s, path));
    snprintf(path, sizeof path, "%s.jsonl", name);
    told.count = 0;
    while (event_read(path, told.count, &feeds[told.count], &told.events[told.count])) {
        told.count++;
        assert_true(told.count < EVENTS_MAX);
    }
    told.until = until_read(&s.source);
    with = (comparison){.subject = &s, .told = &told, .arena = &arena};
    bool same = agrees(&with);
    if (!same) {
        readings_print_differing(&with.judged, &with.plain, &out);
        gjb_buffer_add_string(&out, with.unexplained == NULL ? "" : with.unexplained);
        printf("%s\n%.*s\n", name, (int)out.size, out.bytes);
    }
    for (int i = 0; i <= told.count; i++) {
        gj_feed_close(feeds[i]);
    }
    subject_close(&s);
    gjb_buffer_deinit(&out);
    gjb_arena_deinit(&arena);
    return same;
}

/* What disagreed once, cut down. */
static void settled_cases_agree(void **state)
{
    (void)state;
    const char *root = getenv("GUIJU_ROOT"), *only = getenv("GUIJU_INTERPRETER_FILE");
    char folder[4096], name[4096 + 300];
    int wrong = 0, count = 0;
    if (only != NULL) {
        assert_true(file_agrees(only));
        return;
    }
    snprintf(folder, sizeof folder, "%s/tests/unit/interpreter/settled", root != NULL ? root : ".");
    DIR *files = opendir(folder);
    assert_non_null(files);
    for (struct dirent *file; (file = readdir(files)) != NULL;) {
        const char *end = strstr(file->d_name, ".gj");
        if (end != NULL && end[3] == '\0') {
            snprintf(name, sizeof name, "%s/%.*s", folder, (int)(end - file->d_name), file->d_name);
            wrong += file_agrees(name) ? 0 : 1;
            count++;
        }
    }
    closedir(files);
    assert_true(count > 0);
    assert_int_equal(wrong, 0);
}

/* ---- random ones ---- */

static void interpreter_agrees(void **state)
{
    (void)state;
    const char *only = getenv("GUIJU_INTERPRETER_SEED");
    const char *count = getenv("GUIJU_INTERPRETER_COUNT");
    bool prove = getenv("GUIJU_PROVE") != NULL;
    int cases = prove ? PROVED_CASES : CASES, procedures = prove ? PROVED_PROCEDURES : PROCEDURES;
    int tried = 0, valid = 0, wrong = 0;
    static subject s;
    if (getenv("GUIJU_INTERPRETER_FILE") != NULL) {
        skip();
    }
    procedures = count != NULL ? atoi(count) : only != NULL ? 1 : procedures;
    for (uint64_t seed = only != NULL ? strtoull(only, NULL, 10) : 1; valid < procedures; seed++) {
        tried++;
        if (subject_open(&s, seed)) {
            valid++;
            wrong += cases_compare(&s, seed, cases);
        }
        subject_close(&s);
        assert_true(tried < 100 || valid > tried / 10);
    }
    printf("%d procedures of %d tried, %d cases each, %d disagree, %d with too much to keep\n",
           valid, tried, cases, wrong, overflowing);
    assert_int_equal(wrong, 0);
}

/* ---- what was made ---- */

static void every_kind_is_made(void **state)
{
    (void)state;
    int missing = 0;
    if (getenv("GUIJU_INTERPRETER_SEED") != NULL || getenv("GUIJU_INTERPRETER_COUNT") != NULL ||
        getenv("GUIJU_INTERPRETER_FILE") != NULL) {
        skip();
    }
    for (int i = 0; i < GJC_KIND_COUNT; i++) {
        gjc_kind kind = (gjc_kind)i;
        if (!kinds_made[i] && !kind_is_excused(kind)) {
            printf("no random procedure has a node of the kind “%s”\n", gjc_kind_name(kind));
            missing++;
        }
    }
    assert_int_equal(missing, 0);
    assert_true(keyed_expiry_made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settled_cases_agree),
        cmocka_unit_test(interpreter_agrees),
        cmocka_unit_test(every_kind_is_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
