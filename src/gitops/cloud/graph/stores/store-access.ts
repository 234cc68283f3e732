import { accessMissing } from "../../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../../estate/diagnostics/diagnostic-rule.ts";
import type { DataStore } from "../../../../estate/model/service.ts";
import type { PlacedIdentity } from "../application-identities.ts";
import { type CloudContext, partBeside } from "../cloud-context.ts";
import type { Part } from "../graph-draft.ts";
import { dependents } from "../service-callers.ts";
import type { StoreTask } from "./store-task.ts";

/** Identities of the application that a store belongs to and of those that depend on it, in the store's environment. */
export function storeCallers(
  context: CloudContext,
  store: DataStore,
  environment: string | undefined,
  identities: readonly PlacedIdentity[],
): readonly PlacedIdentity[] {
  const dependent = new Set(dependents(context, "dataStore", store.name, identities));
  return identities.filter(
    (placed) =>
      placed.environment === environment && (placed.application === store.application || dependent.has(placed)),
  );
}

/** Lets every caller of a store in: those of other applications by a part of their own, so that no parts go round. */
export function grantAccess(task: StoreTask, grant: (part: Part, caller: PlacedIdentity) => void): void {
  const { part, store, callers } = task;
  for (const caller of callers) {
    const isOwner = caller.application === store.application;
    const name = `rights-${store.name}-${caller.application}-${caller.environment}`;
    grant(isOwner ? part : partBeside(part, name, part.group), caller);
  }
}

/** The group whose members administer databases; nobody logs in with a password. */
export function databaseAdministrators() {
  return {
    name: { $parameter: "databaseAdminGroupName", secure: false },
    objectId: { $parameter: "databaseAdminGroupObjectId", secure: false },
    tenantId: { $parameter: "tenantId", secure: false },
  } as const;
}

/** Shares are mounted with the keys of their account. */
const openedByKeys = new Set(["storageFiles"]);

/** Says where nobody can log in to a store: no identity of a pod is known that calls it. */
export function sayUnreachable({ context, store, callers }: StoreTask): void {
  if (openedByKeys.has(store.service) || callers.length > 0) return;
  const parameters = {
    lack: `Nobody is let in to ${store.name}, which takes no passwords`,
    reason: "no workload of its environment says that it depends on it",
    remedy: "Declare who calls it: Application.spec.dependencies, or azure.workload.identity/use on its pods.",
  };
  context.draft.diagnostics.push(diagnose(accessMissing, parameters, { place: store.place }));
}
