/* SPDX-License-Identifier: Apache-2.0
 *
 * Display width and line breaking, by ranges of code points (Unicode 15, East Asian Width W and F;
 * general categories Mn, Me and Cf as far as the scripts an office meets). Breaking follows the
 * habits of Chinese typesetting: no line begins with a closing mark, none ends with an opening one,
 * and a number stays with its unit. */
#include "width.h"

#include <string.h>

typedef struct range {
    uint32_t first, last;
} range;

static const range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
    {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x26A1, 0x26A1},
    {0x2705, 0x2705},   {0x274C, 0x274C},   {0x2753, 0x2757},   {0x2795, 0x2797},
    {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
    {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},
    {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18D08}, {0x1B000, 0x1B2FB},
    {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A},
    {0x1F200, 0x1F320}, {0x1F32D, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F7E0, 0x1F7EB},
    {0x1F90C, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x2FFFD}, {0x30000, 0x3FFFD},
};

static const range none[] = {
    {0x0300, 0x036F},   {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x0670, 0x0670},
    {0x06D6, 0x06DC},   {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0F71, 0x0F84}, {0x180B, 0x180E},
    {0x1AB0, 0x1AFF},   {0x1DC0, 0x1DFF}, {0x200B, 0x200D}, {0x2060, 0x2064}, {0x20D0, 0x20FF},
    {0x302A, 0x302D},   {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
    {0xE0100, 0xE01EF},
};

/* Marks that turn the direction of what follows: a name could make a line read as another. */
static const range turning[] = {{0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}};

#define IN(ranges, code) is_in(ranges, sizeof(ranges) / sizeof *(ranges), code)

static bool is_in(const range *ranges, size_t count, uint32_t code)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && code >= ranges[low].first;
}

static size_t size_by_lead(unsigned char lead)
{
    return lead < 0x80   ? 1
           : lead < 0xC2 ? 0
           : lead < 0xE0 ? 2
           : lead < 0xF0 ? 3
           : lead < 0xF5 ? 4
                         : 0;
}

/* The code point at `at`, or UINT32_MAX where the UTF-8 is broken. */
static uint32_t decode(gj_text text, size_t at, size_t size)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)text.bytes + at;
    if (size == 0 || size > text.size - at)
        return UINT32_MAX;
    uint32_t code = size == 1 ? bytes[0] : bytes[0] & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return UINT32_MAX;
        code = code << 6 | (bytes[i] & 0x3Fu);
    }
    bool lawful = code >= least[size] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    return lawful ? code : UINT32_MAX;
}

cli_character cli_character_at(gj_text text, size_t at)
{
    size_t size = size_by_lead((unsigned char)text.bytes[at]);
    uint32_t code = decode(text, at, size);
    if (code == UINT32_MAX)
        return (cli_character){.code = 0xFFFD, .size = 1, .width = 1, .readable = false};
    bool control = code < 0x20 ? code != '\n' && code != '\t' : code >= 0x7F && code < 0xA0;
    bool readable = !control && !IN(turning, code);
    size_t width = IN(none, code) ? 0 : IN(wide, code) ? 2 : 1;
    return (cli_character){code, size, readable ? width : 1, readable};
}

size_t cli_width(gj_text text)
{
    size_t columns = 0;
    for (size_t at = 0; at < text.size;) {
        cli_character c = cli_character_at(text, at);
        columns += c.width;
        at += c.size;
    }
    return columns;
}

size_t cli_width_of(const char *string)
{
    return cli_width((gj_text){string, strlen(string)});
}

size_t cli_width_cut(gj_text text, size_t columns)
{
    size_t at = 0, taken = 0;
    while (at < text.size) {
        cli_character c = cli_character_at(text, at);
        if (taken + c.width > columns)
            break;
        taken += c.width;
        at += c.size;
    }
    return at;
}

static bool stands_in(uint32_t code, const char *marks)
{
    gj_text text = {marks, strlen(marks)};
    for (size_t at = 0; at < text.size;) {
        cli_character c = cli_character_at(text, at);
        if (c.code == code)
            return true;
        at += c.size;
    }
    return false;
}

/* Whether a line may end after `before` and the next begin with `after`; spaces apart. */
static bool may_break(cli_character before, cli_character after)
{
    if (before.width < 2 && after.width < 2 && !stands_in(before.code, "”’"))
        return false;
    if (stands_in(after.code, "、，。；：？！”’）》」』】〉…—％,.;:?!)]\""))
        return false;
    if (stands_in(before.code, "“‘（《「『【〈([—\""))
        return false;
    bool number = before.code >= '0' && before.code <= '9';
    return !(number && after.width == 2);
}

/* Spaces at the end of a line stand for the end itself. */
static size_t trimmed(gj_text text, size_t at, size_t end)
{
    while (end > at && text.bytes[end - 1] == ' ')
        end--;
    return end - at;
}

size_t cli_width_line(gj_text text, size_t at, size_t columns, size_t *next)
{
    size_t taken = 0, here = at, end = at,
           start = at; /* the last chance: [end] ends, [start] goes on */
    cli_character before = {0};
    while (here < text.size) {
        cli_character c = cli_character_at(text, here);
        if (c.code == '\n') {
            *next = here + c.size;
            return trimmed(text, at, here);
        }
        if (c.code == ' ' && before.code != ' ')
            end = here, start = here + 1;
        else if (c.code == ' ')
            start = here + 1;
        else if (here > at && before.code != ' ' && may_break(before, c))
            end = start = here;
        if (taken + c.width > columns && here > at && c.code != ' ') {
            if (end == at)
                end = start = here;
            *next = start;
            return trimmed(text, at, end);
        }
        taken += c.width;
        here += c.size;
        before = c;
    }
    *next = here;
    return trimmed(text, at, here);
}
