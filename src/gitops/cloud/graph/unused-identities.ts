import { accessMissing } from "../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { listed } from "../../../estate/diagnostics/wording.ts";
import { asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Application } from "../../../estate/model/application.ts";
import { accountOf, identityUsers, type PlacedIdentity, saysIdentity } from "./application-identities.ts";
import type { CloudContext } from "./cloud-context.ts";

/** What keeps pods from their identity, and what ends it. */
interface Lack {
  readonly reason: string;
  readonly remedy: string;
}

/**
 * Says whose pods cannot act as the identity that is made for them: each workload once, over all its environments.
 * Manifests stay as they are written, so nothing else would bring the two together.
 */
export function sayUnusedIdentities(
  context: CloudContext,
  application: Application,
  identities: readonly PlacedIdentity[],
): void {
  const lacking = identities.flatMap(({ environment, identity }) =>
    identityUsers(context.estate, application, environment).map((workload) => ({
      workload,
      identity: identity.name,
      lacks: lacksOf(context, workload),
    })),
  );
  const alike = Map.groupBy(lacking, ({ workload: { namespace, kind, name }, lacks }) =>
    [`${namespace}/${kind}/${name}`, ...lacks.map(({ reason }) => reason)].join(" "),
  );
  for (const [first, ...others] of alike.values()) {
    if (first === undefined || first.lacks.length === 0) continue;
    const { workload, lacks } = first;
    const names = [first, ...others].map(({ identity }) => identity);
    const parameters = {
      lack: `Pods of ${workload.namespace}/${workload.kind}/${workload.name} cannot act as ${listed([...new Set(names)])}`,
      reason: lacks.map(({ reason }) => reason).join(", and "),
      remedy: lacks.map(({ remedy }) => remedy).join(" "),
    };
    context.draft.diagnostics.push(diagnose(accessMissing, parameters, { place: workload.place }));
  }
}

function lacksOf(context: CloudContext, workload: Workload): readonly Lack[] {
  const { application = "", cluster, namespace } = workload;
  const account = accountOf(workload);
  const lacks: Lack[] = [];
  if (!saysIdentity(workload)) {
    lacks.push({
      reason: "they lack the label that asks for its token",
      remedy: 'Label them azure.workload.identity/use: "true".',
    });
  }
  if (account === "default") {
    lacks.push({
      reason: "they run as the ServiceAccount default of their namespace",
      remedy: `Give them one of their own, such as serviceAccountName: ${application}; a render writes it, and the credential for it.`,
    });
  } else if (isDefinedWithoutIdentity(context, workload, account)) {
    lacks.push({
      reason: `their ServiceAccount ${account} does not name it`,
      remedy: `Annotate ${namespace}/${account} with azure.workload.identity/client-id, or leave it to the render.`,
    });
  }
  if (context.clusters.some(({ name, identity }) => name === cluster && identity.workloadIdentity !== true)) {
    lacks.push({
      reason: `cluster ${cluster} gives out no tokens`,
      remedy: "Declare Cluster.spec.identity.workloadIdentity: true.",
    });
  }
  return lacks;
}

/** What manifests define is delivered as they have it, without the client id that a render would write. */
function isDefinedWithoutIdentity(
  { estate }: CloudContext,
  { cluster, environment, namespace }: Workload,
  account: string,
): boolean {
  const defined = estate.objects.find(
    (placed) =>
      placed.object.kind === "ServiceAccount" &&
      placed.object.name === account &&
      placed.namespace === namespace &&
      placed.cluster === cluster &&
      placed.environment === environment,
  );
  if (defined === undefined) return false;
  const { annotations } = asObject(defined.object.value.metadata);
  return asText(asObject(annotations)["azure.workload.identity/client-id"]) === undefined;
}
