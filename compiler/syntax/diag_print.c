/* SPDX-License-Identifier: Apache-2.0
 *
 * A diagnostic as people read it, in either language:
 *
 *     error[E0301]: there is no stage “reveiw”
 *       --> food_licence.gj:31:36
 *        |
 *     31 |     on accept by window -> reveiw
 *        |                            ^^^^^^
 *        = did you mean `review`?
 *
 * A note stands with its own line under it, marked with `-`; a certain fix shows the line as it
 * will be, marked with `+`. Columns count characters, but the caret is placed by display cells, or
 * it would stand in the wrong place under Chinese text. */
#include "syntax/diag.h"
#include "base/text.h"
#include "syntax/page.h"
#include "syntax/unicode.h"

#include <assert.h>
#include <string.h>

enum { LINE_WIDTH_MAX = 400, CARETS_MAX = 200 };

typedef struct row {
    const char *message[2], *hint[2], *why[2];
} row;

static const row rows[] = {
#define GJC_DIAG(CODE, severity, en, zh, hint_en, hint_zh, why_en, why_zh)                         \
    {{en, zh}, {hint_en, hint_zh}, {why_en, why_zh}},
#include "syntax/diag.def"
#undef GJC_DIAG
};

typedef struct paint {
    const char *error, *warning, *strong, *frame, *note, *fix, *off;
} paint;

/* What excerpts under one diagnostic share: the margin is as wide as the greatest line number. */
typedef struct frame {
    const gjc_sources *sources;
    paint colors;
    size_t margin;
} frame;

static paint paint_of(gjc_diag_style style)
{
    if (!style.color) {
        return (paint){"", "", "", "", "", "", ""};
    }
    return (paint){.error = "\x1b[1;31m",
                   .warning = "\x1b[1;33m",
                   .strong = "\x1b[1m",
                   .frame = "\x1b[34m",
                   .note = "\x1b[1;34m",
                   .fix = "\x1b[32m",
                   .off = "\x1b[0m"};
}

static gj_text arg_text(gjc_arg arg, gj_lang lang)
{
    return lang == GJ_ZH && arg.zh.bytes != NULL ? arg.zh : arg.en;
}

/* A template with {0}, {1}, {2} filled in. */
static void filled_print(const char *words, const gjc_diag *diag, gj_lang lang, gjb_buffer *out)
{
    for (const char *at = words; *at != '\0'; at++) {
        if (at[0] == '{' && at[1] >= '0' && at[1] < '0' + GJC_DIAG_ARGS && at[2] == '}') {
            gjb_buffer_add_text(out, arg_text(diag->args[at[1] - '0'], lang));
            at += 2;
        } else {
            gjb_buffer_add_byte(out, *at);
        }
    }
}

void gjc_diag_print_message(const gjc_diag *diag, gj_lang lang, gjb_buffer *out)
{
    filled_print(rows[diag->code].message[lang], diag, lang, out);
}

void gjc_diag_print_hint(const gjc_diag *diag, gj_lang lang, gjb_buffer *out)
{
    if (diag->hint.en.bytes != NULL) {
        gjb_buffer_add_text(out, arg_text(diag->hint, lang));
    } else {
        filled_print(rows[diag->code].hint[lang], diag, lang, out);
    }
}

static void spaces_print(size_t count, gjb_buffer *out)
{
    for (size_t i = 0; i < count; i++) {
        gjb_buffer_add_byte(out, ' ');
    }
}

static size_t digits_of(uint32_t number)
{
    size_t digits = 1;
    for (; number >= 10; number /= 10) {
        digits++;
    }
    return digits;
}

static void place_print(const gjc_sources *sources, gjc_span span, gjb_buffer *out)
{
    const gjc_source *source = gjc_sources_get(sources, span.source);
    gjc_position position = gjc_source_position(source, span.begin);
    gjb_buffer_add_text(out, source->path);
    gjb_buffer_add_format(out, ":%u:%u", position.line, position.column);
}

/* The line as a terminal can show it: tabs as spaces, control characters as blanks, cut at a width.
 */
static void line_print(gj_text line, gjb_buffer *out)
{
    uint32_t width = 0;
    for (size_t at = 0; at < line.size && width < LINE_WIDTH_MAX;) {
        size_t size = gjb_text_character_size(line, at);
        uint32_t character = gjb_text_character(line, at);
        if (character == '\t') {
            gjb_buffer_add_string(out, "    ");
            width += 4;
        } else if (character < 0x20 || character == 0x7F) {
            width += gjc_unicode_width(character);
        } else {
            gjb_buffer_add(out, line.bytes + at, size);
            width += gjc_unicode_width(character);
        }
        at += size;
    }
}

/* How many carets: the cells of the span on its first line, at least one. */
static uint32_t caret_count(const gjc_source *source, gjc_span span, gjc_position begin)
{
    gj_text line = gjc_source_line(source, begin.line);
    uint32_t line_end = (uint32_t)((size_t)(line.bytes - source->text.bytes) + line.size);
    uint32_t end = span.end < line_end ? span.end : line_end;
    if (end <= span.begin) {
        return 1;
    }
    uint32_t cells = gjc_source_position(source, end).width_before - begin.width_before;
    return cells == 0 ? 1 : cells > CARETS_MAX ? CARETS_MAX : cells;
}

static uint32_t line_of(const gjc_sources *sources, gjc_span span)
{
    return gjc_source_position(gjc_sources_get(sources, span.source), span.begin).line;
}

static void margin_print(const frame *f, gjb_buffer *out)
{
    spaces_print(f->margin, out);
    gjb_buffer_add_format(out, " %s|%s", f->colors.frame, f->colors.off);
}

static void numbered_print(const frame *f, uint32_t line, gj_text words, gjb_buffer *out)
{
    gjb_buffer_add_string(out, f->colors.frame);
    spaces_print(f->margin - digits_of(line), out);
    gjb_buffer_add_format(out, "%u |%s ", line, f->colors.off);
    line_print(words, out);
    gjb_buffer_add_byte(out, '\n');
}

static void marks_print(const frame *f, uint32_t before, uint32_t count, char mark,
                        const char *color, gjb_buffer *out)
{
    margin_print(f, out);
    gjb_buffer_add_byte(out, ' ');
    if (before <= LINE_WIDTH_MAX) {
        spaces_print(before, out);
        gjb_buffer_add_string(out, color);
        for (; count > 0; count--) {
            gjb_buffer_add_byte(out, mark);
        }
        gjb_buffer_add_string(out, f->colors.off);
    }
    gjb_buffer_add_byte(out, '\n');
}

static void excerpt_print(const frame *f, gjc_span span, char mark, const char *color,
                          gjb_buffer *out)
{
    const gjc_source *source = gjc_sources_get(f->sources, span.source);
    gjc_position begin = gjc_source_position(source, span.begin);
    if (source->text.size == 0) { /* a file that could not be read */
        return;
    }
    margin_print(f, out);
    gjb_buffer_add_byte(out, '\n');
    numbered_print(f, begin.line, gjc_source_line(source, begin.line), out);
    marks_print(f, begin.width_before, caret_count(source, span, begin), mark, color, out);
}

static void remark_begin(const frame *f, gjb_buffer *out)
{
    spaces_print(f->margin, out);
    gjb_buffer_add_format(out, " %s=%s ", f->colors.frame, f->colors.off);
}

static void notes_print(const gjc_diag *diag, const frame *f, gj_lang lang, gjb_buffer *out)
{
    for (const gjc_diag_note *note = diag->notes; note != NULL; note = note->next) {
        remark_begin(f, out);
        gjb_buffer_add_text(out, arg_text(note->words, lang));
        gjb_buffer_add_string(out, lang == GJ_ZH ? "：" : ": ");
        place_print(f->sources, note->span, out);
        gjb_buffer_add_byte(out, '\n');
        excerpt_print(f, note->span, '-', f->colors.note, out);
    }
}

/* ---- the line as the fix leaves it ---- */

/* A line break or more in it would need more than one line to show. */
static bool is_one_line(const gjc_edit *edit, const gjc_sources *sources)
{
    const gjc_source *source = gjc_sources_get(sources, edit->span.source);
    return memchr(edit->replacement.bytes, '\n', edit->replacement.size) == NULL &&
           gjc_source_position(source, edit->span.begin).line ==
               gjc_source_position(source, edit->span.end).line;
}

static bool fix_is_shown(const gjc_diag *diag, const gjc_sources *sources)
{
    const gjc_edit *at = NULL;
    gjc_edit edit;
    if (!diag->is_certain) {
        return false;
    }
    while (gjc_diag_edit_next(diag, &at, &edit)) {
        if (!is_one_line(&edit, sources) || edit.span.source != diag->span.source ||
            line_of(sources, edit.span) != line_of(sources, diag->span)) {
            return false;
        }
    }
    return true;
}

static void fix_print(const gjc_diag *diag, const frame *f, gj_lang lang, gjb_buffer *out)
{
    const gjc_source *source = gjc_sources_get(f->sources, diag->span.source);
    gjc_position place = gjc_source_position(source, diag->span.begin);
    gj_text old = gjc_source_line(source, place.line);
    size_t line_begin = (size_t)(old.bytes - source->text.bytes), from = 0;
    gjb_buffer line;
    gjb_buffer_init(&line, out->allocator);
    const gjc_edit *at = NULL;
    gjc_edit edit;
    while (gjc_diag_edit_next(diag, &at, &edit)) {
        gjb_buffer_add_text(&line, gjb_text_slice(old, from, edit.span.begin - line_begin));
        gjb_buffer_add_text(&line, edit.replacement);
        from = edit.span.end - line_begin;
    }
    gjb_buffer_add_text(&line, gjb_text_slice(old, from, old.size));
    remark_begin(f, out);
    gjb_buffer_add_string(out, lang == GJ_ZH ? "guiju check --fix 将改为：\n"
                                             : "`guiju check --fix` writes:\n");
    margin_print(f, out);
    gjb_buffer_add_byte(out, '\n');
    numbered_print(f, place.line, gjb_buffer_text(&line), out);
    out->failed = out->failed || line.failed;
    gjb_buffer_deinit(&line);
}

static void remarks_print(const gjc_diag *diag, const frame *f, gj_lang lang, gjb_buffer *out)
{
    bool zh = lang == GJ_ZH;
    notes_print(diag, f, lang, out);
    if (diag->suggestion.bytes != NULL) {
        remark_begin(f, out);
        gjb_buffer_add_string(out, zh ? "是否为“" : "did you mean `");
        gjb_buffer_add_text(out, diag->suggestion);
        gjb_buffer_add_string(out, zh ? "”？\n" : "`?\n");
    }
    if (diag->hint.en.bytes != NULL || rows[diag->code].hint[lang][0] != '\0') {
        remark_begin(f, out);
        gjb_buffer_add_string(out, zh ? "提示：" : "hint: ");
        gjc_diag_print_hint(diag, lang, out);
        gjb_buffer_add_byte(out, '\n');
    }
    if (fix_is_shown(diag, f->sources)) {
        fix_print(diag, f, lang, out);
    } else if (diag->is_certain) {
        remark_begin(f, out);
        gjb_buffer_add_string(out, zh ? "guiju check --fix 可以改正\n"
                                      : "`guiju check --fix` mends this\n");
    }
}

static size_t margin_of(const gjc_diag *diag, const gjc_sources *sources)
{
    size_t margin = digits_of(line_of(sources, diag->span));
    for (const gjc_diag_note *note = diag->notes; note != NULL; note = note->next) {
        size_t digits = digits_of(line_of(sources, note->span));
        margin = digits > margin ? digits : margin;
    }
    return margin;
}

void gjc_diag_print(const gjc_diag *diag, const gjc_sources *sources, gjc_diag_style style,
                    gjb_buffer *out)
{
    paint colors = paint_of(style);
    bool zh = style.lang == GJ_ZH, error = diag->severity == GJC_ERROR;
    gjb_buffer_add_string(out, error ? colors.error : colors.warning);
    gjb_buffer_add_string(out, error ? (zh ? "错误" : "error") : (zh ? "警告" : "warning"));
    gjb_buffer_add_format(out, "[%s]%s%s", gjc_diag_code_name(diag->code), colors.off,
                          zh ? "：" : ": ");
    gjb_buffer_add_string(out, colors.strong);
    gjc_diag_print_message(diag, style.lang, out);
    gjb_buffer_add_format(out, "%s\n", colors.off);
    frame f = {sources, colors, margin_of(diag, sources)};
    spaces_print(f.margin, out);
    gjb_buffer_add_format(out, "%s-->%s ", colors.frame, colors.off);
    place_print(sources, diag->span, out);
    gjb_buffer_add_byte(out, '\n');
    excerpt_print(&f, diag->span, '^', error ? colors.error : colors.warning, out);
    remarks_print(diag, &f, style.lang, out);
}

void gjc_diag_list_print(const gjc_diag_list *list, const gjc_sources *sources,
                         gjc_diag_style style, gjb_buffer *out)
{
    for (const gjc_diag *diag = list->first; diag != NULL; diag = diag->next) {
        gjc_diag_print(diag, sources, style, out);
        gjb_buffer_add_byte(out, '\n');
    }
    if (list->dropped > 0) {
        gjb_buffer_add_format(out,
                              style.lang == GJ_ZH ? "另有 %zu 条未列出\n" : "%zu more not shown\n",
                              list->dropped);
    }
}

void gjc_diag_code_print_message(gjc_diag_code code, gj_lang lang, gjb_buffer *out)
{
    assert(code < GJC_DIAG_CODE_COUNT);
    gjc_diag diag = {.code = code};
    for (size_t i = 0; i < GJC_DIAG_ARGS; i++) {
        diag.args[i] = gjc_arg_string("…");
    }
    gjc_diag_print_message(&diag, lang, out);
}

/* The explanation, the hint with "…" for what fills it, the examples. */
static void code_page_print(gjc_diag_code code, gj_lang lang, gjb_buffer *out)
{
    gjc_diag diag = {.code = code};
    for (size_t i = 0; i < GJC_DIAG_ARGS; i++) {
        diag.args[i] = gjc_arg_string("…");
    }
    gjb_buffer_add_format(out, "%s\n", rows[code].why[lang]);
    if (rows[code].hint[lang][0] != '\0') {
        gjb_buffer_add_string(out, lang == GJ_ZH ? "\n提示：" : "\nhint: ");
        gjc_diag_print_hint(&diag, lang, out);
        gjb_buffer_add_byte(out, '\n');
    }
    gjc_page_print(code, lang, out);
}

void gjc_diag_code_explain(gjc_diag_code code, gj_lang lang, gjb_buffer *out)
{
    gjb_buffer_add_format(out, "%s%s", gjc_diag_code_name(code), lang == GJ_ZH ? "：" : ": ");
    gjc_diag_code_print_message(code, lang, out);
    gjb_buffer_add_string(out, "\n\n");
    code_page_print(code, lang, out);
}
