import type { InfrastructureChange, RepositoryReport } from "../../operations/gitops/repository-report.ts";
import { bullets, type Document, heading, numbered, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

/** Words for what an edit does. */
const effectWords: { readonly [Kind in InfrastructureChange["effects"]["bicep"]]: string } = {
  inPlace: "in place",
  rolling: "rolling",
  rollingAllPools: "all pools roll",
  rotate: "new pool, old one undrained",
  recreatePool: "pool made anew",
  recreateCluster: "CLUSTER MADE ANEW",
  reject: "refused",
  create: "made",
  delete: "deleted",
  unknown: "not known",
};

/** What edits of clusters and pools do on each target, and the commits that they take. */
export function infrastructureSection({ infrastructure, stage }: RepositoryReport): Document {
  if (infrastructure === undefined || infrastructure.stages === 0) return [];
  const { changes, otherResources, stages } = infrastructure;
  const rows = changes.map((change) => [
    String(change.stage),
    editText(change),
    effectWords[change.effects.bicep],
    effectWords[change.effects.terraform],
    effectWords[change.effects.crossplane],
  ]);
  const columns = [
    { title: "stage" },
    { title: "edit" },
    { title: "Bicep, Pulumi, operator" },
    { title: "Terraform" },
    { title: "Crossplane" },
  ];
  const others =
    otherResources === 0 ? [] : [paragraph(`${counted(otherResources, "resource")} of other types change too.`)];
  return [
    heading(2, "What changes of the infrastructure"),
    ...table(columns, rows),
    ...others,
    ...bullets(remarks(changes)),
    ...commits(changes, stages, stage),
  ];
}

function editText({ resource, path, before, after }: InfrastructureChange): string {
  if (path === "") return `${resource}, all of it`;
  return `${resource} ${path.replace(/^properties\./, "")}: ${before ?? "nothing"} → ${after ?? "nothing"}`;
}

function remarks(changes: readonly InfrastructureChange[]): readonly string[] {
  return [...new Set(changes.flatMap((change) => [...rollingRemark(change), ...noteRemark(change)]))];
}

function rollingRemark({ resource, rolling }: InfrastructureChange): readonly string[] {
  if (rolling === undefined) return [];
  const { nodes, surgeNodes, hours, surgeNodeHours, isAbrupt } = rolling;
  const how = isAbrupt ? "all at once, undrained" : `${surgeNodes} at a time`;
  return [
    `${resource}: up to ${counted(nodes, "node")} replaced, ${how}; about ${hours.toFixed(1)} h and ${surgeNodeHours.toFixed(1)} node hours beyond the usual.`,
  ];
}

function noteRemark({ path, note, verified }: InfrastructureChange): readonly string[] {
  const field = path.replace(/^properties\./, "");
  const doubt = verified || path === "" ? [] : [`${field}: the effect is recalled, not documented; look at the plan.`];
  return note === undefined ? doubt : [`${field}: ${note.replace(/\.?$/, ".")}`, ...doubt];
}

function commits(changes: readonly InfrastructureChange[], stages: number, written: number | undefined): Document {
  if (stages < 2) return [];
  const items = Array.from({ length: stages }, (_, index) => {
    const of = [...new Set(changes.filter(({ stage }) => stage === index + 1).map(({ resource }) => resource))];
    const held = written !== undefined && index + 1 > written ? " (held back)" : "";
    return `${of.length === 0 ? "what else changes" : of.join(", ")}${held}`;
  });
  return [
    heading(2, "In this order, a commit each"),
    ...numbered(items),
    paragraph("Render with --stage 1, commit, and wait until Azure is done with it before the next."),
  ];
}
