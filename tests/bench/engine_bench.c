/* SPDX-License-Identifier: Apache-2.0
 *
 * Durable ingest, beside the least that keeps as much. An engine takes in events of cases that go
 * on side by side, in batches of 1, 100 and 10,000, each batch on the disk when it is acknowledged.
 * The floor is a bare SQLite loop with the same pragmas (WAL, synchronous=FULL) and transactions of
 * the same size: an event is one insert into a table with a unique (source, id), and one upsert of
 * its case's state, of as many bytes as ours takes; it judges nothing, finds no conflicts, keeps no
 * findings. Beneath both: the same lines appended to a file, with an fdatasync a batch. Medians of
 * rounds on the wall's clock, since waiting for the disk is most of it where batches are small; the
 * rounds take turns. A ratio is floor time over ours, so 1 is as fast as the floor. */
#include "bench/measuring.h"

#include <guiju/compile.h>
#include <guiju/engine.h>

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

enum {
    EVENTS = 40000 / SIZE_DIVISOR,
    STEPS = 4,      /* events of a case */
    AHEAD = 997,    /* cases that are open side by side */
    APART_MS = 600, /* no case comes to be late */
    LINE_SIZE = 256,
    STATE_SIZE = 112,
    BATCH_MAX = 10000,
};

static const gj_instant begin = INT64_C(1704067200000); /* 2024-01-01T00:00Z */

static const char source[] =
    "department amr {\n  post window\n  post chief\n}\n"
    "procedure licence {\n"
    "  stage filed initial { on accept by window -> review }\n"
    "  stage review {\n    on inspect by window\n    on propose by window -> decision\n  }\n"
    "  stage decision { on approve by chief -> granted }\n"
    "  stage granted final\n"
    "  limit decide {\n"
    "    from accept to approve\n"
    "    within 480 hours\n"
    "    duty window\n"
    "  }\n"
    "}\n";

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "engine_bench: %s\n", what);
        exit(1);
    }
}

static gj_text text_of(const char *string)
{
    return (gj_text){string, strlen(string)};
}

/* ---- what is told ---- */

typedef struct telling {
    gj_event event;
    char case_id[32], id[32], line[LINE_SIZE];
    size_t line_size;
} telling;

static telling *told;

static gj_instant told_at(size_t n)
{
    return begin + (gj_instant)n * APART_MS;
}

/* The case of the n-th event: each case's events lie AHEAD apart. */
static void telling_make(size_t n)
{
    static const char *const acts[][2] = {
        {"accept", "window"}, {"inspect", "window"}, {"propose", "window"}, {"approve", "chief"}};
    telling *to = &told[n];
    size_t round = n / (AHEAD * STEPS), within = n % (AHEAD * STEPS);
    size_t step = within / AHEAD, of = round * AHEAD + within % AHEAD;
    snprintf(to->case_id, sizeof to->case_id, "HLJ-2024-%07zu", of * 7919 % 10000019);
    snprintf(to->id, sizeof to->id, "%s-%zu", acts[step][0], n);
    gj_instant at = told_at(n);
    to->event = (gj_event){.id = text_of(to->id),
                           .source = text_of("desk"),
                           .case_id = text_of(to->case_id),
                           .action = text_of(acts[step][0]),
                           .post = text_of(acts[step][1]),
                           .officer = text_of("u17"),
                           .at = {.wall_ms = at, .present = true, .zoned = true}};
    int size = snprintf(to->line, sizeof to->line,
                        "{\"id\":\"%s\",\"source\":\"desk\",\"case\":\"%s\",\"action\":\"%s\","
                        "\"post\":\"%s\",\"officer\":\"u17\",\"at\":\"%lld\"}\n",
                        to->id, to->case_id, acts[step][0], acts[step][1], (long long)at);
    to->line_size = (size_t)size;
}

static char folder[200];

static void path_make(char *path, size_t size, const char *name, const char *ending)
{
    snprintf(path, size, "%s/guiju-bench-%d-%s%s", folder, (int)getpid(), name, ending);
}

static void files_remove(const char *name)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".lock"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char path[256];
        path_make(path, sizeof path, name, endings[i]);
        unlink(path);
    }
}

/* ---- ours ---- */

static gj_text image;

static double engine_take(size_t count, size_t batch)
{
    static gj_event events[BATCH_MAX];
    static gj_receipt receipts[BATCH_MAX];
    char path[256];
    gj_engine *engine;
    files_remove("ours");
    path_make(path, sizeof path, "ours", "");
    const gj_engine_options options = {.size = sizeof options, .path = path};
    const gj_deployment deployment = {.size = sizeof deployment,
                                      .image = {image.bytes, image.size}};
    must(gj_engine_open(&options, &engine) == GJ_OK, "open");
    must(gj_engine_deploy(engine, &deployment) == GJ_OK, "deploy");
    must(gj_engine_advance(engine, told_at(EVENTS), NULL, NULL) == GJ_OK, "advance");
    double start = wall_seconds_now();
    for (size_t at = 0; at < count;) {
        size_t size = count - at < batch ? count - at : batch;
        for (size_t i = 0; i < size; i++) {
            events[i] = told[at + i].event;
        }
        must(gj_engine_submit(engine, events, size, receipts, NULL, NULL) == GJ_OK, "submit");
        must(receipts[size - 1].kind == GJ_RECEIVED, "received");
        at += size;
    }
    double taken = wall_seconds_now() - start;
    gj_engine_close(engine);
    files_remove("ours");
    return taken;
}

/* ---- a bare SQLite loop ---- */

static void run(sqlite3 *to, const char *sql)
{
    must(sqlite3_exec(to, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static sqlite3_stmt *prepare(sqlite3 *to, const char *sql)
{
    sqlite3_stmt *made;
    must(sqlite3_prepare_v2(to, sql, -1, &made, NULL) == SQLITE_OK, sql);
    return made;
}

static void step(sqlite3_stmt *statement)
{
    must(sqlite3_step(statement) == SQLITE_DONE, "step");
    sqlite3_reset(statement);
}

static void text_bind(sqlite3_stmt *to, int at, gj_text text)
{
    sqlite3_bind_text(to, at, text.bytes, (int)text.size, SQLITE_STATIC);
}

static double loop_take(size_t count, size_t batch)
{
    static const char state[STATE_SIZE];
    char path[256];
    sqlite3 *store;
    files_remove("loop");
    path_make(path, sizeof path, "loop", "");
    must(sqlite3_open(path, &store) == SQLITE_OK, "open");
    run(store, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"
               "PRAGMA wal_autocheckpoint = 4000;"
               "CREATE TABLE events (n INTEGER PRIMARY KEY, source TEXT NOT NULL, id TEXT NOT NULL,"
               "  told TEXT NOT NULL, UNIQUE (source, id));"
               "CREATE TABLE cases (id TEXT PRIMARY KEY, state BLOB NOT NULL) WITHOUT ROWID");
    sqlite3_stmt *insert =
                     prepare(store, "INSERT INTO events (source, id, told) VALUES (?1, ?2, ?3)"),
                 *upsert = prepare(store, "INSERT INTO cases VALUES (?1, ?2)"
                                          " ON CONFLICT DO UPDATE SET state = excluded.state"),
                 *open = prepare(store, "BEGIN IMMEDIATE"), *commit = prepare(store, "COMMIT");
    double start = wall_seconds_now();
    for (size_t at = 0; at < count; at++) {
        const telling *one = &told[at];
        if (at % batch == 0) {
            step(open);
        }
        text_bind(insert, 1, one->event.source);
        text_bind(insert, 2, one->event.id);
        text_bind(insert, 3, (gj_text){one->line, one->line_size});
        step(insert);
        text_bind(upsert, 1, one->event.case_id);
        sqlite3_bind_blob(upsert, 2, state, sizeof state, SQLITE_STATIC);
        step(upsert);
        if ((at + 1) % batch == 0 || at + 1 == count) {
            step(commit);
        }
    }
    double taken = wall_seconds_now() - start;
    sqlite3_stmt *all[] = {insert, upsert, open, commit};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        sqlite3_finalize(all[i]);
    }
    sqlite3_close(store);
    files_remove("loop");
    return taken;
}

/* ---- lines and an fdatasync ---- */

static double append_take(size_t count, size_t batch)
{
    char path[256];
    files_remove("lines");
    path_make(path, sizeof path, "lines", "");
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    char *lines = malloc((size_t)BATCH_MAX * LINE_SIZE);
    must(file >= 0 && lines != NULL, "lines");
    double start = wall_seconds_now();
    for (size_t at = 0; at < count;) {
        size_t size = 0, end = count - at < batch ? count : at + batch;
        for (; at < end; at++) {
            memcpy(lines + size, told[at].line, told[at].line_size);
            size += told[at].line_size;
        }
        must(write(file, lines, size) == (ssize_t)size && fdatasync(file) == 0, "append");
    }
    double taken = wall_seconds_now() - start;
    close(file);
    free(lines);
    files_remove("lines");
    return taken;
}

/* ---- measuring ---- */

static void batch_measure(size_t batch, size_t count)
{
    double ours[MEASURED_RUNS], loop[MEASURED_RUNS], append[MEASURED_RUNS];
    for (int i = 0; i < MEASURED_RUNS; i++) {
        ours[i] = engine_take(count, batch);
        loop[i] = loop_take(count, batch);
        append[i] = append_take(count, batch);
    }
    double per = 1e6 / (double)count, a = median_of(ours, MEASURED_RUNS),
           b = median_of(loop, MEASURED_RUNS), c = median_of(append, MEASURED_RUNS);
    printf("  batches of %zu, %zu events: %.2f us an event; bare SQLite loop %.2f; append and "
           "fdatasync %.2f\n",
           batch, count, a * per, b * per, c * per);
    ratio_print("of the bare SQLite loop's rate", b, a);
    ratio_print("of append and fdatasync's rate", c, a);
}

/* Given a size of batches, that alone. */
int main(int argc, char **argv)
{
    const char *given = getenv("TMPDIR");
    gj_compilation *compilation;
    const gj_compile_options options = {.size = sizeof options};
    snprintf(folder, sizeof folder, "%s", given != NULL ? given : "/tmp");
    must(gj_compile_text(&options, "licence.gj", text_of(source), &compilation) == GJ_OK &&
             gj_compilation_error_count(compilation) == 0,
         "compile");
    image = gj_compilation_image(compilation);
    told = calloc(EVENTS, sizeof *told);
    must(told != NULL, "memory");
    for (size_t i = 0; i < EVENTS; i++) {
        telling_make(i);
    }
    printf("engine: events kept and judged, acknowledged when they are on the disk\n");
    for (size_t batch = 1; batch <= BATCH_MAX; batch *= 100) {
        if (argc < 2 || strtoul(argv[1], NULL, 10) == batch) {
            batch_measure(batch, batch == 1 ? EVENTS / 40 : EVENTS);
        }
    }
    gj_compilation_destroy(compilation);
    free(told);
    return 0;
}
