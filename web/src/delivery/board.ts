import type { JsonObject } from "../../../src/estate/kubernetes/kubernetes-object.ts";
import type { Estate } from "../../../src/estate/model/estate.ts";
import { agentNames } from "../../../src/gitops/agent.ts";
import { cloudTargetNames } from "../../../src/gitops/cloud/cloud-target-name.ts";
import type { DeliveryLeaf, DeliveryUnit } from "../../../src/gitops/delivery/delivery-unit.ts";
import type { DeliveryPlan } from "../../../src/gitops/delivery/delivery-units.ts";
import { deliveryPlaces } from "../../../src/gitops/delivery/place.ts";
import { packagingNames } from "../../../src/gitops/packaging.ts";
import { approvals } from "../../../src/gitops/process/approvals.ts";
import { leafFolder } from "../../../src/gitops/repository/leaf-folder.ts";
import type { BoardCell, BoardColumn, BoardRow, DeliveryBoard, LeafName, RepositoryForm } from "./delivery-request.ts";
import { type LandedStrategy, landedStrategies, leadingStrategy } from "./landed-strategy.ts";
import { countDifferences, type LeafDifferences, objectDifferences } from "./leaf-differences.ts";

/** The form that is asked for, else declared, else usual: the same as `scantling render` takes. */
export function formOf({ delivery }: Estate, asked: RepositoryForm): Required<RepositoryForm> {
  return {
    packaging: asked.packaging ?? packagingNames.find((name) => name === delivery.packaging) ?? "kustomize",
    agent: asked.agent ?? agentNames.find((name) => name === delivery.agent) ?? "flux",
    cloud: asked.cloud ?? cloudTargetNames.find((name) => name === delivery.cloudTarget) ?? "none",
  };
}

/** What lands where, and how it differs from where it was before. */
export function deliveryBoard(estate: Estate, plan: DeliveryPlan): DeliveryBoard {
  const columns = boardColumns(estate, plan.units);
  const strategies: { [workload: string]: LandedStrategy } = {};
  const rows = plan.units.map((unit): BoardRow => {
    const application = estate.applications.find(({ name }) => unit.tree === "apps" && name === unit.name);
    const cells = columns.map((column, index): BoardCell | undefined => {
      const leaf = leafAt(unit, column);
      if (leaf === undefined) return undefined;
      const landed = landedStrategies(leaf.objects, application);
      for (const [id, strategy] of landed) strategies[`${column.environment}/${column.cluster}/${id}`] = strategy;
      const from = promotedFrom(unit, columns, index);
      const before = from === undefined ? undefined : objectsAt(unit, columns[from]);
      return {
        folder: leafFolder(unit, leaf),
        objects: leaf.objects.length,
        strategy: leadingStrategy(landed.values()),
        from,
        differences: before === undefined ? 0 : countDifferences(objectDifferences(before, leaf.objects).objects),
      };
    });
    return { unit: unitName(unit), tree: unit.tree, name: unit.name, tenant: unit.tenant, cells };
  });
  return {
    form: formOf(estate, {}),
    columns,
    rows: rows.toSorted((left, right) => treeRank(left) - treeRank(right) || (left.name < right.name ? -1 : 1)),
    strategies,
    diagnostics: plan.diagnostics,
  };
}

/** What is different at one place; undefined where nothing lands there. */
export function leafDifferences(estate: Estate, plan: DeliveryPlan, name: LeafName): LeafDifferences | undefined {
  const columns = boardColumns(estate, plan.units);
  const unit = plan.units.find((each) => unitName(each) === name.unit);
  const index = columns.findIndex(
    ({ environment, cluster }) => environment === name.environment && cluster === name.cluster,
  );
  const column = columns[index];
  const leaf = unit === undefined || column === undefined ? undefined : leafAt(unit, column);
  if (unit === undefined || leaf === undefined) return undefined;
  const from = promotedFrom(unit, columns, index);
  const before = from === undefined ? undefined : columns[from];
  return {
    folder: leafFolder(unit, leaf),
    from: before === undefined ? undefined : `${before.environment} on ${before.cluster}`,
    ...objectDifferences(objectsAt(unit, before), leaf.objects),
  };
}

/** Places by environment in order of promotion, then by ring, then by cluster. */
function boardColumns(estate: Estate, units: readonly DeliveryUnit[]): readonly BoardColumn[] {
  const approvalOf = new Map(approvals(estate).map((approval) => [approval.environment, approval]));
  const places = deliveryPlaces(estate).toSorted(
    (left, right) =>
      estate.environments.indexOf(left.environment) - estate.environments.indexOf(right.environment) ||
      (left.cluster.ring ?? "").localeCompare(right.cluster.ring ?? "", "en", { numeric: true }) ||
      (left.cluster.name < right.cluster.name ? -1 : 1),
  );
  const stages = [...new Set(places.map(({ environment, cluster }) => `${environment.name} ${cluster.ring ?? ""}`))];
  return places.flatMap(({ environment, cluster }): readonly BoardColumn[] => {
    const approval = approvalOf.get(environment.name);
    const { name, region, ring } = cluster;
    const leaves = units.flatMap((unit) => leafAt(unit, { environment: environment.name, cluster: name }) ?? []);
    if (approval === undefined) return [];
    return [
      {
        environment: environment.name,
        cluster: name,
        region,
        ring,
        stage: stages.indexOf(`${environment.name} ${ring ?? ""}`),
        approval,
        leaves: leaves.length,
        objects: leaves.reduce((sum, { objects }) => sum + objects.length, 0),
      },
    ];
  });
}

/** The nearest stage before that has it; there the place in the same region, else the first. */
function promotedFrom(unit: DeliveryUnit, columns: readonly BoardColumn[], index: number): number | undefined {
  const own = columns[index];
  if (own === undefined) return undefined;
  const earlier = columns.filter((column) => column.stage < own.stage && leafAt(unit, column) !== undefined);
  const nearest = earlier.filter(({ stage }) => stage === earlier.at(-1)?.stage);
  const chosen = nearest.find(({ region }) => region === own.region) ?? nearest[0];
  return chosen === undefined ? undefined : columns.indexOf(chosen);
}

function leafAt(
  { leaves }: DeliveryUnit,
  place: Pick<BoardColumn, "environment" | "cluster">,
): DeliveryLeaf | undefined {
  return leaves.find(({ environment, cluster }) => environment === place.environment && cluster === place.cluster);
}

function objectsAt(unit: DeliveryUnit, column: BoardColumn | undefined): readonly JsonObject[] {
  return (column === undefined ? undefined : leafAt(unit, column))?.objects ?? [];
}

function unitName({ tree, name }: DeliveryUnit): string {
  return `${tree}/${name}`;
}

function treeRank({ tree }: BoardRow): number {
  return tree === "apps" ? 0 : 1;
}
