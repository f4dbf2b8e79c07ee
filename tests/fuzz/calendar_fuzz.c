/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a calendar file: refused with a claim, or a calendar every question can be put to.
 * The hash is put right first, or nothing would come past it; files of a wrong hash are still tried
 * whenever the first byte is odd. */
#include "base/hash.h"
#include "time/calendar_file.h"
#include "time/count.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(const gj_calendar *calendar, uint32_t number)
{
    gj_day day = (gj_day)(number * 2654435761u);
    gj_instant instant = (gj_instant)((uint64_t)number * 0x9E3779B97F4A7C15u);
    gjr_term term = {.unit = (gj_unit)(number % GJ_UNIT_COUNT),
                     .budget = number >> number % 32,
                     .rolls = number % 2 == 0,
                     .at_close = number % 5 == 0};
    gjr_count count = gjr_count_due(calendar, term, instant);
    gjr_count_over(calendar, term.unit, &count, instant);
    gjr_count_elapsed(calendar, term.unit, instant, count.due);
    gjr_calendar_day_name(calendar, day);
    gjr_calendar_day_start(calendar, gjr_civil_clamp(day));
    gj_day next = gjr_calendar_next_workday(calendar, day % 90000);
    if (!gjr_calendar_is_workday(calendar, next)) {
        abort();
    }
}

static void all_asked(const gj_calendar *calendar)
{
    gjb_arena arena;
    gjb_buffer text;
    gjr_runs runs;
    for (uint32_t number = 0; number < 100; number++) {
        ask(calendar, number);
    }
    gjb_arena_init(&arena, NULL);
    gjr_count_runs(calendar, 19000, 21000, &arena, &runs);
    gjb_arena_deinit(&arena);
    gjb_buffer_init(&text, NULL);
    gjr_calendar_print(calendar, &text);
    gjb_buffer_deinit(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);
    gj_calendar *calendar;
    gj_refusal why;
    if (copy == NULL) {
        return 0;
    }
    if (size > 0) {
        memcpy(copy, data, size);
    }
    if (size > GJB_HASH_SIZE && (data[0] & 1) != 0) {
        gjb_hash_of(copy, size - GJB_HASH_SIZE, copy + size - GJB_HASH_SIZE);
    }
    gj_status status = gj_calendar_load(NULL, copy, size, &calendar, &why);
    if (status == GJ_OK) {
        all_asked(calendar);
        gj_calendar_destroy(calendar);
    } else if (why.claim == 0 || gjr_calendar_claim_text(why.claim, GJ_ZH) == NULL) {
        abort();
    }
    free(copy);
    return 0;
}
