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
