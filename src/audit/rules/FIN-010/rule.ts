import { asObject, asStringMap, type StringMap } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** FIN-010: whoever reads the bill sees who pays. */
export const costLabels: Rule = {
  id: "FIN-010",
  name: "cost-labels",
  title: "Workloads and their pods carry the labels by which cost is shared out.",
  severity: { high: "medium", medium: "low", low: "low" },
  inputs: ["manifests", "tenants"],
  peers: [
    { tool: "kube-linter", check: "required-label-owner" },
    { tool: "datree", check: "WORKLOAD_MISSING_LABEL_OWNER_VALUE" },
  ],
  parameters: [
    {
      name: "labels",
      description: "Names of the labels, parted by commas; a prefix such as example.com/ may stand before a name.",
      default: "owner, environment, cost-centre",
    },
  ],
  judges: "pods",
  *evaluate({ estate, parameters }) {
    const wanted = String(parameters["labels"])
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    for (const workload of estate.workloads) if (!workload.opaque) yield judge(workload, wanted);
  },
};

function judge(workload: Workload, wanted: readonly string[]): RuleOutcome {
  const own = asStringMap(asObject(workload.object.value["metadata"]).labels);
  const lacking = wanted.filter((name) => !carries(own, name));
  const lackingOnPods = wanted.filter((name) => !carries(workload.podLabels, name));
  if (lacking.length === 0 && lackingOnPods.length === 0) return passed(workload);
  const isOfPods = lacking.length === 0;
  const where =
    lacking.length > 0 && lackingOnPods.length > 0
      ? "and its pods lack"
      : isOfPods
        ? "carries the labels, but its pods lack"
        : "lacks";
  const names = [...new Set([...lacking, ...lackingOnPods])].join(", ");
  const field = isOfPods ? [...workload.podSpecPath.slice(0, -1), "metadata", "labels"] : ["metadata", "labels"];
  return workloadOutcome(workload, {
    verdict: "fail",
    field,
    message: `${workload.label} ${where} ${names}: no bill or cost tool can share out what it costs${isOfPods ? ", since that is measured by the pod" : ""}.`,
    fix: {
      description:
        "Set the labels on the workload and on its pod template, best for all at once by Kustomize labels with includeTemplates.",
    },
  });
}

const synonyms: readonly (readonly string[])[] = [
  ["owner", "team", "managed-by-team"],
  ["environment", "env", "stage"],
  ["cost-centre", "cost-center", "costcentre", "costcenter"],
];

/** A label by its name, whatever prefix stands before it and however it is spelt. */
function carries(labels: StringMap, wanted: string): boolean {
  const names = synonyms.find((each) => each.includes(normal(wanted))) ?? [normal(wanted)];
  return Object.entries(labels).some(([key, value]) => value !== "" && names.includes(normal(key)));
}

function normal(key: string): string {
  const name = key.includes("/") ? key.slice(key.lastIndexOf("/") + 1) : key;
  return name
    .replaceAll(/([a-z])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}
