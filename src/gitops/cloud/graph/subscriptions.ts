import type { Cluster } from "../../../estate/model/cluster.ts";

/** Name of the subscription that a cluster is in; one is as good as another where the estate names none. */
export function subscriptionOf(cluster: Cluster): string {
  return cluster.subscription ?? "default";
}

/** Name of the parameter that gives the id of a subscription of the estate. */
export function subscriptionParameter(subscription: string): string {
  const words = subscription.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return `subscriptionId${words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join("")}`;
}

/** Folder of what a subscription deploys. */
export function folderOf(subscription: string): string {
  const name = subscription.replaceAll(/[^A-Za-z0-9._-]+/g, "-").replace(/^\.+/, "");
  return name === "" ? "default" : name;
}
