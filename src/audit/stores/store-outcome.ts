import type { Estate } from "../../estate/model/estate.ts";
import type { DataStore } from "../../estate/model/service.ts";
import { mostCriticalEnvironment } from "../clusters/cluster-outcome.ts";
import type { RuleOutcome } from "../rule.ts";
import { workloadOutcome } from "../workload-outcome.ts";
import type { StoreInPlace } from "./stores-in-place.ts";

/** What a rule adds to the store it speaks of; `path` is a field of its document. */
export type StoreVerdict = Pick<RuleOutcome, "verdict" | "message"> &
  Partial<Pick<RuleOutcome, "part" | "missing" | "fix" | "path" | "severity" | "mendedBy" | "downtimeMinutesPerYear">>;

const nowhere = { precision: "file", source: "" } as const;

/** An outcome about a declared store; it weighs as in the most critical environment of its application. */
export function storeOutcome(estate: Estate, store: DataStore, verdict: StoreVerdict): RuleOutcome {
  const application = estate.applications.find(({ name }) => name === store.application);
  const environments = application?.environments ?? estate.environments.map(({ name }) => name);
  return {
    subject: `DataStore/${store.name}`,
    subjectLabel: `DataStore/${store.name}`,
    environment: mostCriticalEnvironment(estate, { environments }),
    tenant: application?.tenant,
    namespace: application?.namespace,
    place: store.place ?? estate.place ?? nowhere,
    ...unlessMisread(estate, store, verdict),
  };
}

/** What depends on a document with errors is neither right nor wrong: the field that decides may be the one left out. */
function unlessMisread({ diagnostics }: Estate, { name }: DataStore, verdict: StoreVerdict): StoreVerdict {
  const error = diagnostics.find(
    ({ severity, affects = [] }) => severity === "error" && affects.includes(`DataStore/${name}`),
  );
  if (error === undefined) return verdict;
  const message = `The document of DataStore ${name} has errors (${error.code}), so what it needs is not known.`;
  return { verdict: "notEvaluable", message, missing: ["unparsable-dependency"] };
}

/** An outcome about a store where it lies: on the workload that holds it, in its environment, or on the store itself. */
export function storeInPlaceOutcome(
  estate: Estate,
  { store, holder }: StoreInPlace,
  verdict: StoreVerdict,
): RuleOutcome {
  if (holder.kind === "service") return storeOutcome(estate, store, verdict);
  const { path, ...rest } = unlessMisread(estate, store, verdict);
  const place = store.place ?? holder.workload.place;
  const outcome = workloadOutcome(holder.workload, { ...rest, place });
  return path === undefined ? outcome : { ...outcome, path };
}

/** The store, and the workload that holds it, for the start of a sentence. */
export function storeInWords({ store, holder }: StoreInPlace): string {
  return holder.kind === "service" ? `DataStore ${store.name}` : `DataStore ${store.name} (${holder.workload.label})`;
}
