#include "tallystick/wire/applied_changes.hpp"

#include "wire/codec.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(AppliedChanges, (), (created, updated, removed, unchanged))

template std::string to_json<AppliedChanges>(const AppliedChanges&);
template Result<AppliedChanges, DecodeFaults> from_json<AppliedChanges>(std::string_view);

}  // namespace tallystick::wire
