// Whose resolution a number is, as far as the words around it say.
#pragma once

#include <optional>
#include <string_view>

#include "schemas/document.h"

namespace resolute::text {

struct Organ {
  Body body = Body::none;
  bool foreign = false;  // one whose numbers have no symbol here: a commission, a conference of parties
  bool council = false;  // "the Council" in an Assembly's text: which one, the number's form says
  bool named = false;    // by its words, not by whose text it is
};

// Of a text whose width and dashes are folded; it must live as long as this. Bytes.
class OrganFinder {
 public:
  OrganFinder(std::string_view text, Body home) : text_(text), home_(home) {}

  // The organ named last before `at` within the clause, where the words name it for the number that follows.
  Organ before(size_t at) const;
  // "resolution 3/1 of 13 November 2009 of the Conference of the States Parties": named after, where it is.
  Organ after(size_t end, const Organ& before) const;

  // A Chinese list of numbers ends here, whose organ this is: the next one may go on with it.
  void remember(const Organ& organ, size_t end) {
    last_organ_ = organ;
    last_end_ = end;
  }
  // Where the clause that a Chinese number at `at` stands in can begin.
  size_t clause_begin(size_t at) const;

 private:
  // "UNGA resolution", "CCPCJ resolution": letters right before the word at `at`.
  std::optional<Organ> by_letters(size_t at) const;
  // "《大会正式记录...》(A/73/53)，第四章，A节，第37/17号决议": what a report prints is the reporting body's.
  std::optional<Organ> reporting(size_t at) const;
  // "人权理事会2022年3月4日关于...的第49/1号决议和2022年5月12日关于...的S-34/1号决议": Chinese puts the organ first, then the
  // date, then what it is about; a list goes on with the next date.
  std::optional<Organ> of_clause(size_t at) const;

  std::string_view text_;
  Body home_;
  size_t last_end_ = 0;
  Organ last_organ_;
};

}  // namespace resolute::text
