/* SPDX-License-Identifier: Apache-2.0
 *
 * See xml.h. The only file that includes libxml2; its SAX2 interface, pushed. Chosen by measurement
 * against expat, over a log of a hundred times the 1,434 cases of a real one (390 MB): libxml2
 * takes 0.4 of expat's time, both with empty handlers and 64 KiB pieces; element and attribute
 * names come as pointers into its dictionary, so that telling them apart is comparing pointers.
 *
 * Its limits stand (no XML_PARSE_HUGE): 10 MB a value; pushed, it has none of depth, so that is
 * ours. It has no allocator hook a parser: its memory, bounded by those limits, is malloc's. It
 * never touches files or the network here. */
#include "feed/xml.h"
#include "base/alloc.h"
#include "feed/problem.h"

#include <assert.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <stdio.h>
#include <string.h>

enum { GUESSES = 128 }; /* more than the bytes of all names, which the dictionary has in a row */

struct gjr_xml {
    const gj_allocator *allocator;
    gjr_xml_handlers handlers;
    xmlParserCtxtPtr parser;
    const xmlChar *names[GJR_XML_OTHER]; /* in the parser's dictionary */
    unsigned char guesses[GUESSES];      /* by a name's address, which name it may be */
    const xmlChar *key, *value;
    size_t prologue_size;
    const char *piece; /* the bytes pushed now */
    size_t piece_size, piece_offset, pushed;
    const char *refused;
    gj_problem_code refused_code;
    bool recoded;    /* the document is not UTF-8: offsets are not the file's */
    int first_error; /* later ones only follow from it */
    bool stopped; /* where: noted at once, because a parser that stopped has let go of its input */
    size_t stopped_offset;
    uint64_t stopped_line;
    char first_message[sizeof((gjr_xml_failure *)NULL)->note];
};

static const char *const names[] = {
#define GJR_XML_NAME(NAME, name) name,
#include "feed/elements.def"
#undef GJR_XML_NAME
};

/* ---- positions ------------------------------------------------------------------------------- */

uint64_t gjr_xml_line(const gjr_xml *xml)
{
    return xml->parser->input != NULL ? (uint64_t)xml->parser->input->line : 1;
}

/* Bytes of the document, with its prologue, before a place in the parser's copy of them. */
static size_t offset_of(const xmlParserInput *input, const xmlChar *at)
{
    return (size_t)input->consumed + (size_t)(at - input->base);
}

size_t gjr_xml_offset(const gjr_xml *xml)
{
    const xmlParserInput *input = xml->parser->input;
    if (input == NULL) {
        return 0;
    }
    size_t consumed = offset_of(input, input->cur);
    return consumed > xml->prologue_size ? consumed - xml->prologue_size : 0;
}

static void stop_note(gjr_xml *xml)
{
    if (!xml->stopped) {
        xml->stopped = true;
        xml->stopped_offset = gjr_xml_offset(xml);
        xml->stopped_line = gjr_xml_line(xml);
    }
}

/* ---- handlers ------------------------------------------------------------------------------- */

static size_t guess_of(const xmlChar *name)
{
    return (uintptr_t)name % GUESSES;
}

static gjr_xml_name name_of(const gjr_xml *xml, const xmlChar *local)
{
    unsigned name = xml->guesses[guess_of(local)];
    if (xml->names[name] == local) {
        return (gjr_xml_name)name;
    }
    name = 0;
    while (name < GJR_XML_OTHER && xml->names[name] != local) {
        name++;
    }
    return (gjr_xml_name)name;
}

/* libxml2's copy of the pushed bytes, as far as it is of the piece pushed now. */
typedef struct original {
    const xmlChar *begin; /* in the copy */
    size_t size;
    const char *bytes; /* the same in the piece */
} original;

/* Nothing where the document is not UTF-8 and the copy another text. */
static original original_of(const gjr_xml *xml)
{
    const xmlParserInput *input = xml->parser->input;
    size_t offset = offset_of(input, input->base);
    size_t skipped = offset < xml->piece_offset ? xml->piece_offset - offset : 0;
    size_t size = (size_t)(input->end - input->base);
    if (skipped >= size || input->buf == NULL || input->buf->encoder != NULL ||
        offset + skipped - xml->piece_offset >= xml->piece_size) {
        return (original){NULL, 0, NULL};
    }
    return (original){input->base + skipped, size - skipped,
                      xml->piece + (offset + skipped - xml->piece_offset)};
}

/* A value that libxml2 did not have to change is a place in its copy of what was pushed: then it is
 * given as the same place in the original, which lasts longer. */
static gj_text value_of(original from, const xmlChar *begin, const xmlChar *end)
{
    size_t at = (size_t)((uintptr_t)begin - (uintptr_t)from.begin);
    return (gj_text){at < from.size ? from.bytes + at : (const char *)begin, (size_t)(end - begin)};
}

/* Those of any number in any order. */
static void attributes_take(const gjr_xml *xml, int count, const xmlChar **attributes, gj_text *key,
                            gj_text *value)
{
    original from = original_of(xml);
    for (const xmlChar **at = attributes; count > 0; count--, at += 5) {
        if (at[0] == xml->key) {
            *key = value_of(from, at[3], at[4]);
        } else if (at[0] == xml->value) {
            *value = value_of(from, at[3], at[4]);
        }
    }
}

/* libxml2 gives five pointers an attribute: name, prefix, URI, the value's begin and end. */
static void on_begin(void *payload, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted_count, const xmlChar **attributes)
{
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted_count;
    gjr_xml *xml = payload;
    gj_text key = {0}, value = {0};
    if (xml->parser->nameNr >= GJR_XML_DEPTH_MAX) {
        gjr_xml_refuse(xml, GJ_PROBLEM_TOO_LONG, gjr_note(GJR_NOTE_TOO_DEEP));
        return;
    }
    if (attribute_count == 2 && attributes[0] == xml->key && attributes[5] == xml->value) {
        original from = original_of(xml);
        key = value_of(from, attributes[3], attributes[4]);
        value = value_of(from, attributes[8], attributes[9]);
    } else if (attribute_count > 0) {
        attributes_take(xml, attribute_count, attributes, &key, &value);
    }
    xml->handlers.begin(xml->handlers.payload, name_of(xml, local), key, value);
}

static void on_end(void *payload, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    (void)local, (void)prefix, (void)uri;
    gjr_xml *xml = payload;
    xml->handlers.end(xml->handlers.payload);
}

static void on_document_type(void *payload, const xmlChar *name, const xmlChar *id,
                             const xmlChar *system)
{
    (void)name, (void)id, (void)system;
    gjr_xml_refuse(payload, GJ_PROBLEM_SYNTAX, gjr_note(GJR_NOTE_DOCUMENT_TYPE));
}

/* Its first line, without the numbers that libxml2 gives lines, which count from where reading
 * began anew. */
static void message_note(gjr_xml *xml, const char *message)
{
    static const char words[] = " line ";
    size_t size = 0;
    while (*message != '\0' && *message != '\n' && size + 1 < sizeof xml->first_message) {
        bool numbered = strncmp(message, words, sizeof words - 1) == 0;
        size_t digits = numbered ? strspn(message + sizeof words - 1, "0123456789") : 0;
        if (digits > 0) {
            message += sizeof words - 1 + digits;
        } else {
            xml->first_message[size++] = *message++;
        }
    }
    xml->first_message[size] = '\0';
}

/* Also keeps libxml2 from printing. An undeclared prefix and the like end nothing. */
static void on_error(void *payload, xmlErrorPtr error)
{
    gjr_xml *xml = payload;
    if (xml->first_error != XML_ERR_OK || error->level != XML_ERR_FATAL) {
        return;
    }
    stop_note(xml);
    xml->first_error = error->code;
    message_note(xml, error->message != NULL ? error->message : "");
}

void gjr_xml_refuse(gjr_xml *xml, gj_problem_code code, const char *note)
{
    stop_note(xml);
    xml->refused_code = code;
    xml->refused = note;
    xmlStopParser(xml->parser);
}

/* ---- life ----------------------------------------------------------------------------------- */

gjr_xml *gjr_xml_create(const gj_allocator *allocator, const gjr_xml_handlers *handlers)
{
    gjr_xml *xml = gjb_alloc_create(allocator, 1, sizeof *xml);
    if (xml != NULL) {
        xml->allocator = allocator;
        xml->handlers = *handlers;
    }
    return xml;
}

void gjr_xml_destroy(gjr_xml *xml)
{
    if (xml != NULL) {
        xmlFreeParserCtxt(xml->parser);
        gjb_alloc_destroy(xml->allocator, xml, 1, sizeof *xml);
    }
}

static const xmlChar *name_intern(gjr_xml *xml, const char *name)
{
    return xmlDictLookup(xml->parser->dict, (const xmlChar *)name, -1);
}

bool gjr_xml_begin(gjr_xml *xml, const char *prologue)
{
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_begin;
    sax.endElementNs = on_end;
    sax.internalSubset = on_document_type;
    sax.serror = on_error;
    xmlFreeParserCtxt(xml->parser);
    xml->refused = NULL;
    xml->recoded = false;
    xml->pushed = 0;
    xml->stopped = false;
    xml->first_error = XML_ERR_OK;
    xml->first_message[0] = '\0';
    xml->parser = xmlCreatePushParserCtxt(&sax, xml, NULL, 0, NULL);
    if (xml->parser == NULL) {
        return false;
    }
    xmlCtxtUseOptions(xml->parser, XML_PARSE_NOENT | XML_PARSE_NONET);
    for (size_t i = 0; i < GJR_XML_OTHER; i++) {
        xml->names[i] = name_intern(xml, names[i]);
        xml->guesses[guess_of(xml->names[i])] = (unsigned char)i;
    }
    xml->key = name_intern(xml, "key");
    xml->value = name_intern(xml, "value");
    xml->prologue_size = strlen(prologue);
    return xml->prologue_size == 0 || gjr_xml_push(xml, prologue, xml->prologue_size);
}

static bool is_well(const gjr_xml *xml)
{
    return xml->parser->wellFormed != 0 && xml->parser->disableSAX == 0;
}

bool gjr_xml_push(gjr_xml *xml, const char *bytes, size_t size)
{
    assert(size <= INT32_MAX);
    xml->piece = bytes;
    xml->piece_size = size;
    xml->piece_offset = xml->pushed;
    xmlParseChunk(xml->parser, bytes, (int)size, 0);
    xml->piece_size = 0;
    xml->pushed += size;
    const xmlParserInput *input = xml->parser->input;
    if (input != NULL && input->buf != NULL) { /* a parser that stopped has let go of both */
        xml->recoded = input->buf->encoder != NULL;
    }
    return is_well(xml);
}

bool gjr_xml_finish(gjr_xml *xml)
{
    xmlParseChunk(xml->parser, NULL, 0, 1);
    return is_well(xml);
}

bool gjr_xml_is_recoded(const gjr_xml *xml)
{
    return xml->recoded;
}

/* ---- failures ---------------------------------------------------------------------------------
 */

static bool message_has(const gjr_xml *xml, const char *words)
{
    return strstr(xml->first_message, words) != NULL;
}

/* libxml2 has one code for broken UTF-8 and for characters that XML forbids, and none of its own
 * for its limits; only its words differ. */
static gj_problem_code code_of(const gjr_xml *xml)
{
    switch (xml->first_error) {
    case XML_ERR_INVALID_CHAR:
        return message_has(xml, "not proper UTF-8") ? GJ_PROBLEM_UTF8 : GJ_PROBLEM_SYNTAX;
    case XML_ERR_INVALID_ENCODING:
    case XML_ERR_UNKNOWN_ENCODING:
    case XML_ERR_UNSUPPORTED_ENCODING:
    case XML_I18N_CONV_FAILED:
        return GJ_PROBLEM_UTF8;
    default:
        return message_has(xml, "too long") || message_has(xml, "Huge input") ||
                       message_has(xml, "Excessive depth")
                   ? GJ_PROBLEM_TOO_LONG
                   : GJ_PROBLEM_SYNTAX;
    }
}

void gjr_xml_failure_of(const gjr_xml *xml, gjr_xml_failure *failure)
{
    bool refused = xml->refused != NULL;
    *failure = (gjr_xml_failure){
        .code = refused ? xml->refused_code : code_of(xml),
        .offset = xml->stopped ? xml->stopped_offset : gjr_xml_offset(xml),
        .line = xml->stopped ? xml->stopped_line : gjr_xml_line(xml),
        .anew = !refused && !xml->recoded,
        .no_memory = !refused && xml->parser->errNo == XML_ERR_NO_MEMORY,
    };
    snprintf(failure->note, sizeof failure->note, "%s",
             refused ? xml->refused : xml->first_message);
}
