/* SPDX-License-Identifier: Apache-2.0
 *
 * See ladder.h. */
#include "sema/ladder.h"

#include "sema/durations.h"

static bool is_rung(const gjc_node *node)
{
    return node->kind == GJC_RUNG_BEFORE || node->kind == GJC_RUNG_AT ||
           node->kind == GJC_RUNG_OVERDUE;
}

static gjr_rung share_resolve(gjc_sema *sema, const gjc_node *node)
{
    gjr_rung rung = {.kind = GJR_RUNG_SHARE, .amount = (uint32_t)node->value2};
    if (node->value2 < 1 || node->value2 > GJR_SHARE_WHOLE) {
        gjc_diag_add(sema->diags, GJC_E0610, node->span, gjc_arg_none(), gjc_arg_none());
        rung.amount = GJR_SHARE_WHOLE;
    }
    return rung;
}

static gjr_rung rung_resolve(gjc_sema *sema, const gjc_node *node)
{
    const gjc_node *duration = gjc_node_find(node, GJC_DURATION);
    if (node->kind == GJC_RUNG_AT)
        return share_resolve(sema, node);
    gjc_length length = {GJR_UNIT_WORKDAYS, 0};
    if (duration != NULL)
        length = gjc_durations_length(sema, duration);
    gjr_rung_kind kind = node->kind == GJC_RUNG_BEFORE ? GJR_RUNG_BEFORE : GJR_RUNG_OVERDUE;
    return (gjr_rung){.kind = kind, .amount = length.amount, .unit = length.unit};
}

void gjc_ladder_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    gjr_rung *rungs = gjc_sema_make(sema, GJR_RUNGS_MAX + 1, sizeof *rungs);
    bool overdue = false;
    limit->rungs = rungs;
    if (rungs == NULL)
        return;
    for (const gjc_node *part = node->first; part != NULL; part = part->next) {
        if (!is_rung(part))
            continue;
        if (limit->is_open || limit->is_backward) {
            gjc_diag_add(sema->diags, GJC_E0615, part->span, gjc_arg_none(), gjc_arg_none());
            continue;
        }
        if (part->kind == GJC_RUNG_AT && limit->by != GJC_NO_INDEX)
            gjc_diag_add(sema->diags, GJC_E0617, part->span, gjc_arg_none(), gjc_arg_none());
        if (limit->rung_count >= GJR_RUNGS_MAX) {
            gjc_diag_add(sema->diags, GJC_E0611, part->span,
                         gjc_diag_number(sema->diags, GJR_RUNGS_MAX), gjc_arg_none());
            break;
        }
        gjr_rung *rung = &rungs[limit->rung_count++];
        *rung = rung_resolve(sema, part);
        rung->severity = (uint32_t)part->value;
        overdue |= rung->kind == GJR_RUNG_OVERDUE;
    }
    if (limit->is_open || limit->is_backward)
        return;
    if (!overdue && limit->rung_count < GJR_RUNGS_MAX)
        rungs[limit->rung_count++] = (gjr_rung){
            .kind = GJR_RUNG_OVERDUE, .unit = GJR_UNIT_WORKDAYS, .severity = GJR_SEVERITY_YELLOW};
    else if (!overdue)
        gjc_diag_add(sema->diags, GJC_E0611, limit->label.span,
                     gjc_diag_number(sema->diags, GJR_RUNGS_MAX), gjc_arg_none());
}
