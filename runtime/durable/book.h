/* SPDX-License-Identifier: Apache-2.0
 *
 * The book of findings: each change of one is written to the store, with its cause, and told to
 * whoever asked for it. What is found again as it stood is no change. */
#ifndef GJR_BOOK_H
#define GJR_BOOK_H

#include "durable/case_file.h"

/* What changed it. */
typedef struct gjr_book_cause {
    gj_cause_kind kind;
    gj_text source, id; /* of the event; absent where time alone did */
} gjr_book_cause;

typedef struct gjr_book {
    gjr_store *store;
    gjb_buffer finding, revision; /* as they are printed; scratch */
    gjb_buffer before;            /* the finding as it was, as the store has it */
    gjr_request *request;         /* who is told, or NULL */
    gj_instant now;
    gjr_chain *chain; /* of the audit */
    uint32_t change_count;
} gjr_book;

void gjr_book_init(gjr_book *book, gjr_store *store, const gj_allocator *allocator);
void gjr_book_deinit(gjr_book *book);

/* A finding that a step raised under an ordinal; `is_new`: the case has none of it. */
void gjr_book_note(gjr_book *book, const gjr_case_file *file, const gj_finding *finding,
                   uint32_t ordinal, bool is_new, const gjr_book_cause *cause);
/* What a live docket tells. */
void gjr_book_revise(gjr_book *book, const gjr_case_file *file, const gj_revision *revision);
/* The case was judged anew: none of its findings has an ordinal, and then those that do. */
void gjr_book_unnumber(gjr_book *book, const gjr_case_file *file);
void gjr_book_number(gjr_book *book, const gjr_case_file *file, const char *id, uint32_t ordinal);

#endif
