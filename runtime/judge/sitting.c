/* SPDX-License-Identifier: Apache-2.0
 *
 * A sitting's life, and its notes; see step.h. */
#include "base/text.h"
#include "judge/crews.h"
#include "judge/limits.h"
#include "judge/natives.h"
#include "judge/regions.h"
#include "judge/step.h"
#include "time/civil.h"

#include <string.h>

/* ---- what expressions ask for ---- */

/* GJ_NO_DAY where it would lie before the first day that there is, or after the last. */
static gj_day workday_add(void *payload, gj_day day, int32_t n)
{
    const gj_calendar *calendar = ((const gjr_sitting *)payload)->judge->calendar;
    if (calendar == NULL) {
        return GJ_NO_DAY;
    }
    gj_day found = n < 0 ? gjr_calendar_workday_subtract(calendar, day, (uint32_t)-n)
                         : gjr_calendar_workday_add(calendar, day, (uint32_t)n);
    int64_t between = n < 0 ? gjr_calendar_workdays_between(calendar, found - 1, day - 1)
                            : gjr_calendar_workdays_between(calendar, day, found);
    return n == 0 || between == (n < 0 ? -(int64_t)n : n) ? found : GJ_NO_DAY;
}

static int64_t clock_of(void *payload, gj_instant instant)
{
    const gj_calendar *calendar = ((const gjr_sitting *)payload)->judge->calendar;
    int64_t ms_of_day;
    gjr_civil_of_wall(instant + gjr_calendar_offset(calendar, instant) * GJR_MS_PER_SECOND,
                      &ms_of_day);
    return ms_of_day;
}

static uint32_t officers_of(void *payload, uint32_t action)
{
    const gjr_sitting *step = payload;
    return gjr_crew_count(step->judged, action);
}

/* ---- life ---- */

gj_status gjr_sitting_init(gjr_sitting *step, const gj_judge *judge)
{
    *step = (gjr_sitting){.judge = judge, .parameters_of = GJR_NONE};
    gjb_arena_init(&step->arena, judge->allocator);
    step->fields = gjb_alloc_create(judge->allocator, (size_t)judge->rows->field_count + 1,
                                    sizeof *step->fields);
    step->news = gjb_alloc_create(judge->allocator, (size_t)judge->rows->field_count + 1,
                                  sizeof *step->news);
    step->facts = (gjr_facts){
        .fields = step->fields,
        .payload = step,
        .limit_runs = gjr_limits_run,
        .officers = officers_of,
        .workday_add = workday_add,
        .clock = clock_of,
        .call = gjr_sitting_call,
    };
    return step->fields == NULL || step->news == NULL ? GJ_NO_MEMORY : GJ_OK;
}

void gjr_sitting_deinit(gjr_sitting *step)
{
    if (step->judge == NULL) {
        return;
    }
    const gj_allocator *allocator = step->judge->allocator;
    size_t count = (size_t)step->judge->rows->field_count + 1;
    gjb_arena_deinit(&step->arena);
    gjb_alloc_destroy(allocator, step->fields, count, sizeof *step->fields);
    gjb_alloc_destroy(allocator, step->news, count, sizeof *step->news);
    gjb_alloc_destroy(allocator, step->raised, step->raised_capacity, sizeof *step->raised);
    gjb_alloc_destroy(allocator, step->deemed, step->deemed_capacity, sizeof *step->deemed);
    *step = (gjr_sitting){0};
}

/* ---- what begins ---- */

typedef struct gjr_begun {
    struct gjr_begun *before;
    gj_code code;
    uint32_t clock;
    gj_text source, id;
} gjr_begun;

uint32_t gjr_sitting_begin_again(gjr_sitting *step, gj_code code, uint32_t clock)
{
    uint32_t times = 0;
    gj_text source = step->event->source, id = step->event->id;
    for (const gjr_begun *one = step->begun; one != NULL; one = one->before) {
        times += one->code == code && one->clock == clock && gjb_text_equal(one->source, source) &&
                 gjb_text_equal(one->id, id);
    }
    gjr_begun *made = gjb_arena_make(&step->arena, 1, sizeof *made);
    if (made == NULL) {
        step->no_memory = true;
        return times;
    }
    *made = (gjr_begun){step->begun, code, clock, source, id};
    step->begun = made;
    return times;
}

/* ---- notes ---- */

static bool raised_grow(gjr_sitting *step)
{
    size_t capacity = step->raised_capacity == 0 ? 4 : step->raised_capacity * 2;
    gjr_raised *raised = gjb_alloc_resize(step->judge->allocator, step->raised,
                                          step->raised_capacity, capacity, sizeof *raised);
    if (raised == NULL) {
        step->no_memory = true;
        return false;
    }
    step->raised = raised;
    step->raised_capacity = capacity;
    return true;
}

void gjr_sitting_add_deemed(gjr_sitting *step, const gjr_deemed *deemed)
{
    if (step->deemed_count == step->deemed_capacity) {
        size_t capacity = step->deemed_capacity == 0 ? 4 : step->deemed_capacity * 2;
        gjr_deemed *grown = gjb_alloc_resize(step->judge->allocator, step->deemed,
                                             step->deemed_capacity, capacity, sizeof *grown);
        if (grown == NULL) {
            step->no_memory = true;
            return;
        }
        step->deemed = grown;
        step->deemed_capacity = capacity;
    }
    step->deemed[step->deemed_count++] = *deemed;
}

static gj_severity severity_of(gj_code code)
{
    static const gj_severity severities[] = {
#define GJ_CODE(NAME, name, en, zh, severity) severity,
#include <guiju/codes.def>
#undef GJ_CODE
    };
    return severities[code];
}

/* Of which nothing is known yet. */
static const gjr_raised blank = {
    .transition = GJR_NONE,
    .condition = GJR_NONE,
    .due_of = GJR_NONE,
    .key_of = GJR_NONE,
    .key_of_rule = GJR_NONE,
    .length_of = GJR_NONE,
    .sets = GJR_NONE,
    .law = {.limit = GJR_NONE, .effect = GJR_NONE},
};

gjr_raised *gjr_sitting_add_again(gjr_sitting *step, gj_code code, uint32_t ordinal)
{
    if (step->raised_count == step->raised_capacity && !raised_grow(step)) {
        return NULL;
    }
    const gjr_state *state = gjr_case_state(step->judged);
    gjr_raised *raised = &step->raised[step->raised_count++];
    memcpy(raised, &blank, sizeof blank);
    raised->ordinal = ordinal;
    raised->code = code;
    raised->severity = severity_of(code);
    raised->at = step->event != NULL ? step->event->at : state->clock;
    raised->by_event = step->event != NULL;
    gjr_sitting_place(step, raised, step->region);
    return raised;
}

void gjr_sitting_place(gjr_sitting *step, gjr_raised *raised, uint32_t region)
{
    raised->region = region;
    region = gjr_regions_running(step->judged, region);
    raised->stage = raised->stage_after = gjr_case_regions(step->judged)[region].stage;
}

void gjr_sitting_settle(const gjr_sitting *step, gjr_raised *raised)
{
    uint32_t region = gjr_regions_running(step->judged, raised->region);
    raised->stage_after = gjr_case_regions(step->judged)[region].stage;
    raised->stage = raised->is_underway ? raised->stage_after : raised->stage;
}

gjr_raised *gjr_sitting_add(gjr_sitting *step, gj_code code, gj_subject_kind subject,
                            uint32_t index)
{
    uint32_t ordinal = gjr_case_state(step->judged)->finding_count++;
    gjr_raised *raised = gjr_sitting_add_again(step, code, ordinal);
    if (raised != NULL) {
        raised->subject = subject;
        raised->subject_index = index;
    }
    return raised;
}
