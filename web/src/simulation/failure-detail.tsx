import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import type { ReportedFailure } from "../../../src/operations/simulation/simulate-failure.ts";
import type { WorkloadEffect } from "../../../src/scheduling/replay/failure/failure-outcome.ts";
import { plural } from "../graph/plural.ts";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { effectLooks, fateWords } from "./effect-look.ts";
import classes from "./failure-detail.module.css";
import { failureName, type RankedFailure } from "./ranked-failures.ts";

const gib = 1024 ** 3;

/** What one failure does: in words, then journey by journey and workload by workload. */
export function FailureDetail({ chosen }: { readonly chosen: RankedFailure }) {
  const { failure } = chosen;
  return (
    <article className={classes.detail} aria-label={`Losing ${failureName(chosen)}`}>
      <h2 className={classes.title}>Losing {failureName(chosen)}</h2>
      <p className={classes.words}>{failure.words}.</p>
      <Totals failure={failure} />
      <Journeys failure={failure} />
      <Workloads failure={failure} />
      <LostData failure={failure} />
      <Room failure={failure} />
    </article>
  );
}

function Totals({ failure }: { readonly failure: ReportedFailure }) {
  const parts: readonly (readonly [number, string])[] = [
    [failure.nodesLost, failure.nodesLost === 1 ? "node lost" : "nodes lost"],
    [failure.moved, "pods moved"],
    [failure.pending, "pending"],
    [failure.preempted, "made room"],
    [failure.gone, "gone for good"],
  ];
  return (
    <ul className={classes.totals}>
      {parts
        .filter(([count], index) => count > 0 || index < 3)
        .map(([count, words]) => (
          <li key={words} data-bad={count > 0 && (words === "pending" || words === "gone for good")}>
            <strong>{count}</strong> {words}
          </li>
        ))}
    </ul>
  );
}

const journeyWords: { readonly [effect in ReportedFailure["journeys"][number]["effect"]]: string } = {
  down: "down",
  elsewhere: "down here, served by another cluster",
  interrupted: "interrupted",
  belowNeed: "with fewer pods than needed",
};

function Journeys({ failure: { journeys } }: { readonly failure: ReportedFailure }) {
  const { change } = useWorkbench();
  if (journeys.length === 0) return null;
  return (
    <>
      <h3 className={classes.heading}>{plural(journeys.length, "journey", "journeys")} touched</h3>
      <ul className={classes.list}>
        {journeys.map(({ journey, effect, workload }) => (
          <li key={journey}>
            <button
              type="button"
              className={classes.link}
              onClick={() => change({ selection: `journey/${journey}`, why: undefined })}
            >
              {journey}
            </button>{" "}
            {journeyWords[effect]}, by {workload}
          </li>
        ))}
      </ul>
    </>
  );
}

function Workloads({ failure }: { readonly failure: ReportedFailure }) {
  const { workloads, pendingGroups } = failure;
  if (workloads.length === 0) return <p className={classes.soft}>No workload loses a pod.</p>;
  return (
    <>
      <h3 className={classes.heading}>{plural(workloads.length, "workload")} touched</h3>
      <ul className={classes.list}>
        {workloads.map((effect) => (
          <Workload
            key={effect.workload}
            effect={effect}
            reasons={pendingGroups.filter(({ workload }) => workload === effect.workload).map(({ reason }) => reason)}
          />
        ))}
      </ul>
    </>
  );
}

function Workload({ effect, reasons }: { readonly effect: WorkloadEffect; readonly reasons: readonly string[] }) {
  const { assessment, change } = useWorkbench();
  const { workload, label, podsBefore, upAtOnce, upAfter, outageSecondsAtLeast: outage } = effect;
  const look = effectLooks[effect.effect];
  const isKnown = assessment.estate.workloads.some(({ id }) => id === workload);
  return (
    <li className={classes.workload}>
      <span className={classes.workloadTop}>
        {isKnown ? (
          <button
            type="button"
            className={classes.link}
            onClick={() => change({ selection: `workload/${workload}`, why: undefined })}
          >
            {label}
          </button>
        ) : (
          <span>{label}</span>
        )}
        <Badge badge={{ symbol: look.symbol, text: look.words, tone: look.badgeTone, title: look.words }} />
      </span>
      <span className={classes.soft}>
        {upAtOnce === podsBefore ? "" : `${upAtOnce} of ${podsBefore} stay up, then ${upAfter}: `}
        {fateWords(effect)}
        {outage === undefined || outage === 0
          ? ""
          : `, none for ${formatMinutes(Math.max(1, Math.round(outage / 60)))} or more`}
        {reasons.length === 0 ? "" : `. ${sentence(reasons.join("; "))}`}
      </span>
    </li>
  );
}

function LostData({ failure: { lostData } }: { readonly failure: ReportedFailure }) {
  if (lostData.length === 0) return null;
  return (
    <>
      <h3 className={classes.heading}>Data</h3>
      <ul className={classes.list}>
        {lostData.map(({ label, volume, kind, loss, pods }) => (
          <li key={`${label} ${volume} ${loss}`}>
            {volume} ({kind}) of {plural(pods, "pod")} of {label}{" "}
            {loss === "destroyed" ? "is destroyed" : "is out of reach until what was lost is back"}
          </li>
        ))}
      </ul>
    </>
  );
}

function Room({ failure: { capacityLeft, refill } }: { readonly failure: ReportedFailure }) {
  const { nodes, cpuMillicores: cpu, memoryBytes: memory } = capacityLeft;
  return (
    <>
      <h3 className={classes.heading}>Room that is left</h3>
      <p className={classes.soft}>
        {plural(nodes, "node")} with {(cpu.free / 1000).toFixed(1)} of {(cpu.allocatable / 1000).toFixed(0)} CPU and{" "}
        {Math.round(memory.free / gib)} of {Math.round(memory.allocatable / gib)} GiB free
        {refill === undefined
          ? "."
          : `. The autoscaler would add ${refill.nodes.map(({ pool, added }) => `${added} to ${pool}`).join(", ")}; ${
              refill.pendingAfter === 0
                ? "then nothing is pending"
                : `${plural(refill.pendingAfter, "pod")} stay pending`
            }.`}
      </p>
    </>
  );
}

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}
