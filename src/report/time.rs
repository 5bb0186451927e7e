//! Times for people: absolute UTC and relative, never bare epoch seconds alone.

use crate::Seconds;

/// `2025-11-13 22:03:52 UTC`; a fraction is cut off. The whole number of seconds where it is outside the years -9999 to
/// 9999.
#[must_use]
pub fn utc(at: Seconds) -> String {
    match time::OffsetDateTime::from_unix_timestamp(at.floor()) {
        Ok(at) => format!(
            "{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC",
            at.year(),
            u8::from(at.month()),
            at.day(),
            at.hour(),
            at.minute(),
            at.second()
        ),
        Err(_) => format!("{} s after 1970", at.floor()),
    }
}

/// `12 min`, `3 h 5 min`, `2 days 4 h`: a length of time in its two largest units, rounded down.
#[must_use]
pub fn duration(length: Seconds) -> String {
    const UNITS: [(i64, &str); 4] = [(86_400, "day"), (3_600, "h"), (60, "min"), (1, "s")];
    let mut rest = length.abs().floor();
    let mut parts = Vec::new();
    for (unit, name) in UNITS {
        let count = rest.div_euclid(unit);
        rest = rest.rem_euclid(unit);
        if count > 0 {
            let plural = if name == "day" && count != 1 { "s" } else { "" };
            parts.push(format!("{count} {name}{plural}"));
        }
        if parts.len() == 2 || (!parts.is_empty() && count == 0) {
            break;
        }
    }
    if parts.is_empty() { "0 s".to_owned() } else { parts.join(" ") }
}

/// `12 min ago` or `in 12 min`, seen from `now`.
#[must_use]
pub fn relative(at: Seconds, now: Seconds) -> String {
    let length = duration(at.minus(now));
    if at.floor() == now.floor() {
        "now".to_owned()
    } else if at < now {
        format!("{length} ago")
    } else {
        format!("in {length}")
    }
}

#[cfg(test)]
mod tests {
    use super::{duration, relative, utc};
    use crate::Seconds;

    fn seconds(spelled: &str) -> Seconds {
        Seconds::parse(spelled).unwrap()
    }

    #[test]
    fn absolute() {
        assert_eq!(utc(seconds("1763071432")), "2025-11-13 22:03:52 UTC");
        assert_eq!(utc(seconds("-0.5")), "1969-12-31 23:59:59 UTC");
        assert_eq!(utc(seconds("1e12")), "1000000000000 s after 1970");
    }

    #[test]
    fn lengths() {
        for (length, text) in [
            ("0.4", "0 s"),
            ("59", "59 s"),
            ("60", "1 min"),
            ("725", "12 min 5 s"),
            ("3600", "1 h"),
            ("3605", "1 h"),
            ("90000", "1 day 1 h"),
            ("172800", "2 days"),
        ] {
            assert_eq!(duration(seconds(length)), text);
        }
    }

    #[test]
    fn relative_to_now() {
        assert_eq!(relative(seconds("100"), seconds("820")), "12 min ago");
        assert_eq!(relative(seconds("820"), seconds("100")), "in 12 min");
        assert_eq!(relative(seconds("100.2"), seconds("100.9")), "now");
    }
}
