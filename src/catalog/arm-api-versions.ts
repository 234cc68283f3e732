import table from "./tables/arm-api-versions.json" with { type: "json" };

const versions = new Map<string, string>(Object.entries(table.versions));
const newest = table.versions["Microsoft.Resources/resourceGroups"];

/** API version of a resource type; children have that of the type that they are below. */
export function armApiVersion(type: string): string {
  const segments = type.split("/");
  for (let length = segments.length; length > 1; length -= 1) {
    const version = versions.get(segments.slice(0, length).join("/"));
    if (version !== undefined) return version;
  }
  return newest;
}
