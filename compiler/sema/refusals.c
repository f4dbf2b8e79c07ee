/* SPDX-License-Identifier: Apache-2.0
 *
 * See refusals.h. */
#include "sema/refusals.h"

static void refuse(gjc_sema *sema, gjc_arg name, gjc_span span)
{
    gjc_diag_add(sema->diags, GJC_E0901, span, name, gjc_arg_none());
}

void gjc_refusals_add(gjc_sema *sema, gjc_unsupported what, gjc_span span)
{
    static const char *const names[][2] = {
#define GJC_UNSUPPORTED_CASE(NAME, en, zh) {en, zh},
#include "sema/unsupported.def"
    };
    refuse(sema, gjc_arg_words(names[what][GJ_EN], names[what][GJ_ZH]), span);
}

/* What a refused kind is called in either language; NULL where the kind is not refused. */
static const char *const *refused_find(gjc_kind kind)
{
    static const char *const names[GJC_KIND_COUNT][2] = {
#define GJC_UNSUPPORTED_KIND(KIND, en, zh) [GJC_##KIND] = {en, zh},
#include "sema/unsupported.def"
    };
    return names[kind][GJ_EN] != NULL ? names[kind] : NULL;
}

static bool kind_refuse(gjc_sema *sema, const gjc_node *node)
{
    const char *const *name = refused_find(node->kind);
    if (name != NULL)
        refuse(sema, gjc_arg_words(name[GJ_EN], name[GJ_ZH]), node->span);
    return name != NULL;
}

bool gjc_refusals_hold(const gjc_node *block)
{
    for (const gjc_node *node = block->first; node != NULL; node = node->next)
        if (refused_find(node->kind) != NULL)
            return true;
    return false;
}

/* ---- uses of kinds that are otherwise known ---- */

static void within_check(gjc_sema *sema, const gjc_node *within)
{
    const gjc_node *when = gjc_node_find(within, GJC_WHEN);
    if (when != NULL)
        gjc_refusals_add(sema, GJC_UNSUPPORTED_WITHIN_WHEN, when->span);
}

/* What a limit holds more than once: each one after the first. */
static void limit_check(gjc_sema *sema, const gjc_node *limit)
{
    const gjc_node *within = gjc_node_find(limit, GJC_WITHIN);
    for (within = within == NULL ? NULL : gjc_node_find_next(within); within != NULL;
         within = gjc_node_find_next(within))
        gjc_refusals_add(sema, GJC_UNSUPPORTED_WITHIN_SEVERAL, within->span);
}

/* Returns whether to look inside. */
static bool case_check(gjc_sema *sema, const gjc_node *node)
{
    switch ((int)node->kind) {
    case GJC_WITHIN:
    case GJC_WITHIN_RANGE:
    case GJC_AT_LEAST:
    case GJC_AT_LEAST_BEFORE:
    case GJC_WITHIN_BEFORE:
    case GJC_BY_DATE:
        within_check(sema, node);
        return false;
    case GJC_LIMIT:
        limit_check(sema, node);
        return true;
    default:
        return true;
    }
}

/* Recursion is bounded by GJC_TREE_DEPTH_MAX. */
static void walk(gjc_sema *sema, const gjc_node *parent)
{
    for (const gjc_node *node = parent->first; node != NULL; node = node->next)
        if (!kind_refuse(sema, node) && case_check(sema, node))
            walk(sema, node);
}

void gjc_refusals_check(gjc_sema *sema, const gjc_node *tree)
{
    walk(sema, tree);
}
