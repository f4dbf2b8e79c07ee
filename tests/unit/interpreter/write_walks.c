/* SPDX-License-Identifier: Apache-2.0
 *
 * Random expressions over each item of a list. See random.h. */
#include "unit/interpreter/written.h"

#include <stdio.h>

enum { WALKS_MAX = 2 }; /* inside one another */

static void say(writing *w, const char *text)
{
    gjb_buffer_add_string(w->out, text);
}

static int pick(writing *w, int count)
{
    return chance_pick(&w->chance, count);
}

static const char *const relations[] = {" < ", " <= ", " > ", " >= ", " is ", " is not "};

static void beside(writing *w, want of, int depth)
{
    say(w, relations[pick(w, 6)]);
    written_value(w, of, depth - 1);
    say(w, ")");
}

/* A number that a share may lie about. */
static void about_share(writing *w, int depth)
{
    static const char *const shares[] = {"0",   "33%",  "33.33%", "33.34%", "50%",
                                         "0.5", "100%", "25%",    "0.6667", "66.66%"};
    if (pick(w, 4) == 0) {
        written_value(w, NUMBER, depth - 1);
    } else {
        say(w, shares[pick(w, 10)]);
    }
}

typedef enum walk { SOME_OF, ALL_OF, COUNT_OF, SUM_OF, MOST_OF, DISTINCT_OF, SHARE_OF, WALKS } walk;

static bool is_of_truths(walk how)
{
    return how == SOME_OF || how == ALL_OF || how == COUNT_OF || how == SHARE_OF;
}

/* `ITEM in LIST: E`, where `item` is in sight in E alone; or, of truths, the list by itself. */
static bool items_say(writing *w, walk how, want wanted, int depth)
{
    static const want lists[] = {NUMBER, NUMBER, BID, BID, MONEY, DATE, TEXT, KIND, BOOL};
    bool bare = (how == SOME_OF || how == ALL_OF || how == SHARE_OF) && pick(w, 4) == 0;
    if (bare) {
        return written_asked(w, BOOL, depth - 1);
    }
    local_name *item = &w->locals[w->local_count];
    snprintf(item->name, sizeof item->name, "item_%d", w->local_count);
    item->of = lists[pick(w, 9)];
    item->list = false;
    gjb_buffer_add_format(w->out, "%s in ", item->name);
    if (!written_asked(w, item->of, depth - 1)) {
        return false;
    }
    say(w, ": ");
    w->local_count++;
    w->walks++;
    written_value(w, wanted, depth - 1);
    w->walks--;
    w->local_count--;
    return true;
}

/* What follows the brackets; `some` and `all` are conditions by themselves. */
static void rest_say(writing *w, walk how, want wanted, int depth)
{
    if (how == SHARE_OF) {
        say(w, relations[pick(w, 6)]);
        about_share(w, depth);
        say(w, ")");
    } else if (how > ALL_OF) {
        beside(w, is_of_truths(how) || how == DISTINCT_OF ? NUMBER : wanted, depth);
    }
}

/* `NUMBER < share(…)`. */
static bool share_last(writing *w, int depth)
{
    say(w, "(");
    about_share(w, depth);
    gjb_buffer_add_format(w->out, "%sshare(", relations[pick(w, 6)]);
    bool there = items_say(w, SHARE_OF, BOOL, depth);
    say(w, "))");
    return there;
}

static bool walk_say(writing *w, int depth)
{
    static const char *const openings[WALKS] = {"some(", "all(",       "(count(", "(sum(",
                                                "(max(", "(distinct(", "(share("};
    static const want values[] = {NUMBER, MONEY, LENGTH};
    walk how = (walk)pick(w, WALKS);
    want wanted = is_of_truths(how) ? BOOL : values[pick(w, 3)];
    if (how == SHARE_OF && pick(w, 3) == 0) {
        return share_last(w, depth);
    }
    say(w, openings[how]);
    if (!items_say(w, how, wanted, depth)) {
        return false;
    }
    say(w, ")");
    rest_say(w, how, wanted, depth);
    return true;
}

bool written_walk(writing *w, int depth)
{
    size_t before = w->out->size;
    bool there = w->walks < WALKS_MAX && w->local_count < LOCALS_MAX && walk_say(w, depth);
    w->out->size = there ? w->out->size : before;
    return there;
}
