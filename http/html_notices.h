// What a search notices, for people: the sentences of the engine in both languages; and the names of parts of
// a text.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/html.h"
#include "http/words.h"
#include "schemas/document.h"
#include "schemas/field.h"
#include "schemas/result.h"

namespace resolute::http {

// A notice of search/ in Chinese, or as it stands. Empty for what the page says in another way: that a
// document comes first.
std::string print_notice(const std::string& notice, bool zh);

// What is wrong with a request, or why the file of a draft was not read, in Chinese where that is known; else in English, marked so.
Html print_trouble(const std::string& why, bool zh);

// "OP 3 (a)", 执行部分第3(a)段; a paragraph without a number of its own has none here either.
std::string paragraph_label(const Words& say, ParagraphKind kind, std::string_view number, std::string_view fragment);

// A facet as people name it.
Word facet_word(Field field);
// Sessions are looked for by their number, not by how many there are.
void newest_sessions_first(Facet& sessions);

// Formats in which a list of results can be taken along: name, address without the query string.
const std::vector<std::pair<std::string_view, std::string_view>>& result_formats();

}  // namespace resolute::http
