// The UN's own name for a document, such as A/RES/75/1.
//
// Source: "UN Document Symbols", Dag Hammarskjöld Library research guide.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/document.h"

namespace resolute {

// A Symbol is always well formed and in canonical spelling (no spaces, ASCII,
// upper case but for "Add.", "Corr.", "Rev.", "Vol."), so equality is identity:
// every language version of a document has the same Symbol.
class Symbol {
 public:
  const std::string& text() const { return text_; }

  // The organ that issued it: S/... is SC, A/HRC/... HRC, A/... GA, E/... ECOSOC.
  Body body() const;
  // resolution, decision or statement; nullopt for reports, letters, drafts.
  std::optional<DocumentType> type() const;
  // "60" of A/RES/60/288, "ES-10" of A/RES/ES-10/15, "21" of A/RES/2200(XXI)A,
  // "2023" of E/RES/2023/1; empty for the Security Council.
  std::string session() const;
  // The year written in the symbol (S/RES/1963(2010), E/RES/2023/1), else nullopt.
  std::optional<int> year() const;
  // Without a trailing part letter: A/RES/75/290A-B -> A/RES/75/290.
  Symbol without_part() const;
  // The part letters, "A" or "A-B", else empty.
  std::string part() const;
  // Orders as people count: A/RES/60/9 before A/RES/60/10.
  static bool natural_less(std::string_view a, std::string_view b);

  auto operator<=>(const Symbol&) const = default;

 private:
  friend std::optional<Symbol> parse_symbol(std::string_view);
  explicit Symbol(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// Accepts a whole string that is one symbol in any spelling: spaces, full-width
// digits and parentheses, any dash, lower case, "A and B" for "A-B".
//   "s/res/1963 (2010)" -> S/RES/1963(2010)     "A/RES/74/232 B" -> A/RES/74/232B
//   "Ａ／ＲＥＳ／６０／２８８" -> A/RES/60/288      "A/67/65-E/2012/48" (a double symbol)
// nullopt where it is not a symbol.
std::optional<Symbol> parse_symbol(std::string_view text);

// Full-width forms to ASCII, every dash to '-', every kind of space to ' ',
// invisible marks dropped. Other characters pass unchanged.
std::string ascii_fold(std::string_view text);

}  // namespace resolute
