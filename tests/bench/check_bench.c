/* SPDX-License-Identifier: Apache-2.0
 *
 * The gate on a hot case: may this act be done now, where eight conditions of the case's data say
 * so. The store holds a thousand cases of a few events each; one and the same case is asked about
 * again and again. The floor is a loop in C over the same eight conditions: it finds the case by
 * its id in a hash map and the act by its name, as whoever is asked must, and compares eight of the
 * case's numbers, each of which may be missing. It reads no store and sees no commit of others. An
 * act that breaks one condition is asked about too, with its finding told. Beside it, what the
 * store alone costs: an SQLite read transaction that looks up the case's row. Printed: microseconds
 * of the processor, medians of rounds. */
#include "bench/licences.h"
#include "bench/measuring.h"

#include "base/map.h"

#include <sqlite3.h>
#include <string.h>

enum {
    CONDITIONS = 8,
    CASES = 1000,
    CHECKS = 20000 / SIZE_DIVISOR,
    LOOPS = CHECKS * 100,
};

static const char source[] =
    "department amr {\n  post window\n  post chief\n}\n"
    "procedure licence {\n"
    "  data { a : number\n b : number\n c : number\n d : number\n"
    "         e : number\n f : number\n g : number\n h : number }\n"
    "  stage filed initial { on accept by window -> review }\n"
    "  stage review {\n    on note by window\n    on approve by chief -> granted\n  }\n"
    "  stage granted final\n"
    "  rule r1 { on approve require a >= 1 }\n"
    "  rule r2 { on approve require b >= 2 }\n"
    "  rule r3 { on approve require c >= 3 }\n"
    "  rule r4 { on approve require d >= 4 }\n"
    "  rule r5 { on approve require e <= 50 }\n"
    "  rule r6 { on approve require f <= 60 }\n"
    "  rule r7 { on approve require g <= 70 }\n"
    "  rule r8 { on approve require h <= 80 }\n"
    "}\n";

static const char *const names[CONDITIONS] = {"a", "b", "c", "d", "e", "f", "g", "h"};
static const gj_instant begin = INT64_C(1704067200000); /* 2024-01-01T00:00Z */

static gj_text text_of(const char *string)
{
    return (gj_text){string, strlen(string)};
}

/* ---- ours ---- */

typedef struct telling {
    gj_event event;
    char case_id[32], id[32], numbers[CONDITIONS][8];
    gj_datum data[CONDITIONS];
} telling;

/* The case's numbers meet every condition: or the first does not, of every second case. */
static void telling_make(telling *to, size_t of, const char *action, const char *post,
                         gj_instant at)
{
    snprintf(to->case_id, sizeof to->case_id, "HLJ-2024-%05zu", of);
    snprintf(to->id, sizeof to->id, "%s-%zu", action, of);
    to->event = (gj_event){.id = text_of(to->id),
                           .source = text_of("desk"),
                           .case_id = text_of(to->case_id),
                           .action = text_of(action),
                           .post = text_of(post),
                           .officer = text_of("u17"),
                           .at = {.wall_ms = at, .present = true, .zoned = true}};
}

static void data_give(telling *to, size_t of)
{
    for (size_t i = 0; i < CONDITIONS; i++) {
        snprintf(to->numbers[i], sizeof to->numbers[i], "%d", i == 0 && of % 2 == 1 ? 0 : 10);
        to->data[i] = (gj_datum){
            .key = text_of(names[i]), .kind = GJ_DATUM_NUMBER, .text = text_of(to->numbers[i])};
    }
    to->event.data = to->data;
    to->event.data_count = CONDITIONS;
}

static void cases_tell(gj_engine *engine)
{
    static telling told[2 * CASES];
    static gj_event events[2 * CASES];
    static gj_receipt receipts[2 * CASES];
    for (size_t i = 0; i < CASES; i++) {
        telling_make(&told[i], i, "accept", "window", begin);
        data_give(&told[i], i);
        telling_make(&told[CASES + i], i, "note", "window", begin + 1000);
    }
    for (size_t i = 0; i < (size_t)2 * CASES; i++) {
        events[i] = told[i].event;
    }
    must(gj_engine_submit(engine, events, (size_t)2 * CASES, receipts, NULL, NULL) == GJ_OK,
         "submit");
}

static bool revision_count(void *payload, const gj_revision *revision)
{
    (void)revision;
    ++*(size_t *)payload;
    return true;
}

/* Seconds a check. */
static double engine_check(gj_engine *engine, size_t of, size_t findings_expected)
{
    telling act;
    size_t count = 0;
    telling_make(&act, of, "approve", "chief", begin + 2000);
    act.event.id = (gj_text){NULL, 0};
    double start = seconds_now();
    for (size_t i = 0; i < CHECKS; i++) {
        gj_receipt receipt;
        must(gj_engine_check(engine, &act.event, &receipt, &count, revision_count) == GJ_OK &&
                 receipt.kind == GJ_RECEIVED,
             "check");
    }
    double taken = (seconds_now() - start) / CHECKS;
    must(count == findings_expected * CHECKS, "findings");
    return taken;
}

/* ---- a loop in C ---- */

typedef struct floor_case {
    int64_t numbers[CONDITIONS];
    bool missing[CONDITIONS];
} floor_case;

typedef struct condition {
    uint32_t field;
    bool is_least;
    int64_t than;
} condition;

typedef struct floor {
    gjb_map ids, actions;
    char keys[CASES][32];
    floor_case cases[CASES];
    condition conditions[CONDITIONS];
} floor_world;

static void floor_make(floor_world *floor)
{
    bool added;
    static const char *const actions[] = {"accept", "note", "approve"};
    gjb_map_init(&floor->ids, NULL, 7);
    gjb_map_init(&floor->actions, NULL, 7);
    for (uint32_t i = 0; i < 3; i++) {
        gjb_map_add(&floor->actions, text_of(actions[i]), i, &added);
    }
    for (uint32_t i = 0; i < CASES; i++) {
        snprintf(floor->keys[i], sizeof floor->keys[i], "HLJ-2024-%05u", i);
        gjb_map_add(&floor->ids, text_of(floor->keys[i]), i, &added);
        for (size_t j = 0; j < CONDITIONS; j++) {
            floor->cases[i].numbers[j] = j == 0 && i % 2 == 1 ? 0 : 10;
        }
    }
    for (uint32_t j = 0; j < CONDITIONS; j++) {
        floor->conditions[j] = (condition){j, j < 4, j < 4 ? j + 1 : (j + 1) * 10};
    }
}

/* How many conditions it breaks. */
static size_t floor_check(const floor_world *floor, gj_text case_id, gj_text action)
{
    const uint32_t *of = gjb_map_find(&floor->ids, case_id),
                   *act = gjb_map_find(&floor->actions, action);
    size_t broken = 0;
    if (of == NULL || act == NULL || *act != 2) {
        return CONDITIONS;
    }
    const floor_case *one = &floor->cases[*of];
    for (size_t i = 0; i < CONDITIONS; i++) {
        const condition *asked = &floor->conditions[i];
        int64_t number = one->numbers[asked->field];
        broken += one->missing[asked->field] ||
                  (asked->is_least ? number < asked->than : number > asked->than);
    }
    return broken;
}

static double loop_check(const floor_world *floor, size_t of, size_t findings_expected)
{
    telling act;
    size_t count = 0;
    telling_make(&act, of, "approve", "chief", begin + 2000);
    const telling *volatile asked = &act; /* so that nothing is taken out of the loop */
    double start = seconds_now();
    for (size_t i = 0; i < LOOPS; i++) {
        count += floor_check(floor, asked->event.case_id, asked->event.action);
    }
    double taken = (seconds_now() - start) / LOOPS;
    must(count == findings_expected * LOOPS, "broken");
    return taken;
}

/* ---- the store alone ---- */

static double row_read(void)
{
    char path[LICENCE_PATH_SIZE];
    sqlite3 *store;
    sqlite3_stmt *row;
    licence_path_make(path, "check", "");
    must(sqlite3_open_v2(path, &store, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) ==
                 SQLITE_OK &&
             sqlite3_prepare_v2(store,
                                "SELECT n, latest, state FROM cases"
                                " WHERE id = 'HLJ-2024-00002' AND procedure = 'licence'",
                                -1, &row, NULL) == SQLITE_OK,
         "store");
    double start = seconds_now();
    for (size_t i = 0; i < CHECKS; i++) {
        must(sqlite3_step(row) == SQLITE_ROW, "row");
        sqlite3_reset(row);
    }
    double taken = (seconds_now() - start) / CHECKS;
    sqlite3_finalize(row);
    sqlite3_close(store);
    return taken;
}

/* ---- measuring ---- */

int main(void)
{
    static floor_world floor;
    double ours[MEASURED_RUNS], broken[MEASURED_RUNS], loop[MEASURED_RUNS], row[MEASURED_RUNS];
    licence_files_remove("check");
    gj_engine *engine = licence_rules_open("check", source, begin + 1000000);
    cases_tell(engine);
    floor_make(&floor);
    for (int i = 0; i < MEASURED_RUNS; i++) {
        ours[i] = engine_check(engine, 2, 0);
        broken[i] = engine_check(engine, 3, 1);
        loop[i] = loop_check(&floor, 2, 0);
        row[i] = row_read();
        must(loop_check(&floor, 3, 1) > 0, "loop");
    }
    double a = median_of(ours, MEASURED_RUNS), b = median_of(broken, MEASURED_RUNS),
           c = median_of(loop, MEASURED_RUNS), d = median_of(row, MEASURED_RUNS);
    printf("check: an act on a hot case, eight conditions\n");
    printf("  %.3f us in order, %.3f us with a finding; the loop in C %.3f us, a row of the store "
           "%.3f us\n",
           a * 1e6, b * 1e6, c * 1e6, d * 1e6);
    ratio_print("of the loop's rate", c, a);
    ratio_print("of the rate of reading the case's row", d, a);
    gjb_map_deinit(&floor.ids);
    gjb_map_deinit(&floor.actions);
    gj_engine_close(engine);
    licence_files_remove("check");
    return 0;
}
