/** The part of `edtf` that is used here; the package brings no types of its own. */
declare module "edtf" {
  /** A year, month, day or instant. `values` are numbers as `Date.UTC` takes them: months count from 0. */
  export interface ParsedDate {
    type: "Date";
    values: number[];
    /** Bit mask over the digits YYYYMMDD, the first Y being bit 0: which of them were written as X. */
    unspecified?: number;
    approximate?: boolean;
    uncertain?: boolean;
    /** Minutes east of UTC. */
    offset?: number;
    /** Absent from a date-time that was written without a zone. */
    timeZone?: string;
  }
  /** `values` are the year and the season's number. */
  export interface ParsedSeason {
    type: "Season";
    values: [year: number, season: number];
  }
  /** A numeric end is open (written `..`), a null one unknown (left empty). */
  export interface ParsedInterval {
    type: "Interval";
    values: [ParsedDate | number | null, ParsedDate | number | null];
  }
  export interface ParsedOther {
    type: "Year" | "Decade" | "Century" | "List" | "Set";
  }
  export type Parsed = ParsedDate | ParsedSeason | ParsedInterval | ParsedOther;

  export function parse(
    text: string,
    constraints?: { level?: number; seasonIntervals?: boolean; seasonUncertainty?: boolean },
  ): Parsed;
}
