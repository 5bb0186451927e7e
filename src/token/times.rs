//! `iat` and `exp` (RFC 7519, 4.1.4 and 4.1.6).

use serde::Serialize;

use crate::{Seconds, json::Value};

/// When a token was made and when it ends: epoch seconds, possibly with a fraction. A time is `None` where the claim is
/// absent, not a number, or more than 10^12 seconds from 1970.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Times {
    /// `iat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Seconds>,
    /// `exp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Seconds>,
    /// `exp` minus `iat`, in seconds; an hour unless the organization set another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifetime: Option<Seconds>,
}

impl Times {
    /// Takes the two claims.
    #[must_use]
    pub fn new(iat: Option<&Value>, exp: Option<&Value>) -> Self {
        let (issued_at, expires) = (iat.and_then(Seconds::of), exp.and_then(Seconds::of));
        Self { issued_at, expires, lifetime: issued_at.zip(expires).map(|(from, to)| to.minus(from)) }
    }
}

#[cfg(test)]
mod tests {
    use super::Times;
    use crate::json::{Value, write};

    #[test]
    fn numbers_as_a_person_writes_them() {
        let number = |spelled: &str| Value::Number(spelled.to_owned());
        let times = Times::new(Some(&number("1763071432")), Some(&number("1763075032.5")));
        let json = write(&times).unwrap();
        assert_eq!(json, r#"{"issuedAt":1763071432,"expires":1763075032.5,"lifetime":3600.5}"#);
    }

    #[test]
    fn what_no_calendar_holds_is_no_time() {
        for spelled in ["1e400", "-1e13"] {
            assert_eq!(Times::new(Some(&Value::Number(spelled.to_owned())), None), Times::default());
        }
        assert_eq!(Times::new(Some(&Value::from("1763071432")), None), Times::default());
    }
}
