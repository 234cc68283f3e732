import { leafFolder } from "../repository/leaf-folder.ts";
import type { RepositoryShape } from "./repository-shape.ts";

/** Who owns the platform's part, where no tenant says. */
const PLATFORM_TEAM = "platform-team";

/**
 * CODEOWNERS: tenants own their applications, the platform owns everything else. Later lines win, so the platform comes
 * first; what an agent or a cloud target needs stays the platform's.
 */
export function codeOwnersText({ estate, units }: RepositoryShape): string {
  const owners = new Map(estate.tenants.map((tenant) => [tenant.name, tenant.owners]));
  const platform = handles(owners.get("platform") ?? []);
  const everything = platform.length === 0 ? [`@${PLATFORM_TEAM}`] : platform;
  const lines = units
    .filter(({ tree }) => tree === "apps")
    .flatMap((unit) => {
      const own = handles(owners.get(unit.tenant) ?? []);
      if (own.length === 0) return [];
      const folders = [`apps/${unit.name}`, ...unit.leaves.map((leaf) => leafFolder(unit, leaf))];
      return folders.map((folder) => `/${folder}/ ${own.join(" ")}`);
    });
  return [
    "# Owners are the groups that tenants declare; give each group a team of the same name.",
    `* ${everything.join(" ")}`,
    ...lines,
    "",
  ].join("\n");
}

/** Teams and users by handle, people by e-mail address, as CODEOWNERS takes them. */
function handles(owners: readonly string[]): readonly string[] {
  return owners.map((owner) => (owner.includes("@") ? owner : `@${owner.replaceAll(/[^A-Za-z0-9/_-]+/g, "-")}`));
}
