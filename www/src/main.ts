// First, so that the packed module does not part the code: gzip looks back 32 KiB, and it is longer.
import { startEngine } from "./engine.js";

import "./field.js";
import "./panel.js";
import "./samples.js";
import "./ticket-view.js";
import { type Page } from "./page.js";
import "./page.js";
import { listen } from "./host.js";
import { say } from "./said.js";

/** Shows the page once the core runs, or says why it does not. */
function start(): void {
  const place = document.querySelector("#page");
  if (place === null) return;
  const embedded = document.documentElement.dataset.embed !== undefined;
  // Whoever frames this page could lay something over it; where a host's headers cannot forbid that, it does so itself.
  if (!embedded && parent !== window) return say("This page is meant to stand alone. In a frame, use embed.html beside it.");
  try {
    const page = document.createElement("oidc-page") as Page;
    page.engine = startEngine();
    page.compact = embedded;
    place.replaceChildren(page);
    if (page.compact) listen(page);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(`This page needs WebAssembly, which is blocked here: ${reason}. Allow it for this page (in Edge: enhanced security; in Safari: Lockdown Mode), or use the command line: npx circleci-oidc --help`);
  }
}

// After the first paint: starting the core takes a moment.
requestAnimationFrame(() => setTimeout(start));
