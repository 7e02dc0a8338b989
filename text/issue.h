// What kind of issue of a document a file is: the document itself, a corrigendum to it, a
// revision, a reissue. And notes that say "the same as above".
#pragma once

#include <string_view>

#include "schemas/document.h"

namespace resolute::text {

// "* Reissued for technical reasons on 21 June 2036.", "* 由于技术原因于2036年6月21日重发。": a note on
// the issue, no part of the text.
bool is_reissue_note(std::string_view paragraph);

// Sets the type by the symbol where nothing else gave it (a corrigendum is no resolution, an "L." is a
// draft), makes a reissue's line a footnote, and warns of corrigenda, revisions and reissues.
// For a document whose paragraphs have no fragments yet.
void tell_issue(Document& document);

// "Ibid., annex I." and "同上，附件一。" of a footnote cite what the note before cites, where that is one
// document and the place named is a part of it.
void resolve_ibid(Document& document);

}  // namespace resolute::text
