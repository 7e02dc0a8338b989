#include "http/multipart.h"

#include <gtest/gtest.h>

namespace resolute::http {
namespace {

std::string print(const std::optional<std::vector<FormPart>>& parts) {
  if (!parts) return "none";
  std::string out;
  for (const auto& p : *parts) out += p.name + (p.filename.empty() ? "" : "(" + p.filename + ")") + "=" + std::string(p.content) + ";";
  return out;
}

TEST(Multipart, ReadsTheFormsOfBrowsers) {
  const std::string type = "multipart/form-data; boundary=----b1";
  struct Case {
    const char* name;
    std::string type, body, parts;
  };
  const std::string draft = "------b1\r\nContent-Disposition: form-data; name=\"draft\"\r\n\r\n";
  const Case cases[] = {
      {"a field", type, draft + "Decides\r\n------b1--\r\n", "draft=Decides;"},
      {"an empty field", type, draft + "\r\n------b1--\r\n", "draft=;"},
      {"a field of lines", type, draft + "one\r\n\r\n--two\r\n------b1--", "draft=one\r\n\r\n--two;"},
      {"a file", type,
       "------b1\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a; b %22c%22.docx\"\r\nContent-Type: application/x\r\n\r\n" +
           std::string("\0\r\n\xFF", 4) + "\r\n------b1--\r\n",
       "file(a; b %22c%22.docx)=" + std::string("\0\r\n\xFF", 4) + ";"},
      {"two", type, draft + "x\r\n------b1\r\nContent-Disposition: form-data; name=as\r\n\r\ndocx\r\n------b1--\r\n", "draft=x;as=docx;"},
      {"none", type, "------b1--\r\n", ""},
      {"a quoted boundary", "Multipart/Form-Data; charset=utf-8; boundary=\"a b\"", "--a b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n--a b--",
       "n=v;"},
      {"another type", "multipart/mixed; boundary=----b1", draft + "Decides\r\n------b1--\r\n", "none"},
      {"no boundary", "multipart/form-data", draft + "Decides\r\n------b1--\r\n", "none"},
      {"another boundary", "multipart/form-data; boundary=b2", draft + "Decides\r\n------b1--\r\n", "none"},
      {"no end", type, draft + "Decides\r\n", "none"},
      {"no head", type, "------b1\r\n\r\nDecides\r\n------b1--\r\n", "none"},
      {"no name", type, "------b1\r\nContent-Disposition: form-data\r\n\r\nDecides\r\n------b1--\r\n", "none"},
      {"a quotation mark that does not end", type, "------b1\r\nContent-Disposition: form-data; name=\"x\r\n\r\nDecides\r\n------b1--\r\n", "none"},
      {"nothing", type, "", "none"},
  };
  for (const auto& c : cases) EXPECT_EQ(print(parse_multipart(c.type, c.body)), c.parts) << c.name;
}

TEST(Multipart, HasNotMorePartsThanItTakes) {
  std::string body;
  for (size_t i = 0; i < kMostFormParts; ++i) body += "--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n";
  const auto parts = parse_multipart("multipart/form-data; boundary=b", body + "--b--");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->size(), kMostFormParts);
  EXPECT_FALSE(parse_multipart("multipart/form-data; boundary=b", body + body + "--b--"));
}

}  // namespace
}  // namespace resolute::http
