/* SPDX-License-Identifier: Apache-2.0
 *
 * Diagnostics as people read them: the column counts characters, the caret stands by display cells,
 * and every row of the table is complete in both languages. */
#include "unit/parsing.h"

static const char *printed(parsing *p, gj_lang lang, bool color)
{
    gjb_buffer_reset(&p->out);
    gjc_diag_list_print(&p->diags, &p->sources, (gjc_diag_style){lang, color}, &p->out);
    return parsing_said(p);
}

static void caret_under_chinese(void **state)
{
    (void)state;
    parsing p;
    parsing_open(&p, NULL, gjb_text_of("流程 许可 {\n\t环节 受理 起始 审查岗\n}\n"));
    assert_string_equal(printed(&p, GJ_ZH, false),
                        "错误[E0201]：此处为“审查岗”，应当为行尾、“待”、“限”或“{”\n"
                        " --> t.gj:2:11\n"
                        "  |\n"
                        "2 |     环节 受理 起始 审查岗\n"
                        "  |                    ^^^^^^\n"
                        "\n");
    assert_string_equal(
        printed(&p, GJ_EN, false),
        "error[E0201]: found `审查岗`, expected the end of the line, `held by`, `within` or `{`\n"
        " --> t.gj:2:11\n"
        "  |\n"
        "2 |     环节 受理 起始 审查岗\n"
        "  |                    ^^^^^^\n"
        "\n");
    parsing_close(&p);
}

static void notes_hints_and_color(void **state)
{
    (void)state;
    parsing p;
    parsing_open(&p, NULL, gjb_text_of("procedure p {\n stage s { on a by b by c }\n}\n"));
    gjc_diag_suggest(p.diags.first, gjb_text_of("d"));
    assert_string_equal(printed(&p, GJ_EN, false),
                        "error[E0210]: “by c” is one too many: it was said already\n"
                        " --> t.gj:2:22\n"
                        "  |\n"
                        "2 |  stage s { on a by b by c }\n"
                        "  |                      ^^^^\n"
                        "  = first said here: t.gj:2:17\n"
                        "  |\n"
                        "2 |  stage s { on a by b by c }\n"
                        "  |                 ----\n"
                        "  = did you mean `d`?\n"
                        "  = hint: keep one of the two\n\n");
    assert_non_null(strstr(printed(&p, GJ_ZH, true), "\x1b[1;31m错误[E0210]\x1b[0m："));
    parsing_close(&p);
}

static void certain_fix_shows_its_line(void **state)
{
    (void)state;
    parsing p;
    parsing_open(&p, NULL, gjb_text_of("procedure p {\n\tstage s { on a by b cannot }\n}\n"));
    assert_string_equal(printed(&p, GJ_EN, false),
                        "error[E0211]: “cannot” is not a word of the language\n"
                        " --> t.gj:2:22\n"
                        "  |\n"
                        "2 |     stage s { on a by b cannot }\n"
                        "  |                         ^^^^^^\n"
                        "  = hint: write `never`\n"
                        "  = `guiju check --fix` writes:\n"
                        "  |\n"
                        "2 |     stage s { on a by b never }\n\n");
    p.diags.first->is_certain = false;
    assert_null(strstr(printed(&p, GJ_EN, false), "--fix"));
    parsing_close(&p);
}

/* Two edits are one fix; a suggestion without edits is one, too. */
static void edits_in_order(void **state)
{
    (void)state;
    parsing p;
    const gjc_edit *at = NULL;
    gjc_edit edit;
    parsing_open(&p, NULL, gjb_text_of("party a\n"));
    gjc_span span = {0, 6, 7};
    gjc_diag *diag = gjc_diag_add(&p.diags, GJC_E0103, span, gjc_arg_none(), gjc_arg_none());
    assert_false(gjc_diag_edit_next(diag, &at, &edit));
    gjc_diag_suggest(diag, gjb_text_of("b"));
    assert_true(gjc_diag_edit_next(diag, &at, &edit));
    assert_int_equal(edit.span.begin, 6);
    assert_true(gjb_text_equal_string(edit.replacement, "b"));
    assert_false(gjc_diag_edit_next(diag, &at, &edit));
    gjc_diag_edit_add(&p.diags, diag, (gjc_span){0, 0, 0}, gjb_text_of("x"));
    gjc_diag_edit_add(&p.diags, diag, (gjc_span){0, 6, 7}, gjb_text_of("y"));
    at = NULL;
    assert_true(gjc_diag_edit_next(diag, &at, &edit) && edit.span.end == 0);
    assert_true(gjc_diag_edit_next(diag, &at, &edit) && edit.span.end == 7);
    assert_false(gjc_diag_edit_next(diag, &at, &edit));
    parsing_close(&p);
}

static void list_is_capped_and_sorted(void **state)
{
    (void)state;
    parsing p;
    parsing_open(&p, NULL, gjb_text_of("party a\nparty b\n"));
    for (uint32_t i = 0; i < GJC_DIAGS_MAX + 5; i++) {
        gjc_span span = {0, i % 2 == 0 ? 8 : 0, 9};
        gjc_diag *diag =
            gjc_diag_add(&p.diags, GJC_E0103, span, gjc_diag_number(&p.diags, i), gjc_arg_none());
        assert_non_null(diag);
    }
    assert_int_equal(p.diags.count, GJC_DIAGS_MAX);
    assert_int_equal(p.diags.dropped, 5);
    assert_int_equal(p.diags.error_count, GJC_DIAGS_MAX + 5);
    gjc_diag_list_sort(&p.diags);
    assert_int_equal(p.diags.first->span.begin, 0);
    assert_int_equal(p.diags.last->span.begin, 8);
    assert_true(gjb_text_equal_string(p.diags.first->args[0].en, "1"));
    assert_non_null(strstr(printed(&p, GJ_EN, false), "5 more not shown\n"));
    parsing_close(&p);
}

static void every_code_explains_itself(void **state)
{
    (void)state;
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    for (int code = 0; code < GJC_DIAG_CODE_COUNT; code++) {
        const char *name = gjc_diag_code_name((gjc_diag_code)code);
        assert_int_equal(gjc_diag_code_find(gjb_text_of(name)), code);
        assert_true(name[0] ==
                    (gjc_diag_code_severity((gjc_diag_code)code) == GJC_ERROR ? 'E' : 'W'));
        for (gj_lang lang = GJ_EN; lang <= GJ_ZH; lang++) {
            gjb_buffer_reset(&out);
            gjc_diag_code_explain((gjc_diag_code)code, lang, &out);
            gjb_buffer_add_byte(&out, '\0');
            const char *why = strstr(out.bytes, "\n\n");
            assert_non_null(why);
            assert_true(strlen(why) > 20 && why - out.bytes > 8);
        }
    }
    assert_int_equal(gjc_diag_code_find(gjb_text_of("e0201")), GJC_E0201);
    assert_int_equal(gjc_diag_code_find(gjb_text_of("E9999")), GJC_DIAG_CODE_COUNT);
    gjb_buffer_deinit(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(caret_under_chinese),        cmocka_unit_test(notes_hints_and_color),
        cmocka_unit_test(certain_fix_shows_its_line), cmocka_unit_test(edits_in_order),
        cmocka_unit_test(list_is_capped_and_sorted),  cmocka_unit_test(every_code_explains_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
