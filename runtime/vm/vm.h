/* SPDX-License-Identifier: Apache-2.0
 *
 * The expression machine: code over registers, three-valued. It reads the case, and
 * asks natives, through gjr_facts and nothing else, so it has no effects of its own, and it runs
 * only code that the image's verifier has proved: what it proved is asserted here, not checked. */
#ifndef GJR_VM_H
#define GJR_VM_H

#include "image/layout.h"
#include "value/value.h"

/* What an expression may look at. Arrays are indexed as the image's tables. */
typedef struct gjr_done {
    uint32_t times;
    gj_day last_day; /* on the calendar's wall; meaningful when times > 0 */
} gjr_done;

#define GJR_OFFICERS_UNKNOWN UINT32_MAX

typedef struct gjr_facts {
    const gjr_value *fields; /* field_count; unknown: missing */
    const gjr_done *actions; /* action_count */
    gj_instant at;
    gj_day today;
    void *payload;
    /* Whether the limit runs, and its due day; GJ_NO_DAY where that cannot be told. */
    bool (*limit_runs)(void *payload, uint32_t limit, gj_day *due);
    /* By how many officers the action was done before, or GJR_OFFICERS_UNKNOWN. */
    uint32_t (*officers)(void *payload, uint32_t action);
    /* The n-th working day after the day, before it where n is negative; GJ_NO_DAY: not known. */
    gj_day (*workday_add)(void *payload, gj_day day, int32_t n);
    /* Milliseconds into the day on the calendar's wall. */
    int64_t (*clock)(void *payload, gj_instant instant);
    /* What the native gives for as many arguments as it has parameters, which may be unknown or
     * hold what is; texts and lists are borrowed for the length of the run. */
    gjr_value (*call)(void *payload, uint32_t native, const gjr_value *arguments);
} gjr_facts;

/* The value of an expression; texts in it are borrowed from the facts or the image, lists from the
 * facts. Takes at most as many steps as the expression has instructions, and GJR_STEPS_MAX more for
 * walking lists; where these were not enough the value is unknown. Allocates nothing. */
gjr_value gjr_vm_run(const gjr_rows *rows, uint32_t expression, const gjr_facts *facts);

/* The same run once more, for whoever wants to know which rows of decision tables decided in it: of
 * the expression's landmarks those that it came by while both registers were true are marked, a
 * byte each, where nothing is marked before. */
void gjr_vm_retrace(const gjr_rows *rows, uint32_t expression, const gjr_facts *facts,
                    uint8_t *passed);

#endif
