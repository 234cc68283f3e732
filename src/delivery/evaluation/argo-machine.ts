import type { Measurement } from "../judging/measurement.ts";
import type { AnalysisMetric, ArgoPolicy } from "../policies/rollout-policy.ts";
import { afterMeasurement, type MetricState, runVerdict, startMetric } from "./analysis-state.ts";
import type { Ending, RolloutMachine } from "./rollout-machine.ts";

interface ArgoState {
  readonly stage: number;
  /** Milliseconds of the stage's hold that are left. */
  readonly hold: number;
  /** The analysis that the stage waits for, once its hold is over. */
  readonly inline: readonly MetricState[] | undefined;
  readonly background: readonly MetricState[] | undefined;
  /** Traffic to the new version so far, the latest last, as far back as any window looks. */
  readonly traffic: readonly { readonly milliseconds: number; readonly perSecond: number }[];
}

/**
 * The controller of Argo Rollouts: stages one after the other, an inline analysis that a stage waits for, and a background one that may end
 * the rollout at any time. Failed and Error abort, Inconclusive pauses for a person.
 */
export function argoMachine(policy: ArgoPolicy, requestsPerSecond: number): RolloutMachine<ArgoState> {
  const { background } = policy;
  const longestWindow = 1000 * Math.max(0, ...policy.metrics.map(({ windowSeconds }) => windowSeconds));
  const perSecondOf = (stage: number) => (requestsPerSecond * (policy.stages[stage]?.weight ?? 0)) / 100;

  /** Enters a stage, or the first after it that takes time; promoted after the last. */
  function enter(stage: number, state: Pick<ArgoState, "background" | "traffic">): ArgoState | Ending {
    const next = policy.stages[stage];
    if (next === undefined) return "promoted";
    const running =
      background !== undefined && state.background === undefined && stage >= background.fromStage
        ? background.analysis.map(startMetric)
        : state.background;
    if (next.holdSeconds === 0 && next.analysis.length === 0)
      return enter(stage + 1, { ...state, background: running });
    const hold = Math.round(next.holdSeconds * 1000);
    return {
      stage,
      hold,
      inline: hold === 0 ? next.analysis.map(startMetric) : undefined,
      background: running,
      traffic: state.traffic,
    };
  }

  function settle(state: ArgoState): ArgoState | Ending {
    for (const verdict of [runVerdict(state.background ?? []), runVerdict(state.inline ?? [])]) {
      if (verdict === "failed" || verdict === "error") return "rolledBack";
      if (verdict === "inconclusive") return "paused";
    }
    if (state.hold > 0) return state;
    const analysis = policy.stages[state.stage]?.analysis ?? [];
    if (state.inline === undefined && analysis.length > 0) return { ...state, inline: analysis.map(startMetric) };
    return runVerdict(state.inline ?? []) === "successful" ? enter(state.stage + 1, state) : state;
  }

  function stay(state: ArgoState) {
    const perSecond = perSecondOf(state.stage);
    const running = [...(state.background ?? []), ...(state.inline ?? [])].filter(isRunning);
    const waits = [...(state.hold > 0 ? [state.hold] : []), ...running.map(({ due }) => due)];
    const passed = waits.length === 0 ? 0 : Math.min(...waits);
    const traffic = remember(state.traffic, passed, perSecond, longestWindow);
    const inlineMetrics = policy.stages[state.stage]?.analysis ?? [];
    const due = [
      ...dueMetrics(background?.analysis ?? [], state.background ?? [], passed),
      ...dueMetrics(inlineMetrics, state.inline ?? [], passed),
    ];
    return {
      seconds: passed / 1000,
      weight: policy.stages[state.stage]?.weight ?? 0,
      judgedPerSecond: perSecond,
      measurements: due.map(
        ({ metric }): Measurement => ({ metric, requests: requestsSeen(traffic, metric.windowSeconds) }),
      ),
      arrive: (outcomes: Parameters<ReturnType<RolloutMachine<ArgoState>["stay"]>["arrive"]>[0]) => {
        let position = 0;
        const advance = (metrics: readonly AnalysisMetric[], states: readonly MetricState[] | undefined) =>
          states?.map((each, index) => {
            const metric = metrics[index];
            if (metric === undefined || !isRunning(each)) return each;
            if (each.due > passed) return { ...each, due: each.due - passed };
            const outcome = outcomes[position] ?? "success";
            position += 1;
            return afterMeasurement(metric, each, outcome);
          });
        const afterBackground = advance(background?.analysis ?? [], state.background);
        const afterInline = advance(inlineMetrics, state.inline);
        return settle({
          stage: state.stage,
          hold: Math.max(0, state.hold - passed),
          inline: afterInline,
          background: afterBackground,
          traffic,
        });
      },
    };
  }

  const entered = enter(0, { background: undefined, traffic: [] });
  const nothing: ArgoState = {
    stage: policy.stages.length,
    hold: 0,
    inline: undefined,
    background: undefined,
    traffic: [],
  };
  return {
    assumesFullWindows: false,
    start: typeof entered === "string" ? nothing : entered,
    keyOf: (state) => JSON.stringify(state),
    stay,
  };
}

function isRunning({ verdict }: MetricState): boolean {
  return verdict === "running";
}

function dueMetrics(
  metrics: readonly AnalysisMetric[],
  states: readonly MetricState[],
  passed: number,
): readonly AnalysisMetric[] {
  return metrics.filter((_, index) => {
    const state = states[index];
    return state !== undefined && isRunning(state) && state.due <= passed;
  });
}

function remember(
  before: ArgoState["traffic"],
  milliseconds: number,
  perSecond: number,
  longest: number,
): ArgoState["traffic"] {
  if (milliseconds === 0) return before;
  const last = before.at(-1);
  const joined =
    last?.perSecond === perSecond
      ? [...before.slice(0, -1), { milliseconds: last.milliseconds + milliseconds, perSecond }]
      : [...before, { milliseconds, perSecond }];
  const kept: { milliseconds: number; perSecond: number }[] = [];
  let room = longest;
  for (const each of joined.toReversed()) {
    if (room <= 0) break;
    kept.unshift({ milliseconds: Math.min(each.milliseconds, room), perSecond: each.perSecond });
    room -= each.milliseconds;
  }
  return kept;
}

/** Requests to the new version within the last seconds. */
function requestsSeen(traffic: ArgoState["traffic"], windowSeconds: number): number {
  let room = windowSeconds * 1000;
  let requests = 0;
  for (const { milliseconds, perSecond } of traffic.toReversed()) {
    const within = Math.min(milliseconds, Math.max(0, room));
    requests += (within / 1000) * perSecond;
    room -= within;
  }
  return Math.round(requests);
}
