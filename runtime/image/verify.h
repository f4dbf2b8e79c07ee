/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of the verifier share: the rows, where they stand in the file, and the refusal.
 * The parts run in the order in which they stand here, and each relies on those before it: once the
 * rows' own columns are proved, every index may be followed.
 *
 * Each claim of claims.def is one function's, and refused in one place. All run in time linear in
 * the file: what is followed from a row is a range that belongs to that row alone, or is bounded by
 * a named limit. */
#ifndef GJR_VERIFY_H
#define GJR_VERIFY_H

#include "base/arena.h"
#include "image/layout.h"

typedef enum gjr_claim {
    GJR_CLAIM_NONE,
#define CLAIM(number, NAME, english, chinese) GJR_CLAIM_##NAME = number,
#include "image/claims.def"
#undef CLAIM
} gjr_claim;

/* The sentence, or NULL for a number that is no claim of an image. Static. */
const char *gjr_claim_text(uint32_t claim, gj_lang lang);

typedef struct gjr_verifier {
    const gjr_rows *rows;
    const gjr_section *sections; /* of the unit, in their order */
    const uint8_t *bytes;        /* the unit */
    gjb_arena arena;             /* for the length of the verification */
    gj_refusal *why;
} gjr_verifier;

/* Fills in *why and returns GJ_REFUSED. */
gj_status gjr_verifier_refuse(const gjr_verifier *verifier, gjr_claim claim, gjr_table table,
                              size_t row, size_t word);

#define GJR_REFUSE(verifier, CLAIM, table, row, field)                                             \
    gjr_verifier_refuse(verifier, GJR_CLAIM_##CLAIM, GJR_TABLE_##table, row,                       \
                        offsetof(gjr_##table, field) / sizeof(uint32_t))

/* One unit, from its section table on, which is known to be there: GJ_OK and its rows, GJ_REFUSED
 * with offsets from its begin, or GJ_NO_MEMORY. */
gj_status gjr_verify_unit(const gj_allocator *allocator, const uint8_t *bytes, size_t size,
                          gjr_rows *rows, gj_refusal *why);

/* All that stands in its sections, by the parts that follow. */
gj_status gjr_verify(gjr_verifier *verifier);

/* The strings' offsets and bytes; sets them in *rows. */
gj_status gjr_verify_strings(const gjr_verifier *verifier, gjr_rows *rows);
/* The columns of every row, and who owns it. */
gj_status gjr_verify_rows(gjr_verifier *verifier);
/* That each says fully what it holds. */
gj_status gjr_verify_types(gjr_verifier *verifier);
gj_status gjr_verify_constants(gjr_verifier *verifier);
gj_status gjr_verify_expressions(gjr_verifier *verifier);
gj_status gjr_verify_declarations(gjr_verifier *verifier);
/* How limits count. */
gj_status gjr_verify_terms(gjr_verifier *verifier);
/* What changes how they run. */
gj_status gjr_verify_turns(gjr_verifier *verifier);
/* By what they count. */
gj_status gjr_verify_calendars(gjr_verifier *verifier);
/* What natives take and give, */
gj_status gjr_verify_natives(gjr_verifier *verifier);
/* and who calls them. */
gj_status gjr_verify_calls(gjr_verifier *verifier);
/* What tells the clocks of a limit apart. */
gj_status gjr_verify_keys(gjr_verifier *verifier);
gj_status gjr_verify_effects(gjr_verifier *verifier);
/* Rules that relate acts. */
gj_status gjr_verify_relations(gjr_verifier *verifier);
gj_status gjr_verify_keeps(gjr_verifier *verifier);
gj_status gjr_verify_migrations(gjr_verifier *verifier);
/* The rows by whose names findings tell what decided. */
gj_status gjr_verify_decisions(gjr_verifier *verifier);
/* Whether such a field may tell keys, and an action may tell them by it. */
bool gjr_verify_is_key(const gjr_rows *rows, const gjr_key_field *key);
/* How long those are that hang on the case. */
gj_status gjr_verify_lengths(gjr_verifier *verifier);
/* That limits, and what starts and ends them, know each other. */
gj_status gjr_verify_subscriptions(gjr_verifier *verifier);
gj_status gjr_verify_regions(gjr_verifier *verifier);
gj_status gjr_verify_graph(gjr_verifier *verifier);

#endif
