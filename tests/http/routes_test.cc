// The table of routes against the published contract, and what a path means.
#include "http/routes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace resolute::http {
namespace {

// Addresses that the handler answers without the table.
const std::set<std::string> kOwn = {"/metrics", "/openapi.json", "/opensearch.xml"};

TEST(Routes, AreThoseOfTheContract) {
  std::ifstream in(std::string(RESOLUTE_SOURCE) + "/schemas/openapi.json");
  const auto contract = nlohmann::json::parse(in);
  std::map<std::string, std::string> said, there;
  for (const auto& [path, methods] : contract.at("paths").items())
    for (const auto& [method, operation] : methods.items()) {
      if (kOwn.count(path) || method == "parameters") continue;
      EXPECT_TRUE(said.emplace(path, method == "get" ? "GET" : method == "post" ? "POST" : method).second) << path << " has several methods";
    }
  for (const auto& route : routes()) there.emplace(route.pattern, route.method);
  EXPECT_EQ(there, said);
  EXPECT_EQ(contract.at("info").at("version"), RESOLUTE_VERSION);
}

TEST(Routes, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const auto& route : routes()) EXPECT_TRUE(names.insert(route.name).second) << route.name;
}

TEST(Routes, AreFoundByPath) {
  struct Row {
    const char *path, *name, *named;
  };
  const Row rows[] = {
      {"/v1/search", "search", ""},
      {"/v1/documents/A/RES/75/1", "documents", "A/RES/75/1"},
      {"/v1/documents/A/RES/75/1/history", "document-history", "A/RES/75/1"},
      {"/v1/documents/A/RES/75/1/cited-by", "cited-by", "A/RES/75/1"},
      {"/v1/documents//citations", "citations", ""},
      {"/v1/paragraphs/A/RES/75/1@en#op1/history", "paragraph-history", "A/RES/75/1@en#op1"},
      {"/v1/paragraphs/A/RES/75/1@en#op1", "paragraph", "A/RES/75/1@en#op1"},
      {"/v1/search.csv", "export", "csv"},
      {"/v1/search/", nullptr, ""},
      {"/V1/search", nullptr, ""},
      {"", nullptr, ""},
      {"/", nullptr, ""},
  };
  for (const auto& row : rows) {
    const auto found = find_route(row.path);
    EXPECT_EQ(found.route ? found.route->name : nullptr,
              row.name ? std::find_if(routes().begin(), routes().end(), [&](const Route& r) { return std::string_view(r.name) == row.name; })->name : nullptr)
        << row.path;
    EXPECT_EQ(found.named, row.named) << row.path;
  }
}

}  // namespace
}  // namespace resolute::http
