/* SPDX-License-Identifier: Apache-2.0
 *
 * The feeds beside their floors: events a second of each reader, and what the parser alone takes
 * over the same bytes, in memory. A figure is the median of five runs; the ratio is floor time over
 * our time, so 1 is as fast as merely parsing. The events are like the one in docs/LANGUAGE.md. */
#include "base/buffer.h"
#include "bench/floor.h"
#include "bench/measuring.h"
#include "unit/feed_reading.h"

enum { EVENT_COUNT = 200000 / SIZE_DIVISOR, EVENTS_A_CASE = 6 };

/* ---- files ---------------------------------------------------------------------------------- */

static const char *const actions[] = {"apply",   "accept",  "inspect",
                                      "propose", "approve", "deliver"};

static void stamp_of(unsigned i, char at[40])
{
    snprintf(at, 40, "2024-%02u-%02uT%02u:%02u:%02u+08:00", i / 7 % 12 + 1, i / 3 % 28 + 1, i % 24,
             i % 60, i * 7 % 60);
}

static void jsonl_make(gjb_buffer *file)
{
    for (unsigned i = 0; i < EVENT_COUNT; i++) {
        char at[40];
        stamp_of(i, at);
        gjb_buffer_add_format(
            file,
            "{\"id\":\"e-%u\",\"source\":\"amr-window\",\"case\":\"HLJ-2024-%05u\",\"procedure\":"
            "\"food_licence\",\"action\":\"%s\",\"at\":\"%s\",\"recorded\":\"%s\",\"officer\":\"u%"
            "u\","
            "\"post\":\"window\",\"office\":\"daqing-amr\",\"data\":{\"kind\":\"initial_grant\","
            "\"area\":%u.5,\"inspectors\":[\"u31\",\"u32\"]},\"documents\":[\"application\"]}\n",
            i, i / EVENTS_A_CASE, actions[i % EVENTS_A_CASE], at, at, 1000 + i % 200, i % 900);
    }
}

static void csv_make(gjb_buffer *file)
{
    gjb_buffer_add_string(file, "id,case,action,at,officer,post,office,kind,area,documents\n");
    for (unsigned i = 0; i < EVENT_COUNT; i++) {
        char at[40];
        stamp_of(i, at);
        gjb_buffer_add_format(file,
                              "e-%u,HLJ-2024-%05u,%s,%s,u%u,window,daqing-amr,initial_grant,%u.5,"
                              "application、floor_plan\n",
                              i, i / EVENTS_A_CASE, actions[i % EVENTS_A_CASE], at, 1000 + i % 200,
                              i % 900);
    }
}

static void xes_make(gjb_buffer *file)
{
    gjb_buffer_add_string(file, "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<log>\n");
    for (unsigned i = 0; i < EVENT_COUNT; i++) {
        char at[40];
        stamp_of(i, at);
        if (i % EVENTS_A_CASE == 0) {
            gjb_buffer_add_format(
                file,
                "\t<trace>\n\t\t<string key=\"concept:name\" value=\"case-%u\"/>\n"
                "\t\t<date key=\"startdate\" value=\"%s\"/>\n"
                "\t\t<string key=\"department\" value=\"General\"/>\n",
                i / EVENTS_A_CASE, at);
        }
        gjb_buffer_add_format(
            file,
            "\t\t<event>\n\t\t\t<string key=\"org:group\" value=\"Group %u\"/>\n"
            "\t\t\t<string key=\"concept:instance\" value=\"task-%u\"/>\n"
            "\t\t\t<string key=\"org:resource\" value=\"Resource%u\"/>\n"
            "\t\t\t<string key=\"concept:name\" value=\"%s\"/>\n"
            "\t\t\t<date key=\"time:timestamp\" value=\"%s\"/>\n"
            "\t\t\t<string key=\"lifecycle:transition\" value=\"complete\"/>\n\t\t</event>\n",
            i % 9, i, i % 48, actions[i % EVENTS_A_CASE], at);
        if (i % EVENTS_A_CASE == EVENTS_A_CASE - 1 || i == EVENT_COUNT - 1) {
            gjb_buffer_add_string(file, "\t</trace>\n");
        }
    }
    gjb_buffer_add_string(file, "</log>\n");
}

/* ---- measuring ------------------------------------------------------------------------------ */

static size_t feed_count(const char *bytes, size_t size, floor_table *table)
{
    (void)table;
    memory from = {bytes, size, 0, SIZE_MAX};
    const gj_feed_options options = {.size = sizeof options, .source = "bench"};
    gj_feed *feed;
    const gj_event *event;
    size_t count = 0;
    if (gjr_feed_open_source(&options, (gjr_source){&from, memory_read, NULL, size, 0}, &feed) ==
        GJ_OK) {
        while (gj_feed_next(feed, &event) == GJ_OK) {
            count++;
        }
        gj_feed_close(feed);
    }
    return count;
}

typedef size_t measured(const char *bytes, size_t size, floor_table *table);

/* 0 where the count is wrong: that floor is not built in, or something is broken. */
static double median_seconds(measured *what, const gjb_buffer *file)
{
    double runs[MEASURED_RUNS];
    for (int i = 0; i < MEASURED_RUNS; i++) {
        double begin = seconds_now();
        if (what(file->bytes, file->size - 64, NULL) != EVENT_COUNT) {
            return 0;
        }
        runs[i] = seconds_now() - begin;
    }
    return median_of(runs, MEASURED_RUNS);
}

static double ours_print(const char *name, const gjb_buffer *file)
{
    double ours = median_seconds(feed_count, file);
    printf("%-12s %9.0f events/s  %6.0f MB/s\n", name, EVENT_COUNT / ours,
           (double)file->size / ours * 1e-6);
    return ours;
}

static void file_make(gjb_buffer *file, void (*make)(gjb_buffer *file))
{
    static const char padding[64] = "";
    gjb_buffer_reset(file);
    make(file);
    gjb_buffer_add(file, padding, sizeof padding);
    if (file->failed) {
        abort();
    }
}

int main(void)
{
    gjb_buffer file;
    gjb_buffer_init(&file, NULL);
    file_make(&file, jsonl_make);
    double ours = ours_print("JSON lines", &file);
    ratio_print("of simdjson On-Demand, visiting", median_seconds(floor_ondemand, &file), ours);
    ratio_print("of simdjson DOM, merely parsing", median_seconds(floor_dom, &file), ours);
    file_make(&file, xes_make);
    ours = ours_print("XES", &file);
    ratio_print("of libxml2, merely parsing", median_seconds(floor_libxml2, &file), ours);
    ratio_print("of expat, merely parsing", median_seconds(floor_expat, &file), ours);
    file_make(&file, csv_make);
    ours = ours_print("CSV", &file);
    ratio_print("of cells found by memchr", median_seconds(floor_cells, &file), ours);
    gjb_buffer_deinit(&file);
    return 0;
}
