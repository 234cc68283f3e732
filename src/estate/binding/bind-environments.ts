import { defaultEnvironment, environmentTerms } from "../assumptions/estate-rules.ts";
import type { Environment } from "../model/estate.ts";
import type { BindingLog } from "./binding-log.ts";
import type { DocumentSet } from "./document-set.ts";
import { namedEntries } from "./named-entries.ts";

/** Name of the one environment of an estate that declares none. */
const DEFAULT_ENVIRONMENT = "default";

/**
 * The environments in order of promotion: those of the Estate; without them those that Clusters and Applications name;
 * without these one, taken as production.
 */
export function bindEnvironments(documents: DocumentSet, log: BindingLog): readonly Environment[] {
  const declared = declaredEnvironments(documents, log);
  if (declared.length > 0) return declared;
  const named = environmentsNamedElsewhere(documents);
  if (named.length > 0) return named.map((name, index) => withTerms({ name }, index, named.length, log));
  log.assume(defaultEnvironment, "Estate", { value: DEFAULT_ENVIRONMENT });
  return [{ name: DEFAULT_ENVIRONMENT, criticality: "high", hours: "always", timeZone: "UTC" }];
}

function declaredEnvironments({ estate }: DocumentSet, log: BindingLog): readonly Environment[] {
  if (estate === undefined) return [];
  const path = ["spec", "environments"];
  const entries = namedEntries(estate.value.spec?.environments, path, estate, log);
  return entries.map((entry, index) => ({
    ...withTerms(entry.item, index, entries.length, log),
    place: estate.locate(entry.path),
  }));
}

function environmentsNamedElsewhere({ clusters, applications }: DocumentSet): readonly string[] {
  const names = new Set<string>();
  for (const cluster of clusters) for (const name of cluster.value.spec?.environments ?? []) names.add(name);
  for (const { value } of applications) {
    for (const name of value.spec?.environments ?? []) names.add(name);
    for (const name of Object.keys(value.spec?.clusters ?? {})) names.add(name);
  }
  return [...names];
}

interface PartialTerms {
  readonly name: string;
  readonly criticality?: Environment["criticality"] | undefined;
  readonly hours?: string | undefined;
  readonly timeZone?: string | undefined;
}

function withTerms(terms: PartialTerms, index: number, count: number, log: BindingLog): Environment {
  const { name } = terms;
  const criticality = terms.criticality ?? criticalityByPromotion(index, count);
  const hours = terms.hours ?? "always";
  if (terms.criticality === undefined || terms.hours === undefined) {
    log.assume(environmentTerms, `Environment/${name}`, { criticality, hours });
  }
  return { name, criticality, hours, timeZone: terms.timeZone ?? "UTC" };
}

/** What is promoted to last matters most. */
function criticalityByPromotion(index: number, count: number): Environment["criticality"] {
  if (index === count - 1) return "high";
  return index === 0 ? "low" : "medium";
}
