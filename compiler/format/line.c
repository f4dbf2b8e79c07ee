/* SPDX-License-Identifier: Apache-2.0
 *
 * See line.h. Layout is greedy: of the places that still fit the least rank wins, of those the
 * last; nothing depends on where the source had its line ends, so writing twice gives the same. */
#include "format/line.h"

#include "base/text.h"
#include "syntax/unicode.h"

#include <string.h>

enum { CONTINUATION = 4, RANKS = 4 };

void gjc_line_init(gjc_line *line, gjc_sheet *sheet, gj_lang lang)
{
    *line = (gjc_line){.sheet = sheet, .lang = lang};
}

/* ---- putting one together ---- */

static uint32_t width_of(gj_text text)
{
    uint32_t width = 0;
    for (size_t at = 0; at < text.size; at += gjb_text_character_size(text, at))
        width += gjc_unicode_width(gjb_text_character(text, at));
    return width;
}

static bool begins_with(gj_text text, const char *mark)
{
    size_t size = strlen(mark);
    return text.size >= size && memcmp(text.bytes, mark, size) == 0;
}

static bool ends_with(gj_text text, const char *mark)
{
    size_t size = strlen(mark);
    return text.size >= size && memcmp(text.bytes + text.size - size, mark, size) == 0;
}

/* Chinese marks bring their own room. */
static bool needs_no_space(gj_text before, gj_text after)
{
    static const char *const closing[] = {"，", "、", "：", "（", "）"};
    static const char *const opening[] = {"，", "、", "：", "（", "）", "《"};
    if (gjb_text_equal_string(after, "{"))
        return false;
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        if (ends_with(before, closing[i]))
            return true;
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++)
        if (begins_with(after, opening[i]))
            return true;
    return false;
}

static gjc_atom *atom_make(gjc_line *line)
{
    if (line->count == line->capacity) {
        size_t capacity = line->capacity == 0 ? 16 : line->capacity * 2;
        gjc_atom *atoms = gjb_arena_make(line->sheet->arena, capacity, sizeof *atoms);
        if (atoms == NULL) {
            line->sheet->out_of_memory = true;
            return NULL;
        }
        if (line->count > 0)
            memcpy(atoms, line->atoms, line->count * sizeof *atoms);
        line->atoms = atoms;
        line->capacity = capacity;
    }
    return &line->atoms[line->count++];
}

void gjc_line_add(gjc_line *line, gj_text text)
{
    gjc_atom *atom = atom_make(line);
    if (atom == NULL)
        return;
    *atom = line->next;
    atom->text = text;
    atom->width = width_of(text);
    bool first = line->count == 1;
    bool tight = !first && line->lang == GJ_ZH && needs_no_space(atom[-1].text, text);
    atom->space = !first && !line->glued && !tight;
    line->next = (gjc_atom){0};
    line->glued = false;
}

void gjc_line_add_string(gjc_line *line, const char *text)
{
    gjc_line_add(line, gjb_text_of(text));
}

void gjc_line_glue(gjc_line *line)
{
    line->glued = true;
}

static const char *mark_spelling(const gjc_line *line, const char *mark)
{
    if (line->lang == GJ_EN)
        return mark;
    static const char *const marks[][2] = {{"(", "（"}, {")", "）"}, {",", "，"}, {":", "："}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strcmp(marks[i][0], mark) == 0)
            return marks[i][1];
    return mark;
}

void gjc_line_open(gjc_line *line, const char *mark)
{
    gjc_line_add_string(line, mark_spelling(line, mark));
    line->depth++;
    gjc_line_glue(line);
}

void gjc_line_close(gjc_line *line, const char *mark)
{
    gjc_line_glue(line);
    line->next.may_break = GJC_BREAK_NEVER;
    gjc_line_add_string(line, mark_spelling(line, mark));
    line->depth--;
}

void gjc_line_comma(gjc_line *line)
{
    gjc_line_glue(line);
    gjc_line_add_string(line, line->lang == GJ_ZH ? "、" : ",");
    gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_LIST);
}

void gjc_line_may_break(gjc_line *line, gjc_break how, gjc_rank rank)
{
    line->next.may_break = how;
    line->next.rank = line->depth * RANKS + (uint32_t)rank;
}

void gjc_line_must_break(gjc_line *line, unsigned indent)
{
    line->next.may_break = GJC_BREAK_ALWAYS;
    line->next.indent = (uint8_t)indent;
}

void gjc_line_column(gjc_line *line, unsigned column)
{
    if (!line->is_whole && line->lang == GJ_EN)
        line->next.column = (uint8_t)column;
}

void gjc_line_cell(gjc_line *line, unsigned column)
{
    if (!line->is_whole)
        line->next.column = (uint8_t)column;
}

static gj_text quoted_text(gjc_line *line, gj_text name)
{
    const char *const marks[][2] = {{"`", "`"}, {"「", "」"}};
    const char *const *pair = marks[line->lang];
    size_t open = strlen(pair[0]), close = strlen(pair[1]);
    char *bytes = gjb_arena_make(line->sheet->arena, open + name.size + close, 1);
    if (bytes == NULL) {
        line->sheet->out_of_memory = true;
        return name;
    }
    memcpy(bytes, pair[0], open);
    memcpy(bytes + open, name.bytes, name.size);
    memcpy(bytes + open + name.size, pair[1], close);
    return (gj_text){bytes, open + name.size + close};
}

void gjc_line_name(gjc_line *line, const gjc_node *name)
{
    size_t token = gjc_sheet_first(line->sheet, name);
    if (line->sheet->quoted[token]) {
        gjc_line_add(line, quoted_text(line, name->text));
        return;
    }
    line->next.is_name = true;
    line->next.token = token;
    gjc_line_add(line, name->text);
}

/* ---- widths and columns ---- */

static size_t room_of(const gjc_atom *atom)
{
    return (atom->space ? 1u : 0u) + atom->padding;
}

size_t gjc_line_width(const gjc_line *line)
{
    size_t width = 0;
    for (size_t i = 0; i < line->count; i++)
        width += room_of(&line->atoms[i]) + line->atoms[i].width;
    return width;
}

/* Where the column begins, or SIZE_MAX where the line has none. */
static size_t column_find(const gjc_line *line, unsigned column, gjc_atom **found)
{
    size_t width = 0;
    for (size_t i = 0; i < line->count; i++) {
        gjc_atom *atom = &line->atoms[i];
        if (atom->may_break == GJC_BREAK_ALWAYS)
            break;
        width += room_of(atom);
        if (atom->column == column) {
            *found = atom;
            return width;
        }
        width += atom->width;
    }
    return SIZE_MAX;
}

void gjc_lines_align(gjc_line *const *lines, size_t count)
{
    unsigned last = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < lines[i]->count; k++)
            last = lines[i]->atoms[k].column > last ? lines[i]->atoms[k].column : last;
    for (unsigned column = 1; column <= last; column++) {
        size_t widest = 0;
        gjc_atom *atom;
        for (size_t i = 0; i < count; i++) {
            size_t at = column_find(lines[i], column, &atom);
            if (at != SIZE_MAX && at > widest)
                widest = at;
        }
        for (size_t i = 0; i < count; i++) {
            size_t at = column_find(lines[i], column, &atom);
            if (at != SIZE_MAX)
                atom->padding += (uint32_t)(widest - at);
        }
    }
}

/* ---- laying out ---- */

typedef struct layout {
    const gjc_line *line;
    size_t begin, end; /* the atoms that stand between two forced breaks */
    size_t indent;     /* columns */
} layout;

static void spaces_print(gjb_buffer *out, size_t count)
{
    for (; count > 0; count--)
        gjb_buffer_add_byte(out, ' ');
}

static void atoms_print(const layout *l, size_t begin, size_t end)
{
    gjc_sheet *sheet = l->line->sheet;
    for (size_t i = begin; i < end; i++) {
        const gjc_atom *atom = &l->line->atoms[i];
        if (i > begin)
            spaces_print(&sheet->out, room_of(atom));
        size_t at = sheet->out.size;
        gjb_buffer_add_text(&sheet->out, atom->text);
        if (atom->is_name)
            gjc_sheet_add_name(sheet, at, atom->token);
    }
}

/* The atom that begins the next line when this one begins at `begin`. */
static size_t break_find(const layout *l, size_t begin, size_t indent)
{
    size_t width = indent, best = l->end;
    uint32_t best_rank = UINT32_MAX;
    size_t comma = l->line->lang == GJ_ZH ? 2 : 1;
    for (size_t i = begin; i < l->end; i++) {
        const gjc_atom *atom = &l->line->atoms[i];
        size_t ended = width + (atom->may_break == GJC_BREAK_COMMA ? comma : 0);
        bool may = i > begin && atom->may_break != GJC_BREAK_NEVER && !l->line->is_whole;
        if (may && (best == l->end || (ended <= GJC_COLUMNS_MAX && atom->rank <= best_rank))) {
            best = i;
            best_rank = atom->rank;
        }
        width += (i > begin ? room_of(atom) : 0) + atom->width;
        if (width > GJC_COLUMNS_MAX && best < l->end)
            return best;
    }
    return width > GJC_COLUMNS_MAX ? best : l->end;
}

static void layout_print(const layout *l)
{
    gjb_buffer *out = &l->line->sheet->out;
    size_t begin = l->begin, indent = l->indent;
    for (;;) {
        size_t end = break_find(l, begin, indent);
        spaces_print(out, indent);
        atoms_print(l, begin, end);
        if (end == l->end)
            return;
        if (l->line->atoms[end].may_break == GJC_BREAK_COMMA)
            gjb_buffer_add_string(out, l->line->lang == GJ_ZH ? "，" : ",");
        gjb_buffer_add_byte(out, '\n');
        begin = end;
        indent = l->indent + CONTINUATION;
    }
}

void gjc_line_print(const gjc_line *line, size_t indent)
{
    layout l = {.line = line, .indent = indent * GJC_INDENT};
    while (l.begin < line->count) {
        l.end = l.begin + 1;
        while (l.end < line->count && line->atoms[l.end].may_break != GJC_BREAK_ALWAYS)
            l.end++;
        layout_print(&l);
        if (l.end == line->count)
            break;
        gjb_buffer_add_byte(&line->sheet->out, '\n');
        l.indent = (indent + line->atoms[l.end].indent) * GJC_INDENT;
        l.begin = l.end;
    }
}
