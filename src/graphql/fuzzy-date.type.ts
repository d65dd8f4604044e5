import { Field, registerEnumType } from "type-graphql";
import { DatePrecision, type FuzzyDate } from "../values/fuzzy-date.js";
import { CalendarDate, DateTime, Edtf } from "./scalars.js";
import { WrittenType } from "./written-type.js";

registerEnumType(DatePrecision, {
  name: "DatePrecision",
  description: "How finely a date is known: the unit in which it was written.",
  valuesConfig: {
    INSTANT: { description: "A moment: `2025-04-28T10:00:00Z`, `2025-04-28T10:00:00+02:00`." },
    DAY: { description: "One day: `2025-04-28`." },
    MONTH: { description: "One month: `2024-06`." },
    SEASON: { description: "A season of the northern hemisphere: `2024-21` is spring." },
    YEAR: { description: "One year: `2024`." },
    DECADE: { description: "Ten years: `202X`." },
    CENTURY: { description: "A hundred years: `19XX`." },
    INTERVAL: { description: "From one date to another, either end possibly open: `2024-10/2024-12`." },
  },
});

@WrittenType("FuzzyDate", { description: "A date as vague as the news gave it." })
export class FuzzyDateType implements FuzzyDate {
  @Field(() => Edtf, { description: "The date as it was recorded: a time in its own zone." })
  edtf!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: "The first day it may mean, of a time the day in its zone; null when open or unknown.",
  })
  earliest!: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: "The last day it may mean, of a time the day in its zone; null when open or unknown.",
  })
  latest!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "The instant, in UTC; null unless the date is a single moment.",
  })
  at!: string | null;

  @Field(() => DatePrecision, { description: "The unit in which it was written." })
  precision!: DatePrecision;

  @Field(() => Boolean, { description: "Marked as approximate, `~` (about)." })
  approximate!: boolean;

  @Field(() => Boolean, { description: "Marked as uncertain, `?` (it may be wrong)." })
  uncertain!: boolean;
}
