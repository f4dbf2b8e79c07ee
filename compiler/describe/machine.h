/* SPDX-License-Identifier: Apache-2.0
 *
 * What the drawing of a procedure says: a box a stage, with its title, its holder, how many limits
 * may run there and how many posts act there, and the acts that leave a case where it is; an arc
 * for all acts that lead from one stage to another, with who does them and when; an arc for the
 * join of branches, and one for where the law takes a case when a limit runs out. */
#ifndef GJC_MACHINE_H
#define GJC_MACHINE_H

#include "base/buffer.h"
#include "analysis/recovery.h"
#include "describe/diagram.h"

typedef struct gjc_machine {
    gjc_diagram *diagram;
    const gjc_graph *graph;
    const gjc_recovery_table *table;
    const gjc_sources *sources;
    uint32_t chosen;  /* the stage whose detours are drawn, or GJC_NO_INDEX */
    gjb_buffer words; /* one phrase while it is made */
    bool has_failed;  /* memory ended in a phrase */
} gjc_machine;

/* Fills the machine's diagram, which has been initialised. */
gj_status gjc_machine_describe(gjc_machine *machine);

/* How many cells a line may have. */
enum { GJC_BOX_CELLS = 38, GJC_ARC_CELLS = 30 };

/* A new phrase in `words`; its text is good until the next one. */
gjb_buffer *gjc_machine_say(gjc_machine *machine, const char *en, const char *zh);
/* A comma, as the language writes it in a list. */
void gjc_machine_say_comma(gjc_machine *machine);
/* The phrase, as lines of a caption. */
void gjc_machine_note(gjc_machine *machine, gjc_caption *caption, gjc_tone tone, uint32_t cells);
/* The condition as it stands in the source; what goes over lines or on and on is cut. */
void gjc_machine_note_condition(gjc_machine *machine, gjc_caption *caption, const gjc_expr *when,
                                uint32_t cells);
/* The stage's title, after those of the branches between it and the region. */
void gjc_machine_say_stage(gjc_machine *machine, uint32_t stage, uint32_t region);
/* The mark in a pane of a stage outside its region: the one there is, or a new one. GJC_NO_INDEX
 * when memory ends. */
uint32_t gjc_machine_get_exit(gjc_machine *machine, uint32_t pane, uint32_t stage);

#endif
