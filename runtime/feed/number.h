/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a text is a number as JSON writes it (RFC 8259, section 6). */
#ifndef GJR_FEED_NUMBER_H
#define GJR_FEED_NUMBER_H

#include <guiju/guiju.h>

bool gjr_text_is_number(gj_text text);

#endif
