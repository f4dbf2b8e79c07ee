/* SPDX-License-Identifier: Apache-2.0
 *
 * See limit.h. */
#include "unit/walk/limit.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const unit_names[] = {"workdays", "days",    "months",   "years",
                                         "hours",    "minutes", "workhours"};

const char *deed_name(deed_kind deed)
{
    static const char *const names[DEED_COUNT] = {
        "start",   "end",     "anew",    "prolong", "tell",  "stop0", "stop1",  "stop2",
        "resume0", "resume1", "resume2", "tell0",   "tell1", "tell2", "measure"};
    return names[deed];
}

/* ---- at random ---- */

static time_length length_make(chance *c, time_unit unit, int share)
{
    static const int most[UNIT_COUNT] = {40, 60, 6, 2, 100, 3000, 30};
    int bound = most[unit] / share;
    return (time_length){chance_between(c, 1, bound > 0 ? bound : 1), unit};
}

static time_length notice_make(chance *c)
{
    if (chance_one_in(c, 2)) {
        return (time_length){0, DAYS};
    }
    return length_make(c, (time_unit)chance_pick(c, UNIT_COUNT), 10);
}

/* A third of them hang on what is told. */
static void length_hang(stated_limit *of, chance c)
{
    if (chance_one_in(&c, 3)) {
        of->length = (length_by)chance_between(&c, LENGTH_BY_NUMBER, LENGTH_BY_TRUTH);
    }
    of->other = length_make(&c, of->within.unit, 1).amount;
}

void limit_make(stated_limit *of, const walked_days *days, chance *c)
{
    bool staged = false;
    memset(of, 0, sizeof *of);
    of->within = length_make(c, (time_unit)chance_pick(c, UNIT_COUNT), chance_one_in(c, 3) ? 8 : 1);
    bool may_roll = of->within.unit >= DAYS && of->within.unit <= YEARS;
    of->says_so = may_roll && chance_one_in(c, 2);
    of->rolls = may_roll && !(of->says_so && chance_one_in(c, 2));
    of->at_close = !unit_is_time(of->within.unit) && days->span_count > 0 && chance_one_in(c, 3);
    of->stop_count = chance_pick(c, STOPS_MAX + 1);
    for (int i = 0; i < of->stop_count; i++) {
        stop_clause *stop = &of->stops[i];
        stop->is_stage = !staged && chance_one_in(c, 4);
        staged = staged || stop->is_stage;
        if (chance_one_in(c, 2)) {
            stop->most = length_make(c, (time_unit)chance_pick(c, UNIT_COUNT), 4);
        }
        stop->notified = chance_one_in(c, 3);
        if (stop->notified) {
            stop->notice = notice_make(c);
        }
    }
    if (chance_one_in(c, 2)) {
        extension_clause *extension = &of->extension;
        extension->amount = length_make(c, of->within.unit, 2).amount;
        extension->times = chance_between(c, 1, 3);
        extension->notified = chance_one_in(c, 2);
        if (extension->notified) {
            extension->notice = notice_make(c);
        }
    }
    of->restarts = chance_one_in(c, 4);
    length_hang(of, chance_aside(c));
}

void limit_reduce(stated_limit *of, chance *c)
{
    of->red = length_make(c, (time_unit)chance_pick(c, UNIT_COUNT), 4);
    bool notified = chance_one_in(c, 2);
    of->extension.notified = of->extension.notified && notified;
    of->length = LENGTH_STATED;
    for (int i = 0; i < of->stop_count; i++) {
        of->stops[i].notified = of->stops[i].notified && notified;
    }
}

/* ---- in words ---- */

typedef struct page {
    char *out;
    size_t left, size;
} page;

__attribute__((format(printf, 2, 3))) static void say(page *to, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(to->out, to->left, format, arguments);
    va_end(arguments);
    size_t written = (size_t)size < to->left ? (size_t)size : to->left - 1;
    to->out += written;
    to->left -= written;
    to->size += written;
}

static void notice_write(page *to, const char *by, time_length within)
{
    say(to, " notified by %s", by);
    if (within.amount > 0) {
        say(to, " within %d %s", within.amount, unit_names[within.unit]);
    }
}

static void clauses_write(const stated_limit *of, page *to)
{
    if (of->extension.amount > 0) {
        say(to, "    extended %d %s by prolong", of->extension.amount, unit_names[of->within.unit]);
        if (of->extension.times > 1) {
            say(to, " at most %d times", of->extension.times);
        }
        if (of->extension.notified) {
            notice_write(to, deed_name(DEED_EXTENSION_NOTICE), of->extension.notice);
        }
        say(to, "\n");
    }
    for (int i = 0; i < of->stop_count; i++) {
        const stop_clause *stop = &of->stops[i];
        say(to,
            stop->is_stage ? "    not counting held" : "    not counting from stop%d to resume%d",
            i, i);
        if (stop->most.amount > 0) {
            say(to, " at most %d %s", stop->most.amount, unit_names[stop->most.unit]);
        }
        if (stop->notified) {
            notice_write(to, deed_name((deed_kind)(DEED_NOTICE + i)), stop->notice);
        }
        say(to, "\n");
    }
    say(to, "%s", of->restarts ? "    restarts by anew\n" : "");
}

static void length_write(const stated_limit *of, page *to)
{
    const char *unit = unit_names[of->within.unit];
    if (of->length == LENGTH_BY_NUMBER) {
        say(to, "    within most %s\n", unit);
        return;
    }
    if (of->length == LENGTH_BY_TRUTH) {
        say(to, "    within %d %s when long\n", of->other, unit);
    }
    say(to, "    within %d %s\n", of->within.amount, unit);
}

size_t limit_write(const stated_limit *of, const char *name, char *out, size_t size)
{
    page to = {.out = out, .left = size};
    say(&to, "procedure %s {\n  calendar office\n", name);
    for (int i = 0; i < DEED_COUNT; i++) {
        bool moves = false;
        for (int j = 0; j < of->stop_count; j++) {
            moves |= of->stops[j].is_stage && (i == DEED_STOP + j || i == DEED_RESUME + j);
        }
        if (!moves) {
            say(&to, "  action %s\n", deed_name((deed_kind)i));
        }
    }
    if (of->length != LENGTH_STATED) {
        say(&to, "  data {\n    long : bool = false\n    most : number = %d\n  }\n",
            of->within.amount);
    }
    int stage = -1;
    for (int i = 0; i < of->stop_count; i++) {
        stage = of->stops[i].is_stage ? i : stage;
    }
    if (stage < 0) {
        say(&to, "  stage open initial { on close -> done }\n");
    } else {
        say(&to, "  stage open initial {\n    on stop%d -> held\n    on close -> done\n  }\n",
            stage);
        say(&to, "  stage held { on resume%d -> open }\n", stage);
    }
    say(&to, "  stage done final\n  limit l {\n    from start to end\n");
    length_write(of, &to);
    if (of->says_so) {
        say(&to, "    %s\n", of->rolls ? "rolls" : "does not roll");
    }
    say(&to, "%s", of->at_close ? "    ends at close of business\n" : "");
    clauses_write(of, &to);
    say(&to, "    yellow overdue\n");
    if (of->red.amount > 0) {
        say(&to, "    red overdue %d %s\n", of->red.amount, unit_names[of->red.unit]);
    }
    say(&to, "    duty clerk\n  }\n}\n");
    return to.size;
}
