import { accessMissing } from "../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { listed } from "../../../estate/diagnostics/wording.ts";
import type { CloudService } from "../../../estate/model/service.ts";
import type { PlacedIdentity } from "./application-identities.ts";
import { type CloudContext, mostCriticalEnvironment, partBeside } from "./cloud-context.ts";
import type { Part } from "./graph-draft.ts";

/** Identities of the applications that depend on a declared service or store, each in its environment. */
export function dependents(
  { estate }: CloudContext,
  kind: "cloudService" | "dataStore",
  name: string,
  identities: readonly PlacedIdentity[],
): readonly PlacedIdentity[] {
  const callers = new Set(
    estate.dependencies.filter(({ to }) => to.kind === kind && to.name === name).map(({ from }) => from),
  );
  const places = new Set(
    estate.workloads
      .filter(({ id }) => callers.has(id))
      .map(({ application, environment }) => `${application ?? ""} ${environment}`),
  );
  return identities.filter(({ application, environment }) => places.has(`${application} ${environment}`));
}

/**
 * Identities that may use a declared service. It is declared once and has no environment: like a store it is that of the most
 * critical environment that calls it, and nobody of another one reads what is in it. Those are told.
 */
export function serviceCallers(
  context: CloudContext,
  service: CloudService,
  identities: readonly PlacedIdentity[],
): readonly PlacedIdentity[] {
  const { estate, draft } = context;
  const all = dependents(context, "cloudService", service.name, identities);
  const own = mostCriticalEnvironment(
    estate,
    all.map(({ environment }) => environment),
  );
  const others = all.filter(({ environment }) => environment !== own);
  if (own !== undefined && others.length > 0) {
    const environments = estate.environments
      .map(({ name }) => name)
      .filter((name) => others.some(({ environment }) => environment === name));
    const parameters = {
      lack: `Nobody of ${listed(environments)} is let in to ${service.name}`,
      reason: `it is declared once, and so is that of ${own}`,
      remedy: `Make one for each of them by hand, and give its rights to ${listed(others.map(({ identity }) => identity.name))}.`,
    };
    draft.diagnostics.push(diagnose(accessMissing, parameters, { place: service.place }));
  }
  return all.filter(({ environment }) => environment === own);
}

/** Rights of an application on what is shared are written by the application's own deployment. */
export function rightsPart({ draft }: CloudContext, placed: PlacedIdentity, scope: Part): Part {
  const owner = draft.resource(placed.identity.key);
  const subscription = owner?.subscription ?? scope.subscription;
  const rights = { ...scope, subscription, tells: `Application/${placed.application}` };
  return partBeside(rights, `rights-${placed.application}-${placed.environment}`, scope.group);
}
