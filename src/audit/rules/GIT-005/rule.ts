import { asList, asObject, asStringMap, asText, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import { quietPass } from "../../estate-lookup/quiet-pass.ts";
import { holdsVariable } from "../../estate-lookup/unresolved.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { credentialIn, isNamedSecret, isPlaceholder, isPlainConfiguration } from "../../secrets/credential-patterns.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** GIT-005: nothing secret can be read in the repository. */
export const noPlainSecrets: Rule = {
  id: "GIT-005",
  name: "no-plain-secrets",
  title: "No credential can be read in the repository: Secrets are encrypted or come from a vault.",
  severity: { high: "critical", medium: "critical", low: "high" },
  inputs: ["repository", "manifests"],
  peers: [
    { tool: "checkov", check: "CKV_SECRET_6" },
    { tool: "trivy", check: "KSV-0109", part: "2" },
    { tool: "kubescape", check: "C-0012" },
    { tool: "polaris", check: "sensitiveConfigmapContent", part: "2" },
    { tool: "polaris", check: "sensitiveContainerEnvVar", part: "3" },
    { tool: "kube-linter", check: "env-var-secret", part: "3" },
  ],
  judges: "objects",
  *evaluate({ estate }) {
    const { objects } = lookupOf(estate);
    for (const placed of objects.ofKind("Secret")) yield* judgeSecret(estate, placed);
    for (const placed of objects.ofKind("ConfigMap")) yield* judgeConfigMap(estate, placed);
    for (const workload of estate.workloads) {
      for (const container of workload.containers) yield* judgeContainer(workload, container);
    }
  },
};

/** Made by Kubernetes and Helm in a cluster; nobody writes them. */
const madeByMachines = new Set(["kubernetes.io/service-account-token", "helm.sh/release.v1"]);

function* judgeSecret(estate: Estate, placed: PlacedObject): Iterable<RuleOutcome> {
  const { value, name } = placed.object;
  if (madeByMachines.has(asText(value["type"]) ?? "")) return;
  const plain = ["stringData", "data"].flatMap((field) =>
    Object.entries(asObject(value[field])).flatMap(([key, entry]) =>
      typeof entry === "string" && entry !== "" && !isEncrypted(entry) ? [{ field, key, entry }] : [],
    ),
  );
  const read = plain.filter(
    ({ field, entry }) => !holdsVariable(entry) && !isPlaceholder(field === "data" ? decoded(entry) : entry),
  );
  const [first] = read;
  if (first !== undefined) {
    const keys = read.map(({ key }) => key);
    const isHarmless = read.every(({ field, entry }) =>
      isPlainConfiguration(field === "data" ? decoded(entry) : entry),
    );
    yield objectOutcome(estate, placed, {
      verdict: "fail",
      part: "1",
      // It may stand in a Secret out of habit; then nothing leaks, and still nobody can add a credential safely.
      ...(isHarmless ? { severity: "medium" as const } : {}),
      field: [first.field, first.key],
      message: `Secret ${name} carries ${keys.length === 1 ? "the value" : "the values"} of ${keys.slice(0, 5).join(", ")}${keys.length > 5 ? ` and ${keys.length - 5} more` : ""} in the repository${first.field === "data" ? "; base64 hides nothing" : ""}${isHarmless ? "; none of it looks like a credential, so a ConfigMap would do" : ": whoever can read it has them, and so does its history"}.`,
      fix: {
        description:
          "Encrypt it with SOPS, seal it, or fetch it with External Secrets or the Key Vault driver; then change the credential, since the history keeps the old one.",
      },
    });
  } else if (plain.length > 0) {
    yield objectOutcome(estate, placed, {
      verdict: "notEvaluable",
      missing: ["unresolved-variable"],
      field: [plain[0]?.field ?? "data"],
      message: `Secret ${name} takes its values from variables or placeholders; where those are kept is not in the input.`,
    });
  } else yield quietPass(placed);
}

function decoded(entry: string): string {
  try {
    return atob(entry);
  } catch {
    return entry;
  }
}

/** SOPS leaves the keys and encrypts the values. */
function isEncrypted(entry: string): boolean {
  return entry.startsWith("ENC[") && entry.endsWith("]");
}

function* judgeConfigMap(estate: Estate, placed: PlacedObject): Iterable<RuleOutcome> {
  for (const [key, text] of Object.entries(asStringMap(placed.object.value["data"]))) {
    const what =
      credentialIn(text) ?? (isNamedSecret(key, text) ? "a value whose name says that it is secret" : undefined);
    if (what === undefined) continue;
    yield objectOutcome(estate, placed, {
      verdict: "fail",
      part: "2",
      field: ["data", key],
      message: `Key ${key} of ConfigMap ${placed.object.name} holds ${what}: ConfigMaps are read by more people and tools than Secrets, and are never encrypted.`,
      fix: { description: "Move it into a vault, refer to it, and change the credential." },
    });
    return;
  }
  yield quietPass(placed);
}

function* judgeContainer(workload: Workload, container: Container): Iterable<RuleOutcome> {
  const findings = [...secretVariables(workload, container), ...secretArguments(workload, container)];
  yield* findings.length === 0 ? [passed(workload, container)] : findings;
}

function* secretVariables(workload: Workload, container: Container): Iterable<RuleOutcome> {
  for (const [index, entry] of asList(container.value["env"]).entries()) {
    const { name, value } = asObject(entry);
    if (typeof name !== "string" || typeof value !== "string") continue;
    const what = credentialIn(value) ?? (isNamedSecret(name, value) ? "a secret as its name says" : undefined);
    if (what === undefined) continue;
    yield workloadOutcome(workload, {
      verdict: "fail",
      part: "3",
      container,
      field: [...container.path, "env", index, "value"],
      message: `Variable ${name} of container ${container.name} of ${workload.label} holds ${what} in the manifest: it stands in Git, in the pod's description and in crash reports.`,
      fix: { description: "Take it from a Secret that comes from a vault (secretKeyRef), and change the credential." },
    });
  }
}

function* secretArguments(workload: Workload, container: Container): Iterable<RuleOutcome> {
  for (const field of ["command", "args"]) {
    for (const [index, word] of asList(container.value[field]).entries()) {
      if (typeof word !== "string" || isJsonObject(word)) continue;
      const [, name = "", value = ""] = /^--?([A-Za-z][\w-]{1,60})=(.{1,200})$/.exec(word) ?? [];
      const what =
        credentialIn(word) ??
        (isNamedSecret(name.replaceAll("-", "_"), value) ? "a secret as its name says" : undefined);
      if (what === undefined) continue;
      yield workloadOutcome(workload, {
        verdict: "fail",
        part: "3",
        container,
        field: [...container.path, field, index],
        message: `An argument of container ${container.name} of ${workload.label} holds ${what}: it stands in Git and in the list of processes.`,
        fix: { description: "Pass it by a file or a variable from a Secret that comes from a vault, and change it." },
      });
    }
  }
}
