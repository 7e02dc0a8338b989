// Times queries in process, one thread, and prints each answer's counts:
//   queries INDEX QUERIES.tsv OUT.tsv [WARM] [REPEATS]
// QUERIES: class, query, filter ("lang=zh;year=2015..2020;committee=C1"). Words of the query are
// all required, an unspaced Han run is a phrase, "*" is everything. An answer is the page of ten with
// snippets, the exact total and three exact facets. OUT: class, query, filter, median ms, total, facets as JSON.
// Prints p50, p95 and p99 over the medians.  `queries urls QUERIES.tsv` prints the same as paths of the API.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "search/searcher.h"
#include "text/normalize.h"

namespace {

using namespace resolute;

struct Asked {
  std::string kind, text, filter;
  search::SearchRequest request;
};

// Every word required and Han runs quoted, as the other engines of a comparison take them.
std::string in_our_language(const std::string& text) {
  if (text == "*") return "";
  std::string out, word;
  const auto close = [&] {
    if (word.empty()) return;
    size_t i = 0;
    const bool han = text::is_han(text::next_code_point(word, i));
    out += (out.empty() ? "" : " ") + (han ? "\"" + word + "\"" : "+" + word);
    word.clear();
  };
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      const size_t end = std::min(text.find('"', i + 1), text.size() - 1);
      close();
      out += (out.empty() ? "" : " ") + text.substr(i, end + 1 - i);
      i = end;
    } else if (text[i] == ' ') {
      close();
    } else {
      word += text[i];
    }
  }
  close();
  return out;
}

std::vector<Asked> read_queries(const char* path) {
  std::ifstream in(path);
  std::vector<Asked> out;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    Asked a;
    std::istringstream cells(line);
    std::getline(cells, a.kind, '\t');
    std::getline(cells, a.text, '\t');
    std::getline(cells, a.filter, '\t');
    auto& r = a.request;
    r.q = in_our_language(a.text);
    r.facets = {Field::lang, Field::year, Field::committee};
    std::istringstream filters(a.filter);
    for (std::string one; std::getline(filters, one, ';');) {
      const auto eq = one.find('=');
      const std::string name = one.substr(0, eq), value = one.substr(eq + 1);
      if (name == "year") {
        r.date_from = parse_date(value.substr(0, 4) + "-01-01");
        r.date_to = parse_date(value.substr(6, 4) + "-12-31");
      } else if (const auto field = parse_field(name)) {
        // Documents without a committee are counted under their body there.
        r.filters[value == "SC" ? Field::body : *field].any.push_back(value);
      }
    }
    out.push_back(std::move(a));
  }
  return out;
}

std::string percent(const std::string& s) {
  std::string out;
  char buffer[4];
  for (const char c : s) {
    if (std::isalnum(static_cast<unsigned char>(c)))
      out += c;
    else
      out += (std::snprintf(buffer, sizeof buffer, "%%%02X", static_cast<unsigned char>(c)), buffer);
  }
  return out;
}

int print_urls(const std::vector<Asked>& queries) {
  for (const auto& a : queries) {
    std::string url = "/v1/search?facets=lang,year,committee&q=" + percent(a.request.q);
    for (const auto& [field, filter] : a.request.filters)
      for (const auto& v : filter.any) url += std::string("&") + info(field).name + "=" + v;
    if (a.request.date_from) url += "&date_from=" + print_date(*a.request.date_from);
    if (a.request.date_to) url += "&date_to=" + print_date(*a.request.date_to);
    std::puts(url.c_str());
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && !std::strcmp(argv[1], "urls")) return print_urls(read_queries(argv[2]));
  if (argc < 4) {
    std::fprintf(stderr, "usage: queries INDEX QUERIES.tsv OUT.tsv [WARM] [REPEATS]\n       queries urls QUERIES.tsv\n");
    return 2;
  }
  const int warm = argc > 4 ? std::atoi(argv[4]) : 3, repeats = argc > 5 ? std::atoi(argv[5]) : 9;
  const auto clock = [] { return std::chrono::steady_clock::now(); };
  const auto ms = [](auto d) { return std::chrono::duration<double, std::milli>(d).count(); };
  const auto begin = clock();
  const search::Searcher searcher(search::Generation::open(argv[1]));
  const double opening = ms(clock() - begin);
  const auto queries = read_queries(argv[2]);
  std::vector<std::vector<double>> times(queries.size());
  std::vector<SearchResult> answers(queries.size());
  for (int round = -warm; round < repeats; ++round)
    for (size_t i = 0; i < queries.size(); ++i) {
      const auto from = clock();
      answers[i] = searcher.search(queries[i].request);
      if (round >= 0) times[i].push_back(ms(clock() - from));
    }
  std::ofstream out(argv[3]);
  std::vector<double> medians;
  for (size_t i = 0; i < queries.size(); ++i) {
    std::sort(times[i].begin(), times[i].end());
    medians.push_back(times[i][times[i].size() / 2]);
    nlohmann::json facets;
    for (const auto& f : answers[i].facets)
      for (const auto& v : f.values) facets[info(f.field).name][v.value] = v.count;
    char number[32];
    std::snprintf(number, sizeof number, "%.4f", medians.back());
    out << queries[i].kind << '\t' << queries[i].text << '\t' << queries[i].filter << '\t' << number << '\t' << answers[i].total << '\t' << facets.dump()
        << '\n';
  }
  std::sort(medians.begin(), medians.end());
  const auto at = [&](double share) { return medians[std::min(medians.size() - 1, static_cast<size_t>(share * static_cast<double>(medians.size())))]; };
  std::printf("opened in %.1f ms; %zu queries: p50 %.3f ms, p95 %.3f ms, p99 %.3f ms, max %.3f ms\n", opening, queries.size(), at(.5), at(.95), at(.99),
              medians.back());
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("RssAnon") || line.starts_with("RssFile")) std::puts(line.c_str());
  return 0;
}
