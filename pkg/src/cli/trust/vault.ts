import type { VaultTrust } from "circleci-oidc";

import { readNamed, trustIn } from "../cases/named.js";
import { readText } from "../input.js";
import { type Options } from "../options.js";
import { Problem } from "../problem.js";
import type { Shape } from "../yaml/shape.js";
import type { Member } from "../yaml/value.js";
import { readFiles } from "./documents.js";
import type { Family } from "./family.js";

const PRODUCTS = ["vault", "openbao"] as const;

/** HashiCorp Vault and OpenBao: JWT roles, all with the same mount, release and address. */
export const VAULT: Family<VaultTrust> = {
  provider: "vault",
  options: ["vault-role", "vault-mount", "vault-product", "vault-version", "vault-address"],
  members: { role: "vault-role", mount: "vault-mount", product: "vault-product", version: "vault-version", remoteAddress: "vault-address" },
  tells: [],
  thing: "JWT role",
  advice: "Give a document that holds it: vault read -format=json auth/jwt/role/NAME prints it.",
  parties: /"bound_(?:audiences|claims|subject)"/,
  named: /"role_name"\s*:/,

  async read(options) {
    const found = await readFiles(VAULT, options);
    const file = options.one("vault-mount");
    const mount = file === undefined ? undefined : await readText("vault-mount", file);
    const shared = { product: product(options), version: options.one("vault-version"), remoteAddress: options.one("vault-address") };
    return found.map(({ file, name, configuration, trust }) => ({
      file,
      // What a document tells of the role's own mount comes second to what was named.
      trust: { provider: "vault", name, role: configuration!, mount: mount ?? mountOf(trust), ...shared },
    }));
  },

  cases: ["vault", "role", "mount", "product", "version", "address"],

  readCase(shape, name, value, what) {
    const { vault, role, mount, product, version, address } = shape.members(value, what, ["vault", "role", "mount", "product", "version", "address"]);
    const found = trustIn(VAULT, shape, vault!, what, "role", role);
    const text = (member: Member | undefined, of: string) => member && shape.text(member.value, `${what}, ${of}`);
    return {
      provider: "vault",
      name,
      role: typeof found === "string" ? found : (found as VaultTrust).role,
      mount: mount ? readNamed(shape, mount, `${what}, mount`).text : mountOf(found),
      product: productInCase(shape, product, what),
      version: text(version, "version"),
      remoteAddress: text(address, "address"),
    };
  },
};

function mountOf(found: unknown): VaultTrust["mount"] {
  return typeof found === "object" && found !== null ? (found as VaultTrust).mount : undefined;
}

function product(options: Options): VaultTrust["product"] {
  const text = options.one("vault-product");
  const found = PRODUCTS.find((one) => one === text);
  if (text !== undefined && found === undefined) throw new Problem(`--vault-product: expected ${PRODUCTS.join(" or ")}`);
  return found;
}

function productInCase(shape: Shape, member: Member | undefined, what: string): VaultTrust["product"] {
  if (member === undefined) return undefined;
  const text = shape.text(member.value, `${what}, product`);
  const found = PRODUCTS.find((one) => one === text);
  if (found === undefined) throw shape.refuse(member.line, `${what}, product: expected ${PRODUCTS.join(" or ")}`);
  return found;
}
