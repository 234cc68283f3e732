import type { Box } from "../graph/box.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { FactList } from "./fact-list.tsx";
import { FigureLine } from "./figure-line.tsx";
import { Meter } from "./meter.tsx";
import { Section } from "./section.tsx";

/** Nodes of a pool, and how full they are. */
export function PoolDetails({ box }: { readonly box: Box }) {
  const { assessment } = useWorkbench();
  const [, cluster, name] = box.id.split("/");
  const pool = assessment.structure.clusters
    .find((one) => one.cluster === cluster)
    ?.pools.find((one) => one.pool === name || one.pool === `${cluster}/${name}`);
  if (pool === undefined) return null;
  return (
    <Section title="Nodes">
      <FigureLine figure={pool.nodes} label={pool.vmSize} />
      <Meter label="CPU" share={pool.requested.cpu} />
      <Meter label="Memory" share={pool.requested.memory} />
      <FactList
        rows={[
          { name: "Mode", value: pool.mode },
          {
            name: "A node offers",
            value: `${(pool.allocatable.cpuMillicores / 1000).toFixed(2)} cores, ${(pool.allocatable.memoryBytes / 2 ** 30).toFixed(1)} GiB, ${pool.allocatable.pods} pods`,
          },
        ]}
      />
    </Section>
  );
}
