/** A data set that cannot be loaded: `problems` holds one line for each thing to mend. */
export class DatasetError extends Error {
  constructor(
    readonly folder: string,
    readonly problems: readonly string[],
  ) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super(
      [`${folder}: ${count}, nothing was loaded.`, ...problems.map((problem) => `  ${problem}`)].join("\n"),
    );
    this.name = "DatasetError";
  }
}
