#include "http/sheet.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "schemas/error.h"

namespace resolute::http {
namespace {

constexpr size_t kMostCellUnits = 32'767;  // of UTF-16, that a cell holds
constexpr uint32_t kMostSheetRows = LXW_ROW_MAX;
constexpr uint32_t kMostLinks = 10'000;  // of a file: the library keeps each in memory, some 2 kB; the rest stand as text

// Cut where a cell ends, between two characters.
std::string cut(std::string s) {
  if (s.size() <= kMostCellUnits) return s;
  size_t units = 0, i = 0;
  while (i < s.size()) {
    const auto c = static_cast<unsigned char>(s[i]);
    const size_t bytes = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    const size_t more = bytes == 4 ? 2 : 1;
    if (units + more > kMostCellUnits - 1) return s.substr(0, i) + "\xE2\x80\xA6";
    units += more;
    i += bytes;
  }
  return s;
}

[[noreturn]] void fail(const std::string& why) { throw Error(ErrorKind::unavailable, "a sheet cannot be written: " + why); }

}  // namespace

struct Sheet::State {
  std::vector<std::pair<std::string, std::string>> about;
  std::vector<const Column*> columns;
  std::optional<Language> reader;
  std::string path, folder;
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_format *bold = nullptr, *plain = nullptr, *wrapped = nullptr, *link = nullptr;
  uint32_t row = 0, links = 0;
  std::FILE* file = nullptr;
};

Sheet::Sheet(const std::vector<std::pair<std::string, std::string>>& about, std::vector<const Column*> columns, std::optional<Language> reader)
    : state_(std::make_unique<State>()) {
  auto& s = *state_;
  s.about = about;
  s.columns = std::move(columns);
  s.reader = reader;
  const char* folder = std::getenv("TMPDIR");
  s.folder = folder && *folder ? folder : "/tmp";
  s.path = s.folder + "/resolute-sheet-XXXXXX";
  const int fd = ::mkstemp(s.path.data());
  if (fd < 0) fail("no temporary file");
  ::close(fd);
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = s.folder.data();
  options.use_zip64 = LXW_FALSE;
  s.book = workbook_new_opt(s.path.c_str(), &options);
  if (!s.book) fail("no memory");
  s.bold = workbook_add_format(s.book);
  format_set_bold(s.bold);
  // As text, a cell that begins with = stays text when it is edited.
  s.plain = workbook_add_format(s.book);
  format_set_num_format(s.plain, "@");
  format_set_align(s.plain, LXW_ALIGN_VERTICAL_TOP);
  s.wrapped = workbook_add_format(s.book);
  format_set_num_format(s.wrapped, "@");
  format_set_align(s.wrapped, LXW_ALIGN_VERTICAL_TOP);
  format_set_text_wrap(s.wrapped);
  s.link = workbook_add_format(s.book);
  format_set_font_color(s.link, LXW_COLOR_BLUE);
  format_set_underline(s.link, LXW_UNDERLINE_SINGLE);
  format_set_align(s.link, LXW_ALIGN_VERTICAL_TOP);
  begin_sheet();
}

Sheet::~Sheet() {
  auto& s = *state_;
  if (s.book) workbook_close(s.book);  // the only way to free it
  if (s.file) std::fclose(s.file);
  ::unlink(s.path.c_str());
}

void Sheet::begin_sheet() {
  auto& s = *state_;
  s.sheet = workbook_add_worksheet(s.book, nullptr);
  if (!s.sheet) fail("no memory");
  s.row = 0;
  for (size_t c = 0; c < s.columns.size(); ++c)
    worksheet_set_column(s.sheet, static_cast<lxw_col_t>(c), static_cast<lxw_col_t>(c), s.columns[c]->width, nullptr);
  for (const auto& [name, value] : s.about) {
    worksheet_write_string(s.sheet, s.row, 0, name.c_str(), s.bold);
    worksheet_write_string(s.sheet, s.row, 1, cut(value).c_str(), s.plain);
    ++s.row;
  }
  for (size_t c = 0; c < s.columns.size(); ++c)
    worksheet_write_string(s.sheet, s.row, static_cast<lxw_col_t>(c), s.reader == Language::zh ? s.columns[c]->label_zh : s.columns[c]->label, s.bold);
  ++s.row;
  worksheet_freeze_panes(s.sheet, s.row, 1);
}

void Sheet::add(const Row& row) {
  auto& s = *state_;
  if (s.row == kMostSheetRows) begin_sheet();
  for (size_t c = 0; c < s.columns.size(); ++c) {
    const auto column = static_cast<lxw_col_t>(c);
    const auto cell = s.columns[c]->cell(row);
    if (cell.is_number()) {
      worksheet_write_number(s.sheet, s.row, column, cell.get<double>(), nullptr);
      continue;
    }
    const auto text = cut(s.reader ? cell_words(*s.columns[c], row, *s.reader) : cell_text(cell));
    if (text.empty()) continue;
    const std::string_view name = s.columns[c]->name;
    if (name.ends_with("url") && text.starts_with("http") && text.size() < 2000 && s.links < kMostLinks) {
      ++s.links;
      if (worksheet_write_url(s.sheet, s.row, column, text.c_str(), s.link) == LXW_NO_ERROR) continue;
    }
    if (const auto e = worksheet_write_string(s.sheet, s.row, column, text.c_str(), s.columns[c]->width > 60 ? s.wrapped : s.plain)) fail(lxw_strerror(e));
  }
  ++s.row;
}

void Sheet::close() {
  auto& s = *state_;
  auto* book = std::exchange(s.book, nullptr);
  if (const auto e = workbook_close(book)) fail(lxw_strerror(e));
  s.file = std::fopen(s.path.c_str(), "rb");
  if (!s.file) fail("it is gone");
}

bool Sheet::read(std::string& out, size_t most) {
  const size_t before = out.size();
  out.resize(before + most);
  const size_t n = std::fread(out.data() + before, 1, most, state_->file);
  out.resize(before + n);
  return n == most;
}

}  // namespace resolute::http
