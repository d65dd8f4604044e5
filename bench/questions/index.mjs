import { board, boardByGet, list } from "./board.mjs";
import { claim } from "./claim.mjs";
import { filtered, filteredFar } from "./filtered.mjs";
import { actorNewest, coldEvent, hotEvent, total } from "./lists.mjs";

/** Every question, in the order of the report. @type {readonly import("./question.mjs").Question[]} */
export const questions = [
  claim,
  board,
  boardByGet,
  list,
  actorNewest,
  filtered,
  filteredFar,
  hotEvent,
  coldEvent,
  total,
];
