/**
 * How a cost that belongs to nobody is shared out: not at all, the same to each, by what each bears already, or by
 * declared percentages (what they leave stays unshared).
 */
export type SharingMethod =
  | { readonly kind: "none" | "even" | "weighted" }
  | { readonly kind: "fixed"; readonly percentages: ReadonlyMap<string, number> };

/** Reads `none`, `even`, `weighted` and `fixed:retail=60,risk=40`; what is wrong with it otherwise. */
export function parseSharingMethod(text: string): SharingMethod | { readonly wrong: string } {
  if (text === "none" || text === "even" || text === "weighted") return { kind: text };
  if (!text.startsWith("fixed:")) return { wrong: `"${text}" is no way to share` };
  const percentages = new Map<string, number>();
  for (const term of text.slice("fixed:".length).split(",")) {
    const split = term.lastIndexOf("=");
    const name = term.slice(0, Math.max(0, split)).trim();
    const percent = Number(term.slice(split + 1).replace(/%$/, ""));
    if (name === "" || !Number.isFinite(percent) || percent < 0) return { wrong: `"${term}" is no NAME=PERCENT` };
    if (percentages.has(name)) return { wrong: `"${name}" is there twice` };
    percentages.set(name, percent);
  }
  const sum = [...percentages.values()].reduce((total, percent) => total + percent, 0);
  return sum > 100 + 1e-9 ? { wrong: `the percentages add up to ${sum}` } : { kind: "fixed", percentages };
}

/** How a method is written. */
export function sharingMethodText(method: SharingMethod): string {
  if (method.kind !== "fixed") return method.kind;
  return `fixed:${[...method.percentages].map(([name, percent]) => `${name}=${percent}`).join(",")}`;
}

/**
 * Shares of 1 by target, in their order; they add up to 1, or to less where a fixed method leaves something. Without
 * anything to weigh by, nobody gets a share.
 */
export function sharesOf(
  method: SharingMethod,
  targets: readonly { readonly name: string; readonly weight: number }[],
): readonly number[] {
  switch (method.kind) {
    case "none":
      return targets.map(() => 0);
    case "even":
      return targets.map(() => 1 / targets.length);
    case "weighted": {
      const total = targets.reduce((sum, { weight }) => sum + weight, 0);
      return targets.map(({ weight }) => (total > 0 ? weight / total : 0));
    }
    case "fixed":
      return targets.map(({ name }) => (method.percentages.get(name) ?? 0) / 100);
  }
}
