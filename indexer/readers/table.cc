// CSV (RFC 4180) and TSV tables of meetings and resolutions: docs/metadata.md.
#include <algorithm>
#include <array>
#include <istream>
#include <unordered_map>

#include "indexer/readers/reader.h"
#include "indexer/readers/table_rows.h"
#include "schemas/ascii.h"
#include "schemas/months.h"
#include "schemas/state.h"
#include "schemas/symbol.h"
#include "text/encoding.h"
#include "text/line.h"
#include "text/normalize.h"

namespace resolute::indexer {
namespace {

// "10 Sep." -> "10 September"
std::string whole_month(const std::string& s) {
  for (const auto month : kMonths) {
    const size_t at = s.find(month.substr(0, 3));
    if (at == std::string::npos) continue;
    size_t end = at + 3;
    while (end < s.size() && is_lower(s[end])) ++end;
    if (end - at > 4) return s;  // "September", whole already
    if (end < s.size() && s[end] == '.') ++end;
    return s.substr(0, at) + std::string(month) + s.substr(end);
  }
  return s;
}

std::string meeting_of(const std::string& s) {
  const size_t at = s.find("PV.");
  size_t i = at == std::string::npos ? 0 : at + 3;
  while (i < s.size() && s[i] == ' ') ++i;
  size_t k = i;
  while (k < s.size() && is_digit(s[k])) ++k;
  if (k > i && k - i <= 5) return s.substr(i, k - i);
  return text::find_meeting(s);
}

// "Lamps : resolution / adopted by the General Assembly": the title, without what cataloguers put after it.
std::string without_tail(std::string title) {
  for (const std::string_view tail :
       {" : resolution /", " : decision /", " : draft resolution /", " : revised draft resolution /", " : resolution", " : decision", " /"})
    if (const size_t at = title.rfind(tail); at != std::string::npos && at > 0 && (tail.ends_with('/') || at + tail.size() == title.size())) {
      title.resize(at);
      break;
    }
  return title;
}

// A document that an outcome names, and what is said of it.
struct Mention {
  std::string symbol, said;
};

// "S/RES/15 (1946) adopted unanimously", "Draft resolution S/841 not adopted 2-0-9
// S/RES/50 (1948) 8-0-3": each symbol with the words up to the next. Letters and notes
// that a meeting had before it are none of its outcomes.
std::vector<Mention> find_outcomes(const std::string& outcome) {
  const std::string s = ascii_fold(outcome);
  struct Found {
    size_t begin, end;
    std::string symbol;
  };
  std::vector<Found> found;
  for (size_t i = 0; i + 2 < s.size(); ++i) {
    if ((s[i] != 'S' && s[i] != 'A' && s[i] != 'E') || s[i + 1] != '/' || (i > 0 && (is_upper(s[i - 1]) || s[i - 1] == '/'))) continue;
    size_t k = i;
    const auto suffix = [&](std::string_view w) { return s.compare(k, w.size(), w) == 0; };
    while (k < s.size()) {
      if (is_upper(s[k]) || is_digit(s[k]) || s[k] == '/' || s[k] == '.')
        ++k;
      else if (suffix("ev.") || suffix("dd."))
        k += 3;
      else if (suffix("orr."))
        k += 4;
      else
        break;
    }
    while (k > i && (s[k - 1] == '.' || s[k - 1] == '/')) --k;
    // The year of a Security Council resolution.
    size_t y = k;
    while (y < s.size() && s[y] == ' ') ++y;
    if (y + 5 < s.size() && s[y] == '(' && s[y + 5] == ')' && std::all_of(s.begin() + static_cast<long>(y) + 1, s.begin() + static_cast<long>(y) + 5, is_digit))
      k = y + 6;
    if (const auto symbol = parse_symbol(s.substr(i, k - i))) {
      found.push_back({i, k, symbol->text()});
      i = k - 1;
    }
  }
  std::vector<Mention> out;
  for (size_t f = 0; f < found.size(); ++f) {
    const size_t before = f ? found[f - 1].end : 0, next = f + 1 < found.size() ? found[f + 1].begin : s.size();
    const auto lead = lowered(s.substr(before, found[f].begin - before));
    const auto said = text::tidy(s.substr(found[f].end, next - found[f].end));
    const auto& symbol = found[f].symbol;
    const bool adopted = parse_symbol(symbol)->type().has_value();
    const bool statement = lowered(said).starts_with("(prst)");
    const bool draft = lead.find("draft") != std::string::npos || said.find("not adopted") != std::string::npos || said.find("etoed") != std::string::npos;
    if (adopted || statement || draft) out.push_back({symbol, said});
  }
  return out;
}

// A vote up to where the cell goes on with something else ("14-0-1 Draft resolution S/841 not adopted 2-0-9").
std::string first_vote(const std::string& cell) {
  const std::string s = ascii_fold(cell);
  size_t end = s.size();
  for (const std::string_view w : {"Draft", "draft", "S/", "+"})
    if (const size_t at = s.find(w, 1); at != std::string::npos) end = std::min(end, at);
  return s.substr(0, end);
}

class TableReader {
 public:
  TableReader(const std::string& path, const Head& head, Reading& out) : path_(path), head_(head), out_(out) {}

  void row(const std::vector<std::string>& fields, size_t line) {
    fields_ = &fields;
    line_ = line;
    if (std::all_of(fields.begin(), fields.end(), [](const std::string& s) { return text::tidy(s).empty(); })) return;
    if (fields.size() > head_.columns) {
      refuse("the row has " + std::to_string(fields.size()) + " fields, the head " + std::to_string(head_.columns));
      return;
    }
    if (of_terms(head_)) {
      term();
      return;
    }
    std::vector<Mention> mentions;
    if (head_.has(Column::symbol)) {
      auto cell = value(Column::symbol);
      // A draft that was voted down became no resolution.
      const bool draft = cell.empty() && by_state();
      if (draft) cell = value(Column::draft);
      const auto symbol = parse_symbol(cell);
      if (!symbol) {
        refuse(cell.empty() ? "the row has no symbol" : "\"" + cell + "\" is no symbol");
        return;
      }
      if (by_state()) {
        vote_of_state(*symbol);
        return;
      }
      mentions.push_back({symbol->text(), ""});
    } else {
      mentions = find_outcomes(value(Column::outcome));
      if (mentions.empty()) return;  // a meeting without an outcome
    }
    Record r = shared();
    for (const auto& mention : mentions) {
      r.symbol = mention.symbol;
      r.data.vote = vote(parse_symbol(mention.symbol)->body(), mention.said);
      out_.records.push_back(r);
    }
  }

 private:
  std::string value(Column column) const {
    const int at = head_.at[static_cast<size_t>(column)];
    if (at < 0 || static_cast<size_t>(at) >= fields_->size()) return "";
    auto cell = text::tidy((*fields_)[static_cast<size_t>(at)]);
    // "--" says that there is nothing.
    return cell.find_first_not_of('-') == std::string::npos ? "" : cell;
  }
  // A row for each State that voted.
  bool by_state() const { return head_.has(Column::state_vote) && (head_.has(Column::state) || head_.has(Column::state_name)); }

  void vote_of_state(const Symbol& symbol) {
    const auto [at, fresh] = of_symbol_.try_emplace(symbol.text(), out_.records.size());
    if (fresh) {
      Record r = shared();
      r.symbol = symbol.text();
      r.data.vote = vote(symbol.body(), "");
      out_.records.push_back(std::move(r));
    }
    const auto said = lowered(value(Column::state_vote));
    const char* how = said == "y" || said == "yes" ? "yes" : said == "n" || said == "no" ? "no" : said == "a" || said == "abstain" ? "abstain" : nullptr;
    if (!how) return;  // not voting
    auto code = value(Column::state);
    if (code.size() != 3 || !std::all_of(code.begin(), code.end(), is_upper)) code = find_state(value(Column::state_name)).value_or("");
    if (!code.empty()) out_.records[at->second].data.vote.voters.emplace(code, how);
  }

  // Rows of one document may share a fault, a hundred times and more.
  void refuse(const std::string& why) {
    if (by_state() && why == last_refusal_) return;
    last_refusal_ = why;
    out_.rejections.push_back({path_, "malformed", why, "line " + std::to_string(line_)});
  }

  void term() {
    TermPair pair{value(Column::zh), value(Column::en)};
    if (pair.zh.empty() || pair.en.empty()) return;  // not translated
    if (std::max(pair.zh.size(), pair.en.size()) > kMostTermBytes)
      refuse("a term is longer than " + std::to_string(kMostTermBytes) + " bytes");
    else if (out_.terms.size() >= kMostTerms)
      return;
    else
      out_.terms.push_back(std::move(pair));
  }

  // What holds of every document of the row.
  Record shared() {
    Record r;
    r.trust = Trust::table;
    if (const auto cell = value(Column::date); !cell.empty()) {
      const auto year = value(Column::year);
      const auto day = parse_date(cell) ? cell : text::find_date(whole_month(cell));
      r.data.date = day.empty() && !year.empty() ? text::find_date(whole_month(cell) + " " + year) : day;
      if (r.data.date.empty()) refuse("\"" + cell + "\" is no date");
    }
    if (const auto cell = value(Column::meeting); !cell.empty()) {
      r.data.meeting = meeting_of(cell);
      if (r.data.meeting.empty()) refuse("\"" + cell + "\" is no meeting");
    }
    const auto topic = value(Column::topic);
    if (!topic.empty()) r.data.agenda = {topic};
    r.data.title = without_tail(value(Column::title));
    r.data.session = value(Column::session);
    if (r.data.session.size() > 8 || r.data.session.find(' ') != std::string::npos) r.data.session.clear();
    if (r.data.title.empty()) r.data.title = topic;
    if (!r.data.title.empty()) r.lang = text::detect_language(r.data.title);
    const std::string subjects = value(Column::subject);
    for (size_t at = 0; at < subjects.size();) {
      const size_t end = std::min(subjects.find_first_of(";|", at), subjects.size());
      if (auto subject = text::tidy(subjects.substr(at, end - at)); !subject.empty()) r.data.subjects.push_back(std::move(subject));
      at = end + 1;
    }
    if (const auto draft = value(Column::draft); !draft.empty()) {
      if (const auto symbol = parse_symbol(draft))
        r.data.drafts = {symbol->text()};
      else
        refuse("\"" + draft + "\" is no symbol of a draft");
    }
    return r;
  }

  std::optional<int> count(Column column) {
    const auto cell = value(column);
    if (cell.empty()) return std::nullopt;
    if (cell.size() <= 3 && all_digits(cell)) return std::stoi(cell);
    refuse("\"" + cell + "\" is no count of votes");
    return std::nullopt;
  }

  Vote vote(Body body, const std::string& said) {
    if (!said.empty()) return find_vote(said, body);
    Vote v;
    if (const auto cell = value(Column::vote); !cell.empty()) {
      v = find_vote(first_vote(cell), body);
      if (v.empty()) refuse("\"" + cell + "\" is no vote");
    }
    if (head_.has(Column::yes)) {
      if (const auto n = count(Column::yes)) v.yes = n;
      if (const auto n = count(Column::no)) v.no = n;
      if (const auto n = count(Column::abstain)) v.abstain = n;
      conclude_vote(v, body);
    }
    return v;
  }

  const std::string& path_;
  const Head& head_;
  Reading& out_;
  const std::vector<std::string>* fields_ = nullptr;
  size_t line_ = 0;
  std::unordered_map<std::string, size_t> of_symbol_;  // its record, of rows by State
  std::string last_refusal_;
};

Head head_of(std::string_view s) {
  // A head line is short; what is longer is no table.
  const auto line = s.substr(0, std::min<size_t>(s.find('\n'), 4096));
  Rows rows(line, mark_of(s.substr(0, 4096)));
  std::vector<std::string> fields;
  size_t number = 0;
  rows.next(fields, number);
  return read_head(fields);
}

// Bytes up to the last line end that no quotes are open at.
size_t whole_rows(std::string_view s, char mark) {
  bool open = false;
  size_t end = 0, last = 0;
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '"') open = !open;
    if (s[i] != '\n') continue;
    last = i + 1;
    if (!open) end = i + 1;
  }
  // TSV has no quoting of its own.
  return mark == '\t' && end == 0 ? last : end;
}

}  // namespace

bool names_columns(std::string_view bytes) { return usable(head_of(text::without_bom(bytes).substr(0, 4096))); }

std::string why_ignored(std::string_view bytes) {
  if (bytes.starts_with(kCompoundFile)) return "an Office file of the old binary form";
  const auto s = text::without_bom(bytes).substr(0, 4096);
  const auto line = s.substr(0, s.find_first_of("\r\n"));
  if (text::first_invalid_utf8(line) != std::string_view::npos || line.find('\0') != std::string_view::npos) return "no known form";
  const auto marks = std::count(line.begin(), line.end(), '\t');
  if (marks < 1 || line.size() > 400) return "no known form";
  std::string columns(line);
  for (size_t at; (at = columns.find('\t')) != std::string::npos;) columns.replace(at, 1, ", ");
  return "a table without the columns that are joined: " + text::tidy(columns);
}

Reading read_table(const std::string& path, std::string_view bytes) {
  Reading out;
  const auto decoded = text::decode(bytes);
  if (!decoded) {
    const auto bad = std::min(text::first_invalid_utf8(bytes), bytes.size());
    out.rejections.push_back({path, "invalid-encoding", "not UTF-8, and no other encoding fits",
                              "line " + std::to_string(1 + std::count(bytes.begin(), bytes.begin() + static_cast<long>(bad), '\n'))});
    return out;
  }
  const auto s = text::without_bom(decoded->utf8);
  Rows rows(s, mark_of(s.substr(0, 4096)));
  std::vector<std::string> fields;
  size_t line = 1;
  if (!rows.next(fields, line)) return out;
  const Head head = read_head(fields);
  if (!usable(head)) return out;
  TableReader table(path, head, out);
  while (rows.next(fields, line)) table.row(fields, line);
  return out;
}

Reading read_large_table(const std::string& path, std::istream& in) {
  Reading out;
  static constexpr size_t kPiece = 4u << 20, kLongestRow = 1u << 20;
  std::string held;
  std::optional<Head> head;
  std::optional<TableReader> table;
  char mark = ',';
  size_t before = 1;  // lines, and the next one
  std::vector<std::string> fields;
  for (bool more = true; more;) {
    const size_t had = held.size();
    held.resize(had + kPiece);
    in.read(held.data() + had, static_cast<std::streamsize>(kPiece));
    held.resize(had + static_cast<size_t>(in.gcount()));
    more = in.gcount() > 0;
    const size_t whole = more ? whole_rows(held, mark) : held.size();
    if (whole == 0 && held.size() > kLongestRow + kPiece) {
      out.rejections.push_back({path, "malformed", "a row has more than " + std::to_string(kLongestRow >> 20) + " MiB", "line " + std::to_string(before)});
      return out;
    }
    std::string_view piece = std::string_view(held).substr(0, whole);
    if (const size_t bad = text::first_invalid_utf8(piece); bad != std::string_view::npos) {
      out.rejections.push_back(
          {path, "invalid-encoding", "a table of this size has to be UTF-8",
           "line " + std::to_string(before + static_cast<size_t>(std::count(piece.begin(), piece.begin() + static_cast<long>(bad), '\n')))});
      return out;
    }
    if (!head) {
      piece = text::without_bom(piece);
      mark = mark_of(piece.substr(0, 4096));
    }
    Rows rows(piece, mark);
    rows.count_from(before);
    size_t line = before;
    if (!head) {
      if (!rows.next(fields, line)) return out;
      head = read_head(fields);
      if (!usable(*head)) return out;
      table.emplace(path, *head, out);
    }
    while (rows.next(fields, line)) table->row(fields, line);
    before = rows.line();
    held.erase(0, whole);
  }
  return out;
}

}  // namespace resolute::indexer
