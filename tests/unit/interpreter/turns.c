/* SPDX-License-Identifier: Apache-2.0
 *
 * Stops, extensions and their notices, as limits hear of them. What goes on while a limit does not
 * run is kept with it, for its next start; the stages that stop a limit with keys, of all its
 * clocks, stand under its number, and each clock that begins takes them over. */
#include "unit/interpreter/case.h"

#include "unit/interpreter/lengths.h"

#include <string.h>

static plain_turns *turns_of(plain_case *c, int clock)
{
    return &c->running[clock].turns;
}

static const plain_limit *limit_of(const plain_case *c, int clock)
{
    return &c->p->limits[c->running[clock].limit];
}

/* ---- how long ---- */

/* A notice within so long: counted as any limit, and nothing stops it. */
static int64_t notice_end(const plain_limit *of, plain_length within, int64_t at)
{
    const plain_calendar *calendar = of->calendar;
    if (plain_unit_is_time(within.unit)) {
        return plain_time_shift(calendar, within.unit, at,
                                within.amount * plain_unit_ms(within.unit));
    }
    int day = plain_day_shift(calendar, within.unit, plain_day_of(calendar, at), within.amount);
    while (within.unit != GJC_WORKDAYS && calendar->present &&
           !plain_day_is_worked(calendar, day)) {
        day++;
    }
    return plain_day_start(calendar, day + 1);
}

/* Its first day among it. */
static int64_t granted_end(const plain_limit *of, plain_length most, int64_t at)
{
    const plain_calendar *calendar = of->calendar;
    if (most.amount == 0) {
        return INT64_MAX;
    }
    if (plain_unit_is_time(most.unit)) {
        return plain_time_shift(calendar, most.unit, at, most.amount * plain_unit_ms(most.unit));
    }
    int day = plain_day_of(calendar, at);
    if (most.unit == GJC_MONTHS || most.unit == GJC_YEARS) {
        int last = plain_day_shift(calendar, most.unit, day, most.amount);
        bool same = plain_date_of(last).day == plain_date_of(day).day;
        return plain_day_start(calendar, same ? last : last + 1);
    }
    return plain_day_start(calendar,
                           plain_day_shift(calendar, most.unit, day - 1, most.amount) + 1);
}

/* ---- what is void ---- */

/* What stands there now stands in it; where an act passes from stage to stage, as far as that has
 * come. */
static plain_found *void_add(plain_case *c, int clock, gj_code code, gj_void_reason reason,
                             int64_t opened)
{
    const plain_limit *of = limit_of(c, clock);
    plain_found *f = plain_found_add(c, code, GJ_YELLOW, of->region, of->name);
    f->span = c->running[clock];
    f->voided = reason;
    f->voided_opened = opened;
    f->stage = f->stage_after = plain_stage_seen(c, of->region);
    return f;
}

/* By time alone, or by an event that ended the limit: it is that one's only where it is the one
 * that wanted a notice. */
static void untold_add(plain_case *c, int clock, gj_code code, int64_t opened,
                       const gj_event *event)
{
    plain_found *f = void_add(c, clock, code, GJ_VOID_NOTICE, opened);
    if (event == NULL || opened != c->at) {
        f->event = NULL;
        f->who = (plain_who_acted){.post = NO};
        f->by_time = true;
    }
}

/* What waited for a notice and is void now is told, but for a stop that began when the limit was
 * due without all that is void: it has nothing to be void of. */
static void untold_note(plain_case *c, int clock, const gj_event *event)
{
    plain_turns *turns = turns_of(c, clock);
    for (int i = 0; i < turns->pause_count; i++) {
        plain_pause *pause = &turns->pauses[i];
        int due_day;
        if (!pause->awaited || !pause->voided) {
            continue;
        }
        pause->awaited = false;
        if (pause->opened < plain_limit_due(c, &c->running[clock], &due_day)) {
            pause->found = c->found_count;
            untold_add(c, clock, GJ_INVALID_STOP, pause->opened, event);
        }
    }
    for (int i = 0; i < turns->grant_count; i++) {
        plain_grant *grant = &turns->grants[i];
        if (grant->awaited && grant->voided) {
            grant->awaited = false;
            untold_add(c, clock, GJ_INVALID_EXTENSION, grant->opened, event);
        }
    }
}

static int64_t grant_due(const plain_case *c, int clock, const plain_grant *grant)
{
    int due_day;
    return grant->notice_due != INT64_MAX ? grant->notice_due
                                          : plain_limit_due(c, &c->running[clock], &due_day);
}

int64_t plain_turns_next(const plain_case *c, int clock)
{
    const plain_turns *turns = &c->running[clock].turns;
    int64_t next = INT64_MAX;
    for (int i = 0; i < turns->pause_count; i++) {
        const plain_pause *pause = &turns->pauses[i];
        next = pause->awaited && pause->notice_due < next ? pause->notice_due : next;
    }
    for (int i = 0; i < turns->grant_count; i++) {
        const plain_grant *grant = &turns->grants[i];
        int64_t due = grant->awaited ? grant_due(c, clock, grant) : INT64_MAX;
        next = due < next ? due : next;
    }
    return next;
}

void plain_turns_expire(plain_case *c, int clock, int64_t at)
{
    plain_turns *turns = turns_of(c, clock);
    for (int i = 0; i < turns->pause_count; i++) {
        if (turns->pauses[i].awaited && turns->pauses[i].notice_due <= at) {
            turns->pauses[i].voided = true;
        }
    }
    for (int i = 0; i < turns->grant_count; i++) {
        plain_grant *grant = &turns->grants[i];
        if (grant->awaited && grant_due(c, clock, grant) <= at) {
            grant->voided = true;
        }
    }
    untold_note(c, clock, NULL);
}

/* ---- runs ---- */

static void told_forget(plain_turns *turns)
{
    memset(turns->told_stop, 0, sizeof turns->told_stop);
    memset(turns->told_extension, 0, sizeof turns->told_extension);
}

/* Of the stops those stay that go on. */
static void pauses_drop(plain_turns *turns)
{
    int kept = 0;
    for (int i = 0; i < turns->pause_count; i++) {
        if (turns->pauses[i].until == INT64_MAX) {
            turns->pauses[kept++] = turns->pauses[i];
        }
    }
    turns->pause_count = kept;
}

/* While the limit does not run what is over takes off nothing, and the law may stop it a thousand
 * times; of those that wait for notice it suffices to know that there is one. */
static void pauses_trim(plain_turns *turns)
{
    bool waits[STOPS_MAX] = {false};
    int kept = 0;
    for (int i = 0; i < turns->pause_count; i++) {
        plain_pause pause = turns->pauses[i];
        bool over = pause.until != INT64_MAX;
        if (over && (!pause.awaited || waits[pause.clause])) {
            continue;
        }
        waits[pause.clause] = waits[pause.clause] || over;
        turns->pauses[kept++] = pause;
    }
    turns->pause_count = kept;
}

void plain_turns_drop(plain_case *c, int clock)
{
    plain_turns *turns = turns_of(c, clock);
    pauses_drop(turns);
    turns->grant_count = 0;
    told_forget(turns);
}

/* What waits for notice that can come no more works from when it comes. */
void plain_turns_begin(plain_case *c, int clock)
{
    plain_turns *turns = turns_of(c, clock);
    plain_turns_drop(c, clock);
    for (int i = 0; i < turns->pause_count; i++) {
        plain_pause *pause = &turns->pauses[i];
        if (pause->awaited && pause->notice_due <= c->clock) {
            pause->awaited = false;
            pause->voided = true;
        }
    }
}

void plain_turns_end(plain_case *c, int clock, int64_t before, const gj_event *event)
{
    plain_turns *turns = turns_of(c, clock);
    for (int i = 0; i < turns->pause_count; i++) {
        if (turns->pauses[i].awaited && turns->pauses[i].opened < before) {
            turns->pauses[i].voided = true;
        }
    }
    for (int i = 0; i < turns->grant_count; i++) {
        plain_grant *grant = &turns->grants[i];
        bool ends = grant->awaited && grant->opened < before;
        grant->voided = grant->voided || ends;
        grant->awaited = grant->awaited && (!ends || grant->notice_due != INT64_MAX);
    }
    untold_note(c, clock, event);
}

/* ---- stops ---- */

static plain_pause *pause_find(plain_turns *turns, int clause)
{
    for (int i = 0; i < turns->pause_count; i++) {
        if (turns->pauses[i].clause == clause && turns->pauses[i].until == INT64_MAX) {
            return &turns->pauses[i];
        }
    }
    return NULL;
}

static void pause_begin(plain_case *c, int clock, int clause, int64_t at)
{
    plain_turns *turns = turns_of(c, clock);
    const plain_limit *of = limit_of(c, clock);
    const plain_stop *stop = &of->stops[clause];
    if (turns->pause_count == TURNS_MAX) {
        c->overflows = true;
        return;
    }
    plain_pause *pause = &turns->pauses[turns->pause_count++];
    *pause = (plain_pause){.clause = clause,
                           .opened = at,
                           .since = at,
                           .until = INT64_MAX,
                           .granted = granted_end(of, stop->most, at),
                           .notice_due = INT64_MAX,
                           .found = NO};
    if (stop->notice.action != NO) {
        pause->notice_due = stop->notice.within.amount > 0
                                ? notice_end(of, stop->notice.within, at)
                                : plain_day_start(of->calendar, plain_day_of(of->calendar, at) + 1);
        pause->awaited = !turns->told_stop[clause];
        turns->told_stop[clause] = false;
    }
}

/* Notice of a stop: it works from its beginning, or where it comes late from now on. */
static void pause_tell(plain_case *c, int clock, int clause, int64_t at)
{
    plain_turns *turns = turns_of(c, clock);
    const plain_limit *of = limit_of(c, clock);
    bool taken = false;
    for (int i = 0; i < turns->pause_count; i++) {
        plain_pause *pause = &turns->pauses[i];
        bool waits = pause->awaited || (pause->voided && pause->until == INT64_MAX);
        if (pause->clause != clause || !waits) {
            continue;
        }
        pause->since = pause->awaited && at < pause->notice_due ? pause->since : at;
        pause->awaited = pause->voided = false;
        if (pause->found != NO) { /* told once more, from where it stands now */
            plain_found *f = &c->found[pause->found];
            bool at_once = pause->opened == c->at;
            f->status = GJ_CLOSED;
            f->event = at_once ? c->event : NULL;
            f->who = at_once ? plain_who_told(c) : (plain_who_acted){.post = NO};
            f->by_time = !at_once;
            f->told_by_law = c->law_acts_now;
            f->told_again = at_once && !c->law_acts_now;
            f->stage = f->stage_after = plain_stage_seen(c, of->region);
        }
        taken = true;
    }
    turns->told_stop[clause] = turns->told_stop[clause] || !taken;
}

static void stop_end(plain_case *c, int clock, int clause, plain_trigger what)
{
    int limit = c->running[clock].limit;
    const plain_stop *stop = &c->p->limits[limit].stops[clause];
    plain_pause *pause = pause_find(turns_of(c, clock), clause);
    if (pause != NULL && plain_trigger_find(c, limit, stop->to, stop->to_count, what) != NO) {
        pause->until = c->as_of;
    }
}

static void stop_begin(plain_case *c, int clock, int clause, plain_trigger what)
{
    int limit = c->running[clock].limit;
    const plain_stop *stop = &c->p->limits[limit].stops[clause];
    if (pause_find(turns_of(c, clock), clause) == NULL && c->closed_at == INT64_MAX &&
        plain_trigger_find(c, limit, stop->from, stop->from_count, what) != NO &&
        value_is(plain_clause_holds(c, limit, stop->node, stop->from_count, what), true)) {
        pause_begin(c, clock, clause, c->as_of);
    }
}

/* ---- extensions ---- */

static bool is_powerless(const plain_case *c)
{
    for (int i = c->first_found; i < c->found_count; i++) {
        if (!c->found[i].by_law &&
            (c->found[i].code == GJ_UNAUTHORISED || c->found[i].code == GJ_FORBIDDEN)) {
            return true;
        }
    }
    return false;
}

static int times_granted(const plain_turns *turns, int clause)
{
    int times = 0;
    for (int i = 0; i < turns->grant_count; i++) {
        times += turns->grants[i].clause == clause && !turns->grants[i].voided ? 1 : 0;
    }
    return times;
}

static void grant_add(plain_case *c, int clock, int clause, int64_t at)
{
    plain_turns *turns = turns_of(c, clock);
    const plain_limit *of = limit_of(c, clock);
    const plain_notice *notice = &of->extensions[clause].notice;
    if (turns->grant_count == TURNS_MAX) {
        c->overflows = true;
        return;
    }
    plain_grant *grant = &turns->grants[turns->grant_count++];
    *grant = (plain_grant){.clause = clause, .opened = at, .notice_due = INT64_MAX};
    if (notice->action != NO) {
        grant->notice_due =
            notice->within.amount > 0 ? notice_end(of, notice->within, at) : INT64_MAX;
        grant->awaited = !turns->told_extension[clause];
        turns->told_extension[clause] = false;
    }
}

static void grant_tell(plain_case *c, int clock, int clause)
{
    plain_turns *turns = turns_of(c, clock);
    bool taken = false;
    for (int i = 0; i < turns->grant_count; i++) {
        plain_grant *grant = &turns->grants[i];
        bool waits = grant->clause == clause && grant->awaited;
        taken = taken || waits;
        grant->awaited = grant->awaited && !waits;
    }
    turns->told_extension[clause] = turns->told_extension[clause] || !taken;
}

/* Of several clauses the first that holds grants. */
static void extension_hear(plain_case *c, int clock, plain_trigger what)
{
    const plain_limit *of = limit_of(c, clock);
    int limit = c->running[clock].limit, due_day;
    bool any = false, unknown = false;
    for (int i = 0; i < of->extension_count; i++) {
        const plain_extension *clause = &of->extensions[i];
        if (plain_trigger_find(c, limit, clause->by, clause->by_count, what) == NO) {
            continue;
        }
        any = true;
        value holds = plain_clause_holds(c, limit, clause->node, clause->by_count, what);
        unknown = unknown || holds.kind == V_UNKNOWN;
        if (!value_is(holds, true)) {
            continue;
        }
        bool due = plain_limit_due(c, &c->running[clock], &due_day) <= c->as_of;
        bool often = times_granted(turns_of(c, clock), i) >= clause->times;
        bool powerless = is_powerless(c);
        if (due || often || powerless) {
            void_add(c, clock, GJ_INVALID_EXTENSION,
                     powerless ? GJ_VOID_POWER
                     : due     ? GJ_VOID_AFTER_DUE
                               : GJ_VOID_TIMES,
                     c->as_of);
        } else {
            grant_add(c, clock, i, c->as_of);
        }
        return;
    }
    if (any && !unknown) {
        void_add(c, clock, GJ_INVALID_EXTENSION, GJ_VOID_CONDITION, c->as_of);
    }
}

/* ---- hearing ---- */

/* The rungs before due, each as it stands with what the act at hand has changed so far: one that it
 * came to lies ahead again, or was come to at another time. */
static void rungs_move(plain_case *c, int clock)
{
    span *s = &c->running[clock];
    int64_t now = plain_now(c);
    for (int i = 0; i < RUNGS_MAX; i++) {
        int64_t at = s->reached[i] ? plain_limit_rung(c, s, i) : INT64_MAX;
        s->reached[i] = at <= now;
        if (s->reached[i]) {
            plain_rung_came(s, i, at);
        }
    }
}

/* What the law does as of an instant that lies behind may put off what has run out. */
static void moved(plain_case *c, int clock)
{
    int due_day;
    span *s = &c->running[clock];
    if (c->runs[clock]) {
        rungs_move(c, clock);
    }
    s->asked = s->asked && !(c->runs[clock] && plain_limit_late(c, s, &due_day) > s->asked_at);
}

/* The clauses of acts, or those of stages: of a stage all clocks hear. */
static void stops_hear(plain_case *c, int clock, bool stages, plain_turn turn, plain_trigger what)
{
    const plain_limit *of = limit_of(c, clock);
    for (int i = 0; i < of->stop_count; i++) {
        if (of->stops[i].is_stage != stages) {
            continue;
        }
        if (turn == TURN_STOP_TO) {
            stop_end(c, clock, i, what);
        } else if (turn == TURN_STOP_FROM) {
            stop_begin(c, clock, i, what);
        } else if (what.kind == ON_ACT && of->stops[i].notice.action == what.target) {
            pause_tell(c, clock, i, c->as_of);
        }
    }
    if (!c->runs[clock]) {
        pauses_trim(turns_of(c, clock));
    }
    moved(c, clock);
}

static void extensions_hear(plain_case *c, int clock, plain_turn turn, plain_trigger what)
{
    const plain_limit *of = limit_of(c, clock);
    if (c->runs[clock] && turn == TURN_EXTENSION) {
        extension_hear(c, clock, what);
    }
    for (int i = 0; i < of->extension_count && turn == TURN_EXTENSION_NOTICE; i++) {
        if (what.kind == ON_ACT && c->runs[clock] &&
            of->extensions[i].notice.action == what.target) {
            grant_tell(c, clock, i);
        }
    }
    moved(c, clock);
}

static void turn_take(plain_case *c, int clock, bool stages, plain_turn turn, plain_trigger what)
{
    if (turn <= TURN_STOP_NOTICE) {
        stops_hear(c, clock, stages, turn, what);
    } else if (!stages) {
        extensions_hear(c, clock, turn, what);
    }
}

/* Stages stop all the clocks of a limit, and those that start meanwhile. */
static void all_hear(plain_case *c, int limit, plain_turn turn, plain_trigger what)
{
    for (int clock = 0; clock < CLOCKS_MAX; clock++) {
        bool runs = c->runs[clock] && c->running[clock].limit == limit;
        if (clock == limit || (clock >= LIMITS_MAX && runs)) {
            turn_take(c, clock, true, turn, what);
        }
    }
}

static bool speaks_of(const plain_trigger *among, int count, plain_trigger what)
{
    for (int i = 0; i < count; i++) {
        if (among[i].kind == what.kind && among[i].target == what.target) {
            return true;
        }
    }
    return false;
}

/* Whether it is asked of the act which clock it means: some clause beside those of stages has to do
 * with it. When the case is closed nothing stops any more. */
static bool asks_for_clock(const plain_limit *of, plain_turn turn, bool closed, plain_trigger what)
{
    bool any = false;
    for (int i = 0; i < of->stop_count; i++) {
        const plain_stop *stop = &of->stops[i];
        bool its = turn == TURN_STOP_TO ? speaks_of(stop->to, stop->to_count, what)
                   : turn == TURN_STOP_FROM
                       ? !closed && speaks_of(stop->from, stop->from_count, what)
                       : turn == TURN_STOP_NOTICE && stop->notice.action == what.target;
        any = any || (!stop->is_stage && its);
    }
    for (int i = 0; i < of->extension_count; i++) {
        const plain_extension *extension = &of->extensions[i];
        any =
            any || (turn == TURN_EXTENSION && speaks_of(extension->by, extension->by_count, what));
        any = any || (turn == TURN_EXTENSION_NOTICE && extension->notice.action == what.target);
    }
    return any && what.kind == ON_ACT;
}

void plain_turns_hear(plain_case *c, int limit, plain_turn turn, plain_trigger what)
{
    const plain_limit *of = &c->p->limits[limit];
    bool keyed = of->open_max > 0, told = true;
    c->running[limit].limit = limit;
    all_hear(c, limit, turn, what);
    if (keyed && asks_for_clock(of, turn, c->closed_at != INT64_MAX, what) &&
        plain_clock_open_count(c, limit) > 0) {
        told = plain_clock_check(c, limit, &what);
    }
    int clock = told ? plain_clock_find(c, limit) : NO;
    if (clock != NO && (!keyed || what.kind == ON_ACT)) {
        turn_take(c, clock, false, turn, what);
    }
}
