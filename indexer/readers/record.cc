#include "indexer/readers/record.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "schemas/ascii.h"
#include "schemas/symbol.h"

namespace resolute::indexer {
namespace {

const char* name_of(Trust trust, const std::string& format) {
  switch (trust) {
    case Trust::markup: return "the mark-up";
    case Trust::library: return "the library record";
    case Trust::table: return "the table";
    case Trust::text: return format == "jsonl" ? "the line" : "the text";
  }
  return "";
}

std::string shown(const std::string& value) { return value; }
std::string shown(const std::vector<std::string>& list) {
  std::string out;
  for (const auto& s : list) out += (out.empty() ? "" : ", ") + s;
  return out;
}

// Told once, though several rows may say the same.
void warn_of_disagreement(Document& d, const char* field, Trust believed, const std::string& says, Trust other, const std::string& otherwise) {
  warn(d.warnings, {WarningCode::sources_disagree, {field, name_of(believed, d.format), says, name_of(other, d.format), otherwise}});
}

// Acclamation is a way of adopting without a vote, unanimity a result of a recorded one.
bool agree(VoteOutcome a, VoteOutcome b) {
  const auto kind = [](VoteOutcome o) {
    return o == VoteOutcome::acclamation ? VoteOutcome::without_vote : o == VoteOutcome::unanimous ? VoteOutcome::recorded : o;
  };
  return kind(a) == kind(b);
}

// One value of several sources.
template <typename Value>
struct Said {
  Trust trust;
  const Value* value;
};

// The value of the most trusted source that has one; a warning for every other that differs.
template <typename Value, typename Same>
Value choose(Document& d, const char* field, const std::vector<Said<Value>>& all, Same&& same) {
  const Said<Value>* best = nullptr;
  for (const auto& s : all)
    if (!s.value->empty() && (!best || s.trust > best->trust)) best = &s;
  if (!best) return {};
  for (const auto& s : all)
    if (&s != best && !s.value->empty() && !same(*s.value, *best->value))
      warn_of_disagreement(d, field, best->trust, shown(*best->value), s.trust, shown(*s.value));
  return *best->value;
}

void add_missing(std::vector<std::string>& to, const std::vector<std::string>& from) {
  for (const auto& s : from)
    if (std::find(to.begin(), to.end(), s) == to.end()) to.push_back(s);
}

std::string shown_vote(const Vote& v) {
  auto n = print_votes(v);
  if (!v.outcome) return n;
  return std::string(print_outcome(*v.outcome)) + (n.empty() ? "" : " " + n);
}

// The outcome and the counts come from one source, the list of voters from the best that has it.
Vote join_votes(Document& d, const std::vector<Said<Vote>>& all) {
  const Said<Vote>* best = nullptr;
  const Said<Vote>* list = nullptr;
  for (const auto& s : all) {
    if ((s.value->outcome || s.value->yes) && (!best || s.trust > best->trust)) best = &s;
    if (!s.value->voters.empty() && (!list || s.trust > list->trust)) list = &s;
  }
  Vote out = best ? *best->value : Vote{};
  for (const auto& s : all) {
    if (!best || &s == best || s.value->empty()) continue;
    const Vote& other = *s.value;
    const bool outcomes = out.outcome && other.outcome && !agree(*out.outcome, *other.outcome);
    const bool numbers = best->value->yes && other.yes && print_votes(*best->value) != print_votes(other);
    if (outcomes || numbers) warn_of_disagreement(d, "vote", best->trust, shown_vote(*best->value), s.trust, shown_vote(other));
    // "Recorded" alone, and another source that counted.
    else if (!out.yes && other.yes && (!out.outcome || out.outcome == other.outcome)) {
      out.yes = other.yes;
      out.no = other.no;
      out.abstain = other.abstain;
    }
  }
  if (out.voters.empty() && list) out.voters = list->value->voters;
  return out;
}

bool has_word(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

}  // namespace

Metadata metadata_of(const Document& d) {
  return {d.title, d.date, d.session, d.meeting, d.agenda, d.committee, d.subjects, d.drafts, d.vote, d.warnings, d.sponsors, d.additional_sponsors};
}

void restore(Document& d, const Metadata& own) {
  d.title = own.title;
  d.date = own.date;
  d.session = own.session;
  d.meeting = own.meeting;
  d.agenda = own.agenda;
  d.committee = own.committee;
  d.subjects = own.subjects;
  d.drafts = own.drafts;
  d.sponsors = own.sponsors;
  d.additional_sponsors = own.additional_sponsors;
  d.vote = own.vote;
  d.warnings = own.warnings;
}

void join(Document& d, const std::vector<const Record*>& records) {
  const Metadata own = metadata_of(d);
  const Trust trust = d.format == "akn" ? Trust::markup : Trust::text;
  std::vector<const Record*> ordered = records;
  std::stable_sort(ordered.begin(), ordered.end(), [](const Record* a, const Record* b) { return a->trust > b->trust; });
  const auto strings = [&](std::string Metadata::*member) {
    std::vector<Said<std::string>> all = {{trust, &(own.*member)}};
    for (const auto* r : ordered) all.push_back({r->trust, &(r->data.*member)});
    return all;
  };
  const auto equal = [](const auto& a, const auto& b) { return a == b; };
  d.date = choose<std::string>(d, "date", strings(&Metadata::date), equal);
  d.meeting = choose<std::string>(d, "meeting", strings(&Metadata::meeting), equal);
  std::vector<Said<std::vector<std::string>>> agenda = {{trust, &own.agenda}};
  std::vector<Said<Vote>> votes = {{trust, &own.vote}};
  for (const auto* r : ordered) {
    // A topic in words and an item's number name one thing in two ways.
    const bool words = !r->data.agenda.empty() && !is_digit(r->data.agenda[0][0]);
    if (!words || own.agenda.empty() || !is_digit(own.agenda[0][0])) agenda.push_back({r->trust, &r->data.agenda});
    votes.push_back({r->trust, &r->data.vote});
    if (d.title.empty() && r->lang == d.lang) d.title = r->data.title;
    if (d.session.empty()) d.session = r->data.session;
    if (d.committee.empty()) d.committee = r->data.committee;
    add_missing(d.subjects, r->data.subjects);
    add_missing(d.drafts, r->data.drafts);
    if (d.sponsors.empty()) d.sponsors = r->data.sponsors;
    if (d.additional_sponsors.empty()) d.additional_sponsors = r->data.additional_sponsors;
  }
  d.agenda = choose<std::vector<std::string>>(d, "agenda", agenda, [](std::vector<std::string> a, std::vector<std::string> b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
  });
  d.vote = join_votes(d, votes);
}

void conclude_vote(Vote& vote, Body body) {
  if (vote.outcome || !vote.yes) return;
  const bool all = vote.no.value_or(0) == 0 && vote.abstain.value_or(0) == 0;
  vote.outcome = body == Body::sc && all && *vote.yes >= 11 ? VoteOutcome::unanimous : VoteOutcome::recorded;
}

Vote find_vote(std::string_view text, Body body) {
  Vote vote;
  const std::string s = lowered(ascii_fold(text));
  // The first triple of counts, "14-0-1": not a part of a longer chain of numbers.
  for (size_t i = 0; i < s.size() && !vote.yes;) {
    if (!is_digit(s[i])) {
      ++i;
      continue;
    }
    int n[3] = {0, 0, 0};
    size_t k = i, parts = 0;
    for (; parts < 3; ++parts) {
      const size_t from = k;
      while (k < s.size() && is_digit(s[k])) ++k;
      if (k == from || k - from > 3) break;
      n[parts] = std::stoi(s.substr(from, k - from));
      if (parts < 2) {
        if (k >= s.size() || s[k] != '-') break;
        ++k;
      }
    }
    const bool edge = i == 0 || !(is_alnum(s[i - 1]) || s[i - 1] == '-' || s[i - 1] == '/');
    if (parts == 3 && edge && (k >= s.size() || (!is_digit(s[k]) && s[k] != '-'))) {
      vote.yes = n[0];
      vote.no = n[1];
      vote.abstain = n[2];
    }
    i = std::max(k, i + 1);
    while (i < s.size() && is_digit(s[i])) ++i;
  }
  if (has_word(s, "not adopted") || has_word(s, "vetoed") || has_word(s, "rejected") || has_word(s, "未获通过") || has_word(s, "否决"))
    vote.outcome = VoteOutcome::not_adopted;
  else if (has_word(s, "acclamation") || has_word(s, "鼓掌"))
    vote.outcome = VoteOutcome::acclamation;
  else if (has_word(s, "without a vote") || has_word(s, "without vote") || has_word(s, "consensus") || has_word(s, "未经表决"))
    vote.outcome = VoteOutcome::without_vote;
  else if (has_word(s, "unanimous") || has_word(s, "一致"))
    vote.outcome = VoteOutcome::unanimous;
  else if (has_word(s, "recorded") || has_word(s, "记录表决"))
    vote.outcome = VoteOutcome::recorded;
  conclude_vote(vote, body);
  return vote;
}

nlohmann::json print_metadata(const Metadata& m) {
  auto o = nlohmann::json::object();
  const auto put = [&](const char* key, const auto& value) {
    if (!value.empty()) o[key] = value;
  };
  put("title", m.title);
  put("date", m.date);
  put("session", m.session);
  put("meeting", m.meeting);
  put("agenda", m.agenda);
  put("committee", m.committee);
  put("subjects", m.subjects);
  put("drafts", m.drafts);
  put("sponsors", m.sponsors);
  put("additional_sponsors", m.additional_sponsors);
  std::vector<std::string> warnings;
  for (const auto& w : m.warnings) warnings.push_back(encode_warning(w));
  put("warnings", warnings);
  put("voters", m.vote.voters);
  if (m.vote.outcome) o["outcome"] = print_outcome(*m.vote.outcome);
  if (m.vote.yes) o["yes"] = *m.vote.yes;
  if (m.vote.no) o["no"] = *m.vote.no;
  if (m.vote.abstain) o["abstain"] = *m.vote.abstain;
  return o;
}

Metadata parse_metadata(const nlohmann::json& o) {
  Metadata m;
  const auto take = [&](const char* key, auto& value) {
    if (const auto it = o.find(key); it != o.end()) it->get_to(value);
  };
  const auto count = [&](const char* key, std::optional<int>& value) {
    if (const auto it = o.find(key); it != o.end()) value = it->get<int>();
  };
  take("title", m.title);
  take("date", m.date);
  take("session", m.session);
  take("meeting", m.meeting);
  take("agenda", m.agenda);
  take("committee", m.committee);
  take("subjects", m.subjects);
  take("drafts", m.drafts);
  take("sponsors", m.sponsors);
  take("additional_sponsors", m.additional_sponsors);
  std::vector<std::string> warnings;
  take("warnings", warnings);
  for (const auto& w : warnings) m.warnings.push_back(decode_warning(w));
  take("voters", m.vote.voters);
  if (const auto it = o.find("outcome"); it != o.end()) m.vote.outcome = parse_outcome(it->get<std::string>());
  count("yes", m.vote.yes);
  count("no", m.vote.no);
  count("abstain", m.vote.abstain);
  return m;
}

nlohmann::json print_record(const Record& r) {
  auto o = print_metadata(r.data);
  o["symbol"] = r.symbol;
  o["trust"] = static_cast<int>(r.trust);
  if (r.lang) o["lang"] = print_language(*r.lang);
  return o;
}

Record parse_record(const nlohmann::json& o) {
  Record r;
  r.data = parse_metadata(o);
  r.symbol = o.at("symbol").get<std::string>();
  r.trust = o.at("trust").get<int>() == static_cast<int>(Trust::table) ? Trust::table : Trust::library;
  if (const auto it = o.find("lang"); it != o.end()) r.lang = parse_language(it->get<std::string>());
  return r;
}

}  // namespace resolute::indexer
