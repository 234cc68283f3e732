import { parseImageReference } from "../../estate/kubernetes/image-reference.ts";
import { asObject, asStringMap } from "../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { ServiceEndpoint, Workload } from "../../estate/kubernetes/workload.ts";

/** Ends of the repositories of ingress and gateway controllers, as their projects publish them. */
const ingressImages = [
  "ingress-nginx/controller",
  "nginx/nginx-ingress",
  "library/traefik",
  "traefik",
  "haproxytech/kubernetes-ingress",
  "projectcontour/contour",
  "envoyproxy/gateway",
  "kong/kubernetes-ingress-controller",
  "application-gateway/kubernetes-ingress",
];

const dnsImages = ["coredns", "coredns/coredns", "k8s-dns-node-cache"];

/** What all applications of the cluster need a workload for, as a clause; undefined for any other workload. */
export function platformDuty({ containers }: Workload, services: readonly ServiceEndpoint[]): string | undefined {
  const repositories = containers
    .filter(({ role }) => role === "main")
    .flatMap(({ image }) => (image === undefined ? [] : [parseImageReference(image).repository]));
  if (repositories.some((repository) => endsWithOne(repository, ingressImages))) {
    return "brings traffic into the cluster (an ingress controller by its image)";
  }
  const answersNames = services.some(({ ports }) =>
    ports.some(({ port, protocol }) => port === 53 && protocol === "UDP"),
  );
  if (answersNames || repositories.some((repository) => endsWithOne(repository, dnsImages))) {
    return "answers names for other workloads (DNS)";
  }
  return undefined;
}

function endsWithOne(repository: string, ends: readonly string[]): boolean {
  return ends.some((end) => repository === end || repository.endsWith(`/${end}`));
}

/** True for what AKS itself puts into a cluster and keeps as it is. */
export function isProviderManaged({ value }: KubernetesObject): boolean {
  const labels = asStringMap(asObject(value.metadata).labels);
  return labels["addonmanager.kubernetes.io/mode"] !== undefined || labels["kubernetes.azure.com/managedby"] === "aks";
}
