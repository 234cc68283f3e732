import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Texts } from "../assessing/assess-texts.ts";
import { type WorkState, workBookOver } from "../availability/long-work.ts";
import { useAnswer } from "../reports/engine-answers.ts";
import type { ReportState } from "../reports/report-source.ts";
import type { ViewState } from "../view-state/view-state.ts";
import type { CloudEdit, DeliveryAnswers, DeliveryBoard, LeafName, RepositoryForm } from "./delivery-request.ts";

export function useBoard(texts: Texts | undefined): ReportState<DeliveryAnswers["board"]> {
  return useAnswer(texts, { kind: "delivery", request: { part: "board" } });
}

/** What the map says of delivery; undefined under the other lenses and until it is known. */
export function useDeliveryOnMap(texts: Texts | undefined, { lens }: ViewState): DeliveryBoard | undefined {
  const board = useBoard(lens === "delivery" ? texts : undefined);
  return lens === "delivery" && board.kind === "ready" ? board.report : undefined;
}

export function useDifferences(texts: Texts | undefined, leaf: LeafName): ReportState<DeliveryAnswers["differences"]> {
  return useAnswer(texts, { kind: "delivery", request: { part: "differences", leaf } });
}

export function useEdits(texts: Texts | undefined): ReportState<DeliveryAnswers["edits"]> {
  return useAnswer(texts, { kind: "delivery", request: { part: "edits" } });
}

/** Nothing is asked without an edit. */
export function useEffects(
  texts: Texts | undefined,
  edit: CloudEdit | undefined,
): ReportState<DeliveryAnswers["effects"]> {
  return useAnswer(texts, edit === undefined ? undefined : { kind: "delivery", request: { part: "effects", edit } });
}

/** The form of the repository as the address has it. */
export function formInAddress({ packaging, agent, cloud }: ViewState): RepositoryForm {
  return {
    ...(packaging === undefined ? {} : { packaging }),
    ...(agent === undefined ? {} : { agent }),
    ...(cloud === undefined ? {} : { cloud }),
  };
}

interface RepositoryWork {
  readonly state: WorkState<DeliveryAnswers["repository"]>;
  readonly start: () => void;
  readonly stop: () => void;
}

const idle = { kind: "idle" } as const;
const begun = new WeakMap<Texts, Set<string>>();

/** The repository in a form: written when it is first looked at, and kept while the page shows the texts. */
export function useRepository(texts: Texts | undefined, form: RepositoryForm): RepositoryWork {
  const key = `delivery ${JSON.stringify(form)}`;
  const book = useMemo(() => (texts === undefined ? undefined : workBookOver(texts)), [texts]);
  const state = useSyncExternalStore(book?.subscribe ?? neverChanges, () => book?.state(key) ?? idle);
  const start = () => book?.start(key, { kind: "delivery", request: { part: "repository", form } });
  useEffect(() => {
    if (texts === undefined) return;
    const known = begun.get(texts) ?? new Set();
    begun.set(texts, known);
    // Who has stopped it is not asked again.
    if (known.has(key)) return;
    known.add(key);
    start();
  }, [texts, key]);
  return {
    // What is kept under this key is the answer to this question.
    state: state as RepositoryWork["state"],
    start,
    stop: () => book?.stop(key),
  };
}

function neverChanges(): () => void {
  return () => undefined;
}
