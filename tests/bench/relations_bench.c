/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules that relate acts. First what two of them cost, "every accept followed by decide within 20
 * days" and "every decide preceded by inspect", over a million events: from JSON lines to findings
 * put together, beside the same log judged without a rule, and beside the floor, parsing the same
 * bytes, looking each event's case up and moving it by a table. Then that an event costs the same
 * whatever else a procedure says: the same log judged with the two, and ten or a thousand rules of
 * every kind about acts that do not come. One thread; what a clock on the wall shows. A figure is
 * the median of runs in which all take their turn. */
#include "base/buffer.h"
#include "bench/floor.h"
#include "bench/measuring.h"
#include "time/stamp.h"
#include "unit/feed_reading.h"

#include <guiju/compile.h>
#include <guiju/guiju.h>

#include <string.h>
#include <unistd.h>

enum {
    STEPS = 4,
    CASES = 250000 / SIZE_DIVISOR,
    TOGETHER = 500, /* cases under way at a time */
    EVENTS = CASES / TOGETHER * TOGETHER * STEPS,
    PADDING = 64,
    OTHERS_FEW = 10,
    OTHERS_MANY = 1000,
};

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "relations_bench: %s\n", what);
        exit(1);
    }
}

/* ---- the log ---- */

static const char *const acts[STEPS] = {"accept", "inspect", "decide", "deliver"};

/* One case in five is decided after 30 days, and one in eight without an inspection before. */
static void act_tell(gjb_buffer *text, size_t number, unsigned step)
{
    bool turned = number % 8 == 0 && (step == 1 || step == 2);
    int64_t day = (int64_t)(number / TOGETHER) + (step < 2 ? step : number % 5 == 0 ? 30 : 12);
    gjb_buffer_add_format(text,
                          "{\"id\":\"e-%zu\",\"case\":\"case-%zu\",\"action\":\"%s\",\"at\":\"",
                          number * STEPS + step, number, acts[turned ? 3 - step : step]);
    gjr_stamp_print_instant(
        INT64_C(1301608800000) + (day * 1440 + (int64_t)(number % TOGETHER)) * 60000, 0, text);
    gjb_buffer_add_format(text, "\",\"officer\":\"Resource%02zu\",\"post\":\"desk\"}\n",
                          number % 48);
}

static void log_make(gjb_buffer *text)
{
    static const char padding[PADDING] = "";
    gjb_buffer_init(text, NULL);
    for (size_t first = 0; first + TOGETHER <= CASES; first += TOGETHER) {
        for (unsigned step = 0; step < STEPS; step++) {
            for (size_t i = first; i < first + TOGETHER; i++) {
                act_tell(text, i, step);
            }
        }
    }
    gjb_buffer_add(text, padding, sizeof padding);
    must(!text->failed, "no memory");
}

/* ---- procedures ---- */

static const char head[] = "department office { post desk }\n"
                           "procedure p {\n"
                           "  stage filed initial { on accept by desk -> open }\n"
                           "  stage open {\n"
                           "    on inspect by desk\n"
                           "    on decide by desk\n"
                           "    on deliver by desk -> closed\n"
                           "  }\n"
                           "  stage closed final\n"
                           "  action appeal (no: text)\n"
                           "  action answer (no: text)\n";

static const char *const others[] = {
    "every appeal followed by answer within 15 days",
    "every answer preceded by appeal within 40 days",
    "after appeal never withdraw until answer per no",
    "between appeal and answer never withdraw",
    "not both answer, withdraw",
    "separate appeal, answer by officers",
    "every appeal followed by answer",
    "count appeal at most 3 times",
    "on withdraw require not done(answer)",
    "never withdraw when times(appeal) > 2",
};

typedef struct world {
    gj_compilation *compilation;
    gj_image *image;
    gj_judge *judge;
    size_t found;
} world;

static void source_write(char *path, bool rules, int other_count)
{
    int file = mkstemps(path, 3);
    FILE *stream = file >= 0 ? fdopen(file, "w") : NULL;
    must(stream != NULL, "write");
    fputs(head, stream);
    if (rules) {
        fputs("  rule in_time { every accept followed by decide within 20 days }\n"
              "  rule seen { every decide preceded by inspect }\n",
              stream);
    }
    for (int i = 0; i < other_count; i++) {
        fprintf(stream, "  rule other_%d { %s }\n", i,
                others[(size_t)i % (sizeof others / sizeof *others)]);
    }
    fputs("}\n", stream);
    must(fclose(stream) == 0, "write");
}

static void world_open(world *w, bool rules, int other_count)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    snprintf(path, sizeof path, "%s/relations_XXXXXX.gj", folder != NULL ? folder : P_tmpdir);
    source_write(path, rules, other_count);
    const gj_compile_options options = {.size = sizeof options, .library = "stdlib"};
    const char *const named = path;
    gj_refusal why;
    must(gj_compile(&options, &named, 1, &w->compilation) == GJ_OK &&
             gj_compilation_error_count(w->compilation) == 0,
         "the procedure does not compile");
    unlink(path);
    gj_text image = gj_compilation_image(w->compilation);
    must(gj_image_load(NULL, image.bytes, image.size, &w->image, &why) == GJ_OK, "image");
    const gj_judge_options judged = {.size = sizeof judged, .image = w->image};
    must(gj_judge_create(&judged, &w->judge) == GJ_OK, "judge");
}

static void world_close(world *w)
{
    gj_judge_destroy(w->judge);
    gj_image_destroy(w->image);
    gj_compilation_destroy(w->compilation);
}

/* ---- measuring ---- */

static bool case_count(void *payload, const gj_case_result *result)
{
    *(size_t *)payload += result->finding_count;
    return true;
}

static double replay_seconds(world *w, const gjb_buffer *log)
{
    double begin = wall_seconds_now();
    memory from = {log->bytes, log->size - PADDING, 0, SIZE_MAX};
    const gj_feed_options options = {.size = sizeof options, .source = "bench"};
    gjr_source source = {&from, memory_read, NULL, from.size, 0};
    gj_feed *feed;
    gj_docket *docket;
    const gj_event *event;
    gj_added added;
    size_t count = 0;
    must(gjr_feed_open_source(&options, source, &feed) == GJ_OK, "open");
    must(gj_docket_create(w->judge, &docket) == GJ_OK, "docket");
    for (; gj_feed_next(feed, &event) == GJ_OK; count++) {
        must(gj_docket_add(docket, event, &added) == GJ_OK && added == GJ_ADDED, "add");
    }
    must(count == EVENTS, "read");
    w->found = 0;
    const gj_docket_judging judging = {.size = sizeof judging,
                                       .until = GJ_NEVER,
                                       .threads = 1,
                                       .payload = &w->found,
                                       .on_case = case_count};
    must(gj_docket_judge(docket, &judging) == GJ_OK, "judge");
    gj_docket_destroy(docket);
    gj_feed_close(feed);
    return wall_seconds_now() - begin;
}

/* 0 where that floor is not built in. */
static double floor_seconds(const gjb_buffer *log)
{
    floor_table *table = floor_table_create();
    double begin = wall_seconds_now();
    size_t count = floor_ondemand(log->bytes, log->size - PADDING, table);
    double seconds = wall_seconds_now() - begin;
    must(count == 0 || (count == EVENTS && floor_table_sum(table) > 0), "the floor");
    floor_table_destroy(table);
    return count == 0 ? 0 : seconds;
}

static void told(const char *what, double seconds)
{
    printf("  %-36s %9.0f events/s  %6.0f ns an event\n", what, EVENTS / seconds,
           seconds / EVENTS * 1e9);
}

int main(void)
{
    enum { NONE, TWO, FEW, MANY, WORLDS, FLOOR = WORLDS, COLUMNS };
    static world worlds[WORLDS];
    double runs[COLUMNS][MEASURED_RUNS], at[COLUMNS];
    gjb_buffer log;
    log_make(&log);
    world_open(&worlds[NONE], false, 0);
    world_open(&worlds[TWO], true, 0);
    world_open(&worlds[FEW], true, OTHERS_FEW);
    world_open(&worlds[MANY], true, OTHERS_MANY);
    for (int i = 0; i < MEASURED_RUNS; i++) {
        for (int j = 0; j < WORLDS; j++) {
            runs[j][i] = replay_seconds(&worlds[j], &log);
        }
        runs[FLOOR][i] = floor_seconds(&log);
    }
    for (int i = 0; i < COLUMNS; i++) {
        at[i] = median_of(runs[i], MEASURED_RUNS);
    }
    must(worlds[NONE].found == 0 && worlds[TWO].found > EVENTS / 20 &&
             worlds[MANY].found == worlds[TWO].found && worlds[FEW].found == worlds[TWO].found,
         "what is found");
    printf("relations: %d events of %d cases, %.0f MB (%zu findings)\n", EVENTS, EVENTS / STEPS,
           (double)log.size * 1e-6, worlds[TWO].found);
    told("no rule", at[NONE]);
    told("followed by within, preceded by", at[TWO]);
    ratio_print("of simdjson On-Demand and a table step", at[FLOOR], at[TWO]);
    told("and 10 rules about other acts", at[FEW]);
    told("and 1,000 rules about other acts", at[MANY]);
    ratio_print("ten others over a thousand", at[FEW], at[MANY]);
    for (int i = 0; i < WORLDS; i++) {
        world_close(&worlds[i]);
    }
    gjb_buffer_deinit(&log);
    return 0;
}
