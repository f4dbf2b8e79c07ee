/* SPDX-License-Identifier: Apache-2.0
 *
 * Where one word ends and what it is worth: pieces of the scanner against lists written by hand
 * from docs/LANGUAGE.md, values of literals, and what a mistake in them is called. */
#include "unit/parsing.h"

#include "syntax/lexer.h"
#include "syntax/literal.h"
#include "syntax/spelling.h"

/* Each piece as its words between bars; numbers with their value. */
static void pieces_print(parsing *p, gj_text text)
{
    gjc_keywords keywords;
    uint32_t index;
    assert_int_equal(gjc_keywords_init(&keywords, &p->arena), GJ_OK);
    assert_int_equal(gjc_sources_add(&p->sources, gjb_text_of("t"), text, &p->diags, &index),
                     GJ_OK);
    gjc_lexer *lexer = gjb_arena_make(&p->arena, 1, sizeof *lexer);
    assert_int_equal(
        gjc_lexer_init(lexer, &p->arena, gjc_sources_get(&p->sources, index), index, &keywords),
        GJ_OK);
    lexer->diags = &p->diags;
    for (;;) {
        gjc_raw raw = *gjc_lexer_peek(lexer, 0);
        if (raw.kind == GJC_RAW_END) {
            break;
        }
        gjb_buffer_add_string(&p->out, p->out.size > 0 ? "|" : "");
        gjb_buffer_add_text(&p->out, raw.kind == GJC_RAW_NEWLINE ? gjb_text_of("\\n") : raw.text);
        if (raw.value != 0) {
            gjb_buffer_add_format(&p->out, "=%lld", (long long)raw.value);
        }
        gjb_buffer_add_string(&p->out, raw.kind == GJC_RAW_MONEY ? "CNY" : "");
        gjc_lexer_step(lexer);
    }
    gjc_keywords_deinit(&keywords);
}

typedef struct sample {
    const char *text, *said, *codes;
} sample;

static void samples_check(const sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        parsing p;
        parsing_open(&p, NULL, gjb_text_of(""));
        pieces_print(&p, gjb_text_of(samples[i].text));
        assert_string_equal(parsing_said(&p), samples[i].said);
        gjb_buffer_reset(&p.out);
        assert_string_equal(parsing_codes(&p), samples[i].codes != NULL ? samples[i].codes : "");
        parsing_close(&p);
    }
}
#define SAMPLES_CHECK(samples) samples_check(samples, sizeof(samples) / sizeof *(samples))

static void words_end_where_they_should(void **state)
{
    static const sample samples[] = {
        {"apply _x a1 环节1 附件1", "apply|_x|a1|环节1|附件1", NULL},
        {"不得转让 自由 一次告知", "不得转让|自由|一次告知", NULL},
        {"a　b\tc", "a|b|c", NULL}, /* a full-width space is a space */
        {"自「受理」起，转`转`", "自|受理|起|，|转|转", NULL},
        {"a\n\n\n# note\n// note\nb", "a|\\n|b", NULL},
        {"\"a b\" “甲\"乙”", "a b|甲\"乙", NULL},
        {"甲、乙，丙,丁", "甲|、|乙|，|丙|,|丁", NULL},
        {"（a）［b］｛c｝", "（|a|）|［|b|］|｛|c|｝", NULL},
        {"a->b→c>=d≥e..f", "a|->|b|→|c|>=|d|≥|e|..|f", NULL},
        {"licensing.42.1 a.b.c std.law.x.32.1.4", "licensing.42.1|a|.|b|.|c|std.law.x.32.1.4",
         NULL},
        {"《行政许可法》第四十二条第一款 第三条之一", "《行政许可法》第四十二条第一款|第三条之一",
         NULL},
        {"第四十二条款项", "第四十二条款项", NULL}, /* a run is not cut */
    };
    (void)state;
    SAMPLES_CHECK(samples);
}

static void numbers_have_their_units(void **state)
{
    static const sample samples[] = {
        {"20 workdays", "20=200000|workdays", NULL},
        {"20workdays", "20=200000|workdays", NULL},
        {"20个工作日内", "20=200000|工作日|内", NULL},
        {"20 个工作日 内", "20=200000|个工作日|内", NULL},
        {"限20个工作日内", "限|20=200000|工作日|内", NULL},
        {"自2023年12月1日起施行", "自|2023年12月1日=19692|起施行", NULL},
        {"二十个工作日内", "二十=200000|工作日|内", NULL},
        {"两人 一次 三件", "两=20000|一=10000|次|三=30000", NULL},
        {"百分之九十 80% 12.5％", "百分之九十=9000|80%=8000|12.5％=1250", NULL},
        {"4_000_000 400万 1.5亿 2万亿",
         "4_000_000=40000000000|400万=40000000000|"
         "1.5亿=1500000000000|2万亿=20000000000000000",
         NULL},
        {"400万元 3元 二十万元", "400万=40000000000CNY|3=30000CNY|二十万=2000000000CNY", NULL},
        {"2.5000 0.0001", "2.5000=25000|0.0001=1", NULL},
        {"90分以上 2分 3个月 15日前", "90=900000|分以上|2=20000|3=30000|个月|15=150000|日|前",
         NULL},
        {"50..100", "50=500000|..|100=1000000", NULL},
        {"08:30-12:00 24:00", "08:30=30600|-|12:00=43200|24:00=86400", NULL},
        {"2024-02-05 2024年2月5日起", "2024-02-05=19758|2024年2月5日=19758|起", NULL},
        {"二〇二四年三月一日起施行 二零二四年二月五日前",
         "二〇二四年三月一日=19783|起施行|二零二四年二月五日=19758|前", NULL},
        {"2024年三月二十一日 二〇二四年12月1日", "2024年三月二十一日=19803|二〇二四年12月1日=20058",
         NULL},
        {"三年两月一日 二〇二四年三月一日记", "三年两月一日|二〇二四年三月一日记", NULL},
        {"a＞＝b＜＝c！＝d≠e", "a|＞＝|b|＜＝|c|！＝|d|≠|e", NULL},
        {"2024-02-05T09:00+08:00", "2024-02-05T09:00+08:00=1707123600000", NULL},
        {"32.1.4 42-1.2.3", "32.1.4|42-1.2.3", NULL},
    };
    (void)state;
    SAMPLES_CHECK(samples);
}

static void mistakes_have_their_codes(void **state)
{
    static const sample samples[] = {
        {"922337203685477.5807", "922337203685477.5807=9223372036854775807", ""},
        {"922337203685477.5808", "922337203685477.5808", "E0106@1"},
        {"99999万亿", "99999万亿", "E0106@1"},
        {"1.00005", "1.00005", "E0107@1"},
        {"1.000000", "1.000000=10000", ""},
        {"0.001%", "0.001%", "E0107@1"},
        {"2024-02-30", "2024-02-30", "E0108@1"},
        {"二〇二四年二月三十日", "二〇二四年二月三十日", "E0108@1"},
        {"25:00", "25:00", "E0108@1"},
        {"24:01", "24:01", "E0108@1"},
        {"5工作曰", "5=50000|工作曰", "E0109@1"},
        {"a ? b", "a|b", "E0103@1"},
        {"a×b 甲℃乙", "a|×|b|甲|乙", "E0103@1"},
        {"\"open", "\"open", "E0104@1"},
        {"“开\nb", "“开|\\n|b", "E0104@1"},
        {"「开\nb", "\\n|b", "E0105@1"},
        {"`\nb", "\\n|b", "E0105@1"},
        {"《法\nb", "\\n|b", "E0112@1"},
        {"`a b`", "a b", "E0111@1"},
    };
    (void)state;
    SAMPLES_CHECK(samples);
}

static void sources_are_normalised(void **state)
{
    (void)state;
    parsing p;
    parsing_open(&p, NULL,
                 gjb_text_of("\xEF\xBB\xBF"
                             "party e\xCC\x81t\xC3\xA9"));
    assert_string_equal(parsing_codes(&p), "");
    gj_text name = gjc_node_name(gjc_node_find(p.file, GJC_PARTY));
    assert_true(gjb_text_equal_string(name, "\xC3\xA9t\xC3\xA9"));
    parsing_close(&p);
    parsing_open(&p, NULL, gjb_text_of("party a\nparty \xD6\xD0\n"));
    assert_string_equal(parsing_codes(&p), "E0101@2");
    assert_int_equal(p.file->kind, GJC_FILE);
    parsing_close(&p);
}

static void numerals_count(void **state)
{
    static const struct {
        const char *text;
        int64_t number;
    } samples[] = {{"零", 0},          {"两", 2},           {"十", 10},
                   {"十五", 15},       {"二十", 20},        {"一百零五", 105},
                   {"三千四百", 3400}, {"二万三千", 23000}, {"一亿零三万", 100030000},
                   {"二〇二四", 2024}};
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        int64_t number = -1;
        assert_int_equal(gjc_literal_numeral(gjb_text_of(samples[i].text), &number),
                         GJC_LITERAL_OK);
        assert_int_equal(number, samples[i].number);
    }
}

static bool is_accepting(void *payload, gj_text name)
{
    (void)payload;
    return gjb_text_equal_string(name, "受理");
}

static void names_are_guessed(void **state)
{
    (void)state;
    gjb_arena arena;
    gjb_arena_init(&arena, NULL);
    gjc_spelling spelling;
    gjc_spelling_init(&spelling, gjb_text_of("reveiw"));
    gjc_spelling_add(&spelling, gjb_text_of("filed"));
    assert_null(spelling.best.bytes);
    gjc_spelling_add(&spelling, gjb_text_of("renew"));
    gjc_spelling_add(&spelling, gjb_text_of("review"));
    assert_true(gjb_text_equal_string(spelling.best, "review"));
    gjc_spelling_init(&spelling, gjb_text_of("申查"));
    gjc_spelling_add(&spelling, gjb_text_of("审查"));
    assert_true(gjb_text_equal_string(spelling.best, "审查"));
    gj_text split = gjc_spelling_split(&arena, gjb_text_of("自受理起"), is_accepting, NULL);
    assert_true(gjb_text_equal_string(split, "自 受理 起"));
    split = gjc_spelling_split(&arena, gjb_text_of("自送达起"), is_accepting, NULL);
    assert_null(split.bytes);
    gjb_arena_deinit(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_end_where_they_should),
        cmocka_unit_test(numbers_have_their_units),
        cmocka_unit_test(mistakes_have_their_codes),
        cmocka_unit_test(sources_are_normalised),
        cmocka_unit_test(numerals_count),
        cmocka_unit_test(names_are_guessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
