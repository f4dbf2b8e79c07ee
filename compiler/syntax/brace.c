/* SPDX-License-Identifier: Apache-2.0
 *
 * See brace.h. */
#include "syntax/brace.h"
#include "base/text.h"

static uint32_t line_begin(const gjc_source *source, uint32_t byte)
{
    return source->line_begins[gjc_source_position(source, byte).line - 1];
}

/* The blanks at the beginning of the line of a byte. */
static gj_text indent_of(const gjc_source *source, uint32_t byte)
{
    size_t begin = line_begin(source, byte), end = begin;
    gj_text text = source->text;
    while (end < text.size && (text.bytes[end] == ' ' || text.bytes[end] == '\t')) {
        end++;
    }
    return gjb_text_slice(text, begin, end);
}

static bool begins_line(const gjc_source *source, uint32_t byte)
{
    return line_begin(source, byte) + indent_of(source, byte).size == byte;
}

void gjc_brace_watch(gjc_reader *reader, const gjc_bracket *open, gjc_span close)
{
    const gjc_source *source = reader->lexer.source;
    if (reader->astray.end == 0 && begins_line(source, close.begin) &&
        indent_of(source, close.begin).size < indent_of(source, open->span.begin).size) {
        reader->astray = close;
        reader->astray_open = open->span;
    }
}

/* "INDENT}" with a line break before or behind it. */
static void close_insert(const gjc_reader *reader, gjc_diag *diag, gjc_span open, uint32_t at,
                         bool before_line)
{
    gjb_buffer words;
    gjb_buffer_init(&words, reader->diags->arena->allocator);
    gjb_buffer_add_string(&words, before_line ? "" : "\n");
    gjb_buffer_add_text(&words, indent_of(reader->lexer.source, open.begin));
    gjb_buffer_add_string(&words, before_line ? "}\n" : "}");
    gj_text made =
        words.failed ? (gj_text){0} : gjb_arena_text(reader->diags->arena, gjb_buffer_text(&words));
    gjb_buffer_deinit(&words);
    gjc_diag_edit_add(reader->diags, diag, (gjc_span){open.source, at, at}, made);
}

bool gjc_brace_is_left_of(const gjc_reader *reader, const gjc_bracket *open, gjc_span next)
{
    const gjc_source *source = reader->lexer.source;
    return begins_line(source, next.begin) &&
           indent_of(source, next.begin).size <= indent_of(source, open->span.begin).size;
}

void gjc_brace_note(const gjc_reader *reader, gjc_diag *diag, const gjc_bracket *open, uint32_t end,
                    gjc_span next)
{
    const gjc_source *source = reader->lexer.source;
    bool outermost = open == &reader->brackets[0];
    size_t indent = indent_of(source, open->span.begin).size;
    if (reader->astray.end > 0 && reader->astray.begin > open->span.begin) {
        gjc_diag_note_add(
            reader->diags, diag, reader->astray_open,
            gjc_arg_words("this block may be the one that is not closed", "未结束的可能是此块"));
        gjc_diag_note_add(reader->diags, diag, reader->astray,
                          gjc_arg_words("it is closed by this }, which stands further left",
                                        "它由此处的 } 结束，而该 } 更靠左"));
        close_insert(reader, diag, reader->astray_open, line_begin(source, reader->astray.begin),
                     true);
        diag->is_certain = outermost && indent_of(source, reader->astray.begin).size == indent;
        return;
    }
    close_insert(reader, diag, open->span, end, false);
    diag->is_certain = next.begin == next.end ? outermost
                                              : begins_line(source, next.begin) &&
                                                    indent_of(source, next.begin).size == indent;
}
