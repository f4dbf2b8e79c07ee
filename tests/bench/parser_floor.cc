/* SPDX-License-Identifier: Apache-2.0
 *
 * The floors of the readers: what the libraries alone cost over the same bytes. expat parses with
 * empty handlers; simdjson parses every line to its DOM, and On-Demand visits every key and value.
 */
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <simdjson.h>
#ifdef FLOOR_EXPAT
#include <expat.h>
#endif

using namespace simdjson;

extern "C" size_t floor_dom(const char *bytes, size_t size);
extern "C" size_t floor_ondemand(const char *bytes, size_t size);
extern "C" size_t floor_expat(const char *bytes, size_t size);

enum { BATCH = 1 << 17 };

/* Documents parsed. 64 readable bytes lie behind the last one. */
extern "C" size_t floor_dom(const char *bytes, size_t size)
{
    dom::parser parser;
    dom::document_stream stream;
    if (parser.parse_many(bytes, size, BATCH).get(stream) != SUCCESS) {
        abort();
    }
    size_t count = 0;
    for (auto document : stream) {
        count += document.error() == SUCCESS;
    }
    return count;
}

static size_t value_visit(ondemand::value value)
{
    size_t sum = 0;
    switch (value.type().value_unsafe()) {
    case ondemand::json_type::object:
        for (auto field : value.get_object()) {
            std::string_view key = field.unescaped_key().value_unsafe();
            sum += key.size() + value_visit(field.value().value_unsafe());
        }
        return sum;
    case ondemand::json_type::array:
        for (auto element : value.get_array()) {
            sum += value_visit(element.value_unsafe());
        }
        return sum;
    case ondemand::json_type::string:
        return value.get_string().value_unsafe().size();
    default:
        return value.raw_json_token().size();
    }
}

extern "C" size_t floor_ondemand(const char *bytes, size_t size)
{
    ondemand::parser parser;
    ondemand::document_stream stream;
    if (parser.iterate_many(bytes, size, BATCH).get(stream) != SUCCESS) {
        abort();
    }
    size_t count = 0, sum = 0;
    for (auto document : stream) {
        for (auto field : document.get_object()) {
            std::string_view key = field.unescaped_key().value_unsafe();
            sum += key.size() + value_visit(field.value().value_unsafe());
        }
        count++;
    }
    return sum > 0 ? count : 0;
}

#ifdef FLOOR_EXPAT
static void on_begin(void *payload, const char *name, const char **)
{
    *static_cast<size_t *>(payload) += strcmp(name, "event") == 0;
}

static void on_end(void *, const char *) {}

extern "C" size_t floor_expat(const char *bytes, size_t size)
{
    const size_t piece = 64 * 1024;
    size_t count = 0;
    XML_Parser parser = XML_ParserCreate(nullptr);
    XML_SetUserData(parser, &count);
    XML_SetElementHandler(parser, on_begin, on_end);
    for (size_t at = 0; at < size; at += piece) {
        size_t left = size - at < piece ? size - at : piece;
        XML_Parse(parser, bytes + at, static_cast<int>(left), at + left == size);
    }
    XML_ParserFree(parser);
    return count;
}
#else
extern "C" size_t floor_expat(const char *, size_t)
{
    return 0;
}
#endif
