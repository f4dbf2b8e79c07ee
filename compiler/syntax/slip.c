/* SPDX-License-Identifier: Apache-2.0
 *
 * See slip.h. Looked up once a mistake, so a walk through the rows will do. */
#include "syntax/slip.h"
#include "base/text.h"

static const gjc_slip words[] = {
#define GJC_SLIP(word, replacement, certain, en, zh) {word, replacement, certain, en, zh},
#define GJC_TWIN(mark, replacement, certain)
#include "syntax/slips.def"
#undef GJC_SLIP
#undef GJC_TWIN
};

static const gjc_slip marks[] = {
#define GJC_SLIP(word, replacement, certain, en, zh)
#define GJC_TWIN(mark, replacement, certain) {mark, replacement, certain, NULL, NULL},
#include "syntax/slips.def"
#undef GJC_SLIP
#undef GJC_TWIN
};

static const gjc_slip *slip_find(const gjc_slip *rows, size_t count, gj_text word)
{
    for (size_t i = 0; i < count; i++) {
        if (gjb_text_equal_string(word, rows[i].word)) {
            return &rows[i];
        }
    }
    return NULL;
}

const gjc_slip *gjc_slip_find_word(gj_text word)
{
    return slip_find(words, sizeof words / sizeof *words, word);
}

const gjc_slip *gjc_slip_find_mark(gj_text mark)
{
    return slip_find(marks, sizeof marks / sizeof *marks, mark);
}
