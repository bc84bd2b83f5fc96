#include "tallystick/wire/named_entity.hpp"

#include "wire/named_entity_shape.hpp"

namespace tallystick::wire {

template std::string to_json<NamedEntity>(const NamedEntity&);
template Result<NamedEntity, DecodeFaults> from_json<NamedEntity>(std::string_view);

}  // namespace tallystick::wire
