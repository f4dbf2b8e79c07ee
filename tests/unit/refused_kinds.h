/* SPDX-License-Identifier: Apache-2.0
 *
 * For the programs that make random procedures: what the compiler refuses is not written. Included
 * once by each; it stands outside of interpreter/, which shares nothing with the compiler. */
#ifndef REFUSED_KINDS_H
#define REFUSED_KINDS_H

#include "unit/interpreter/random.h"

bool kind_is_refused(gjc_kind kind)
{
    static const gjc_kind refused[] = {
#define GJC_UNSUPPORTED_KIND(KIND, en, zh) GJC_##KIND,
#include "sema/unsupported.def"
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (refused[i] == kind) {
            return true;
        }
    }
    return false;
}

#endif
