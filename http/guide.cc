// What a program that reads finds here, as https://llmstxt.org has it.
#include "http/answers.h"

namespace resolute::http {

Response answer_guide(const Call& call) {
  if (auto p = ParameterReader(call.given).problem()) return print(*p);
  const auto link = [&](const char* name, const std::string& path, const char* what) {
    return "- [" + std::string(name) + "](" + call.base + path + "): " + what + "\n";
  };
  std::string text =
      "# Resolute\n\n"
      "> Search over resolutions, decisions and statements of the United Nations in Chinese and English, paragraph by paragraph: exact totals,\n"
      "> both languages side by side, who cites what, and how a clause changed over the years. Everything here only reads.\n\n"
      "A document is SYMBOL@LANG (A/RES/79/1@en), a paragraph SYMBOL@LANG#FRAGMENT (A/RES/79/1@en#op4); in addresses # is %23. Cite what you quote by its\n"
      "id and URL: every answer carries both. The texts are unofficial copies; the official ones are at https://docs.un.org/SYMBOL.\n";
  if (call.searcher) {
    const auto& m = call.searcher->generation().manifest();
    text += "\nHeld: " + std::to_string(m.documents) + " documents with " + std::to_string(m.paragraphs) + " paragraphs (revision " +
            std::to_string(m.revision) + ").\n";
  }
  text += "\n## Tools\n\n";
  text +=
      link("MCP", "/mcp", "Model Context Protocol, streamable HTTP, stateless: search, read_document, resolve, precedents, check_citations, history, cited_by");
  text += "\n## Reading\n\n";
  text += link("Search", "/v1/search?q=%22sustainable+development%22&limit=5",
               "ranked paragraphs as JSON; `q` takes words, \"quotes\", AND OR NOT, filters such as body:SC");
  text += link("A document", "/v1/documents/A/RES/79/1", "any symbol; add .txt, .html, .akn, .json, or ?lang=zh&parallel=en");
  text += link("A reference", "/v1/resolve?ref=resolution+1373+(2001)", "any way of writing one to its symbol");
  text += link("Who cites", "/v1/documents/A/RES/79/1/cited-by", "and /citations, /history; /v1/paragraphs/{id}/history, /cited-by");
  text += link("Facets", "/v1/facets", "every value that a filter takes, with labels in both languages");
  text += "\n## Contract\n\n";
  text += link("OpenAPI", "/openapi.json", "every address, parameter and answer");
  Response r{200, "text/plain; charset=utf-8", {}, std::move(text)};
  r.headers.emplace_back("Access-Control-Allow-Origin", "*");
  r.headers.emplace_back("Cache-Control", "no-cache");
  return r;
}

}  // namespace resolute::http
