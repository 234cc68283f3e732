import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { NetworkProtocol } from "../../estate/kubernetes/network-policy.ts";
import { inspectLabelSelector, type LabelSelector } from "../../estate/kubernetes/selector.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { FaultLog } from "./policy-fault.ts";

export const everything: LabelSelector = { requirements: [] };

export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The selector of a field; undefined when the field is absent. One that cannot be read matches everything and is a fault. */
export function readSelector(value: unknown, path: FieldPath, log: FaultLog): LabelSelector | undefined {
  const reading = inspectLabelSelector(value);
  if (reading === undefined) return undefined;
  for (const problem of reading.problems) log.field([...path, ...problem.path], problem.text);
  return reading.problems.length > 0 ? everything : reading.selector;
}

const protocolNames: ReadonlySet<unknown> = new Set<NetworkProtocol>(["TCP", "UDP", "SCTP"]);

export function isProtocol(value: unknown): value is NetworkProtocol {
  return protocolNames.has(value);
}

export function isPortNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65_535;
}

/** The items of a list; one that is there and is no list is a fault, for an empty one would mean something else. */
export function readList(value: unknown, path: FieldPath, log: FaultLog): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isPresent(value)) log.field(path, `${String(path.at(-1))} is a list`);
  return [];
}

/** A mapping; what is none, a fault. */
export function readMapping(value: unknown, path: FieldPath, log: FaultLog): JsonObject {
  if (isJsonObject(value)) return value;
  if (isPresent(value)) log.field(path, "a mapping is expected here");
  return {};
}
