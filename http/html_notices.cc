#include "http/html_notices.h"

#include <algorithm>
#include <array>
#include <optional>

#include "http/routes.h"
#include "schemas/body.h"
#include "schemas/symbol.h"

namespace resolute::http {
namespace {

// The sentences that search/ makes, of queries and of references, {} for what varies. Longer ones before those that they begin like.
struct Sentence {
  std::string_view en, zh;
};
constexpr Sentence kSentences[] = {
    {"The index has changed since the last page: it goes on after the last match", "自上一页以来收录内容有更新：从上一条结果之后继续"},
    {"\"{}\" is no symbol of a document", "“{}”不是文号"},
    {"A range ends before it begins", "范围的终点早于起点"},
    {"The range of dates ends before it begins", "日期范围的终点早于起点"},
    {"The range of citations ends before it begins", "被引次数范围的终点小于起点"},
    {"The index has no document {}", "未收录文件{}"},
    {"{} are shown first", ""},
    {"{} is shown first", ""},
    {"The quotation marks “ ” of a pasted text were left out; \"...\" is exact", "粘贴文本中的引号“”已略去；精确匹配请用 \"…\""},
    {"A quotation mark is not closed: the rest is taken as the quote", "引号没有闭合：其后全部视为引文"},
    {"{} is read as NEAR/{}", "{}按 NEAR/{} 处理"},
    {"'{}: ' is read as '{}:', a field, with what stands after the space", "“{}: ”按字段“{}:”处理，取空格后的内容"},
    {"'{}:' is read as a word; a field is written '{}:...'", "“{}:”按普通词处理；字段写作“{}:…”"},
    {"OR has nothing after it: left out", "OR 之后没有内容：已略去"},
    {"NEAR has nothing after it: left out", "NEAR 之后没有内容：已略去"},
    {"The query has more than {} words: the rest was left out", "查询超过{}个词：其余已略去"},
    {"The query has more than {} NEAR: after the last one, words need not be near", "查询中 NEAR 超过{}个：最后一个之后不再要求邻近"},
    {"The query is longer than {} bytes: the rest was left out", "查询超过{}字节：其余已略去"},
    {"Parentheses are nested too deep: read as words", "括号嵌套过深：按普通词处理"},
    {"A parenthesis is not closed", "括号没有闭合"},
    {"A quote without letters, digits or punctuation was left out", "引文中没有文字：已略去"},
    {"'{}' is no beginning of one word: searched as words", "“{}”不是一个词的开头：按普通词搜索"},
    {"'{}': a star stands for the rest of a word at its end only, ? for nothing; searched as words", "“{}”：星号只能放在词尾，问号没有特殊含义；按普通词搜索"},
    {"'{}:' has no value: left out", "“{}:”没有取值：已略去"},
    {"'date:{}' is no date or range (date:2000..2010, date:2004-03-26): searched as words",
     "“date:{}”不是日期或范围（date:2000..2010、date:2004-03-26）：按普通词搜索"},
    {"'cited_by:{}' is no number or range: left out", "“cited_by:{}”不是数字或范围：已略去"},
    {"The query holds no letters or digits: everything is shown", "查询中没有文字：显示全部"},
    {"No paragraph has all the words; these have some of them. In no paragraph at all: {}", "没有段落含有全部词语，以下段落含有其中一些。没有段落含有“{}”"},
    {"No paragraph has all the words; these have some of them", "没有段落含有全部词语，以下段落含有其中一些"},
    {"In no paragraph at all: {}", "没有段落含有“{}”"},
    {"Words are also looked for in translation: {}", "同时查找译文：{}"},
    {"No paragraph has all the words, nor their translations; these have some of them: {}", "没有段落含有全部词语或其译文，以下段落含有其中一些：{}"},
    {"\"{}\" is no committee or body", "没有名为“{}”的委员会或机构"},
    {"The text has more than {} paragraphs: what stands {}", "文本超过{}段：其后部分未查找"},
    {"It took longer than {} seconds: what stands {}", "用时超过{}秒：其后部分未查找"},
    {"A paragraph was cut to {} bytes", "有一段过长，只取前{}字节"},
    // What is wrong with a reference (search/drafting/citation_check.cc).
    {"{} of {} is the latest of its series", "系列中最新的是{}（{}）"},
    {"it is not of the General Assembly, and the words do not say whose it is", "不是大会的决议，文中也没有说明是哪个机关的"},
    {"the words do not say whose it is", "文中没有说明是哪个机关的"},
    {"of its parts it is {}", "各部分中指的是{}"},
    {"held as {}, without parts", "收录为{}，不分部分"},
    {"it has several parts", "它有若干部分"},
    {"not in this collection; {} document of it cites it", "本文库未收录；有 {} 份文件引用它"},
    {"not in this collection; {} documents of it cite it", "本文库未收录；有 {} 份文件引用它"},
    {"not in this collection", "本文库未收录"},
    {"a number alone names no document: it wants a year, a session or a symbol", "单有编号不能确定文件：还需要年份、届会或文号"},
    {"its year, {}, is yet to come", "其年份{}尚未到来"},
    {"resolutions are numbered from 1", "决议从1开始编号"},
    {"the Security Council first met in 1946", "安全理事会1946年首次开会"},
    {"the last known number is {}", "已知的最后编号是{}"},
    {"the thirtieth session was the last to number so", "这种编号方式用到第三十届会议为止"},
    {"numbers begin with 1", "编号从1开始"},
    {"session {} of the General Assembly opens in {}", "大会第{}届会议于{}年开幕"},
    {"the General Assembly numbers so since its thirty-first session", "大会自第三十一届会议起才这样编号"},
    {"there has been no special session {}", "没有第{}届特别会议"},
    {"session {} of the Human Rights Council is yet to come", "人权理事会第{}届会议尚未举行"},
    {"sessions are numbered from 1", "届会从1开始编号"},
    {"it is of the {}, not of the {}", "它是{}的文件，不是{}的"},
    {"resolution {} is of {}", "第{}号决议是{}年的"},
    {"numbers so low are of {} or before", "这样小的编号属于{}年或更早"},
    {"numbers so high are of {} or after", "这样大的编号属于{}年或更晚"},
    {"there is no such day: {}", "没有这一天：{}"},
    {"it is of {}, not of {}", "其日期是{}，不是{}"},
    {"its year is {}, not {}", "其年份是{}，不是{}"},
    {"session {} did not meet on {}", "第{}届会议在{}没有开会"},
};

// What is wrong with a request (http/parameters.cc), and why a draft's file was not read (cli/draft_input.cc); of the readers' reasons the code is what counts.
constexpr Sentence kTroubles[] = {
    {"it is given more than once", "重复给出"},
    {"a filter value may have at most {} bytes", "筛选值最多{}字节"},
    {"its text may have at most {} bytes", "草稿文本最多{}字节"},
    {"{} may have at most {} bytes", "{}最多{}字节（每个汉字3字节）"},
    {"expected zh or en", "应为 zh 或 en"},
    {"expected a number from {} to {}", "应为{}至{}之间的数字"},
    {"the value is empty", "没有取值"},
    {"\"{}\" is not one of: {}", "“{}”不在可选值之中：{}"},
    {"expected a date from 1945 to 2100 as YYYY-MM-DD, YYYY-MM or a year", "应为1945年至2100年之间的日期（YYYY-MM-DD）、月份（YYYY-MM）或年份"},
    {"expected MIN..MAX, MIN.., ..MAX or a number", "应为“最小..最大”、“最小..”、“..最大”或一个数字"},
    {"its end lies before its start", "终点早于起点"},
    {"it lies before date_from", "早于起始日期"},
    {"a request may have at most {} filter values", "一次请求最多{}个筛选值"},
    {"this takes none", "此处不接受参数"},
    {"known are: {}", "可用的有：{}"},
    {"expected none or names out of: {}", "应为 none 或下列名称：{}"},
    {"it is not a cursor that this service gave", "不是本服务给出的游标"},
    {"the bytes are not UTF-8", "不是 UTF-8 编码"},
    {"a field is not UTF-8", "有字段不是 UTF-8 编码"},
    {"control characters are not allowed", "含有控制字符"},
    {"a % is not followed by two hexadecimal digits", "% 之后应为两位十六进制数字"},
    {"at most 500 are read", "最多读取500个参数"},
    {"the file is empty", "文件是空的"},
    {"it is an archive, not a document", "这是压缩包，不是文件"},
    {"no paragraphs were made out in it; send it as plain text", "未能从中识别出段落；请改用纯文本"},
    {"it is no text in a known encoding", "不是已知编码的文本"},
    {"it has no text", "其中没有文字"},
    {"encrypted, {}", "文件已加密"},
    {"scanned, {}", "文件只有扫描图像，没有文字"},
    {"malformed, {}", "文件已损坏或格式有误"},
    {"too-large, {}", "文件过大"},
    {"too-slow, {}", "文件过于复杂，无法及时读完"},
    {"archive-bomb, {}", "文件解压后过大"},
    {"too-many-members, {}", "文件内含的部分过多"},
    {"empty, {}", "其中没有文字"},
    {"there is no room for it now", "目前没有空间读取"},
    {"it cannot be read now", "目前无法读取"},
    {"it takes too long to read", "读取时间过长"},
    {"it takes too much time or memory to read", "读取所需的时间或内存过多"},
    {"the file could not be read", "无法读取"},
};

// What stands for each {} of a pattern; nullopt where the text is another.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view text) {
  std::vector<std::string> out;
  for (;;) {
    const size_t hole = pattern.find("{}");
    if (hole == std::string_view::npos) return text == pattern ? std::optional(out) : std::nullopt;
    if (!text.starts_with(pattern.substr(0, hole))) return std::nullopt;
    text.remove_prefix(hole);
    pattern.remove_prefix(hole + 2);
    const auto next = pattern.substr(0, pattern.find("{}"));
    const size_t end = next.empty() ? text.size() : text.find(next);
    if (end == std::string_view::npos) return std::nullopt;
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

}  // namespace

std::string print_notice(const std::string& notice, bool zh) {
  for (const auto& s : kSentences) {
    auto found = match(s.en, notice);
    if (!found) continue;
    for (auto& value : *found)
      for (const auto& body : bodies())
        if (zh && value == body.en) value = body.zh;
    if (s.zh.empty()) return {};
    if (s.en == "In no paragraph at all: {}" && found->front().size() > 2 && found->front().starts_with('"') && found->front().ends_with('"'))
      found->front() = found->front().substr(1, found->front().size() - 2);
    if (zh) return fill(s.zh, *found);
    return s.en == "In no paragraph at all: {}" ? fill("No paragraph contains “{}”", *found) : notice;
  }
  return notice;
}

Html print_trouble(const std::string& why, bool zh) {
  if (!zh) return why;
  for (const auto& s : kTroubles)
    if (const auto found = match(s.en, why)) return fill(s.zh, *found);
  return element("span", {{"lang", "en"}}, why);
}

std::string paragraph_label(const Words& say, ParagraphKind kind, std::string_view number, std::string_view fragment) {
  // Preambular paragraphs are counted, as delegates do.
  std::string n(number);
  if (kind == ParagraphKind::preambular && n.empty() && fragment.starts_with("pp")) n = fragment.substr(2, fragment.find('~') - 2);
  switch (kind) {
    case ParagraphKind::operative: return n.empty() ? std::string(say("kind-operative")) : say("op-n", {n});
    case ParagraphKind::preambular: return n.empty() ? std::string(say("kind-preambular")) : say("pp-n", {n});
    case ParagraphKind::annex: return n.empty() ? std::string(say("kind-annex")) : say("annex-n", {n});
    case ParagraphKind::footnote: return say("footnote-n", {n});
    case ParagraphKind::heading: return std::string(say("kind-heading"));
    case ParagraphKind::enacting: return std::string(say("kind-enacting"));
    case ParagraphKind::closing: return std::string(say("kind-closing"));
    case ParagraphKind::table: return std::string(say("kind-table"));
    case ParagraphKind::statement:
    case ParagraphKind::decision:
    case ParagraphKind::plain: break;
  }
  return n.empty() ? std::string(say("kind-paragraph")) : say("para-n", {n});
}

Word facet_word(Field field) {
  switch (field) {
    case Field::body: return "organ";
    case Field::committee: return "committee";
    case Field::concerns: return "concerns";
    case Field::type: return "type";
    case Field::lang: return "language";
    case Field::year: return "year";
    case Field::session: return "session";
    case Field::agenda: return "agenda-item";
    case Field::subject: return "subjects";
    case Field::kind: return "kind";
    case Field::action: return "opening-verb";
    case Field::vote: return "how-adopted";
    case Field::voter: return "voter";
    case Field::sponsor: return "sponsor";
    case Field::cites: return "cites";
    case Field::symbol: return "symbol";
  }
  return "symbol";
}

void newest_sessions_first(Facet& sessions) {
  std::stable_sort(sessions.values.begin(), sessions.values.end(),
                   [](const FacetCount& a, const FacetCount& b) { return Symbol::natural_less(b.value, a.value); });
}

const std::vector<std::pair<std::string_view, std::string_view>>& result_formats() {
  // Those that this service writes.
  static const auto kFormats = [] {
    std::vector<std::pair<std::string_view, std::string_view>> out;
    for (const auto& [name, place] : {std::pair<std::string_view, std::string_view>{"CSV", "v1/search.csv"},
                                      {"Excel", "v1/search.xlsx"},
                                      {"Word", "v1/search.docx"},
                                      {"RIS", "v1/search.ris"},
                                      {"BibTeX", "v1/search.bibtex"},
                                      {"Atom", "v1/search.atom"},
                                      {"JSON", "v1/search"}})
      if (find_route("/" + std::string(place)).route) out.emplace_back(name, place);
    return out;
  }();
  return kFormats;
}

}  // namespace resolute::http
