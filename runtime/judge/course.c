/* SPDX-License-Identifier: Apache-2.0
 *
 * See course.h. For days and working days, a day counts unless the limit is stopped at its end; for
 * hours the exact interval is left out. Stops that lie over one another are one. */
#include "judge/course.h"

#include "time/grant.h"

static const gjr_stop *stop_row(const gjr_case *judged, const gjr_turn *turn)
{
    return &judged->judge->rows->stops[turn->clause];
}

static bool is_open(const gjr_turn *turn)
{
    return gjr_turn_is_stop(turn) && turn->until == GJ_NEVER;
}

/* ---- lists ---- */

static size_t key_size(const gjr_case *judged, uint32_t key)
{
    return gjr_key_size(gjr_case_key_source(judged, key), gjr_case_key_id(judged, key));
}

static size_t list_size(const gjr_case *judged, uint32_t latest)
{
    size_t size = 0;
    for (const gjr_turn *turn = gjr_course_turn(judged, latest); turn != NULL;
         turn = gjr_course_turn(judged, turn->before)) {
        size += sizeof *turn + key_size(judged, turn->key) +
                (turn->taken_by > 0 ? key_size(judged, turn->taken_by - 1) : 0);
    }
    return size;
}

size_t gjr_course_size(const gjr_case *judged, uint32_t limit)
{
    const gjr_course *course = gjr_case_course(judged, limit);
    return list_size(judged, course->live) + list_size(judged, course->past);
}

static bool is_any(const gjr_turn *turn)
{
    return turn != NULL;
}

/* Copies those of a list, the latest last, as they came to stand there one by one: of stops that
 * began together the one that stands first goes first. */
static uint32_t list_copy(const gjr_case *from, gjr_case *to, uint32_t latest,
                          bool (*is_wanted)(const gjr_turn *))
{
    uint32_t count = 0, begin;
    const gjr_turn *turn = gjr_course_turn(from, latest);
    for (; turn != NULL; turn = gjr_course_turn(from, turn->before)) {
        count += is_wanted(turn) ? 1 : 0;
    }
    if (count == 0) {
        return 0;
    }
    gjr_turn *made = (gjr_turn *)(void *)gjr_case_add_bytes(to, count * sizeof *made, &begin);
    uint32_t left = count;
    for (turn = gjr_course_turn(from, latest); left > 0;
         turn = gjr_course_turn(from, turn->before)) {
        if (is_wanted(turn)) {
            made[--left] = *turn;
            made[left].before = left > 0 ? begin + (left - 1) * (uint32_t)sizeof *made + 1 : 0;
        }
    }
    return begin + (count - 1) * (uint32_t)sizeof *made + 1;
}

void gjr_course_keys_move(const gjr_case *from, gjr_case *to, gjr_turn *turn)
{
    turn->key = gjr_case_move_key(from, to, turn->key);
    if (turn->taken_by > 0) {
        turn->taken_by = 1 + gjr_case_move_key(from, to, turn->taken_by - 1);
    }
}

/* *latest refers to a turn of `from`, and then to its copy. */
static void list_move(const gjr_case *from, gjr_case *to, uint32_t *latest)
{
    *latest = list_copy(from, to, *latest, is_any);
    gjr_turn *turn = gjr_course_turn(to, *latest);
    for (; turn != NULL; turn = gjr_course_turn(to, turn->before)) {
        gjr_course_keys_move(from, to, turn);
    }
}

void gjr_course_move(const gjr_case *from, gjr_case *to, uint32_t limit)
{
    gjr_course *course = gjr_case_course(to, limit);
    list_move(from, to, &course->live);
    list_move(from, to, &course->past);
}

gjr_turn *gjr_course_add(gjr_case *judged, uint32_t limit, const gjr_turn *turn)
{
    uint32_t begin;
    gjr_turn *made = (gjr_turn *)(void *)gjr_case_add_bytes(judged, sizeof *made, &begin);
    gjr_course *course = gjr_case_course(judged, limit);
    *made = *turn;
    made->before = course->live;
    course->live = begin + 1;
    return made;
}

gjr_turn *gjr_course_find_open(const gjr_case *judged, uint32_t limit, uint32_t clause)
{
    gjr_turn *turn = gjr_course_turn(judged, gjr_case_course(judged, limit)->live);
    while (turn != NULL && !(is_open(turn) && turn->clause == clause)) {
        turn = gjr_course_turn(judged, turn->before);
    }
    return turn;
}

/* What is settled goes to the past, and what has no effect and is over goes. */
static void lists_sort(gjr_case *judged, gjr_course *course)
{
    uint32_t *keep = &course->live, next = course->live;
    while (next != 0) {
        gjr_turn *turn = gjr_course_turn(judged, next);
        uint32_t before = turn->before;
        bool is_over = (turn->flags & GJR_TURN_VOID) != 0 && !is_open(turn);
        if ((turn->flags & GJR_TURN_SETTLED) != 0) {
            turn->before = course->past;
            course->past = next;
        } else if (!is_over) {
            *keep = next;
            keep = &turn->before;
        }
        next = before;
    }
    *keep = 0;
}

/* ---- what a stop does ---- */

static const gj_calendar *calendar_of(const gjr_case *judged, uint32_t limit)
{
    return gjr_judge_calendar(judged->judge, gjr_case_limit_row(judged, limit));
}

/* As much as was granted, the day on which it began among it. */
static gj_instant granted_end(const gjr_case *judged, const gjr_turn *turn)
{
    const gjr_stop *row = stop_row(judged, turn);
    return gjr_grant_end(calendar_of(judged, row->limit), (gj_unit)row->granted_unit, row->granted,
                         turn->opened);
}

gj_instant gjr_course_end_of(const gjr_case *judged, const gjr_turn *turn)
{
    gj_instant granted = granted_end(judged, turn);
    return granted < turn->until ? granted : turn->until;
}

/* Of months and years alone; never backwards, since a stop is taken from the start on. */
static uint32_t moved_of(const gjr_case *judged, uint32_t limit, const gjr_pace *pace)
{
    uint32_t unit = gjr_case_limit_row(judged, limit)->unit;
    if (pace->since == pace->start || (unit != GJR_UNIT_MONTHS && unit != GJR_UNIT_YEARS)) {
        return 0;
    }
    const gj_calendar *calendar = calendar_of(judged, limit);
    gj_day from = gjr_calendar_day_of(calendar, pace->start);
    gj_day to = gjr_calendar_day_of(calendar, pace->since);
    return to > from ? (uint32_t)(to - from) : 0;
}

/* The last instant of the day before that on which an instant lies, by when days end. */
static gj_instant day_before(const gj_calendar *calendar, gj_instant at, bool at_close)
{
    return gjr_calendar_day_start(calendar, gjr_count_day_of(calendar, at, at_close)) - 1;
}

/* The pace as it is when it stops at `from` and goes on at `to`, of which GJ_NEVER is not known. */
static void pace_stop(const gjr_case *judged, uint32_t limit, gjr_pace *pace, gj_instant from,
                      gj_instant to)
{
    const gj_calendar *calendar = calendar_of(judged, limit);
    const gjr_limit *row = gjr_case_limit_row(judged, limit);
    gj_unit unit = (gj_unit)row->unit;
    gj_instant counted = from, resumed = to;
    if (gjr_count_is_by_day(unit)) {
        bool at_close = (row->flags & GJR_LIMIT_AT_CLOSE) != 0;
        counted = day_before(calendar, from, at_close);
        resumed = to == GJ_NEVER ? to : day_before(calendar, to, at_close);
    }
    if (resumed <= pace->since || resumed <= counted) {
        return; /* no end of a day lies in it */
    }
    pace->consumed += gjr_count_gone(calendar, unit, pace->since, counted);
    pace->held = to == GJ_NEVER;
    pace->since = pace->held ? (counted > pace->since ? counted : pace->since) : resumed;
    pace->moved = moved_of(judged, limit, pace);
}

/* ---- deriving ---- */

/* In the order in which they began; ties by place. NULL is before the first, and behind the last.
 */
static bool begins_after(const gjr_turn *turn, const gjr_turn *last)
{
    return last == NULL || turn->since > last->since || (turn->since == last->since && turn > last);
}

static bool begins_before(const gjr_turn *turn, const gjr_turn *found)
{
    return found == NULL || turn->since < found->since ||
           (turn->since == found->since && turn < found);
}

/* Of the live stops that work, the one that begins next after that one; NULL. */
static gjr_turn *stop_after(const gjr_case *judged, const gjr_course *course, const gjr_turn *last)
{
    gjr_turn *found = NULL, *turn = gjr_course_turn(judged, course->live);
    for (; turn != NULL; turn = gjr_course_turn(judged, turn->before)) {
        bool works =
            gjr_turn_is_stop(turn) && (turn->flags & (GJR_TURN_VOID | GJR_TURN_SETTLED)) == 0;
        found = works && begins_after(turn, last) && begins_before(turn, found) ? turn : found;
    }
    return found;
}

/* Of all stops that have worked or work, likewise. */
static const gjr_turn *stop_of_all_after(const gjr_case *judged, const gjr_course *course,
                                         const gjr_turn *last)
{
    const gjr_turn *found = stop_after(judged, course, last);
    const gjr_turn *turn = gjr_course_turn(judged, course->past);
    for (; turn != NULL; turn = gjr_course_turn(judged, turn->before)) {
        found = gjr_turn_is_stop(turn) && begins_after(turn, last) && begins_before(turn, found)
                    ? turn
                    : found;
    }
    return found;
}

/* The course as it is settled. */
static gjr_pace pace_settled(const gjr_case *judged, uint32_t limit)
{
    const gjr_course *course = gjr_case_course(judged, limit);
    const gjr_measured *measured = gjr_case_measured(judged, limit);
    gjr_pace pace = {
        .start = gjr_case_limit(judged, limit)->since,
        .since = course->since,
        .consumed = course->consumed,
        .own = measured != NULL ? measured->budget : gjr_case_limit_row(judged, limit)->budget,
        .length = measured != NULL ? measured->length : GJR_NONE,
        .measured = measured != NULL ? measured->at : 0,
    };
    pace.budget = pace.own + course->extended;
    pace.moved = moved_of(judged, limit, &pace);
    return pace;
}

static gj_instant due_of(const gjr_case *judged, uint32_t limit, const gjr_pace *pace)
{
    return gjr_terms_due(judged->judge, gjr_case_limit_row(judged, limit), pace);
}

/* A stop that begins when the limit is due already does nothing. */
static void pace_take(const gjr_case *judged, uint32_t limit, gjr_pace *pace, const gjr_turn *turn)
{
    if (turn->since <= pace->start) {
        pace_stop(judged, limit, pace, pace->start, gjr_course_end_of(judged, turn));
    } else if (turn->since < due_of(judged, limit, pace)) {
        pace_stop(judged, limit, pace, turn->since, gjr_course_end_of(judged, turn));
    }
}

/* An extension whose notice has a time of its own works until that is over. */
static bool extends(const gjr_case *judged, const gjr_turn *turn)
{
    if (gjr_turn_is_stop(turn) || (turn->flags & GJR_TURN_VOID) != 0) {
        return false;
    }
    return (turn->flags & GJR_TURN_AWAITED) == 0 ||
           judged->judge->rows->extensions[turn->clause].notice_within > 0;
}

/* As a gjr_term's: where its last day came, was closed, and the limit was stopped before the next
 * that is not. */
static uint32_t back_of(const gjr_case *judged, uint32_t limit, const gjr_pace *pace)
{
    const gjr_limit *row = gjr_case_limit_row(judged, limit);
    const gj_calendar *calendar = calendar_of(judged, limit);
    if (pace->consumed == 0 || pace->held || pace->own == 0 ||
        !gjr_count_is_by_day((gj_unit)row->unit) || (row->flags & GJR_LIMIT_ROLLS) == 0) {
        return 0;
    }
    int64_t length = gjr_count_share(calendar, gjr_terms_of(row, pace), pace->since, GJR_SHARE_ALL);
    if (pace->consumed < length) {
        return 0;
    }
    gjr_pace then = gjr_course_pace_used(judged, limit, pace, length);
    int64_t last = gjr_calendar_day_of(calendar, then.since) + length - then.consumed;
    return (uint32_t)(gjr_calendar_day_of(calendar, pace->since) - last);
}

static gjr_grant_span granted_range(const gjr_case *judged, const gjr_turn *turn)
{
    const gjr_stop *row = stop_row(judged, turn);
    return gjr_grant_range(calendar_of(judged, row->limit), (gj_unit)row->granted_unit,
                           row->granted, turn->opened);
}

static gj_instant earlier_of(gj_instant a, gj_instant b)
{
    return a < b ? a : b;
}

/* All that stops it, whether or not it was due by then. */
static void gaps_take(const gjr_case *judged, uint32_t limit, const gjr_pace *pace, gjr_gaps *gaps)
{
    const gjr_course *course = gjr_case_course(judged, limit);
    const gjr_turn *turn = NULL;
    while ((turn = stop_of_all_after(judged, course, turn)) != NULL) {
        gj_instant from = turn->since > pace->start ? turn->since : pace->start;
        gjr_grant_span granted = granted_range(judged, turn);
        gjr_gaps_add(gaps, from, earlier_of(granted.earliest, turn->until),
                     earlier_of(granted.latest, turn->until));
    }
}

/* Whether a stop reaches beyond an instant, of those that work or have worked. */
static bool is_stopped_behind(const gjr_case *judged, const gjr_course *course, gj_instant at)
{
    const uint32_t lists[] = {course->live, course->past};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        for (const gjr_turn *turn = gjr_course_turn(judged, lists[i]); turn != NULL;
             turn = gjr_course_turn(judged, turn->before)) {
            if (gjr_turn_is_stop(turn) && turn->until > at &&
                gjr_course_end_of(judged, turn) > at) {
                return true;
            }
        }
    }
    return false;
}

/* Where the last day is not announced, and what stops the limit reaches as far. A limit that stands
 * still has no last day yet. */
static void range_take(const gjr_case *judged, uint32_t limit, gjr_pace *pace)
{
    const gjr_limit *row = gjr_case_limit_row(judged, limit);
    gj_instant published = gjr_judge_published_end(judged->judge, row);
    if (pace->held || published == GJ_NEVER ||
        !is_stopped_behind(judged, gjr_case_course(judged, limit), published)) {
        return;
    }
    gjr_count count = gjr_terms_count(judged->judge, row, pace);
    gjr_gaps gaps;
    gjr_gaps_init(&gaps, calendar_of(judged, limit), gjr_terms_of(row, pace), pace->start);
    gaps_take(judged, limit, pace, &gaps);
    pace->range = gjr_count_range_stopped(&gaps, &count);
}

gjr_pace gjr_course_pace(const gjr_case *judged, uint32_t limit)
{
    const gjr_course *course = gjr_case_course(judged, limit);
    gjr_pace pace = pace_settled(judged, limit);
    for (const gjr_turn *turn = gjr_course_turn(judged, course->live); turn != NULL;
         turn = gjr_course_turn(judged, turn->before)) {
        if (extends(judged, turn)) {
            pace.budget += judged->judge->rows->extensions[turn->clause].amount;
        }
    }
    const gjr_turn *turn = NULL;
    while (!pace.held && (turn = stop_after(judged, course, turn)) != NULL) {
        pace_take(judged, limit, &pace, turn);
    }
    pace.back = back_of(judged, limit, &pace);
    range_take(judged, limit, &pace);
    return pace;
}

gjr_pace gjr_course_pace_used(const gjr_case *judged, uint32_t limit, const gjr_pace *pace,
                              int64_t used)
{
    const gjr_course *course = gjr_case_course(judged, limit);
    gjr_pace before = *pace, next = *pace;
    const gjr_turn *turn = NULL;
    next.since = next.start;
    next.consumed = 0;
    next.moved = 0;
    next.held = false;
    while (next.consumed < used && (turn = stop_of_all_after(judged, course, turn)) != NULL) {
        before = next;
        pace_take(judged, limit, &next, turn);
    }
    return before;
}

gjr_pace gjr_course_pace_until(const gjr_case *judged, uint32_t limit, const gjr_pace *pace,
                               gj_instant until)
{
    const gj_calendar *calendar = calendar_of(judged, limit);
    const gjr_course *course = gjr_case_course(judged, limit);
    bool by_day = gjr_count_is_by_day((gj_unit)gjr_case_limit_row(judged, limit)->unit);
    gjr_pace then = *pace;
    if (!pace->held && pace->since <= until) {
        return then; /* it goes on again by then */
    }
    if (by_day) {
        until = gjr_calendar_day_end(calendar, gjr_calendar_day_of(calendar, until));
    }
    then.since = then.start;
    then.consumed = 0;
    then.moved = 0;
    then.held = false;
    const gjr_turn *turn = stop_of_all_after(judged, course, NULL);
    for (; !then.held && turn != NULL && turn->since < until;
         turn = stop_of_all_after(judged, course, turn)) {
        pace_take(judged, limit, &then, turn);
    }
    return then;
}

/* ---- settling ---- */

/* Whether it lies whole in one that still works, and so does nothing. */
static bool is_covered(const gjr_case *judged, const gjr_course *course, const gjr_turn *inner)
{
    for (const gjr_turn *turn = gjr_course_turn(judged, course->live); turn != NULL;
         turn = gjr_course_turn(judged, turn->before)) {
        if (is_open(turn) && (turn->flags & (GJR_TURN_UNSURE | GJR_TURN_VOID)) == 0 &&
            turn->since <= inner->since && inner->until <= granted_end(judged, turn)) {
            return true;
        }
    }
    return false;
}

/* Whether an extension works that may still turn out to be void: whether a stop began before the
 * limit was due hangs on it. */
static bool is_extended_for_now(const gjr_case *judged, const gjr_course *course)
{
    for (const gjr_turn *turn = gjr_course_turn(judged, course->live); turn != NULL;
         turn = gjr_course_turn(judged, turn->before)) {
        if ((turn->flags & GJR_TURN_UNSURE) != 0 && extends(judged, turn)) {
            return true;
        }
    }
    return false;
}

static bool is_unsure(const gjr_turn *turn)
{
    return is_open(turn) || (turn->flags & GJR_TURN_UNSURE) != 0;
}

/* In the order in which they began, up to the first of which more may be heard. Of a limit whose
 * length may change none is settled: whether a stop began before it was due hangs on that. */
static void stops_settle(gjr_case *judged, uint32_t limit)
{
    gjr_course *course = gjr_case_course(judged, limit);
    if (gjr_case_measured(judged, limit) != NULL) {
        return;
    }
    gjr_turn *turn = stop_after(judged, course, NULL);
    if (turn == NULL || (is_unsure(turn) && turn->before == 0) ||
        is_extended_for_now(judged, course)) {
        return;
    }
    gjr_pace pace = pace_settled(judged, limit);
    turn = NULL;
    while ((turn = stop_after(judged, course, turn)) != NULL && !is_unsure(turn)) {
        pace_take(judged, limit, &pace, turn);
        turn->flags |= GJR_TURN_SETTLED;
    }
    course->since = pace.since;
    course->consumed = pace.consumed;
    for (; turn != NULL; turn = stop_after(judged, course, turn)) {
        turn->flags |= !is_unsure(turn) && is_covered(judged, course, turn) ? GJR_TURN_SETTLED : 0u;
    }
}

void gjr_course_settle(gjr_case *judged, uint32_t limit)
{
    gjr_course *course = gjr_case_course(judged, limit);
    for (gjr_turn *turn = gjr_course_turn(judged, course->live); turn != NULL;
         turn = gjr_course_turn(judged, turn->before)) {
        if (!gjr_turn_is_stop(turn) && (turn->flags & (GJR_TURN_UNSURE | GJR_TURN_VOID)) == 0) {
            course->extended += judged->judge->rows->extensions[turn->clause].amount;
            turn->flags |= GJR_TURN_SETTLED;
        }
    }
    stops_settle(judged, limit);
    lists_sort(judged, course);
}

/* ---- beginning and ending ---- */

/* Of the live turns those alone that go on. */
static void lists_clear(gjr_case *judged, gjr_course *course)
{
    for (gjr_turn *turn = gjr_course_turn(judged, course->live); turn != NULL;
         turn = gjr_course_turn(judged, turn->before)) {
        turn->flags |= is_open(turn) ? 0u : GJR_TURN_SETTLED;
    }
    lists_sort(judged, course);
    course->past = 0;
}

void gjr_course_begin(gjr_case *judged, uint32_t limit, gj_instant at)
{
    gjr_course *course = gjr_case_course(judged, limit);
    lists_clear(judged, course);
    *course = (gjr_course){.since = at, .doubt = GJ_NEVER, .live = course->live};
}

void gjr_course_end(gjr_case *judged, uint32_t limit)
{
    if (gjr_case_item(judged, limit) != NULL) {
        *gjr_case_course(judged, limit) = (gjr_course){.since = 0};
    } else {
        gjr_course_begin(judged, limit, 0);
    }
}

gjr_turn *gjr_course_take_over(gjr_case *judged, uint32_t from, uint32_t to)
{
    gjr_course *course = gjr_case_course(judged, to);
    course->live = list_copy(judged, judged, gjr_case_course(judged, from)->live, is_open);
    return gjr_course_turn(judged, course->live);
}

/* ---- what was taken ---- */

/* A stop that began when the limit was due is none of it. */
static bool is_taken(const gjr_turn *turn, gj_instant due)
{
    bool works = (turn->flags & (GJR_TURN_VOID | GJR_TURN_AWAITED)) == 0;
    return works && (!gjr_turn_is_stop(turn) || turn->since < due);
}

/* Each before those that began later. */
static void taken_add(gjr_raised_taken *items, uint32_t count, const gjr_raised_taken *one)
{
    uint32_t to = count;
    for (; to > 0 && items[to - 1].from > one->from; to--) {
        items[to] = items[to - 1];
    }
    items[to] = *one;
}

static uint32_t taken_take(const gjr_case *judged, uint32_t latest, gj_instant due,
                           gjr_raised_taken *items, uint32_t count)
{
    for (const gjr_turn *turn = gjr_course_turn(judged, latest); turn != NULL;
         turn = gjr_course_turn(judged, turn->before)) {
        if (!is_taken(turn, due)) {
            continue;
        }
        if (items != NULL) {
            gjr_raised_taken one = {
                .clause = turn->clause,
                .trigger = turn->trigger,
                .extends = !gjr_turn_is_stop(turn),
                .from = turn->since,
                .to = gjr_turn_is_stop(turn) ? gjr_course_end_of(judged, turn) : turn->since,
                .source = gjr_case_key_source(judged, turn->key),
                .id = gjr_case_key_id(judged, turn->key),
            };
            taken_add(items, count, &one);
        }
        count++;
    }
    return count;
}

const gjr_raised_taken *gjr_course_taken(const gjr_case *judged, uint32_t limit, gjb_arena *arena,
                                         uint32_t *count)
{
    const gjr_course *course = gjr_case_course(judged, limit);
    gjr_pace pace = gjr_course_pace(judged, limit);
    gj_instant due = due_of(judged, limit, &pace);
    *count = taken_take(judged, course->past, due, NULL, 0);
    *count = taken_take(judged, course->live, due, NULL, *count);
    gjr_raised_taken *items = gjb_arena_make(arena, *count, sizeof *items);
    if (items != NULL) {
        uint32_t added = taken_take(judged, course->past, due, items, 0);
        (void)taken_take(judged, course->live, due, items, added);
    }
    return items;
}
