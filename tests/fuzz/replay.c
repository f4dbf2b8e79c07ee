/* SPDX-License-Identifier: Apache-2.0
 *
 * replay.c — runs a fuzzer's entry over files, where libFuzzer is not linked.
 *
 * A fuzzer's finding is worth keeping only if every build meets it again. So each *_fuzz.c is also
 * linked with this main, under gcc and its sanitizers, and given its folder of seeds: files are
 * read whole, folders one level deep, and each is handed over once, and then changed at random, by
 * the fuzzer's own mutator where it has one: always the same mutants, a sample of what libFuzzer
 * makes. One that breaks something is left as `broken-NAME` where the program runs. A missing
 * folder is no error (a new fuzzer has no seeds yet), but the empty input is always tried.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t size_max);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t size_max, unsigned seed)
    __attribute__((weak));
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

enum { PATH_SIZE_MAX = 4096, MUTANTS = 200, EDITS_MAX = 6, GROWTH = 256, RUN_MAX = 64 };

/* ---- what is being tried ---- */

static const uint8_t *tried;
static size_t tried_size;
static const char *tried_as = "broken-input";

static void broken_keep(void)
{
    int file = tried == NULL ? -1 : open(tried_as, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file >= 0 && write(file, tried, tried_size) == (ssize_t)tried_size) {
        fprintf(stderr,
                "the input is kept as %s: put it into the fuzzer's seeds once it is mended\n",
                tried_as);
    }
    tried = NULL;
}

static void on_abort(int signal_number)
{
    broken_keep();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* Exactly the size, so that the sanitizer sees a read one past the end. */
static void bytes_try(const uint8_t *bytes, size_t size)
{
    uint8_t *exact = malloc(size > 0 ? size : 1);
    if (exact == NULL) {
        abort();
    }
    memcpy(exact, bytes, size);
    tried = exact;
    tried_size = size;
    LLVMFuzzerTestOneInput(exact, size);
    tried = NULL;
    free(exact);
}

/* ---- mutants ---- */

static uint64_t state;

static size_t pick(size_t count)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return count == 0 ? 0 : (size_t)(state >> 33) % count;
}

static size_t run_of(size_t size)
{
    return 1 + pick(size < RUN_MAX ? size : RUN_MAX);
}

/* One edit: a bit, a byte, a run left out, doubled, or laid over another place. */
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t size_max)
{
    static const uint8_t edges[] = {0, 1, 0x7F, 0x80, 0xFF, '"', '{', '\n', ','};
    if (size == 0) {
        return 0;
    }
    size_t at = pick(size), from = pick(size), run = run_of(size - at);
    switch (pick(5)) {
    case 0:
        bytes[at] ^= (uint8_t)(1u << pick(8));
        break;
    case 1:
        bytes[at] = edges[pick(sizeof edges)];
        break;
    case 2:
        memmove(bytes + at, bytes + at + run, size - at - run);
        return size - run;
    case 3:
        if (size + run <= size_max) {
            memmove(bytes + at + run, bytes + at, size - at);
            return size + run;
        }
        break;
    default:
        run = size - from < run ? size - from : run;
        memmove(bytes + at, bytes + from, run);
        break;
    }
    return size;
}

static void mutants_try(const uint8_t *bytes, size_t size)
{
    size_t room = size + GROWTH;
    uint8_t *mutant = malloc(room);
    if (mutant == NULL) {
        abort();
    }
    for (unsigned i = 0; i < MUTANTS; i++) {
        size_t now = size;
        memcpy(mutant, bytes, size);
        for (size_t edits = 1 + pick(EDITS_MAX); edits > 0; edits--) {
            now = LLVMFuzzerCustomMutator != NULL
                      ? LLVMFuzzerCustomMutator(mutant, now, room, (unsigned)pick(1u << 30))
                      : LLVMFuzzerMutate(mutant, now, room);
        }
        bytes_try(mutant, now);
    }
    free(mutant);
}

/* ---- files ---- */

typedef struct tally {
    size_t files, mutants;
} tally;

static int file_try(const char *path, size_t size, tally *count)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(size > 0 ? size : 1);
    int failed = file == NULL || bytes == NULL || fread(bytes, 1, size, file) != size;
    if (failed) {
        fprintf(stderr, "%s: cannot be read\n", path);
    } else {
        state = size;
        bytes_try(bytes, size);
        mutants_try(bytes, size);
        count->files++;
        count->mutants += MUTANTS;
    }
    free(bytes);
    if (file != NULL) {
        fclose(file);
    }
    return failed;
}

static int folder_try(const char *path, tally *count)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return 1;
    }
    int failed = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char inner[PATH_SIZE_MAX];
        struct stat about;
        int length = snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (length < 0 || length >= (int)sizeof inner || stat(inner, &about) != 0 ||
            !S_ISREG(about.st_mode)) {
            continue;
        }
        failed |= file_try(inner, (size_t)about.st_size, count);
    }
    closedir(folder);
    return failed;
}

int main(int argc, char **argv)
{
    static const uint8_t nothing[1];
    static char name[PATH_SIZE_MAX];
    const char *own = strrchr(argv[0], '/');
    tally count = {0, 0};
    int failed = 0;
    snprintf(name, sizeof name, "broken-%s", own != NULL ? own + 1 : argv[0]);
    tried_as = name;
    signal(SIGABRT, on_abort);
    if (__sanitizer_set_death_callback != NULL) {
        __sanitizer_set_death_callback(broken_keep);
    }
    bytes_try(nothing, 0);
    for (int i = 1; i < argc; ++i) {
        struct stat about;
        if (stat(argv[i], &about) != 0) {
            fprintf(stderr, "%s: not there, nothing to replay\n", argv[i]);
        } else if (S_ISDIR(about.st_mode)) {
            failed |= folder_try(argv[i], &count);
        } else {
            failed |= file_try(argv[i], (size_t)about.st_size, &count);
        }
    }
    printf("%zu files replayed, and %zu mutants of them\n", count.files, count.mutants);
    return failed;
}
