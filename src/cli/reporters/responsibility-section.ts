import { formatMoney } from "../../estate/figures/format-figure.ts";
import type { TenantBudget } from "../../operations/onboarding/tenant-budgets.ts";
import type { ResponsibilitySplit } from "../../planning/product/responsibility.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

const right = (title: string) => ({ title, align: "right" }) as const;

/** Who owns what on raw AKS and on a platform product, capability by capability, and the hours that it takes. */
export function responsibilitySection(
  { clusters, capabilities, classes, hours, monthly, assumptions }: ResponsibilitySplit,
  currency: string,
): Document {
  const cost = (amount: number | undefined) => (amount === undefined ? "" : ` (${formatMoney(amount, currency)})`);
  return [
    heading(2, "Responsibility"),
    paragraph(
      `For ${counted(clusters, "cluster")}: ${hours.raw} hours of work a month${cost(monthly?.raw)} where a team runs each, ${hours.product} hours${cost(monthly?.product)} on a platform product.${monthly === undefined ? " What an hour costs is not declared (Estate.spec.commercial.operatorHourCost)." : ""}`,
    ),
    ...table(
      [
        { title: "Capability" },
        { title: "Raw AKS" },
        right("Hours"),
        { title: "Product" },
        right("Hours"),
        { title: "Left to the team" },
      ],
      capabilities.map(({ name, rawOwner, rawHours, productOwner, productHours, leftToTeam }) => [
        name,
        rawOwner,
        hoursText(rawHours),
        productOwner,
        hoursText(productHours),
        leftToTeam,
      ]),
    ),
    paragraph("Hours are a month's, for one cluster."),
    paragraph("What an application gets by its class (Application.spec.class):"),
    ...bullets(
      classes.map(
        ({ name, applications, isolation, subnet, ingress, egress, keys, policies }) =>
          `${name} (${counted(applications.length, "application")}): ${isolation}; subnet: ${subnet}; ingress: ${ingress}; egress: ${egress}; keys: ${keys}; policies: ${policies}.`,
      ),
    ),
    ...bullets(assumptions.map(({ id, text }) => `${id}: ${text}`)),
  ];
}

function hoursText(hours: number): string {
  return hours === 0 ? "" : String(hours);
}

/** What each tenant costs in the planned estate, and by how much that is more than it may cost. */
export function budgetSection(budgets: readonly TenantBudget[], currency: string): Document {
  if (budgets.every(({ budget }) => budget === undefined)) return [];
  const amount = (value: number) => formatMoney(value, currency).slice(currency.length + 1);
  return [
    heading(2, "Budgets of tenants"),
    ...table(
      [{ title: "Tenant" }, right(`${currency} a month`), right("Budget"), { title: "Verdict" }],
      budgets.map(({ tenant, monthly, budget, over }) => [
        tenant,
        amount(monthly),
        budget === undefined ? "" : amount(budget),
        over === undefined || budget === undefined
          ? "no budget"
          : over < 0.005
            ? "within"
            : `over by ${formatMoney(over, currency)} (${((over / budget) * 100).toFixed(0)}%)`,
      ]),
    ),
    paragraph("Each tenant's own share of the planned bill; shared platform, overhead and idle capacity are nobody's."),
  ];
}
