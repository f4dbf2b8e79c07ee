/* SPDX-License-Identifier: Apache-2.0
 *
 * See number.h. */
#include "feed/number.h"

static size_t digits_size(gj_text text, size_t at)
{
    size_t from = at;
    while (at < text.size && text.bytes[at] >= '0' && text.bytes[at] <= '9') {
        at++;
    }
    return at - from;
}

/* RFC 8259, section 6: -? (0 | 1-9 digits) (. digits)? (e sign? digits)? */
bool gjr_text_is_number(gj_text text)
{
    size_t at = text.size > 0 && text.bytes[0] == '-' ? 1 : 0;
    size_t digits = digits_size(text, at);
    if (digits == 0 || (digits > 1 && text.bytes[at] == '0')) {
        return false;
    }
    at += digits;
    if (at < text.size && text.bytes[at] == '.') {
        digits = digits_size(text, at + 1);
        if (digits == 0) {
            return false;
        }
        at += 1 + digits;
    }
    if (at < text.size && (text.bytes[at] == 'e' || text.bytes[at] == 'E')) {
        at++;
        at += at < text.size && (text.bytes[at] == '+' || text.bytes[at] == '-') ? 1 : 0;
        digits = digits_size(text, at);
        if (digits == 0) {
            return false;
        }
        at += digits;
    }
    return at == text.size;
}
