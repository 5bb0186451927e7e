import type { ProviderId } from "circleci-oidc";

import { copy } from "./copy.js";
import { html } from "./html.js";

/** How to get what the page reads, where somebody has only the error message; in one cloud or in any. */
const COMMANDS: [what: string, line: string, cloud?: ProviderId][] = [
  ["What the job sent, without the signature, by a step of it (or CIRCLE_OIDC_TOKEN, if it uses that)", 'echo "$CIRCLE_OIDC_TOKEN_V2" | cut -d. -f1,2'],
  ["The same, a few minutes after AWS refused it", "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithWebIdentity", "aws"],
  ["A role with its trust policy", "aws iam get-role --role-name NAME", "aws"],
  ["A provider of Google Cloud", "gcloud iam workload-identity-pools providers describe NAME --workload-identity-pool=POOL --location=global --format=json", "gcp"],
  ["An application's federated credentials", "az ad app federated-credential list --id APPLICATION", "azure"],
  ["A role of Vault or OpenBao", "vault read -format=json auth/jwt/role/NAME", "vault"],
  ["Everything that a plan would change", "terraform show -json PLAN"],
];

export const commands = (asked?: ProviderId) => html`<section class="commands" aria-labelledby="commands-title">
  <h2 id="commands-title">Only an error message at hand? This gets the rest</h2>
  <dl>
    ${COMMANDS.filter(([, , cloud]) => asked === undefined || cloud === undefined || cloud === asked).map(([what, line]) => html`<dt>${what}</dt><dd><code>${line}</code> ${copy(line, `the command: ${what}`)}</dd>`)}
  </dl>
</section>`;
