/* SPDX-License-Identifier: Apache-2.0
 *
 * The unified social credit code of legal persons, GB 32100-2015: 18 characters of 31 kinds, of
 * which the last checks the others. The letters I, O, S, V and Z are left out, since they are
 * easily misread. Character i counts 3^i mod 31 times; the check character makes the sum a multiple
 * of 31. The ninth to seventeenth are the organisation code of GB 11714-1997, whose last is a check
 * character of its own. */
#include <guiju/guiju.h>

#include <string.h>

enum { CODE_SIZE = 18, BODY_FIRST = 8, BODY_SIZE = 8, BODY_CHECK = 16 };

static const char kinds[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
enum { KINDS = sizeof kinds - 1 };

/* The value of a character, or KINDS where it is none of a code. */
static unsigned value_of(char character)
{
    const char *found = character == '\0' ? NULL : strchr(kinds, character);
    return found == NULL ? KINDS : (unsigned)(found - kinds);
}

/* The check character of the 17 before it, or '\0' where one of them is none of a code. */
static char check_of(const char *code)
{
    unsigned sum = 0, weight = 1;
    for (int i = 0; i < CODE_SIZE - 1; i++) {
        unsigned value = value_of(code[i]);
        if (value == KINDS) {
            return '\0';
        }
        sum += value * weight;
        weight = weight * 3 % KINDS;
    }
    return kinds[(KINDS - sum % KINDS) % KINDS];
}

/* The organisation code's own: digits and letters, weighed and taken mod 11. */
static char body_check_of(const char *code)
{
    static const int weights[BODY_SIZE] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < BODY_SIZE; i++) {
        char character = code[BODY_FIRST + i];
        int value = character >= '0' && character <= '9'   ? character - '0'
                    : character >= 'A' && character <= 'Z' ? character - 'A' + 10
                                                           : -1;
        if (value < 0) {
            return '\0';
        }
        sum += value * weights[i];
    }
    int check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : (char)('0' + check);
}

/* Whether a text is such a code: its length, its characters and both check characters. */
GJ_API int32_t credit_code_is_valid(gj_text code, bool *result);
int32_t credit_code_is_valid(gj_text code, bool *result)
{
    *result = code.size == CODE_SIZE && check_of(code.bytes) != '\0' &&
              check_of(code.bytes) == code.bytes[CODE_SIZE - 1] &&
              body_check_of(code.bytes) == code.bytes[BODY_CHECK];
    return GJ_NATIVE_ANSWERED;
}

/* The division where it was registered: characters 3 to 8, of GB/T 2260. Of what is no code nobody
 * can say. */
GJ_API int32_t credit_code_division(gj_text code, gj_text *result);
int32_t credit_code_division(gj_text code, gj_text *result)
{
    bool valid = false;
    credit_code_is_valid(code, &valid);
    if (!valid) {
        return GJ_NATIVE_UNKNOWN;
    }
    *result = (gj_text){code.bytes + 2, 6};
    return GJ_NATIVE_ANSWERED;
}
