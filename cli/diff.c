/* SPDX-License-Identifier: Apache-2.0
 *
 * See diff.h. The shortest edit after Myers: for each number of edits, how far along each diagonal
 * one gets; the rounds are kept to walk back. Beyond EDITS_MAX edits the rest is one replacement,
 * so that neither time nor memory grows with the square of a file that has nothing in common with
 * itself. */
#include "diff.h"

#include <stdlib.h>
#include <string.h>

enum { EDITS_MAX = 2000, CONTEXT = 3 };

typedef struct lines {
    gj_text *items;
    size_t count;
} lines;

/* Each line of the result: kept, removed or added. */
typedef struct edit {
    char mark; /* ' ', '-', '+' */
    gj_text line;
} edit;

typedef struct script {
    edit *items;
    size_t count;
} script;

/* ---- lines ---- */

static bool lines_init(lines *found, gj_text text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += text.bytes[i] == '\n' || i + 1 == text.size;
    *found = (lines){.items = calloc(count + 1, sizeof *found->items)};
    if (found->items == NULL)
        return false;
    for (size_t begin = 0; begin < text.size;) {
        const char *end = memchr(text.bytes + begin, '\n', text.size - begin);
        size_t size = end != NULL ? (size_t)(end - text.bytes) + 1 - begin : text.size - begin;
        found->items[found->count++] = (gj_text){text.bytes + begin, size};
        begin += size;
    }
    return true;
}

static bool equal(const lines *a, size_t i, const lines *b, size_t j)
{
    gj_text one = a->items[i], other = b->items[j];
    return one.size == other.size && memcmp(one.bytes, other.bytes, one.size) == 0;
}

/* ---- the shortest edit ---- */

typedef struct search {
    const lines *a, *b;
    long n, m;
    long *rounds[EDITS_MAX + 1]; /* round d: how far on the diagonals -d … d */
    long count;
} search;

static long furthest(const search *s, long d, long k)
{
    const long *before = s->rounds[d - 1] + (d - 1);
    bool down = k == -d || (k != d && before[k - 1] < before[k + 1]);
    return down ? before[k + 1] : before[k - 1] + 1;
}

static long slide(const search *s, long x, long k)
{
    while (x < s->n && x - k < s->m && equal(s->a, (size_t)x, s->b, (size_t)(x - k)))
        x++;
    return x;
}

/* 1: reached the end; 0: too many edits; -1: out of memory. */
static int search_run(search *s)
{
    for (long d = 0; d <= EDITS_MAX; d++) {
        s->rounds[d] = calloc((size_t)(2 * d + 1), sizeof *s->rounds[d]);
        if (s->rounds[d] == NULL)
            return -1;
        s->count = d + 1;
        long *row = s->rounds[d] + d;
        for (long k = -d; k <= d; k += 2) {
            long x = d == 0 ? 0 : furthest(s, d, k);
            /* Off the end of the second text: no such place. */
            row[k] = x - k > s->m || x > s->n ? x : slide(s, x, k);
            if (row[k] >= s->n && row[k] - k >= s->m)
                return 1;
        }
    }
    return 0;
}

static void edit_put(script *made, char mark, gj_text line)
{
    made->items[made->count++] = (edit){mark, line};
}

/* From the end back to the beginning; the script is turned round at last. */
static void search_walk(const search *s, script *made)
{
    long x = s->n, y = s->m;
    for (long d = s->count - 1; d > 0; d--) {
        long k = x - y;
        const long *before = s->rounds[d - 1] + (d - 1);
        bool down = k == -d || (k != d && before[k - 1] < before[k + 1]);
        long from_x = down ? before[k + 1] : before[k - 1];
        long from_y = from_x - (down ? k + 1 : k - 1);
        for (; x > from_x && y > from_y; x--, y--)
            edit_put(made, ' ', s->a->items[x - 1]);
        if (down && y > from_y)
            edit_put(made, '+', s->b->items[--y]);
        else if (!down && x > from_x)
            edit_put(made, '-', s->a->items[--x]);
    }
    for (; x > 0; x--)
        edit_put(made, ' ', s->a->items[x - 1]);
    for (size_t i = 0; i < made->count / 2; i++) {
        edit other = made->items[made->count - 1 - i];
        made->items[made->count - 1 - i] = made->items[i];
        made->items[i] = other;
    }
}

static void replace_all(const search *s, script *made)
{
    for (long i = 0; i < s->n; i++)
        edit_put(made, '-', s->a->items[i]);
    for (long i = 0; i < s->m; i++)
        edit_put(made, '+', s->b->items[i]);
}

static bool script_make(const lines *a, const lines *b, script *made)
{
    search s = {.a = a, .b = b, .n = (long)a->count, .m = (long)b->count};
    *made = (script){.items = calloc(a->count + b->count + 1, sizeof *made->items)};
    int found = made->items != NULL ? search_run(&s) : -1;
    if (found > 0)
        search_walk(&s, made);
    else if (found == 0)
        replace_all(&s, made);
    for (long d = 0; d < s.count; d++)
        free(s.rounds[d]);
    return found >= 0;
}

/* ---- printing ---- */

static void line_print(cli_output *out, const edit *e)
{
    cli_output_style(out, e->mark == '+' ? CLI_GREEN : e->mark == '-' ? CLI_RED : CLI_PLAIN);
    cli_output_add(out, &e->mark, 1);
    bool whole = e->line.size > 0 && e->line.bytes[e->line.size - 1] == '\n';
    cli_output_add_text(out, (gj_text){e->line.bytes, e->line.size - (whole ? 1 : 0)});
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, whole ? "\n" : "\n\\ No newline at end of file\n");
}

/* The end of the hunk that begins at the change at `begin`: where twice the context is kept. */
static size_t hunk_end(const script *s, size_t begin)
{
    size_t end = begin, kept = 0;
    for (size_t i = begin; i < s->count && kept <= 2 * CONTEXT; i++) {
        kept = s->items[i].mark == ' ' ? kept + 1 : 0;
        end = kept == 0 ? i + 1 : end;
    }
    size_t after = end + CONTEXT;
    return after < s->count ? after : s->count;
}

static void counts_add(const script *s, size_t begin, size_t end, size_t *removed, size_t *added)
{
    for (size_t i = begin; i < end; i++) {
        *removed += s->items[i].mark != '+';
        *added += s->items[i].mark != '-';
    }
}

static void hunk_print(cli_output *out, const script *s, size_t begin, size_t end)
{
    size_t a = 0, b = 0, a_count = 0, b_count = 0;
    counts_add(s, 0, begin, &a, &b);
    counts_add(s, begin, end, &a_count, &b_count);
    cli_output_style(out, CLI_NOTICE);
    cli_output_add_format(out, "@@ -%zu,%zu +%zu,%zu @@", a + (a_count > 0), a_count,
                          b + (b_count > 0), b_count);
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "\n");
    for (size_t i = begin; i < end; i++)
        line_print(out, &s->items[i]);
}

static void script_print(cli_output *out, const char *title, const script *s)
{
    cli_output_style(out, CLI_STRONG);
    cli_output_add_format(out, "--- %s\n+++ %s\n", title, title);
    cli_output_style(out, CLI_PLAIN);
    size_t done = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (s->items[i].mark == ' ')
            continue;
        size_t begin = i > done + CONTEXT ? i - CONTEXT : done;
        size_t end = hunk_end(s, i);
        hunk_print(out, s, begin, end);
        done = end;
        i = end - 1;
    }
}

bool cli_diff_print(cli_output *out, const char *title, gj_text before, gj_text after)
{
    lines a = {0}, b = {0};
    script made = {0};
    bool done = lines_init(&a, before) && lines_init(&b, after) && script_make(&a, &b, &made);
    bool changed = before.size != after.size ||
                   (before.size > 0 && memcmp(before.bytes, after.bytes, before.size) != 0);
    if (done && changed)
        script_print(out, title, &made);
    free(made.items);
    free(a.items);
    free(b.items);
    return done;
}
