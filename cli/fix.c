/* SPDX-License-Identifier: Apache-2.0
 *
 * See fix.h. The text is mended in memory, each round compiled as if it were the file. Edits are
 * places in the text as the compiler keeps it, so a file it would have to change itself first (one
 * not in NFC) is left alone, and said to be. */
#include "fix.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "program.h"

/* Each mends at least one mistake, and of these a text has few that hide one another. */
enum { ROUNDS_MAX = 20 };

static const char byte_order_mark[] = "\xef\xbb\xbf";

typedef struct mending {
    cli_session *session;
    const cli_options *options;
    const char *path;
    cli_buffer text; /* without a byte-order mark */
    cli_buffer next; /* as this round leaves it */
    size_t copied;   /* of text, into next */
    bool has_mark;
    size_t change_count;
    cli_buffer told; /* what was changed, said once it is written */
    bool is_refused;
} mending;

static bool is_of_file(const mending *m, gj_edit edit)
{
    return edit.file.size == strlen(m->path) &&
           memcmp(edit.file.bytes, m->path, edit.file.size) == 0;
}

static bool is_same_text(const mending *m, gj_edit edit)
{
    return edit.text.size == m->text.size &&
           memcmp(edit.text.bytes, m->text.bytes, edit.text.size) == 0;
}

/* Whether all of a diagnostic's fix can be made now: in this file, behind what was mended. */
static bool can_mend(mending *m, const gj_compilation *compilation, size_t index)
{
    gj_diagnostic diagnostic = gj_compilation_diagnostic(compilation, index);
    size_t from = m->copied;
    if (!diagnostic.fix_is_certain || diagnostic.edit_count == 0)
        return false;
    for (size_t i = 0; i < diagnostic.edit_count; i++) {
        gj_edit edit = gj_compilation_edit(compilation, index, i);
        if (!is_of_file(m, edit) || edit.begin < from)
            return false;
        m->is_refused = m->is_refused || !is_same_text(m, edit);
        from = edit.end;
    }
    return !m->is_refused;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* A piece in one line: without the blanks and line breaks around it. */
static gj_text trimmed(gj_text text)
{
    while (text.size > 0 && is_blank(text.bytes[text.size - 1]))
        text.size--;
    for (; text.size > 0 && is_blank(text.bytes[0]); text.bytes++)
        text.size--;
    return text;
}

static void tell(mending *m, gj_edit edit, const char *code)
{
    gj_text old = trimmed((gj_text){edit.text.bytes + edit.begin, edit.end - edit.begin});
    gj_text new = trimmed(edit.replacement);
    cli_buffer_add_format(&m->told, CLI_SAY(m->session, "guiju: %s:%u: ", "guiju: %s:%u："),
                          m->path, edit.line);
    if (old.size == 0)
        cli_buffer_add_format(&m->told, CLI_SAY(m->session, "added %.*s", "补写 %.*s"),
                              (int)new.size, new.bytes);
    else if (new.size == 0)
        cli_buffer_add_format(&m->told, CLI_SAY(m->session, "removed %.*s", "删去 %.*s"),
                              (int)old.size, old.bytes);
    else
        cli_buffer_add_format(&m->told, "%.*s → %.*s", (int)old.size, old.bytes, (int)new.size,
                              new.bytes);
    cli_buffer_add_format(&m->told, CLI_SAY(m->session, " (%s)\n", "（%s）\n"), code);
}

static void mend(mending *m, const gj_compilation *compilation, size_t index)
{
    gj_diagnostic diagnostic = gj_compilation_diagnostic(compilation, index);
    for (size_t i = 0; i < diagnostic.edit_count; i++) {
        gj_edit edit = gj_compilation_edit(compilation, index, i);
        cli_buffer_add(&m->next, m->text.bytes + m->copied, edit.begin - m->copied);
        cli_buffer_add_text(&m->next, edit.replacement);
        m->copied = edit.end;
        tell(m, edit, diagnostic.code);
    }
    m->change_count += diagnostic.edit_count;
}

/* False where this round found nothing more. */
static bool round_run(mending *m)
{
    size_t before = m->change_count;
    gj_compilation *compilation =
        cli_compile_text(m->session, m->options, m->path, cli_buffer_text(&m->text));
    size_t count = compilation != NULL ? gj_compilation_diagnostic_count(compilation) : 0;
    m->copied = 0;
    cli_buffer_reset(&m->next);
    for (size_t i = 0; i < count; i++)
        if (can_mend(m, compilation, i))
            mend(m, compilation, i);
    gj_compilation_destroy(compilation);
    if (m->change_count == before)
        return false;
    cli_buffer_add(&m->next, m->text.bytes + m->copied, m->text.size - m->copied);
    cli_buffer mended = m->next;
    m->next = m->text;
    m->text = mended;
    return !mended.failed;
}

static bool text_read(mending *m)
{
    cli_buffer bytes = {0};
    bool done = cli_file_read(m->session, m->path, &bytes);
    size_t mark = strlen(byte_order_mark);
    m->has_mark = bytes.size >= mark && memcmp(bytes.bytes, byte_order_mark, mark) == 0;
    size_t from = m->has_mark ? mark : 0;
    if (done && bytes.size > from)
        cli_buffer_add(&m->text, bytes.bytes + from, bytes.size - from);
    cli_buffer_deinit(&bytes);
    return done;
}

static bool text_write(mending *m)
{
    cli_buffer_reset(&m->next);
    cli_buffer_add_string(&m->next, m->has_mark ? byte_order_mark : "");
    cli_buffer_add_text(&m->next, cli_buffer_text(&m->text));
    if (m->next.failed || m->text.failed) {
        cli_complain_status(m->session, GJ_NO_MEMORY);
        return false;
    }
    return cli_file_replace(m->session, m->path, cli_buffer_text(&m->next));
}

bool cli_fix(cli_session *session, const cli_options *options, const char *path)
{
    mending m = {.session = session, .options = options, .path = path};
    if (strcmp(path, "-") == 0) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`--fix` changes files; standard input is none",
                             "--fix 只能改动文件，不能改动标准输入"));
        return false;
    }
    bool done = text_read(&m);
    for (size_t round = 0; done && round < ROUNDS_MAX && round_run(&m); round++)
        ;
    if (done && m.change_count > 0)
        done = text_write(&m);
    if (done)
        cli_output_add_text(&session->err, cli_buffer_text(&m.told));
    if (m.is_refused)
        cli_mention(session,
                    CLI_SAY(session,
                            "%s is not in the composed form of Unicode (NFC), so it was not "
                            "changed; save it so first",
                            "%s 不是 Unicode 组合形式（NFC），未作改动；请先以该形式保存"),
                    path);
    else if (done && m.change_count == 0)
        cli_mention(
            session,
            CLI_SAY(session, "%s: nothing to fix that is certain", "%s：没有可以确定的改正"), path);
    cli_buffer_deinit(&m.text);
    cli_buffer_deinit(&m.next);
    cli_buffer_deinit(&m.told);
    return done;
}
