/* SPDX-License-Identifier: Apache-2.0
 *
 * See page.h. */
#include "syntax/page.h"

#include <assert.h>
#include <string.h>

static const gjc_page pages[GJC_DIAG_CODE_COUNT] = {
#include "pages.inc"
};

const gjc_page *gjc_page_get(gjc_diag_code code)
{
    assert(code < GJC_DIAG_CODE_COUNT);
    return &pages[code];
}

/* A line of an example is indented; the name of another file stands out of it. */
static void line_print(const char *line, size_t size, gjb_buffer *out)
{
    if (size > 3 && memcmp(line, "-- ", 3) == 0) {
        gjb_buffer_add_string(out, "  ");
        gjb_buffer_add(out, line + 3, size - 3);
        gjb_buffer_add_byte(out, ':');
    } else if (size > 0) {
        gjb_buffer_add_string(out, "    ");
        gjb_buffer_add(out, line, size);
    }
    gjb_buffer_add_byte(out, '\n');
}

static void example_print(const char *heading, const char *text, gjb_buffer *out)
{
    gjb_buffer_add_format(out, "\n%s\n\n", heading);
    for (size_t size; *text != '\0'; text += size + 1) {
        size = strcspn(text, "\n");
        line_print(text, size, out);
    }
}

void gjc_page_print(gjc_diag_code code, gj_lang lang, gjb_buffer *out)
{
    const gjc_page *page = gjc_page_get(code);
    bool zh = lang == GJ_ZH;
    if (page->wrong[lang] != NULL) {
        example_print(zh ? "有误的例子：" : "Wrong:", page->wrong[lang], out);
        example_print(zh ? "正确的写法：" : "Right:", page->right[lang], out);
    } else if (page->none[lang] != NULL) {
        gjb_buffer_add_format(out, zh ? "\n没有例子：%s" : "\nThere is no example. %s",
                              page->none[lang]);
    }
}
