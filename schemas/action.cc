#include "schemas/action.h"

#include <algorithm>
#include <array>
#include <vector>

#include "schemas/symbol.h"

namespace resolute {
namespace {

constexpr Action kActions[] = {
    {"acknowledges", "Acknowledges", "承认", "acknowledges|acknowledging|acknowledge", "承认|肯定|知悉"},
    {"acting", "Acting", "采取行动", "acting", "根据《联合国宪章》第七章采取行动|采取行动|依照|按照"},
    {"adopts", "Adopts", "通过", "adopts|adopting|adopted", "通过"},
    {"affirms", "Affirms", "申明", "affirms|affirming|affirm", "申明"},
    {"agrees", "Agrees", "商定", "agrees|agreeing", "商定|同意"},
    {"appeals", "Appeals", "呼吁", "appeals|appealing|appeal", ""},
    {"appoints", "Appoints", "任命", "appoints|appointed", "任命"},
    {"appreciates", "Expresses appreciation", "表示赞赏",
     "expresses its appreciation|expressing its appreciation|expresses appreciation|expressing appreciation|expresses its deep appreciation|expresses its "
     "gratitude|expresses gratitude|expressing gratitude|expressing its gratitude|appreciates|appreciating|thanks|thanking",
     "表示赞赏|表示感谢|表示深切感谢|感谢|赞赏"},
    {"appropriates", "Appropriates", "批款", "appropriates", "批款|追加批款|核定批款|决定批款"},
    {"approves", "Approves", "核准", "approves|approving|approved", "核准|批准|核可"},
    {"authorizes", "Authorizes", "授权", "authorizes|authorizing|authorises", "授权"},
    {"aware", "Aware", "意识到", "aware|conscious|mindful|cognizant", "意识到|念及|深知"},
    {"bearing-in-mind", "Bearing in mind", "铭记", "bearing in mind|bears in mind|keeping in mind", "铭记"},
    {"believes", "Believes", "相信", "believes|believing|convinced|expresses its conviction|expressing its conviction|expresses its belief",
     "相信|深信|坚信|认为"},
    {"calls-for", "Calls for", "呼吁",
     "calls for|calling for|reiterates its call for|reiterating its call for|renews its call for|reiterates its call|renews its call|calls once again "
     "for|calls again for|calls",
     "呼吁"},
    {"calls-upon", "Calls upon", "促请",
     "calls upon|calling upon|calls on|calling on|call upon|reiterates its call upon|reiterates its call on|reiterates its call to|reiterating its call "
     "upon|reiterating its call on|reiterating its call to|reiterates its calls upon|renews its call upon|renews its call to|renews its call on|calls once "
     "again upon|calls once more upon|calls again upon|calls, in this regard, upon|calls once again on|calls again on",
     "吁请|促请"},
    {"commends", "Commends", "赞扬", "commends|commending|commend", "赞扬|表扬|嘉许"},
    {"concerned", "Expresses concern", "表示关切",
     "concerned|expresses concern|expressing concern|expresses its concern|expressing its concern|alarmed|disturbed|expresses its grave concern|expressing its "
     "grave concern|expresses grave concern|expressing grave concern|expresses deep concern|expressing deep concern|expresses its deep concern|expressing its "
     "deep concern|expresses serious concern|expressing serious concern|expresses its serious concern|expresses alarm|expressing alarm|reiterates its "
     "concern|reiterates its grave concern|reiterates its serious concern|reiterates its deep concern|reiterating its concern|reiterating its grave "
     "concern|reiterating its serious concern|reiterating its deep concern|remains concerned|remains deeply concerned|remains gravely concerned|remains "
     "seriously concerned",
     "表示关切|关切|表示深为关切|表示严重关切|深为关切|严重关切|表示震惊|感到震惊|感到关切|感到不安|震惊|深表关切|仍深为关切|仍然深为关切|仍然关切|日益关切|"
     "表示极其关切|表示尤为关切|表示特别关切|深感关切|极为关切"},
    {"concurs", "Concurs", "赞同", "concurs|concurring", ""},
    {"condemns", "Condemns", "谴责",
     "condemns|condemning|condemn|reiterates its condemnation|reiterates its strong condemnation|reiterating its condemnation|reiterating its strong "
     "condemnation|denounces",
     "谴责|斥责"},
    {"confirms", "Confirms", "确认", "confirms|confirming|confirmed|reconfirms", ""},
    {"considering", "Considering", "考虑到",
     "considering|considers|having considered|having examined|having reviewed|having received|taking into account|taking into consideration|takes into account",
     "考虑到|审议了|审查了|审议|考虑|收到|认为必须"},
    {"congratulates", "Congratulates", "祝贺", "congratulates|congratulating", "祝贺"},
    {"decides", "Decides", "决定", "decides|deciding|decide|decided", "决定|兹决定"},
    {"declares", "Declares", "宣布", "declares|declaring|proclaims|proclaiming|solemnly declares", "宣布|宣告|庄严宣告|宣言"},
    {"demands", "Demands", "要求", "demands|demanding|demand|requires|reiterates its demand|reiterating its demand", "强烈要求|要求"},
    {"deplores", "Deplores", "痛惜", "deplores|deploring|deplore", "痛惜|痛斥|深表痛惜"},
    {"designates", "Designates", "指定", "designates|designating", "指定"},
    {"determined", "Determined", "决心", "determined|resolved|resolves|determines to|expressing its determination|expresses its determination",
     "决心|决意|下定决心"},
    {"determines", "Determines", "认定", "determining|determines", "认定|断定"},
    {"draws-attention", "Draws attention", "提请注意", "draws attention|draws the attention|drawing attention|calls attention", "提请|促请注意"},
    {"elects", "Elects", "选举", "elects|elected", "选举"},
    {"encourages", "Encourages", "鼓励", "encourages|encouraging|encourage", "鼓励"},
    {"endorses", "Endorses", "认可", "endorses|endorsing|endorsed|reiterates its endorsement", "认可|赞同"},
    {"establishes", "Establishes", "设立", "establishes|establishing", "设立"},
    {"expects", "Expects", "期望", "expects|expecting", "期望|期待"},
    {"extends", "Extends", "延长", "extends|extending", "延长"},
    {"guided", "Guided by", "遵循", "guided|being guided", "遵循|依循"},
    {"hopes", "Hopes", "希望", "hopes|hoping|expresses the hope|expresses its hope|expressing the hope|expressing its hope", "希望|表示希望"},
    {"instructs", "Instructs", "指示", "instructs|directs", "指示|责成"},
    {"intends", "Expresses its intention", "表示打算",
     "expresses its intention|expressing its intention|expresses its readiness|expresses its willingness|intends",
     "表示打算|打算|表示愿意|表示随时准备|表示准备"},
    {"invites", "Invites", "邀请", "invites|inviting|invite|reiterates its invitation|renews its invitation|reiterates the invitation", "邀请"},
    {"looks-forward", "Looks forward", "期待", "looks forward|looking forward", "期待着"},
    {"notes", "Notes", "注意到", "notes|noting|note|observes|observing|having noted",
     "注意到|指出|获悉|察知|欣慰地注意到|赞赏地注意到|满意地注意到|关切地注意到"},
    {"notes-taking", "Takes note", "表示注意到", "takes note|taking note|take note|took note|takes notes", "表示注意到|表示赞赏地注意到"},
    {"pays-tribute", "Pays tribute", "赞扬", "pays tribute|paying tribute|salutes|honouring", "致敬|赞颂"},
    {"pledges", "Pledges", "保证", "pledges|commits|committed|recommits", "承诺|保证|表示致力于|致力于"},
    {"reaffirms", "Reaffirms, reiterates", "重申", "reaffirms|reaffirming|reaffirm|reiterates|reiterating|reiterate|repeats", "重申|再次重申"},
    {"recalls", "Recalls", "回顾", "recalls|recalling|recall|having recalled", "回顾|回顾到|忆及"},
    {"recognizes", "Recognizes", "认识到", "recognizes|recognizing|recognises|recognising|recognize", "认识到|确认|公认"},
    {"recommends", "Recommends", "建议", "recommends|recommending|recommended", "建议"},
    {"regrets", "Regrets", "遗憾", "regrets|regretting|expresses regret|expresses its regret|expressing regret|expresses its deep regret|deeply regretting",
     "遗憾|表示遗憾|感到遗憾|深感遗憾|遗憾地注意到"},
    {"rejects", "Rejects", "拒绝", "rejects|rejecting", "拒绝|摒弃|反对"},
    {"reminds", "Reminds", "提醒", "reminds|reminding|remind", "提醒"},
    {"renews", "Renews", "延长", "renews|renewing", "再次延长"},
    {"requests", "Requests", "请",
     "requests|requesting|request|requested|reiterates its request|reiterating its request|repeats its request|renews its request", "请"},
    {"seized", "Remains seized", "继续处理",
     "remains seized|decides to remain seized|remains actively seized|decides to remain actively seized|decides to continue to be seized",
     "继续处理此案|决定继续处理此案|决定继续积极处理此案|决定继续处理此事|决定继续积极处理此事|决定继续处理这一事项|决定继续积极处理这一事项|决定仍处理此案"},
    {"solidarity", "Expresses solidarity", "表示声援", "expresses its solidarity|expresses solidarity|expressing solidarity|expressing its solidarity",
     "表示声援"},
    {"stresses", "Stresses", "强调", "stresses|stressing|stress|emphasizes|emphasizing|emphasises|emphasising|emphasize|re-emphasizes|re-emphasizing",
     "强调|强调指出"},
    {"suggests", "Suggests", "提议", "suggests|proposes", "提议"},
    {"support", "Expresses support", "表示支持",
     "supports|supporting|expresses its support|expresses its full support|expresses support|expressing its support|expressing its full support|expressing "
     "support",
     "表示支持|支持|表示全力支持|表示完全支持|表示坚决支持|表示大力支持"},
    {"transmits", "Transmits", "转交", "transmits|forwards", "转交|转递"},
    {"underlines", "Underlines", "着重指出", "underlines|underlining|underscores|underscoring|highlights|highlighting",
     "特别指出|突出强调|重点指出|凸显|着意指出|着重指出|着重"},
    {"urges", "Urges", "敦促", "urges|urging|urge", "敦促|促使"},
    {"warns", "Warns", "警告", "warns|warning", "警告"},
    {"welcomes", "Welcomes", "欢迎", "welcomes|welcoming|welcome", "欢迎|欣见|欣慰"},
};

// Words that may stand before the action and do not change it.
constexpr std::array kEnLeads = {"also ",
                                 "further ",
                                 "furthermore ",
                                 "strongly ",
                                 "deeply ",
                                 "gravely ",
                                 "seriously ",
                                 "once again ",
                                 "again ",
                                 "solemnly ",
                                 "urgently ",
                                 "firmly ",
                                 "fully ",
                                 "profoundly ",
                                 "particularly ",
                                 "reaffirming also ",
                                 "unequivocally ",
                                 "categorically ",
                                 "warmly ",
                                 "hereby ",
                                 "therefore ",
                                 "in this regard, ",
                                 "in this regard ",
                                 "in this context, ",
                                 "extremely ",
                                 "greatly ",
                                 "especially ",
                                 "equally ",
                                 "keenly ",
                                 "highly ",
                                 "always ",
                                 "reiterating and ",
                                 "having ",
                                 "being ",
                                 "the security council ",
                                 "the council ",
                                 "the general assembly ",
                                 "the assembly ",
                                 "we ",
                                 "remains ",
                                 "continues to ",
                                 "formally ",
                                 "once more ",
                                 "accordingly ",
                                 "in this connection, ",
                                 "without reservation "};
constexpr std::array kZhLeads = {"又",   "还",         "再次",     "再度", "进一步", "并",   "也",   "强烈",       "深",   "深切", "严重",
                                 "极为", "最强烈地",   "最强烈",   "坚决", "断然",   "郑重", "庄严", "紧急",       "迫切", "特别", "同样",
                                 "仍然", "在这方面",   "在此方面", "为此", "就此",   "因此", "继续", "兹",         "衷心", "热烈", "充分",
                                 "高度", "十分",       "非常",     "表示", "大力",   "我们", "正式", "毫无保留",   "依然", "仍",   "尤其",
                                 "“",    "安全理事会", "安理会",   "大会", "，",     "深为", "最",   "毫不含糊地", "明确", "愿",   "更"};

struct Form {
  std::string text;
  const Action* action;
};

// By their first byte.
using Forms = std::array<std::vector<Form>, 256>;

Forms forms(bool zh) {
  Forms out;
  for (const auto& a : kActions) {
    std::string_view rest = zh ? a.zh_forms : a.en_forms;
    while (!rest.empty()) {
      const size_t bar = rest.find('|');
      out[static_cast<unsigned char>(rest[0])].push_back({std::string(rest.substr(0, bar)), &a});
      rest = bar == std::string_view::npos ? std::string_view{} : rest.substr(bar + 1);
    }
  }
  // The longest form wins: "takes note" before "takes".
  for (auto& list : out) std::stable_sort(list.begin(), list.end(), [](const Form& a, const Form& b) { return a.text.size() > b.text.size(); });
  return out;
}

// Whether 地 at the start of `s` makes an adverb of what stands before: not in 地区, 地中海 and the like.
bool ends_adverb(std::string_view s) {
  if (!s.starts_with("地")) return false;
  for (const std::string_view noun : {"区", "方", "位", "面", "球", "点", "雷", "域", "理", "震", "中", "带", "缘"})
    if (s.substr(3).starts_with(noun)) return false;
  return true;
}

// "满意地", "深为关切地": an adverb in front of the verb, up to seven characters and 地. Its bytes, else 0.
size_t adverb_bytes(std::string_view s) {
  for (size_t i = 0; i + 3 <= s.size() && i <= 21; i += 3) {
    if (!(s[i] & 0x80)) return 0;
    const auto c = s.substr(i, 3);
    if (c == "，" || c == "、" || c == "。") return 0;
    if (c != "地" || i < 6) continue;
    return ends_adverb(s.substr(i)) ? i + 3 : 0;
  }
  return 0;
}

// "Expresses its continued support", "表示极其关切": by the noun that the verb governs; nullptr where none is known.
const char* expressed(std::string_view s, bool zh) {
  struct Noun {
    std::string_view text;
    const char* id;
  };
  static constexpr std::array kEn = {Noun{"concern", "concerned"},
                                     Noun{"alarm", "concerned"},
                                     Noun{"dismay", "concerned"},
                                     Noun{"appreciation", "appreciates"},
                                     Noun{"gratitude", "appreciates"},
                                     Noun{"thanks", "appreciates"},
                                     Noun{"support", "support"},
                                     Noun{"solidarity", "solidarity"},
                                     Noun{"sympathy", "solidarity"},
                                     Noun{"condolences", "solidarity"},
                                     Noun{"hope", "hopes"},
                                     Noun{"regret", "regrets"},
                                     Noun{"conviction", "believes"},
                                     Noun{"belief", "believes"},
                                     Noun{"confidence", "believes"},
                                     Noun{"determination", "determined"},
                                     Noun{"resolve", "determined"},
                                     Noun{"commitment", "pledges"},
                                     Noun{"intention", "intends"},
                                     Noun{"intent", "intends"},
                                     Noun{"readiness", "intends"},
                                     Noun{"willingness", "intends"},
                                     Noun{"satisfaction", "welcomes"},
                                     Noun{"condemnation", "condemns"},
                                     Noun{"expectation", "expects"}};
  static constexpr std::array kZh = {Noun{"关切", "concerned"},   Noun{"震惊", "concerned"},   Noun{"不安", "concerned"}, Noun{"赞赏", "appreciates"},
                                     Noun{"感谢", "appreciates"}, Noun{"谢意", "appreciates"}, Noun{"支持", "support"},   Noun{"声援", "solidarity"},
                                     Noun{"同情", "solidarity"},  Noun{"慰问", "solidarity"},  Noun{"希望", "hopes"},     Noun{"遗憾", "regrets"},
                                     Noun{"深信", "believes"},    Noun{"信任", "believes"},    Noun{"相信", "believes"},  Noun{"决心", "determined"},
                                     Noun{"打算", "intends"},     Noun{"愿意", "intends"},     Noun{"准备", "intends"},   Noun{"满意", "welcomes"},
                                     Noun{"欢迎", "welcomes"},    Noun{"谴责", "condemns"}};
  // "向……致敬": what is done to whom.
  static constexpr std::array kTowards = {Noun{"致敬", "pays-tribute"}, Noun{"敬意", "pays-tribute"}, Noun{"强调", "stresses"},  Noun{"感谢", "appreciates"},
                                          Noun{"谢意", "appreciates"},  Noun{"慰问", "solidarity"},   Noun{"同情", "solidarity"}};
  if (zh && s.starts_with("向")) {
    const auto clause = s.substr(0, std::min(s.find("，"), s.size()));
    for (const auto& noun : kTowards)
      if (clause.find(noun.text) != std::string_view::npos) return noun.id;
    return nullptr;
  }
  if (zh) {
    if (!s.starts_with("表示")) return nullptr;
    const auto words = s.substr(6, 21);
    const auto clause = words.substr(0, std::min(words.find("，"), words.size()));
    for (const auto& noun : kZh)
      if (clause.find(noun.text) != std::string_view::npos) return noun.id;
    return nullptr;
  }
  if (!s.starts_with("expresses ") && !s.starts_with("expressing ")) return nullptr;
  size_t at = s.find(' ');
  for (int word = 0; word < 6 && at < s.size(); ++word) {
    const size_t end = std::min(s.find_first_of(" ,;.", at + 1), s.size());
    for (const auto& noun : kEn)
      if (s.substr(at + 1, end - at - 1) == noun.text) return noun.id;
    at = end;
  }
  return nullptr;
}

bool begins_with_form(std::string_view s, const Forms& forms) {
  if (s.empty()) return false;
  const auto& list = forms[static_cast<unsigned char>(s[0])];
  return std::any_of(list.begin(), list.end(), [&](const Form& f) { return s.starts_with(f.text); });
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

std::span<const Action> actions() { return kActions; }

const Action* action_of(std::string_view id) {
  for (const auto& a : kActions)
    if (id == a.id) return &a;
  return nullptr;
}

std::string find_action(std::string_view text, bool zh) {
  static const auto en = forms(false), han = forms(true);
  std::string head = ascii_fold(text.substr(0, 240));
  if (head.size() > 160) head.resize(160);
  for (char& c : head)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  std::string_view rest = head;
  const auto trim = [&] {
    for (;;) {
      if (!rest.empty() && (rest[0] == ' ' || rest[0] == '"' || rest[0] == '\''))
        rest.remove_prefix(1);
      else if (rest.starts_with("“") || rest.starts_with("‘") || rest.starts_with("「"))
        rest.remove_prefix(3);
      else
        return;
    }
  };
  bool says = false;  // 表示 stood in front of an adverb
  for (int step = 0; step < 6; ++step) {
    trim();
    bool moved = false;
    if (rest.empty()) return "";
    for (const auto& form : (zh ? han : en)[static_cast<unsigned char>(rest[0])]) {
      if (!rest.starts_with(form.text) || !(zh || rest.size() == form.text.size() || !letter(rest[form.text.size()]))) continue;
      // "关切地注意到" notes; the concern is how.
      if (zh && ends_adverb(rest.substr(form.text.size()))) {
        says |= form.text.starts_with("表示");
        rest.remove_prefix(form.text.size() + 3);
        moved = true;
        break;
      }
      const std::string_view id = form.action->id;
      return says && id == "notes" ? "notes-taking" : std::string(id);
    }
    if (moved) continue;
    if (zh) {
      if (const size_t adverb = adverb_bytes(rest); adverb && begins_with_form(rest.substr(adverb), han)) {
        says |= rest.substr(0, adverb).find("表示") != std::string_view::npos;
        rest.remove_prefix(adverb);
        continue;
      }
    }
    if (const char* id = expressed(rest, zh)) return id;
    if (zh) {
      for (const std::string_view lead : kZhLeads)
        if (rest.starts_with(lead)) {
          rest.remove_prefix(lead.size());
          moved = true;
          break;
        }
    } else {
      for (const std::string_view lead : kEnLeads)
        if (rest.starts_with(lead)) {
          rest.remove_prefix(lead.size());
          moved = true;
          break;
        }
    }
    if (!moved) return "";
  }
  return "";
}

}  // namespace resolute
