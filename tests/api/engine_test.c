/* SPDX-License-Identifier: Apache-2.0
 *
 * The engine beside a live docket that is told the same: random cases of the food licence, in
 * random order and batches, with corrections, retractions, repetitions and conflicts among them,
 * the clock going on in between and the engine closed and opened again. What stands in the store
 * is, to the letter, what the docket has told; so is each change. And: many threads at once, stores
 * that are none of ours, deployments that may not follow. The public headers alone. */
#include "api/store.h"

#include <pthread.h>

enum {
    ROUNDS = 6,
    CASES = 6,
    EVENTS = 90,
    BATCH_MAX = 7,
    FINDINGS_MAX = 4096,
    THREADS = 8,
    OF_A_THREAD = 60,
    TEXT_SIZE = 48,
    DAY_MS = 86400000,
};

/* ---- a set of findings ---- */

typedef struct found {
    char *items[FINDINGS_MAX]; /* as they are printed */
    char ids[FINDINGS_MAX][33];
    size_t count;
} found;

static void found_clear(found *set)
{
    for (size_t i = 0; i < set->count; i++) {
        free(set->items[i]);
    }
    set->count = 0;
}

static int strings_compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool print_to_string(void *payload, const char *bytes, size_t size)
{
    char **to = payload;
    size_t had = *to == NULL ? 0 : strlen(*to);
    *to = realloc(*to, had + size + 1);
    assert_non_null(*to);
    memcpy(*to + had, bytes, size);
    (*to)[had + size] = '\0';
    return true;
}

/* ---- the world ---- */

typedef struct world {
    char path[STORE_PATH_SIZE];
    gj_compilation *compilation;
    gj_image *image;
    gj_calendar *calendar;
    gj_judge *judge;
    gj_live *live;
    gj_engine *engine;
    found expected, stored;
    size_t told, news; /* revisions, of the docket and of the engine */
    uint64_t seed;
} world;

static bool live_hear(void *payload, const gj_revision *revision)
{
    world *w = payload;
    gj_writer out;
    size_t at = 0;
    while (at < w->expected.count && strcmp(w->expected.ids[at], revision->finding->id) != 0) {
        at++;
    }
    if (at < w->expected.count) { /* the last takes its place */
        free(w->expected.items[at]);
        size_t last = --w->expected.count;
        w->expected.items[at] = w->expected.items[last];
        memcpy(w->expected.ids[at], w->expected.ids[last], sizeof w->expected.ids[at]);
    }
    if (revision->change != GJ_FINDING_WITHDRAWN) {
        assert_true(w->expected.count < FINDINGS_MAX);
        at = w->expected.count++;
        w->expected.items[at] = NULL;
        out = (gj_writer){&w->expected.items[at], print_to_string};
        memcpy(w->expected.ids[at], revision->finding->id, sizeof w->expected.ids[at]);
        assert_int_equal(gj_finding_print(revision->finding, GJ_EN, &out), GJ_OK);
    }
    w->told++;
    return true;
}

static void engine_open(world *w)
{
    gj_engine_options options = {.size = sizeof options, .path = w->path};
    gj_status status = gj_engine_open(&options, &w->engine);
    if (status != GJ_OK) {
        char why[200];
        gj_engine_error(w->engine, GJ_EN, why, sizeof why);
        print_message("%s\n", why);
    }
    assert_int_equal(status, GJ_OK);
}

static void judge_make(world *w)
{
    gj_refusal why;
    w->compilation = licence_compile();
    gj_text image = gj_compilation_image(w->compilation);
    gj_text calendar = gj_compilation_calendar(w->compilation, 0);
    assert_int_equal(gj_image_load(NULL, image.bytes, image.size, &w->image, &why), GJ_OK);
    assert_int_equal(gj_calendar_load(NULL, calendar.bytes, calendar.size, &w->calendar, &why),
                     GJ_OK);
    const gj_calendar *calendars[] = {w->calendar};
    const gj_judge_options judged = {
        .size = sizeof judged, .image = w->image, .calendars = calendars, .calendar_count = 1};
    assert_int_equal(gj_judge_create(&judged, &w->judge), GJ_OK);
}

static int world_open(void **state)
{
    world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    store_path_make(w->path, "engine");
    store_remove(w->path);
    judge_make(w);
    engine_open(w);
    assert_int_equal(compilation_deploy(w->engine, w->compilation), GJ_OK);
    const gj_live_options live = {sizeof live, w, live_hear};
    assert_int_equal(gj_live_create(w->judge, &live, &w->live), GJ_OK);
    *state = w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    gj_engine_close(w->engine);
    gj_live_destroy(w->live);
    gj_judge_destroy(w->judge);
    gj_calendar_destroy(w->calendar);
    gj_image_destroy(w->image);
    gj_compilation_destroy(w->compilation);
    found_clear(&w->expected);
    found_clear(&w->stored);
    store_remove(w->path);
    free(w);
    return 0;
}

/* ---- both are told the same ---- */

static unsigned pick(world *w, unsigned count)
{
    w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(w->seed >> 33) % count;
}

typedef struct telling {
    gj_event event;
    gj_datum datum;
    gj_text document;
    char id[TEXT_SIZE], of[TEXT_SIZE], at[TEXT_SIZE], named[TEXT_SIZE];
} telling;

/* Most go on as a case would, and some do not. */
static void telling_make(world *w, telling *made, int i)
{
    static const struct {
        const char *action, *post;
    } acts[] = {{"apply", "applicant"},        {"accept", "window"},
                {"ask_more", "window"},        {"resubmit", "applicant"},
                {"inspect", "inspector"},      {"propose", "reviewer"},
                {"call_hearing", "reviewer"},  {"tell_hearing", "reviewer"},
                {"close_hearing", "reviewer"}, {"prolong", "chief"},
                {"tell_delay", "window"},      {"approve", "chief"},
                {"deliver", "window"},         {"pay", "window"}};
    enum { ACTS = sizeof acts / sizeof *acts };
    unsigned act = pick(w, 3) == 0 ? pick(w, ACTS) : ((unsigned)i / 5 + pick(w, 3)) % ACTS;
    unsigned day = (unsigned)i / 3 + pick(w, 12);
    *made = (telling){.document = text("application")};
    snprintf(made->id, TEXT_SIZE, "e%d", i);
    snprintf(made->of, TEXT_SIZE, "c%u", pick(w, CASES));
    snprintf(made->at, TEXT_SIZE, "2024-%02u-%02uT%02u:30", 2 + day / 28, 1 + day % 28,
             8 + pick(w, 9));
    made->event = (gj_event){.id = text(made->id),
                             .source = text("office"),
                             .case_id = text(made->of),
                             .action = text(acts[act].action),
                             .post = text(acts[pick(w, 6) == 0 ? pick(w, ACTS) : act].post),
                             .officer = text("u17"),
                             .documents = &made->document,
                             .document_count = pick(w, 2)};
    assert_true(gj_stamp_parse(text(made->at), &made->event.at));
    made->datum = (gj_datum){.key = text("fee"), .kind = GJ_DATUM_TEXT, .text = text("200 CNY")};
    made->event.data = &made->datum;
    made->event.data_count = act == ACTS - 1;
}

/* Some of what follows corrects or retracts something of the same case, told or not. */
static void telling_link(world *w, telling *all, int i)
{
    telling *one = &all[i];
    const telling *named = &all[pick(w, (unsigned)i + 3)];
    if (pick(w, 8) > 0 || named == one) {
        return;
    }
    snprintf(one->named, TEXT_SIZE, "e%d", (int)(named - all));
    if (named->of[0] != '\0') {
        memcpy(one->of, named->of, TEXT_SIZE);
        one->event.case_id = text(one->of);
    }
    if (pick(w, 3) == 0) {
        one->event.retracts = text(one->named);
        one->event.action = (gj_text){NULL, 0};
        one->event.at = (gj_stamp){0};
    } else {
        one->event.corrects = text(one->named);
    }
}

static bool news_hear(void *payload, const gj_news *news)
{
    world *w = payload;
    assert_true(news->json.size > 0 && news->case_id.size > 0);
    w->news++;
    return true;
}

static void batch_tell(world *w, const gj_event *events, size_t count)
{
    gj_receipt receipts[BATCH_MAX];
    assert_int_equal(gj_engine_submit(w->engine, events, count, receipts, w, news_hear), GJ_OK);
    for (size_t i = 0; i < count; i++) {
        gj_added added;
        static const gj_receipt_kind kinds[] = {GJ_RECEIVED, GJ_RECEIVED_AGAIN, GJ_CONFLICTING};
        assert_int_equal(gj_live_add(w->live, &events[i], &added), GJ_OK);
        assert_int_equal(receipts[i].kind, kinds[added]);
    }
}

static void clock_move(world *w, gj_instant now)
{
    assert_int_equal(gj_live_advance(w->live, now), GJ_OK);
    assert_int_equal(gj_engine_advance(w->engine, now, w, news_hear), GJ_OK);
    assert_true(gj_engine_now(w->engine) == gj_live_now(w->live));
}

static bool item_take(void *payload, gj_text json)
{
    found *set = payload;
    assert_true(set->count < FINDINGS_MAX);
    set->items[set->count++] = text_copy(json);
    return true;
}

static void same_stands(world *w)
{
    gj_text none = {NULL, 0};
    found_clear(&w->stored);
    assert_int_equal(gj_engine_list(w->engine, GJ_LIST_FINDINGS, none, none, &w->stored, item_take),
                     GJ_OK);
    char **expected = calloc(w->expected.count + 1, sizeof *expected);
    assert_non_null(expected);
    memcpy(expected, w->expected.items, w->expected.count * sizeof *expected);
    qsort(expected, w->expected.count, sizeof *expected, strings_compare);
    qsort(w->stored.items, w->stored.count, sizeof *w->stored.items, strings_compare);
    for (size_t i = 0; i < w->stored.count && i < w->expected.count; i++) {
        assert_string_equal(w->stored.items[i], expected[i]);
    }
    assert_int_equal(w->stored.count, w->expected.count);
    free(expected);
    assert_int_equal(w->news, w->told);
}

/* ---- tests ---- */

static void what_stands_is_what_a_docket_has_told(void **state)
{
    world *w = *state;
    telling *all = calloc(EVENTS + 3, sizeof *all);
    assert_non_null(all);
    gj_stamp begin = {0};
    assert_true(gj_stamp_parse(text("2024-02-01T00:00"), &begin));
    for (int i = 0; i < EVENTS; i++) {
        telling_make(w, &all[i], i);
        telling_link(w, all, i);
    }
    gj_instant now = gj_judge_instant(w->judge, &begin);
    for (int at = 0; at < EVENTS;) {
        gj_event batch[BATCH_MAX];
        size_t count = 0, wanted = 1 + pick(w, BATCH_MAX);
        while (count < wanted && at < EVENTS) {
            bool again = at > 0 && pick(w, 10) == 0;
            batch[count] = all[again ? pick(w, (unsigned)at) : (unsigned)at++].event;
            if (again && pick(w, 2) == 0) {
                batch[count].officer = text("another");
            }
            count++;
        }
        batch_tell(w, batch, count);
        if (pick(w, 3) == 0) {
            now += (gj_instant)pick(w, 6) * DAY_MS + pick(w, DAY_MS);
            clock_move(w, now);
        }
        if (pick(w, 8) == 0) {
            gj_engine_close(w->engine);
            engine_open(w);
        }
    }
    clock_move(w, now + (gj_instant)200 * DAY_MS);
    same_stands(w);
    assert_true(w->expected.count > 0);
    free(all);
}

/* Each with a store of its own, from a seed of its own. */
static void in_many_rounds(void **state)
{
    const char *given = getenv("GUIJU_ENGINE_SEED");
    unsigned long first = given != NULL ? strtoul(given, NULL, 10) : 1;
    for (unsigned long i = first; i < first + (given != NULL ? 1 : ROUNDS); i++) {
        world *w = *state;
        print_message("seed %lu\n", i);
        w->seed = i * 2654435761u;
        what_stands_is_what_a_docket_has_told(state);
        world_close(state);
        world_open(state);
    }
}

typedef struct submitter {
    pthread_t thread;
    world *world;
    int number;
    size_t news;
} submitter;

static bool news_count(void *payload, const gj_news *news)
{
    submitter *own = payload;
    char of[TEXT_SIZE];
    snprintf(of, sizeof of, "t%d", own->number);
    assert_int_equal(news->case_id.size, strlen(of));
    assert_memory_equal(news->case_id.bytes, of, news->case_id.size);
    own->news++;
    return true;
}

static void nothing_done(void *payload, const gj_judge *judge, const gj_case_result *result)
{
    (void)judge;
    *(size_t *)payload = result->event_count;
}

/* Its own case, one event at a time, asking about it in between. */
static void *submit_run(void *payload)
{
    submitter *own = payload;
    char of[TEXT_SIZE], id[TEXT_SIZE], at[TEXT_SIZE];
    snprintf(of, sizeof of, "t%d", own->number);
    for (int i = 0; i < OF_A_THREAD; i++) {
        gj_receipt receipt;
        size_t events = 0;
        snprintf(id, sizeof id, "t%d-%d", own->number, i);
        snprintf(at, sizeof at, "2024-03-%02dT09:%02d", 1 + i / 3, i);
        gj_event event = {.id = text(id),
                          .source = text("office"),
                          .case_id = text(of),
                          .action = text(i == 0 ? "apply" : "pay"),
                          .post = text("window")};
        if (!gj_stamp_parse(text(at), &event.at) ||
            gj_engine_submit(own->world->engine, &event, 1, &receipt, own, news_count) != GJ_OK ||
            receipt.kind != GJ_RECEIVED) {
            return own;
        }
        if (gj_engine_case(own->world->engine, text("food_licence"), text(of), &events,
                           nothing_done) != GJ_OK ||
            events != (size_t)i + 1) {
            return own;
        }
    }
    return NULL;
}

static void many_threads_submit_and_ask(void **state)
{
    world *w = *state;
    submitter all[THREADS];
    gj_stamp now = {0};
    assert_true(gj_stamp_parse(text("2024-06-01T00:00"), &now));
    gj_engine_advance(w->engine, gj_judge_instant(w->judge, &now), NULL, NULL);
    for (int i = 0; i < THREADS; i++) {
        all[i] = (submitter){.world = w, .number = i};
        assert_int_equal(pthread_create(&all[i].thread, NULL, submit_run, &all[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *failed;
        assert_int_equal(pthread_join(all[i].thread, &failed), 0);
        assert_null(failed);
        assert_int_equal(all[i].news, all[0].news);
    }
    assert_int_equal(gj_engine_case_count(w->engine), THREADS);
}

static void a_store_of_another_kind_is_refused(void **state)
{
    world *w = *state;
    char path[STORE_PATH_SIZE + 8], why[200];
    gj_engine *engine;
    snprintf(path, sizeof path, "%s.lock", w->path);
    gj_engine_options options = {.size = sizeof options, .path = w->path};
    assert_int_equal(gj_engine_open(&options, &engine), GJ_IO); /* it is open already */
    gj_engine_error(engine, GJ_EN, why, sizeof why);
    assert_non_null(strstr(why, "another engine"));
    gj_engine_error(engine, GJ_ZH, why, sizeof why);
    assert_non_null(strstr(why, "另一引擎"));
    gj_engine_close(engine);
    gj_engine_close(w->engine);
    FILE *file = fopen(w->path, "w");
    assert_non_null(file);
    fputs("this is no store, but a text of more than a hundred bytes, so that nobody takes it for "
          "an empty file and makes a store of it",
          file);
    fclose(file);
    assert_true(gj_engine_open(&options, &engine) != GJ_OK);
    gj_engine_close(engine);
    options.path = "/nowhere/at/all.db";
    assert_int_equal(gj_engine_open(&options, &engine), GJ_IO);
    gj_engine_close(engine);
    store_remove(w->path);
    engine_open(w);
}

static gj_compilation *version_compile(int version, const char *days)
{
    char source[600];
    gj_compile_options options = {.size = sizeof options};
    gj_compilation *made;
    snprintf(source, sizeof source,
             "department o {\n  post w\n}\nprocedure small {\n  version %d effective 2024-01-01\n"
             "  stage a initial { on go by w -> b }\n  stage b final\n"
             "  limit l {\n    from entering a to go\n    within %s days\n    does not roll\n"
             "    duty w\n  }\n}\n",
             version, days);
    assert_int_equal(gj_compile_text(&options, "small.gj", text(source), &made), GJ_OK);
    assert_int_equal(gj_compilation_error_count(made), 0);
    return made;
}

static bool rule_sets_count(void *payload, const gj_rule_set *rules)
{
    size_t *counts = payload;
    counts[rules->in_force ? 1 : 0]++;
    return true;
}

static void a_version_only_rises(void **state)
{
    world *w = *state;
    gj_compilation *first = version_compile(1, "10"), *other = version_compile(1, "20"),
                   *second = version_compile(2, "20");
    size_t counts[2] = {0, 0};
    assert_int_equal(compilation_deploy(w->engine, first), GJ_OK);
    assert_int_equal(compilation_deploy(w->engine, first), GJ_OK); /* it is in force already */
    assert_int_equal(compilation_deploy(w->engine, other), GJ_REFUSED);
    assert_int_equal(compilation_deploy(w->engine, second), GJ_OK);
    assert_int_equal(compilation_deploy(w->engine, first), GJ_REFUSED);
    gj_engine_close(w->engine);
    engine_open(w);
    assert_int_equal(gj_engine_rule_sets(w->engine, counts, rule_sets_count), GJ_OK);
    assert_int_equal(counts[0], 1);
    assert_int_equal(counts[1], 2); /* the food licence is the other */
    gj_compilation_destroy(first);
    gj_compilation_destroy(other);
    gj_compilation_destroy(second);
}

/* ---- one fails alone ---- */

enum { TOO_LARGE = 4000000, WAITING = 4, CULPRIT = 2, SETTLE_US = 50000 };

/* An allocator that has no block above a size, and holds up whoever asks it while it is shut. */
typedef struct doorkeeper {
    pthread_mutex_t mutex;
    pthread_cond_t turn;
    bool shut, waits; /* waits: somebody stands before the door */
    int queued;       /* who asked what time it is, and queues thereafter */
} doorkeeper;

static void *door_resize(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    doorkeeper *door = payload;
    (void)old_size;
    pthread_mutex_lock(&door->mutex);
    while (door->shut) {
        door->waits = true;
        pthread_cond_broadcast(&door->turn);
        pthread_cond_wait(&door->turn, &door->mutex);
    }
    pthread_mutex_unlock(&door->mutex);
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    return new_size > TOO_LARGE ? NULL : realloc(pointer, new_size);
}

static gj_instant door_clock(void *payload)
{
    doorkeeper *door = payload;
    pthread_mutex_lock(&door->mutex);
    door->queued++;
    pthread_cond_broadcast(&door->turn);
    pthread_mutex_unlock(&door->mutex);
    return INT64_MIN;
}

typedef struct waiter {
    pthread_t thread;
    gj_engine *engine;
    int number;
    gj_status status;
} waiter;

/* The culprit's event says more than there is memory for. */
static void *wait_run(void *payload)
{
    waiter *own = payload;
    char of[TEXT_SIZE];
    char *long_one = calloc(1, TOO_LARGE + 1);
    gj_receipt receipt = {.kind = GJ_NOT_RECEIVED};
    assert_non_null(long_one);
    memset(long_one, 'x', TOO_LARGE);
    snprintf(of, sizeof of, "g%d", own->number);
    gj_event event = {.id = text(of),
                      .source = text("office"),
                      .case_id = text(of),
                      .action = text("apply"),
                      .officer = text(own->number == CULPRIT ? long_one : "u17")};
    (void)gj_stamp_parse(text("2024-03-01T09:00"), &event.at);
    own->status = gj_engine_submit(own->engine, &event, 1, &receipt, NULL, NULL);
    free(long_one);
    return receipt.kind == GJ_RECEIVED ? NULL : own;
}

static void door_wait(doorkeeper *door, int queued)
{
    pthread_mutex_lock(&door->mutex);
    while (!door->waits || door->queued < queued) {
        pthread_cond_wait(&door->turn, &door->mutex);
    }
    pthread_mutex_unlock(&door->mutex);
}

/* The first is held up in its transaction until the others have queued, who then share one. */
static void only_the_culprit_fails(void **state)
{
    world *w = *state;
    char why[200];
    doorkeeper door = {.shut = false};
    const gj_allocator allocator = {&door, door_resize};
    waiter all[WAITING];
    pthread_mutex_init(&door.mutex, NULL);
    pthread_cond_init(&door.turn, NULL);
    gj_engine_close(w->engine);
    gj_engine_options options = {.size = sizeof options,
                                 .allocator = &allocator,
                                 .path = w->path,
                                 .payload = &door,
                                 .clock = door_clock};
    assert_int_equal(gj_engine_open(&options, &w->engine), GJ_OK);
    door.shut = true;
    for (int i = 0; i < WAITING; i++) {
        all[i] = (waiter){.engine = w->engine, .number = i};
        assert_int_equal(pthread_create(&all[i].thread, NULL, wait_run, &all[i]), 0);
        door_wait(&door, i + 1);
    }
    usleep(SETTLE_US); /* from having asked the time to having queued */
    pthread_mutex_lock(&door.mutex);
    door.shut = false;
    pthread_cond_broadcast(&door.turn);
    pthread_mutex_unlock(&door.mutex);
    for (int i = 0; i < WAITING; i++) {
        void *unheard;
        assert_int_equal(pthread_join(all[i].thread, &unheard), 0);
        assert_int_equal(all[i].status, i == CULPRIT ? GJ_NO_MEMORY : GJ_OK);
        assert_true(i == CULPRIT || unheard == NULL);
    }
    gj_engine_error(w->engine, GJ_ZH, why, sizeof why);
    assert_string_equal(why, "内存不足；未作任何改动");
    assert_int_equal(gj_engine_case_count(w->engine), WAITING - 1);
    gj_engine_close(w->engine);
    engine_open(w);
    assert_int_equal(gj_engine_case_count(w->engine), WAITING - 1);
    pthread_mutex_destroy(&door.mutex);
    pthread_cond_destroy(&door.turn);
}

/* ---- what went wrong, in words ---- */

static void says(gj_engine *engine, const char *en, const char *zh)
{
    char said[400];
    gj_engine_error(engine, GJ_EN, said, sizeof said);
    if (strstr(said, en) == NULL) {
        fail_msg("%s\n  does not say: %s", said, en);
    }
    gj_engine_error(engine, GJ_ZH, said, sizeof said);
    if (strstr(said, zh) == NULL) {
        fail_msg("%s\n  does not say: %s", said, zh);
    }
}

static void what_is_refused_says_why(void **state)
{
    world *w = *state;
    char cut[8];
    gj_text image = gj_compilation_image(w->compilation);
    gj_deployment deployment = {.size = sizeof deployment, .image = {image.bytes, image.size}};
    gj_compilation *first = version_compile(1, "10"), *other = version_compile(1, "20");
    assert_int_equal(compilation_deploy(w->engine, first), GJ_OK);
    assert_int_equal(compilation_deploy(w->engine, other), GJ_REFUSED);
    says(w->engine, "\"small\" comes as version 1, and version 1 is in force",
         "“small”送来第1版，现行为第1版");
    gj_engine_error(w->engine, GJ_ZH, cut, sizeof cut);
    assert_string_equal(cut, "版本"); /* never half a character */
    gj_compilation_destroy(first);
    gj_compilation_destroy(other);
    deployment.image.size = 7;
    assert_int_equal(gj_engine_deploy(w->engine, &deployment), GJ_REFUSED);
    says(w->engine, "the image is refused: ", "映像被拒绝：");
    gj_bytes calendar = {"no calendar", 11};
    deployment.image.size = image.size;
    deployment.calendars = &calendar;
    deployment.calendar_count = 1;
    assert_int_equal(gj_engine_deploy(w->engine, &deployment), GJ_REFUSED);
    says(w->engine, "calendar ", "日历");
    assert_int_equal(gj_engine_case(w->engine, text("small"), text("none"), w, nothing_done),
                     GJ_UNKNOWN);
    says(w->engine, "there is no case \"none\"", "没有办件“none”");
    assert_int_equal(gj_engine_submit(w->engine, NULL, 1, NULL, NULL, NULL), GJ_BAD_ARGUMENT);
    says(w->engine, "is absent", "缺少");
    says(NULL, "out of memory", "内存不足");
}

/* As a later version of the library would have left it, or an earlier one. */
static void version_write(const world *w, unsigned char version)
{
    FILE *file = fopen(w->path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 63, SEEK_SET), 0); /* the last byte of user_version */
    assert_int_equal(fputc(version, file), version);
    assert_int_equal(fclose(file), 0);
}

static void a_store_of_another_version_says_so(void **state)
{
    world *w = *state;
    gj_engine *engine;
    gj_engine_options options = {.size = sizeof options, .path = w->path};
    gj_engine_close(w->engine);
    version_write(w, 200);
    assert_int_equal(gj_engine_open(&options, &engine), GJ_REFUSED);
    says(engine, "newer version of this library (format 200)", "更新的版本写成（格式200）");
    gj_engine_close(engine);
    options.path = "/nowhere/at/all.db";
    assert_int_equal(gj_engine_open(&options, &engine), GJ_IO);
    says(engine, "no such file", "文件不存在");
    gj_engine_close(engine);
    options.reads_only = true;
    assert_int_equal(gj_engine_open(&options, &engine), GJ_IO);
    says(engine, "unable to open database file", "unable to open database file"); /* SQLite's */
    assert_int_equal(gj_engine_advance(engine, 0, NULL, NULL), GJ_BAD_ARGUMENT);
    says(engine, "only reads", "只读");
    gj_engine_close(engine);
    store_remove(w->path);
    engine_open(w);
}

static void what_cannot_be_kept_says_why(void **state)
{
    world *w = *state;
    gj_receipt receipts[3];
    gj_event events[3] = {{.case_id = text("A"), .action = text("apply"), .id = text("1")},
                          {.case_id = text("A"), .action = text("apply")},
                          {.case_id = text("A"), .action = text("apply"), .seq = 7}};
    assert_true(gj_stamp_parse(text("2024-03-01"), &events[1].at));
    events[2].at = events[1].at;
    assert_int_equal(gj_engine_submit(w->engine, events, 3, receipts, NULL, NULL), GJ_OK);
    assert_int_equal(receipts[0].kind, GJ_NOT_RECEIVED);
    assert_string_equal(receipts[0].field, "at");
    assert_int_equal(receipts[1].kind, GJ_NOT_RECEIVED);
    assert_string_equal(receipts[1].field, "id");
    assert_int_equal(receipts[2].kind, GJ_RECEIVED); /* its place stands for its id */
    assert_true(receipts[2].ahead);                  /* the clock has never moved */
    events[0].procedure = text("nothing");
    assert_int_equal(gj_engine_submit(w->engine, events, 1, receipts, NULL, NULL), GJ_OK);
    assert_string_equal(receipts[0].field, "procedure");
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(in_many_rounds),
        IN_A_WORLD(many_threads_submit_and_ask),
        IN_A_WORLD(a_store_of_another_kind_is_refused),
        IN_A_WORLD(a_version_only_rises),
        IN_A_WORLD(what_cannot_be_kept_says_why),
        IN_A_WORLD(only_the_culprit_fails),
        IN_A_WORLD(what_is_refused_says_why),
        IN_A_WORLD(a_store_of_another_version_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
