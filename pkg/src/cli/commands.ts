import { type VerifyOptions, decode, inspect, verify } from "circleci-oidc";

import { FORMATS as TEST_FORMATS, test } from "./cases/command.js";
import { readClaims } from "./claims.js";
import { ofClaims, ofToken } from "./evaluation.js";
import { FINE, REFUSED, type Status, ofReport, ofTrust, ofVerification } from "./exit.js";
import { readEvidence, told, withEvidence } from "./evidence.js";
import { explain } from "./explain.js";
import { USUAL_FORMATS, formatOf } from "./format.js";
import { readNames } from "./names.js";
import { FORMATS as LINE_FORMATS, evaluateLines } from "./ndjson/evaluate.js";
import { fetchKeySet } from "./key-set.js";
import type { OptionName, Options } from "./options.js";
import { print, wantsColor } from "./output.js";
import { Problem } from "./problem.js";
import { LINT_FORMATS, SCAN_FORMATS, lint, scan } from "./scan/command.js";
import { writeSamples } from "./samples.js";
import { ofDecoded, ofReport as reportText, ofVerification as verificationText } from "./text/index.js";
import { epochSeconds } from "./time.js";
import { readToken } from "./token.js";
import { ANY_TRUST, TRUST_OPTIONS, readTrust } from "./trust/index.js";
import { readVerification } from "./verification.js";

export interface Command {
  options: readonly OptionName[];
  /** What its arguments without an option are; undefined: it takes none. */
  positionals?: string;
  /** What --format takes; undefined: text and json. */
  formats?: readonly string[];
  run(options: Options): Promise<Status>;
}

const TOKEN = ["token-file", "env"] as const;
const CLAIMS = ["claims", "partial", "evidence"] as const;
const VERIFICATION = ["jwks", "fetch-jwks", "organization", "issuer", "audience", "require", "now", "leeway", "algorithm"] as const;

export const COMMANDS: Record<string, Command> = {
  inspect: {
    options: [...TOKEN, ...CLAIMS, ...VERIFICATION, ...TRUST_OPTIONS, "names", "no-probes", "format"],
    async run(options) {
      const show = output(options);
      const pinned = { ...(await readVerification(options)), trust: await readTrust(options), names: await readNames(options), probes: !options.has("no-probes") };
      const found = await readEvidence(options);
      if (found !== undefined) {
        const { evidence, explanation } = found;
        // Beside an event, its own time is the clock. Trust is not judged by that: no event tells when the token expires, so
        // that it lived is taken for granted, and listed as such.
        const now = options.has("now") ? pinned.now : (evidence.presentedAt ?? pinned.now);
        const report = inspect({ ...pinned, ...told(evidence), now });
        show({ ...report, evidence, explanation: explanation ?? undefined }, (color) => withEvidence(reportText(report, color), found, report.trust, color));
        return ofReport(report);
      }
      const claims = await readClaims(options);
      const input =
        claims === undefined
          ? await withKeySet(options, pinned, await readToken(options))
          : { ...pinned, claims, partial: options.has("partial") };
      const report = inspect(input);
      show(report, (color) => reportText(report, color));
      return ofReport(report);
    },
  },
  decode: {
    options: [...TOKEN, "names", "format"],
    async run(options) {
      const show = output(options);
      const names = await readNames(options);
      const decoded = decode(await readToken(options), { names });
      show(decoded, (color) => ofDecoded(decoded, color));
      return decoded.header === null || decoded.claims === null ? REFUSED : FINE;
    },
  },
  verify: {
    options: [...TOKEN, ...VERIFICATION, "names", "format"],
    async run(options) {
      const show = output(options);
      const pinned = { ...(await readVerification(options)), names: await readNames(options) };
      const { token, ...verification } = await withKeySet(options, pinned, await readToken(options));
      const result = verify(token, verification);
      show(result, (color) => verificationText(result, color));
      return ofVerification(result);
    },
  },
  evaluate: {
    options: [...TOKEN, ...CLAIMS, "claims-ndjson", ...TRUST_OPTIONS, "now", "names", "no-probes", "format"],
    formats: LINE_FORMATS,
    async run(options) {
      if (options.has("claims-ndjson")) return evaluateLines(options);
      const show = output(options);
      const trust = await readTrust(options);
      if (trust.length === 0) throw new Problem(`name at least one configuration to evaluate: ${ANY_TRUST}`);
      const time = options.one("now");
      const now = time === undefined ? undefined : epochSeconds(time);
      const rest = { now, names: await readNames(options), probes: !options.has("no-probes") };
      const found = await readEvidence(options);
      if (found !== undefined) {
        const { claims, ...known } = told(found.evidence);
        const { results, text } = ofClaims(claims, trust, { ...known, ...rest });
        show(results, (color) => withEvidence(text(color), found, results, color));
        return ofTrust(results);
      }
      const claims = await readClaims(options);
      const { results, text } =
        claims === undefined
          ? ofToken(await readToken(options), trust, rest)
          : ofClaims(claims, trust, { ...rest, partial: options.has("partial") });
      show(results, text);
      return ofTrust(results);
    },
  },
  lint: { options: ["fail-on", "suppressions", "now", "names", "format"], positionals: "FILE…", formats: LINT_FORMATS, run: lint },
  scan: { options: ["fail-on", "suppressions", "now", "names", "format"], positionals: "FILE…", formats: SCAN_FORMATS, run: scan },
  test: { options: ["names", "format"], positionals: "FILE…", formats: TEST_FORMATS, run: test },
  "explain-error": { options: ["format"], positionals: "FILE", run: explain },
  samples: {
    options: [],
    positionals: "DIR",
    async run(options) {
      const [folder, ...more] = options.positionals;
      if (folder === undefined || more.length > 0) throw new Problem("samples takes one folder: circleci-oidc samples DIR");
      print(writeSamples(folder));
      return FINE;
    },
  },
};

/** The options with the token, and with the key set that --fetch-jwks asks for. */
async function withKeySet<T extends VerifyOptions>(options: Options, verification: T, token: string): Promise<T & { token: string }> {
  const jwks = (await fetchKeySet(options, token)) ?? verification.jwks;
  return { ...verification, token, jwks };
}

/** Checks --format at once; then prints a result as JSON, or as text. */
function output(options: Options): (result: unknown, text: (color: boolean) => string) => void {
  const format = formatOf(options, USUAL_FORMATS);
  return (result, text) => print(format === "json" ? JSON.stringify(result, null, 2) : text(wantsColor()));
}
