// The page of its own build that may ask CircleCI for a key set: docs/page.md.
import "./fetch-keys.js";
import "./main.js";
