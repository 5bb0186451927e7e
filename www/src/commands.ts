import { html } from "lit";

import { copy } from "./copy.js";

/** How to get what the page reads, where somebody has only the error message. */
const COMMANDS: [what: string, line: string][] = [
  ["What the job sent, a few minutes after AWS refused it", "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithWebIdentity"],
  ["A role with its trust policy", "aws iam get-role --role-name NAME"],
  ["A provider of Google Cloud", "gcloud iam workload-identity-pools providers describe NAME --workload-identity-pool=POOL --location=global --format=json"],
  ["An application's federated credentials", "az ad app federated-credential list --id APPLICATION"],
  ["A role of Vault or OpenBao", "vault read -format=json auth/jwt/role/NAME"],
  ["Everything that a plan would change", "terraform show -json PLAN"],
];

export const commands = () => html`<section class="commands" aria-labelledby="commands-title">
  <h2 id="commands-title">Only an error message at hand? This gets the rest</h2>
  <dl>
    ${COMMANDS.map(([what, line]) => html`<dt>${what}</dt><dd><code>${line}</code> ${copy(line, `the command: ${what}`)}</dd>`)}
  </dl>
</section>`;
