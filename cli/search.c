/* SPDX-License-Identifier: Apache-2.0
 *
 * Search paths; see search.h. */
#include "search.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"

/* Seen from the folder of the executable: a source tree's build/release, then an installed tree. */
static const char *const places[] = {"../../stdlib", "../share/guiju/stdlib"};

static void find_library(cli_buffer *library)
{
    char command[PATH_MAX];
    const char *told = getenv("GUIJU_STDLIB");
    if (told != NULL && *told != '\0') {
        cli_buffer_add_string(library, told);
        return;
    }
    ssize_t size = readlink("/proc/self/exe", command, sizeof command - 1);
    command[size > 0 ? size : 0] = '\0';
    for (size_t i = 0; size > 0 && i < sizeof places / sizeof *places; i++) {
        gj_text place = {places[i], strlen(places[i])};
        cli_buffer_reset(library);
        cli_file_beside(command, place, "", library);
        if (cli_file_is_folder(cli_buffer_string(library)))
            return;
    }
    cli_buffer_reset(library);
#ifdef GUIJU_STDLIB_DIR
    if (cli_file_is_folder(GUIJU_STDLIB_DIR))
        cli_buffer_add_string(library, GUIJU_STDLIB_DIR);
#endif
}

static size_t count_of(const char *text, char byte)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += *text == byte;
    return count;
}

static void add_environment(cli_search *search)
{
    char *rest = search->environment, *path;
    while ((path = strsep(&rest, ":")) != NULL)
        if (*path != '\0')
            search->paths[search->path_count++] = path;
}

bool cli_search_init(cli_search *search, const cli_options *options)
{
    const char *told = getenv("GUIJU_PATH");
    *search = (cli_search){0};
    size_t most = options->given_count + 1 + (told != NULL ? count_of(told, ':') + 1 : 0);
    search->paths = calloc(most, sizeof *search->paths);
    search->environment = told != NULL ? strdup(told) : NULL;
    if (search->paths == NULL || (told != NULL && search->environment == NULL))
        return false;
    for (size_t i = 0; i < options->given_count; i++)
        if (options->given[i].option == CLI_OPTION_INCLUDE)
            search->paths[search->path_count++] = options->given[i].value;
    add_environment(search);
    find_library(&search->library);
    return !search->library.failed;
}

void cli_search_deinit(cli_search *search)
{
    free(search->paths);
    free(search->environment);
    cli_buffer_deinit(&search->library);
    *search = (cli_search){0};
}

gj_compile_options cli_search_options(cli_search *search)
{
    return (gj_compile_options){
        .size = sizeof(gj_compile_options),
        .search_paths = search->paths,
        .search_path_count = search->path_count,
        .library = search->library.size > 0 ? cli_buffer_string(&search->library) : NULL,
    };
}
