import { lazy, Suspense } from "react";
import details from "../details/details.module.css";
import { useFailures } from "./use-failures.ts";

const FailureDetail = lazy(async () => {
  const { FailureDetail: detail } = await import("./failure-detail.tsx");
  return { default: detail };
});

/** Beside the map: what the shown failure does. */
export function FailurePanel() {
  const { chosen } = useFailures();
  return (
    <div className={details.panel}>
      <Suspense fallback={null}>{chosen === undefined ? null : <FailureDetail chosen={chosen} />}</Suspense>
    </div>
  );
}
