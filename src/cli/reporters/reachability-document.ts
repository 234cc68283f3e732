import { formatResult } from "../../estate/figures/format-figure.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import type { Reachability } from "../../operations/tenancy/reachability.ts";
import type { DirectionReason } from "../../tenancy/reachability/explain-reach.ts";
import type {
  ConnectionWitness,
  EndReach,
  ReachVerdict,
  TenantConnection,
} from "../../tenancy/reachability/reachability-report.ts";
import type { School } from "../../tenancy/reachability/zones/schools.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { counted, listed } from "./words.ts";

/** With more tenants than this on a cluster, a list takes the place of the matrix. */
const matrixLimit = 8;

/** The page that `scantling tenancy reachability` prints. */
export function reachabilityDocument(report: Reachability): Document {
  return [
    heading(1, `Network reachability of ${report.estate}`),
    ...clustersTable(report),
    ...report.clusters.flatMap(({ cluster }) => tenantsSection(report, cluster)),
    ...workloadsSection(report),
    ...zonesSection(report),
    ...schoolsSection(report),
    ...assumptionsSection(report),
  ];
}

/** The page of `--from` and `--to`: the ways that are open or may be, with their rules, then how many are closed. */
export function connectionsDocument(report: Reachability): Document {
  const connections = report.workloads?.connections ?? [];
  const passing = connections.filter(({ verdict }) => verdict !== "denied");
  const denied = connections.filter(({ verdict }) => verdict === "denied");
  const stops = Map.groupBy(denied, ({ egress, ingress }) => listed([egress, ingress].filter(isStop).map(reasonText)));
  const closed = [...stops].sort(([, left], [, right]) => right.length - left.length);
  return [
    heading(1, `Connections of ${report.estate}`),
    paragraph(
      `${counted(passing.length, "pair")} of ${connections.length.toLocaleString("en-US")} may connect, ${counted(denied.length, "pair")} may not.`,
    ),
    ...(passing.length === 0 ? [] : [heading(2, "Open, or not closed for certain")]),
    ...bullets(passing.map((each) => `${each.cluster}: ${witnessText(each, each.verdict)}`)),
    ...(closed.length === 0 ? [] : [heading(2, "Closed")]),
    ...bullets(
      closed.slice(0, MAXIMUM_STOPS).map(([reason, pairs]) => {
        const [first] = pairs;
        const example =
          first === undefined ? "" : `, such as ${code(first.from)} to ${code(first.to)} on ${first.cluster}`;
        return `${counted(pairs.length, "pair")}${example}: ${reason}`;
      }),
    ),
    ...(closed.length > MAXIMUM_STOPS
      ? [
          paragraph(
            `and ${counted(closed.length - MAXIMUM_STOPS, "further reason")}; ${code("-o json")} has every pair.`,
          ),
        ]
      : []),
    ...assumptionsSection(report),
  ];
}

/** Reasons that the page names one by one. */
const MAXIMUM_STOPS = 12;

function isStop({ verdict }: DirectionReason): boolean {
  return verdict === "denied";
}

function clustersTable({ clusters }: Reachability): Document {
  return table(
    [
      { title: "Cluster" },
      { title: "Engine" },
      { title: "Policies", align: "right" },
      { title: "Workloads", align: "right" },
      { title: "Classes", align: "right" },
    ],
    clusters.map(({ cluster, engine, engineOrigin, policies, workloads, classes }) => [
      cluster,
      engineOrigin === "declared" ? engine : `${engine} (${engineOrigin})`,
      String(policies),
      String(workloads),
      String(classes),
    ]),
  );
}

const verdictWords: { readonly [verdict in ReachVerdict]: string } = {
  open: "all",
  limited: "some",
  denied: "none",
  notEvaluable: "not evaluable",
};

function tenantsSection(report: Reachability, cluster: string): Document {
  const connections = report.tenants.filter((each) => each.cluster === cluster);
  const names = [...new Set(connections.flatMap(({ from, to }) => [from, to]))].sort();
  const ends = report.ends.filter((each) => each.cluster === cluster);
  const isMatrix = names.length <= matrixLimit;
  return [
    heading(2, `Tenants on ${cluster}`),
    ...(connections.length === 0 ? [paragraph("One workload alone: there is no pair to judge.")] : []),
    ...(names.length === 1 && connections.length > 0
      ? [
          paragraph(
            `One tenant; its workloads among themselves: ${code("--workloads")}, one pair: ${code("--from")} and ${code("--to")}.`,
          ),
        ]
      : []),
    ...(isMatrix ? matrix(names, connections) : []),
    ...witnesses(connections, isMatrix),
    ...waysRound(connections),
    ...table(
      [
        { title: "Tenant" },
        { title: "World" },
        { title: "Exposed" },
        { title: "Node" },
        { title: "API server" },
        { title: "IMDS" },
      ],
      ends.map(({ tenant, world, exposed, node, apiServer, imds }) => [
        tenant,
        ...[world, exposed, node, apiServer, imds].map(endText),
      ]),
    ),
  ];
}

function matrix(names: readonly string[], connections: readonly TenantConnection[]): Document {
  const find = (from: string, to: string) => connections.find((each) => each.from === from && each.to === to);
  return table(
    [{ title: "From \\ to" }, ...names.map((title) => ({ title }))],
    names.map((from) => [
      from,
      ...names.map((to) => {
        const connection = find(from, to);
        return connection === undefined ? "-" : verdictText(connection, cellWidth(names.length));
      }),
    ]),
  );
}

function verdictText({ verdict, ports, pairs }: TenantConnection, width: number): string {
  if (verdict === "limited") {
    const short = shortPorts(ports, width);
    return pairs.open === pairs.total ? short : `${short} (${pairs.open}/${pairs.total})`;
  }
  return verdictWords[verdict];
}

function endText({ verdict, ports }: EndReach): string {
  if (verdict === "open" && ports !== "all") return shortPorts(ports, endWidth);
  if (verdict !== "limited") return verdictWords[verdict];
  return ports === "all" ? "some addresses" : shortPorts(ports, endWidth);
}

/** Columns for ports in a matrix of this many tenants; those of the ends are five. */
function cellWidth(tenants: number): number {
  return tenants > 4 ? 9 : 24;
}
const endWidth = 20;

/** As written where there is room, else how many there are: half a list would look like all of it. */
function shortPorts(ports: string, width: number): string {
  if (ports === "all") return "all ports";
  if (ports.length <= width) return ports;
  return `${ports.split(/[\s,]+/).filter((word) => /^\d/.test(word)).length} ports`;
}

/** The widest connection of each pair, and what stops the pairs that are denied. */
function witnesses(connections: readonly TenantConnection[], withDenied: boolean): Document {
  const others = connections.filter(({ from, to }) => from !== to);
  const open = others.filter(({ verdict }) => verdict !== "denied");
  const denied = others.filter(({ verdict }) => verdict === "denied");
  return [
    ...(open.length === 0 ? [] : [paragraph("What lets them, by the widest connection of each pair:")]),
    ...bullets(open.map((each) => `${each.from} to ${each.to}: ${witnessText(each.witness, each.verdict)}`)),
    ...(withDenied && denied.length > 0 ? [paragraph("What stops the others:")] : []),
    ...(withDenied
      ? table(
          [{ title: "From" }, { title: "To" }, { title: "Stopped going out by" }, { title: "Stopped coming in by" }],
          denied.map(({ from, to, witness }) => [from, to, stopText(witness.egress), stopText(witness.ingress)]),
        )
      : []),
  ];
}

function stopText({ verdict, policy = "" }: DirectionReason): string {
  return verdict === "denied" ? policy.replace(/^NetworkPolicy /, "") : "nothing";
}

function witnessText(witness: ConnectionWitness, verdict: ReachVerdict): string {
  const { from, to, ports, undecided, egress, ingress } = witness;
  const pair = `${code(from)} to ${code(to)}`;
  switch (verdict) {
    case "open":
    case "limited":
      return `${pair} on ${ports}; out: ${reasonText(egress)}; in: ${reasonText(ingress)}`;
    case "denied": {
      const stops = [egress, ingress].filter((reason) => reason.verdict === "denied");
      return `${pair} is denied: ${(stops.length > 0 ? stops : [egress, ingress]).map(reasonText).join("; ")}`;
    }
    case "notEvaluable": {
      const doubts = [egress, ingress].filter((reason) => reason.verdict === "undecided");
      return `${pair} may be open on ${undecided ?? "some ports"}: ${doubts.map(reasonText).join("; ")}`;
    }
  }
}

function reasonText({ because, place }: DirectionReason): string {
  return place === undefined ? because : `${because} (${formatPlace(place)})`;
}

/** Ways out of the cluster and in again by a public entry point, one line for each entry point. */
function waysRound(connections: readonly TenantConnection[]): Document {
  const ways = connections.flatMap(({ viaWorld }) => viaWorld ?? []);
  if (ways.length === 0) return [];
  const groups = Map.groupBy(ways, ({ to, through, certain }) => `${to} ${through} ${certain}`);
  return [
    paragraph("The way round, out to the internet and in by a public entry point:"),
    ...bullets(connectionsByEntry([...groups.values()])),
  ];
}

type WayRound = NonNullable<TenantConnection["viaWorld"]>;

function connectionsByEntry(groups: readonly (readonly WayRound[])[]): readonly string[] {
  return groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const sources = listed(group.map(({ from }) => code(from)));
    return [`${sources} ${first.certain ? "can" : "may"} reach ${code(first.to)} through entry point ${first.through}`];
  });
}

function workloadsSection({ workloads }: Reachability): Document {
  if (workloads === undefined) return [];
  return [
    heading(2, "Workload by workload"),
    ...table(
      [{ title: "From" }, { title: "To" }, { title: "Ports" }, { title: "Why" }],
      workloads.connections.map((each) => [
        each.from,
        each.to,
        each.verdict === "notEvaluable" ? `${each.undecided ?? ""}?` : each.ports,
        pairReason(each),
      ]),
    ),
    ...(workloads.truncated ? [paragraph("More pairs are not listed; narrow them down with --from and --to.")] : []),
  ];
}

function pairReason({ verdict, egress, ingress }: ConnectionWitness & { readonly verdict: ReachVerdict }): string {
  if (verdict === "denied") {
    const stops = [egress, ingress].filter((reason) => reason.verdict === "denied");
    return (stops.length > 0 ? stops : [egress, ingress]).map(reasonText).join("; ");
  }
  const telling = [egress, ingress].filter((reason) => reason.verdict !== "open");
  return telling.length === 0 ? "nothing restricts it" : telling.map(reasonText).join("; ");
}

function zonesSection({ zones }: Reachability): Document {
  if (zones.length === 0) {
    return [
      heading(2, "Zones"),
      paragraph(
        "No two classifications occur, so there is no rule between zones to prove. Classify tenants with Tenant.spec.classification.",
      ),
    ];
  }
  return [
    heading(2, "Zones"),
    paragraph("What is less confidential must never reach what is more, in one connection:"),
    ...table(
      [{ title: "From" }, { title: "To" }, { title: "Rule" }, { title: "Why" }],
      zones.map(({ target, source, verdict, because }) => [
        source,
        target,
        verdict === "notEvaluable" ? "not evaluable" : verdict,
        because,
      ]),
    ),
    ...bullets(
      zones.flatMap(({ target, source, path }) => (path.length === 0 ? [] : [pathText(target, source, path)])),
    ),
    ...bullets(
      zones.flatMap(({ target, source, stepwise }) =>
        stepwise.length === 0
          ? []
          : [
              `${target} from ${source} step by step, each workload taken over in turn: ${stepwise.map(code).join(" -> ")}`,
            ],
      ),
    ),
  ];
}

function pathText(target: string, source: string, path: Reachability["zones"][number]["path"]): string {
  const hops = path.map(({ name, because, place }) => {
    const where = place === undefined ? "" : `, ${formatPlace(place)}`;
    return because === undefined ? code(name) : `${code(name)} (${because}${where})`;
  });
  return `${target} from ${source}: ${hops.join(" -> ")}`;
}

function schoolsSection({ schools }: Reachability): Document {
  const [zones, zeroTrust] = schools.schools;
  if (zones === undefined || zeroTrust === undefined) return [];
  const row = (title: string, today: string, pick: (school: School) => School["stoppedPairs"]) => [
    title,
    today,
    formatResult(pick(zones).result, pick(zones).unit),
    formatResult(pick(zeroTrust).result, pick(zeroTrust).unit),
  ];
  return [
    heading(2, "Two schools, on this estate"),
    ...table(
      [{ title: "" }, { title: "Today" }, { title: "Zones by classification" }, { title: "Zero trust" }],
      [
        row(
          "Open pairs stopped",
          `of ${schools.openPairs.result.kind === "exact" ? schools.openPairs.result.value : "?"} open`,
          (school) => school.stoppedPairs,
        ),
        row(
          "One workload reaches",
          formatResult(schools.meanReach.result, schools.meanReach.unit),
          (school) => school.meanReach,
        ),
        row("To set up", "", (school) => school.setupHours),
        row("To run", "", (school) => school.monthlyHours),
        row("In money", "", (school) => school.monthlyCost),
        row("CPU", "", (school) => school.cpu),
        row("Memory", "", (school) => school.memory),
      ],
    ),
    paragraph("What each stands on:"),
    ...bullets(
      [zones, zeroTrust].flatMap(({ school, needs }) =>
        needs.map(
          ({ what, met, because }) =>
            `${school === "zones" ? "Zones" : "Zero trust"}: ${what}: ${met === "yes" ? `yes, ${because}` : because}`,
        ),
      ),
    ),
  ];
}

function assumptionsSection({ assumptions }: Reachability): Document {
  if (assumptions.length === 0) return [];
  return [
    heading(2, "Assumptions"),
    paragraph(`${counted(assumptions.length, "gap")} filled:`),
    ...bullets(
      assumptions.map(({ id, name, subject, text, value }) => `${id} ${name} (${subject}): ${value}. ${text}`),
    ),
  ];
}
