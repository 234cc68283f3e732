import { parseImageReference } from "../../../estate/kubernetes/image-reference.ts";
import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import type { RuleParameter } from "../../rule-parameter.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { imageAdmission } from "./admission.ts";

const digest: RuleParameter = {
  name: "digest",
  description: "Whether images in environments of high criticality have to name a digest beside their version.",
  default: "optional",
  strict: "required",
  allowed: ["optional", "required"],
};

/** GIT-001: after rendering, every image names a version. */
export const imagePinned: Rule = {
  id: "GIT-001",
  name: "image-pinned",
  title: "Every image names a version: a tag other than latest, or a digest.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests", "repository"],
  admission: imageAdmission,
  judges: "pods",
  peers: [
    { tool: "kube-linter", check: "latest-tag", part: "1" },
    { tool: "kube-score", check: "container-image-tag", part: "1" },
    { tool: "polaris", check: "tagNotSpecified", part: "1" },
    { tool: "trivy", check: "KSV-0013", part: "1" },
    { tool: "checkov", check: "CKV_K8S_14", part: "1" },
    { tool: "checkov", check: "CKV_K8S_43", part: "2" },
    { tool: "datree", check: "CONTAINERS_MISSING_IMAGE_VALUE_VERSION", part: "1" },
    { tool: "kyverno", check: "disallow-latest-tag", part: "1" },
    { tool: "gatekeeper", check: "disallowedtags", part: "1" },
    { tool: "kubescape", check: "C-0075", part: "1" },
  ],
  parameters: [digest],
  *evaluate({ estate, parameters }) {
    const isProduction = productionOf(estate);
    for (const workload of estate.workloads) {
      if (workload.opaque) continue;
      const needsDigest = parameters[digest.name] === "required" && isProduction(workload);
      for (const container of workload.containers) yield judge(workload, container, needsDigest);
    }
  },
};

function productionOf({ environments }: Estate): (workload: Workload) => boolean {
  const criticality = new Map(environments.map((environment) => [environment.name, environment.criticality]));
  return ({ environment }) => (criticality.get(environment) ?? "high") === "high";
}

function judge(workload: Workload, container: Container, needsDigest: boolean): RuleOutcome {
  const place = workload.object.locate([...container.path, "image"]);
  const name = `Container ${container.name} of ${workload.label}`;
  if (container.image === undefined || container.image.includes("${")) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      container,
      place,
      missing: ["unresolved-variable"],
      message:
        container.image === undefined
          ? `${name} names no image.`
          : `${name} takes its image from a variable: ${container.image}.`,
    });
  }
  const { tag, digest: stated } = parseImageReference(container.image);
  if (stated !== undefined) return passed(workload, container);
  if (tag !== undefined && tag !== "latest") {
    if (!needsDigest) return passed(workload, container);
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "2",
      severity: "medium",
      container,
      field: [...container.path, "image"],
      message: `${name} runs ${container.image} without a digest: whoever may push to its registry can put other code behind tag ${tag}.`,
      fix: { description: "Add the digest, best by image automation or Kustomize images." },
    });
  }
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    container,
    place,
    message: `${name} runs ${container.image}, ${tag === undefined ? "which has no tag" : "a tag that moves"}: two replicas may run different code, and there is nothing to roll back to.`,
    fix: { description: "Name a version, best with its digest." },
  });
}
