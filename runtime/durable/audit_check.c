/* SPDX-License-Identifier: Apache-2.0
 *
 * See audit_check.h. What of the store the chain does not cover stands in docs/AUDIT.md, and
 * api/audit_test.c holds every column to that. */
#include "durable/audit_check.h"

#include "base/text.h"
#include "durable/audit_walk.h"
#include "feed/told.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { WORDS_SIZE = 240, NAME_SIZE = 80 };

/* The engine's own tables, as people call a row of them. */
static const char *const kind_names[GJR_RECORD_KINDS][2] = {
    [0] = {"", ""},
    [GJR_RECORD_EVENT] = {"event", "事件"},
    [GJR_RECORD_FINDING] = {"change of a finding", "异常的变更"},
    [GJR_RECORD_DEPLOYMENT] = {"deployment", "部署"},
    [GJR_RECORD_KEY] = {"trusted key", "受信任的密钥"},
};

typedef struct checking {
    gj_engine *engine;
    gjr_store *store;
    gjr_chain chain;
    int64_t rows[GJR_RECORD_KINDS]; /* the last of each kind */
    int64_t chained_late;           /* records of what was there before there was a chain */
    gj_audit *found;
    bool is_broken;
    int64_t place; /* of the first that is; of a head, where it says that it stands */
    char said[2][WORDS_SIZE];
} checking;

/* ---- what is broken ---- */

typedef struct reason {
    const char *en, *zh;
} reason;

/* Whether it is the first so far. */
static bool is_first(checking *with, int64_t place)
{
    bool first = !with->is_broken || place < with->place;
    with->place = first ? place : with->place;
    with->is_broken = true;
    return first;
}

static void record_broken(checking *with, int64_t place, int64_t kind, int64_t row, reason why)
{
    bool known = kind > 0 && kind < GJR_RECORD_KINDS;
    if (is_first(with, place)) {
        snprintf(with->said[GJ_EN], WORDS_SIZE, "record %" PRId64 " (%s %" PRId64 "): %s", place,
                 known ? kind_names[kind][GJ_EN] : "of no kind", row, why.en);
        snprintf(with->said[GJ_ZH], WORDS_SIZE, "第%" PRId64 "条记录（%s %" PRId64 "）：%s", place,
                 known ? kind_names[kind][GJ_ZH] : "种类不明", row, why.zh);
    }
}

static void head_broken(checking *with, int64_t place, reason why)
{
    if (is_first(with, place)) {
        snprintf(with->said[GJ_EN], WORDS_SIZE, "the head that was signed at record %" PRId64 " %s",
                 place, why.en);
        snprintf(with->said[GJ_ZH], WORDS_SIZE, "在第%" PRId64 "条记录处签署的链首%s", place,
                 why.zh);
    }
}

/* Of something that no record names: it counts as behind the last. */
static void thing_broken(checking *with, reason what, gj_text name, reason why)
{
    int size = (int)gjb_text_cut(name, NAME_SIZE);
    if (is_first(with, with->chain.place + 1)) {
        snprintf(with->said[GJ_EN], WORDS_SIZE, "%s \"%.*s\" %s", what.en, size, name.bytes,
                 why.en);
        snprintf(with->said[GJ_ZH], WORDS_SIZE, "%s“%.*s”%s", what.zh, size, name.bytes, why.zh);
    }
}

static const reason a_case = {"the case", "办件"}, a_finding = {"the finding", "异常"};

/* ---- events ---- */

/* The columns of AUDIT_EVENT_ROW. */
enum {
    EVENT_TOLD,
    EVENT_DEPLOYMENT,
    EVENT_SOURCE,
    EVENT_ID,
    EVENT_AT,
    EVENT_BEFORE,
    EVENT_JUDGED_BY,
};

/* What the row says beside the event follows from the event. */
static bool event_holds(const gjr_rule_set *rules, gjr_statement *row, const gj_event *event)
{
    gj_instant at = event->at.present ? gj_judge_instant(rules->judge, &event->at) : INT64_MIN;
    return gjb_text_equal(gjr_statement_text(row, EVENT_SOURCE), event->source) &&
           gjb_text_equal(gjr_statement_text(row, EVENT_ID), event->id) &&
           gjr_statement_int(row, EVENT_AT) == at;
}

/* What the case opened under leads to what it is judged by. */
static bool leads_to(const checking *with, gjr_rule_set *opened, gjr_rule_set *rules)
{
    return opened != NULL && rules != NULL &&
           gjr_rule_set_at(with->engine, opened, rules, GJ_NEVER) == rules;
}

/* The case opened under the rules that were in force then. */
static bool rules_hold(const checking *with, const gjr_rule_set *rules)
{
    return rules != NULL &&
           gjr_rule_set_was_in_force(with->engine, rules, with->rows[GJR_RECORD_DEPLOYMENT]);
}

static void event_check(checking *with, int64_t place, int64_t number)
{
    gj_feed *feed = NULL;
    const gj_event *event = NULL;
    gjr_statement *row = gjr_store_ask(with->store, GJR_QUERY_AUDIT_EVENT_ROW);
    if (row == NULL) {
        return;
    }
    gjr_statement_bind_int(row, 1, number);
    if (gjr_store_row(with->store, row)) {
        gjr_rule_set *rules =
            gjr_rule_set_get(with->engine, gjr_statement_int(row, EVENT_DEPLOYMENT));
        gjr_rule_set *now = gjr_rule_set_get(with->engine, gjr_statement_int(row, EVENT_JUDGED_BY));
        bool opens = gjr_statement_is_null(row, EVENT_BEFORE) && place > with->chained_late;
        gj_status status =
            gjr_told_open(with->store->allocator, gjr_statement_text(row, EVENT_TOLD), &feed);
        status = status == GJ_OK ? gj_feed_next(feed, &event) : status;
        if (!leads_to(with, rules, now) || (opens && !rules_hold(with, rules))) {
            record_broken(with, place, GJR_RECORD_EVENT, number,
                          (reason){"its case is judged by other rules than were in force then",
                                   "其办件所依规则并非当时生效者"});
        } else if (status == GJ_NO_MEMORY) {
            gjr_store_fail(with->store, status);
        } else if (status != GJ_OK || !event_holds(rules, row, event)) {
            record_broken(with, place, GJR_RECORD_EVENT, number,
                          (reason){"the row says something else than the event in it",
                                   "所在行与其中的事件不符"});
        }
        gj_feed_close(feed);
    }
    gjr_store_done(row);
}

/* ---- keys ---- */

/* It is trusted since the deployment that was recorded last before it. */
static void key_check(checking *with, int64_t place, int64_t number)
{
    gjr_statement *row = gjr_store_ask(with->store, GJR_QUERY_AUDIT_KEY_AFTER);
    if (row == NULL) {
        return;
    }
    gjr_statement_bind_int(row, 1, number);
    if (gjr_store_row(with->store, row) &&
        gjr_statement_int(row, 0) != with->rows[GJR_RECORD_DEPLOYMENT]) {
        record_broken(with, place, GJR_RECORD_KEY, number,
                      (reason){"it is trusted since another deployment than the chain says",
                               "其受信任的起始部署与链不符"});
    }
    gjr_store_done(row);
}

/* ---- the chain ---- */

static bool record_check(checking *with, const gjr_audited *record)
{
    int64_t place = record->place, kind = record->kind, row = record->row;
    gj_text hash = record->hash;
    uint8_t content[GJB_HASH_SIZE];
    gjr_chain next = with->chain;
    if (place != next.place + 1) {
        record_broken(with, next.place + 1, 0, 0, (reason){"it is missing", "缺失"});
    } else if (kind < 1 || kind >= GJR_RECORD_KINDS || row != with->rows[kind] + 1 ||
               !record->is_placed) {
        record_broken(with, place, kind, row,
                      (reason){"it is of another row than comes next", "不是应当相继的一行"});
    } else if (!gjr_audit_content(with->store, (gjr_record_kind)kind, row, content)) {
        record_broken(with, place, kind, row, (reason){"what it is of is missing", "所记内容缺失"});
    } else {
        gjr_chain_add(&next, (gjr_record_kind)kind, content);
        if (hash.size != sizeof next.hash || memcmp(hash.bytes, next.hash, hash.size) != 0) {
            record_broken(
                with, place, kind, row,
                (reason){"it, or what it is of, was altered", "该记录或者所记内容已被改动"});
        } else if (kind == GJR_RECORD_EVENT) {
            event_check(with, place, row);
        } else if (kind == GJR_RECORD_KEY) {
            key_check(with, place, row);
        }
    }
    if (!with->is_broken) {
        with->rows[kind] = row;
        with->chain = next;
    }
    return !with->is_broken;
}

static void records_check(checking *with)
{
    gjr_audit_walk walk;
    gjr_audited record;
    gjr_audit_walk_init(&walk, with->store, 0);
    while (gjr_audit_walk_next(&walk, &record) && record_check(with, &record)) {
    }
    gjr_audit_walk_deinit(&walk);
}

/* Rows that no record is of. */
static void rows_check(checking *with)
{
    gjr_statement *counts = gjr_store_ask(with->store, GJR_QUERY_AUDIT_COUNTS);
    if (gjr_store_row(with->store, counts)) {
        for (int kind = 1; kind < GJR_RECORD_KINDS; kind++) {
            if (gjr_statement_int(counts, kind - 1) != with->rows[kind]) {
                record_broken(with, with->chain.place + 1, kind, with->rows[kind] + 1,
                              (reason){"there is no record of it", "没有相应的记录"});
            }
        }
    }
    gjr_store_done(counts);
}

/* ---- what leads from one row to another ---- */

/* Each event names the one of its case before it; the case its latest; what waits lies ahead. */
static void links_check(checking *with)
{
    gjr_statement *row = gjr_store_ask(with->store, GJR_QUERY_AUDIT_EVENT_UNLINKED);
    if (gjr_store_row(with->store, row)) {
        int64_t place =
            gjr_statement_is_null(row, 1) ? with->chain.place + 1 : gjr_statement_int(row, 1);
        record_broken(with, place, GJR_RECORD_EVENT, gjr_statement_int(row, 0),
                      (reason){"it does not stand where it did among the events of its case, or "
                               "waits for another time than it tells",
                               "在本办件各事件中的位置、或者等待的时刻，已被改动"});
    }
    gjr_store_done(row);
    row = gjr_store_ask(with->store, GJR_QUERY_AUDIT_CASE_UNLINKED);
    if (gjr_store_row(with->store, row)) {
        thing_broken(with, a_case, gjr_statement_text(row, 0),
                     (reason){"does not lead to its latest event", "未指向其最近的事件"});
    }
    gjr_store_done(row);
}

/* ---- findings ---- */

/* The columns of AUDIT_FINDINGS. */
enum {
    FINDING_ID,
    FINDING_CODE,
    FINDING_SEVERITY,
    FINDING_STATUS,
    FINDING_AT,
    FINDING_JSON,
    FINDING_SAID_ID,
    FINDING_SAID_CODE,
    FINDING_SAID_SEVERITY,
    FINDING_SAID_STATUS,
    FINDING_SAID_AT,
    FINDING_CHANGE,
    FINDING_CHANGE_ROW,
    FINDING_PLACE,
};

/* "…","finding":JSON} or ,"before":…} */
static bool is_in_change(gj_text change, gj_text json)
{
    static const char word[] = "\"finding\":";
    const char *at = change.bytes == NULL || json.size == 0
                         ? NULL
                         : memmem(change.bytes, change.size, word, sizeof word - 1);
    size_t left = at == NULL ? 0 : (size_t)(change.bytes + change.size - at) - (sizeof word - 1);
    at = at == NULL ? NULL : at + sizeof word - 1;
    return left > json.size && memcmp(at, json.bytes, json.size) == 0 &&
           (at[json.size] == '}' || at[json.size] == ',');
}

static bool is_instant(gj_text said, gj_instant at)
{
    gj_stamp stamp;
    return gj_stamp_parse(said, &stamp) && stamp.wall_ms - stamp.offset_s * INT64_C(1000) == at;
}

static bool is_withdrawal(gj_text change)
{
    static const char begin[] = "{\"change\":\"withdrawn\"";
    return change.size >= sizeof begin - 1 && memcmp(change.bytes, begin, sizeof begin - 1) == 0;
}

/* The number that stands for the word; -1: none. */
static int64_t word_find(gj_text said, const char *const *words, int64_t count)
{
    int64_t i = 0;
    while (i < count && !gjb_text_equal_string(said, words[i])) {
        i++;
    }
    return i == count ? -1 : i;
}

static bool finding_holds(gjr_statement *row)
{
    static const char *const severities[] = {"notice", "yellow", "red"}, *const statuses[] = {
                                                                             "open", "closed",
                                                                             "withdrawn"};
    gj_text change = gjr_statement_text(row, FINDING_CHANGE);
    int64_t status = is_withdrawal(change)
                         ? GJ_WITHDRAWN
                         : word_find(gjr_statement_text(row, FINDING_SAID_STATUS), statuses, 3);
    return is_in_change(change, gjr_statement_text(row, FINDING_JSON)) &&
           gjb_text_equal(gjr_statement_text(row, FINDING_ID),
                          gjr_statement_text(row, FINDING_SAID_ID)) &&
           gjb_text_equal(gjr_statement_text(row, FINDING_CODE),
                          gjr_statement_text(row, FINDING_SAID_CODE)) &&
           gjr_statement_int(row, FINDING_SEVERITY) ==
               word_find(gjr_statement_text(row, FINDING_SAID_SEVERITY), severities, 3) &&
           gjr_statement_int(row, FINDING_STATUS) == status &&
           is_instant(gjr_statement_text(row, FINDING_SAID_AT), gjr_statement_int(row, FINDING_AT));
}

/* Findings are shown from their own rows: each is what its last change says. */
static void findings_check(checking *with)
{
    gjr_statement *rows = gjr_store_ask(with->store, GJR_QUERY_AUDIT_FINDINGS);
    while (gjr_store_row(with->store, rows)) {
        if (gjr_statement_is_null(rows, FINDING_PLACE)) {
            thing_broken(with, a_finding, gjr_statement_text(rows, FINDING_ID),
                         (reason){"is there without a change that made it", "没有形成它的变更"});
        } else if (!finding_holds(rows)) {
            record_broken(with, gjr_statement_int(rows, FINDING_PLACE), GJR_RECORD_FINDING,
                          gjr_statement_int(rows, FINDING_CHANGE_ROW),
                          (reason){"the finding that is shown is another than its last change says",
                                   "所示异常与其最近一次变更不符"});
        }
    }
    gjr_store_done(rows);
}

/* When a change was made stands in it; the row says it once more. */
static void changes_check(checking *with)
{
    gjr_statement *rows = gjr_store_ask(with->store, GJR_QUERY_AUDIT_CHANGES);
    while (gjr_store_row(with->store, rows)) {
        gj_text said = gjr_statement_text(rows, 2);
        gj_instant now = gjr_statement_int(rows, 1);
        if (said.bytes == NULL ? now != INT64_MIN : !is_instant(said, now)) {
            record_broken(with, gjr_statement_int(rows, 3), GJR_RECORD_FINDING,
                          gjr_statement_int(rows, 0),
                          (reason){"the row says another time than the change in it",
                                   "所在行的时刻与其中的变更不符"});
            break;
        }
    }
    gjr_store_done(rows);
}

/* ---- heads ---- */

bool gjr_audit_head(gjr_statement *row, gjr_signed_head *head)
{
    gj_text hash = gjr_statement_text(row, 1), key = gjr_statement_text(row, 3),
            signature = gjr_statement_text(row, 4);
    if (hash.size != sizeof head->chain.hash || key.size != sizeof head->key ||
        signature.size != sizeof head->signature) {
        return false;
    }
    head->chain.place = gjr_statement_int(row, 0);
    head->clock = gjr_statement_int(row, 2);
    memcpy(head->chain.hash, hash.bytes, hash.size);
    memcpy(head->key, key.bytes, key.size);
    memcpy(head->signature, signature.bytes, signature.size);
    return true;
}

/* The hash that the chain has at a place; it was checked before. */
static bool is_in_chain(checking *with, const gjr_chain *chain)
{
    uint8_t hash[GJB_HASH_SIZE];
    return gjr_audit_hash(with->store, chain->place, hash) &&
           memcmp(hash, chain->hash, sizeof hash) == 0;
}

static void head_count(gj_audit *found, const gjr_signed_head *head)
{
    const gj_public_key *key = found->key;
    if (key == NULL || memcmp(head->key, key->bytes, sizeof head->key) == 0) {
        found->signed_count++;
        found->signed_place = (uint64_t)head->chain.place;
    } else {
        found->foreign_count++;
    }
}

/* A chain that was made anew does not come to the heads that were signed. */
static void heads_check(checking *with)
{
    gjr_statement *rows = gjr_store_ask(with->store, GJR_QUERY_HEADS);
    while (gjr_store_row(with->store, rows)) {
        gjr_signed_head head;
        if (!gjr_audit_head(rows, &head) ||
            !gjr_head_check(&head.chain, head.clock, head.key, head.signature)) {
            head_broken(with, gjr_statement_int(rows, 0),
                        (reason){"bears a signature that does not hold", "的签名不成立"});
        } else if (!is_in_chain(with, &head.chain)) {
            head_broken(with, head.chain.place,
                        (reason){"is not where the chain comes to", "与链在该处的结果不符"});
        } else {
            head_count(with->found, &head);
        }
    }
    gjr_store_done(rows);
}

/* ---- all of it ---- */

/* The chain as it stands before what is broken. */
static void whole_part_find(checking *with)
{
    gjr_chain *chain = &with->chain;
    if (!with->is_broken || with->place > chain->place) {
        return;
    }
    chain->place = with->place < 1 ? 0 : with->place - 1;
    gjr_audit_hash(with->store, chain->place, chain->hash);
}

static void all_check(checking *with)
{
    gjr_statement *row = gjr_store_ask(with->store, GJR_QUERY_AUDIT_IS_BEGUN);
    with->chained_late = gjr_store_row(with->store, row) ? gjr_statement_int(row, 0) - 1 : 0;
    gjr_store_done(row);
    records_check(with);
    if (!with->is_broken && with->store->status == GJ_OK) {
        rows_check(with);
        links_check(with);
        findings_check(with);
        changes_check(with);
        heads_check(with);
    }
    whole_part_find(with);
}

gj_status gjr_audit_check(gj_engine *engine, gjr_store *store, gj_audit *found)
{
    checking with = {.engine = engine, .store = store, .found = found};
    *found = (gj_audit){.size = found->size, .key = found->key};
    gj_status begun = gjr_database_run(store->database, "BEGIN"); /* one and the same view */
    gjr_store_fail(store, begun);
    all_check(&with);
    if (begun == GJ_OK) {
        gjr_database_run(store->database, "ROLLBACK");
    }
    found->record_count = (uint64_t)with.chain.place;
    gjb_hash_hex(with.chain.hash, sizeof with.chain.hash, found->head);
    if (store->status != GJ_OK) {
        return gjr_engine_fail_store(engine, store, store->status);
    }
    if (with.is_broken) {
        found->broken = with.place < 1 ? 0 : (uint64_t)with.place;
        gjr_engine_fail(engine, GJR_FAILURE_AUDIT, with.said[GJ_EN], with.said[GJ_ZH]);
        return GJ_REFUSED;
    }
    return GJ_OK;
}
