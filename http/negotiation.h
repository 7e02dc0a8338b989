// What a client's header fields say about the answer it takes (RFC 9110).
#pragma once

#include <string>
#include <string_view>

namespace resolute::http {

// Whether If-None-Match names an entity tag; W/ does not count (13.1.2).
bool matches_etag(std::string_view if_none_match, std::string_view etag);

// The media type of a Content-Type field, in lower case, without parameters.
std::string media_type(std::string_view content_type);

// How much an Accept field wants a media type, 0 to 1000: the most specific range decides (12.5.1). Without a field, everything
// is wanted.
int wanted(std::string_view accept, std::string_view type);

// How much an Accept-Encoding field wants a coding, 0 to 1000 (12.5.3). Without a field, none.
int quality(std::string_view accept_encoding, std::string_view coding);

}  // namespace resolute::http
