// Plain text: structure_text and the line readers.
#include "indexer/readers/reader.h"
#include "schemas/action.h"
#include "schemas/body.h"
#include "schemas/state.h"
#include "tests/fuzz/check_document.h"
#include "tests/fuzz/target.h"
#include "text/line.h"
#include "text/structure.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute;
  const std::string_view s(reinterpret_cast<const char*>(data), size);
  const auto reading = indexer::read_text("S_RES_3999_2040_en.txt", s);
  for (const auto& d : reading.documents) check_document(d);
  indexer::detect_format(s);
  indexer::symbol_from_path(s);
  text::find_date(s);
  text::find_meeting(s);
  text::find_agenda(s);
  if (text::find_numeral(s).bytes > size) std::abort();
  find_action(s, true);
  find_action(s, false);
  find_committees(s);
  find_subsidiary_bodies(s);
  for (const auto& name : split_states(s)) find_state(name);
  return 0;
}
