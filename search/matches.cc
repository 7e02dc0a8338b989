// Words, quotes, symbols, translations: what matches, and what is said of it.
#include "search/matches.h"

#include <array>

#include "search/matcher.h"
#include "search/parallel.h"
#include "text/analyze.h"

namespace resolute::search {

using Kind = Node::Kind;

namespace {

bool has_several_words(const Node& n) {
  if (n.kind == Kind::words && n.children.size() > 1) return true;
  return std::any_of(n.children.begin(), n.children.end(), has_several_words);
}

// What was read for matching need not be read again for the scores.
void keep_counts(Matcher::Read&& read, SegmentMatches& m) {
  m.counted_term = std::move(read.term);
  size_t i = 0;
  for (const WordingId w : m.wordings) {
    while (i < read.wordings.size() && read.wordings[i] < w) ++i;
    m.counts.push_back(i < read.wordings.size() && read.wordings[i] == w ? read.counts[i] : 0);
  }
}

// The steps that lead to Matches.
class Finder {
 public:
  Finder(const Generation& g, const Lexicon* lexicon, const Plan& plan) : generation_(g), lexicon_(lexicon), plan_(plan) {
    out_.segments.resize(g.segments().size());
    for (size_t s = 0; s < out_.segments.size(); ++s) out_.segments[s].heads = plan.heads[s];
    out_.understood = plan.query.understood;
  }
  Matches find() &&;

 private:
  bool match_words(const Node& root, Words words);  // whether any paragraph has them, filters aside: facets must not change what is asked
  void match_translated();
  void keep_full();
  bool found_where_asked() const;
  std::array<bool, 2> foreign() const;
  void tell_missing(std::string notice);

  const Generation& generation_;
  const Lexicon* lexicon_;
  const Plan& plan_;
  Matches out_;
};

bool Finder::match_words(const Node& root, Words words) {
  parallel(out_.segments.size(), [&](size_t s) {
    const auto& segment = generation_.segment(s);
    Matcher matcher(segment, words, plan_.request.budget.get());
    auto& m = out_.segments[s];
    m.everything = root.kind == Kind::all;
    if (m.everything) return;
    m.by_paragraph = !Matcher::is_textual(root);
    m.counted_term.clear();
    m.counts.clear();
    if (m.by_paragraph) {
      m.paragraphs = matcher.paragraphs(root);
      std::vector<bool> seen(segment.wordings(), false);
      for (const ParagraphId p : segment.all_paragraphs())
        if (m.paragraphs[p]) seen[segment.wording_of(p)] = true;
      m.wordings.clear();
      for (const WordingId w : segment.all_wordings())
        if (seen[w]) m.wordings.push_back(w);
    } else {
      m.wordings = matcher.wordings(root);
      keep_counts(matcher.take_read(), m);
    }
  });
  out_.partial = plan_.request.budget && plan_.request.budget->over();
  for (size_t s = 0; s < out_.segments.size(); ++s) {
    const auto& segment = generation_.segment(s);
    const auto& m = out_.segments[s];
    if (m.everything) return true;
    for (const WordingId w : m.wordings)
      for (const ParagraphId p : segment.paragraphs_with(w))
        if ((!m.by_paragraph || m.paragraphs[p]) && !segment.deleted(segment.document_of(p))) return true;
  }
  return false;
}

// Says which words and quotes stand nowhere, after a sentence on what is shown instead.
void Finder::tell_missing(std::string notice) {
  constexpr size_t kMostLookedAt = 20;  // each quote is looked for in the texts again
  std::vector<std::string> missing;
  size_t looked_at = 0;
  const auto look = [&](auto&& self, const Node& n) -> void {
    if (looked_at < kMostLookedAt && ((n.kind == Kind::word && is_telling(n)) || n.kind == Kind::phrase || n.kind == Kind::prefix)) {
      ++looked_at;
      const auto shown = n.kind == Kind::phrase ? "\"" + n.text + "\"" : n.kind == Kind::prefix ? n.text + "*" : n.text;
      const bool found = std::any_of(generation_.segments().begin(), generation_.segments().end(),
                                     [&](const auto& segment) { return !Matcher(*segment, Words::all, plan_.request.budget.get()).wordings(n).empty(); });
      const bool sure = !plan_.request.budget || !plan_.request.budget->over();
      if (!sure) looked_at = kMostLookedAt;
      if (!found && sure && std::find(missing.begin(), missing.end(), shown) == missing.end()) missing.push_back(shown);
    }
    if (n.kind != Kind::without)
      for (const auto& c : n.children) self(self, c);
  };
  look(look, plan_.query.root);
  if (!missing.empty()) {
    notice += (notice.empty() ? "" : ". ") + std::string("In no paragraph at all:");
    for (size_t i = 0; i < missing.size() && i < 10; ++i) notice += (i ? ", " : " ") + missing[i];
  }
  if (!notice.empty()) out_.notices.push_back(std::move(notice));
}

Matches Finder::find() && {
  const auto& r = plan_.request;
  const bool fill = r.fallback == Fallback::fill, always = r.translate == Translate::on;
  const bool found = match_words(plan_.query.root, Words::all);
  // What has not been looked at may have been what is asked for: nothing else is looked for in its stead.
  if (out_.partial) {
    out_.notices.push_back("Time was up before every text was looked at: there may be more matches than these");
    return std::move(out_);
  }
  const auto of = !lexicon_ || r.translate == Translate::off ? std::array{false, false} : always ? std::array{true, true} : foreign();
  // A symbol's letters and figures mean nothing by themselves.
  const bool as_words = !plan_.names_unknown || fill;
  if (as_words && (of[0] || of[1]) && (always || fill || !found || !found_where_asked())) {
    auto translated = std::make_unique<TranslatedQuery>(translate(plan_.query.root, *lexicon_, of, fill ? Quotes::as_words : Quotes::as_they_stand));
    if (!translated->words.empty()) {
      out_.translated = std::move(translated);
      match_translated();
      return std::move(out_);
    }
  }
  if (fill) {
    if (has_several_words(plan_.query.root)) {
      keep_full();
      match_words(plan_.query.root, Words::any);
    }
  } else if (!found && !plan_.names_known && as_words) {
    out_.fell_back = has_several_words(plan_.query.root) && match_words(plan_.query.root, Words::any);
    tell_missing(out_.fell_back ? "No paragraph has all the words; these have some of them" : "");
  }
  return std::move(out_);
}

void Finder::keep_full() {
  for (auto& m : out_.segments) m.full = m.wordings;
}

// Languages whose words are foreign: another one is asked for, or is the only one there is. What is excluded
// says nothing of what is wanted: counts of the other values stay what they are.
std::array<bool, 2> Finder::foreign() const {
  std::array<bool, 2> out{true, true};
  if (const auto it = plan_.request.filters.find(Field::lang); it != plan_.request.filters.end() && !it->second.any.empty()) {
    for (const auto& v : it->second.any)
      if (const auto lang = parse_language(canonical_value(Field::lang, v))) out[*lang == Language::zh ? 0 : 1] = false;
  } else {
    for (const auto& segment : generation_.segments())
      for (const DocumentId d : segment->all_documents())
        if (!segment->deleted(d)) out[segment->lang(d) == Language::zh ? 0 : 1] = false;
  }
  if (out[0] && out[1]) return {false, false};
  return {out[0] && has_words(plan_.query.root, Language::zh), out[1] && has_words(plan_.query.root, Language::en)};
}

// Whether any match is in a language that is asked for.
bool Finder::found_where_asked() const {
  for (size_t s = 0; s < out_.segments.size(); ++s) {
    bool found = false;
    const auto& segment = generation_.segment(s);
    out_.segments[s].each_paragraph(segment, [&](ParagraphId p, size_t) {
      found = found || !(plan_.selection.documents_out(s)[segment.document_of(p)] & (kOutDeleted | bit(Field::lang)));
    });
    if (found) return true;
  }
  return false;
}

// Every word as written or translated, else any.
void Finder::match_translated() {
  const auto told = [&](const char* how) {
    std::string words;
    for (const auto& w : out_.translated->words) {
      if (words.size() > 300) break;
      words += (words.empty() ? "" : "; ") + w.text + " = ";
      for (size_t i = 0; i < w.renderings.size() && i < 3; ++i)
        if (i == 0 || is_match(w.renderings, i)) words += (i ? ", " : "") + w.renderings[i].text;
    }
    out_.notices.push_back(how + words);
  };
  out_.understood = print_query(out_.translated->root);
  if (plan_.request.fallback == Fallback::fill) {
    keep_full();
    match_words(out_.translated->root, Words::any);
  } else if (match_words(out_.translated->root, Words::all)) {
    told("Words are also looked for in translation: ");
  } else if (match_words(out_.translated->root, Words::any)) {
    told("No paragraph has all the words, nor their translations; these have some of them: ");
  } else {
    tell_missing("");
  }
}

}  // namespace

uint64_t Matches::wordings() const {
  uint64_t n = 0;
  for (const auto& m : segments) n += m.wordings.size();
  return n;
}

Query Matches::shown(const Plan& plan) const {
  Query out = plan.query;
  if (translated) out.root = translated->root;
  return out;
}

Matches match(const Generation& generation, const Lexicon* lexicon, const Plan& plan) { return Finder(generation, lexicon, plan).find(); }

}  // namespace resolute::search
