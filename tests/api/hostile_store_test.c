/* SPDX-License-Identifier: Apache-2.0
 *
 * Stores that somebody else has written to. What is known to have crashed stands in a table; then
 * the store of each golden procedure, with its log half told, is altered at random, a column or
 * bytes of the file, and every call is made on what it became. Whatever it is, no call crashes or
 * fails to return, and one that fails says why in both languages. Each attempt is a process of its
 * own. GUIJU_HOSTILE_SEED=N makes the attempt N alone; GUIJU_PROVE=1 a great many. */
#include "api/hostile_store/alter.h"
#include "api/hostile_store/every_call.h"
#include "api/sql.h"

#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>

enum {
    GOLDENS_MAX = 128,
    NAME_SIZE = 200,
    FILE_SIZE = 4 << 20,
    EVENTS_MAX = 4096,
    ATTEMPTS = 6,
    PROVED_ATTEMPTS = 5000,
    SECONDS = 60,
    SPEECHLESS = 70, /* an exit status */
    ANY_OF = 7,      /* without GUIJU_PROVE so many procedures are taken, the first ones */
};

static char path[STORE_PATH_SIZE];

/* ---- stores ---- */

/* A procedure of the goldens, and a store of it. */
typedef struct golden {
    char name[NAME_SIZE];
    unsigned char *bytes; /* of the store; NULL: it is yet to be made */
    size_t size;
} golden;

static golden goldens[GOLDENS_MAX];
static size_t golden_count;

/* Those that keep most in the state of a case come first. */
static const char *const first[ANY_OF] = {"objections",  "stops",   "committee", "relations",
                                          "keys_by_law", "records", "lengths"};

static void golden_add(const char *name)
{
    for (size_t i = 0; i < golden_count; i++) {
        if (strcmp(goldens[i].name, name) == 0) {
            return;
        }
    }
    assert_true(golden_count < GOLDENS_MAX);
    snprintf(goldens[golden_count++].name, NAME_SIZE, "%s", name);
}

static void golden_path(char to[512], const char *name, const char *ending)
{
    snprintf(to, 512, "%s/tests/golden/judge/%s%s", getenv("GUIJU_ROOT"), name, ending);
}

static void goldens_find(void)
{
    char folder[512];
    golden_path(folder, "", "");
    DIR *all = opendir(folder);
    assert_non_null(all);
    for (size_t i = 0; i < ANY_OF; i++) {
        golden_add(first[i]);
    }
    for (struct dirent *i; getenv("GUIJU_PROVE") != NULL && (i = readdir(all)) != NULL;) {
        char *end = strstr(i->d_name, ".jsonl");
        if (end != NULL && strstr(i->d_name, ".findings") == NULL) {
            golden_add((*end = '\0', i->d_name));
        }
    }
    closedir(all);
}

static void rules_take(gj_engine *engine, const char *name)
{
    char source[512];
    const char *paths[] = {source};
    gj_compilation *made;
    gj_bytes calendars[16];
    gj_compile_options options = {.size = sizeof options, .library = getenv("GUIJU_STDLIB")};
    golden_path(source, name, ".gj");
    assert_int_equal(gj_compile(&options, paths, 1, &made), GJ_OK);
    size_t count = gj_compilation_calendar_count(made);
    assert_true(count <= sizeof calendars / sizeof *calendars);
    for (size_t i = 0; i < count; i++) {
        gj_text calendar = gj_compilation_calendar(made, i);
        calendars[i] = (gj_bytes){calendar.bytes, calendar.size};
    }
    gj_text image = gj_compilation_image(made);
    gj_deployment deployment = {.size = sizeof deployment,
                                .image = {image.bytes, image.size},
                                .calendars = calendars,
                                .calendar_count = count};
    assert_int_equal(gj_engine_deploy(engine, &deployment), GJ_OK);
    gj_compilation_destroy(made);
}

/* The first three fifths of the log: much is under way then. */
static void log_take(gj_engine *engine, const char *name)
{
    char log[512];
    const gj_event *event;
    gj_feed *feed;
    gj_status status;
    size_t count = 0;
    golden_path(log, name, ".jsonl");
    for (int round = 0; round < 2; round++) {
        gj_feed_options options = {.size = sizeof options, .path = log};
        size_t told = 0;
        assert_int_equal(gj_feed_open(&options, &feed), GJ_OK);
        while ((status = gj_feed_next(feed, &event)) == GJ_OK || status == GJ_MALFORMED) {
            gj_receipt receipt;
            count += round == 0 ? 1 : 0;
            if (round == 1 && told++ * 5 < count * 3 && status == GJ_OK) {
                assert_int_equal(gj_engine_submit(engine, event, 1, &receipt, NULL, NULL), GJ_OK);
            }
        }
        gj_feed_close(feed);
    }
}

static void store_read(golden *of)
{
    static unsigned char bytes[FILE_SIZE];
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    of->size = fread(bytes, 1, sizeof bytes, in);
    fclose(in);
    assert_true(of->size > 0 && of->size < sizeof bytes);
    of->bytes = malloc(of->size);
    assert_non_null(of->bytes);
    memcpy(of->bytes, bytes, of->size);
}

static void store_make(golden *of)
{
    gj_engine *engine;
    gj_engine_options options = {.size = sizeof options, .path = path, .follows_events = true};
    gj_secret_key key;
    gj_audit audit = {.size = sizeof audit};
    store_remove(path);
    assert_int_equal(gj_engine_open(&options, &engine), GJ_OK);
    rules_take(engine, of->name);
    log_take(engine, of->name);
    assert_int_equal(gj_secret_key_make(&key), GJ_OK);
    if (gj_engine_audit_sign(engine, &key, &audit) != GJ_OK) {
        char said[400];
        gj_engine_error(engine, GJ_EN, said, sizeof said);
        fail_msg("%s: %s", of->name, said);
    }
    gj_engine_close(engine);
    store_read(of);
}

static void store_put(golden *of)
{
    if (of->bytes == NULL) {
        store_make(of);
    }
    store_remove(path);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(of->bytes, 1, of->size, out), of->size);
    fclose(out);
}

/* ---- attempts ---- */

/* Every call, in a process of its own; what went wrong, or NULL. */
static const char *attempt(void)
{
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE}; /* cmocka's */
        for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
            signal(signals[i], SIG_DFL);
        }
        alarm(SECONDS);
        _exit(every_call_make(path) ? 0 : SPEECHLESS);
    }
    int how;
    assert_int_equal(waitpid(child, &how, 0), child);
    return WIFEXITED(how) && WEXITSTATUS(how) == 0            ? NULL
           : WIFSIGNALED(how) && WTERMSIG(how) == SIGALRM     ? "does not return"
           : WIFEXITED(how) && WEXITSTATUS(how) == SPEECHLESS ? "fails without a word"
                                                              : "crashes";
}

/* ---- tests ---- */

static void what_once_crashed_does_not(void **state)
{
    static const char *const known[] = {
        "UPDATE cases SET state = CAST(substr(state, 1, 36) || x'C8C8' || substr(state, 39) AS "
        "BLOB)",
        "UPDATE findings SET status = 40",
        "UPDATE findings SET status = -1",
        "UPDATE findings SET severity = 99",
        "UPDATE findings SET code = 'zzz'",
        "UPDATE heads SET place = -9223372036854775807 - 1",
        "UPDATE heads SET place = 9223372036854775807",
        "INSERT OR REPLACE INTO audit SELECT 9223372036854775807, kind, of_row, events, hash FROM "
        "audit",
        "UPDATE audit SET n = -9223372036854775807 - 1 WHERE n = (SELECT max(n) FROM audit)",
        "UPDATE audit SET events = -9223372036854775807 - 1",
        "UPDATE audit SET events = 9223372036854775807",
        "UPDATE engine SET is_chained = 0",
        "UPDATE cases SET n = 9223372036854775807 WHERE n = 1",
        "UPDATE engine SET now = 9223372036854775807",
        "UPDATE events SET n = 9223372036854775807 WHERE n = 1",
        "UPDATE events SET before = n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        store_put(&goldens[0]);
        sql_run(path, known[i]);
        const char *wrong = attempt();
        if (wrong != NULL) {
            fail_msg("%s: %s", known[i], wrong);
        }
    }
}

static void whatever_is_altered_no_call_crashes(void **state)
{
    const char *only = getenv("GUIJU_HOSTILE_SEED");
    uint64_t begin = only != NULL ? strtoull(only, NULL, 10) : 0;
    uint64_t count = only != NULL ? 1 : getenv("GUIJU_PROVE") != NULL ? PROVED_ATTEMPTS : ATTEMPTS;
    (void)state;
    for (uint64_t seed = begin; seed < begin + count; seed++) {
        char said[ALTER_SAID_SIZE];
        golden *of = &goldens[seed % golden_count];
        store_put(of);
        alter_any(path, seed, said);
        const char *wrong = attempt();
        if (wrong != NULL) {
            fail_msg("GUIJU_HOSTILE_SEED=%llu, %s: %s: %s", (unsigned long long)seed, of->name,
                     said, wrong);
        }
    }
}

int main(void)
{
    store_path_make(path, "hostile");
    goldens_find();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_once_crashed_does_not),
        cmocka_unit_test(whatever_is_altered_no_call_crashes),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    store_remove(path);
    for (size_t i = 0; i < golden_count; i++) {
        free(goldens[i].bytes);
    }
    return failed;
}
