/* SPDX-License-Identifier: Apache-2.0
 *
 * What was found wrong, one by one, in words and as data; and the codes that there are. */
#include "compilation/compilation.h"

#include "base/text.h"
#include "syntax/diag.h"

#include <assert.h>

size_t gj_compilation_error_count(const gj_compilation *c)
{
    return c->diags.error_count;
}

size_t gj_compilation_warning_count(const gj_compilation *c)
{
    return c->diags.count + c->diags.dropped - c->diags.error_count;
}

size_t gj_compilation_diagnostic_count(const gj_compilation *c)
{
    return c->diags.count;
}

static const gjc_diag *diag_get(const gj_compilation *c, size_t index)
{
    assert(index < c->diags.count);
    const gjc_diag *diag = c->diags.first;
    while (index-- > 0)
        diag = diag->next;
    return diag;
}

gj_diagnostic gj_compilation_diagnostic(const gj_compilation *c, size_t index)
{
    const gjc_diag *diag = diag_get(c, index);
    const gjc_source *source = gjc_sources_get(&c->sources, diag->span.source);
    gjc_position begin = gjc_source_position(source, diag->span.begin);
    gjc_position end = gjc_source_position(source, diag->span.end);
    const gjc_edit *edit = NULL;
    gjc_edit each;
    size_t edit_count = 0;
    while (gjc_diag_edit_next(diag, &edit, &each))
        edit_count++;
    return (gj_diagnostic){
        .code = gjc_diag_code_name(diag->code),
        .gravity = diag->severity == GJC_ERROR ? GJ_ERROR : GJ_WARNING,
        .file = source->path,
        .line = begin.line,
        .column = begin.column,
        .end_line = end.line,
        .end_column = end.column,
        .edit_count = edit_count,
        .fix_is_certain = diag->is_certain,
    };
}

gj_edit gj_compilation_edit(const gj_compilation *c, size_t index, size_t edit_index)
{
    const gjc_diag *diag = diag_get(c, index);
    const gjc_edit *at = NULL;
    gjc_edit edit = {0};
    bool found = gjc_diag_edit_next(diag, &at, &edit);
    while (found && edit_index-- > 0)
        found = gjc_diag_edit_next(diag, &at, &edit);
    assert(found);
    const gjc_source *source = gjc_sources_get(&c->sources, edit.span.source);
    return (gj_edit){
        .file = source->path,
        .text = source->text,
        .begin = edit.span.begin,
        .end = edit.span.end,
        .line = gjc_source_position(source, edit.span.begin).line,
        .replacement = edit.replacement,
    };
}

gj_status gj_diagnostic_print(const gj_compilation *c, size_t index, gj_lang lang, bool color,
                              const gj_writer *out)
{
    gjb_buffer text;
    gjb_buffer_init(&text, c->allocator);
    gjc_diag_print(diag_get(c, index), &c->sources, (gjc_diag_style){lang, color}, &text);
    return gjc_compilation_write(&text, out);
}

gj_status gj_diagnostic_print_json(const gj_compilation *c, size_t index, gj_lang lang,
                                   const gj_writer *out)
{
    gjb_buffer text;
    gjb_buffer_init(&text, c->allocator);
    gjc_diag_print_json(diag_get(c, index), &c->sources, lang, &text);
    return gjc_compilation_write(&text, out);
}

gj_status gj_diagnostic_print_sarif(const gj_compilation *c, size_t index, gj_lang lang,
                                    const gj_writer *out)
{
    gjb_buffer text;
    gjb_buffer_init(&text, c->allocator);
    gjc_diag_print_sarif(diag_get(c, index), &c->sources, lang, &text);
    return gjc_compilation_write(&text, out);
}

/* ---- codes ---- */

size_t gj_diagnostic_code_count(void)
{
    return GJC_DIAG_CODE_COUNT;
}

const char *gj_diagnostic_code_name(size_t index)
{
    assert(index < GJC_DIAG_CODE_COUNT);
    return gjc_diag_code_name((gjc_diag_code)index);
}

gj_status gj_diagnostic_code_print(size_t index, gj_lang lang, const gj_writer *out)
{
    assert(index < GJC_DIAG_CODE_COUNT);
    gjb_buffer text;
    gjb_buffer_init(&text, gjb_alloc_default());
    gjc_diag_code_print_message((gjc_diag_code)index, lang, &text);
    return gjc_compilation_write(&text, out);
}

gj_status gj_diagnostic_code_print_sarif(size_t index, gj_lang lang, const gj_writer *out)
{
    assert(index < GJC_DIAG_CODE_COUNT);
    gjb_buffer text;
    gjb_buffer_init(&text, gjb_alloc_default());
    gjc_diag_code_print_sarif((gjc_diag_code)index, lang, &text);
    return gjc_compilation_write(&text, out);
}

gj_status gj_explain(const char *code, gj_lang lang, const gj_writer *out)
{
    gjc_diag_code found =
        code == NULL ? GJC_DIAG_CODE_COUNT : gjc_diag_code_find(gjb_text_of(code));
    if (found == GJC_DIAG_CODE_COUNT)
        return GJ_DONE;
    gjb_buffer text;
    gjb_buffer_init(&text, gjb_alloc_default());
    gjc_diag_code_explain(found, lang, &text);
    return gjc_compilation_write(&text, out);
}
