import { defaultCatalog } from "../../../src/catalog/default-catalog.ts";
import type { Estate } from "../../../src/estate/model/estate.ts";
import type { Progress } from "../../../src/operations/ports.ts";
import { simulateConsistency } from "../../../src/operations/stateful/consistency/simulate-consistency.ts";
import { adviseStores } from "../../../src/operations/stateful/stateful-advise.ts";
import { recoveryTimelines } from "../../../src/operations/stateful/stateful-timeline.ts";
import type { RunRequest, StatefulAnswers, StatefulRequest } from "./stateful-request.ts";

/** The same as the command line takes by default: equal questions have equal answers there and here. */
const seed = 1;
const runs = 200;

export function answerStateful(
  estate: Estate,
  request: StatefulRequest,
  onProgress: Progress,
): StatefulAnswers[StatefulRequest["part"]] {
  switch (request.part) {
    case "advice":
      return adviseStores(estate, defaultCatalog);
    case "timelines":
      return recoveryTimelines(estate, defaultCatalog);
    case "run":
      return play(estate, request.run, onProgress);
  }
}

function play(estate: Estate, { store, level, keepsToken }: RunRequest, onProgress: Progress) {
  const declared = estate.dataStores.find(({ name }) => name === store);
  return simulateConsistency(
    {
      ...(declared === undefined ? {} : { store: declared }),
      ...(level === undefined ? {} : { level }),
      ...(keepsToken === undefined ? {} : { keepsToken }),
      seed,
      runs,
      onProgress,
    },
    defaultCatalog,
  );
}
