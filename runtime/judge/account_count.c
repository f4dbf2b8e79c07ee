/* SPDX-License-Identifier: Apache-2.0
 *
 * The marks of one start folded: its pauses, what was added, from where the rest is counted; and by
 * that when it is due and how it stands. As the judge does: a day is stopped that a pause holds at
 * its end; what was counted before a pause is consumed, the rest is counted from its last stopped
 * day. */
#include "judge/account.h"
#include "time/grant.h"
#include "time/range.h"

/* A stop as it is told, before it is known what it does. */
typedef struct stop {
    gj_instant begin, end, at_most; /* end and at_most GJ_NEVER where not known */
    gjr_grant_span granted;         /* where at_most may lie */
    gj_instant began;               /* by which it is known, with its clause */
    uint32_t clause;
    bool is_void;
    gj_text name;
} stop;

typedef struct fold {
    gjr_account_span span;
    uint32_t budget_before; /* before it was extended */
    bool is_endless;        /* nobody says how long it is */
    stop *stops;            /* as they are told; then by when they begin */
    size_t stop_count;
    gjr_pause *pauses; /* what they come to: in order, none within another */
    bool held;         /* the last one has no end in sight */
} fold;

static bool is_by_day(const fold *with)
{
    return gjr_count_is_by_day(with->span.term.unit);
}

static int64_t gone(const fold *with, gj_instant from, gj_instant to)
{
    return gjr_count_gone(with->span.calendar, with->span.term.unit, from, to);
}

/* ---- marks ---- */

/* The stop that the mark tells of, or NULL: of several that began in one instant the last, since
 * those before it were over then. Those that go on stand near the end. */
static stop *stop_find(const fold *with, const gj_account_mark *mark)
{
    for (size_t i = with->stop_count; i > 0; i--) {
        stop *one = &with->stops[i - 1];
        if (one->clause == mark->clause && one->began == mark->began) {
            return one;
        }
    }
    return NULL;
}

/* One that is told again works from then on, if it goes on still. It is told again later than it
 * began: what is told as it begins is another one, even where one of its clause ended just then. */
static void stop_take(fold *with, const gj_account_mark *mark)
{
    stop *one = mark->at == mark->began ? NULL : stop_find(with, mark);
    gj_instant end = one == NULL ? GJ_NEVER : one->end;
    one = one == NULL ? &with->stops[with->stop_count++] : one;
    *one = (stop){.begin = mark->at,
                  .end = end,
                  .at_most = mark->at_most_until,
                  .granted = {mark->at_most_earliest, mark->at_most_latest},
                  .began = mark->began,
                  .clause = mark->clause,
                  .name = mark->subject_title};
}

static void extend(fold *with, gj_account *account, int64_t amount)
{
    account->extended += (uint32_t)amount;
    with->span.term.budget += (uint32_t)amount;
}

/* Of several that began in one instant each is void by a mark of its own. */
static void stop_void(const fold *with, const gj_account_mark *mark)
{
    for (size_t i = with->stop_count; i > 0; i--) {
        stop *one = &with->stops[i - 1];
        if (one->clause == mark->clause && one->began == mark->began && !one->is_void) {
            one->is_void = true;
            return;
        }
    }
}

static void mark_take(fold *with, gj_account *account, const gj_account_mark *mark)
{
    stop *ended;
    switch (mark->kind) {
    case GJ_MARK_STARTED:
        account->start = with->span.base = mark->at;
        return;
    case GJ_MARK_STOPPED:
        stop_take(with, mark);
        return;
    case GJ_MARK_RESUMED:
        ended = stop_find(with, mark);
        if (ended != NULL) {
            ended->end = mark->at;
        }
        return;
    case GJ_MARK_EXTENDED:
        extend(with, account, mark->amount);
        return;
    case GJ_MARK_VOIDED:
        if (mark->voids_extension) {
            extend(with, account, -mark->amount);
        } else {
            stop_void(with, mark);
        }
        return;
    case GJ_MARK_TOLD:
        with->span.by = mark->told;
        return;
    case GJ_MARK_MEASURED:
        with->span.term.budget = mark->length.amount + account->extended;
        with->budget_before = mark->length.amount;
        with->is_endless = mark->length.amount == 0;
        return;
    case GJ_MARK_RUNG:
    case GJ_MARK_ENDED:
    case GJ_MARK_CLOSED:
    case GJ_MARK_RAN_OUT:
    case GJ_MARK_GRANTED:
        return;
    }
}

/* ---- pauses ---- */

/* By when they begin, those of one instant as they are told; mostly they are in order already. */
static void stops_sort(const fold *with)
{
    for (size_t i = 1; i < with->stop_count; i++) {
        stop one = with->stops[i];
        size_t to = i;
        for (; to > 0 && with->stops[to - 1].begin > one.begin; to--) {
            with->stops[to] = with->stops[to - 1];
        }
        with->stops[to] = one;
    }
}

static void base_move(fold *with, gj_instant begin, gj_instant end)
{
    const gj_calendar *calendar = with->span.calendar;
    gj_instant counted = begin, resumed = end;
    gj_day base = gjr_calendar_day_of(calendar, with->span.base);
    if (is_by_day(with)) {
        gj_day first = gjr_count_day_of(calendar, begin, with->span.term.at_close);
        gj_day last = gjr_count_day_of(calendar, end, with->span.term.at_close) - 1;
        if (last < first || last <= base) {
            return; /* no end of a day lies in it */
        }
        counted = gjr_calendar_day_start(calendar, first) - 1;
        resumed = gjr_calendar_day_start(calendar, last);
        with->span.term.moved += (uint32_t)(last - base);
    }
    with->span.term.consumed += gone(with, with->span.base, counted);
    with->span.base = resumed > with->span.base ? resumed : with->span.base;
}

/* Where it goes on from one before it, its own part alone. */
static void pause_add(fold *with, gj_instant begin, gj_instant end, gj_text name)
{
    gjr_pause *last =
        with->span.pause_count == 0 ? NULL : &with->pauses[with->span.pause_count - 1];
    if (last != NULL && begin < last->end) {
        begin = last->end;
    }
    if (begin < end) {
        with->pauses[with->span.pause_count++] = (gjr_pause){begin, end, name};
    }
}

/* One that begins when the limit is due already, which one without a length never is, does nothing;
 * one that began before it is taken
 * from its start on. */
static void pause_take(fold *with, const gj_account *account, const stop *one)
{
    gj_instant end = one->end < one->at_most ? one->end : one->at_most;
    gj_instant begin = one->begin > account->start ? one->begin : account->start;
    bool late =
        !with->is_endless && one->begin > account->start &&
        one->begin >= gjr_count_due_at(with->span.calendar, with->span.term, with->span.base);
    if (one->is_void || late || with->held || end <= begin) {
        return;
    }
    pause_add(with, begin, end, one->name);
    with->held = end == GJ_NEVER;
    if (!with->held) {
        base_move(with, begin, end);
    }
}

/* ---- how it stands ---- */

/* How much there is up to the date by which it is due; as long as none is told, what has gone. */
static uint64_t whole_by(const fold *with, const gj_account *account)
{
    const gjr_account_span *span = &with->span;
    if (!account->has_due) {
        return (uint64_t)(span->term.consumed + gone(with, span->base, account->until));
    }
    return (uint64_t)(is_by_day(with)
                          ? (span->count.raw_due_day > span->count.start_day
                                 ? (int64_t)span->count.raw_due_day - span->count.start_day
                                 : 0)
                          : gone(with, span->base, account->due));
}

/* How much a budget is: of months and years that hangs on where they begin. */
static uint64_t whole_of(const fold *with, const gj_account *account, uint32_t budget)
{
    if (account->span == GJ_SPAN_BY || with->is_endless) {
        return whole_by(with, account);
    }
    gjr_term term = {.unit = with->span.term.unit, .budget = budget};
    if (term.unit == GJ_MONTHS || term.unit == GJ_YEARS) {
        gjr_count count = gjr_count_due(with->span.calendar, term, account->start);
        return (uint64_t)((int64_t)count.raw_due_day - count.start_day);
    }
    return is_by_day(with) ? budget : budget * (uint64_t)gjr_count_unit_ms(term.unit);
}

/* Of the budget, so much is used: while nothing counts, what was when the pause began; its days do
 * not count. */
static uint64_t used_of(const fold *with, const gj_account *account)
{
    const gjr_account_span *span = &with->span;
    gj_instant until = account->until;
    gj_instant begin = with->held ? span->pauses[span->pause_count - 1].begin : GJ_NEVER;
    gj_instant last =
        is_by_day(with) ? gjr_calendar_day_end(span->calendar, account->until_day) - 1 : until;
    if (begin <= last) { /* it may have ended before that */
        gj_day day = gjr_count_day_of(span->calendar, begin, span->term.at_close);
        until = is_by_day(with) ? gjr_calendar_day_start(span->calendar, day) - 1 : begin;
    }
    uint64_t used = (uint64_t)(span->term.consumed + gone(with, span->base, until));
    return used < span->whole ? used : span->whole;
}

static gj_instant earlier_of(gj_instant a, gj_instant b)
{
    return a < b ? a : b;
}

/* By all stops that have an effect, or may have one where it is due later than the week has it. */
static gjr_range range_of(const fold *with, const gj_account *account)
{
    const gjr_account_span *span = &with->span;
    gj_day through = gjr_calendar_get_plan(span->calendar)->published_through;
    gjr_gaps gaps;
    bool reaches = false;
    if (with->stop_count == 0 || account->span == GJ_SPAN_BY || through == GJ_NO_DAY) {
        return gjr_count_range_of(span->calendar, span->term, &span->count);
    }
    gj_instant published = gjr_calendar_day_end(span->calendar, through);
    gjr_gaps_init(&gaps, span->calendar, span->term, account->start);
    for (size_t i = 0; i < with->stop_count; i++) {
        const stop *one = &with->stops[i];
        gj_instant from = one->begin > account->start ? one->begin : account->start;
        gj_instant to_earliest = earlier_of(one->end, one->granted.earliest);
        gj_instant to_latest = earlier_of(one->end, one->granted.latest);
        if (!one->is_void) {
            gjr_gaps_add(&gaps, from, to_earliest, to_latest);
            reaches = reaches || to_latest > published;
        }
    }
    return reaches ? gjr_count_range_stopped(&gaps, &span->count)
                   : gjr_count_range_of(span->calendar, span->term, &span->count);
}

static void due_take(fold *with, gj_account *account)
{
    gjr_account_span *span = &with->span;
    bool by = account->span == GJ_SPAN_BY;
    account->has_due = !with->held && !with->is_endless && (!by || span->by != GJ_NEVER);
    account->due = GJ_NEVER;
    account->due_day = account->raw_due_day = GJ_NO_DAY;
    account->range = (gj_due){GJ_NO_DAY, GJ_NO_DAY, false};
    if (!account->has_due) {
        return;
    }
    span->count = by ? gjr_count_by(span->calendar, span->term, span->base, span->by)
                     : gjr_count_due(span->calendar, span->term, span->base);
    account->due = span->count.due;
    account->due_day = span->count.due_day;
    account->raw_due_day = span->count.raw_due_day;
    account->at_close = span->count.at_close &&
                        span->count.due != gjr_calendar_day_end(span->calendar, account->due_day);
    account->due_offset_s = gjr_calendar_offset(span->calendar, account->due);
    span->range = (gjr_range){account->due_day, account->due_day, false, account->due};
    if (span->calendar != NULL) {
        span->range = range_of(with, account);
    }
    account->range = (gj_due){span->range.earliest, span->range.latest, span->range.open};
    account->beyond_published = span->count.beyond_published || span->range.open;
}

static void status_take(const fold *with, gj_account *account)
{
    size_t count = with->span.pause_count;
    const gjr_pause *last = count == 0 ? NULL : &with->pauses[count - 1];
    if (account->status == GJ_ACCOUNT_RUNNING && last != NULL && account->until >= last->begin &&
        account->until < last->end) {
        account->status = GJ_ACCOUNT_STOPPED;
    }
}

/* How far it ended before its minimum was over: by the near end of what is not announced. */
static uint64_t short_of(const fold *with, const gj_account *account)
{
    const gjr_account_span *span = &with->span;
    gjr_count count = gjr_count_earliest(span->calendar, span->term, &span->count);
    return account->status == GJ_ACCOUNT_ENDED
               ? gjr_count_short(span->calendar, span->term.unit, &count, account->until)
               : 0;
}

/* One that ran out is counted to the end of its last day, which what turned out to be void then may
 * have hidden. */
static void until_take(const fold *with, gj_account *account)
{
    const gjr_account_span *span = &with->span;
    if (account->status == GJ_ACCOUNT_RAN_OUT && account->has_due) {
        gjr_count latest = gjr_count_at_latest(&span->count, span->range);
        gj_instant last = latest.due - (account->in_time ? 0 : 1);
        account->until = last < account->until ? last : account->until;
    }
}

static void standing_take(fold *with, gj_account *account)
{
    gjr_account_span *span = &with->span;
    span->whole = whole_of(with, account, span->term.budget);
    span->whole_before = whole_of(with, account, with->budget_before);
    account->budget = span->term.budget;
    account->start_day = gjr_calendar_day_of(span->calendar, account->start);
    account->until_day = gjr_calendar_day_of(span->calendar, account->until);
    account->until_offset_s = gjr_calendar_offset(span->calendar, account->until);
    account->used = used_of(with, account);
    account->left = span->whole - account->used;
    gjr_count latest = gjr_count_at_latest(&span->count, span->range);
    account->over = account->has_due
                        ? gjr_count_over(span->calendar, span->term.unit, &latest, account->until)
                        : 0;
    if (account->span == GJ_SPAN_AT_LEAST) {
        account->over = short_of(with, account);
    }
    status_take(with, account);
}

gj_status gjr_account_count(const gj_calendar *calendar, gjr_term term, gjb_arena *arena,
                            gj_account *account, gjr_pauses *pauses)
{
    fold with = {.span = {.calendar = calendar, .term = term, .by = GJ_NEVER},
                 .budget_before = term.budget};
    with.stops = gjb_arena_make(arena, account->mark_count, sizeof *with.stops);
    with.pauses = gjb_arena_make(arena, account->mark_count, sizeof *with.pauses);
    if (with.stops == NULL || with.pauses == NULL) {
        return GJ_NO_MEMORY;
    }
    with.span.pauses = with.pauses;
    account->unit = term.unit;
    account->over_unit = gjr_count_over_unit(term.unit);
    account->in_time = !gjr_count_is_by_day(term.unit);
    for (size_t i = 0; i < account->mark_count; i++) {
        mark_take(&with, account, &account->marks[i]);
    }
    stops_sort(&with);
    for (size_t i = 0; i < with.stop_count; i++) {
        pause_take(&with, account, &with.stops[i]);
    }
    if (gjr_account_is_backward(account)) {
        gjr_account_count_back(&with.span, account);
    } else {
        due_take(&with, account);
        until_take(&with, account);
        standing_take(&with, account);
    }
    if (pauses != NULL) {
        *pauses = (gjr_pauses){with.pauses, with.span.pause_count};
    }
    return gjr_account_make_runs(&with.span, arena, account);
}
