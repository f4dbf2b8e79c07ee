/* SPDX-License-Identifier: Apache-2.0
 *
 * See every_call.h. */
#include "api/hostile_store/every_call.h"

#include <guiju/engine.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASES_MAX = 24, TEXT_SIZE = 128, FINDINGS_MAX = 8, CASES_TOLD = 3 };
#define DAY_MS INT64_C(86400000)

typedef struct calls {
    gj_engine *engine;
    bool told; /* whoever failed said why */
    char cases[CASES_MAX][TEXT_SIZE], procedures[CASES_MAX][TEXT_SIZE];
    size_t case_count;
    char findings[FINDINGS_MAX][TEXT_SIZE], finding_cases[FINDINGS_MAX][TEXT_SIZE];
    size_t finding_count, act_count;
    const gj_judge *judge; /* of some rules */
} calls;

static gj_text text(const char *of)
{
    return (gj_text){of, strlen(of)};
}

static void keep(char to[TEXT_SIZE], gj_text from)
{
    size_t size = from.size < TEXT_SIZE ? from.size : TEXT_SIZE - 1;
    memcpy(to, from.bytes == NULL ? "" : from.bytes, size);
    to[size] = '\0';
}

/* A file of numbers that whoever reads everything adds up, so that each byte is read. */
static unsigned sum;

static void read_text(gj_text of)
{
    for (size_t i = 0; i < of.size; i++) {
        sum += (unsigned char)of.bytes[i];
    }
}

static bool bytes_read(void *payload, const char *bytes, size_t size)
{
    (void)payload;
    read_text((gj_text){bytes, size});
    return true;
}

static void answered(calls *with, const char *what, gj_status status)
{
    char en[400], zh[400];
    if (status == GJ_OK) {
        return;
    }
    gj_engine_error(with->engine, GJ_EN, en, sizeof en);
    gj_engine_error(with->engine, GJ_ZH, zh, sizeof zh);
    if (en[0] == '\0' || zh[0] == '\0') {
        fprintf(stderr, "%s: status %d, and no word why\n", what, (int)status);
        with->told = false;
    }
}

/* ---- what is heard ---- */

static bool item_hear(void *payload, gj_text json)
{
    (void)payload;
    read_text(json);
    return true;
}

static bool case_hear(void *payload, const gj_case_row *row)
{
    calls *with = payload;
    read_text(row->case_id);
    read_text(row->stage);
    read_text(row->stage_title);
    if (with->case_count < CASES_MAX) {
        keep(with->cases[with->case_count], row->case_id);
        keep(with->procedures[with->case_count++], row->procedure);
    }
    return true;
}

static bool finding_hear(void *payload, const gj_finding_row *row)
{
    calls *with = payload;
    read_text(text(gj_code_name(row->code)));
    read_text(text(gj_severity_name(row->severity)));
    read_text(row->json);
    read_text(row->post_title);
    if (with->finding_count < FINDINGS_MAX) {
        keep(with->finding_cases[with->finding_count], row->case_id);
        keep(with->findings[with->finding_count++], row->id);
    }
    return true;
}

static bool rules_hear(void *payload, const gj_rule_set *rules)
{
    calls *with = payload;
    read_text(rules->procedure);
    read_text(rules->title);
    with->judge = rules->judge;
    return true;
}

static bool key_hear(void *payload, const gj_public_key *key)
{
    (void)payload;
    read_text(text(key->id));
    return true;
}

static bool news_hear(void *payload, const gj_news *news)
{
    (void)payload;
    read_text(news->json);
    return true;
}

static bool revision_hear(void *payload, const gj_revision *revision)
{
    gj_writer out = {payload, bytes_read};
    gj_revision_print(revision, GJ_ZH, &out);
    return true;
}

static bool act_hear(void *payload, const gj_act *act)
{
    calls *with = payload;
    read_text(act->action_title);
    return ++with->act_count % 4 != 0;
}

static bool cure_hear(void *payload, const gj_cure *cure)
{
    (void)payload;
    read_text(cure->action_title);
    return true;
}

static void result_hear(void *payload, const gj_judge *judge, const gj_case_result *result)
{
    (void)payload;
    (void)judge;
    for (size_t i = 0; i < result->finding_count; i++) {
        gj_writer out = {payload, bytes_read};
        gj_finding_explain(&result->findings[i], GJ_EN, &out);
    }
}

static void judged_hear(void *payload, const gj_rule_set *rules, const gj_coverage *coverage,
                        const gj_case_result *result)
{
    (void)coverage;
    result_hear(payload, rules->judge, result);
}

/* ---- calls ---- */

static void lists_ask(calls *with)
{
    static const gj_listing all[] = {GJ_LIST_FINDINGS, GJ_LIST_WITHDRAWN, GJ_LIST_CONFLICTS};
    gj_engine *engine = with->engine;
    gj_text none = {NULL, 0};
    gj_finding_filter filter = {.size = sizeof filter, .statuses = 7};
    (void)gj_engine_case_count(engine);
    answered(with, "rule_sets", gj_engine_rule_sets(engine, with, rules_hear));
    answered(with, "keys", gj_engine_keys(engine, with, key_hear));
    answered(with, "cases", gj_engine_cases(engine, none, with, case_hear));
    answered(with, "findings", gj_engine_findings(engine, &filter, with, finding_hear));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        answered(with, "list", gj_engine_list(engine, all[i], none, none, with, item_hear));
    }
}

static gj_event event_of(const calls *with, size_t i, const char *id)
{
    static const char *const actions[] = {"close", "apply", "accept", "answer"};
    gj_instant now = gj_engine_now(with->engine);
    return (gj_event){.id = text(id),
                      .source = text("hostile"),
                      .procedure = text(with->procedures[i]),
                      .case_id = text(with->cases[i]),
                      .action = text(actions[i % 4]),
                      .officer = text("u1"),
                      .at = {.wall_ms = now > 0 && now < 200000000000000 ? now : 1700000000000,
                             .present = true,
                             .zoned = true}};
}

static void case_ask(calls *with, size_t i)
{
    static const gj_listing all[] = {GJ_LIST_FINDINGS, GJ_LIST_WITHDRAWN, GJ_LIST_REVISIONS,
                                     GJ_LIST_EVENTS};
    gj_engine *engine = with->engine;
    gj_text procedure = text(with->procedures[i]), id = text(with->cases[i]), none = {NULL, 0};
    gj_receipt receipt;
    gj_event event = event_of(with, i, "");
    gj_case_question question = {.size = sizeof question,
                                 .procedure = procedure,
                                 .case_id = id,
                                 .until = GJ_NEVER,
                                 .on_case = judged_hear};
    gj_finding_filter filter = {.size = sizeof filter, .procedure = procedure, .case_id = id};
    answered(with, "case", gj_engine_case(engine, procedure, id, NULL, result_hear));
    answered(with, "judge", gj_engine_judge(engine, &question));
    answered(with, "findings", gj_engine_findings(engine, &filter, with, finding_hear));
    for (size_t j = 0; j < sizeof all / sizeof *all; j++) {
        answered(with, "list", gj_engine_list(engine, all[j], procedure, id, NULL, item_hear));
    }
    answered(with, "check", gj_engine_check(engine, &event, &receipt, NULL, revision_hear));
    if (i == 0) {
        answered(with, "acts", gj_engine_acts(engine, procedure, id, none, with, act_hear));
    }
}

static void findings_ask(calls *with)
{
    gj_writer out = {NULL, bytes_read};
    for (size_t i = 0; i < with->finding_count && i < 2; i++) {
        answered(with, "prove", gj_engine_prove(with->engine, text(with->findings[i]), &out));
        answered(with, "cures",
                 gj_engine_cures(with->engine, text(with->procedures[0]),
                                 text(with->finding_cases[i]), text(with->findings[i]), NULL,
                                 cure_hear));
    }
}

static void all_ask(calls *with)
{
    gj_audit found = {.size = sizeof found};
    lists_ask(with);
    for (size_t i = 0; i < with->case_count; i++) {
        case_ask(with, i);
    }
    findings_ask(with);
    answered(with, "audit", gj_engine_audit(with->engine, &found));
}

static void all_tell(calls *with)
{
    gj_receipt receipt;
    gj_audit found = {.size = sizeof found};
    gj_secret_key key;
    for (size_t i = 0; i < with->case_count && i < CASES_TOLD; i++) {
        char id[TEXT_SIZE];
        snprintf(id, sizeof id, "hostile %zu", i);
        gj_event event = event_of(with, i, id);
        answered(with, "submit",
                 gj_engine_submit(with->engine, &event, 1, &receipt, NULL, news_hear));
        gj_event late = event_of(with, i, "");
        late.seq = i + 1;
        late.at.wall_ms -= 400 * DAY_MS;
        answered(with, "submit",
                 gj_engine_submit(with->engine, &late, 1, &receipt, NULL, news_hear));
    }
    gj_instant now = gj_engine_now(with->engine);
    now = now < 0 || now > 200000000000000 ? 1700000000000 : now;
    answered(with, "advance", gj_engine_advance(with->engine, now + DAY_MS, NULL, news_hear));
    answered(with, "advance", gj_engine_advance(with->engine, now + 900 * DAY_MS, NULL, news_hear));
    if (gj_secret_key_make(&key) == GJ_OK) {
        answered(with, "sign", gj_engine_audit_sign(with->engine, &key, &found));
        answered(with, "trust", gj_engine_trust(with->engine, &key.open));
    }
}

static bool round_make(const char *path, bool reads_only)
{
    calls *with = calloc(1, sizeof *with);
    gj_engine_options options = {.size = sizeof options, .path = path, .reads_only = reads_only};
    if (with == NULL) {
        return false;
    }
    with->told = true;
    gj_status status = gj_engine_open(&options, &with->engine);
    answered(with, "open", status);
    if (status == GJ_OK) {
        all_ask(with);
        if (!reads_only) {
            all_tell(with);
            with->case_count = with->finding_count = 0;
            all_ask(with);
        }
    }
    gj_engine_close(with->engine);
    bool told = with->told;
    free(with);
    return told;
}

/* By one that only reads, by one that writes, and by one that comes behind it. */
bool every_call_make(const char *path)
{
    bool reads = round_make(path, true), writes = round_make(path, false);
    return round_make(path, true) && reads && writes;
}
