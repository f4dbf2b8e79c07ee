/* SPDX-License-Identifier: Apache-2.0
 *
 * Making a judge. */
#include "judge/judge.h"

#include "base/text.h"
#include "judge/names.h"
#include "judge/natives.h"

static gj_instant published_end(const gj_calendar *calendar)
{
    gj_day through = gjr_calendar_get_plan(calendar)->published_through;
    return through == GJ_NO_DAY ? GJ_NEVER : gjr_calendar_day_end(calendar, through);
}

static const gj_calendar *calendar_find(const gj_judge_options *options, gj_text name)
{
    for (size_t i = 0; i < options->calendar_count; i++) {
        if (gjb_text_equal(gj_calendar_name(options->calendars[i]), name)) {
            return options->calendars[i];
        }
    }
    return NULL;
}

/* Whether times mean the same by a calendar as by the procedure's. */
static bool is_on_the_wall(const gj_judge *judge, const gj_calendar *calendar)
{
    return judge->calendar == NULL || gjr_zone_equal(&gjr_calendar_get_plan(judge->calendar)->zone,
                                                     &gjr_calendar_get_plan(calendar)->zone);
}

/* The calendars that the procedure names, its own first. */
static gj_status calendars_bind(gj_judge *judge, const gj_judge_options *options)
{
    for (uint32_t i = 0; i < judge->rows->calendar_name_count; i++) {
        gj_text name = gjr_judge_text(judge, judge->rows->calendar_names[i].name);
        const gj_calendar *calendar = calendar_find(options, name);
        if (calendar == NULL) {
            return GJ_UNBOUND;
        }
        if (!is_on_the_wall(judge, calendar)) {
            return GJ_OTHER_ZONE;
        }
        judge->calendars[i] = (gjr_bound_calendar){calendar, published_end(calendar)};
        judge->calendar = judge->calendars[0].calendar;
    }
    return GJ_OK;
}

static void maps_init(gj_judge *judge)
{
    gjb_map *maps[] = {&judge->actions, &judge->posts, &judge->departments, &judge->fields,
                       &judge->documents};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        gjb_map_init(maps[i], judge->allocator, 0x67756A75u + i);
    }
    gjb_arena_init(&judge->arena, judge->allocator);
}

/* Parameters stand last. */
uint32_t gjr_judge_own_fields(const gjr_rows *rows)
{
    uint32_t count = rows->field_count;
    while (count > 0 && (rows->fields[count - 1].flags & GJR_FIELD_PARAMETER) != 0) {
        count--;
    }
    return count;
}

static gj_status judge_fill(gj_judge *judge, const gj_judge_options *options)
{
    judge->own_field_count = gjr_judge_own_fields(judge->rows);
    gj_status status = calendars_bind(judge, options);
    if (status != GJ_OK) {
        return status;
    }
    status = gjr_judge_natives_bind(judge, options->natives);
    if (status != GJ_OK) {
        return status;
    }
    status = gjr_layout_make(judge->rows, judge->own_field_count, &judge->arena, &judge->layout);
    if (status != GJ_OK) {
        return status;
    }
    return gjr_plan_make(judge->rows, &judge->layout, &judge->arena, &judge->plan) &&
                   gjr_names_make(judge)
               ? GJ_OK
               : GJ_NO_MEMORY;
}

gj_status gj_judge_create(const gj_judge_options *options, gj_judge **made)
{
    if (options == NULL || made == NULL || options->image == NULL ||
        options->size < sizeof(gj_judge_options)) {
        return GJ_BAD_ARGUMENT;
    }
    *made = NULL;
    size_t index = gj_image_procedure_find(options->image, options->procedure);
    if (index == GJ_NO_INDEX) {
        return GJ_UNKNOWN;
    }
    const gj_allocator *allocator = gjb_alloc_or_default(options->allocator);
    gj_judge *judge = gjb_alloc_create(allocator, 1, sizeof *judge);
    if (judge == NULL) {
        return GJ_NO_MEMORY;
    }
    judge->allocator = allocator;
    judge->rows = gjr_image_rows(options->image, index);
    judge->procedure = &judge->rows->procedures[0];
    judge->identity = options->image->units[index].identity;
    maps_init(judge);
    gj_status status = judge_fill(judge, options);
    if (status != GJ_OK) {
        gj_judge_destroy(judge);
        return status;
    }
    *made = judge;
    return GJ_OK;
}

void gj_judge_destroy(gj_judge *judge)
{
    if (judge == NULL) {
        return;
    }
    const gj_allocator *allocator = judge->allocator;
    gjb_map_deinit(&judge->actions);
    gjb_map_deinit(&judge->posts);
    gjb_map_deinit(&judge->departments);
    gjb_map_deinit(&judge->fields);
    gjb_map_deinit(&judge->documents);
    gjb_arena_deinit(&judge->arena);
    gjb_alloc_destroy(allocator, judge, 1, sizeof *judge);
}

gj_instant gj_judge_instant(const gj_judge *judge, const gj_stamp *stamp)
{
    return gjr_calendar_instant(judge->calendar, stamp);
}

int32_t gj_judge_offset(const gj_judge *judge, gj_instant instant)
{
    return gjr_calendar_offset(judge->calendar, instant);
}

size_t gj_judge_calendar_count(const gj_judge *judge)
{
    return judge == NULL ? 0 : judge->rows->calendar_name_count;
}

gj_text gj_judge_calendar(const gj_judge *judge, size_t which)
{
    return which < gj_judge_calendar_count(judge) && judge->calendars[which].calendar != NULL
               ? gj_calendar_revision(judge->calendars[which].calendar)
               : (gj_text){NULL, 0};
}
