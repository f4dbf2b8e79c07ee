/* SPDX-License-Identifier: Apache-2.0
 *
 * See marks.h. The only file that includes <simdjson.h>, and the only one in C++: it uses
 * simdjson's first stage alone, which is where its speed comes from, and leaves reading the tokens
 * to json.c.
 *
 * Chosen by measurement, on a million events like the one in docs/LANGUAGE.md (312 bytes each);
 * time an event, simdjson's DOM being 1: its first stage alone 0.4, On-Demand visiting every value
 * 1.8, yajl 3.7, RapidJSON 5.6, jansson 27. On-Demand is also lazy: what is not asked for is not
 * checked, and a line that is only half JSON would pass.
 *
 * simdjson allocates its table of offsets itself, with new(nothrow): four bytes for each byte of
 * the greatest window so far. It is the only memory of a JSON feed that does not come through the
 * hook. */
#include "feed/marks.h"

#include <memory>
#include <new>
#include <simdjson.h>

struct gjr_marks {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
};

extern "C" gjr_marks *gjr_marks_create(void)
{
    return new (std::nothrow) gjr_marks();
}

extern "C" void gjr_marks_destroy(gjr_marks *marks)
{
    delete marks;
}

static bool capacity_reserve(gjr_marks *marks, size_t size)
{
    constexpr size_t capacity_first = 128 * 1024, depth = 2;
    size_t capacity = marks->stage ? marks->stage->capacity() : capacity_first;
    if (marks->stage && size <= capacity) {
        return true;
    }
    while (capacity < size) {
        capacity *= 2;
    }
    marks->stage.reset();
    return simdjson::get_active_implementation()->create_dom_parser_implementation(
               capacity, depth, marks->stage) == simdjson::SUCCESS;
}

extern "C" gjr_marks_result gjr_marks_find(gjr_marks *marks, const char *bytes, size_t size,
                                           const uint32_t **offsets)
{
    static const uint32_t none[1] = {0};
    if (!capacity_reserve(marks, size)) {
        return GJR_MARKS_NO_MEMORY;
    }
    simdjson::error_code error = marks->stage->stage1(reinterpret_cast<const uint8_t *>(bytes),
                                                      size, simdjson::stage1_mode::regular);
    *offsets = marks->stage->structural_indexes.get();
    if (error == simdjson::SUCCESS) {
        return GJR_MARKS_OK;
    }
    if (error == simdjson::EMPTY && size == 0) {
        *offsets = none;
        return GJR_MARKS_OK;
    }
    return error == simdjson::UTF8_ERROR ? GJR_MARKS_UTF8 : GJR_MARKS_SYNTAX;
}
