/* SPDX-License-Identifier: Apache-2.0
 *
 * The transitions of one action in one stage: of these the first whose condition holds is taken, so
 * one may hide another, or two may apply where a reader sees no order. And conditions by
 * themselves, of transitions, documents, posts and rules. */
#ifndef GJC_WAYS_H
#define GJC_WAYS_H

#include "analysis/samples.h"
#include "syntax/diag.h"

void gjc_ways_check(gjc_sampler *sampler, gjc_diag_list *diags);

#endif
