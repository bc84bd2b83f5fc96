#include "tallystick/wire/named_entity.hpp"

#include "wire/codec.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(NamedEntity, (), (id, name))

template std::string to_json<NamedEntity>(const NamedEntity&);
template Result<NamedEntity, DecodeFaults> from_json<NamedEntity>(std::string_view);

}  // namespace tallystick::wire
