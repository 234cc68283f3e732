import { type FieldNode, isMissingOrNull, isNull, type MapNode, textOf } from "./field-node.ts";
import type { FieldOrigin } from "./field-origin.ts";
import type { PlacedReading } from "./placed-reading.ts";
import { nameOf, newResource, type Resource } from "./resource.ts";
import { readResourceNode } from "./resource-scalar.ts";

export interface ResourceReading {
  readonly resources: readonly Resource[];
  /** Documents that are no resource. `reason` is a clause. */
  readonly faults: readonly { readonly reason: string; readonly origin: FieldOrigin }[];
}

/** The resources of the documents of one text; lists of resources are opened, empty documents skipped. */
export function readResources(reading: PlacedReading): ResourceReading {
  const resources: Resource[] = [];
  const faults: { readonly reason: string; readonly origin: FieldOrigin }[] = [];
  const queue = reading.documents.map((document) => readResourceNode(document, reading));
  for (const node of queue) {
    if (isNull(node)) continue;
    if (node.kind !== "map") {
      faults.push({ reason: "it is not a mapping", origin: node.origin });
      continue;
    }
    if (node.fields.size === 0) continue;
    const items = itemsOf(node);
    if (items !== undefined) {
      queue.push(...items);
      continue;
    }
    const resource = newResource(node);
    const reason = whyNoResource(node, resource);
    if (reason === undefined) resources.push(resource);
    else faults.push({ reason, origin: node.origin });
  }
  return { resources, faults };
}

/** The items of a `*List`; undefined for anything else. */
function itemsOf(node: MapNode): readonly FieldNode[] | undefined {
  const items = node.fields.get("items");
  if (items === undefined || !textOf(node.fields.get("kind")).endsWith("List")) return undefined;
  if (isNull(items)) return [];
  return items.kind === "list" ? items.items : undefined;
}

function whyNoResource(node: MapNode, resource: Resource): string | undefined {
  const kind = node.fields.get("kind");
  if (isMissingOrNull(kind) || textOf(kind) === "") return "it has no kind";
  if (textOf(kind).endsWith("List")) {
    return node.fields.has("items") ? "its items are no list" : undefined;
  }
  return nameOf(resource) === "" ? "it has no metadata.name" : undefined;
}
