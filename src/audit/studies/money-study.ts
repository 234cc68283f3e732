import type { Catalog } from "../../catalog/catalog.ts";
import { storageClassesOf, storageClassTraits } from "../../catalog/storage-classes.ts";
import { exactFigure, type Figure, type Reason } from "../../estate/figures/figure.ts";
import { formatMoney } from "../../estate/figures/format-figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Charge } from "../../finops/bill/charge.ts";
import { diskServices } from "../../finops/bill/os-disk-charges.ts";
import { unitPrice } from "../../finops/bill/pricing-context.ts";
import { volumePrice } from "../../finops/bill/volume-price.ts";
import { declaredDemand } from "../../finops/commitments/demand/declared-demand.ts";
import { type BreakEven, breakEvens } from "../../finops/commitments/offers/break-even.ts";
import { type PricedEstate, priceEstate } from "../../finops/compute-cost.ts";
import { type BetterSize, sizeOfAnotherRatio } from "../../finops/right-sizing/nodes/another-ratio.ts";
import { type PackedEstate, packEstate } from "../../finops/right-sizing/nodes/packed-cluster.ts";
import {
  chargesByPool,
  monthlyWorth,
  type PoolRate,
  poolRates,
} from "../../finops/right-sizing/requests/pool-rates.ts";
import {
  type PodAmount,
  type SizingSubject,
  sizingSubjects,
} from "../../finops/right-sizing/requests/sizing-subject.ts";
import { type UsageTargets, usageTargets } from "../../finops/usage/usage-targets.ts";
import type { Placement } from "../../scheduling/placement.ts";
import { clusterWithDeclaredPools } from "../estate-lookup/cluster-facts.ts";

/** What a finding says of its cost. */
export interface CostClaim {
  /** Code of the rule with its sub-verdict, `FIN-002.1`. */
  readonly rule: string;
  readonly subject: string;
  /** What the money is spent on, a noun phrase. */
  readonly label: string;
  /** How the amount comes about. */
  readonly formula: string;
  readonly reasons?: readonly Reason[];
}

/** Less is no money. */
const oneCent = 0.01;

/**
 * What things of the estate cost a month by its own bill. Clusters whose pools are only assumed have no prices here: what
 * they would cost is a guess.
 */
export class MoneyStudy {
  readonly #estate: Estate;
  readonly #placement: Placement;
  readonly #catalog: Catalog;
  readonly #today: string;
  #priced: PricedEstate | undefined;
  #rates: ReadonlyMap<string, PoolRate> | undefined;
  #poolCosts: ReadonlyMap<string, number> | undefined;
  #targets: UsageTargets | undefined;
  #subjects: ReadonlyMap<string, SizingSubject> | undefined;
  #packed: PackedEstate | undefined;
  #breakEvens: readonly BreakEven[] | undefined;

  constructor(estate: Estate, placement: Placement, catalog: Catalog, today: string) {
    this.#estate = estate;
    this.#placement = placement;
    this.#catalog = catalog;
    this.#today = today;
  }

  /** Whether somebody declared what the cluster is made of, so that it has a price. */
  knows(cluster: string): boolean {
    return clusterWithDeclaredPools(this.#estate, cluster) !== undefined;
  }

  get currency(): string {
    return this.priced.context.currency.code;
  }

  /** The bill. A ceiling only widens its range, so that none is placed. */
  get priced(): PricedEstate {
    this.#priced ??= priceEstate(this.#estate, this.#placement, this.#catalog, {
      today: this.#today,
      ceiling: undefined,
    });
    return this.#priced;
  }

  get targets(): UsageTargets {
    this.#targets ??= usageTargets(this.priced.context);
    return this.#targets;
  }

  /** Placed workloads with what they ask for on which pools. */
  get subjects(): ReadonlyMap<string, SizingSubject> {
    this.#subjects ??= new Map(
      sizingSubjects(this.#estate, this.targets).map((subject) => [subject.workload.id, subject]),
    );
    return this.#subjects;
  }

  /** Nodes and OS disks of a pool; undefined where its nodes have no price, or are only assumed. */
  poolCost(cluster: string, pool: string): number | undefined {
    if (!this.knows(cluster)) return undefined;
    this.#poolCosts ??= chargesByPool(this.priced.charges);
    return this.#poolCosts.get(`${cluster}/${pool}`);
  }

  /** What an amount of each pod of a workload is worth at the prices of its pools. */
  worth(workload: string, amount: PodAmount): number | undefined {
    const subject = this.subjects.get(workload);
    if (subject === undefined || subject.pods === 0 || !this.knows(subject.workload.cluster)) return undefined;
    this.#rates ??= poolRates(this.priced);
    return monthlyWorth(amount, subject.pools, this.#rates);
  }

  /** What a pod of the workload takes of its nodes: its requests and what a sandbox adds. */
  requestsOf(workload: string): PodAmount | undefined {
    const subject = this.subjects.get(workload);
    if (subject === undefined) return undefined;
    const { current, overhead } = subject;
    return {
      cpuMillicores: current.cpuMillicores + overhead.cpuMillicores,
      memoryBytes: current.memoryBytes + overhead.memoryBytes,
    };
  }

  /** Charges of the bill with an id, or below it. */
  charges(id: string): readonly Charge[] {
    return this.priced.charges.filter(({ line }) => line.id === id || line.id.startsWith(`${id}/`));
  }

  /** A volume of a class and size as the bill would price it; undefined where it has no price. */
  volume(
    clusterName: string,
    className: string | undefined,
    sizeBytes: number,
  ): { readonly monthly: number; readonly formula: string; readonly reasons: readonly Reason[] } | undefined {
    const cluster = clusterWithDeclaredPools(this.#estate, clusterName);
    if (cluster === undefined) return undefined;
    const traits = storageClassTraits(className, cluster, storageClassesOf(clusterName, this.#estate.objects));
    if (traits === undefined) return undefined;
    const sizeGiB = sizeBytes / 1024 ** 3;
    const price = volumePrice(this.priced.context, cluster.region, traits, sizeGiB);
    if (typeof price === "string") return undefined;
    const unit = unitPrice(this.priced.context, price.fact, diskServices);
    const formula = `${Number(sizeGiB.toFixed(2))} GiB as ${price.what}: ${price.unitsPerMonth} × ${unit.amount} ${this.currency}`;
    return { monthly: price.unitsPerMonth * unit.amount, formula, reasons: [...unit.reasons, ...price.reasons] };
  }

  /** Nodes of a pool that are paid as they go, and what each costs an hour. */
  payAsYouGo(cluster: string, pool: string): { readonly nodes: number; readonly hourly: number } | undefined {
    const own = this.priced.charges.filter(
      ({ sharing, line, tariff }) =>
        sharing.kind === "pool" &&
        sharing.cluster === cluster &&
        sharing.pool === pool &&
        line.category === "node" &&
        tariff.purchase === "payAsYouGo",
    );
    const [first] = own;
    if (first === undefined) return undefined;
    return { nodes: own.reduce((sum, { line }) => sum + line.quantity, 0), hourly: first.line.unitPrice };
  }

  /** Reservations and savings plans for a size in a region, with the hours a day from which they pay. */
  commitments(region: string, vmSize: string): readonly BreakEven[] {
    const { context } = this.priced;
    this.#breakEvens ??= breakEvens(context, declaredDemand(context, false).pools);
    return this.#breakEvens.filter((each) => each.region === region && each.vmSize === vmSize);
  }

  /** A size with another ratio of memory to vCPUs on which the same pods cost less, with the pool's count of rules as it is. */
  betterRatio(cluster: string, pool: string): BetterSize | undefined {
    this.#packed ??= packEstate(this.#estate, this.#catalog, this.#today);
    return sizeOfAnotherRatio(this.#packed, { cluster, name: pool }, { catalog: this.#catalog, today: this.#today });
  }

  /** Spot price over pay-as-you-go price of a size; undefined where one has no price. */
  spotRatio(region: string, vmSize: string): number | undefined {
    const spot = this.#catalog.vmPrice(region, vmSize, "spot")?.value;
    const regular = this.#catalog.vmPrice(region, vmSize, "payAsYouGo")?.value;
    return spot === undefined || regular === undefined || !(regular > 0) ? undefined : spot / regular;
  }

  /** An amount a month as the figure of a finding; undefined where it is unknown or not worth a cent. */
  figure(amount: number | undefined, claim: CostClaim): Figure | undefined {
    if (amount === undefined || !(amount >= oneCent / 2)) return undefined;
    const { rule, subject, label, formula, reasons = [] } = claim;
    const value = Math.round(amount * 100) / 100;
    return exactFigure(`audit/${rule}/${subject}/monthly-cost`, label, `${this.currency}/month`, value, [
      { kind: "formula", text: formula },
      ...reasons,
    ]);
  }

  /** An amount in words. */
  inWords(amount: number): string {
    return formatMoney(amount, this.currency);
  }
}
