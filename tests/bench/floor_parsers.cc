/* SPDX-License-Identifier: Apache-2.0
 *
 * See floor.h: what the libraries cost. Both XML parsers get pieces of 64 KiB, since a reader in
 * constant memory has no more, and each is taken the way that is fastest for it (libxml2 pulled
 * from memory is slower than pushed). */
#include "bench/floor.h"

#include <cstdlib>
#include <cstring>
#include <libxml/parser.h>
#include <simdjson.h>
#ifdef FLOOR_EXPAT
#include <expat.h>
#endif

using namespace simdjson;

static constexpr size_t BATCH = 1 << 17, PIECE = 64 * 1024;

/* ---- JSON ---- */

extern "C" size_t floor_dom(const char *bytes, size_t size, floor_table *)
{
    dom::parser parser;
    parser.threaded = false; /* the processor's seconds are counted, of all threads */
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
            sum += static_cast<size_t>(field.key().value_unsafe().raw()[0]);
            sum += value_visit(field.value().value_unsafe());
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

extern "C" size_t floor_ondemand(const char *bytes, size_t size, floor_table *table)
{
    ondemand::parser parser;
    parser.threaded = false;
    ondemand::document_stream stream;
    if (parser.iterate_many(bytes, size, BATCH).get(stream) != SUCCESS) {
        abort();
    }
    size_t count = 0, sum = 0;
    for (auto document : stream) {
        std::string_view case_id, action;
        for (auto field : document.get_object()) {
            ondemand::raw_json_string key = field.key().value_unsafe();
            if (key.unsafe_is_equal("case")) {
                case_id = field.value().get_string().value_unsafe();
            } else if (key.unsafe_is_equal("action")) {
                action = field.value().get_string().value_unsafe();
            } else {
                sum += value_visit(field.value().value_unsafe());
            }
        }
        if (table != nullptr) {
            floor_table_step(table, case_id.data(), case_id.size(), action.data(), action.size());
        }
        sum += case_id.size() + action.size();
        count++;
    }
    return sum > 0 ? count : 0;
}

/* ---- XML ---- */

static bool is_event(const void *name)
{
    return strcmp(static_cast<const char *>(name), "event") == 0;
}

static void libxml2_begin(void *payload, const xmlChar *name, const xmlChar *, const xmlChar *, int,
                          const xmlChar **, int, int, const xmlChar **)
{
    *static_cast<size_t *>(payload) += is_event(name);
}

static void libxml2_end(void *, const xmlChar *, const xmlChar *, const xmlChar *) {}

extern "C" size_t floor_libxml2(const char *bytes, size_t size, floor_table *)
{
    size_t count = 0;
    xmlSAXHandler handlers;
    memset(&handlers, 0, sizeof handlers);
    handlers.initialized = XML_SAX2_MAGIC;
    handlers.startElementNs = libxml2_begin;
    handlers.endElementNs = libxml2_end;
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handlers, &count, nullptr, 0, nullptr);
    for (size_t at = 0; at < size; at += PIECE) {
        size_t left = size - at < PIECE ? size - at : PIECE;
        xmlParseChunk(parser, bytes + at, static_cast<int>(left), at + left == size);
    }
    if (parser->wellFormed == 0) {
        abort();
    }
    xmlFreeParserCtxt(parser);
    return count;
}

#ifdef FLOOR_EXPAT
static void expat_begin(void *payload, const char *name, const char **)
{
    *static_cast<size_t *>(payload) += is_event(name);
}

static void expat_end(void *, const char *) {}

extern "C" size_t floor_expat(const char *bytes, size_t size, floor_table *)
{
    size_t count = 0;
    XML_Parser parser = XML_ParserCreate(nullptr);
    XML_SetUserData(parser, &count);
    XML_SetElementHandler(parser, expat_begin, expat_end);
    for (size_t at = 0; at < size; at += PIECE) {
        size_t left = size - at < PIECE ? size - at : PIECE;
        if (XML_Parse(parser, bytes + at, static_cast<int>(left), at + left == size) == 0) {
            abort();
        }
    }
    XML_ParserFree(parser);
    return count;
}
#else
extern "C" size_t floor_expat(const char *, size_t, floor_table *)
{
    return 0;
}
#endif
