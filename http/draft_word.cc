#include "http/draft_word.h"

#include <algorithm>
#include <map>
#include <utility>

#include "http/cite.h"
#include "http/html_notices.h"
#include "http/html_page.h"
#include "http/word_file.h"

namespace resolute::http {
namespace {

std::string numbered(const std::string& number, const std::string& text) { return (number.empty() ? "" : number + ". ") + text; }

class DraftPrinter {
 public:
  DraftPrinter(const Words& say, const search::Searcher& searcher, const search::PrecedentResult& draft, const search::DraftBase* base,
               const std::vector<search::CheckedCitation>& checked, const std::string& time)
      : say_(say), searcher_(searcher), draft_(draft), base_(base), checked_(checked), file_(std::string(say("agreed-language")), "Resolute", time) {}

  std::string print() && {
    about();
    std::vector<const search::ClauseLink*> links(draft_.paragraphs.size(), nullptr);
    std::vector<bool> kept;
    if (base_) {
      kept.assign(base_->clauses.size(), false);
      cited_ = cite_paragraphs(base_->document, say_.zh);
      for (const auto& link : base_->links) {
        links[link.after] = &link;
        kept[link.before] = true;
      }
    }
    size_t next = 0;  // clause of the base: those before it are printed
    for (size_t i = 0; i < draft_.paragraphs.size(); ++i) {
      if (links[i]) {
        for (; next < links[i]->before; ++next) gone(next, kept);
        next = std::max(next, links[i]->before + 1);
      }
      paragraph(draft_.paragraphs[i], links[i]);
    }
    if (base_)
      for (; next < base_->clauses.size(); ++next) gone(next, kept);
    file_.close();
    return file_.take();
  }

 private:
  void about() {
    file_.add({{{std::string(say_("agreed-language")), "", Change::none, false, false, ""}}, WordStyle::title, Change::none, language()});
    std::string line;
    if (base_) {
      const auto& d = base_->document;
      line = say_("draft-against", {cite(d, "", say_.zh) + (d.title.empty() ? "" : say_.zh ? "“" + d.title + "”" : ", “" + d.title + "”")});
      if (!base_->whole) line += (say_.zh ? "" : " ") + std::string(say_("draft-excerpt"));
    } else {
      line = say_("draft-no-base");
    }
    file_.add({{{line, "", Change::none, false, false, ""}}, WordStyle::note, Change::none, language()});
    for (const auto& n : draft_.notices)
      file_.add({{{print_notice(n, say_.zh), "", Change::none, false, false, ""}}, WordStyle::note, Change::none, language()});
  }

  // A clause of the base that the draft has not.
  void gone(size_t clause, const std::vector<bool>& kept) {
    if (kept[clause] || !base_->whole) return;
    const size_t place = base_->clauses[clause];
    const auto& p = base_->document.paragraphs[place];
    WordParagraph out;
    out.lang = base_->document.lang;
    out.change = Change::deleted;
    out.runs.push_back(
        {numbered(p.kind == ParagraphKind::heading ? "" : p.number, p.text), cite(base_->document, cited_[place], say_.zh), Change::deleted, false, false, ""});
    file_.add(out);
  }

  void paragraph(const search::ParagraphPrecedents& p, const search::ClauseLink* link) {
    WordParagraph out;
    out.lang = p.paragraph.lang;
    const auto text = numbered(p.paragraph.number, p.paragraph.text);
    if (link) {
      const size_t place = base_->clauses[link->before];
      const auto& before = base_->document.paragraphs[place];
      for (const auto& part : text::word_diff(numbered(before.kind == ParagraphKind::heading ? "" : before.number, before.text), text))
        out.runs.push_back({part.text, "",
                            part.op == text::DiffOp::equal    ? Change::none
                            : part.op == text::DiffOp::insert ? Change::inserted
                                                              : Change::deleted,
                            false, false, ""});
    } else {
      out.change = base_ ? Change::inserted : Change::none;
      out.runs.push_back({text, "", out.change, false, false, ""});
    }
    out.runs.push_back({"", earlier(p, link), Change::none, false, false, ""});
    for (const auto& c : checked_)
      if (c.span.begin >= p.paragraph.span.begin && c.span.begin < p.paragraph.span.end && is_fault(c.status))
        out.runs.push_back({"", say_("quoted", {c.text}) + (say_.zh ? "：" : ": ") + fault(c), Change::none, false, false, ""});
    file_.add(out);
  }

  static bool is_fault(search::CitationStatus s) {
    return s == search::CitationStatus::impossible || s == search::CitationStatus::ambiguous || s == search::CitationStatus::inconsistent;
  }
  std::string fault(const search::CheckedCitation& c) const {
    std::string out(say_(c.status == search::CitationStatus::impossible  ? Word("status-impossible")
                         : c.status == search::CitationStatus::ambiguous ? Word("status-ambiguous")
                                                                         : Word("status-inconsistent")));
    if (const auto detail = print_notice(c.detail, say_.zh); !detail.empty()) out += (say_.zh ? "；" : "; ") + detail;
    return out;
  }

  // The paragraph of the base, and where the wording was used before: as a footnote says it.
  std::string earlier(const search::ParagraphPrecedents& p, const search::ClauseLink* link) {
    const std::string gap = say_.zh ? "；" : "; ";
    std::string out, own;
    if (link) {
      const auto& before = base_->document.paragraphs[base_->clauses[link->before]];
      own = base_->document.id() + "#" + before.fragment;
      out = cite(base_->document, cited_[base_->clauses[link->before]], say_.zh) + gap;
    }
    if (p.similar.empty() && p.near.empty()) return out + std::string(say_(p.runs.empty() ? Word("no-precedent") : Word("only-parts")));
    const auto& best = p.similar.empty() ? p.near.front() : p.similar.front();
    if (best.last.id != own) out += (link ? std::string(say_("most-alike-in")) + (say_.zh ? "" : " ") : "") + cited(best.last) + gap;
    out += say_("alike", {std::to_string(static_cast<int>(best.similarity * 100))}) + gap +
           print_count(say_, p.similar.empty() ? best.uses : p.uses, "one-use", "n-uses");
    if (p.first && p.first->id != best.last.id) out += gap + say_("first-used", {cited(*p.first)});
    return out;
  }

  std::string cited(const search::WordingUse& use) {
    const auto known = references_.find(use.id);
    if (known != references_.end()) return known->second;
    std::string out = use.symbol;
    const auto& g = searcher_.generation();
    const size_t at = use.id.rfind('@');
    const auto lang = parse_language(use.id.substr(at + 1, 2));
    if (const auto there = lang ? g.find(use.symbol, *lang) : std::nullopt) {
      const Document d = searcher_.document(*there);
      const auto where = cite_paragraphs(d, say_.zh);
      for (size_t i = 0; i < d.paragraphs.size(); ++i)
        if (d.paragraphs[i].fragment == use.fragment) out = cite(d, where[i], say_.zh);
    }
    return references_.emplace(use.id, out).first->second;
  }

  Language language() const { return say_.zh ? Language::zh : Language::en; }

  const Words& say_;
  const search::Searcher& searcher_;
  const search::PrecedentResult& draft_;
  const search::DraftBase* base_;
  const std::vector<search::CheckedCitation>& checked_;
  WordFile file_;
  std::vector<std::string> cited_;                 // of the base's paragraphs
  std::map<std::string, std::string> references_;  // of uses, by their ids
};

}  // namespace

std::string print_draft_word(const Words& say, const search::Searcher& searcher, const search::PrecedentResult& draft, const search::DraftBase* base,
                             const std::vector<search::CheckedCitation>& checked, const std::string& time) {
  return DraftPrinter(say, searcher, draft, base, checked, time).print();
}

}  // namespace resolute::http
