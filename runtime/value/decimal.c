/* SPDX-License-Identifier: Apache-2.0
 *
 * See decimal.h. Products are formed in 128 bits and must divide by the scale without rest; text is
 * read as one run of digits and a power of ten, so that "1e3", "1000" and "1000.0000" are one. */
#include "value/decimal.h"

#include <string.h>

enum { FRACTION_DIGITS = 4, DIGITS_MAX = 19 };

__extension__ typedef __int128 wide;

/* A number as written: the digits without leading or trailing zeros, and the power of ten of the
 * last one. */
typedef struct written {
    bool negative;
    uint64_t digits;
    size_t digit_count; /* significant ones, as far as they fit */
    int64_t exponent;
} written;

static bool is_digit(gj_text text, size_t at)
{
    return at < text.size && text.bytes[at] >= '0' && text.bytes[at] <= '9';
}

/* Adds a digit; zeros are held back until a digit follows, so that trailing ones cost nothing. */
static bool written_add(written *number, int digit, size_t *zeros_held)
{
    if (digit == 0) {
        *zeros_held += number->digits != 0 ? 1 : 0;
        return true;
    }
    size_t added = *zeros_held + 1;
    if (added > DIGITS_MAX || number->digit_count + added > DIGITS_MAX) {
        return false;
    }
    for (; *zeros_held > 0; --*zeros_held) {
        number->digits *= 10;
    }
    number->digits = number->digits * 10 + (uint64_t)digit;
    number->digit_count += added;
    return true;
}

static bool digits_read(gj_text text, size_t *at, written *number)
{
    size_t zeros_held = 0, first = *at, fraction_count = 0;
    bool in_fraction = false;
    for (;; ++*at) {
        if (!in_fraction && *at < text.size && text.bytes[*at] == '.') {
            in_fraction = true;
            if (*at == first || !is_digit(text, *at + 1)) {
                return false;
            }
        } else if (!is_digit(text, *at)) {
            break;
        } else {
            fraction_count += in_fraction ? 1 : 0;
            if (!written_add(number, text.bytes[*at] - '0', &zeros_held)) {
                return false;
            }
        }
    }
    number->exponent = (int64_t)zeros_held - (int64_t)fraction_count;
    return *at > first;
}

static bool exponent_read(gj_text text, size_t *at, written *number)
{
    if (*at == text.size || (text.bytes[*at] != 'e' && text.bytes[*at] != 'E')) {
        return true;
    }
    ++*at;
    bool negative = *at < text.size && text.bytes[*at] == '-';
    *at += *at < text.size && (negative || text.bytes[*at] == '+') ? 1 : 0;
    if (!is_digit(text, *at)) {
        return false;
    }
    int64_t exponent = 0;
    for (; is_digit(text, *at); ++*at) {
        exponent = exponent * 10 + (text.bytes[*at] - '0');
        if (exponent > GJR_DECIMAL_EXPONENT_MAX) {
            return false;
        }
    }
    number->exponent += negative ? -exponent : exponent;
    return true;
}

static bool written_scale(const written *number, gjr_decimal *scaled)
{
    if (number->digits == 0) {
        *scaled = 0;
        return true;
    }
    int64_t power = number->exponent + FRACTION_DIGITS;
    if (power < 0 || power > DIGITS_MAX) {
        return false;
    }
    wide value = (wide)number->digits;
    for (; power > 0; power--) {
        value *= 10;
    }
    value = number->negative ? -value : value;
    *scaled = (gjr_decimal)value;
    return value >= INT64_MIN && value <= INT64_MAX;
}

bool gjr_decimal_parse(gj_text text, gjr_decimal *number)
{
    written read = {0};
    gjr_decimal scaled;
    size_t at = 0;
    if (text.bytes == NULL || text.size == 0) {
        return false;
    }
    read.negative = text.bytes[0] == '-';
    at += read.negative || text.bytes[0] == '+' ? 1 : 0;
    if (!digits_read(text, &at, &read) || !exponent_read(text, &at, &read) || at != text.size ||
        !written_scale(&read, &scaled)) {
        return false;
    }
    *number = scaled;
    return true;
}

bool gjr_decimal_of_int(int64_t whole, gjr_decimal *number)
{
    return !__builtin_mul_overflow(whole, GJR_DECIMAL_SCALE, number);
}

bool gjr_decimal_to_int(gjr_decimal number, int64_t *whole)
{
    *whole = number / GJR_DECIMAL_SCALE;
    return number % GJR_DECIMAL_SCALE == 0;
}

bool gjr_decimal_add(gjr_decimal a, gjr_decimal b, gjr_decimal *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}

bool gjr_decimal_subtract(gjr_decimal a, gjr_decimal b, gjr_decimal *difference)
{
    return !__builtin_sub_overflow(a, b, difference);
}

bool gjr_decimal_multiply(gjr_decimal a, gjr_decimal b, gjr_decimal *product)
{
    wide exact = (wide)a * b;
    wide scaled = exact / GJR_DECIMAL_SCALE;
    if (exact % GJR_DECIMAL_SCALE != 0 || scaled < INT64_MIN || scaled > INT64_MAX) {
        return false;
    }
    *product = (gjr_decimal)scaled;
    return true;
}

bool gjr_decimal_modulo(gjr_decimal a, gjr_decimal b, gjr_decimal *rest)
{
    if (b == 0) {
        return false;
    }
    gjr_decimal left = b == -1 ? 0 : a % b; /* INT64_MIN % -1 is undefined */
    bool opposite = left != 0 && (left < 0) != (b < 0);
    *rest = opposite ? left + b : left;
    return true;
}

bool gjr_decimal_negate(gjr_decimal a, gjr_decimal *negated)
{
    return !__builtin_sub_overflow(INT64_C(0), a, negated);
}

int gjr_decimal_compare(gjr_decimal a, gjr_decimal b)
{
    return (a > b) - (a < b);
}

size_t gjr_decimal_format(gjr_decimal number, char *text)
{
    char backward[GJR_DECIMAL_SIZE_MAX];
    size_t count = 0, place = 0;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    for (; place <= FRACTION_DIGITS || left > 0; place++) {
        char digit = (char)('0' + left % 10);
        if (place == FRACTION_DIGITS && count > 0) {
            backward[count++] = '.';
        }
        if (place >= FRACTION_DIGITS || count > 0 || digit != '0') {
            backward[count++] = digit;
        }
        left /= 10;
    }
    if (number < 0) {
        backward[count++] = '-';
    }
    for (size_t i = 0; i < count; i++) {
        text[i] = backward[count - 1 - i];
    }
    text[count] = '\0';
    return count;
}

void gjr_decimal_print(gjr_decimal number, gjb_buffer *out)
{
    char text[GJR_DECIMAL_SIZE_MAX];
    gjb_buffer_add(out, text, gjr_decimal_format(number, text));
}
