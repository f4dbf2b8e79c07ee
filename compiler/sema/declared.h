/* SPDX-License-Identifier: Apache-2.0
 *
 * What modules declare for each other by name: types; functions, tables and natives, under names of
 * one kind, since all are called in expressions; and templates. Each is found from the module that
 * speaks of it: its own first, then those of the modules it uses, or under the module's name
 * (`std.money.fee`, `m.fee`). They are gathered before anything is resolved, so that their order
 * means nothing. */
#ifndef GJC_DECLARED_H
#define GJC_DECLARED_H

#include "sema/sema.h"

/* A declaration is worked out when it is first asked for; one that is asked for while it is worked
 * out contains itself. */
typedef enum gjc_progress { GJC_NOT_BEGUN, GJC_BEGUN, GJC_WORKED_OUT } gjc_progress;

typedef struct gjc_declared {
    gjc_label label;
    const gjc_module *module;
    const gjc_node *node; /* a TYPE, FUNCTION, TABLE, NATIVE or TEMPLATE… */
    gjc_progress progress;
    gjc_type type; /* of a TYPE, once worked out; NOTHING where it is wrong */
    const struct gjc_function
        *function; /* of what is worked out here, likewise; NULL where it is wrong */
    const struct gjc_native *native; /* of a NATIVE, likewise */
    struct gjc_declared **callees;   /* that it calls, while it is worked out */
    size_t callee_count, callee_next;
    struct gjc_declared *next;
} gjc_declared;

typedef struct gjc_declarations {
    gjc_declared *first, *last;
} gjc_declarations;

bool gjc_declared_is_callable(gjc_kind kind);

/* Those of one module. */
void gjc_declared_gather(gjc_sema *sema, const gjc_module *module);
/* Before the first is asked for by a model: what one was worked out to is a matter of the model, so
 * that a procedure has what it uses and nothing of others. */
void gjc_declared_begin(gjc_sema *sema);
/* The one of the kind that is called so in the module at hand; NULL where there is none. Several:
 * reported, and *ambiguous is set. */
gjc_declared *gjc_declared_find(gjc_sema *sema, gjc_kind kind, gj_text path, gjc_span span,
                                bool *ambiguous);
/* Every name of the kind that is in sight, for spellings of `path`: where that has a module, under
 * the modules' names too. At most `count_max`, returns how many. */
uint32_t gjc_declared_names(gjc_sema *sema, gjc_kind kind, gj_text path, gjc_label *names,
                            uint32_t count_max);
/* "a → b → a": those begun from `first` on, in the order in which they were begun. */
gj_text gjc_declared_circle(gjc_sema *sema, const gjc_declared *first);

#endif
