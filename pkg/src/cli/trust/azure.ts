import type { AzureTrust } from "circleci-oidc";

import { oneIn } from "../cases/named.js";
import { readFiles } from "./documents.js";
import type { Family } from "./family.js";

/** Azure: the federated credentials of applications and managed identities, of which any lets a token in. */
export const AZURE: Family<AzureTrust> = {
  provider: "azure",
  options: ["azure"],
  members: { credentials: "azure" },
  tells: [],
  thing: "federated credential",
  advice: "Give a document that holds it: az ad app federated-credential list --id APPLICATION prints all of an application.",
  parties: /"issuer"/i,
  // One credential, or an application with its own; a list names each, not itself.
  named: /^\s*\{(?![\s\S]*"value"\s*:\s*\[)[\s\S]*"(?:name|display_?name)"\s*:/i,

  async read(options) {
    const found = await readFiles(AZURE, options);
    return found.map(({ file, name, configuration }) => ({ file, trust: { provider: "azure", name, credentials: configuration! } }));
  },

  cases: ["azure", "credential"],

  readCase(shape, name, value, what) {
    const { azure, credential } = shape.members(value, what, ["azure", "credential"]);
    return { provider: "azure", name, credentials: oneIn(AZURE, shape, azure!, what, "credential", credential)! };
  },
};
