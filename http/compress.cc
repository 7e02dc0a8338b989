#include "http/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>

#include "http/negotiation.h"
#include "schemas/error.h"

namespace resolute::http {
namespace {

constexpr size_t kLeast = 1024;
constexpr int kLevel = 5, kGzip = 15 + 16;  // zlib: a window of 32 kB with a gzip head
constexpr int kQuality = 5, kWindow = 19;   // Brotli: as fast as that, a seventh shorter, in a window of 512 kB

bool is_text(std::string_view type) {
  for (const std::string_view prefix :
       {"text/", "application/json", "application/problem+json", "application/opensearch", "application/atom+xml", "application/x-", "image/svg"})
    if (type.starts_with(prefix)) return true;
  return false;
}

// Whether more follows the body, piece by piece: then nothing of it can be compressed here.
template <typename Answer>
bool goes_on(const Answer& answer) {
  if constexpr (requires { answer.stream; })
    return static_cast<bool>(answer.stream);
  else
    return false;
}

}  // namespace

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw Error(ErrorKind::unavailable, "no memory to compress with");
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib does not write there
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int status = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (status != Z_STREAM_END) throw Error(ErrorKind::unavailable, "zlib did not finish");
  return out;
}

std::string brotli(std::string_view bytes) {
  size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  if (!BrotliEncoderCompress(kQuality, kWindow, BROTLI_MODE_TEXT, bytes.size(), reinterpret_cast<const uint8_t*>(bytes.data()), &size,
                             reinterpret_cast<uint8_t*>(out.data())))
    throw Error(ErrorKind::unavailable, "Brotli did not finish");
  out.resize(size);
  return out;
}

void compress(const Request& request, Response& response) {
  const auto encoded = [](const auto& field) { return field.first == "Content-Encoding"; };
  if (std::any_of(response.headers.begin(), response.headers.end(), encoded)) return;
  const auto vary = std::find_if(response.headers.begin(), response.headers.end(), [](const auto& field) { return field.first == "Vary"; });
  // What varies at all says this, too, pressed or not: one rule for every address of the contract.
  if (vary != response.headers.end())
    vary->second += ", Accept-Encoding";
  else if (is_text(response.content_type))
    response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!is_text(response.content_type) || goes_on(response)) return;
  if (response.body.size() < kLeast || response.body.size() > (64u << 20) || request.accept_encoding.empty()) return;
  const int by_gzip = quality(request.accept_encoding, "gzip"), by_brotli = quality(request.accept_encoding, "br");
  if (by_gzip == 0 && by_brotli == 0) return;
  const bool is_brotli = by_brotli >= by_gzip;
  response.body = is_brotli ? brotli(response.body) : gzip(response.body);
  response.headers.emplace_back("Content-Encoding", is_brotli ? "br" : "gzip");
}

}  // namespace resolute::http
