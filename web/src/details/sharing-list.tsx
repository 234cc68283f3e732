import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./details.module.css";
import { Section } from "./section.tsx";

/** What pairs of these tenants share, unmet demands first. */
export function SharingList({ tenants }: { readonly tenants: readonly string[] }) {
  const { assessment } = useWorkbench();
  const names = new Set(tenants);
  const isBroken = (pair: (typeof pairs)[number]) => pair.layers.some((layer) => layer.met === false);
  const pairs = assessment.structure.pairs.filter((pair) =>
    names.size === 1
      ? pair.tenants.some((tenant) => names.has(tenant))
      : pair.tenants.every((tenant) => names.has(tenant)),
  );
  if (pairs.length === 0) return null;
  const sorted = pairs.toSorted((a, b) => Number(isBroken(b)) - Number(isBroken(a)));
  return (
    <Section title="Sharing">
      <ul className={classes.list}>
        {sorted.slice(0, 6).map((pair) => (
          <li key={pair.tenants.join()} className={isBroken(pair) ? classes.note : classes.item}>
            {pair.verdict}
          </li>
        ))}
      </ul>
      {sorted.length > 6 ? (
        <p className={classes.soft}>{sorted.length - 6} more pairs in the list of tenancy.</p>
      ) : null}
    </Section>
  );
}
