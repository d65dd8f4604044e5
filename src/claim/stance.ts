import type { SpeechAct, Stance } from "../generated/prisma/enums.js";
import type { Misfit } from "../values/rules.js";
import type { Document } from "../writing/record.js";

/** Where each act stands toward a proposition. To correct may be to affirm or to reject, so it has to be said. */
const STANCES: Readonly<Record<SpeechAct, Stance | undefined>> = {
  ASSERT: "AFFIRMS",
  CONFIRM: "AFFIRMS",
  ADMIT: "AFFIRMS",
  ACCUSE: "AFFIRMS",
  ESTIMATE: "AFFIRMS",
  DENY: "REJECTS",
  DECLINE_COMMENT: "NEUTRAL",
  NO_STATEMENT: "NEUTRAL",
  RETRACT: "NEUTRAL",
  CORRECT: undefined,
};

/** The stance of a claim unless it is given: without a proposition there is nothing to take one toward. */
export const stanceOf = ({ act, proposition }: Document): Stance | undefined =>
  proposition == null ? "NEUTRAL" : STANCES[act as SpeechAct];

const SILENT = new Set(["NO_STATEMENT", "DECLINE_COMMENT"]);

/** Contradictions between the act of a claim and what it says: silence takes no side, and who takes back says nothing new. */
export function actProblem({ act, stance, figure, proposition }: Document): readonly Misfit[] {
  const misfits: Misfit[] = [];
  const silent = SILENT.has(act as string);
  if (act === "CORRECT" && proposition != null && stance == null) {
    const message =
      "write AFFIRMS or REJECTS: a CORRECT claim may do either, so that its stance must be given";
    misfits.push({ at: "stance", message });
  }
  if (silent && (stance ?? "NEUTRAL") !== "NEUTRAL") {
    const message = `${act} is a silence, which takes no stance; leave the stance out, or choose another act`;
    misfits.push({ at: "stance", message });
  }
  if (silent && figure != null) {
    const message = `${act} is a silence, which gives no figure; leave the figure out, or choose another act`;
    misfits.push({ at: "figure", message });
  }
  if (act === "RETRACT" && (stance ?? "NEUTRAL") !== "NEUTRAL") {
    const message =
      "RETRACT takes back what was said, and takes no stance itself; leave the stance out, or choose another act, such as DENY";
    misfits.push({ at: "stance", message });
  }
  return misfits;
}

/** Whoever speaks for itself needs no speaker. */
export const speakerProblem = ({ speaker, assertedBy }: Document): readonly Misfit[] =>
  speaker != null && speaker === assertedBy
    ? [
        {
          at: "speaker",
          message: "the same actor as assertedBy; leave the speaker out, or name who spoke for it",
        },
      ]
    : [];

/** A claim is about something: an event, a proposition or a source. */
export function subjectProblem({ events, proposition, aboutSources }: Document): readonly Misfit[] {
  const some = [events, aboutSources].some((list) => Array.isArray(list) && list.length > 0);
  if (some || proposition != null) return [];
  return [
    {
      at: "events",
      message: "name at least one event, or a proposition, or a source that it is about (aboutSources)",
    },
  ];
}
