import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Journey } from "../../../estate/model/application.ts";
import type { IndicatorProposal } from "./proposal.ts";

/** Where nobody says better: 99.9 % of requests succeed, 99 % within half a second. */
const startingTarget = "99.9";
const latencyTarget = "99";

/** Names of a source of request metrics. */
interface RequestMetrics {
  readonly convention: string;
  readonly counter: string;
  readonly failed: string;
  readonly histogram: string;
  /** Bucket of half a second. */
  readonly halfSecond: string;
  readonly matchers: readonly string[];
}

/** Success and latency of the requests of a journey, where its entry point sees them. */
export function journeyIndicators(
  journey: Journey,
  workloads: ReadonlyMap<string, Workload>,
): readonly IndicatorProposal[] {
  const entered = journey.entryPoint.workloads.flatMap((id) => workloads.get(id) ?? []);
  if (entered.length === 0) return [];
  const metrics = requestMetrics(journey, entered);
  const of = (name: string, matchers: readonly string[]) => `sum(rate(${name}{${matchers.join(", ")}}[{{.window}}]))`;
  const total = of(metrics.counter, metrics.matchers);
  const service = `${journey.application}/${journey.name}`;
  const prefix = `${journey.application}-${journey.name}`;
  const evidence = `entry point ${journey.entryPoint.name} (${journey.entryPoint.origin}) of journey ${journey.id}`;
  const common = { service, evidence, convention: metrics.convention };
  return [
    {
      ...common,
      kind: "requests",
      name: `${prefix}-requests`,
      description: `Requests of ${journey.name} that do not fail for a reason of ours.`,
      targetPercent: journey.objective?.replace("%", "") ?? startingTarget,
      isTargetDeclared: journey.objective !== undefined,
      metric: {
        kind: "ratio",
        part: "bad",
        partQuery: of(metrics.counter, [...metrics.matchers, metrics.failed]),
        totalQuery: total,
      },
    },
    {
      ...common,
      kind: "latency",
      name: `${prefix}-latency`,
      description: `Requests of ${journey.name} that are answered within 500 ms.`,
      targetPercent: latencyTarget,
      isTargetDeclared: false,
      metric: {
        kind: "ratio",
        part: "good",
        partQuery: of(`${metrics.histogram}_bucket`, [...metrics.matchers, metrics.halfSecond]),
        totalQuery: of(`${metrics.histogram}_count`, metrics.matchers),
      },
    },
  ];
}

function requestMetrics({ entryPoint }: Journey, entered: readonly Workload[]): RequestMetrics {
  const names = [...new Set(entered.map(({ name }) => name))].sort();
  const namespaces = [...new Set(entered.map(({ namespace }) => namespace))].sort();
  if (entryPoint.origin === "ingress") {
    const host = entryPoint.hostname;
    return {
      convention: "ingress-nginx",
      counter: "nginx_ingress_controller_requests",
      failed: 'status=~"5.."',
      histogram: "nginx_ingress_controller_request_duration_seconds",
      halfSecond: 'le="0.5"',
      matchers: host === undefined ? [oneOf("exported_namespace", namespaces)] : [`host=${JSON.stringify(host)}`],
    };
  }
  if (entryPoint.origin === "gateway") {
    return {
      convention: "Istio",
      counter: "istio_requests_total",
      failed: 'response_code=~"5.."',
      histogram: "istio_request_duration_milliseconds",
      halfSecond: 'le="500"',
      matchers: [
        'reporter="destination"',
        oneOf("destination_workload_namespace", namespaces),
        oneOf("destination_workload", names),
      ],
    };
  }
  return {
    convention: "the Prometheus client libraries",
    counter: "http_requests_total",
    failed: 'code=~"5.."',
    histogram: "http_request_duration_seconds",
    halfSecond: 'le="0.5"',
    matchers: [oneOf("namespace", namespaces), podsOf(names)],
  };
}

/** A matcher for one of some names; names of Kubernetes hold no character with a meaning but the point. */
function oneOf(label: string, names: readonly string[]): string {
  const [only] = names;
  if (names.length === 1 && only !== undefined) return `${label}=${JSON.stringify(only)}`;
  return `${label}=~${JSON.stringify(names.map(escaped).join("|"))}`;
}

/** A matcher for the pods of workloads. */
export function podsOf(names: readonly string[]): string {
  const pattern = names.length === 1 ? escaped(names[0] ?? "") : `(${names.map(escaped).join("|")})`;
  return `pod=~${JSON.stringify(`${pattern}-.+`)}`;
}

function escaped(name: string): string {
  return name.replaceAll(".", "\\.");
}
