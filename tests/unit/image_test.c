/* SPDX-License-Identifier: Apache-2.0
 *
 * Loading as a whole: the same rows give the same bytes, what was written is read back, any damage
 * is refused, and whatever is not refused runs within limits. mutants_test.c goes on from here.
 * GUIJU_PROVE=1 flips every bit. */
#include "unit/sample_image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void write_sample(gjb_buffer *file)
{
    gjr_writer w;
    gjr_writer_init(&w, NULL);
    sample_write(&w);
    gjb_buffer_init(file, NULL);
    assert_int_equal(gjr_writer_finish(&w, file), GJ_OK);
    gjr_writer_deinit(&w);
}

/* True where it was loaded; then it was dumped and run too. */
static bool survives(const void *bytes, size_t size)
{
    gj_image *image = NULL;
    gj_refusal why;
    gj_status status = gj_image_load(NULL, bytes, size, &image, &why);
    assert_true(status == GJ_OK || (status == GJ_REFUSED && why.claim != 0));
    if (status == GJ_OK) {
        sample_run(image);
        gj_image_destroy(image);
    }
    return status == GJ_OK;
}

static void test_what_was_written_is_read_back(void **state)
{
    (void)state;
    gjb_buffer file, again;
    gj_image *image = NULL;
    gj_refusal why;
    write_sample(&file);
    write_sample(&again);
    assert_int_equal(file.size, again.size);
    assert_memory_equal(file.bytes, again.bytes, file.size);
    assert_int_equal(gj_image_load(NULL, file.bytes, file.size, &image, &why), GJ_OK);
    assert_int_equal(why.claim, 0);
    memset(file.bytes, 0xee, file.size); /* the bytes were copied */
    assert_true(gjb_text_equal_string(gj_image_procedure_name(image, 0), "permit"));
    assert_true(gjb_text_equal_string(gj_image_procedure_title(image, 0), "许可"));
    assert_int_equal(gj_image_procedure_calendar_count(image, 0), 1);
    assert_true(gjb_text_equal_string(gj_image_procedure_calendar(image, 0, 0), "cn"));
    assert_null(gj_image_procedure_calendar(image, 0, 1).bytes);
    assert_int_equal(gj_image_procedure_version(image, 0), 3);
    assert_int_equal(strlen(gj_image_identity(image)), 64);
    const gjr_rows *rows = gjr_image_rows(image, 0);
    assert_int_equal(rows->stage_count, 6);
    assert_int_equal(gjr_rows_cell(rows, DECISION, APPROVE)->here_count, 2);
    assert_true(gjb_text_equal_string(gjr_rows_text(rows, rows->posts[2].title), "申请人"));
    gj_image_destroy(image);
    gjb_buffer_deinit(&file);
    gjb_buffer_deinit(&again);
}

/* A unit is the same alone and beside others, and so is its identity. */
static void test_units_stand_side_by_side(void **state)
{
    (void)state;
    gjb_buffer one, two;
    gj_image *alone = NULL, *image = NULL;
    write_sample(&one);
    gjb_buffer_init(&two, NULL);
    assert_int_equal(sample_write_two("renewal", "延续", &two), GJ_OK);
    assert_int_equal(gj_image_load(NULL, one.bytes, one.size, &alone, NULL), GJ_OK);
    assert_int_equal(gj_image_load(NULL, two.bytes, two.size, &image, NULL), GJ_OK);
    assert_int_equal(gj_image_procedure_count(alone), 1);
    assert_int_equal(gj_image_procedure_count(image), 2);
    assert_string_equal(gj_image_procedure_identity(alone, 0),
                        gj_image_procedure_identity(image, 0));
    assert_string_not_equal(gj_image_procedure_identity(image, 1),
                            gj_image_procedure_identity(image, 0));
    assert_string_not_equal(gj_image_identity(alone), gj_image_identity(image));
    assert_memory_equal(one.bytes + SAMPLE_UNIT, two.bytes + sample_unit(&two)->offset,
                        one.size - SAMPLE_UNIT);
    assert_true(gjb_text_equal_string(gj_image_procedure_name(image, 1), "renewal"));
    assert_int_equal(gj_image_procedure_find(image, gjb_text_of("renewal")), 1);
    assert_int_equal(gj_image_procedure_find(image, gjb_text_of("许可")), 0);
    assert_int_equal(gj_image_procedure_find(image, gjb_text_of("nothing")), GJ_NO_INDEX);
    assert_int_equal(gj_image_procedure_find(image, (gj_text){0}), GJ_NO_INDEX);
    assert_int_equal(gj_image_procedure_find(alone, (gj_text){0}), 0);
    gj_image_destroy(alone);
    gj_image_destroy(image);
    gjb_buffer_deinit(&one);
    gjb_buffer_deinit(&two);
}

static bool append(void *payload, const char *bytes, size_t size)
{
    gjb_buffer_add(payload, bytes, size);
    return true;
}

static void test_the_dump_tells_rows_names_and_code(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "procedure 1\n  0 name=\"permit\" title=\"许可\" version=3",
        "  0 of=action target=1 text=\"收件\"  # 1 \"accept\"\n",
        " target=2 \"decision\" posts=0+1 when=- needs=listed",
        "  9 meaning=ahead here=0+0 recoveries=5+1 place=2  # 1 \"review\", 2 \"approve\"\n",
        "  4 type=date enumeration=- low=4294967295 high=4294967295  # date 1969-12-31\n",
        "      constant      r1 enum 0 \"initial\"\n      equal         r2 r0 r1\n",
        "      times         r1 1 \"accept\"\n",
    };
    gjb_buffer file, out;
    gj_image *image = NULL;
    write_sample(&file);
    gjb_buffer_init(&out, NULL);
    assert_int_equal(gj_image_load(NULL, file.bytes, file.size, &image, NULL), GJ_OK);
    assert_int_equal(gj_image_dump(image, &(gj_writer){&out, append}), GJ_OK);
    gjb_buffer_add_byte(&out, '\0');
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        if (strstr(out.bytes, lines[i]) == NULL) {
            fail_msg("the dump lacks %s in\n%s", lines[i], out.bytes);
        }
    }
    gj_image_destroy(image);
    gjb_buffer_deinit(&out);
    gjb_buffer_deinit(&file);
}

/* ---- damage
 * ---------------------------------------------------------------------------------------- */

static void test_every_prefix_is_refused(void **state)
{
    (void)state;
    gjb_buffer file;
    gjb_buffer_init(&file, NULL);
    assert_int_equal(sample_write_two("renewal", "延续", &file), GJ_OK);
    for (size_t size = 0; size < file.size; size++) {
        assert_false(survives(file.bytes, size));
    }
    gjb_buffer_deinit(&file);
}

/* Every bit under GUIJU_PROVE; else one in five, so that each of a byte's has its turn. */
static size_t bit_step(void)
{
    return getenv("GUIJU_PROVE") != NULL ? 1 : 5;
}

static void test_every_flipped_bit_is_refused(void **state)
{
    (void)state;
    gjb_buffer file;
    write_sample(&file);
    for (size_t bit = 0; bit < file.size * 8; bit += bit_step()) {
        file.bytes[bit / 8] ^= (char)(1 << bit % 8);
        assert_false(survives(file.bytes, file.size));
        file.bytes[bit / 8] ^= (char)(1 << bit % 8);
    }
    assert_true(survives(file.bytes, file.size));
    gjb_buffer_deinit(&file);
}

static void test_every_flipped_bit_with_hashes_made_right_is_survived(void **state)
{
    (void)state;
    gjb_buffer file;
    size_t loaded = 0;
    write_sample(&file);
    for (uint32_t kind = 1; kind < GJR_TABLE_END; kind++) {
        gjr_section section = *sample_section(&file, kind);
        for (uint64_t bit = 0; bit < section.size * 8; bit += bit_step()) {
            char *byte = sample_bytes(&file, kind) + bit / 8;
            *byte ^= (char)(1 << bit % 8);
            sample_refresh(&file, kind);
            loaded += survives(file.bytes, file.size);
            *byte ^= (char)(1 << bit % 8);
        }
        sample_refresh(&file, kind);
    }
    assert_true(loaded > 100); /* names, versions and positions may change */
    gjb_buffer_deinit(&file);
}

/* ---- memory
 * ---------------------------------------------------------------------------------------- */

static void *failing_resize(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    int *left = payload;
    const gj_allocator *plain = gjb_alloc_default();
    if (new_size > 0 && (*left)-- <= 0) {
        return NULL;
    }
    return plain->resize(plain->payload, pointer, old_size, new_size);
}

static void test_memory_may_end_at_any_call(void **state)
{
    (void)state;
    gjb_buffer file;
    gjb_buffer_init(&file, NULL);
    assert_int_equal(sample_write_two("renewal", "延续", &file), GJ_OK);
    gj_status status = GJ_NO_MEMORY;
    for (int calls = 0; status != GJ_OK; calls++) {
        int left = calls;
        gj_allocator allocator = {&left, failing_resize};
        gj_image *image = NULL;
        status = gj_image_load(&allocator, file.bytes, file.size, &image, NULL);
        assert_true(status == (image != NULL ? GJ_OK : GJ_NO_MEMORY));
        assert_in_range(calls, 0, 100);
        gj_image_destroy(image);
    }
    gjb_buffer_deinit(&file);
}

/* How large a case of the sample is whose first limit has so many clocks. */
static size_t case_size_with(uint32_t open_max)
{
    gjr_writer w;
    gjb_buffer file;
    gj_image *image = NULL;
    gjr_writer_init(&w, NULL);
    gjb_buffer_init(&file, NULL);
    sample_write(&w);
    gjr_writer_get_limit(&w, 0)->open_max = open_max;
    assert_int_equal(gjr_writer_finish(&w, &file), GJ_OK);
    assert_int_equal(gj_image_load(NULL, file.bytes, file.size, &image, NULL), GJ_OK);
    size_t size = gj_image_case_size(image, 0);
    assert_int_equal(gj_image_case_size(image, 1), 0);
    gj_image_destroy(image);
    gjb_buffer_deinit(&file);
    gjr_writer_deinit(&w);
    return size;
}

/* A clock more costs the same each time, and no more than that. */
static void test_the_size_of_a_case_is_told(void **state)
{
    (void)state;
    size_t one = case_size_with(1), two = case_size_with(2), many = case_size_with(GJR_OPEN_MAX);
    assert_true(one > 0 && two > one && two - one < 160);
    assert_true(many - one <= (two - one + 8) * (GJR_OPEN_MAX - 1));
    assert_int_equal(gj_image_case_size(NULL, 0), 0);
}

static void test_a_wrong_call_is_told(void **state)
{
    (void)state;
    gj_image *image;
    gj_refusal none = {0};
    assert_int_equal(gj_image_load(NULL, NULL, 1, &image, NULL), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_image_load(NULL, "", 0, NULL, NULL), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_image_load(NULL, NULL, 0, &image, NULL), GJ_REFUSED);
    assert_int_equal(gj_image_dump(NULL, NULL), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_image_dump_procedure(NULL, 0, NULL), GJ_BAD_ARGUMENT);
    assert_int_equal(gj_refusal_print(&none, GJ_EN, &(gj_writer){0}), GJ_BAD_ARGUMENT);
    gj_image_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_written_is_read_back),
        cmocka_unit_test(test_units_stand_side_by_side),
        cmocka_unit_test(test_the_dump_tells_rows_names_and_code),
        cmocka_unit_test(test_every_prefix_is_refused),
        cmocka_unit_test(test_every_flipped_bit_is_refused),
        cmocka_unit_test(test_every_flipped_bit_with_hashes_made_right_is_survived),
        cmocka_unit_test(test_memory_may_end_at_any_call),
        cmocka_unit_test(test_the_size_of_a_case_is_told),
        cmocka_unit_test(test_a_wrong_call_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
