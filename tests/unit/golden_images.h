/* SPDX-License-Identifier: Apache-2.0
 *
 * Images of real sources: those goldens and examples that are without a mistake and small enough.
 * cmocka.h must be included before. */
#ifndef GOLDEN_IMAGES_H
#define GOLDEN_IMAGES_H

#include <guiju/compile.h>

#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>

enum { GOLDEN_IMAGES = 22, GOLDEN_PATH_SIZE = 4096, GOLDEN_CALENDARS_MAX = 64 };

static const char *const golden_sources[GOLDEN_IMAGES] = {
    "examples/first/licence.gj",
    "examples/food_licence/food_licence.gj",
    "examples/food_licence/食品经营许可.gj",
    "tests/golden/bundle/two.gj",
    "tests/golden/judge/parallel.gj",
    "tests/golden/judge/parallel_any.gj",
    "tests/golden/judge/parameters.gj",
    "tests/golden/judge/quotes.gj",
    "tests/golden/judge/records.gj",
    "tests/golden/judge/sets.gj",
    "tests/golden/judge/times.gj",
    "tests/golden/judge/types.gj",
    "tests/golden/judge/items.gj",
    "tests/golden/judge/逐项.gj",
    "tests/golden/judge/并联.gj",
    "tests/golden/judge/时长.gj",
    "tests/golden/judge/departments.gj",
    "tests/golden/sema/items.gj",
    "tests/golden/sema/逐项.gj",
    "tests/golden/sema/constructs_en.gj",
    "tests/golden/sema/各类条款.gj",
    "tests/golden/judge/内置名称.gj",
};

/* Appends the image to *bytes, which is empty; its calendars to a list that has room, where one is
 * given. The caller frees them. */
static inline void golden_compile(size_t index, gjb_buffer *bytes, gj_calendar **calendars,
                                  size_t *calendar_count)
{
    char path[GOLDEN_PATH_SIZE], library[GOLDEN_PATH_SIZE];
    const char *root = getenv("GUIJU_ROOT") != NULL ? getenv("GUIJU_ROOT") : ".";
    snprintf(path, sizeof path, "%s/%s", root, golden_sources[index]);
    snprintf(library, sizeof library, "%s/stdlib", root);
    const char *const paths[] = {path};
    gj_compile_options options = {.size = sizeof options, .library = library};
    gj_compilation *c = NULL;
    if (gj_compile(&options, paths, 1, &c) != GJ_OK || gj_compilation_error_count(c) != 0) {
        fail_msg("%s has mistakes", golden_sources[index]);
    }
    gjb_buffer_add_text(bytes, gj_compilation_image(c));
    for (size_t i = 0; calendars != NULL && i < gj_compilation_calendar_count(c); i++) {
        gj_text calendar = gj_compilation_calendar(c, i);
        gj_refusal why;
        assert_true(*calendar_count < GOLDEN_CALENDARS_MAX);
        assert_int_equal(gj_calendar_load(NULL, calendar.bytes, calendar.size,
                                          &calendars[*calendar_count], &why),
                         GJ_OK);
        *calendar_count += 1;
    }
    gj_compilation_destroy(c);
    assert_false(bytes->failed);
}

static inline void golden_image(size_t index, gjb_buffer *bytes)
{
    golden_compile(index, bytes, NULL, NULL);
}

#endif
