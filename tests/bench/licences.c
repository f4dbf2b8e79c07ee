/* SPDX-License-Identifier: Apache-2.0
 *
 * See licences.h. */
#include "bench/licences.h"

#include <guiju/compile.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { APART_MS = 600 };

static const gj_instant begin = INT64_C(1704067200000); /* 2024-01-01T00:00Z */

static const char source[] =
    "department amr {\n  post window\n  post chief\n}\n"
    "procedure licence {\n"
    "  stage filed initial { on accept by window -> review }\n"
    "  stage review {\n    on inspect by window\n    on propose by window -> decision\n  }\n"
    "  stage decision { on approve by chief -> granted }\n"
    "  stage granted final\n"
    "  limit decide {\n"
    "    from accept to approve\n"
    "    within 480 hours\n"
    "    duty window\n"
    "  }\n"
    "}\n";

static const struct {
    const char *action, *post;
} acts[LICENCE_STEPS] = {
    {"accept", "window"}, {"inspect", "window"}, {"propose", "window"}, {"approve", "chief"}};

void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "bench: %s\n", what);
        exit(1);
    }
}

/* ---- acts ---- */

static gj_text text_of(const char *string)
{
    return (gj_text){string, strlen(string)};
}

gj_instant licence_time(size_t n)
{
    return begin + (gj_instant)n * APART_MS;
}

static void act_make(licence_act *act, size_t of, size_t step, gj_instant at)
{
    snprintf(act->case_id, sizeof act->case_id, "HLJ-2024-%07zu", of * 7919 % 10000019);
    act->event = (gj_event){.id = text_of(act->id),
                            .source = text_of("desk"),
                            .case_id = text_of(act->case_id),
                            .action = text_of(acts[step].action),
                            .post = text_of(acts[step].post),
                            .officer = text_of("u17"),
                            .at = {.wall_ms = at, .present = true, .zoned = true}};
}

void licence_act_make(licence_act *act, size_t n)
{
    size_t round = n / (LICENCE_AHEAD * LICENCE_STEPS),
           within = n % (LICENCE_AHEAD * LICENCE_STEPS);
    size_t step = within / LICENCE_AHEAD, of = round * LICENCE_AHEAD + within % LICENCE_AHEAD;
    snprintf(act->id, sizeof act->id, "%s-%zu", acts[step].action, n);
    act_make(act, of, step, licence_time(n));
}

void licence_begin_make(licence_act *act, size_t n)
{
    snprintf(act->id, sizeof act->id, "accept-%zu", n);
    act_make(act, n, 0, licence_time(n));
}

void licence_long_make(licence_act *act, size_t n, size_t step)
{
    snprintf(act->id, sizeof act->id, "%zu-%zu", n, step);
    act_make(act, n, step == 0 ? 0 : 1, licence_time(n * 10 + step));
}

/* ---- files ---- */

void licence_path_make(char path[LICENCE_PATH_SIZE], const char *name, const char *ending)
{
    const char *given = getenv("TMPDIR");
    snprintf(path, LICENCE_PATH_SIZE, "%.150s/guiju-bench-%d-%s%s", given != NULL ? given : "/tmp",
             (int)getpid(), name, ending);
}

void licence_files_remove(const char *name)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".lock"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char path[LICENCE_PATH_SIZE];
        licence_path_make(path, name, endings[i]);
        unlink(path);
    }
}

size_t licence_file_size(const char *name)
{
    struct stat found;
    char path[LICENCE_PATH_SIZE];
    licence_path_make(path, name, "");
    return stat(path, &found) == 0 ? (size_t)found.st_size : 0;
}

/* ---- the engine ---- */

static void deploy(gj_engine *engine, const char *rules)
{
    gj_compilation *compilation;
    const gj_compile_options options = {.size = sizeof options};
    must(gj_compile_text(&options, "licence.gj", text_of(rules), &compilation) == GJ_OK &&
             gj_compilation_error_count(compilation) == 0,
         "compile");
    gj_text image = gj_compilation_image(compilation);
    const gj_deployment deployment = {.size = sizeof deployment,
                                      .image = {image.bytes, image.size}};
    must(gj_engine_deploy(engine, &deployment) == GJ_OK, "deploy");
    gj_compilation_destroy(compilation);
}

gj_engine *licence_rules_open(const char *name, const char *rules, gj_instant now)
{
    char path[LICENCE_PATH_SIZE];
    gj_engine *engine;
    licence_path_make(path, name, "");
    bool is_new = access(path, F_OK) != 0;
    const gj_engine_options options = {.size = sizeof options, .path = path};
    must(gj_engine_open(&options, &engine) == GJ_OK, "open");
    if (is_new) {
        deploy(engine, rules);
    }
    must(gj_engine_advance(engine, now, NULL, NULL) == GJ_OK, "advance");
    return engine;
}

gj_engine *licence_engine_open(const char *name, gj_instant now)
{
    return licence_rules_open(name, source, now);
}
