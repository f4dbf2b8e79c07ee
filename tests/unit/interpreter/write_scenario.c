/* SPDX-License-Identifier: Apache-2.0
 *
 * A random case told as a scenario: what no scenario can say is left out of its events, and the
 * rest is written and stays in them. See random.h. */
#include "unit/interpreter/random.h"

#include "unit/interpreter/days.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct narrator {
    const plain *p;
    chance *chance;
    gjb_arena *arena;
    gjb_buffer *out;
    gjb_buffer amends; /* lines that correct or retract what was told, for the end */
    gj_stamp clock;
    int lines, amend_count;
} narrator;

static int pick(narrator *n, int count)
{
    return chance_pick(n->chance, count);
}

static void say(narrator *n, const char *text)
{
    gjb_buffer_add_string(n->out, text);
}

static void say_text(narrator *n, gj_text text)
{
    gjb_buffer_add_text(n->out, text);
}

/* ---- when ---- */

static void moment_say(narrator *n, const gj_stamp *stamp)
{
    plain_date date = plain_date_of((int)(stamp->wall_ms / MS_PER_DAY));
    int minutes = (int)(stamp->wall_ms % MS_PER_DAY / 60000);
    gjb_buffer_add_format(n->out, "%04d-%02d-%02d%s%02d:%02d", date.year, date.month, date.day,
                          stamp->zoned ? "T" : " ", minutes / 60, minutes % 60);
    if (stamp->zoned) {
        int offset = abs(stamp->offset_s) / 60;
        gjb_buffer_add_format(n->out, "%s%02d:%02d", stamp->offset_s < 0 ? "-" : "+", offset / 60,
                              offset % 60);
    }
}

static bool is_clock(const narrator *n, const gj_stamp *stamp)
{
    return n->clock.present && n->clock.zoned == stamp->zoned &&
           n->clock.wall_ms == stamp->wall_ms && n->clock.offset_s == stamp->offset_s;
}

/* On a line of its own, or before the act; nothing where the clock shows it already. */
static void time_say(narrator *n, const gj_event *event)
{
    say(n, "  ");
    if (is_clock(n, &event->at) && pick(n, 2) == 0) {
        return;
    }
    moment_say(n, &event->at);
    n->clock = event->at;
    bool own_line = pick(n, 4) == 0;
    say(n, own_line ? "\n  " : " ");
    n->lines += own_line;
}

/* ---- who, where, with what ---- */

static int posts_called(const plain *p, gj_text name)
{
    int count = 0;
    for (int i = 0; i < p->post_count; i++) {
        count += gjb_text_equal(p->posts[i].label.name, name);
    }
    return count;
}

static int post_find(const plain *p, const gj_event *event)
{
    for (int i = 0; i < p->post_count; i++) {
        const plain_post *post = &p->posts[i];
        bool of_it = event->department.bytes == NULL ||
                     (post->department != NO &&
                      plain_answers(&p->departments[post->department].label, event->department));
        if (of_it && plain_answers(&post->label, event->post)) {
            return i;
        }
    }
    return NO;
}

static void actor_say(narrator *n, gj_event *event)
{
    int found = post_find(n->p, event);
    event->office = (gj_text){NULL, 0}; /* no scenario tells it */
    if (found == NO) {
        event->post = event->department = event->officer = (gj_text){NULL, 0};
        return;
    }
    const plain_post *post = &n->p->posts[found];
    bool told = event->department.bytes != NULL || posts_called(n->p, post->label.name) > 1;
    event->post = post->label.name;
    event->department = (gj_text){NULL, 0};
    say(n, " by ");
    if (told && post->department != NO) {
        event->department = n->p->departments[post->department].label.name;
        say_text(n, event->department);
        say(n, ".");
    }
    say_text(n, event->post);
    if (event->officer.bytes != NULL) {
        gjb_buffer_add_format(n->out, "(\"%.*s\")", (int)event->officer.size, event->officer.bytes);
    }
}

static void place_say(narrator *n, gj_event *event)
{
    gj_text told = event->branch;
    event->branch = (gj_text){NULL, 0};
    for (int i = 1; i < n->p->region_count && event->branch.bytes == NULL; i++) {
        if (plain_answers(&n->p->regions[i].label, told)) {
            event->branch = n->p->regions[i].label.name;
            say(n, " in ");
            say_text(n, event->branch);
        }
    }
}

static void documents_say(narrator *n, gj_event *event)
{
    gj_text *kept = gjb_arena_make(n->arena, DOCUMENTS_MAX, sizeof *kept);
    size_t count = 0;
    for (int i = 0; i < n->p->document_count; i++) {
        bool told = false;
        for (size_t j = 0; j < event->document_count; j++) {
            told = told || plain_answers(&n->p->documents[i].label, event->documents[j]);
        }
        if (told) {
            kept[count++] = n->p->documents[i].label.name;
            say(n, count == 1 ? " with " : ", ");
            say_text(n, kept[count - 1]);
        }
    }
    event->documents = kept;
    event->document_count = count;
}

/* ---- data ---- */

static bool scalar_say(narrator *n, plain_type type, const gj_datum *datum)
{
    gj_text quoted;
    value told = value_told(n->p, type, datum, n->arena, &quoted);
    bool text = datum->kind == GJ_DATUM_TEXT;
    if (told.kind == V_UNKNOWN) {
        return false;
    }
    switch (type.base) {
    case T_BOOL:
        say(n, value_is(told, true) ? "true" : "false");
        return true;
    case T_NUMBER:
    case T_MONEY:
        say_text(n, datum->text);
        say(n, type.base == T_MONEY ? " CNY" : "");
        return true;
    case T_DATE:
        say_text(n, datum->text);
        return datum->text.size == 10;
    case T_TIME: /* with an offset alone */
        say_text(n, datum->text);
        return datum->text.size > 16;
    case T_TEXT:
    case T_OFFICER:
        gjb_buffer_add_format(n->out, "\"%.*s\"", (int)datum->text.size, datum->text.bytes);
        return text;
    case T_CHOICE:
        say_text(n, told.text);
        return true;
    case T_DURATION:
    case T_LIST:
    case T_RECORD:
    case T_NONE:
        break;
    }
    return false;
}

static bool list_say(narrator *n, plain_type element, const gj_datum *datum)
{
    if (datum->kind != GJ_DATUM_LIST || datum->item_count == 0) {
        return false;
    }
    for (size_t i = 0; i < datum->item_count; i++) {
        say(n, i == 0 ? "[" : ", ");
        if (!scalar_say(n, element, &datum->items[i])) {
            return false;
        }
    }
    say(n, "]");
    return true;
}

static const plain_field *field_find(const plain *p, gj_text key)
{
    for (int i = 0; i < p->field_count; i++) {
        if (p->fields[i].action == NO && plain_answers(&p->fields[i].label, key)) {
            return &p->fields[i];
        }
    }
    return NULL;
}

static bool is_kept(const gj_datum *kept, size_t count, gj_text key)
{
    for (size_t i = 0; i < count; i++) {
        if (gjb_text_equal(kept[i].key, key)) {
            return true;
        }
    }
    return false;
}

static void data_say(narrator *n, gj_event *event)
{
    gj_datum *kept = gjb_arena_make(n->arena, event->data_count, sizeof *kept);
    size_t count = 0;
    for (size_t i = 0; i < event->data_count; i++) {
        const plain_field *field = field_find(n->p, event->data[i].key);
        size_t before = n->out->size;
        if (field == NULL || is_kept(kept, count, field->label.name)) {
            continue;
        }
        say(n, count == 0 ? " { " : ", ");
        say_text(n, field->label.name);
        say(n, ": ");
        plain_type element = {field->type.element, T_NONE, field->type.node};
        bool said = field->type.base == T_LIST ? list_say(n, element, &event->data[i])
                                               : scalar_say(n, field->type, &event->data[i]);
        if (!said) {
            n->out->size = before;
            continue;
        }
        kept[count] = event->data[i];
        kept[count++].key = field->label.name;
    }
    say(n, count > 0 ? " }" : "");
    event->data = kept;
    event->data_count = count;
}

/* ---- acts ---- */

static bool action_name(const plain *p, gj_text *called)
{
    for (int i = 0; i < p->action_count; i++) {
        if (plain_answers(&p->actions[i].label, *called)) {
            *called = p->actions[i].label.name;
            return true;
        }
    }
    return false;
}

/* What was told so far from `begin` on is told by a correction instead. */
static void parts_amend(narrator *n, size_t begin, int number)
{
    gj_text parts = {n->out->bytes + begin, n->out->size - begin};
    gjb_buffer_add_format(&n->amends, "  correct e%d", number);
    gjb_buffer_add_text(&n->amends, parts);
    gjb_buffer_add_string(&n->amends, "\n");
    n->amend_count++;
    n->out->size = begin;
}

/* An act without a label has its line's number. */
static void act_say(narrator *n, gj_event *event, int number)
{
    char id[16];
    bool labelled = pick(n, 2) == 0, amended = labelled && pick(n, 3) == 0;
    time_say(n, event);
    say_text(n, event->action);
    actor_say(n, event);
    size_t begin = n->out->size;
    data_say(n, event);
    documents_say(n, event);
    place_say(n, event);
    if (amended) {
        parts_amend(n, begin, number);
    }
    if (event->recorded.present) {
        say(n, " recorded ");
        moment_say(n, &event->recorded);
    }
    n->lines++;
    snprintf(id, sizeof id, labelled ? "e%d" : "%d", labelled ? number : n->lines);
    event->id = gjb_arena_text(n->arena, gjb_text_of(id));
    event->source = gjb_text_of("scenario");
    event->seq = (uint64_t)n->lines;
    if (labelled) {
        gjb_buffer_add_format(n->out, " as %s", id);
    }
    say(n, "\n");
}

/* The act once more, by mistake, and taken back at the end. */
static void mistake_say(narrator *n, const gj_event *event, int number)
{
    say(n, "  ");
    say_text(n, event->action);
    gjb_buffer_add_format(n->out, " as x%d\n", number);
    gjb_buffer_add_format(&n->amends, "  retract x%d\n", number);
    n->lines++;
    n->amend_count++;
}

int write_scenario(const plain *p, chance *c, gjb_arena *arena, told_case *told, gjb_buffer *out)
{
    narrator n = {.p = p, .chance = c, .arena = arena, .out = out};
    int kept = 0;
    gjb_buffer_init(&n.amends, NULL);
    say(&n, "scenario \"told\" for p {\n");
    for (int i = 0; i < told->count; i++) {
        gj_event event = told->events[i];
        if (action_name(p, &event.action)) {
            act_say(&n, &event, i);
            told->events[kept++] = event;
            if (pick(&n, 6) == 0) {
                mistake_say(&n, &event, i);
            }
        }
    }
    told->count = kept;
    gjb_buffer_add_text(out, gjb_buffer_text(&n.amends));
    gjb_buffer_deinit(&n.amends);
    say(&n, "}\n");
    return n.lines + n.amend_count;
}
