import { describe, expect, test } from "vitest";
import { parseWeeklyWindow, weeklyHours } from "./weekly-window.ts";

describe("weekly windows", () => {
  test.each([
    ["always", 168],
    ["Mon-Fri 07:00-19:00", 60],
    ["Mon-Fri 07:00-19:00, Sat 08:00-12:00", 64],
    ["Sun 02:00-06:00", 4],
    ["daily 22:00-04:00", 42],
    ["Sat-Mon 00:00-24:00", 72],
    ["Mon 08:00-10:00, Mon 09:00-11:00", 3],
    ["Sun 23:00-01:00", 2],
    ["Mon 08:00-08:00", 24],
  ])("%s covers %d hours", (text, hours) => {
    expect(weeklyHours(text)).toBe(hours);
  });

  test("a window past midnight ends on the next day", () => {
    expect(parseWeeklyWindow("Fri 22:00-02:00")).toEqual([{ days: [4], startMinute: 1320, endMinute: 1560 }]);
  });

  test("days wrap around the end of the week", () => {
    expect(parseWeeklyWindow("Sat-Mon 10:00-11:00")?.[0]?.days).toEqual([5, 6, 0]);
  });

  test("what is no window is nothing", () => {
    expect(weeklyHours("sometimes")).toBeUndefined();
  });
});
