/* SPDX-License-Identifier: Apache-2.0
 *
 * Modules: which files a compilation reads, and which module sees which. Loading starts with the
 * files named, then follows every `use`, each file once, breadth first; so the order of modules
 * depends on the sources alone. A module sees its own declarations and those of the modules it uses
 * itself, not of those they use. Only this file reads from the disk. */
#ifndef GJC_MODULES_H
#define GJC_MODULES_H

#include "syntax/ast.h"
#include "syntax/diag.h"

#include <stdio.h>

enum {
    GJC_MODULES_MAX = 256,
    GJC_PATH_SIZE_MAX = 4000, /* of a file's path */
};

struct gjc_module;

typedef struct gjc_use {
    gjc_span span;
    gj_text path;              /* "std.calendar.cn" */
    gj_text alias;             /* its short name here, or absent */
    struct gjc_module *module; /* NULL: could not be found */
} gjc_use;

typedef struct gjc_module {
    gj_text name; /* as `module` says, else as it is used, else absent */
    gj_text file; /* its path */
    uint32_t source;
    gjc_node *tree;
    gjc_use *uses;
    size_t use_count;
    int mark; /* while looking for circles */
} gjc_module;

typedef struct gjc_modules {
    gjb_arena *arena;
    gjc_sources *sources;
    gjc_diag_list *diags;
    const char *const *search_paths;
    size_t search_path_count;
    const char *library;
    gj_text home; /* the folder of the first file given, with its slash, or "" */
    gjc_module *items[GJC_MODULES_MAX];
    size_t count;
    size_t given_count;  /* the first so many are the files given; their procedures are compiled */
    bool has_unreadable; /* some file given could not be read */
} gjc_modules;

/* search_paths, search_path_count and library are to be set after. */
void gjc_modules_init(gjc_modules *modules, gjc_sources *sources, gjc_diag_list *diags);
/* A file given on the command line ("-" is standard input), and a text from memory. */
gj_status gjc_modules_add_file(gjc_modules *modules, const char *path);
gj_status gjc_modules_add_text(gjc_modules *modules, gj_text file, gj_text text);
/* Follows every `use`; circles and modules that are not there are diagnostics. */
gj_status gjc_modules_load(gjc_modules *modules);

/* Whether a module is called so where it is used: by its short name, whole path or last word. */
bool gjc_use_answers(const gjc_use *use, gj_text name);

#endif
