import { type CloudTargetName, cloudTargetNames } from "../../gitops/cloud/cloud-target-name.ts";
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

const targetWords: { readonly [Name in CloudTargetName]: string } = {
  bicep: "Bicep",
  terraform: "Terraform",
  pulumi: "Pulumi",
  serviceOperator: "operator",
  crossplane: "Crossplane",
};

/** What edits of clusters and pools do on the chosen target, on others where that is different, and the commits that they take. */
export function infrastructureSection({ infrastructure, stage, cloudTarget }: RepositoryReport): Document {
  if (infrastructure === undefined || infrastructure.stages === 0) return [];
  const { changes, otherResources, stages } = infrastructure;
  const target = cloudTargetNames.find((name) => name === cloudTarget) ?? "bicep";
  const others = cloudTargetNames.filter((name) => name !== target);
  const rows = changes.map((change) => [
    String(change.stage),
    editText(change),
    effectWords[change.effects[target]],
    elsewhere(change, target, others),
  ]);
  const columns = [
    { title: "stage" },
    { title: "edit" },
    { title: `by ${targetWords[target]}` },
    { title: "otherwise by" },
  ];
  const beside =
    otherResources === 0 ? [] : [paragraph(`${counted(otherResources, "resource")} of other types change too.`)];
  return [
    heading(2, "What changes of the infrastructure"),
    ...table(columns, rows),
    ...beside,
    ...bullets(remarks(changes)),
    ...commits(changes, stages, stage),
  ];
}

/** The effect on other targets, where it is another one: a reason to choose. */
function elsewhere(
  { effects }: InfrastructureChange,
  target: CloudTargetName,
  others: readonly CloudTargetName[],
): string {
  const different = others.filter((name) => effects[name] !== effects[target]);
  const byEffect = Map.groupBy(different, (name) => effects[name]);
  const words = [...byEffect].map(
    ([effect, names]) => `${names.map((name) => targetWords[name]).join(", ")}: ${effectWords[effect]}`,
  );
  return words.length === 0 ? "-" : words.join("; ");
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
