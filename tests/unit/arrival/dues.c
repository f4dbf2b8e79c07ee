/* SPDX-License-Identifier: Apache-2.0
 *
 * See dues.h. */
#include "unit/arrival/dues.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/text.h"

enum { LIMITS_MAX = 500 };

/* The limits that run, before and after, against what is told of them. */
typedef struct dues {
    gjb_arena *arena;
    gj_text told[LIMITS_MAX], before[LIMITS_MAX], after[LIMITS_MAX];
    gj_text started[LIMITS_MAX], starts[LIMITS_MAX]; /* of those before, and after: which start */
    int told_count, before_count, after_count;
} dues;

/* Which start of which limit, and when it is due; without `due`, which start alone. */
static gj_text words_of(gjb_arena *arena, gj_text case_id, const gj_limit_note *was,
                        const gj_limit_note *is, bool due)
{
    gjb_buffer words;
    gjb_buffer_init(&words, NULL);
    gjb_buffer_add_text(&words, case_id);
    gjb_buffer_add_byte(&words, ' ');
    gjb_buffer_add_text(&words, is->branch);
    gjb_buffer_add_byte(&words, ' ');
    gjb_buffer_add_text(&words, is->limit);
    gjb_buffer_add_format(&words, " %lld", (long long)is->since);
    for (int i = 0; due && i < 2; i++) {
        const gj_limit_note *note = i == 0 ? was : is;
        if (note != NULL) {
            gjb_buffer_add_format(&words, " %lld %d %d %d", (long long)note->due,
                                  note->due_earliest, note->due_latest, note->due_open);
        }
    }
    gj_text text = gjb_arena_text(arena, gjb_buffer_text(&words));
    gjb_buffer_deinit(&words);
    return text;
}

static gj_text due_words(gjb_arena *arena, gj_text case_id, const gj_limit_note *was,
                         const gj_limit_note *is)
{
    return words_of(arena, case_id, was, is, true);
}

static bool due_told(void *payload, const gj_due_revision *revision)
{
    dues *d = payload;
    assert_true(d->told_count < LIMITS_MAX && revision->recounted != NULL);
    d->told[d->told_count++] =
        due_words(d->arena, revision->case_id, revision->before, revision->after);
    return true;
}

static bool dues_before(void *payload, const gj_case_result *result)
{
    dues *d = payload;
    for (size_t i = 0; i < result->limit_count; i++) {
        assert_true(d->before_count < LIMITS_MAX);
        d->started[d->before_count] =
            words_of(d->arena, result->case_id, NULL, &result->limits[i], false);
        d->before[d->before_count++] =
            due_words(d->arena, result->case_id, NULL, &result->limits[i]);
    }
    return true;
}

static bool dues_after(void *payload, const gj_case_result *result)
{
    dues *d = payload;
    for (size_t i = 0; i < result->limit_count; i++) {
        assert_true(d->after_count < LIMITS_MAX);
        d->starts[d->after_count] =
            words_of(d->arena, result->case_id, NULL, &result->limits[i], false);
        d->after[d->after_count++] = due_words(d->arena, result->case_id, NULL, &result->limits[i]);
    }
    return true;
}

static bool is_among(gj_text text, const gj_text *texts, int count)
{
    bool is = false;
    for (int i = 0; !is && i < count; i++) {
        is = gjb_text_equal(texts[i], text);
    }
    return is;
}

/* Limits of the same start alone are told of, each once: what the law does may begin one elsewhere
 * now. */
static int dues_differ(const dues *d)
{
    int differ = 0;
    for (int i = 0; i < d->after_count; i++) {
        differ += is_among(d->starts[i], d->started, d->before_count) &&
                  !is_among(d->after[i], d->before, d->before_count);
    }
    return differ;
}

bool dues_follow(gj_live *live, const gj_judge *judge, gjb_arena *arena)
{
    static dues d;
    d = (dues){.arena = arena};
    const gj_recounting recounting = {sizeof recounting, &d, due_told};
    for (size_t i = 0; i < gj_live_case_count(live); i++) {
        assert_int_equal(gj_live_see(live, i, &d, dues_before), GJ_OK);
    }
    assert_int_equal(gj_live_calendar(live, judge, &recounting), GJ_OK);
    for (size_t i = 0; i < gj_live_case_count(live); i++) {
        assert_int_equal(gj_live_see(live, i, &d, dues_after), GJ_OK);
    }
    int differ = dues_differ(&d);
    return d.told_count <= differ && (d.before_count != d.after_count || d.told_count == differ);
}
