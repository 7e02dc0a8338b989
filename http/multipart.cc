#include "http/multipart.h"

#include "schemas/ascii.h"

namespace resolute::http {
namespace {

// The value of a parameter, "; name=value" or "; name=\"value\"", which browsers escape as %22; nullopt where there is none.
std::optional<std::string> parameter(std::string_view field, std::string_view name) {
  for (size_t at = field.find(';'); at != std::string_view::npos;) {
    auto rest = trimmed(field.substr(at + 1));
    const size_t equals = rest.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const bool wanted = lowered(trimmed(rest.substr(0, equals))) == name;
    rest.remove_prefix(equals + 1);
    size_t end = 0;
    std::string value;
    if (rest.starts_with('"')) {
      end = rest.find('"', 1);
      if (end == std::string_view::npos) return std::nullopt;
      value = rest.substr(1, end - 1);
      end = rest.find(';', end);
    } else {
      end = rest.find(';');
      value = trimmed(rest.substr(0, end));
    }
    if (wanted) return value;
    at = end == std::string_view::npos ? end : static_cast<size_t>(rest.data() - field.data()) + end;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<FormPart>> parse_multipart(std::string_view content_type, std::string_view body) {
  if (lowered(trimmed(content_type.substr(0, content_type.find(';')))) != "multipart/form-data") return std::nullopt;
  const auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70) return std::nullopt;
  const std::string line = "--" + *boundary, delimiter = "\r\n" + line;
  if (!body.starts_with(line)) return std::nullopt;
  std::vector<FormPart> out;
  for (size_t at = line.size();;) {
    if (body.substr(at).starts_with("--")) return out;
    if (!body.substr(at).starts_with("\r\n") || out.size() == kMostFormParts) return std::nullopt;
    const size_t head_end = body.find("\r\n\r\n", at), end = head_end == std::string_view::npos ? head_end : body.find(delimiter, head_end + 2);
    if (end == std::string_view::npos) return std::nullopt;
    FormPart part;
    bool named = false;
    for (size_t field = at + 2; field < head_end;) {
      const size_t stop = body.find("\r\n", field);
      const auto text = body.substr(field, stop - field);
      const size_t colon = text.find(':');
      if (colon != std::string_view::npos && lowered(text.substr(0, colon)) == "content-disposition") {
        const auto name = parameter(text.substr(colon + 1), "name");
        named = name.has_value();
        part.name = name.value_or("");
        part.filename = parameter(text.substr(colon + 1), "filename").value_or("");
      }
      field = stop + 2;
    }
    if (!named) return std::nullopt;
    // Nothing but a line's end may stand between the head and an empty content.
    part.content = end >= head_end + 4 ? body.substr(head_end + 4, end - head_end - 4) : std::string_view();
    out.push_back(std::move(part));
    at = end + delimiter.size();
  }
}

}  // namespace resolute::http
