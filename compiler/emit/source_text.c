/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of an expression as they stand in the source, on one line and without comments, for
 * those who read a finding. */
#include "base/text.h"
#include "emit/emitter.h"

#include <string.h>

static bool starts(gj_text text, size_t at, const char *with)
{
    size_t size = strlen(with);
    return text.size - at >= size && memcmp(text.bytes + at, with, size) == 0;
}

/* The bytes of white space or of a comment that stand here, as the scanner skips them. */
static size_t blank_size(gj_text text, size_t at)
{
    static const char *const blanks[] = {" ", "\t", "\r", "\f", "\n", "\xc2\xa0", "\xe3\x80\x80"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (starts(text, at, blanks[i]))
            return strlen(blanks[i]);
    if (!starts(text, at, "#") && !starts(text, at, "//"))
        return 0;
    const char *end = memchr(text.bytes + at, '\n', text.size - at);
    return end != NULL ? (size_t)(end - text.bytes) - at : text.size - at;
}

/* The bytes of what stands between quotes, whose blanks are its own, or of one byte. */
static size_t piece_size(gj_text text, size_t at)
{
    static const char *const quotes[][2] = {{"\"", "\""}, {"“", "”"}, {"「", "」"}, {"`", "`"}};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        if (!starts(text, at, quotes[i][0]))
            continue;
        for (size_t end = at + strlen(quotes[i][0]); end < text.size; end++)
            if (starts(text, end, quotes[i][1]))
                return end + strlen(quotes[i][1]) - at;
    }
    return 1;
}

uint32_t gjc_emit_source(gjc_emitter *e, gjc_span span)
{
    gj_text text = gjc_sources_text(e->sources, span);
    char *line = gjb_arena_make(&e->scratch, text.size + 1, 1);
    if (line == NULL) {
        e->out_of_memory = true;
        return 0;
    }
    size_t size = 0, blank, piece;
    bool apart = false;
    for (size_t i = 0; i < text.size; i += piece) {
        for (; i < text.size && (blank = blank_size(text, i)) > 0; i += blank)
            apart = size > 0;
        piece = i < text.size ? piece_size(text, i) : 0;
        if (piece == 0)
            break;
        if (apart)
            line[size++] = ' ';
        memcpy(line + size, text.bytes + i, piece);
        size += piece;
        apart = false;
    }
    return gjc_emit_text(e, (gj_text){line, size});
}
