import { type MinutesRange, type RebuildTime, rebuildMinutes } from "../../estate/assumptions/rebuild-rules.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { applicationsInCircle, rebuildSizeUnknown } from "../../estate/diagnostics/rebuild-diagnostics.ts";
import { lastingClaims } from "../../estate/kubernetes/pod-volumes.ts";
import { secondsToReady } from "../../estate/kubernetes/time-to-ready.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster, ClusterComponent } from "../../estate/model/cluster.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import { declaredOrder, neededParts, orderParts, partOf } from "./simulate-rebuild-order.ts";
import type { RebuildStep } from "./simulate-rebuild-timeline.ts";

const MEBIBYTE = 2 ** 20;
const GIBIBYTE = 2 ** 30;

/** Steps in an order in which each comes after those it waits for. */
export interface RebuildPlan {
  readonly steps: readonly RebuildStep[];
  readonly diagnostics: readonly Diagnostic[];
  /** Times that were assumed. */
  readonly times: ReadonlySet<RebuildTime>;
  readonly restores: boolean;
}

/** What a plan needs besides the estate. */
export interface RebuildContext {
  /** MiB/s at which backups are read back. */
  readonly rates: MinutesRange;
  /** Names of the pools on which each workload runs, by its id. */
  readonly pools: ReadonlyMap<string, ReadonlySet<string>>;
}

/** All that has to happen from the loss of a cluster until its journeys are open again, from what Git has of it. */
export function planRebuild(estate: Estate, cluster: Cluster, context: RebuildContext): RebuildPlan {
  const plan = new RebuildPlanner(estate, cluster, context);
  plan.addFoundation();
  plan.addComponents();
  plan.addData();
  plan.addApplications();
  plan.addEntry();
  return plan;
}

/** True where a backup is declared that has what is in the namespace. */
export function isBackedUp({ backupEnabled, backup }: Cluster, namespace: string): boolean {
  return backupEnabled === true && (backup?.namespaces?.includes(namespace) ?? true);
}

class RebuildPlanner implements RebuildPlan {
  readonly steps: RebuildStep[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly times = new Set<RebuildTime>();
  restores = false;
  readonly #estate: Estate;
  readonly #cluster: Cluster;
  readonly #rates: MinutesRange;
  readonly #poolsOf: RebuildContext["pools"];
  readonly #workloads: readonly Workload[];
  readonly #objects: readonly PlacedObject[];
  readonly #nodes: number;

  constructor(estate: Estate, cluster: Cluster, { rates, pools }: RebuildContext) {
    this.#estate = estate;
    this.#cluster = cluster;
    this.#rates = rates;
    this.#poolsOf = pools;
    this.#workloads = estate.workloads.filter((workload) => workload.cluster === cluster.name);
    this.#objects = estate.objects.filter((object) => object.cluster === cluster.name);
    this.#nodes = Math.max(
      1,
      cluster.nodePools.reduce((sum, { minimumNodes }) => sum + minimumNodes, 0),
    );
  }

  addFoundation(): void {
    const { network, nodePools } = this.#cluster;
    const byFirewall = network.outbound === "userDefinedRouting";
    this.#add("decision", "decision", "loss noticed, rebuild decided", this.#sum(["decision"]), []);
    this.#add(
      "network",
      "network",
      byFirewall ? "network, routes and the firewall behind them" : "network and subnets",
      this.#sum(byFirewall ? ["network", "firewall"] : ["network"]),
      ["decision"],
    );
    const isPrivate = network.privateApiServer === true;
    this.#add(
      "controlPlane",
      "controlPlane",
      isPrivate ? "control plane, system pool, private end point" : "control plane and system pool",
      this.#sum(isPrivate ? ["controlPlane", "privateEndpoint"] : ["controlPlane"]),
      ["network"],
    );
    for (const { name, mode, minimumNodes, vmSize } of nodePools) {
      if (mode === "System" || minimumNodes === 0) continue;
      const label = `pool ${name}: ${minimumNodes} × ${vmSize.replace("Standard_", "")}`;
      this.#add(`pool/${name}`, "pool", label, this.#sum(["nodes"]), ["controlPlane"]);
    }
    const { agent } = this.#estate.delivery;
    this.#add("agent", "agent", `${agent ?? "GitOps agent"} reads the repository`, this.#sum(["agent"]), [
      "controlPlane",
    ]);
  }

  /** Components that bring custom resources come first, since what follows may use them; then the order of Git. */
  addComponents(): void {
    const components = this.#components();
    const order = declaredOrder(this.#objects);
    const withTypes = components.filter(({ crds }) => crds.length > 0).map(({ name }) => name);
    const needs = new Map(
      components.map(({ name, crds }) => [
        name,
        new Set([...(order.get(name) ?? []), ...(crds.length > 0 ? [] : withTypes)]),
      ]),
    );
    const { ordered } = orderParts(
      components.map(({ name }) => name),
      needs,
    );
    for (const { part, after } of ordered) {
      const minutes = this.#sum(["reconciliation", "imagePull"]);
      this.#add(`component/${part}`, "component", part, minutes, [
        "agent",
        ...after.map((name) => `component/${name}`),
      ]);
    }
    const copies = this.#objects.filter(({ object }) => secretKinds.has(object.kind));
    if (copies.length === 0) return;
    const copiers = components.filter(({ name }) => /secret|vault/.test(name)).map(({ name }) => `component/${name}`);
    this.#add("secrets", "secrets", `${copies.length} secrets copied from their store`, this.#sum(["secrets"]), [
      "agent",
      ...copiers,
    ]);
  }

  addData(): void {
    for (const workload of this.#workloads) {
      const claims = lastingClaims(workload);
      if (claims.length === 0) continue;
      const after = ["agent", ...this.#poolsUnder([workload])];
      if (!isBackedUp(this.#cluster, workload.namespace)) {
        const label = `${workload.namespace}/${workload.name}: empty volumes`;
        this.#add(`restore/${workload.id}`, "restore", label, this.#sum(["volume"]), after);
        continue;
      }
      this.restores = true;
      const sizes = claims.map(({ sizeBytes }) => sizeBytes);
      for (const [index, size] of sizes.entries()) {
        if (size === undefined) {
          const volume = `${claims[index]?.name ?? ""} of ${workload.label}`;
          this.diagnostics.push(diagnose(rebuildSizeUnknown, { volume }, { place: workload.place }));
        }
      }
      const largest = Math.max(0, ...sizes.map((size) => size ?? 0));
      const copying = perRate(largest, this.#rates);
      const label = `${workload.namespace}/${workload.name}: ${formatGiB(largest)} restored`;
      this.#add(`restore/${workload.id}`, "restore", label, add(this.#sum(["volume", "restoreStart"]), copying), after);
    }
  }

  addApplications(): void {
    const components = this.#components();
    const byPart = Map.groupBy(
      this.#workloads.filter(({ run }) => run === "serving"),
      partOf,
    );
    const order = declaredOrder(this.#objects);
    const needs = neededParts(this.#estate, this.#workloads);
    for (const [part, before] of order) {
      const known = needs.get(part) ?? new Set();
      needs.set(part, new Set([...known, ...before]));
    }
    const { ordered, circles } = orderParts([...byPart.keys()], needs);
    for (const applications of circles) {
      this.diagnostics.push(diagnose(applicationsInCircle, { cluster: this.#cluster.name, applications }));
    }
    const common = [
      "agent",
      ...components.map(({ name }) => `component/${name}`),
      ...this.steps.filter(({ kind }) => kind === "secrets").map(({ id }) => id),
    ];
    for (const { part, after } of ordered) {
      const workloads = byPart.get(part) ?? [];
      const data = workloads.map(({ id }) => `restore/${id}`);
      this.#add(`application/${part}`, "application", applicationLabel(part, workloads), this.#startOf(workloads), [
        ...common,
        ...this.#poolsUnder(workloads),
        ...data,
        ...after.map((name) => `application/${name}`),
      ]);
    }
  }

  addEntry(): void {
    const components = this.#components();
    const ways = components.filter(({ name }) => /ingress|gateway|traefik|contour|istio/.test(name));
    const certificates = components.some(({ name }) => name === "cert-manager");
    const applications = this.steps.filter(({ kind }) => kind === "application").map(({ id }) => id);
    const parts: readonly RebuildTime[] = certificates ? ["loadBalancer", "certificate"] : ["loadBalancer"];
    this.#add(
      "entry/address",
      "entry",
      certificates ? "load balancer and certificates" : "load balancer",
      this.#sum(parts),
      ways.length > 0 ? ways.map(({ name }) => `component/${name}`) : ["agent"],
    );
    const through = new Set(this.#entryPoints().flatMap((entry) => entry.through));
    const front = through.size === 0 ? "names" : `names and ${[...through].sort().join(", ")}`;
    this.#add("entry/switch", "entry", `${front} lead here`, this.#sum(["entry"]), ["entry/address", ...applications]);
    this.#add("check", "check", "journeys checked and opened", this.#sum(["check"]), ["entry/switch"]);
  }

  #entryPoints() {
    const here = new Set(this.#workloads.map(({ id }) => id));
    return this.#estate.entryPoints.filter(({ workloads }) => workloads.some((id) => here.has(id)));
  }

  /** Without the agent itself, which is there before them. */
  #components(): readonly ClusterComponent[] {
    const agent = this.#estate.delivery.agent?.toLowerCase();
    return this.#cluster.components.filter(({ name }) => agent === undefined || !name.toLowerCase().startsWith(agent));
  }

  /** All pools where it is not known on which the pods run. */
  #poolsUnder(workloads: readonly Workload[]): readonly string[] {
    const known = new Set(workloads.flatMap(({ id }) => [...(this.#poolsOf.get(id) ?? [])]));
    const all = this.steps.filter(({ kind }) => kind === "pool").map(({ id }) => id);
    return known.size === 0 ? all : all.filter((id) => known.has(id.slice("pool/".length)));
  }

  /** Nodes pull side by side, each its images one after the other; then the slowest workload gets ready. */
  #startOf(workloads: readonly Workload[]): MinutesRange {
    const images = new Set(workloads.flatMap(({ containers }) => containers.flatMap(({ image }) => image ?? [])));
    const pulls = Math.max(1, Math.ceil(images.size / this.#nodes));
    const ready = Math.max(0, ...workloads.map(secondsToReady)) / 60;
    const pull = this.#sum(["imagePull"]);
    const pulled = { low: pull.low * pulls, likely: pull.likely * pulls, high: pull.high * images.size };
    return add(add(this.#sum(["reconciliation"]), pulled), { low: ready, likely: ready, high: ready });
  }

  #sum(times: readonly RebuildTime[]): MinutesRange {
    for (const time of times) this.times.add(time);
    return times.map((time): MinutesRange => rebuildMinutes[time]).reduce(add, { low: 0, likely: 0, high: 0 });
  }

  #add(id: string, kind: RebuildStep["kind"], label: string, minutes: MinutesRange, after: readonly string[]): void {
    const known = new Set(this.steps.map((step) => step.id));
    this.steps.push({ id, kind, label, minutes, after: [...new Set(after)].filter((each) => known.has(each)) });
  }
}

/** Objects that stand for a secret whose content is elsewhere. */
const secretKinds: ReadonlySet<string> = new Set(["ExternalSecret", "SecretProviderClass", "SealedSecret"]);

function applicationLabel(part: string, workloads: readonly Workload[]): string {
  const count = workloads.length;
  return `${part} (${count} ${count === 1 ? "workload" : "workloads"})`;
}

function add(left: MinutesRange, right: MinutesRange): MinutesRange {
  return { low: left.low + right.low, likely: left.likely + right.likely, high: left.high + right.high };
}

function perRate(bytes: number, rates: MinutesRange): MinutesRange {
  const at = (rate: number) => bytes / MEBIBYTE / rate / 60;
  return { low: at(rates.low), likely: at(rates.likely), high: at(rates.high) };
}

function formatGiB(bytes: number): string {
  return `${Number((bytes / GIBIBYTE).toPrecision(3))} GiB`;
}
