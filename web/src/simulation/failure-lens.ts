import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { WorkloadEffect } from "../../../src/scheduling/replay/failure/failure-outcome.ts";
import type { Box } from "../graph/box.ts";
import { plural } from "../graph/plural.ts";
import type { Badge, BoxLook, Lens } from "../lenses/look.ts";
import { effectLooks, effectOrder, fateWords, podFates } from "./effect-look.ts";
import { failureName, type RankedFailure } from "./ranked-failures.ts";

const untouched: BoxLook = { tone: "none", words: "", badges: [] };

/** Colour: what the loss does to each workload. Badges: pods that moved and those pending. Lost pools are hatched. */
export function failureLens(assessment: Assessment, lost: RankedFailure | undefined): Lens {
  const effects = new Map((lost?.failure.workloads ?? []).map((effect) => [effect.workload, effect]));
  const pools = lost === undefined ? new Map<string, LostPool>() : lostPools(assessment, lost);
  return {
    title: lost === undefined ? "Failure" : `Losing ${failureName(lost)}`,
    arrows: undefined,
    legend: [
      { tone: "lost", label: "lost" },
      { tone: "lost-part", label: "loses nodes" },
      ...effectOrder.map((effect) => ({ tone: effectLooks[effect].tone, label: effectLooks[effect].words })),
      { tone: "none", label: "not touched" },
    ],
    look: (box) => {
      if (lost === undefined) return untouched;
      if (box.kind === "workload" || box.kind === "group") return leafLook(box, effects, lost);
      if (box.kind === "cluster" && box.label === lost.cluster) return clusterLook(lost);
      const pool = box.kind === "pool" ? pools.get(box.id) : undefined;
      return pool === undefined ? untouched : poolLook(pool);
    },
  };
}

interface LostPool {
  readonly whole: boolean;
  /** `zone 1`, `node-0`, `all nodes`. */
  readonly what: string;
}

/** Pools that lose nodes, by the id of their box. */
function lostPools(assessment: Assessment, { cluster, failure }: RankedFailure): ReadonlyMap<string, LostPool> {
  const { kind, name } = failure;
  const pools = assessment.structure.clusters.find((each) => each.cluster === cluster)?.pools ?? [];
  const named = pools.map((pool) => ({ pool, label: pool.pool.split("/").at(-1) ?? pool.pool }));
  const box = (label: string) => `pool/${cluster}/${label}`;
  switch (kind) {
    case "pool":
      return new Map([[box(name), { whole: true, what: "all nodes" }]]);
    case "node": {
      // A node is named after its pool and its place in it.
      const label = name.slice(0, name.lastIndexOf("-"));
      return named.some((each) => each.label === label)
        ? new Map([[box(label), { whole: false, what: name }]])
        : new Map();
    }
    case "zone":
    case "set": {
      const zone = name.slice(name.lastIndexOf("-") + 1);
      return new Map(
        named
          .filter(({ pool }) => pool.zones.some((each) => each.slice(each.lastIndexOf("-") + 1) === zone))
          .map(({ pool, label }) => [box(label), { whole: pool.zones.length === 1, what: `zone ${zone}` }]),
      );
    }
  }
}

function poolLook({ whole, what }: LostPool): BoxLook {
  const badge: Badge = whole
    ? { symbol: "cross", text: "lost", tone: "bad", title: `Lost: ${what}` }
    : { symbol: "cross", text: `${what} lost`, tone: "warn", title: `Loses ${what}` };
  return { tone: whole ? "lost" : "lost-part", words: "lost", badges: [badge] };
}

function clusterLook({ failure }: RankedFailure): BoxLook {
  const { kind, name, pending, moved, words } = failure;
  const badges: Badge[] = [{ symbol: "cross", text: `${kind} ${name} lost`, tone: "bad", title: words }];
  if (pending > 0) {
    badges.push({
      symbol: "alert",
      text: `${pending} pending`,
      tone: "bad",
      title: `${plural(pending, "pod")} fit nowhere`,
    });
  }
  if (moved > 0)
    badges.push({ symbol: "link", text: `${moved} moved`, tone: "plain", title: `${plural(moved, "pod")} moved` });
  return { ...untouched, badges };
}

/** A workload, or several: then the worst of them decides the colour. */
function leafLook(box: Box, effects: ReadonlyMap<string, WorkloadEffect>, { failure }: RankedFailure): BoxLook {
  const own = box.workloads.flatMap((workload) => effects.get(workload) ?? []);
  const worst = effectOrder.find((effect) => own.some((each) => each.effect === effect));
  const [first] = own;
  if (worst === undefined || first === undefined) return untouched;
  const fates = own.map(podFates);
  const moved = fates.reduce((sum, fate) => sum + fate.moved, 0);
  const pending = fates.reduce((sum, fate) => sum + fate.pending, 0);
  const look = effectLooks[worst];
  const badges: Badge[] = [];
  if (pending > 0) {
    const reasons = failure.pendingGroups
      .filter(({ workload }) => box.workloads.includes(workload))
      .map(({ reason }) => reason);
    const title = [`${plural(pending, "pod")} pending`, ...reasons].join(": ");
    badges.push({ symbol: "cross", text: String(pending), tone: "bad", title });
  }
  if (moved > 0)
    badges.push({ symbol: "link", text: String(moved), tone: "plain", title: `${plural(moved, "pod")} moved` });
  const words = own.length === 1 ? fateWords(first) : look.words;
  return { tone: look.tone, words, badges };
}
