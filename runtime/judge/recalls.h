/* SPDX-License-Identifier: Apache-2.0
 *
 * The acts that a rule which relates acts remembers: the registers of its automaton. They lie in
 * the case's state, so many a rule as the image says; what they have of text is in the tail. Those
 * in use stand in no order but that of the moments at which they were taken. */
#ifndef GJR_RECALLS_H
#define GJR_RECALLS_H

#include "judge/case.h"
#include "judge/raised.h"

enum {
    GJR_RECALL_USED = 1,
    GJR_RECALL_FOUND = 2, /* a finding about it is raised: `finding` is its ordinal */
    GJR_RECALL_PAIR = 4,  /* an act that was done while another one, `partner`, barred it */
    GJR_RECALL_KEYED = 8, /* `item` is its key */
};

typedef struct gjr_recall {
    gj_instant at;
    uint64_t item;    /* the key under which it stands, as a field's word */
    gjr_span officer; /* of size 0: none was told */
    uint32_t key;     /* in the tail: the gjr_key of its event */
    uint32_t role;    /* row: what it is to the rule */
    uint32_t post;    /* or GJR_NONE */
    uint32_t moment;  /* their order within one instant */
    uint32_t finding;
    uint32_t partner; /* of a pair: which of the relation's recalls */
    uint32_t flags;
    int32_t offset_s; /* to print `at` as it was told */
} gjr_recall;

/* The i-th of the relation's. */
static inline gjr_recall *gjr_recall_get(const gjr_case *judged, uint32_t relation, uint32_t i)
{
    const gjr_case_layout *layout = &judged->judge->layout;
    return (gjr_recall *)gjr_case_part(judged, layout->recalls) + layout->recalls_of[relation] + i;
}

/* One that is free, or NULL. */
gjr_recall *gjr_recall_find_free(const gjr_case *judged, uint32_t relation);
void gjr_recall_free(gjr_recall *recall);

/* The act, as a note has it: its texts are the arena's. False when memory ends. */
bool gjr_recall_note(const gjr_case *judged, const gjr_recall *recall, gjb_arena *arena,
                     gjr_raised_act *act);
/* The key under which it stands, likewise. */
bool gjr_recall_note_key(const gjr_case *judged, uint32_t relation, const gjr_recall *recall,
                         gjb_arena *arena, gjr_raised_key *key);

/* Bytes in the tail that are named by all of them, and their way into other bytes. */
size_t gjr_recalls_size(const gjr_case *judged);
void gjr_recalls_move(const gjr_case *from, gjr_case *to);

#endif
