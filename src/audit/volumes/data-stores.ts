import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { DataStore } from "../../estate/model/service.ts";

/** The DataStores that run in the cluster, by the id of the workload that holds them. */
export function dataStoresByWorkload(estate: Estate): ReadonlyMap<string, DataStore> {
  const written = new Map(
    estate.dataStores.flatMap((store) =>
      store.workload === undefined ? [] : [[key(store.application, store.workload), store] as const],
    ),
  );
  return new Map(
    estate.workloads.flatMap((workload) => {
      const reference = writtenReference(workload);
      const store = written.get(key(workload.application, reference)) ?? written.get(key(undefined, reference));
      return store === undefined ? [] : [[workload.id, store] as const];
    }),
  );
}

function writtenReference({ namespace, kind, name }: Workload): string {
  return `${namespace}/${kind}/${name}`;
}

function key(application: string | undefined, reference: string): string {
  return `${application ?? ""}\n${reference}`;
}
