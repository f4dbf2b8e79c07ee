// SPDX-License-Identifier: Apache-2.0
//
// The engine from C++17: owned by a smart pointer, its callbacks lambdas. docs/EMBEDDING.md quotes
// what stands between `quote` and `end`.
#include <guiju/compile.h>
#include <guiju/engine.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace
{

const std::string_view rules = "department office {\n  post window\n  post chief\n}\n"
                               "procedure licence {\n  version 1 effective 2024-01-01\n"
                               "  stage filed initial { on accept by window -> done }\n"
                               "  stage done final\n}\n";

/* quote: c++ */
gj_text text(std::string_view view)
{
    return {view.data(), view.size()};
}

// A C callback and its payload from anything that can be called.
template <typename Item, typename Function> bool call(void *payload, const Item *item)
{
    return (*static_cast<Function *>(payload))(*item);
}

class Engine
{
  public:
    explicit Engine(const std::string &path)
    {
        gj_engine_options options{};
        gj_engine *engine = nullptr;
        options.size = sizeof options;
        options.path = path.c_str();
        gj_status status = gj_engine_open(&options, &engine);
        handle_.reset(engine);
        check(status);
    }

    void deploy(gj_text image)
    {
        gj_deployment deployment{};
        deployment.size = sizeof deployment;
        deployment.image = {image.bytes, image.size};
        check(gj_engine_deploy(handle_.get(), &deployment));
    }

    template <typename Function> gj_receipt check_act(const gj_event &act, Function each)
    {
        gj_receipt receipt{};
        check(gj_engine_check(handle_.get(), &act, &receipt, &each, call<gj_revision, Function>));
        return receipt;
    }

    template <typename Function>
    std::vector<gj_receipt> submit(const std::vector<gj_event> &acts, Function each)
    {
        std::vector<gj_receipt> receipts(acts.size());
        check(gj_engine_submit(handle_.get(), acts.data(), acts.size(), receipts.data(), &each,
                               call<gj_news, Function>));
        return receipts;
    }

  private:
    void check(gj_status status)
    {
        if (status != GJ_OK) {
            char why[200];
            gj_engine_error(handle_.get(), GJ_EN, why, sizeof why);
            throw std::runtime_error(why);
        }
    }
    struct Close {
        void operator()(gj_engine *engine) const { gj_engine_close(engine); }
    };
    std::unique_ptr<gj_engine, Close> handle_;
};
/* end */

gj_event act_make(std::string_view id, std::string_view post)
{
    gj_event act{};
    act.id = text(id);
    act.case_id = text("C-1");
    act.action = text("accept");
    act.post = text(post);
    if (!gj_stamp_parse(text("2024-03-01T09:00:00+08:00"), &act.at)) {
        throw std::runtime_error("no time");
    }
    return act;
}

int work(const std::string &path)
{
    gj_compile_options options{};
    gj_compilation *compilation = nullptr;
    options.size = sizeof options;
    if (gj_compile_text(&options, "licence.gj", text(rules), &compilation) != GJ_OK) {
        return 1;
    }
    std::unique_ptr<gj_compilation, decltype(&gj_compilation_destroy)> owned(
        compilation, gj_compilation_destroy);
    Engine engine(path);
    engine.deploy(gj_compilation_image(compilation));
    int foretold = 0, found = 0;
    auto wrong = act_make("1", "chief");
    engine.check_act(wrong, [&](const gj_revision &revision) {
        foretold += revision.change == GJ_FINDING_ADDED;
        return true;
    });
    auto receipts = engine.submit({wrong, act_make("2", "window")}, [&](const gj_news &news) {
        found += news.change == GJ_FINDING_ADDED;
        return true;
    });
    bool refused = false;
    try {
        Engine second(path); // one engine writes to a store
    } catch (const std::runtime_error &) {
        refused = true;
    }
    return foretold < 1 || found < 1 || receipts[1].kind != GJ_RECEIVED || !refused;
}

} // namespace

int main()
{
    const char *temporary = std::getenv("TMPDIR");
    std::string folder = temporary != nullptr ? temporary : P_tmpdir;
    folder += "/guiju-server-XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) {
        return 1;
    }
    int failed = work(folder + "/server.db");
    return failed + (std::system(("rm -r " + folder).c_str()) != 0);
}
