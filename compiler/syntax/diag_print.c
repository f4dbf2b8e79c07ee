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
 * Columns count characters, but the caret is placed by display cells, or it would stand in the
 * wrong place under Chinese text. */
#include "syntax/diag.h"
#include "base/text.h"
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
    const char *error, *warning, *strong, *frame, *off;
} paint;

static paint paint_of(gjc_diag_style style)
{
    if (!style.color) {
        return (paint){"", "", "", "", ""};
    }
    return (paint){"\x1b[1;31m", "\x1b[1;33m", "\x1b[1m", "\x1b[34m", "\x1b[0m"};
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

static void excerpt_print(const gjc_source *source, gjc_span span, paint colors, size_t margin,
                          gjb_buffer *out)
{
    gjc_position begin = gjc_source_position(source, span.begin);
    spaces_print(margin, out);
    gjb_buffer_add_format(out, " %s|%s\n%s", colors.frame, colors.off, colors.frame);
    spaces_print(margin - digits_of(begin.line), out);
    gjb_buffer_add_format(out, "%u |%s ", begin.line, colors.off);
    line_print(gjc_source_line(source, begin.line), out);
    gjb_buffer_add_byte(out, '\n');
    spaces_print(margin, out);
    gjb_buffer_add_format(out, " %s|%s ", colors.frame, colors.off);
    if (begin.width_before <= LINE_WIDTH_MAX) {
        spaces_print(begin.width_before, out);
        gjb_buffer_add_string(out, colors.error);
        for (uint32_t count = caret_count(source, span, begin); count > 0; count--) {
            gjb_buffer_add_byte(out, '^');
        }
        gjb_buffer_add_string(out, colors.off);
    }
    gjb_buffer_add_byte(out, '\n');
}

static void remark_begin(size_t margin, paint colors, gjb_buffer *out)
{
    spaces_print(margin, out);
    gjb_buffer_add_format(out, " %s=%s ", colors.frame, colors.off);
}

static void remarks_print(const gjc_diag *diag, const gjc_sources *sources, gjc_diag_style style,
                          size_t margin, gjb_buffer *out)
{
    paint colors = paint_of(style);
    bool zh = style.lang == GJ_ZH;
    for (const gjc_diag_note *note = diag->notes; note != NULL; note = note->next) {
        remark_begin(margin, colors, out);
        gjb_buffer_add_text(out, arg_text(note->words, style.lang));
        gjb_buffer_add_string(out, zh ? "：" : ": ");
        place_print(sources, note->span, out);
        gjb_buffer_add_byte(out, '\n');
    }
    if (diag->suggestion.bytes != NULL) {
        remark_begin(margin, colors, out);
        gjb_buffer_add_string(out, zh ? "是否为“" : "did you mean `");
        gjb_buffer_add_text(out, diag->suggestion);
        gjb_buffer_add_string(out, zh ? "”？\n" : "`?\n");
    }
    if (diag->hint.en.bytes != NULL || rows[diag->code].hint[style.lang][0] != '\0') {
        remark_begin(margin, colors, out);
        gjb_buffer_add_string(out, zh ? "提示：" : "hint: ");
        gjc_diag_print_hint(diag, style.lang, out);
        gjb_buffer_add_byte(out, '\n');
    }
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
    const gjc_source *source = gjc_sources_get(sources, diag->span.source);
    size_t margin = digits_of(gjc_source_position(source, diag->span.begin).line);
    spaces_print(margin, out);
    gjb_buffer_add_format(out, "%s-->%s ", colors.frame, colors.off);
    place_print(sources, diag->span, out);
    gjb_buffer_add_byte(out, '\n');
    excerpt_print(source, diag->span, colors, margin, out);
    remarks_print(diag, sources, style, margin, out);
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

void gjc_diag_code_explain(gjc_diag_code code, gj_lang lang, gjb_buffer *out)
{
    assert(code < GJC_DIAG_CODE_COUNT);
    static const char *const holders[GJC_DIAG_ARGS] = {"…", "…", "…"};
    gjc_diag diag = {.code = code};
    for (size_t i = 0; i < GJC_DIAG_ARGS; i++) {
        diag.args[i] = gjc_arg_string(holders[i]);
    }
    gjb_buffer_add_format(out, "%s%s", gjc_diag_code_name(code), lang == GJ_ZH ? "：" : ": ");
    gjc_diag_print_message(&diag, lang, out);
    gjb_buffer_add_format(out, "\n\n%s\n", rows[code].why[lang]);
    if (rows[code].hint[lang][0] != '\0') {
        gjb_buffer_add_string(out, lang == GJ_ZH ? "\n提示：" : "\nhint: ");
        gjc_diag_print_hint(&diag, lang, out);
        gjb_buffer_add_byte(out, '\n');
    }
}
