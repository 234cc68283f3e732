import { storageClassesOf, storageClassTraits } from "../../catalog/storage-classes.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { fileShareFull, volumeUseNotPriced } from "../../estate/assumptions/cost-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { VolumeClaim, Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import { assumptionReason, type Bearer, charge, mergePricings, nothingPriced, type Pricing } from "./charge.ts";
import { diskServices } from "./os-disk-charges.ts";
import { type PricingContext, unitPrice } from "./pricing-context.ts";
import { type VolumePrice, volumePrice } from "./volume-price.ts";

const bytesPerGiB = 1024 ** 3;

/** Volumes of one claim: one for each replica of a claim template, one for a claim by name. */
interface ClaimedVolumes {
  readonly id: string;
  readonly label: string;
  readonly claim: VolumeClaim;
  readonly volumes: number;
  readonly environment: string;
  readonly bearer: Bearer;
}

/** Persistent volumes: disks and file shares of claim templates and of claims by name, at the size they ask for. */
export function priceVolumes(context: PricingContext): Pricing {
  return mergePricings(context.estate.clusters.map((cluster) => priceVolumesOfCluster(context, cluster)));
}

function priceVolumesOfCluster(context: PricingContext, cluster: Cluster): Pricing {
  const classes = storageClassesOf(cluster.name, context.estate.objects);
  return mergePricings(
    claimedVolumes(context, cluster).map((volumes) => {
      const { claim } = volumes;
      const id = `cost/${volumes.id}`;
      const unpriced = (reason: string, hint: string): Pricing => ({
        ...nothingPriced,
        unpriced: [{ id, label: volumes.label, reason, hint }],
      });
      if (claim.sizeBytes === undefined) {
        return unpriced("its size is not among the manifests", "add the PersistentVolumeClaim, or its storage request");
      }
      const traits = storageClassTraits(claim.storageClassName, cluster, classes);
      if (traits === undefined) {
        const name = claim.storageClassName ?? "default";
        return unpriced(`what storage class ${name} stands for is not known`, "add its StorageClass to the manifests");
      }
      const sizeGiB = claim.sizeBytes / bytesPerGiB;
      const price = volumePrice(context, cluster.region, traits, sizeGiB);
      if (typeof price === "string") return unpriced(price, "choose a class that the catalog prices");
      return volumeCharge(context, cluster, volumes, sizeGiB, price, traits.reason);
    }),
  );
}

function claimedVolumes(context: PricingContext, cluster: Cluster): readonly ClaimedVolumes[] {
  const workloads = context.estate.workloads.filter((workload) => workload.cluster === cluster.name);
  const standalone = context.estate.claims.filter((claim) => claim.cluster === cluster.name);
  const keyOf = (each: { readonly environment: string; readonly namespace: string }, name: string) =>
    `${each.environment}/${each.namespace}/${name}`;
  const users = new Map<string, Workload>();
  for (const workload of workloads) {
    for (const { name } of workload.claims.filter(({ perReplica }) => !perReplica)) {
      const key = keyOf(workload, name);
      if (!users.has(key)) users.set(key, workload);
    }
  }
  const known = new Set(standalone.map((claim) => keyOf(claim, claim.name)));
  const templates = workloads.flatMap((workload) => templateVolumes(workload));
  const named = standalone.map((claim): ClaimedVolumes => {
    const user = users.get(keyOf(claim, claim.name));
    const bearer = user === undefined ? namespaceBearer(context, claim) : workloadBearer(user);
    return {
      id: claim.id,
      label: `Volume ${claim.namespace}/${claim.name} on ${cluster.name}`,
      claim,
      volumes: 1,
      environment: claim.environment,
      bearer,
    };
  });
  const missing = [...users].flatMap(([key, user]): ClaimedVolumes[] => {
    const claim = user.claims.find(({ name, perReplica }) => !perReplica && keyOf(user, name) === key);
    if (claim === undefined || known.has(key)) return [];
    const id = `${user.environment}/${user.cluster}/${user.namespace}/PersistentVolumeClaim/${claim.name}`;
    const label = `Volume ${user.namespace}/${claim.name} on ${cluster.name}`;
    return [{ id, label, claim, volumes: 1, environment: user.environment, bearer: workloadBearer(user) }];
  });
  return [...templates, ...named, ...missing];
}

function templateVolumes(workload: Workload): readonly ClaimedVolumes[] {
  // What a task claims for itself is gone when it ends.
  const volumes = workload.run === "task" ? 0 : Math.max(0, workload.replicas.minimum);
  return workload.claims
    .filter(({ perReplica }) => perReplica && volumes > 0)
    .map((claim) => ({
      id: `${workload.id}/${claim.name}`,
      label: `Volumes ${claim.name} of ${workload.label} on ${workload.cluster}`,
      claim,
      volumes,
      environment: workload.environment,
      bearer: workloadBearer(workload),
    }));
}

function workloadBearer({ id, tenant, application, environment, cluster }: Workload): Bearer {
  if (tenant === "platform") {
    return { part: "sharedPlatform", subject: cluster, tenant, application, environment, cluster, workload: id };
  }
  return { part: "tenant", subject: tenant, tenant, application, environment, cluster, workload: id };
}

/** A claim that no workload mounts belongs to the tenant of its object. */
function namespaceBearer(
  { estate }: PricingContext,
  claim: { readonly environment: string; readonly cluster: string; readonly namespace: string; readonly name: string },
): Bearer {
  const { environment, cluster, namespace } = claim;
  const inNamespace = (each: { environment: string; cluster: string; namespace: string | undefined }) =>
    each.environment === environment && each.cluster === cluster && each.namespace === namespace;
  const placed = estate.objects.find(
    (each) => inNamespace(each) && each.object.kind === "PersistentVolumeClaim" && each.object.name === claim.name,
  );
  const tenant = placed?.tenant ?? estate.workloads.find(inNamespace)?.tenant ?? "unassigned";
  const application = placed?.application;
  if (tenant === "platform")
    return { part: "sharedPlatform", subject: cluster, tenant, application, environment, cluster, namespace };
  return { part: "tenant", subject: tenant, tenant, application, environment, cluster, namespace };
}

function volumeCharge(
  context: PricingContext,
  cluster: Cluster,
  { id, label, volumes, environment, bearer, claim }: ClaimedVolumes,
  sizeGiB: number,
  price: VolumePrice,
  classReason: Reason,
): Pricing {
  const unit = unitPrice(context, price.fact, diskServices);
  const full = price.byUse ? assume(fileShareFull, id, { sizeGiB }, claim.place) : undefined;
  const amount = volumes * price.unitsPerMonth * unit.amount;
  const charged = charge({
    id: `cost/${id}`,
    category: price.category,
    label: `${label}, ${price.what}`,
    environment,
    cluster: cluster.name,
    quantity: volumes * price.unitsPerMonth,
    unit: price.unit,
    unitPrice: unit.amount,
    hoursPerMonth: 1,
    ...(full === undefined ? {} : { low: 0, high: amount }),
    currency: context.currency.code,
    reasons: [
      { kind: "declared", name: `claim ${claim.name}`, value: sizeGiB, unit: "GiB", place: claim.place },
      classReason,
      ...price.reasons,
      ...unit.reasons,
      ...(full === undefined ? [] : [assumptionReason(full)]),
    ],
    sharing: { kind: "bearer", bearer },
    tariff: { listUnitPrice: unit.list, region: cluster.region },
  });
  // What the price leaves out does not bear on what it holds.
  const { what, leftOut } = price;
  const use = leftOut === undefined ? [] : [assume(volumeUseNotPriced, id, { what, charges: leftOut }, claim.place)];
  return { charges: [charged], unpriced: [], assumptions: [...(full === undefined ? [] : [full]), ...use] };
}
