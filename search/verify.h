// Whether an index says everywhere the same: what can be recomputed is, and compared.
#pragma once

namespace resolute::search {

class Generation;

// Beyond the checksums that opening it has checked: documents against columns, entries against both, texts against their
// folded form and the lists of their terms, phrases against the texts. Throws Error(corrupt), saying what differs.
void verify_generation(const Generation& generation);
// Of it the sources alone, which opening does not read. Throws Error(corrupt).
void verify_kept_sources(const Generation& generation);

}  // namespace resolute::search
