import type { Reachability } from "../../operations/tenancy/reachability.ts";

/** The reachability of tenants, or of workloads where these are listed, as a graph for Graphviz. */
export function reachabilityDot(report: Reachability): string {
  const lines = report.clusters.map(({ cluster }, index) => clusterGraph(report, cluster, index));
  return `digraph ${quote(`reachability of ${report.estate}`)} {\n  rankdir=LR;\n  node [shape=box];\n${lines.join("")}}\n`;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly verdict: string;
  readonly ports: string;
  readonly undecided?: string;
}

function clusterGraph(report: Reachability, cluster: string, index: number): string {
  const id = (name: string) => quote(`${cluster}/${name}`);
  const edges = edgesOf(report, cluster);
  const names = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const nodes = [...names].sort().map((name) => `    ${id(name)} [label=${quote(name)}];\n`);
  const arrows = edges
    .filter(({ from, to, verdict }) => from !== to && verdict !== "denied")
    .map(({ from, to, verdict, ports, undecided }) => {
      const isDoubtful = verdict === "notEvaluable";
      const style = isDoubtful ? ", style=dashed" : verdict === "open" ? ", penwidth=2" : "";
      return `    ${id(from)} -> ${id(to)} [label=${quote(isDoubtful ? `${undecided ?? ports}?` : ports)}${style}];\n`;
    });
  return `  subgraph cluster_${index} {\n    label=${quote(cluster)};\n${nodes.join("")}${arrows.join("")}  }\n`;
}

function edgesOf({ tenants, workloads }: Reachability, cluster: string): readonly Edge[] {
  if (workloads !== undefined) return workloads.connections.filter((each) => each.cluster === cluster);
  return tenants
    .filter((each) => each.cluster === cluster)
    .map(({ from, to, verdict, ports, witness }) => ({
      from,
      to,
      verdict,
      ports,
      ...(witness.undecided === undefined ? {} : { undecided: witness.undecided }),
    }));
}

function quote(text: string): string {
  return `"${text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll(/[\r\n]+/g, " ")}"`;
}
