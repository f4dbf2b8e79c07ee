/* SPDX-License-Identifier: Apache-2.0
 *
 * A store of a test's own, in a file that goes with it, and rules to deploy in it. */
#ifndef TESTS_STORE_H
#define TESTS_STORE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <guiju/compile.h>
#include <guiju/engine.h>
#include <unistd.h>

enum { STORE_PATH_SIZE = 160 };

static inline gj_text text(const char *string)
{
    return (gj_text){string, string == NULL ? 0 : strlen(string)};
}

/* NUL-terminated, and the caller's to free. */
static inline char *text_copy(gj_text from)
{
    char *made = malloc(from.size + 1);
    assert_non_null(made);
    memcpy(made, from.bytes, from.size);
    made[from.size] = '\0';
    return made;
}

/* Where the test of that name has its store. */
static inline void store_path_make(char path[STORE_PATH_SIZE], const char *name)
{
    const char *folder = getenv("TMPDIR");
    snprintf(path, STORE_PATH_SIZE, "%s/guiju-%s-%d.db", folder != NULL ? folder : P_tmpdir, name,
             (int)getpid());
}

static inline void store_remove(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".lock"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char name[STORE_PATH_SIZE + 8];
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
}

/* With its calendar, where it has one. */
static inline gj_status compilation_deploy(gj_engine *engine, const gj_compilation *what)
{
    gj_text image = gj_compilation_image(what);
    size_t count = gj_compilation_calendar_count(what) > 0 ? 1 : 0;
    gj_text calendar = count > 0 ? gj_compilation_calendar(what, 0) : text(NULL);
    gj_bytes calendars[] = {{calendar.bytes, calendar.size}};
    gj_deployment deployment = {.size = sizeof deployment,
                                .image = {image.bytes, image.size},
                                .calendars = calendars,
                                .calendar_count = count};
    return gj_engine_deploy(engine, &deployment);
}

static inline void rules_deploy(gj_engine *engine, const char *source)
{
    gj_compilation *made;
    gj_compile_options options = {.size = sizeof options};
    assert_int_equal(gj_compile_text(&options, "permit.gj", text(source), &made), GJ_OK);
    assert_int_equal(gj_compilation_error_count(made), 0);
    assert_int_equal(compilation_deploy(engine, made), GJ_OK);
    gj_compilation_destroy(made);
}

/* The food licence among the examples. */
static inline gj_compilation *licence_compile(void)
{
    char path[512];
    const char *paths[] = {path};
    gj_compilation *made;
    gj_compile_options options = {.size = sizeof options, .library = getenv("GUIJU_STDLIB")};
    snprintf(path, sizeof path, "%s/examples/food_licence/food_licence.gj", getenv("GUIJU_ROOT"));
    assert_int_equal(gj_compile(&options, paths, 1, &made), GJ_OK);
    assert_int_equal(gj_compilation_error_count(made), 0);
    return made;
}

#endif
