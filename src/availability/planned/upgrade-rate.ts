import { kubernetesUpgradesPerMonth, nodeImageUpgradesPerMonth } from "../../estate/assumptions/failure-rules.ts";
import { exactFigure, type Figure, type Reason } from "../../estate/figures/figure.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { FaultModel } from "../from-estate/fault-model.ts";

const MONTHS_PER_YEAR = 12;

/** Channels on which nobody publishes images to the nodes: they are drained for new Kubernetes versions only. */
const withoutImages: ReadonlySet<string> = new Set(["None", "Unmanaged"]);

/** How often every node of a pool is drained, a year: node images by the cluster's channel, and Kubernetes versions. */
export function upgradesPerYear({ failures }: FaultModel, cluster: Cluster, pool: string): Figure {
  const { nodeOs } = cluster.channels;
  const images = nodeOs === undefined || !withoutImages.has(nodeOs);
  const rates = [
    ...(images ? [failures.number(nodeImageUpgradesPerMonth)] : []),
    failures.number(kubernetesUpgradesPerMonth),
  ];
  const place = cluster.place === undefined ? {} : { place: cluster.place };
  const channel: readonly Reason[] =
    nodeOs === undefined
      ? []
      : [{ kind: "declared", name: `channels.nodeOs of ${cluster.name}`, value: nodeOs, ...place }];
  return exactFigure(
    `availability/upgrades/${cluster.name}/${pool}`,
    `upgrades of pool ${cluster.name}/${pool} a year`,
    "upgrades/year",
    rates.reduce((sum, { value }) => sum + value, 0) * MONTHS_PER_YEAR,
    [
      { kind: "formula", text: `(${images ? "node images + " : ""}Kubernetes versions) a month x 12` },
      ...channel,
      ...rates.map(({ reason }) => reason),
    ],
  );
}
