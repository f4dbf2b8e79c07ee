/* SPDX-License-Identifier: Apache-2.0
 *
 * What is dumped and assembled again is dumped alike: the dump leaves nothing out, and the
 * assembler reads all of it. And images that no compiler would write: each change of a line of a
 * small unit is refused by the claim that it breaks. */
#include "unit/sample_image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "unit/assembler.h"
#include "unit/golden_images.h"

static bool append(void *payload, const char *bytes, size_t size)
{
    gjb_buffer_add(payload, bytes, size);
    return true;
}

/* Where the string of a constant stands is not told by its number, but behind it. */
static void string_numbers_hide(char *text)
{
    static const char *const heads[] = {" type=text enumeration=- low=",
                                        " type=officer enumeration=- low="};
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        for (char *at = strstr(text, heads[i]); at != NULL; at = strstr(at, heads[i])) {
            at += strlen(heads[i]);
            at[0] = '0';
            size_t digits = 1 + strspn(at + 1, "0123456789");
            memmove(at + 1, at + digits, strlen(at + digits) + 1);
        }
    }
}

/* Without the lines that tell hashes. */
static gj_text dumped(const gj_image *image, size_t unit, gjb_buffer *out)
{
    gjb_buffer_reset(out);
    assert_int_equal(gj_image_dump_procedure(image, unit, &(gj_writer){out, append}), GJ_OK);
    gjb_buffer_add_byte(out, '\0');
    const char *begin = strstr(out->bytes, "procedure 1\n");
    assert_non_null(begin);
    string_numbers_hide(out->bytes);
    return gjb_text_of(begin);
}

static void assembled(gj_text text, gjb_buffer *file)
{
    gjr_writer w;
    gjr_writer_init(&w, NULL);
    const char *wrong = assemble(text, &w);
    if (wrong != NULL) {
        fail_msg("cannot assemble: %.*s", (int)strcspn(wrong, "\n"), wrong);
    }
    gjb_buffer_reset(file);
    assert_int_equal(gjr_writer_finish(&w, file), GJ_OK);
    gjr_writer_deinit(&w);
}

/* Unit by unit. */
static void assert_comes_back(gj_text bytes, const char *name)
{
    gj_image *image = NULL, *again = NULL;
    gjb_buffer first, second, file;
    gjb_buffer_init(&first, NULL);
    gjb_buffer_init(&second, NULL);
    gjb_buffer_init(&file, NULL);
    assert_int_equal(gj_image_load(NULL, bytes.bytes, bytes.size, &image, NULL), GJ_OK);
    for (size_t i = 0; i < gj_image_procedure_count(image); i++) {
        gj_text told = dumped(image, i, &first);
        gj_refusal why;
        assembled(told, &file);
        if (gj_image_load(NULL, file.bytes, file.size, &again, &why) != GJ_OK) {
            fail_msg("%s: refused by claim %u", name, why.claim);
        }
        gj_text back = dumped(again, 0, &second);
        for (size_t at = 0, line = 0; at <= told.size; at++) {
            if (told.bytes[at] != back.bytes[at]) {
                fail_msg("%s: unit %zu comes back otherwise: %.*s", name, i,
                         (int)strcspn(back.bytes + line, "\n"), back.bytes + line);
            }
            line = told.bytes[at] == '\n' ? at + 1 : line;
        }
        gj_image_destroy(again);
    }
    gj_image_destroy(image);
    gjb_buffer_deinit(&file);
    gjb_buffer_deinit(&second);
    gjb_buffer_deinit(&first);
}

static void test_what_is_dumped_comes_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < GOLDEN_IMAGES; i++) {
        gjb_buffer bytes;
        gjb_buffer_init(&bytes, NULL);
        golden_image(i, &bytes);
        assert_comes_back(gjb_buffer_text(&bytes), golden_sources[i]);
        gjb_buffer_deinit(&bytes);
    }
}

static void test_the_sample_comes_back(void **state)
{
    (void)state;
    gjr_writer w;
    gjb_buffer file;
    gjr_writer_init(&w, NULL);
    gjb_buffer_init(&file, NULL);
    sample_write(&w);
    assert_int_equal(gjr_writer_finish(&w, &file), GJ_OK);
    assert_comes_back(gjb_buffer_text(&file), "the sample");
    gjb_buffer_deinit(&file);
    gjr_writer_deinit(&w);
}

/* ---- changes ---------------------------------------------------------------------------- */

/* As an item of a list it is walked, and the choice has two sides. */
static const char source[] =
    "procedure p {\n"
    " data { ns : list of number\n ts : list of text }\n"
    " stage a initial { on go -> z }\n"
    " stage z final\n"
    " rule r { on go require f(count(n in ns: some(t in ts: t is \"x\"))) > 2 }\n"
    "}\n"
    "function f(n: number) -> number {\n when n > 5 : n * 2\n else n }\n";

typedef struct change {
    const char *from, *to;
    gjr_claim claim;
} change;

/* `from` stands once in the dump; after it a line of several may be changed at a time. */
static const change changes[] = {
    {"loops=2", "loops=2", GJR_CLAIM_NONE},
    {"loops=2", "loops=1", GJR_CLAIM_LOOP_DEPTH},
    {"loops=2", "loops=3", GJR_CLAIM_LOOP_DEPTH},
    {"again         @3", "again         @6", GJR_CLAIM_LOOP},
    {"again         @6", "again         @3", GJR_CLAIM_LOOP},
    {"again         @6", "jump          @12", GJR_CLAIM_LOOP},
    {"each          r3 r2 @17", "each          r3 r2 @16", GJR_CLAIM_MERGES},
    {"each          r3 r2 @17", "each          r3 r2 @12", GJR_CLAIM_MERGE_TYPE},
    {"each          r3 r2 @17", "each          r3 r2 @3", GJR_CLAIM_JUMP},
    {"each          r3 r2 @17", "each          r3 r2 @99", GJR_CLAIM_JUMP},
    {"each          r3 r2 @17", "each          r2 r2 @17", GJR_CLAIM_LOOP_LIST},
    {"each          r6 r5 @12", "each          r6 r2 @12", GJR_CLAIM_LOOP_LIST},
    {"or            r4 r4 r7", "or            r2 r4 r7", GJR_CLAIM_LOOP_LIST},
    {"or            r4 r4 r7", "or            r5 r4 r7", GJR_CLAIM_LOOP_LIST},
    {"or            r4 r4 r7", "or            r3 r4 r7", GJR_CLAIM_MERGE_TYPE},
    {"equal-text    r7 r6 r7", "equal         r7 r6 r7", GJR_CLAIM_OPERAND_TYPE},
    {"equal-text    r7 r6 r7", "equal-text    r7 r6 r8", GJR_CLAIM_REGISTER_WRITTEN},
    {"r5 list of text\n      each", "r5 list of number\n      each", GJR_CLAIM_MERGE_TYPE},
    {"@6: r0 number", "@6: r0 money", GJR_CLAIM_MERGE_TYPE},
    {"@6: r0 number, r1 number", "@6: r1 number, r0 number", GJR_CLAIM_HELD},
    {"@6: r0 number, r1 number", "@6: r1 number", GJR_CLAIM_MERGE_TYPE},
    {"@6: r0 number", "@7: r0 number", GJR_CLAIM_REGISTER_WRITTEN},
    {"    @6: r0", "    @3: r0", GJR_CLAIM_MERGES},
    {"jump-if       r4 @12", "jump-if       r1 @12", GJR_CLAIM_OPERAND_TYPE},
    {"jump-if       r4 @12", "jump-if       r4 @10", GJR_CLAIM_JUMP},
    {"jump-if       r4 @12", "not           r7 r7", GJR_CLAIM_NONE},
    {"tally         r4 r4", "copy          r4 r4", GJR_CLAIM_OPERAND_TYPE},
    {"tally         r4 r4", "jump          @17", GJR_CLAIM_REACHED},
};

/* The first that stands there in the place of the second, which does. */
static void replaced(gj_text text, const change *c, gjb_buffer *out)
{
    const char *found = strstr(text.bytes, c->from);
    if (found == NULL) {
        fail_msg("the dump lacks %s in\n%s", c->from, text.bytes);
    }
    gjb_buffer_reset(out);
    gjb_buffer_add(out, text.bytes, (size_t)(found - text.bytes));
    gjb_buffer_add_string(out, c->to);
    gjb_buffer_add_string(out, found + strlen(c->from));
}

static uint32_t claim_of(gj_text text, const change *c)
{
    gjb_buffer other, file;
    gj_image *image = NULL;
    gj_refusal why;
    gjb_buffer_init(&other, NULL);
    gjb_buffer_init(&file, NULL);
    replaced(text, c, &other);
    assembled(gjb_buffer_text(&other), &file);
    if (gj_image_load(NULL, file.bytes, file.size, &image, &why) == GJ_OK) {
        sample_run(image);
    }
    gj_image_destroy(image);
    gjb_buffer_deinit(&file);
    gjb_buffer_deinit(&other);
    return why.claim;
}

static void test_changes_of_code_are_refused_by_their_claims(void **state)
{
    (void)state;
    gj_compile_options options = {.size = sizeof options};
    gj_compilation *c = NULL;
    gj_image *image = NULL;
    gjb_buffer out;
    bool all = true;
    gjb_buffer_init(&out, NULL);
    assert_int_equal(gj_compile_text(&options, "p.gj", gjb_text_of(source), &c), GJ_OK);
    assert_int_equal(gj_compilation_error_count(c), 0);
    gj_text bytes = gj_compilation_image(c);
    assert_int_equal(gj_image_load(NULL, bytes.bytes, bytes.size, &image, NULL), GJ_OK);
    gj_text text = dumped(image, 0, &out);
    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        uint32_t claim = claim_of(text, &changes[i]);
        if (claim != (uint32_t)changes[i].claim) {
            print_error("%s → %s: claim %u, not %d\n", changes[i].from, changes[i].to, claim,
                        changes[i].claim);
            all = false;
        }
    }
    if (!all) {
        fail_msg("in\n%s", text.bytes);
    }
    gj_image_destroy(image);
    gj_compilation_destroy(c);
    gjb_buffer_deinit(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_sample_comes_back),
        cmocka_unit_test(test_what_is_dumped_comes_back),
        cmocka_unit_test(test_changes_of_code_are_refused_by_their_claims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
