/* SPDX-License-Identifier: Apache-2.0
 *
 * What the passes of this floor share: where things are made, where mistakes are reported, which
 * module is being read and the model that grows. A pass reports and goes on, so that one run tells
 * several mistakes; whatever could not be resolved is GJC_NO_INDEX or NULL and never reported
 * again. When memory ends the flag is set and the pass returns early: nobody checks anything but at
 * the end. */
#ifndef GJC_SEMA_H
#define GJC_SEMA_H

#include "sema/model.h"
#include "sema/modules.h"
#include "syntax/ast.h"
#include "syntax/diag.h"

enum { GJC_BEGUN_MAX = 64 };

typedef struct gjc_sema {
    gjb_arena *arena;
    gjc_diag_list *diags;
    const gjc_modules *modules;
    const gjc_module *module; /* the one whose tree is being read */
    gjc_model *model;
    uint32_t region; /* whose clauses are being read */
    uint32_t action; /* whose parameters are in sight, or GJC_NO_INDEX */
    uint32_t
        calendar; /* by which what is being read is counted: a use of the model, if it has any */
    const struct gjc_binder
        *binder;         /* the innermost name that an expression gives; see binders.h */
    bool is_in_function; /* the case is out of sight */
    struct gjc_rule
        *first_of;         /* whose `first` is in sight, the act that has to be followed; or NULL */
    bool may_ask;          /* an impure native: what is read is judged with an event at hand */
    struct gjc_laws *laws; /* of every module; see citations.h */
    struct gjc_declarations *declarations; /* likewise; see declared.h */
    struct gjc_tables *tables; /* where those worked out are kept, or NULL; see tables.h */
    /* Declarations being worked out, each inside the one before. */
    struct gjc_declared *begun[GJC_BEGUN_MAX];
    size_t begun_count;
    bool out_of_memory;
} gjc_sema;

/* Zeroed, in the arena; NULL sets out_of_memory. */
void *gjc_sema_make(gjc_sema *sema, size_t count, size_t size);

/* One behind the other, in the arena; absent text sets out_of_memory. */
gj_text gjc_sema_join(gjc_sema *sema, const char *before, gj_text text);

/* Name, title and aliases of a declaring node. */
gjc_label gjc_sema_label(gjc_sema *sema, const gjc_node *node);

/* The name's index, or GJC_NO_INDEX with E0301 and the nearest spelling reported at the span. */
uint32_t gjc_sema_find(gjc_sema *sema, gjc_labels labels, gj_text name, gjc_span span,
                       gjc_arg noun);
/* Reports an unknown name; the candidates offer spellings. */
void gjc_sema_add_unknown(gjc_sema *sema, const gjc_labels *candidates, size_t candidate_count,
                          gj_text name, gjc_span span, gjc_arg noun);
/* True, and E0302 reported, when the name is taken already. */
bool gjc_sema_check_taken(gjc_sema *sema, gjc_labels labels, const gjc_label *label, gjc_arg noun);
/* E0308 where two could be meant by one name, title or alias in an event. */
void gjc_sema_check_answers(gjc_sema *sema, gjc_labels labels, gjc_arg noun);

/* True, and E0607 reported, where an earlier node of its kind in the block has the node's name. */
bool gjc_sema_check_again(gjc_sema *sema, const gjc_node *block, const gjc_node *node);
/* E0607 where a block holds a second clause of a kind; the first, or NULL. */
const gjc_node *gjc_sema_find_only(gjc_sema *sema, const gjc_node *node, gjc_kind kind,
                                   gjc_arg noun);

#endif
