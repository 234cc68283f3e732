import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { argocdAgent } from "../../gitops/argocd/argocd-agent.ts";
import { readApplications } from "../../gitops/argocd/read-applications.ts";
import type { DeliveryUnit } from "../../gitops/delivery/delivery-unit.ts";
import { factorUnit } from "../../gitops/factoring/factor-unit.ts";
import { fluxAgent } from "../../gitops/flux/flux-agent.ts";
import { readKustomizations } from "../../gitops/flux/read-kustomizations.ts";
import { helmPackaging } from "../../gitops/helm/helm-packaging.ts";
import { kustomizePackaging } from "../../gitops/kustomize/kustomize-packaging.ts";
import { verifyKustomize } from "../../gitops/kustomize/verify-kustomize.ts";
import type { Packaging } from "../../gitops/packaging.ts";
import type { RepositoryFile } from "../../gitops/repository/repository-file.ts";
import type { DeliveryProof } from "./repository-report.ts";

const source = { url: "https://git.example.com/estate.git", branch: "main" };

/**
 * Proves, whatever was chosen, that the Kustomize leaves hold the objects of the model, and that Flux and Argo CD point
 * at the same folders or charts of the same clusters, in both packagings. The entries are read back by readers that are
 * not the writers.
 */
export function verifyDelivery(estate: Estate, units: readonly DeliveryUnit[]): readonly DeliveryProof[] {
  const leaves = units.reduce((sum, unit) => sum + unit.leaves.length, 0);
  const kustomize = kustomizePackaging();
  const built = verifyKustomize(units, kustomize.files(units.map(factorUnit)));
  return [
    {
      statement: "the Kustomize form builds to the objects of the model",
      over: "leaves",
      count: leaves,
      holds: built.length === 0,
    },
    ...[kustomize, helmPackaging()].map((packaging) => sameDelivery(estate, units, packaging, leaves)),
  ];
}

function sameDelivery(
  estate: Estate,
  units: readonly DeliveryUnit[],
  packaging: Packaging,
  leaves: number,
): DeliveryProof {
  const delivery = { estate, units, packaging, source, facts: new Map() };
  const byFlux = new Set(readKustomizations(fluxAgent.files(delivery)));
  const argo = argocdAgent.files(delivery);
  const texts = new Map(argo.map(({ path, text }) => [path, text]));
  const { applications, problems } = readApplications(objectsOf(argo), texts);
  const byArgo = applications
    .filter(({ path }) => !path.startsWith("argocd/"))
    .map(({ cluster, path, valueFiles }) => [cluster, path, ...(valueFiles ?? [])].join(" "));
  const holds =
    problems.length === 0 &&
    byFlux.size === leaves &&
    new Set(byArgo).size === leaves &&
    byArgo.every((each) => byFlux.has(each));
  return {
    statement: `Flux and Argo CD deliver the same ${packaging.name} leaves to the same clusters`,
    over: "leaves",
    count: leaves,
    holds,
  };
}

function objectsOf(files: readonly RepositoryFile[]) {
  return files
    .filter(({ path }) => path.endsWith(".yaml"))
    .flatMap(({ path, text }) => readYaml(text, path).documents.map(({ value }) => value))
    .filter(isJsonObject);
}
