/* SPDX-License-Identifier: Apache-2.0
 *
 * An approval server in small, as docs/EMBEDDING.md explains it: rules deployed, a clerk's act
 * checked before it is done, acts submitted by several threads, the clock moved by a timer, what
 * stands asked for, and the engine closed. Every piece that the document quotes stands between
 * `quote` and `end`, and this program is run. */
#include <guiju/compile.h>
#include <guiju/engine.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 4, CASES_A_THREAD = 25 };
#define DAY_MS  INT64_C(86400000)
#define OPENING INT64_C(1709251200000) /* 2024-03-01T08:00+08:00 */

static const char rules[] = "department office {\n"
                            "  post window \"service window\"\n"
                            "  post chief\n"
                            "}\n"
                            "procedure licence \"Licence\" {\n"
                            "  version 1 effective 2024-01-01\n"
                            "  stage filed initial { on accept by window -> review }\n"
                            "  stage review { on approve by chief -> granted }\n"
                            "  stage granted final\n"
                            "  limit decide \"Deciding\" {\n"
                            "    from accept to approve\n"
                            "    within 10 days\n"
                            "    does not roll\n"
                            "    duty chief\n"
                            "  }\n"
                            "}\n";

static gj_text text(const char *string)
{
    return (gj_text){string, strlen(string)};
}

static int fail(const char *what, gj_engine *engine)
{
    char why[200] = "";
    gj_engine_error(engine, GJ_EN, why, sizeof why);
    fprintf(stderr, "%s: %s\n", what, why);
    return 1;
}

/* ---- time ---- */

/* A server reads the system's clock here; this one has a calendar that goes as fast as it likes. */
static _Atomic int64_t days_gone;

/* quote: clock */
static gj_instant clock_read(void *payload)
{
    (void)payload;
    return OPENING + days_gone * DAY_MS;
}
/* end */

/* ---- opening ---- */

/* quote: open */
static gj_engine *engine_open(const char *path)
{
    gj_engine *engine = NULL;
    const gj_engine_options options = {.size = sizeof options, .path = path, .clock = clock_read};
    if (gj_engine_open(&options, &engine) != GJ_OK) {
        fail("cannot open the store", engine);
        gj_engine_close(engine);
        return NULL;
    }
    return engine;
}
/* end */

/* quote: deploy */
static int deploy(gj_engine *engine)
{
    gj_compilation *compilation = NULL;
    const gj_compile_options options = {.size = sizeof options};
    if (gj_compile_text(&options, "licence.gj", text(rules), &compilation) != GJ_OK ||
        gj_compilation_error_count(compilation) > 0) {
        return 1;
    }
    gj_text image = gj_compilation_image(compilation);
    const gj_deployment deployment = {.size = sizeof deployment,
                                      .image = {image.bytes, image.size}};
    gj_status status = gj_engine_deploy(engine, &deployment);
    gj_compilation_destroy(compilation);
    return status == GJ_OK ? 0 : fail("cannot deploy", engine);
}
/* end */

/* ---- the desk ---- */

/* quote: may */
static bool line_write(void *payload, const char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, (FILE *)payload) == size;
}

static bool deviation_show(void *payload, const gj_revision *revision)
{
    const gj_writer out = {stdout, line_write};
    if (revision->change == GJ_FINDING_ADDED) {
        ++*(int *)payload;
        printf("%s: ", gj_code_title(revision->finding->code, GJ_EN));
        gj_finding_explain(revision->finding, GJ_EN, &out);
        printf("\n");
    }
    return true;
}

/* Before the clerk's act is done: how many deviations it would be. */
static int deviations_count(gj_engine *engine, const gj_event *act)
{
    int count = 0;
    gj_receipt receipt;
    gj_status status = gj_engine_check(engine, act, &receipt, &count, deviation_show);
    return status == GJ_OK && receipt.kind == GJ_RECEIVED ? count : -1;
}
/* end */

/* quote: act */
static gj_event act_make(const char *case_id, const char *id, const char *action, const char *post)
{
    gj_instant now = clock_read(NULL);
    return (gj_event){.id = text(id),
                      .source = text("server"),
                      .case_id = text(case_id),
                      .action = text(action),
                      .post = text(post),
                      .officer = text("u17"),
                      .at = {.wall_ms = now, .zoned = true, .present = true}};
}
/* end */

/* quote: submit */
static bool news_count(void *payload, const gj_news *news)
{
    *(int *)payload += news->change == GJ_FINDING_ADDED; /* news->json is all of it */
    return true;
}

/* Returns when it is on the disk, and judged. */
static int act_submit(gj_engine *engine, const gj_event *act)
{
    int found = 0;
    gj_receipt receipt;
    if (gj_engine_submit(engine, act, 1, &receipt, &found, news_count) != GJ_OK) {
        return -1; /* gj_engine_error says why; it may be submitted again as it is */
    }
    return receipt.kind == GJ_RECEIVED || receipt.kind == GJ_RECEIVED_AGAIN ? found : -1;
}
/* end */

typedef struct clerk {
    pthread_t thread;
    gj_engine *engine;
    int number, failures;
} clerk;

/* Cases of its own, each accepted and, but for every fifth, approved. */
static void *clerk_work(void *payload)
{
    clerk *own = payload;
    for (int i = 0; i < CASES_A_THREAD; i++) {
        char of[32], id[40];
        snprintf(of, sizeof of, "%d-%d", own->number, i);
        snprintf(id, sizeof id, "accept-%s", of);
        gj_event accept = act_make(of, id, "accept", "window");
        own->failures += act_submit(own->engine, &accept) != 0;
        snprintf(id, sizeof id, "approve-%s", of);
        gj_event approve = act_make(of, id, "approve", "chief");
        own->failures += i % 5 != 0 && act_submit(own->engine, &approve) != 0;
    }
    return NULL;
}

static int clerks_work(gj_engine *engine)
{
    clerk all[THREADS];
    int failures = 0;
    for (int i = 0; i < THREADS; i++) {
        all[i] = (clerk){.engine = engine, .number = i};
        failures += pthread_create(&all[i].thread, NULL, clerk_work, &all[i]) != 0;
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(all[i].thread, NULL);
        failures += all[i].failures;
    }
    return failures;
}

/* ---- the timer ---- */

static atomic_bool stops;

/* quote: timer */
static void *timer_run(void *payload)
{
    gj_engine *engine = payload;
    const struct timespec pause = {.tv_nsec = 2000000}; /* a server: some seconds */
    while (!stops) {
        int found = 0;
        gj_engine_advance(engine, clock_read(NULL), &found, news_count);
        nanosleep(&pause, NULL);
    }
    return NULL;
}
/* end */

/* ---- questions ---- */

/* quote: query */
static bool finding_count(void *payload, const gj_finding_row *row)
{
    printf("%.*s: %s since %.*s, %.*s\n", (int)row->case_id.size, row->case_id.bytes,
           gj_code_title(row->code, GJ_EN), (int)row->due.size, row->due.bytes,
           (int)row->post_title.size, row->post_title.bytes);
    ++*(int *)payload;
    return true;
}

static int overdue_count(gj_engine *engine)
{
    int count = 0;
    const gj_finding_filter filter = {
        .size = sizeof filter, .code = text("late"), .statuses = 1u << GJ_OPEN};
    return gj_engine_findings(engine, &filter, &count, finding_count) == GJ_OK ? count : -1;
}
/* end */

/* ---- all of it ---- */

static int expect(int is, int wanted, const char *what)
{
    if (is != wanted) {
        fprintf(stderr, "%s: %d instead of %d\n", what, is, wanted);
    }
    return is != wanted;
}

static int work(gj_engine *engine)
{
    gj_event early = act_make("1-1", "a", "approve", "chief");
    gj_event foreign = act_make("1-1", "b", "accept", "chief");
    gj_event good = act_make("1-1", "c", "accept", "window");
    int failures = expect(deviations_count(engine, &early), 1, "approved before it was accepted");
    failures += expect(deviations_count(engine, &foreign), 1, "accepted by the chief");
    failures += expect(deviations_count(engine, &good), 0, "accepted by the window");
    pthread_t timer;
    failures += pthread_create(&timer, NULL, timer_run, engine) != 0;
    failures += expect(clerks_work(engine), 0, "acts of the clerks");
    days_gone = 30;
    while (gj_engine_now(engine) < clock_read(NULL)) {
        const struct timespec pause = {.tv_nsec = 1000000};
        nanosleep(&pause, NULL);
    }
    stops = true;
    pthread_join(timer, NULL);
    failures += expect((int)gj_engine_case_count(engine), THREADS * CASES_A_THREAD, "cases");
    return failures + expect(overdue_count(engine), THREADS * CASES_A_THREAD / 5, "overdue");
}

int main(void)
{
    const char *temporary = getenv("TMPDIR");
    char folder[160], path[180], command[180];
    snprintf(folder, sizeof folder, "%s/guiju-server-XXXXXX",
             temporary != NULL ? temporary : P_tmpdir);
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(path, sizeof path, "%s/server.db", folder);
    gj_engine *engine = engine_open(path);
    int failures = engine == NULL || deploy(engine) != 0 || work(engine) != 0;
    /* quote: close */
    gj_engine_close(engine); /* nothing is lost that was acknowledged; the next open goes on */
    /* end */
    engine = failures == 0 ? engine_open(path) : NULL;
    failures += engine == NULL || overdue_count(engine) != THREADS * CASES_A_THREAD / 5;
    gj_engine_close(engine);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return failures + (system(command) != 0);
}
