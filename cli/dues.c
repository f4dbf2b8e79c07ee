/* SPDX-License-Identifier: Apache-2.0
 *
 * See dues.h. Findings say what is overdue or due soon; what runs in time no finding says, so each
 * case that has not ended is judged. */
#include "dues.h"

#include <stdlib.h>
#include <string.h>

#include "calendars.h"

typedef struct cli_due_case {
    char *procedure, *case_id;
} due_case;

/* ---- strings ---- */

static char *copy(cli_dues *with, gj_text text)
{
    char *made = malloc(text.size + 1);
    if (made == NULL) {
        with->failed = true;
        return NULL;
    }
    if (text.size > 0)
        memcpy(made, text.bytes, text.size);
    made[text.size] = '\0';
    return made;
}

static gj_text text_of(const char *string)
{
    return (gj_text){string, string == NULL ? 0 : strlen(string)};
}

static int compare(const char *one, const char *other)
{
    return one == NULL || other == NULL ? 0 : strcmp(one, other);
}

static void *grow(cli_dues *with, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    size_t wanted = *capacity > 0 ? *capacity * 2 : 64;
    void *grown = realloc(items, wanted * size);
    if (grown == NULL)
        with->failed = true;
    else
        *capacity = wanted;
    return grown != NULL ? grown : items;
}

/* ---- shares ---- */

typedef struct owner {
    gj_text department, department_title, post, post_title;
} owner;

static cli_share *share_get(cli_dues *with, owner of)
{
    for (size_t i = 0; i < with->share_count; i++)
        if (cli_text_equal(text_of(with->shares[i].department), of.department) &&
            cli_text_equal(text_of(with->shares[i].post), of.post))
            return &with->shares[i];
    cli_share *grown = realloc(with->shares, (with->share_count + 1) * sizeof *grown);
    if (grown == NULL) {
        with->failed = true;
        return NULL;
    }
    with->shares = grown;
    grown[with->share_count] = (cli_share){.department = copy(with, of.department),
                                           .department_title = copy(with, of.department_title),
                                           .post = copy(with, of.post),
                                           .post_title = copy(with, of.post_title)};
    return &grown[with->share_count++];
}

static void share_count(cli_dues *with, owner of, cli_due_kind kind)
{
    cli_share *share = share_get(with, of);
    if (share != NULL)
        share->counts[kind]++;
    with->counts[kind]++;
}

/* ---- limits ---- */

static void due_deinit(cli_running *of)
{
    char *all[] = {of->procedure, of->case_id,    of->subject,    of->subject_title,
                   of->branch,    of->key,        of->department, of->department_title,
                   of->post,      of->post_title, of->id};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

static void due_add(cli_dues *with, const cli_running *due)
{
    with->items = grow(with, with->items, with->count, &with->capacity, sizeof *with->items);
    if (!with->failed)
        with->items[with->count++] = *due;
}

static owner owner_of(const cli_running *due)
{
    return (owner){text_of(due->department), text_of(due->department_title), text_of(due->post),
                   text_of(due->post_title)};
}

static bool finding_take(void *payload, const gj_finding_row *row)
{
    cli_dues *with = payload;
    if (row->code != GJ_LATE && row->code != GJ_DUE_SOON) {
        share_count(with,
                    (owner){row->department, row->department_title, row->post, row->post_title},
                    CLI_OTHER);
        return !with->failed;
    }
    cli_running due = {.kind = row->code == GJ_LATE ? CLI_OVERDUE : CLI_DUE_SOON,
                       .procedure = copy(with, row->procedure),
                       .case_id = copy(with, row->case_id),
                       .subject = copy(with, row->subject),
                       .subject_title = copy(with, row->subject_title),
                       .branch = copy(with, row->branch),
                       .key = copy(with, row->key),
                       .department = copy(with, row->department),
                       .department_title = copy(with, row->department_title),
                       .post = copy(with, row->post),
                       .post_title = copy(with, row->post_title),
                       .id = copy(with, row->id),
                       .severity = row->severity};
    if (row->due.size > 0 && row->due.size < sizeof due.day)
        memcpy(due.day, row->due.bytes, row->due.size);
    due_add(with, &due);
    return !with->failed;
}

/* ---- cases ---- */

static bool case_take(void *payload, const gj_case_row *row)
{
    cli_dues *with = payload;
    with->case_count++;
    if (row->final)
        return true;
    with->open_count++;
    with->cases =
        grow(with, with->cases, with->cases_count, &with->cases_capacity, sizeof *with->cases);
    if (!with->failed)
        with->cases[with->cases_count++] =
            (due_case){copy(with, row->procedure), copy(with, row->case_id)};
    return !with->failed;
}

typedef struct looking {
    cli_dues *dues;
    const due_case *of;
    size_t first, end; /* of the dues, those of the case */
} looking;

static bool is_wanted(const cli_dues *with, cli_option option, gj_text name, gj_text title)
{
    gj_text wanted = cli_store_word(with->store, option);
    return wanted.size == 0 || cli_text_equal(wanted, name) || cli_text_equal(wanted, title);
}

static bool is_told(const looking *with, const gj_limit_note *note)
{
    for (size_t i = with->first; i < with->end; i++) {
        const cli_running *due = &with->dues->items[i];
        if (cli_text_equal(text_of(due->subject), note->limit) &&
            cli_text_equal(text_of(due->branch), note->branch) &&
            cli_text_equal(text_of(due->key), note->key))
            return true;
    }
    return false;
}

/* Of what ends in the middle of a day also the time of day. */
static void day_take(cli_running *due, const gj_judge *judge, const gj_limit_note *note)
{
    if (note->due == GJ_NEVER)
        return;
    int32_t offset_s = gj_judge_offset(judge, note->due);
    bool is_midnight = (note->due + offset_s * INT64_C(1000)) % INT64_C(86400000) == 0;
    if (note->due_open)
        gj_day_format(note->due_latest, due->latest, sizeof due->latest);
    if (is_midnight || note->due_open)
        gj_day_format(note->due_open ? note->due_earliest : note->due_day, due->day,
                      sizeof due->day);
    else
        gj_instant_format(note->due, offset_s, due->day, sizeof due->day);
}

static void note_take(const looking *with, const gj_judge *judge, const gj_limit_note *note)
{
    cli_dues *dues = with->dues;
    bool wanted =
        is_wanted(dues, CLI_OPTION_DEPARTMENT, note->department, note->department_title) &&
        is_wanted(dues, CLI_OPTION_POST, note->post, note->post_title);
    if (!wanted || is_told(with, note))
        return;
    cli_running due = {.kind = CLI_IN_TIME,
                       .procedure = copy(dues, text_of(with->of->procedure)),
                       .case_id = copy(dues, text_of(with->of->case_id)),
                       .subject = copy(dues, note->limit),
                       .subject_title = copy(dues, note->limit_title),
                       .branch = copy(dues, note->branch),
                       .key = copy(dues, note->key),
                       .department = copy(dues, note->department),
                       .department_title = copy(dues, note->department_title),
                       .post = copy(dues, note->post),
                       .post_title = copy(dues, note->post_title),
                       .id = copy(dues, (gj_text){0})};
    day_take(&due, judge, note);
    due_add(dues, &due);
}

static void case_see(void *payload, const gj_judge *judge, const gj_case_result *result)
{
    looking *with = payload;
    cli_dues *dues = with->dues;
    for (size_t i = 0; i < result->finding_count; i++)
        for (size_t j = with->first; j < with->end; j++)
            if (compare(dues->items[j].id, result->findings[i].id) == 0) {
                dues->items[j].over = result->findings[i].over_amount;
                dues->items[j].over_unit = result->findings[i].over_unit;
            }
    for (size_t i = 0; i < result->limit_count && !dues->failed; i++)
        note_take(with, judge, &result->limits[i]);
}

static int by_case(const void *a, const void *b)
{
    const cli_running *one = a, *other = b;
    int by = compare(one->case_id, other->case_id);
    by = by != 0 ? by : compare(one->procedure, other->procedure);
    by = by != 0 ? by : compare(one->subject, other->subject);
    by = by != 0 ? by : compare(one->branch, other->branch);
    by = by != 0 ? by : compare(one->key, other->key);
    by = by != 0 ? by : strcmp(one->day, other->day);
    return by != 0 ? by : (int)one->kind - (int)other->kind;
}

static int cases_compare(const void *a, const void *b)
{
    const due_case *one = a, *other = b;
    int by = compare(one->case_id, other->case_id);
    return by != 0 ? by : compare(one->procedure, other->procedure);
}

/* What was due soon and is overdue by now is overdue, and that once. */
static void warnings_drop(cli_dues *with)
{
    size_t kept = 0;
    for (size_t i = 0; i < with->count; i++) {
        cli_running *of = &with->items[i], *before = kept > 0 ? &with->items[kept - 1] : NULL;
        cli_running as_overdue = *of;
        as_overdue.kind = CLI_OVERDUE;
        if (of->kind == CLI_DUE_SOON && before != NULL && by_case(before, &as_overdue) == 0)
            due_deinit(of);
        else
            with->items[kept++] = *of;
    }
    with->count = kept;
}

/* Cases that have not ended; and of those that have, what is still open. */
static bool has_case(const cli_dues *with, const cli_running *due)
{
    due_case of = {due->procedure, due->case_id};
    return with->cases_count > 0 &&
           bsearch(&of, with->cases, with->cases_count, sizeof of, cases_compare) != NULL;
}

static void ended_cases_add(cli_dues *with)
{
    size_t open = with->cases_count;
    for (size_t i = 0; i < with->count && !with->failed; i++) {
        const cli_running *due = &with->items[i];
        bool again = i > 0 && compare(due[-1].case_id, due->case_id) == 0 &&
                     compare(due[-1].procedure, due->procedure) == 0;
        cli_dues known = *with;
        known.cases_count = open;
        if (again || has_case(&known, due))
            continue;
        with->cases =
            grow(with, with->cases, with->cases_count, &with->cases_capacity, sizeof *with->cases);
        if (!with->failed)
            with->cases[with->cases_count++] =
                (due_case){copy(with, text_of(due->procedure)), copy(with, text_of(due->case_id))};
    }
}

/* Both lists are by case, so one walk meets all. */
static gj_status cases_see(cli_dues *with)
{
    size_t told = with->count, at = 0;
    gj_status status = GJ_OK;
    for (size_t i = 0; i < with->cases_count && status == GJ_OK && !with->failed; i++) {
        const due_case *of = &with->cases[i];
        looking look = {.dues = with, .of = of};
        due_case next = {NULL, NULL};
        for (; at < told; at++) {
            next = (due_case){with->items[at].procedure, with->items[at].case_id};
            if (cases_compare(&next, of) >= 0)
                break;
        }
        look.first = look.end = at;
        for (; look.end < told; look.end++) {
            next = (due_case){with->items[look.end].procedure, with->items[look.end].case_id};
            if (cases_compare(&next, of) != 0)
                break;
        }
        status = gj_engine_case(with->store->engine, text_of(of->procedure), text_of(of->case_id),
                                &look, case_see);
    }
    return status;
}

/* ---- all of it ---- */

/* Most overdue first, then what is due soon, then by name. */
static int shares_compare(const void *a, const void *b)
{
    const cli_share *one = a, *other = b;
    for (int i = 0; i < CLI_DUE_KINDS; i++)
        if (one->counts[i] != other->counts[i])
            return one->counts[i] > other->counts[i] ? -1 : 1;
    int by = compare(one->department, other->department);
    return by != 0 ? by : compare(one->post, other->post);
}

/* By the last day, what has none at the end; of one day, by the case. */
static int dues_compare(const void *a, const void *b)
{
    const cli_running *one = a, *other = b;
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    if ((one->day[0] == '\0') != (other->day[0] == '\0'))
        return one->day[0] == '\0' ? 1 : -1;
    int by = strcmp(one->day, other->day);
    by = by != 0 ? by : compare(one->case_id, other->case_id);
    by = by != 0 ? by : compare(one->subject, other->subject);
    return by != 0 ? by : compare(one->key, other->key);
}

static void sort(void *items, size_t count, size_t size, int (*by)(const void *, const void *))
{
    if (count > 0)
        qsort(items, count, size, by);
}

static gj_status gather(cli_dues *with)
{
    cli_store *store = with->store;
    gj_finding_filter filter = {.size = sizeof filter,
                                .procedure = cli_store_word(store, CLI_OPTION_PROCEDURE),
                                .department = cli_store_word(store, CLI_OPTION_DEPARTMENT),
                                .post = cli_store_word(store, CLI_OPTION_POST),
                                .statuses = 1u << GJ_OPEN};
    gj_status status = gj_engine_findings(store->engine, &filter, with, finding_take);
    if (status == GJ_OK)
        status = gj_engine_cases(store->engine, filter.procedure, with, case_take);
    sort(with->items, with->count, sizeof *with->items, by_case);
    warnings_drop(with);
    sort(with->cases, with->cases_count, sizeof *with->cases, cases_compare);
    ended_cases_add(with);
    sort(with->cases, with->cases_count, sizeof *with->cases, cases_compare);
    return status == GJ_OK ? cases_see(with) : status;
}

bool cli_dues_init(cli_dues *dues, cli_store *store)
{
    *dues = (cli_dues){.store = store};
    gj_status status = gather(dues);
    for (size_t i = 0; i < dues->count && !dues->failed; i++)
        share_count(dues, owner_of(&dues->items[i]), dues->items[i].kind);
    cli_store_complain(store, status);
    if (dues->failed)
        cli_complain_status(store->session, GJ_NO_MEMORY);
    sort(dues->shares, dues->share_count, sizeof *dues->shares, shares_compare);
    sort(dues->items, dues->count, sizeof *dues->items, dues_compare);
    return status == GJ_OK && !dues->failed;
}

void cli_dues_deinit(cli_dues *dues)
{
    for (size_t i = 0; i < dues->share_count; i++) {
        free(dues->shares[i].department);
        free(dues->shares[i].department_title);
        free(dues->shares[i].post);
        free(dues->shares[i].post_title);
    }
    for (size_t i = 0; i < dues->count; i++)
        due_deinit(&dues->items[i]);
    for (size_t i = 0; i < dues->cases_count; i++) {
        free(dues->cases[i].procedure);
        free(dues->cases[i].case_id);
    }
    free(dues->shares);
    free(dues->items);
    free(dues->cases);
    *dues = (cli_dues){0};
}
