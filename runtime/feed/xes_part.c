/* SPDX-License-Identifier: Apache-2.0
 *
 * See xes_part.h. */
#include "feed/xes_part.h"
#include "base/text.h"
#include "feed/number.h"
#include "feed/window.h"

enum { ATTRIBUTE_COST = 64 };

void gjr_xes_part_start(gjr_xes_part *part, uint64_t line)
{
    gjr_draft_start(part->draft, line);
    part->size = part->data_settled = part->items_settled = 0;
    part->list_key = (gj_text){0};
}

bool gjr_xes_part_grow(gjr_xes_part *part, size_t size)
{
    part->size += part->size <= GJR_LINE_SIZE_MAX ? size + ATTRIBUTE_COST : 0;
    return part->size <= GJR_LINE_SIZE_MAX;
}

/* ---- values --------------------------------------------------------------------------------- */

static void value_set(gj_datum *datum, gjr_xml_name name, gj_text value)
{
    datum->kind = GJ_DATUM_TEXT;
    datum->text = value;
    if (name == GJR_XML_BOOLEAN) {
        datum->kind = GJ_DATUM_BOOL;
        datum->truth = gjb_text_equal_string(value, "true") || gjb_text_equal_string(value, "1");
    } else if ((name == GJR_XML_INT || name == GJR_XML_FLOAT) && gjr_text_is_number(value)) {
        datum->kind = GJ_DATUM_NUMBER;
    }
}

/* A datum of a key that the draft has not. Where keys are many they lie in a map, which is not made
 * anew for each piece: they are copied at once. */
static gj_datum *datum_append(gjr_xes_part *part, gj_text key)
{
    gj_text kept = part->draft->data_count < GJR_DRAFT_KEYS_COMPARED_MAX
                       ? gjr_xes_text_keep(part->texts, part->arena, key)
                       : gjr_xes_text_copy(part->texts, part->arena, key);
    gj_datum *datum = kept.bytes != NULL ? gjr_draft_add_new_datum(part->draft, kept) : NULL;
    part->texts->no_memory |= datum == NULL;
    return datum;
}

void gjr_xes_part_add(gjr_xes_part *part, gjr_xml_name name, gj_text key, gj_text value)
{
    gj_datum *datum = gjr_draft_find_datum(part->draft, key);
    if (datum != NULL) { /* it may be settled, and is not looked at again */
        *datum = (gj_datum){.key = datum->key};
        value_set(datum, name, gjr_xes_text_copy(part->texts, part->arena, value));
        return;
    }
    datum = datum_append(part, key);
    if (datum != NULL) {
        value_set(datum, name, gjr_xes_text_keep(part->texts, part->arena, value));
    }
}

/* ---- lists ---------------------------------------------------------------------------------- */

void gjr_xes_part_open_list(gjr_xes_part *part, gj_text key)
{
    part->list_first = part->draft->item_count;
    part->list_key = gjr_xes_text_keep(part->texts, part->arena, key);
}

void gjr_xes_part_add_item(gjr_xes_part *part, gjr_xml_name name, gj_text value)
{
    gj_datum *datum = gjr_draft_add_item(part->draft);
    if (datum == NULL) {
        part->texts->no_memory = true;
        return;
    }
    value_set(datum, name, gjr_xes_text_keep(part->texts, part->arena, value));
}

static void list_set(gj_datum *datum, size_t first, size_t count)
{
    datum->kind = GJ_DATUM_LIST;
    datum->text = (gj_text){NULL, first};
    datum->item_count = count;
}

void gjr_xes_part_close_list(gjr_xes_part *part)
{
    gj_text key = part->list_key;
    part->list_key = (gj_text){0};
    if (key.bytes == NULL) { /* it could not be copied */
        return;
    }
    gj_datum *datum = gjr_draft_find_datum(part->draft, key);
    if (datum != NULL) {
        *datum = (gj_datum){.key = datum->key};
    } else {
        datum = datum_append(part, key);
    }
    if (datum != NULL) {
        list_set(datum, part->list_first, part->draft->item_count - part->list_first);
    }
}

/* ---- several parts -------------------------------------------------------------------------- */

static bool items_add(gjr_xes_part *part, const gj_datum *items, size_t first, size_t count)
{
    for (size_t i = first; i < first + count; i++) {
        gj_datum *item = gjr_draft_add_item(part->draft);
        if (item == NULL) {
            return false;
        }
        *item = items[i];
        item->text = gjr_xes_text_keep(part->texts, part->arena, item->text);
    }
    return true;
}

void gjr_xes_part_add_missing(gjr_xes_part *part, const gjr_xes_part *from)
{
    for (size_t i = 0; i < from->draft->data_count; i++) {
        const gj_datum *other = &from->draft->data[i];
        if (gjr_draft_find_datum(part->draft, other->key) != NULL) {
            continue;
        }
        size_t first = part->draft->item_count;
        gj_datum *datum = datum_append(part, other->key);
        if (datum == NULL) {
            return;
        }
        gj_text key = datum->key;
        *datum = *other;
        datum->key = key;
        if (other->kind != GJ_DATUM_LIST) {
            datum->text = gjr_xes_text_keep(part->texts, part->arena, other->text);
            continue;
        }
        list_set(datum, first, other->item_count);
        part->texts->no_memory |=
            !items_add(part, from->draft->items, other->text.size, other->item_count);
    }
}

/* ---- moving --------------------------------------------------------------------------------- */

static void datums_copy(gjr_xes_part *part, gj_datum *datums, size_t from, size_t count)
{
    for (size_t i = from; i < count; i++) {
        datums[i].key = gjr_xes_text_copy(part->texts, part->arena, datums[i].key);
        if (datums[i].kind != GJ_DATUM_LIST) { /* a list's text is a number until the end */
            datums[i].text = gjr_xes_text_copy(part->texts, part->arena, datums[i].text);
        }
    }
}

void gjr_xes_part_settle(gjr_xes_part *part)
{
    gjr_draft *draft = part->draft;
    bool keys_move =
        part->data_settled < draft->data_count && part->data_settled < GJR_DRAFT_KEYS_COMPARED_MAX;
    datums_copy(part, draft->data, part->data_settled, draft->data_count);
    datums_copy(part, draft->items, part->items_settled, draft->item_count);
    part->list_key = gjr_xes_text_settle(part->texts, part->arena, part->list_key);
    part->data_settled = draft->data_count;
    part->items_settled = draft->item_count;
    part->texts->no_memory |= keys_move && !gjr_draft_rekey(draft);
}

void gjr_xes_part_move(gjr_xes_part *part, gjb_arena *arena)
{
    part->arena = arena;
    part->list_key = gjr_xes_text_copy(part->texts, arena, part->list_key);
    part->data_settled = part->items_settled = 0;
    gjr_xes_part_settle(part);
}
