/* SPDX-License-Identifier: Apache-2.0
 *
 * Opening a store of a million live cases, each with a limit that runs: how long until the engine
 * answers, with the file in the system's memory and not, and how many bytes a case takes in the
 * file and in the process. The floor is the least that opens the same file: SQLite alone, which
 * asks it how many tables there are. Beside it, what an engine would do that kept its cases in
 * memory: every case's row read once. Medians of rounds. How many cases is the argument, or the
 * default. */
#include "bench/licences.h"
#include "bench/measuring.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

enum { CASES_DEFAULT = 1000000 / SIZE_DIVISOR, BATCH = 10000 };

static void store_make(size_t cases)
{
    static licence_act acts[BATCH];
    static gj_event batch[BATCH];
    static gj_receipt receipts[BATCH];
    licence_files_remove("opening");
    gj_engine *engine = licence_engine_open("opening", licence_time(cases));
    for (size_t at = 0; at < cases;) {
        size_t count = 0;
        for (; count < BATCH && at < cases; count++, at++) {
            licence_begin_make(&acts[count], at);
            batch[count] = acts[count].event;
        }
        must(gj_engine_submit(engine, batch, count, receipts, NULL, NULL) == GJ_OK &&
                 receipts[count - 1].kind == GJ_RECEIVED,
             "submit");
    }
    gj_engine_close(engine);
}

/* What this process has in memory that is its own. */
static size_t memory_size(void)
{
    size_t all = 0, resident = 0, shared = 0;
    FILE *from = fopen("/proc/self/statm", "r");
    must(from != NULL && fscanf(from, "%zu %zu %zu", &all, &resident, &shared) == 3, "statm");
    fclose(from);
    return (resident - shared) * (size_t)sysconf(_SC_PAGESIZE);
}

/* The system forgets what it has read of the file. */
static void file_forget(void)
{
    char path[LICENCE_PATH_SIZE];
    licence_path_make(path, "opening", "");
    int file = open(path, O_RDONLY);
    must(file >= 0 && fdatasync(file) == 0, "file");
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    close(file);
}

/* Open, and answered once. */
static double engine_open(size_t cases, size_t *memory)
{
    size_t before = memory_size();
    double start = wall_seconds_now();
    gj_engine *engine = licence_engine_open("opening", licence_time(cases));
    must(gj_engine_now(engine) == licence_time(cases), "clock");
    double taken = wall_seconds_now() - start;
    size_t after = memory_size();
    *memory = after > before ? after - before : 0;
    gj_engine_close(engine);
    return taken;
}

static double rows_read(const char *sql, int64_t rows_expected)
{
    char path[LICENCE_PATH_SIZE];
    sqlite3 *store;
    sqlite3_stmt *rows = NULL;
    int64_t count = 0;
    licence_path_make(path, "opening", "");
    double start = wall_seconds_now();
    must(sqlite3_open(path, &store) == SQLITE_OK &&
             sqlite3_prepare_v2(store, sql, -1, &rows, NULL) == SQLITE_OK,
         "floor");
    while (sqlite3_step(rows) == SQLITE_ROW) {
        count += sqlite3_column_bytes(rows, 0) > 0;
    }
    double taken = wall_seconds_now() - start;
    must(count == rows_expected, "rows");
    sqlite3_finalize(rows);
    sqlite3_close(store);
    return taken;
}

int main(int argc, char **argv)
{
    double cold[MEASURED_RUNS], warm[MEASURED_RUNS], bare[MEASURED_RUNS], read[MEASURED_RUNS];
    size_t memory = 0, cases = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : CASES_DEFAULT;
    must(cases > 0, "no cases");
    double start = wall_seconds_now();
    store_make(cases);
    double told = wall_seconds_now() - start;
    double size = (double)licence_file_size("opening");
    for (int i = 0; i < MEASURED_RUNS; i++) {
        file_forget();
        cold[i] = engine_open(cases, &memory);
        warm[i] = engine_open(cases, &memory);
        bare[i] = rows_read("SELECT count(*) FROM sqlite_schema", 1);
        read[i] = rows_read("SELECT state, id FROM cases ORDER BY n", (int64_t)cases);
    }
    double opened = median_of(warm, MEASURED_RUNS);
    printf("opening: a store of %zu live cases, told in %.1f s\n", cases, told);
    printf("    %-44s %9.6f s, the file not in memory %.6f s\n", "open and answered", opened,
           median_of(cold, MEASURED_RUNS));
    printf("    %-44s %5.0f in the file, %.2f in memory\n", "bytes a case", size / (double)cases,
           (double)memory / (double)cases);
    ratio_print("of SQLite's own opening", median_of(bare, MEASURED_RUNS), opened);
    ratio_print("of reading every case once", median_of(read, MEASURED_RUNS), opened);
    licence_files_remove("opening");
    return 0;
}
