// What must hold of any document that a reader gives.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "schemas/body.h"
#include "schemas/document.h"
#include "schemas/state.h"
#include "text/normalize.h"

namespace resolute::indexer {

inline void expect_sound(const Document& d) {
  std::set<std::string> fragments;
  EXPECT_FALSE(d.identifier.empty());
  EXPECT_FALSE(d.paragraphs.empty());
  for (const auto& p : d.paragraphs) {
    EXPECT_TRUE(fragments.insert(p.fragment).second) << d.id() << "#" << p.fragment;
    EXPECT_EQ(p.fragment.find_first_of(" @#"), std::string::npos) << p.fragment;
    EXPECT_FALSE(p.fragment.empty());
    EXPECT_FALSE(p.text.empty()) << d.id() << "#" << p.fragment;
    EXPECT_EQ(p.text, text::tidy(p.text)) << d.id() << "#" << p.fragment;
    uint32_t at = 0;
    for (const auto& c : p.citations) {
      EXPECT_GE(c.span.begin, at) << d.id() << "#" << p.fragment;
      EXPECT_LE(c.span.end, p.text.size());
      EXPECT_NE(c.symbol, d.identifier);
      at = c.span.end;
    }
  }
  for (const auto& id : d.committee) EXPECT_TRUE(body_of(id)) << id;
  for (const auto& id : d.concerns) EXPECT_TRUE(body_of(id)) << id;
  for (const auto& [state, how] : d.vote.voters) {
    EXPECT_TRUE(state_of(state)) << state;
    EXPECT_TRUE(how == "yes" || how == "no" || how == "abstain");
  }
}

}  // namespace resolute::indexer
