/* SPDX-License-Identifier: Apache-2.0
 *
 * See trial.h. */
#include "unit/walk/trial.h"

#include "unit/walk/count.h"

#include <guiju/compile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 128, TEXT_MAX = 1 << 17, ID_MAX = 12 };

typedef struct trial {
    uint64_t seed;
    walked_days days;
    stated_limit limits[TRIAL_LIMITS];
    char text[TEXT_MAX];
    gj_compilation *compilation;
    gj_image *image;
    gj_calendar *calendar;
    gj_judge *judge; /* of the limit at hand */
    trial_counts *counts;
} trial;

/* Cases of one limit that are judged together. */
typedef struct batch {
    const trial *trial;
    const stated_limit *limit;
    story stories[BATCH];
    walk walks[BATCH];
    int count;
    int at; /* the one being judged */
    bool with_accounts, heard, agrees;
    char judged[4096]; /* of one that does not agree, what the judge says */
} batch;

static void require(bool holds, const char *what)
{
    if (!holds) {
        printf("the walk cannot go on: %s\n", what);
        abort();
    }
}

/* ---- compiling ---- */

static void text_write(trial *of, chance *c, bool announced)
{
    static const char head[] = "department office_of { post clerk }\n";
    size_t size = sizeof head - 1;
    memcpy(of->text, head, size + 1);
    days_make(&of->days, c);
    if (!announced) {
        days_repeat(&of->days);
    }
    days_write(&of->days, of->text + size, sizeof of->text - size);
    size += strlen(of->text + size);
    for (int i = 0; i < TRIAL_LIMITS; i++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", i);
        limit_make(&of->limits[i], &of->days, c);
        if (!announced) {
            limit_reduce(&of->limits[i], c);
        }
        size += limit_write(&of->limits[i], name, of->text + size, sizeof of->text - size);
    }
    require(size < sizeof of->text - 1, "the text is too long");
}

static void compile(trial *of)
{
    gj_compile_options options = {.size = sizeof options};
    gj_text text = {of->text, strlen(of->text)};
    gj_refusal why;
    require(gj_compile_text(&options, "walk.gj", text, &of->compilation) == GJ_OK, "memory");
    for (size_t i = 0; i < gj_compilation_diagnostic_count(of->compilation); i++) {
        gj_diagnostic one = gj_compilation_diagnostic(of->compilation, i);
        if (one.gravity == GJ_ERROR) {
            printf("%s\n%s at line %u\n", of->text, one.code, one.line);
        }
    }
    require(gj_compilation_error_count(of->compilation) == 0, "the text does not compile");
    gj_text image = gj_compilation_image(of->compilation);
    gj_text days = gj_compilation_calendar(of->compilation, 0);
    require(gj_image_load(NULL, image.bytes, image.size, &of->image, &why) == GJ_OK, "the image");
    require(gj_calendar_load(NULL, days.bytes, days.size, &of->calendar, &why) == GJ_OK,
            "the calendar");
}

static void judge_make(trial *of, int which)
{
    char name[16];
    snprintf(name, sizeof name, "p%d", which);
    gj_judge_options options = {.size = sizeof options,
                                .image = of->image,
                                .procedure = {name, strlen(name)},
                                .calendars = (const gj_calendar *const *)&of->calendar,
                                .calendar_count = 1};
    require(gj_judge_create(&options, &of->judge) == GJ_OK, "the judge");
}

/* ---- telling ---- */

/* Where clocks change, their midnight tells one offset of the two. */
static void instant_print(const walked_days *days, int64_t at, char *out, size_t size)
{
    if (at < days->at[0].begin || at >= days->at[DAYS_COUNT].begin) {
        snprintf(out, size, "%s", at == NEVER ? "never" : "out of sight");
        return;
    }
    int day = days_find(days, at);
    int64_t ms = at - days->at[day].begin;
    snprintf(out, size, "%04d-%02d-%02d %02d:%02d:%02d.%03d", days->at[day].year,
             days->at[day].month, days->at[day].number, (int)(ms / MS_AN_HOUR),
             (int)(ms / MS_A_MINUTE % 60), (int)(ms / 1000 % 60), (int)(ms % 1000));
}

static const char *said(const walked_days *days, int64_t at)
{
    static char texts[4][40];
    static int next;
    next = (next + 1) % 4;
    instant_print(days, at, texts[next], sizeof texts[next]);
    return texts[next];
}

static void note(batch *of, const char *what, int64_t first, int64_t second, int64_t number)
{
    size_t used = strlen(of->judged);
    const walked_days *days = &of->trial->days;
    snprintf(of->judged + used, sizeof of->judged - used, "  judged: %s %s, %s, %lld\n", what,
             said(days, first), said(days, second), (long long)number);
    of->agrees = false;
}

/* ---- comparing ---- */

static bool finding_is(const walk *walked, const walked_finding *expected, const gj_finding *found)
{
    static const gj_code codes[] = {GJ_LATE, GJ_INVALID_STOP, GJ_INVALID_EXTENSION};
    static const gj_unit units[] = {GJ_WORKDAYS, GJ_DAYS,    GJ_DAYS,     GJ_DAYS,
                                    GJ_HOURS,    GJ_MINUTES, GJ_WORKHOURS};
    bool late = expected->kind == FOUND_LATE;
    int64_t opened = late ? found->counted.start : found->voided.opened;
    if (found->code != codes[expected->kind] || opened != expected->opened ||
        (found->status == GJ_CLOSED) != expected->closed) {
        return false;
    }
    return !late ||
           (found->counted.due == expected->due && found->over_amount == (uint64_t)expected->over &&
            found->over_unit == units[walked->limit->within.unit]);
}

/* Each that is expected once, and none beside them. */
static void findings_compare(batch *of, const walk *walked, const gj_case_result *result)
{
    bool met[FOUND_MAX] = {false};
    for (size_t i = 0; i < result->finding_count; i++) {
        const gj_finding *found = &result->findings[i];
        int which = 0;
        while (which < walked->found_count &&
               (met[which] || !finding_is(walked, &walked->found[which], found))) {
            which++;
        }
        if (which < walked->found_count) {
            met[which] = true;
        } else {
            bool late = found->code == GJ_LATE;
            note(of, gj_code_name(found->code), late ? found->counted.start : found->voided.opened,
                 late ? found->counted.due : found->voided.notice_due, (int64_t)found->over_amount);
        }
    }
    for (int i = 0; i < walked->found_count; i++) {
        if (!met[i]) {
            note(of, "lacks", walked->found[i].opened, walked->found[i].due, walked->found[i].kind);
        }
    }
}

static void running_compare(batch *of, const walk *walked, const gj_case_result *result)
{
    if (result->limit_count != (walked->runs ? 1 : 0)) {
        note(of, "running", NEVER, NEVER, (int64_t)result->limit_count);
    }
    for (size_t i = 0; i < result->limit_count && walked->runs; i++) {
        const gj_limit_note *running = &result->limits[i];
        bool days = !unit_is_time(walked->limit->within.unit) && walked->due != NEVER;
        bool same = running->due == walked->due && running->since == walked->start;
        if (!same || (days && running->due_day != 18262 + walked->due_day)) {
            note(of, "running", running->since, running->due, running->due_day);
        }
    }
}

static void accounts_compare(batch *of, const walk *walked, const gj_case_result *result)
{
    if (result->account_count != (size_t)walked->run_count) {
        note(of, "accounts", NEVER, NEVER, (int64_t)result->account_count);
        return;
    }
    for (size_t i = 0; i < result->account_count; i++) {
        const gj_account *account = &result->accounts[i];
        const walked_run *run = &walked->runs_made[i];
        bool known = run->due != NEVER, ended = account->status == GJ_ACCOUNT_ENDED;
        bool days = known && !unit_is_time(walked->limit->within.unit);
        if (account->start != run->start || account->has_due != known ||
            (known && account->due != run->due) || ended != run->ended ||
            (days && account->due_day != 18262 + run->due_day)) {
            note(of, "account", account->start, account->has_due ? account->due : NEVER,
                 (int64_t)i);
        }
        of->trial->counts->accounts++;
    }
}

/* ---- comparing what is known with what comes ---- */

/* The last day, of one that is due at an instant the day in which that is over. */
static int due_day_of(const walk *walked, int64_t due, int due_day)
{
    return unit_is_time(walked->limit->within.unit) ? days_find(walked->days, due - 1) : due_day;
}

static bool is_among(gj_day first, gj_day last, int day)
{
    return first <= 18262 + day && 18262 + day <= last;
}

/* Whether that day ends when the office closes hangs on whether it is worked. */
static bool is_due(const walk *walked, int day, int64_t told, int64_t due)
{
    bool hangs = walked->limit->at_close && day >= walked->days->announced;
    return told == due || (hangs && days_find(walked->days, told - 1) == day);
}

/* What is due on a day that is announced is found; what is not, only where it is late whatever
 * comes. */
static const gj_finding *late_find(const gj_case_result *result, int64_t start)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        const gj_finding *found = &result->findings[i];
        if (found->code == GJ_LATE && found->counted.start == start) {
            return found;
        }
    }
    return NULL;
}

static bool is_walked_late(const walk *walked, int64_t start)
{
    for (int i = 0; i < walked->found_count; i++) {
        if (walked->found[i].kind == FOUND_LATE && walked->found[i].opened == start) {
            return true;
        }
    }
    return false;
}

/* When it turns red: so long after due, days from the end of the last one on. */
static int64_t red_of(const walk *walked, const walked_run *run)
{
    static const pauses none;
    const stated_limit *limit = walked->limit;
    bool in_time = unit_is_time(limit->red.unit);
    int day = due_day_of(walked, run->due, run->due_day);
    return count_last(walked->days, limit->red, false, limit->at_close,
                      in_time ? run->due : walked->days->at[day].begin, &none)
        .due;
}

/* What is red is as far over as that, whatever comes. */
static void red_foretold_compare(batch *of, const walk *walked, const gj_case_result *result)
{
    for (int i = 0; i < walked->run_count; i++) {
        const walked_run *run = &walked->runs_made[i];
        const gj_finding *found = late_find(result, run->start);
        bool is_late = false; /* and not one that began at the same instant */
        for (int j = 0; j < walked->found_count; j++) {
            is_late = is_late ||
                      (walked->found[j].kind == FOUND_LATE &&
                       walked->found[j].opened == run->start && walked->found[j].due == run->due);
        }
        if (found != NULL && is_late && found->severity == GJ_RED &&
            red_of(walked, run) > found->counted.until) {
            note(of, "red", run->start, red_of(walked, run), 0);
        }
    }
}

static void late_foretold_compare(batch *of, const walk *walked, const gj_case_result *result)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        const gj_finding *found = &result->findings[i];
        if (found->code == GJ_LATE && !is_walked_late(walked, found->counted.start)) {
            note(of, "late", found->counted.start, found->counted.due, 0);
        }
    }
}

static void announced_compare(batch *of, const walk *walked, const gj_case_result *result)
{
    const walked_days *days = walked->days;
    for (int i = 0; i < walked->found_count; i++) {
        const walked_finding *expected = &walked->found[i];
        if (expected->kind == FOUND_LATE && days_find(days, expected->due - 1) < days->announced &&
            late_find(result, expected->opened) == NULL) {
            note(of, "lacks", expected->opened, expected->due, expected->kind);
        }
    }
}

/* An extension that came too late, or one or a stop whose notice did, on a day that is not
 * announced: until it is, it may have come in time, and then the limit is longer than it turns out
 * to be. */
static bool is_made_longer_in_doubt(const walk *walked)
{
    int64_t announced = walked->days->at[walked->days->announced].begin;
    bool found = walked->voided >= announced;
    for (int i = 0; i < walked->found_count; i++) {
        found = found ||
                (walked->found[i].kind == FOUND_EXTENSION && walked->found[i].opened >= announced);
    }
    return found;
}

/* What is found without effect is so, whatever comes. */
static void voided_foretold_compare(batch *of, const walk *walked, const gj_case_result *result)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        const gj_finding *found = &result->findings[i];
        bool is_void = found->code == GJ_LATE;
        for (int j = 0; j < walked->found_count; j++) {
            found_kind kind = found->code == GJ_INVALID_STOP ? FOUND_STOP : FOUND_EXTENSION;
            is_void = is_void || (walked->found[j].kind == kind &&
                                  walked->found[j].opened == found->voided.opened);
        }
        if (!is_void) {
            note(of, gj_code_name(found->code), found->voided.opened, found->voided.notice_due, 0);
        }
    }
}

static void running_foretold_compare(batch *of, const walk *walked, const gj_case_result *result)
{
    if (result->limit_count != (walked->runs ? 1 : 0)) {
        note(of, "running", NEVER, NEVER, (int64_t)result->limit_count);
    }
    for (size_t i = 0; i < result->limit_count && walked->runs; i++) {
        const gj_limit_note *running = &result->limits[i];
        if (running->due == NEVER || walked->due == NEVER) {
            continue;
        }
        int day = due_day_of(walked, walked->due, walked->due_day);
        if (!(running->due_open ? is_among(running->due_earliest, running->due_latest, day)
                                : is_due(walked, day, running->due, walked->due))) {
            note(of, "running", running->since, running->due, running->due_latest - 18262);
        }
        of->trial->counts->ranges += running->due_open ? 1 : 0;
        of->trial->counts->narrow +=
            running->due_open && running->due_latest - running->due_earliest < 62 ? 1 : 0;
    }
}

static void accounts_foretold_compare(batch *of, const walk *walked, const gj_case_result *result)
{
    if (result->account_count != (size_t)walked->run_count) {
        note(of, "accounts", NEVER, NEVER, (int64_t)result->account_count);
        return;
    }
    for (size_t i = 0; i < result->account_count; i++) {
        const gj_account *account = &result->accounts[i];
        const walked_run *run = &walked->runs_made[i];
        if (!account->has_due || run->due == NEVER) {
            continue;
        }
        int day = due_day_of(walked, run->due, run->due_day);
        if (!(account->range.open ? is_among(account->range.earliest, account->range.latest, day)
                                  : is_due(walked, day, account->due, run->due))) {
            note(of, "account", account->start, account->due, (int64_t)i);
        }
        of->trial->counts->accounts++;
    }
}

static bool on_case(void *payload, const gj_case_result *result)
{
    batch *of = payload;
    const walk *walked = &of->walks[of->at];
    of->heard = true;
    if (of->trial->days.announced < DAYS_COUNT) {
        late_foretold_compare(of, walked, result);
        voided_foretold_compare(of, walked, result);
        if (is_made_longer_in_doubt(walked)) {
            return of->agrees;
        }
        announced_compare(of, walked, result);
        red_foretold_compare(of, walked, result);
        running_foretold_compare(of, walked, result);
        if (of->with_accounts) {
            accounts_foretold_compare(of, walked, result);
        }
        return of->agrees;
    }
    findings_compare(of, walked, result);
    running_compare(of, walked, result);
    if (of->with_accounts) {
        accounts_compare(of, walked, result);
    }
    return of->agrees;
}

/* ---- judging ---- */

static gj_text number_text(char *out, int number)
{
    int size = 0;
    do {
        out[size++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return (gj_text){out, (size_t)size};
}

static void story_tell(gj_docket *docket, const story *of, int which)
{
    char of_case[ID_MAX], ids[ID_MAX], amount[ID_MAX];
    gj_added added;
    for (int i = 0; i < of->count; i++) {
        const char *name = deed_name(of->deeds[i].deed);
        gj_datum told[2];
        gj_event event = {.id = number_text(ids, which * DEEDS_MAX + i),
                          .case_id = number_text(of_case, which),
                          .action = {name, strlen(name)},
                          .at = {.wall_ms = of->deeds[i].at, .present = true, .zoned = true},
                          .seq = (uint64_t)i + 1};
        if (of->deeds[i].deed == DEED_MEASURE) { /* the one of the two that it hangs on is read */
            told[0] = (gj_datum){.key = {"long", 4}, .kind = GJ_DATUM_BOOL};
            told[0].truth = of->deeds[i].amount != 0;
            told[1] = (gj_datum){.key = {"most", 4}, .kind = GJ_DATUM_NUMBER};
            snprintf(amount, sizeof amount, "%d", of->deeds[i].amount);
            told[1].text = (gj_text){amount, strlen(amount)};
            event.data = told;
            event.data_count = 2;
        }
        require(gj_docket_add(docket, &event, &added) == GJ_OK && added == GJ_ADDED, "an event");
    }
}

/* Up to the first that does not agree, which `at` is then. */
static void batch_judge(batch *of)
{
    gj_docket *docket;
    require(gj_docket_create(of->trial->judge, &docket) == GJ_OK, "memory");
    for (int i = 0; i < of->count; i++) {
        story_tell(docket, &of->stories[i], i);
    }
    of->agrees = true;
    of->judged[0] = '\0';
    for (of->at = 0; of->at < of->count && of->agrees; of->at += of->agrees ? 1 : 0) {
        gj_docket_judging judging = {.size = sizeof judging,
                                     .until = of->stories[of->at].until,
                                     .with_state = true,
                                     .with_accounts = of->with_accounts,
                                     .payload = of,
                                     .on_case = on_case};
        of->heard = false;
        require(gj_docket_judge_case(docket, (size_t)of->at, &judging) == GJ_OK, "memory");
        require(of->heard, "a case was not judged");
    }
    gj_docket_destroy(docket);
}

/* ---- the smallest that does not agree ---- */

/* A stage is entered before it is left, and left before it is entered again. */
static bool is_sound(const story *of, const stated_limit *limit)
{
    bool held = false;
    for (int i = 0; i < of->count; i++) {
        for (int j = 0; j < limit->stop_count; j++) {
            bool enters = of->deeds[i].deed == (deed_kind)(DEED_STOP + j);
            bool leaves = of->deeds[i].deed == (deed_kind)(DEED_RESUME + j);
            if (limit->stops[j].is_stage && ((enters && held) || (leaves && !held))) {
                return false;
            }
            held = limit->stops[j].is_stage ? enters || (held && !leaves) : held;
        }
    }
    return of->count > 0;
}

static bool disagrees(batch *of, const story *told)
{
    of->stories[0] = *told;
    of->count = 1;
    story_walk(told, &of->trial->days, of->limit, &of->walks[0]);
    if (of->walks[0].lost || !is_sound(told, of->limit)) {
        return false;
    }
    batch_judge(of);
    return !of->agrees;
}

static void shrink(batch *of, story *small)
{
    for (bool smaller = true; smaller;) {
        smaller = false;
        for (int i = 0; i < small->count; i++) {
            story tried = *small;
            memmove(&tried.deeds[i], &tried.deeds[i + 1],
                    (size_t)(tried.count - i - 1) * sizeof *tried.deeds);
            tried.count--;
            if (disagrees(of, &tried)) {
                *small = tried;
                smaller = true;
                i--;
            }
        }
    }
    (void)disagrees(of, small);
}

static void walk_print(const walk *of)
{
    static const char *const kinds[] = {"late", "invalid-stop", "invalid-extension"};
    for (int i = 0; i < of->found_count; i++) {
        const walked_finding *found = &of->found[i];
        printf("  walked: %s of %s, due %s, over %lld, %s\n", kinds[found->kind],
               said(of->days, found->opened), said(of->days, found->due), (long long)found->over,
               found->closed ? "closed" : "open");
    }
    for (int i = 0; i < of->run_count; i++) {
        printf("  walked: from %s, due %s\n", said(of->days, of->runs_made[i].start),
               said(of->days, of->runs_made[i].due));
    }
}

static void disagreement_print(batch *of, int which)
{
    static char text[TEXT_MAX];
    story small = of->stories[of->at];
    shrink(of, &small);
    days_write(&of->trial->days, text, sizeof text);
    printf("%s", text);
    limit_write(of->limit, "p", text, sizeof text);
    printf("%s\nGUIJU_WALK_SEED=%llu, limit %d\n", text, (unsigned long long)of->trial->seed,
           which);
    for (int i = 0; i < small.count; i++) {
        printf("  %s %s %d\n", said(&of->trial->days, small.deeds[i].at),
               deed_name(small.deeds[i].deed), small.deeds[i].amount);
    }
    printf("  %s\n", said(&of->trial->days, small.until));
    walk_print(&of->walks[0]);
    printf("%s", of->judged);
}

/* ---- counting ---- */

static void counts_take(trial_counts *to, const story *told, const walk *walked)
{
    bool stopped = false, extended = false, measured = false;
    for (int i = 0; i < told->count; i++) {
        stopped |= told->deeds[i].deed >= DEED_STOP && told->deeds[i].deed < DEED_MEASURE;
        measured |= told->deeds[i].deed == DEED_MEASURE;
        extended |= told->deeds[i].deed == DEED_EXTEND;
    }
    to->cases++;
    to->stopped += stopped ? 1 : 0;
    to->extended += extended ? 1 : 0;
    to->measured += measured ? 1 : 0;
    to->held += walked->runs && walked->due == NEVER ? 1 : 0;
    to->again += walked->run_count > 1 ? 1 : 0;
    for (int i = 0; i < walked->found_count; i++) {
        *(walked->found[i].kind == FOUND_LATE ? &to->late : &to->voided) += 1;
    }
}

void trial_counts_add(trial_counts *to, const trial_counts *more)
{
    to->cases += more->cases;
    to->lost += more->lost;
    to->late += more->late;
    to->held += more->held;
    to->stopped += more->stopped;
    to->extended += more->extended;
    to->measured += more->measured;
    to->voided += more->voided;
    to->again += more->again;
    to->accounts += more->accounts;
    to->ranges += more->ranges;
    to->narrow += more->narrow;
}

void trial_counts_print(const trial_counts *of)
{
    printf("%llu cases: %llu with stops, %llu extended, %llu begun again; %llu late, %llu held, "
           "%llu void; %llu accounts; %llu not announced, %llu nearly; %llu led too far\n",
           (unsigned long long)of->cases, (unsigned long long)of->stopped,
           (unsigned long long)of->extended, (unsigned long long)of->again,
           (unsigned long long)of->late, (unsigned long long)of->held,
           (unsigned long long)of->voided, (unsigned long long)of->accounts,
           (unsigned long long)of->ranges, (unsigned long long)of->narrow,
           (unsigned long long)of->lost);
}

/* ---- the trial ---- */

static bool limit_try(trial *of, int which, int cases, chance *c)
{
    static batch made;
    batch *now = &made;
    bool agrees = true;
    now->trial = of;
    now->limit = &of->limits[which];
    judge_make(of, which);
    for (int done = 0; done < cases && agrees;) {
        now->with_accounts = chance_one_in(c, 16);
        now->count = 0;
        for (; done < cases && now->count < BATCH; done++) {
            story *told = &now->stories[now->count];
            walk *walked = &now->walks[now->count];
            story_make(told, &of->days, now->limit, c, walked);
            if (walked->lost) {
                of->counts->lost++;
            } else {
                counts_take(of->counts, told, walked);
                now->count++;
            }
        }
        batch_judge(now);
        agrees = now->agrees;
    }
    if (!agrees) {
        disagreement_print(now, which);
    }
    gj_judge_destroy(of->judge);
    return agrees;
}

static bool run(uint64_t seed, int cases, bool announced, trial_counts *counts)
{
    static trial made;
    chance c = {.state = seed};
    bool agrees = true;
    made = (trial){.seed = seed, .counts = counts};
    text_write(&made, &c, announced);
    compile(&made);
    for (int i = 0; i < TRIAL_LIMITS && agrees; i++) {
        agrees = limit_try(&made, i, cases, &c);
    }
    gj_calendar_destroy(made.calendar);
    gj_image_destroy(made.image);
    gj_compilation_destroy(made.compilation);
    return agrees;
}

bool trial_run(uint64_t seed, int cases, trial_counts *counts)
{
    return run(seed, cases, true, counts);
}

bool trial_run_unannounced(uint64_t seed, int cases, trial_counts *counts)
{
    return run(seed, cases, false, counts);
}
