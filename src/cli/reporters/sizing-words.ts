import { formatMoney } from "../../estate/figures/format-figure.ts";

/** `namespace/name on cluster`, which names a workload as long as a cluster serves one environment. */
export function shortName(id: string): string {
  const [, cluster, namespace, , name] = id.split("/");
  return `${namespace}/${name} on ${cluster}`;
}

/** Money without its currency, which the column states. */
export function amountIn(currency: string): (amount: number) => string {
  return (amount) => formatMoney(amount, currency).slice(currency.length + 1);
}

/** Memory as manifests write it: whole GiB as such, MiB otherwise. */
export function mebibytes(bytes: number): string {
  const value = bytes / 2 ** 20;
  return value >= 1024 && value % 128 === 0 ? `${value / 1024}Gi` : `${Math.round(value)}Mi`;
}

/** A share in whole percent. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
