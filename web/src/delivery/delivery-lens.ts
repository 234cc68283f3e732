import type { Box } from "../graph/box.ts";
import { workloadIdParts } from "../graph/workload-id.ts";
import type { Badge, BoxLook, LegendRow, Lens } from "../lenses/look.ts";
import type { BoardColumn, DeliveryBoard } from "./delivery-request.ts";
import { approvalBadge, formLabel, stageLabel, stageTone, strategyBadge } from "./delivery-words.ts";

const nothing: BoxLook = { tone: "none", words: "", badges: [] };

/**
 * Colour: the stage of promotion (environment and ring). Badges: how a new version of a workload takes over; of a cluster
 * its ring, what delivers to it, and who has to agree.
 */
export function deliveryLens(board: DeliveryBoard | undefined): Lens {
  return {
    title: "Stage of promotion",
    arrows: undefined,
    legend: board === undefined ? [{ tone: "none", label: "not known yet" }] : legendOf(board.columns),
    look: (box) => (board === undefined ? nothing : look(box, board)),
  };
}

/** One row a stage, in order; a click filters by it. */
function legendOf(columns: readonly BoardColumn[]): readonly LegendRow[] {
  const stages = Map.groupBy(columns, ({ stage }) => stage);
  return [...stages].flatMap(([stage, places]): readonly LegendRow[] => {
    const [first] = places;
    if (first === undefined) return [];
    const isWhole = columns.every((column) => column.environment !== first.environment || column.stage === stage);
    const filter = isWhole ? `env:${first.environment}` : `cluster:${places.map(({ cluster }) => cluster).join("|")}`;
    return [{ tone: stageTone(stage), label: stageLabel(first), filter }];
  });
}

function look(box: Box, board: DeliveryBoard): BoxLook {
  switch (box.kind) {
    case "workload":
    case "group":
      return workloadLook(box, board);
    case "cluster":
      return { ...nothing, badges: clusterBadges(box.label, board) };
    case "region":
    case "pool":
    case "waiting":
    case "outside":
    case "target":
      return nothing;
  }
}

function workloadLook({ workloads }: Box, { columns, strategies }: DeliveryBoard): BoxLook {
  const place = workloadIdParts(workloads[0] ?? "");
  const column = columns.find(
    ({ environment, cluster }) => environment === place?.environment && cluster === place.cluster,
  );
  if (column === undefined) return nothing;
  const badges = workloads.flatMap((id) => {
    const strategy = strategies[id];
    return strategy === undefined ? [] : [strategyBadge(strategy)];
  });
  const distinct = new Map(badges.map((badge) => [badge.text, badge]));
  return { tone: stageTone(column.stage), words: stageLabel(column), badges: [...distinct.values()] };
}

function clusterBadges(cluster: string, board: DeliveryBoard): readonly Badge[] {
  const first = board.columns.find((column) => column.cluster === cluster);
  if (first === undefined) return [];
  const agent = formLabel(board.form);
  const approval = approvalBadge(first);
  const agreed = `${approval.text} to get there. ${approval.title}`;
  const delivered: Badge = {
    symbol: "link",
    tone: "plain",
    text: agent,
    title: `${agent} brings ${first.leaves} units, ${first.objects} objects; ${agreed}`,
  };
  if (first.ring === undefined) return [delivered];
  const title = `Clusters of ring ${first.ring} change together; ${agreed}`;
  return [{ symbol: "pin", tone: "plain", text: `ring ${first.ring}`, title }, delivered];
}
