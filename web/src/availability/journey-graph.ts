import type { CutSet, JourneyAvailability } from "../../../src/availability/availability-report.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { podShares } from "../graph/pod-shares.ts";
import { workloadIdParts } from "../graph/workload-id.ts";

/** What a node stands for, in the order in which requests come through. */
type GraphKind = "journey" | "entry" | "workload" | "target" | "pool" | "cluster" | "region";

/** Something that a journey leans on. */
export interface GraphNode {
  readonly id: string;
  readonly kind: GraphKind;
  readonly label: string;
  /** Where it runs, or what sort of thing it is. */
  readonly note: string;
  /** Single points of failure that lie in it. */
  readonly alone: readonly CutSet[];
  /** Whether the marked cut set has an event in it. */
  readonly marked: boolean;
}

/** `from` leans on `to`. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly type: "hard" | "soft" | "async" | "place";
}

/** A journey, its way in, its workloads, what they call and what they run on. */
export interface JourneyGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Cut sets of one journey each appear once: single points first, then those of several failures. */
export function cutSetsOf(journey: JourneyAvailability): {
  readonly alone: readonly CutSet[];
  readonly together: readonly CutSet[];
} {
  const singles = new Set(journey.singlePointsOfFailure.map(cutKey));
  return {
    alone: journey.singlePointsOfFailure,
    together: journey.cutSets.filter((cut) => !singles.has(cutKey(cut))),
  };
}

/** A cut set as the address writes it. */
export function cutKey({ events }: CutSet): string {
  return events.join(",");
}

/** The cut set that the address names. */
export function markedCut(journey: JourneyAvailability, key: string | undefined): CutSet | undefined {
  if (key === undefined) return undefined;
  return [...journey.singlePointsOfFailure, ...journey.cutSets].find((cut) => cutKey(cut) === key);
}

/** The graph of a journey; `marked` is the cut set that is looked at. */
export function journeyGraph(
  assessment: Assessment,
  journey: JourneyAvailability,
  marked: CutSet | undefined,
): JourneyGraph {
  const drawn = new Drawing(assessment, journey);
  drawn.workloads();
  drawn.wayIn();
  drawn.places();
  const shown = new Set(drawn.nodes.keys());
  const placesOf = (cut: CutSet) => new Set(cut.events.flatMap((event) => drawn.nodesOfEvent(event)));
  const singles = journey.singlePointsOfFailure.map((cut) => ({ cut, places: placesOf(cut) }));
  const markedPlaces = marked === undefined ? new Set<string>() : placesOf(marked);
  return {
    nodes: [...drawn.nodes.values()].map((node) => ({
      ...node,
      alone: singles.filter(({ places }) => places.has(node.id)).map(({ cut }) => cut),
      marked: markedPlaces.has(node.id),
    })),
    edges: [...drawn.edges.values()].filter(({ from, to }) => shown.has(from) && shown.has(to)),
  };
}

type BareNode = Omit<GraphNode, "alone" | "marked">;

class Drawing {
  readonly nodes = new Map<string, BareNode>();
  readonly edges = new Map<string, GraphEdge>();
  readonly #assessment: Assessment;
  readonly #journey: JourneyAvailability;

  constructor(assessment: Assessment, journey: JourneyAvailability) {
    this.#assessment = assessment;
    this.#journey = journey;
    const name = journey.journey.split("/").at(-1) ?? journey.label;
    this.#node({ id: "journey", kind: "journey", label: name, note: `${journey.application}, ${journey.environment}` });
  }

  /** Workloads of one name are one node, wherever they run; what they call stands behind them. */
  workloads(): void {
    const members = new Set(this.#journey.workloads);
    for (const id of members) {
      const parts = workloadIdParts(id);
      if (parts === undefined) continue;
      const clusters = [...members].filter((each) => workloadNode(each) === workloadNode(id)).length;
      const note = clusters === 1 ? parts.cluster : `in ${clusters} clusters`;
      this.#node({ id: workloadNode(id), kind: "workload", label: parts.name, note });
    }
    for (const { from, to, type, evidence } of this.#assessment.estate.dependencies) {
      if (!members.has(from)) continue;
      const variables = evidence.filter(({ origin }) => origin === "environmentVariable").map(({ text }) => text);
      const running = [...members].find((id) => isHost(id, variables));
      if (to.startsWith("DataStore/") && running !== undefined) {
        // The store runs as pods of the journey: they are what fails.
        this.#edge(workloadNode(from), workloadNode(running), edgeType(type));
        continue;
      }
      const parts = workloadIdParts(to);
      if (parts !== undefined) {
        // What is not needed hard is no part of the journey: it would only hide what is.
        if (members.has(to)) this.#edge(workloadNode(from), workloadNode(to), edgeType(type));
        continue;
      }
      this.#target(to);
      this.#edge(workloadNode(from), `target/${to}`, edgeType(type));
    }
  }

  /** What stands before the first workload: edge services, load balancers, ingress controllers. */
  wayIn(): void {
    const called = new Set([...this.edges.values()].map(({ to }) => to));
    const events = this.#events();
    const edgeServices = events.flatMap((event) => {
      const target = targetOf(event);
      return target !== undefined && !called.has(`target/${target}`) ? [target] : [];
    });
    const clusters = events.flatMap((event) => {
      if (event.startsWith("loadBalancer/")) return [clusterIn(event)];
      return event.endsWith("/ingress controller") ? [event.split("/")[1] ?? ""] : [];
    });
    const chain = [
      [...new Set(edgeServices)].map((name) => this.#entry(`target/${name}`, shortName(name), "before the clusters")),
      [...new Set(clusters)].map((name) => this.#entry(`entry/${name}`, name, "load balancer, ingress")),
      this.#firstWorkloads(called),
    ].filter((step) => step.length > 0);
    for (const [index, step] of [["journey"], ...chain].entries()) {
      for (const from of step) for (const to of chain[index] ?? []) this.#edge(from, to, "hard");
    }
  }

  /** Pools that the workloads run in, their clusters and regions. */
  places(): void {
    const members = new Set(this.#journey.workloads);
    for (const [workload, shares] of podShares(this.#assessment)) {
      if (!members.has(workload)) continue;
      for (const [pool] of shares) {
        const [, cluster = "", name = ""] = pool.split("/");
        const region = this.#assessment.structure.clusters.find((each) => each.cluster === cluster)?.region;
        this.#node({ id: pool, kind: "pool", label: `pool ${name}`, note: cluster });
        this.#node({ id: `cluster/${cluster}`, kind: "cluster", label: cluster, note: "cluster" });
        this.#edge(workloadNode(workload), pool, "place");
        this.#edge(pool, `cluster/${cluster}`, "place");
        if (region === undefined) continue;
        this.#node({ id: `region/${region}`, kind: "region", label: region, note: "region" });
        this.#edge(`cluster/${cluster}`, `region/${region}`, "place");
      }
    }
  }

  /** Where an event of the fault tree happens; an event id is its category and the names of what fails. */
  nodesOfEvent(event: string): readonly string[] {
    const [category = "", ...parts] = event.split("/");
    const rest = parts.join("/");
    switch (category) {
      case "pod":
      case "disk":
        return [workloadNode(rest)];
      case "window":
        return parts.length > 4 && this.nodes.has(workloadNode(rest)) ? [workloadNode(rest)] : [];
      case "commonCause":
        return parts[1] === "ingress controller" ? [`entry/${parts[0]}`] : [workloadNode(rest)];
      case "node":
        return parts.length > 2 ? [workloadNode(rest)] : [`pool/${rest}`];
      case "zone":
      case "region":
        return [`region/${parts[0]}`];
      case "controlPlane":
      case "operator":
        return [`cluster/${parts[0]}`];
      case "loadBalancer":
        return [`entry/${clusterIn(rest)}`];
      case "deploy":
        return this.#workloadsOf(parts[1]);
      case "switch":
        return ["journey"];
      default:
        return [`target/${rest}`];
    }
  }

  #workloadsOf(application: string | undefined): readonly string[] {
    const members = new Set(this.#journey.workloads);
    const own = this.#assessment.estate.workloads.filter((each) => members.has(each.id));
    return [...new Set(own.filter((each) => each.application === application).map(({ id }) => workloadNode(id)))];
  }

  #events(): readonly string[] {
    const { importance, singlePointsOfFailure } = this.#journey;
    return [
      ...new Set([...importance.map(({ event }) => event), ...singlePointsOfFailure.flatMap(({ events }) => events)]),
    ];
  }

  #firstWorkloads(called: ReadonlySet<string>): string[] {
    const own = [...this.nodes.values()].filter(({ kind }) => kind === "workload").map(({ id }) => id);
    const first = own.filter((id) => !called.has(id));
    return first.length > 0 ? first : own.slice(0, 1);
  }

  #entry(id: string, label: string, note: string): string {
    this.nodes.set(id, { id, kind: "entry", label, note });
    return id;
  }

  #target(reference: string): void {
    const id = `target/${reference}`;
    this.#node({ id, kind: "target", label: shortName(reference), note: targetKind(reference) });
  }

  #node(node: BareNode): void {
    this.nodes.set(node.id, node);
  }

  #edge(from: string, to: string, type: GraphEdge["type"]): void {
    const id = `${from} ${to}`;
    const before = this.edges.get(id);
    if (from !== to && before?.type !== "hard") this.edges.set(id, { from, to, type });
  }
}

/** `workload/namespace/Kind/name` of an id or of what begins with one. */
function workloadNode(id: string): string {
  return `workload/${id.split("/").slice(2, 5).join("/")}`;
}

/** Whether a variable such as `SEARCH_URL=http://search:9200` names the workload as a host. */
function isHost(workload: string, texts: readonly string[]): boolean {
  const name = workloadIdParts(workload)?.name ?? "";
  const hosts = texts.flatMap((text) => /=(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^:/.]+)/.exec(text)?.[1] ?? []);
  return hosts.includes(name);
}

function targetOf(event: string): string | undefined {
  const [category = "", ...parts] = event.split("/");
  return ["service", "external", "dataStore"].includes(category) ? parts.join("/") : undefined;
}

/** `DataStore/carts` is `carts`, `host:api.bank.example` is `api.bank.example`. */
function shortName(reference: string): string {
  return reference.replace(/^(?:[A-Za-z]+\/|host:)/, "");
}

function targetKind(reference: string): string {
  if (reference.startsWith("DataStore/")) return "data store";
  if (reference.startsWith("CloudService/")) return "platform service";
  return "outside";
}

function clusterIn(name: string): string {
  return name.split(" ").at(-1) ?? name;
}

function edgeType(type: string): GraphEdge["type"] {
  return type === "soft" || type === "async" ? type : "hard";
}
