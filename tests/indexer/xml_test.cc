// The guarded tree of XML and HTML.
#include <algorithm>

#include "indexer/readers/xml.h"

#include <gtest/gtest.h>

namespace resolute::indexer {
namespace {

// A tree as text: name(attribute=value)[children].
std::string print(const XmlNode* node) {
  std::string out;
  for (; node; node = node->next) {
    if (!node->is_element()) {
      out += "'" + std::string(node->text) + "'";
      continue;
    }
    out += std::string(node->name);
    for (const auto* a = node->attributes; a; a = a->next) out += "(" + std::string(a->name) + "=" + std::string(a->value) + ")";
    out += "[" + print(node->children) + "]";
  }
  return out;
}

TEST(ParseXml, KeepsElementsAttributesAndText) {
  struct Row {
    const char *xml, *expected;
  };
  const Row rows[] = {
      {"<a/>", "a[]"},
      {"<a>one<b>two</b>three</a>", "a['one'b['two']'three']"},
      {"<a x='1' y=\"2\"/>", "a(x=1)(y=2)[]"},
      {"<n:a xmlns:n='urn:x' n:x='1'/>", "a(x=1)[]"},
      {"<a><!-- no --><?pi no?><![CDATA[<yes>]]></a>", "a['<yes>']"},
      {"<a>&amp;&lt;&#x706F;</a>", "a['&<灯']"},
      {"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>", "a['é']"},
  };
  for (const auto& row : rows) {
    const auto parsed = parse_xml(row.xml);
    EXPECT_TRUE(parsed.well_formed) << row.xml;
    EXPECT_EQ(print(parsed.root), row.expected) << row.xml;
  }
}

TEST(ParseXml, SaysWhatIsWrongAndReadsWhatItCan) {
  for (const char* xml : {"<a><b>text</a>", "<a>text", "<a>&undefined;text</a>", "text", "", "<a></a><b>text</b>"}) {
    const auto parsed = parse_xml(xml);
    EXPECT_FALSE(parsed.well_formed) << xml;
    EXPECT_FALSE(parsed.error.empty()) << xml;
  }
  const auto at = parse_xml("<a>\n<b>\n</c></a>");
  EXPECT_EQ(at.line, 3);
  EXPECT_NE(print(parse_xml("<a>one<b>two</a>").root).find("'two'"), std::string::npos);
}

TEST(MendXml, LosesNoText) {
  for (const char* xml : {"<a><b>text</a>", "<a>text", "<a></b>text</a>", "<a>te\x01xt</a>", "<a><b><c>text</b></a>"}) {
    const auto parsed = parse_xml(mend_xml(xml));
    EXPECT_TRUE(parsed.well_formed) << xml << ": " << mend_xml(xml);
    std::string text = print(parsed.root);
    text.erase(std::remove(text.begin(), text.end(), '\''), text.end());
    EXPECT_NE(text.find("text"), std::string::npos) << xml << ": " << text;
  }
  const std::string good = "<a x='1'><b/>text</a>";
  EXPECT_EQ(print(parse_xml(mend_xml(good)).root), print(parse_xml(good).root));
}

TEST(HostileXml, IsNotRead) {
  const auto hostile = [](const std::string& xml) { return hostile_xml("a.xml", xml, parse_xml(xml)).has_value(); };
  EXPECT_FALSE(hostile("<a>text</a>"));
  EXPECT_FALSE(hostile("<!DOCTYPE a [<!ENTITY nbsp '&#160;'>]><a>x&nbsp;y</a>"));
  EXPECT_TRUE(hostile("<!DOCTYPE a [<!ENTITY e 'text'>]><a>&e;</a>"));
  // One that stands elsewhere is nothing: no file is opened for it.
  EXPECT_FALSE(hostile("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>"));
  EXPECT_EQ(print(parse_xml("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>x&e;y</a>").root), "a['xy']");
  EXPECT_FALSE(hostile("<!DOCTYPE a [<!ENTITY e 'text'>]><a>unused</a>"));
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_TRUE(hostile(deep));
}

TEST(HostileXml, IsWhatIsNestedTooDeep) {
  const auto nested = [](int depth) {
    std::string xml = "<?xml version='1.0'?>\n";
    for (int i = 0; i < depth; ++i) xml += "<a>";
    xml += "text";
    for (int i = 0; i < depth; ++i) xml += "</a>";
    return xml;
  };
  const auto at_limit = nested(kMostDepth), beyond = nested(kMostDepth + 1);
  EXPECT_TRUE(parse_xml(at_limit).well_formed);
  EXPECT_EQ(hostile_xml("a.xml", at_limit, parse_xml(at_limit)), std::nullopt);
  const auto rejection = hostile_xml("a.xml", beyond, parse_xml(beyond));
  ASSERT_TRUE(rejection);
  EXPECT_EQ(rejection->reason, "nested-too-deep");
  EXPECT_EQ(rejection->location, "line 2");
}

TEST(ParseHtml, ReadsAsBrowsersDo) {
  const auto of = [](std::string_view html, const std::string& encoding = "") { return print(parse_html(html, encoding).root); };
  EXPECT_NE(of("<p>one<p>two").find("p['one']p['two']"), std::string::npos) << of("<p>one<p>two");
  EXPECT_NE(of("<p>\xC4\xE3</p>", "GBK").find("'你'"), std::string::npos);
  EXPECT_NE(of("<P CLASS=x>text</P>").find("p(class=x)['text']"), std::string::npos) << of("<P CLASS=x>text</P>");
}

TEST(XmlNode, FindsAttributesChildrenAndContent) {
  const auto parsed = parse_xml("<a><b>no</b>yes<c id='7'/></a>");
  ASSERT_NE(parsed.root, nullptr);
  EXPECT_EQ(parsed.root->content(), "yes");
  ASSERT_NE(parsed.root->child("c"), nullptr);
  EXPECT_EQ(parsed.root->child("c")->attribute("id"), "7");
  EXPECT_EQ(parsed.root->child("c")->attribute("none"), "");
  EXPECT_EQ(parsed.root->child("d"), nullptr);
}

}  // namespace
}  // namespace resolute::indexer
