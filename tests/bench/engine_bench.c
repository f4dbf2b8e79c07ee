/* SPDX-License-Identifier: Apache-2.0
 *
 * Durable ingest, beside the least that keeps as much. An engine takes in events of cases that go
 * on side by side, in batches of 1, 100 and 10,000, each batch on the disk when it is acknowledged.
 * The floor is a bare SQLite loop with the same pragmas (WAL, synchronous=FULL) and transactions of
 * the same size: an event is one insert into a table with a unique (source, id), and one upsert of
 * its case's state, of as many bytes as ours takes; it judges nothing, finds no conflicts, keeps no
 * findings. Beneath both: the same lines appended to a file, with an fdatasync a batch. Medians of
 * rounds on the wall's clock, since waiting for the disk is most of it where batches are small; the
 * rounds take turns. A ratio is floor time over ours, so 1 is as fast as the floor.
 *
 * Those who submit at the same time share a transaction: beside the one who submits alone stand
 * eight who submit batches of that size side by side, each those of its own cases. SQLite lets one
 * write at a time, so their floor is the same loop. */
#include "bench/licences.h"
#include "bench/measuring.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

enum {
    EVENTS = 40000 / SIZE_DIVISOR,
    LINE_SIZE = 256,
    STATE_SIZE = 112,
    BATCH_MAX = 10000,
    ABREAST = 8,
};

/* ---- what is told ---- */

typedef struct telling {
    licence_act act;
    char line[LINE_SIZE]; /* as JSON, for those who only append */
    size_t line_size;
} telling;

static telling *told;

static void telling_make(telling *to, size_t n)
{
    const gj_event *event = &to->act.event;
    licence_act_make(&to->act, n);
    int size = snprintf(to->line, sizeof to->line,
                        "{\"id\":\"%s\",\"source\":\"desk\",\"case\":\"%s\",\"action\":\"%.*s\","
                        "\"post\":\"%.*s\",\"officer\":\"u17\",\"at\":\"%lld\"}\n",
                        to->act.id, to->act.case_id, (int)event->action.size, event->action.bytes,
                        (int)event->post.size, event->post.bytes, (long long)event->at.wall_ms);
    to->line_size = (size_t)size;
}

/* ---- ours ---- */

/* One who submits, and which of the acts in their order. */
typedef struct submitter {
    gj_engine *engine;
    pthread_t thread;
    size_t batch, count;
    size_t *acts;
} submitter;

static void *submit(void *payload)
{
    const submitter *with = payload;
    gj_event *events = calloc(with->batch, sizeof *events);
    gj_receipt *receipts = calloc(with->batch, sizeof *receipts);
    must(events != NULL && receipts != NULL, "memory");
    for (size_t at = 0; at < with->count;) {
        size_t size = with->count - at < with->batch ? with->count - at : with->batch;
        for (size_t i = 0; i < size; i++) {
            events[i] = told[with->acts[at + i]].act.event;
        }
        must(gj_engine_submit(with->engine, events, size, receipts, NULL, NULL) == GJ_OK, "submit");
        must(receipts[size - 1].kind == GJ_RECEIVED, "received");
        at += size;
    }
    free(events);
    free(receipts);
    return NULL;
}

/* Each case's events are told by one of them. */
static double engine_take(size_t count, size_t batch, size_t submitters)
{
    submitter all[ABREAST];
    licence_files_remove("ours");
    gj_engine *engine = licence_engine_open("ours", licence_time(EVENTS));
    for (size_t i = 0; i < submitters; i++) {
        all[i] = (submitter){.engine = engine, .batch = batch};
        all[i].acts = calloc(count, sizeof *all[i].acts);
        must(all[i].acts != NULL, "memory");
    }
    for (size_t i = 0; i < count; i++) {
        submitter *by = &all[i % LICENCE_AHEAD % submitters];
        by->acts[by->count++] = i;
    }
    double start = wall_seconds_now();
    for (size_t i = 1; i < submitters; i++) {
        must(pthread_create(&all[i].thread, NULL, submit, &all[i]) == 0, "thread");
    }
    submit(&all[0]);
    for (size_t i = 1; i < submitters; i++) {
        pthread_join(all[i].thread, NULL);
    }
    double taken = wall_seconds_now() - start;
    for (size_t i = 0; i < submitters; i++) {
        free(all[i].acts);
    }
    gj_engine_close(engine);
    licence_files_remove("ours");
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
    char path[LICENCE_PATH_SIZE];
    sqlite3 *store;
    licence_files_remove("loop");
    licence_path_make(path, "loop", "");
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
        text_bind(insert, 1, one->act.event.source);
        text_bind(insert, 2, one->act.event.id);
        text_bind(insert, 3, (gj_text){one->line, one->line_size});
        step(insert);
        text_bind(upsert, 1, one->act.event.case_id);
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
    licence_files_remove("loop");
    return taken;
}

/* ---- lines and an fdatasync ---- */

static double append_take(size_t count, size_t batch)
{
    char path[LICENCE_PATH_SIZE];
    licence_files_remove("lines");
    licence_path_make(path, "lines", "");
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
    licence_files_remove("lines");
    return taken;
}

/* ---- measuring ---- */

static void batch_measure(size_t batch, size_t count)
{
    double ours[MEASURED_RUNS], abreast[MEASURED_RUNS], loop[MEASURED_RUNS], append[MEASURED_RUNS];
    for (int i = 0; i < MEASURED_RUNS; i++) {
        ours[i] = engine_take(count, batch, 1);
        abreast[i] = engine_take(count, batch, ABREAST);
        loop[i] = loop_take(count, batch);
        append[i] = append_take(count, batch);
    }
    double per = 1e6 / (double)count, a = median_of(ours, MEASURED_RUNS),
           b = median_of(loop, MEASURED_RUNS), c = median_of(append, MEASURED_RUNS),
           d = median_of(abreast, MEASURED_RUNS);
    printf("  batches of %zu, %zu events: %.2f us an event, %.2f with %d who submit; bare SQLite "
           "loop %.2f; append and fdatasync %.2f\n",
           batch, count, a * per, d * per, ABREAST, b * per, c * per);
    ratio_print("of the bare SQLite loop's rate", b, a);
    ratio_print("the same, eight submitting", b, d);
    ratio_print("of append and fdatasync's rate", c, a);
    ratio_print("the same, eight submitting", c, d);
}

/* Given a size of batches, that alone. */
int main(int argc, char **argv)
{
    told = calloc(EVENTS, sizeof *told);
    must(told != NULL, "memory");
    for (size_t i = 0; i < EVENTS; i++) {
        telling_make(&told[i], i);
    }
    printf("engine: events kept and judged, acknowledged when they are on the disk\n");
    for (size_t batch = 1; batch <= BATCH_MAX; batch *= 100) {
        if (argc < 2 || strtoul(argv[1], NULL, 10) == batch) {
            batch_measure(batch, batch == 1 ? EVENTS / 40 : EVENTS);
        }
    }
    free(told);
    return 0;
}
