import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { secretInPlainText } from "../../estate/diagnostics/gitops-diagnostics.ts";
import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";

/** Secrets whose values the repository would hold, each once with all its places. */
export function plainSecrets({ objects }: Estate): readonly Diagnostic[] {
  const named = Map.groupBy(objects.filter(hasValues), ({ namespace, object }) => `${namespace ?? ""}/${object.name}`);
  return [...named].map(([secret, placed]) => {
    const places = placed.map(({ environment, cluster }) => `${environment}/${cluster}`);
    const [first] = placed;
    return diagnose(
      secretInPlainText,
      { secret, places },
      first === undefined ? {} : { place: first.object.locate([]) },
    );
  });
}

function hasValues({ object }: PlacedObject): boolean {
  const isFilled = (value: unknown) => isJsonObject(value) && Object.keys(value).length > 0;
  return (
    object.kind === "Secret" &&
    object.apiVersion === "v1" &&
    (isFilled(object.value.data) || isFilled(object.value.stringData))
  );
}
