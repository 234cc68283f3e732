import type { Estate } from "../../../src/estate/model/estate.ts";
import type { SourceSet } from "../../../src/estate/sources/source-set.ts";
import { type DeliveryPlan, deliveryUnits } from "../../../src/gitops/delivery/delivery-units.ts";
import { generatedPolicies, objectiveRules } from "../../../src/operations/gitops/delivery-additions.ts";
import { renderRepository } from "../../../src/operations/gitops/render.ts";
import type { Progress } from "../../../src/operations/ports.ts";
import { deliveryBoard, formOf, leafDifferences } from "./board.ts";
import { editableParts } from "./cloud-edits.ts";
import type { DeliveryAnswers, DeliveryRequest, RepositoryForm, RepositoryPreview } from "./delivery-request.ts";
import { editEffects } from "./edit-effects.ts";

/** The same as `scantling render` takes by default. */
const source = { url: "https://git.example.com/estate.git", branch: "main" };

const plans = new WeakMap<Estate, DeliveryPlan>();

export function answerDelivery(
  estate: Estate,
  sources: SourceSet,
  request: DeliveryRequest,
  onProgress: Progress,
): DeliveryAnswers[DeliveryRequest["part"]] {
  switch (request.part) {
    case "board":
      return deliveryBoard(estate, planOf(estate));
    case "differences":
      return leafDifferences(estate, planOf(estate), request.leaf);
    case "edits":
      return editableParts(estate);
    case "effects":
      return editEffects(estate, request.edit);
    case "repository":
      return previewRepository(estate, sources, request.form, onProgress);
  }
}

/** Kept: every cell that is opened asks for it again. */
function planOf(estate: Estate): DeliveryPlan {
  const kept = plans.get(estate);
  if (kept !== undefined) return kept;
  const plan = deliveryUnits(estate, {
    networkPolicies: generatedPolicies(estate),
    objectiveRules: objectiveRules(estate),
    facts: new Map(),
  });
  plans.set(estate, plan);
  return plan;
}

function previewRepository(
  estate: Estate,
  sources: SourceSet,
  asked: RepositoryForm,
  onProgress: Progress,
): RepositoryPreview {
  const form = formOf(estate, asked);
  onProgress(`writing the repository: ${form.packaging}, ${form.agent}, cloud side ${form.cloud}`);
  const { packaging, agent, cloud } = form;
  const rendered = renderRepository(
    estate,
    { files: new Map(), uncommitted: undefined },
    { packaging, agent, ...(cloud === "none" ? {} : { cloud }), source, documents: sources, force: false },
  );
  onProgress(`handing over ${rendered.changes.length} files`);
  return {
    form,
    files: rendered.changes.flatMap(({ path, after }) => (after === undefined ? [] : [{ path, text: after }])),
    report: rendered.report,
    refused: rendered.refused,
  };
}
