// A stored document as Akoma Ntoso, the way the UN marks its own up ("AKN4UN Guidelines", HLCM).
#pragma once

#include <string>

#include "schemas/document.h"

namespace resolute::http {

// A whole file. The kind of each block is said in its class ("kind-operative"), so that indexer/reader_akn reads it again
// with the same paragraphs; citations are <ref>.
std::string print_akn(const Document& document);

}  // namespace resolute::http
