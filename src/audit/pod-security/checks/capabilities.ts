import { notReadable, ofContainers, quoted } from "../container-deviations.ts";
import { listAt, readableText, unreadable } from "../pod-fields.ts";
import type { Deviation, PodSecurityCheck } from "../pod-security-check.ts";
import type { StandardContainer, StandardPod } from "../standard-pod.ts";
import { exemptWindows } from "./pod-exemptions.ts";

/** Capabilities that container runtimes give by default. Names are compared as written: `CAP_KILL` is not one of them. */
export const defaultCapabilities: ReadonlySet<string> = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

export const capabilitiesBaseline: PodSecurityCheck = {
  id: "capabilities_baseline",
  part: 5,
  level: "baseline",
  demand: "containers may add no capability beyond those that runtimes give by default",
  versions: [
    { since: 0, evaluate: (pod) => ofContainers(pod, (container) => addedBeyond(container, defaultCapabilities)) },
  ],
};

const bindCapability: ReadonlySet<string> = new Set(["NET_BIND_SERVICE"]);

export const capabilitiesRestricted: PodSecurityCheck = {
  id: "capabilities_restricted",
  part: 18,
  level: "restricted",
  demand: "containers must drop ALL capabilities and may add only NET_BIND_SERVICE",
  versions: [
    { since: 22, evaluate: dropsAll, overrides: ["capabilities_baseline"] },
    { since: 25, evaluate: exemptWindows(dropsAll), overrides: ["capabilities_baseline"] },
  ],
};

function dropsAll(pod: StandardPod): readonly Deviation[] {
  return ofContainers(pod, (container) => [...missingDrop(container), ...addedBeyond(container, bindCapability)]);
}

function missingDrop(container: StandardContainer): readonly Deviation[] {
  const field = ["securityContext", "capabilities", "drop"];
  const path = [...container.path, ...field];
  const dropped = listAt(container.value, field);
  if (dropped === unreadable) return [notReadable(path, container)];
  if (dropped.includes("ALL")) return [];
  if (dropped.some((name) => readableText(name) === undefined)) return [notReadable(path, container)];
  const words = dropped.length === 0 ? "drops no capabilities" : `drops only ${quoted(dropped.map(String))}`;
  return [{ container, path, words, remedies: [{ path, value: ["ALL"] }] }];
}

function addedBeyond(container: StandardContainer, allowed: ReadonlySet<string>): readonly Deviation[] {
  const field = ["securityContext", "capabilities", "add"];
  const path = [...container.path, ...field];
  const added = listAt(container.value, field);
  if (added === unreadable) return [notReadable(path, container)];
  const known = added.map(readableText);
  const forbidden = known.filter((name) => name !== undefined && !allowed.has(name)).map(String);
  if (forbidden.length > 0) return [{ container, path, words: `adds ${quoted(forbidden)}` }];
  return known.includes(undefined) ? [notReadable(path, container)] : [];
}
