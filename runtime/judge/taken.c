/* SPDX-License-Identifier: Apache-2.0
 *
 * See taken.h. */
#include "judge/taken.h"

#include "time/count.h"

gj_citation *gjr_citations_make(const gj_judge *judge, uint32_t first, uint32_t count,
                                gjb_arena *arena)
{
    gj_citation *made = gjb_arena_make(arena, count, sizeof *made);
    for (uint32_t i = 0; made != NULL && i < count; i++) {
        const gjr_citation *row = &judge->rows->citations[first + i];
        made[i].law = gjr_judge_text(judge, row->law);
        made[i].title = gjr_judge_text(judge, row->title);
        made[i].article = gjr_judge_text(judge, row->article);
    }
    return made;
}

static gj_text trigger_title(const gj_judge *judge, uint32_t trigger)
{
    const gjr_trigger *row = &judge->rows->triggers[trigger];
    return gjr_judge_text(judge, row->kind == GJR_TRIGGER_ACTION
                                     ? judge->rows->actions[row->target].title
                                     : judge->rows->stages[row->target].title);
}

/* ---- taken ---- */

static bool turn_make(const gj_judge *judge, const gjr_limit *limit, const gjr_raised_taken *from,
                      gjb_arena *arena, gj_turn *to)
{
    const gj_calendar *calendar = gjr_judge_calendar(judge, limit);
    bool at_close = !from->extends && (limit->flags & GJR_LIMIT_AT_CLOSE) != 0;
    uint32_t first, count;
    *to = (gj_turn){
        .extends = from->extends,
        .title = trigger_title(judge, from->trigger),
        .source = from->source,
        .event = from->id,
        .from = from->from,
        .to = from->to,
        .first_day = gjr_count_day_of(calendar, from->from, at_close),
    };
    if (from->extends) {
        const gjr_extension *row = &judge->rows->extensions[from->clause];
        to->amount = row->amount;
        first = row->basis_first, count = row->basis_count;
    } else {
        const gjr_stop *row = &judge->rows->stops[from->clause];
        to->last_day =
            from->to == GJ_NEVER ? GJ_NO_DAY : gjr_count_day_of(calendar, from->to, at_close) - 1;
        first = row->basis_first, count = row->basis_count;
    }
    to->basis = gjr_citations_make(judge, first, count, arena);
    to->basis_count = count;
    return to->basis != NULL;
}

/* How much later it is due than it would have been: in the unit's days, or milliseconds. */
static int64_t stopped_of(const gj_calendar *calendar, const gj_counted *counted)
{
    gjr_term term = {.unit = counted->unit, .budget = counted->budget};
    if (counted->held || counted->raw_due_day == GJ_NO_DAY) {
        return 0;
    }
    gjr_count whole = gjr_count_due(calendar, term, counted->start);
    return gjr_count_is_by_day(term.unit)
               ? gjr_count_gone(calendar, term.unit,
                                gjr_calendar_day_start(calendar, whole.raw_due_day),
                                gjr_calendar_day_start(calendar, counted->raw_due_day))
               : gjr_count_gone(calendar, term.unit, whole.due, counted->due);
}

bool gjr_taken_make(const gj_judge *judge, const gjr_raised *raised, gjb_arena *arena,
                    gj_counted *counted)
{
    const gjr_raised_limit *limit = &raised->limit;
    const gjr_limit *row = &judge->rows->limits[raised->subject_index];
    counted->held = limit->pace.held;
    counted->extended = limit->pace.budget - limit->pace.own;
    if (limit->turn_count == 0) {
        return true;
    }
    counted->stopped = stopped_of(gjr_judge_calendar(judge, row), counted);
    gj_turn *turns = gjb_arena_make(arena, limit->turn_count, sizeof *turns);
    bool made = turns != NULL;
    for (uint32_t i = 0; made && i < limit->turn_count; i++) {
        made = turn_make(judge, row, &limit->turns[i], arena, &turns[i]);
    }
    counted->turns = turns;
    counted->turn_count = made ? limit->turn_count : 0;
    return made;
}

/* ---- without effect ---- */

gj_voided gjr_voided_make(const gj_judge *judge, const gjr_raised *raised)
{
    const gjr_raised_turn *turn = &raised->turn;
    bool extends = raised->code == GJ_INVALID_EXTENSION;
    const gjr_extension *extension = extends ? &judge->rows->extensions[turn->clause] : NULL;
    const gjr_stop *stop = extends ? NULL : &judge->rows->stops[turn->clause];
    uint32_t notices = extends ? extension->notices_count : stop->notices_count;
    gj_voided made = {
        .reason = turn->reason,
        .title = trigger_title(judge, turn->trigger),
        .opened = turn->opened,
        .notice_due = turn->notice_due < turn->due ? turn->notice_due : turn->due,
        .since = turn->since,
        .due = turn->due,
        .times_max = extends ? extension->times_max : 0,
    };
    if (!extends) {
        made.notice_due = turn->notice_due;
    }
    if (notices > 0) {
        made.notice =
            trigger_title(judge, extends ? extension->notices_first : stop->notices_first);
    }
    return made;
}
