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
    return (gj_text){string, strlen(string)};
}

/* Where the test of that name has its store. */
static inline void store_path_make(char path[STORE_PATH_SIZE], const char *name)
{
    const char *folder = getenv("TMPDIR");
    snprintf(path, STORE_PATH_SIZE, "%s/guiju-%s-%d.db", folder != NULL ? folder : "/tmp", name,
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

static inline void rules_deploy(gj_engine *engine, const char *source)
{
    gj_compilation *made;
    gj_compile_options options = {.size = sizeof options};
    assert_int_equal(gj_compile_text(&options, "permit.gj", text(source), &made), GJ_OK);
    assert_int_equal(gj_compilation_error_count(made), 0);
    gj_text image = gj_compilation_image(made);
    gj_deployment deployment = {.size = sizeof deployment, .image = {image.bytes, image.size}};
    assert_int_equal(gj_engine_deploy(engine, &deployment), GJ_OK);
    gj_compilation_destroy(made);
}

#endif
