import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { asStringMap, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { type ClusterFacts, noFacts } from "../../gitops/delivery/delivery-inputs.ts";
import { factsPath } from "../../gitops/repository/facts-file.ts";

/** Facts of clusters with what could not be read of them. */
export interface FactsReading {
  readonly facts: ReadonlyMap<string, ClusterFacts>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads what the infrastructure told about each cluster into `clusters/<cluster>/facts.yaml`. */
export function readFacts(files: ReadonlyMap<string, string>, clusters: readonly string[]): FactsReading {
  const facts = new Map<string, ClusterFacts>();
  const diagnostics: Diagnostic[] = [];
  for (const cluster of clusters) {
    const path = factsPath(cluster);
    const text = files.get(path);
    if (text === undefined) continue;
    const reading = readYaml(text, path);
    diagnostics.push(...reading.diagnostics);
    const value = reading.documents[0]?.value;
    facts.set(cluster, isJsonObject(value) ? clusterFacts(value) : noFacts);
  }
  return { facts, diagnostics };
}

function clusterFacts({ identities, diskEncryptionSets, groups }: { readonly [key: string]: unknown }): ClusterFacts {
  const filled = (value: unknown) =>
    Object.fromEntries(Object.entries(asStringMap(value)).filter(([, text]) => text !== ""));
  return { identities: filled(identities), diskEncryptionSets: filled(diskEncryptionSets), groups: filled(groups) };
}
