/* SPDX-License-Identifier: Apache-2.0
 *
 * See festivals.h. */
#include "notice/festivals.h"

#include <string.h>

typedef struct year_sky {
    gjr_civil spring, qingming, dragon, moon;
} year_sky;

static const year_sky skies[] = {
#define GJC_FESTIVALS(year, m1, d1, m2, d2, m3, d3, m4, d4)                                        \
    {{year, m1, d1}, {year, m2, d2}, {year, m3, d3}, {year, m4, d4}},
#include "notice/festivals.def"
#undef GJC_FESTIVALS
};

static const char NEW_YEAR[] = "元旦", SPRING[] = "春节", QINGMING[] = "清明节",
                  LABOUR[] = "劳动节", DRAGON[] = "端午节", MOON[] = "中秋节",
                  NATIONAL[] = "国庆节";

static bool is_same(gjr_civil a, gjr_civil b)
{
    return a.month == b.month && a.day == b.day;
}

/* From New Year's Eve or the day itself, three days or four. */
static bool is_spring(gjr_civil first, gj_day day)
{
    int since = (int)(day - gjr_civil_day(first));
    bool with_eve = (first.year >= 2008 && first.year <= 2013) || first.year >= 2025;
    return since >= (with_eve ? -1 : 0) && since <= (with_eve && first.year <= 2013 ? 1 : 2);
}

static bool is_labour(gjr_civil civil)
{
    int last = civil.year <= 2007 ? 3 : civil.year <= 2024 ? 1 : 2;
    return civil.month == 5 && civil.day <= last;
}

static const char *festival_of_moon(const year_sky *sky, gjr_civil civil)
{
    if (civil.year <= 2007) {
        return NULL;
    }
    return is_same(civil, sky->qingming) ? QINGMING
           : is_same(civil, sky->dragon) ? DRAGON
           : is_same(civil, sky->moon)   ? MOON
                                         : NULL;
}

const char *gjc_festival_of(gj_day day)
{
    gjr_civil civil = gjr_civil_of_day(day);
    if (civil.year < GJC_FESTIVAL_YEAR_FIRST || civil.year > GJC_FESTIVAL_YEAR_LAST) {
        return NULL;
    }
    const year_sky *sky = &skies[civil.year - GJC_FESTIVAL_YEAR_FIRST];
    if (civil.month == 1 && civil.day == 1) {
        return NEW_YEAR;
    }
    if (civil.month == 10 && civil.day <= 3) {
        return is_same(civil, sky->moon) ? MOON : NATIONAL;
    }
    return is_spring(sky->spring, day) ? SPRING
           : is_labour(civil)          ? LABOUR
                                       : festival_of_moon(sky, civil);
}

const char *gjc_festival_named(gj_text text, size_t *at)
{
    static const struct {
        const char *word, *name;
    } words[] = {{"元旦", NEW_YEAR}, {"新年", NEW_YEAR}, {"春节", SPRING}, {"清明", QINGMING},
                 {"劳动节", LABOUR}, {"五一", LABOUR},   {"端午", DRAGON}, {"中秋", MOON},
                 {"国庆", NATIONAL}, {"十一", NATIONAL}};
    for (*at = 0; *at < text.size; ++*at) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            size_t size = strlen(words[i].word);
            if (size <= text.size - *at && memcmp(text.bytes + *at, words[i].word, size) == 0) {
                return words[i].name;
            }
        }
    }
    return NULL;
}
