#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "http/handler.h"
#include "search/live_index.h"

namespace resolute::cli {

void add_mcp(CLI::App& app, int& exit_code) {
  struct Flags {
    std::string index = default_index(), base;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("mcp", "tools for assistants on standard input and output (Model Context Protocol)");
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_option("--base-url", f->base, "where this index is served, before each address: https://example.org/un")->type_name("URL");
  c->footer(
      "A message a line, each way; it only reads. In an assistant's configuration:\n  {\"mcpServers\": {\"resolute\": {\"command\": \"resolute\", \"args\": "
      "[\"mcp\", \"--index\", \"/srv/un\"]}}}\n");
  c->callback([f, &exit_code] {
    const search::LiveIndex index(f->index, nullptr, [](const std::string& trouble) { fmt::print(stderr, "resolute: {}\n", trouble); });
    const http::Handler handler(index, http::HandlerOptions{.settings = {.public_url = f->base}});
    std::string line;
    while (!stop_requested && std::getline(std::cin, line)) {
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      http::Request request;
      request.method = "POST";
      request.target = "/mcp";
      request.content_type = "application/json";
      request.body = line;
      const auto answer = handler.handle(request);
      if (answer.body.empty()) continue;
      // What is wrong with the service itself is a problem by HTTP, and an error here.
      std::string body = answer.body;
      if (answer.status >= 500) {
        const auto asked = nlohmann::json::parse(line, nullptr, false), problem = nlohmann::json::parse(body, nullptr, false);
        if (!asked.is_object() || !asked.contains("id")) continue;
        const auto said = [&](const char* key) { return problem.is_object() ? problem.value(key, std::string()) : std::string(); };
        body =
            nlohmann::ordered_json{{"jsonrpc", "2.0"}, {"id", asked["id"]}, {"error", {{"code", -32000}, {"message", said("title") + ": " + said("detail")}}}}
                .dump();
      }
      std::cout << body << std::endl;
    }
    exit_code = kDone;
  });
}

}  // namespace resolute::cli
