// How far a run has come, by the seconds that its parts were planned to take.

/**
 * @typedef {import("./measure.mjs").Pace} Pace
 * @typedef {readonly { contender: import("./contenders.mjs").Contender }[]} All
 */

/** Seconds that each part takes by estimate, on a machine of two cores. */
export const planned = {
  fill: (/** @type {number} */ claims) => 4 + claims * 8e-5,
  start: 6,
  prepare: (/** @type {number} */ questions) => 1.5 * questions,
  settle: (/** @type {All} */ all, /** @type {Pace} */ pace) =>
    pace.settle * all.filter(({ contender }) => !contender.context).length,
  measure: (/** @type {All} */ all, /** @type {Pace} */ { rounds, contextRounds, seconds, warmUp }) =>
    all.reduce(
      (sum, { contender }) =>
        sum + (contender.context ? contextRounds * 1.5 * seconds : warmUp + rounds * (seconds + 0.08)),
      0,
    ),
  startTimes: (/** @type {number} */ times) => 9 * times,
};

/**
 * Seconds of a whole run.
 *
 * @param {import("./settings.mjs").Settings} settings
 * @param {import("./contenders.mjs").Contender[]} line_up
 */
export function plannedSeconds(settings, line_up) {
  const atSize = (/** @type {number} */ claims) => {
    const names = [...line_up, .../** @type {any[]} */ ([{ name: "embedded" }])];
    const all = names
      .filter(({ name }) => settings.takesPart(name, claims))
      .map((contender) => ({ contender }));
    const pace = settings.pace(claims);
    const questions = settings.chosen.length;
    return (
      planned.fill(claims) +
      planned.start +
      planned.prepare(questions) +
      planned.settle(all, pace) +
      questions * planned.measure(all, pace)
    );
  };
  const growing = () => {
    if (!settings.growth) return 0;
    const { pace, contenders, chosen } = settings.growth;
    const each = line_up.filter(({ name }) => contenders.includes(name));
    const all = [...each, ...each].map((contender) => ({ contender }));
    const questions = chosen.length;
    const before = planned.start + planned.prepare(2 * questions) + planned.settle(all, pace);
    return before + questions * planned.measure(all, pace);
  };
  const sizes = settings.database ? [0] : settings.sizes;
  return sizes.reduce((sum, claims) => sum + atSize(claims), planned.startTimes(settings.starts) + growing());
}

/** @param {number} seconds */
const minutes = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

export class Progress {
  #began = performance.now();
  #done = 0;
  #planned;

  /** @param {number} seconds of the whole run, as planned; a slower machine is noticed on the way */
  constructor(seconds) {
    this.#planned = seconds;
  }

  /** @param {number} seconds that the part which is done now was planned to take */
  done(seconds) {
    this.#done += seconds;
  }

  /** The time so far and the time left: `[2:05, about 3:10 left]`. */
  toString() {
    const passed = (performance.now() - this.#began) / 1000;
    const slower = Math.max(1, passed / Math.max(1, this.#done));
    return `[${minutes(passed)}, about ${minutes(Math.max(0, this.#planned - this.#done) * slower)} left]`;
  }
}
