import type { SharedLayer, TenantPair } from "../../../src/tenancy/structure-report.ts";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import type { Column } from "./column.ts";
import { DataTable } from "./data-table.tsx";
import classes from "./tables.module.css";

/** Every pair of tenants with what they share, broken demands first. */
export function SharingTable() {
  const { assessment, change } = useWorkbench();
  const rows = assessment.structure.pairs;
  return (
    <DataTable
      caption="What tenants share"
      rows={rows}
      columns={columns}
      rowKey={(row) => row.tenants.join(" ")}
      empty="There is one tenant: nobody to share with."
      onSelect={(row) => change({ selection: `tenant/${row.tenants[0]}`, why: undefined })}
    />
  );
}

function unmet(pair: TenantPair): readonly SharedLayer[] {
  return pair.layers.filter((layer) => layer.met === false);
}

const columns: readonly Column<TenantPair>[] = [
  {
    key: "tenants",
    title: "Tenants",
    cell: (row) => row.tenants.join(" and "),
    sortBy: (row) => row.tenants.join(" "),
  },
  { key: "accepted", title: "Accepted", cell: (row) => <Accepted pair={row} />, sortBy: (row) => unmet(row).length },
  { key: "verdict", title: "Verdict", cell: (row) => row.verdict, grow: true },
  { key: "layers", title: "Layers", cell: (row) => <Layers pair={row} />, wideOnly: true },
];

function Accepted({ pair }: { readonly pair: TenantPair }) {
  const broken = unmet(pair).map((layer) => layer.layer);
  if (broken.length > 0) {
    return <Badge badge={{ symbol: "cross", text: "not accepted", tone: "bad", title: broken.join(", ") }} />;
  }
  if (pair.layers.some((layer) => layer.met === "notEvaluable")) {
    return (
      <Badge badge={{ symbol: "question", text: "not evaluable", tone: "plain", title: "Something is missing" }} />
    );
  }
  return <Badge badge={{ symbol: "check", text: "accepted", tone: "good", title: "Both accept what they share" }} />;
}

function Layers({ pair }: { readonly pair: TenantPair }) {
  return (
    <ul className={classes.layers}>
      {pair.layers
        .filter((layer) => layer.sharing !== "separate")
        .map((layer) => (
          <li key={layer.layer} title={layer.because}>
            {layer.layer} {layer.sharing}
          </li>
        ))}
    </ul>
  );
}
