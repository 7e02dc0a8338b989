#include "http/feed.h"

#include <algorithm>

#include "http/addresses.h"
#include "http/markup.h"

namespace resolute::http {

std::string print_atom(const Feed& feed) {
  std::string newest;
  for (const auto& e : feed.entries) newest = std::max(newest, e.updated);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n";
  const auto element = [&](const char* name, const std::string& text, const std::string& attributes = "") {
    append_element(out, name, text, attributes);
    if (!text.empty()) out += "\n";
  };
  const auto link = [&](const char* rel, const char* type, const std::string& href) {
    out += std::string("<link rel=\"") + rel + "\" type=\"" + type + "\" href=\"" + escaped(href) + "\"/>\n";
  };
  element("id", feed.id);
  element("title", feed.title);
  element("updated", newest.empty() ? feed.updated : newest);
  out += "<author><name>Resolute</name></author>\n<generator>Resolute</generator>\n";
  link("self", "application/atom+xml", feed.self);
  link("alternate", "text/html", feed.page);
  for (const auto& e : feed.entries) {
    out += e.lang.empty() ? "<entry>\n" : "<entry xml:lang=\"" + escaped(e.lang) + "\">\n";
    element("id", e.id);
    element("title", e.title);
    element("updated", e.updated.empty() ? feed.updated : e.updated);
    if (!e.published.empty()) element("published", e.published + "T00:00:00Z");
    link("alternate", "text/html", e.url);
    element("content", e.text, " type=\"text\"");
    if (e.text.empty()) element("summary", e.title);
    out += "</entry>\n";
  }
  return out + "</feed>\n";
}

void newest_first(std::vector<FeedEntry>& entries, uint64_t since, size_t most) {
  std::erase_if(entries, [&](const FeedEntry& e) { return e.revision < since; });
  std::stable_sort(entries.begin(), entries.end(), [](const FeedEntry& a, const FeedEntry& b) { return a.revision > b.revision; });
  if (entries.size() > most) entries.resize(most);
}

FeedEntry entry_of(const Arrivals& arrivals, const std::string& base, const Match& m, bool of_document) {
  FeedEntry e;
  const std::string document = m.symbol + "@" + print_language(m.lang);
  e.id = urn(of_document ? document : m.id);
  e.title = m.symbol + (of_document ? "" : ", " + print_label(m.kind, m.fragment, m.number)) + (m.title.empty() ? "" : ": " + m.title);
  e.url = paragraph_address(base, m.symbol, m.lang, of_document ? "" : m.fragment);
  e.text = m.text;
  e.published = m.date;
  e.lang = print_language(m.lang);
  if (const auto* arrival = arrivals.find(document)) {
    e.revision = arrival->number;
    e.updated = arrival->time;
  }
  return e;
}

}  // namespace resolute::http
