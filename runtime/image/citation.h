/* SPDX-License-Identifier: Apache-2.0
 *
 * How the articles are cited that a clause rests on: by findings, and where rules are compared. */
#ifndef GJR_CITATION_H
#define GJR_CITATION_H

#include <guiju/guiju.h>

#include "base/buffer.h"

/* "licensing art. 42(1), 82", "《行政许可法》第四十二条第一款、第八十二条". */
void gjr_citation_print(gjb_buffer *out, gj_lang lang, const gj_citation *basis, size_t count);
/* One of them, its law left out where it is that of the one before, which may be NULL. */
void gjr_citation_print_after(gjb_buffer *out, gj_lang lang, const gj_citation *citation,
                              const gj_citation *before);

#endif
