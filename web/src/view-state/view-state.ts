import { type AgentName, agentNames } from "../../../src/gitops/agent.ts";
import { type CloudTargetName, cloudTargetNames } from "../../../src/gitops/cloud/cloud-target-name.ts";
import { type PackagingName, packagingNames } from "../../../src/gitops/packaging.ts";

/** How the map is coloured and what its badges say; the layout is the same under every lens. */
export const lensNames = [
  "structure",
  "tenancy",
  "cost",
  "availability",
  "delivery",
  "findings",
  "failure",
  "stateful",
] as const;
export type LensName = (typeof lensNames)[number];

/** The tables of the list view. */
export const tableNames = [
  "workloads",
  "plan",
  "availability",
  "findings",
  "tenancy",
  "simulation",
  "delivery",
  "rollout",
  "stores",
  "bill",
  "assumptions",
  "problems",
] as const;
export type TableName = (typeof tableNames)[number];

/** Which findings are listed. */
export const findingStates = ["open", "notEvaluable", "silenced", "all"] as const;
export type FindingState = (typeof findingStates)[number];

/** By what findings are put together. */
export const findingGroupings = ["rule", "object", "tenant", "none"] as const;
export type FindingGrouping = (typeof findingGroupings)[number];

/** The parts of the tenancy view. */
export const tenancyParts = ["sharing", "reachability", "kernel"] as const;
type TenancyPart = (typeof tenancyParts)[number];

/** The parts of the simulation view. */
export const simulationParts = ["load", "failure"] as const;
type SimulationPart = (typeof simulationParts)[number];

/** Lengths of a simulated demand, in days. */
export const simulatedDays = ["1", "7", "30", "90"] as const;
type SimulatedDays = (typeof simulatedDays)[number];

/** Which failures are stepped through. */
export const failureKinds = ["all", "zone", "pool", "node"] as const;
export type FailureKind = (typeof failureKinds)[number];

/** The parts of the availability view. */
export const availabilityParts = ["causes", "recovery", "changes", "years"] as const;
type AvailabilityPart = (typeof availabilityParts)[number];

/** The parts of the bill view. */
export const billParts = ["allocation", "invoice", "commitments", "sizing", "breakEven", "forecast"] as const;
export type BillViewPart = (typeof billParts)[number];

/** Spans that a bill is said for. */
export const billPeriods = ["hour", "month", "year"] as const;
type BillPeriod = (typeof billPeriods)[number];

/** How what belongs to nobody is shared out. */
export const billSharings = ["none", "even", "weighted"] as const;
export type BillSharing = (typeof billSharings)[number];

/** The hours that commitments are chosen for. */
export const nodeHours = ["declared", "stopped", "simulated"] as const;
type NodeHours = (typeof nodeHours)[number];

/** The parts of the stores view. */
export const storesParts = ["choice", "recovery", "run"] as const;
type StoresPart = (typeof storesParts)[number];

/** Whether clients of a run keep their session token when they change region. */
export const runTokens = ["declared", "kept", "lost"] as const;
type RunToken = (typeof runTokens)[number];

/** The parts of the plan view. */
export const planParts = ["tradeOff", "structure", "decisions", "steps", "premises"] as const;
type PlanPart = (typeof planParts)[number];

/** The parts of the delivery view. */
export const deliveryParts = ["board", "changes", "files"] as const;
type DeliveryPart = (typeof deliveryParts)[number];

/** Languages of the cloud side, or none of them. */
export const cloudChoices = [...cloudTargetNames, "none"] as const;

/** Everything that makes a view a link. */
export interface ViewState {
  readonly lens: LensName;
  /** `auto`: the map where there is room for it, the list on a narrow screen. */
  readonly view: "auto" | "map" | "list";
  readonly table: TableName;
  /** Selected thing, such as `workload/prod/weu/shop/Deployment/web`, `pool/weu/user`, `journey/prod/shop/checkout`. */
  readonly selection: string | undefined;
  /** Id of the figure that the Why panel unfolds. */
  readonly why: string | undefined;
  readonly filter: string;
  /** `auto` groups above the limit of boxes. */
  readonly grouping: "auto" | "none" | "namespace";
  readonly tree: "place" | "tenant";
  readonly theme: "auto" | "light" | "dark";
  readonly findings: FindingState;
  readonly findingsBy: FindingGrouping;
  /** Fingerprint of the finding that is unfolded. */
  readonly finding: string | undefined;
  /** Rule whose page is open, such as `AVL-007`. */
  readonly rule: string | undefined;
  readonly tenancy: TenancyPart;
  /** Two tenants as `one/other`; for reachability the one that reaches stands first. */
  readonly pair: string | undefined;
  readonly simulation: SimulationPart;
  /** Entry point that the demand comes to, as `environment/name`. */
  readonly entryPoint: string | undefined;
  /** Scaling strategies, parted by commas; the first is what the others are compared with. */
  readonly strategies: string | undefined;
  readonly days: SimulatedDays;
  readonly failures: FailureKind;
  /** What is lost, as `cluster/kind/name`. */
  readonly failure: string | undefined;
  readonly bill: BillViewPart;
  /** What the bill is shared out by: `tenant`, `label:app` and the like. */
  readonly billBy: string;
  /** Terms that the allocation looks at, such as `tenant=retail;environment=prod`. */
  readonly billWithin: string | undefined;
  readonly shareIdle: BillSharing;
  readonly sharePlatform: BillSharing;
  readonly period: BillPeriod;
  readonly nodeHours: NodeHours;
  /** What a part of the bill view looks at: a flexibility group, a pool, a workload, a bearer. */
  readonly billOf: string | undefined;
  readonly availability: AvailabilityPart;
  /** Journey that is looked into, as `environment/application/journey`. */
  readonly journey: string | undefined;
  /** Events of the cut set that is marked, parted by commas. */
  readonly cut: string | undefined;
  /** Rollout policy, as `file#subject`. */
  readonly policy: string | undefined;
  /** Requests a second of a rollout, and the share of them that the regressed version fails; as decimals. */
  readonly traffic: string | undefined;
  readonly errorRate: string | undefined;
  readonly stores: StoresPart;
  /** Store that is looked into: the name of a DataStore, or the id of a workload that keeps data. */
  readonly store: string | undefined;
  /** Consistency level that a run is played at; as declared where absent. */
  readonly level: string | undefined;
  readonly token: RunToken;
  /** Broken guarantee whose minimal trace is played, and the step that it stands at. */
  readonly broken: string | undefined;
  readonly step: string | undefined;
  readonly plan: PlanPart;
  /** Structure of the Pareto front that is looked at. */
  readonly point: string | undefined;
  readonly deliver: DeliveryPart;
  /** Cell of the promotion board that is unfolded, as `apps/orders@prod/prod-weu`. */
  readonly lands: string | undefined;
  /** Form of the rendered repository; as the estate declares it where absent. */
  readonly packaging: PackagingName | undefined;
  readonly agent: AgentName | undefined;
  readonly cloud: CloudTargetName | "none" | undefined;
  /** Cluster or pool whose change is looked at, as `pool/prod-weu/general`, its field, and the new value. */
  readonly edit: string | undefined;
  readonly editField: string | undefined;
  readonly editTo: string | undefined;
  /** File of the rendered repository that is shown, and what the tree of files is filtered by. */
  readonly file: string | undefined;
  readonly fileFilter: string;
  /** Changes that are tried, as `writeChanges` has them. */
  readonly whatIf: string | undefined;
  /** Whether the strip of what-ifs shows what can be changed. */
  readonly strip: "closed" | "open";
  /** Thing that the strip changes where nothing is selected, as `selection` has it. */
  readonly whatIfOf: string | undefined;
}

export const defaultViewState: ViewState = {
  lens: "structure",
  view: "auto",
  table: "workloads",
  selection: undefined,
  why: undefined,
  filter: "",
  grouping: "auto",
  tree: "place",
  theme: "auto",
  findings: "open",
  findingsBy: "rule",
  finding: undefined,
  rule: undefined,
  tenancy: "sharing",
  pair: undefined,
  simulation: "load",
  entryPoint: undefined,
  strategies: undefined,
  days: "30",
  failures: "all",
  failure: undefined,
  bill: "allocation",
  billBy: "tenant",
  billWithin: undefined,
  shareIdle: "none",
  sharePlatform: "none",
  period: "month",
  nodeHours: "declared",
  billOf: undefined,
  availability: "causes",
  journey: undefined,
  cut: undefined,
  policy: undefined,
  traffic: undefined,
  errorRate: undefined,
  stores: "choice",
  store: undefined,
  level: undefined,
  token: "declared",
  broken: undefined,
  step: undefined,
  plan: "tradeOff",
  point: undefined,
  deliver: "board",
  lands: undefined,
  packaging: undefined,
  agent: undefined,
  cloud: undefined,
  edit: undefined,
  editField: undefined,
  editTo: undefined,
  file: undefined,
  fileFilter: "",
  whatIf: undefined,
  strip: "closed",
  whatIfOf: undefined,
};

/** Reads the query part of the address; what it does not know falls back to the default. */
export function readViewState(search: URLSearchParams): ViewState {
  return {
    lens: oneOf(search.get("lens"), lensNames, defaultViewState.lens),
    view: oneOf(search.get("view"), ["auto", "map", "list"], defaultViewState.view),
    table: oneOf(search.get("table"), tableNames, defaultViewState.table),
    selection: textOf(search.get("at")),
    why: textOf(search.get("why")),
    filter: search.get("q") ?? "",
    grouping: oneOf(search.get("group"), ["auto", "none", "namespace"], defaultViewState.grouping),
    tree: oneOf(search.get("tree"), ["place", "tenant"], defaultViewState.tree),
    theme: oneOf(search.get("theme"), ["auto", "light", "dark"], defaultViewState.theme),
    findings: oneOf(search.get("show"), findingStates, defaultViewState.findings),
    findingsBy: oneOf(search.get("by"), findingGroupings, defaultViewState.findingsBy),
    finding: textOf(search.get("finding")),
    rule: textOf(search.get("rule")),
    tenancy: oneOf(search.get("part"), tenancyParts, defaultViewState.tenancy),
    pair: textOf(search.get("pair")),
    simulation: oneOf(search.get("simulate"), simulationParts, defaultViewState.simulation),
    entryPoint: textOf(search.get("entry")),
    strategies: textOf(search.get("strategies")),
    days: oneOf(search.get("days"), simulatedDays, defaultViewState.days),
    failures: oneOf(search.get("losing"), failureKinds, defaultViewState.failures),
    failure: textOf(search.get("lose")),
    bill: oneOf(search.get("bill"), billParts, defaultViewState.bill),
    billBy: textOf(search.get("split")) ?? defaultViewState.billBy,
    billWithin: textOf(search.get("within")),
    shareIdle: oneOf(search.get("idle"), billSharings, defaultViewState.shareIdle),
    sharePlatform: oneOf(search.get("platform"), billSharings, defaultViewState.sharePlatform),
    period: oneOf(search.get("period"), billPeriods, defaultViewState.period),
    nodeHours: oneOf(search.get("hours"), nodeHours, defaultViewState.nodeHours),
    billOf: textOf(search.get("of")),
    availability: oneOf(search.get("look"), availabilityParts, defaultViewState.availability),
    journey: textOf(search.get("journey")),
    cut: textOf(search.get("cut")),
    policy: textOf(search.get("policy")),
    traffic: textOf(search.get("rps")),
    errorRate: textOf(search.get("error")),
    stores: oneOf(search.get("stores"), storesParts, defaultViewState.stores),
    store: textOf(search.get("store")),
    level: textOf(search.get("level")),
    token: oneOf(search.get("token"), runTokens, defaultViewState.token),
    broken: textOf(search.get("broken")),
    step: textOf(search.get("step")),
    plan: oneOf(search.get("plan"), planParts, defaultViewState.plan),
    point: textOf(search.get("point")),
    deliver: oneOf(search.get("deliver"), deliveryParts, defaultViewState.deliver),
    lands: textOf(search.get("lands")),
    packaging: packagingNames.find((name) => name === search.get("packaging")),
    agent: agentNames.find((name) => name === search.get("agent")),
    cloud: cloudChoices.find((name) => name === search.get("cloud")),
    edit: textOf(search.get("edit")),
    editField: textOf(search.get("field")),
    editTo: textOf(search.get("to")),
    file: textOf(search.get("file")),
    fileFilter: search.get("files") ?? "",
    whatIf: textOf(search.get("what-if")),
    strip: oneOf(search.get("strip"), ["closed", "open"], defaultViewState.strip),
    whatIfOf: textOf(search.get("try")),
  };
}

/** The query part of the address for a state, defaults left out, without the question mark. */
export function writeViewState(state: ViewState): string {
  const search = new URLSearchParams();
  const put = (name: string, value: string | undefined, fallback: string | undefined) => {
    if (value !== undefined && value !== "" && value !== fallback) search.set(name, value);
  };
  put("lens", state.lens, defaultViewState.lens);
  put("view", state.view, defaultViewState.view);
  put("table", state.table, defaultViewState.table);
  put("at", state.selection, undefined);
  put("why", state.why, undefined);
  put("q", state.filter, undefined);
  put("group", state.grouping, defaultViewState.grouping);
  put("tree", state.tree, defaultViewState.tree);
  put("theme", state.theme, defaultViewState.theme);
  put("show", state.findings, defaultViewState.findings);
  put("by", state.findingsBy, defaultViewState.findingsBy);
  put("finding", state.finding, undefined);
  put("rule", state.rule, undefined);
  put("part", state.tenancy, defaultViewState.tenancy);
  put("pair", state.pair, undefined);
  put("simulate", state.simulation, defaultViewState.simulation);
  put("entry", state.entryPoint, undefined);
  put("strategies", state.strategies, undefined);
  put("days", state.days, defaultViewState.days);
  put("losing", state.failures, defaultViewState.failures);
  put("lose", state.failure, undefined);
  put("bill", state.bill, defaultViewState.bill);
  put("split", state.billBy, defaultViewState.billBy);
  put("within", state.billWithin, undefined);
  put("idle", state.shareIdle, defaultViewState.shareIdle);
  put("platform", state.sharePlatform, defaultViewState.sharePlatform);
  put("period", state.period, defaultViewState.period);
  put("hours", state.nodeHours, defaultViewState.nodeHours);
  put("of", state.billOf, undefined);
  put("look", state.availability, defaultViewState.availability);
  put("journey", state.journey, undefined);
  put("cut", state.cut, undefined);
  put("policy", state.policy, undefined);
  put("rps", state.traffic, undefined);
  put("error", state.errorRate, undefined);
  put("stores", state.stores, defaultViewState.stores);
  put("store", state.store, undefined);
  put("level", state.level, undefined);
  put("token", state.token, defaultViewState.token);
  put("broken", state.broken, undefined);
  put("step", state.step, undefined);
  put("plan", state.plan, defaultViewState.plan);
  put("point", state.point, undefined);
  put("deliver", state.deliver, defaultViewState.deliver);
  put("lands", state.lands, undefined);
  put("packaging", state.packaging, undefined);
  put("agent", state.agent, undefined);
  put("cloud", state.cloud, undefined);
  put("edit", state.edit, undefined);
  put("field", state.editField, undefined);
  put("to", state.editTo, undefined);
  put("file", state.file, undefined);
  put("files", state.fileFilter, undefined);
  put("what-if", state.whatIf, undefined);
  put("strip", state.strip, defaultViewState.strip);
  put("try", state.whatIfOf, undefined);
  // Slashes, colons, commas and at signs are legal in a query, and the addresses are meant to be read.
  return search.toString().replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%40", "@");
}

function oneOf<Value extends string>(text: string | null, values: readonly Value[], fallback: Value): Value {
  return values.find((value) => value === text) ?? fallback;
}

function textOf(text: string | null): string | undefined {
  return text === null || text === "" ? undefined : text;
}
