//! The spelling of CircleCI's ids.

/// The UUID that stands in the place of a redacted id.
pub(super) const ZERO: &str = "00000000-0000-0000-0000-000000000000";

/// Whether a text is a UUID in CircleCI's spelling: 8-4-4-4-12 lower-case hexadecimal digits. Clouds compare ids
/// character by character, so an upper-case UUID is another id to them.
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    is_uuid_of_any_case(text) && !text.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Whether a text is a UUID in any letter case.
pub(super) fn is_uuid_of_any_case(text: &str) -> bool {
    text.len() == ZERO.len()
        && text.bytes().zip(ZERO.bytes()).all(|(byte, model)| match model {
            b'-' => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::{ZERO, is_uuid, is_uuid_of_any_case};

    #[test]
    fn lower_case_hexadecimal_only() {
        assert!(is_uuid(ZERO) && is_uuid("17c50866-1802-5aeb-874e-7f4dfce1b6b5"));
        for other in [
            "",
            "17C50866-1802-5aeb-874e-7f4dfce1b6b5",
            "17c50866_1802-5aeb-874e-7f4dfce1b6b5",
            "g7c50866-1802-5aeb-874e-7f4dfce1b6b5",
        ] {
            assert!(!is_uuid(other), "{other}");
        }
        assert!(is_uuid_of_any_case("17C50866-1802-5aeb-874e-7f4dfce1b6b5"));
    }
}
