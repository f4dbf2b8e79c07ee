/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact decimals: four fraction digits in 64 bits, so that sums of money are what a clerk with a
 * pencil gets, on every machine. No operation rounds or wraps: one whose true result does not fit,
 * or needs a fifth fraction digit, returns false, and the expression that asked is unknown. */
#ifndef GJR_VALUE_DECIMAL_H
#define GJR_VALUE_DECIMAL_H

#include "base/buffer.h"

#define GJR_DECIMAL_SCALE INT64_C(10000)

enum {
    GJR_DECIMAL_SIZE_MAX = 24,         /* of the text, with its NUL */
    GJR_DECIMAL_EXPONENT_MAX = 100000, /* larger ones as written are refused */
};

/* The number times GJR_DECIMAL_SCALE; equal numbers are equal integers. */
typedef int64_t gjr_decimal;

/* Reads the whole text: sign, digits, fraction, exponent ("-12.50", "1e3", "2.5E-3"). False where
 * it is no number, too large, or finer than a ten-thousandth; trailing zeros are no digits. */
bool gjr_decimal_parse(gj_text text, gjr_decimal *number);
bool gjr_decimal_of_int(int64_t whole, gjr_decimal *number);
/* The whole number it is; false where it has a fraction. */
bool gjr_decimal_to_int(gjr_decimal number, int64_t *whole);

bool gjr_decimal_add(gjr_decimal a, gjr_decimal b, gjr_decimal *sum);
bool gjr_decimal_subtract(gjr_decimal a, gjr_decimal b, gjr_decimal *difference);
bool gjr_decimal_multiply(gjr_decimal a, gjr_decimal b, gjr_decimal *product);
/* What is left of `a` after whole steps of `b`; it has the sign of `b`. False where b is 0. */
bool gjr_decimal_modulo(gjr_decimal a, gjr_decimal b, gjr_decimal *rest);
bool gjr_decimal_negate(gjr_decimal a, gjr_decimal *negated);
int gjr_decimal_compare(gjr_decimal a, gjr_decimal b); /* < 0, 0, > 0 */

/* "12.5", no trailing zeros, no exponent; NUL-terminated; returns the length without it. The text
 * must have room for GJR_DECIMAL_SIZE_MAX. */
size_t gjr_decimal_format(gjr_decimal number, char *text);
void gjr_decimal_print(gjr_decimal number, gjb_buffer *out);

#endif
