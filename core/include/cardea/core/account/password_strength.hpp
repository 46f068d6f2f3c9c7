// How hard a password is to guess for someone who knows how people make them.
#pragma once

#include <cardea/core/account/username.hpp>
#include <cardea/core/base/secret.hpp>

namespace cardea {

// An estimate in bits by zxcvbn: words of dictionaries, names, dates, keyboard paths, sequences and repetitions, with
// the usual substitutions (p4ssw0rd). The user name counts as a word of a dictionary. What stands behind the first 256
// bytes adds nothing. Takes up to a few milliseconds.
double estimated_bits(const Secret& password, const Username& username);

}  // namespace cardea
