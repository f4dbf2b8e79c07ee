/* SPDX-License-Identifier: Apache-2.0
 *
 * Quoting for JSON (RFC 8259), CSV (RFC 4180) and XML. */
#include "json.h"

#include <string.h>

#include "width.h"

static void print_escaped(cli_output *out, unsigned char byte)
{
    static const char digits[] = "0123456789abcdef";
    char escape[6] = {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
    if (byte == '"' || byte == '\\') {
        escape[1] = (char)byte;
        cli_output_add(out, escape, 2);
    } else if (byte == '\n')
        cli_output_add_string(out, "\\n");
    else
        cli_output_add(out, escape, sizeof escape);
}

void cli_json_print_text(cli_output *out, gj_text text)
{
    if (text.bytes == NULL) {
        cli_output_add_string(out, "null");
        return;
    }
    cli_output_add_string(out, "\"");
    for (size_t at = 0; at < text.size;) {
        cli_character c = cli_character_at(text, at);
        if (c.code < 0x20 || c.code == '"' || c.code == '\\')
            print_escaped(out, (unsigned char)c.code);
        else if (c.code == 0xFFFD)
            cli_output_add_string(out, "\xEF\xBF\xBD");
        else
            cli_output_add(out, text.bytes + at, c.size);
        at += c.size;
    }
    cli_output_add_string(out, "\"");
}

void cli_json_print_string(cli_output *out, const char *string)
{
    cli_json_print_text(out, (gj_text){string, string != NULL ? strlen(string) : 0});
}

void cli_csv_print_text(cli_output *out, gj_text text)
{
    bool quoted = false;
    for (size_t i = 0; i < text.size && !quoted; i++)
        quoted = strchr("\",\r\n", text.bytes[i]) != NULL;
    if (!quoted) {
        cli_output_add(out, text.bytes, text.size);
        return;
    }
    cli_output_add_string(out, "\"");
    for (size_t at = 0; at < text.size;) {
        const char *quote = memchr(text.bytes + at, '"', text.size - at);
        size_t size = quote != NULL ? (size_t)(quote - text.bytes) - at + 1 : text.size - at;
        cli_output_add(out, text.bytes + at, size);
        if (quote != NULL)
            cli_output_add_string(out, "\"");
        at += size;
    }
    cli_output_add_string(out, "\"");
}

void cli_xml_print_text(cli_output *out, gj_text text)
{
    for (size_t at = 0; at < text.size;) {
        cli_character c = cli_character_at(text, at);
        if (c.code == '&')
            cli_output_add_string(out, "&amp;");
        else if (c.code == '<')
            cli_output_add_string(out, "&lt;");
        else if (c.code == '>')
            cli_output_add_string(out, "&gt;");
        else if (c.code == '"')
            cli_output_add_string(out, "&quot;");
        else if (c.code == '\t' || c.code == '\n')
            cli_output_add_string(out, " ");
        else if (c.code < 0x20 || c.code == 0xFFFD || c.code == 0xFFFE || c.code == 0xFFFF)
            cli_output_add_string(out, "\xEF\xBF\xBD");
        else
            cli_output_add(out, text.bytes + at, c.size);
        at += c.size;
    }
}
