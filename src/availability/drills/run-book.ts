import type { DrillScenario } from "./injected-fault.ts";

/** What people do in a drill, who does it, and how they know that it went well. */
export interface DrillProcedure {
  readonly title: string;
  /** Why no tool can inject it. */
  readonly because: string;
  readonly steps: readonly { readonly role: string; readonly text: string }[];
  readonly checks: readonly string[];
  readonly rollBack: readonly string[];
}

const lead = "drill lead";
const operator = "operator";
const owner = "data owner";
const scribe = "scribe";

/** The procedure of a drill; `subject` as the fault tree names it, such as a region, cluster or `environment/application`. */
export function drillProcedure(scenario: DrillScenario, subject: string): DrillProcedure {
  switch (scenario) {
    case "region":
      return lossOfRegion(subject);
    case "switch":
      return failedSwitch(subject);
    case "controlPlane":
      return lossOfControlPlane(subject);
    case "operator":
      return wrongChange(subject);
    case "deploy":
      return badDeployment(subject);
    case "dependency":
      return lossOfDependency(subject);
    case "platform":
      return lossOfPlatform(subject);
  }
}

function lossOfRegion(region: string): DrillProcedure {
  return {
    title: `Loss of region ${region}`,
    because:
      "no tool takes a whole region away with its stores and services; people, data and the switch are what is tested",
    steps: [
      { role: scribe, text: "Start the clock and write down the time of every step." },
      {
        role: operator,
        text: `Declare ${region} lost: take its origins out of the front end or DNS, so that no request reaches it.`,
      },
      { role: lead, text: "Decide to switch by the declared criteria; do not wait for the provider." },
      {
        role: owner,
        text: "Switch the stores: promote the copies in the other region, and note the last write that they hold.",
      },
      {
        role: operator,
        text: "Scale up what waits in the other region, and point the applications at the promoted stores.",
      },
      { role: operator, text: "Send all traffic to the other region." },
    ],
    checks: [
      "Every journey below is served again; the time since the start is its RTO.",
      "Compare the last write before the loss with the last one in the promoted stores: the gap is the RPO.",
      `Nothing that serves still calls ${region}: no errors to hosts there in logs and metrics.`,
    ],
    rollBack: [
      "Let the copies catch up and compare counts or checksums with the promoted stores.",
      "Switch the stores back, then the traffic, in steps; it counts as a second measurement.",
      `Put the origins of ${region} back and see that both regions are healthy.`,
    ],
  };
}

function failedSwitch(subject: string): DrillProcedure {
  return {
    title: `Switch of ${subject} that fails`,
    because: "a switch fails by a missing right, a stale script or a person who is away, which only a rehearsal shows",
    steps: [
      { role: lead, text: "Choose somebody who has never done the switch, and take the usual person out." },
      { role: operator, text: `Switch ${subject} by the written procedure only, in the environment before the last.` },
      { role: scribe, text: "Write down every step that was unclear, missing or refused." },
    ],
    checks: [
      "The switch ends within its declared time.",
      "No step needed a right or a secret that the person did not have.",
    ],
    rollBack: ["Switch back by the same procedure.", "Correct the procedure the same day."],
  };
}

function lossOfControlPlane(cluster: string): DrillProcedure {
  return {
    title: `Loss of the control plane of ${cluster}`,
    because: "the API server belongs to the provider; it can be avoided, not stopped",
    steps: [
      {
        role: operator,
        text: `Suspend everything that calls the API server of ${cluster}: delivery agent, autoscalers, operators.`,
      },
      { role: operator, text: "Forbid the team kubectl, as if nobody answered." },
      { role: lead, text: "Let the usual load run for an hour and one planned failure of a pod." },
    ],
    checks: ["Running pods keep serving.", "Alerts about the cluster arrive although the API server is silent."],
    rollBack: ["Resume the delivery agent and the autoscalers; see that nothing has drifted."],
  };
}

function wrongChange(cluster: string): DrillProcedure {
  return {
    title: `Wrong change by hand to ${cluster}`,
    because: "what goes wrong is a decision, and what is tested is how fast it is noticed and undone",
    steps: [
      {
        role: lead,
        text: "Agree in secret on one wrong change that can be undone: a policy that denies, a replica count of 0, a wrong certificate.",
      },
      { role: operator, text: `Make it in ${cluster} without a word to those on call.` },
      { role: scribe, text: "Write down when it is noticed, by which signal, and when it is undone." },
    ],
    checks: [
      "Those on call find the change by an alert, not by users.",
      "What undid it: the delivery agent, a roll-back, or a guess. Git holds the state that was restored.",
    ],
    rollBack: [
      "Undo the change by hand when the abort condition is met.",
      "Let the delivery agent compare cluster and Git.",
    ],
  };
}

function badDeployment(subject: string): DrillProcedure {
  return {
    title: `Bad deployment of ${subject}`,
    because: "a release is made by the delivery pipeline; what is tested is its gate and the way back",
    steps: [
      {
        role: operator,
        text: `Build a version of ${subject} that fails a small share of its requests, marked as a drill.`,
      },
      { role: operator, text: "Release it the usual way, up to the first ring or canary step only." },
      {
        role: scribe,
        text: "Write down when the gate or an alert notices, and when the old version serves all again.",
      },
    ],
    checks: [
      "The gate stops it, and no person has to.",
      "scantling simulate rollout predicted the time to the roll-back.",
    ],
    rollBack: ["Promote the version that ran before.", "Remove the drill's version from the registry."],
  };
}

function lossOfDependency(target: string): DrillProcedure {
  return {
    title: `Outage of ${target}`,
    because:
      "no workload of the estate calls it, so that no connection can be cut: users come through it, or the platform does",
    steps: [
      {
        role: lead,
        text: `Agree on what goes around ${target}: another way in, another name, or a page that says so.`,
      },
      {
        role: operator,
        text: `Take the way through ${target} out in the environment before the last, as an outage would.`,
      },
      { role: operator, text: "Go the way around by the written procedure." },
      {
        role: scribe,
        text: "Write down when users were told, when the way around served, and what it could not do.",
      },
    ],
    checks: [
      "Somebody is told by an alert, not by users.",
      "What serves meanwhile is as safe: certificates, firewall and limits hold.",
    ],
    rollBack: ["Put the usual way back, wait for names to expire, and close the way around."],
  };
}

function lossOfPlatform(subject: string): DrillProcedure {
  return {
    title: `Failure of ${subject}`,
    because: "no manifest of the estate declares its pods, so that no selector can be written",
    steps: [
      {
        role: operator,
        text: `Look up the pods of ${subject} and delete all of them at once, in the environment before the last.`,
      },
      { role: scribe, text: "Write down when the journeys fail and when they are served again." },
    ],
    checks: ["All pods are back and the journeys are served."],
    rollBack: ["Restart the Deployment or DaemonSet that owns them."],
  };
}
