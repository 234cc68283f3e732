import type { Exemption } from "../../estate/model/audit-settings.ts";
import type { AdmissionSubject } from "./admission-check.ts";
import { bringsPods } from "./admission-resources.ts";
import type { CelVariable } from "./admission-variables.ts";
import { celList, celText } from "./cel-literals.ts";

/** An exemption with the namespaces in which its holder may grant it; undefined: everywhere. */
export interface GrantedExemption {
  readonly exemption: Exemption;
  readonly within: readonly string[] | undefined;
}

/** Exemptions as CEL that is true for what they do not cover, and those that admission cannot tell apart. */
export interface ExemptionConditions {
  readonly conditions: readonly CelVariable[];
  readonly inexpressible: readonly Exemption[];
}

export interface ExemptionContext {
  readonly today: string;
  /** Environments that the policies are for. */
  readonly environments: readonly string[];
}

/**
 * Conditions for exemptions that still hold on a day. One of a container, of one environment among several, of labels that
 * pods do not carry, or of everything is left out: a policy never says less because an exemption says too little.
 */
export function exemptionConditions(
  granted: readonly GrantedExemption[],
  subject: AdmissionSubject,
  { today, environments }: ExemptionContext,
): ExemptionConditions {
  const conditions: CelVariable[] = [];
  const inexpressible: Exemption[] = [];
  for (const { exemption, within } of granted) {
    const { environment, container, until, labels } = exemption;
    if (until < today || (environment !== undefined && !environments.includes(environment))) continue;
    const isElsewhere = environment !== undefined && environments.length > 1;
    const hasHiddenLabels = bringsPods(subject) && Object.keys(labels).length > 0;
    const cover = container !== undefined || isElsewhere || hasHiddenLabels ? [] : coverOf(exemption, within, subject);
    if (cover.length === 0) inexpressible.push(exemption);
    else {
      const name = `exemption-${conditions.length + 1}-until-${until}`;
      conditions.push({ name, expression: `!(${cover.join(" && ")})` });
    }
  }
  return { conditions, inexpressible };
}

/** Terms that are all true for what the exemption covers; none where it names nothing. */
function coverOf(
  { namespace, name, kind, labels }: Exemption,
  within: readonly string[] | undefined,
  subject: AdmissionSubject,
): readonly string[] {
  const own = "object.metadata.?namespace.orValue('')";
  return [
    ...(namespace === undefined ? [] : [`${own} == ${celText(namespace)}`]),
    ...(within === undefined ? [] : [`${own} in ${celList(within)}`]),
    ...(name === undefined && kind === undefined ? [] : [identity(kind, name, subject)]),
    ...Object.entries(labels).map(
      ([key, value]) => `object.metadata.?labels[?${celText(key)}].orValue('') == ${celText(value)}`,
    ),
  ];
}

/** True for the object that is named, and for what its controllers make of it. */
function identity(kind: string | undefined, name: string | undefined, subject: AdmissionSubject): string {
  const terms = [
    ...(kind === undefined ? [] : [`object.kind == ${celText(kind)}`]),
    ...(name === undefined ? [] : [`object.metadata.?name.orValue('') == ${celText(name)}`]),
  ];
  if (!bringsPods(subject) && subject !== "jobs") return terms.join(" && ");
  return `(${[terms.join(" && "), ...ownerTerms(kind, name)].join(" || ")})`;
}

/** Names that controllers give to what stands between a workload and its pods. */
function ownerTerms(kind: string | undefined, name: string | undefined): readonly string[] {
  const owned = (test: string) => `object.metadata.?ownerReferences.orValue([]).exists(o, ${test})`;
  const hash = "object.metadata.?labels[?'pod-template-hash'].orValue('')";
  const replicaSet =
    name === undefined
      ? `o.kind == 'ReplicaSet' && ${hash} != ''`
      : `o.kind == 'ReplicaSet' && o.name == ${celText(`${name}-`)} + ${hash}`;
  const job = `o.kind == 'Job' && o.name.matches(${celText(name === undefined ? "-[0-9]{8,}$" : `^${name.replaceAll(".", "[.]")}-[0-9]{8,}$`)})`;
  const direct = [
    ...(kind === undefined ? [] : [`o.kind == ${celText(kind)}`]),
    ...(name === undefined ? [] : [`o.name == ${celText(name)}`]),
  ].join(" && ");
  return [
    owned(direct),
    ...(kind === undefined || kind === "Deployment" ? [owned(replicaSet)] : []),
    ...(kind === undefined || kind === "CronJob" ? [owned(job)] : []),
  ];
}
