import type { GcpTrust } from "circleci-oidc";

import { oneIn, readNamed } from "../cases/named.js";
import { readText } from "../input.js";
import { type OptionName, type Options } from "../options.js";
import { readFiles } from "./documents.js";
import type { Family } from "./family.js";

/** Google Cloud: workload identity pool providers, all with the same IAM policy and client's file. */
export const GCP: Family<GcpTrust> = {
  provider: "gcp",
  options: ["gcp", "gcp-iam-policy", "gcp-credentials"],
  members: { workloadProvider: "gcp", iamPolicy: "gcp-iam-policy", credentials: "gcp-credentials" },
  tells: ["credentials"],
  thing: "workload identity pool provider",
  advice: "Give a document that holds it: gcloud iam workload-identity-pools providers describe NAME --format=json prints it.",
  parties: /"issuer_?uri"/i,
  named: /"(?:name|audience|workload_?identity_?pool_?provider_?id)"\s*:/i,

  async read(options) {
    const found = await readFiles(GCP, options);
    const iamPolicy = await readOne("gcp-iam-policy", options);
    const credentials = await readOne("gcp-credentials", options);
    return found.map(({ file, name, configuration }) => ({ file, trust: { provider: "gcp", name, workloadProvider: configuration!, iamPolicy, credentials } }));
  },

  cases: ["gcp", "pool-provider", "iam-policy", "credentials"],

  readCase(shape, name, value, what) {
    const { gcp, "pool-provider": meant, "iam-policy": iam, credentials } = shape.members(value, what, ["gcp", "pool-provider", "iam-policy", "credentials"]);
    const text = (member: typeof iam, of: string) => member && readNamed(shape, member, `${what}, ${of}`).text;
    return {
      provider: "gcp",
      name,
      workloadProvider: oneIn(GCP, shape, gcp!, what, "pool-provider", meant)!,
      iamPolicy: text(iam, "iam-policy"),
      credentials: text(credentials, "credentials"),
    };
  },
};

async function readOne(name: OptionName, options: Options): Promise<string | undefined> {
  const file = options.one(name);
  return file === undefined ? undefined : readText(name, file);
}
