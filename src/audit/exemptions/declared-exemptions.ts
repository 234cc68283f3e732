import {
  auditRuleUnknown,
  exemptionCoversNothing,
  exemptionExpired,
  exemptionNotNeeded,
} from "../../estate/diagnostics/audit-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { Exemption } from "../../estate/model/audit-settings.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { AuditedObject } from "../audited-objects.ts";
import type { FindingExemption } from "../finding.ts";
import type { Rule, RuleOutcome } from "../rule.ts";
import { ruleCode, ruleIdOf } from "../settings/effective-rules.ts";

/** An exemption with its holder, and whether it was of use. */
interface HeldExemption {
  readonly exemption: Exemption;
  /** Undefined: the Estate. */
  readonly tenant: string | undefined;
  readonly expired: boolean;
  used: boolean;
}

/** The exemptions of the Estate and of its tenants. Remembers which ones were of use. */
export class DeclaredExemptions {
  private readonly byRule: ReadonlyMap<string, readonly HeldExemption[]>;
  private readonly held: readonly HeldExemption[];

  constructor({ audit, tenants }: Pick<Estate, "audit" | "tenants">, today: string) {
    const hold = (exemption: Exemption, tenant: string | undefined): HeldExemption => ({
      exemption,
      tenant,
      expired: exemption.until < today,
      used: false,
    });
    this.held = [
      ...audit.exemptions.map((exemption) => hold(exemption, undefined)),
      ...tenants.flatMap(({ name, exemptions }) => exemptions.map((exemption) => hold(exemption, name))),
    ];
    this.byRule = Map.groupBy(this.held, ({ exemption }) => ruleIdOf(exemption.rule));
  }

  /** The exemption that holds for an outcome, if one does. Expired ones never do. */
  find(rule: Rule, outcome: RuleOutcome, objectOf: () => AuditedObject): FindingExemption | undefined {
    let found: HeldExemption | undefined;
    for (const held of this.byRule.get(rule.id) ?? []) {
      if (!covers(held, rule, outcome, objectOf)) continue;
      held.used = true;
      if (!held.expired) found ??= held;
    }
    if (found === undefined) return undefined;
    const { reason, owner, until } = found.exemption;
    return { ...(found.tenant === undefined ? {} : { tenant: found.tenant }), reason, owner, until };
  }

  /** What is wrong with exemptions, once every outcome was shown to `find`. `judged`: ids of the rules that ran. */
  problems(rules: readonly Rule[], judged: ReadonlySet<string>, objects: readonly PlacedObject[]): Diagnostic[] {
    const ids = rules.map(({ id }) => id);
    return this.held.flatMap((held) => {
      const { exemption, tenant } = held;
      const { rule, until, owner, place } = exemption;
      const from = tenant === undefined ? "Estate" : `Tenant/${tenant}`;
      const context = place === undefined ? {} : { place };
      if (!ids.includes(ruleIdOf(rule))) {
        const naming = { rule, from: `an exemption of ${from}`, candidates: ids };
        return [diagnose(auditRuleUnknown, naming, context)];
      }
      if (held.expired) return [diagnose(exemptionExpired, { from, rule, until, owner }, context)];
      if (held.used || !judged.has(ruleIdOf(rule))) return [];
      if (!objects.some((placed) => isNamed(exemption, tenant, placed)))
        return [diagnose(exemptionCoversNothing, { from, rule, selector: selectorText(exemption) }, context)];
      return [diagnose(exemptionNotNeeded, { from, rule }, context)];
    });
  }
}

function covers(
  { exemption, tenant }: HeldExemption,
  rule: Rule,
  outcome: RuleOutcome,
  objectOf: () => AuditedObject,
): boolean {
  const { namespace, container, environment, kind, name, labels } = exemption;
  if (exemption.rule !== rule.id && exemption.rule !== ruleCode(rule, outcome.part)) return false;
  if (tenant !== undefined && outcome.tenant !== tenant) return false;
  if (namespace !== undefined && outcome.namespace !== namespace) return false;
  if (container !== undefined && outcome.container !== container) return false;
  if (environment !== undefined && outcome.environment !== environment) return false;
  if (kind === undefined && name === undefined && Object.keys(labels).length === 0) return true;
  const object = objectOf();
  return (
    (kind === undefined || object.kind === kind) &&
    (name === undefined || object.name === name) &&
    hasLabels(object.labels, labels)
  );
}

function hasLabels(actual: { readonly [key: string]: string }, wanted: Exemption["labels"]): boolean {
  return Object.entries(wanted).every(([key, value]) => actual[key] === value);
}

/** Whether an object of the input is what the selector names. Clusters and other things without manifests always may be. */
function isNamed(
  { namespace, name, kind, environment }: Exemption,
  tenant: string | undefined,
  placed: PlacedObject,
): boolean {
  const isNamespace = placed.object.kind === "Namespace" && placed.object.name === namespace;
  return (
    (tenant === undefined || placed.tenant === tenant || isNamespace) &&
    (namespace === undefined || placed.namespace === namespace || isNamespace) &&
    (name === undefined || placed.object.name === name) &&
    (kind === undefined || placed.object.kind === kind) &&
    (environment === undefined || placed.environment === environment)
  );
}

function selectorText({ namespace, kind, name, container, environment, labels }: Exemption): string {
  const parts = Object.entries({ namespace, kind, name, container, environment, ...labels })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${value}`);
  return parts.length === 0 ? "all its objects" : parts.join(", ");
}
