// Every wording of the pages, in both languages of the interface: THE table. {} stands for what varies.
#pragma once

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace resolute::http {

struct Wording {
  std::string_view key, en, zh;
};

inline constexpr Wording kWordings[] = {
    // The frame.
    {"search", "Search", "搜索"},
    {"placeholder", "Words, “an exact phrase”, or a symbol", "词语、“精确短语”或文号"},
    {"skip", "Skip to content", "跳到正文"},
    {"skip-results", "Skip to results", "跳到搜索结果"},
    {"page-language", "Language of this page", "页面语言"},
    {"places", "Parts of this site", "站点栏目"},
    {"you-are-here", "You are here", "当前位置"},
    {"browse", "Browse resolutions", "浏览决议"},
    {"agreed-language", "Agreed language", "议定措辞（先例）"},
    {"help", "Help with searching", "搜索帮助"},
    {"about", "About this collection", "关于本文库"},
    {"unofficial", "Unofficial copies for information. The official texts are those issued by the United Nations.",
     "非正式文本，仅供参考。正式文本以联合国印发的文本为准。"},
    {"key-hint", "Press / to search", "按 / 键搜索"},
    {"english", "English", "英文"},
    {"chinese", "Chinese", "中文"},
    {"both", "Both", "对照"},
    {"text-language", "Language of the texts", "文本语言"},
    {"copied", "Copied", "已复制"},
    {"loading", "Loading …", "正在载入……"},
    {"failed", "That could not be loaded. Please try again.", "未能载入，请重试。"},
    {"start-page", "Start page", "首页"},
    {"not-there", "There is nothing at this address", "此地址没有内容"},
    {"not-now", "The collection cannot be read now. Please try again in a moment.", "暂时无法读取文库，请稍后再试。"},
    {"not-understood", "The request could not be understood", "无法理解此请求"},
    {"parameter", "Parameter: {}", "参数：{}"},
    // The start page.
    {"tagline", "Search the resolutions of the United Nations, paragraph by paragraph, in Chinese and English", "逐段检索联合国决议，中英文对照"},
    {"try", "Try", "试一试"},
    {"example-1", "“climate change”", "维持和平行动"},
    {"example-2", "S/RES/1325", "第1325号决议"},
    {"example-3", "women NEAR/5 peacekeeping", "“发展权”"},
    {"way-search", "Open by number", "输入文号即可打开"},
    {"way-search-text", "In any spelling: 79/7, UNSCR 1325, A/RES/79/7, para. 3.", "任何写法均可：79/7、安理会第1325号决议、A/RES/79/7第3段。"},
    {"way-draft-text", "Paste a draft: where was each paragraph’s wording agreed before, what differs, and how does it read in the other language?",
     "粘贴案文草稿：每一段措辞曾在何处议定、有何不同、另一种语言如何表述？"},
    {"way-browse-text", "By organ, session, committee and year.", "按机关、届会、委员会和年份。"},
    {"index-size", "{} documents, {} paragraphs", "{} 份文件，{} 个段落"},
    // Results.
    {"results", "Search results", "搜索结果"},
    {"results-for", "{} – search results", "{} – 搜索结果"},
    {"results-description", "Resolutions of the United Nations: {}", "联合国决议：{}"},
    {"all-resolutions", "All resolutions", "全部决议"},
    {"one-document", "{} document", "{} 份文件"},
    {"n-documents", "{} documents", "{} 份文件"},
    {"one-paragraph", "{} paragraph", "{} 个段落"},
    {"n-paragraphs", "{} paragraphs", "{} 个段落"},
    {"in-one-resolution", "in {} resolution", "出自 {} 份决议"},
    {"in-n-resolutions", "in {} resolutions", "出自 {} 份决议"},
    {"with-one-paragraph", "with {} matching paragraph", "含 {} 个相符段落"},
    {"with-n-paragraphs", "with {} matching paragraphs", "含 {} 个相符段落"},
    {"show", "Show", "显示"},
    {"paragraphs", "Paragraphs", "段落"},
    {"resolutions", "Resolutions", "决议"},
    {"sort", "Sort by", "排序"},
    {"by-relevance", "Relevance", "相关度"},
    {"newest", "Newest", "最新"},
    {"oldest", "Oldest", "最早"},
    {"most-cited", "Most cited", "被引最多"},
    {"filters", "Filters", "筛选"},
    {"apply-filters", "Show results", "显示结果"},
    {"adopted", "Adopted", "通过日期"},
    {"from", "From", "起始"},
    {"to", "To", "截止"},
    {"from-day", "from {}", "自{}"},
    {"until-day", "until {}", "至{}"},
    {"cited-by-n", "Cited by {}", "被引 {} 次"},
    {"cites-x", "cites {}", "引用{}"},
    {"symbol-x", "symbol {}", "文号{}"},
    {"not-x", "not {}", "非{}"},
    {"include", "include", "包含"},
    {"exclude", "exclude", "排除"},
    {"include-x", "Include {} instead", "改为包含{}"},
    {"exclude-x", "Exclude {} instead", "改为排除{}"},
    {"remove-filter", "Remove filter: {}", "去掉筛选条件：{}"},
    {"chosen-filters", "Chosen filters", "已选筛选条件"},
    {"clear", "Clear all", "全部清除"},
    {"more-values", "Show {} more", "再显示 {} 项"},
    {"take-along", "Export", "导出"},
    {"source-file", "The file that was read", "所读取的原始文件"},
    {"did-you-mean", "Did you mean", "您要找的是不是"},
    {"related", "Related searches", "相关搜索"},
    {"quoted", "“{}”", "“{}”"},
    {"repeat-one", "{} similar use, in this collection since {}", "另有 {} 处类似措辞，本文库最早见于 {} 年"},
    {"repeats", "{} similar uses, in this collection since {}", "另有 {} 处类似措辞，本文库最早见于 {} 年"},
    {"paragraphs-match", "All {} matching paragraphs", "全部 {} 个相符段落"},
    {"nothing-found", "Nothing found", "没有找到"},
    {"none-help", "Fewer words, no quotation marks or fewer filters will find more.", "减少词语、去掉引号或减少筛选条件，可以找到更多。"},
    {"without-filters", "Search without filters", "去掉筛选条件重新搜索"},
    {"without-quotes", "Search without quotation marks", "去掉引号重新搜索"},
    {"wording-nearly", "The same wording with small differences may be there:", "可能有略有不同的措辞："},
    {"results-n-to-m", "Results {} to {}.", "第 {} 至 {} 条结果。"},
    {"first-page", "First page", "第一页"},
    {"left-out", "“{}” was left out:", "“{}”已略去："},
    {"state", "Member State", "会员国"},
    {"voted", "Voted", "投票"},
    {"voted-any", "in any way", "任何投票"},
    {"apply", "Apply", "应用"},
    {"none-has-all", "None has all the words;", "没有段落含全部词语；"},
    {"have-some", "have some of them, closest first", "含其中一些，按接近程度排列"},
    {"votes-held", "Counted among the documents of this collection, which lacks some.", "仅统计本文库收录的文件，部分决议未收录。"},
    {"dates-turned", "The dates were the wrong way round, and were turned.", "起止日期先后颠倒，已对调。"},
    {"more-results", "More results", "更多结果"},
    {"printed-from", "Resolute: {}. Collection as of revision {}. Unofficial copies; the official texts are those issued by the United Nations.",
     "Resolute：{}。文库版本 {}。非正式文本；正式文本以联合国印发的文本为准。"},
    // Facets.
    {"organ", "Organ", "机关"},
    {"committee", "Committee", "委员会"},
    {"concerns", "Body concerned", "所涉机构"},
    {"type", "Type", "文件类型"},
    {"cover-page", "Cover page", "封面"},
    {"language", "Language", "语言"},
    {"year", "Year", "年份"},
    {"session", "Session", "届会"},
    {"meeting", "Meeting", "会议"},
    {"meeting-n", "meeting {}", "第{}次会议"},
    {"agenda-item", "Agenda item", "议程项目"},
    {"subjects", "Subjects", "主题"},
    {"kind", "Kind of paragraph", "段落类型"},
    {"opening-verb", "Opening verb", "段首用语"},
    {"vote", "Vote", "表决"},
    {"voter", "How a State voted", "会员国如何投票"},
    {"how-adopted", "How adopted", "通过方式"},
    {"sponsor", "Sponsor", "提案国"},
    {"symbol", "Symbol", "文号"},
    {"vote-yes", "In favour", "赞成"},
    {"vote-no", "Against", "反对"},
    {"vote-abstain", "Abstaining", "弃权"},
    // Paragraphs.
    {"op-n", "OP {}", "执行部分第{}段"},
    {"pp-n", "PP {}", "序言部分第{}段"},
    {"annex-n", "Annex, para. {}", "附件第{}段"},
    {"para-n", "Para. {}", "第{}段"},
    {"footnote-n", "Footnote {}", "脚注{}"},
    {"kind-operative", "Operative part", "执行部分"},
    {"kind-preambular", "Preamble", "序言部分"},
    {"kind-annex", "Annex", "附件"},
    {"kind-heading", "Heading", "标题"},
    {"kind-enacting", "Opening formula", "起始语"},
    {"kind-closing", "Closing line", "结语"},
    {"kind-table", "Table", "表格"},
    {"kind-paragraph", "Paragraph", "段落"},
    // A document.
    {"contents", "Contents", "目录"},
    {"go-to-paragraph", "Go to paragraph", "转到段落"},
    {"paragraph-short", "Para.", "段号"},
    {"find-in-document", "Find in this document", "在本文件中查找"},
    {"one-place", "{} place", "{} 处"},
    {"n-places", "{} places", "{} 处"},
    {"next-place", "Next place", "下一处"},
    {"previous-place", "Previous place", "上一处"},
    {"find-position", "{} of {}", "第 {} 处，共 {} 处"},
    {"previous-x", "Previous in the series: {}", "系列中的上一份：{}"},
    {"next-x", "Next in the series: {}", "系列中的下一份：{}"},
    {"copy-text", "Copy text with reference", "复制引文（附出处）"},
    {"copy-range", "Copy the paragraphs marked", "复制所标各段"},
    {"copy-reference", "Copy reference", "复制出处"},
    {"copy-link", "Copy link", "复制链接"},
    {"both-languages", "Show both languages", "中英对照"},
    {"paragraph-history", "History of this paragraph", "本段沿革"},
    {"agreed-language-of-this", "Agreed language like this", "类似的议定措辞"},
    {"who-cites", "Who cites this document", "哪些文件引用本文件"},
    {"who-cites-paragraph", "Who cites this paragraph", "哪些段落引用本段"},
    {"no-one-cites-paragraph", "No paragraph of the collection names this paragraph by its number.", "本文库中没有段落按编号提及本段。"},
    {"adopted-from-draft", "Adopted from this draft", "由该草案通过"},
    {"browse-session", "Browse the {}", "浏览{}"},
    {"no-counterpart", "Not matched", "未能自动配对"},
    {"same-counterpart", "Counterpart as above", "对应段落同上"},
    {"uncertain", "uncertain match", "对应关系不确定"},
    {"footnotes", "Footnotes", "脚注"},
    {"back-to-text", "Back to the text", "返回正文"},
    {"footnotes-unplaced", "Where in the text each note belongs could not be read.", "未能读出各脚注在正文中的位置。"},
    {"about-document", "About this document", "文件信息"},
    {"drafts", "Draft", "草案"},
    {"series", "Earlier and later", "历次决议"},
    {"clauses-by-year", "Clauses by year", "条款沿革"},
    {"cited-by", "Cited by", "被引用"},
    {"cited-by-none", "No document in this collection cites it.", "本文库中没有文件引用它。"},
    {"all-citing", "All that cite it, with filters", "引用它的全部文件（可筛选）"},
    {"cites", "Cites", "引用"},
    {"notes-on-text", "Notes on this text", "关于本文本的说明"},
    {"official-text", "Official text at the United Nations", "联合国正式文本"},
    {"only-chinese", "Only the Chinese text is in this collection.", "本文库只收录中文文本。"},
    {"only-english", "Only the English text is in this collection.", "本文库未收录中文文本，以下为英文文本。"},
    {"printed-document", "{}. Printed from Resolute. Unofficial copy; the official text is the one issued by the United Nations.",
     "{}。由 Resolute 打印。非正式文本；正式文本以联合国印发的文本为准。"},
    {"not-held", "{} is not in this collection", "本文库未收录{}"},
    {"search-as-words", "Search for it as words", "作为词语搜索"},
    {"one-cites-whole", "{} document cites the resolution, with or without a paragraph", "有 {} 份文件引用该决议（无论是否注明段次）"},
    {"n-cite-whole", "{} documents cite the resolution, with or without a paragraph", "有 {} 份文件引用该决议（无论是否注明段次）"},
    {"cited-here-one", "Cited here by {} document", "本文库中有 {} 份文件引用它"},
    {"cited-here", "Cited here by {} documents", "本文库中有 {} 份文件引用它"},
    {"similar-symbols", "Similar symbols", "相近文号"},
    {"about-subjects", "(subjects: {})", "（主题：{}）"},
    // Series, browsing.
    {"clause", "Clause", "条款"},
    {"event-new", "new", "新增"},
    {"event-first", "earliest here", "本文库最早收录"},
    {"no-resolution-of-session", "The collection has no resolution of this series from these sessions: {}", "本文库中没有本系列下列届会的决议：{}"},
    {"event-unchanged", "unchanged", "未变"},
    {"event-changed", "changed", "有改动"},
    {"event-changed-more", "changed more", "改动较多"},
    {"event-changed-much", "changed very much", "改动很大"},
    {"event-split", "split off", "分出"},
    {"event-merged", "merged", "并入"},
    {"event-dropped", "dropped", "删去"},
    {"inserted", "added", "增"},
    {"deleted", "removed", "删"},
    {"beside-the-one-before", "compared with the resolution before it", "与上一份决议相比"},
    {"no-such-paragraph", "There is no such paragraph in this language.", "此语言版本中没有这一段。"},
    {"no-series", "No earlier or later resolution on this item is in the collection.", "本文库中没有同一项目此前或此后的决议。"},
    {"series-description", "How each clause changed from resolution to resolution", "各条款在历次决议中的变化"},
    {"by-year-and-organ", "By year and organ", "按年份和机关"},
    {"grid-query", "Documents that match, year by year", "按年份统计含有以下词语的文件"},
    {"count-these", "Count", "统计"},
    {"search-within", "Search and filter within these", "在其中搜索和筛选"},
    {"all-n", "All {}", "全部 {} 份"},
    {"frequent-phrases", "Frequent phrases", "常用短语"},
    {"phrases-text", "What recurs word for word, how often, when, and how it reads in the other language. A phrase leads to the paragraphs that have it.",
     "逐字重复出现的短语：出现次数、年份及另一种语言的对应说法。点击短语可查看含有它的段落。"},
    {"phrases-with", "With the words", "含有词语"},
    {"phrase", "Phrase", "短语"},
    {"one-phrase", "{} phrase", "{} 个短语"},
    {"n-phrases", "{} phrases", "{} 个短语"},
    {"first-n-shown", "the {} most telling are shown", "以下为其中最具代表性的 {} 个"},
    {"about-text",
     "Resolute holds resolutions, decisions and presidential statements of the General Assembly, the Security Council, the Economic and Social Council and the "
     "Human Rights Council, read from the official files and "
     "indexed paragraph by paragraph.",
     "Resolute 收录联合国大会、安全理事会、经济及社会理事会和人权理事会的决议、决定和主席声明，读取正式文件并逐段编入索引。"},
    {"limits", "Limits", "局限"},
    {"limits-text",
     "Only what the tables above count is held: that a resolution is not found here does not mean that there is none, and the first use of a phrase is the "
     "first in this "
     "collection. Texts are unofficial copies; numbers, notes and tables "
     "are read by a program and may contain errors. Languages other than Chinese and English are not held.",
     "本文库只收录上表所计文件：此处查不到的决议未必不存在，所称短语“最早使用”是指本文库中最早。文本为非正式副本；编号、脚注和表格由程序读取，可能有误。不收录"
     "中英文以外的语言。"},
    // Help.
    {"help-text", "Words find paragraphs that have them all, in any form. Everything can be combined.",
     "输入词语可找到含有全部词语的段落。各种写法可以组合使用。"},
    {"help-q1", "climate security", "气候 安全"},
    {"help-1", "All the words, in any form", "含有全部词语"},
    {"help-q2", "\"agreed language\"", "\"发展权\""},
    {"help-2", "Exactly these words, in this order. Curly quotation marks serve as well.", "与引号内完全一致；“…”和＂…＂均可。「…」不作引号。"},
    {"help-q3", "climate OR desertification", "气候 OR 荒漠化"},
    {"help-3", "Either", "任一"},
    {"help-q4", "Sudan -\"South Sudan\"", "苏丹 -\"南苏丹\""},
    {"help-4", "Without a word or phrase", "不含某词或某短语"},
    {"help-q5", "women NEAR/5 peacekeeping", "妇女 NEAR/5 维持和平"},
    {"help-5", "Near each other: at most five words between them", "彼此邻近：相隔不超过五个词"},
    {"help-q6", "desertif*", "body:SC 制裁"},
    {"help-6", "Words that begin with these letters", "某一机关的文件（英文词尾可用 *）"},
    {"help-q7", "A/RES/79/7, para. 3", "第79/7号决议第3段"},
    {"help-7", "A number in any spelling opens the document, at the paragraph", "任何写法的文号都会打开该文件并转到该段"},
    {"help-q8", "cites:S/RES/1325(2000) date:2019..2023", "cites:S/RES/1325(2000) date:2019..2023"},
    {"help-8", "Documents adopted in these years that cite a resolution", "某些年份通过、引用某决议的文件"},
    {"help-q9", "committee:C3 vote:recorded kind:operative torture", "committee:C3 vote:recorded kind:operative 酷刑"},
    {"help-9", "Filters can be written in the query: body, committee, session, year, date, vote, voter, type, kind, subject, cites, sponsor, lang",
     "筛选条件也可写在检索式中：body、committee、session、year、date、vote、voter、type、kind、subject、cites、sponsor、lang"},
    {"help-beyond", "Beyond searching", "其他功能"},
    {"help-draft",
     "Paste or upload a draft. Each paragraph is shown with its earlier uses, what differs and how it reads in the other language; its references are checked. "
     "The Word file has tracked changes against the nearest resolution, or against one that you name.",
     "粘贴或上传草稿。逐段列出先前使用情况、不同之处及另一种语言的表述，并核对引用。可下载 Word "
     "文件，以修订标记显示与最接近的决议（或您指定的决议）相比的改动。"},
    {"help-series", "From a document, under “Earlier and later”: which clauses stayed, changed, came and went, from resolution to resolution.",
     "在文件页的“历次决议”中查看：各条款在历次决议中的保留、改动、新增和删去。"},
    {"help-menu-title", "A paragraph’s menu", "段落菜单"},
    {"help-menu",
     "The number of a paragraph, or the ¶ beside it, opens a menu: its text with the reference, the reference, a link, both languages, its history, agreed "
     "language "
     "like it, who cites it.",
     "点击段号或段旁的 ¶ 打开菜单：复制引文（附出处）、复制出处、复制链接、中英对照、本段沿革、类似的议定措辞、哪些段落引用本段。"},
    {"help-export", "The whole list of results as Word, Excel, CSV, RIS, BibTeX or Atom; a document also as text, HTML and Akoma Ntoso.",
     "完整的结果清单可导出为 Word、Excel、CSV、RIS、BibTeX 或 Atom；文件还可导出为文本、HTML 和 Akoma Ntoso。"},
    {"help-votes", "Among the filters: what a State voted for, against or abstained on. A State’s name under a vote leads there, too.",
     "在筛选条件中选择会员国及其投票：赞成、反对或弃权。点击文件表决栏中的国名亦可。"},
    {"keyboard", "Keyboard", "键盘"},
    {"key-search", "Go to the search box", "转到搜索框"},
    {"key-next", "In a document: next, previous place found", "在文件中：下一处、上一处"},
    {"key-exclude", "On a filter: exclude this value", "在筛选项上：排除此项"},
    {"key-close", "Close an open menu", "关闭已打开的菜单"},
    // Agreed language.
    {"draft-label", "Text of a draft", "草稿案文"},
    {"draft-help", "One paragraph or many, in Chinese or English. It is not stored on the server; this browser keeps it for you.",
     "一段或多段，中文或英文。服务器不保存；由本浏览器为您保留。"},
    {"draft-file", "Or a file: Word, PDF, text, HTML", "或选择文件：Word、PDF、文本、HTML"},
    {"draft-read", "Read from {}: {}.", "读自 {}：{}。"},
    {"draft-unread", "{} could not be read:", "无法读取 {}："},
    {"draft-only-text", "only text is read here", "此处只读取文本"},
    {"draft-too-long", "its text has more than {} KB", "文本超过 {} KB"},
    {"draft-base", "Compare with", "比较对象"},
    {"draft-base-chosen", "the nearest resolution", "最接近的决议"},
    {"draft-name-base", "No resolution is near enough. Enter a symbol to compare with, or download without tracked changes.",
     "没有足够接近的决议。请填写文号作为比较对象，或下载不带修订标记的 Word 文件。"},
    {"no-symbol", "“{}” is not a symbol; enter one such as A/RES/79/7.", "“{}”不是文号，请输入文号，如 A/RES/79/7。"},
    {"draft-base-is", "The Word file shows what changed against", "Word 文件将显示与下列决议相比的改动："},
    {"draft-base-others", "Other resolutions that are near", "其他相近的决议"},
    {"draft-as-word", "Word file with tracked changes", "下载 Word 文件（修订标记）"},
    {"draft-against", "Tracked changes against {}.", "修订标记显示与{}相比的改动。"},
    {"draft-excerpt", "Its paragraphs that have no counterpart in the draft are not shown as deleted.", "该文件中草稿未涉及的段落不作为删除显示。"},
    {"draft-no-base", "No resolution of the collection is near to this text: nothing is tracked.", "文库中没有与本文相近的决议，故无修订标记。"},
    {"most-alike-in", "most alike:", "最相似："},
    {"first-used", "first in {}", "最早见于{}"},
    {"when-used", "Years", "使用年份"},
    {"draft-go", "Find agreed language", "查找议定措辞"},
    {"draft-empty", "Paste a paragraph first.", "请先粘贴一段文字。"},
    {"draft-kept", "Your earlier draft is kept. Bring it back", "您先前的草稿仍保留。恢复草稿"},
    {"any", "any", "不限"},
    {"overview", "Overview", "概览"},
    {"number-sign", "No.", "序号"},
    {"draft-paragraph", "Paragraph", "段落"},
    {"earlier-uses", "Earlier uses", "先前使用"},
    {"most-alike", "Most alike", "最高相似度"},
    {"first-use", "First", "最早"},
    {"last-use", "Latest", "最近"},
    {"paragraph-n", "Paragraph {}", "第 {} 段"},
    {"one-use", "{} use", "{} 次使用"},
    {"n-uses", "{} uses", "{} 次使用"},
    {"no-precedent", "No wording in this collection is near enough to this. That does not mean that there is no precedent.",
     "本文库中未找到足够相似的措辞，不表示没有先例。"},
    {"only-near", "No close match; the nearest wordings follow.", "未找到高度相似的措辞；以下为最接近的措辞。"},
    {"search-these-words", "Search for these words", "搜索这些词语"},
    {"only-parts", "Nothing is near enough to the whole; parts of it were used before.", "未找到与整段足够相似的措辞；部分措辞有先例。"},
    {"alike", "{}% alike", "相似度 {}%"},
    {"words-in-a-row", "{} words in a row", "连续 {} 个词相同"},
    {"one-shares", "{} other paragraph shares a part", "另有 {} 段含有相同部分"},
    {"n-share", "{} other paragraphs share a part", "另有 {} 段含有相同部分"},
    {"in-chinese", "In Chinese", "中文"},
    {"in-english", "In English", "英文"},
    {"legend-yours", "only in your draft", "仅草稿有"},
    {"legend-earlier", "only in the earlier text", "仅先前文本有"},
    {"one-reference", "{} reference checked", "已核对 {} 处引用"},
    {"n-references", "{} references checked", "已核对 {} 处引用"},
    {"one-fault", "{} needs a look", "{} 处需要查看"},
    {"n-faults", "{} need a look", "{} 处需要查看"},
    {"status-known", "in this collection", "已收录"},
    {"status-not-held", "not in this collection", "未收录"},
    {"status-impossible", "no such number", "无此编号"},
    {"status-ambiguous", "more than one fits", "有多份文件符合"},
    {"status-inconsistent", "does not fit", "与所述不符"},
    {"status-newer", "newer in series", "有后续决议"},
    {"perhaps", "perhaps", "可能是"},
    // Suggestions.
    {"suggestions-shown", "{} suggestions", "{} 条建议"},
    {"suggest-symbol", "Document", "文件"},
    {"suggest-title", "Title", "标题"},
    {"suggest-subject", "Subject", "主题"},
    {"suggest-committee", "Committee", "委员会"},
    {"suggest-concerns", "Body", "机构"},
    {"suggest-phrase", "Phrase", "短语"},
};

// The name of a wording; one that the table lacks does not compile.
class Word {
 public:
  consteval Word(const char* key) : place_(find(key)) {}  // NOLINT: a name stands for its wording
  size_t place() const { return place_; }

 private:
  static consteval size_t find(std::string_view key) {
    for (size_t i = 0; i < std::size(kWordings); ++i)
      if (kWordings[i].key == key) return i;
    throw std::logic_error("no such wording");
  }
  size_t place_;
};

// A row of a list that pages print: something, its wording, something more.
template <typename First, typename Last>
struct WordRow {
  First first;
  Word word;
  Last last;
};
template <typename First, typename Last>
WordRow(First, Word, Last) -> WordRow<First, Last>;  // clang 14 does not deduce it from the members

// A pattern with each {} replaced, in order.
inline std::string fill(std::string_view pattern, const std::vector<std::string>& values) {
  std::string out;
  size_t next = 0;
  for (size_t at = 0; at < pattern.size();) {
    const size_t hole = std::min(pattern.find("{}", at), pattern.size());
    out += pattern.substr(at, hole - at);
    if (hole < pattern.size() && next < values.size()) out += values[next++];
    at = hole + 2;
  }
  return out;
}

// Says words in one language.
struct Words {
  bool zh = false;
  std::string_view operator()(Word word) const { return zh ? kWordings[word.place()].zh : kWordings[word.place()].en; }
  std::string operator()(Word word, const std::vector<std::string>& values) const { return fill((*this)(word), values); }
};

}  // namespace resolute::http
