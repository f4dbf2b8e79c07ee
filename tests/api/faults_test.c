/* SPDX-License-Identifier: Apache-2.0
 *
 * An engine whose disk fails it (api/faults/disk.h): each write, sync, truncation and read in turn,
 * by an error, half done, or for want of room; and a disk that loses power at each write, sync and
 * truncation, after which what was not synced is partly there. Whatever happened, once the disk is
 * mended the store opens; SQLite finds it whole, and its audit too; every event that was
 * acknowledged is there, and none twice; and when everything is told again, the findings are those
 * of a store to which nothing ever happened. Some points are tried; with GUIJU_PROVE=1 all, power
 * lost in 20 ways at each. */
#include "api/faults/disk.h"
#include "api/store.h"

#include <sqlite3.h>

enum {
    CASES = 3,
    STEPS = 12,
    BATCH_MAX = 3,
    EVENTS_MAX = STEPS * BATCH_MAX,
    NAME_SIZE = 24,
    LIST_SIZE = 1 << 16,
    TRIED = 5,         /* points of each kind */
    PROVED_POWER = 20, /* ways in which power is lost at a point */
    TRIED_POWER = 2,
};

static const char source[] =
    "department o {\n  post w\n  post c\n}\n"
    "procedure permit {\n"
    "  stage filed initial {\n    on look by w\n    on pass by c -> done\n  }\n"
    "  stage done final\n"
    "  limit l {\n    from look to pass\n    within 2 hours\n    duty c\n  }\n"
    "  rule few { count look at most 4 times }\n"
    "}\n";

static char path[STORE_PATH_SIZE];
static gj_text none = {NULL, 0};

/* ---- what is told ---- */

typedef struct telling {
    gj_event events[BATCH_MAX];
    char ids[BATCH_MAX][NAME_SIZE], cases[BATCH_MAX][NAME_SIZE];
    size_t count;
    gj_instant now;
} telling;

/* Some of them late, so that cases are judged anew; and the last with what it corrects. */
static void telling_make(int step, telling *made)
{
    static const gj_instant begin = 1704067200000, minute = 60000;
    made->count = 1 + (size_t)step % BATCH_MAX;
    made->now = begin + (gj_instant)step * 50 * minute;
    for (size_t i = 0; i < made->count; i++) {
        int number = step * BATCH_MAX + (int)i;
        snprintf(made->ids[i], NAME_SIZE, "e%d", number);
        snprintf(made->cases[i], NAME_SIZE, "c%d", number % CASES);
        bool passes = number % 11 == 10, late = number % 4 == 3;
        made->events[i] = (gj_event){.id = text(made->ids[i]),
                                     .source = text("o"),
                                     .case_id = text(made->cases[i]),
                                     .action = text(passes ? "pass" : "look"),
                                     .post = text(number % 5 == 4 ? "c" : "w"),
                                     .at = {.present = true, .zoned = true}};
        made->events[i].at.wall_ms = made->now - (late ? 70 : 1) * minute;
    }
}

/* Whether it was acknowledged. */
static bool step_tell(gj_engine *engine, int step)
{
    telling made;
    gj_receipt receipts[BATCH_MAX];
    telling_make(step, &made);
    bool acknowledged =
        gj_engine_submit(engine, made.events, made.count, receipts, NULL, NULL) == GJ_OK;
    (void)gj_engine_advance(engine, made.now, NULL, NULL);
    return acknowledged;
}

/* ---- what is there ---- */

typedef struct list {
    char bytes[LIST_SIZE];
    size_t size;
    int count;
} list;

static bool item_add(void *payload, gj_text json)
{
    list *to = payload;
    assert_true(to->size + json.size + 1 < sizeof to->bytes);
    memcpy(to->bytes + to->size, json.bytes, json.size);
    to->size += json.size;
    to->bytes[to->size++] = '\n';
    to->bytes[to->size] = '\0';
    to->count++;
    return true;
}

static void list_get(gj_engine *engine, gj_listing listing, gj_text case_id, list *to)
{
    *to = (list){.size = 0};
    gj_status status = gj_engine_list(engine, listing, none, case_id, to, item_add);
    assert_true(status == GJ_OK || (status == GJ_UNKNOWN && case_id.size > 0));
}

static int line_compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The same findings, in whatever order they were found. */
static void lines_sort(list *of)
{
    static char sorted[LIST_SIZE];
    char *lines[1024];
    size_t count = 0, size = 0;
    for (char *at = strtok(of->bytes, "\n"); at != NULL; at = strtok(NULL, "\n")) {
        assert_true(count < sizeof lines / sizeof *lines);
        lines[count++] = at;
    }
    qsort(lines, count, sizeof *lines, line_compare);
    for (size_t i = 0; i < count; i++) {
        size += (size_t)snprintf(sorted + size, sizeof sorted - size, "%s\n", lines[i]);
    }
    memcpy(of->bytes, sorted, size + 1);
}

static gj_engine *engine_open(void)
{
    gj_engine *engine = NULL;
    gj_engine_options options = {.size = sizeof options, .path = path};
    if (gj_engine_open(&options, &engine) == GJ_OK) {
        return engine;
    }
    gj_engine_close(engine);
    return NULL;
}

/* Each acknowledged event once; what was not acknowledged at most once. */
static void events_check(gj_engine *engine, const bool *acknowledged)
{
    static list events[CASES];
    for (int i = 0; i < CASES; i++) {
        char of[NAME_SIZE];
        snprintf(of, sizeof of, "c%d", i);
        list_get(engine, GJ_LIST_EVENTS, text(of), &events[i]);
    }
    for (int step = 0; step < STEPS; step++) {
        telling made;
        telling_make(step, &made);
        for (size_t i = 0; i < made.count; i++) {
            char wanted[NAME_SIZE + 8];
            const char *in = events[(step * BATCH_MAX + (int)i) % CASES].bytes;
            snprintf(wanted, sizeof wanted, "\"id\":\"%s\"", made.ids[i]);
            const char *found = strstr(in, wanted);
            assert_true(found != NULL || !acknowledged[step]);
            assert_true(found == NULL || strstr(found + 1, wanted) == NULL);
        }
    }
}

static void integrity_check(void)
{
    sqlite3 *handle;
    sqlite3_stmt *asked;
    assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(handle, "PRAGMA integrity_check", -1, &asked, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(asked), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(asked, 0), "ok");
    sqlite3_finalize(asked);
    sqlite3_close(handle);
}

/* ---- a run ---- */

static void store_make(void)
{
    gj_engine *engine = engine_open();
    assert_non_null(engine);
    rules_deploy(engine, source);
    gj_engine_close(engine);
}

/* The store with its rules, opened, told everything, and closed. */
static void run(bool *acknowledged)
{
    gj_engine *engine = engine_open();
    for (int step = 0; step < STEPS; step++) {
        acknowledged[step] = engine != NULL && step_tell(engine, step);
    }
    gj_engine_close(engine);
}

static void all_tell(gj_engine *engine)
{
    for (int step = 0; step < STEPS; step++) {
        assert_true(step_tell(engine, step));
    }
}

static list wanted; /* findings of a store to which nothing happened */

static void check(const bool *acknowledged)
{
    static list found;
    integrity_check();
    gj_engine *engine = engine_open();
    assert_non_null(engine);
    gj_audit audit = {.size = sizeof audit};
    assert_int_equal(gj_engine_audit(engine, &audit), GJ_OK);
    events_check(engine, acknowledged);
    all_tell(engine);
    list_get(engine, GJ_LIST_FINDINGS, none, &found);
    lines_sort(&found);
    assert_string_equal(found.bytes, wanted.bytes);
    gj_engine_close(engine);
}

/* Everything is told twice, as in what is checked, in which the second telling may come late. */
static void begin(uint64_t *operations)
{
    bool acknowledged[STEPS];
    disk_wipe();
    store_make();
    disk_keep();
    disk_go_back();
    run(acknowledged);
    for (int i = 0; i < DISK_OPERATIONS; i++) {
        operations[i] = disk_count((disk_operation)i);
    }
    gj_engine *engine = engine_open();
    assert_non_null(engine);
    list_get(engine, GJ_LIST_FINDINGS, none, &wanted);
    lines_sort(&wanted);
    assert_true(wanted.count > 5);
    gj_engine_close(engine);
    check(acknowledged);
}

static void point_try(disk_operation operation, uint64_t after, disk_fault fault, uint64_t chance)
{
    bool acknowledged[STEPS];
    disk_go_back();
    disk_fail_at(operation, after, fault);
    run(acknowledged);
    assert_true(disk_has_failed());
    disk_mend(chance);
    check(acknowledged);
}

static uint64_t stride_of(uint64_t count)
{
    return getenv("GUIJU_PROVE") != NULL || count < TRIED ? 1 : count / TRIED;
}

/* ---- the tests ---- */

static int start(void **state)
{
    (void)state;
    store_path_make(path, "faults");
    return disk_begin() ? 0 : -1;
}

static int stop(void **state)
{
    char lock[STORE_PATH_SIZE + 8];
    (void)state;
    snprintf(lock, sizeof lock, "%s.lock", path);
    unlink(lock);
    disk_wipe();
    return 0;
}

static void operations_fail(void **state)
{
    (void)state;
    static const struct {
        disk_operation operation;
        disk_fault fault;
    } kinds[] = {{DISK_READ, DISK_ERROR}, {DISK_WRITE, DISK_ERROR}, {DISK_WRITE, DISK_SHORT},
                 {DISK_WRITE, DISK_FULL}, {DISK_SYNC, DISK_ERROR},  {DISK_TRUNCATE, DISK_ERROR}};
    uint64_t operations[DISK_OPERATIONS], points = 0;
    begin(operations);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        uint64_t count = operations[kinds[i].operation], stride = stride_of(count);
        for (uint64_t after = 0; after < count; after += stride) {
            point_try(kinds[i].operation, after, kinds[i].fault, 0);
            points++;
        }
    }
    print_message("%d points at which the disk failed\n", (int)points);
}

static void power_goes(void **state)
{
    (void)state;
    static const disk_operation kinds[] = {DISK_WRITE, DISK_SYNC, DISK_TRUNCATE};
    uint64_t ways = getenv("GUIJU_PROVE") != NULL ? PROVED_POWER : TRIED_POWER;
    uint64_t operations[DISK_OPERATIONS], points = 0;
    begin(operations);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        uint64_t count = operations[kinds[i]], stride = stride_of(count);
        for (uint64_t after = 0; after < count; after += stride) {
            for (uint64_t way = 1; way <= ways; way++) {
                point_try(kinds[i], after, DISK_POWER, way * 1000003 + after);
                points++;
            }
        }
    }
    print_message("%d points at which power was lost\n", (int)points);
}

/* Whether an act without an id is answered without the disk. */
static bool is_hot(gj_engine *engine, gj_instant now)
{
    gj_receipt receipt;
    gj_event act = {.source = text("o"),
                    .case_id = text("c1"),
                    .action = text("look"),
                    .post = text("w"),
                    .at = {.wall_ms = now, .present = true, .zoned = true}};
    uint64_t before = disk_lock_count();
    assert_int_equal(gj_engine_check(engine, &act, &receipt, NULL, NULL), GJ_OK);
    assert_int_equal(receipt.kind, GJ_RECEIVED);
    return disk_lock_count() == before;
}

/* Asked about again, until something is told of it; of what is told of others it hears nothing. */
static void a_hot_case_needs_no_disk(void **state)
{
    (void)state;
    telling first, next;
    bool others = false, own = false;
    disk_wipe();
    store_make();
    gj_engine *engine = engine_open();
    assert_true(step_tell(engine, 0) && step_tell(engine, 1));
    for (int step = 2; step < STEPS; step++) {
        telling_make(step - 1, &first);
        (void)is_hot(engine, first.now);
        assert_true(is_hot(engine, first.now));
        assert_true(step_tell(engine, step));
        telling_make(step, &next);
        bool is_told = false;
        for (size_t i = 0; i < next.count; i++) {
            is_told = is_told || strcmp(next.cases[i], "c1") == 0;
        }
        bool stays = is_hot(engine, next.now); /* unless it fell due meanwhile */
        assert_false(stays && is_told);
        own = own || is_told;
        others = others || stays;
    }
    assert_true(own && others);
    gj_engine_close(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_hot_case_needs_no_disk),
                                       cmocka_unit_test(operations_fail),
                                       cmocka_unit_test(power_goes)};
    return cmocka_run_group_tests(tests, start, stop);
}
