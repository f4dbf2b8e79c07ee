/* SPDX-License-Identifier: Apache-2.0
 *
 * What stops random limits, extends them and begins them anew, with notice and without. See
 * region.h. */
#include "unit/interpreter/region.h"

/* Of whose limit it is. */
typedef struct turning {
    writing *w;
    const region *r;
    const int *actions; /* that tell its key */
    int count;          /* 0: it has none */
} turning;

static int pick(turning *t, int count)
{
    return chance_pick(&t->w->chance, count);
}

static void say(turning *t, const char *text)
{
    gjb_buffer_add_string(t->w->out, text);
}

/* Mostly one that is in no stage. */
static int act_pick(turning *t)
{
    int free = t->w->actions.count - t->w->staged_count;
    return t->count > 0     ? t->actions[pick(t, t->count)]
           : pick(t, 3) > 0 ? t->w->staged_count + pick(t, free)
                            : pick(t, t->w->actions.count);
}

static const region *around_pick(turning *t)
{
    const region *of = t->r;
    while (of->outer != NULL && pick(t, 3) == 0) {
        of = of->outer;
    }
    return of;
}

/* The action that it is, or -1. */
static int turn_say(turning *t)
{
    if (t->count == 0 && pick(t, 5) == 0) {
        const region *of = around_pick(t);
        say(t, pick(t, 2) == 0 ? "entering " : "leaving ");
        region_stage_say(t->w, of, pick(t, of->stage_count));
        return -1;
    }
    int action = act_pick(t);
    say(t, t->w->actions.items[action]);
    return action;
}

/* One of them, or two; the action where it is one. */
static int turns_list_say(turning *t)
{
    int action = turn_say(t);
    if (pick(t, 6) == 0) {
        say(t, " or ");
        (void)turn_say(t);
        action = -1;
    }
    return action;
}

static void length_say(turning *t)
{
    unit of = unit_pick(t->w);
    int most = of.most > 4 ? of.most / 2 : of.most;
    gjb_buffer_add_format(t->w->out, "%d %s", 1 + pick(t, most), of.name);
}

static void notice_say(turning *t)
{
    if (pick(t, 5) > 1) {
        return;
    }
    gjb_buffer_add_format(t->w->out, " notified by %s", t->w->actions.items[act_pick(t)]);
    if (pick(t, 2) == 0) {
        say(t, " within ");
        length_say(t);
    }
}

static void stop_say(turning *t)
{
    int action = -1;
    say(t, "    not counting ");
    if (pick(t, 3) == 0) {
        const region *of = around_pick(t);
        int stage = pick(t, of->stage_count);
        region_stage_say(t->w, of, stage);
        if (stage + 1 < of->stage_count && pick(t, 3) == 0) {
            say(t, ", ");
            region_stage_say(t->w, of, stage + 1);
        }
    } else {
        say(t, "from ");
        action = turns_list_say(t);
        say(t, " to ");
        (void)turns_list_say(t);
    }
    trigger_when_say(t->w, action);
    if (pick(t, 3) == 0) {
        say(t, " at most ");
        length_say(t);
    }
    notice_say(t);
    say(t, "\n");
}

static void extension_say(turning *t, const unit *of)
{
    gjb_buffer_add_format(t->w->out, "    extended %d %s by ", 1 + pick(t, of->most), of->name);
    trigger_when_say(t->w, turns_list_say(t));
    if (pick(t, 3) == 0) {
        gjb_buffer_add_format(t->w->out, " at most %d times", 1 + pick(t, 3));
    }
    notice_say(t);
    say(t, "\n");
}

void turns_say(writing *w, const region *r, const unit *of, const int *actions, int count)
{
    turning t = {w, r, actions, count};
    /* The range of a last day that is not announced yet is not compared where something stops it.
     */
    if (pick(&t, 4) == 0 || (w->calendar && !w->far)) {
        return;
    }
    for (int more = pick(&t, 3); more > 0; more--) {
        stop_say(&t);
    }
    for (int more = pick(&t, 2) == 0 ? 1 + pick(&t, 2) : 0; more > 0; more--) {
        extension_say(&t, of);
    }
    if (pick(&t, 4) == 0) {
        say(&t, "    restarts by ");
        trigger_when_say(w, turn_say(&t));
        say(&t, "\n");
    }
}
