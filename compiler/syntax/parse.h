/* SPDX-License-Identifier: Apache-2.0
 *
 * Source text to tree: the only door to the scanner and to bison. The parser is a push parser, so
 * one loop takes a token, asks which keywords could stand there, and pushes; nothing calls back. */
#ifndef GJC_PARSE_H
#define GJC_PARSE_H

#include "syntax/ast.h"
#include "syntax/diag.h"
#include "syntax/record.h"

enum {
    GJC_DEPTH_MAX = 100,        /* brackets and blocks inside one another */
    GJC_SYNTAX_ERRORS_MAX = 20, /* then the rest of the file is not read */
};

/* Parses one source. GJ_OK with *file even where the text has mistakes: they are in diags, and what
 * could not be read is missing or a BROKEN node. GJ_NO_MEMORY otherwise. The tree lives in the
 * arena and borrows from the source. */
gj_status gjc_parse(const gjc_sources *sources, uint32_t source, gjb_arena *arena,
                    gjc_diag_list *diags, gjc_node **file);

/* As gjc_parse, and prints each token as the parser took it, one a line: `line:column kind words`.
 */
gj_status gjc_parse_tokens(const gjc_sources *sources, uint32_t source, gjb_arena *arena,
                           gjc_diag_list *diags, gjb_buffer *out);

/* As gjc_parse, and keeps each token and comment in the record, which the caller has inited. */
gj_status gjc_parse_recorded(const gjc_sources *sources, uint32_t source, gjb_arena *arena,
                             gjc_diag_list *diags, gjc_record *record, gjc_node **file);

/* Reads a text whose names are known beforehand, takes each as a name, and marks those that would
 * have been read as something else where they stand. */
gj_status gjc_parse_names(const gjc_sources *sources, uint32_t source, gjb_arena *arena,
                          gjc_expected_names *names);

#endif
