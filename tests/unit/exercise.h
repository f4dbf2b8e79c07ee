/* SPDX-License-Identifier: Apache-2.0
 *
 * What an image that was loaded must survive: its dump, every expression on made-up facts, and a
 * case of each procedure with every act in turn, told with data of every field, judged and
 * explained. */
#ifndef EXERCISE_H
#define EXERCISE_H

#include "unit/sample_image.h"

#include <stdio.h>

enum { EXERCISE_ROUNDS = 2, EXERCISE_LIST_ITEMS = 3 };

/* A value as an event tells it, of the shape; now and then of another. */
static gj_datum exercise_datum(const gjr_rows *rows, gjr_shape shape, uint32_t seed,
                               gjb_arena *arena)
{
    static const char *const dates[] = {"2024-02-05", "2024-03-01T09:00:00Z", "P3D"};
    static const char *const numbers[] = {"0", "20000", "-3.5", "922337203685477.5807"};
    gj_datum datum = {.kind = GJ_DATUM_NUMBER, .text = gjb_text_of(numbers[seed % 4])};
    uint32_t count = EXERCISE_LIST_ITEMS;
    const gjr_part *parts = NULL;
    if (seed % 11 == 0) {
        return datum;
    }
    switch ((gjr_type)shape.type) {
    case GJR_TYPE_BOOL:
        datum.kind = GJ_DATUM_BOOL;
        datum.truth = seed % 2 == 0;
        return datum;
    case GJR_TYPE_TEXT:
    case GJR_TYPE_OFFICER:
        datum.kind = GJ_DATUM_TEXT;
        datum.text = gjb_text_of(seed % 2 == 0 ? "u1" : "加急");
        return datum;
    case GJR_TYPE_DATE:
    case GJR_TYPE_TIME:
    case GJR_TYPE_DURATION:
        datum.kind = GJ_DATUM_TEXT;
        datum.text = gjb_text_of(dates[shape.type - GJR_TYPE_DATE]);
        return datum;
    case GJR_TYPE_ENUM:
        count = rows->enumerations[shape.enumeration].members_count;
        datum.kind = count > 0 ? GJ_DATUM_TEXT : GJ_DATUM_NULL;
        if (count > 0) {
            uint32_t first = rows->enumerations[shape.enumeration].members_first;
            datum.text = gjr_rows_text(rows, rows->members[first + seed % count].name);
        }
        return datum;
    case GJR_TYPE_RECORD:
        parts = gjr_shape_parts(rows, shape, &count);
        break;
    case GJR_TYPE_LIST:
        break;
    case GJR_TYPE_NOTHING:
    case GJR_TYPE_NUMBER:
    case GJR_TYPE_MONEY:
    case GJR_TYPE_COUNT:
        return datum;
    }
    gj_datum *items = gjb_arena_make(arena, count, sizeof *items);
    for (uint32_t i = 0; items != NULL && i < count; i++) {
        gjr_shape inner = parts != NULL ? GJR_SHAPE_OF(&parts[i]) : gjr_shape_element(shape);
        items[i] = exercise_datum(rows, inner, seed * 5 + i, arena);
        if (parts != NULL) {
            items[i].key = gjr_rows_text(rows, parts[i].name);
        }
    }
    datum = (gj_datum){.kind = parts != NULL ? GJ_DATUM_OBJECT : GJ_DATUM_LIST,
                       .items = items,
                       .item_count = items != NULL ? count : 0};
    return datum;
}

static bool exercise_swallow(void *payload, const char *bytes, size_t size)
{
    *(size_t *)payload += size + (size_t)(unsigned char)bytes[size - 1];
    return true;
}

static bool exercise_case(void *payload, const gj_case_result *result)
{
    gj_writer out = {payload, exercise_swallow};
    for (size_t i = 0; i < result->finding_count; i++) {
        gj_finding_explain(&result->findings[i], GJ_EN, &out);
        gj_finding_explain(&result->findings[i], GJ_ZH, &out);
        gj_finding_print(&result->findings[i], GJ_EN, &out);
    }
    return true;
}

static void exercise_events(gj_docket *docket, const gjr_rows *rows, gjb_arena *arena)
{
    char ids[EXERCISE_ROUNDS][16];
    for (uint32_t i = 0; i < EXERCISE_ROUNDS * rows->action_count; i++) {
        uint32_t action = i % rows->action_count, round = i / rows->action_count;
        gj_datum *data = gjb_arena_make(arena, rows->field_count, sizeof *data);
        gj_added added;
        for (uint32_t j = 0; data != NULL && j < rows->field_count; j++) {
            data[j] = exercise_datum(rows, GJR_SHAPE_OF(&rows->fields[j]), i * 7 + j, arena);
            data[j].key = gjr_rows_text(rows, rows->fields[j].name);
        }
        snprintf(ids[round], sizeof ids[round], "e%u", i);
        gj_event event = {.id = gjb_text_of(ids[round]),
                          .source = gjb_text_of("made up"),
                          .case_id = gjb_text_of(round == 0 ? "one" : "two"),
                          .action = gjr_rows_text(rows, rows->actions[action].name),
                          .at = {.wall_ms = 1707091200000 + (int64_t)i * 86400000 * 3,
                                 .present = true,
                                 .zoned = true},
                          .data = data,
                          .data_count = data != NULL ? rows->field_count : 0};
        if (rows->post_count > 0) {
            event.post = gjr_rows_text(rows, rows->posts[i % rows->post_count].name);
        }
        gj_docket_add(docket, &event, &added);
    }
}

static void exercise_procedure(const gj_image *image, size_t index,
                               const gj_calendar *const *calendars, size_t calendar_count)
{
    gj_judge_options options = {.size = sizeof options,
                                .image = image,
                                .procedure = gj_image_procedure_name(image, index),
                                .calendars = calendars,
                                .calendar_count = calendar_count};
    gj_judge *judge = NULL;
    gj_docket *docket = NULL;
    gjb_arena arena;
    size_t sum = 0;
    gjb_arena_init(&arena, NULL);
    if (gj_judge_create(&options, &judge) == GJ_OK && gj_docket_create(judge, &docket) == GJ_OK) {
        exercise_events(docket, gjr_image_rows(image, index), &arena);
        gj_docket_judging judging = {.size = sizeof judging,
                                     .until = GJ_NEVER,
                                     .close_open = true,
                                     .with_steps = true,
                                     .with_accounts = true,
                                     .with_state = true,
                                     .payload = &sum,
                                     .on_case = exercise_case};
        gj_docket_judge(docket, &judging);
    }
    gj_docket_destroy(docket);
    gj_judge_destroy(judge);
    gjb_arena_deinit(&arena);
}

/* A procedure whose calendar is not among these is dumped and its code run, and no more. */
static inline void exercise(const gj_image *image, const gj_calendar *const *calendars,
                            size_t calendar_count)
{
    sample_run(image);
    for (size_t i = 0; i < gj_image_procedure_count(image); i++) {
        exercise_procedure(image, i, calendars, calendar_count);
    }
}

#endif
