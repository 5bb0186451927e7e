//! Downloading the crates of `Cargo.lock` ahead of every build, so that what follows needs no network.

use crate::cargo;
use crate::failure::Failure;
use crate::place::Place;
use crate::screen::Screen;
use crate::stamp::{Inputs, Stamp};

/// Fetches them, unless the same lock file was fetched before.
pub(crate) fn get(place: &Place, screen: &Screen) -> Result<((), String), Failure> {
    let inputs = Inputs::default().path(&place.root.join("Cargo.lock"));
    let stamp = Stamp::new(place.target.join("stamps/crates"), &inputs);
    if stamp.is_fresh(&[]) {
        return Ok(((), "already there".to_owned()));
    }
    cargo::native(place, "fetch")
        .arg("--locked")
        .advice("Cargo needs its registry once; if Cargo.lock is out of date, run `cargo check` and commit it")
        .run(screen)?;
    stamp.set();
    Ok(((), "downloaded".to_owned()))
}
