import type { ExperimentDesign } from "../../availability/drills/choose-experiments.ts";
import type { InjectedFault } from "../../availability/drills/injected-fault.ts";
import { callersOf } from "../../availability/drills/manifests/chaos-targets.ts";
import { idleConnectionSeconds } from "../../catalog/chaos-faults.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { BudgetCheck, JourneyTarget } from "./chaos-plan-budget.ts";

export function titleOf(faults: readonly InjectedFault[]): string {
  return faults.map(nameOf).join(", and ");
}

function nameOf(fault: InjectedFault): string {
  switch (fault.kind) {
    case "pods": {
      const all = fault.pods === "all" ? "all pods" : fault.pods === 1 ? "one pod" : `${fault.pods} pods`;
      return `kill ${all} of ${fault.group}`;
    }
    case "node": {
      const which = fault.group === undefined ? "" : ` with pods of ${fault.group}`;
      return `shut down ${fault.nodes === 1 ? "a node" : `${fault.nodes} nodes`} of pool ${fault.pool} of ${fault.cluster}${which}`;
    }
    case "zone":
      return fault.zone === undefined
        ? `shut down the zone of ${fault.region} that weighs most but ${Number(fault.rank) - 1}`
        : `shut down zone ${fault.zone.replace(/^.*-/, "")} of ${fault.region}`;
    case "disk":
      return `fail reads and writes of ${fault.volume}`;
    case "dependency":
      return `cut ${fault.target.replace(/^host:/, "")} off`;
    case "entry":
      return `let nothing in through the load balancer of ${fault.cluster}`;
    case "drill":
      return `${fault.scenario} ${fault.subject}`;
  }
}

/** Steady state, what is done, and what must be seen. */
export function hypothesisOf(
  { predictions, alone, faultSeconds }: ExperimentDesign,
  targets: readonly JourneyTarget[],
): string {
  const steady = predictions.flatMap(({ journey }) => {
    const target = targets.find((each) => each.journey === journey);
    return target?.mostErrors === undefined
      ? []
      : [`at most ${percent(target.mostErrors)} of the requests of ${target.label} fail`];
  });
  const labels = (journey: string) => targets.find((each) => each.journey === journey)?.label ?? journey;
  const effects = predictions.map(({ journey, downtimeSeconds, basis }) =>
    downtimeSeconds === 0
      ? `${labels(journey)} is not down, for its buffer outlasts ${minutes(faultSeconds)}`
      : basis === "imposed"
        ? `${labels(journey)} is down until the fault ends, and is served at once after it`
        : `${labels(journey)} is down for no more than ${minutes(downtimeSeconds)} and is served again while the fault lasts`,
  );
  const harmless = alone.filter((each) => each.predictions.every(({ downtimeSeconds }) => downtimeSeconds === 0));
  const first =
    harmless.length === 0 ? "" : `${harmless.map(({ fault }) => nameOf(fault)).join(" or ")} alone changes nothing; `;
  return `In steady state ${steady.length === 0 ? "the journeys are served" : steady[0]}. ${first === "" ? `Under the fault ${list(effects)}` : `${capital(first)}with both, ${list(effects)}`}.`;
}

/** When to stop, how it is seen, and what to do. */
export function abortOf(
  { predictions, id }: ExperimentDesign,
  { allowedSeconds, fits }: BudgetCheck,
  targets: readonly JourneyTarget[],
): { readonly afterSeconds: number; readonly condition: string; readonly action: string } {
  const expected = Math.max(0, ...predictions.map(({ downtimeSeconds }) => downtimeSeconds));
  const twice = Math.max(60, 2 * expected);
  const afterSeconds =
    fits && allowedSeconds !== undefined ? Math.max(10, Math.min(twice, Math.floor(allowedSeconds))) : twice;
  const worst = targets.find(({ journey }) => journey === predictions[0]?.journey);
  const ratio = worst?.errorRatio;
  const condition =
    ratio === undefined || worst?.mostErrors === undefined
      ? `${worst?.label ?? "a journey"} fails for ${minutes(afterSeconds)}`
      : `(${ratio}) > ${worst.mostErrors} for ${minutes(afterSeconds)}`;
  return {
    afterSeconds,
    condition,
    action: `kubectl -n chaos-mesh delete workflow ${id}, or cancel the experiment in Chaos Studio; both take their faults back`,
  };
}

/** Where the faults reach, and what else is there. */
export function blastRadius(estate: Estate, environment: string, faults: readonly InjectedFault[]): string {
  return faults.map((fault) => radiusOf(estate, environment, fault)).join("; ");
}

function radiusOf(estate: Estate, environment: string, fault: InjectedFault): string {
  switch (fault.kind) {
    case "pods":
      return `${fault.pods === "all" ? "every pod" : fault.pods === 1 ? "one pod" : `${fault.pods} pods`} of ${fault.group}, on one cluster`;
    case "disk":
      return "one pod and its volume; nothing is deleted";
    case "node":
      return `${fault.nodes === 1 ? "one node" : `${fault.nodes} nodes`} of pool ${fault.pool} of ${fault.cluster} with all pods on it`;
    case "zone": {
      const clusters = estate.clusters
        .filter(({ region, environments }) => region === fault.region && environments.includes(environment))
        .map(({ name }) => name);
      return `all nodes in one zone of ${list(clusters)}, with everything on them; managed services in the zone go on`;
    }
    case "dependency": {
      const callers = callersOf(estate, environment, fault.target).map(({ label }) => label);
      return `connections from ${list([...new Set(callers)])} to ${fault.target.replace(/^host:/, "")}; nobody else is cut off`;
    }
    case "entry":
      return `everything that comes in to ${fault.cluster}; connections in use live on until they were idle for ${minutes(idleConnectionSeconds)}`;
    case "drill":
      return fault.subject;
  }
}

function minutes(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Number((seconds / 60).toFixed(1))} min`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
