/* SPDX-License-Identifier: Apache-2.0
 *
 * A calendar is corrected after the fact: the same procedure is deployed with another revision.
 * What then stands of every case, open and closed, is what stands in a store that had that revision
 * from the beginning; what changed is in the journal of changes with the calendar as its cause, and
 * what the changed days cannot touch has none. Events, and the clock, go on by it. A process that
 * is killed while it counts goes on when the store is opened. The cases that keep an older version
 * are counted by it too, by the calendar's name, unless it is one of another time zone. */
#include "api/lines.h"

#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>

enum { CASES = 250, KILLS = 2 };
#define DAY_MS INT64_C(86400000)

/* The calendar stands behind the procedure, so that no line of that moves. */
static const char source[] =
    "department o {\n  post w\n  post c\n}\n"
    "procedure permit {\n"
    "  version %d effective 2024-01-01\n"
    "  calendar k\n"
    "  stage filed initial {\n    on look by w\n    on pass by c -> done\n  }\n"
    "  stage done final\n"
    "  limit l {\n    from look to pass\n    within %d workdays\n    duty c\n  }\n"
    "}\n"
    "calendar k \"K\" {\n  zone \"%s\"\n  week mon..fri\n"
    "  published through 2024-12-31\n  year 2024 { %s }\n}\n";
static const char as_published[] = "", corrected[] = "holiday \"H\" 2024-03-06..2024-03-08";
static const char here[] = "Asia/Shanghai", elsewhere[] = "Asia/Tokyo";

static const gj_instant begin = INT64_C(1709258400000); /* Friday, 2024-03-01T10:00+08:00 */
static char path[STORE_PATH_SIZE], other[STORE_PATH_SIZE];

static gj_engine *engine_open(const char *at)
{
    gj_engine *engine;
    gj_engine_options options = {.size = sizeof options, .path = at};
    assert_int_equal(gj_engine_open(&options, &engine), GJ_OK);
    return engine;
}

/* A later version leaves a day more. */
static gj_status zone_deploy(gj_engine *engine, int version, const char *zone, const char *days)
{
    char of[sizeof source + 120];
    gj_compilation *made;
    gj_compile_options options = {.size = sizeof options};
    snprintf(of, sizeof of, source, version, 4 + version, zone, days);
    assert_int_equal(gj_compile_text(&options, "permit.gj", text(of), &made), GJ_OK);
    assert_int_equal(gj_compilation_error_count(made), 0);
    gj_status status = compilation_deploy(engine, made);
    gj_compilation_destroy(made);
    return status;
}

static gj_status version_deploy(gj_engine *engine, int version, const char *days)
{
    return zone_deploy(engine, version, here, days);
}

static gj_status deploy(gj_engine *engine, const char *days)
{
    return version_deploy(engine, 1, days);
}

/* An event, and the texts in it. */
typedef struct telling {
    char id[32], of[16];
    const char *action;
    int day;
} telling;

static void all_tell(gj_engine *engine, const telling *all, size_t count)
{
    static gj_event events[3 * CASES];
    static gj_receipt receipts[3 * CASES];
    assert_true(count <= sizeof events / sizeof *events);
    for (size_t i = 0; i < count; i++) {
        events[i] = (gj_event){
            .id = text(all[i].id),
            .source = text("o"),
            .case_id = text(all[i].of),
            .action = text(all[i].action),
            .post = text(strcmp(all[i].action, "pass") == 0 ? "c" : "w"),
            .officer = text("u1"),
            .at = {.wall_ms = begin + all[i].day * DAY_MS, .present = true, .zoned = true}};
    }
    assert_int_equal(gj_engine_submit(engine, events, count, receipts, NULL, NULL), GJ_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(receipts[i].kind, GJ_RECEIVED);
    }
}

static telling telling_of(int of, const char *action, int day)
{
    telling made = {.action = action, .day = day};
    snprintf(made.id, sizeof made.id, "%d-%s", of, action);
    snprintf(made.of, sizeof made.of, "c%d", of);
    return made;
}

static void event_tell(gj_engine *engine, int of, const char *action, int day)
{
    telling one = telling_of(of, action, day);
    all_tell(engine, &one, 1);
}

/* Of three cases one passes in time, one in time only where days are no working days, one not; the
 * last of all looks after the changed days. */
static void cases_tell_from(gj_engine *engine, int first, int count)
{
    static telling all[3 * CASES];
    size_t told = 0;
    assert_int_equal(gj_engine_advance(engine, begin + 40 * DAY_MS, NULL, NULL), GJ_OK);
    for (int i = first; i < first + count; i++) {
        int from = i == first + count - 1 ? 20 : 0;
        all[told++] = telling_of(i, "look", from);
        if (i % 3 < 2) {
            all[told++] = telling_of(i, "pass", from + (i % 3 == 0 ? 4 : 10));
        }
    }
    all_tell(engine, all, told);
}

static void cases_tell(gj_engine *engine, int count)
{
    cases_tell_from(engine, 0, count);
}

/* ---- what stands ---- */

static void findings_get(gj_engine *engine, lines *to)
{
    gj_text none = {NULL, 0};
    to->size = 0;
    to->bytes[0] = '\0';
    assert_int_equal(gj_engine_list(engine, GJ_LIST_FINDINGS, none, none, to, lines_add), GJ_OK);
    lines_sort(to);
}

static size_t changes_count(gj_engine *engine, const char *of, const char *word)
{
    static lines changes;
    size_t count = 0;
    changes.size = 0;
    changes.bytes[0] = '\0';
    assert_int_equal(
        gj_engine_list(engine, GJ_LIST_REVISIONS, text("permit"), text(of), &changes, lines_add),
        GJ_OK);
    for (const char *at = changes.bytes; (at = strstr(at, word)) != NULL; at++) {
        count++;
    }
    return count;
}

/* A store that had the corrected calendar all along. */
static void reference_get(int count, lines *to)
{
    store_remove(other);
    gj_engine *engine = engine_open(other);
    assert_int_equal(deploy(engine, corrected), GJ_OK);
    cases_tell(engine, count);
    findings_get(engine, to);
    gj_engine_close(engine);
    store_remove(other);
}

static void audit_is_whole(gj_engine *engine)
{
    char said[400] = "";
    gj_audit found = {.size = sizeof found};
    gj_status status = gj_engine_audit(engine, &found);
    gj_engine_error(engine, GJ_EN, said, sizeof said);
    if (status != GJ_OK) {
        fail_msg("%s", said);
    }
}

static bool finding_pass(void *payload, const gj_finding_row *row)
{
    (void)row;
    ++*(int *)payload;
    return true;
}

static bool case_count(void *payload, const gj_case_row *row)
{
    assert_true(row->stage.size > 0);
    ++*(int *)payload;
    return true;
}

static void cases_are_there(gj_engine *engine, int wanted)
{
    int count = 0;
    gj_finding_filter filter = {.size = sizeof filter, .case_id = text("c2")};
    gj_status status = gj_engine_cases(engine, text("permit"), &count, case_count);
    if (status != GJ_OK) {
        char said[400];
        gj_engine_error(engine, GJ_EN, said, sizeof said);
        fail_msg("%s", said);
    }
    assert_int_equal(count, wanted);
    assert_int_equal(gj_engine_findings(engine, &filter, &count, finding_pass), GJ_OK);
    assert_int_equal(count, wanted + 1);
}

/* ---- tests ---- */

static void what_a_corrected_calendar_changes_is_written_down(void **state)
{
    static lines wanted, is;
    enum { FEW = 7 };
    (void)state;
    reference_get(FEW, &wanted);
    store_remove(path);
    gj_engine *engine = engine_open(path);
    assert_int_equal(deploy(engine, as_published), GJ_OK);
    cases_tell(engine, FEW);
    findings_get(engine, &is);
    assert_string_not_equal(is.bytes, wanted.bytes);
    gj_engine_options options = {.size = sizeof options, .path = path, .reads_only = true};
    gj_engine *reading;
    assert_int_equal(gj_engine_open(&options, &reading), GJ_OK);
    assert_int_equal(deploy(engine, corrected), GJ_OK);
    findings_get(engine, &is);
    assert_string_equal(is.bytes, wanted.bytes);
    cases_are_there(reading, FEW); /* also who was there before sees what is in force now */
    gj_engine_close(reading);
    assert_int_equal(changes_count(engine, "c1", "{\"change\":\"withdrawn\""), 1); /* closed */
    assert_int_equal(changes_count(engine, "c1", "\"why\":\"calendar\""), 1);
    assert_int_equal(changes_count(engine, "c2", "\"why\":\"calendar\""), 1); /* due later */
    assert_int_equal(changes_count(engine, "c0", "\"why\":\"calendar\""), 0); /* in time by both */
    assert_int_equal(changes_count(engine, "c6", "\"why\":\"calendar\""), 0); /* not touched */
    audit_is_whole(engine);
    assert_int_equal(deploy(engine, corrected), GJ_OK); /* in force just so */
    assert_int_equal(changes_count(engine, "c1", "\"why\":\"calendar\""), 1);
    assert_int_equal(deploy(engine, as_published), GJ_OK); /* and back */
    assert_int_equal(changes_count(engine, "c1", "\"why\":\"calendar\""), 2);
    gj_engine_close(engine);
    store_remove(path);
}

static void a_case_goes_on_by_the_new_days(void **state)
{
    (void)state;
    store_remove(path);
    gj_engine *engine = engine_open(path);
    assert_int_equal(deploy(engine, as_published), GJ_OK);
    assert_int_equal(gj_engine_advance(engine, begin + DAY_MS, NULL, NULL), GJ_OK);
    event_tell(engine, 1, "look", 0);
    assert_int_equal(deploy(engine, corrected), GJ_OK);
    assert_int_equal(gj_engine_advance(engine, begin + 9 * DAY_MS, NULL, NULL), GJ_OK);
    assert_int_equal(changes_count(engine, "c1", "\"code\":\"late\""),
                     0); /* by the old, on day 8 */
    assert_int_equal(gj_engine_advance(engine, begin + 13 * DAY_MS, NULL, NULL), GJ_OK);
    assert_int_equal(changes_count(engine, "c1", "\"why\":\"time\""), 1);
    audit_is_whole(engine);
    gj_engine_close(engine);
    store_remove(path);
}

static void what_is_interrupted_goes_on(void **state)
{
    static lines wanted, is;
    (void)state;
    reference_get(CASES, &wanted);
    for (int kill_at = 0; kill_at < KILLS; kill_at++) {
        store_remove(path);
        gj_engine *engine = engine_open(path);
        assert_int_equal(deploy(engine, as_published), GJ_OK);
        cases_tell(engine, CASES);
        gj_engine_close(engine);
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            engine = engine_open(path);
            (void)deploy(engine, corrected);
            _exit(0);
        }
        usleep(20000u << kill_at);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        engine = engine_open(path);
        assert_int_equal(deploy(engine, corrected), GJ_OK);
        findings_get(engine, &is);
        assert_string_equal(is.bytes, wanted.bytes);
        assert_int_equal(changes_count(engine, "c1", "\"why\":\"calendar\""), 1); /* once */
        audit_is_whole(engine);
        gj_engine_close(engine);
    }
    store_remove(path);
}

/* ---- older versions ---- */

typedef struct in_force {
    int count, of_version, sets;
} in_force;

static bool rules_count(void *payload, const gj_rule_set *rules)
{
    in_force *found = payload;
    found->sets++;
    if (rules->in_force) {
        found->count++;
        found->of_version = (int)rules->version;
    }
    return true;
}

static void in_force_is(gj_engine *engine, int version, int sets)
{
    in_force found = {0};
    assert_int_equal(gj_engine_rule_sets(engine, &found, rules_count), GJ_OK);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.of_version, version);
    assert_int_equal(found.sets, sets);
}

enum { OLD = 7, NEW = 7, FAR = 999 };

/* Both versions, so many cases of each, with the corrected calendar all along. */
static void both_get(int old, int new, lines *to)
{
    store_remove(other);
    gj_engine *engine = engine_open(other);
    assert_int_equal(version_deploy(engine, 1, corrected), GJ_OK);
    cases_tell_from(engine, 0, old);
    assert_int_equal(version_deploy(engine, 2, corrected), GJ_OK);
    cases_tell_from(engine, FAR, new);
    findings_get(engine, to);
    gj_engine_close(engine);
    store_remove(other);
}

static gj_engine *both_open(int old, int new, const char *days_of_second)
{
    store_remove(path);
    gj_engine *engine = engine_open(path);
    assert_int_equal(version_deploy(engine, 1, as_published), GJ_OK);
    cases_tell_from(engine, 0, old);
    assert_int_equal(version_deploy(engine, 2, days_of_second), GJ_OK);
    cases_tell_from(engine, FAR, new);
    return engine;
}

static void both_stand(gj_engine *engine, const lines *wanted, int sets)
{
    static lines is;
    findings_get(engine, &is);
    assert_string_equal(is.bytes, wanted->bytes);
    assert_int_equal(changes_count(engine, "c1", "{\"change\":\"withdrawn\""), 1);
    assert_int_equal(changes_count(engine, "c1", "\"why\":\"calendar\""), 1);
    assert_int_equal(changes_count(engine, "c0", "\"why\":\"calendar\""), 0);
    in_force_is(engine, 2, sets);
    audit_is_whole(engine);
}

/* The corrected calendar comes with the version in force, or with a new one. */
static void cases_of_older_versions_are_counted_by_it_too(void **state)
{
    static lines wanted;
    (void)state;
    both_get(OLD, NEW, &wanted);
    for (int with_new = 0; with_new < 2; with_new++) {
        gj_engine *engine = both_open(OLD, NEW, with_new ? corrected : as_published);
        gj_engine_options options = {.size = sizeof options, .path = path, .reads_only = true};
        gj_engine *reading;
        int sets = with_new ? 3 : 4;
        assert_int_equal(gj_engine_open(&options, &reading), GJ_OK);
        assert_int_equal(version_deploy(engine, 2, corrected), GJ_OK); /* just so, or corrected */
        both_stand(engine, &wanted, sets);
        event_tell(engine, FAR + 50, "look", 39);
        cases_are_there(reading, OLD + NEW + 1);
        in_force_is(reading, 2, sets);
        gj_engine_close(reading);
        gj_engine_close(engine);
        engine = engine_open(path);
        both_stand(engine, &wanted, sets);
        assert_int_equal(version_deploy(engine, 2, corrected), GJ_OK);
        in_force_is(engine, 2, sets);
        gj_engine_close(engine);
    }
    store_remove(path);
}

/* Whichever was deployed last holds for every version before it. */
static void the_calendar_deployed_last_holds(void **state)
{
    static lines wanted, is;
    (void)state;
    gj_engine *engine = both_open(OLD, NEW, corrected);
    findings_get(engine, &wanted);
    assert_int_equal(version_deploy(engine, 3, as_published), GJ_OK);
    assert_int_equal(changes_count(engine, "c1", "\"why\":\"calendar\""), 2);
    assert_int_equal(version_deploy(engine, 3, corrected), GJ_OK);
    assert_int_equal(changes_count(engine, "c1", "\"why\":\"calendar\""), 3);
    findings_get(engine, &is);
    assert_string_equal(is.bytes, wanted.bytes);
    in_force_is(engine, 3, 9); /* each time both older ones too */
    audit_is_whole(engine);
    gj_engine_close(engine);
    store_remove(path);
}

/* Deploys as it is told, or only goes on with what was begun; killed when some cases are counted by
 * the new days, or, where that shows already, soon. */
static void child_kill(bool deploys)
{
    gj_engine_options options = {.size = sizeof options, .path = path, .reads_only = true};
    gj_engine *reading;
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        gj_engine *engine = engine_open(path);
        _exit(!deploys || version_deploy(engine, 2, corrected) == GJ_OK ? 0 : 1);
    }
    assert_int_equal(gj_engine_open(&options, &reading), GJ_OK);
    while (changes_count(reading, "c1", "\"why\":\"calendar\"") == 0) {
        usleep(200);
    }
    usleep(deploys ? 0 : 5000);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, NULL, 0), child);
    gj_engine_close(reading);
}

/* To open the store is enough: the deployment is written before any case is counted by it. */
static void what_is_interrupted_goes_on_in_older_versions_too(void **state)
{
    static lines wanted;
    (void)state;
    both_get(CASES, CASES, &wanted);
    gj_engine_close(both_open(CASES, CASES, as_published));
    child_kill(true);
    child_kill(false);
    gj_engine *engine = engine_open(path);
    both_stand(engine, &wanted, 4);
    cases_are_there(engine, 2 * CASES);
    gj_engine_close(engine);
    store_remove(path);
}

/* A calendar of the same name in another zone is another calendar, so cases that are there keep
 * theirs; those of a version that comes have it. */
static void one_of_another_zone_is_another_calendar(void **state)
{
    static lines before, is;
    (void)state;
    gj_engine *engine = both_open(OLD, NEW, as_published);
    findings_get(engine, &before);
    assert_int_equal(zone_deploy(engine, 2, elsewhere, corrected), GJ_OK); /* the same version */
    in_force_is(engine, 2, 3);
    assert_int_equal(zone_deploy(engine, 3, elsewhere, corrected), GJ_OK);
    in_force_is(engine, 3, 4);
    for (int opened = 0; opened < 2; opened++) {
        findings_get(engine, &is);
        assert_string_equal(is.bytes, before.bytes);
        assert_int_equal(changes_count(engine, "c1", "\"why\":\"calendar\""), 0);
        assert_int_equal(changes_count(engine, "c1000", "\"why\":\"calendar\""), 0);
        audit_is_whole(engine);
        gj_engine_close(engine);
        engine = engine_open(path);
    }
    event_tell(engine, 2, "pass", 39); /* they go on by their own */
    telling in_time[] = {telling_of(5000, "look", 0), telling_of(5000, "pass", 14)};
    all_tell(engine, in_time, 2);
    assert_int_equal(changes_count(engine, "c2", "\"why\":\"calendar\""), 0);
    assert_int_equal(changes_count(engine, "c5000", "{\"change\":\"withdrawn\""), 1);
    audit_is_whole(engine);
    gj_engine_close(engine);
    store_remove(path);
}

int main(void)
{
    store_path_make(path, "recount");
    store_path_make(other, "recount-other");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_corrected_calendar_changes_is_written_down),
        cmocka_unit_test(a_case_goes_on_by_the_new_days),
        cmocka_unit_test(what_is_interrupted_goes_on),
        cmocka_unit_test(cases_of_older_versions_are_counted_by_it_too),
        cmocka_unit_test(the_calendar_deployed_last_holds),
        cmocka_unit_test(what_is_interrupted_goes_on_in_older_versions_too),
        cmocka_unit_test(one_of_another_zone_is_another_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
