// First, so that the packed module does not part the code: gzip looks back 32 KiB, and it is longer.
import { startEngine } from "./engine.js";

import "./field.js";
import "./panel.js";
import "./samples.js";
import "./ticket-view.js";
import { type Page } from "./page.js";
import "./page.js";
import { listen } from "./host.js";

/** Shows the page once the core runs, or says why it does not. */
function start(): void {
  const place = document.querySelector("#page");
  if (place === null) return;
  try {
    const page = document.createElement("oidc-page") as Page;
    page.engine = startEngine();
    page.compact = document.documentElement.dataset.embed !== undefined;
    place.replaceChildren(page);
    if (page.compact) listen(page);
  } catch (error) {
    const words = document.createElement("p");
    words.className = "bad";
    words.setAttribute("role", "alert");
    words.textContent = `This page needs WebAssembly, which is blocked here: ${error instanceof Error ? error.message : String(error)}. Allow it for this page (in Edge: enhanced security; in Safari: Lockdown Mode), or use the command line: npx circleci-oidc --help`;
    place.replaceChildren(words);
  }
}

// After the first paint: starting the core takes a moment.
requestAnimationFrame(() => setTimeout(start));
