import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { Box, BoxKind } from "./box.ts";
import { plural } from "./plural.ts";
import { workloadIdParts } from "./workload-id.ts";

/** A node of the estate tree. */
export interface TreeNode {
  /** Unique in the tree. */
  readonly id: string;
  /** What it selects. */
  readonly selection: string;
  readonly kind: BoxKind | "tenant" | "application" | "environment";
  readonly label: string;
  readonly detail: string;
  readonly workloads: readonly string[];
  readonly children: readonly TreeNode[];
}

/** The tree by place: the nesting of the map. */
export function placeTree(boxes: readonly Box[]): readonly TreeNode[] {
  const children = new Map<string | undefined, Box[]>();
  for (const box of boxes) children.set(box.parent, [...(children.get(box.parent) ?? []), box]);
  const nodeOf = (box: Box): TreeNode => ({
    id: box.id,
    selection: box.selection,
    kind: box.kind,
    label: box.label,
    detail: box.detail,
    workloads: box.workloads,
    children: (children.get(box.id) ?? []).map(nodeOf),
  });
  return (children.get(undefined) ?? []).map(nodeOf);
}

/** The tree by owner: tenant, application, environment, workload. */
export function tenantTree(assessment: Assessment): readonly TreeNode[] {
  const { workloads } = assessment.estate;
  const tenants = [
    ...new Set([...assessment.structure.tenants.map((one) => one.tenant), ...workloads.map((one) => one.tenant)]),
  ];
  return tenants.sort().map((tenant) => {
    const own = workloads.filter((workload) => workload.tenant === tenant);
    return branch("tenant", `tenant/${tenant}`, `tenant/${tenant}`, tenant, own, applicationNodes(tenant, own));
  });
}

type WorkloadSummary = Assessment["estate"]["workloads"][number];

function applicationNodes(tenant: string, workloads: readonly WorkloadSummary[]): readonly TreeNode[] {
  // What belongs to no application comes last.
  const applications = [
    ...[...new Set(workloads.flatMap((workload) => workload.application ?? []))].sort(),
    ...(workloads.some((workload) => workload.application === undefined) ? [undefined] : []),
  ];
  return applications.flatMap((application) => {
    const own = workloads.filter((workload) => workload.application === application);
    const id = `tenant/${tenant}/${application ?? ""}`;
    const inner = environmentNodes(id, own);
    if (application === undefined) return inner;
    return [branch("application", id, `application/${application}`, application, own, inner)];
  });
}

function environmentNodes(parent: string, workloads: readonly WorkloadSummary[]): readonly TreeNode[] {
  const environmentOf = (workload: WorkloadSummary) => workloadIdParts(workload.id)?.environment ?? "";
  const environments = [...new Set(workloads.map(environmentOf))].sort();
  const leaves = (own: readonly WorkloadSummary[]) => own.map((workload) => leaf(parent, workload));
  if (environments.length < 2) return leaves(workloads);
  return environments.map((environment) => {
    const own = workloads.filter((workload) => environmentOf(workload) === environment);
    return branch(
      "environment",
      `${parent}/${environment}`,
      `environment/${environment}`,
      environment,
      own,
      leaves(own),
    );
  });
}

function leaf(parent: string, workload: WorkloadSummary): TreeNode {
  const parts = workloadIdParts(workload.id);
  return {
    id: `${parent}|${workload.id}`,
    selection: `workload/${workload.id}`,
    kind: "workload",
    label: parts?.name ?? workload.label,
    detail: parts?.cluster ?? "",
    workloads: [workload.id],
    children: [],
  };
}

function branch(
  kind: TreeNode["kind"],
  id: string,
  selection: string,
  label: string,
  workloads: readonly WorkloadSummary[],
  children: readonly TreeNode[],
): TreeNode {
  const detail = plural(workloads.length, "workload");
  return { id, selection, kind, label, detail, workloads: workloads.map((workload) => workload.id), children };
}

/** Only the branches that hold a workload that `keep` accepts; branches without any workload stay out while filtering. */
export function filterTree(nodes: readonly TreeNode[], keep: (workload: string) => boolean): readonly TreeNode[] {
  return nodes
    .filter((node) => node.workloads.some(keep))
    .map((node) => ({ ...node, children: filterTree(node.children, keep) }));
}

/** Rows of a tree as a person sees it, depth first, with what is collapsed left out. */
export function visibleRows(
  nodes: readonly TreeNode[],
  isOpen: (node: TreeNode, depth: number) => boolean,
  depth = 0,
): readonly { readonly node: TreeNode; readonly depth: number; readonly open: boolean }[] {
  return nodes.flatMap((node) => {
    const open = node.children.length > 0 && isOpen(node, depth);
    return [{ node, depth, open }, ...(open ? visibleRows(node.children, isOpen, depth + 1) : [])];
  });
}
