/* SPDX-License-Identifier: Apache-2.0
 *
 * A whole replay of a million events, from bytes to findings put together, beside what no program
 * can do without: parsing the same bytes and, for JSON lines and CSV, looking each event's case up
 * and moving it by a table. The procedure is examples/permit_receipt. XES is also replayed by the
 * command, from a file to its summary. Where there are several processors the log is read ahead by
 * other threads, and cases are judged by as many threads as there are; every floor is one thread's;
 * time is what a clock on the wall shows, but of the command, whose processor's seconds are
 * counted. A figure is the median of five runs, in each of which all take their turn; a ratio is
 * floor time over our time, so 1 is as fast as the floor. */
#include "bench/floor.h"
#include "bench/measuring.h"
#include "bench/receipt_log.h"
#include "unit/feed_reading.h"

#include <guiju/compile.h>
#include <guiju/guiju.h>

#include <fcntl.h>
#include <spawn.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char procedure_path[] = "examples/permit_receipt/permit_receipt.gj";

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "replay_bench: %s\n", what);
        exit(1);
    }
}

/* ---- memory ---- */

typedef struct meter {
    atomic_size_t size, size_max;
} meter;

static void size_note(meter *of, size_t size)
{
    size_t most = atomic_load(&of->size_max);
    while (size > most && !atomic_compare_exchange_weak(&of->size_max, &most, size)) {
    }
}

static void *metered_resize(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    meter *of = payload;
    size_t change = new_size - old_size; /* wraps where it shrinks */
    size_note(of, atomic_fetch_add(&of->size, change) + change);
    const gj_allocator *below = gjb_alloc_default();
    return below->resize(below->payload, pointer, old_size, new_size);
}

/* ---- the replay ---- */

typedef struct world {
    gj_compilation *compilation;
    gj_image *image;
    gj_calendar *calendar;
    gj_judge *judge;
    meter kept; /* by dockets */
    gj_allocator allocator;
} world;

static void world_open(world *w)
{
    const gj_compile_options options = {.size = sizeof options, .library = "stdlib"};
    const char *const path = procedure_path;
    gj_refusal why;
    must(gj_compile(&options, &path, 1, &w->compilation) == GJ_OK &&
             gj_compilation_error_count(w->compilation) == 0,
         "run it in the repository's root: the procedure does not compile");
    gj_text image = gj_compilation_image(w->compilation);
    gj_text calendar = gj_compilation_calendar(w->compilation, 0);
    must(gj_image_load(NULL, image.bytes, image.size, &w->image, &why) == GJ_OK, "image");
    must(gj_calendar_load(NULL, calendar.bytes, calendar.size, &w->calendar, &why) == GJ_OK,
         "calendar");
    w->allocator = (gj_allocator){&w->kept, metered_resize};
    const gj_calendar *const calendars[] = {w->calendar};
    const gj_judge_options judged = {.size = sizeof judged,
                                     .allocator = &w->allocator,
                                     .image = w->image,
                                     .calendars = calendars,
                                     .calendar_count = 1};
    must(gj_judge_create(&judged, &w->judge) == GJ_OK, "judge");
}

static void world_close(world *w)
{
    gj_judge_destroy(w->judge);
    gj_calendar_destroy(w->calendar);
    gj_image_destroy(w->image);
    gj_compilation_destroy(w->compilation);
}

static uint32_t threads_count(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 1 ? (uint32_t)count : 1;
}

static gj_feed *feed_open(memory *from, bool ahead)
{
    const gj_feed_options options = {.size = sizeof options, .source = "bench", .ahead = ahead};
    gj_feed *feed;
    gjr_source source = {from, memory_read, NULL, from->size, 0};
    must(gjr_feed_open_source(&options, source, &feed) == GJ_OK, "open");
    return feed;
}

static size_t events_read(const receipt_log *log)
{
    memory from = {log->text.bytes, log->size, 0, SIZE_MAX};
    gj_feed *feed = feed_open(&from, false);
    const gj_event *event;
    size_t count = 0;
    while (gj_feed_next(feed, &event) == GJ_OK) {
        count++;
    }
    gj_feed_close(feed);
    return count;
}

static bool case_count(void *payload, const gj_case_result *result)
{
    *(size_t *)payload += result->finding_count;
    return true;
}

static void event_count(void *payload, size_t which, gj_added added, const gj_problem *problem)
{
    (void)which, (void)problem;
    *(size_t *)payload += added == GJ_ADDED;
}

/* Findings of the whole log. */
static size_t replay(const world *w, const receipt_log *log)
{
    memory from = {log->text.bytes, log->size, 0, SIZE_MAX};
    gj_feed *feed = feed_open(&from, threads_count() > 1);
    gj_docket *docket;
    const gj_event *events;
    size_t some, found = 0, count = 0;
    must(gj_docket_create(w->judge, &docket) == GJ_OK, "docket");
    gj_status status;
    while ((status = gj_feed_next_all(feed, &events, &some)) == GJ_OK) {
        must(gj_docket_add_all(docket, events, some, &count, event_count) == GJ_OK, "add");
    }
    must(status == GJ_DONE && count == log->event_count, "read");
    const gj_docket_judging judging = {.size = sizeof judging,
                                       .until = GJ_NEVER,
                                       .threads = threads_count(),
                                       .payload = &found,
                                       .on_case = case_count};
    must(gj_docket_judge(docket, &judging) == GJ_OK, "judge");
    must(gj_docket_case_count(docket) == log->case_count, "cases");
    gj_docket_destroy(docket);
    gj_feed_close(feed);
    return found;
}

/* ---- measuring ---- */

typedef size_t floor_parse(const char *bytes, size_t size, floor_table *table);

/* Seconds; 0 where that floor is not built in. */
static double floor_seconds(floor_parse *parse, const receipt_log *log, bool with_table)
{
    floor_table *table = with_table ? floor_table_create() : NULL;
    double begin = wall_seconds_now();
    size_t count = parse(log->text.bytes, log->size, table);
    double end = wall_seconds_now();
    must(count == 0 || count == log->event_count, "the floor");
    if (table != NULL) {
        must(floor_table_sum(table) > 0, "the floor's table");
        floor_table_destroy(table);
    }
    return count == 0 ? 0 : end - begin;
}

static double replay_seconds(const world *w, const receipt_log *log, size_t *found)
{
    double begin = wall_seconds_now();
    *found = replay(w, log);
    return wall_seconds_now() - begin;
}

static void replay_print(const world *w, const char *name, const receipt_log *log, double seconds,
                         size_t found)
{
    double events = (double)log->event_count;
    printf("%-12s %zu events of %zu cases, %.0f MB (%zu findings)\n", name, log->event_count,
           log->case_count, (double)log->size * 1e-6, found);
    printf("  replayed   %9.0f events/s  %6.0f ns an event; kept: %.0f bytes an event, %.0f a "
           "case\n",
           events / seconds, seconds / events * 1e9, (double)w->kept.size_max / events,
           (double)w->kept.size_max / (double)log->case_count);
}

static void texts_measure(world *w, const char *name, receipt_maker *make, floor_parse *parse,
                          const char *parser_name)
{
    enum { WHOLE, READ, FLOOR, PARSED, COLUMNS };
    double runs[COLUMNS][MEASURED_RUNS], at[COLUMNS];
    size_t found = 0;
    receipt_log log;
    make(&log);
    w->kept.size_max = w->kept.size;
    for (int i = 0; i < MEASURED_RUNS; i++) {
        runs[WHOLE][i] = replay_seconds(w, &log, &found);
        runs[FLOOR][i] = floor_seconds(parse, &log, true);
        double begin = wall_seconds_now();
        must(events_read(&log) == log.event_count, "read");
        runs[READ][i] = wall_seconds_now() - begin;
        runs[PARSED][i] = floor_seconds(parse, &log, false);
    }
    for (int i = 0; i < COLUMNS; i++) {
        at[i] = median_of(runs[i], MEASURED_RUNS);
    }
    double events = (double)log.event_count;
    replay_print(w, name, &log, at[WHOLE], found);
    printf("    %-44s %5.2f  (floor %.0f ns an event)\n", parser_name, at[FLOOR] / at[WHOLE],
           at[FLOOR] / events * 1e9);
    printf("  merely read %8.0f events/s  %6.0f ns an event\n", events / at[READ],
           at[READ] / events * 1e9);
    printf("    %-44s %5.2f  (floor %.0f ns an event)\n", "of the same without the table step",
           at[PARSED] / at[READ], at[PARSED] / events * 1e9);
    receipt_log_deinit(&log);
}

/* ---- the command ---- */

static void file_write(const receipt_log *log, char *path)
{
    int file = mkstemp(path);
    FILE *stream = file >= 0 ? fdopen(file, "wb") : NULL;
    must(stream != NULL && fwrite(log->text.bytes, 1, log->size, stream) == log->size, "write");
    must(fclose(stream) == 0, "write");
}

/* The processor's seconds of `guiju replay`; 0 where there is no command. */
static double command_seconds(char *path)
{
    extern char **environ;
    static char replay_word[] = "replay", events_word[] = "--events";
    static char procedure[sizeof procedure_path];
    memcpy(procedure, procedure_path, sizeof procedure);
    char *command = getenv("GUIJU");
    char *const arguments[] = {command, replay_word, procedure, events_word, path, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child;
    int ended;
    struct rusage used;
    if (command == NULL) {
        return 0;
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    must(posix_spawn(&child, command, &actions, NULL, arguments, environ) == 0, "the command");
    posix_spawn_file_actions_destroy(&actions);
    /* 1: it found something, as it should. */
    must(wait4(child, &ended, 0, &used) == child && WIFEXITED(ended) && WEXITSTATUS(ended) <= 1,
         "the command failed");
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
}

static void xes_measure(world *w)
{
    enum { LIBRARY, COMMAND, READ, LIBXML2, EXPAT, COLUMNS };
    const char *folder = getenv("TMPDIR");
    char path[4096];
    double runs[COLUMNS][MEASURED_RUNS], at[COLUMNS];
    size_t found = 0;
    receipt_log log;
    receipt_xes_make(&log);
    snprintf(path, sizeof path, "%s/replay_bench.XXXXXX", folder != NULL ? folder : P_tmpdir);
    file_write(&log, path);
    w->kept.size_max = w->kept.size;
    for (int i = 0; i < MEASURED_RUNS; i++) {
        runs[LIBRARY][i] = replay_seconds(w, &log, &found);
        runs[LIBXML2][i] = floor_seconds(floor_libxml2, &log, false);
        runs[COMMAND][i] = command_seconds(path);
        runs[EXPAT][i] = floor_seconds(floor_expat, &log, false);
        double begin = wall_seconds_now();
        must(events_read(&log) == log.event_count, "read");
        runs[READ][i] = wall_seconds_now() - begin;
    }
    unlink(path);
    for (int i = 0; i < COLUMNS; i++) {
        at[i] = median_of(runs[i], MEASURED_RUNS);
    }
    double events = (double)log.event_count;
    bool expat = at[EXPAT] > 0 && at[EXPAT] < at[LIBXML2];
    double floor_s = expat ? at[EXPAT] : at[LIBXML2];
    replay_print(w, log.real ? "XES, real" : "XES, made", &log, at[LIBRARY], found);
    printf("    libxml2 merely parsing %.0f ns an event, expat %.0f: %s is the floor\n",
           at[LIBXML2] / events * 1e9, at[EXPAT] / events * 1e9, expat ? "expat" : "libxml2");
    ratio_print("of the faster one", floor_s, at[LIBRARY]);
    if (at[COMMAND] > 0) {
        ratio_print("the whole command, of the faster one", floor_s, at[COMMAND]);
    }
    ratio_print("merely read, of the faster one", floor_s, at[READ]);
    ratio_print("of expat", at[EXPAT], at[LIBRARY]);
    receipt_log_deinit(&log);
}

/* All, or those named: json, csv, xes. */
static bool is_wanted(int count, char **words, const char *name)
{
    bool wanted = count < 2;
    for (int i = 1; i < count; i++) {
        wanted = wanted || strcmp(words[i], name) == 0;
    }
    return wanted;
}

int main(int count, char **words)
{
    static world w;
    world_open(&w);
    printf("replay: read ahead where there are several, judged by %u threads; floors by one\n",
           (unsigned)threads_count());
    if (is_wanted(count, words, "json")) {
        texts_measure(&w, "JSON lines", receipt_jsonl_make, floor_ondemand,
                      "of simdjson On-Demand and a table step");
    }
    if (is_wanted(count, words, "csv")) {
        texts_measure(&w, "CSV", receipt_csv_make, floor_cells,
                      "of cells by memchr and a table step");
    }
    if (is_wanted(count, words, "xes")) {
        xes_measure(&w);
    }
    world_close(&w);
    return 0;
}
