/* SPDX-License-Identifier: Apache-2.0
 *
 * replay.c — runs a fuzzer's entry over files, where libFuzzer is not linked.
 *
 * A fuzzer's finding is worth keeping only if every build meets it again. So each *_fuzz.c is also
 * linked with this main, under gcc and its sanitizers, and given its folder of seeds: files are
 * read whole, folders one level deep, and each is handed over once. A missing folder is no error
 * (a new fuzzer has no seeds yet), but the empty input is always tried.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PATH_SIZE_MAX = 4096 };

static int file_try(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    /* Exactly the size, so that the sanitizer sees a read one past the end. */
    uint8_t *bytes = malloc(size > 0 ? size : 1);
    int failed = file == NULL || bytes == NULL || fread(bytes, 1, size, file) != size;
    if (failed)
        fprintf(stderr, "%s: cannot be read\n", path);
    else
        LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    if (file != NULL)
        fclose(file);
    return failed;
}

static int folder_try(const char *path, size_t *count)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        return 1;
    int failed = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char inner[PATH_SIZE_MAX];
        struct stat about;
        int length = snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (length < 0 || length >= (int)sizeof inner || stat(inner, &about) != 0 ||
            !S_ISREG(about.st_mode))
            continue;
        failed |= file_try(inner, (size_t)about.st_size);
        ++*count;
    }
    closedir(folder);
    return failed;
}

int main(int argc, char **argv)
{
    static const uint8_t nothing[1];
    size_t count = 0;
    int failed = 0;
    LLVMFuzzerTestOneInput(nothing, 0);
    for (int i = 1; i < argc; ++i) {
        struct stat about;
        if (stat(argv[i], &about) != 0) {
            fprintf(stderr, "%s: not there, nothing to replay\n", argv[i]);
        } else if (S_ISDIR(about.st_mode)) {
            failed |= folder_try(argv[i], &count);
        } else {
            failed |= file_try(argv[i], (size_t)about.st_size);
            ++count;
        }
    }
    printf("%zu files replayed\n", count);
    return failed;
}
