import { kustomizationInvalid } from "../diagnostics/kustomize-diagnostics.ts";
import type { BuildLog } from "./build-log.ts";
import { nameOf, namespaceOf, type Resource, typeOf } from "./resource.ts";
import { compareResources, defaultKindOrder, type KindOrder } from "./resource-order.ts";
import type { Section } from "./section.ts";

/** The resources in the order that `sortOptions` asks for; by default sorted, as `kubectl kustomize` prints them. */
export function sortedResources(resources: readonly Resource[], fields: Section, log: BuildLog): readonly Resource[] {
  const order = readOrder(fields, log);
  if (order === "fifo") return resources;
  return resources
    .map((resource) => ({
      resource,
      type: typeOf(resource),
      name: nameOf(resource),
      namespace: namespaceOf(resource),
    }))
    .sort((one, other) => compareResources(one, other, order))
    .map(({ resource }) => resource);
}

function readOrder(fields: Section, log: BuildLog): KindOrder | "fifo" {
  const options = fields.section("sortOptions");
  if (options === undefined) return defaultKindOrder;
  options.expectOnly(["order", "legacySortOptions"]);
  const order = options.text("order");
  if (order === "fifo") {
    const reason = 'its sortOptions have legacySortOptions, but their order is "fifo"';
    if (options.has("legacySortOptions")) log.report(kustomizationInvalid, { reason }, options.origin);
    return "fifo";
  }
  if (order !== "legacy") {
    const reason = 'the order of its sortOptions must be "legacy" or "fifo"';
    log.report(kustomizationInvalid, { reason }, options.originOf("order"));
    return defaultKindOrder;
  }
  const kinds = options.section("legacySortOptions");
  if (kinds === undefined) return defaultKindOrder;
  kinds.expectOnly(["orderFirst", "orderLast"]);
  const read = (name: string): readonly string[] => kinds.texts(name).map(({ value }) => value);
  return { first: read("orderFirst"), last: read("orderLast") };
}
