import { asObject, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { Fix } from "../finding.ts";
import { workloadFix } from "../fixes/manifest-fix.ts";
import type { RuleOutcome } from "../rule.ts";
import { workloadOutcome } from "../workload-outcome.ts";
import { type CheckResult, evaluatePod } from "./evaluate-pod.ts";
import type { Deviation } from "./pod-security-check.ts";
import { formatPolicy, type PodSecurityPolicy } from "./pod-security-policy.ts";
import { readStandardPod, type StandardPod } from "./standard-pod.ts";

/** The pods of a workload as admission sees them, and where they are inside its object. */
export interface WorkloadPods {
  readonly pod: StandardPod;
  readonly templatePath: FieldPath;
}

export function podsOfWorkload(workload: Workload): WorkloadPods {
  const templatePath = workload.podSpecPath.slice(0, -1);
  return { pod: readStandardPod(asObject(valueAt(workload.object.value, templatePath))), templatePath };
}

/**
 * What a policy says of a workload's pods: a pass, or one outcome for each check and container that deviates. `because`
 * tells where the policy comes from, as the end of the message.
 */
export function podSecurityOutcomes(
  workload: Workload,
  policy: PodSecurityPolicy,
  because: string,
): readonly RuleOutcome[] {
  const pods = podsOfWorkload(workload);
  const outcomes = evaluatePod(pods.pod, policy).flatMap((result) =>
    deviationsByContainer(result).map((deviations) =>
      toOutcome(workload, pods, { result, deviations, standard: `${formatPolicy(policy)}${because}` }),
    ),
  );
  if (outcomes.length > 0) return outcomes;
  return [workloadOutcome(workload, { verdict: "pass", message: "", place: workload.place })];
}

function deviationsByContainer({ deviations }: CheckResult): readonly (readonly Deviation[])[] {
  return [...Map.groupBy(deviations, ({ container }) => container?.path.join("/") ?? "").values()];
}

interface Deviating {
  readonly result: CheckResult;
  /** All of one container, or of the pod. */
  readonly deviations: readonly Deviation[];
  readonly standard: string;
}

function toOutcome(workload: Workload, pods: WorkloadPods, deviating: Deviating): RuleOutcome {
  const { result, deviations, standard } = deviating;
  const { check, verdict } = result;
  const [first] = deviations;
  const container = workload.containers.find(
    ({ path }) => path.join("/") === [...pods.templatePath, ...(first?.container?.path ?? [])].join("/"),
  );
  const subject = container === undefined ? workload.label : `Container ${container.name} of ${workload.label}`;
  const words = deviations.map((each) => each.words).join(", ");
  const field = [...pods.templatePath, ...(first?.path ?? [])];
  const stated = {
    part: String(check.part),
    control: check.id,
    field,
    ...(container === undefined ? {} : { container }),
  };
  if (verdict === "notEvaluable") {
    return workloadOutcome(workload, {
      ...stated,
      verdict,
      missing: ["unparsable-dependency"],
      message: `${subject} ${words}, so ${check.id} of ${standard} cannot be judged.`,
    });
  }
  return workloadOutcome(workload, {
    ...stated,
    verdict: "fail",
    message: `${subject} ${words}; by ${check.id} of ${standard}, ${check.demand}.`,
    fix: fixOf(workload, pods.templatePath, deviations, check.demand),
  });
}

/** Only what hardens a pod without taking anything from it that it states is written by machine. */
function fixOf(workload: Workload, templatePath: FieldPath, deviations: readonly Deviation[], demand: string): Fix {
  const description = `${demand.charAt(0).toUpperCase()}${demand.slice(1)}.`;
  if (deviations.some(({ remedies }) => remedies === undefined)) return { description };
  const remedies = deviations.flatMap((deviation) => deviation.remedies ?? []);
  const edits = remedies.map(({ path, value }) => ({ path: [...templatePath, ...path], value }));
  return workloadFix(description, workload, edits);
}
