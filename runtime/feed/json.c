/* SPDX-License-Identifier: Apache-2.0
 *
 * See json.h. The reader walks the marks once, one function a level: the event, its data, a list.
 * Nothing recurses; what lies deeper is checked by a loop with a bit a level. A mark beyond the
 * line reads as a NUL byte, which no rule accepts, so the end needs no test of its own. */
#include "feed/json.h"
#include "base/text.h"
#include "feed/number.h"

#include <assert.h>
#include <string.h>

void gjr_json_init(gjr_json *json, const gj_allocator *allocator, gjr_draft *draft)
{
    *json = (gjr_json){.draft = draft};
    gjb_buffer_init(&json->unescaped, allocator);
}

void gjr_json_deinit(gjr_json *json)
{
    gjb_buffer_deinit(&json->unescaped);
}

/* ---- marks ---------------------------------------------------------------------------------- */

static char peek(const gjr_json *json)
{
    return *json->mark < json->end ? json->bytes[*json->mark] : '\0';
}

static bool skip(gjr_json *json, char byte)
{
    if (peek(json) != byte) {
        return false;
    }
    json->mark++;
    return true;
}

static gj_text rest_of(const gjr_json *json)
{
    uint32_t at = *json->mark < json->end ? *json->mark : json->end;
    return (gj_text){json->bytes + at, json->end - at};
}

static gj_status refuse(gjr_json *json, gj_problem_code code, const char *note)
{
    gjr_problem_set(json->draft->problem, code, json->line, rest_of(json), note);
    return GJ_MALFORMED;
}

static gj_status refuse_syntax(gjr_json *json)
{
    bool cut = *json->mark >= json->end;
    return refuse(json, GJ_PROBLEM_SYNTAX,
                  cut ? gjr_note(GJR_NOTE_NOT_CLOSED) : gjr_note(GJR_NOTE_NOT_JSON));
}

/* ---- scalars -------------------------------------------------------------------------------- */

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    char lower = (char)(byte | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Four hexadecimal digits at `at`, or -1. */
static int32_t code_unit(gj_text text, size_t at)
{
    int32_t unit = 0;
    for (size_t i = at; i < at + 4; i++) {
        int digit = i < text.size ? hex_digit(text.bytes[i]) : -1;
        if (digit < 0) {
            return -1;
        }
        unit = unit * 16 + digit;
    }
    return unit;
}

static void add_character(gjb_buffer *out, int32_t point)
{
    char bytes[4];
    size_t size = 0;
    if (point < 0x80) {
        bytes[size++] = (char)point;
    } else if (point < 0x800) {
        bytes[size++] = (char)(0xC0 | point >> 6);
        bytes[size++] = (char)(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        bytes[size++] = (char)(0xE0 | point >> 12);
        bytes[size++] = (char)(0x80 | (point >> 6 & 0x3F));
        bytes[size++] = (char)(0x80 | (point & 0x3F));
    } else {
        bytes[size++] = (char)(0xF0 | point >> 18);
        bytes[size++] = (char)(0x80 | (point >> 12 & 0x3F));
        bytes[size++] = (char)(0x80 | (point >> 6 & 0x3F));
        bytes[size++] = (char)(0x80 | (point & 0x3F));
    }
    gjb_buffer_add(out, bytes, size);
}

/* \uXXXX or a surrogate pair, whose first digit is at `at`; the bytes used, or 0. */
static size_t unicode_unescape(gjb_buffer *out, gj_text raw, size_t at)
{
    int32_t point = code_unit(raw, at);
    size_t used = 4;
    if (point >= 0xD800 && point < 0xDC00 && at + 6 <= raw.size && raw.bytes[at + 4] == '\\' &&
        raw.bytes[at + 5] == 'u') {
        int32_t low = code_unit(raw, at + 6);
        if (low < 0xDC00 || low > 0xDFFF) {
            return 0;
        }
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        used = 10;
    }
    if (point < 0 || (point >= 0xD800 && point < 0xE000)) {
        return 0;
    }
    add_character(out, point);
    return used;
}

/* What stood there is longer than what it means, so the room reserved for the line is enough. */
static bool unescape(gjr_json *json, gj_text raw, gj_text *text)
{
    static const char names[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    gjb_buffer *out = &json->unescaped;
    size_t begin = out->size;
    for (size_t at = 0; at < raw.size;) {
        const char *backslash = memchr(raw.bytes + at, '\\', raw.size - at);
        size_t plain = backslash == NULL ? raw.size - at : (size_t)(backslash - raw.bytes) - at;
        gjb_buffer_add(out, raw.bytes + at, plain);
        at += plain + 1;
        if (backslash == NULL) {
            break;
        }
        const char *name =
            at < raw.size && raw.bytes[at] != '\0' ? strchr(names, raw.bytes[at]) : NULL;
        if (name != NULL) {
            gjb_buffer_add_byte(out, means[name - names]);
            at += 1;
        } else {
            size_t used =
                at < raw.size && raw.bytes[at] == 'u' ? unicode_unescape(out, raw, at + 1) : 0;
            if (used == 0) {
                return false;
            }
            at += 1 + used;
        }
    }
    *text = (gj_text){out->bytes != NULL ? out->bytes + begin : "", out->size - begin};
    return !out->failed;
}

/* The string at the mark, which is an opening quote. The next mark bounds it; between its closing
 * quote and that there is only white space. */
static bool string_read(gjr_json *json, gj_text *text)
{
    uint32_t begin = json->mark[0], end = json->mark[1] < json->end ? json->mark[1] : json->end;
    while (--end > begin && json->bytes[end] != '"') {
    }
    if (end == begin) {
        return false;
    }
    json->mark++;
    *text = (gj_text){json->bytes + begin + 1, end - begin - 1};
    if (json->escapes && memchr(text->bytes, '\\', text->size) != NULL) {
        return unescape(json, *text, text);
    }
    return true;
}

/* A number or a literal at the mark. */
static bool scalar_read(gjr_json *json, gj_datum *datum)
{
    if (json->mark[0] >= json->end) {
        return false;
    }
    uint32_t begin = json->mark[0], end = json->mark[1] < json->end ? json->mark[1] : json->end;
    while (end > begin && (unsigned char)json->bytes[end - 1] <= ' ') {
        end--;
    }
    gj_text text = {json->bytes + begin, end - begin};
    if (gjr_text_is_number(text)) {
        datum->kind = GJ_DATUM_NUMBER;
        datum->text = text;
    } else if (gjb_text_equal_string(text, "true") || gjb_text_equal_string(text, "false")) {
        datum->kind = GJ_DATUM_BOOL;
        datum->truth = text.bytes[0] == 't';
    } else if (gjb_text_equal_string(text, "null")) {
        datum->kind = GJ_DATUM_NULL;
    } else {
        return false;
    }
    json->mark++;
    return true;
}

/* ---- what lies deeper ------------------------------------------------------------------------ */

/* After a value inside the container: a comma and, in an object, the next key; or closing brackets.
 * Gives the levels still open, or -1. */
static int next_in(gjr_json *json, uint64_t objects, int depth)
{
    for (;;) {
        bool object = (objects >> (depth - 1) & 1) != 0;
        if (skip(json, ',')) {
            gj_text key;
            bool good =
                !object || (peek(json) == '"' && string_read(json, &key) && skip(json, ':'));
            return good ? depth : -1;
        }
        if (!skip(json, object ? '}' : ']')) {
            return -1;
        }
        if (--depth == 0) {
            return 0;
        }
    }
}

/* Opens a container; false when it is malformed. *empty: it is closed again. */
static bool container_open(gjr_json *json, bool *object, bool *empty, gj_text *key)
{
    *object = peek(json) == '{';
    json->mark++;
    *empty = peek(json) == (*object ? '}' : ']');
    return *empty || !*object || (peek(json) == '"' && string_read(json, key) && skip(json, ':'));
}

/* A whole value of any kind, checked and passed over; *source is its text. */
static gj_status value_skip(gjr_json *json, gj_text *source)
{
    uint32_t begin = *json->mark;
    uint64_t objects = 0;
    int depth = 0;
    do {
        char byte = peek(json);
        if (byte == '{' || byte == '[') {
            gj_text key;
            bool object, empty;
            if (depth == GJR_JSON_DEPTH_MAX) {
                return refuse(json, GJ_PROBLEM_TOO_LONG, gjr_note(GJR_NOTE_TOO_DEEP));
            }
            if (!container_open(json, &object, &empty, &key)) {
                return refuse_syntax(json);
            }
            objects = (objects & ~(UINT64_C(1) << depth)) | (uint64_t)object << depth;
            depth++;
            if (!empty) {
                continue;
            }
            json->mark++;
            depth--;
        } else {
            gj_datum datum;
            gj_text text;
            if (!(byte == '"' ? string_read(json, &text) : scalar_read(json, &datum))) {
                return refuse_syntax(json);
            }
        }
        depth = depth > 0 ? next_in(json, objects, depth) : 0;
    } while (depth > 0);
    if (depth < 0) {
        return refuse_syntax(json);
    }
    uint32_t end = *json->mark < json->end ? *json->mark : json->end;
    while (end > begin && (unsigned char)json->bytes[end - 1] <= ' ') {
        end--;
    }
    *source = (gj_text){json->bytes + begin, end - begin};
    return GJ_OK;
}

/* ---- data ----------------------------------------------------------------------------------- */

/* A scalar, or a container kept as its source. The datum's key stays. */
static gj_status datum_read(gjr_json *json, gj_datum *datum)
{
    char byte = peek(json);
    if (byte == '"') {
        datum->kind = GJ_DATUM_TEXT;
        return string_read(json, &datum->text) ? GJ_OK : refuse_syntax(json);
    }
    if (byte == '{' || byte == '[') {
        datum->kind = GJ_DATUM_OBJECT;
        return value_skip(json, &datum->text);
    }
    return scalar_read(json, datum) ? GJ_OK : refuse_syntax(json);
}

static gj_status key_read(gjr_json *json, gj_text *key)
{
    bool good = peek(json) == '"' && string_read(json, key) && skip(json, ':');
    return good ? GJ_OK : refuse_syntax(json);
}

/* One container that is not closed yet. */
typedef struct open_container {
    gj_datum datum;
    uint32_t begin; /* of its source */
    size_t base;    /* its values, in the draft's nest */
} open_container;

typedef struct nest {
    gjr_json *json;
    gj_text key; /* of the value that comes next, in an object */
    open_container open[GJR_JSON_DEPTH_MAX];
    size_t depth;
} nest;

static gj_status nest_open(nest *at, bool *empty)
{
    gjr_json *json = at->json;
    if (at->depth == GJR_JSON_DEPTH_MAX) {
        return refuse(json, GJ_PROBLEM_TOO_LONG, gjr_note(GJR_NOTE_TOO_DEEP));
    }
    open_container *opened = &at->open[at->depth++];
    *opened = (open_container){
        .datum.key = at->key, .begin = *json->mark, .base = json->draft->nest_count};
    bool object;
    at->key = (gj_text){0};
    if (!container_open(json, &object, empty, &at->key)) {
        return refuse_syntax(json);
    }
    opened->datum.kind = object ? GJ_DATUM_OBJECT : GJ_DATUM_LIST;
    return GJ_OK;
}

/* At its closing bracket; the innermost open container becomes *closed. */
static gj_status nest_close(nest *at, gj_datum *closed)
{
    gjr_json *json = at->json;
    open_container *container = &at->open[--at->depth];
    uint32_t end = *json->mark + 1;
    if (!skip(json, container->datum.kind == GJ_DATUM_OBJECT ? '}' : ']')) {
        return refuse_syntax(json);
    }
    *closed = container->datum;
    closed->text = (gj_text){json->bytes + container->begin, end - container->begin};
    return gjr_draft_close(json->draft, container->base, closed) ? GJ_OK : GJ_NO_MEMORY;
}

/* After a value: the next one's place, or the closing of what it ends. The last becomes *whole. */
static gj_status nest_go_on(nest *at, gj_datum *whole)
{
    gjr_json *json = at->json;
    while (at->depth > 0) {
        if (skip(json, ',')) {
            bool object = at->open[at->depth - 1].datum.kind == GJ_DATUM_OBJECT;
            return object ? key_read(json, &at->key) : GJ_OK;
        }
        gj_status status = nest_close(at, whole);
        if (status != GJ_OK) {
            return status;
        }
        if (at->depth > 0 && !gjr_draft_add_nested(json->draft, whole)) {
            return GJ_NO_MEMORY;
        }
    }
    return GJ_OK;
}

/* A container with all that is in it, at its opening bracket. The datum's key stays. */
static gj_status nest_read(gjr_json *json, gj_datum *datum)
{
    nest at = {.json = json, .key = datum->key};
    do {
        char byte = peek(json);
        bool empty = true;
        gj_status status;
        if (byte == '{' || byte == '[') {
            status = nest_open(&at, &empty);
        } else {
            gj_datum scalar = {.key = at.key};
            status = datum_read(json, &scalar);
            at.key = (gj_text){0};
            if (status == GJ_OK && !gjr_draft_add_nested(json->draft, &scalar)) {
                status = GJ_NO_MEMORY;
            }
        }
        if (status == GJ_OK && empty) {
            status = nest_go_on(&at, datum);
        }
        if (status != GJ_OK) {
            return status;
        }
    } while (at.depth > 0);
    return GJ_OK;
}

/* A list of scalars, as most are, without the way round. */
static gj_status list_read(gjr_json *json, gj_datum *list)
{
    uint32_t inner = json->mark[1] < json->end ? json->mark[1] : json->end;
    if (inner < json->end && (json->bytes[inner] == '{' || json->bytes[inner] == '[')) {
        return nest_read(json, list);
    }
    size_t first = json->draft->item_count;
    json->mark++;
    if (!skip(json, ']')) {
        do {
            gj_datum item = {0};
            gj_status status = datum_read(json, &item);
            gj_datum *place = status == GJ_OK ? gjr_draft_add_item(json->draft) : NULL;
            if (place == NULL) {
                return status != GJ_OK ? status : GJ_NO_MEMORY;
            }
            *place = item;
        } while (skip(json, ','));
        if (!skip(json, ']')) {
            return refuse_syntax(json);
        }
    }
    list->kind = GJ_DATUM_LIST;
    list->text = (gj_text){NULL, first};
    list->item_count = json->draft->item_count - first;
    return GJ_OK;
}

static gj_status value_read(gjr_json *json, gj_datum *datum)
{
    char byte = peek(json);
    return byte == '['   ? list_read(json, datum)
           : byte == '{' ? nest_read(json, datum)
                         : datum_read(json, datum);
}

static gj_status data_read(gjr_json *json)
{
    json->mark++;
    if (skip(json, '}')) {
        return GJ_OK;
    }
    do {
        gj_text key;
        gj_status status = key_read(json, &key);
        gj_datum *datum = status == GJ_OK ? gjr_draft_add_datum(json->draft, key) : NULL;
        if (datum == NULL) {
            return status != GJ_OK ? status : GJ_NO_MEMORY;
        }
        status = value_read(json, datum);
        if (status != GJ_OK) {
            return status;
        }
    } while (skip(json, ','));
    return skip(json, '}') ? GJ_OK : refuse_syntax(json);
}

/* ---- the event ------------------------------------------------------------------------------ */

static gj_status refuse_type(gjr_json *json, gjr_field field)
{
    gj_text source;
    gj_status status = value_skip(json, &source);
    if (status != GJ_OK) {
        return status;
    }
    gjr_problem_set(json->draft->problem, GJ_PROBLEM_TYPE, json->line, source, NULL);
    json->draft->problem->field = gjb_text_of(gjr_field_name(field));
    return GJ_MALFORMED;
}

static gj_status documents_read(gjr_json *json)
{
    if (!skip(json, '[')) {
        return refuse_type(json, GJR_FIELD_DOCUMENTS);
    }
    json->draft->document_count = 0;
    if (skip(json, ']')) {
        return GJ_OK;
    }
    do {
        gj_text name;
        if (peek(json) != '"') {
            return refuse_type(json, GJR_FIELD_DOCUMENTS);
        }
        if (!string_read(json, &name)) {
            return refuse_syntax(json);
        }
        if (gjr_draft_add_document(json->draft, name) != GJ_OK) {
            return GJ_NO_MEMORY;
        }
    } while (skip(json, ','));
    return skip(json, ']') ? GJ_OK : refuse_syntax(json);
}

static gj_status scalar_field_read(gjr_json *json, gjr_field field, gjr_field_kind kind)
{
    char byte = peek(json);
    if (byte == '{' || byte == '[') {
        return refuse_type(json, field);
    }
    gj_datum datum = {0};
    gj_status status = datum_read(json, &datum);
    if (status != GJ_OK || datum.kind == GJ_DATUM_NULL) {
        return status;
    }
    gj_datum_kind wanted = kind == GJR_FIELD_NUMBER ? GJ_DATUM_NUMBER : GJ_DATUM_TEXT;
    if (datum.kind != wanted) {
        gj_text text =
            datum.kind == GJ_DATUM_BOOL ? gjb_text_of(datum.truth ? "true" : "false") : datum.text;
        gjr_problem_set(json->draft->problem, GJ_PROBLEM_TYPE, json->line, text, NULL);
        json->draft->problem->field = gjb_text_of(gjr_field_name(field));
        return GJ_MALFORMED;
    }
    return gjr_draft_add(json->draft, field, datum.text);
}

static gj_status field_read(gjr_json *json, gjr_field field)
{
    gj_text ignored;
    gjr_field_kind kind = gjr_field_kind_of(field);
    switch (kind) {
    case GJR_FIELD_TEXT:
    case GJR_FIELD_STAMP:
    case GJR_FIELD_NUMBER:
        return scalar_field_read(json, field, kind);
    case GJR_FIELD_DATUMS:
    case GJR_FIELD_TEXTS:
        if (peek(json) == 'n') {
            return value_skip(json, &ignored);
        }
        if (kind == GJR_FIELD_TEXTS) {
            return documents_read(json);
        }
        return peek(json) == '{' ? data_read(json) : refuse_type(json, field);
    case GJR_FIELD_ENVELOPE:
        json->envelope_seen = true;
        return value_skip(json, &ignored);
    }
    return GJ_OK;
}

/* The string at the mark, where the next one stands right behind its quote. */
static bool plain_string_is(const gjr_json *json, const uint32_t *mark, gj_text *text)
{
    uint32_t begin = mark[0], end = mark[1] - 1;
    *text = (gj_text){json->bytes + begin + 1, end - begin - 1};
    return json->bytes[begin] == '"' && end > begin && json->bytes[end] == '"';
}

/* A field that is told by a text, written without white space or escapes, as nearly all are: four
 * marks, at the key, the colon, the text and what comes behind it. False: it is not so, and nothing
 * is said of it. */
static bool plain_pair_is(const gjr_json *json, gj_text *key, gj_text *text)
{
    const uint32_t *mark = json->mark;
    if (json->escapes || mark[0] >= json->end || mark[1] >= json->end || mark[2] >= json->end ||
        mark[3] >= json->end) {
        return false;
    }
    char behind = json->bytes[mark[3]];
    return json->bytes[mark[1]] == ':' && (behind == ',' || behind == '}') &&
           plain_string_is(json, mark, key) && plain_string_is(json, mark + 2, text);
}

static gj_status pair_read(gjr_json *json)
{
    gj_text key, text;
    if (plain_pair_is(json, &key, &text)) {
        gjr_field field = gjr_fields_find(&json->draft->fields, key);
        gjr_field_kind kind = field == GJR_FIELD_NONE ? GJR_FIELD_TEXT : gjr_field_kind_of(field);
        if (kind == GJR_FIELD_TEXT || kind == GJR_FIELD_STAMP) {
            json->mark += 3;
            return field == GJR_FIELD_NONE ? GJ_OK : gjr_draft_add(json->draft, field, text);
        }
    }
    gj_status status = key_read(json, &key);
    if (status != GJ_OK) {
        return status;
    }
    gjr_field field = gjr_fields_find(&json->draft->fields, key);
    return field == GJR_FIELD_NONE ? value_skip(json, &text) : field_read(json, field);
}

/* The object of an event, at its opening bracket. */
static gj_status event_read(gjr_json *json)
{
    if (!skip(json, '{')) {
        return refuse(json, GJ_PROBLEM_SYNTAX, gjr_note(GJR_NOTE_NOT_OBJECT));
    }
    if (skip(json, '}')) {
        return GJ_OK;
    }
    do {
        gj_status status = pair_read(json);
        if (status != GJ_OK) {
            return status;
        }
    } while (skip(json, ','));
    return skip(json, '}') ? GJ_OK : refuse_syntax(json);
}

/* ---- the envelope --------------------------------------------------------------------------- */

/* What an envelope's own attributes stand for, where the event leaves them out. */
static const struct {
    const char *name;
    gjr_field field;
} envelope_fields[] = {
    {"id", GJR_FIELD_ID},       {"source", GJR_FIELD_SOURCE}, {"time", GJR_FIELD_AT},
    {"type", GJR_FIELD_ACTION}, {"subject", GJR_FIELD_CASE},
};

enum { ENVELOPE_FIELD_COUNT = sizeof envelope_fields / sizeof envelope_fields[0] };

static bool field_is_told(const gj_event *event, gjr_field field)
{
    return (field == GJR_FIELD_ID && event->id.bytes != NULL) ||
           (field == GJR_FIELD_SOURCE && event->source.bytes != NULL) ||
           (field == GJR_FIELD_AT && event->at.present) ||
           (field == GJR_FIELD_ACTION && event->action.bytes != NULL) ||
           (field == GJR_FIELD_CASE && event->case_id.bytes != NULL);
}

static gj_status envelope_finish(gjr_json *json, const gj_datum attributes[])
{
    for (size_t i = 0; i < ENVELOPE_FIELD_COUNT; i++) {
        gjr_field field = envelope_fields[i].field;
        if (attributes[i].kind != GJ_DATUM_TEXT || field_is_told(&json->draft->event, field)) {
            continue;
        }
        gj_status status = gjr_draft_add(json->draft, field, attributes[i].text);
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}

static gj_status attribute_read(gjr_json *json, gj_text key, gj_datum attributes[])
{
    gj_datum other = {0};
    if (gjb_text_equal_string(key, "data")) {
        return peek(json) == '{' ? event_read(json) : refuse_type(json, GJR_FIELD_DATA);
    }
    if (gjb_text_equal_string(key, "specversion")) {
        json->envelope_seen = true;
    }
    for (size_t i = 0; i < ENVELOPE_FIELD_COUNT; i++) {
        if (gjb_text_equal_string(key, envelope_fields[i].name)) {
            return datum_read(json, &attributes[i]);
        }
    }
    return datum_read(json, &other);
}

static gj_status envelope_read(gjr_json *json)
{
    gj_datum attributes[ENVELOPE_FIELD_COUNT] = {{.kind = GJ_DATUM_NULL}};
    if (!skip(json, '{')) {
        return refuse(json, GJ_PROBLEM_SYNTAX, gjr_note(GJR_NOTE_NOT_OBJECT));
    }
    if (!skip(json, '}')) {
        do {
            gj_text key;
            gj_status status = key_read(json, &key);
            status = status == GJ_OK ? attribute_read(json, key, attributes) : status;
            if (status != GJ_OK) {
                return status;
            }
        } while (skip(json, ','));
        if (!skip(json, '}')) {
            return refuse_syntax(json);
        }
    }
    return envelope_finish(json, attributes);
}

/* ---- the line ------------------------------------------------------------------------------- */

static gj_status line_read(gjr_json *json)
{
    gjr_draft_start(json->draft, json->line);
    json->unescaped.size = 0;
    json->envelope_seen = false;
    gj_status status = json->envelope ? envelope_read(json) : event_read(json);
    if (status == GJ_OK && *json->mark < json->end) {
        return refuse_syntax(json);
    }
    return status;
}

/* Reads as what the line before was, and again as the other when that was wrong. */
gj_status gjr_json_read(gjr_json *json, size_t begin, size_t end)
{
    assert(end <= UINT32_MAX);
    const uint32_t *first = json->mark;
    json->end = (uint32_t)end;
    if (json->escapes && json->unescaped.capacity < end - begin) {
        gjb_buffer_deinit(&json->unescaped);
        char *bytes = gjb_alloc_create(json->unescaped.allocator, end - begin, 1);
        if (bytes == NULL) {
            return GJ_NO_MEMORY;
        }
        json->unescaped.bytes = bytes;
        json->unescaped.capacity = end - begin;
    }
    gj_status status = line_read(json);
    if (json->envelope_seen != json->envelope && status != GJ_NO_MEMORY) {
        json->envelope = !json->envelope;
        json->mark = first;
        status = line_read(json);
        json->envelope = json->envelope_seen;
    }
    return status;
}
