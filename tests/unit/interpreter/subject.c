/* SPDX-License-Identifier: Apache-2.0
 *
 * See subject.h. */
#include "unit/interpreter/subject.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

bool kinds_made[GJC_KIND_COUNT], keyed_expiry_made;

const gj_compile_options *subject_options(void)
{
    static gj_compile_options made;
    static char library[4096];
    const char *root = getenv("GUIJU_ROOT"), *given = getenv("GUIJU_STDLIB");
    snprintf(library, sizeof library, "%s/stdlib", root != NULL ? root : ".");
    made = (gj_compile_options){.size = sizeof made, .library = given != NULL ? given : library};
    return &made;
}

void subject_translate(gjb_buffer *source)
{
    gj_compilation *formatted = NULL;
    assert_int_equal(gj_format(subject_options(), "gen/p.gj", gjb_buffer_text(source),
                               GJ_KEYWORDS_ZH, &formatted),
                     GJ_OK);
    gj_text text = gj_compilation_formatted(formatted);
    if (text.bytes != NULL) {
        gjb_buffer_reset(source);
        gjb_buffer_add_text(source, text);
    }
    gj_compilation_destroy(formatted);
}

void subject_print_mistakes(const gj_compilation *compilation, uint64_t seed)
{
    for (size_t i = 0; i < gj_compilation_diagnostic_count(compilation); i++) {
        gj_diagnostic d = gj_compilation_diagnostic(compilation, i);
        if (d.gravity == GJ_ERROR) {
            printf("seed %llu: %s at line %u\n", (unsigned long long)seed, d.code, d.line);
        }
    }
}

static bool source_compile(subject *s, uint64_t seed)
{
    assert_int_equal(gj_compile_text(subject_options(), "gen/p.gj", gjb_buffer_text(&s->source),
                                     &s->compilation),
                     GJ_OK);
    if (gj_compilation_error_count(s->compilation) == 0) {
        return true;
    }
    if (getenv("GUIJU_INTERPRETER_SEED") != NULL && getenv("GUIJU_INTERPRETER_COUNT") == NULL) {
        subject_print_mistakes(s->compilation, seed);
        printf("%.*s\n", (int)s->source.size, s->source.bytes);
    }
    return false;
}

static void judge_make(subject *s)
{
    gj_text image = gj_compilation_image(s->compilation);
    gj_refusal why;
    assert_int_equal(gj_image_load(NULL, image.bytes, image.size, &s->image, &why), GJ_OK);
    s->calendar_count = gj_compilation_calendar_count(s->compilation);
    for (size_t i = 0; i < s->calendar_count; i++) {
        gj_text bytes = gj_compilation_calendar(s->compilation, i);
        assert_int_equal(gj_calendar_load(NULL, bytes.bytes, bytes.size, &s->calendars[i], &why),
                         GJ_OK);
    }
    gj_judge_options with = {.size = sizeof with,
                             .image = s->image,
                             .calendars = (const gj_calendar *const *)s->calendars,
                             .calendar_count = s->calendar_count};
    assert_int_equal(gj_judge_create(&with, &s->judge), GJ_OK);
}

void kinds_mark(const gjc_node *node)
{
    kinds_made[node->kind] = true;
    for (const gjc_node *child = node->first; child != NULL; child = child->next) {
        kinds_mark(child);
    }
}

static void source_read(subject *s)
{
    uint32_t index;
    gjc_sources_init(&s->sources, &s->arena);
    gjc_diag_list_init(&s->diags, &s->arena);
    assert_int_equal(gjc_sources_add(&s->sources, gjb_text_of("gen/p.gj"),
                                     gjb_buffer_text(&s->source), &s->diags, &index),
                     GJ_OK);
    assert_int_equal(gjc_parse(&s->sources, index, &s->arena, &s->diags, &s->file), GJ_OK);
    kinds_mark(s->file);
    plain_read(&s->plain, &s->sources, s->file);
    for (int i = 0; i < s->plain.limit_count; i++) {
        const plain_limit *limit = &s->plain.limits[i];
        keyed_expiry_made |= limit->open_max > 0 && limit->effect_count > 0;
    }
}

static void subject_init(subject *s)
{
    memset(s, 0, sizeof *s);
    gjb_arena_init(&s->arena, NULL);
    gjb_buffer_init(&s->source, NULL);
}

static bool source_take(subject *s, uint64_t seed)
{
    if (!source_compile(s, seed)) {
        return false;
    }
    judge_make(s);
    source_read(s);
    return true;
}

bool subject_open(subject *s, uint64_t seed)
{
    subject_init(s);
    write_procedure(seed, &s->source);
    if (seed % 2 == 0) {
        subject_translate(&s->source);
    }
    return source_take(s, seed);
}

bool subject_open_file(subject *s, const char *path)
{
    subject_init(s);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char part[4096];
    for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0;) {
        gjb_buffer_add(&s->source, part, got);
    }
    fclose(file);
    return source_take(s, 0);
}

void subject_close(subject *s)
{
    gj_judge_destroy(s->judge);
    for (size_t i = 0; i < s->calendar_count; i++) {
        gj_calendar_destroy(s->calendars[i]);
    }
    gj_image_destroy(s->image);
    gj_compilation_destroy(s->compilation);
    gjb_buffer_deinit(&s->source);
    gjb_arena_deinit(&s->arena);
}
