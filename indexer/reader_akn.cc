// Longer than most: one vocabulary, and what its files do to it.
// AKN4UN, the UN's Akoma Ntoso: "AKN4UN Guidelines", HLCM; Akoma Ntoso 1.0, OASIS.
#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <memory>
#include <set>

#include "indexer/reader.h"
#include "indexer/xml.h"
#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/state.h"
#include "schemas/symbol.h"
#include "text/line.h"
#include "text/normalize.h"
#include "text/structure.h"

namespace resolute::indexer {
namespace {


// The text of a node without its footnotes, which go to `notes`.
void inline_text(const XmlNode* n, std::string& out, std::vector<const XmlNode*>* notes) {
  for (const XmlNode* c = n->children; c; c = c->next) {
    if (!c->is_element()) {
      out += c->text;
    } else {
      const auto t = c->name;
      if (t == "authorialNote") {
        if (notes) notes->push_back(c);
      } else if (t == "br" || t == "eol") {
        out += ' ';
      } else if (t != "img" && t != "meta") {
        inline_text(c, out, notes);
      }
    }
  }
}

std::string text_of(const XmlNode* n, std::vector<const XmlNode*>* notes = nullptr) {
  std::string out;
  inline_text(n, out, notes);
  return text::tidy(out);
}

// Calls f for every element below `n`, in document order. Of components, documents inside
// the document, only for their closing lines: those are the whole's.
template <typename F>
void each(const XmlNode* n, F&& f, bool component = false) {
  for (const XmlNode* c = n->children; c; c = c->next)
    if (c->is_element()) {
      const bool closing = c->name == "conclusions";
      if (!component || closing) f(c);
      each(c, f, (component && !closing) || c->name == "components");
    }
}

std::string number_text(std::string_view printed) {
  std::string s = text::tidy(ascii_fold(printed));
  while (!s.empty() && (s.back() == '.' || s.back() == ' ' || s.back() == ':')) s.pop_back();
  if (s.size() > 2 && s.front() == '(' && s.back() == ')') s = s.substr(1, s.size() - 2);
  if (const auto n = text::find_numeral(printed); n.bytes == printed.size() && n.bytes) s = n.number;
  return s;
}

size_t code_points(std::string_view s) {
  return static_cast<size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool annex_head(std::string_view s, bool whole) {
  for (const std::string_view w : {"Annex", "Appendix", "附件", "附录", "附表"}) {
    if (!s.starts_with(w)) continue;
    auto rest = s.substr(w.size());
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    if (!whole) return w[0] != 'A' || rest.size() < s.size() - w.size() || rest.empty();
    if (std::all_of(rest.begin(), rest.end(), [](char c) { return c == 'I' || c == 'V' || c == 'X' || (c & 0x80); }) && rest.size() <= 9) return true;
  }
  return false;
}

// Walks the parts of one statement into paragraphs.
class Walker {
 public:
  Walker(Document& document, bool zh) : d_(document), zh_(zh) {}

  void walk_statement(const XmlNode* statement) {
    std::string pending;
    for (const XmlNode* c = statement->children; c; c = c->next)
      if (c->is_element()) pending = walk(c, pending, 0);
    if (!pending.empty()) add(ParagraphKind::plain, pending, pending);
    for (const auto* note : notes_) {
      std::string s;
      inline_text(note, s, nullptr);
      s = text::tidy(s);
      if (!s.empty()) add(ParagraphKind::footnote, number_text(note->attribute("marker")), s);
    }
  }

 private:
  // A draft that the resolution recommends to another organ stands in it as a document of
  // its own, with preamble and numbers from 1.
  void recommended(const XmlNode* components) {
    for (const XmlNode* component = components->children; component; component = component->next)
      for (const XmlNode* c = component->children; c; c = c->next) {
        if (c->name != "statement" && c->name != "doc") continue;
        annex_ = false;
        zone_.clear();
        for (auto* s : {&parent_, &sub_, &last_, &last_sub_}) s->clear();
        std::string pending;
        for (const XmlNode* part = c->children; part; part = part->next)
          if (part->is_element()) pending = walk(part, pending, 0);
        if (!pending.empty()) add(ParagraphKind::plain, pending, pending);
      }
  }

  void add(ParagraphKind kind, std::string number, std::string text) {
    if (text.empty()) return;
    Paragraph p;
    p.kind = kind;
    p.number = std::move(number);
    p.text = std::move(text);
    d_.paragraphs.push_back(std::move(p));
  }

  ParagraphKind zone_kind() const {
    if (annex_) return ParagraphKind::annex;
    if (zone_ == "preamble") return ParagraphKind::preambular;
    if (zone_ == "attachments") return ParagraphKind::annex;
    return main_kind();
  }
  ParagraphKind main_kind() const {
    return d_.type == DocumentType::statement  ? ParagraphKind::statement
           : d_.type == DocumentType::decision ? ParagraphKind::decision
                                               : ParagraphKind::operative;
  }

  void block(const std::string& number, std::string text, int level) {
    ParagraphKind kind = zone_kind();
    std::string full = number_text(number);
    if (full.empty() && level == 0 && (kind == ParagraphKind::operative || kind == ParagraphKind::annex)) {
      level = own_number(text, kind, full);
      if (level > 0) parent_ = last_, sub_ = last_sub_;
    }
    if (level > 0 && !full.empty()) {
      // "(ii)" under "(a)" under "3" is 3(a)(ii).
      std::string above = parent_;
      if (level == 1) sub_ = last_sub_ = full;
      else if (!sub_.empty()) above = above.empty() ? sub_ : above + "(" + sub_ + ")";
      if (!above.empty()) full = above + "(" + full + ")";
    } else if (level == 0 && !full.empty()) {
      parent_ = last_ = full;
      sub_.clear();
      last_sub_.clear();
    }
    if (kind == ParagraphKind::operative && number.empty() && level == 0 && heading_like(text)) kind = ParagraphKind::heading;
    add(kind, std::move(full), std::move(text));
  }

  // A number that stands in the text itself: "(a) ...", "4. ...", and "4 Calls ..." where 4 is
  // the next. Takes it off the text and gives its level.
  int own_number(std::string& text, ParagraphKind kind, std::string& number) const {
    const std::string next = std::to_string(last_.empty() ? 1 : std::atoi(last_.c_str()) + 1);
    auto n = text::find_numeral(text);
    if (n.bytes == 0) {
      const std::string bare = next + " ";
      if (kind == ParagraphKind::operative && !last_.empty() && text.starts_with(bare) && text.size() > bare.size() && (is_upper(text[bare.size()]) || (text[bare.size()] & 0x80)))
        n = {next, bare.size(), 0};
    } else if (n.level == 0 && n.number != next) {
      return 0;
    }
    if (n.bytes == 0) return 0;
    number = n.number;
    text.erase(0, n.bytes);
    return n.level == 2 && (last_sub_.empty() || (number == "i" && last_sub_ == "h") || (number == "v" && last_sub_ == "u") || (number == "x" && last_sub_ == "w")) ? 1 : n.level;
  }

  // Short unnumbered lines without closing punctuation stand as headings in the operative part.
  bool heading_like(const std::string& s) const {
    if (code_points(s) >= (zh_ ? 45u : 130u)) return false;
    for (const std::string_view mark : {";", "；", ".", "。", ",", "，", ":", "：", ")", "）", "”", "\""})
      if (s.ends_with(mark)) return false;
    return true;
  }

  // `pending` is a number waiting for its text; gives what is still waiting.
  std::string walk(const XmlNode* e, std::string pending, int level) {
    const auto t = e->name;
    if (t == "meta" || t == "authorialNote") return pending;
    if (t == "components") {
      recommended(e);
      return "";
    }
    if (t == "coverPage") {
      std::string ignored;
      inline_text(e, ignored, &notes_);
      return pending;
    }
    if (t == "preface") {
      for (const XmlNode* p = e->children; p; p = p->next) {
        if (!p->is_element()) continue;
        std::string number, title;
        for (const XmlNode* c = p->children; c; c = c->next) {
          if (c->is_element() && c->name == "docNumber") number = text_of(c, &notes_);
          else if (c->name == "authorialNote") notes_.push_back(c);
          else if (c->is_element()) title += (title.empty() ? "" : " ") + text_of(c, &notes_);
          else title += text::tidy(c->text);
        }
        add(ParagraphKind::heading, number_text(number), text::tidy(title));
      }
      return pending;
    }
    if (t == "num") {
      const auto s = text_of(e, &notes_);
      return pending.empty() ? s : pending + " " + s;
    }
    if (t == "preamble" || t == "mainBody" || t == "conclusions" || t == "attachments" || t == "collectionBody") {
      if (!(t == "mainBody" && zone_ == "attachments")) zone_ = t;
      if (t == "attachments") annex_ = true;
      if (t == "preamble") annex_ = false;
      if (t == "conclusions") {
        annex_ = false;
        for (const XmlNode* p = e->children; p; p = p->next)
          if (p->is_element()) add(ParagraphKind::closing, "", text_of(p, &notes_));
        return "";
      }
    }
    if (t == "formula") {
      add(ParagraphKind::enacting, "", text_of(e, &notes_));
      return "";
    }
    if (t == "crossHeading" || t == "heading" || t == "subheading" || (t == "block" && e->attribute("name").ends_with("heading"))) {
      const auto s = text_of(e, &notes_);
      if (annex_head(s, false)) start_annex();
      add(ParagraphKind::heading, number_text(pending), s);
      return "";
    }
    if (t == "tr") {
      std::string row, number;
      size_t cells = 0;
      for (const XmlNode* c = e->children; c; c = c->next)
        if (c->is_element()) {
          row += (row.empty() ? "" : " | ") + text_of(c, &notes_);
          ++cells;
        }
      if (cells == 1)
        if (const auto n = text::find_numeral(row); n.bytes > 0) {
          number = n.number;
          row.erase(0, n.bytes);
        }
      const bool any = std::any_of(row.begin(), row.end(), [](char c) { return c != ' ' && c != '|'; });
      // An empty cell leaves its spaces.
      if (any) add(ParagraphKind::table, std::move(number), text::tidy(row));
      return "";
    }
    if ((t == "p" || t == "listIntroduction" || t == "wrapUp" || t == "listWrapUp") && !holds_blocks(e)) {
      auto s = text_of(e, &notes_);
      if (s.empty()) return pending;
      if (pending.empty() && annex_head(s, true)) {
        start_annex();
        add(ParagraphKind::heading, "", s);
        return "";
      }
      block(pending, std::move(s), level);
      return "";
    }
    int inner = level;
    if (t == "point" || t == "item" || t == "sublist" || t == "indent") ++inner;
    if ((t == "paragraph" || t == "container" || t == "section") && level == 0) parent_.clear(), sub_.clear();
    // Text that stands directly in a structural element, as in ill-formed files.
    for (const XmlNode* c = e->children; c; c = c->next) {
      if (c->is_element()) {
        if (inline_element(c->name)) {
          loose_ += text_of(c, &notes_) + " ";
          continue;
        }
        flush_loose(pending, inner);
        pending = walk(c, pending, inner);
      } else {
        const auto s = text::tidy(c->text);
        if (!s.empty()) loose_ += s + " ";
      }
    }
    flush_loose(pending, inner);
    return pending;
  }

  void flush_loose(std::string& pending, int level) {
    auto s = text::tidy(loose_);
    loose_.clear();
    if (s.empty()) return;
    block(pending, std::move(s), level);
    pending.clear();
  }

  static bool inline_element(std::string_view t) {
    return t == "span" || t == "a" || t == "b" || t == "i" || t == "u" || t == "sup" || t == "sub" || t == "inline" || t == "docTitle" ||
           t == "docNumber" || t == "docDate" || t == "ref" || t == "date" || t == "quantity" || t == "organization";
  }

  static bool holds_blocks(const XmlNode* e) {
    for (const XmlNode* c = e->children; c; c = c->next)
      if (c->name == "p" || c->name == "blockList" || c->name == "list" || c->name == "table") return true;
    return false;
  }

  void start_annex() {
    annex_ = true;
    for (auto* s : {&parent_, &sub_, &last_, &last_sub_}) s->clear();
  }

  Document& d_;
  bool zh_;
  std::string zone_, loose_;
  std::string parent_, sub_;      // numbers above, within one element
  std::string last_, last_sub_;   // the last of these levels, for numbers that stand in the text
  bool annex_ = false;
  std::vector<const XmlNode*> notes_;
};

// Metadata of one <statement>, <documentCollection> or <doc>.
class MetaReader {
 public:
  MetaReader(Document& document, const XmlNode* root) : d_(document), root_(root) {}

  void read(const std::string& path) {
    const auto type = root_->attribute("name");
    d_.type = type == "resolution"              ? DocumentType::resolution
              : type == "decision"              ? DocumentType::decision
              : type == "presidentialStatement" ? DocumentType::statement
              : type == "draftResolution" || type == "draft resolution" ? DocumentType::draft
              : type == "publication"           ? DocumentType::publication
                                                : DocumentType::other;
    each(root_, [&](const XmlNode* e) { element(e); });
    symbol(path);
    if (d_.date.empty() && parse_date(work_date_)) d_.date = work_date_;
    if (d_.date.empty()) d_.date = text::find_date(adoption_line_);
    if (d_.date.empty() && d_.type == DocumentType::statement && parse_date(issued_)) d_.date = issued_;
    vote();
    if (d_.body == Body::hrc || d_.body == Body::sc) d_.committee.clear();
    if (d_.meeting.empty()) d_.meeting = text::find_meeting(adoption_line_);
  }
  const std::string& tagged_language() const { return language_; }
  const std::string& part() const { return preface_number_; }

 private:
  void element(const XmlNode* e) {
    const auto t = e->name;
    // Most elements are text.
    if (t == "p" || t == "span" || t == "a" || t == "content" || t == "paragraph" || t == "num" || t == "td" || t == "tr") return;
    const auto refers = e->attribute("refersTo");
    if (t == "docNumber") {
      if (refers == "#symbol") { if (cover_symbol_.empty()) cover_symbol_ = text_of(e); }
      else if (preface_number_.empty()) preface_number_ = number_text(text_of(e));
    } else if (t == "FRBRWork") {
      each(e, [&](const XmlNode* c) {
        if (c->name == "FRBRdate" && work_date_.empty()) work_date_ = c->attribute("date");
        if (c->name == "FRBRuri" && uri_.empty()) uri_ = c->attribute("value");
      });
    } else if (t == "FRBRlanguage") {
      if (language_.empty()) language_ = e->attribute("language");
    } else if (t == "docTitle") {
      if (refers == "#resolutionTitle" || refers == "#decisionTitle") { if (d_.title.empty()) d_.title = text_of(e); }
      else if (adoption_line_.empty()) adoption_line_ = text_of(e);
    } else if (t == "docDate") {
      const auto date = e->attribute("date");
      if (refers == "#adoptionDate" && d_.date.empty() && parse_date(date)) d_.date = date;
      if (refers == "#dateOfIssuance" && issued_.empty()) issued_ = date;
    } else if (t == "docAuthority") {
      if (refers == "#issuingBody" && issuing_.empty()) issuing_ = text_of(e);
      if (refers == "#subsidiaryBody") subsidiary_ = text_of(e);
    } else if (t == "session") {
      if (d_.session.empty()) d_.session = e->attribute("value");
    } else if (t == "inline" || t == "location") {
      const auto kind = e->attribute("name");
      if (kind == "agenda item") {
        auto items = text::find_agenda(e->attribute("title"));
        if (items.empty()) items = text::find_agenda(text_of(e));
        for (auto& item : items)
          if (std::find(d_.agenda.begin(), d_.agenda.end(), item) == d_.agenda.end()) d_.agenda.push_back(std::move(item));
      } else if (kind == "originating document") {
        // A draft ("A/93/L.14"), or the report of a committee, which is none.
        if (const auto draft = parse_symbol(text_of(e)); draft && draft->text().find("/L.") != std::string::npos &&
                                                         std::find(d_.drafts.begin(), d_.drafts.end(), draft->text()) == d_.drafts.end())
          d_.drafts.push_back(draft->text());
      } else if (kind == "adoptionMeeting" || refers == "#adoptionMeeting") {
        if (d_.meeting.empty()) d_.meeting = digits(e->attribute("title"));
        if (d_.meeting.empty()) d_.meeting = digits(text_of(e));
      }
    } else if (t == "docProponent") {
      if (d_.committee.empty()) {
        static constexpr std::array<std::pair<std::string_view, const char*>, 8> kMarked = {{{"#firstCommittee", "C1"}, {"#secondCommittee", "C2"}, {"#thirdCommittee", "C3"}, {"#fourthCommittee", "C4"}, {"#fifthCommittee", "C5"}, {"#sixthCommittee", "C6"}, {"#noMainCommittee", "plenary"}, {"#plenaryMeeting", "plenary"}}};
        for (const auto& [mark, id] : kMarked)
          if (refers == mark) d_.committee = {id};
        if (d_.committee.empty()) d_.committee = find_committees(text_of(e));
      }
    } else if (t == "keyword") {
      const auto dictionary = e->attribute("dictionary");
      if (refers == "agenda" || refers == "title") return;
      if (dictionary != "UNBIS Thesaurus" && dictionary != "DHLAUTH") return;
      auto label = text::tidy(e->attribute("showAs"));
      if (label.empty()) label = text::tidy(e->attribute("value"));
      if (!label.empty() && std::find(d_.subjects.begin(), d_.subjects.end(), label) == d_.subjects.end()) d_.subjects.push_back(std::move(label));
    } else if (t == "voting") {
      if (outcome_.empty()) outcome_ = e->attribute("outcome");
    } else if (t == "count") {
      count(e, refers);
    } else if (t == "vote" || t == "outcome") {
      if (outcome_text_.empty()) outcome_text_ = text_of(e);
    } else if (t == "step") {
      if (e->attribute("outcome") == "veto") vetoed_ = true;
    }
  }

  static std::string digits(std::string_view s) {
    size_t i = 0;
    while (i < s.size() && !is_digit(s[i])) ++i;
    size_t k = i;
    while (k < s.size() && is_digit(s[k])) ++k;
    return std::string(s.substr(i, k - i));
  }

  void count(const XmlNode* e, std::string_view refers) {
    const auto number = digits(e->attribute("value"));
    if (number.empty() || number.size() > 4) return;
    const int n = std::stoi(number);
    const char* how = nullptr;
    if (refers == "#inFavour" || refers == "inFavour") { d_.vote.yes = n; how = "yes"; }
    else if (refers == "#against" || refers == "against") { d_.vote.no = n; how = "no"; }
    else if (refers == "#abstaining" || refers == "abstaining") { d_.vote.abstain = n; how = "abstain"; }
    else return;
    each(e, [&](const XmlNode* c) {
      if (c->name != "organization") return;
      for (const auto& voter : split_states(text_of(c)))
        if (const auto code = find_state(voter)) d_.vote.voters.emplace(*code, how);
    });
  }

  void vote() {
    const std::string all = outcome_ + " " + outcome_text_;
    const bool counted = d_.vote.yes.value_or(0) > 0;
    const auto says = [&](std::string_view s) { return all.find(s) != std::string::npos; };
    if (vetoed_ || d_.type == DocumentType::draft) d_.vote.outcome = VoteOutcome::not_adopted;
    else if (says("cclamation") || says("鼓掌")) d_.vote.outcome = VoteOutcome::acclamation;
    else if (says("WithoutVote") || says("ithout a vote") || says("without vote") || says("consensus") || says("未经表决")) d_.vote.outcome = VoteOutcome::without_vote;
    else if (counted && d_.body == Body::sc && d_.vote.no.value_or(0) == 0 && d_.vote.abstain.value_or(0) == 0 && *d_.vote.yes >= 11) d_.vote.outcome = VoteOutcome::unanimous;
    else if (counted || says("RecordedVote") || says("ecorded vote") || says("记录表决")) d_.vote.outcome = VoteOutcome::recorded;
    if (counted) {
      if (!d_.vote.no) d_.vote.no = 0;
      if (!d_.vote.abstain) d_.vote.abstain = 0;
    } else if (d_.vote.outcome != VoteOutcome::recorded && d_.vote.outcome != VoteOutcome::not_adopted) {
      d_.vote.yes.reset();
      d_.vote.no.reset();
      d_.vote.abstain.reset();
    }
  }

  // The cover says the symbol; where preface and URI agree against it, they win.
  void symbol(const std::string& path) {
    auto parsed = parse_symbol(cover_symbol_);
    if (!parsed && !cover_symbol_.empty()) parsed = parse_symbol(cover_symbol_.substr(0, cover_symbol_.find(' ')));
    const auto from_name = symbol_from_path(path);
    if (parsed) {
      d_.identifier = parsed->text();
      if (!parsed->type() && d_.type != DocumentType::draft && !from_name.empty()) {
        d_.identifier = from_name;
        d_.warnings.push_back("symbol taken from the file's name: the cover says " + parsed->text());
      }
      // A statement that carries a resolution's symbol is mistyped on its cover.
      if (d_.type == DocumentType::statement && parsed->type() == DocumentType::resolution && !from_name.empty() && from_name != parsed->text()) {
        d_.warnings.push_back("symbol taken from the file's name: the cover says " + parsed->text());
        d_.identifier = from_name;
      }
      check_number(parsed->text());
    } else if (!from_name.empty()) {
      d_.identifier = from_name;
      d_.warnings.push_back("symbol taken from the file's name");
    }
    if (const auto s = parse_symbol(d_.identifier)) {
      d_.body = s->body();
      if (d_.session.empty() || d_.body == Body::ecosoc || s->session().find('-') != std::string::npos) {
        if (!s->session().empty()) d_.session = s->session();
      }
      if (d_.body == Body::sc) d_.session.clear();
      if (d_.type == DocumentType::other) d_.type = s->type().value_or(DocumentType::other);
    } else {
      const std::string who = subsidiary_.empty() ? issuing_ : subsidiary_;
      if (who.find("Security Council") != std::string::npos || who.find("安全理事会") != std::string::npos) d_.body = Body::sc;
      else if (who.find("Human Rights") != std::string::npos || who.find("人权理事会") != std::string::npos) d_.body = Body::hrc;
      else if (who.find("Economic") != std::string::npos || who.find("经济及社会") != std::string::npos) d_.body = Body::ecosoc;
      else if (who.find("General Assembly") != std::string::npos || who.find("大会") != std::string::npos) d_.body = Body::ga;
    }
  }

  void check_number(const std::string& cover) {
    if (preface_number_.find('/') == std::string::npos || !cover.starts_with("A/RES/") || !is_digit(cover[6])) return;
    std::string uri = uri_;
    while (!uri.empty() && uri.back() == '/') uri.pop_back();
    uri = uri.substr(uri.rfind('/') == std::string::npos ? 0 : uri.rfind('/') + 1);
    std::string dashed = preface_number_;
    std::replace(dashed.begin(), dashed.end(), '/', '-');
    const auto numbers = [](const std::string& s) {
      std::vector<std::string> out;
      for (size_t i = 0; i < s.size();) {
        if (!is_digit(s[i])) { ++i; continue; }
        size_t k = i;
        while (k < s.size() && is_digit(s[k])) ++k;
        out.push_back(s.substr(i, k - i));
        i = k;
      }
      return out;
    };
    auto a = numbers(cover), b = numbers(preface_number_);
    a.resize(std::min<size_t>(a.size(), 2));
    b.resize(std::min<size_t>(b.size(), 2));
    if (dashed == uri && a != b)
      if (const auto s = parse_symbol("A/RES/" + preface_number_)) {
        d_.warnings.push_back("the cover says " + cover + ", the preface and the URI say " + s->text());
        d_.identifier = s->text();
      }
  }

  Document& d_;
  const XmlNode* root_;
  std::string cover_symbol_, preface_number_, uri_, work_date_, issued_, adoption_line_, language_, issuing_, subsidiary_, outcome_, outcome_text_;
  bool vetoed_ = false;
};

// Text that libxml2 would drop for one bad character in it. Bytes of another encoding
// than UTF-8 pass as they are.
void mend_text(std::string_view s, bool utf8, std::string& out) {
  for (size_t i = 0; i < s.size();) {
    const auto c = static_cast<unsigned char>(s[i]);
    if (s[i] == '&') {
      // An entity that XML knows, or a number of a character that it allows; else an ampersand.
      const size_t end = std::min(s.find(';', i), i + 10);
      const auto name = s.substr(i + 1, end < s.size() && s[end] == ';' ? end - i - 1 : 0);
      bool known = name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
      if (name.size() > 1 && name[0] == '#') {
        const bool hex = name[1] == 'x';
        unsigned long v = 0;
        const auto digits = name.substr(hex ? 2 : 1);
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), v, hex ? 16 : 10);
        known = error == std::errc() && stop == digits.data() + digits.size() &&
                (v == 9 || v == 10 || v == 13 || (v >= 0x20 && v < 0xD800) || (v >= 0xE000 && v < 0xFFFE) || (v > 0xFFFF && v < 0x110000));
      }
      if (known) out += '&';
      else if (name == "nbsp") out += ' ', i += name.size() + 1;
      else out += "&amp;";
      ++i;
    } else if (s.substr(i, 3) == "]]>") {
      out += "]]&gt;";
      i += 3;
    } else if (c >= 0x80 && !utf8) {
      out += s[i++];
    } else if (c < 0x80) {
      if (c >= 0x20 || c == '\t' || c == '\n' || c == '\r') out += s[i];
      ++i;
    } else {
      const char32_t code = text::next_code_point(s, i);
      if (code != 0xFFFE && code != 0xFFFF) text::append_utf8(out, code);
    }
  }
}

// Closes what was left open and drops end tags that close nothing, so that no text is lost.
std::string mend(std::string_view s) {
  std::string out;
  out.reserve(s.size() + 256);
  std::vector<std::string> open;
  const auto declared = s.substr(0, s.substr(0, 200).find("?>") + 1);
  const size_t at = declared.find("encoding=");
  const bool utf8 = at == std::string_view::npos || declared.substr(at + 10, 5) == "UTF-8" || declared.substr(at + 10, 5) == "utf-8";
  std::map<std::string, size_t> times;  // of each tag in `open`: end tags that close nothing may be many
  for (size_t i = 0; i < s.size();) {
    if (s[i] != '<') {
      const size_t next = std::min(s.find('<', i), s.size());
      mend_text(s.substr(i, next - i), utf8, out);
      i = next;
      continue;
    }
    if (s.substr(i, 4) == "<!--") {
      const size_t end = s.find("-->", i + 4);
      i = end == std::string_view::npos ? s.size() : end + 3;
      continue;
    }
    if (i + 1 < s.size() && (s[i + 1] == '?' || s[i + 1] == '!')) {
      const size_t end = s.find('>', i);
      const size_t stop = end == std::string_view::npos ? s.size() : end + 1;
      if (s.substr(i, 5) == "<?xml" && out.find_first_not_of(" \r\n\t") == std::string::npos) out += s.substr(i, stop - i);
      i = stop;
      continue;
    }
    const bool closing = i + 1 < s.size() && s[i + 1] == '/';
    size_t n = i + 1 + closing;
    const size_t n0 = n;
    while (n < s.size() && (isalnum(static_cast<unsigned char>(s[n])) || s[n] == ':' || s[n] == '_' || s[n] == '-' || s[n] == '.')) ++n;
    if (n == n0) {  // a stray "<"
      out += "&lt;";
      ++i;
      continue;
    }
    size_t end = n;
    char quote = 0;
    while (end < s.size() && (quote || s[end] != '>')) {
      if (quote) quote = s[end] == quote ? 0 : quote;
      else if (s[end] == '"' || s[end] == '\'') quote = s[end];
      else if (s[end] == '<') break;
      ++end;
    }
    if (end >= s.size() || s[end] != '>') {
      if (end >= s.size()) break;  // truncated inside a tag
      out += "&lt;";
      ++i;
      continue;
    }
    const std::string tag(s.substr(n0, n - n0));
    if (!closing) {
      out += s.substr(i, end + 1 - i);
      if (s[end - 1] != '/') {
        open.push_back(tag);
        ++times[tag];
      }
    } else if (const auto it = times.find(tag); it != times.end() && it->second > 0) {
      while (open.back() != tag) {
        out += "</" + open.back() + ">";
        --times[open.back()];
        open.pop_back();
      }
      out += "</" + tag + ">";
      --it->second;
      open.pop_back();
    }
    i = end + 1;
  }
  while (!open.empty()) {
    out += "</" + open.back() + ">";
    open.pop_back();
  }
  return out;
}

// Text enough to tell its language by.
std::string beginning(const XmlNode* node) {
  constexpr size_t kEnough = 6'144;
  std::string out;
  for (const XmlNode* c = node->children; c && out.size() < kEnough; c = c->next) {
    if (c->name == "meta") continue;
    for (const XmlNode* part = c->children; part && out.size() < kEnough; part = part->next) {
      if (!part->is_element()) out += part->text;
      else if (part->is_element() && part->name != "authorialNote") inline_text(part, out, nullptr);
    }
  }
  return out;
}

const XmlNode* child_statement(const XmlNode* parent) {
  for (const XmlNode* c = parent->children; c; c = c->next) {
    const auto t = c->name;
    if (t == "statement" || t == "documentCollection" || t == "doc" || t == "act" || t == "bill") return c;
  }
  return nullptr;
}

void read_statement(const std::string& path, const XmlNode* node, bool well_formed, Reading& out, const std::string& base_symbol = "") {
  Document d;
  d.path = path;
  d.format = "akn";
  MetaReader meta(d, node);
  meta.read(base_symbol.empty() ? path : "");
  if (!base_symbol.empty()) {
    if (const auto s = parse_symbol(base_symbol + meta.part())) d.identifier = s->text();
    if (const auto s = parse_symbol(d.identifier)) {
      d.body = s->body();
      d.session = s->session();
    }
  }
  const auto lang = text::detect_language(beginning(node));
  if (!lang) {
    out.rejections.push_back({path, "unsupported-language", "the text is neither Chinese nor English", ""});
    return;
  }
  d.lang = *lang;
  const auto& tag = meta.tagged_language();
  if (!tag.empty() && tag != (d.lang == Language::zh ? "zho" : "eng") && tag != (d.lang == Language::zh ? "zh" : "en") && tag != "chi")
    d.warnings.push_back("marked as " + tag + ", but the text is " + (d.lang == Language::zh ? "Chinese" : "English"));
  if (!well_formed) d.warnings.push_back("ill-formed XML, mended");
  Walker(d, d.lang == Language::zh).walk_statement(node);
  if (d.meeting.empty() && d.type == DocumentType::statement) {
    // "At the 6374th meeting of the Security Council, held on ..."
    for (size_t i = 0; i < d.paragraphs.size() && i < 4 && d.meeting.empty(); ++i) d.meeting = text::find_meeting(d.paragraphs[i].text);
  }
  if (d.paragraphs.empty()) {
    out.rejections.push_back({path, "empty", "the file holds no text", ""});
    return;
  }
  if (d.identifier.empty()) {
    out.rejections.push_back({path, "no-symbol", "neither the file nor its name gives a symbol", ""});
    return;
  }
  text::complete(d);
  out.documents.push_back(std::move(d));
}

}  // namespace

Reading read_akn(const std::string& path, std::string_view bytes) {
  Reading out;
  if (bytes.size() > kMostFileBytes) {
    out.rejections.push_back({path, "too-large", "the file has more than " + std::to_string(kMostFileBytes >> 20) + " MiB", ""});
    return out;
  }
  ParsedXml parsed = parse_xml(bytes);
  bool well_formed = parsed.well_formed;
  if (!well_formed) {
    if (auto hostile = hostile_xml(path, bytes, parsed)) {
      out.rejections.push_back(std::move(*hostile));
      return out;
    }
    if (auto mended = parse_xml(mend(bytes)); mended.root) parsed = std::move(mended);
  }
  const XmlNode* root = parsed.root;
  const XmlNode* statement = root ? child_statement(root) : nullptr;
  if (!statement) {
    out.rejections.push_back({path, "malformed", parsed.error.empty() ? "no document in the file" : parsed.error,
                              parsed.line ? "line " + std::to_string(parsed.line) : ""});
    return out;
  }
  read_statement(path, statement, well_formed, out);
  // A publication is a cover; its parts follow as components.
  const std::string base = out.documents.empty() ? "" : out.documents[0].identifier;
  for (const XmlNode* c = root->children; c; c = c->next) {
    if (c->name != "components") continue;
    for (const XmlNode* component = c->children; component; component = component->next)
      if (component->name == "component")
        if (const XmlNode* part = child_statement(component); part && !base.empty()) {
          const auto symbol = parse_symbol(base);
          read_statement(path, part, well_formed, out, symbol ? symbol->without_part().text() : base);
        }
  }
  return out;
}

}  // namespace resolute::indexer
