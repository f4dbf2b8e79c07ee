/* SPDX-License-Identifier: Apache-2.0
 *
 * See budgets.h. A case that does everything as soon as it may takes as long as the least periods
 * on its walk; one that does everything as late as it may takes as long as the limits of its steps.
 * Both are counted for a start on each day of the last two years that are published. */
#include "analysis/budgets.h"

#include "analysis/grants.h"
#include "analysis/lengths.h"
#include "analysis/spans.h"
#include "analysis/walks.h"
#include "base/text.h"
#include "time/count.h"

enum {
    WORK_MAX = 1 << 20, /* places of walks by limits: what is larger is said nothing of */
    WINDOWS_MAX = 3,    /* named in one diagnostic */
    RUNGS_MAX = 1024,   /* looked at for every start; of more, only whether the first is none */
};

/* When a place of a walk is come to, and which limit says so, that started at which place. */
typedef struct timed {
    gj_instant at;
    uint32_t limit, start; /* GJC_NO_INDEX: the place before does */
} timed;

/* Whether a step counts where it starts on the walk: not where it may have started before. */
typedef enum counting { COUNTING_UNKNOWN, COUNTING_THERE, COUNTING_BEFORE } counting;

typedef struct checker {
    const gjc_graph *graph;
    const gjc_model *model;
    const gj_calendar *calendar; /* the procedure's own, or NULL */
    const gjc_calendars *calendars;
    gjc_diag_list *diags;
    const gjc_limit *steps; /* step_count: the limits, each as short as it may be, and then rules */
    uint32_t step_count;
    counting *countings; /* by walk of the whole at hand and by step */
    gj_day first, last;  /* starts */
    timed *places;       /* scratch, of a walk */
    uint32_t rungs;      /* looked at so far */
} checker;

/* ---- how long a limit is ---- */

/* What starts and ends it does so always: else no walk says when it runs. */
static bool is_certain(const gjc_limit *limit)
{
    for (uint32_t i = 0; i < limit->from_count; i++)
        if (limit->from[i].when != NULL)
            return false;
    for (uint32_t i = 0; i < limit->to_count; i++)
        if (limit->to[i].when != NULL)
            return false;
    return true;
}

/* It has a length of its own that nothing but the case's own acts can change. */
static bool is_fixed(const gjc_limit *limit)
{
    return is_certain(limit) && limit->budget > 0 && !limit->is_backward && !limit->is_open &&
           limit->stop_count == 0 && limit->restart_count == 0;
}

/* When it may end at the earliest. */
static gj_instant least_of(const checker *with, const gjc_limit *limit, gj_instant start)
{
    const gj_calendar *calendar = gjc_calendars_of(with->calendars, limit);
    gjr_term term = {.unit = (gj_unit)limit->least_unit,
                     .budget = limit->least,
                     .rolls = limit->least_rolls && calendar != NULL};
    return gjr_count_due_at(calendar, term, start);
}

static bool has_least(const gjc_limit *limit)
{
    return limit->least > 0 && !limit->is_backward && is_certain(limit);
}

/* ---- along a walk ---- */

static bool starts_at(const gjc_limit *limit, const gjc_walk *walk, uint32_t place)
{
    return gjc_happening_is(&walk->items[place], limit->from, limit->from_count);
}

static bool ends_at(const gjc_limit *limit, const gjc_walk *walk, uint32_t place)
{
    return gjc_happening_is(&walk->items[place], limit->to, limit->to_count);
}

/* What is made of a rule has no node. */
static bool is_same(const gjc_limit *a, const gjc_limit *b)
{
    return a->node != NULL && a->node == b->node;
}

static gjc_walks_way way_of(const gjc_limit *limit)
{
    return limit->node == NULL || limit->open_max > 0 ? GJC_WALKS_EACH : GJC_WALKS_ONCE;
}

static bool counts_there(const checker *with, uint32_t step, const gjc_limit *whole,
                         const gjc_walk *walk)
{
    const gjc_limit *limit = &with->steps[step];
    counting *known = &with->countings[walk->number * with->step_count + step];
    if (*known == COUNTING_UNKNOWN) {
        gjb_arena arena;
        gjb_arena_init(&arena, with->diags->arena->allocator);
        bool before = gjc_walks_may_run_before(with->graph, limit, way_of(limit), whole,
                                               way_of(whole), walk, &arena);
        *known = before ? COUNTING_BEFORE : COUNTING_THERE;
        gjb_arena_deinit(&arena);
    }
    return *known == COUNTING_THERE;
}

/* Where the step that ends at a place of the whole's walk started: since its last end, the first.
 */
static bool start_find(const checker *with, uint32_t step, const gjc_limit *whole,
                       const gjc_walk *walk, uint32_t end, uint32_t *start)
{
    const gjc_limit *limit = &with->steps[step];
    bool found = false, each = way_of(limit) == GJC_WALKS_EACH;
    for (uint32_t i = 0; i < end; i++) {
        if (found && !each && ends_at(limit, walk, i))
            found = false;
        if (!found && starts_at(limit, walk, i)) {
            found = true;
            *start = i;
        }
    }
    return found && counts_there(with, step, whole, walk);
}

/* When a place is come to at the earliest (`least`), or at the latest if every step takes its whole
 * time; `whole` is the limit that the walk is of, which is none of its steps. What counts from an
 * earlier instant may count from the walk's beginning. */
static timed place_of(const checker *with, const gjc_walk *walk, uint32_t at, bool least,
                      const gjc_limit *whole)
{
    timed found = {with->places[at - 1].at, GJC_NO_INDEX, at - 1};
    for (uint32_t i = 0; i < with->step_count; i++) {
        const gjc_limit *limit = &with->steps[i];
        uint32_t start;
        if (is_same(limit, whole) || (least ? !has_least(limit) : !is_fixed(limit)) ||
            !ends_at(limit, walk, at) || !start_find(with, i, whole, walk, at, &start) ||
            (!least && start == 0 && at + 1 == walk->count))
            continue;
        gj_instant begin = with->places[walk->items[start].as_of_start ? 0 : start].at;
        gj_instant then = least ? least_of(with, limit, begin)
                                : gjc_length_longest(with->calendars, limit, begin) - 1;
        found = then > found.at ? (timed){then, i, start} : found;
    }
    return found;
}

static gj_instant walk_end(const checker *with, const gjc_walk *walk, gj_instant start, bool least,
                           const gjc_limit *whole)
{
    with->places[0] = (timed){start, GJC_NO_INDEX, 0};
    for (uint32_t i = 1; i < walk->count; i++)
        with->places[i] = place_of(with, walk, i, least, whole);
    return with->places[walk->count - 1].at;
}

/* Whether some walk ends in time from that start. */
static bool is_kept(const checker *with, const gjc_limit *limit, const gjc_walks *walks,
                    gj_day start, bool least)
{
    gj_instant begin = gjr_calendar_day_start(with->calendar, start);
    gj_instant due = gjc_length_longest(with->calendars, limit, begin);
    for (uint32_t i = 0; i < walks->count; i++)
        if (walk_end(with, &walks->items[i], begin, least, limit) < due)
            return true;
    return false;
}

/* Some limit that says how long at least, or another one, lies on a walk. */
static bool has_steps(const checker *with, const gjc_walks *walks, bool least,
                      const gjc_limit *whole)
{
    for (uint32_t i = 0; i < walks->count; i++)
        for (uint32_t j = 0; j < with->step_count; j++) {
            const gjc_limit *limit = &with->steps[j];
            uint32_t start;
            if (is_same(limit, whole) || (least ? !has_least(limit) : !is_fixed(limit)))
                continue;
            for (uint32_t k = 1; k < walks->items[i].count; k++)
                if (ends_at(limit, &walks->items[i], k) &&
                    start_find(with, j, whole, &walks->items[i], k, &start))
                    return true;
        }
    return false;
}

/* ---- saying so ---- */

/* The one with the fewest places is told. */
static const gjc_walk *walk_told(const gjc_walks *walks)
{
    const gjc_walk *walk = &walks->items[0];
    for (uint32_t i = 1; i < walks->count; i++)
        walk = walks->items[i].count < walk->count ? &walks->items[i] : walk;
    return walk;
}

/* "accept → publish → award". */
static gj_text walk_words(const checker *with, const gjc_walk *walk)
{
    gjb_buffer words;
    gjb_buffer_init(&words, with->diags->arena->allocator);
    for (uint32_t i = 0; i < walk->count; i++) {
        const gjc_happening *one = &walk->items[i];
        if (one->action == GJC_NO_INDEX && one->entered == GJC_NO_INDEX)
            continue;
        gjb_buffer_add_string(&words, words.size > 0 ? " → " : "");
        gjb_buffer_add_text(&words, one->action != GJC_NO_INDEX
                                        ? with->model->actions[one->action].label.name
                                        : with->model->stages[one->entered].label.name);
    }
    gj_text kept =
        words.failed ? (gj_text){0} : gjb_arena_text(with->diags->arena, gjb_buffer_text(&words));
    with->diags->out_of_memory = with->diags->out_of_memory || kept.bytes == NULL;
    gjb_buffer_deinit(&words);
    return kept;
}

/* Each limit is pointed at that decides how long the walk takes, the last first. */
static void steps_note(const checker *with, gjc_diag *diag, const gjc_walk *walk, gj_day start,
                       bool least, const gjc_limit *whole)
{
    (void)walk_end(with, walk, gjr_calendar_day_start(with->calendar, start), least, whole);
    for (uint32_t i = walk->count - 1; i > 0; i = with->places[i].start)
        if (with->places[i].limit != GJC_NO_INDEX)
            gjc_diag_note_add(with->diags, diag, with->steps[with->places[i].limit].budget_span,
                              least ? gjc_arg_words("at least so long", "至少这么长")
                                    : gjc_arg_words("so long for this step", "本步骤的期限"));
}

/* ---- the checks ---- */

/* Runs of working days on which it cannot be started and kept, in words. */
typedef struct windows {
    gjb_buffer words[2]; /* GJ_EN, GJ_ZH */
    uint32_t count, starts, failed;
    gj_day first;      /* on which it fails */
    gj_day begin, end; /* of the run that goes on; GJ_NO_DAY: none does */
} windows;

static void windows_init(const checker *with, windows *made)
{
    *made = (windows){.begin = GJ_NO_DAY, .end = GJ_NO_DAY};
    gjb_buffer_init(&made->words[GJ_EN], with->diags->arena->allocator);
    gjb_buffer_init(&made->words[GJ_ZH], with->diags->arena->allocator);
}

static void windows_deinit(windows *made)
{
    gjb_buffer_deinit(&made->words[GJ_EN]);
    gjb_buffer_deinit(&made->words[GJ_ZH]);
}

static void window_add(const checker *with, windows *to, gj_day begin, gj_day end)
{
    gjc_arg first = gjc_diag_day(with->diags, begin), last = gjc_diag_day(with->diags, end);
    const char *joints[] = {", ", "、"}, *untils[] = {" to ", "至"};
    if (to->count++ >= WINDOWS_MAX)
        return;
    for (int lang = 0; lang < 2; lang++) {
        gjb_buffer *words = &to->words[lang];
        gjb_buffer_add_string(words, words->size > 0 ? joints[lang] : "");
        gjb_buffer_add_text(words, lang == GJ_ZH ? first.zh : first.en);
        if (end > begin) {
            gjb_buffer_add_string(words, untils[lang]);
            gjb_buffer_add_text(words, lang == GJ_ZH ? last.zh : last.en);
        }
    }
}

/* The next working day. */
static void windows_day(const checker *with, windows *to, gj_day day, bool fails)
{
    to->starts++;
    to->first = fails && to->failed == 0 ? day : to->first;
    to->failed += fails ? 1 : 0;
    if (!fails && to->begin != GJ_NO_DAY)
        window_add(with, to, to->begin, to->end);
    to->begin = !fails ? GJ_NO_DAY : to->begin == GJ_NO_DAY ? day : to->begin;
    to->end = day;
}

static void windows_close(const checker *with, windows *to)
{
    if (to->begin != GJ_NO_DAY)
        window_add(with, to, to->begin, to->end);
}

static void windows_find(const checker *with, const gjc_limit *limit, const gjc_walks *walks,
                         windows *to)
{
    for (gj_day day = with->first; day <= with->last; day++)
        if (gjr_calendar_is_workday(with->calendar, day))
            windows_day(with, to, day, !is_kept(with, limit, walks, day, true));
    windows_close(with, to);
}

static gjc_arg windows_words(const checker *with, windows *of)
{
    gjc_arg words;
    for (int lang = 0; lang < 2; lang++)
        if (of->count > WINDOWS_MAX)
            gjb_buffer_add_string(&of->words[lang], lang == GJ_ZH ? "等" : ", …");
    words.en = gjb_arena_text(with->diags->arena, gjb_buffer_text(&of->words[GJ_EN]));
    words.zh = gjb_arena_text(with->diags->arena, gjb_buffer_text(&of->words[GJ_ZH]));
    with->diags->out_of_memory =
        with->diags->out_of_memory || words.en.bytes == NULL || words.zh.bytes == NULL;
    return words;
}

/* W0630 where it can never be kept, which is returned; W0631 where it cannot in some windows of the
 * year. */
static bool least_check(const checker *with, const gjc_limit *limit, const gjc_walks *walks)
{
    windows found;
    windows_init(with, &found);
    windows_find(with, limit, walks, &found);
    bool never = found.failed == found.starts;
    if (found.failed > 0) {
        gjc_arg path = gjc_arg_text(walk_words(with, walk_told(walks)));
        gjc_arg what = never ? path : windows_words(with, &found);
        gjc_diag *diag = gjc_diag_add(with->diags, never ? GJC_W0630 : GJC_W0631,
                                      limit->budget_span, gjc_arg_text(limit->label.name), what);
        diag->args[2] = path;
        steps_note(with, diag, walk_told(walks), found.first, true, limit);
    }
    windows_deinit(&found);
    return never;
}

/* W0632 where the steps add up to more than the whole, whenever it starts. */
static void steps_check(const checker *with, const gjc_limit *limit, const gjc_walks *walks)
{
    for (gj_day day = with->first; day <= with->last; day++)
        if (gjr_calendar_is_workday(with->calendar, day) && is_kept(with, limit, walks, day, false))
            return;
    gjc_diag *diag =
        gjc_diag_add(with->diags, GJC_W0632, limit->budget_span, gjc_arg_text(limit->label.name),
                     gjc_arg_text(walk_words(with, walk_told(walks))));
    steps_note(with, diag, walk_told(walks), with->first, false, limit);
}

static bool is_small(const checker *with, const gjc_walks *walks)
{
    uint64_t places = 0;
    for (uint32_t i = 0; i < walks->count; i++)
        places += (uint64_t)walks->items[i].count * walks->items[i].count;
    return places * with->step_count <= WORK_MAX;
}

static void walks_check(const checker *with, const gjc_limit *limit)
{
    gjb_arena arena;
    gjc_walks walks;
    gjb_arena_init(&arena, with->diags->arena->allocator);
    if (is_fixed(limit) && gjc_walks_find(with->graph, limit, &arena, &walks) &&
        is_small(with, &walks)) {
        checker here = *with;
        size_t places = (size_t)walks.count * with->step_count;
        here.countings = gjb_arena_make(&arena, places, sizeof *here.countings);
        bool never = here.countings != NULL && has_steps(&here, &walks, true, limit) &&
                     least_check(&here, limit, &walks);
        if (here.countings != NULL && !never && has_steps(&here, &walks, false, limit))
            steps_check(&here, limit, &walks);
    }
    with->diags->out_of_memory = with->diags->out_of_memory || arena.failed;
    gjb_arena_deinit(&arena);
}

/* Reached when the limit starts on that day, or before. */
static bool is_reached(const gj_calendar *calendar, const gjc_limit *limit, const gjr_rung *rung,
                       gj_day start)
{
    gj_instant begin = gjr_calendar_day_start(calendar, start);
    gjr_term term = {.unit = (gj_unit)limit->unit,
                     .budget = limit->budget,
                     .rolls = limit->rolls && calendar != NULL};
    gjr_count count = gjr_count_due(calendar, term, begin);
    return gjr_count_beside(calendar, (gj_unit)rung->unit, &count, -(int64_t)rung->amount) <=
           gjr_calendar_day_end(calendar, start);
}

/* "", or on which days, for behind the words. */
static gjc_arg starts_words(const checker *with, windows *found)
{
    if (found->failed == found->starts)
        return gjc_arg_words("", "");
    gjc_arg days = windows_words(with, found);
    gjb_buffer en, zh;
    gjb_buffer_init(&en, with->diags->arena->allocator);
    gjb_buffer_init(&zh, with->diags->arena->allocator);
    gjb_buffer_add_string(&en, ", if it starts on ");
    gjb_buffer_add_text(&en, days.en);
    gjb_buffer_add_string(&zh, "在");
    gjb_buffer_add_text(&zh, days.zh);
    gjb_buffer_add_string(&zh, "起算的，");
    gjc_arg words = days;
    words.en = gjb_arena_text(with->diags->arena, gjb_buffer_text(&en));
    words.zh = gjb_arena_text(with->diags->arena, gjb_buffer_text(&zh));
    with->diags->out_of_memory = with->diags->out_of_memory || en.failed || zh.failed ||
                                 words.en.bytes == NULL || words.zh.bytes == NULL;
    gjb_buffer_deinit(&en);
    gjb_buffer_deinit(&zh);
    return words;
}

/* W0633: a warning that is reached when the limit starts, or before, whenever that is or on some
 * working days. Of one unit, what is shorter than the limit never is. */
static void rung_check(checker *with, const gjc_limit *limit, const gjr_rung *rung)
{
    const gj_calendar *calendar = gjc_calendars_of(with->calendars, limit);
    bool never = rung->unit == limit->unit && rung->amount < limit->budget;
    if (rung->kind != GJR_RUNG_BEFORE || never)
        return;
    windows found;
    windows_init(with, &found);
    bool each = with->rungs++ < RUNGS_MAX, goes_on = true;
    for (gj_day day = with->first; goes_on && day <= with->last; day++)
        if (gjr_calendar_is_workday(calendar, day)) {
            bool fails = is_reached(calendar, limit, rung, day);
            windows_day(with, &found, day, fails);
            goes_on = each || fails;
        }
    windows_close(with, &found);
    if (found.failed > 0 && (each || found.failed == found.starts)) {
        gjc_arg by = gjc_length_words(with->diags, rung->amount, (gj_unit)rung->unit);
        gjc_diag *diag = gjc_diag_add(with->diags, GJC_W0633, limit->label.span,
                                      gjc_arg_text(limit->label.name), by);
        diag->args[2] = starts_words(with, &found);
    }
    windows_deinit(&found);
}

static void rungs_check(checker *with, const gjc_limit *limit)
{
    for (uint32_t i = 0; i < limit->rung_count && is_fixed(limit); i++)
        rung_check(with, limit, &limit->rungs[i]);
}

/* ---- powers ---- */

/* Whether somebody may do the act: it is open to all, or granted to a post that is not forbidden
 * it. */
static bool somebody_may(const gjc_model *model, uint32_t action)
{
    bool granted = false;
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        if (t->action == action && t->post_count == 0)
            return true;
        for (uint32_t j = 0; t->action == action && j < t->post_count; j++) {
            granted = true;
            if (!gjc_grants_forbid(model, t->posts[j], action))
                return true;
        }
    }
    for (uint32_t i = 0; i < model->power_count; i++) {
        const gjc_power *power = &model->powers[i];
        if (power->kind != GJR_POWER_MAY || power->action != action)
            continue;
        granted = true;
        if (!gjc_grants_forbid(model, power->post, action))
            return true;
    }
    return !granted;
}

/* W0634 where none of the acts can be done by anybody while the limit runs. */
static void powers_check(const checker *with, const gjc_limit *limit, const gjc_trigger *triggers,
                         uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (triggers[i].kind != GJR_TRIGGER_ACTION ||
            (somebody_may(with->model, triggers[i].target) &&
             gjc_spans_may_come(with->graph, limit, triggers[i], with->diags->arena)))
            return;
    if (count > 0)
        gjc_diag_add(with->diags, GJC_W0634, triggers[0].span,
                     gjc_arg_text(with->model->actions[triggers[0].target].label.name),
                     gjc_arg_text(limit->label.name));
}

/* Each line that says how long it is has to leave room for what lies on the way. */
static void lengths_check(checker *with, const gjc_limit *limit)
{
    for (uint32_t i = 0; i < limit->within_count; i++) {
        gjc_limit one = gjc_length_by_line(limit, &limit->withins[i]);
        walks_check(with, &one);
    }
    gjc_limit longest = gjc_length_greatest(limit);
    rungs_check(with, &longest);
}

static void limit_check(checker *with, const gjc_limit *limit)
{
    if (limit->within_count == 0)
        walks_check(with, limit);
    lengths_check(with, limit);
    for (uint32_t i = 0; i < limit->extension_count; i++)
        powers_check(with, limit, limit->extensions[i].by, limit->extensions[i].by_count);
    for (uint32_t i = 0; i < limit->stop_count; i++)
        powers_check(with, limit, limit->stops[i].from, limit->stops[i].from_count);
}

/* Of the two acts that a rule relates. */
static const gjc_role *role_of(const gjc_rule *rule, gjr_role_kind kind)
{
    return rule->roles[0].kind == kind ? &rule->roles[0] : &rule->roles[1];
}

/* A rule of two acts that no exception excuses, with a length. */
static bool is_timed(const gjc_rule *rule, gjr_rule_kind kind)
{
    return rule->kind == kind && rule->length.amount > 0 && rule->exception_count == 0 &&
           rule->role_count == 2;
}

/* From the one act to the other, without its length. */
static bool limit_of_rule(const checker *with, const gjc_rule *rule, gjc_limit *made)
{
    gjc_trigger *triggers = gjb_arena_make(with->diags->arena, 2, sizeof *triggers);
    const gjr_role_kind kinds[] = {GJR_ROLE_FIRST, GJR_ROLE_SECOND};
    for (int i = 0; triggers != NULL && i < 2; i++) {
        const gjc_role *role = role_of(rule, kinds[i]);
        triggers[i] =
            (gjc_trigger){.kind = GJR_TRIGGER_ACTION, .target = role->action, .span = role->span};
    }
    *made = (gjc_limit){
        .label = rule->label,
        .region = rule->region,
        .from = triggers,
        .from_count = 1,
        .to = triggers == NULL ? NULL : triggers + 1,
        .to_count = 1,
        .budget_span = rule->label.span,
        .by = GJC_NO_INDEX,
        .duty = GJC_NO_INDEX,
        .calendar = with->calendars->count > 0 ? 0 : GJC_NO_INDEX,
    };
    return triggers != NULL;
}

/* "every A followed by B within D" asks for no more than a limit from each A to the next B, whose
 * ways it has: of which B, and of which key, can but make them longer. */
static void followed_check(const checker *with, const gjc_rule *rule)
{
    gjc_limit as_limit;
    if (!is_timed(rule, GJR_RULE_FOLLOWED) || !limit_of_rule(with, rule, &as_limit))
        return;
    as_limit.budget = rule->length.amount;
    as_limit.unit = rule->length.unit;
    as_limit.rolls = rule->rolls;
    walks_check(with, &as_limit);
}

/* "every B preceded by A at least D before" asks, whatever the first A tells, for at least as much
 * as a limit from it to the B. */
static bool is_least_rule(const gjc_rule *rule)
{
    return is_timed(rule, GJR_RULE_PRECEDED) && rule->is_least &&
           role_of(rule, GJR_ROLE_SECOND)->when == NULL;
}

/* One that has no length where none of its lines holds is none that is surely there. */
static bool steps_make(checker *with)
{
    const gjc_model *model = with->model;
    uint32_t most = model->limit_count + model->rule_count;
    gjc_limit *steps = gjb_arena_make(with->diags->arena, most, sizeof *steps);
    with->steps = steps;
    if (steps == NULL)
        return false;
    for (uint32_t i = 0; i < model->limit_count; i++) {
        const gjc_limit *limit = &model->limits[i];
        uint32_t count = limit->within_count;
        steps[i] = gjc_length_shortest(limit);
        if (count > 0 && limit->withins[count - 1].when != NULL)
            steps[i].budget = 0;
    }
    with->step_count = model->limit_count;
    for (uint32_t i = 0; i < model->rule_count; i++) {
        const gjc_rule *rule = &model->rules[i];
        gjc_limit *step = &steps[with->step_count];
        if (!is_least_rule(rule))
            continue;
        if (!limit_of_rule(with, rule, step))
            return false;
        step->least = rule->length.amount;
        step->least_unit = rule->length.unit;
        with->step_count++;
    }
    return true;
}

void gjc_budgets_check(const gjc_graph *graph, const gjc_calendars *calendars, gjc_diag_list *diags)
{
    const gjc_model *model = graph->model;
    checker with = {.graph = graph,
                    .model = model,
                    .calendar = gjc_calendars_own(calendars),
                    .calendars = calendars,
                    .diags = diags};
    if (model->is_partial || model->limit_count + model->rule_count == 0)
        return;
    with.places = gjb_arena_make(diags->arena, (size_t)model->stage_count + 2, sizeof *with.places);
    if (with.places == NULL || !steps_make(&with)) {
        diags->out_of_memory = true;
        return;
    }
    gjc_length_starts(calendars, &with.first, &with.last);
    for (uint32_t i = 0; i < model->limit_count; i++)
        limit_check(&with, &model->limits[i]);
    for (uint32_t i = 0; i < model->rule_count; i++)
        followed_check(&with, &model->rules[i]);
}
