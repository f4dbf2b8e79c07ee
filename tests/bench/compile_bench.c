/* SPDX-License-Identifier: Apache-2.0
 *
 * The compiler by its phases, over a made source of 10,000 lines: twenty procedures, every second
 * one in Chinese, each of ten rounds of an office's work with data, documents, limits and rules.
 * The floor is what any compiler must do with these bytes: take them in and cut them into pieces by
 * the same scanner. Printed: milliseconds of each phase, medians of the runs, and how many times
 * the floor they are; then what loading the image costs, beside hashing its bytes. */
#include "analysis/budgets.h"
#include "analysis/checks.h"
#include "analysis/recovery.h"
#include "base/hash.h"
#include "base/text.h"
#include "emit/emit.h"
#include "sema/resolve.h"
#include "syntax/lexer.h"

#include "measuring.h"

#include <string.h>

enum {
    PROCEDURES = 20,
    ROUNDS = 2 + 8 / SIZE_DIVISOR,
    RUNS = 1 + 8 / SIZE_DIVISOR,
    TARGET_MS = 100
};

/* ---- the source ---- */

static const char head[] = "module bench.large\n\n"
                           "calendar office {\n  zone \"Asia/Shanghai\"\n  week mon..fri\n}\n\n"
                           "law act \"Act\" effective 2020-01-01 {\n"
                           "  article 1 \"Receipt\"\n  article 2 \"Time\"\n}\n\n"
                           "department amr \"Market Regulation\" {\n"
                           "  post window \"受理窗口\"\n  post inspector \"核查岗\"\n"
                           "  post chief \"审批岗\"\n}\n";

static const char english_head[] = "\n# Procedure %u, as it is in force.\n"
                                   "procedure licence_%u \"Licence %u\" {\n"
                                   "  version 1 effective 2024-01-01\n  calendar office\n\n";
static const char english_data[] =
    "  data {\n    kind_%u \"Kind\" : one of { first_%u \"First\", change_%u, renewal_%u }\n"
    "    area_%u \"Area\" : number optional\n    fee_%u : money = 0\n"
    "    inspectors_%u : list of officer\n    filed_on_%u : date\n  }\n"
    "  documents {\n    form_%u \"Application form %u\" required\n"
    "    plan_%u \"Floor plan %u\" required when kind_%u is first_%u\n"
    "    letter_%u optional\n  }\n";
static const char english_work[] =
    "  action pay_%u \"Paying %u\" alias \"fee %u taken\"\n"
    "  stage filed_%u \"Filed\"%s {\n"
    "    on accept_%u by window -> review_%u needs documents\n"
    "    on ask_more_%u by window -> amending_%u once basis act.1\n"
    "    on refuse_%u by window -> refused\n  }\n"
    "  stage amending_%u \"Amending\" held by applicant {\n"
    "    on resubmit_%u by applicant -> filed_%u\n  }\n"
    "  stage review_%u {\n"
    "    on inspect_%u by inspector when area_%u else 0 > 100\n"
    "    on propose_%u by inspector, window -> decision_%u\n  }\n"
    "  stage decision_%u \"Decision\" {\n"
    "    on approve_%u by chief when count(inspectors_%u) >= 2 and times(inspect_%u) < 3"
    " -> filed_%u\n"
    "    on reject_%u by chief -> refused\n"
    "    on reconsider_%u by chief -> review_%u\n  }\n"
    "  limit decide_%u \"Deciding\" {\n    from accept_%u to approve_%u or reject_%u\n"
    "    within 20 workdays\n    red overdue\n    basis act.2\n    duty chief\n  }\n"
    "  limit amend_%u \"Amending\" {\n    from entering amending_%u to leaving amending_%u\n"
    "    within 5 days\n    does not roll\n    notice overdue\n    duty applicant\n  }\n"
    "  rule two_%u \"Two inspectors\" red basis act.1 {\n"
    "    on inspect_%u require count(inspectors_%u) >= 2\n  }\n"
    "  rule free_%u \"No fee\" red {\n    never pay_%u when fee_%u > 0 and not (kind_%u is "
    "renewal_%u)\n  }\n";
static const char english_foot[] = "  stage filed_%u \"Granted\" final\n"
                                   "  stage refused final\n}\n";

static const char chinese_head[] = "\n# 第%u项，现行有效。\n流程 许可_%u \"许可%u\" {\n"
                                   "  版本 1 自 2024年1月1日 起施行\n  日历 office\n\n";
static const char chinese_data[] =
    "  数据 {\n    类型_%u \"申请类型\"：取值 { 首次_%u \"首次申请\"、变更_%u、延续_%u }\n"
    "    面积_%u \"经营面积\"：数值 选填\n    费用_%u：金额 = 0\n"
    "    核查人员_%u：若干 工作人员\n    申请日_%u：日期\n  }\n"
    "  材料 {\n    申请书_%u \"申请书正本%u\" 必交\n"
    "    平面图_%u \"场所平面图%u\" 当 类型_%u 为 首次_%u 时 必交\n    委托书_%u 选交\n  }\n";
static const char chinese_work[] =
    "  行为 收费_%u \"收取费用%u\" 又称 \"缴费%u\"\n"
    "  环节 收件_%u \"收件审核\"%s {\n"
    "    由 window 受理_%u，转 审查_%u，须备齐 材料\n"
    "    由 window 告知补正_%u，转 补正_%u，仅限一次，依据 act.1\n"
    "    由 window 不予受理_%u，转 不予受理\n  }\n"
    "  环节 补正_%u \"补正材料\" 待 申请人 {\n"
    "    由 申请人 提交补正_%u，转 收件_%u\n  }\n"
    "  环节 审查_%u {\n"
    "    当 面积_%u 缺省为 0 > 100 时 由 inspector 现场核查_%u\n"
    "    由 inspector、window 提出意见_%u，转 决定_%u\n  }\n"
    "  环节 决定_%u \"审批决定\" {\n"
    "    当 人数（核查人员_%u） >= 2 且 次数（现场核查_%u） < 3 时 由 chief 准予_%u，转 收件_%u\n"
    "    由 chief 不予_%u，转 不予受理\n"
    "    由 chief 退回重审_%u，转 审查_%u\n  }\n"
    "  时限 决定期限_%u \"作出决定\" {\n    自 受理_%u 起 至 准予_%u 或 不予_%u 止\n"
    "    限 20个工作日内\n    红牌 逾期\n    依据 act.2\n    责任岗位 chief\n  }\n"
    "  时限 补正期限_%u \"补正期限\" {\n    自 进入 补正_%u 起 至 离开 补正_%u 止\n"
    "    限 5日内\n    遇休不顺延\n    提示 逾期\n    责任岗位 申请人\n  }\n"
    "  规则 两人_%u \"两人核查\" 红牌 依据 act.1 {\n"
    "    办理 现场核查_%u 应当满足 人数（核查人员_%u） >= 2\n  }\n"
    "  规则 免费_%u \"不得收费\" 红牌 {\n    当 费用_%u > 0 且 非（类型_%u 为 延续_%u） 时 不得 "
    "收费_%u"
    "\n  }\n";
static const char chinese_foot[] = "  环节 收件_%u \"已准予\" 终结\n  环节 不予受理 终结\n}\n";

/* A template's %u is the round's number; the one after the last `->` or 转 is the next round's. */
static void template_add(gjb_buffer *out, const char *text, unsigned round, unsigned next_at,
                         const char *initial)
{
    unsigned seen = 0;
    for (const char *at; (at = strchr(text, '%')) != NULL; text = at + 2) {
        gjb_buffer_add(out, text, (size_t)(at - text));
        if (at[1] == 's')
            gjb_buffer_add_string(out, initial);
        else
            gjb_buffer_add_int(out, ++seen == next_at ? round + 1 : round);
    }
    gjb_buffer_add_string(out, text);
}

/* The %u of either work template that leads on to the next round. */
enum { NEXT = 22 };

static void procedure_add(gjb_buffer *out, unsigned number)
{
    bool zh = number % 2 == 1;
    template_add(out, zh ? chinese_head : english_head, number, 0, "");
    for (unsigned round = 0; round < ROUNDS; round++) {
        template_add(out, zh ? chinese_data : english_data, round, 0, "");
        template_add(out, zh ? chinese_work : english_work, round, NEXT,
                     round > 0 ? ""
                     : zh      ? " 起始"
                               : " initial");
    }
    template_add(out, zh ? chinese_foot : english_foot, ROUNDS, 0, "");
}

static void source_make(gjb_buffer *out)
{
    gjb_buffer_add_string(out, head);
    for (unsigned i = 0; i < PROCEDURES; i++)
        procedure_add(out, i);
}

static size_t count_lines(const gjb_buffer *text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text->size; i++)
        lines += text->bytes[i] == '\n';
    return lines;
}

/* ---- the compiler, phase by phase ---- */

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "compile_bench: %s\n", what);
        exit(1);
    }
}

typedef enum phase { PARSE, SEMA, ANALYSIS, EMIT, PHASES } phase;

typedef struct desk {
    gjb_arena arena;
    gjc_sources sources;
    gjc_diag_list diags;
    gjc_modules modules;
    gjc_models models;
    gjc_graph *graphs;
    gjc_recovery_table *recoveries;
} desk;

static void desk_init(desk *d)
{
    *d = (desk){.graphs = NULL};
    gjb_arena_init(&d->arena, NULL);
    gjc_sources_init(&d->sources, &d->arena);
    gjc_diag_list_init(&d->diags, &d->arena);
    gjc_modules_init(&d->modules, &d->sources, &d->diags);
}

static void analyse(desk *d)
{
    gjc_calendars none = {.count = 0};
    d->graphs = gjb_arena_make(&d->arena, d->models.count, sizeof *d->graphs);
    d->recoveries = gjb_arena_make(&d->arena, d->models.count, sizeof *d->recoveries);
    must(d->graphs != NULL && d->recoveries != NULL, "memory");
    for (size_t i = 0; i < d->models.count; i++) {
        const gjc_model *model = &d->models.items[i];
        must(gjc_checks_size(model, &d->diags), "size");
        must(gjc_graph_init(&d->graphs[i], model, &d->arena) == GJ_OK, "graph");
        gjc_checks_graph(&d->graphs[i], &d->diags);
        gjc_budgets_check(&d->graphs[i], &none, &d->diags);
        must(gjc_recovery_find(&d->graphs[i], &d->arena, &d->recoveries[i]) == GJ_OK, "recovery");
    }
}

static void emit(desk *d, gjb_buffer *image)
{
    gjr_bundle bundle = gjr_bundle_begin(image, (uint32_t)d->models.count);
    for (size_t i = 0; i < d->models.count; i++)
        must(gjc_emit(&d->graphs[i], &d->recoveries[i], &d->sources, &bundle) == GJ_OK, "emit");
    must(gjr_bundle_finish(&bundle) == GJ_OK, "image");
}

static void compile(gj_text text, double *seconds, gjb_buffer *image)
{
    desk d;
    double at[PHASES + 1] = {seconds_now()};
    desk_init(&d);
    must(gjc_modules_add_text(&d.modules, gjb_text_of("large.gj"), text) == GJ_OK &&
             gjc_modules_load(&d.modules) == GJ_OK,
         "parse");
    at[PARSE + 1] = seconds_now();
    must(gjc_resolve(&d.modules, &d.models) == GJ_OK, "sema");
    at[SEMA + 1] = seconds_now();
    analyse(&d);
    at[ANALYSIS + 1] = seconds_now();
    if (d.diags.error_count > 0) {
        gjb_buffer words;
        gjb_buffer_init(&words, NULL);
        gjc_diag_print(d.diags.first, &d.sources, (gjc_diag_style){GJ_EN, false}, &words);
        fprintf(stderr, "%.*s", (int)words.size, words.bytes);
        must(false, "the source has errors");
    }
    emit(&d, image);
    at[EMIT + 1] = seconds_now();
    gjb_arena_deinit(&d.arena);
    for (int i = 0; i < PHASES; i++)
        seconds[i] = at[i + 1] - at[i];
}

/* ---- floors ---- */

/* Takes the bytes in and cuts them into pieces; how many there are. */
static size_t floor_scan(gj_text text)
{
    gjb_arena arena;
    gjc_sources sources;
    gjc_diag_list diags;
    gjc_keywords keywords;
    gjc_lexer lexer = {.record = NULL};
    uint32_t source;
    size_t count = 0;
    gjb_arena_init(&arena, NULL);
    gjc_sources_init(&sources, &arena);
    gjc_diag_list_init(&diags, &arena);
    must(gjc_sources_add(&sources, gjb_text_of("large.gj"), text, &diags, &source) == GJ_OK &&
             gjc_keywords_init(&keywords, &arena) == GJ_OK &&
             gjc_lexer_init(&lexer, &arena, gjc_sources_get(&sources, source), source, &keywords) ==
                 GJ_OK,
         "floor");
    lexer.diags = &diags;
    for (; gjc_lexer_peek(&lexer, 0)->kind != GJC_RAW_END; gjc_lexer_step(&lexer))
        count++;
    gjc_keywords_deinit(&keywords);
    gjb_arena_deinit(&arena);
    return count;
}

static void measure_compile(gj_text text, gjb_buffer *image)
{
    static const char *const names[] = {"parse", "sema", "analysis", "emit"};
    double runs[PHASES + 2][RUNS];
    size_t pieces = 0;
    for (int run = 0; run < RUNS; run++) {
        double seconds[PHASES], begin = seconds_now();
        pieces = floor_scan(text);
        runs[PHASES + 1][run] = seconds_now() - begin;
        gjb_buffer_reset(image);
        compile(text, seconds, image);
        runs[PHASES][run] = 0;
        for (int i = 0; i < PHASES; i++) {
            runs[i][run] = seconds[i];
            runs[PHASES][run] += seconds[i];
        }
    }
    double floor_s = median_of(runs[PHASES + 1], RUNS), whole_s = median_of(runs[PHASES], RUNS);
    printf("  %zu pieces; floor, taking in and scanning: %.2f ms\n", pieces, floor_s * 1e3);
    for (int i = 0; i < PHASES; i++) {
        double phase_s = median_of(runs[i], RUNS);
        printf("    %-10s %7.2f ms  %5.2f floors\n", names[i], phase_s * 1e3, phase_s / floor_s);
    }
    printf("    %-10s %7.2f ms  %5.2f floors  (at most %d ms: %s)\n", "whole", whole_s * 1e3,
           whole_s / floor_s, TARGET_MS, whole_s * 1e3 <= TARGET_MS ? "kept" : "NOT KEPT");
}

/* ---- loading ---- */

static void measure_load(const gjb_buffer *file)
{
    double load_runs[RUNS], hash_runs[RUNS];
    for (int run = 0; run < RUNS; run++) {
        uint8_t digest[GJB_HASH_SIZE];
        gj_image *image = NULL;
        double begin = seconds_now();
        gjb_hash_of(file->bytes, file->size, digest);
        hash_runs[run] = seconds_now() - begin;
        begin = seconds_now();
        must(gj_image_load(NULL, file->bytes, file->size, &image, NULL) == GJ_OK, "load");
        load_runs[run] = seconds_now() - begin;
        gj_image_destroy(image);
    }
    double load_s = median_of(load_runs, RUNS), hash_s = median_of(hash_runs, RUNS);
    printf("  image of %zu bytes; floor, SHA-256 of them: %.2f ms\n", file->size, hash_s * 1e3);
    printf("    %-10s %7.2f ms  %5.2f floors\n", "load", load_s * 1e3, load_s / hash_s);
}

int main(void)
{
    gjb_buffer source, image;
    gjb_buffer_init(&source, NULL);
    gjb_buffer_init(&image, NULL);
    source_make(&source);
    must(!source.failed, "memory");
    printf("  %zu lines, %zu bytes, %d procedures\n", count_lines(&source), source.size,
           PROCEDURES);
    measure_compile(gjb_buffer_text(&source), &image);
    measure_load(&image);
    gjb_buffer_deinit(&image);
    gjb_buffer_deinit(&source);
    return 0;
}
