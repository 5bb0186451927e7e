//! The JavaScript side: every function takes the JSON text of its argument object and returns JSON text. No logic here.

use js_sys::Error as JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Error, boundary};

/// Two-level segregated fit: constant time, little fragmentation, and small in itself.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A misuse becomes a JavaScript `Error` whose `name` is its code.
fn thrown(error: &Error) -> JsError {
    let thrown = JsError::new(&error.to_string());
    thrown.set_name(error.code());
    thrown
}

/// The result of a function of the interface, by its name. One export for all of them: wasm-bindgen writes the same twenty
/// lines of JavaScript for each.
///
/// # Errors
/// A JavaScript `Error` named `ERR_ARGUMENT` or `ERR_TOO_LARGE`.
#[wasm_bindgen]
pub fn call(function: &str, argument: &str) -> Result<String, JsError> {
    boundary::call(function, argument).map_err(|error| thrown(&error))
}
