import { Budget } from "../../src/database/budget.js";
import { Turns } from "../../src/database/turns.js";

/** A budget that no test uses up. */
export function largeBudget(): Budget {
  const turns = new Turns({ connections: 100, perCaller: 100, unreadBytes: 1e9, waitMilliseconds: 60_000 });
  return new Budget(turns, "test", { milliseconds: 600_000, bytes: 1e9 });
}
