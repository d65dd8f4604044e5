import { externalIdParts } from "../identity/external-id.js";
import { tagList } from "../identity/tags.js";
import { countryCode, latitude, line, longitude, placeProblem, slug } from "../values/rules.js";
import { column, date, one, parts, record, value } from "../writing/record.js";
import { eventEntries } from "./event.dataset.js";
import { events } from "./event.type.js";

/** How events are written. */
export const eventRecord = record(
  "EVENT",
  events,
  {
    slug: column(slug, { made: true }),
    title: column(line),
    description: column(),
    type: column(),
    occurred: date(),
    place: value(
      {
        name: column(line),
        countryCode: column(countryCode),
        latitude: column(latitude),
        longitude: column(longitude),
        precision: column(),
      },
      placeProblem,
    ),
    participants: parts(
      { owner: "event_id", prefix: "participation", unique: ["actor", "role"] },
      { actor: one(), role: column() },
    ),
    partOf: one(),
    externalIds: externalIdParts("eventId"),
    tags: tagList(),
  },
  { entries: eventEntries },
);
