import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { CloudResource, ResourceGraph } from "../../gitops/cloud/graph/resource-graph.ts";

/** What the last render made of the cloud side, whatever its language: by it, the effects of a change are told. */
export const SNAPSHOT_PATH = ".scantling/infrastructure.json";

/** One resource a line, sorted by key. */
export function snapshotText({ resources }: ResourceGraph): string {
  return `[\n${resources.map((resource) => JSON.stringify(resource)).join(",\n")}\n]\n`;
}

/** Undefined where there is none, or none that can be read: then nothing is known of what changes. */
export function readSnapshot(files: ReadonlyMap<string, string>): ResourceGraph | undefined {
  const text = files.get(SNAPSHOT_PATH);
  if (text === undefined) return undefined;
  try {
    const resources: unknown = JSON.parse(text);
    return Array.isArray(resources) && resources.every(isResource) ? { resources } : undefined;
  } catch {
    return undefined;
  }
}

function isResource(value: unknown): value is CloudResource {
  return (
    isJsonObject(value) &&
    ["key", "type", "name"].every((field) => typeof value[field] === "string") &&
    isJsonObject(value["properties"])
  );
}
