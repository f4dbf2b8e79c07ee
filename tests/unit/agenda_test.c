/* SPDX-License-Identifier: Apache-2.0
 *
 * The agenda against an array that is searched from one end to the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/agenda.h"

enum { ITEMS = 300, ROUNDS = 200000 };

static uint64_t seed = 3;

static uint32_t pick(uint32_t count)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % count;
}

static gj_instant soonest(const gj_instant *at)
{
    gj_instant found = GJ_NEVER;
    for (int i = 0; i < ITEMS; i++) {
        found = at[i] < found ? at[i] : found;
    }
    return found;
}

static void items_are_put_elsewhere_and_away(void **state)
{
    (void)state;
    static gj_instant at[ITEMS];
    gjr_agenda agenda;
    gjr_agenda_init(&agenda, gjb_alloc_default(), true);
    for (int i = 0; i < ITEMS; i++) {
        at[i] = GJ_NEVER;
        assert_int_equal(gjr_agenda_reserve(&agenda), GJ_OK);
    }
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t item = pick(ITEMS);
        assert_true(gjr_agenda_next(&agenda) == soonest(at));
        if (pick(4) == 0 && agenda.count > 0) {
            gjr_entry first = gjr_agenda_take(&agenda);
            assert_true(first.at == at[first.item]);
            at[first.item] = GJ_NEVER;
        } else {
            at[item] = pick(5) == 0 ? GJ_NEVER : (gj_instant)pick(100); /* many at one instant */
            gjr_agenda_put(&agenda, item, at[item]);
        }
    }
    gjr_agenda_deinit(&agenda);
}

static void entries_come_out_in_order(void **state)
{
    (void)state;
    gjr_agenda agenda;
    uint64_t sum = 0;
    gjr_agenda_init(&agenda, gjb_alloc_default(), false);
    for (uint32_t i = 0; i < 5 * ITEMS; i++) {
        assert_int_equal(gjr_agenda_reserve(&agenda), GJ_OK);
        gjr_agenda_put(&agenda, i % ITEMS, (gj_instant)pick(1000));
        sum += i % ITEMS;
    }
    for (gj_instant before = 0; agenda.count > 0;) {
        gjr_entry first = gjr_agenda_take(&agenda);
        assert_true(first.at >= before);
        before = first.at;
        sum -= first.item;
    }
    assert_int_equal(sum, 0);
    assert_true(gjr_agenda_next(&agenda) == GJ_NEVER);
    gjr_agenda_deinit(&agenda);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_are_put_elsewhere_and_away),
        cmocka_unit_test(entries_come_out_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
