/* SPDX-License-Identifier: Apache-2.0
 *
 * See walk.h. */
#include "unit/walk/walk.h"

#include "unit/walk/count.h"

#include <assert.h>
#include <string.h>

/* ---- when it is due ---- */

/* Where a stop ceases to work: as it was ended, or what was granted is over. */
static int64_t stop_end(const walked_stop *stop)
{
    return stop->granted < stop->until ? stop->granted : stop->until;
}

/* An extension whose notice has a time of its own works until that is over. */
static bool extends(const walk *of, const walked_extension *extension)
{
    bool at_once = of->limit->extension.notice.amount > 0;
    return !extension->voided && (!extension->awaited || at_once);
}

static last_lawful last_of(walk *of)
{
    pauses paused = {.count = 0};
    time_length within = {of->length, of->limit->within.unit};
    for (int i = 0; i < of->stop_count; i++) {
        if (!of->stops[i].voided) {
            paused.items[paused.count++] =
                (pause_span){of->stops[i].since, stop_end(&of->stops[i])};
        }
    }
    for (int i = 0; i < of->extension_count; i++) {
        within.amount += extends(of, &of->extensions[i]) ? of->limit->extension.amount : 0;
    }
    last_lawful found =
        count_last(of->days, within, of->limit->rolls, of->limit->at_close, of->start, &paused);
    of->lost = of->lost || found.lost;
    return found;
}

static void settle(walk *of)
{
    if (of->runs) {
        last_lawful found = last_of(of);
        of->due = found.due;
        of->due_day = found.day;
    }
}

/* ---- what is found ---- */

static int found_add(walk *of, found_kind kind, int64_t opened)
{
    assert(of->found_count < FOUND_MAX);
    of->found[of->found_count] = (walked_finding){.kind = kind, .opened = opened};
    return of->found_count++;
}

/* How it came out: as it stands at an instant. */
static void run_add(walk *of, int64_t until, bool closed)
{
    assert(of->run_count < RUNS_MAX);
    of->runs_made[of->run_count++] = (walked_run){of->start, of->due, of->due_day, closed};
    if (of->late) {
        last_lawful due = {of->due, of->due_day, false};
        walked_finding *found = &of->found[found_add(of, FOUND_LATE, of->start)];
        found->closed = closed;
        found->due = of->due;
        found->over = count_over(of->days, of->limit->within.unit, due, until);
    }
}

/* ---- by itself ---- */

static int64_t notice_due(const walk *of, const walked_extension *extension)
{
    return extension->notice_due != NEVER ? extension->notice_due : of->due;
}

int64_t walk_next(const walk *of)
{
    int64_t next = !of->late ? of->due : NEVER;
    if (!of->runs) {
        return NEVER;
    }
    for (int i = 0; i < of->stop_count; i++) {
        bool sooner = of->stops[i].awaited && of->stops[i].notice_due < next;
        next = sooner ? of->stops[i].notice_due : next;
    }
    for (int i = 0; i < of->extension_count; i++) {
        int64_t due = notice_due(of, &of->extensions[i]);
        next = of->extensions[i].awaited && due < next ? due : next;
    }
    return next;
}

/* What waited for a notice and is void now is told, but for a stop that began when the limit was
 * due without all that is void. */
static void untold_note(walk *of)
{
    settle(of);
    for (int i = 0; i < of->stop_count; i++) {
        walked_stop *stop = &of->stops[i];
        if (stop->awaited && stop->voided) {
            stop->awaited = false;
            stop->found = of->due <= stop->opened ? -1 : found_add(of, FOUND_STOP, stop->opened);
        }
    }
    for (int i = 0; i < of->extension_count; i++) {
        walked_extension *extension = &of->extensions[i];
        if (extension->awaited && extension->voided) {
            extension->awaited = false;
            found_add(of, FOUND_EXTENSION, extension->opened);
        }
    }
}

static void voided_keep(walk *of, int64_t at)
{
    of->voided = at > of->voided ? at : of->voided;
}

/* Without their notice they are void. */
static void notices_expire(walk *of, int64_t now)
{
    for (int i = 0; i < of->stop_count; i++) {
        walked_stop *stop = &of->stops[i];
        if (stop->awaited && stop->notice_due <= now) {
            stop->voided = true;
            voided_keep(of, stop->notice_due);
        }
    }
    for (int i = 0; i < of->extension_count; i++) {
        walked_extension *extension = &of->extensions[i];
        if (extension->awaited && notice_due(of, extension) <= now) {
            extension->voided = true;
            voided_keep(of, notice_due(of, extension));
        }
    }
    untold_note(of);
}

/* What ends the limit ends the waiting: what worked for want of a notice that may still come does
 * not. An extension that waits without working has done nothing that could be found. */
static void notices_end(walk *of)
{
    for (int i = 0; i < of->stop_count; i++) {
        of->stops[i].voided = of->stops[i].voided || of->stops[i].awaited;
    }
    for (int i = 0; i < of->extension_count; i++) {
        walked_extension *extension = &of->extensions[i];
        extension->voided =
            extension->voided || (extension->awaited && extension->notice_due != NEVER);
    }
    untold_note(of);
}

static void go_on(walk *of, int64_t to)
{
    for (int64_t next = walk_next(of); next <= to && next != NEVER; next = walk_next(of)) {
        notices_expire(of, next);
        settle(of);
        of->late = of->late || of->due <= next;
    }
    of->now = to;
}

/* ---- deeds ---- */

/* Of the stops those stay that go on. */
static void stops_clear(walk *of)
{
    int kept = 0;
    for (int i = 0; i < of->stop_count; i++) {
        if (of->stops[i].until == NEVER) {
            of->stops[kept++] = of->stops[i];
        }
    }
    of->stop_count = kept;
}

/* Notice given counts in the run of the limit in which it was given. */
static void notices_forget(walk *of)
{
    stops_clear(of);
    memset(of->told_stop, 0, sizeof of->told_stop);
    of->told_extension = false;
}

/* How long it is by what is told now. */
static int length_read(const walk *of)
{
    const stated_limit *limit = of->limit;
    return limit->length == LENGTH_BY_NUMBER                   ? of->told
           : limit->length == LENGTH_BY_TRUTH && of->told != 0 ? limit->other
                                                               : limit->within.amount;
}

static void run_begin(walk *of, int64_t at)
{
    of->length = length_read(of);
    notices_forget(of);
    of->extension_count = 0;
    of->runs = true;
    of->late = false;
    of->start = at;
    for (int i = 0; i < of->stop_count; i++) { /* whose notice did not come while nothing ran */
        walked_stop *stop = &of->stops[i];
        if (stop->awaited && stop->notice_due <= at) {
            stop->awaited = false;
            stop->voided = true;
            voided_keep(of, stop->notice_due);
        }
    }
}

static void run_end(walk *of, int64_t at)
{
    notices_end(of);
    settle(of);
    of->late = of->late || of->due <= at;
    run_add(of, at, true);
    of->runs = false;
    notices_forget(of);
}

static walked_stop *stop_open(walk *of, int clause)
{
    for (int i = 0; i < of->stop_count; i++) {
        if (of->stops[i].clause == clause && of->stops[i].until == NEVER) {
            return &of->stops[i];
        }
    }
    return NULL;
}

static int64_t day_after(const walk *of, int64_t at)
{
    return of->days->at[days_find(of->days, at) + 1].begin;
}

/* When a notice of that length is due; they roll. */
static int64_t notice_end(walk *of, time_length within, int64_t at)
{
    static const pauses none;
    last_lawful found = count_last(of->days, within, true, false, at, &none);
    of->lost = of->lost || found.lost;
    return found.due;
}

static int64_t granted_end(walk *of, time_length most, int64_t at)
{
    last_lawful granted = {NEVER, 0, false};
    if (most.amount > 0) {
        granted = count_granted(of->days, most, at);
        of->lost = of->lost || granted.lost;
    }
    return granted.due;
}

static void stop_begin(walk *of, int clause, int64_t at)
{
    const stop_clause *row = &of->limit->stops[clause];
    if (stop_open(of, clause) != NULL) {
        return;
    }
    assert(of->stop_count < TURNS_MAX);
    walked_stop *stop = &of->stops[of->stop_count++];
    *stop = (walked_stop){.clause = clause, .opened = at, .since = at, .until = NEVER, .found = -1};
    stop->granted = granted_end(of, row->most, at);
    if (row->notified) {
        stop->notice_due =
            row->notice.amount > 0 ? notice_end(of, row->notice, at) : day_after(of, at);
        stop->awaited = !of->told_stop[clause];
        of->told_stop[clause] = false;
    }
}

/* In time, or late: then it stops from now on, if it still goes on. */
static void stop_told(walk *of, int clause, int64_t at)
{
    bool taken = false;
    for (int i = 0; i < of->stop_count; i++) {
        walked_stop *stop = &of->stops[i];
        bool waits = stop->awaited || (stop->voided && stop->until == NEVER);
        if (stop->clause != clause || !waits) {
            continue;
        }
        stop->since = stop->awaited && at < stop->notice_due ? stop->since : at;
        stop->awaited = stop->voided = false;
        if (stop->found >= 0) {
            of->found[stop->found].closed = true;
        }
        taken = true;
    }
    of->told_stop[clause] = of->told_stop[clause] || !taken;
}

static void extend(walk *of, int64_t at)
{
    const extension_clause *row = &of->limit->extension;
    int granted = 0;
    for (int i = 0; i < of->extension_count; i++) {
        granted += of->extensions[i].voided ? 0 : 1;
    }
    if (of->due <= at || granted >= row->times) {
        found_add(of, FOUND_EXTENSION, at);
        return;
    }
    assert(of->extension_count < TURNS_MAX);
    walked_extension *extension = &of->extensions[of->extension_count++];
    *extension = (walked_extension){.opened = at, .notice_due = NEVER};
    if (row->notified) {
        extension->notice_due = row->notice.amount > 0 ? notice_end(of, row->notice, at) : NEVER;
        extension->awaited = !of->told_extension;
        of->told_extension = false;
    }
}

static void extension_told(walk *of)
{
    bool taken = false;
    for (int i = 0; i < of->extension_count; i++) {
        taken = taken || of->extensions[i].awaited;
        of->extensions[i].awaited = false;
    }
    of->told_extension = of->told_extension || !taken;
}

static void turn_do(walk *of, deed_kind deed, int64_t at)
{
    if (deed >= DEED_NOTICE) {
        if (of->limit->stops[deed - DEED_NOTICE].notified) {
            stop_told(of, (int)deed - DEED_NOTICE, at);
        }
    } else if (deed >= DEED_RESUME) {
        walked_stop *stop = stop_open(of, (int)deed - DEED_RESUME);
        if (stop != NULL) {
            stop->until = at;
        }
    } else if (deed >= DEED_STOP) {
        stop_begin(of, (int)deed - DEED_STOP, at);
    } else if (of->runs && of->limit->extension.amount > 0) {
        if (deed == DEED_EXTEND) {
            extend(of, at);
        } else if (of->limit->extension.notified) {
            extension_told(of);
        }
    }
}

void walk_begin(walk *of, const walked_days *days, const stated_limit *limit)
{
    memset(of, 0, sizeof *of);
    of->days = days;
    of->limit = limit;
    of->due = NEVER;
    of->told = limit->length == LENGTH_BY_NUMBER ? limit->within.amount : 0;
}

/* Behind the last day of the years there is nothing to walk on. */
static bool leads_too_far(walk *of, int64_t at)
{
    of->lost = of->lost || at >= of->days->at[DAYS_COUNT].begin;
    return of->lost;
}

void walk_do(walk *of, deed_kind deed, int amount, int64_t at)
{
    if (leads_too_far(of, at)) {
        return;
    }
    go_on(of, at);
    if (deed == DEED_START) {
        if (!of->runs) {
            run_begin(of, at);
        }
    } else if (deed == DEED_END) {
        if (of->runs) {
            run_end(of, at);
        }
    } else if (deed == DEED_RESTART) {
        if (of->runs && of->limit->restarts) {
            run_end(of, at);
            run_begin(of, at);
        }
    } else if (deed == DEED_MEASURE) { /* one that is late stays as it was */
        of->told = amount;
        of->length = of->late ? of->length : length_read(of);
    } else {
        turn_do(of, deed, at);
    }
    settle(of);
}

void walk_end(walk *of, int64_t at)
{
    if (leads_too_far(of, at)) {
        return;
    }
    go_on(of, at);
    if (of->runs) {
        run_add(of, at, false);
    }
}
