/* SPDX-License-Identifier: Apache-2.0
 *
 * A limit that is stopped beside one that is not: the same events of the same cases, ten years long
 * with an act a month and ten hearings, judged by two procedures that differ in one line, `not
 * counting hearing`; and the due day told of each, which ten stops or none have moved. Printed:
 * nanoseconds of the processor a case, and the ratio, medians of rounds in which the two take
 * turns; and what a hearing alone costs more, its begin and its end. */
#include "bench/measuring.h"

#include <guiju/compile.h>
#include <string.h>

enum { CASES = 10000 / SIZE_DIVISOR, STOPS = 10, NOTES = 12, DAY_FIRST = 14610, YEAR_DAYS = 365 };

static const char head[] = "use std.calendar.cn\n"
                           "procedure p {\n"
                           "  calendar cn\n"
                           "  stage filed initial { on accept -> review }\n"
                           "  stage review {\n"
                           "    on note\n"
                           "    on call_hearing -> hearing\n"
                           "    on approve -> granted\n"
                           "  }\n"
                           "  stage hearing { on close_hearing -> review }\n"
                           "  stage granted final\n"
                           "  limit decide {\n"
                           "    from accept to approve\n"
                           "    within 3000 workdays\n"
                           "    notice before 10 workdays\n";

static const char foot[] = "    duty applicant\n"
                           "  }\n"
                           "}\n";

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "stops_bench: %s\n", what);
        exit(1);
    }
}

typedef struct world {
    gj_compilation *compilation;
    gj_image *image;
    gj_calendar *calendar;
    gj_judge *judge;
    gj_docket *docket;
    int64_t dues; /* days, summed over the cases */
} world;

static void judge_make(world *w, const char *line)
{
    const gj_compile_options options = {.size = sizeof options, .library = "stdlib"};
    char source[sizeof head + sizeof foot + 64];
    snprintf(source, sizeof source, "%s%s%s", head, line, foot);
    gj_text text = {source, strlen(source)};
    must(gj_compile_text(&options, "stops.gj", text, &w->compilation) == GJ_OK &&
             gj_compilation_error_count(w->compilation) == 0,
         "run it in the repository's root: the procedure does not compile");
    gj_text image = gj_compilation_image(w->compilation);
    gj_text calendar = gj_compilation_calendar(w->compilation, 0);
    gj_refusal why;
    must(gj_image_load(NULL, image.bytes, image.size, &w->image, &why) == GJ_OK &&
             gj_calendar_load(NULL, calendar.bytes, calendar.size, &w->calendar, &why) == GJ_OK,
         "load");
    const gj_calendar *const calendars[] = {w->calendar};
    const gj_judge_options judged = {
        .size = sizeof judged, .image = w->image, .calendars = calendars, .calendar_count = 1};
    must(gj_judge_create(&judged, &w->judge) == GJ_OK &&
             gj_docket_create(w->judge, &w->docket) == GJ_OK,
         "judge");
}

static void event_add(world *w, uint32_t of, const char *action, int64_t day)
{
    char name[16];
    snprintf(name, sizeof name, "%u", of);
    gj_event event = {
        .case_id = {name, strlen(name)},
        .action = {action, strlen(action)},
        .at = {.wall_ms = day * 86400000 + 32400000, .present = true},
    };
    gj_added added;
    must(gj_docket_add(w->docket, &event, &added) == GJ_OK && added == GJ_ADDED, "add");
}

/* Accepted on a day; each year a note a month and a hearing of one. */
static void cases_add(world *w)
{
    for (uint32_t i = 0; i < CASES; i++) {
        int64_t day = DAY_FIRST + i % YEAR_DAYS;
        event_add(w, i, "accept", day);
        for (int year = 0; year < STOPS; year++) {
            int64_t first = day + year * YEAR_DAYS;
            for (int note = 0; note < NOTES; note++) {
                event_add(w, i, "note", first + note * (YEAR_DAYS / NOTES));
            }
            event_add(w, i, "call_hearing", first + 11 * (YEAR_DAYS / NOTES) + 1);
            event_add(w, i, "close_hearing", first + 12 * (YEAR_DAYS / NOTES) - 1);
        }
    }
}

static bool due_take(void *payload, const gj_case_result *result)
{
    must(result->limit_count == 1 && result->finding_count == 0, "one limit runs, in time");
    ((world *)payload)->dues += result->limits[0].due_day;
    return true;
}

static double judge_seconds(world *w)
{
    const gj_docket_judging judging = {.size = sizeof judging,
                                       .until = GJ_NEVER,
                                       .with_state = true,
                                       .payload = w,
                                       .on_case = due_take};
    double begin = seconds_now();
    w->dues = 0;
    must(gj_docket_judge(w->docket, &judging) == GJ_OK, "judge");
    return seconds_now() - begin;
}

static void world_close(world *w)
{
    gj_docket_destroy(w->docket);
    gj_judge_destroy(w->judge);
    gj_calendar_destroy(w->calendar);
    gj_image_destroy(w->image);
    gj_compilation_destroy(w->compilation);
}

int main(void)
{
    enum { PLAIN, STOPPED, WORLDS };
    static const char *const lines[WORLDS] = {"", "    not counting hearing\n"};
    world worlds[WORLDS] = {{NULL}};
    double runs[WORLDS][MEASURED_RUNS], at[WORLDS];
    for (int i = 0; i < WORLDS; i++) {
        judge_make(&worlds[i], lines[i]);
        cases_add(&worlds[i]);
    }
    for (int run = 0; run < MEASURED_RUNS; run++) {
        for (int i = 0; i < WORLDS; i++) {
            runs[i][run] = judge_seconds(&worlds[i]);
        }
    }
    for (int i = 0; i < WORLDS; i++) {
        at[i] = median_of(runs[i], MEASURED_RUNS);
    }
    must(worlds[STOPPED].dues > worlds[PLAIN].dues, "stops move the due day");
    printf("stops        %d cases of ten years, ten hearings each; due %.0f days later\n", CASES,
           (double)(worlds[STOPPED].dues - worlds[PLAIN].dues) / CASES);
    printf("  stopped    %6.0f ns a case, not stopped %.0f; a hearing alone %.0f more\n",
           at[STOPPED] / CASES * 1e9, at[PLAIN] / CASES * 1e9,
           (at[STOPPED] - at[PLAIN]) / CASES / STOPS * 1e9);
    ratio_print("of one that is never stopped", at[PLAIN], at[STOPPED]);
    for (int i = 0; i < WORLDS; i++) {
        world_close(&worlds[i]);
    }
    return 0;
}
