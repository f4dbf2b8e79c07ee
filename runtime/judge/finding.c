/* SPDX-License-Identifier: Apache-2.0
 *
 * See finding.h. */
#include "judge/finding.h"

#include "base/hash.h"
#include "base/text.h"
#include "judge/decisions.h"
#include "judge/effect.h"
#include "judge/finding_maker.h"
#include "judge/key.h"
#include "judge/limits.h"
#include "judge/related.h"
#include "judge/taken.h"

#include <string.h>

/* ---- subject ---- */

static gjr_titled told_subject(const gjr_maker *with)
{
    gj_text text = {NULL, 0};
    if (with->event != NULL) {
        text = with->raised->subject == GJ_SUBJECT_POST ? with->event->post_text
                                                        : with->event->action_text;
    }
    text = text.size > 0 ? text : gjb_text_of("post");
    return (gjr_titled){text, text};
}

static gjr_titled subject_of(const gjr_maker *with)
{
    uint32_t index = with->raised->subject_index;
    if (index == GJR_SUBJECT_TOLD) {
        return told_subject(with);
    }
    switch (with->raised->subject) {
    case GJ_SUBJECT_ACTION:
        return GJR_TITLED(with, action, index);
    case GJ_SUBJECT_STAGE:
        return GJR_TITLED(with, stage, index);
    case GJ_SUBJECT_POST:
        return GJR_TITLED(with, post, index);
    case GJ_SUBJECT_FIELD:
        return GJR_TITLED(with, field, index);
    case GJ_SUBJECT_DOCUMENT:
        return GJR_TITLED(with, document, index);
    case GJ_SUBJECT_LIMIT:
        return GJR_TITLED(with, limit, index);
    case GJ_SUBJECT_RULE:
        return GJR_TITLED(with, rule, index);
    case GJ_SUBJECT_NATIVE:
        return GJR_TITLED(with, native, index);
    }
    return (gjr_titled){{NULL, 0}, {NULL, 0}};
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

/* What an exception lacked when an act had not been followed in time: the rule's, since the act may
 * have lacked the same when it was done. */
static bool is_of_rule(const gjr_raised *raised)
{
    const gjr_raised_act *key = gjr_related_key(raised);
    return raised->subject != GJ_SUBJECT_RULE && key != NULL && key == &raised->relation.first;
}

/* Kinds are told apart, so that a limit and a stage of one name are two subjects. */
static void identity_make(gjr_maker *with)
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
    if (is_of_rule(with->raised)) {
        uint32_t rule = with->judge->rows->rules[with->raised->relation.rule].name;
        gjb_buffer_add_text(&subject, gjr_judge_text(with->judge, rule));
        gjb_buffer_add_byte(&subject, ' ');
    }
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
    if (turned && turn->taker_id.bytes != NULL) {
        piece_add(&hash, turn->taker_source);
        piece_add(&hash, turn->taker_id);
    }
    if (keyed || turned) {
        gjr_limit_again_add(&hash, keyed ? limit->again : turn->again);
    }
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

static gj_text branch_path(gjr_maker *with, uint32_t region, bool titles)
{
    gj_text path = {NULL, 0};
    if (!gjr_finding_branch_path(with->judge, region, titles, with->arena, &path)) {
        with->no_memory = true;
    }
    return path;
}

static void stages_take(gjr_maker *with)
{
    with->to->branch = branch_path(with, with->raised->region, false);
    with->to->branch_title = branch_path(with, with->raised->region, true);
    gjr_titled stage = GJR_TITLED(with, stage, with->raised->stage);
    gjr_titled after = GJR_TITLED(with, stage, with->raised->stage_after);
    with->to->stage = stage.name;
    with->to->stage_title = stage.title;
    with->to->stage_after = after.name;
    with->to->stage_after_title = after.title;
    if (with->raised->transition != GJR_NONE) {
        uint32_t there = with->judge->rows->transitions[with->raised->transition].stage;
        gjr_titled expected = GJR_TITLED(with, stage, there);
        with->to->stage_expected = expected.name;
        with->to->stage_expected_title = expected.title;
        uint32_t region = with->judge->rows->stages[there].region;
        with->to->branch_expected = branch_path(with, region, false);
        with->to->branch_expected_title = branch_path(with, region, true);
    }
}

void gjr_maker_take_post(gjr_maker *with, uint32_t post)
{
    gjr_titled named = GJR_TITLED(with, post, post);
    uint32_t department = with->judge->rows->posts[post].department;
    with->to->post = named.name;
    with->to->post_title = named.title;
    if (department != GJR_NONE) {
        with->to->department = GJR_TITLED(with, department, department).name;
    }
}

static void event_take(gjr_maker *with)
{
    const gjr_event *event = with->event;
    gj_finding *to = with->to;
    if (event->action != GJR_NONE) {
        gjr_titled action = GJR_TITLED(with, action, event->action);
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
        gjr_maker_take_post(with, event->post);
    } else {
        to->post = to->post_title = event->post_text;
    }
    if (event->department != GJR_NONE) {
        to->department = GJR_TITLED(with, department, event->department).name;
    } else if (event->department_text.size > 0) {
        to->department = event->department_text;
    }
}

static const gj_citation *basis_make(gjr_maker *with, uint32_t first, uint32_t count)
{
    gj_citation *basis =
        count > 0 ? gjr_citations_make(with->judge, first, count, with->arena) : NULL;
    with->no_memory |= basis == NULL && count > 0;
    return basis;
}

static void clause_take(gjr_maker *with)
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

static void left_out_take(gjr_maker *with)
{
    const gjr_rows *rows = with->judge->rows;
    uint32_t count = with->raised->left_out_count;
    gj_left_out *left_out = gjr_maker_make(with, count, sizeof *left_out);
    if (left_out == NULL) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const gjr_transition *row = &rows->transitions[with->raised->left_out[i]];
        gjr_titled action = GJR_TITLED(with, action, row->action),
                   stage = GJR_TITLED(with, stage, row->stage);
        gjr_titled post = {{NULL, 0}, {NULL, 0}};
        if (row->posts_count > 0) {
            post = GJR_TITLED(with, post, rows->post_refs[row->posts_first].post);
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

static void granted_add(const gjr_maker *with, grants *to, uint32_t post)
{
    gj_text title = GJR_TITLED(with, post, post).title;
    for (size_t i = 0; i < to->count; i++) {
        if (to->titles[i].bytes == title.bytes) {
            return;
        }
    }
    to->titles[to->count++] = title;
}

/* By the stage's clause, and by the posts' own blocks. */
static void granted_take(gjr_maker *with)
{
    const gjr_rows *rows = with->judge->rows;
    const gjr_action *action = &rows->actions[with->event->action];
    uint32_t transition = with->raised->transition;
    uint32_t by_clause = transition == GJR_NONE ? 0 : rows->transitions[transition].posts_count;
    grants granted = {
        gjr_maker_make(with, (size_t)by_clause + action->powers_count, sizeof(gj_text)), 0};
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

static void value_take(const gjr_maker *with, const gjr_raised_value *from, gj_value *to)
{
    const gjr_field *row = &with->judge->rows->fields[from->field];
    gjr_titled named = GJR_TITLED(with, field, from->field);
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

static void rows_take(gjr_maker *with)
{
    const gjr_raised *raised = with->raised;
    with->to->rows =
        gjr_decisions_make(with->judge, raised->decided, raised->decided_count, with->arena);
    with->to->row_count = with->to->rows == NULL ? 0 : raised->decided_count;
    with->no_memory |= with->to->rows == NULL && raised->decided_count > 0;
}

static void condition_take(gjr_maker *with)
{
    const gjr_raised *raised = with->raised;
    if (raised->condition != GJR_NONE) {
        with->to->condition =
            gjr_judge_text(with->judge, with->judge->rows->expressions[raised->condition].text);
    }
    if (raised->value_count == 0) {
        return;
    }
    gj_value *values = gjr_maker_make(with, raised->value_count, sizeof *values);
    for (uint32_t i = 0; values != NULL && i < raised->value_count; i++) {
        value_take(with, &raised->values[i], &values[i]);
    }
    with->to->values = values;
    with->to->value_count = values != NULL ? raised->value_count : 0;
}

static gj_bound bound_of(uint32_t kind)
{
    static const gj_bound bounds[GJR_RULE_COUNT] = {
        [GJR_RULE_AT_MOST] = GJ_AT_MOST,      [GJR_RULE_AT_MOST_EACH] = GJ_AT_MOST,
        [GJR_RULE_AT_LEAST] = GJ_AT_LEAST,    [GJR_RULE_AT_LEAST_EACH] = GJ_AT_LEAST,
        [GJR_RULE_DONE_BEFORE] = GJ_AT_LEAST, [GJR_RULE_DONE_AT_END] = GJ_AT_LEAST,
        [GJR_RULE_EXACTLY] = GJ_EXACTLY,      [GJR_RULE_EXACTLY_EACH] = GJ_EXACTLY,
    };
    return bounds[kind];
}

static void rule_take(gjr_maker *with)
{
    const gjr_rows *rows = with->judge->rows;
    if (with->raised->subject != GJ_SUBJECT_RULE) {
        return;
    }
    const gjr_rule *row = &rows->rules[with->raised->subject_index];
    gj_exception *exceptions = gjr_maker_make(with, row->exceptions_count, sizeof *exceptions);
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
        gjr_titled counted = GJR_TITLED(with, action, row->counted);
        with->to->counts = counted.name;
        with->to->counts_title = counted.title;
        with->to->times = with->raised->times;
        with->to->times_allowed = with->raised->times_allowed;
    }
}

static void undone_take(gjr_maker *with)
{
    const gjr_rule *row = &with->judge->rows->rules[with->raised->subject_index];
    if (row->duty == GJR_NONE) {
        return; /* of a rule that relates acts */
    }
    with->to->ended = row->kind == GJR_RULE_DONE_AT_END;
    gjr_maker_take_owing(with, row->duty);
}

static const gj_text *titles_make(gjr_maker *with, const uint32_t *items, uint32_t count,
                                  bool fields)
{
    gj_text *titles = count > 0 ? gjr_maker_make(with, count, sizeof *titles) : NULL;
    for (uint32_t i = 0; titles != NULL && i < count; i++) {
        titles[i] = fields ? GJR_TITLED(with, field, items[i]).title
                           : GJR_TITLED(with, document, items[i]).title;
    }
    return titles;
}

/* The condition of each document that is required only when it holds. */
static const gj_text *whens_make(gjr_maker *with, const uint32_t *documents, uint32_t count)
{
    const gjr_rows *rows = with->judge->rows;
    gj_text *whens = gjr_maker_make(with, count, sizeof *whens);
    for (uint32_t i = 0; whens != NULL && i < count; i++) {
        uint32_t when = rows->documents[documents[i]].when;
        if (when != GJR_NONE) {
            whens[i] = gjr_judge_text(with->judge, rows->expressions[when].text);
        }
    }
    return whens;
}

static void lists_take(gjr_maker *with)
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
            gjr_titled limit = GJR_TITLED(with, limit, raised->due_of);
            to->due_of = limit.name;
            to->due_of_title = limit.title;
        }
        if (raised->length_of != GJR_NONE) {
            gjr_titled limit = GJR_TITLED(with, limit, raised->length_of);
            to->length_of = limit.name;
            to->length_of_title = limit.title;
            to->value_is_bad = raised->value_is_bad;
        }
        if (raised->key_of != GJR_NONE) {
            gjr_titled limit = GJR_TITLED(with, limit, raised->key_of);
            to->key_of = limit.name;
            to->key_of_title = limit.title;
        }
        if (raised->key_of_rule != GJR_NONE) {
            gjr_titled rule = GJR_TITLED(with, rule, raised->key_of_rule);
            to->key_of = rule.name;
            to->key_of_title = rule.title;
            to->is_key_of_rule = true;
        }
        if (raised->sets != GJR_NONE) {
            gjr_titled set = GJR_TITLED(with, field, raised->sets);
            to->sets = set.name;
            to->sets_title = set.title;
        }
    }
}

static void law_take(gjr_maker *with)
{
    const gjr_raised_law *law = &with->raised->law;
    if (law->effect != GJR_NONE) {
        with->to->by_law = true;
        with->no_memory |=
            !gjr_effect_make(with->judge, law->effect, law->as_of, with->arena, &with->to->law);
    }
}

static void details_take(gjr_maker *with)
{
    condition_take(with);
    rows_take(with);
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
            gjr_maker_take_period(with);
        } else {
            gjr_maker_take_limit(with);
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

static void key_take(gjr_maker *with)
{
    const gjr_raised *raised = with->raised;
    for (int title = 0; title < 2; title++) {
        gj_text *to = title != 0 ? &with->to->key_title : &with->to->key;
        with->no_memory |= !gjr_key_text(with->judge, raised->subject, raised->subject_index,
                                         &raised->key, title != 0, with->arena, to);
    }
}

/* In whose hands it was, where nobody has gone on with it since. */
static void hand_take(gjr_maker *with)
{
    const gjr_raised_act *hand = &with->raised->hand;
    gj_finding *to = with->to;
    if (hand->present == 0) {
        return;
    }
    to->held_by = gjr_related_act(with->judge, hand);
    gjr_hand_question of;
    with->no_memory |= !gjr_hand_ask(with->judge, with->raised, with->arena, &of);
    if (with->event == NULL || of.post != with->event->post) {
        gjr_maker_take_post(with, hand->post);
        to->officer = hand->officer;
        to->office = hand->office;
    }
}

gj_status gjr_finding_make(const gj_judge *judge, gj_text case_id, const gjr_raised *raised,
                           const gjr_event *event, gjb_arena *arena, gj_finding *finding)
{
    gjr_maker with = {judge, raised, raised->by_event ? event : NULL, arena, finding, false};
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
    gjr_titled subject = subject_of(&with);
    finding->subject = subject.name;
    finding->subject_title = subject.title;
    if (raised->subject == GJ_SUBJECT_LIMIT) {
        finding->limit_kind = (gj_limit_kind)judge->rows->limits[raised->subject_index].kind;
    }
    key_take(&with);
    uint32_t flags =
        raised->subject == GJ_SUBJECT_FIELD ? judge->rows->fields[raised->subject_index].flags : 0;
    finding->is_parameter = (flags & GJR_FIELD_PARAMETER) != 0;
    finding->is_of_first = (flags & GJR_FIELD_KEPT) != 0;
    stages_take(&with);
    clause_take(&with);
    if (with.event != NULL) {
        event_take(&with);
    }
    details_take(&with);
    hand_take(&with);
    identity_make(&with);
    return with.no_memory ? GJ_NO_MEMORY : GJ_OK;
}
