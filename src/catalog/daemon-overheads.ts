import type { DaemonOverhead } from "./catalog.ts";
import { citation } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import { aksNodeSources } from "./node-reservations.ts";
import table from "./tables/aks-nodes.json" with { type: "json" };

const overheads: readonly DaemonOverhead[] = table.daemons.perNode.map((daemon) => ({
  name: daemon.name,
  cpuMillicores: recalled(`CPU request of ${daemon.name}`, daemon.cpuMillicores, "m"),
  memoryBytes: recalled(`memory request of ${daemon.name}`, daemon.memoryMi * 1024 ** 2, "bytes"),
  ...(daemon.onlyWith === undefined ? {} : { onlyWith: daemon.onlyWith }),
}));

function recalled(name: string, value: number, unit: string): Fact<number> {
  const { source, note } = table.daemons;
  return { name, value, unit, ...citation(aksNodeSources, source), verified: false, note };
}

export function daemonOverheads(): readonly DaemonOverhead[] {
  return overheads;
}
