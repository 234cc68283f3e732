import type { RepositorySource } from "../agent.ts";
import { leafFolder } from "../repository/leaf-folder.ts";
import type { RepositoryShape } from "./repository-shape.ts";

/** Who owns the platform's part, where no tenant is called `platform`. */
const PLATFORM_TEAM = "platform-team";

export interface CodeOwners {
  readonly text: string;
  /** Organisation of GitHub that groups become teams of; undefined where the address names none. */
  readonly organisation: string | undefined;
  /** Teams that the file names, or would, and that nobody declared by handle: they have to exist. */
  readonly teams: readonly string[];
}

/**
 * CODEOWNERS: tenants own their applications, the platform owns everything else. Later lines win, so the platform comes
 * first. A group is a team of the organisation that the repository is in; without one no line is valid, and GitHub would
 * pass over it in silence: such lines are comments.
 */
export function codeOwners({ estate, units, source }: RepositoryShape): CodeOwners {
  const organisation = organisationOf(source);
  const teams = new Set<string>();
  const handlesOf = (owners: readonly string[]) =>
    owners.map((owner) => {
      if (owner.includes("@")) return owner;
      const team = owner.replaceAll(/[^A-Za-z0-9_-]+/g, "-").toLowerCase();
      teams.add(team);
      return `@${organisation ?? "ORGANISATION"}/${team}`;
    });
  const lineOf = (pattern: string, owners: readonly string[]) => {
    const line = `${pattern} ${handlesOf(owners).join(" ")}`;
    return line.includes("@ORGANISATION/") ? `# ${line}` : line;
  };
  const owners = new Map(estate.tenants.map((tenant) => [tenant.name, tenant.owners]));
  const platform = owners.get("platform") ?? [];
  const lines = units
    .filter(({ tree }) => tree === "apps")
    .flatMap((unit) => {
      const own = owners.get(unit.tenant) ?? [];
      if (own.length === 0) return [];
      const folders = [`apps/${unit.name}`, ...unit.leaves.map((leaf) => leafFolder(unit, leaf))];
      return folders.map((folder) => lineOf(`/${folder}/`, own));
    });
  const text = [
    organisation === undefined
      ? "# Owners are teams of the organisation that holds the repository: render with its address to have them named."
      : `# Owners are the groups that tenants declare, as teams of ${organisation}.`,
    lineOf("*", platform.length === 0 ? [PLATFORM_TEAM] : platform),
    ...lines,
    "",
  ].join("\n");
  return { text, organisation, teams: [...teams].toSorted() };
}

/** The organisation in an address of GitHub, such as `https://github.com/org/repository` or `git@github.com:org/x.git`. */
function organisationOf({ url }: RepositorySource): string | undefined {
  return /(?:^|[/@.])github\.[^/:]+(?::\d+)?[/:]([A-Za-z0-9-]+)\/[^/]+$/.exec(url)?.[1];
}
