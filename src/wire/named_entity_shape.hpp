#pragma once
#include "tallystick/wire/named_entity.hpp"
#include "wire/codec.hpp"

namespace tallystick::wire {

// Apart from the instantiations, since overviews name their organization.
BOOST_DESCRIBE_STRUCT(NamedEntity, (), (id, name))

}  // namespace tallystick::wire
