/* SPDX-License-Identifier: Apache-2.0
 *
 * See readings.h. */
#include "unit/interpreter/readings.h"

#include "unit/interpreter/hands.h"
#include "unit/interpreter/holdings.h"
#include "unit/interpreter/lengths.h"
#include "unit/interpreter/verdicts.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN(text) (int)(text).size, (text).bytes != NULL ? (text).bytes : ""

static int line_compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void lines_sort(readings *r)
{
    qsort(r->lines, (size_t)r->count, LINE_SIZE, line_compare);
}

static char *line_add(readings *r)
{
    assert(r->count < LINES_MAX);
    r->lines[r->count][0] = '\0';
    return r->lines[r->count++];
}

static void more(char *line, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void more(char *line, const char *format, ...)
{
    size_t size = strlen(line);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + size, LINE_SIZE - size, format, arguments);
    va_end(arguments);
}

void readings_add(readings *r, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line_add(r), LINE_SIZE, format, arguments);
    va_end(arguments);
}

/* A condition, without its blanks: lines may break in it. */
static void words_add(char *line, gj_text words)
{
    more(line, "; because ");
    for (size_t i = 0; i < words.size; i++) {
        if (words.bytes[i] != ' ' && words.bytes[i] != '\n') {
            more(line, "%c", words.bytes[i]);
        }
    }
}

static const char *status_word(gj_finding_status status)
{
    return status == GJ_OPEN ? "open" : status == GJ_CLOSED ? "closed" : "withdrawn";
}

static char run_letter(gj_run_kind kind)
{
    return kind == GJ_RUN_WEEKEND   ? 'w'
           : kind == GJ_RUN_HOLIDAY ? 'h'
           : kind == GJ_RUN_OFF     ? 'o'
                                    : '+';
}

static bool is_void(gj_code code)
{
    return code == GJ_INVALID_STOP || code == GJ_INVALID_EXTENSION;
}

/* ---- the judge's ---- */

static void judged_who(char *line, const gj_finding *f)
{
    more(line, "; by %.*s of %.*s, %.*s", SHOWN(f->post), SHOWN(f->department), SHOWN(f->officer));
}

/* Of "office@2024-12-31/1f0c…" or, where nothing is said of how far it is published,
 * "office/1f0c…". */
static gj_text calendar_name(gj_text revision)
{
    size_t size = 0;
    while (size < revision.size && revision.bytes[size] != '@' && revision.bytes[size] != '/') {
        size++;
    }
    return (gj_text){revision.bytes, size};
}

static void judged_law(char *line, const gj_finding *f)
{
    if (f->by_law) {
        more(line, "; by law %.*s, then %.*s, as of %lld", SHOWN(f->law.action),
             SHOWN(f->law.stage), (long long)f->law.as_of);
    }
}

static void judged_hand(char *line, const gj_finding *f)
{
    const gj_other_act *hand = &f->held_by;
    if (hand->present) {
        more(line, "; in the hands of %.*s of %.*s in %.*s, %.*s at %lld", SHOWN(hand->officer),
             SHOWN(hand->post), SHOWN(hand->office), SHOWN(hand->action), (long long)hand->at);
    }
}

static void judged_late(char *line, const gj_finding *f)
{
    const gj_counted *c = &f->counted;
    more(line, " since %lld until %lld due %lld day %d raw %d start-day %d over %llu elapsed %lld",
         (long long)c->start, (long long)c->until, (long long)c->due, c->due_day, c->raw_due_day,
         c->start_day, (unsigned long long)f->over_amount, (long long)c->elapsed);
    more(line, " since %lld", (long long)f->rung.at);
    more(line, " within %d..%d", c->due_earliest, c->due_latest);
    more(line, " extended %u%s", c->extended, c->held ? " held" : "");
    more(line, " budget %u %s, over in %s%s%s%s", c->budget, gj_unit_name(c->unit),
         gj_unit_name(f->over_unit), c->at_close ? " at close" : "",
         c->start_not_recorded ? " unrecorded" : "", c->beyond_published ? " beyond" : "");
    if (c->is_measured) {
        more(line, " read at %lld: %u,", (long long)c->length.measured, c->length.amount);
        for (int i = 0; i < 2; i++) {
            gj_text words = i == 0 ? c->length.condition : c->length.value;
            if (words.size > 0) {
                words_add(line, words);
            }
        }
    }
    for (size_t i = 0; i < c->run_count; i++) {
        const gj_run *run = &c->runs[i];
        more(line, " %c%d-%d%.*s", run_letter(run->kind), run->from, run->to, SHOWN(run->name));
    }
    more(line, " kind %d by %.*s", f->limit_kind, SHOWN(calendar_name(c->calendar)));
    if (f->held_in.bytes != NULL) {
        more(line, " held in %.*s by", SHOWN(f->held_in));
        for (size_t i = 0; i < f->holder_count; i++) {
            more(line, " %.*s", SHOWN(f->holder_titles[i]));
        }
    }
    judged_law(line, f);
    judged_who(line, f);
    judged_hand(line, f);
}

/* Of a rule that relates acts. */
static void judged_not_done(char *line, const gj_finding *f)
{
    gj_finding of = *f;
    of.by_law = false; /* told of limits alone */
    if (f->has_due) {
        judged_late(line, &of);
    } else {
        judged_who(line, f);
    }
    more(line, "; event %.*s/%.*s, first at %lld", SHOWN(f->source_id), SHOWN(f->event),
         (long long)f->first.at);
}

static void judged_line(char *line, const gj_finding *f)
{
    more(line, "%s %s %s %.*s", gj_code_name(f->code), gj_severity_name(f->severity),
         status_word(f->status), SHOWN(f->subject));
    if (f->key.size > 0) {
        more(line, " for %.*s", SHOWN(f->key));
    }
    if (f->branch.size > 0) {
        more(line, " in %.*s", SHOWN(f->branch));
    }
    if (f->code == GJ_LATE || f->code == GJ_EARLY || f->code == GJ_DUE_SOON) {
        judged_late(line, f);
        return;
    }
    if (f->code == GJ_NOT_DONE && f->relation != GJ_RELATION_NONE) {
        judged_not_done(line, f);
        return;
    }
    more(line, " at %.*s, then %.*s; event %.*s/%.*s", SHOWN(f->stage), SHOWN(f->stage_after),
         SHOWN(f->source_id), SHOWN(f->event));
    if (f->first.present) {
        more(line, ", first at %lld", (long long)f->first.at);
    }
    judged_who(line, f);
    judged_hand(line, f);
    for (size_t i = 0; i < f->left_out_count; i++) {
        more(line, "%s%.*s in %.*s", i == 0 ? "; left out " : ", ", SHOWN(f->left_out[i].action),
             SHOWN(f->left_out[i].stage));
    }
    for (size_t i = 0; i < f->documents_missing_count; i++) {
        more(line, "%s%.*s", i == 0 ? "; missing " : ", ", SHOWN(f->documents_missing[i]));
    }
    if (f->times > 0) {
        more(line, "; times %u of %u", f->times, f->times_allowed);
    }
    if (is_void(f->code)) {
        more(line, "; void %d, of %lld", f->voided.reason, (long long)f->voided.opened);
    }
    if (f->quoted.bytes != NULL) {
        more(line, "; quoted %.*s", SHOWN(f->quoted));
    }
    if (f->sets.bytes != NULL) {
        more(line, "; sets %.*s", SHOWN(f->sets));
    }
    if (f->condition.bytes != NULL) {
        words_add(line, f->condition);
    }
}

void readings_of_judge(readings *r, const gj_case_result *result)
{
    r->count = 0;
    for (size_t i = 0; i < result->finding_count; i++) {
        judged_line(line_add(r), &result->findings[i]);
    }
    more(line_add(r), "ends in %.*s%s", SHOWN(result->stage), result->final ? ", final" : "");
    for (size_t i = 0; i < result->branch_count; i++) {
        more(line_add(r), "branch %.*s in %.*s", SHOWN(result->branches[i].branch),
             SHOWN(result->branches[i].stage));
    }
    for (size_t i = 0; i < result->limit_count; i++) {
        const gj_limit_note *note = &result->limits[i];
        more(line_add(r), "limit %.*s for %.*s of %.*s since %lld due %lld day %d",
             SHOWN(note->limit), SHOWN(note->key), SHOWN(note->branch), (long long)note->since,
             (long long)note->due, note->due_day);
    }
    verdicts_of_judge(r, result);
    holdings_of_judge(r, result);
    lines_sort(r);
}

/* ---- the plain one's ---- */

static void branch_add(char *line, const plain *p, int region)
{
    if (p->regions[region].depth > 1) {
        branch_add(line, p, p->regions[region].outer);
        more(line, "/");
    }
    more(line, "%.*s", SHOWN(p->regions[region].label.name));
}

void readings_branch(const plain *p, int region, char *out, size_t size)
{
    char line[LINE_SIZE] = "";
    if (region > 0) {
        branch_add(line, p, region);
    }
    snprintf(out, size, "%s", line);
}

static int64_t count_days(gjc_unit unit, const plain_calendar *c, int after, int through)
{
    if (through <= after) {
        return 0;
    }
    return unit == GJC_WORKDAYS ? plain_workdays_count(c, after, through) : through - after;
}

static gjc_unit over_unit(gjc_unit unit)
{
    return unit == GJC_MONTHS || unit == GJC_YEARS ? GJC_DAYS : unit;
}

static void plain_who(char *line, const plain *p, plain_who_acted who)
{
    const plain_post *post = who.post == NO ? NULL : &p->posts[who.post];
    gj_text department = who.department;
    if (department.bytes == NULL && post != NULL && post->department != NO) {
        department = p->departments[post->department].label.name;
    }
    more(line, "; by %.*s of %.*s, %.*s", SHOWN(post != NULL ? post->label.name : who.called),
         SHOWN(department), SHOWN(who.officer));
}

/* Days closed one after another, and days worked that the week has closed, as a person lists them.
 */
static void plain_runs(char *line, const plain_calendar *c, int from, int to)
{
    for (int day = from; day <= to;) {
        gj_text name, next;
        char kind = plain_day_kind(c, day, &name);
        int last = day;
        for (; kind != ' ' && last < to; last++) {
            char also = plain_day_kind(c, last + 1, &next);
            bool declared = (kind == 'h' || kind == 'o') && (also == 'h' || also == 'o');
            if ((also != kind && !declared) || !gjb_text_equal(name, next)) {
                break;
            }
            kind = also == 'h' ? 'h' : kind;
        }
        if (kind != ' ') {
            more(line, " %c%d-%d%.*s", kind, day, last, SHOWN(name));
        }
        day = last + 1;
    }
}

/* How a finding of a limit was counted. */
typedef struct counted {
    gjc_unit unit;
    int budget, due_day, raw, earliest, latest;
    int64_t due, over;
    bool hangs; /* on which days are worked */
    int extended;
    bool held; /* stopped, nobody knows till when */
} counted;

/* Begun units count whole; at least 1. */
static int64_t time_over(const plain_calendar *c, gjc_unit unit, int64_t from, int64_t to)
{
    int64_t ms = plain_unit_ms(unit);
    return (plain_time_between(c, unit, from, to) + ms - 1) / ms;
}

/* The limit itself ran out, and the law ended it: it is counted to its last day. */
static bool ran_out(const plain_found *f)
{
    return f->by_law && f->effect != NULL && f->ran_out;
}

static int64_t counted_until(const plain_found *f)
{
    return f->until - (ran_out(f) ? 1 : 0);
}

/* By a stop that goes on, nobody knows till when. */
static bool is_stopped(const span *s)
{
    for (int i = 0; i < s->turns.pause_count; i++) {
        const plain_pause *pause = &s->turns.pauses[i];
        if (!pause->voided && pause->until == INT64_MAX && pause->granted == INT64_MAX) {
            return true;
        }
    }
    return false;
}

static counted ladder_counted(const plain_case *c, const plain_found *f)
{
    const plain_limit *limit = &c->p->limits[f->span.limit];
    const plain_calendar *calendar = limit->calendar;
    counted of = {.unit = limit->unit,
                  .budget = plain_turns_budget(f->span.budget, limit, &f->span.turns),
                  .hangs = limit->by == NO};
    of.extended = of.budget - f->span.budget;
    of.due = f->code != GJ_DUE_SOON ? plain_limit_late(c, &f->span, &of.due_day)
                                    : plain_limit_due(c, &f->span, &of.due_day);
    of.held = limit->by == NO && (f->span.budget > 0 ? of.due == INT64_MAX : is_stopped(&f->span));
    of.raw = plain_limit_raw_day(c, &f->span);
    plain_limit_range(c, &f->span, &of.earliest, &of.latest);
    if (f->code != GJ_DUE_SOON) {
        of.over =
            plain_unit_is_time(limit->unit)
                ? time_over(calendar, limit->unit, of.due, f->until)
                : count_days(limit->unit, calendar, of.due_day, plain_day_of(calendar, f->until));
        of.over = ran_out(f) ? 0 : of.over < 1 ? 1 : of.over;
    }
    return of;
}

static counted least_counted(const plain_case *c, const plain_found *f)
{
    const plain_limit *limit = &c->p->limits[f->span.limit];
    const plain_calendar *calendar = limit->calendar;
    counted of = {.unit = limit->least_unit, .budget = limit->least, .hangs = true};
    minimum_days minimum;
    of.due = plain_limit_least(c, &f->span, &minimum);
    of.due_day = of.earliest = minimum.earliest;
    of.latest = minimum.latest;
    of.raw = minimum.raw;
    of.over = plain_unit_is_time(of.unit)
                  ? time_over(calendar, of.unit, f->until, of.due)
                  : count_days(of.unit, calendar, plain_day_of(calendar, f->until) - 1, of.due_day);
    of.over = of.over < 1 ? 1 : of.over;
    return of;
}

static counted back_counted(const plain_case *c, const plain_found *f)
{
    const plain_limit *limit = &c->p->limits[f->span.limit];
    const plain_calendar *calendar = limit->calendar;
    counted of = {.unit = limit->unit, .budget = limit->budget};
    int64_t edge;
    of.over = plain_limit_back(c, &f->span, f->until, &edge);
    bool within = limit->back == GJC_WITHIN_BEFORE;
    if (plain_unit_is_time(of.unit)) {
        of.due = edge;
        of.raw = of.due_day = plain_day_of(calendar, edge);
    } else {
        of.raw = of.due_day = (int)edge;
        of.due = plain_day_start(calendar, (int)edge + (within ? 0 : 1));
    }
    of.earliest = of.latest = of.due_day;
    return of;
}

static void counted_runs(char *line, const plain_case *c, const plain_found *f, const counted *of)
{
    const plain_calendar *calendar = c->p->limits[f->span.limit].calendar;
    int until = plain_day_of(calendar, counted_until(f));
    int last = until > of->due_day ? until : of->due_day;
    int start_day = plain_day_of(calendar, f->span.since);
    if (!of->hangs) {
        return;
    }
    if (of->unit == GJC_WORKDAYS) {
        plain_runs(line, calendar, start_day + 1, last);
    } else if (of->unit == GJC_WORKHOURS) {
        plain_runs(line, calendar, start_day, last);
    } else if (of->raw != of->due_day) {
        plain_runs(line, calendar, of->raw, of->due_day);
    }
}

static void plain_law(char *line, const plain *p, const plain_found *f)
{
    if (!f->by_law || f->effect == NULL) {
        return;
    }
    int action = f->effect->action, target = f->effect->target;
    gj_text none = {"", 0}, act = action == NO ? none : p->actions[action].label.name;
    gj_text stage = target == NO ? none : p->stages[target].name;
    more(line, "; by law %.*s, then %.*s, as of %lld", SHOWN(act), SHOWN(stage),
         (long long)f->as_of);
}

static void plain_terms_print(char *line, const plain_case *c, const span *s)
{
    const gjc_node *exprs[2] = {NULL, NULL};
    plain_terms_words(s, exprs);
    more(line, " read at %lld: %d,", (long long)s->measured, s->budget);
    for (int i = 0; i < 2; i++) {
        if (exprs[i] != NULL) {
            words_add(line, gjc_sources_text(c->p->sources, exprs[i]->span));
        }
    }
}

/* In whose hands it was, and who is named where nobody of those that answer has gone on since. */
static void plain_hands(char *line, const plain_case *c, const plain_found *f, int region,
                        int64_t until)
{
    const plain *p = c->p;
    plain_who_acted who = f->who;
    const plain_told_act *hand = plain_hand(c, &f->holders, region, f->span.since, until);
    bool went_on = false;
    for (int i = 0; i < f->holders.count; i++) {
        went_on = went_on || f->holders.posts[i] == f->acted;
    }
    if (hand != NULL && !went_on) {
        who.post = hand->who.post;
        who.officer = hand->who.officer;
    }
    plain_who(line, p, who);
    if (hand != NULL) {
        more(line, "; in the hands of %.*s of %.*s in %.*s, %.*s at %lld", SHOWN(hand->who.officer),
             SHOWN(p->posts[hand->who.post].label.name), SHOWN(hand->who.office),
             SHOWN(p->actions[hand->action].label.name), (long long)hand->at);
    }
}

static void plain_late(char *line, const plain_case *c, const plain_found *f)
{
    static const char *const units[GJC_UNIT_COUNT] = {"workdays", "days",  "hours",    "minutes",
                                                      "months",   "years", "workhours"};
    const plain_limit *limit = &c->p->limits[f->span.limit];
    const plain_calendar *calendar = limit->calendar;
    int start_day = plain_day_of(calendar, f->span.since);
    counted of = f->rung != NO      ? ladder_counted(c, f)
                 : limit->back != 0 ? back_counted(c, f)
                                    : least_counted(c, f);
    bool time = plain_unit_is_time(of.unit);
    plain_counting with = plain_limit_counting(c, &f->span);
    with.due = f->rung != NO ? of.due : INT64_MAX;
    int64_t elapsed =
        time ? plain_counted_time(&with, of.unit, counted_until(f)) / plain_unit_ms(of.unit)
             : plain_counted_days(&with, of.unit, plain_day_of(calendar, counted_until(f)));
    bool beyond = (!time || of.unit == GJC_WORKHOURS) && limit->back == 0 && calendar->present &&
                  calendar->published != INT32_MIN && of.due_day > calendar->published;
    bool at_close = limit->at_close && f->rung != NO && of.due != INT64_MAX &&
                    of.due != plain_day_start(calendar, of.due_day + 1);
    more(line, " since %lld until %lld due %lld day %d raw %d start-day %d over %lld elapsed %lld",
         (long long)f->span.since, (long long)f->until, (long long)of.due, of.due_day, of.raw,
         start_day, (long long)of.over, (long long)elapsed);
    more(line, " since %lld", f->rung == NO ? 0LL : (long long)f->rung_at);
    more(line, " within %d..%d", of.earliest, of.latest);
    more(line, " extended %d%s", of.extended, of.held ? " held" : "");
    more(line, " budget %d %s, over in %s%s%s%s", of.budget, units[of.unit],
         units[over_unit(of.unit)], at_close ? " at close" : "",
         f->span.start_not_recorded ? " unrecorded" : "", beyond ? " beyond" : "");
    if (f->rung != NO && plain_terms_hang(limit)) {
        plain_terms_print(line, c, &f->span);
    }
    counted_runs(line, c, f, &of);
    more(line, " kind %d by %.*s", limit->kind, SHOWN(calendar->name));
    if (limit->of_holder) {
        more(line, " held in %.*s by", SHOWN(c->p->stages[f->held_in].name));
        for (int i = 0; i < f->holders.count; i++) {
            more(line, " %.*s", SHOWN(c->p->posts[f->holders.posts[i]].label.title));
        }
    }
    plain_law(line, c->p, f);
    bool asks = f->rung != NO;
    plain_hands(line, c, f, f->code == GJ_NOT_DONE ? f->rule->region : limit->region,
                !asks                    ? INT64_MIN
                : f->code == GJ_DUE_SOON ? f->rung_at
                                         : of.due);
}

/* Of a rule that relates acts. */
static void plain_not_done(char *line, const plain_case *c, const plain_found *f)
{
    plain_found late = *f;
    late.span = (span){.limit = f->rule->clock,
                       .since = f->first_at,
                       .by = INT64_MAX,
                       .budget = f->rule->clock == NO ? 0 : c->p->limits[f->rule->clock].budget};
    late.rung = 0;
    late.rung_at = 0;
    late.by_law = false;
    if (f->rule->clock != NO) {
        plain_late(line, c, &late);
    } else {
        plain_who(line, c->p, f->who);
    }
    gj_text none = {"", 0};
    more(line, "; event %.*s/%.*s, first at %lld",
         SHOWN(f->event == NULL ? none : f->event->source),
         SHOWN(f->event == NULL ? none : f->event->id), (long long)f->first_at);
}

static void key_add(char *line, const plain_case *c, const plain_found *f)
{
    char key[100] = "";
    if (f->key.kind != V_UNKNOWN && (f->code == GJ_FORBIDDEN || f->code == GJ_RULE)) {
        plain_value_write(f->key_type, f->key, key, sizeof key);
    }
    if (f->code == GJ_LATE || f->code == GJ_EARLY || f->code == GJ_DUE_SOON ||
        f->code == GJ_TOO_MANY_OPEN || is_void(f->code)) {
        plain_key_write(c, &f->span, key, sizeof key);
    }
    if (key[0] != '\0') {
        more(line, " for %s", key);
    }
}

static void plain_line(char *line, const plain_case *c, const plain_found *f)
{
    const plain *p = c->p;
    more(line, "%s %s %s %.*s", gj_code_name(f->code), gj_severity_name(f->severity),
         status_word(f->status), SHOWN(f->subject));
    key_add(line, c, f);
    if (f->region > 0) {
        more(line, " in ");
        branch_add(line, p, f->region);
    }
    if (f->code == GJ_LATE || f->code == GJ_EARLY || f->code == GJ_DUE_SOON) {
        plain_late(line, c, f);
        return;
    }
    if (f->code == GJ_NOT_DONE && f->rule != NULL) {
        plain_not_done(line, c, f);
        return;
    }
    gj_text source = f->event == NULL ? (gj_text){"", 0} : f->event->source;
    gj_text id = f->event == NULL ? (gj_text){"", 0} : f->event->id;
    more(line, " at %.*s, then %.*s; event %.*s/%.*s",
         SHOWN(p->stages[f->underway ? f->stage_after : f->stage].name),
         SHOWN(p->stages[f->stage_after].name), SHOWN(source), SHOWN(id));
    if (f->has_first) {
        more(line, ", first at %lld", (long long)f->first_at);
    }
    if (f->code == GJ_NOT_DONE) {
        plain_hands(line, c, f, f->broken->region, f->until);
    } else {
        plain_who(line, p, f->who);
    }
    for (int i = 0; i < f->way_count; i++) {
        const plain_on *on = &p->ons[f->way[i]];
        more(line, "%s%.*s in %.*s", i == 0 ? "; left out " : ", ",
             SHOWN(p->actions[on->action].label.name), SHOWN(p->stages[on->stage].name));
    }
    const char *between = "; missing ";
    for (int i = 0; i < p->document_count; i++) {
        if (f->missing[i]) {
            more(line, "%s%.*s", between, SHOWN(p->documents[i].label.title));
            between = ", ";
        }
    }
    if (f->times > 0) {
        more(line, "; times %d of %d", f->times, f->times_allowed);
    }
    if (is_void(f->code)) {
        more(line, "; void %d, of %lld", f->voided, (long long)f->voided_opened);
    }
    if (f->quoted.bytes != NULL) {
        more(line, "; quoted %.*s", SHOWN(f->quoted));
    }
    if (f->sets.bytes != NULL) {
        more(line, "; sets %.*s", SHOWN(f->sets));
    }
    if (f->condition != NULL) {
        words_add(line, gjc_sources_text(p->sources, f->condition->span));
    }
}

static void plain_state(readings *r, const plain_case *c)
{
    const plain *p = c->p;
    const plain_stage *stage = &p->stages[c->standing.at[0]];
    more(line_add(r), "ends in %.*s%s", SHOWN(stage->name), stage->final ? ", final" : "");
    for (int i = 1; i < p->region_count; i++) {
        if (c->standing.at[i] != NO) {
            char *line = line_add(r);
            more(line, "branch ");
            branch_add(line, p, i);
            more(line, " in %.*s", SHOWN(p->stages[c->standing.at[i]].name));
        }
    }
    for (int i = 0; i < CLOCKS_MAX; i++) {
        int due_day;
        if (c->runs[i]) {
            char *line = line_add(r), key[100];
            const plain_limit *limit = &p->limits[c->running[i].limit];
            int64_t due = plain_limit_due(c, &c->running[i], &due_day);
            plain_key_write(c, &c->running[i], key, sizeof key);
            more(line, "limit %.*s for %s of ", SHOWN(limit->name), key);
            if (limit->region > 0) {
                branch_add(line, p, limit->region);
            }
            more(line, " since %lld due %lld day %d", (long long)c->running[i].since,
                 (long long)due, due_day);
        }
    }
}

void readings_of_plain(readings *r, plain_case *c)
{
    r->count = 0;
    for (int i = 0; i < c->found_count; i++) {
        if (c->found[i].status != GJ_WITHDRAWN) {
            plain_line(line_add(r), c, &c->found[i]);
        }
    }
    plain_state(r, c);
    verdicts_of_plain(r, c);
    holdings_of_plain(r, c);
    lines_sort(r);
}

/* ---- comparing ---- */

bool readings_equal(const readings *a, const readings *b)
{
    if (a->count != b->count) {
        return false;
    }
    for (int i = 0; i < a->count; i++) {
        if (strcmp(a->lines[i], b->lines[i]) != 0) {
            return false;
        }
    }
    return true;
}

void readings_print_differing(const readings *judged, const readings *read, gjb_buffer *out)
{
    for (int i = 0, j = 0; i < judged->count || j < read->count;) {
        int order = i == judged->count ? 1
                    : j == read->count ? -1
                                       : strcmp(judged->lines[i], read->lines[j]);
        if (order != 0) {
            gjb_buffer_add_format(out, "%s %s\n", order < 0 ? "judge" : "plain",
                                  order < 0 ? judged->lines[i] : read->lines[j]);
        }
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
    }
}

/* ---- events ---- */

static void datum_print(const gj_datum *datum, gjb_buffer *out)
{
    bool object = datum->kind == GJ_DATUM_OBJECT;
    switch (datum->kind) {
    case GJ_DATUM_NULL:
        gjb_buffer_add_string(out, "null");
        return;
    case GJ_DATUM_BOOL:
        gjb_buffer_add_string(out, datum->truth ? "true" : "false");
        return;
    case GJ_DATUM_NUMBER:
        gjb_buffer_add_text(out, datum->text);
        return;
    case GJ_DATUM_TEXT:
        gjb_buffer_add_json(out, datum->text);
        return;
    case GJ_DATUM_LIST:
    case GJ_DATUM_OBJECT:
        break;
    }
    gjb_buffer_add_string(out, object ? "{" : "[");
    for (size_t i = 0; i < datum->item_count; i++) {
        gjb_buffer_add_string(out, i > 0 ? "," : "");
        if (object) {
            gjb_buffer_add_json(out, datum->items[i].key);
            gjb_buffer_add_string(out, ":");
        }
        datum_print(&datum->items[i], out);
    }
    gjb_buffer_add_string(out, object ? "}" : "]");
}

static void text_print(const char *key, gj_text text, gjb_buffer *out)
{
    if (text.bytes != NULL) {
        gjb_buffer_add_format(out, ",\"%s\":", key);
        gjb_buffer_add_json(out, text);
    }
}

static void stamp_print(const gj_judge *judge, const char *key, const gj_stamp *stamp,
                        gjb_buffer *out)
{
    char text[40];
    if (stamp->present) {
        gj_instant instant = gj_judge_instant(judge, stamp);
        gj_instant_format(instant, gj_judge_offset(judge, instant), text, sizeof text);
        gjb_buffer_add_format(out, ",\"%s\":\"%s\"", key, text);
    }
}

void event_print(const gj_judge *judge, const gj_event *event, gjb_buffer *out)
{
    gjb_buffer_add_string(out, "{\"case\":\"c\"");
    text_print("id", event->id, out);
    text_print("source", event->source, out);
    text_print("action", event->action, out);
    stamp_print(judge, "at", &event->at, out);
    stamp_print(judge, "recorded", &event->recorded, out);
    text_print("post", event->post, out);
    text_print("department", event->department, out);
    text_print("officer", event->officer, out);
    text_print("office", event->office, out);
    text_print("branch", event->branch, out);
    gjb_buffer_add_format(out, ",\"seq\":%llu", (unsigned long long)event->seq);
    if (event->data_count > 0) {
        gjb_buffer_add_string(out, ",\"data\":");
        datum_print(&(gj_datum){.kind = GJ_DATUM_OBJECT,
                                .items = event->data,
                                .item_count = event->data_count},
                    out);
    }
    for (size_t i = 0; i < event->document_count; i++) {
        gjb_buffer_add_string(out, i == 0 ? ",\"documents\":[" : ",");
        gjb_buffer_add_json(out, event->documents[i]);
    }
    gjb_buffer_add_string(out, event->document_count > 0 ? "]}\n" : "}\n");
}
