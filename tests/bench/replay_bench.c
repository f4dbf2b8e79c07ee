/* SPDX-License-Identifier: Apache-2.0
 *
 * A whole replay, from a file's bytes to findings put together, beside merely parsing the same
 * bytes. The procedure is examples/permit_receipt; the log is made in its shape, XES and JSON
 * lines, with one case in eight out of the main order and one in five late. A figure is the median
 * of five. */
#include "base/buffer.h"
#include "bench/measuring.h"

#include <guiju/compile.h>
#include <guiju/guiju.h>

#include <string.h>
#include <unistd.h>

enum { CASE_COUNT = 60000, STEP_COUNT = 6, PADDING = 64 };

static const char *const acts[STEP_COUNT][2] = {
    {"Confirmation of receipt", "Group 1"},
    {"T02 Check confirmation of receipt", "Group 4"},
    {"T04 Determine confirmation of receipt", "Group 3"},
    {"T05 Print and send confirmation of receipt", "Group 2"},
    {"T06 Determine necessity of stop advice", "Group 1"},
    {"T10 Determine necessity to stop indication", "Group 1"},
};

/* ---- the log --------------------------------------------------------------------------------- */

static unsigned act_of(unsigned number, unsigned step)
{
    static const unsigned turned[STEP_COUNT] = {0, 4, 5, 1, 2, 3};
    return number % 8 == 0 ? turned[step] : step;
}

static void xes_case(gjb_buffer *log, unsigned number)
{
    unsigned month = number % 5 == 0 ? 7 : 4;
    gjb_buffer_add_format(log,
                          "<trace><string key=\"concept:name\" value=\"case-%u\"/>\n"
                          "<date key=\"startdate\" value=\"2011-03-%02uT08:00:00.000+01:00\"/>\n"
                          "<date key=\"enddate\" value=\"2011-%02u-20T08:00:00.000+02:00\"/>\n",
                          number, number % 28 + 1, month);
    for (unsigned step = 0; step < STEP_COUNT; step++) {
        const char *const *act = acts[act_of(number, step)];
        gjb_buffer_add_format(
            log,
            "<event>\n<string key=\"org:group\" value=\"%s\"/>\n"
            "<string key=\"concept:instance\" value=\"task-%u\"/>\n"
            "<string key=\"org:resource\" value=\"Resource%02u\"/>\n"
            "<string key=\"concept:name\" value=\"%s\"/>\n"
            "<date key=\"time:timestamp\" value=\"2011-04-%02uT%02u:45:40.276+02:00\"/>\n"
            "<string key=\"lifecycle:transition\" value=\"complete\"/>\n</event>\n",
            act[1], number * STEP_COUNT + step, number % 48, act[0], number % 18 + 1, 8 + step);
    }
    gjb_buffer_add_string(log, "</trace>\n");
}

static void xes_make(gjb_buffer *log)
{
    gjb_buffer_add_string(log, "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<log>\n");
    for (unsigned i = 0; i < CASE_COUNT; i++) {
        xes_case(log, i);
    }
    gjb_buffer_add_string(log, "</log>\n");
}

static void jsonl_case(gjb_buffer *log, unsigned number)
{
    for (unsigned step = 0; step < STEP_COUNT; step++) {
        const char *const *act = acts[act_of(number, step)];
        gjb_buffer_add_format(log,
                              "{\"id\":\"e-%u\",\"case\":\"case-%u\",\"action\":\"%s\",\"at\":"
                              "\"2011-04-%02uT%02u:45:40.276+02:00\",\"officer\":\"Resource%02u\","
                              "\"post\":\"%s\"",
                              number * STEP_COUNT + step, number, act[0], number % 18 + 1, 8 + step,
                              number % 48, act[1]);
        if (step == 0) {
            gjb_buffer_add_format(log,
                                  ",\"data\":{\"startdate\":\"2011-03-%02uT08:00:00+01:00\","
                                  "\"enddate\":\"2011-%02u-20T08:00:00+02:00\"}",
                                  number % 28 + 1, number % 5 == 0 ? 7 : 4);
        }
        gjb_buffer_add_string(log, "}\n");
    }
}

static void jsonl_make(gjb_buffer *log)
{
    for (unsigned i = 0; i < CASE_COUNT; i++) {
        jsonl_case(log, i);
    }
}

/* ---- the replay ------------------------------------------------------------------------------ */

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "replay_bench: %s\n", what);
        exit(1);
    }
}

typedef struct world {
    gj_compilation *compilation;
    gj_image *image;
    gj_calendar *calendar;
    gj_judge *judge;
} world;

static void world_open(world *w)
{
    const gj_compile_options options = {.size = sizeof options, .library = "stdlib"};
    const char *const path = "examples/permit_receipt/permit_receipt.gj";
    gj_refusal why;
    must(gj_compile(&options, &path, 1, &w->compilation) == GJ_OK &&
             gj_compilation_error_count(w->compilation) == 0,
         "run it in the repository's root: the procedure does not compile");
    gj_text image = gj_compilation_image(w->compilation);
    gj_text calendar = gj_compilation_calendar(w->compilation, 0);
    must(gj_image_load(NULL, image.bytes, image.size, &w->image, &why) == GJ_OK, "image");
    must(gj_calendar_load(NULL, calendar.bytes, calendar.size, &w->calendar, &why) == GJ_OK,
         "calendar");
    const gj_calendar *const calendars[] = {w->calendar};
    const gj_judge_options judged = {
        .size = sizeof judged, .image = w->image, .calendars = calendars, .calendar_count = 1};
    must(gj_judge_create(&judged, &w->judge) == GJ_OK, "judge");
}

static void world_close(world *w)
{
    gj_judge_destroy(w->judge);
    gj_calendar_destroy(w->calendar);
    gj_image_destroy(w->image);
    gj_compilation_destroy(w->compilation);
}

static bool case_count(void *payload, const gj_case_result *result)
{
    *(size_t *)payload += result->finding_count;
    return true;
}

/* Findings of the whole file. */
static size_t replay(const world *w, const char *path)
{
    const gj_feed_options options = {sizeof options, NULL, GJ_FEED_AUTO, path, NULL};
    gj_feed *feed;
    gj_docket *docket;
    const gj_event *event;
    gj_added added;
    size_t found = 0;
    must(gj_feed_open(&options, &feed) == GJ_OK && gj_docket_create(w->judge, &docket) == GJ_OK,
         "open");
    gj_status status;
    while ((status = gj_feed_next(feed, &event)) == GJ_OK) {
        must(gj_docket_add(docket, event, &added) == GJ_OK && added == GJ_ADDED, "add");
    }
    must(status == GJ_DONE, "read");
    const gj_docket_judging judging = {
        .size = sizeof judging, .until = GJ_NEVER, .payload = &found, .on_case = case_count};
    must(gj_docket_judge(docket, &judging) == GJ_OK, "judge");
    gj_docket_destroy(docket);
    gj_feed_close(feed);
    return found;
}

typedef size_t parser(const char *bytes, size_t size);

static void file_write(const gjb_buffer *log, char *path)
{
    int file = mkstemp(path);
    FILE *stream = file >= 0 ? fdopen(file, "wb") : NULL;
    must(stream != NULL && fwrite(log->bytes, 1, log->size, stream) == log->size, "write");
    fclose(stream);
}

static void measure(const world *w, const char *name, void (*make)(gjb_buffer *log), parser *merely,
                    const char *floor_name)
{
    static const char padding[PADDING] = "";
    char path[] = "replay_bench.XXXXXX";
    double ours[MEASURED_RUNS], least[MEASURED_RUNS];
    size_t found = 0, parsed = 0;
    gjb_buffer log;
    gjb_buffer_init(&log, NULL);
    make(&log);
    must(!log.failed, "memory");
    file_write(&log, path);
    gjb_buffer_add(&log, padding, sizeof padding);
    for (int i = 0; i < MEASURED_RUNS; i++) {
        double begin = seconds_now();
        found = replay(w, path);
        double middle = seconds_now();
        parsed = merely(log.bytes, log.size - PADDING);
        ours[i] = middle - begin;
        least[i] = seconds_now() - middle;
    }
    unlink(path);
    gjb_buffer_deinit(&log);
    double ours_s = median_of(ours, MEASURED_RUNS);
    printf("%-12s %9.0f events/s  (%zu findings)\n", name, CASE_COUNT * STEP_COUNT / ours_s, found);
    ratio_print(floor_name, parsed > 0 ? median_of(least, MEASURED_RUNS) : 0, ours_s);
}

int main(void)
{
    world w;
    world_open(&w);
    measure(&w, "XES", xes_make, floor_expat, "of expat, merely parsing");
    measure(&w, "JSON lines", jsonl_make, floor_ondemand, "of simdjson On-Demand, visiting");
    world_close(&w);
    return 0;
}
