//! The condition keys that tell the time
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>).

use super::held::Held;
use crate::Seconds;

/// Why a text is not compared with the time, and stands in no variable.
pub(super) const SPELLING: &str = "AWS does not say how the time is spelled as text. Compare it with a Date operator, aws:EpochTime also with a Numeric one.";

/// What `aws:CurrentTime` or `aws:EpochTime` holds at a time; none for other keys.
pub(super) fn look_up(key: &str, now: Option<Seconds>) -> Option<Held> {
    let spell = if key.eq_ignore_ascii_case("aws:CurrentTime") {
        iso_time
    } else if key.eq_ignore_ascii_case("aws:EpochTime") {
        epoch_time
    } else {
        return None;
    };
    let unknown = Held::NotKnown("The time at which the token is presented is not known.");
    Some(now.and_then(spell).map_or(unknown, Held::One))
}

fn iso_time(now: Seconds) -> Option<String> {
    let at = time::OffsetDateTime::from_unix_timestamp(now.floor()).ok()?;
    let (year, month, day) = at.to_calendar_date();
    let (hour, minute, second) = at.to_hms();
    let month = u8::from(month);
    (0..=9999).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

fn epoch_time(now: Seconds) -> Option<String> {
    Some(now.floor().to_string())
}
