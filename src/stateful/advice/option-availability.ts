import type { Catalog } from "../../catalog/catalog.ts";
import {
  diskUnavailability,
  type FailureRule,
  nodeRepairTime,
  nodeUnavailability,
  podFailureInterval,
  zoneRepairTime,
  zoneUnavailability,
} from "../../estate/assumptions/failure-rules.ts";
import { recoverySeconds } from "../../estate/assumptions/store-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import { clusterRecovery } from "../timelines/cluster/cluster-recovery.ts";
import { failureNumber, type RecoveryKnowledge } from "../timelines/recovery-knowledge.ts";
import type { StoreOption } from "./options/store-option.ts";

/** Share of time down, or nobody says. */
export interface OptionAvailability {
  readonly unavailability: number | undefined;
  readonly reasons: readonly Reason[];
}

/** The SLA of a managed store, the weaker of reads and writes; of one in the cluster, its failures times its recovery. */
export function optionAvailability(option: StoreOption, known: RecoveryKnowledge): OptionAvailability {
  return option.host.kind === "cluster"
    ? selfManaged(option.host.store, known)
    : agreed(option, option.host.sla, known.catalog);
}

function agreed(
  { service }: StoreOption,
  selector: Parameters<Catalog["sla"]>[1],
  catalog: Catalog,
): OptionAvailability {
  const sla = catalog.sla(service, selector);
  if (sla?.unavailability === undefined) return { unavailability: undefined, reasons: [] };
  const { source, asOf, verified, configuration } = sla;
  const unavailability = Math.max(sla.unavailability, sla.writeUnavailability ?? 0);
  const value = `${Number(((1 - unavailability) * 100).toPrecision(10))} %`;
  return {
    unavailability,
    reasons: [{ kind: "fact", name: `SLA of ${service} (${configuration})`, value, source, asOf, verified }],
  };
}

type ClusterHost = Extract<StoreOption["host"], { readonly kind: "cluster" }>;

/** How often pods, nodes and zones fail, by the failure model that availability counts with, times how long each takes. */
function selfManaged(store: ClusterHost["store"], known: RecoveryKnowledge): OptionAvailability {
  const of = (rule: FailureRule) => failureNumber(known, rule).value;
  const hours = (scope: "pod" | "node" | "zone", otherwise: number) =>
    (clusterRecovery(store, scope, known).range?.likely ?? otherwise * 3600) / 3600;
  const perHour = (share: FailureRule, repair: FailureRule) => of(share) / of(repair);
  const unavailability =
    hours("pod", 1) / of(podFailureInterval) +
    perHour(nodeUnavailability, nodeRepairTime) * hours("node", of(nodeRepairTime)) +
    perHour(zoneUnavailability, zoneRepairTime) * hours("zone", of(zoneRepairTime)) +
    (store.replicates ? 0 : of(diskUnavailability));
  const rules = [nodeUnavailability, nodeRepairTime, zoneUnavailability, zoneRepairTime, podFailureInterval];
  return {
    unavailability: store.replicates
      ? Math.max(unavailability, recoverySeconds.leaderElection.likely / 2_628_000)
      : unavailability,
    reasons: [
      {
        kind: "formula",
        text: "sum over pod, node and zone of how often it fails times how long recovery takes as a rule; software failures and mistakes come on top",
      },
      ...rules.map((rule) => failureNumber(known, rule).reason),
    ],
  };
}
