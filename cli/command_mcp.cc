#include <iostream>

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
    const search::LiveIndex index(f->index);
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
      if (!answer.body.empty()) std::cout << answer.body << std::endl;
    }
    exit_code = kDone;
  });
}

}  // namespace resolute::cli
