/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/account.h"

static bool are_of_one(const gj_account_mark *a, const gj_account_mark *b)
{
    return a->clause == b->clause && a->began == b->began;
}

/* Whether what `stop` began has neither ended nor been void before `mark`. */
static bool is_open(const gj_account_mark *stop, const gj_account_mark *mark)
{
    for (const gj_account_mark *next = stop + 1; next < mark; next++) {
        bool ends = next->kind == GJ_MARK_RESUMED ||
                    (next->kind == GJ_MARK_VOIDED && !next->voids_extension);
        if (ends && are_of_one(stop, next)) {
            return false;
        }
    }
    return true;
}

bool gjr_account_goes_on(const gj_account *account, const gj_account_mark *mark)
{
    bool held = false;
    for (const gj_account_mark *stop = account->marks; stop < mark; stop++) {
        if (stop->kind != GJ_MARK_STOPPED || !is_open(stop, mark)) {
            continue;
        }
        if (are_of_one(stop, mark)) {
            held |= stop->at_most_until >= mark->at;
        } else if (stop->at_most_until > mark->at) {
            return false;
        }
    }
    return held;
}
