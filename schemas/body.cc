#include "schemas/body.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "schemas/ascii.h"
#include "schemas/symbol.h"

namespace resolute {
namespace {

using enum BodyRank;

constexpr BodyEntry kEntries[] = {
    {"GA", principal, "", "General Assembly", "大会", ""},
    {"SC", principal, "", "Security Council", "安全理事会", ""},
    {"ECOSOC", principal, "", "Economic and Social Council", "经济及社会理事会", ""},
    {"HRC", principal, "GA", "Human Rights Council", "人权理事会", ""},
    {"ICJ", principal, "", "International Court of Justice", "国际法院", ""},
    {"TC", principal, "", "Trusteeship Council", "托管理事会", ""},
    {"SG", principal, "", "Secretariat", "秘书处", ""},

    {"C1", committee, "GA", "First Committee", "第一委员会", "disarmament and international security committee"},
    {"C2", committee, "GA", "Second Committee", "第二委员会", ""},
    {"C3", committee, "GA", "Third Committee", "第三委员会", ""},
    {"C4", committee, "GA", "Fourth Committee", "第四委员会", "special political and decolonization committee|特别政治和非殖民化委员会"},
    {"C5", committee, "GA", "Fifth Committee", "第五委员会", ""},
    {"C6", committee, "GA", "Sixth Committee", "第六委员会", ""},
    {"plenary", committee, "GA", "Plenary", "全体会议", "without reference to a main committee|未经发交主要委员会|未经发交任一主要委员会|没有发交主要委员会"},
    {"general-committee", committee, "GA", "General Committee", "总务委员会", ""},
    {"credentials-committee", committee, "GA", "Credentials Committee", "全权证书委员会", ""},
    {"ccpcj", committee, "ECOSOC", "Commission on Crime Prevention and Criminal Justice", "预防犯罪和刑事司法委员会", ""},
    {"cnd", committee, "ECOSOC", "Commission on Narcotic Drugs", "麻醉药品委员会", ""},
    {"csw", committee, "ECOSOC", "Commission on the Status of Women", "妇女地位委员会", ""},
    {"cpd", committee, "ECOSOC", "Commission on Population and Development", "人口与发展委员会", ""},
    {"csocd", committee, "ECOSOC", "Commission for Social Development", "社会发展委员会", ""},
    {"cstd", committee, "ECOSOC", "Commission on Science and Technology for Development", "科学和技术促进发展委员会", ""},
    {"statcom", committee, "ECOSOC", "Statistical Commission", "统计委员会", ""},
    {"unff", committee, "ECOSOC", "United Nations Forum on Forests", "联合国森林论坛", ""},
    {"cdp", committee, "ECOSOC", "Committee for Development Policy", "发展政策委员会", ""},
    {"cepa", committee, "ECOSOC", "Committee of Experts on Public Administration", "公共行政专家委员会", ""},
    {"unggim", committee, "ECOSOC", "Committee of Experts on Global Geospatial Information Management", "全球地理空间信息管理专家委员会", ""},
    {"cpc", committee, "ECOSOC", "Committee for Programme and Coordination", "方案和协调委员会", ""},
    {"ngo-committee", committee, "ECOSOC", "Committee on Non-Governmental Organizations", "非政府组织委员会", ""},
    {"permanent-forum", committee, "ECOSOC", "Permanent Forum on Indigenous Issues", "土著问题常设论坛", ""},
    {"escap", committee, "ECOSOC", "Economic and Social Commission for Asia and the Pacific", "亚洲及太平洋经济社会委员会", ""},
    {"ece", committee, "ECOSOC", "Economic Commission for Europe", "欧洲经济委员会", ""},
    {"eclac", committee, "ECOSOC", "Economic Commission for Latin America and the Caribbean", "拉丁美洲和加勒比经济委员会", ""},
    {"eca", committee, "ECOSOC", "Economic Commission for Africa", "非洲经济委员会", ""},
    {"escwa", committee, "ECOSOC", "Economic and Social Commission for Western Asia", "西亚经济社会委员会", ""},

    {"sc-1267", subsidiary, "SC", "1267 Committee (ISIL (Da'esh) and Al-Qaida)", "1267委员会（伊斯兰国（达伊沙）和基地组织）",
     "1267/1989/2253|基地组织制裁委员会|al-qaida sanctions committee|第1267(1999)、第1989(2011)和第2253(2015)号决议所设|"
     "第1267(1999)、1989(2011)和2253(2015)号决议"},
    {"sc-ctc", subsidiary, "SC", "Counter-Terrorism Committee (1373)", "反恐怖主义委员会（1373）",
     "counter-terrorism committee|反恐怖主义委员会|反恐委员会|反恐委"},
    {"sc-cted", subsidiary, "SC", "Counter-Terrorism Committee Executive Directorate", "反恐怖主义委员会执行局",
     "counter-terrorism committee executive directorate|反恐执行局|反恐怖主义委员会执行局|反恐怖主义执行局|反恐委员会执行局"},
    {"sc-1540", subsidiary, "SC", "1540 Committee (non-proliferation)", "1540委员会（不扩散）", ""},
    {"sc-751", subsidiary, "SC", "751 Committee (Al-Shabaab, Somalia)", "751委员会（青年党，索马里）", ""},
    {"sc-1518", subsidiary, "SC", "1518 Committee (Iraq)", "1518委员会（伊拉克）", ""},
    {"sc-1533", subsidiary, "SC", "1533 Committee (Democratic Republic of the Congo)", "1533委员会（刚果民主共和国）", ""},
    {"sc-1591", subsidiary, "SC", "1591 Committee (Sudan)", "1591委员会（苏丹）", ""},
    {"sc-1636", subsidiary, "SC", "1636 Committee (Lebanon)", "1636委员会（黎巴嫩）", ""},
    {"sc-1718", subsidiary, "SC", "1718 Committee (Democratic People's Republic of Korea)", "1718委员会（朝鲜）", ""},
    {"sc-1737", subsidiary, "SC", "1737 Committee (Iran)", "1737委员会（伊朗）", ""},
    {"sc-1970", subsidiary, "SC", "1970 Committee (Libya)", "1970委员会（利比亚）", ""},
    {"sc-1988", subsidiary, "SC", "1988 Committee (Taliban)", "1988委员会（塔利班）", ""},
    {"sc-2048", subsidiary, "SC", "2048 Committee (Guinea-Bissau)", "2048委员会（几内亚比绍）", ""},
    {"sc-2127", subsidiary, "SC", "2127 Committee (Central African Republic)", "2127委员会（中非共和国）", ""},
    {"sc-2140", subsidiary, "SC", "2140 Committee (Yemen)", "2140委员会（也门）", ""},
    {"sc-2206", subsidiary, "SC", "2206 Committee (South Sudan)", "2206委员会（南苏丹）", ""},
    {"sc-2374", subsidiary, "SC", "2374 Committee (Mali)", "2374委员会（马里）", ""},
    {"sc-2653", subsidiary, "SC", "2653 Committee (Haiti)", "2653委员会（海地）", ""},
    {"sc-2713", subsidiary, "SC", "2713 Committee (Al-Shabaab)", "2713委员会（青年党）", ""},
    {"sc-mst", subsidiary, "SC", "Analytical Support and Sanctions Monitoring Team", "分析支助和制裁监测组", "sanctions monitoring team|制裁监测组|1267监察组"},
    {"sc-caac", subsidiary, "SC", "Working Group on Children and Armed Conflict", "儿童与武装冲突问题工作组",
     "security council working group on children and armed conflict"},
    {"pbc", subsidiary, "", "Peacebuilding Commission", "建设和平委员会", ""},
    {"military-staff-committee", subsidiary, "SC", "Military Staff Committee", "军事参谋团", ""},
    {"irmct", subsidiary, "SC", "International Residual Mechanism for Criminal Tribunals", "刑事法庭余留事项国际处理机制", ""},
    {"upr", subsidiary, "HRC", "Universal Periodic Review Working Group", "普遍定期审议工作组", "universal periodic review|普遍定期审议"},
    {"hrc-advisory", subsidiary, "HRC", "Human Rights Council Advisory Committee", "人权理事会咨询委员会", ""},
    {"hrc-emrip", subsidiary, "HRC", "Expert Mechanism on the Rights of Indigenous Peoples", "土著人民权利专家机制", ""},
    {"c24", subsidiary, "GA", "Special Committee on Decolonization (C-24)", "非殖民化特别委员会（二十四国委员会）",
     "implementation of the declaration on the granting of independence to colonial countries and peoples|给予殖民地国家和人民独立宣言"},
    {"c34", subsidiary, "GA", "Special Committee on Peacekeeping Operations", "维持和平行动特别委员会", ""},
    {"copuos", subsidiary, "GA", "Committee on the Peaceful Uses of Outer Space", "和平利用外层空间委员会", ""},
    {"ilc", subsidiary, "GA", "International Law Commission", "国际法委员会", ""},
    {"uncitral", subsidiary, "GA", "United Nations Commission on International Trade Law", "联合国国际贸易法委员会", "贸易法委员会"},
    {"acabq", subsidiary, "GA", "Advisory Committee on Administrative and Budgetary Questions", "行政和预算问题咨询委员会", ""},
    {"icsc", subsidiary, "GA", "International Civil Service Commission", "国际公务员制度委员会", ""},
    {"disarmament-commission", subsidiary, "GA", "Disarmament Commission", "裁军审议委员会", ""},
    {"ceirpp", subsidiary, "GA", "Committee on the Exercise of the Inalienable Rights of the Palestinian People", "巴勒斯坦人民行使不可剥夺权利委员会", ""},
};

// Lower case ASCII; spaces beside non-ASCII dropped so that "第 1267(1999) 号" and "第1267(1999)号" are one.
std::string match_key(std::string_view text) {
  // In place: the key is never longer.
  std::string out = ascii_fold(text);
  for (char& c : out) {
    if (c == '\n' || c == '\t') c = ' ';
    c = static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 32 : 0));
  }
  size_t n = 0;
  for (size_t i = 0; i < out.size(); ++i) {
    if (out[i] == ' ') {
      const bool beside = (n > 0 && (out[n - 1] & 0x80)) || (i + 1 < out.size() && (out[i + 1] & 0x80));
      if (beside || n == 0 || out[n - 1] == ' ') continue;
    }
    out[n++] = out[i];
  }
  out.resize(n);
  return out;
}

// The names of an entry as they are looked for.
std::vector<std::string> names_of(const BodyEntry& e) {
  std::vector<std::string> names;
  const std::string id = e.id;
  if (id.starts_with("sc-") && id[3] >= '0' && id[3] <= '9') {
    const std::string n = id.substr(3);
    // A number alone may be the resolution; only the forms that name the committee count.
    names = {n + " committee", n + "委员会"};
  } else {
    names = {match_key(e.en), match_key(e.zh)};
  }
  std::string_view rest = e.aliases;
  while (!rest.empty()) {
    const size_t bar = rest.find('|');
    names.push_back(match_key(rest.substr(0, bar)));
    rest = bar == std::string_view::npos ? std::string_view{} : rest.substr(bar + 1);
  }
  return names;
}

const std::vector<std::vector<std::string>>& all_names() {
  static const auto names = [] {
    std::vector<std::vector<std::string>> out;
    for (const auto& e : kEntries) out.push_back(names_of(e));
    return out;
  }();
  return names;
}

// "the Committee established pursuant to resolution 1540 (2004)", "第1540(2004)号决议所设委员会":
// sanctions committees are mostly named by the resolution that made them. What stands at `at` of a key.
void find_by_resolution(const std::string& text, size_t at, std::vector<bool>& found) {
  const auto mark = [&](std::string_view number) {
    const std::string id = number == "1373" ? "sc-ctc" : "sc-" + std::string(number);
    for (size_t i = 0; i < std::size(kEntries); ++i)
      if (id == kEntries[i].id) found[i] = true;
  };
  const auto numbers = [&](size_t from, size_t to) {
    for (size_t i = from; i < to; ++i) {
      if (text[i] < '0' || text[i] > '9') continue;
      size_t k = i;
      while (k < to && text[k] >= '0' && text[k] <= '9') ++k;
      size_t open = k;
      while (open < to && text[open] == ' ') ++open;
      if (open < to && text[open] == '(' && k - i >= 3 && k - i <= 4) mark(std::string_view(text).substr(i, k - i));
      i = open < to && text[open] == '(' ? text.find(')', open) == std::string::npos ? to : text.find(')', open) : k;
    }
  };
  const auto here = std::string_view(text).substr(at);
  for (const std::string_view lead : {"committee established pursuant to", "committee established by", "committee concerning"})
    if (here.starts_with(lead)) return numbers(at + lead.size(), std::min(text.size(), at + lead.size() + 140));
  for (const std::string_view tail : {"号决议所设委员会", "号决议设立的委员会", "号决议所设的委员会", "号决议所设制裁委员会"}) {
    if (!here.starts_with(tail)) continue;
    size_t from = text.rfind("第", at);
    // A list shares one 号: go back over "第1267(1999)、第1989(2011)和第2253(2015)".
    while (from != std::string::npos && from >= 3) {
      const auto before = std::string_view(text).substr(0, from);
      if (!before.ends_with("、") && !before.ends_with("和")) break;
      const size_t previous = text.rfind("第", from - 1);
      if (previous == std::string::npos || from - previous > 40) break;
      from = previous;
    }
    if (from != std::string::npos && at - from < 160) numbers(from, at);
    return;
  }
}

}  // namespace

std::span<const BodyEntry> bodies() { return kEntries; }

const BodyEntry* body_of(std::string_view id) {
  for (const auto& e : kEntries)
    if (id == e.id) return &e;
  return nullptr;
}

std::vector<std::string> find_committees(std::string_view line) {
  const std::string key = match_key(line);
  std::vector<std::string> out;
  for (size_t i = 0; i < std::size(kEntries); ++i) {
    if (kEntries[i].rank != committee) continue;
    for (const auto& name : all_names()[i])
      if (key.find(name) != std::string::npos) {
        out.emplace_back(kEntries[i].id);
        break;
      }
  }
  return out;
}

std::vector<std::string> find_subsidiary_bodies(std::string_view text) {
  // One pass: names by their first two bytes, then by the next four (texts are long, names are many).
  struct Name {
    std::string text;
    size_t entry;
    uint32_t next;
  };
  const auto next_bytes = [](const char* s) {
    uint32_t four;
    std::memcpy(&four, s, sizeof four);
    return four;
  };
  static const auto by_start = [&] {
    std::vector<std::vector<Name>> table(65536);
    for (size_t i = 0; i < std::size(kEntries); ++i)
      if (kEntries[i].rank == subsidiary)
        for (const auto& name : all_names()[i])
          table[static_cast<unsigned char>(name[0]) << 8 | static_cast<unsigned char>(name[1])].push_back(
              {name, i, name.size() >= 6 ? next_bytes(name.data() + 2) : 0});
    return table;
  }();
  // Which beginnings there are, small enough to stay in the nearest cache.
  constexpr size_t kCommittee = 'c' << 8 | 'o', kNumber = 0xE5 << 8 | 0x8F;  // "committee", 号
  static const auto begins = [] {
    std::array<uint64_t, 65536 / 64> out{};
    for (size_t i = 0; i < by_start.size(); ++i)
      if (!by_start[i].empty() || i == kCommittee || i == kNumber) out[i / 64] |= uint64_t{1} << i % 64;
    return out;
  }();
  const std::string key = match_key(text);
  std::vector<bool> found(std::size(kEntries), false);
  const auto look = [&](size_t at, size_t start) {
    const uint32_t next = key.size() - at >= 6 ? next_bytes(key.data() + at + 2) : 0;
    if ((start == kCommittee && next == next_bytes("mmit")) || (start == kNumber && key[at + 2] == '\xB7')) find_by_resolution(key, at, found);
    for (const auto& name : by_start[start])
      if ((name.next == next || name.text.size() < 6) && !found[name.entry] && key.compare(at, name.text.size(), name.text) == 0) found[name.entry] = true;
  };
  const uint64_t* const filter = begins.data();
  for (size_t at = 0; at + 1 < key.size();) {
    const auto c = static_cast<unsigned char>(key[at]);
    const size_t start = static_cast<size_t>(c << 8 | static_cast<unsigned char>(key[at + 1]));
    if (filter[start / 64] >> start % 64 & 1) look(at, start);
    // A name begins where a word does, or a character that is no letter.
    ++at;
    if (c >= 0x80)
      while (at < key.size() && (key[at] & 0xC0) == 0x80) ++at;
    else if (is_alnum(key[at - 1]))
      while (at < key.size() && is_alnum(key[at])) ++at;
  }
  std::vector<std::string> out;
  for (size_t i = 0; i < found.size(); ++i)
    if (found[i]) out.emplace_back(kEntries[i].id);
  return out;
}

}  // namespace resolute
