// The text of a document as HTML: paragraphs, tables, notes, in one language or beside each other.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "http/html_page.h"
#include "search/snippet.h"
#include "text/wording.h"

namespace resolute::http {

// "OP3 (a)", "PP2" of a fragment.
std::string fragment_label(const Words& say, std::string_view fragment);

// What was put in and taken out, marked.
Html print_diff_html(const Words& say, const std::vector<text::DiffPart>& diff);

// Not for several threads.
class TextPrinter {
 public:
  // `other`: the other language beside it, or nullptr. `cited`: how each paragraph is cited (http/cite.h).
  TextPrinter(const Page& page, const Document& document, const Document* other, const std::vector<std::string>& cited);

  Html print();
  size_t marks() const { return marks_; }  // places where the query stands, once printed

 private:
  Html paragraph(const Paragraph& p, const std::string& cite, const Paragraph* before);
  Html table(size_t begin, size_t end);
  Html running(const Paragraph& p, Language lang);
  Html back(const Paragraph& p, Language lang) const;
  const Paragraph* counterpart(const Paragraph& p) const;

  const Page& page_;
  const Document& document_;
  const Document* other_;
  const std::vector<std::string>& cited_;
  std::map<std::string, const Paragraph*> others_;
  std::optional<search::Highlighter> highlighter_;
  size_t marks_ = 0;
  bool chosen_ = false;             // within the range of paragraphs that the address names
  std::set<std::string> referred_;  // footnotes of which a marker stands above
};

// The years that lines of time beside each other span.
struct Years {
  int from = 9999, to = 0;
  void take(const std::vector<FacetCount>& counted);
};
// The years in which something was used, each a point that is as large as it was used often.
Html line_of_time(const std::vector<FacetCount>& counted, const Years& years);

}  // namespace resolute::http
