import { asLooseText, asObject, asText, isJsonObject } from "../../../src/estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../src/estate/kubernetes/kubernetes-object.ts";
import type { Application } from "../../../src/estate/model/application.ts";
import { objectKeyOf } from "../../../src/gitops/delivery/object-key.ts";

export type StrategyKind = "rolling" | "recreate" | "onDelete" | "canary" | "blueGreen";

/** How a new version of a workload takes over, by the objects that land. */
export interface LandedStrategy {
  readonly kind: StrategyKind;
  /** Shares of the traffic in percent, in order; empty where it has no steps. */
  readonly steps: readonly number[];
  /** Such as `surge 25%, unavailable 25%`. */
  readonly detail: string;
  /** Strategy that is declared and does not land; undefined where what is declared does. */
  readonly declared: string | undefined;
}

const rankOf: { readonly [kind in StrategyKind]: number } = {
  canary: 0,
  blueGreen: 1,
  recreate: 2,
  onDelete: 3,
  rolling: 4,
};

/** Strategies of the workloads among the objects of one place, by `namespace/Kind/name`. */
export function landedStrategies(
  objects: readonly JsonObject[],
  application: Application | undefined,
): ReadonlyMap<string, LandedStrategy> {
  const steered = new Map(objects.flatMap((object) => steering(object)));
  const strategies = new Map<string, LandedStrategy>();
  for (const object of objects) {
    const { kind, namespace = "", name } = objectKeyOf(object);
    const own = steered.get(`${namespace}/${kind}/${name}`) ?? ownStrategy(object, kind);
    if (own === undefined) continue;
    const declared = kind === "Deployment" ? declaredElsewise(own, application) : undefined;
    strategies.set(`${namespace}/${kind}/${name}`, { ...own, declared });
  }
  return strategies;
}

/** The one that a place is known by: the most careful of its workloads. */
export function leadingStrategy(strategies: Iterable<LandedStrategy>): LandedStrategy | undefined {
  return [...strategies].sort(
    (left, right) =>
      rankOf[left.kind] - rankOf[right.kind] ||
      Number(right.declared !== undefined) - Number(left.declared !== undefined),
  )[0];
}

type Strategy = Omit<LandedStrategy, "declared">;

/** The workload that a Canary or Rollout steers, with how. */
function steering(object: JsonObject): readonly (readonly [string, Strategy])[] {
  const { group, kind, namespace = "", name } = objectKeyOf(object);
  const spec = asObject(object["spec"]);
  if (group === "flagger.app" && kind === "Canary") {
    const target = asObject(spec["targetRef"]);
    return [[`${namespace}/${asText(target["kind"]) ?? ""}/${asText(target["name"]) ?? ""}`, flaggerStrategy(spec)]];
  }
  if (group !== "argoproj.io" || kind !== "Rollout") return [];
  const target = asObject(spec["workloadRef"]);
  const strategy = rolloutStrategy(asObject(spec["strategy"]));
  if (target["name"] === undefined) return [[`${namespace}/Rollout/${name}`, strategy]];
  return [[`${namespace}/${asText(target["kind"]) ?? ""}/${asText(target["name"]) ?? ""}`, strategy]];
}

function flaggerStrategy(spec: JsonObject): Strategy {
  const analysis = asObject(spec["analysis"]);
  const given = numbersOf(analysis["stepWeights"]);
  const [step, most] = [analysis["stepWeight"], analysis["maxWeight"]];
  if (given.length > 0) return { kind: "canary", steps: given, detail: "Flagger" };
  if (typeof step !== "number" || step <= 0) return { kind: "blueGreen", steps: [], detail: "Flagger" };
  const count = Math.floor((typeof most === "number" ? most : 100) / step);
  return { kind: "canary", steps: Array.from({ length: count }, (_, index) => (index + 1) * step), detail: "Flagger" };
}

function rolloutStrategy(strategy: JsonObject): Strategy {
  if (isJsonObject(strategy["blueGreen"])) return { kind: "blueGreen", steps: [], detail: "Argo Rollouts" };
  const { steps } = asObject(strategy["canary"]);
  const weights = Array.isArray(steps) ? numbersOf(steps.map((step) => asObject(step)["setWeight"])) : [];
  return { kind: "canary", steps: weights, detail: "Argo Rollouts" };
}

/** What Kubernetes does by itself. */
function ownStrategy(object: JsonObject, kind: string): Strategy | undefined {
  const spec = asObject(object["spec"]);
  const strategy = asObject(spec[kind === "Deployment" ? "strategy" : "updateStrategy"]);
  const rolling = asObject(strategy["rollingUpdate"]);
  switch (kind) {
    case "Deployment":
      if (strategy["type"] === "Recreate") return { kind: "recreate", steps: [], detail: "all pods go first" };
      return {
        kind: "rolling",
        steps: [],
        detail: `surge ${asLooseText(rolling["maxSurge"]) ?? "25%"}, unavailable ${asLooseText(rolling["maxUnavailable"]) ?? "25%"}`,
      };
    case "StatefulSet":
      if (strategy["type"] === "OnDelete") return { kind: "onDelete", steps: [], detail: "when a pod is deleted" };
      return { kind: "rolling", steps: [], detail: "one pod at a time" };
    case "DaemonSet":
      if (strategy["type"] === "OnDelete") return { kind: "onDelete", steps: [], detail: "when a pod is deleted" };
      return { kind: "rolling", steps: [], detail: `unavailable ${asLooseText(rolling["maxUnavailable"]) ?? "1"}` };
    default:
      return undefined;
  }
}

function declaredElsewise({ kind }: Strategy, application: Application | undefined): string | undefined {
  const declared = application?.delivery.strategy;
  const isCareful = declared === "canary" || declared === "blueGreen";
  return isCareful && declared !== kind ? declared : undefined;
}

function numbersOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "number") : [];
}
