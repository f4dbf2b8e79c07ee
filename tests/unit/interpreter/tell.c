/* SPDX-License-Identifier: Apache-2.0
 *
 * Random cases: mostly the next act that is expected where the case stands, done by a post that
 * may, with what it takes; and now and then something else. See random.h. */
#include "unit/interpreter/random.h"

#include "unit/interpreter/days.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ACTS_MAX = 48 };

typedef struct telling {
    const plain *p;
    chance *chance;
    gjb_arena *arena;
    const plain_case *stands; /* the case so far */
} telling;

static int pick(telling *t, int count)
{
    return chance_pick(t->chance, count);
}

static gj_text text_make(telling *t, const char *text)
{
    return gjb_arena_text(t->arena, gjb_text_of(text));
}

/* Its name, its title, or another of its names. */
static gj_text called(telling *t, const plain_label *label)
{
    const gjc_node *alias = gjc_node_find(label->node, GJC_ALIAS);
    int how = pick(t, 6);
    return how == 0 && alias != NULL ? alias->text : how == 1 ? label->title : label->name;
}

/* ---- data ---- */

static gj_datum text_datum(telling *t, const char *text)
{
    return (gj_datum){.kind = GJ_DATUM_TEXT, .text = text_make(t, text)};
}

static gj_datum number_datum(telling *t)
{
    static const char *const numbers[] = {
        "0", "1", "2", "3.5", "20", "1000", "-4", "0.0001", "30000", "4000000", "922337203685477"};
    gj_datum datum = text_datum(t, numbers[pick(t, 11)]);
    datum.kind = GJ_DATUM_NUMBER;
    return datum;
}

static gj_datum moment_datum(telling *t, bool time)
{
    static const char *const clocks[] = {"T09:00", "T23:59+08:00", "T00:00Z", "T17:30",
                                         "T02:30+02:00"};
    char text[40];
    snprintf(text, sizeof text, "2024-%02d-%02d%s", 1 + pick(t, 4), 1 + pick(t, 29),
             time || pick(t, 4) == 0 ? clocks[pick(t, 5)] : "");
    return text_datum(t, text);
}

static gj_datum datum_of(telling *t, plain_type type);

static gj_datum wrong_datum(telling *t)
{
    switch (pick(t, 4)) {
    case 0:
        return text_datum(t, "不详");
    case 1:
        return (gj_datum){.kind = GJ_DATUM_BOOL, .truth = true};
    case 2:
        return (gj_datum){.kind = GJ_DATUM_LIST};
    default:
        return (gj_datum){.kind = GJ_DATUM_NULL};
    }
}

static gj_datum list_datum(telling *t, plain_type element)
{
    gj_datum datum = {.kind = GJ_DATUM_LIST, .item_count = (size_t)pick(t, 4)};
    gj_datum *items = gjb_arena_make(t->arena, datum.item_count, sizeof *items);
    for (size_t i = 0; i < datum.item_count; i++) {
        items[i] = datum_of(t, element);
    }
    datum.items = items;
    return datum;
}

static gj_datum record_datum(telling *t, const gjc_node *record)
{
    gj_datum datum = {.kind = GJ_DATUM_OBJECT};
    size_t most = gjc_node_count(record, GJC_FIELD);
    gj_datum *items = gjb_arena_make(t->arena, most, sizeof *items);
    const gjc_node *field = gjc_node_find(record, GJC_FIELD);
    for (; field != NULL; field = gjc_node_find_next(field)) {
        if (pick(t, 8) == 0) {
            continue;
        }
        gj_datum *item = &items[datum.item_count++];
        *item = datum_of(t, plain_type_read(t->p, gjc_node_find_type(field)));
        bool titled = gjc_node_title(field).bytes != NULL && pick(t, 2) == 0;
        item->key = titled ? gjc_node_title(field) : gjc_node_name(field);
    }
    datum.items = items;
    return datum;
}

static gj_datum choice_datum(telling *t, const gjc_node *choices)
{
    const gjc_node *choice = gjc_node_find(choices, GJC_CHOICE);
    for (int i = pick(t, (int)gjc_node_count(choices, GJC_CHOICE)); i > 0; i--) {
        choice = gjc_node_find_next(choice);
    }
    bool titled = gjc_node_title(choice).bytes != NULL && pick(t, 2) == 0;
    return (gj_datum){.kind = GJ_DATUM_TEXT,
                      .text = titled ? gjc_node_title(choice) : gjc_node_name(choice)};
}

static gj_datum datum_of(telling *t, plain_type type)
{
    static const char *const lengths[] = {"5 days", "36小时", "P1DT12H", "90 minutes", "1 day"};
    static const char *const texts[] = {"x", "y", "加急", "u1", "u2"};
    static const char *const truths[] = {"true", "是", "否", "假"};
    if (pick(t, 16) == 0) {
        return wrong_datum(t);
    }
    switch (type.base) {
    case T_BOOL:
        return pick(t, 3) == 0 ? text_datum(t, truths[pick(t, 4)])
                               : (gj_datum){.kind = GJ_DATUM_BOOL, .truth = pick(t, 2) == 0};
    case T_NUMBER:
    case T_MONEY:
        return number_datum(t);
    case T_DATE:
    case T_TIME:
        return moment_datum(t, type.base == T_TIME);
    case T_DURATION:
        return text_datum(t, lengths[pick(t, 5)]);
    case T_TEXT:
        return text_datum(t, texts[pick(t, 5)]);
    case T_OFFICER:
        return pick(t, 8) == 0 ? number_datum(t) : text_datum(t, texts[pick(t, 5)]);
    case T_CHOICE:
        return choice_datum(t, type.node);
    case T_LIST:
        return list_datum(t, (plain_type){type.element, T_NONE, type.node});
    case T_RECORD:
        return record_datum(t, type.node);
    case T_NONE:
        break;
    }
    return wrong_datum(t);
}

/* Whether some limit keeps its clocks by what has that name. */
static bool is_key(const plain *p, gj_text name)
{
    for (int i = 0; i < p->limit_count; i++) {
        if (p->limits[i].open_max > 0 && gjb_text_equal(p->limits[i].per, name)) {
            return true;
        }
    }
    return false;
}

/* One of a few, so that acts meet. */
static gj_datum key_datum(telling *t, plain_type type)
{
    static const char *const days[] = {"2024-01-01", "2024-01-02", "2024年1月1日"};
    static const char *const numbers[] = {"1", "1.0", "2", "3.5"};
    static const char *const texts[] = {"x", "X", "u1", "u1 ", ""};
    gj_datum datum;
    if (pick(t, 10) == 0) {
        return datum_of(t, type);
    }
    switch ((int)type.base) {
    case T_DATE:
        return text_datum(t, days[pick(t, 3)]);
    case T_NUMBER:
        datum = text_datum(t, numbers[pick(t, 4)]);
        datum.kind = GJ_DATUM_NUMBER;
        return datum;
    case T_TEXT:
    case T_OFFICER:
        return text_datum(t, texts[pick(t, 5)]);
    default:
        return datum_of(t, type);
    }
}

/* The fields and parameters that the act may tell, some of them. */
static void data_tell(telling *t, gj_event *event, int action, bool first)
{
    gj_datum *data = gjb_arena_make(t->arena, DATA_MAX, sizeof *data);
    int odds = first ? 2 : 9;
    for (int i = 0; i < t->p->field_count && event->data_count < DATA_MAX; i++) {
        const plain_field *field = &t->p->fields[i];
        bool own = field->action != NO && field->action == action;
        bool judged = field->node->kind == GJC_JUDGEMENT;
        if (judged && !plain_judges(t->p, action, field)) {
            continue;
        }
        own = own || judged;
        bool key = is_key(t->p, field->label.name);
        if ((key ? pick(t, 6) == 0 : pick(t, own ? 2 : odds) != 0) ||
            (field->action != NO && !own)) {
            continue;
        }
        data[event->data_count] = key ? key_datum(t, field->type) : datum_of(t, field->type);
        data[event->data_count++].key = pick(t, 3) == 0 ? field->label.title : field->label.name;
    }
    event->data = data;
}

static void documents_tell(telling *t, gj_event *event)
{
    gj_text *documents = gjb_arena_make(t->arena, DOCUMENTS_MAX + 1, sizeof *documents);
    for (int i = 0; i < t->p->document_count; i++) {
        if (pick(t, 3) == 0) {
            documents[event->document_count++] = called(t, &t->p->documents[i].label);
        }
    }
    if (pick(t, 40) == 0) {
        documents[event->document_count++] = gjb_text_of("receipt");
    }
    event->documents = documents;
}

/* ---- who ---- */

static void post_tell(telling *t, gj_event *event, const plain_on *on)
{
    int post = on != NULL && on->post_count > 0 && pick(t, 8) > 0
                   ? on->posts[pick(t, on->post_count)]
                   : pick(t, t->p->post_count);
    const plain_post *row = &t->p->posts[post];
    if (pick(t, 16) == 0) {
        event->post = pick(t, 2) == 0 ? gjb_text_of("stranger") : (gj_text){NULL, 0};
        return;
    }
    event->post = called(t, &row->label);
    if (row->department != NO && pick(t, 2) == 0) {
        event->department = called(t, &t->p->departments[row->department].label);
    } else if (pick(t, 16) == 0) {
        event->department = called(t, &t->p->departments[pick(t, t->p->department_count)].label);
    }
    if (pick(t, 2) == 0) {
        event->officer = gjb_text_of(pick(t, 3) > 0 ? "u1" : "u2");
    }
}

static void branch_tell(telling *t, gj_event *event, const plain_on *on)
{
    int region =
        on != NULL && pick(t, 4) > 0 ? t->p->stages[on->stage].region : pick(t, t->p->region_count);
    if (region > 0 && pick(t, 2) == 0) {
        const plain_label *label = &t->p->regions[region].label;
        event->branch = pick(t, 3) == 0 ? label->title : label->name;
    }
}

/* ---- what ---- */

/* An act that is expected now; NULL where none is. */
static const plain_on *next_act(telling *t)
{
    const plain_on *found[ONS_MAX];
    int count = 0;
    for (int i = 0; i < t->p->on_count; i++) {
        const plain_on *on = &t->p->ons[i];
        int region = t->p->stages[on->stage].region;
        if (t->stands->standing.at[region] == on->stage &&
            t->stands->standing.status[region] == RUNNING) {
            found[count++] = on;
            if (on->target != NO) { /* that goes on somewhere, more often */
                found[count++] = on;
            }
        }
    }
    return count == 0 ? NULL : found[pick(t, count)];
}

static int trigger_acts(const plain_trigger *triggers, int count, int *out, int found)
{
    for (int i = 0; i < count && found < ACTS_MAX; i++) {
        if (triggers[i].kind == ON_ACT) {
            out[found++] = triggers[i].target;
        }
    }
    return found;
}

/* What stops, extends or begins anew some limit, or gives notice of that; NO where nothing does. */
static int turn_act(telling *t)
{
    int acts[ACTS_MAX + 1], count = 0;
    const plain_limit *of = &t->p->limits[pick(t, t->p->limit_count)];
    for (int i = 0; i < of->stop_count && count < ACTS_MAX; i++) {
        const plain_stop *stop = &of->stops[i];
        count = trigger_acts(stop->from, stop->from_count, acts, count);
        count = trigger_acts(stop->to, stop->to_count, acts, count);
        if (stop->notice.action != NO) {
            acts[count++] = stop->notice.action;
        }
    }
    for (int i = 0; i < of->extension_count && count < ACTS_MAX; i++) {
        const plain_extension *extension = &of->extensions[i];
        count = trigger_acts(extension->by, extension->by_count, acts, count);
        if (extension->notice.action != NO) {
            acts[count++] = extension->notice.action;
        }
    }
    count = trigger_acts(of->restarts, of->restart_count, acts, count);
    return count == 0 ? NO : acts[pick(t, count)];
}

static void act_tell(telling *t, gj_event *event, bool first)
{
    int turn = first || t->p->limit_count == 0 || pick(t, 3) > 0 ? NO : turn_act(t);
    const plain_on *on = first || turn != NO || pick(t, 4) == 0 ? NULL : next_act(t);
    int action = on != NULL ? on->action : turn != NO ? turn : pick(t, t->p->action_count);
    event->action = called(t, &t->p->actions[action].label);
    if (pick(t, 60) == 0) {
        event->action = gjb_text_of("dance");
    }
    post_tell(t, event, on);
    branch_tell(t, event, on);
    data_tell(t, event, action, first);
    documents_tell(t, event);
}

/* ---- when ---- */

static int64_t time_after(telling *t, int64_t at)
{
    switch (pick(t, 6)) {
    case 0:
        return at;
    case 1:
        return at + pick(t, 180) * INT64_C(60000);
    case 2: /* a day's end */
        return plain_day_start(&t->p->calendar, plain_day_of(&t->p->calendar, at) + 1);
    case 3:
        return at + pick(t, 15) * MS_PER_DAY;
    default:
        return at + pick(t, 72) * MS_PER_HOUR;
    }
}

static void time_tell(telling *t, gj_event *event, int64_t at)
{
    int64_t offset_ms = plain_offset_ms(&t->p->calendar, at);
    event->at = (gj_stamp){.present = true,
                           .zoned = true,
                           .wall_ms = at + offset_ms,
                           .offset_s = (int32_t)(offset_ms / 1000)};
    if (pick(t, 3) == 0) {
        event->at.wall_ms = at;
        event->at.offset_s = 0;
    } else if (offset_ms == 8 * MS_PER_HOUR) { /* the wall alone tells it */
        event->at.zoned = false;
        event->at.offset_s = 0;
    }
    event->office = at / INT64_C(60000) % 4 == 0 ? gjb_text_of("north") : event->office;
    if (pick(t, 8) == 0) {
        event->recorded = event->at;
        event->recorded.wall_ms += (pick(t, 5) - 2) * MS_PER_HOUR;
    }
}

/* ---- the order of events ---- */

static int64_t recorded_of(const plain *p, const gj_event *event)
{
    return plain_instant(&p->calendar, event->recorded.present ? &event->recorded : &event->at);
}

static int64_t order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static bool comes_before(const plain *p, const gj_event *a, const gj_event *b)
{
    int64_t by = order(plain_instant(&p->calendar, &a->at), plain_instant(&p->calendar, &b->at));
    by = by != 0 ? by : order(recorded_of(p, a), recorded_of(p, b));
    by = by != 0 ? by : gjb_text_compare(a->source, b->source);
    by = by != 0 ? by : order((int64_t)a->seq, (int64_t)b->seq);
    by = by != 0 ? by : gjb_text_compare(a->id, b->id);
    return by < 0;
}

static void events_sort(const plain *p, told_case *of)
{
    for (int i = 1; i < of->count; i++) {
        gj_event event = of->events[i];
        int at = i;
        for (; at > 0 && comes_before(p, &event, &of->events[at - 1]); at--) {
            of->events[at] = of->events[at - 1];
        }
        of->events[at] = event;
    }
}

void tell_case(const plain *p, chance *c, gjb_arena *arena, told_case *out)
{
    static plain_case stands;
    telling t = {p, c, arena, &stands};
    int64_t at = (19754 + pick(&t, 70)) * MS_PER_DAY + pick(&t, 24) * MS_PER_HOUR;
    plain_case_open(&stands, p, arena, (plain_hint){NULL, 0});
    *out = (told_case){.count = 2 + pick(&t, EVENTS_MAX - 12) + pick(&t, 10)};
    for (int i = 0; i < out->count; i++) {
        gj_event *event = &out->events[i];
        char id[16];
        snprintf(id, sizeof id, "e%d", i);
        *event = (gj_event){.id = text_make(&t, id),
                            .source = gjb_text_of(pick(&t, 3) == 0 ? "desk" : "amr"),
                            .seq = (uint64_t)(pick(&t, 4) == 0 ? pick(&t, 20) : i + 1)};
        time_tell(&t, event, at);
        act_tell(&t, event, i == 0);
        plain_case_event(&stands, event, at);
        at = time_after(&t, at);
    }
    events_sort(p, out);
    out->until = pick(&t, 3) == 0 ? INT64_MAX : at + (pick(&t, 40) - 2) * MS_PER_DAY;
}
