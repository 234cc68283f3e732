import type { Estate } from "../../estate/model/estate.ts";
import type { RepositoryFile } from "./repository-file.ts";
import { yamlText } from "./yaml-text.ts";

/** Where the infrastructure tells what is known of a cluster only once it stands. */
export function factsPath(cluster: string): string {
  return `clusters/${cluster}/facts.yaml`;
}

/** The file that says it, for its names: it is written once, and from then on the infrastructure's. */
export function factsFile(estate: Estate, cluster: string): RepositoryFile {
  return {
    path: factsPath(cluster),
    text: factsTemplate(estate, cluster),
    tells: `Cluster/${cluster}`,
    writtenOnce: true,
  };
}

/**
 * A facts file with every name that a value is wanted for. It is written once; from then on it belongs to the pipeline
 * that sets up the infrastructure.
 */
export function factsTemplate({ applications, tenants }: Estate, cluster: string): string {
  const here = applications.filter(({ clusters }) => [...clusters.values()].some((names) => names.includes(cluster)));
  const owners = new Set(here.map(({ tenant }) => tenant));
  const groups = tenants.filter(({ name }) => owners.has(name)).flatMap((tenant) => tenant.owners);
  const empty = (names: readonly string[]) => Object.fromEntries([...new Set(names)].sort().map((name) => [name, ""]));
  const applicationNames = here.map(({ name }) => name);
  return [
    "# What is known of this cluster only once its infrastructure stands. The pipeline that sets it up fills this in;",
    "# scantling render reads it and never writes it again.",
    yamlText({
      identities: empty(applicationNames),
      diskEncryptionSets: empty(applicationNames),
      groups: empty(groups),
    }),
  ].join("\n");
}
