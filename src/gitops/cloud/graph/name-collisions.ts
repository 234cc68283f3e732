import { namesCollide } from "../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import type { CloudContext } from "./cloud-context.ts";
import { camel } from "./firewall-resources.ts";
import { subscriptionOf, subscriptionParameter } from "./subscriptions.ts";

/**
 * Says which names of the estate become one name in the files: parameters, folders and stages would be shared in
 * silence. What parameters have in common, folders and stages may have too.
 */
export function sayCollisions({ clusters, networks, draft, estate }: CloudContext): void {
  const subscriptions = [...new Set(clusters.map(subscriptionOf))];
  const say = (kind: string, names: Iterable<string>, written: (name: string) => string): void => {
    for (const [as, alike] of Map.groupBy(names, (name) => written(name).toLowerCase())) {
      if (alike.length < 2) continue;
      draft.diagnostics.push(diagnose(namesCollide, { kind, names: alike.toSorted(), as }, { place: estate.place }));
    }
  };
  say("Subscriptions", subscriptions, subscriptionParameter);
  say(
    "Clusters",
    clusters.map(({ name }) => name),
    camel,
  );
  say("Networks", networks.keys(), camel);
}
