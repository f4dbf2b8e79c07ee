/* SPDX-License-Identifier: Apache-2.0
 *
 * The examples on a code's page: compiler/pages/CODE.txt, built in. A text a code, since examples
 * want to be read and run as they are, and C strings are no place to write a language in. */
#ifndef GJC_PAGE_H
#define GJC_PAGE_H

#include "syntax/diag.h"

/* Each by gj_lang. Either the two examples are there, or the reason why there are none. */
typedef struct gjc_page {
    const char *wrong[2]; /* gives this code and no other; a line `-- NAME` begins another file */
    const char *right[2]; /* gives none */
    const char *none[2];
} gjc_page;

const gjc_page *gjc_page_get(gjc_diag_code code);
/* Both examples under their headings, indented; or the reason. */
void gjc_page_print(gjc_diag_code code, gj_lang lang, gjb_buffer *out);

#endif
