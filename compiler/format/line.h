/* SPDX-License-Identifier: Apache-2.0
 *
 * A clause as atoms: pieces of text that are never broken, each with what may stand before it: a
 * space, a place where the line may be broken, the column of a table. Clauses are put together
 * without a thought of width; then the lines of a run are brought into columns, and each is laid
 * out, broken only where the language lets a line go on. */
#ifndef GJC_FORMAT_LINE_H
#define GJC_FORMAT_LINE_H

#include "format/sheet.h"

typedef enum gjc_break {
    GJC_BREAK_NEVER,
    GJC_BREAK_HERE,   /* a new line may begin with it as it is */
    GJC_BREAK_COMMA,  /* a new line may begin with it once a comma ends the one before */
    GJC_BREAK_ALWAYS, /* it begins a line of its own */
} gjc_break;

/* What is broken first where there is a choice: parts of a clause, conditions, lists, the rest. */
typedef enum gjc_rank { GJC_RANK_PART, GJC_RANK_LOGIC, GJC_RANK_LIST, GJC_RANK_REST } gjc_rank;

typedef struct gjc_atom {
    gj_text text;
    uint32_t width;
    bool space;       /* before it */
    uint32_t padding; /* columns more before it */
    uint8_t column;   /* 1, 2 …: begins this column of its run; 0: none */
    gjc_break may_break;
    uint32_t rank;  /* the least is broken first */
    uint8_t indent; /* blocks deeper than its clause, where it always begins a line */
    bool is_name;
    size_t token; /* of the source, of a name */
} gjc_atom;

typedef struct gjc_line {
    gjc_sheet *sheet;
    gj_lang lang; /* the sheet's, but for a clause that English has no words for */
    gjc_atom *atoms;
    size_t count, capacity;
    uint32_t depth;   /* of brackets */
    gjc_atom next;    /* what is already known of the next atom */
    bool glued;       /* the next atom stands against the last */
    bool is_measured; /* made for its width alone: nothing of the source is used up */
    bool is_whole;    /* not to be broken, nor brought into columns */
} gjc_line;

void gjc_line_init(gjc_line *line, gjc_sheet *sheet, gj_lang lang);

/* ---- putting one together ---- */
void gjc_line_add(gjc_line *line, gj_text text);
void gjc_line_add_string(gjc_line *line, const char *text);
/* The next atom stands against the last. */
void gjc_line_glue(gjc_line *line);
/* A mark against the last atom, and the next against the mark: `(`, `[`; and one that closes. */
void gjc_line_open(gjc_line *line, const char *mark);
void gjc_line_close(gjc_line *line, const char *mark);
/* `,` or `、` between the items of a list. */
void gjc_line_comma(gjc_line *line);
/* The next atom may begin a line. */
void gjc_line_may_break(gjc_line *line, gjc_break how, gjc_rank rank);
/* The next atom begins a line, so many blocks deeper than the clause. */
void gjc_line_must_break(gjc_line *line, unsigned indent);
/* The next atom begins this column; 0: none after all. Chinese stands in no columns. */
void gjc_line_column(gjc_line *line, unsigned column);
/* Likewise of a table's cells, which stand in columns in either language. */
void gjc_line_cell(gjc_line *line, unsigned column);
/* A name of the source, quoted where that has been found necessary. */
void gjc_line_name(gjc_line *line, const gjc_node *name);

/* ---- laying out ---- */
/* Columns it takes on one line. */
size_t gjc_line_width(const gjc_line *line);
/* Pads the columns of lines that stand under one another. */
void gjc_lines_align(gjc_line *const *lines, size_t count);
/* Writes it to the sheet at so many blocks' indent, without its last newline. */
void gjc_line_print(const gjc_line *line, size_t indent);

#endif
