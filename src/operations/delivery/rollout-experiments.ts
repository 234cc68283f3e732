import type { GateQuestion } from "../../delivery/advice/gate-quality.ts";
import { falseAlarmWhenPeeking, requestsPerArm } from "../../delivery/experiments/sample-size.ts";
import { expectedRequests } from "../../delivery/experiments/sequential-test.ts";
import { defaultShare } from "../../delivery/flags/evaluate-flag.ts";
import type { FeatureFlag } from "../../delivery/flags/feature-flag.ts";
import type { RolloutExperiment, RolloutFlagReport } from "./rollout-report.ts";

/** The customary aims of an experiment: 5 % false alarms, 80 % power, looked at ten times. */
const falseAlarm = 0.05;
const power = 0.8;
const looks = 10;

/** What an A/B test of healthy against regressed takes; undefined where the two do not differ. */
export function experimentOf({ requestsPerSecond, regression, healthy }: GateQuestion): RolloutExperiment | undefined {
  const good = healthy.errorRate;
  const bad = regression.errorRate;
  const perArm = requestsPerArm({ baseline: good, changed: bad, falseAlarm, power });
  if (perArm === undefined || good <= 0 || bad >= 1 || bad <= good) return undefined;
  const sequential = expectedRequests({ good, bad, falseAlarm, missed: 1 - power });
  return {
    requestsPerArm: perArm,
    minutesAtEvenSplit: (2 * perArm) / requestsPerSecond / 60,
    sequentialRequestsWhenBad: sequential.whenBad,
    sequentialRequestsWhenGood: sequential.whenGood,
    falseAlarmWhenPeeking: falseAlarmWhenPeeking(falseAlarm, looks),
  };
}

/** What a flag exposes at each traffic. */
export function flagReport(
  flag: FeatureFlag,
  {
    requestsPerSecond,
    errorRate,
    healthyErrorRate = errorRate / 10,
  }: { readonly requestsPerSecond: readonly number[]; readonly errorRate: number; readonly healthyErrorRate?: number },
): RolloutFlagReport {
  const share = defaultShare(flag);
  const perArm = requestsPerArm({ baseline: healthyErrorRate, changed: errorRate, falseAlarm, power });
  const smaller = Math.min(share, 1 - share);
  return {
    id: flag.id,
    place: flag.place,
    enabled: flag.enabled,
    share,
    runs: requestsPerSecond.map((each) => ({
      requestsPerSecond: each,
      exposedRequestsPerMinute: each * 60 * share,
      failedRequestsPerMinute: each * 60 * share * errorRate,
      ...(perArm === undefined || smaller === 0 ? {} : { minutesToTell: perArm / (each * smaller) / 60 }),
    })),
  };
}
