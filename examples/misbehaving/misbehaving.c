/* SPDX-License-Identifier: Apache-2.0
 *
 * Natives that do what a native must not, one thing each, and some that do what they should: what a
 * host has to live through. Every `bool` here is an answer nobody should ever come to rely on. */
#include <guiju/guiju.h>

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define NATIVE(name, parameters, result)                                                           \
    GJ_API int32_t name(parameters, result *to);                                                   \
    int32_t name(parameters, result *to)

static int32_t answer(bool *to)
{
    *to = true;
    return GJ_NATIVE_ANSWERED;
}

/* ---- that never come back, or not in time ---- */

NATIVE(loops, gj_text word, bool)
{
    volatile size_t turns = word.size;
    while (turns != SIZE_MAX) {
        turns = turns + 1 - (turns == SIZE_MAX - 1);
    }
    return answer(to);
}

NATIVE(sleeps, gj_text word, bool)
{
    struct timespec long_time = {3600 + (time_t)word.size, 0};
    nanosleep(&long_time, NULL);
    return answer(to);
}

/* ---- that bring the process down ---- */

NATIVE(crashes, gj_text word, bool)
{
    volatile char *nowhere = (char *)(uintptr_t)(word.size * 0);
    *nowhere = 1;
    return answer(to);
}

NATIVE(aborts, gj_text word, bool)
{
    if (word.bytes != NULL) {
        abort();
    }
    return answer(to);
}

NATIVE(exits, gj_text word, bool)
{
    if (word.bytes != NULL) {
        exit(0);
    }
    return answer(to);
}

static size_t deeper(volatile char *above, size_t depth)
{
    volatile char here[4096];
    here[0] = above[0];
    return depth == SIZE_MAX ? 0 : deeper(here, depth + 1) + (size_t)here[0];
}

NATIVE(recurses, gj_text word, bool)
{
    char first = (char)word.size;
    *to = deeper(&first, 0) == 0;
    return GJ_NATIVE_ANSWERED;
}

/* ---- that take what there is ---- */

/* Keeps a megabyte each time. */
NATIVE(leaks, gj_text word, bool)
{
    char *kept = malloc(1 << 20);
    if (kept == NULL) {
        return 12;
    }
    memset(kept, (int)word.size + 1, 1 << 20);
    return answer(to);
}

/* Takes memory for as long as there is some, and then goes on as if there were. */
NATIVE(devours, gj_text word, bool)
{
    for (;;) {
        char *taken = malloc(1 << 20);
        memset(taken, (int)word.size + 1, 1 << 20);
    }
    return answer(to);
}

/* ---- that say what is no answer ---- */

NATIVE(gives_seven, gj_text word, bool)
{
    unsigned char seven = (unsigned char)(7 + 0 * word.size);
    memcpy(to, &seven, 1);
    return GJ_NATIVE_ANSWERED;
}

NATIVE(gives_nothing, gj_text word, bool)
{
    (void)word;
    (void)to;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(gives_bytes, gj_text word, gj_text)
{
    (void)word;
    *to = (gj_text){"\xFF\xFE", 2};
    return GJ_NATIVE_ANSWERED;
}

NATIVE(gives_nul, gj_text word, gj_text)
{
    (void)word;
    *to = (gj_text){"a\0b", 3};
    return GJ_NATIVE_ANSWERED;
}

NATIVE(gives_wild, gj_text word, gj_text)
{
    *to = (gj_text){(const char *)(uintptr_t)(16 + word.size), 8};
    return GJ_NATIVE_ANSWERED;
}

NATIVE(gives_endless, gj_text word, gj_text)
{
    *to = (gj_text){word.bytes, SIZE_MAX};
    return GJ_NATIVE_ANSWERED;
}

NATIVE(gives_no_day, gj_text word, gj_day)
{
    *to = INT32_MAX - (gj_day)word.size;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(gives_long_list, gj_text word, gj_numbers)
{
    static const int64_t one = 1;
    *to = (gj_numbers){&one, (size_t)1 << 40 | word.size};
    return GJ_NATIVE_ANSWERED;
}

NATIVE(says_42, gj_text word, bool)
{
    (void)word;
    *to = true;
    return 42;
}

/* ---- that reach for more than they were given ---- */

NATIVE(forks, gj_text word, bool)
{
    *to = word.bytes != NULL && fork() >= 0;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(runs, gj_text word, bool)
{
    char shell[] = "/bin/true";
    char *arguments[] = {shell, NULL};
    *to = word.bytes != NULL && execve(shell, arguments, NULL) == 0;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(reads_file, gj_text word, bool)
{
    *to = word.bytes != NULL && open("/etc/passwd", O_RDONLY) >= 0;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(writes_file, gj_text word, bool)
{
    int file = open("misbehaving.out", O_WRONLY | O_CREAT, 0600);
    *to = file >= 0 && write(file, word.bytes, word.size) >= 0;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(prints, gj_text word, bool)
{
    *to = write(1, word.bytes, word.size) >= 0;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(connects, gj_text word, bool)
{
    *to = word.bytes != NULL && socket(AF_INET, SOCK_STREAM, 0) >= 0;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(kills, gj_text word, bool)
{
    *to = word.bytes != NULL && kill(getppid(), SIGTERM) == 0;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(makes_code, gj_text word, bool)
{
    void *page =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    *to = word.bytes != NULL && page != MAP_FAILED;
    return GJ_NATIVE_ANSWERED;
}

/* ---- that meddle with the line to the host ---- */

NATIVE(hangs_up, gj_text word, bool)
{
    *to = word.bytes != NULL && close(3) == 0;
    return GJ_NATIVE_ANSWERED;
}

/* An answer of its own making, before the real one. */
NATIVE(forges, gj_text word, bool)
{
    const char frame[] = {20, 0, 0, 0, 9, 9, 9, 9, 6, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};
    *to = word.bytes != NULL && write(3, frame, sizeof frame) == (ssize_t)sizeof frame;
    return GJ_NATIVE_ANSWERED;
}

/* A frame that says it is longer than any. */
NATIVE(floods, gj_text word, bool)
{
    char noise[4096];
    memset(noise, 0xEE, sizeof noise);
    for (size_t i = 0; i <= word.size; i++) {
        *to = write(3, noise, sizeof noise) > 0;
    }
    return GJ_NATIVE_ANSWERED;
}

/* What happens in earnest: whoever wrote it did not think of a place where nobody works. */
GJ_API int32_t per_head(int64_t area, int64_t heads, int64_t *to);
int32_t per_head(int64_t area, int64_t heads, int64_t *to)
{
    *to = area / (heads / 10000);
    return GJ_NATIVE_ANSWERED;
}

/* ---- and that do what they should ---- */

NATIVE(echo_bool, bool value, bool)
{
    *to = value;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(echo_number, int64_t value, int64_t)
{
    *to = value;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(echo_day, gj_day value, gj_day)
{
    *to = value;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(echo_text, gj_text value, gj_text)
{
    *to = value;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(echo_bools, gj_bools value, gj_bools)
{
    *to = value;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(echo_numbers, gj_numbers value, gj_numbers)
{
    *to = value;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(echo_days, gj_days value, gj_days)
{
    *to = value;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(echo_texts, gj_texts value, gj_texts)
{
    *to = value;
    return GJ_NATIVE_ANSWERED;
}

NATIVE(knows_nothing, gj_text word, bool)
{
    (void)word;
    (void)to;
    return GJ_NATIVE_UNKNOWN;
}

/* How often it was asked in this process, which an impure one may tell. */
NATIVE(counts, gj_text word, int64_t)
{
    static int64_t times = 0;
    (void)word;
    times++;
    *to = times * 10000;
    return GJ_NATIVE_ANSWERED;
}

/* Arguments of every kind at once, more than there are registers for: 1 where each is what the test
 * says it is. */
GJ_API int32_t takes_all(bool truth, int64_t number, gj_day day, gj_instant instant, gj_text text,
                         gj_numbers numbers, gj_texts texts, gj_bools bools, gj_days days,
                         int64_t last, bool *to);
int32_t takes_all(bool truth, int64_t number, gj_day day, gj_instant instant, gj_text text,
                  gj_numbers numbers, gj_texts texts, gj_bools bools, gj_days days, int64_t last,
                  bool *to)
{
    *to = truth && number == 12345 && day == -7 && instant == 1700000000000 && text.size == 3 &&
          memcmp(text.bytes, "abc", 3) == 0 && numbers.count == 2 && numbers.items[1] == -2 &&
          texts.count == 1 && texts.items[0].size == 1 && texts.items[0].bytes[0] == 'x' &&
          bools.count == 3 && !bools.items[0] && bools.items[2] && days.count == 1 &&
          days.items[0] == 19000 && last == INT64_MAX;
    return GJ_NATIVE_ANSWERED;
}
