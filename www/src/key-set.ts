import type { Decoded } from "circleci-oidc";
import { html, nothing } from "lit";

import { clean } from "../../pkg/src/cli/text/clean.js";
import { copy } from "./copy.js";

/** CircleCI's own issuers are below it. */
const CIRCLECI = "https://oidc.circleci.com";

/** Where the issuer's key set is, and a line that gets it: the usual page has no network. */
export function keySetAdvice(decoded: Decoded | undefined) {
  const url = decoded?.issuer.jwksUrl;
  if (url === undefined) return html`<p class="quiet">${__FETCHING__ ? "" : "The page cannot fetch it: it has no network. "}Once a token was read, its address stands here.</p>`;
  const line = `curl -sS '${url.replaceAll("'", "'\\''")}'`;
  const issuer = decoded?.issuer.url;
  return html`
    <p>${__FETCHING__ ? "" : "This page has no network, so it cannot fetch the key set. "}Its address:</p>
    <p class="line"><code>${clean(url)}</code> ${copy(url, "the address")}</p>
    <p class="line"><code>${clean(line)}</code> ${copy(line, "the curl line")}</p>
    ${__FETCHING__ && (issuer === CIRCLECI || issuer?.startsWith(`${CIRCLECI}/`)) ? html`<oidc-fetch-keys .issuer=${issuer}></oidc-fetch-keys>` : nothing}
    ${decoded?.issuer.kind === "org" ? html`<p class="quiet">It follows from the token's issuer. See that the organization in it is yours.</p>` : nothing}
  `;
}
