// Several documents in one text: resolutions one after the other, a page in two languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace resolute::text {

struct TextPart {
  std::string text;
  std::vector<std::string> foreign;  // paragraphs in a language that is not read
};

// The texts to be structured each by itself, one where the file holds one document. A resolution begins at its number with
// its title, where its formula follows soon; a second language is there where its formula stands, too.
std::vector<TextPart> split_documents(std::string_view utf8);

}  // namespace resolute::text
