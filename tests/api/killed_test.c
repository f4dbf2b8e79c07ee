/* SPDX-License-Identifier: Apache-2.0
 *
 * An engine whose process is killed while it takes events in, at random moments, again and again on
 * one store. Whenever it is opened again: every event that was acknowledged is there, once, and
 * none besides but the one that was underway; what its cases have come to is what a docket finds
 * that is told the same; no finding is there twice; the audit is whole. GUIJU_PROVE=1 kills two
 * thousand times. */
#include "api/store.h"

#include <signal.h>
#include <sys/wait.h>

enum { ROUNDS = 12, PROVED_ROUNDS = 2000, CASES = 4, WAIT_MAX_US = 30000, NAME_SIZE = 32 };

static const char source[] =
    "department o {\n  post w\n  post c\n}\n"
    "procedure permit {\n"
    "  stage filed initial {\n    on look by w\n    on pass by c -> done\n  }\n"
    "  stage done final\n"
    "  limit l {\n    from look to pass\n    within 2 hours\n    duty c\n  }\n"
    "  rule few { count look at most 20 times }\n"
    "}\n";

static char path[STORE_PATH_SIZE];

static gj_engine *engine_open(void)
{
    gj_engine *engine;
    gj_engine_options options = {.size = sizeof options, .path = path};
    assert_int_equal(gj_engine_open(&options, &engine), GJ_OK);
    return engine;
}

static void store_make(void)
{
    gj_engine *engine = engine_open();
    rules_deploy(engine, source);
    gj_engine_close(engine);
}

/* ---- the one who is killed ---- */

/* The number says everything: two tellings of one number are one event. */
static void event_tell(gj_engine *engine, uint32_t number)
{
    static const gj_instant begin = 1704067200000, minute = 60000;
    char id[NAME_SIZE], of[NAME_SIZE];
    gj_receipt receipt;
    snprintf(id, sizeof id, "e%u", number);
    snprintf(of, sizeof of, "c%u", number % CASES);
    gj_event event = {.id = text(id),
                      .source = text("o"),
                      .case_id = text(of),
                      .action = text(number % 50 == 49 ? "pass" : "look"),
                      .post = text("w"),
                      .at = {.present = true, .zoned = true}};
    event.at.wall_ms = begin + (gj_instant)number * minute - (number % 7 == 6 ? 20 * minute : 0);
    if (gj_engine_advance(engine, begin + (gj_instant)number * minute, NULL, NULL) != GJ_OK ||
        gj_engine_submit(engine, &event, 1, &receipt, NULL, NULL) != GJ_OK) {
        _exit(1);
    }
}

/* Says on the pipe what was acknowledged, and goes on until it is killed. */
static void child_run(int pipe_end, uint32_t first)
{
    gj_engine *engine;
    gj_engine_options options = {.size = sizeof options, .path = path};
    if (gj_engine_open(&options, &engine) != GJ_OK) {
        _exit(2);
    }
    for (uint32_t number = first;; number++) {
        event_tell(engine, number);
        if (write(pipe_end, &number, sizeof number) != sizeof number) {
            _exit(3);
        }
    }
}

/* How many numbers are acknowledged when it was killed. */
static uint32_t child_kill(uint32_t first, unsigned *seed)
{
    int ends[2], status;
    uint32_t number, count = first;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        child_run(ends[1], first);
    }
    close(ends[1]);
    bool begun = read(ends[0], &number, sizeof number) == sizeof number;
    count = begun ? number + 1 : count;
    usleep((useconds_t)((*seed = *seed * 1103515245u + 12345u) % WAIT_MAX_US));
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status)); /* and did not give up by itself */
    while (read(ends[0], &number, sizeof number) == sizeof number) {
        count = number + 1;
    }
    close(ends[0]);
    return count;
}

/* ---- what is there ---- */

typedef struct seen {
    uint32_t count; /* events */
    size_t findings, ids_count;
    char ids[4096][33];
} seen;

static bool event_see(void *payload, gj_text json)
{
    seen *all = payload;
    assert_true(json.size > 0);
    all->count++;
    return true;
}

static bool finding_see(void *payload, gj_text json)
{
    seen *all = payload;
    assert_true(json.size > 50);
    char id[33] = {0};
    memcpy(id, json.bytes + sizeof "{\"id\":\"" - 1, sizeof id - 1);
    for (size_t i = 0; i < all->ids_count; i++) {
        assert_string_not_equal(all->ids[i], id);
    }
    if (all->ids_count < sizeof all->ids / sizeof *all->ids) {
        memcpy(all->ids[all->ids_count++], id, sizeof id);
    }
    return true;
}

static void judged_see(void *payload, const gj_judge *judge, const gj_case_result *result)
{
    seen *all = payload;
    (void)judge;
    all->findings += result->finding_count;
}

static void store_check(uint32_t acknowledged, uint32_t *told)
{
    static seen all;
    gj_text none = {NULL, 0};
    gj_audit audit = {.size = sizeof audit};
    gj_engine *engine = engine_open();
    memset(&all, 0, sizeof all);
    for (uint32_t i = 0; i < CASES && i < acknowledged; i++) {
        char of[NAME_SIZE];
        snprintf(of, sizeof of, "c%u", i);
        assert_int_equal(gj_engine_list(engine, GJ_LIST_EVENTS, none, text(of), &all, event_see),
                         GJ_OK);
        assert_int_equal(gj_engine_case(engine, none, text(of), &all, judged_see), GJ_OK);
    }
    assert_in_range(all.count, acknowledged, acknowledged + 1);
    assert_int_equal(gj_engine_audit(engine, &audit), GJ_OK);
    assert_true(audit.record_count > all.count);
    assert_int_equal(gj_engine_list(engine, GJ_LIST_FINDINGS, none, none, &all, finding_see),
                     GJ_OK);
    assert_int_equal(all.findings, all.ids_count);
    *told = all.count;
    gj_engine_close(engine);
}

static void nothing_acknowledged_is_lost(void **state)
{
    (void)state;
    unsigned seed = 1;
    uint32_t told = 0;
    int rounds = getenv("GUIJU_PROVE") != NULL ? PROVED_ROUNDS : ROUNDS;
    store_path_make(path, "killed");
    store_remove(path);
    store_make();
    for (int i = 0; i < rounds; i++) {
        uint32_t acknowledged = child_kill(told, &seed);
        store_check(acknowledged, &told);
        if (told > 3000) { /* cases stay as short as cases are */
            store_remove(path);
            store_make();
            told = 0;
        }
    }
    print_message("killed %d times; %u events in the last store\n", rounds, told);
    store_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_acknowledged_is_lost)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
