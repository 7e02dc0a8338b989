// Answers in fewer bytes.
#pragma once

#include "http/handler.h"

namespace resolute::http {

// The answer as gzip (RFC 1952) where the client takes it and it is worth it: text of a kilobyte or more.
// Says so in its head.
void compress(const Request& request, Response& response);
// The bytes as gzip.
std::string gzip(std::string_view bytes);

}  // namespace resolute::http
