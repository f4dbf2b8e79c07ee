/* SPDX-License-Identifier: Apache-2.0
 *
 * See hands.h. */
#include "unit/interpreter/hands.h"

/* Done in the region, around it or inside it, or in no stage at all. */
static bool is_near(const plain *p, int action, int region)
{
    bool anywhere = false;
    for (int i = 0; i < p->on_count; i++) {
        int at = p->stages[p->ons[i].stage].region;
        if (p->ons[i].action == action) {
            anywhere = true;
            if (plain_is_within(p, at, region) || plain_is_within(p, region, at)) {
                return true;
            }
        }
    }
    return !anywhere;
}

const plain_told_act *plain_hand(const plain_case *c, const plain_holders *posts, int region,
                                 int64_t from, int64_t until)
{
    const plain_told_act *found = NULL;
    if (posts->count != 1) {
        return NULL;
    }
    for (int i = 0; i < c->act_count; i++) {
        const plain_told_act *act = &c->acts[i];
        if (act->who.post == posts->posts[0] && act->at >= from && act->at < until &&
            is_near(c->p, act->action, region)) {
            found = act;
        }
    }
    return found != NULL && found->who.officer.size > 0 ? found : NULL;
}
