/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as notices and lists of days, several apart at NUL bytes: mistakes are reported, or a
 * calendar's source is made, which compiles. The only mistakes left in it are those of years that
 * were not given. */
#include <guiju/compile.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXTS_MAX = 4 };

static size_t split(const uint8_t *data, size_t size, gj_announcement *announcements)
{
    size_t count = 0, begin = 0;
    for (size_t at = 0; at <= size && count < TEXTS_MAX; at++) {
        if (at == size || (data[at] == 0 && count + 1 < TEXTS_MAX)) {
            gj_text text = {(const char *)data + begin, at - begin};
            announcements[count++] = (gj_announcement){"notice", text};
            begin = at + 1;
        }
    }
    return count;
}

static bool sink(void *payload, const char *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)payload += size;
    return true;
}

/* Every diagnostic can be said. */
static void tell(const gj_compilation *compilation)
{
    size_t told = 0;
    gj_writer writer = {&told, sink};
    for (size_t i = 0; i < gj_compilation_diagnostic_count(compilation); i++) {
        gj_diagnostic_print(compilation, i, i % 2 == 0 ? GJ_EN : GJ_ZH, false, &writer);
    }
}

static void compile(const gj_compile_options *options, gj_text source)
{
    gj_compilation *compilation;
    if (gj_compile_text(options, "calendar", source, &compilation) != GJ_OK) {
        abort();
    }
    for (size_t i = 0; i < gj_compilation_diagnostic_count(compilation); i++) {
        gj_diagnostic each = gj_compilation_diagnostic(compilation, i);
        if (each.gravity == GJ_ERROR && strcmp(each.code, "E0813") != 0) {
            abort();
        }
    }
    gj_compilation_destroy(compilation);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gj_announcement announcements[TEXTS_MAX];
    gj_compile_options options = {.size = sizeof options};
    gj_compilation *compilation;
    gj_calendar_recipe recipe = {
        .size = sizeof recipe,
        .announcements = announcements,
        .announcement_count = split(data, size, announcements),
        .year = size % 2 == 0 ? 2024 : 0,
    };
    gj_status status = gj_calendar_make(&options, &recipe, &compilation);
    if (status != GJ_OK) {
        abort();
    }
    tell(compilation);
    gj_text source = gj_compilation_formatted(compilation);
    if ((source.bytes == NULL) != (gj_compilation_error_count(compilation) > 0)) {
        abort();
    }
    if (source.bytes != NULL) {
        compile(&options, source);
    }
    gj_compilation_destroy(compilation);
    return 0;
}
