#include "text/plain_form.h"

#include <algorithm>
#include <array>
#include <utility>

#include "schemas/ascii.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// A Latin letter without its marks, in ASCII; empty where it has no such form.
std::string_view unmarked(char32_t c) {
  struct Run {
    std::u32string_view letters;
    std::string_view plain;
  };
  static constexpr Run kRuns[] = {{U"àáâãäåāăąǎǟǡǻȁȃȧạảấầẩẫậắằẳẵặḁ", "a"},
                                  {U"çćĉċčḉ", "c"},
                                  {U"ďđðḋḍḏḑḓ", "d"},
                                  {U"èéêëēĕėęěȅȇȩẹẻẽếềểễệḕḗḙḛḝ", "e"},
                                  {U"ƒḟ", "f"},
                                  {U"ĝğġģǧǵḡ", "g"},
                                  {U"ĥħȟḣḥḧḩḫ", "h"},
                                  {U"ìíîïĩīĭįıǐȉȋỉịḭḯ", "i"},
                                  {U"ĵǰ", "j"},
                                  {U"ķǩḱḳḵ", "k"},
                                  {U"ĺļľŀłḷḹḻḽ", "l"},
                                  {U"ḿṁṃ", "m"},
                                  {U"ñńņňŉǹṅṇṉṋ", "n"},
                                  {U"òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱọỏốồổỗộớờởỡợṍṏṑṓ", "o"},
                                  {U"ṕṗ", "p"},
                                  {U"ŕŗřȑȓṙṛṝṟ", "r"},
                                  {U"śŝşšșſṡṣṥṧṩ", "s"},
                                  {U"ţťŧțṫṭṯṱ", "t"},
                                  {U"ùúûüũūŭůűųưǔǖǘǚǜȕȗụủứừửữựṳṵṷṹṻ", "u"},
                                  {U"ṽṿ", "v"},
                                  {U"ŵẁẃẅẇẉ", "w"},
                                  {U"ẋẍ", "x"},
                                  {U"ýÿŷȳỳỵỷỹẏ", "y"},
                                  {U"źżžẑẓẕ", "z"},
                                  {U"æǣǽ", "ae"},
                                  {U"œ", "oe"},
                                  {U"þ", "th"}};
  for (const auto& run : kRuns)
    if (run.letters.find(c) != std::u32string_view::npos) return run.plain;
  return {};
}

std::string without_marks(std::string_view word) {
  std::string out;
  for (size_t i = 0; i < word.size();) {
    const size_t at = i;
    const char32_t c = next_code_point(word, i);
    const auto plain = c < 0x80 ? std::string_view() : unmarked(c);
    out += plain.empty() ? word.substr(at, i - at) : plain;
  }
  return out;
}

// Parts of words that Britain writes otherwise, and how America does. Within a word; longer ones first.
constexpr Pair kParts[] = {{"colour", "color"},
                           {"labour", "labor"},
                           {"favour", "favor"},
                           {"honour", "honor"},
                           {"behaviour", "behavior"},
                           {"neighbour", "neighbor"},
                           {"harbour", "harbor"},
                           {"endeavour", "endeavor"},
                           {"rumour", "rumor"},
                           {"vapour", "vapor"},
                           {"humour", "humor"},
                           {"odour", "odor"},
                           {"armour", "armor"},
                           {"vigour", "vigor"},
                           {"rigour", "rigor"},
                           {"flavour", "flavor"},
                           {"fervour", "fervor"},
                           {"tumour", "tumor"},
                           {"valour", "valor"},
                           {"splendour", "splendor"},
                           {"archaeo", "archeo"},
                           {"paediatr", "pediatr"},
                           {"orthopaed", "orthoped"},
                           {"anaem", "anem"},
                           {"haemo", "hemo"},
                           {"gynaeco", "gyneco"},
                           {"leukaem", "leukem"},
                           {"diarrhoea", "diarrhea"},
                           {"foetus", "fetus"},
                           {"foetal", "fetal"},
                           {"oestrog", "estrog"},
                           {"encyclopaed", "encycloped"},
                           {"manoeuvr", "maneuver"},
                           {"sulph", "sulf"},
                           {"aluminium", "aluminum"},
                           {"sceptic", "skeptic"},
                           {"plough", "plow"},
                           {"skilful", "skillful"},
                           {"wilful", "willful"},
                           {"fulfilment", "fulfillment"},
                           {"instalment", "installment"},
                           {"enrolment", "enrollment"},
                           {"judgement", "judgment"},
                           {"acknowledgement", "acknowledgment"}};

// Endings, at the end of a word or before its s.
constexpr Pair kEndings[] = {{"programme", "program"}, {"centre", "center"},   {"theatre", "theater"},   {"metre", "meter"},       {"litre", "liter"},
                             {"fibre", "fiber"},       {"calibre", "caliber"}, {"spectre", "specter"},   {"defence", "defense"},   {"offence", "offense"},
                             {"pretence", "pretense"}, {"licence", "license"}, {"practise", "practice"}, {"catalogue", "catalog"}, {"dialogue", "dialog"},
                             {"analogue", "analog"},   {"ageing", "aging"},    {"grey", "gray"},         {"fulfil", "fulfill"},    {"enrol", "enroll"},
                             {"instal", "install"},    {"cheque", "check"}};

// Words in -ise that are no verbs in -ize, without their ending.
constexpr std::string_view kOnlyIse[] = {"adv",   "appra",  "ar",    "bru",         "chast", "circumc",  "compr",   "comprom", "conc",  "cr",     "cru",
                                         "dem",   "desp",   "dev",   "disenfranch", "disgu", "enfranch", "enterpr", "exc",     "exerc", "expert", "franch",
                                         "gu",    "improv", "inc",   "lia",         "likew", "merchand", "no",      "otherw",  "parad", "po",     "pra",
                                         "prec",  "prem",   "pr",    "prom",        "ra",    "rev",      "r",       "superv",  "surm",  "surpr",  "telev",
                                         "treat", "unw",    "uprra", "upr",         "w",     "clockw",   "mayonna"};
// Before a double l that America writes single: travelled, counsellor.
constexpr std::string_view kSingleL[] = {"travel",  "cancel", "label",   "model",  "fuel",   "signal", "channel", "level", "total",
                                         "counsel", "equal",  "marshal", "funnel", "tunnel", "panel",  "quarrel", "rival", "tranquil"};

void american(std::string& w) {
  if (w.size() < 4) return;
  for (const auto& [from, to] : kParts)
    if (const size_t at = w.find(from); at != std::string::npos) w.replace(at, from.size(), to);
  const bool plural = w.ends_with('s');
  const auto body = std::string_view(w).substr(0, w.size() - plural);
  for (const auto& [from, to] : kEndings)
    if (body.ends_with(from) && (body.size() == from.size() || from != "grey")) {
      w = std::string(body.substr(0, body.size() - from.size())) + std::string(to) + (plural ? "s" : "");
      return;
    }
  for (const std::string_view ending : {"isations", "isation", "isational", "ising", "ised", "ises", "iser", "isers", "ise", "ysing", "ysed", "yse"}) {
    if (!w.ends_with(ending) || w.size() < ending.size() + 1) continue;
    const auto base = std::string_view(w).substr(0, w.size() - ending.size());
    if (ending[0] == 'y' && !base.ends_with("anal") && !base.ends_with("paral") && !base.ends_with("catal")) return;
    if (std::find(std::begin(kOnlyIse), std::end(kOnlyIse), base) == std::end(kOnlyIse)) w[base.size() + 1] = 'z';
    return;
  }
  for (const auto base : kSingleL)
    if (w.starts_with(base) && w.size() > base.size() + 2 && w[base.size()] == 'l') {
      const auto rest = std::string_view(w).substr(base.size() + 1);
      if (rest == "ed" || rest == "ing" || rest == "er" || rest == "ers" || rest == "or" || rest == "ors" || rest == "ings") w.erase(base.size(), 1);
      return;
    }
}

constexpr std::string_view kOnes[] = {"",           "first",     "second",    "third",       "fourth",     "fifth",     "sixth",
                                      "seventh",    "eighth",    "ninth",     "tenth",       "eleventh",   "twelfth",   "thirteenth",
                                      "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"};
constexpr Pair kTens[] = {{"twenty", "twentieth"}, {"thirty", "thirtieth"},   {"forty", "fortieth"},   {"fifty", "fiftieth"},
                          {"sixty", "sixtieth"},   {"seventy", "seventieth"}, {"eighty", "eightieth"}, {"ninety", "ninetieth"}};

std::string ordinal(int n) {
  const char* ending = n % 100 / 10 == 1 ? "th" : n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
  return std::to_string(n) + ending;
}

int ones(std::string_view w) {
  const auto it = std::find(std::begin(kOnes) + 1, std::end(kOnes), w);
  return it == std::end(kOnes) ? 0 : static_cast<int>(it - std::begin(kOnes));
}

bool no_digits(std::string_view s) { return std::none_of(s.begin(), s.end(), is_digit); }

}  // namespace

std::string plain_form(std::string_view word) {
  const bool marked = std::any_of(word.begin(), word.end(), [](char c) { return c & 0x80; });
  std::string out = marked ? without_marks(word) : std::string(word);
  if (const int n = ones(out)) return ordinal(n);
  for (size_t t = 0; t < std::size(kTens); ++t)
    if (out == kTens[t].second) return ordinal(static_cast<int>(t + 2) * 10);
  american(out);
  return out;
}

Compound find_compound(std::string_view folded, const std::vector<Token>& tokens, size_t i) {
  if (!may_begin_compound(folded, tokens, i)) return {};
  const auto word = [&](size_t k) { return folded.substr(tokens[k].begin, tokens[k].end - tokens[k].begin); };
  const auto joined = [&](size_t k, char by) {
    return k + 1 < tokens.size() && tokens[k + 1].kind == TokenKind::word && tokens[k + 1].begin == tokens[k].end + 1 && folded[tokens[k].end] == by;
  };
  const char gap = folded[tokens[i].end];
  const auto first = word(i), second = word(i + 1);
  // What goes on from the token before began there.
  const auto goes_on = [&](char by) { return i > 0 && joined(i - 1, by); };
  if (gap == '-') {
    if (!no_digits(first) || !no_digits(second) || goes_on('-') || joined(i + 1, '-')) return {};
    for (size_t t = 0; t < std::size(kTens); ++t)
      if (first == kTens[t].first)
        if (const int n = ones(second); n > 0 && n < 10) return {2, ordinal(static_cast<int>(t + 2) * 10 + n)};
    return {2, plain_form(std::string(first) + std::string(second))};
  }
  if (gap == '.' && first.size() == 1 && is_lower(first[0]) && !goes_on('.')) {
    std::string letters(first);
    size_t k = i;
    while (joined(k, '.') && word(k + 1).size() == 1 && is_lower(word(k + 1)[0])) letters += word(++k);
    // "u.n": the last letter has its point too, or is the text's end.
    return k > i && letters.size() <= 8 ? Compound{k - i + 1, letters} : Compound{};
  }
  if (first == "per" && second == "cent" && gap == ' ') return {2, "percent"};
  if (!all_digits(first) || !all_digits(second)) return {};
  if (gap == '.' || gap == '/') {
    if (goes_on(gap) || joined(i + 1, gap)) return {};
    return {2, std::string(first) + gap + std::string(second)};
  }
  // Thousands: "1,000", "12 345 678".
  if (first.size() > 3 || first[0] == '0' || second.size() != 3 || (i > 0 && all_digits(word(i - 1)) && joined(i - 1, gap))) return {};
  std::string number(first);
  size_t k = i;
  while (joined(k, gap) && word(k + 1).size() == 3 && all_digits(word(k + 1))) number += word(++k);
  return {k - i + 1, number};
}

}  // namespace resolute::text
