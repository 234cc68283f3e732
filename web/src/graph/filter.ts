import type { Finding } from "../../../src/audit/finding.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { workloadIdParts } from "./workload-id.ts";

/** What a filter can ask of a workload or a finding; each may have no value. */
const filterKeys = [
  "tenant",
  "app",
  "namespace",
  "env",
  "cluster",
  "region",
  "pool",
  "kind",
  "name",
  "severity",
  "rule",
] as const;
type FilterKey = (typeof filterKeys)[number];
export type FilterFacts = { readonly [key in FilterKey]: readonly string[] };

/** One condition: any of `values` holds; `none` as a value asks for what has none. Terms are joined by AND. */
export interface FilterTerm {
  /** Undefined: the text is looked for in every fact. */
  readonly key: FilterKey | undefined;
  readonly values: readonly string[];
  readonly negated: boolean;
  /** As written. */
  readonly text: string;
}

/**
 * Reads a filter such as `tenant:retail|treasury -env:dev orders`: words are joined by AND, `|` is OR, a leading `-`
 * negates, `app:none` finds what has no application.
 */
export function parseFilter(text: string): readonly FilterTerm[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== "" && word !== "-")
    .map(parseTerm);
}

function parseTerm(word: string): FilterTerm {
  const negated = word.startsWith("-");
  const body = negated ? word.slice(1) : word;
  const colon = body.indexOf(":");
  const key = filterKeys.find((candidate) => candidate === body.slice(0, Math.max(colon, 0)));
  const value = key === undefined ? body : body.slice(colon + 1);
  const values = value.split("|").filter((part) => part !== "");
  return { key, values: values.map((part) => part.toLowerCase()), negated, text: word };
}

/**
 * True when the facts meet every term; free words are looked for in `words` too. A term without a value is not finished
 * being typed, and holds.
 */
export function matchesFilter(
  terms: readonly FilterTerm[],
  facts: FilterFacts,
  words: readonly string[] = [],
): boolean {
  return terms.every((term) => term.values.length === 0 || matchesTerm(term, facts, words) !== term.negated);
}

/** Free words ask for things by name, not for all that has a finding. */
const wordKeys = filterKeys.filter((key) => key !== "severity" && key !== "rule");

function matchesTerm(term: FilterTerm, facts: FilterFacts, words: readonly string[]): boolean {
  const { key } = term;
  if (key === undefined) {
    const texts = [...wordKeys.flatMap((each) => facts[each]), ...words].map((text) => text.toLowerCase());
    return term.values.some((value) => texts.some((text) => text.includes(value)));
  }
  const texts = facts[key].map((text) => text.toLowerCase());
  if (key === "name") return term.values.some((value) => texts.some((text) => text.includes(value)));
  return term.values.some((value) => (value === "none" ? texts.length === 0 : texts.includes(value)));
}

/** Adds a term, or takes it away when it is there already: what a click on a label does. */
export function toggleTerm(text: string, term: string): string {
  const words = text.split(/\s+/).filter((word) => word !== "");
  return (words.includes(term) ? words.filter((word) => word !== term) : [...words, term]).join(" ");
}

/** The facts of each workload, by id; severities and rules are those of its open findings. */
export function filterFacts(assessment: Assessment): ReadonlyMap<string, FilterFacts> {
  const regions = new Map(assessment.structure.clusters.map((cluster) => [cluster.cluster, cluster.region]));
  const pools = poolsByWorkload(assessment);
  const findings = openFindings(assessment);
  return new Map(
    assessment.estate.workloads.map((workload) => {
      const parts = workloadIdParts(workload.id);
      const facts: FilterFacts = {
        tenant: [workload.tenant],
        app: present(workload.application),
        namespace: present(parts?.namespace),
        env: present(parts?.environment),
        cluster: present(parts?.cluster),
        region: present(regions.get(parts?.cluster ?? "")),
        pool: pools.get(workload.id) ?? [],
        kind: present(parts?.kind),
        name: present(parts?.name),
        severity: [...new Set(findings.get(workload.id)?.map(({ severity }) => severity))],
        rule: [...new Set(findings.get(workload.id)?.map(({ rule }) => ruleId(rule)))],
      };
      return [workload.id, facts];
    }),
  );
}

/** Terms that the filter field offers: every value that occurs, keys in the order of `filterKeys`. */
export function filterSuggestions(facts: ReadonlyMap<string, FilterFacts>): readonly string[] {
  return filterKeys
    .filter((key) => key !== "name")
    .flatMap((key) => {
      const values = new Set([...facts.values()].flatMap((fact) => fact[key]));
      return [...values].sort().map((value) => `${key}:${value}`);
    });
}

/** `AVL-007` of `AVL-007.4`. */
export function ruleId(rule: string): string {
  return rule.split(".", 1)[0] ?? rule;
}

function openFindings({ findings }: Assessment): ReadonlyMap<string, readonly Finding[]> {
  const open = findings.filter(({ verdict, exemptedBy }) => verdict === "fail" && exemptedBy === undefined);
  return Map.groupBy(open, ({ subject }) => subject);
}

function poolsByWorkload(assessment: Assessment): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  for (const cluster of assessment.structure.clusters) {
    for (const pool of cluster.pools) {
      const name = pool.pool.split("/").at(-1) ?? pool.pool;
      for (const { workload } of pool.workloads) result.set(workload, [...(result.get(workload) ?? []), name]);
    }
  }
  return result;
}

export function present(value: string | undefined): readonly string[] {
  return value === undefined || value === "" ? [] : [value];
}
