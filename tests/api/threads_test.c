/* SPDX-License-Identifier: Apache-2.0
 *
 * Many threads at one engine: sixteen submit, sixteen ask whatever can be asked, one moves the
 * clock, one deploys newer versions, to which the cases move, and signs the audit. Every call does
 * what it says; at the end each event that was acknowledged is there once and the audit is whole.
 * The preset `threads` builds it with ThreadSanitizer, as `./dev prove` does; GUIJU_PROVE=1 goes on
 * for longer. */
#include "api/store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

enum {
    SUBMITTERS = 16,
    READERS = 16,
    SHARED_CASES = 5,
    TELLINGS = 5,
    PROVED_TELLINGS = 200,
    VERSIONS = 4,
    BATCH = 3,
};
#define HOUR_MS INT64_C(3600000)

static const char source[] =
    "department o {\n  post w\n  post c\n}\n"
    "procedure permit {\n"
    "  version %d\n"
    "  stage filed initial {\n    on look by w\n    on pass by c -> done\n  }\n"
    "  stage done final\n"
    "  limit l {\n    from look to pass\n    within 2 hours\n    duty c\n  }\n"
    "  rule few { count look at most 4 times }\n"
    "%s"
    "}\n";

static const gj_instant begin = INT64_C(1709283600000); /* 2024-03-01T09:00Z */
static char path[STORE_PATH_SIZE];
static gj_engine *engine;
static gj_secret_key key;
static _Atomic int tellers_left;
static _Atomic int wrong; /* calls that did not do what they say */
static _Atomic int64_t hours;

static int tellings(void)
{
    return getenv("GUIJU_PROVE") != NULL ? PROVED_TELLINGS : TELLINGS;
}

static void expect(bool holds)
{
    if (!holds) {
        atomic_fetch_add(&wrong, 1);
    }
}

static gj_instant clock_read(void *payload)
{
    (void)payload;
    return begin + atomic_load(&hours) * HOUR_MS;
}

/* ---- who submits ---- */

typedef struct names {
    char ids[BATCH][24], cases[BATCH][24];
} names;

static gj_event event_make(int teller, int n, int i, names *of)
{
    int number = n * BATCH + i;
    snprintf(of->ids[i], sizeof of->ids[i], "t%d-%d", teller, number);
    snprintf(of->cases[i], sizeof of->cases[i], number % 2 == 0 ? "shared%d" : "own%d",
             number % 2 == 0 ? number / 2 % SHARED_CASES : teller);
    return (gj_event){.id = text(of->ids[i]),
                      .source = text("o"),
                      .procedure = text("permit"),
                      .case_id = text(of->cases[i]),
                      .action = text(number % 9 == 8 ? "pass" : "look"),
                      .post = text(number % 7 == 6 ? "c" : "w"),
                      .officer = text("u1"),
                      .at = {.wall_ms = begin + n * HOUR_MS / 2 - number % 3 * HOUR_MS,
                             .present = true,
                             .zoned = true}};
}

static bool news_hear(void *payload, const gj_news *news)
{
    *(size_t *)payload += news->json.size;
    return true;
}

static void *submitter(void *payload)
{
    int teller = *(const int *)payload;
    size_t heard = 0;
    for (int n = 0; n < tellings(); n++) {
        names of;
        gj_event events[BATCH];
        gj_receipt receipts[BATCH];
        for (int i = 0; i < BATCH; i++) {
            events[i] = event_make(teller, n, i, &of);
        }
        expect(gj_engine_submit(engine, events, BATCH, receipts, &heard, news_hear) == GJ_OK);
        for (int i = 0; i < BATCH; i++) {
            expect(receipts[i].kind == GJ_RECEIVED);
        }
        expect(gj_engine_submit(engine, events, 1, receipts, NULL, NULL) == GJ_OK &&
               receipts[0].kind == GJ_RECEIVED_AGAIN);
    }
    atomic_fetch_sub(&tellers_left, 1);
    return NULL;
}

/* ---- who asks ---- */

static bool item_hear(void *payload, gj_text json)
{
    *(size_t *)payload += json.size;
    return true;
}

static bool case_hear(void *payload, const gj_case_row *row)
{
    *(size_t *)payload += row->case_id.size + row->stage.size;
    return true;
}

static bool finding_hear(void *payload, const gj_finding_row *row)
{
    *(size_t *)payload += row->json.size;
    return true;
}

static bool rules_hear(void *payload, const gj_rule_set *rules)
{
    *(size_t *)payload += rules->title.size + (rules->in_force ? 1 : 0);
    return true;
}

static bool key_hear(void *payload, const gj_public_key *of)
{
    *(size_t *)payload += (size_t)of->bytes[0];
    return true;
}

static bool revision_hear(void *payload, const gj_revision *revision)
{
    *(size_t *)payload += revision->finding->code;
    return true;
}

static void result_hear(void *payload, const gj_judge *judge, const gj_case_result *result)
{
    (void)judge;
    *(size_t *)payload += result->finding_count;
}

static bool bytes_hear(void *payload, const char *bytes, size_t size)
{
    *(size_t *)payload += size + (size_t)(unsigned char)bytes[0];
    return true;
}

static bool act_hear(void *payload, const gj_act *act)
{
    *(size_t *)payload += act->action.size;
    return false;
}

static bool is_answer(gj_status status)
{
    return status == GJ_OK || status == GJ_UNKNOWN; /* its case may not be there yet */
}

static void ask(int which, gj_text of, size_t *heard)
{
    gj_text permit = text("permit"), none = {NULL, 0};
    gj_finding_filter filter = {.size = sizeof filter, .statuses = 7};
    gj_event event = {
        .procedure = permit, .case_id = of, .action = text("look"), .post = text("w")};
    gj_receipt receipt;
    gj_writer out = {heard, bytes_hear};
    char said[200];
    switch (which) {
    case 0:
        expect(gj_engine_check(engine, &event, &receipt, heard, revision_hear) == GJ_OK);
        break;
    case 1:
        expect(gj_engine_list(engine, GJ_LIST_FINDINGS, none, none, heard, item_hear) == GJ_OK);
        break;
    case 2:
        expect(is_answer(gj_engine_list(engine, GJ_LIST_EVENTS, permit, of, heard, item_hear)));
        break;
    case 3:
        expect(gj_engine_findings(engine, &filter, heard, finding_hear) == GJ_OK);
        break;
    case 4:
        expect(gj_engine_cases(engine, permit, heard, case_hear) == GJ_OK);
        break;
    case 5:
        expect(is_answer(gj_engine_case(engine, permit, of, heard, result_hear)));
        break;
    case 6:
        expect(gj_engine_rule_sets(engine, heard, rules_hear) == GJ_OK);
        expect(gj_engine_keys(engine, heard, key_hear) == GJ_OK);
        break;
    case 7:
        expect(gj_engine_export(engine, 0, &out) == GJ_OK);
        break;
    case 8:
        expect(is_answer(gj_engine_acts(engine, permit, of, none, heard, act_hear)));
        break;
    default:
        gj_engine_error(engine, GJ_ZH, said, sizeof said);
        *heard +=
            strlen(said) + gj_engine_case_count(engine) + (size_t)(gj_engine_now(engine) > begin);
    }
}

static void *reader(void *payload)
{
    int number = *(const int *)payload;
    size_t heard = 0;
    for (int n = number; atomic_load(&tellers_left) > 0; n++) {
        char of[24];
        snprintf(of, sizeof of, n % 2 == 0 ? "shared%d" : "own%d",
                 n % 2 == 0 ? n % SHARED_CASES : n % SUBMITTERS);
        ask(n % 10, text(of), &heard);
    }
    return NULL;
}

/* ---- who does other things ---- */

static void *timer(void *payload)
{
    size_t heard = 0;
    (void)payload;
    while (atomic_load(&tellers_left) > 0) {
        int64_t now = atomic_fetch_add(&hours, 1) + 1;
        expect(gj_engine_advance(engine, begin + now * HOUR_MS, &heard, news_hear) == GJ_OK);
    }
    return NULL;
}

static gj_status version_deploy(int version)
{
    char of[sizeof source + 64], migrates[48] = "";
    gj_compilation *made;
    gj_compile_options options = {.size = sizeof options};
    if (version > 1) {
        snprintf(migrates, sizeof migrates, "  migrates from %d { }\n", version - 1);
    }
    snprintf(of, sizeof of, source, version, migrates);
    if (gj_compile_text(&options, "permit.gj", text(of), &made) != GJ_OK) {
        return GJ_NO_MEMORY;
    }
    gj_status status = compilation_deploy(engine, made);
    gj_compilation_destroy(made);
    return status;
}

static void *deployer(void *payload)
{
    (void)payload;
    for (int version = 2; version <= VERSIONS && atomic_load(&tellers_left) > 0; version++) {
        gj_audit found = {.size = sizeof found};
        expect(version_deploy(version) == GJ_OK);
        expect(gj_engine_audit_sign(engine, &key, &found) == GJ_OK);
        expect(gj_engine_audit(engine, &found) == GJ_OK);
    }
    return NULL;
}

/* ---- the test ---- */

static bool event_count(void *payload, gj_text json)
{
    (void)json;
    ++*(int *)payload;
    return true;
}

static void each_event_is_there(void)
{
    int count = 0;
    for (int i = 0; i < SUBMITTERS + SHARED_CASES; i++) {
        char of[24];
        snprintf(of, sizeof of, i < SUBMITTERS ? "own%d" : "shared%d",
                 i < SUBMITTERS ? i : i - SUBMITTERS);
        gj_status status =
            gj_engine_list(engine, GJ_LIST_EVENTS, text("permit"), text(of), &count, event_count);
        assert_int_equal(status, GJ_OK);
    }
    assert_int_equal(count, SUBMITTERS * tellings() * BATCH);
}

static void every_call_by_every_thread(void **state)
{
    static void *(*const doing[])(void *payload) = {submitter, reader, timer, deployer};
    static const int counts[] = {SUBMITTERS, READERS, 1, 1};
    pthread_t threads[SUBMITTERS + READERS + 2];
    int numbers[SUBMITTERS + READERS + 2], count = 0;
    gj_audit found = {.size = sizeof found};
    gj_engine_options options = {.size = sizeof options, .path = path, .clock = clock_read};
    (void)state;
    store_remove(path);
    assert_int_equal(gj_engine_open(&options, &engine), GJ_OK);
    assert_int_equal(gj_secret_key_make(&key), GJ_OK);
    assert_int_equal(version_deploy(1), GJ_OK);
    atomic_store(&tellers_left, SUBMITTERS);
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < counts[i]; j++, count++) {
            numbers[count] = j;
            assert_int_equal(pthread_create(&threads[count], NULL, doing[i], &numbers[count]), 0);
        }
    }
    for (int i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(atomic_load(&wrong), 0);
    each_event_is_there();
    assert_int_equal(gj_engine_audit(engine, &found), GJ_OK);
    assert_true(found.record_count > (uint64_t)(SUBMITTERS * tellings() * BATCH));
    gj_engine_close(engine);
    store_remove(path);
}

int main(void)
{
    store_path_make(path, "threads");
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_call_by_every_thread)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
