#pragma once
#include "tallystick/wire/organization.hpp"
#include "wire/codec.hpp"

namespace tallystick::wire {

// Apart from the instantiations, since listings of trustors hold them.
BOOST_DESCRIBE_STRUCT(Organization, (), (id, name, self_uri))

}  // namespace tallystick::wire
