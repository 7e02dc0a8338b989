#include "indexer/readers/table_rows.h"

#include <algorithm>
#include <utility>

#include "schemas/ascii.h"
#include "schemas/symbol.h"
#include "text/normalize.h"

namespace resolute::indexer {
namespace {

// As a head line may spell them, in lower case, '_' and '-' as spaces.
Column parse_column(std::string_view head) {
  std::string s = text::tidy(lowered(ascii_fold(head)));
  std::replace(s.begin(), s.end(), '_', ' ');
  std::replace(s.begin(), s.end(), '-', ' ');
  static constexpr std::pair<std::string_view, Column> kNames[] = {{"symbol", Column::symbol},
                                                                   {"document symbol", Column::symbol},
                                                                   {"resolution", Column::symbol},
                                                                   {"文号", Column::symbol},
                                                                   {"决议", Column::symbol},
                                                                   {"date", Column::date},
                                                                   {"date adopted", Column::date},
                                                                   {"adopted", Column::date},
                                                                   {"adoption date", Column::date},
                                                                   {"date of adoption", Column::date},
                                                                   {"日期", Column::date},
                                                                   {"通过日期", Column::date},
                                                                   {"session", Column::session},
                                                                   {"届会", Column::session},
                                                                   {"ms code", Column::state},
                                                                   {"ms name", Column::state_name},
                                                                   {"ms vote", Column::state_vote},
                                                                   {"total yes", Column::yes},
                                                                   {"total no", Column::no},
                                                                   {"total abstentions", Column::abstain},
                                                                   {"year", Column::year},
                                                                   {"年份", Column::year},
                                                                   {"meeting", Column::meeting},
                                                                   {"meeting record", Column::meeting},
                                                                   {"meeting number", Column::meeting},
                                                                   {"会议", Column::meeting},
                                                                   {"topic", Column::topic},
                                                                   {"agenda", Column::topic},
                                                                   {"agenda item", Column::topic},
                                                                   {"议程项目", Column::topic},
                                                                   {"议题", Column::topic},
                                                                   {"title", Column::title},
                                                                   {"标题", Column::title},
                                                                   {"subject", Column::subject},
                                                                   {"subjects", Column::subject},
                                                                   {"主题", Column::subject},
                                                                   {"draft", Column::draft},
                                                                   {"draft resolution", Column::draft},
                                                                   {"草案", Column::draft},
                                                                   {"vote", Column::vote},
                                                                   {"voting", Column::vote},
                                                                   {"result", Column::vote},
                                                                   {"表决", Column::vote},
                                                                   {"yes", Column::yes},
                                                                   {"in favour", Column::yes},
                                                                   {"for", Column::yes},
                                                                   {"赞成", Column::yes},
                                                                   {"no", Column::no},
                                                                   {"against", Column::no},
                                                                   {"反对", Column::no},
                                                                   {"abstain", Column::abstain},
                                                                   {"abstentions", Column::abstain},
                                                                   {"abstaining", Column::abstain},
                                                                   {"弃权", Column::abstain},
                                                                   {"en", Column::en},
                                                                   {"english", Column::en},
                                                                   {"英文", Column::en},
                                                                   {"zh", Column::zh},
                                                                   {"chinese", Column::zh},
                                                                   {"中文", Column::zh},
                                                                   {"outcome", Column::outcome},
                                                                   {"action", Column::outcome},
                                                                   {"结果", Column::outcome}};
  for (const auto& [name, column] : kNames)
    if (s == name) return column;
  return Column::other;
}

}  // namespace

bool Rows::next(std::vector<std::string>& fields, size_t& line) {
  fields.clear();
  if (at_ >= text_.size()) return false;
  line = line_;
  for (;;) {
    fields.emplace_back();
    std::string& field = fields.back();
    // TSV has no quoting of its own, but spreadsheets write it; a quote that never closes is a letter.
    if (at_ < text_.size() && text_[at_] == '"' && closes()) quoted(field);
    while (at_ < text_.size() && text_[at_] != mark_ && text_[at_] != '\n') field += text_[at_++];
    if (at_ < text_.size() && text_[at_] == mark_) {
      ++at_;
      continue;
    }
    if (at_ < text_.size()) ++at_, ++line_;
    if (!field.empty() && field.back() == '\r') field.pop_back();
    return true;
  }
}

bool Rows::closes() {
  if (unclosed_) return false;
  size_t end = std::string_view::npos;
  for (size_t i = at_ + 1; i < text_.size() && end == std::string_view::npos; ++i) {
    if (text_[i] != '"') continue;
    if (i + 1 < text_.size() && text_[i + 1] == '"')
      ++i;
    else
      end = i;
  }
  if (end == std::string_view::npos) {
    unclosed_ = true;
    return false;
  }
  if (mark_ != '\t') return true;
  size_t next = end + 1;
  if (next < text_.size() && text_[next] == '\r') ++next;
  if (next == text_.size() || text_[next] == '\t' || text_[next] == '\n') return true;
  size_t last = std::min({text_.find('\t', at_), text_.find('\n', at_), text_.size()});
  while (last > at_ && text_[last - 1] == '\r') --last;
  return last > at_ + 1 && text_[last - 1] == '"' && end < last;
}

void Rows::quoted(std::string& field) {
  for (++at_; at_ < text_.size(); ++at_) {
    if (text_[at_] == '"') {
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
      ++at_;
    }
    line_ += text_[at_] == '\n';
    field += text_[at_];
  }
  if (at_ < text_.size()) ++at_;
}

char mark_of(std::string_view s) {
  const auto line = s.substr(0, s.find('\n'));
  char best = '\t';
  auto most = std::count(line.begin(), line.end(), '\t');
  for (const char c : {',', ';'})
    if (const auto n = std::count(line.begin(), line.end(), c); n > most) most = n, best = c;
  return best;
}

Head read_head(const std::vector<std::string>& fields) {
  Head head;
  head.at.fill(-1);
  head.columns = fields.size();
  for (size_t i = 0; i < fields.size(); ++i) {
    const auto column = parse_column(fields[i]);
    if (column == Column::other || head.has(column)) continue;
    head.at[static_cast<size_t>(column)] = static_cast<int>(i);
    ++head.known;
  }
  return head;
}

bool of_terms(const Head& head) { return head.has(Column::en) && head.has(Column::zh) && !head.has(Column::symbol) && !head.has(Column::outcome); }

bool usable(const Head& head) { return of_terms(head) || ((head.has(Column::symbol) || head.has(Column::outcome)) && head.known >= 2); }

}  // namespace resolute::indexer
