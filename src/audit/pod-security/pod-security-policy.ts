import type { StringMap } from "../../estate/kubernetes/json-value.ts";
import type { PodSecurityLevel } from "./pod-security-check.ts";

/** Minor version of Kubernetes 1, or the newest that the cluster knows. */
type PolicyMinor = number | "latest";

/** A level of the standards, as one version of Kubernetes defines it. */
export interface PodSecurityPolicy {
  readonly level: PodSecurityLevel;
  readonly minor: PolicyMinor;
}

export type PodSecurityMode = "enforce" | "audit" | "warn";

/** What the labels of a namespace ask for, and which of them are invalid. */
export interface NamespacePolicies {
  readonly enforce: PodSecurityPolicy;
  readonly audit: PodSecurityPolicy;
  readonly warn: PodSecurityPolicy;
  /** Labels that the admission controller refuses when they are set, and overrides where they stand all the same. */
  readonly invalid: readonly { readonly label: string; readonly value: string }[];
}

/** Admission defaults of a cluster that does not set others; AKS does not let users change them. */
const defaultPolicy: PodSecurityPolicy = { level: "privileged", minor: "latest" };

const levels: readonly PodSecurityLevel[] = ["privileged", "baseline", "restricted"];

function parseLevel(text: string): PodSecurityLevel | undefined {
  return levels.find((level) => level === text);
}

/** `latest` or `v1.N`, without leading zeros. */
function parsePolicyVersion(text: string): PolicyMinor | undefined {
  if (text === "latest") return "latest";
  const minor = /^v1\.(0|[1-9][0-9]*)$/.exec(text)?.[1];
  return minor === undefined || minor.length > 9 ? undefined : Number(minor);
}

/** `LEVEL@VERSION`, such as `restricted@v1.33`; without a version the newest. Undefined when it is neither. */
export function parsePolicy(text: string): PodSecurityPolicy | undefined {
  const at = text.indexOf("@");
  const level = parseLevel(at === -1 ? text : text.slice(0, at));
  const minor = at === -1 ? "latest" : parsePolicyVersion(text.slice(at + 1));
  return level === undefined || minor === undefined ? undefined : { level, minor };
}

/** `restricted@v1.33`. */
export function formatPolicy({ level, minor }: PodSecurityPolicy): string {
  return `${level}@${minor === "latest" ? minor : `v1.${minor}`}`;
}

/** Less than 0 when the first level is the weaker one. */
export function compareLevels(left: PodSecurityLevel, right: PodSecurityLevel): number {
  return levels.indexOf(left) - levels.indexOf(right);
}

export function podSecurityLabel(mode: PodSecurityMode): string {
  return `pod-security.kubernetes.io/${mode}`;
}

/**
 * The policies of a namespace from its labels, as the reference admission controller resolves them: a bad enforce level
 * counts as restricted, a bad audit or warn level as privileged, a bad version as latest. Without a warn level, pods are
 * warned at the enforce level.
 */
export function policiesOfNamespace(labels: StringMap): NamespacePolicies {
  const invalid: { readonly label: string; readonly value: string }[] = [];
  const read = <Value>(label: string, parse: (text: string) => Value | undefined, bad: Value): Value | undefined => {
    const value = Object.hasOwn(labels, label) ? labels[label] : undefined;
    if (value === undefined) return undefined;
    const parsed = parse(value);
    if (parsed === undefined) invalid.push({ label, value });
    return parsed ?? bad;
  };
  const readPolicy = (mode: PodSecurityMode): Partial<PodSecurityPolicy> => {
    const bad: PodSecurityLevel = mode === "enforce" ? "restricted" : "privileged";
    const level = read(podSecurityLabel(mode), parseLevel, bad);
    const minor = read<PolicyMinor>(`${podSecurityLabel(mode)}-version`, parsePolicyVersion, "latest");
    return { ...(level === undefined ? {} : { level }), ...(minor === undefined ? {} : { minor }) };
  };
  const enforce = { ...defaultPolicy, ...readPolicy("enforce") };
  const isEnforced = parseLevel(labels[podSecurityLabel("enforce")] ?? "") !== undefined;
  const audit = { ...defaultPolicy, ...readPolicy("audit") };
  const statedWarn = readPolicy("warn");
  const followsEnforce = statedWarn.level === undefined && isEnforced && enforce.level !== "privileged";
  const warn = { ...defaultPolicy, ...(followsEnforce ? enforce : {}), ...statedWarn };
  return { enforce, audit, warn, invalid };
}
