// How cost grows with the tables: the smallest and the largest data set at once, in turns, because a machine's speed drifts.
import { prepareQuestion } from "./answers.mjs";
import { databaseOf, withClient } from "./dataset.mjs";
import { onRows } from "./figures.mjs";
import { measure, settle } from "./measure.mjs";
import { planned } from "./progress.mjs";
import { startEach } from "./size.mjs";
import { stopServers } from "./start.mjs";

/**
 * @typedef {object} Growth
 * @property {number} small claims
 * @property {number} large claims
 * @property {import("./measure.mjs").Result[]} results whose rounds are those of `onRows`
 */

/**
 * @param {Omit<import("./size.mjs").Run, "claims">} run
 * @returns {Promise<Growth | undefined>} nothing when there is one size only, or Claimgraph does not take part
 */
export async function measureGrowth({ cluster, settings, line_up, progress }) {
  const [small = 0, large = 0] = [settings.sizes[0], settings.sizes.at(-1)];
  if (!settings.growth) return undefined;
  const { pace, contenders, chosen } = settings.growth;
  const growing = line_up.filter(({ name }) => contenders.includes(name));
  const url = await databaseOf(cluster.url, small, settings.app);
  const all = await startOn(growing, small, url);
  const largeUrl = await databaseOf(cluster.url, large, settings.app);
  const others = await startOn(growing, large, largeUrl);
  return withClient(url, (client) =>
    withClient(largeUrl, async (other) => {
      const prepared = [];
      for (const question of chosen) {
        const [one, two] = [
          await prepareQuestion(question, client, all),
          await prepareQuestion(question, other, others),
        ];
        prepared.push({ ...two, asked: [...one.asked, ...two.asked] });
      }
      progress.done(planned.start + planned.prepare(2 * chosen.length));
      await settle(prepared, pace);
      progress.done(planned.settle([...all, ...others], pace));
      const results = [];
      for (const question of prepared) {
        results.push(...(await measure([question], client, pace)));
        progress.done(planned.measure([...all, ...others], pace));
        console.log(`growth of ${question.question.name} ${progress}`);
      }
      await stopServers();
      return { small, large, results };
    }),
  );
}

/** @param {import("./contenders.mjs").Contender[]} contenders @param {number} claims @param {string} url */
const startOn = (contenders, claims, url) =>
  startEach(
    contenders.map((one) => ({
      contender: { ...one, name: onRows(one.name, claims) },
      where: { DATABASE_URL: url },
    })),
  );
