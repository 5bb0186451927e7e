import { html, nothing } from "lit";

import type { Engine } from "./engine.js";

/** Which program this is: results are only worth something with it. */
export const footer = ({ version, rulesDate }: Engine) => html`<footer>
  <p>circleci-oidc ${version}, rules of ${rulesDate}${__BUILD__ === "" ? nothing : html`, build <code>${__BUILD__}</code>`}. Not affiliated with CircleCI.</p>
  <details>
    <summary>How do I know that nothing leaves this page?</summary>
    <p>
      The page is one file. Its policy (the first lines of its source) lets the browser ${__FETCHING__
        ? "ask https://oidc.circleci.com and nobody else, and the page does so when you press the button that fetches a key set. It"
        : "load nothing at all: no request, image, frame or worker. Save it, switch the network off, and it does the same. It"}
      stores nothing: no cookie, no local storage, nothing in the address. What the policy cannot forbid is that a page leads you to another
      address; this one has links to vendors' documentation alone, which open only when you choose them and take nothing along.
    </p>
  </details>
</footer>`;
