/* SPDX-License-Identifier: Apache-2.0
 *
 * See sound.h. The tail goes in pieces of eight bytes. What of it is named is marked as it is met:
 * what may change, or names more, has its pieces for itself, while texts and the keys of events may
 * be named twice. So each piece is walked at most once, whatever the bytes say. */
#include "judge/sound.h"

#include "base/text.h"
#include "judge/course.h"
#include "judge/crews.h"
#include "judge/recalls.h"
#include "judge/stored.h"
#include "time/civil.h"

#include <string.h>

enum { PIECE = 8, WORD_BITS = 64, MARKS_ON_STACK = 32 };

typedef struct sounding {
    const gjr_case *judged;
    const gj_judge *judge;
    const unsigned char *tail;
    uint32_t tail_size;
    uint64_t *owned, *shared; /* a bit a piece */
} sounding;

/* ---- marks ---- */

static bool is_marked(const uint64_t *marks, uint32_t piece)
{
    return (marks[piece / WORD_BITS] >> piece % WORD_BITS & 1) != 0;
}

static bool fits(const sounding *with, uint64_t begin, uint64_t size)
{
    return begin <= with->tail_size && size <= with->tail_size - begin;
}

/* Marks what lies there; false where it does not, or lies over something else. */
static bool mark(sounding *with, uint64_t begin, uint64_t size, bool own)
{
    if (!fits(with, begin, size) || (own && begin % PIECE != 0)) {
        return false;
    }
    if (size == 0) {
        return true;
    }
    uint64_t *marks = own ? with->owned : with->shared;
    for (uint32_t i = (uint32_t)(begin / PIECE); i <= (begin + size - 1) / PIECE; i++) {
        if (is_marked(with->owned, i) || (own && is_marked(with->shared, i))) {
            return false;
        }
        marks[i / WORD_BITS] |= UINT64_C(1) << i % WORD_BITS;
    }
    return true;
}

/* ---- what stands alone ---- */

/* Two days more on both sides, for the offsets that an event may tell. */
static bool is_instant(gj_instant at)
{
    return at >= (GJR_DAY_MIN - 2) * GJR_MS_PER_DAY && at <= (GJR_DAY_MAX + 3) * GJR_MS_PER_DAY;
}

static bool is_instant_or_none(gj_instant at)
{
    return is_instant(at) || at == GJ_NEVER || at == INT64_MIN;
}

static bool is_day(int64_t day)
{
    return day >= GJR_DAY_MIN && day <= GJR_DAY_MAX;
}

static bool is_row(uint32_t row, uint32_t count)
{
    return row == GJR_NONE || row < count;
}

static bool is_in(uint32_t row, uint32_t first, uint32_t count)
{
    return row >= first && row - first < count;
}

static bool is_text(sounding *with, gjr_span span)
{
    if (!mark(with, span.begin, span.size, false)) {
        return false;
    }
    gj_text text = {(const char *)with->tail + span.begin, span.size};
    return gjb_text_invalid_offset(text) == text.size;
}

/* The key of an event. */
static bool is_key(sounding *with, uint32_t begin)
{
    gjr_key key;
    if (begin % PIECE != 0 || !fits(with, begin, sizeof key)) {
        return false;
    }
    memcpy(&key, with->tail + begin, sizeof key);
    uint64_t size = sizeof key + (uint64_t)key.source_size + key.id_size;
    gj_text source = {(const char *)with->tail + begin + sizeof key, key.source_size};
    if (!mark(with, begin, size, false)) {
        return false;
    }
    gj_text id = {source.bytes + source.size, key.id_size};
    return gjb_text_invalid_offset(source) == source.size && gjb_text_invalid_offset(id) == id.size;
}

/* ---- values ---- */

static bool is_scalar(const gjr_rows *rows, gjr_shape shape, int64_t value)
{
    switch ((gjr_type)shape.type) {
    case GJR_TYPE_BOOL:
        return value == 0 || value == 1;
    case GJR_TYPE_DATE:
        return is_day(value);
    case GJR_TYPE_TIME:
        return is_instant(value);
    case GJR_TYPE_ENUM:
        return value >= 0 && value < (int64_t)rows->enumerations[shape.enumeration].members_count;
    case GJR_TYPE_NUMBER:
    case GJR_TYPE_MONEY:
    case GJR_TYPE_DURATION:
        return value != INT64_MIN;
    case GJR_TYPE_NOTHING:
    case GJR_TYPE_TEXT:
    case GJR_TYPE_OFFICER:
    case GJR_TYPE_LIST:
    case GJR_TYPE_RECORD:
    case GJR_TYPE_COUNT:
        break;
    }
    return false;
}

static bool is_value(sounding *with, gjr_shape shape, uint64_t word);

static bool is_list(sounding *with, gjr_shape element, gjr_span span)
{
    bool sound = span.size <= GJR_LIST_ITEMS_MAX &&
                 mark(with, span.begin, span.size * sizeof(uint64_t), true);
    for (uint32_t i = 0; sound && i < span.size; i++) {
        uint64_t word;
        memcpy(&word, with->tail + span.begin + i * sizeof word, sizeof word);
        sound = is_value(with, element, word);
    }
    return sound;
}

static bool is_told(sounding *with, gjr_shape shape, uint64_t presence, uint64_t word)
{
    return presence == GJR_MISSING || (presence == GJR_PRESENT && is_value(with, shape, word)) ||
           (presence == GJR_WRONG && is_text(with, gjr_span_unpack(word)));
}

static bool is_record(sounding *with, gjr_shape shape, gjr_span span)
{
    uint32_t count;
    const gjr_part *parts = gjr_shape_parts(with->judge->rows, shape, &count);
    uint64_t words[2];
    bool sound = span.size == count && mark(with, span.begin, count * sizeof words, true);
    for (uint32_t i = 0; sound && i < count; i++) {
        memcpy(words, with->tail + span.begin + i * sizeof words, sizeof words);
        sound = is_told(with, GJR_SHAPE_OF(&parts[i]), words[0], words[1]);
    }
    return sound;
}

/* Recursion follows the shape, whose depth the image's verifier has bounded. */
static bool is_value(sounding *with, gjr_shape shape, uint64_t word)
{
    gjr_span span = gjr_span_unpack(word);
    if (gjr_type_is_textual(shape.type)) {
        return is_text(with, span);
    }
    if (shape.type == GJR_TYPE_LIST) {
        return is_list(with, gjr_shape_element(shape), span);
    }
    return shape.type == GJR_TYPE_RECORD ? is_record(with, shape, span)
                                         : is_scalar(with->judge->rows, shape, (int64_t)word);
}

static bool fields_check(sounding *with)
{
    const gjr_rows *rows = with->judge->rows;
    bool sound = true;
    for (uint32_t i = 0; sound && i < with->judge->own_field_count; i++) {
        sound = is_told(with, GJR_SHAPE_OF(&rows->fields[i]), gjr_case_presence(with->judged)[i],
                        gjr_case_values(with->judged)[i]);
    }
    return sound;
}

/* ---- where it stands, and what was done ---- */

static bool head_check(const sounding *with)
{
    const gjr_state *state = gjr_case_state(with->judged);
    const uint32_t most = UINT32_MAX / 2;
    return (is_instant(state->clock) || state->clock == INT64_MIN) &&
           is_instant_or_none(state->look_at) && is_instant_or_none(state->closed_at) &&
           state->finding_count < most && state->moment < most && state->tail_size % PIECE == 0;
}

static bool regions_check(const sounding *with)
{
    const gjr_rows *rows = with->judge->rows;
    const gjr_region_slot *slots = gjr_case_regions(with->judged);
    bool sound = true;
    for (uint32_t i = 0; sound && i < rows->region_count; i++) {
        const gjr_region *row = &rows->regions[i];
        sound = is_in(slots[i].stage, row->stages_first, row->stages_count) &&
                slots[i].status <= GJR_REGION_ENDED;
    }
    return sound;
}

static bool acts_check(const sounding *with)
{
    const gjr_done *done = gjr_case_done(with->judged);
    bool sound = true;
    for (uint32_t i = 0; done != NULL && sound && i < with->judge->rows->action_count; i++) {
        sound = done[i].times == 0 || is_day(done[i].last_day);
    }
    return sound;
}

static bool crews_check(sounding *with)
{
    const gjr_crew *crews = gjr_case_part(with->judged, with->judge->layout.crews);
    bool sound = true;
    for (uint32_t i = 0; sound && i < with->judge->layout.crew_count; i++) {
        sound = crews[i].capacity <= GJR_CREW_MAX && crews[i].used <= crews[i].capacity &&
                mark(with, crews[i].begin, crews[i].capacity * sizeof(gjr_span), true);
        for (uint32_t j = 0; sound && j < crews[i].used; j++) {
            gjr_span span;
            memcpy(&span, with->tail + crews[i].begin + j * sizeof span, sizeof span);
            sound = is_text(with, span);
        }
    }
    return sound;
}

/* ---- limits ---- */

/* Of the clause's own. */
static bool is_trigger(const sounding *with, const gjr_turn *turn)
{
    const gjr_rows *rows = with->judge->rows;
    return gjr_turn_is_stop(turn) ? is_in(turn->trigger, rows->stops[turn->clause].from_first,
                                          rows->stops[turn->clause].from_count)
                                  : is_in(turn->trigger, rows->extensions[turn->clause].by_first,
                                          rows->extensions[turn->clause].by_count);
}

static bool turn_check(sounding *with, const gjr_limit *limit, const gjr_turn *turn)
{
    bool extends = (turn->flags & GJR_TURN_EXTENDS) != 0;
    return (turn->flags & ~(uint32_t)GJR_TURN_FLAGS) == 0 && is_instant(turn->opened) &&
           is_instant_or_none(turn->since) && is_instant_or_none(turn->until) &&
           is_in(turn->clause, extends ? limit->extensions_first : limit->stops_first,
                 extends ? limit->extensions_count : limit->stops_count) &&
           is_trigger(with, turn) && is_key(with, turn->key) &&
           (turn->taken_by == 0 || is_key(with, turn->taken_by - 1));
}

static bool turns_check(sounding *with, const gjr_limit *limit, uint32_t latest)
{
    bool sound = true;
    while (sound && latest != 0) {
        gjr_turn turn;
        sound = mark(with, latest - 1, sizeof turn, true);
        if (sound) {
            memcpy(&turn, with->tail + latest - 1, sizeof turn);
            sound = turn_check(with, limit, &turn);
            latest = turn.before;
        }
    }
    return sound;
}

static bool course_check(sounding *with, const gjr_limit *limit, const gjr_course *course)
{
    return is_instant_or_none(course->since) && is_instant_or_none(course->doubt) &&
           is_instant_or_none(course->asked) && course->consumed >= 0 &&
           course->consumed <= (GJR_DAY_MAX - GJR_DAY_MIN) * GJR_MS_PER_DAY &&
           course->extended <= UINT32_MAX / 2 && turns_check(with, limit, course->live) &&
           turns_check(with, limit, course->past);
}

static bool slot_check(sounding *with, const gjr_limit *limit, uint32_t clock)
{
    const gjr_limit_slot *slot = gjr_case_limit(with->judged, clock);
    const uint64_t *item = gjr_case_item(with->judged, clock);
    if ((slot->flags & GJR_LIMIT_RUNNING) == 0) {
        return true;
    }
    return is_instant(slot->since) && slot->trigger < with->judge->rows->trigger_count &&
           slot->flags >> GJR_LIMIT_REACHED_SHIFT < UINT32_C(1) << limit->rungs_count &&
           is_key(with, slot->key) &&
           (item == NULL || is_value(with, gjr_stored_item_shape(with->judged, clock), *item));
}

/* Of the landmarks that the limit's lines have, and none beyond. */
static bool decided_check(const sounding *with, const gjr_limit *limit, uint32_t clock)
{
    const uint64_t *decided = gjr_case_decided(with->judged, clock);
    uint32_t words = decided != NULL ? with->judge->layout.decided_words : 0;
    uint32_t count = gjr_layout_landmarks(with->judge->rows, limit);
    for (uint32_t i = 0; i < words; i++) {
        uint32_t within = count > 64 * i ? count - 64 * i : 0;
        if (within < 64 && decided[i] >> within != 0) {
            return false;
        }
    }
    return true;
}

static bool warned_check(const sounding *with, uint32_t clock)
{
    const gjr_warned *warned = gjr_case_warned(with->judged, clock);
    uint32_t count = warned == NULL ? 0 : with->judge->layout.warned_rungs;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_instant_or_none(warned[i].first) || !is_instant_or_none(warned[i].last)) {
            return false;
        }
    }
    return true;
}

static bool clock_check(sounding *with, uint32_t clock)
{
    const gjr_rows *rows = with->judge->rows;
    const gjr_limit *limit = gjr_case_limit_row(with->judged, clock);
    const gjr_course *course = gjr_case_course(with->judged, clock);
    const gj_instant *end = gjr_case_end(with->judged, clock);
    const gj_instant *by = gjr_case_by(with->judged, clock);
    const gjr_measured *measured = gjr_case_measured(with->judged, clock);
    const gjr_holding *held = gjr_case_held(with->judged, clock);
    return slot_check(with, limit, clock) &&
           (course == NULL || course_check(with, limit, course)) &&
           (end == NULL || is_instant_or_none(*end)) && (by == NULL || is_instant_or_none(*by)) &&
           warned_check(with, clock) &&
           (measured == NULL ||
            (is_instant_or_none(measured->at) && measured->budget <= GJR_BUDGET_MAX &&
             is_row(measured->length, rows->length_count) && decided_check(with, limit, clock))) &&
           (held == NULL ||
            (is_row(held->soon, rows->stage_count) && is_row(held->late, rows->stage_count)));
}

static bool clocks_check(sounding *with)
{
    bool sound = true;
    for (uint32_t i = 0; sound && i < with->judge->layout.clock_count; i++) {
        sound = clock_check(with, i);
    }
    return sound;
}

/* ---- what rules remember ---- */

static gjr_shape key_shape(const gjr_rows *rows, const gjr_relation *relation)
{
    return GJR_SHAPE_OF(&rows->fields[rows->key_fields[relation->keys_first].field]);
}

/* What is kept of the act: two words each. */
static bool is_kept(sounding *with, const gjr_relation *relation, gjr_span span)
{
    const gjr_rows *rows = with->judge->rows;
    uint64_t words[2];
    bool sound = span.size == relation->keeps_count && span.size > 0 &&
                 mark(with, span.begin, span.size * sizeof words, true);
    for (uint32_t i = 0; sound && i < span.size; i++) {
        const gjr_keep *keep = &rows->keeps[relation->keeps_first + i];
        memcpy(words, with->tail + span.begin + i * sizeof words, sizeof words);
        sound = words[0] != GJR_WRONG &&
                is_told(with, GJR_SHAPE_OF(&rows->fields[keep->as]), words[0], words[1]);
    }
    return sound;
}

/* What its flags say that its item is: its key, what is kept of it, or nothing. */
static bool item_check(sounding *with, const gjr_relation *relation, const gjr_recall *recall)
{
    bool keyed = (recall->flags & GJR_RECALL_KEYED) != 0,
         keeps = (recall->flags & GJR_RECALL_KEEPS) != 0;
    if (keyed && (keeps || relation->keys_count == 0)) {
        return false;
    }
    return keeps   ? is_kept(with, relation, gjr_span_unpack(recall->item))
           : keyed ? is_value(with, key_shape(with->judge->rows, relation), recall->item)
                   : true;
}

static bool recall_check(sounding *with, const gjr_relation *relation, const gjr_register *of,
                         const gjr_recall *recall)
{
    const gjr_rows *rows = with->judge->rows;
    const int32_t most_s = 48 * 60 * 60;
    if ((recall->flags & GJR_RECALL_USED) == 0) {
        return true;
    }
    return (recall->flags & ~(uint32_t)GJR_RECALL_FLAGS) == 0 && is_instant(recall->at) &&
           recall->offset_s > -most_s && recall->offset_s < most_s &&
           is_in(recall->role, relation->roles_first, relation->roles_count) &&
           is_row(recall->post, rows->post_count) && is_key(with, recall->key) &&
           is_text(with, recall->officer) &&
           ((recall->flags & GJR_RECALL_PAIR) == 0 || recall->partner < of->capacity) &&
           item_check(with, relation, recall);
}

static bool register_check(sounding *with, uint32_t i)
{
    const gjr_relation *relation = &with->judge->rows->relations[i];
    const gjr_register *of = gjr_recall_register(with->judged, i);
    uint32_t used = 0;
    bool sound = of->capacity <= gjr_layout_held(with->judge->rows, i) &&
                 mark(with, of->begin, of->capacity * sizeof(gjr_recall), true) &&
                 (gjr_recall_next(with->judged, i) == i) == (of->used > 0);
    for (uint32_t j = 0; sound && j < of->capacity; j++) {
        const gjr_recall *recall = gjr_recall_get(with->judged, i, j);
        used += recall->flags & GJR_RECALL_USED;
        sound = recall_check(with, relation, of, recall);
    }
    return sound && used == of->used;
}

static bool registers_check(sounding *with)
{
    uint32_t count = with->judge->rows->relation_count;
    const uint64_t *remembering = gjr_case_part(with->judged, with->judge->layout.remembering);
    bool sound = count % WORD_BITS == 0 || remembering[count / WORD_BITS] >> count % WORD_BITS == 0;
    for (uint32_t i = 0; sound && i < count; i++) {
        sound = register_check(with, i);
    }
    return sound;
}

gj_status gjr_sound_check(const gjr_case *judged)
{
    uint64_t few[2 * MARKS_ON_STACK] = {0};
    sounding with = {.judged = judged,
                     .judge = judged->judge,
                     .tail = gjr_case_part(judged, judged->judge->layout.tail),
                     .tail_size = gjr_case_state(judged)->tail_size};
    size_t words = with.tail_size / (PIECE * WORD_BITS) + 1;
    uint64_t *marks = words <= MARKS_ON_STACK
                          ? few
                          : gjb_alloc_create(judged->judge->allocator, 2 * words, sizeof *marks);
    if (marks == NULL) {
        return GJ_NO_MEMORY;
    }
    with.owned = marks;
    with.shared = marks + words;
    bool sound = head_check(&with) && regions_check(&with) && acts_check(&with) &&
                 fields_check(&with) && clocks_check(&with) && crews_check(&with) &&
                 registers_check(&with);
    if (marks != few) {
        gjb_alloc_destroy(judged->judge->allocator, marks, 2 * words, sizeof *marks);
    }
    return sound ? GJ_OK : GJ_REFUSED;
}
