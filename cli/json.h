/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON, CSV and XML values, for the few objects and pictures that the command makes itself;
 * findings and diagnostics are printed by the libraries. */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include "output.h"

/* A string with its quotes; broken UTF-8 becomes U+FFFD; an absent text is null. */
void cli_json_print_text(cli_output *out, gj_text text);
void cli_json_print_string(cli_output *out, const char *string);
/* A field of RFC 4180: in quotes only where it must be. */
void cli_csv_print_text(cli_output *out, gj_text text);
/* For text and for attributes in double quotes; what XML cannot hold becomes U+FFFD. */
void cli_xml_print_text(cli_output *out, gj_text text);

#endif
