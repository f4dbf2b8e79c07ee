/* SPDX-License-Identifier: Apache-2.0
 *
 * The acts that a rule which relates acts remembers: the registers of its automaton, at most so
 * many as the image says. The case's state has for each rule where they lie in the tail, and a bit
 * whether there are any, so that a rule of which nothing is remembered costs its eight bytes and
 * nobody looks at it; as more are remembered they move to a place twice as large. Those in use
 * stand in no order but that of the moments at which they were taken. */
#ifndef GJR_RECALLS_H
#define GJR_RECALLS_H

#include "judge/case.h"
#include "judge/raised.h"

enum {
    GJR_RECALL_USED = 1,
    GJR_RECALL_FOUND = 2,   /* a finding about it is raised: `finding` is its ordinal */
    GJR_RECALL_PAIR = 4,    /* an act that was done while another one, `partner`, barred it */
    GJR_RECALL_KEYED = 8,   /* `item` is its key */
    GJR_RECALL_KEEPS = 16,  /* `item` is the span of what is kept of it (keeps.h) */
    GJR_RECALL_UNSURE = 32, /* what it is to the rule hangs on what is unknown: whether it has been
                               followed, whether it precedes, whether it still bars */
    GJR_RECALL_FLAGS = 63,
};

typedef struct gjr_recall {
    gj_instant at;
    uint64_t item;    /* as its flags say */
    gjr_span officer; /* of size 0: none was told */
    uint32_t key;     /* in the tail: the gjr_key of its event */
    uint32_t role;    /* row: what it is to the rule */
    uint32_t post;    /* or GJR_NONE */
    uint32_t moment;  /* their order within one instant */
    uint32_t finding;
    union {
        uint32_t partner; /* of a pair: which of the relation's recalls */
        uint32_t times;   /* of a rule that counts: how often the act was done for its key */
    };
    uint32_t flags;
    int32_t offset_s; /* to print `at` as it was told */
} gjr_recall;

/* Of a relation. */
typedef struct gjr_register {
    uint32_t begin; /* in the tail: of its recalls */
    uint16_t used;
    uint16_t capacity;
} gjr_register;

_Static_assert(GJR_HELD_MAX <= UINT16_MAX, "they can be counted");

static inline gjr_register *gjr_recall_register(const gjr_case *judged, uint32_t relation)
{
    return (gjr_register *)gjr_case_part(judged, judged->judge->layout.registers) + relation;
}

/* How many of the relation's there are to look at, used or not; and the i-th. */
static inline uint32_t gjr_recall_count(const gjr_case *judged, uint32_t relation)
{
    return gjr_recall_register(judged, relation)->capacity;
}
static inline gjr_recall *gjr_recall_get(const gjr_case *judged, uint32_t relation, uint32_t i)
{
    unsigned char *tail = gjr_case_part(judged, judged->judge->layout.tail);
    return (gjr_recall *)(void *)(tail + gjr_recall_register(judged, relation)->begin) + i;
}

/* The first relation from that one on of which anything is remembered, or GJR_NONE. */
uint32_t gjr_recall_next(const gjr_case *judged, uint32_t relation);

/* Bytes of the tail for which there must be room before so many more are taken. */
size_t gjr_recall_room(const gjr_case *judged, uint32_t relation, uint32_t count);
/* Whether there is room for one more. */
bool gjr_recall_fits(const gjr_case *judged, uint32_t relation);
/* One that was free and is used from now on, or NULL where the image allows no more. The relation's
 * others may then lie elsewhere. */
gjr_recall *gjr_recall_take(gjr_case *judged, uint32_t relation);
void gjr_recall_free(gjr_case *judged, uint32_t relation, gjr_recall *recall);

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
