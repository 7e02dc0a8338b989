// The columns of a segment while it is built: what is known of paragraphs and documents, value by value.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "schemas/document.h"
#include "schemas/field.h"
#include "schemas/segment.h"
#include "schemas/store.h"

namespace resolute::indexer {

// Values of one field: a dictionary, and each owner's values.
class ValueColumn {
 public:
  void add(const std::vector<std::string>& values);
  // Puts the dictionary in byte order, and each owner's values in it. Nothing may be added after it.
  void sort();
  // Sections NAME.value, NAME, NAME.begin. Requires sort().
  void write(SectionWriter& file, const std::string& name) const;
  size_t count(size_t owner) const { return begin_[owner + 1] - begin_[owner]; }
  const std::string& value(size_t owner, size_t i) const { return values_[of_owner_[begin_[owner] + i]]; }

 private:
  std::unordered_map<std::string, uint32_t> ids_;
  std::vector<std::string> values_;
  std::vector<uint32_t> begin_ = {0}, of_owner_;
};

// One value of each owner, maybe empty.
class InternedColumn {
 public:
  void add(const std::string& value);
  void sort();
  // Sections NAME.value, NAME. Requires sort().
  void write(SectionWriter& file, const std::string& name) const;
  const std::string& operator[](size_t owner) const { return values_[of_owner_[owner]]; }

 private:
  std::unordered_map<std::string, uint32_t> ids_ = {{"", 0}};
  std::vector<std::string> values_ = {""};
  std::vector<uint32_t> of_owner_;
};

// The protocol: (add)* sort write.
class Columns {
 public:
  // The language versions of one document; `wordings` of each, of its paragraphs. The paragraphs' texts are not looked at.
  void add(const std::vector<const Document*>& versions, const std::vector<std::vector<uint32_t>>& wordings);
  void sort();
  void write(SectionWriter& file);

  size_t documents() const { return identifiers_.size(); }
  size_t paragraphs() const { return wording_.size(); }
  uint32_t first_paragraph(size_t document) const { return first_[document]; }
  const std::string& identifier(size_t document) const { return identifiers_[document]; }
  const std::string& title(size_t document) const { return titles_[document]; }
  const ValueColumn& field(Field f) const { return fields_[static_cast<size_t>(f)]; }
  const std::string& fragment(size_t paragraph) const { return fragments_[paragraph]; }
  int32_t date(size_t document) const { return date_[document]; }
  // The wording of each paragraph, as add() was told.
  std::vector<uint32_t>& wordings() { return wording_; }
  const std::vector<uint32_t>& wordings() const { return wording_; }

 private:
  std::vector<uint32_t> first_ = {0}, sibling_, wording_, parallel_;
  std::vector<uint8_t> kind_;
  std::vector<int32_t> date_;
  std::vector<std::string> identifiers_, titles_;
  InternedColumn fragments_, numbers_, actions_;
  std::array<ValueColumn, kFieldCount> fields_;
  TextBlocks records_;
};

}  // namespace resolute::indexer
