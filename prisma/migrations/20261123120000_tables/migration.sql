-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('STATE', 'GOVERNMENT', 'MILITARY', 'INTELLIGENCE_AGENCY', 'INTERNATIONAL_ORGANIZATION', 'NGO', 'ARMED_GROUP', 'MEDIA', 'COMPANY', 'PERSON', 'UNNAMED_SOURCE', 'OTHER');

-- CreateEnum
CREATE TYPE "name_kind" AS ENUM ('OFFICIAL', 'SHORT', 'NATIVE', 'ACRONYM', 'ALIAS', 'FORMER');

-- CreateEnum
CREATE TYPE "affiliation_role" AS ENUM ('PART_OF', 'MEMBER_OF', 'LEADS', 'OFFICE_HOLDER', 'SPOKESPERSON', 'ALLY', 'OTHER');

-- CreateEnum
CREATE TYPE "event_type" AS ENUM ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT', 'OTHER');

-- CreateEnum
CREATE TYPE "geo_precision" AS ENUM ('EXACT', 'SETTLEMENT', 'DISTRICT', 'REGION', 'COUNTRY');

-- CreateEnum
CREATE TYPE "participant_role" AS ENUM ('INITIATOR', 'TARGET', 'SUPPORTER', 'MEDIATOR', 'PARTICIPANT', 'AFFECTED');

-- CreateEnum
CREATE TYPE "source_kind" AS ENUM ('ARTICLE', 'OFFICIAL_STATEMENT', 'SOCIAL_POST', 'BROADCAST', 'DATASET', 'DOCUMENT', 'OTHER');

-- CreateEnum
CREATE TYPE "text_access" AS ENUM ('PUBLIC', 'ANALYST');

-- CreateEnum
CREATE TYPE "reliability" AS ENUM ('A', 'B', 'C', 'D', 'E', 'F');

-- CreateEnum
CREATE TYPE "proposition_kind" AS ENUM ('YES_NO', 'QUANTITY');

-- CreateEnum
CREATE TYPE "measure" AS ENUM ('KILLED', 'WOUNDED', 'KILLED_OR_WOUNDED', 'CAPTURED', 'MISSING', 'DEPLOYED', 'DISPLACED', 'EQUIPMENT_LOST', 'AREA', 'OTHER');

-- CreateEnum
CREATE TYPE "speech_act" AS ENUM ('ASSERT', 'CONFIRM', 'DENY', 'ADMIT', 'ACCUSE', 'ESTIMATE', 'DECLINE_COMMENT', 'NO_STATEMENT', 'RETRACT', 'CORRECT');

-- CreateEnum
CREATE TYPE "stance" AS ENUM ('AFFIRMS', 'REJECTS', 'NEUTRAL');

-- CreateEnum
CREATE TYPE "certainty" AS ENUM ('CERTAIN', 'PROBABLE', 'POSSIBLE', 'UNSPECIFIED');

-- CreateEnum
CREATE TYPE "attribution_mode" AS ENUM ('DIRECT_QUOTE', 'INDIRECT', 'MIXED', 'ANONYMOUS');

-- CreateEnum
CREATE TYPE "rank" AS ENUM ('PREFERRED', 'NORMAL', 'DEPRECATED');

-- CreateEnum
CREATE TYPE "review_status" AS ENUM ('DRAFT', 'IN_REVIEW', 'PUBLISHED', 'RETRACTED', 'REJECTED');

-- CreateEnum
CREATE TYPE "approximator" AS ENUM ('EXACT', 'ABOUT', 'AT_LEAST', 'AT_MOST');

-- CreateEnum
CREATE TYPE "anchor" AS ENUM ('EXACT', 'FUZZY', 'ORPHANED', 'UNCHECKED');

-- CreateEnum
CREATE TYPE "claim_relation_type" AS ENUM ('DENIES', 'CONFIRMS', 'CONTRADICTS', 'SUPERSEDES', 'RETRACTS', 'NARROWS', 'REPEATS', 'RESPONDS_TO');

-- CreateEnum
CREATE TYPE "relation_basis" AS ENUM ('STATED', 'INFERRED');

-- CreateTable
CREATE TABLE "actor" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "actor_kind" NOT NULL,
    "description" TEXT,
    "country_code" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "actor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "actor_name" (
    "id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "value" TEXT NOT NULL,
    "language" TEXT,
    "kind" "name_kind" NOT NULL DEFAULT 'ALIAS',

    CONSTRAINT "actor_name_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_id" (
    "id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "scheme" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "external_id_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "affiliation" (
    "id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "with_actor_id" UUID NOT NULL,
    "role" "affiliation_role" NOT NULL,
    "title" TEXT,
    "from_edtf" TEXT,
    "from_earliest" TIMESTAMPTZ(3),
    "from_latest" TIMESTAMPTZ(3),
    "until_edtf" TEXT,
    "until_earliest" TIMESTAMPTZ(3),
    "until_latest" TIMESTAMPTZ(3),

    CONSTRAINT "affiliation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "type" "event_type" NOT NULL,
    "occurred_edtf" TEXT,
    "occurred_earliest" TIMESTAMPTZ(3),
    "occurred_latest" TIMESTAMPTZ(3),
    "place_name" TEXT,
    "place_country_code" TEXT,
    "place_latitude" DOUBLE PRECISION,
    "place_longitude" DOUBLE PRECISION,
    "place_precision" "geo_precision",
    "part_of_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "participation" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "role" "participant_role" NOT NULL,

    CONSTRAINT "participation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "kind" "source_kind" NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT,
    "archived_url" TEXT,
    "publisher_id" UUID,
    "authors" TEXT[],
    "published_at" TIMESTAMPTZ(3),
    "retrieved_at" TIMESTAMPTZ(3),
    "language" TEXT,
    "text" TEXT,
    "text_access" "text_access" NOT NULL DEFAULT 'ANALYST',
    "content_sha256" TEXT,
    "reliability" "reliability",
    "syndication_of_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "proposition" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "kind" "proposition_kind" NOT NULL,
    "measure" "measure",
    "unit" TEXT,
    "population" TEXT,
    "basis" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "proposition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim" (
    "id" UUID NOT NULL,
    "statement" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "act" "speech_act" NOT NULL,
    "stance" "stance" NOT NULL DEFAULT 'NEUTRAL',
    "certainty" "certainty" NOT NULL DEFAULT 'UNSPECIFIED',
    "attribution" "attribution_mode" NOT NULL DEFAULT 'INDIRECT',
    "asserted_by_id" UUID NOT NULL,
    "asserted_at_edtf" TEXT,
    "asserted_at_earliest" TIMESTAMPTZ(3),
    "asserted_at_latest" TIMESTAMPTZ(3),
    "proposition_id" UUID,
    "figure_low" DECIMAL,
    "figure_best" DECIMAL,
    "figure_high" DECIMAL,
    "figure_approximator" "approximator",
    "figure_additional" BOOLEAN,
    "figure_as_of_edtf" TEXT,
    "figure_text" TEXT,
    "credibility" SMALLINT,
    "rank" "rank" NOT NULL DEFAULT 'NORMAL',
    "status" "review_status" NOT NULL DEFAULT 'DRAFT',
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim_relay" (
    "claim_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "claim_relay_pkey" PRIMARY KEY ("claim_id","actor_id")
);

-- CreateTable
CREATE TABLE "claim_event" (
    "claim_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "asserted_at_earliest" TIMESTAMPTZ(3),
    "asserted_at_latest" TIMESTAMPTZ(3),
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "claim_event_pkey" PRIMARY KEY ("claim_id","event_id")
);

-- CreateTable
CREATE TABLE "citation" (
    "id" UUID NOT NULL,
    "claim_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "exact" TEXT,
    "prefix" TEXT,
    "suffix" TEXT,
    "start" INTEGER,
    "end" INTEGER,
    "anchor" "anchor" NOT NULL,
    "translation" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "citation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim_relation" (
    "id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "type" "claim_relation_type" NOT NULL,
    "basis" "relation_basis" NOT NULL DEFAULT 'INFERRED',
    "note" TEXT,

    CONSTRAINT "claim_relation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "actor_slug_key" ON "actor"("slug");

-- CreateIndex
CREATE INDEX "actor_name_id_idx" ON "actor"("name", "id");

-- CreateIndex
CREATE INDEX "actor_kind_name_id_idx" ON "actor"("kind", "name", "id");

-- CreateIndex
CREATE INDEX "actor_country_code_name_id_idx" ON "actor"("country_code", "name", "id");

-- CreateIndex
CREATE INDEX "actor_recorded_at_id_idx" ON "actor"("recorded_at", "id");

-- CreateIndex
CREATE INDEX "actor_name_value_idx" ON "actor_name"("value");

-- CreateIndex
CREATE UNIQUE INDEX "actor_name_actor_id_value_language_key" ON "actor_name"("actor_id", "value", "language");

-- CreateIndex
CREATE INDEX "external_id_actor_id_idx" ON "external_id"("actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "external_id_scheme_value_actor_id_key" ON "external_id"("scheme", "value", "actor_id");

-- CreateIndex
CREATE INDEX "affiliation_actor_id_role_idx" ON "affiliation"("actor_id", "role");

-- CreateIndex
CREATE INDEX "affiliation_with_actor_id_role_idx" ON "affiliation"("with_actor_id", "role");

-- CreateIndex
CREATE UNIQUE INDEX "event_slug_key" ON "event"("slug");

-- CreateIndex
CREATE INDEX "event_title_id_idx" ON "event"("title", "id");

-- CreateIndex
CREATE INDEX "event_recorded_at_id_idx" ON "event"("recorded_at", "id");

-- CreateIndex
CREATE INDEX "event_part_of_id_title_id_idx" ON "event"("part_of_id", "title", "id");

-- CreateIndex
CREATE INDEX "participation_actor_id_event_id_idx" ON "participation"("actor_id", "event_id");

-- CreateIndex
CREATE UNIQUE INDEX "participation_event_id_actor_id_role_key" ON "participation"("event_id", "actor_id", "role");

-- CreateIndex
CREATE UNIQUE INDEX "source_slug_key" ON "source"("slug");

-- CreateIndex
CREATE INDEX "source_title_id_idx" ON "source"("title", "id");

-- CreateIndex
CREATE INDEX "source_recorded_at_id_idx" ON "source"("recorded_at", "id");

-- CreateIndex
CREATE INDEX "source_publisher_id_title_id_idx" ON "source"("publisher_id", "title", "id");

-- CreateIndex
CREATE INDEX "source_syndication_of_id_idx" ON "source"("syndication_of_id");

-- CreateIndex
CREATE INDEX "source_url_idx" ON "source"("url");

-- CreateIndex
CREATE INDEX "source_content_sha256_idx" ON "source"("content_sha256");

-- CreateIndex
CREATE UNIQUE INDEX "proposition_slug_key" ON "proposition"("slug");

-- CreateIndex
CREATE INDEX "proposition_text_id_idx" ON "proposition"("text", "id");

-- CreateIndex
CREATE INDEX "proposition_kind_text_id_idx" ON "proposition"("kind", "text", "id");

-- CreateIndex
CREATE INDEX "proposition_measure_text_id_idx" ON "proposition"("measure", "text", "id");

-- CreateIndex
CREATE INDEX "proposition_recorded_at_id_idx" ON "proposition"("recorded_at", "id");

-- CreateIndex
CREATE INDEX "claim_recorded_at_id_idx" ON "claim"("recorded_at", "id");

-- CreateIndex
CREATE INDEX "claim_asserted_by_id_recorded_at_id_idx" ON "claim"("asserted_by_id", "recorded_at", "id");

-- CreateIndex
CREATE INDEX "claim_proposition_id_recorded_at_id_idx" ON "claim"("proposition_id", "recorded_at", "id");

-- CreateIndex
CREATE INDEX "claim_relay_actor_id_claim_id_idx" ON "claim_relay"("actor_id", "claim_id");

-- CreateIndex
CREATE INDEX "claim_event_event_id_recorded_at_claim_id_idx" ON "claim_event"("event_id", "recorded_at", "claim_id");

-- CreateIndex
CREATE INDEX "citation_claim_id_position_id_idx" ON "citation"("claim_id", "position", "id");

-- CreateIndex
CREATE INDEX "citation_source_id_claim_id_idx" ON "citation"("source_id", "claim_id");

-- CreateIndex
CREATE INDEX "claim_relation_to_id_idx" ON "claim_relation"("to_id");

-- CreateIndex
CREATE UNIQUE INDEX "claim_relation_from_id_to_id_type_key" ON "claim_relation"("from_id", "to_id", "type");

-- AddForeignKey
ALTER TABLE "actor_name" ADD CONSTRAINT "actor_name_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_id" ADD CONSTRAINT "external_id_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_with_actor_id_fkey" FOREIGN KEY ("with_actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_part_of_id_fkey" FOREIGN KEY ("part_of_id") REFERENCES "event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation" ADD CONSTRAINT "participation_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation" ADD CONSTRAINT "participation_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_publisher_id_fkey" FOREIGN KEY ("publisher_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_syndication_of_id_fkey" FOREIGN KEY ("syndication_of_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_asserted_by_id_fkey" FOREIGN KEY ("asserted_by_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_proposition_id_fkey" FOREIGN KEY ("proposition_id") REFERENCES "proposition"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_relay" ADD CONSTRAINT "claim_relay_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_relay" ADD CONSTRAINT "claim_relay_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_event" ADD CONSTRAINT "claim_event_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_event" ADD CONSTRAINT "claim_event_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_relation" ADD CONSTRAINT "claim_relation_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "claim"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_relation" ADD CONSTRAINT "claim_relation_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "claim"("id") ON DELETE CASCADE ON UPDATE CASCADE;
