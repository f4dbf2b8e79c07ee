/* SPDX-License-Identifier: Apache-2.0
 *
 * What differs between two versions of a procedure, for whoever decides whether the newer may come
 * into force. Each item is said in words, aspect by aspect, from either; where the words differ, so
 * does it. An aspect is a row of the table below: what it is called, of which items, and how it is
 * said. */
#include "base/buffer.h"
#include "base/text.h"
#include "image/image.h"

#include <string.h>

typedef struct view {
    const gjr_rows *rows;
    gj_lang lang;
    gjb_buffer *out;
} view;

/* ---- words ---- */

static void say(const view *v, const char *en, const char *zh)
{
    gjb_buffer_add_string(v->out, v->lang == GJ_ZH ? zh : en);
}

static void say_text(const view *v, uint32_t string)
{
    gjb_buffer_add_text(v->out, gjr_rows_text(v->rows, string));
}

/* By names: another title is told once, of what has it. */
static void say_post(const view *v, uint32_t post)
{
    if (post != GJR_NONE) {
        say_text(v, v->rows->posts[post].name);
    }
}

static void say_action(const view *v, uint32_t action)
{
    say_text(v, v->rows->actions[action].name);
}

static void say_stage(const view *v, uint32_t stage)
{
    say_text(v, v->rows->stages[stage].name);
}

static void say_field(const view *v, uint32_t field)
{
    say_text(v, v->rows->fields[field].name);
}

static void say_condition(const view *v, uint32_t expression)
{
    if (expression != GJR_NONE) {
        say(v, " when ", "，条件为 ");
        say_text(v, v->rows->expressions[expression].text);
    }
}

static void say_amount(const view *v, uint32_t amount, uint32_t unit)
{
    static const char *const en[] = {" workdays", " days",  " hours",    " minutes",
                                     " months",   " years", " workhours"};
    static const char *const zh[] = {"个工作日", "日", "小时", "分钟", "个月", "年", "个工作小时"};
    gjb_buffer_add_int(v->out, amount);
    say(v, unit < GJ_UNIT_COUNT ? en[unit] : "", unit < GJ_UNIT_COUNT ? zh[unit] : "");
}

static void say_triggers(const view *v, uint32_t first, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const gjr_trigger *trigger = &v->rows->triggers[first + i];
        say(v, i > 0 ? " or " : "", i > 0 ? "或" : "");
        if (trigger->kind == GJR_TRIGGER_ACTION) {
            say_action(v, trigger->target);
        } else if (trigger->kind == GJR_TRIGGER_FIELD) {
            say_field(v, trigger->target);
        } else {
            say(v, trigger->kind == GJR_TRIGGER_ENTERING ? "entering " : "leaving ",
                trigger->kind == GJR_TRIGGER_ENTERING ? "进入" : "离开");
            say_stage(v, trigger->target);
        }
        say_condition(v, trigger->when);
    }
}

static void say_basis(const view *v, uint32_t first, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const gjr_citation *citation = &v->rows->citations[first + i];
        say(v, i > 0 ? ", " : "", i > 0 ? "，" : "");
        say_text(v, citation->law);
        gjb_buffer_add_byte(v->out, '.');
        say_text(v, citation->article);
    }
}

static void say_branch(const view *v, uint32_t region)
{
    if (region > 0) {
        say_text(v, v->rows->regions[region].name);
        gjb_buffer_add_byte(v->out, '/');
    }
}

/* ---- aspects ---- */

static void post_department(const view *v, uint32_t post)
{
    uint32_t department = v->rows->posts[post].department;
    if (department != GJR_NONE) {
        say_text(v, v->rows->departments[department].name);
    }
}

static void post_title(const view *v, uint32_t post)
{
    say_text(v, v->rows->posts[post].title);
}

static void field_type(const view *v, uint32_t field)
{
    const gjr_field *row = &v->rows->fields[field];
    gjb_buffer_add_int(v->out, row->type);
    gjb_buffer_add_byte(v->out, '/');
    gjb_buffer_add_int(v->out, row->element);
    gjb_buffer_add_byte(v->out, '/');
    gjb_buffer_add_int(v->out, row->flags);
}

static void field_title(const view *v, uint32_t field)
{
    say_text(v, v->rows->fields[field].title);
}

static void document_title(const view *v, uint32_t document)
{
    say_text(v, v->rows->documents[document].title);
}

static void document_need(const view *v, uint32_t document)
{
    const gjr_document *row = &v->rows->documents[document];
    say(v, row->need == GJR_NEED_OPTIONAL ? "optional" : "required",
        row->need == GJR_NEED_OPTIONAL ? "可选" : "必须");
    say_condition(v, row->when);
}

static void action_title(const view *v, uint32_t action)
{
    say_text(v, v->rows->actions[action].title);
}

static void action_powers(const view *v, uint32_t action)
{
    const gjr_action *row = &v->rows->actions[action];
    for (uint32_t i = 0; i < row->powers_count; i++) {
        const gjr_power *power = &v->rows->powers[row->powers_first + i];
        say(v, i > 0 ? "; " : "", i > 0 ? "；" : "");
        say_post(v, power->post);
        say(v, power->kind == GJR_POWER_MAY ? " may" : " never",
            power->kind == GJR_POWER_MAY ? "可以" : "不得");
        say_condition(v, power->when);
    }
}

static void stage_title(const view *v, uint32_t stage)
{
    say_text(v, v->rows->stages[stage].title);
}

static void stage_end(const view *v, uint32_t stage)
{
    if ((v->rows->stages[stage].flags & GJR_STAGE_FINAL) != 0) {
        say(v, "it ends the case", "终结");
    }
}

static void stage_holder(const view *v, uint32_t stage)
{
    say_post(v, v->rows->stages[stage].holder);
}

static void transition_say(const view *v, const gjr_transition *row)
{
    for (uint32_t i = 0; i < row->posts_count; i++) {
        say(v, i > 0 ? ", " : "by ", i > 0 ? "、" : "由");
        say_post(v, v->rows->post_refs[row->posts_first + i].post);
    }
    say(v, row->posts_count > 0 ? " -> " : "-> ", row->posts_count > 0 ? "，转" : "转");
    if (row->target != GJR_NONE) {
        say_stage(v, row->target);
    } else {
        say(v, "stays", "原环节");
    }
    say_condition(v, row->when);
    if (row->times_max > 0) {
        say(v, ", times at most ", "，至多次数");
        gjb_buffer_add_int(v->out, row->times_max);
    }
    for (uint32_t i = 0; i < row->documents_count; i++) {
        uint32_t document = v->rows->document_refs[row->documents_first + i].document;
        say(v, i > 0 ? ", " : ", with ", i > 0 ? "、" : "，须有");
        say_text(v, v->rows->documents[document].name);
    }
    if (row->needs == GJR_NEEDS_ALL) {
        say(v, ", with all documents", "，须有全部材料");
    }
}

static void stage_acts(const view *v, uint32_t stage)
{
    const gjr_stage *row = &v->rows->stages[stage];
    for (uint32_t i = 0; i < row->transitions_count; i++) {
        const gjr_transition *transition = &v->rows->transitions[row->transitions_first + i];
        say(v, i > 0 ? "; " : "", i > 0 ? "；" : "");
        say_action(v, transition->action);
        say(v, " ", "：");
        transition_say(v, transition);
    }
}

static void limit_title(const view *v, uint32_t limit)
{
    say_text(v, v->rows->limits[limit].title);
}

static void limit_time(const view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    if (row->budget > 0) {
        say_amount(v, row->budget, row->unit);
    }
    if (row->by != GJR_NONE) {
        say(v, "by ", "至");
        say_field(v, row->by);
    }
    if (row->least > 0) {
        say(v, ", at least ", "，至少");
        say_amount(v, row->least, row->least_unit);
    }
    for (uint32_t i = 0; i < row->lengths_count; i++) {
        const gjr_length *length = &v->rows->lengths[row->lengths_first + i];
        say(v, i > 0 ? "; " : "", i > 0 ? "；" : "");
        if (length->amount > 0) {
            say_amount(v, length->amount, row->unit);
        } else if (length->value != GJR_NONE) {
            say_text(v, v->rows->expressions[length->value].text);
        }
        say_condition(v, length->when);
    }
}

static void limit_rolls(const view *v, uint32_t limit)
{
    bool rolls = (v->rows->limits[limit].flags & GJR_LIMIT_ROLLS) != 0;
    say(v, rolls ? "a closed last day moves" : "the last day stays",
        rolls ? "最后一日休息的顺延" : "最后一日不顺延");
}

static void limit_from(const view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    say_triggers(v, row->from_first, row->from_count);
    if (row->restarts_count > 0) {
        say(v, ", anew by ", "，重新起算：");
        say_triggers(v, row->restarts_first, row->restarts_count);
    }
}

static void limit_to(const view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    say_triggers(v, row->to_first, row->to_count);
}

static void limit_ladder(const view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    for (uint32_t i = 0; i < row->rungs_count; i++) {
        const gjr_rung *rung = &v->rows->rungs[row->rungs_first + i];
        say(v, i > 0 ? ", " : "", i > 0 ? "，" : "");
        static const char *const en[] = {"notice", "yellow", "red"};
        static const char *const zh[] = {"提示", "黄牌", "红牌"};
        say(v, rung->severity <= GJ_RED ? en[rung->severity] : "",
            rung->severity <= GJ_RED ? zh[rung->severity] : "");
        if (rung->kind == GJR_RUNG_SHARE) {
            say(v, " at ", "用时");
            gjb_buffer_add_int(v->out, rung->amount / 100);
            gjb_buffer_add_byte(v->out, '%');
            continue;
        }
        say(v, rung->kind == GJR_RUNG_BEFORE ? " before " : " overdue ",
            rung->kind == GJR_RUNG_BEFORE ? "提前" : "逾期");
        if (rung->amount > 0) {
            say_amount(v, rung->amount, rung->unit);
        }
    }
}

static void limit_duty(const view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    if ((row->flags & GJR_LIMIT_OF_HOLDER) != 0) {
        say(v, "whoever holds the case", "持有人");
    }
    say_post(v, row->duty);
}

static void limit_turns(const view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    for (uint32_t i = 0; i < row->stops_count; i++) {
        const gjr_stop *stop = &v->rows->stops[row->stops_first + i];
        say(v, i > 0 ? "; stops from " : "stops from ", i > 0 ? "；停计：自" : "停计：自");
        say_triggers(v, stop->from_first, stop->from_count);
        say(v, " to ", "至");
        say_triggers(v, stop->to_first, stop->to_count);
        say_condition(v, stop->when);
        if (stop->granted > 0) {
            say(v, ", at most ", "，至多");
            say_amount(v, stop->granted, stop->granted_unit);
        }
    }
    for (uint32_t i = 0; i < row->extensions_count; i++) {
        const gjr_extension *extension = &v->rows->extensions[row->extensions_first + i];
        say(v, row->stops_count + i > 0 ? "; extended " : "extended ",
            row->stops_count + i > 0 ? "；延长" : "延长");
        say_amount(v, extension->amount, row->unit);
        say(v, " by ", "：");
        say_triggers(v, extension->by_first, extension->by_count);
        say_condition(v, extension->when);
    }
}

static void limit_effects(const view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    for (uint32_t i = 0; i < row->effects_count; i++) {
        const gjr_effect *effect = &v->rows->effects[row->effects_first + i];
        say(v, i > 0 ? "; " : "", i > 0 ? "；" : "");
        if (effect->action != GJR_NONE) {
            say_action(v, effect->action);
        }
        if (effect->target != GJR_NONE) {
            say(v, " -> ", "，转");
            say_stage(v, effect->target);
        }
        say_condition(v, effect->when);
    }
}

static void limit_kind(const view *v, uint32_t limit)
{
    static const char *const en[] = {"", "statutory", "promised"}, *const zh[] = {"", "法定",
                                                                                  "承诺"};
    uint32_t kind = v->rows->limits[limit].kind;
    say(v, kind <= GJ_LIMIT_PROMISED ? en[kind] : "", kind <= GJ_LIMIT_PROMISED ? zh[kind] : "");
}

static void limit_basis(const view *v, uint32_t limit)
{
    say_basis(v, v->rows->limits[limit].basis_first, v->rows->limits[limit].basis_count);
}

static void rule_title(const view *v, uint32_t rule)
{
    say_text(v, v->rows->rules[rule].title);
}

/* Of a rule that relates acts: which, and within what time. */
static void relation_say(const view *v, uint32_t rule)
{
    for (uint32_t i = 0; i < v->rows->relation_count; i++) {
        const gjr_relation *relation = &v->rows->relations[i];
        if (relation->rule != rule) {
            continue;
        }
        for (uint32_t j = 0; j < relation->roles_count; j++) {
            const gjr_role *role = &v->rows->roles[relation->roles_first + j];
            say(v, j > 0 ? ", " : " ", j > 0 ? "、" : "：");
            say_action(v, role->action);
            say_condition(v, role->when);
        }
        if (relation->length > 0) {
            say(v, (relation->flags & GJR_RELATION_LEAST) != 0 ? ", at least " : ", within ",
                (relation->flags & GJR_RELATION_LEAST) != 0 ? "，至少" : "，限");
            say_amount(v, relation->length, relation->unit);
        }
    }
}

static void rule_says(const view *v, uint32_t rule)
{
    static const char *const en[] = {
        "requires",       "never",           "at most",     "at least",    "exactly",
        "done before",    "done at the end", "followed by", "preceded by", "after, never",
        "between, never", "not both",        "separate",    "join"};
    static const char *const zh[] = {
        "应当满足", "不得",     "至多",     "至少",     "恰好",     "此前应当",     "结束前应当",
        "之后应当", "之前应当", "之后不得", "期间不得", "不得并存", "应当分别办理", "应当共同办理"};
    const gjr_rule *row = &v->rows->rules[rule];
    say(v, row->kind < GJR_RULE_COUNT ? en[row->kind] : "",
        row->kind < GJR_RULE_COUNT ? zh[row->kind] : "");
    if (row->times > 0) {
        say(v, " ", "");
        gjb_buffer_add_int(v->out, row->times);
        say(v, " times", "次");
    }
    if (row->counted != GJR_NONE) {
        say(v, " ", "");
        say_action(v, row->counted);
    }
    if (row->condition != GJR_NONE) {
        say(v, " ", " ");
        say_text(v, v->rows->expressions[row->condition].text);
    }
    relation_say(v, rule);
}

static void rule_exceptions(const view *v, uint32_t rule)
{
    const gjr_rule *row = &v->rows->rules[rule];
    for (uint32_t i = 0; i < row->exceptions_count; i++) {
        const gjr_exception *exception = &v->rows->exceptions[row->exceptions_first + i];
        say(v, i > 0 ? "; " : "", i > 0 ? "；" : "");
        say_text(v, v->rows->expressions[exception->condition].text);
    }
}

static void rule_severity(const view *v, uint32_t rule)
{
    static const char *const en[] = {"notice", "yellow", "red"};
    static const char *const zh[] = {"提示", "黄牌", "红牌"};
    uint32_t severity = v->rows->rules[rule].severity;
    say(v, severity <= GJ_RED ? en[severity] : "", severity <= GJ_RED ? zh[severity] : "");
}

static void rule_duty(const view *v, uint32_t rule)
{
    say_post(v, v->rows->rules[rule].duty);
}

static void rule_basis(const view *v, uint32_t rule)
{
    say_basis(v, v->rows->rules[rule].basis_first, v->rows->rules[rule].basis_count);
}

/* ---- items ---- */

static uint32_t post_count(const gjr_rows *rows)
{
    return rows->post_count;
}
static uint32_t field_count(const gjr_rows *rows)
{
    return rows->field_count;
}
static uint32_t document_count(const gjr_rows *rows)
{
    return rows->document_count;
}
static uint32_t action_count(const gjr_rows *rows)
{
    return rows->action_count;
}
static uint32_t stage_count(const gjr_rows *rows)
{
    return rows->stage_count;
}
static uint32_t limit_count(const gjr_rows *rows)
{
    return rows->limit_count;
}
static uint32_t rule_count(const gjr_rows *rows)
{
    return rows->rule_count;
}

/* By which two of them are one: the name, of a branch behind the branch's. */
static void post_key(const view *v, uint32_t row)
{
    say_text(v, v->rows->posts[row].name);
}
static void field_key(const view *v, uint32_t row)
{
    say_text(v, v->rows->fields[row].name);
}
static void document_key(const view *v, uint32_t row)
{
    say_text(v, v->rows->documents[row].name);
}
static void action_key(const view *v, uint32_t row)
{
    say_text(v, v->rows->actions[row].name);
}
static void stage_key(const view *v, uint32_t row)
{
    say_branch(v, v->rows->stages[row].region);
    say_text(v, v->rows->stages[row].name);
}
static void limit_key(const view *v, uint32_t row)
{
    say_branch(v, v->rows->limits[row].region);
    say_text(v, v->rows->limits[row].name);
}
static void rule_key(const view *v, uint32_t row)
{
    say_branch(v, v->rows->rules[row].region);
    say_text(v, v->rows->rules[row].name);
}

enum { ASPECTS_MAX = 12 };

static const struct item {
    const char *name;
    uint32_t (*count)(const gjr_rows *rows);
    void (*key)(const view *v, uint32_t row);
    void (*title)(const view *v, uint32_t row);
    struct {
        const char *name;
        void (*say)(const view *v, uint32_t row);
        bool in_words; /* else it is only told that it differs */
    } aspects[ASPECTS_MAX];
} items[] = {
    {"post",
     post_count,
     post_key,
     post_title,
     {{"title", post_title, true}, {"department", post_department, true}}},
    {"field",
     field_count,
     field_key,
     field_title,
     {{"title", field_title, true}, {"type", field_type, false}}},
    {"document",
     document_count,
     document_key,
     document_title,
     {{"title", document_title, true}, {"need", document_need, true}}},
    {"action",
     action_count,
     action_key,
     action_title,
     {{"title", action_title, true}, {"powers", action_powers, true}}},
    {"stage",
     stage_count,
     stage_key,
     stage_title,
     {{"title", stage_title, true},
      {"end", stage_end, true},
      {"holder", stage_holder, true},
      {"acts", stage_acts, true}}},
    {"limit",
     limit_count,
     limit_key,
     limit_title,
     {{"title", limit_title, true},
      {"time", limit_time, true},
      {"rolling", limit_rolls, true},
      {"from", limit_from, true},
      {"to", limit_to, true},
      {"severity", limit_ladder, true},
      {"duty", limit_duty, true},
      {"stops", limit_turns, true},
      {"runs out", limit_effects, true},
      {"kind", limit_kind, true},
      {"basis", limit_basis, true}}},
    {"rule",
     rule_count,
     rule_key,
     rule_title,
     {{"title", rule_title, true},
      {"says", rule_says, true},
      {"except", rule_exceptions, true},
      {"severity", rule_severity, true},
      {"duty", rule_duty, true},
      {"basis", rule_basis, true}}},
};

/* ---- comparing ---- */

typedef struct comparing {
    view was, is;
    gjb_buffer buffers[4]; /* two texts of a pair, the key, the title */
    void *payload;
    bool (*on_difference)(void *payload, const gj_difference *difference);
    bool goes_on;
    uint32_t count;
} comparing;

static gj_text words_make(view v, gjb_buffer *into, void (*how)(const view *v, uint32_t row),
                          uint32_t row)
{
    gjb_buffer_reset(into);
    v.out = into;
    how(&v, row);
    gj_text words = gjb_buffer_text(into);
    return words.size > 0 ? words : (gj_text){NULL, 0};
}

/* The row of that key, or GJR_NONE. */
static uint32_t row_find(comparing *with, view in, const struct item *item, gj_text key)
{
    uint32_t count = item->count(in.rows);
    for (uint32_t i = 0; i < count; i++) {
        if (gjb_text_equal(words_make(in, &with->buffers[1], item->key, i), key)) {
            return i;
        }
    }
    return GJR_NONE;
}

static void tell(comparing *with, gj_difference difference)
{
    with->count++;
    with->goes_on = with->goes_on && with->on_difference(with->payload, &difference);
}

static void aspects_compare(comparing *with, const struct item *item, gj_text key, uint32_t was,
                            uint32_t is)
{
    for (size_t i = 0; i < ASPECTS_MAX && item->aspects[i].name != NULL; i++) {
        gj_text before = words_make(with->was, &with->buffers[0], item->aspects[i].say, was);
        gj_text after = words_make(with->is, &with->buffers[1], item->aspects[i].say, is);
        if (gjb_text_equal(before, after)) {
            continue;
        }
        bool in_words = item->aspects[i].in_words;
        gj_text none = {NULL, 0};
        tell(with,
             (gj_difference){.kind = GJ_DIFFERS_CHANGED,
                             .item = item->name,
                             .aspect = item->aspects[i].name,
                             .name = key,
                             .title = words_make(with->is, &with->buffers[3], item->title, is),
                             .was = in_words ? before : none,
                             .is = in_words ? after : none});
    }
}

/* Those of one that the other has not; of those that both have, with `both`, what differs. */
static void items_compare(comparing *with, const struct item *item, bool from_new)
{
    view here = from_new ? with->is : with->was, there = from_new ? with->was : with->is;
    uint32_t count = item->count(here.rows);
    for (uint32_t i = 0; i < count && with->goes_on; i++) {
        gj_text key = words_make(here, &with->buffers[2], item->key, i);
        uint32_t other = row_find(with, there, item, key);
        if (other == GJR_NONE) {
            tell(with,
                 (gj_difference){.kind = from_new ? GJ_DIFFERS_ADDED : GJ_DIFFERS_REMOVED,
                                 .item = item->name,
                                 .name = key,
                                 .title = words_make(here, &with->buffers[3], item->title, i)});
        } else if (from_new) {
            aspects_compare(with, item, key, other, i);
        }
    }
}

gj_status gj_image_compare(const gj_image *was, size_t was_index, const gj_image *is,
                           size_t is_index, gj_lang lang, void *payload,
                           bool (*on_difference)(void *payload, const gj_difference *difference))
{
    if (was == NULL || is == NULL || on_difference == NULL || was_index >= was->unit_count ||
        is_index >= is->unit_count) {
        return GJ_BAD_ARGUMENT;
    }
    comparing with = {.was = {.rows = gjr_image_rows(was, was_index), .lang = lang},
                      .is = {.rows = gjr_image_rows(is, is_index), .lang = lang},
                      .payload = payload,
                      .on_difference = on_difference,
                      .goes_on = true};
    bool failed = false;
    for (size_t i = 0; i < 4; i++) {
        gjb_buffer_init(&with.buffers[i], is->allocator);
    }
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        items_compare(&with, &items[i], false);
        items_compare(&with, &items[i], true);
    }
    if (with.count == 0 &&
        strcmp(was->units[was_index].identity_hex, is->units[is_index].identity_hex) != 0) {
        tell(&with, (gj_difference){.kind = GJ_DIFFERS_CHANGED, .item = "other"});
    }
    for (size_t i = 0; i < 4; i++) {
        failed = failed || with.buffers[i].failed;
        gjb_buffer_deinit(&with.buffers[i]);
    }
    return failed ? GJ_NO_MEMORY : GJ_OK;
}
