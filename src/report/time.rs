//! Times for people: absolute UTC and relative, never bare epoch seconds alone.

use serde::Serializer;

/// `2025-11-13 22:03:52 UTC` for epoch seconds; a fraction is cut off. The whole number where it is outside the years
/// -9999 to 9999.
#[must_use]
pub fn utc(epoch_seconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "saturates, and what saturates is out of the calendar's range")]
    let whole = epoch_seconds.floor() as i64;
    match time::OffsetDateTime::from_unix_timestamp(whole) {
        Ok(at) => format!(
            "{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC",
            at.year(),
            u8::from(at.month()),
            at.day(),
            at.hour(),
            at.minute(),
            at.second()
        ),
        Err(_) => format!("{whole} s after 1970"),
    }
}

/// `12 min`, `3 h 5 min`, `2 days 4 h`: a length of time in its two largest units, rounded down.
#[must_use]
pub fn duration(seconds: f64) -> String {
    const UNITS: [(f64, &str); 4] = [(86_400.0, "day"), (3_600.0, "h"), (60.0, "min"), (1.0, "s")];
    let mut rest = seconds.abs().floor();
    let mut parts = Vec::new();
    for (length, name) in UNITS {
        let count = (rest / length).floor();
        rest -= count * length;
        if count > 0.0 {
            // As a whole number: writing a float would bring 12 KB of code for it into the wasm module.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole and positive; saturates"
            )]
            let whole = count as u64;
            let plural = if name == "day" && count != 1.0 { "s" } else { "" };
            parts.push(format!("{whole} {name}{plural}"));
        }
        if parts.len() == 2 || (!parts.is_empty() && count == 0.0) {
            break;
        }
    }
    if parts.is_empty() { "0 s".to_owned() } else { parts.join(" ") }
}

/// `12 min ago` or `in 12 min`, seen from `now`; both in epoch seconds.
#[must_use]
pub fn relative(at: f64, now: f64) -> String {
    let length = duration(at - now);
    if at.floor() == now.floor() {
        "now".to_owned()
    } else if at < now {
        format!("{length} ago")
    } else {
        format!("in {length}")
    }
}

/// Writes whole seconds without `.0`, so that a report says `1763071432` as the token does.
///
/// # Errors
/// What the serializer says.
pub fn serialize_seconds<S: Serializer>(seconds: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if seconds.fract() == 0.0 && seconds.abs() <= 1e15 {
        #[expect(clippy::cast_possible_truncation, reason = "whole, and well within the range")]
        serializer.serialize_i64(*seconds as i64)
    } else {
        serializer.serialize_f64(*seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::{duration, relative, utc};

    #[test]
    fn absolute() {
        assert_eq!(utc(1_763_071_432.0), "2025-11-13 22:03:52 UTC");
        assert_eq!(utc(-0.5), "1969-12-31 23:59:59 UTC");
        assert_eq!(utc(1e12), "1000000000000 s after 1970");
    }

    #[test]
    fn lengths() {
        for (seconds, text) in [
            (0.4, "0 s"),
            (59.0, "59 s"),
            (60.0, "1 min"),
            (725.0, "12 min 5 s"),
            (3600.0, "1 h"),
            (3605.0, "1 h"),
            (90_000.0, "1 day 1 h"),
            (172_800.0, "2 days"),
        ] {
            assert_eq!(duration(seconds), text);
        }
    }

    #[test]
    fn relative_to_now() {
        assert_eq!(relative(100.0, 820.0), "12 min ago");
        assert_eq!(relative(820.0, 100.0), "in 12 min");
        assert_eq!(relative(100.2, 100.9), "now");
    }
}
