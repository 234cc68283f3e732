import type { Exemption } from "../../estate/model/audit-settings.ts";

/** Exemptions as CEL that is true for what they do not cover, and those that admission cannot tell apart. */
export interface ExemptionConditions {
  readonly conditions: readonly { readonly name: string; readonly expression: string }[];
  /** Of one container, or of an environment that the policies are not for alone. */
  readonly inexpressible: readonly Exemption[];
}

/** Conditions for exemptions that still hold on a day, in the environments that the policies are for. */
export function exemptionConditions(
  exemptions: readonly Exemption[],
  { today, environments }: { readonly today: string; readonly environments: readonly string[] | undefined },
): ExemptionConditions {
  const valid = exemptions.filter(({ until }) => until >= today);
  const concerning = valid.filter(
    ({ environment }) => environment === undefined || environments === undefined || environments.includes(environment),
  );
  const isExpressible = ({ container, environment }: Exemption): boolean =>
    container === undefined && (environment === undefined || environments?.length === 1);
  return {
    conditions: concerning.filter(isExpressible).map((exemption, index) => ({
      name: `exemption-${index + 1}-until-${exemption.until}`,
      expression: `!(${coverOf(exemption)})`,
    })),
    inexpressible: concerning.filter((exemption) => !isExpressible(exemption)),
  };
}

/** CEL that is true for what the exemption covers. */
function coverOf({ namespace, name, kind, labels }: Exemption): string {
  const terms = [
    ...(namespace === undefined ? [] : [`object.metadata.?namespace.orValue('') == ${celText(namespace)}`]),
    ...(name === undefined ? [] : [`object.metadata.?name.orValue('') == ${celText(name)}`]),
    ...(kind === undefined ? [] : [`object.kind == ${celText(kind)}`]),
    ...Object.entries(labels).map(
      ([key, value]) => `object.metadata.?labels[?${celText(key)}].orValue('') == ${celText(value)}`,
    ),
  ];
  return terms.length === 0 ? "true" : terms.join(" && ");
}

function celText(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
