import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import { namespaceLabels } from "../../estate/kubernetes/namespace-labels.ts";
import { indexObjects } from "../../estate/kubernetes/object-index.ts";
import { matchesLabels, readLabelSelector } from "../../estate/kubernetes/selector.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Place } from "../../estate/sources/place.ts";

/** An admission webhook of a cluster and how far it reaches. */
export interface SharedWebhook {
  /** `ValidatingWebhookConfiguration/name/webhook`. */
  readonly name: string;
  readonly tenant: string;
  /** `Fail`: what it cannot answer is refused. Kubernetes takes it where nothing is stated. */
  readonly failurePolicy: string;
  /** Tenants whose namespaces it judges, besides its own; sorted. */
  readonly reaches: readonly string[];
  readonly place: Place;
}

/** Webhooks of a cluster; `namespaces` are those of each tenant there. */
export function sharedWebhooks(
  estate: Estate,
  cluster: string,
  namespaces: ReadonlyMap<string, readonly string[]>,
): readonly SharedWebhook[] {
  const here = estate.objects.filter((placed) => placed.cluster === cluster);
  const { index } = indexObjects(here.map((placed) => ({ ...placed, environment: "" })));
  return here
    .filter(({ object }) => /^(Validating|Mutating)WebhookConfiguration$/.test(object.kind))
    .flatMap(({ object, tenant }) =>
      asList(object.value.webhooks).map((entry, position): SharedWebhook => {
        const webhook = asObject(entry);
        // Absent, it selects every namespace; what the API server would refuse selects nobody.
        const selector = readLabelSelector(webhook.namespaceSelector ?? {});
        const judges = (namespace: string) =>
          selector !== undefined &&
          matchesLabels(selector, namespaceLabels(index, { environment: "", cluster, namespace }));
        return {
          name: `${object.kind}/${object.name}/${asText(webhook.name) ?? position}`,
          tenant,
          failurePolicy: asText(webhook.failurePolicy) ?? "Fail",
          reaches: [...namespaces]
            .filter(([name, own]) => name !== tenant && own.some(judges))
            .map(([name]) => name)
            .toSorted(),
          place: object.locate(["webhooks", position]),
        };
      }),
    )
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}
