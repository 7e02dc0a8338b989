// "AKN4UN Guidelines", HLCM; Akoma Ntoso 1.0, OASIS.
#include <algorithm>
#include <array>
#include <utility>

#include "indexer/readers/akn.h"
#include "indexer/readers/reader.h"
#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/state.h"
#include "schemas/symbol.h"
#include "text/line.h"
#include "text/normalize.h"
#include "text/structure.h"

namespace resolute::indexer::akn {
namespace {

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

class MetaReader {
 public:
  MetaReader(Document& document, const XmlNode* root) : document_(document), root_(root) {}

  void read(const std::string& path) {
    const auto type = root_->attribute("name");
    document_.type = type == "resolution"                                      ? DocumentType::resolution
                     : type == "decision"                                      ? DocumentType::decision
                     : type == "presidentialStatement"                         ? DocumentType::statement
                     : type == "draftResolution" || type == "draft resolution" ? DocumentType::draft
                     : type == "publication"                                   ? DocumentType::publication
                                                                               : DocumentType::other;
    each(root_, [&](const XmlNode* e) { element(e); });
    symbol(path);
    if (document_.date.empty() && parse_date(work_date_)) document_.date = work_date_;
    if (document_.date.empty()) document_.date = text::find_date(adoption_line_);
    if (document_.date.empty() && document_.type == DocumentType::statement && parse_date(issued_)) document_.date = issued_;
    vote();
    if (document_.body == Body::hrc || document_.body == Body::sc) document_.committee.clear();
    if (document_.meeting.empty()) document_.meeting = text::find_meeting(adoption_line_);
  }
  Marks marks() const { return {language_, preface_number_}; }

 private:
  void element(const XmlNode* e) {
    const auto t = e->name;
    // Most elements are text.
    if ((t == "p" && e->attribute("class").empty()) || t == "span" || t == "a" || t == "content" || t == "paragraph" || t == "num" || t == "td" || t == "tr")
      return;
    const auto refers = e->attribute("refersTo");
    if (t == "docNumber") {
      if (refers == "#symbol") {
        if (cover_symbol_.empty()) cover_symbol_ = text_of(e);
      } else if (preface_number_.empty())
        preface_number_ = number_text(text_of(e));
    } else if (t == "FRBRWork") {
      work(e);
    } else if (t == "FRBRlanguage") {
      if (language_.empty()) language_ = e->attribute("language");
    } else if (t == "p" || t == "block") {
      classed(e);
    } else if (t == "docTitle") {
      title(e, refers);
    } else if (t == "docDate") {
      const auto date = e->attribute("date");
      if (refers == "#adoptionDate" && document_.date.empty() && parse_date(date)) document_.date = date;
      if (refers == "#dateOfIssuance" && issued_.empty()) issued_ = date;
    } else if (t == "docAuthority") {
      if (refers == "#issuingBody" && issuing_.empty()) issuing_ = text_of(e);
      if (refers == "#subsidiaryBody") subsidiary_ = text_of(e);
    } else if (t == "session") {
      if (document_.session.empty()) document_.session = e->attribute("value");
    } else if (t == "inline" || t == "location") {
      mark(e, refers);
    } else if (t == "docProponent") {
      proponent(e, refers);
    } else if (t == "keyword") {
      keyword(e, refers);
    } else if (t == "voting") {
      if (outcome_.empty()) outcome_ = e->attribute("outcome");
    } else if (t == "count") {
      count(e, refers);
    } else if (t == "vote" || t == "outcome") {
      if (outcome_text_.empty()) outcome_text_ = text_of(e);
    } else if (t == "step") {
      const auto outcome = e->attribute("outcome");
      if (outcome == "veto") vetoed_ = true;
      if (outcome == "draftResolution") add_sponsors(e->attribute("by"), document_.sponsors);
      if (outcome == "draftResolutionAdditionalSponsors") add_sponsors(e->attribute("by"), document_.additional_sponsors);
    }
  }

  void work(const XmlNode* e) {
    each(e, [&](const XmlNode* c) {
      if (c->name == "FRBRdate" && work_date_.empty()) work_date_ = c->attribute("date");
      if ((c->name == "FRBRuri" || (c->name == "FRBRthis" && uri_.empty())) && !c->attribute("value").empty()) uri_ = c->attribute("value");
      if (c->name == "FRBRname" || c->name == "FRBRnumber") names_.emplace_back(c->attribute("value"));
      if (c->name == "FRBRalias") names_.emplace_back(c->attribute("value"));
    });
  }

  void classed(const XmlNode* e) {
    // Other bodies class paragraphs where the UN has elements.
    const auto kind = e->attribute("class");
    if (kind == "docNumber" && cover_symbol_.empty())
      cover_symbol_ = text_of(e);
    else if (kind == "docTitle" && document_.title.empty())
      document_.title = text_of(e);
    else if (kind == "docProponent" && adoption_line_.empty())
      adoption_line_ = text_of(e);
  }

  void title(const XmlNode* e, std::string_view refers) {
    if (refers == "sponsors" || refers == "#sponsors") {
      // "Farland and Midland: draft resolution"
      std::string by = text_of(e);
      by.resize(std::min({by.size(), by.rfind(':'), by.rfind("：")}));
      // As printed, in the document's own language: before the workflow's.
      std::vector<std::string> printed;
      add_sponsors(by, printed);
      if (!printed.empty()) document_.sponsors = std::move(printed);
    } else if (refers == "#resolutionTitle" || refers == "#decisionTitle") {
      if (document_.title.empty()) document_.title = text_of(e);
    } else if (adoption_line_.empty())
      adoption_line_ = text_of(e);
  }

  // Items of the agenda, drafts, the meeting of adoption.
  void mark(const XmlNode* e, std::string_view refers) {
    const auto kind = e->attribute("name");
    if (kind == "agenda item") {
      auto items = text::find_agenda(e->attribute("title"));
      if (items.empty()) items = text::find_agenda(text_of(e));
      for (auto& item : items)
        if (std::find(document_.agenda.begin(), document_.agenda.end(), item) == document_.agenda.end()) document_.agenda.push_back(std::move(item));
    } else if (kind == "originating document") {
      // A draft ("A/93/L.14"), or the report of a committee, which is none.
      if (const auto draft = parse_symbol(text_of(e)); draft && draft->text().find("/L.") != std::string::npos &&
                                                       std::find(document_.drafts.begin(), document_.drafts.end(), draft->text()) == document_.drafts.end())
        document_.drafts.push_back(draft->text());
    } else if (kind == "adoptionMeeting" || refers == "#adoptionMeeting") {
      if (document_.meeting.empty()) document_.meeting = digits(e->attribute("title"));
      if (document_.meeting.empty()) document_.meeting = digits(text_of(e));
    }
  }

  void proponent(const XmlNode* e, std::string_view refers) {
    if (document_.committee.empty()) {
      static constexpr std::array<std::pair<std::string_view, const char*>, 8> kMarked = {{{"#firstCommittee", "C1"},
                                                                                           {"#secondCommittee", "C2"},
                                                                                           {"#thirdCommittee", "C3"},
                                                                                           {"#fourthCommittee", "C4"},
                                                                                           {"#fifthCommittee", "C5"},
                                                                                           {"#sixthCommittee", "C6"},
                                                                                           {"#noMainCommittee", "plenary"},
                                                                                           {"#plenaryMeeting", "plenary"}}};
      for (const auto& [mark, id] : kMarked)
        if (refers == mark) document_.committee = {id};
      if (document_.committee.empty()) document_.committee = find_committees(text_of(e));
    }
  }

  void keyword(const XmlNode* e, std::string_view refers) {
    const auto dictionary = e->attribute("dictionary");
    if (refers == "agenda" || refers == "title") return;
    if (dictionary != "UNBIS Thesaurus" && dictionary != "DHLAUTH") return;
    auto label = text::tidy(e->attribute("showAs"));
    if (label.empty()) label = text::tidy(e->attribute("value"));
    if (!label.empty() && std::find(document_.subjects.begin(), document_.subjects.end(), label) == document_.subjects.end())
      document_.subjects.push_back(std::move(label));
  }

  static void add_sponsors(std::string_view list, std::vector<std::string>& to) {
    for (auto& s : text::split_sponsors(text::tidy(list)))
      if (std::find(to.begin(), to.end(), s) == to.end()) to.push_back(std::move(s));
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
    if (refers == "#inFavour" || refers == "inFavour") {
      document_.vote.yes = n;
      how = "yes";
    } else if (refers == "#against" || refers == "against") {
      document_.vote.no = n;
      how = "no";
    } else if (refers == "#abstaining" || refers == "abstaining") {
      document_.vote.abstain = n;
      how = "abstain";
    } else
      return;
    each(e, [&](const XmlNode* c) {
      if (c->name != "organization") return;
      for (const auto& voter : split_states(text_of(c)))
        if (const auto code = find_state(voter)) document_.vote.voters.emplace(*code, how);
    });
  }

  void vote() {
    const std::string all = outcome_ + " " + outcome_text_;
    const bool counted = document_.vote.yes.value_or(0) > 0;
    const auto says = [&](std::string_view s) { return all.find(s) != std::string::npos; };
    if (vetoed_ || document_.type == DocumentType::draft)
      document_.vote.outcome = VoteOutcome::not_adopted;
    else if (says("cclamation") || says("鼓掌"))
      document_.vote.outcome = VoteOutcome::acclamation;
    else if (says("WithoutVote") || says("ithout a vote") || says("without vote") || says("consensus") || says("未经表决"))
      document_.vote.outcome = VoteOutcome::without_vote;
    else if (counted && document_.body == Body::sc && document_.vote.no.value_or(0) == 0 && document_.vote.abstain.value_or(0) == 0 &&
             *document_.vote.yes >= 11)
      document_.vote.outcome = VoteOutcome::unanimous;
    else if (counted || says("RecordedVote") || says("ecorded vote") || says("记录表决"))
      document_.vote.outcome = VoteOutcome::recorded;
    if (counted) {
      if (!document_.vote.no) document_.vote.no = 0;
      if (!document_.vote.abstain) document_.vote.abstain = 0;
    } else if (document_.vote.outcome != VoteOutcome::recorded && document_.vote.outcome != VoteOutcome::not_adopted) {
      document_.vote.yes.reset();
      document_.vote.no.reset();
      document_.vote.abstain.reset();
    }
  }

  // The cover says the symbol; where preface and URI agree against it, they win.
  void symbol(const std::string& path) {
    auto parsed = parse_symbol(cover_symbol_);
    if (!parsed && !cover_symbol_.empty()) parsed = parse_symbol(cover_symbol_.substr(0, cover_symbol_.find(' ')));
    const auto from_name = symbol_from_path(path);
    if (parsed) {
      document_.identifier = parsed->text();
      if (!parsed->type() && document_.type != DocumentType::draft && !from_name.empty()) {
        document_.identifier = from_name;
        document_.warnings.push_back({WarningCode::symbol_against_cover, {parsed->text()}});
      }
      // A statement that carries a resolution's symbol is mistyped on its cover.
      if (document_.type == DocumentType::statement && parsed->type() == DocumentType::resolution && !from_name.empty() && from_name != parsed->text()) {
        document_.warnings.push_back({WarningCode::symbol_against_cover, {parsed->text()}});
        document_.identifier = from_name;
      }
      check_number(parsed->text());
      check_part(*parsed);
    } else if (const auto work = symbol_of_work(); !work.empty()) {
      document_.identifier = work;
    } else if (!from_name.empty()) {
      document_.identifier = from_name;
      document_.warnings.push_back({WarningCode::symbol_from_name, {}});
    } else {
      document_.identifier = name_of_work();
      if (!document_.identifier.empty()) document_.warnings.push_back({WarningCode::named_by_uri, {}});
    }
    if (const auto s = parse_symbol(document_.identifier)) {
      document_.body = s->body();
      // The number has its session in it; what stands in <session> has been wrong.
      if (!s->session().empty()) document_.session = s->session();
      if (document_.body == Body::sc) document_.session.clear();
      if (document_.type == DocumentType::other) document_.type = s->type().value_or(DocumentType::other);
    } else {
      const std::string who = subsidiary_.empty() ? issuing_ : subsidiary_;
      if (who.find("Security Council") != std::string::npos || who.find("安全理事会") != std::string::npos)
        document_.body = Body::sc;
      else if (who.find("Human Rights") != std::string::npos || who.find("人权理事会") != std::string::npos)
        document_.body = Body::hrc;
      else if (who.find("Economic") != std::string::npos || who.find("经济及社会") != std::string::npos)
        document_.body = Body::ecosoc;
      else if (who.find("General Assembly") != std::string::npos || who.find("大会") != std::string::npos)
        document_.body = Body::ga;
    }
  }

  // The symbol that the work's names give, or its URI: ".../unsc/2041-03-15/3998" is S/RES/3998(2041).
  std::string symbol_of_work() const {
    for (const auto& name : names_)
      if (const auto s = parse_symbol(name)) return s->text();
    const auto parts = parts_of(uri_);
    for (size_t i = 0; i + 2 < parts.size(); ++i) {
      const auto& body = parts[i];
      std::string number = parts[i + 2];
      const bool decision = document_.type == DocumentType::decision;
      if (body == "unsc" && document_.type != DocumentType::statement) {
        if (const size_t dash = number.find('-'); dash != std::string::npos) number.resize(dash);
        if (const auto s = parse_symbol("S/RES/" + number + "(" + parts[i + 1].substr(0, 4) + ")")) return s->text();
        continue;
      }
      const std::string lead = body == "unga" ? "A/" : body == "unga-hrc" ? "A/HRC/" : body == "unecosoc" ? "E/" : "";
      if (lead.empty() || number.find('-') == std::string::npos) continue;
      number[number.rfind('-')] = '/';
      if (const auto s = parse_symbol(lead + (decision ? "DEC/" : "RES/") + number)) return s->text();
    }
    return "";
  }

  // Documents of other bodies keep the name that they give: of the work, else its URI, fit to be an identifier.
  std::string name_of_work() const {
    std::string name = uri_;
    for (const auto& n : names_)
      if (!n.empty()) {
        name = n;
        break;
      }
    if (name.ends_with("/!main")) name.resize(name.size() - 6);
    while (name.ends_with('/')) name.pop_back();
    while (name.starts_with('/')) name.erase(0, 1);
    for (char& c : name)
      if (static_cast<unsigned char>(c) <= ' ' || c == '@' || c == '#' || c == 0x7F) c = '_';
    return name.size() <= 200 ? name : "";
  }

  static std::vector<std::string> parts_of(std::string_view uri) {
    std::vector<std::string> out;
    for (size_t at = 0; at <= uri.size();) {
      const size_t end = std::min(uri.find('/', at), uri.size());
      out.emplace_back(uri.substr(at, end - at));
      at = end + 1;
    }
    return out;
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
        if (!is_digit(s[i])) {
          ++i;
          continue;
        }
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
        document_.warnings.push_back({WarningCode::preface_against_cover, {cover, s->text()}});
        document_.identifier = s->text();
      }
  }

  // "/77-512B/" tells a part that the cover leaves out: another decision than 77/512.
  void check_part(const Symbol& cover) {
    std::string uri = uri_;
    while (!uri.empty() && uri.back() == '/') uri.pop_back();
    uri.erase(0, uri.rfind('/') + 1);
    if (!cover.part().empty() || uri.size() < 2 || !is_upper(uri.back()) || !is_digit(uri[uri.size() - 2])) return;
    const char part = uri.back();
    uri.pop_back();
    std::replace(uri.begin(), uri.end(), '-', '/');
    const auto whole = parse_symbol(cover.text() + part);
    if (!cover.text().ends_with("/" + uri) || !whole) return;
    document_.warnings.push_back({WarningCode::uri_against_cover, {cover.text(), whole->text()}});
    document_.identifier = whole->text();
  }

  Document& document_;
  const XmlNode* root_;
  std::string cover_symbol_, preface_number_, uri_, work_date_, issued_, adoption_line_, language_, issuing_, subsidiary_, outcome_, outcome_text_;
  std::vector<std::string> names_;  // of the work
  bool vetoed_ = false;
};

}  // namespace

std::string number_text(std::string_view printed) {
  std::string s = text::tidy(ascii_fold(printed));
  while (!s.empty() && (s.back() == '.' || s.back() == ' ' || s.back() == ':')) s.pop_back();
  if (s.size() > 2 && s.front() == '(' && s.back() == ')') s = s.substr(1, s.size() - 2);
  if (const auto n = text::find_numeral(printed); n.bytes == printed.size() && n.bytes) s = n.number;
  return s;
}

Marks read_metadata(const XmlNode* root, const std::string& path, Document& document) {
  MetaReader reader(document, root);
  reader.read(path);
  return reader.marks();
}

}  // namespace resolute::indexer::akn
