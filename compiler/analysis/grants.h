/* SPDX-License-Identifier: Apache-2.0
 *
 * What a post is granted and must never do: where both meet, the grant is worth nothing. */
#ifndef GJC_GRANTS_H
#define GJC_GRANTS_H

#include "analysis/samples.h"
#include "syntax/diag.h"

/* Whether the post must never do the action, whatever the case. */
bool gjc_grants_forbid(const gjc_model *model, uint32_t post, uint32_t action);
void gjc_grants_check(gjc_sampler *sampler, gjc_diag_list *diags);

#endif
