/* SPDX-License-Identifier: Apache-2.0
 *
 * A version is deployed that says how the cases of the one before go on in it. Whatever is told
 * late of what happened before, a case comes to what it would have come to had it been told in
 * time: the first is moved as it stands, the second judged anew through both versions. A deployment
 * that cannot move a case is refused whole, and says which case and what of it has no place. */
#include "api/lines.h"

#include <stdint.h>

enum { CASES = 16, DAYS = 40, EVENTS_MAX = 20 };
#define DAY_MS INT64_C(86400000)

static const gj_instant begin = INT64_C(1709258400000); /* Friday, 2024-03-01T10:00+08:00 */
static char path[STORE_PATH_SIZE], other[STORE_PATH_SIZE];

static const char first[] =
    "party p\ndepartment o {\n  post w\n  post c\n}\n"
    "procedure permit {\n"
    "  version 1\n  calendar k\n"
    "  data {\n    area: number optional\n    hard: bool = false\n    ends: date optional\n  }\n"
    "  action object (item: text)\n  action settle (item: text)\n"
    "  stage filed initial { on apply by p -> review }\n"
    "  stage review {\n    on look by w\n    on ask by w -> waiting\n    on extend by c\n"
    "    on go by w -> joint\n    on refuse by c -> done\n  }\n"
    "  stage waiting { on answer by p -> review }\n"
    "  stage joint {\n"
    "    parallel all {\n"
    "      branch fire {\n        stage checking initial { on fire_ok by w -> agreed }\n"
    "        stage agreed final\n"
    "        limit fire_time {\n          from entering checking to fire_ok\n"
    "          within 4 workdays\n          red overdue\n          duty w\n        }\n      }\n"
    "      branch land {\n        stage looking initial { on land_ok by w -> agreed }\n"
    "        stage agreed final\n      }\n"
    "    } -> ruling\n  }\n"
    "  stage ruling { on grant by c -> done }\n"
    "  stage done final\n"
    "  limit whole {\n    from apply to leaving ruling\n"
    "    within 12 workdays when hard\n    within 8 workdays\n"
    "    not counting waiting\n    extended 3 workdays by extend at most 1 times\n"
    "    yellow before 2 workdays\n    red overdue\n    duty c\n  }\n"
    "  limit glance {\n    from entering review to leaving review\n    within 3 workdays\n"
    "    notice before 1 workdays\n    yellow overdue\n    red overdue 2 workdays\n    duty w\n  "
    "}\n"
    "  limit visit {\n    from look to grant\n    by ends\n    red overdue\n    duty w\n  }\n"
    "  limit objection {\n    per item at most 4 open\n    from object to settle\n"
    "    within 5 days\n    red overdue\n    duty w\n  }\n"
    "  limit gone {\n    from apply to refuse\n    within 6 days\n    yellow overdue\n    duty w\n "
    " }\n"
    "  rule told { every look followed by answer within 6 days }\n"
    "  rule twice { count look at most 2 times }\n"
    "}\n";
static const char calendar[] = "calendar k \"K\" {\n  zone \"Asia/Shanghai\"\n  week mon..fri\n"
                               "  published through 2024-12-31\n  year 2024 { }\n}\n";
static const char migrates[] = "  migrates from 1 {\n    stage ruling -> decision\n"
                               "    stage looking -> viewing\n"
                               "    limit glance -> peek\n    limit objection -> objection anew\n"
                               "    limit gone ends\n  }\n";

/* No state is ever made anew because it could not be read. */
static void log_hear(void *payload, gj_log_level level, const char *en, const char *zh)
{
    (void)payload, (void)level, (void)zh;
    assert_null(strstr(en, "could not be read"));
}

static gj_engine *engine_open(const char *at)
{
    gj_engine *engine;
    gj_engine_options options = {.size = sizeof options, .path = at, .log = log_hear};
    assert_int_equal(gj_engine_open(&options, &engine), GJ_OK);
    return engine;
}

/* ---- versions of the rules ---- */

/* The first with every `from` put for its `to`. */
static void replace(char *in, size_t size, const char *from, const char *to)
{
    char made[8192];
    size_t used = 0, from_size = strlen(from), to_size = strlen(to);
    for (const char *at = in; *at != '\0';) {
        bool here = strncmp(at, from, from_size) == 0;
        assert_true(used + to_size + 1 < sizeof made);
        memcpy(made + used, here ? to : at, here ? to_size : 1);
        used += here ? to_size : 1;
        at += here ? from_size : 1;
    }
    made[used] = '\0';
    assert_true(used < size);
    memcpy(in, made, used + 1);
}

static void version_make(char *to, size_t size, int version)
{
    snprintf(to, size, "%s", first);
    if (version == 1) {
        return;
    }
    replace(to, size, "version 1", version == 2 ? "version 2" : "version 3");
    replace(to, size, "stage ruling", "stage decision");
    replace(to, size, "-> ruling", "-> decision");
    replace(to, size, "leaving ruling", "leaving decision");
    replace(to, size, "stage looking", "stage viewing");
    replace(to, size, "limit glance", "limit peek");
    replace(to, size, "within 3 workdays", "within 2 workdays");
    replace(to, size, "within 8 workdays", "within 10 workdays");
    replace(to, size,
            "  limit gone {\n    from apply to refuse\n    within 6 days\n"
            "    yellow overdue\n    duty w\n  }\n",
            "");
    if (version == 3) {
        replace(to, size, "within 10 workdays", "within 6 workdays");
        replace(to, size, "within 4 workdays", "within 9 days");
    }
    size_t used = strlen(to) - 2; /* before the last brace */
    snprintf(to + used, size - used, "%s}\n",
             version == 2 ? migrates : "  migrates from 2 { limit fire_time -> fire_time kept }\n");
    replace(to, size, "limit fire_time -> fire_time kept",
            "\n    limit fire_time -> fire_time kept\n  ");
}

static gj_status source_deploy(gj_engine *engine, const char *source)
{
    char whole[9000];
    gj_compilation *made;
    gj_compile_options options = {.size = sizeof options};
    snprintf(whole, sizeof whole, "%s%s", source, calendar);
    assert_int_equal(gj_compile_text(&options, "permit.gj", text(whole), &made), GJ_OK);
    assert_int_equal(gj_compilation_error_count(made), 0);
    gj_status status = compilation_deploy(engine, made);
    gj_compilation_destroy(made);
    return status;
}

static void version_deploy(gj_engine *engine, int version)
{
    char source[8192];
    version_make(source, sizeof source, version);
    gj_status status = source_deploy(engine, source);
    if (status != GJ_OK) {
        char why[600];
        gj_engine_error(engine, GJ_EN, why, sizeof why);
        print_message("%s\n", why);
    }
    assert_int_equal(status, GJ_OK);
}

/* ---- random cases ---- */

static uint64_t seed;
static uint32_t random_below(uint32_t count)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % count;
}

typedef struct telling {
    char id[24], of[16], item[4];
    const char *action, *post;
    gj_instant at;
    gj_datum data[2];
    size_t datum_count;
    bool is_late; /* told to the other store only after all versions are deployed */
} telling;

static telling all[CASES * EVENTS_MAX];
static size_t told_count;

static void telling_add(int of, int number, const char *action, const char *post, gj_instant at)
{
    telling *made = &all[told_count++];
    *made = (telling){.action = action, .post = post, .at = at};
    snprintf(made->id, sizeof made->id, "%d-%d", of, number);
    snprintf(made->of, sizeof made->of, "c%d", of);
    if (strcmp(action, "object") == 0 || strcmp(action, "settle") == 0) {
        snprintf(made->item, sizeof made->item, "%c", 'a' + (char)random_below(3));
        made->data[made->datum_count++] =
            (gj_datum){.key = text("item"), .kind = GJ_DATUM_TEXT, .text = text(made->item)};
    }
    made->is_late = random_below(5) == 0;
}

/* Acts in an order that mostly makes sense. */
static void case_make(int of)
{
    static const struct act {
        const char *action, *post;
    } acts[] = {{"look", "w"},   {"ask", "w"},     {"answer", "p"},  {"extend", "c"},
                {"go", "w"},     {"fire_ok", "w"}, {"land_ok", "w"}, {"grant", "c"},
                {"object", "p"}, {"settle", "w"},  {"refuse", "c"},  {"look", "w"},
                {"answer", "p"}, {"ask", "w"},     {"object", "p"}};
    gj_instant at = begin + (gj_instant)random_below(8) * DAY_MS;
    int number = 0;
    telling_add(of, number++, "apply", "p", at);
    uint32_t count = 3 + random_below(EVENTS_MAX - 6);
    for (uint32_t i = 0; i < count; i++) {
        at += (gj_instant)random_below(3 * 24) * 3600000 + 1000 * (gj_instant)of + 1;
        if (at > begin + DAYS * DAY_MS) {
            break;
        }
        const struct act *act = &acts[(i * 2 / 3 + random_below(4)) % (sizeof acts / sizeof *acts)];
        telling_add(of, number++, act->action, act->post, at);
    }
}

static int telling_compare(const void *a, const void *b)
{
    const telling *left = a, *right = b;
    return left->at < right->at ? -1 : left->at > right->at ? 1 : strcmp(left->id, right->id);
}

static gj_event event_of(const telling *one)
{
    return (gj_event){.id = text(one->id),
                      .source = text("o"),
                      .case_id = text(one->of),
                      .action = text(one->action),
                      .post = text(one->post),
                      .officer = text("u1"),
                      .data = one->data,
                      .data_count = one->datum_count,
                      .at = {.wall_ms = one->at, .present = true, .zoned = true}};
}

static void tell(gj_engine *engine, const telling *one)
{
    gj_receipt receipt;
    gj_event event = event_of(one);
    assert_int_equal(gj_engine_submit(engine, &event, 1, &receipt, NULL, NULL), GJ_OK);
    assert_int_equal(receipt.kind, GJ_RECEIVED);
}

/* The gate says beforehand what comes of it. */
static void check_and_tell(gj_engine *engine, const telling *one)
{
    gj_receipt receipt, checked;
    gj_event event = event_of(one);
    assert_int_equal(gj_engine_check(engine, &event, &checked, NULL, NULL), GJ_OK);
    assert_int_equal(gj_engine_submit(engine, &event, 1, &receipt, NULL, NULL), GJ_OK);
    assert_int_equal(receipt.kind, checked.kind);
    assert_int_equal(receipt.revision_count, checked.revision_count);
}

static void advance(gj_engine *engine, gj_instant now)
{
    assert_int_equal(gj_engine_advance(engine, now, NULL, NULL), GJ_OK);
}

/* ---- what stands ---- */

static void lines_get(gj_engine *engine, gj_listing listing, lines *to)
{
    gj_text none = {NULL, 0};
    to->size = 0;
    to->bytes[0] = '\0';
    assert_int_equal(gj_engine_list(engine, listing, none, none, to, lines_add), GJ_OK);
    lines_sort(to);
}

static bool case_line(void *payload, const gj_case_row *row)
{
    char line[200];
    snprintf(line, sizeof line, "%.*s %u %.*s %d", (int)row->case_id.size, row->case_id.bytes,
             row->final ? 0 : row->version, (int)row->stage.size, row->stage.bytes, row->final);
    return lines_add(payload, text(line));
}

static void cases_get(gj_engine *engine, lines *to)
{
    gj_text none = {NULL, 0};
    to->size = 0;
    to->bytes[0] = '\0';
    assert_int_equal(gj_engine_cases(engine, none, to, case_line), GJ_OK);
    lines_sort(to);
}

static void result_take(void *payload, const gj_judge *judge, const gj_case_result *result)
{
    (void)judge;
    gj_case_result *to = payload;
    *to = *result;
    to->accounts = NULL;
}

/* The case asked about, judged in full: as many findings as the store has. */
static void case_ask(gj_engine *engine, const char *of, size_t stands)
{
    gj_case_result result;
    assert_int_equal(gj_engine_case(engine, text("permit"), text(of), &result, result_take), GJ_OK);
    assert_int_equal(result.finding_count, stands);
}

static size_t of_case(const lines *all_lines, const char *of)
{
    char word[40];
    size_t count = 0;
    snprintf(word, sizeof word, "\"case\":\"%s\"", of);
    for (const char *at = all_lines->bytes; (at = strstr(at, word)) != NULL; at++) {
        count++;
    }
    return count;
}

/* ---- tests ---- */

static void check_random(uint64_t of)
{
    static lines live, anew;
    const gj_instant moves[] = {begin + 12 * DAY_MS + 7, begin + 24 * DAY_MS};
    seed = of;
    told_count = 0;
    for (int i = 0; i < CASES; i++) {
        case_make(i);
    }
    qsort(all, told_count, sizeof *all, telling_compare);
    store_remove(path);
    store_remove(other);
    gj_engine *a = engine_open(path), *b = engine_open(other);
    version_deploy(a, 1);
    version_deploy(b, 1);
    for (size_t j = 0; j < told_count; j++) { /* each is opened by the first version in both */
        all[j].is_late = all[j].is_late && strcmp(all[j].action, "apply") != 0;
    }
    int version = 1;
    for (size_t i = 0; i < told_count; i++) {
        while (version < 3 && all[i].at > moves[version - 1]) {
            advance(a, moves[version - 1]);
            advance(b, moves[version - 1]);
            version_deploy(a, version + 1);
            version_deploy(b, ++version);
        }
        advance(a, all[i].at);
        advance(b, all[i].at);
        check_and_tell(a, &all[i]);
        if (!all[i].is_late) {
            tell(b, &all[i]);
        }
        if (i % 97 == 0) { /* what was committed goes on */
            gj_engine_close(a);
            a = engine_open(path);
        }
    }
    advance(a, begin + 60 * DAY_MS);
    advance(b, begin + 60 * DAY_MS);
    for (size_t i = 0; i < told_count; i++) {
        if (all[i].is_late) {
            check_and_tell(b, &all[i]);
        }
    }
    cases_get(a, &live);
    cases_get(b, &anew);
    assert_string_equal(live.bytes, anew.bytes);
    lines_get(a, GJ_LIST_FINDINGS, &live);
    lines_get(b, GJ_LIST_FINDINGS, &anew);
    assert_string_equal(live.bytes, anew.bytes);
    for (int i = 0; i < CASES; i += 7) {
        char id[16];
        snprintf(id, sizeof id, "c%d", i);
        case_ask(a, id, of_case(&live, id));
    }
    gj_audit audit = {.size = sizeof audit};
    assert_int_equal(gj_engine_audit(a, &audit), GJ_OK);
    assert_int_equal(gj_engine_audit(b, &audit), GJ_OK);
    gj_engine_close(a);
    gj_engine_close(b);
}

static void live_and_anew_agree(void **state)
{
    (void)state;
    for (uint64_t i = 1; i <= 2; i++) {
        check_random(i);
    }
}

/* Of what has no place the engine names the first case that has it; nothing is changed. */
static void refused_whole(void **state)
{
    static lines before, after;
    static const struct wrong {
        const char *line, *said;
    } wrongs[] = {
        {"    stage ruling -> decision\n",
         "stage \"ruling\" has no place in it; say where it goes (case c0)"},
        {"    stage looking -> viewing\n", "stage \"looking\" has no place"},
        {"    limit gone ends\n", "limit \"gone\" has no place in it"},
        {"    limit glance -> peek\n", "limit \"glance\" has no place in it"},
    };
    (void)state;
    store_remove(path);
    gj_engine *engine = engine_open(path);
    version_deploy(engine, 1);
    told_count = 0;
    telling_add(0, 0, "apply", "p", begin);
    telling_add(0, 1, "go", "w", begin + DAY_MS);
    telling_add(0, 2, "fire_ok", "w", begin + 2 * DAY_MS);
    telling_add(0, 3, "land_ok", "w", begin + 3 * DAY_MS);
    advance(engine, begin + 4 * DAY_MS);
    for (size_t i = 0; i < told_count; i++) {
        tell(engine, &all[i]);
    }
    cases_get(engine, &before);
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        char source[8192], why[700];
        version_make(source, sizeof source, 2);
        replace(source, sizeof source, wrongs[i].line, "");
        assert_int_equal(source_deploy(engine, source), GJ_REFUSED);
        gj_engine_error(engine, GJ_EN, why, sizeof why);
        if (strstr(why, wrongs[i].said) == NULL) {
            fail_msg("%s", why);
        }
        cases_get(engine, &after);
        assert_string_equal(before.bytes, after.bytes);
    }
    version_deploy(engine, 2);
    cases_get(engine, &after);
    assert_string_equal(after.bytes, "c0 2 decision 0\n");
    gj_engine_close(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(live_and_anew_agree),
        cmocka_unit_test(refused_whole),
    };
    store_path_make(path, "migration");
    store_path_make(other, "migration-anew");
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    store_remove(path);
    store_remove(other);
    return failures;
}
