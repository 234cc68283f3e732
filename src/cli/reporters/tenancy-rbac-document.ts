import type { TenancyRbacReport } from "../../operations/tenancy/tenancy.ts";
import { bullets, type Document, heading, paragraph } from "./document.ts";
import { counted, listed } from "./words.ts";

type Rights = TenancyRbacReport["tenants"][number];

/** What each tenant may do beyond its namespaces, and which behaviours of a fence hold. */
export function tenancyRbacDocument({ estate, complete, tenants, broken }: TenancyRbacReport): Document {
  const beyond = new Set(tenants.filter(({ powers }) => powers.length > 0).map(({ tenant }) => tenant));
  const known = new Set(tenants.map(({ tenant }) => tenant));
  return [
    heading(1, `Rights of the tenants of ${estate}`),
    paragraph(
      `By the roles and bindings among the manifests, ${beyond.size === 0 ? "no tenant" : `${beyond.size} of ${counted(known.size, "tenant")}`} can step beyond its namespaces. Role assignments of Azure are not among them.${complete ? "" : " The estate is not declared complete, so what no role allows is not proven to be denied."}`,
    ),
    ...tenants.filter(isNoRepetition).flatMap((rights) => rightsItems(rights, sameElsewhere(rights, tenants))),
    ...(broken.length === 0 ? [] : [heading(2, "Bindings that grant nothing"), ...bullets(broken)]),
  ];
}

/** The first cluster stands for those where a tenant has the same rights. */
function isNoRepetition(rights: Rights, index: number, all: readonly Rights[]): boolean {
  return all.findIndex((other) => keyOf(other) === keyOf(rights)) === index;
}

function sameElsewhere(rights: Rights, all: readonly Rights[]): readonly string[] {
  return all.filter((other) => keyOf(other) === keyOf(rights)).map(({ cluster }) => cluster);
}

function keyOf({ tenant, namespaces, powers, behaviours }: Rights): string {
  return JSON.stringify([tenant, namespaces, powers, behaviours]);
}

function rightsItems(
  { tenant, namespaces, subjects, powers, behaviours }: Rights,
  clusters: readonly string[],
): Document {
  const of = (verdict: string) => behaviours.filter((each) => each.verdict === verdict);
  return [
    heading(2, `${tenant} on ${listed(clusters, 6)}`),
    paragraph(
      `${counted(subjects.length, "subject")} in ${listed(namespaces, 6)}: ${of("holds").length} of ${behaviours.length} behaviours hold, ${of("broken").length} do not, ${of("notEvaluable").length} cannot be told.`,
    ),
    ...bullets(
      powers.map(
        ({ subject, text, namespace, binding }) =>
          `${subject} ${text}${namespace === undefined ? ", everywhere" : ` in ${namespace}`} (${binding})`,
      ),
    ),
    ...behaviourItems("What does not hold", of("broken")),
    ...behaviourItems("What cannot be told", of("notEvaluable")),
  ];
}

/** Behaviours with the same reason in one line. */
function behaviourItems(title: string, behaviours: Rights["behaviours"]): Document {
  if (behaviours.length === 0) return [];
  const lines = [...Map.groupBy(behaviours, ({ because }) => because)].map(
    ([because, alike]) =>
      `the tenant ${listed(
        alike.map(({ text }) => text),
        alike.length,
      )}: ${because}.`,
  );
  return [paragraph(`${title}:`), ...bullets(lines)];
}
