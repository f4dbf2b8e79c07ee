/* SPDX-License-Identifier: Apache-2.0
 *
 * See powers.h. */
#include "sema/powers.h"

#include "sema/actions.h"
#include "sema/citations.h"
#include "sema/expressions.h"
#include "sema/posts.h"

static void power_resolve(gjc_sema *sema, const gjc_node *node, uint32_t post)
{
    gjc_power power = {
        .span = node->span,
        .kind = node->kind == GJC_MAY ? GJR_POWER_MAY : GJR_POWER_NEVER,
        .region = sema->region,
        .post = post,
        .action = gjc_actions_get(sema, gjc_node_name(node), gjc_node_name_span(node)),
    };
    sema->action = power.action;
    sema->may_ask = true;
    power.when = gjc_expr_resolve_when(sema, node);
    sema->may_ask = false;
    sema->action = GJC_NO_INDEX;
    power.is_unclear = power.when == NULL && gjc_node_find(node, GJC_WHEN) != NULL;
    power.basis = gjc_citations_resolve(sema, node);
    if (post == GJC_NO_INDEX || power.action == GJC_NO_INDEX)
        return;
    gjc_power *added = gjc_model_add_power(sema->model);
    if (added == NULL)
        sema->out_of_memory = true;
    else
        *added = power;
}

static void block_resolve(gjc_sema *sema, const gjc_node *block)
{
    uint32_t post = gjc_posts_find(sema, block->first);
    for (const gjc_node *node = block->first; node != NULL; node = node->next)
        if (node->kind == GJC_MAY || node->kind == GJC_NEVER)
            power_resolve(sema, node, post);
}

void gjc_powers_resolve(gjc_sema *sema)
{
    for (uint32_t i = 0; i < sema->model->region_count; i++) {
        sema->region = i;
        const gjc_node *block = gjc_node_find(sema->model->regions[i].node, GJC_POST_DUTIES);
        for (; block != NULL; block = gjc_node_find_next(block))
            block_resolve(sema, block);
    }
    sema->region = 0;
}
