// What every page that the server makes has in common: who asks, from where, in which language; addresses;
// the frame.
//
// Every address in a page is relative to the page's own, so that the service works under any path a proxy
// gives it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/handler.h"
#include "http/html.h"
#include "http/parameters.h"
#include "http/words.h"
#include "search/searcher.h"

namespace resolute::http {

// What the browser may load for a page: the service's own files and nothing else; no script within the
// markup.
inline constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

// The folder of the page's script, style and pictures, named by what is in them: they may be kept for ever.
const std::string& asset_folder();

// Whose text is shown.
enum class Reading : uint8_t { en, zh, both };
const char* print_reading(Reading reading);

// A request for a page. Valid while it is answered.
struct Page {
  const Request& request;
  const search::Searcher* searcher;  // of the published index; nullptr where there is none
  Words say;                         // in the language of the interface
  Reading reading = Reading::en;
  std::string path;                // percent-decoded, without the language: "/A/RES/79/7"
  std::string base;                // from the page's address to that of the service: "../../"
  std::string root;                // likewise to that of the service in the interface's language, where the address names one
  bool explicit_language = false;  // the address names the language: /zh/...
  Parameters given;                // of the query string
  ReadDraft read_draft;            // drafts that are files; empty: they are not read

  bool zh() const { return say.zh; }
  // The language whose text comes first.
  Language lang() const { return reading == Reading::both ? (zh() ? Language::zh : Language::en) : reading == Reading::zh ? Language::zh : Language::en; }
  // Of the query string; empty where it is not given.
  std::string value(std::string_view name) const;

  // Addresses, relative: of "search" and a query string, of a document, of one of its paragraphs.
  std::string to(std::string_view place, const Parameters& query = {}) const;
  std::string to_document(std::string_view symbol, std::string_view fragment = {}, const Parameters& query = {}) const;
  // The page's own address with parameters replaced; an empty value leaves one out. "cursor" and "after", how
  // many results stood before it, never stay.
  std::string here(const Parameters& changes) const;
  // The same page in a language of the interface.
  std::string in_language(bool chinese) const;
};

// The page of a request for a path that no other route takes; nullopt where the path can be none.
std::optional<Page> read_page(const Request& request, const search::Searcher* searcher);

// A path and query string as bytes of an address. A symbol keeps its slashes.
std::string encode_path(std::string_view path);
std::string encode_query(const Parameters& query);

// A link to the same thing elsewhere: rel=alternate.
struct Alternate {
  std::string href, type, lang;
};

// What a page shows within the frame.
struct Shown {
  const char* view;  // "search": what the script and the style know it by
  std::string title, description;
  Html main;
  int status = 200;
  std::string canonical;  // path without the language; empty: not to be kept by search engines
  std::vector<Alternate> alternates;
  bool searchable = true;                                  // the head has the search box
  std::vector<std::pair<std::string, std::string>> metas;  // names and contents: what reference managers read
  std::string print_head = {};                             // what stands at the head of each page of paper: a symbol
};

// The box for a query; `focus`: typing goes there at once.
Html search_form(const Page& page, bool focus);

Response print_page(const Page& page, const Shown& shown);
// A step to elsewhere. `to` is relative.
Response redirect(const Page& page, const std::string& to, int status = 302);

// Small pieces that several pages share.

// "zh-Hans" or "en".
const char* language_tag(Language lang);
// The tag of the language that a text seems to be in: for what the index does not know.
const char* language_tag_of(std::string_view text);
// "30 October 2024", 2024年10月30日; empty for none.
std::string print_day(std::string_view iso, bool zh);
// 12,345
std::string print_number(uint64_t n);
// "79th session", 第七十九届会议; the value itself where it is no number.
std::string print_session(std::string_view session, std::string_view body, bool zh);
// "12 resolutions"; the words of `one` where n is 1.
std::string print_count(const Words& say, uint64_t n, Word one, Word many);
// The label of a field's value as people read it: States by name, subjects without underscores or capitals
// alone.
std::string value_label(Field field, std::string_view value, bool zh);

// What a document is called in a list: its title in the language, else that of the other, else number and
// subject.
struct Headline {
  std::string text, lang;  // lang: a tag
  std::string subjects;    // in the page's language, of a document without a title: "Amnesty; Children"; else empty
};
// " (subjects: Amnesty; Children)" after the headline of a document without a title.
Html subject_line(const Page& page, const Headline& title);
Headline headline(const search::Searcher& searcher, const std::string& symbol, Language lang);
// "General Assembly resolution 79/7", 大会第79/7号决议: of a symbol; the symbol itself where it is no
// resolution or decision.
std::string work_name(const std::string& symbol, bool zh);

// Date, committee and vote of a document, how often it is cited: one line.
Html document_line(const Page& page, const std::string& symbol);
// English, Chinese, both: links to `here` with text=...
Html reading_switch(const Page& page);

}  // namespace resolute::http
