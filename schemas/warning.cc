#include "schemas/warning.h"

#include <algorithm>
#include <utility>

namespace resolute {
namespace {

struct Sentence {
  WarningCode code;
  std::string_view name, en, zh;  // {0} stands for the first value
};

constexpr Sentence kSentences[] = {
    {WarningCode::other, "other", "{0}", "{0}"},
    {WarningCode::joined_words, "joined-words", "words broken by letter gaps joined ({0}): {1}", "因字距而断开的词已接合（{0} 处）：{1}"},
    {WarningCode::unplaced, "unplaced", "{0} of 1000 letters are in no paragraph or field", "每 1000 个字母中有 {0} 个不在任何段落或字段中"},
    {WarningCode::mixed_columns, "mixed-columns", "paragraph numbers go back {0} times, first from {1} to {2}: the page's columns may be mixed",
     "段落编号倒退 {0} 次，首次由 {1} 退到 {2}：版面各栏可能混在一起"},
    {WarningCode::symbol_from_name, "symbol-from-name", "symbol taken from the file's name", "文号取自文件名"},
    {WarningCode::symbol_against_cover, "symbol-against-cover", "symbol taken from the file's name: the cover says {0}", "文号取自文件名：封面作 {0}"},
    {WarningCode::named_by_file, "named-by-file", "no symbol in the text: named by its file", "文中没有文号：以文件名为名"},
    {WarningCode::named_by_uri, "named-by-uri", "no symbol: named by its URI", "没有文号：以其 URI 为名"},
    {WarningCode::preface_against_cover, "preface-against-cover", "the cover says {0}, the preface and the URI say {1}", "封面作 {0}，序言和 URI 作 {1}"},
    {WarningCode::uri_against_cover, "uri-against-cover", "the cover says {0}, the URI says {1}", "封面作 {0}，URI 作 {1}"},
    {WarningCode::name_against_heading, "name-against-heading", "the heading says {0}, the date and the file's name {1}", "标题作 {0}，日期和文件名作 {1}"},
    {WarningCode::sources_disagree, "sources-disagree", "{0}: {1} says {2}, {3} {4}; the former is taken", "{0}：{1}作 {2}，{3}作 {4}；以前者为准"},
    {WarningCode::other_encoding, "other-encoding", "the page names another encoding, its bytes are UTF-8", "网页声明了其他编码，实为 UTF-8"},
    {WarningCode::guessed_encoding, "guessed-encoding", "read as {0}, a guess of {1} %", "按 {0} 读取，把握 {1}%"},
    {WarningCode::nul_bytes, "nul-bytes", "NUL bytes dropped", "已去掉 NUL 字节"},
    {WarningCode::other_language, "other-language", "marked as {0}, but the text is {1}", "标为 {0}，正文却是{1}"},
    {WarningCode::ill_formed, "ill-formed", "ill-formed XML, mended", "XML 格式有误，已修正"},
    {WarningCode::corrigendum, "corrigendum", "a corrigendum ({0}) to {1}, not its text", "{1} 的更正（{0}），并非其正文"},
    {WarningCode::revision, "revision", "a revision ({0}) of {1}", "{1} 的修订本（{0}）"},
    {WarningCode::reissue, "reissue", "a reissue", "重新印发"},
    {WarningCode::reissue_of, "reissue-of", "a reissue of {0}", "{0} 重新印发"},
};

// Values that are words themselves.
constexpr std::pair<std::string_view, std::string_view> kValues[] = {
    {"the mark-up", "标记"}, {"the library record", "图书馆记录"},
    {"the table", "表格"},   {"the line", "该行"},
    {"the text", "正文"},    {"title", "标题"},
    {"date", "日期"},        {"session", "届会"},
    {"meeting", "会议"},     {"agenda", "议程项目"},
    {"vote", "表决"},        {"committee", "委员会"},
    {"subjects", "主题"},    {"Chinese", "中文"},
    {"English", "英文"},     {"sponsors", "提案国"},
};

constexpr char kSeparator = '\x1f';

constexpr bool in_order() {
  for (size_t i = 0; i < std::size(kSentences); ++i)
    if (static_cast<size_t>(kSentences[i].code) != i) return false;
  return true;
}
static_assert(in_order() && std::size(kSentences) == static_cast<size_t>(WarningCode::reissue_of) + 1);

size_t count_values(std::string_view pattern) { return static_cast<size_t>(std::count(pattern.begin(), pattern.end(), '{')); }

const Sentence& sentence(WarningCode code) { return kSentences[static_cast<size_t>(code)]; }

}  // namespace

std::string_view name_of(WarningCode code) { return sentence(code).name; }

std::string say(const Warning& warning, WarningLanguage language) {
  const auto& s = sentence(warning.code);
  const auto pattern = language == WarningLanguage::zh ? s.zh : s.en;
  std::string out;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') {
      out += pattern[i];
      continue;
    }
    const auto place = static_cast<size_t>(pattern[i + 1] - '0');
    i += 2;
    if (place >= warning.values.size()) continue;
    std::string_view value = warning.values[place];
    if (language == WarningLanguage::zh)
      for (const auto& [en, zh] : kValues)
        if (value == en) value = zh;
    out += value;
  }
  return out;
}

bool has_warning(const std::vector<Warning>& warnings, WarningCode code) {
  return std::any_of(warnings.begin(), warnings.end(), [&](const Warning& w) { return w.code == code; });
}

void warn(std::vector<Warning>& warnings, Warning warning) {
  if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) warnings.push_back(std::move(warning));
}

std::string encode_warning(const Warning& warning) {
  std::string out(name_of(warning.code));
  for (std::string v : warning.values) {
    std::replace(v.begin(), v.end(), kSeparator, ' ');
    out += kSeparator + v;
  }
  return out;
}

Warning decode_warning(std::string_view stored) {
  std::vector<std::string> parts(1);
  for (const char c : stored) {
    if (c == kSeparator)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  const std::string name = std::move(parts.front());
  parts.erase(parts.begin());
  return make_warning(name, std::move(parts), std::string(stored));
}

Warning make_warning(std::string_view name, std::vector<std::string> values, std::string text) {
  for (const auto& s : kSentences)
    if (s.name == name && s.code != WarningCode::other && values.size() == count_values(s.en)) return {s.code, std::move(values)};
  return {WarningCode::other, {values.size() == 1 && name == "other" ? std::move(values[0]) : std::move(text)}};
}

}  // namespace resolute
