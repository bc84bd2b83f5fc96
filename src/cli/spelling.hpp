#pragma once
#include "client/spelling.hpp"

/// The client's rules for misspelt names, which commands use too.
namespace tallystick::cli {

using client::did_you_mean;
using client::equals_without_case;
using client::nearest_spelling;

}  // namespace tallystick::cli
