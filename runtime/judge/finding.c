/* SPDX-License-Identifier: Apache-2.0
 *
 * See finding.h. */
#include "judge/finding.h"

#include "base/hash.h"
#include "base/text.h"
#include "judge/counted.h"
#include "judge/effect.h"
#include "judge/holder.h"
#include "judge/key.h"
#include "judge/length.h"
#include "judge/related.h"
#include "judge/taken.h"
#include "time/backward.h"
#include "time/range.h"

#include <string.h>

typedef struct maker {
    const gj_judge *judge;
    const gjr_raised *raised;
    const gjr_event *event; /* NULL: time alone */
    gjb_arena *arena;
    gj_finding *to;
    bool no_memory;
} maker;

typedef struct titled {
    gj_text name, title;
} titled;

static titled titled_of(const maker *with, uint32_t name, uint32_t title)
{
    return (titled){gjr_judge_text(with->judge, name), gjr_judge_text(with->judge, title)};
}

/* `titled` of a row of a table. */
#define TITLED(with, table, index)                                                                 \
    titled_of(with, (with)->judge->rows->table##s[index].name,                                     \
              (with)->judge->rows->table##s[index].title)

static void *make(maker *with, size_t count, size_t size)
{
    void *made = gjb_arena_make(with->arena, count, size);
    with->no_memory |= made == NULL;
    return made;
}

/* ---- subject ---- */

static titled told_subject(const maker *with)
{
    gj_text text = {NULL, 0};
    if (with->event != NULL) {
        text = with->raised->subject == GJ_SUBJECT_POST ? with->event->post_text
                                                        : with->event->action_text;
    }
    text = text.size > 0 ? text : gjb_text_of("post");
    return (titled){text, text};
}

static titled subject_of(const maker *with)
{
    uint32_t index = with->raised->subject_index;
    if (index == GJR_SUBJECT_TOLD) {
        return told_subject(with);
    }
    switch (with->raised->subject) {
    case GJ_SUBJECT_ACTION:
        return TITLED(with, action, index);
    case GJ_SUBJECT_STAGE:
        return TITLED(with, stage, index);
    case GJ_SUBJECT_POST:
        return TITLED(with, post, index);
    case GJ_SUBJECT_FIELD:
        return TITLED(with, field, index);
    case GJ_SUBJECT_DOCUMENT:
        return TITLED(with, document, index);
    case GJ_SUBJECT_LIMIT:
        return TITLED(with, limit, index);
    case GJ_SUBJECT_RULE:
        return TITLED(with, rule, index);
    case GJ_SUBJECT_NATIVE:
        return TITLED(with, native, index);
    }
    return (titled){{NULL, 0}, {NULL, 0}};
}

/* ---- identity ---- */

static void piece_add(gjb_hash *hash, gj_text text)
{
    gjb_hash_add_piece(hash, text.bytes, text.size);
}

/* The event by which the stop began, or the extension was granted, is its key. */
static bool is_of_turn(gj_code code)
{
    return code == GJ_INVALID_STOP || code == GJ_INVALID_EXTENSION;
}

/* Kinds are told apart, so that a limit and a stage of one name are two subjects. */
static void identity_make(maker *with)
{
    static const char *const kinds[] = {"action.",   "stage.", "post.", "field.",
                                        "document.", "limit.", "rule.", "native."};
    gj_finding *to = with->to;
    const gjr_raised_limit *limit = &with->raised->limit;
    const gjr_raised_turn *turn = &with->raised->turn;
    bool keyed = with->raised->subject == GJ_SUBJECT_LIMIT && limit->id.bytes != NULL;
    bool turned = is_of_turn(with->raised->code);
    const gjr_raised_law *law = &with->raised->law; /* absent where it has no part in this */
    const gjr_raised_act *acted = gjr_related_key(with->raised);
    gj_text source = keyed                 ? limit->source
                     : turned              ? turn->source
                     : acted != NULL       ? acted->source
                     : with->event != NULL ? with->event->source
                                           : law->source;
    gj_text id = keyed                 ? limit->id
                 : turned              ? turn->id
                 : acted != NULL       ? acted->id
                 : with->event != NULL ? with->event->id
                                       : law->id;
    gjb_buffer subject;
    gjb_buffer_init(&subject, with->judge->allocator);
    gjb_buffer_add_string(&subject, to->is_parameter ? "parameter." : kinds[with->raised->subject]);
    gjb_buffer_add_text(&subject, to->subject);
    with->no_memory |= subject.failed;
    gjb_hash hash;
    uint8_t digest[GJB_HASH_SIZE];
    gjb_hash_init(&hash);
    piece_add(&hash, to->procedure);
    piece_add(&hash, to->case_id);
    piece_add(&hash, gjb_text_of(gj_code_name(to->code)));
    piece_add(&hash, gjb_buffer_text(&subject));
    piece_add(&hash, to->branch.size > 0 ? to->branch : gjb_text_of(""));
    piece_add(&hash, to->key.size > 0 ? to->key : gjb_text_of(""));
    piece_add(&hash, source);
    piece_add(&hash, id);
    gjb_hash_finish(&hash, digest);
    gjb_hash_hex(digest, 16, to->id);
    gjb_buffer_deinit(&subject);
}

/* ---- who and where ---- */

/* Made outwards, so each name goes before what is there. */
bool gjr_finding_branch_path(const gj_judge *judge, uint32_t region, bool titles, gjb_arena *arena,
                             gj_text *path)
{
    const gjr_rows *rows = judge->rows;
    *path = (gj_text){NULL, 0};
    for (; region != 0; region = rows->stages[rows->regions[region].parent].region) {
        const gjr_region *row = &rows->regions[region];
        gj_text name = gjr_rows_text(rows, titles ? row->title : row->name);
        size_t size = name.size + (path->size > 0 ? path->size + 1 : 0);
        char *bytes = gjb_arena_make(arena, size + 1, 1);
        if (bytes == NULL) {
            return false;
        }
        memcpy(bytes, name.bytes, name.size);
        if (path->size > 0) {
            bytes[name.size] = '/';
            memcpy(bytes + name.size + 1, path->bytes, path->size);
        }
        *path = (gj_text){bytes, size};
    }
    return true;
}

static gj_text branch_path(maker *with, uint32_t region, bool titles)
{
    gj_text path = {NULL, 0};
    if (!gjr_finding_branch_path(with->judge, region, titles, with->arena, &path)) {
        with->no_memory = true;
    }
    return path;
}

static void stages_take(maker *with)
{
    with->to->branch = branch_path(with, with->raised->region, false);
    with->to->branch_title = branch_path(with, with->raised->region, true);
    titled stage = TITLED(with, stage, with->raised->stage);
    titled after = TITLED(with, stage, with->raised->stage_after);
    with->to->stage = stage.name;
    with->to->stage_title = stage.title;
    with->to->stage_after = after.name;
    with->to->stage_after_title = after.title;
    if (with->raised->transition != GJR_NONE) {
        uint32_t there = with->judge->rows->transitions[with->raised->transition].stage;
        titled expected = TITLED(with, stage, there);
        with->to->stage_expected = expected.name;
        with->to->stage_expected_title = expected.title;
        uint32_t region = with->judge->rows->stages[there].region;
        with->to->branch_expected = branch_path(with, region, false);
        with->to->branch_expected_title = branch_path(with, region, true);
    }
}

static void post_take(maker *with, uint32_t post)
{
    titled named = TITLED(with, post, post);
    uint32_t department = with->judge->rows->posts[post].department;
    with->to->post = named.name;
    with->to->post_title = named.title;
    if (department != GJR_NONE) {
        with->to->department = TITLED(with, department, department).name;
    }
}

static void event_take(maker *with)
{
    const gjr_event *event = with->event;
    gj_finding *to = with->to;
    if (event->action != GJR_NONE) {
        titled action = TITLED(with, action, event->action);
        to->action = action.name;
        to->action_title = action.title;
    } else {
        to->action = to->action_title = event->action_text;
    }
    to->event = event->id;
    to->source_id = event->source;
    to->at_offset_s = event->at_offset_s;
    to->office = event->office;
    to->officer = event->officer;
    if (event->post != GJR_NONE) {
        post_take(with, event->post);
    } else {
        to->post = to->post_title = event->post_text;
    }
    if (event->department != GJR_NONE) {
        to->department = TITLED(with, department, event->department).name;
    } else if (event->department_text.size > 0) {
        to->department = event->department_text;
    }
}

static const gj_citation *basis_make(maker *with, uint32_t first, uint32_t count)
{
    gj_citation *basis =
        count > 0 ? gjr_citations_make(with->judge, first, count, with->arena) : NULL;
    with->no_memory |= basis == NULL && count > 0;
    return basis;
}

static void clause_take(maker *with)
{
    const gjr_raised *raised = with->raised;
    const gjr_position *position = &with->judge->rows->positions[raised->position];
    gj_finding *to = with->to;
    to->file = gjr_judge_text(with->judge, position->file);
    to->line = position->line;
    to->column = position->column;
    to->basis = basis_make(with, raised->basis_first, raised->basis_count);
    to->basis_count = to->basis == NULL ? 0 : raised->basis_count;
}

/* ---- details by code ---- */

static void trigger_take(maker *with, uint32_t index, gj_start_kind *kind, gj_text *subject)
{
    const gjr_trigger *trigger = &with->judge->rows->triggers[index];
    switch ((gjr_trigger_kind)trigger->kind) {
    case GJR_TRIGGER_ACTION:
        *kind = GJ_START_ACT;
        *subject = TITLED(with, action, trigger->target).title;
        break;
    case GJR_TRIGGER_ENTERING:
        *kind = GJ_START_ENTERING;
        *subject = TITLED(with, stage, trigger->target).title;
        break;
    case GJR_TRIGGER_LEAVING:
        *kind = GJ_START_LEAVING;
        *subject = TITLED(with, stage, trigger->target).title;
        break;
    case GJR_TRIGGER_FIELD:
        *kind = GJ_START_FIELD;
        *subject = TITLED(with, field, trigger->target).title;
        break;
    case GJR_TRIGGER_COUNT:
        break;
    }
}

/* What started it, and what it is due by or counted back from. */
static void ends_take(maker *with, gj_counted *counted)
{
    const gjr_limit *row = &with->judge->rows->limits[with->raised->subject_index];
    trigger_take(with, with->raised->limit.trigger, &counted->start_kind, &counted->start_subject);
    if ((row->flags & GJR_LIMIT_BACKWARD) != 0 && row->to_count > 0) {
        trigger_take(with, row->to_first, &counted->end_kind, &counted->end_subject);
    } else if (counted->span == GJ_SPAN_BY) {
        counted->end_kind = GJ_START_FIELD;
        counted->end_subject = TITLED(with, field, row->by).title;
    }
}

/* By which its limit counts. */
static const gj_calendar *calendar_of(const maker *with)
{
    return gjr_judge_calendar(with->judge, &with->judge->rows->limits[with->raised->subject_index]);
}

gj_rung gjr_finding_rung(const gjr_rung *rung, gj_instant at)
{
    static const gj_rung_kind kinds[GJR_RUNG_COUNT] = {GJ_RUNG_BEFORE, GJ_RUNG_SHARE,
                                                       GJ_RUNG_OVERDUE};
    return (gj_rung){
        .kind = rung->amount == 0 ? GJ_RUNG_DUE : kinds[rung->kind],
        .amount = rung->amount,
        .unit = (gj_unit)rung->unit,
        .at = at,
    };
}

static void rung_take(maker *with)
{
    const gjr_raised_limit *limit = &with->raised->limit;
    with->to->rung = gjr_finding_rung(&with->judge->rows->rungs[limit->rung], limit->rung_at);
}

/* The limit of the finding ran out, and the law ended it there. */
static bool ran_out(const maker *with)
{
    const gjr_raised_law *law = &with->raised->law;
    return law->effect != GJR_NONE && law->ran_out;
}

/* Up to when it is counted: one that ran out up to its last day. */
static gj_instant counted_until(const maker *with)
{
    return with->raised->limit.until - (ran_out(with) ? 1 : 0);
}

/* What is the same of every finding of a limit. */
static void counted_take(maker *with, gj_span span, gjr_term term, const gjr_count *count,
                         gj_day by_week, gjr_range range)
{
    const gj_calendar *calendar = calendar_of(with);
    const gjr_limit *row = &with->judge->rows->limits[with->raised->subject_index];
    const gjr_raised_limit *limit = &with->raised->limit;
    gj_counted *counted = &with->to->counted;
    *counted = (gj_counted){
        .span = span,
        .unit = term.unit,
        .start = limit->since,
        .start_day = gjr_calendar_day_of(calendar, limit->since),
        .budget = term.budget,
        .elapsed = span == GJ_SPAN_WITHIN
                       ? gjr_terms_elapsed(with->judge, row, &limit->pace, counted_until(with))
                       : gjr_count_elapsed(calendar, term.unit, limit->since, counted_until(with)),
        .until = limit->until,
        .due = count->due,
        .due_day = count->due_day,
        .due_by_week = by_week,
        .due_earliest = range.open ? range.earliest : count->due_day,
        .due_latest = range.open ? range.latest : count->due_day,
        .raw_due_day = count->raw_due_day,
        .due_offset_s = gjr_calendar_offset(calendar, count->due),
        .in_time = gjr_count_is_time(term.unit),
        .at_close = count->at_close && count->due != gjr_calendar_day_end(calendar, count->due_day),
        .start_not_recorded = limit->start_not_recorded,
        .beyond_published = count->beyond_published,
    };
    if (calendar != NULL) {
        counted->calendar = gj_calendar_revision(calendar);
    }
    with->no_memory |= !gjr_taken_make(with->judge, with->raised, with->arena, counted);
    ends_take(with, counted);
    if (span == GJ_SPAN_WITHIN || span == GJ_SPAN_AT_LEAST) {
        with->no_memory |= !gjr_counted_take_days(
            calendar, gjr_calendar_day_of(calendar, counted_until(with)), with->arena, counted);
    }
    with->to->has_due = !counted->held && count->due != GJ_NEVER;
    with->to->over_unit = gjr_count_over_unit(term.unit);
}

/* Of several posts the one that acted answers, where it is among them. */
static void holders_take(maker *with, const gjr_holders *held)
{
    gj_finding *to = with->to;
    gj_text *names = make(with, held->count, sizeof *names);
    gj_text *titles = make(with, held->count, sizeof *titles);
    bool acted = false;
    for (size_t i = 0; names != NULL && titles != NULL && i < held->count; i++) {
        titled post = TITLED(with, post, held->posts[i]);
        names[i] = post.name;
        titles[i] = post.title;
        acted = acted || (with->event != NULL && with->event->post == held->posts[i]);
    }
    to->holders = names;
    to->holder_titles = titles;
    to->holder_count = names == NULL || titles == NULL ? 0 : held->count;
    if (acted) {
        return;
    }
    to->post = to->post_title = to->department = to->officer = (gj_text){NULL, 0};
    if (held->count == 1) {
        post_take(with, held->posts[0]);
    }
}

static void holder_take(maker *with)
{
    uint32_t stage = with->raised->limit.held_in;
    titled named = TITLED(with, stage, stage);
    gjr_holders held;
    with->to->held_in = named.name;
    with->to->held_in_title = named.title;
    if (gjr_holders_find(with->judge->rows, stage, with->arena, &held)) {
        holders_take(with, &held);
    } else {
        with->no_memory = true;
    }
}

/* A post answers; the officer is known where the same post did the act at hand. */
static void owing_take(maker *with, uint32_t post)
{
    bool its_own = with->event != NULL && with->event->post == post;
    post_take(with, post);
    with->to->officer = its_own ? with->event->officer : (gj_text){NULL, 0};
}

/* Who answers for a limit. */
static void duty_take(maker *with)
{
    const gjr_limit *row = &with->judge->rows->limits[with->raised->subject_index];
    if (with->raised->limit.held_in != GJR_NONE) {
        holder_take(with);
    } else if (row->duty != GJR_NONE) {
        owing_take(with, row->duty);
    }
}

/* How long it is, where that hangs on the case; what that line cites, the finding does. */
static void length_take(maker *with)
{
    const gjr_limit *row = &with->judge->rows->limits[with->raised->subject_index];
    const gjr_pace *pace = &with->raised->limit.pace;
    gj_finding *to = with->to;
    if (row->lengths_count == 0) {
        return;
    }
    gj_length *length = &to->counted.length;
    to->counted.is_measured = true;
    with->no_memory |=
        !gjr_length_make(with->judge, pace->length, pace->own, pace->measured, with->arena, length);
    if (length->basis_count > 0) {
        to->basis = length->basis;
        to->basis_count = length->basis_count;
    }
}

/* Both findings of a limit's ladder. */
static void limit_take(maker *with)
{
    const gj_judge *judge = with->judge;
    const gjr_limit *row = &judge->rows->limits[with->raised->subject_index];
    const gjr_raised_limit *limit = &with->raised->limit;
    gjr_term term = gjr_terms_of(row, &limit->pace);
    bool late = with->raised->code == GJ_LATE;
    gjr_count count = gjr_terms_count(judge, row, &limit->pace);
    gjr_range range = gjr_count_range_of(calendar_of(with), term, &count);
    gj_day by_week = count.due_day;
    count = late ? gjr_terms_latest(judge, row, &limit->pace) : count;
    counted_take(with, row->by == GJR_NONE ? GJ_SPAN_WITHIN : GJ_SPAN_BY, term, &count, by_week,
                 range);
    length_take(with);
    rung_take(with);
    with->to->over_amount = late && !ran_out(with)
                                ? gjr_count_over(calendar_of(with), term.unit, &count, limit->until)
                                : 0;
    with->to->ended = with->raised->status != GJ_OPEN;
    with->to->at = with->to->ended ? limit->until : late ? count.due : with->to->rung.at;
    duty_take(with);
}

/* Where it was counted back: due is the last day, or instant, on the right side; within, the
 * first. */
static void backward_take(maker *with, const gjr_limit *row, bool within)
{
    const gj_calendar *calendar = calendar_of(with);
    const gjr_raised_limit *limit = &with->raised->limit;
    gjr_term term = {.unit = (gj_unit)(within ? row->unit : row->least_unit),
                     .budget = within ? row->budget : row->least};
    gjr_back back =
        gjr_count_back(calendar, term.unit, term.budget, within, limit->since, limit->until);
    bool time = gjr_count_is_time(term.unit);
    gj_day day = time ? gjr_calendar_day_of(calendar, back.instant) : back.day;
    gjr_count count = {
        .start_day = gjr_calendar_day_of(calendar, limit->since),
        .raw_due_day = day,
        .due_day = day,
        .due = time     ? back.instant
               : within ? gjr_calendar_day_start(calendar, day)
                        : gjr_calendar_day_end(calendar, day),
    };
    counted_take(with, within ? GJ_SPAN_WITHIN_BEFORE : GJ_SPAN_AT_LEAST_BEFORE, term, &count, day,
                 (gjr_range){.open = false});
    with->to->over_amount = back.amount;
}

/* What was judged when its end came. */
static void period_take(maker *with)
{
    const gj_judge *judge = with->judge;
    const gjr_limit *row = &judge->rows->limits[with->raised->subject_index];
    const gjr_raised_limit *limit = &with->raised->limit;
    if ((row->flags & GJR_LIMIT_BACKWARD) != 0) {
        backward_take(with, row, row->least == 0);
    } else {
        gjr_term term = gjr_terms_least_of(row);
        gjr_count count = gjr_terms_least(judge, row, &limit->pace);
        gjr_range range = gjr_count_range_of(calendar_of(with), term, &count);
        gj_day by_week = count.due_day;
        count = gjr_count_earliest(calendar_of(with), term, &count);
        counted_take(with, GJ_SPAN_AT_LEAST, term, &count, by_week, range);
        with->to->over_amount = gjr_count_short(calendar_of(with), term.unit, &count, limit->until);
    }
    duty_take(with);
}

static void left_out_take(maker *with)
{
    const gjr_rows *rows = with->judge->rows;
    uint32_t count = with->raised->left_out_count;
    gj_left_out *left_out = make(with, count, sizeof *left_out);
    if (left_out == NULL) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const gjr_transition *row = &rows->transitions[with->raised->left_out[i]];
        titled action = TITLED(with, action, row->action), stage = TITLED(with, stage, row->stage);
        titled post = {{NULL, 0}, {NULL, 0}};
        if (row->posts_count > 0) {
            post = TITLED(with, post, rows->post_refs[row->posts_first].post);
        }
        uint32_t region = rows->stages[row->stage].region;
        left_out[i] = (gj_left_out){
            .action = action.name,
            .title = action.title,
            .post = post.name,
            .post_title = post.title,
            .stage = stage.name,
            .stage_title = stage.title,
            .branch = branch_path(with, region, false),
            .branch_title = branch_path(with, region, true),
        };
    }
    with->to->left_out = left_out;
    with->to->left_out_count = count;
}

typedef struct grants {
    gj_text *titles;
    size_t count;
} grants;

static void granted_add(const maker *with, grants *to, uint32_t post)
{
    gj_text title = TITLED(with, post, post).title;
    for (size_t i = 0; i < to->count; i++) {
        if (to->titles[i].bytes == title.bytes) {
            return;
        }
    }
    to->titles[to->count++] = title;
}

/* By the stage's clause, and by the posts' own blocks. */
static void granted_take(maker *with)
{
    const gjr_rows *rows = with->judge->rows;
    const gjr_action *action = &rows->actions[with->event->action];
    uint32_t transition = with->raised->transition;
    uint32_t by_clause = transition == GJR_NONE ? 0 : rows->transitions[transition].posts_count;
    grants granted = {make(with, (size_t)by_clause + action->powers_count, sizeof(gj_text)), 0};
    if (granted.titles == NULL) {
        return;
    }
    for (uint32_t i = 0; i < by_clause; i++) {
        granted_add(with, &granted,
                    rows->post_refs[rows->transitions[transition].posts_first + i].post);
    }
    for (uint32_t i = action->powers_first; i < action->powers_first + action->powers_count; i++) {
        if (rows->powers[i].kind == GJR_POWER_MAY &&
            gjr_rows_is_within(rows, with->raised->region, rows->powers[i].region)) {
            granted_add(with, &granted, rows->powers[i].post);
        }
    }
    with->to->posts_granted = granted.titles;
    with->to->posts_granted_count = granted.count;
}

static void value_take(const maker *with, const gjr_raised_value *from, gj_value *to)
{
    const gjr_field *row = &with->judge->rows->fields[from->field];
    titled named = TITLED(with, field, from->field);
    uint32_t type = row->type == GJR_TYPE_LIST ? row->element : row->type;
    *to = (gj_value){
        .field = named.name,
        .title = named.title,
        .kind = type == GJR_TYPE_BOOL       ? GJ_VALUE_BOOL
                : type == GJR_TYPE_MONEY    ? GJ_VALUE_MONEY
                : type == GJR_TYPE_DURATION ? GJ_VALUE_DURATION
                                            : GJ_VALUE_PLAIN,
        .known = from->known,
        .is_list = row->type == GJR_TYPE_LIST,
        .is_judgement = row->judged_by != GJR_NONE,
        .items = from->items,
        .item_count = from->item_count,
    };
}

static void condition_take(maker *with)
{
    const gjr_raised *raised = with->raised;
    if (raised->condition != GJR_NONE) {
        with->to->condition =
            gjr_judge_text(with->judge, with->judge->rows->expressions[raised->condition].text);
    }
    if (raised->value_count == 0) {
        return;
    }
    gj_value *values = make(with, raised->value_count, sizeof *values);
    for (uint32_t i = 0; values != NULL && i < raised->value_count; i++) {
        value_take(with, &raised->values[i], &values[i]);
    }
    with->to->values = values;
    with->to->value_count = values != NULL ? raised->value_count : 0;
}

static gj_bound bound_of(uint32_t kind)
{
    return kind == GJR_RULE_AT_MOST                                       ? GJ_AT_MOST
           : kind == GJR_RULE_AT_LEAST                                    ? GJ_AT_LEAST
           : kind == GJR_RULE_DONE_BEFORE || kind == GJR_RULE_DONE_AT_END ? GJ_AT_LEAST
           : kind == GJR_RULE_EXACTLY                                     ? GJ_EXACTLY
                                                                          : GJ_BOUND_NONE;
}

static void rule_take(maker *with)
{
    const gjr_rows *rows = with->judge->rows;
    if (with->raised->subject != GJ_SUBJECT_RULE) {
        return;
    }
    const gjr_rule *row = &rows->rules[with->raised->subject_index];
    gj_exception *exceptions = make(with, row->exceptions_count, sizeof *exceptions);
    for (uint32_t i = 0; exceptions != NULL && i < row->exceptions_count; i++) {
        const gjr_exception *from = &rows->exceptions[row->exceptions_first + i];
        exceptions[i] = (gj_exception){
            .condition = gjr_judge_text(with->judge, rows->expressions[from->condition].text),
            .basis = basis_make(with, from->basis_first, from->basis_count),
            .basis_count = from->basis_count,
        };
    }
    with->to->exceptions = exceptions;
    with->to->exception_count = exceptions == NULL ? 0 : row->exceptions_count;
    with->to->bound = bound_of(row->kind);
    if (row->counted != GJR_NONE) {
        titled counted = TITLED(with, action, row->counted);
        with->to->counts = counted.name;
        with->to->counts_title = counted.title;
        with->to->times = with->raised->times;
        with->to->times_allowed = with->raised->times_allowed;
    }
}

static void undone_take(maker *with)
{
    const gjr_rule *row = &with->judge->rows->rules[with->raised->subject_index];
    if (row->duty == GJR_NONE) {
        return; /* of a rule that relates acts */
    }
    with->to->ended = row->kind == GJR_RULE_DONE_AT_END;
    owing_take(with, row->duty);
}

static const gj_text *titles_make(maker *with, const uint32_t *items, uint32_t count, bool fields)
{
    gj_text *titles = count > 0 ? make(with, count, sizeof *titles) : NULL;
    for (uint32_t i = 0; titles != NULL && i < count; i++) {
        titles[i] =
            fields ? TITLED(with, field, items[i]).title : TITLED(with, document, items[i]).title;
    }
    return titles;
}

/* The condition of each document that is required only when it holds. */
static const gj_text *whens_make(maker *with, const uint32_t *documents, uint32_t count)
{
    const gjr_rows *rows = with->judge->rows;
    gj_text *whens = make(with, count, sizeof *whens);
    for (uint32_t i = 0; whens != NULL && i < count; i++) {
        uint32_t when = rows->documents[documents[i]].when;
        if (when != GJR_NONE) {
            whens[i] = gjr_judge_text(with->judge, rows->expressions[when].text);
        }
    }
    return whens;
}

static void lists_take(maker *with)
{
    const gjr_raised *raised = with->raised;
    gj_finding *to = with->to;
    if (raised->code == GJ_MISSING_DOCUMENT) {
        to->documents_missing = titles_make(with, raised->missing, raised->missing_count, false);
        to->documents_missing_when = whens_make(with, raised->missing, raised->missing_count);
        to->documents_missing_count = raised->missing_count;
        to->documents_present = titles_make(with, raised->present, raised->present_count, false);
        to->documents_present_count = raised->present_count;
    } else {
        to->fields_missing = titles_make(with, raised->missing, raised->missing_count, true);
        to->fields_missing_count = raised->missing_count;
        to->quoted = raised->quoted;
        if (raised->due_of != GJR_NONE) {
            titled limit = TITLED(with, limit, raised->due_of);
            to->due_of = limit.name;
            to->due_of_title = limit.title;
        }
        if (raised->length_of != GJR_NONE) {
            titled limit = TITLED(with, limit, raised->length_of);
            to->length_of = limit.name;
            to->length_of_title = limit.title;
            to->value_is_bad = raised->value_is_bad;
        }
        if (raised->key_of != GJR_NONE) {
            titled limit = TITLED(with, limit, raised->key_of);
            to->key_of = limit.name;
            to->key_of_title = limit.title;
        }
        if (raised->key_of_rule != GJR_NONE) {
            titled rule = TITLED(with, rule, raised->key_of_rule);
            to->key_of = rule.name;
            to->key_of_title = rule.title;
            to->is_key_of_rule = true;
        }
        if (raised->sets != GJR_NONE) {
            titled set = TITLED(with, field, raised->sets);
            to->sets = set.name;
            to->sets_title = set.title;
        }
    }
}

static void law_take(maker *with)
{
    const gjr_raised_law *law = &with->raised->law;
    if (law->effect != GJR_NONE) {
        with->to->by_law = true;
        with->no_memory |=
            !gjr_effect_make(with->judge, law->effect, law->as_of, with->arena, &with->to->law);
    }
}

static void details_take(maker *with)
{
    condition_take(with);
    law_take(with);
    if (with->raised->subject == GJ_SUBJECT_RULE) {
        with->no_memory |=
            !gjr_related_take(with->judge, with->raised, with->event, with->arena, with->to);
    }
    switch (with->raised->code) {
    case GJ_LATE:
    case GJ_EARLY:
    case GJ_DUE_SOON:
        if (with->raised->limit.rung == GJR_NONE) {
            period_take(with);
        } else {
            limit_take(with);
        }
        break;
    case GJ_INVALID_EXTENSION:
    case GJ_INVALID_STOP:
        with->to->voided = gjr_voided_make(with->judge, with->raised);
        break;
    case GJ_SKIPPED_STEP:
        left_out_take(with);
        with->to->times = with->raised->times;
        break;
    case GJ_UNAUTHORISED:
        granted_take(with);
        break;
    case GJ_FORBIDDEN:
    case GJ_SEPARATION:
    case GJ_RULE:
        rule_take(with);
        break;
    case GJ_NOT_DONE:
        rule_take(with);
        undone_take(with);
        break;
    case GJ_MISSING_DOCUMENT:
    case GJ_MISSING_DATA:
        lists_take(with);
        break;
    case GJ_NATIVE_FAILED:
        with->to->native_library = gjr_judge_text(
            with->judge, with->judge->rows->natives[with->raised->subject_index].library);
        with->to->native_failure = (gj_native_failure)with->raised->failure;
        with->to->native_number = with->raised->failure_number;
        break;
    case GJ_TOO_MANY_OPEN:
    case GJ_REPEATED:
        with->to->times = with->raised->times;
        with->to->times_allowed = with->raised->times_allowed;
        break;
    case GJ_OUT_OF_ORDER:
    case GJ_CONDITION_UNMET:
    case GJ_UNKNOWN_ACTION:
    case GJ_AFTER_CLOSE:
    case GJ_FUTURE:
    case GJ_CODE_COUNT:
        break;
    }
}

static void key_take(maker *with)
{
    const gjr_raised *raised = with->raised;
    for (int title = 0; title < 2; title++) {
        gj_text *to = title != 0 ? &with->to->key_title : &with->to->key;
        with->no_memory |= !gjr_key_text(with->judge, raised->subject, raised->subject_index,
                                         &raised->key, title != 0, with->arena, to);
    }
}

gj_status gjr_finding_make(const gj_judge *judge, gj_text case_id, const gjr_raised *raised,
                           const gjr_event *event, gjb_arena *arena, gj_finding *finding)
{
    maker with = {judge, raised, raised->by_event ? event : NULL, arena, finding, false};
    *finding = (gj_finding){
        .code = raised->code,
        .severity = raised->severity,
        .status = raised->status,
        .case_id = case_id,
        .procedure = gjr_judge_text(judge, judge->procedure->name),
        .procedure_title = gjr_judge_text(judge, judge->procedure->title),
        .version = judge->procedure->version,
        .subject_kind = raised->subject,
        .at = raised->at,
        .at_offset_s = gjr_calendar_offset(judge->calendar, raised->at),
    };
    titled subject = subject_of(&with);
    finding->subject = subject.name;
    finding->subject_title = subject.title;
    if (raised->subject == GJ_SUBJECT_LIMIT) {
        finding->limit_kind = (gj_limit_kind)judge->rows->limits[raised->subject_index].kind;
    }
    key_take(&with);
    finding->is_parameter =
        raised->subject == GJ_SUBJECT_FIELD && raised->subject_index >= judge->own_field_count;
    stages_take(&with);
    clause_take(&with);
    if (with.event != NULL) {
        event_take(&with);
    }
    details_take(&with);
    identity_make(&with);
    return with.no_memory ? GJ_NO_MEMORY : GJ_OK;
}
