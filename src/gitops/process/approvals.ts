import type { Environment, Estate } from "../../estate/model/estate.ts";

/** Who has to agree before a change reaches an environment. */
export interface Approval {
  readonly environment: string;
  /** People beside the author. */
  readonly reviewers: 0 | 1 | 2;
  /** True where the platform has to agree beside the owners. */
  readonly needsPlatform: boolean;
  /** What makes it so, as a half sentence. */
  readonly because: string;
}

/**
 * Approvals by criticality of an environment and by the classification of what runs there: nobody where criticality is
 * low, one person where it is medium, two where it is high; the platform too where confidential data or more lies.
 */
export function approvals(estate: Estate): readonly Approval[] {
  return estate.environments.map((environment) => approvalOf(estate, environment));
}

function approvalOf(estate: Estate, { name, criticality }: Environment): Approval {
  const reviewers = criticality === "high" ? 2 : criticality === "medium" ? 1 : 0;
  const confidential = estate.classifications.indexOf("confidential");
  const secretTenants = estate.tenants.filter(({ name: tenant, classification }) => {
    const rank = classification === undefined ? -1 : estate.classifications.indexOf(classification);
    const runsThere = estate.applications.some((each) => each.tenant === tenant && each.environments.includes(name));
    return confidential >= 0 && rank >= confidential && runsThere;
  });
  const needsPlatform = criticality === "high" && secretTenants.length > 0;
  const because = needsPlatform
    ? `criticality is ${criticality}, and ${secretTenants.map((tenant) => tenant.name).join(", ")} keep confidential data`
    : `criticality is ${criticality}`;
  return { environment: name, reviewers, needsPlatform, because };
}
