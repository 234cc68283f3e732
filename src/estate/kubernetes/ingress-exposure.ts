import type { Assumption } from "../assumptions/assumption.ts";
import { assume } from "../assumptions/assumption-rule.ts";
import { classNameSaysInternal, ingressIsPublic } from "../assumptions/manifest-rules.ts";
import type { EntryPoint } from "../model/application.ts";
import type { PlacedObject } from "../model/estate.ts";
import { asObject, asStringMap, asText } from "./json-value.ts";
import { type ObjectIndex, objectId } from "./object-index.ts";
import { isInternal } from "./read-services.ts";

/** How far a class of Ingress or Gateway reaches, and the assumption that it took to say so. */
export interface Exposure {
  readonly exposure: EntryPoint["exposure"];
  readonly assumption: Assumption | undefined;
}

/**
 * What the manifests state decides: annotations of the object, or the controller of its class on AKS (application
 * routing). Otherwise the name of the class, otherwise the Internet; both are assumptions.
 */
export function exposureOf(placed: PlacedObject, className: string | undefined, index: ObjectIndex): Exposure {
  const { metadata, spec } = placed.object.value;
  const annotations = asStringMap(asObject(metadata).annotations);
  const infrastructure = asObject(asObject(spec).infrastructure);
  const usesPrivateAddress = annotations["appgw.ingress.kubernetes.io/use-private-ip"] === "true";
  if (usesPrivateAddress || isInternal(annotations) || isInternal(infrastructure.annotations))
    return stated("internal");
  if (annotations["networking.istio.io/service-type"] === "ClusterIP") return stated("private");
  const controller = className === undefined ? undefined : controllerOfClass(placed, className, index);
  if (controller !== undefined) return stated(controller);
  const subject = objectId(placed);
  const place = placed.object.locate([]);
  if (className !== undefined && /internal|private/i.test(className)) {
    return { exposure: "internal", assumption: assume(classNameSaysInternal, subject, { className }, place) };
  }
  return { exposure: "public", assumption: assume(ingressIsPublic, subject, { className }, place) };
}

function stated(exposure: EntryPoint["exposure"]): Exposure {
  return { exposure, assumption: undefined };
}

function controllerOfClass(
  { environment, cluster }: PlacedObject,
  className: string,
  index: ObjectIndex,
): EntryPoint["exposure"] | undefined {
  for (const placed of index.ofKind("NginxIngressController.approuting.kubernetes.azure.com")) {
    const spec = asObject(placed.object.value.spec);
    if (placed.environment !== environment || placed.cluster !== cluster) continue;
    if (asText(spec.ingressClassName) === className)
      return isInternal(spec.loadBalancerAnnotations) ? "internal" : "public";
  }
  return undefined;
}
