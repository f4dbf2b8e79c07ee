/* SPDX-License-Identifier: Apache-2.0
 *
 * Promises: a promised limit beside the statutory one of the same span, which it must not outlast
 * (W0635). */
#ifndef GJC_PROMISES_H
#define GJC_PROMISES_H

#include "analysis/lengths.h"
#include "sema/model.h"
#include "syntax/diag.h"

void gjc_promises_check(const gjc_model *model, const gjc_calendars *calendars,
                        gjc_diag_list *diags);

#endif
