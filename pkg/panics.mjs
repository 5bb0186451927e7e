#!/usr/bin/env node
// Lets a panic trap at once: node panics.mjs CORE OUT
// For this target Rust makes the message of a panic and then drops it, since there is nowhere to print it. With the bodies of
// the functions that do so gone, wasm-opt takes out whatever only they use.
import { readFileSync, writeFileSync } from "node:fs";
import binaryen from "binaryen";

/** Functions of Rust's libraries that do not return: the beginnings of all panics, and what follows an allocation that failed. */
const PANIC = /^(core|alloc|std|__rustc)\b.*(\bpanicking::|::(rust_begin_unwind|handle_error|handle_alloc_error|capacity_overflow|(slice_index|slice_error|len_mismatch|unwrap|expect)_fail(ed)?)\b)/;

const [core, out] = process.argv.slice(2);
const module = binaryen.readBinary(readFileSync(core));
const functions = Array.from({ length: module.getNumFunctions() }, (_, index) => binaryen.getFunctionInfo(module.getFunctionByIndex(index)));
const panics = functions.filter(({ name, module: imported }) => !imported && PANIC.test(name));
// Names are the compiler's, and another one may choose others.
if (!panics.some(({ name }) => name.endsWith("::panicking::panic_fmt"))) throw new Error(`${core} has no function for panics that is known here`);
for (const { name, params, results } of panics) {
  module.removeFunction(name);
  module.addFunction(name, params, results, [], module.unreachable());
}
writeFileSync(out, module.emitBinary());
console.log(`${panics.length} functions trap`);
