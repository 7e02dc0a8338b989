// Answers in fewer bytes.
#pragma once

#include "http/handler.h"

namespace resolute::http {

// The answer as Brotli (RFC 7932) or gzip (RFC 1952), what the client would rather have, Brotli of equals, where it is worth it: text of a
// kilobyte or more. Says so in its head.
void compress(const Request& request, Response& response);
// The bytes so. Both throw Error(unavailable).
std::string gzip(std::string_view bytes);
std::string brotli(std::string_view bytes);

}  // namespace resolute::http
