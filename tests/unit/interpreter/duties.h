/* SPDX-License-Identifier: Apache-2.0
 *
 * See duties.c. */
#ifndef DUTIES_H
#define DUTIES_H

#include "unit/interpreter/plain.h"

bool plain_duty_is_dated(const gjc_node *must);
/* Its start, end, name and post; how long it is the caller reads. */
plain_limit plain_duty_limit(plain *p, const gjc_node *must, int post, int region);
void plain_duty_rules_read(plain *p, const gjc_node *block, int post, int region);

#endif
