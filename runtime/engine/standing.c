/* SPDX-License-Identifier: Apache-2.0
 *
 * See standing.h. */
#include "engine/standing.h"

#include "judge/clocks.h"
#include "judge/finding.h"
#include "judge/holder.h"
#include "judge/key.h"
#include "judge/limits.h"
#include "judge/regions.h"

typedef struct maker {
    const gjr_sitting *step;
    const gjr_case *judged;
    const gjr_rows *rows;
    gjb_arena *arena;
} maker;

static bool branch_take(const maker *with, uint32_t region, gj_text *name, gj_text *title)
{
    const gj_judge *judge = with->step->judge;
    return gjr_finding_branch_path(judge, region, false, with->arena, name) &&
           gjr_finding_branch_path(judge, region, true, with->arena, title);
}

static bool branches_make(const maker *with, gj_case_result *result)
{
    const gjr_rows *rows = with->rows;
    gj_branch_note *notes = gjb_arena_make(with->arena, rows->region_count, sizeof *notes);
    if (notes == NULL) {
        return false;
    }
    for (uint32_t i = 1; i < rows->region_count; i++) {
        if (!gjr_regions_run(with->judged, i)) {
            continue;
        }
        const gjr_stage *stage = &rows->stages[gjr_case_regions(with->judged)[i].stage];
        gj_branch_note *note = &notes[result->branch_count++];
        note->stage = gjr_rows_text(rows, stage->name);
        note->stage_title = gjr_rows_text(rows, stage->title);
        if (!branch_take(with, i, &note->branch, &note->branch_title)) {
            return false;
        }
    }
    result->branches = notes;
    return true;
}

static bool key_take(const maker *with, uint32_t clock, gj_limit_note *note)
{
    const gj_judge *judge = with->step->judge;
    gjr_raised named = {.key = {0}};
    gjr_clocks_name(with->step, clock, &named);
    return gjr_key_text(judge, named.subject, named.subject_index, &named.key, false, with->arena,
                        &note->key) &&
           gjr_key_text(judge, named.subject, named.subject_index, &named.key, true, with->arena,
                        &note->key_title);
}

/* The post that answers for a limit while it runs, or GJR_NONE: nobody, or more than one. */
static bool duty_find(const maker *with, const gjr_limit *row, uint32_t *post)
{
    gjr_holders holders = {NULL, 0};
    *post = row->duty;
    if ((row->flags & GJR_LIMIT_OF_HOLDER) == 0) {
        return true;
    }
    uint32_t stage = gjr_case_regions(with->judged)[row->region].stage;
    if (!gjr_holders_find(with->rows, stage, with->arena, &holders)) {
        return false;
    }
    *post = holders.count == 1 ? holders.posts[0] : GJR_NONE;
    return true;
}

static bool duty_take(const maker *with, const gjr_limit *row, gj_limit_note *note)
{
    const gjr_rows *rows = with->rows;
    uint32_t post;
    if (!duty_find(with, row, &post)) {
        return false;
    }
    if (post == GJR_NONE) {
        return true;
    }
    note->post = gjr_rows_text(rows, rows->posts[post].name);
    note->post_title = gjr_rows_text(rows, rows->posts[post].title);
    uint32_t department = rows->posts[post].department;
    if (department != GJR_NONE) {
        note->department = gjr_rows_text(rows, rows->departments[department].name);
        note->department_title = gjr_rows_text(rows, rows->departments[department].title);
    }
    return true;
}

static bool limits_make(const maker *with, gj_case_result *result)
{
    const gjr_rows *rows = with->rows;
    const gjr_case_layout *layout = &with->step->judge->layout;
    gj_limit_note *notes = gjb_arena_make(with->arena, layout->clock_count, sizeof *notes);
    if (notes == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < layout->clock_count; i++) {
        uint32_t clock = layout->clocks[i];
        gjr_count count;
        gjr_range range;
        if (!gjr_limits_count_running(with->step, clock, &count, &range)) {
            continue;
        }
        const gjr_limit *row = &rows->limits[gjr_layout_limit(layout, clock)];
        gj_limit_note *note = &notes[result->limit_count++];
        *note = (gj_limit_note){
            .limit = gjr_rows_text(rows, row->name),
            .limit_title = gjr_rows_text(rows, row->title),
            .since = gjr_case_limit(with->judged, clock)->since,
            .due = count.due,
            .due_day = count.due_day,
            .due_earliest = range.earliest,
            .due_latest = range.latest,
            .due_open = range.open,
        };
        const gj_calendar *calendar = gjr_judge_calendar(with->step->judge, row);
        if (calendar != NULL) {
            note->calendar = gj_calendar_revision(calendar);
        }
        if (!duty_take(with, row, note) ||
            !branch_take(with, row->region, &note->branch, &note->branch_title) ||
            !key_take(with, clock, note)) {
            return false;
        }
    }
    result->limits = notes;
    return true;
}

gj_status gjr_standing_make(const gjr_sitting *step, const gjr_case *judged, gjb_arena *arena,
                            gj_case_result *result)
{
    maker with = {step, judged, step->judge->rows, arena};
    bool made = branches_make(&with, result) && limits_make(&with, result);
    return made ? GJ_OK : GJ_NO_MEMORY;
}
