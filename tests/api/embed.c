/* SPDX-License-Identifier: Apache-2.0
 *
 * embed.c — the smallest program that embeds both libraries, for the check of what is installed.
 *
 * It sees the headers through pkg-config and nothing of the source tree, and is compiled twice, as
 * C11 and as C++17: it proves that the headers stand alone in both, that what it calls is exported,
 * and that the procedure it holds compiles to an image which the runtime takes.
 */
#include <guiju/compile.h>
#include <guiju/guiju.h>
#include <stdio.h>
#include <string.h>

#define GJ_CODE(NAME, name, english, chinese, severity) name "\0"
static const char code_names[] =
#include <guiju/codes.def>
    ;
#undef GJ_CODE

static const char source[] = "procedure embed {\n"
                             "  stage filed initial {\n"
                             "    on close -> done\n"
                             "  }\n"
                             "  stage done final\n"
                             "}\n";

static bool diagnostic_show(void *payload, const char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, (FILE *)payload) == size;
}

static int image_check(gj_text bytes)
{
    gj_image *image = NULL;
    gj_refusal why;
    if (gj_image_load(NULL, bytes.bytes, bytes.size, &image, &why) != GJ_OK) {
        fprintf(stderr, "the image was refused: claim %d\n", (int)why.claim);
        return 1;
    }
    gj_text name = gj_image_procedure_name(image, 0);
    printf("%.*s\n", (int)name.size, name.bytes);
    gj_image_destroy(image);
    return 0;
}

static int garbage_check(void)
{
    gj_image *image = NULL;
    gj_refusal why;
    if (gj_image_load(NULL, "garbage", 7, &image, &why) == GJ_REFUSED)
        return 0;
    fprintf(stderr, "garbage was taken for an image\n");
    return 1;
}

int main(void)
{
    gj_compile_options options;
    gj_compilation *compilation = NULL;
    gj_writer errors = {stderr, diagnostic_show};
    gj_text text = {source, sizeof source - 1};
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    if (gj_compile_text(&options, "embed.gj", text, &compilation) != GJ_OK)
        return 1;
    for (size_t i = 0; i < gj_compilation_diagnostic_count(compilation); ++i)
        gj_diagnostic_print(compilation, i, GJ_EN, false, &errors);
    int failed = strcmp(code_names, "late") != 0;
    failed |= gj_compilation_error_count(compilation) != 0;
    failed |= failed || image_check(gj_compilation_image(compilation));
    failed |= garbage_check();
    gj_compilation_destroy(compilation);
    return failed;
}
