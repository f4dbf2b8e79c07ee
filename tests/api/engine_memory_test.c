/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory ends at every call in turn, of the engine's allocator and of SQLite's: an engine is opened
 * on a new store, rules are deployed, events told in order and out of it, corrected and retracted,
 * the clock moved on, questions asked, the engine closed and opened again. A call that finds no
 * memory answers GJ_NO_MEMORY and is made once more, and must then find that it changed nothing:
 * its receipts, its news and all that stands at the end are those of a run with memory enough, and
 * everything taken is given back. Without GUIJU_PROVE only some calls are made to fail. */
#include "api/store.h"

#include <sqlite3.h>

enum { TRIES_SAMPLED = 24, TEXT_SIZE = 65536, HOUR_MS = 3600000 };

static const char source[] =
    "department o {\n  post w\n  post c\n}\n"
    "procedure permit {\n"
    "  data { note: text }\n"
    "  stage filed initial {\n    on look by w\n    on pass by c -> done\n  }\n"
    "  stage done final\n"
    "  limit l {\n    from look to pass\n    within 2 hours\n    duty c\n  }\n"
    "  rule few { count look at most 1 times }\n"
    "}\n";

/* ---- memory that ends ------------------------------------------------------------------------ */

typedef struct meter {
    size_t call, fail_at; /* fail_at 0: never */
    size_t taken;         /* the engine's bytes that it has not given back */
} meter;

static meter m;

static bool ends(void)
{
    return ++m.call == m.fail_at;
}

static void *metered(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    (void)payload;
    if (new_size == 0) {
        free(pointer);
        m.taken -= old_size;
        return NULL;
    }
    void *made = ends() ? NULL : realloc(pointer, new_size);
    if (made != NULL) {
        m.taken = m.taken - old_size + new_size;
    }
    return made;
}

static sqlite3_mem_methods below;

static void *sqlite_take(int size)
{
    return ends() ? NULL : below.xMalloc(size);
}

static void *sqlite_resize(void *pointer, int size)
{
    return ends() ? NULL : below.xRealloc(pointer, size);
}

static void sqlite_meter(void)
{
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &below), SQLITE_OK);
    sqlite3_mem_methods above = below;
    above.xMalloc = sqlite_take;
    above.xRealloc = sqlite_resize;
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &above), SQLITE_OK);
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0), SQLITE_OK);
}

/* ---- a run ----------------------------------------------------------------------------------- */

typedef struct run {
    char path[STORE_PATH_SIZE];
    gj_text image;
    gj_engine *engine;
    char said[TEXT_SIZE]; /* receipts, news and what stands, in their order */
    size_t size;
    size_t failures;               /* calls that found no memory */
    size_t export_from, export_to; /* calls for memory before and after it */
} run;

static const gj_allocator allocator = {NULL, metered};

static void say(run *r, gj_text words)
{
    assert_true(r->size + words.size + 2 < sizeof r->said);
    memcpy(r->said + r->size, words.bytes, words.size);
    r->size += words.size;
    r->said[r->size++] = '\n';
    r->said[r->size] = '\0';
}

static bool item_say(void *payload, gj_text json)
{
    say(payload, json);
    return true;
}

static bool news_say(void *payload, const gj_news *news)
{
    say(payload, news->json);
    return true;
}

static void case_say(void *payload, const gj_judge *judge, const gj_case_result *result)
{
    char line[80];
    (void)judge;
    snprintf(line, sizeof line, "%zu events, %zu findings", result->event_count,
             result->finding_count);
    say(payload, text(line));
}

static gj_status engine_open(run *r)
{
    gj_engine_options options = {.size = sizeof options, .allocator = &allocator, .path = r->path};
    gj_status status = gj_engine_open(&options, &r->engine);
    if (status != GJ_OK) {
        gj_engine_close(r->engine);
        r->engine = NULL;
    }
    return status;
}

static gj_status engine_close(run *r)
{
    gj_engine_close(r->engine);
    r->engine = NULL;
    assert_int_equal(m.taken, 0);
    return GJ_OK;
}

static gj_status deploy(run *r)
{
    gj_deployment deployment = {.size = sizeof deployment,
                                .image = {r->image.bytes, r->image.size}};
    return gj_engine_deploy(r->engine, &deployment);
}

typedef struct told {
    const char *id, *of, *action, *post, *at, *corrects, *retracts;
} told;

static gj_status submit(run *r, const told *what, size_t count)
{
    gj_event events[4];
    gj_receipt receipts[4];
    gj_datum note = {.key = text("note"), .kind = GJ_DATUM_TEXT, .text = text("as it was told")};
    for (size_t i = 0; i < count; i++) {
        events[i] = (gj_event){.id = text(what[i].id),
                               .source = text("office"),
                               .case_id = text(what[i].of),
                               .action = text(what[i].action),
                               .post = text(what[i].post),
                               .officer = text("u17"),
                               .corrects = text(what[i].corrects),
                               .retracts = text(what[i].retracts),
                               .data = &note,
                               .data_count = 1};
        assert_true(what[i].at[0] == '\0' || gj_stamp_parse(text(what[i].at), &events[i].at));
    }
    gj_status status = gj_engine_submit(r->engine, events, count, receipts, r, news_say);
    for (size_t i = 0; status == GJ_OK && i < count; i++) {
        char line[64];
        snprintf(line, sizeof line, "%s: %d, %u changes", what[i].id, (int)receipts[i].kind,
                 receipts[i].revision_count);
        say(r, text(line));
    }
    return status;
}

static const told batches[][3] = {
    {{"1", "a", "look", "w", "2024-03-01T09:00Z", "", ""},
     {"2", "b", "look", "c", "2024-03-01T09:30Z", "", ""},
     {"3", "a", "look", "w", "2024-03-01T10:00Z", "", ""}},
    {{"4", "a", "look", "w", "2024-03-01T08:00Z", "", ""},
     {"5", "b", "look", "w", "2024-03-01T09:30Z", "2", ""},
     {"3", "a", "look", "c", "2024-03-01T10:00Z", "", ""}},
    {{"6", "a", "", "", "", "", "3"},
     {"7", "b", "pass", "c", "2024-03-02T18:00Z", "", ""},
     {"2", "b", "look", "c", "2024-03-01T09:30Z", "", ""}},
};

static gj_status advance(run *r, gj_instant hours)
{
    const gj_instant begin = INT64_C(1709283600000); /* 2024-03-01T09:00Z */
    return gj_engine_advance(r->engine, begin + hours * HOUR_MS, r, news_say);
}

static gj_status list(run *r, gj_listing listing, const char *of)
{
    return gj_engine_list(r->engine, listing, text(""), text(of), r, item_say);
}

static bool bytes_say(void *payload, const char *bytes, size_t size)
{
    say(payload, (gj_text){bytes, size});
    return true;
}

static gj_status export(run *r)
{
    const gj_writer out = {r, bytes_say};
    r->export_from = m.call;
    gj_status status = gj_engine_export(r->engine, 0, &out);
    r->export_to = m.call;
    return status;
}

/* What the n-th call of a run does; GJ_DONE: there is none. */
static gj_status step(run *r, int n)
{
    switch (n) {
    case 0:
        return engine_open(r);
    case 1:
        return deploy(r);
    case 2:
        return advance(r, 2);
    case 3:
    case 4:
        return submit(r, batches[n - 3], 3);
    case 5:
        return advance(r, 5);
    case 6:
        return submit(r, batches[2], 3);
    case 7:
        return engine_close(r);
    case 8:
        return engine_open(r);
    case 9:
        return advance(r, 100);
    case 10:
        return list(r, GJ_LIST_FINDINGS, "");
    case 11:
        return list(r, GJ_LIST_EVENTS, "a");
    case 12:
        return list(r, GJ_LIST_REVISIONS, "b");
    case 13:
        return list(r, GJ_LIST_CONFLICTS, "");
    case 14:
        return gj_engine_case(r->engine, text(""), text("a"), r, case_say);
    case 15:
        return export(r);
    case 16:
        return engine_close(r);
    default:
        return GJ_DONE;
    }
}

static void error_check(run *r)
{
    char en[200], zh[200];
    gj_engine_error(r->engine, GJ_EN, en, sizeof en);
    gj_engine_error(r->engine, GJ_ZH, zh, sizeof zh);
    assert_string_equal(en, "out of memory; nothing was changed");
    assert_string_equal(zh, "内存不足；未作任何改动");
}

/* A call that finds no memory is made again, and what it had said is taken back. */
static void run_go(run *r, size_t fail_at)
{
    r->size = r->failures = 0;
    m = (meter){.fail_at = fail_at};
    store_remove(r->path);
    for (int n = 0;; n++) {
        size_t had = r->size;
        gj_status status = step(r, n);
        if (status == GJ_DONE) {
            break;
        }
        if (status != GJ_OK) {
            if (status != GJ_NO_MEMORY) {
                fail_msg("call %zu fails, and step %d answers %d", fail_at, n, (int)status);
            }
            error_check(r);
            r->failures++;
            r->size = had;
            r->said[had] = '\0';
            assert_int_equal(step(r, n), GJ_OK);
        }
    }
    assert_int_equal(r->engine, NULL);
}

static void nothing_is_lost_when_memory_ends(void **state)
{
    (void)state;
    static run r;
    static char expected[TEXT_SIZE];
    gj_compilation *made;
    gj_compile_options options = {.size = sizeof options};
    store_path_make(r.path, "engine-memory");
    assert_int_equal(gj_compile_text(&options, "permit.gj", text(source), &made), GJ_OK);
    assert_int_equal(gj_compilation_error_count(made), 0);
    r.image = gj_compilation_image(made);
    run_go(&r, 0);
    memcpy(expected, r.said, r.size + 1);
    assert_non_null(strstr(expected, "\"late\""));
    size_t calls = m.call, failures = 0;
    size_t from = r.export_from,
           to = r.export_to; /* its lines are made in few calls: all are tried */
    size_t stride = getenv("GUIJU_PROVE") != NULL ? 1 : calls / TRIES_SAMPLED;
    for (size_t n = 1; n <= calls; n += stride) {
        run_go(&r, n);
        assert_string_equal(r.said, expected);
        failures += r.failures;
    }
    for (size_t n = from + 1; n <= to; n++) {
        run_go(&r, n);
        assert_string_equal(r.said, expected);
    }
    print_message("%zu calls for memory; %zu made a call of the engine fail\n", calls, failures);
    assert_true(failures > 0);
    store_remove(r.path);
    gj_compilation_destroy(made);
}

int main(void)
{
    sqlite_meter();
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_is_lost_when_memory_ends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
