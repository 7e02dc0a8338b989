#include "cli/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "text/normalize.h"

namespace resolute::cli {

bool is_terminal(int fd) { return ::isatty(fd) == 1; }

int terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20) return size.ws_col;
  return 100;
}

std::string human_bytes(uint64_t bytes) {
  if (bytes < 10'000) return fmt::format("{} B", bytes);
  if (bytes < 10'000'000) return fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3);
  if (bytes < 10'000'000'000) return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
  return fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

std::string with_commas(uint64_t n) {
  const std::string digits = std::to_string(n);
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

ProgressBar::ProgressBar() : terminal_(is_terminal(STDERR_FILENO)), begin_(std::chrono::steady_clock::now()), phase_begin_(begin_), shown_(begin_) {}

ProgressBar::~ProgressBar() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
}

void ProgressBar::show(const indexer::Progress& p) {
  const auto now = std::chrono::steady_clock::now();
  if (std::string_view(phase_) != p.phase) {
    phase_ = p.phase;
    phase_begin_ = now;
  } else if (now - shown_ < (terminal_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(3000))) {
    return;
  }
  const bool first_line = shown_ == begin_;
  if (!terminal_ && !first_line && now - shown_ < std::chrono::milliseconds(3000)) return;
  if (!terminal_ && first_line && now - begin_ < std::chrono::milliseconds(1500)) return;
  shown_ = now;
  const double seconds = std::max(1e-3, std::chrono::duration<double>(now - phase_begin_).count());
  const bool bytes = std::string_view(p.phase) == "reading";
  const double rate = static_cast<double>(p.done) / seconds;
  std::string line = fmt::format("{:8} ", p.phase);
  if (p.total) {
    const double share = std::min(1.0, static_cast<double>(p.done) / static_cast<double>(p.total));
    if (terminal_) {
      const int cells = 24, full = static_cast<int>(share * cells);
      line += "[";
      for (int i = 0; i < cells; ++i) line += i < full ? '#' : '.';
      line += "] ";
    }
    line += fmt::format("{:3.0f}%  ", share * 100);
    line += bytes ? fmt::format("{} of {}  {}/s", human_bytes(p.done), human_bytes(p.total), human_bytes(static_cast<uint64_t>(rate)))
                  : fmt::format("{} of {} documents  {:.0f}/s", with_commas(p.done), with_commas(p.total), rate);
    if (rate > 0 && p.total > p.done) line += fmt::format("  {:.0f} s left", static_cast<double>(p.total - p.done) / rate);
  }
  if (terminal_) {
    std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
    drawn_ = true;
  } else {
    std::fprintf(stderr, "%s\n", line.c_str());
  }
  std::fflush(stderr);
}

std::string mark(std::string_view text, const std::vector<Span>& spans, bool color) {
  if (!color) return std::string(text);
  std::string out;
  uint32_t at = 0;
  for (const auto& s : spans) {
    if (s.begin < at || s.end > text.size()) continue;
    out += text.substr(at, s.begin - at);
    out += "\x1b[1;33m";
    out += text.substr(s.begin, s.end - s.begin);
    out += "\x1b[0m";
    at = s.end;
  }
  out += text.substr(at);
  return out;
}

std::string wrap(std::string_view s, int width, std::string_view indent) {
  std::string out(indent), word;
  int column = 0, word_width = 0;
  const auto flush = [&] {
    if (column + word_width > width && column > 0) {
      while (!out.empty() && out.back() == ' ') out.pop_back();
      out += '\n';
      out += indent;
      column = 0;
    }
    out += word;
    column += word_width;
    word.clear();
    word_width = 0;
  };
  for (size_t i = 0; i < s.size();) {
    if (s[i] == '\x1b') {  // an escape code takes no room
      const size_t end = s.find('m', i);
      if (end == std::string_view::npos) break;
      word += s.substr(i, end + 1 - i);
      i = end + 1;
      continue;
    }
    const size_t at = i;
    const char32_t c = text::next_code_point(s, i);
    const bool wide = c >= 0x2E80;
    if (wide) flush();
    word += s.substr(at, i - at);
    word_width += wide ? 2 : 1;
    if (wide || c == ' ') flush();
  }
  flush();
  return out;
}

}  // namespace resolute::cli
