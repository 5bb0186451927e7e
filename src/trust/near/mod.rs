//! Texts that are nearly the same: what every cloud's near misses are found with.

mod ids;
mod look_alike;
mod segments;
mod text;

pub(super) use self::{
    ids::{Ids, typo},
    look_alike::{as_meant, says},
    segments::choose,
    text::{BARE, bare, of_text, pasteable},
};
