/** Words that name an environment, with their place in the order of promotion. */
const promotion: { readonly [word: string]: number } = {
  sandbox: 0,
  lab: 0,
  dev: 1,
  develop: 1,
  development: 1,
  ci: 2,
  int: 2,
  integration: 2,
  test: 3,
  testing: 3,
  qa: 4,
  uat: 5,
  acceptance: 5,
  acc: 5,
  perf: 6,
  stage: 7,
  stg: 7,
  staging: 7,
  preprod: 8,
  preproduction: 8,
  canary: 8,
  prd: 9,
  prod: 9,
  production: 9,
  live: 9,
};

/** Words of paths that say what lies there, not whose it is. */
const genericFolders = new Set([
  "apps",
  "applications",
  "base",
  "bases",
  "chart",
  "charts",
  "cluster",
  "clusters",
  "deploy",
  "env",
  "environment",
  "environments",
  "envs",
  "k8s",
  "kubernetes",
  "kustomize",
  "manifests",
  "overlay",
  "overlays",
]);

const platformWords = new Set([
  "addons",
  "bootstrap",
  "configs",
  "controllers",
  "infra",
  "infrastructure",
  "monitoring",
  "platform",
  "shared",
  "system",
]);

export function isEnvironmentWord(word: string): boolean {
  return Object.hasOwn(promotion, word.toLowerCase());
}

/** The word of a name or path that names an environment, as written; undefined without one. */
export function environmentIn(name: string): string | undefined {
  return name.split(/[-_./\\ ]+/).findLast(isEnvironmentWord);
}

/** Environments from the first to be promoted to to the last; words that nobody knows go first, by name. */
export function inOrderOfPromotion(names: Iterable<string>): readonly string[] {
  const rank = (name: string): number => promotion[environmentIn(name)?.toLowerCase() ?? ""] ?? -1;
  return [...new Set(names)].toSorted((left, right) => rank(left) - rank(right) || (left < right ? -1 : 1));
}

/** True for what a platform brings: its folder or name says so. */
export function isPlatformName(name: string, path: string): boolean {
  const words = [...name.split(/[-_.]+/), ...path.split("/").flatMap((part) => part.split(/[-_.]+/))];
  return words.some((word) => platformWords.has(word.toLowerCase()));
}

/** A name as documents take it: lower-case letters, digits and dashes; undefined where nothing is left. */
export function documentName(text: string): string | undefined {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 63)
    .replace(/-+$/, "");
  return name === "" ? undefined : name;
}

/** The name without the cluster and the environment that it is delivered to; undefined where nothing else is said. */
export function withoutPlace(name: string, cluster: string, environments: readonly string[]): string | undefined {
  let rest = name;
  for (const part of [cluster, ...environments]) {
    if (part === "") continue;
    if (rest === part) return undefined;
    if (rest.startsWith(`${part}-`)) rest = rest.slice(part.length + 1);
    if (rest.endsWith(`-${part}`)) rest = rest.slice(0, -part.length - 1);
  }
  return documentName(rest);
}

/** The last folder of a path that says what it is for, not where. */
export function nameOfPath(path: string, cluster: string): string | undefined {
  const parts = path.split("/").filter((part) => part !== "." && part !== "" && part !== cluster);
  const own = parts.findLast((part) => !genericFolders.has(part.toLowerCase()) && !isEnvironmentWord(part));
  return own === undefined ? undefined : documentName(own);
}
