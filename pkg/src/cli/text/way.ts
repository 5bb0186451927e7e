import type { Step } from "circleci-oidc";

/** The step at the end of a way, as `deciding` and `fix` of a result give it. */
export function stepAt(tree: readonly Step[], way: readonly number[] | undefined): Step | undefined {
  if (way === undefined) return undefined;
  const [first, ...rest] = way;
  const step = first === undefined ? undefined : tree[first];
  return rest.length === 0 ? step : stepAt(step?.children ?? [], rest);
}
