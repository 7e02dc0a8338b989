#include "http/akn.h"

#include <algorithm>
#include <tuple>

#include "http/addresses.h"
#include "http/markup.h"
#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/field.h"

namespace resolute::http {
namespace {

const char* name_of_type(DocumentType type) {
  switch (type) {
    case DocumentType::resolution: return "resolution";
    case DocumentType::decision: return "decision";
    case DocumentType::statement: return "presidentialStatement";
    case DocumentType::draft: return "draftResolution";
    case DocumentType::publication: return "publication";
    default: return "document";
  }
}

class Printer {
 public:
  explicit Printer(const Document& d) : document_(d), zh_(d.lang == Language::zh) {}

  std::string print() {
    out_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\" "
        "xmlns:akn4un=\"http://un.org/akn4un\">\n<statement name=\"" +
        std::string(name_of_type(document_.type)) + "\">\n";
    meta();
    cover();
    const auto& all = document_.paragraphs;
    // The preamble is what comes before the first operative paragraph, where there is one; the end is what closes.
    size_t preamble = 0, end = all.size();
    for (size_t i = 0;
         i < all.size() && (all[i].kind == ParagraphKind::heading || all[i].kind == ParagraphKind::enacting || all[i].kind == ParagraphKind::preambular); ++i)
      if (all[i].kind != ParagraphKind::heading) preamble = i + 1;
    while (end > preamble && all[end - 1].kind == ParagraphKind::closing && all[end - 1].number.empty()) --end;
    if (preamble) {
      out_ += "<preamble>\n";
      for (size_t i = 0; i < preamble; ++i) container(all[i]);
      out_ += "</preamble>\n";
    }
    if (end > preamble) {
      out_ += "<mainBody>\n";
      for (size_t i = preamble; i < end; ++i) block(i);
      out_ += "</mainBody>\n";
    }
    if (end < all.size()) {
      out_ += "<conclusions>\n";
      for (size_t i = end; i < all.size(); ++i) paragraph("p", all[i], "");
      out_ += "</conclusions>\n";
    }
    return out_ + "</statement>\n</akomaNtoso>\n";
  }

 private:
  void identity(const char* level, const std::string& uri) {
    const auto date = document_.date.empty() ? std::string("0001-01-01") : document_.date;
    out_.append("<")
        .append(level)
        .append(">\n<FRBRthis value=\"")
        .append(escaped(uri))
        .append("/!main\"/>\n<FRBRuri value=\"")
        .append(escaped(uri))
        .append("\"/>\n");
    out_.append("<FRBRdate date=\"")
        .append(std::string_view(level) == "FRBRWork" ? date : "0001-01-01")
        .append("\" name=\"adoption\"/>\n<FRBRauthor href=\"#un\"/>\n");
    if (std::string_view(level) == "FRBRWork")
      out_.append("<FRBRcountry value=\"un\"/>\n<FRBRname value=\"").append(escaped(document_.identifier)).append("\"/>\n");
    if (std::string_view(level) == "FRBRExpression") out_.append("<FRBRlanguage language=\"").append(zh_ ? "zho" : "eng").append("\"/>\n");
    if (std::string_view(level) == "FRBRManifestation") out_.append("<FRBRformat value=\"application/akn+xml\"/>\n");
    out_.append("</").append(level).append(">\n");
  }

  void meta() {
    std::string slug;
    for (const char c : lowered(document_.identifier)) slug += is_alnum(c) ? c : '-';
    const std::string uri =
        std::string("/akn/un/statement/") + name_of_type(document_.type) + "/" + (document_.date.empty() ? "" : document_.date + "/") + slug;
    const std::string expression = uri + "/" + (zh_ ? "zho" : "eng") + "@";
    out_ += "<meta>\n<identification source=\"#resolute\">\n";
    identity("FRBRWork", uri);
    identity("FRBRExpression", expression);
    identity("FRBRManifestation", expression + ".xml");
    out_ += "</identification>\n";
    if (!document_.subjects.empty()) {
      out_ += "<classification source=\"#resolute\">\n";
      for (const auto& s : document_.subjects) {
        const auto subject = escaped(s);
        out_ += "<keyword value=\"" + subject + "\" showAs=\"" + subject + "\" dictionary=\"UNBIS Thesaurus\"/>\n";
      }
      out_ += "</classification>\n";
    }
    if (!document_.sponsors.empty())
      out_ +=
          "<workflow source=\"#resolute\">\n<step date=\"0001-01-01\" outcome=\"draftResolution\" by=\"" + joined(document_.sponsors) + "\"/>\n</workflow>\n";
    vote();
    out_ +=
        "<references source=\"#resolute\">\n<TLCOrganization eId=\"resolute\" href=\"/akn/ontology/organization/resolute\" showAs=\"Resolute\"/>\n"
        "<TLCOrganization eId=\"un\" href=\"/akn/ontology/organization/un\" showAs=\"United Nations\"/>\n</references>\n</meta>\n";
  }

  static std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& n : names) out += (out.empty() ? "" : ", ") + escaped(n);
    return out;
  }

  void vote() {
    const auto& v = document_.vote;
    if (v.empty()) return;
    const char* outcome = !v.outcome                                ? ""
                          : *v.outcome == VoteOutcome::without_vote ? "adoptedWithoutVote"
                          : *v.outcome == VoteOutcome::acclamation  ? "adoptedByAcclamation"
                          : *v.outcome == VoteOutcome::not_adopted  ? "notAdopted"
                                                                    : "adoptedByRecordedVote";
    out_ += std::string("<analysis source=\"#resolute\">\n<parliamentary>\n<voting outcome=\"") + outcome + "\">\n";
    for (const auto& [refers, number, how] :
         {std::tuple("#inFavour", v.yes, "yes"), std::tuple("#against", v.no, "no"), std::tuple("#abstaining", v.abstain, "abstain")}) {
      if (!number) continue;
      out_ += std::string("<count refersTo=\"") + refers + "\" value=\"" + std::to_string(*number) + "\">";
      std::string voters;
      for (const auto& [state, cast] : v.voters)
        if (cast == how) append_element(voters, "organization", label(Field::sponsor, state, zh_));
      if (!voters.empty()) out_ += "<akn4un:voters>" + voters + "</akn4un:voters>";
      out_ += "</count>\n";
    }
    out_ += "</voting>\n</parliamentary>\n</analysis>\n";
  }

  void line(const char* element, const std::string& attributes, const std::string& text) {
    if (!text.empty()) out_.append("<p><").append(element).append(attributes).append(">").append(escaped(text)).append("</").append(element).append("></p>\n");
  }

  void cover() {
    out_ += "<coverPage>\n";
    line("docNumber", " refersTo=\"#symbol\"", document_.identifier);
    if (const auto* body = body_of(print_body(document_.body))) line("docAuthority", " refersTo=\"#issuingBody\"", zh_ ? body->zh : body->en);
    if (!document_.issued.empty()) line("docDate", " date=\"" + escaped(document_.issued) + "\" refersTo=\"#dateOfIssuance\"", document_.issued);
    if (!document_.date.empty()) line("docDate", " date=\"" + escaped(document_.date) + "\" refersTo=\"#adoptionDate\"", document_.date);
    if (!document_.session.empty()) line("session", " value=\"" + escaped(document_.session) + "\"", document_.session);
    for (const auto& item : document_.agenda) line("inline", " name=\"agenda item\" title=\"" + escaped(item) + "\"", item);
    if (!document_.meeting.empty()) line("inline", " name=\"adoptionMeeting\" title=\"" + escaped(document_.meeting) + "\"", document_.meeting);
    for (const auto& draft : document_.drafts) line("inline", " name=\"originating document\"", draft);
    for (const auto& committee : document_.committee)
      if (const auto* body = body_of(committee)) line("docProponent", "", zh_ ? body->zh : body->en);
    line("docTitle", document_.type == DocumentType::decision ? " refersTo=\"#decisionTitle\"" : " refersTo=\"#resolutionTitle\"", document_.title);
    out_ += "</coverPage>\n";
  }

  static std::string attributes(const Paragraph& p) { return " eId=\"" + escaped(p.fragment) + "\" class=\"kind-" + print_kind(p.kind) + "\""; }

  // Its text, with its citations as references.
  void text(const Paragraph& p) {
    size_t at = 0;
    for (const auto& c : p.citations) {
      if (c.span.begin < at || c.span.end > p.text.size() || c.span.begin >= c.span.end) continue;
      append_escaped(out_, std::string_view(p.text).substr(at, c.span.begin - at));
      out_ += "<ref href=\"" + escaped(official_address(c.symbol, document_.lang)) + "\">";
      append_escaped(out_, std::string_view(p.text).substr(c.span.begin, c.span.end - c.span.begin));
      out_ += "</ref>";
      at = c.span.end;
    }
    append_escaped(out_, std::string_view(p.text).substr(at));
  }

  // <element><num>2</num>...<p>text</p></element>, or the text alone in the element.
  void paragraph(const std::string& element, const Paragraph& p, const std::string& more) {
    out_ += "<" + element + more + attributes(p) + ">";
    text(p);
    out_ += "</" + element.substr(0, element.find(' ')) + ">\n";
  }

  void numbered(const std::string& element, const Paragraph& p, const std::string& more, bool content) {
    out_ += "<" + element + more + attributes(p) + ">";
    append_element(out_, "num", p.number);
    out_ += content ? "<content><p>" : "<p>";
    text(p);
    out_ += content ? "</p></content>" : "</p>";
    out_ += "</" + element + ">\n";
  }

  void container(const Paragraph& p) {
    if (p.kind == ParagraphKind::enacting) {
      out_ += "<formula name=\"enactingFormula\"" + attributes(p) + "><p>";
      text(p);
      out_ += "</p></formula>\n";
    } else {
      numbered("container", p, std::string(" name=\"") + print_kind(p.kind) + "\"", false);
    }
  }

  void block(size_t i) {
    const auto& p = document_.paragraphs[i];
    if (p.kind == ParagraphKind::operative) return numbered("paragraph", p, "", true);
    if (p.kind == ParagraphKind::heading && p.number.empty()) {
      out_ += "<section eId=\"" + escaped(p.fragment) + "-section\">";  // the schema knows headings only within a hierarchy
      paragraph("crossHeading", p, "");
      out_ += "</section>\n";
      return;
    }
    numbered("hcontainer", p, std::string(" name=\"") + print_kind(p.kind) + "\"", true);
  }

  const Document& document_;
  bool zh_;
  std::string out_;
};

}  // namespace

std::string print_akn(const Document& document) { return Printer(document).print(); }

}  // namespace resolute::http
