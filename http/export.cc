#include "http/export.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "http/addresses.h"
#include "http/api_json.h"
#include "http/bibliography.h"
#include "http/html_notices.h"
#include "http/html_page.h"
#include "http/markup.h"
#include "http/sheet.h"
#include "http/word_file.h"
#include "schemas/clock.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

using nlohmann::ordered_json;

constexpr size_t kPieceBytes = 64 << 10;
constexpr size_t kRowsAtOnce = 2000;  // of a sheet, before others have their turn
constexpr size_t kMostColumns = 60;

constexpr ExportInfo kExportFormats[] = {
    {ExportFormat::csv, "csv", "csv", "text/csv; charset=utf-8", true},
    {ExportFormat::xlsx, "xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true},
    {ExportFormat::docx, "docx", "docx", kWordType, false},
    {ExportFormat::jsonl, "jsonl", "jsonl", "application/jsonl; charset=utf-8", true},
    {ExportFormat::marcxml, "marcxml", "xml", "application/marcxml+xml; charset=utf-8", false},
    {ExportFormat::ris, "ris", "ris", "application/x-research-info-systems; charset=utf-8", false},
    {ExportFormat::bibtex, "bibtex", "bib", "application/x-bibtex; charset=utf-8", false},
    {ExportFormat::csl, "csl", "json", "application/vnd.citationstyles.csl+json; charset=utf-8", false},
    {ExportFormat::atom, "atom", "atom", "application/atom+xml; charset=utf-8", false},
};

// What a list is of: for its head.
std::vector<std::pair<std::string, std::string>> about(const search::ResultList& list, const ExportRequest& r) {
  const auto& s = list.summary();
  const bool documents = r.search.unit == search::Unit::document;
  std::vector<std::pair<std::string, std::string>> out = {{"query", r.search.q},
                                                          {"filters", r.filters},
                                                          {"revision", std::to_string(s.revision)},
                                                          {"total", std::to_string(list.found())},
                                                          {"unit", documents ? "document" : "paragraph"},
                                                          {"time", now_iso()}};
  if (!r.self.empty()) out.emplace_back("address", r.base + r.self);
  for (const auto& n : s.notices) out.emplace_back("notice", n);
  return out;
}

// The same for people, in the words of their language.
std::vector<std::pair<std::string, std::string>> about_in_words(const search::ResultList& list, const ExportRequest& r) {
  if (r.reader != Language::zh) return about(list, r);
  static constexpr std::pair<std::string_view, std::string_view> kNames[] = {{"query", "检索式"}, {"filters", "筛选"}, {"revision", "文库版本"},
                                                                             {"total", "总数"},   {"unit", "单位"},    {"time", "时间"},
                                                                             {"address", "地址"}, {"notice", "说明"}};
  auto out = about(list, r);
  for (auto& [name, value] : out) {
    if (name == "unit") value = value == "document" ? "文件" : "段落";
    if (name == "notice") value = print_notice(value, true);
    for (const auto& [en, zh] : kNames)
      if (name == en) {
        name = zh;
        break;
      }
  }
  return out;
}

// Whether the index learned of a hit's document since the revision asked for.
bool is_new(const search::ResultList& list, const ExportRequest& request, size_t place) {
  if (request.since == 0 || !request.arrivals) return true;
  const auto* arrival = request.arrivals->find(list.searcher().generation().id(list.document(place)));
  return arrival && arrival->number >= request.since;
}

// Makes a file of a list, row after row.
class Writer {
 public:
  Writer(search::ResultList list, const ExportRequest& request) : list_(std::move(list)), request_(request) {}
  virtual ~Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // As BodyStream.
  virtual bool next(std::string& out) {
    if (place_ == 0) begin(out);
    const size_t enough = out.size() + kPieceBytes;
    while (place_ < list_.size() && out.size() < enough) {
      if (!is_new(list_, request_, place_)) {
        ++place_;
        continue;
      }
      const Match match = list_.match(place_, request_.reader);
      add({list_, place_, match, request_.base}, out);
      ++place_;
    }
    if (place_ < list_.size()) return true;
    end(out);
    return false;
  }

 protected:
  virtual void begin(std::string&) {}
  virtual void add(const Row& row, std::string& out) = 0;
  virtual void end(std::string&) {}
  search::ResultList list_;
  ExportRequest request_;
  size_t place_ = 0;
};

class CsvWriter : public Writer {
 public:
  using Writer::Writer;

 private:
  void begin(std::string& out) override {
    out += "\xEF\xBB\xBF";  // else spreadsheets take it for another encoding
    if (request_.head) {
      // One line, so that programs skip one.
      std::string line = "# Resolute";
      for (const auto& [name, value] : about(list_, request_)) line += " | " + name + ": " + text::tidy(value);
      out += csv_field(line) + "\r\n";
    }
    for (const auto* column : request_.columns) out += (column == request_.columns.front() ? "" : ",") + std::string(column->name);
    out += "\r\n";
  }
  void add(const Row& row, std::string& out) override {
    for (const auto* column : request_.columns) {
      if (column != request_.columns.front()) out += ',';
      out += csv_field(column->cell(row));
    }
    out += "\r\n";
  }
};

class JsonLinesWriter : public Writer {
 public:
  using Writer::Writer;

 private:
  void begin(std::string& out) override {
    if (!request_.head) return;
    const auto& s = list_.summary();
    ordered_json o;
    o["query"] = {{"q", request_.search.q}, {"filters", request_.filters}, {"understood", s.understood}, {"notices", s.notices}};
    o["index"] = {{"revision", s.revision}, {"documents", s.documents}, {"paragraphs", s.paragraphs}};
    o["total"] = {{"value", list_.found()}, {"relation", s.partial ? "at-least" : "exact"}};
    o["time"] = now_iso();
    if (!request_.self.empty()) o["address"] = request_.base + request_.self;
    out += dump(o) + "\n";
  }
  void add(const Row& row, std::string& out) override {
    ordered_json o;
    for (const auto* column : request_.columns) o[column->name] = column->cell(row);
    out += dump(o) + "\n";
  }
};

class SheetWriter : public Writer {
 public:
  SheetWriter(search::ResultList list, const ExportRequest& request)
      : Writer(std::move(list), request),
        sheet_(request_.head ? about_in_words(list_, request_) : std::vector<std::pair<std::string, std::string>>{}, request_.columns, request_.reader) {}
  // A sheet's bytes are known once all its rows are.
  bool next(std::string& out) override {
    if (closed_) return sheet_.read(out, kPieceBytes);
    for (size_t n = 0; n < kRowsAtOnce && place_ < list_.size(); ++n, ++place_) {
      if (!is_new(list_, request_, place_)) continue;
      const Match match = list_.match(place_, request_.reader);
      sheet_.add({list_, place_, match, request_.base});
    }
    if (place_ == list_.size()) {
      sheet_.close();
      closed_ = true;
    }
    return true;
  }

 private:
  void add(const Row&, std::string&) override {}
  Sheet sheet_;
  bool closed_ = false;
};

// For people who read and quote: a heading where another document begins, its paragraphs beneath, each with its reference.
class WordWriter : public Writer {
 public:
  WordWriter(search::ResultList list, const ExportRequest& request)
      : Writer(std::move(list), request), file_(request.search.q.empty() ? "Resolute" : request.search.q, "Resolute", now_iso()) {}

 private:
  void put(std::string text, WordStyle style, Language lang, const std::string& link = "") {
    WordParagraph out;
    out.style = style;
    out.lang = lang;
    out.runs.push_back({std::move(text), "", Change::none, false, false, link});
    file_.add(out);
  }
  void begin(std::string& out) override {
    if (request_.head)
      for (const auto& [name, value] : about_in_words(list_, request_))
        if (!value.empty()) put(name + (zh_ ? "：" : ": ") + value, WordStyle::note, zh_ ? Language::zh : Language::en);
    out += file_.take();
  }
  void add(const Row& row, std::string& out) override {
    const auto& m = row.match;
    if (const std::string id = m.symbol + print_language(m.lang); id != document_) {
      document_ = id;
      const auto date = request_.reader ? print_day(m.date, zh_) : m.date;
      put(m.symbol + (date.empty() ? "" : zh_ ? "（" + date + "）" : " (" + date + ")") + (m.title.empty() ? "" : " " + m.title), WordStyle::heading, m.lang);
      if (request_.search.unit == search::Unit::document) {
        const auto url = paragraph_address(request_.base, m.symbol, m.lang, "");
        put(url, WordStyle::note, m.lang, url);
      }
    }
    if (request_.search.unit == search::Unit::paragraph) {
      const auto label = request_.reader ? paragraph_label(Words{zh_}, m.kind, m.number, m.fragment) : print_label(m.kind, m.fragment, m.number);
      const auto url = paragraph_address(request_.base, m.symbol, m.lang, m.fragment);
      put((m.number.empty() || m.kind == ParagraphKind::heading ? "" : m.number + ". ") + m.text, WordStyle::normal, m.lang);
      put(m.symbol + (zh_ ? "，" : ", ") + label, WordStyle::note, m.lang, url);
    }
    out += file_.take();
  }
  void end(std::string& out) override {
    file_.close();
    out += file_.take();
  }
  const bool zh_ = request_.reader == Language::zh;
  WordFile file_;
  std::string document_;  // of the last row
};

// A record of each hit, between a head and a tail.
class RecordWriter : public Writer {
 public:
  RecordWriter(search::ResultList list, const ExportRequest& request, ExportFormat format) : Writer(std::move(list), request), format_(format) {}

 private:
  std::string comment() const {
    std::string out;
    for (const auto& [name, value] : about(list_, request_)) out += (out.empty() ? "" : " | ") + name + ": " + text::tidy(value);
    return out;
  }
  void begin(std::string& out) override {
    if (format_ == ExportFormat::marcxml) {
      out += kMarcxmlHead;
      auto said = comment();
      // "--" would end an XML comment.
      for (size_t at = 0; (at = said.find("--", at)) != std::string::npos;) said.replace(at, 2, "- -");
      if (request_.head) out += "<!-- " + escaped(said) + " -->\n";
    } else if (format_ == ExportFormat::csl) {
      out += "[";
    } else if (format_ == ExportFormat::bibtex && request_.head) {
      // An @ begins an entry wherever it stands.
      auto said = comment();
      std::replace(said.begin(), said.end(), '@', '.');
      out += "% " + said + "\n\n";
    }
  }
  void add(const Row& row, std::string& out) override {
    const auto at = list_.document(row.place);
    if (!document_ || document_at_ != at) {
      document_ = list_.searcher().document(at);
      document_at_ = at;
    }
    const Document& document = *document_;
    Citable what{document, "", "", "", ""};
    if (request_.search.unit == search::Unit::paragraph) {
      what.label = print_label(row.match.kind, row.match.fragment, row.match.number);
      what.text = row.match.text;
      what.fragment = row.match.fragment;
    }
    what.url = paragraph_address(request_.base, document.identifier, document.lang, what.fragment);
    switch (format_) {
      case ExportFormat::marcxml: out += print_marcxml(what); break;
      case ExportFormat::ris: out += print_ris(what); break;
      case ExportFormat::bibtex: out += print_bibtex(what); break;
      default: out += (any_ ? ",\n" : "\n") + dump(print_csl(what));
    }
    any_ = true;
  }
  void end(std::string& out) override {
    if (format_ == ExportFormat::marcxml) out += kMarcxmlTail;
    if (format_ == ExportFormat::csl) out += "\n]\n";
  }
  ExportFormat format_;
  bool any_ = false;                  // rows before
  std::optional<Document> document_;  // of the last row
  search::DocumentRef document_at_{};
};

std::vector<const Column*> read_columns(const std::string& given, ParameterReader& reader) {
  std::vector<const Column*> out;
  for (size_t at = 0; at <= given.size();) {
    const size_t end = std::min(given.find(',', at), given.size());
    const auto* column = find_column(std::string_view(given).substr(at, end - at));
    if (!column || out.size() == kMostColumns) {
      std::string list;
      for (const auto& c : columns()) list += (list.empty() ? "" : ", ") + std::string(c.name);
      reader.fail(invalid_parameter("columns", "expected names separated by commas, out of: " + list));
      break;
    }
    out.push_back(column);
    at = end + 1;
  }
  return out;
}

}  // namespace

std::span<const ExportInfo> export_formats() { return kExportFormats; }

const ExportInfo* find_export(std::string_view name) {
  for (const auto& f : kExportFormats)
    if (name == f.name) return &f;
  return nullptr;
}

std::variant<ExportRequest, Problem> parse_export(const Parameters& given) {
  ExportRequest out;
  ParameterReader reader(given);
  out.search = read_search(reader);
  const auto named = reader.text("columns");
  const bool parallel = reader.choice("parallel", false, {{"on", true}, {"off", false}});
  out.since = reader.revision("since_revision");
  out.head = reader.choice("head", true, {{"on", true}, {"off", false}});
  out.reader = reader.language("ui");
  out.columns = named ? read_columns(*named, reader) : default_columns(out.search.unit, parallel);
  if (auto p = reader.problem()) return *p;
  for (const auto& [name, value] : given) {
    if (name == "limit") out.limit = out.search.limit;
    if (parse_field(name) || name == "since_revision" || name == "date_from" || name == "date_to" || name == "cited_by")
      out.filters += (out.filters.empty() ? "" : "; ") + name + "=" + value;
  }
  return out;
}

BodyStream export_list(std::shared_ptr<const search::Searcher> searcher, const ExportInfo& format, const ExportRequest& r) {
  const size_t most = format.whole || !r.limit ? static_cast<size_t>(-1) : *r.limit;
  search::ResultList list(std::move(searcher), r.search, most);
  std::shared_ptr<Writer> writer;
  if (format.format == ExportFormat::csv)
    writer = std::make_shared<CsvWriter>(std::move(list), r);
  else if (format.format == ExportFormat::jsonl)
    writer = std::make_shared<JsonLinesWriter>(std::move(list), r);
  else if (format.format == ExportFormat::xlsx)
    writer = std::make_shared<SheetWriter>(std::move(list), r);
  else if (format.format == ExportFormat::docx)
    writer = std::make_shared<WordWriter>(std::move(list), r);
  else
    writer = std::make_shared<RecordWriter>(std::move(list), r, format.format);
  return [writer](std::string& out) { return writer->next(out); };
}

}  // namespace resolute::http
