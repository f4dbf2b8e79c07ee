/* SPDX-License-Identifier: Apache-2.0
 *
 * How wide texts are on a terminal, and where their lines break. The oracle of the widths is the C
 * library's wcwidth(3), which shares no table with ours; that of the lines is what any reader would
 * hold of them: they fit, nothing is lost, and no line begins with a closing mark. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "../../cli/width.c"

#define TEXT(literal) ((gj_text){literal, sizeof(literal) - 1})

static void widths_are_those_of_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(cli_width(TEXT("late")), 4);
    assert_int_equal(cli_width(TEXT("超时")), 4);
    assert_int_equal(cli_width(TEXT("“超时”")), 6);
    assert_int_equal(cli_width(TEXT("（24时止）")), 10);
    assert_int_equal(cli_width(TEXT("e\xCC\x81")), 1);
    assert_int_equal(cli_width(TEXT("→●█·…")), 5);
    assert_int_equal(cli_width(TEXT("")), 0);
}

/* Characters that an office's texts hold, against the C library's table. */
static void widths_agree_with_the_c_library(void **state)
{
    (void)state;
    static const range sampled[] = {
        {0x20, 0x7E},     {0xA1, 0x2FF},    {0x370, 0x482},   {0x3001, 0x303E}, {0x3041, 0x3096},
        {0x3105, 0x312F}, {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3}, {0xFF01, 0xFF60}, {0x20000, 0x2A6DF},
    };
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        skip();
    for (size_t i = 0; i < sizeof sampled / sizeof *sampled; i++)
        for (uint32_t code = sampled[i].first; code <= sampled[i].last; code++) {
            char bytes[8] = "";
            mbstate_t shift = {0};
            size_t size = wcrtomb(bytes, (wchar_t)code, &shift);
            int width = wcwidth((wchar_t)code);
            if (size == (size_t)-1 || width < 0 || code == 0xAD)
                continue;
            cli_character c = cli_character_at((gj_text){bytes, size}, 0);
            if (c.code != code || c.width != (size_t)width)
                fail_msg("U+%04X: %zu columns here, %d there", code, c.width, width);
        }
}

static void what_could_move_a_terminal_is_not_readable(void **state)
{
    (void)state;
    static const char *const bad[] = {"\033",     "\r",           "\a",
                                      "\x7F",     "\xC2\x9B",     "\xE2\x80\xAE",
                                      "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80",
                                      "\xE8\xB6", "\x80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(cli_character_at((gj_text){bad[i], strlen(bad[i])}, 0).readable);
}

static bool is_closing(gj_text line)
{
    static const char marks[] = "、，。；：？！”）》」";
    if (line.size == 0)
        return false;
    cli_character c = cli_character_at(line, 0);
    return c.size == 3 && memmem(marks, sizeof marks - 1, line.bytes, 3) != NULL;
}

/* Cuts into lines and puts them together again, without the spaces. */
static void check_lines(gj_text text, size_t columns, bool is_prose)
{
    char lines[4096] = "", whole[4096] = "";
    size_t kept = 0, all = 0;
    for (size_t at = 0, next = 0; at < text.size; at = next) {
        size_t size = cli_width_line(text, at, columns, &next);
        gj_text line = {text.bytes + at, size};
        assert_true(next > at);
        assert_true(cli_width(line) <= columns);
        assert_false(at > 0 && is_prose && columns > 16 && is_closing(line));
        for (size_t i = 0; i < size; i++)
            if (line.bytes[i] != ' ')
                lines[kept++] = line.bytes[i];
    }
    for (size_t i = 0; i < text.size; i++)
        if (text.bytes[i] != ' ')
            whole[all++] = text.bytes[i];
    assert_int_equal(kept, all);
    assert_memory_equal(lines, whole, all);
}

static void lines_fit_and_lose_nothing(void **state)
{
    (void)state;
    static const gj_text texts[] = {
        TEXT("“作出许可决定”的最后一日为2024年3月8日（24时止）；登记的作出时间为2024年3月20日10:"
             "00，超出8个"
             "工作日。计算：2月5日受理，当日不计；依据：《行政许可法》第四十二条第一款、第八十二条"
             "。"),
        TEXT("The last day for \"作出许可决定\" was 2024-03-08 (until 24:00); it is recorded at "
             "2024-03-20 10:00, 8 working days later. Clause: food_licence.gj:61."),
        TEXT("  two  spaces   and a_word_that_is_much_longer_than_any_line_could_ever_be  "),
        TEXT("。。。。。。。。。。"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t columns = 4; columns < 130; columns++)
            check_lines(texts[i], columns, i < 2);
}

static void a_number_stays_with_its_unit(void **state)
{
    (void)state;
    size_t next = 0;
    gj_text text = TEXT("超出8个工作日");
    assert_int_equal(cli_width_line(text, 0, 5, &next), strlen("超出"));
    assert_int_equal(next, strlen("超出"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_are_those_of_a_terminal),
        cmocka_unit_test(widths_agree_with_the_c_library),
        cmocka_unit_test(what_could_move_a_terminal_is_not_readable),
        cmocka_unit_test(lines_fit_and_lose_nothing),
        cmocka_unit_test(a_number_stays_with_its_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
