/* SPDX-License-Identifier: Apache-2.0
 *
 * See held.h. */
#include "judge/held.h"

#include "base/text.h"
#include "time/hours.h"

#include <string.h>

/* One holding before it is named: the act that went on with the case, or NULL. */
typedef struct piece {
    gj_instant from, to;
    uint32_t stage; /* GJR_NONE: the case had not begun */
    uint32_t post;  /* the only one, or that acted; or GJR_NONE */
    const gjr_passing *act;
    bool by_law;
} piece;

typedef struct walk {
    gjr_held_maker *maker;
    const gjr_rows *rows;
    const gjr_held_span *span;
    piece *pieces;
    size_t count, capacity, pause;
    piece last; /* the stay in which the span ends, where it does */
    bool no_memory;
} walk;

gj_status gjr_held_init(gjr_held_maker *with, const gj_judge *judge, const gjr_custody *custody,
                        gjb_arena *arena)
{
    const gjr_rows *rows = judge->rows;
    *with = (gjr_held_maker){.judge = judge, .custody = custody, .arena = arena};
    with->holders = gjb_arena_make(arena, rows->stage_count, sizeof *with->holders);
    with->is_found = gjb_arena_make(arena, rows->stage_count, sizeof *with->is_found);
    with->stages = gjb_arena_make(arena, rows->region_count, sizeof *with->stages);
    return with->holders == NULL || with->is_found == NULL || with->stages == NULL ? GJ_NO_MEMORY
                                                                                   : GJ_OK;
}

/* ---- who ---- */

static const gjr_holders *holders_of(walk *with, uint32_t stage)
{
    static const gjr_holders none = {NULL, 0};
    gjr_held_maker *maker = with->maker;
    if (stage == GJR_NONE) {
        return &none;
    }
    if (!maker->is_found[stage]) {
        maker->is_found[stage] =
            gjr_holders_find(with->rows, stage, maker->arena, &maker->holders[stage]);
        with->no_memory |= !maker->is_found[stage];
    }
    return &maker->holders[stage];
}

static bool is_among(const gjr_holders *holders, uint32_t post)
{
    for (size_t i = 0; i < holders->count; i++) {
        if (holders->posts[i] == post) {
            return true;
        }
    }
    return false;
}

static bool are_among(const gjr_holders *some, const gjr_holders *holders)
{
    for (size_t i = 0; i < some->count; i++) {
        if (!is_among(holders, some->posts[i])) {
            return false;
        }
    }
    return true;
}

/* Where the span's region stands, or the one around it that runs. */
static uint32_t stage_seen(const walk *with)
{
    const uint32_t *stages = with->maker->stages;
    uint32_t seen = with->span->region;
    for (uint32_t region = seen; region != 0;) {
        uint32_t parent = with->rows->regions[region].parent;
        region = with->rows->stages[parent].region;
        seen = stages[region] == parent ? seen : region;
    }
    return stages[seen];
}

/* ---- pieces ---- */

static bool grow(walk *with)
{
    size_t capacity = with->capacity == 0 ? 16 : with->capacity * 2;
    piece *pieces = gjb_arena_make(with->maker->arena, capacity, sizeof *pieces);
    if (pieces == NULL) {
        with->no_memory = true;
        return false;
    }
    if (with->count > 0) {
        memcpy(pieces, with->pieces, with->count * sizeof *pieces);
    }
    with->pieces = pieces;
    with->capacity = capacity;
    return true;
}

static void piece_add(walk *with, const piece *one)
{
    if (with->count < with->capacity || grow(with)) {
        with->pieces[with->count++] = *one;
    }
}

/* What lies in it of the span; the law's own part of that is the law's. */
static void stay_add(walk *with, piece stay)
{
    const gjr_held_span *span = with->span;
    stay.from = stay.from > span->from ? stay.from : span->from;
    stay.to = stay.to < span->until ? stay.to : span->until;
    while (stay.from < stay.to) {
        while (with->pause < span->pause_count && span->pauses[with->pause].end <= stay.from) {
            with->pause++;
        }
        const gjr_pause *pause = &span->pauses[with->pause];
        bool is_left = with->pause < span->pause_count;
        piece part = stay;
        if (is_left && pause->begin <= stay.from) {
            part = (piece){stay.from, pause->end, stay.stage, GJR_NONE, NULL, true};
        } else if (is_left && pause->begin < stay.to) {
            part.to = pause->begin;
        }
        part.to = part.to < stay.to ? part.to : stay.to;
        piece_add(with, &part);
        with->last = stay;
        stay.from = part.to;
    }
}

static void stay_end(walk *with, piece *stay, const gjr_passing *act)
{
    const gjr_holders *holders = holders_of(with, stay->stage);
    stay->act = act;
    stay->post = act != NULL ? act->post : holders->count == 1 ? holders->posts[0] : GJR_NONE;
    stay_add(with, *stay);
}

/* Whether the act, or the stage that is come to, is anything to the span's region. */
static bool is_heard(const walk *with, const gjr_passing *passing)
{
    uint32_t of = with->span->region;
    return passing->stage == GJR_NONE
               ? passing->region == GJR_NONE || gjr_rows_is_within(with->rows, passing->region, of)
               : gjr_rows_is_within(with->rows, of, passing->region);
}

static void pieces_make(walk *with)
{
    const gjr_custody *custody = with->maker->custody;
    uint32_t *stages = with->maker->stages;
    piece stay = {.from = INT64_MIN, .stage = GJR_NONE, .post = GJR_NONE};
    for (uint32_t i = 0; i < with->rows->region_count; i++) {
        stages[i] = GJR_NONE;
    }
    for (size_t i = 0; i < custody->count && !with->no_memory; i++) {
        const gjr_passing *passing = &custody->items[i];
        bool is_act = passing->stage == GJR_NONE;
        if (is_heard(with, passing) &&
            (!is_act || is_among(holders_of(with, stay.stage), passing->post))) {
            stay.to = passing->at;
            stay_end(with, &stay, is_act ? passing : NULL);
            stay.from = passing->at;
        }
        if (!is_act) {
            stages[passing->region] = passing->stage;
            stay.stage = stage_seen(with);
        }
    }
    stay.to = INT64_MAX;
    stay_end(with, &stay, NULL);
}

/* ---- how much ---- */

static bool is_by_day(const gjr_held_span *span)
{
    return gjr_count_is_by_day(span->unit);
}

/* Of the span's measure, how much is over by then; of days, those that have ended. */
static int64_t gone_by(const gjr_held_span *span, gj_instant at)
{
    if (is_by_day(span)) {
        gj_day day = gjr_count_day_of(span->calendar, at, span->at_close);
        at = gjr_calendar_day_start(span->calendar, day) - 1;
    }
    return gjr_count_gone(span->calendar, span->unit, span->from, at);
}

/* And at its end: the day that has begun counts whole. */
static int64_t gone_whole(const gjr_held_span *span)
{
    gj_instant until = span->until;
    if (span->short_day && is_by_day(span)) {
        gj_day day = gjr_calendar_day_of(span->calendar, until);
        until = gjr_calendar_day_start(span->calendar, day) - 1;
    }
    return gjr_count_gone(span->calendar, span->unit, span->from, until);
}

static void amounts_take(const walk *with, gj_holding *holdings)
{
    const gjr_held_span *span = with->span;
    int64_t before = 0, whole = span->is_counted ? gone_whole(span) : 0;
    for (size_t i = 0; span->is_counted && i < with->count; i++) {
        bool last = i + 1 == with->count;
        int64_t gone = last ? whole : gone_by(span, with->pieces[i].to);
        gone = gone < whole ? gone : whole;
        holdings[i].amount = (uint64_t)(gone - before);
        before = gone;
    }
}

/* A pause holds at the end of the day of the end, as far as is known. */
static bool is_last_paused(const gjr_held_span *span)
{
    gj_day day = gjr_calendar_day_of(span->calendar, span->until);
    gj_instant end = span->at_close ? gjr_hours_close(span->calendar, day)
                                    : gjr_calendar_day_end(span->calendar, day);
    for (size_t i = 0; i < span->pause_count; i++) {
        if (span->pauses[i].begin < end && end <= span->pauses[i].end) {
            return true;
        }
    }
    return false;
}

/* Which may not be whose the moment before was, where the span ended within that day. */
static void last_day_add(walk *with)
{
    const gjr_held_span *span = with->span;
    if (!span->in_stops || !span->is_counted || !is_by_day(span) || with->count == 0 ||
        gone_by(span, span->until) >= gone_whole(span)) {
        return;
    }
    bool paused = is_last_paused(span);
    if (with->pieces[with->count - 1].by_law == paused) {
        return;
    }
    piece last = with->last;
    if (paused) {
        last = (piece){.stage = last.stage, .post = GJR_NONE, .by_law = true};
    }
    last.from = last.to = span->until;
    piece_add(with, &last);
}

/* ---- names ---- */

static void post_take(const walk *with, uint32_t post, gj_holder *to)
{
    const gj_judge *judge = with->maker->judge;
    const gjr_post *row = &with->rows->posts[post];
    to->post = gjr_judge_text(judge, row->name);
    to->post_title = gjr_judge_text(judge, row->title);
    to->is_party = (row->flags & GJR_POST_PARTY) != 0;
    if (row->department != GJR_NONE) {
        to->department = gjr_judge_text(judge, with->rows->departments[row->department].name);
    }
}

/* All that hold the stage, by name and title. */
static void posts_take(walk *with, const gjr_holders *holders, gj_holder *to)
{
    const gj_judge *judge = with->maker->judge;
    gj_text *names = gjb_arena_make(with->maker->arena, holders->count, sizeof *names);
    gj_text *titles = gjb_arena_make(with->maker->arena, holders->count, sizeof *titles);
    with->no_memory |= names == NULL || titles == NULL;
    for (size_t i = 0; names != NULL && titles != NULL && i < holders->count; i++) {
        names[i] = gjr_judge_text(judge, with->rows->posts[holders->posts[i]].name);
        titles[i] = gjr_judge_text(judge, with->rows->posts[holders->posts[i]].title);
    }
    to->posts = names;
    to->post_titles = titles;
    to->post_count = names == NULL || titles == NULL ? 0 : holders->count;
}

static gj_text officer_of(const piece *one)
{
    return one->act == NULL ? (gj_text){NULL, 0} : one->act->officer;
}

static gj_text office_of(const piece *one)
{
    return one->act == NULL ? (gj_text){NULL, 0} : one->act->office;
}

static gj_holder holder_make(walk *with, const piece *one)
{
    gj_holder made = {.by_law = one->by_law};
    if (one->by_law) {
        return made;
    }
    const gjr_holders *holders = holders_of(with, one->stage);
    posts_take(with, holders, &made);
    if (one->post != GJR_NONE) {
        post_take(with, one->post, &made);
    }
    made.officer = officer_of(one);
    made.office = office_of(one);
    return made;
}

static gj_holding holding_make(walk *with, const piece *one)
{
    const gj_judge *judge = with->maker->judge;
    gj_holding made = {
        .holder = holder_make(with, one),
        .from = one->from,
        .to = one->to,
        .from_offset_s = gjr_calendar_offset(judge->calendar, one->from),
        .to_offset_s = gjr_calendar_offset(judge->calendar, one->to),
        .unit = with->span->unit,
        .is_counted = with->span->is_counted,
    };
    if (one->stage != GJR_NONE) {
        made.stage = gjr_judge_text(judge, with->rows->stages[one->stage].name);
        made.stage_title = gjr_judge_text(judge, with->rows->stages[one->stage].title);
    }
    return made;
}

/* ---- sums ---- */

/* Of one officer of one post; where several might have acted and none did, all are the same. */
static bool is_same(walk *with, const piece *a, const piece *b)
{
    const gjr_holders *of_a = holders_of(with, a->stage), *of_b = holders_of(with, b->stage);
    if (a->by_law || b->by_law) {
        return a->by_law == b->by_law;
    }
    if (a->post != b->post || !gjb_text_equal(officer_of(a), officer_of(b)) ||
        !gjb_text_equal(office_of(a), office_of(b))) {
        return false;
    }
    return a->post != GJR_NONE || (of_a->count == of_b->count && are_among(of_a, of_b));
}

/* `first`: of each sum the piece by which it is known. */
static void sum_add(walk *with, gjr_held_found *found, size_t index, uint32_t *first)
{
    const gj_holding *holding = &found->holdings[index];
    size_t at = 0;
    while (at < found->held_count &&
           !is_same(with, &with->pieces[first[at]], &with->pieces[index])) {
        at++;
    }
    if (at == found->held_count) {
        first[found->held_count] = (uint32_t)index;
        found->held[found->held_count++] = (gj_held){
            .holder = holding->holder, .unit = holding->unit, .is_counted = holding->is_counted};
    }
    found->held[at].elapsed_ms += (uint64_t)(holding->to - holding->from);
    found->held[at].amount += holding->amount;
}

gj_status gjr_held_make(gjr_held_maker *maker, const gjr_held_span *span, gjr_held_found *found)
{
    walk with = {.maker = maker, .rows = maker->judge->rows, .span = span};
    *found = (gjr_held_found){.holdings = NULL};
    pieces_make(&with);
    last_day_add(&with);
    if (with.no_memory) {
        return GJ_NO_MEMORY;
    }
    found->holdings = gjb_arena_make(maker->arena, with.count, sizeof *found->holdings);
    found->held = gjb_arena_make(maker->arena, with.count, sizeof *found->held);
    uint32_t *first = gjb_arena_make(maker->arena, with.count, sizeof *first);
    if (found->holdings == NULL || found->held == NULL || first == NULL) {
        return GJ_NO_MEMORY;
    }
    found->holding_count = with.count;
    for (size_t i = 0; i < with.count; i++) {
        found->holdings[i] = holding_make(&with, &with.pieces[i]);
    }
    amounts_take(&with, found->holdings);
    for (size_t i = 0; i < with.count; i++) {
        sum_add(&with, found, i, first);
    }
    return with.no_memory ? GJ_NO_MEMORY : GJ_OK;
}
