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

/// The result of a function of the interface, by its name, which stands in a line before the argument. One export for all
/// of them: wasm-bindgen writes the same twenty lines of JavaScript for each. As UTF-8: a string would be written into the
/// memory by JavaScript, character by character.
///
/// # Errors
/// A JavaScript `Error` named `ERR_ARGUMENT` or `ERR_TOO_LARGE`.
#[wasm_bindgen]
pub fn call(request: &[u8]) -> Result<String, JsError> {
    let (function, argument) = str::from_utf8(request).unwrap_or_default().split_once('\n').unwrap_or_default();
    boundary::call(function, argument).map_err(|error| thrown(&error))
}
