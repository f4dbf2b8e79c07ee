/* SPDX-License-Identifier: Apache-2.0
 *
 * The gate beside what it foretells: random cases of the food licence, in random order, with
 * corrections, retractions, repetitions and conflicts among them. Each event is checked and then
 * submitted: the check has answered, to the letter, what the submission then reports, and has
 * changed nothing itself. Acts that are told to be open add no finding when they are done, those
 * that deviate do; what is told to cure a finding cures it in the store. The public headers alone.
 */
#include "api/store.h"

enum { ROUNDS = 3, CASES = 5, EVENTS = 60, CHANGES_MAX = 64, TEXT_SIZE = 48, ACTS_MAX = 400 };
static const gj_instant DAY_MS = 86400000;

/* What was said to change, as it is printed. */
typedef struct changes {
    char *items[CHANGES_MAX];
    size_t count, added;
    bool no_time; /* what time alone brings is not heard */
} changes;

static void changes_clear(changes *set)
{
    for (size_t i = 0; i < set->count; i++) {
        free(set->items[i]);
    }
    set->count = set->added = 0;
}

typedef struct world {
    char path[STORE_PATH_SIZE];
    gj_compilation *compilation;
    gj_engine *engine;
    uint64_t seed;
    gj_instant now;
    int told;
    bool follows; /* the clock goes with the events */
} world;

static int world_make(void **state, bool follows)
{
    world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    w->follows = follows;
    store_path_make(w->path, "gate");
    store_remove(w->path);
    gj_engine_options options = {
        .size = sizeof options, .path = w->path, .follows_events = follows};
    assert_int_equal(gj_engine_open(&options, &w->engine), GJ_OK);
    w->compilation = licence_compile();
    assert_int_equal(compilation_deploy(w->engine, w->compilation), GJ_OK);
    w->now = INT64_C(1706745600000); /* 2024-02-01 */
    assert_int_equal(gj_engine_advance(w->engine, w->now, NULL, NULL), GJ_OK);
    *state = w;
    return 0;
}

static int world_open(void **state)
{
    return world_make(state, false);
}

static int world_open_to_follow(void **state)
{
    return world_make(state, true);
}

static int world_close(void **state)
{
    world *w = *state;
    gj_engine_close(w->engine);
    gj_compilation_destroy(w->compilation);
    store_remove(w->path);
    free(w);
    return 0;
}

static unsigned pick(world *w, unsigned count)
{
    w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(w->seed >> 33) % count;
}

/* ---- events ---- */

typedef struct telling {
    gj_event event;
    gj_text document;
    char id[TEXT_SIZE], of[TEXT_SIZE], named[TEXT_SIZE];
} telling;

static const struct {
    const char *action, *post;
} acts[] = {{"apply", "applicant"},       {"accept", "window"},     {"ask_more", "window"},
            {"resubmit", "applicant"},    {"inspect", "inspector"}, {"propose", "reviewer"},
            {"call_hearing", "reviewer"}, {"prolong", "chief"},     {"approve", "chief"},
            {"deliver", "window"},        {"pay", "window"}};
enum { ACTS = sizeof acts / sizeof *acts };

static gj_stamp stamp_of(gj_instant at)
{
    return (gj_stamp){.wall_ms = at, .present = true, .zoned = true};
}

static void telling_make(world *w, telling *made, int i)
{
    unsigned act = pick(w, 3) == 0 ? pick(w, ACTS) : ((unsigned)i / 5 + pick(w, 3)) % ACTS;
    gj_instant ago = pick(w, 4) == 0 ? (gj_instant)pick(w, 10) * DAY_MS : 0;
    gj_instant ahead = pick(w, 20) == 0 ? DAY_MS : 0;
    *made = (telling){.document = text("application")};
    snprintf(made->id, TEXT_SIZE, "e%d", i);
    snprintf(made->of, TEXT_SIZE, "c%u", pick(w, CASES));
    made->event = (gj_event){.id = text(made->id),
                             .source = text("office"),
                             .case_id = text(made->of),
                             .action = text(acts[act].action),
                             .post = text(acts[pick(w, 6) == 0 ? pick(w, ACTS) : act].post),
                             .officer = text("u17"),
                             .at = stamp_of(w->now - ago + ahead),
                             .documents = &made->document,
                             .document_count = pick(w, 2)};
}

/* What has no id is known by its place in its source. */
static void telling_unname(world *w, telling *made, int i)
{
    if (pick(w, 7) == 0) {
        made->event.id = pick(w, 2) == 0 ? text("") : (gj_text){NULL, 0};
        made->event.seq = (uint64_t)i + 1;
        made->event.source = pick(w, 3) == 0 ? (gj_text){NULL, 0} : made->event.source;
    }
}

static void telling_link(world *w, telling *all, int i)
{
    telling *one = &all[i];
    const telling *named = &all[pick(w, (unsigned)i + 1)];
    if (pick(w, 6) > 0 || named == one) {
        return;
    }
    snprintf(one->named, TEXT_SIZE, "%s", named->id);
    memcpy(one->of, named->of, TEXT_SIZE);
    one->event.case_id = text(one->of);
    if (pick(w, 3) == 0) {
        one->event.retracts = text(one->named);
        one->event.action = (gj_text){NULL, 0};
        one->event.at = (gj_stamp){0};
    } else {
        one->event.corrects = text(one->named);
    }
}

/* ---- what is heard ---- */

static bool bytes_take(void *payload, const char *bytes, size_t size)
{
    char **to = payload;
    size_t had = *to == NULL ? 0 : strlen(*to);
    *to = realloc(*to, had + size + 1);
    assert_non_null(*to);
    memcpy(*to + had, bytes, size);
    (*to)[had + size] = '\0';
    return true;
}

static bool revision_take(void *payload, const gj_revision *revision)
{
    changes *set = payload;
    assert_true(set->count < CHANGES_MAX);
    char **item = &set->items[set->count++];
    gj_writer out = {item, bytes_take};
    *item = NULL;
    set->added += revision->change == GJ_FINDING_ADDED;
    assert_int_equal(gj_revision_print(revision, GJ_EN, &out), GJ_OK);
    return true;
}

static bool news_take(void *payload, const gj_news *news)
{
    changes *set = payload;
    assert_true(set->count < CHANGES_MAX);
    if (news->cause == GJ_CAUSE_TIME && set->no_time) {
        return true;
    }
    set->items[set->count++] = text_copy(news->json);
    set->added += news->change == GJ_FINDING_ADDED;
    return true;
}

static int strings_compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void same_changes(changes *foretold, changes *came)
{
    qsort(foretold->items, foretold->count, sizeof *foretold->items, strings_compare);
    qsort(came->items, came->count, sizeof *came->items, strings_compare);
    for (size_t i = 0; i < foretold->count && i < came->count; i++) {
        if (strcmp(foretold->items[i], came->items[i]) != 0) {
            size_t at = 0;
            while (foretold->items[i][at] == came->items[i][at]) {
                at++;
            }
            fail_msg("foretold: …%.200s\ncame: …%.200s", foretold->items[i] + at,
                     came->items[i] + at);
        }
    }
    assert_int_equal(foretold->count, came->count);
}

static void check_and_submit(world *w, const gj_event *event)
{
    changes foretold = {.count = 0}, came = {.no_time = w->follows};
    gj_receipt asked, receipt;
    assert_int_equal(gj_engine_check(w->engine, event, &asked, &foretold, revision_take), GJ_OK);
    assert_int_equal(gj_engine_submit(w->engine, event, 1, &receipt, &came, news_take), GJ_OK);
    assert_int_equal(asked.kind, receipt.kind);
    assert_int_equal(asked.problem, receipt.problem);
    assert_int_equal(asked.ahead, receipt.ahead);
    assert_int_equal(asked.revision_count, receipt.revision_count);
    same_changes(&foretold, &came);
    changes_clear(&foretold);
    changes_clear(&came);
}

/* ---- a hot case ---- */

static void receipts_compare(const gj_receipt *a, const gj_receipt *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->problem, b->problem);
    assert_int_equal(a->ahead, b->ahead);
    assert_int_equal(a->revision_count, b->revision_count);
    assert_string_equal(a->field == NULL ? "" : a->field, b->field == NULL ? "" : b->field);
    assert_int_equal(a->text.size, b->text.size);
    assert_true(a->text.size == 0 || memcmp(a->text.bytes, b->text.bytes, a->text.size) == 0);
}

/* An act with an id is judged from the case's history, as may be one without, asked about for the
 * first time; asked again, on the case's state. All come to the same, under one id. */
static void hot_is_as_cold(world *w, const gj_event *act)
{
    gj_event asked = *act;
    gj_receipt cold, hot;
    changes of_cold = {.count = 0}, of_hot = {.count = 0};
    asked.id = text("?");
    assert_int_equal(gj_engine_check(w->engine, &asked, &cold, &of_cold, revision_take), GJ_OK);
    asked.id = (gj_text){NULL, 0};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(gj_engine_check(w->engine, &asked, &hot, &of_hot, revision_take), GJ_OK);
        receipts_compare(&cold, &hot);
        same_changes(&of_cold, &of_hot);
        changes_clear(&of_hot);
    }
    changes_clear(&of_cold);
}

/* The act as it was told, now, and without a time. */
static void acts_try(world *w, const gj_event *told)
{
    gj_event act = *told;
    act.seq = 0;
    act.corrects = act.retracts = (gj_text){NULL, 0};
    hot_is_as_cold(w, &act);
    act.at = stamp_of(w->now);
    act.recorded = (gj_stamp){.present = false};
    hot_is_as_cold(w, &act);
    act.at = (gj_stamp){.present = false};
    hot_is_as_cold(w, &act);
}

/* ---- tests ---- */

static void history_make(world *w)
{
    telling *all = calloc(EVENTS, sizeof *all);
    assert_non_null(all);
    for (int i = 0; i < EVENTS; i++) {
        telling_make(w, &all[i], i);
        telling_link(w, all, i);
        telling_unname(w, &all[i], i);
        if (i % 3 == 0) {
            acts_try(w, &all[i].event);
        }
        check_and_submit(w, &all[i].event);
        if (pick(w, 8) == 0) {
            gj_event again = all[pick(w, (unsigned)i + 1)].event;
            again.officer = pick(w, 2) == 0 ? again.officer : text("another");
            check_and_submit(w, &again);
        }
        if (pick(w, 3) == 0) {
            w->now += (gj_instant)pick(w, 5) * DAY_MS + pick(w, 86400000);
            assert_int_equal(gj_engine_advance(w->engine, w->now, NULL, NULL), GJ_OK);
        }
    }
    free(all);
}

static void in_many_rounds(void **state, void (*then)(world *w))
{
    bool follows = ((world *)*state)->follows;
    for (unsigned long i = 1; i <= ROUNDS; i++) {
        world *w = *state;
        w->seed = i * 2654435761u;
        history_make(w);
        if (then != NULL) {
            then(w);
        }
        world_close(state);
        world_make(state, follows);
    }
}

static void a_check_is_what_a_submission_reports(void **state)
{
    in_many_rounds(state, NULL);
}

/* An act kept until all of them have been told, then done. */
typedef struct kept {
    char *action, *post;
    uint32_t codes;
    gj_act_standing standing;
} kept;

typedef struct kept_acts {
    kept items[ACTS_MAX];
    size_t count, open;
} kept_acts;

static bool act_keep(void *payload, const gj_act *act)
{
    kept_acts *all = payload;
    assert_true(all->count < ACTS_MAX);
    all->items[all->count++] =
        (kept){text_copy(act->action), text_copy(act->post), act->codes, act->standing};
    all->open += act->standing != GJ_ACT_DEVIATES;
    return true;
}

static bool code_take(void *payload, const gj_news *news)
{
    uint32_t *codes = payload;
    if (news->change == GJ_FINDING_ADDED && news->code != GJ_DUE_SOON) {
        *codes |= 1u << news->code;
    }
    return true;
}

/* One of them is done in each case: all others would be asked anew. */
static void acts_come_out_as_told(world *w)
{
    gj_text procedure = text("food_licence");
    for (unsigned i = 0; i < CASES; i++) {
        kept_acts all = {.count = 0};
        char of[TEXT_SIZE], id[TEXT_SIZE];
        uint32_t codes = 0;
        gj_receipt receipt;
        snprintf(of, sizeof of, "c%u", i);
        assert_int_equal(
            gj_engine_acts(w->engine, procedure, text(of), (gj_text){NULL, 0}, &all, act_keep),
            GJ_OK);
        assert_true(all.count > ACTS);
        const kept *one = &all.items[pick(w, (unsigned)all.count)];
        for (size_t j = 0; all.open > 0 && i % 2 == 0 && j < all.count; j++) {
            one = all.items[j].standing != GJ_ACT_DEVIATES ? &all.items[j] : one;
        }
        snprintf(id, sizeof id, "act%d", w->told++);
        gj_event event = {.id = text(id),
                          .source = text("office"),
                          .case_id = text(of),
                          .action = text(one->action),
                          .post = text(one->post),
                          .officer = text("nobody yet"),
                          .at = stamp_of(w->now)};
        assert_int_equal(gj_engine_submit(w->engine, &event, 1, &receipt, &codes, code_take),
                         GJ_OK);
        assert_int_equal(codes, one->codes);
        for (size_t j = 0; j < all.count; j++) {
            free(all.items[j].action);
            free(all.items[j].post);
        }
    }
}

static void what_is_open_is_in_order(void **state)
{
    in_many_rounds(state, acts_come_out_as_told);
}

/* ---- cures ---- */

typedef struct patient {
    char case_id[TEXT_SIZE], id[33];
    bool present, has_cure;
    gj_cure_kind kind;
    char action[TEXT_SIZE], post[TEXT_SIZE], event[TEXT_SIZE];
    bool withdraws;
} patient;

static bool patient_take(void *payload, const gj_finding_row *row)
{
    patient *one = payload;
    snprintf(one->case_id, sizeof one->case_id, "%.*s", (int)row->case_id.size, row->case_id.bytes);
    snprintf(one->id, sizeof one->id, "%.*s", (int)row->id.size, row->id.bytes);
    one->present = true;
    return false;
}

static bool cure_take(void *payload, const gj_cure *cure)
{
    patient *one = payload;
    if (cure->kind != GJ_CURE_ACT && cure->kind != GJ_CURE_RETRACTION) {
        return true;
    }
    one->has_cure = true;
    one->kind = cure->kind;
    one->withdraws = cure->withdraws;
    snprintf(one->action, TEXT_SIZE, "%.*s", (int)cure->action.size, cure->action.bytes);
    snprintf(one->post, TEXT_SIZE, "%.*s", (int)cure->post.size, cure->post.bytes);
    snprintf(one->event, TEXT_SIZE, "%.*s", (int)cure->event.size, cure->event.bytes);
    return false;
}

static bool status_take(void *payload, const gj_finding_row *row)
{
    *(gj_finding_status *)payload = row->status;
    return false;
}

static void cure_do(world *w, const patient *one)
{
    char id[TEXT_SIZE];
    gj_receipt receipt;
    gj_finding_status status = GJ_OPEN;
    bool acts_now = one->kind == GJ_CURE_ACT;
    snprintf(id, sizeof id, "cure%d", w->told++);
    gj_event event = {.id = text(id),
                      .source = text("office"),
                      .case_id = text(one->case_id),
                      .action = acts_now ? text(one->action) : (gj_text){NULL, 0},
                      .post = acts_now ? text(one->post) : (gj_text){NULL, 0},
                      .retracts = acts_now ? (gj_text){NULL, 0} : text(one->event),
                      .officer = text("nobody yet")};
    event.at = acts_now ? stamp_of(w->now) : event.at;
    assert_int_equal(gj_engine_submit(w->engine, &event, 1, &receipt, NULL, NULL), GJ_OK);
    gj_finding_filter filter = {.size = sizeof filter,
                                .procedure = text("food_licence"),
                                .case_id = text(one->case_id),
                                .id = text(one->id),
                                .statuses = 7};
    assert_int_equal(gj_engine_findings(w->engine, &filter, &status, status_take), GJ_OK);
    assert_int_equal(status, one->withdraws ? GJ_WITHDRAWN : GJ_CLOSED);
}

static void cures_cure(world *w)
{
    static const char *const codes[] = {"late",         "skipped-step",     "unauthorised",
                                        "out-of-order", "missing-document", "rule"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        patient one = {.present = false};
        gj_finding_filter filter = {
            .size = sizeof filter, .code = text(codes[i]), .statuses = 1u << GJ_OPEN};
        assert_int_equal(gj_engine_findings(w->engine, &filter, &one, patient_take), GJ_OK);
        if (!one.present) {
            continue;
        }
        assert_int_equal(gj_engine_cures(w->engine, text("food_licence"), text(one.case_id),
                                         text(one.id), &one, cure_take),
                         GJ_OK);
        if (one.has_cure) {
            cure_do(w, &one);
        }
    }
}

static void what_cures_does(void **state)
{
    in_many_rounds(state, cures_cure);
}

/* Without its being signed no case opens; those that were open go on. */
static void where_no_case_opens_a_check_says_so(void **state)
{
    world *w = *state;
    gj_secret_key key;
    gj_event event = {.id = text("e1"),
                      .source = text("office"),
                      .case_id = text("old"),
                      .action = text("apply"),
                      .post = text("applicant"),
                      .at = stamp_of(w->now)};
    check_and_submit(w, &event);
    assert_int_equal(gj_secret_key_make(&key), GJ_OK);
    assert_int_equal(gj_engine_trust(w->engine, &key.open), GJ_OK);
    event.id = text("e2");
    check_and_submit(w, &event);
    event.id = text("e3");
    event.case_id = text("new");
    gj_receipt receipt;
    check_and_submit(w, &event);
    assert_int_equal(gj_engine_check(w->engine, &event, &receipt, NULL, NULL), GJ_OK);
    assert_int_equal(receipt.kind, GJ_NOT_RECEIVED);
    assert_int_equal(receipt.problem, GJ_PROBLEM_PROCEDURE);
}

static void says(world *w, const char *en, const char *zh)
{
    char said[400];
    gj_engine_error(w->engine, GJ_EN, said, sizeof said);
    assert_non_null(strstr(said, en));
    gj_engine_error(w->engine, GJ_ZH, said, sizeof said);
    assert_non_null(strstr(said, zh));
}

static bool finding_pass(void *payload, const gj_finding_row *row)
{
    (void)payload;
    (void)row;
    return true;
}

static bool case_pass(void *payload, const gj_case_row *row)
{
    (void)payload;
    (void)row;
    return true;
}

static void what_is_not_there_is_unknown(void **state)
{
    world *w = *state;
    gj_text none = {NULL, 0}, food = text("food_licence");
    gj_receipt receipt;
    kept_acts all = {.count = 0};
    patient one = {.present = false};
    gj_event event = {.case_id = text("new"), .action = text("apply"), .post = text("applicant")};
    assert_int_equal(gj_engine_check(w->engine, &event, &receipt, NULL, NULL), GJ_OK);
    assert_int_equal(receipt.kind, GJ_RECEIVED);
    char said[400];
    gj_engine_error(w->engine, GJ_EN, said, sizeof said);
    assert_string_equal(said, "");                        /* nothing has failed */
    assert_int_equal(gj_engine_case_count(w->engine), 0); /* it was only asked */
    event.action = none;
    assert_int_equal(gj_engine_check(w->engine, &event, &receipt, NULL, NULL), GJ_OK);
    assert_int_equal(receipt.kind, GJ_NOT_RECEIVED);
    event.procedure = text("fishing");
    assert_int_equal(gj_engine_check(w->engine, &event, &receipt, NULL, NULL), GJ_UNKNOWN);
    says(w, "no procedure of that name", "没有该名称的流程");
    assert_int_equal(gj_engine_acts(w->engine, food, text("new"), text("king"), &all, act_keep),
                     GJ_UNKNOWN);
    says(w, "no post \"king\"", "没有岗位“king”");
    assert_int_equal(gj_engine_cures(w->engine, food, text("new"), text("x"), &one, cure_take),
                     GJ_UNKNOWN);
    says(w, "no case \"new\"", "没有办件“new”");
    gj_finding_filter filter = {.size = sizeof filter, .procedure = text("fishing")};
    assert_int_equal(gj_engine_findings(w->engine, &filter, NULL, finding_pass), GJ_UNKNOWN);
    says(w, "no procedure of that name", "没有该名称的流程");
    assert_int_equal(gj_engine_cases(w->engine, text("fishing"), NULL, case_pass), GJ_UNKNOWN);
    says(w, "no procedure of that name", "没有该名称的流程");
    assert_int_equal(gj_engine_check(w->engine, NULL, &receipt, NULL, NULL), GJ_BAD_ARGUMENT);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(a_check_is_what_a_submission_reports),
        cmocka_unit_test_setup_teardown(a_check_is_what_a_submission_reports, world_open_to_follow,
                                        world_close),
        IN_A_WORLD(where_no_case_opens_a_check_says_so),
        IN_A_WORLD(what_is_open_is_in_order),
        IN_A_WORLD(what_cures_does),
        IN_A_WORLD(what_is_not_there_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
