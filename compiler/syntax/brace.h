/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a missing `}` belongs. The end of the file is where it is noticed, not where it is missing;
 * how the lines are laid out tells more. A `}` that begins its line further left than the line on
 * which its `{` stands was meant for a block outside, so the missing one belongs before it; and a
 * line that begins a stage, a limit or a procedure no further right than the block it is in is not
 * in it: there the `}` is supplied, and the rest is read as it was meant. */
#ifndef GJC_BRACE_H
#define GJC_BRACE_H

#include "syntax/reader.h"

/* Words that begin a declaration, or a clause of a procedure, and nothing else at a line's head. */
bool gjc_brace_begins_declaration(int token_kind);
bool gjc_brace_begins_clause(int token_kind);

/* Before a word that begins its line: the `}` that is missing there, reported, as the next token.
 */
bool gjc_brace_take_missing(gjc_reader *reader, gjc_token *token);
/* Keeps in mind the first `}` that closes what, by its place, it was not meant to close. */
void gjc_brace_watch(gjc_reader *reader, const gjc_bracket *open, gjc_span close);
/* Adds to a diagnostic about the block that `open` begins: where the `}` is missing, as a note
 * where the layout tells, and the fix. `end` is the last place it can stand in; `next` what comes
 * behind it, an empty span at the end of the file. */
void gjc_brace_note(const gjc_reader *reader, gjc_diag *diag, const gjc_bracket *open, uint32_t end,
                    gjc_span next);
#endif
