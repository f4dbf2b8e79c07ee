/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a source to format: what has no mistakes is written in either language, the tree
 * stays the same, writing twice is writing once, and the way through the other language leads to
 * the same text. What has mistakes gives nothing. */
#include "format/format.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SIZE_MAX_TRIED = 1 << 14 };

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

/* False where the text has mistakes. */
static bool format(gj_text text, const gjc_format_options *options, gjb_buffer *out)
{
    gjb_arena arena;
    gjc_sources sources;
    gjc_diag_list diags;
    uint32_t source;
    gjb_arena_init(&arena, NULL);
    gjc_sources_init(&sources, &arena);
    gjc_diag_list_init(&diags, &arena);
    gjb_buffer_init(out, NULL);
    gj_status status = gjc_sources_add(&sources, gjb_text_of("f.gj"), text, &diags, &source);
    require(status == GJ_OK);
    status = gjc_format(&sources, source, options, &arena, &diags, out);
    require(status == GJ_OK);
    bool right = diags.error_count == 0;
    require(right || out->size == 0);
    gjb_arena_deinit(&arena);
    return right;
}

static void formats_to(gj_text text, const gjc_format_options *options, const gjb_buffer *expected)
{
    gjb_buffer out;
    require(format(text, options, &out));
    require(out.size == expected->size &&
            (out.size == 0 || memcmp(out.bytes, expected->bytes, out.size) == 0));
    gjb_buffer_deinit(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const gjc_format_options kept = {.keeps_lang = true}, en = {.lang = GJ_EN},
                                    zh = {.lang = GJ_ZH};
    gj_text text = {(const char *)data, size};
    gjb_buffer as_is, in_en, in_zh;
    if (size > SIZE_MAX_TRIED) {
        return 0;
    }
    if (format(text, &kept, &as_is)) {
        require(format(text, &en, &in_en) && format(text, &zh, &in_zh));
        formats_to(gjb_buffer_text(&as_is), &kept, &as_is);
        formats_to(gjb_buffer_text(&in_en), &en, &in_en);
        formats_to(gjb_buffer_text(&in_zh), &zh, &in_zh);
        formats_to(gjb_buffer_text(&in_en), &zh, &in_zh);
        gjb_buffer_deinit(&in_en);
        gjb_buffer_deinit(&in_zh);
    }
    gjb_buffer_deinit(&as_is);
    return 0;
}
