import type { ResourceJudge } from "../filters/resource-judge.ts";
import type { Verdict } from "../plugins.ts";
import type { AllocationScore, BalanceScore } from "../scores/resource-scores.ts";
import type { NodeTable } from "./node-table.ts";

/** Verdicts and scores of all nodes for pods that ask for the same resources and ports; catches up with what changed. */
export class ResourceCache {
  verdicts = new Uint8Array(0);
  allocation = new Uint8Array(0);
  balance = new Uint8Array(0);
  readonly judge: ResourceJudge;
  private readonly nodes: NodeTable;
  private readonly allocationScore: AllocationScore;
  private readonly balanceScore: BalanceScore;
  /** Position in the log of changes that has been read; negative before the first reading. */
  private position = -1;

  constructor(nodes: NodeTable, judge: ResourceJudge, allocationScore: AllocationScore, balanceScore: BalanceScore) {
    this.nodes = nodes;
    this.judge = judge;
    this.allocationScore = allocationScore;
    this.balanceScore = balanceScore;
  }

  /** Brings every slot up to date. */
  catchUp(): void {
    const { resources, slots } = this.nodes;
    const end = resources.changesBefore + resources.changes.length;
    const isStale = this.verdicts.length < slots || this.position < resources.changesBefore;
    if (isStale || end - this.position > slots) {
      this.readAll();
    } else {
      for (let at = this.position - resources.changesBefore; at < resources.changes.length; at += 1) {
        const slot = resources.changes[at];
        if (slot !== undefined) this.readSlot(slot);
      }
    }
    this.position = end;
    resources.lastReadPosition = Math.max(resources.lastReadPosition, end);
  }

  judgeSlot(slot: number): Verdict {
    return this.judge.judge(slot);
  }

  private readAll(): void {
    if (this.verdicts.length < this.nodes.slots) {
      this.verdicts = new Uint8Array(this.nodes.capacity);
      this.allocation = new Uint8Array(this.nodes.capacity);
      this.balance = new Uint8Array(this.nodes.capacity);
    }
    for (let slot = 0; slot < this.nodes.slots; slot += 1) this.readSlot(slot);
  }

  private readSlot(slot: number): void {
    this.verdicts[slot] = this.judge.judge(slot);
    this.allocation[slot] = this.allocationScore.score(slot);
    this.balance[slot] = this.balanceScore.score(slot);
  }
}
