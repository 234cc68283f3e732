import { asObject, asText, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { workloadKindOf } from "../../estate/kubernetes/workload-kinds.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { PeerTool } from "../peer-check.ts";

/** A check of another tool that an object asks to be left out. */
export interface IgnoredCheck {
  readonly tool: PeerTool;
  /** Undefined: every check of the tool. */
  readonly check: string | undefined;
  readonly reason: string;
  /** Where it is written, inside the object. */
  readonly path: FieldPath;
}

type Annotations = readonly (readonly [key: string, value: string])[];

/**
 * The ignore annotations of an object and of its pod template: kube-linter `ignore-check.kube-linter.io/CHECK` and
 * `kube-linter.io/ignore-all`, kube-score `kube-score/ignore`, Polaris `polaris.fairwinds.com/CHECK-exempt` and
 * `polaris.fairwinds.com/exempt`, Checkov `checkov.io/skipN: CHECK=reason`, Datree `datree.skip/CHECK`.
 */
export function ignoredChecks(object: KubernetesObject): readonly IgnoredCheck[] {
  const template = workloadKindOf(object)?.templatePath ?? [];
  const paths: FieldPath[] = [["metadata", "annotations"]];
  if (template.length > 0) paths.push([...template, "metadata", "annotations"]);
  return paths.flatMap((path) =>
    annotationsAt(object, path).flatMap(([key, value]) =>
      readAnnotation(key, value).map((ignored) => ({ ...ignored, path: [...path, key] })),
    ),
  );
}

function annotationsAt(object: KubernetesObject, path: FieldPath): Annotations {
  return Object.entries(asObject(valueAt(object.value, path))).flatMap(([key, value]) => {
    const text = asText(value) ?? (value === true ? "true" : undefined);
    return text === undefined ? [] : [[key, text] as const];
  });
}

type ReadIgnoredCheck = Omit<IgnoredCheck, "path">;

function readAnnotation(key: string, value: string): readonly ReadIgnoredCheck[] {
  const slash = key.indexOf("/");
  const [prefix, name] = slash === -1 ? ["", key] : [key.slice(0, slash), key.slice(slash + 1)];
  switch (prefix) {
    case "ignore-check.kube-linter.io":
      return [{ tool: "kube-linter", check: name, reason: value }];
    case "kube-linter.io":
      return name === "ignore-all" ? [{ tool: "kube-linter", check: undefined, reason: value }] : [];
    case "kube-score":
      return name === "ignore" ? kubeScoreChecks(value) : [];
    case "polaris.fairwinds.com":
      return value === "true" ? polarisChecks(name) : [];
    case "checkov.io":
      return /^skip\d+$/.test(name) ? checkovChecks(value) : [];
    case "datree.skip":
      return [{ tool: "datree", check: name, reason: value }];
    default:
      return [];
  }
}

function kubeScoreChecks(value: string): readonly ReadIgnoredCheck[] {
  return value
    .split(",")
    .map((check) => check.trim())
    .filter((check) => check !== "")
    .map((check) => ({ tool: "kube-score", check, reason: "" }));
}

function polarisChecks(name: string): readonly ReadIgnoredCheck[] {
  if (name === "exempt") return [{ tool: "polaris", check: undefined, reason: "" }];
  const check = /^(.+)-exempt$/.exec(name)?.[1];
  return check === undefined ? [] : [{ tool: "polaris", check, reason: "" }];
}

function checkovChecks(value: string): readonly ReadIgnoredCheck[] {
  const separator = value.indexOf("=");
  const check = (separator === -1 ? value : value.slice(0, separator)).trim();
  return [{ tool: "checkov", check, reason: separator === -1 ? "" : value.slice(separator + 1).trim() }];
}
