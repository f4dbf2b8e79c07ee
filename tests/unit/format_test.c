/* SPDX-License-Identifier: Apache-2.0
 *
 * The formatter: every row of the table of word orders both ways, every construct of the surface
 * files, and what must hold of any source: writing twice is writing once, the tree stays, every
 * comment stays, and the way through the other language leads to the same text. The last are tried
 * on sources made at random from the surface files: clauses left out, keywords in any spelling of
 * either language, blank lines and comments anywhere. */
#include <guiju/compile.h>

#include "format/clause.h"
#include "format/compare.h"
#include "syntax/keyword.h"
#include "syntax/make.h"

#include "guiju.tab.h"
#include "parsing.h"
#include "twin_images.h"

enum { ROUNDS = 60, ROUNDS_PROVED = 1500 };

/* ---- formatting a text ---- */

static char *format_as(const char *text, gj_keywords keywords, const char *codes)
{
    const char *root = getenv("GUIJU_ROOT");
    char library[4096];
    snprintf(library, sizeof library, "%s/stdlib", root != NULL ? root : ".");
    gj_compile_options options = {.size = sizeof options, .library = library};
    gj_compilation *c = NULL;
    assert_int_equal(gj_format(&options, "t.gj", gjb_text_of(text), keywords, &c), GJ_OK);
    gj_text made = gj_compilation_formatted(c);
    char *copy = made.bytes != NULL ? strndup(made.bytes, made.size) : NULL;
    if (gj_compilation_error_count(c) > 0) {
        assert_null(copy);
        const char *code = gj_compilation_diagnostic(c, 0).code;
        if (codes == NULL || strstr(codes, code) == NULL)
            fail_msg("%s at line %u of:\n%s", code, gj_compilation_diagnostic(c, 0).line, text);
    } else {
        assert_null(codes);
        assert_non_null(copy);
    }
    gj_compilation_destroy(c);
    return copy;
}

static char *format(const char *text, gj_keywords keywords)
{
    return format_as(text, keywords, NULL);
}

/* Says where two texts part: cmocka's own message is cut before long ones do. */
static void same_text(const char *text, const char *expected)
{
    size_t at = 0, begin = 0, line = 1;
    for (; text[at] == expected[at] && text[at] != '\0'; at++)
        if (text[at] == '\n') {
            begin = at + 1;
            line++;
        }
    if (text[at] != expected[at])
        fail_msg("line %zu: expected “%.*s”, found “%.*s”", line,
                 (int)strcspn(expected + begin, "\n"), expected + begin,
                 (int)strcspn(text + begin, "\n"), text + begin);
}

static void formats_to(const char *text, gj_keywords keywords, const char *expected)
{
    char *made = format(text, keywords);
    same_text(made, expected);
    free(made);
}

/* ---- the table ---- */

/* Where a clause stands: %s is its place. Both sides are what the formatter writes, so the same
 * text serves as source and as result. */
static const char *const places[][2] = {
    {"procedure p {\n  %s\n}\n", "流程 p {\n  %s\n}\n"},
    {"procedure p {\n  stage s {\n    %s\n  }\n}\n", "流程 p {\n  环节 s {\n    %s\n  }\n}\n"},
    {"procedure p {\n  limit l {\n    %s\n  }\n}\n", "流程 p {\n  时限 l {\n    %s\n  }\n}\n"},
    {"procedure p {\n  post c {\n    %s\n  }\n}\n", "流程 p {\n  岗位 c {\n    %s\n  }\n}\n"},
    {"procedure p {\n  rule r {\n    %s\n  }\n}\n", "流程 p {\n  规则 r {\n    %s\n  }\n}\n"},
    {"procedure p {\n  documents {\n    %s\n  }\n}\n", "流程 p {\n  材料 {\n    %s\n  }\n}\n"},
    {"scorecard k per post monthly {\n  %s\n}\n", "考核 k 按 岗位 按月 {\n  %s\n}\n"},
    {"scenario \"t\" for p {\n  %s\n}\n", "案例 \"t\" 用于 p {\n  %s\n}\n"},
    {"%s\n", "%s\n"},
};

static const struct {
    int place;
    const char *en, *zh;
} rows[] = {
    {0, "version 3 effective 2024-02-05", "版本 3 自 2024年2月5日 起施行"},
    {1, "on a by p -> s needs x", "由 p a，转 s，须备齐 x"},
    {1, "on a -> s needs documents", "办理 a，转 s，须备齐 材料"},
    {1, "on a by p, q", "由 p 和 q a"},
    {1, "on a by d.p, q -> s", "由 d.p 和 q a，转 s"},
    {1, "on a by p, q, r -> s", "由 p、q 和 r a，转 s"},
    {1, "on a by p -> s when x > 3", "当 x 超过 3 时 由 p a，转 s"},
    {1, "on a -> s when x once", "当 x 时 办理 a，转 s，仅限一次"},
    {1, "on a by p -> s at most 3 times set x = 2 set y = true basis l.42.1",
     "由 p a，转 s，最多 3次，记 x = 2，记 y = 真，依据 l.42.1"},
    {1, "after 5 workdays from a or b -> s deemed c as of start",
     "自 a 或 b 起 逾5个工作日 未办，转 s，视为 自起算日 c"},
    {1, "after n days from entering s -> t when x deemed c { f: 1, g: true } as of expiry duty p",
     "自 进入 s 起 逾 n 日 未办，转 t，当 x 时，视为 自届满日 c { f：1、g：真 }，责任岗位 p"},
    {1, "after (n + 1) hours from a -> t", "自 a 起 逾（n + 1）小时 未办，转 t"},
    {2, "from a to b", "自 a 起 至 b 止"},
    {2, "from a", "自 a 起"},
    {2, "to b or leaving s", "至 b 或 离开 s 止"},
    {2, "from a to b or c within 20 workdays", "自 a 起 20个工作日内 应当 b 或 c"},
    {2, "from a to b within 20 workdays when x basis l.1",
     "当 x 时 自 a 起 20个工作日内 应当 b，依据 l.1"},
    {2, "from a when x or b to c when (x or y) within 3 days when z",
     "自 当 x 时 a 或 b 起 至 当（x 或 y）时 c 止，限 3日内，当 z 时"},
    {2, "within 45 workdays when x is y basis l.42.2", "当 x 为 y 时 限 45个工作日内，依据 l.42.2"},
    {2, "within n workdays", "限 n 工作日 内"},
    {2, "from 5 days to 10 days when x", "限 5日 至 10日，当 x 时"},
    {2, "at least 20 days when x", "当 x 时 至少 20日"},
    {2, "at least 3 months before t when x", "当 x 时 于 t 至少 3个月前"},
    {2, "within 15 days before t when x", "当 x 时 于 t 前 15日内"},
    {2, "by f when x", "截至 f，当 x 时"},
    {2, "extended 10 workdays by a notified by n", "经 a 可以延长 10个工作日，并应当 n"},
    {2, "extended 1 workday by a or b when x at most 2 times notified by n within 3 days",
     "当 x 时 经 a 或 b 可以延长 1个工作日，最多 2次，并应当 3日内 n"},
    {2, "not counting h", "扣除 h 所需时间"},
    {2, "not counting h, i and j when x at most 30 days notified by n",
     "当 x 时 扣除 h、i 和 j 所需时间，最多 30日，并应当 n"},
    {2, "not counting from a to b at most 30 days", "扣除 自 a 至 b 所需时间，最多 30日"},
    {2, "not counting from a or c to b when x", "扣除 自 a 或 c 至 b 所需时间，当 x 时"},
    {2, "restarts by a or b", "自 a 或 b 起 重新计算"},
    {2, "per f at most 3 open", "按 f 最多 3件 未结"},
    {2, "expires -> s deemed a as of expiry", "届满，转 s，视为 自届满日 a"},
    {2, "expires -> s when x deemed a duty holder", "届满，转 s，当 x 时，视为 a，责任岗位 持有人"},
    {2, "duty d.p", "责任岗位 d.p"},
    {0, "stage s held by d.p", "环节 s 待 d.p"},
    {0, "judgement j by p, d.q", "裁量 j 由 p、d.q"},
    {7, "a by d.p(\"u1\")", "由 d.p（\"u1\"）a"},
    {2, "notice before 3 workdays", "提示 到期前 3个工作日"},
    {2, "yellow at 90%", "黄牌 用时达 90%"},
    {2, "red overdue", "红牌 逾期"},
    {2, "red overdue 5 workdays", "红牌 逾期超过 5个工作日"},
    {2, "ends at close of business", "下班时届满"},
    {2, "does not roll", "遇休不顺延"},
    {3, "must a within 7 workdays from b", "应当 自 b 起 7个工作日内 a"},
    {3, "must a within 7 workdays from b or c when x basis l.1",
     "当 x 时 应当 自 b 或 c 起 7个工作日内 a，依据 l.1"},
    {3, "must a when x", "当 x 时 应当 a"},
    {3, "must a by f when x", "截至 f 应当 a，当 x 时"},
    {3, "must a at least 3 days before b", "于 b 至少 3日前 应当 a"},
    {3, "must a within 3 days before b", "于 b 前 3日内 应当 a"},
    {3, "may a when x", "当 x 时 可以 a"},
    {3, "never a when x is not y", "当 x 不是 y 时 不得 a"},
    {4, "on a require count(xs) >= 2", "办理 a 应当满足 count（xs）不少于 2"},
    {4, "on a require x >= 2 when y", "当 y 时 办理 a 应当满足 x 不少于 2"},
    {4, "never a, b when x", "当 x 时 不得 a 和 b"},
    {4, "after a never b", "在 a 之后 不得 b"},
    {4, "after a never c until d per f", "在 a 之后 d 之前 不得 c 按 f"},
    {4, "between a and b never c", "在 a 和 b 之间 不得 c"},
    {4, "not both a, b", "不得同时 a 和 b"},
    {4, "every a followed by b", "每次 a 之后应当 b"},
    {4, "every a followed by b within 3 days", "每次 a 之后 3日内 应当 b"},
    {4, "every a when x followed by b when y within 3 days",
     "每次 a 当 x 时 之后 3日内 应当 b 当 y 时"},
    {4, "every b preceded by a", "每次 b 之前应当 a"},
    {4, "every b preceded by a within 3 days", "每次 b 之前 3日内 应当 a"},
    {4, "every b preceded by a at least 3 days before", "每次 b 之前 至少 3日 应当 a"},
    {4, "count a at most 1 time per f", "计数 a 最多 1次 按 f"},
    {4, "count a exactly 2 times", "计数 a 恰好 2次"},
    {4, "separate a, b by officers", "a 和 b 不得由同一人办理"},
    {4, "join a, b, c by officers", "a、b 和 c 应当由同一人办理"},
    {5, "d required when x", "d 当 x 时 必交"},
    {5, "d optional", "d 选交"},
    {6, "grade a from 90, b below", "等次 a 90分以上、b 其余"},
    {6, "each yellow minus 2 at most 20", "每有 黄牌 扣 2分 最多 20分"},
    {6, "when x > 5% minus 10", "当 x 超过 5% 时 扣 10分"},
    {7, "2024-02-05 09:00 a by p(\"u1\") { x: 1 } with d in f recorded 2024-02-06 10:00 as e1",
     "2024年2月5日 09:00 由 p（\"u1\"）a { x：1 } 附 d 见于 f 登记于 2024年2月6日 10:00 称为 e1"},
    {7, "try a by p", "试办 由 p a"},
    {7, "2024-02-05T09:00+08:00 try retract e1", "2024-02-05T09:00+08:00 试办 撤销 e1"},
    {7, "correct e1 { x: 2 }", "更正 e1 { x：2 }"},
    {7, "expect skipped-step s red", "预期 跳步 s 红牌"},
    {7, "expect late l for \"k\"", "预期 超时 l 用于 \"k\""},
    {7, "expect due l 2024-03-08", "预期 到期日 l 2024年3月8日"},
    {8, "law l \"t\" effective 2004-07-01 { article 42-1.2 days are workdays }",
     "法规 l \"t\" 自 2004年7月1日 起施行 { 条文 第四十二条之一第二款 日 指 工作日 }"},
    {8, "calendar c refines d { week mon..fri, sun }", "日历 c 沿用 d { 每周 周一 至 周五、周日 }"},
    {8, "calendar c { hours 08:30-12:00, 13:30-24:00 }",
     "日历 c { 办公时间 08:30 至 12:00、13:30 至 24:00 }"},
    {8, "function f(a: t) -> u = a else 3 mod 2", "函数 f（a：t）→ u = a 缺省为 3 除余 2"},
    {8, "function f() -> t { when x : 5 }", "函数 f（）→ t { 当 x 时 5 }"},
    {8, "table f(a: t) -> u first { 50..100 -> 400万 CNY }",
     "决策表 f（a：t）→ u 首个 { 50..100 → 400万元 }"},
};

static void test_rows(void **state)
{
    (void)state;
    char en[1024], zh[1024];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(en, sizeof en, places[rows[i].place][0], rows[i].en);
        snprintf(zh, sizeof zh, places[rows[i].place][1], rows[i].zh);
#pragma GCC diagnostic pop
        formats_to(en, GJ_KEYWORDS_KEPT, en);
        formats_to(zh, GJ_KEYWORDS_KEPT, zh);
        formats_to(en, GJ_KEYWORDS_ZH, zh);
        formats_to(zh, GJ_KEYWORDS_EN, en);
    }
}

static void test_every_kind_is_printed(void **state)
{
    (void)state;
    for (int kind = 0; kind < GJC_KIND_COUNT; kind++) {
        gjc_class class = gjc_kind_class((gjc_kind)kind);
        bool printed = gjc_kind_is_printed((gjc_kind)kind);
        if ((class == GJC_CLASS_CLAUSE || class == GJC_CLASS_DECL) && !printed)
            fail_msg("%s is not printed", gjc_kind_name((gjc_kind)kind));
    }
}

/* ---- spellings ---- */

static void test_language_kept(void **state)
{
    (void)state;
    formats_to("procedure p {\n版本 3\nstage s final }\n", GJ_KEYWORDS_KEPT,
               "procedure p {\n  version 3\n  stage s final\n}\n");
    formats_to("流程 p {\n版本 3\nstage s 终结 }\n", GJ_KEYWORDS_KEPT,
               "流程 p {\n  版本 3\n  环节 s 终结\n}\n");
    formats_to("procedure p {\n版本 3\n}\n", GJ_KEYWORDS_KEPT, "procedure p {\n  version 3\n}\n");
    formats_to("流程 p { version 3 }\n", GJ_KEYWORDS_KEPT, "流程 p { 版本 3 }\n");
    formats_to("", GJ_KEYWORDS_KEPT, "");
    formats_to("\n\n# 一\n\n\n\n# 二\n\n", GJ_KEYWORDS_KEPT, "# 一\n\n# 二\n");
}

static void test_chinese_variants(void **state)
{
    (void)state;
    formats_to("流程 p {\n岗位 c {\n必须 a\n禁止 b\n应 c1\n可 d\n}\n}\n", GJ_KEYWORDS_KEPT,
               "流程 p {\n  岗位 c {\n    应当 a\n    不得 b\n    应当 c1\n    可以 d\n  }\n}\n");
}

/* Conditions stand before what they are of in Chinese, behind it in English. */
static void test_conditions_move(void **state)
{
    (void)state;
    formats_to("procedure p { limit l { 自 当 x 时 a 起 重新计算 } }\n", GJ_KEYWORDS_EN,
               "procedure p { limit l { restarts by a when x } }\n");
    formats_to("procedure p { limit l { restarts by a when x or b } }\n", GJ_KEYWORDS_ZH,
               "流程 p { 时限 l { 自 当 x 时 a 或 b 起 重新计算 } }\n");
}

static void test_parentheses_stay(void **state)
{
    (void)state;
    static const char text[] = "procedure p {\n"
                               "  rule r {\n"
                               "    on a require ((x)) and (y or (z)) and f((x)) > (1 + 2) * 3 and "
                               "g((x), y) and [(x)] in z\n"
                               "  }\n"
                               "  rule s {\n"
                               "    on a require all(b in (bs): (b.c is d)) and not (x = y) and "
                               "-(a + b) != 1 and (f(x)) is y\n"
                               "  }\n"
                               "}\n";
    formats_to(text, GJ_KEYWORDS_KEPT, text);
}

static void test_citations(void **state)
{
    (void)state;
    static const char en[] = "use std.law.licensing\n"
                             "procedure p {\n"
                             "  basis licensing.42.1\n"
                             "  basis licensing.32.1.4, licensing.45, licensing.110.12, other.1\n"
                             "  basis 《别的法》第三条, 第四条, licensing.45\n"
                             "  basis 《行政许可法》第十二条第四项, licensing.35\n"
                             "  basis licensing, licensing.35\n"
                             "}\n";
    static const char zh[] =
        "引用 std.law.licensing\n"
        "流程 p {\n"
        "  依据《行政许可法》第四十二条第一款\n"
        "  依据《行政许可法》第三十二条第一款第四项、第四十五条、第一百一十条第十二款、other.1\n"
        "  依据《别的法》第三条、第四条、《行政许可法》第四十五条\n"
        "  依据《行政许可法》第十二条第四项、第三十五条\n"
        "  依据 licensing、第三十五条\n"
        "}\n";
    formats_to(en, GJ_KEYWORDS_ZH, zh);
    formats_to(zh, GJ_KEYWORDS_EN, en);
    formats_to("引用 std.law.licensing\n流程 p { 依据《中华人民共和国行政许可法》第42条第1款 }\n",
               GJ_KEYWORDS_KEPT,
               "引用 std.law.licensing\n流程 p { 依据《行政许可法》第四十二条第一款 }\n");
    /* Not in use here, so nothing is known of it. */
    formats_to("procedure p { basis licensing.42.1 }\n", GJ_KEYWORDS_ZH,
               "流程 p { 依据 licensing.42.1 }\n");
    formats_to("流程 p { 依据《行政许可法》第42条 }\n", GJ_KEYWORDS_EN,
               "procedure p { basis 《行政许可法》第42条 }\n");
}

static void test_numbers(void **state)
{
    (void)state;
    formats_to(
        "流程 p { 规则 r { 办理 a 应当满足 x 不少于 两人 且 y 超过 百分之十二 且 z 不足 五元 "
        "且 u 超过 4_000万 且 v 为 二〇二四年 } }\n",
        GJ_KEYWORDS_KEPT,
        "流程 p {\n  规则 r {\n    办理 a 应当满足 x 不少于 2人 且 y 超过 12% 且 z 不足 5元 "
        "且 u 超过 4_000万 且 v 为 2024年\n  }\n}\n");
    formats_to(
        "procedure p { limit l { within 1 days\nwithin 1.5 hour when x } }\n", GJ_KEYWORDS_KEPT,
        "procedure p {\n  limit l {\n    within 1 day\n    within 1.5 hours when x\n  }\n}\n");
}

static void test_mistakes_change_nothing(void **state)
{
    (void)state;
    assert_null(format_as("procedure p {\n  stage\n}\n", GJ_KEYWORDS_KEPT, "E0201 E0202 E0203"));
    assert_null(format_as("procedure p {\n", GJ_KEYWORDS_ZH, "E0207"));
    assert_null(format_as("procedure \xff {\n}\n", GJ_KEYWORDS_ZH, "E0101"));
}

/* ---- what holds of any source ---- */

static size_t comment_count(const char *text)
{
    gjb_arena arena;
    gjc_sources sources;
    gjc_diag_list diags;
    gjc_record record;
    gjc_node *file;
    uint32_t source;
    gjb_arena_init(&arena, NULL);
    gjc_sources_init(&sources, &arena);
    gjc_diag_list_init(&diags, &arena);
    gjc_record_init(&record, &arena);
    assert_int_equal(
        gjc_sources_add(&sources, gjb_text_of("t"), gjb_text_of(text), &diags, &source), GJ_OK);
    assert_int_equal(gjc_parse_recorded(&sources, source, &arena, &diags, &record, &file), GJ_OK);
    size_t count = record.comment_count;
    gjb_arena_deinit(&arena);
    return count;
}

static void properties_check(const char *text)
{
    char *kept = format(text, GJ_KEYWORDS_KEPT);
    char *en = format(text, GJ_KEYWORDS_EN), *zh = format(text, GJ_KEYWORDS_ZH);
    size_t comments = comment_count(text);
    assert_int_equal(comment_count(en), comments);
    assert_int_equal(comment_count(zh), comments);
    formats_to(kept, GJ_KEYWORDS_KEPT, kept);
    formats_to(en, GJ_KEYWORDS_EN, en);
    formats_to(zh, GJ_KEYWORDS_ZH, zh);
    formats_to(en, GJ_KEYWORDS_ZH, zh);
    free(kept);
    free(en);
    free(zh);
}

static const char *const surfaces[] = {
    "everything_en.gj", "everything_zh.gj", "legal_en.gj", "legal_zh.gj",
    "more.gj",          "names.gj",         "twin_en.gj",  "twin_zh.gj",
};
enum { SURFACES = sizeof surfaces / sizeof *surfaces };

static void test_surfaces(void **state)
{
    (void)state;
    for (size_t i = 0; i < SURFACES; i++) {
        char *text = surface_read(surfaces[i]);
        properties_check(text);
        free(text);
    }
}

/* A law is one whichever of its names it is cited by. */
static const char *shape_of(parsing *p, const char *text)
{
    static const char path[] = "law-path", title[] = "law-title";
    gjb_buffer shape;
    parsing_open(p, NULL, gjb_text_of(text));
    gjb_buffer_init(&shape, NULL);
    gjc_node_print_shape(p->file, &shape);
    gjb_buffer_add_byte(&shape, '\0');
    for (const char *at = shape.bytes, *found; *at != '\0';) {
        found = strstr(at, path);
        gjb_buffer_add(&p->out, at, found != NULL ? (size_t)(found - at) : strlen(at));
        gjb_buffer_add_string(&p->out, found != NULL ? title : "");
        at = found != NULL ? found + strlen(path) : at + strlen(at);
    }
    gjb_buffer_deinit(&shape);
    return parsing_said(p);
}

static void shapes_compare(const char *a, const char *b)
{
    parsing first, second;
    same_text(shape_of(&first, a), shape_of(&second, b));
    parsing_close(&first);
    parsing_close(&second);
}

static void test_twins(void **state)
{
    (void)state;
    char *en = surface_read("twin_en.gj"), *zh = surface_read("twin_zh.gj");
    char *en_zh = format(en, GJ_KEYWORDS_ZH), *zh_en = format(zh, GJ_KEYWORDS_EN);
    shapes_compare(en_zh, zh);
    shapes_compare(zh_en, en);
    free(en);
    free(zh);
    free(en_zh);
    free(zh_en);
}

static void trees_compare(const char *a, const char *b, bool same)
{
    parsing first, second;
    parsing_open(&first, NULL, gjb_text_of(a));
    parsing_open(&second, NULL, gjb_text_of(b));
    assert_true((gjc_trees_compare(first.file, second.file, NULL) == NULL) == same);
    assert_true((gjc_trees_compare(second.file, first.file, NULL) == NULL) == same);
    parsing_close(&first);
    parsing_close(&second);
}

/* What stands between a mistake of ours and the writer's file. */
static void test_changes_are_seen(void **state)
{
    (void)state;
    trees_compare("procedure p { version 3 }", "流程 p {\n版本 3 # x\n}", true);
    trees_compare("procedure p { version 3 }", "procedure p { version 4 }", false);
    trees_compare("procedure p { version 3 }", "procedure q { version 3 }", false);
    trees_compare("procedure p { version 3 }", "procedure p {}", false);
    trees_compare("procedure p { basis l.1 }", "procedure p { basis l.2 }", false);
    trees_compare("procedure p { basis l.1 }", "procedure p { basis m.1 }", false);
    trees_compare("procedure p { basis l.1 }", "procedure p { basis 第一条 }", false);
    trees_compare("procedure p { rule r { never a when x or y and z } }",
                  "procedure p { rule r { never a when (x or y) and z } }", false);
}

/* ---- sources made at random ---- */

static uint64_t random_state;

static size_t random_below(size_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (size_t)(random_state % limit);
}

/* Any spelling of any row with the token and value. */
static bool keyword_put(gjb_buffer *out, const gjc_token *token, gj_text written)
{
    size_t count = gjc_keyword_row_count(), begin = random_below(count);
    for (size_t i = 0; i < count; i++) {
        const gjc_keyword_row *r = gjc_keyword_row_get((begin + i) % count);
        if (r->token != token->kind || r->value != token->value)
            continue;
        if (token->kind == GJC_TOK_CODE || token->kind == GJC_TOK_HYPHEN_CODE)
            break;
        const char *list = r->spellings[random_below(2)];
        size_t spellings = 0, wanted;
        for (const char *at = list; *at != '\0'; at++)
            spellings += *at == ';';
        for (wanted = random_below(spellings + 1); wanted > 0; wanted--)
            list = strchr(list, ';') + 1;
        size_t size = strcspn(list, ";");
        if (size > 0 && random_below(3) > 0) {
            gjb_buffer_add(out, list, size);
            return true;
        }
    }
    gjb_buffer_add_text(out, written);
    return false;
}

static void gap_put(gjb_buffer *out)
{
    static const char *const gaps[] = {"\n",          "\n\n",        "\n\n\n  ",
                                       " # beside\n", "\n# above\n", "\n\n// two\n\n  # lines\n",
                                       "\t\n"};
    gjb_buffer_add_string(out, gaps[random_below(sizeof gaps / sizeof *gaps)]);
}

/* Whether to leave out the clause that begins at a token: seldom. */
static size_t clause_skip(const gjc_record *record, size_t at)
{
    while (record->tokens[at].kind != GJC_TOK_NL && record->tokens[at].kind != 0) {
        size_t partner = record->partners[at];
        at = partner > at ? partner + 1 : at + 1;
    }
    return record->tokens[at].kind == GJC_TOK_NL ? at + 1 : at;
}

static void token_put(gjb_buffer *out, const gjc_sources *sources, const gjc_token *token,
                      size_t *depth)
{
    gj_text written = gjc_sources_text(sources, token->span);
    if (token->kind == '(' || token->kind == '[')
        ++*depth;
    if (token->kind == ')' || token->kind == ']')
        --*depth;
    gjb_buffer_add_byte(out, ' ');
    keyword_put(out, token, written);
    bool may_go_on = token->kind == '{' || token->kind == ',' || *depth > 0;
    if (may_go_on && random_below(8) == 0)
        gap_put(out);
}

static char *source_make(const char *text)
{
    gjb_arena arena;
    gjc_sources sources;
    gjc_diag_list diags;
    gjc_record record;
    gjc_node *file;
    uint32_t source;
    gjb_buffer out;
    gjb_arena_init(&arena, NULL);
    gjb_buffer_init(&out, NULL);
    gjc_sources_init(&sources, &arena);
    gjc_diag_list_init(&diags, &arena);
    gjc_record_init(&record, &arena);
    assert_int_equal(
        gjc_sources_add(&sources, gjb_text_of("t"), gjb_text_of(text), &diags, &source), GJ_OK);
    assert_int_equal(gjc_parse_recorded(&sources, source, &arena, &diags, &record, &file), GJ_OK);
    bool begins = true;
    size_t depth = 0;
    for (size_t i = 0; i < record.token_count && record.tokens[i].kind != 0;) {
        if (begins && random_below(12) == 0) {
            i = clause_skip(&record, i);
            begins = i < record.token_count && record.tokens[i].kind != '}';
            continue;
        }
        const gjc_token *token = &record.tokens[i++];
        if (token->kind == GJC_TOK_NL)
            gap_put(&out);
        else
            token_put(&out, &sources, token, &depth);
        begins = (token->kind == GJC_TOK_NL || token->kind == '{') && record.tokens[i].kind != '}';
    }
    gjb_buffer_add_byte(&out, '\0');
    char *made = strdup(out.bytes);
    gjb_buffer_deinit(&out);
    gjb_arena_deinit(&arena);
    return made;
}

static bool is_right(const char *text)
{
    parsing p;
    parsing_open(&p, NULL, gjb_text_of(text));
    bool right = p.diags.error_count == 0;
    parsing_close(&p);
    return right;
}

static void test_random(void **state)
{
    (void)state;
    size_t rounds = getenv("GUIJU_PROVE") != NULL ? ROUNDS_PROVED : ROUNDS, tried = 0;
    random_state = 20240205;
    char *texts[SURFACES];
    for (size_t i = 0; i < SURFACES; i++)
        texts[i] = surface_read(surfaces[i]);
    for (size_t round = 0; round < rounds; round++) {
        char *made = source_make(texts[round % SURFACES]);
        if (is_right(made)) {
            properties_check(made);
            tried++;
        }
        free(made);
    }
    for (size_t i = 0; i < SURFACES; i++)
        free(texts[i]);
    assert_true(tried >= rounds / 4); /* the rest lost what their parser needs */
}

/* ---- images ---- */

static gj_text image_of(const char *text, gj_compilation **c)
{
    const char *root = getenv("GUIJU_ROOT");
    char library[4096];
    snprintf(library, sizeof library, "%s/stdlib", root != NULL ? root : ".");
    gj_compile_options options = {.size = sizeof options, .library = library};
    assert_int_equal(gj_compile_text(&options, "t.gj", gjb_text_of(text), c), GJ_OK);
    assert_int_equal(gj_compilation_error_count(*c), 0);
    return gj_compilation_image(*c);
}

/* All but the strings, where the conditions stand as they were written, and the positions. */
static void images_compare(const char *before, const char *after)
{
    gj_compilation *one, *other;
    gj_text a = image_of(before, &one), b = image_of(after, &other);
    twin_images_check(a, b);
    gj_compilation_destroy(one);
    gj_compilation_destroy(other);
}

static void test_images(void **state)
{
    (void)state;
    static const char *const examples[] = {
        "examples/food_licence/food_licence.gj", "examples/food_licence/食品经营许可.gj",
        "examples/permit_receipt/permit_receipt.gj", "tests/golden/bundle/two.gj"};
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        char below[256];
        snprintf(below, sizeof below, "../../../%s", examples[i]);
        char *text = surface_read(below);
        char *en = format(text, GJ_KEYWORDS_EN), *zh = format(text, GJ_KEYWORDS_ZH);
        properties_check(text);
        images_compare(text, en);
        images_compare(text, zh);
        free(text);
        free(en);
        free(zh);
    }
}

/* ---- memory ---- */

typedef struct failing {
    size_t calls, fail_at;
} failing;

static void *failing_resize(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    failing *with = payload;
    const gj_allocator *plain = gjb_alloc_default();
    if (new_size > 0 && ++with->calls == with->fail_at)
        return NULL;
    return plain->resize(plain->payload, pointer, old_size, new_size);
}

static void test_memory_ends(void **state)
{
    (void)state;
    char *text = surface_read("more.gj");
    gj_status status = GJ_NO_MEMORY;
    for (size_t at = 1; status != GJ_OK; at++) {
        failing with = {.fail_at = at};
        gj_allocator allocator = {&with, failing_resize};
        gj_compile_options options = {.size = sizeof options, .allocator = &allocator};
        gj_compilation *c = NULL;
        status = gj_format(&options, "t.gj", gjb_text_of(text), GJ_KEYWORDS_ZH, &c);
        assert_true(status == GJ_OK || status == GJ_NO_MEMORY);
        if (c != NULL && status != GJ_OK)
            assert_null(gj_compilation_formatted(c).bytes);
        gj_compilation_destroy(c);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_every_kind_is_printed),
        cmocka_unit_test(test_language_kept),
        cmocka_unit_test(test_chinese_variants),
        cmocka_unit_test(test_conditions_move),
        cmocka_unit_test(test_parentheses_stay),
        cmocka_unit_test(test_citations),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_mistakes_change_nothing),
        cmocka_unit_test(test_surfaces),
        cmocka_unit_test(test_twins),
        cmocka_unit_test(test_changes_are_seen),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_images),
        cmocka_unit_test(test_memory_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
