import { asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { Estate } from "../../estate/model/estate.ts";

/** What people call the things behind a service in the path of a health check. */
const commonNames = new Set([
  "db",
  "database",
  "postgres",
  "postgresql",
  "mysql",
  "mssql",
  "mongo",
  "mongodb",
  "redis",
  "kafka",
  "rabbitmq",
  "queue",
  "dependencies",
  "downstream",
  "upstream",
]);

/** Names of what each workload depends on, by workload id, in lower case. */
export function namesOfDependencies(estate: Estate): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const { from, to } of estate.dependencies) {
    const own = entryOf(names, from, () => new Set<string>());
    if (to.kind === "workload" || to.kind === "service") own.add((to.id.split("/").at(-1) ?? "").toLowerCase());
    else if (to.kind === "dataStore" || to.kind === "cloudService") own.add(to.name.toLowerCase());
    else own.add((to.host.split(".")[0] ?? "").toLowerCase());
  }
  return names;
}

/** The word in the path of a probe that names a dependency; undefined where there is none. */
export function dependencyInProbe({ httpGet }: JsonObject, dependencies: ReadonlySet<string>): string | undefined {
  const path = asText(asObject(httpGet).path) ?? "";
  const words = path.toLowerCase().split(/[/?&=.,;]/);
  return words.find((word) => word !== "" && (commonNames.has(word) || dependencies.has(word)));
}
